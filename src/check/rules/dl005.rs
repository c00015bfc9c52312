//! DL005: the year's report is due before the last quarter's.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, cycle::Cycle, show};
use crate::record::{Deadline, Every};

pub(super) const RULE: Rule = Rule {
    code: "DL005",
    name: "year-before-last-quarter",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/DL005.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let cycles: Vec<(&Deadline, Cycle)> =
        case.record.deadlines.iter().filter_map(|deadline| Some((deadline, Cycle::of(deadline.recurrence.as_ref()?)?))).collect();
    for (yearly, year) in cycles.iter().filter(|(_, cycle)| cycle.every == Every::Year) {
        // The two belong together where they stand in one section, a few words apart.
        let near = |deadline: &Deadline| {
            let (Some(one), Some(other)) = (deadline.evidence.first(), yearly.evidence.first()) else { return false };
            deadline.section == yearly.section && one.start.abs_diff(other.start) < 400
        };
        let Some((quarterly, quarter)) = cycles.iter().find(|(deadline, cycle)| cycle.every == Every::Quarter && near(deadline))
        else {
            continue;
        };
        let (Some(year_due), Some(quarter_due)) = (year.days(2025).pop(), quarter.days(2025).pop()) else { continue };
        // The last quarter's own report falls into the next year by habit; the year's report then stands for it.
        if year_due >= quarter_due || quarter.months_after > 0 {
            continue;
        }
        let sides = case
            .sides(yearly.section.as_deref(), &yearly.evidence)
            .into_iter()
            .chain(case.sides(quarterly.section.as_deref(), &quarterly.evidence));
        let day = |date: jiff::civil::Date| show::date_vi(&date.to_string()).trim_end_matches("/2025").to_owned();
        findings.report(
            Report::new(sides)
                .vi(
                    format!("Báo cáo năm đến hạn {} trước báo cáo quý IV ({}).", day(year_due), day(quarter_due)),
                    "Đặt hạn báo cáo năm sau hạn báo cáo quý IV, hoặc nói rõ báo cáo năm thay báo cáo quý IV.",
                )
                .en(
                    format!("The year's report is due {}, before the last quarter's ({}).", day(year_due), day(quarter_due)),
                    "Set it after the last quarter's, or say that it stands for it.",
                )
                .value("year", day(year_due))
                .value("quarter", day(quarter_due)),
        );
    }
}
