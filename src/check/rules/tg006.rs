//! TG006: a share of more than 100%.

use crate::check::Side;
use crate::check::{Case, Check, Findings, Report, Rule, Severity, show};
use crate::record::Actual;

pub(super) const RULE: Rule = Rule {
    code: "TG006",
    name: "share-over-100",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/TG006.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    for target in &record.targets {
        let share = is_share(&target.indicator, target.unit.as_deref()) && target.change.is_none();
        let value = target.value_to.map_or(target.value.0, |to| to.0);
        if share && value > 100.0 {
            report(value, case.target(target), findings);
        }
        if share
            && let Some(Actual::Value { value, unit, .. }) = &target.actual
            && unit.as_deref().is_none_or(|unit| unit == "%")
            && value.0 > 100.0
        {
            report(value.0, case.result(target), findings);
        }
    }
    for fact in &record.facts {
        if fact.change.is_none() && is_share(&fact.subject, fact.unit.as_deref()) && fact.value.0 > 100.0 {
            report(fact.value.0, case.sides(fact.section.as_deref(), &fact.evidence), findings);
        }
    }
}

fn report(value: f64, sides: Vec<Side>, findings: &mut Findings) {
    findings.report(
        Report::new(sides)
            .vi(
                format!("Tỷ lệ {}% vượt quá 100%.", show::vi(value)),
                "Kiểm tra lại con số; nếu là mức so với kế hoạch thì ghi rõ “so với kế hoạch”.",
            )
            .en(
                format!("A share of {}% is more than the whole.", show::en(value)),
                "Check the number; if it is against a plan, say so.",
            )
            .value("value", value),
    );
}

/// `Tỷ lệ hộ … đạt`: a part of a whole. `Tỷ lệ thực hiện so với kế hoạch`, `tỷ lệ tăng`, `giới tính khi sinh` may pass 100.
fn is_share(indicator: &str, unit: Option<&str>) -> bool {
    const MAY_PASS: [&str; 16] = [
        "kế hoạch",
        "dự toán",
        "chỉ tiêu giao",
        "cùng kỳ",
        "tăng",
        "so với",
        "giới tính",
        "tốc độ",
        "sử dụng đất",
        "sử dụng giường",
        "công suất",
        "hoàn thành",
        "lấp đầy",
        "vốn",
        "nhập học",
        "hấp thụ",
    ];
    let lower = indicator.to_lowercase();
    let whole = lower.starts_with("tỷ lệ ") || lower.starts_with("tỉ lệ ") || lower.starts_with("tỷ trọng ");
    // `Tỷ lệ thu bảo hiểm` is against what was to be collected; `tỷ lệ thu gom` is a share.
    let collected = lower
        .split_once(" lệ thu ")
        .is_some_and(|(_, what)| !["gom", "hồi", "nhập", "hút", "hoạch", "nhận"].iter().any(|word| what.starts_with(word)));
    unit == Some("%") && whole && !collected && !MAY_PASS.iter().any(|word| lower.contains(word))
}
