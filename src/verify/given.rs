//! The forms in which claims are given → [`Claim`]s: a record of ours, a list as JSON or NDJSON, tables with the column names of trackers.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::claim::{Claim, Said};
use super::csv;
use super::value::{Signs, day, read};
use crate::ingest::listed::Listed;
use crate::lexicon::{ColumnKind, Lexicon};
use crate::record::{ChangeKind, Comparator, Record, Role};
use crate::report::profile::Profile;
use crate::report::table;
use crate::words::fold;

/// Why claims cannot be judged.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// It is no JSON.
    #[error("{file}: line {line}: is no JSON ({reason}); correct it, or give claims as CSV or XLSX")]
    Json {
        /// The claims' file.
        file: String,
        /// The line.
        line: usize,
        /// What the reader of JSON says.
        reason: String,
    },
    /// It is no CSV.
    #[error("{file}: line {line}: is no CSV: {reason}; correct it, or save the table as XLSX")]
    Csv {
        /// The claims' file.
        file: String,
        /// The line.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The columns are not known.
    #[error(
        "{file}: no row names what is measured and its value; found: {found}; name the columns ten, gia_tri, don_vi_tinh, … as \
         `kehoach export --format csv` does, or say with --profile which they are"
    )]
    Columns {
        /// The claims' file.
        file: String,
        /// The names that were found.
        found: String,
    },
    /// Nothing in it is a claim.
    #[error("{file}: holds no claim: {reason}; a claim has an indicator and a value")]
    Nothing {
        /// The claims' file.
        file: String,
        /// What it holds.
        reason: String,
    },
    /// The claims are of another document.
    #[error("{file}: is about another document ({claimed}) than {document}; give the claims of this one")]
    Other {
        /// The claims' file.
        file: String,
        /// The document that the claims name.
        claimed: String,
        /// The document that they are held against.
        document: String,
    },
    /// The profile cannot be turned round.
    #[error("{file}: {reason}")]
    Profile {
        /// The profile's file, or the claims'.
        file: String,
        /// Why.
        reason: String,
    },
}

/// Claims, ready to be judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// The claims, in order.
    pub claims: Vec<Claim>,
    /// How many rows or items are none: tasks, rows without a value, rows of other documents.
    pub left_out: usize,
}

/// What claims are read with.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The claims' file, for messages.
    pub file: &'a str,
    /// The record of the document that they are about.
    pub document: &'a Record,
    /// The words of column labels and comparisons.
    pub lexicon: &'a Lexicon,
    /// The columns of another system's table.
    pub profile: Option<&'a Profile>,
}

/// What a column, or a name in JSON, holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Document,
    Id,
    Indicator,
    Said,
    Comparator,
    Value,
    To,
    Unit,
    Result,
    Scope,
    Lead,
    Coordinate,
    Monitor,
    Due,
}

impl Field {
    /// The names by which lists have it: those of our tables, then those of our records and what others call them.
    const NAMES: [(Self, &[&str]); 14] = [
        (Self::Document, &["so_ky_hieu", "number", "document_number"]),
        (Self::Id, &["ma", "id"]),
        (Self::Indicator, &["ten", "indicator", "subject", "name", "ten_chi_tieu", "chi_tieu", "target"]),
        (Self::Said, &["loai", "kind", "type"]),
        (Self::Comparator, &["so_sanh", "comparator", "operator"]),
        (Self::Value, &["gia_tri", "value", "target_value", "muc_tieu"]),
        (Self::To, &["gia_tri_den", "value_to", "to"]),
        (Self::Unit, &["don_vi_tinh", "unit", "don_vi", "dvt"]),
        (Self::Result, &["ket_qua", "actual", "result"]),
        (Self::Scope, &["pham_vi", "scope"]),
        (Self::Lead, &["don_vi_chu_tri", "lead", "chu_tri"]),
        (Self::Coordinate, &["don_vi_phoi_hop", "coordinate", "phoi_hop"]),
        (Self::Monitor, &["don_vi_theo_doi", "monitor", "theo_doi"]),
        (Self::Due, &["thoi_han", "due", "deadline"]),
    ];

    /// What a name stands for: a key, or what people call the column.
    fn of(name: &str) -> Option<Self> {
        let own = fold(name.trim());
        let named = |key: &str| Self::NAMES.iter().find(|(_, names)| names.contains(&key)).map(|(field, _)| *field);
        named(&own).or_else(|| {
            let columns = table::items(&[]).columns;
            let titled = columns.iter().find(|column| fold(&column.vi) == own || fold(&column.en) == own)?;
            named(&titled.key)
        })
    }

    /// What a label of a column that people wrote stands for.
    fn of_label(label: &str, lexicon: &Lexicon) -> Option<Self> {
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(label.trim(), 0, &mut tokens);
        Some(match lexicon.columns.at(&tokens, 0)?.1 {
            ColumnKind::Indicator => Self::Indicator,
            ColumnKind::Unit => Self::Unit,
            ColumnKind::Target => Self::Value,
            ColumnKind::Actual => Self::Result,
            ColumnKind::Lead => Self::Lead,
            ColumnKind::Coordinate => Self::Coordinate,
            ColumnKind::Monitor => Self::Monitor,
            ColumnKind::Deadline => Self::Due,
            _ => return None,
        })
    }
}

/// The cells of a claim, as text; numbers of JSON as they are.
type Cells = BTreeMap<Field, Value>;

/// A column of a table: what its cells go into, and what the words of another system's stand for.
#[derive(Clone, Debug, Default)]
struct Column {
    fields: Vec<Field>,
    words: BTreeMap<String, String>,
}

/// A row with its number.
type Line = (usize, Vec<String>);

/// How many rows may stand above the names of the columns.
const ABOVE: usize = 20;

impl Reader<'_> {
    /// Reads claims from a file's content.
    ///
    /// # Errors
    /// Where it holds none, is broken, or is about another document.
    pub fn read(&self, listed: &Listed) -> Result<Claims, ClaimError> {
        let claims = match listed {
            Listed::Text(text) if text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).starts_with(['{', '[']) => {
                self.json(text)?
            }
            Listed::Text(text) => {
                let delimiter = self.profile.map_or_else(|| csv::delimiter(text), Profile::delimiter);
                let rows = csv::rows(text, delimiter).map_err(|broken| ClaimError::Csv {
                    file: self.file.into(),
                    line: broken.line,
                    reason: broken.reason.into(),
                })?;
                let signs = self
                    .profile
                    .map_or(Signs::Either, |profile| if profile.decimal() == ',' { Signs::Comma } else { Signs::Point });
                self.table(&rows, signs, true)?
            }
            Listed::Sheets(sheets) => {
                let mut all = Claims::default();
                let mut wrong = None;
                for sheet in sheets {
                    let rows: Vec<Line> = sheet.rows.iter().map(|(number, cells)| (*number as usize, cells.clone())).collect();
                    match self.table(&rows, Signs::Comma, false) {
                        Ok(mut found) => {
                            all.claims.append(&mut found.claims);
                            all.left_out += found.left_out;
                        }
                        Err(error) => wrong = wrong.or(Some(error)),
                    }
                }
                match wrong {
                    Some(error) if all.claims.is_empty() => return Err(error),
                    _ => all,
                }
            }
        };
        if claims.claims.is_empty() {
            return Err(self.nothing(if claims.left_out == 0 {
                "it is empty".to_owned()
            } else {
                format!("none of its {} rows has an indicator and a value", claims.left_out)
            }));
        }
        Ok(claims)
    }

    fn nothing(&self, reason: String) -> ClaimError {
        ClaimError::Nothing { file: self.file.into(), reason }
    }

    fn named(&self) -> String {
        let number = self.document.document.number.as_deref();
        number.map_or_else(|| self.document.source.path.clone(), |number| format!("{number}, {}", self.document.source.path))
    }

    fn other(&self, claimed: &str) -> ClaimError {
        ClaimError::Other { file: self.file.into(), claimed: claimed.into(), document: self.named() }
    }

    /// Whether a number of a document is that of another one than ours; `…/KH-UBND` is a draft's, whose number is blank.
    fn is_other(&self, number: &str) -> bool {
        let plain = |number: &str| fold(number).split_whitespace().collect::<String>();
        let own = &self.document.document.number;
        !number.trim().is_empty() && own.as_deref().is_some_and(|own| plain(own) != plain(number))
    }

    // JSON

    fn json(&self, text: &str) -> Result<Claims, ClaimError> {
        let text = text.trim_start_matches('\u{FEFF}');
        let whole = match serde_json::from_str::<Value>(text) {
            Ok(value) => vec![(1, value)],
            Err(error) => {
                let lines: Vec<(usize, &str)> = text
                    .lines()
                    .enumerate()
                    .map(|(at, line)| (at + 1, line))
                    .filter(|(_, line)| !line.trim().is_empty())
                    .collect();
                let broken = |line: usize, error: &serde_json::Error| ClaimError::Json {
                    file: self.file.into(),
                    line,
                    reason: error.to_string(),
                };
                // Its first line is none by itself: one value on several lines.
                if lines.first().is_none_or(|(_, line)| serde_json::from_str::<Value>(line).is_err()) {
                    return Err(broken(error.line(), &error));
                }
                let read = |(at, line): (usize, &str)| {
                    serde_json::from_str(line).map(|value| (at, value)).map_err(|error| broken(at, &error))
                };
                lines.into_iter().map(read).collect::<Result<Vec<_>, _>>()?
            }
        };
        let mut claims = Claims::default();
        let mut others = Vec::new();
        let mut own = 0;
        for (line, value) in whole {
            match value {
                Value::Array(items) => self.items(&items, None, Said::Target, &mut claims),
                Value::Object(object) if object.contains_key("targets") || object.contains_key("facts") => {
                    if let Some(other) = self.another_record(&object) {
                        others.push(other);
                        continue;
                    }
                    own += 1;
                    for (list, said) in [("targets", Said::Target), ("facts", Said::Result)] {
                        let items = object.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                        self.items(items, None, said, &mut claims);
                    }
                }
                Value::Object(object) => self.items(&[Value::Object(object)], Some(line), Said::Target, &mut claims),
                _ => claims.left_out += 1,
            }
        }
        match others.first() {
            Some(other) if own == 0 => Err(self.other(other)),
            _ => Ok(claims),
        }
    }

    /// What a record says that it is of, where that is another document than ours.
    fn another_record(&self, record: &Map<String, Value>) -> Option<String> {
        let text = |of: &str, name: &str| record.get(of).and_then(|of| of.get(name)).and_then(Value::as_str);
        if text("source", "sha256").is_some_and(|sha256| sha256 == self.document.source.sha256) {
            return None;
        }
        let number = text("document", "number")?;
        let path = text("source", "path").map(|path| format!(", {path}")).unwrap_or_default();
        self.is_other(number).then(|| format!("{number}{path}"))
    }

    fn items(&self, items: &[Value], line: Option<usize>, said: Said, claims: &mut Claims) {
        for (at, item) in items.iter().enumerate() {
            let claim = item.as_object().and_then(|object| self.of_object(object, line.unwrap_or(at + 1), said));
            match claim {
                Some(claim) => claims.claims.push(claim),
                None => claims.left_out += 1,
            }
        }
    }

    fn of_object(&self, object: &Map<String, Value>, at: usize, said: Said) -> Option<Claim> {
        let mut cells = Cells::new();
        for (name, value) in object {
            if let Some(field) = Field::of(name) {
                cells.entry(field).or_insert_with(|| value.clone());
            }
        }
        // What has a subject is a result, as in our records.
        let said = if object.contains_key("subject") { Said::Result } else { said };
        let mut claim = self.claim(&cells, at, said, Signs::Either)?;
        let words = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        if let Some(range) = object.get("range").and_then(Value::as_object) {
            claim.to = range.get("to").and_then(Value::as_f64);
        }
        if let Some(change) = object.get("change").and_then(Value::as_object) {
            claim.change = match change.get("kind").and_then(Value::as_str) {
                Some("increase") => Some(ChangeKind::Increase),
                Some("decrease") => Some(ChangeKind::Decrease),
                Some("multiple") => Some(ChangeKind::Multiple),
                _ => None,
            };
        }
        for agency in object.get("agencies").and_then(Value::as_array).into_iter().flatten() {
            let role = match agency.get("role").and_then(Value::as_str) {
                Some("lead") => Role::Lead,
                Some("coordinate") => Role::Coordinate,
                Some("monitor") => Role::Monitor,
                _ => continue,
            };
            claim.agencies.extend(words(agency.get("name")).map(|name| (role, name)));
        }
        if let Some(actual) = object.get("actual").and_then(|actual| actual.get("value")) {
            claim.result = actual.as_f64().into_iter().collect();
        }
        Some(claim)
    }

    // Tables

    fn table(&self, rows: &[Line], signs: Signs, strict: bool) -> Result<Claims, ClaimError> {
        let (columns, data) = self.columns(rows)?;
        let mut claims = Claims::default();
        let mut others = Vec::new();
        for (at, row) in data {
            if strict && row.len() > columns.len() && row[columns.len()..].iter().any(|cell| !cell.trim().is_empty()) {
                let reason = format!(
                    "it has {} cells, and the line of names {}; quote cells that hold the sign between",
                    row.len(),
                    columns.len()
                );
                return Err(ClaimError::Csv { file: self.file.into(), line: *at, reason });
            }
            let mut cells = Cells::new();
            for (column, cell) in columns.iter().zip(row) {
                let cell = cell.trim();
                let cell = column.words.get(cell).map_or(cell, String::as_str);
                for field in column.fields.iter().filter(|_| !cell.is_empty()) {
                    cells.entry(*field).or_insert_with(|| Value::String(cell.to_owned()));
                }
            }
            let number = cells.get(&Field::Document).and_then(Value::as_str).unwrap_or_default();
            // A table of many documents: their rows are not judged by this one.
            if self.is_other(number) {
                others.push(number.to_owned());
                claims.left_out += 1;
                continue;
            }
            match self.claim(&cells, *at, Said::Target, signs) {
                Some(claim) => claims.claims.push(claim),
                None => claims.left_out += 1,
            }
        }
        match others.first() {
            Some(other) if claims.claims.is_empty() => Err(self.other(other)),
            _ => Ok(claims),
        }
    }

    /// The columns of a table, and the rows below their names.
    fn columns<'r>(&self, rows: &'r [Line]) -> Result<(Vec<Column>, &'r [Line]), ClaimError> {
        let of_field = |field: Option<Field>| Column { fields: field.into_iter().collect(), words: BTreeMap::new() };
        let serves = |columns: &[Column]| {
            let has = |field: Field| columns.iter().any(|column| column.fields.contains(&field));
            has(Field::Indicator) && (has(Field::Value) || has(Field::Result))
        };
        if let Some(profile) = self.profile {
            let named: Vec<(&str, Column)> = profile
                .columns()
                .map(|(name, from, words)| {
                    let fields = from.iter().filter_map(|own| Field::of(own)).collect();
                    let words = words.into_iter().map(|(theirs, own)| (theirs.to_owned(), own.to_owned())).collect();
                    (name, Column { fields, words })
                })
                .collect();
            let all: Vec<Column> = named.iter().map(|(_, column)| column.clone()).collect();
            if !serves(&all) {
                let reason =
                    "the profile has no column from `ten` and none from `gia_tri`, so that no claim can be told".to_owned();
                return Err(ClaimError::Profile { file: self.file.into(), reason });
            }
            if !profile.has_header() {
                return Ok((all, rows));
            }
            for (at, (_, row)) in rows.iter().take(ABOVE).enumerate() {
                let column = |cell: &String| {
                    named.iter().find(|(name, _)| fold(name) == fold(cell.trim())).map(|(_, column)| column.clone())
                };
                let columns: Vec<Column> = row.iter().map(|cell| column(cell).unwrap_or_default()).collect();
                if serves(&columns) {
                    return Ok((columns, &rows[at + 1..]));
                }
            }
        } else {
            for (at, (_, row)) in rows.iter().take(ABOVE).enumerate() {
                let mut columns: Vec<Column> = row.iter().map(|cell| of_field(Field::of(cell))).collect();
                for (column, cell) in columns.iter_mut().zip(row) {
                    if column.fields.is_empty() {
                        *column = of_field(Field::of_label(cell, self.lexicon));
                    }
                }
                if serves(&columns) {
                    return Ok((columns, &rows[at + 1..]));
                }
            }
        }
        let found = rows
            .first()
            .map(|(_, row)| row.iter().filter(|cell| !cell.is_empty()).take(12).cloned().collect::<Vec<_>>().join(", "));
        let found = found.filter(|found| !found.is_empty()).unwrap_or_else(|| "nothing".to_owned());
        Err(ClaimError::Columns { file: self.file.into(), found })
    }

    // Both

    /// The claim of these cells; `None` where they have no indicator, no value, or are work.
    fn claim(&self, cells: &Cells, at: usize, said: Said, signs: Signs) -> Option<Claim> {
        let text = |field: Field| -> Option<String> {
            match cells.get(&field)? {
                Value::String(text) if !text.trim().is_empty() => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            }
        };
        let said = match text(Field::Said).map(|said| fold(&said)).as_deref() {
            Some("nhiem_vu" | "task" | "deadline") => return None,
            Some("fact" | "result" | "ket_qua") => Said::Result,
            _ => said,
        };
        // A sheet keeps words from being taken for a formula by an apostrophe.
        let indicator = text(Field::Indicator)?.trim_start_matches('\'').trim().to_owned();
        let percent = text(Field::Unit).is_some_and(|unit| unit.starts_with('%'));
        let of = |field: Field| match cells.get(&field)? {
            Value::Number(number) => Some(super::value::Written { values: vec![number.as_f64()?], ..Default::default() }),
            Value::String(text) => read(text, percent, signs, self.lexicon),
            _ => None,
        };
        let written = of(Field::Value)?;
        let to = of(Field::To).and_then(|to| to.values.first().copied()).or(written.to);
        let names = |field: Field, role: Role| -> Vec<(Role, String)> {
            let split = |text: String| {
                text.split(';').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect::<Vec<_>>()
            };
            text(field).map(split).unwrap_or_default().into_iter().map(|name| (role, name)).collect()
        };
        let (comparator, change) =
            text(Field::Comparator).map_or((None, None), |words| super::value::comparison(&words, self.lexicon));
        let mut agencies = names(Field::Lead, Role::Lead);
        agencies.extend(names(Field::Coordinate, Role::Coordinate));
        agencies.extend(names(Field::Monitor, Role::Monitor));
        Some(Claim {
            at,
            id: text(Field::Id),
            said,
            indicator,
            values: written.values,
            to,
            unit: text(Field::Unit).or(written.unit),
            comparator: comparator.or(written.comparator),
            change,
            scope: text(Field::Scope),
            due: text(Field::Due).and_then(|due| day(&due)),
            agencies,
            result: of(Field::Result).map(|result| result.values).unwrap_or_default(),
        })
    }
}

/// The comparison of a name as records write it: `ge`.
pub(super) fn comparator_of(name: &str) -> Option<Comparator> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}
