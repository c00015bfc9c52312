//! SM004: one quantity is stated with two values.

use std::collections::HashMap;

use crate::check::{Case, Check, Findings, Report, Rule, Severity, alike::Likeness, alike::Wording, show, surroundings};
use crate::record::{Comparator, Fact};
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "SM004",
    name: "one-quantity-two-values",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/SM004.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    swapped(case, findings);
    let counted = |fact: &&Fact| fact.change.is_none() && fact.comparator == Comparator::Eq && fact.unit.is_some();
    let facts: Vec<(&Fact, Wording)> =
        case.record.facts.iter().filter(counted).map(|fact| (fact, Wording::new(&fact.subject))).collect();
    // Only facts with a word in common are compared: by their longest words.
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (_, words)) in facts.iter().enumerate() {
        for word in words.words() {
            by_word.entry(word).or_default().push(at);
        }
    }
    for (at, (one, words)) in facts.iter().enumerate() {
        let Some(rarest) = words.words().filter_map(|word| by_word.get(word)).min_by_key(|places| places.len()) else { continue };
        for there in rarest.iter().copied().filter(|there| *there > at) {
            let (other, others) = &facts[there];
            let (left, right) = (one.value.0, other.value.0);
            // A result of six months and one of a quarter differ rightly; so does a list by units under one heading.
            let apart = one.section != other.section || far(one, other);
            // So do years of a series, groups and parts in parallel: `Trước khi sắp xếp`, `Xã Suối Lim`.
            if !one_setting(case, one, other) || is_series(&facts, words, there) {
                continue;
            }
            if left == right
                || span_of(one) != span_of(other)
                || one.unit != other.unit
                || !apart
                || words.length() < 5
                || words.compare(others) != Likeness::Same
            {
                continue;
            }
            let sides = case
                .sides(one.section.as_deref(), &one.evidence)
                .into_iter()
                .chain(case.sides(other.section.as_deref(), &other.evidence));
            // Only a slip of the pen is surely one; other values may be for what the words do not say.
            let severity = if is_slip(left, right) { Severity::Warning } else { Severity::Note };
            findings.report(
                Report::new(sides)
                    .severity(severity)
                    .cause(words.words().collect::<Vec<_>>().join(" "))
                    .vi(
                        format!("Cùng một số liệu ghi hai giá trị: {} và {}.", show::vi(left), show::vi(right)),
                        "Thống nhất số liệu; nếu khác thời điểm hoặc phạm vi thì ghi rõ.",
                    )
                    .en(
                        format!("One quantity has two values: {} and {}.", show::en(left), show::en(right)),
                        "Make them agree; if time or scope differ, say so.",
                    )
                    .value("first", left)
                    .value("second", right),
            );
        }
    }
}

/// Two numbers of one unit that differ by two digits that changed places, where the sentences speak of the same thing: `cho 2.318 hộ`
/// and `2.381 hộ nhận giao khoán`. Nobody counts so by chance.
fn swapped(case: &Case, findings: &mut Findings) {
    let facts: Vec<(&Fact, String)> = case
        .record
        .facts
        .iter()
        .filter(|fact| fact.change.is_none() && fact.value.0.fract() == 0.0 && fact.value.0 >= 1000.0 && fact.unit.is_some())
        .map(|fact| (fact, fact.value.0.to_string()))
        .collect();
    let mut by_digits: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
    for (at, (_, digits)) in facts.iter().enumerate() {
        let mut sorted = digits.clone().into_bytes();
        sorted.sort_unstable();
        by_digits.entry(sorted).or_default().push(at);
    }
    for (at, (one, digits)) in facts.iter().enumerate() {
        let mut sorted = digits.clone().into_bytes();
        sorted.sort_unstable();
        for there in by_digits.get(&sorted).into_iter().flatten().copied().filter(|there| *there > at) {
            let (other, others) = &facts[there];
            let unit = |fact: &Fact| fact.unit.as_deref().map(fold);
            if unit(one) != unit(other)
                || !one_setting(case, one, other)
                || !neighbours_swapped(digits, others)
                || !speak_alike(case, one, other)
            {
                continue;
            }
            let sides = case
                .sides(one.section.as_deref(), &one.evidence)
                .into_iter()
                .chain(case.sides(other.section.as_deref(), &other.evidence));
            let (left, right) = (one.value.0, other.value.0);
            findings.report(
                Report::new(sides)
                    .vi(
                        format!("Hai số chỉ khác nhau ở hai chữ số đảo chỗ: {} và {}.", show::vi(left), show::vi(right)),
                        "Đối chiếu số liệu gốc; nếu là một số liệu thì thống nhất.",
                    )
                    .en(
                        format!(
                            "Two numbers differ only by digits that changed places: {} and {}.",
                            show::en(left),
                            show::en(right)
                        ),
                        "Look up the source; if it is one figure, make them agree.",
                    )
                    .value("first", left)
                    .value("second", right),
            );
        }
    }
}

/// Whether nothing around two facts says that they are about two times, groups or parts.
fn one_setting(case: &Case, one: &Fact, other: &Fact) -> bool {
    let words = |fact: &Fact| fact.evidence.first().map(|piece| piece.text.clone()).unwrap_or_default();
    let years = |fact: &Fact| surroundings::years_around(case, &words(fact), fact.section.as_deref());
    let (left, right) = (one.section.as_deref(), other.section.as_deref());
    years(one) == years(other) && !surroundings::parallel(left, right) && !surroundings::two_groups(case, left, right)
}

/// Whether the same words have a third value: a list or a series says them again and again.
fn is_series(facts: &[(&Fact, Wording)], words: &Wording, pair: usize) -> bool {
    let mut values: Vec<f64> = Vec::new();
    for (at, (fact, others)) in facts.iter().enumerate() {
        if at == pair || others.words().eq(words.words()) || words.compare(others) == Likeness::Same {
            if !values.contains(&fact.value.0) {
                values.push(fact.value.0);
            }
            if values.len() > 2 {
                return true;
            }
        }
    }
    false
}

/// Whether two numbers differ as by a slip: one digit, or two that changed places.
fn is_slip(one: f64, other: f64) -> bool {
    let (one, other) = (one.to_string(), other.to_string());
    let differ = one.bytes().zip(other.bytes()).filter(|(left, right)| left != right).count();
    one.len() == other.len() && one.len() > 1 && (differ == 1 || neighbours_swapped(&one, &other))
}

fn neighbours_swapped(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let differ: Vec<usize> = (0..one.len().min(other.len())).filter(|at| one[*at] != other[*at]).collect();
    matches!(differ[..], [first, second] if second == first + 1 && one[first] == other[second] && one[second] == other[first])
}

/// Whether the sentences that two facts stand in have words in common beside their unit.
fn speak_alike(case: &Case, one: &Fact, other: &Fact) -> bool {
    let words = |fact: &Fact| -> Vec<String> {
        // A fact's own words may be no more than its unit; what stands right before it in its sentence tells the rest.
        let near = case.record.facts.iter().filter(|beside| {
            let (Some(own), Some(there)) = (fact.evidence.first(), beside.evidence.first()) else { return false };
            // A fact that begins with a capital begins its sentence: what stands before it belongs to another item.
            let begins = own.text.starts_with(char::is_uppercase) && there.start < own.start;
            beside.section == fact.section && there.start <= own.start && own.start <= there.end + 40 && !begins
        });
        let mut words: Vec<String> = near
            .flat_map(|beside| Wording::new(&beside.subject).words().map(ToOwned::to_owned).collect::<Vec<_>>())
            .filter(|word| fact.unit.as_deref().is_none_or(|unit| !fold(unit).contains(word.as_str())))
            .collect();
        words.sort();
        words.dedup();
        words
    };
    let (one, other) = (words(one), words(other));
    one.iter().filter(|word| other.contains(word)).count() >= 3
}

/// The stretch of time that a fact says it counts in: `Trong tháng 12 đã cấp …`, `Lũy kế đã cấp …`.
fn span_of(fact: &Fact) -> Option<&'static str> {
    let words = fact.evidence.first().map(|piece| fold(&piece.text)).unwrap_or_default();
    ["trong tháng", "trong quý", "trong tuần", "trong kỳ", "riêng tháng", "riêng quý", "lũy kế"]
        .into_iter()
        .find(|span| words.starts_with(span))
}

/// Whether two facts stand in different sentences, far from each other.
fn far(one: &Fact, other: &Fact) -> bool {
    let (Some(end), Some(start)) = (one.evidence.last(), other.evidence.first()) else { return false };
    start.start > end.end + 200
}
