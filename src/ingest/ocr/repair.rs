//! Slips of OCR that can only be slips: `tông hợp` for `tổng hợp`, `sỐ` for `số`, `S.` between `4.` and `6.`.
//!
//! A word is repaired where Tesseract itself is not sure of it, the words beside it stand in a phrase of the lexicon, and
//! that phrase is the only one that one diacritic makes of them. `Năm chắc` alone is no phrase, and only `nắm chắc` is near;
//! `có sở` may be meant, and `cơ sở` too, so that a sure `có` is left. What was repaired is told with both forms.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::super::encoding::is_syllable;
use super::{Reading, Word};
use crate::lexicon::LexiconError;

/// Words that Tesseract is surer of are never repaired, in percent.
pub(super) const SURE: f32 = 91.0;
/// Words beside a repaired one are at least as sure, in percent.
const BESIDE: f32 = 60.0;
/// The longest phrase, in syllables.
const LONGEST: usize = 6;

/// What was repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct Repair {
    /// As it was read.
    pub(in crate::ingest) read: String,
    /// As it stands in the text now.
    pub(in crate::ingest) now: String,
}

/// Phrases by their letters without diacritics.
pub(super) struct Repairer {
    phrases: FxHashMap<String, Vec<Vec<String>>>,
}

/// A letter without its diacritics.
fn base(c: char) -> char {
    let small = c.to_lowercase().next().unwrap_or(c);
    match small {
        'đ' => 'd',
        _ => small.nfd().next().unwrap_or(small),
    }
}

fn bare(word: &str) -> String {
    word.chars().map(base).collect()
}

/// The word between the marks around it: where it begins and ends.
fn core(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Where two words of equal letters differ, if in one diacritic only.
fn slip(read: &str, meant: &str) -> Option<usize> {
    let small = |word: &str| word.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (read, meant) = (small(read), small(meant));
    if read.len() != meant.len() {
        return None;
    }
    let mut differing = (0..read.len()).filter(|at| read[*at] != meant[*at]);
    let at = differing.next()?;
    (differing.next().is_none() && base(read[at]) == base(meant[at])).then_some(at)
}

/// `word` with the letter at `at` taken from `meant`, in the case that it has.
fn mended(word: &str, at: usize, meant: &str) -> String {
    let replace = |(index, c): (usize, char)| match meant.chars().nth(at) {
        Some(new) if index == at && c.is_uppercase() => new.to_uppercase().next().unwrap_or(new),
        Some(new) if index == at => new,
        _ => c,
    };
    word.chars().enumerate().map(replace).collect()
}

impl Repairer {
    /// With the phrases of the embedded lexicons.
    ///
    /// # Errors
    /// Where an embedded lexicon is broken, which the tests rule out.
    pub(super) fn new() -> Result<Self, LexiconError> {
        Ok(Self::with(&crate::lexicon::phrases()?))
    }

    fn with(list: &[String]) -> Self {
        let mut phrases: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
        for phrase in list {
            let words: Vec<String> = phrase.to_lowercase().split(' ').map(str::to_owned).collect();
            let known = phrases.entry(bare(&words.join(" "))).or_default();
            if (2..=LONGEST).contains(&words.len()) && !known.contains(&words) {
                known.push(words);
            }
        }
        Self { phrases }
    }

    /// Repairs what is certain; gives what was repaired, in the order of the words.
    pub(super) fn repair(&self, reading: &mut Reading) -> Vec<Repair> {
        let mut repairs: Vec<(usize, String)> = Vec::new();
        let words = &reading.words;
        let mut from = 0;
        while from < words.len() {
            let next = |two: &[Word]| {
                (two[1].y - two[0].y).abs() < 0.4 * two[0].size && (two[0].x0..two[0].x1 + 1.5 * two[0].size).contains(&two[1].x0)
            };
            let to = from + 1 + words[from..].windows(2).take_while(|two| next(two)).count();
            let before = from.checked_sub(1).map_or("", |at| words[at].text.as_str());
            self.line(&words[from..to], before, from, &mut repairs);
            from = to;
        }
        let mut done = Vec::new();
        for (at, now) in repairs {
            let word = &mut reading.words[at];
            let text = word.text.replacen(core(&word.text), &now, 1);
            let read = std::mem::replace(&mut word.text, text);
            done.push(Repair { read, now: word.text.clone() });
        }
        done
    }

    /// Finds the slips of one line, whose first word is the one at `first`, and stands behind `before`.
    fn line(&self, line: &[Word], before: &str, first: usize, repairs: &mut Vec<(usize, String)>) {
        let cores: Vec<&str> = line.iter().map(|word| core(&word.text)).collect();
        // For every word what phrases make of it; `None` in the list: it is right as it is.
        let mut readings: Vec<Vec<Option<String>>> = vec![Vec::new(); line.len()];
        for start in 0..line.len() {
            for end in start + 2..=(start + LONGEST).min(line.len()) {
                // A comma ends a phrase.
                if line[end - 2].text.ends_with(|c: char| !c.is_alphanumeric()) {
                    break;
                }
                let Some(phrases) = self.phrases.get(&bare(&cores[start..end].join(" "))) else { continue };
                for phrase in phrases {
                    let wrong: Vec<usize> = (start..end).filter(|at| cores[*at].to_lowercase() != phrase[at - start]).collect();
                    match wrong[..] {
                        [] => readings[start..end].iter_mut().for_each(|readings| readings.push(None)),
                        [at] if (start..end).all(|other| other == at || line[other].confidence >= BESIDE) => {
                            let meant = &phrase[at - start];
                            let now = slip(cores[at], meant).map(|letter| mended(cores[at], letter, meant));
                            readings[at].extend(now.map(Some));
                        }
                        _ => {}
                    }
                }
            }
        }
        for (at, mut readings) in readings.into_iter().enumerate() {
            readings.sort();
            readings.dedup();
            let doubted = line[at].confidence < SURE;
            let now = match &readings[..] {
                [Some(now)] if doubted => now.clone(),
                [] | [None] => {
                    match one_case(cores[at]).or_else(|| quarter(if at > 0 { cores[at - 1] } else { before }, cores[at])) {
                        Some(now) => now,
                        None => continue,
                    }
                }
                _ => continue,
            };
            repairs.push((first + at, now));
        }
    }
}

/// A syllable that begins small and goes on in capitals is small: `sỐ`.
fn one_case(word: &str) -> Option<String> {
    let small = word.to_lowercase();
    // `g1ao`: a figure among letters is the one letter that makes a syllable; at their end it is a footnote's mark.
    if word.starts_with(char::is_lowercase) && word.matches('1').count() == 1 && !word.ends_with('1') {
        let made = ["i", "l"].map(|letter| small.replace('1', letter));
        return match made.each_ref().map(|made| is_syllable(made)) {
            [true, false] => Some(made[0].clone()),
            [false, true] => Some(made[1].clone()),
            _ => None,
        };
    }
    let mut chars = word.chars();
    (chars.next()?.is_lowercase() && chars.all(char::is_alphabetic) && small != word && is_syllable(&small)).then_some(small)
}

/// The Roman number of a quarter of which strokes were joined to other letters: `quý IH/2024`, `quý HI`.
fn quarter(before: &str, word: &str) -> Option<String> {
    if core(before).to_lowercase() != "quý" {
        return None;
    }
    let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    let (number, rest) = word.split_at(end);
    if !number.contains('H') {
        return None;
    }
    let strokes: Option<String> = number
        .chars()
        .map(|c| match c {
            'H' => Some("II"),
            'I' | 'l' | '1' => Some("I"),
            'V' => Some("V"),
            _ => None,
        })
        .collect();
    strokes.filter(|strokes| matches!(strokes.as_str(), "II" | "III")).map(|strokes| strokes + rest)
}

/// Repairs the numbers of items that the items before and behind tell: `S.` between `4.` and `6.`, `l.1.` before `1.2.`.
pub(super) fn markers(readings: &mut [&mut Reading]) -> Vec<(usize, Repair)> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (page, reading) in readings.iter().enumerate() {
        let mut last: Option<&Word> = None;
        for (at, word) in reading.words.iter().enumerate() {
            let begins = last.is_none_or(|last| (word.y - last.y).abs() > 0.5 * word.size || word.x0 < last.x0);
            let is_marker = word.text.ends_with(['.', ')']) && word.text.len() <= 10 || !strokes(&word.text).is_empty();
            if begins && (is_marker || is_bare(&word.text) && reading.words.get(at + 1).is_some_and(in_capitals)) {
                places.push((page, at));
            }
            last = Some(word);
        }
    }
    let text = |place: &(usize, usize)| readings[place.0].words[place.1].text.clone();
    let numbers: Vec<Option<Vec<u32>>> = places.iter().map(|place| number(&text(place))).collect();
    let markers: Vec<String> = places.iter().map(&text).collect();
    let mut found: Vec<_> = romans(&markers).into_iter().map(|(index, repair)| (places[index], repair)).collect();
    for (index, place) in places.iter().enumerate().filter(|(index, _)| numbers[*index].is_none()) {
        let read = text(place);
        let Some(meant) = figures(&read) else { continue };
        let Some(value) = number(&meant) else { continue };
        // The neighbours on its own level, none of a higher one between.
        let sibling = |other: &Vec<u32>, step: i64| {
            let (last, before) = (value.last(), other.last());
            other.len() == value.len()
                && other[..other.len() - 1] == value[..value.len() - 1]
                && last.zip(before).is_some_and(|(own, other)| i64::from(*own) + step == i64::from(*other))
        };
        let level = |other: &&Vec<u32>| other.len() <= value.len();
        let before = numbers[..index].iter().rev().flatten().find(level);
        let behind = numbers[index + 1..].iter().flatten().find(level);
        let follows = before.is_some_and(|other| sibling(other, -1));
        let leads = behind.is_some_and(|other| sibling(other, 1));
        // The first of its level has none before it.
        let first = value.last() == Some(&1);
        if leads && (follows || first) || follows && behind.is_none_or(|other| other.len() < value.len()) {
            found.push((*place, Repair { read, now: meant }));
        }
    }
    found
        .into_iter()
        .map(|((page, at), repair)| {
            readings[page].words[at].text.clone_from(&repair.now);
            (page, repair)
        })
        .collect()
}

/// A Roman number whose strokes were lost or joined, told by those before and behind: of `I. II. II. IV.` the third is
/// `III.`; `IL` after `I.` is `II.`, `HIL` after `II.` is `III.`; the stop of `II NHIỆM VỤ` is lost where `I.` has one.
fn romans(markers: &[String]) -> Vec<(usize, Repair)> {
    const NUMBERS: [&str; 12] = ["I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.", "IX.", "X.", "XI.", "XII."];
    let value = |marker: &str| NUMBERS.iter().position(|number| *number == marker).map(|at| at + 1);
    let mut found = Vec::new();
    let mut before = 0;
    for (index, marker) in markers.iter().enumerate() {
        if is_bare(marker) {
            let stopped = format!("{marker}.");
            if before > 0 && value(&stopped) == Some(before + 1) {
                before += 1;
                found.push((index, Repair { read: marker.clone(), now: stopped }));
            }
            continue;
        }
        let known = value(marker);
        let may_be = known.map_or_else(|| strokes(marker), |known| vec![known]);
        if may_be.is_empty() {
            continue;
        }
        let behind = markers[index + 1..].iter().find_map(|marker| value(marker));
        let next = before + 1;
        let meant = match known {
            // The same number twice: a stroke of the second is lost, if the one behind it tells so. The first one may
            // stand once in every part.
            Some(known)
                if known == before && (behind == Some(known + 2) || known > 1 && behind.is_none_or(|behind| behind == 1)) =>
            {
                next
            }
            Some(known) => known,
            // A lone `L.` is `I.` where `II.` comes next.
            None if marker == "L." && behind != Some(2) => continue,
            None if may_be.contains(&next) => next,
            None if may_be == [1] && behind.is_none_or(|behind| behind <= 2) => 1,
            None => continue,
        };
        if let Some(now) = NUMBERS.get(meant - 1).filter(|now| **now != marker) {
            found.push((index, Repair { read: marker.clone(), now: (*now).into() }));
        }
        before = meant;
    }
    found
}

/// Whether a word may be a Roman number whose stop was lost.
fn is_bare(word: &str) -> bool {
    word.len() <= 4 && !word.is_empty() && word.chars().all(|c| "IVX".contains(c))
}

/// Whether a word of a heading in capitals: `NHIỆM` in `II NHIỆM VỤ`.
fn in_capitals(word: &Word) -> bool {
    word.text.chars().count() > 1 && word.text.chars().all(char::is_uppercase)
}

/// Which of the first three Roman numbers a marker may be whose strokes were taken for other letters: `IL`, `HI.`, `HH.`, `[.`;
/// none for other markers.
fn strokes(marker: &str) -> Vec<usize> {
    let core = marker.trim_end_matches('.');
    let dotted = core.len() < marker.len() || core.ends_with('L');
    if !dotted || !core.contains(['H', 'L', '[', '|']) || core.chars().count() == 1 && !marker.ends_with('.') {
        return Vec::new();
    }
    let count = |c: char| match c {
        'H' => Some(2),
        'I' | 'l' | 'L' | '|' | '[' => Some(1),
        _ => None,
    };
    match core.chars().map(count).sum::<Option<usize>>() {
        // Twice two strokes are one too many: which one, the neighbours tell.
        Some(4) if core == "HH" => vec![2, 3],
        // The last stroke of `HIL` is the stop.
        Some(4) if core.ends_with('L') => vec![3],
        Some(sum @ 1..=3) => vec![sum],
        _ => Vec::new(),
    }
}

/// The numbers of a marker: `2.1.` is 2 and 1.
fn number(marker: &str) -> Option<Vec<u32>> {
    let core = marker.trim_start_matches('(').trim_end_matches(['.', ')']);
    core.split('.').map(|part| part.parse().ok().filter(|number| *number < 100)).collect()
}

/// The marker with figures for the letters that look like them; `None` where it has other letters.
fn figures(marker: &str) -> Option<String> {
    let figure = |c: char| match c {
        'l' | 'I' | 'í' | 'Ï' | '|' | ']' | '!' => Some('1'),
        'S' | 's' | 'Š' => Some('5'),
        'O' | 'o' | 'Ó' => Some('0'),
        'Z' => Some('2'),
        'B' => Some('8'),
        '0'..='9' | '.' | ')' | '(' => Some(c),
        _ => None,
    };
    marker.chars().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(words: &[(&str, f32)]) -> Reading {
        let mut x0 = 50.0;
        let mut place = |(text, confidence): &(&str, f32)| {
            let word =
                Word { text: (*text).into(), x0, x1: x0 + 20.0, y: 100.0, size: 13.0, confidence: *confidence, spaced: true };
            x0 += 24.0;
            word
        };
        Reading { words: words.iter().map(&mut place).collect(), ..Reading::default() }
    }

    #[track_caller]
    fn check(words: &[(&str, f32)], wanted: &str) {
        let list =
            ["tổng hợp", "nắm chắc", "cơ sở", "ngân sách nhà nước", "chuyển đổi", "tiêu chí", "tiêu chỉ"].map(str::to_owned);
        let mut reading = reading(words);
        let repairs = Repairer::with(&list).repair(&mut reading);
        let text: Vec<&str> = reading.words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(text.join(" "), wanted);
        let changed = words.iter().zip(&text).filter(|((before, _), now)| before != *now).count();
        assert_eq!(repairs.len(), changed, "{repairs:?}");
    }

    #[test]
    fn a_diacritic_that_the_phrase_tells_is_repaired() {
        check(&[("tông", 75.0), ("hợp,", 95.0)], "tổng hợp,");
        check(&[("Năm", 84.0), ("chắc", 96.0)], "Nắm chắc");
        check(&[("NGẦN", 70.0), ("SÁCH", 95.0), ("NHÀ", 95.0), ("NƯỚC", 95.0)], "NGÂN SÁCH NHÀ NƯỚC");
        check(&[("sỐ", 84.0), ("15", 95.0)], "số 15");
        check(&[("g1ao", 84.0), ("nộp", 95.0)], "giao nộp");
        check(&[("m1", 84.0), ("xã1", 95.0)], "m1 xã1");
        check(&[("Quý", 95.0), ("IH/2024,", 80.0)], "Quý III/2024,");
    }

    #[test]
    fn what_may_be_meant_is_left() {
        // Tesseract is sure of it.
        check(&[("có", 96.0), ("sở", 96.0), ("hữu", 96.0)], "có sở hữu");
        // Right as it stands, though near to another.
        check(&[("tiêu", 80.0), ("chí", 80.0)], "tiêu chí");
        // Two phrases are near.
        check(&[("tiêu", 90.0), ("chị", 70.0)], "tiêu chị");
        // Two slips in one phrase; a comma between; a neighbour that is doubtful too.
        check(&[("tông", 75.0), ("hơp", 75.0)], "tông hơp");
        check(&[("tông,", 75.0), ("hợp", 95.0)], "tông, hợp");
        check(&[("tông", 75.0), ("hợp", 30.0)], "tông hợp");
        check(&[("pH", 70.0), ("iPhone", 70.0)], "pH iPhone");
        check(&[("tổ", 95.0), ("IH", 70.0), ("quý", 95.0), ("IV", 70.0)], "tổ IH quý IV");
    }

    #[test]
    fn the_embedded_phrases_know_the_slips_of_the_genre() {
        let mut reading = reading(&[("Công", 70.0), ("thông", 95.0), ("tin", 95.0), ("điện", 95.0), ("tử", 95.0)]);
        assert_eq!(Repairer::new().expect("sound").repair(&mut reading).len(), 1);
        assert_eq!(reading.words[0].text, "Cổng");
    }

    fn check_markers(markers_read: &[&str], wanted: &[&str]) {
        check_before("Rà", markers_read, wanted);
    }

    #[track_caller]
    fn check_headings(markers_read: &[&str], wanted: &[&str]) {
        check_before("RÀ", markers_read, wanted);
    }

    #[track_caller]
    fn check_before(next: &str, markers_read: &[&str], wanted: &[&str]) {
        let mut reading = Reading::default();
        for (line, text) in (0_u8..).zip(markers_read) {
            let y = 20.0 * f32::from(line);
            let size = 13.0;
            reading.words.push(Word { text: (*text).into(), x0: 50.0, x1: 60.0, y, size, confidence: 80.0, spaced: true });
            reading.words.push(Word { text: next.into(), x0: 70.0, x1: 80.0, y, size, confidence: 80.0, spaced: true });
        }
        let _ = markers(&mut [&mut reading]);
        let read: Vec<&str> = reading.words.iter().step_by(2).map(|word| word.text.as_str()).collect();
        assert_eq!(read, wanted);
    }

    #[test]
    fn numbers_that_their_neighbours_tell_are_repaired() {
        check_markers(&["4.", "S.", "6."], &["4.", "5.", "6."]);
        check_markers(&["l.", "2.", "2.l.", "2.2."], &["1.", "2.", "2.1.", "2.2."]);
        check_markers(&["(1)", "(2)", "(3)"], &["(1)", "(2)", "(3)"]);
        check_markers(&["I.", "II.", "II.", "IV."], &["I.", "II.", "III.", "IV."]);
        check_markers(&["I.", "1.", "II.", "1.", "II.", "1."], &["I.", "1.", "II.", "1.", "III.", "1."]);
        check_markers(&["I.", "II.", "HI.", "IV."], &["I.", "II.", "III.", "IV."]);
        check_markers(&["L.", "II.", "III.", "L.", "H."], &["I.", "II.", "III.", "L.", "H."]);
        check_markers(&["I.", "H.", "III."], &["I.", "II.", "III."]);
        check_markers(&["I.", "IL", "HIL"], &["I.", "II.", "III."]);
        check_markers(&["I.", "HH.", "III.", "[.", "II."], &["I.", "II.", "III.", "I.", "II."]);
    }

    #[test]
    fn the_stop_of_a_heading_is_found_again() {
        check_headings(&["I.", "II", "II."], &["I.", "II.", "III."]);
        check_headings(&["I.", "II", "III", "IV."], &["I.", "II.", "III.", "IV."]);
        check_headings(&["I", "II", "III"], &["I", "II", "III"]);
        check_headings(&["I.", "III"], &["I.", "III"]);
        check_markers(&["I.", "II", "III."], &["I.", "II", "III."]);
    }

    #[test]
    fn markers_that_may_be_letters_are_left() {
        check_markers(&["I.", "1.", "2."], &["I.", "1.", "2."]);
        check_markers(&["I.", "II.", "III."], &["I.", "II.", "III."]);
        check_markers(&["I.", "I.", "II."], &["I.", "I.", "II."]);
        check_markers(&["I.", "II.", "II.", "III."], &["I.", "II.", "II.", "III."]);
        check_markers(&["K.", "L.", "M."], &["K.", "L.", "M."]);
        check_markers(&["L", "H", "HL"], &["L", "H", "HL"]);
        check_markers(&["I.", "HI.", "II."], &["I.", "HI.", "II."]);
        check_markers(&["a)", "b)", "S."], &["a)", "b)", "S."]);
        check_markers(&["l)", "m)"], &["l)", "m)"]);
        check_markers(&["2.", "S.", "3."], &["2.", "S.", "3."]);
    }
}
