//! XR007: two reports of one unit on one time disagree.

use std::collections::BTreeMap;

use crate::check::{Cases, Check, Findings, Report, Rule, Severity, interval::Interval, show};
use crate::record::{Comparator, DocumentKind, Fact};

pub(super) const RULE: Rule = Rule {
    code: "XR007",
    name: "two-reports-disagree",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/XR007.md"),
    check: Check::Collection(check),
};

fn check(cases: &Cases, findings: &mut Findings) {
    let mut by_time: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.cases.iter().enumerate() {
        let head = &case.record.document;
        let until = head.period.as_ref().and_then(|period| period.to.as_deref()).or(head.date.as_deref());
        if let (DocumentKind::Report, Some(unit), Some(until)) = (head.kind, cases.unit(at), until) {
            by_time.entry((unit, until.to_owned())).or_default().push(at);
        }
    }
    for reports in by_time.values() {
        for (place, one) in reports.iter().enumerate() {
            let results = cases.results(*one);
            for other in &reports[place + 1..] {
                compare(cases, (*one, &results), *other, findings);
            }
        }
    }
}

/// The one value that a report gives, where it gives one.
fn single<'a>(facts: &[(&'a Fact, Option<&str>)], place: Option<&str>) -> Option<&'a Fact> {
    let mut of_place = facts.iter().filter(|(_, named)| *named == place).map(|(fact, _)| *fact);
    let first = of_place.next()?;
    of_place.all(|fact| fact.value == first.value && fact.unit == first.unit).then_some(first)
}

type Results<'a, 'p> = BTreeMap<usize, Vec<(&'a Fact, Option<&'p str>)>>;

fn compare(cases: &Cases, (one, results): (usize, &Results), other: usize, findings: &mut Findings) {
    for (indicator, theirs) in cases.results(other) {
        let Some(ours) = results.get(&indicator) else { continue };
        let place = ours.first().and_then(|(_, place)| *place);
        let sides = |first: &Fact, second: &Fact| {
            let ours = cases.cases[one].sides(first.section.as_deref(), &first.evidence);
            ours.into_iter().chain(cases.cases[other].sides(second.section.as_deref(), &second.evidence))
        };
        let (Some(first), Some(second)) = (single(ours, place), single(&theirs, place)) else {
            if let (Some((first, _)), Some((second, _))) = (ours.first(), theirs.first()) {
                findings.undecided(
                    sides(first, second),
                    "một báo cáo nêu nhiều số liệu khác nhau, hoặc cho địa bàn khác",
                    "one of the reports gives several figures, or figures of another place",
                );
            }
            continue;
        };
        let (left, right) = (Interval::of_fact(first), Interval::of_fact(second));
        if let Some((vi, en)) = left.apart(&right) {
            findings.undecided(sides(first, second), vi, en);
            continue;
        }
        if !excludes(first, second) && !excludes(second, first) {
            continue;
        }
        findings.report(
            Report::new(sides(first, second))
                .vi(
                    format!(
                        "Hai báo cáo cùng thời điểm ghi khác nhau: {} {} và {} {}.",
                        show::comparator_vi(first.comparator),
                        show::vi(first.value.0),
                        show::comparator_vi(second.comparator),
                        show::vi(second.value.0)
                    ),
                    "Kiểm tra và thống nhất số liệu, hoặc nói rõ số liệu tính theo phạm vi nào.",
                )
                .en(
                    format!(
                        "Two reports on one time disagree: {} {} and {} {}.",
                        show::comparator_en(first.comparator),
                        show::en(first.value.0),
                        show::comparator_en(second.comparator),
                        show::en(second.value.0)
                    ),
                    "Make the figures agree, or say what each of them covers.",
                )
                .value("first", first.value)
                .value("second", second.value),
        );
    }
}

/// Whether the value of `exact` is none that `other` allows; a value that is only about right excludes nothing.
fn excludes(exact: &Fact, other: &Fact) -> bool {
    let (value, limit) = (exact.value.0, other.value.0);
    let close = (value - limit).abs() < 1e-9;
    exact.comparator == Comparator::Eq
        && match other.comparator {
            Comparator::Eq => !close,
            Comparator::Gt => value < limit || close,
            Comparator::Ge => value < limit && !close,
            Comparator::Lt => value > limit || close,
            Comparator::Le => value > limit && !close,
            Comparator::Approx => false,
        }
}
