//! XL002: the upper level's number, but weaker: `đạt 90%` under `trên 90%`.

use crate::check::{
    Cases, Check, Findings, Report, Rule, Severity,
    compare::{Below, Pair, each_below},
    interval::Standing,
    show,
};

pub(super) const RULE: Rule = Rule {
    code: "XL002",
    name: "weaker-than-the-upper-level",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/XL002.md"),
    check: Check::Collection(check),
};

fn check(cases: &Cases, findings: &mut Findings) {
    each_below(
        cases,
        |Below { upper, case, pair: Pair { upper: wanted, lower: set, standing } }| {
            if standing != Standing::Weaker {
                return;
            }
            let sides = case.target(set).into_iter().chain(cases.cases[upper.document].target(wanted));
            let (below_vi, above_vi) = (show::comparator_vi(set.comparator), show::comparator_vi(wanted.comparator));
            findings.report(
                Report::new(sides)
                    .vi(
                        format!("Cùng mức {} nhưng cấp trên ghi “{above_vi}”, ở đây ghi “{below_vi}”.", show::vi(set.value.0)),
                        "Ghi lại theo cách so sánh của cấp trên.",
                    )
                    .en(
                        format!(
                            "The same number, {}, but the upper level says {}, this plan {}.",
                            show::en(set.value.0),
                            show::comparator_en(wanted.comparator),
                            show::comparator_en(set.comparator)
                        ),
                        "Take over the upper level's comparison.",
                    )
                    .value("lower", set.comparator)
                    .value("upper", wanted.comparator)
                    .value("value", set.value),
            );
        },
        |_| (),
    );
}
