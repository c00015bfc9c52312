//! Series: an indicator in a unit over the years, with what was wanted and what was reached.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Collection;
use super::indicators::{Indicator, Member, MemberKind};
use super::units::DocumentUnit;
use crate::record::{Actual, Comparator, Level, Number, Record};
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
    pub evidence: Vec<crate::record::Evidence>,
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
    /// Unit of measure.
    pub measure: Option<String>,
    /// The year; null where no document tells.
    pub year: Option<i16>,
    /// What documents want, each value once, in the order of the documents.
    pub targets: Vec<Point>,
    /// What documents report.
    pub results: Vec<Point>,
}

/// Rows by indicator, unit, unit of measure and year.
type Rows = BTreeMap<(usize, String, Option<String>, Option<i16>), Row>;

/// The series of the indicators that `wanted` names; sorted by indicator, unit, year.
#[must_use]
pub fn series(collection: &Collection, records: &[Record], wanted: &Wanted) -> Vec<Row> {
    let records: Vec<&Record> = records.iter().collect();
    let rows = rows(collection, &records, |indicator| is_wanted(collection, indicator, &wanted.words));
    let named = |row: &Row| wanted.unit.as_deref().is_none_or(|unit| without_marks(&row.unit).contains(&without_marks(unit)));
    rows.into_values().filter(named).collect()
}

/// The series of all indicators; sorted by indicator, unit, year.
#[must_use]
pub fn all(collection: &Collection, records: &[&Record]) -> Vec<Row> {
    rows(collection, records, |_| true).into_values().collect()
}

fn rows(collection: &Collection, records: &[&Record], wanted: impl Fn(&Indicator) -> bool) -> Rows {
    let mut rows = Rows::new();
    for (at, indicator) in collection.indicators.clusters.iter().enumerate().filter(|(_, indicator)| wanted(indicator)) {
        for member in &indicator.members {
            let Some(record) = records.get(member.document) else { continue };
            add(collection, at, indicator, member, record, &mut rows);
        }
    }
    rows
}

fn add(collection: &Collection, at: usize, indicator: &Indicator, member: &Member, record: &Record, rows: &mut Rows) {
    let document = &collection.documents[member.document];
    let place = collection.indicators.wordings.get(member.wording).and_then(|wording| wording.place.clone());
    let unit = unit_name(place.as_deref(), &document.unit);
    let (measure, due, target, result) = match member.kind {
        MemberKind::Target => {
            let Some(target) = record.targets.get(member.target) else { return };
            let point = |value, comparator| Point {
                comparator,
                value,
                document: member.document,
                item: target.id.clone(),
                evidence: target.evidence.clone(),
            };
            let result = match &target.actual {
                Some(Actual::Value { value, comparator, .. }) => Some(point(*value, *comparator)),
                _ => None,
            };
            (target.unit.clone(), target.due.clone(), Some(point(target.value, target.comparator)), result)
        }
        MemberKind::Fact => {
            let Some(fact) = record.facts.get(member.target) else { return };
            let evidence = fact.evidence.clone();
            let (comparator, value) = (fact.comparator, fact.value);
            (
                fact.unit.clone(),
                None,
                None,
                Some(Point { comparator, value, document: member.document, item: fact.id.clone(), evidence }),
            )
        }
    };
    let period = record.document.period.as_ref();
    let day = due.as_deref().or_else(|| period.and_then(|period| period.to.as_deref().or(period.from.as_deref())));
    let year = day.or(record.document.date.as_deref()).and_then(|day| day.get(..4)).and_then(|year| year.parse().ok());
    let row = rows.entry((at, unit.clone(), measure.clone(), year)).or_insert_with(|| Row {
        indicator: indicator.id.clone(),
        name: indicator.name.clone(),
        level: document.unit.level,
        unit,
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

/// The unit that a wording names within the document's: `huyện Khe Vàng` in a plan of the province is `Khe Vàng, Thanh Giang`, as the
/// district's own plan has it. A city that bears its province's name keeps its kind: `thành phố Bắc Giang, Bắc Giang`.
fn unit_name(place: Option<&str>, unit: &DocumentUnit) -> String {
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

/// Whether the words name an indicator: all of them stand in its name or in one of its wordings, with or without diacritics.
fn is_wanted(collection: &Collection, indicator: &Indicator, words: &str) -> bool {
    if indicator.id == words || indicator.registry.as_deref() == Some(words) {
        return true;
    }
    // Words with diacritics are looked for with them.
    let marked = without_marks(words) != fold(words);
    let plain = |text: &str| {
        format!(
            " {} ",
            if marked { fold(text) } else { without_marks(text) }
                .split(|c: char| !c.is_alphanumeric())
                .collect::<Vec<_>>()
                .join(" ")
        )
    };
    let wanted = plain(words);
    if wanted.trim().is_empty() {
        return false;
    }
    let has = |text: &str| plain(text).contains(wanted.as_str());
    has(&indicator.name)
        || indicator
            .members
            .iter()
            .any(|member| collection.indicators.wordings.get(member.wording).is_some_and(|one| has(&one.text)))
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
            (Some("thành phố Bắc Giang"), "Bắc Giang", "thành phố Bắc Giang, Bắc Giang"),
            (Some("tỉnh Bắc Giang"), "Bắc Giang", "Bắc Giang"),
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
