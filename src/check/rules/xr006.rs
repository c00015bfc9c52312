//! XR006: what a report tells of falls short of the target that another document sets.

use std::collections::BTreeMap;

use crate::check::{
    Cases, Check, Days, Findings, Report, Rule, Severity, compare::Uncompared, interval::Interval, interval::Reading, show,
};
use crate::link::documents::To;
use crate::record::{Comparator, DocumentKind, Fact, Target};

pub(super) const RULE: Rule = Rule {
    code: "XR006",
    name: "result-short-of-the-plan",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/XR006.md"),
    check: Check::Collection(check),
};

fn check(cases: &Cases, findings: &mut Findings) {
    let mut uncompared = Uncompared::default();
    let mut by_unit: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in (0..cases.cases.len()).filter(|at| cases.is_plan(*at)) {
        by_unit.entry(cases.unit(at).unwrap_or_default()).or_default().push(at);
    }
    for (at, case) in cases.cases.iter().enumerate() {
        if case.record.document.kind != DocumentKind::Report {
            continue;
        }
        let results = cases.results(at);
        if results.is_empty() {
            continue;
        }
        let own = cases.unit(at).and_then(|unit| by_unit.get(&unit)).map_or(&[][..], Vec::as_slice);
        let reported = cases.collection.documents[at].chain.reports_on.iter().filter_map(|link| match link.to {
            To::Document(plan) => Some(plan),
            To::Outside(_) => None,
        });
        let mut plans: Vec<usize> = reported.chain(own.iter().copied()).collect();
        plans.sort_unstable();
        plans.dedup();
        for plan in &plans {
            compare(cases, (at, &results), (*plan, false), (findings, &mut uncompared));
        }
        // A district's plan that allots parts to its communes sets their targets.
        let above = cases.allotting(at).filter(|plan| cases.is_plan(*plan));
        for plan in above.filter(|plan| !plans.contains(plan)) {
            compare(cases, (at, &results), (plan, true), (findings, &mut uncompared));
        }
    }
    uncompared.tell(findings);
}

type Results<'a, 'p> = BTreeMap<usize, Vec<(&'a Fact, Option<&'p str>)>>;

/// Sets the results of a report beside a plan's targets for the same indicator, place and year; of a plan from above that allots parts
/// only those of the report's unit.
fn compare(
    cases: &Cases,
    (at, results): (usize, &Results),
    (plan, allots): (usize, bool),
    (findings, uncompared): (&mut Findings, &mut Uncompared),
) {
    let own = cases.own_places(at);
    let case = &cases.cases[at];
    let period = case.record.document.period.as_ref().and_then(|period| period.to.as_deref()).and_then(Days::parse);
    for (indicator, targets) in cases.by_indicator(plan) {
        let Some(facts) = results.get(&indicator) else { continue };
        let of_place = |target: &Target| {
            let place = cases.place(plan, target);
            let is_own = place.as_ref().is_some_and(|place| own.first().is_some_and(|name| place.ends_with(name.as_str())));
            facts
                .iter()
                .filter(move |(_, named)| is_own && named.is_none() || !allots && named.map(ToOwned::to_owned) == place)
                .map(|(fact, _)| *fact)
        };
        let Some((target, fact)) = targets.iter().find_map(|target| Some((*target, of_place(target).next()?))) else { continue };
        let sides = || case.sides(fact.section.as_deref(), &fact.evidence).into_iter().chain(cases.cases[plan].target(target));
        // A year before, a forecast, a part of the whole: which of several values is the result nobody says.
        if of_place(target).any(|other| other.value != fact.value && other.unit == fact.unit) {
            findings.undecided(
                sides(),
                "báo cáo nêu nhiều số liệu khác nhau cho chỉ tiêu này",
                "the report gives several figures for this indicator",
            );
            continue;
        }
        let (Some(until), Some(due)) = (period, cases.end_of(plan, target)) else {
            let unknown = if period.is_none() { &case.name } else { &cases.cases[plan].name };
            let why = (
                format!("{unknown} không nêu thời kỳ nên không rõ số liệu của năm nào"),
                format!("{unknown} names no period, so that the year of its figures is not known"),
            );
            uncompared.add((plan, at), sides(), why);
            continue;
        };
        if until.last.year() != due.last.year() {
            let (of, wanted) = (until.last.year(), due.last.year());
            let why = (
                format!("số liệu báo cáo của năm {of}, chỉ tiêu của năm {wanted}"),
                format!("the figures reported are of {of}, the targets of {wanted}"),
            );
            uncompared.add((plan, at), sides(), why);
            continue;
        }
        let (wanted, result) = (Interval::of(target), Interval::of_fact(fact));
        if let Some(why) = wanted.apart(&result) {
            uncompared.add((plan, at), sides(), why);
            continue;
        }
        let direction = cases.cases[plan].direction(target).or_else(|| wanted.direction());
        let reached = wanted.reached_by(result.value, direction, Reading::Lenient);
        // `trên 42%` may be any value above.
        let open = !matches!(fact.comparator, Comparator::Eq);
        match reached {
            Some(false) if !open => report(cases, (at, fact), (plan, target), until.last < due.last, sides(), findings),
            None | Some(false) => findings.undecided(
                sides(),
                "không rõ kết quả này đạt hay chưa đạt chỉ tiêu",
                "it is not known whether this result reaches the target",
            ),
            Some(true) => {}
        }
    }
}

fn report(
    cases: &Cases,
    (at, fact): (usize, &Fact),
    (plan, target): (usize, &Target),
    under_way: bool,
    sides: impl Iterator<Item = crate::check::Side>,
    findings: &mut Findings,
) {
    let (result, wanted) = (fact.value.0, target.value.0);
    let unit = target.unit.as_deref().unwrap_or_default();
    let is_rate = unit.starts_with('%');
    let share = (!is_rate && wanted > 0.0 && result <= wanted).then(|| rounded(result / wanted * 100.0));
    let short = rounded((wanted - result).abs());
    let space = if is_rate || unit.is_empty() { "" } else { " " };
    let (share_vi, share_en) = share
        .map_or_else(Default::default, |share| (format!(", bằng {}%", show::vi(share)), format!(", {}% of it", show::en(share))));
    let name = &cases.cases[plan].name;
    let (when_vi, when_en) = if under_way {
        (" Kỳ báo cáo chưa hết năm.", " The time of the report ends before the year does.")
    } else {
        ("", "")
    };
    let sign_vi = show::comparator_vi(target.comparator);
    findings.report(
        Report::new(sides)
            .severity(if under_way { Severity::Note } else { Severity::Warning })
            .vi(
                format!(
                    "Kết quả {}{space}{unit} chưa đạt chỉ tiêu {sign_vi} {}{space}{unit} của {name}{share_vi}, chênh {}{space}{unit}.{when_vi}",
                    show::vi(result),
                    show::vi(wanted),
                    show::vi(short)
                ),
                "Nêu nguyên nhân và giải pháp, hoặc kiểm tra lại số liệu.",
            )
            .en(
                format!(
                    "The result, {}{space}{unit}, does not reach the target of {name}, {} {}{space}{unit}{share_en}; {}{space}{unit} are missing.{when_en}",
                    show::en(result),
                    show::comparator_en(target.comparator),
                    show::en(wanted),
                    show::en(short)
                ),
                "Give the reason and what is done about it, or check the figures.",
            )
            .value("result", fact.value)
            .value("target", target.value)
            .value("share", share)
            .value("report", &cases.cases[at].name)
            .value("plan", name),
    );
}

/// A number with two places.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
