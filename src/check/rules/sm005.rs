//! SM005: area times yield is not the output.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, show};
use crate::extract::number;
use crate::record::Table;
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "SM005",
    name: "area-times-yield",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/SM005.md"),
    check: Check::Document(check),
};

/// Beyond this share the output is of another area: that of what is harvested, or of another crop.
const MEANT: f64 = 0.1;

fn check(case: &Case, findings: &mut Findings) {
    for harvest in &case.record.mentions.harvests {
        let (area, rate, output) = (harvest.area.0, harvest.rate.0, harvest.output.0);
        let exact = area * rate / 10.0;
        let Some(severity) = misses(area, rate, exact, output) else { continue };
        findings.report(report(
            "",
            case.sides(harvest.section.as_deref(), &harvest.evidence),
            severity,
            (area, rate),
            exact,
            output,
        ));
    }
    for table in &case.record.tables {
        columns(case, table, findings);
    }
}

/// How bad it is that an output misses what area and yield make; `None` where rounding explains it, or it is of something else.
fn misses(area: f64, rate: f64, exact: f64, output: f64) -> Option<Severity> {
    if exact <= 0.0 || output <= 0.0 {
        return None;
    }
    let rounded = show::rounding(area) / area + show::rounding(rate) / rate + show::rounding(output) / output + 1e-4;
    let miss = (exact - output).abs() / exact;
    if miss <= rounded || miss > MEANT {
        return None;
    }
    // What is not harvested yet bears nothing: an output may be smaller, never greater.
    Some(if output > exact || miss <= 0.01 { Severity::Warning } else { Severity::Note })
}

fn report(
    name: &str,
    sides: Vec<crate::check::Side>,
    severity: Severity,
    (area, rate): (f64, f64),
    exact: f64,
    output: f64,
) -> Report {
    let computed = (exact * 100.0).round() / 100.0;
    Report::new(sides)
        .severity(severity)
        .vi(
            format!(
                "{name}Diện tích {} với năng suất {} cho sản lượng {}, không phải {}.",
                show::vi(area),
                show::vi(rate),
                show::vi(computed),
                show::vi(output)
            ),
            "Kiểm tra lại diện tích, năng suất và sản lượng.",
        )
        .en(
            format!("{name}{} at {} makes {}, not {}.", show::en(area), show::en(rate), show::en(computed), show::en(output)),
            "Check area, yield and output.",
        )
        .value("area", area)
        .value("yield", rate)
        .value("output", output)
        .value("computed", computed)
}

/// `Diện tích | Năng suất | Sản lượng` beside each other: what most rows agree on is how the units stand to each other.
fn columns(case: &Case, table: &Table, findings: &mut Findings) {
    const ROWS: usize = 4;
    // A table of plain text may have its labels in the first row.
    let bare = table.header.iter().all(String::is_empty);
    let head = if bare { table.rows.first().unwrap_or(&table.header) } else { &table.header };
    let labels: Vec<String> = head.iter().map(|label| fold(label)).collect();
    for at in 1..labels.len().saturating_sub(1) {
        let triple =
            labels[at - 1].contains("diện tích") && labels[at].contains("năng suất") && labels[at + 1].contains("sản lượng");
        if !triple {
            continue;
        }
        let value = |row: &Vec<String>, at: usize| {
            row.get(at).and_then(|cell| number::parse(cell.trim(), false)).filter(|value| *value > 0.0)
        };
        let rows: Vec<(usize, f64, f64, f64)> = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| Some((index, value(row, at - 1)?, value(row, at)?, value(row, at + 1)?)))
            .collect();
        // `tạ/ha` makes tonnes by tens; thousands of tonnes by ten thousands.
        let factors = [1.0, 0.1, 0.01, 0.001, 0.0001];
        let fits = |factor: f64, (_, area, rate, output): &(usize, f64, f64, f64)| {
            misses(*area, *rate, area * rate * factor, *output).is_none() && (area * rate * factor / output - 1.0).abs() <= MEANT
        };
        let best = factors.into_iter().max_by_key(|factor| rows.iter().filter(|row| fits(*factor, row)).count());
        let Some(factor) = best else { continue };
        let agreeing = rows.iter().filter(|row| fits(factor, row)).count();
        if agreeing < ROWS || agreeing * 4 < rows.len() * 3 {
            continue;
        }
        for (index, area, rate, output) in &rows {
            let exact = area * rate * factor;
            let Some(severity) = misses(*area, *rate, exact, *output) else { continue };
            let named = case.record.targets.iter().find(|target| target.row.is_some_and(|of| of.row == *index));
            let sides = named.map_or_else(
                || case.sides(table.section.as_deref(), &table.evidence[..1.min(table.evidence.len())]),
                |target| case.target(target),
            );
            let name = table.rows[*index].iter().find(|cell| cell.chars().any(char::is_alphabetic));
            let name = name.map_or_else(String::new, |name| format!("{}: ", show::short(name)));
            findings.report(report(&name, sides, severity, (*area, *rate), exact, *output));
        }
    }
}
