//! The section tree by the sequence of markers, run-in headings, and what stands under them.
//!
//! Depth is told by sequence, not by the marker alone: `2.` goes on with the nearest open
//! `1.`; a marker that begins a sequence opens a level below; one that fits no sequence is
//! no marker. `b) Thủ trưởng cơ quan … tiếp tục …` is a heading up to the agency's end,
//! `2. Phát triển hạ tầng: Rà soát …` up to the colon.

use std::collections::HashMap;
use std::ops::Range;

use super::groups::Groups;
use super::marker::{Marker, Style};
use super::numbering::{Open, Step, follows};
use super::opening::{Opening, Title, rank};
use super::reflow::{Flow, Layout, Paragraph, paragraphs};
use super::table::{self, RawColumn, RawTable, is_ordinal};
use super::{Block, BlockKind, Column, Document, Footnote, Place, Row, Section, Table};
use crate::lexicon::{ColumnKind, Lexicon, PaperSign};
use crate::normalize::Lines;
use crate::paper::{Paper, Role, Signs};
use crate::text::Span;
use crate::words::{Keyword as K, Token, is_shouted};

/// Deepest level that is followed: deeper ones stand beside each other.
const DEEPEST: usize = 12;

/// Builds the tree.
pub(super) struct Outline<'a> {
    pub(super) lines: &'a Lines,
    lexicon: &'a Lexicon,
    pub(super) flow: Flow<'a>,
    sections: Vec<Section>,
    blocks: Vec<Block>,
    tables: Vec<Table>,
    pub(super) stack: Vec<Open>,
    pub(super) place: Place,
    /// Whether headings have no numbers.
    pub(super) unnumbered: bool,
    /// Footnote blocks and their labels.
    notes: Vec<(usize, u16)>,
    annex_notes: Vec<Span>,
    tokens: Vec<Token>,
    /// Where a numbering does not go on; and one whose second marker is about to be written.
    pub(super) steps: Vec<Step>,
    /// The form and the last number of the items right under a section, by section; none where they do not count up.
    pub(super) children: HashMap<usize, Option<(Style, u32)>>,
    pub(super) step: Option<Step>,
    /// The run and the alphabet of the sequence that the marker about to be written goes on with.
    run: (u32, bool),
}

impl<'a> Outline<'a> {
    pub(super) fn new(lines: &'a Lines, lexicon: &'a Lexicon, flow: Flow<'a>) -> Self {
        Self {
            lines,
            lexicon,
            flow,
            sections: Vec::new(),
            blocks: Vec::new(),
            tables: Vec::new(),
            stack: Vec::new(),
            place: Place::Preamble,
            unnumbered: false,
            notes: Vec::new(),
            annex_notes: Vec::new(),
            tokens: Vec::new(),
            steps: Vec::new(),
            children: HashMap::new(),
            step: None,
            run: (0, false),
        }
    }

    /// Reads the body.
    pub(super) fn body(&mut self, range: Range<usize>) {
        self.content(range);
    }

    /// Reads the footnotes behind the signature: web pages and Markdown gather them there, and so does the last page.
    pub(super) fn foot(&mut self, range: Range<usize>) {
        let Some(first) = range.clone().find(|line| self.lines.lines[*line].note.is_some()) else { return };
        let layout = Layout::measure(self.lines, range.clone());
        let notes = paragraphs(self.lines, first..range.end, layout, &|_| false).into_iter().filter(|one| one.note.is_some());
        for paragraph in notes {
            self.paragraph(paragraph, false);
        }
    }

    /// A paper begins: its parts are roots.
    pub(super) fn begin(&mut self) {
        self.place = Place::Preamble;
        self.stack.clear();
    }

    /// A paper ends. Where no heading parts its preamble from its body, the preamble ends with the last of what the paper is based on:
    /// a letter or a short report of a few paragraphs has a body, too.
    pub(super) fn end(&mut self) {
        if self.place != Place::Preamble {
            return;
        }
        let first = self.blocks.iter().rposition(|block| block.place != Place::Preamble).map_or(0, |last| last + 1);
        let is_basis = |block: &Block| {
            let mut tokens = Vec::new();
            self.lexicon.vocabulary.cut(self.flow.text.slice(block.span), block.span.start, &mut tokens);
            let opens = self.lexicon.papers.at(&tokens, 0).is_some_and(|(_, sign)| *sign == PaperSign::Opening);
            opens && tokens.last().is_some_and(|last| last.is_mark(b';') || last.is(K::Colon))
        };
        let begins = self.blocks[first..].iter().rposition(is_basis).map_or(first, |last| first + last + 1);
        for block in &mut self.blocks[begins..] {
            block.place = Place::Body;
        }
    }

    /// The title of the section that was opened last.
    pub(super) fn title_of_last(&self) -> Option<Span> {
        self.sections.last().map(|section| section.title)
    }

    /// Reads an annex, which is number `place`, from 0, of `count`.
    pub(super) fn annex(&mut self, annex: &Paper, place: usize, count: usize) {
        self.place = Place::Annex;
        let Role::Annex { label, .. } = &annex.role else { return };
        let path = match label {
            Some(label) => format!("PL.{label}"),
            None if count == 1 => "PL".to_owned(),
            None => format!("PL.{}", place + 1),
        };
        let part = |span: &Span| super::reflow::Part { span: *span, glued: false };
        let title = self.flow.push(&annex.title.iter().map(part).collect::<Vec<_>>(), 0);
        let note: Vec<_> = annex.note.clone().map(|line| part(&self.lines.lines[line].span)).collect();
        if !note.is_empty() {
            let note = self.flow.push(&note, 0);
            self.annex_notes.push(note);
        }
        let section = self.sections.len();
        self.sections.push(Section { path, title, level: 1, parent: None, place: Place::Annex, items: None });
        self.stack.clear();
        self.stack.push(Open::root(section, 0, String::new(), 0));
        self.content(annex.body.clone());
    }

    fn content(&mut self, range: Range<usize>) {
        self.measure_headings(range.clone());
        let tables = table::find(self.lines, range.clone(), self.lexicon);
        let layout = Layout::measure(self.lines, range.clone());
        let mut start = range.start;
        for raw in tables {
            self.prose(start..raw.lines.start, layout);
            start = raw.lines.end;
            self.table(&raw);
        }
        self.prose(start..range.end, layout);
    }

    fn prose(&mut self, range: Range<usize>, layout: Layout) {
        let signs = Signs::new(self.lines, self.lexicon);
        let closes = |text: &str| signs.is_closing(text);
        let mut paragraphs = paragraphs(self.lines, range, layout, &closes).into_iter().peekable();
        while let Some(paragraph) = paragraphs.next() {
            let below = paragraphs.peek().is_some_and(|next| hangs_under(&paragraph, next));
            self.paragraph(paragraph, below);
        }
    }

    fn current(&self) -> Option<usize> {
        self.stack.last().and_then(|open| open.section)
    }

    pub(super) fn block(&mut self, kind: BlockKind, span: Span) {
        if !span.is_empty() {
            let section = self.current();
            let place = if section.is_none() { self.place } else { self.sections[section.unwrap_or(0)].place };
            self.blocks.push(Block { kind, span, section, place });
        }
    }

    /// Reads a paragraph; `below` says whether lines hang under it.
    fn paragraph(&mut self, paragraph: Paragraph, below: bool) {
        if let Some(label) = paragraph.note {
            let span = self.flow.push(&paragraph.parts, 0);
            self.notes.push((self.blocks.len(), label));
            self.block(BlockKind::Note, span);
            if self.notes.last().is_some_and(|(block, _)| *block >= self.blocks.len()) {
                self.notes.pop();
            }
            return;
        }
        match paragraph.marker {
            None if paragraph.hashes > 0 && self.unnumbered => self.named(&paragraph),
            None => {
                let span = self.flow.push(&paragraph.parts, 0);
                if self.waits_for_title() && (paragraph.bold || is_shouted(self.flow.text.slice(span))) {
                    let section = self.sections.len() - 1;
                    self.sections[section].title = span;
                    return;
                }
                self.block(BlockKind::Paragraph, span);
            }
            Some(Marker { style: Style::Bullet(bullet), length, .. }) => {
                let span = self.flow.push(&paragraph.parts, length);
                self.block(BlockKind::Bullet(bullet), span);
            }
            Some(ref marker) if self.open(marker, &paragraph) => self.marked(&paragraph, marker, below),
            Some(_) => {
                let span = self.flow.push(&paragraph.parts, 0);
                self.keep_step(span);
                self.block(BlockKind::Paragraph, span);
            }
        }
    }

    /// `Phần thứ nhất`, `Chương I`: the title stands on the next line.
    fn waits_for_title(&self) -> bool {
        let named = self.stack.last().is_some_and(|open| {
            open.style.is_some_and(|style| rank(style) <= 2) && open.section.is_some_and(|at| at + 1 == self.sections.len())
        });
        named
            && self.sections.last().is_some_and(|section| section.title.is_empty())
            && self.blocks.last().is_none_or(|block| block.section != self.current())
    }

    /// Makes room on the stack for a marker; whether it fits a sequence.
    fn open(&mut self, marker: &Marker, paragraph: &Paragraph) -> bool {
        let same = |open: &Open| open.style == Some(marker.style);
        let before = self.stack.iter().rposition(|open| same(open) && follows(open, marker));
        self.run = (1, false);
        if let Some(at) = before {
            let open = &self.stack[at];
            self.run = (open.run + 1, open.foreign);
            self.stack.truncate(at);
            return true;
        }
        // `A1.` under `A.`.
        let under = |open: &Open| !open.label.is_empty() && marker.label.starts_with(open.label.as_str());
        if marker.style == Style::Coded
            && let Some(at) = self.stack.iter().rposition(|open| open.style == Some(Style::Capital) && under(open))
        {
            self.stack.truncate(at + 1);
            return true;
        }
        if marker.ordinal == 1 {
            // A sequence begins below what is open; a named or Roman one never below a smaller form.
            let at = self
                .stack
                .iter()
                .position(|open| open.style.is_some_and(|style| rank(style) > rank(marker.style)) && rank(marker.style) <= 4);
            if let Some(at) = at {
                self.stack.truncate(at);
            }
            self.stack.truncate(DEEPEST);
            return true;
        }
        // A gap or a repeat in the numbering: the document's slip, kept as it is.
        let near = self
            .stack
            .iter()
            .rposition(|open| same(open) && open.ordinal <= marker.ordinal + 1 && marker.ordinal <= open.ordinal + 3);
        if let Some(at) = near {
            self.note_step(at, marker, paragraph);
            self.run = (1, self.stack[at].label == "d" && marker.label == "e" || self.stack[at].foreign);
            self.stack.truncate(at);
            return true;
        }
        if matches!(marker.style, Style::Decimal(_)) {
            let parent = self.stack.iter().rposition(|open| {
                marker.label.strip_prefix(open.label.as_str()).is_some_and(|rest| rest.starts_with('.')) && !open.label.is_empty()
            });
            if let Some(at) = parent {
                self.stack.truncate(at + 1);
                return true;
            }
        }
        // `c) Sở Xây dựng …` behind two headings whose numbers the format counted and did not write: the next beside them.
        let beside = self
            .stack
            .iter()
            .rposition(|open| open.style.is_none() && open.hashes > 0 && open.ordinal + 1 == marker.ordinal)
            .filter(|_| !self.stack.iter().any(same));
        if let Some(at) = beside {
            self.stack.truncate(at);
            return true;
        }
        // The first of its form, but not 1: what came before is lost, as in an excerpt. A capital letter is believed where a shouted
        // title follows (`N-` may be anything), smaller forms where no line could have broken off before them.
        if self.stack.iter().any(same) {
            self.note_stray(marker, paragraph);
            return false;
        }
        let first = paragraph.parts.first().map_or("", |part| self.lines.text.slice(part.span));
        let believed = match rank(marker.style) {
            3 => is_shouted(first.get(marker.length..).unwrap_or_default()),
            0..=4 => true,
            5 => marker.ordinal <= 30,
            _ => false,
        };
        if believed {
            let at = self.stack.iter().position(|open| open.style.is_some_and(|style| rank(style) >= rank(marker.style)));
            self.stack.truncate(at.unwrap_or(self.stack.len()));
        }
        believed
    }

    /// A marked paragraph: it opens a section, or is an item of the one above.
    fn marked(&mut self, paragraph: &Paragraph, marker: &Marker, below: bool) {
        let span = self.flow.push(&paragraph.parts, marker.length);
        self.keep_step(span);
        if self.place == Place::Preamble {
            self.place = Place::Body;
        }
        let opening = if paragraph.strong { Opening::Heading(span) } else { self.opening(span, below) };
        // An article is one, whatever its first words are.
        let opening = if opening == Opening::Item && rank(marker.style) <= 4 {
            Opening::RunIn(self.first_sentence(span), span)
        } else {
            opening
        };
        let open = Open {
            style: Some(marker.style),
            ordinal: marker.ordinal,
            label: marker.label.clone(),
            section: None,
            bare: None,
            hashes: paragraph.hashes,
            run: self.run.0,
            foreign: self.run.1,
            line: Some(paragraph.line),
            words: span,
        };
        self.count_item(marker);
        let (title, rest) = match opening {
            Opening::Heading(title) => (title, None),
            Opening::RunIn(title, rest) => (title, Some(rest)),
            Opening::Item => {
                let bare = self.blocks.len();
                self.block(BlockKind::RunIn, span);
                self.stack.push(Open { section: self.current(), bare: Some(bare), ..open });
                return;
            }
        };
        self.promote();
        let section = self.section(&marker.label, title);
        self.stack.push(Open { section: Some(section), ..open });
        match rest {
            Some(rest) => self.block(BlockKind::RunIn, rest),
            None => self.block(BlockKind::Heading, title),
        }
    }

    /// Adds a section below what is open; gives its index.
    pub(super) fn section(&mut self, label: &str, title: Span) -> usize {
        let parent = self.stack.last().and_then(|open| Some((open, open.section?)));
        let path = match parent {
            None => label.to_owned(),
            Some((open, section)) => {
                let above = &self.sections[section].path;
                let rest = stem(&open.label).and_then(|stem| label.strip_prefix(stem)).filter(|rest| rest.starts_with('.'));
                rest.map_or_else(|| format!("{above}.{label}"), |rest| format!("{above}{rest}"))
            }
        };
        let level = u32::try_from(self.stack.len() + 1).unwrap_or(u32::MAX);
        let place = if self.place == Place::Annex { Place::Annex } else { Place::Body };
        self.sections.push(Section { path, title, level, parent: parent.map(|(_, section)| section), place, items: None });
        self.sections.len() - 1
    }

    /// Makes sections of the open items that a section comes to stand under: its path goes through them.
    fn promote(&mut self) {
        let Some(first) = self.stack.iter().position(|open| open.bare.is_some()) else { return };
        let below = self.stack.split_off(first);
        for mut open in below {
            if let Some(block) = open.bare.take() {
                let span = self.blocks[block].span;
                let title = self.first_sentence(span);
                let section = self.section(&open.label, title);
                for block in &mut self.blocks[block..] {
                    block.section = Some(section);
                }
                open.section = Some(section);
            }
            self.stack.push(open);
        }
    }

    fn first_sentence(&self, span: Span) -> Span {
        let text = self.flow.text.slice(span);
        let end = text.find(". ").or_else(|| text.find("; ")).unwrap_or(text.len());
        Span::new(span.start, span.start + end)
    }

    /// What a marked paragraph is.
    fn opening(&mut self, span: Span, below: bool) -> Opening {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        let text = self.flow.text.slice(span);
        self.lexicon.vocabulary.cut(text, span.start, &mut tokens);
        let opening = Title { lexicon: self.lexicon, text: &self.flow.text }.opening(&tokens, span, below);
        self.tokens = tokens;
        opening
    }

    fn table(&mut self, raw: &RawTable) {
        let section = self.current();
        let place = if self.place == Place::Annex { Place::Annex } else { Place::Body };
        let columns = raw.columns.iter().map(|column| self.column(column)).collect();
        let mut rows = Vec::with_capacity(raw.rows.len());
        let mut groups = Groups { root: section, place, open: Vec::new(), aside: false };
        let ordered = raw.columns.first().is_some_and(|column| column.kind == Some(ColumnKind::Ordinal));
        let mut counted = 0;
        for row in &raw.rows {
            let cells: Vec<Span> = row.cells.iter().map(|cell| self.push_cell(cell)).collect();
            // A group without a marker is no section: nothing could name it.
            if row.group.as_deref() == Some("") {
                groups.aside = true;
            } else if let Some(label) = &row.group {
                let text = self.flow.text.as_str();
                let named = |cell: &Span| cell.slice(text).is_some_and(|text| !text.is_empty() && !is_ordinal(text));
                let title = cells.iter().skip_while(|cell| cell.is_empty()).skip(1).copied().find(named);
                groups.enter(label, title.unwrap_or_default(), &mut self.sections);
                // Of two columns of numbers, the groups' is the second: `28 | 8 | Phát triển …` over `29 | a) | …`.
                let number = |cell: &Span| cell.slice(self.flow.text.as_str()).map(bare_number);
                counted = cells.iter().position(|cell| number(cell) == Some(label)).unwrap_or(0);
            } else if let Some(number) = cells.get(counted).filter(|_| ordered) {
                groups.pass(number.slice(self.flow.text.as_str()).map_or("", bare_number));
            }
            rows.push(Row { cells, group: row.group.is_some() && !row.works, section: groups.current() });
        }
        self.tables.push(Table { section, place, columns, rows });
    }

    /// A column: its labels one after the other, and where its own begins.
    fn column(&mut self, raw: &RawColumn) -> Column {
        let label = self.push(&raw.label);
        let own = &raw.label[raw.above..];
        let joints = own.iter().skip(1).filter(|part| !part.glued).count();
        let length = own.iter().map(|part| part.span.len()).sum::<usize>() + joints;
        Column { label, own: Span::new(label.end.saturating_sub(length).max(label.start), label.end), kind: raw.kind }
    }

    fn push(&mut self, parts: &[super::reflow::Part]) -> Span {
        if parts.is_empty() { Span::new(self.flow.text.len(), self.flow.text.len()) } else { self.flow.push(parts, 0) }
    }

    fn push_cell(&mut self, parts: &[super::reflow::Part]) -> Span {
        if parts.is_empty() { self.push(parts) } else { self.flow.push_cell(parts) }
    }

    /// Puts all into the document.
    pub(super) fn finish(mut self, mut document: Document) -> Document {
        self.headings_without_content();
        (document.footnotes, document.loose_notes) = self.tie_footnotes();
        document.text = self.flow.text;
        document.cell_breaks = self.flow.breaks;
        document.blocks = self.blocks;
        for (section, items) in &self.children {
            self.sections[*section].items = items.map(|(_, last)| last);
        }
        document.sections = self.sections;
        document.tables = self.tables;
        document.annex_notes = self.annex_notes;
        document.steps = self.steps;
        document
    }

    /// A heading with nothing under it is an item: `2. Rà soát, bổ sung quy hoạch`.
    fn headings_without_content(&mut self) {
        let mut filled = vec![false; self.sections.len()];
        for section in &self.sections {
            if let Some(parent) = section.parent {
                filled[parent] = true;
            }
        }
        for block in &self.blocks {
            if let Some(section) = block.section.filter(|_| block.kind != BlockKind::Heading) {
                filled[section] = true;
            }
        }
        for table in &self.tables {
            if let Some(section) = table.section {
                filled[section] = true;
            }
        }
        for block in &mut self.blocks {
            let alone = block.section.is_some_and(|section| !filled[section] && self.sections[section].level > 1);
            let text = self.flow.text.slice(block.span);
            if block.kind == BlockKind::Heading && alone && !is_shouted(text) && text.split(' ').count() > 3 {
                block.kind = BlockKind::RunIn;
            }
        }
    }

    /// Gives each footnote the section of its mark.
    fn tie_footnotes(&mut self) -> (Vec<Footnote>, Vec<usize>) {
        let mut starts: Vec<(usize, usize)> = Vec::with_capacity(if self.notes.is_empty() { 0 } else { self.blocks.len() });
        if self.notes.is_empty() {
            return (Vec::new(), Vec::new());
        }
        for (index, block) in self.blocks.iter().enumerate() {
            if block.kind != BlockKind::Note {
                starts.push((self.flow.text.source_of(block.span.start), index));
            }
        }
        starts.sort_unstable();
        let mut footnotes = Vec::new();
        let mut loose = Vec::new();
        for (note, label) in std::mem::take(&mut self.notes) {
            let source = self.flow.text.source_of(self.blocks[note].span.start);
            let marks = &self.lines.marks;
            let before = marks.partition_point(|mark| mark.source < source);
            let mark = marks[..before]
                .iter()
                .rev()
                .take(200)
                .find(|mark| mark.label == label)
                .or_else(|| marks[before..].iter().take(200).find(|mark| mark.label == label));
            let Some(mark) = mark else {
                loose.push(note);
                continue;
            };
            let at = starts.partition_point(|(start, _)| *start <= mark.source);
            let Some((_, block)) = at.checked_sub(1).map(|at| starts[at]) else { continue };
            let span = self.blocks[block].span;
            let text = self.flow.text.slice(span);
            let within = text
                .char_indices()
                .find(|(at, _)| self.flow.text.source_of(span.start + at) >= mark.source)
                .map_or(text.len(), |(at, _)| at);
            self.blocks[note].section = self.blocks[block].section;
            self.blocks[note].place = self.blocks[block].place;
            footnotes.push(Footnote { at: span.start + within, block: note });
        }
        // Where no mark at all was found, the marks were lost on the way, not forgotten.
        if footnotes.is_empty() {
            loose.clear();
        }
        (footnotes, loose)
    }
}

/// What the labels below begin with where they repeat it: `2` of `Điều 2` over `2.1`, `1.2` over `1.2.1`.
fn stem(label: &str) -> Option<&str> {
    label.rsplit(' ').next().filter(|stem| !stem.is_empty())
}

/// Whether the next paragraph is a line of a list below this one.
fn hangs_under(paragraph: &Paragraph, next: &Paragraph) -> bool {
    let (Some(marker), Some(below)) = (&paragraph.marker, &next.marker) else { return false };
    matches!(below.style, Style::Bullet(_)) || below.ordinal == 1 && rank(below.style) > rank(marker.style)
}
/// A number without the marks around it: `(1)`, `2.`, `a)`.
fn bare_number(text: &str) -> &str {
    text.trim_start_matches('(').trim_end_matches(['.', ')', '/'])
}
