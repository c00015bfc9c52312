//! AG001: a target without a lead in an annex that names leads.

use crate::check::{Case, Check, Findings, Report, Rule, Severity};
use crate::record::{Role, Target};

pub(super) const RULE: Rule = Rule {
    code: "AG001",
    name: "target-without-lead",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/AG001.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    for (index, table) in record.tables.iter().enumerate() {
        let rows: Vec<&Target> =
            record.targets.iter().filter(|target| target.row.is_some_and(|row| row.table == index)).collect();
        let led = |target: &&Target| target.agencies.iter().any(|agency| agency.role == Role::Lead);
        let count = rows.iter().copied().filter(|target| led(target)).count();
        // A cell that is merged over several rows is filled by the reader; a column that is mostly empty is none.
        if count * 2 <= rows.len() {
            continue;
        }
        let mut told = Vec::new();
        for target in rows.into_iter().filter(|target| !led(target)) {
            if told.contains(&target.row) {
                continue;
            }
            told.push(target.row);
            let number = target.row.and_then(|row| table.rows.get(row.row)?.first()).cloned().unwrap_or_default();
            // A row without a number below one that has its own goes on with it, and so does its lead.
            let above = target.row.map_or(&[][..], |row| &table.rows[..row.row.min(table.rows.len())]);
            if number.trim().is_empty() && above.iter().any(|row| row.first().is_some_and(|cell| starts_with_number(cell))) {
                continue;
            }
            findings.report(
                Report::new(case.target(target))
                    .vi(
                        "Chỉ tiêu chưa có cơ quan chủ trì trong bảng phân công.",
                        "Ghi cơ quan chủ trì (rõ người, rõ trách nhiệm).",
                    )
                    .en("The table names no lead for this target.", "Name who leads.")
                    .value("row", number),
            );
        }
    }
}

fn starts_with_number(cell: &str) -> bool {
    cell.trim().starts_with(|c: char| c.is_ascii_digit())
}
