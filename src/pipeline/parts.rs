//! What a worker makes of a file, as bytes that travel between processes, and what the parent takes out of them.
//!
//! A record travels as JSON, and a document for the store as it is stored, packed: never the text twice.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::check::{self, Known};
use crate::eval::{self, Tally};
use crate::ingest::listed::{self, Listed};
use crate::ingest::shown;
use crate::ingest::worker::Sent;
use crate::ingest::{self, IngestError, Progress, Reason};
use crate::lexicon::Lexicon;
use crate::lexicon::linking::LinkLexicon;
use crate::link::Collection;
use crate::record::Record;
use crate::record::ledger::Entry;
use crate::store::Reading;

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// Its text.
    Text,
    /// Its record, as JSON.
    Record,
    /// Its record, as JSON on indented lines.
    Indented,
    /// Every number of its text with what became of it, one a line, as JSON.
    Ledger,
    /// Its record and its text.
    RecordAndText,
    /// Its record, its text, and every number of the text with what became of it, as JSON.
    Accounted,
    /// What it holds as a list and no document, as JSON: a [`Listed`].
    Listed,
    /// Its document, ready to be stored.
    Reading,
    /// How its record agrees with an annotation: a [`Comparison`], of the [`Gold`] that is sent beside it.
    Compared,
    /// A page of it to look at: the [`shown::Part`] of the [`shown::Wanted`] that is sent beside it.
    Shown,
    /// Nothing but the trial: the content that is given is a record, which a store keeps.
    Nothing,
}

impl Want {
    const ALL: [Self; 11] = [
        Self::Ledger,
        Self::Text,
        Self::Record,
        Self::Indented,
        Self::RecordAndText,
        Self::Reading,
        Self::Compared,
        Self::Nothing,
        Self::Accounted,
        Self::Listed,
        Self::Shown,
    ];
}

/// What a record is compared with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Gold {
    /// The annotation.
    pub annotation: serde_json::Value,
    /// At most so many lines a list on what differs.
    pub misses: usize,
}

/// How a record agrees with an annotation.
#[derive(Debug, Serialize, Deserialize)]
pub struct Comparison {
    /// Hits of each list.
    pub tally: Tally,
    /// What differs.
    pub misses: Vec<String>,
}

/// What is tried with a record before it is given out. Whoever links or audits documents does so with all of them together and in the
/// parent, with limits for all of them: a document over which that takes for ever, or panics, is to be found by itself and within its
/// own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// Nothing: the record is the answer.
    None,
    /// It is linked.
    Linked,
    /// It is linked and audited by all rules.
    Audited,
}

/// A text of up to so many bytes, as nearly every document is, costs little whatever it says, less than half a second for the worst of
/// `benches/hostile.sh`, and is tried with the others: to link each once more would make a batch slower by a fifth. Where that is not done
/// in time all the same, each is tried, whatever its length.
pub const USUAL: usize = 64 << 10;

impl Trial {
    const ALL: [Self; 3] = [Self::None, Self::Linked, Self::Audited];

    fn of(self, record: &Record, lexicon: &Lexicon, words: &LinkLexicon) {
        if self == Self::None {
            return;
        }
        let mut records = [record.clone()];
        let collection = Collection::link(&records, words);
        if self == Self::Audited {
            collection.apply(&mut records);
            let _ = check::audit(&records, check::rules::RULES, Known { lexicon, words, collection: &collection });
        }
    }
}

/// What a worker is to do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// What is wanted.
    pub want: Want,
    /// What is tried first.
    pub trial: Trial,
}

impl Order {
    /// The letter that a worker is told.
    #[must_use]
    pub fn letter(self) -> u8 {
        let place = |found: Option<usize>| u8::try_from(found.unwrap_or_default()).unwrap_or_default();
        let (want, trial) =
            (Want::ALL.iter().position(|want| *want == self.want), Trial::ALL.iter().position(|trial| *trial == self.trial));
        b'a' + place(want) * 3 + place(trial)
    }

    /// What a letter means.
    #[must_use]
    pub fn of(letter: u8) -> Option<Self> {
        let number = usize::from(letter.checked_sub(b'a')?);
        Some(Self { want: *Want::ALL.get(number / 3)?, trial: *Trial::ALL.get(number % 3)? })
    }
}

/// The vocabularies of a worker; that of linking is read when it is first needed.
pub struct Words<'a> {
    /// The words that documents are read by.
    pub lexicon: &'a Lexicon,
    /// The words that records are linked by.
    pub linking: &'a dyn Fn() -> Result<&'a LinkLexicon, String>,
    /// The documents of longer texts are tried, [`USUAL`] or none at all.
    pub usual: usize,
}

/// Makes what is wanted of the file at `path`.
///
/// # Errors
/// Where the file cannot be read.
pub fn make(
    Order { want, trial }: Order,
    path: &Path,
    Sent { given, beside }: Sent,
    words: &Words,
    progress: Progress,
) -> Result<Vec<Vec<u8>>, IngestError> {
    let lexicon = words.lexicon;
    let attempt = |record: &Record| -> Result<(), IngestError> {
        let linking = (words.linking)()
            .map_err(|error| IngestError { path: path.display().to_string(), reason: Reason::Internal(error) })?;
        trial.of(record, lexicon, linking);
        Ok(())
    };
    if want == Want::Nothing {
        attempt(&record(path, given.as_deref())?)?;
        return Ok(Vec::new());
    }
    if want == Want::Listed {
        return Ok(vec![serde_json::to_vec(&listed::read(path, given)?).unwrap_or_default()]);
    }
    if want == Want::Shown {
        let wanted = beside.and_then(|json| serde_json::from_slice(&json).ok()).ok_or_else(|| IngestError {
            path: path.display().to_string(),
            reason: Reason::Internal("it is not told which page is wanted".into()),
        })?;
        return Ok(vec![shown::show(path, given, &wanted)?]);
    }
    let source = ingest::read_given(path, given, progress)?;
    if want == Want::Text {
        return Ok(vec![source.text.as_str().as_bytes().to_vec()]);
    }
    if want == Want::Ledger {
        let entries = super::ledger(&source, lexicon);
        let lines: Vec<String> = entries.iter().map(|entry| serde_json::to_string(entry).unwrap_or_default()).collect();
        return Ok(vec![lines.join("\n").into_bytes()]);
    }
    let record = super::read(&source, lexicon);
    if trial != Trial::None && source.text.as_str().len() > words.usual {
        attempt(&record)?;
    }
    let json = |record: &Record| serde_json::to_vec(record).unwrap_or_default();
    Ok(match want {
        Want::Text | Want::Ledger | Want::Nothing | Want::Listed | Want::Shown | Want::Record => vec![json(&record)],
        Want::Indented => vec![serde_json::to_vec_pretty(&record).unwrap_or_default()],
        Want::RecordAndText => vec![json(&record), source.text.as_str().as_bytes().to_vec()],
        Want::Accounted => {
            let entries = super::ledger(&source, lexicon);
            let text = source.text.as_str().as_bytes().to_vec();
            vec![json(&record), text, serde_json::to_vec(&entries).unwrap_or_default()]
        }
        Want::Reading => Reading::new(&source, record).into_parts(),
        Want::Compared => vec![compared(path, &record, beside.as_deref())?],
    })
}

/// How a record agrees with the [`Gold`] that was sent beside its file.
fn compared(path: &Path, record: &Record, beside: Option<&[u8]>) -> Result<Vec<u8>, IngestError> {
    let gold: Gold =
        serde_json::from_slice(beside.unwrap_or_default()).map_err(|error| garbled(path, &format!("its annotation: {error}")))?;
    let record = serde_json::to_value(record).unwrap_or_default();
    let (tally, misses) = eval::compare(&gold.annotation, &record, gold.misses);
    Ok(serde_json::to_vec(&Comparison { tally, misses }).unwrap_or_default())
}

/// The comparison among the parts.
///
/// # Errors
/// Where the parts are not what was wanted.
pub fn comparison(path: &Path, part: Option<&[u8]>) -> Result<Comparison, IngestError> {
    let read = serde_json::from_slice(part.unwrap_or_default());
    read.map_err(|error| garbled(path, &format!("its comparison: {error}")))
}

/// The numbers of the text among the parts.
///
/// # Errors
/// Where the parts are not what was wanted.
pub fn entries(path: &Path, part: Option<&[u8]>) -> Result<Vec<Entry>, IngestError> {
    let read = serde_json::from_slice(part.unwrap_or_default());
    read.map_err(|error| garbled(path, &format!("its numbers: {error}")))
}

/// The list among the parts.
///
/// # Errors
/// Where the parts are not what was wanted.
pub fn listed(path: &Path, part: Option<&[u8]>) -> Result<Listed, IngestError> {
    let read = serde_json::from_slice(part.unwrap_or_default());
    read.map_err(|error| garbled(path, &format!("its rows: {error}")))
}

/// The text among the parts.
///
/// # Errors
/// Where the parts are not what was wanted.
pub fn text(path: &Path, part: Option<Vec<u8>>) -> Result<String, IngestError> {
    part.and_then(|part| String::from_utf8(part).ok()).ok_or_else(|| garbled(path, "its text"))
}

/// The record among the parts.
///
/// # Errors
/// Where the parts are not what was wanted.
pub fn record(path: &Path, part: Option<&[u8]>) -> Result<Record, IngestError> {
    let read = serde_json::from_slice(part.unwrap_or_default());
    read.map_err(|error| garbled(path, &format!("its record: {error}")))
}

/// The document, ready to be stored.
///
/// # Errors
/// Where the parts are not what was wanted.
pub fn reading(path: &Path, parts: Vec<Vec<u8>>) -> Result<Reading, IngestError> {
    Reading::from_parts(parts).ok_or_else(|| garbled(path, "its document"))
}

fn garbled(path: &Path, what: &str) -> IngestError {
    IngestError { path: path.display().to_string(), reason: Reason::Internal(format!("its reader's answer: {what}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a record is to be linked or audited, the worker tries that first: the vocabulary of linking is asked for there.
    #[test]
    fn what_is_ordered_is_tried_before_the_answer() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let asked = std::cell::Cell::new(0);
        let refused = || {
            asked.set(asked.get() + 1);
            Err("no vocabulary".to_owned())
        };
        let words = Words { lexicon: &lexicon, linking: &refused, usual: USUAL };
        let make = |trial, length: usize| {
            let given = Some(format!("KẾ HOẠCH\nThử năm 2025\n{}", "chữ ".repeat(length / 5)).into_bytes());
            super::make(Order { want: Want::Record, trial }, Path::new("a.txt"), Sent { given, beside: None }, &words, &|_| ())
        };
        assert!(make(Trial::None, 2 * USUAL).is_ok() && asked.get() == 0);
        for trial in [Trial::Linked, Trial::Audited] {
            assert!(make(trial, 1000).is_ok());
            assert!(make(trial, 2 * USUAL).is_err());
        }
        assert_eq!(asked.get(), 2);
        // A record that a store keeps is tried whatever its length: whoever sends it has looked at that.
        let record = make(Trial::None, 1000).expect("a record").pop();
        let order = Order { want: Want::Nothing, trial: Trial::Linked };
        let tried = super::make(order, Path::new("a.txt"), Sent { given: record, beside: None }, &words, &|_| ());
        assert!(tried.is_err() && asked.get() == 3);
        let order = Order { want: Want::Nothing, trial: Trial::None };
        let nothing = super::make(order, Path::new("a.txt"), Sent::default(), &words, &|_| ());
        assert!(nothing.is_err_and(|error| error.to_string().contains("its record")));
    }

    #[test]
    fn a_record_is_compared_with_the_annotation_beside() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let words = Words { lexicon: &lexicon, linking: &|| Err("no vocabulary".to_owned()), usual: USUAL };
        let order = Order { want: Want::Compared, trial: Trial::None };
        let compare = |beside: Option<&str>| {
            let text = "KẾ HOẠCH\nThử năm 2025\nI. MỤC TIÊU\n- Tỷ lệ hộ dùng nước sạch đạt 90%.\n";
            let sent = Sent { given: Some(text.into()), beside: beside.map(|gold| gold.as_bytes().to_vec()) };
            let path = Path::new("a.txt");
            super::make(order, path, sent, &words, &|_| ()).and_then(|mut made| comparison(path, made.pop().as_deref()))
        };
        let gold =
            r#"{"annotation": {"targets": [{"indicator": "Tỷ lệ hộ dùng nước sạch", "value": 80, "unit": "%"}]}, "misses": 5}"#;
        let compared = compare(Some(gold)).expect("a comparison");
        assert_eq!(compared.tally.lists().find(|(list, _)| *list == "targets"), Some(("targets", [0, 1, 1])));
        assert_eq!(compared.misses.len(), 2, "{:?}", compared.misses);
        assert!(compare(None).is_err());
    }

    #[test]
    fn every_order_has_a_letter_of_its_own() {
        for (number, (want, trial)) in Want::ALL.into_iter().flat_map(|want| Trial::ALL.map(|trial| (want, trial))).enumerate() {
            let order = Order { want, trial };
            assert_eq!(usize::from(order.letter() - b'a'), number);
            assert_eq!(Order::of(order.letter()), Some(order));
        }
        assert_eq!(Order::of(b'A'), None);
        assert_eq!(Order::of(b'a' + 33), None);
    }
}
