//! XL003: an upper target that the lower plan does not take up.

use crate::check::{Cases, Check, Findings, Report, Rule, Severity};
use crate::record::Level;

pub(super) const RULE: Rule = Rule {
    code: "XL003",
    name: "upper-target-not-taken-up",
    severity: Severity::Note,
    page: include_str!("../../../rules/checks/XL003.md"),
    check: Check::Collection(check),
};

/// How many of the upper plan's targets a plan must take up to be one on the same matter.
const IN_COMMON: usize = 3;

fn check(cases: &Cases, findings: &mut Findings) {
    for (lower, case) in cases.cases.iter().enumerate() {
        if !cases.is_plan(lower) {
            continue;
        }
        let own = cases.by_indicator(lower);
        for upper in cases.uppers(lower) {
            let above = cases.listed(upper.document);
            let taken = above.keys().filter(|indicator| own.contains_key(indicator)).count();
            if taken < IN_COMMON || taken * 5 < above.len() {
                continue;
            }
            for (indicator, targets) in above.iter().filter(|(indicator, _)| !own.contains_key(indicator)) {
                let Some(target) = targets.first() else { continue };
                // A target of the upper level's own bodies binds nobody below.
                let levels = &cases.collection.indicators.clusters[*indicator].levels;
                if !levels.is_empty() && !levels.iter().any(|level| concerns(level, case.record.document.level)) {
                    continue;
                }
                let side = cases.cases[upper.document].target(target);
                if let Some(near) = cases.near(*indicator, target, &own) {
                    let beside = case.target(near);
                    findings.undecided(
                        side.into_iter().chain(beside),
                        "cấp dưới có chỉ tiêu gần giống, không chắc có phải một chỉ tiêu",
                        "the lower plan has a target much like it; whether it is the same is not certain",
                    );
                    continue;
                }
                let name = &case.name;
                findings.report(
                    Report::new(side.into_iter().chain(case.head("")))
                        .vi(
                            format!("Kế hoạch cấp dưới ({name}) không có chỉ tiêu này của cấp trên."),
                            "Bổ sung nếu chỉ tiêu thuộc phạm vi của đơn vị; nếu không thì bỏ qua.",
                        )
                        .en(
                            format!("The lower plan ({name}) does not take this target up."),
                            "Add it if it is the unit's to reach; ignore this if it is not.",
                        )
                        .value("indicator", &target.indicator),
                );
            }
        }
    }
}

/// Whether a target for this level is a plan of that level's to take up.
fn concerns(level: &str, own: Level) -> bool {
    match own {
        Level::Commune => level.contains("xã") || level.contains("phường"),
        Level::District => level.contains("huyện") || level.contains("xã"),
        Level::Department => level.contains("tỉnh") || level.contains("sở"),
        _ => true,
    }
}
