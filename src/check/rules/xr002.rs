//! XR002: the report's count of reached targets is not what its table shows.

use std::collections::BTreeMap;

use crate::check::{Case, Check, Findings, Report, Rule, Severity, interval::Interval, interval::Reading};
use crate::record::{Counted, Target};

pub(super) const RULE: Rule = Rule {
    code: "XR002",
    name: "count-of-reached-targets",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/XR002.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    let Some(table) = Tally::of(case) else { return };
    let stated = record.mentions.counts.iter().find(|count| count.counted == Counted::Reached && count.noun == "chỉ tiêu");
    let Some(count) = stated else { return };
    // `đạt 5/7 chỉ tiêu kinh tế`: a count of a group is compared with no table of all.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let number = count.value.0 as usize;
    if number > table.rows || count.of.is_some_and(|of| of.0 as usize != table.rows) {
        return;
    }
    let quoted = || {
        case.sides(count.section.as_deref(), &count.evidence)
            .into_iter()
            .chain(table.edge.iter().flat_map(|target| case.result(target)))
    };
    if number == table.strict && number == table.lenient {
        return;
    }
    let both_vi = format!("đạt {} nếu hiểu chặt (“trên” là lớn hơn), {} nếu hiểu “từ … trở lên”", table.strict, table.lenient);
    let both_en = format!("{} read strictly (above is above), {} read as “at least”", table.strict, table.lenient);
    if table.unknown > 0
        && (table.strict..=table.lenient + table.unknown).contains(&number)
        && !(table.strict..=table.lenient).contains(&number)
    {
        findings.undecided(
            quoted(),
            format!("{} chỉ tiêu trong bảng không có kết quả bằng số; {both_vi}", table.unknown),
            format!("{} rows have no number; {both_en}", table.unknown),
        );
        return;
    }
    let within = (table.strict..=table.lenient).contains(&number);
    findings.report(
        Report::new(quoted())
            .severity(if within { Severity::Warning } else { Severity::Error })
            .vi(
                format!("Báo cáo nêu {number} chỉ tiêu đạt, trong khi bảng kết quả cho thấy {both_vi}."),
                "Đếm lại theo bảng và nói rõ cách hiểu “trên”.",
            )
            .en(
                format!("{number} targets are said to be reached; the table shows {both_en}."),
                "Count again and say how “trên” is read.",
            )
            .value("stated", number)
            .value("strict", table.strict)
            .value("lenient", table.lenient)
            .value("unknown", table.unknown)
            .value("rows", table.rows),
    );
}

/// What a table of results shows, row by row.
struct Tally<'a> {
    rows: usize,
    strict: usize,
    lenient: usize,
    unknown: usize,
    /// Targets whose result is exactly at the edge.
    edge: Vec<&'a Target>,
}

impl<'a> Tally<'a> {
    fn of(case: &Case<'a>) -> Option<Self> {
        let record = case.record;
        let mut rows: BTreeMap<(usize, usize), Vec<&Target>> = BTreeMap::new();
        for target in record.targets.iter().filter(|target| target.actual.is_some()) {
            let Some(row) = target.row else { continue };
            rows.entry((row.table, row.row)).or_default().push(target);
        }
        let mut tally = Self { rows: rows.len(), strict: 0, lenient: 0, unknown: 0, edge: Vec::new() };
        for targets in rows.values() {
            let reached = |reading| -> Option<bool> {
                let mut all = true;
                for target in targets {
                    let result = Interval::of_result(target)?;
                    let wanted = Interval::of(target);
                    if wanted.unit != result.unit || wanted.apart(&result).is_some() {
                        return None;
                    }
                    all &= wanted.reached_by(result.value, case.direction(target), reading)?;
                }
                Some(all)
            };
            match (reached(Reading::Strict), reached(Reading::Lenient)) {
                (Some(strict), Some(lenient)) => {
                    tally.strict += usize::from(strict);
                    tally.lenient += usize::from(lenient);
                    if strict != lenient {
                        tally.edge.extend(targets.iter().copied());
                    }
                }
                _ => tally.unknown += 1,
            }
        }
        (tally.rows >= 3).then_some(tally)
    }
}
