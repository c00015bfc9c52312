//! RF003: type and symbol disagree: `Thông báo số 49/BC-…`.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, symbol::Symbol};

pub(super) const RULE: Rule = Rule {
    code: "RF003",
    name: "type-and-symbol-disagree",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/RF003.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let mut told: Vec<&str> = Vec::new();
    for quote in &case.record.mentions.references {
        let (Some(kind), Some(number)) = (quote.kind.as_deref(), quote.number.as_deref()) else { continue };
        let Some(symbol) = Symbol::parse(number) else { continue };
        let own = case.codes(kind);
        let letters = symbol.kind();
        // Schemes, programmes and rules are enacted by decisions and carry their symbol; they have no register of their own. A paper
        // that is called nothing but that (`văn bản số 896/KH-…`) may be of any type.
        let enacted = matches!(
            kind,
            "Văn bản" | "Đề án" | "Chương trình" | "Quy chế" | "Quy định" | "Phương án" | "Dự án" | "Quy hoạch" | "Chiến lược"
        );
        let other = case.lexicon.types.iter().find(|known| known.codes.iter().any(|code| code == letters));
        let Some(other) = other.filter(|_| !own.is_empty() && !own.iter().any(|code| code == letters)) else { continue };
        // `Thông báo kết luận số 33/TB-UBND`: a notice of conclusions.
        let notice = kind == "Kết luận"
            && letters == "TB"
            && quote.evidence.first().is_some_and(|piece| piece.text.starts_with(char::is_lowercase));
        // `Văn bản số 312/GM-…` names no type, whatever it is taken for.
        let words = quote.evidence.first().map(|piece| crate::words::fold(&piece.text)).unwrap_or_default();
        let untyped = !words.contains(&crate::words::fold(kind));
        if enacted || notice || untyped || is_of_issuer(letters, quote.issuer.as_deref()) || told.contains(&number) {
            continue;
        }
        told.push(number);
        findings.report(
            Report::new(case.quoted(quote))
                .vi(
                    format!("Ghi là {kind} nhưng ký hiệu {number} là của {}.", other.name),
                    "Đối chiếu bản gốc, sửa tên loại hoặc ký hiệu.",
                )
                .en(
                    format!("Called a {kind}, but the symbol {number} is that of a {}.", other.name),
                    "Compare with the original; correct the type or the symbol.",
                )
                .value("type", kind)
                .value("symbol", number)
                .value("symbol_type", &other.name),
        );
    }
}

/// Whether the letters are the issuer's and no type's: `501/TTr-NV` of a `Thanh tra`.
fn is_of_issuer(letters: &str, issuer: Option<&str>) -> bool {
    let capitals: String = letters.chars().filter(|c| c.is_uppercase()).collect();
    issuer.is_some_and(|issuer| {
        let initials: String =
            issuer.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect();
        capitals.chars().count() > 1 && initials.starts_with(&capitals)
    })
}
