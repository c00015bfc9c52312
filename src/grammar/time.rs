//! What words of time mean (`rules/grammar/time.toml`), before it is known in which document they stand.
//!
//! A day may lack its year, an offset its beginning; who reads them for a document resolves them.

use jiff::civil::Date;
use serde::Deserialize;

use super::{Language, Parts};
use crate::record::Every;

/// A date as far as it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Partial {
    /// The year.
    pub year: Option<i16>,
    /// The month.
    pub month: Option<i8>,
    /// The day; there may be no such day in its month.
    pub day: Option<i8>,
}

impl Partial {
    /// The first day that it covers; `None` without a year, or where there is no such day.
    #[must_use]
    pub fn first(self) -> Option<Date> {
        Date::new(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// The last day that it covers.
    #[must_use]
    pub fn last(self) -> Option<Date> {
        let year = self.year?;
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::new(year, month, day).ok(),
            (Some(month), None) => Date::new(year, month, 1).ok().map(Date::last_of_month),
            _ => Date::new(year, 12, 31).ok(),
        }
    }

    /// `2024-03-01`, `2024-03`, `2024`.
    #[must_use]
    pub fn iso(self) -> Option<String> {
        let year = self.year?;
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => Date::new(year, month, day).ok()?.to_string(),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}"),
        })
    }

    fn month(year: Option<i16>, month: i8) -> Self {
        Self { year, month: Some(month), day: None }
    }

    fn show(self) -> String {
        let year = self.year.map_or("____".to_owned(), |year| format!("{year:04}"));
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (None, Some(day)) => format!("{year}-__-{day:02}"),
            _ => year,
        }
    }
}

/// A stretch of the calendar: its first part and its last. `cuối năm 2025` has no first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub first: Option<Partial>,
    /// Where it ends; `None` where it is open (`từ năm 2025 trở đi`).
    pub last: Option<Partial>,
}

impl Stretch {
    fn one(partial: Partial) -> Self {
        Self { first: Some(partial), last: Some(partial) }
    }

    fn between(first: Partial, last: Partial) -> Self {
        Self { first: Some(first), last: Some(last) }
    }

    /// Whether it is told to the day.
    #[must_use]
    pub fn to_the_day(&self) -> bool {
        self.last.or(self.first).is_some_and(|partial| partial.day.is_some())
    }

    fn show(self) -> String {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => first.show(),
            (first, last) => {
                let side = |partial: Option<Partial>| partial.map_or(String::new(), Partial::show);
                format!("{}..{}", side(first), side(last))
            }
        }
    }
}

/// A unit that times are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// ngày.
    Day,
    /// ngày làm việc: no calendar here knows which they are.
    WorkingDay,
    /// tuần.
    Week,
    /// tháng.
    Month,
    /// năm.
    Year,
    /// Another: giờ.
    Other,
}

/// What a time that is counted begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The day on which the document itself was issued.
    Issue,
    /// The end of that many days after it: `Hết thời hạn 100 ngày`.
    AfterIssue,
    /// Something that happens: `kể từ ngày nhận đủ hồ sơ`.
    Event,
    /// Nothing is said: `15 ngày làm việc`.
    Unsaid,
    /// The year after the document's: `trong 05 năm tiếp theo`.
    Following,
    /// A day that the time names itself: `45 ngày, tính từ ngày 01/4/2026`.
    Day,
}

/// A time that is counted from something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// From what on.
    pub anchor: Anchor,
}

/// How often, and when then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// `None`: `định kỳ`.
    pub every: Option<Every>,
    /// Every two: 2.
    pub interval: Option<u32>,
    /// `before day 15 of the quarter's last month`.
    pub rule: Option<String>,
}

/// A day of every month, quarter or year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// `10 June`, `day 5 of the next month`; a day alone has no text until its rhythm is known.
    pub text: String,
    /// How often it comes, where it says so itself.
    pub every: Option<Every>,
    /// `ngày 25` of whatever recurs.
    pub day: Option<i8>,
    /// Whether it recurs without a rhythm beside it: `ngày 15 tháng 12` is a day of one year, `ngày 15 tháng 12 hằng năm` of each.
    pub own: bool,
}

/// How a time is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `trước ngày …`.
    Before,
    /// `chậm nhất ngày …`.
    By,
    /// `đến hết …`.
    Until,
    /// `trong …`.
    Within,
    /// `từ … đến …`.
    Between,
    /// `từ … trở đi`.
    Since,
    /// `giai đoạn …`.
    Stage,
    /// `tháng 6/2025`, with nothing before it.
    Bare,
    /// `hằng quý`.
    Rhythm,
    /// `15 ngày kể từ …`.
    Offset,
    /// `sau khi …`.
    Event,
    /// `thường xuyên`.
    Always,
}

/// A time by which, or in which, something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// How it is told.
    pub shape: Shape,
    /// The days that it covers.
    pub stretch: Option<Stretch>,
    /// How often.
    pub rhythm: Option<Rhythm>,
    /// What it is counted from.
    pub offset: Option<Offset>,
    /// The last day itself is too late.
    pub exclusive: bool,
    /// The other stretches of several: in each of them something is due.
    pub more: Vec<Stretch>,
}

impl Time {
    fn new(shape: Shape) -> Self {
        Self { shape, stretch: None, rhythm: None, offset: None, exclusive: false, more: Vec::new() }
    }

    fn over(shape: Shape, stretch: Stretch) -> Self {
        Self { stretch: Some(stretch), ..Self::new(shape) }
    }
}

/// What a rule of times reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Days of the calendar.
    Stretch(Stretch),
    /// Several that do not follow on one another: `các ngày 10/4, 10/7 và 10/10`.
    List(Vec<Stretch>),
    /// How often.
    Rhythm(Rhythm),
    /// A day of every so often.
    Recurring(Recurring),
    /// A time as a whole.
    Time(Time),
    /// An hour, which no date keeps.
    Clock(String),
}

/// The numbers and codes of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// A day of a month.
    D,
    /// A number where a day or month should stand, possible or not.
    Nn,
    /// A month.
    M,
    /// A year.
    Y,
    /// A year that no plan reaches: a slip of the pen, and as written.
    Far,
    /// A quarter.
    Q,
    /// A quarter in Roman figures.
    Roman,
    /// A small number.
    N,
    /// An hour.
    Hour,
    /// `h00` after an hour.
    Hh,
    /// One.
    One,
    /// Six, of months.
    Six,
    /// Nine, of months.
    Nine,
    /// `thứ 2`.
    Wd,
    /// `30.6.2025`, one token.
    Dotted,
    /// `T12`.
    Lettered,
}

/// What words of time mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Sense {
    Day,
    WorkingDay,
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
    Hour,
    Each,
    First,
    Middle,
    Last,
    Before,
    By,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
    QuarterLastMonth,
    QuarterFirstMonth,
    NextQuarterFirstMonth,
    NextMonth,
    NextYear,
    NextQuarter,
    ThisMonth,
    LastWorkingDay,
    LastDay,
    FirstDay,
}

/// How the parts of a pattern become a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Production {
    /// Day, month, year, as far as there are.
    Date,
    /// Several days of one month.
    Days,
    /// Several months of one year.
    Months,
    /// Quarters of a year.
    Quarters,
    /// `6 tháng đầu năm`.
    MonthsOfYear,
    /// `9 tháng năm 2024`: its first nine.
    FirstMonths,
    /// `đầu tháng 6`.
    PartOfMonth,
    /// `nửa đầu tháng 6`.
    HalfOfMonth,
    /// `10 ngày đầu tháng 6`.
    DaysOfMonth,
    /// `tuần đầu tháng 6`.
    WeekOfMonth,
    /// `cuối năm 2025`.
    PartOfYear,
    /// `nửa đầu năm`.
    HalfOfYear,
    /// One year, or from one to another.
    Years,
    /// `năm học 2025-2026`.
    SchoolYear,
    /// From the first of two stretches to the last.
    Join,
    /// Several stretches, none of which follows on the one before.
    Apart,
    /// Several months of a year, none of which follows on the one before.
    MonthsApart,
    /// Something is due in each of several.
    EachOf,
    /// Counted from a day that is named.
    FromDay,
    /// The stretch as it is.
    Same,
    /// An hour.
    Clock,
    /// `hằng quý`.
    Every,
    /// `02 tuần một lần`.
    EverySo,
    /// `định kỳ`.
    Periodic,
    /// `6 tháng, năm`.
    HalfYearly,
    /// `ngày 15 của tháng cuối quý`.
    DayOf,
    /// `ngày 20/12`.
    DayOfYear,
    /// `tháng 5`, `từ tháng 3 đến tháng 11`.
    MonthOfYear,
    /// `từ 01 đến 08/6`.
    DaysFromTo,
    /// `16 giờ thứ Sáu`.
    DayOfWeek,
    /// `ngày làm việc cuối cùng của quý`.
    EdgeOf,
    /// `ngày 25`.
    DayAlone,
    /// A day that says itself how often it comes.
    OwnRecurring,
    /// A stretch that is not told to the day.
    NotADay,
    /// From the first to the last, with nothing before them.
    BetweenBare,
    /// Months alone.
    MonthsBare,
    /// Without an end, with nothing before it.
    OnwardTime,
    /// `trước …`.
    Before,
    /// `chậm nhất …`.
    By,
    /// `đến …`.
    Until,
    /// `trong …`.
    Within,
    /// `từ … đến …`.
    Between,
    /// `từ …`.
    Since,
    /// `từ năm học …`.
    SinceFirst,
    /// `giai đoạn …`.
    Stage,
    /// Nothing before it.
    Bare,
    /// A rhythm, with or without its day.
    Recurs,
    /// Counted from the issue.
    FromIssue,
    /// From the issue on.
    SinceIssue,
    /// From the issue until a day: `từ nay đến …`.
    FromNow,
    /// When that many days from the issue are over.
    AfterIssue,
    /// Counted from something else.
    FromEvent,
    /// Counted, without a beginning.
    Counted,
    /// The years after the document's.
    NextYears,
    /// `sau khi …`.
    Event,
    /// `thường xuyên`.
    Always,
}

/// The language of times.
#[derive(Clone, Copy, Debug)]
pub struct Times;

fn parsed<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn quarter(text: &str) -> Option<i8> {
    const ROMAN: [&str; 4] = ["i", "ii", "iii", "iv"];
    let small = text.to_lowercase();
    ROMAN.iter().position(|roman| **roman == small).and_then(|at| i8::try_from(at + 1).ok()).or_else(|| parsed(text))
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or("")
}

/// `June`, for rules that name months.
#[must_use]
pub fn day_of_year(partial: Partial) -> Option<String> {
    Some(format!("{} {}", partial.day?, month_name(partial.month?)))
}

fn unit_name(every: Every) -> &'static str {
    match every {
        Every::Day => "day",
        Every::Week => "week",
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::HalfYear => "half-year",
        Every::Year => "year",
    }
}

fn every_of(sense: Sense) -> Option<Every> {
    Some(match sense {
        Sense::Day => Every::Day,
        Sense::Week => Every::Week,
        Sense::Month => Every::Month,
        Sense::Quarter => Every::Quarter,
        Sense::HalfYear => Every::HalfYear,
        Sense::Year => Every::Year,
        _ => return None,
    })
}

fn weekday(sense: Sense) -> Option<&'static str> {
    Some(match sense {
        Sense::Monday => "Monday",
        Sense::Tuesday => "Tuesday",
        Sense::Wednesday => "Wednesday",
        Sense::Thursday => "Thursday",
        Sense::Friday => "Friday",
        Sense::Saturday => "Saturday",
        Sense::Sunday => "Sunday",
        _ => return None,
    })
}

/// The parts of times.
trait TimeParts {
    fn year(&self) -> Option<i16>;
    fn stretches(&self) -> Vec<Stretch>;
    fn partial(&self) -> Partial;
    fn all<T: std::str::FromStr>(&self, figure: Figure) -> Vec<T>;
}

impl TimeParts for Parts<'_, Times> {
    fn year(&self) -> Option<i16> {
        self.figures(Figure::Y).chain(self.figures(Figure::Far)).find_map(parsed)
    }

    fn stretches(&self) -> Vec<Stretch> {
        self.values().filter_map(|value| if let Value::Stretch(stretch) = value { Some(*stretch) } else { None }).collect()
    }

    fn partial(&self) -> Partial {
        // `ngày 30.6.2025` is one token.
        if let Some(dotted) = self.figures(Figure::Dotted).next() {
            let mut numbers = dotted.split('.');
            let (day, month) = (numbers.next().and_then(parsed), numbers.next().and_then(parsed));
            return Partial { year: numbers.next().and_then(parsed), month, day };
        }
        let mut loose = self.figures(Figure::Nn).filter_map(parsed);
        let day = self.figures(Figure::D).find_map(parsed).or_else(|| loose.next());
        let month = self.figures(Figure::M).find_map(parsed).or_else(|| loose.next());
        Partial { year: self.year(), month, day }
    }

    fn all<T: std::str::FromStr>(&self, figure: Figure) -> Vec<T> {
        self.figures(figure).filter_map(parsed).collect()
    }
}

/// From the first stretch to the last; the first takes what it lacks from the last (`từ ngày 01 đến ngày 08/6`).
fn joined(stretches: &[Stretch]) -> Option<Stretch> {
    let first = stretches.first()?.first.or(stretches.first()?.last)?;
    let last = stretches.last()?.last?;
    if first.day.is_none() && last.day.is_some() && first.month.is_none() != last.month.is_none() {
        return None;
    }
    let over = first.month.is_some_and(|one| last.month.is_some_and(|other| one > other));
    let year = first.year.or(last.year.map(|year| if over { year - 1 } else { year }));
    let month = first.month.or(if first.day.is_some() { last.month } else { None });
    let first = Partial { year, month, day: first.day };
    if first.year > last.year && last.year.is_some() {
        return None;
    }
    Some(Stretch::between(first, last))
}

/// Stretches of which none follows on the one before, each with the year that stands behind the last: `các ngày 10/4, 10/7 và 10/10/2026`;
/// `ngày 24, 25 và 26/8` and `quý III và quý IV` are one stretch.
fn apart(mut stretches: Vec<Stretch>) -> Option<Vec<Stretch>> {
    let year = stretches.last()?.last?.year;
    for stretch in &mut stretches {
        for side in [&mut stretch.first, &mut stretch.last].into_iter().flatten() {
            side.year = side.year.or(year);
        }
    }
    // The year of a leap year: what follows on what is asked of days without a year, too.
    let of = |partial: Option<Partial>| partial.map(|partial| Partial { year: partial.year.or(Some(2024)), ..partial });
    let gap = |pair: &[Stretch]| {
        let end = of(pair[0].last.or(pair[0].first))?.last()?;
        let begin = of(pair[1].first.or(pair[1].last))?.first()?;
        Some(end.tomorrow().ok()? < begin)
    };
    stretches.windows(2).all(|pair| gap(pair) == Some(true)).then_some(stretches)
}

fn list(production: Production, parts: &Parts<Times>) -> Option<Vec<Stretch>> {
    match production {
        Production::Apart => apart(parts.stretches()),
        Production::MonthsApart => {
            let year = parts.year();
            apart(parts.all::<i8>(Figure::M).into_iter().map(|month| Stretch::one(Partial::month(year, month))).collect())
        }
        _ => None,
    }
}

/// No leap year: where a text names none, the last week of February is that of its 28 days.
const SOME_YEAR: i16 = 2025;

fn stretch(production: Production, parts: &Parts<Times>) -> Option<Stretch> {
    let year = parts.year();
    let with = |day: i8, partial: Partial| Partial { day: Some(day), ..partial };
    Some(match production {
        Production::Date => {
            let partial = parts.partial();
            (partial != Partial::default()).then(|| Stretch::one(partial))?
        }
        Production::Days => {
            let days: Vec<i8> = parts.all(Figure::D);
            let rising = days.windows(2).all(|pair| pair[0] < pair[1]);
            let month = parts.figures(Figure::M).find_map(parsed);
            let whole = Partial { year, month, day: None };
            rising.then(|| Some(Stretch::between(with(*days.first()?, whole), with(*days.last()?, whole))))??
        }
        Production::Months | Production::MonthsBare => {
            let mut months: Vec<i8> = parts.all(Figure::M);
            months.extend(parts.figures(Figure::Lettered).filter_map(|word| parsed::<i8>(&word[1..])));
            let rising = months.windows(2).all(|pair| pair[0] < pair[1]);
            rising.then(|| {
                Some(Stretch::between(Partial::month(year, *months.first()?), Partial::month(year, *months.last()?)))
            })??
        }
        Production::Quarters => {
            let quarters: Vec<i8> =
                [Figure::Q, Figure::Roman].iter().flat_map(|figure| parts.figures(*figure)).filter_map(quarter).collect();
            let (first, last) = (*quarters.iter().min()?, *quarters.iter().max()?);
            Stretch::between(Partial::month(year, first * 3 - 2), Partial::month(year, last * 3))
        }
        Production::MonthsOfYear => {
            let months: i8 = parts.figures(Figure::N).find_map(parsed).filter(|months| (1..=11).contains(months))?;
            if parts.says(Sense::Last) {
                Stretch::between(Partial::month(year, 13 - months), Partial::month(year, 12))
            } else {
                Stretch::between(Partial::month(year, 1), Partial::month(year, months))
            }
        }
        Production::FirstMonths => {
            let months: i8 = parts.figures(Figure::N).find_map(parsed).filter(|months| [3, 6, 9, 11].contains(months))?;
            Stretch::between(Partial::month(year, 1), Partial::month(year, months))
        }
        Production::PartOfMonth => {
            let whole = Partial::month(year, parts.figures(Figure::M).find_map(parsed)?);
            match parts.senses().next()? {
                Sense::First => Stretch::between(with(1, whole), with(10, whole)),
                Sense::Middle => Stretch::between(with(11, whole), with(20, whole)),
                _ => Stretch::between(with(21, whole), whole),
            }
        }
        Production::HalfOfMonth => {
            let whole = Partial::month(year, parts.figures(Figure::M).find_map(parsed)?);
            if parts.says(Sense::First) {
                Stretch::between(with(1, whole), with(15, whole))
            } else {
                Stretch::between(with(16, whole), whole)
            }
        }
        Production::DaysOfMonth => {
            let whole = Partial::month(year, parts.figures(Figure::M).find_map(parsed)?);
            let count: i8 = parts.figures(Figure::N).find_map(parsed).filter(|days| (1..=28).contains(days))?;
            if parts.says(Sense::Last) {
                let days = Date::new(year.unwrap_or(SOME_YEAR), whole.month?, 1).ok()?.days_in_month();
                Stretch::between(with(days + 1 - count, whole), with(days, whole))
            } else {
                Stretch::between(with(1, whole), with(count, whole))
            }
        }
        Production::WeekOfMonth => {
            let whole = Partial::month(year, parts.figures(Figure::M).find_map(parsed)?);
            if parts.says(Sense::Last) {
                let days = Date::new(year.unwrap_or(SOME_YEAR), whole.month?, 1).ok()?.days_in_month();
                Stretch::between(with(days - 6, whole), with(days, whole))
            } else {
                Stretch::between(with(1, whole), with(7, whole))
            }
        }
        Production::PartOfYear => match parts.senses().next()? {
            Sense::First => Stretch::between(Partial::month(year, 1), Partial::month(year, 3)),
            Sense::Middle => Stretch { first: None, last: Some(Partial::month(year, 6)) },
            _ => Stretch { first: None, last: Some(Partial::month(year, 12)) },
        },
        Production::HalfOfYear => {
            let (first, last) = if parts.says(Sense::First) { (1, 6) } else { (7, 12) };
            Stretch::between(Partial::month(year, first), Partial::month(year, last))
        }
        Production::Years => {
            let years: Vec<i16> = parts.all(Figure::Y);
            let (first, last) = (*years.first()?, *years.last()?);
            let whole = |year| Partial { year: Some(year), month: None, day: None };
            (first <= last).then(|| Stretch::between(whole(first), whole(last)))?
        }
        Production::SchoolYear => {
            let years: Vec<i16> = parts.all(Figure::Y);
            let (first, last) = (*years.first()?, *years.last()?);
            (last == first + 1).then(|| Stretch::between(Partial::month(Some(first), 9), Partial::month(Some(last), 5)))?
        }
        Production::Join => joined(&parts.stretches())?,
        Production::Same => *parts.stretches().first()?,
        Production::NotADay => parts.stretches().first().copied().filter(|stretch| !stretch.to_the_day())?,
        _ => return None,
    })
}

fn rhythm(production: Production, parts: &Parts<Times>) -> Option<Rhythm> {
    let plain = |every| Rhythm { every: Some(every), interval: None, rule: None };
    Some(match production {
        Production::Every => plain(parts.senses().find_map(every_of)?),
        Production::EverySo => {
            let count: u32 = parts.figures(Figure::N).find_map(parsed).filter(|count| (1..=24).contains(count))?;
            match (parts.senses().find_map(every_of)?, count) {
                (Every::Month, 3) => plain(Every::Quarter),
                (Every::Month, 6) => plain(Every::HalfYear),
                (Every::Month, 12) => plain(Every::Year),
                (every, 1) => plain(every),
                (every, count) => Rhythm { interval: Some(count), ..plain(every) },
            }
        }
        Production::Periodic => Rhythm { every: None, interval: None, rule: None },
        Production::HalfYearly => plain(Every::HalfYear),
        _ => return None,
    })
}

fn recurring(production: Production, parts: &Parts<Times>) -> Option<Recurring> {
    let own = parts.says(Sense::Each) || parts.says(Sense::NextYear);
    let told = |text: String, every, own| Some(Recurring { text, every: Some(every), day: None, own });
    let day = || parts.figures(Figure::D).find_map(parsed::<i8>);
    match production {
        Production::DayOf => {
            let day = day()?;
            let (text, every) = match parts.senses().find(|sense| *sense != Sense::Each)? {
                Sense::QuarterLastMonth => ("the quarter's last month", Some(Every::Quarter)),
                Sense::QuarterFirstMonth => ("the quarter's first month", Some(Every::Quarter)),
                Sense::NextQuarterFirstMonth => ("the next quarter's first month", Some(Every::Quarter)),
                Sense::NextMonth => ("the next month", None),
                Sense::ThisMonth => ("the month", None),
                Sense::Month => ("the month", Some(Every::Month)),
                Sense::Quarter => ("the quarter", Some(Every::Quarter)),
                Sense::Year => ("the year", Some(Every::Year)),
                _ => return None,
            };
            let own = own || every.is_some() || text == "the next month";
            // `ngày 01 và ngày 16 hằng tháng`.
            let days: Vec<i8> = parts.all(Figure::D);
            let days = if days.windows(2).all(|pair| pair[0] < pair[1]) { days } else { vec![day] };
            let days: Vec<String> = days.iter().map(i8::to_string).collect();
            Some(Recurring { text: format!("day {} of {text}", days.join(" and ")), every, day: None, own })
        }
        Production::DayOfYear => {
            let days: Vec<i8> = parts.all(Figure::D);
            let months: Vec<i8> = parts.all(Figure::M);
            let shown: Vec<String> = if days.len() == months.len() {
                days.iter().zip(&months).map(|(day, month)| format!("{day} {}", month_name(*month))).collect()
            } else {
                let days: Vec<String> = days.iter().map(i8::to_string).collect();
                vec![format!("{} {}", days.join(", "), month_name(*months.first()?))]
            };
            let tail = if parts.says(Sense::NextYear) { " of the following year" } else { "" };
            told(format!("{}{tail}", shown.join(" and ")), Every::Year, own)
        }
        Production::DaysFromTo => {
            let days: Vec<i8> = parts.all(Figure::D);
            let months: Vec<i8> = parts.all(Figure::M);
            let (first, last) = (*months.first()?, *months.last()?);
            let of_first = if months.len() > 1 { format!(" {}", month_name(first)) } else { String::new() };
            told(format!("from {}{of_first} to {} {}", days.first()?, days.last()?, month_name(last)), Every::Year, own)
        }
        Production::MonthOfYear => {
            // `quý I hằng năm`: its three months.
            let quarters = [Figure::Q, Figure::Roman].into_iter().flat_map(|figure| parts.figures(figure)).filter_map(quarter);
            let of_quarters = quarters.flat_map(|quarter| [quarter * 3 - 2, quarter * 3]);
            let months: Vec<i8> = parts.all(Figure::M).into_iter().chain(of_quarters).collect();
            match months.as_slice() {
                [one] => told(month_name(*one).to_owned(), Every::Year, own),
                [first, .., last] => told(format!("from {} to {}", month_name(*first), month_name(*last)), Every::Year, own),
                [] => None,
            }
        }
        Production::DayOfWeek => {
            let numbered = parts.figures(Figure::Wd).find_map(parsed::<usize>).and_then(|number| {
                ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"].get(number.checked_sub(2)?).copied()
            });
            let name = parts.senses().find_map(weekday).or(numbered)?;
            let clock = parts.values().find_map(|value| if let Value::Clock(clock) = value { Some(clock) } else { None });
            told(clock.map_or_else(|| name.to_owned(), |clock| format!("{clock} on {name}")), Every::Week, true)
        }
        Production::EdgeOf => {
            let edge = parts.senses().find_map(|sense| match sense {
                Sense::LastWorkingDay => Some("the last working day"),
                Sense::LastDay => Some("the last day"),
                Sense::FirstDay => Some("the first day"),
                _ => None,
            })?;
            let every = parts.senses().find_map(every_of)?;
            told(format!("{edge} of the {}", unit_name(every)), every, true)
        }
        Production::OwnRecurring => parts.values().find_map(|value| match value {
            // `trước ngày 05 của tháng sau kỳ báo cáo`, without a rhythm: a report of each month.
            Value::Recurring(found) if found.own => {
                Some(Recurring { every: found.every.or(Some(Every::Month)), ..found.clone() })
            }
            _ => None,
        }),
        Production::DayAlone => Some(Recurring { text: String::new(), every: None, day: day(), own: false }),
        _ => None,
    }
}

/// A rhythm and its day put together.
fn recurs(parts: &Parts<Times>) -> Option<Time> {
    let mut rhythm: Option<Rhythm> = None;
    let mut days: Option<Recurring> = None;
    for value in parts.values() {
        match value {
            Value::Rhythm(found) if rhythm.is_none() => rhythm = Some(found.clone()),
            Value::Recurring(found) if days.is_none() => days = Some(found.clone()),
            _ => {}
        }
    }
    if rhythm.is_none()
        && let Some(every) = parts.senses().find_map(every_of)
    {
        rhythm = Some(Rhythm { every: Some(every), interval: None, rule: None });
    }
    if parts.figures(Figure::Six).next().is_some() {
        rhythm = Some(Rhythm { every: Some(Every::HalfYear), interval: None, rule: None });
    }
    let own = rhythm.as_ref().and_then(|rhythm| rhythm.every);
    let before = parts.says(Sense::Before);
    let lead = if before {
        "before"
    } else if parts.says(Sense::By) {
        "by"
    } else {
        ""
    };
    let interval = rhythm.as_ref().and_then(|rhythm| rhythm.interval);
    let (every, rule) = match days {
        None => (own?, None),
        Some(Recurring { day: Some(day), .. }) => (own?, Some(format!("day {day} of the {}", unit_name(own?)))),
        Some(Recurring { text, every, .. }) => {
            let every = match (own, every) {
                (Some(Every::HalfYear), Some(Every::Year)) => Every::HalfYear,
                (own, every) => every.or(own).unwrap_or(Every::Month),
            };
            (every, Some(text))
        }
    };
    let rule = rule.map(|rule| match lead {
        // `trong quý I hằng năm`.
        "" | "by" if rule.starts_with("from ") => rule,
        "" if rule.chars().next().is_some_and(char::is_alphabetic) && every == Every::Year => format!("in {rule}"),
        "" => format!("on {rule}"),
        lead => format!("{lead} {rule}"),
    });
    let rhythm = Rhythm { every: Some(every), interval, rule };
    Some(Time { rhythm: Some(rhythm), exclusive: before, ..Time::new(Shape::Rhythm) })
}

fn offset(parts: &Parts<Times>, anchor: Anchor) -> Option<Offset> {
    let count = parts.figures(Figure::N).find_map(parsed)?;
    let unit = parts.senses().find_map(|sense| {
        Some(match sense {
            Sense::Day => Unit::Day,
            Sense::WorkingDay => Unit::WorkingDay,
            Sense::Week => Unit::Week,
            Sense::Month => Unit::Month,
            Sense::Year => Unit::Year,
            Sense::Hour => Unit::Other,
            _ => return None,
        })
    })?;
    Some(Offset { count, unit, anchor })
}

fn time(production: Production, parts: &Parts<Times>) -> Option<Time> {
    let stretches = parts.stretches();
    let over = |shape| Some(Time::over(shape, *stretches.first()?));
    let until = |stretch: &Stretch| Some(Stretch { first: None, last: stretch.last.or(stretch.first) });
    let counted = |anchor| Some(Time { offset: Some(offset(parts, anchor)?), ..Time::new(Shape::Offset) });
    match production {
        Production::Before => {
            let stretch = *stretches.last()?;
            Some(Time { exclusive: true, ..Time::over(Shape::Before, stretch) })
        }
        Production::By => Some(Time::over(Shape::By, until(stretches.last()?)?)),
        Production::Until => Some(Time::over(Shape::Until, until(stretches.last()?)?)),
        Production::Within => over(Shape::Within),
        Production::Bare => over(Shape::Bare),
        Production::Stage => Some(Time::over(Shape::Stage, joined(&stretches)?)),
        Production::Between => Some(Time::over(Shape::Between, joined(&stretches)?)),
        Production::BetweenBare => Some(Time::over(Shape::Bare, joined(&stretches)?)),
        Production::OnwardTime => Some(Time::over(Shape::Bare, Stretch { first: stretches.first()?.first, last: None })),
        // `từ tháng 4 - 6/2026`.
        Production::Since if stretches.first()?.first != stretches.first()?.last => {
            Some(Time::over(Shape::Between, joined(&stretches)?))
        }
        Production::Since | Production::SinceFirst => {
            Some(Time::over(Shape::Since, Stretch { first: stretches.first()?.first, last: None }))
        }
        Production::Recurs => recurs(parts),
        Production::FromIssue => counted(Anchor::Issue),
        Production::AfterIssue => counted(Anchor::AfterIssue),
        Production::FromEvent => counted(Anchor::Event),
        Production::FromDay => {
            let first = stretches.first().filter(|stretch| stretch.to_the_day())?.first;
            let offset = offset(parts, Anchor::Day)?;
            Some(Time { offset: Some(offset), ..Time::over(Shape::Between, Stretch { first, last: None }) })
        }
        Production::EachOf => {
            let list = parts.values().find_map(|value| if let Value::List(list) = value { Some(list) } else { None })?;
            let (first, more) = list.split_first()?;
            Some(Time { more: more.to_vec(), ..Time::over(Shape::Bare, *first) })
        }
        Production::Counted => counted(Anchor::Unsaid),
        Production::NextYears => counted(Anchor::Following),
        Production::SinceIssue => {
            let offset = Offset { count: 0, unit: Unit::Day, anchor: Anchor::AfterIssue };
            Some(Time { offset: Some(offset), ..Time::new(Shape::Offset) })
        }
        Production::FromNow => {
            let offset = Offset { count: 0, unit: Unit::Day, anchor: Anchor::AfterIssue };
            Some(Time { offset: Some(offset), ..Time::over(Shape::Between, until(stretches.last()?)?) })
        }
        Production::Event => Some(Time::new(Shape::Event)),
        Production::Always => Some(Time::new(Shape::Always)),
        _ => None,
    }
}

impl Language for Times {
    type Production = Production;
    type Figure = Figure;
    type Sense = Sense;
    type Value = Value;

    fn build(production: Production, parts: &Parts<Self>) -> Option<Value> {
        if production == Production::Clock {
            let hour: u8 = parts.figures(Figure::Hour).find_map(parsed)?;
            let minutes = parts.figures(Figure::Hh).next().and_then(|word| parsed::<u8>(&word[1..]));
            let minutes = minutes.or_else(|| parts.figures(Figure::Nn).find_map(parsed)).unwrap_or(0);
            return Some(Value::Clock(format!("{hour:02}:{minutes:02}")));
        }
        if production == Production::MonthsBare {
            return stretch(production, parts).map(|stretch| Value::Time(Time::over(Shape::Bare, stretch)));
        }
        stretch(production, parts)
            .map(Value::Stretch)
            .or_else(|| list(production, parts).map(Value::List))
            .or_else(|| rhythm(production, parts).map(Value::Rhythm))
            .or_else(|| recurring(production, parts).map(Value::Recurring))
            .or_else(|| time(production, parts).map(Value::Time))
    }

    fn show(value: &Value, _: super::Source) -> String {
        match value {
            Value::Stretch(stretch) => stretch.show(),
            Value::List(list) => list.iter().map(|stretch| stretch.show()).collect::<Vec<_>>().join(" and "),
            Value::Rhythm(rhythm) => show_rhythm(rhythm),
            Value::Recurring(Recurring { day: Some(day), .. }) => format!("day {day}"),
            Value::Recurring(days) => days.text.clone(),
            Value::Clock(clock) => clock.clone(),
            Value::Time(time) => {
                let shape = format!("{:?}", time.shape).to_lowercase();
                let more: String = time.more.iter().map(|stretch| format!(" and {}", stretch.show())).collect();
                let stretch = time.stretch.map(|stretch| format!(" {}{more}", stretch.show())).unwrap_or_default();
                let rhythm = time.rhythm.as_ref().map(|rhythm| format!(" {}", show_rhythm(rhythm))).unwrap_or_default();
                let offset = time.offset.map(|offset| format!(" {} {:?} {:?}", offset.count, offset.unit, offset.anchor));
                format!("{shape}{stretch}{rhythm}{}", offset.unwrap_or_default().to_lowercase())
            }
        }
    }
}

fn show_rhythm(rhythm: &Rhythm) -> String {
    let every = rhythm.every.map_or("periodic", unit_name);
    let interval = rhythm.interval.map(|interval| format!(" x{interval}")).unwrap_or_default();
    let rule = rhythm.rule.as_ref().map(|rule| format!(" {rule}")).unwrap_or_default();
    format!("every {every}{interval}{rule}")
}
