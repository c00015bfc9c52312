//! TG002: body and annex compare one target differently: `đạt 80%` and `trên 80%`.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, interval::Interval, pairs::Pairs, show};
use crate::record::{Comparator, Target};

pub(super) const RULE: Rule = Rule {
    code: "TG002",
    name: "body-and-annex-comparators",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/TG002.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for (body, annex) in Pairs::of(case).matched {
        let (one, other) = (Interval::of(body), Interval::of(annex));
        let same_value = one.value == other.value && one.to == other.to && one.apart(&other).is_none();
        if !same_value || body.comparator == annex.comparator {
            continue;
        }
        // `đạt 80%` and `tối thiểu 80%` ask for the same in most plans.
        let kin = |comparator| matches!(comparator, Comparator::Eq | Comparator::Ge);
        // A column of values writes `5` for `tối đa 5%`: it says no comparison at all.
        let bare = annex.row.is_some() && annex.comparator == Comparator::Eq && case.target(annex).len() > 1;
        let severity = if kin(body.comparator) && kin(annex.comparator) || bare { Severity::Note } else { Severity::Error };
        let vi = |target: &Target| format!("“{} {}”", show::comparator_vi(target.comparator), show::vi(target.value.0));
        let en = |target: &Target| format!("{} {}", show::comparator_en(target.comparator), show::en(target.value.0));
        findings.report(
            Report::new(case.target(body).into_iter().chain(case.target(annex)))
                .severity(severity)
                .vi(
                    format!("Cùng một chỉ tiêu: nội dung ghi {}, phụ lục ghi {}.", vi(body), vi(annex)),
                    "Thống nhất cách so sánh ở hai nơi; kết quả đúng bằng giá trị này là đạt hay chưa đạt tùy theo nơi đọc.",
                )
                .en(
                    format!("One target: the body says {}, the annex {}.", en(body), en(annex)),
                    "Make both places agree; whether a result of exactly this value is enough depends on it.",
                )
                .value("body", body.comparator)
                .value("annex", annex.comparator)
                .value("value", body.value),
        );
    }
}
