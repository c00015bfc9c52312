//! SM002: a percentage is not what its counts make.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, show};

pub(super) const RULE: Rule = Rule {
    code: "SM002",
    name: "ratio-does-not-match",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/SM002.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for ratio in case.record.ratios.iter().filter(|ratio| !ratio.holds) {
        let exact = ratio.numerator.0 / ratio.denominator.0 * 100.0;
        // One unit of the last digit stated is rounding up or cutting off, whatever the habit.
        let digits = i32::try_from(show::en(ratio.stated.0).split('.').nth(1).map_or(0, str::len)).unwrap_or(0);
        if !exact.is_finite() || (exact - ratio.stated.0).abs() < 10_f64.powi(-digits) {
            continue;
        }
        let rounded = (exact * 100.0).round() / 100.0;
        findings.report(
            Report::new(case.sides(ratio.section.as_deref(), &ratio.evidence))
                .vi(
                    format!(
                        "{}/{} là {}%, không phải {}%.",
                        show::vi(ratio.numerator.0),
                        show::vi(ratio.denominator.0),
                        show::vi(rounded),
                        show::vi(ratio.stated.0)
                    ),
                    "Kiểm tra lại tử số, mẫu số và tỷ lệ.",
                )
                .en(
                    format!(
                        "{}/{} is {}%, not {}%.",
                        show::en(ratio.numerator.0),
                        show::en(ratio.denominator.0),
                        show::en(rounded),
                        show::en(ratio.stated.0)
                    ),
                    "Check both counts and the percentage.",
                )
                .value("numerator", ratio.numerator)
                .value("denominator", ratio.denominator)
                .value("stated", ratio.stated)
                .value("computed", rounded),
        );
    }
}
