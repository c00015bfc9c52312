//! What stands behind a foot: the plan that is attached, annexes with and without a label, a portal's tail.

use super::foot::is_name;
use super::signs::{is_furniture, is_table_row};
use super::{Cutter, Paper, Role, TypeLine};
use crate::lexicon::{ColumnKind, PaperSign};
use crate::marker;
use crate::text::Span;
use crate::words::is_shouted;

/// Most lines of the title of what is attached.
const TITLE_LINES: usize = 8;

/// Fewest words of a title in capitals that tells by itself what is attached.
const SHOUTED_TITLE: usize = 6;

/// What opens at a line behind a foot.
enum Opening {
    /// A plan, a programme, rules; where its type line stands.
    Enclosed(TypeLine),
    /// An annex: its label, what stands of its title on the line, and whether the title is sought below.
    Annex { label: Option<String>, title: Vec<Span>, content: usize },
    /// A body whose head tells nothing that is known.
    Unnamed,
    /// A portal's tail.
    Tail,
}

/// Fewest headings of parts that tell a body behind a foot.
const PARTS: usize = 2;
/// How many lines above its first part the type of such a body is named.
const HEAD_ABOVE: usize = 24;

impl Cutter<'_> {
    /// Reads what follows the body of the paper `main`, which ends at `from`.
    pub(super) fn behind(&mut self, main: usize, from: usize, limit: usize) {
        let mut current = main;
        let mut floor = from;
        let mut index = from;
        while index < limit {
            let unknown = || (current == main).then(|| self.body_behind(index, floor, limit)).flatten();
            let Some((start, opening)) = self.opening_at(main, current, index, floor, limit).or_else(unknown) else {
                index += 1;
                continue;
            };
            self.close(current, start);
            match opening {
                Opening::Tail => {
                    self.beside(start..limit);
                    return;
                }
                Opening::Unnamed => {
                    let mut paper = Paper::new(Role::Enclosed { by: main }, start);
                    let end = self.body_end(start, limit, false).max(start + 1);
                    paper.body = start..end;
                    current = self.papers.len();
                    self.papers.push(paper);
                    (index, floor) = (end, end);
                }
                Opening::Enclosed(named) => {
                    let mut paper = Paper::new(Role::Enclosed { by: main }, start);
                    paper.type_line = Some(named);
                    let body = self.title(&mut paper, named.line + 1, named.rest, limit);
                    let end = self.body_end(body, limit, false).max(body);
                    paper.body = body..end;
                    current = self.papers.len();
                    self.papers.push(paper);
                    (index, floor) = (end, end);
                }
                Opening::Annex { label, title, content } => {
                    let mut paper = Paper::new(Role::Annex { by: main, label }, start);
                    paper.title = title;
                    paper.note = content..self.note_end(content, limit);
                    paper.body = paper.note.end..limit;
                    current = self.papers.len();
                    index = paper.note.end.max(start + 1);
                    floor = index;
                    self.papers.push(paper);
                }
            }
        }
        self.close(current, limit);
    }

    /// Ends the paper that is open at the line `end`.
    fn close(&mut self, paper: usize, end: usize) {
        let paper = &mut self.papers[paper];
        paper.lines.end = end.max(paper.lines.start);
        if let Role::Annex { .. } = paper.role {
            paper.body.end = end.max(paper.body.start);
        } else {
            paper.foot = paper.body.end..end.max(paper.body.end);
        }
    }

    /// What opens at `index`, and the line that it begins at.
    fn opening_at(&self, main: usize, current: usize, index: usize, floor: usize, limit: usize) -> Option<(usize, Opening)> {
        let (lines, signs) = (self.lines, &self.signs);
        let span = lines.lines[index].span;
        if span.len() > 400 || lines.lines[index].note.is_some() {
            return None;
        }
        let text = lines.line(index);
        let in_annex = matches!(self.papers[current].role, Role::Annex { .. });
        if let Some((label, rest)) = signs.label(text)
            && (rest.is_empty()
                || is_shouted(rest)
                || !rest.starts_with(char::is_lowercase) && label.is_some() && lines.lines[index].bold)
        {
            let mut title = Vec::new();
            if !rest.is_empty() {
                title.push(Span::new(span.end - rest.len(), span.end));
            }
            let (title, content) = self.annex_title(index + 1, limit, title);
            return Some((index, Opening::Annex { label, title, content }));
        }
        if let Some(label) = self.wrapped_label(index, limit) {
            let (title, content) = self.annex_title(index + 2, limit, Vec::new());
            return Some((index, Opening::Annex { label: Some(label), title, content }));
        }
        if signs.is_attached_note(text) {
            return self.opened_by_note(main, index, floor);
        }
        if signs.is_related(text) {
            return Some((index, Opening::Tail));
        }
        if in_annex {
            return None;
        }
        if let Some(named) = self.attached_type(main, index, limit) {
            return Some((index, Opening::Enclosed(named)));
        }
        if signs.is_list(text) {
            let (title, content) = self.annex_title(index, limit, Vec::new());
            return Some((index, Opening::Annex { label: None, title, content }));
        }
        if signs.is_label_row(index) && self.holds_rows(index, limit) {
            let title = self.title_above(index, floor);
            let spans = (title..index).filter(|line| !is_furniture(lines.line(*line))).map(|line| lines.lines[line].span);
            return Some((title, Opening::Annex { label: None, title: spans.collect(), content: index }));
        }
        None
    }

    /// A body that begins with its first part (`A.`, `I.`, `Chương I`) though nothing above opened a paper: a draft behind the letter that
    /// sends it. Its type may be named above it in words that open nothing by themselves.
    fn body_behind(&self, index: usize, floor: usize, limit: usize) -> Option<(usize, Opening)> {
        let (lines, signs) = (self.lines, &self.signs);
        let part = |line: usize| {
            let text = lines.line(line);
            !is_table_row(text)
                && text.len() < 300
                && marker::parse(text).is_some_and(|marker| {
                    matches!(
                        marker.style,
                        marker::Style::Part | marker::Style::Roman | marker::Style::Chapter | marker::Style::Capital
                    )
                })
        };
        let first = |line: usize| marker::parse(lines.line(line)).is_some_and(|marker| marker.ordinal == 1);
        if !part(index) || !first(index) || (index..limit).filter(|line| part(*line)).take(PARTS).count() < PARTS {
            return None;
        }
        let named = (floor.max(index.saturating_sub(HEAD_ABOVE))..index).find_map(|line| {
            let text = lines.line(line);
            let (kind, length) = signs.type_name(text).filter(|_| text.starts_with(char::is_uppercase) && text.len() < 300)?;
            let span = lines.lines[line].span;
            let rest = Span::new(span.end - text[length..].trim_start().len(), span.end);
            Some((line, Opening::Enclosed(TypeLine { line, kind, rest })))
        });
        Some(named.unwrap_or((index, Opening::Unnamed)))
    }

    /// `Phụ` over `lục 02`: the label of an annex whose line was broken between its words.
    fn wrapped_label(&self, index: usize, limit: usize) -> Option<String> {
        let text = self.lines.line(index);
        if index + 1 >= limit || !text.starts_with(char::is_uppercase) || !text.chars().all(char::is_alphabetic) {
            return None;
        }
        let joined = format!("{text} {}", self.lines.line(index + 1));
        let (label, rest) = self.signs.label(&joined).filter(|_| self.signs.label(text).is_none())?;
        label.filter(|_| rest.is_empty())
    }

    /// The type line of what a decision promulgates: `KẾ HOẠCH` alone over its title, or with it on one line.
    fn attached_type(&self, main: usize, index: usize, limit: usize) -> Option<TypeLine> {
        let (lines, signs) = (self.lines, &self.signs);
        let text = lines.line(index);
        let span = lines.lines[index].span;
        let (kind, length) = signs.type_name(text)?;
        let known = &signs.lexicon.types[kind];
        if text.len() > 300 || !self.promulgates(&self.papers[main]) || known.promulgates {
            return None;
        }
        let behind = &text[length..];
        let alone = !behind.contains(char::is_alphanumeric);
        let rest = Span::new(span.end - behind.trim_start().len(), span.end);
        let noted = || (index + 1..limit.min(index + 8)).any(|below| signs.is_attached_note(lines.line(below)));
        if alone && behind.trim() == ":" {
            return None;
        }
        let below = signs.next(index + 1..limit).map_or("", |line| lines.line(line));
        let titled = below.starts_with(char::is_uppercase) && !below.ends_with([';', ':']) && !signs.is_heading(below);
        let shouted = is_shouted(&text[..length]);
        let opens = shouted && alone && titled
            || shouted && !alone && is_shouted(behind)
            || noted() && (alone || titled)
            || self.leads_to_body(index, alone, limit);
        opens.then_some(TypeLine { line: index, kind, rest })
    }

    /// Whether a type's name, not shouted or with a title that is not, opens a paper: a title and then `Căn cứ …` or the first
    /// heading follow. `Kế hoạch` in a cell or in a list of the recipients has neither.
    fn leads_to_body(&self, index: usize, alone: bool, limit: usize) -> bool {
        let (lines, signs) = (self.lines, &self.signs);
        let mut titled = usize::from(!alone);
        let text = lines.line(index);
        if !text.starts_with(char::is_uppercase) || text.ends_with(['.', ';', ':', ',']) || is_table_row(text) {
            return false;
        }
        // `Kế hoạch` + `PHÁT` + `TRIỂN DU LỊCH …`: a title in capitals needs no word of the preamble below it.
        let shouted = (index + 1..limit)
            .map(|below| lines.line(below))
            .filter(|text| !is_furniture(text))
            .take_while(|text| is_shouted(text) && !signs.is_office(text) && signs.label(text).is_none() && !is_table_row(text));
        if alone && shouted.flat_map(|text| text.split(' ')).take(SHOUTED_TITLE).count() == SHOUTED_TITLE {
            return true;
        }
        for below in index + 1..limit {
            let text = lines.line(below);
            if is_furniture(text) {
                continue;
            }
            if titled > 0 && signs.opens_body(text) && !signs.is(text, PaperSign::Addressee) {
                return true;
            }
            titled += 1;
            let other = signs.is_recipients(text)
                || signs.is_office(text)
                || signs.is_related(text)
                || signs.is_label_row(below)
                || signs.label(text).is_some()
                || is_table_row(text)
                || signs.is_heading(text);
            if other || titled > TITLE_LINES || text.len() > 300 || text.starts_with(['-', '+']) || text.ends_with(['.', ':']) {
                return false;
            }
        }
        false
    }

    /// What the note `(Kèm theo …)` at `index` stands under: a plan, or an annex without label.
    fn opened_by_note(&self, main: usize, index: usize, floor: usize) -> Option<(usize, Opening)> {
        let (lines, signs) = (self.lines, &self.signs);
        let mut first = index;
        while first > floor && self.is_title_line(lines.line(first - 1)) {
            first -= 1;
        }
        // A signer's name in capitals above the title is no part of it: the title opens with what it names.
        let opening =
            (first..index).find(|line| signs.type_name(lines.line(*line)).is_some() || signs.is_list(lines.line(*line)));
        first = opening.unwrap_or(first);
        if first == index {
            return None;
        }
        let text = lines.line(first);
        let span = lines.lines[first].span;
        if let Some((kind, length)) = signs.type_name(text)
            && self.promulgates(&self.papers[main])
            && !signs.lexicon.types[kind].promulgates
        {
            let rest = Span::new(span.end - text[length..].trim_start().len(), span.end);
            return Some((first, Opening::Enclosed(TypeLine { line: first, kind, rest })));
        }
        let title = (first..index).map(|line| lines.lines[line].span).collect();
        Some((first, Opening::Annex { label: None, title, content: index }))
    }

    /// A line of an annex's title that has no label: shouted, no office, no name.
    fn is_title_line(&self, text: &str) -> bool {
        is_shouted(text)
            && !self.signs.is_office(text)
            && !self.signs.is_recipients(text)
            && text.split(' ').count() >= 2
            && marker::parse(text).is_none()
    }

    /// The first of the shouted lines right above a table behind a foot, as far as they are no signer's name.
    fn title_above(&self, table: usize, floor: usize) -> usize {
        let mut first = table;
        while first > floor {
            let text = self.lines.line(first - 1);
            let title = is_furniture(text) || self.is_title_line(text) && !(is_name(text) && text.split(' ').count() <= 4);
            if !title {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Whether rows follow the label row of a table: three lines with cells or with row numbers among the next.
    fn holds_rows(&self, label: usize, limit: usize) -> bool {
        let rows = (label + 1..limit.min(label + 24)).filter(|index| {
            let text = self.lines.line(*index);
            is_table_row(text)
                || self.lines.pieces(*index).len() > 1
                || self.signs.is_label_row(*index)
                || is_furniture(text) && text != "|"
        });
        rows.count() >= 2
    }

    /// The lines of an annex's title behind its label, and where its content begins.
    fn annex_title(&self, from: usize, limit: usize, mut title: Vec<Span>) -> (Vec<Span>, usize) {
        let (lines, signs) = (self.lines, &self.signs);
        let mut index = from;
        while index < limit && title.len() < 8 {
            let text = lines.line(index);
            let ordinal = signs
                .cut(text, |tokens| signs.lexicon.columns.at(tokens, 0).is_some_and(|(_, kind)| *kind == ColumnKind::Ordinal));
            let table = is_table_row(text) || text.starts_with('|') || ordinal || text == "S";
            if table || signs.is_attached_note(text) || marker::parse(text).is_some() || signs.label(text).is_some() {
                break;
            }
            if is_shouted(text)
                || title.is_empty() && text.len() < 300 && !text.ends_with(['.', ';', ':'])
                || self.continues_title(text) && !title.is_empty() && text.len() < 150
            {
                title.push(lines.lines[index].span);
                index += 1;
            } else {
                break;
            }
        }
        (title, index)
    }
}
