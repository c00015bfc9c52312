//! Findings and tables as Markdown, for an e-mail or a review.
//!
//! What a document says is quoted as it stands: a mark of Markdown or HTML in it is escaped and does nothing.

use std::fmt::Write;

use super::table::{Cell, Table};
use super::{Lang, Outcome, table};
use crate::check::{Severity, show};
use crate::ingest::own::MARKDOWN_END;

/// Words in which no mark does anything, on one line.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            // `http://` and `user@host` become links in some readers, even bare ones.
            ':' => out.push_str("&#58;"),
            '@' => out.push_str("&#64;"),
            c => out.push(c),
        }
    }
    out
}

/// Writes an audit.
#[must_use]
pub fn audit(outcome: &Outcome, lang: Lang) -> String {
    let vi = lang == Lang::Vi;
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| outcome.count(severity));
    let mut out = if vi {
        format!("# Kết quả rà soát\n\n{} văn bản: **{errors} lỗi**, {warnings} cảnh báo, {notes} lưu ý.\n", outcome.documents)
    } else {
        let [documents, errors, warnings, notes] =
            [(outcome.documents, "document"), (errors, "error"), (warnings, "warning"), (notes, "note")]
                .map(|(count, noun)| super::counted(count, noun));
        format!("# Audit\n\n{documents}: **{errors}**, {warnings}, {notes}.\n")
    };
    let labels = if vi { ["Vị trí", "Vấn đề", "Cần làm"] } else { ["Where", "Problem", "To do"] };
    let mut file = None;
    for finding in &outcome.findings {
        let path = finding.evidence.first().map(|side| side.path.as_str());
        if path != file {
            let document = finding.evidence.first().map_or("", |side| side.document.as_str());
            let _ = writeln!(out, "\n## {} ({})", escaped(document), escaped(path.unwrap_or_default()));
            file = path;
        }
        let told = if vi { &finding.message.vi } else { &finding.message.en };
        let _ = writeln!(
            out,
            "\n### {} {}: {}\n",
            finding.code,
            table::severity(finding.severity, lang),
            super::finds(finding.code, lang)
        );
        for (label, text) in labels.iter().zip([&told.place, &told.problem, &told.action]) {
            let _ = writeln!(out, "- **{label}:** {}", escaped(text));
        }
        for side in &finding.evidence {
            let _ = writeln!(out, "\n> {}", escaped(&show::short(&side.text)));
        }
    }
    section(
        &mut out,
        if vi { "Không kiểm được" } else { "Could not be checked" },
        outcome.undecided.iter().map(|entry| {
            let place = entry.evidence.first().map_or("", |side| side.document.as_str());
            format!("{} {}: {}", entry.code, escaped(place), escaped(if vi { &entry.why_vi } else { &entry.why_en }))
        }),
    );
    section(
        &mut out,
        if vi { "Tệp không đọc được" } else { "Files that could not be read" },
        outcome.unread.iter().map(|(_, reason)| escaped(reason)),
    );
    section(
        &mut out,
        if vi { "Đã được chấp nhận" } else { "Accepted" },
        outcome.accepted.iter().map(|(finding, reason)| format!("{} {}: {}", finding.code, finding.fingerprint, escaped(reason))),
    );
    out.push_str(MARKDOWN_END);
    out
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        let _ = writeln!(out, "\n## {title}\n");
        for line in lines {
            let _ = writeln!(out, "- {line}");
        }
    }
}

/// Writes tables; columns that are empty in every row are left out.
#[must_use]
pub fn tables(tables: &[Table], lang: Lang) -> String {
    let mut out = String::new();
    for table in tables {
        let used: Vec<usize> =
            (0..table.columns.len()).filter(|at| table.rows.iter().any(|row| row[*at] != Cell::Empty)).collect();
        let _ = writeln!(out, "{}## {}\n", if out.is_empty() { "" } else { "\n" }, table.title(lang));
        if used.is_empty() {
            let _ = writeln!(out, "{}", if lang == Lang::Vi { "Không có." } else { "None." });
            continue;
        }
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        out.push_str(&line(used.iter().map(|at| table.columns[*at].title(lang).to_owned()).collect()));
        out.push_str(&line(used.iter().map(|_| "---".to_owned()).collect()));
        for row in &table.rows {
            out.push_str(&line(used.iter().map(|at| cell(&row[*at], lang)).collect()));
        }
    }
    out.push_str(MARKDOWN_END);
    out
}

fn cell(cell: &Cell, lang: Lang) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::File(text) => escaped(text),
        Cell::Kind(kind) => kind.word(lang).into(),
        Cell::Number(number) if lang == Lang::Vi => show::vi(*number),
        Cell::Number(number) => show::en(*number),
        Cell::Day(day) if lang == Lang::Vi => show::date_vi(&day.to_string()),
        Cell::Day(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_nothing() {
        for (text, wanted) in [
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            ("a | b\nc", "a \\| b c"),
            ("[x](http://y)", "\\[x\\](http&#58;//y)"),
            ("**đạt**", "\\*\\*đạt\\*\\*"),
        ] {
            assert_eq!(escaped(text), wanted);
        }
    }
}
