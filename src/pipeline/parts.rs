//! What a worker makes of a file, as bytes that travel between processes, and what the parent takes out of them.
//!
//! A record travels as JSON, and a document for the store as it is stored, packed: never the text twice.

use std::path::Path;

use crate::ingest::{self, IngestError, Progress, Reason};
use crate::lexicon::Lexicon;
use crate::record::Record;
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
    /// Its document, ready to be stored.
    Reading,
}

impl Want {
    const ALL: [(u8, Self); 6] = [
        (b'l', Self::Ledger),
        (b't', Self::Text),
        (b'r', Self::Record),
        (b'i', Self::Indented),
        (b'b', Self::RecordAndText),
        (b's', Self::Reading),
    ];

    /// The letter that a worker is told.
    #[must_use]
    pub fn letter(self) -> u8 {
        Self::ALL.iter().find(|(_, want)| *want == self).map_or(b'r', |(letter, _)| *letter)
    }

    /// What a letter means.
    #[must_use]
    pub fn of(letter: u8) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == letter).map(|(_, want)| *want)
    }
}

/// Makes what is wanted of the file at `path`.
///
/// # Errors
/// Where the file cannot be read.
pub fn make(
    want: Want,
    path: &Path,
    given: Option<Vec<u8>>,
    lexicon: &Lexicon,
    progress: Progress,
) -> Result<Vec<Vec<u8>>, IngestError> {
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
    let json = |record: &Record| serde_json::to_vec(record).unwrap_or_default();
    Ok(match want {
        Want::Text | Want::Ledger | Want::Record => vec![json(&record)],
        Want::Indented => vec![serde_json::to_vec_pretty(&record).unwrap_or_default()],
        Want::RecordAndText => vec![json(&record), source.text.as_str().as_bytes().to_vec()],
        Want::Reading => Reading::new(&source, record).into_parts(),
    })
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
