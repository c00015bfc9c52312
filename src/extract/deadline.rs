//! Deadlines: times by which, or in which, something is due. How they are said is data (`rules/grammar/time.toml`); here they are found
//! in a passage, resolved against its document, and told from times that only describe.
//!
//! A bare date (`ngày 30/6/2025`) dates a document, and a stage inside a title (`Đề án … giai đoạn
//! 2021-2030`) belongs to the title; neither is a deadline.

mod around;
mod years;

use std::ops::Range;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::passage::{Passage, Role};
use crate::grammar::time::{Anchor, Offset, Partial, Shape, Stretch, Time, Unit, Value, day_of_year};
use crate::grammar::{Kind, Match};
use crate::lexicon::Lexicon;
use crate::record::{Every, Recurrence};
use crate::words::{Keyword as K, Token};

/// A time by which, or in which, something is due.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Its tokens.
    pub(crate) range: Range<usize>,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    /// The last day itself is too late.
    pub(crate) exclusive: bool,
    pub(crate) recurrence: Option<Recurrence>,
    /// How it is told.
    pub(crate) shape: Shape,
    /// What it is counted from.
    pub(crate) offset: Option<Offset>,
}

/// How a passage's times are to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Frame {
    /// The year that a date without one falls in: the document's.
    pub(crate) year: Option<i16>,
    /// Whether the document is for that one year, so that its days are in it, too.
    pub(crate) covered: bool,
    /// A column of times: a bare `Quý II/2024` is a deadline there.
    pub(crate) column: bool,
    /// The heading above is a label of time: `2. Thời gian kiểm tra:` over `ngày 29/4/2026`.
    pub(crate) labelled: bool,
    /// The day of the document: what is counted from its issue begins there.
    pub(crate) issued: Option<Date>,
    /// How many days the document gives itself: `100 ngày` in its tables are those.
    pub(crate) days: Option<u32>,
}

/// All deadlines of a passage, in order.
pub(crate) fn find(passage: &Passage, frame: Frame) -> Vec<Found> {
    find_with_times(passage, frame).0
}

/// All deadlines of a passage, and the other times in it that are no part of a name.
pub(crate) fn find_with_times(passage: &Passage, frame: Frame) -> (Vec<Found>, Vec<Range<usize>>) {
    let mut found: Vec<Found> = Vec::new();
    let mut times = Vec::new();
    if passage.role == Role::Preamble {
        return (found, times);
    }
    let reader = Reader { passage, frame };
    let grammar = &passage.lexicon.times.grammar;
    let Some(kind) = passage.lexicon.times.time else { return (found, times) };
    // Where a word of recurrence stood last: days without a year behind it come every year.
    let mut periodic: Option<usize> = None;
    let mut at = 0;
    while at < passage.tokens.len() {
        let token = &passage.tokens[at];
        // Most words begin no time.
        let opens = frame.column && at == 0 || grammar.may_begin(kind, token) || reader.may_stand_alone(at);
        if passage.quoted[at] || !opens {
            at += 1;
            continue;
        }
        match reader.at(at) {
            Some(mut deadline) if reader.accepts(&deadline) => {
                let more = reader.more_at(at, &deadline);
                at = deadline.range.end.max(at + 1);
                if deadline.recurrence.is_some() {
                    periodic = Some(deadline.range.start);
                } else if let Some(since) = periodic
                    && !(since..deadline.range.start).any(|at| passage.ends_sentence(at) || passage.tokens[at].is_mark(b';'))
                {
                    reader.come_every_year(&mut deadline);
                }
                found.push(deadline);
                found.extend(more);
            }
            Some(deadline) => {
                at = deadline.range.end.max(at + 1);
                if deadline.from.or(deadline.to).is_some() && !reader.in_title(deadline.range.start) {
                    // `Tính đến hết ngày 10/10/2025, có 45 xã …`: the word belongs to the time.
                    let since = reader.ends_with("reckoned", deadline.range.start).unwrap_or(0);
                    times.push(deadline.range.start - since..deadline.range.end);
                }
            }
            None => {
                if reader.says_periodic(at) {
                    periodic = Some(at);
                }
                at += 1;
            }
        }
    }
    if matches!(passage.role, Role::Aims | Role::Tasks) && !frame.column {
        let years = reader.years_with_values(&found);
        times.retain(|time| !years.iter().any(|year| year.range.start < time.end && time.start < year.range.end));
        found.extend(years);
        found.sort_by_key(|found| found.range.start);
    }
    (found, times)
}

/// The time that a heading, a label or a group row gives to what stands below it: `CHỈ TIÊU ĐẾN NĂM 2030`, `Giai đoạn 2025-2027`.
#[allow(dead_code, reason = "for headings, labels and group rows, which hand their time down")]
pub(crate) fn of_label(passage: &Passage, frame: Frame) -> Option<Found> {
    let reader = Reader { passage, frame };
    let mut at = 0;
    let mut best: Option<Found> = None;
    while at < passage.tokens.len() {
        let read = if passage.quoted[at] {
            None
        } else {
            reader.read(passage.lexicon.times.time, at).or_else(|| reader.read(passage.lexicon.times.bare, at))
        };
        match read {
            Some(found) => {
                at = found.range.end.max(at + 1);
                let dated = found.from.or(found.to).is_some();
                if dated && best.is_none() {
                    best = Some(found);
                }
            }
            None => at += 1,
        }
    }
    best
}

struct Reader<'a> {
    passage: &'a Passage<'a>,
    frame: Frame,
}

impl Reader<'_> {
    fn is(&self, at: usize, keyword: K) -> bool {
        self.passage.tokens.get(at).is_some_and(|token| token.is(keyword))
    }

    /// The length of the longest phrase of a class of `time.toml` at `at`.
    fn word(&self, class: &str, at: usize) -> Option<usize> {
        let grammar = &self.passage.lexicon.times.grammar;
        grammar.word(grammar.class(class)?, self.passage.tokens, at)
    }

    /// The length of the longest phrase of a class that ends before `at`.
    fn ends_with(&self, class: &str, at: usize) -> Option<usize> {
        let grammar = &self.passage.lexicon.times.grammar;
        grammar.ends_with(grammar.class(class)?, self.passage.tokens, at)
    }

    /// Whether the mark at `at` ends a clause.
    fn parts(&self, at: usize) -> bool {
        let token = &self.passage.tokens[at];
        token.is_mark(b';') || token.is_mark(b':') || self.passage.ends_sentence(at)
    }

    /// Whether a time may stand at `at` with no word before it: at the beginning, or behind a label.
    fn may_stand_alone(&self, at: usize) -> bool {
        let begins = at == 0 || self.parts(at - 1) || self.passage.tokens[at - 1].is_mark(b'(');
        let times = &self.passage.lexicon.times;
        begins && times.bare.is_some_and(|kind| times.grammar.may_begin(kind, &self.passage.tokens[at]))
    }

    fn at(&self, at: usize) -> Option<Found> {
        let times = &self.passage.lexicon.times;
        let column = self.frame.column && at == 0;
        let told = self.read(times.time, at);
        if column {
            let alone = [self.read(times.bare, at), self.read(times.column, at)];
            return alone.into_iter().flatten().chain(told).max_by_key(|found| found.range.end);
        }
        told.or_else(|| self.alone(at))
    }

    /// The other days of several in each of which something is due: `các ngày 10/4, 10/7 và 10/10/2026`. A column has one time a row.
    fn more_at(&self, at: usize, first: &Found) -> Vec<Found> {
        let times = &self.passage.lexicon.times;
        let read = |kind: Kind| times.grammar.at(kind, self.passage.source(), at);
        let Some(Match { end, value: Value::Time(time), .. }) = times.time.and_then(read) else { return Vec::new() };
        if end != first.range.end {
            return Vec::new();
        }
        let days = time.more.into_iter().filter_map(|stretch| self.days(time.shape, stretch));
        days.map(|(from, to)| Found { from, to, ..first.clone() }).collect()
    }

    /// A time with nothing before it: in a column, behind `thời gian:`, or before a colon.
    fn alone(&self, at: usize) -> Option<Found> {
        let asked = self.frame.column || self.frame.labelled && at == 0 || self.after_time_label(at);
        let begins = at == 0 || self.parts(at - 1);
        let works = self.passage.role == Role::Tasks;
        if !asked && !begins && !works {
            return None;
        }
        let found = self.read(self.passage.lexicon.times.bare, at)?;
        // `Quý II/2026, các trường rà soát …`; `Năm 2025, …` says which year is spoken of.
        let whole_year = found.from.zip(found.to).is_some_and(|(from, to)| from.day_of_year() == 1 && to.month() == 12);
        // `Ngày 10/7/2026, Phòng đã gửi Công văn …`: a day before the document's own is past.
        let past = self.frame.issued.is_some_and(|issued| found.to.is_some_and(|day| day < issued));
        let opens = begins && self.is(found.range.end, K::Comma) && !whole_year && !past && self.passage.role == Role::Tasks;
        let headed = begins && self.is(found.range.end, K::Colon);
        let held = works && (self.is_held_on(&found) || self.follows_its_label(&found));
        (asked || headed || held || opens).then_some(found)
    }

    /// `tổ chức hội nghị ngày 20/11/2026`: no paper that is named here can bear a day after the document's own.
    fn is_held_on(&self, found: &Found) -> bool {
        let later = |issued: Date| found.from.is_none() && found.to.is_some_and(|day| day > issued);
        let before = found.range.start.checked_sub(1).map(|at| &self.passage.tokens[at]);
        let has_year = (found.range.clone()).any(|at| self.passage.word(at).len() >= 4 && self.passage.tokens[at].is_number());
        has_year && self.frame.issued.is_some_and(later) && before.is_some_and(Token::is_lower_word)
    }

    /// `Mở cống đầu vụ: Ngày 26/8/2026 (thứ Tư).`: nothing else follows the label.
    fn follows_its_label(&self, found: &Found) -> bool {
        const LABEL: usize = 16;
        let Range { start, end } = found.range.clone();
        let closes = |token: &Token| token.is_mark(b'(') || token.is_mark(b';') || token.is_mark(b'.') || token.is_mark(b',');
        (3..=LABEL).contains(&start)
            && self.is(start - 1, K::Colon)
            && !(0..start - 1).any(|at| self.parts(at))
            && found.to.is_some()
            && self.passage.tokens.get(end).is_none_or(closes)
    }

    fn read(&self, kind: Option<Kind>, at: usize) -> Option<Found> {
        let found = self.passage.lexicon.times.grammar.at(kind?, self.passage.source(), at)?;
        self.resolved(found)
    }

    /// A time as days of the calendar, as far as the document says in which year it stands.
    fn resolved(&self, Match { start, end, value, .. }: Match<Value>) -> Option<Found> {
        let Value::Time(Time { shape, stretch, rhythm, offset, exclusive, more }) = value else { return None };
        // Several times in a column are one, from the first to the last.
        if self.frame.column && !more.is_empty() {
            return None;
        }
        let (mut from, mut to) = (None, None);
        if let Some(stretch) = stretch {
            (from, to) = self.days(shape, stretch)?;
            // `từ nay đến hết năm 2026`.
            match offset {
                // `45 ngày, tính từ ngày 01/4/2026`.
                Some(offset) if offset.anchor == Anchor::Day => {
                    to = from.zip(length(offset)).and_then(|(day, length)| day.checked_add(length).ok());
                }
                Some(offset) => from = self.counted(offset).0,
                None => {}
            }
        } else if let Some(offset) = offset {
            (from, to) = self.counted(offset);
        }
        let recurrence =
            rhythm.and_then(|rhythm| Some(Recurrence { every: rhythm.every?, interval: rhythm.interval, rule: rhythm.rule }));
        Some(Found { range: start..end, from, to, exclusive, recurrence, shape, offset })
    }

    fn with_year(&self, partial: Partial) -> Option<Partial> {
        if partial.month.is_none() && partial.year.is_none() {
            return None;
        }
        let mut partial = Partial { year: partial.year.or(self.frame.year), ..partial };
        // A day without a year is in the year that the document is for, else the first such day after the document's own.
        let told = partial.first();
        if !self.frame.covered
            && let (Some(day), Some(issued), Some(_)) = (told, self.frame.issued, partial.day)
            && day < issued
            && day.year() == issued.year()
            && self.passage.role != Role::Results
        {
            partial.year = partial.year.map(|year| year + 1);
        }
        Some(partial)
    }

    fn days(&self, shape: Shape, stretch: Stretch) -> Option<(Option<Date>, Option<Date>)> {
        let fill = |partial: Option<Partial>| match partial {
            Some(partial) if partial.year.is_some() => Some(Some(partial)),
            Some(partial) => self.with_year(partial).map(Some),
            None => Some(None),
        };
        let (mut first, last) = (fill(stretch.first)?, fill(stretch.last)?);
        // `từ ngày 15/11 đến ngày 15/12`: one year for both, but over the turn of the year.
        if let (Some(one), Some(other)) = (first.as_mut(), last)
            && stretch.first.is_some_and(|one| one.year.is_none())
        {
            let over = one.month > other.month;
            one.year = other.year.map(|year| year - i16::from(over));
        }
        let (from, to) = (first.and_then(Partial::first), last.and_then(Partial::last));
        if shape == Shape::Before {
            // `trước tháng 8/2024` ends on the last day of July; `trước ngày X` has X as stated.
            let to = if stretch.to_the_day() { to } else { from.and_then(|from| from.yesterday().ok()) };
            return Some((None, to));
        }
        let bare_day = shape == Shape::Bare && stretch.to_the_day() && stretch.first == stretch.last;
        Some((from.filter(|_| !bare_day), to))
    }

    /// `100 ngày kể từ ngày ban hành`: from the document's day.
    fn counted(&self, offset: Offset) -> (Option<Date>, Option<Date>) {
        let count = i64::from(offset.count);
        let length = length(offset);
        let issued = self.frame.issued;
        let own = self.frame.days == Some(offset.count) && offset.unit == Unit::Day;
        let past = || issued.and_then(|day| day.checked_add(length?).ok());
        match offset.anchor {
            Anchor::Issue => (issued.filter(|_| length.is_some()), past()),
            Anchor::Unsaid if own && self.frame.column => (issued, past()),
            Anchor::AfterIssue if own || offset.count == 0 => (past(), None),
            Anchor::Following => {
                let year = issued.map(Date::year).or(self.frame.year);
                let last = |year: i16| i16::try_from(count).ok().and_then(|count| Date::new(year + count, 12, 31).ok());
                (year.and_then(|year| Date::new(year + 1, 1, 1).ok()), year.and_then(last))
            }
            Anchor::Unsaid | Anchor::AfterIssue | Anchor::Event | Anchor::Day => (None, None),
        }
    }

    /// Whether a word of recurrence stands at `at` that is no time by itself: `định kỳ`.
    fn says_periodic(&self, at: usize) -> bool {
        self.word("periodic", at).is_some()
    }

    /// `định kỳ hằng năm gửi báo cáo … trước ngày 15 tháng 12`: that day of every year.
    fn come_every_year(&self, found: &mut Found) {
        if found.recurrence.is_some() || !matches!(found.shape, Shape::Before | Shape::By | Shape::Until) {
            return;
        }
        let times = &self.passage.lexicon.times;
        let Some(date) = (found.range.clone()).find_map(|at| {
            let read = times.grammar.at(times.date?, self.passage.source(), at)?;
            (read.end == found.range.end).then_some(read.value)
        }) else {
            return;
        };
        let Value::Stretch(Stretch { first: Some(day), .. }) = date else { return };
        if day.year.is_some() {
            return;
        }
        let Some(told) = day_of_year(day) else { return };
        let lead = if found.shape == Shape::Before { "before" } else { "by" };
        found.recurrence = Some(Recurrence { every: Every::Year, interval: None, rule: Some(format!("{lead} {told}")) });
        (found.from, found.to) = (None, None);
    }

    /// `thời gian (thực hiện, hoàn thành):`, `thời hạn:`, `hoàn thành (trong)`.
    fn after_time_label(&self, at: usize) -> bool {
        let tokens = self.passage.tokens;
        let from = at.saturating_sub(6);
        (from..at).any(|label| {
            self.word("time-label", label).is_some_and(|length| {
                label + length <= at
                    && (label + length..at).all(|between| {
                        let token = &tokens[between];
                        token.is(K::Colon) || token.is_lower_word() && !token.is(K::And)
                    })
            })
        })
    }
}

/// How long a time is that is counted; no calendar here knows the working days.
fn length(offset: Offset) -> Option<Span> {
    let count = i64::from(offset.count);
    match offset.unit {
        Unit::Day => Some(count.days()),
        Unit::Week => Some(count.weeks()),
        Unit::Month => Some(count.months()),
        Unit::Year => Some(count.years()),
        Unit::WorkingDay | Unit::Other => None,
    }
}

/// Whether a title is a label of time: `Thời gian kiểm tra`, `Thời hạn nộp hồ sơ`.
pub(crate) fn labels_time(lexicon: &Lexicon, title: &[Token]) -> bool {
    let grammar = &lexicon.times.grammar;
    let label = grammar.class("time-label").and_then(|class| grammar.word(class, title, 0));
    label.is_some_and(|length| {
        title.len() <= length + 4 && title[length..].iter().all(|token| token.is_lower_word() || token.is(K::Colon))
    })
}

/// What is due: the clause around the deadline, without it. Where `all` deadlines of a sentence have words of their own, each
/// goes back to the one before it.
pub(crate) fn about(passage: &Passage, found: &Found, all: &[Found]) -> Range<usize> {
    let tokens = passage.tokens;
    let ends = |at: usize| tokens[at].is_mark(b';') || passage.ends_sentence(at);
    let mut start = found.range.start;
    while start > 0 && !ends(start - 1) && !(tokens[start - 1].is(K::Colon) && start < found.range.start) {
        start -= 1;
    }
    let mut end = found.range.end;
    while end < tokens.len() && !ends(end) {
        end += 1;
    }
    let earlier = all.iter().map(|other| other.range.end).filter(|at| start < *at && *at <= found.range.start).max();
    let words =
        |range: Range<usize>| passage.words(range).split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    // Fewer than two words only join: `trước ngày 15/6 và trước ngày 15/12`.
    let own = earlier.filter(|at| words(*at..found.range.start) >= 2).map(|at| at + usize::from(tokens[at].is(K::And)));
    let later = all.iter().map(|other| other.range.start).filter(|at| found.range.end <= *at && *at < end).min();
    if own.is_some() || later.is_some_and(|at| words(found.range.end..at) >= 2 && words(start..found.range.start) >= 1) {
        start = own.unwrap_or(start);
        end = found.range.end;
    }
    let before = start..found.range.start;
    let after = found.range.end..end;
    let trimmed = |range: Range<usize>| {
        let mark = |at: &usize| {
            tokens[*at].is_mark(b',') || tokens[*at].is_mark(b'(') || tokens[*at].is_mark(b')') || tokens[*at].is_mark(b':')
        };
        let start = range.clone().find(|at| !mark(at)).unwrap_or(range.end);
        let end = range.clone().rev().find(|at| !mark(at)).map_or(start, |at| at + 1);
        start..end.max(start)
    };
    let (before, after) = (trimmed(before), trimmed(after));
    if before.len() >= 3 || after.len() < before.len() { before } else { after }
}

/// The time that begins at `at`, whatever stands around it.
pub(crate) fn find_at(passage: &Passage, frame: Frame, at: usize) -> Option<Found> {
    let reader = Reader { passage, frame };
    reader.read(passage.lexicon.times.time, at).filter(|found| matches!(found.shape, Shape::Stage | Shape::Between))
}

/// The days of the month, quarter, half-year or year at `at`.
pub(crate) fn calendar_at(passage: &Passage, frame: Frame, at: usize) -> Option<(Option<Date>, Option<Date>)> {
    let times = &passage.lexicon.times;
    let found = times.grammar.at(times.span?, passage.source(), at)?;
    let Value::Stretch(stretch) = found.value else { return None };
    Reader { passage, frame }.days(Shape::Within, stretch)
}

#[cfg(test)]
mod tests {
    use super::super::passage::tests::with_passage;
    use super::*;

    fn shown(text: &str, column: bool) -> Vec<String> {
        with_passage(text, Role::Tasks, |passage| {
            super::super::reference::find(passage);
            let day = |date: Option<Date>| date.map_or("-".to_owned(), |date| date.to_string());
            find(passage, Frame { year: Some(2024), column, ..Frame::default() })
                .iter()
                .map(|found| {
                    let recurrence = found.recurrence.as_ref().map(|r| {
                        let interval = r.interval.map(|interval| format!(" x{interval}")).unwrap_or_default();
                        format!(" {:?}{interval} {}", r.every, r.rule.as_deref().unwrap_or("-"))
                    });
                    let words = passage.words(found.range.clone());
                    format!("{words} = {}..{}{}", day(found.from), day(found.to), recurrence.unwrap_or_default())
                })
                .collect()
        })
    }

    fn check(text: &str, wanted: &[&str]) {
        assert_eq!(shown(text, false), wanted, "{text}");
    }

    #[test]
    fn days_months_quarters_and_years() {
        check("Hoàn thành trước ngày 10/5/2022", &["trước ngày 10/5/2022 = -..2022-05-10"]);
        check("Báo cáo chậm nhất ngày 15/01/2025.", &["chậm nhất ngày 15/01/2025 = -..2025-01-15"]);
        check("Rà soát xong trước 30/6", &["xong trước 30/6 = -..2024-06-30"]);
        check("Hoàn thành trước tháng 8/2024", &["trước tháng 8/2024 = -..2024-07-31"]);
        check("Trình ban hành trong tháng 10/2022", &["trong tháng 10/2022 = 2022-10-01..2022-10-31"]);
        check("Trình ban hành trong quý II", &["trong quý II = 2024-04-01..2024-06-30"]);
        check("Hoàn thành trong năm 2022", &["trong năm 2022 = 2022-01-01..2022-12-31"]);
        check("Thực hiện từ tháng 4 đến tháng 7 năm 2022", &["từ tháng 4 đến tháng 7 năm 2022 = 2022-04-01..2022-07-31"]);
        check("Thực hiện số hóa sổ hộ tịch giai đoạn 2021-2025", &["giai đoạn 2021-2025 = 2021-01-01..2025-12-31"]);
        check("Đến hết năm 2025 có 30 xã", &["Đến hết năm 2025 = -..2025-12-31"]);
        check("Hoàn thành vào cuối năm 2024", &["vào cuối năm 2024 = -..2024-12-31"]);
        check("Từ ngày 01/6 đến ngày 31/8/2026: mở đợt", &["Từ ngày 01/6 đến ngày 31/8/2026 = 2026-06-01..2026-08-31"]);
        check("Tháng 02, 03 năm 2026: rà soát", &["Tháng 02, 03 năm 2026 = 2026-02-01..2026-03-31"]);
        check("Trong tháng 3, 6 xã rà soát", &["Trong tháng 3 = 2024-03-01..2024-03-31"]);
        check("Áp dụng từ ngày 01/6/2022", &["từ ngày 01/6/2022 = 2022-06-01..-"]);
    }

    #[test]
    fn what_recurs() {
        let quarter = "Quarter before day 15 of the quarter's last month";
        check(
            "Báo cáo định kỳ hằng quý (trước ngày 15 của tháng cuối quý)",
            &[&format!("định kỳ hằng quý (trước ngày 15 của tháng cuối quý) = -..- {quarter}")],
        );
        check(
            "Định kỳ (trước ngày 15 của tháng cuối quý), báo cáo",
            &[&format!("Định kỳ (trước ngày 15 của tháng cuối quý) = -..- {quarter}")],
        );
        check(
            "Báo cáo định kỳ 6 tháng (trước ngày 10/6) và năm (trước ngày 01/12)",
            &[
                "định kỳ 6 tháng (trước ngày 10/6) = -..- HalfYear before 10 June",
                "năm (trước ngày 01/12) = -..- Year before 1 December",
            ],
        );
        check(
            "tổng hợp, báo cáo UBND tỉnh định kỳ 6 tháng trước ngày 20/6 và cả năm trước ngày 20/12",
            &[
                "định kỳ 6 tháng trước ngày 20/6 = -..- HalfYear before 20 June",
                "cả năm trước ngày 20/12 = -..- Year before 20 December",
            ],
        );
        check("Gửi báo cáo hằng năm (trước ngày 20/12)", &["hằng năm (trước ngày 20/12) = -..- Year before 20 December"]);
        check(
            "Báo cáo hằng tháng (trước ngày 05 của tháng sau)",
            &["hằng tháng (trước ngày 05 của tháng sau) = -..- Month before day 5 of the next month"],
        );
        check(
            "Giao ban 02 tuần một lần (trước 16 giờ thứ Sáu)",
            &["02 tuần một lần (trước 16 giờ thứ Sáu) = -..- Week x2 before 16:00 on Friday"],
        );
        check(
            "định kỳ trước ngày 01/6 và 15/11 hằng năm báo cáo",
            &["định kỳ trước ngày 01/6 và 15/11 hằng năm = -..- Year before 1 June and 15 November"],
        );
        check("hằng quý tổng hợp kết quả", &["hằng quý = -..- Quarter -"]);
        check("Trước ngày 25 hằng tháng, tổng hợp", &["Trước ngày 25 hằng tháng = -..- Month before day 25 of the month"]);
    }

    #[test]
    fn a_report_of_a_half_year_by_a_day_of_one_year_is_due_once() {
        check("Báo cáo kết quả 6 tháng trước ngày 10/6/2024", &["trước ngày 10/6/2024 = -..2024-06-10"]);
        check("báo cáo tổng kết năm trước ngày 25/11/2024", &["trước ngày 25/11/2024 = -..2024-11-25"]);
    }

    #[test]
    fn days_without_a_year_are_those_after_the_document() {
        with_passage(
            "Thực hiện từ ngày 15/11 đến ngày 15/12; báo cáo trước ngày 31/01.",
            Role::Tasks,
            |passage| {
                let issued = Date::new(2025, 11, 18).ok();
                let found = find(passage, Frame { year: Some(2025), issued, ..Frame::default() });
                let days: Vec<_> = found.iter().map(|found| (found.from, found.to)).collect();
                let day = |year, month, day| Date::new(year, month, day).ok();
                assert_eq!(days, [(day(2025, 11, 15), day(2025, 12, 15)), (None, day(2026, 1, 31))]);
            },
        );
    }

    #[test]
    fn what_is_counted_from_the_issue() {
        let issued = Date::new(2026, 3, 2).ok();
        for (text, column, wanted) in [
            ("Trình trong 15 ngày kể từ ngày ban hành Kế hoạch này", false, "2026-03-02..2026-03-17"),
            ("100 ngày", true, "2026-03-02..2026-06-10"),
            ("Từ ngày ký ban hành trở đi", true, "2026-03-02..-"),
            ("Trả kết quả trong 07 ngày kể từ ngày nhận đủ hồ sơ", false, "-..-"),
            ("15 ngày làm việc", true, "-..-"),
        ] {
            with_passage(text, Role::Tasks, |passage| {
                let frame = Frame { year: Some(2026), issued, column, days: Some(100), ..Frame::default() };
                let day = |date: Option<Date>| date.map_or("-".to_owned(), |date| date.to_string());
                let found: Vec<String> =
                    find(passage, frame).iter().map(|found| format!("{}..{}", day(found.from), day(found.to))).collect();
                assert_eq!(found, [wanted], "{text}");
            });
        }
    }

    #[test]
    fn durations_and_events() {
        check("Tiêm cho trẻ trong 24 giờ đầu", &[]);
        check("Trả lời trong 15 ngày làm việc", &["trong 15 ngày làm việc = -..-"]);
        check("Ban hành kế hoạch sau khi Bộ Y tế ban hành hướng dẫn", &["sau khi Bộ Y tế ban hành hướng dẫn = -..-"]);
    }

    #[test]
    fn a_column_of_times_is_read_as_it_stands() {
        for (text, wanted) in [
            ("Quý II/2024", "Quý II/2024 = 2024-04-01..2024-06-30"),
            ("Năm 2026 - 2027", "Năm 2026 - 2027 = 2026-01-01..2027-12-31"),
            ("Năm 2026 và các năm tiếp theo", "Năm 2026 và các năm tiếp theo = 2026-01-01..-"),
            ("2026 và những năm sau", "2026 và những năm sau = 2026-01-01..-"),
            ("Thường xuyên, hằng năm", "Thường xuyên, hằng năm = -..- Year -"),
            ("Thường xuyên", "Thường xuyên = -..-"),
            ("Tháng 3, 6, 9/2026", "Tháng 3, 6, 9/2026 = 2026-03-01..2026-09-30"),
            ("Tháng 4 - 6/2026", "Tháng 4 - 6/2026 = 2026-04-01..2026-06-30"),
            ("T12", "T12 = 2024-12-01..2024-12-31"),
            ("T3, T6/2026", "T3, T6/2026 = 2026-03-01..2026-06-30"),
            ("Tháng 9/2025", "Tháng 9/2025 = 2025-09-01..2025-09-30"),
            ("Năm 2024", "Năm 2024 = 2024-01-01..2024-12-31"),
            ("2024-2025", "2024-2025 = 2024-01-01..2025-12-31"),
            ("Trước 30/11/2024", "Trước 30/11/2024 = -..2024-11-30"),
            ("Hằng quý", "Hằng quý = -..- Quarter -"),
        ] {
            assert_eq!(shown(text, true), [wanted], "{text}");
        }
    }

    #[test]
    fn dates_of_documents_titles_and_names_are_no_deadlines() {
        for text in [
            "theo Kế hoạch số 27/KH-UBND ngày 05/3/2024 của UBND huyện",
            "Triển khai Kế hoạch phát triển du lịch sinh thái giai đoạn 2021-2025",
            "Thực hiện Đề án “Nâng cao năng lực giai đoạn 2022 - 2025, tầm nhìn đến năm 2030”",
            "kinh phí được cấp năm 2022",
            "Xây dựng kế hoạch hành động hằng năm của tỉnh",
            "trước khi đưa vào sử dụng",
            "kiểm tra định kỳ, đột xuất",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_day_that_there_is_not_is_kept_without_a_date() {
        check("Hoàn thành trước ngày 31/02/2025", &["trước ngày 31/02/2025 = -..-"]);
    }
}
