//! Tables as CSV for Excel: UTF-8 with a byte order mark, else Excel reads Vietnamese as Windows-1252. A [`Profile`] tells otherwise.

use super::profile::Profile;
use super::table::{Cell, Table};

/// What Excel tells UTF-8 by.
const MARK: char = '\u{FEFF}';

/// Writes a table with its own column names.
#[must_use]
pub fn write(table: &Table) -> String {
    write_as(table, &Profile::default())
}

/// Writes a table, which the profile has been applied to, with the profile's signs.
#[must_use]
pub fn write_as(table: &Table, profile: &Profile) -> String {
    let mut out = String::new();
    if profile.mark {
        out.push(MARK);
    }
    let mut line = |cells: Vec<String>| {
        out.push_str(&cells.join(&profile.delimiter.to_string()));
        out.push_str("\r\n");
    };
    if profile.header {
        line(table.columns.iter().map(|column| quoted(&column.key, profile)).collect());
    }
    for row in &table.rows {
        line(row.iter().map(|cell| written(cell, profile)).collect());
    }
    out
}

/// The numbers of a table, as written, that a spreadsheet with Vietnamese settings takes for thousands: `2.125` becomes 2125 without a
/// word; `98.5` stays words, which is seen.
#[must_use]
pub fn like_thousands(table: &Table) -> Vec<String> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = |text: &String| {
        let parts = text.trim_start_matches('-').split_once('.');
        parts.is_some_and(|(whole, rest)| whole.len() <= 3 && rest.len() == 3 && digits(whole) && digits(rest))
    };
    let numbers = table.rows.iter().flatten().filter_map(|cell| match cell {
        Cell::Number(number) => Some(number.to_string()),
        _ => None,
    });
    numbers.filter(grouped).collect()
}

fn written(cell: &Cell, profile: &Profile) -> String {
    let words = profile.words(cell);
    match cell {
        // A number that begins with a minus is no formula.
        Cell::Number(_) | Cell::Day(_) if words.contains(profile.delimiter) => format!("\"{words}\""),
        Cell::Empty | Cell::Number(_) | Cell::Day(_) => words,
        Cell::Text(_) | Cell::File(_) => quoted(&words, profile),
    }
}

/// Words that no sheet takes for a formula, quoted where they must be.
fn quoted(text: &str, profile: &Profile) -> String {
    let plain = if profile.guard { super::defused(text) } else { text.to_owned() };
    if plain.contains([',', '"', '\n', '\r', '\t', profile.delimiter]) {
        format!("\"{}\"", plain.replace('"', "\"\""))
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::{Column, column};

    const COLUMNS: &[Column] =
        &[column("ten", "Tên", "Name", 10), column("gia_tri", "Giá trị", "Value", 10), column("thoi_han", "Thời hạn", "Due", 10)];

    fn table(rows: Vec<Vec<Cell>>) -> Table {
        Table { vi: "Bảng", en: "Table", columns: COLUMNS.into(), rows }
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
    fn numbers_that_other_settings_take_for_thousands_are_found() {
        let numbers = [2.125, 0.375, -12.125, 98.5, 1234.125, 2125.0, 0.1234];
        let rows = vec![numbers.into_iter().map(Cell::Number).chain([Cell::text("2.125")]).collect()];
        assert_eq!(like_thousands(&table(rows)), ["2.125", "0.375", "-12.125"]);
        let row = vec![Cell::text("một, hai"), Cell::Number(2.125), Cell::Empty];
        assert!(write_as(&table(vec![row]), &Profile::vietnamese()).ends_with("\r\n\"một, hai\";2,125;\r\n"));
    }

    fn as_wanted(profile: &str, rows: Vec<Vec<Cell>>) -> Result<String, String> {
        let told = |error: crate::report::profile::ProfileError| error.to_string();
        let profile = Profile::parse("m.toml", profile).map_err(told)?;
        Ok(write_as(&profile.apply("m.toml", &table(rows)).map_err(told)?, &profile))
    }

    #[test]
    fn a_profile_names_orders_joins_and_maps_columns() {
        let day = Cell::Day(jiff::civil::date(2025, 3, 5));
        let rows = vec![
            vec![Cell::text("- Rà soát; rồi báo cáo"), Cell::Number(34.6), day],
            vec![Cell::text("chi_tieu"), Cell::Empty, Cell::text("2025-01")],
        ];
        for (profile, wanted) in [
            (
                "delimiter = \";\"\ndecimal = \",\"\ndates = \"dd/mm/yyyy\"\nmark = false\n[[column]]\nname = \"Hạn\"\nfrom = \"thoi_han\"\n\
                 [[column]]\nname = \"Trị; số\"\nfrom = \"Giá trị\"\n[[column]]\nname = \"Nguồn\"\nvalue = \"cấp trên\"\n",
                "Hạn;\"Trị; số\";Nguồn\r\n05/03/2025;34,6;cấp trên\r\n01/2025;;cấp trên\r\n",
            ),
            (
                "mark = false\nheader = false\nguard = false\n[[column]]\nname = \"TT\"\nfrom = \"stt\"\n\
                 [[column]]\nname = \"A\"\nfrom = [\"ten\", \"gia_tri\"]\njoin = \" | \"\nmap = { chi_tieu = \"Chỉ tiêu\" }\n",
                "1,- Rà soát; rồi báo cáo | 34.6\r\n2,Chỉ tiêu\r\n",
            ),
            // A byte order mark, as Notepad writes it, and its line ends.
            ("\u{FEFF}mark = false\r\n[[column]]\r\nname = \"A\"\r\nfrom = \"gia_tri\"\r\n", "A\r\n34.6\r\n\r\n"),
            ("decimal = \",\"\nmark = false\n[[column]]\nname = \"A\"\nfrom = \"gia_tri\"\n", "A\r\n\"34,6\"\r\n\r\n"),
        ] {
            assert_eq!(as_wanted(profile, rows.clone()).as_deref(), Ok(wanted));
        }
    }

    #[test]
    fn a_wrong_profile_is_told_by_file_and_column() {
        for (text, wanted) in [
            ("[[column]]\nname = \"A\"\n", "m.toml: column 1 (`A`): give either `from` or `value`"),
            ("[[column]]\nname = \"A\"\nfrom = []\n", "m.toml: column 1 (`A`): give either `from` or `value`"),
            (
                "[[column]]\nname = \"A\"\nfrom = \"ten\"\nvalue = \"x\"\n",
                "m.toml: column 1 (`A`): give either `from` or `value`",
            ),
            (
                "[[column]]\nname = \"A\"\nfrom = \"han\"\n",
                "m.toml: column 1 (`A`): there is no column `han`; there are stt, ten, gia_tri, thoi_han",
            ),
            ("mark = true\n", "m.toml: has no columns; add [[column]] with `name` and `from`"),
            ("delimiter = '\"'\n", "m.toml: delimiter '\"' cannot stand between cells; take one of , ; | and \\t"),
            ("decimal = ';'\n", "m.toml: decimal ';' is no decimal sign; take . or ,"),
        ] {
            assert_eq!(as_wanted(text, Vec::new()), Err(wanted.to_owned()));
        }
        let told = as_wanted("columns = 1", Vec::new()).expect_err("no profile");
        assert!(told.starts_with("m.toml: is no profile: ") && told.contains("columns"), "{told}");
    }
}
