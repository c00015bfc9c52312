//! Tables whose columns are kept apart by spaces, as `pdftotext -layout` and printed sheets have them:
//!
//! ```text
//! STT  Chỉ tiêu                              Chủ trì      Theo dõi
//! 1    Tỷ lệ trẻ em dưới 1 tuổi được tiêm    Sở Y tế      Văn phòng UBND tỉnh
//!      chủng đầy đủ đạt trên 95%
//! ```
//! A column is where no line leaves it: what stands under each other overlaps, and between columns no line has a letter.

use std::ops::Range;

use super::super::marker::roman;
use super::super::reflow::{Part, is_furniture, is_separator};
use crate::lexicon::Lexicon;
use crate::normalize::Lines;
use crate::paper::Signs;
use crate::text::Span;

/// So many spaces part two cells.
const GAP: usize = 2;

/// Most lines of labels.
const LABELS: usize = 6;

/// A row, its cells with their lines.
type Row = Vec<Vec<Part>>;

/// A run of words without a gap: where it stands in the line, in characters, and in the text.
#[derive(Clone, Copy, Debug)]
struct Piece {
    from: usize,
    to: usize,
    span: Span,
}

/// The rows of the table whose header begins at `range.start`, the header's first, and the line behind the table;
/// `None` where the spaces do not part the columns: the table is flattened. Beside them the line behind those looked at.
pub(super) fn rows(lines: &Lines, range: Range<usize>, lexicon: &Lexicon) -> (Option<(Vec<Row>, usize)>, usize) {
    let head = pieces(lines, range.start);
    if head.len() < 3 {
        return (None, range.start + 1);
    }
    let sheet = gather(lines, range.clone(), &head, &Signs::new(lines, lexicon));
    let end = sheet.last().map_or(range.start, |(line, _)| *line) + 1;
    let rows = columns(lines, &sheet).and_then(|columns| cut(lines, &sheet, &columns));
    (rows.map(|rows| (rows, end)), end)
}

/// Whether a line without a label for numbers heads columns of spaces: `Chỉ tiêu    Đơn vị    Năm 2026    Năm 2030`.
pub(super) fn heads(lines: &Lines, index: usize, lexicon: &Lexicon) -> bool {
    /// Longest line of labels, in bytes.
    const LONGEST: usize = 240;
    let span = lines.lines[index].span;
    let wide = lines.text.source_of(span.end).saturating_sub(lines.text.source_of(span.start)) > span.len() + GAP;
    let text = lines.text.slice(span);
    if !wide || text.len() > LONGEST || !text.starts_with(char::is_uppercase) {
        return false;
    }
    let pieces = pieces(lines, index);
    let label = |piece: &Piece| {
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(lines.text.slice(piece.span), piece.span.start, &mut tokens);
        lexicon.columns.at(&tokens, 0).is_some()
    };
    // `Diện tích chè (ha)` names its unit, as labels do.
    let unit = |piece: &Piece| lines.text.slice(piece.span).ends_with(')');
    pieces.len() >= 3 && label(&pieces[0]) && pieces[1..].iter().any(|piece| label(piece) || unit(piece))
}

/// Whether rows begin with what they name, as no label says that they are numbered.
fn unnumbered(lines: &Lines, head: &[Piece]) -> bool {
    !super::begins_header(lines.text.slice(head[0].span))
}

/// Whether a line names a row that has no number: it says something under the first label, and beside it.
fn names_row(lines: &Lines, pieces: &[Piece], head: &[Piece]) -> bool {
    let first = |first: &Piece| first.from < head[0].to && lines.text.slice(first.span).starts_with(char::is_uppercase);
    unnumbered(lines, head) && pieces.len() >= 2 && first(&pieces[0])
}

/// The pieces of a line.
fn pieces(lines: &Lines, index: usize) -> Vec<Piece> {
    let Some(line) = lines.lines.get(index) else { return Vec::new() };
    let text = lines.text.slice(line.span);
    let mut found: Vec<Piece> = Vec::new();
    let mut column = line.indent as usize;
    let (mut start, mut from, mut end, mut to) = (line.span.start, column, line.span.start, column);
    for (at, letter) in text.char_indices() {
        let place = line.span.start + at;
        if letter != ' ' {
            column += 1;
            (end, to) = (place + letter.len_utf8(), column);
            continue;
        }
        let width = lines.text.source_of(place + 1).saturating_sub(lines.text.source_of(place)).max(1);
        column += width;
        if width >= GAP {
            found.push(Piece { from, to, span: Span::new(start, end) });
            (start, from) = (place + 1, column);
        }
    }
    if end > start {
        found.push(Piece { from, to, span: Span::new(start, end) });
    }
    found
}

/// The lines of the table with their pieces: until text begins that runs over the columns of the header.
fn gather(lines: &Lines, range: Range<usize>, head: &[Piece], signs: &Signs) -> Vec<(usize, Vec<Piece>)> {
    let mut found = vec![(range.start, head.to_vec())];
    let mut widest = head.iter().map(|piece| piece.to - piece.from).max().unwrap_or(0);
    for index in range.start + 1..range.end {
        let text = lines.line(index);
        if is_furniture(text) && lines.lines[index].page_start || is_separator(text) {
            continue;
        }
        let pieces = pieces(lines, index);
        let over = |piece: &Piece| head.iter().filter(|other| piece.from < other.to && other.from < piece.to).count();
        let alone = pieces.len() == 1;
        let prose = alone && over(&pieces[0]) >= 2 && pieces[0].to - pieces[0].from > widest + 2;
        let behind = alone && lines.lines[index].blank_before > 1 && begins_row(lines, &pieces, head).is_none();
        if prose || behind || signs.is_recipients(text) || signs.is_office(text) {
            break;
        }
        if !alone {
            widest = pieces.iter().map(|piece| piece.to - piece.from).fold(widest, usize::max);
        }
        found.push((index, pieces));
    }
    found
}

/// What a line that begins a row begins with: its number, the number of a group, or the header said again.
fn begins_row<'a>(lines: &'a Lines, pieces: &[Piece], head: &[Piece]) -> Option<&'a str> {
    let first = pieces.first()?;
    let text = lines.text.slice(first.span);
    let core = text.trim_end_matches(['.', ')', '/']);
    let number = !core.is_empty() && core.len() <= 7 && core.split('.').all(|part| part.parse::<u16>().is_ok());
    let capital = core.len() == 1 && core.bytes().all(|byte| byte.is_ascii_uppercase());
    let bullet = matches!(core, "-" | "–" | "+" | "*" | "•");
    let ordinal = number || capital || bullet || roman(core).is_some() || text == lines.text.slice(head[0].span);
    // `2025` in the middle of a line is the second line of a label.
    (ordinal && first.from < head[0].to + 2).then_some(core)
}

/// Whether a line titles the rows below it, over all columns: `II  Phát triển kinh tế số`.
fn titles_group(lines: &Lines, pieces: &[Piece], head: &[Piece]) -> bool {
    let titles = |core: &str| roman(core).is_some() || core.starts_with(char::is_alphanumeric) && core.parse::<u16>().is_err();
    pieces.len() <= 2 && begins_row(lines, pieces, head).is_some_and(titles)
}

/// Where the columns stand: the union of the pieces that overlap each other. `None` where they are not as many as the header's labels.
fn columns(lines: &Lines, sheet: &[(usize, Vec<Piece>)]) -> Option<Vec<Range<usize>>> {
    let head = &sheet[0].1;
    let mut taken: Vec<Range<usize>> = sheet
        .iter()
        .filter(|(_, pieces)| !titles_group(lines, pieces, head))
        .flat_map(|(_, pieces)| pieces.iter().map(|piece| piece.from..piece.to))
        .collect();
    taken.sort_by_key(|range| (range.start, range.end));
    let mut columns: Vec<Range<usize>> = Vec::new();
    for piece in taken {
        match columns.last_mut().filter(|last| piece.start < last.end) {
            Some(last) => last.end = last.end.max(piece.end),
            None => columns.push(piece),
        }
    }
    let over = |column: &Range<usize>, pieces: &[Piece]| {
        pieces.iter().filter(|piece| piece.from < column.end && column.start < piece.to).count()
    };
    // `Năm 2026 | Năm 2027` under `Kế hoạch`, which stands over the first alone.
    let lower = || sheet[1..labels(lines, sheet)].iter();
    let held = |column: &Range<usize>| match over(column, head) {
        0 => lower().any(|(_, pieces)| over(column, pieces) == 1),
        count => count == 1,
    };
    (columns.len() >= 3 && columns.iter().all(held)).then_some(columns)
}

/// How many lines the labels take: those before the first row.
fn labels(lines: &Lines, sheet: &[(usize, Vec<Piece>)]) -> usize {
    let head = &sheet[0].1;
    let begins = |pieces: &[Piece]| begins_row(lines, pieces, head).is_some() || names_row(lines, pieces, head);
    let begins = sheet[1..].iter().position(|(_, pieces)| begins(pieces));
    begins.map_or(1, |at| at + 1).min(LABELS)
}

/// Whether a line without a number is a row of its own: it says a second number in a column of numbers, or begins with a bullet where
/// the row above is complete: `1  Tổng diện tích  ha  900` over `Trong đó:` over `- Lúa nước  ha  500`.
fn goes_below(lines: &Lines, row: &Row, pieces: &[Piece], columns: &[Range<usize>]) -> bool {
    let number = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' '))
    };
    let text = |piece: &Piece| lines.text.slice(piece.span);
    let column = |piece: &Piece| columns.iter().position(|column| column.start <= piece.from && piece.to <= column.end);
    let said = |at: usize| row[at].len() == 1 && number(lines.text.slice(row[at][0].span));
    let again = pieces.iter().any(|piece| number(text(piece)) && column(piece).is_some_and(|at| at > 0 && said(at)));
    let Some(first) = pieces.first().filter(|first| column(first) == Some(1)) else { return again };
    let valued = (2..columns.len()).any(said);
    let bulleted = text(first).strip_prefix(['-', '+', '–', '*', '•']).is_some_and(|rest| rest.starts_with(' '));
    let leads = pieces.len() == 1 && text(first).ends_with(':') && text(first).starts_with(char::is_uppercase);
    again || valued && (bulleted || leads) || bulleted && pieces.len() > 2
}

/// The rows. `None` where a row begins before its number, in the middle of which the number stands.
fn cut(lines: &Lines, sheet: &[(usize, Vec<Piece>)], columns: &[Range<usize>]) -> Option<Vec<Row>> {
    let head = &sheet[0].1;
    let mut rows: Vec<Row> = Vec::new();
    let labels = labels(lines, sheet);
    let place = |piece: &Piece| columns.iter().position(|column| column.start <= piece.from && piece.to <= column.end);
    let unnamed = |piece: &Piece| {
        place(piece).is_some_and(|at| head.iter().all(|label| label.to <= columns[at].start || columns[at].end <= label.from))
    };
    for (at, (_, pieces)) in sheet.iter().enumerate() {
        let total = || {
            let first = pieces.first().map_or("", |piece| lines.text.slice(piece.span));
            pieces.len() >= 2 && ["Tổng", "Cộng", "TỔNG", "CỘNG"].iter().any(|word| first.starts_with(word))
        };
        let below = |rows: &[Row]| rows.last().is_some_and(|row| goes_below(lines, row, pieces, columns));
        // Labels under one that stands over several columns.
        let lower = at < labels && rows.len() == 1 && pieces.iter().any(unnamed);
        let under = at >= labels && rows.len() > 1 && below(&rows);
        let numbered = begins_row(lines, pieces, head).is_some() || names_row(lines, pieces, head);
        let begins = at == 0 || lower || numbered || total() || under;
        if begins {
            rows.push(vec![Vec::new(); columns.len()]);
        }
        let group = titles_group(lines, pieces, head);
        let row = rows.last_mut()?;
        for (order, piece) in pieces.iter().enumerate() {
            let column = if group { order } else { place(piece)? };
            row[column].push(Part { span: piece.span, glued: false });
        }
    }
    // Every numbered row says something beside its number on the line of the number.
    let numbered = rows.iter().skip(1).filter(|row| !row[0].is_empty()).count();
    let told = rows.iter().skip(1).filter(|row| !row[0].is_empty() && row[1..].iter().any(|cell| !cell.is_empty())).count();
    (numbered >= 2 && told == numbered && rows[0][1..].iter().all(|cell| cell.len() <= 4)).then_some(rows)
}
