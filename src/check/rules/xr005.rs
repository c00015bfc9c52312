//! XR005: a row says that its target was reached, or not, and its own figures say otherwise.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, interval::Interval, interval::Reading, show};

pub(super) const RULE: Rule = Rule {
    code: "XR005",
    name: "verdict-against-figures",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/XR005.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    for verdict in &record.mentions.verdicts {
        let targets: Vec<_> = record.targets.iter().filter(|target| target.row == Some(verdict.row)).collect();
        // A row with several values has one verdict for all; which of them it is about nobody says.
        let [target] = targets[..] else { continue };
        let (wanted, Some(result)) = (Interval::of(target), Interval::of_result(target)) else { continue };
        if wanted.apart(&result).is_some() {
            continue;
        }
        let direction = case.direction(target);
        let reached = |reading| wanted.reached_by(result.value, direction, reading);
        let (Some(strict), Some(lenient)) = (reached(Reading::Strict), reached(Reading::Lenient)) else { continue };
        // Exactly at `trên 95%` either verdict can be meant.
        if verdict.reached == strict || verdict.reached == lenient {
            continue;
        }
        let sides = case.result(target).into_iter().chain(case.sides(verdict.section.as_deref(), &verdict.evidence));
        let asked_vi = format!("{} {}", show::comparator_vi(target.comparator), show::vi(target.value.0));
        let asked_en = format!("{} {}", show::comparator_en(target.comparator), show::en(target.value.0));
        let (vi, en) = if verdict.reached {
            ("đạt, nhưng số liệu cho thấy chưa đạt", "reached, its figures say it is not")
        } else {
            ("chưa đạt, nhưng số liệu cho thấy đã đạt", "not reached, its figures say it is")
        };
        findings.report(
            Report::new(sides)
                .vi(
                    format!("Bảng đánh giá {vi}: chỉ tiêu {asked_vi}, kết quả {}.", show::vi(result.value)),
                    "Kiểm tra số liệu, rồi sửa đánh giá; đếm lại số chỉ tiêu đạt.",
                )
                .en(
                    format!("The row calls its target {en}: target {asked_en}, result {}.", show::en(result.value)),
                    "Check the figures and correct the verdict; count the reached targets again.",
                )
                .value("target", target.value)
                .value("result", result.value)
                .value("said_reached", verdict.reached),
        );
    }
}
