//! XL001: a target below the upper level's.

use crate::check::{
    Cases, Check, Findings, Report, Rule, Severity,
    compare::{Below, Pair, Uncompared, each_below},
    interval::Standing,
    show,
};

pub(super) const RULE: Rule = Rule {
    code: "XL001",
    name: "below-the-upper-level",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/XL001.md"),
    check: Check::Collection(check),
};

fn check(cases: &Cases, findings: &mut Findings) {
    let mut skipped = Uncompared::default();
    each_below(
        cases,
        |Below { upper, case, pair: Pair { upper: wanted, lower: set, standing } }| {
            let sides = || case.target(set).into_iter().chain(cases.cases[upper.document].target(wanted));
            match standing {
                Standing::NotComparable(vi, en) => findings.undecided(sides(), vi, en),
                Standing::Violated => {
                    let told = upper
                        .stands_for
                        .as_ref()
                        .map_or_else(String::new, |plan| format!(" (theo bảng chỉ tiêu của {plan} trong báo cáo)"));
                    findings.report(
                        Report::new(sides())
                            .vi(
                                format!(
                                    "Chỉ tiêu {} {} thấp hơn mức cấp trên giao: {} {}{told}.",
                                    show::comparator_vi(set.comparator),
                                    show::vi(set.value.0),
                                    show::comparator_vi(wanted.comparator),
                                    show::vi(wanted.value.0)
                                ),
                                "Nâng chỉ tiêu ít nhất bằng mức cấp trên giao, hoặc giải trình.",
                            )
                            .en(
                                format!(
                                    "The target, {} {}, is below the upper level's, {} {}.",
                                    show::comparator_en(set.comparator),
                                    show::en(set.value.0),
                                    show::comparator_en(wanted.comparator),
                                    show::en(wanted.value.0)
                                ),
                                "Raise it to what was assigned at least, or give the reason.",
                            )
                            .value("lower", set.value)
                            .value("upper", wanted.value)
                            .value("stands_for", &upper.stands_for),
                    );
                }
                Standing::Met | Standing::Weaker => {}
            }
        },
        |skip| {
            let sides = skip.case.target(skip.set).into_iter().chain(cases.cases[skip.upper.document].target(skip.wanted));
            skipped.add((skip.upper.document, skip.lower), sides, skip.why);
        },
    );
    skipped.tell(findings);
}
