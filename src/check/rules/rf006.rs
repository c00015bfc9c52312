//! RF006: one number of one day has two symbols: `48/KH-BCĐCĐS` and `48/KH-UBND`.

use std::collections::BTreeMap;

use crate::check::{
    Cases, Check, Findings, Report, Rule, Severity, alike::Likeness, alike::Wording, quotes::own, symbol::Symbol,
};
use crate::record::Quote;
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "RF006",
    name: "one-number-two-symbols",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/RF006.md"),
    check: Check::Collection(check),
};

/// A place that quotes a document: which case, the quotation, its symbol.
type Place<'a> = (usize, &'a Quote, Symbol<'a>);

fn check(cases: &Cases, findings: &mut Findings) {
    let mut known: BTreeMap<(u32, &str, String), Vec<Place>> = BTreeMap::new();
    let owns: Vec<Option<Quote>> = cases.cases.iter().map(own).collect();
    for (at, case) in cases.cases.iter().enumerate() {
        for quote in owns[at].iter().chain(&case.record.mentions.references) {
            let (Some(kind), Some(date), Some(number)) = (&quote.kind, &quote.date, &quote.number) else { continue };
            let Some(symbol) = Symbol::parse(number).filter(|_| date.len() == 10) else { continue };
            // A notice called one thing and numbered as another is told as that.
            let own = case.codes(kind);
            if own.is_empty() || !own.iter().any(|code| symbol.kind().starts_with(code.as_str())) {
                continue;
            }
            known.entry((symbol.number, date, kind.clone())).or_default().push((at, quote, symbol));
        }
    }
    for quotes in known.values() {
        let pairs = (0..quotes.len()).flat_map(|at| (at + 1..quotes.len()).map(move |other| (at, other)));
        // Two places of one document come first: nobody has to ask whether they are of one province.
        let mut told: Vec<(usize, usize)> =
            pairs.filter(|(one, other)| disagree(cases, &quotes[*one], &quotes[*other])).collect();
        told.sort_by_key(|(one, other)| (quotes[*one].0 != quotes[*other].0, *one, *other));
        let Some((one, other)) = told.first() else { continue };
        let ((first_at, first, _), (at, quote, _)) = (&quotes[*one], &quotes[*other]);
        let numbers = [first.number.clone().unwrap_or_default(), quote.number.clone().unwrap_or_default()];
        let sides = cases.cases[*first_at].quoted(first).into_iter().chain(cases.cases[*at].quoted(quote));
        findings.report(
            Report::new(sides)
                .severity(cases.cases[*first_at].by_letters(RULE.severity))
                .vi(
                    format!("Cùng số, cùng ngày nhưng hai ký hiệu: {} và {}.", numbers[0], numbers[1]),
                    "Đối chiếu bản gốc xem cơ quan nào ban hành, thống nhất ký hiệu.",
                )
                .en(
                    format!("One number and date with two symbols: {} and {}.", numbers[0], numbers[1]),
                    "Look up who issued it, and use one symbol.",
                )
                .value("symbols", numbers),
        );
    }
}

/// So much in common, and two titles are of one document: `… rừng năm 2024`, `… rừng tỉnh A năm 2024`.
const CLOSE: f64 = 0.85;

/// Whether two places give one document two symbols.
fn disagree(cases: &Cases, (at, one, symbol): &Place, (other_at, other, other_symbol): &Place) -> bool {
    if symbol.letters.to_lowercase() == other_symbol.letters.to_lowercase() {
        return false;
    }
    let (wording, close) = match (&one.title, &other.title) {
        (Some(one), Some(other)) => {
            let (one, other) = (without_places(cases, *at, one), without_places(cases, *other_at, other));
            let (one, other) = (Wording::new(&one), Wording::new(&other));
            (one.compare(&other), one.length() >= 4 && one.closeness(&other) >= CLOSE)
        }
        _ => (Likeness::Near, false),
    };
    // Two registers may give out one number on one day: in one province's papers that is rare, among many it is not.
    symbol.bare() == other_symbol.bare() || wording != Likeness::Other && (at == other_at || wording == Likeness::Same || close)
}

/// A title without the document's own province, district and commune: `rừng tỉnh A năm 2024` is `rừng năm 2024`.
fn without_places(cases: &Cases, at: usize, title: &str) -> String {
    const UNITS: [&str; 6] = ["tỉnh", "thành phố", "huyện", "thị xã", "xã", "phường"];
    cases
        .own_places(at)
        .iter()
        .fold(fold(title), |title, name| UNITS.iter().fold(title, |title, unit| title.replace(&format!("{unit} {name}"), " ")))
}
