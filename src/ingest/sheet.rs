//! Workbooks → the source text: each sheet that holds anything, one row a line, cells parted by tabs.
//!
//! Above the table of a sheet stand a head and a title (`BIỂU CHỈ TIÊU …`), below it notes and a
//! signature; they are lines, not rows. In the table, a cell merged over rows is said in each
//! row, the labels of a header of two lines once. Rows and columns without any word are left out.
//! Tables side by side, parted by an empty column, are written one after the other, as are tables
//! below each other, parted by an empty row ([`parts`]).

pub(super) mod format;
pub(super) mod ods;
mod parts;
mod seen;
pub(super) mod xls;
pub(super) mod xlsx;
pub(super) mod xml2003;

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Run;
use super::encoding::Survey;
use super::render::{push_decoded, push_lines, raised_text};
pub(super) use seen::settle;

/// The most cells that are read from a workbook.
pub(super) const MOST_CELLS: usize = 2_000_000;

/// A sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// The cells that hold something, by row and column.
    pub(super) cells: BTreeMap<(u32, u32), Vec<Run>>,
    /// Merged ranges: first row and column, last row and column.
    pub(super) merges: Vec<[u32; 4]>,
    /// Rows and columns of formulas whose value the file does not hold.
    pub(super) uncalculated: Vec<(u32, u32)>,
    /// Cells that show an error (`#DIV/0!`), which is no value.
    pub(super) errors: Vec<(u32, u32, String)>,
    /// Words that are struck out, which are no longer meant: they are in no cell.
    pub(super) struck: Vec<String>,
    /// The sheet is not shown.
    pub(super) hidden: bool,
    /// Rows that are not shown.
    pub(super) hidden_rows: BTreeSet<u32>,
    /// First and last of columns that are not shown.
    pub(super) hidden_columns: Vec<(u32, u32)>,
}

/// A piece of a cell's text that looks the same throughout.
#[derive(Clone, Debug)]
pub(super) struct Rich<'a> {
    pub(super) text: &'a str,
    pub(super) font: Option<String>,
    pub(super) struck: bool,
    pub(super) raised: bool,
}

impl Sheet {
    /// Sets a cell of one font.
    #[cfg(test)]
    pub(super) fn set(&mut self, row: u32, column: u32, text: String, font: Option<String>) {
        if !text.is_empty() {
            self.cells.insert((row, column), vec![Run { text, font, ..Run::default() }]);
        }
    }

    /// Sets a cell of several pieces: what is struck out is left out, and a raised number is a note's mark (`95²` is 95).
    pub(super) fn set_rich<'a>(&mut self, row: u32, column: u32, pieces: impl Iterator<Item = Rich<'a>>) {
        let runs = self.rich(pieces);
        if runs.iter().any(|run| !run.text.trim().is_empty()) {
            self.cells.insert((row, column), runs);
        }
    }

    /// What is shown of the pieces of a cell; the sheet takes note of what is struck out.
    fn rich<'a>(&mut self, pieces: impl Iterator<Item = Rich<'a>>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for piece in pieces {
            if piece.struck {
                if !piece.text.trim().is_empty() {
                    self.struck.push(piece.text.trim().to_owned());
                }
                continue;
            }
            let before = runs.last().map_or("", |run| run.text.as_str());
            let raised = if piece.raised { raised_text(before, piece.text) } else { None };
            match raised {
                Some(text) => runs.push(Run { text, ..Run::default() }),
                None => runs.push(Run { text: piece.text.to_owned(), font: piece.font, ..Run::default() }),
            }
        }
        runs
    }
}

/// The text of a workbook, and the name of its encoding.
pub(super) fn render(sheets: &[Sheet]) -> (String, &'static str) {
    let mut survey = Survey::default();
    let runs = sheets.iter().flat_map(|sheet| sheet.cells.values().flatten());
    for run in runs {
        survey.observe(run.font.as_deref(), &run.text);
    }
    let written: Vec<(&str, String)> =
        sheets.iter().map(|sheet| (sheet.name.as_str(), lines(sheet, &survey))).filter(|(_, text)| !text.is_empty()).collect();
    let mut out = String::new();
    for (name, text) in &written {
        if written.len() > 1 {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str("# ");
            push_decoded(&mut out, &survey, &Run { text: (*name).to_owned(), ..Run::default() });
            out.push('\n');
        }
        out.push_str(text);
    }
    (out, survey.name())
}

fn lines(sheet: &Sheet, survey: &Survey) -> String {
    let mut texts: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for (place, runs) in &sheet.cells {
        let mut text = String::new();
        for run in runs {
            push_decoded(&mut text, survey, run);
        }
        let mut lines = String::new();
        push_lines(&mut lines, &text);
        let text = lines;
        if !text.is_empty() {
            texts.insert(*place, text);
        }
    }
    let table = Region::of(&texts, &sheet.merges);
    // A cell merged over rows of the table is said in each; ranges of a damaged file may cover anything.
    let mut budget = MOST_CELLS;
    for [top, left, bottom, _] in &sheet.merges {
        let Some(text) = texts.get(&(*top, *left)).cloned() else { continue };
        let inside = top.saturating_add(1).max(table.data)..bottom.saturating_add(1).min(table.end);
        for row in inside.take(budget.min(10_000)) {
            budget -= 1;
            texts.entry((row, *left)).or_insert_with(|| text.clone());
        }
    }
    let mut rows: BTreeMap<u32, Vec<(u32, &str)>> = BTreeMap::new();
    for ((row, column), text) in &texts {
        rows.entry(*row).or_default().push((*column, text));
    }
    let parts = parts::find(&rows, |row| table.holds(row), &sheet.merges);
    let mut out = String::new();
    let mut written = None;
    // Rows and parts both come from the top.
    let mut first = 0;
    for (row, cells) in &rows {
        while parts.get(first).is_some_and(|part| part.rows.end <= *row) {
            first += 1;
        }
        let Some(part) = parts.get(first).filter(|part| part.rows.contains(row)) else {
            // Issuer and motto side by side, or one title: no row.
            let line: Vec<&str> = cells.iter().map(|(_, text)| *text).collect();
            out.push_str(&line.join("    "));
            out.push('\n');
            continue;
        };
        let block = &part.rows;
        if written.as_ref() == Some(block) {
            continue;
        }
        if written.replace(block.clone()).is_some() {
            out.push('\n');
        }
        for (index, part) in parts[first..].iter().take_while(|part| part.rows == *block).enumerate() {
            if index > 0 {
                out.push('\n');
            }
            for (_, cells) in rows.range(part.rows.clone()) {
                let inside: BTreeMap<u32, &str> =
                    cells.iter().copied().filter(|(column, _)| part.columns.contains(column)).collect();
                if inside.is_empty() {
                    continue;
                }
                let line: Vec<&str> = part.columns.iter().map(|column| inside.get(column).copied().unwrap_or_default()).collect();
                out.push_str(&line.join("\t"));
                out.push('\n');
            }
        }
    }
    out
}

/// The rows of a sheet's table: from its header to the last row of several cells.
#[derive(Clone, Copy, Debug, Default)]
struct Region {
    start: u32,
    /// The first row under the header.
    data: u32,
    end: u32,
}

impl Region {
    fn of(texts: &BTreeMap<(u32, u32), String>, merges: &[[u32; 4]]) -> Self {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (row, _) in texts.keys() {
            *counts.entry(*row).or_default() += 1;
        }
        let widest = counts.values().copied().max().unwrap_or_default();
        if widest < 2 {
            return Self::default();
        }
        let least = widest.min(3);
        let Some(start) = counts.iter().find(|(_, count)| **count >= least).map(|(row, _)| *row) else { return Self::default() };
        let last = counts.iter().rev().find(|(row, count)| **count >= 2 && **row >= start).map_or(start, |(row, _)| *row);
        let height = merges
            .iter()
            .filter(|[top, left, bottom, _]| *top == start && bottom > top && texts.contains_key(&(*top, *left)))
            .map(|[_, _, bottom, _]| bottom.saturating_add(1))
            .max();
        Self {
            start,
            data: height.filter(|data| *data <= start.saturating_add(5)).unwrap_or(start.saturating_add(1)),
            end: last.saturating_add(1),
        }
    }

    fn holds(self, row: u32) -> bool {
        (self.start..self.end).contains(&row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
        let mut sheet = Sheet { name: name.into(), ..Sheet::default() };
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                sheet.set(row as u32, column as u32, (*text).to_owned(), None);
            }
        }
        sheet
    }

    #[test]
    fn the_header_is_found_wherever_it_stands() {
        let mut one = sheet(
            "Biểu 1",
            &[
                &["UBND TỈNH", "", "", "CỘNG HÒA XÃ HỘI"],
                &["BIỂU CHỈ TIÊU"],
                &[],
                &["TT", "Chỉ tiêu", "", "Kế hoạch", "", "Chủ trì"],
                &["", "", "", "2024", "2025", ""],
                &["1", "Hộ\nnghèo", "", "5,2", "4,1", "Sở NN&MT"],
                &["2", "Xã đạt chuẩn", "", "7", "9"],
                &["Ghi chú: số ước"],
            ],
        );
        one.merges = vec![[3, 0, 4, 0], [3, 1, 4, 2], [3, 3, 3, 4], [3, 5, 4, 5], [5, 5, 6, 5]];
        assert_eq!(
            render(&[one.clone()]).0,
            "UBND TỈNH    CỘNG HÒA XÃ HỘI\nBIỂU CHỈ TIÊU\nTT\tChỉ tiêu\tKế hoạch\t\tChủ trì\n\t\t2024\t2025\t\n1\tHộ    nghèo\t5,2\t4,1\tSở NN&MT\n2\tXã đạt chuẩn\t7\t9\tSở NN&MT\nGhi chú: số ước\n"
        );
        let text = render(&[one, Sheet::default(), sheet("Biểu 2", &[&["a", "b"]])]).0;
        assert!(text.starts_with("# Biểu 1\nUBND") && text.ends_with("\n\n# Biểu 2\na\tb\n"), "{text}");
    }
}
