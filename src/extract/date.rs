//! Dates as far as a text gives them, and the numbers of years and quarters.

use super::passage::Passage;
pub(crate) use crate::grammar::time::Partial;
use crate::grammar::time::Value;

/// A year that a document may speak of.
pub(crate) fn year(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| text.len() == 4 && (1945..=2100).contains(year))
}

/// Reads a date in figures at `at`: `30/6/2025`, `30-6-2025`, `30/6`, `6/2025`; with where it ends.
pub(crate) fn slashed(passage: &Passage, at: usize) -> Option<(Partial, usize)> {
    passage.tokens.get(at).filter(|token| !token.is_word())?;
    dated(passage, at)
}

/// Reads `ngày 15 tháng 6 năm 2024`, `ngày 15/6/2024`, `tháng 6 năm 2024`, `tháng 6/2024`, `năm 2024`; blanks allowed.
pub(crate) fn spelled(passage: &Passage, at: usize) -> Option<(Partial, usize)> {
    passage.tokens.get(at).filter(|token| token.is_word())?;
    dated(passage, at)
}

fn dated(passage: &Passage, at: usize) -> Option<(Partial, usize)> {
    let times = &passage.lexicon.times;
    let found = times.grammar.at(times.date?, passage.source(), at)?;
    let Value::Stretch(stretch) = found.value else { return None };
    Some((stretch.first?, found.end))
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
