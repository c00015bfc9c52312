//! Where the words of a quotation stand in a text, which may be another version of the one that they were quoted from.

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

/// A text without the blanks that a line's wrapping makes, and the place of each of its characters in the text.
struct Flat {
    chars: Vec<char>,
    places: Vec<usize>,
}

impl Flat {
    fn new(text: &str) -> Self {
        let (mut chars, mut places) = (Vec::new(), Vec::new());
        for (at, c) in text.chars().enumerate() {
            if c.is_whitespace() {
                if chars.last().is_some_and(|last| *last != ' ') {
                    chars.push(' ');
                    places.push(at);
                }
            } else {
                chars.push(c);
                places.push(at);
            }
        }
        Self { chars, places }
    }
}

/// Where the words stand: of several places that whose surroundings are most alike, then the nearest to the old one.
#[must_use]
pub fn find(text: &str, quotation: &Quotation) -> Option<(usize, usize)> {
    let here = text.chars().skip(quotation.start).take(quotation.end.saturating_sub(quotation.start));
    let unmoved = here.eq(quotation.exact.chars());
    let flat = Flat::new(text);
    let trimmed = |text: &str| Flat::new(text).chars;
    let mut words = trimmed(&quotation.exact);
    while words.last() == Some(&' ') {
        words.pop();
    }
    if words.is_empty() {
        return None;
    }
    let (prefix, suffix) = (trimmed(&quotation.prefix), trimmed(&quotation.suffix));
    let alike = |at: usize| {
        let before = flat.chars[..at].iter().rev().filter(|c| **c != ' ');
        let behind = flat.chars[at + words.len()..].iter().filter(|c| **c != ' ');
        let same = |one: &mut dyn Iterator<Item = &char>, other: &mut dyn Iterator<Item = &char>| {
            one.zip(other).take_while(|(a, b)| a == b).count()
        };
        let own = prefix.iter().rev().filter(|c| **c != ' ');
        same(&mut before.into_iter(), &mut own.into_iter())
            + same(&mut behind.into_iter(), &mut suffix.iter().filter(|c| **c != ' '))
    };
    let mut best: Option<(usize, usize, usize)> = None;
    for at in (0..flat.chars.len().saturating_sub(words.len() - 1)).filter(|at| flat.chars[*at..].starts_with(&words)) {
        // `5%` is no part of `85%`.
        let cut = |one: Option<&char>, other: Option<&char>| {
            one.zip(other).is_some_and(|(one, other)| one.is_alphanumeric() && other.is_alphanumeric())
        };
        let begins_inside = cut(at.checked_sub(1).and_then(|before| flat.chars.get(before)), words.first());
        let ends_inside = cut(words.last(), flat.chars.get(at + words.len()));
        let was_inside = cut(quotation.prefix.chars().last().as_ref(), words.first())
            || cut(words.last(), quotation.suffix.chars().next().as_ref());
        if (begins_inside || ends_inside) && !was_inside {
            continue;
        }
        let place = flat.places[at];
        let key = (alike(at), usize::MAX - place.abs_diff(quotation.start));
        if best.is_none_or(|(likeness, near, _)| (likeness, near) < key) {
            best = Some((key.0, key.1, at));
        }
    }
    let (_, _, at) = best?;
    let found = (flat.places[at], flat.places[at + words.len() - 1] + 1);
    // Where nothing moved, the very characters.
    Some(if unmoved && found.0.abs_diff(quotation.start) <= quotation.exact.len() {
        (quotation.start, quotation.end)
    } else {
        found
    })
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
