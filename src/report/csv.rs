//! Tables as CSV for Excel: UTF-8 with a byte order mark, else Excel reads Vietnamese as Windows-1252.
//!
//! A [`Profile`] gives the columns the names and the order of another system's template:
//! ```toml
//! delimiter = ";"
//! decimal = ","
//! dates = "dd/mm/yyyy"
//!
//! [[column]]
//! name = "Tên nhiệm vụ"
//! from = "ten"
//!
//! [[column]]
//! name = "Nguồn"
//! value = "Văn bản cấp trên"
//! ```

use jiff::civil::Date;
use serde::Deserialize;

use super::table::{Cell, Table};

/// What Excel tells UTF-8 by.
const MARK: char = '\u{FEFF}';

/// How another system wants its columns.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What stands between cells.
    #[serde(default = "comma")]
    delimiter: char,
    /// What stands before the fraction.
    #[serde(default = "point")]
    decimal: char,
    /// How a day is written.
    #[serde(default)]
    dates: Dates,
    /// Whether the file begins with a byte order mark.
    #[serde(default = "yes")]
    mark: bool,
    /// The columns, in order.
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
    from: Option<String>,
    value: Option<String>,
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

impl Profile {
    /// Reads a profile; `file` names it in messages.
    ///
    /// # Errors
    /// Where it is no TOML of this form, or a column has no source or two.
    pub fn parse(file: &str, text: &str) -> Result<Self, ProfileError> {
        let profile: Self =
            toml::from_str(text).map_err(|error| ProfileError::Form { file: file.into(), reason: error.to_string() })?;
        for (at, column) in profile.column.iter().enumerate() {
            if column.from.is_some() == column.value.is_some() {
                return Err(ProfileError::Source { file: file.into(), at: at + 1, name: column.name.clone() });
            }
        }
        Ok(profile)
    }

    /// Whether a table has all columns that are asked for.
    ///
    /// # Errors
    /// Where it has not.
    pub fn fits(&self, file: &str, table: &Table) -> Result<(), ProfileError> {
        for (at, column) in self.column.iter().enumerate() {
            let Some(from) = &column.from else { continue };
            if !table.columns.iter().any(|known| known.key == from) {
                let known: Vec<&str> = table.columns.iter().map(|known| known.key).collect();
                return Err(ProfileError::Unknown {
                    file: file.into(),
                    at: at + 1,
                    name: column.name.clone(),
                    from: from.clone(),
                    known: known.join(", "),
                });
            }
        }
        Ok(())
    }
}

/// Writes a table with its own column names.
#[must_use]
pub fn write(table: &Table) -> String {
    let own = table.columns.iter().map(|column| Wanted { name: column.key.into(), from: Some(column.key.into()), value: None });
    let profile = Profile { delimiter: comma(), decimal: point(), dates: Dates::Iso, mark: true, column: own.collect() };
    write_as(table, &profile)
}

/// Writes a table as a profile wants it.
#[must_use]
pub fn write_as(table: &Table, profile: &Profile) -> String {
    let mut out = String::new();
    if profile.mark {
        out.push(MARK);
    }
    let mut line = |cells: Vec<String>| {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                out.push(profile.delimiter);
            }
            out.push_str(&cell);
        }
        out.push_str("\r\n");
    };
    let places: Vec<Option<usize>> = profile
        .column
        .iter()
        .map(|wanted| table.columns.iter().position(|column| Some(column.key) == wanted.from.as_deref()))
        .collect();
    line(profile.column.iter().map(|wanted| guarded(&wanted.name, profile.delimiter)).collect());
    for row in &table.rows {
        let cells = profile.column.iter().zip(&places).map(|(wanted, place)| match (place, &wanted.value) {
            (Some(place), _) => cell(&row[*place], profile),
            (None, Some(value)) => guarded(value, profile.delimiter),
            (None, None) => String::new(),
        });
        line(cells.collect());
    }
    out
}

fn cell(cell: &Cell, profile: &Profile) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::File(text) => guarded(text, profile.delimiter),
        Cell::Number(number) => {
            let text = number.to_string().replace('.', &profile.decimal.to_string());
            if text.contains(profile.delimiter) { format!("\"{text}\"") } else { text }
        }
        Cell::Day(day) => written(*day, profile.dates),
    }
}

fn written(day: Date, dates: Dates) -> String {
    match dates {
        Dates::Iso => day.to_string(),
        Dates::DayFirst => format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year()),
    }
}

/// Words that no sheet takes for a formula, quoted where they must be.
fn guarded(text: &str, delimiter: char) -> String {
    let plain = super::csv_cell(text);
    if !plain.starts_with('"') && (plain.contains(delimiter) || plain.contains('\t')) { format!("\"{plain}\"") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::Column;

    const COLUMNS: &[Column] = &[
        Column { key: "ten", vi: "Tên", en: "Name", width: 10 },
        Column { key: "gia_tri", vi: "Giá trị", en: "Value", width: 10 },
        Column { key: "thoi_han", vi: "Thời hạn", en: "Due", width: 10 },
    ];

    fn table(rows: Vec<Vec<Cell>>) -> Table {
        Table { vi: "Bảng", en: "Table", columns: COLUMNS, rows }
    }

    #[test]
    fn cells_as_a_sheet_reads_them() {
        let day = Cell::Day(jiff::civil::date(2025, 3, 5));
        for (cell, wanted) in [
            (Cell::text("hồ sơ"), "hồ sơ"),
            (Cell::text("một, hai"), "\"một, hai\""),
            (Cell::text("gọi là \"xã\""), "\"gọi là \"\"xã\"\"\""),
            (Cell::text("=HYPERLINK(1)"), "'=HYPERLINK(1)"),
            (Cell::text("- Rà soát"), "'- Rà soát"),
            (Cell::Number(-1.5), "-1.5"),
            (Cell::Number(100.0), "100"),
            (day, "2025-03-05"),
            (Cell::Empty, ""),
        ] {
            let written = write(&table(vec![vec![cell, Cell::Empty, Cell::Empty]]));
            assert_eq!(written, format!("\u{FEFF}ten,gia_tri,thoi_han\r\n{wanted},,\r\n"));
        }
    }

    #[test]
    fn a_profile_names_and_orders_columns() {
        let text = "delimiter = \";\"\ndecimal = \",\"\ndates = \"dd/mm/yyyy\"\nmark = false\n\
                    [[column]]\nname = \"Hạn\"\nfrom = \"thoi_han\"\n[[column]]\nname = \"Trị; số\"\nfrom = \"gia_tri\"\n\
                    [[column]]\nname = \"Nguồn\"\nvalue = \"cấp trên\"\n";
        let profile = Profile::parse("mau.toml", text).expect("a profile");
        let table = table(vec![vec![Cell::Empty, Cell::Number(34.6), Cell::Day(jiff::civil::date(2025, 3, 5))]]);
        profile.fits("mau.toml", &table).expect("its columns are there");
        assert_eq!(write_as(&table, &profile), "Hạn;\"Trị; số\";Nguồn\r\n05/03/2025;34,6;cấp trên\r\n");
    }

    #[test]
    fn a_wrong_profile_is_told_by_file_and_column() {
        let table = table(Vec::new());
        for (text, wanted) in [
            ("[[column]]\nname = \"A\"\n", "m.toml: column 1 (`A`): give either `from` or `value`"),
            (
                "[[column]]\nname = \"A\"\nfrom = \"han\"\n",
                "m.toml: column 1 (`A`): there is no column `han`; there are ten, gia_tri, thoi_han",
            ),
        ] {
            let told = Profile::parse("m.toml", text).and_then(|profile| profile.fits("m.toml", &table));
            assert_eq!(told.map_err(|error| error.to_string()), Err(wanted.to_owned()));
        }
        let told = Profile::parse("m.toml", "columns = 1").expect_err("no profile").to_string();
        assert!(told.starts_with("m.toml: is no profile: ") && told.contains("columns"), "{told}");
    }
}
