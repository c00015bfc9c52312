//! RF005: a document is quoted that is younger than the one quoting it.

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, show};
use crate::record::{Quote, ReferenceRole};

pub(super) const RULE: Rule = Rule {
    code: "RF005",
    name: "younger-than-the-document",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/RF005.md"),
    check: Check::Document(check),
};

/// `Căn cứ Kế hoạch số 89/KH-UBND ngày 03/3/2026, Sở đã ban hành Kế hoạch số 75/KH-SYT ngày 12/02/2026`: the basis came later.
fn under(case: &Case, findings: &mut Findings) {
    let quotes = &case.record.mentions.references;
    let day =
        |quote: &Quote| quote.date.as_deref().and_then(Days::parse).filter(|days| days.first == days.last).map(|days| days.first);
    for issued in quotes.iter().filter(|quote| !quote.under.is_empty()) {
        let Some(date) = day(issued) else { continue };
        let bases = issued.under.iter().filter_map(|at| quotes.get(*at));
        for basis in bases.filter(|basis| day(basis).is_some_and(|day| day > date)) {
            let numbers = [issued.number.clone().unwrap_or_default(), basis.number.clone().unwrap_or_default()];
            let dates = [issued.date.clone().unwrap_or_default(), basis.date.clone().unwrap_or_default()];
            findings.report(
                Report::new(case.quoted(basis).into_iter().chain(case.quoted(issued)))
                    .severity(case.by_days(Severity::Warning, date, day(basis).unwrap_or(date)))
                    .vi(
                        format!(
                            "{} ({}) được ghi là ban hành theo {} ban hành sau đó ({}).",
                            numbers[0],
                            show::date_vi(&dates[0]),
                            numbers[1],
                            show::date_vi(&dates[1])
                        ),
                        "Đối chiếu ngày của hai văn bản.",
                    )
                    .en(
                        format!("{} ({}) is said to rest on {}, issued later ({}).", numbers[0], dates[0], numbers[1], dates[1]),
                        "Check both dates.",
                    )
                    .value("numbers", &numbers)
                    .value("dates", &dates),
            );
        }
    }
}

fn check(case: &Case, findings: &mut Findings) {
    under(case, findings);
    let Some(issued) = case.issued else { return };
    let date = case.record.document.date.clone().unwrap_or_default();
    for quote in &case.record.mentions.references {
        let Some(quoted) = quote.date.as_deref().and_then(Days::parse) else { continue };
        let sides = || case.quoted(quote).into_iter().chain(case.head(date.get(..4).unwrap_or_default()));
        if quoted.first <= issued.first {
            continue;
        }
        if quoted.first <= issued.last {
            if quote.role == ReferenceRole::Basis {
                findings.undecided(
                    sides(),
                    "ngày ban hành còn để trống, nên không biết căn cứ có trước văn bản không",
                    "the day of issue is blank, so it is not known which came first",
                );
            }
            continue;
        }
        let number = quote.number.clone().unwrap_or_default();
        let day = quoted.first.to_string();
        findings.report(
            Report::new(sides())
                .severity(case.by_days(RULE.severity, quoted.first, issued.first))
                .vi(
                    format!(
                        "Văn bản ban hành {} dẫn văn bản {number} ban hành sau đó ({}).",
                        show::date_vi(&date),
                        show::date_vi(&day)
                    ),
                    "Kiểm tra ngày của văn bản được dẫn và ngày ban hành.",
                )
                .en(format!("Issued {date}, it quotes {number}, issued later ({day})."), "Check both dates.")
                .value("number", &number)
                .value("quoted", day)
                .value("issued", &date),
        );
    }
}
