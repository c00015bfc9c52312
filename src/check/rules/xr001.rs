//! XR001: a result falls short of its target.

use crate::check::{
    Case, Check, Days, Findings, Report, Rule, Severity, interval::Interval, interval::Reading, quotes::years, show,
};
use crate::record::{Direction, Target};

pub(super) const RULE: Rule = Rule {
    code: "XR001",
    name: "result-short-of-target",
    severity: Severity::Note,
    page: include_str!("../../../rules/checks/XR001.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    for target in &record.targets {
        let wanted = Interval::of(target);
        let Some(result) = Interval::of_result(target) else {
            if target.actual.is_some() {
                findings.undecided(case.result(target), "kết quả không phải là con số", "the result is no number");
            }
            continue;
        };
        let sides = case.result(target);
        if result.value == 0.0 && wanted.value > 0.0 && fills_blanks(case, target) {
            findings.undecided(
                sides,
                "ô kết quả ghi 0 như các ô chưa nhập",
                "the result is 0, as cells that were never filled are",
            );
            continue;
        }
        // `đến cuối năm 2024 là 58% (kế hoạch đến năm 2025 là 62%)`: the value is wanted later than it was measured.
        let named: Vec<i16> = target.evidence.first().map(|piece| years(&piece.text)).unwrap_or_default();
        let over = record.document.period.as_ref().and_then(|period| period.to.as_deref()).and_then(Days::parse);
        if over.is_some_and(|over| named.iter().any(|year| *year > over.last.year())) {
            findings.undecided(sides, "chỉ tiêu là của năm sau kỳ báo cáo", "the target is for a year after the report's");
            continue;
        }
        if wanted.unit != result.unit || wanted.apart(&result).is_some() {
            let (vi, en) = wanted.apart(&result).unwrap_or_default();
            findings.undecided(sides, vi, en);
            continue;
        }
        // `giảm 5%`, and `giảm 8%` was reached: of what goes down, more is better.
        let falls = sides.iter().filter(|side| side.text.trim_start().to_lowercase().starts_with("giảm")).count() >= 2;
        let direction = if falls { Some(Direction::Up) } else { case.direction(target) };
        match wanted.reached_by(result.value, direction, Reading::Strict) {
            Some(true) => {}
            None => findings.undecided(
                sides,
                "không rõ chỉ tiêu này tăng hay giảm là tốt",
                "it is not known whether more or less is better",
            ),
            Some(false) => {
                let edge = wanted.reached_by(result.value, direction, Reading::Lenient) == Some(true);
                let (value, reached) = (target.value.0, result.value);
                let asked = format!("{} {}", show::comparator_vi(target.comparator), show::vi(value));
                let vi = if edge {
                    format!(
                        "Kết quả {} đúng bằng mức “{asked}”: chưa đạt nếu hiểu chặt, đạt nếu hiểu “từ {} trở lên”.",
                        show::vi(reached),
                        show::vi(value)
                    )
                } else {
                    format!("Kết quả {} chưa đạt chỉ tiêu “{asked}”.", show::vi(reached))
                };
                let en = format!(
                    "The result, {}, falls short of “{} {}”{}.",
                    show::en(reached),
                    show::comparator_en(target.comparator),
                    show::en(value),
                    if edge { " (read strictly; it meets “at least”)" } else { "" }
                );
                // Half a year's report still has the other half; a year's has not.
                let ended = over.is_some_and(|over| over.last.month() == 12);
                findings.report(
                    Report::new(sides)
                        .severity(if ended && !edge { Severity::Warning } else { Severity::Note })
                        .vi(vi, "Kiểm tra số liệu; nêu nguyên nhân và giải pháp trong báo cáo.")
                        .en(en, "Check the figure; say why, and what will be done.")
                        .value("target", target.value)
                        .value("comparator", target.comparator)
                        .value("result", result.value),
                );
            }
        }
    }
}

/// Whether a row has zeros in cell after cell: a sheet whose formulas show 0 for what nobody has entered yet.
fn fills_blanks(case: &Case, target: &Target) -> bool {
    const ZEROS: usize = 3;
    let zero = |cell: &&String| {
        let cell = cell.trim();
        cell.starts_with('0') && cell.chars().all(|c| matches!(c, '0' | ',' | '.' | '%' | ' '))
    };
    let row = target.row.and_then(|row| case.record.tables.get(row.table)?.rows.get(row.row));
    row.is_some_and(|cells| cells.iter().filter(zero).count() >= ZEROS)
}
