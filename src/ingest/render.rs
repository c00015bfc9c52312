//! Paragraphs and tables → the source text: one paragraph a line, one row a line.
//!
//! A table's row is its cells parted by tabs; paragraphs of one cell are parted by a wide gap. A cell that spans rows is said again in each (a
//! lead agency belongs to every task beside it); one that spans columns fills the first. The two columns of the head
//! (`UBND TỈNH | CỘNG HÒA …`) and of the foot (`Nơi nhận | TM. ỦY BAN NHÂN DÂN`) are no table:
//! the left one is written, then the right one.

use super::blocks::{Block, Inline, Paragraph, Run, Slot, Table, for_each_run};
use super::encoding::{Survey, push_run};

/// The text of a document, and the name of its encoding.
pub(super) fn render(blocks: &[Block]) -> (String, &'static str) {
    let mut survey = Survey::default();
    for_each_run(blocks, &mut |run| survey.observe(run.font.as_deref(), &run.text));
    let mut writer = Writer { survey: &survey, out: String::new(), notes: Vec::new() };
    writer.blocks(blocks);
    let mut out = writer.out;
    out.truncate(out.trim_end_matches('\n').len());
    if !out.is_empty() {
        out.push('\n');
    }
    (out, survey.name())
}

/// Writes a run decoded behind `out`.
pub(super) fn push_decoded(out: &mut String, survey: &Survey, run: &Run) {
    let start = out.len();
    match survey.tell(run.font.as_deref(), &run.text) {
        Some(told) => push_run(out, told, &run.text),
        // A place where a word may be broken shows nothing.
        None => out.extend(run.text.chars().filter(|c| *c != '\u{AD}')),
    }
    if run.capitals && start <= out.len() && out.is_char_boundary(start) {
        let large = out[start..].to_uppercase();
        out.truncate(start);
        out.push_str(&large);
    }
}

/// What stands between paragraphs and lines of one cell: normalizing tells it from the space between words.
pub(super) const LINE_END: &str = "    ";

struct Writer<'a> {
    survey: &'a Survey,
    out: String,
    /// Footnotes of a table's cells, which stand behind it.
    notes: Vec<String>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::Table(table) => self.table(table),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let text = self.text(paragraph, false);
        let text = text.trim();
        if text.is_empty() {
            // One blank line for any number of empty paragraphs.
            self.blank_line();
        } else {
            let bold = is_bold(paragraph) && !text.contains(['*', '<']) && text.chars().any(char::is_alphabetic);
            let stars = if bold { "**" } else { "" };
            // A heading by its element or style is one without a number too: the mark of Markdown says so.
            let hashes = &"###### "[6 - usize::from(paragraph.level.min(6))..];
            // Some files set whole paragraphs in such a style.
            let heading = paragraph.level > 0 && !text.contains('\n') && text.len() < 240 && !text.ends_with(['.', ';', ',']);
            let hashes = if heading { hashes } else { "" };
            for part in [hashes, stars, text, stars, "\n"] {
                self.out.push_str(part);
            }
        }
        self.note_lines(paragraph);
        for note in std::mem::take(&mut self.notes) {
            self.out.push_str(&note);
        }
    }

    /// Keeps the lines of a paragraph's footnotes.
    fn note_lines(&mut self, paragraph: &Paragraph) {
        for (label, blocks) in &paragraph.notes {
            let text = plain(&self.cell_text(blocks));
            if !text.is_empty() {
                self.notes.push(format!("<sup>{label}</sup> {text}\n"));
            }
        }
    }

    /// The characters of a paragraph.
    fn text(&self, paragraph: &Paragraph, in_cell: bool) -> String {
        let mut out = String::new();
        for inline in &paragraph.inlines {
            match inline {
                Inline::Run(run) => push_decoded(&mut out, self.survey, run),
                Inline::Mark(label) => out.push_str(&marks(label)),
                Inline::Break => out.push('\n'),
                // A wide gap parts columns; a tab would make a table's row of it.
                Inline::Tab => out.push_str(if in_cell { " " } else { "    " }),
            }
        }
        // What is no letter of a tab or a break stays one line.
        if out.contains(['\t', '\r', '\u{B}', '\u{C}']) {
            out = out.replace(['\t', '\r', '\u{B}', '\u{C}'], " ");
        }
        if let Some(label) = &paragraph.label
            && !out.trim().is_empty()
        {
            let mut labelled = String::new();
            push_decoded(&mut labelled, self.survey, label);
            labelled.push_str(out.trim_start());
            return labelled;
        }
        out
    }

    /// The words of blocks on one line, a wide gap where a paragraph or a line ends.
    fn cell_text(&mut self, blocks: &[Block]) -> String {
        let mut out = String::new();
        for block in blocks {
            let text = match block {
                Block::Paragraph(paragraph) => {
                    let text = self.text(paragraph, true);
                    self.note_lines(paragraph);
                    text
                }
                Block::Table(table) => {
                    let cells: Vec<String> = table.cells.iter().map(|cell| self.cell_text(&cell.blocks)).collect();
                    cells.join("\n")
                }
            };
            push_lines(&mut out, &text);
        }
        if out.is_empty() { self.lone_number(blocks).unwrap_or_default() } else { out }
    }

    /// The number of a cell that holds nothing else: the ordinals of a table are often numbered by the word processor.
    fn lone_number(&self, blocks: &[Block]) -> Option<String> {
        let label = blocks.iter().find_map(|block| match block {
            Block::Paragraph(paragraph) => paragraph.label.as_ref(),
            Block::Table(_) => None,
        })?;
        let mut number = String::new();
        push_decoded(&mut number, self.survey, label);
        // A bullet before nothing says nothing.
        number.contains(char::is_alphanumeric).then(|| plain(&number))
    }

    fn table(&mut self, table: &Table) {
        let texts: Vec<String> = table.cells.iter().map(|cell| self.cell_text(&cell.blocks)).collect();
        let plain: Vec<String> = texts.iter().map(|text| plain(text)).collect();
        let notes = std::mem::take(&mut self.notes);
        if is_layout(table, &plain) {
            self.layout(table);
            return;
        }
        self.blank_line();
        let above = title_rows(table, &plain);
        for row in &table.rows[..above] {
            if let Some(Slot::Cell(index)) =
                row.iter().find(|slot| matches!(slot, Slot::Cell(index) if !plain[*index].is_empty()))
            {
                self.out.push_str(&plain[*index]);
                self.out.push('\n');
            }
        }
        if above > 0 {
            self.blank_line();
        }
        let rows = &table.rows[above..];
        let header = header_rows(rows, &plain);
        let width = table.width();
        let ordinal = rows.first().and_then(|row| row.first()).is_some_and(|slot| match slot {
            Slot::Cell(index) => is_ordinal_label(&plain[*index]),
            _ => false,
        });
        for (number, row) in rows.iter().enumerate() {
            let mut line: Vec<&str> = (0..width)
                .map(|column| match row.get(column).copied().unwrap_or(Slot::None) {
                    Slot::Cell(index) => texts[index].as_str(),
                    // The labels of a header of two lines are said once.
                    Slot::Below(index) if number >= header => texts[index].as_str(),
                    _ => "",
                })
                .collect();
            if line.iter().all(|text| text.is_empty()) {
                continue;
            }
            // A group row over all columns: `II. Phát triển …` takes the ordinal's column and the next.
            if number >= header
                && ordinal
                && width >= 3
                && line[1..].iter().all(|text| text.is_empty())
                && let Some((label, title)) = group(line[0])
            {
                line[0] = label;
                line[1] = title;
            }
            self.out.push_str(&line.join("\t"));
            self.out.push('\n');
        }
        for note in notes {
            self.out.push_str(&note);
        }
        // What follows is no second line of the last cell.
        self.blank_line();
    }

    fn blank_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Column by column, each with its paragraphs.
    fn layout(&mut self, table: &Table) {
        for column in 0..table.width() {
            for row in &table.rows {
                if let Some(Slot::Cell(index)) = row.get(column)
                    && let Some(cell) = table.cells.get(*index)
                {
                    self.blocks(&cell.blocks);
                }
            }
        }
    }
}

/// Appends the lines of a cell's text, each with single spaces, parted by wide gaps.
pub(super) fn push_lines(out: &mut String, text: &str) {
    for line in text.lines() {
        for (index, word) in line.split_whitespace().enumerate() {
            if !out.is_empty() {
                out.push_str(if index == 0 { LINE_END } else { " " });
            }
            out.push_str(word);
        }
    }
}

/// A cell's text with single spaces.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A raised number behind `before`, in a cell of a workbook: `²` of a unit, or a note's mark; `None` for other words.
pub(super) fn raised_text(before: &str, text: &str) -> Option<String> {
    let before = [Inline::Run(Run { text: before.to_owned(), ..Run::default() })];
    Some(match raised(&before, text)? {
        Inline::Run(run) => run.text,
        Inline::Mark(label) => marks(&label),
        _ => return None,
    })
}

/// The marks of one note or of several: `1,2`.
fn marks(label: &str) -> String {
    label.split([',', ';']).map(|label| format!("<sup>{}</sup>", label.trim())).collect()
}

/// Raised digits: `m²` is a unit, any other raised number is a footnote mark. Several are marks of several notes (`12¹,²` is 12).
pub(super) fn raised(before: &[Inline], text: &str) -> Option<Inline> {
    let digits = text.trim().trim_matches(['(', ')', '[', ']']);
    let several: Vec<&str> = digits.split([',', ';']).map(str::trim).collect();
    let is_mark = |mark: &&str| (1..=3).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit());
    if (2..=5).contains(&several.len()) && several.iter().all(is_mark) {
        return Some(Inline::Mark(several.join(",")));
    }
    if digits.is_empty() || digits.len() > 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let written = match before.last() {
        Some(Inline::Run(run)) => run.text.as_str(),
        _ => "",
    };
    let unit = written.ends_with('m') && !written.trim_end_matches(['m', 'k', 'c', 'd']).ends_with(char::is_alphabetic);
    match digits {
        "2" | "3" if unit => {
            let text = if digits == "2" { "²" } else { "³" };
            Some(Inline::Run(Run { text: text.into(), ..Run::default() }))
        }
        _ => Some(Inline::Mark(digits.to_owned())),
    }
}

/// Whether all words of a paragraph are bold.
fn is_bold(paragraph: &Paragraph) -> bool {
    let mut words = paragraph.inlines.iter().filter_map(|inline| match inline {
        Inline::Run(run) if !run.text.trim().is_empty() => Some(run.bold),
        _ => None,
    });
    words.next() == Some(true) && words.all(|bold| bold)
}

/// `STT`, `TT`, `Số TT`: the label of a column of ordinals.
pub(super) fn is_ordinal_label(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "stt" | "tt" | "số tt" | "số thứ tự" | "s tt")
}

/// `II. Phát triển …` → `II.`, `Phát triển …`; `A. …`.
fn group(text: &str) -> Option<(&str, &str)> {
    let (label, title) = text.split_once(' ')?;
    let core = label.trim_end_matches(['.', ')', '/']);
    let roman = !core.is_empty() && core.len() <= 6 && core.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'));
    let capital = core.len() == 1 && core.bytes().all(|byte| byte.is_ascii_uppercase());
    (label.len() > core.len() && (roman || capital)).then_some((label, title.trim_start()))
}

/// How many rows stand above the header as titles: one cell over all columns, or one alone, above a row of several
/// (`BIỂU CHỈ TIÊU …` in the sheets that offices save as web pages).
fn title_rows(table: &Table, texts: &[String]) -> usize {
    let width = table.width();
    let filled =
        |row: &Vec<Slot>| row.iter().filter(|slot| matches!(slot, Slot::Cell(index) if !texts[*index].is_empty())).count();
    let over = |row: &Vec<Slot>| {
        let spans = row.iter().filter(|slot| matches!(slot, Slot::Cell(_))).count() == 1
            && row.iter().filter(|slot| matches!(slot, Slot::Beside(_))).count() + 1 == width;
        filled(row) == 0 || filled(row) == 1 && spans
    };
    let titles = table.rows.iter().take_while(|row| over(row)).count();
    let headed = table.rows.get(titles).is_some_and(|row| filled(row) > 2);
    if width > 2 && headed && titles <= 6 { titles } else { 0 }
}

/// How many rows the header takes: as many as the labels of the first row span.
fn header_rows(rows: &[Vec<Slot>], texts: &[String]) -> usize {
    let Some(first) = rows.first() else { return 0 };
    let spans = |column: usize| 1 + rows[1..].iter().take_while(|row| matches!(row.get(column), Some(Slot::Below(_)))).count();
    let heights = (0..first.len()).filter(|column| matches!(first[*column], Slot::Cell(_))).map(spans);
    let height = heights.max().unwrap_or(1);
    let label = match first.first() {
        Some(Slot::Cell(index)) => texts[*index].as_str(),
        _ => "",
    };
    let numbered = label.starts_with(|c: char| c.is_ascii_digit());
    let over = first.iter().any(|slot| matches!(slot, Slot::Beside(_)));
    // A row of data beside a tall cell is no header: its first cell has a number, or nothing stands over columns.
    if height > 1 && height <= 4 && !numbered && (over || is_ordinal_label(label)) { height } else { 1 }
}

/// Whether a table only sets text side by side.
fn is_layout(table: &Table, texts: &[String]) -> bool {
    let filled = (0..table.width()).filter(|column| {
        table.rows.iter().any(|row| matches!(row.get(*column), Some(Slot::Cell(index)) if !texts[*index].is_empty()))
    });
    let columns = filled.count();
    if columns <= 1 {
        return true;
    }
    // A whole document inside a table, as old web pages are built.
    let holds_much = |cell: &super::blocks::Cell| {
        cell.blocks.len() > 30
            || cell.blocks.iter().any(|block| matches!(block, Block::Table(inner) if inner.rows.len() > 1 && inner.width() > 1))
    };
    if columns <= 3 && table.cells.iter().any(holds_much) {
        return true;
    }
    let rows = table
        .rows
        .iter()
        .filter(|row| row.iter().any(|slot| matches!(slot, Slot::Cell(index) if !texts[*index].is_empty())))
        .count();
    if columns > 3 || rows > 6 {
        return false;
    }
    let all = texts.join("\n").to_lowercase();
    if [
        "cộng hòa xã hội",
        "cộng hoà xã hội",
        "độc lập - tự do",
        "độc lập – tự do",
        "đảng cộng sản việt nam",
        "nơi nhận",
        "nơi gửi",
    ]
    .iter()
    .any(|words| all.contains(words))
    {
        return true;
    }
    // `Số: 33/KH-UBND`; but `Số lượng` is a column.
    let numbered = |text: &str| text.starts_with("Số:") || text.starts_with("Số ") && text.contains('/') && text.len() < 60;
    let signs = |text: &String| numbered(text) || ["TM.", "KT.", "TL.", "TUQ."].iter().any(|mark| text.starts_with(mark));
    if rows <= 3 && texts.iter().any(signs) && !texts.iter().any(|text| is_ordinal_label(text)) {
        return true;
    }
    table.ruled == Some(false) && rows <= 3 && columns <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::blocks::Cell;

    fn cell(text: &str) -> Cell {
        let run = Run { text: text.to_owned(), ..Run::default() };
        Cell {
            blocks: text
                .split('\n')
                .map(|line| {
                    Block::Paragraph(Paragraph {
                        inlines: vec![Inline::Run(Run { text: line.to_owned(), ..run.clone() })],
                        ..Paragraph::default()
                    })
                })
                .collect(),
        }
    }

    fn table(rows: &[&[(&str, usize, usize)]]) -> Vec<Block> {
        let mut table = Table::default();
        for row in rows {
            table.begin_row();
            for (text, columns, rows) in *row {
                table.place(cell(text), *columns, *rows);
            }
        }
        table.finish();
        vec![Block::Table(table)]
    }

    #[test]
    fn a_lead_agency_that_spans_rows_belongs_to_each() {
        let blocks = table(&[
            &[("STT", 1, 1), ("Nhiệm vụ", 1, 1), ("Chủ trì", 1, 1)],
            &[("1", 1, 1), ("Rà soát\nhộ nghèo", 1, 1), ("Sở NN&MT", 1, 2)],
            &[("2", 1, 1), ("Hỗ trợ nhà ở", 1, 1)],
            &[("II. Về tuyên truyền", 3, 1)],
        ]);
        assert_eq!(
            render(&blocks).0,
            "STT\tNhiệm vụ\tChủ trì\n1\tRà soát    hộ nghèo\tSở NN&MT\n2\tHỗ trợ nhà ở\tSở NN&MT\nII.\tVề tuyên truyền\t\n"
        );
    }

    #[test]
    fn title_rows_stand_above_the_table() {
        let blocks = table(&[
            &[("BIỂU CHỈ TIÊU", 4, 1)],
            &[("TT", 1, 2), ("Chỉ tiêu", 1, 2), ("Thực hiện", 1, 1), ("Kế hoạch", 1, 1)],
            &[("2024", 1, 1), ("2025", 1, 1)],
            &[("1", 1, 1), ("Xã đạt chuẩn", 1, 1), ("5", 1, 1), ("7", 1, 1)],
        ]);
        assert_eq!(
            render(&blocks).0,
            "BIỂU CHỈ TIÊU\n\nTT\tChỉ tiêu\tThực hiện\tKế hoạch\n\t\t2024\t2025\n1\tXã đạt chuẩn\t5\t7\n"
        );
    }

    #[test]
    fn a_header_of_two_lines_is_said_once() {
        let blocks = table(&[
            &[("TT", 1, 2), ("Chỉ tiêu", 1, 2), ("Kế hoạch", 2, 1)],
            &[("2024", 1, 1), ("2025", 1, 1)],
            &[("1", 1, 1), ("Xã đạt chuẩn", 1, 1), ("5", 1, 1), ("7", 1, 1)],
        ]);
        assert_eq!(render(&blocks).0, "TT\tChỉ tiêu\tKế hoạch\t\n\t\t2024\t2025\n1\tXã đạt chuẩn\t5\t7\n");
    }

    #[test]
    fn a_small_table_stays_a_table() {
        let blocks = table(&[&[("Chỉ tiêu", 1, 1), ("Số lượng", 1, 1)], &[("Xã đạt chuẩn", 1, 1), ("5", 1, 1)]]);
        assert_eq!(render(&blocks).0, "Chỉ tiêu\tSố lượng\nXã đạt chuẩn\t5\n");
    }

    #[test]
    fn head_and_foot_are_columns() {
        let blocks = table(&[
            &[("UBND TỈNH\nSỞ Y TẾ", 1, 1), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", 1, 1)],
            &[("Số: 12/KH-SYT", 1, 1), ("Bến Đá, ngày 5 tháng 3 năm 2025", 1, 1)],
        ]);
        assert_eq!(
            render(&blocks).0,
            "UBND TỈNH\nSỞ Y TẾ\nSố: 12/KH-SYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBến Đá, ngày 5 tháng 3 năm 2025\n"
        );
    }
}
