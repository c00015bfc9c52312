//! Corrections in the store: kept, carried over to what takes a document's place, and put on.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::items::Items;
use super::reading::{key, unpack};
use super::{Store, StoreError, integer, word};
use crate::corrections::{self, Correction, Of, Quotation, Standing, State};
use crate::record::{Hand, Record};

/// A correction, where it belongs, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Kept {
    /// The correction.
    pub correction: Correction,
    /// Id of the document that it is put on; null where the store has none.
    pub document: Option<String>,
    /// What became of it there.
    pub state: Option<String>,
    /// The item of the record.
    pub item: Option<String>,
}

/// What came of taking corrections over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// New to the store.
    pub new: usize,
    /// In it already.
    pub known: usize,
    /// Of documents that are not in it: kept until they come.
    pub waiting: usize,
}

/// How many corrections are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct States {
    pub on: i64,
    pub settled: i64,
    pub gone: i64,
    pub read_otherwise: i64,
    pub conflict: i64,
}

/// How far people are with a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Items, and numbers that nothing understood.
    pub items: i64,
    /// Corrections that are on or settled.
    pub done: i64,
    /// Corrections in conflict.
    pub conflicts: i64,
    /// Corrections that no longer fit.
    pub unfit: i64,
    /// Findings that quote it.
    pub findings: i64,
}

const COLUMNS: &str = "c.id, c.slot, c.after, c.sha256, c.number, c.date, c.title, c.kind, c.action, c.who, c.made, c.was, c.\"is\", c.exact, \
    c.prefix, c.suffix, c.start_offset, c.end_offset";

fn parsed<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn of_row(row: &Row) -> rusqlite::Result<Correction> {
    let text = |at: usize| row.get::<_, String>(at);
    let object = |at: usize| row.get::<_, Option<String>>(at)?.map(|json| parsed(&json)).transpose();
    let place = |at: usize| row.get::<_, i64>(at).map(|place| usize::try_from(place).unwrap_or_default());
    Ok(Correction {
        schema: corrections::SCHEMA.into(),
        id: text(0)?,
        slot: text(1)?,
        after: parsed(&text(2)?)?,
        document: Of { sha256: text(3)?, number: row.get(4)?, date: row.get(5)?, title: row.get(6)? },
        kind: parsed(&format!("\"{}\"", text(7)?))?,
        action: parsed(&format!("\"{}\"", text(8)?))?,
        who: text(9)?,
        made: text(10)?,
        was: object(11)?,
        is: object(12)?,
        quotation: Quotation { exact: text(13)?, prefix: text(14)?, suffix: text(15)?, start: place(16)?, end: place(17)? },
    })
}

/// The corrections of a document, the earliest first.
fn of_document(connection: &Connection, key: i64) -> rusqlite::Result<Vec<Correction>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM correction_documents d JOIN corrections c ON c.id = d.correction WHERE d.document = ? ORDER BY c.made, c.id"
        ))?
        .query_map([key], of_row)?
        .collect()
}

/// Puts the corrections of a document on its record; `None` where it has none.
fn put_on(
    connection: &Connection,
    key: i64,
    record: &mut Record,
    text: impl FnOnce() -> rusqlite::Result<String>,
) -> rusqlite::Result<Option<Vec<Standing>>> {
    let corrections = of_document(connection, key)?;
    if corrections.is_empty() {
        return Ok(None);
    }
    Ok(Some(corrections::apply(record, &text()?, &corrections)))
}

/// Writes what became of a document's corrections.
fn write_states(connection: &Connection, key: i64, standings: &[Standing]) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM correction_states WHERE document = ?")?.execute([key])?;
    let mut insert = connection
        .prepare_cached("INSERT OR REPLACE INTO correction_states (document, correction, state, item) VALUES (?, ?, ?, ?)")?;
    for standing in standings {
        insert.execute(params![key, standing.id, word(&standing.state), standing.item])?;
    }
    Ok(())
}

/// The record of a document that is being written, with its corrections; what became of them is written.
pub(super) fn corrected(
    connection: &Connection,
    key: i64,
    record: &Record,
    packed_text: &[u8],
) -> rusqlite::Result<Option<Record>> {
    let mut record = record.clone();
    let unpacked = || unpack(packed_text).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)));
    let Some(standings) = put_on(connection, key, &mut record, unpacked)? else { return Ok(None) };
    write_states(connection, key, &standings)?;
    Ok(Some(record))
}

/// The corrections of a document are those of the one that takes its place, too.
pub(super) fn carry_over(connection: &Connection, earlier: i64, later: i64) -> rusqlite::Result<()> {
    let carried = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO correction_documents (document, correction) SELECT ?2, correction FROM correction_documents WHERE document = ?1",
        )?
        .execute([earlier, later])?;
    if carried > 0 { put_anew(connection, later, None) } else { Ok(()) }
}

impl Store {
    /// From now on records are given as they were read, without corrections.
    pub fn give_as_read(&mut self) {
        self.as_read = true;
    }

    /// Puts the corrections of a document on its record, unless it is wanted as it was read.
    pub(super) fn with_corrections(&self, key: i64, mut record: Record) -> Result<Record, StoreError> {
        if self.as_read {
            return Ok(record);
        }
        let corrections = self.corrections_of(key)?;
        if !corrections.is_empty() {
            let (text, _) = self.text(key)?;
            corrections::apply(&mut record, &text, &corrections);
        }
        Ok(record)
    }

    /// The corrections of a document, the earliest first.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn corrections_of(&self, key: i64) -> Result<Vec<Correction>, StoreError> {
        self.ask(|| of_document(&self.connection, key))
    }

    /// What became of the corrections of a document.
    ///
    /// # Errors
    /// Where SQLite refuses, or the document is not stored.
    pub fn standings(&self, key: i64) -> Result<Vec<Standing>, StoreError> {
        let corrections = self.corrections_of(key)?;
        let mut record = self.record_as_read(key)?;
        let (text, _) = self.text(key)?;
        Ok(corrections::apply(&mut record, &text, &corrections))
    }

    /// All corrections, document by document, with what became of them; those whose document is not stored last.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn all_corrections(&self) -> Result<Vec<Kept>, StoreError> {
        self.ask(|| {
            self.connection
                .prepare(&format!(
                    "SELECT {COLUMNS}, e.id, s.state, s.item FROM corrections c
                     LEFT JOIN correction_states s ON s.correction = c.id LEFT JOIN documents e ON e.key = s.document
                     ORDER BY e.key IS NULL, e.key, c.made, c.id"
                ))?
                .query_map([], |row| {
                    Ok(Kept { correction: of_row(row)?, document: row.get(18)?, state: row.get(19)?, item: row.get(20)? })
                })?
                .collect()
        })
    }

    /// How many corrections are in each state.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn correction_states(&self) -> Result<States, StoreError> {
        let count = |state: State| {
            self.ask(|| {
                self.connection
                    .prepare_cached("SELECT count(*) FROM correction_states WHERE state = ?")?
                    .query_row([word(&state)], |row| row.get::<_, i64>(0))
            })
        };
        Ok(States {
            on: count(State::On)?,
            settled: count(State::Settled)?,
            gone: count(State::Gone)?,
            read_otherwise: count(State::ReadOtherwise)?,
            conflict: count(State::Conflict)?,
        })
    }

    /// How far people are with each document, by key.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn progress(&self) -> Result<Vec<(i64, Progress)>, StoreError> {
        self.ask(|| {
            self.connection
                .prepare_cached(
                    "SELECT d.key,
                        (SELECT count(*) FROM targets i WHERE i.document = d.key) + (SELECT count(*) FROM tasks i WHERE i.document = d.key)
                        + (SELECT count(*) FROM facts i WHERE i.document = d.key) + (SELECT count(*) FROM deadlines i WHERE i.document = d.key)
                        + (SELECT count(*) FROM unread i WHERE i.document = d.key AND i.kind IN ('number', 'date', 'block')),
                        (SELECT count(*) FROM correction_states s JOIN corrections c ON c.id = s.correction WHERE s.document = d.key
                            AND s.state IN ('on', 'settled') AND c.action <> 'as_read'),
                        (SELECT count(*) FROM correction_states s WHERE s.document = d.key AND s.state = 'conflict'),
                        (SELECT count(*) FROM correction_states s WHERE s.document = d.key AND s.state IN ('gone', 'read_otherwise')),
                        (SELECT count(DISTINCT f.finding) FROM finding_sides f WHERE f.document = d.key)
                     FROM documents d ORDER BY d.key",
                )?
                .query_map([], |row| {
                    let progress =
                        Progress { items: row.get(1)?, done: row.get(2)?, conflicts: row.get(3)?, unfit: row.get(4)?, findings: row.get(5)? };
                    Ok((row.get(0)?, progress))
                })?
                .collect()
        })
    }

    /// A number that grows with every correction of the store, whoever makes it.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn corrections_count(&self) -> Result<i64, StoreError> {
        self.ask(|| self.connection.prepare_cached("SELECT count(*) FROM corrections")?.query_row([], |row| row.get(0)))
    }

    /// Keeps corrections of a stored document and puts them on: all of them or none.
    ///
    /// # Errors
    /// Where SQLite refuses, or the document is not stored.
    pub fn correct(&mut self, document: i64, corrections: &[Correction]) -> Result<(), StoreError> {
        let transaction = || -> rusqlite::Result<()> {
            let transaction = self.connection.unchecked_transaction()?;
            let before = as_it_is(&transaction, document)?;
            for correction in corrections {
                insert(&transaction, correction)?;
                attach(&transaction, document, &correction.id)?;
            }
            put_anew(&transaction, document, Some(before))?;
            transaction.commit()
        };
        transaction().map_err(|error| self.wrap(&error))
    }

    /// Takes corrections of other stores over. Each is put on the document of its content; where that is not stored, on the one document
    /// of its number, date and title; else it waits for its document.
    ///
    /// # Errors
    /// Where SQLite refuses; then nothing is taken.
    pub fn take_corrections(&mut self, corrections: &[Correction]) -> Result<Taken, StoreError> {
        let take = || -> rusqlite::Result<Taken> {
            let transaction = self.connection.unchecked_transaction()?;
            let mut taken = Taken::default();
            let mut touched = Vec::new();
            for correction in corrections {
                if insert(&transaction, correction)? {
                    taken.new += 1
                } else {
                    taken.known += 1
                }
                let own = key(&correction.document.sha256);
                attach(&transaction, own, &correction.id)?;
                match stored(&transaction, own, &correction.document)? {
                    Some(document) => {
                        attach(&transaction, document, &correction.id)?;
                        touched.push(document);
                    }
                    None => taken.waiting += 1,
                }
            }
            touched.sort_unstable();
            touched.dedup();
            for document in touched {
                put_anew(&transaction, document, None)?;
            }
            transaction.commit()?;
            Ok(taken)
        };
        take().map_err(|error| self.wrap(&error))
    }
}

/// The stored document that a correction is of.
fn stored(connection: &Connection, own: i64, of: &Of) -> rusqlite::Result<Option<i64>> {
    let there: Option<i64> =
        connection.prepare_cached("SELECT key FROM documents WHERE key = ?")?.query_row([own], |row| row.get(0)).optional()?;
    if there.is_some() || of.number.is_none() {
        return Ok(there);
    }
    let named: Vec<i64> = connection
        .prepare_cached("SELECT key FROM documents WHERE number IS ? AND date IS ? AND title IS ? LIMIT 2")?
        .query_map(params![of.number, of.date, of.title], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(named.first().copied().filter(|_| named.len() == 1))
}

impl Store {
    /// Whose an item is, where it is not as it was read.
    pub(super) fn hand_of(&self, document: i64, item: &str) -> rusqlite::Result<Option<Hand>> {
        let found: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT 1 FROM correction_states s JOIN corrections c ON c.id = s.correction
                 WHERE s.document = ? AND s.item = ? AND s.state IN ('on', 'conflict') AND c.action IN ('correct', 'add') LIMIT 1",
            )?
            .query_row(params![document, item], |row| row.get(0))
            .optional()?;
        Ok(found.map(|_| Hand::Person))
    }
}

/// Keeps a correction; whether it is new.
fn insert(connection: &Connection, correction: &Correction) -> rusqlite::Result<bool> {
    let json = |value: &Option<serde_json::Map<String, serde_json::Value>>| {
        value.as_ref().map(|object| serde_json::Value::Object(object.clone()).to_string())
    };
    let quotation = &correction.quotation;
    let changed = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO corrections (id, slot, after, sha256, number, date, title, kind, action, who, made, was, \"is\", exact, prefix, \
                suffix, start_offset, end_offset) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            correction.id,
            correction.slot,
            serde_json::to_string(&correction.after).unwrap_or_default(),
            correction.document.sha256,
            correction.document.number,
            correction.document.date,
            correction.document.title,
            correction.kind.name(),
            word(&correction.action),
            correction.who,
            correction.made,
            json(&correction.was),
            json(&correction.is),
            quotation.exact,
            quotation.prefix,
            quotation.suffix,
            integer(quotation.start),
            integer(quotation.end),
        ])?;
    Ok(changed > 0)
}

fn attach(connection: &Connection, document: i64, correction: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO correction_documents (document, correction) VALUES (?, ?)")?
        .execute(params![document, correction])
        .map(|_| ())
}

/// The record of a stored document and its packed text.
fn as_read(connection: &Connection, document: i64) -> rusqlite::Result<(Record, Vec<u8>)> {
    let (packed, text): (Vec<u8>, Vec<u8>) = connection
        .prepare_cached("SELECT record, text FROM contents WHERE document = ?")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let json = unpack(&packed).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    Ok((parsed(&json)?, text))
}

/// The record of a stored document with its corrections.
fn as_it_is(connection: &Connection, document: i64) -> rusqlite::Result<Record> {
    let (mut record, text) = as_read(connection, document)?;
    let unpacked = || unpack(&text).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)));
    put_on(connection, document, &mut record, unpacked)?;
    Ok(record)
}

/// Writes the items of a stored document anew, with its corrections. Where these leave them as they were `before`, as when somebody has
/// found an item right, nothing else is other than it was: links and findings stay.
fn put_anew(connection: &Connection, document: i64, before: Option<Record>) -> rusqlite::Result<()> {
    let (read, text) = as_read(connection, document)?;
    let record = corrected(connection, document, &read, &text)?.unwrap_or(read);
    let bare = |record: &Record| Record { corrections: Vec::new(), ..record.clone() };
    if before.is_some_and(|before| bare(&before) == bare(&record)) {
        return Ok(());
    }
    let links = Link::of(connection, document)?;
    for table in super::write::ITEMS {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE document = ?"))?.execute([document])?;
    }
    Items { connection, key: document }.insert(&record)?;
    connection.prepare_cached("DELETE FROM target_links WHERE document = ?")?.execute([document])?;
    for link in links {
        link.keep(connection, document)?;
    }
    super::write::documents_changed(connection)
}

/// A target or fact and the indicator that it was linked to.
struct Link {
    kind: String,
    item: String,
    /// What it was linked by: its words, its unit and whose it is.
    by: Vec<Option<String>>,
    /// The rest of the row: wording, unit, owner, today, year.
    wording: i64,
    whose: [Option<String>; 3],
    year: Option<i64>,
}

/// What identifies the indicator of a target or fact.
const LINKED_BY: [(&str, &str); 2] = [
    ("target", "SELECT position, indicator, unit, scope, due FROM targets"),
    ("fact", "SELECT position, subject, unit, NULL, NULL FROM facts"),
];

impl Link {
    /// The links of a document.
    fn of(connection: &Connection, document: i64) -> rusqlite::Result<Vec<Self>> {
        let rows: Vec<Self> = connection
            .prepare_cached("SELECT kind, item, wording, unit, owner, today, year FROM target_links WHERE document = ?")?
            .query_map([document], |row| {
                let (kind, item) = (row.get(0)?, row.get(1)?);
                let whose = [row.get(3)?, row.get(4)?, row.get(5)?];
                Ok(Self { kind, item, by: Vec::new(), wording: row.get(2)?, whose, year: row.get(6)? })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let known = |mut link: Self| {
            let found = link.found(connection, document)?;
            Ok(found.map(|(_, by)| {
                link.by = by;
                link
            }))
        };
        rows.into_iter().filter_map(|link| known(link).transpose()).collect()
    }

    /// The place of its item, and what that is linked by.
    fn found(&self, connection: &Connection, document: i64) -> rusqlite::Result<Option<(i64, Vec<Option<String>>)>> {
        let Some((_, select)) = LINKED_BY.iter().find(|(kind, _)| *kind == self.kind) else { return Ok(None) };
        connection
            .prepare_cached(&format!("{select} WHERE document = ? AND id = ?"))?
            .query_row(params![document, self.item], |row| {
                let by = (1..5).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?;
                Ok((row.get(0)?, by))
            })
            .optional()
    }

    /// Keeps it where its item still says so; a value that was put right is that of the same indicator. Others are linked when all are.
    fn keep(self, connection: &Connection, document: i64) -> rusqlite::Result<()> {
        let Some((position, _)) = self.found(connection, document)?.filter(|(_, by)| *by == self.by) else { return Ok(()) };
        let [unit, owner, today] = &self.whose;
        connection
            .prepare_cached(
                "INSERT INTO target_links (document, kind, position, item, wording, unit, owner, today, year) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![document, self.kind, position, self.item, self.wording, unit, owner, today, self.year])
            .map(|_| ())
    }
}
