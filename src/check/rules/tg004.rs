//! TG004: a target of the annex that the body lacks.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, pairs::Pairs};

pub(super) const RULE: Rule = Rule {
    code: "TG004",
    name: "missing-in-body",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/TG004.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let pairs = Pairs::of(case);
    // An annex that hands out other things than the body's targets need not have them.
    if !pairs.mirrors {
        return;
    }
    let mut told: Vec<usize> = Vec::new();
    for target in &pairs.only_annex {
        let sides = case.target(target);
        // One sentence with several values is one finding.
        let start = sides.first().map_or(0, |side| side.start);
        if told.contains(&start) {
            continue;
        }
        told.push(start);
        findings.report(
            Report::new(sides)
                .severity(if pairs.close { Severity::Warning } else { Severity::Note })
                .vi(
                    "Chỉ tiêu có trong phụ lục nhưng không có trong nội dung.",
                    "Bổ sung vào phần mục tiêu, hoặc bỏ khỏi phụ lục.",
                )
                .en("The target stands in the annex, not in the body.", "Add it to the aims, or take it out of the annex.")
                .value("indicator", &target.indicator),
        );
    }
}
