//! RF007: a later document of one register has a smaller number: `50/BC-UBND` of 29/3, `17/BC-UBND` of 03/4.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, quotes::body, quotes::same_issuer, symbol::Symbol};
use crate::lexicon::places::REFORM;
use crate::record::Quote;

pub(super) const RULE: Rule = Rule {
    code: "RF007",
    name: "register-runs-backwards",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/RF007.md"),
    check: Check::Document(check),
};

/// An entry of a register: where it is quoted, its day, its number.
type Entry<'a> = (&'a Quote, Days, u32);

fn check(case: &Case, findings: &mut Findings) {
    // Numbers began anew when provinces and communes were merged.
    let reform = Days::parse(REFORM).map(|days| days.first);
    let mut registers: BTreeMap<(String, i16, bool), Vec<Entry>> = BTreeMap::new();
    for quote in &case.record.mentions.references {
        let (Some(number), Some(days)) = (&quote.number, quote.date.as_deref().and_then(Days::parse)) else { continue };
        let Some(symbol) = Symbol::parse(number).filter(|symbol| symbol.year.is_none() && days.first == days.last) else {
            continue;
        };
        let entries = registers
            .entry((symbol.letters.to_owned(), days.first.year(), reform.is_some_and(|day| days.first >= day)))
            .or_default();
        let same = |(other, known, number): &Entry| *number == symbol.number && *known == days || !same_issuer(other, quote);
        if !entries.iter().any(same) {
            entries.push((quote, days, symbol.number));
        }
    }
    for entries in registers.values_mut() {
        // With two one cannot say which is wrong. Letters like `BC-UBND` belong to every province: where the document quotes two
        // issuers of them, numbers whose issuer is not named may be of either.
        let issuers: BTreeSet<String> = entries.iter().filter_map(|(quote, ..)| quote.issuer.as_deref().map(body)).collect();
        if issuers.len() > 1 {
            entries.retain(|(quote, ..)| quote.issuer.is_some());
        }
        if entries.len() < 4 {
            continue;
        }
        entries.sort_by_key(|(_, days, number)| (days.first, *number));
        let kept = longest_rise(&entries.iter().map(|(_, _, number)| *number).collect::<Vec<_>>());
        for (at, (quote, days, number)) in entries.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
            let greater = entries[..at].iter().rev().find(|(_, before, other)| before.first < days.first && other > number);
            let smaller = entries[at + 1..].iter().find(|(_, after, other)| days.first < after.first && other < number);
            // One number with two dates is told as that.
            let Some((beside, _, other)) = greater.or(smaller).filter(|(_, _, other)| other != number) else { continue };
            if entries.len() - kept.len() > entries.len() / 4 {
                continue;
            }
            findings.report(
                Report::new(case.quoted(quote).into_iter().chain(case.quoted(beside)))
                    .vi(
                        format!("Số {number} không theo thứ tự ngày: cùng ký hiệu, cùng năm có số {other}."),
                        "Đối chiếu bản gốc; số hoặc ngày của một trong hai văn bản bị sai.",
                    )
                    .en(
                        format!("Number {number} does not fit its date: the same register has {other}."),
                        "Compare with the originals; a number or a date is wrong.",
                    )
                    .value("number", *number)
                    .value("beside", *other),
            );
        }
    }
}

/// The places of the longest sequence that never falls.
fn longest_rise(numbers: &[u32]) -> Vec<usize> {
    let mut length = vec![1_usize; numbers.len()];
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for at in 0..numbers.len() {
        for earlier in 0..at {
            if numbers[earlier] <= numbers[at] && length[earlier] + 1 > length[at] {
                length[at] = length[earlier] + 1;
                before[at] = Some(earlier);
            }
        }
    }
    let mut at = (0..numbers.len()).max_by_key(|at| length[*at]);
    let mut places = Vec::new();
    while let Some(place) = at {
        places.push(place);
        at = before[place];
    }
    places
}
