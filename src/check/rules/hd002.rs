//! HD002: the day or month of issue is left blank: `ngày     tháng 02 năm 2024`.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, show};

pub(super) const RULE: Rule = Rule {
    code: "HD002",
    name: "date-left-blank",
    severity: Severity::Note,
    page: include_str!("../../../rules/checks/HD002.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let Some(date) = case.record.document.date.as_deref().filter(|date| date.len() < 10) else { return };
    let year = date.get(..4).unwrap_or_default();
    // `Thanh Giang, ngày    tháng 6 năm 2022` in the head, else `(Kèm theo … ngày     /4/2022 …)` under an annex.
    let dated = |text: &str| {
        let lower = text.to_lowercase();
        // A long blank parts `ngày` from `tháng 3 năm 2025`; a title may name the year too.
        // `ngày 14 tháng5 năm 2008` is whole, if badly spaced.
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).count();
        numbers < 3 && text.contains(year) && (lower.contains("ngày") || lower.trim_start().starts_with("tháng"))
    };
    let head = case.record.document.evidence.iter().find(|piece| dated(&piece.text));
    let caption = case.record.mentions.captions.iter().flat_map(|caption| &caption.evidence).find(|piece| dated(&piece.text));
    if head.or(caption).is_none() {
        return;
    }
    // One cause, however many annexes repeat it.
    let sides = head.into_iter().chain(caption.filter(|piece| head != Some(*piece))).map(|piece| case.quote(None, piece));
    findings.report(
        Report::new(sides)
            .vi(
                format!("Ngày ban hành chưa ghi đủ (chỉ có {}).", show::date_vi(date)),
                "Ghi đủ ngày, tháng khi ban hành; các thời hạn tính từ ngày ban hành chưa kiểm được.",
            )
            .en(
                format!("The date of issue is incomplete (only {date})."),
                "Fill it in when it is issued; deadlines that count from it cannot be checked.",
            )
            .value("date", date),
    );
}
