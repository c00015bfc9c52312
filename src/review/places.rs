//! The words of a page of the text ⇄ the words on its picture.
//!
//! Reading sorts what stands on a page: columns one after the other, the lines of a cell into one, footnotes last. So a word of the text
//! goes to one of those on the page that are written alike, and of these to the one that goes on from where the word before it stands.
//! What is written otherwise on the page, as a slip of OCR that was repaired, has no place of its own, but those around it have.

use std::collections::HashMap;

use serde::Serialize;

use crate::ingest::shown::Placed;
use crate::words::fold;

/// Characters of the text of a document, and where they stand on the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// First character.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
    /// Left, top, right and bottom, in ten thousandths of the page's width and height.
    pub at: [u16; 4],
}

/// A page has 1,200 words at most; what a damaged one has more is not looked for.
const MOST_WORDS: usize = 12_000;
/// So many places of one word are looked at: `và` stands 60 times on a full page.
const MOST_ALIKE: usize = 100;
/// So many ways of going on are followed.
const MOST_WAYS: usize = 64;
/// What it costs to give a word no place: more than to go anywhere on the page once, less than to go there and back.
const SKIP: f32 = 1.7;

/// Letters and figures that stand together.
struct Token {
    word: String,
    start: usize,
    end: usize,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut close = |open: &mut Option<(usize, String)>, end: usize| {
        if let Some((start, word)) = open.take() {
            found.push(Token { word: fold(&word), start, end });
        }
    };
    let mut count = 0;
    for (at, c) in text.chars().enumerate() {
        count = at + 1;
        if c.is_alphanumeric() {
            open.get_or_insert_with(|| (at, String::new())).1.push(c);
        } else {
            close(&mut open, at);
        }
    }
    close(&mut open, count);
    found
}

/// A token on the page: its word, which one it is in it, its place.
#[derive(Clone, Copy)]
struct Spot {
    word: usize,
    within: usize,
    at: [f32; 4],
}

/// What it costs to go on from one spot to another.
fn step(from: &Spot, to: &Spot) -> f32 {
    if to.word == from.word && to.within == from.within + 1 || to.word == from.word + 1 && to.within == 0 {
        return 0.0;
    }
    let [left, top, right, bottom] = from.at;
    let height = (bottom - top).max(0.001);
    let (down, on) = (to.at[1] - top, to.at[0] - right);
    if down.abs() < 0.5 * height && on >= -0.2 * height {
        return 0.1 + on.min(0.5);
    }
    // The next line of a column or a cell begins below and not beside.
    if (0.5 * height..3.0 * height).contains(&down) && to.at[0] < right {
        return 0.3;
    }
    // The next cell stands to the right and higher than the last line of this one; the next row at the left and lower.
    let is_next_cell = on >= 0.0 && (-0.3..=0.0).contains(&down);
    let is_next_row = to.at[0] < left && (0.0..0.3).contains(&down);
    if is_next_cell || is_next_row {
        return 0.5 + down.abs();
    }
    0.8 + (to.at[0] - left).hypot(down).min(0.8)
}

/// One way: what it cost so far, its last spot, and the link before.
#[derive(Clone, Copy)]
struct Way {
    cost: f32,
    spot: Option<usize>,
    link: usize,
}

/// Gives the words of `text`, which begins at the character `from` of the document, their places on the page that shows `words`; also how
/// many of 100 found one.
#[must_use]
pub fn place(text: &str, from: usize, words: &[Placed]) -> (Vec<Place>, usize) {
    let mut spots: Vec<Spot> = Vec::new();
    let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
    for (word, placed) in words.iter().take(MOST_WORDS).enumerate() {
        for (within, token) in tokens(&placed.text).into_iter().enumerate() {
            let known = alike.entry(token.word).or_default();
            if known.len() < MOST_ALIKE {
                known.push(spots.len());
                spots.push(Spot { word, within, at: placed.at });
            }
        }
    }
    let mut tokens = tokens(text);
    tokens.truncate(MOST_WORDS);
    // The ways, and their links back: token, spot, link before.
    let mut links: Vec<(usize, usize, usize)> = Vec::new();
    const NONE: usize = usize::MAX;
    let mut ways = vec![Way { cost: 0.0, spot: None, link: NONE }];
    for (at, token) in tokens.iter().enumerate() {
        let Some(candidates) = alike.get(&token.word) else { continue };
        let mut next: Vec<Way> = ways.iter().map(|way| Way { cost: way.cost + SKIP, ..*way }).collect();
        for to in candidates {
            let cost = |way: &Way| way.cost + way.spot.map_or(spots[*to].at[1], |spot| step(&spots[spot], &spots[*to]));
            let best = ways.iter().map(|way| (cost(way), way.link)).min_by(|one, other| one.0.total_cmp(&other.0));
            if let Some((cost, link)) = best {
                next.push(Way { cost, spot: Some(*to), link: links.len() });
                links.push((at, *to, link));
            }
        }
        next.sort_by(|one, other| one.cost.total_cmp(&other.cost));
        next.truncate(MOST_WAYS);
        ways = next;
    }
    let mut found = Vec::new();
    let mut link = ways.first().map_or(NONE, |way| way.link);
    while let Some((at, spot, before)) = links.get(link) {
        let share = |value: f32| (value * 10_000.0) as u16;
        found.push(Place { start: from + tokens[*at].start, end: from + tokens[*at].end, at: spots[*spot].at.map(share) });
        link = *before;
    }
    found.reverse();
    let share = if tokens.is_empty() { 100 } else { 100 * found.len() / tokens.len() };
    (found, share)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words on a page of 100 by 100, each as wide as its characters and two high.
    fn page(lines: &[(&str, f32, f32)]) -> Vec<Placed> {
        let mut words = Vec::new();
        for (line, left, top) in lines {
            let mut x = *left;
            for word in line.split(' ') {
                let width = word.chars().count() as f32;
                words.push(Placed { text: word.into(), at: [x / 100.0, top / 100.0, (x + width) / 100.0, (top + 2.0) / 100.0] });
                x += width + 1.0;
            }
        }
        words
    }

    /// Where the words of `text` stand: left and top of each.
    fn placed(text: &str, words: &[Placed]) -> Vec<(String, u16, u16)> {
        let chars: Vec<char> = text.chars().collect();
        let word = |place: &Place| chars[place.start..place.end].iter().collect::<String>();
        place(text, 0, words).0.iter().map(|place| (word(place), place.at[0] / 100, place.at[1] / 100)).collect()
    }

    #[test]
    fn the_lines_of_a_cell_are_followed_down() {
        // Three cells of one row, the second of three lines; on the page the lines interleave.
        let words = page(&[
            ("1", 0.0, 10.0),
            ("Rà soát", 10.0, 10.0),
            ("Trạm cấp", 40.0, 10.0),
            ("2025", 80.0, 10.0),
            ("đường ống", 10.0, 13.0),
            ("nước", 40.0, 13.0),
            ("2", 0.0, 20.0),
            ("Rà soát", 10.0, 20.0),
            ("Trạm cấp", 40.0, 20.0),
            ("2026", 80.0, 20.0),
            ("bể chứa", 10.0, 23.0),
            ("nước", 40.0, 23.0),
        ]);
        let text = "1\tRà soát đường ống\tTrạm cấp nước\t2025\n2\tRà soát bể chứa\tTrạm cấp nước\t2026\n";
        let shown = placed(text, &words);
        let tops: Vec<u16> = shown.iter().map(|(_, _, top)| *top).collect();
        assert_eq!(tops, [10, 10, 10, 13, 13, 10, 10, 13, 10, 20, 20, 20, 23, 23, 20, 20, 23, 20], "{shown:?}");
    }

    #[test]
    fn what_is_written_otherwise_has_no_place_and_the_rest_has() {
        let words = page(&[("Tỷ lệ hộ dùng nuóc sạch đạt trên 85%", 10.0, 10.0), ("Tỷ lệ hộ có bể chứa đạt 60%", 10.0, 15.0)]);
        let shown = placed("- Tỷ lệ hộ dùng nước sạch đạt trên 85%\n- Tỷ lệ hộ có bể chứa đạt 60%", &words);
        assert_eq!(shown.len(), 8 + 8, "{shown:?}");
        assert_eq!(shown.iter().filter(|(_, _, top)| *top == 15).count(), 8);
        assert_eq!(place("hoàn toàn khác hẳn", 0, &words), (Vec::new(), 0));
        // Case and the place of a tone mark make no difference.
        assert_eq!(place("HÒA", 5, &page(&[("Hoà", 0.0, 0.0)])).0[0].start, 5);
    }

    #[test]
    fn a_page_of_one_word_takes_no_time() {
        let words: Vec<Placed> = (0..20_000).map(|_| Placed { text: "a a".into(), at: [0.0; 4] }).collect();
        let (found, _) = place(&"a ".repeat(3000), 0, &words);
        assert!(!found.is_empty());
    }
}
