//! AG002: body and annex name different leads for one target.

use crate::check::{
    Case, Check, Findings, Report, Rule, Severity,
    names::{group, one_body},
    pairs::Pairs,
};
use crate::record::{Role, Target};

pub(super) const RULE: Rule = Rule {
    code: "AG002",
    name: "different-leads",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/AG002.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for (body, annex) in Pairs::of(case).matched {
        let leads = |target: &Target| -> Vec<String> {
            target.agencies.iter().filter(|agency| agency.role == Role::Lead).map(|agency| agency.name.clone()).collect()
        };
        let (of_body, of_annex) = (leads(body), leads(annex));
        let shared = of_body.iter().any(|one| of_annex.iter().any(|other| one_body(one, other)));
        // `Các sở, ngành` may hold the one that the other place names.
        let vague = of_body.iter().chain(&of_annex).any(|name| group(name));
        if of_body.is_empty() || of_annex.is_empty() || shared || vague {
            continue;
        }
        let cells = case.sides(annex.section.as_deref(), &annex.evidence);
        let quoted = cells.into_iter().filter(|side| of_annex.iter().any(|name| side.text.contains(first_word(name))));
        findings.report(
            Report::new(case.target(body).into_iter().chain(case.target(annex)).chain(quoted))
                .vi(
                    format!(
                        "Cùng một chỉ tiêu: nội dung giao {} chủ trì, phụ lục giao {}.",
                        of_body.join(", "),
                        of_annex.join(", ")
                    ),
                    "Thống nhất một cơ quan chủ trì.",
                )
                .en(
                    format!("One target: the body names {} as lead, the annex {}.", of_body.join(", "), of_annex.join(", ")),
                    "Name one lead in both places.",
                )
                .value("body", &of_body)
                .value("annex", &of_annex),
        );
    }
}

fn first_word(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
