//! What was not read of a store's documents, and which of them a person should look at first.

use rusqlite::Row;
use serde::Serialize;

use super::query::Entry;
use super::{Store, StoreError};

/// What was not read of all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// The numbers of all documents.
    pub numbers: i64,
    /// Those that nothing understood.
    pub unread: i64,
    /// The documents that a person should look at first: those with most such numbers.
    pub first: Vec<LookAt>,
}

/// A document that a person should look at, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LookAt {
    /// The document's id.
    pub id: String,
    /// Its number, title or file, the first that it has.
    pub name: String,
    /// How many numbers it has.
    pub numbers: i64,
    /// How many of them nothing understood.
    pub unread: i64,
    /// The commonest reason.
    pub mostly: String,
}

impl Entry {
    /// The share of its numbers that nothing understood, in percent, rounded up.
    #[must_use]
    pub fn unread_share(&self) -> i64 {
        (self.unread * 100 + self.numbers - 1) / self.numbers.max(1)
    }
}

impl Store {
    /// What was not read, and in which `most` documents most of it stands.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn unread(&self, most: usize) -> Result<Unread, StoreError> {
        self.ask(|| {
            let totals = "SELECT coalesce(sum(count), 0), coalesce(sum(count) FILTER (WHERE class = 'unread'), 0) FROM ledger";
            let (numbers, unread) = self.connection.query_row(totals, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut statement = self.connection.prepare_cached(
                "SELECT document, coalesce(number, title, path, document), numbers, unread, coalesce(mostly, '') FROM v_ledger
                 WHERE unread > 0 ORDER BY unread DESC, document LIMIT ?",
            )?;
            let look = |row: &Row| {
                let (id, name, numbers) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(LookAt { id, name, numbers, unread: row.get(3)?, mostly: row.get(4)? })
            };
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let first = statement.query_map([most], look)?.collect::<rusqlite::Result<_>>()?;
            Ok(Unread { numbers, unread, first })
        })
    }
}
