//! DL001: due before the document was issued.

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, quotes::years, show, surroundings};
use crate::lexicon::SurroundingKind;
use crate::record::{Deadline, DocumentKind};

pub(super) const RULE: Rule = Rule {
    code: "DL001",
    name: "deadline-before-issue",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/DL001.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let Some(issued) = case.issued else { return };
    // A report is about times that have passed, but for the work that it sets under `NHIỆM VỤ 6 THÁNG CUỐI NĂM`.
    let report = case.record.document.kind == DocumentKind::Report;
    for (at, deadline) in case.record.deadlines.iter().enumerate() {
        let set = || case.record.tasks.iter().any(|task| task.deadline == Some(at));
        if report && !(surroundings::is_ahead(case, deadline.section.as_deref()) && set()) {
            continue;
        }
        // `từ tháng 01 đến tháng 12`: what begins before the issue may still end after it.
        let Some(last) = deadline
            .to
            .as_deref()
            .and_then(Days::parse)
            .filter(|_| deadline.recurrence.is_none() && !years(&deadline.text).is_empty())
        else {
            continue;
        };
        // `tại thời điểm ngày 01/7/2025`: a bare day dates something else.
        let bare = deadline.text.to_lowercase().starts_with("ngày");
        let past = !report && surroundings::is_past(case, deadline.section.as_deref());
        if bare || last.last >= issued.first || covers(case, deadline) || past {
            continue;
        }
        let sides = case.sides(deadline.section.as_deref(), &deadline.evidence);
        let (due, date) = (last.last.to_string(), case.record.document.date.clone().unwrap_or_default());
        findings.report(
            Report::new(sides.into_iter().chain(case.head(&date_words(&date))))
                .severity(case.by_days(RULE.severity, last.last, issued.first))
                .vi(
                    format!(
                        "Thời hạn {} đã qua trước khi văn bản được ban hành ({}).",
                        show::date_vi(&due),
                        show::date_vi(&date)
                    ),
                    "Kiểm tra năm của thời hạn; thường là năm còn sót lại từ kế hoạch năm trước.",
                )
                .en(
                    format!("Due {due}, before the document was issued ({date})."),
                    "Check the year of the deadline; it is often left over from last year's plan.",
                )
                .cause(deadline.section.as_deref().unwrap_or_default())
                .value("due", &due)
                .value("issued", &date),
        );
    }
}

/// `Mốc kiểm tra: từ ngày 01/01/2022 đến ngày 31/12/2023`: the time that is looked at.
fn covers(case: &Case, deadline: &Deadline) -> bool {
    let heading = case.record.sections.iter().find(|section| Some(&section.path) == deadline.section.as_ref());
    deadline.from.is_some() && heading.is_some_and(|heading| surroundings::opens(case, &heading.title, SurroundingKind::Period))
}

/// What the head's date holds in any spelling: the year.
fn date_words(date: &str) -> String {
    date.get(..4).unwrap_or_default().to_owned()
}
