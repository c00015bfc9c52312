//! HD004: a vision that ends before the time that the plan is for: `giai đoạn 2021 - 2030, tầm nhìn đến năm 2025`.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, Side, quotes::years};
use crate::lexicon::SurroundingKind;
use crate::words::Token;

pub(super) const RULE: Rule = Rule {
    code: "HD004",
    name: "vision-before-its-period",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/HD004.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    if let Some(title) = record.document.title.as_deref() {
        let holding: String = title.chars().take(20).collect();
        report(case, title, || case.head(&holding).into_iter().collect(), findings);
    }
    for section in &record.sections {
        report(case, &section.title, || case.sides(Some(&section.path), &section.evidence), findings);
    }
    let mut told: Vec<&str> = Vec::new();
    for quote in &record.mentions.references {
        // One title that is quoted again and again is one slip.
        let Some(title) = quote.title.as_deref().filter(|title| !told.contains(title)) else { continue };
        told.push(title);
        report(case, title, || case.title(quote), findings);
    }
}

fn report(case: &Case, text: &str, sides: impl FnOnce() -> Vec<Side>, findings: &mut Findings) {
    let Some(((from, to), vision)) = looks_ahead(case, text).filter(|((_, to), vision)| vision < to) else { return };
    findings.report(
        Report::new(sides())
            .severity(case.by_letters(RULE.severity))
            .vi(
                format!("Tầm nhìn đến năm {vision} ở trước năm cuối của thời kỳ {from}-{to}."),
                "Đối chiếu tên văn bản; thường là năm của bản cũ còn sót lại hoặc ghi nhầm một chữ số.",
            )
            .en(
                format!("The vision of {vision} ends before the period {from}-{to}."),
                "Look up the title; a year of an older text is left over, or one digit is wrong.",
            )
            .value("period", [from, to])
            .value("vision", vision),
    );
}

/// The period of a title and the year of the vision that follows it.
fn looks_ahead(case: &Case, text: &str) -> Option<((i16, i16), i16)> {
    let mut tokens: Vec<Token> = Vec::new();
    case.lexicon.vocabulary.cut(text, 0, &mut tokens);
    let words = &case.lexicon.surroundings;
    let (at, length) = (0..tokens.len()).find_map(|at| {
        words.at(&tokens, at).filter(|(_, kind)| **kind == SurroundingKind::Vision).map(|(length, _)| (at, length))
    })?;
    let (before, behind) = (&text[..tokens[at].span().start], &text[tokens[at + length - 1].span().end..]);
    // `tầm nhìn đến năm 2050`, `tầm nhìn 2050`: the year is among the next words.
    let near: String = behind.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    Some((period(before)?, *years(&near).first()?))
}

/// The last two years with a dash between them.
fn period(text: &str) -> Option<(i16, i16)> {
    text.rmatch_indices(['-', '–', '—']).find_map(|(at, dash)| {
        let (before, behind) = (text[..at].trim_end(), text[at + dash.len()..].trim_start());
        let from = *years(before).last().filter(|_| before.ends_with(|c: char| c.is_ascii_digit()))?;
        let to = *years(behind).first().filter(|_| behind.starts_with(|c: char| c.is_ascii_digit()))?;
        (from < to).then_some((from, to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods() {
        for (text, wanted) in [
            ("giai đoạn 2021-2030, ", Some((2021, 2030))),
            ("giai đoạn 2021 – 2025 và 2026 - 2030, ", Some((2026, 2030))),
            ("năm 2025, ", None),
            ("từ 2021 đến 2030, ", None),
        ] {
            assert_eq!(period(text), wanted, "{text}");
        }
    }
}
