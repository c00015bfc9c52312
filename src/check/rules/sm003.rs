//! SM003: a mean lies outside what it is the mean of.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, show};

pub(super) const RULE: Rule = Rule {
    code: "SM003",
    name: "mean-outside-its-parts",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/SM003.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for mean in &case.record.mentions.means {
        let low = mean.parts.iter().map(|part| part.0).fold(f64::INFINITY, f64::min);
        let high = mean.parts.iter().map(|part| part.0).fold(f64::NEG_INFINITY, f64::max);
        let value = mean.value.0;
        if (low..=high).contains(&value) {
            continue;
        }
        let sides = case.sides(mean.section.as_deref(), &mean.evidence);
        if !mean.complete && !mean.kinds {
            findings.undecided(
                sides,
                "không rõ các phần đã liệt kê đủ chưa, nên không biết mức chung có phải nằm giữa chúng",
                "it is not known whether all parts are listed, so the mean need not lie between them",
            );
            continue;
        }
        let unit =
            mean.unit.as_deref().map_or_else(String::new, |unit| if unit == "%" { "%".into() } else { format!(" {unit}") });
        findings.report(
            Report::new(sides)
                .severity(if mean.complete { Severity::Error } else { Severity::Warning })
                .vi(
                    format!(
                        "Mức chung {}{unit} nằm ngoài khoảng của các phần ({}{unit} đến {}{unit}).",
                        show::vi(value),
                        show::vi(low),
                        show::vi(high)
                    ),
                    "Kiểm tra lại mức chung và từng phần; có thể chú thích thuộc về một chỉ số khác.",
                )
                .en(
                    format!(
                        "The mean, {}{unit}, lies outside its parts ({}{unit} to {}{unit}).",
                        show::en(value),
                        show::en(low),
                        show::en(high)
                    ),
                    "Check the mean and each part; the note may belong to another figure.",
                )
                .value("mean", mean.value)
                .value("parts", &mean.parts),
        );
    }
}
