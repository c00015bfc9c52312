//! A PDF's table flattened by `pdftotext`: cell after cell, cells of several lines, short
//! cells of one row on one line, group rows, the header repeated at each page, empty cells,
//! and no mark of the column.
//!
//! Rows are told by their numbers, columns by the header. Within a row the text is cut
//! into as many cells as there are columns, so that each cell holds what its column
//! holds (an agency looks like an agency), ends where a phrase ends, breaks its lines only
//! where the next word would not have fitted, and, where two cuts are as good, is like the
//! cells above it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::marker::roman;
use super::super::reflow::{Part, is_furniture};
use super::{RawColumn, RawRow, RawTable, column_kind, opens_text, settle_kinds};
use crate::agency::Agencies;
use crate::lexicon::{ColumnKind, Lexicon};
use crate::normalize::Lines;
use crate::text::Span;
use crate::words::{Case, Keyword as K, Token};

/// Most lines that a header takes.
const HEADER_LINES: usize = 24;
/// Most words that a header takes; lines of text that go on for ever are none.
const HEADER_TOKENS: usize = 1000;
/// Most places where a cell of one row may begin; a row with more is no row.
const PLACES: usize = 90;

/// The lines of the table as tokens.
struct Sheet<'a> {
    lines: &'a Lines,
    lexicon: &'a Lexicon,
    tokens: Vec<Token>,
    /// First token of each line, by line from the start, and the end.
    starts: Vec<usize>,
    first_line: usize,
}

impl<'a> Sheet<'a> {
    fn new(lines: &'a Lines, range: Range<usize>, lexicon: &'a Lexicon) -> Self {
        let mut tokens = Vec::new();
        let mut starts = Vec::new();
        for index in range.clone() {
            starts.push(tokens.len());
            let text = lines.line(index);
            let first = tokens.len();
            lexicon.vocabulary.cut(text, lines.lines[index].span.start, &mut tokens);
            // A header that kept its bars when the cells below it lost theirs.
            if text.starts_with('|') {
                let bare = tokens.split_off(first).into_iter().filter(|token| !token.is_mark(b'|'));
                let bare: Vec<Token> = bare.collect();
                tokens.extend(bare.into_iter().filter(|_| text.contains(char::is_alphanumeric)));
            }
        }
        starts.push(tokens.len());
        Self { lines, lexicon, tokens, starts, first_line: range.start }
    }

    fn line_count(&self) -> usize {
        self.starts.len() - 1
    }

    fn line_tokens(&self, line: usize) -> &[Token] {
        &self.tokens[self.starts[line]..self.starts[line + 1]]
    }

    fn line_of(&self, token: usize) -> usize {
        self.starts.partition_point(|start| *start <= token) - 1
    }

    fn text(&self, token: usize) -> &'a str {
        self.lines.text.slice(self.tokens[token].span())
    }

    /// The pieces of lines that the tokens of `range` stand in.
    fn parts(&self, range: Range<usize>) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut line = usize::MAX;
        for at in range {
            let span = self.tokens[at].span();
            let here = self.line_of(at);
            match parts.last_mut().filter(|_| here == line) {
                Some(last) => last.span.end = span.end,
                None => {
                    let glued = at > 0 && !parts.is_empty() && {
                        let last = &self.tokens[at - 1];
                        last.is_mark(b'-') && !last.spaced && at > 1 && self.tokens[at - 2].case == Case::Upper
                    };
                    parts.push(Part { span, glued });
                }
            }
            line = here;
        }
        parts
    }

    /// The number that a line begins with, if that can be a row's.
    fn row_number(&self, line: usize) -> Option<(u32, usize)> {
        let tokens = self.line_tokens(line);
        let first = tokens.first().filter(|token| token.is_number())?;
        let number = self.lines.text.slice(first.span()).parse().ok().filter(|number| *number < 1000)?;
        let mut length = 1;
        if tokens.get(1).is_some_and(|token| (token.is_mark(b'.') || token.is_mark(b')')) && !token.spaced) {
            length = 2;
        }
        let next = tokens.get(length);
        (next.is_none_or(|token| token.spaced && opens_text(token))).then_some((number, length))
    }

    /// The marker below a row's number that a line begins with, `a)` or `1.2` under `number`: its place in the sequence, whether a letter,
    /// its tokens.
    fn marker_below(&self, line: usize, number: u32) -> Option<(u32, bool, usize)> {
        let tokens = self.line_tokens(line);
        let first = tokens.first()?;
        let text = self.lines.text.slice(first.span());
        let closed = tokens.get(1).is_some_and(|token| (token.is_mark(b')') || token.is_mark(b'.')) && !token.spaced);
        let length = 1 + usize::from(closed);
        let alone = tokens.get(length).is_none_or(|token| token.spaced && opens_text(token));
        if !alone {
            return None;
        }
        if let Some((above, last)) = text.split_once('.') {
            let value = last.trim_end_matches('.').parse().ok()?;
            return (above.parse() == Ok(number)).then_some((value, false, length));
        }
        let mut letters = text.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
        let value = super::super::marker::letter(letter).filter(|_| closed && letter.is_lowercase())?;
        Some((value, true, length))
    }

    /// The group marker (`II`, `B`) that a line begins with: its place in the sequence, whether Roman, its tokens.
    fn group_marker(&self, line: usize) -> Option<(u32, bool, usize)> {
        let tokens = self.line_tokens(line);
        let first = tokens.first().filter(|token| token.is_word() && token.case == Case::Upper)?;
        let text = self.lines.text.slice(first.span());
        let mut length = 1;
        if tokens.get(1).is_some_and(|token| (token.is_mark(b'.') || token.is_mark(b'-')) && !token.spaced) {
            length = 2;
        }
        let title = tokens.get(length);
        if title.is_some_and(|token| !token.spaced || !opens_text(token)) {
            return None;
        }
        if let Some(number) = roman(text) {
            return Some((number, true, length));
        }
        let capital = text.bytes().next().filter(|byte| text.len() == 1 && byte.is_ascii_uppercase())?;
        Some((u32::from(capital - b'A') + 1, false, length))
    }
}

/// Reads the table that begins with the header at the start of `range`; beside it, how many lines were looked at.
pub(super) fn read(lines: &Lines, range: Range<usize>, lexicon: &Lexicon) -> (Option<RawTable>, usize) {
    // The header first: a text that only looks like one must not cost the cutting of all that follows.
    let head = range.start..range.end.min(range.start + HEADER_LINES);
    if header(&Sheet::new(lines, head.clone(), lexicon)).is_none() {
        return (None, head.len());
    }
    (read_sheet(&Sheet::new(lines, range.clone(), lexicon)), range.len())
}

fn read_sheet(sheet: &Sheet) -> Option<RawTable> {
    let (columns, body) = header(sheet)?;
    let header_words: Vec<Token> = sheet.tokens[..sheet.starts[body]].to_vec();
    let (rows, end) = rows(sheet, body, &header_words);
    if rows.iter().filter(|row| row.group.is_none()).count() == 0 {
        return None;
    }
    let kinds: Vec<Option<ColumnKind>> = columns[1..].iter().map(|column| column.kind).collect();
    let cut = cut_rows(sheet, &rows, &kinds);
    let mut table_rows = Vec::new();
    for (row, cells) in rows.iter().zip(cut) {
        let mut all = vec![sheet.parts(row.marker.clone())];
        all.extend(cells.into_iter().map(|cell| sheet.parts_of(&row.tokens, cell)));
        all.resize(columns.len(), Vec::new());
        table_rows.push(RawRow { cells: all, group: row.group.clone(), works: false });
    }
    Some(RawTable { lines: sheet.first_line..sheet.first_line + end, columns, rows: table_rows })
}

/// A row: the tokens of its number and of its text, in order.
struct FlatRow {
    marker: Range<usize>,
    tokens: Vec<usize>,
    group: Option<String>,
}

impl Sheet<'_> {
    /// The parts of a stretch of a row's tokens.
    fn parts_of(&self, tokens: &[usize], cell: Range<usize>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut at = cell.start;
        while at < cell.end {
            let mut end = at + 1;
            while end < cell.end && tokens[end] == tokens[end - 1] + 1 {
                end += 1;
            }
            parts.extend(self.parts(tokens[at]..tokens[end - 1] + 1));
            at = end;
        }
        parts
    }
}

/// The columns and the line where the rows begin.
fn header(sheet: &Sheet) -> Option<(Vec<RawColumn>, usize)> {
    let lexicon = sheet.lexicon;
    let limit = sheet.line_count().min(HEADER_LINES);
    let (ordinal, _) = lexicon.columns.at(&sheet.tokens, 0).filter(|(_, kind)| **kind == ColumnKind::Ordinal)?;
    let body = (1..limit).find(|line| {
        let numbered = sheet.row_number(*line).is_some_and(|(number, _)| number == 1);
        let grouped =
            sheet.group_marker(*line).is_some_and(|(number, _, length)| number == 1 && sheet.line_tokens(*line).len() > length)
                || sheet.group_marker(*line).is_some_and(|(number, is_roman, _)| number == 1 && is_roman);
        numbered || grouped
    })?;
    let end = sheet.starts[body];
    if end > HEADER_TOKENS {
        return None;
    }
    let mut columns = vec![RawColumn { label: sheet.parts(0..ordinal), above: 0, kind: Some(ColumnKind::Ordinal) }];
    let mut starts: Vec<usize> = Vec::new();
    let mut at = ordinal;
    while at < end {
        let token = &sheet.tokens[at];
        let line_start = sheet.starts[..=body].contains(&at);
        let open = at > ordinal && {
            let last = &sheet.tokens[at - 1];
            last.is_any(&[K::Comma, K::And, K::Slash, K::Hyphen, K::Of, K::Or, K::Open, K::Ampersand])
        };
        let capital = token.case != Case::Lower || token.is_mark(b'%');
        // A label does not run over a line that begins with a capital: `Chỉ tiêu` + `Kế hoạch năm 2024`.
        let stop = (at + 1..end).find(|next| {
            let fresh = sheet.starts[..=body].contains(next) && sheet.tokens[*next].case != Case::Lower;
            fresh && !sheet.tokens[next - 1].is_any(&[K::Comma, K::And, K::Slash, K::Hyphen, K::Of, K::Or])
        });
        let labelled = lexicon.columns.at(&sheet.tokens[..stop.unwrap_or(end)], at);
        if at == ordinal || capital && !open && (labelled.is_some() || line_start && token.is_word()) {
            starts.push(at);
            at += labelled.map_or(1, |(length, _)| length);
        } else {
            at += 1;
        }
    }
    for (index, start) in starts.iter().enumerate() {
        let stop = starts.get(index + 1).copied().unwrap_or(end);
        let kind = column_kind(lexicon, &sheet.tokens[*start..stop], sheet.text(*start));
        columns.push(RawColumn { label: sheet.parts(*start..stop), above: 0, kind });
    }
    settle_kinds(&mut columns);
    let known = columns[1..].iter().filter(|column| column.kind.is_some()).count();
    if columns.len() < 2 || known == 0 || known + 2 < columns.len() - 1 {
        return None;
    }
    // `1 2 3 4` or `(1)` (2) …, on one line or each on its own: the columns are numbered.
    let mut body = body;
    let on_one_line = |line: usize| {
        let numbers: Vec<u32> =
            (sheet.starts[line]..sheet.starts[line + 1]).filter_map(|at| sheet.text(at).parse().ok()).collect();
        numbers.len() == columns.len() && numbers.iter().zip(1..).all(|(number, wanted)| *number == wanted)
    };
    let each_alone = |line: usize| {
        (0..columns.len()).all(|step| {
            line + step < sheet.line_count()
                && sheet.line_tokens(line + step).len() <= 3
                && sheet
                    .row_number(line + step)
                    .is_some_and(|(number, length)| number as usize == step + 1 && sheet.line_tokens(line + step).len() == length)
        })
    };
    if columns.len() >= 3 && body < sheet.line_count() {
        if on_one_line(body) {
            body += 1;
        } else if each_alone(body) {
            body += columns.len();
        }
    }
    Some((columns, body))
}

/// The rows from the line `body` on, and the line where the table ends.
fn rows(sheet: &Sheet, body: usize, header: &[Token]) -> (Vec<FlatRow>, usize) {
    let mut rows: Vec<FlatRow> = Vec::new();
    let (mut number, mut group) = (0, 0);
    let mut group_roman = true;
    let mut fresh_group = true;
    // The last marker under the number, and whether it is a letter.
    let mut below: Option<(u32, bool)> = None;
    let mut line = body;
    let mut end = body;
    // Lines of the last row: a row grows while its cells can.
    while line < sheet.line_count() {
        if let Some(skip) = repeated_header(sheet, line, header) {
            line += skip;
            continue;
        }
        let start = sheet.starts[line];
        let stop = sheet.starts[line + 1];
        if let Some((found, length)) = sheet.row_number(line)
            && (found == number + 1 || fresh_group && found == 1)
        {
            number = found;
            fresh_group = false;
            below = None;
            rows.push(FlatRow { marker: start..start + length, tokens: (start + length..stop).collect(), group: None });
            line += 1;
            end = line;
            continue;
        }
        if let Some((found, letter, length)) = sheet.marker_below(line, number)
            && number > 0
            && below.map_or(found == 1, |(last, same)| same == letter && (last + 1..=last + 2).contains(&found))
        {
            // `1 | Tuyên truyền` over `a) | Tổ chức hội nghị | Sở A`: nothing but a title.
            let titles = below.is_none() && rows.last().is_some_and(|row| sheet.is_title(row));
            if let Some(row) = rows.last_mut().filter(|_| titles) {
                row.group = Some(number.to_string());
            }
            below = Some((found, letter));
            rows.push(FlatRow { marker: start..start + length, tokens: (start + length..stop).collect(), group: None });
            line += 1;
            end = line;
            continue;
        }
        if let Some((found, is_roman, length)) = sheet.group_marker(line)
            && (found == group + 1 && (group == 0 || is_roman == group_roman)
                || found == 1 && is_roman && group > 0 && !group_roman)
            && (start + length < stop || sheet.next_is_title(line + 1))
        {
            group = found;
            group_roman = is_roman;
            fresh_group = true;
            let label = sheet.text(start).to_owned();
            rows.push(FlatRow { marker: start..start + length, tokens: (start + length..stop).collect(), group: Some(label) });
            line += 1;
            end = line;
            continue;
        }
        // A lone number before a repeated header is the page's.
        if is_furniture(sheet.lines.line(sheet.first_line + line))
            && (sheet.line_tokens(line).len() != 1 || sheet.page_break_follows(line, header))
        {
            line += 1;
            continue;
        }
        let text = sheet.lines.line(sheet.first_line + line);
        if ends_table(text) {
            break;
        }
        let Some(last) = rows.last_mut() else { break };
        // A new outline heading (`III. TỔ CHỨC`, shouted) is no cell.
        if super::super::marker::parse(text).is_some_and(|marker| {
            marker.style == super::super::marker::Style::Roman && crate::words::is_shouted(&text[marker.length..])
        }) {
            break;
        }
        last.tokens.extend(start..stop);
        line += 1;
        end = line;
    }
    (rows, end)
}

impl Sheet<'_> {
    fn page_break_follows(&self, line: usize, header: &[Token]) -> bool {
        line + 1 < self.line_count()
            && (repeated_header(self, line + 1, header).is_some() || self.lines.lines[self.first_line + line + 1].page_start)
            || self.lines.lines[self.first_line + line].page_start
    }

    /// Whether a row has no more than the lines of one cell: no body and no time of its own.
    fn is_title(&self, row: &FlatRow) -> bool {
        const LINES: usize = 3;
        let (Some(first), Some(last)) = (row.tokens.first(), row.tokens.last()) else { return false };
        let lines = self.line_of(*last) + 1 - self.line_of(*first);
        let tokens: Vec<Token> = row.tokens.iter().map(|at| self.tokens[*at]).collect();
        let agencies = Agencies::new(self.lexicon, &tokens);
        let starts = (1..tokens.len()).filter(|at| self.line_of(row.tokens[*at]) != self.line_of(row.tokens[at - 1]));
        lines <= LINES && !starts.into_iter().any(|at| agencies.begins(at) && tokens[at].case != Case::Lower)
    }

    fn next_is_title(&self, line: usize) -> bool {
        line < self.line_count()
            && self.line_tokens(line).first().is_some_and(|token| token.is_word() && token.case != Case::Lower)
    }
}

/// What cannot stand in a table: the end of the document, another annex.
fn ends_table(text: &str) -> bool {
    crate::words::begins_with(text, "nơi nhận") || crate::words::begins_with(text, "ghi chú:") || text.ends_with("./.")
}

/// How many lines the header takes where it is repeated at `line`.
fn repeated_header(sheet: &Sheet, line: usize, header: &[Token]) -> Option<usize> {
    let start = sheet.starts[line];
    let same = sheet.tokens.len() >= start + header.len()
        && header.iter().enumerate().all(|(at, word)| {
            let token = &sheet.tokens[start + at];
            token.word() == word.word() && (!token.is_number() || sheet.text(start + at) == sheet.lines.text.slice(word.span()))
        });
    if !same || header.is_empty() {
        return None;
    }
    let stop = start + header.len();
    let last = sheet.line_of(stop - 1);
    (sheet.starts[last + 1] == stop).then_some(last + 1 - line)
}

/// Cuts each row's tokens into cells, one a column.
fn cut_rows(sheet: &Sheet, rows: &[FlatRow], kinds: &[Option<ColumnKind>]) -> Vec<Vec<Range<usize>>> {
    let cutters: Vec<Cutter> = rows.iter().map(|row| Cutter::new(sheet, row)).collect();
    // Where nearly every row has as many lines as there are columns, each line is a cell.
    let data = || cutters.iter().filter(|cutter| cutter.row.group.is_none());
    let even = data().filter(|cutter| cutter.lines.len() == kinds.len()).count();
    let plain = even * 5 >= data().count() * 4 && kinds.len() > 1;
    let mut seen: FxHashMap<(usize, u64), u32> = FxHashMap::default();
    let mut cut: Vec<Vec<Range<usize>>> = Vec::new();
    // Scores of the first pass serve the second, which only adds what the cells above tell.
    let mut known: Vec<Vec<f64>> = vec![Vec::new(); cutters.len()];
    for pass in 0..2 {
        cut = cutters
            .iter()
            .zip(&mut known)
            .map(|(cutter, known)| {
                let length = cutter.row.tokens.len();
                if cutter.row.group.is_some() || kinds.len() == 1 {
                    return vec![0..length];
                }
                if plain && cutter.lines.len() == kinds.len() {
                    return cutter.lines.clone();
                }
                cutter.best(kinds, &seen, known)
            })
            .collect();
        if pass == 0 {
            for (cutter, cells) in cutters.iter().zip(&cut) {
                for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                    *seen.entry((column, cutter.key(cell.clone()))).or_default() += 1;
                }
            }
        }
    }
    cut
}

/// Cuts one row.
struct Cutter<'a> {
    sheet: &'a Sheet<'a>,
    row: &'a FlatRow,
    tokens: Vec<Token>,
    /// The row's lines, as stretches of its tokens.
    lines: Vec<Range<usize>>,
    /// Open brackets before each token.
    depth: Vec<u32>,
    /// Where each token begins and ends in its line, in characters.
    columns: Vec<(usize, usize)>,
    /// Whether the name of a body begins at each token.
    begins: Vec<bool>,
    places: Vec<usize>,
}

/// Whether a value begins at a token of a row: `1.250`, `≥15`, `<30`.
fn is_value(sheet: &Sheet, row: &FlatRow, at: usize) -> bool {
    let Some(token) = row.tokens.get(at).map(|token| (&sheet.tokens[*token], sheet.text(*token))) else { return false };
    let compared = token.1.starts_with(['≥', '≤', '<', '>']);
    let number = |at: usize| row.tokens.get(at).is_some_and(|token| sheet.tokens[*token].is_number());
    token.0.is_number() || compared && (number(at + 1) || number(at + 2))
}

impl<'a> Cutter<'a> {
    fn new(sheet: &'a Sheet<'a>, row: &'a FlatRow) -> Self {
        let tokens: Vec<Token> = row.tokens.iter().map(|at| sheet.tokens[*at]).collect();
        let mut lines: Vec<Range<usize>> = Vec::new();
        let mut line = usize::MAX;
        for (at, token) in row.tokens.iter().enumerate() {
            let here = sheet.line_of(*token);
            match lines.last_mut().filter(|_| here == line) {
                Some(last) => last.end = at + 1,
                None => lines.push(at..at + 1),
            }
            line = here;
        }
        let mut depth = Vec::with_capacity(tokens.len() + 1);
        let mut open = 0_u32;
        for token in &tokens {
            depth.push(open);
            if token.is_mark(b'(') {
                open += 1;
            } else if token.is_mark(b')') {
                open = open.saturating_sub(1);
            }
        }
        depth.push(open);
        let mut columns = Vec::with_capacity(tokens.len());
        for line in &lines {
            let mut column = 0;
            let mut at_byte = tokens[line.start].span().start;
            for token in &tokens[line.clone()] {
                let span = token.span();
                column += sheet.lines.text.slice(Span::new(at_byte, span.start)).chars().count();
                let end = column + sheet.lines.text.slice(span).chars().count();
                columns.push((column, end));
                column = end;
                at_byte = span.end;
            }
        }
        let agencies = Agencies::new(sheet.lexicon, &tokens);
        let begins: Vec<bool> = (0..tokens.len()).map(|at| agencies.begins(at)).collect();
        let mut places: Vec<usize> = Vec::new();
        let mut next_line = 0;
        for at in 0..tokens.len() {
            let line_start = lines.get(next_line).is_some_and(|line| line.start == at);
            next_line += usize::from(line_start);
            let inside = at > 0
                && tokens[at].case != Case::Lower
                && !tokens[at - 1].is_any(&[
                    K::Comma,
                    K::Semicolon,
                    K::And,
                    K::Of,
                    K::Belong,
                    K::Hyphen,
                    K::At,
                    K::With,
                    K::In,
                    K::Ampersand,
                    K::Open,
                ])
                && begins[at]
                && depth[at] == 0;
            let number = tokens[at].is_number() && tokens[at].spaced || at > 0 && tokens[at - 1].is_mark(b'%');
            // `Trồng rừng tập trung | ha | 1.250`: a unit between words and a number; `đồng` ends `nghìn tỷ đồng`.
            let unit_end = |from: usize| sheet.lexicon.units.at(&tokens, from).map(|(length, _)| from + length);
            let unit = at > 0
                && depth[at] == 0
                && unit_end(at).is_some_and(|end| {
                    is_value(sheet, row, end)
                        && !(at.saturating_sub(3)..at).any(|from| unit_end(from).is_some_and(|other| other >= at))
                });
            if line_start || inside || number || unit || at > 0 && !tokens[at].is_number() && is_value(sheet, row, at) {
                places.push(at);
            }
        }
        places.push(tokens.len());
        places.dedup();
        Self { sheet, row, tokens, lines, depth, columns, begins, places }
    }

    /// A number for the words of a cell: cells of the same words have the same.
    fn key(&self, cell: Range<usize>) -> u64 {
        use std::hash::Hasher;
        let mut hasher = rustc_hash::FxHasher::default();
        for at in cell {
            hasher.write(self.sheet.text(self.row.tokens[at]).as_bytes());
            hasher.write_u8(0);
        }
        hasher.finish()
    }

    /// The best cut into one cell a column.
    fn best(&self, kinds: &[Option<ColumnKind>], seen: &FxHashMap<(usize, u64), u32>, known: &mut Vec<f64>) -> Vec<Range<usize>> {
        let length = self.tokens.len();
        if self.places.len() > PLACES || length == 0 {
            let mut cells = vec![length..length; kinds.len()];
            cells[0] = 0..length;
            return cells;
        }
        // table[column][place]: best score of the columns before `column` over the tokens before the place.
        let count = self.places.len();
        let start = if self.places[0] == 0 { 0 } else { return vec![0..length] };
        known.resize(kinds.len() * count * count, f64::NAN);
        let mut scores = vec![f64::NEG_INFINITY; count];
        scores[start] = 0.0;
        let mut back: Vec<Vec<usize>> = Vec::new();
        for (column, kind) in kinds.iter().enumerate() {
            let mut next = vec![f64::NEG_INFINITY; count];
            let mut from = vec![0; count];
            for begin in 0..count {
                if scores[begin] == f64::NEG_INFINITY {
                    continue;
                }
                for end in begin..count {
                    if column + 1 == kinds.len() && end + 1 != count {
                        continue;
                    }
                    let cell = self.places[begin]..self.places[end];
                    let slot = &mut known[(column * count + begin) * count + end];
                    if slot.is_nan() {
                        *slot = self.score(*kind, column, cell.clone());
                    }
                    let mut score = scores[begin] + *slot;
                    if !seen.is_empty()
                        && !cell.is_empty()
                        && matches!(
                            kind,
                            Some(ColumnKind::Lead | ColumnKind::Coordinate | ColumnKind::Monitor | ColumnKind::Deadline)
                        )
                        && let Some(times) = seen.get(&(column, self.key(cell)))
                        && *times > 1
                    {
                        score += (f64::from(*times) * 0.4).min(2.5);
                    }
                    if score > next[end] {
                        next[end] = score;
                        from[end] = begin;
                    }
                }
            }
            scores = next;
            back.push(from);
        }
        let mut cells = Vec::new();
        let mut end = count - 1;
        for from in back.iter().rev() {
            let begin = from[end];
            cells.push(self.places[begin]..self.places[end]);
            end = begin;
        }
        cells.reverse();
        cells
    }

    /// How well the tokens of `cell` suit a column of `kind`.
    fn score(&self, kind: Option<ColumnKind>, column: usize, cell: Range<usize>) -> f64 {
        use ColumnKind as C;
        if cell.is_empty() {
            return match kind {
                _ if column == 0 => -8.0,
                Some(C::Indicator | C::Task | C::Target | C::Unit) => -4.0,
                Some(C::Note | C::Product | C::Detail | C::Budget | C::Rate | C::Base) => -0.5,
                // Who helps is left out more often than who leads.
                Some(C::Coordinate) => -1.0,
                Some(C::Lead) => -2.5,
                _ => -1.8,
            };
        }
        let tokens = &self.tokens[cell.clone()];
        let first = &tokens[0];
        let last = &tokens[tokens.len() - 1];
        let mut score = 0.0;
        if self.depth[cell.start] != self.depth[cell.end] || self.depth[cell.start] > 0 {
            score -= 6.0;
        }
        if last.is_any(&[K::Comma, K::Semicolon]) {
            score -= 4.0;
        }
        if last.is_any(&[
            K::Comma,
            K::And,
            K::Hyphen,
            K::Of,
            K::Belong,
            K::Semicolon,
            K::Plural,
            K::With,
            K::Toward,
            K::At,
            K::Ampersand,
        ]) {
            score -= 5.0;
        }
        // `Trước | 30/11/2024`: a word of time leads to what follows.
        if last.is_any(&[K::Before, K::To, K::InTime, K::Quarter, K::Month, K::Year, K::From, K::Day]) {
            score -= 5.0;
        }
        let unit =
            kind == Some(C::Unit) && self.sheet.lexicon.units.at(tokens, 0).is_some_and(|(length, _)| length == tokens.len());
        let lower = !unit && first.is_word() && first.case == Case::Lower || first.is_mark(b',') || first.is_mark(b';');
        if lower {
            score -= 4.0;
        }
        score -= self.broken_lines(&cell);
        score + self.content(kind, &cell, tokens)
    }

    /// What a column of `kind` holds.
    fn content(&self, kind: Option<ColumnKind>, cell: &Range<usize>, tokens: &[Token]) -> f64 {
        use ColumnKind as C;
        let lexicon = self.sheet.lexicon;
        let agencies = Agencies::new(lexicon, &self.tokens[..cell.end]);
        let numeric = tokens.iter().filter(|token| token.is_number() || token.is_mark(b'%')).count();
        match kind {
            Some(C::Monitor | C::Lead | C::Coordinate) => {
                if !self.begins[cell.start] {
                    return -4.5;
                }
                let mut score = 3.0;
                let parts = agencies.parts(cell.clone());
                let whole = parts.iter().filter(|part| agencies.name(part.start).is_some_and(|end| end == part.end)).count();
                // Part of the names may be unknown words; a cell that is names throughout suits best.
                #[allow(clippy::cast_precision_loss)]
                {
                    score += 2.0 * whole as f64 / parts.len() as f64 - 0.5 * (parts.len() - whole) as f64;
                }
                // `Giám đốc` alone, `Phòng` alone: the name goes on.
                let bare = lexicon.offices.at(tokens, 0).is_some_and(|(length, ())| length == tokens.len())
                    || lexicon.bodies.at(tokens, 0).is_some_and(|(length, body)| length == tokens.len() && !body.alone);
                if bare {
                    score -= 9.0;
                }
                score - if numeric > 0 { 2.0 } else { 0.0 } - self.second_beginnings(cell)
            }
            Some(C::Target | C::Actual | C::Base | C::Rate) => {
                let short = tokens.len() <= 6;
                match (numeric > 0, short) {
                    (true, true) => 3.0,
                    (false, true) => 0.0,
                    _ => -3.0,
                }
            }
            Some(C::Unit) => match lexicon.units.at(tokens, 0) {
                Some(_) if tokens.len() <= 6 => 3.5,
                _ if tokens.len() <= 3 => 0.5,
                _ => -3.0,
            },
            Some(C::Deadline) => {
                const TIMES: &[K] = &[
                    K::Day,
                    K::Month,
                    K::Quarter,
                    K::Year,
                    K::Before,
                    K::InTime,
                    K::Every,
                    K::EveryOld,
                    K::Week,
                    K::From,
                    K::To,
                ];
                let timed = tokens.iter().any(|token| token.is_any(TIMES)) || tokens[0].is_number();
                let begins = tokens[0].is_any(TIMES) || tokens[0].is_number() || lexicon.actions.at(tokens, 0).is_some();
                f64::from(u8::from(timed)) * 2.0 + f64::from(u8::from(begins)) * 1.5
                    - if tokens.len() > 12 { 4.0 } else { 0.0 }
                    - if self.begins[cell.start] { 2.0 } else { 0.0 }
            }
            Some(C::Indicator | C::Task) => {
                let agency = self.begins[cell.start] && !tokens.iter().any(Token::is_number);
                // A value ends what is measured: an agency on the line below it stands in the next column.
                let past_value = self.lines.iter().any(|line| {
                    let inside = line.start > cell.start && line.start < cell.end;
                    inside
                        && (self.tokens[line.start - 1].is_mark(b'%') || self.tokens[line.start - 1].is_mark(b')'))
                        && self.begins[line.start]
                        && self.tokens[line.start].case != Case::Lower
                });
                (if agency { -1.0 } else { 1.0 }) - if past_value { 4.0 } else { 0.0 }
            }
            Some(C::Budget) => {
                if numeric > 0 {
                    1.0
                } else {
                    -0.5
                }
            }
            _ => {
                if self.begins[cell.start] {
                    -1.0
                } else {
                    0.0
                }
            }
        }
    }

    /// A line inside the cell that begins like another cell, where the line before it was complete.
    fn second_beginnings(&self, cell: &Range<usize>) -> f64 {
        let mut cost = 0.0;
        for line in self.lines.iter().filter(|line| line.start > cell.start && line.start < cell.end) {
            let before = &self.tokens[line.start - 1];
            let open =
                before.is_any(&[K::Comma, K::And, K::Hyphen, K::Of, K::Belong, K::Semicolon, K::Plural, K::Ampersand, K::Slash]);
            if !open && self.tokens[line.start].case != Case::Lower && self.begins[line.start] {
                let alone = self.lexicon_head_only(cell.start, line.start);
                cost += if alone { 0.0 } else { 2.0 };
            }
        }
        cost
    }

    fn lexicon_head_only(&self, start: usize, end: usize) -> bool {
        let lexicon = self.sheet.lexicon;
        let tokens = &self.tokens[start..end];
        lexicon.offices.at(tokens, 0).is_some_and(|(length, ())| length == tokens.len())
            || lexicon.bodies.at(tokens, 0).is_some_and(|(length, _)| length == tokens.len())
    }

    /// Line breaks inside the cell where the next word would have fitted.
    fn broken_lines(&self, cell: &Range<usize>) -> f64 {
        let inside = || {
            let first = self.lines.partition_point(|line| line.end <= cell.start);
            self.lines[first..]
                .iter()
                .take_while(|line| line.start < cell.end)
                .map(|line| line.start.max(cell.start)..line.end.min(cell.end))
        };
        let width = |range: &Range<usize>| self.columns[range.end - 1].1 - self.columns[range.start].0;
        let Some(widest) = inside().map(|line| width(&line)).max() else { return 0.0 };
        let mut cost = 0.0;
        for (line, next) in inside().zip(inside().skip(1)) {
            let (from, to) = self.columns[next.start];
            if (width(&line) + 1 + (to - from)) * 100 < widest * 85 {
                cost += 1.2;
            }
        }
        cost
    }
}
