//! Dates as far as a text gives them, and the days that a month, quarter or half-year covers.

use jiff::civil::Date;

use super::passage::Passage;
use crate::words::{Keyword as K, Token};

/// A date as far as it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Partial {
    pub(crate) year: Option<i16>,
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
}

impl Partial {
    /// The first day that it covers; `None` without a year, or where there is no such day.
    pub(crate) fn first(self) -> Option<Date> {
        Date::new(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// The last day that it covers.
    pub(crate) fn last(self) -> Option<Date> {
        let year = self.year?;
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::new(year, month, day).ok(),
            (Some(month), None) => Date::new(year, month, 1).ok().map(Date::last_of_month),
            _ => Date::new(year, 12, 31).ok(),
        }
    }

    /// `2024-03-01`, `2024-03`, `2024`.
    pub(crate) fn iso(self) -> Option<String> {
        let year = self.year?;
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => Date::new(year, month, day).ok()?.to_string(),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}"),
        })
    }
}

/// A year that a document may speak of.
pub(crate) fn year(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| text.len() == 4 && (1945..=2100).contains(year))
}

fn small(text: &str, most: i8) -> Option<i8> {
    text.parse().ok().filter(|number| text.len() <= 2 && (1..=most).contains(number))
}

/// First day of a quarter, and its last.
pub(crate) fn quarter(year: i16, quarter: i8) -> Option<(Date, Date)> {
    let first = Date::new(year, (quarter - 1) * 3 + 1, 1).ok()?;
    Some((first, Date::new(year, quarter * 3, 1).ok()?.last_of_month()))
}

/// Reads a date at `at`: `30/6/2025`, `30-6-2025`, `30/6`, `6/2025`; with where it ends.
pub(crate) fn slashed(passage: &Passage, at: usize) -> Option<(Partial, usize)> {
    let tokens = passage.tokens;
    let number = |at: usize| tokens.get(at).is_some_and(Token::is_number);
    let mark = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(b'/') || token.is_mark(b'-'));
    if !number(at) {
        // `/4/2022`: the day is left blank.
        let blank = mark(at) && number(at + 1) && mark(at + 2) && number(at + 3);
        if blank {
            let (month, year) = (small(passage.word(at + 1), 12)?, year(passage.word(at + 3))?);
            return Some((Partial { year: Some(year), month: Some(month), day: None }, at + 4));
        }
        return None;
    }
    if mark(at + 1) && number(at + 2) {
        let (one, two) = (passage.word(at), passage.word(at + 2));
        if mark(at + 3) && number(at + 4) && tokens[at + 1].is_mark(b'/') == tokens[at + 3].is_mark(b'/') {
            let (day, month, year) = (small(one, 31)?, small(two, 12)?, year(passage.word(at + 4))?);
            return Some((Partial { year: Some(year), month: Some(month), day: Some(day) }, at + 5));
        }
        if !tokens[at + 1].is_mark(b'/') {
            return None;
        }
        if let Some(year) = year(two) {
            return Some((Partial { year: Some(year), month: Some(small(one, 12)?), day: None }, at + 3));
        }
        return Some((Partial { year: None, month: Some(small(two, 12)?), day: Some(small(one, 31)?) }, at + 3));
    }
    // `30.6.2025` is cut as one number.
    let mut parts = passage.word(at).split('.');
    let (one, two, three) = (parts.next()?, parts.next()?, parts.next()?);
    let date = Partial { year: Some(year(three)?), month: Some(small(two, 12)?), day: Some(small(one, 31)?) };
    parts.next().is_none().then_some((date, at + 1))
}

/// Reads `ngày 15 tháng 6 năm 2024`, `ngày 15/6/2024`, `tháng 6 năm 2024`, `tháng 6/2024`, `năm 2024`; blanks allowed.
pub(crate) fn spelled(passage: &Passage, at: usize) -> Option<(Partial, usize)> {
    let tokens = passage.tokens;
    let is = |at: usize, keyword: K| tokens.get(at).is_some_and(|token| token.is(keyword));
    let mut date = Partial::default();
    let mut end = at;
    if is(end, K::Day) {
        end += 1;
        if let Some((found, end)) = slashed(passage, end) {
            return Some((found, end));
        }
        if let Some(day) = tokens.get(end).filter(|token| token.is_number()).and_then(|_| small(passage.word(end), 31)) {
            date.day = Some(day);
            end += 1;
        } else if !is(end, K::Month) {
            return None;
        }
        if !is(end, K::Month) {
            // `ngày 15`: of a month that is told elsewhere.
            return (date.day.is_some()).then_some((date, end));
        }
    }
    if is(end, K::Month) {
        end += 1;
        if let Some((found, end)) = slashed(passage, end).filter(|(found, _)| found.day.is_none()) {
            return Some((Partial { day: date.day, ..found }, end));
        }
        if let Some(month) = tokens.get(end).filter(|token| token.is_number()).and_then(|_| small(passage.word(end), 12)) {
            date.month = Some(month);
            end += 1;
        } else if !is(end, K::Year) {
            return None;
        }
    }
    let comma = usize::from(is(end, K::Comma) && is(end + 1, K::Year));
    if is(end + comma, K::Year)
        && let Some(found) = year(passage.word(end + comma + 1))
    {
        date.year = Some(found);
        end += comma + 2;
    }
    (date != Partial::default()).then_some((date, end))
}

/// The number that a quarter has: `quý II`, `quý 2`.
pub(crate) fn quarter_number(text: &str) -> Option<i8> {
    match text {
        "I" | "1" | "i" => Some(1),
        "II" | "2" | "ii" => Some(2),
        "III" | "3" | "iii" => Some(3),
        "IV" | "4" | "iv" => Some(4),
        _ => None,
    }
}
