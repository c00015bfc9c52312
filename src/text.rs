//! Text that knows where it came from.
//!
//! A document is rewritten on its way through the program: decomposed letters are
//! composed, markup is taken out, wrapped lines are joined. [`Text`] carries, beside its
//! characters, the way back: every byte of it belongs to a range of the *source text*
//! (the decoded text of the file, before any normalization). The way back is recorded
//! while the text is rewritten; nothing is searched for later.

use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A half-open range of bytes of a [`Text`], always on `char` boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether the span covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The part of `text` that the span covers, or `None` where the span does not fit it.
    #[must_use]
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

/// A stretch of a [`Text`] that comes from one stretch of the source text.
///
/// Where both have the same length the stretch was copied byte for byte; where they
/// differ the whole stretch stands for the whole source range (`ê` + `́` → `ế`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    at: usize,
    source: usize,
    source_end: usize,
}

/// A string with the way back to the source text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    string: String,
    runs: Vec<Run>,
}

impl Text {
    /// An empty text with room for `bytes` bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { string: String::with_capacity(bytes), runs: Vec::with_capacity(bytes / 40) }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.string.len()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// The part that `span` covers; empty where the span does not fit.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.string.get(span.start..span.end).unwrap_or_default()
    }

    /// Appends `piece`, which stands byte for byte at `source` in the source text.
    pub fn push_copied(&mut self, piece: &str, source: usize) {
        if piece.is_empty() {
            return;
        }
        let at = self.string.len();
        self.string.push_str(piece);
        let source_end = source + piece.len();
        // A stretch that goes on where the last one ended needs no run of its own.
        if let Some(last) = self.runs.last_mut()
            && last.source_end == source
            && last.source_end - last.source == at - last.at
        {
            last.source_end = source_end;
            return;
        }
        self.runs.push(Run { at, source, source_end });
    }

    /// Appends `piece`, one character, which stands for the range `source` of the source text.
    pub fn push_replaced(&mut self, piece: char, source: Range<usize>) {
        let at = self.string.len();
        self.string.push(piece);
        self.runs.push(Run { at, source: source.start, source_end: source.end });
    }

    /// Appends a part of another text, with its way back.
    pub fn push_from(&mut self, other: &Text, span: Span) {
        let Some(piece) = span.slice(&other.string) else { return };
        if piece.is_empty() {
            return;
        }
        let mut at = span.start;
        let mut index = other.run_index(span.start);
        while at < span.end {
            let run = other.runs[index];
            let run_end = other.runs.get(index + 1).map_or(other.string.len(), |next| next.at);
            let end = run_end.min(span.end);
            let length = run_end - run.at;
            if run.source_end - run.source == length {
                self.push_copied(&other.string[at..end], run.source + (at - run.at));
            } else {
                let start = self.string.len();
                self.string.push_str(&other.string[at..end]);
                self.runs.push(Run { at: start, source: run.source, source_end: run.source_end });
            }
            at = end;
            index += 1;
        }
    }

    /// Takes back everything from the byte offset `length` on (a `char` boundary).
    pub fn truncate(&mut self, length: usize) {
        let mut end = self.string.len();
        self.string.truncate(length);
        while let Some(last) = self.runs.last_mut() {
            if last.at >= length {
                end = last.at;
                self.runs.pop();
                continue;
            }
            // A copied run is cut; one that stands for a whole range still does.
            if last.source_end - last.source == end - last.at {
                last.source_end = last.source + (length - last.at).min(end - last.at);
            }
            break;
        }
    }

    /// The stretches of the source text between the pieces that this text was put together from, in order of the text.
    pub fn gaps(&self) -> impl Iterator<Item = Range<usize>> {
        let mut end = 0;
        self.runs.iter().filter_map(move |run| {
            let gap = end..run.source;
            end = end.max(run.source_end);
            (gap.start < gap.end).then_some(gap)
        })
    }

    fn run_index(&self, at: usize) -> usize {
        self.runs.partition_point(|run| run.at <= at).saturating_sub(1)
    }

    /// Offset in the source text of the character at `at`.
    #[must_use]
    pub fn source_of(&self, at: usize) -> usize {
        let Some(run) = self.runs.get(self.run_index(at)) else { return 0 };
        let end = self.runs.get(self.run_index(at) + 1).map_or(self.string.len(), |next| next.at);
        if run.source_end - run.source == end - run.at { run.source + (at - run.at) } else { run.source }
    }

    /// The ranges of the source text (bytes) that `span` came from, in order.
    ///
    /// Ranges that `joins` says belong together (because only white space or markup
    /// stands between them) are one; a range ends where the rewriting left text out, as
    /// at a footnote in mid-sentence.
    pub fn source_ranges(&self, span: Span, joins: impl Fn(Range<usize>) -> bool) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        if span.is_empty() || span.end > self.string.len() {
            return ranges;
        }
        let mut index = self.run_index(span.start);
        while let Some(run) = self.runs.get(index).copied() {
            if run.at >= span.end {
                break;
            }
            let run_end = self.runs.get(index + 1).map_or(self.string.len(), |next| next.at);
            let copied = run.source_end - run.source == run_end - run.at;
            let (from, to) = if copied {
                let from = run.source + span.start.max(run.at) - run.at;
                (from, run.source + span.end.min(run_end) - run.at)
            } else {
                (run.source, run.source_end)
            };
            match ranges.last_mut() {
                Some(last) if last.end <= from && (last.end == from || joins(last.end..from)) => last.end = to,
                Some(last) if last.start <= from && to <= last.end => {}
                _ => ranges.push(from..to),
            }
            index += 1;
        }
        ranges
    }
}

/// The source text of a file with an index from bytes to code points.
#[derive(Clone, Debug)]
pub struct SourceText {
    string: String,
    /// Code points before each block of [`SourceText::BLOCK`] bytes.
    blocks: Vec<usize>,
}

impl SourceText {
    const BLOCK: usize = 128;

    /// Indexes `string`.
    #[must_use]
    pub fn new(string: String) -> Self {
        let mut blocks = Vec::with_capacity(string.len() / Self::BLOCK + 1);
        let mut points = 0;
        for block in string.as_bytes().chunks(Self::BLOCK) {
            blocks.push(points);
            points += count_starts(block);
        }
        Self { string, blocks }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// How many code points stand before the byte offset `at`.
    #[must_use]
    pub fn code_points_before(&self, at: usize) -> usize {
        let at = at.min(self.string.len());
        let block = at / Self::BLOCK;
        match self.blocks.get(block) {
            Some(points) => points + count_starts(&self.string.as_bytes()[block * Self::BLOCK..at]),
            None => self
                .blocks
                .last()
                .map_or(0, |points| points + count_starts(&self.string.as_bytes()[(self.blocks.len() - 1) * Self::BLOCK..at])),
        }
    }
}

impl Serialize for SourceText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.string)
    }
}

impl<'de> Deserialize<'de> for SourceText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// How many characters of UTF-8 begin in `bytes`.
fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whitespace(source: &str) -> impl Fn(Range<usize>) -> bool {
        move |gap| source[gap].chars().all(char::is_whitespace)
    }

    #[test]
    fn the_way_back_of_a_joined_line() {
        let source = "số 20/KH-\n\nUBND ngày";
        let mut text = Text::default();
        text.push_copied(&source[.."số 20/KH-".len()], 0);
        let rest = source.find("UBND").expect("in the source");
        text.push_copied(&source[rest..], rest);
        assert_eq!(text.as_str(), "số 20/KH-UBND ngày");
        let at = text.as_str().find("20/KH-UBND").expect("joined");
        let ranges = text.source_ranges(Span::new(at, at + "20/KH-UBND".len()), whitespace(source));
        assert_eq!(ranges.len(), 1);
        assert_eq!(&source[ranges[0].clone()], "20/KH-\n\nUBND");
    }

    #[test]
    fn a_composed_letter_stands_for_its_parts() {
        let source = "he\u{302}\u{323} thống";
        let mut text = Text::default();
        text.push_copied("h", 0);
        text.push_replaced('ệ', 1..6);
        text.push_copied(" thống", 6);
        let ranges = text.source_ranges(Span::new(0, text.len()), |_| false);
        assert_eq!(ranges, vec![0..source.len()]);
        assert_eq!(text.source_ranges(Span::new(1, 4), |_| false), vec![1..6]);
    }

    #[test]
    fn text_left_out_splits_the_way_back() {
        let source = "một [chú thích] hai";
        let mut text = Text::default();
        text.push_copied("một ", 0);
        let rest = source.find("hai").expect("in the source");
        text.push_copied("hai", rest);
        let ranges = text.source_ranges(Span::new(0, text.len()), whitespace(source));
        assert_eq!(ranges.len(), 2);
    }

    #[test]
    fn code_points_are_counted_over_blocks() {
        let string = "Ủy ban nhân dân ".repeat(50);
        let source = SourceText::new(string.clone());
        for (points, (at, _)) in string.char_indices().enumerate() {
            assert_eq!(source.code_points_before(at), points);
        }
        assert_eq!(source.code_points_before(string.len()), string.chars().count());
    }
}
