//! Laws, which are known by name: `Luật Thi đua, khen thưởng`, `Bộ luật Lao động năm 2019`, `Hiến pháp`.

use super::{Found, behind, date_behind, symbol};
use crate::extract::date::{self, Partial};
use crate::extract::passage::Passage;
use crate::words::{Case, Keyword as K, Token};

/// A law by its name: capitalised words up to a stop.
pub(super) fn law(passage: &Passage, at: usize, name: usize, kind: usize) -> Option<Found> {
    let tokens = passage.tokens;
    let first = tokens.get(name)?;
    let known = passage.lexicon.laws.at(tokens, name).map(|(length, ())| name + length);
    let alone = passage.lexicon.types[kind].stands_alone;
    // `Luật sửa đổi, bổ sung một số điều của Luật Đầu tư`: a law of changes is named by its work.
    let changes = first.case == Case::Lower && passage.lexicon.actions.at(tokens, name).is_some() && !alone;
    if changes {
        return law_of_changes(passage, at, name, kind);
    }
    if !first.is_word() || first.case == Case::Lower && !alone {
        return None;
    }
    let mut end = name;
    while let Some(token) = tokens.get(end) {
        if token.is_word() {
            let joint = token.is(K::And) || token.is(K::Of) || token.is(K::Or);
            if joint
                && tokens
                    .get(end + 1)
                    .is_none_or(|next| next.case == Case::Lower || passage.lexicon.type_names.at(tokens, end + 1).is_some())
            {
                break;
            }
            // `Luật Phòng, chống tham nhũng`: small words may follow; a date, a version or a verb ends the name.
            const STOPS: &[K] =
                &[K::Year, K::Day, K::InTime, K::About, K::At, K::On, K::Following, K::With, K::For, K::Or, K::Number];
            let acts = token.case == Case::Lower
                && end > name + 1
                && passage.lexicon.actions.at(tokens, end).is_some_and(|(length, ())| length > 1);
            if token.is_any(STOPS) || acts && !tokens[end - 1].is_mark(b',') || end > name + 14 {
                break;
            }
        } else if !(token.is_mark(b',') && end <= name + 2 && tokens.get(end + 1).is_some_and(Token::is_lower_word)) {
            break;
        }
        end += 1;
    }
    while end > name + 1 && (tokens[end - 1].is(K::And) || tokens[end - 1].is_mark(b',')) {
        end -= 1;
    }
    let end = known.unwrap_or(end);
    // `Hiến pháp năm 2013` has no other name.
    let title = if alone { at..end.max(name) } else { name..end };
    // `năm 2023`, `2023` tells the law's version.
    // `Luật Tổ chức chính quyền địa phương số 72/2025/QH15`.
    if tokens.get(end).is_some_and(|token| token.is(K::Number))
        && let Some((number, past)) = symbol(passage, end + 1)
    {
        let found = Found { range: at..past, kind: Some(kind), number: Some(number), date: None, issuer: None, title: None };
        return Some(Found { title: Some(title), ..behind(passage, found) });
    }
    let (date, end) = dated_law(passage, end);
    Some(Found { range: at..end, kind: Some(kind), number: None, date, issuer: None, title: Some(title) })
}

/// `các Luật: Đầu tư ngày 17/6/2020; Thanh niên ngày 16/6/2020`: the first of several laws, each of a name that is known.
pub(super) fn first_of_several(passage: &Passage, at: usize, colon: usize, kind: usize) -> Option<Found> {
    if !passage.tokens.get(colon)?.is(K::Colon) {
        return None;
    }
    let found = known(passage, colon + 1, kind)?;
    Some(Found { range: at..found.range.end, ..found })
}

/// The next of several laws that follow one `Luật`.
pub(super) fn further(passage: &Passage, last: &Found, at: usize) -> Option<Found> {
    let kind = last.kind.filter(|kind| passage.lexicon.types[*kind].by_name)?;
    super::goes_on(passage, last, at).then(|| known(passage, at, kind)).flatten()
}

/// A law whose name is known, at `at`.
fn known(passage: &Passage, at: usize, kind: usize) -> Option<Found> {
    let tokens = passage.tokens;
    let (length, ()) =
        tokens.get(at).filter(|token| token.case != Case::Lower).and_then(|_| passage.lexicon.laws.at(tokens, at))?;
    let name = at..at + length;
    let (date, end) = dated_law(passage, name.end);
    Some(Found { range: at..end, kind: Some(kind), number: None, date, issuer: None, title: Some(name) })
}

/// `ngày 29/11/2024`, `năm 2023`, `2023`: the day or year of a law.
fn dated_law(passage: &Passage, end: usize) -> (Option<Partial>, usize) {
    let tokens = passage.tokens;
    if let Some((date, end)) = date_behind(passage, end) {
        return (Some(date), end);
    }
    let next = end + usize::from(tokens.get(end).is_some_and(|token| token.is(K::Year)));
    match date::year(passage.word(next)) {
        Some(year) => (Some(Partial { year: Some(year), month: None, day: None }), next + 1),
        None => (None, end),
    }
}

/// `Luật sửa đổi, bổ sung một số điều của Luật Nhà ở ngày 20/11/2024`: up to its day, number or the end of the clause.
fn law_of_changes(passage: &Passage, at: usize, name: usize, kind: usize) -> Option<Found> {
    let tokens = passage.tokens;
    let end = (name..tokens.len().min(name + 40)).find(|at| {
        let token = &tokens[*at];
        token.is(K::Semicolon)
            || token.is(K::Day)
            || token.is_mark(b')')
            || passage.ends_sentence(*at)
            || token.is(K::Number) && symbol(passage, at + 1).is_some()
    });
    let end = end.unwrap_or(tokens.len().min(name + 40));
    if end < name + 8 {
        return None;
    }
    if tokens.get(end).is_some_and(|token| token.is(K::Number))
        && let Some((number, past)) = symbol(passage, end + 1)
    {
        let found = Found { range: at..past, kind: Some(kind), number: Some(number), date: None, issuer: None, title: None };
        return Some(Found { title: Some(name..end), ..behind(passage, found) });
    }
    let (date, past) = dated_law(passage, end);
    Some(Found { range: at..past, kind: Some(kind), number: None, date, issuer: None, title: Some(name..end) })
}
