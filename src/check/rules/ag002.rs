//! AG002: body and annex name different leads for one target.

use crate::check::{
    Case, Check, Findings, Report, Rule, Severity, Side,
    alike::{Likeness, Wording},
    names::{group, one_body},
    pairs::Pairs,
};
use crate::record::{Origin, Role, Target};
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "AG002",
    name: "different-leads",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/AG002.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    let pairs = Pairs::of(case);
    let mut annexed: Vec<&Target> = Vec::new();
    for (_, annex) in &pairs.matched {
        if !annexed.iter().any(|known| std::ptr::eq(*known, *annex)) {
            annexed.push(annex);
        }
    }
    for annex in annexed {
        let of_annex = leads(annex);
        if of_annex.is_empty() || of_annex.iter().any(|name| group(name)) {
            continue;
        }
        let mut said = in_targets(case, annex);
        said.extend(in_tasks(case, annex));
        said.retain(|(names, _)| !names.is_empty() && !names.iter().any(|name| group(name)));
        // Where several places of the body hand it out, one that agrees is enough.
        let agrees = |names: &[String]| names.iter().any(|one| of_annex.iter().any(|other| one_body(one, other)));
        if said.iter().any(|(names, _)| agrees(names)) {
            continue;
        }
        let Some((of_body, sides)) = said.into_iter().next() else { continue };
        let cells = case.sides(annex.section.as_deref(), &annex.evidence);
        let quoted = cells.into_iter().filter(|side| of_annex.iter().any(|name| side.text.contains(first_word(name))));
        findings.report(
            Report::new(sides.into_iter().chain(case.target(annex)).chain(quoted))
                .vi(
                    format!(
                        "Cùng một chỉ tiêu: nội dung giao {} chủ trì, phụ lục giao {}.",
                        of_body.join(", "),
                        of_annex.join(", ")
                    ),
                    "Thống nhất một cơ quan chủ trì.",
                )
                .en(
                    format!("One target: the body names {} as lead, the annex {}.", of_body.join(", "), of_annex.join(", ")),
                    "Name one lead in both places.",
                )
                .value("body", &of_body)
                .value("annex", &of_annex),
        );
    }
}

fn leads(target: &Target) -> Vec<String> {
    target.agencies.iter().filter(|agency| agency.role == Role::Lead).map(|agency| agency.name.clone()).collect()
}

/// The leads that the body's targets of the same wording have: a plan may set one in its aims and again among its work.
fn in_targets(case: &Case, annex: &Target) -> Vec<(Vec<String>, Vec<Side>)> {
    let words = Wording::of(annex);
    let body = case.record.targets.iter().filter(|target| target.origin == Origin::Body && target.value == annex.value);
    body.filter(|target| Wording::of(target).compare(&words) == Likeness::Same)
        .map(|target| (leads(target), case.target(target)))
        .collect()
}

/// Who leads the work that is to reach a target, where its sentence names the target without a value: `Bảo hiểm xã hội … chủ trì …,
/// phấn đấu tỷ lệ bao phủ … đạt chỉ tiêu được giao`.
fn in_tasks(case: &Case, annex: &Target) -> Vec<(Vec<String>, Vec<Side>)> {
    const REACH: [&str; 8] = ["phấn đấu", "bảo đảm", "đảm bảo", "nâng", "đạt", "hoàn thành", "tăng", "giảm"];
    let name = name(annex);
    if name.split(' ').count() < 5 {
        return Vec::new();
    }
    let tasks = case.record.tasks.iter().filter(|task| task.origin == Origin::Body);
    tasks
        .filter(|task| {
            let text = fold(&task.text);
            // Who spreads the word for a target does not lead it: the sentence has to want it reached.
            text.find(&name).is_some_and(|at| {
                let before: Vec<&str> = text[..at].split_whitespace().rev().take(4).collect();
                let before = before.into_iter().rev().collect::<Vec<_>>().join(" ");
                text.contains("chủ trì")
                    && REACH.iter().any(|verb| before.ends_with(verb) || before.contains(&format!("{verb} ")))
            })
        })
        .map(|task| (task.owner.clone(), case.sides(task.section.as_deref(), &task.evidence)))
        .collect()
}

/// The words of a target before its value: `Tỷ lệ bao phủ …` of `Tỷ lệ bao phủ … đạt 95% dân số`.
fn name(target: &Target) -> String {
    let quoted = target.evidence.first().map(|piece| fold(&piece.text)).unwrap_or_default();
    let quoted = quoted.split_whitespace().collect::<Vec<_>>();
    let name = fold(&target.indicator);
    let common: Vec<&str> =
        name.split_whitespace().zip(&quoted).take_while(|(one, other)| one == *other).map(|(one, _)| one).collect();
    if common.len() >= 5 { common.join(" ") } else { name }
}

fn first_word(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
