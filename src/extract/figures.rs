//! Arithmetic inside tables: a column against its total row, a rate against the two cells that it is of, and what a row says of its
//! own result: `Đạt`, `Chưa đạt`.
//!
//! A rate's column does not say which cells it is of; the pair that most rows agree with is the one. Totals over rows of several
//! levels (`I`, `1`, `1.1`) are left alone unless the rows of the top level make them.

use std::collections::HashSet;
use std::ops::Range;

use super::number;
use super::recorder::Extractor;
use super::totals;
use crate::lexicon::ColumnKind;
use crate::record::ledger::Class;
use crate::record::{Number, Ratio, RowOf, Sum, Verdict};
use crate::structure::{Row, Table, marker};
use crate::text::Span;
use crate::words::{Keyword as K, fold};

/// How a total row begins.
const TOTALS: [&str; 8] = ["tổng cộng", "tổng số", "tổng", "cộng", "toàn tỉnh", "toàn huyện", "toàn xã", "toàn thành phố"];

/// Columns whose cells make no total: shares, means, years.
const NO_TOTAL: [&str; 11] = ["%", "tỷ lệ", "tỉ lệ", "bình quân", "mật độ", "năng suất", "điểm", "đơn giá", "năm", "xếp", "stt"];

/// What begins the label of a row or stands in that of a column whose values are not added up.
const RATES: [&str; 9] = ["%", "tỷ lệ", "tỉ lệ", "bình quân", "mật độ", "năng suất", "tốc độ", "đơn giá", "so sánh"];

/// So many columns, and which of them a rate is of can no longer be tried out.
const MOST_COLUMNS: usize = 16;

/// Whether a row's name, folded, is that of a total: `Tổng cộng`, `Cộng`, `Toàn tỉnh`.
pub(super) fn names_total(name: &str) -> bool {
    TOTALS.iter().any(|total| name.strip_prefix(total).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

impl Extractor<'_> {
    /// Reads the arithmetic of one table: totals over the rows under them and shares of two cells are items; a total row of the whole
    /// table is for the checks alone. That a cell adds up does not say what it is, so that one that no reader took stays unread.
    pub(super) fn figures(&mut self, index: usize, table: &Table) {
        let grid = Grid::new(table, self.document.text.as_str());
        let told = self.sums_of_rows(index, table, &grid);
        for (total, parts, column) in grid.totals() {
            let cell = |row: usize, column: usize| table.rows[row].cells[column];
            let Some(stated) = grid.values[total][column] else { continue };
            let values: Vec<f64> = parts.iter().filter_map(|row| grid.values[*row][column]).collect();
            let label = grid.label(total).map(|at| cell(total, at));
            let header = grid.header.map_or(table.columns[column].label, |row| cell(row, column));
            let spans: Vec<Span> =
                [Some(header), label, Some(cell(total, column))].into_iter().flatten().filter(|span| !span.is_empty()).collect();
            let evidence = self.evidence(&spans);
            let holds = super::fact::holds(stated, &values);
            if holds && told.contains(&(total, column)) {
                continue;
            }
            let sum = Sum {
                id: format!("c{}", self.record.mentions.column_totals.len() + 1),
                holds,
                total: Number(stated),
                parts: values.into_iter().map(Number).collect(),
                unit: None,
                section: self.path(table.section),
                paper: 0,
                row: Some(RowOf { table: index, row: total }),
                evidence,
            };
            if !told.contains(&(total, column)) {
                self.record.sums.push(Sum { id: format!("u{}", self.record.sums.len() + 1), ..sum.clone() });
            }
            self.record.mentions.column_totals.push(sum);
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

    /// Tells the rows that are totals of others; gives their rows and columns.
    fn sums_of_rows(&mut self, index: usize, table: &Table, grid: &Grid) -> HashSet<(usize, usize)> {
        let mut told = HashSet::new();
        let lines: Vec<totals::Line> = (0..table.rows.len()).map(|row| grid.line(self, row)).collect();
        for total in totals::find(&lines, table.columns.len()) {
            let value = |(row, at): (usize, usize)| grid.values[row][at];
            let Some(stated) = value((total.row, total.at)) else { continue };
            let parts: Vec<f64> = total.parts.iter().copied().filter_map(value).collect();
            let cell = |(row, at): (usize, usize)| table.rows[row].cells[at];
            let at = total.parts.first().map_or(total.at, |part| part.1);
            let header = grid.header.map_or(table.columns[at].label, |row| cell((row, at)));
            let label = grid.label(total.row).map(|at| cell((total.row, at)));
            let stands = cell((total.row, total.at));
            let spans = [Some(header), label, Some(stands)].into_iter().flatten();
            let spans: Vec<Span> = spans.chain(total.parts.iter().copied().map(cell)).filter(|span| !span.is_empty()).collect();
            let evidence = self.evidence(&spans);
            told.insert((total.row, total.at));
            let unit = grid.unit.map(|at| cell((total.row, at))).and_then(|span| span.slice(self.document.text.as_str()));
            self.record.sums.push(Sum {
                id: format!("u{}", self.record.sums.len() + 1),
                holds: super::fact::holds(stated, &parts),
                total: Number(stated),
                parts: parts.into_iter().map(Number).collect(),
                unit: unit.map(str::trim).filter(|unit| !unit.is_empty()).map(str::to_owned).or_else(|| self.unit_above(table)),
                section: self.path(table.rows[total.row].section),
                paper: 0,
                row: Some(RowOf { table: index, row: total.row }),
                evidence,
            });
        }
        told
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
struct Grid<'a> {
    table: &'a Table,
    /// The column of units.
    unit: Option<usize>,
    /// Whether the values of a column can be added up.
    additive: Vec<bool>,
    labels: Vec<String>,
    /// The row that holds the labels, where they were not known as such.
    header: Option<usize>,
    /// The cells' words, folded.
    words: Vec<Vec<String>>,
    values: Vec<Vec<Option<f64>>>,
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
    fn new(table: &'a Table, text: &str) -> Self {
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
        let values: Vec<Vec<Option<f64>>> = words.iter().map(|row| row.iter().map(numeric).collect()).collect();
        let kind = |at: usize| table.columns[at].kind;
        let additive = |at: usize| {
            let label = &labels[at];
            let rate = kind(at) == Some(ColumnKind::Rate) || RATES.iter().any(|word| label.contains(word));
            // `So sánh 2026 với 2025 (%)` may reach over a column of money beside its own; no rate is in the thousands.
            let (all, large) = values
                .iter()
                .filter_map(|row: &Vec<Option<f64>>| row[at])
                .fold((0, 0), |(all, large), value| (all + 1, large + usize::from(value.abs() >= 1000.0)));
            !matches!(kind(at), Some(ColumnKind::Ordinal | ColumnKind::Unit))
                && (!rate || large * 2 > all)
                && !["tt", "stt"].contains(&label.as_str())
        };
        Self {
            table,
            unit: (0..width).find(|at| kind(*at) == Some(ColumnKind::Unit)),
            additive: (0..width).map(additive).collect(),
            labels,
            header: own,
            values,
            decimals: words.iter().map(|row| row.iter().map(places).collect()).collect(),
            words,
        }
    }

    fn columns(&self) -> Range<usize> {
        0..self.labels.len()
    }

    /// The column of a row's words: its first cell that is no number and no ordinal.
    fn label(&self, row: usize) -> Option<usize> {
        self.columns().find(|at| {
            let word = &self.words[row][*at];
            word.chars().filter(|c| c.is_alphabetic()).count() >= 3
                && self.values[row][*at].is_none()
                && marker::roman(&word.to_uppercase()).is_none()
        })
    }

    /// A row as the sums see it.
    fn line(&self, extractor: &Extractor, row: usize) -> totals::Line {
        let words = &self.words[row];
        let unit = self.unit.map(|at| words[at].clone()).unwrap_or_default();
        let values: Vec<Option<f64>> = self.columns().map(|at| self.values[row][at].filter(|_| self.additive[at])).collect();
        let Some(label) = self.label(row) else { return totals::Line { apart: true, values, ..totals::Line::default() } };
        let text = extractor.document.text.as_str();
        let span = self.table.rows[row].cells[label];
        let written = span.slice(text).unwrap_or_default();
        let tokens = extractor.cut(span);
        // `Bao gồm:`, `Gồm:`, `Trong đó:`.
        let opens = tokens.iter().take(2).any(|token| token.is(K::Include))
            || tokens.first().is_some_and(|first| first.is(K::InTime)) && tokens.get(1).is_some_and(|second| second.is(K::There));
        let colon = opens.then(|| written.find(':')).flatten();
        let rest = colon.map_or(written, |colon| written[colon + 1..].trim_start());
        let empty = values.iter().all(Option::is_none);
        // The ordinal stands in a cell of its own, or before the label.
        let ordinal = (0..label).rev().find_map(|at| {
            let cell = self.table.rows[row].cells[at].slice(text).unwrap_or_default().trim().trim_end_matches(['.', ')', '/']);
            (!cell.is_empty())
                .then(|| marker::parse(&format!("{cell}. a")).or_else(|| marker::parse(&format!("{cell} a"))))
                .flatten()
        });
        let marker = ordinal.or_else(|| marker::parse(rest));
        let words = &words[label];
        totals::Line {
            total: names_total(words),
            lead: opens && empty && rest.trim_end_matches([':', '.']).len() <= if colon.is_some() { 0 } else { written.len() },
            apart: unit.contains('%') || words.contains("(%)") || RATES.iter().any(|rate| words.starts_with(rate)),
            marker,
            unit,
            values,
        }
    }

    fn is_total(&self, row: usize) -> bool {
        self.label(row).is_some_and(|at| names_total(&self.words[row][at]) && self.words[row][at].chars().count() <= 40)
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
                    // What numbers the rows counts nothing.
                    if [count, of].into_iter().any(|at| self.table.columns[at].kind == Some(ColumnKind::Ordinal)) {
                        continue;
                    }
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
