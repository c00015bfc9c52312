//! What a rule finds: both sides, what is wrong, what to do, the values compared.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::Rule;
use crate::record::{Hand, Record};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look: a blank, a draft's usual gap, a state that is no slip.
    Note,
    /// Most likely a slip, or a question that a reader will ask.
    Warning,
    /// It contradicts itself: one of the two places is wrong.
    Error,
}

impl Severity {
    /// `error`, `warning`, `note`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// From how many findings of one cause on they are one finding.
pub const MANY: usize = 4;

/// One side of a finding: a place, quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Path of the file.
    pub path: String,
    /// What people call the document: `48/KH-UBND`, else its title.
    pub document: String,
    /// Path of the section: `II.1.a`, `PL.I`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Page, from 1; null where the file has no pages.
    pub page: Option<u32>,
    /// First character in the source text, in code points.
    pub start: usize,
    /// After the last character.
    pub end: usize,
    /// The text between, to the letter.
    pub text: String,
    /// Whose the value is that was compared, where it is not as it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Hand>,
}

/// Where, what is wrong, what to do: `Vị trí`, `Vấn đề`, `Cần làm`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Where.
    #[serde(rename = "where")]
    pub place: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub action: String,
}

/// A message in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Message {
    /// For the officer.
    pub vi: Told,
    /// In English.
    pub en: Told,
}

/// Something that does not hold together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Stays the same while the text moves: made of the code, the documents and the words quoted.
    pub fingerprint: String,
    /// What people read.
    pub message: Message,
    /// Every side that was compared.
    pub evidence: Vec<Side>,
    /// What was compared: numbers, dates, symbols.
    pub values: Map<String, Value>,
    /// What it comes from, where the rule says; see [`Report::cause`].
    #[serde(skip)]
    pub(crate) cause: Option<String>,
}

/// A check that could not be decided, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Undecided {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// Why, in Vietnamese.
    pub why_vi: String,
    /// Why, in English.
    pub why_en: String,
    /// The places that could not be compared.
    pub evidence: Vec<Side>,
}

/// What a rule hands in; see [`Findings::report`].
#[derive(Clone, Debug, Default)]
pub struct Report {
    sides: Vec<Side>,
    vi: (String, String),
    en: (String, String),
    values: Map<String, Value>,
    severity: Option<Severity>,
    cause: Option<String>,
}

impl Report {
    /// A report that quotes `sides`.
    #[must_use]
    pub fn new(sides: impl IntoIterator<Item = Side>) -> Self {
        Self { sides: sides.into_iter().collect(), ..Self::default() }
    }

    /// What is wrong and what to do, in Vietnamese.
    #[must_use]
    pub fn vi(mut self, problem: impl Into<String>, action: impl Into<String>) -> Self {
        self.vi = (problem.into(), action.into());
        self
    }

    /// What is wrong and what to do, in English.
    #[must_use]
    pub fn en(mut self, problem: impl Into<String>, action: impl Into<String>) -> Self {
        self.en = (problem.into(), action.into());
        self
    }

    /// A value that was compared.
    #[must_use]
    pub fn value(mut self, name: &str, value: impl Serialize) -> Self {
        self.values.insert(name.to_owned(), serde_json::to_value(value).unwrap_or_default());
        self
    }

    /// What the finding comes from. Where one cause makes `MANY` findings of one rule in one document or more, as a table whose
    /// 64 rows are all overdue, they are one finding with all places.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Less bad, or worse, than the rule's findings usually are.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// What was found, and what could not be decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// What does not hold together.
    pub found: Vec<Finding>,
    /// What could not be decided.
    pub undecided: Vec<Undecided>,
    rule: Option<(&'static str, &'static str, Severity)>,
}

impl Findings {
    /// What is reported from now on is found by `rule`.
    pub(super) fn begin(&mut self, rule: &Rule) {
        self.rule = Some((rule.code, rule.name, rule.severity));
    }

    /// Reports a finding.
    pub fn report(&mut self, report: Report) {
        let Some((code, name, severity)) = self.rule else { return };
        let (vi, en) = (place(&report.sides, "mục", "trang"), place(&report.sides, "section", "page"));
        self.found.push(Finding {
            code,
            name,
            severity: report.severity.unwrap_or(severity),
            fingerprint: String::new(),
            message: Message {
                vi: Told { place: vi, problem: report.vi.0, action: report.vi.1 },
                en: Told { place: en, problem: report.en.0, action: report.en.1 },
            },
            evidence: report.sides,
            values: report.values,
            cause: report.cause,
        });
    }

    /// Says that the rule cannot decide about these places, and why.
    pub fn undecided(&mut self, sides: impl IntoIterator<Item = Side>, vi: impl Into<String>, en: impl Into<String>) {
        let Some((code, name, _)) = self.rule else { return };
        self.undecided.push(Undecided {
            code,
            name,
            why_vi: vi.into(),
            why_en: en.into(),
            evidence: sides.into_iter().collect(),
        });
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.found.extend(other.found);
        self.undecided.extend(other.undecided);
    }

    /// Makes one finding of the many that have one cause; the first speaks for all of them.
    fn merge_causes(&mut self) {
        let key = |finding: &Finding| {
            let path = finding.evidence.first().map(|side| side.path.clone())?;
            Some((finding.code, path, finding.cause.clone()?))
        };
        let mut counts: HashMap<(&str, String, String), usize> = HashMap::new();
        for finding in self.found.iter().filter_map(key) {
            *counts.entry(finding).or_default() += 1;
        }
        counts.retain(|_, count| *count >= MANY);
        if counts.is_empty() {
            return;
        }
        let mut merged: Vec<Finding> = Vec::with_capacity(self.found.len());
        let mut first: HashMap<(&str, String, String), usize> = HashMap::new();
        for finding in std::mem::take(&mut self.found) {
            let Some(key) = key(&finding).filter(|key| counts.contains_key(key)) else {
                merged.push(finding);
                continue;
            };
            match first.get(&key) {
                None => {
                    first.insert(key, merged.len());
                    merged.push(finding);
                }
                Some(at) => {
                    let speaker = &mut merged[*at];
                    speaker.severity = speaker.severity.max(finding.severity);
                    for side in finding.evidence {
                        if !speaker.evidence.contains(&side) {
                            speaker.evidence.push(side);
                        }
                    }
                }
            }
        }
        for (key, at) in first {
            let (more, speaker) = (counts[&key] - 1, &mut merged[at]);
            speaker.message.vi.problem.push_str(&format!(" Còn {more} chỗ khác cùng nguyên nhân."));
            speaker.message.en.problem.push_str(&format!(" There are {more} more places with the same cause."));
            speaker.message.vi.place = place(&speaker.evidence, "mục", "trang");
            speaker.message.en.place = place(&speaker.evidence, "section", "page");
            speaker.values.insert("places".to_owned(), Value::from(more + 1));
        }
        self.found = merged;
    }

    /// Makes one of the many that cannot be decided between two documents for one reason; the first speaks for all of them.
    fn merge_undecided(&mut self) {
        let mut places: HashMap<(&str, Vec<String>, String), usize> = HashMap::new();
        let mut merged: Vec<(Undecided, usize)> = Vec::new();
        for one in std::mem::take(&mut self.undecided) {
            let mut paths: Vec<String> = one.evidence.iter().map(|side| side.path.clone()).collect();
            paths.dedup();
            let key = (one.code, paths, one.why_vi.clone());
            match places.get(&key) {
                Some(at) if key.1.len() > 1 => merged[*at].1 += 1,
                _ => {
                    places.insert(key, merged.len());
                    merged.push((one, 0));
                }
            }
        }
        let told = |(mut one, more): (Undecided, usize)| {
            if more > 0 {
                one.why_vi.push_str(&format!(" (và {more} chỗ khác)"));
                one.why_en.push_str(&format!(" (and {more} more places)"));
            }
            one
        };
        self.undecided = merged.into_iter().map(told).collect();
    }

    /// Sorts, and gives every finding its fingerprint.
    pub(super) fn finish(&mut self, records: &[Record]) {
        let order: HashMap<&str, usize> =
            records.iter().enumerate().map(|(at, record)| (record.source.path.as_str(), at)).collect();
        let key = |sides: &[Side]| {
            let first = sides.first();
            let document = first.and_then(|side| order.get(side.path.as_str()).copied()).unwrap_or(usize::MAX);
            (document, first.map_or(0, |side| side.start))
        };
        self.found.sort_by(|a, b| key(&a.evidence).cmp(&key(&b.evidence)).then(a.code.cmp(b.code)));
        self.merge_causes();
        self.undecided.sort_by(|a, b| key(&a.evidence).cmp(&key(&b.evidence)).then(a.code.cmp(b.code)));
        self.merge_undecided();
        let identities: HashMap<&str, String> =
            records.iter().map(|record| (record.source.path.as_str(), identity(record))).collect();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for finding in &mut self.found {
            let mut hash = Sha256::new();
            hash.update(finding.code);
            for side in &finding.evidence {
                hash.update([0]);
                hash.update(identities.get(side.path.as_str()).map_or("", String::as_str));
                hash.update([0]);
                hash.update(plain(&side.text));
            }
            let digest: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            // The same words at two places are two findings.
            let count = seen.entry(digest.clone()).or_default();
            *count += 1;
            finding.fingerprint = if *count == 1 { digest } else { format!("{digest}-{count}") };
        }
    }
}

/// What tells a document from others while its file is renamed and its text is corrected.
fn identity(record: &Record) -> String {
    let document = &record.document;
    let issuer = document.issuer.as_deref().unwrap_or_default();
    match (&document.number, &document.date, &document.title) {
        (Some(number), date, _) => format!("{number} {} {issuer}", date.as_deref().unwrap_or_default()),
        (None, _, Some(title)) => format!("{} {}", plain(title), plain(issuer)),
        _ => record.source.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
    }
}

/// Words without the spaces, marks and capitals that move with the layout.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in crate::words::fold(text).split(|c: char| !c.is_alphanumeric() && c != '%') {
        if !word.is_empty() {
            plain.push_str(word);
            plain.push(' ');
        }
    }
    plain
}

/// The places of all sides: `48/KH-UBND, mục I.3, trang 2; mục PL.III`.
fn place(sides: &[Side], section: &str, page: &str) -> String {
    let mut told = String::new();
    let mut last: Option<&str> = None;
    let mut seen = Vec::new();
    for side in sides {
        let key = (side.path.as_str(), side.section.as_deref(), side.page);
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let mut part = Vec::new();
        if last != Some(side.path.as_str()) {
            part.push(side.document.clone());
        }
        last = Some(&side.path);
        part.extend(side.section.as_ref().map(|path| format!("{section} {path}")));
        part.extend(side.page.map(|number| format!("{page} {number}")));
        if !part.is_empty() {
            told.push_str(if told.is_empty() { "" } else { "; " });
            told.push_str(&part.join(", "));
        }
    }
    told
}
