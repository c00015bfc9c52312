//! One number for all that a store holds: two stores of the same documents have the same.

use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use super::{Store, StoreError};

/// What is in the digest: every table, in an order of its content. The time of a file and the history of runs are no content.
const ROWS: [&str; 37] = [
    "SELECT * FROM documents ORDER BY key",
    "SELECT path, document, size, notes FROM sources ORDER BY path",
    "SELECT * FROM contents ORDER BY document",
    "SELECT * FROM pages ORDER BY document, page",
    "SELECT * FROM evidence ORDER BY document, item, position",
    "SELECT * FROM sections ORDER BY document, position",
    "SELECT * FROM targets ORDER BY document, position",
    "SELECT * FROM target_agencies ORDER BY document, target, position",
    "SELECT * FROM tasks ORDER BY document, position",
    "SELECT * FROM task_agencies ORDER BY document, task, role, position",
    "SELECT * FROM deadlines ORDER BY document, position",
    "SELECT * FROM refs ORDER BY document, position",
    "SELECT * FROM facts ORDER BY document, position",
    "SELECT * FROM sums ORDER BY document, position",
    "SELECT * FROM ratios ORDER BY document, position",
    "SELECT * FROM diagnostics ORDER BY document, position",
    "SELECT * FROM ledger ORDER BY document, class",
    "SELECT * FROM unread ORDER BY document, position",
    "SELECT * FROM papers ORDER BY document, position",
    "SELECT path, size, code, message, reader FROM failures ORDER BY path",
    "SELECT * FROM words_in_documents", // walked in the order of the index: by word, document, place
    "SELECT * FROM indicators ORDER BY id",
    "SELECT * FROM wordings ORDER BY id",
    "SELECT * FROM target_links ORDER BY document, kind, position",
    "SELECT * FROM related ORDER BY one, other",
    "SELECT * FROM probable ORDER BY one, other",
    "SELECT one, other, same FROM link_decisions ORDER BY one, other",
    "SELECT * FROM siblings ORDER BY number, date, document",
    "SELECT * FROM document_links ORDER BY document, position",
    "SELECT * FROM unit_links ORDER BY document, position",
    "SELECT * FROM agencies ORDER BY id",
    "SELECT * FROM agency_links ORDER BY document, name, position",
    "SELECT * FROM corrections ORDER BY id",
    "SELECT * FROM correction_states ORDER BY document, correction",
    "SELECT * FROM finding_verdicts ORDER BY fingerprint",
    "SELECT * FROM findings ORDER BY id",
    "SELECT * FROM finding_sides ORDER BY finding, position",
];

impl Store {
    /// The SHA-256 of all rows, in hexadecimal digits.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn digest(&self) -> Result<String, StoreError> {
        let digest = || -> rusqlite::Result<String> {
            // The index's words, as it would find them.
            self.connection.execute_batch(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_in_documents USING fts5vocab(main, words, instance)",
            )?;
            let mut sha256 = Sha256::new();
            for sql in ROWS {
                sha256.update(sql.as_bytes());
                let mut statement = self.connection.prepare(sql)?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    for column in 0..columns {
                        match row.get_ref(column)? {
                            ValueRef::Null => sha256.update([0]),
                            ValueRef::Integer(value) => update(&mut sha256, 1, &value.to_le_bytes()),
                            ValueRef::Real(value) => update(&mut sha256, 2, &value.to_le_bytes()),
                            ValueRef::Text(value) => update(&mut sha256, 3, value),
                            ValueRef::Blob(value) => update(&mut sha256, 4, value),
                        }
                    }
                }
            }
            Ok(sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
        };
        digest().map_err(|error| self.wrap(&error))
    }
}

fn update(sha256: &mut Sha256, kind: u8, bytes: &[u8]) {
    sha256.update([kind]);
    sha256.update((bytes.len() as u64).to_le_bytes());
    sha256.update(bytes);
}
