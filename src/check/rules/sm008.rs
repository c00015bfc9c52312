//! SM008: what was counted since the start of the year is less than what was counted in a part of it.

use crate::check::{
    Case, Check, Findings, Report, Rule, Severity, alike::Likeness, alike::Wording, quotes::years, show, surroundings,
};
use crate::lexicon::SurroundingKind;
use crate::record::{Comparator, Fact};

pub(super) const RULE: Rule = Rule {
    code: "SM008",
    name: "longer-time-smaller-count",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/SM008.md"),
    check: Check::Document(check),
};

/// Fewest words that say what is counted.
const TELLING: usize = 4;

/// A count with the time that it begins with: `Từ đầu năm đến nay, toàn tỉnh tiếp nhận …`.
struct Timed<'a> {
    fact: &'a Fact,
    kind: SurroundingKind,
    words: Wording,
}

fn check(case: &Case, findings: &mut Findings) {
    let own = case.years().filter(|years| years.start() == years.end()).map(|years| *years.start());
    let timed: Vec<Timed> = case.record.facts.iter().filter_map(|fact| timed(case, fact, own)).collect();
    let of = |kind: SurroundingKind| timed.iter().filter(move |one| one.kind == kind);
    for short in of(SurroundingKind::Within) {
        for long in of(SurroundingKind::Since) {
            let alike = short.words.compare(&long.words) == Likeness::Same && short.fact.unit == long.fact.unit;
            if !alike || short.fact.value <= long.fact.value {
                continue;
            }
            let (less, more) = (long.fact.value.0, short.fact.value.0);
            let sides = [long.fact, short.fact].into_iter().flat_map(|fact| case.sides(fact.section.as_deref(), &fact.evidence));
            findings.report(
                Report::new(sides)
                    .vi(
                        format!("Tính từ đầu năm là {}, ít hơn {} của một phần trong năm.", show::vi(less), show::vi(more)),
                        "Kiểm tra lại hai số và thời gian; nếu khác phạm vi thì ghi rõ.",
                    )
                    .en(
                        format!(
                            "Since the start of the year it is {}, less than the {} of a part of it.",
                            show::en(less),
                            show::en(more)
                        ),
                        "Check both numbers and their times; if their scope differs, say so.",
                    )
                    .value("since", less)
                    .value("within", more),
            );
        }
    }
}

/// A count that begins with its time; `None` for rates, changes, and times of another year.
fn timed<'a>(case: &Case, fact: &'a Fact, own: Option<i16>) -> Option<Timed<'a>> {
    let text = &fact.evidence.first()?.text;
    let counted = fact.change.is_none()
        && fact.comparator == Comparator::Eq
        && fact.unit.as_deref().is_some_and(|unit| !unit.contains('%') && !unit.contains('/'));
    let kinds = [SurroundingKind::Since, SurroundingKind::Within];
    let kind = kinds.into_iter().find(|kind| surroundings::opens(case, text, *kind)).filter(|_| counted)?;
    if years(text).into_iter().any(|year| own != Some(year)) {
        return None;
    }
    // What is counted stands behind the time, which a comma ends.
    let subject = &fact.subject;
    let named = subject.split_once(',').filter(|(time, _)| kinds.into_iter().any(|kind| surroundings::opens(case, time, kind)));
    let words = Wording::new(named.map_or(subject.as_str(), |(_, rest)| rest));
    (words.length() >= TELLING).then_some(Timed { fact, kind, words })
}
