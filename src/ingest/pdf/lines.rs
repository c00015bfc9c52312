//! [`Chunk`]s → [`Line`]s of type, and their characters with raised marks told.

use super::glyphs::{Chunk, Page, Turn};

/// A line of type.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Baseline.
    pub(super) y: f32,
    /// The size that most of its characters have.
    pub(super) size: f32,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// Whether the file says that all of it is no content.
    pub(super) artifact: bool,
    /// Its chunks from left to right; an index into [`Page::chunks`].
    pub(super) chunks: Vec<usize>,
}

impl Line {
    /// Where the type begins above the baseline.
    pub(super) fn top(&self) -> f32 {
        self.y - 0.8 * self.size
    }

    /// How wide the first word is.
    pub(super) fn first_word(&self, page: &Page) -> f32 {
        let mut end = self.x0;
        for (at, index) in self.chunks.iter().enumerate() {
            let chunk = &page.chunks[*index];
            if at > 0 && (chunk.spaced || chunk.x0 - end > 0.2 * self.size) {
                break;
            }
            end = chunk.x1;
        }
        end - self.x0
    }

    /// The line in pieces where a gap is wider than `gap` and no ordinary space.
    pub(super) fn split(&self, page: &Page, gap: f32) -> Vec<Line> {
        let mut pieces: Vec<Vec<usize>> = Vec::new();
        let mut end = f32::NEG_INFINITY;
        for index in &self.chunks {
            let chunk = &page.chunks[*index];
            match pieces.last_mut().filter(|_| chunk.x0 - end < gap) {
                Some(piece) => piece.push(*index),
                None => pieces.push(vec![*index]),
            }
            end = end.max(chunk.x1);
        }
        pieces.into_iter().map(|piece| measure(page, piece)).collect()
    }

    /// The gaps between its chunks, from left to right: where each begins, and how wide it is.
    pub(super) fn gaps<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = (f32, f32)> + 'a {
        self.chunks.windows(2).filter_map(|two| {
            let (before, after) = (&page.chunks[two[0]], &page.chunks[two[1]]);
            (after.x0 > before.x1).then_some((before.x1, after.x0 - before.x1))
        })
    }
}

/// A line of these chunks, which are sorted here.
pub(super) fn measure(page: &Page, mut chunks: Vec<usize>) -> Line {
    chunks.sort_by(|a, b| page.chunks[*a].x0.total_cmp(&page.chunks[*b].x0).then(a.cmp(b)));
    // Bold drawn by printing twice, a hair apart: `ĐỀ ÁN` is not `ĐỀĐỀ ÁNÁN`.
    let mut kept: Vec<usize> = Vec::with_capacity(chunks.len());
    for index in chunks {
        let chunk = &page.chunks[index];
        let twice = kept.iter().rev().take(3).any(|other| {
            let other = &page.chunks[*other];
            // Words that an edge cuts off stand in one place: `súc, gia cầm` of `đàn gia súc, gia cầm`.
            let cut = chunk.x1 - chunk.x0 < 0.05 * chunk.size;
            !cut && (other.x0 - chunk.x0).abs() < 0.15 * chunk.size
                && (other.x1 - chunk.x1).abs() < 0.15 * chunk.size
                && (other.y - chunk.y).abs() < 0.15 * chunk.size
                && page.text_of(other) == page.text_of(chunk)
        });
        if !twice {
            kept.push(index);
        }
    }
    let mut line = Line { x0: f32::INFINITY, x1: f32::NEG_INFINITY, y: 0.0, size: 0.0, bold: true, artifact: true, chunks: kept };
    let mut most = 0;
    let mut lengths: Vec<(f32, f32, usize)> = Vec::new();
    for index in &line.chunks {
        let chunk = &page.chunks[*index];
        line.x0 = line.x0.min(chunk.x0);
        line.x1 = line.x1.max(chunk.x1);
        line.artifact &= chunk.artifact;
        // Of spaces and marks one does not know whether they are bold.
        line.bold &= chunk.bold || !page.text_of(chunk).contains(char::is_alphanumeric);
        let length = chunk.end - chunk.start;
        match lengths.iter_mut().find(|(size, ..)| (size - chunk.size).abs() < 0.3) {
            Some(known) => known.2 += length,
            None => lengths.push((chunk.size, chunk.y, length)),
        }
    }
    let first = line.chunks.first().map_or(0.0, |at| page.chunks[*at].size);
    for (size, y, length) in &lengths {
        if *length > most {
            (line.size, line.y, most) = (*size, *y, *length);
        }
    }
    // `12` with the marks `1,2`: more is raised than stands on the line.
    let stands = lengths.into_iter().find(|(size, y, _)| {
        (size - first).abs() < 0.3 && line.size < 0.87 * size && (0.12 * size..0.6 * size).contains(&(y - line.y))
    });
    if let Some((size, y, _)) = stands {
        (line.size, line.y) = (size, y);
    }
    line
}

/// The lines of these chunks, from the top down; of one height, from left to right.
pub(super) fn lines(page: &Page, mut chunks: Vec<usize>) -> Vec<Line> {
    chunks.retain(|index| page.chunks[*index].end > page.chunks[*index].start);
    chunks.sort_by(|a, b| page.chunks[*a].y.total_cmp(&page.chunks[*b].y).then(a.cmp(b)));
    let mut groups: Vec<(f32, f32, Vec<usize>)> = Vec::new();
    for index in chunks {
        let chunk = &page.chunks[index];
        match groups.last_mut().filter(|(y, size, _)| chunk.y - *y <= 0.22 * size.min(chunk.size)) {
            Some((_, size, group)) => {
                *size = size.max(chunk.size);
                group.push(index);
            }
            None => groups.push((chunk.y, chunk.size, vec![index])),
        }
    }
    let mut lines: Vec<Line> = groups.into_iter().map(|(.., group)| measure(page, group)).collect();
    raise(page, &mut lines);
    lines
}

/// Puts footnote marks and indices, which stand a little higher or lower, into their lines.
fn raise(page: &Page, lines: &mut Vec<Line>) {
    let mut index = 0;
    while index < lines.len() {
        let hosts = [index.checked_sub(1), Some(index + 1), index.checked_sub(2), Some(index + 2)];
        let small = &lines[index];
        let host = hosts.into_iter().flatten().find(|host| {
            let Some(host) = lines.get(*host) else {
                return false;
            };
            small.size < 0.87 * host.size
                && (small.y - host.y).abs() < 0.62 * host.size
                && small.chunks.iter().all(|at| sits_in(page, &page.chunks[*at], host))
        });
        let Some(host) = host else {
            index += 1;
            continue;
        };
        let mut chunks = std::mem::take(&mut lines[host].chunks);
        chunks.append(&mut lines[index].chunks);
        lines[host] = measure(page, chunks);
        lines.remove(index);
        index = index.saturating_sub(1);
    }
}

/// Whether a chunk stands right behind or before a word of the line, and upon none.
fn sits_in(page: &Page, small: &Chunk, host: &Line) -> bool {
    let reach = 0.6 * host.size;
    let mut beside = false;
    for at in &host.chunks {
        let chunk = &page.chunks[*at];
        if small.x0 < chunk.x1 - 0.2 * chunk.size && chunk.x0 + 0.2 * chunk.size < small.x1 {
            return false;
        }
        beside |= (small.x0 - chunk.x1).abs() < reach || (chunk.x0 - small.x1).abs() < reach;
    }
    beside
}

/// Writes the characters of a line.
pub(super) fn write(page: &Page, line: &Line, out: &mut String) {
    let begin = out.len();
    let spaced = line.chunks.iter().skip(1).any(|at| page.chunks[*at].spaced);
    // Without drawn spaces a smaller gap is one; letters set apart (`S ố`) have a gap of a tenth.
    let least = if spaced { 0.25 } else { 0.14 };
    let mut end: Option<(f32, bool)> = None;
    let mut index = 0;
    while index < line.chunks.len() {
        let chunk = &page.chunks[line.chunks[index]];
        let raised = is_raised(chunk, line);
        if let Some((end, after_raised)) = end {
            let least = if raised || after_raised { 0.3 } else { least };
            if chunk.spaced || chunk.x0 - end > least * line.size {
                out.push(' ');
            }
        }
        if raised {
            let mut mark = page.text_of(chunk).to_owned();
            let mut last = chunk.x1;
            while let Some(next) =
                line.chunks.get(index + 1).map(|at| &page.chunks[*at]).filter(|next| is_raised(next, line) && !next.spaced)
            {
                mark.push_str(page.text_of(next));
                last = next.x1;
                index += 1;
            }
            write_raised(&mark, begin, out);
            end = Some((last, true));
        } else {
            out.push_str(page.text_of(chunk));
            end = Some((chunk.x1, false));
        }
        index += 1;
    }
}

/// Whether a chunk is small and stands above the baseline.
pub(super) fn is_raised(chunk: &Chunk, line: &Line) -> bool {
    chunk.size < 0.87 * line.size && chunk.y < line.y - 0.12 * line.size
}

/// `<sup>3</sup>` for a footnote's mark, `²` behind a unit of length, the characters themselves otherwise.
fn write_raised(mark: &str, begin: usize, out: &mut String) {
    let label = mark.trim_matches(['(', ')', '[', ']', '.', ',']);
    let is_digits = |label: &str| (1..=3).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit());
    // `12` with the marks of two notes, `1,2`.
    let several: Vec<&str> = label.split(',').map(str::trim).collect();
    if (2..=5).contains(&several.len()) && several.iter().all(|label| is_digits(label)) {
        several.iter().for_each(|label| out.extend(["<sup>", label, "</sup>"]));
        return;
    }
    if !is_digits(label) {
        out.push_str(mark);
        return;
    }
    let before = &out[begin..];
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if matches!(word, "m" | "km" | "cm" | "dm" | "mm") && matches!(label, "2" | "3") {
        out.push(if label == "2" { '²' } else { '³' });
        return;
    }
    out.push_str("<sup>");
    out.push_str(label);
    out.push_str("</sup>");
}

/// The characters of a line.
pub(super) fn text(page: &Page, line: &Line) -> String {
    let mut out = String::new();
    write(page, line, &mut out);
    out
}

/// Whether two lines of one cell or paragraph are joined without a space: `số 20/KH-` + `UBND`.
pub(super) fn is_glued(before: &str, after: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default();
    let behind = after.chars().next();
    let capital = behind.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    if word.chars().count() > 1 && word.ends_with(['-', '–']) && capital {
        let symbol = word.contains('/') || word.bytes().any(|byte| byte.is_ascii_digit());
        return symbol || word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '–'));
    }
    if is_year_cut(word, after) {
        return true;
    }
    // `48/KH` + `-UBND`.
    word.contains('/') && after.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_uppercase))
        || word.ends_with('/') && word.len() > 1 && capital && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a narrow column has cut the year of a date: `31/10/202` + `5`.
fn is_year_cut(word: &str, after: &str) -> bool {
    let Some((days, year)) = word.rsplit_once('/').filter(|(days, _)| days.contains('/')) else {
        return false;
    };
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (before, behind) = (digits(year), digits(after));
    let century = ["19", "20"].iter().any(|century| format!("{year}{after}").starts_with(century));
    (1..4).contains(&before)
        && before == year.len()
        && before + behind == 4
        && century
        && days.ends_with(|c: char| c.is_ascii_digit())
}

/// Joins `after` to `out`, a paragraph or cell that began at `begin`.
pub(super) fn join(out: &mut String, begin: usize, after: &str) {
    if after.is_empty() {
        return;
    }
    // A hyphen that the producer made to break a word is drawn as a soft one.
    if out.len() > begin && !is_glued(&out[begin..], after) && !out.ends_with('\u{AD}') {
        out.push(' ');
    }
    out.push_str(after);
}

/// The chunks of a cell that run upwards or downwards, as the level lines they would be.
pub(super) fn turned_lines(page: &Page, chunks: &[usize], turn: Turn) -> Vec<Line> {
    lines(page, chunks.iter().copied().filter(|index| page.chunks[*index].turn == turn).collect())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A page of words: text, left edge, baseline, size. A letter is half as wide as its size.
    pub(in super::super) fn page(words: &[(&str, f32, f32, f32)]) -> Page {
        let mut page = Page { width: 595.0, height: 842.0, ..Page::default() };
        for (text, x, y, size) in words {
            let mut at = *x;
            for word in text.split_inclusive(' ') {
                let start = page.text.len();
                page.text.push_str(word.trim());
                let width = 0.5 * size * word.trim().chars().count() as f32;
                page.chunks.push(Chunk {
                    x0: at,
                    x1: at + width,
                    y: *y,
                    size: *size,
                    start,
                    end: page.text.len(),
                    spaced: at > *x,
                    ..Chunk::default()
                });
                at += width + 0.25 * size;
            }
        }
        page
    }

    pub(in super::super) fn all(page: &Page) -> Vec<Line> {
        lines(page, (0..page.chunks.len()).collect())
    }

    fn read(words: &[(&str, f32, f32, f32)]) -> Vec<String> {
        let page = page(words);
        all(&page).iter().map(|line| text(&page, line)).collect()
    }

    #[test]
    fn words_of_one_height_are_a_line() {
        assert_eq!(
            read(&[("hai ba", 60.0, 100.4, 14.0), ("một", 20.0, 100.0, 14.0), ("bốn", 20.0, 117.0, 14.0)]),
            ["một hai ba", "bốn"]
        );
    }

    #[test]
    fn parts_of_a_word_in_two_fonts_are_one_word() {
        assert_eq!(read(&[("ngh", 20.0, 100.0, 14.0), ("èo", 41.1, 100.0, 14.0)]), ["nghèo"]);
    }

    #[test]
    fn raised_figures_are_footnote_marks_or_belong_to_a_unit() {
        assert_eq!(
            read(&[("của tỉnh", 20.0, 100.0, 14.0), ("3", 73.0, 95.0, 9.0), ("và", 82.0, 100.0, 14.0)]),
            ["của tỉnh<sup>3</sup> và"]
        );
        assert_eq!(read(&[("120 m", 20.0, 100.0, 14.0), ("2", 52.0, 95.0, 9.0)]), ["120 m²"]);
        assert_eq!(read(&[("đạt 12", 20.0, 100.0, 14.0), ("1,2", 59.0, 95.0, 8.0)]), ["đạt 12<sup>1</sup><sup>2</sup>"]);
        assert_eq!(read(&[("12", 20.0, 100.0, 14.0), ("1,2", 34.0, 95.0, 8.0)]), ["12<sup>1</sup><sup>2</sup>"]);
        assert_eq!(read(&[("CO", 20.0, 100.0, 14.0), ("2", 34.0, 103.0, 9.0)]), ["CO2"]);
    }

    #[test]
    fn bold_by_printing_twice_is_read_once() {
        assert_eq!(read(&[("ĐỀ ÁN", 20.0, 100.0, 14.0), ("ĐỀ ÁN", 20.4, 100.0, 14.0)]), ["ĐỀ ÁN"]);
    }

    #[test]
    fn symbols_are_joined_without_a_space() {
        for (before, after, glued) in [
            ("số 20/KH-", "UBND", true),
            ("48/KH", "-UBND", true),
            ("Ủy ban –", "Sở", false),
            ("giai đoạn 2021-", "2025", true),
            ("và", "Sở", false),
            ("VÀ -", "UBND", false),
            ("trước ngày 31/10/202", "5", true),
            ("trước ngày 31/10/20", "25;", true),
            ("ngày 31/10/2025", "5 hộ", false),
            ("đạt 3/20", "25 xã", false),
        ] {
            assert_eq!(is_glued(before, after), glued, "{before} {after}");
        }
    }
}
