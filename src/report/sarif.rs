//! Findings as SARIF 2.1.0: what code review and editors read. Every rule of the catalogue is declared, found or not.
//!
//! Places are told by characters (`charOffset`, in code points, as all evidence is), and by line and column where the source texts are at
//! hand, since some readers know only those. Offsets point into what `kehoach text FILE` prints.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::{Map, Value};

use super::indexed::Indexed;
use super::{Lang, Outcome};
use crate::check::{Finding, Rule, Severity, Side};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    invocations: [Invocation<'a>; 1],
    language: &'static str,
    column_kind: &'static str,
    results: Vec<Outcoming<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Declared>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Declared {
    id: &'static str,
    name: String,
    short_description: Text,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Text,
    locations: [Location<'a>; 1],
}

/// A result, in SARIF's words.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcoming<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    properties: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical<'a> {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region<'a>>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    char_offset: usize,
    char_length: usize,
    snippet: Snippet<'a>,
}

#[derive(Serialize)]
struct Snippet<'a> {
    text: &'a str,
}

/// Writes the audit; `texts` are the source texts by path, as far as they are at hand.
#[must_use]
pub fn write(outcome: &Outcome, rules: &[&'static Rule], texts: &HashMap<String, String>, lang: Lang) -> String {
    let lines: HashMap<&str, Indexed> = texts.iter().map(|(path, text)| (path.as_str(), Indexed::new(text))).collect();
    let accepted = outcome.accepted.iter().map(|(finding, reason)| (finding, Some(reason.as_str())));
    let all = outcome.findings.iter().map(|finding| (finding, None)).chain(accepted);
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "kehoach",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: rules.iter().map(|rule| declared(rule)).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: outcome.unread.is_empty(),
                tool_execution_notifications: outcome.unread.iter().map(unread).collect(),
            }],
            language: if lang == Lang::Vi { "vi" } else { "en" },
            column_kind: "unicodeCodePoints",
            results: all.map(|(finding, reason)| result(finding, reason, rules, &lines, lang)).collect(),
        }],
    };
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn level(severity: Severity) -> &'static str {
    severity.name()
}

fn declared(rule: &Rule) -> Declared {
    // `deadline-before-issue` as SARIF wants names: `DeadlineBeforeIssue`.
    let name = rule.name.split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
    Declared {
        id: rule.code,
        name,
        short_description: Text { text: rule.summary().to_owned() },
        help: Help { text: rule.page, markdown: rule.page },
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

fn unread((path, reason): &(String, String)) -> Notification<'_> {
    Notification {
        level: "error",
        message: Text { text: reason.clone() },
        locations: [Location {
            id: None,
            physical_location: Physical { artifact_location: Artifact { uri: uri(path) }, region: None },
            message: None,
        }],
    }
}

fn result<'a>(
    finding: &'a Finding,
    reason: Option<&'a str>,
    rules: &[&'static Rule],
    lines: &HashMap<&str, Indexed>,
    lang: Lang,
) -> Outcoming<'a> {
    let told = if lang == Lang::Vi { &finding.message.vi } else { &finding.message.en };
    let place = |id: Option<usize>, side: &'a Side| {
        let lines = lines.get(side.path.as_str());
        let (start, end) = (lines.map(|lines| lines.place(side.start)), lines.map(|lines| lines.place(side.end)));
        Location {
            id,
            message: id.map(|_| Text { text: format!("{}: “{}”", side.document, side.text) }),
            physical_location: Physical {
                artifact_location: Artifact { uri: uri(&side.path) },
                region: Some(Region {
                    start_line: start.map(|(line, _)| line),
                    start_column: start.map(|(_, column)| column),
                    end_line: end.map(|(line, _)| line),
                    end_column: end.map(|(_, column)| column),
                    char_offset: side.start,
                    char_length: side.end - side.start,
                    snippet: Snippet { text: &side.text },
                }),
            },
        }
    };
    Outcoming {
        rule_id: finding.code,
        rule_index: rules.iter().position(|rule| rule.code == finding.code).unwrap_or_default(),
        level: level(finding.severity),
        message: Text { text: format!("{} {}", told.problem, told.action) },
        locations: finding.evidence.first().map(|side| place(None, side)).into_iter().collect(),
        related_locations: finding.evidence.iter().enumerate().skip(1).map(|(at, side)| place(Some(at), side)).collect(),
        partial_fingerprints: BTreeMap::from([("kehoach/v1", finding.fingerprint.as_str())]),
        properties: &finding.values,
        suppressions: reason.map(|justification| Suppression { kind: "external", justification }).into_iter().collect(),
    }
}

/// A path as a URI: `văn bản.txt` is `v%C4%83n%20b%E1%BA%A3n.txt`.
fn uri(path: &str) -> String {
    let mut out = String::new();
    let path = path.replace('\\', "/");
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        for (path, wanted) in [
            ("a/b.txt", "a/b.txt"),
            ("kế hoạch.txt", "k%E1%BA%BF%20ho%E1%BA%A1ch.txt"),
            ("/x/a.pdf", "file:///x/a.pdf"),
            ("a:b.txt", "a%3Ab.txt"),
        ] {
            assert_eq!(uri(path), wanted);
        }
    }
}
