//! DL003: a day that no calendar has: `31/02/2025`.

use crate::check::{Case, Check, Findings, Report, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "DL003",
    name: "no-such-day",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/DL003.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for day in &case.record.mentions.impossible_days {
        findings.report(
            Report::new(case.sides(day.section.as_deref(), &day.evidence))
                .severity(case.by_letters(RULE.severity))
                .vi(format!("Không có ngày {}.", day.text), "Sửa lại ngày, tháng.")
                .en(format!("There is no day {}.", day.text), "Correct the date.")
                .value("day", &day.text),
        );
    }
}
