//! XY001: a target that falls from one year to the next.

use crate::check::{
    Cases, Check, Findings, Report, Rule, Severity,
    compare::{Pair, Uncompared, weigh, why_unweighed},
    interval::Standing,
    show,
};

pub(super) const RULE: Rule = Rule {
    code: "XY001",
    name: "falls-from-year-to-year",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/XY001.md"),
    check: Check::Collection(check),
};

fn check(cases: &Cases, findings: &mut Findings) {
    let mut uncompared = Uncompared::default();
    for plans in cases.plans().values() {
        for (at, later) in plans.iter().enumerate() {
            for (indicator, targets) in cases.by_indicator(later.document) {
                // The last plan before this one that has the indicator.
                let earlier =
                    plans[..at].iter().rev().filter(|plan| plan.year < later.year).find_map(|plan| {
                        cases.by_indicator(plan.document).get(&indicator).map(|targets| (plan, targets.clone()))
                    });
                let Some((plan, before)) = earlier else { continue };
                let (one, other) = ((plan.document, before.as_slice()), (later.document, targets.as_slice()));
                let Some(Pair { upper: was, lower: is, standing }) = weigh(cases, one, other) else {
                    if let (Some(why), Some(was), Some(is)) = (why_unweighed(cases, one, other), before.first(), targets.first())
                    {
                        let sides =
                            cases.cases[plan.document].target(was).into_iter().chain(cases.cases[later.document].target(is));
                        uncompared.add((plan.document, later.document), sides, why);
                    }
                    continue;
                };
                let sides = || cases.cases[plan.document].target(was).into_iter().chain(cases.cases[later.document].target(is));
                match standing {
                    Standing::NotComparable(vi, en) => findings.undecided(sides(), vi, en),
                    Standing::Violated => findings.report(
                        Report::new(sides())
                            .vi(
                                format!(
                                    "Chỉ tiêu năm {} ({}) kém hơn năm {} ({}).",
                                    later.year,
                                    show::vi(is.value.0),
                                    plan.year,
                                    show::vi(was.value.0)
                                ),
                                "Kiểm tra lại; nếu hạ chỉ tiêu là có chủ ý thì nêu lý do.",
                            )
                            .en(
                                format!(
                                    "The target of {} ({}) falls behind that of {} ({}).",
                                    later.year,
                                    show::en(is.value.0),
                                    plan.year,
                                    show::en(was.value.0)
                                ),
                                "Check it; if it was lowered on purpose, say why.",
                            )
                            .value("before", was.value)
                            .value("after", is.value)
                            .value("years", [plan.year, later.year]),
                    ),
                    Standing::Met | Standing::Weaker => {}
                }
            }
        }
    }
    uncompared.tell(findings);
}
