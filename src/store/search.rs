//! Words are found in all documents, with or without marks: `chuyen doi so` finds `chuyển đổi số`.
//!
//! The index holds words without marks; it tells which documents have all phrases. Where they stand is read from the
//! source text itself, so that a place is exact, and there words that were given with marks are compared with marks:
//! `chuyển đổi` finds `CHUYỂN ĐỔI` and not `chuyên đối`. Case, white space, punctuation and line ends between words do not
//! matter, nor where a tone mark stands (`hoà`, `hòa`).

use rusqlite::params;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Store, StoreError};
use crate::words::fold_into;

/// The words of a text, each with where it begins and ends (bytes).
fn cut(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut characters = text.char_indices().peekable();
    let is_word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    std::iter::from_fn(move || {
        let (start, _) = characters.find(|(_, c)| is_word(*c))?;
        let mut end = text.len();
        while let Some((at, c)) = characters.peek() {
            if !is_word(*c) {
                end = *at;
                break;
            }
            characters.next();
        }
        Some((start, end))
    })
}

/// Writes a word in small letters without marks.
fn bare_into(word: &str, bare: &mut String) {
    bare.clear();
    if word.is_ascii() {
        bare.push_str(word);
        bare.make_ascii_lowercase();
        return;
    }
    for c in word.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'đ' | 'Đ' | 'Ð' | 'ð' => bare.push('d'),
            c => bare.extend(c.to_lowercase()),
        }
    }
}

/// The words of a text without marks, one space between them: what is indexed.
pub(super) fn bare_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut word = String::new();
    for (start, end) in cut(text) {
        bare_into(&text[start..end], &mut word);
        if !words.is_empty() && !word.is_empty() {
            words.push(' ');
        }
        words.push_str(&word);
    }
    words
}

/// Words that follow each other.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    bare: Vec<String>,
    /// With marks, where they were given with marks.
    marked: Option<Vec<String>>,
}

impl Phrase {
    pub(super) fn new(text: &str) -> Self {
        let text: String = text.nfc().collect();
        let words: Vec<&str> = cut(&text).map(|(start, end)| &text[start..end]).collect();
        let (mut bare, mut folded) = (Vec::new(), Vec::new());
        let mut word = String::new();
        for given in words {
            bare_into(given, &mut word);
            // A mark that stands alone is no word.
            if word.is_empty() {
                continue;
            }
            bare.push(word.clone());
            fold_into(given, &mut word);
            folded.push(word.clone());
        }
        let marked = (bare != folded).then_some(folded);
        Self { bare, marked }
    }

    fn without_marks(&self) -> Self {
        Self { bare: self.bare.clone(), marked: None }
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        !self.bare.is_empty() && !self.places(text).is_empty()
    }

    /// Where the phrase stands in `text`: bytes, in order, not overlapping.
    fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        if self.bare.is_empty() {
            return places;
        }
        let tokens: Vec<(usize, usize)> = cut(text).collect();
        let mut word = String::new();
        let mut composed = String::new();
        let mut at = 0;
        while at + self.bare.len() <= tokens.len() {
            let window = &tokens[at..at + self.bare.len()];
            let fits = window.iter().enumerate().all(|(index, (start, end))| {
                let given = &text[*start..*end];
                bare_into(given, &mut word);
                if word != self.bare[index] {
                    return false;
                }
                let Some(marked) = &self.marked else { return true };
                composed.clear();
                composed.extend(given.nfc());
                fold_into(&composed, &mut word);
                word == marked[index]
            });
            if fits {
                places.push((window[0].0, window[window.len() - 1].1));
                at += window.len();
            } else {
                at += 1;
            }
        }
        places
    }
}

/// A place where what was looked for stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Page, from 1; null where the file has no pages.
    pub page: Option<usize>,
    /// Path of the section that it stands in.
    pub section: Option<String>,
    /// Offset of the first character in the source text, in code points.
    pub start: usize,
    /// Offset after the last.
    pub end: usize,
    /// The source text between the two, to the letter.
    pub text: String,
    /// What stands before it, on one line.
    pub before: String,
    /// What stands behind it, on one line.
    pub after: String,
}

/// A document that has what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Its head.
    pub document: super::query::Entry,
    /// All places, in order.
    pub places: Vec<Place>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Hits {
    /// The documents, best first.
    pub hits: Vec<Hit>,
    /// Whether there are more than were asked for.
    pub more: bool,
    /// How many documents have the words with other marks, where they were given with marks.
    pub other_marks: usize,
}

/// Characters of an excerpt on either side.
const AROUND: usize = 70;

impl Store {
    /// The documents that have all of `phrases`, `limit` at most.
    ///
    /// # Errors
    /// Where a phrase has no word, or SQLite refuses.
    pub fn search(&self, phrases: &[String], limit: usize) -> Result<Hits, StoreError> {
        let parsed: Vec<Phrase> = phrases.iter().map(|phrase| Phrase::new(phrase)).collect();
        if let Some(empty) = parsed.iter().position(|phrase| phrase.bare.is_empty()) {
            return Err(StoreError::Meaning(format!("`{}`: there is no word in it to look for", phrases[empty])));
        }
        let query: Vec<String> = parsed.iter().map(|phrase| format!("\"{}\"", phrase.bare.join(" "))).collect();
        let mut statement = self
            .connection
            .prepare_cached("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank, rowid")
            .map_err(|error| self.wrap(&error))?;
        let keys =
            statement.query_map(params![query.join(" AND ")], |row| row.get::<_, i64>(0)).map_err(|error| self.wrap(&error))?;
        let mut found = Hits::default();
        for key in keys {
            let key = key.map_err(|error| self.wrap(&error))?;
            if found.hits.len() == limit {
                found.more = true;
                break;
            }
            let (text, pages) = self.text(key)?;
            let mut all = Vec::new();
            for phrase in &parsed {
                let places = phrase.places(&text);
                if places.is_empty() {
                    all.clear();
                    found.other_marks += usize::from(!phrase.without_marks().places(&text).is_empty());
                    break;
                }
                all.extend(places);
            }
            if all.is_empty() {
                continue;
            }
            all.sort_unstable();
            all.dedup();
            let places = all.into_iter().map(|place| self.place(key, &text, &pages, place)).collect::<Result<_, _>>()?;
            found.hits.push(Hit { document: self.entry(key)?, places });
        }
        Ok(found)
    }

    fn place(&self, key: i64, text: &str, pages: &[usize], (from, to): (usize, usize)) -> Result<Place, StoreError> {
        let start = text[..from].chars().count();
        let page = pages.partition_point(|page| *page <= start);
        let section: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT s.path FROM evidence e JOIN sections s ON s.document = e.document AND s.id = e.item
                 WHERE e.document = ? AND e.item GLOB 's*' AND e.start_offset <= ? ORDER BY e.start_offset DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                use rusqlite::OptionalExtension;
                statement.query_row(params![key, super::integer(start)], |row| row.get(0)).optional()
            })
            .map_err(|error| self.wrap(&error))?;
        let (before, after) = around(text, from, to);
        Ok(Place {
            page: (!pages.is_empty()).then_some(page.max(1)),
            section,
            start,
            end: start + text[from..to].chars().count(),
            text: text[from..to].to_owned(),
            before,
            after,
        })
    }
}

/// What stands before and behind a place, cut between words, on one line.
fn around(text: &str, from: usize, to: usize) -> (String, String) {
    let start = text[..from].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = text[to..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| to + at);
    let mut before = one_line(&text[start..from]);
    if start > 0 {
        let cut = before.find(' ').map_or(0, |at| at + 1);
        before = format!("…{}", &before[cut..]);
    }
    let mut after = one_line(&text[to..end]);
    if end < text.len() {
        let cut = after.rfind(' ').unwrap_or(after.len());
        after = format!("{}…", &after[..cut]);
    }
    (before, after)
}

/// White space drawn together.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() || c.is_control() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c => line.push(c),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, text: &str, wanted: &[&str]) {
        let found: Vec<&str> = Phrase::new(phrase).places(text).into_iter().map(|(start, end)| &text[start..end]).collect();
        assert_eq!(found, wanted, "`{phrase}` in `{text}`");
    }

    #[test]
    fn words_without_marks_find_all() {
        check("chuyen doi so", "Chuyển đổi số; CHUYỂN\n\nĐỔI SỐ.", &["Chuyển đổi số", "CHUYỂN\n\nĐỔI SỐ"]);
        check("chuyen doi so", "chuyên đổi sổ", &["chuyên đổi sổ"]);
        check("DUONG", "đường bộ", &["đường"]);
        check("ke hoach", "ke\u{302}\u{301} hoa\u{323}ch", &["ke\u{302}\u{301} hoa\u{323}ch"]);
        check("48/KH-UBND", "Số: 48 /KH- UBND", &["48 /KH- UBND"]);
    }

    #[test]
    fn words_with_marks_find_what_has_them() {
        check("chuyển đổi số", "CHUYỂN ĐỔI SỐ, chuyên đối sổ", &["CHUYỂN ĐỔI SỐ"]);
        check("hoà giải", "Hòa giải ở cơ sở", &["Hòa giải"]);
        check("hòa giải", "hoà\u{a0}giải", &["hoà\u{a0}giải"]);
        check("kế", "ke\u{302}\u{301} hoạch", &["ke\u{302}\u{301}"]);
    }

    #[test]
    fn other_words_are_not_found() {
        check("chuyen doi", "chuyển nhanh, đổi mới", &[]);
        check("số", "sốt", &[]);
        check("doi so", "đổi", &[]);
        check("...", "…", &[]);
        check("", "đổi", &[]);
        check("\u{301}", "đ\u{301}", &[]);
    }

    #[test]
    fn an_excerpt_is_one_line_cut_between_words() {
        let text = "trước ".repeat(30) + "\nĐÂY\n" + &" sau".repeat(40);
        let from = text.find("ĐÂY").expect("in the text");
        let (before, after) = around(&text, from, from + "ĐÂY".len());
        assert!(before.starts_with("…trước ") && before.ends_with("trước "), "{before}");
        assert!(after.starts_with(" sau") && after.ends_with("sau…"), "{after}");
        let from = "một ".len();
        assert_eq!(around("một hai ba", from, from + "hai".len()), ("một ".into(), " ba".into()));
    }
}
