//! The way of the data, from a file to its record; the only file that calls every stage.

#[cfg(feature = "store")]
pub mod parts;

use std::path::Path;

use crate::extract;
use crate::ingest::{self, IngestError, Source};
use crate::lexicon::Lexicon;
use crate::normalize;
use crate::record::Record;
use crate::record::ledger::Entry;
use crate::structure;

/// Reads the record of the file at `path`.
///
/// # Errors
/// Where the file cannot be read; after that nothing fails.
pub fn read_file(path: &Path, lexicon: &Lexicon) -> Result<Record, IngestError> {
    read_source(path, lexicon).map(|(_, record)| record)
}

/// Reads the file at `path`: its source, with the text that evidence points into, and its record.
///
/// # Errors
/// Where the file cannot be read; after that nothing fails.
pub fn read_source(path: &Path, lexicon: &Lexicon) -> Result<(Source, Record), IngestError> {
    let source = ingest::read(path)?;
    let record = read(&source, lexicon);
    Ok((source, record))
}

/// Every number of a source that was ingested, with what became of it, in order.
#[must_use]
pub fn ledger(source: &Source, lexicon: &Lexicon) -> Vec<Entry> {
    let lines = normalize::normalize(source.text.as_str());
    let document = structure::read(&lines, lexicon);
    extract::ledger_of(source, &document, lexicon)
}

/// Reads the record of a source that was ingested.
#[must_use]
pub fn read(source: &Source, lexicon: &Lexicon) -> Record {
    let lines = normalize::normalize(source.text.as_str());
    let document = structure::read(&lines, lexicon);
    extract::extract(source, &document, lexicon)
}
