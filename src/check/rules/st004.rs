//! ST004: an annex is attached that the text never mentions.

use crate::check::{Case, Check, Findings, Report, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "ST004",
    name: "annex-not-announced",
    severity: Severity::Note,
    page: include_str!("../../../rules/checks/ST004.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    if !record.mentions.annexes.is_empty() {
        return;
    }
    // Only annexes that hold targets or work: a form or a map needs no sentence in the body.
    let holds = |path: &str| {
        let inside = |section: &Option<String>| {
            section.as_deref().is_some_and(|section| section == path || section.starts_with(&format!("{path}.")))
        };
        record.targets.iter().any(|target| inside(&target.section)) || record.tasks.iter().any(|task| inside(&task.section))
    };
    let silent: Vec<_> = record
        .sections
        .iter()
        .filter(|section| {
            section.level == 1 && section.path.starts_with("PL") && !section.evidence.is_empty() && holds(&section.path)
        })
        .collect();
    if silent.is_empty() {
        return;
    }
    let sides = silent.iter().flat_map(|section| case.sides(Some(&section.path), &section.evidence[..1]));
    findings.report(
        Report::new(sides)
            .vi(
                "Văn bản có phụ lục kèm theo nhưng nội dung không dẫn tới phụ lục nào.",
                "Thêm câu dẫn (“chi tiết tại Phụ lục kèm theo”).",
            )
            .en("An annex is attached, but the text never refers to one.", "Add a sentence that refers to it.")
            .value("annexes", silent.len()),
    );
}
