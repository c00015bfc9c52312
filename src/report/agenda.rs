//! My tasks: of all documents, the tasks and targets that one agency leads, coordinates or monitors, by deadline; what recurs is
//! computed to dates.

use std::collections::BTreeSet;
use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::addressed::Meant;
pub use super::addressed::Wanted;
use super::profile::Profile;
use super::table::{Cell, Kind};
use super::{Lang, csv};
use crate::check::cycle::Cycle;
use crate::check::{Case, show};
use crate::record::{Deadline, Hand, Record, Role, Target};

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
pub fn agenda(cases: &[Case], wanted: &Wanted) -> Vec<Entry> {
    let mut entries = Vec::new();
    for case in cases {
        of_document(case, wanted, &mut entries);
    }
    sort(&mut entries);
    entries
}

/// Puts entries of several documents in order.
pub fn sort(entries: &mut [Entry]) {
    entries.sort_by(|one, other| {
        let key = |entry: &Entry| (entry.due.is_none(), entry.due.clone());
        key(one).cmp(&key(other))
    });
}

/// The deadlines of the tasks that an agency leads or coordinates, by their identifiers.
#[must_use]
pub fn deadlines<'a>(case: &Case<'a>, wanted: &Wanted) -> BTreeSet<&'a str> {
    let record = case.record;
    let own =
        record.tasks.iter().filter(|task| task.owner.iter().chain(&task.coordinate).any(|name| wanted.is_meant(name, case)));
    own.flat_map(|task| deadlines_of(record, task.deadline, &task.evidence)).map(|deadline| deadline.id.as_str()).collect()
}

/// A target with its value, as it is said: `Tỷ lệ hộ nghèo dưới 3 %`.
#[must_use]
pub fn said(target: &Target) -> String {
    let unit = target.unit.as_deref().unwrap_or_default();
    let text = format!("{} {} {} {unit}", target.indicator, show::comparator_vi(target.comparator), show::vi(target.value.0));
    text.trim_end().to_owned()
}

fn of_document(case: &Case, wanted: &Wanted, entries: &mut Vec<Entry>) {
    let record = case.record;
    let part_of = |name: &str, part: Part| match wanted.meant(name, case)? {
        Meant::Itself => Some(part),
        Meant::Group => Some(Part::Group),
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
        let text = said(target);
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

/// The entries for a terminal: what is late on the day `today`, what comes, what names no day.
#[must_use]
pub fn text(entries: &[Entry], lang: Lang, today: Date) -> String {
    let mut out = String::new();
    let today = today.to_string();
    let is_late = |entry: &Entry| entry.due.as_ref().is_some_and(|due| *due < today || entry.exclusive && *due == today);
    let (late, ahead): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|entry| is_late(entry));
    let (ahead, undated): (Vec<&Entry>, Vec<&Entry>) = ahead.into_iter().partition(|entry| entry.due.is_some());
    for (vi, en, list) in
        [("Hạn đã qua", "Past their day", late), ("Sắp tới", "To come", ahead), ("Không nêu ngày", "Without a day", undated)]
    {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{} ({})", if lang == Lang::Vi { vi } else { en }, list.len());
        for entry in list {
            line(&mut out, entry, lang);
        }
    }
    let count = |part: Part| entries.iter().filter(|entry| entry.part == part).count();
    let counts: Vec<String> = [Part::Lead, Part::Coordinate, Part::Monitor, Part::Group]
        .into_iter()
        .map(|part| format!("{} {}", count(part), part.word(lang)))
        .collect();
    let _ = writeln!(out, "{}", counts.join(", "));
    out
}

fn line(out: &mut String, entry: &Entry, lang: Lang) {
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
    let group = if entry.part == Part::Group { format!("{}: ", entry.name) } else { String::new() };
    let _ = writeln!(out, "{:<31}  {group}{}{place} ({})", "", entry.document, entry.path);
}

/// The entries as CSV, with the columns that trackers use.
#[must_use]
pub fn csv(entries: &[Entry], profile: &Profile) -> String {
    let mut out = csv::names("thoi_han,thoi_han_goc,vai_tro,loai,ten,don_vi,so_ky_hieu,vi_tri,tep", profile) + "\n";
    for entry in entries {
        let cells = [
            Cell::date(entry.due.as_deref()),
            Cell::text(entry.deadline.as_deref().unwrap_or_default()),
            Cell::text(entry.part.word(Lang::Vi)),
            Cell::Kind(if entry.kind == Kind::Task.key() { Kind::Task } else { Kind::Target }),
            Cell::text(entry.text.as_str()),
            Cell::text(entry.name.as_str()),
            Cell::text(entry.document.as_str()),
            Cell::text(entry.section.as_deref().unwrap_or_default()),
            Cell::text(entry.path.as_str()),
        ];
        let _ = writeln!(out, "{}", csv::row(&cells, profile));
    }
    out
}
