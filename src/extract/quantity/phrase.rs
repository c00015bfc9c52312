//! Units that are phrases: what a rate is counted by (`4/100.000 trẻ sinh ra còn sống`, `12 ca sinh/1.000 phụ nữ`), lists of
//! counting nouns (`126 xã, phường`).

use super::ends_noun;
use crate::extract::clause::{self, Opening};
use crate::extract::number;
use crate::extract::passage::Passage;
use crate::lexicon::{ClauseKind, UnitKind};
use crate::words::{Keyword as K, Token};

/// How many words a unit may have before and behind its slash.
const WORDS: usize = 6;

/// Whether a number is what rates are counted by: 100, 1.000, 10.000 …
fn is_round(value: f64) -> bool {
    value >= 100.0 && (value.log10().round() - value.log10()).abs() < 1e-9
}

/// The end of what a rate is counted by: `trẻ sinh ra còn sống`.
fn counted_by(passage: &Passage, at: usize) -> Option<usize> {
    let (length, _) = passage.lexicon.clauses.at(passage.tokens, at).filter(|(_, word)| word.kind == ClauseKind::CountedBy)?;
    let mut end = at + length;
    while end < at + length + WORDS && passage.tokens.get(end).is_some_and(Token::is_lower_word) && goes_on(passage, end) {
        end += 1;
    }
    Some(end)
}

/// Whether a word is more of what a rate is counted by: `còn` of `còn sống`, but no `vào năm`, no `để`.
fn goes_on(passage: &Passage, at: usize) -> bool {
    let tokens = passage.tokens;
    let compares = passage.lexicon.comparators.at(tokens, at).is_some();
    let word = tokens[at].is(K::Remaining) || !compares && !ends_noun(passage, at);
    word && !tokens[at].is(K::Into)
        && passage.lexicon.clauses.at(tokens, at).is_none_or(|(_, word)| word.kind == ClauseKind::CountedBy)
}

/// `4/100.000 trẻ sinh ra còn sống`: a rate, no fraction; gives the end of its unit, which begins at the slash.
pub(super) fn rate_of_many(passage: &Passage, value: f64, of: f64, end: usize) -> Option<usize> {
    (of >= 1000.0 && is_round(of) && value * 10.0 < of).then(|| counted_by(passage, end)).flatten()
}

/// `12 ca sinh/1.000 phụ nữ`: from the first noun of a unit to the end of what it is counted by.
pub(super) fn many_words(passage: &Passage, noun: usize) -> Option<usize> {
    let tokens = passage.tokens;
    let slash = (noun..noun + WORDS).find(|at| tokens.get(*at).is_none_or(|token| !token.is_lower_word()))?;
    if slash == noun || !tokens.get(slash).is_some_and(|token| token.is_mark(b'/')) {
        return None;
    }
    let by = tokens.get(slash + 1).filter(|token| token.is_number() && !token.spaced)?;
    let by = number::parse(by.span().slice(passage.text)?, false)?;
    is_round(by).then(|| counted_by(passage, slash + 2)).flatten()
}

/// The end of a list of counting nouns that a number is of: `126 xã, phường`; in `12 lớp, 300 học viên` the list ends at once.
pub(super) fn listed(passage: &Passage, mut end: usize) -> usize {
    let tokens = passage.tokens;
    while tokens.get(end).is_some_and(|token| token.is(K::Comma))
        && tokens.get(end + 1).is_some_and(|token| token.is_lower_word() || token.case != crate::words::Case::Lower)
        && let Some((length, UnitKind::Count)) = passage.lexicon.units.at(tokens, end + 1).map(|(length, kind)| (length, *kind))
        && clause::opens(passage, end + 1) == Opening::Nothing
        && !begins_another(passage, end + 1 + length)
    {
        end += 1 + length;
    }
    end
}

/// `20 hộ, thị xã Bến Thuận 30 hộ`, `5 tổ, hội viên 90 người`, `8 người, trạm ít nhất 6 người`: behind the noun stands a name or a
/// value of its own.
fn begins_another(passage: &Passage, at: usize) -> bool {
    passage.tokens.get(at).is_some_and(|token| token.is_number() || token.is_word() && !token.is_lower_word())
        || passage.tokens.get(at + 1).is_some_and(Token::is_number)
        || passage.lexicon.comparators.at(passage.tokens, at).is_some()
}
