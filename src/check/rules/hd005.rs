//! HD005: a report compares with the same months of its own year or a later one.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, quotes::years, surroundings};
use crate::lexicon::SurroundingKind;
use crate::record::DocumentKind;

pub(super) const RULE: Rule = Rule {
    code: "HD005",
    name: "compared-with-itself",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/HD005.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let document = &case.record.document;
    let Some(own) = case.years().filter(|years| years.start() == years.end()).map(|years| *years.start()) else { return };
    if document.kind != DocumentKind::Report {
        return;
    }
    for fact in &case.record.facts {
        let Some(base) = fact.change.as_ref().and_then(|change| change.base.as_deref()) else { continue };
        let Some(year) = years(base).first().copied().filter(|_| surroundings::holds(case, base, SurroundingKind::SameTime))
        else {
            continue;
        };
        // `năm 2026 tăng 5% so với cùng kỳ năm 2025` in a report of 2025 looks ahead.
        let words = || fact.evidence.iter().flat_map(|piece| years(&piece.text));
        let ahead = words().chain(case.heading_years(fact.section.as_deref())).any(|named| named > year)
            || surroundings::is_ahead(case, fact.section.as_deref());
        if year < own || ahead {
            continue;
        }
        findings.report(
            Report::new(case.sides(fact.section.as_deref(), &fact.evidence))
                .cause(format!("{year}"))
                .vi(
                    format!("Báo cáo của năm {own} nhưng so với cùng kỳ năm {year}."),
                    "Sửa năm được so sánh; thường là năm trước năm báo cáo.",
                )
                .en(
                    format!("A report on {own} compares with the same months of {year}."),
                    "Correct the year compared with; it is usually the one before.",
                )
                .value("year", own)
                .value("base", year),
        );
    }
}
