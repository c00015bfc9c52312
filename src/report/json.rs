//! The audit as one JSON object: `{"findings": […], "undecided": […], "summary": {…}}`.

use serde::Serialize;
use serde_json::{Value, json};

use super::Outcome;
use crate::check::{Finding, Severity, Undecided};

/// The name and version of this form.
pub const SCHEMA: &str = "kehoach.audit/1";

/// The schema comes first: this program knows its own files by it.
#[derive(Serialize)]
struct Audit<'a> {
    schema: &'static str,
    findings: &'a [Finding],
    undecided: Vec<Value>,
    summary: Value,
}

/// Writes the audit, indented.
#[must_use]
pub fn write(outcome: &Outcome) -> String {
    let undecided = |entry: &Undecided| {
        json!({
            "code": entry.code,
            "name": entry.name,
            "why": {"vi": entry.why_vi, "en": entry.why_en},
            "evidence": entry.evidence,
        })
    };
    let accepted: Vec<Value> = outcome
        .accepted
        .iter()
        .map(|(finding, reason)| json!({"fingerprint": finding.fingerprint, "code": finding.code, "reason": reason}))
        .collect();
    let unread: Vec<Value> = outcome.unread.iter().map(|(path, reason)| json!({"path": path, "reason": reason})).collect();
    let object = Audit {
        schema: SCHEMA,
        findings: &outcome.findings,
        undecided: outcome.undecided.iter().map(undecided).collect(),
        summary: json!({
            "documents": outcome.documents,
            "error": outcome.count(Severity::Error),
            "warning": outcome.count(Severity::Warning),
            "note": outcome.count(Severity::Note),
            "undecided": outcome.undecided.len(),
            "known": outcome.known,
            "accepted": accepted,
            "unread": unread,
        }),
    };
    let mut text = serde_json::to_string_pretty(&object).unwrap_or_default();
    text.push('\n');
    text
}
