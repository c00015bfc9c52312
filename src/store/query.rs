//! Lists, records, and what is meant by an id or a path.

use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::reading::{id, unpack, with_name};
use super::write::Stamp;
use super::{Store, StoreError};
use crate::record::Record;

/// A stored document's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its id: 15 hexadecimal digits.
    pub id: String,
    /// Its key: the number that the id is written of.
    #[serde(skip)]
    pub key: i64,
    /// plan, report, decision, other.
    #[serde(rename = "type")]
    pub kind: String,
    /// `48/KH-UBND`.
    pub number: Option<String>,
    /// The letters of the number.
    pub symbol: Option<String>,
    /// `2024-03-01`, `2024-03`, `2024`.
    pub date: Option<String>,
    /// Title, without the type word.
    pub title: Option<String>,
    /// The issuing body.
    pub issuer: Option<String>,
    /// Its level of government.
    pub level: String,
    /// The province.
    pub province: Option<String>,
    /// The district.
    pub district: Option<String>,
    /// The commune.
    pub commune: Option<String>,
    /// First day of the time that it covers.
    pub period_from: Option<String>,
    /// Last day of it.
    pub period_to: Option<String>,
    /// Names of the units of the map since the reform that its unit went into, and of their provinces; empty where no map knows it,
    /// or the store is not linked.
    pub today: Vec<String>,
    /// How many numbers it has.
    pub numbers: i64,
    /// How many of them nothing understood.
    pub unread: i64,
    /// Its files.
    pub paths: Vec<String>,
}

/// Which documents are wanted; what is not given does not matter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words of the issuer's or the unit's name, or of what the unit is today, with or without marks.
    pub unit: Option<String>,
    /// The level of government.
    pub level: Option<String>,
    /// The year of issue, or one that the document covers.
    pub year: Option<u16>,
    /// The type.
    pub kind: Option<String>,
}

impl Filter {
    fn wants(&self, entry: &Entry) -> bool {
        let unit = self.unit.as_ref().is_none_or(|unit| {
            let unit = super::search::Phrase::new(unit);
            let names = [&entry.issuer, &entry.province, &entry.district, &entry.commune];
            names.into_iter().flatten().chain(&entry.today).any(|name| unit.is_in(name))
        });
        let year = self.year.is_none_or(|year| {
            let year_of = |date: &Option<String>| date.as_ref().and_then(|date| date.get(..4)?.parse::<u16>().ok());
            let covers = match (year_of(&entry.period_from), year_of(&entry.period_to)) {
                (Some(from), Some(to)) => (from..=to).contains(&year),
                (from, to) => from.or(to) == Some(year),
            };
            year_of(&entry.date) == Some(year) || covers
        });
        unit && year
            && self.level.as_ref().is_none_or(|level| *level == entry.level)
            && self.kind.as_ref().is_none_or(|kind| *kind == entry.kind)
    }
}

/// A failure, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The file.
    pub path: String,
    /// A stable name of the reason.
    pub code: String,
    /// File, reason, what to do.
    pub message: String,
    /// The document that the file held when it could last be read.
    pub earlier_document: Option<String>,
}

/// A document of a store.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its key.
    pub key: i64,
    /// Its id.
    pub id: String,
    /// Its record, under the first of its paths.
    pub record: Record,
}

/// How much is in a store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents.
    pub documents: i64,
    /// Files.
    pub files: i64,
    /// Targets of all documents.
    pub targets: i64,
    /// Tasks of all documents.
    pub tasks: i64,
    /// Files that could not be read.
    pub failures: i64,
    /// Documents that another version of the program or of its rules has read.
    pub outdated: i64,
    /// Whether the last run was interrupted.
    pub interrupted: bool,
    /// Whether what is linked is of all documents as they are now.
    pub linked: bool,
    /// Findings of the audit of all documents as they are now; `None`: there was none by this version.
    pub findings: Option<i64>,
}

const ENTRY: &str =
    "SELECT key, id, type, number, symbol, date, title, issuer, level, province, district, commune, period_from, period_to,
        (SELECT today FROM unit_links u WHERE u.document = key AND u.position = 0 AND u.status = 'known'),
        (SELECT sum(count) FROM ledger l WHERE l.document = key),
        (SELECT count FROM ledger l WHERE l.document = key AND l.class = 'unread')
    FROM documents";

fn entry(row: &Row) -> rusqlite::Result<Entry> {
    Ok(Entry {
        key: row.get(0)?,
        id: row.get(1)?,
        kind: row.get(2)?,
        number: row.get(3)?,
        symbol: row.get(4)?,
        date: row.get(5)?,
        title: row.get(6)?,
        issuer: row.get(7)?,
        level: row.get(8)?,
        province: row.get(9)?,
        district: row.get(10)?,
        commune: row.get(11)?,
        period_from: row.get(12)?,
        period_to: row.get(13)?,
        today: row.get::<_, Option<String>>(14)?.and_then(|names| serde_json::from_str(&names).ok()).unwrap_or_default(),
        numbers: row.get::<_, Option<i64>>(15)?.unwrap_or_default(),
        unread: row.get::<_, Option<i64>>(16)?.unwrap_or_default(),
        paths: Vec::new(),
    })
}

impl Store {
    /// Runs a query of this module.
    pub(super) fn ask<T>(&self, ask: impl FnOnce() -> rusqlite::Result<T>) -> Result<T, StoreError> {
        ask().map_err(|error| self.wrap(&error))
    }

    /// The documents that `filter` wants, by date, number and id.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn list(&self, filter: &Filter) -> Result<Vec<Entry>, StoreError> {
        let mut wanted = self.ask(|| {
            let mut statement = self.connection.prepare_cached(&format!("{ENTRY} ORDER BY date, number, key"))?;
            let mut wanted = Vec::new();
            for entry in statement.query_map([], entry)? {
                let entry = entry?;
                if filter.wants(&entry) {
                    wanted.push(entry);
                }
            }
            Ok(wanted)
        })?;
        for entry in &mut wanted {
            entry.paths = self.files_of(entry.key)?;
        }
        Ok(wanted)
    }

    /// The head of a document.
    ///
    /// # Errors
    /// Where SQLite refuses, or there is none of that key.
    pub fn entry(&self, key: i64) -> Result<Entry, StoreError> {
        let mut found =
            self.ask(|| self.connection.prepare_cached(&format!("{ENTRY} WHERE key = ?"))?.query_row([key], entry))?;
        found.paths = self.files_of(key)?;
        Ok(found)
    }

    /// The files of a document, sorted.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn files_of(&self, key: i64) -> Result<Vec<String>, StoreError> {
        self.ask(|| {
            self.connection
                .prepare_cached("SELECT path FROM sources WHERE document = ? ORDER BY path")?
                .query_map([key], |row| row.get(0))?
                .collect()
        })
    }

    /// The document whose id begins with `prefix`.
    ///
    /// # Errors
    /// Where none or several do, or SQLite refuses.
    pub fn find(&self, prefix: &str) -> Result<i64, StoreError> {
        let shown = self.path.display();
        let digits = prefix.to_ascii_lowercase();
        let (first, last) = range(&digits).ok_or_else(|| {
            StoreError::Meaning(format!(
                "{prefix}: is no id of a document (hexadecimal digits); `kehoach list --store {shown}` lists them"
            ))
        })?;
        let found: Vec<(i64, Option<String>, Option<String>)> = self.ask(|| {
            self.connection
                .prepare_cached("SELECT key, number, title FROM documents WHERE key BETWEEN ? AND ? ORDER BY key LIMIT 6")?
                .query_map(params![first, last], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        })?;
        match found.as_slice() {
            [(key, ..)] => Ok(*key),
            [] => Err(StoreError::Meaning(format!(
                "{prefix}: no document in {shown} has an id that begins so; `kehoach list --store {shown}` lists them"
            ))),
            several => {
                let listed: String = several
                    .iter()
                    .take(5)
                    .map(|(key, number, title)| {
                        let name = number.iter().chain(title).cloned().collect::<Vec<_>>().join(" ");
                        format!("\n  {}  {name}", id(*key))
                    })
                    .collect();
                let more = if several.len() > 5 { "\n  …" } else { "" };
                Err(StoreError::Meaning(format!(
                    "{prefix}: several documents have an id that begins so; give more digits:{listed}{more}"
                )))
            }
        }
    }

    /// The record of a document with its corrections, under the first of its paths.
    ///
    /// # Errors
    /// Where it is not stored, or was stored by a version whose records had another form.
    pub fn record(&self, key: i64) -> Result<Record, StoreError> {
        self.with_corrections(key, self.record_as_read(key)?)
    }

    /// The record of a document as it was read.
    ///
    /// # Errors
    /// As [`Store::record`].
    pub fn record_as_read(&self, key: i64) -> Result<Record, StoreError> {
        let (packed, path, notes): (Vec<u8>, Option<String>, Option<String>) = self.ask(|| {
            self.connection
                .prepare_cached(
                    "SELECT c.record, s.path, s.notes FROM contents c LEFT JOIN sources s ON s.document = c.document
                     WHERE c.document = ? ORDER BY s.path LIMIT 1",
                )?
                .query_row([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        })?;
        let broken = |reason: String| self.broken(key, reason);
        let json = unpack(&packed).map_err(|error| broken(error.to_string()))?;
        let record = serde_json::from_str(&json).map_err(|error| broken(format!("has another form of record ({error})")))?;
        let notes = match notes {
            Some(notes) => serde_json::from_str(&notes).map_err(|error| broken(error.to_string()))?,
            None => Vec::new(),
        };
        Ok(with_name(record, path.unwrap_or_default(), notes))
    }

    fn broken(&self, key: i64, reason: String) -> StoreError {
        StoreError::Stored { path: self.path.display().to_string(), id: id(key), reason }
    }

    /// The source text of a document, and where its pages begin (in code points).
    ///
    /// # Errors
    /// Where it is not stored.
    pub fn text(&self, key: i64) -> Result<(String, Vec<usize>), StoreError> {
        let packed: Vec<u8> = self.ask(|| {
            self.connection.prepare_cached("SELECT text FROM contents WHERE document = ?")?.query_row([key], |row| row.get(0))
        })?;
        let pages: Vec<i64> = self.ask(|| {
            self.connection
                .prepare_cached("SELECT start_offset FROM pages WHERE document = ? ORDER BY page")?
                .query_map([key], |row| row.get(0))?
                .collect()
        })?;
        let text = unpack(&packed).map_err(|error| self.broken(key, error.to_string()))?;
        Ok((text, pages.into_iter().map(|start| usize::try_from(start).unwrap_or_default()).collect()))
    }

    /// All documents with their records, in the order of their ids, a few at a time in memory.
    #[must_use]
    pub fn records(&self) -> Records<'_> {
        Records { store: self, after: -1, keys: Vec::new() }
    }

    /// What is stored of a file: its stamp and reader if it was read, and if it failed.
    #[allow(clippy::type_complexity)]
    #[allow(clippy::type_complexity)]
    pub(super) fn stamps(&self, path: &str) -> Result<(Option<(Stamp, String)>, Option<(Stamp, String, String)>), StoreError> {
        let stamp = |row: &Row| -> rusqlite::Result<Stamp> { Ok(Stamp { size: row.get(0)?, modified: row.get(1)? }) };
        self.ask(|| {
            let source = self
                .connection
                .prepare_cached(
                    "SELECT s.size, s.modified, d.reader FROM sources s JOIN documents d ON d.key = s.document WHERE s.path = ?",
                )?
                .query_row([path], |row| Ok((stamp(row)?, row.get(2)?)))
                .optional()?;
            let failure = self
                .connection
                .prepare_cached("SELECT size, modified, reader, code FROM failures WHERE path = ?")?
                .query_row([path], |row| Ok((stamp(row)?, row.get(2)?, row.get(3)?)))
                .optional()?;
            Ok((source, failure))
        })
    }

    /// The files that could not be read, sorted.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn failures(&self) -> Result<Vec<Failure>, StoreError> {
        self.ask(|| {
            self.connection
                .prepare_cached("SELECT path, code, message, earlier_document FROM v_failures ORDER BY path")?
                .query_map([], |row| {
                    Ok(Failure { path: row.get(0)?, code: row.get(1)?, message: row.get(2)?, earlier_document: row.get(3)? })
                })?
                .collect()
        })
    }

    /// The files that another reader than `reader` has read, or failed to read.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn outdated_files(&self, reader: &str) -> Result<Vec<PathBuf>, StoreError> {
        let paths: Vec<String> = self.ask(|| {
            self.connection
                .prepare_cached(
                    "SELECT s.path FROM sources s JOIN documents d ON d.key = s.document WHERE d.reader <> ?1
                     UNION SELECT path FROM failures WHERE reader <> ?1",
                )?
                .query_map([reader], |row| row.get(0))?
                .collect()
        })?;
        Ok(paths.into_iter().map(PathBuf::from).collect())
    }

    /// The stored files, read or failed, that are no longer there, sorted.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn missing_files(&self) -> Result<Vec<String>, StoreError> {
        self.ask(|| {
            let mut statement =
                self.connection.prepare_cached("SELECT path FROM sources UNION SELECT path FROM failures ORDER BY 1")?;
            let mut missing = Vec::new();
            for path in statement.query_map([], |row| row.get::<_, String>(0))? {
                let path = path?;
                if !super::files::is_there(&path) {
                    missing.push(path);
                }
            }
            Ok(missing)
        })
    }

    /// The stored files, read or failed, that are `path` or lie in that folder, sorted.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn files_under(&self, path: &Path) -> Result<Vec<String>, StoreError> {
        let Some(path) = path.to_str() else { return Ok(Vec::new()) };
        let folder = format!("{}{}", path.trim_end_matches(std::path::MAIN_SEPARATOR), std::path::MAIN_SEPARATOR);
        self.ask(|| {
            self.connection
                .prepare_cached(
                    "SELECT path FROM (SELECT path FROM sources UNION SELECT path FROM failures)
                     WHERE path = ?1 OR substr(path, 1, length(?2)) = ?2 ORDER BY path",
                )?
                .query_map([path, &folder], |row| row.get(0))?
                .collect()
        })
    }

    /// How many documents another reader than `reader` has read.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn outdated(&self, reader: &str) -> Result<i64, StoreError> {
        self.ask(|| self.connection.query_row("SELECT count(*) FROM documents WHERE reader <> ?", [reader], |row| row.get(0)))
    }

    /// How much is stored.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn counts(&self, reader: &str) -> Result<Counts, StoreError> {
        let count = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let (outdated, linked, findings) = (self.outdated(reader)?, self.links_are_current(reader)?, self.findings(reader)?);
        self.ask(|| {
            Ok(Counts {
                documents: count("SELECT count(*) FROM documents")?,
                files: count("SELECT count(*) FROM sources")?,
                targets: count("SELECT count(*) FROM targets")?,
                tasks: count("SELECT count(*) FROM tasks")?,
                failures: count("SELECT count(*) FROM failures")?,
                outdated,
                linked,
                findings,
                interrupted: count("SELECT count(*) FROM runs WHERE id = (SELECT max(id) FROM runs) AND finished IS NULL")? > 0,
            })
        })
    }
}

/// The keys whose ids begin with `digits`.
fn range(digits: &str) -> Option<(i64, i64)> {
    const DIGITS: usize = 15;
    // A whole SHA-256 may be given too.
    let digits = digits.get(..DIGITS.min(digits.len())).filter(|_| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let value = i64::from_str_radix(digits, 16).ok()?;
    let rest = 4 * (DIGITS - digits.len());
    Some((value << rest, ((value + 1) << rest) - 1))
}

/// An iterator over a store's documents.
#[derive(Debug)]
pub struct Records<'a> {
    store: &'a Store,
    after: i64,
    /// The next keys, last first.
    keys: Vec<i64>,
}

impl Iterator for Records<'_> {
    type Item = Result<Stored, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.keys.is_empty() {
            let next = self.store.ask(|| {
                self.store
                    .connection
                    .prepare_cached("SELECT key FROM documents WHERE key > ? ORDER BY key LIMIT 256")?
                    .query_map([self.after], |row| row.get(0))?
                    .collect::<rusqlite::Result<Vec<i64>>>()
            });
            match next {
                Ok(keys) => self.keys = keys,
                Err(error) => {
                    self.after = i64::MAX;
                    return Some(Err(error));
                }
            }
            self.keys.reverse();
        }
        let key = self.keys.pop()?;
        self.after = key;
        Some(self.store.record(key).map(|record| Stored { key, id: id(key), record }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_range_of_keys() {
        for (digits, first, last) in [
            ("0", "000000000000000", "0ffffffffffffff"),
            ("f", "f00000000000000", "fffffffffffffff"),
            ("3f2", "3f2000000000000", "3f2ffffffffffff"),
            ("3f2000000000001", "3f2000000000001", "3f2000000000001"),
            ("3f2000000000001abcdef", "3f2000000000001", "3f2000000000001"),
        ] {
            let (from, to) = range(digits).expect(digits);
            assert_eq!((id(from), id(to)), (first.into(), last.into()), "{digits}");
        }
        for digits in ["", "xyz", "3g", "-1", "+1", "3f2000000000001xyz", "đ"] {
            assert_eq!(range(digits), None, "{digits}");
        }
    }
}
