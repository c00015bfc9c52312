//! Tables: rows of cells from a [`Grid`] and the words in it, and how a table goes on
//! on the next page.

use super::glyphs::{Page, Turn};
use super::lines::{join, lines, text, turned_lines};
use super::ruling::{Cell, Grid};

/// A table, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// Left edges of the columns, and the right edge of the last.
    pub(super) xs: Vec<f32>,
    /// Its rows, the header first, each with one text a column.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the first row names the columns.
    pub(super) headed: bool,
    /// Whether it was read without lines, from the gaps between its columns.
    pub(super) bare: bool,
    /// Its empty cells of several rows.
    pub(super) hollows: Vec<Hollow>,
}

/// An empty cell of several rows. At the top of a page it is the rest of a cell of the page before: the lead agency's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hollow {
    row: usize,
    column: usize,
    /// How many of the table's rows it covers.
    rows: usize,
}

/// Whether a text heads the column of ordinal numbers.
pub(super) fn is_ordinal_label(text: &str) -> bool {
    // The longest has seven letters: of a paragraph only the first eight are looked at.
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).take(8).flat_map(char::to_lowercase).collect();
    matches!(letters.as_str(), "stt" | "tt" | "sốtt" | "sốthứtự" | "thứtự")
}

/// Whether a text is the number or letter of a row: `1`, `II`, `2.1`, `a)`, `-`.
fn is_ordinal(text: &str) -> bool {
    let core = text.trim_matches(['.', ')', '(', '-', '+', '*', '/']);
    core.len() <= 6 && core.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || b"IVXLC".contains(&byte))
        || core.len() == 1 && core.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The marker of a group row that is one cell over all columns, and what stands behind: `II. Kinh tế` → `II.`, `Kinh tế`.
fn group_marker(text: &str) -> Option<(&str, &str)> {
    let (marker, rest) = text.split_once(' ')?;
    let core = marker.trim_end_matches(['.', ')', '/', ':', '-']);
    let roman = !core.is_empty() && core.len() <= 6 && core.bytes().all(|byte| b"IVXL".contains(&byte));
    let letter = core.len() == 1 && core.bytes().all(|byte| byte.is_ascii_uppercase());
    let number = core.len() <= 4 && core.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && core != marker;
    (roman || letter && core != marker || number && !core.is_empty()).then_some((marker, rest.trim_start()))
}

/// The number or label of a row that a narrow column has cut: `I I` is `II`, `S TT` is `STT`, `1 0` is `10`.
pub(super) fn unbroken(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(' ').collect();
    let whole = parts.concat();
    let roman = !whole.is_empty() && whole.len() <= 6 && whole.bytes().all(|byte| b"IVXL".contains(&byte));
    let number = whole.len() <= 3 && whole.bytes().all(|byte| byte.is_ascii_digit());
    let label = is_ordinal_label(&whole) && whole.chars().all(char::is_uppercase);
    let cut = parts.len() > 1 && parts.iter().all(|part| part.chars().count() <= 2);
    (cut && (roman || number || label)).then_some(whole)
}

/// The words of a cell, its lines joined.
fn cell_text(page: &Page, chunks: &[usize]) -> String {
    let level: Vec<usize> = chunks.iter().copied().filter(|index| page.chunks[*index].turn == Turn::Level).collect();
    let mut read = lines(page, level);
    for turn in [Turn::Up, Turn::Down] {
        if chunks.iter().any(|index| page.chunks[*index].turn == turn) {
            read.extend(turned_lines(page, chunks, turn));
        }
    }
    let mut out = String::new();
    for line in &read {
        join(&mut out, 0, &text(page, line));
    }
    out
}

/// Reads a ruled table; `cells` holds the chunks of each cell of the grid.
pub(super) fn ruled(page: &Page, grid: &Grid, cells: &[Vec<usize>]) -> Option<Table> {
    let mut texts: Vec<String> = cells.iter().map(|chunks| cell_text(page, chunks)).collect();
    for (cell, text) in grid.cells.iter().zip(&mut texts).filter(|(cell, _)| cell.column == 0) {
        if cell.columns < grid.columns()
            && let Some(whole) = unbroken(text)
        {
            *text = whole;
        }
    }
    let (rows, columns) = (grid.rows(), grid.columns());
    let field = |row: usize, column: usize| grid.fields[row * columns + column];
    let mut table = Table { xs: grid.xs.clone(), ..Table::default() };
    let header = header_depth(grid, &texts);
    if header > 1 {
        // Labels over several columns belong to each: `Năm 2025` over `Kế hoạch`, `Thực hiện`.
        let mut labels = vec![String::new(); columns];
        for (column, label) in labels.iter_mut().enumerate() {
            let mut above = usize::MAX;
            for row in 0..header {
                let cell = field(row, column);
                if cell != above {
                    join(label, 0, &texts[cell]);
                }
                above = cell;
            }
        }
        table.rows.push(labels);
        table.headed = true;
    }
    let mut last: Vec<usize> = Vec::new();
    // The row of the grid that each row was read from.
    let mut read: Vec<usize> = vec![0; table.rows.len()];
    for row in header..rows {
        let filled: Vec<usize> = (0..columns).map(|column| field(row, column)).filter(|cell| !texts[*cell].is_empty()).collect();
        // A strip between two lines that holds nothing but what spans it.
        if filled.is_empty() || filled.iter().all(|cell| last.contains(cell)) {
            continue;
        }
        let mut texts_of_row = vec![String::new(); columns];
        let whole = grid.cells[field(row, 0)].columns == columns;
        if let Some((marker, rest)) = group_marker(&texts[filled[0]]).filter(|_| whole) {
            marker.clone_into(&mut texts_of_row[0]);
            rest.clone_into(&mut texts_of_row[1]);
        } else {
            for (column, text) in texts_of_row.iter_mut().enumerate() {
                let cell = field(row, column);
                if grid.cells[cell].column == column {
                    text.clone_from(&texts[cell]);
                }
            }
        }
        table.rows.push(texts_of_row);
        read.push(row);
        last = filled;
    }
    if !table.headed {
        table.headed = table.rows.first().is_some_and(|row| is_header(row));
    }
    drop_empty_columns(&mut table);
    table.hollows = hollows(grid, &texts, &read, &table.xs);
    (!table.rows.is_empty()).then_some(table)
}

/// The empty cells of several rows; `read` holds the grid's row of each row of the table, `xs` the table's columns.
fn hollows(grid: &Grid, texts: &[String], read: &[usize], xs: &[f32]) -> Vec<Hollow> {
    let hollow = |(cell, text): (&Cell, &String)| {
        let covered = |row: &&usize| (cell.row..cell.row + cell.rows).contains(*row);
        let rows = read.iter().filter(covered).count();
        let row = read.iter().position(|row| covered(&row))?;
        let column = xs.iter().position(|edge| *edge == grid.xs[cell.column])?;
        (text.is_empty() && rows > 1 && cell.columns == 1).then_some(Hollow { row, column, rows })
    };
    grid.cells.iter().zip(texts).filter_map(hollow).collect()
}

/// How many rows of the grid the header takes, where its first cell spans them.
fn header_depth(grid: &Grid, texts: &[String]) -> usize {
    let Some(first) = grid.fields.first().map(|cell| grid.cells[*cell]) else {
        return 0;
    };
    let label = &texts[grid.fields[0]];
    let named = label.chars().any(char::is_alphabetic) && !is_ordinal(label);
    // Some row of the header must name more columns than the spanning cells do.
    if first.rows > 1 && first.rows <= 4 && first.rows < grid.rows() && named && first.columns < grid.columns() {
        first.rows
    } else {
        0
    }
}

fn is_header(row: &[String]) -> bool {
    let filled = row.iter().filter(|cell| !cell.is_empty()).count();
    row.first().is_some_and(|cell| is_ordinal_label(cell))
        || filled == row.len()
            && filled >= 2
            && row.iter().all(|cell| !is_ordinal(cell) && cell.chars().count() <= 60 && !cell.ends_with(['.', ';']))
}

/// Leaves out columns in which nothing stands: strips between two lines.
fn drop_empty_columns(table: &mut Table) {
    let columns = table.xs.len().saturating_sub(1);
    for column in (0..columns).rev() {
        let narrow = table.xs[column + 1] - table.xs[column] < 12.0;
        if narrow && table.rows.iter().all(|row| row[column].is_empty()) && table.xs.len() > 3 {
            for row in &mut table.rows {
                row.remove(column);
            }
            table.xs.remove(if column == 0 { 0 } else { column + 1 });
        }
    }
}

/// How far the same edge may stand elsewhere on the next page.
const SHIFT: f32 = 5.0;

/// For each column of `part`, the column of `whole` that it is; `None` where the edges differ.
fn placed(part: &[f32], whole: &[f32]) -> Option<Vec<usize>> {
    let (first, start) = (*part.first()?, *whole.first()?);
    // Pages may have mirrored margins: what counts is the distance from the table's left edge.
    let at = |edge: f32| whole.iter().position(|other| ((other - start) - (edge - first)).abs() <= SHIFT);
    let places: Option<Vec<usize>> = part.iter().map(|edge| at(*edge)).collect();
    let places = places?;
    let whole_width = places.first() == Some(&0) && places.last() == Some(&(whole.len() - 1));
    (whole_width && places.windows(2).all(|two| two[0] < two[1])).then_some(places)
}

impl Table {
    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// Spreads the rows over the finer columns of `xs`, where it is the same table; gives whether it is.
    fn spread(&mut self, xs: &[f32]) -> bool {
        let Some(places) = placed(&self.xs, xs) else {
            return false;
        };
        for row in &mut self.rows {
            let mut spread = vec![String::new(); xs.len() - 1];
            for (cell, place) in row.drain(..).zip(&places) {
                spread[*place] = cell;
            }
            *row = spread;
        }
        for hollow in &mut self.hollows {
            hollow.column = places.get(hollow.column).copied().unwrap_or(hollow.column);
        }
        self.xs = xs.to_vec();
        true
    }

    /// Whether `next`, at the top of the next page, goes on with this table, whose parts so far are `parts`,
    /// this one the last. Then its repeated header is gone, and the row that the page cut is whole in `parts`.
    pub(super) fn go_on(parts: &mut [&mut Table], next: &mut Table) -> bool {
        let Some(known) = parts.last().map(|last| last.xs.clone()) else {
            return false;
        };
        let header: Vec<Vec<String>> = parts[0].rows.iter().take(4).cloned().collect();
        let same = |a: &[String], b: &[String]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| letters(a) == letters(b));
        let repeated = next.rows.iter().zip(&header).take_while(|(row, header)| same(row, header)).count();
        if repeated == 0 && next.headed && next.rows.first().is_some_and(|row| is_ordinal_label(&row[0])) {
            return false;
        }
        // A page on which a line between two columns is missing, or one that has the first such line.
        let finer =
            |parts: &mut [&mut Table]| placed(&known, &next.xs).is_some() && parts.iter_mut().all(|part| part.spread(&next.xs));
        if placed(&next.xs, &known).is_some() {
            next.spread(&known);
        } else if !finer(parts) {
            return false;
        }
        next.rows.drain(..repeated);
        let Some(last) = parts.iter_mut().rev().find_map(|part| part.rows.last_mut()) else {
            return true;
        };
        // The rest of a cell of several rows that the page has cut is empty; what stands in it belongs to these rows too.
        for hollow in next.hollows.iter().filter(|hollow| hollow.row == repeated) {
            let text = last.get(hollow.column).cloned().unwrap_or_default();
            for row in next.rows.iter_mut().take(hollow.rows).skip(1) {
                row[hollow.column].clone_from(&text);
            }
        }
        if next.rows.first().is_some_and(|first| is_cut(last, first)) {
            for (cell, rest) in last.iter_mut().zip(next.rows.remove(0)) {
                join(cell, 0, &rest);
            }
        } else if let Some(first) = next.rows.first_mut() {
            for hollow in next.hollows.iter().filter(|hollow| hollow.row == repeated) {
                first[hollow.column].clone_from(&last[hollow.column]);
            }
        }
        true
    }

    /// Writes the rows, a tab between cells.
    pub(super) fn write(&self, out: &mut String) {
        for row in &self.rows {
            for (column, cell) in row.iter().enumerate() {
                if column > 0 {
                    out.push('\t');
                }
                out.push_str(cell);
            }
            out.push('\n');
        }
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a page has cut a row into `last` and `first`.
fn is_cut(last: &[String], first: &[String]) -> bool {
    if first.first().is_none_or(|cell| !cell.is_empty()) {
        return false;
    }
    let mut goes_on = false;
    for (before, after) in last.iter().zip(first).skip(1) {
        if after.is_empty() {
            continue;
        }
        let small = after.starts_with(char::is_lowercase);
        let open = !before.is_empty() && !before.ends_with(['.', ';', ':']);
        if before.is_empty() || is_ordinal(after) {
            // A number of a row, and what fills an empty cell begins a row of its own.
            return false;
        }
        goes_on |= small || open;
    }
    goes_on
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::page;
    use super::super::ruling::{Axis, Segment, grids, merged};
    use super::*;

    fn grid_of(xs: &[f32], ys: &[f32], missing: &[(Axis, f32, f32, f32)]) -> Grid {
        let mut lines = Vec::new();
        for (axis, edges, across) in [(Axis::Upright, xs, ys), (Axis::Level, ys, xs)] {
            for edge in edges {
                for two in across.windows(2) {
                    if !missing.contains(&(axis, *edge, two[0], two[1])) {
                        lines.push(Segment { axis, at: *edge, from: two[0], to: two[1] });
                    }
                }
            }
        }
        grids(&merged(&lines)).remove(0)
    }

    fn read(page: &Page, grid: &Grid) -> Vec<String> {
        let mut cells = vec![Vec::new(); grid.cells.len()];
        for (index, chunk) in page.chunks.iter().enumerate() {
            let (x, y) = page.centre(chunk);
            cells[grid.cell_at(x, y).expect("in a cell")].push(index);
        }
        ruled(page, grid, &cells).expect("a table").rows.iter().map(|row| row.join("|")).collect()
    }

    #[test]
    fn a_cell_that_spans_rows_belongs_to_each() {
        let page = page(&[
            ("STT", 52.0, 115.0, 12.0),
            ("Nhiệm vụ", 82.0, 115.0, 12.0),
            ("Chủ trì", 202.0, 115.0, 12.0),
            ("1", 52.0, 135.0, 12.0),
            ("Hỗ trợ", 82.0, 135.0, 12.0),
            ("Sở Y tế", 202.0, 145.0, 12.0),
            ("2", 52.0, 155.0, 12.0),
            ("Rà soát", 82.0, 155.0, 12.0),
        ]);
        let grid = grid_of(&[50.0, 80.0, 200.0, 300.0], &[100.0, 120.0, 140.0, 160.0], &[(Axis::Level, 140.0, 200.0, 300.0)]);
        assert_eq!(read(&page, &grid), ["STT|Nhiệm vụ|Chủ trì", "1|Hỗ trợ|Sở Y tế", "2|Rà soát|Sở Y tế"]);
    }

    #[test]
    fn a_header_of_two_rows_is_one() {
        let page = page(&[
            ("TT", 52.0, 125.0, 12.0),
            ("Năm 2025", 130.0, 115.0, 12.0),
            ("Kế hoạch", 82.0, 135.0, 10.0),
            ("Thực hiện", 202.0, 135.0, 10.0),
            ("1", 52.0, 155.0, 12.0),
            ("90%", 82.0, 155.0, 12.0),
            ("85%", 202.0, 155.0, 12.0),
        ]);
        let missing = [(Axis::Level, 120.0, 50.0, 80.0), (Axis::Upright, 200.0, 100.0, 120.0)];
        let grid = grid_of(&[50.0, 80.0, 200.0, 300.0], &[100.0, 120.0, 140.0, 160.0], &missing);
        assert_eq!(read(&page, &grid), ["TT|Năm 2025 Kế hoạch|Năm 2025 Thực hiện", "1|90%|85%"]);
    }

    #[test]
    fn a_group_over_all_columns_keeps_its_marker_apart() {
        let page = page(&[("II. Kinh tế số", 52.0, 115.0, 12.0), ("1", 52.0, 135.0, 12.0), ("Hỗ trợ", 82.0, 135.0, 12.0)]);
        let missing = [(Axis::Upright, 80.0, 100.0, 120.0), (Axis::Upright, 200.0, 100.0, 120.0)];
        let grid = grid_of(&[50.0, 80.0, 200.0, 300.0], &[100.0, 120.0, 140.0], &missing);
        assert_eq!(read(&page, &grid), ["II.|Kinh tế số|", "1|Hỗ trợ|"]);
    }

    fn table(rows: &[&str], xs: &[f32]) -> Table {
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        let headed = is_header(&rows[0]);
        Table { xs: xs.to_vec(), rows, headed, ..Table::default() }
    }

    #[test]
    fn a_lead_agency_that_spans_rows_is_said_on_the_next_page_too() {
        let header = "TT|Nhiệm vụ|Chủ trì";
        let xs = [10.0, 30.0, 90.0, 120.0];
        let hollow = |rows| vec![Hollow { row: 1, column: 2, rows }];
        for (rows, covered, shown) in [
            // The page has cut the first row too.
            (vec![header, "|cận nghèo|", "2|Rà soát|", "3|Sơ kết|Sở Y tế"], 2, ["2|Rà soát|Sở Nội vụ", "3|Sơ kết|Sở Y tế"]),
            (vec![header, "2|Rà soát|", "3|Sơ kết|"], 2, ["2|Rà soát|Sở Nội vụ", "3|Sơ kết|Sở Nội vụ"]),
        ] {
            let mut whole = table(&[header, "1|Hỗ trợ hộ nghèo, hộ|Sở Nội vụ"], &xs);
            let mut next = Table { hollows: hollow(covered), ..table(&rows, &xs) };
            assert!(Table::go_on(&mut [&mut whole], &mut next));
            assert_eq!(next.rows.iter().map(|row| row.join("|")).collect::<Vec<_>>(), shown);
        }
    }

    #[test]
    fn a_number_cut_by_its_narrow_column_is_whole() {
        for (text, whole) in [
            ("I I", Some("II")),
            ("S T T", Some("STT")),
            ("S TT", Some("STT")),
            ("1 0", Some("10")),
            ("II", None),
            ("Số TT", None),
            ("a b", None),
            ("12 345", None),
        ] {
            assert_eq!(unbroken(text).as_deref(), whole, "{text}");
        }
    }

    #[test]
    fn a_table_goes_on_over_the_page() {
        let header = "TT|Nhiệm vụ|Chủ trì";
        let mut whole = table(&[header, "1|Hỗ trợ hộ nghèo, cận|Sở Xây dựng"], &[10.0, 30.0, 90.0, 120.0]);
        // Repeated header, a row that the page cut, mirrored margins.
        let mut next = table(&[header, "|nghèo về nhà ở|", "2|Rà soát|Sở Y tế"], &[20.0, 40.0, 100.0, 130.0]);
        assert!(Table::go_on(&mut [&mut whole], &mut next));
        let shown: Vec<String> = whole.rows.iter().chain(&next.rows).map(|row| row.join("|")).collect();
        assert_eq!(shown, [header, "1|Hỗ trợ hộ nghèo, cận nghèo về nhà ở|Sở Xây dựng", "2|Rà soát|Sở Y tế"]);
        // Another table stays one.
        assert!(!Table::go_on(&mut [&mut whole], &mut table(&["TT|Chỉ tiêu|Đơn vị", "1|Tỷ lệ|%"], &[10.0, 30.0, 90.0, 120.0])));
        assert!(!Table::go_on(&mut [&mut whole], &mut table(&["3|Rà soát|Sở Y tế"], &[10.0, 60.0, 90.0, 120.0])));
        // A page on which no line parts the last two columns.
        let mut group = table(&["II|Kinh tế"], &[10.0, 30.0, 120.0]);
        assert!(Table::go_on(&mut [&mut whole], &mut group));
        assert_eq!(group.rows[0].join("|"), "II|Kinh tế|");
    }
}
