//! Footnotes: small type under a short rule at the foot of a page.

use super::glyphs::Page;
use super::lines::{Line, is_raised, join, text};
use super::ruling::{Axis, Segment};

/// A footnote, or the rest of one that began on the page before.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Note {
    /// Its mark.
    pub(super) label: Option<u16>,
    pub(super) text: String,
}

/// Takes the footnotes from the end of the page's lines, which are sorted from the top down.
pub(super) fn take(page: &Page, lines: &mut Vec<Line>, rules: &[Segment], size: f32) -> Vec<Note> {
    let mut rules: Vec<&Segment> = rules.iter().filter(|rule| rule.axis == Axis::Level && rule.to - rule.from >= 36.0).collect();
    rules.sort_by(|a, b| b.at.total_cmp(&a.at));
    for rule in rules {
        if rule.at < 0.25 * page.height {
            break;
        }
        let first = lines.partition_point(|line| line.top() < rule.at - 3.0);
        let below = &lines[first..];
        let Some(head) = below.first() else { continue };
        let short = rule.to - rule.from < 0.45 * page.width && rule.from < head.x0 + 40.0;
        let small = below.iter().all(|line| line.size < 0.95 * size) && head.top() - rule.at < 3.0 * size;
        let marks = marks(page, &lines[..first]);
        let marked = label(&text(page, head), None, &marks).is_some();
        if small && (short || marked) && (marked || first > 0) {
            let taken: Vec<Line> = lines.split_off(first);
            return notes(page, &taken, &marks);
        }
    }
    Vec::new()
}

/// The figures that stand raised in these lines.
fn marks(page: &Page, lines: &[Line]) -> Vec<u16> {
    let raised =
        lines.iter().flat_map(|line| line.chunks.iter().map(|at| &page.chunks[*at]).filter(|chunk| is_raised(chunk, line)));
    raised.filter_map(|chunk| page.text_of(chunk).trim_matches(['(', ')', '[', ']', ',']).parse().ok()).collect()
}

fn notes(page: &Page, lines: &[Line], marks: &[u16]) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let mut last = None;
    for line in lines {
        let words = text(page, line);
        match label(&words, last, marks) {
            Some((found, rest)) => {
                last = Some(found);
                notes.push(Note { label: Some(found), text: rest.to_owned() });
            }
            None => match notes.last_mut() {
                Some(note) => join(&mut note.text, 0, &words),
                None => notes.push(Note { label: None, text: words }),
            },
        }
    }
    notes
}

/// The label that a line begins with, and what stands behind it; `last` is the label before, `marks` those in the page's text.
fn label<'a>(words: &'a str, last: Option<u16>, marks: &[u16]) -> Option<(u16, &'a str)> {
    if let Some((label, rest)) = words.strip_prefix("<sup>").and_then(|words| words.split_once("</sup>")) {
        return label.parse().ok().map(|label| (label, rest.trim_start()));
    }
    let core = words.trim_start_matches(['(', '[']);
    let digits = core.bytes().take_while(u8::is_ascii_digit).count();
    let number: u16 = core.get(..digits)?.parse().ok()?;
    let rest = core[digits..].trim_start_matches([')', ']', '.']);
    // A figure of ordinary height is a label only in its turn: `2025` is a year, `15 ngày` a time.
    let in_turn = marks.contains(&number) && last.is_none_or(|last| number > last);
    let words = rest.trim_start();
    (in_turn && words.starts_with(char::is_alphabetic)).then_some((number, words))
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::{all, page};
    use super::*;

    #[test]
    fn small_type_under_a_short_rule_is_footnotes() {
        let page = page(&[
            ("Các sở phối hợp thực hiện.", 50.0, 600.0, 14.0),
            ("1", 50.0, 698.0, 6.5),
            ("Đã ban hành tại Quyết định", 56.0, 702.0, 10.0),
            ("2025 nêu trên.", 50.0, 714.0, 10.0),
            ("2", 50.0, 724.0, 6.5),
            ("Đã có.", 56.0, 728.0, 10.0),
        ]);
        let mut lines = all(&page);
        let rule = Segment { axis: Axis::Level, at: 690.0, from: 50.0, to: 194.0 };
        let notes = take(&page, &mut lines, &[rule], 14.0);
        let shown: Vec<(Option<u16>, &str)> = notes.iter().map(|note| (note.label, note.text.as_str())).collect();
        assert_eq!(shown, [(Some(1), "Đã ban hành tại Quyết định 2025 nêu trên."), (Some(2), "Đã có.")]);
        assert_eq!(lines.len(), 1);
    }

    #[test]
    fn a_rule_above_type_of_full_size_parts_no_footnotes() {
        let page = page(&[("Số: 12", 50.0, 600.0, 14.0), ("1 triệu đồng", 50.0, 650.0, 14.0)]);
        let mut lines = all(&page);
        let rule = Segment { axis: Axis::Level, at: 620.0, from: 50.0, to: 150.0 };
        assert!(take(&page, &mut lines, &[rule], 14.0).is_empty());
        assert_eq!(lines.len(), 2);
    }
}
