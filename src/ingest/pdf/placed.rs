//! A [`Page`] → where its words stand, in the order of its lines.

use super::super::shown::{Placed, Words};
use super::glyphs::{Chunk, Page, Turn};
use super::lines::lines;

/// The words of a page.
pub(super) fn words(page: &Page) -> Words {
    let mut words: Vec<Placed> = Vec::new();
    let mut push = |text: String, at: [f32; 4]| {
        if !text.trim().is_empty() {
            words.push(Placed::new(text, at, page.width, page.height));
        }
    };
    let level = (0..page.chunks.len()).filter(|index| page.chunks[*index].turn == Turn::Level).collect();
    for line in lines(page, level) {
        let mut open: Option<(String, [f32; 4])> = None;
        for chunk in line.chunks.iter().map(|index| &page.chunks[*index]) {
            let at = page.frame_of(chunk);
            match &mut open {
                // What touches is one word, though its font changes: a raised mark begins another.
                Some((text, whole)) if touches(chunk, whole[2], line.size) => {
                    text.push_str(page.text_of(chunk));
                    *whole = [whole[0], whole[1].min(at[1]), at[2].max(whole[2]), whole[3].max(at[3])];
                }
                _ => {
                    if let Some((text, at)) = open.replace((page.text_of(chunk).to_owned(), at)) {
                        push(text, at);
                    }
                }
            }
        }
        if let Some((text, at)) = open {
            push(text, at);
        }
    }
    // Header cells that run upwards, and stamps.
    for chunk in page.chunks.iter().filter(|chunk| chunk.turn != Turn::Level) {
        push(page.text_of(chunk).to_owned(), page.frame_of(chunk));
    }
    Words { quarters: page.quarters, words }
}

fn touches(chunk: &Chunk, end: f32, size: f32) -> bool {
    !chunk.spaced && chunk.x0 - end < 0.14 * size && chunk.size >= 0.87 * size
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::page;
    use super::*;

    #[test]
    fn words_stand_where_they_are_drawn() {
        let mut page = page(&[("hoạch", 120.0, 90.0, 12.0), ("Kế", 60.0, 90.0, 12.0), ("CÔNG", 60.0, 50.0, 12.0)]);
        page.chunks.push(Chunk {
            x0: 700.0,
            x1: 730.0,
            y: 20.0,
            size: 12.0,
            start: 0,
            end: 6,
            turn: Turn::Up,
            ..Chunk::default()
        });
        let Words { words, .. } = words(&page);
        let shown: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(shown[..3], ["CÔNG", "Kế", "hoạch"]);
        let [left, top, right, bottom] = words[1].at;
        assert!(
            (left - 60.0 / page.width).abs() < 1e-4 && top < 90.0 / page.height && 90.0 / page.height < bottom && left < right
        );
        // What runs upwards near the left edge is narrow and high.
        let [left, top, right, bottom] = words[3].at;
        assert!(left * page.width < 20.0 && (right - left) * page.width < 13.0 && (bottom - top) * page.height > 29.0);
    }
}
