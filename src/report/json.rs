//! The audit as one JSON object: `{"findings": […], "undecided": […], "summary": {…}}`.

use serde_json::{Value, json};

use super::Outcome;
use crate::check::{Severity, Undecided};

/// The name and version of this form.
pub const SCHEMA: &str = "kehoach.audit/1";

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
    let object = json!({
        "schema": SCHEMA,
        "findings": outcome.findings,
        "undecided": outcome.undecided.iter().map(undecided).collect::<Vec<_>>(),
        "summary": {
            "documents": outcome.documents,
            "error": outcome.count(Severity::Error),
            "warning": outcome.count(Severity::Warning),
            "note": outcome.count(Severity::Note),
            "undecided": outcome.undecided.len(),
            "known": outcome.known,
            "accepted": accepted,
            "unread": unread,
        },
    });
    let mut text = serde_json::to_string_pretty(&object).unwrap_or_default();
    text.push('\n');
    text
}
