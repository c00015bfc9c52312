//! Tables in text, in five forms: tab-separated, Markdown pipes, one cell a line, columns of spaces, and a
//! PDF's table flattened by `pdftotext`, cell after cell with no mark of the column.
//!
//! Each form has its recognizer, which gives rows of cells, all as wide as the table. From these the labels are read
//! (`header`), then headers said again, rows cut by a page and group rows (`rows`).

mod barred;
mod columned;
mod flattened;
mod header;
mod packed;
mod rows;

use std::ops::Range;

use super::reflow::Part;
use crate::lexicon::{ColumnKind, Lexicon};
use crate::normalize::Lines;
use crate::text::Span;
use crate::words::{Keyword as K, Token};
pub(super) use barred::is_ordinal;
use header::built;

/// A cell: the lines it takes.
type Cell = Vec<Part>;
/// A row, a cell for each column.
type Row = Vec<Cell>;

/// A column: its label and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawColumn {
    /// The labels over the column, the topmost first.
    pub(super) label: Vec<Part>,
    /// How many parts of the label belong to labels over several columns: `Năm 2026` over `Kế hoạch | Thực hiện`.
    pub(super) above: usize,
    pub(super) kind: Option<ColumnKind>,
}

/// A row, its cells in the order of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawRow {
    pub(super) cells: Vec<Vec<Part>>,
    /// The marker of a group row (`II`), whose title stands in the first text cell; empty where it bears none.
    pub(super) group: Option<String>,
    /// Whether a group row is work of its own too: `28 | 8 | Phát triển …`, which no row stands below.
    pub(super) works: bool,
}

/// A table and the lines that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawTable {
    pub(super) lines: Range<usize>,
    pub(super) columns: Vec<RawColumn>,
    pub(super) rows: Vec<RawRow>,
}

/// What the label of a column says it holds.
pub(super) fn column_kind(lexicon: &Lexicon, tokens: &[Token], text: &str) -> Option<ColumnKind> {
    // `2022 | 2023 | 2024`: the value wanted of each year.
    if let [year] = tokens
        && year.is_number()
        && text.len() == 4
        && (text.starts_with("20") || text.starts_with("19"))
    {
        return Some(ColumnKind::Target);
    }
    if is_comparison(lexicon, tokens, text) {
        return Some(ColumnKind::Rate);
    }
    let found = lexicon.columns.at(tokens, 0).or_else(|| lexicon.columns.find(tokens, 0).map(|(_, length, kind)| (length, kind)));
    found.map(|(_, kind)| *kind)
}

/// `KH 2003/ ước 2002`, `TH 2024/KH 2024`: one column's value set against another's, and no value of either.
fn is_comparison(lexicon: &Lexicon, tokens: &[Token], text: &str) -> bool {
    // `Dự toán 2026 với ước thực hiện 2025 (%)`.
    let mut years = text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4);
    if text.contains('%') && years.next().is_some_and(|first| years.any(|other| other != first)) {
        return true;
    }
    let names = |side: &[Token]| {
        let value = |at| {
            lexicon
                .columns
                .at(side, at)
                .is_some_and(|(_, kind)| matches!(kind, ColumnKind::Target | ColumnKind::Actual | ColumnKind::Base))
        };
        side.iter().any(|token| token.is_number()) && (0..side.len()).any(value)
    };
    // `Kế hoạch năm 2025/2026` is one time, `Mục tiêu 2005 (hoặc b/q)` one value.
    let other = |side: &[Token]| {
        side.first().is_some_and(Token::is_word) && (side.iter().any(Token::is_number) || lexicon.columns.at(side, 0).is_some())
    };
    let slash = tokens.iter().position(|token| token.is_mark(b'/'));
    slash.is_some_and(|at| names(&tokens[..at]) && other(&tokens[at + 1..]))
}

/// A second column of one kind holds something else: `Chỉ tiêu | Chỉ tiêu năm 2025`.
pub(super) fn settle_kinds(columns: &mut [RawColumn]) {
    let kind = |columns: &[RawColumn], wanted| columns.iter().position(|column| column.kind == Some(wanted));
    if let Some(first) = kind(columns, ColumnKind::Indicator) {
        for column in &mut columns[first + 1..] {
            if column.kind == Some(ColumnKind::Indicator) {
                column.kind = Some(ColumnKind::Target);
            }
        }
        for column in &mut columns[..first] {
            if column.kind == Some(ColumnKind::Task) {
                column.kind = Some(ColumnKind::Detail);
            }
        }
        for column in &mut columns[first + 1..] {
            if column.kind == Some(ColumnKind::Task) {
                column.kind = Some(ColumnKind::Detail);
            }
        }
    }
    if let Some(first) = kind(columns, ColumnKind::Task) {
        for column in &mut columns[first + 1..] {
            match column.kind {
                Some(ColumnKind::Task) => column.kind = Some(ColumnKind::Detail),
                Some(ColumnKind::Actual) => column.kind = Some(ColumnKind::Product),
                _ => {}
            }
        }
    }
}

/// How far the search for tables may look ahead in vain. Whatever looks like a header (`STT  Nội dung  Đơn vị`, four thousand times)
/// is read as one up to where its table would end; where none comes of it, the lines looked at are looked at again from the next.
#[derive(Clone, Copy, Debug)]
struct Reach {
    left: usize,
}

impl Reach {
    /// Each line of a text may be looked at in vain so many times in the mean.
    const TIMES: usize = 8;
    /// A text of usual length is looked through as often as it takes.
    const LEAST: usize = 20_000;
    /// So far every header may look, whatever was looked at before.
    const NEAR: usize = 16;

    fn over(lines: usize) -> Self {
        Self { left: (lines * Self::TIMES).max(Self::LEAST) }
    }

    /// The lines that a header at the start of `range` may look at.
    fn of(self, range: Range<usize>) -> Range<usize> {
        let most = self.left.max(Self::NEAR);
        range.start..range.end.min(range.start.saturating_add(most))
    }

    /// Notes that so many lines were looked at in vain.
    fn spend(&mut self, lines: usize) {
        self.left = self.left.saturating_sub(lines);
    }
}

/// The tables among the lines of `range`.
pub(super) fn find(lines: &Lines, range: Range<usize>, lexicon: &Lexicon) -> Vec<RawTable> {
    let mut tables = Vec::new();
    let mut reach = Reach::over(range.len());
    let mut index = range.start;
    while index < range.end {
        let text = lines.line(index);
        let bars = text.starts_with('|') && text.len() > 1 && text[1..].contains('|');
        let found = if bars || text.contains('\t') && !lists(text) {
            let (rows, end) = separated(lines, reach.of(index..range.end), if bars { '|' } else { '\t' }, lexicon);
            let headed =
                rows.first().is_some_and(|row| row.first().is_some_and(|cell| HEADER_LABELS.contains(&cell_text(lines, cell))));
            let alone = headed && !rows[1..].iter().any(|row| !is_rule(row, lines));
            let mut table = built(lines, index..end, rows, lexicon, false).filter(|_| !(bars && alone));
            if table.is_none() {
                reach.spend(end - index);
                if bars && alone {
                    let (flat, looked) = flattened::read(lines, reach.of(index..range.end), lexicon);
                    if flat.is_none() {
                        reach.spend(looked);
                    }
                    table = flat;
                }
            }
            table
        } else if text == "|" {
            let (rows, end) = barred::rows(lines, index..range.end);
            let table = rows.and_then(|rows| built(lines, index..end, rows, lexicon, false));
            if table.is_none() {
                index = end;
                continue;
            }
            table
        } else if begins_header(text) || columned::heads(lines, index, lexicon) {
            let (rows, end) = columned::rows(lines, reach.of(index..range.end), lexicon);
            let table = rows.and_then(|(rows, end)| built(lines, index..end, rows, lexicon, true));
            if table.is_none() {
                reach.spend(end - index);
            }
            table.or_else(|| {
                if !begins_header(text) {
                    return None;
                }
                let (table, looked) = flattened::read(lines, reach.of(index..range.end), lexicon);
                if table.is_none() {
                    reach.spend(looked);
                }
                table
            })
        } else {
            None
        };
        match found {
            Some(table) => {
                index = table.lines.end.max(index + 1);
                tables.push(table);
            }
            None => index += 1,
        }
    }
    tables
}

/// Whether a line is an item of a list, whose bullet or number a tab parts from its words, as Word's lists are when they are
/// saved as text: no row of two cells.
fn lists(text: &str) -> bool {
    let mut cells = text.split('\t').filter(|cell| !cell.trim().is_empty());
    let (first, words, more) = (cells.next().unwrap_or_default(), cells.next(), cells.next());
    let marked =
        super::marker::parse(text).is_some_and(|marker| text[..marker.length].trim_end().len() == first.trim_end().len());
    more.is_none() && (words.is_none() || marked)
}

/// What heads the column of ordinal numbers.
const HEADER_LABELS: [&str; 6] = ["STT", "TT", "Stt", "Số TT", "Số thứ tự", "SỐ TT"];

/// Whether a flattened header may begin here: `STT`, `TT`, `Số TT`, or `S` with `TT` on the next line.
fn begins_header(text: &str) -> bool {
    text == "S"
        || HEADER_LABELS.iter().any(|label| text.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// The cells of a line.
fn cells(lines: &Lines, index: usize, mark: char) -> Vec<Vec<Part>> {
    let span = lines.lines[index].span;
    let text = lines.text.slice(span);
    let (mut start, mut end) = (span.start, span.end);
    if mark == '|' {
        start += 1;
        end -= usize::from(text.len() > 1 && text.ends_with('|'));
    }
    let mut cells = Vec::new();
    let mut cell = start;
    let inner = &lines.text.as_str()[start..end];
    let marks = inner.match_indices(mark).map(|(at, _)| at).filter(|at| !lines.is_literal(start + at));
    for at in marks.chain(std::iter::once(inner.len())) {
        let piece = &lines.text.as_str()[cell..start + at];
        let trimmed = piece.trim();
        let from = cell + (piece.len() - piece.trim_start().len());
        cells.push(if trimmed.is_empty() {
            Vec::new()
        } else {
            vec![Part { span: Span::new(from, from + trimmed.len()), glued: false }]
        });
        cell = start + at + mark.len_utf8();
    }
    cells
}

fn cell_text<'a>(lines: &'a Lines, cell: &[Part]) -> &'a str {
    cell.first().map_or("", |part| lines.text.slice(part.span))
}

fn tokens_of(lines: &Lines, lexicon: &Lexicon, cell: &[Part]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for part in cell {
        lexicon.vocabulary.cut(lines.text.slice(part.span), part.span.start, &mut tokens);
    }
    tokens
}

/// `|---|:--:|`.
fn is_rule(cells: &[Vec<Part>], lines: &Lines) -> bool {
    !cells.is_empty()
        && cells.iter().all(|cell| cell_text(lines, cell).chars().all(|c| matches!(c, '-' | ':' | '=' | ' ')))
        && cells.iter().any(|cell| !cell.is_empty())
}

/// Whether a line without tabs is a cell's second line, wrapped behind its row: no heading, no item,
/// and no caption between two tables, before which a blank line stands.
fn goes_on(lines: &Lines, index: usize) -> bool {
    let line = lines.lines[index];
    let marked = super::marker::parse(lines.line(index)).is_some_and(|marker| marker.length > 0);
    line.hashes == 0 && line.blank_before == 0 && lines.line(index + 1).contains('\t') && !marked
}

/// Whether a row heads another table that follows at once: it begins with `STT` as a row before did, and names other columns.
fn names_other_columns(lines: &Lines, rows: &[Vec<Vec<Part>>], row: &[Vec<Part>]) -> bool {
    let labels = |row: &[Vec<Part>]| -> Option<Vec<String>> {
        let heads = row.first().is_some_and(|cell| HEADER_LABELS.contains(&cell_text(lines, cell)));
        heads.then(|| row.iter().map(|cell| cell_text(lines, cell).to_lowercase()).filter(|label| !label.is_empty()).collect())
    };
    let Some(named) = labels(row) else { return false };
    let mut known = rows.iter().filter_map(|row| labels(row)).peekable();
    known.peek().is_some() && known.all(|known| known != named)
}

/// Whether a row behind a blank line heads another table: half of its cells or more are labels of columns, none is a
/// number, and it is no header said again.
fn heads_another(lines: &Lines, rows: &[Vec<Vec<Part>>], index: usize, row: &[Vec<Part>], lexicon: &Lexicon) -> bool {
    if lines.lines[index].blank_before == 0 || rows.len() < 2 {
        return false;
    }
    let texts = |row: &[Vec<Part>]| -> Vec<String> {
        row.iter().map(|cell| cell_text(lines, cell).to_lowercase()).filter(|text| !text.is_empty()).collect()
    };
    let labels = texts(row);
    let words = labels.iter().all(|label| label.len() <= 80 && label.starts_with(char::is_alphabetic));
    let labelled = row.iter().filter(|cell| lexicon.columns.at(&tokens_of(lines, lexicon, cell), 0).is_some()).count();
    let first = row.iter().find(|cell| !cell.is_empty());
    let named = first.is_some_and(|cell| {
        HEADER_LABELS.contains(&cell_text(lines, cell)) || lexicon.columns.at(&tokens_of(lines, lexicon, cell), 0).is_some()
    });
    words && named && labelled >= 2 && labelled * 2 >= labels.len() && rows.iter().all(|known| texts(known) != labels)
}

/// The rows of a table whose cells are parted by `mark`, and the line behind them.
fn separated(lines: &Lines, range: Range<usize>, mark: char, lexicon: &Lexicon) -> (Vec<Row>, usize) {
    let mut rows: Vec<Vec<Vec<Part>>> = Vec::new();
    let mut end = range.start;
    while end < range.end {
        let text = lines.line(end);
        let is_row = if mark == '|' { text.starts_with('|') && text[1..].contains('|') } else { text.contains('\t') };
        if is_row {
            let row = cells(lines, end, mark);
            if names_other_columns(lines, &rows, &row) || end > range.start && heads_another(lines, &rows, end, &row, lexicon) {
                break;
            }
            rows.push(row);
        } else if mark == '\t' && goes_on(lines, end) {
            // A cell's second line, wrapped behind the row.
            let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) else { break };
            cell.push(Part { span: lines.lines[end].span, glued: false });
        } else {
            break;
        }
        end += 1;
    }
    (rows, end)
}

/// Whether `token` can begin a row's text.
pub(super) fn opens_text(token: &Token) -> bool {
    token.is_number()
        || token.is_mark(b'"')
        || token.is_mark(b'(')
        || token.is_word() && token.case != crate::words::Case::Lower
        || token.is(K::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The column labels and the number of rows of each table.
    fn check(text: &str, wanted: &[(&str, usize)]) {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let lines = crate::normalize::normalize(source.text.as_str());
        let found: Vec<(String, usize)> = find(&lines, 0..lines.lines.len(), &lexicon)
            .iter()
            .map(|table| {
                let labels: Vec<&str> = table.columns.iter().map(|column| cell_text(&lines, &column.label)).collect();
                (labels.join("|"), table.rows.len())
            })
            .collect();
        assert_eq!(found, wanted.iter().map(|(labels, rows)| ((*labels).to_owned(), *rows)).collect::<Vec<_>>());
    }

    #[test]
    fn a_table_that_follows_another_at_once_is_its_own() {
        let targets = "STT\tChỉ tiêu\tKế hoạch\n1\tSố xã đạt chuẩn\t5\n";
        let tasks = "STT\tNhiệm vụ\tĐơn vị chủ trì\n1\tRà soát\tSở A\n2\tSơ kết\tSở B\n";
        check(&format!("{targets}\n{tasks}"), &[("STT|Chỉ tiêu|Kế hoạch", 1), ("STT|Nhiệm vụ|Đơn vị chủ trì", 2)]);
        // Rows without any label stay a table of columns without one.
        check("rừng\tbiển\nsông\tsuối\n", &[("|", 2)]);
        // Without ordinals the labels tell.
        let bare = "Nhiệm vụ\tĐơn vị chủ trì\tThời hạn\nRà soát\tSở A\t30/6/2026\n";
        check(&format!("{targets}\n{bare}"), &[("STT|Chỉ tiêu|Kế hoạch", 1), ("Nhiệm vụ|Đơn vị chủ trì|Thời hạn", 1)]);
        check(&format!("{targets}\nII\tNhiệm vụ\t\n"), &[("STT|Chỉ tiêu|Kế hoạch", 2)]);
        // A header that is said again on the next page.
        check(&format!("{targets}\u{C}{targets}"), &[("STT|Chỉ tiêu|Kế hoạch", 2)]);
    }

    #[test]
    fn a_label_over_several_columns_is_that_of_each() {
        let kinds = |text: &str| -> Vec<(String, Option<ColumnKind>)> {
            let source = crate::ingest::decode("test", text.into()).expect("text");
            let lines = crate::normalize::normalize(source.text.as_str());
            let lexicon = Lexicon::embedded().expect("embedded lexicons");
            let join = |parts: &[Part]| parts.iter().map(|part| lines.text.slice(part.span)).collect::<Vec<_>>().join(" ");
            let tables = find(&lines, 0..lines.lines.len(), &lexicon);
            tables.iter().flat_map(|table| &table.columns).map(|column| (join(&column.label), column.kind)).collect()
        };
        let named = |wanted: &[(&str, Option<ColumnKind>)]| -> Vec<(String, Option<ColumnKind>)> {
            wanted.iter().map(|(label, kind)| ((*label).to_owned(), *kind)).collect()
        };
        let paired =
            "STT\tChỉ tiêu\tĐVT\tNăm 2025\t\tKế hoạch năm 2026\n\t\t\tKế hoạch\tThực hiện\t\n1\tTrồng rừng\tha\t5\t4\t6\n";
        assert_eq!(
            kinds(paired)[3..],
            named(&[
                ("Năm 2025 Kế hoạch", Some(ColumnKind::Target)),
                ("Năm 2025 Thực hiện", Some(ColumnKind::Actual)),
                ("Kế hoạch năm 2026", Some(ColumnKind::Target)),
            ])
        );
        let halves = "STT\tChỉ tiêu\tThực hiện năm 2025\t\n\t\t6 tháng đầu năm\tCả năm\n1\tTrồng rừng\t5\t4\n";
        assert_eq!(
            kinds(halves)[2..],
            named(&[
                ("Thực hiện năm 2025 6 tháng đầu năm", Some(ColumnKind::Actual)),
                ("Thực hiện năm 2025 Cả năm", Some(ColumnKind::Actual)),
            ])
        );
        // An empty cell beside a label that stands over nothing is not spanned.
        let apart = "STT\tChỉ tiêu\tKế hoạch\t\tĐơn vị\n\t\t\tThực hiện\tchủ trì\n1\tTrồng rừng\t5\t4\tSở A\n";
        assert_eq!(kinds(apart)[2..4], named(&[("Kế hoạch", Some(ColumnKind::Target)), ("Thực hiện", Some(ColumnKind::Actual))]));
    }

    #[test]
    fn rows_without_a_number_among_columns_of_spaces() {
        let head = "STT   Chỉ tiêu                    ĐVT          Kế hoạch 2026\n";
        let hung = [
            "1     Tổng diện tích gieo trồng   ha           900",
            "      Trong đó:",
            "      - Lúa nước                  ha           500",
            "      - Ngô                       ha           250",
            "2     Tổng thu ngân sách          triệu đồng   4.500",
            "-     Thu bổ sung                 triệu đồng   3.300",
        ];
        check(&format!("{head}{}\n", hung.join("\n")), &[("STT|Chỉ tiêu|ĐVT|Kế hoạch 2026", 6)]);
        // The second line of a cell is no row.
        let wrapped = [
            "1     Tổng diện tích gieo trồng   ha           900",
            "      cây lương thực",
            "2     Tổng thu ngân sách          triệu đồng   4.500",
        ];
        check(&format!("{head}{}\n", wrapped.join("\n")), &[("STT|Chỉ tiêu|ĐVT|Kế hoạch 2026", 2)]);
        let merged = [
            "STT   Lĩnh vực   Chỉ tiêu                  ĐVT      Kế hoạch 2026",
            "1     Giáo dục   Tỷ lệ phổ cập mầm non     %        99",
            "                 Số trường đạt chuẩn       trường   5",
            "2     Y tế       Tỷ lệ tham gia bảo hiểm   %        96",
            "                 Số bác sĩ                 bác sĩ   9",
        ];
        check(&format!("{}\n", merged.join("\n")), &[("STT|Lĩnh vực|Chỉ tiêu|ĐVT|Kế hoạch 2026", 4)]);
        let lower = [
            "STT   Chỉ tiêu        ĐVT   Thực hiện năm 2025   Kế hoạch",
            "                                                 Năm 2026   Năm 2027",
            "1     Diện tích chè   ha    300                  320        350",
            "2     Tổng đàn trâu   con   1.200                1.250      1.300",
        ];
        check(&format!("{}\n", lower.join("\n")), &[("STT|Chỉ tiêu|ĐVT|Thực hiện năm 2025|Kế hoạch|Kế hoạch", 2)]);
    }

    #[test]
    fn columns_of_spaces_without_numbers() {
        let named = [
            "Chỉ tiêu                   Đơn vị tính   Năm 2026   Năm 2030",
            "Tỷ lệ hộ dùng nước sạch    %             92         98",
            "ở nông thôn",
            "Số thôn có nhà văn hóa     thôn          11         14",
        ];
        check(&format!("{}\n", named.join("\n")), &[("Chỉ tiêu|Đơn vị tính|Năm 2026|Năm 2030", 2)]);
        let years = [
            "Năm    Diện tích chè (ha)   Sản lượng (tấn)",
            "2026   320                  1.500",
            "2027   340                  1.650",
        ];
        check(&format!("{}\n", years.join("\n")), &[("Năm|Diện tích chè (ha)|Sản lượng (tấn)", 2)]);
        // Words that a program has set apart to fill the line.
        check("Kế hoạch  này  quy định\nchỉ tiêu  của  xã\nnăm  2026\n", &[]);
    }

    #[test]
    fn a_table_without_labels_is_one_too() {
        check("a\tb\tc\nd\te\tf\n", &[("||", 2)]);
    }

    #[test]
    fn a_title_without_a_marker_before_rows_that_begin_anew_is_a_group_row() {
        let groups = |text: &str| -> Vec<Option<String>> {
            let source = crate::ingest::decode("test", text.into()).expect("text");
            let lines = crate::normalize::normalize(source.text.as_str());
            let lexicon = Lexicon::embedded().expect("embedded lexicons");
            let tables = find(&lines, 0..lines.lines.len(), &lexicon);
            tables.iter().flat_map(|table| &table.rows).map(|row| row.group.clone()).collect()
        };
        let table = "STT\tNhiệm vụ\tĐơn vị chủ trì\n\tLĩnh vực y tế\t\n1\tRà soát\tSở A\n2\tSơ kết\tSở B\n\tLĩnh vực khác\t\n1\tTổng kết\tSở C\n";
        assert_eq!(groups(table), [Some(String::new()), None, None, Some(String::new()), None]);
        let tail = "STT\tNhiệm vụ\tĐơn vị chủ trì\n1\tRà soát\tSở A\n\tViệc khác\tSở B\n2\tSơ kết\tSở B\n";
        assert_eq!(groups(tail), [None, None, None]);
    }

    /// Headers without a table, one after the other, are not each looked behind to the end of the text.
    #[test]
    fn the_search_looks_ahead_in_vain_only_so_often() {
        let mut reach = Reach::over(100);
        assert_eq!(reach.of(10..5000), 10..5000);
        reach.spend(Reach::LEAST - 50);
        assert_eq!(reach.of(10..5000), 10..60);
        reach.spend(5000);
        assert_eq!((reach.of(10..5000), reach.of(10..12)), (10..10 + Reach::NEAR, 10..12));
        // A text of a hundred pages may be looked through from each of its headers.
        assert!(Reach::over(5000).left > 5000 * Reach::TIMES / 2);
        let lines = 40_000;
        for header in ["STT  Nội dung  Đơn vị\n", "| STT | Nội dung | Đơn vị |\n", "STT\tNội dung\tĐơn vị\n"] {
            check(&header.repeat(lines), &[]);
        }
    }

    #[test]
    fn columns_of_spaces_are_told_by_what_stands_under_each_other() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let read = |text: &str| -> Vec<Vec<String>> {
            let source = crate::ingest::decode("test", text.into()).expect("text");
            let lines = crate::normalize::normalize(source.text.as_str());
            let join = |cell: &Vec<Part>| cell.iter().map(|part| lines.text.slice(part.span)).collect::<Vec<_>>().join(" ");
            let tables = find(&lines, 0..lines.lines.len(), &lexicon);
            tables.iter().flat_map(|table| &table.rows).map(|row| row.cells.iter().map(join).collect()).collect()
        };
        let wrapped = "\
STT   Chỉ tiêu                         Chủ trì      Theo dõi
1     Tỷ lệ trẻ em được tiêm chủng     Sở Y tế      Văn phòng
      đầy đủ đạt trên 95%                           UBND tỉnh
II    Hạ tầng giao thông nông thôn các xã vùng cao, biên giới
1     Số xã có đường ô tô đạt 52 xã                 Sở Xây dựng
      Tổng cộng                        02 chỉ tiêu

      Các sở, ngành căn cứ nội dung trên để triển khai thực hiện, báo cáo trước ngày 15/12.
";
        assert_eq!(
            read(wrapped),
            [
                ["1", "Tỷ lệ trẻ em được tiêm chủng đầy đủ đạt trên 95%", "Sở Y tế", "Văn phòng UBND tỉnh"],
                ["II", "Hạ tầng giao thông nông thôn các xã vùng cao, biên giới", "", ""],
                ["1", "Số xã có đường ô tô đạt 52 xã", "", "Sở Xây dựng"],
                ["", "Tổng cộng", "02 chỉ tiêu", ""],
            ]
        );
        // Numbers to the right under labels in the middle.
        let right = "\
TT        Chỉ tiêu           ĐVT     Kế hoạch   Thực hiện
 1   Trồng rừng tập trung     ha        1.250       1.310
 2   Trồng cây phân tán     triệu         1,2        1,16
";
        assert_eq!(
            read(right),
            [["1", "Trồng rừng tập trung", "ha", "1.250", "1.310"], ["2", "Trồng cây phân tán", "triệu", "1,2", "1,16"],]
        );
    }
}
