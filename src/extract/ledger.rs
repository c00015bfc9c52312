//! Keeps account of the numbers of the source text: each reader says, as it reads, which numbers it took and for what; what no
//! reader took is described or unread (`leftover`). Every number has one class in the end.

use std::ops::Range;

use super::recorder::Extractor;
use crate::record::ledger::{self, Class, Why};
use crate::text::Span;

/// One number of the source text.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its first byte in the source text.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// What it is; `None` as long as nothing has said so.
    pub class: Option<Class>,
    /// Why it is described or unread.
    pub why: Option<Why>,
    /// The section that it stands in.
    pub section: Option<usize>,
    /// The cell that it stands in: table, row, column; the row of a label is `None`.
    pub cell: Option<(usize, Option<usize>, usize)>,
}

/// All numbers of a source text.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    pub(super) entries: Vec<Entry>,
}

impl Book {
    pub(super) fn new(source: &str) -> Self {
        let entry =
            |range: Range<usize>| Entry { start: range.start, end: range.end, class: None, why: None, section: None, cell: None };
        Self { entries: ledger::numbers(source).into_iter().map(entry).collect() }
    }

    /// The numbers that touch a range of the source text.
    pub(super) fn within(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.entries.partition_point(|entry| entry.end <= range.start);
        let count = self.entries[first..].iter().take_while(|entry| entry.start < range.end).count();
        first..first + count
    }

    /// A reader took the numbers of a range. What a number is most of all counts: the value of a target that is also a part of a
    /// sum is the target's.
    pub(super) fn take(&mut self, range: &Range<usize>, class: Class, why: Option<Why>) {
        let within = self.within(range);
        for entry in &mut self.entries[within] {
            if entry.class.is_none_or(|known| class < known) {
                entry.class = Some(class);
                entry.why = why;
            }
        }
    }
}

impl Extractor<'_> {
    /// The numbers of `spans` were taken for what `class` says.
    pub(super) fn took(&mut self, class: Class, spans: &[Span]) {
        self.took_for(class, None, spans);
    }

    pub(super) fn took_for(&mut self, class: Class, why: Option<Why>, spans: &[Span]) {
        for span in spans {
            let words = self.document.text.slice(*span).as_bytes();
            if !words.iter().any(u8::is_ascii_digit) {
                continue;
            }
            for range in self.document.text.source_ranges(*span, |_| false) {
                self.book.take(&range, class, why);
            }
        }
    }
}
