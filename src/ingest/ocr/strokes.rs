//! Ruling lines in a picture: runs of ink that are long and thin.
//!
//! They part the cells of a table, and stand in the way of the letters beside them: what is
//! found is also taken out of the picture that is read.

use super::raster::Raster;

/// A line of ink in pixels: of a level one `at` is its y and it runs from x to x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub(super) level: bool,
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// Shorter level lines are dashes, in points.
const SHORT_LEVEL: f32 = 20.0;
/// Shorter upright lines are letters, in points.
const SHORT_UPRIGHT: f32 = 12.5;
/// Thicker ones are shades and the scanner's black edges, in points.
const THICK: f32 = 3.2;
/// How far a line that is not quite straight may drift, in points.
const DRIFT: f32 = 4.0;
/// A page with more is a picture.
const MOST: usize = 20_000;

/// Runs of ink in adjacent rows that touch.
struct Blob {
    runs: Vec<(usize, usize, usize)>,
    /// The run in the last row.
    last: (usize, usize, usize),
}

/// Finds the lines, and paints them over.
pub(super) fn take(raster: &mut Raster, per_point: f32) -> Vec<Stroke> {
    let Some(threshold) = raster.threshold() else { return Vec::new() };
    let (width, height) = (raster.width, raster.height);
    let mut strokes = Vec::new();
    let mut painted: Vec<(usize, usize, usize, bool)> = Vec::new();
    for level in [true, false] {
        let (rows, columns) = if level { (height, width) } else { (width, height) };
        let ink = |row: usize, column: usize| {
            let at = if level { row * width + column } else { column * width + row };
            raster.pixels[at] <= threshold
        };
        let least = (per_point * if level { SHORT_LEVEL } else { SHORT_UPRIGHT }) as usize;
        let mut open: Vec<Blob> = Vec::new();
        let mut found: Vec<Blob> = Vec::new();
        let mut runs = Vec::new();
        for row in 0..rows {
            runs.clear();
            runs_of(columns, (per_point * 0.6) as usize, least, |column| ink(row, column), &mut runs);
            for (from, to) in runs.drain(..) {
                let run = (row, from, to);
                match open.iter_mut().find(|blob| blob.last.0 + 2 >= row && blob.last.1 < to && from < blob.last.2) {
                    Some(blob) => {
                        blob.runs.push(run);
                        blob.last = run;
                    }
                    None => open.push(Blob { runs: vec![run], last: run }),
                }
            }
            let (still, done): (Vec<Blob>, Vec<Blob>) = open.into_iter().partition(|blob| blob.last.0 + 2 > row);
            open = still;
            found.extend(done);
            if found.len() > MOST {
                return Vec::new();
            }
        }
        found.extend(open);
        for blob in found {
            if let Some(stroke) = stroke(&blob, level, per_point) {
                strokes.push(stroke);
                painted.extend(blob.runs.iter().map(|(row, from, to)| (*row, *from, *to, level)));
            }
        }
    }
    for (row, from, to, level) in painted {
        let (rows, columns) = if level { (height, width) } else { (width, height) };
        for row in row.saturating_sub(1)..(row + 2).min(rows) {
            for column in from.saturating_sub(1)..(to + 1).min(columns) {
                raster.pixels[if level { row * width + column } else { column * width + row }] = 255;
            }
        }
    }
    strokes
}

/// The runs of ink of one row that are at least `least` long; gaps of `gap` pixels are dust.
fn runs_of(columns: usize, gap: usize, least: usize, ink: impl Fn(usize) -> bool, runs: &mut Vec<(usize, usize)>) {
    let mut open: Option<(usize, usize)> = None;
    for column in 0..columns {
        if !ink(column) {
            continue;
        }
        match &mut open {
            Some((_, to)) if column - *to <= gap => *to = column + 1,
            _ => {
                if let Some((from, to)) = open.replace((column, column + 1))
                    && to - from >= least
                {
                    runs.push((from, to));
                }
            }
        }
    }
    if let Some((from, to)) = open
        && to - from >= least
    {
        runs.push((from, to));
    }
}

/// The line that a blob is; `None` where it is too thick.
fn stroke(blob: &Blob, level: bool, per_point: f32) -> Option<Stroke> {
    let from = blob.runs.iter().map(|run| run.1).min()?;
    let to = blob.runs.iter().map(|run| run.2).max()?;
    let (first, last) = (blob.runs.first()?.0, blob.runs.last()?.0);
    let area: usize = blob.runs.iter().map(|run| run.2 - run.1).sum();
    let length = (to - from) as f32;
    let thick = area as f32 / length;
    let deep = (last + 1 - first) as f32;
    if thick > THICK * per_point || deep > thick + DRIFT * per_point {
        return None;
    }
    let weighted: f64 = blob.runs.iter().map(|run| (run.0 as f64 + 0.5) * (run.2 - run.1) as f64).sum();
    Some(Stroke { level, at: (weighted / area as f64) as f32, from: from as f32, to: to as f32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(raster: &mut Raster, xs: std::ops::Range<usize>, ys: std::ops::Range<usize>) {
        for y in ys {
            raster.pixels[y * raster.width + xs.start..y * raster.width + xs.end].fill(0);
        }
    }

    #[test]
    fn the_lines_of_a_table_are_found_and_painted_over() {
        // Two points a pixel: 144 to the inch.
        let mut page = Raster::white(400, 300);
        for y in [50, 100, 150] {
            ink(&mut page, 40..360, y..y + 2);
        }
        for x in [40, 200, 358] {
            ink(&mut page, x..x + 2, 50..152);
        }
        // A letter's stem and a dash in a cell.
        ink(&mut page, 100..103, 65..83);
        ink(&mut page, 110..130, 75..77);
        let strokes = take(&mut page, 2.0);
        let level: Vec<&Stroke> = strokes.iter().filter(|stroke| stroke.level).collect();
        assert_eq!(level.len(), 3, "{strokes:?}");
        assert_eq!(*level[1], Stroke { level: true, at: 101.0, from: 40.0, to: 360.0 });
        assert_eq!(strokes.len(), 6);
        assert_eq!(page.pixels.iter().filter(|pixel| **pixel == 0).count(), 3 * 18 + 20 * 2);
    }

    #[test]
    fn gaps_of_dust_and_a_slight_drift_do_not_part_a_line() {
        let mut page = Raster::white(400, 60);
        ink(&mut page, 20..200, 30..32);
        ink(&mut page, 201..380, 31..33);
        let strokes = take(&mut page, 2.0);
        assert_eq!(strokes.len(), 1, "{strokes:?}");
        assert_eq!((strokes[0].from, strokes[0].to), (20.0, 380.0));
    }

    #[test]
    fn shades_and_letters_are_no_lines() {
        let mut page = Raster::white(400, 300);
        ink(&mut page, 0..400, 0..40);
        ink(&mut page, 100..104, 100..120);
        ink(&mut page, 150..185, 150..153);
        assert_eq!(take(&mut page, 2.0), []);
        assert_eq!(take(&mut Raster::white(50, 50), 2.0), []);
    }
}
