//! The audit for a terminal: each finding as Vị trí / Vấn đề / Cần làm, with every side quoted.

use std::fmt::Write;

use super::{Lang, Outcome};
use crate::check::{Finding, Severity, Side, Undecided, show};

/// How an audit is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// Whether colours may be used.
    pub color: bool,
    /// Whether to tell what could not be decided.
    pub all: bool,
}

/// Writes the audit.
#[must_use]
pub fn write(outcome: &Outcome, style: Style) -> String {
    let mut out = String::new();
    let mut file = "";
    for finding in &outcome.findings {
        let first = finding.evidence.first().map_or("", |side| side.path.as_str());
        if first != file {
            let _ = writeln!(out, "{}", paint(style, "1;4", first));
            file = first;
        }
        write_finding(&mut out, finding, style);
    }
    if style.all && !outcome.undecided.is_empty() {
        let title = if style.lang == Lang::Vi { "Không kiểm được" } else { "Could not be checked" };
        let _ = writeln!(out, "{}", paint(style, "1;4", title));
        for entry in &outcome.undecided {
            write_undecided(&mut out, entry, style);
        }
    }
    out.push_str(&summary(outcome, style));
    out
}

fn write_finding(out: &mut String, finding: &Finding, style: Style) {
    let (word, color) = match (finding.severity, style.lang) {
        (Severity::Error, Lang::Vi) => ("lỗi", "1;31"),
        (Severity::Error, Lang::En) => ("error", "1;31"),
        (Severity::Warning, Lang::Vi) => ("cảnh báo", "1;33"),
        (Severity::Warning, Lang::En) => ("warning", "1;33"),
        (Severity::Note, Lang::Vi) => ("lưu ý", "1;36"),
        (Severity::Note, Lang::En) => ("note", "1;36"),
    };
    let (told, labels) = match style.lang {
        Lang::Vi => (&finding.message.vi, ["Vị trí", "Vấn đề", "Cần làm"]),
        Lang::En => (&finding.message.en, ["Where", "Problem", "To do"]),
    };
    let _ = writeln!(out, "  {} {} ({}) [{}]", finding.code, paint(style, color, word), finding.name, finding.fingerprint);
    let _ = writeln!(out, "    {}: {}", labels[0], told.place);
    write_sides(out, &finding.evidence);
    let _ = writeln!(out, "    {}: {}", labels[1], told.problem);
    let _ = writeln!(out, "    {}: {}\n", labels[2], told.action);
}

fn write_sides(out: &mut String, sides: &[Side]) {
    let several = sides.iter().any(|side| side.path != sides[0].path);
    for side in sides {
        let from = if several { format!("{}: ", side.path) } else { String::new() };
        let _ = writeln!(out, "      {from}“{}”", show::short(&side.text));
    }
}

fn write_undecided(out: &mut String, entry: &Undecided, style: Style) {
    let why = if style.lang == Lang::Vi { &entry.why_vi } else { &entry.why_en };
    let _ = writeln!(out, "  {} ({}): {why}", entry.code, entry.name);
    write_sides(out, &entry.evidence);
    out.push('\n');
}

fn summary(outcome: &Outcome, style: Style) -> String {
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| outcome.count(severity));
    let mut line = match style.lang {
        Lang::Vi => format!("{} văn bản: {errors} lỗi, {warnings} cảnh báo, {notes} lưu ý", outcome.documents),
        Lang::En => format!("{} documents: {errors} errors, {warnings} warnings, {notes} notes", outcome.documents),
    };
    let mut add = |count: usize, vi: &str, en: &str| {
        if count > 0 {
            let _ = write!(line, "; {count} {}", if style.lang == Lang::Vi { vi } else { en });
        }
    };
    add(outcome.undecided.len(), "điểm không kiểm được (xem bằng --all)", "points that could not be checked (--all shows them)");
    add(outcome.known, "đã có từ lần trước", "known from the baseline");
    add(outcome.accepted.len(), "đã được chấp nhận", "accepted");
    add(outcome.unread.len(), "tệp không đọc được", "files could not be read");
    line.push('\n');
    line
}

fn paint(style: Style, code: &str, text: &str) -> String {
    if style.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
