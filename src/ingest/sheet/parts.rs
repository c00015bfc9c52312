//! The tables of one sheet: those side by side, and those below each other.
//!
//! An empty column parts two tables only where the columns behind it have a header of their own that begins
//! as headers of tables do (`STT`, `Nhiệm vụ`): an empty column inside a table is layout.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::ingest::render::is_ordinal_label;

/// A table of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) rows: Range<u32>,
    /// The columns that hold something.
    pub(super) columns: BTreeSet<u32>,
}

/// Cells by row, each with its column.
type Rows<'a> = BTreeMap<u32, Vec<(u32, &'a str)>>;

/// The tables in the rows that `holds` tells, from the top, those beside each other from the left.
pub(super) fn find(rows: &Rows<'_>, holds: impl Fn(u32) -> bool, merges: &[[u32; 4]]) -> Vec<Part> {
    let inside: Vec<u32> = rows.keys().copied().filter(|row| holds(*row)).collect();
    let mut starts: Vec<u32> = inside.first().copied().into_iter().collect();
    for two in inside.windows(2) {
        let cells = &rows[&two[1]];
        if two[1] > two[0] + 1 && cells.len() >= 3 && heads(cells) {
            starts.push(two[1]);
        }
    }
    let Some(last) = inside.last() else { return Vec::new() };
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(last + 1));
    let blocks: Vec<Range<u32>> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    blocks.into_iter().flat_map(|block| beside(rows, &block, merges)).collect()
}

/// The tables of a block of rows, from the left.
fn beside(rows: &Rows<'_>, block: &Range<u32>, merges: &[[u32; 4]]) -> Vec<Part> {
    let columns: BTreeSet<u32> =
        rows.range(block.clone()).flat_map(|(_, cells)| cells.iter().map(|(column, _)| *column)).collect();
    let mut cuts = Vec::new();
    let order: Vec<u32> = columns.iter().copied().collect();
    for two in order.windows(2).filter(|two| two[1] > two[0] + 1) {
        let merged = merges
            .iter()
            .any(|[top, left, bottom, right]| *top < block.end && *bottom >= block.start && *left < two[1] && *right > two[0]);
        let header = &rows[&block.start];
        let from = cuts.last().copied().unwrap_or_default();
        let before = header.iter().filter(|(column, _)| (from..two[1]).contains(column)).count();
        let behind: Vec<(u32, &str)> = header.iter().copied().filter(|(column, _)| *column >= two[1]).collect();
        if !merged && before >= 2 && behind.len() >= 2 && behind[0].0 == two[1] && heads(&behind) {
            cuts.push(two[1]);
        }
    }
    let mut parts = Vec::new();
    let mut rest = columns;
    for cut in cuts {
        let behind = rest.split_off(&cut);
        parts.push(Part { rows: block.clone(), columns: rest });
        rest = behind;
    }
    parts.push(Part { rows: block.clone(), columns: rest });
    parts
}

/// Whether these cells are a header: they are words, and the first is a label that tables begin with.
fn heads(cells: &[(u32, &str)]) -> bool {
    const NAMES: [&str; 10] =
        ["chỉ tiêu", "nhiệm vụ", "nội dung", "công việc", "hạng mục", "danh mục", "hoạt động", "tên ", "dự án", "tiêu chí"];
    let Some((_, first)) = cells.first() else { return false };
    let first = first.to_lowercase();
    let named = is_ordinal_label(&first) || first.chars().count() <= 40 && NAMES.iter().any(|name| first.starts_with(name));
    named && cells.iter().all(|(_, text)| text.contains(char::is_alphabetic) && text.chars().count() <= 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns of each table of the rows, as `first row: columns`.
    fn shown(rows: &[&[&str]], merges: &[[u32; 4]]) -> Vec<String> {
        let mut cells: Rows<'_> = BTreeMap::new();
        for (row, line) in rows.iter().enumerate() {
            for (column, text) in line.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                cells.entry(row as u32).or_default().push((column as u32, text));
            }
        }
        let show = |part: &Part| format!("{}: {:?}", part.rows.start, part.columns);
        find(&cells, |_| true, merges).iter().map(show).collect()
    }

    #[test]
    fn tables_beside_and_below_each_other_are_parted() {
        let beside: [&[&str]; 2] = [
            &["STT", "Chỉ tiêu", "Kế hoạch 2026", "", "STT", "Nhiệm vụ", "Thời hạn"],
            &["1", "Hộ nghèo", "1,5", "", "1", "Tổ chức hội chợ", "30/6/2026"],
        ];
        assert_eq!(shown(&beside, &[]), ["0: {0, 1, 2}", "0: {4, 5, 6}"]);
        let below: [&[&str]; 6] = [
            &["Chỉ tiêu", "ĐVT", "", "", "Nhiệm vụ", "Chủ trì"],
            &["Số xã", "xã", "", "", "Tập huấn", "Sở Y tế"],
            &[],
            &["STT", "Nội dung", "Chủ trì", "Thời hạn"],
            &["1", "Sơ kết", "Sở Y tế", "Quý II"],
            &[],
        ];
        assert_eq!(shown(&below, &[]), ["0: {0, 1}", "0: {4, 5}", "3: {0, 1, 2, 3}"]);
    }

    #[test]
    fn a_gap_inside_a_table_parts_nothing() {
        let spaced: [&[&str]; 2] = [&["STT", "Chỉ tiêu", "", "Kế hoạch", "Thực hiện"], &["1", "Hộ nghèo", "", "1,5", "1,4"]];
        assert_eq!(shown(&spaced, &[]), ["0: {0, 1, 3, 4}"]);
        // A title over both sides, and rows after an empty one that are no header.
        let one: [&[&str]; 4] = [
            &["STT", "Chỉ tiêu", "", "Nội dung", "Chủ trì"],
            &["1", "Hộ nghèo", "", "Rà soát", "Sở Y tế"],
            &[],
            &["2", "Số xã", "", "Sơ kết", "Sở Y tế"],
        ];
        assert_eq!(shown(&one, &[[0, 1, 0, 3]]), ["0: {0, 1, 3, 4}"]);
    }
}
