//! XY003: an indicator of last year's plan that this year's lacks.

use crate::check::{Cases, Check, Findings, Plan, Report, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "XY003",
    name: "indicator-dropped",
    severity: Severity::Note,
    page: include_str!("../../../rules/checks/XY003.md"),
    check: Check::Collection(check),
};

/// How many indicators two years' plans must have in common to be plans on the same matter.
const IN_COMMON: usize = 3;

fn check(cases: &Cases, findings: &mut Findings) {
    for plans in cases.plans().values() {
        for (at, later) in plans.iter().enumerate() {
            let now = cases.by_indicator(later.document);
            // The plan of the year before that is on the same matter.
            let common = |plan: &&Plan| {
                cases.by_indicator(plan.document).keys().filter(|indicator| now.contains_key(indicator)).count() >= IN_COMMON
            };
            let Some(earlier) = plans[..at].iter().rev().filter(|plan| plan.year < later.year).find(common) else { continue };
            for (indicator, targets) in cases.listed(earlier.document) {
                let Some(target) = targets.first().filter(|_| !now.contains_key(&indicator)) else { continue };
                let side = cases.cases[earlier.document].target(target);
                if let Some(near) = cases.near(indicator, target, &now) {
                    let beside = cases.cases[later.document].target(near);
                    findings.undecided(
                        side.into_iter().chain(beside),
                        "kế hoạch sau có chỉ tiêu gần giống, không chắc có phải một chỉ tiêu",
                        "the later plan has a target much like it; whether it is the same is not certain",
                    );
                    continue;
                }
                findings.report(
                    Report::new(side.into_iter().chain(cases.cases[later.document].head("")))
                        .vi(
                            format!(
                                "Chỉ tiêu này có trong kế hoạch năm {} nhưng không còn trong kế hoạch năm {}.",
                                earlier.year, later.year
                            ),
                            "Nếu chỉ tiêu đã đạt hoặc thôi áp dụng thì bỏ qua; nếu sót thì bổ sung.",
                        )
                        .en(
                            format!("The plan of {} has this target, that of {} has not.", earlier.year, later.year),
                            "Ignore this if it was reached or given up; add it if it was forgotten.",
                        )
                        .value("indicator", &target.indicator)
                        .value("years", [earlier.year, later.year]),
                );
            }
        }
    }
}
