//! A second look: the cells of tables and what was passed over, cut out and put one under the other.
//!
//! Tesseract takes a lone figure in a cell for dust, and the name over a stamp for a part of the picture. Cut out and
//! set in one column of lines, both are read as text.

use super::hocr::Seen;
use super::raster::Raster;

/// A box in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) right: usize,
    pub(super) bottom: usize,
}

impl Area {
    /// Whether both show some of the same letters: they share a third of the narrower one's width and half of its height.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let width = self.right.min(other.right).saturating_sub(self.left.max(other.left));
        let height = self.bottom.min(other.bottom).saturating_sub(self.top.max(other.top));
        let least = |a: usize, b: usize| a.min(b).max(1);
        3 * width > least(self.right - self.left, other.right - other.left)
            && 2 * height > least(self.bottom - self.top, other.bottom - other.top)
    }

    /// Whether more than half of `other` lies in it.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let width = self.right.min(other.right).saturating_sub(self.left.max(other.left));
        let height = self.bottom.min(other.bottom).saturating_sub(self.top.max(other.top));
        2 * width * height > (other.right - other.left) * (other.bottom - other.top)
    }
}

/// The highest column that Tesseract takes, with room to spare.
const HIGHEST: usize = 24_000;

/// A part of the page, and where it stands in the column.
#[derive(Clone, Copy, Debug)]
struct Patch {
    area: Area,
    top: usize,
}

/// Parts of a page, one under the other.
pub(super) struct Column {
    pub(super) raster: Raster,
    patches: Vec<Patch>,
    margin: usize,
}

/// The smallest box around the ink of an area; `None` where there is no more than dust.
pub(super) fn ink(raster: &Raster, area: Area, threshold: u8, dust: usize) -> Option<Area> {
    let mut found = Area { left: usize::MAX, top: usize::MAX, right: 0, bottom: 0 };
    let mut dark = 0;
    for y in area.top..area.bottom.min(raster.height) {
        let row = raster.row(y);
        for x in area.left..area.right.min(raster.width) {
            if row[x] <= threshold {
                dark += 1;
                found.left = found.left.min(x);
                found.right = found.right.max(x + 1);
                found.top = found.top.min(y);
                found.bottom = y + 1;
            }
        }
    }
    (dark > dust).then_some(found)
}

/// Puts the areas into columns; `gap` pixels part two of them.
pub(super) fn columns(raster: &Raster, areas: &[Area], gap: usize) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut from = 0;
    while from < areas.len() {
        let mut height = gap;
        let mut to = from;
        while to < areas.len() && (to == from || height + areas[to].bottom - areas[to].top + gap < HIGHEST) {
            height += areas[to].bottom - areas[to].top + gap;
            to += 1;
        }
        let width = areas[from..to].iter().map(|area| area.right - area.left).max().unwrap_or(0) + 2 * gap;
        let mut column = Column { raster: Raster::white(width, height), patches: Vec::new(), margin: gap };
        let mut top = gap;
        for area in &areas[from..to] {
            for y in area.top..area.bottom {
                let at = (top + y - area.top) * width + gap;
                column.raster.pixels[at..at + area.right - area.left].copy_from_slice(&raster.row(y)[area.left..area.right]);
            }
            column.patches.push(Patch { area: *area, top });
            top += area.bottom - area.top + gap;
        }
        columns.push(column);
        from = to;
    }
    columns
}

impl Column {
    /// Gives words that were read in the column their places on the page; lines count on from `line`.
    pub(super) fn back(&self, seen: Vec<Seen>, line: usize) -> Vec<Seen> {
        let place = |mut word: Seen| {
            let middle = f32::midpoint(word.top, word.bottom);
            let behind = self.patches.partition_point(|patch| patch.top as f32 - self.margin as f32 / 2.0 <= middle);
            let patch = self.patches.get(behind.checked_sub(1)?)?;
            let (right, down) = (patch.area.left as f32 - self.margin as f32, patch.area.top as f32 - patch.top as f32);
            word.left += right;
            word.right += right;
            word.top += down;
            word.bottom += down;
            word.baseline += down;
            word.line += line;
            for mark in &mut word.marks {
                mark.left += right;
                mark.right += right;
                mark.top += down;
                mark.bottom += down;
            }
            Some(word)
        };
        seen.into_iter().filter_map(place).collect()
    }
}

/// Side of the squares in which ink is looked for, in points.
const SQUARE: f32 = 2.0;
/// The most parts of a page that are looked at again.
const MOST: usize = 400;

/// Where there is ink of the height of type that is in no word; `known` are boxes that are done.
pub(super) fn passed_over(raster: &Raster, known: &[Area], per_point: f32, threshold: u8) -> Vec<Area> {
    let side = ((per_point * SQUARE) as usize).max(2);
    let (columns, rows) = (raster.width / side, raster.height / side);
    let mut dark = vec![0_usize; columns * rows];
    for y in 0..rows * side {
        let row = raster.row(y);
        for (x, pixel) in row.iter().enumerate().take(columns * side) {
            dark[y / side * columns + x / side] += usize::from(*pixel <= threshold);
        }
    }
    let slack = (1.5 * per_point) as usize;
    for area in known {
        for row in area.top.saturating_sub(slack) / side..((area.bottom + slack) / side + 1).min(rows) {
            let from = (area.left.saturating_sub(slack) / side).min(columns);
            let to = ((area.right + slack) / side + 1).min(columns);
            dark[row * columns + from..row * columns + to.max(from)].fill(0);
        }
    }
    let least = side * side / 8;
    let mut seen = vec![false; columns * rows];
    let mut found = Vec::new();
    for start in 0..dark.len() {
        if seen[start] || dark[start] < least.max(1) {
            continue;
        }
        seen[start] = true;
        let mut stack = vec![start];
        let (mut left, mut right, mut top, mut bottom) = (columns, 0, rows, 0);
        while let Some(at) = stack.pop() {
            let (x, y) = (at % columns, at / columns);
            (left, right, top, bottom) = (left.min(x), right.max(x + 1), top.min(y), bottom.max(y + 1));
            // Letters of one line are nearer to each other than lines are.
            for ny in y.saturating_sub(1)..(y + 2).min(rows) {
                for nx in x.saturating_sub(3)..(x + 4).min(columns) {
                    let next = ny * columns + nx;
                    if !seen[next] && dark[next] >= least.max(1) {
                        seen[next] = true;
                        stack.push(next);
                    }
                }
            }
        }
        let (width, height) = ((right - left) as f32 * SQUARE, (bottom - top) as f32 * SQUARE);
        if (6.0..=60.0).contains(&height) && width >= 2.0 {
            let pad = side;
            found.push(Area {
                left: (left * side).saturating_sub(pad),
                top: (top * side).saturating_sub(pad),
                right: (right * side + pad).min(raster.width),
                bottom: (bottom * side + pad).min(raster.height),
            });
        }
    }
    if found.len() > MOST { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Raster {
        let mut page = Raster::white(300, 200);
        // A word at the left, a figure at the right, a speck.
        for y in 50..70 {
            page.pixels[y * 300 + 20..y * 300 + 90].fill(0);
            page.pixels[y * 300 + 200..y * 300 + 212].fill(0);
        }
        page.pixels[150 * 300 + 150] = 0;
        page
    }

    #[test]
    fn what_no_word_covers_is_found() {
        let word = Area { left: 20, top: 50, right: 90, bottom: 70 };
        let found = passed_over(&page(), &[word], 2.0, 100);
        assert_eq!(found, [Area { left: 196, top: 44, right: 216, bottom: 76 }]);
        assert_eq!(passed_over(&page(), &[], 2.0, 100).len(), 2);
    }

    #[test]
    fn the_ink_of_a_cell_is_cut_out() {
        let cell = Area { left: 150, top: 20, right: 290, bottom: 120 };
        assert_eq!(ink(&page(), cell, 100, 5), Some(Area { left: 200, top: 50, right: 212, bottom: 70 }));
        assert_eq!(ink(&page(), Area { top: 100, bottom: 200, ..cell }, 100, 5), None);
    }

    #[test]
    fn words_of_the_column_go_back_to_their_places() {
        let areas = [Area { left: 20, top: 50, right: 90, bottom: 70 }, Area { left: 200, top: 50, right: 212, bottom: 70 }];
        let columns = columns(&page(), &areas, 10);
        assert_eq!((columns.len(), columns[0].raster.width, columns[0].raster.height), (1, 90, 70));
        assert_eq!(columns[0].raster.row(45)[9..24], [255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]);
        let seen = Seen {
            text: "7".into(),
            left: 10.0,
            top: 41.0,
            right: 22.0,
            bottom: 59.0,
            baseline: 59.0,
            height: 20.0,
            confidence: 90.0,
            marks: Vec::new(),
            line: 2,
        };
        let back = columns[0].back(vec![seen], 30);
        assert_eq!((back[0].left, back[0].top, back[0].baseline, back[0].line), (200.0, 51.0, 69.0, 32));
    }
}
