//! TG004: a target of the annex that the body lacks.

use crate::check::{
    Case, Check, Findings, Rule, Severity,
    pairs::{Pairs, lacking},
};

pub(super) const RULE: Rule = Rule {
    code: "TG004",
    name: "missing-in-body",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/TG004.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let pairs = Pairs::of(case);
    for report in lacking(case, &pairs, &pairs.only_annex) {
        findings.report(
            report
                .vi(
                    "Chỉ tiêu có trong phụ lục nhưng không có trong nội dung.",
                    "Bổ sung vào phần mục tiêu, hoặc bỏ khỏi phụ lục.",
                )
                .en("The target stands in the annex, not in the body.", "Add it to the aims, or take it out of the annex."),
        );
    }
}
