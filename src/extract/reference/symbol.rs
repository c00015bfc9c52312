//! Symbols: the number of a document with the letters of its type and issuer.

use crate::extract::date;
use crate::extract::passage::Passage;
use crate::words::{Case, Keyword as K, Token};

/// Most tokens of a number that is no office's.
const MOST: usize = 12;
/// No symbol has more words, its marks among them; `1/2/3/…` goes on for ever.
const LONGEST: usize = 64;

/// A symbol at `at`: `27/QĐ-UBND`, `40-KH/HU`, `84/2015/QH13`, `445/2013/QĐ-UBND`, `06/QĐTTg`, `340/BTNMT-TCQLĐĐ`.
pub(crate) fn symbol(passage: &Passage, at: usize) -> Option<(String, usize)> {
    regular(passage, at).or_else(|| dated(passage, at))
}

/// `Kế hoạch số 21, 22 và 23/KH-UBND`: a number at `at` whose letters follow the last of its list.
pub(super) fn shared(passage: &Passage, at: usize) -> Option<(String, usize)> {
    let tokens = passage.tokens;
    let plain = |at: usize| {
        let word = passage.word(at);
        tokens[at].is_number() && word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut last = at;
    while last + 2 < tokens.len().min(at + LONGEST) && plain(last) && tokens[last + 1].is_any(&[K::Comma, K::And]) {
        last += 2;
        // `số 21, số 22 và số 23/KH-UBND`.
        last += usize::from(tokens[last].is(K::Number) && last + 1 < tokens.len());
    }
    let (number, _) = (last > at).then(|| regular(passage, last)).flatten()?;
    let letters = number.trim_start_matches(|c: char| c.is_ascii_digit());
    (plain(at) && letters.len() < number.len()).then(|| (format!("{}{letters}", passage.word(at)), at + 1))
}

/// `số 02 ngày 21/4/2026`, `số YBB-SA032/26 ngày …`: what others than offices number their papers with, known by the day after it.
fn dated(passage: &Passage, at: usize) -> Option<(String, usize)> {
    let tokens = passage.tokens;
    if at == 0 || !tokens[at - 1].is(K::Number) {
        return None;
    }
    let end = (at + 1..tokens.len().min(at + MOST)).find(|next| tokens[*next].spaced)?;
    let numbered = tokens[at..end].iter().any(|token| {
        token.is_number() || passage.text[token.span().start..token.span().end].contains(|c: char| c.is_ascii_digit())
    });
    let day = tokens[end].is(K::Day) && date::spelled(passage, end).or_else(|| date::slashed(passage, end + 1)).is_some();
    (numbered && day).then(|| (passage.words(at..end).to_owned(), end))
}

/// The number of an office's paper: a number, a slash, letters.
fn regular(passage: &Passage, at: usize) -> Option<(String, usize)> {
    let tokens = passage.tokens;
    let first = tokens.get(at)?;
    if !first.is_number() {
        return None;
    }
    let mut end = at + 1;
    let mut letters = false;
    let mut digits = 1;
    let mut slash = false;
    while let Some(token) = tokens.get(end).filter(|_| end < at + LONGEST) {
        let joint = token.is_mark(b'/') || token.is_mark(b'-') || token.is_mark(b'.') || token.is_mark(b'&');
        if !joint {
            break;
        }
        let Some(next) = tokens.get(end + 1) else { break };
        // `324/KH- UBND`, `48 /KH-UBND`: a space that slipped in.
        let loose = token.is_mark(b'.') || token.spaced && next.spaced;
        if loose && (token.is_mark(b'.') && next.spaced || token.spaced && next.spaced) {
            break;
        }
        let code = next.is_word() && (next.case != Case::Lower && is_code(passage.word(end + 1)));
        // `45- KL/TW`: in a Party symbol the blank may be after the number, where a slash follows the letters at once.
        let party = token.is_mark(b'-') && tokens.get(end + 2).is_some_and(|after| after.is_mark(b'/') && !after.spaced);
        if next.spaced && !(code && (token.is_mark(b'-') || token.is_mark(b'/')) && (letters || party)) {
            break;
        }
        if code {
            letters = true;
        } else if next.is_number() && !next.spaced {
            digits += 1;
        } else {
            break;
        }
        slash |= token.is_mark(b'/');
        end += 2;
    }
    // `Nghị quyết số 72-NQTW`: a Party symbol that has lost its slash.
    let lost = || {
        let word = passage.word(at + 2);
        end == at + 3 && at > 0 && passage.lower(at - 1).as_str() == "số" && word.chars().count() >= 4 && is_capital(word)
    };
    if !letters || !slash && !lost() || digits > 3 {
        return None;
    }
    // `20-KH/BCĐ 57 ngày 12/3/2025`: the number of a committee belongs to its letters.
    let counted = tokens.get(end).is_some_and(|token| token.is_number() && passage.word(end).len() <= 3)
        && tokens.get(end - 1).is_some_and(Token::is_word)
        && tokens
            .get(end + 1)
            .is_none_or(|next| next.is_any(&[K::Day, K::Of, K::Comma, K::Semicolon, K::Close]) || next.is_mark(b'.'))
        && at > 0
        && slash;
    if counted {
        end += 1;
    }
    let number: String = passage
        .words(at..end)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '–' | '—' | '‐' | '‑') { '-' } else { c })
        .collect();
    Some((number, end))
}

fn is_capital(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

/// Whether a word is letters of a symbol: `KH`, `UBND`, `TTg`, `BCĐCĐS`, `QH13`, `CTr`.
fn is_code(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    letters > 0 && letters <= 14 && upper * 2 >= letters && word.chars().next().is_some_and(char::is_uppercase)
}
