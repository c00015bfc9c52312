//! [`Findings`](crate::check::Findings) → what people open: a form a file.
//!
//! A form is a function from an [`Outcome`] to text; none decides anything: what is told, accepted or known has been told apart
//! before.

pub mod addressed;
pub mod agenda;
pub mod coverage;
pub mod csv;
pub mod dataset;
pub mod diff;
pub mod html;
pub mod ics;
pub mod indexed;
pub mod json;
pub mod markdown;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod profile;
pub mod sarif;
pub mod table;
#[cfg(feature = "cli")]
pub mod text;
#[cfg(feature = "xlsx")]
pub mod xlsx;

use crate::check::{self, Finding, Severity, Undecided};

/// The language of messages for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

/// An audit, ready to be written.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What is told.
    pub findings: Vec<Finding>,
    /// What could not be decided.
    pub undecided: Vec<Undecided>,
    /// Findings that are accepted, with the reason.
    pub accepted: Vec<(Finding, String)>,
    /// How many findings the baseline had already.
    pub known: usize,
    /// How many documents are told of; others may have been compared with.
    pub documents: usize,
    /// Files that could not be read, and why.
    pub unread: Vec<(String, String)>,
}

impl Outcome {
    /// How many findings of a severity are told.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// What the findings of a rule tell of, in a line.
fn finds(code: &str, lang: Lang) -> String {
    match (check::rule(code), lang) {
        (Some(rule), Lang::Vi) => rule.summary().to_owned(),
        (Some(rule), Lang::En) => rule.title(),
        (None, _) => code.to_owned(),
    }
}

/// `1 error`, `2 errors`.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Words that a sheet would take for a formula, defused by an apostrophe.
fn defused(text: &str) -> String {
    if text.starts_with(['=', '+', '@', '-', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A cell of CSV: quoted where it must be; a cell that a sheet would take for a formula is defused.
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let guarded = defused(text);
    if guarded.contains([',', '"', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}
