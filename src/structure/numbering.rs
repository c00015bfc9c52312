//! Where a numbering does not go on: `2.` is followed by `4.`, `đ)` by `k)`, `V.` by `V.`.
//!
//! Every marker counts, that of a heading and that of a plain item. A number that is left out may still be there in a form that no
//! marker was read from (`- 3. Sở Y tế`, `3 Xã Khe Vàng`, `c) …; d) …` in one line); the text between the two is asked for it.

use super::marker::{self, Marker, Style};
use super::outline::Outline;
use super::reflow::Paragraph;
use crate::text::Span;

/// Two markers of one sequence, the second of which is not next after the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The label of the first: `đ`.
    pub after: String,
    /// The label of the second: `k`.
    pub found: String,
    /// How many markers of the sequence went on one after the other before.
    pub run: u32,
    /// Whether what is left out stands between the two, where no marker was read from it.
    pub met: bool,
    /// The words of both, in [`super::Document::text`].
    pub words: [Span; 2],
    /// Index of the section that the second stands in.
    pub section: Option<usize>,
}

/// A marker that is open: what goes on with its sequence, or stands below it, is told by it.
pub(super) struct Open {
    pub(super) style: Option<Style>,
    pub(super) ordinal: u32,
    pub(super) label: String,
    /// The section that it opened; for a bare item the section above it, where there is one.
    pub(super) section: Option<usize>,
    /// Where it opened none: its block.
    pub(super) bare: Option<usize>,
    /// The level of a heading that the format names; 0 for others.
    pub(super) hashes: u8,
    /// How many markers of its sequence went on one after the other up to this one.
    pub(super) run: u32,
    /// Whether its sequence is lettered as in other alphabets: `d` and then `e`.
    pub(super) foreign: bool,
    /// The line that it stands in; none where it was read from no marker.
    pub(super) line: Option<usize>,
    /// Its words.
    pub(super) words: Span,
}

impl Open {
    /// A section that no marker of a sequence opened.
    pub(super) fn root(section: usize, ordinal: u32, label: String, hashes: u8) -> Self {
        let words = Span::default();
        Self {
            style: None,
            ordinal,
            label,
            section: Some(section),
            bare: None,
            hashes,
            run: 0,
            foreign: false,
            line: None,
            words,
        }
    }
}

/// So far behind the last letter of a list another letter may still be meant to go on with it.
const FAR: u32 = 8;

/// Most lines between two markers that are searched for what is left out.
const MOST_LINES: usize = 2000;

impl Outline<'_> {
    /// Notes that `marker` does not go on with the open one at `at`; `paragraph` is what it begins.
    pub(super) fn note_step(&mut self, at: usize, marker: &Marker, paragraph: &Paragraph) {
        let open = &self.stack[at];
        let (Some(style), Some(line)) = (open.style, open.line) else { return };
        // `1.2` and `2.3` are of two sequences.
        let stem = |label: &str| match style {
            Style::Decimal(_) => label.rsplit_once('.').map(|(stem, _)| stem.to_owned()),
            Style::Coded => Some(label.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()),
            _ => None,
        };
        let worded = |label: &str| matches!(style, Style::Part | Style::Chapter) && !is_in_figures(label);
        if stem(&open.label) != stem(&marker.label) || worded(&open.label) != worded(&marker.label) || is_habit(open, marker) {
            return;
        }
        let step = Step {
            after: open.label.clone(),
            found: marker.label.clone(),
            run: open.run,
            met: self.is_met(open, marker, line, paragraph),
            words: [open.words, Span::default()],
            section: self.stack[..at].last().and_then(|above| above.section),
        };
        self.step = Some(step);
    }

    /// Counts a marked item or heading that stands right under a section.
    pub(super) fn count_item(&mut self, marker: &Marker) {
        let Some(above) = self.stack.last().filter(|above| above.bare.is_none()) else { return };
        let Some(section) = above.section else { return };
        let own = Some((marker.style, marker.ordinal)).filter(|_| marker.ordinal == 1);
        self.children
            .entry(section)
            .and_modify(|known| {
                *known = known.filter(|(style, last)| *style == marker.style && last + 1 == marker.ordinal);
                *known = known.map(|(style, last)| (style, last + 1));
            })
            .or_insert(own);
    }

    /// A letter too far behind the list's last to be read as its next: `đ)` and `k)`.
    pub(super) fn note_stray(&mut self, marker: &Marker, paragraph: &Paragraph) {
        let Some(last) = self.stack.last().filter(|open| open.style == Some(marker.style)) else { return };
        if marker.style == Style::Letter && last.run >= 2 && (last.ordinal..last.ordinal + FAR).contains(&marker.ordinal) {
            self.note_step(self.stack.len() - 1, marker, paragraph);
        }
    }

    /// Keeps the step that was noted, now that the words of its second marker are written.
    pub(super) fn keep_step(&mut self, words: Span) {
        if let Some(mut step) = self.step.take() {
            step.words[1] = words;
            self.steps.push(step);
        }
    }

    /// Whether what is left out between two markers stands in the lines between them.
    fn is_met(&self, open: &Open, marker: &Marker, from: usize, paragraph: &Paragraph) -> bool {
        let missing = missing(open, marker);
        let until = paragraph.line.min(from + MOST_LINES);
        (from..until).map(|line| self.lines.line(line)).any(|line| missing.iter().any(|label| holds(line, label)))
    }
}

/// Whether `marker` comes next after an open one of its form.
pub(super) fn follows(open: &Open, marker: &Marker) -> bool {
    if let Style::Decimal(_) = marker.style {
        let stem = |label: &str| label.rsplit_once('.').map(|(stem, _)| stem.to_owned());
        return stem(&open.label) == stem(&marker.label) && marker.ordinal == open.ordinal + 1;
    }
    let letters = |label: &str| label.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    marker.ordinal == open.ordinal + 1 && (marker.style != Style::Coded || letters(&open.label) == letters(&marker.label))
}

/// Lists that are lettered as in other alphabets (`c, d, e, f`) have their own order all through.
fn is_habit(open: &Open, marker: &Marker) -> bool {
    if !matches!(marker.style, Style::Letter | Style::BracketLetter | Style::Capital) {
        return false;
    }
    let (before, found) = (open.label.as_str(), marker.label.as_str());
    before.eq_ignore_ascii_case("d") && found.eq_ignore_ascii_case("e")
        || open.foreign && (before == "f" && found == "g" || found == "j" || before == "j")
}

/// Whether a part's number is written in figures, `PHẦN IV`, and not in words, `PHẦN THỨ BA`: a document that has both numbers its parts
/// in one way and what is below them in the other.
fn is_in_figures(label: &str) -> bool {
    label.rsplit(' ').next().is_some_and(|last| marker::roman(last).is_some() || last.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The labels between two: `3`, `4` between `2` and `5`; none where the second does not lie behind the first.
fn missing(open: &Open, marker: &Marker) -> Vec<String> {
    (open.ordinal + 1..marker.ordinal)
        .map(|ordinal| match marker.style {
            Style::Decimal(_) | Style::Coded => {
                let stem = marker.label.trim_end_matches(|c: char| c.is_ascii_digit());
                format!("{stem}{ordinal}")
            }
            _ => marker::label_of(marker.style, ordinal),
        })
        .collect()
}

/// Whether a line holds a label as a marker would be written, at its start behind bullets or later behind a mark: `- 3. …`, `…; d) …`.
fn holds(line: &str, label: &str) -> bool {
    let start = line.trim_start_matches(|c: char| marker::is_bullet(c) || c.is_whitespace() || matches!(c, '|' | '#' | '('));
    let closed = |rest: &str| match rest.chars().next() {
        None => true,
        Some('.' | ')' | ':' | '/') => !rest[1..].starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    // `3 Xã Khe Vàng`: a blank is enough at the start of a line.
    let spaced =
        |rest: &str| rest.strip_prefix([' ', '\t', '|']).is_some_and(|rest| rest.starts_with(|c: char| !c.is_lowercase()));
    if start.strip_prefix(label).is_some_and(|rest| closed(rest) || spaced(rest)) {
        return true;
    }
    line.match_indices(label).any(|(at, _)| {
        let behind = line[..at].trim_end();
        let led = line[..at].ends_with(char::is_whitespace) && behind.ends_with([';', '.', ':', ',', '|']);
        led && closed(&line[at + label.len()..]) && at + label.len() < line.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_figures_and_in_words() {
        for (label, wanted) in [("PHẦN IV", true), ("Phần 2", true), ("PHẦN THỨ BA", false), ("Phần thứ nhất", false)]
        {
            assert_eq!(is_in_figures(label), wanted, "{label}");
        }
    }

    #[test]
    fn labels_that_no_marker_was_read_from() {
        for (line, label, wanted) in [
            ("- 3. Sở Y tế", "3", true),
            ("3 Xã Khe Vàng", "3", true),
            ("c) trồng rừng; d) chăm sóc rừng;", "d", true),
            ("III", "III", true),
            ("d/Các phần mềm", "d", true),
            ("3/4 số hộ", "3", false),
            ("3 tháng đầu năm", "3", false),
            ("theo điểm d khoản 2", "d", false),
            ("1.3. Trồng rừng", "3", false),
            ("đạt 3.200 ha", "3", false),
            ("tại mục 3.", "3", false),
        ] {
            assert_eq!(holds(line, label), wanted, "{line}");
        }
    }
}
