//! XL004: what is allotted to the units below does not make the whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::compare::is_amount;
use crate::check::{Cases, Check, Findings, Report, Rule, Severity, interval::Interval, show};
use crate::record::{Comparator, Level, Target};

pub(super) const RULE: Rule = Rule {
    code: "XL004",
    name: "allotments-do-not-make-the-whole",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/XL004.md"),
    check: Check::Collection(check),
};

/// Where a unit has so many allotments, a thing without one for it may have been forgotten.
const LEAST_ALLOTMENTS: usize = 2;

/// One unit's part: its document, which the whole's may be, and the target.
#[derive(Clone, Copy)]
struct Part<'a> {
    document: usize,
    target: &'a Target,
}

/// The parts of one indicator by the folded name of the unit.
type Parts<'a> = BTreeMap<String, Vec<Part<'a>>>;

fn check(cases: &Cases, findings: &mut Findings) {
    for at in (0..cases.cases.len()).filter(|at| cases.is_plan(*at)) {
        let listed = cases.listed(at);
        let below = plans_below(cases, at);
        let mut all: BTreeMap<usize, (Vec<&Target>, Parts)> = BTreeMap::new();
        for (indicator, targets) in &listed {
            let (wholes, parts) = all.entry(*indicator).or_default();
            for target in targets.iter().copied().filter(|target| is_level(target)) {
                match cases.other_place(at, target) {
                    Some(place) => parts.entry(place).or_default().push(Part { document: at, target }),
                    None if target.scope.is_none() => wholes.push(target),
                    None => {}
                }
            }
        }
        // A plan that allots nothing by itself leaves it to the plans below.
        let mut allotted: BTreeMap<&str, usize> = BTreeMap::new();
        for place in all.values().flat_map(|(_, parts)| parts.keys()) {
            *allotted.entry(place.as_str()).or_default() += 1;
        }
        let units: BTreeSet<String> =
            allotted.into_iter().filter(|(_, times)| *times >= LEAST_ALLOTMENTS).map(|(place, _)| place.to_owned()).collect();
        for (indicator, (wholes, parts)) in &all {
            let Some(whole) = one_of(wholes) else { continue };
            if parts.len() >= 2 {
                weigh(cases, (at, whole), parts, Some(&units), findings);
            } else if !below.is_empty() {
                weigh(cases, (at, whole), &set_below(cases, &below, *indicator), None, findings);
            }
        }
    }
}

/// Whether a target is a level to be reached, of which others may be parts: no change, no cap.
fn is_level(target: &Target) -> bool {
    target.change.is_none()
        && target.value_to.is_none()
        && !matches!(target.comparator, Comparator::Lt | Comparator::Le | Comparator::Approx)
}

/// The one target of several that all say the same.
fn one_of<'a>(targets: &[&'a Target]) -> Option<&'a Target> {
    let first = targets.first()?;
    targets.iter().all(|other| other.value == first.value && other.unit == first.unit).then_some(*first)
}

/// The plans of the units right below a document's unit, with their names.
fn plans_below(cases: &Cases, at: usize) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, Level, String)> = cases
        .within(at)
        .into_iter()
        .filter(|other| cases.is_plan(*other))
        .filter_map(|other| Some((other, cases.cases[other].record.document.level, cases.own_places(other).into_iter().next()?)))
        .collect();
    // Of a province's districts and communes the districts: their communes' parts are in theirs.
    if found.iter().any(|(_, level, _)| *level == Level::District) {
        found.retain(|(_, level, _)| *level == Level::District);
    }
    found.into_iter().map(|(other, _, name)| (other, name)).collect()
}

/// What the plans below set for themselves.
fn set_below<'a>(cases: &Cases<'a>, below: &[(usize, String)], indicator: usize) -> Parts<'a> {
    let mut parts = Parts::new();
    for (document, name) in below {
        for target in cases.listed(*document).remove(&indicator).unwrap_or_default() {
            if is_level(target) && target.scope.is_none() && cases.other_place(*document, target).is_none() {
                parts.entry(name.clone()).or_default().push(Part { document: *document, target });
            }
        }
    }
    parts
}

/// Sets the parts beside the whole. `units` are those that the document allots to; without them nobody knows whether all are there.
fn weigh(cases: &Cases, whole: (usize, &Target), parts: &Parts, units: Option<&BTreeSet<String>>, findings: &mut Findings) {
    let (at, target) = whole;
    let end = cases.end_of(at, target);
    let wanted = Interval::of(target);
    let mut chosen: Vec<(&str, Part)> = Vec::new();
    for (place, of_place) in parts {
        let fits: Vec<&Part> = of_place
            .iter()
            .filter(|part| cases.end_of(part.document, part.target) == end)
            .filter(|part| wanted.apart(&Interval::of(part.target)).is_none())
            .collect();
        let [first, rest @ ..] = fits.as_slice() else { continue };
        if rest.iter().any(|part| part.target.value != first.target.value) {
            let sides = fits.iter().flat_map(|part| cases.cases[part.document].target(part.target));
            findings.undecided(
                cases.cases[at].target(target).into_iter().chain(sides),
                "một đơn vị được giao nhiều mức khác nhau cho chỉ tiêu này nên không cộng được",
                "one unit has several values for this indicator, so that they cannot be added up",
            );
            return;
        }
        chosen.push((place.as_str(), **first));
    }
    if chosen.len() < 2 {
        return;
    }
    chosen.sort_by_key(|(_, part)| (part.document, part.target.evidence.first().map(|piece| piece.start)));
    let missing: Vec<&str> =
        units.into_iter().flatten().map(String::as_str).filter(|unit| !chosen.iter().any(|(place, _)| place == unit)).collect();
    let values = || chosen.iter().map(|(_, part)| part.target.value.0);
    let sides = || {
        let parts = chosen.iter().flat_map(|(_, part)| cases.cases[part.document].target(part.target));
        cases.cases[at].target(target).into_iter().chain(parts)
    };
    let unit = target.unit.as_deref().unwrap_or_default();
    let value = target.value.0;
    let named = |names: &[&str]| names.join(", ");
    if !is_amount(target) {
        // A mean lies among those that it is the mean of.
        let (low, high) =
            values().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let whole = units.is_some() && missing.is_empty() && unit.starts_with('%');
        if whole && target.comparator == Comparator::Eq && (value < low || value > high) {
            findings.report(
                Report::new(sides())
                    .severity(Severity::Note)
                    .vi(
                        format!(
                            "Mức chung {}{unit} nằm ngoài các mức giao cho {} đơn vị ({} đến {}).",
                            show::vi(value),
                            chosen.len(),
                            show::vi(low),
                            show::vi(high)
                        ),
                        "Kiểm tra mức chung hoặc mức giao cho từng đơn vị.",
                    )
                    .en(
                        format!(
                            "The common level, {}{unit}, lies outside those of the {} units ({} to {}).",
                            show::en(value),
                            chosen.len(),
                            show::en(low),
                            show::en(high)
                        ),
                        "Check the common level, or those of the units.",
                    )
                    .value("whole", target.value)
                    .value("from", low)
                    .value("to", high),
            );
        }
        return;
    }
    let sum: f64 = values().sum();
    // `4,00 ha` beside `16,24 ha` has two places, too; what is counted in whole numbers is not rounded.
    let finest = values().chain([value]).map(show::rounding).fold(f64::INFINITY, f64::min);
    let rounding = if finest < 0.5 { finest * (chosen.iter().map(|_| 1.0).sum::<f64>() + 1.0) } else { 0.5 };
    let over = sum - value;
    // Parts that plans below set may be of some units only.
    if over.abs() <= rounding || over < 0.0 && units.is_none() {
        return;
    }
    let report = Report::new(sides()).value("whole", target.value).value("sum", rounded(sum)).value("difference", rounded(over));
    let report =
        report.value("parts", chosen.iter().map(|(place, part)| (*place, part.target.value)).collect::<BTreeMap<_, _>>());
    let (count, difference) = (chosen.len(), rounded(over.abs()));
    if over > 0.0 {
        findings.report(
            report
                .severity(if units.is_some() { Severity::Warning } else { Severity::Note })
                .vi(
                    format!(
                        "{count} đơn vị cộng lại {} {unit}, vượt mức chung {} {unit}: thừa {} {unit}.",
                        show::vi(rounded(sum)),
                        show::vi(value),
                        show::vi(difference)
                    ),
                    "Kiểm tra mức chung và phần giao cho từng đơn vị.",
                )
                .en(
                    format!(
                        "The parts of {count} units add up to {} {unit}, over the whole, {} {unit}, by {}.",
                        show::en(rounded(sum)),
                        show::en(value),
                        show::en(difference)
                    ),
                    "Check the whole and the part of each unit.",
                ),
        );
        return;
    }
    let (missing_vi, missing_en) = if missing.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(" Chưa có phần của: {}.", named(&missing)), format!(" No part for: {}.", named(&missing)))
    };
    findings.report(
        report
            .severity(if missing.is_empty() { Severity::Warning } else { Severity::Note })
            .value("missing", &missing)
            .vi(
                format!(
                    "Phần giao cho {count} đơn vị cộng lại {} {unit}, chưa đủ mức chung {} {unit}: còn thiếu {} {unit}.{missing_vi}",
                    show::vi(rounded(sum)),
                    show::vi(value),
                    show::vi(difference)
                ),
                "Giao nốt phần còn lại, hoặc kiểm tra mức chung và phần của từng đơn vị.",
            )
            .en(
                format!(
                    "The parts of {count} units add up to {} {unit}, short of the whole, {} {unit}, by {}.{missing_en}",
                    show::en(rounded(sum)),
                    show::en(value),
                    show::en(difference)
                ),
                "Allot the rest, or check the whole and the part of each unit.",
            ),
    );
}

/// A number with four places: what adding up leaves behind is none of it.
fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}
