//! The labels of a table: in one row or several, over one column or several.

use std::ops::Range;

use super::rows::join_rows;
use super::{Cell, RawColumn, RawTable, Row, cell_text, column_kind, is_rule, settle_kinds, tokens_of};
use crate::lexicon::{ColumnKind, Lexicon};
use crate::normalize::Lines;

/// Most rows before the labels: a title, a unit, an empty one.
const BEFORE: usize = 4;
/// Longest label of a second row, in bytes.
const LABEL: usize = 120;

/// Builds a table of these rows; `labelled` says that it is none without labels.
pub(super) fn built(
    lines: &Lines,
    range: Range<usize>,
    mut rows: Vec<Row>,
    lexicon: &Lexicon,
    labelled: bool,
) -> Option<RawTable> {
    let width = rows.iter().map(Vec::len).max()?;
    if width < 2 || rows.len() < 2 {
        return None;
    }
    rows.retain(|row| !is_rule(row, lines));
    for row in &mut rows {
        row.resize(width, Cell::new());
    }
    let header = (0..rows.len().min(BEFORE)).find(|at| {
        let row = &rows[*at];
        let labelled = row.iter().filter(|cell| lexicon.columns.at(&tokens_of(lines, lexicon, cell), 0).is_some()).count();
        labelled >= 2 || labelled == 1 && (width == 2 || heads_numbers(lines, row, &rows[at + 1..]))
    });
    if labelled && header.is_none() {
        return None;
    }
    let mut labels: Vec<Row> = Vec::new();
    let mut data = rows;
    if let Some(header) = header {
        labels.extend(data.drain(..=header).skip(header));
        let mut numbered = false;
        while let Some(row) = data.first().filter(|_| !numbered) {
            if numbers_columns(row, lines) {
                // The row that numbers the columns is the header's last.
                numbered = true;
                data.remove(0);
            } else if let Some(row) = goes_on(lines, &labels, row) {
                labels.push(row);
                data.remove(0);
            } else {
                break;
            }
        }
    }
    gather(&labels, &mut data);
    let mut columns: Vec<RawColumn> = (0..width).map(|column| labelled_column(lines, lexicon, &labels, column)).collect();
    settle_kinds(&mut columns);
    units_by_cells(lines, lexicon, &mut columns, &data);
    let rows = join_rows(lines, data, &labels, &columns);
    (!rows.is_empty()).then_some(RawTable { lines: range, columns, rows })
}

/// Whether a row is of words alone, over columns of numbers: `STT | Đơn vị | Số hộ thoát nghèo (hộ) | Diện tích trồng rừng (ha)`.
fn heads_numbers(lines: &Lines, row: &Row, below: &[Row]) -> bool {
    let begins = |cell: &Cell, test: fn(char) -> bool| cell_text(lines, cell).starts_with(test);
    let words = row.iter().filter(|cell| begins(cell, char::is_alphabetic)).count();
    let counts = |at: usize| {
        let filled = || below.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
        let numbers = filled().filter(|cell| begins(cell, |c| c.is_ascii_digit())).count();
        numbers >= 2 && numbers * 4 >= filled().count() * 3
    };
    words >= 3 && words == row.len() && (1..row.len()).any(counts)
}

/// `Đơn vị` over `ha`, `%`, `hộ` says units; over `Xã An Bình` it would say whose the values are. Where no label names units, a column
/// whose cells are all units holds them.
fn units_by_cells(lines: &Lines, lexicon: &Lexicon, columns: &mut [RawColumn], data: &[Row]) {
    if columns.iter().any(|column| column.kind == Some(ColumnKind::Unit)) {
        return;
    }
    let is_unit = |cell: &Cell| {
        let tokens = tokens_of(lines, lexicon, cell);
        cell_text(lines, cell) == "%" || lexicon.is_unit(&tokens)
    };
    let holds = |at: usize| {
        let cells = || data.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
        let units = cells().filter(|cell| is_unit(cell)).count();
        units >= 2 && units == cells().count()
    };
    let free = |column: &RawColumn| matches!(column.kind, None | Some(ColumnKind::Detail | ColumnKind::Lead));
    if let Some(at) = (1..columns.len()).find(|at| free(&columns[*at]) && !columns[*at].label.is_empty() && holds(*at)) {
        columns[at].kind = Some(ColumnKind::Unit);
    }
}

/// A label that reaches over several columns, in each row of which at most one is filled, as where other rows join their cells another
/// way: the values are its column's, the first.
fn gather(labels: &[Row], data: &mut [Row]) {
    let [_, below @ ..] = labels else { return };
    let Some(last) = below.last() else { return };
    let nameless = |at: usize| labels.iter().all(|row| row.get(at).is_none_or(Vec::is_empty));
    let mut at = 0;
    while at < last.len() {
        let start = at;
        at += 1;
        if last[start].is_empty() {
            continue;
        }
        while at < last.len() && nameless(at) {
            at += 1;
        }
        let filled = |row: &Row| row[start..at].iter().filter(|cell| !cell.is_empty()).count();
        if at - start < 2 || data.iter().any(|row| filled(row) > 1) {
            continue;
        }
        for row in data.iter_mut() {
            if let Some(found) = (start + 1..at).find(|at| !row[*at].is_empty()) {
                row.swap(start, found);
            }
        }
    }
}

/// A further row of labels, below those of `labels`: nothing is numbered yet, and it says something where the first row does
/// not. Labels that a format repeats in each cell they reach into are said once.
fn goes_on(lines: &Lines, labels: &[Row], row: &Row) -> Option<Row> {
    let first = labels.first()?;
    let text = |cell: &Cell| cell.iter().map(|part| lines.text.slice(part.span)).collect::<Vec<_>>().join(" ");
    let repeated = !row[0].is_empty() && text(&row[0]) == text(&first[0]);
    let below: Row = row
        .iter()
        .zip(first)
        .map(|(cell, above)| if repeated && text(cell) == text(above) { Cell::new() } else { cell.clone() })
        .collect();
    let filled = below.iter().filter(|cell| !cell.is_empty()).count();
    let short = below.iter().all(|cell| cell.iter().map(|part| part.span.len()).sum::<usize>() <= LABEL);
    let over = |at: usize| {
        first[at].is_empty()
            || repeated && at > 0 && text(&first[at]) == text(&first[at - 1])
            || labels.len() > 1 && labels[labels.len() - 1][at].is_empty()
    };
    // `10.367.700` is a value, `2026` and `6 tháng` are none.
    let value = |cell: &Cell| {
        let text = text(cell);
        let number = text.trim_start_matches(['-', '<', '>', '≥', '≤', ' ']);
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ' | '-'))
            && !(number.len() == 4 && number.starts_with("20"))
    };
    if below.iter().any(value) {
        return None;
    }
    let opens = (0..below.len()).any(|at| !below[at].is_empty() && over(at));
    (below[0].is_empty() && filled >= 2 && short && opens).then_some(below)
}

/// A column's labels from the topmost down, one that stands over several columns in each of them, and what the column holds.
fn labelled_column(lines: &Lines, lexicon: &Lexicon, labels: &[Row], column: usize) -> RawColumn {
    let mut levels: Vec<&Cell> = Vec::new();
    let text = |row: usize, at: usize| cell_text(lines, &labels[row][at]);
    let below = |row: usize, at: usize| labels[row + 1..].iter().any(|row| !row[at].is_empty());
    for row in 0..labels.len() {
        let own = &labels[row][column];
        let said_before = column > 0 && !own.is_empty() && below(row, column) && text(row, column) == text(row, column - 1);
        if !own.is_empty() && !said_before {
            levels.push(own);
        } else if below(row, column)
            && let Some(over) = (0..column).rev().find(|at| !labels[row][*at].is_empty())
            && (over..column).all(|at| below(row, at) || labels.iter().all(|row| row[at].is_empty()))
        {
            levels.push(&labels[row][over]);
        }
    }
    let kind = kind_of(lines, lexicon, &levels);
    let (own, above) = levels.split_last().map_or((None, &[][..]), |(own, above)| (Some(own), above));
    let mut label: Cell = above.iter().flat_map(|cell| cell.iter().copied()).collect();
    let above = label.len();
    label.extend(own.into_iter().flat_map(|cell| cell.iter().copied()));
    RawColumn { label, above, kind }
}

/// What a column holds: what its own label says, else the nearest above that says something of values.
fn kind_of(lines: &Lines, lexicon: &Lexicon, levels: &[&Cell]) -> Option<ColumnKind> {
    let kind = |cell: &Cell| column_kind(lexicon, &tokens_of(lines, lexicon, cell), cell_text(lines, cell).trim());
    let (own, above) = levels.split_last()?;
    if above.is_empty() {
        return kind(own);
    }
    // `So sánh năm 2026 với ước thực hiện năm 2025` over `Dự toán | Ước thực hiện`.
    if above.iter().any(|cell| kind(cell) == Some(ColumnKind::Rate)) {
        return Some(ColumnKind::Rate);
    }
    if let Some((_, known)) = lexicon.columns.at(&tokens_of(lines, lexicon, own), 0) {
        return Some(*known);
    }
    // `Thực hiện năm 2025` over `6 tháng đầu năm | Cả năm`.
    let value = |kind: &ColumnKind| matches!(kind, ColumnKind::Target | ColumnKind::Actual | ColumnKind::Base);
    let over = above.iter().rev().find_map(|cell| kind(cell).filter(value));
    over.or_else(|| kind(own)).or_else(|| above.iter().rev().find_map(|cell| kind(cell)))
}

/// `1 | 2 | 3`, `(1) | (2) | (3)`, `A | B | 1`, `1 | 2 | 3=1+2`: a row that numbers the columns.
pub(super) fn numbers_columns(cells: &[Cell], lines: &Lines) -> bool {
    let core =
        |cell: &Cell| cell_text(lines, cell).split('=').next().unwrap_or_default().trim_matches(['(', ')', ' ']).to_owned();
    let texts: Vec<String> = cells.iter().map(core).collect();
    let empty = texts.iter().filter(|text| text.is_empty()).count();
    let numbers: Vec<u32> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    texts.len() >= 3
        && empty <= 1
        && texts.iter().all(|text| text.len() <= 2)
        && numbers.len() + empty + 2 >= texts.len()
        && numbers.windows(2).all(|two| two[1] == two[0] + 1)
        && numbers.len() >= 2
}
