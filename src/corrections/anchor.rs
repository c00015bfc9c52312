//! Where the words of a quotation stand in a text, which may be another version of the one that they were quoted from.

use std::cell::OnceCell;

use super::Quotation;

/// How many characters around the words are kept.
const AROUND: usize = 48;

/// Quotes the characters of a text from `start` up to `end`.
#[must_use]
pub fn quote(text: &str, start: usize, end: usize) -> Quotation {
    let chars: Vec<char> = text.chars().collect();
    let (start, end) = (start.min(chars.len()), end.clamp(start.min(chars.len()), chars.len()));
    let slice = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    Quotation {
        exact: slice(start, end),
        prefix: slice(start.saturating_sub(AROUND), start),
        suffix: slice(end, (end + AROUND).min(chars.len())),
        start,
        end,
    }
}

/// How often the words of a quotation of this text stand in it before, each time after the same words.
#[must_use]
pub fn nth(text: &str, quotation: &Quotation) -> usize {
    let Quotation { exact, prefix, start, .. } = quotation;
    let end = text.char_indices().nth(*start).map_or(text.len(), |(at, _)| at);
    let words = format!("{prefix}{exact}");
    if words.is_empty() {
        return 0;
    }
    let from = end.saturating_sub(prefix.len());
    let (mut count, mut at) = (0, 0);
    // Places may overlap: `7 7 7`.
    while let Some(found) = text[at..].find(&words).map(|found| at + found).filter(|found| *found < from) {
        count += 1;
        at = found + text[found..].chars().next().map_or(1, char::len_utf8);
    }
    count
}

/// A text without the blanks that a line's wrapping makes, and the place of each of its characters in the text.
#[derive(Debug)]
struct Flat {
    chars: Vec<char>,
    places: Vec<usize>,
}

impl Flat {
    fn new(text: impl Iterator<Item = char>) -> Self {
        let (mut chars, mut places) = (Vec::new(), Vec::new());
        for (at, c) in text.enumerate() {
            if !c.is_whitespace() {
                chars.push(c);
                places.push(at);
            } else if chars.last().is_some_and(|last| *last != ' ') {
                chars.push(' ');
                places.push(at);
            }
        }
        Self { chars, places }
    }
}

/// A text in which many quotations are looked for.
#[derive(Debug)]
pub(super) struct Text {
    chars: Vec<char>,
    /// Made when a quotation has moved.
    flat: OnceCell<Flat>,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), flat: OnceCell::new() }
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> String {
        self.chars.get(start..end).unwrap_or_default().iter().collect()
    }

    /// Whether these words stand from `start` on.
    fn has(&self, start: usize, words: &str) -> bool {
        let here = self.chars.get(start..).unwrap_or_default();
        let mut own = here.iter();
        words.chars().all(|c| own.next() == Some(&c))
    }

    /// Where the words stand: of several places that whose surroundings are most alike, then the nearest to the old one.
    pub(super) fn find(&self, quotation: &Quotation) -> Option<(usize, usize)> {
        let before = quotation.start.checked_sub(quotation.prefix.chars().count());
        let unmoved = self.has(quotation.start, &quotation.exact)
            && quotation.exact.chars().count() == quotation.end.saturating_sub(quotation.start);
        // Nothing moved, and the words around are the same: the usual case.
        if unmoved
            && before.is_some_and(|before| self.has(before, &quotation.prefix))
            && self.has(quotation.end, &quotation.suffix)
        {
            return Some((quotation.start, quotation.end)).filter(|_| !quotation.exact.trim().is_empty());
        }
        self.find_moved(quotation)
    }

    fn find_moved(&self, quotation: &Quotation) -> Option<(usize, usize)> {
        let flat = self.flat.get_or_init(|| Flat::new(self.chars.iter().copied()));
        let trimmed = |text: &str| Flat::new(text.chars()).chars;
        let mut words = trimmed(&quotation.exact);
        while words.last() == Some(&' ') {
            words.pop();
        }
        let first = words.first()?;
        let solid = |chars: &[char]| chars.iter().copied().filter(|c| *c != ' ').collect::<Vec<_>>();
        let (prefix, suffix) = (solid(&trimmed(&quotation.prefix)), solid(&trimmed(&quotation.suffix)));
        let alike = |at: usize| {
            let before = flat.chars[..at].iter().rev().filter(|c| **c != ' ').zip(prefix.iter().rev());
            let behind = flat.chars[at + words.len()..].iter().filter(|c| **c != ' ').zip(&suffix);
            before.take_while(|(one, other)| one == other).count() + behind.take_while(|(one, other)| one == other).count()
        };
        // `5%` is no part of `85%`.
        let cut = |one: Option<&char>, other: Option<&char>| {
            one.zip(other).is_some_and(|(one, other)| one.is_alphanumeric() && other.is_alphanumeric())
        };
        let was_inside = cut(quotation.prefix.chars().last().as_ref(), words.first())
            || cut(words.last(), quotation.suffix.chars().next().as_ref());
        let mut best: Option<(usize, usize, usize)> = None;
        for at in 0..flat.chars.len().saturating_sub(words.len() - 1) {
            if flat.chars[at] != *first || !flat.chars[at..].starts_with(&words) {
                continue;
            }
            let before = at.checked_sub(1).and_then(|before| flat.chars.get(before));
            if !was_inside && (cut(before, words.first()) || cut(words.last(), flat.chars.get(at + words.len()))) {
                continue;
            }
            let (likeness, near) = (alike(at), usize::MAX - flat.places[at].abs_diff(quotation.start));
            if best.is_none_or(|(other, nearness, _)| (other, nearness) < (likeness, near)) {
                best = Some((likeness, near, at));
            }
        }
        let (_, _, at) = best?;
        Some((flat.places[at], flat.places[at + words.len() - 1] + 1))
    }
}

/// Where the words of a quotation stand in a text; `None` where they do not.
#[must_use]
pub fn find(text: &str, quotation: &Quotation) -> Option<(usize, usize)> {
    Text::new(text).find(quotation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, found: Option<(usize, usize)>) -> Option<String> {
        found.map(|(start, end)| text.chars().skip(start).take(end - start).collect())
    }

    #[test]
    fn words_are_found_where_they_moved_to() {
        let old = "I. MỤC TIÊU\n- Tỷ lệ một đạt 85%.\n- Tỷ lệ hai đạt 85%.\n";
        let start = old.find("hai").map(|at| old[..at].chars().count() + 4).expect("there");
        let quotation = quote(old, start, start + 7);
        assert_eq!((quotation.exact.as_str(), quotation.prefix.ends_with("hai ")), ("đạt 85%", true));
        for (new, at) in [
            (old.to_owned(), start),
            (format!("Thêm một dòng.\n{old}"), start + 15),
            (old.replace("hai đạt 85%", "hai đạt\n85%"), start),
            (old.replace("- Tỷ lệ một đạt 85%.\n", ""), start - 21),
        ] {
            let found = find(&new, &quotation);
            assert_eq!(found.map(|found| found.0), Some(at), "{new}");
            assert_eq!(shown(&new, found).map(|text| text.replace('\n', " ")).as_deref(), Some("đạt 85%"));
        }
        assert_eq!(find(&old.replace("85%", "86%"), &quotation), None);
        assert_eq!(find("", &quotation), None);
    }

    #[test]
    fn a_number_is_not_found_inside_another() {
        let quotation = quote("đạt 5 %", 4, 5);
        assert_eq!(find("đạt 85 %, rồi 5", &quotation), Some((14, 15)));
    }
}
