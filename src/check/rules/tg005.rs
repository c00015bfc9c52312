//! TG005: one document gives one target two values.

use crate::check::{
    Case, Check, Days, Findings, Report, Rule, Severity, alike::Likeness, alike::Wording, alike::without_whole_place,
    interval::Interval, pairs::same_time, quotes::years as years_in, show, surroundings,
};
use crate::lexicon::SurroundingKind;
use crate::record::{Comparator, DocumentKind, Origin, Target};
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "TG005",
    name: "one-target-two-values",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/TG005.md"),
    check: Check::Document(check),
};

/// Most words of a name that is a group's alone.
const GROUP: usize = 5;

/// So many targets of a body are compared with each other; a plan of provinces has some hundred.
const MOST: usize = 700;

fn check(case: &Case, findings: &mut Findings) {
    // What a report says of its units and places is a list of results, even where the words are those of a target.
    if case.record.document.kind == DocumentKind::Report {
        return;
    }
    // Two rows of a table, or two annexes, may be for two units; only the body states one target for all.
    let mut body: Vec<(&Target, Wording)> = case
        .record
        .targets
        .iter()
        .filter(|target| target.origin == Origin::Body && target.row.is_none() && target.actual.is_none())
        .map(|target| (target, Wording::new(&name(target))))
        .collect();
    // A name of two words, `Tổ chức`, `trồng rừng`, tells too little.
    body.retain(|(_, words)| words.length() >= 4);
    for (target, words) in &mut body {
        *words = Wording::new(&without_whole_place(&name(target)));
    }
    // `Trung học cơ sở: 99,5%` under `Tỷ lệ đi học đúng độ tuổi:` is a group; what is measured stands in the line above.
    // What a share counts stands behind it: `100% xã, phường không cháy rừng`.
    body.retain(|(target, words)| {
        let leads = target.evidence.first().is_some_and(|piece| piece.text.starts_with(target.indicator.as_str()));
        words.length() > GROUP || !leads || !surroundings::opens(case, &target.indicator, SurroundingKind::Group)
    });
    if body.len() > MOST {
        let sides = case.target(body[MOST].0);
        findings.undecided(
            sides,
            format!("văn bản có quá nhiều chỉ tiêu ({}); chỉ so sánh {MOST} chỉ tiêu đầu", body.len()),
            format!("the document has too many targets ({}); only the first {MOST} are compared", body.len()),
        );
        body.truncate(MOST);
    }
    let years: Vec<Vec<i16>> = body.iter().map(|(target, _)| years(case, target)).collect();
    for (at, (one, words)) in body.iter().enumerate() {
        let mut series = None;
        for (there, (other, others)) in body.iter().enumerate().skip(at + 1) {
            let (left, right) = (Interval::of(one), Interval::of(other));
            // What is quick to tell comes first; `a) Đến năm 2026`, `b) Đến năm 2027` are two times.
            if left.value == right.value && left.to == right.to || one.scope != other.scope {
                continue;
            }
            // Two sentences that say their time themselves are for one time where they say the same.
            if years[at] != years[there] && (one.due.is_none() || one.due != other.due) {
                continue;
            }
            // A count in another section may be of a part; but no part is more than the whole.
            let counted = one.unit.as_deref() != Some("%") && one.section != other.section;
            let (here, there) = (one.section.as_deref(), other.section.as_deref());
            if surroundings::parallel(here, there)
                || left.apart(&right).is_some()
                || words.compare(others) != Likeness::Same
                || *series.get_or_insert_with(|| is_series(case, &body, one, words))
                || !same_time(case, one, other)
                || surroundings::two_groups(case, here, there)
                || aspires(one, other)
                || aspires(other, one)
                || counted && !exceeds(case, one, other)
            {
                continue;
            }
            let (first, second) = (one.value.0, other.value.0);
            findings.report(
                Report::new(case.target(one).into_iter().chain(case.target(other)))
                    .vi(
                        format!("Cùng một chỉ tiêu có hai giá trị: {} và {}.", show::vi(first), show::vi(second)),
                        "Thống nhất một giá trị; nếu là hai đối tượng khác nhau thì ghi rõ đối tượng.",
                    )
                    .en(
                        format!("One target has two values: {} and {}.", show::en(first), show::en(second)),
                        "Keep one of them; if they are for different groups, say which.",
                    )
                    .cause(words.words().collect::<Vec<_>>().join(" "))
                    .value("first", first)
                    .value("second", second),
            );
        }
    }
}

/// What is measured, without what it is for: `trồng cây phân tán để che bóng các tuyến này`.
fn name(target: &Target) -> String {
    let cut = [" để ", " nhằm "].iter().filter_map(|word| target.indicator.find(word)).min();
    let name = cut.map_or(target.indicator.as_str(), |at| &target.indicator[..at]);
    target.scope.as_ref().map_or_else(|| name.to_owned(), |scope| format!("{name} {scope}"))
}

/// Whether the same words have three values or more: a list by units or kinds says them again and again.
///
/// Values for other times are no part of it: `20% năm 2025`, `50% đến năm 2030`.
fn is_series(case: &Case, body: &[(&Target, Wording)], one: &Target, words: &Wording) -> bool {
    let mut values: Vec<f64> = Vec::new();
    let due = one.due.as_deref().and_then(Days::parse).map(|days| days.last.year());
    // `20% xã không cháy rừng năm 2025`: the year may stand behind what is counted.
    let other_year =
        |target: &Target| due.is_some_and(|due| years_in(&target.indicator).first().is_some_and(|year| *year != due));
    let alike = |(target, others): &&(&Target, Wording)| {
        words.compare(others) == Likeness::Same && same_time(case, one, target) && !other_year(target)
    };
    for (target, _) in body.iter().filter(alike) {
        if !values.contains(&target.value.0) {
            values.push(target.value.0);
        }
    }
    values.len() > 2
}

/// Whether a floor stands beside what is hoped for: `Tối thiểu 80% …; phấn đấu đạt 90% …`.
fn aspires(floor: &Target, hope: &Target) -> bool {
    matches!(floor.comparator, Comparator::Ge | Comparator::Gt)
        && hope.value > floor.value
        && floor.section == hope.section
        && hope.evidence.first().is_some_and(|piece| fold(&piece.text).starts_with("phấn đấu"))
}

/// The years that the headings over a target name; where they name none, the document's one year.
fn years(case: &Case, target: &Target) -> Vec<i16> {
    let named = case.heading_years(target.section.as_deref());
    let one = case.years().filter(|years| years.start() == years.end()).map(|years| *years.start());
    if named.is_empty() { one.into_iter().collect() } else { named }
}

/// Whether a later sentence wants more of a measure, `1,5 triệu cây`, than the aim that stands before it. Things that are counted
/// (`03 lớp`) may be others each time.
fn exceeds(case: &Case, aim: &Target, later: &Target) -> bool {
    let measure = |unit: &str| {
        let unit = unit.to_lowercase();
        ["ha", "km", "m2", "m3", "tấn"].contains(&unit.as_str())
            || ["nghìn ", "triệu ", "tỷ "].iter().any(|scale| unit.starts_with(scale))
    };
    let listed = case.record.sections.iter().any(|section| {
        let own =
            aim.section.as_deref().is_some_and(|path| path == section.path || path.starts_with(&format!("{}.", section.path)));
        own && ["mục tiêu", "chỉ tiêu"].iter().any(|word| fold(&section.title).contains(word))
    });
    // Thousands of one thing in the aims, and more of it in one task.
    let many = listed && aim.value.0 >= 1000.0;
    aim.unit.as_deref().is_some_and(|unit| measure(unit) || many)
        && aim.value_to.is_none()
        && later.value_to.is_none()
        && aim.change.is_none()
        && later.value > aim.value
        && later.evidence.first().map(|piece| piece.start) > aim.evidence.first().map(|piece| piece.start)
}
