//! SM001: the parts do not make the total.

use std::collections::HashSet;

use crate::check::{Case, Check, Findings, Report, Rule, Severity, show};
use crate::record::{LineTotal, RowOf, Sum};
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "SM001",
    name: "parts-do-not-add-up",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/SM001.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    lines(case, findings);
    // A total row adds up what stands in its column, as a total in a sentence does its parts.
    let totals = &case.record.mentions.column_totals;
    let known: HashSet<_> = totals.iter().map(known_by).collect();
    let sums = case.record.sums.iter().filter(|sum| sum.row.is_none() || !known.contains(&known_by(sum)));
    for (sum, nested) in
        sums.map(|sum| (sum, sum.row.is_some())).chain(totals.iter().map(|sum| (sum, false))).filter(|(sum, _)| !sum.holds)
    {
        let parts: f64 = sum.parts.iter().map(|part| part.0).sum();
        let list = |show: fn(f64) -> String| sum.parts.iter().map(|part| show(part.0)).collect::<Vec<_>>().join(" + ");
        let total = sum.total.0;
        // `86,5 tỷ đồng` of rounded parts, `trên 8,5 tỷ kWh`: what is rounded or about does not add up to the digit.
        let fractional = sum.parts.iter().chain([&sum.total]).any(|number| number.0.fract() != 0.0);
        // Numbers of one list are given to one precision: `6 tỷ` beside `2,1 tỷ` is 6,0. Rounding alone moves each by half of it.
        let finest = sum.parts.iter().map(|part| show::rounding(part.0)).fold(show::rounding(total), f64::min);
        #[allow(clippy::cast_precision_loss)]
        let slack = finest * (sum.parts.len() + 1) as f64;
        let vague = sum.evidence.first().is_some_and(|piece| {
            let lead = piece.text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().to_lowercase();
            ["trên", "hơn", "gần", "khoảng", "ước"].iter().any(|word| lead.contains(word))
        });
        if vague || fractional && (parts - total).abs() <= slack {
            continue;
        }
        // `30 xã đạt chuẩn, 10 xã nâng cao, 03 xã kiểu mẫu`: each grade is counted in the one below it.
        let graded = sum.evidence.iter().any(|piece| {
            let words = piece.text.to_lowercase();
            words.contains("đạt chuẩn") && ["nâng cao", "kiểu mẫu", "mức độ 2"].iter().any(|grade| words.contains(grade))
        });
        if graded {
            findings.undecided(
                case.sides(sum.section.as_deref(), &sum.evidence),
                "các mức có thể gồm lẫn nhau, không phải các phần của tổng",
                "one grade may be counted in another; they may be no parts of the total",
            );
            continue;
        }
        // `chiếm 58,4%`, `chiếm 18,6%`, `chiếm 21,9%`: the shares themselves say that the list is not all there is.
        let shares: Vec<f64> = case
            .record
            .mentions
            .shares
            .iter()
            .filter(|share| share.denominators.as_slice() == [sum.total] && sum.parts.contains(&share.numerator))
            .map(|share| share.stated.0)
            .collect();
        let open = parts < total && shares.len() == sum.parts.len() && shares.iter().sum::<f64>() < 99.5;
        if open {
            continue;
        }
        // Money and measures are often given with the greatest parts alone; only a slip of one digit is surely wrong there.
        // Which rows stand under which is read from their markers: a row under another need not be its part.
        let severity = if nested || fractional && !one_digit_off(total, parts) { Severity::Note } else { RULE.severity };
        findings.report(
            Report::new(case.sides(sum.section.as_deref(), &sum.evidence))
                .severity(severity)
                .vi(
                    format!("Tổng ghi {} nhưng các phần cộng lại là {}: {}.", show::vi(total), show::vi(parts), list(show::vi)),
                    "Kiểm tra lại tổng và từng phần; nếu còn phần chưa liệt kê thì ghi rõ.",
                )
                .en(
                    format!("The total is {}, but its parts make {}: {}.", show::en(total), show::en(parts), list(show::en)),
                    "Check the total and each part; if a part is not listed, say so.",
                )
                .value("total", sum.total)
                .value("parts", &sum.parts)
                .value("sum", (parts * 1e6).round() / 1e6),
        );
    }
}

/// Totals with the lines below them: `Tổng số giường bệnh: 165 giường` over `Trung tâm y tế: 100 giường`.
fn lines(case: &Case, findings: &mut Findings) {
    let totals = &case.record.mentions.line_totals;
    let exact = totals.iter().filter(|one| holds(one)).count();
    for one in totals.iter().filter(|one| !holds(one)) {
        let total = one.total.0;
        let firsts: Vec<f64> = one.parts.iter().filter_map(|part| part.values.first()).map(|value| value.0).collect();
        let sum: f64 = firsts.iter().sum();
        let near = (sum - total).abs() <= total * 0.1 && firsts.iter().all(|part| *part < total);
        // Whether the list is meant to be all: another of the document is, or one digit makes the difference.
        // `Tổng diện tích trồng mới là 140 ha:`: the colon says that what follows is all of it.
        let closed = one.evidence.first().is_some_and(|piece| piece.text.trim_end().ends_with(':'));
        let severity = if exact > 0 || closed || one_digit_off(total, sum) { Severity::Warning } else { Severity::Note };
        let left = left_out(one);
        if !near && left.is_empty() {
            continue;
        }
        let (problem, english) = if left.is_empty() {
            (
                format!("Tổng ghi {} nhưng các dòng dưới cộng lại là {}.", show::vi(total), show::vi(sum)),
                format!("The total is {}, the lines below make {}.", show::en(total), show::en(sum)),
            )
        } else {
            let names = left.join(", ");
            (
                format!("Tổng ghi {} mới bằng các dòng đầu, chưa gồm: {names}.", show::vi(total)),
                format!("The total, {}, is that of the first lines, without: {names}.", show::en(total)),
            )
        };
        findings.report(
            Report::new(case.sides(one.section.as_deref(), &one.evidence))
                .severity(if left.is_empty() { severity } else { Severity::Warning })
                .vi(problem, "Kiểm tra lại tổng và từng phần; nếu còn phần chưa liệt kê thì ghi rõ.")
                .en(english, "Check the total and each part; if a part is not listed, say so.")
                .value("total", one.total)
                .value("parts", firsts)
                .value("sum", (sum * 1e6).round() / 1e6),
        );
    }
}

/// Whether the lines below a total make it, by any of the values that a line gives.
fn holds(one: &LineTotal) -> bool {
    const MOST: usize = 64;
    let mut sums = vec![0.0];
    for part in &one.parts {
        let values: Vec<f64> = part.values.iter().map(|value| value.0).collect();
        sums = sums.iter().flat_map(|sum| values.iter().map(move |value| sum + value)).take(MOST).collect();
    }
    sums.iter().any(|sum| (sum - one.total.0).abs() < 1e-6 * one.total.0.abs().max(1.0) + 1e-6)
}

/// The lines that a total names and does not hold: `Tổng số gia súc, gia cầm` that is the sum of what stands above `Gia cầm`.
fn left_out(one: &LineTotal) -> Vec<&str> {
    let named = fold(&one.label);
    let mut sum = 0.0;
    for (at, part) in one.parts.iter().enumerate() {
        sum += part.values.first().map_or(0.0, |value| value.0);
        if at >= 1 && (sum - one.total.0).abs() < 1e-6 * one.total.0.max(1.0) {
            let rest = one.parts[at + 1..].iter().map(|part| part.label.as_str());
            return rest.filter(|label| label.len() > 2 && named.contains(&fold(label))).collect();
        }
    }
    Vec::new()
}

/// What tells the totals of a table apart.
fn known_by(sum: &Sum) -> (Option<RowOf>, u64, u64) {
    let parts: f64 = sum.parts.iter().map(|part| part.0).sum();
    (sum.row, sum.total.0.to_bits(), parts.to_bits())
}

/// Whether two numbers differ in one digit alone: `10.850` and `11.850`, `35,2` and `35,7`.
fn one_digit_off(one: f64, other: f64) -> bool {
    let (one, other) = (show::en((one * 1e6).round() / 1e6), show::en((other * 1e6).round() / 1e6));
    one.len() == other.len() && one.bytes().zip(other.bytes()).filter(|(left, right)| left != right).count() == 1
}
