//! ST002: a number is left out or used twice: `1.`, `2.`, `4.`.

use std::collections::HashMap;

use crate::check::{Case, Check, Findings, Report, Rule, Severity, Side, show};
use crate::record::Table;
use crate::structure::marker::roman;

pub(super) const RULE: Rule = Rule {
    code: "ST002",
    name: "numbering-gap-or-repeat",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/ST002.md"),
    check: Check::Document(check),
};

/// A number and where it stands.
struct Mark<'a> {
    style: char,
    ordinal: u32,
    label: &'a str,
    sides: Vec<Side>,
}

fn check(case: &Case, findings: &mut Findings) {
    let sections = &case.record.sections;
    let mut last: HashMap<(&str, char), Mark> = HashMap::new();
    for section in sections {
        let (parent, label) = section.path.rsplit_once('.').unwrap_or(("", &section.path));
        let Some((style, ordinal)) = ordinal(label) else { continue };
        let sides = case.sides(Some(&section.path), &section.evidence);
        // The parts of `Phụ lục II` are numbered by themselves; annexes by their labels.
        let mark = Mark { style, ordinal, label, sides };
        if let Some(before) = last.get(&(parent, style)) {
            compare(before, &mark, findings);
        }
        last.insert((parent, style), mark);
    }
    for table in &case.record.tables {
        rows(case, table, findings);
    }
}

/// The numbers of a table's rows; every group begins anew.
fn rows(case: &Case, table: &Table, findings: &mut Findings) {
    let ordinal_column = table.header.first().is_some_and(|label| {
        let label = label.to_lowercase().replace([' ', '.'], "");
        matches!(label.as_str(), "stt" | "tt" | "sốtt" | "số" | "sốthứtự")
    });
    if !ordinal_column {
        return;
    }
    let mut before: Option<(u32, &Vec<String>)> = None;
    for row in &table.rows {
        let cell = row.first().map_or("", |cell| cell.trim());
        let Some(('1', number)) = ordinal(cell.trim_end_matches('.')) else {
            // A group's title, or a row that says nothing: what follows may begin anew.
            if !cell.is_empty() {
                before = None;
            }
            continue;
        };
        if let Some((last, words)) = before
            && number != last + 1
            && number != 1
        {
            let quoted = |row: &[String]| row.iter().find(|cell| cell.chars().count() > 6).cloned().unwrap_or_default();
            let sides = case.sides(table.section.as_deref(), &table.evidence[..1.min(table.evidence.len())]);
            let (one, other) = (show::short(&quoted(words)), show::short(&quoted(row)));
            report(last, number, sides, &format!(" (“{one}” → “{other}”)"), findings);
        }
        before = Some((number, row));
    }
}

fn compare(before: &Mark, mark: &Mark, findings: &mut Findings) {
    if before.style != mark.style || mark.ordinal == before.ordinal + 1 || mark.ordinal == 1 {
        return;
    }
    let sides = before.sides.iter().chain(&mark.sides).cloned();
    let told = if before.ordinal == mark.ordinal { "dùng hai lần" } else { "không liền số" };
    let due = before.ordinal + 1;
    findings.report(
        Report::new(sides)
            .vi(
                format!("Đánh số {told}: sau mục {} là mục {}.", before.label, mark.label),
                "Sửa lại số thứ tự, hoặc bổ sung mục còn thiếu; xem các chỗ dẫn tới những mục này.",
            )
            .en(
                format!(
                    "Numbering {}: {} follows {}.",
                    if due == mark.ordinal + 1 { "repeats" } else { "is not in order" },
                    mark.label,
                    before.label
                ),
                "Correct the numbers, or add what is missing; look at references to these headings.",
            )
            .value("after", before.label)
            .value("found", mark.label),
    );
}

fn report(before: u32, found: u32, sides: Vec<Side>, quoted: &str, findings: &mut Findings) {
    findings.report(
        Report::new(sides)
            .vi(
                format!("Số thứ tự trong bảng không liền: sau {before} là {found}{quoted}."),
                "Sửa lại số thứ tự, hoặc bổ sung dòng còn thiếu.",
            )
            .en(
                format!("Row numbers are not in order: {found} follows {before}{quoted}."),
                "Correct the numbers, or add the missing row.",
            )
            .value("after", before)
            .value("found", found),
    );
}

/// The form and place of a label: `4`, `IV`, `d`, `Điều 4`.
fn ordinal(label: &str) -> Option<(char, u32)> {
    const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";
    if let Some(number) = label.strip_prefix("Điều ").and_then(|rest| rest.parse().ok()) {
        return Some(('Đ', number));
    }
    if let Ok(number) = label.parse::<u32>() {
        return (number < 200).then_some(('1', number));
    }
    if let Some(number) = roman(label) {
        return Some(('I', number));
    }
    let mut chars = label.chars();
    let letter = chars.next()?;
    let place = LETTERS.chars().position(|known| known == letter)?;
    chars.next().is_none().then_some(('a', u32::try_from(place + 1).unwrap_or(0)))
}
