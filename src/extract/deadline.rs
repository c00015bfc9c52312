//! Deadlines: `trước ngày 10/5/2022`, `chậm nhất ngày 15/01/2025`, `xong trước 30/6`, `trong quý II`,
//! `từ tháng 4 đến tháng 7 năm 2022`, `giai đoạn 2021-2025`, `hằng quý (trước ngày 15 của tháng cuối quý)`,
//! `02 tuần một lần (trước 16 giờ thứ Sáu)`, `trong 15 ngày làm việc`.
//!
//! A bare date (`ngày 30/6/2025`) dates a document, and a stage inside a title (`Đề án … giai đoạn
//! 2021-2030`) belongs to the title; neither is a deadline.

mod around;
mod recurring;

use std::ops::Range;

use jiff::civil::Date;

use super::date::{self, Partial};
use super::passage::{Passage, Role};
use crate::record::Recurrence;
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
}

/// How a passage's times are to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Frame {
    /// The year that a date without one falls in: the document's.
    pub(crate) year: Option<i16>,
    /// A column of times: a bare `Quý II/2024` is a deadline there.
    pub(crate) column: bool,
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
    let mut at = 0;
    while at < passage.tokens.len() {
        let token = &passage.tokens[at];
        // Most words begin no time.
        if passage.quoted[at] || !(token.is_number() || token.is_any(TRIGGERS) || frame.column && at == 0) {
            at += 1;
            continue;
        }
        match reader.at(at) {
            Some(deadline) if reader.accepts(&deadline) => {
                at = deadline.range.end;
                found.push(deadline);
            }
            Some(deadline) => {
                at = deadline.range.end.max(at + 1);
                if deadline.from.or(deadline.to).is_some() && !reader.in_title(deadline.range.start) {
                    times.push(deadline.range);
                }
            }
            None => at += 1,
        }
    }
    if passage.role == Role::Aims {
        let years = reader.years_with_values(&found);
        times.retain(|time| !years.iter().any(|year| year.range.start < time.end && time.start < year.range.end));
        found.extend(years);
        found.sort_by_key(|found| found.range.start);
    }
    (found, times)
}

/// Words that a time begins with; numbers do too.
const TRIGGERS: &[K] = &[
    K::Period,
    K::Every,
    K::EveryOld,
    K::Each,
    K::Before,
    K::Done,
    K::Late,
    K::Latest,
    K::From,
    K::InTime,
    K::To,
    K::Reach,
    K::End,
    K::Last,
    K::Into,
    K::Stage,
    K::After,
    K::Month,
    K::Quarter,
    K::Year,
    K::Day,
];

struct Reader<'a> {
    passage: &'a Passage<'a>,
    frame: Frame,
}

/// What a stretch of words says of time.
type Span = (Option<Date>, Option<Date>, usize);

impl Reader<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.passage.tokens.get(at)
    }

    fn is(&self, at: usize, keyword: K) -> bool {
        self.token(at).is_some_and(|token| token.is(keyword))
    }

    fn are(&self, at: usize, keywords: &[K]) -> bool {
        keywords.iter().enumerate().all(|(step, keyword)| self.is(at + step, *keyword))
    }

    fn number(&self, at: usize) -> Option<u32> {
        self.token(at).filter(|token| token.is_number())?;
        self.passage.word(at).parse().ok()
    }

    fn at(&self, at: usize) -> Option<Found> {
        self.recurring(at)
            .or_else(|| self.before(at))
            .or_else(|| self.between(at))
            .or_else(|| self.within(at))
            .or_else(|| self.until(at))
            .or_else(|| self.stage(at))
            .or_else(|| self.since(at))
            .or_else(|| self.after_event(at))
            .or_else(|| self.bare(at))
    }

    fn found(&self, range: Range<usize>, from: Option<Date>, to: Option<Date>, exclusive: bool) -> Found {
        Found { range, from, to, exclusive, recurrence: None }
    }

    /// A day, month, quarter, half-year or year at `at`: first day, last day, end.
    fn calendar(&self, at: usize) -> Option<Span> {
        if let Some(span) = self.months_of_year(at) {
            return Some(span);
        }
        if let Some(span) = self.quarter(at) {
            return Some(span);
        }
        if let Some(span) = self.months(at) {
            return Some(span);
        }
        let (partial, end) = date::spelled(self.passage, at).or_else(|| date::slashed(self.passage, at))?;
        let partial = self.with_year(partial)?;
        Some((partial.first(), partial.last(), end))
    }

    fn with_year(&self, partial: Partial) -> Option<Partial> {
        if partial.month.is_none() && partial.year.is_none() {
            return None;
        }
        Some(Partial { year: partial.year.or(self.frame.year), ..partial })
    }

    /// `tháng 02, 03 năm 2026`, `tháng 3, 6, 9/2026`, `tháng 4-6/2026`; in a column of times `T12`, `T3, T6/2026`.
    ///
    /// From the first of them to the last, as `quý I và quý II`. Without a year behind them (`tháng 3, 6 xã …`) only a column lists months.
    fn months(&self, at: usize) -> Option<Span> {
        let month = |at: usize| -> Option<i8> {
            let word = self.passage.word(at);
            let lettered = word.strip_prefix(['T', 't']).filter(|digits| self.frame.column && digits.len() <= 2);
            let number = if self.token(at)?.is_number() { word } else { lettered? };
            number.parse().ok().filter(|month| number.len() <= 2 && (1..=12).contains(month))
        };
        let lettered = month(at).is_some_and(|_| self.token(at).is_some_and(Token::is_word));
        let start = if self.is(at, K::Month) { at + 1 } else { at };
        if start == at && !lettered {
            return None;
        }
        let first = month(start)?;
        let (mut last, mut end) = (first, start + 1);
        while self.is(end, K::Comma) || self.is(end, K::And) || self.is(end, K::Hyphen) {
            let next = end + 1 + usize::from(self.is(end + 1, K::Month));
            let Some(month) = month(next).filter(|month| *month > last) else { break };
            (last, end) = (month, next + 1);
        }
        if last == first && !lettered {
            return None;
        }
        let (year, after) = self.year_behind(end);
        let alone = self.frame.column && self.token(after).is_none_or(|token| token.is(K::Comma) || token.is_mark(b'.'));
        let year = year.or(self.frame.year.filter(|_| alone))?;
        Some((Date::new(year, first, 1).ok(), Date::new(year, last, 1).ok().map(Date::last_of_month), after))
    }

    /// `quý II/2024`, `Quý III năm 2024`, `quý 2`.
    fn quarter(&self, at: usize) -> Option<Span> {
        if !self.is(at, K::Quarter) {
            return None;
        }
        let number = date::quarter_number(self.passage.word(at + 1))?;
        let mut end = at + 2;
        let mut last = number;
        // `quý I và quý II`, `quý III, IV`.
        let joined = self.is(end, K::And) || self.is(end, K::Comma) || self.is(end, K::Hyphen);
        if joined {
            let skip = usize::from(self.is(end + 1, K::Quarter));
            if let Some(second) = date::quarter_number(self.passage.word(end + 1 + skip)).filter(|second| *second > number) {
                last = second;
                end += 2 + skip;
            }
        }
        let (year, end) = self.year_behind(end);
        let year = year.or(self.frame.year)?;
        Some((Some(date::quarter(year, number)?.0), Some(date::quarter(year, last)?.1), end))
    }

    /// `/2024`, `năm 2024`, `-2024` behind a quarter or half-year.
    fn year_behind(&self, at: usize) -> (Option<i16>, usize) {
        if self.is(at, K::Slash)
            || self.is(at, K::Hyphen)
            || self.is(at, K::Year)
            || self.is(at, K::Comma) && self.is(at + 1, K::Year)
        {
            let at = at + 1 + usize::from(self.is(at, K::Comma));
            if let Some(year) = date::year(self.passage.word(at)) {
                return (Some(year), at + 1);
            }
        }
        if self.is(at, K::Year) && !self.is(at + 1, K::Unknown) && self.token(at + 1).is_none_or(|token| !token.is_number()) {
            return (None, at + 1);
        }
        (None, at)
    }

    /// `6 tháng đầu năm 2024`, `9 tháng đầu năm`, `6 tháng cuối năm 2025`.
    fn months_of_year(&self, at: usize) -> Option<Span> {
        let months = self.number(at).filter(|months| (1..=11).contains(months))?;
        if !self.is(at + 1, K::Month) {
            return None;
        }
        let last = self.is(at + 2, K::Last);
        if !last && !self.is(at + 2, K::First) {
            return None;
        }
        let (year, end) = self.year_behind(at + 3);
        let year = year.or(self.frame.year)?;
        let months = i8::try_from(months).ok()?;
        if last {
            return Some((Date::new(year, 13 - months, 1).ok(), Date::new(year, 12, 31).ok(), end));
        }
        Some((Date::new(year, 1, 1).ok(), Date::new(year, months, 1).ok().map(Date::last_of_month), end))
    }

    /// `trước ngày …`, `xong trước …`, `chậm nhất ngày …`, `chậm nhất trước …`.
    fn before(&self, at: usize) -> Option<Found> {
        let latest = (self.is(at, K::Late) || self.is(at, K::Latest)) && self.is(at + 1, K::Most);
        let done = self.is(at, K::Done) && self.is(at + 1, K::Before);
        let mut next = at + usize::from(done);
        if latest {
            next += 2;
            while self.is(next, K::Be) || self.passage.word(next) == "vào" || self.is(next, K::InTime) || self.is(next, K::To) {
                next += 1;
            }
        }
        let before = self.is(next, K::Before);
        if !before && !latest {
            return None;
        }
        next += usize::from(before);
        if let Some((recurrence, end)) = self.days_of_each_year(next).or_else(|| self.rule(next, None)) {
            return Some(Found { recurrence: Some(recurrence), ..self.found(at..end, None, None, before) });
        }
        let (from, to, end) = self.calendar(next)?;
        // `trước tháng 8/2024` ends on the last day of July; `trước ngày X` has X as stated.
        let day = self.is(next, K::Day) || self.token(next).is_some_and(Token::is_number) && self.is(next + 1, K::Slash);
        let to = if before && !day { from.and_then(|from| from.yesterday().ok()) } else { to };
        Some(self.found(at..end, None, to, before))
    }

    /// `từ tháng 4 đến tháng 7 năm 2022`, `từ ngày A đến ngày B`, `từ năm 2021 đến năm 2025`, `từ quý I đến quý II`.
    fn between(&self, at: usize) -> Option<Found> {
        if !self.is(at, K::From) {
            return None;
        }
        let (first, end) = self.end_of_interval(at + 1)?;
        if !self.is(end, K::To) && !self.is(end, K::Hyphen) {
            return None;
        }
        let mut next = end + 1;
        while self.is(next, K::End) || self.is(next, K::Before) {
            next += 1;
        }
        let (second, end) = self.end_of_interval(next)?;
        let second = Partial { year: second.year.or(self.frame.year), ..second };
        let first = Partial {
            year: first.year.or(second.year),
            month: first.month.or(if first.day.is_some() { second.month } else { None }),
            day: first.day,
        };
        Some(self.found(at..end, first.first(), second.last(), false))
    }

    fn end_of_interval(&self, at: usize) -> Option<(Partial, usize)> {
        if let Some(number) = self.is(at, K::Quarter).then(|| date::quarter_number(self.passage.word(at + 1))).flatten() {
            let (year, end) = self.year_behind(at + 2);
            return Some((Partial { year, month: Some(number * 3), day: None }, end));
        }
        let at = at + usize::from(self.is(at, K::First) || self.is(at, K::Last));
        date::spelled(self.passage, at).or_else(|| date::slashed(self.passage, at)).or_else(|| {
            let year = date::year(self.passage.word(at))?;
            Some((Partial { year: Some(year), month: None, day: None }, at + 1))
        })
    }

    /// `trong tháng 10/2022`, `trong quý II`, `trong năm 2022`, `trong 15 ngày làm việc`, `trong vòng 30 ngày`.
    fn within(&self, at: usize) -> Option<Found> {
        if self.is(at, K::InTime) {
            let next = at
                + 1
                + usize::from(self.is(at + 1, K::Within))
                + usize::from(self.is(at + 1, K::Day) && self.is(at + 2, K::Month));
            if let Some(stage) = self.stage(next) {
                return Some(Found { range: at..stage.range.end, ..stage });
            }
            if let Some((from, to, end)) = self.calendar(next).map(|span| self.further_years(next, span)) {
                return Some(self.found(at..end, from, to, false));
            }
            return self.duration(at, next);
        }
        // `100 ngày kể từ ngày ban hành`.
        let end = self.duration(at, at)?;
        self.are(end.range.end.saturating_sub(1), &[K::Unknown]).then_some(end.clone()).or_else(|| {
            let words = &self.passage.tokens[at..end.range.end];
            words.iter().any(|token| token.is(K::Since)).then_some(end)
        })
    }

    /// `15 ngày làm việc (kể từ ngày …)`, `30 ngày`.
    fn duration(&self, start: usize, at: usize) -> Option<Found> {
        self.number(at)?;
        let mut end = at + 1;
        if !self.is(end, K::Day) && !self.is(end, K::Month) && !self.is(end, K::Week) && !self.is(end, K::Hour) {
            return None;
        }
        end += 1;
        if self.is(end, K::First) || self.is(end, K::Last) {
            return None;
        }
        if self.is(end, K::Work) {
            end += 2;
        }
        if self.are(end, &[K::Since, K::From]) {
            end += 2;
            let event = self.passage.word(end) == "khi";
            while let Some(token) = self.token(end) {
                let stop = token.is_mark(b',') && !event || token.is_mark(b';') || token.is_mark(b'.') || token.is_mark(b')');
                let acts = !event
                    && token.is_lower_word()
                    && end > start + 6
                    && self.passage.lexicon.actions.at(self.passage.tokens, end).is_some();
                if stop || acts || end > start + 20 {
                    break;
                }
                end += 1;
            }
        }
        Some(self.found(start..end.min(self.passage.tokens.len()), None, None, false))
    }

    /// `đến ngày 30/6/2024`, `đến hết năm 2025`, `đến năm 2030`, `hết quý II/2024`, `đến cuối năm 2025`.
    fn until(&self, at: usize) -> Option<Found> {
        let mut next = at;
        let by = self.is(next, K::Into);
        let to = self.is(next, K::To) || self.is(next, K::Reach) || by;
        next += usize::from(to);
        let end_of = self.is(next, K::End) || self.is(next, K::Last);
        next += usize::from(end_of);
        // `vào cuối năm 2025`, `cuối năm 2025`; `vào ngày 15/6` is a date.
        // `vào tháng 5 hằng năm` recurs.
        if by && self.recurring(next).is_some() {
            return None;
        }
        // `vào năm 2025`, `vào quý IV`: within it.
        if by && !end_of && (self.is(next, K::Year) || self.is(next, K::Quarter) || self.is(next, K::Month)) {
            let (from, to, end) = self.calendar(next)?;
            return Some(self.found(at..end, from, to, false));
        }
        if by && !end_of || !to && !(end_of && (self.is(at, K::End) || self.is(next, K::Year))) {
            return None;
        }
        // `đến hết năm`: of the document's own year.
        if end_of && (to || self.is(at, K::End)) && self.is(next, K::Year) && !self.token(next + 1).is_some_and(Token::is_number)
        {
            let last = Date::new(self.frame.year?, 12, 31).ok();
            return Some(self.found(at..next + 1, None, last, false));
        }
        let (_, to, end) = self.calendar(next)?;
        Some(self.found(at..end, None, to, false))
    }

    /// `giai đoạn 2021-2025`, `giai đoạn 2022 - 2025`, `giai đoạn từ năm 2021 đến năm 2025`.
    fn stage(&self, at: usize) -> Option<Found> {
        if !self.are(at, &[K::Stage, K::StageEnd]) {
            return None;
        }
        let from = self.are(at + 2, &[K::From]);
        let next = at + 2 + usize::from(from);
        let next = next + usize::from(self.is(next, K::Year));
        let first = date::year(self.passage.word(next))?;
        let joined = self.is(next + 1, K::Hyphen) || self.is(next + 1, K::To);
        let second = next + 2 + usize::from(self.is(next + 2, K::Year));
        let last = date::year(self.passage.word(second)).filter(|last| joined && *last >= first)?;
        Some(self.found(at..second + 1, Date::new(first, 1, 1).ok(), Date::new(last, 12, 31).ok(), false))
    }

    /// `từ ngày 01/6/2022`: a beginning without an end.
    fn since(&self, at: usize) -> Option<Found> {
        if !self.is(at, K::From) || !self.is(at + 1, K::Day) && !self.is(at + 1, K::Month) {
            return None;
        }
        let (partial, end) = date::spelled(self.passage, at + 1)?;
        partial.year?;
        Some(self.found(at..end, partial.first(), None, false))
    }

    /// `sau khi Bộ … ban hành …`: when something else has happened.
    fn after_event(&self, at: usize) -> Option<Found> {
        if !self.is(at, K::After) || self.passage.word(at + 1) != "khi" {
            return None;
        }
        let mut end = at + 2;
        let mut issued = false;
        while let Some(token) = self.token(end) {
            if token.is_mark(b';')
                || token.is_mark(b',')
                || token.is_mark(b')')
                || self.passage.ends_sentence(end)
                || end > at + 40
            {
                break;
            }
            issued |= self.are(end, &[K::Issue, K::IssueEnd])
                || matches!((self.passage.word(end), self.passage.word(end + 1)), ("phê", "duyệt") | ("thông", "qua"));
            end += 1;
        }
        issued.then(|| self.found(at..end, None, None, false))
    }

    /// A bare time: a deadline in a column of times, behind `thời gian:`, or before a colon.
    fn bare(&self, at: usize) -> Option<Found> {
        let tokens = self.passage.tokens;
        let asked = self.frame.column || self.after_time_label(at);
        let begins = at == 0 || tokens[at - 1].is_mark(b';') || tokens[at - 1].is_mark(b'.');
        if !asked && !begins {
            return None;
        }
        if self.frame.column && at == 0 {
            if let Some(found) = self.stage_without_word() {
                return Some(found);
            }
            if self.passage.word(0).starts_with(['T', 't'])
                && matches!((self.passage.lower(0).as_str(), self.passage.word(1)), ("thường", "xuyên"))
            {
                // `Thường xuyên, hằng năm` is one time.
                let again = if self.is(2, K::Comma) { self.recurring(3) } else { None };
                return Some(
                    again.map_or_else(
                        || self.found(0..2, None, None, false),
                        |again| Found { range: 0..again.range.end, ..again },
                    ),
                );
            }
        }
        let (from, to, end) = self.further_years(at, self.calendar(at)?);
        let headed = self.is(end, K::Colon) && begins;
        (asked || headed).then(|| self.found(at..end, from, to, false))
    }

    /// `2024-2025`, `2025` in a column of times.
    fn stage_without_word(&self) -> Option<Found> {
        let first = date::year(self.passage.word(0))?;
        let last = if self.is(1, K::Hyphen) { date::year(self.passage.word(2)) } else { None };
        let end = if last.is_some() { 3 } else { 1 };
        let to = Date::new(last.unwrap_or(first), 12, 31).ok();
        let (from, to, end) = self.and_following((Date::new(first, 1, 1).ok(), to, end));
        Some(self.found(0..end, from, to, false))
    }

    /// `năm 2026 đạt 60%, năm 2027 đạt 65%`: where a sentence gives years their values, each is when its own value is due.
    ///
    /// One year alone may belong to what is measured, or to what a change is measured against.
    fn years_with_values(&self, found: &[Found]) -> Vec<Found> {
        let tokens = self.passage.tokens;
        let reached = |at: usize| matches!(self.passage.word(at), "đạt" | "là") || self.is(at, K::Colon);
        let mut years: Vec<Found> = Vec::new();
        let mut start = 0;
        for end in 0..=tokens.len() {
            let stops = end == tokens.len() || self.passage.depth[end] == 0 && self.passage.ends_sentence(end);
            if !stops {
                continue;
            }
            let valued: Vec<Found> = (start..end)
                .filter(|at| self.is(*at, K::Year) && !self.passage.quoted[*at])
                .filter_map(|at| {
                    let year = date::year(self.passage.word(at + 1))?;
                    let other = found.iter().any(|found| found.range.contains(&at));
                    let value =
                        reached(at + 2) && self.token(at + 3).is_some_and(|next| next.is_number() || next.is_lower_word());
                    let day = |month, day| Date::new(year, month, day).ok();
                    (value && !other).then(|| self.found(at..at + 2, day(1, 1), day(12, 31), false))
                })
                .collect();
            // A value of another time stands beside it: `đến hết năm 2026 đạt 60%`.
            let timed = found
                .iter()
                .filter(|found| found.range.start >= start && found.range.end < end && reached(found.range.end))
                .count();
            if !valued.is_empty() && valued.len() + timed >= 2 {
                years.extend(valued);
            }
            start = end + 1;
        }
        years
    }

    /// A year at `at` and what goes on behind it: `Năm 2026 - 2027`, `năm 2026 và các năm tiếp theo`.
    fn further_years(&self, at: usize, (from, to, end): Span) -> Span {
        if !self.is(at, K::Year) || end != at + 2 {
            return (from, to, end);
        }
        let first = date::year(self.passage.word(at + 1));
        let last = if self.is(end, K::Hyphen) { date::year(self.passage.word(end + 1)) } else { None };
        match last.filter(|last| first.is_some_and(|first| first < *last)) {
            Some(last) => self.and_following((from, Date::new(last, 12, 31).ok(), end + 2)),
            None => self.and_following((from, to, end)),
        }
    }

    /// Behind `và các năm tiếp theo`, `và những năm sau` no end is told.
    fn and_following(&self, (from, to, end): Span) -> Span {
        let plural = self.is(end + 1, K::Plural) || self.is(end + 1, K::Some);
        if !(self.is(end, K::And) && plural && self.is(end + 2, K::Year)) {
            return (from, to, end);
        }
        match (self.passage.word(end + 3), self.passage.word(end + 4)) {
            ("tiếp", "theo") => (from, None, end + 5),
            ("sau", _) => (from, None, end + 4),
            _ => (from, to, end),
        }
    }

    /// `thời gian (thực hiện, hoàn thành):`, `thời hạn:`, `hoàn thành (trong)`.
    fn after_time_label(&self, at: usize) -> bool {
        let from = at.saturating_sub(6);
        (from..at).any(|label| {
            self.is(label, K::Moment)
                && matches!(self.passage.word(label + 1), "gian" | "hạn" | "điểm")
                && (label + 2..at).all(|between| {
                    let token = &self.passage.tokens[between];
                    token.is(K::Colon) || token.is_lower_word() && !token.is(K::And)
                })
        })
    }
}

/// What is due: the clause around the deadline, without it.
pub(crate) fn about(passage: &Passage, found: &Found) -> Range<usize> {
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

/// The deadline that begins at `at`, whatever stands around it.
pub(crate) fn find_at(passage: &Passage, frame: Frame, at: usize) -> Option<Found> {
    let reader = Reader { passage, frame };
    reader.stage(at).or_else(|| reader.between(at))
}

/// The days of the month, quarter, half-year or year at `at`.
pub(crate) fn calendar_at(passage: &Passage, frame: Frame, at: usize) -> Option<(Option<Date>, Option<Date>)> {
    Reader { passage, frame }.calendar(at).map(|(from, to, _)| (from, to))
}

#[cfg(test)]
mod tests {
    use super::super::passage::tests::with_passage;
    use super::*;

    fn shown(text: &str, column: bool) -> Vec<String> {
        with_passage(text, Role::Tasks, |passage| {
            super::super::reference::find(passage);
            let day = |date: Option<Date>| date.map_or("-".to_owned(), |date| date.to_string());
            find(passage, Frame { year: Some(2024), column })
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
                "năm trước ngày 20/12 = -..- Year before 20 December",
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
            &["trước ngày 01/6 và 15/11 hằng năm = -..- Year before 1 June and 15 November"],
        );
        check("hằng quý tổng hợp kết quả", &["hằng quý = -..- Quarter -"]);
        check("Trước ngày 25 hằng tháng, tổng hợp", &["Trước ngày 25 hằng tháng = -..- Month before day 25 of the month"]);
    }

    #[test]
    fn durations_and_events() {
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
            "theo Kế hoạch số 20/KH-UBND ngày 05/3/2024 của UBND huyện",
            "Triển khai Kế hoạch phát triển thương mại điện tử giai đoạn 2021-2025",
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
