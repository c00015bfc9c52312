//! Ruling lines → [`Grid`]s: which lines belong together, where they cross, and which
//! cells are merged because an edge between them is missing.

/// Which way a line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// From left to right.
    Level,
    /// From above to below.
    Upright,
}

/// A drawn line: of a level one `at` is its y and it runs from x to x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) axis: Axis,
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

impl Segment {
    /// The line on the page turned so that upward (or else downward) text runs level.
    pub(super) fn turned(self, width: f32, height: f32, up: bool) -> Self {
        let flip = |value: f32, length: f32, flips: bool| if flips { length - value } else { value };
        let (axis, at, a, b) = match self.axis {
            Axis::Level => (Axis::Upright, flip(self.at, height, up), flip(self.from, width, !up), flip(self.to, width, !up)),
            Axis::Upright => (Axis::Level, flip(self.at, width, !up), flip(self.from, height, up), flip(self.to, height, up)),
        };
        Self { axis, at, from: a.min(b), to: a.max(b) }
    }
}

/// A cell: a box on the page and the rows and columns of the grid that it covers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
    /// How many rows it covers.
    pub(super) rows: usize,
    /// How many columns it covers.
    pub(super) columns: usize,
}

/// A ruled table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid {
    /// Where its upright lines stand.
    pub(super) xs: Vec<f32>,
    /// Where its level lines stand.
    pub(super) ys: Vec<f32>,
    /// The cell that each field of the grid belongs to, row by row.
    pub(super) fields: Vec<usize>,
    pub(super) cells: Vec<Cell>,
}

impl Grid {
    pub(super) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// The cell at a place on the page.
    pub(super) fn cell_at(&self, x: f32, y: f32) -> Option<usize> {
        let (row, column) = (slot(&self.ys, y)?, slot(&self.xs, x)?);
        self.fields.get(row * self.columns() + column).copied()
    }

    pub(super) fn top(&self) -> f32 {
        self.ys.first().copied().unwrap_or(0.0)
    }

    pub(super) fn bottom(&self) -> f32 {
        self.ys.last().copied().unwrap_or(0.0)
    }
}

/// Index of the interval that `value` lies in.
fn slot(edges: &[f32], value: f32) -> Option<usize> {
    let after = edges.partition_point(|edge| *edge <= value);
    (after > 0 && after < edges.len()).then(|| after - 1)
}

/// How far apart two lines may be drawn that are meant to be one, or to touch.
const NEAR: f32 = 3.0;
/// Shorter lines are dots, dashes of letters, corners.
const SHORT: f32 = 7.0;
/// A page with more lines is a drawing.
const MOST_LINES: usize = 4000;
/// A grid with more fields is a drawing too.
const MOST_FIELDS: usize = 40_000;

/// The lines as they are meant: pieces, dashes and double lines put together.
pub(super) fn merged(segments: &[Segment]) -> Vec<Segment> {
    let mut done: Vec<Segment> = Vec::new();
    for axis in [Axis::Level, Axis::Upright] {
        let mut lines: Vec<Segment> = segments.iter().copied().filter(|segment| segment.axis == axis).collect();
        lines.sort_by(|a, b| a.at.total_cmp(&b.at));
        let mut start = 0;
        while start < lines.len() {
            let first = lines[start].at;
            let end = start + lines[start..].partition_point(|line| line.at - first <= NEAR);
            let group = &mut lines[start..end];
            group.sort_by(|a, b| a.from.total_cmp(&b.from));
            let mut open: Option<Segment> = None;
            let mut push = |line: Segment| {
                if line.to - line.from >= SHORT {
                    done.push(line);
                }
            };
            for line in group.iter() {
                match &mut open {
                    Some(last) if line.from <= last.to + NEAR => {
                        // The longer piece says where the line stands.
                        if line.to - line.from > last.to - last.from {
                            last.at = line.at;
                        }
                        last.to = last.to.max(line.to);
                    }
                    _ => {
                        if let Some(last) = open.replace(*line) {
                            push(last);
                        }
                    }
                }
            }
            if let Some(last) = open {
                push(last);
            }
            start = end;
        }
    }
    done
}

/// Lines that touch, each group for itself.
fn components(lines: &[Segment]) -> Vec<Vec<Segment>> {
    let mut parent: Vec<usize> = (0..lines.len()).collect();
    fn root(parent: &mut [usize], mut index: usize) -> usize {
        while parent[index] != index {
            parent[index] = parent[parent[index]];
            index = parent[index];
        }
        index
    }
    let first_upright = lines.partition_point(|line| line.axis == Axis::Level);
    let (level, upright) = lines.split_at(first_upright);
    // `merged` gives each kind sorted by place, to within a group of near lines.
    let mut order: Vec<usize> = (0..upright.len()).collect();
    order.sort_by(|a, b| upright[*a].at.total_cmp(&upright[*b].at));
    for (index, line) in level.iter().enumerate() {
        let from = order.partition_point(|other| upright[*other].at < line.from - NEAR);
        for other in &order[from..] {
            let crossing = upright[*other];
            if crossing.at > line.to + NEAR {
                break;
            }
            if crossing.from - NEAR <= line.at && line.at <= crossing.to + NEAR {
                let (a, b) = (root(&mut parent, index), root(&mut parent, first_upright + other));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Vec<Segment>> = vec![Vec::new(); lines.len()];
    for (index, line) in lines.iter().enumerate() {
        let group = root(&mut parent, index);
        groups[group].push(*line);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Places that differ by more than a line's breadth, in order.
fn places(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let mut places: Vec<f32> = Vec::new();
    for value in values {
        if places.last().is_none_or(|last| value - last > NEAR) {
            places.push(value);
        }
    }
    places
}

/// The ruled tables among lines that [`merged`] has put together, from the top of the page down.
pub(super) fn grids(lines: &[Segment]) -> Vec<Grid> {
    if lines.len() > MOST_LINES {
        return Vec::new();
    }
    let mut grids: Vec<Grid> = components(lines).iter().filter_map(|group| grid(group)).collect();
    grids.sort_by(|a, b| a.top().total_cmp(&b.top()));
    // A table inside a cell of another: the outer one holds the text of both.
    let outer = grids.clone();
    grids.retain(|inner| {
        !outer.iter().any(|other| {
            let holds = |outer: &[f32], inner: &[f32]| {
                outer.first().zip(inner.first()).is_some_and(|(o, i)| *o < i - NEAR)
                    && outer.last().zip(inner.last()).is_some_and(|(o, i)| *o > i + NEAR)
            };
            holds(&other.xs, &inner.xs) && holds(&other.ys, &inner.ys)
        })
    });
    grids
}

/// The grid of lines that touch; `None` where they enclose fewer than two cells side by side.
fn grid(lines: &[Segment]) -> Option<Grid> {
    let of = |axis: Axis| lines.iter().filter(move |line| line.axis == axis);
    let mut xs: Vec<f32> = of(Axis::Upright).map(|line| line.at).collect();
    let mut ys: Vec<f32> = of(Axis::Level).map(|line| line.at).collect();
    if xs.is_empty() || ys.is_empty() {
        return None;
    }
    // A table open at its sides, or cut at the foot of the page: its lines run on beyond the last crossing.
    let reach = |axis: Axis| {
        let from = of(axis).map(|line| line.from).fold(f32::INFINITY, f32::min);
        let to = of(axis).map(|line| line.to).fold(f32::NEG_INFINITY, f32::max);
        (from, to)
    };
    let open = |edges: &mut Vec<f32>, (from, to): (f32, f32)| {
        let (low, high) =
            edges.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), edge| (low.min(*edge), high.max(*edge)));
        let mut added = Vec::new();
        if from < low - SHORT {
            edges.push(from);
            added.push(from);
        }
        if to > high + SHORT {
            edges.push(to);
            added.push(to);
        }
        added
    };
    let open_sides = open(&mut xs, reach(Axis::Level));
    let open_ends = open(&mut ys, reach(Axis::Upright));
    let (xs, ys) = (places(xs), places(ys));
    let (rows, columns) = (ys.len().saturating_sub(1), xs.len().saturating_sub(1));
    if rows == 0 || columns < 2 || rows * columns > MOST_FIELDS {
        return None;
    }
    // Which stretch of which grid line is drawn.
    let drawn = |edges: &[f32], across: &[f32], axis: Axis, open: &[f32]| {
        let mut drawn = vec![false; edges.len() * (across.len() - 1)];
        for (index, edge) in edges.iter().enumerate() {
            let always = open.iter().any(|at| (at - edge).abs() <= NEAR);
            for (stretch, ends) in across.windows(2).enumerate() {
                let middle = f32::midpoint(ends[0], ends[1]);
                let is_drawn = |line: &&Segment| (line.at - edge).abs() <= NEAR && line.from <= middle && middle <= line.to;
                drawn[index * (across.len() - 1) + stretch] = always || of(axis).any(|line| is_drawn(&line));
            }
        }
        drawn
    };
    if (xs.len() * rows + ys.len() * columns).saturating_mul(lines.len()) > 40_000_000 {
        return None;
    }
    let upright = drawn(&xs, &ys, Axis::Upright, &open_sides);
    let level = drawn(&ys, &xs, Axis::Level, &open_ends);
    let mut grid = Grid { fields: vec![usize::MAX; rows * columns], xs, ys, cells: Vec::new() };
    for row in 0..rows {
        for column in 0..columns {
            if grid.fields[row * columns + column] != usize::MAX {
                continue;
            }
            // As wide as no line parts it, then as deep as the whole width has none.
            let mut wide = 1;
            while column + wide < columns
                && !upright[(column + wide) * rows + row]
                && grid.fields[row * columns + column + wide] == usize::MAX
            {
                wide += 1;
            }
            let mut deep = 1;
            while row + deep < rows
                && (column..column + wide)
                    .all(|at| !level[(row + deep) * columns + at] && grid.fields[(row + deep) * columns + at] == usize::MAX)
            {
                deep += 1;
            }
            let index = grid.cells.len();
            for covered in row..row + deep {
                grid.fields[covered * columns + column..covered * columns + column + wide].fill(index);
            }
            grid.cells.push(Cell { row, column, rows: deep, columns: wide });
        }
    }
    // A frame drawn around paragraphs, a box with a line through it: no table.
    let side_by_side = grid.cells.iter().any(|cell| cell.columns < columns);
    (side_by_side && grid.cells.len() >= 2).then_some(grid)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f32, from: f32, to: f32) -> Segment {
        Segment { axis: Axis::Level, at, from, to }
    }

    fn upright(at: f32, from: f32, to: f32) -> Segment {
        Segment { axis: Axis::Upright, at, from, to }
    }

    /// Three columns, three rows; the lead agency's cell spans the two rows below the header.
    fn lead_spans_rows() -> Vec<Segment> {
        vec![
            level(100.0, 50.0, 350.0),
            level(120.0, 50.0, 350.0),
            level(140.0, 50.0, 250.0),
            level(160.0, 50.0, 350.0),
            upright(50.0, 100.0, 160.0),
            upright(150.0, 100.0, 160.0),
            upright(250.0, 100.0, 160.0),
            upright(350.0, 100.0, 160.0),
        ]
    }

    #[test]
    fn a_missing_edge_merges_cells() {
        let grids = grids(&merged(&lead_spans_rows()));
        assert_eq!(grids.len(), 1);
        let grid = &grids[0];
        assert_eq!((grid.rows(), grid.columns(), grid.cells.len()), (3, 3, 8));
        let lead = grid.cell_at(300.0, 150.0).expect("inside");
        assert_eq!(Some(lead), grid.cell_at(300.0, 130.0));
        assert_eq!(grid.cells[lead], Cell { row: 1, column: 2, rows: 2, columns: 1 });
        assert_eq!(grid.cell_at(40.0, 130.0), None);
    }

    #[test]
    fn a_turned_page_has_turned_lines() {
        let turned: Vec<Segment> = lead_spans_rows().into_iter().map(|line| line.turned(600.0, 800.0, true)).collect();
        let grid = &grids(&merged(&turned))[0];
        assert_eq!((grid.rows(), grid.columns(), grid.cells.len()), (3, 3, 8));
    }

    #[test]
    fn pieces_dashes_and_double_lines_are_one_line() {
        let dashes: Vec<Segment> = (0..40_u8).map(|at| level(10.0, f32::from(at) * 3.0, f32::from(at) * 3.0 + 1.5)).collect();
        assert_eq!(merged(&dashes).len(), 1);
        assert_eq!(
            merged(&[level(10.0, 0.0, 90.0), level(12.0, 0.0, 90.0), level(10.0, 91.0, 180.0)]),
            [level(10.0, 0.0, 180.0)]
        );
        assert_eq!(merged(&[level(10.0, 0.0, 90.0), level(10.0, 120.0, 180.0)]).len(), 2);
    }

    #[test]
    fn frames_and_single_rules_are_no_tables() {
        let frame = [level(0.0, 0.0, 90.0), level(50.0, 0.0, 90.0), upright(0.0, 0.0, 50.0), upright(90.0, 0.0, 50.0)];
        assert!(grids(&merged(&frame)).is_empty());
        assert!(grids(&merged(&[level(0.0, 0.0, 90.0)])).is_empty());
    }

    #[test]
    fn open_sides_and_a_cut_foot_are_closed() {
        // Only the inner lines are drawn, and the upright ones run on to the foot of the page.
        let lines =
            [level(100.0, 50.0, 350.0), level(120.0, 50.0, 350.0), upright(150.0, 100.0, 170.0), upright(250.0, 100.0, 170.0)];
        let grid = &grids(&merged(&lines))[0];
        assert_eq!((grid.rows(), grid.columns()), (2, 3));
    }
}
