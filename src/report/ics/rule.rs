//! Recurrences as RFC 5545 rules: `before day 15 of the quarter's last month`, `before 1 June and 15 November`, `in May`, `before 16:00
//! on Friday`.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::record::{Every, Recurrence};

/// On which days of a year or week something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// A day of some months; beyond a month's end its last day.
    Months {
        /// Bit 1 is January.
        months: u16,
        /// The day, from 1.
        day: i8,
    },
    /// A whole month, every year.
    Month(i8),
    /// A day of the week.
    Week(Weekday),
}

/// A recurrence that names its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// Its days.
    pub pattern: Pattern,
    /// Every so many weeks; 1 elsewhere.
    pub interval: u32,
    /// The hour, where there is one.
    pub hour: Option<i8>,
    /// Whether the day itself is already too late.
    pub exclusive: bool,
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const WEEK: [(&str, Weekday, &str, &str); 7] = [
    ("Monday", Weekday::Monday, "MO", "thứ Hai"),
    ("Tuesday", Weekday::Tuesday, "TU", "thứ Ba"),
    ("Wednesday", Weekday::Wednesday, "WE", "thứ Tư"),
    ("Thursday", Weekday::Thursday, "TH", "thứ Năm"),
    ("Friday", Weekday::Friday, "FR", "thứ Sáu"),
    ("Saturday", Weekday::Saturday, "SA", "thứ Bảy"),
    ("Sunday", Weekday::Sunday, "SU", "Chủ nhật"),
];

const EVERY_MONTH: u16 = 0b1_1111_1111_1110;

impl Repeats {
    /// The rules of a recurrence; none where it names no day.
    #[must_use]
    pub fn of(recurrence: &Recurrence) -> Vec<Self> {
        let Some(rule) = recurrence.rule.as_deref() else { return Vec::new() };
        let interval = recurrence.interval.unwrap_or(1).max(1);
        if let Some(month) = rule.strip_prefix("in ").and_then(month) {
            return vec![Self { pattern: Pattern::Month(month), interval: 1, hour: None, exclusive: false }];
        }
        let still = || rule.strip_prefix("on ").or_else(|| rule.strip_prefix("by ")).map(|rule| (rule, false));
        let Some((rule, exclusive)) = rule.strip_prefix("before ").map(|rule| (rule, true)).or_else(still) else {
            return Vec::new();
        };
        let one = |pattern| Self { pattern, interval: 1, hour: None, exclusive };
        if let Some((_, day, ..)) = WEEK.iter().find(|(name, ..)| *name == rule) {
            return vec![Self { pattern: Pattern::Week(*day), interval, hour: None, exclusive }];
        }
        if let Some(place) = rule.strip_prefix("the last day of the ") {
            let months = months(recurrence.every, place).map(|months| one(Pattern::Months { months, day: 31 }));
            return months.into_iter().collect();
        }
        if let Some(((hour, minute), day)) =
            rule.split_once(" on ").and_then(|(time, day)| time.split_once(':').map(|time| (time, day)))
        {
            let named = WEEK.iter().find(|(name, ..)| *name == day);
            let hour = hour.parse().ok().filter(|hour| (0..=24).contains(hour));
            return match (named, hour) {
                // 16 o'clock of the day is named: the day itself is still in time. Words name whole hours alone.
                (Some((_, day, ..)), Some(hour)) => {
                    let hour = (minute == "00" && hour < 24).then_some(hour);
                    vec![Self { pattern: Pattern::Week(*day), interval, hour, exclusive: false }]
                }
                _ => Vec::new(),
            };
        }
        if let Some((day, place)) = rule.strip_prefix("day ").and_then(|rest| rest.split_once(" of the ")) {
            let Some(months) = months(recurrence.every, place) else { return Vec::new() };
            let days = day.split(" and ").map(|day| day.parse().ok().filter(|day| (1..=31).contains(day)));
            let days = days.map(|day| Some(one(Pattern::Months { months, day: day? })));
            return days.collect::<Option<Vec<_>>>().unwrap_or_default();
        }
        let days = rule.split(" and ").map(|day| {
            let (day, name) = day.split_once(' ')?;
            let months = 1 << month(name)?;
            Some(one(Pattern::Months { months, day: day.parse().ok().filter(|day| (1..=31).contains(day))? }))
        });
        days.collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    /// The rule's text.
    #[must_use]
    pub fn rrule(&self) -> String {
        match self.pattern {
            Pattern::Months { months, day } => {
                let named: Vec<String> =
                    (1..=12).filter(|month| months & (1 << month) != 0).map(|month: u16| month.to_string()).collect();
                let frequency = if named.len() == 1 { "FREQ=YEARLY" } else { "FREQ=MONTHLY" };
                let mut rule = frequency.to_owned();
                if named.len() < 12 {
                    let _ = write!(rule, ";BYMONTH={}", named.join(","));
                }
                match day {
                    // The 31st of a month of 30 days is its last day.
                    29..=31 => {
                        let days: Vec<String> = (28..=day).map(|day| day.to_string()).collect();
                        let _ = write!(rule, ";BYMONTHDAY={};BYSETPOS=-1", days.join(","));
                    }
                    day => {
                        let _ = write!(rule, ";BYMONTHDAY={day}");
                    }
                }
                rule
            }
            Pattern::Month(month) => format!("FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=1"),
            Pattern::Week(day) => {
                let code = WEEK.iter().find(|(_, known, ..)| *known == day).map_or("MO", |(.., code, _)| *code);
                if self.interval > 1 {
                    format!("FREQ=WEEKLY;INTERVAL={};BYDAY={code}", self.interval)
                } else {
                    format!("FREQ=WEEKLY;BYDAY={code}")
                }
            }
        }
    }

    /// The first day on or after `from`.
    #[must_use]
    pub fn first_from(&self, from: Date) -> Option<Date> {
        match self.pattern {
            Pattern::Week(day) => (0..7).map(|days: i64| from.saturating_add(days.days())).find(|date| date.weekday() == day),
            Pattern::Month(month) => {
                // The month that goes on is still to be done.
                let year = if from.month() > month { from.year().checked_add(1)? } else { from.year() };
                Date::new(year, month, 1).ok()
            }
            Pattern::Months { months, day } => {
                let first = from.first_of_month();
                (0..=12)
                    .map(|ahead: i64| first.saturating_add(ahead.months()))
                    .filter(|first| months & (1 << first.month()) != 0)
                    .find_map(|first| {
                        let last = first.last_of_month();
                        let date = Date::new(first.year(), first.month(), day.min(last.day())).ok()?;
                        (date >= from).then_some(date)
                    })
            }
        }
    }

    /// How many days the event that begins on `day` lasts.
    #[must_use]
    pub fn length(&self, day: Date) -> i8 {
        // A calendar gives all occurrences the length of the first: February's may miss its 29th day.
        if matches!(self.pattern, Pattern::Month(_)) { day.days_in_month() } else { 1 }
    }
}

fn month(name: &str) -> Option<i8> {
    MONTHS.iter().position(|known| *known == name).and_then(|at| i8::try_from(at + 1).ok())
}

/// The months that a place in a rule means.
fn months(every: Every, place: &str) -> Option<u16> {
    let of = |months: &[u16]| Some(months.iter().fold(0, |bits, month| bits | 1 << month));
    match (place, every) {
        ("quarter's last month", _) => of(&[3, 6, 9, 12]),
        ("quarter's first month", _) => of(&[1, 4, 7, 10]),
        ("next quarter's first month", _) => of(&[1, 4, 7, 10]),
        ("month" | "next month", Every::Month) => Some(EVERY_MONTH),
        ("quarter" | "month", Every::Quarter) => of(&[3, 6, 9, 12]),
        ("next month", Every::Quarter) => of(&[1, 4, 7, 10]),
        ("month", Every::HalfYear) => of(&[6, 12]),
        ("next month", Every::HalfYear) => of(&[1, 7]),
        ("month", Every::Year) => of(&[12]),
        ("next month", Every::Year) => of(&[1]),
        _ => None,
    }
}

/// A recurrence in Vietnamese: `hằng quý, trước ngày 15 tháng 3, 6, 9, 12`.
#[must_use]
pub fn recurs_vi(recurrence: &Recurrence) -> String {
    let word = match recurrence.every {
        Every::Day => "ngày",
        Every::Week => "tuần",
        Every::Month => "tháng",
        Every::Quarter => "quý",
        Every::HalfYear => "6 tháng",
        Every::Year => "năm",
    };
    let mut text = match recurrence.interval {
        Some(count) if count > 1 => format!("{count} {word} một lần"),
        _ => format!("hằng {word}"),
    };
    for repeats in Repeats::of(recurrence) {
        match repeats.pattern {
            Pattern::Months { months, day } => {
                let named: Vec<String> =
                    (1..=12).filter(|month| months & (1 << month) != 0).map(|month: u16| month.to_string()).collect();
                let when = match (repeats.exclusive, day) {
                    (true, _) => format!("trước ngày {day}"),
                    (false, 31) => "ngày cuối".to_owned(),
                    (false, _) => format!("ngày {day}"),
                };
                let _ = if named.len() == 12 {
                    write!(text, ", {when}")
                } else {
                    write!(text, ", {when} tháng {}", named.join(", "))
                };
            }
            Pattern::Month(month) => {
                let _ = write!(text, ", trong tháng {month}");
            }
            Pattern::Week(day) => {
                let name = WEEK.iter().find(|(_, known, ..)| *known == day).map_or("", |(.., name)| *name);
                let _ = match repeats.hour {
                    Some(hour) => write!(text, ", trước {hour} giờ {name}"),
                    None => write!(text, ", {} {name}", if repeats.exclusive { "trước" } else { "vào" }),
                };
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recurrence(every: Every, interval: Option<u32>, rule: &str) -> Recurrence {
        Recurrence { every, interval, rule: Some(rule.into()) }
    }

    #[test]
    fn rules_and_their_first_days() {
        let from = jiff::civil::date(2025, 3, 20);
        for (every, interval, rule, wanted) in [
            (
                Every::Quarter,
                None,
                "before day 15 of the quarter's last month",
                "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15 2025-06-15",
            ),
            (Every::Quarter, None, "before day 5 of the next month", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5 2025-04-05"),
            (Every::Month, None, "before day 25 of the month", "FREQ=MONTHLY;BYMONTHDAY=25 2025-03-25"),
            (Every::Month, None, "before day 5 of the next month", "FREQ=MONTHLY;BYMONTHDAY=5 2025-04-05"),
            (Every::Month, None, "before day 30 of the month", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1 2025-03-30"),
            (Every::Year, None, "before 20 December", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20 2025-12-20"),
            (Every::Year, None, "before 10 February", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=10 2026-02-10"),
            (
                Every::Year,
                None,
                "before 1 June and 15 November",
                "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1 2025-06-01 | FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15 2025-11-15",
            ),
            (Every::Year, None, "in May", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1 2025-05-01"),
            (Every::Month, None, "on the last day of the month", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1 2025-03-31"),
            (Every::Week, None, "on Thursday", "FREQ=WEEKLY;BYDAY=TH 2025-03-20"),
            (Every::Week, Some(2), "before 16:00 on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR 2025-03-21"),
            (Every::Week, None, "before 16:30 on Monday", "FREQ=WEEKLY;BYDAY=MO 2025-03-24"),
            (Every::Month, None, "by day 25 of the month", "FREQ=MONTHLY;BYMONTHDAY=25 2025-03-25"),
            (
                Every::Month,
                None,
                "before day 1 and 16 of the month",
                "FREQ=MONTHLY;BYMONTHDAY=1 2025-04-01 | FREQ=MONTHLY;BYMONTHDAY=16 2025-04-16",
            ),
        ] {
            let rules = Repeats::of(&recurrence(every, interval, rule));
            let told: Vec<String> =
                rules.iter().map(|one| format!("{} {}", one.rrule(), one.first_from(from).expect("a day"))).collect();
            assert_eq!(told.join(" | "), wanted, "{rule}");
        }
    }

    #[test]
    fn what_names_no_day_has_no_rule() {
        for rule in ["before day 40 of the month", "before the feast", "in Spring", "before 99:00 on Friday", "before 1 Smarch"] {
            assert_eq!(Repeats::of(&recurrence(Every::Month, None, rule)), [], "{rule}");
        }
        assert_eq!(Repeats::of(&Recurrence { every: Every::Quarter, interval: None, rule: None }), []);
    }

    #[test]
    fn recurrences_in_vietnamese() {
        for (every, interval, rule, wanted) in [
            (Every::Quarter, None, "before day 15 of the quarter's last month", "hằng quý, trước ngày 15 tháng 3, 6, 9, 12"),
            (Every::Week, Some(2), "before 16:00 on Friday", "2 tuần một lần, trước 16 giờ thứ Sáu"),
            (Every::Month, None, "before day 25 of the month", "hằng tháng, trước ngày 25"),
        ] {
            assert_eq!(recurs_vi(&recurrence(every, interval, rule)), wanted);
        }
    }
}
