//! A file as the table or list that it is, and not as a document: what somebody says to have read, which `kehoach verify` judges. What this
//! program has written itself is taken too.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::blocks::Run;
use super::detect::{self, Kind};
use super::encoding::Survey;
use super::render::push_decoded;
use super::sheet::{self, Sheet};
use super::{IngestError, LARGEST, Reason, content, plain};

/// What a file holds, as far as it is a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// Text: JSON, NDJSON, CSV.
    Text(String),
    /// The sheets of a workbook that hold anything.
    Sheets(Vec<SheetRows>),
}

/// A sheet as rows of cells, as they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRows {
    /// Its name.
    pub name: String,
    /// Its rows that hold anything, each with its number, from 1.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads the file at `path` as a list; where the content is `given`, the file is not opened.
///
/// # Errors
/// Where the file cannot be opened, or is neither text nor a workbook.
pub fn read(path: &Path, given: Option<Vec<u8>>) -> Result<Listed, IngestError> {
    let bytes = given.map_or_else(|| content(path), Ok)?;
    let fail = |reason| IngestError { path: path.display().to_string(), reason };
    if bytes.len() as u64 > LARGEST {
        return Err(fail(Reason::TooLarge(bytes.len() as u64)));
    }
    of(bytes).map_err(fail)
}

fn of(bytes: Vec<u8>) -> Result<Listed, Reason> {
    let book = |mut sheets: Vec<Sheet>| {
        // What a sheet does not show is not said.
        let _ = sheet::settle(&mut sheets);
        Ok(Listed::Sheets(sheets.iter().map(rows).filter(|sheet| !sheet.rows.is_empty()).collect()))
    };
    match detect::detect(&bytes)? {
        Kind::Xlsx(mut archive) => book(sheet::xlsx::read(&mut archive)?),
        Kind::Ods(mut archive) => book(sheet::ods::read(&mut archive)?),
        Kind::Xls(old) => book(sheet::xls::read(&old)?),
        Kind::XmlSheets => book(sheet::xml2003::read(&bytes)?),
        Kind::Other => plain::decode(bytes).map(|(text, _)| Listed::Text(text)),
        _ => Err(Reason::Unsupported("a document and no list of claims", "JSON, NDJSON, CSV or XLSX")),
    }
}

/// The widest row that is made: a cell far to the right of the others is left out.
const WIDEST: u32 = 1000;

fn rows(sheet: &Sheet) -> SheetRows {
    let mut survey = Survey::default();
    for run in sheet.cells.values().flatten() {
        survey.observe(run.font.as_deref(), &run.text);
    }
    let decoded = |run: &Run| {
        let mut text = String::new();
        push_decoded(&mut text, &survey, run);
        text
    };
    let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
    for ((row, column), runs) in sheet.cells.iter().filter(|((_, column), _)| *column < WIDEST) {
        let number = row.saturating_add(1);
        if rows.last().is_none_or(|(last, _)| *last != number) {
            rows.push((number, Vec::new()));
        }
        let Some((_, cells)) = rows.last_mut() else { continue };
        cells.resize(*column as usize, String::new());
        cells.push(runs.iter().map(decoded).collect::<String>().trim().to_owned());
    }
    let mut name = String::new();
    push_decoded(&mut name, &survey, &Run { text: sheet.name.clone(), ..Run::default() });
    SheetRows { name, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_rows_of_cells() {
        let mut sheet = Sheet { name: "Chỉ tiêu".into(), ..Sheet::default() };
        for (row, column, text) in [(0, 0, "Tên"), (0, 2, "Giá trị"), (4, 2, " 85,5 ")] {
            sheet.set(row, column, text.into(), None);
        }
        let own = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        assert_eq!(rows(&sheet).rows, [(1, own(&["Tên", "", "Giá trị"])), (5, own(&["", "", "85,5"]))]);
    }

    #[test]
    fn what_this_program_has_written_is_a_list_too() {
        let text = "{\"schema\": \"kehoach.record/1\"}";
        assert_eq!(of(text.into()).ok(), Some(Listed::Text(text.into())));
        assert!(of("<html><body>x</body></html>".into()).is_err());
    }
}
