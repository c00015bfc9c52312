//! TG003: a target of the body that the annex of targets lacks.

use crate::check::{
    Case, Check, Findings, Rule, Severity,
    pairs::{Pairs, lacking},
};

pub(super) const RULE: Rule = Rule {
    code: "TG003",
    name: "missing-in-annex",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/TG003.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let pairs = Pairs::of(case);
    for report in lacking(case, &pairs, &pairs.only_body) {
        findings.report(
            report
                .vi(
                    "Chỉ tiêu có trong nội dung nhưng không có trong phụ lục phân công.",
                    "Bổ sung vào phụ lục (ai theo dõi, ai chủ trì), hoặc bỏ khỏi nội dung.",
                )
                .en(
                    "The target stands in the body, not in the annex that hands the targets out.",
                    "Add it to the annex, with who leads and who monitors, or take it out of the body.",
                ),
        );
    }
    for (body, annex) in pairs.near.iter().filter(|_| pairs.mirrors) {
        findings.undecided(
            case.target(body).into_iter().chain(case.target(annex)),
            "không chắc đây có phải cùng một chỉ tiêu",
            "it is not certain that these are one target",
        );
    }
}
