//! Arithmetic inside tables: a column against its total row, a rate against the two cells that it is of, and what a row says of its
//! own result: `Đạt`, `Chưa đạt`.
//!
//! A rate's column does not say which cells it is of; the pair that most rows agree with is the one. Totals over rows of several
//! levels (`I`, `1`, `1.1`) are left alone unless the rows of the top level make them.

use std::ops::Range;

use super::number;
use super::recorder::Extractor;
use super::table_sums;
use crate::lexicon::ColumnKind;
use crate::record::ledger::Class;
use crate::record::{Number, Ratio, RowOf, Sum, Verdict};
use crate::structure::{Row, Table, marker};
use crate::text::Span;
use crate::words::fold;

/// How a total row begins.
const TOTALS: [&str; 8] = ["tổng cộng", "tổng số", "tổng", "cộng", "toàn tỉnh", "toàn huyện", "toàn xã", "toàn thành phố"];

/// Columns whose cells make no total: shares, means, years.
pub(super) const NO_TOTAL: [&str; 11] =
    ["%", "tỷ lệ", "tỉ lệ", "bình quân", "mật độ", "năng suất", "điểm", "đơn giá", "năm", "xếp", "stt"];

/// So many columns, and which of them a rate is of can no longer be tried out.
const MOST_COLUMNS: usize = 16;

impl Extractor<'_> {
    /// Reads the arithmetic of one table: totals over the rows under them and shares of two cells are items; a total row of the whole
    /// table is for the checks alone. That a cell adds up does not say what it is, so that one that no reader took stays unread.
    pub(super) fn figures(&mut self, index: usize, table: &Table) {
        let grid = Grid::new(table, self.document.text.as_str());
        let sums = table_sums::find(&grid);
        let known: Vec<(usize, usize)> = sums.iter().map(|sum| (sum.total, sum.column)).collect();
        self.row_sums(table, &grid, sums);
        for (total, parts, column) in grid.totals().into_iter().filter(|(total, _, column)| !known.contains(&(*total, *column))) {
            let cell = |row: usize, column: usize| table.rows[row].cells[column];
            let Some(stated) = grid.values[total][column] else { continue };
            let values: Vec<f64> = parts.iter().filter_map(|row| grid.values[*row][column]).collect();
            let label = grid.label(total).map(|at| cell(total, at));
            let header = grid.header.map_or(table.columns[column].label, |row| cell(row, column));
            let spans: Vec<Span> =
                [Some(header), label, Some(cell(total, column))].into_iter().flatten().filter(|span| !span.is_empty()).collect();
            let evidence = self.evidence(&spans);
            self.record.mentions.column_totals.push(Sum {
                id: format!("c{}", self.record.mentions.column_totals.len() + 1),
                holds: super::fact::holds(stated, &values),
                total: Number(stated),
                parts: values.into_iter().map(Number).collect(),
                unit: None,
                section: self.path(table.section),
                paper: 0,
                evidence,
            });
        }
        for rate in grid.rates() {
            let cells = &table.rows[rate.row].cells;
            let label = grid.label(rate.row).map(|at| cells[at]);
            let numbers = [cells[rate.of], cells[rate.count], cells[rate.column]];
            let spans: Vec<Span> = label.into_iter().chain(numbers).filter(|span| !span.is_empty()).collect();
            let evidence = self.evidence(&spans);
            // Which cell is of which is known where most rows say so; what only fits the other way round is for the checks alone.
            let inverse = rate.inverse;
            if !inverse {
                self.took(Class::Ratio, &[cells[rate.column]]);
            }
            let section = self.path(table.section);
            let (letter, list) =
                if inverse { ("k", &mut self.record.mentions.cell_rates) } else { ("q", &mut self.record.ratios) };
            list.push(Ratio {
                id: format!("{letter}{}", list.len() + 1),
                numerator: Number(rate.numerator),
                denominator: Number(rate.denominator),
                stated: Number(rate.stated),
                holds: rate.holds,
                section,
                paper: 0,
                evidence,
            });
        }
        self.verdicts(index, table);
    }

    /// What rows say of their own result, in a column that judges.
    fn verdicts(&mut self, index: usize, table: &Table) {
        let text = self.document.text.as_str();
        for (column, heading) in table.columns.iter().enumerate() {
            let label = fold(heading.label.slice(text).unwrap_or_default());
            let judges = ["đánh giá", "mức độ", "ghi chú", "nhận xét", "hoàn thành"].iter().any(|word| label.contains(word));
            if !judges || heading.kind == Some(ColumnKind::Monitor) {
                continue;
            }
            for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| !row.group) {
                let Some(span) = row.cells.get(column).copied().filter(|span| !span.is_empty()) else { continue };
                let words = fold(span.slice(text).unwrap_or_default());
                let reached = match words.trim_matches(['.', ' ', ';']) {
                    "đạt" | "vượt" | "đạt, vượt" | "đạt và vượt" | "hoàn thành" | "đạt kế hoạch" | "vượt kế hoạch" => {
                        true
                    }
                    "không đạt" | "chưa đạt" | "không hoàn thành" | "chưa hoàn thành" | "chưa đạt kế hoạch" => {
                        false
                    }
                    _ => continue,
                };
                let evidence = self.evidence(&[span]);
                let verdict =
                    Verdict { row: RowOf { table: index, row: at }, reached, section: self.path(row.section), evidence };
                self.record.mentions.verdicts.push(verdict);
            }
        }
    }
}

/// A table as numbers.
pub(super) struct Grid<'a> {
    pub(super) table: &'a Table,
    pub(super) text: &'a str,
    pub(super) labels: Vec<String>,
    /// The row that holds the labels, where they were not known as such.
    header: Option<usize>,
    /// The cells' words, folded.
    pub(super) words: Vec<Vec<String>>,
    pub(super) values: Vec<Vec<Option<f64>>>,
    /// Decimals of each number.
    decimals: Vec<Vec<i32>>,
}

/// A rate and the cells that it is of.
struct Rate {
    row: usize,
    column: usize,
    count: usize,
    of: usize,
    numerator: f64,
    denominator: f64,
    stated: f64,
    holds: bool,
    /// Whether it fits the other way round.
    inverse: bool,
}

impl<'a> Grid<'a> {
    fn new(table: &'a Table, text: &'a str) -> Self {
        let width = table.columns.len();
        let cell =
            |row: &Row, at: usize| row.cells.get(at).and_then(|span| span.slice(text)).unwrap_or_default().trim().to_owned();
        let words: Vec<Vec<String>> = table.rows.iter().map(|row| (0..width).map(|at| fold(&cell(row, at))).collect()).collect();
        let bare = |word: &String| word.trim_start_matches(['≥', '≤', '<', '>', ' ']).trim_end_matches(['%', ' ']).to_owned();
        let numeric = |word: &String| {
            let bare = bare(word);
            let unsigned = bare.trim_start_matches(['-', '–', '−']);
            let sign = if unsigned.len() < bare.len() { -1.0 } else { 1.0 };
            let bare = unsigned;
            let digits = bare.starts_with(|c: char| c.is_ascii_digit())
                && bare.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
            digits.then(|| number::parse(bare, word.ends_with('%'))).flatten().map(|value| sign * value)
        };
        let places = |word: &String| {
            let bare = bare(word);
            i32::try_from(bare.split(',').nth(1).map_or(0, str::len)).unwrap_or(0)
        };
        let mut labels: Vec<String> =
            table.columns.iter().map(|column| fold(column.label.slice(text).unwrap_or_default())).collect();
        let mut own = None;
        if labels.iter().all(String::is_empty)
            && let Some(first) = words.first().filter(|first| first.iter().all(|word| numeric(word).is_none()))
        {
            labels.clone_from(first);
            own = Some(0);
        }
        Self {
            table,
            text,
            labels,
            header: own,
            values: words.iter().map(|row| row.iter().map(numeric).collect()).collect(),
            decimals: words.iter().map(|row| row.iter().map(places).collect()).collect(),
            words,
        }
    }

    pub(super) fn columns(&self) -> Range<usize> {
        0..self.labels.len()
    }

    /// The column of a row's words: its first cell that is no number and no ordinal.
    pub(super) fn label(&self, row: usize) -> Option<usize> {
        self.columns().find(|at| {
            let word = &self.words[row][*at];
            word.chars().filter(|c| c.is_alphabetic()).count() >= 3
                && self.values[row][*at].is_none()
                && marker::roman(&word.to_uppercase()).is_none()
        })
    }

    pub(super) fn is_total(&self, row: usize) -> bool {
        self.label(row).is_some_and(|at| {
            TOTALS
                .iter()
                .any(|total| self.words[row][at].strip_prefix(total).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
                && self.words[row][at].chars().count() <= 40
        })
    }

    /// Total rows with the rows and the column that they are of.
    fn totals(&self) -> Vec<(usize, Vec<usize>, usize)> {
        let rows = self.table.rows.len();
        let totals: Vec<usize> = (0..rows).filter(|row| self.is_total(*row)).collect();
        let [total] = totals[..] else { return Vec::new() };
        let from = self.header.map_or(0, |row| row + 1);
        let below = total == from;
        if !below && total + 1 != rows {
            return Vec::new();
        }
        let parts: Vec<usize> = (from..rows).filter(|row| *row != total && !self.table.rows[*row].group).collect();
        let ordinal = |row: usize| self.words[row].first().map(|word| word.trim_end_matches('.').to_owned()).unwrap_or_default();
        let top = |row: &usize| {
            let word = ordinal(*row).to_uppercase();
            marker::roman(&word).is_some() || word.len() == 1 && word.chars().all(|c| c.is_ascii_uppercase())
        };
        let levels = parts.iter().any(top)
            || parts.iter().any(|row| ordinal(*row).contains(['.', '-', '+']))
            || parts.iter().any(|row| ordinal(*row).is_empty()) && parts.iter().any(|row| !ordinal(*row).is_empty());
        let mut found = Vec::new();
        for column in self.columns() {
            let ordinals = self.table.columns[column].kind == Some(ColumnKind::Ordinal) || self.labels[column] == "tt";
            if ordinals || NO_TOTAL.iter().any(|word| self.labels[column].contains(word)) {
                continue;
            }
            let Some(stated) = self.values[total][column] else { continue };
            let empty = |row: &usize| matches!(self.words[*row][column].as_str(), "" | "-" | "–" | "0");
            if !parts.iter().all(|row| empty(row) || self.values[*row][column].is_some()) {
                continue;
            }
            let of = |rows: &[usize]| rows.iter().filter_map(|row| self.values[*row][column]).collect::<Vec<f64>>();
            let chosen: Vec<usize> = if levels { parts.iter().copied().filter(top).collect() } else { parts.clone() };
            let values = of(&chosen);
            let meant = super::fact::near(stated, &values);
            // Rows of several levels prove nothing where they do not make the total.
            if meant && (!levels || super::fact::holds(stated, &values)) {
                found.push((total, chosen, column));
            }
        }
        found
    }

    /// The rates of each column that says so, by the pair of columns that most rows agree with.
    fn rates(&self) -> Vec<Rate> {
        let mut found = Vec::new();
        // Every pair of columns is tried; a sheet of a hundred columns is no table of plan and result.
        if self.labels.len() > MOST_COLUMNS {
            return found;
        }
        for column in self.columns() {
            let label = &self.labels[column];
            let rated = self.table.columns[column].kind == Some(ColumnKind::Rate) || label.contains('%');
            if !rated {
                continue;
            }
            let planned = ["kế hoạch", "kh", "hoàn thành", "thực hiện"].iter().any(|word| label.contains(word));
            let mut best: Option<(bool, Vec<Rate>)> = None;
            for count in self.columns().filter(|at| *at != column) {
                for of in self.columns().filter(|at| *at != column && *at != count) {
                    let rows: Vec<Rate> =
                        (0..self.table.rows.len()).filter_map(|row| self.rate(row, column, count, of)).collect();
                    let holding = rows.iter().filter(|rate| rate.holds).count();
                    let kinds = (self.table.columns[count].kind, self.table.columns[of].kind);
                    let told = planned && kinds == (Some(ColumnKind::Actual), Some(ColumnKind::Target));
                    let sure = holding >= 3 && holding * 5 >= rows.len() * 3 || told && holding >= 2 && holding * 2 >= rows.len();
                    // Which of two cells is of which is told by their labels first, then by what fits without turning it round.
                    let direct = |rows: &[Rate]| rows.iter().filter(|rate| rate.holds && !rate.inverse).count();
                    let rank = |told: bool, rows: &[Rate]| (rows.iter().filter(|rate| rate.holds).count(), told, direct(rows));
                    let better = best.as_ref().is_none_or(|(other, best)| rank(told, &rows) > rank(*other, best));
                    if sure && better {
                        best = Some((told, rows));
                    }
                }
            }
            found.extend(best.into_iter().flat_map(|(_, rows)| rows));
        }
        found
    }

    fn rate(&self, row: usize, column: usize, count: usize, of: usize) -> Option<Rate> {
        let (stated, numerator, denominator) = (self.values[row][column]?, self.values[row][count]?, self.values[row][of]?);
        if denominator <= 0.0 || self.table.rows[row].group {
            return None;
        }
        let slack = 10_f64.powi(-self.decimals[row][column]);
        let fits = |one: f64, other: f64| other > 0.0 && (one / other * 100.0 - stated).abs() < slack;
        // What should stay small is told the other way round.
        let direct = fits(numerator, denominator);
        let inverse = !direct && fits(denominator, numerator);
        Some(Rate { row, column, count, of, numerator, denominator, stated, holds: direct || inverse, inverse })
    }
}
