//! TG003: a target of the body that the annex of targets lacks.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, pairs::Pairs};

pub(super) const RULE: Rule = Rule {
    code: "TG003",
    name: "missing-in-annex",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/TG003.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let pairs = Pairs::of(case);
    // An annex that hands out other things than the body's targets need not have them.
    if !pairs.mirrors {
        return;
    }
    let mut told: Vec<usize> = Vec::new();
    for target in &pairs.only_body {
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
                    "Chỉ tiêu có trong nội dung nhưng không có trong phụ lục phân công.",
                    "Bổ sung vào phụ lục (ai theo dõi, ai chủ trì), hoặc bỏ khỏi nội dung.",
                )
                .en(
                    "The target stands in the body, not in the annex that hands the targets out.",
                    "Add it to the annex, with who leads and who monitors, or take it out of the body.",
                )
                .value("indicator", &target.indicator),
        );
    }
    for (body, annex) in &pairs.near {
        findings.undecided(
            case.target(body).into_iter().chain(case.target(annex)),
            "không chắc đây có phải cùng một chỉ tiêu",
            "it is not certain that these are one target",
        );
    }
}
