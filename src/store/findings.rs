//! What the audit of a whole store found, kept for other tools: `v_findings`.

use rusqlite::params;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Store, StoreError, integer};

/// A finding, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Stays the same while text moves.
    pub fingerprint: String,
    /// The rule's code.
    pub code: String,
    /// The rule's name.
    pub name: String,
    /// `error`, `warning`, `note`.
    pub severity: String,
    /// Where, what is wrong, what to do, in Vietnamese.
    pub vi: [String; 3],
    /// The same in English.
    pub en: [String; 3],
    /// The values that were compared: a JSON object.
    pub compared: String,
    /// The places quoted.
    pub sides: Vec<Side>,
}

/// A place that a finding quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The document, by its key.
    pub document: i64,
    /// Path of the section.
    pub section: Option<String>,
    /// Page, from 1.
    pub page: Option<u32>,
    /// First character in the source text, in code points.
    pub start: usize,
    /// After the last character, in code points.
    pub end: usize,
    /// The text between.
    pub text: String,
}

/// What somebody says of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The finding.
    pub fingerprint: String,
    /// `true`: it is so; `aside`: it is not told again.
    pub verdict: String,
    /// Why it is put aside.
    pub reason: String,
    /// Who says so.
    pub who: String,
    /// When.
    pub made: String,
}

/// A finding, as a document's reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quoted {
    /// Stays the same while text moves.
    pub fingerprint: String,
    /// The rule's code.
    pub code: String,
    /// `error`, `warning`, `note`.
    pub severity: String,
    /// What is wrong, and what to do, in Vietnamese.
    pub vi: [String; 2],
    /// The same in English.
    pub en: [String; 2],
    /// The first place in the document that it quotes, in code points.
    pub start: i64,
    /// After its last character.
    pub end: i64,
    /// What somebody says of it.
    pub judgement: Option<Judgement>,
}

impl Store {
    /// What people say of findings.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn judgements(&self) -> Result<Vec<Judgement>, StoreError> {
        self.ask(|| {
            self.connection
                .prepare_cached("SELECT fingerprint, verdict, reason, who, made FROM finding_verdicts ORDER BY fingerprint")?
                .query_map([], |row| {
                    Ok(Judgement {
                        fingerprint: row.get(0)?,
                        verdict: row.get(1)?,
                        reason: row.get(2)?,
                        who: row.get(3)?,
                        made: row.get(4)?,
                    })
                })?
                .collect()
        })
    }

    /// Keeps what somebody says of a finding; where the verdict is empty, takes back what was said.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn judge(&mut self, judgement: &Judgement) -> Result<(), StoreError> {
        let Judgement { fingerprint, verdict, reason, who, made } = judgement;
        self.ask(|| {
            if verdict.is_empty() {
                return self.connection.execute("DELETE FROM finding_verdicts WHERE fingerprint = ?", [fingerprint]).map(|_| ());
            }
            self.connection
                .execute(
                    "INSERT OR REPLACE INTO finding_verdicts (fingerprint, verdict, reason, who, made) VALUES (?, ?, ?, ?, ?)",
                    params![fingerprint, verdict, reason, who, made],
                )
                .map(|_| ())
        })
    }

    /// The findings that quote a document, by their places in it.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn findings_of(&self, key: i64) -> Result<Vec<Quoted>, StoreError> {
        let judgements = self.judgements()?;
        self.ask(|| {
            self.connection
                .prepare_cached(
                    "SELECT f.fingerprint, f.code, f.severity, f.problem_vi, f.action_vi, f.problem_en, f.action_en, min(s.start_offset), s.end_offset
                     FROM findings f JOIN finding_sides s ON s.finding = f.id WHERE s.document = ? GROUP BY f.id ORDER BY 8, f.id",
                )?
                .query_map([key], |row| {
                    let fingerprint: String = row.get(0)?;
                    let judgement = judgements.iter().find(|one| one.fingerprint == fingerprint).cloned();
                    Ok(Quoted {
                        fingerprint,
                        code: row.get(1)?,
                        severity: row.get(2)?,
                        vi: [row.get(3)?, row.get(4)?],
                        en: [row.get(5)?, row.get(6)?],
                        start: row.get(7)?,
                        end: row.get(8)?,
                        judgement,
                    })
                })?
                .collect()
        })
    }

    /// What tells the documents of this moment, as they were read, from those of another.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn stamp(&self) -> Result<String, StoreError> {
        let stamp = || -> rusqlite::Result<String> {
            let mut statement = self.connection.prepare("SELECT id, reader FROM documents ORDER BY key")?;
            let mut rows = statement.query([])?;
            let mut sha256 = Sha256::new();
            while let Some(row) = rows.next()? {
                for column in 0..2 {
                    sha256.update(row.get::<_, String>(column)?);
                    sha256.update([0]);
                }
            }
            let mut statement = self.connection.prepare("SELECT id FROM corrections ORDER BY id")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                sha256.update(row.get::<_, String>(0)?);
            }
            Ok(sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
        };
        stamp().map_err(|error| self.wrap(&error))
    }

    /// Keeps the findings of an audit of all documents by all rules instead of those of the audit before; `auditor` names the program
    /// and the rules. Gives false, and keeps nothing, where the documents are no longer those of `stamp`.
    ///
    /// # Errors
    /// Where SQLite refuses; then those of the audit before stay.
    pub fn keep_findings(&mut self, findings: &[Finding], stamp: &str, auditor: &str) -> Result<bool, StoreError> {
        if self.stamp()? != stamp {
            return Ok(false);
        }
        let keep = || -> rusqlite::Result<()> {
            let transaction = self.connection.unchecked_transaction()?;
            transaction.execute_batch("DELETE FROM finding_sides; DELETE FROM findings;")?;
            {
                let mut insert = transaction.prepare(
                    "INSERT INTO findings (id, fingerprint, code, name, severity, place_vi, problem_vi, action_vi, place_en,
                        problem_en, action_en, compared) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?;
                let mut quote = transaction.prepare(
                    "INSERT INTO finding_sides (finding, position, document, section, page, start_offset, end_offset, text)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                )?;
                for (id, finding) in (1_i64..).zip(findings) {
                    let Finding { fingerprint, code, name, severity, vi, en, compared, sides } = finding;
                    let told = (&vi[0], &vi[1], &vi[2], &en[0], &en[1], &en[2]);
                    insert.execute(params![
                        id,
                        fingerprint,
                        code,
                        name,
                        severity,
                        told.0,
                        told.1,
                        told.2,
                        told.3,
                        told.4,
                        told.5,
                        compared
                    ])?;
                    for (position, side) in sides.iter().enumerate() {
                        let Side { document, section, page, start, end, text } = side;
                        quote.execute(params![
                            id,
                            integer(position),
                            document,
                            section,
                            page,
                            integer(*start),
                            integer(*end),
                            text
                        ])?;
                    }
                }
            }
            transaction.execute("INSERT OR REPLACE INTO state (name, value) VALUES ('findings', ?)", [auditor])?;
            transaction.commit()
        };
        keep().map_err(|error| self.wrap(&error)).map(|()| true)
    }

    /// How many findings are kept; `None` where the store, as it is now, was not audited by `auditor`.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn findings(&self, auditor: &str) -> Result<Option<i64>, StoreError> {
        let count = || -> rusqlite::Result<Option<i64>> {
            let sql = "SELECT (SELECT count(*) FROM findings) FROM state WHERE name = 'findings' AND value = ?";
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([auditor])?;
            rows.next()?.map(|row| row.get(0)).transpose()
        };
        count().map_err(|error| self.wrap(&error))
    }
}
