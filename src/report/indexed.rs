//! A source text whose characters and lines are found at once: evidence counts characters, people count lines and columns.

use std::ops::Range;

/// A source text with the way from characters to bytes and lines.
#[derive(Clone, Debug)]
pub struct Indexed<'a> {
    text: &'a str,
    /// The byte of every 64th character.
    marks: Vec<usize>,
    /// The byte where each line begins.
    lines: Vec<usize>,
}

impl<'a> Indexed<'a> {
    /// Looks through a text once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            marks: text.char_indices().step_by(64).map(|(at, _)| at).collect(),
            lines: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect(),
        }
    }

    /// The byte where a character begins; the end of the text for what lies behind it.
    #[must_use]
    pub fn byte(&self, character: usize) -> usize {
        let Some(mark) = self.marks.get(character / 64).copied() else { return self.text.len() };
        self.text[mark..].char_indices().nth(character % 64).map_or(self.text.len(), |(at, _)| mark + at)
    }

    /// The line, from 0, that a byte stands in.
    #[must_use]
    pub fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// The bytes of lines, both counted in, without the break behind the last one.
    #[must_use]
    pub fn lines(&self, first: usize, last: usize) -> Range<usize> {
        let from = self.lines.get(first).copied().unwrap_or(self.text.len());
        let to = self.lines.get(last + 1).map_or(self.text.len(), |next| next - 1);
        from..to.max(from)
    }

    /// Line and column of a character, both from 1, the column in characters.
    #[must_use]
    pub fn place(&self, character: usize) -> (usize, usize) {
        let byte = self.byte(character);
        let line = self.line(byte);
        (line + 1, self.text[self.lines[line]..byte].chars().count() + 1)
    }

    /// The text of bytes.
    #[must_use]
    pub fn slice(&self, bytes: Range<usize>) -> &'a str {
        self.text.get(bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let text = Indexed::new("Kế hoạch\nđến 31/02\n");
        for (at, wanted) in [(0, (1, 1)), (3, (1, 4)), (9, (2, 1)), (13, (2, 5)), (19, (3, 1)), (99, (3, 1))] {
            assert_eq!(text.place(at), wanted, "{at}");
        }
    }

    #[test]
    fn characters_are_found_behind_many_others() {
        let long = "ế".repeat(200) + "\nđ";
        let text = Indexed::new(&long);
        for at in [0, 63, 64, 65, 199] {
            assert_eq!(text.byte(at), at * "ế".len(), "{at}");
        }
        assert_eq!((text.place(201), text.slice(text.lines(1, 1))), ((2, 1), "đ"));
        assert_eq!(text.slice(text.lines(0, 0)).chars().count(), 200);
        assert_eq!(text.lines(5, 9), long.len()..long.len());
    }
}
