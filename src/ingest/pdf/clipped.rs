//! Sheets that are printed without lines: every cell's words stand under a clip of the cell's size, and these clips are the table.

use super::glyphs::{Page, Turn};
use super::ruling::{Axis, Segment};
use super::sight::Sight;

/// Fewest rows of a sheet, and fewest cells of a row.
const ROWS: usize = 3;
const CELLS: usize = 2;
/// A cell is no higher, in sizes of its type.
const HIGHEST: f32 = 12.0;
/// Edges of cells lie no farther apart where they are one.
const NEAR: f32 = 1.5;
/// A sheet of many pages has some thousand cells a page; what draws more is no sheet.
const MOST: usize = 5000;

/// The clip of a chunk: left, upper, right, lower edge.
type Clip = [f32; 4];

/// Draws the edges of the cells, where the page draws none.
pub(super) fn draw_cells(page: &mut Page, sights: &[Sight]) {
    let mut clips: Vec<Clip> = Vec::new();
    for (chunk, sight) in page.chunks.iter().zip(sights) {
        let Some(clip) = sight.clip.filter(|_| chunk.turn == Turn::Level && chunk.end > chunk.start) else { continue };
        let (width, height) = (clip[2] - clip[0], clip[3] - clip[1]);
        let is_cell = width < 0.9 * page.width && height > 0.8 * chunk.size && height < HIGHEST * chunk.size;
        if is_cell && !clips.iter().rev().take(40).any(|known| same(*known, clip)) {
            clips.push(clip);
        }
        if clips.len() > MOST {
            return;
        }
    }
    let rows = rows(clips);
    // Cells of one column stand in several rows.
    let in_column = |cell: &Clip| {
        rows.iter().filter(|row| row.iter().any(|other| near(other[0], cell[0]) && near(other[2], cell[2]))).count() >= ROWS
    };
    let table: Vec<&Vec<Clip>> = rows.iter().filter(|row| row.iter().filter(|cell| in_column(cell)).count() >= CELLS).collect();
    if table.len() < ROWS {
        return;
    }
    let cells = || table.iter().flat_map(|row| row.iter());
    let ruled = page.rulings.iter().any(|ruling| {
        ruling.axis == Axis::Upright
            && cells().any(|cell| {
                (cell[0] - NEAR..=cell[2] + NEAR).contains(&ruling.at) && ruling.from < cell[3] && cell[1] < ruling.to
            })
    });
    if ruled {
        return;
    }
    let edges: Vec<Segment> = cells()
        .flat_map(|[left, upper, right, lower]| {
            let level = |at: f32| Segment { axis: Axis::Level, at, from: *left, to: *right };
            let upright = |at: f32| Segment { axis: Axis::Upright, at, from: *upper, to: *lower };
            [level(*upper), level(*lower), upright(*left), upright(*right)]
        })
        .collect();
    page.rulings.extend(edges);
}

/// Cells side by side, row by row; rows that stand alone are none.
fn rows(mut clips: Vec<Clip>) -> Vec<Vec<Clip>> {
    clips.sort_by(|one, other| one[1].total_cmp(&other[1]).then(one[0].total_cmp(&other[0])));
    let mut rows: Vec<Vec<Clip>> = Vec::new();
    for clip in clips {
        match rows.last_mut().filter(|row| row.first().is_some_and(|first| near(first[1], clip[1]) && near(first[3], clip[3]))) {
            Some(row) => row.push(clip),
            None => rows.push(vec![clip]),
        }
    }
    for row in &mut rows {
        row.sort_by(|one, other| one[0].total_cmp(&other[0]));
        row.dedup_by(|one, other| same(*one, *other));
    }
    // Cells do not lie upon each other.
    rows.retain(|row| row.len() >= CELLS && row.windows(2).all(|two| two[1][0] > two[0][2] - NEAR));
    rows
}

fn near(one: f32, other: f32) -> bool {
    (one - other).abs() < NEAR
}

fn same(one: Clip, other: Clip) -> bool {
    one.iter().zip(other).all(|(one, other)| near(*one, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(cells: &[Clip]) -> usize {
        let words: Vec<(&str, f32, f32, f32)> =
            cells.iter().map(|[left, _, _, lower]| ("ha", *left + 2.0, *lower - 4.0, 10.0)).collect();
        let mut page = super::super::lines::tests::page(&words);
        let sights: Vec<Sight> = cells.iter().map(|clip| Sight { inside: true, clip: Some(*clip), ..Sight::default() }).collect();
        draw_cells(&mut page, &sights);
        page.rulings.len()
    }

    #[test]
    fn clips_side_by_side_in_rows_are_the_cells_of_a_sheet() {
        let row = |upper: f32| [[50.0, upper, 90.0, upper + 16.0], [90.0, upper, 200.0, upper + 16.0]];
        let sheet = [row(100.0), row(116.0), row(132.0)].concat();
        assert_eq!(drawn(&sheet), 24);
        // Two rows, or lines of one text, each under a clip of its own.
        assert_eq!(drawn(&sheet[..4]), 0);
        assert_eq!(drawn(&[0.0, 16.0, 32.0, 48.0].map(|y| [50.0, y, 300.0, y + 16.0])), 0);
        // Words that are cut each for itself.
        assert_eq!(
            drawn(&[[50.0, 0.0, 80.0, 16.0], [90.0, 0.0, 99.0, 16.0], [40.0, 16.0, 70.0, 32.0], [77.0, 16.0, 99.0, 32.0]]),
            0
        );
    }
}
