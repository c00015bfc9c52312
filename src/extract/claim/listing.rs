//! Lines that list things with their values, without a verb: `Trâu: 1.200, Bò: 1.700`, `Ngô: 15 ha - 60,9 tấn`,
//! `Lúa xuân: 273 ha, năng suất 35 tạ/ha`, `Xã Khe Vàng: 465 triệu đồng (mua giống là 200 triệu đồng và tập huấn là 265 triệu đồng)`.
//!
//! Such a line is read only where all of it is of that form; whatever else stands in it leaves it to the clauses.

use std::ops::Range;

use super::{Claim, Reader};
use crate::extract::clause::{self, Opening};
use crate::extract::quantity::Quantity;
use crate::lexicon::{ClauseKind, UnitKind};
use crate::words::{Keyword as K, Token};

/// A value of a line and what it is of.
struct Entry<'q> {
    quantity: &'q Quantity,
    name: Vec<Range<usize>>,
    scope: Vec<Range<usize>>,
}

/// A line that is being read.
#[derive(Default)]
struct Listing<'q> {
    entries: Vec<Entry<'q>>,
    /// How many entries have a name of their own before a colon.
    named: usize,
    /// How many stand in brackets.
    inner: usize,
}

/// Longest name before a colon, in tokens.
const LONGEST: usize = 32;

impl<'a> Reader<'a> {
    /// The claims of a segment that lists things with their values; `None` where it is anything else.
    pub(super) fn listing(&self, segment: &Range<usize>) -> Option<Vec<Claim>> {
        let mut listing = Listing::default();
        self.line(segment.clone(), &mut listing)?;
        if listing.named == 0 {
            return None;
        }
        let claim = |entry: Entry| Claim {
            quantity: self.with_unit(entry.quantity, entry.name.last()),
            indicator: entry.name,
            scope: entry.scope,
            conditions: Vec::new(),
            clause: segment.clone(),
            due: None,
            assigned: None,
            aside: false,
            listed: true,
        };
        Some(listing.entries.into_iter().map(claim).collect())
    }

    /// Reads entries up to the end of `range`; `None` where something else stands there.
    fn line(&self, range: Range<usize>, listing: &mut Listing<'a>) -> Option<()> {
        let tokens = self.tokens();
        let depth = *self.passage.depth.get(range.start)?;
        let mut scope: Vec<Range<usize>> = Vec::new();
        let mut head: Option<Range<usize>> = None;
        let mut at = range.start;
        while at < range.end {
            let quantity =
                self.within(&(at..range.end)).next().filter(|first| self.passage.depth[first.number.start] == depth)?;
            let before = at..quantity.whole.start.max(at);
            let name = if before.is_empty() {
                // `15 ha - 60,9 tấn`: of the same thing.
                vec![head.clone()?]
            } else if tokens[before.end - 1].is(K::Colon) {
                let mut name = before.start..before.end - 1;
                if let Some(colon) = name.clone().find(|at| tokens[*at].is(K::Colon)) {
                    // `Chăn nuôi: Trâu: 1.200, Bò: 1.700`: the first label holds for the whole line.
                    if head.is_some() {
                        return None;
                    }
                    scope = vec![self.name_in(name.start..colon)?];
                    name.start = colon + 1;
                }
                listing.named += 1;
                // `Quan trắc tại đầm, số điểm quan trắc: 8 điểm`: what is counted is named after the comma.
                let counts = |at: &usize| {
                    tokens[*at].is(K::Comma)
                        && self.passage.depth[*at] == depth
                        && (clause::is(self.passage, at + 1, ClauseKind::Total)
                            || self.passage.lexicon.measures.at(tokens, at + 1).is_some())
                };
                name.start = name.clone().rev().find(counts).map_or(name.start, |comma| comma + 1);
                let name = self.name_in(name)?;
                // `Thủy sản: 21 tấn - Diện tích: 6 ha`: a measure is of the thing before.
                match head.clone().filter(|_| scope.is_empty() && self.measures(&name)) {
                    Some(head) => vec![head, name],
                    None => {
                        head = Some(name.clone());
                        vec![name]
                    }
                }
            } else {
                vec![head.clone()?, Some(before.clone()).filter(|name| self.measures(name))?]
            };
            // `Lắp đặt mới trạm: Bưu điện: 25 trạm, …`: the first label says what is counted, the names for whom.
            let counts = scope.first().is_some_and(|scope| self.counts(scope, quantity));
            let (name, scope) = if counts { (scope.clone(), name) } else { (name, scope.clone()) };
            at = quantity.whole.end;
            let mut inside = None;
            if at < range.end && tokens[at].is(K::Open) {
                let close = self.passage.closing(at)?;
                inside = Some(at + 1..close);
                at = close + 1;
            }
            // `30.287 người (tỉnh giao) / 30.278 người (huyện giao)`.
            let setter = inside.clone().and_then(|inside| clause::setter(self.passage, inside)).filter(|_| scope.is_empty());
            listing.entries.push(Entry { quantity, name, scope: setter.clone().map_or(scope, |setter| vec![setter]) });
            if let Some(inside) = inside.filter(|_| setter.is_none()) {
                self.bracket(inside, head.as_ref()?, listing)?;
            }
            if at < range.end {
                let parts = tokens[at].is(K::Comma)
                    || tokens[at].is(K::And)
                    || tokens[at].is_mark(b'-')
                    || tokens[at].is_mark(b'.')
                    || tokens[at].is_mark(b'/')
                    || tokens[at].is_mark(b';');
                at = parts.then_some(at + 1)?;
            }
        }
        (!listing.entries.is_empty()).then_some(())
    }

    /// Reads what a bracket parts a value into: `(trong đó trồng mới 395 ha)`, `(giống là 200 triệu đồng và phân bón là 65 triệu đồng)`.
    fn bracket(&self, inside: Range<usize>, of: &Range<usize>, listing: &mut Listing<'a>) -> Option<()> {
        let tokens = self.tokens();
        if self.aside_kind(&inside).is_some() {
            return None;
        }
        // `475 học sinh (do tỉnh quản lý)` says more of the value.
        if self.within(&inside).next().is_none() {
            return Some(());
        }
        let mut at = inside.start;
        let there = tokens[at].is(K::InTime) && tokens.get(at + 1).is_some_and(|next| next.is(K::There));
        at += if there { 2 } else { 0 };
        at += usize::from(there && tokens.get(at).is_some_and(|next| next.is(K::Colon)));
        while at < inside.end {
            let quantity = self.within(&(at..inside.end)).next()?;
            let before = at..quantity.whole.start.max(at);
            let last = before.clone().next_back()?;
            let colon = tokens[last].is(K::Colon);
            // `phân bón là 65 triệu đồng`: a word brings the value in.
            let brought = quantity.whole.start < quantity.number.start;
            let name = self.name_in(if colon { before.start..last } else { before })?;
            // `(xã A 200 hộ, xã B 300 hộ)`: places are parts of the value before.
            let place = clause::opens(self.passage, name.start) == Opening::Place;
            if place || !(colon || brought || there) {
                return None;
            }
            listing.inner += 1;
            // `58 trạm (trong đó: Bưu điện: 25 trạm; …)`.
            let (name, scope) = if self.counts(of, quantity) { (of.clone(), name) } else { (name, of.clone()) };
            listing.entries.push(Entry { quantity, name: vec![name], scope: vec![scope] });
            at = quantity.whole.end;
            if at < inside.end {
                let parts = tokens[at].is(K::Comma) || tokens[at].is(K::And) || tokens[at].is_mark(b';');
                at = parts.then_some(at + 1)?;
            }
        }
        Some(())
    }

    /// A value without a unit counts what its name says: `Tổng số hợp tác xã: 38`.
    fn with_unit(&self, quantity: &Quantity, name: Option<&Range<usize>>) -> Quantity {
        let mut quantity = quantity.clone();
        let units = &self.passage.lexicon.units;
        let counted = |name: &Range<usize>| {
            let total = clause::joint(self.passage, name.start)
                .filter(|(_, kind)| matches!(kind, ClauseKind::Total | ClauseKind::Threshold));
            let start = name.start + total.map_or(0, |(length, _)| length);
            let (length, kind) = units.at(self.tokens(), start)?;
            let whole = start + length <= name.end;
            (*kind == UnitKind::Count && whole && (total.is_some() || length > 1)).then_some(start..start + length)
        };
        // `10.034,00` is no count.
        let whole = self.tokens()[quantity.number.clone()].iter().all(Token::is_number) && quantity.value.fract() == 0.0;
        let whole = whole && !self.passage.words(quantity.number.clone()).contains(',');
        if let Some(unit) = name.filter(|_| whole && quantity.unit.is_empty() && quantity.of.is_none()).and_then(counted) {
            quantity.unit = unit;
            quantity.unit_kind = Some(UnitKind::Count);
        }
        quantity
    }

    /// A name: words, none of them a time alone or a label that says what kind of lines stand below.
    fn name_in(&self, range: Range<usize>) -> Option<Range<usize>> {
        let tokens = self.tokens();
        let label = self.passage.lexicon.sections.at(tokens, range.start).is_some_and(|(length, _)| length >= range.len());
        let timed = self.deadlines.iter().map(|found| &found.range).chain(self.times).any(|time| time.start == range.start);
        let words = range.clone().any(|at| tokens[at].is_word());
        let whole = range.clone().all(|at| !self.passage.ends_sentence(at) && !tokens[at].is_mark(b';'));
        (words && whole && !label && !timed && range.len() <= LONGEST).then_some(range)
    }

    /// Whether the words of `range` name the unit of a value.
    fn counts(&self, range: &Range<usize>, quantity: &Quantity) -> bool {
        let unit = quantity.unit.clone();
        !unit.is_empty()
            && (range.start..range.end.saturating_sub(unit.len() - 1))
                .any(|at| unit.clone().zip(at..).all(|(one, other)| self.same(one, other)))
    }

    /// Whether a name is one of what is measured: `năng suất`, `Diện tích`, `sản lượng thóc`.
    fn measures(&self, name: &Range<usize>) -> bool {
        const TAIL: usize = 3;
        let measure = self.passage.lexicon.measures.at(self.tokens(), name.start);
        let words = || name.clone().all(|at| self.tokens()[at].is_word());
        measure.is_some_and(|(length, ())| length <= name.len() && name.len() <= length + TAIL) && words()
    }
}
