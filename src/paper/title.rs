//! A paper's type line, its title, the issuer's line under it, the note of attachment, and where its body begins.

use std::ops::Range;

use super::signs::{is_furniture, is_table_row};
use super::{Cutter, Paper, TypeLine};
use crate::lexicon::PaperSign;
use crate::marker::{self, Style};
use crate::text::Span;
use crate::words::{Keyword as K, is_shouted};

/// How many lines the head and title may take.
const HEAD_LINES: usize = 60;
/// How many lines a note of attachment may take.
const NOTE_LINES: usize = 6;

impl Cutter<'_> {
    /// Reads head, type, title and note of the paper that begins at `start`; gives where its body begins.
    pub(super) fn opening(&self, paper: &mut Paper, start: usize, limit: usize) -> usize {
        paper.type_line = self.type_line(start, limit);
        let Some(named) = paper.type_line else {
            let body = self.untitled_body(start, limit);
            paper.head = start..body;
            return self.headless_note(paper, body, limit);
        };
        paper.head = start..named.line;
        self.title(paper, named.line + 1, named.rest, limit)
    }

    /// The line that names the document's type.
    fn type_line(&self, start: usize, limit: usize) -> Option<TypeLine> {
        let limit = limit.min(start + HEAD_LINES);
        let mut small = None;
        for index in start..limit {
            let span = self.lines.lines[index].span;
            let text = self.lines.line(index);
            if span.len() > 300 {
                continue;
            }
            // Behind a letter's addressee, a foot or an annex's label nothing names the type of the paper any more.
            let past = matches!(self.signs.sign(text), Some((PaperSign::Addressee | PaperSign::Recipients, _)));
            if past || text.ends_with("./.") || self.signs.is_label_line(text) && index > start + 1 {
                break;
            }
            let known = self.signs.type_name(text).or_else(|| self.signs.type_name_unmarked(text).map(|kind| (kind, text.len())));
            let Some((kind, length)) = known else {
                if marker::parse(text).is_some_and(|marker| matches!(marker.style, Style::Roman | Style::Part)) {
                    break;
                }
                continue;
            };
            let behind = &text[length..];
            let rest = Span::new(span.end - behind.trim_start().len(), span.end);
            let alone = !behind.contains(char::is_alphanumeric);
            let named = TypeLine { line: index, kind, rest };
            if is_shouted(&text[..length]) && (alone || is_shouted(behind) || index + 1 < limit) {
                return Some(named);
            }
            // `Kế hoạch hỗ trợ hộ nghèo …`: a title written small at the very start.
            let quoted = self.signs.cut(behind, |tokens| tokens.first().is_some_and(|token| token.is(K::Number)));
            let first = index == start;
            if small.is_none() && index < start + 8 && !quoted && (alone || first) && text.starts_with(char::is_uppercase) {
                small = Some(named);
            }
        }
        small
    }

    /// Where the body of a paper without a type line begins: a letter's at `Kính gửi`, a pasted one's at once.
    fn untitled_body(&self, start: usize, limit: usize) -> usize {
        let limit = limit.min(start + HEAD_LINES);
        let body = (start..limit).find(|line| self.signs.opens_body(self.lines.line(*line))).unwrap_or(start);
        let is_head = |index: usize| {
            let text = self.lines.line(index);
            is_shouted(text) || self.signs.motto(text).is_some() || self.signs.is_subject(text) || text.len() < 90
        };
        if (start..body).all(is_head) { body } else { start }
    }

    /// `G. KẾ HOẠCH … (Kèm theo Quyết định số …)`: the note at the top of a part says what it belongs to.
    fn headless_note(&self, paper: &mut Paper, body: usize, limit: usize) -> usize {
        let note = (paper.lines.start..limit.min(body + 8)).find(|line| self.signs.is_attached_note(self.lines.line(*line)));
        if let Some(note) = note {
            paper.note = note..self.note_end(note, limit);
        }
        body
    }

    /// Reads the title from `from` on, the issuer's line and the note; gives where the body begins.
    pub(super) fn title(&self, paper: &mut Paper, from: usize, rest: Span, limit: usize) -> usize {
        let lines = self.lines;
        let mut title: Vec<Span> = Vec::new();
        if lines.text.slice(rest).contains(char::is_alphanumeric) {
            title.push(rest);
        }
        let mut index = from;
        let shouted_start = title.first().is_none_or(|span| is_shouted(lines.text.slice(*span)));
        let mut shouted = None;
        // The level of the title itself, where the format names one.
        let mut level = from.checked_sub(1).map_or(0, |line| lines.lines[line].hashes);
        while index < limit && title.len() < 10 {
            let text = lines.line(index);
            if is_furniture(text) {
                index += 1;
                // A rule under the title ends it.
                if !title.is_empty() && text.len() >= 3 {
                    break;
                }
                continue;
            }
            let first = title.is_empty();
            if self.signs.is_attached_note(text) {
                break;
            }
            if text.ends_with("./.") || self.signs.is_recipients(text) || self.signs.is_label_line(text) && !first {
                break;
            }
            let next = lines.lines.get(index + 1).map_or("", |_| lines.line(index + 1));
            if is_table_row(text) && (!first || is_table_row(next)) {
                break;
            }
            if !first && let Some(end) = self.issuer_line(paper, index, limit) {
                paper.issuer = (index..end).map(|line| lines.lines[line].span).collect();
                index = end;
                break;
            }
            // `… 9 tháng đầu năm 2024;` + `nhiệm vụ trọng tâm quý IV …` is one title.
            let stops = text.ends_with('.') && text.len() > 80 && !is_shouted(text);
            let sentence = text.ends_with([';', ':']) || stops || text.len() > 420;
            let heading = self.signs.is_heading(text);
            let basis = self.signs.is(text, PaperSign::Opening) && !is_shouted(text) && self.signs.opens_body(text);
            if first && !heading && !(basis && sentence) && (!sentence || text.ends_with(';')) {
                shouted = Some(is_shouted(text));
                level = lines.lines[index].hashes;
                title.push(lines.lines[index].span);
                index += 1;
                continue;
            }
            // `## Mục tiêu` under a title that is set higher, or in plain type.
            // `## Phát triển du lịch` and `## Mục tiêu` may be set alike: what stands apart and goes on with nothing is no title.
            let line = &lines.lines[index];
            let apart = level > 0 && line.hashes == level && line.blank_before > 0;
            let heading = line.hashes > level || apart && !is_shouted(text) && !self.continues_title(text);
            if heading || self.signs.opens_body(text) || sentence || text.starts_with("- ") {
                break;
            }
            let goes_on = || self.continues_title(text) && !self.is_prose(index, limit);
            if shouted == Some(true) && shouted_start && !is_shouted(text) && !goes_on() {
                break;
            }
            // A second capitalised line under a complete small one begins the preamble.
            // Behind a year the title is whole, and any line apart from it is the body's: `Mục tiêu` without a marker.
            let wide = text.chars().count() > 75;
            if shouted == Some(false) && text.starts_with(char::is_uppercase) && lines.lines[index].blank_before > 0 {
                let before = lines.line(index - 1);
                let dated = before.ends_with(char::is_numeric);
                if dated && !self.continues_title(text) || wide && (before.chars().count() < 60 || dated) {
                    break;
                }
            }
            title.push(lines.lines[index].span);
            index += 1;
        }
        paper.title = title;
        // A rule may stand between title and note.
        let note = self.signs.next(index..limit.min(index + 3)).filter(|line| self.signs.is_attached_note(lines.line(*line)));
        if let Some(note) = note {
            paper.note = note..self.note_end(note, limit);
            return paper.note.end;
        }
        index
    }

    /// `ỦY BAN NHÂN DÂN TỈNH …`, `QUỐC HỘI` between title and `Căn cứ`: the lines' end.
    fn issuer_line(&self, paper: &Paper, index: usize, limit: usize) -> Option<usize> {
        let lines = self.lines;
        let text = lines.line(index);
        // No body has a number in its name: `TRƯỜNG NƯỚC GIAI ĐOẠN 2026 - 2030` is the second line of a title about the `MÔI` + `TRƯỜNG`.
        if !is_shouted(text) || text.len() > 160 || text.contains(|c: char| c.is_ascii_digit()) || !self.signs.names_issuer(text)
        {
            return None;
        }
        let next = self.signs.next(index + 1..limit.min(index + 3)).map_or("", |line| lines.line(line));
        if is_shouted(next) && self.signs.names_office(next) {
            return None;
        }
        let mut end = index + 1;
        // `QUYẾT ĐỊNH:`, `QUYẾT NGHỊ:`: what follows is decided, with a preamble above it or without.
        let decides = |text: &str| is_shouted(text) && text.ends_with(':') && text.len() < 40;
        while end < limit.min(index + 3)
            && is_shouted(lines.line(end))
            && !is_furniture(lines.line(end))
            && !decides(lines.line(end))
        {
            end += 1;
        }
        let first = self.signs.next(end..limit.min(end + 3))?;
        let basis = lines.line(first);
        // `Căn` + `cứ Luật …`.
        let wrapped = || first + 1 < limit && self.signs.is(&format!("{basis} {}", lines.line(first + 1)), PaperSign::Opening);
        let opened = !is_shouted(basis) && (self.signs.is(basis, PaperSign::Opening) || basis.len() < 8 && wrapped());
        if !opened && !decides(basis) {
            return None;
        }
        // `QUY CHẾ LÀM VIỆC CỦA` + `ỦY BAN NHÂN DÂN XÃ …` is one title.
        let before = (0..index).rev().find(|line| !is_furniture(lines.line(*line)))?;
        let before = lines.line(before);
        let open = self.signs.cut(before.rsplit(' ').next().unwrap_or_default(), |tokens| {
            tokens.first().is_some_and(|token| token.is_any(&[K::Of, K::And, K::InTime, K::From, K::To, K::About]))
        });
        let parted = lines.lines[index].blank_before > 0 || is_furniture(lines.line(index - 1));
        let decides = paper.type_line.is_some_and(|named| self.signs.lexicon.types[named.kind].promulgates);
        (!open && !before.ends_with([',', '-']) && (parted || decides)).then_some(end)
    }

    /// Whether a paragraph of sentences begins at a line: `Trong những năm qua, các xã đã …` under a title, where `Trong năm 2026` goes on
    /// with it.
    fn is_prose(&self, index: usize, limit: usize) -> bool {
        let lines = self.lines;
        if !lines.line(index).starts_with(char::is_uppercase) {
            return false;
        }
        let end = (index + 1..limit).find(|line| lines.lines[*line].blank_before > 0).unwrap_or(limit);
        lines.line(end - 1).ends_with(['.', ';', ':'])
    }

    /// `năm 2025`, `giai đoạn …`, `(lần 2)` under a shouted title.
    pub(super) fn continues_title(&self, text: &str) -> bool {
        text.starts_with('(')
            || text.starts_with(char::is_lowercase)
            || self.signs.cut(text, |tokens| {
                self.signs.lexicon.papers.at(tokens, 0).is_some_and(|(_, sign)| *sign == PaperSign::TitleGoesOn)
            })
    }

    /// Where the note `(Kèm theo …)` that begins at `from` ends: at its closing bracket.
    pub(super) fn note_end(&self, from: usize, limit: usize) -> usize {
        if from >= limit || !self.signs.is_attached_note(self.lines.line(from)) {
            return from;
        }
        let mut lines: Range<usize> = from..limit.min(from + NOTE_LINES);
        lines.find(|line| self.lines.line(*line).contains(')')).map_or(from + 1, |line| line + 1)
    }
}
