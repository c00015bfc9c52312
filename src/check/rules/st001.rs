//! ST001: an annex that the text sends the reader to is not there.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, surroundings};
use crate::lexicon::SurroundingKind;
use crate::structure::marker::roman;

pub(super) const RULE: Rule = Rule {
    code: "ST001",
    name: "annex-missing",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/ST001.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    // A paper about a draft (`tiếp thu, giải trình ý kiến`) speaks of the draft's annexes; so does a letter that submits it.
    let document = &case.record.document;
    let submits = document.symbol.as_deref().is_some_and(|symbol| symbol.split(['-', '/']).next() == Some("TTr"));
    if submits || document.title.as_deref().is_some_and(|title| surroundings::holds(case, title, SurroundingKind::Review)) {
        return;
    }
    let annexes: Vec<&str> = case
        .record
        .sections
        .iter()
        .filter(|section| section.level == 1)
        .filter_map(|section| section.path.strip_prefix("PL"))
        .collect();
    let label = |path: &str| number_of(path.trim_start_matches('.').split('.').next().unwrap_or_default());
    let attached: Vec<Option<u32>> = annexes.iter().map(|path| label(path)).collect();
    let mut told = Vec::new();
    for mention in case.record.mentions.annexes.iter().filter(|mention| mention.named) {
        let there = match &mention.label {
            None => !attached.is_empty(),
            // One annex without a label is the one that is meant.
            Some(wanted) => attached.contains(&number_of(wanted)) || annexes == [""] && number_of(wanted) == Some(1),
        };
        if there || told.contains(&mention.label) {
            continue;
        }
        told.push(mention.label.clone());
        let shown = mention.label.as_ref().map_or_else(|| "Phụ lục".to_owned(), |label| format!("Phụ lục {label}"));
        // A text that nobody has signed may have been cut off before its annexes.
        let severity = if document.signer.is_some() { Severity::Error } else { Severity::Note };
        findings.report(
            Report::new(case.sides(mention.section.as_deref(), &mention.evidence))
                // `PHỤ LỤC II` that a scan makes `PHỤ LỤC H` is there.
                .severity(case.by_letters(severity))
                .vi(format!("Nội dung dẫn tới {shown} nhưng văn bản không có phụ lục này."), "Kèm phụ lục, hoặc bỏ câu dẫn.")
                .en(format!("The text refers to {shown}, which is not attached."), "Attach the annex, or take the reference out.")
                .value("annex", &mention.label)
                .value("attached", annexes.len()),
        );
    }
}

/// The number of a label: `II`, `02`, `2` are one; `A` is the first.
fn number_of(label: &str) -> Option<u32> {
    if let Ok(number) = label.parse() {
        return Some(number);
    }
    if let Some(number) = roman(label) {
        return Some(number);
    }
    let mut chars = label.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase)?;
    chars.next().is_none().then(|| u32::from(letter) - u32::from('A') + 1)
}
