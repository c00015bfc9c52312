//! What a page shows: words with their places, and ruling lines.
//!
//! Coordinates are points from the page's upper left corner, y downwards, as the page is
//! shown: `/Rotate` is applied, so that a landscape page reads from left to right.

use super::ruling::Segment;

/// The direction in which text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Turn {
    /// From left to right.
    #[default]
    Level,
    /// From below to above, as in narrow header cells.
    Up,
    /// From above to below.
    Down,
    /// Upside down, as a sheet that was fed the wrong way round.
    Around,
    /// Any other way: a watermark across the page.
    Other,
}

/// Glyphs that touch: a word, or a part of one. Where it does not run level, its place is
/// that which it has when the page is turned until it does ([`Page::centre`] tells the other).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Chunk {
    /// Left edge of the first glyph.
    pub(super) x0: f32,
    /// Right edge of the last.
    pub(super) x1: f32,
    /// Baseline.
    pub(super) y: f32,
    /// Size of the type.
    pub(super) size: f32,
    /// Where its characters begin in [`Page::text`].
    pub(super) start: usize,
    /// Where they end.
    pub(super) end: usize,
    /// Which way it runs.
    pub(super) turn: Turn,
    /// Whether the font is bold.
    pub(super) bold: bool,
    /// Whether a space was drawn before it.
    pub(super) spaced: bool,
    /// Whether the file says that it is no content: a running header, a page number.
    pub(super) artifact: bool,
}

/// What a page shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    pub(super) width: f32,
    pub(super) height: f32,
    /// By how many quarters, clockwise, it was turned to stand upright.
    pub(super) quarters: u8,
    /// The characters of all chunks in the order in which they are drawn.
    pub(super) text: String,
    pub(super) chunks: Vec<Chunk>,
    pub(super) rulings: Vec<Segment>,
    /// Which share of the page images cover, 0 to 1.
    pub(super) image_share: f32,
    /// Which share of the page images cover on which no text stands, 0 to 1.
    pub(super) bare_share: f32,
    /// How many glyphs were drawn, spaces aside.
    pub(super) glyphs: usize,
    /// For how many of them the font gives no character.
    pub(super) unmapped: usize,
    /// How many curved shapes were filled: letters drawn as outlines are such.
    pub(super) curves: usize,
    /// Whether words were set in fonts of TCVN3, and decoded.
    pub(super) old: bool,
    /// Whether most of the text is an invisible layer over a picture.
    pub(super) layered: bool,
    /// What is to be told of the page: a code and the words that it is about.
    pub(super) told: Vec<(&'static str, String)>,
}

impl Page {
    /// The characters of a chunk.
    pub(super) fn text_of(&self, chunk: &Chunk) -> &str {
        self.text.get(chunk.start..chunk.end).unwrap_or_default()
    }

    /// Writes the characters of every chunk anew.
    pub(super) fn rewrite(&mut self, mut write: impl FnMut(&str) -> String) {
        let mut text = String::with_capacity(self.text.len());
        for chunk in &mut self.chunks {
            let written = write(self.text.get(chunk.start..chunk.end).unwrap_or_default());
            (chunk.start, chunk.end) = (text.len(), text.len() + written.len());
            text.push_str(&written);
        }
        self.text = text;
    }

    /// Hyphens that the font calls soft hyphens or minus signs, as producers name the glyph that these share: `70\u{AD}75%`.
    pub(super) fn mend_hyphens(&mut self) {
        if !self.text.contains(['\u{AD}', '\u{2212}']) {
            return;
        }
        self.rewrite(|text| {
            let mut out = String::with_capacity(text.len());
            let mut rest = text.chars().peekable();
            while let Some(c) = rest.next() {
                let before = out.chars().next_back();
                let hyphen = match c {
                    // A word that was broken at the end of a line.
                    '\u{AD}' => rest.peek().is_some() || !before.is_some_and(char::is_lowercase),
                    '\u{2212}' => before.is_some_and(char::is_alphabetic) && rest.peek().is_some_and(|next| next.is_alphabetic()),
                    _ => false,
                };
                out.push(if hyphen { '-' } else { c });
            }
            out
        });
    }

    /// Turns a page whose text runs upwards, downwards or upside down although the file does not say so.
    pub(super) fn turn_upright(&mut self) {
        let count = |turn: Turn| {
            self.chunks.iter().filter(|chunk| chunk.turn == turn).map(|chunk| chunk.end - chunk.start).sum::<usize>()
        };
        let turns = [Turn::Level, Turn::Up, Turn::Down, Turn::Around];
        let all: usize = turns.into_iter().map(count).sum();
        let most = turns.into_iter().find(|turn| count(*turn) > 4 * (all - count(*turn)));
        let Some(main) = most.filter(|main| *main != Turn::Level) else { return };
        let (width, height) = (self.width, self.height);
        for chunk in &mut self.chunks {
            chunk.turn = if chunk.turn == main { Turn::Level } else { Turn::Other };
        }
        for ruling in &mut self.rulings {
            *ruling = match main {
                Turn::Around => ruling.turned(width, height, true).turned(height, width, true),
                _ => ruling.turned(width, height, main == Turn::Up),
            };
        }
        self.quarters = match main {
            Turn::Up => 1,
            Turn::Around => 2,
            _ => 3,
        };
        if main != Turn::Around {
            (self.width, self.height) = (height, width);
        }
    }

    /// Left, top, right and bottom of a chunk on the page as it is shown.
    pub(super) fn frame_of(&self, chunk: &Chunk) -> [f32; 4] {
        let (above, below) = (chunk.y - 0.78 * chunk.size, chunk.y + 0.22 * chunk.size);
        match chunk.turn {
            Turn::Level | Turn::Other => [chunk.x0, above, chunk.x1, below],
            Turn::Up => [above, self.height - chunk.x1, below, self.height - chunk.x0],
            Turn::Down => [self.width - below, chunk.x0, self.width - above, chunk.x1],
            Turn::Around => [self.width - chunk.x1, self.height - below, self.width - chunk.x0, self.height - above],
        }
    }

    /// The middle of a chunk on the page as it is shown.
    pub(super) fn centre(&self, chunk: &Chunk) -> (f32, f32) {
        let (along, across) = (f32::midpoint(chunk.x0, chunk.x1), chunk.y - 0.3 * chunk.size);
        match chunk.turn {
            Turn::Level | Turn::Other => (along, across),
            Turn::Up => (across, self.height - along),
            Turn::Down => (self.width - across, along),
            Turn::Around => (self.width - along, self.height - across),
        }
    }
}
