//! Series: an indicator in a unit over the years, with what was wanted and what was reached.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Collection;
use super::indicators::{Indicator, Member, MemberKind};
use super::units::{DocumentUnit, Whose};
use crate::record::{Actual, Comparator, Evidence, Hand, Level, Number, Period, Record};
use crate::words::{fold, without_marks};

/// Which indicators a series is wanted of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words of the indicator's name or of a wording (`điện thoại thông minh`, also without diacritics), or its identifier.
    pub words: String,
    /// Only units whose name has these words.
    pub unit: Option<String>,
}

/// A value of a series and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// How the value compares.
    pub comparator: Comparator,
    /// The value; of a range the lower end.
    pub value: Number,
    /// Index of the document.
    pub document: usize,
    /// Identifier of the target or fact within its record: `t3`.
    pub item: String,
    /// The page, the place in the source text and the words.
    pub evidence: Vec<Evidence>,
    /// Whose it is, where it is not as it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Hand>,
}

/// An indicator in a unit in a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The indicator's identifier.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// The level of the document's unit.
    pub level: Level,
    /// The unit's name, with those above it; empty where no document tells.
    pub unit: String,
    /// Of a unit that went into another on 1 July 2025: the names of that unit and its province.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub today: Vec<String>,
    /// Unit of measure.
    pub measure: Option<String>,
    /// The year; null where no document tells.
    pub year: Option<i16>,
    /// What documents want, each value once, in the order of the documents.
    pub targets: Vec<Point>,
    /// What documents report.
    pub results: Vec<Point>,
}

/// A value on its way into a row.
#[derive(Clone, Debug)]
pub struct Value<'a> {
    /// Place of the indicator: rows come in this order.
    pub at: usize,
    /// The indicator's identifier.
    pub indicator: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The level of the document's unit.
    pub level: Level,
    /// Whose value it is.
    pub whose: Whose,
    /// Unit of measure.
    pub measure: Option<String>,
    /// The year; see [`year_of`].
    pub year: Option<i16>,
    /// What is wanted.
    pub target: Option<Point>,
    /// What is reported.
    pub result: Option<Point>,
}

/// Rows while they are put together: by indicator, unit, unit of measure and year.
#[derive(Debug, Default)]
pub struct Rows(BTreeMap<(usize, String, Option<String>, Option<i16>), Row>);

impl Rows {
    /// Puts a value into its row.
    pub fn add(&mut self, value: Value) {
        let Value { at, indicator, name, level, whose, measure, year, target, result } = value;
        let row = self.0.entry((at, whose.key, measure.clone(), year)).or_insert_with(|| Row {
            indicator: indicator.to_owned(),
            name: name.to_owned(),
            level,
            unit: whose.name,
            today: whose.today,
            measure,
            year,
            targets: Vec::new(),
            results: Vec::new(),
        });
        // Body and annex state one target twice.
        let once = |points: &mut Vec<Point>, point: Option<Point>| {
            if let Some(point) = point
                && !points.iter().any(|known| {
                    known.document == point.document && known.value == point.value && known.comparator == point.comparator
                })
            {
                points.push(point);
            }
        };
        once(&mut row.targets, target);
        once(&mut row.results, result);
    }

    /// The rows of the units whose name has these words, or went into one whose name has, sorted by indicator, unit, year.
    #[must_use]
    pub fn of(self, unit: Option<&str>) -> Vec<Row> {
        let words = unit.map(without_marks);
        let named = |row: &Row| {
            let mut names = std::iter::once(&row.unit).chain(&row.today);
            words.as_ref().is_none_or(|words| names.any(|name| without_marks(name).contains(words)))
        };
        self.0.into_values().filter(named).collect()
    }
}

/// The year that a value is for: of its own day, else of the heading that it stands under, else of the end of the time that its document
/// covers, else of the document.
#[must_use]
pub fn year_of(due: Option<&str>, heading: Option<i16>, period: Option<&Period>, date: Option<&str>) -> Option<i16> {
    let year = |day: &str| day.get(..4)?.parse().ok();
    let covered = || period.and_then(|period| period.to.as_deref().or(period.from.as_deref())).or(date);
    due.and_then(year).or(heading).or_else(|| covered().and_then(year))
}

/// The years that headings give what stands under them, by their paths: `Mục tiêu đến năm 2030`; of a stage its end. A heading without
/// a year has that of the one above. A year after a slash is a number's or a day's.
#[must_use]
pub fn heading_years<'a>(headings: impl Iterator<Item = (&'a str, &'a str)>) -> FxHashMap<&'a str, i16> {
    let mut found: FxHashMap<&str, i16> = FxHashMap::default();
    for (path, title) in headings {
        let plain: String = title.split_whitespace().filter(|word| !word.contains('/')).collect::<Vec<_>>().join(" ");
        let own = crate::words::years(&plain).into_iter().max();
        let above = || path.rmatch_indices('.').find_map(|(end, _)| found.get(&path[..end]).copied());
        if let Some(year) = own.or_else(above) {
            found.insert(path, year);
        }
    }
    found
}

/// The series of the indicators that `wanted` names; sorted by indicator, unit, year.
#[must_use]
pub fn series(collection: &Collection, records: &[Record], wanted: &Wanted) -> Vec<Row> {
    let records: Vec<&Record> = records.iter().collect();
    let names = wanted.names();
    let is_wanted = |indicator: &Indicator| {
        let wordings = indicator.members.iter().filter_map(|member| collection.indicators.wordings.get(member.wording));
        let texts = std::iter::once(indicator.name.as_str()).chain(wordings.map(|wording| wording.text.as_str()));
        names.are_of(&indicator.id, indicator.registry.as_deref(), texts)
    };
    rows(collection, &records, is_wanted).of(wanted.unit.as_deref())
}

/// The series of all indicators; sorted by indicator, unit, year.
#[must_use]
pub fn all(collection: &Collection, records: &[&Record]) -> Vec<Row> {
    rows(collection, records, |_| true).of(None)
}

fn rows(collection: &Collection, records: &[&Record], wanted: impl Fn(&Indicator) -> bool) -> Rows {
    let mut rows = Rows::default();
    let years: Vec<FxHashMap<&str, i16>> = records
        .iter()
        .map(|record| heading_years(record.sections.iter().map(|section| (section.path.as_str(), section.title.as_str()))))
        .collect();
    for (at, indicator) in collection.indicators.clusters.iter().enumerate().filter(|(_, indicator)| wanted(indicator)) {
        for member in &indicator.members {
            let Some(record) = records.get(member.document) else { continue };
            add(collection, at, member, (record, &years[member.document]), &mut rows);
        }
    }
    rows
}

fn add(collection: &Collection, at: usize, member: &Member, (record, years): (&Record, &FxHashMap<&str, i16>), rows: &mut Rows) {
    let indicator = &collection.indicators.clusters[at];
    let own = &collection.documents[member.document].unit;
    let place = collection.indicators.wordings.get(member.wording).and_then(|wording| wording.place.as_deref());
    let point = |comparator, value, item: &str, evidence: &[Evidence]| Point {
        comparator,
        value,
        document: member.document,
        item: item.to_owned(),
        evidence: evidence.to_vec(),
        origin: record.hand_of(item),
    };
    let (measure, due, section, target, result) = match member.kind {
        MemberKind::Target => {
            let Some(target) = record.targets.get(member.target) else { return };
            let result = match &target.actual {
                Some(Actual::Value { value, comparator, .. }) => Some(point(*comparator, *value, &target.id, &target.evidence)),
                _ => None,
            };
            let wanted = point(target.comparator, target.value, &target.id, &target.evidence);
            (target.unit.clone(), target.due.as_deref(), target.section.as_deref(), Some(wanted), result)
        }
        MemberKind::Fact => {
            let Some(fact) = record.facts.get(member.target) else { return };
            let result = point(fact.comparator, fact.value, &fact.id, &fact.evidence);
            (fact.unit.clone(), None, fact.section.as_deref(), None, Some(result))
        }
    };
    let heading = section.and_then(|path| years.get(path).copied());
    rows.add(Value {
        at,
        indicator: &indicator.id,
        name: &indicator.name,
        level: own.level,
        whose: collection.whose(member.document, place),
        measure,
        year: year_of(due, heading, record.document.period.as_ref(), record.document.date.as_deref()),
        target,
        result,
    });
}

/// The unit that a wording names within the document's: `huyện Khe Vàng` in a plan of the province is `Khe Vàng, Thanh Giang`, as the
/// district's own plan has it. A city that bears its province's name keeps its kind: `thành phố Bắc Kạn, Bắc Kạn`.
#[must_use]
pub fn unit_name(place: Option<&str>, unit: &DocumentUnit) -> String {
    let whole = unit.name.as_deref().unwrap_or_default();
    let Some(place) = place else { return whole.to_owned() };
    // The kind is written small.
    let words: Vec<&str> = place.split_whitespace().collect();
    let small = words.iter().take_while(|word| !word.starts_with(char::is_uppercase)).count();
    let kind = words[..small].join(" ");
    let name = words[small..].join(" ");
    let own = whole.split(", ").next().unwrap_or_default();
    let other_kind = unit.unit.known().is_some_and(|known| fold(&known.kind) != fold(&kind));
    match (fold(&name) == fold(own), other_kind) {
        _ if whole.is_empty() => place.to_owned(),
        (true, false) => whole.to_owned(),
        (true, true) => format!("{place}, {whole}"),
        (false, _) => format!("{name}, {whole}"),
    }
}

/// The words of a [`Wanted`], ready to be looked for.
#[derive(Debug)]
pub struct Names<'a> {
    words: &'a str,
    /// Words with diacritics are looked for with them.
    marked: bool,
    plain: String,
}

impl Wanted {
    /// The words, ready to be looked for.
    #[must_use]
    pub fn names(&self) -> Names<'_> {
        let marked = without_marks(&self.words) != fold(&self.words);
        Names { words: &self.words, marked, plain: plain(&self.words, marked) }
    }
}

impl Names<'_> {
    /// Whether they name an indicator: they are its identifier, or all of them stand in a row in one of its texts.
    pub fn are_of<'a>(&self, id: &str, registry: Option<&str>, mut texts: impl Iterator<Item = &'a str>) -> bool {
        id == self.words
            || registry == Some(self.words)
            || !self.plain.trim().is_empty() && texts.any(|text| plain(text, self.marked).contains(&self.plain))
    }
}

/// Words parted by one space, with one before and behind.
fn plain(text: &str, marked: bool) -> String {
    let folded = if marked { fold(text) } else { without_marks(text) };
    format!(" {} ", folded.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" "))
}

/// The bars of a sparkline, from the lowest to the highest.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A line of bars for a terminal: lowest to highest value; a gap where there is none.
#[must_use]
pub fn sparkline(values: &[Option<f64>]) -> String {
    let known = || values.iter().flatten().copied().filter(|value| value.is_finite());
    let (low, high) = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    values
        .iter()
        .map(|value| match value {
            Some(value) if value.is_finite() => {
                let share = if high > low { (value - low) / (high - low) } else { 0.5 };
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let bar = (share * 7.0).round() as usize;
                BARS[bar.min(7)]
            }
            _ => '·',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_named_as_its_own_documents_name_it() {
        let lexicon = crate::lexicon::linking::LinkLexicon::embedded().expect("lexicon");
        let document = |province: &str| {
            let document = crate::record::Document {
                level: Level::Province,
                province: Some(province.into()),
                date: Some("2024".into()),
                ..Default::default()
            };
            super::super::units::of_document(&document, &lexicon)
        };
        for (place, province, wanted) in [
            (None, "Thanh Giang", "Thanh Giang"),
            (Some("huyện Khe Vàng"), "Thanh Giang", "Khe Vàng, Thanh Giang"),
            (Some("tỉnh Thanh Giang"), "Thanh Giang", "Thanh Giang"),
            (Some("thành phố Bắc Kạn"), "Bắc Kạn", "thành phố Bắc Kạn, Bắc Kạn"),
            (Some("tỉnh Bắc Kạn"), "Bắc Kạn", "Bắc Kạn"),
        ] {
            assert_eq!(unit_name(place, &document(province)), wanted);
        }
    }

    #[test]
    fn a_sparkline_goes_from_the_lowest_to_the_highest() {
        for (values, wanted) in [
            (&[Some(0.0), Some(50.0), Some(100.0)][..], "▁▅█"),
            (&[Some(7.0), None, Some(7.0)], "▅·▅"),
            (&[None, Some(f64::NAN)], "··"),
            (&[], ""),
        ] {
            assert_eq!(sparkline(values), wanted);
        }
    }
}
