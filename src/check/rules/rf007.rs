//! RF007: a later document of one register has a smaller number: `50/BC-UBND` of 29/3, `17/BC-UBND` of 03/4.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, quotes::body, symbol::Symbol};
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

/// What is quoted of documents of one kind, year and map.
#[derive(Default)]
struct Register<'a> {
    entries: Vec<Entry<'a>>,
    known: BTreeSet<(u32, Date)>,
    /// Of the entries, each once.
    issuers: BTreeSet<String>,
}

impl<'a> Register<'a> {
    /// Adds an entry, unless it is there or another issuer than those that are there keeps the register that it belongs to.
    fn add(&mut self, quote: &'a Quote, days: Days, number: u32) {
        let issuer = quote.issuer.as_deref().map(body);
        let is_same = |known: &String| issuer.as_ref().is_none_or(|issuer| known.contains(issuer) || issuer.contains(known));
        if self.known.contains(&(number, days.first)) || !self.issuers.iter().all(is_same) {
            return;
        }
        self.known.insert((number, days.first));
        self.issuers.extend(issuer);
        self.entries.push((quote, days, number));
    }
}

fn check(case: &Case, findings: &mut Findings) {
    // Numbers began anew when provinces and communes were merged.
    let reform = Days::parse(REFORM).map(|days| days.first);
    let mut registers: BTreeMap<(String, i16, bool), Register> = BTreeMap::new();
    for quote in &case.record.mentions.references {
        let (Some(number), Some(days)) = (&quote.number, quote.date.as_deref().and_then(Days::parse)) else { continue };
        let Some(symbol) = Symbol::parse(number).filter(|symbol| symbol.year.is_none() && days.first == days.last) else {
            continue;
        };
        let key = (symbol.letters.to_owned(), days.first.year(), reform.is_some_and(|day| days.first >= day));
        registers.entry(key).or_default().add(quote, days, symbol.number);
    }
    for Register { mut entries, issuers, .. } in registers.into_values() {
        // With two one cannot say which is wrong. Letters like `BC-UBND` belong to every province: where the document quotes two
        // issuers of them, numbers whose issuer is not named may be of either.
        if issuers.len() > 1 {
            entries.retain(|(quote, ..)| quote.issuer.is_some());
        }
        if entries.len() < 4 {
            continue;
        }
        entries.sort_by_key(|(_, days, number)| (days.first, *number));
        let kept = longest_rise(&entries.iter().map(|(_, _, number)| *number).collect::<Vec<_>>());
        // Where many do not fit, it is no register.
        if entries.len() - kept.len() > entries.len() / 4 {
            continue;
        }
        for (at, (quote, days, number)) in entries.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
            let greater = entries[..at].iter().rev().find(|(_, before, other)| before.first < days.first && other > number);
            let smaller = entries[at + 1..].iter().find(|(_, after, other)| days.first < after.first && other < number);
            // One number with two dates is told as that.
            let Some((beside, _, other)) = greater.or(smaller).filter(|(_, _, other)| other != number) else { continue };
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

/// The places of the longest sequence that never falls; of several the one that ends last, and at each step back the first place.
fn longest_rise(numbers: &[u32]) -> BTreeSet<usize> {
    // Places by the length of the longest sequence that ends there. The numbers at the places of one length fall: one that did not
    // would end a longer sequence.
    let mut by_length: Vec<Vec<usize>> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = by_length.partition_point(|places| places.last().is_some_and(|place| numbers[*place] <= *number));
        let shorter = length.checked_sub(1).map(|shorter| &by_length[shorter]);
        before.push(shorter.map(|places| places[places.partition_point(|place| numbers[*place] > *number)]));
        if by_length.len() == length {
            by_length.push(Vec::new());
        }
        by_length[length].push(at);
    }
    let mut at = by_length.last().and_then(|places| places.last()).copied();
    let mut places = BTreeSet::new();
    while let Some(place) = at {
        places.insert(place);
        at = before[place];
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it is defined: each place is compared with all before it.
    fn by_comparing(numbers: &[u32]) -> BTreeSet<usize> {
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
        let last = (0..numbers.len()).max_by_key(|at| length[*at]);
        std::iter::successors(last, |at| before[*at]).collect()
    }

    #[test]
    fn the_longest_rise_is_found_without_comparing_each_with_each() {
        // Numbers that look random, few and many different ones.
        let mut state = 7_u32;
        for length in 0..200 {
            let numbers: Vec<u32> = (0..length % 40)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16) % (2 + length / 4)
                })
                .collect();
            assert_eq!(longest_rise(&numbers), by_comparing(&numbers), "{numbers:?}");
        }
    }
}
