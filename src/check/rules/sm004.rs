//! SM004: one quantity is stated with two values.

use std::collections::HashMap;

use crate::check::{Case, Check, Findings, Report, Rule, Severity, alike::Likeness, alike::Wording, show};
use crate::record::{Comparator, Fact};

pub(super) const RULE: Rule = Rule {
    code: "SM004",
    name: "one-quantity-two-values",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/SM004.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
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
            if left == right || one.unit != other.unit || !apart || words.length() < 5 || words.compare(others) != Likeness::Same
            {
                continue;
            }
            let sides = case
                .sides(one.section.as_deref(), &one.evidence)
                .into_iter()
                .chain(case.sides(other.section.as_deref(), &other.evidence));
            findings.report(
                Report::new(sides)
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

/// Whether two facts stand in different sentences, far from each other.
fn far(one: &Fact, other: &Fact) -> bool {
    let (Some(end), Some(start)) = (one.evidence.last(), other.evidence.first()) else { return false };
    start.start > end.end + 200
}
