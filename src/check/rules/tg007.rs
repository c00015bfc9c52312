//! TG007: a stated number of targets is not the number listed.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, pairs::counts_targets, show};
use crate::record::{Count, Counted, DocumentKind, Origin, Record, RowOf, Target};
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "TG007",
    name: "stated-number-of-targets",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/TG007.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    lists(case, findings);
    groups(case, findings);
    let record = case.record;
    let report = record.document.kind == DocumentKind::Report;
    for count in record.mentions.counts.iter().filter(|count| count.counted == Counted::All && count.noun == "chỉ tiêu") {
        // What another document holds is told of another list, unless a report tables it.
        let rows = rows(record, count);
        let listed = listed(record, count);
        // The body may say how many it lists, or how many the annex does; either is right.
        let rows = rows.filter(|_| !count.of_other || report).map(|rows| (rows, rows));
        let listed = listed.filter(|_| !count.of_other && !report);
        let fits = |(least, most): &(usize, usize)| (*least..=*most).any(|number| number.to_string() == show::en(count.value.0));
        if rows.iter().chain(&listed).any(fits) {
            continue;
        }
        // Where a section only speaks of the targets (`Kế hoạch có 9 chỉ tiêu`), what else it sets is no list of them.
        let listed = listed.filter(|(items, _)| *items >= 2);
        let Some((_, found)) = listed.or(rows) else { continue };
        let stated = count.value.0;
        findings.report(
            Report::new(case.sides(count.section.as_deref(), &count.evidence))
                .vi(
                    format!("Nêu {} chỉ tiêu nhưng đếm được {found}.", show::vi(stated)),
                    "Đếm lại, rồi sửa con số hoặc bổ sung chỉ tiêu còn thiếu.",
                )
                .en(
                    format!("{} targets are stated, {found} are listed.", show::en(stated)),
                    "Count again; correct the number or add what is missing.",
                )
                .value("stated", stated)
                .value("listed", found),
        );
    }
}

/// How many rows the tables of targets have under the stated number's section, or in the annexes.
fn rows(record: &Record, count: &Count) -> Option<usize> {
    let mut rows: Vec<RowOf> = record
        .targets
        .iter()
        .filter(|target| target.origin == Origin::Annex || under(target, count))
        .filter_map(|target| target.row)
        .collect();
    rows.sort_unstable_by_key(|row| (row.table, row.row));
    rows.dedup();
    (!rows.is_empty()).then_some(rows.len())
}

/// How many sentences, and how many values, the body lists under the stated number's section.
fn listed(record: &Record, count: &Count) -> Option<(usize, usize)> {
    let stated = count.evidence.first().map_or(0, |piece| piece.start);
    let behind = |target: &Target| target.evidence.first().is_some_and(|piece| piece.start >= stated);
    let targets: Vec<_> = record
        .targets
        .iter()
        .filter(|target| target.origin == Origin::Body && target.row.is_none() && under(target, count) && behind(target))
        .collect();
    let mut items = 0_usize;
    let mut end = 0;
    for target in &targets {
        let Some(first) = target.evidence.first() else { continue };
        // Values of one sentence follow on each other without a new line between them.
        // `…, mỗi thôn tối thiểu 02 buổi`: how a number is to be shared out, and no target beside it.
        let shared = first.start <= end + 2 && fold(&first.text).starts_with("mỗi ");
        items += usize::from(!shared && (target.scope.is_none() || first.start > end + 2));
        end = target.evidence.last().map_or(end, |last| last.end);
    }
    (!targets.is_empty()).then_some((items, targets.len()))
}

fn under(target: &Target, count: &Count) -> bool {
    // `gồm 05 chỉ tiêu` may be read as a target itself.
    if counts_targets(target) {
        return false;
    }
    match (&target.section, &count.section) {
        (Some(target), Some(count)) => target == count || target.starts_with(&format!("{count}.")),
        (_, None) => true,
        _ => false,
    }
}

/// Stated numbers with the list behind them: `ban hành 05 văn bản, gồm: …; …; …; …`.
fn lists(case: &Case, findings: &mut Findings) {
    let record = case.record;
    for list in &record.mentions.lists {
        let Some(found) = list.numbered.or(list.items) else { continue };
        // Targets below a lead-in are counted above, by their values too.
        let counted = record.mentions.counts.iter().filter(|count| count.noun == "chỉ tiêu");
        let within = |count: &Count| {
            let (Some(one), Some(other)) = (count.evidence.first(), list.evidence.first()) else { return false };
            other.start <= one.start && one.end <= other.end
        };
        if list.evidence.len() > 1 && counted.into_iter().any(within) {
            continue;
        }
        let stated = list.value.0;
        // One semicolon too few may be one that was forgotten between two items; more items than stated are not.
        let far = (stated - f64::from(found)).abs() > 3.0;
        if stated == f64::from(found) || far {
            continue;
        }
        let noun = &list.noun;
        findings.report(
            Report::new(case.sides(list.section.as_deref(), &list.evidence))
                .vi(
                    format!("Nêu {} {noun} nhưng liệt kê {found}.", show::vi(stated)),
                    "Đếm lại, rồi sửa con số hoặc bổ sung phần còn thiếu.",
                )
                .en(
                    format!("{} ({noun}) are stated, {found} are listed.", show::en(stated)),
                    "Count again; correct the number or add what is missing.",
                )
                .value("stated", stated)
                .value("listed", found),
        );
    }
}

/// `đã ban hành 07 Quyết định`, and the annex lists seven rows under `Quyết định`, one of which is a `Chỉ thị`.
fn groups(case: &Case, findings: &mut Findings) {
    let record = case.record;
    let types: Vec<String> = case.lexicon.types.iter().map(|kind| fold(&kind.name)).collect();
    for table in &record.tables {
        let mut group: Option<(String, Vec<String>)> = None;
        let mut found = Vec::new();
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| fold(cell)).filter(|cell| !cell.is_empty()).collect();
            let heads = cells.last().filter(|last| cells.len() <= 2 && types.contains(last));
            if let Some(kind) = heads {
                found.extend(group.replace((kind.clone(), Vec::new())));
            } else if let (Some((_, rows)), Some(text)) = (&mut group, cells.get(1)) {
                rows.push(text.clone());
            }
        }
        found.extend(group);
        for (kind, rows) in found {
            let of_kind = rows.iter().filter(|row| row.starts_with(&format!("{kind} "))).count();
            let other = rows.iter().find(|row| types.iter().any(|own| *own != kind && row.starts_with(&format!("{own} "))));
            let fact = record.facts.iter().find(|fact| fact.unit.as_deref().is_some_and(|unit| fold(unit) == kind));
            let (Some(other), Some(fact)) = (other, fact) else { continue };
            #[allow(clippy::cast_precision_loss)]
            let stated_all = fact.value.0 == rows.len() as f64 && of_kind >= 2;
            let odd = record.mentions.references.iter().find(|quote| {
                let number = quote.number.as_deref().map(fold);
                number.is_some_and(|number| {
                    other.split(&number).next().is_some_and(|before| before.len() < 40 && other.contains(&number))
                })
            });
            let Some(odd) = odd.filter(|_| stated_all) else { continue };
            let sides = case.sides(fact.section.as_deref(), &fact.evidence).into_iter().chain(case.quoted(odd));
            let (stated, kind) = (fact.value.0, fact.unit.clone().unwrap_or_default());
            findings.report(
                Report::new(sides)
                    .vi(
                        format!("Nêu {} {kind} nhưng danh sách chỉ có {of_kind}; phần còn lại là loại khác.", show::vi(stated)),
                        "Chuyển văn bản sang đúng nhóm, rồi sửa con số.",
                    )
                    .en(
                        format!("{} ({kind}) are stated, the list has {of_kind}; the rest is of another type.", show::en(stated)),
                        "Move the document to its own group, and correct the number.",
                    )
                    .value("stated", stated)
                    .value("listed", of_kind),
            );
        }
    }
}
