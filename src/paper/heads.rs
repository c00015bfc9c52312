//! Where papers with a head of their own begin: at quốc hiệu and the issuer's lines above it.

use std::ops::Range;

use super::Cutter;
use super::signs::is_furniture;
use crate::marker::{self, Style};
use crate::words::{begins_with, is_shouted};

/// How many lines of a head stand above quốc hiệu.
const ABOVE: usize = 10;
/// In how many lines below quốc hiệu number and date stand.
const BELOW: usize = 16;

/// A frame that no word of its own tells has so many lines at least: fewer are a head whose quốc hiệu comes last.
const FRAME_LINES: usize = 12;
/// Among how many lines the frame above a body without head is sought.
const FRAME_ABOVE: usize = 60;

impl Cutter<'_> {
    /// The first line of each head. A form in an annex (`Số: …/BC-…`, `ngày … tháng …`) is none.
    pub(super) fn heads(&self) -> Vec<usize> {
        let count = self.lines.lines.len();
        let mut heads: Vec<usize> = Vec::new();
        let mut floor = 0;
        for index in 0..count {
            let span = self.lines.lines[index].span;
            if index < floor || span.len() > 200 || self.signs.motto(self.lines.line(index)).is_none() {
                continue;
            }
            if !heads.is_empty() && !self.is_filled(index, count) {
                continue;
            }
            let start = self.head_start(index, floor);
            if heads.is_empty() || self.is_own(start, index) {
                heads.push(start);
                floor = index + 4;
            }
        }
        heads
    }

    /// The first of the issuer's lines above quốc hiệu.
    fn head_start(&self, motto: usize, floor: usize) -> usize {
        let mut start = motto;
        let mut index = motto;
        let lowest = floor.max(motto.saturating_sub(ABOVE));
        while index > lowest {
            index -= 1;
            let text = self.lines.line(index);
            let own = is_furniture(text) && text.len() < 40
                || is_shouted(text) && text.len() < 120 && !self.signs.is_office(text) && !self.signs.is_label_line(text)
                || text.len() < 120 && self.signs.names_issuer(text) && !text.ends_with(['.', ';', ':', ',']);
            if !own || text.ends_with("./.") {
                // The columns of the head may come one under the other: issuer, number, `V/v …`, and then quốc hiệu.
                let Some(number) = (lowest..=index).rev().find(|above| is_number(self.lines.line(*above))) else { break };
                let closed = |line: usize| {
                    let text = self.lines.line(line);
                    // `V/v …` may take a long line.
                    let most = if self.signs.is_subject(text) || text.starts_with(char::is_lowercase) { 400 } else { 90 };
                    text.len() > most || text.ends_with("./.") || self.signs.is_recipients(text) || self.signs.is_office(text)
                };
                if (number..=index).any(closed) {
                    break;
                }
                (index, start) = (number, number);
                continue;
            }
            if !is_furniture(text) || text.contains('|') {
                start = index;
            }
        }
        start
    }

    /// Whether the number and the day of a head are filled in.
    fn is_filled(&self, motto: usize, count: usize) -> bool {
        let (mut number, mut day) = (false, false);
        for index in motto.saturating_sub(4)..count.min(motto + BELOW) {
            for piece in self.lines.pieces(index) {
                let text = self.lines.text.slice(piece);
                if text.len() > 160 {
                    continue;
                }
                let digits = |part: &str| part.chars().any(|c| c.is_ascii_digit());
                if let Some(at) = text.find("Số").filter(|at| begins_with(&text[*at..], "số")) {
                    let rest = &text[at + "Số".len()..];
                    number |= rest.split(['/', '-']).next().is_some_and(digits) && rest.contains(['/', '-']);
                }
                if let Some(at) = text.find("ngày") {
                    day |= text[at..].chars().skip(5).find(|c| !c.is_whitespace()).is_some_and(|c| c.is_ascii_digit());
                }
            }
        }
        number && day
    }

    /// Whether a head behind another is no form under the label of an annex.
    fn is_own(&self, start: usize, motto: usize) -> bool {
        let from = start.saturating_sub(4);
        !(from..motto).any(|index| self.signs.is_label_line(self.lines.line(index)))
    }

    /// Whether what stands before the first head is a portal's frame and no text of a document.
    pub(super) fn is_frame(&self, range: Range<usize>) -> bool {
        let short = range.len() < FRAME_LINES && !range.clone().any(|index| self.signs.is_frame(self.lines.line(index)));
        // The name that a page gives to the paper below, a note of whoever copied it: nothing that the head below lacks, and no body.
        if short && (self.is_part_of_head(range.end) || range.clone().any(|index| self.signs.opens_body(self.lines.line(index))))
        {
            return false;
        }
        let mut headings = if short { 2 } else { 0 };
        for index in range {
            let text = self.lines.line(index);
            if self.signs.is_recipients(text) {
                return false;
            }
            let parted = marker::parse(text)
                .is_some_and(|marker| matches!(marker.style, Style::Roman | Style::Part | Style::Chapter | Style::Article));
            headings += usize::from(parted);
            if headings > 2 || text.ends_with("./.") {
                return false;
            }
        }
        true
    }

    /// Whether the few lines above a head hold its number, which it lacks itself.
    pub(super) fn is_part_of_head(&self, head: usize) -> bool {
        let above = 0..head;
        !above.is_empty()
            && above.len() < FRAME_LINES
            && above.clone().any(|index| is_number(self.lines.line(index)))
            && !above
                .clone()
                .any(|index| self.lines.line(index).ends_with("./.") || self.signs.is_recipients(self.lines.line(index)))
            && !self.is_filled(head + 4, self.lines.lines.len())
    }

    /// The end of a portal's frame above a text that has no quốc hiệu: two of its words tell it, and it ends at the last one.
    pub(super) fn frame_end(&self) -> usize {
        let mut signs = 0;
        let mut end = 0;
        for index in 0..self.lines.lines.len().min(FRAME_ABOVE) {
            let text = self.lines.line(index);
            if self.signs.is_frame(text) {
                signs += 1;
                end = index + 1;
            } else if self.signs.opens_body(text) || is_shouted(text) && self.signs.type_name(text).is_some() {
                break;
            }
        }
        if signs > 1 { end } else { 0 }
    }
}

/// `Số: 12/KH-UBND`, `Số:` alone.
fn is_number(text: &str) -> bool {
    begins_with(text, "số:") || begins_with(text, "số ") && text.len() < 60 && text.contains(['/', '-'])
}
