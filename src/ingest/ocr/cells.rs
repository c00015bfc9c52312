//! Slips of OCR inside ruled tables, which only the table can tell: `ĐVTL` above a column beside `Chỉ tiêu`, and `H`, `IH` for the
//! Roman numbers of group rows (`II | Cải cách thủ tục hành chính | | `).

use super::repair::{Repair, SURE};
use super::{Cell, CellsOf, Reading};
use crate::lexicon::LexiconError;

/// The widest column of numbers, in points.
const WIDEST: f32 = 60.0;
/// Cells whose upper edges are so near stand in one row, in points.
const LEVEL: f32 = 2.0;
/// The Roman numbers of groups.
const ROMANS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// Labels of columns.
pub(super) struct Labels {
    all: Vec<String>,
    /// Those of one word in capitals: `STT`, `ĐVT`.
    short: Vec<String>,
}

impl Labels {
    /// Those of the embedded lexicon.
    ///
    /// # Errors
    /// Where the embedded lexicon is broken, which the tests rule out.
    pub(super) fn new() -> Result<Self, LexiconError> {
        let all = crate::lexicon::column_labels()?;
        let is_short = |label: &&String| label.chars().count() > 2 && label.chars().all(char::is_uppercase);
        let short = all.iter().filter(is_short).cloned().collect();
        Ok(Self { all: all.iter().map(|label| label.to_lowercase()).collect(), short })
    }

    fn is_label(&self, text: &str) -> bool {
        self.all.contains(&text.to_lowercase())
    }

    /// The one short label that a single slip makes of `read`.
    fn meant(&self, read: &str) -> Option<&String> {
        let may_be = |label: &&String| read.chars().count() >= label.chars().count() && is_one_slip(read, label);
        let mut near = self.short.iter().filter(may_be);
        near.next().filter(|_| near.next().is_none())
    }
}

/// Whether one letter more, less or other makes `meant` of `read`.
fn is_one_slip(read: &str, meant: &str) -> bool {
    let (read, meant): (Vec<char>, Vec<char>) = (read.chars().collect(), meant.chars().collect());
    let begin = read.iter().zip(&meant).take_while(|(one, other)| one == other).count();
    let rest = |skip_read: usize, skip_meant: usize| {
        begin + skip_read <= read.len()
            && begin + skip_meant <= meant.len()
            && read[begin + skip_read..] == meant[begin + skip_meant..]
    };
    read != meant && (rest(1, 0) || rest(0, 1) || rest(1, 1))
}

/// A row of a ruled table: the words of each cell, by their places in the page's list.
type Row = Vec<(Cell, Vec<usize>)>;

/// The rows of a page's tables, from above, their cells from the left.
fn rows(reading: &Reading, cells: Vec<Cell>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut cells = cells;
    cells.sort_by(|one, other| (one.top, one.left).partial_cmp(&(other.top, other.left)).unwrap_or(std::cmp::Ordering::Equal));
    for cell in cells {
        let inside = |at: &usize| {
            let word = &reading.words[*at];
            let (x, y) = (f32::midpoint(word.x0, word.x1), word.y - 0.3 * word.size);
            (cell.left..cell.right).contains(&x) && (cell.top..cell.bottom).contains(&y)
        };
        let words = (0..reading.words.len()).filter(inside).collect();
        match rows.last_mut().filter(|row| row.first().is_some_and(|(first, _)| (first.top - cell.top).abs() < LEVEL)) {
            Some(row) => row.push((cell, words)),
            None => rows.push(vec![(cell, words)]),
        }
    }
    for row in &mut rows {
        row.sort_by(|(one, _), (other, _)| one.left.total_cmp(&other.left));
    }
    rows
}

/// Repairs what the tables of the pages tell; gives the page of each repair.
pub(super) fn repair(readings: &mut [&mut Reading], cells_of: CellsOf, labels: &Labels) -> Vec<(usize, Repair)> {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    let mut firsts: Vec<First> = Vec::new();
    for (page, reading) in readings.iter().enumerate() {
        for row in rows(reading, cells_of(&reading.rules)) {
            let text = |words: &[usize]| words.iter().map(|at| reading.words[*at].text.as_str()).collect::<Vec<_>>().join(" ");
            let known = row.iter().filter(|(_, words)| labels.is_label(&text(words))).count();
            if known > 0 {
                for (_, words) in &row {
                    if let [at] = words[..]
                        && reading.words[at].confidence < SURE
                        && !labels.is_label(&reading.words[at].text)
                        && let Some(meant) = labels.meant(&reading.words[at].text)
                    {
                        found.push((page, at, meant.clone()));
                    }
                }
            }
            let [(cell, words), others @ ..] = &row[..] else { continue };
            if others.is_empty() || cell.right - cell.left > WIDEST || words.len() > 1 {
                continue;
            }
            firsts.push(First {
                place: words.first().map(|at| (page, *at)),
                text: text(words),
                is_group: others.iter().filter(|(_, words)| !words.is_empty()).count() == 1,
            });
        }
    }
    found.extend(groups(&firsts));
    let mut done = Vec::new();
    for (page, at, now) in found {
        let word = &mut readings[page].words[at];
        let read = std::mem::replace(&mut word.text, now.clone());
        done.push((page, Repair { read, now }));
    }
    done
}

/// The first cell of a row.
struct First {
    /// Page and word; `None`: it is empty.
    place: Option<(usize, usize)>,
    text: String,
    /// Whether one other cell alone has words.
    is_group: bool,
}

/// The Roman numbers of group rows whose strokes were joined or taken for other letters. They are repaired where all group rows
/// of a table, in their order, can be I, II, III, …, and two of them at least were read.
fn groups(firsts: &[First]) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut run: Vec<&First> = Vec::new();
    let mut close = |run: &mut Vec<&First>| {
        let fits = |(at, first): (usize, &&First)| first.text.is_empty() || may_be(&first.text, at + 1);
        let read = run.iter().filter(|first| !first.text.is_empty()).count();
        if read >= 2 && run.len() <= ROMANS.len() && run.iter().enumerate().all(fits) {
            for (first, meant) in run.iter().zip(ROMANS) {
                if let Some((page, at)) = first.place
                    && first.text != meant
                {
                    found.push((page, at, meant.to_owned()));
                }
            }
        }
        run.clear();
    };
    for (at, first) in firsts.iter().enumerate().filter(|(_, first)| first.is_group) {
        // `1` is a number of its own, unless the row behind it begins anew with 1.
        let restarts = firsts.get(at + 1).is_some_and(|next| next.text.trim_end_matches('.') == "1");
        let is_number = first.text.starts_with(|c: char| c.is_ascii_digit()) && !(first.text == "1" && restarts);
        if is_number || first.text.is_empty() && !restarts {
            continue;
        }
        if first.text == "I" || first.text == "1" {
            close(&mut run);
        }
        run.push(first);
    }
    close(&mut run);
    found
}

/// Whether what was read may be the Roman number `number`: it is it, or has as many strokes, where only strokes are in both.
fn may_be(read: &str, number: usize) -> bool {
    let strokes = |c: char| match c {
        'H' => Some(2),
        'I' | 'l' | 'L' | '|' | '[' | ']' | '1' | '!' | '„' | '"' | 'Ï' | 'Í' | 'Ì' => Some(1),
        _ => None,
    };
    ROMANS.get(number - 1).is_some_and(|meant| *meant == read.trim_end_matches('.'))
        || number <= 3 && read.chars().map(strokes).sum::<Option<usize>>() == Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First cells of rows: `+` before those of group rows.
    #[track_caller]
    fn check_groups(cells: &[&str], wanted: &[&str]) {
        let firsts: Vec<First> = cells
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                let text = cell.trim_start_matches('+').to_owned();
                First { place: (!text.is_empty()).then_some((0, at)), text, is_group: cell.starts_with('+') }
            })
            .collect();
        let mut read: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        for (_, at, now) in groups(&firsts) {
            read[at] = format!("+{now}");
        }
        assert_eq!(read, wanted);
    }

    #[test]
    fn joined_strokes_of_group_rows_are_told_by_their_order() {
        check_groups(&["+I", "1", "2", "+H", "1", "+IH", "1"], &["+I", "1", "2", "+II", "1", "+III", "1"]);
        check_groups(&["+1", "1", "2", "+H", "1", "+„H", "1"], &["+I", "1", "2", "+II", "1", "+III", "1"]);
        // The lone stroke was not seen: nothing is written where nothing was read.
        check_groups(&["+", "1", "+H", "1", "+III", "1", "+IV", "1"], &["+", "1", "+II", "1", "+III", "1", "+IV", "1"]);
        // A second table begins anew.
        check_groups(&["+I", "1", "+H", "1", "+I", "1", "+II", "1"], &["+I", "1", "+II", "1", "+I", "1", "+II", "1"]);
    }

    #[test]
    fn what_may_be_no_roman_number_is_left() {
        for cells in [
            // Letters of groups.
            &["+A", "1", "+B", "1", "+H", "1"][..],
            // A row of its own beside `1`, `2`.
            &["+1", "2", "+3", "4"],
            // One alone.
            &["+H", "1", "2"],
            // The order does not hold.
            &["+I", "1", "+III", "1", "+H", "1"],
            // No group rows.
            &["I", "H", "IH"],
        ] {
            check_groups(cells, cells);
        }
    }

    #[test]
    fn a_label_is_one_slip_from_one_short_label() {
        let labels = Labels::new().expect("sound");
        for (read, meant) in [("ĐVTL", Some("ĐVT")), ("ĐV", None), ("SIT", Some("STT")), ("ha", None), ("KV", None), ("X", None)]
        {
            assert_eq!(labels.meant(read).map(String::as_str), meant, "{read}");
        }
        assert!(labels.is_label("Chỉ tiêu") && !labels.is_label("ĐVTL"));
    }
}
