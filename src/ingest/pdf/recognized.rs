//! What OCR read on a page → a [`Page`], as if its words had been drawn there.

use super::super::ocr::{self, Reading, Rule};
use super::glyphs::{Chunk, Page, Turn};
use super::ruling::{Axis, Cell, Segment, grids, merged};

/// The page of a reading; what `layer`, the page's usable text, shows already is not taken twice.
pub(super) fn page(reading: &Reading, layer: Option<Page>) -> Page {
    let layer = layer.filter(|_| reading.turned == 0);
    let mut page = Page { width: reading.width, height: reading.height, ..Page::default() };
    if let Some(layer) = layer {
        page = Page { image_share: 0.0, bare_share: 0.0, curves: 0, ..layer };
    }
    let known: Vec<Chunk> = page.chunks.iter().copied().filter(|chunk| chunk.turn == Turn::Level).collect();
    for word in &reading.words {
        let (x, y) = (f32::midpoint(word.x0, word.x1), word.y - 0.3 * word.size);
        let shown = |chunk: &Chunk| {
            chunk.x0 - 2.0 <= x && x <= chunk.x1 + 2.0 && chunk.y - chunk.size <= y && y <= chunk.y + 0.3 * chunk.size
        };
        if known.iter().any(shown) {
            continue;
        }
        let start = page.text.len();
        page.text.push_str(&word.text);
        page.chunks.push(Chunk {
            x0: word.x0,
            x1: word.x1,
            y: word.y,
            size: word.size,
            start,
            end: page.text.len(),
            spaced: word.spaced,
            ..Chunk::default()
        });
        page.glyphs += word.text.chars().count();
    }
    // The picture shows the lines that the page draws, too.
    page.rulings = segments(&reading.rules);
    page
}

fn segments(rules: &[Rule]) -> Vec<Segment> {
    let segment = |rule: &Rule| {
        let axis = if rule.level { Axis::Level } else { Axis::Upright };
        Segment { axis, at: rule.at, from: rule.from, to: rule.to }
    };
    rules.iter().map(segment).collect()
}

/// The cells of the tables that ruling lines make.
pub(in crate::ingest) fn cells(rules: &[Rule]) -> Vec<ocr::Cell> {
    let mut cells = Vec::new();
    for grid in grids(&merged(&segments(rules))) {
        for Cell { row, column, rows, columns } in &grid.cells {
            let (left, right) = (grid.xs[*column], grid.xs[column + columns]);
            let (top, bottom) = (grid.ys[*row], grid.ys[row + rows]);
            cells.push(ocr::Cell { left, top, right, bottom });
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::super::super::ocr::Word;
    use super::super::lines::tests::{all, page as drawn};
    use super::super::lines::text;
    use super::*;

    fn word(text: &str, x0: f32, y: f32) -> Word {
        let x1 = x0 + 6.0 * text.chars().count() as f32;
        Word { text: text.into(), x0, x1, y, size: 12.0, confidence: 90.0, spaced: true }
    }

    fn reading() -> Reading {
        Reading {
            width: 595.0,
            height: 842.0,
            words: vec![word("CONG", 60.0, 50.4), word("Kế", 60.0, 90.0), word("hoạch", 76.0, 90.0)],
            rules: vec![Rule { level: true, at: 60.0, from: 50.0, to: 500.0 }],
            ..Reading::default()
        }
    }

    fn lines(page: &Page) -> Vec<String> {
        all(page).iter().map(|line| text(page, line)).collect()
    }

    #[test]
    fn words_become_lines_and_rules_rulings() {
        let page = page(&reading(), None);
        assert_eq!(lines(&page), ["CONG", "Kế hoạch"]);
        assert_eq!((page.rulings.len(), page.rulings[0].axis), (1, Axis::Level));
    }

    #[test]
    fn lines_that_cross_make_cells() {
        let rule = |level, at, from, to| Rule { level, at, from, to };
        let mut rules: Vec<Rule> = [10.0, 30.0].map(|at| rule(true, at, 50.0, 150.0)).to_vec();
        rules.extend([50.0, 90.0, 150.0].map(|at| rule(false, at, 10.0, 30.0)));
        let shown: Vec<(f32, f32)> = cells(&rules).iter().map(|cell| (cell.left, cell.right)).collect();
        assert_eq!(shown, [(50.0, 90.0), (90.0, 150.0)]);
    }

    #[test]
    fn what_the_text_layer_shows_is_not_taken_twice() {
        let layer = drawn(&[("CÔNG BÁO", 58.0, 50.0, 12.0)]);
        assert_eq!(lines(&page(&reading(), Some(layer.clone()))), ["CÔNG BÁO", "Kế hoạch"]);
        let turned = Reading { turned: 2, ..reading() };
        assert_eq!(lines(&page(&turned, Some(layer))), ["CONG", "Kế hoạch"]);
    }
}
