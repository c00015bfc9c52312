//! HD001: the number is left blank: `Số:        /KH-UBND`.

use crate::check::{Case, Check, Findings, Report, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "HD001",
    name: "number-left-blank",
    severity: Severity::Note,
    page: include_str!("../../../rules/checks/HD001.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let document = &case.record.document;
    let (None, Some(symbol)) = (&document.number, &document.symbol) else { return };
    // The head has the blank, or the caption of an annex where the text has no head.
    let caption = case.record.mentions.captions.iter().find(|caption| caption.text.contains(symbol.as_str()));
    let head = case.head(symbol).filter(|side| side.text.contains(symbol.as_str()));
    let Some(side) = head.or_else(|| caption.and_then(|caption| Some(case.quote(None, caption.evidence.first()?)))) else {
        return;
    };
    findings.report(
        Report::new([side])
            .vi(format!("Số văn bản còn để trống (…/{symbol})."), "Ghi số khi ban hành; nếu là bản dự thảo thì bỏ qua.")
            .en(format!("The document's number is blank (…/{symbol})."), "Fill it in when it is issued; ignore this in a draft.")
            .value("symbol", symbol),
    );
}
