//! Numbers of tables that no reader took: row numbers, labels, columns of earlier years, and cells that nothing understood.

use super::date;
use super::passage::{Passage, Role};
use super::quantity;
use super::recorder::Extractor;
use crate::lexicon::ColumnKind;
use crate::record::ledger::{Class, UnreadKind, Verdict, Why};
use crate::structure::{Row, Table};
use crate::text::Span;

impl Extractor<'_> {
    /// Enters the numbers of a table that its readers left, and the table itself; `read` tells whether they read anything.
    pub(super) fn leave_table(&mut self, index: usize, table: &Table, read: bool) {
        for (at, column) in table.columns.iter().enumerate() {
            self.leave_cell(table, (index, None, at), column.label, table.section);
        }
        for (number, row) in table.rows.iter().enumerate() {
            for (at, cell) in row.cells.iter().enumerate() {
                self.leave_cell(table, (index, Some(number), at), *cell, row.section);
            }
        }
        let unread = table
            .columns
            .iter()
            .enumerate()
            .any(|(at, _)| table.rows.iter().filter_map(|row| row.cells.get(at)).any(|cell| self.has_unread(*cell)));
        // `Họ và tên | Chức vụ` is background; labels and numbers that nothing knows are a table that was not understood.
        let verdict = match (read, unread) {
            (true, _) => Verdict::Read,
            (false, true) => Verdict::Unread,
            (false, false) => Verdict::Background,
        };
        self.record.ledger.blocks.add(verdict);
        let labels = table.columns.iter().map(|column| column.label).filter(|label| !label.is_empty());
        let first = labels.chain(table.rows.iter().flat_map(|row| row.cells.iter().copied())).find(|cell| !cell.is_empty());
        if let Some(first) = first.filter(|_| verdict == Verdict::Unread) {
            let known = table.columns.iter().any(|column| column.kind.is_some());
            let why = if known { Why::UnclearCell } else { Why::UnknownTable };
            self.lose(UnreadKind::Table, why, table.section, first);
        }
    }

    /// The numbers of a stretch of the document's words.
    pub(super) fn entries_of(&self, span: Span) -> std::ops::Range<usize> {
        if span.is_empty() {
            return 0..0;
        }
        let text = &self.document.text;
        self.book.within(&(text.source_of(span.start)..text.source_of(span.end - 1) + 1))
    }

    /// Whether a stretch of the document's words holds a number that nothing understood.
    pub(super) fn has_unread(&self, span: Span) -> bool {
        self.book.entries[self.entries_of(span)].iter().any(|entry| entry.class == Some(Class::Unread))
    }

    /// Whether a label names years, all of them before the one that the document is about.
    fn is_past(&self, label: Span) -> bool {
        let words = self.document.text.slice(label);
        let mut years = words.split(|c: char| !c.is_ascii_digit()).filter_map(date::year).peekable();
        years.peek().is_some() && years.all(|year| self.fields.frame.year.is_some_and(|own| year < own))
    }

    /// Whether a column of results is of the past: its label's years say so, or what is wanted stands beside it.
    fn tells_past(&self, table: &Table, at: usize) -> bool {
        self.is_past(table.columns[at].label) || table.columns.iter().any(|column| column.kind == Some(ColumnKind::Target))
    }

    fn leave_cell(&mut self, table: &Table, place: (usize, Option<usize>, usize), span: Span, section: Option<usize>) {
        let entries = self.entries_of(span);
        let mut open = false;
        for entry in &mut self.book.entries[entries.clone()] {
            entry.cell = Some(place);
            entry.section = section;
            open |= entry.class.is_none();
        }
        if !open {
            return;
        }
        let (_, row, at) = place;
        let kind = table.columns.get(at).and_then(|column| column.kind);
        let group = row.is_some_and(|row| table.rows[row].group);
        let whole = match kind {
            _ if row.is_none() => Some((Class::Described, Why::Label)),
            // `400` alone in its row is what a broken row left.
            Some(ColumnKind::Ordinal) if is_alone(&table.rows[row.unwrap_or_default()], at) => {
                Some((Class::Unread, Why::BrokenTable))
            }
            Some(ColumnKind::Ordinal) => Some((Class::Marker, Why::Label)),
            Some(ColumnKind::Unit) => Some((Class::Described, Why::Label)),
            Some(ColumnKind::Base) => Some((Class::Described, Why::PastColumn)),
            Some(ColumnKind::Actual) if !self.is_report() && self.tells_past(table, at) => {
                Some((Class::Described, Why::PastColumn))
            }
            // `Tỷ lệ (%)` in a plan may well be what is wanted; only its label's years make it a thing of the past.
            Some(ColumnKind::Rate) if !self.is_report() && self.is_past(table.columns[at].label) => {
                Some((Class::Described, Why::PastColumn))
            }
            _ => None,
        };
        if let Some((class, why)) = whole {
            // `Năm 2025` over a column is a time.
            let label = row.is_none();
            if label {
                self.leave_words(span, section, table, None);
            }
            for entry in &mut self.book.entries[entries] {
                if entry.class.is_none() || label && entry.class == Some(Class::Unread) {
                    entry.class = Some(class);
                    entry.why = (class != Class::Marker).then_some(why);
                }
            }
            return;
        }
        let why = match kind {
            None => Why::UnknownColumn,
            _ if group => Why::NoReading,
            _ => Why::UnclearCell,
        };
        self.leave_words(span, section, table, Some(why));
    }

    /// Enters what a cell's words say; a value there is unread for the reason `why`.
    fn leave_words(&mut self, span: Span, section: Option<usize>, table: &Table, why: Option<Why>) {
        let tokens = self.cut(span);
        let text = self.document.text.as_str();
        let mut passage = Passage::new(self.lexicon, text, &tokens, Role::Tasks, section, table.place);
        super::reference::find(&mut passage);
        let quantities = quantity::find(&passage);
        let open: Vec<usize> = self.entries_of(span).filter(|index| self.book.entries[*index].class.is_none()).collect();
        self.leave(&passage, &quantities, false);
        for index in open {
            let entry = &mut self.book.entries[index];
            if entry.class == Some(Class::Unread) {
                entry.why = why.or(entry.why);
            }
        }
    }
}

/// Whether nothing else stands in the row.
fn is_alone(row: &Row, at: usize) -> bool {
    !row.group && row.cells.len() > 2 && row.cells.iter().enumerate().all(|(other, cell)| other == at || cell.is_empty())
}
