//! ST005: a chapter is headed with another stage than the document's.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, quotes::years, surroundings};
use crate::lexicon::{SectionRole, SurroundingKind};
use crate::record::DocumentKind;

pub(super) const RULE: Rule = Rule {
    code: "ST005",
    name: "chapter-of-another-stage",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/ST005.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let (Some(period), Some(issued)) = (case.years(), case.issued) else { return };
    if !matches!(case.record.document.kind, DocumentKind::Plan | DocumentKind::Decision) {
        return;
    }
    for section in case.record.sections.iter().filter(|section| !section.path.starts_with("PL")) {
        let named = years(&section.title);
        // `giai đoạn 2021 - 2025`, over before the document's own time begins and before it was issued.
        let [from, to] = named[..] else { continue };
        let over = from < to && to < *period.start() && to <= issued.first.year();
        let sets = sets_work(case, &section.title);
        if !over || !sets || surroundings::is_past(case, Some(&section.path)) {
            continue;
        }
        let stage = format!("{from}-{to}");
        findings.report(
            Report::new(
                case.sides(Some(&section.path), &section.evidence).into_iter().chain(case.head(&period.start().to_string())),
            )
            .vi(
                format!("Đề mục ghi giai đoạn {stage}, còn văn bản cho {}-{}.", period.start(), period.end()),
                "Kiểm tra năm ở đề mục; thường là năm còn sót lại từ văn bản của giai đoạn trước.",
            )
            .en(
                format!("The heading names {stage}; the document is for {}-{}.", period.start(), period.end()),
                "Check the years of the heading; they are often left over from the last stage's document.",
            )
            .value("heading", stage),
        );
    }
}

/// Whether a heading announces aims or work, and no look back.
fn sets_work(case: &Case, title: &str) -> bool {
    let mut tokens = Vec::new();
    case.lexicon.vocabulary.cut(title, 0, &mut tokens);
    let role = (0..tokens.len()).find_map(|at| case.lexicon.sections.at(&tokens, at).map(|(_, role)| *role));
    matches!(role, Some(SectionRole::Aims | SectionRole::Tasks)) && !surroundings::holds(case, title, SurroundingKind::Past)
}
