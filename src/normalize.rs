//! Source text → [`Lines`]: composed letters, plain spaces, markup taken for what it is.
//!
//! - letters are composed (NFC): `ê` + `́` → `ế`; look-alikes (`Ð`, full-width forms) become
//!   the letters they stand for; zero-width characters and soft hyphens go;
//! - `**`, `<b>`, `#` tell bold and headings and are no words; `<sup>1</sup>`, `¹`, `⁽¹⁾` are
//!   footnote marks; `<br>` ends a line;
//! - every space is one space; a wide gap, which parts columns, is remembered;
//! - text cut into words for language research (`hỗ_trợ`) is put together again.
//!
//! Lines are not joined here: whether a line goes on is known only where one knows
//! whether it stands in a table ([`crate::structure`]). Normalizing normalized text
//! changes nothing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::{Span, Text};

/// A line that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where its characters stand, without white space at the ends.
    pub span: Span,
    /// How many blank lines stand before it.
    pub blank_before: u32,
    /// How many spaces it begins with.
    pub indent: u32,
    /// How many `#` stood before it: its level as a Markdown heading, or 0.
    pub hashes: u8,
    /// Whether it begins in bold.
    pub bold: bool,
    /// Whether all its words, but for a marker before them, are in bold or italics.
    pub strong: bool,
    /// Whether a form feed stands before it.
    pub page_start: bool,
    /// The label of the footnote mark that it begins with.
    pub note: Option<u16>,
}

/// A footnote mark inside a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteMark {
    /// Byte offset in the normalized text before which it stood.
    pub at: usize,
    /// Byte offset in the source text.
    pub source: usize,
    /// The number on it.
    pub label: u16,
}

/// A normalized text and its lines.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The characters, lines parted by `\n`, with the way back.
    pub text: Text,
    /// The lines that hold something, in order.
    pub lines: Vec<Line>,
    /// Where a space stands for a gap of four or more, in order.
    pub gaps: Vec<usize>,
    /// The footnote marks, in order.
    pub marks: Vec<NoteMark>,
    /// Where a `|` is a character of a cell (`\\|` in Markdown) and parts no cells, in order.
    pub literal_pipes: Vec<usize>,
    /// What was struck out (`~~1.200~~`) and left out, in order.
    pub struck: Vec<String>,
}

impl Lines {
    /// The characters of a line.
    #[must_use]
    pub fn line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |line| self.text.slice(line.span))
    }

    /// Whether the character at `at` is a `|` that parts no cells.
    #[must_use]
    pub fn is_literal(&self, at: usize) -> bool {
        self.literal_pipes.binary_search(&at).is_ok()
    }

    /// The pieces of a line between wide gaps, tabs and pipes, without white space at the ends.
    #[must_use]
    pub fn pieces(&self, index: usize) -> Vec<Span> {
        let Some(line) = self.lines.get(index) else { return Vec::new() };
        let text = self.text.as_str();
        let first = self.gaps.partition_point(|gap| *gap < line.span.start);
        let gaps = self.gaps[first..].iter().copied().take_while(|gap| *gap < line.span.end);
        let marks = text[line.span.start..line.span.end].match_indices(['|', '\t']).map(|(at, _)| line.span.start + at);
        let marks = marks.filter(|at| !self.is_literal(*at));
        let mut cuts: Vec<usize> = gaps.chain(marks).collect();
        cuts.sort_unstable();
        cuts.push(line.span.end);
        let mut pieces = Vec::new();
        let mut start = line.span.start;
        for cut in cuts {
            let piece = &text[start..cut.max(start)];
            let trimmed = piece.trim();
            if !trimmed.is_empty() {
                let from = start + (piece.len() - piece.trim_start().len());
                pieces.push(Span::new(from, from + trimmed.len()));
            }
            start = (cut + 1).min(line.span.end);
        }
        pieces
    }
}

/// Normalizes a source text.
#[must_use]
pub fn normalize(source: &str) -> Lines {
    let mut normalizer = Normalizer {
        source,
        lines: Lines { text: Text::with_capacity(source.len()), ..Lines::default() },
        pending: 0,
        line: LineState::default(),
        bold: false,
        italic: false,
        row_before: false,
        segmented: is_segmented(source),
        bracketed: has_bracketed_notes(source),
    };
    normalizer.run();
    normalizer.lines
}

/// Whether `[1]` marks a footnote: it stands behind a word, and at the start of the note, gathered at the end of the text.
fn has_bracketed_notes(source: &str) -> bool {
    let (mut marked, mut noted) = (false, false);
    for (at, _) in source.match_indices("[1]").filter(|(at, _)| !source[at + "[1]".len()..].starts_with('(')) {
        let line = &source[source[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        let bare = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '>'));
        noted |= bare.is_empty();
        marked |= line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '”' | '"' | ')' | ',' | '.' | ';' | '*'));
    }
    marked && noted
}

/// Whether words are tied with `_` (`hỗ_trợ hộ nghèo`), as language corpora keep them.
fn is_segmented(source: &str) -> bool {
    let tied = source
        .as_bytes()
        .windows(3)
        .filter(|three| three[1] == b'_' && (three[0] >= 0x80 || three[0].is_ascii_alphabetic()) && three[2] != b'_')
        .count();
    tied > 0 && tied * 50 > source.len() / 5
}

#[derive(Default)]
struct LineState {
    /// Offset in the normalized text where the line's characters begin; `None` while it has none.
    start: Option<usize>,
    blank_before: u32,
    indent: u32,
    hashes: u8,
    bold: bool,
    /// Whether some of it is in bold or italics, and some words are not.
    loud: bool,
    plain: bool,
    /// Where the characters begin that are neither.
    quiet_from: usize,
    page_start: bool,
    note: Option<u16>,
    /// Spaces seen since the last character, and the source offset of the first.
    spaces: u32,
    spaces_at: usize,
}

struct Normalizer<'a> {
    source: &'a str,
    lines: Lines,
    /// Source offset from which characters wait to be copied as they are.
    pending: usize,
    line: LineState,
    bold: bool,
    italic: bool,
    /// Whether the last line that holds something is a row of cells.
    row_before: bool,
    segmented: bool,
    /// Whether `[1]` is a footnote's mark.
    bracketed: bool,
}

impl Normalizer<'_> {
    fn run(&mut self) {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let marks = |at: usize| self.bracketed && bytes[at] == b'[';
            if is_plain(bytes[at])
                && !(self.segmented && matches!(bytes[at], b',' | b'.' | b';' | b':' | b')' | b'_'))
                && !marks(at)
            {
                if self.line.start.is_none() || self.line.spaces > 0 {
                    self.begin_characters(at);
                }
                at += 1;
                while at < bytes.len() && is_plain(bytes[at]) && !self.segmented && !(self.bracketed && bytes[at] == b'[') {
                    at += 1;
                }
                continue;
            }
            let Some(c) = self.source[at..].chars().next() else { break };
            let next = at + c.len_utf8();
            self.special(c, at, next);
            at = next.max(self.pending);
        }
        self.flush(bytes.len());
        self.end_line(bytes.len(), bytes.len(), false);
    }

    /// Copies what waits, up to `to`.
    fn flush(&mut self, to: usize) {
        if self.pending < to && self.line.start.is_some() {
            self.lines.text.push_copied(&self.source[self.pending..to], self.pending);
        }
        self.pending = self.pending.max(to);
    }

    /// A visible character follows at source offset `at`: write the space before it, if any.
    fn begin_characters(&mut self, at: usize) {
        if self.line.start.is_none() {
            self.line.start = Some(self.lines.text.len());
            self.line.bold = self.bold;
            self.line.quiet_from = self.lines.text.len();
            self.line.indent = self.line.spaces;
            self.line.spaces = 0;
        } else if self.line.start == Some(self.lines.text.len()) {
            // Only markup stood before it.
            self.line.spaces = 0;
        } else if self.line.spaces > 0 {
            if self.line.spaces >= 4 {
                self.lines.gaps.push(self.lines.text.len());
            }
            let from = self.line.spaces_at;
            // One plain space is copied, so that runs stay long.
            if at - from == 1 && self.source.as_bytes()[from] == b' ' {
                self.lines.text.push_copied(" ", from);
            } else {
                self.lines.text.push_replaced(' ', from..at);
            }
            self.line.spaces = 0;
        }
        self.pending = at;
    }

    fn space(&mut self, at: usize, next: usize) {
        self.flush(at);
        if self.line.spaces == 0 {
            self.line.spaces_at = at;
        }
        self.line.spaces += 1;
        self.pending = next;
    }

    fn drop(&mut self, at: usize, next: usize) {
        self.flush(at);
        self.pending = next;
    }

    fn replace(&mut self, c: char, at: usize, next: usize) {
        self.flush(at);
        self.begin_characters(at);
        self.lines.text.push_replaced(c, at..next);
        self.pending = next;
    }

    fn keep(&mut self, at: usize) {
        if self.line.start.is_none() || self.line.spaces > 0 {
            self.begin_characters(at);
        }
    }

    /// Ends the line; what ends it stands at `at..next` of the source.
    fn end_line(&mut self, at: usize, next: usize, page_break: bool) {
        self.emphasis(self.bold, self.italic);
        let mut fresh = LineState { page_start: page_break, ..LineState::default() };
        match self.line.start {
            Some(start) => {
                // Before markup that is gone now (`KẾ HOẠCH <sup>1</sup>`).
                if self.lines.text.as_str()[start..].ends_with(' ') {
                    self.truncate(self.lines.text.len() - 1);
                }
                // Nothing but tabs: a row of empty cells says nothing.
                if self.lines.text.as_str()[start..].bytes().all(|byte| matches!(byte, b'\t' | b' ')) {
                    self.truncate(start);
                }
                let span = Span::new(start, self.lines.text.len());
                if span.is_empty() {
                    // Only markup stood on it (`**`, `#`): no blank line, and no line.
                    fresh.blank_before = self.line.blank_before;
                    fresh.page_start |= self.line.page_start;
                } else {
                    let LineState { blank_before, indent, hashes, bold, loud, plain, page_start, note, .. } = self.line;
                    let strong = loud && !plain;
                    self.row_before = self.is_row(self.lines.text.slice(span));
                    self.lines.lines.push(Line { span, blank_before, indent, hashes, bold, strong, page_start, note });
                    self.lines.text.push_replaced('\n', at..next);
                }
            }
            None => {
                // Neither goes past a blank line: a lone star is no beginning of all that follows.
                (self.bold, self.italic) = (false, false);
                // `[1]` on a line of its own: the note is what follows.
                fresh.note = self.line.note;
                fresh.blank_before = self.line.blank_before + 1;
                fresh.page_start |= self.line.page_start;
            }
        }
        self.line = fresh;
        self.pending = next;
    }

    /// Whether a line is a row behind which an empty first cell may stand. Where a tab indents all rows of a table there is none:
    /// `\tII. NHIỆM VỤ` behind it is a heading.
    fn is_row(&self, text: &str) -> bool {
        if text.starts_with('\t') { self.row_before } else { text.contains(['\t', '|']) }
    }

    /// The last character written on this line, unless a space came after it.
    fn last(&self) -> Option<char> {
        let start = self.line.start?;
        if self.line.spaces > 0 { Some(' ') } else { self.lines.text.as_str()[start..].chars().next_back() }
    }

    fn special(&mut self, c: char, at: usize, next: usize) {
        if self.segmented {
            self.flush(at);
        }
        match c {
            '\n' => {
                self.flush(at);
                self.end_line(at, next, false);
            }
            '\u{0C}' => {
                self.flush(at);
                self.end_line(at, next, true);
            }
            '\r' => {
                // A lone carriage return ends a line; before a line feed it is part of it.
                self.flush(at);
                if self.source.as_bytes().get(next) == Some(&b'\n') {
                    self.pending = next;
                } else {
                    self.end_line(at, next, false);
                }
            }
            '\t' => {
                self.flush(at);
                if self.indents(next) {
                    return self.space(at, next);
                }
                self.line.spaces = 0;
                if self.line.start.is_none() {
                    self.begin_characters(at);
                }
                self.lines.text.push_copied("\t", at);
                self.pending = next;
            }
            ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{1680}' => self.space(at, next),
            c if is_invisible(c) => self.drop(at, next),
            '\u{2028}' | '\u{2029}' | '\u{85}' => {
                self.flush(at);
                self.end_line(at, next, false);
            }
            c if c.is_control() => self.drop(at, next),
            'Ð' => self.replace('Đ', at, next),
            // `giảm 5% ÷ 10%`: from the one to the other.
            '÷' => self.replace('-', at, next),
            '\u{2160}'..='\u{216B}' => self.roman(c, at, next),
            '\u{FF01}'..='\u{FF5E}' => {
                let plain = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
                self.replace(plain, at, next);
            }
            '*' => self.star(at, next),
            '#' => self.hash(at),
            '>' if self.line.start.is_none() && self.quotes(next) => {
                self.flush(at);
                self.pending = next;
            }
            '>' => self.tag_end(at, next),
            '\\' if self.source.as_bytes().get(next) == Some(&b'|') => {
                self.flush(at);
                self.begin_characters(at);
                self.lines.literal_pipes.push(self.lines.text.len());
                self.lines.text.push_replaced('|', at..next + 1);
                self.pending = next + 1;
            }
            '~' => self.tilde(at),
            '\\' if self.source.as_bytes().get(next).is_some_and(u8::is_ascii_punctuation) => self.drop(at, next),
            '_' if self.segmented && self.last().is_some_and(char::is_alphanumeric) => self.space(at, next),
            ',' | '.' | ';' | ':' | ')' if self.segmented && self.line.spaces > 0 => {
                self.line.spaces = 0;
                self.pending = at;
            }
            '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '⁽' => self.superscript(at),
            '[' if self.bracketed => self.bracket(at),
            c if is_combining_mark(c) => self.combine(at),
            c if c.nfc().ne(std::iter::once(c)) => {
                self.flush(at);
                self.begin_characters(at);
                for composed in c.nfc() {
                    self.lines.text.push_replaced(composed, at..next);
                }
                self.pending = next;
            }
            _ => self.keep(at),
        }
    }

    /// A combining mark at `at`: composes it, and those after it, with the letter before.
    fn combine(&mut self, at: usize) {
        let mut end = at;
        for c in self.source[at..].chars().take_while(|c| is_combining_mark(*c)) {
            end += c.len_utf8();
        }
        self.flush(at);
        let base = self.last().filter(|c| c.is_alphabetic());
        let Some(base) = base else {
            self.keep(at);
            self.flush(end);
            return;
        };
        let written = self.lines.text.len() - base.len_utf8();
        let start = self.lines.text.source_of(written);
        self.truncate(written);
        for c in std::iter::once(base).chain(self.source[at..end].chars()).nfc() {
            self.lines.text.push_replaced(c, start..end);
        }
        self.pending = end;
    }

    /// Bold or italics begin or end here, or go on at a line's end: notes what was written since.
    fn emphasis(&mut self, bold: bool, italic: bool) {
        let text = self.lines.text.as_str();
        if self.bold || self.italic {
            self.line.loud |= self.line.start.is_some_and(|start| text.len() > start);
        } else if let Some(start) = self.line.start {
            let from = self.line.quiet_from.clamp(start, text.len());
            let words = text.get(from..).unwrap_or_default().trim();
            // `1. **Mục tiêu**`: the marker need not be loud.
            let marker = from == start && words.len() <= 6 && !words.contains(' ');
            self.line.plain |= !marker && words.contains(char::is_alphanumeric);
        }
        self.line.quiet_from = text.len();
        (self.bold, self.italic) = (bold, italic);
    }

    /// `*`: two are bold, one before a word is emphasis, one before a space at the line's start a bullet.
    fn star(&mut self, at: usize, next: usize) {
        self.flush(at);
        let written = self.lines.text.as_str();
        let line_start = self.line.start.unwrap_or(written.len());
        if self.line.spaces == 0 && written[line_start..].ends_with('*') && written.len() > line_start {
            self.take_back(written.len() - 1);
            // The first of the two was taken for italics.
            self.emphasis(!self.bold, self.italic);
            self.line.bold |= self.bold && self.line.start == Some(self.lines.text.len());
            self.pending = next;
            return;
        }
        let before = self.last().is_none_or(|c| c == ' ' || c == '\t');
        let after = self.source[next..].chars().next();
        if after == Some('*') || (before && after == Some(' ')) {
            self.keep(at);
            self.flush(next);
        } else {
            let opens = before && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '“' | '"' | '(')) && self.closes(next);
            self.emphasis(self.bold, !self.italic && opens);
            self.pending = next;
        }
    }

    /// Whether the italics that begin before `from` end in the same paragraph.
    fn closes(&self, from: usize) -> bool {
        const LONGEST: usize = 2000;
        let rest = &self.source.as_bytes()[from..self.source.len().min(from + LONGEST)];
        let star = rest.iter().position(|byte| *byte == b'*');
        star.is_some_and(|star| !rest[..star].windows(2).any(|two| two == b"\n\n"))
    }

    /// Takes back what was written from `length` on; a space before it waits for what comes next.
    fn take_back(&mut self, length: usize) {
        self.truncate(length);
        let space = length.saturating_sub(1);
        if self.line.start.is_some_and(|start| self.lines.text.as_str()[start..].ends_with(' ')) {
            // A gap stays one: `<br>**SỞ Y TẾ**` in a cell.
            self.line.spaces = if self.lines.gaps.last() == Some(&space) { 4 } else { 1 };
            self.line.spaces_at = self.lines.text.source_of(space);
            self.truncate(space);
        }
    }

    fn truncate(&mut self, length: usize) {
        self.lines.text.truncate(length);
        while self.lines.gaps.last().is_some_and(|gap| *gap >= length) {
            self.lines.gaps.pop();
        }
        while self.lines.literal_pipes.last().is_some_and(|pipe| *pipe >= length) {
            self.lines.literal_pipes.pop();
        }
    }

    /// `~~1.200~~ 1.500 ha`: what is struck out is left out, and told.
    fn tilde(&mut self, at: usize) {
        const LONGEST: usize = 300;
        let inner = self.source[at..].strip_prefix("~~").filter(|_| self.pending <= at);
        let struck = inner.and_then(|inner| {
            let close = inner.find(['~', '\n']).filter(|close| *close > 0 && *close <= LONGEST)?;
            let (struck, rest) = inner.split_at(close);
            let whole = rest.starts_with("~~") && !rest.starts_with("~~~") && struck.trim() == struck;
            whole.then_some(struck)
        });
        let before = self.source[..at].ends_with('~');
        if let Some(struck) = struck.filter(|_| !before) {
            self.flush(at);
            self.lines.struck.push(struck.to_owned());
            self.pending = at + struck.len() + 4;
        } else {
            self.keep(at);
        }
    }

    /// `Ⅳ`: a Roman number in one character.
    fn roman(&mut self, c: char, at: usize, next: usize) {
        const NUMBERS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
        let number = NUMBERS[(u32::from(c) - 0x2160) as usize % NUMBERS.len()];
        self.flush(at);
        self.begin_characters(at);
        for letter in number.chars() {
            self.lines.text.push_replaced(letter, at..next);
        }
        self.pending = next;
    }

    /// Whether a tab before `next` only moves what comes after it: it stands before the line, or behind its bullet or marker, and no
    /// other tab parts what follows (`-\tTỷ lệ hộ nghèo`, `\t1.\tMục tiêu`; but `-\tDiện tích\tha` is a row).
    fn indents(&self, next: usize) -> bool {
        const LONGEST: usize = 4000;
        let written = self.line.start.map_or("", |start| self.lines.text.as_str()[start..].trim_start_matches('\t'));
        if !(written.is_empty() || leads(written)) {
            return false;
        }
        let rest = &self.source.as_bytes()[next..self.source.len().min(next + LONGEST)];
        let rest = &rest[..rest.iter().position(|byte| matches!(byte, b'\n' | b'\r' | b'\x0C')).unwrap_or(rest.len())];
        let rest = &rest[rest.iter().position(|byte| !matches!(byte, b'\t' | b' ')).unwrap_or(rest.len())..];
        // Behind a row, or before empty cells, an empty first cell is one: a page has cut the row.
        if written.is_empty() && (self.row_before || rest.ends_with(b"\t")) {
            return false;
        }
        let mut pieces = rest.split(|byte| *byte == b'\t').filter(|piece| !piece.iter().all(u8::is_ascii_whitespace));
        let Some(first) = pieces.next() else { return true };
        if rest.contains(&b'|') {
            return false;
        }
        match (pieces.next(), pieces.next()) {
            (None, _) => true,
            (Some(_), None) => written.is_empty() && std::str::from_utf8(first).is_ok_and(|first| leads(first.trim())),
            _ => false,
        }
    }

    /// Whether a `>` at the start of a line, before `next`, begins a quotation: `> Ghi chú`, but not `> 95%`.
    fn quotes(&self, next: usize) -> bool {
        let rest = &self.source[next..];
        rest.starts_with(' ') && rest.trim_start_matches([' ', '>']).starts_with(char::is_alphabetic)
    }

    /// `#` at the start of a line.
    fn hash(&mut self, at: usize) {
        self.flush(at);
        let rest = &self.source[at..];
        let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
        let nothing_before = self.line.start.is_none_or(|start| start == self.lines.text.len());
        let after = rest[hashes..].chars().find(|c| !is_invisible(*c));
        if nothing_before && hashes <= 6 && after.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '<' | '¹' | '⁽')) {
            self.line.hashes = u8::try_from(hashes).unwrap_or(6);
            self.line.spaces = 0;
            self.pending = at + hashes;
        } else {
            self.keep(at);
        }
    }

    /// `>`: ends a tag whose beginning was written, such as `<b` or `<sup>1</sup`.
    fn tag_end(&mut self, at: usize, next: usize) {
        const LONGEST: usize = 200;
        self.keep(at);
        self.flush(at);
        let written = self.lines.text.as_str();
        let line_start = self.line.start.unwrap_or(written.len());
        let line = &written[line_start..];
        let Some(open) = line.rfind('<').filter(|open| line.len() - open <= LONGEST) else { return };
        let inner = &line[open + 1..];
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let rest = &inner[name.len()..];
        if !(rest.is_empty() || rest.starts_with([' ', '/'])) {
            return;
        }
        let tag_start = line_start + open;
        match name.as_str() {
            "sup" if !closes => {}
            "sup" => {
                let before = &line[..open];
                let Some(mark) = before.rfind("<sup>") else { return };
                let digits = before[mark + 5..].trim();
                let label = digits.trim_matches(['(', ')', '[', ']']).parse::<u16>();
                let mark = line_start + mark;
                match label {
                    Ok(label) => {
                        let source = self.lines.text.source_of(mark);
                        self.take_back(mark);
                        self.mark(label, source);
                    }
                    // `m<sup>2</sup>` was a number too; other words in a raised place are kept.
                    Err(_) => self.take_back(tag_start),
                }
                self.pending = next;
            }
            "b" | "strong" => {
                self.take_back(tag_start);
                self.emphasis(!closes, self.italic);
                self.line.bold |= self.bold && self.line.start == Some(self.lines.text.len());
                self.pending = next;
            }
            "i" | "em" => {
                self.take_back(tag_start);
                self.emphasis(self.bold, !closes);
                self.pending = next;
            }
            "u" | "sub" | "span" | "font" | "center" | "o" => {
                self.take_back(tag_start);
                self.pending = next;
            }
            "br" | "p" | "div" => {
                let in_row = line.starts_with('|') || line.contains('\t');
                self.take_back(tag_start);
                self.pending = next;
                if in_row {
                    // Lines of one cell: a gap, as between columns.
                    self.line.spaces = 4;
                    self.line.spaces_at = at;
                    self.pending = next;
                } else {
                    self.end_line(at, next, false);
                }
            }
            _ => {}
        }
    }

    /// A footnote mark whose source stands at `source`.
    fn mark(&mut self, label: u16, source: usize) {
        let at = self.lines.text.len();
        let line_start = self.line.start.unwrap_or(at);
        let before = &self.lines.text.as_str()[line_start..];
        if before.is_empty() {
            self.line.note = Some(label);
            self.line.start = None;
            self.line.spaces = 0;
            return;
        }
        self.lines.marks.push(NoteMark { at, source, label });
    }

    /// `[1]`, where such brackets mark footnotes.
    fn bracket(&mut self, at: usize) {
        let inside = &self.source[at + 1..];
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        let label = inside[..digits].parse::<u16>().ok().filter(|_| inside[digits..].starts_with(']'));
        let Some(label) = label else {
            self.keep(at);
            return;
        };
        self.flush(at);
        if self.line.start.is_none() {
            self.begin_characters(at);
        }
        self.mark(label, at);
        self.pending = at + digits + "[]".len();
    }

    /// `¹`, `⁽¹⁾`, `¹²`; but `m²` is a unit.
    fn superscript(&mut self, at: usize) {
        let mut end = at;
        let mut label = String::new();
        for c in self.source[at..].chars() {
            let digit = match c {
                '⁰' => '0',
                '¹' => '1',
                '²' => '2',
                '³' => '3',
                '⁴'..='⁹' => char::from_digit(u32::from(c) - 0x2070, 10).unwrap_or('0'),
                '⁽' | '⁾' => '(',
                _ => break,
            };
            end += c.len_utf8();
            if digit != '(' {
                label.push(digit);
            }
        }
        self.flush(at);
        let written = &self.lines.text.as_str()[self.line.start.unwrap_or(self.lines.text.len())..];
        let mut before = written.chars().rev();
        let metre = self.line.spaces == 0
            && before.next() == Some('m')
            && before.next().is_none_or(|c| !c.is_alphabetic() || matches!(c, 'k' | 'c' | 'd'));
        if metre && (label == "2" || label == "3") {
            self.replace(if label == "2" { '2' } else { '3' }, at, end);
            return;
        }
        if let Ok(label) = label.parse::<u16>() {
            if self.line.start.is_none() {
                self.begin_characters(at);
            }
            self.mark(label, at);
        }
        self.pending = end;
    }
}

/// Whether words are nothing but a bullet or a marker: `-`, `•`, `o`, `1.`, `2.1`, `a)`, `IV.`, `(3)`.
fn leads(words: &str) -> bool {
    const LONGEST: usize = 8;
    let mut chars = words.chars();
    let Some(first) = chars.next().filter(|_| words.len() <= LONGEST) else { return false };
    if chars.next().is_none() {
        return first == 'o' || !first.is_alphanumeric() && !matches!(first, '|' | '(' | ')' | '%' | '"' | '“' | '”');
    }
    let core = words.trim_start_matches('(').trim_end_matches(['.', ')', '/', ':']);
    let number = !core.is_empty() && core.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let letter = core.chars().count() == 1 && core.chars().all(char::is_alphabetic);
    let roman = !core.is_empty() && core.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    (number || letter || roman) && (core.len() < words.len() || number && core.contains('.'))
}

/// Soft hyphens, zero-width spaces, direction marks: they take no room and part no words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Whether a byte is copied without a look: ASCII that is no markup, and the letters of
/// Vietnamese that need nothing (U+0100 to U+02FF, U+1E00 to U+1EFF and all that begin so).
fn is_plain(byte: u8) -> bool {
    match byte {
        b'*' | b'#' | b'>' | b'\\' | b'~' | b' ' => false,
        0x21..=0x7E => true,
        // Continuation bytes are passed over with the character they belong to.
        0x80..=0xBF => true,
        0xC4..=0xCA => true,
        0xE1 => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str) -> Vec<String> {
        let lines = normalize(source);
        (0..lines.lines.len()).map(|index| lines.line(index).to_owned()).collect()
    }

    #[test]
    fn letters_are_composed() {
        assert_eq!(lines("cu\u{309}a he\u{323}\u{302} tho\u{302}\u{301}ng"), ["của hệ thống"]);
        assert_eq!(lines("Ðồng　ｂằng ８５％"), ["Đồng bằng 85%"]);
    }

    #[test]
    fn tabs_that_only_indent_are_blanks() {
        for (source, wanted) in [
            ("-\tTỷ lệ hộ nghèo", "- Tỷ lệ hộ nghèo"),
            ("\t- Tỷ lệ", "- Tỷ lệ"),
            ("\t\t1.\tMục tiêu", "1. Mục tiêu"),
            ("o\tXã Khe Vàng", "o Xã Khe Vàng"),
            ("\u{F0B7}\tChợ", "\u{F0B7} Chợ"),
            ("II.\tMỤC TIÊU", "II. MỤC TIÊU"),
            ("\tCác cơ quan báo cáo", "Các cơ quan báo cáo"),
            ("-\tDiện tích\tha", "-\tDiện tích\tha"),
            ("1\tSở Y tế", "1\tSở Y tế"),
            ("\tDiện tích\tha", "\tDiện tích\tha"),
            ("STT\tNội dung", "STT\tNội dung"),
            ("\tlớn trong và ngoài nước\t\t", "\tlớn trong và ngoài nước\t\t"),
            ("Ⅳ. Tổ chức", "IV. Tổ chức"),
        ] {
            assert_eq!(lines(source), [wanted], "{source:?}");
        }
        assert_eq!(lines("1\tSố chợ\t4\n\tở vùng cao"), ["1\tSố chợ\t4", "\tở vùng cao"]);
        // A table whose rows are all indented has no cut row.
        assert_eq!(lines("\t1\tSố chợ\t4\n\tII. NHIỆM VỤ\n\t(1) Mở chợ"), ["\t1\tSố chợ\t4", "II. NHIỆM VỤ", "(1) Mở chợ"]);
    }

    #[test]
    fn what_is_all_bold_or_italic_is_told() {
        let strong = |source: &str| normalize(source).lines.iter().map(|line| line.strong).collect::<Vec<_>>();
        assert_eq!(strong("**1. Duy trì các chợ.**\n**Lưu ý:** nộp sớm\n2. **Thu gom rác**."), [true, false, true]);
        assert_eq!(strong("*2.1. Đề nghị các hội\nphối hợp*\n(*) Ghi chú\nrà soát"), [true, true, false, false]);
        assert_eq!(strong("<b>a) Chợ</b>\n<i>b) Bến xe</i>\n5*3 ha\nrừng"), [true, true, false, false]);
    }

    #[test]
    fn invisible_characters_go_and_spaces_are_one() {
        assert_eq!(lines("hộ\u{A0}\u{A0}ng\u{AD}hè\u{200B}o  còn"), ["hộ nghèo còn"]);
    }

    #[test]
    fn markup_is_taken_for_what_it_is() {
        let normalized =
            normalize("## **I. MỤC TIÊU**\n*trong đó* có <b>22</b> camera<sup>3</sup>, m<sup>2</sup> và m²\n* mục\na<br>b");
        let shown: Vec<&str> = (0..normalized.lines.len()).map(|index| normalized.line(index)).collect();
        assert_eq!(shown, ["I. MỤC TIÊU", "trong đó có 22 camera, m và m2", "* mục", "a", "b"]);
        assert_eq!((normalized.lines[0].hashes, normalized.lines[0].bold), (2, true));
        assert!(!normalized.lines[1].bold);
        assert_eq!(normalized.marks[0].label, 3);
    }

    #[test]
    fn what_is_struck_out_is_left_out_and_told() {
        let normalized = normalize("1. Trồng mới ~~1.200~~ 1.500 ha rừng\n~~~\nkhoảng ~5 ha, ~ 6 ha\n~~ a ~~ b");
        let shown: Vec<&str> = (0..normalized.lines.len()).map(|index| normalized.line(index)).collect();
        assert_eq!(shown, ["1. Trồng mới 1.500 ha rừng", "~~~", "khoảng ~5 ha, ~ 6 ha", "~~ a ~~ b"]);
        assert_eq!(normalized.struck, ["1.200"]);
    }

    #[test]
    fn pipes_of_a_cell_and_quotations_are_told() {
        let normalized = normalize("| 1 | Kiểm kê \\| lập bản đồ | Sở A |\n> Ghi chú: số ước\n> 95% số hộ");
        assert_eq!(normalized.line(0), "| 1 | Kiểm kê | lập bản đồ | Sở A |");
        let pieces: Vec<&str> = normalized.pieces(0).into_iter().map(|piece| normalized.text.slice(piece)).collect();
        assert_eq!(pieces, ["1", "Kiểm kê | lập bản đồ", "Sở A"]);
        assert_eq!((normalized.line(1), normalized.line(2)), ("Ghi chú: số ước", "> 95% số hộ"));
    }

    #[test]
    fn footnotes_in_brackets() {
        let lines = normalize("Có chương trình[1], kế hoạch[2].\n\n[1]\nChương trình số 3\n[2] Kế hoạch số 4\n");
        assert_eq!(lines.line(0), "Có chương trình, kế hoạch.");
        let notes: Vec<(Option<u16>, &str)> = (1..3).map(|index| (lines.lines[index].note, lines.line(index))).collect();
        assert_eq!(notes, [(Some(1), "Chương trình số 3"), (Some(2), "Kế hoạch số 4")]);
        assert_eq!(lines.marks.iter().map(|mark| mark.label).collect::<Vec<_>>(), [1, 2]);
        // Without notes below they are words.
        assert_eq!(normalize("Theo tài liệu [1] và [2].\n").line(0), "Theo tài liệu [1] và [2].");
    }

    #[test]
    fn footnotes_are_told_from_their_marks() {
        let normalized = normalize("tương đương⁽¹⁾; kế hoạch²\n¹ Đã ban hành\n<sup>2</sup> Đã có");
        assert_eq!(normalized.line(0), "tương đương; kế hoạch");
        assert_eq!(normalized.marks.iter().map(|mark| mark.label).collect::<Vec<_>>(), [1, 2]);
        assert_eq!((normalized.lines[1].note, normalized.line(1)), (Some(1), "Đã ban hành"));
        assert_eq!((normalized.lines[2].note, normalized.line(2)), (Some(2), "Đã có"));
    }

    #[test]
    fn wide_gaps_part_columns() {
        let normalized = normalize("UBND TỈNH        CỘNG HÒA\nmột  hai");
        let pieces: Vec<&str> = normalized.pieces(0).into_iter().map(|piece| normalized.text.slice(piece)).collect();
        assert_eq!(pieces, ["UBND TỈNH", "CỘNG HÒA"]);
        assert_eq!(normalized.pieces(1).len(), 1);
        let cell = normalize("| **UBND TỈNH X**<br>**SỞ Y TẾ**<br><b>Số: 84/KH-SYT</b> | b |");
        let pieces: Vec<&str> = cell.pieces(0).into_iter().map(|piece| cell.text.slice(piece)).collect();
        assert_eq!(pieces, ["UBND TỈNH X", "SỞ Y TẾ", "Số: 84/KH-SYT", "b"]);
    }

    #[test]
    fn segmented_words_are_put_together() {
        let source = "Thực_hiện hỗ_trợ hộ nghèo , xây_dựng nhà_ở .\n".repeat(3);
        assert_eq!(lines(&source)[0], "Thực hiện hỗ trợ hộ nghèo, xây dựng nhà ở.");
    }

    #[test]
    fn normalizing_twice_changes_nothing() {
        for source in ["<b<b>>x", "***a** * b", "# # a", "\\\\-", "e\u{301}\u{323}", "a \t b", "a<sup>x</sup>", "\u{301}a", "¹⁽"]
        {
            let once = normalize(source).text.as_str().to_owned();
            assert_eq!(normalize(&once).text.as_str(), once, "{source:?}");
        }
    }
}
