//! Closes the ledger: the head, what stands in no block, and what is left; then the record's counts and its list of the unread.

use std::ops::Range;

use super::ledger::Entry;
use super::passage::{Passage, Role};
use super::recorder::Extractor;
use crate::ingest::NOT_OPENED;
use crate::record::ledger::{self, Class, Unread, UnreadKind, Why};
use crate::structure::{Aside, Place};
use crate::text::Span;

/// How many characters of the words around are kept on each side.
const AROUND: usize = 60;

impl Extractor<'_> {
    /// Closes the ledger.
    pub(super) fn settle(&mut self) {
        self.settle_head();
        let document = self.document;
        let source = self.source.text.as_str();
        for (range, aside) in &document.asides {
            let (class, why) = match aside {
                Aside::Marker => (Class::Marker, None),
                Aside::Furniture => (Class::Described, Some(Why::PageFurniture)),
                Aside::Head => (Class::Described, Some(Why::Letterhead)),
                Aside::Foot => (Class::Described, Some(Why::Foot)),
            };
            let within = self.book.within(range);
            for entry in self.book.entries[within].iter_mut().filter(|entry| entry.class.is_none()) {
                entry.class = Some(class);
                entry.why = why;
            }
        }
        for entry in self.book.entries.iter_mut().filter(|entry| entry.class.is_none()) {
            let at = document.dropped.partition_point(|gap| gap.end <= entry.start);
            let dropped = document.dropped.get(at).is_some_and(|gap| gap.start <= entry.start && entry.end <= gap.end);
            (entry.class, entry.why) = if dropped {
                (Some(Class::Described), Some(Why::PageFurniture))
            } else if ledger::is_date(&source[entry.start..entry.end]) {
                (Some(Class::Date), None)
            } else {
                (Some(Class::Unread), Some(Why::Outside))
            };
        }
        self.report();
    }

    /// Every number of the source text with what became of it, in order.
    pub(super) fn numbers(&self) -> Vec<ledger::Entry> {
        let text = &self.source.text;
        let entry = |entry: &Entry| ledger::Entry {
            start: text.code_points_before(entry.start),
            end: text.code_points_before(entry.end),
            text: text.as_str()[entry.start..entry.end].to_owned(),
            class: entry.class.unwrap_or(Class::Unread),
            why: entry.why,
        };
        self.book.entries.iter().map(entry).collect()
    }

    /// The document's own number, date and title.
    fn settle_head(&mut self) {
        let document = self.document;
        self.took(Class::Reference, &document.annex_notes);
        for paper in &document.papers {
            self.took(Class::Reference, paper.head.number.as_slice());
            self.took(Class::Date, paper.head.place_and_date.as_slice());
        }
        let titles = document.papers.iter().flat_map(|paper| {
            let head = &paper.head;
            head.title.iter().chain(&head.bodies).chain(&paper.signature.offices).map(|span| (*span, None))
        });
        // `a) Đến năm 2030: …`: the title of what is run in after it is no block.
        let sections = document.sections.iter().enumerate().map(|(index, section)| (section.title, Some(index)));
        for (span, section) in titles.chain(sections).collect::<Vec<_>>() {
            let open: Vec<usize> = self.entries_of(span).filter(|index| self.book.entries[*index].class.is_none()).collect();
            if open.is_empty() {
                continue;
            }
            let tokens = self.cut(span);
            let mut passage =
                Passage::new(self.lexicon, document.text.as_str(), &tokens, Role::Preamble, section, Place::Preamble);
            super::reference::find(&mut passage);
            self.leave(&passage, &[], false);
            for index in open {
                let entry = &mut self.book.entries[index];
                let annex =
                    section.is_some_and(|at| document.sections[at].level == 1 && document.sections[at].place == Place::Annex);
                if (section.is_none() || annex) && entry.class == Some(Class::Unread) {
                    entry.class = Some(Class::Described);
                    entry.why = Some(Why::Letterhead);
                }
            }
        }
    }

    /// Writes the counts and the list of what is unread.
    fn report(&mut self) {
        let entries = std::mem::take(&mut self.book.entries);
        let mut unread = Vec::new();
        for entry in &entries {
            let class = entry.class.unwrap_or(Class::Unread);
            self.record.ledger.numbers.add(class);
            if let Some(why) = entry.why {
                *self.record.ledger.reasons.entry(why).or_default() += 1;
            }
            if class == Class::Unread {
                unread.push(self.unread(entry));
            }
        }
        for (pages, what) in [(&self.source.scanned, "page"), (&self.source.garbled, "page")] {
            for page in pages.iter() {
                unread.push(Unread {
                    kind: UnreadKind::Part,
                    why: Why::NotOpened,
                    section: None,
                    row: None,
                    column: None,
                    around: format!("{what} {page}"),
                    evidence: Vec::new(),
                });
            }
        }
        for remark in self.source.remarks.iter().filter(|remark| remark.code == NOT_OPENED) {
            unread.push(Unread {
                kind: UnreadKind::Part,
                why: Why::NotOpened,
                section: None,
                row: None,
                column: None,
                around: remark.message.clone(),
                evidence: Vec::new(),
            });
        }
        unread.append(&mut self.lost);
        // What has no place comes last.
        unread.sort_by_key(|unread| unread.evidence.first().map_or(usize::MAX, |place| place.start));
        self.record.unread = unread;
        self.book.entries = entries;
    }

    /// Tells a paragraph, table or part that nothing was read from; `place` is what it is found by.
    pub(super) fn lose(&mut self, kind: UnreadKind, why: Why, section: Option<usize>, place: Span) {
        let evidence = self.evidence(&[place]);
        let words = self.document.text.slice(place).split_whitespace().collect::<Vec<_>>().join(" ");
        let around = words.chars().take(2 * AROUND).collect();
        self.lost.push(Unread { kind, why, section: self.path(section), row: None, column: None, around, evidence });
    }

    fn unread(&self, entry: &Entry) -> Unread {
        let source = self.source.text.as_str();
        let (row, column) = match entry.cell {
            Some((table, row, at)) => (self.row_name(table, row, at), self.column_name(table, at)),
            None => (None, None),
        };
        let number = &source[entry.start..entry.end];
        Unread {
            kind: if ledger::is_date(number) { UnreadKind::Date } else { UnreadKind::Number },
            why: entry.why.unwrap_or(Why::NoReading),
            section: self.path(entry.section),
            row,
            column,
            around: around(source, entry.start..entry.end),
            evidence: vec![self.quote(entry.start..entry.end)],
        }
    }

    /// What a row is about: its first cell of words beside the one at `at`.
    fn row_name(&self, table: usize, row: Option<usize>, at: usize) -> Option<String> {
        let row = self.document.tables.get(table)?.rows.get(row?)?;
        let words = |span: &Span| self.document.text.slice(*span).trim();
        let worded = |text: &&str| text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        let name = row.cells.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, span)| words(span)).find(worded)?;
        Some(name.chars().take(120).collect())
    }

    fn column_name(&self, table: usize, at: usize) -> Option<String> {
        let label = self.document.tables.get(table)?.columns.get(at)?.label;
        let words = self.document.text.slice(label).trim();
        (!words.is_empty()).then(|| words.chars().take(120).collect())
    }
}

/// The words around a place of a text, on its line.
fn around(text: &str, place: Range<usize>) -> String {
    let before = &text[..place.start];
    let start = before.char_indices().rev().take(AROUND).take_while(|(_, c)| *c != '\n').last().map_or(place.start, |(at, _)| at);
    let after = &text[place.end..];
    let end = after.char_indices().take(AROUND).take_while(|(_, c)| *c != '\n').last().map_or(0, |(at, c)| at + c.len_utf8());
    text[start..place.end + end].split_whitespace().collect::<Vec<_>>().join(" ")
}
