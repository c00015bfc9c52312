//! Records as typed tables, whatever they are written to: which tables there are, their columns, their rows.
//!
//! [`parquet`](crate::report) writes them to files, the Python package gives them as Arrow tables; both have the same columns.

mod tables;

use jiff::civil::Date;
use serde_json::json;

use crate::record::Record;
pub use tables::{NAMES, fields, rows};

/// A column, or what a group holds.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// What the column is called.
    pub name: &'static str,
    /// What it is called in the row.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Words, and names of enums.
    Text,
    /// A double.
    Number,
    /// A 64-bit integer: counts, indexes, code points.
    Count,
    /// True or false.
    Flag,
    /// A calendar day; null where no calendar has it.
    Day,
    /// Any JSON, as text.
    Json,
    /// A list of values, groups or lists.
    List(&'static Kind),
    /// Several fields.
    Group(&'static [Field]),
}

/// The year and the level under which a document's rows are found.
///
/// The year is the first that the document covers, else that of its date; `None` where the document gives neither.
#[must_use]
pub fn year_and_level(record: &Record) -> (Option<&str>, String) {
    let period = record.document.period.as_ref();
    let covered = period.and_then(|period| period.from.as_deref());
    let ends = period.and_then(|period| period.to.as_deref());
    let year = covered.or(record.document.date.as_deref()).or(ends).and_then(|day| day.get(..4));
    let year = year.filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    (year, json!(record.document.level).as_str().unwrap_or("other").to_owned())
}

/// Days since 1970-01-01 of a day written `2025-03-31`; `None` where no calendar has it.
#[must_use]
pub fn days(iso: &str) -> Option<i32> {
    let day: Date = iso.parse().ok()?;
    Some(jiff::civil::date(1970, 1, 1).until(day).ok()?.get_days())
}
