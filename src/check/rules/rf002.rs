//! RF002: one document is quoted with two titles, or with two years in its title.

use std::collections::BTreeMap;

use crate::check::{
    Cases, Check, Findings, Report, Rule, Severity,
    alike::Likeness,
    alike::Wording,
    quotes::{own, same_issuer, years},
    show,
    symbol::Symbol,
};
use crate::record::Quote;
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "RF002",
    name: "one-document-two-titles",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/RF002.md"),
    check: Check::Collection(check),
};

fn check(cases: &Cases, findings: &mut Findings) {
    // By number and date: only those two together name one document among many.
    let mut known: BTreeMap<(String, String), Vec<(usize, &Quote)>> = BTreeMap::new();
    for (at, case) in cases.cases.iter().enumerate() {
        for quote in &case.record.mentions.references {
            // A place without a date means the document that is dated elsewhere in the text.
            let entry = case.record.references.get(quote.reference).and_then(|entry| entry.date.as_ref());
            if let (Some(number), Some(date), Some(title)) = (&quote.number, quote.date.as_ref().or(entry), &quote.title)
                && Symbol::parse(number).is_some()
                && !is_clause(title)
            {
                known.entry((number.to_lowercase(), date.clone())).or_default().push((at, quote));
            }
        }
    }
    // What a document calls itself comes last: the place that quotes it otherwise is the one to look at.
    let owns: Vec<Option<Quote>> = cases.cases.iter().map(own).collect();
    for (at, quote) in owns.iter().enumerate() {
        if let Some(quote) = quote
            && let (Some(number), Some(date), Some(_)) = (&quote.number, &quote.date, &quote.title)
        {
            known.entry((number.to_lowercase(), date.clone())).or_default().push((at, quote));
        }
    }
    for quotes in known.values() {
        let (first_case, first) = quotes[0];
        for (at, quote) in &quotes[1..] {
            let (Some(one), Some(other)) = (&first.title, &quote.title) else { continue };
            let (years, others) = (years(one), years(other));
            let apart = !years.is_empty() && !others.is_empty() && years.iter().all(|year| !others.contains(year));
            let (words, other_words) = (Wording::new(one), Wording::new(other));
            // A place without a date of its own says what the document does more often than what it is called.
            let dated = first.date.is_some() && quote.date.is_some();
            let titled = [first, quote].iter().any(|quote| is_titled(cases, quote));
            let strange = dated
                && titled
                && words.length() >= 5
                && other_words.length() >= 5
                && words.compare(&other_words) == Likeness::Other
                && words.closeness(&other_words) < 0.12;
            if !(apart || strange) || !same_issuer(first, quote) {
                continue;
            }
            let number = first.number.clone().unwrap_or_default();
            let sides = cases.cases[first_case].title(first).into_iter().chain(cases.cases[*at].title(quote));
            let (severity, told_vi, told_en) = if apart {
                (Severity::Error, "hai năm khác nhau", "two years")
            } else {
                (Severity::Warning, "hai tên khác nhau", "two titles")
            };
            findings.report(
                Report::new(sides)
                    .severity(severity)
                    .vi(
                        format!(
                            "Văn bản số {number} được dẫn với {told_vi}: “{}” và “{}”.",
                            show::short(one),
                            show::short(other)
                        ),
                        "Đối chiếu bản gốc, sửa tên văn bản ở chỗ sai.",
                    )
                    .en(
                        format!(
                            "Document {number} is quoted with {told_en}: “{}” and “{}”.",
                            show::short(one),
                            show::short(other)
                        ),
                        "Compare with the original and correct the title.",
                    )
                    .value("number", &number)
                    .value("titles", [one, other]),
            );
            // One finding a document is enough.
            break;
        }
    }
}

/// Whether documents of a type have one title by which they are quoted. A notice or a letter speaks of several matters, and is quoted
/// with the one that matters here: `Thông báo số 12-TB/TU về Đề án …`, `… về nội dung kỳ họp`.
fn is_titled(cases: &Cases, quote: &Quote) -> bool {
    quote.kind.as_ref().is_none_or(|kind| cases.words.standings.contains_key(kind))
}

/// Whether what stands behind a number says what the document does, or that it came with another, and is no title: `quy định: trường
/// hợp …`, `ban hành kèm theo Quyết định số …`.
fn is_clause(title: &str) -> bool {
    const LEAD: usize = 4;
    let folded = fold(title);
    folded.starts_with("ban hành kèm") || folded.split_whitespace().take(LEAD).any(|word| word.ends_with(':'))
}
