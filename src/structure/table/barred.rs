//! Tables whose bars stand on lines of their own, as portals' pages become when they are saved as Markdown:
//!
//! ```text
//! |
//! STT
//! |
//! Nhiệm vụ
//! |
//! |
//! 1
//! |
//! Rà soát
//! hộ nghèo
//! |
//! ```
//! Nothing between two bars is an empty cell or the border of two rows, and the text does not say which. The rows are
//! cut where that costs least: a row has as many cells as the fullest, begins with its number, and is short only where
//! it titles others or a cell above reaches into it.

use std::ops::Range;

use super::packed;
use super::{Cell, Row};
use crate::normalize::Lines;
use crate::structure::marker;
use crate::structure::reflow::Part;
use crate::text::Span;
use crate::words::begins_with;

/// Most lines of one cell.
const CELL_LINES: usize = 160;
/// Most lines of a cell of a letterhead.
const HEAD_LINES: usize = 24;
/// Most columns.
const COLUMNS: usize = 48;
/// Most numbers that a count of rows leaves out at once.
const SKIPPED: u16 = 20;
/// So many slots tell how many columns a table has.
const SAMPLE: usize = 3000;

/// The rows of the table that begins with the bar at `range.start`, each as wide as the table, and the line after it.
/// The rows are `None` where the cells cannot be put into columns.
pub(super) fn rows(lines: &Lines, range: Range<usize>) -> (Option<Vec<Row>>, usize) {
    let mut scan = Scan::new(lines, range);
    let slots = &scan.slots;
    let longest = slots.split(|slot| slot.kind == Kind::Empty).map(<[Slot]>::len).max().unwrap_or(0);
    let filled = slots.iter().filter(|slot| slot.kind != Kind::Empty).count();
    if !(1..=COLUMNS).contains(&longest) || filled < 3 {
        return (None, scan.end);
    }
    let sheet = Cutting::new(slots);
    let Some(width) = sheet.width(longest) else { return (None, scan.end) };
    let Some((_, mut cut)) = sheet.cut(slots.len(), width) else { return (None, scan.end) };
    // A last row that lacks its last bar: the first paragraph after the bar is its cell.
    if let Some(rest) = scan.rest.clone()
        && let Some(last) = cut.last_mut().filter(|last| last.len() + 1 == width && scan.slots[last.start].kind == Kind::Ordinal)
    {
        scan.slots.truncate(last.end);
        scan.end = rest.end;
        scan.slots.push(Slot { kind: Kind::Words, ..Slot::new(lines, rest) });
        last.end += 1;
    }
    let cells = |row: Range<usize>| -> Row { scan.slots[row].iter().map(|slot| slot.cell(lines)).collect() };
    let rows: Vec<Row> = cut.into_iter().map(cells).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
    if width < 2 || rows.len() < 2 {
        return (None, scan.end);
    }
    (Some(packed::place(lines, rows, width)), scan.end)
}

/// What stands between two bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Empty,
    /// The number, letter or bullet that a row begins with, or the label above them.
    Ordinal,
    Words,
}

struct Slot {
    lines: Range<usize>,
    kind: Kind,
    /// An ordinal that is no value: `1.1`, `a`, `II`.
    deep: bool,
    /// Words that may title rows, and a value of digits.
    title: bool,
    number: bool,
}

impl Slot {
    fn empty(at: usize) -> Self {
        Self { lines: at..at, kind: Kind::Empty, deep: false, title: false, number: false }
    }

    fn new(lines: &Lines, range: Range<usize>) -> Self {
        let kind = kind(lines, range.clone());
        let text = lines.line(range.start);
        let plain = text.trim_end_matches(['.', ')', '/']).bytes().all(|byte| byte.is_ascii_digit());
        let title = text.starts_with(char::is_alphabetic) && (range.len() > 1 || text.contains(' '));
        let digits = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        Self {
            kind,
            deep: kind == Kind::Ordinal && !plain && text.starts_with(char::is_alphanumeric),
            title: kind == Kind::Words && title,
            number: kind == Kind::Words && range.len() == 1 && digits,
            lines: range,
        }
    }

    fn cell(&self, lines: &Lines) -> Cell {
        self.lines.clone().map(|line| Part { span: lines.lines[line].span, glued: false }).collect()
    }
}

/// The slots of a table, the line after it, and the paragraph that follows its last bar at once.
struct Scan {
    slots: Vec<Slot>,
    end: usize,
    rest: Option<Range<usize>>,
}

impl Scan {
    fn new(lines: &Lines, range: Range<usize>) -> Self {
        let is_bar = |at: usize| lines.line(at) == "|";
        let mut scan = Self { slots: Vec::new(), end: range.start + 1, rest: None };
        let mut empty = 0;
        loop {
            let next = scan.end;
            if next >= range.end {
                break;
            }
            if is_bar(next) {
                empty += 1;
                if empty > COLUMNS {
                    break;
                }
                scan.slots.push(Slot::empty(next));
                scan.end = next + 1;
                continue;
            }
            // After the last bar and a blank line the text goes on.
            if lines.lines[next].blank_before > 0 {
                break;
            }
            let limit = range.end.min(next + CELL_LINES);
            let close = (next..limit).find(|line| is_bar(*line) || ends_table(lines, *line));
            // `2. Nhiệm vụ quá hạn` between the last bar of one table and the header of the next is no cell.
            let heads_next = close.is_some_and(|close| {
                let below = (close..range.end.min(close + 4)).find(|line| !is_bar(*line));
                let titled = marker::parse(lines.line(next)).is_some_and(|marker| marker.length < lines.line(next).len());
                titled && below.is_some_and(|below| super::HEADER_LABELS.contains(&lines.line(below)))
            });
            if heads_next && scan.slots.iter().any(|slot| slot.kind == Kind::Ordinal) {
                break;
            }
            // The body between the letterhead's bars and those of the signature is no cell: nothing before it is a table of rows.
            let listed = scan.slots.iter().any(|slot| slot.kind == Kind::Ordinal);
            let runs_on = |close: &usize| !listed && close - next > HEAD_LINES;
            match close.filter(|close| is_bar(*close) && !runs_on(close)) {
                Some(close) => {
                    empty = 0;
                    scan.slots.push(Slot::new(lines, next..close));
                    scan.end = close + 1;
                }
                None => {
                    let end = (next + 1..limit).find(|line| lines.lines[*line].blank_before > 0).unwrap_or(limit);
                    scan.rest = Some(next..end.min(next + 4));
                    break;
                }
            }
        }
        while scan.slots.last().is_some_and(|slot| slot.kind == Kind::Empty) && scan.slots.len() > 1 {
            let before = scan.slots.len() - 2;
            // One empty slot at the end may be the last cell; more are none.
            if scan.slots[before].kind != Kind::Empty {
                break;
            }
            scan.slots.pop();
        }
        scan.tell_values(lines);
        scan
    }

    /// `400` behind an empty cell, where the rows before were numbered up to 11, is a value and numbers no row.
    fn tell_values(&mut self, lines: &Lines) {
        let mut highest = 0;
        for at in 1..self.slots.len() {
            let behind = self.slots[at - 1].kind == Kind::Empty;
            let slot = &mut self.slots[at];
            if slot.kind != Kind::Ordinal || slot.deep {
                continue;
            }
            let Ok(value) = lines.line(slot.lines.start).trim_end_matches(['.', ')', '/']).parse::<u16>() else { continue };
            if highest > 0 && value > highest + SKIPPED {
                slot.kind = Kind::Words;
                slot.number = true;
            } else if behind {
                highest = highest.max(value);
            }
        }
    }
}

/// What stands in no cell: a heading of Markdown, the recipients, an annex.
fn ends_table(lines: &Lines, line: usize) -> bool {
    lines.lines[line].hashes > 0 || begins_with(lines.line(line), "nơi nhận")
}

fn kind(lines: &Lines, range: Range<usize>) -> Kind {
    let text = lines.line(range.start);
    // `…............` between two rows: where a portal left some out.
    if range.len() == 1 && text.len() >= 3 && text.chars().all(|c| matches!(c, '.' | '…')) {
        return Kind::Empty;
    }
    let ordinal = range.len() == 1 && (is_ordinal(text) || super::HEADER_LABELS.contains(&text));
    if ordinal { Kind::Ordinal } else { Kind::Words }
}

/// Whether a cell is nothing but what rows are numbered with: `1`, `IV.`, `B`, `a)`, `2.1`, `I.1`, `-`.
pub(in crate::structure) fn is_ordinal(text: &str) -> bool {
    let core = text.trim_start_matches('(').trim_end_matches(['.', ')', '/']);
    if matches!(core, "-" | "–" | "+" | "*" | "•") {
        return true;
    }
    let piece = |piece: &str| {
        let number = !piece.is_empty() && piece.len() <= 2 && piece.bytes().all(|byte| byte.is_ascii_digit());
        let letter = piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic);
        number || letter || marker::roman(piece).is_some()
    };
    let count = core.split('.').count();
    count <= 5 && (core.split('.').all(piece) || count == 1 && core.len() == 3 && core.parse::<u16>().is_ok())
}

/// The slots, ready to be cut into rows.
struct Cutting<'a> {
    slots: &'a [Slot],
    /// How many ordinals stand after an empty slot before each slot: rows may begin there.
    starts: Vec<u32>,
    /// How many of these are no values and stand before a title: rows do begin there.
    titled: Vec<u32>,
    /// How many slots before each are filled.
    filled: Vec<u32>,
    /// The first slot after the header: rows before it may be of any width.
    body: usize,
    numbered: bool,
}

impl<'a> Cutting<'a> {
    fn new(slots: &'a [Slot]) -> Self {
        let mut starts = vec![0];
        let mut titled = vec![0];
        let mut filled = vec![0];
        let mut body = None;
        let mut count = 0;
        for (at, slot) in slots.iter().enumerate() {
            let begins = at > 0 && slot.kind == Kind::Ordinal && slots[at - 1].kind == Kind::Empty;
            if begins && body.is_none() {
                body = Some(at);
            }
            count += u32::from(begins);
            starts.push(count);
            titled.push(titled[at] + u32::from(begins && slot.deep && slots.get(at + 1).is_some_and(|next| next.title)));
            filled.push(filled[at] + u32::from(slot.kind != Kind::Empty));
        }
        let first = slots.iter().position(|slot| slot.kind == Kind::Empty).unwrap_or(slots.len());
        Self { slots, starts, titled, filled, numbered: count >= 2, body: body.unwrap_or(first + 1) }
    }

    /// How many columns the table has: at least as many as cells stand side by side.
    fn width(&self, longest: usize) -> Option<usize> {
        let sample = self.slots.len().min(SAMPLE);
        let first = self.slots.iter().position(|slot| slot.kind == Kind::Empty).unwrap_or(self.slots.len());
        let mut steps = [0_u32; COLUMNS + 2];
        let mut last = None;
        for at in 1..sample {
            if self.slots[at].kind == Kind::Ordinal && self.slots[at - 1].kind == Kind::Empty {
                if let Some(step) = last.map(|last| at - last - 1).filter(|step| *step <= COLUMNS) {
                    steps[step] += 1;
                }
                last = Some(at);
            }
        }
        let mut widths: Vec<usize> = (0..steps.len()).collect();
        widths.sort_by_key(|width| std::cmp::Reverse(steps[*width]));
        widths.truncate(3);
        widths.retain(|width| steps[*width] > 0);
        widths.extend([longest, longest + 1, first]);
        widths.retain(|width| (longest..=COLUMNS).contains(width) && *width >= 2);
        widths.sort_unstable();
        widths.dedup();
        let cost = |width: &usize| Some((self.cut(sample, *width)?.0 + 0.1 * f64::from(u32::try_from(*width).ok()?), *width));
        widths.iter().filter_map(cost).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, width)| width)
    }

    /// The rows of the first `count` slots that cost least, and what they cost.
    fn cut(&self, count: usize, width: usize) -> Option<(f64, Vec<Range<usize>>)> {
        // The least cost of rows that end before each slot, and where the last of them begins.
        let mut best = vec![(f64::INFINITY, 0); count + 2];
        best[0].0 = 0.0;
        for begin in 0..count {
            let before = best[begin].0;
            if !before.is_finite() {
                continue;
            }
            for end in begin + 1..=(begin + width).min(count) {
                if end < count && self.slots[end].kind != Kind::Empty {
                    continue;
                }
                let cost = before + self.cost(begin..end, width);
                let next = &mut best[end + 1];
                if cost < next.0 {
                    *next = (cost, begin);
                }
            }
        }
        // The last slot may be the border of a row that is not there.
        let mut at = count + 1;
        if best[count].0 + 0.5 < best[at].0 {
            at = count;
        }
        let cost = best[at].0;
        if !cost.is_finite() {
            return None;
        }
        let mut rows = Vec::new();
        while at > 0 {
            let begin = best[at].1;
            rows.push(begin..at - 1);
            at = begin;
        }
        rows.reverse();
        Some((cost, rows))
    }

    /// `1.1 | Đường liên xã | 1.250.000.000`: a title that reaches over the columns before its value.
    fn sums_up(&self, row: &Range<usize>) -> bool {
        let slots = &self.slots[row.clone()];
        matches!(slots, [first, title, rest @ ..]
            if first.kind == Kind::Ordinal
                && title.title
                && (1..=3).contains(&rest.len())
                && rest[0].number
                && rest[1..].iter().all(|slot| slot.kind == Kind::Empty))
    }

    fn cost(&self, row: Range<usize>, width: usize) -> f64 {
        let filled = self.filled[row.end] - self.filled[row.start];
        if filled == 0 {
            return 3.0;
        }
        let first = self.slots[row.start].kind;
        // The ordinal that a row begins with may stand after empty cells.
        let lead = row.clone().take_while(|at| self.slots[*at].kind == Kind::Empty).count();
        let inside = self.starts[row.end] - self.starts[row.start + lead + 1];
        let titled = self.titled[row.end] - self.titled[row.start + lead + 1];
        let mut cost = 0.8 * f64::from(inside + titled);
        let header = row.end < self.body;
        let lacking = (width - row.len()) as f64;
        if lacking > 0.0 {
            let titles = row.len() <= 2 && filled as usize == row.len();
            cost += if header {
                0.3
            } else if titles || self.sums_up(&row) {
                0.6
            } else {
                1.0 + 0.02 * lacking
            };
        }
        if self.numbered && !header {
            cost += match first {
                Kind::Ordinal => 0.0,
                _ if row.len() == width => 0.1,
                Kind::Empty => 0.5,
                Kind::Words if row.len() == 1 => 0.3,
                Kind::Words => 1.5,
            };
        }
        cost
    }
}

/// A row of one cell titles the rows below: `II. Kinh tế số` → `II.`, `Kinh tế số`.
pub(super) fn grouped(lines: &Lines, mut row: Row) -> Row {
    let [cell] = row.as_mut_slice() else { return row };
    let Some(first) = cell.first().map(|part| part.span) else { return row };
    let text = lines.text.slice(first);
    let core = text.trim_end_matches(['.', ')']);
    if cell.len() > 1 && marker::roman(core).is_some() {
        let title = cell.split_off(1);
        row.push(title);
    } else if let Some(marker) = marker::parse(text).filter(|marker| marker.length < text.len()) {
        let mark = text[..marker.length].trim_end().len();
        let mut title = vec![Part { span: Span::new(first.start + marker.length, first.end), glued: false }];
        title.extend(cell.drain(1..));
        cell[0].span = Span::new(first.start, first.start + mark);
        row.push(title);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a table whose cells stand each between bars, as the file has them: `|STT|Nhiệm vụ|` and the next row's bar.
    fn read(table: &str) -> Vec<String> {
        let source = crate::ingest::decode("test", table.into()).expect("text");
        let lines = crate::normalize::normalize(source.text.as_str());
        let (rows, _) = rows(&lines, 0..lines.lines.len());
        let cell = |cell: &Cell| cell.iter().map(|part| lines.text.slice(part.span)).collect::<Vec<_>>().join(" ");
        rows.unwrap_or_default().iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
    }

    /// Each row on its own bars: `1,Rà soát,` ends with an empty cell.
    fn bars(rows: &[&str]) -> String {
        let mut text = String::new();
        for row in rows {
            text.push_str("|\n");
            for cell in row.split(',') {
                text.push_str(&if cell.is_empty() { "|\n".to_owned() } else { format!("{cell}\n|\n") });
            }
        }
        text
    }

    #[test]
    fn an_empty_cell_is_no_end_of_a_row() {
        let rows = [
            "TT,Chỉ tiêu,ĐVT,Năm 2026,Ghi chú",
            "I,Chăn nuôi,,,",
            "1,Đàn dê,con,240,",
            ",Tổng,,240,",
            "2,Đàn ong,,90,Xã Suối Lim",
        ];
        assert_eq!(read(&bars(&rows)), rows.map(|row| row.replace(',', "|")));
    }

    #[test]
    fn a_number_that_no_count_comes_to_is_a_value() {
        let rows = [
            "TT,Sản phẩm,Lượng 2026,Giá trị 2026,Lượng 2027,Giá trị 2027",
            "1,Chè xanh,13.500,7.000,14.800,7.800",
            "2,Hạt giống,,400,,450",
            "3,Măng khô,60,80,60,80",
            "4,Hàng may,,600,,600",
        ];
        assert_eq!(read(&bars(&rows)), rows.map(|row| row.replace(',', "|")));
    }

    #[test]
    fn a_title_with_its_value_reaches_over_columns() {
        let rows = [
            "TT,Hạng mục,Số đợt,Số điểm,Đơn giá,Thành tiền,Ghi chú",
            "I,Đo nước sông,900.000,",
            "1,Đo tại trạm,700.000,",
            "1.1,Mẫu nước mặt,500.000,",
            "-,Độ mặn,2,10,20.000,400.000,QĐ 15",
            "-,Độ đục,2,5,10.000,100.000,QĐ 15",
            "1.2,Mẫu nước ngầm,200.000,",
            "-,Độ mặn,1,10,20.000,200.000,QĐ 15",
            "2,Đo tại đập,200.000,",
            "a,Mẫu bùn,200.000,",
            "-,Độ mặn,1,10,20.000,200.000,QĐ 15",
        ];
        let first: Vec<String> =
            read(&bars(&rows)).iter().map(|row| row.split('|').take(2).collect::<Vec<_>>().join(",")).collect();
        let wanted: Vec<String> = rows.iter().map(|row| row.split(',').take(2).collect::<Vec<_>>().join(",")).collect();
        assert_eq!(first, wanted);
    }

    #[test]
    fn labels_of_a_second_row_stand_under_those_that_reach_over_them() {
        let rows = [
            "TT,Chỉ tiêu,ĐVT,ƯTH 2025,Giai đoạn 2026 - 2028",
            "Năm 2026,Năm 2027,Năm 2028",
            "1,Đàn dê,con,200,240,250,260",
            "2,Đàn ong,tổ,80,90,95,99",
        ];
        let wanted = [
            "TT|Chỉ tiêu|ĐVT|ƯTH 2025|Giai đoạn 2026 - 2028||",
            "||||Năm 2026|Năm 2027|Năm 2028",
            "1|Đàn dê|con|200|240|250|260",
            "2|Đàn ong|tổ|80|90|95|99",
        ];
        assert_eq!(read(&bars(&rows)), wanted);
        let pairs = [
            "TT,Sản phẩm,Kế hoạch 2026,Kế hoạch 2027",
            "Lượng,Giá trị,Lượng,Giá trị",
            "1,Mật ong,5,900,6,950",
            "2,Chè,7,800,8,850",
        ];
        let wanted = [
            "TT|Sản phẩm|Kế hoạch 2026||Kế hoạch 2027|",
            "||Lượng|Giá trị|Lượng|Giá trị",
            "1|Mật ong|5|900|6|950",
            "2|Chè|7|800|8|850",
        ];
        assert_eq!(read(&bars(&pairs)), wanted);
    }

    #[test]
    fn text_after_the_last_bar_is_a_cell_only_where_one_lacks() {
        let rows = ["TT,Nhiệm vụ,Chủ trì", "1,Rà soát,Phòng A", "2,Sơ kết,Phòng B"];
        let whole = ["TT|Nhiệm vụ|Chủ trì", "1|Rà soát|Phòng A", "2|Sơ kết|Phòng B"];
        assert_eq!(read(&format!("{}Đăng trên trang tin", bars(&rows))), whole);
        let open = bars(&rows);
        assert_eq!(read(open.trim_end().trim_end_matches('|').trim_end()), whole);
    }

    #[test]
    fn a_row_of_dots_parts_rows() {
        let rows = ["TT,Nhiệm vụ,Chủ trì", "1,Rà soát,Phòng A", "2,Sơ kết,Phòng B", "5,Tổng kết,Phòng C", "6,Kiểm kê,Phòng D"];
        let dotted = bars(&rows).replacen("Phòng B\n|\n|\n5", "Phòng B\n|\n…..........\n|\n5", 1);
        assert!(dotted.contains('…'));
        assert_eq!(read(&dotted), rows.map(|row| row.replace(',', "|")));
    }

    #[test]
    fn a_heading_between_two_tables_is_no_cell() {
        let rows = ["STT,Nhiệm vụ,Cơ quan chủ trì", "1,Rà soát bến sông,Sở Y tế", "2,Cắm biển báo,Sở Xây dựng"];
        let next = ["STT,Nhiệm vụ,Cơ quan chủ trì", "1,Dạy bơi,Sở Nội vụ"];
        let text = format!("{}2. Việc chưa làm xong\n{}", bars(&rows), bars(&next));
        assert_eq!(read(&text), rows.map(|row| row.replace(',', "|")));
    }

    #[test]
    fn many_bars_take_time_in_proportion() {
        let text = "|\n".repeat(200_000);
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let lines = crate::normalize::normalize(source.text.as_str());
        let mut at = 0;
        let mut steps = 0;
        while at < lines.lines.len() {
            at = rows(&lines, at..lines.lines.len()).1;
            steps += 1;
        }
        assert!(steps < 200_000 / COLUMNS * 2, "{steps}");
    }
}
