//! Findings, and what could not be decided, as rows.

use super::{Cell, Column, Table, column};
use crate::check::{Severity, Side};
use crate::report::{Lang, Outcome};

const FINDINGS: &[Column] = &[
    column("ma_quy_tac", "Mã", "Code", 8),
    column("muc_do", "Mức độ", "Severity", 16),
    column("vi_tri", "Vị trí", "Where", 36),
    column("van_de", "Vấn đề", "Problem", 60),
    column("can_lam", "Cần làm", "To do", 50),
    column("trich_dan_1", "Trích dẫn 1", "Quotation 1", 44),
    column("trich_dan_2", "Trích dẫn 2", "Quotation 2", 44),
    column("trich_dan_khac", "Trích dẫn khác", "More quotations", 30),
    column("dau_van_tay", "Dấu vân tay", "Fingerprint", 18),
    column("tep", "Tệp", "File", 30),
    column("ky_tu_dau", "Ký tự đầu", "First character", 10),
    column("ky_tu_cuoi", "Ký tự cuối", "Last character", 10),
];

/// A severity in words.
#[must_use]
pub(in crate::report) fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Vi) => "lỗi",
        (Severity::Warning, Lang::Vi) => "cảnh báo",
        (Severity::Note, Lang::Vi) => "lưu ý",
        (_, Lang::En) => severity.name(),
    }
}

/// Findings, then what could not be decided, then files that could not be read.
#[must_use]
pub fn findings(outcome: &Outcome, lang: Lang) -> Table {
    let found = outcome.findings.iter().map(|finding| {
        let told = if lang == Lang::Vi { &finding.message.vi } else { &finding.message.en };
        let head = [
            Cell::text(finding.code),
            Cell::text(severity(finding.severity, lang)),
            Cell::line(&told.place),
            Cell::line(&told.problem),
            Cell::line(&told.action),
        ];
        row(head, &finding.evidence, &finding.fingerprint)
    });
    let open = outcome.undecided.iter().map(|entry| {
        let (word, why) = if lang == Lang::Vi { ("không kiểm được", &entry.why_vi) } else { ("undecided", &entry.why_en) };
        let place = entry.evidence.first().map(|side| side.document.clone()).unwrap_or_default();
        row([Cell::text(entry.code), Cell::text(word), Cell::line(&place), Cell::line(why), Cell::Empty], &entry.evidence, "")
    });
    let unread = outcome.unread.iter().map(|(path, reason)| {
        let word = if lang == Lang::Vi { "không đọc được" } else { "unread" };
        let mut cells = row([Cell::Empty, Cell::text(word), Cell::Empty, Cell::line(reason), Cell::Empty], &[], "");
        cells[9] = Cell::File(path.clone());
        cells
    });
    Table { vi: "Phát hiện", en: "Findings", columns: FINDINGS.into(), rows: found.chain(open).chain(unread).collect() }
}

fn row(head: [Cell; 5], sides: &[Side], fingerprint: &str) -> Vec<Cell> {
    let quote = |at: usize| sides.get(at).map_or(Cell::Empty, |side| Cell::line(&side.text));
    let others: Vec<String> =
        sides.iter().skip(2).map(|side| side.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let character = |at: Option<usize>| at.map_or(Cell::Empty, |at| Cell::Number(at as f64));
    let mut cells = Vec::from(head);
    cells.extend([
        quote(0),
        quote(1),
        Cell::text(others.join(" | ")),
        Cell::text(fingerprint),
        sides.first().map_or(Cell::Empty, |side| Cell::File(side.path.clone())),
        character(sides.first().map(|side| side.start)),
        character(sides.first().map(|side| side.end)),
    ]);
    cells
}
