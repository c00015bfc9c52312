//! SM006: a number whose groups of three are broken: `1.250.4000.000 đồng`.

use crate::check::{Case, Check, Findings, Report, Rule, Severity};
use crate::record::ledger::UnreadKind;
use crate::words::Token;

pub(super) const RULE: Rule = Rule {
    code: "SM006",
    name: "broken-groups-of-digits",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/SM006.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for unread in case.record.unread.iter().filter(|unread| unread.kind == UnreadKind::Number) {
        let Some(number) = unread.evidence.first().map(|piece| piece.text.trim()).filter(|number| is_broken(number)) else {
            continue;
        };
        // `1.12.345` may number a line; what counts something has its unit behind it, or stands alone in its cell.
        let counted = unread.around.split_once(number).is_some_and(|(_, behind)| is_counted(case, behind));
        let in_cell = unread.column.is_some() && number.split('.').count() >= 4;
        if !counted && !in_cell {
            continue;
        }
        findings.report(
            Report::new(case.sides(unread.section.as_deref(), &unread.evidence))
                .severity(case.by_letters(RULE.severity))
                .vi(
                    format!("Số {number} không tách đúng từng nhóm ba chữ số."),
                    "Đối chiếu số liệu gốc: thừa hoặc thiếu một chữ số, hoặc đặt sai dấu chấm.",
                )
                .en(
                    format!("The digits of {number} do not stand in groups of three."),
                    "Look up the source: a digit is lost or added, or a mark is in the wrong place.",
                )
                .value("number", number),
        );
    }
}

/// Whether one group of an otherwise well grouped number has a digit too many or too few. Groups of several lengths are a code, a
/// telephone number or an account: `1.004193.000.00.00`, `0243.825.123`.
fn is_broken(number: &str) -> bool {
    let groups: Vec<&str> = number.split('.').collect();
    let digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let odd: Vec<usize> = groups.iter().skip(1).map(|group| group.len()).filter(|length| *length != 3).collect();
    digits && groups.len() >= 3 && groups[0].len() <= 3 && !groups[0].starts_with('0') && matches!(odd[..], [2] | [4])
}

fn is_counted(case: &Case, behind: &str) -> bool {
    let mut tokens: Vec<Token> = Vec::new();
    case.lexicon.vocabulary.cut(behind, 0, &mut tokens);
    case.lexicon.units.at(&tokens, 0).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_groups() {
        for (number, wanted) in [
            ("1.250.4000.000", true),
            ("12.50.000", true),
            ("1.250.400.000", false),
            ("1.250,5", false),
            ("2.5.1", false),
            ("1.004193.000.00.00", false),
            ("0243.825.1234", false),
            ("12.5.2024", false),
            ("1.2500", false),
        ] {
            assert_eq!(is_broken(number), wanted, "{number}");
        }
    }
}
