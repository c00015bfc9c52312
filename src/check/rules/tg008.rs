//! TG008: an indicator has the unit of another dimension: `Sản lượng mía … ha`.

use crate::check::{Case, Cases, Check, Findings, Report, Rule, Severity};
use crate::words::Token;

pub(super) const RULE: Rule = Rule {
    code: "TG008",
    name: "unit-of-another-kind",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/TG008.md"),
    check: Check::Collection(check_all),
};

fn check_all(cases: &Cases, findings: &mut Findings) {
    for case in &cases.cases {
        check(cases, case, findings);
    }
}

fn check(cases: &Cases, case: &Case, findings: &mut Findings) {
    for target in &case.record.targets {
        let Some(unit) = target.unit.as_deref() else { continue };
        let (Some(named), Some(measured)) = (named(cases, &target.indicator), dimension(cases, unit)) else { continue };
        if named.contains(&measured) {
            continue;
        }
        // `Sản lượng` under `Mía`: the group's name tells which row it is.
        let mut sides = case.target(target);
        let scope = target.evidence.iter().find(|piece| target.scope.as_ref() == Some(&piece.text));
        sides.extend(scope.map(|piece| case.quote(target.section.as_deref(), piece)));
        findings.report(
            Report::new(sides)
                .cause(format!("{:?} {}", target.section, target.unit.as_deref().unwrap_or_default()))
                .vi(
                    format!("Đơn vị tính “{unit}” không phải đơn vị của “{}”.", target.indicator),
                    "Kiểm tra đơn vị tính của dòng này.",
                )
                .en(format!("“{unit}” is no unit of “{}”.", target.indicator), "Check the unit of this row.")
                .value("indicator", &target.indicator)
                .value("unit", unit),
        );
    }
}

/// The dimensions that an indicator's first words name: `Sản lượng`, `Diện tích`.
fn named<'a>(cases: &Cases<'a>, indicator: &str) -> Option<&'a [u8]> {
    let tokens = cut(cases, indicator);
    cases.words.heads.at(&tokens, 0).map(|(_, places)| places.as_slice())
}

/// The dimension of a unit, where all of it is one.
fn dimension(cases: &Cases, unit: &str) -> Option<u8> {
    let tokens = cut(cases, &unit.to_lowercase());
    cases.words.dimensions.at(&tokens, 0).filter(|(length, _)| *length == tokens.len()).map(|(_, place)| *place)
}

fn cut(cases: &Cases, text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    cases.words.vocabulary.cut(text, 0, &mut tokens);
    tokens
}
