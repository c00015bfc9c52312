//! A document as it is stored: everything of writing that needs no database, done where the document was read.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::search;
use crate::ingest::Source;
use crate::record::{Diagnostic, Record};

/// The diagnostics that come from a file's name, which is not of its content.
const OF_THE_NAME: &str = "source-note";

/// What was noticed of a file's name, with the place in the record's diagnostics.
pub(super) type Notes = Vec<(usize, Diagnostic)>;

/// A document that was read, ready to be stored.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The record without its path and without what its name gave.
    pub(super) record: Record,
    pub(super) notes: Notes,
    pub(super) packed_record: Vec<u8>,
    pub(super) packed_text: Vec<u8>,
    /// Offset, in code points, where each page begins.
    pub(super) pages: Vec<usize>,
    /// The words of its text, without marks.
    pub(super) words: String,
}

impl Reading {
    /// Makes a source and its record ready.
    #[must_use]
    pub fn new(source: &Source, record: Record) -> Self {
        let (record, notes) = without_name(record);
        let json = serde_json::to_vec(&record).unwrap_or_default();
        Self {
            notes,
            packed_record: pack(&json),
            packed_text: pack(source.text.as_str().as_bytes()),
            pages: source.pages.iter().map(|at| source.text.code_points_before(*at)).collect(),
            words: search::bare_words(source.text.as_str()),
            record,
        }
    }

    /// As parts that travel between processes: the record comes packed as it is stored, and only so.
    #[must_use]
    pub fn into_parts(self) -> Vec<Vec<u8>> {
        let beside = serde_json::to_vec(&(self.notes, self.pages)).unwrap_or_default();
        vec![self.packed_record, self.packed_text, self.words.into_bytes(), beside]
    }

    /// What [`into_parts`](Self::into_parts) has taken apart; nothing where it is not that.
    #[must_use]
    pub fn from_parts(parts: Vec<Vec<u8>>) -> Option<Self> {
        let [packed_record, packed_text, words, beside]: [Vec<u8>; 4] = parts.try_into().ok()?;
        let (notes, pages) = serde_json::from_slice(&beside).ok()?;
        let record = serde_json::from_str(&unpack(&packed_record).ok()?).ok()?;
        Some(Self { record, notes, packed_record, packed_text, pages, words: String::from_utf8(words).ok()? })
    }

    /// Key of the content.
    pub(super) fn key(&self) -> i64 {
        key(&self.record.source.sha256)
    }
}

/// The key of a content: the first 60 bits of its SHA-256, the 15 digits of its id.
pub(super) fn key(sha256: &str) -> i64 {
    sha256.get(..15).and_then(|digits| i64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

/// The id that belongs to a key.
pub(super) fn id(key: i64) -> String {
    format!("{key:015x}")
}

/// The record without what its file's name gave, and that.
fn without_name(mut record: Record) -> (Record, Notes) {
    record.source.path.clear();
    let (named, rest): (Notes, Notes) =
        record.diagnostics.drain(..).enumerate().partition(|(_, diagnostic)| diagnostic.code == OF_THE_NAME);
    record.diagnostics = rest.into_iter().map(|(_, diagnostic)| diagnostic).collect();
    (record, named)
}

/// The record as it was read under the name `path`.
pub(super) fn with_name(mut record: Record, path: String, notes: Notes) -> Record {
    record.source.path = path;
    for (at, note) in notes {
        record.diagnostics.insert(at.min(record.diagnostics.len()), note);
    }
    record
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(4));
    // A vector takes all that is written to it.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// The most bytes that a text or record has: a worker gives no more.
const MOST: u64 = 1 << 30;

/// What was packed.
pub(super) fn unpack(packed: &[u8]) -> std::io::Result<String> {
    unpack_within(packed, MOST)
}

fn unpack_within(packed: &[u8], most: u64) -> std::io::Result<String> {
    let mut text = String::with_capacity(packed.len().saturating_mul(4).min(1 << 20));
    // One byte more than is allowed: a store that somebody else made may hold a few kilobytes that unpack to gigabytes.
    ZlibDecoder::new(packed).take(most + 1).read_to_string(&mut text)?;
    if text.len() as u64 > most {
        return Err(std::io::Error::other(format!("it unpacks to more than {most} bytes, which no document does")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_to_far_too_much_is_refused() {
        let packed = pack(&"0".repeat(100_000).into_bytes());
        assert!(packed.len() < 1000);
        assert_eq!(unpack_within(&packed, 100_000).map(|text| text.len()).ok(), Some(100_000));
        let error = unpack_within(&packed, 99_999).expect_err("refused");
        assert!(error.to_string().contains("more than 99999 bytes"), "{error}");
    }
}
