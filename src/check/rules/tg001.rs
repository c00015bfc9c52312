//! TG001: body and annex give one target different values.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, interval::Interval, pairs::Pairs, show};

pub(super) const RULE: Rule = Rule {
    code: "TG001",
    name: "body-and-annex-values",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/TG001.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let pairs = Pairs::of(case);
    if pairs.cut {
        findings.undecided(
            [],
            "văn bản có quá nhiều chỉ tiêu; chỉ so sánh các chỉ tiêu đầu",
            "too many targets; only the first are compared",
        );
    }
    for (body, annex) in pairs.matched {
        let (one, other) = (Interval::of(body), Interval::of(annex));
        let sides = || case.target(body).into_iter().chain(case.target(annex));
        if one.value == other.value && one.to == other.to {
            continue;
        }
        if let Some((vi, en)) = one.apart(&other) {
            findings.undecided(sides(), vi, en);
            continue;
        }
        let (of_body, of_annex) = (body.value.0, annex.value.0);
        findings.report(
            Report::new(sides())
                .vi(
                    format!("Cùng một chỉ tiêu: nội dung ghi {}, phụ lục ghi {}.", show::vi(of_body), show::vi(of_annex)),
                    "Thống nhất giá trị ở hai nơi.",
                )
                .en(
                    format!("One target: the body says {}, the annex {}.", show::en(of_body), show::en(of_annex)),
                    "Make both places agree.",
                )
                .value("body", of_body)
                .value("annex", of_annex),
        );
    }
}
