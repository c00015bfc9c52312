//! Findings that people have accepted, with their reason, and findings of an earlier audit.
//!
//! A suppression file is TOML; each entry names a finding by its fingerprint, or a rule and a document:
//! ```toml
//! [[accept]]
//! fingerprint = "0f3a9c41d2b7e685"
//! reason = "Tổng số gồm cả 1 camera đang bảo trì; đã hỏi Công an tỉnh"
//!
//! [[accept]]
//! code = "HD001"
//! path = "du-thao/"          # any path that holds these words
//! reason = "Văn bản dự thảo chưa có số"
//! ```

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use thiserror::Error;

use super::finding::Finding;
use super::rules::RULES;

/// One accepted finding, or kind of findings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: Option<String>,
    code: Option<String>,
    path: Option<String>,
    reason: String,
}

impl Entry {
    /// Whether it is of this finding.
    fn names(&self, finding: &Finding) -> bool {
        self.fingerprint.as_ref().is_none_or(|fingerprint| *fingerprint == finding.fingerprint)
            && self.code.as_ref().is_none_or(|code| code.eq_ignore_ascii_case(finding.code))
            && self.path.as_ref().is_none_or(|path| finding.evidence.iter().any(|side| side.path.contains(path.as_str())))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    accept: Vec<Entry>,
}

/// Findings that are not told again.
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    entries: Vec<Entry>,
    /// Reasons by fingerprint.
    aside: HashMap<String, String>,
    known: HashSet<String>,
}

/// Why a file of accepted findings could not be used.
#[derive(Debug, Error)]
pub enum AcceptedError {
    /// No TOML, or other fields than are known.
    #[error("{file}: {reason}; an entry has `fingerprint`, or `code` and perhaps `path`, and a `reason`")]
    Syntax {
        /// The file.
        file: String,
        /// Line and reason.
        reason: String,
    },
    /// An entry without a reason, or that would accept everything.
    #[error("{file}: entry {number}: {what}")]
    Entry {
        /// The file.
        file: String,
        /// Which entry, from 1.
        number: usize,
        /// What is wrong, and what to do.
        what: &'static str,
    },
    /// A baseline that is no output of an audit.
    #[error("{file}: {reason}; a baseline is what `kehoach audit --format json` printed")]
    Baseline {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Accepted {
    /// Accepts the finding of a fingerprint, which somebody put aside in a store.
    pub fn put_aside(&mut self, fingerprint: &str, reason: &str) {
        self.aside.insert(fingerprint.to_owned(), reason.to_owned());
    }

    /// Reads a suppression file, `file` being its name for errors.
    ///
    /// # Errors
    /// Where it is no TOML, has unknown fields, or an entry gives no reason or names nothing.
    pub fn suppressions(&mut self, file: &str, text: &str) -> Result<(), AcceptedError> {
        let read: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            AcceptedError::Syntax { file: file.to_owned(), reason: format!("line {line}: {}", error.message()) }
        })?;
        for (at, entry) in read.accept.iter().enumerate() {
            let wrong = |what| AcceptedError::Entry { file: file.to_owned(), number: at + 1, what };
            if entry.reason.trim().is_empty() {
                return Err(wrong("has no reason; say why the finding is accepted"));
            }
            if entry.fingerprint.is_none() && entry.code.is_none() {
                return Err(wrong("names neither a fingerprint nor a code; copy one from the audit's output"));
            }
            if entry.code.as_ref().is_some_and(|code| !RULES.iter().any(|rule| rule.code.eq_ignore_ascii_case(code))) {
                return Err(wrong("has a code that is no rule's; `kehoach rules` lists them"));
            }
        }
        self.entries.extend(read.accept);
        Ok(())
    }

    /// Reads a baseline: the JSON of an earlier audit.
    ///
    /// # Errors
    /// Where it is no such JSON.
    pub fn baseline(&mut self, file: &str, text: &str) -> Result<(), AcceptedError> {
        let wrong = |reason: String| AcceptedError::Baseline { file: file.to_owned(), reason };
        let read: serde_json::Value = serde_json::from_str(text).map_err(|error| wrong(format!("is no JSON ({error})")))?;
        let findings =
            read.get("findings").and_then(|list| list.as_array()).ok_or_else(|| wrong("has no list `findings`".to_owned()))?;
        for finding in findings {
            let fingerprint = finding.get("fingerprint").and_then(|text| text.as_str());
            self.known.insert(fingerprint.ok_or_else(|| wrong("a finding has no `fingerprint`".to_owned()))?.to_owned());
        }
        Ok(())
    }

    /// The reason for which a finding is accepted; `None` where it is not.
    #[must_use]
    pub fn reason(&self, finding: &Finding) -> Option<&str> {
        let entry = self.entries.iter().find(|entry| entry.names(finding)).map(|entry| entry.reason.as_str());
        entry.or_else(|| self.aside.get(&finding.fingerprint).map(String::as_str))
    }

    /// The entries that name none of these findings, by their number from 1: the text has moved on, or a fingerprint was mistyped.
    #[must_use]
    pub fn idle(&self, findings: &[&Finding]) -> Vec<usize> {
        let idle = |entry: &Entry| !findings.iter().any(|finding| entry.names(finding));
        self.entries.iter().enumerate().filter(|(_, entry)| idle(entry)).map(|(at, _)| at + 1).collect()
    }

    /// Whether an earlier audit had the finding.
    #[must_use]
    pub fn is_known(&self, finding: &Finding) -> bool {
        self.known.contains(&finding.fingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_name_nothing_are_told() {
        let mut accepted = Accepted::default();
        let text = "[[accept]]\nfingerprint = \"0f3a9c41d2b7e685\"\nreason = \"cũ\"\n";
        accepted.suppressions("a.toml", text).expect("read");
        assert_eq!(accepted.idle(&[]), [1]);
    }

    #[test]
    fn entries_without_reason_or_name_are_refused() {
        for (text, wanted) in [
            ("[[accept]]\ncode = \"HD001\"\nreason = \" \"\n", "a.toml: entry 1: has no reason; say why the finding is accepted"),
            (
                "[[accept]]\ncode = \"ZZ999\"\nreason = \"cũ\"\n",
                "a.toml: entry 1: has a code that is no rule's; `kehoach rules` lists them",
            ),
            (
                "[[accept]]\nreason = \"cũ\"\n",
                "a.toml: entry 1: names neither a fingerprint nor a code; copy one from the audit's output",
            ),
        ] {
            assert_eq!(Accepted::default().suppressions("a.toml", text).expect_err("refused").to_string(), wanted);
        }
        let error = Accepted::default().suppressions("a.toml", "[[accept]]\nwhy = 1\n").expect_err("refused").to_string();
        assert!(error.starts_with("a.toml: line 2: unknown field `why`"), "{error}");
        let error = Accepted::default().baseline("b.json", "{}").expect_err("refused").to_string();
        assert!(error.starts_with("b.json: has no list `findings`"), "{error}");
    }
}
