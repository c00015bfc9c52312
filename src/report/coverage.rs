//! The coverage matrix: which targets of an upper plan the plans below take up; which targets have no work, which work has no
//! lead.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::profile::Profile;
use super::table::Cell;
use super::{Lang, csv};
use crate::check::alike::Wording;
use crate::check::compare::against;
use crate::check::interval::Standing;
use crate::check::{Case, Cases, show};
use crate::link::documents::Group;
use crate::record::{DocumentKind, Hand, Origin, Target};

/// How a plan below takes up a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// As much, or more.
    Up,
    /// The same number, but it binds less.
    Weaker,
    /// Less than was asked.
    Below,
    /// Not at all.
    Missing,
    /// Something like it, or for another unit or time: a reader has to look.
    Unclear,
}

impl Taken {
    fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Up, Lang::Vi) => "có",
            (Self::Weaker, Lang::Vi) => "yếu hơn",
            (Self::Below, Lang::Vi) => "thấp hơn",
            (Self::Missing, Lang::Vi) => "thiếu",
            (Self::Unclear, Lang::Vi) => "không rõ",
            (Self::Up, Lang::En) => "yes",
            (Self::Weaker, Lang::En) => "weaker",
            (Self::Below, Lang::En) => "below",
            (Self::Missing, Lang::En) => "missing",
            (Self::Unclear, Lang::En) => "unclear",
        }
    }
}

/// A target of an upper plan, and what each plan below makes of it.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What is measured.
    pub indicator: String,
    /// `trên 90%`.
    pub wanted: String,
    /// Whose that is, where it is not as it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Hand>,
    /// One a plan below, in the order of [`Matrix::below`].
    pub taken: Vec<Taken>,
    /// What each plan below wants itself: `trên 85%`, in the same order; `None` where it has no such target.
    pub own: Vec<Option<String>>,
    /// Whose these are, where one is not as it was read.
    #[serde(skip_serializing_if = "is_all_read")]
    pub own_origin: Vec<Option<Hand>>,
}

fn is_all_read(origins: &[Option<Hand>]) -> bool {
    origins.iter().all(Option::is_none)
}

/// What a target wants, and whose that is.
type Said = (String, Option<Hand>);

/// An upper plan and the plans below it.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// The upper plan, as people call it.
    pub upper: String,
    /// Its file.
    pub path: String,
    /// The plans below: name and file.
    pub below: Vec<(String, String)>,
    /// Its targets.
    pub rows: Vec<Row>,
}

/// What a document's own targets and tasks lack.
#[derive(Clone, Debug, Serialize)]
pub struct Gaps {
    /// The document, as people call it.
    pub document: String,
    /// Its file.
    pub path: String,
    /// Targets that no task speaks of.
    pub targets_without_task: Vec<String>,
    /// Tasks that name nobody.
    pub tasks_without_lead: Vec<String>,
}

/// Plans that carry out one document that is not among those read, side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Programme {
    /// The number of the document above.
    pub upper: String,
    /// Its date.
    pub date: String,
    /// The plans: name and file.
    pub below: Vec<(String, String)>,
    /// The indicators that two of them set or more.
    pub rows: Vec<ProgrammeRow>,
}

/// An indicator of several plans.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammeRow {
    /// What is measured.
    pub indicator: String,
    /// `trên 90%`, one a plan, in the order of [`Programme::below`]; null where the plan does not set it.
    pub wanted: Vec<Option<String>>,
    /// Whose these are, where one is not as it was read.
    #[serde(skip_serializing_if = "is_all_read")]
    pub origin: Vec<Option<Hand>>,
    /// Whether all that set it set the same.
    pub agrees: bool,
}

/// Coverage of a collection.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Coverage {
    /// One matrix an upper plan that has plans below.
    pub matrices: Vec<Matrix>,
    /// One table a document outside that several plans rest on.
    pub programmes: Vec<Programme>,
    /// One entry a plan that lacks something.
    pub gaps: Vec<Gaps>,
}

/// The coverage of a collection.
#[must_use]
pub fn coverage(cases: &Cases) -> Coverage {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); cases.cases.len()];
    for lower in 0..cases.cases.len() {
        for upper in cases.uppers(lower) {
            below[upper.document].push(lower);
        }
    }
    let matrices =
        below.iter().enumerate().filter(|(_, lower)| !lower.is_empty()).map(|(upper, lower)| matrix(cases, upper, lower));
    let plans = cases.cases.iter().filter(|case| case.record.document.kind == DocumentKind::Plan);
    let gaps = plans.map(gaps).filter(|gaps| !gaps.targets_without_task.is_empty() || !gaps.tasks_without_lead.is_empty());
    let programmes = cases.collection.groups.iter().filter_map(|group| programme(cases, group)).collect();
    Coverage { matrices: matrices.collect(), programmes, gaps: gaps.collect() }
}

/// What the plans under a document outside set, side by side; `None` where two of them share nothing.
fn programme(cases: &Cases, group: &Group) -> Option<Programme> {
    let plans: Vec<usize> = group.members.iter().copied().filter(|at| cases.is_plan(*at)).collect();
    let own: Vec<_> = plans.iter().map(|at| cases.listed(*at)).collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for indicator in own.iter().flat_map(|listed| listed.keys()) {
        *counts.entry(*indicator).or_default() += 1;
    }
    let row = |indicator: usize| {
        let said = plans.iter().zip(&own).map(|(at, listed)| {
            listed.get(&indicator).and_then(|targets| targets.first()).map(|target| said(cases, *at, target))
        });
        let (wanted, origin) = parted(said);
        let mut set = wanted.iter().flatten();
        let first = set.next();
        let agrees = set.all(|other| Some(other) == first);
        ProgrammeRow { indicator: cases.collection.indicators.clusters[indicator].name.clone(), wanted, origin, agrees }
    };
    let rows: Vec<ProgrammeRow> = counts.iter().filter(|(_, count)| **count > 1).map(|(indicator, _)| row(*indicator)).collect();
    let named = |at: &usize| (cases.cases[*at].name.clone(), cases.cases[*at].record.source.path.clone());
    (!rows.is_empty()).then(|| Programme {
        upper: group.number.clone(),
        date: group.date.clone(),
        below: plans.iter().map(named).collect(),
        rows,
    })
}

fn matrix(cases: &Cases, upper: usize, lower: &[usize]) -> Matrix {
    let own: Vec<_> = lower.iter().map(|at| (*at, cases.by_indicator(*at))).collect();
    let mut rows: Vec<(usize, Row)> = Vec::new();
    for (indicator, targets) in cases.listed(upper) {
        let Some(target) = targets.first() else { continue };
        let values = own.iter().map(|(at, theirs)| {
            let same = theirs.get(&indicator).and_then(|below| below.first().copied());
            same.or_else(|| cases.near(indicator, target, theirs)).map(|target| said(cases, *at, target))
        });
        let (values, own_origin) = parted(values);
        let taken = own
            .iter()
            .map(|(at, theirs)| match theirs.get(&indicator) {
                Some(below) => match against(cases, (upper, &targets), (*at, below)).map(|pair| pair.standing) {
                    Some(Standing::Met) => Taken::Up,
                    Some(Standing::Weaker) => Taken::Weaker,
                    Some(Standing::Violated) => Taken::Below,
                    Some(Standing::NotComparable(..)) | None => Taken::Unclear,
                },
                None if cases.near(indicator, target, theirs).is_some() => Taken::Unclear,
                None => Taken::Missing,
            })
            .collect();
        let start = target.evidence.first().map_or(0, |piece| piece.start);
        let (wanted, origin) = said(cases, upper, target);
        rows.push((start, Row { indicator: target.indicator.clone(), wanted, origin, taken, own: values, own_origin }));
    }
    rows.sort_by_key(|(start, _)| *start);
    let named = |at: usize| (cases.cases[at].name.clone(), cases.cases[at].record.source.path.clone());
    let (name, path) = named(upper);
    Matrix {
        upper: name,
        path,
        below: lower.iter().map(|at| named(*at)).collect(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }
}

fn said(cases: &Cases, document: usize, target: &Target) -> Said {
    (wanted(target), cases.cases[document].record.hand_of(&target.id))
}

fn parted(said: impl Iterator<Item = Option<Said>>) -> (Vec<Option<String>>, Vec<Option<Hand>>) {
    said.map(|said| said.map_or((None, None), |(wanted, origin)| (Some(wanted), origin))).unzip()
}

/// A value for people, with whose it is.
fn marked(value: &str, origin: Option<Hand>, lang: Lang) -> String {
    let by = match lang {
        Lang::Vi => "người sửa",
        Lang::En => "put right",
    };
    if origin.is_some() { format!("{value}, {by}") } else { value.to_owned() }
}

fn wanted(target: &Target) -> String {
    let unit = target.unit.as_deref().unwrap_or_default();
    let space = if unit == "%" || unit.is_empty() { "" } else { " " };
    format!("{} {}{space}{unit}", show::comparator_vi(target.comparator), show::vi(target.value.0))
}

/// How much of an indicator's words a task must have to be its work.
const SPOKEN_OF: f64 = 0.6;

fn gaps(case: &Case) -> Gaps {
    let record = case.record;
    let tasks: Vec<(usize, Wording)> = record
        .tasks
        .iter()
        .map(|task| (task.evidence.first().map_or(0, |piece| piece.start), Wording::new(&task.text)))
        .collect();
    let spoken_of = |target: &Target| {
        let words = Wording::of(target);
        tasks.iter().any(|(_, task)| {
            let (mut all, mut found) = (0_u32, 0_u32);
            for word in words.words() {
                all += 1;
                found += u32::from(task.words().any(|other| other == word));
            }
            all > 0 && f64::from(found) >= f64::from(all) * SPOKEN_OF
        })
    };
    let mut without_task: Vec<String> = Vec::new();
    // The annex says the body's targets again.
    let body = record.targets.iter().any(|target| target.origin == Origin::Body);
    let own = record.targets.iter().filter(|target| !body || target.origin == Origin::Body);
    for target in own.filter(|target| !spoken_of(target)) {
        if !without_task.contains(&target.indicator) {
            without_task.push(target.indicator.clone());
        }
    }
    let without_lead = record.tasks.iter().filter(|task| task.owner.is_empty()).map(|task| show::short(&task.text)).collect();
    Gaps {
        document: case.name.clone(),
        path: record.source.path.clone(),
        targets_without_task: without_task,
        tasks_without_lead: without_lead,
    }
}

/// The coverage for a terminal.
#[must_use]
pub fn text(coverage: &Coverage, lang: Lang) -> String {
    let mut out = String::new();
    for matrix in &coverage.matrices {
        let _ = writeln!(out, "{} ({})", matrix.upper, matrix.path);
        for (at, (name, path)) in matrix.below.iter().enumerate() {
            let _ = writeln!(out, "  [{}] {name} ({path})", at + 1);
        }
        for row in &matrix.rows {
            let cells: Vec<String> = row
                .taken
                .iter()
                .zip(row.own.iter().zip(&row.own_origin))
                .enumerate()
                .map(|(at, (taken, (own, origin)))| {
                    let own = own.as_deref().map_or_else(String::new, |own| format!(" ({})", marked(own, *origin, lang)));
                    format!("[{}] {}{own}", at + 1, taken.word(lang))
                })
                .collect();
            let _ = writeln!(
                out,
                "  {:<32}  {} — {}",
                cells.join("  "),
                show::short(&row.indicator),
                marked(&row.wanted, row.origin, lang)
            );
        }
        out.push('\n');
    }
    for programme in &coverage.programmes {
        let (under, outside, none) = match lang {
            Lang::Vi => ("Cùng thực hiện", "ngoài tập văn bản", "không có"),
            Lang::En => ("Under", "not among these documents", "none"),
        };
        let _ = writeln!(out, "{under} {} · {} ({outside})", programme.upper, programme.date);
        for (at, (name, path)) in programme.below.iter().enumerate() {
            let _ = writeln!(out, "  [{}] {name} ({path})", at + 1);
        }
        for row in &programme.rows {
            let cells: Vec<String> = row
                .wanted
                .iter()
                .zip(&row.origin)
                .enumerate()
                .map(|(at, (wanted, origin))| {
                    format!("[{}] {}", at + 1, marked(wanted.as_deref().unwrap_or(none), *origin, lang))
                })
                .collect();
            let mark = if row.agrees { "=" } else { "≠" };
            let _ = writeln!(out, "  {mark} {:<30}  {}", cells.join("  "), show::short(&row.indicator));
        }
        out.push('\n');
    }
    for gaps in &coverage.gaps {
        let (tasks, leads) = match lang {
            Lang::Vi => ("chỉ tiêu chưa có nhiệm vụ nào nhắc tới", "nhiệm vụ chưa rõ ai chủ trì"),
            Lang::En => ("targets that no task speaks of", "tasks that name nobody"),
        };
        let _ = writeln!(out, "{} ({})", gaps.document, gaps.path);
        for (list, what) in [(&gaps.targets_without_task, tasks), (&gaps.tasks_without_lead, leads)] {
            if !list.is_empty() {
                let _ = writeln!(out, "  {} {what}:", list.len());
                for entry in list {
                    let _ = writeln!(out, "    - {}", show::short(entry));
                }
            }
        }
        out.push('\n');
    }
    out
}

/// The matrices as CSV: one line a target and plan below.
#[must_use]
pub fn csv(coverage: &Coverage, lang: Lang, profile: &Profile) -> String {
    let mut out = csv::names("ke_hoach_cap_tren,chi_tieu,muc_giao,ke_hoach_cap_duoi,tinh_trang", profile) + "\n";
    for matrix in &coverage.matrices {
        for row in &matrix.rows {
            for (taken, (name, _)) in row.taken.iter().zip(&matrix.below) {
                let cells = [&*matrix.upper, &row.indicator, &row.wanted, name, taken.word(lang)].map(Cell::text);
                let _ = writeln!(out, "{}", csv::row(&cells, profile));
            }
        }
    }
    out
}
