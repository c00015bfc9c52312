//! XY002: two plans of one issuer for the same time disagree.

use crate::check::{
    Cases, Check, Findings, Report, Rule, Severity,
    compare::{Pair, Uncompared, weigh, why_unweighed},
    interval::Interval,
    interval::Standing,
    show,
};
use crate::record::{DocumentKind, Target};

pub(super) const RULE: Rule = Rule {
    code: "XY002",
    name: "two-plans-disagree",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/XY002.md"),
    check: Check::Collection(check),
};

fn check(cases: &Cases, findings: &mut Findings) {
    let mut uncompared = Uncompared::default();
    for plans in cases.plans().values() {
        for (at, one) in plans.iter().enumerate() {
            for other in plans[at + 1..].iter().filter(|other| other.year == one.year) {
                // A report repeats a plan; whether it does so rightly is told elsewhere.
                let reports =
                    [one, other].iter().any(|plan| cases.cases[plan.document].record.document.kind == DocumentKind::Report);
                if reports {
                    continue;
                }
                let theirs = cases.by_indicator(other.document);
                for (indicator, targets) in cases.by_indicator(one.document) {
                    let Some(others) = theirs.get(&indicator) else { continue };
                    let both = (one.document, other.document);
                    let sides = |first: &Target, second: &Target| {
                        cases.cases[one.document].target(first).into_iter().chain(cases.cases[other.document].target(second))
                    };
                    let (ours, theirs) = ((one.document, targets.as_slice()), (other.document, others.as_slice()));
                    let Some(Pair { upper: first, lower: second, standing }) = weigh(cases, ours, theirs) else {
                        if let (Some(why), Some(first), Some(second)) =
                            (why_unweighed(cases, ours, theirs), targets.first(), others.first())
                        {
                            uncompared.add(both, sides(first, second), why);
                        }
                        continue;
                    };
                    let (left, right) = (Interval::of(first), Interval::of(second));
                    if let Some(why) = left.apart(&right) {
                        uncompared.add(both, sides(first, second), why);
                        continue;
                    }
                    // `6.301 tấn (tỉnh giao) / 6.418 tấn (huyện giao)` beside `6.418,14 tấn`: one of the two is the other plan's.
                    let agree = targets.iter().any(|one| others.iter().any(|other| is_the_same(one.value.0, other.value.0)));
                    if matches!(standing, Standing::Weaker) || left.value == right.value || agree {
                        continue;
                    }
                    findings.report(
                        Report::new(sides(first, second))
                            .vi(
                                format!(
                                    "Hai kế hoạch cùng năm {} ghi khác nhau: {} và {}.",
                                    one.year,
                                    show::vi(first.value.0),
                                    show::vi(second.value.0)
                                ),
                                "Thống nhất chỉ tiêu, hoặc nói rõ kế hoạch nào thay kế hoạch nào.",
                            )
                            .en(
                                format!(
                                    "Two plans of {} disagree: {} and {}.",
                                    one.year,
                                    show::en(first.value.0),
                                    show::en(second.value.0)
                                ),
                                "Make them agree, or say which stands.",
                            )
                            .value("first", first.value)
                            .value("second", second.value),
                    );
                }
            }
        }
    }
    for (one, other, indicator, why) in cases.uncompared() {
        let side = |document: usize| {
            let target = cases.by_indicator(document).get(&indicator).and_then(|targets| targets.first().copied());
            target.map(|target| cases.cases[document].target(target)).unwrap_or_default()
        };
        uncompared.add((one, other), side(one).into_iter().chain(side(other)), why);
    }
    uncompared.tell(findings);
}

/// Whether two numbers are one, perhaps rounded.
fn is_the_same(one: f64, other: f64) -> bool {
    (one - other).abs() <= show::rounding(one).max(show::rounding(other))
}
