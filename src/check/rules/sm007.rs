//! SM007: a part is greater than what it is of: `120 ha, trong đó trồng mới 150 ha`.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, show, surroundings};
use crate::lexicon::SurroundingKind;
use crate::record::{Comparator, Evidence, Number};
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "SM007",
    name: "part-greater-than-whole",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/SM007.md"),
    check: Check::Document(check),
};

/// A level that a sentence states: a result, or what is wanted.
struct Level<'a> {
    value: Number,
    unit: Option<&'a str>,
    /// Whether it is a number to the digit, and no change, no bound and no range.
    plain: bool,
    section: Option<&'a str>,
    evidence: &'a [Evidence],
}

/// Most characters between the whole and its part: a mark and a blank.
const NEAR: usize = 3;

fn check(case: &Case, findings: &mut Findings) {
    let mut levels = levels(case);
    levels.sort_by_key(|level| level.evidence.first().map_or(0, |piece| piece.start));
    for pair in levels.windows(2) {
        let [whole, part] = pair else { continue };
        let (Some(first), Some(second)) = (whole.evidence.first(), part.evidence.first()) else { continue };
        let beside = whole.section == part.section && second.start >= first.end && second.start <= first.end + NEAR;
        let unit = |level: &Level| level.unit.map(fold);
        // A share of another thing may be greater: `52% số hộ, trong đó 80% hộ nghèo`.
        let counted = unit(whole).is_some_and(|name| name != "%") && unit(whole) == unit(part);
        let (total, value) = (whole.value.0, part.value.0);
        if !beside
            || !counted
            || !whole.plain
            || !part.plain
            || value <= total
            || total <= 0.0
            || !surroundings::opens(case, &second.text, SurroundingKind::Part)
        {
            continue;
        }
        findings.report(
            Report::new(case.sides(whole.section, whole.evidence).into_iter().chain(case.sides(part.section, part.evidence)))
                .vi(
                    format!("Phần {} lớn hơn tổng {}.", show::vi(value), show::vi(total)),
                    "Kiểm tra lại hai số; nếu phần này không thuộc số đứng trước thì viết lại câu.",
                )
                .en(
                    format!("A part, {}, is greater than its whole, {}.", show::en(value), show::en(total)),
                    "Check both numbers; if it is no part of the one before, say so.",
                )
                .value("whole", total)
                .value("part", value),
        );
    }
}

fn levels<'a>(case: &Case<'a>) -> Vec<Level<'a>> {
    let record = case.record;
    let facts = record.facts.iter().map(|fact| Level {
        value: fact.value,
        unit: fact.unit.as_deref(),
        plain: fact.change.is_none() && fact.comparator == Comparator::Eq,
        section: fact.section.as_deref(),
        evidence: &fact.evidence,
    });
    let targets = record.targets.iter().filter(|target| target.row.is_none()).map(|target| Level {
        value: target.value,
        unit: target.unit.as_deref(),
        plain: target.change.is_none() && target.comparator == Comparator::Eq && target.value_to.is_none(),
        section: target.section.as_deref(),
        evidence: &target.evidence,
    });
    facts.chain(targets).collect()
}
