//! RF008: two documents have one title word for word: the title was copied from the row above.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Case, Check, Findings, Report, Rule, Severity, quotes::same_issuer, symbol::Symbol};
use crate::record::Quote;
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "RF008",
    name: "one-title-two-documents",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/RF008.md"),
    check: Check::Document(check),
};

/// A title of so many words is no formula.
const WORDS: usize = 12;

fn check(case: &Case, findings: &mut Findings) {
    let mut titles: BTreeMap<String, Vec<&Quote>> = BTreeMap::new();
    let mut known: BTreeSet<(String, &str)> = BTreeSet::new();
    for quote in &case.record.mentions.references {
        let (Some(title), Some(number), Some(_)) = (&quote.title, &quote.number, &quote.date) else { continue };
        if title.split_whitespace().count() < WORDS || Symbol::parse(number).is_none() {
            continue;
        }
        let title = fold(title);
        if known.insert((title.clone(), number.as_str())) {
            titles.entry(title).or_default().push(quote);
        }
    }
    for quotes in titles.values() {
        let first = quotes[0];
        let year = |quote: &Quote| quote.date.as_deref().and_then(|date| date.get(..4)).map(ToOwned::to_owned);
        let letters = |quote: &Quote| quote.number.as_deref().and_then(Symbol::parse).map(|symbol| symbol.letters.to_lowercase());
        // A title that comes every month or quarter has its time in it; one of another year or office may return.
        let twin = quotes[1..].iter().find(|quote| {
            quote.kind == first.kind
                && year(quote) == year(first)
                && letters(quote) == letters(first)
                && same_issuer(first, quote)
                && quote.date != first.date
        });
        let Some(twin) = twin else { continue };
        let numbers = [first.number.clone().unwrap_or_default(), twin.number.clone().unwrap_or_default()];
        findings.report(
            Report::new(case.title(first).into_iter().chain(case.title(twin)))
                .vi(
                    format!("Hai văn bản {} và {} có tên giống nhau từng chữ.", numbers[0], numbers[1]),
                    "Đối chiếu bản gốc; tên có thể bị chép nhầm từ dòng bên cạnh.",
                )
                .en(
                    format!("{} and {} have one title word for word.", numbers[0], numbers[1]),
                    "Compare with the originals; a title may have been copied from the row beside.",
                )
                .value("numbers", numbers),
        );
    }
}
