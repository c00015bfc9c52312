//! TG005: one document gives one target two values.

use crate::check::{
    Case, Check, Findings, Report, Rule, Severity, alike::Likeness, alike::Wording, interval::Interval, pairs::same_time, show,
};
use crate::record::{Origin, Target};

pub(super) const RULE: Rule = Rule {
    code: "TG005",
    name: "one-target-two-values",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/TG005.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    // Two rows of a table, or two annexes, may be for two units; only the body states one target for all.
    let body: Vec<(&Target, Wording)> = case
        .record
        .targets
        .iter()
        .filter(|target| target.origin == Origin::Body && target.row.is_none() && target.actual.is_none())
        .map(|target| (target, Wording::of(target)))
        .collect();
    for (at, (one, words)) in body.iter().enumerate() {
        for (other, others) in &body[at + 1..] {
            let (left, right) = (Interval::of(one), Interval::of(other));
            let differs = left.value != right.value || left.to != right.to;
            let comparable = left.apart(&right).is_none() && same_time(case, one, other) && one.scope == other.scope;
            // A name of two words, `Tổ chức`, `trồng rừng`, tells too little.
            if !differs
                || !comparable
                || words.length() < 4
                || words.compare(others) != Likeness::Same
                || one.unit.as_deref() != Some("%") && one.section != other.section
            {
                continue;
            }
            let (first, second) = (one.value.0, other.value.0);
            findings.report(
                Report::new(case.target(one).into_iter().chain(case.target(other)))
                    .vi(
                        format!("Cùng một chỉ tiêu có hai giá trị: {} và {}.", show::vi(first), show::vi(second)),
                        "Thống nhất một giá trị; nếu là hai đối tượng khác nhau thì ghi rõ đối tượng.",
                    )
                    .en(
                        format!("One target has two values: {} and {}.", show::en(first), show::en(second)),
                        "Keep one of them; if they are for different groups, say which.",
                    )
                    .value("first", first)
                    .value("second", second),
            );
        }
    }
}
