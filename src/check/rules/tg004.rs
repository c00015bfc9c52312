//! TG004: a target of the annex that the body lacks.

use crate::check::{
    Case, Check, Findings, Report, Rule, Severity,
    pairs::{Pairs, lacking},
};
use crate::record::{DocumentKind, Origin, Role, Target};
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "TG004",
    name: "missing-in-body",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/TG004.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let pairs = Pairs::of(case);
    if !pairs.mirrors {
        alone(case, findings);
    }
    // `1.1 Trong đó: vùng đồng bào dân tộc`: a row that breaks down the one above it.
    let part = |target: &Target| {
        let of = |scope: &String| {
            let above = |other: &Target| other.origin == Origin::Annex && fold(&other.indicator) == fold(scope);
            case.record.targets.iter().any(above)
        };
        let named = target.evidence.first().map(|piece| piece.text.as_str()).unwrap_or_default();
        fold(named).starts_with("trong đó") || target.scope.as_ref().is_some_and(of)
    };
    let whole: Vec<&Target> = pairs.only_annex.iter().copied().filter(|target| !part(target)).collect();
    for report in lacking(case, &pairs, &whole) {
        findings.report(
            report
                .vi(
                    "Chỉ tiêu có trong phụ lục nhưng không có trong nội dung.",
                    "Bổ sung vào phần mục tiêu, hoặc bỏ khỏi phụ lục.",
                )
                .en("The target stands in the annex, not in the body.", "Add it to the aims, or take it out of the annex."),
        );
    }
}

/// So many targets, and an annex hands out a plan's targets.
const MANY: usize = 5;

/// An annex that hands out targets, in a plan whose own aims have none and never send the reader there: told once for all.
fn alone(case: &Case, findings: &mut Findings) {
    let record = case.record;
    let aims: Vec<&str> = record
        .sections
        .iter()
        .filter(|section| !section.path.starts_with("PL"))
        .filter(|section| ["mục tiêu", "chỉ tiêu"].iter().any(|word| fold(&section.title).contains(word)))
        .map(|section| section.path.as_str())
        .collect();
    let within = |path: Option<&str>| {
        path.is_some_and(|path| {
            aims.iter().any(|aim| path == *aim || path.strip_prefix(aim).is_some_and(|rest| rest.starts_with('.')))
        })
    };
    let set = record.targets.iter().any(|target| target.origin == Origin::Body && within(target.section.as_deref()));
    let mut handed: Vec<&Target> = record
        .targets
        .iter()
        .filter(|target| target.origin == Origin::Annex && target.row.is_some())
        .filter(|target| target.agencies.iter().any(|agency| agency.role == Role::Lead))
        .collect();
    handed.dedup_by_key(|target| target.row);
    let plan = record.document.kind == DocumentKind::Plan;
    if !plan || aims.is_empty() || set || handed.len() < MANY || !record.mentions.annexes.is_empty() {
        return;
    }
    let heading = record.sections.iter().find(|section| section.path == aims[aims.len() - 1]);
    let sides = case
        .target(handed[0])
        .into_iter()
        .chain(heading.into_iter().flat_map(|heading| case.sides(Some(&heading.path), &heading.evidence)));
    findings.report(
        Report::new(sides)
            .vi(
                format!("Phụ lục giao {} chỉ tiêu nhưng phần mục tiêu không nêu và không dẫn tới chỉ tiêu nào.", handed.len()),
                "Nêu các chỉ tiêu trong phần mục tiêu, hoặc dẫn tới phụ lục.",
            )
            .en(
                format!("The annex hands out {} targets; the aims state none and do not point there.", handed.len()),
                "State them among the aims, or point to the annex.",
            )
            .value("annex", handed.len()),
    );
}
