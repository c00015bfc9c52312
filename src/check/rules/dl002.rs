//! DL002: due outside the time that the document covers.

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, quotes::years, show, surroundings};
use crate::record::DocumentKind;

pub(super) const RULE: Rule = Rule {
    code: "DL002",
    name: "deadline-outside-period",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/DL002.md"),
    check: Check::Document(check),
};

/// How many months after its time a plan may still ask for a report on it.
const AFTER: i32 = 3;

fn check(case: &Case, findings: &mut Findings) {
    // A report tells of a past time and sets work for the next.
    if case.record.document.kind == DocumentKind::Report {
        return;
    }
    let Some(period) = &case.record.document.period else { return };
    let day = |iso: &Option<String>| iso.as_deref().and_then(Days::parse);
    let (from, to) = (day(&period.from), day(&period.to));
    let to = school_year(case).map_or(to, |end| to.filter(|to| to.last >= end.last).or(Some(end)));
    // A document that was issued after its own time has last year's title, and its deadlines are right (HD003 tells of it).
    if case.issued.zip(to).is_some_and(|(issued, to)| issued.first > to.last) {
        return;
    }
    for deadline in &case.record.deadlines {
        let Some(last) = day(&deadline.to).filter(|_| deadline.recurrence.is_none()) else { continue };
        // `ngày 30/6`: the year is the plan's own. `ngày 20/6/2991` says one, a slip of a figure.
        if years(&deadline.text).is_empty() && !deadline.text.contains(&last.last.year().to_string()) {
            continue;
        }
        // `giai đoạn 2021 - 2030`, `đến năm 2030`: a span, or a look ahead, and no date.
        let short = |from: Days| from.first.saturating_add(jiff::Span::new().months(3)) > last.last;
        let span = day(&deadline.from).is_some_and(|from| !short(from)) || last.last.month() == 12 && last.last.day() == 31;
        if span {
            continue;
        }
        let late = to.is_some_and(|to| last.last > to.last.saturating_add(jiff::Span::new().months(AFTER)));
        // What was due before the document was issued is told as that.
        let early = from.is_some_and(|from| last.last < from.first) && case.issued.is_none();
        if !late && !early || surroundings::is_past(case, deadline.section.as_deref()) {
            continue;
        }
        let due = last.last.to_string();
        let ends = [&period.from, &period.to].map(|day| day.clone().unwrap_or_default());
        let sides = case.sides(deadline.section.as_deref(), &deadline.evidence);
        findings.report(
            Report::new(sides.into_iter().chain(case.head(ends[1].get(..4).unwrap_or_default())))
                .vi(
                    format!(
                        "Thời hạn {} nằm ngoài kỳ của văn bản ({} đến {}).",
                        show::date_vi(&due),
                        show::date_vi(&ends[0]),
                        show::date_vi(&ends[1])
                    ),
                    "Kiểm tra năm của thời hạn.",
                )
                .en(
                    format!("Due {due}, outside the document's time ({} to {}).", ends[0], ends[1]),
                    "Check the year of the deadline.",
                )
                .cause(deadline.section.as_deref().unwrap_or_default())
                .value("due", &due)
                .value("from", &period.from)
                .value("to", &period.to),
        );
    }
}

/// The end of the school year that the title names: `năm học 2024 - 2025` ends with August, whatever terms the body goes through.
fn school_year(case: &Case) -> Option<Days> {
    let title = case.record.document.title.as_deref()?.to_lowercase();
    let (_, rest) = title.split_once("năm học ")?;
    let last = years(rest).into_iter().take(2).max()?;
    Days::parse(&format!("{last}-08-31"))
}
