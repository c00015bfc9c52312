//! Faults planted into the documents of `corpus/`, where their own records say that sums, shares, dates and symbols stand.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kehoach::record::{Evidence, Record};

use super::{audit, common, count, record};

/// A kind of fault: the rule, what is done, and the places of a record with the words that replace them.
type Kind = (&'static str, &'static str, fn(&Record) -> Vec<(Evidence, String)>);

/// The digits of a whole number one up; `None` where there is none.
fn raised(text: &str, by: u64) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |end| start + end);
    let number: u64 = text[start..digits].parse().ok()?;
    // `1.305`, `97,5`, `05/3/2024` are not read here.
    let next = text[digits..].chars().next();
    if matches!(next, Some('.' | ',' | '/')) || number == 0 {
        return None;
    }
    Some(format!("{}{}{}", &text[..start], number + by, &text[digits..]))
}

const KINDS: &[Kind] = &[
    ("SM001", "corpus: the total is raised", |record| {
        record
            .sums
            .iter()
            .filter_map(|sum| Some((sum.evidence.first()?.clone(), raised(&sum.evidence.first()?.text, 1)?)))
            .collect()
    }),
    ("SM002", "corpus: a count is raised", |record| {
        let by = |ratio: &kehoach::record::Ratio| (ratio.denominator.0 / 15.0).ceil() as u64;
        record
            .ratios
            .iter()
            .filter_map(|ratio| Some((ratio.evidence.first()?.clone(), raised(&ratio.evidence.first()?.text, by(ratio))?)))
            .collect()
    }),
    ("DL001", "corpus: a deadline five years ago", |record| {
        let year = |text: &str| (2020..2031).find(|year| text.ends_with(&format!("/{year}")));
        let dated = record.deadlines.iter().filter(|deadline| deadline.recurrence.is_none() && deadline.from.is_none());
        dated
            .filter_map(|deadline| {
                let piece = deadline.evidence.first()?;
                let year = year(&piece.text)?;
                Some((piece.clone(), piece.text.replace(&format!("/{year}"), &format!("/{}", year - 5))))
            })
            .collect()
    }),
    ("DL003", "corpus: the 32nd of a month", |record| {
        let dated = record.deadlines.iter().filter(|deadline| deadline.recurrence.is_none());
        dated
            .filter_map(|deadline| {
                let piece = deadline.evidence.first()?;
                let at = piece.text.find("ngày ")? + "ngày ".len();
                let day = piece.text.get(at..at + 2).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()))?;
                piece.text[at + 2..].starts_with('/').then(|| (piece.clone(), piece.text.replacen(day, "32", 1)))
            })
            .collect()
    }),
    ("RF004", "corpus: a hyphen is lost in a symbol", |record| {
        let quotes = record.mentions.references.iter().filter(|quote| quote.kind.as_deref() != Some("Công văn"));
        quotes
            .filter_map(|quote| {
                let number = quote.number.as_deref()?;
                let piece = quote.evidence.first().filter(|piece| piece.text.contains(number))?;
                // Of a Party symbol, `15-NQ/TU`, another hyphen is lost.
                let letters = number.split_once('/')?.1;
                let broken = number.replace(letters, &letters.replacen('-', "", 1));
                (letters.contains('-') && !letters.starts_with(|c: char| c.is_ascii_digit()))
                    .then(|| (piece.clone(), piece.text.replace(number, &broken)))
            })
            .collect()
    }),
    ("TG008", "corpus: an area in tonnes", |record| {
        let areas = record
            .targets
            .iter()
            .filter(|target| target.indicator.to_lowercase().starts_with("diện tích") && target.unit.as_deref() == Some("ha"));
        areas
            .filter_map(|target| {
                // The unit ends the words of its clause, or is a cell of its own.
                let piece = target.evidence.iter().find(|piece| piece.text.ends_with("ha"))?;
                Some((piece.clone(), format!("{}tấn", &piece.text[..piece.text.len() - 2])))
            })
            .collect()
    }),
    ("ST005", "corpus: a chapter of work with the last stage's years", |record| {
        let year = |day: &Option<String>| day.as_deref().and_then(|day| day.get(..4)?.parse::<i16>().ok());
        let period = record.document.period.as_ref();
        let Some(from) = period.and_then(|period| year(&period.from)) else { return Vec::new() };
        let plan = record.document.kind == kehoach::record::DocumentKind::Plan;
        let chapters = record.sections.iter().filter(|section| plan && section.level == 1);
        chapters
            .filter_map(|section| {
                let piece = section.evidence.first().filter(|_| section.title.to_uppercase().starts_with("NHIỆM VỤ"))?;
                Some((piece.clone(), format!("{} GIAI ĐOẠN {} - {}", piece.text, from - 5, from - 1)))
            })
            .collect()
    }),
    ("RF005", "corpus: a basis of the year after", |record| {
        let Some(year) = record.document.date.as_deref().and_then(|date| date.get(..4)?.parse::<i16>().ok()) else {
            return Vec::new();
        };
        let quotes = record.mentions.references.iter();
        quotes
            .filter_map(|quote| {
                let old = quote.date.as_deref().filter(|date| date.len() == 10)?.get(..4)?;
                let piece = quote.evidence.iter().find(|piece| piece.text.contains(&format!("/{old}")))?;
                let at = piece.text.rfind(&format!("/{old}"))?;
                Some((piece.clone(), format!("{}/{}{}", &piece.text[..at], year + 1, &piece.text[at + 5..])))
            })
            .collect()
    }),
];

/// Plants each kind into each document, at each of its places.
pub fn plant<'t>(tally: &mut BTreeMap<(&'t str, &'t str), (usize, usize)>, missed: &mut String) {
    for path in common::corpus() {
        let text = std::fs::read_to_string(&path).expect("a document of the corpus");
        let clean = record("a.txt", &text);
        let before = audit(vec![clean.clone()]);
        for (code, what, places) in KINDS {
            for (piece, words) in places(&clean) {
                let at = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
                let mut planted = text.clone();
                planted.replace_range(at(piece.start)..at(piece.end), &words);
                let found = count(&audit(vec![record("a.txt", &planted)]), code) > count(&before, code);
                let entry = tally.entry((code, what)).or_default();
                entry.0 += 1;
                entry.1 += usize::from(found);
                if !found {
                    writeln!(missed, "  {code} {what}: {}: {:?} → {words:?}", path.display(), piece.text).expect("string");
                }
            }
        }
    }
}
