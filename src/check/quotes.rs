//! Documents as they are quoted: by their number, with who issued them.

use std::collections::BTreeMap;

use super::case::Case;
use super::symbol::Symbol;
use crate::record::{Quote, ReferenceRole};
use crate::words::fold;

/// The quotations of a document by the number of what they quote.
pub struct Quotes;

impl Quotes {
    /// All places that quote a number, each number's in reading order; numbers without letters (`Đề án 06`) are left out.
    #[must_use]
    pub fn by_number<'a>(case: &Case<'a>) -> BTreeMap<String, Vec<&'a Quote>> {
        let mut known: BTreeMap<String, Vec<&Quote>> = BTreeMap::new();
        for quote in &case.record.mentions.references {
            if let Some(number) = quote.number.as_ref().filter(|number| Symbol::parse(number).is_some()) {
                known.entry(number.clone()).or_default().push(quote);
            }
        }
        known
    }
}

/// Whether nothing says that two places mean documents of two issuers: `UBND tỉnh` and `Chủ tịch UBND tỉnh` keep one register.
#[must_use]
pub fn same_issuer(one: &Quote, other: &Quote) -> bool {
    let (Some(one), Some(other)) = (&one.issuer, &other.issuer) else { return true };
    let (one, other) = (body(one), body(other));
    one.contains(&other) || other.contains(&one)
}

/// The name of a body, folded and written out: `UBND tỉnh` is `Ủy ban nhân dân tỉnh`.
#[must_use]
pub fn body(name: &str) -> String {
    const SHORT: [(&str, &str); 5] =
        [("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("bcđ", "ban chỉ đạo"), ("uỷ ban", "ủy ban"), ("&", " và ")];
    // `Giám đốc Sở Công Thương (theo phụ lục đính kèm)`.
    let name = name.split('(').next().unwrap_or_default();
    let written = SHORT.iter().fold(fold(name), |name, (short, long)| name.replace(short, long));
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A document as it would quote itself: what others that quote it should say. `None` where its number is not known.
#[must_use]
pub fn own(case: &Case) -> Option<Quote> {
    let document = &case.record.document;
    let number = document.number.clone()?;
    let letters = Symbol::parse(&number)?.kind().to_owned();
    let kind = case.lexicon.types.iter().find(|kind| kind.codes.contains(&letters)).map(|kind| kind.name.clone());
    let holding: String = document.title.as_deref().unwrap_or_default().chars().take(20).collect();
    let piece = document.evidence.iter().find(|piece| !holding.is_empty() && piece.text.contains(&holding));
    Some(Quote {
        reference: usize::MAX,
        kind,
        number: Some(number),
        date: document.date.clone(),
        issuer: document.issuer.clone(),
        title: document.title.clone(),
        role: ReferenceRole::Mention,
        under: Vec::new(),
        section: None,
        evidence: vec![piece.or(document.evidence.first())?.clone()],
    })
}

pub use crate::words::years;
