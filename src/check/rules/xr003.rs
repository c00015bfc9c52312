//! XR003: body and table give different results.

use std::collections::BTreeSet;

use crate::check::{
    Case, Check, Findings, Report, Rule, Severity, Side, alike::Likeness, alike::Wording, interval::Interval, show,
};
use crate::record::{Comparator, Fact, Origin, Target};
use crate::words::fold;

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
    in_words(case, &rows, findings);
    for Told { words, comparator, value, unit, assigned, sides } in told(case) {
        let alike = |(target, result, row): &&(&Target, Interval, Wording)| {
            // `đạt 79,1% (được giao 70%)` in the body is the row whose target is 70 too, however its name is put.
            let given = assigned.is_some_and(|assigned| assigned == target.value.0)
                && words.compare(row) != Likeness::Other
                && (result.value - value).abs() <= NEARLY * value.abs();
            if given && result.unit == unit {
                return true;
            }
            let likeness = words.compare(row);
            // The same number under nearly the same name is the same figure, however it is compared.
            let kin = likeness == Likeness::Near && words.closeness(row) >= 0.7 && result.value == value;
            result.unit == unit && (likeness == Likeness::Same || kin)
        };
        let mut matches = rows.iter().filter(alike);
        let (Some((target, result, _)), None) = (matches.next(), matches.next()) else { continue };
        let rounded = (result.value - value).abs() < show::rounding(result.value).max(show::rounding(value));
        let differs = !rounded || result.comparator != comparator && result.value == value;
        // `đạt 85,2%` in the body is `85%` in the table.
        if !differs || result.value != value && comparator != Comparator::Eq {
            continue;
        }
        let (vi, en) = (
            |comparator, value| format!("“{} {}”", show::comparator_vi(comparator), show::vi(value)),
            |comparator, value| format!("{} {}", show::comparator_en(comparator), show::en(value)),
        );
        let sides = sides.into_iter().chain(case.result(target));
        let severity = if result.value == value { Severity::Warning } else { Severity::Error };
        findings.report(
            Report::new(sides)
                .severity(severity)
                .vi(
                    format!(
                        "Cùng một kết quả: nội dung ghi {}, bảng ghi {}.",
                        vi(comparator, value),
                        vi(result.comparator, result.value)
                    ),
                    "Thống nhất số liệu ở nội dung và ở bảng.",
                )
                .en(
                    format!(
                        "One result: the body says {}, the table {}.",
                        en(comparator, value),
                        en(result.comparator, result.value)
                    ),
                    "Make body and table agree.",
                )
                .value("body", value)
                .value("table", result.value),
        );
    }
}

/// Percentages whose sentence has all words of a row: `Khảo sát 4.120 người bệnh nội trú, 3.955 người hài lòng, đạt 92%` and the
/// row `Tỷ lệ hài lòng của người bệnh nội trú`.
fn in_words(case: &Case, rows: &[(&Target, Interval, Wording)], findings: &mut Findings) {
    for share in &case.record.mentions.shares {
        let words = Wording::new(&share.words);
        let said: BTreeSet<&str> = words.words().collect();
        let mut matches = rows
            .iter()
            .filter(|(_, result, row)| result.unit == "%" && row.length() >= 4 && row.words().all(|word| said.contains(word)));
        let (Some((target, result, _)), None) = (matches.next(), matches.next()) else { continue };
        let value = share.stated.0;
        if (result.value - value).abs() < show::rounding(result.value).max(show::rounding(value)) {
            continue;
        }
        let sides = case.sides(share.section.as_deref(), &share.evidence).into_iter().chain(case.result(target));
        findings.report(
            Report::new(sides)
                .severity(Severity::Warning)
                .vi(
                    format!("Nội dung ghi {}%, bảng ghi {}% cho kết quả cùng tên.", show::vi(value), show::vi(result.value)),
                    "Thống nhất số liệu ở nội dung và ở bảng.",
                )
                .en(
                    format!(
                        "The body says {}%, the table {}% for what bears the same name.",
                        show::en(value),
                        show::en(result.value)
                    ),
                    "Make body and table agree.",
                )
                .value("body", value)
                .value("table", result.value),
        );
    }
}

/// By which share two results of one assigned target may differ and still be meant as one.
const NEARLY: f64 = 0.02;

/// A result that the body tells.
struct Told {
    words: Wording,
    comparator: Comparator,
    value: f64,
    unit: String,
    /// The target that the body sets beside it.
    assigned: Option<f64>,
    sides: Vec<Side>,
}

/// The results of the body: what it reports, and what it sets beside a target: `đạt 94,6% (kế hoạch giao 95,5%)`.
fn told(case: &Case) -> Vec<Told> {
    // `đạt 51,2% (kế hoạch giao 53%)` is a fact and the result of a target: told of once, with what was set beside it.
    let beside = |fact: &Fact| {
        case.record.targets.iter().any(|target| {
            target.row.is_none()
                && Interval::of_result(target).is_some_and(|result| result.value == fact.value.0)
                && target.evidence == fact.evidence
        })
    };
    let facts = case.record.facts.iter().filter(|fact| fact.change.is_none() && !beside(fact)).map(|fact| Told {
        words: Wording::new(&fact.subject),
        comparator: fact.comparator,
        value: fact.value.0,
        unit: fact.unit.as_deref().map(fold).unwrap_or_default(),
        assigned: None,
        sides: case.sides(fact.section.as_deref(), &fact.evidence),
    });
    let targets = case.record.targets.iter().filter(|target| target.row.is_none() && target.origin == Origin::Body);
    let beside = targets.filter_map(|target| {
        let result = Interval::of_result(target)?;
        let sides = case.sides(target.section.as_deref(), &target.evidence);
        let (words, assigned) = (Wording::of(target), Some(target.value.0));
        Some(Told { words, comparator: result.comparator, value: result.value, unit: result.unit, assigned, sides })
    });
    facts.chain(beside).collect()
}
