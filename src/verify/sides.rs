//! The document's side: what it says of values, and where each of its numbers stands, ready to be compared with claims.

use std::collections::HashMap;

use rustc_hash::FxHashSet;

use super::claim::{Said, shown};
use crate::check::alike::Wording;
use crate::check::show;
use crate::extract::number;
use crate::record::ledger::{Class, Entry, UnreadKind};
use crate::record::{Actual, Agency, Change, Comparator, Evidence, Fact, Record, Target};
use crate::words::fold;

/// A value of the record: a target's, its result, or a fact's.
pub(super) struct Side<'r> {
    pub(super) id: &'r str,
    pub(super) said: Said,
    pub(super) indicator: &'r str,
    pub(super) value: f64,
    pub(super) to: Option<f64>,
    pub(super) unit: Option<&'r str>,
    pub(super) comparator: Comparator,
    pub(super) change: Option<&'r Change>,
    pub(super) scope: Option<&'r str>,
    pub(super) due: Option<&'r str>,
    pub(super) agencies: &'r [Agency],
    pub(super) result: Option<f64>,
    pub(super) section: Option<&'r str>,
    pub(super) evidence: &'r [Evidence],
    /// What is measured, and for whom.
    pub(super) own: Wording,
    /// The same with the sentence or row that it stands in.
    pub(super) near: Wording,
    /// The same with the headings above.
    pub(super) context: Wording,
    /// The words of `context`.
    pub(super) words: FxHashSet<String>,
}

impl Side<'_> {
    /// Its unit, where that is more than what is counted: the unit of `Gia cầm: 3.262` is left to the reader.
    pub(super) fn known_unit(&self) -> Option<&str> {
        self.unit.filter(|unit| fold(unit) != fold(self.indicator))
    }

    /// The value with its comparison and unit.
    pub(super) fn says(&self) -> String {
        let comparator = Some(self.comparator).filter(|comparator| *comparator != Comparator::Eq).map(show::comparator_vi);
        shown(comparator, self.value, self.to, self.unit)
    }
}

/// Everything that claims are compared with.
pub(super) struct Sides<'r> {
    pub(super) record: &'r Record,
    /// Targets, in reading order; then results.
    pub(super) all: Vec<Side<'r>>,
    numbers: &'r [Entry],
    /// The numbers by value.
    by_value: HashMap<i64, Vec<usize>>,
    text: &'r str,
    /// The byte at which each character begins, and the end.
    bytes: Vec<usize>,
    /// Where headings begin, with their index.
    headings: Vec<(usize, usize)>,
}

/// Values that are equal to six decimals are one.
pub(super) fn key(value: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)]
    let key = (value * 1e6).round() as i64;
    key
}

fn joined<'t>(pieces: impl IntoIterator<Item = &'t str>) -> String {
    pieces.into_iter().collect::<Vec<_>>().join(" ; ")
}

/// How far the words around a number reach, in characters: back and on.
const BACK: usize = 400;
const ON: usize = 200;

impl<'r> Sides<'r> {
    pub(super) fn new(record: &'r Record, text: &'r str, numbers: &'r [Entry]) -> Self {
        let mut by_value: HashMap<i64, Vec<usize>> = HashMap::new();
        for (at, entry) in numbers.iter().enumerate() {
            let mut values: Vec<i64> =
                [true, false].iter().filter_map(|percent| number::parse(&entry.text, *percent)).map(key).collect();
            values.dedup();
            values.into_iter().for_each(|value| by_value.entry(value).or_default().push(at));
        }
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut headings: Vec<(usize, usize)> =
            record.sections.iter().enumerate().filter_map(|(at, section)| Some((section.evidence.first()?.start, at))).collect();
        headings.sort_unstable();
        let mut sides = Self { record, all: Vec::new(), numbers, by_value, text, bytes, headings };
        let mut all: Vec<Side<'r>> = record.targets.iter().map(|target| sides.of_target(target)).collect();
        all.extend(record.targets.iter().filter_map(|target| sides.of_result(target)));
        all.extend(record.facts.iter().map(|fact| sides.of_fact(fact)));
        sides.all = all;
        sides
    }

    fn of_target(&self, target: &'r Target) -> Side<'r> {
        let result = match &target.actual {
            Some(Actual::Value { value, .. }) => Some(value.0),
            _ => None,
        };
        let own =
            target.scope.as_deref().map_or_else(|| target.indicator.clone(), |scope| format!("{} {scope}", target.indicator));
        let mut near = vec![own.as_str()];
        near.extend(target.conditions.iter().map(String::as_str));
        near.extend(target.change.iter().filter_map(|change| change.base.as_deref()));
        near.extend(target.evidence.iter().map(|piece| piece.text.as_str()));
        let row = target.row.and_then(|row| self.record.tables.get(row.table)?.rows.get(row.row));
        near.extend(row.into_iter().flatten().map(String::as_str));
        let words = self.words(&own, &joined(near), target.section.as_deref(), target.paper);
        Side {
            id: &target.id,
            said: Said::Target,
            indicator: &target.indicator,
            value: target.value.0,
            to: target.range.map(|range| range.to).or(target.value_to).map(|to| to.0),
            unit: target.unit.as_deref(),
            comparator: target.comparator,
            change: target.change.as_ref(),
            scope: target.scope.as_deref(),
            due: target.due.as_deref(),
            agencies: &target.agencies,
            result,
            section: target.section.as_deref(),
            evidence: &target.evidence,
            own: words.own,
            near: words.near,
            context: words.context,
            words: words.all,
        }
    }

    /// The result that a target tells, as a value of its own.
    fn of_result(&self, target: &'r Target) -> Option<Side<'r>> {
        let Some(Actual::Value { value, unit, comparator }) = &target.actual else { return None };
        let side = self.of_target(target);
        let unit = unit.as_deref().or(side.unit);
        Some(Side {
            said: Said::Result,
            value: value.0,
            to: None,
            unit,
            comparator: *comparator,
            change: None,
            result: None,
            ..side
        })
    }

    fn of_fact(&self, fact: &'r Fact) -> Side<'r> {
        let near = joined(std::iter::once(fact.subject.as_str()).chain(fact.evidence.iter().map(|piece| piece.text.as_str())));
        let words = self.words(&fact.subject, &near, fact.section.as_deref(), fact.paper);
        Side {
            id: &fact.id,
            said: Said::Result,
            indicator: &fact.subject,
            value: fact.value.0,
            to: None,
            unit: fact.unit.as_deref(),
            comparator: fact.comparator,
            change: fact.change.as_ref(),
            scope: None,
            due: None,
            agencies: &[],
            result: None,
            section: fact.section.as_deref(),
            evidence: &fact.evidence,
            own: words.own,
            near: words.near,
            context: words.context,
            words: words.all,
        }
    }

    fn words(&self, own: &str, near: &str, section: Option<&str>, paper: usize) -> Prepared {
        let above = section.map(|path| self.above(path, paper)).unwrap_or_default();
        let context = format!("{near} ; {above}");
        let all =
            fold(&context).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Prepared { own: Wording::new(own), near: Wording::new(near), context: Wording::new(&context), all }
    }

    /// The titles of a section and of those around it.
    fn above(&self, path: &str, paper: usize) -> String {
        let encloses = |other: &str| path == other || path.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'));
        let titles = self.record.sections.iter().filter(|section| section.paper == paper && encloses(&section.path));
        joined(titles.map(|section| section.title.as_str()))
    }

    /// The last days that may be an item's: its own; those of the work and the deadlines that stand where it does; else that of the time which
    /// the document covers. The first is the likeliest.
    pub(super) fn days(&self, side: &Side<'r>) -> Vec<&'r str> {
        if let Some(own) = side.due {
            return vec![own];
        }
        let record = self.record;
        let around: Vec<(usize, usize)> = side.evidence.iter().map(|piece| self.block(piece.start, piece.end)).collect();
        let meets = |evidence: &[Evidence]| {
            evidence.iter().any(|piece| around.iter().any(|(from, to)| piece.start < *to && *from < piece.end))
        };
        let of_tasks =
            record.tasks.iter().filter(|task| meets(&task.evidence)).filter_map(|task| record.deadlines.get(task.deadline?));
        let near = record.deadlines.iter().filter(|deadline| meets(&deadline.evidence));
        let mut days: Vec<&str> = of_tasks.chain(near).filter_map(|deadline| deadline.to.as_deref()).collect();
        days.extend(record.document.period.as_ref().and_then(|period| period.to.as_deref()));
        days
    }

    /// The paragraph around a place: up to a blank line, and not far.
    fn block(&self, start: usize, end: usize) -> (usize, usize) {
        let (from, to) = (start.saturating_sub(BACK), end.saturating_add(ON));
        let before = self.slice(from, start);
        let behind = self.slice(end, to);
        let first = before.rfind("\n\n").map_or(from, |at| start - before[at..].chars().count());
        let last = behind.find("\n\n").map_or(to, |at| end + behind[..at].chars().count());
        (first, last)
    }

    /// The numbers of the text that are one of these values.
    pub(super) fn numbers(&self, values: &[f64]) -> impl Iterator<Item = &'r Entry> {
        let mut found: Vec<usize> =
            values.iter().filter_map(|value| self.by_value.get(&key(*value))).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.numbers[at])
    }

    fn slice(&self, from: usize, to: usize) -> &'r str {
        let place = |at: usize| self.bytes.get(at).copied().unwrap_or(self.text.len());
        self.text.get(place(from)..place(to)).unwrap_or_default()
    }

    /// The sentence, line or row that a number stands in, with what the ledger knows of its row and column, and the headings above.
    pub(super) fn passage(&self, entry: &Entry) -> Wording {
        let before = self.slice(entry.start.saturating_sub(BACK), entry.start);
        let behind = self.slice(entry.end, entry.end.saturating_add(ON));
        let from = ends(before).last().unwrap_or(0);
        let to = ends(behind).next().unwrap_or(behind.len());
        let mut words = format!("{} ; {}", &before[from..], &behind[..to]);
        let holds = |piece: &Evidence| piece.start <= entry.start && entry.end <= piece.end;
        let unread =
            self.record.unread.iter().filter(|unread| unread.kind == UnreadKind::Number && unread.evidence.iter().any(holds));
        for unread in unread {
            for more in [&unread.row, &unread.column].into_iter().flatten().chain([&unread.around]) {
                words.push_str(" ; ");
                words.push_str(more);
            }
        }
        let last = self.headings.partition_point(|(start, _)| *start <= entry.start);
        if let Some(section) = last.checked_sub(1).and_then(|last| self.record.sections.get(self.headings[last].1)) {
            words.push_str(" ; ");
            words.push_str(&self.above(&section.path, section.paper));
        }
        Wording::new(&words)
    }

    /// The place of a number.
    pub(super) fn evidence(&self, entry: &Entry) -> Vec<Evidence> {
        vec![Evidence { page: None, start: entry.start, end: entry.end, text: self.slice(entry.start, entry.end).to_owned() }]
    }

    /// The sides that a number was read into.
    pub(super) fn read_into(&self, entry: &Entry) -> impl Iterator<Item = &Side<'r>> {
        let holds = |piece: &Evidence| piece.start <= entry.start && entry.end <= piece.end;
        let wanted = matches!(entry.class, Class::Target | Class::Fact);
        self.all.iter().filter(move |side| wanted && side.evidence.iter().any(holds))
    }
}

struct Prepared {
    own: Wording,
    near: Wording,
    context: Wording,
    all: FxHashSet<String>,
}

/// The places in a text at which a sentence, an item of a list or a row ends.
pub(crate) fn ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_end = |at: usize| match bytes[at] {
        b';' => true,
        b'.' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace),
        // A line that goes on with a small letter was wrapped.
        b'\n' => !text[at + 1..].trim_start_matches([' ', '\t']).starts_with(char::is_lowercase),
        _ => false,
    };
    (0..bytes.len()).filter(move |at| is_end(*at)).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_line_goes_on() {
        let text = "Một câu. Tỷ lệ hồ sơ\nđúng hạn đạt; - Ý sau\n- Ý khác";
        let found: Vec<&str> = ends(text).map(|at| &text[..at]).collect();
        assert_eq!(found, ["Một câu.", "Một câu. Tỷ lệ hồ sơ\nđúng hạn đạt;", "Một câu. Tỷ lệ hồ sơ\nđúng hạn đạt; - Ý sau\n"]);
    }
}
