//! HD003: the year in the title fits neither the date nor the plan that is carried out.

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, show, surroundings};
use crate::lexicon::SurroundingKind;
use crate::record::{DocumentKind, ReferenceRole};

pub(super) const RULE: Rule = Rule {
    code: "HD003",
    name: "year-of-title",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/HD003.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let document = &case.record.document;
    let Some(title) = document.title.as_deref() else { return };
    let Some(own) = sole_year(title) else { return };
    // `đến năm 2030`, `tầm nhìn 2045`: how far it looks ahead.
    if [SurroundingKind::Horizon, SurroundingKind::Vision].into_iter().any(|kind| surroundings::holds(case, title, kind)) {
        return;
    }
    if let (Some(issued), Some(head)) = (case.issued, case.head(title.get(..title.len().min(24)).unwrap_or_default())) {
        let (early, late) = (issued.first.year(), issued.last.year());
        let report = document.kind == DocumentKind::Report;
        // A report on a year comes in it or in the next; a plan in its year or the one before.
        let fits = if report { early - own <= 1 && own <= late } else { early <= own && own - late <= 1 };
        // A decision publishes the results of the year before.
        let publishes = document.kind == DocumentKind::Decision
            && early - own <= 1
            && surroundings::holds(case, title, SurroundingKind::Past);
        if !fits && !publishes && document.kind != DocumentKind::Other {
            let date = document.date.clone().unwrap_or_default();
            findings.report(
                Report::new(std::iter::once(head).chain(case.head(&early.to_string())))
                    .vi(
                        format!("Tên văn bản ghi năm {own} nhưng văn bản ban hành {}.", show::date_vi(&date)),
                        "Kiểm tra năm trong tên văn bản và ngày ban hành.",
                    )
                    .en(
                        format!("The title says {own}, but the document was issued {date}."),
                        "Check the title's year and the date.",
                    )
                    .value("year", own)
                    .value("issued", date),
            );
        }
    }
    for quote in &case.record.mentions.references {
        let Some(named) = quote.title.as_deref().and_then(sole_year) else { continue };
        let Some(dated) = quote.date.as_deref().and_then(Days::parse) else { continue };
        let plan = quote.kind.as_deref() == Some("Kế hoạch");
        // `Kế hoạch số 48/… ngày 01/3/2024 về … năm 2023`, carried out by a plan of 2024.
        if plan && quote.role == ReferenceRole::Basis && named < own && dated.first.year() > named && dated.first.month() > 1 {
            let sides = case.sides(quote.section.as_deref(), &quote.evidence);
            let number = quote.number.clone().unwrap_or_default();
            findings.report(
                Report::new(sides.into_iter().chain(case.head("")))
                    .vi(
                        format!(
                            "Kế hoạch năm {own} thực hiện Kế hoạch số {number} ban hành năm {} nhưng ghi là của năm {named}.",
                            dated.first.year()
                        ),
                        "Đối chiếu tên kế hoạch được dẫn; thường là năm còn sót lại của văn bản năm trước.",
                    )
                    .en(
                        format!(
                            "A plan of {own} carries out plan {number}, issued in {} but called one of {named}.",
                            dated.first.year()
                        ),
                        "Compare the title of the plan that is quoted; the year is often left over from last year's text.",
                    )
                    .value("year", own)
                    .value("quoted_year", named)
                    .value("number", number),
            );
        }
    }
}

/// The year of a title that names just one: `năm 2024`; none of `giai đoạn 2021 - 2025`, `năm học 2024 - 2025`.
fn sole_year(title: &str) -> Option<i16> {
    let mut words = title.split_whitespace();
    let mut found = None;
    let mut month = false;
    let mut years = 0;
    let mut before = "";
    for word in words.by_ref() {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        if digits.len() == 4
            && let Ok(year) = digits.parse::<i16>()
            && (1990..=2100).contains(&year)
        {
            years += 1;
            // `ngày 12 tháng 5 năm 2024` dates another paper that the title names.
            if !month && before.to_lowercase() == "năm" && word.trim_end_matches([',', ';', '.', ')']).len() == 4 {
                found = Some(year);
            }
        }
        if before.to_lowercase() == "tháng" {
            month = true;
        } else if before.to_lowercase() != "năm" && word.to_lowercase() != "năm" {
            month = false;
        }
        before = word;
    }
    found.filter(|_| years == 1)
}
