//! RF001: one document is quoted with two dates.

use crate::check::{
    Case, Check, Days, Findings, Report, Rule, Severity,
    quotes::{Quotes, same_issuer},
    show,
    symbol::Symbol,
};
use crate::record::Quote;

pub(super) const RULE: Rule = Rule {
    code: "RF001",
    name: "one-document-two-dates",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/RF001.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for (number, quotes) in Quotes::by_number(case) {
        // Each date once, with the first place that gives it.
        let mut dated: Vec<(&Quote, Days)> = Vec::new();
        for quote in quotes {
            let Some(days) = quote.date.as_deref().and_then(Days::parse) else { continue };
            if !dated.iter().any(|(_, known)| *known == days) {
                dated.push((quote, days));
            }
        }
        for (at, (one, first)) in dated.iter().enumerate() {
            for (other, second) in &dated[at + 1..] {
                let (one_day, other_day) = (first.first, second.first);
                // Registers begin anew each year: 41/BC-UBND of 2023 and of 2024 are two. Only the same day of another year is a slip.
                let in_one_year = one_day.year() == other_day.year();
                let slip = (one_day.month(), one_day.day()) == (other_day.month(), other_day.day());
                let named = Symbol::parse(&number).is_some_and(|symbol| symbol.year.is_some());
                if !(in_one_year || slip || named)
                    || !same_issuer(one, other)
                    || one.kind.is_some() && other.kind.is_some() && one.kind != other.kind
                {
                    continue;
                }
                let dates = [one_day.to_string(), other_day.to_string()];
                findings.report(
                    Report::new(case.quoted(one).into_iter().chain(case.quoted(other)))
                        .vi(
                            format!(
                                "Văn bản số {number} được dẫn với hai ngày: {} và {}.",
                                show::date_vi(&dates[0]),
                                show::date_vi(&dates[1])
                            ),
                            "Đối chiếu bản gốc, sửa chỗ sai; nếu là hai văn bản thì sửa số.",
                        )
                        .en(
                            format!("Document {number} is quoted with two dates: {} and {}.", dates[0], dates[1]),
                            "Compare with the original; if these are two documents, correct a number.",
                        )
                        .value("number", &number)
                        .value("dates", &dates),
                );
            }
        }
    }
}
