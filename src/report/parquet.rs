//! Records as Parquet: a typed table a list, in folders by year and level, as DuckDB, pandas and Spark read them.
//!
//! ```text
//! documents/year=2025/level=province/documents.parquet
//! targets/year=2025/level=province/targets.parquet
//! targets/year=__HIVE_DEFAULT_PARTITION__/level=other/targets.parquet
//! ```
//! The year is the first that the document covers, else that of its date; a document that gives neither stands under
//! `__HIVE_DEFAULT_PARTITION__`, which readers take for null. The level is the record's own, `other` included. Year and level are no
//! columns of the files, since they are columns of the folders; `unread` has neither. A table without any row is one file without
//! rows, so that a query finds its columns. `path` joins every table with `documents`.

mod columns;

use std::collections::{BTreeMap, HashMap};

pub use parquet::errors::ParquetError;
use serde_json::Value;

use super::Outcome;
pub use super::dataset::NAMES;
use super::dataset::{self, year_and_level};
use crate::record::Record;
use columns::Sheet;

/// What Hive calls the folder of rows that have no value.
const NONE: &str = "__HIVE_DEFAULT_PARTITION__";

/// A file of the dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path within the dataset: `targets/year=2025/level=province/targets.parquet`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The folders of year and level that a document's rows stand in.
fn folder(record: &Record) -> String {
    let (year, level) = year_and_level(record);
    format!("year={}/level={level}", year.unwrap_or(NONE))
}

/// Writes the tables that `wanted` names, all of [`NAMES`] where it is `None`; the files come sorted by their path.
///
/// # Errors
/// Where a table does not fit into the format, as with a text of more than two GiB.
pub fn write(records: &[Record], outcome: &Outcome, wanted: Option<&[&str]>) -> Result<Vec<File>, ParquetError> {
    write_part(records, outcome, wanted, 0)
}

/// As [`write`], of records that come in parts: those of a later part than the first, `0`, are files of their own beside the others, and a
/// table without rows has none.
///
/// # Errors
/// As [`write`].
pub fn write_part(
    records: &[Record],
    outcome: &Outcome,
    wanted: Option<&[&str]>,
    part: usize,
) -> Result<Vec<File>, ParquetError> {
    let folders: HashMap<&str, String> = records.iter().map(|record| (record.source.path.as_str(), folder(record))).collect();
    let nowhere = format!("year={NONE}/level=other");
    // pyarrow cannot tell the type of a year that no folder has: a table without rows stands beside others.
    let anywhere = folders.values().min().unwrap_or(&nowhere);
    let mut files = Vec::new();
    for name in NAMES.iter().filter(|name| wanted.is_none_or(|wanted| wanted.contains(name))) {
        let fields = dataset::fields(name);
        let mut sheets: BTreeMap<&str, Sheet> = BTreeMap::new();
        dataset::rows(name, records, outcome, &mut |path: Option<&str>, row: &Value| {
            let folder = path.and_then(|path| folders.get(path)).unwrap_or(&nowhere);
            sheets.entry(folder).or_insert_with(|| Sheet::new(fields)).push(row);
        });
        if sheets.is_empty() && part == 0 {
            sheets.insert(anywhere, Sheet::new(fields));
        }
        for (folder, sheet) in sheets {
            let folder = if *name == "unread" { (*name).to_owned() } else { format!("{name}/{folder}") };
            let number = if part == 0 { String::new() } else { format!("-{}", part + 1) };
            files.push(File { path: format!("{folder}/{name}{number}.parquet"), bytes: sheet.write(name)? });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}
