//! Documents, files and failures are written and forgotten.

use rusqlite::{Connection, OptionalExtension, params};

use super::corrected;
use super::items::Items;
use super::reading::{Notes, Reading, id};
use super::{Store, StoreError, integer, word};
use crate::record::Record;

/// The tables of a document's items, which are written anew when it is corrected.
pub(super) const ITEMS: [&str; 15] = [
    "evidence",
    "sections",
    "targets",
    "target_agencies",
    "tasks",
    "task_agencies",
    "deadlines",
    "refs",
    "facts",
    "sums",
    "ratios",
    "diagnostics",
    "ledger",
    "unread",
    "papers",
];

/// What tells a file's content without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub size: i64,
    /// When it was last written to: nanoseconds since 1970; negative where that cannot be trusted.
    pub modified: i64,
}

impl Stamp {
    /// Whether nothing was written in between.
    #[must_use]
    pub fn proves(self, earlier: Self) -> bool {
        self == earlier && self.modified >= 0
    }
}

/// What writing a file did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new to the store, and so is its content.
    New,
    /// It was in the store with another content, or its document was read again.
    Replaced,
    /// It is new to the store, its content is not.
    Known,
    /// It was in the store with this content.
    Unchanged,
}

impl Store {
    /// Begins a transaction.
    pub(super) fn begin(&self) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.wrap(&error))
    }

    /// Ends it: all that was written since is in the store, or nothing of it.
    pub(super) fn commit(&self) -> Result<(), StoreError> {
        self.connection.execute_batch("COMMIT").map_err(|error| self.wrap(&error))
    }

    /// Undoes it; what SQLite undid already is undone.
    pub(super) fn roll_back(&self) {
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    /// Writes the document of the file at `path`.
    ///
    /// # Errors
    /// Where SQLite refuses, or another content has the same key.
    pub fn put(&self, path: &str, stamp: Stamp, reading: &Reading, reader: &str) -> Result<Written, StoreError> {
        let key = reading.key();
        let sha256 = &reading.record.source.sha256;
        let stored: Option<(String, String)> = self
            .connection
            .prepare_cached("SELECT sha256, reader FROM documents WHERE key = ?")
            .and_then(|mut statement| statement.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map_err(|error| self.wrap(&error))?;
        match stored {
            Some((first, _)) if first != *sha256 => {
                let path = self.path.display().to_string();
                return Err(StoreError::Collision { path, first, second: sha256.clone() });
            }
            // Another file of this content was quicker: the same reader reads the same.
            Some((_, earlier)) if earlier == reader => return self.put_file(path, stamp, key, &reading.notes),
            stored => {
                let replace = || {
                    if stored.is_some() {
                        remove_document(&self.connection, key)?;
                    }
                    insert_document(&self.connection, key, reading, reader)
                };
                replace().map_err(|error| self.wrap(&error))?;
            }
        }
        Ok(match self.put_file(path, stamp, key, &reading.notes)? {
            Written::Known => Written::New,
            Written::Unchanged => Written::Replaced,
            written => written,
        })
    }

    /// Writes that the file at `path` has the content of a document that is stored.
    pub(super) fn put_file(&self, path: &str, stamp: Stamp, key: i64, notes: &Notes) -> Result<Written, StoreError> {
        let notes = serde_json::to_string(notes).unwrap_or_default();
        let put = || -> rusqlite::Result<Written> {
            let earlier: Option<i64> = self
                .connection
                .prepare_cached("SELECT document FROM sources WHERE path = ?")?
                .query_row([path], |row| row.get(0))
                .optional()?;
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO sources (path, document, size, modified, notes) VALUES (?, ?, ?, ?, ?)")?
                .execute(params![path, key, stamp.size, stamp.modified, notes])?;
            self.connection.prepare_cached("DELETE FROM failures WHERE path = ?")?.execute([path])?;
            Ok(match earlier {
                None => Written::Known,
                Some(earlier) if earlier == key => Written::Unchanged,
                Some(earlier) => {
                    corrected::carry_over(&self.connection, earlier, key)?;
                    remove_orphan(&self.connection, earlier)?;
                    Written::Replaced
                }
            })
        };
        put().map_err(|error| self.wrap(&error))
    }

    /// Forgets that the file at `path` could not be read.
    pub(super) fn clear_failure(&self, path: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM failures WHERE path = ?")
            .and_then(|mut statement| statement.execute([path]))
            .map(|_| ())
            .map_err(|error| self.wrap(&error))
    }

    /// Writes that the file at `path` could not be read. A document that it had before stays.
    pub(super) fn put_failure(
        &self,
        path: &str,
        stamp: Stamp,
        code: &str,
        message: &str,
        reader: &str,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO failures (path, size, modified, code, message, reader) VALUES (?, ?, ?, ?, ?, ?)",
            )
            .and_then(|mut statement| statement.execute(params![path, stamp.size, stamp.modified, code, message, reader]))
            .map(|_| ())
            .map_err(|error| self.wrap(&error))
    }

    /// Forgets the files at `paths`, and the documents that no other file has; tells how many documents went.
    ///
    /// # Errors
    /// Where SQLite refuses; then nothing is forgotten.
    pub fn forget_files(&mut self, paths: &[String]) -> Result<usize, StoreError> {
        let forget = || -> rusqlite::Result<usize> {
            let transaction = self.connection.unchecked_transaction()?;
            let mut gone = 0;
            for path in paths {
                let document: Option<i64> = transaction
                    .prepare_cached("DELETE FROM sources WHERE path = ? RETURNING document")?
                    .query_row([path], |row| row.get(0))
                    .optional()?;
                transaction.prepare_cached("DELETE FROM failures WHERE path = ?")?.execute([path])?;
                if let Some(document) = document {
                    gone += usize::from(remove_orphan(&transaction, document)?);
                }
            }
            transaction.commit()?;
            Ok(gone)
        };
        forget().map_err(|error| self.wrap(&error))
    }
}

/// Removes a document that no file has.
fn remove_orphan(connection: &Connection, key: i64) -> rusqlite::Result<bool> {
    let held: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM sources WHERE document = ?)")?
        .query_row([key], |row| row.get(0))?;
    if !held {
        remove_document(connection, key)?;
    }
    Ok(!held)
}

/// Removes a document with its items; its files stay, and must have a document again before the transaction ends.
fn remove_document(connection: &Connection, key: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM words WHERE rowid = ?")?.execute([key])?;
    connection.prepare_cached("DELETE FROM documents WHERE key = ?")?.execute([key])?;
    documents_changed(connection)
}

/// A document came, changed or went: what was linked is no longer of the whole store, and what was found may no longer hold.
pub(super) fn documents_changed(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM findings")?.execute([])?;
    connection.prepare_cached("DELETE FROM state WHERE name IN ('links', 'findings')")?.execute([]).map(|_| ())
}

fn insert_document(connection: &Connection, key: i64, reading: &Reading, reader: &str) -> rusqlite::Result<()> {
    let Record { source, document, .. } = &reading.record;
    let period = document.period.as_ref();
    let signer = document.signer.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO documents (key, sha256, format, bytes, pages, encoding, type, number, symbol, date, title, issuer, level,
                province, district, commune, period_from, period_to, signer_name, signer_title, reader)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            key,
            source.sha256,
            word(&source.format),
            integer(source.bytes),
            source.pages,
            source.encoding,
            word(&document.kind),
            document.number,
            document.symbol,
            document.date,
            document.title,
            document.issuer,
            word(&document.level),
            document.province,
            document.district,
            document.commune,
            period.and_then(|period| period.from.as_ref()),
            period.and_then(|period| period.to.as_ref()),
            signer.and_then(|signer| signer.name.as_ref()),
            signer.and_then(|signer| signer.title.as_ref()),
            reader,
        ])?;
    connection.prepare_cached("INSERT INTO contents (document, record, text) VALUES (?, ?, ?)")?.execute(params![
        key,
        reading.packed_record,
        reading.packed_text
    ])?;
    connection.prepare_cached("INSERT INTO words (rowid, text) VALUES (?, ?)")?.execute(params![key, reading.words])?;
    let mut pages = connection.prepare_cached("INSERT INTO pages (document, page, start_offset) VALUES (?, ?, ?)")?;
    for (at, start) in reading.pages.iter().enumerate() {
        pages.execute(params![key, integer(at + 1), integer(*start)])?;
    }
    let corrected = corrected::corrected(connection, key, &reading.record, &reading.packed_text)?;
    Items { connection, key }.insert(corrected.as_ref().unwrap_or(&reading.record))?;
    documents_changed(connection)
}

impl Store {
    /// Forgets the document of `key` with all its files.
    ///
    /// # Errors
    /// Where SQLite refuses; then nothing is forgotten.
    pub fn forget_document(&mut self, key: i64) -> Result<(), StoreError> {
        let paths = self.files_of(key)?;
        if self.forget_files(&paths)? == 0 {
            return Err(StoreError::Meaning(format!("{}: there is no document {}", self.path.display(), id(key))));
        }
        Ok(())
    }
}
