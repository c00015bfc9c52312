//! What is to be told of pages that were read by OCR: how sure it is, and which words are doubtful.

use super::super::Remark;
use super::Reading;

/// Words below this confidence are told, in percent.
const DOUBT: f32 = 50.0;
/// The most doubtful words of a file that are told one by one.
const MOST: usize = 200;

/// Tells, in one remark, which pages were read by OCR, and how sure it is; pages count from 1.
pub(in crate::ingest) fn pages(read: &[(u32, &Reading)]) -> Option<Remark> {
    if read.is_empty() {
        return None;
    }
    let list: Vec<String> = read.iter().map(|(page, reading)| format!("{page} ({:.0}%)", reading.confidence())).collect();
    let message = format!("pages read by OCR, with the mean confidence of their words: {}", list.join(", "));
    Some(Remark { code: "ocr-pages".into(), message, place: None })
}

/// Tells what was repaired on a page.
pub(in crate::ingest) fn repairs(page: u32, reading: &Reading, remarks: &mut Vec<Remark>) {
    for repair in &reading.repairs {
        let message =
            format!("page {page}: `{}` was read by OCR and repaired to `{}`; compare it with the page", repair.read, repair.now);
        remarks.push(Remark { code: "ocr-repair".into(), message, place: None });
    }
}

/// Tells the doubtful words of a page whose text stands at `at` in `text`.
///
/// A word has its place where every word of that spelling on the page is as doubtful; where others are sure,
/// only the page is known.
pub(in crate::ingest) fn doubts(page: u32, reading: &Reading, text: &str, at: std::ops::Range<usize>, remarks: &mut Vec<Remark>) {
    let words = || reading.words.iter().filter(|word| word.text.chars().any(char::is_alphanumeric));
    let mut told: Vec<&str> = Vec::new();
    for word in words().filter(|word| word.confidence < DOUBT) {
        if told.contains(&word.text.as_str()) || remarks.iter().filter(|remark| remark.code == "ocr-doubt").count() >= MOST {
            continue;
        }
        told.push(&word.text);
        let message = |share: f32| {
            format!("page {page}: `{}` was read by OCR with a confidence of {share:.0}%; compare it with the page", word.text)
        };
        let same: Vec<f32> = words().filter(|other| other.text == word.text).map(|other| other.confidence).collect();
        let places = whole_words(&text[at.clone()], &word.text);
        if same.iter().all(|confidence| *confidence < DOUBT) && places.len() == same.len() {
            for (place, confidence) in places.iter().zip(&same) {
                let place = at.start + place..at.start + place + word.text.len();
                remarks.push(Remark { code: "ocr-doubt".into(), message: message(*confidence), place: Some(place) });
            }
        } else {
            remarks.push(Remark { code: "ocr-doubt".into(), message: message(word.confidence), place: None });
        }
    }
}

/// Where `word` stands between white space.
fn whole_words(text: &str, word: &str) -> Vec<usize> {
    let ends = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    let begins = |before: &str| before.chars().next_back().is_none_or(char::is_whitespace);
    text.match_indices(word).filter(|(at, _)| begins(&text[..*at]) && ends(&text[at + word.len()..])).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Word;
    use super::*;

    fn reading(words: &[(&str, f32)]) -> Reading {
        let word = |(text, confidence): &(&str, f32)| Word {
            text: (*text).into(),
            x0: 0.0,
            x1: 9.0,
            y: 9.0,
            size: 9.0,
            confidence: *confidence,
            spaced: true,
        };
        Reading { words: words.iter().map(word).collect(), ..Reading::default() }
    }

    #[test]
    fn doubtful_words_are_told_with_their_place() {
        let text = "trang trước\u{0C}đạt 8S% số xã\n";
        let begin = text.find("đạt").expect("there");
        let mut remarks = Vec::new();
        doubts(2, &reading(&[("đạt", 95.0), ("8S%", 31.0), ("số", 90.0), ("xã", 96.0)]), text, begin..text.len(), &mut remarks);
        assert_eq!(remarks.len(), 1);
        assert_eq!(remarks[0].message, "page 2: `8S%` was read by OCR with a confidence of 31%; compare it with the page");
        assert_eq!(remarks[0].place.clone().map(|place| &text[place]), Some("8S%"));
    }

    #[test]
    fn of_two_words_of_one_spelling_the_doubtful_one_is_not_guessed() {
        let mut remarks = Vec::new();
        doubts(1, &reading(&[("xã", 20.0), ("xã", 96.0)]), "xã xã", 0..5, &mut remarks);
        assert_eq!(remarks.iter().map(|remark| remark.place.clone()).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn pages_are_told_with_their_mean_confidence() {
        assert_eq!(pages(&[]), None);
        let read = reading(&[("ab", 90.0), ("cd", 80.0)]);
        let remark = pages(&[(3, &read)]).expect("a remark");
        assert_eq!(remark.message, "pages read by OCR, with the mean confidence of their words: 3 (85%)");
    }
}
