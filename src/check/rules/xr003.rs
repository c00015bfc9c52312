//! XR003: body and table give different results.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, alike::Likeness, alike::Wording, interval::Interval, show};
use crate::record::{Comparator, Target};

pub(super) const RULE: Rule = Rule {
    code: "XR003",
    name: "body-and-table-results",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/XR003.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    let rows: Vec<(&Target, Interval, Wording)> = record
        .targets
        .iter()
        .filter(|target| target.row.is_some())
        .filter_map(|target| Some((target, Interval::of_result(target)?, Wording::of(target))))
        .collect();
    for fact in record.facts.iter().filter(|fact| fact.change.is_none()) {
        let words = Wording::new(&fact.subject);
        let unit = fact.unit.as_deref().map(crate::words::fold).unwrap_or_default();
        let alike = |(_, result, row): &&(&Target, Interval, Wording)| {
            let likeness = words.compare(row);
            // The same number under nearly the same name is the same figure, however it is compared.
            let kin = likeness == Likeness::Near && words.closeness(row) >= 0.7 && result.value == fact.value.0;
            result.unit == unit && (likeness == Likeness::Same || kin)
        };
        let mut matches = rows.iter().filter(alike);
        let (Some((target, result, _)), None) = (matches.next(), matches.next()) else { continue };
        let rounded = (result.value - fact.value.0).abs() < rounding(result.value).max(rounding(fact.value.0));
        let differs = !rounded || result.comparator != fact.comparator && result.value == fact.value.0;
        // `đạt 85,2%` in the body is `85%` in the table.
        if !differs || result.value != fact.value.0 && fact.comparator != Comparator::Eq {
            continue;
        }
        let (vi, en) = (
            |comparator, value| format!("“{} {}”", show::comparator_vi(comparator), show::vi(value)),
            |comparator, value| format!("{} {}", show::comparator_en(comparator), show::en(value)),
        );
        let sides = case.sides(fact.section.as_deref(), &fact.evidence).into_iter().chain(case.result(target));
        let severity = if result.value == fact.value.0 { Severity::Warning } else { Severity::Error };
        findings.report(
            Report::new(sides)
                .severity(severity)
                .vi(
                    format!(
                        "Cùng một kết quả: nội dung ghi {}, bảng ghi {}.",
                        vi(fact.comparator, fact.value.0),
                        vi(result.comparator, result.value)
                    ),
                    "Thống nhất số liệu ở nội dung và ở bảng.",
                )
                .en(
                    format!(
                        "One result: the body says {}, the table {}.",
                        en(fact.comparator, fact.value.0),
                        en(result.comparator, result.value)
                    ),
                    "Make body and table agree.",
                )
                .value("body", fact.value)
                .value("table", result.value),
        );
    }
}

/// Half a unit of the last digit that a number is given with.
fn rounding(value: f64) -> f64 {
    let digits = i32::try_from(show::en(value).split('.').nth(1).map_or(0, str::len)).unwrap_or(0);
    0.5 * 10_f64.powi(-digits) + 1e-9
}
