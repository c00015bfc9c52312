//! Records as tables, with the column names of the people who keep such tables by hand: `so_ky_hieu`, `don_vi_chu_tri`, `thoi_han`.
//!
//! CSV, XLSX and Markdown are written from these tables and decide nothing more. A cell knows what it is: a number stays a number,
//! a day a day; a date that the document leaves blank in part (`tháng 3/2024`) is text, since no calendar has it.

mod findings;
mod follow_up;
mod items;
pub mod tracking;

pub use findings::findings;
pub(super) use findings::severity;
pub use follow_up::follow_up;
pub use items::{Row, deadlines, items, references, targets, tasks, unread};

use std::borrow::Cow;

use jiff::civil::Date;

use super::Lang;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// What the document does not say.
    #[default]
    Empty,
    /// Words, never a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
    /// The path of a file.
    File(String),
    /// One of a few kinds of rows: what programs call it, and people in each language.
    Kind(Kind),
}

/// What kind of row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A target.
    Target,
    /// A task.
    Task,
}

impl Kind {
    /// The word that programs use.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Target => "chi_tieu",
            Self::Task => "nhiem_vu",
        }
    }

    /// The word that people read.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Target, Lang::Vi) => "Chỉ tiêu",
            (Self::Task, Lang::Vi) => "Nhiệm vụ",
            (Self::Target, Lang::En) => "Target",
            (Self::Task, Lang::En) => "Task",
        }
    }
}

impl Cell {
    /// Words; none where there are none.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Words on one line, as people read them in a sheet.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self::text(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// A date as far as it is given.
    #[must_use]
    pub fn date(iso: Option<&str>) -> Self {
        let Some(iso) = iso else { return Self::Empty };
        iso.parse().map_or_else(|_| Self::text(iso), Self::Day)
    }

    /// Words, where there are any.
    #[must_use]
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::line)
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name that programs use: `thoi_han`.
    pub key: Cow<'static, str>,
    /// The name that people read.
    pub vi: Cow<'static, str>,
    /// The same in English.
    pub en: Cow<'static, str>,
    /// Its width in characters.
    pub width: u16,
}

impl Column {
    /// The name that people read.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        if lang == Lang::Vi { &self.vi } else { &self.en }
    }
}

/// A column in one line.
pub(super) const fn column(key: &'static str, vi: &'static str, en: &'static str, width: u16) -> Column {
    Column { key: Cow::Borrowed(key), vi: Cow::Borrowed(vi), en: Cow::Borrowed(en), width }
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What people call it, in Vietnamese: `Chỉ tiêu`.
    pub vi: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Its columns.
    pub columns: Cow<'static, [Column]>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// What people call it.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &'static str {
        if lang == Lang::Vi { self.vi } else { self.en }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::profile::Profile;

    /// Ingest knows what this program has written by these lines, and so has to know all of them.
    #[test]
    fn the_first_line_of_every_table_is_known_as_ours() {
        let headers = crate::ingest::own::HEADERS;
        let found = crate::report::Outcome::default();
        for table in [
            items(&[]),
            deadlines(&[]),
            references(&[]),
            unread(&[], Lang::Vi),
            super::findings(&found, Lang::Vi),
            follow_up(&[]),
        ] {
            let keys: Vec<&str> = table.columns.iter().map(|column| &*column.key).collect();
            assert!(headers.contains(&keys.join(",").as_str()), "{}: {}", table.vi, keys.join(","));
        }
        let matrices = crate::report::coverage::csv(&crate::report::coverage::Coverage::default(), Lang::Vi, &Profile::plain());
        for line in [crate::report::agenda::csv(&[], &Profile::plain()), matrices] {
            assert!(headers.contains(&line.trim_end()), "{line}");
        }
    }

    #[test]
    fn a_cell_knows_what_it_is() {
        for (iso, wanted) in [
            (Some("2024-03-01"), Cell::Day(jiff::civil::date(2024, 3, 1))),
            (Some("2024-03"), Cell::Text("2024-03".into())),
            (Some("2024-02-30"), Cell::Text("2024-02-30".into())),
            (None, Cell::Empty),
        ] {
            assert_eq!(Cell::date(iso), wanted, "{iso:?}");
        }
        assert_eq!(Cell::line("Tỷ lệ hồ sơ\nđúng hạn "), Cell::Text("Tỷ lệ hồ sơ đúng hạn".into()));
        assert_eq!(Cell::line(" \n"), Cell::Empty);
    }
}
