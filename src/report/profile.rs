//! A [`Profile`]: the columns of another system's template, in TOML, so that a unit maps its own.
//!
//! ```toml
//! delimiter = ";"              # of CSV; else a comma
//! decimal = ","                # of CSV; else a point
//! dates = "dd/mm/yyyy"         # of CSV; else yyyy-mm-dd
//!
//! [[column]]
//! name = "TT"                  # what the template calls it
//! from = "stt"                 # the row's number
//!
//! [[column]]
//! name = "Nội dung"
//! from = ["ten", "san_pham"]   # several columns in one; empty ones are left out
//! join = " – "                 # else a semicolon
//!
//! [[column]]
//! name = "Phân loại"
//! from = "loai"
//! map = { chi_tieu = "Chỉ tiêu", nhiem_vu = "Nhiệm vụ" }   # any other word stays
//!
//! [[column]]
//! name = "Nguồn"
//! value = "Văn bản cấp trên"   # the same words in every row
//! ```
//! A column is named by its key (`thoi_han`) or by what people call it (`Thời hạn`). `mark = false` leaves the byte order mark out,
//! `header = false` the line of names, `guard = false` the apostrophe that keeps a sheet from taking words for a formula.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::table::{Cell, Column, Table};

/// The row's number, which no table has as a column but the one that an officer fills in.
const ROW: &str = "stt";

/// How another system wants its columns.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What stands between cells.
    #[serde(default = "comma")]
    pub(super) delimiter: char,
    /// What stands before the fraction.
    #[serde(default = "point")]
    decimal: char,
    /// How a day is written.
    #[serde(default)]
    dates: Dates,
    /// Whether the file begins with a byte order mark.
    #[serde(default = "yes")]
    pub(super) mark: bool,
    /// Whether the first line has the names.
    #[serde(default = "yes")]
    pub(super) header: bool,
    /// Whether words that begin as a formula does are defused.
    #[serde(default = "yes")]
    pub(super) guard: bool,
    /// The columns, in order.
    #[serde(default)]
    column: Vec<Wanted>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
enum Dates {
    #[default]
    #[serde(rename = "yyyy-mm-dd")]
    Iso,
    #[serde(rename = "dd/mm/yyyy")]
    DayFirst,
}

/// A column of the other system: what it is called, and where its cells come from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    name: String,
    from: Option<From>,
    value: Option<String>,
    join: Option<String>,
    #[serde(default)]
    map: BTreeMap<String, String>,
}

/// One column, or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum From {
    One(String),
    Many(Vec<String>),
}

impl From {
    fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        }
    }
}

fn comma() -> char {
    ','
}

fn point() -> char {
    '.'
}

fn yes() -> bool {
    true
}

/// What is wrong with a profile.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// It is no TOML of this form.
    #[error("{file}: is no profile: {reason}; see `kehoach export --help`")]
    Form {
        /// Its file.
        file: String,
        /// What the reader of TOML says.
        reason: String,
    },
    /// What it asks for could not be read again.
    #[error("{file}: {reason}")]
    Ambiguous {
        /// Its file.
        file: String,
        /// Which settings, and what to do.
        reason: String,
    },
    /// A column comes from nowhere, or from two places.
    #[error("{file}: column {at} (`{name}`): give either `from` or `value`")]
    Source {
        /// Its file.
        file: String,
        /// Which column, from 1.
        at: usize,
        /// Its name.
        name: String,
    },
    /// A column comes from one that the table has not.
    #[error("{file}: column {at} (`{name}`): there is no column `{from}`; there are {known}")]
    Unknown {
        /// Its file.
        file: String,
        /// Which column, from 1.
        at: usize,
        /// Its name.
        name: String,
        /// What it comes from.
        from: String,
        /// The columns that there are.
        known: String,
    },
}

/// Where a cell comes from.
enum Place {
    /// The row's number.
    Number,
    /// A column of the table.
    Column(usize),
}

impl Profile {
    /// CSV as a spreadsheet with Vietnamese settings reads and writes it: a comma in numbers, `;` between cells.
    #[must_use]
    pub fn vietnamese() -> Self {
        Self { delimiter: ';', decimal: ',', ..Self::default() }
    }
}

impl Default for Profile {
    /// CSV as Excel takes it, for a table with its own columns.
    fn default() -> Self {
        Self {
            delimiter: comma(),
            decimal: point(),
            dates: Dates::Iso,
            mark: true,
            header: true,
            guard: true,
            column: Vec::new(),
        }
    }
}

impl Profile {
    /// Reads a profile; `file` names it in messages.
    ///
    /// # Errors
    /// Where it is no TOML of this form, a column has no source or two, or its cells could not be told apart.
    pub fn parse(file: &str, text: &str) -> Result<Self, ProfileError> {
        let profile: Self =
            toml::from_str(text).map_err(|error| ProfileError::Form { file: file.into(), reason: error.to_string() })?;
        let ambiguous = |reason: String| Err(ProfileError::Ambiguous { file: file.into(), reason });
        let (between, decimal) = (profile.delimiter, profile.decimal);
        if between == '"' || between.is_alphanumeric() || between.is_control() && between != '\t' {
            return ambiguous(format!("delimiter {between:?} cannot stand between cells; take one of , ; | and \\t"));
        }
        if decimal != '.' && decimal != ',' {
            return ambiguous(format!("decimal {decimal:?} is no decimal sign; take . or ,"));
        }
        if profile.column.is_empty() {
            return ambiguous("has no columns; add [[column]] with `name` and `from`".into());
        }
        for (at, column) in profile.column.iter().enumerate() {
            let sources = column.from.as_ref().map_or(0, |from| from.names().len().max(1));
            let empty = column.from.as_ref().is_some_and(|from| from.names().is_empty());
            if (sources > 0) == column.value.is_some() || empty {
                return Err(ProfileError::Source { file: file.into(), at: at + 1, name: column.name.clone() });
            }
        }
        Ok(profile)
    }

    /// The table that the other system wants; `file` names the profile in messages.
    ///
    /// # Errors
    /// Where it asks for a column that the table has not.
    pub fn apply(&self, file: &str, table: &Table) -> Result<Table, ProfileError> {
        let mut columns = Vec::with_capacity(self.column.len());
        let mut places = Vec::with_capacity(self.column.len());
        for (at, wanted) in self.column.iter().enumerate() {
            let mut own = Vec::new();
            for from in wanted.from.iter().flat_map(From::names) {
                own.push(place(from, table).ok_or_else(|| {
                    let known = table.columns.iter().map(|column| &*column.key).filter(|key| *key != ROW);
                    let known: Vec<&str> = std::iter::once(ROW).chain(known).collect();
                    let (name, from, known) = (wanted.name.clone(), from.clone(), known.join(", "));
                    ProfileError::Unknown { file: file.into(), at: at + 1, name, from, known }
                })?);
            }
            let width = own.iter().map(|place| match place {
                Place::Number => 6,
                Place::Column(at) => table.columns[*at].width,
            });
            let name: Cow<str> = Cow::Owned(wanted.name.clone());
            columns.push(Column { key: name.clone(), vi: name.clone(), en: name, width: width.max().unwrap_or(16) });
            places.push(own);
        }
        let row = |(number, row): (usize, &Vec<Cell>)| {
            let cells = self.column.iter().zip(&places).map(|(wanted, places)| self.cell(wanted, places, number, row));
            cells.collect()
        };
        let rows = table.rows.iter().enumerate().map(row).collect();
        Ok(Table { vi: table.vi, en: table.en, columns: columns.into(), rows })
    }

    fn cell(&self, wanted: &Wanted, places: &[Place], number: usize, row: &[Cell]) -> Cell {
        let mapped = |cell: Cell| match cell {
            Cell::Text(text) => Cell::text(wanted.map.get(&text).cloned().unwrap_or(text)),
            other => other,
        };
        let of = |place: &Place| match place {
            #[allow(clippy::cast_precision_loss)]
            Place::Number => Cell::Number((number + 1) as f64),
            Place::Column(at) => mapped(row[*at].clone()),
        };
        match (places, &wanted.value) {
            (_, Some(value)) => Cell::text(value.as_str()),
            ([one], None) => of(one),
            (several, None) => {
                let words: Vec<String> =
                    several.iter().map(|place| self.words(&of(place))).filter(|text| !text.is_empty()).collect();
                Cell::text(words.join(wanted.join.as_deref().unwrap_or("; ")))
            }
        }
    }

    /// The columns as they are written, in order: the name of each, the columns that it comes from, and what each of the other system's words
    /// stands for.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &[String], Vec<(&str, &str)>)> {
        self.column.iter().map(|column| {
            let from = column.from.as_ref().map_or(&[][..], From::names);
            let words = column.map.iter().map(|(own, theirs)| (theirs.as_str(), own.as_str())).collect();
            (column.name.as_str(), from, words)
        })
    }

    /// What stands between the cells of CSV.
    #[must_use]
    pub fn delimiter(&self) -> char {
        self.delimiter
    }

    /// What stands before the fraction of a number in CSV.
    #[must_use]
    pub fn decimal(&self) -> char {
        self.decimal
    }

    /// Whether the first line has the names.
    #[must_use]
    pub fn has_header(&self) -> bool {
        self.header
    }

    /// What a cell says, as this profile writes numbers and days.
    pub(super) fn words(&self, cell: &Cell) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) if self.dates == Dates::DayFirst => month_first(text).unwrap_or_else(|| text.clone()),
            Cell::Text(text) | Cell::File(text) => text.clone(),
            Cell::Number(number) => number.to_string().replace('.', &self.decimal.to_string()),
            Cell::Day(day) => written(*day, self.dates),
        }
    }
}

/// The column that a profile names by its key or by what people call it.
fn place(name: &str, table: &Table) -> Option<Place> {
    let at = table.columns.iter().position(|column| column.key == name);
    let at = at.or_else(|| table.columns.iter().position(|column| column.vi == name || column.en == name));
    at.map(Place::Column).or_else(|| (name == ROW).then_some(Place::Number))
}

fn written(day: Date, dates: Dates) -> String {
    match dates {
        Dates::Iso => day.to_string(),
        Dates::DayFirst => format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year()),
    }
}

/// `01/2025` of `2025-01`, the date of a draft whose day is blank.
fn month_first(text: &str) -> Option<String> {
    let (year, month) = text.split_once('-')?;
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(year, 4) && digits(month, 2)).then(|| format!("{month}/{year}"))
}
