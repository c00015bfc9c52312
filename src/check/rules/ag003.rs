//! AG003: who leads also monitors.

use crate::check::{
    Case, Check, Findings, Report, Rule, Severity,
    names::{group, one_body},
};
use crate::record::Role;
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "AG003",
    name: "lead-monitors-itself",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/AG003.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    helps_itself(case, findings);
    let mut told = Vec::new();
    for target in &case.record.targets {
        let of = |role: Role| target.agencies.iter().filter(move |agency| agency.role == role).map(|agency| agency.name.as_str());
        let monitors: Vec<&str> = of(Role::Monitor).collect();
        let itself = of(Role::Lead).find(|lead| monitors.iter().any(|monitor| one_body(lead, monitor)));
        // Where several lead, one of them may watch the others.
        let alone =
            of(Role::Lead).all(|lead| monitors.iter().any(|monitor| one_body(lead, monitor))) || of(Role::Lead).any(group);
        let Some(name) = itself.filter(|_| alone && !told.contains(&target.row)) else { continue };
        if target.row.is_some() {
            told.push(target.row);
        }
        // `Giám đốc Sở Y tế` watches what `Sở Y tế` does: usual, where a board's members do the watching.
        let head = !monitors.iter().any(|monitor| monitor.to_lowercase() == name.to_lowercase() || group(monitor));
        let cells = case.sides(target.section.as_deref(), &target.evidence);
        findings.report(
            Report::new(cells)
                .severity(if head { Severity::Note } else { Severity::Warning })
                .vi(
                    format!("{name} vừa chủ trì vừa theo dõi, đôn đốc chính chỉ tiêu này."),
                    "Giao cơ quan khác theo dõi, đánh giá.",
                )
                .en(format!("{name} leads this target and monitors it."), "Give the monitoring to another body.")
                .value("agency", name),
        );
    }
}

/// `Chủ trì: UBND các xã | Phối hợp: Sở Y tế, UBND các xã`: who leads a task is named as its own partner.
fn helps_itself(case: &Case, findings: &mut Findings) {
    for task in &case.record.tasks {
        // Bodies of one kind help each other: `các sở, ngành`, `các cơ quan liên quan`.
        let Some(name) = task
            .owner
            .iter()
            .find(|owner| task.coordinate.iter().any(|partner| fold(partner.trim()) == fold(owner.trim()) && !open(partner)))
        else {
            continue;
        };
        findings.report(
            Report::new(case.sides(task.section.as_deref(), &task.evidence))
                .cause(name.as_str())
                .vi(
                    format!("{name} vừa chủ trì vừa phối hợp trong cùng một nhiệm vụ."),
                    "Bỏ ở cột phối hợp, hoặc sửa cơ quan chủ trì.",
                )
                .en(
                    format!("{name} leads this task and is named as its own partner."),
                    "Take it out of the partners, or correct the lead.",
                )
                .value("agency", name),
        );
    }
}

/// `các đơn vị liên quan`: others of the same words may be meant.
fn open(name: &str) -> bool {
    let name = fold(name);
    ["liên quan", "khác", "có liên quan"].iter().any(|tail| name.ends_with(tail))
}
