//! What linking looks at, out of the tables: heads, references, targets and facts, never a whole record.
//!
//! A text that stands in many documents (`%`, an indicator's usual wording) is held once, so that a million targets take little
//! more than their places.

use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;

use crate::link::documents::{DocumentView, To};
use crate::link::indicators::{Member, MemberKind, Owner, TargetView};
use crate::link::units::DocumentUnit;
use crate::link::{indicators, series};
use crate::record::{Change, ChangeKind, Document, Period, Reference, ReferenceRole};

/// Texts, each held once.
#[derive(Default)]
struct Texts {
    all: Vec<Rc<str>>,
    numbers: FxHashMap<Rc<str>, u32>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(known) = self.numbers.get(text) {
            return *known;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let text: Rc<str> = text.into();
        self.all.push(Rc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    fn get(&self, number: u32) -> &str {
        self.all.get(number as usize).map_or("", |text| text)
    }
}

/// A target or a fact.
struct Item {
    document: u32,
    kind: MemberKind,
    position: u32,
    id: u32,
    indicator: u32,
    unit: Option<u32>,
    scope: Option<u32>,
    change: Option<ChangeKind>,
    /// The year that its value is for; 0 where nothing says.
    year: i16,
    /// The title of its section, where it is short enough to be a unit's name.
    heading: Option<u32>,
}

/// The changes that a view may lend: only their kind matters.
const CHANGES: [Change; 3] = [
    Change { kind: ChangeKind::Increase, base: None },
    Change { kind: ChangeKind::Decrease, base: None },
    Change { kind: ChangeKind::Multiple, base: None },
];

/// What the sections of a document say of what stands under them, by their paths.
#[derive(Default)]
struct Headings {
    document: Option<u32>,
    years: FxHashMap<String, i16>,
    /// With their places where one path has several.
    titles: FxHashMap<String, Vec<(i64, String)>>,
}

impl Headings {
    fn of(connection: &Connection, key: i64, document: u32) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare_cached("SELECT path, title FROM sections WHERE document = ? ORDER BY position")?;
        let sections: Vec<(String, String)> =
            statement.query_map([key], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let years = series::heading_years(sections.iter().map(|(path, title)| (path.as_str(), title.as_str())));
        let years = years.into_iter().map(|(path, year)| (path.to_owned(), year)).collect();
        let mut titles: FxHashMap<String, Vec<(i64, String)>> = FxHashMap::default();
        for (path, title) in sections {
            titles.entry(path).or_default().push((0, title));
        }
        if titles.values().any(|same| same.len() > 1) {
            let mut statement = connection.prepare_cached(
                "SELECT path, e.start_offset FROM sections s
                 LEFT JOIN evidence e ON e.document = s.document AND e.item = s.id AND e.position = 0
                 WHERE s.document = ? ORDER BY s.position",
            )?;
            let starts: Vec<(String, Option<i64>)> =
                statement.query_map([key], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            let mut seen: FxHashMap<String, usize> = FxHashMap::default();
            for (path, start) in starts {
                let nth = seen.entry(path.clone()).or_default();
                if let Some(heading) = titles.get_mut(&path).and_then(|same| same.get_mut(*nth)) {
                    heading.0 = start.unwrap_or_default();
                }
                *nth += 1;
            }
        }
        Ok(Self { document: Some(document), years, titles })
    }

    /// The heading that an item stands under; `start` tells where the item is, and is asked only where that matters.
    fn title(&self, path: &str, start: impl FnOnce() -> rusqlite::Result<i64>) -> rusqlite::Result<Option<&str>> {
        let Some(same) = self.titles.get(path) else { return Ok(None) };
        let start = if same.len() > 1 { start()? } else { 0 };
        Ok(indicators::nearest(same, start).map(String::as_str).filter(|title| indicators::may_be_a_unit(title)))
    }
}

/// All that linking looks at. Documents come in the order of their keys.
pub(super) struct Loaded {
    pub(super) keys: Vec<i64>,
    pub(super) heads: Vec<Document>,
    /// Of each document those of its legal basis that have a number, and of those that its body names the ones that have a type and a date too.
    pub(super) references: Vec<Vec<Reference>>,
    owners: Vec<Rc<Owner>>,
    texts: Texts,
    items: Vec<Item>,
    /// Where the items of a document begin, by kind: targets of all documents come first, then facts.
    begins: FxHashMap<(u32, MemberKind), usize>,
}

/// A word of an enumeration as the record writes it; its default where it is none.
pub(super) fn parsed<T: DeserializeOwned + Default>(word: String) -> T {
    serde_json::from_value(serde_json::Value::String(word)).unwrap_or_default()
}

/// The columns that [`head`] reads, of `documents`.
pub(super) const HEAD: &str =
    "type, number, symbol, date, title, issuer, level, province, district, commune, period_from, period_to";

/// The head of a document, from column `at`.
pub(super) fn head(row: &Row, at: usize) -> rusqlite::Result<Document> {
    let (from, to): (Option<String>, Option<String>) = (row.get(at + 10)?, row.get(at + 11)?);
    Ok(Document {
        kind: parsed(row.get(at)?),
        number: row.get(at + 1)?,
        symbol: row.get(at + 2)?,
        date: row.get(at + 3)?,
        title: row.get(at + 4)?,
        issuer: row.get(at + 5)?,
        level: parsed(row.get(at + 6)?),
        province: row.get(at + 7)?,
        district: row.get(at + 8)?,
        commune: row.get(at + 9)?,
        period: (from.is_some() || to.is_some()).then_some(Period { from, to }),
        ..Document::default()
    })
}

impl Loaded {
    /// Loads it, without the documents of the keys `left_out`.
    pub(super) fn new(connection: &Connection, left_out: &[i64]) -> rusqlite::Result<Self> {
        let mut loaded = Self {
            keys: Vec::new(),
            heads: Vec::new(),
            references: Vec::new(),
            owners: Vec::new(),
            texts: Texts::default(),
            items: Vec::new(),
            begins: FxHashMap::default(),
        };
        loaded.load_heads(connection, left_out)?;
        loaded.load_references(connection)?;
        loaded.load_abbreviations(connection)?;
        loaded.load_items(
            connection,
            MemberKind::Target,
            "SELECT document, position, id, indicator, unit, scope, change, section, due FROM targets ORDER BY document, position",
        )?;
        loaded.load_items(
            connection,
            MemberKind::Fact,
            "SELECT document, position, id, subject, unit, NULL, change, section, NULL FROM facts ORDER BY document, position",
        )?;
        Ok(loaded)
    }

    fn load_heads(&mut self, connection: &Connection, left_out: &[i64]) -> rusqlite::Result<()> {
        let mut statement = connection.prepare(&format!("SELECT key, {HEAD} FROM documents ORDER BY key"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key = row.get(0)?;
            if left_out.contains(&key) {
                continue;
            }
            self.keys.push(key);
            self.heads.push(head(row, 1)?);
        }
        self.references.resize_with(self.keys.len(), Vec::new);
        Ok(())
    }

    fn load_references(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare(
            "SELECT document, id, type, number, date, issuer, title, role FROM refs
             WHERE number IS NOT NULL AND (role = 'basis' OR type IS NOT NULL AND date IS NOT NULL) ORDER BY document, position",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Ok(at) = self.keys.binary_search(&row.get(0)?) else { continue };
            self.references[at].push(Reference {
                id: row.get(1)?,
                kind: row.get(2)?,
                number: row.get(3)?,
                date: row.get(4)?,
                issuer: row.get(5)?,
                title: row.get(6)?,
                role: if row.get_ref(7)?.as_str()? == "basis" { ReferenceRole::Basis } else { ReferenceRole::Mention },
                paper: 0,
                evidence: Vec::new(),
            });
        }
        Ok(())
    }

    fn load_abbreviations(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        // In the order in which a record's texts define them.
        let mut statement = connection.prepare(
            "SELECT text FROM (
                SELECT 0 AS part, 0 AS position, title AS text FROM documents WHERE key = ?1
                UNION ALL SELECT 1, position, title FROM sections WHERE document = ?1
                UNION ALL SELECT 2, position, indicator FROM targets WHERE document = ?1
                UNION ALL SELECT 3, position, text FROM tasks WHERE document = ?1
             ) WHERE instr(text, '(') ORDER BY part, position",
        )?;
        let mut hashes = connection.prepare("SELECT sha256 FROM documents WHERE key = ?")?;
        for key in &self.keys {
            let texts: Vec<String> = statement.query_map([key], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let found = crate::link::abbreviations::of_texts(texts.iter().map(String::as_str));
            let id = hashes.query_row([key], |row| row.get(0))?;
            self.owners.push(Rc::new(Owner { id, abbreviations: found }));
        }
        Ok(())
    }

    fn load_items(&mut self, connection: &Connection, kind: MemberKind, sql: &str) -> rusqlite::Result<()> {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut headings = Headings::default();
        while let Some(row) = rows.next()? {
            let Ok(at) = self.keys.binary_search(&row.get(0)?) else { continue };
            let document = u32::try_from(at).unwrap_or(u32::MAX);
            if headings.document != Some(document) {
                headings = Headings::of(connection, self.keys[at], document)?;
            }
            let section = row.get_ref(7)?.as_str_or_null()?;
            let head = &self.heads[at];
            let year = section.and_then(|path| headings.years.get(path).copied());
            let year = series::year_of(row.get_ref(8)?.as_str_or_null()?, year, head.period.as_ref(), head.date.as_deref());
            let start = || -> rusqlite::Result<i64> {
                let mut place = connection
                    .prepare_cached("SELECT start_offset FROM evidence WHERE document = ? AND item = ? AND position = 0")?;
                let id: String = row.get(2)?;
                place.query_row(params![self.keys[at], id], |row| row.get(0)).optional().map(Option::unwrap_or_default)
            };
            let title = section.map(|path| headings.title(path, start)).transpose()?.flatten();
            let heading = title.map(|title| self.texts.number(title));
            let texts = &mut self.texts;
            let mut number = |at: usize| -> rusqlite::Result<Option<u32>> {
                Ok(row.get_ref(at)?.as_str_or_null()?.map(|text| texts.number(text)))
            };
            let (id, indicator, unit, scope) = (number(2)?, number(3)?, number(4)?, number(5)?);
            let change = row.get_ref(6)?.as_str_or_null()?;
            self.begins.entry((document, kind)).or_insert(self.items.len());
            self.items.push(Item {
                document,
                kind,
                position: row.get(1)?,
                id: id.unwrap_or(u32::MAX),
                indicator: indicator.unwrap_or(u32::MAX),
                unit,
                scope,
                change: CHANGES
                    .iter()
                    .map(|change| change.kind)
                    .find(|kind| change.is_some() && super::word(kind).as_deref() == change),
                year: year.unwrap_or_default(),
                heading,
            });
        }
        Ok(())
    }

    /// The documents as linking sees them.
    pub(super) fn documents<'a>(&'a self, units: &[DocumentUnit]) -> Vec<DocumentView<'a>> {
        let of = |at: usize| DocumentView::new(&self.heads[at], &self.references[at], &units[at]);
        (0..self.heads.len()).map(of).collect()
    }

    /// The targets and facts as linking sees them.
    pub(super) fn targets(&self) -> Vec<TargetView<'_>> {
        self.items
            .iter()
            .map(|item| TargetView {
                document: item.document as usize,
                kind: item.kind,
                target: item.position as usize,
                indicator: self.texts.get(item.indicator),
                unit: item.unit.map(|text| self.texts.get(text)),
                scope: item.scope.map(|text| self.texts.get(text)),
                change: item.change.and_then(|kind| CHANGES.iter().find(|change| change.kind == kind)),
                heading: item.heading.map(|text| self.texts.get(text)),
                owner: Rc::clone(&self.owners[item.document as usize]),
            })
            .collect()
    }

    /// The value of a target or fact, out of the tables.
    pub(super) fn value_of(&self, connection: &Connection, member: &Member) -> Option<f64> {
        let sql = match member.kind {
            MemberKind::Target => "SELECT value FROM targets WHERE document = ? AND position = ?",
            MemberKind::Fact => "SELECT value FROM facts WHERE document = ? AND position = ?",
        };
        let place = i64::try_from(member.target).ok()?;
        connection
            .prepare_cached(sql)
            .and_then(|mut one| one.query_row((self.keys[member.document], place), |row| row.get(0)))
            .ok()
    }

    /// The number of a document that another rests on.
    pub(super) fn number_of(&self, document: usize, to: &To) -> Option<String> {
        match to {
            To::Document(upper) => self.heads.get(*upper)?.number.clone(),
            To::Outside(reference) => self.references.get(document)?.get(*reference)?.number.clone(),
        }
    }

    /// The year that the value of a target or fact is for.
    pub(super) fn year(&self, document: usize, kind: MemberKind, position: usize) -> Option<i16> {
        let begin = u32::try_from(document).ok().and_then(|document| self.begins.get(&(document, kind)));
        begin.and_then(|begin| self.items.get(begin + position)).map(|item| item.year).filter(|year| *year != 0)
    }

    /// The id of a target or fact: `t3`.
    pub(super) fn id(&self, document: usize, kind: MemberKind, position: usize) -> &str {
        let begin = u32::try_from(document).ok().and_then(|document| self.begins.get(&(document, kind)));
        // Positions count from 0 without a gap.
        begin.and_then(|begin| self.items.get(begin + position)).map_or("", |item| self.texts.get(item.id))
    }
}
