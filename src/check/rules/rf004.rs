//! RF004: a broken symbol: `06/QĐTTg`, `107/NĐ-CP`.

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, symbol::Symbol};

pub(super) const RULE: Rule = Rule {
    code: "RF004",
    name: "broken-symbol",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/RF004.md"),
    check: Check::Document(check),
};

/// Types whose symbol has the year in it since the law of 1996 on legal documents: `107/2021/NĐ-CP`.
const WITH_YEAR: [&str; 3] = ["Nghị định", "Thông tư", "Thông tư liên tịch"];

fn check(case: &Case, findings: &mut Findings) {
    let mut told: Vec<&str> = Vec::new();
    for quote in &case.record.mentions.references {
        let (Some(kind), Some(number)) = (quote.kind.as_deref(), quote.number.as_deref()) else { continue };
        let Some(symbol) = Symbol::parse(number) else { continue };
        if told.contains(&number) {
            continue;
        }
        let glued = case.codes(kind).iter().find_map(|code| {
            let rest = symbol.kind().strip_prefix(code.as_str())?;
            (rest.chars().count() >= 2 && rest.chars().next().is_some_and(char::is_uppercase)).then(|| {
                // State symbols are `06/QĐ-TTg`, Party symbols `72-NQ/TW`.
                let joint = if number.contains('/') { '-' } else { '/' };
                number.replacen(symbol.kind(), &format!("{code}{joint}{rest}"), 1)
            })
        });
        let old = quote.date.as_deref().and_then(Days::parse).is_some_and(|days| days.first.year() < 1997);
        let yearless = WITH_YEAR.contains(&kind)
            && symbol.year.is_none()
            && !old
            && case.codes(kind).iter().any(|code| code == symbol.kind());
        let (vi, en, wanted) = match glued {
            Some(wanted) => (
                format!("Ký hiệu {number} thiếu dấu nối, đúng ra là {wanted}."),
                format!("The symbol {number} lacks a joint: {wanted}."),
                wanted,
            ),
            None if yearless => {
                let year = quote.date.as_deref().and_then(|date| date.get(..4)).unwrap_or("…");
                let wanted = format!("{}/{year}/{}", symbol.number, symbol.letters);
                (
                    format!("Ký hiệu {number} thiếu năm, đúng ra là {wanted}."),
                    format!("The symbol {number} lacks the year: {wanted}."),
                    wanted,
                )
            }
            None => continue,
        };
        told.push(number);
        findings.report(
            Report::new(case.quoted(quote))
                .vi(vi, "Sửa ký hiệu theo bản gốc; ký hiệu sai thì không tra cứu được.")
                .en(en, "Correct it by the original; a broken symbol cannot be looked up.")
                .value("symbol", number)
                .value("wanted", wanted),
        );
    }
}
