//! Room for what linking finds: the rows of one linking of the whole store, written at once.

use rusqlite::{Transaction, params};

use super::{Store, StoreError};

/// Writes the rows of a linking.
#[derive(Debug)]
pub struct LinkWriter<'a> {
    transaction: &'a Transaction<'a>,
}

/// A row of `target_links`.
#[derive(Clone, Copy, Debug)]
pub struct TargetLink<'a> {
    /// Key of the document.
    pub document: i64,
    /// Id of the target.
    pub target: &'a str,
    /// Id of the indicator.
    pub indicator: &'a str,
    /// `same` or `related`.
    pub relation: &'a str,
    /// How alike, from 0 to 1; nothing where it is not a matter of degree.
    pub score: Option<f64>,
    /// Why; of `related` the difference.
    pub why: &'a str,
}

/// A row of `document_links`.
#[derive(Clone, Copy, Debug)]
pub struct DocumentLink<'a> {
    /// Key of the document.
    pub document: i64,
    /// Key of the other.
    pub other: i64,
    /// `upper` or `plan`.
    pub relation: &'a str,
    /// `known` or `ambiguous`.
    pub status: &'a str,
    /// Why.
    pub why: &'a str,
}

/// A row of `unit_links`.
#[derive(Clone, Copy, Debug)]
pub struct UnitLink<'a> {
    /// Key of the document.
    pub document: i64,
    /// Counts a document's candidates.
    pub position: i64,
    /// `known`, `ambiguous` or `unknown`.
    pub status: &'a str,
    /// Code of the unit.
    pub code: Option<&'a str>,
    /// Its name.
    pub name: Option<&'a str>,
    /// Its level.
    pub level: Option<&'a str>,
    /// Why.
    pub why: &'a str,
}

/// A row of `agency_links`.
#[derive(Clone, Copy, Debug)]
pub struct AgencyLink<'a> {
    /// Key of the document.
    pub document: i64,
    /// The name as written.
    pub name: &'a str,
    /// Counts a name's candidates.
    pub position: i64,
    /// `known`, `ambiguous` or `unknown`.
    pub status: &'a str,
    /// The registry's id.
    pub agency: Option<&'a str>,
    /// Why.
    pub why: &'a str,
}

/// A row of `indicators`.
#[derive(Clone, Copy, Debug)]
pub struct Indicator<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its unit.
    pub unit: Option<&'a str>,
    /// `up` or `down`.
    pub direction: Option<&'a str>,
    /// Whether the registry has it.
    pub registered: bool,
}

impl LinkWriter<'_> {
    /// Writes an indicator.
    ///
    /// # Errors
    /// Where SQLite refuses; so of the others.
    pub fn indicator(&self, row: Indicator) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached("INSERT INTO indicators (id, name, unit, direction, registered) VALUES (?, ?, ?, ?, ?)")?
            .execute(params![row.id, row.name, row.unit, row.direction, row.registered])
            .map(|_| ())
    }

    /// Writes which indicator a target measures, or nearly measures.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn target(&self, row: TargetLink) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO target_links (document, target, indicator, relation, score, why) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![row.document, row.target, row.indicator, row.relation, row.score, row.why])
            .map(|_| ())
    }

    /// Writes which document is above which.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn document(&self, row: DocumentLink) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached("INSERT INTO document_links (document, other, relation, status, why) VALUES (?, ?, ?, ?, ?)")?
            .execute(params![row.document, row.other, row.relation, row.status, row.why])
            .map(|_| ())
    }

    /// Writes which unit a document is of.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn unit(&self, row: UnitLink) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO unit_links (document, position, status, code, name, level, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![row.document, row.position, row.status, row.code, row.name, row.level, row.why])
            .map(|_| ())
    }

    /// Writes which agency a name stands for.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn agency(&self, row: AgencyLink) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached("INSERT INTO agency_links (document, name, position, status, agency, why) VALUES (?, ?, ?, ?, ?, ?)")?
            .execute(params![row.document, row.name, row.position, row.status, row.agency, row.why])
            .map(|_| ())
    }
}

impl Store {
    /// Puts the rows that `write` writes in the place of all that was linked before.
    ///
    /// # Errors
    /// Where SQLite refuses; then what was linked before stays.
    pub fn replace_links(&mut self, write: impl FnOnce(&LinkWriter) -> rusqlite::Result<()>) -> Result<(), StoreError> {
        let replace = || -> rusqlite::Result<()> {
            let transaction = self.connection.unchecked_transaction()?;
            transaction.execute_batch(
                "DELETE FROM target_links; DELETE FROM indicators; DELETE FROM document_links; DELETE FROM unit_links;
                 DELETE FROM agency_links; INSERT OR REPLACE INTO state (name, value) VALUES ('links', 'current');",
            )?;
            write(&LinkWriter { transaction: &transaction })?;
            transaction.commit()
        };
        replace().map_err(|error| self.wrap(&error))
    }

    /// Whether what is linked is of all documents as they are now.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn links_are_current(&self) -> Result<bool, StoreError> {
        self.connection
            .query_row("SELECT EXISTS (SELECT 1 FROM state WHERE name = 'links' AND value = 'current')", [], |row| row.get(0))
            .map_err(|error| self.wrap(&error))
    }
}
