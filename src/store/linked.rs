//! What was linked: the documents above and below one, and series.

use rusqlite::{Row as SqlRow, params};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::link_views::parsed;
use super::query::Entry;
use super::reading::key as key_of;
use super::{Store, StoreError};
use crate::link::Why;
use crate::link::series::{Point, Row, Rows, Value, Wanted};
use crate::link::units::Whose;
use crate::record::{Comparator, Evidence, Number};

/// Which unit a document belongs to; several where its name is ambiguous.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitLink {
    /// known, ambiguous, unknown.
    pub status: String,
    /// As the document names it, with the units above.
    pub unit: Option<String>,
    /// Code of the General Statistics Office.
    pub code: Option<String>,
    /// `tỉnh`, `thị xã`.
    pub kind: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The province that it lies in.
    pub province: Option<String>,
    /// Why it is this one.
    pub why: Why,
}

/// A step from a document to one above it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// `upper`: it stands above; `plan`: the plan that the report reports on, in the store or not; `basis`: the legal basis names it, and it is not in the
    /// store.
    pub relation: String,
    /// `stated`, `inferred`, `undecided`.
    pub certainty: String,
    /// The document; of one that is not in the store only what the legal basis says of it.
    #[serde(flatten)]
    pub to: Named,
    /// Why.
    pub why: Why,
    /// The steps on from there; none where it stands further up already.
    pub above: Vec<Step>,
}

/// A document as a chain names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id; null of one that is not in the store.
    pub id: Option<String>,
    /// Of one that is not in the store, the reference that names it: `r4`.
    pub reference: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// Date.
    pub date: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Title.
    pub title: Option<String>,
}

/// A document that rests on another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Below {
    /// `upper`: it stands below; `plan`: it reports.
    pub relation: String,
    /// `stated`, `inferred`.
    pub certainty: String,
    /// The document.
    #[serde(flatten)]
    pub document: Named,
    /// Why.
    pub why: Why,
}

/// A document that rests on the same document outside of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sibling {
    /// The number of the document that both rest on.
    pub upper: String,
    /// Its date.
    pub upper_date: String,
    /// The document.
    #[serde(flatten)]
    pub document: Named,
}

/// A document's place among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// Whose document it is.
    pub units: Vec<UnitLink>,
    /// The documents above it, the nearest first, and the plan that it reports on.
    pub above: Vec<Step>,
    /// The documents that rest on it, by date.
    pub below: Vec<Below>,
    /// The documents that rest on the same document outside of the store, by that document and their date.
    pub beside: Vec<Sibling>,
}

/// Series out of a store.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// The documents that points name by their places here.
    pub documents: Vec<Entry>,
    /// The rows.
    pub rows: Vec<Row>,
}

fn named(row: &SqlRow, at: usize) -> rusqlite::Result<Named> {
    Ok(Named {
        id: row.get(at)?,
        reference: row.get(at + 1)?,
        number: row.get(at + 2)?,
        date: row.get(at + 3)?,
        issuer: row.get(at + 4)?,
        title: row.get(at + 5)?,
    })
}

fn why(row: &SqlRow, at: usize) -> rusqlite::Result<Why> {
    Ok(Why { vi: row.get(at)?, en: row.get(at + 1)? })
}

impl Store {
    /// A document's place among the others.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn chain(&self, key: i64) -> Result<Chain, StoreError> {
        let chain = || -> rusqlite::Result<Chain> {
            let units = self
                .connection
                .prepare_cached(
                    "SELECT status, unit, code, kind, name, province, why_vi, why_en FROM unit_links WHERE document = ? ORDER BY position",
                )?
                .query_map([key], |row| {
                    Ok(UnitLink {
                        status: row.get(0)?,
                        unit: row.get(1)?,
                        code: row.get(2)?,
                        kind: row.get(3)?,
                        name: row.get(4)?,
                        province: row.get(5)?,
                        why: why(row, 6)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            let below = self
                .connection
                .prepare_cached(
                    "SELECT l.relation, l.certainty, d.id, NULL, d.number, d.date, d.issuer, d.title, l.why_vi, l.why_en
                     FROM document_links l JOIN documents d ON d.key = l.document
                     WHERE l.other = ? AND l.certainty <> 'undecided' ORDER BY d.date, d.number, d.key",
                )?
                .query_map([key], |row| {
                    Ok(Below { relation: row.get(0)?, certainty: row.get(1)?, document: named(row, 2)?, why: why(row, 8)? })
                })?
                .collect::<rusqlite::Result<_>>()?;
            let beside = self
                .connection
                .prepare_cached(
                    "SELECT s.number, s.date, d.id, NULL, d.number, d.date, d.issuer, d.title
                     FROM siblings own JOIN siblings s ON s.number = own.number AND s.date = own.date AND s.document <> own.document
                     JOIN documents d ON d.key = s.document
                     WHERE own.document = ? ORDER BY s.date, s.number, d.date, d.number, d.key",
                )?
                .query_map([key], |row| {
                    Ok(Sibling { upper: row.get(0)?, upper_date: row.get(1)?, document: named(row, 2)? })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Chain { units, above: self.above(key, &mut vec![key])?, below, beside })
        };
        chain().map_err(|error| self.wrap(&error))
    }

    /// The steps up from a document; `seen` holds those that were climbed to already, so that a circle ends.
    fn above(&self, key: i64, seen: &mut Vec<i64>) -> rusqlite::Result<Vec<Step>> {
        let mut steps = self
            .connection
            .prepare_cached(
                "SELECT l.other, l.relation, l.certainty, o.id, l.reference, coalesce(o.number, r.number), coalesce(o.date, r.date),
                    coalesce(o.issuer, r.issuer), coalesce(o.title, r.title), l.why_vi, l.why_en
                 FROM document_links l
                 LEFT JOIN documents o ON o.key = l.other
                 LEFT JOIN refs r ON r.document = l.document AND r.id = l.reference
                 WHERE l.document = ? ORDER BY l.position",
            )?
            .query_map([key], |row| {
                let step = Step {
                    relation: row.get(1)?,
                    certainty: row.get(2)?,
                    to: named(row, 3)?,
                    why: why(row, 9)?,
                    above: Vec::new(),
                };
                Ok((row.get(0)?, step))
            })?
            .collect::<rusqlite::Result<Vec<(Option<i64>, Step)>>>()?;
        for (other, step) in &mut steps {
            if let Some(other) = other.filter(|other| step.certainty != "undecided" && !seen.contains(other)) {
                seen.push(other);
                step.above = self.above(other, seen)?;
            }
        }
        Ok(steps.into_iter().map(|(_, step)| step).collect())
    }

    /// The series of the indicators that `wanted` names; sorted by indicator, unit, year.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn series(&self, wanted: &Wanted) -> Result<Series, StoreError> {
        let mut rows = Rows::default();
        let mut places: FxHashMap<i64, usize> = FxHashMap::default();
        let found = self.wanted_indicators(wanted).and_then(|found| {
            for (at, id, name) in found {
                self.add_values(at, &id, &name, &mut places, &mut rows)?;
            }
            Ok(())
        });
        found.map_err(|error| self.wrap(&error))?;
        let mut keys: Vec<i64> = places.keys().copied().collect();
        keys.sort_unstable_by_key(|key| places[key]);
        let mut rows = rows.of(wanted.unit.as_deref());
        // Of the documents, those that are left.
        let mut used: Vec<usize> =
            rows.iter().flat_map(|row| row.targets.iter().chain(&row.results)).map(|point| point.document).collect();
        used.sort_unstable();
        used.dedup();
        for row in &mut rows {
            for point in row.targets.iter_mut().chain(&mut row.results) {
                point.document = used.binary_search(&point.document).unwrap_or_default();
            }
        }
        let documents = used.into_iter().map(|at| self.entry(keys[at])).collect::<Result<_, _>>()?;
        Ok(Series { documents, rows })
    }

    /// Place, id and name of the indicators that are meant.
    fn wanted_indicators(&self, wanted: &Wanted) -> rusqlite::Result<Vec<(usize, String, String)>> {
        let names = wanted.names();
        let mut statement = self.connection.prepare(
            "SELECT i.position, i.id, i.name, i.registry, w.text FROM indicators i JOIN wordings w ON w.indicator = i.id",
        )?;
        let mut rows = statement.query([])?;
        let mut found: Vec<(usize, String, String)> = Vec::new();
        let mut last: Option<i64> = None;
        while let Some(row) = rows.next()? {
            let position: i64 = row.get(0)?;
            let (id, name, registry, text) = (
                row.get_ref(1)?.as_str()?,
                row.get_ref(2)?.as_str()?,
                row.get_ref(3)?.as_str_or_null()?,
                row.get_ref(4)?.as_str()?,
            );
            // One that was found is not looked at again as long as its wordings follow one another.
            if last != Some(position) && names.are_of(id, registry, [name, text].into_iter()) {
                found.push((usize::try_from(position).unwrap_or_default(), id.to_owned(), name.to_owned()));
                last = Some(position);
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn add_values(
        &self,
        at: usize,
        id: &str,
        name: &str,
        documents: &mut FxHashMap<i64, usize>,
        rows: &mut Rows,
    ) -> rusqlite::Result<()> {
        let mut evidence = self.connection.prepare_cached(
            "SELECT page, start_offset, end_offset, text FROM evidence WHERE document = ? AND item = ? ORDER BY position",
        )?;
        let mut statement = self.connection.prepare_cached(
            "SELECT document, item, level, unit, measure, year, kind, comparator, value, owner, today FROM v_series
             WHERE indicator = ? ORDER BY date, number, document, item_kind DESC, position, kind DESC",
        )?;
        let mut values = statement.query([id])?;
        while let Some(row) = values.next()? {
            let (key, item) = (key_of(row.get_ref(0)?.as_str()?), row.get::<_, String>(1)?);
            let next = documents.len();
            let document = *documents.entry(key).or_insert(next);
            let pieces = evidence.query_map(params![key, item], |row| {
                let offset = |at| row.get(at).map(|offset: i64| usize::try_from(offset).unwrap_or_default());
                Ok(Evidence { page: row.get(0)?, start: offset(1)?, end: offset(2)?, text: row.get(3)? })
            })?;
            let comparator: Option<Comparator> = serde_json::from_value(serde_json::Value::String(row.get(7)?)).ok();
            let point = Point {
                comparator: comparator.unwrap_or(Comparator::Eq),
                value: Number(row.get(8)?),
                document,
                item,
                evidence: pieces.collect::<rusqlite::Result<_>>()?,
                origin: None,
            };
            let point = Point { origin: self.hand_of(key, &point.item)?, ..point };
            let is_target = row.get_ref(6)?.as_str()? == "target";
            let (target, result) = if is_target { (Some(point), None) } else { (None, Some(point)) };
            rows.add(Value {
                at,
                indicator: id,
                name,
                level: parsed(row.get(2)?),
                whose: Whose {
                    key: row.get::<_, Option<String>>(9)?.unwrap_or_default(),
                    name: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
                    today: row
                        .get::<_, Option<String>>(10)?
                        .and_then(|names| serde_json::from_str(&names).ok())
                        .unwrap_or_default(),
                },
                measure: row.get(4)?,
                year: row.get(5)?,
                target,
                result,
            });
        }
        Ok(())
    }
}
