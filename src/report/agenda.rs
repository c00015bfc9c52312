//! My tasks: of all documents, the tasks and targets that one agency leads, coordinates or monitors, by deadline; what recurs is
//! computed to dates.

use std::collections::BTreeSet;
use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::Lang;
use crate::check::cycle::Cycle;
use crate::check::names::{group, one_body};
use crate::check::{Case, show};
use crate::record::{Deadline, Hand, Record, Role};
use crate::words::fold;

/// What the agency has to do with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// chủ trì.
    Lead,
    /// phối hợp.
    Coordinate,
    /// theo dõi.
    Monitor,
    /// As one of a group: `các sở, ngành`.
    Group,
}

impl Part {
    fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Lead, Lang::Vi) => "chủ trì",
            (Self::Coordinate, Lang::Vi) => "phối hợp",
            (Self::Monitor, Lang::Vi) => "theo dõi",
            (Self::Group, Lang::Vi) => "chung",
            (Self::Lead, Lang::En) => "leads",
            (Self::Coordinate, Lang::En) => "coordinates",
            (Self::Monitor, Lang::En) => "monitors",
            (Self::Group, Lang::En) => "as one of all",
        }
    }
}

/// A task or target of the agency.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// What the agency has to do with it.
    pub part: Part,
    /// `nhiem_vu` or `chi_tieu`.
    pub kind: &'static str,
    /// The task, or the target with its value.
    pub text: String,
    /// The agency's name, as the document writes it.
    pub name: String,
    /// When it is due: the day; of what recurs each day of the document's year.
    pub due: Option<String>,
    /// Whether the day itself is already too late (`trước ngày`).
    pub exclusive: bool,
    /// The words of the deadline.
    pub deadline: Option<String>,
    /// The document, as people call it.
    pub document: String,
    /// Its file.
    pub path: String,
    /// Path of the section.
    pub section: Option<String>,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Whose it is, where it is not as it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Hand>,
}

/// The entries of an agency, by deadline; what has none comes last, in the order of documents.
#[must_use]
pub fn agenda(cases: &[Case], agency: &str, groups: bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    for case in cases {
        of_document(case, agency, groups, &mut entries);
    }
    entries.sort_by(|one, other| {
        let key = |entry: &Entry| (entry.due.is_none(), entry.due.clone());
        key(one).cmp(&key(other))
    });
    entries
}

/// The deadlines of the tasks that an agency leads or coordinates, by their identifiers.
#[must_use]
pub fn deadlines<'a>(case: &Case<'a>, agency: &str) -> BTreeSet<&'a str> {
    let record = case.record;
    let own = record.tasks.iter().filter(|task| task.owner.iter().chain(&task.coordinate).any(|name| fits(name, agency)));
    own.flat_map(|task| deadlines_of(record, task.deadline, &task.evidence)).map(|deadline| deadline.id.as_str()).collect()
}

/// Whether `agency` is the body of that name: asked for `Sở A`, `Giám đốc Sở A` and `Sở A tỉnh` are it too.
fn fits(name: &str, agency: &str) -> bool {
    one_body(name, agency) || fold(name).starts_with(&format!("{} ", fold(agency)))
}

fn of_document(case: &Case, agency: &str, groups: bool, entries: &mut Vec<Entry>) {
    let record = case.record;
    let part_of = |name: &str, part: Part| match (fits(name, agency), groups && group(name)) {
        (true, _) => Some(part),
        (false, true) => Some(Part::Group),
        _ => None,
    };
    for task in &record.tasks {
        let named =
            task.owner.iter().map(|name| (name, Part::Lead)).chain(task.coordinate.iter().map(|name| (name, Part::Coordinate)));
        let Some((name, part)) =
            named.filter_map(|(name, part)| Some((name, part_of(name, part)?))).min_by_key(|(_, part)| *part)
        else {
            continue;
        };
        let deadlines = deadlines_of(record, task.deadline, &task.evidence);
        push(case, entries, part, "nhiem_vu", &task.text, name, &deadlines, task.section.as_deref(), task.evidence.first());
    }
    for target in &record.targets {
        let named = target.agencies.iter().filter_map(|agency| {
            let part = match agency.role {
                Role::Lead => Part::Lead,
                Role::Coordinate => Part::Coordinate,
                Role::Monitor => Part::Monitor,
            };
            Some((&agency.name, part_of(&agency.name, part)?))
        });
        let Some((name, part)) = named.min_by_key(|(_, part)| *part) else { continue };
        let unit = target.unit.as_deref().unwrap_or_default();
        let text = format!("{} {} {} {unit}", target.indicator, show::comparator_vi(target.comparator), show::vi(target.value.0));
        let before = entries.len();
        push(case, entries, part, "chi_tieu", &text, name, &[], target.section.as_deref(), target.evidence.first());
        // A target without a time of its own is due when the document's time ends.
        let period = record.document.period.as_ref().and_then(|period| period.to.clone());
        for entry in &mut entries[before..] {
            entry.due = target.due.clone().or_else(|| period.clone());
        }
    }
}

/// All deadlines that stand in a task: `hằng quý (…) và hằng năm (…)` is two.
fn deadlines_of<'a>(record: &'a Record, own: Option<usize>, evidence: &[crate::record::Evidence]) -> Vec<&'a Deadline> {
    let (Some(first), Some(last)) = (evidence.first(), evidence.last()) else { return Vec::new() };
    let inside =
        |deadline: &&Deadline| deadline.evidence.first().is_some_and(|piece| first.start <= piece.start && piece.end <= last.end);
    let mut found: Vec<&Deadline> = record.deadlines.iter().filter(inside).collect();
    if let Some(own) = own.and_then(|at| record.deadlines.get(at))
        && !found.iter().any(|deadline| deadline.id == own.id)
    {
        found.push(own);
    }
    found
}

#[allow(clippy::too_many_arguments)]
fn push(
    case: &Case,
    entries: &mut Vec<Entry>,
    part: Part,
    kind: &'static str,
    text: &str,
    name: &str,
    deadlines: &[&Deadline],
    section: Option<&str>,
    evidence: Option<&crate::record::Evidence>,
) {
    let entry = |due: Option<String>, deadline: Option<&Deadline>| Entry {
        part,
        kind,
        text: text.to_owned(),
        name: name.to_owned(),
        due,
        exclusive: deadline.is_some_and(|deadline| {
            deadline.exclusive
                || deadline.recurrence.as_ref().is_some_and(|r| r.rule.as_deref().is_some_and(|rule| rule.starts_with("before")))
        }),
        deadline: deadline.map(|deadline| deadline.text.clone()),
        document: case.name.clone(),
        path: case.record.source.path.clone(),
        section: section.map(ToOwned::to_owned),
        page: evidence.and_then(|piece| piece.page),
        origin: evidence.and_then(|piece| case.record.hand_at(piece)),
    };
    if deadlines.is_empty() {
        entries.push(entry(None, None));
    }
    for deadline in deadlines {
        let days = days_of(case, deadline);
        if days.is_empty() {
            entries.push(entry(deadline.to.clone(), Some(deadline)));
        }
        entries.extend(days.into_iter().map(|day| entry(Some(day.to_string()), Some(deadline))));
    }
}

/// The days of a recurring deadline in the years that the document covers, after its issue.
fn days_of(case: &Case, deadline: &Deadline) -> Vec<Date> {
    let Some(cycle) = deadline.recurrence.as_ref().and_then(Cycle::of) else { return Vec::new() };
    let issued = case.issued;
    let years = case.years().or_else(|| issued.map(|days| days.first.year()..=days.first.year()));
    let Some(years) = years else { return Vec::new() };
    let after = |day: &Date| issued.is_none_or(|issued| *day >= issued.first);
    years.flat_map(|year| cycle.days(year)).filter(after).collect()
}

/// The entries for a terminal.
#[must_use]
pub fn text(entries: &[Entry], lang: Lang) -> String {
    let mut out = String::new();
    for entry in entries {
        let none = if lang == Lang::Vi { "không nêu hạn" } else { "no deadline" };
        let before = if lang == Lang::Vi { "trước " } else { "before " };
        // A deadline without a day has words: `trong 10 ngày kể từ ngày ban hành`.
        let words = || entry.deadline.as_deref().map_or_else(|| none.to_owned(), show::short);
        let due = entry.due.as_deref().map_or_else(words, |due| {
            let shown = if lang == Lang::Vi { show::date_vi(due) } else { due.to_owned() };
            format!("{}{shown}", if entry.exclusive { before } else { "" })
        });
        let _ = writeln!(out, "{due:<18}  {:<9}  {}", entry.part.word(lang), show::short(&entry.text));
        let place = entry
            .section
            .as_deref()
            .map_or_else(String::new, |section| format!(", {} {section}", if lang == Lang::Vi { "mục" } else { "section" }));
        let _ = writeln!(out, "{:<31}  {}{place} ({})", "", entry.document, entry.path);
    }
    let count = |part: Part| entries.iter().filter(|entry| entry.part == part).count();
    let _ = writeln!(
        out,
        "{} {}, {} {}, {} {}, {} {}",
        count(Part::Lead),
        Part::Lead.word(lang),
        count(Part::Coordinate),
        Part::Coordinate.word(lang),
        count(Part::Monitor),
        Part::Monitor.word(lang),
        count(Part::Group),
        Part::Group.word(lang)
    );
    out
}

/// The entries as CSV, with the columns that trackers use.
#[must_use]
pub fn csv(entries: &[Entry]) -> String {
    let mut out = String::from("thoi_han,thoi_han_goc,vai_tro,loai,ten,don_vi,so_ky_hieu,vi_tri,tep\n");
    for entry in entries {
        let cells = [
            entry.due.clone().unwrap_or_default(),
            entry.deadline.clone().unwrap_or_default(),
            entry.part.word(Lang::Vi).to_owned(),
            entry.kind.to_owned(),
            entry.text.clone(),
            entry.name.clone(),
            entry.document.clone(),
            entry.section.clone().unwrap_or_default(),
            entry.path.clone(),
        ];
        let line: Vec<String> = cells.iter().map(|cell| super::csv_cell(cell)).collect();
        let _ = writeln!(out, "{}", line.join(","));
    }
    out
}
