//! RF004: a broken symbol: `06/QĐTTg`, `107/NĐ-CP`.

use crate::check::{Case, Check, Days, Findings, Report, Rule, Severity, symbol::Symbol};
use crate::record::Evidence;

pub(super) const RULE: Rule = Rule {
    code: "RF004",
    name: "broken-symbol",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/RF004.md"),
    check: Check::Document(check),
};

/// Types whose symbol has the year in it since the law of 1996 on legal documents: `107/2021/NĐ-CP`.
const WITH_YEAR: [&str; 3] = ["Nghị định", "Thông tư", "Thông tư liên tịch"];

fn check(case: &Case, findings: &mut Findings) {
    let mut told: Vec<&str> = Vec::new();
    for quote in &case.record.mentions.references {
        let (Some(kind), Some(number)) = (quote.kind.as_deref(), quote.number.as_deref()) else { continue };
        let Some(symbol) = Symbol::parse(number) else { continue };
        if told.contains(&number) {
            continue;
        }
        // `01/KHPH-BCA-BNV`: letters that a joint follows name a kind of paper of their own, a plan of two bodies.
        let joined = symbol.letters != symbol.kind();
        let glued = case.codes(kind).iter().filter(|_| !joined).find_map(|code| {
            let rest = symbol.kind().strip_prefix(code.as_str())?;
            (rest.chars().count() >= 2 && rest.chars().next().is_some_and(char::is_uppercase)).then(|| {
                // State symbols are `06/QĐ-TTg`, Party symbols `72-NQ/TW`.
                let joint = if number.contains('/') { '-' } else { '/' };
                number.replacen(symbol.kind(), &format!("{code}{joint}{rest}"), 1)
            })
        });
        let old = quote.date.as_deref().and_then(Days::parse).is_some_and(|days| days.first.year() < 1997);
        let yearless = WITH_YEAR.contains(&kind)
            && symbol.year.is_none()
            && !old
            && case.codes(kind).iter().any(|code| code == symbol.kind());
        let (vi, en, wanted) = match glued {
            Some(wanted) => (
                format!("Ký hiệu {number} thiếu dấu nối, đúng ra là {wanted}."),
                format!("The symbol {number} lacks a joint: {wanted}."),
                wanted,
            ),
            None if yearless => {
                let year = quote.date.as_deref().and_then(|date| date.get(..4)).unwrap_or("…");
                let wanted = format!("{}/{year}/{}", symbol.number, symbol.letters);
                (
                    format!("Ký hiệu {number} thiếu năm, đúng ra là {wanted}."),
                    format!("The symbol {number} lacks the year: {wanted}."),
                    wanted,
                )
            }
            None => match stray_blank(number, &quote.evidence)
                .or_else(|| lost_letter(number, &symbol).filter(|_| typed(case, &symbol)))
                .or_else(|| of_the_party(number, &symbol))
                .or_else(|| of_the_assembly(number, &symbol))
            {
                Some(found) => found,
                None => continue,
            },
        };
        told.push(number);
        findings.report(
            Report::new(case.quoted(quote))
                .severity(case.by_letters(RULE.severity))
                .vi(vi, "Sửa ký hiệu theo bản gốc; ký hiệu sai thì không tra cứu được.")
                .en(en, "Correct it by the original; a broken symbol cannot be looked up.")
                .value("symbol", number)
                .value("wanted", wanted),
        );
    }
}

/// What a broken symbol should be, and how that is said in both languages.
type Wanted = (String, String, String);

/// `132- KL/TW`, `88/NQ -CP`: a blank beside a joint. The reader closes it; whoever looks the symbol up as written finds nothing.
/// At the end of a line it is a wrap.
fn stray_blank(number: &str, evidence: &[Evidence]) -> Option<Wanted> {
    let written = evidence.iter().find_map(|piece| {
        let first = number.chars().next()?;
        piece.text.match_indices(first).find_map(|(at, _)| with_blank(number, &piece.text[at..]))
    })?;
    Some((
        format!("Ký hiệu “{written}” thừa dấu cách, đúng ra là {number}."),
        format!("The symbol “{written}” has a stray blank: {number}."),
        number.to_owned(),
    ))
}

/// The beginning of `text` that is `number` but for single blanks beside its joints, where there are any.
fn with_blank<'a>(number: &str, text: &'a str) -> Option<&'a str> {
    let joint = |c: char| matches!(c, '/' | '-' | '–');
    let mut wanted = number.chars().peekable();
    let (mut blanks, mut last) = (0, ' ');
    for (at, c) in text.char_indices() {
        let Some(next) = wanted.peek().copied() else { return (blanks > 0).then(|| &text[..at]) };
        if c == next || joint(c) && joint(next) {
            wanted.next();
        } else if c == ' ' && last != ' ' && (joint(last) || joint(next) || last.is_uppercase() && next.is_ascii_digit()) {
            blanks += 1;
        } else {
            return None;
        }
        last = c;
    }
    (wanted.peek().is_none() && blanks > 0).then_some(text)
}

/// Bodies of the state whose letters end a symbol; a symbol that ends in one of them less a letter has lost it.
const STATE: [&str; 5] = ["TTg", "UBND", "HĐND", "UBTVQH", "VPCP"];

/// Whether a symbol begins with the letters of a type: `QĐ-TTg`; `SCT-CN` is a letter of an office by its division.
fn typed(case: &Case, symbol: &Symbol) -> bool {
    case.lexicon.types.iter().any(|known| known.codes.iter().any(|code| code == symbol.kind()))
}

/// `866/QĐ-Tg`: the letters of the Prime Minister, less one.
fn lost_letter(number: &str, symbol: &Symbol) -> Option<Wanted> {
    let (_, issuer) = symbol.letters.split_once('-')?;
    let count = issuer.chars().count();
    let whole = STATE.iter().find(|known| {
        let letters: Vec<char> = known.chars().collect();
        count >= 2
            && letters.len() == count + 1
            // Its last letter is what tells it from the letters of another body: `TT` is a department's, `Tg` nobody's.
            && issuer.chars().last() == letters.last().copied()
            && (0..letters.len()).any(|out| {
                issuer.chars().eq(letters.iter().enumerate().filter(|(at, _)| *at != out).map(|(_, letter)| *letter))
            })
    })?;
    let wanted = number.replacen(&format!("-{issuer}"), &format!("-{whole}"), 1);
    Some((
        format!("Ký hiệu {number} thiếu chữ, đúng ra là {wanted}."),
        format!("The symbol {number} has lost a letter: {wanted}."),
        wanted,
    ))
}

/// `38-CT/TTg`: a state body's paper with the symbol of a Party paper.
fn of_the_party(number: &str, symbol: &Symbol) -> Option<Wanted> {
    let (kind, issuer) = symbol.letters.split_once('/')?;
    let party_form = number.strip_prefix(&symbol.number.to_string()).is_some_and(|rest| rest.starts_with('-'))
        || number.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('-');
    if !party_form || symbol.year.is_some() || !STATE.contains(&issuer) {
        return None;
    }
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    let wanted = format!("{digits}/{kind}-{issuer}");
    Some((
        format!("Ký hiệu {number} viết theo thể thức của Đảng, đúng ra là {wanted}."),
        format!("The symbol {number} has the form of a Party paper: {wanted}."),
        wanted,
    ))
}

/// `15/2024/NQ-QH15`: a number of the National Assembly with its year has the session alone behind it, `15/2024/QH15`.
fn of_the_assembly(number: &str, symbol: &Symbol) -> Option<Wanted> {
    let (_, issuer) = symbol.letters.split_once('-')?;
    let session = issuer.strip_prefix("QH").filter(|session| !session.is_empty())?;
    if symbol.year.is_none() || !session.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let wanted = number.replacen(symbol.letters, issuer, 1);
    Some((
        format!("Ký hiệu {number} thừa chữ, đúng ra là {wanted}."),
        format!("The symbol {number} has letters too many: {wanted}."),
        wanted,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_beside_joints() {
        for (number, text, wanted) in [
            ("45-KL/TW", "45- KL/TW ngày 02/5/2024", Some("45- KL/TW")),
            ("71/NQ-CP", "71/NQ -CP", Some("71/NQ -CP")),
            ("71/NQ-CP", "71/NQ-CP ngày", None),
            ("71/NQ-CP", "71/NQ-\nCP", None),
            ("71/NQ-CP", "71/N Q-CP", None),
        ] {
            assert_eq!(with_blank(number, text), wanted, "{text}");
        }
    }

    #[test]
    fn letters_of_state_bodies() {
        for (number, wanted) in [
            ("812/QĐ-Tg", Some("812/QĐ-TTg")),
            ("812/QĐ-TTg", None),
            ("19/QĐ-TT", None),
            ("19/KH-UBD", Some("19/KH-UBND")),
            ("19/KH-UB", None),
        ] {
            let symbol = Symbol::parse(number).expect("a symbol");
            assert_eq!(lost_letter(number, &symbol).map(|found| found.2).as_deref(), wanted, "{number}");
        }
    }

    #[test]
    fn numbers_of_the_assembly() {
        for (number, wanted) in [
            ("15/2024/NQ-QH15", Some("15/2024/QH15")),
            ("15/2024/QH15", None),
            ("15/NQ-QH15", None),
            ("15/2024/NQ-UBTVQH15", None),
        ] {
            let symbol = Symbol::parse(number).expect("a symbol");
            assert_eq!(of_the_assembly(number, &symbol).map(|found| found.2).as_deref(), wanted, "{number}");
        }
    }

    #[test]
    fn forms_of_the_party() {
        for (number, wanted) in [("24-CT/TTg", Some("24/CT-TTg")), ("24-CT/TW", None), ("24/CT-TTg", None), ("20-KH/BCĐ", None)]
        {
            let symbol = Symbol::parse(number).expect("a symbol");
            assert_eq!(of_the_party(number, &symbol).map(|found| found.2).as_deref(), wanted, "{number}");
        }
    }
}
