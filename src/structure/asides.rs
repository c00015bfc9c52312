//! What of a text stands in no block: markers, page numbers, lines of the head and foot, markup. The ledger asks for it, so that
//! a number there is not taken for one that was lost.

use std::ops::Range;

use super::reflow::is_furniture;
use crate::normalize::Lines;
use crate::paper::{Paper, Role};
use crate::text::Span;

/// What a stretch of the source text is that stands in no block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// The marker of a section, item, footnote or annex.
    Marker,
    /// A page number.
    Furniture,
    /// A line of the paper's head.
    Head,
    /// A line of the paper's foot.
    Foot,
}

/// A head or foot of more lines may hold something else: a portal's frame, a plan behind the signature of its decision.
const MOST_LINES: usize = 40;

/// Fewest bytes of a page.
const PAGE: usize = 300;

/// Whether the number that a line holds alone may be that of a page: one of a row of pages, or of as many as the text before it fills.
/// A table of which every cell became a line has such lines, too.
fn is_of_a_page(number: usize, numbers: &[Option<usize>], index: usize, before: usize) -> bool {
    let next = |one: usize, other: usize| (one + 1..=one + 2).contains(&other);
    let above = numbers[..index].iter().rev().flatten().next();
    let below = numbers[index + 1..].iter().flatten().next();
    let in_row = above.is_some_and(|above| next(*above, number)) || below.is_some_and(|below| next(number, *below));
    in_row || number <= 2 + before / PAGE
}

/// The stretches of the source text that stand in no block, each kind in order.
pub(super) fn find(lines: &Lines, papers: &[Paper], markers: &[Span]) -> Vec<(Range<usize>, Aside)> {
    let source = |span: Span| lines.text.source_of(span.start)..lines.text.source_of(span.end);
    let mut found: Vec<(Range<usize>, Aside)> = markers.iter().map(|span| (source(*span), Aside::Marker)).collect();
    let count = lines.lines.len();
    for paper in papers.iter().filter(|paper| paper.role != Role::Beside) {
        for (zone, aside) in [(&paper.head, Aside::Head), (&paper.foot, Aside::Foot)] {
            for line in zone.clone().filter(|line| *line < count && zone.len() <= MOST_LINES) {
                found.push((source(lines.lines[line].span), aside));
            }
        }
        let inside = |line: &usize| [&paper.head, &paper.body, &paper.foot].iter().any(|zone| zone.contains(line));
        // `Phụ lục 02`, `(Kèm theo Kế hoạch số …)`.
        for line in paper.lines.clone().filter(|line| *line < count && !inside(line)) {
            found.push((source(lines.lines[line].span), Aside::Marker));
        }
    }
    let furniture = (0..count).filter(|line| lines.lines[*line].span.len() <= 24 && is_furniture(lines.line(*line)));
    let furniture: Vec<usize> = furniture.collect();
    let numbers: Vec<Option<usize>> = furniture.iter().map(|line| lines.line(*line).trim().parse().ok()).collect();
    for (index, line) in furniture.iter().enumerate() {
        let span = lines.lines[*line].span;
        if numbers[index].is_none_or(|number| is_of_a_page(number, &numbers, index, source(span).start)) {
            found.push((source(span), Aside::Furniture));
        }
    }
    for mark in &lines.marks {
        found.push((mark.source..mark.source + 8, Aside::Marker));
    }
    found
}
