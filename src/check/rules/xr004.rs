//! XR004: the report's target is not the plan's.

use crate::check::{Cases, Check, Findings, Report, Rule, Severity, interval::Interval, show};
use crate::link::documents::To;
use crate::record::{Comparator, Target};

pub(super) const RULE: Rule = Rule {
    code: "XR004",
    name: "target-differs-from-the-plan",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/XR004.md"),
    check: Check::Collection(check),
};

fn check(cases: &Cases, findings: &mut Findings) {
    for (at, case) in cases.cases.iter().enumerate() {
        let chain = &cases.collection.documents[at].chain;
        for link in &chain.reports_on {
            let To::Document(plan) = link.to else { continue };
            let planned = cases.by_indicator(plan);
            for (indicator, targets) in cases.by_indicator(at) {
                let Some(wanted) = planned.get(&indicator) else { continue };
                for target in targets {
                    let own = Interval::of(target);
                    let equal = |other: &&&Target| {
                        let other_end = cases.end_of(plan, other);
                        let interval = Interval::of(other);
                        (interval.apart(&own).is_some()
                            || interval.value == own.value && interval.to == own.to && interval.comparator == own.comparator)
                            || other_end != cases.end_of(at, target)
                    };
                    // One of the plan's places says the same, or none can be compared.
                    if wanted.iter().any(|other| equal(&other)) {
                        continue;
                    }
                    let Some(other) = wanted.first() else { continue };
                    let same_value = other.value == target.value;
                    // A column of values writes `85` for `từ 85% trở lên`: it says no comparison at all.
                    let bare = target.comparator == Comparator::Eq && case.target(target).len() > 1;
                    let sides = case.target(target).into_iter().chain(cases.cases[plan].target(other));
                    let vi = |target: &Target| format!("{} {}", show::comparator_vi(target.comparator), show::vi(target.value.0));
                    let en = |target: &Target| format!("{} {}", show::comparator_en(target.comparator), show::en(target.value.0));
                    findings.report(
                        Report::new(sides)
                            .severity(match (same_value, bare) {
                                (false, _) => Severity::Error,
                                (true, false) => Severity::Warning,
                                (true, true) => Severity::Note,
                            })
                            .vi(
                                format!("Báo cáo ghi chỉ tiêu {} trong khi kế hoạch giao {}.", vi(target), vi(other)),
                                "Ghi lại chỉ tiêu theo kế hoạch; kết quả đánh giá có thể thay đổi.",
                            )
                            .en(
                                format!("The report gives the target as {}, the plan sets {}.", en(target), en(other)),
                                "Take the target from the plan; whether it is reached may change.",
                            )
                            .value("report", target.value)
                            .value("plan", other.value),
                    );
                }
            }
        }
    }
}
