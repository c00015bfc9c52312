//! DL004: the lower level reports on or after the day its superior must.

use crate::check::{Case, Cases, Check, Findings, Report, Rule, Severity, alike::Wording, cycle::Cycle, quotes::body};
use crate::lexicon::places::REFORM;
use crate::record::{Deadline, Level, Record, Task};

pub(super) const RULE: Rule = Rule {
    code: "DL004",
    name: "reports-too-late-for-its-superior",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/DL004.md"),
    check: Check::Collection(check_all),
};

fn check_all(cases: &Cases, findings: &mut Findings) {
    for (at, case) in cases.cases.iter().enumerate() {
        check(case, findings);
        for upper in cases.uppers(at).iter().filter(|upper| upper.stands_for.is_none()) {
            between(case, &cases.cases[upper.document], findings);
        }
    }
}

/// The day that a lower plan sets itself for its report is after the day on which its superior's plan wants it.
fn between(lower: &Case, upper: &Case, findings: &mut Findings) {
    for (asked, wanted) in cycles(upper.record) {
        let Some(sentence) = sentence(upper.record, asked) else { continue };
        let bound = owners(upper.record, asked).iter().any(|owner| binds(owner, lower));
        let receivers = receivers(&sentence);
        if !bound || receivers.is_empty() {
            continue;
        }
        for (set, own) in cycles(lower.record) {
            let alike = own.every == wanted.every && own.month.is_some() == wanted.month.is_some();
            let near = own.month.zip(wanted.month).is_none_or(|(own, wanted)| (own - wanted).abs() <= 1);
            let order = |cycle: &Cycle| (cycle.month, cycle.months_after, cycle.day);
            if !alike || !near || order(&own) <= order(&wanted) {
                continue;
            }
            let told = self::sentence(lower.record, set).map(|told| self::receivers(&told)).unwrap_or_default();
            if !told.iter().any(|body| receivers.contains(body)) {
                continue;
            }
            let sides = lower.sides(set.section.as_deref(), &set.evidence);
            findings.report(
                Report::new(sides.into_iter().chain(upper.sides(asked.section.as_deref(), &asked.evidence)))
                    .vi(
                        format!("Tự đặt hạn báo cáo “{}”, muộn hơn hạn cấp trên yêu cầu “{}”.", set.text, asked.text),
                        "Đặt hạn báo cáo không muộn hơn hạn cấp trên yêu cầu.",
                    )
                    .en(
                        format!("The report is to be sent “{}”, later than the superior asks: “{}”.", set.text, asked.text),
                        "Report no later than the superior asks.",
                    )
                    .value("lower", &set.text)
                    .value("upper", &asked.text),
            );
        }
    }
}

/// Whether a superior's sentence asks the unit of a document, or all units of its level: `UBND các huyện, thành phố`.
fn binds(owner: &str, lower: &Case) -> bool {
    let owner = body(owner);
    let document = &lower.record.document;
    // What was asked of the districts is asked of their communes since the districts ended.
    let heirs = document.date.as_deref().is_some_and(|date| date >= REFORM);
    let words: &[&str] = match document.level {
        Level::District => &["huyện", "thị xã", "thành phố", "địa phương"],
        Level::Commune if heirs => &["xã", "phường", "huyện", "thành phố", "địa phương"],
        Level::Commune => &["các xã", "phường", "thị trấn", "cấp xã"],
        Level::Department => &["sở", "ngành"],
        _ => &[],
    };
    owner.contains("các ") && words.iter().any(|word| owner.contains(word))
}

/// Whom a report goes to: `báo cáo Sở Y tế`, `gửi về UBND tỉnh`.
fn receivers(sentence: &str) -> Vec<String> {
    const BODIES: [&str; 8] = ["sở ", "ubnd ", "ủy ban ", "ban ", "phòng ", "chi cục ", "văn phòng ", "cục "];
    const ENDS: [&str; 10] =
        [" trước", " định kỳ", " kết quả", " để", " tổng hợp", " theo", " hằng", " hàng", " qua", " chậm nhất"];
    let mut found = Vec::new();
    for lead in ["báo cáo ", "về ", "gửi ", "cho ", "đến "] {
        for (at, _) in sentence.match_indices(lead) {
            let rest = &sentence[at + lead.len()..];
            if !BODIES.iter().any(|body| rest.starts_with(body)) {
                continue;
            }
            let mark = rest.find([',', ';', '.', '(', ':']).unwrap_or(rest.len());
            let end = ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len()).min(mark);
            found.push(body(&rest[..end]));
        }
    }
    found
}

fn cycles(record: &Record) -> Vec<(&Deadline, Cycle)> {
    record.deadlines.iter().filter_map(|deadline| Some((deadline, Cycle::of(deadline.recurrence.as_ref()?)?))).collect()
}

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    let cycles = cycles(record);
    for (lower, own) in &cycles {
        // `gửi về Sở …`: whom the report goes to, and that body's own day.
        let Some(sent) = sentence(record, lower).filter(|sent| sent.contains("báo cáo")) else { continue };
        for (upper, above) in &cycles {
            let same = own.every == above.every && own.month.is_some() == above.month.is_some();
            if !same || lower.id == upper.id || lower.section == upper.section {
                continue;
            }
            let Some(passed) = sentence(record, upper).filter(|passed| passed.contains("tổng hợp") && passed.contains("báo cáo"))
            else {
                continue;
            };
            let receives = owners(record, upper).iter().any(|owner| names(&sent, owner)) && !names(&passed, "này về");
            let order = |cycle: &Cycle| (cycle.month, cycle.months_after, cycle.day);
            if !receives || order(own) < order(above) {
                continue;
            }
            let sides = case
                .sides(lower.section.as_deref(), &lower.evidence)
                .into_iter()
                .chain(case.sides(upper.section.as_deref(), &upper.evidence));
            findings.report(
                Report::new(sides)
                    .vi(
                        format!(
                            "Đơn vị gửi báo cáo “{}”, nhưng nơi nhận phải tổng hợp, báo cáo cấp trên “{}”.",
                            lower.text, upper.text
                        ),
                        "Đặt hạn của đơn vị gửi sớm hơn hạn của nơi tổng hợp.",
                    )
                    .en(
                        format!(
                            "Units report “{}”, but who gathers their reports must send its own “{}”.",
                            lower.text, upper.text
                        ),
                        "Ask for the units' reports before that day.",
                    )
                    .value("lower", &lower.text)
                    .value("upper", &upper.text),
            );
        }
    }
}

/// The words of the task that a deadline belongs to, in small letters.
fn sentence(record: &Record, deadline: &Deadline) -> Option<String> {
    let start = deadline.evidence.first()?.start;
    let holds = |task: &&Task| {
        let (Some(first), Some(last)) = (task.evidence.first(), task.evidence.last()) else { return false };
        first.start <= start && start <= last.end
            || task.deadline.is_some_and(|at| record.deadlines.get(at).is_some_and(|own| own.id == deadline.id))
    };
    record.tasks.iter().find(holds).map(|task| task.text.to_lowercase())
}

/// Who has to keep a deadline: who does the work, and the agency that the work stands under, `1. Sở A: cơ quan đầu mối, tổng hợp …`.
fn owners(record: &Record, deadline: &Deadline) -> Vec<String> {
    let held = record
        .tasks
        .iter()
        .find(|task| task.deadline.is_some_and(|at| record.deadlines.get(at).is_some_and(|own| own.id == deadline.id)));
    let by_section = || record.tasks.iter().find(|task| task.section == deadline.section);
    let mut owners = held.or_else(by_section).map_or_else(Vec::new, |task| task.owner.clone());
    let heading = record.sections.iter().find(|section| Some(&section.path) == deadline.section.as_ref());
    let agency = |title: &str| {
        let title = title.to_lowercase();
        ["sở ", "ban ", "phòng ", "chi cục ", "ủy ban ", "ubnd ", "văn phòng ", "công an ", "trung tâm ", "cục "]
            .iter()
            .any(|kind| title.starts_with(kind))
    };
    if let Some(heading) = heading.filter(|heading| agency(&heading.title) && !owners.contains(&heading.title)) {
        owners.push(heading.title.clone());
    }
    owners
}

/// Whether a sentence names a body, by its office or by itself.
fn names(sentence: &str, owner: &str) -> bool {
    let owner = owner.to_lowercase();
    let bare =
        ["giám đốc ", "trưởng ", "chánh ", "thủ trưởng ", "chủ tịch "].iter().find_map(|office| owner.strip_prefix(office));
    Wording::new(bare.unwrap_or(&owner)).length() > 0 && sentence.contains(bare.unwrap_or(&owner))
}
