//! Documents as they are quoted: by their number, with who issued them.

use std::collections::BTreeMap;

use super::case::Case;
use super::symbol::Symbol;
use crate::record::Quote;
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
    let (one, other) = (fold(one), fold(other));
    one.contains(&other) || other.contains(&one)
}

/// The years that a title names, each once: `năm 2024`, `giai đoạn 2021 - 2025`.
#[must_use]
pub fn years(title: &str) -> Vec<i16> {
    let mut years: Vec<i16> = title
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1990..=2100).contains(year))
        .collect();
    years.dedup();
    years
}
