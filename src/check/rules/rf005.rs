//! RF005: a document is quoted that is younger than the one quoting it.

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, show};
use crate::record::ReferenceRole;

pub(super) const RULE: Rule = Rule {
    code: "RF005",
    name: "younger-than-the-document",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/RF005.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
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
