//! Wrapped lines → paragraphs.
//!
//! A line goes on where the one before it breaks off: in the middle of a number
//! (`số 20/KH-` + `UBND`), before a small letter, or because the next word would not
//! have fitted. Page numbers, separators and footnotes stand in mid-sentence and are
//! stepped over; a footnote is a paragraph of its own.

use super::marker::{self, Marker, Style};
use crate::normalize::Lines;
pub(super) use crate::paper::{is_furniture, is_separator};
use crate::text::{Span, Text};
use crate::words::is_shouted;

/// A piece of a line, and whether it is glued to the piece before it without a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) span: Span,
    pub(super) glued: bool,
}

/// Lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) parts: Vec<Part>,
    /// The marker that it begins with.
    pub(super) marker: Option<Marker>,
    /// The label of the footnote that it is.
    pub(super) note: Option<u16>,
    pub(super) bold: bool,
    /// Whether all of it is set in bold or italics.
    pub(super) strong: bool,
    pub(super) hashes: u8,
    /// Index of its first line.
    pub(super) line: usize,
}

/// Longest paragraph that is read as one, in bytes: a longer one is no sentence, and is cut between words.
const LONGEST: usize = 16 * 1024;

/// How a text is laid out in lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Width that lines are wrapped at, in characters; `None` where they are not wrapped.
    pub(super) width: Option<usize>,
    /// Whether a program wrapped the lines, each as full as it could be: one that had room for the next word ends its paragraph.
    pub(super) exact: bool,
    /// Width that the first lines of items are wrapped at where it is smaller: a portal counted the tags that stood before them.
    pub(super) first: Option<usize>,
    /// Blank lines that stand between any two lines: 1 where all are doubled.
    pub(super) usual_blank: u32,
    /// Whether blank lines stand between paragraphs and nowhere else, as in Markdown.
    pub(super) parted: bool,
}

impl Layout {
    /// Measures the lines of `range`.
    pub(super) fn measure(lines: &Lines, range: std::ops::Range<usize>) -> Self {
        let start = range.start;
        let mut widths: Vec<usize> = Vec::new();
        let mut narrow: Vec<usize> = Vec::new();
        let mut small = 0_usize;
        // The lengths of marked lines that the next line goes on with.
        let mut broken: Vec<usize> = Vec::new();
        let mut item: Option<usize> = None;
        let mut blanks = [0_usize; 3];
        let mut breaks = Breaks::default();
        // Lines without a blank one before: those that begin small go on, those that begin with a marker do not.
        let (mut wrapped, mut marked) = (0_usize, 0_usize);
        for index in range {
            let line = &lines.lines[index];
            let text = lines.line(index);
            let is_marked = marker::parse(text).is_some();
            // `o Xã Khe Vàng` and `a) Chợ` begin no line in mid-sentence.
            let goes_on = text.starts_with(char::is_lowercase) && !is_marked;
            small += usize::from(goes_on);
            if goes_on && line.blank_before < 2 && index > start {
                breaks.take(lines.line(index - 1), text);
            }
            if line.blank_before == 0 {
                wrapped += usize::from(goes_on);
                marked += usize::from(line.hashes > 0 || is_marked);
                broken.extend(item.filter(|_| goes_on));
            }
            item = (line.span.len() < 300 && is_marked).then(|| text.chars().count());
            blanks[(line.blank_before as usize).min(2)] += 1;
            if line.span.len() > 24 {
                narrow.push(line.span.len());
            }
            if line.span.len() > 60 {
                // Bytes first: most lines need no counting.
                let text = lines.text.slice(Span::new(line.span.start, line.span.end.min(line.span.start + 600)));
                if text.len() == line.span.len() {
                    widths.push(text.chars().count());
                } else {
                    widths.push(600);
                }
            }
        }
        // Where most lines have a blank one before them, also those that begin in mid-sentence: paragraphs of two lines are none.
        let doubled = blanks[1] * 2 > blanks[0] + blanks[1] + blanks[2] && small - wrapped >= wrapped;
        let usual_blank = u32::from(doubled);
        widths.sort_unstable();
        let mut width = widths.get(widths.len() * 9 / 10).copied().filter(|width| *width <= 130 && widths.len() >= 3);
        // Wrapped at forty columns: hardly a line is long, and many begin in mid-sentence.
        narrow.sort_unstable();
        let all: usize = blanks.iter().sum();
        // Where hardly a line begins in mid-sentence nothing is wrapped: a list of short items is none.
        width = width.filter(|_| small * 25 >= all);
        if width.is_none() && small * 4 >= all && all >= 12 {
            // Bytes: a letter of Vietnamese text takes 1.35 of them.
            width = narrow.get(narrow.len() * 9 / 10).filter(|width| **width <= 90).map(|width| width * 100 / 135);
        }
        let exact = breaks.width();
        width = exact.or(width);
        broken.sort_unstable();
        let first = broken
            .get(broken.len() * 3 / 4)
            .copied()
            .filter(|first| broken.len() >= 5 && width.is_some_and(|width| *first * 10 <= width * 8));
        let parts = blanks[1] + blanks[2];
        let parted = usual_blank == 0
            && parts >= 5
            && wrapped * 3 >= blanks[0]
            && wrapped >= 10
            && marked.saturating_sub(2) * 20 <= blanks[0];
        Self { width, exact: exact.is_some(), first, usual_blank, parted }
    }
}

/// Where lines break in mid-sentence, and so which widths they may have been wrapped at.
#[derive(Default)]
struct Breaks {
    count: usize,
    /// At each width, how many more breaks than at the one before are as a wrap at it makes them, less those that are so no more.
    steps: Vec<isize>,
}

impl Breaks {
    /// Fewer breaks tell no width.
    const LEAST: usize = 12;
    /// Widths that text is wrapped at.
    const WIDTHS: std::ops::RangeInclusive<usize> = 30..=140;

    /// The line `last` breaks before `next`: it fits into the width, and with the next word it would not have.
    fn take(&mut self, last: &str, next: &str) {
        if is_furniture(last) || last.contains(['\t', '|']) || last.len() > 600 {
            return;
        }
        let length = last.chars().count();
        let word = next.split(' ').next().unwrap_or_default().chars().count();
        if !Self::WIDTHS.contains(&length) && !Self::WIDTHS.contains(&(length + word)) {
            return;
        }
        let end = length + word + 1;
        if self.steps.len() <= end {
            self.steps.resize(end + 1, 0);
        }
        self.count += 1;
        self.steps[length] += 1;
        self.steps[end] -= 1;
    }

    /// The width that most breaks are as a wrap at it makes them; a preamble may have been wrapped at another. Type that is set in
    /// letters of many widths has at most six breaks in ten so.
    fn width(&self) -> Option<usize> {
        let mut found = 0;
        let told = self.steps.iter().enumerate().map(|(width, step)| {
            found += step;
            (width, found)
        });
        let (width, found) = told.filter(|(width, _)| Self::WIDTHS.contains(width)).max_by_key(|(_, found)| *found)?;
        (self.count >= Self::LEAST && found.unsigned_abs() * 100 >= self.count * 80).then_some(width)
    }
}

/// What ends a sentence, an item or a heading.
fn is_ended(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’']).ends_with(['.', ';', ':', '!', '?', '…'])
        || text.starts_with('(') && text.ends_with(')')
}

/// Words that a line cannot end a paragraph with.
fn is_open(text: &str) -> bool {
    const OPEN: [&str; 24] = [
        " và",
        " của",
        " các",
        " với",
        " tại",
        " cho",
        " về",
        " trong",
        " theo",
        " hoặc",
        " để",
        " từ",
        " đến",
        " là",
        " do",
        " số",
        " trên",
        " thuộc",
        " được",
        " những",
        " ngày",
        " đối",
        " đạt",
        " lên",
    ];
    text.ends_with([',', '(', '“', '/', '&', '-', '–', '≥', '≤', '<', '>']) || OPEN.iter().any(|word| text.ends_with(word))
}

/// Whether a line ends with the number of a clause, whose article comes next.
fn ends_with_a_clause(text: &str) -> bool {
    let mut words = text.rsplit(' ');
    let number = words.next().unwrap_or_default();
    number.len() <= 3
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && words.next().is_some_and(|word| word.to_lowercase() == "khoản")
}

/// Joins the lines of `range` into paragraphs; `closes` tells which texts begin the last words of a document (`Trên đây là …`).
pub(super) fn paragraphs(
    lines: &Lines,
    range: std::ops::Range<usize>,
    layout: Layout,
    closes: &dyn Fn(&str) -> bool,
) -> Vec<Paragraph> {
    let mut reflow = Reflow { lines, layout, closes, done: Vec::new(), open: None, note: None, in_notes: false };
    for index in range {
        reflow.line(index);
    }
    reflow.close();
    reflow.done
}

struct Reflow<'a> {
    lines: &'a Lines,
    layout: Layout,
    closes: &'a dyn Fn(&str) -> bool,
    done: Vec<Paragraph>,
    open: Option<Paragraph>,
    /// The footnote that was read last, while the paragraph it interrupts is open.
    note: Option<Paragraph>,
    /// Behind a separator in mid-sentence stand footnotes.
    in_notes: bool,
}

/// Longest label of a stage, in bytes: `- Giai đoạn từ năm 2026 đến năm 2030`.
const STAGE: usize = 56;

impl Reflow<'_> {
    fn close(&mut self) {
        self.done.extend(self.open.take());
        self.done.extend(self.note.take());
        self.in_notes = false;
    }

    fn line(&mut self, index: usize) {
        let line = self.lines.lines[index];
        let text = self.lines.text.slice(line.span);
        if is_furniture(text) && !self.is_lone_bullet(index) {
            self.in_notes = is_separator(text) && self.open.as_ref().is_some_and(|open| !is_ended(self.last_text(open)));
            return;
        }
        if line.note.is_some() {
            self.done.extend(self.note.take());
            self.note = Some(self.begin(index, None));
            self.in_notes = false;
            return;
        }
        if self.in_notes {
            // `---`, then the rest of a footnote that a page has cut.
            self.in_notes = false;
            if let Some(note) = self.done.iter_mut().rev().find(|paragraph| paragraph.note.is_some())
                && self.lines.lines.get(index + 1).is_some_and(|next| next.note.is_some())
            {
                note.parts.push(Part { span: line.span, glued: false });
                return;
            }
        }
        let marker = marker::parse(text).or_else(|| self.wrapped_marker(index)).or_else(|| self.unmarked_number(index));
        if let Some(note) = &self.note {
            let goes_on = self.join(note, index, marker.as_ref());
            let interrupted = self.open.as_ref().is_some_and(|open| !is_ended(self.last_text(open)));
            // The sentence that the footnote interrupts goes on first, the footnote only in wrapped text.
            if goes_on.is_some() && !(interrupted && is_ended(self.last_text(note))) && self.layout.width.is_some() {
                let glued = goes_on == Some(true);
                if let Some(note) = &mut self.note {
                    note.parts.push(Part { span: line.span, glued });
                }
                return;
            }
        }
        let joined = self.open.as_ref().and_then(|open| self.join(open, index, marker.as_ref()));
        if let (Some(glued), Some(open)) = (joined, &mut self.open) {
            let length: usize = open.parts.iter().map(|part| part.span.len()).sum();
            if length + line.span.len() <= LONGEST {
                open.parts.push(Part { span: line.span, glued });
                open.strong &= line.strong;
                return;
            }
        }
        self.close();
        self.long_line(index, marker);
    }

    /// Whether a dash alone in its line is the bullet of the next, and no rule: `-` + `Tuyên truyền …`, after a blank line.
    fn is_lone_bullet(&self, index: usize) -> bool {
        let line = self.lines.lines[index];
        let next = self.lines.lines.get(index + 1);
        matches!(self.lines.line(index), "-" | "–" | "+")
            && self.layout.parted
            && line.blank_before > 0
            && next
                .is_some_and(|next| next.blank_before == 0 && self.lines.text.slice(next.span).starts_with(char::is_alphabetic))
    }

    /// The marker of a line that holds nothing else, its title wrapped to the next: `III.` + `PHẠM VI`, `a)` + `Xác định …`.
    fn wrapped_marker(&self, index: usize) -> Option<Marker> {
        let text = self.lines.line(index);
        if text.len() > 8 || self.lines.lines.get(index + 1)?.blank_before > 0 {
            return None;
        }
        let next = self.lines.line(index + 1);
        let start = next.char_indices().nth(40).map_or(next.len(), |(at, _)| at);
        let marker = marker::parse(&format!("{text} {}", &next[..start]))?;
        (marker.length == text.len() + 1).then_some(Marker { length: text.len(), ..marker })
    }

    /// `3 Xã Khe Vàng` between `2. Xã Khe Na` and `4. Xã Khe Lim`: a number whose mark was forgotten.
    fn unmarked_number(&self, index: usize) -> Option<Marker> {
        const AHEAD: usize = 80;
        let text = self.lines.line(index);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = text.split_at_checked(digits)?;
        let ordinal: u32 = number.parse().ok().filter(|number| (2..100).contains(number))?;
        let title = rest.strip_prefix(' ').filter(|title| title.starts_with(char::is_uppercase) && title.len() < 100)?;
        let numbered = |marker: &Marker| marker.style == Style::Digit;
        let before = self.open.iter().chain(self.done.iter().rev()).filter_map(|paragraph| paragraph.marker.as_ref());
        let follows = before.take(AHEAD).find(|marker| numbered(marker)).is_some_and(|marker| marker.ordinal + 1 == ordinal);
        let until = self.lines.lines.len().min(index + AHEAD);
        let mut ahead = (index + 1..until).filter_map(|line| marker::parse(self.lines.line(line)));
        let goes_on = follows && ahead.find(numbered).is_some_and(|marker| marker.ordinal == ordinal + 1);
        let marked = || marker::parse(&format!("{number}. {title}"));
        goes_on.then(marked).flatten().map(|marker| Marker { length: text.len() - title.len(), ..marker })
    }

    /// Opens a paragraph with a line; a line beyond [`LONGEST`] is cut between words.
    fn long_line(&mut self, index: usize, marker: Option<Marker>) {
        let mut paragraph = self.begin(index, marker);
        let line = self.lines.lines[index].span;
        let text = self.lines.text.as_str();
        let mut start = line.start;
        while line.end - start > LONGEST {
            let mut cut = start + LONGEST;
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            let cut = text[start..cut].rfind(' ').filter(|at| *at > 0).map_or(cut, |at| start + at);
            paragraph.parts = vec![Part { span: Span::new(start, cut), glued: false }];
            self.done.push(paragraph.clone());
            paragraph.marker = None;
            start = cut;
        }
        paragraph.parts = vec![Part { span: Span::new(start, line.end), glued: false }];
        self.open = Some(paragraph);
    }

    fn begin(&self, index: usize, marker: Option<Marker>) -> Paragraph {
        let line = self.lines.lines[index];
        Paragraph {
            parts: vec![Part { span: line.span, glued: false }],
            marker,
            note: line.note,
            bold: line.bold,
            strong: line.strong,
            hashes: line.hashes,
            line: index,
        }
    }

    fn last_text(&self, paragraph: &Paragraph) -> &str {
        paragraph.parts.last().map_or("", |part| self.lines.text.slice(part.span))
    }

    /// Whether the line goes on with the paragraph: `Some(true)` glued to it, `Some(false)` behind a space.
    fn join(&self, paragraph: &Paragraph, index: usize, marker: Option<&Marker>) -> Option<bool> {
        let line = self.lines.lines[index];
        let text = self.lines.text.slice(line.span);
        let last = self.last_text(paragraph);
        if breaks_in_a_symbol(last, text) {
            return Some(true);
        }
        // A marker alone in its line waits for its title.
        if paragraph.parts.len() == 1 && paragraph.marker.as_ref().is_some_and(|marker| marker.length == last.len()) {
            return Some(false);
        }
        let ended = is_ended(last);
        let marked = paragraph.parts.len() == 1 && paragraph.marker.is_some();
        let full = self.is_full(last, text, ended)
            || marked
                && !ended
                && line.blank_before == 0
                && self.layout.first.is_some_and(|first| fits_not(last, text, first, 85));
        let heading = paragraph.parts.len() == 1
            && paragraph.marker.as_ref().is_some_and(|marker| !matches!(marker.style, Style::Bullet(_)));
        // `## Mục tiêu` is a heading to its line's end.
        if line.hashes > 0 || paragraph.hashes > 0 && paragraph.marker.is_none() {
            return None;
        }
        // `Trong giai đoạn 2026` + `- 2030 phấn đấu …`: the second year of a stage.
        if ends_with_year(last) && text.strip_prefix(['-', '–']).is_some_and(|rest| begins_with_year(rest.trim_start())) {
            return Some(false);
        }
        if let Some(marker) = marker {
            // `DO, pH, độ mặn,` + `N- NO3-, P-PO43-`: no heading of a large list stands after a comma, and no list of items ends so.
            if matches!(marker.style, Style::Capital | Style::Roman)
                && last.ends_with(',')
                && line.blank_before == 0
                && paragraph.marker.as_ref().is_none_or(|open| matches!(open.style, Style::Bullet(_)))
            {
                return Some(false);
            }
            // `… đề xuất Trưởng Ban` + `- Chủ tịch UBND huyện …`: a dash that the wrap moved to the line's start.
            let near = line.blank_before <= self.layout.usual_blank && !(self.layout.parted && line.blank_before > 0);
            // `… ưu tiên các địa bàn cấp độ` + `1. Cấp ngay nước uống …`: a number that ends a sentence, where blank lines part all items.
            if self.layout.parted && line.blank_before == 0 && marker.style == Style::Digit && full && !ended && !is_shouted(last)
            {
                return Some(false);
            }
            // `… nâng tổng số thôn đạt chuẩn lên` + `12. Các thôn còn lại …`: a figure that ends a sentence, and is no next number.
            let next =
                paragraph.marker.as_ref().is_some_and(|own| own.style != marker.style || own.ordinal + 1 == marker.ordinal);
            if marker.style == Style::Digit && near && paragraph.marker.is_some() && !next && is_open(last) {
                return Some(false);
            }
            // `… quy định tại khoản 1` + `Điều 7 Nghị định …`: an article of a law that is named.
            if marker.style == Style::Article && near && ends_with_a_clause(last) {
                return Some(false);
            }
            let dash = marker.style == Style::Bullet('-') && full && !ended && near && self.layout.width.is_some();
            // `… theo hướng: (1) mở rộng; (2) nối dài;` + `(3) nâng cấp …`: a count of the sentence that a wrap put first.
            if matches!(marker.style, Style::BracketDigit | Style::BracketLetter)
                && near
                && (self.layout.parted && line.blank_before == 0 && !ended || self.counts(paragraph, marker))
            {
                return Some(false);
            }
            // `… với Phòng Lao động` + `- Thương binh và Xã hội, …`: also in a run-in heading, where a name goes on.
            let capitals = text.starts_with("- ") && last.rsplit(' ').take(3).any(|word| word.starts_with(char::is_uppercase));
            return (dash && !is_open(last) && text.starts_with("- ") && (!heading || capitals && last.chars().count() > 50))
                .then_some(false);
        }
        // `III.` + `PHẠM VI`: the title of a marker that stands alone.
        let alone = paragraph.parts.len() == 1 && paragraph.marker.as_ref().is_some_and(|marker| marker.length >= last.len());
        let first = text.chars().next()?;
        if first.is_lowercase() || alone && line.blank_before == 0 {
            return Some(false);
        }
        // `1. Kết quả đạt được` is a heading to its end.
        if is_open(last) && !(heading && last.ends_with(" được")) {
            return Some(false);
        }
        // `… ngày 18 tháng 02 năm` + `2025;`, `… trong quý` + `IV/2025`.
        let roman = text.split('/').next().and_then(marker::roman).is_some() && text.contains('/');
        if (first.is_ascii_digit() || roman)
            && ["năm", "tháng", "quý", "ngày"].contains(&last.rsplit(' ').next().unwrap_or_default())
        {
            return Some(false);
        }
        let numbered = text.split(' ').nth(1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        if ends_with_a_clause(last) && numbered && line.blank_before == 0 {
            return Some(false);
        }
        if is_shouted(last) != is_shouted(text) && is_shouted(last) && last.split(' ').count() > 1 {
            return None;
        }
        if is_shouted(last) && is_shouted(text) && paragraph.marker.is_some() {
            return Some(false);
        }
        if ended && (line.blank_before > self.layout.usual_blank || (self.closes)(text)) {
            return None;
        }
        // `**3. Đề nghị các hội và Đoàn**` + `**Thanh niên tỉnh**`: one heading, all of it bold.
        if paragraph.strong && line.strong && !ended && paragraph.marker.is_some() && last.chars().nth(50).is_some() {
            return Some(false);
        }
        if self.layout.parted && line.blank_before == 0 && !(ended && is_shouted(text)) {
            return Some(false);
        }
        // `**3. Xây dựng văn bản**`, a blank line, `Sở, ngành rà soát …`: the heading ends with its bold type.
        if paragraph.strong && !line.strong && line.blank_before > self.layout.usual_blank && paragraph.marker.is_some() {
            return None;
        }
        // `- Đến năm 2030:` stands over paragraphs of its own.
        if paragraph.parts.len() == 1 && last.strip_suffix(':').is_some_and(|label| ends_with_year(label) && label.len() <= STAGE)
        {
            return None;
        }
        // `- Sử dụng hiệu quả các hệ thống:` + `Hệ thống …`: an item goes on behind its colon.
        let item = paragraph.marker.as_ref().is_some_and(|marker| matches!(marker.style, Style::Bullet(_)));
        if self.layout.width.is_some() && item && last.ends_with(':') {
            return Some(false);
        }
        if self.layout.width.is_some() {
            return (full && !(ended && line.blank_before > self.layout.usual_blank)).then_some(false);
        }
        // Not wrapped: a line goes on only where a page has cut it, and not with `Lúa mùa: 1.390 ha`, another line of a list.
        let long = last.chars().nth(60).is_some();
        (!ended && long && !last.ends_with(')') && !heading && !is_entry(text)).then_some(false)
    }

    /// Whether the number before a marker stands inside the paragraph.
    fn counts(&self, paragraph: &Paragraph, marker: &Marker) -> bool {
        let before = match marker.style {
            Style::BracketDigit if marker.ordinal > 1 => format!("({})", marker.ordinal - 1),
            _ => return false,
        };
        let inside = |part: &Part| self.lines.text.slice(part.span).find(&before).is_some_and(|at| at > 0);
        paragraph.parts.iter().any(inside)
            || paragraph.parts.len() > 1
                && paragraph.parts[1..].iter().any(|part| self.lines.text.slice(part.span).starts_with(&before))
    }

    /// Whether the first word of `next` would not have fitted behind `last`.
    fn is_full(&self, last: &str, next: &str, ended: bool) -> bool {
        // Type is not set in equal widths: a line may hold a tenth less than the widest.
        self.layout.width.is_some_and(|width| match (self.layout.exact, ended) {
            (true, _) => fits_not(last, next, width + 1, 100),
            (false, true) => fits_not(last, next, width, 97),
            (false, false) => fits_not(last, next, width, 88),
        })
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("20") || word.starts_with("19")) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn ends_with_year(text: &str) -> bool {
    text.rsplit(' ').next().is_some_and(is_year)
}

fn begins_with_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).next().is_some_and(is_year)
}

/// `Lúa mùa: 1.390 ha`: a few words, a colon and a number.
fn is_entry(text: &str) -> bool {
    const NAME: usize = 12;
    let Some((name, value)) = text.split_once(": ") else { return false };
    name.split(' ').count() <= NAME && value.trim_start_matches(['<', '>', '≥', '≤']).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the first word of `next` would have filled a line of `width` beyond `share` hundredths.
fn fits_not(last: &str, next: &str, width: usize, share: usize) -> bool {
    let word = next.split(' ').next().unwrap_or_default().chars().count();
    (last.chars().count() + 1 + word) * 100 >= width * share
}

/// `số 20/KH-` + `UBND`, `48/KH` + `-UBND`: a symbol that a wrap has cut.
fn breaks_in_a_symbol(last: &str, next: &str) -> bool {
    let behind = next.chars().next();
    let word = last.rsplit(' ').next().unwrap_or_default();
    let symbol = word.contains('/') || word.bytes().any(|byte| byte.is_ascii_digit());
    if word.len() > 1 && word.ends_with(['-', '–']) && behind.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) {
        return symbol || word.chars().all(|c| c.is_uppercase() || c == '-');
    }
    // `… trong quý IV/2026.` + `-Hỗ trợ …` is an item: letters of a symbol are capitals.
    let letters = next.strip_prefix('-').is_some_and(|rest| rest.chars().take_while(|c| c.is_uppercase()).count() > 1);
    letters && word.contains('/') && word.ends_with(char::is_alphanumeric)
}

/// Writes paragraphs one behind the other, each on a line of its own.
pub(super) struct Flow<'a> {
    pub(super) lines: &'a Lines,
    pub(super) text: Text,
    /// Where a paragraph of a cell begins behind another, in order.
    pub(super) breaks: Vec<usize>,
    /// The markers that were left out of the words, in the lines' text.
    pub(super) markers: Vec<Span>,
}

impl Flow<'_> {
    /// Writes the parts, from the byte `skip` of the first on, and gives where they stand.
    pub(super) fn push(&mut self, parts: &[Part], skip: usize) -> Span {
        let source = parts.first().map_or(0, |part| self.lines.text.source_of(part.span.start));
        if !self.text.is_empty() {
            self.text.push_replaced('\n', source..source);
        }
        let start = self.text.len();
        for (index, part) in parts.iter().enumerate() {
            let from = if index == 0 { (part.span.start + skip).min(part.span.end) } else { part.span.start };
            if from > part.span.start {
                self.markers.push(Span::new(part.span.start, from));
            }
            if index > 0 && !part.glued && self.text.len() > start {
                let source = self.lines.text.source_of(part.span.start);
                self.text.push_replaced(' ', source..source);
            }
            self.text.push_from(&self.lines.text, Span::new(from, part.span.end));
        }
        Span::new(start, self.text.len())
    }

    /// Writes a cell, and keeps where its paragraphs end: a wide gap stands there.
    pub(super) fn push_cell(&mut self, parts: &[Part]) -> Span {
        let [part] = parts else { return self.push(parts, 0) };
        let cell = self.push(parts, 0);
        let gaps = &self.lines.gaps;
        let first = gaps.partition_point(|gap| *gap < part.span.start);
        let inside = gaps[first..].iter().take_while(|gap| **gap < part.span.end);
        self.breaks.extend(inside.map(|gap| cell.start + gap + 1 - part.span.start));
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(source: &str) -> Vec<String> {
        let lines = crate::normalize::normalize(source);
        let range = 0..lines.lines.len();
        let layout = Layout::measure(&lines, range.clone());
        let done = paragraphs(&lines, range, layout, &|text| text.starts_with("Trên đây"));
        let mut flow = Flow { lines: &lines, text: Text::default(), breaks: Vec::new(), markers: Vec::new() };
        done.iter()
            .map(|paragraph| {
                let span = flow.push(&paragraph.parts, 0);
                flow.text.slice(span).to_owned()
            })
            .collect()
    }

    #[test]
    fn wrapped_and_doubled_lines_are_joined() {
        let source = "1. Mục tiêu\n\n- Giảm tỷ lệ hộ nghèo toàn tỉnh theo chuẩn nghèo đa chiều xuống còn 4,2% vào cuối\n\n\
                      năm, trong đó vùng khó khăn giảm nhanh hơn theo Kế hoạch số 20/KH-\n\nUBND của tỉnh;\n\n2\n\n- Hỗ trợ nhà ở cho các hộ đặc biệt khó khăn trên địa bàn các huyện, thị xã của tỉnh\n\nThanh Giang theo quy định.\n";
        assert_eq!(
            joined(source),
            [
                "1. Mục tiêu",
                "- Giảm tỷ lệ hộ nghèo toàn tỉnh theo chuẩn nghèo đa chiều xuống còn 4,2% vào cuối năm, trong đó vùng khó khăn giảm nhanh hơn theo Kế hoạch số 20/KH-UBND của tỉnh;",
                "- Hỗ trợ nhà ở cho các hộ đặc biệt khó khăn trên địa bàn các huyện, thị xã của tỉnh Thanh Giang theo quy định.",
            ]
        );
    }

    #[test]
    fn a_dash_glued_to_its_item_begins_it() {
        let source =
            "-Nghiệm thu từng mô hình trong quý IV/2026.\n-Hỗ trợ giống cho các hộ theo Kế hoạch số 20/KH\n-UBND của tỉnh.\n";
        assert_eq!(
            joined(source),
            ["-Nghiệm thu từng mô hình trong quý IV/2026.", "-Hỗ trợ giống cho các hộ theo Kế hoạch số 20/KH-UBND của tỉnh."]
        );
    }

    #[test]
    fn lines_that_a_program_wrapped_end_where_a_word_had_room() {
        // A preamble of another width, headings nearly as wide as a line, sentences that fill one.
        let preamble = "Căn cứ Nghị quyết số 12/NQ-HĐND ngày 10/12/2025 của HĐND huyện Suối Lim về nhiệm vụ phát triển kinh tế\n\
                        năm 2026, UBND huyện ban hành Kế hoạch trồng rừng như sau:\n";
        let body = "1. Quy mô rừng trồng, rừng giống\nToàn huyện có 25 lô rừng giống (trong đó\ncó 10 lô thông, 09 lô keo, 06 lô bạch\nđàn và lim).                     Tổng số hộ trồng rừng là\nbảy trăm hộ, tăng sáu hộ so với cùng kỳ\nnăm trước, chủ yếu ở ba xã vùng cao.\n2. Chất lượng cây giống\n- Các                     vườn ươm chuẩn bị cây giống theo\nhướng dẫn của cơ quan chuyên môn, không\nđể cây giống kém chất lượng ra khỏi\nvườn; kiểm tra mỗi                     vườn trước khi giao\ncây, lập biên bản và báo cáo trong quý\nIV/2026.\n- Các xã rà soát đất trống, vận động hộ\nnhận đất trồng rừng,                     bảo đảm mỗi thôn\ncó tổ bảo vệ rừng, giao phòng nông nghiệp\ntheo dõi, báo cáo kết quả hằng tháng.\nTrên đây là Kế hoạch.\n";
        let last = |text: &String| text.rsplit(' ').take(3).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join(" ");
        let joined = joined(&format!("{preamble}{body}"));
        assert_eq!(
            joined.iter().map(last).collect::<Vec<_>>(),
            [
                "rừng như sau:",
                "trồng, rừng giống",
                "xã vùng cao.",
                "lượng cây giống",
                "trong quý IV/2026.",
                "quả hằng tháng.",
                "là Kế hoạch."
            ]
        );
    }

    #[test]
    fn a_footnote_does_not_end_the_sentence_it_stands_in() {
        let source = "Các đơn vị phối hợp triển khai nền tảng theo dõi trực tuyến phục vụ công tác quản lý của tỉnh¹ và phục vụ công\n\
                      ¹ Đã ban hành kế hoạch\ntác quản lý nhà nước.\n";
        assert_eq!(
            joined(source),
            [
                "Các đơn vị phối hợp triển khai nền tảng theo dõi trực tuyến phục vụ công tác quản lý của tỉnh và phục vụ công tác quản lý nhà nước.",
                "Đã ban hành kế hoạch",
            ]
        );
    }

    #[test]
    fn a_number_or_article_that_a_wrap_put_first_begins_no_item() {
        let source = "1. Tỷ lệ hộ có điện đạt 91%, nâng tổng số thôn đạt chuẩn lên\n12. Các thôn còn lại rà soát.\n2. Thu ngân sách đạt\n\
                      1.350 triệu đồng.\n3. Ban Khê Vang làm theo quy định tại khoản 2\nĐiều 9 Nghị định này.\n4. Mở lớp mới tại\n5. Hết.\n";
        assert_eq!(
            joined(source),
            [
                "1. Tỷ lệ hộ có điện đạt 91%, nâng tổng số thôn đạt chuẩn lên 12. Các thôn còn lại rà soát.",
                "2. Thu ngân sách đạt 1.350 triệu đồng.",
                "3. Ban Khê Vang làm theo quy định tại khoản 2 Điều 9 Nghị định này.",
                "4. Mở lớp mới tại",
                "5. Hết.",
            ]
        );
    }

    #[test]
    fn page_numbers_and_separators_are_furniture() {
        for text in ["2", "- 12 -", "Trang 3/14", "-----", "* * *", "___", "--- PAGE BREAK ---", "===== Page 3 ====="] {
            assert!(is_furniture(text), "{text}");
        }
        for text in ["2024", "1.", "- Sở Y tế", "100%", "--- Trang bị 3 máy ---"] {
            assert!(!is_furniture(text), "{text}");
        }
    }
}
