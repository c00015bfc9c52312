//! What a workbook holds and does not show: hidden sheets, rows and columns, error cells, struck words, formulas without a value.
//! None of it is read as if it were shown, and all of it is told.

use std::collections::BTreeSet;

use super::Sheet;
use crate::ingest::blocks::Run;
use crate::ingest::{NOT_OPENED, Remark, encoding};

/// How many cells or words a remark names.
const MOST: usize = 10;

/// Leaves in the sheets what is shown, and says what was left out.
pub(in crate::ingest) fn settle(sheets: &mut [Sheet]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    // A workbook shows at least one sheet; where a damaged one says that it shows none, all are read.
    let shows_some = sheets.iter().any(|sheet| !sheet.hidden);
    for sheet in sheets {
        if sheet.hidden && shows_some {
            if !sheet.cells.is_empty() {
                remarks.push(remark(
                    NOT_OPENED,
                    sheet,
                    format!("it is hidden, and its {} cells were left out", sheet.cells.len()),
                ));
            }
            *sheet = Sheet { name: std::mem::take(&mut sheet.name), ..Sheet::default() };
            continue;
        }
        remarks.extend(uncalculated(sheet));
        let shown = |row: u32, column: u32| {
            let columns = |(first, last): &(u32, u32)| (*first..=*last).contains(&column);
            !sheet.hidden_rows.contains(&row) && !sheet.hidden_columns.iter().any(columns)
        };
        let errors_shown = sheet.errors.iter().filter(|(row, column, _)| shown(*row, *column)).cloned().collect();
        sheet.errors = errors_shown;
        remarks.extend(errors(sheet));
        if !sheet.struck.is_empty() {
            let words = quoted(sheet.struck.iter().map(String::as_str));
            remarks.push(remark("struck-out", sheet, format!("struck out, and left out: {words}")));
        }
        remarks.extend(hidden(sheet));
    }
    remarks
}

fn remark(code: &str, sheet: &Sheet, what: String) -> Remark {
    Remark { code: code.into(), message: format!("sheet “{}”: {what}", sheet.name), place: None }
}

/// `“a”, “b” and others`.
fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> = words.map(|words| format!("“{words}”")).collect();
    let more = if all.len() > MOST { " and others" } else { "" };
    format!("{}{more}", all[..all.len().min(MOST)].join(", "))
}

/// Takes out what stands in hidden rows and columns.
fn hidden(sheet: &mut Sheet) -> Option<Remark> {
    let columns = |column: u32| sheet.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column));
    let rows = |row: u32| sheet.hidden_rows.contains(&row);
    // The words of a merged cell are shown wherever a part of it is.
    let mut moved = Vec::new();
    for [top, left, bottom, right] in &sheet.merges {
        let shown =
            |at: u32, end: u32, gone: &dyn Fn(u32) -> bool| (at..=end.min(at.saturating_add(10_000))).find(|at| !gone(*at));
        if sheet.cells.contains_key(&(*top, *left))
            && let (Some(row), Some(column)) = (shown(*top, *bottom, &rows), shown(*left, *right, &columns))
            && (row, column) != (*top, *left)
        {
            moved.push(((*top, *left), (row, column)));
        }
    }
    let gone: Vec<(u32, u32)> = sheet.cells.keys().copied().filter(|(row, column)| rows(*row) || columns(*column)).collect();
    let kept: BTreeSet<(u32, u32)> = moved.iter().map(|(from, _)| *from).collect();
    let words: Vec<String> = gone.iter().filter(|place| !kept.contains(*place)).map(|place| text(&sheet.cells[place])).collect();
    let hidden_rows: BTreeSet<u32> = gone.iter().map(|(row, _)| *row).filter(|row| rows(*row)).collect();
    let hidden_columns: BTreeSet<u32> = gone.iter().map(|(_, column)| *column).filter(|column| columns(*column)).collect();
    for (from, to) in &moved {
        if let Some(runs) = sheet.cells.get(from).cloned() {
            sheet.cells.entry(*to).or_insert(runs);
        }
    }
    for (from, to) in &moved {
        for merge in &mut sheet.merges {
            if (merge[0], merge[1]) == *from {
                (merge[0], merge[1]) = *to;
            }
        }
    }
    gone.iter().for_each(|place| {
        sheet.cells.remove(place);
    });
    let names = |of: &BTreeSet<u32>, name: &dyn Fn(u32) -> String| {
        let more = if of.len() > MOST { " and others" } else { "" };
        format!("{}{more}", of.iter().take(MOST).map(|at| name(*at)).collect::<Vec<_>>().join(", "))
    };
    let mut places = Vec::new();
    if !hidden_rows.is_empty() {
        places.push(format!("rows {}", names(&hidden_rows, &|row| (u64::from(row) + 1).to_string())));
    }
    if !hidden_columns.is_empty() {
        places.push(format!("columns {}", names(&hidden_columns, &letters)));
    }
    let what = || {
        let words = quoted(words.iter().map(String::as_str));
        format!(
            "{} are hidden, and their {} cells were left out ({words}); show them, save the file, and read it again if they count",
            places.join(" and "),
            words_of(&gone, &kept)
        )
    };
    (!words.is_empty()).then(|| remark("hidden-cells", sheet, what()))
}

fn words_of(gone: &[(u32, u32)], kept: &BTreeSet<(u32, u32)>) -> usize {
    gone.iter().filter(|place| !kept.contains(*place)).count()
}

fn text(runs: &[Run]) -> String {
    let words: String = runs.iter().map(|run| encoding::decode_run(run.font.as_deref(), &run.text)).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn errors(sheet: &Sheet) -> Option<Remark> {
    let count = sheet.errors.len();
    let names: Vec<String> =
        sheet.errors.iter().take(MOST).map(|(row, column, error)| format!("{} {error}", cell_name(*row, *column))).collect();
    let more = if count > MOST { " and others" } else { "" };
    let message =
        format!("{count} cells show an error and no value, and are empty here ({}{more}); mend their formulas", names.join(", "));
    (count > 0).then(|| remark("error-cells", sheet, message))
}

/// What is to be told of formulas whose value the file does not hold, as programs leave them that write workbooks.
fn uncalculated(sheet: &Sheet) -> Option<Remark> {
    let count = sheet.uncalculated.len();
    let names: Vec<String> = sheet.uncalculated.iter().take(MOST).map(|(row, column)| cell_name(*row, *column)).collect();
    let more = if count > MOST { " and others" } else { "" };
    let message = format!(
        "sheet “{}”: {count} formulas hold no value, and their cells are empty here ({}{more}); open the file in a \
         spreadsheet program, save it, and read it again",
        sheet.name,
        names.join(", ")
    );
    (count > 0).then(|| Remark { code: "formula-without-value".into(), message, place: None })
}

/// `AB12` of row 11 and column 27, which count from 0.
fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), u64::from(row) + 1)
}

/// `AB` of column 27, which counts from 0.
fn letters(column: u32) -> String {
    let mut letters = String::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let mut sheet = Sheet { name: "Biểu 1".into(), ..Sheet::default() };
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*cells) {
                sheet.set(row, column, (*text).to_owned(), None);
            }
        }
        sheet
    }

    fn told(sheets: &mut [Sheet]) -> Vec<String> {
        settle(sheets).into_iter().map(|remark| format!("{}: {}", remark.code, remark.message)).collect()
    }

    #[test]
    fn formulas_without_a_value_are_told() {
        let mut one = sheet(&[&["a", "b"]]);
        assert_eq!(told(&mut [one.clone()]), Vec::<String>::new());
        one.uncalculated = vec![(0, 2), (11, 27)];
        let told = uncalculated(&one).expect("told");
        assert!(told.message.contains("“Biểu 1”: 2 formulas") && told.message.contains("(C1, AB12)"), "{}", told.message);
    }

    #[test]
    fn hidden_rows_and_columns_are_left_out_and_told() {
        let mut one = sheet(&[&["TT", "Chỉ tiêu", "2024", "2025"], &["1", "Hộ nghèo", "5", "4"], &["2", "Nhà tạm", "7", "6"]]);
        one.hidden_rows.insert(2);
        one.hidden_columns.push((2, 2));
        let mut sheets = [one];
        let told = told(&mut sheets);
        let left: Vec<String> = sheets[0].cells.values().map(|runs| text(runs)).collect();
        assert_eq!(left, ["TT", "Chỉ tiêu", "2025", "1", "Hộ nghèo", "4"]);
        assert_eq!(told.len(), 1);
        assert!(
            told[0].contains("rows 3 and columns C are hidden, and their 6 cells") && told[0].contains("“Nhà tạm”"),
            "{told:?}"
        );
    }

    #[test]
    fn a_merged_cell_is_shown_where_a_part_of_it_is() {
        let mut one = sheet(&[&["Lĩnh vực", "a"], &["", "b"], &["", "c"]]);
        one.merges.push([0, 0, 2, 0]);
        one.hidden_rows.insert(0);
        let mut sheets = [one];
        settle(&mut sheets);
        assert_eq!(text(&sheets[0].cells[&(1, 0)]), "Lĩnh vực");
        assert_eq!(sheets[0].merges, [[1, 0, 2, 0]]);
    }

    #[test]
    fn a_hidden_sheet_is_left_out_unless_all_are() {
        let hidden = Sheet { hidden: true, ..sheet(&[&["a", "b"]]) };
        let mut sheets = [sheet(&[&["c"]]), hidden.clone()];
        assert_eq!(told(&mut sheets), ["not-opened: sheet “Biểu 1”: it is hidden, and its 2 cells were left out"]);
        assert!(sheets[1].cells.is_empty());
        let mut sheets = [hidden];
        assert_eq!(told(&mut sheets), Vec::<String>::new());
        assert_eq!(sheets[0].cells.len(), 2);
    }

    #[test]
    fn error_cells_are_told() {
        let one = Sheet { errors: vec![(3, 2, "#DIV/0!".into())], ..sheet(&[&["a"]]) };
        let told = told(&mut [one]);
        assert!(
            told[0].starts_with("error-cells: sheet “Biểu 1”: 1 cells show an error") && told[0].contains("C4 #DIV/0!"),
            "{told:?}"
        );
    }
}
