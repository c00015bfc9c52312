//! ST003: a footnote whose mark stands nowhere in the text.

use crate::check::{Case, Check, Findings, Report, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "ST003",
    name: "footnote-without-mark",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/ST003.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for note in &case.record.mentions.loose_notes {
        findings.report(
            Report::new(case.sides(note.section.as_deref(), &note.evidence))
                .vi(
                    "Chú thích này không có dấu chú thích nào trong nội dung.",
                    "Tìm câu mà chú thích giải thích; có thể câu đó đã bị cắt mất khi soạn hoặc sao chép.",
                )
                .en("No mark in the text leads to this footnote.", "Find the sentence that it explains; it may have been lost."),
        );
    }
}
