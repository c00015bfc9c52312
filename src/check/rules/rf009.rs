//! RF009: the year in a document's number is not that of its date: `12/2003/QĐ-UBND ngày 05/6/2023`.

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, show, symbol::Symbol};

pub(super) const RULE: Rule = Rule {
    code: "RF009",
    name: "year-of-number",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/RF009.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let quotes = &case.record.mentions.references;
    let dated = |iso: &str| Days::parse(iso).map(|days| days.first.year());
    let mut told: Vec<(&str, &str)> = Vec::new();
    for quote in quotes {
        let (Some(number), Some(date)) = (quote.number.as_deref(), quote.date.as_deref()) else { continue };
        let (Some(year), Some(issued)) = (Symbol::parse(number).and_then(|symbol| symbol.year), dated(date)) else { continue };
        // What is dated after the document itself is told as that.
        let later = case.issued.is_some_and(|own| Days::parse(date).is_some_and(|days| days.first > own.last));
        // So is a number that another place quotes with its right date.
        let elsewhere = quotes
            .iter()
            .any(|other| other.number.as_deref() == Some(number) && other.date.as_deref().and_then(dated) == Some(year));
        if year == issued || later || elsewhere || told.contains(&(number, date)) {
            continue;
        }
        told.push((number, date));
        findings.report(
            Report::new(case.quoted(quote))
                .severity(case.by_letters(RULE.severity))
                .vi(
                    format!("Số {number} là của năm {year} nhưng ghi ngày {}.", show::date_vi(date)),
                    "Đối chiếu số và ngày của văn bản được dẫn; một trong hai năm bị ghi nhầm.",
                )
                .en(
                    format!("Number {number} is of {year}, but it is dated {date}."),
                    "Look up the document; one of the two years is wrong.",
                )
                .value("number", number)
                .value("date", date),
        );
    }
    let document = &case.record.document;
    let (Some(number), Some(date)) = (document.number.as_deref(), document.date.as_deref()) else { return };
    let (Some(year), Some(issued)) = (Symbol::parse(number).and_then(|symbol| symbol.year), dated(date)) else { return };
    if year != issued {
        findings.report(
            Report::new(case.head(number).into_iter().chain(case.head(&issued.to_string())))
                .severity(case.by_letters(RULE.severity))
                .vi(
                    format!("Số {number} là của năm {year} nhưng văn bản ghi ngày {}.", show::date_vi(date)),
                    "Sửa năm trong số văn bản hoặc trong ngày ban hành.",
                )
                .en(
                    format!("Number {number} is of {year}, but the document is dated {date}."),
                    "Correct the year of the number or of the date.",
                )
                .value("number", number)
                .value("date", date),
        );
    }
}
