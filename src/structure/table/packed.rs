//! Rows whose cells are known and their columns not: a label over several columns and a cell that reaches down into the
//! next row are printed once, so that a row has fewer cells than the table has columns.
//!
//! Labels of a second row are put under those of the first that stand over them; cells of other short rows into the
//! columns whose cells they are like.

use std::ops::Range;

use super::barred::{grouped, is_ordinal};
use super::{Cell, Row, cell_text};
use crate::normalize::Lines;
use crate::words::fold;

/// Most labels of a header row that are put in place.
const LABELS: usize = 40;

/// Puts the cells of each row into `width` columns.
pub(super) fn place(lines: &Lines, rows: Vec<Row>, width: usize) -> Vec<Row> {
    let profile = Profile::new(lines, &rows, width);
    let mut placed = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    let header = rows.peek().is_some_and(|first| first.len() >= 2 && first.len() < width);
    if header && let Some(first) = rows.next() {
        let mut levels = vec![first];
        while levels.len() < 3
            && let Some(next) = rows.next_if(|row| row.len() >= 2 && row.len() < width && !begins_data(lines, row))
        {
            levels.push(next);
        }
        placed.extend(
            distribute(lines, &levels, width, &profile)
                .unwrap_or_else(|| levels.into_iter().map(|row| profile.fit(lines, row)).collect()),
        );
    }
    placed.extend(rows.map(|row| {
        let whole = row.len() == 1;
        let row = grouped(lines, row);
        // A title over all columns stands at their beginning, its marker in the first.
        let text = |at: usize| cell_text(lines, &row[at]);
        let titled = row.len() == 2 && is_ordinal(text(0)) && text(1).starts_with(char::is_uppercase) && !is_ordinal(text(1));
        if row.len() == width || whole || titled { row } else { profile.fit(lines, row) }
    }));
    for row in &mut placed {
        row.resize(width, Cell::new());
    }
    placed
}

/// Whether a row is none of labels: it begins with a number.
fn begins_data(lines: &Lines, row: &Row) -> bool {
    row.first().is_some_and(|cell| cell.len() == 1 && is_ordinal(cell_text(lines, cell)) && cell_text(lines, cell).len() < 3)
        && !row.iter().all(|cell| cell_text(lines, cell).starts_with(char::is_alphabetic))
}

/// What a cell looks like.
const CLASSES: usize = 6;
/// A share or a rate: `99,9`, `103,2%`.
const SHARE: usize = 5;

fn class(lines: &Lines, cell: &Cell) -> usize {
    let text = cell_text(lines, cell);
    let bare = text.trim_start_matches(['≥', '≤', '>', '<', ' ', '-', '+']);
    let number = bare.starts_with(|c: char| c.is_ascii_digit()) && cell.len() == 1 && text.split(' ').count() <= 3;
    let whole = bare.split([',', '%']).next().unwrap_or_default();
    let share = number && whole.len() <= 3 && whole.len() < bare.len();
    match text {
        "" => 0,
        _ if share => SHARE,
        _ if is_ordinal(text) && !number => 1,
        _ if number => 2,
        _ if cell.len() == 1 && text.len() <= 40 => 3,
        _ => 4,
    }
}

/// How often the cells of each column look like what, in rows that fill all columns.
struct Profile {
    shares: Vec<[f64; CLASSES]>,
}

impl Profile {
    fn new(lines: &Lines, rows: &[Row], width: usize) -> Self {
        let mut shares = vec![[0.0; CLASSES]; width];
        let mut count = 0.0_f64;
        for row in rows.iter().skip(1).filter(|row| row.len() == width) {
            count += 1.0;
            for (share, cell) in shares.iter_mut().zip(row) {
                share[class(lines, cell)] += 1.0;
            }
        }
        for share in shares.iter_mut().flatten() {
            *share /= count.max(1.0);
        }
        Self { shares }
    }

    /// Whether the cells of two columns are of one kind: all numbers, all words.
    fn alike(&self, one: usize, other: usize) -> bool {
        let most = |at: usize| (1..CLASSES).max_by(|a, b| self.shares[at][*a].total_cmp(&self.shares[at][*b]));
        most(one) == most(other)
    }

    /// Puts a short row's cells, in their order, into the columns that they are most like.
    fn fit(&self, lines: &Lines, row: Row) -> Row {
        let width = self.shares.len();
        let count = row.len();
        let mut placed = vec![Cell::new(); width];
        if count > width {
            for (at, cell) in row.into_iter().enumerate() {
                placed[at.min(width - 1)].extend(cell);
            }
            return placed;
        }
        let classes: Vec<usize> = row.iter().map(|cell| class(lines, cell)).collect();
        let gain = |at: usize, column: usize| {
            let share = &self.shares[column];
            let words = match classes[at] {
                3 | 4 => 0.5 * (share[3] + share[4]),
                2 | SHARE => 0.8 * (share[2] + share[SHARE]),
                _ => 0.0,
            };
            // The first cell is the first column's unless another is clearly more like it.
            share[classes[at]].max(words) + if at == column { 0.15 } else { 0.0 }
        };
        // best[at][column]: the most that cells from `at` on gain in columns from `column` on.
        let mut best = vec![vec![f64::NEG_INFINITY; width + 1]; count + 1];
        best[count].fill(0.0);
        for at in (0..count).rev() {
            for column in (at..=width - (count - at)).rev() {
                let taken = gain(at, column) + best[at + 1][column + 1];
                best[at][column] = taken.max(best[at][column + 1]);
            }
        }
        let mut column = 0;
        for (at, cell) in row.into_iter().enumerate() {
            while gain(at, column) + best[at + 1][column + 1] < best[at][column] {
                column += 1;
            }
            placed[column] = cell;
            column += 1;
        }
        placed
    }
}

fn numbers_in(text: &str) -> impl Iterator<Item = usize> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok())
}

fn years_in(text: &str) -> impl Iterator<Item = usize> {
    numbers_in(text).filter(|number| (1990..2100).contains(number))
}

/// A label's form: its words without its numbers.
fn form(lines: &Lines, cell: &Cell) -> String {
    fold(cell_text(lines, cell)).chars().filter(|c| !c.is_ascii_digit() && !matches!(c, 'i' | 'v' | ' ')).collect()
}

/// Puts labels of the rows below under those of the first that stand over them. `None` where they do not fill the columns.
fn distribute(lines: &Lines, levels: &[Row], width: usize, profile: &Profile) -> Option<Vec<Row>> {
    let (first, rest) = levels.split_first()?;
    if rest.is_empty() || levels.iter().any(|row| row.len() > LABELS) {
        return None;
    }
    let below = &rest[0];
    // With a third row the second's labels stand over several columns, too.
    let extra: usize = rest[1..].iter().map(Vec::len).sum();
    let target = if rest.len() == 1 { width } else { width.checked_sub(extra)? + below.len().min(extra / 2) };
    let counts = spans(lines, first, below, target, profile)?;
    let mut upper = Vec::new();
    let mut lower = Vec::new();
    let mut children = below.iter();
    for (label, count) in first.iter().zip(&counts) {
        upper.push(label.clone());
        upper.resize(upper.len() + count.saturating_sub(1), Cell::new());
        if *count == 0 {
            lower.push(Cell::new());
        }
        lower.extend(children.by_ref().take(*count).cloned());
    }
    if rest.len() == 1 {
        return (upper.len() == width && lower.len() == width).then(|| vec![upper, lower]);
    }
    // The leaves of the first two rows are labels over the third.
    let leaves: Row = upper.iter().zip(&lower).map(|(a, b)| if b.is_empty() { a.clone() } else { b.clone() }).collect();
    let counts = spans(lines, &leaves, &rest[1], width, profile)?;
    let mut rows = vec![Row::new(), Row::new(), Row::new()];
    let mut children = rest[1].iter();
    for (at, count) in counts.iter().enumerate() {
        for (row, label) in rows.iter_mut().zip([&upper[at], &lower[at]]) {
            row.push(label.clone());
            row.resize(row.len() + count.saturating_sub(1), Cell::new());
        }
        if *count == 0 {
            rows[2].push(Cell::new());
        }
        rows[2].extend(children.by_ref().take(*count).cloned());
    }
    rows.iter().all(|row| row.len() == width).then_some(rows)
}

/// How many labels of the row below stand under each: 0 under one that is its column's own.
fn spans(lines: &Lines, labels: &[Cell], below: &[Cell], width: usize, profile: &Profile) -> Option<Vec<usize>> {
    let forms: Vec<String> = labels.iter().map(|cell| form(lines, cell)).collect();
    // `Kế hoạch 2026 | Kế hoạch 2027` stand over as many columns each.
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, form) in forms.iter().enumerate() {
        match runs.last_mut().filter(|run| forms[run.start] == *form) {
            Some(run) => run.end = at + 1,
            None => runs.push(at..at + 1),
        }
    }
    let sheet = Labels {
        texts: labels.iter().map(|cell| cell_text(lines, cell)).collect(),
        children: below.iter().map(|cell| form(lines, cell)).collect(),
        profile,
        spanning: (labels.len() + below.len()).checked_sub(width).filter(|count| (1..=labels.len()).contains(count))?,
    };
    sheet.counts(&runs).or_else(|| sheet.counts(&(0..labels.len()).map(|at| at..at + 1).collect::<Vec<_>>()))
}

/// Two rows of labels.
struct Labels<'a> {
    texts: Vec<&'a str>,
    /// The forms of the lower row's labels.
    children: Vec<String>,
    profile: &'a Profile,
    /// How many of the upper row stand over several columns.
    spanning: usize,
}

impl Labels<'_> {
    /// How many lower labels stand under each upper one, as many under each of a run.
    fn counts(&self, runs: &[Range<usize>]) -> Option<Vec<usize>> {
        let m = self.children.len();
        let place = |run: usize, child: usize, spanning: usize| (run * (m + 1) + child) * (self.spanning + 1) + spanning;
        // The most that the labels from a run on gain over the children from one on, and the count of the run's.
        let mut known: Vec<Option<(f64, usize)>> = vec![None; (runs.len() + 1) * (m + 1) * (self.spanning + 1)];
        known[place(runs.len(), m, self.spanning)] = Some((0.0, 0));
        for (index, run) in runs.iter().enumerate().rev() {
            for child in 0..=m {
                for spanning in 0..=self.spanning.min(run.start) {
                    let most = (m - child) / run.len();
                    let mut best: Option<(f64, usize)> = None;
                    for count in std::iter::once(0).chain(2..=most) {
                        let over = if count > 0 { spanning + run.len() } else { spanning };
                        if over > self.spanning {
                            continue;
                        }
                        let Some((after, _)) = known[place(index + 1, child + count * run.len(), over)] else { continue };
                        let gain = |step: usize| self.gain(run.start + step, child + step * count, count, spanning + step);
                        let gained = if count > 0 { (0..run.len()).map(gain).sum::<f64>() } else { 0.0 };
                        if best.is_none_or(|(known, _)| after + gained > known) {
                            best = Some((after + gained, count));
                        }
                    }
                    known[place(index, child, spanning)] = best;
                }
            }
        }
        let mut counts = Vec::with_capacity(self.texts.len());
        let (mut child, mut spanning) = (0, 0);
        for (index, run) in runs.iter().enumerate() {
            let (_, count) = known[place(index, child, spanning)]?;
            counts.extend(std::iter::repeat_n(count, run.len()));
            child += count * run.len();
            spanning += if count > 0 { run.len() } else { 0 };
        }
        Some(counts)
    }

    /// What speaks for the label at `at` standing over `count` children from `child` on, as the label after `spanning` others that do.
    fn gain(&self, at: usize, child: usize, count: usize, spanning: usize) -> f64 {
        let mut gain = 0.1 * at as f64 / self.texts.len() as f64;
        // The ordinals stand over their own column alone.
        if at == 0 {
            gain -= 4.0;
        }
        let cut = |child: usize| child > 0 && child < self.children.len() && self.children[child] == self.children[child - 1];
        gain -= f64::from(u8::from(cut(child)) + u8::from(cut(child + count)));
        // `Dự kiến 03 năm kế hoạch`, `GIAI ĐOẠN 2026 - 2030`.
        let named = numbers_in(self.texts[at]).any(|number| number == count);
        let years: Vec<usize> = years_in(self.texts[at]).collect();
        if named || years.len() >= 2 && years[years.len() - 1] + 1 == years[0] + count {
            gain += 1.0;
        }
        // `Năm 2025` beside `Dự kiến năm 2026 | Dự kiến năm 2027`: the year that is under way has its plan and its estimate.
        let first_year = |text: &&str| years_in(text).min();
        let earliest = self.texts.iter().filter_map(first_year).min();
        let later = self.texts.iter().filter_map(first_year).max() > earliest;
        if count == 2 && later && years.len() == 1 && years.first() == earliest.as_ref() {
            gain += 0.4;
        }
        gain -= 0.05 * (count as f64 - self.children.len() as f64 / self.spanning as f64).abs();
        // What stands under one label is of one kind.
        let start = at - spanning + child;
        let end = (start + count).min(self.profile.shares.len());
        if (start + 1..end).any(|column| !self.profile.alike(start, column)) {
            gain -= 0.7;
        }
        gain
    }
}
