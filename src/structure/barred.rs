//! Tables whose bars stand on lines of their own, as portals' pages become when they are saved as Markdown:
//!
//! ```text
//! |
//! STT
//! |
//! Nhiệm vụ
//! |
//! |
//! 1
//! |
//! Rà soát
//! hộ nghèo
//! |
//! ```
//! Two bars in a row end a row and begin the next; a cell may take several lines.

use std::ops::Range;

use super::marker;
use super::reflow::Part;
use crate::normalize::Lines;
use crate::text::Span;

/// A row, its cells with their lines.
type Row = Vec<Vec<Part>>;

/// The rows of the table that begins with the bar at `range.start`, and the line behind it.
/// `None` where the rows are not alike: an empty cell cannot be told from the end of a row.
pub(super) fn rows(lines: &Lines, range: Range<usize>) -> Option<(Vec<Row>, usize)> {
    let is_bar = |at: usize| at < range.end && lines.line(at) == "|";
    let mut rows: Vec<Row> = Vec::new();
    let mut at = range.start;
    while is_bar(at) {
        let mut row = Row::new();
        let mut next = at + 1;
        // Behind the last bar and a blank line the text goes on.
        while next < range.end && !is_bar(next) && lines.lines[next].blank_before == 0 {
            let end = (next..range.end).find(|line| is_bar(*line))?;
            row.push((next..end).map(|line| Part { span: lines.lines[line].span, glued: false }).collect());
            next = end + 1;
        }
        if !row.is_empty() {
            rows.push(grouped(lines, row));
        }
        at = next;
    }
    let width = rows.iter().map(Vec::len).max().filter(|width| *width >= 2)?;
    let whole = rows.iter().filter(|row| row.len() == width).count();
    let groups = rows.iter().filter(|row| row.len() <= 2).count();
    (whole >= 2 && (whole + groups) * 10 >= rows.len() * 9).then_some((rows, at))
}

/// A row of one cell titles the rows below: `II. Kinh tế số` → `II.`, `Kinh tế số`.
fn grouped(lines: &Lines, mut row: Row) -> Row {
    let [cell] = row.as_mut_slice() else { return row };
    let first = cell[0].span;
    let text = lines.text.slice(first);
    let core = text.trim_end_matches(['.', ')']);
    if cell.len() > 1 && marker::roman(core).is_some() {
        let title = cell.split_off(1);
        row.push(title);
    } else if let Some(marker) = marker::parse(text).filter(|marker| marker.length < text.len()) {
        let mark = text[..marker.length].trim_end().len();
        let mut title = vec![Part { span: Span::new(first.start + marker.length, first.end), glued: false }];
        title.extend(cell.drain(1..));
        cell[0].span = Span::new(first.start, first.start + mark);
        row.push(title);
    }
    row
}
