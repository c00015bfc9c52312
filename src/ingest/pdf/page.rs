//! A [`Page`] → [`Item`]s in reading order: paragraphs, tables, footnotes.
//!
//! First every page is sorted into tables and lines ([`Sheet`]); running headers, which
//! only several pages together show, are taken out; then each page is laid out.

use super::bands::{Band, part};
use super::columns::{self, Bare};
use super::glyphs::{Page, Turn};
use super::lines::{Line, lines, text};
use super::notes::{Note, take};
use super::paragraphs::{Frame, frame, paragraphs};
use super::ruling::{Grid, Segment, grids, merged};
use super::table::{Table, ruled};

/// What stands on a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    /// A paragraph, or a line that may be part of one.
    Text(String),
    /// A table, or the part of it that stands on this page.
    Table(Table),
    /// A footnote.
    Note(Note),
}

impl Item {
    /// The table, where it is one.
    pub(super) fn as_table(&mut self) -> Option<&mut Table> {
        match self {
            Self::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// A page sorted into tables and lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) page: Page,
    rules: Vec<Segment>,
    grids: Vec<(Grid, Vec<Vec<usize>>)>,
    pub(super) lines: Vec<Line>,
}

impl Sheet {
    pub(super) fn new(page: Page) -> Self {
        let rules = merged(&page.rulings);
        let mut found: Vec<(Grid, Vec<Vec<usize>>)> = grids(&rules)
            .into_iter()
            .map(|grid| {
                let cells = vec![Vec::new(); grid.cells.len()];
                (grid, cells)
            })
            .collect();
        let mut free = Vec::new();
        for (index, chunk) in page.chunks.iter().enumerate() {
            let (x, y) = page.centre(chunk);
            let cell = found.iter_mut().find_map(|(grid, cells)| grid.cell_at(x, y).map(|cell| &mut cells[cell]));
            match cell {
                Some(cell) if chunk.turn != Turn::Other => cell.push(index),
                // Stamps along the margin and watermarks across the page are no text of the document.
                _ if chunk.turn != Turn::Level => {}
                _ => free.push(index),
            }
        }
        // Lines drawn around a picture: a table holds words.
        found.retain(|(_, cells)| cells.iter().filter(|chunks| !chunks.is_empty()).count() >= 2);
        let kept: Vec<usize> = found.iter().flat_map(|(_, cells)| cells.iter().flatten().copied()).collect();
        if kept.len() + free.len() < page.chunks.len() {
            let mut known = vec![false; page.chunks.len()];
            kept.iter().chain(&free).for_each(|index| known[*index] = true);
            free.extend((0..page.chunks.len()).filter(|index| !known[*index] && page.chunks[*index].turn == Turn::Level));
        }
        let lines = lines(&page, free);
        let inside = |rule: &Segment| found.iter().any(|(grid, _)| grid.top() - 3.0 <= rule.at && rule.at <= grid.bottom() + 3.0);
        let rules = rules.into_iter().filter(|rule| !inside(rule)).collect();
        Self { page, rules, grids: found, lines }
    }

    /// How many letters and figures stand on it.
    pub(super) fn characters(&self) -> usize {
        let in_lines = self.lines.iter().flat_map(|line| &line.chunks);
        let in_tables = self.grids.iter().flat_map(|(_, cells)| cells.iter().flatten());
        in_lines.chain(in_tables).map(|at| self.page.text_of(&self.page.chunks[*at]).chars().count()).sum()
    }

    /// The edges of its type.
    pub(super) fn frame(&self) -> Option<Frame> {
        frame(&self.lines.iter().collect::<Vec<_>>())
    }

    /// Lays the page out; `usual` is the frame of pages of its width, `open` the bare table that the page before ended with.
    pub(super) fn items(mut self, first: bool, usual: Option<Frame>, open: Option<&Table>) -> Vec<Item> {
        let own = self.frame();
        let size = usual.or(own).map_or(12.0, |frame| frame.size);
        let notes = take(&self.page, &mut self.lines, &self.rules, size);
        let frame = surer(frame(&self.lines.iter().collect::<Vec<_>>()), usual);
        let head = if first { 0.4 * self.page.height } else { 0.0 };
        let page = &self.page;
        let mut items = Vec::new();
        let mut rest = std::mem::take(&mut self.lines).into_iter().peekable();
        let mut open = open;
        for (grid, cells) in &self.grids {
            let mut above = Vec::new();
            while let Some(line) = rest.next_if(|line| line.y < f32::midpoint(grid.top(), grid.bottom())) {
                above.push(line);
            }
            flow(page, above, head, (frame, usual), open.take(), &mut items);
            items.extend(ruled(page, grid, cells).map(Item::Table));
        }
        flow(page, rest.collect(), head, (frame, usual), open, &mut items);
        items.extend(notes.into_iter().map(Item::Note));
        items
    }
}

/// The frame of many lines is surer than that of a few.
fn surer(own: Option<Frame>, usual: Option<Frame>) -> Frame {
    match (own, usual) {
        (Some(own), Some(usual)) if own.lines < 8 && usual.lines > own.lines => usual,
        (Some(own), _) => own,
        (None, usual) => usual.unwrap_or_default(),
    }
}

/// Lines between ruled tables: bare tables, columns side by side, paragraphs.
/// Of the two frames the first is the page's, the second that of pages of its width.
fn flow(
    page: &Page,
    lines: Vec<Line>,
    head: f32,
    (frame_of_page, usual): (Frame, Option<Frame>),
    open: Option<&Table>,
    items: &mut Vec<Item>,
) {
    let mut tables: Vec<Bare> = Vec::new();
    tables.extend(open.and_then(|table| columns::go_on(page, &lines, table)));
    let end = |tables: &[Bare]| tables.last().map_or(0, |bare| bare.lines.end);
    while let Some(bare) = columns::find(page, &lines, end(&tables)) {
        tables.push(bare);
    }
    // The edges of a table's words are not those of paragraphs.
    let frame = if tables.is_empty() {
        frame_of_page
    } else {
        let inside = |index: usize| tables.iter().any(|bare| bare.lines.contains(&index));
        let free: Vec<&Line> = (0..lines.len()).filter(|index| !inside(*index)).map(|index| &lines[index]).collect();
        surer(frame(&free), usual)
    };
    let mut from = 0;
    for bare in tables {
        stretch(page, lines[from..bare.lines.start].to_vec(), head, &frame, items);
        from = bare.lines.end;
        items.push(Item::Table(bare.table));
    }
    stretch(page, lines[from..].to_vec(), head, &frame, items);
}

fn stretch(page: &Page, lines: Vec<Line>, head: f32, frame: &Frame, items: &mut Vec<Item>) {
    for band in part(page, lines, head) {
        match band {
            Band::Single(lines) => paragraphs(page, &lines, frame, |paragraph| items.push(Item::Text(paragraph))),
            Band::Double(left, right) => {
                items.extend(left.iter().chain(&right).map(|line| Item::Text(text(page, line))));
            }
        }
    }
}

/// What two running headers have in common: the words without the page number, in the order of the alphabet.
/// Empty for a heading, which may well stand at the top of every page: `Phụ lục 1`, `Biểu số 2`, `Điều 3`.
fn pattern(words: &str) -> String {
    const HEADINGS: [&str; 8] = ["phụ lục", "biểu", "mẫu", "điều", "chương", "phần", "mục", "khoản"];
    let small = words.to_lowercase();
    if HEADINGS.iter().any(|heading| small.starts_with(heading)) {
        return String::new();
    }
    let mut parts: Vec<&str> = words.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    parts.sort_unstable();
    parts.join(" ")
}

/// The number of a line that is nothing but a page number: `12`, `- 3 -`, `Trang 3/14`.
fn page_number(words: &str) -> Option<usize> {
    let core = words.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | ' '));
    let core = ["Trang ", "trang ", "Page "].iter().find_map(|word| core.strip_prefix(word)).unwrap_or(core);
    let (number, of) = core.split_once('/').map_or((core, None), |(number, of)| (number, Some(of)));
    let read = |digits: &str| {
        let digits = digits.trim();
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse::<usize>().ok())
            .flatten()
            .filter(|number| *number <= 20_000)
    };
    let number = read(number)?;
    match of {
        Some(of) => read(of).filter(|of| number <= *of).map(|_| number),
        None => Some(number),
    }
}

/// How deep running headers and footers stand, as a share of the page's height.
const MARGIN: f32 = 0.12;

/// Takes running headers and page numbers out of all pages.
pub(super) fn drop_furniture(sheets: &mut [Sheet]) {
    // Lines in the margins: page, place, words.
    let mut seen: std::collections::BTreeMap<(bool, String), Vec<(usize, f32)>> = std::collections::BTreeMap::new();
    let margin = |sheet: &Sheet, line: &Line| {
        let depth = line.y / sheet.page.height.max(1.0);
        (!(MARGIN..=1.0 - MARGIN).contains(&depth)).then_some(depth < MARGIN)
    };
    for (index, sheet) in sheets.iter().enumerate() {
        for line in &sheet.lines {
            if let Some(top) = margin(sheet, line) {
                let pattern = pattern(&text(&sheet.page, line));
                if !pattern.is_empty() {
                    seen.entry((top, pattern)).or_default().push((index, line.y));
                }
            }
        }
    }
    // How far page numbers are ahead of pages; a paragraph's last line may be a figure too (`10/2024`), but in no such order.
    let mut ahead: std::collections::BTreeMap<isize, usize> = std::collections::BTreeMap::new();
    let shift = |index: usize, number: usize| number.cast_signed() - index.cast_signed();
    for (index, sheet) in sheets.iter().enumerate() {
        for line in sheet.lines.iter().filter(|line| margin(sheet, line).is_some()) {
            if let Some(number) = page_number(&text(&sheet.page, line)) {
                *ahead.entry(shift(index, number)).or_default() += 1;
            }
        }
    }
    let pages = sheets.len();
    for (index, sheet) in sheets.iter_mut().enumerate() {
        let left = sheet.frame().map_or(0.0, |frame| frame.left);
        let Sheet { page, lines, .. } = sheet;
        let height = page.height.max(1.0);
        let is_furniture = |line: &Line| {
            let depth = line.y / height;
            let top = depth < MARGIN;
            if !top && depth < 1.0 - MARGIN {
                return false;
            }
            let words = text(page, line);
            if let Some(number) = page_number(&words) {
                // Alone in its document, it stands in the middle or at the right.
                let in_order = ahead.get(&shift(index, number)).is_some_and(|count| *count > 1);
                let marked = words.starts_with(['-', '–', '—']) || words.starts_with(char::is_alphabetic);
                return in_order || marked || line.artifact || line.x0 > left + 60.0 && number <= pages;
            }
            let pattern = pattern(&words);
            let same =
                seen.get(&(top, pattern)).map_or(0, |places| places.iter().filter(|(_, y)| (y - line.y).abs() < 6.0).count());
            // Of two pages both must have it; of many a third, since left and right pages may differ.
            line.artifact || same >= 2 && same * 3 >= pages && (pages > 2 || same == pages)
        };
        // From the top down and from the bottom up, as far as there is nothing else.
        let above = lines.iter().take_while(|line| line.y < MARGIN * height && is_furniture(line)).count();
        let below = lines[above..].iter().rev().take_while(|line| is_furniture(line)).count();
        lines.truncate(lines.len() - below);
        lines.drain(..above);
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::page;
    use super::*;

    #[test]
    fn running_headers_and_page_numbers_are_left_out() {
        let mut sheets = vec![
            Sheet::new(page(&[
                ("CÔNG BÁO/Số 55/Ngày 20-5-2026", 60.0, 50.0, 12.0),
                ("3", 530.0, 50.0, 12.0),
                ("Điều 1", 60.0, 90.0, 14.0),
            ])),
            Sheet::new(page(&[
                ("4", 60.0, 50.0, 12.0),
                ("CÔNG BÁO/Số 55/Ngày 20-5-2026", 300.0, 50.0, 12.0),
                ("Điều 2", 60.0, 90.0, 14.0),
            ])),
            Sheet::new(page(&[("Điều 3", 60.0, 90.0, 14.0), ("- 5 -", 290.0, 800.0, 12.0)])),
        ];
        drop_furniture(&mut sheets);
        let rest: Vec<Vec<String>> =
            sheets.iter().map(|sheet| sheet.lines.iter().map(|line| text(&sheet.page, line)).collect()).collect();
        assert_eq!(rest, [["Điều 1"], ["Điều 2"], ["Điều 3"]]);
    }

    #[test]
    fn page_numbers_are_told_from_figures() {
        for (words, number) in [("12", Some(12)), ("- 3 -", Some(3)), ("Trang 3/14", Some(3)), ("2 / 9", Some(2))] {
            assert_eq!(page_number(words), number, "{words}");
        }
        for words in ["Điều 1", "1. Mục tiêu", "12%", "Số: 12/KH", "10/2024.", "30/6", ""] {
            assert_eq!(page_number(words), None, "{words}");
        }
    }

    #[test]
    fn a_figure_that_ends_a_paragraph_is_no_page_number() {
        let mut sheets = vec![
            Sheet::new(page(&[("Các sở phối hợp trong năm", 60.0, 700.0, 14.0)])),
            Sheet::new(page(&[("2025", 60.0, 60.0, 14.0), ("Điều 2. Sở Y tế", 60.0, 110.0, 14.0), ("2", 290.0, 800.0, 14.0)])),
        ];
        drop_furniture(&mut sheets);
        assert_eq!(sheets[1].lines.len(), 2);
        assert_eq!(text(&sheets[1].page, &sheets[1].lines[0]), "2025");
    }
}
