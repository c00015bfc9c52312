//! [`Line`]s → paragraphs: which line goes on with the one above it.
//!
//! Told by the page: the line above is full, the distance is that of lines, the left edge
//! is that of a paragraph's further lines. Where the page does not tell, lines stay apart;
//! the text itself is asked later, when documents are taken apart.

use super::glyphs::Page;
use super::lines::{Line, join, text};

/// The edges of the type on a page, and the usual distance of its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f32,
    pub(super) right: f32,
    /// The size of most of the type.
    pub(super) size: f32,
    /// Distance from line to line inside a paragraph, for each point of the type's size.
    pub(super) leading: f32,
    /// How many lines it was measured on.
    pub(super) lines: usize,
}

/// Measures lines of type; `None` where there are none.
pub(super) fn frame(lines: &[&Line]) -> Option<Frame> {
    let mut sizes: Vec<(i32, f32)> = Vec::new();
    for line in lines {
        let key = (line.size * 2.0).round() as i32;
        let width = (line.x1 - line.x0).max(0.0);
        match sizes.iter_mut().find(|(size, _)| *size == key) {
            Some(known) => known.1 += width,
            None => sizes.push((key, width)),
        }
    }
    let size = sizes.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(size, _)| *size as f32 / 2.0)?;
    let body: Vec<&Line> = lines.iter().copied().filter(|line| (line.size - size).abs() <= 0.15 * size).collect();
    let mut lefts: Vec<f32> = body.iter().map(|line| line.x0).collect();
    let mut rights: Vec<f32> = body.iter().map(|line| line.x1).collect();
    lefts.sort_by(f32::total_cmp);
    rights.sort_by(f32::total_cmp);
    // Two lines that begin together make a margin; one alone may hang over it.
    let left = lefts.windows(2).find(|two| two[1] - two[0] < 2.0).map_or(*lefts.first()?, |two| two[0]);
    let mut right = *rights.last()?;
    let mut most = 0;
    for (index, edge) in rights.iter().enumerate() {
        let together = rights[index..].partition_point(|other| other - edge < 2.0);
        if together > most && together >= 3 && together * 5 >= rights.len() {
            (right, most) = (rights[index + together - 1], together);
        }
    }
    let mut leadings: Vec<f32> = body
        .windows(2)
        .filter(|two| two[0].x1 > right - 3.0 * size)
        .map(|two| (two[1].y - two[0].y) / size)
        .filter(|leading| (0.9..2.6).contains(leading))
        .collect();
    leadings.sort_by(f32::total_cmp);
    let leading = leadings.get(leadings.len() / 2).copied().unwrap_or(1.4);
    Some(Frame { left, right, size, leading, lines: body.len() })
}

/// A paragraph that may go on.
struct Open {
    text: String,
    /// Left edges of its first line and of those that follow it.
    first: f32,
    further: Option<f32>,
    bold: bool,
    marked: bool,
}

/// Writes the lines as paragraphs, one after the other, to `write`.
pub(super) fn paragraphs(page: &Page, lines: &[Line], frame: &Frame, mut write: impl FnMut(String)) {
    let mut open: Option<Open> = None;
    for (index, line) in lines.iter().enumerate() {
        let words = text(page, line);
        if words.is_empty() {
            continue;
        }
        if let Some(open) = &mut open
            && index > 0
            && (ends_range(&open.text, &words) || goes_on(page, open, &lines[index - 1], line, &words, frame))
        {
            join(&mut open.text, 0, &words);
            open.further.get_or_insert(line.x0);
            open.bold &= line.bold;
            continue;
        }
        let marked = begins_with_marker(&words);
        let next = Open { text: words, first: line.x0, further: None, bold: line.bold, marked };
        if let Some(done) = open.replace(next) {
            write(done.finish());
        }
    }
    if let Some(done) = open {
        write(done.finish());
    }
}

impl Open {
    fn finish(self) -> String {
        let letters = self.text.contains(char::is_alphabetic);
        // A star inside would be taken for the end of the bold.
        if self.bold && letters && !self.text.contains('*') { format!("**{}**", self.text) } else { self.text }
    }
}

/// Whether a line goes on with a range of years that the one above has begun: `giai đoạn 2025` + `- 2030`.
fn ends_range(open: &str, words: &str) -> bool {
    let is_year = |text: &str| text.len() == 4 && text.starts_with(['1', '2']) && text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = words.strip_prefix(['-', '–']).map(str::trim_start);
    let year = rest.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    open.rsplit(' ').next().is_some_and(is_year) && year.is_some_and(is_year)
}

/// `- `, `+ `, `1. `, `2.1. `, `a) `, `II. `, `Điều 3. `.
fn begins_with_marker(text: &str) -> bool {
    let Some((word, _)) = text.split_once(' ') else {
        return false;
    };
    if matches!(word, "-" | "+" | "*" | "–" | "•" | "·" | "o" | "▪" | "●") {
        return true;
    }
    if matches!(word, "Điều" | "Chương" | "Mục" | "Phần") {
        return true;
    }
    let core = word.trim_start_matches('(').trim_end_matches(['.', ')', '/', ':']);
    core.len() < word.len()
        && core.len() <= 8
        && (core.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            || core.bytes().all(|byte| b"IVXL".contains(&byte))
            || core.chars().count() == 1 && core.chars().all(char::is_alphabetic))
}

fn is_ended(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’']).ends_with(['.', ';', ':', '!', '?'])
}

fn is_centred(line: &Line, frame: &Frame) -> bool {
    let (before, behind) = (line.x0 - frame.left, frame.right - line.x1);
    before > 12.0 && behind > 12.0 && (before - behind).abs() < 8.0
}

/// Whether `line` goes on with the paragraph whose last line is `last`.
fn goes_on(page: &Page, open: &Open, last: &Line, line: &Line, words: &str, frame: &Frame) -> bool {
    let size = last.size.max(line.size);
    let distance = line.y - last.y;
    if distance < 0.5 * size || distance > frame.leading * size * 1.22 + 1.0 {
        return false;
    }
    if (last.size - line.size).abs() > 0.12 * size {
        return false;
    }
    if is_centred(line, frame) || is_centred(last, frame) {
        return goes_on_centred(page, open, last, line, words, frame);
    }
    // Lines of one middle and different widths: a signature, a title in a column.
    let middles = f32::midpoint(line.x0, line.x1) - f32::midpoint(last.x0, last.x1);
    if middles.abs() < 3.0 && (line.x0 - last.x0).abs() > 4.0 {
        return false;
    }
    let small = words.starts_with(char::is_lowercase);
    let ended = is_ended(&open.text);
    // The next word would have fitted: the line above was ended on purpose.
    if last.x1 + 0.3 * size + line.first_word(page) < frame.right - 1.0 {
        return false;
    }
    let marker = begins_with_marker(words);
    if open.bold && !line.bold && line.chunks.first().is_some_and(|at| !page.chunks[*at].bold) && !small {
        return false;
    }
    match open.further {
        Some(further) => {
            let beside = (line.x0 - further).abs() <= 5.0;
            beside && !(marker && ended) || small && !ended && !marker
        }
        // A hanging paragraph: the further lines stand under the words behind the marker.
        None if line.x0 > open.first + 5.0 => open.marked && !marker || small && !ended,
        None if line.x0 < open.first - 5.0 => !(marker && ended && line.x0 > frame.left + 5.0),
        // Both begin at one edge: two paragraphs if it is an indent, or if the second is marked.
        None if open.first > frame.left + 8.0 => small && !ended && !marker,
        None => !(marker && (ended || open.marked)),
    }
}

/// Whether a line in the middle goes on with the one above: a title that was too long for one line, `… 9 THÁNG ĐẦU NĂM` +
/// `2024`. Where the next word would have had room, the title was broken on purpose.
fn goes_on_centred(page: &Page, open: &Open, last: &Line, line: &Line, words: &str, frame: &Frame) -> bool {
    let middles = f32::midpoint(line.x0, line.x1) - f32::midpoint(last.x0, last.x1);
    let full = last.x1 - last.x0 + 0.2 * last.size + line.first_word(page) > frame.right - frame.left;
    let bold = last.bold == line.bold || !words.contains(char::is_alphabetic);
    full && bold
        && middles.abs() < 4.0
        && line.x1 - line.x0 < last.x1 - last.x0
        && !begins_with_marker(words)
        && !is_ended(&open.text)
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::{all, page};
    use super::*;

    fn read(words: &[(&str, f32, f32, f32)]) -> Vec<String> {
        let page = page(words);
        let lines = all(&page);
        let frame = Frame { left: 50.0, right: 250.0, size: 14.0, leading: 1.2, lines: 9 };
        let mut done = Vec::new();
        paragraphs(&page, &lines, &frame, |paragraph| done.push(paragraph));
        done
    }

    #[test]
    fn a_full_line_goes_on_and_an_indent_begins() {
        // A letter is 7 wide, a space 3.5.
        let words = [
            ("Phấn đấu đến năm 2025 mm", 86.0, 100.0, 14.0),
            ("giảm tỷ lệ hộ nghèo còn dưới m", 50.0, 117.0, 14.0),
            ("2%.", 50.0, 134.0, 14.0),
            ("Các sở phối hợp.", 86.0, 151.0, 14.0),
        ];
        assert_eq!(read(&words), ["Phấn đấu đến năm 2025 mm giảm tỷ lệ hộ nghèo còn dưới m 2%.", "Các sở phối hợp."]);
    }

    #[test]
    fn a_range_of_years_over_two_lines_is_no_item() {
        for (open, words, wanted) in [
            ("Xuất khẩu nông sản giai đoạn 2025", "- 2030", true),
            ("thực hiện giai đoạn 2021", "– 2025, tầm nhìn đến năm 2030", true),
            ("Kế hoạch năm 2025", "- Rà soát 2030 hộ", false),
            ("Tổng số hộ là 1.200", "- 2030", false),
            ("trong năm 2025.", "- 2030", false),
        ] {
            assert_eq!(ends_range(open, words), wanted, "{open} {words}");
        }
    }

    #[test]
    fn a_hanging_item_is_one_paragraph() {
        let words = [
            ("- Hỗ trợ nhà ở cho hộ mmm", 60.0, 100.0, 14.0),
            ("Khmer nghèo toàn tỉnh mm;", 74.0, 117.0, 14.0),
            ("- Rà soát.", 60.0, 134.0, 14.0),
        ];
        assert_eq!(read(&words), ["- Hỗ trợ nhà ở cho hộ mmm Khmer nghèo toàn tỉnh mm;", "- Rà soát."]);
    }

    #[test]
    fn a_centred_line_that_was_too_long_goes_on() {
        let words = [("CHỈ TIÊU PHÁT TRIỂN KINH TẾ SỐ", 55.5, 100.0, 14.0), ("NĂM 2025", 123.7, 117.0, 14.0)];
        assert_eq!(read(&words), ["CHỈ TIÊU PHÁT TRIỂN KINH TẾ SỐ NĂM 2025"]);
    }

    #[test]
    fn lines_set_apart_or_centred_stay_apart() {
        let words = [("KẾ HOẠCH", 122.0, 100.0, 14.0), ("Giảm nghèo", 115.0, 117.0, 14.0), ("Căn cứ Luật", 50.0, 160.0, 14.0)];
        assert_eq!(read(&words), ["KẾ HOẠCH", "Giảm nghèo", "Căn cứ Luật"]);
    }
}
