//! DL004: the lower level reports on or after the day its superior must.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, alike::Wording, cycle::Cycle};
use crate::record::{Deadline, Record, Task};

pub(super) const RULE: Rule = Rule {
    code: "DL004",
    name: "reports-too-late-for-its-superior",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/DL004.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let record = case.record;
    let cycles: Vec<(&Deadline, Cycle)> =
        record.deadlines.iter().filter_map(|deadline| Some((deadline, Cycle::of(deadline.recurrence.as_ref()?)?))).collect();
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

/// Who has to keep a deadline.
fn owners<'a>(record: &'a Record, deadline: &Deadline) -> &'a [String] {
    let held = record
        .tasks
        .iter()
        .find(|task| task.deadline.is_some_and(|at| record.deadlines.get(at).is_some_and(|own| own.id == deadline.id)));
    let by_section = || record.tasks.iter().find(|task| task.section == deadline.section);
    held.or_else(by_section).map_or(&[], |task| task.owner.as_slice())
}

/// Whether a sentence names a body, by its office or by itself.
fn names(sentence: &str, owner: &str) -> bool {
    let owner = owner.to_lowercase();
    let bare =
        ["giám đốc ", "trưởng ", "chánh ", "thủ trưởng ", "chủ tịch "].iter().find_map(|office| owner.strip_prefix(office));
    Wording::new(bare.unwrap_or(&owner)).length() > 0 && sentence.contains(bare.unwrap_or(&owner))
}
