//! Totals whose parts are the lines below: `Tổng đàn có 600 con, trong đó:` over `+ Đàn trâu: 200 con`, `+ Đàn bò: 400 con`.
//!
//! Only lines of one kind, and only where they make the total exactly: nothing else says how far such a list reaches.

use super::fact;
use super::passage::Passage;
use super::quantity::Quantity;
use super::recorder::Extractor;
use crate::lexicon::UnitKind;
use crate::record::{Number, Sum, ledger::Class};
use crate::structure::{Block, BlockKind};
use crate::text::Span;
use crate::words::Keyword as K;

/// A total that waits for its parts.
#[derive(Default)]
pub(super) struct Below {
    open: Vec<Open>,
}

struct Open {
    kind: BlockKind,
    section: Option<usize>,
    /// The unit, folded, without what it is counted by.
    unit: String,
    /// The unit as it is printed.
    printed: Option<String>,
    /// What was reached, and what was planned.
    total: (f64, Option<f64>),
    parts: Vec<(f64, Option<f64>)>,
    spans: Vec<Span>,
    /// The kind of the lines that hold the parts.
    lines: Option<BlockKind>,
    seen: usize,
}

/// So many lines below a total are looked at.
const MOST_LINES: usize = 24;

/// So many totals wait at once: a total, one of its parts, and one of theirs.
const MOST_OPEN: usize = 4;

impl Below {
    /// Reads a block: parts of what waits above it, then a total of its own.
    pub(super) fn read(&mut self, extractor: &mut Extractor, block: &Block, passage: &Passage, quantities: &[Quantity]) {
        if block.kind == BlockKind::Heading {
            self.open.clear();
            return;
        }
        self.open.retain(|open| open.section == block.section && open.seen < MOST_LINES);
        for open in &mut self.open {
            open.add(block, passage, quantities);
        }
        let full = |open: &Open| {
            let sum: Vec<f64> = open.parts.iter().map(|part| part.0).collect();
            sum.len() >= 2 && fact::holds(open.total.0, &sum)
        };
        for open in self.open.iter().filter(|open| full(open)) {
            extractor.total_below(open);
        }
        self.open.retain(|open| !full(open) && open.parts.iter().map(|part| part.0).sum::<f64>() < open.total.0);
        if self.open.len() < MOST_OPEN
            && let Some(total) = total(passage, quantities)
        {
            self.open.push(Open {
                kind: block.kind,
                section: block.section,
                unit: unit(passage, total),
                printed: extractor.printed_unit(passage, total),
                total: (total.value, total.of),
                parts: Vec::new(),
                spans: vec![passage.span(total.whole.clone())],
                lines: None,
                seen: 0,
            });
        }
    }
}

impl Open {
    /// Takes the values of a line that is one of its parts.
    fn add(&mut self, block: &Block, passage: &Passage, quantities: &[Quantity]) {
        self.seen += 1;
        // Lines beside the total are no parts of it.
        if block.kind == self.kind || *self.lines.get_or_insert(block.kind) != block.kind {
            return;
        }
        let end = (0..passage.tokens.len())
            .find(|at| passage.depth[*at] == 0 && (passage.ends_sentence(*at) || passage.tokens[*at].is_mark(b';')))
            .unwrap_or(passage.tokens.len());
        let kin = |quantity: &&Quantity| {
            quantity.whole.start < end
                && passage.depth[quantity.number.start] == 0
                && quantity.value_to.is_none()
                && unit(passage, quantity) == self.unit
        };
        let parts: Vec<&Quantity> = quantities.iter().filter(kin).collect();
        for part in parts {
            self.parts.push((part.value, part.of));
            self.spans.push(passage.span(part.whole.clone()));
        }
    }
}

impl Extractor<'_> {
    fn total_below(&mut self, open: &Open) {
        let reached: Vec<f64> = open.parts.iter().map(|part| part.0).collect();
        let planned: Option<Vec<f64>> = open.parts.iter().map(|part| part.1).collect();
        let mut all = vec![(open.total.0, reached)];
        // `20/18 ha, trong đó:` over `15/13 ha` and `5/5 ha`: what was planned adds up too.
        if let (Some(total), Some(parts)) = (open.total.1, planned)
            && fact::holds(total, &parts)
        {
            all.push((total, parts));
        }
        for (total, parts) in all {
            let evidence = self.evidence(&open.spans);
            self.took(Class::Sum, &open.spans);
            self.record.sums.push(Sum {
                id: format!("u{}", self.record.sums.len() + 1),
                holds: true,
                total: Number(total),
                parts: parts.into_iter().map(Number).collect(),
                unit: open.printed.clone(),
                section: self.path(open.section),
                paper: 0,
                row: None,
                evidence,
            });
        }
    }
}

/// The value that a line gives as a total of what is below it: its last one, where `trong đó`, `gồm`, a colon ends the line.
fn total<'q>(passage: &Passage, quantities: &'q [Quantity]) -> Option<&'q Quantity> {
    const ENDING: usize = 5;
    let tokens = passage.tokens;
    let counts = |quantity: &&Quantity| {
        quantity.value_to.is_none()
            && quantity.value > 0.0
            && !quantity.is_rate()
            && matches!(quantity.unit_kind, Some(UnitKind::Count | UnitKind::Money | UnitKind::Measure))
    };
    let last = quantities.iter().rev().find(counts)?;
    let end = tokens.len();
    let there = |at: usize| {
        tokens[at].is(K::Include) || tokens[at].is(K::InTime) && tokens.get(at + 1).is_some_and(|next| next.is(K::There))
    };
    let leads = (end.saturating_sub(ENDING).max(last.whole.end)..end).any(there)
        || tokens.last().is_some_and(|token| token.is(K::Colon)) && last.whole.end < end;
    leads.then_some(last)
}

/// `tỷ đồng` of `tỷ đồng/năm`, folded.
fn unit(passage: &Passage, quantity: &Quantity) -> String {
    let unit = quantity.unit.clone();
    let slash = unit.clone().find(|at| passage.tokens[*at].is_mark(b'/')).unwrap_or(unit.end);
    passage.words(unit.start..slash).to_lowercase()
}
