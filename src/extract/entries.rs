//! Writes what the readers found as entries of the record: targets, facts, deadlines, references, sums and ratios.

use std::ops::Range;

use super::claim::{Claim, joined};
use super::documents::Readings;
use super::duty::skip_marks;
use super::passage::{Passage, Role};
use super::quantity::{Lead, Quantity};
use super::recorder::{Extractor, origin};
use super::wanted::{label_of, place_label, sentence_start};
use super::{deadline, fact, number, reference};
use crate::grammar::time::{Anchor, Offset, Unit};
use crate::lexicon::{ComparatorKind, UnitKind};
use crate::record::ledger::{Class, Why};
use crate::record::{
    self, Actual, Change, ChangeKind, Comparator, Deadline, Evidence, Fact, Number, Ratio, Reference, ReferenceRole, Sum, Target,
};
use crate::text::Span;
use crate::words::Keyword as K;

impl Extractor<'_> {
    /// The words of an item's claim; conditions are understood, and what they count is not wanted.
    fn worded(&mut self, passage: &Passage, claim: &Claim) {
        let spans = claim.indicator.iter().chain(&claim.scope).map(|range| passage.span(range.clone()));
        self.wordings.extend(spans);
        for range in &claim.conditions {
            self.took_for(Class::Described, Some(Why::Condition), &[passage.span(range.clone())]);
        }
    }

    /// Writes a target; agencies are given later.
    pub(super) fn target(&mut self, passage: &Passage, claim: &Claim, readings: &Readings) {
        // `- Đến hết năm 2045: 100% hợp tác xã …`: a time before a colon is when all behind it is due.
        let led = |found: &deadline::Found| {
            found.range.start == 0 && passage.tokens.get(found.range.end).is_some_and(|token| token.is(K::Colon))
        };
        let leads = readings.deadlines.iter().position(led);
        let due = claim
            .due
            .or(leads)
            .or_else(|| leading_time(passage, claim, &readings.deadlines))
            .and_then(|index| readings.deadlines[index].to)
            .map(|date| date.to_string());
        let quantity = &claim.quantity;
        let place = place_label(passage, claim);
        let mut measured = claim.indicator.clone();
        let mut scope = joined(passage, &claim.scope);
        if let Some(place) = place {
            // `Xã Khe Vàng: lấy mẫu 01 vị trí tại hồ Lim và 01 vị trí tại hồ Đá`.
            measured.extend(claim.scope.iter().map(|range| range.start.saturating_sub(1)..range.end));
            scope = joined(passage, &[place]);
        }
        let indicator = joined(passage, &measured);
        let unit = self.printed_unit(passage, quantity);
        let conditions = claim.conditions.iter().map(|range| passage.words(range.clone()).to_owned()).collect();
        let evidence = self.evidence(&[passage.span(claim.clause.clone())]);
        self.took(Class::Target, &[passage.span(quantity.number.clone())]);
        self.worded(passage, claim);
        self.record.targets.push(Target {
            id: format!("t{}", self.record.targets.len() + 1),
            origin: origin(passage.place),
            section: self.path(passage.section),
            change: change(passage, claim),
            indicator,
            indicator_id: None,
            comparator: quantity.comparator(),
            value: Number(value_of(quantity)),
            value_to: quantity.value_to.map(Number),
            range: quantity.value_to.map(|to| record::Range { from: Number(quantity.value), to: Number(to) }),
            unit,
            scope: (!scope.is_empty()).then_some(scope),
            conditions,
            due,
            direction: None,
            agencies: Vec::new(),
            actual: None,
            row: None,
            paper: 0,
            evidence,
        });
    }

    /// `… đạt 97,45% (được giao 90%)`: the target is what was assigned, the value its result.
    pub(super) fn reported_target(&mut self, passage: &Passage, claim: &Claim, assigned: &Quantity) -> usize {
        let index = self.record.targets.len();
        let readings = Readings { quantities: Vec::new(), deadlines: Vec::new(), first_deadline: 0, claims: Vec::new() };
        let mut target = claim.clone();
        target.due = None;
        target.quantity = assigned.clone();
        self.target(passage, &target, &readings);
        self.took(Class::Target, &[passage.span(claim.quantity.number.clone())]);
        let unit = self.printed_unit(passage, &claim.quantity);
        let last = &mut self.record.targets[index];
        last.indicator = named(passage, claim, std::mem::take(&mut last.indicator));
        last.comparator = assigned.comparator.unwrap_or(Comparator::Eq);
        last.actual = Some(Actual::Value { value: Number(claim.quantity.value), unit, comparator: claim.quantity.comparator() });
        index
    }

    /// A result; a count that is given with its percentage (`312/415 dự án (75,2%)`) is two; gives where the percentage stands.
    pub(super) fn fact(&mut self, passage: &Passage, claim: &Claim, quantities: &[Quantity]) -> Option<usize> {
        // A part is told by what it is a part for: `trong đó: vốn trung ương giải ngân 512,7 tỷ đồng`.
        let subject = if claim.listed {
            let pieces: Vec<Range<usize>> = claim.scope.iter().chain(&claim.indicator).cloned().collect();
            joined(passage, &pieces)
        } else {
            named(passage, claim, joined(passage, if claim.scope.is_empty() { &claim.indicator } else { &claim.scope }))
        };
        if subject.is_empty() {
            return None;
        }
        // `312/415 dự án (75,2%)`: how many, and their share, which has no words of its own.
        let share = claim.quantity.of.and_then(|_| {
            let next = quantities.iter().find(|other| other.number.start > claim.quantity.number.start)?;
            let close = next.whole.start <= claim.quantity.whole.end + 16 && next.unit_kind == Some(UnitKind::Percent);
            close.then_some(next)
        });
        let quantity = &claim.quantity;
        self.worded(passage, claim);
        self.one_fact(passage, claim, quantity, subject.clone());
        if let Some(share) = share {
            self.one_fact(passage, claim, share, subject);
        }
        share.map(|share| share.number.start)
    }

    fn one_fact(&mut self, passage: &Passage, claim: &Claim, quantity: &Quantity, subject: String) {
        let evidence = self.evidence(&[passage.span(claim.clause.clone())]);
        self.took(Class::Fact, &[passage.span(quantity.number.clone())]);
        self.record.facts.push(Fact {
            id: format!("f{}", self.record.facts.len() + 1),
            section: self.path(passage.section),
            subject,
            comparator: quantity.comparator(),
            value: Number(quantity.value),
            unit: self.printed_unit(passage, quantity),
            change: change(passage, claim),
            paper: 0,
            evidence,
        });
    }

    /// The unit as it is printed: `m²` where the document writes it so, and `m2` where it writes that.
    pub(super) fn printed_unit(&self, passage: &Passage, quantity: &Quantity) -> Option<String> {
        let unit = unit_of(passage, quantity)?;
        let raised = [("m2", "m²", ["²", "<sup>2"]), ("m3", "m³", ["³", "<sup>3"])];
        let Some((plain, square, marks)) = raised.into_iter().find(|(plain, ..)| unit.contains(plain)) else { return Some(unit) };
        let source = self.evidence(&[passage.span(quantity.unit.clone())]);
        let is_raised = source.iter().any(|place| marks.iter().any(|mark| place.text.contains(mark)));
        Some(if is_raised { unit.replace(plain, square) } else { unit })
    }

    /// Writes a deadline; `all` are those of its passage.
    pub(super) fn deadline(&mut self, passage: &Passage, found: &deadline::Found, all: &[deadline::Found]) {
        if let Some(Offset { count, unit: Unit::Day, anchor: Anchor::Issue }) = found.offset {
            self.fields.frame.days = Some(count);
        }
        let about = deadline::about(passage, found, all);
        let evidence = self.evidence(&[passage.span(found.range.clone())]);
        self.took(Class::Deadline, &[passage.span(found.range.clone())]);
        self.record.deadlines.push(Deadline {
            id: format!("d{}", self.record.deadlines.len() + 1),
            text: passage.words(found.range.clone()).to_owned(),
            from: found.from.map(|date| date.to_string()),
            to: found.to.map(|date| date.to_string()),
            exclusive: found.exclusive,
            recurrence: found.recurrence.clone(),
            about: passage.words(about).to_owned(),
            section: self.path(passage.section),
            paper: 0,
            evidence,
        });
    }

    /// A reference in a table.
    pub(super) fn mention(&mut self, passage: &Passage, found: &reference::Found) {
        self.reference(passage, found);
    }

    pub(super) fn reference(&mut self, passage: &Passage, found: &reference::Found) {
        let kind = found.kind.map(|kind| self.lexicon.types[kind].name.clone());
        let date = found.date.and_then(super::date::Partial::iso);
        let title = found.title.as_ref().map(|range| passage.words(range.clone()).to_owned());
        let issuer = found.issuer.as_ref().map(|range| passage.words(range.clone()).to_owned());
        let span = passage.span(found.range.clone());
        let evidence = self.evidence(&[span]);
        self.took(Class::Reference, &[span]);
        let role = if passage.role == Role::Preamble { ReferenceRole::Basis } else { ReferenceRole::Mention };
        let key = match (&found.number, &title) {
            (Some(number), _) => number.to_lowercase(),
            // `Luật Thi đua khen thưởng`, `Luật Thi đua, khen thưởng`.
            (None, Some(title)) => crate::words::fold(title).replace(',', ""),
            (None, None) => return,
        };
        let section = self.path(passage.section);
        let known = self.known.entry(key).or_default();
        // `Công văn số 12/SYT-NV` may be `Văn bản số 12/SYT-NV` elsewhere: the letters are the same.
        let types = &self.lexicon.types;
        let codes =
            |kind: &Option<String>| types.iter().find(|known| kind.as_ref() == Some(&known.name)).map(|known| &known.codes);
        let same_kind = |entry: &Reference| {
            entry.kind == kind
                || entry.kind.is_none()
                || kind.is_none()
                || found.number.is_some() && codes(&entry.kind) == codes(&kind)
        };
        let same = known.iter().copied().find(|index| {
            let entry = &self.record.references[*index];
            same_kind(entry) && (entry.date == date || entry.date.is_none() || date.is_none())
        });
        self.record.mentions.references.push(record::Quote {
            reference: same.unwrap_or(self.record.references.len()),
            kind: kind.clone(),
            number: found.number.clone(),
            date: date.clone(),
            issuer: issuer.clone(),
            title: title.clone(),
            role,
            under: Vec::new(),
            section,
            evidence: evidence.clone(),
        });
        if let Some(index) = same {
            let entry = &mut self.record.references[index];
            entry.date = entry.date.take().or(date);
            entry.issuer = entry.issuer.take().or(issuer);
            entry.title = entry.title.take().or(title);
            entry.kind = entry.kind.take().or(kind);
            entry.evidence.extend(evidence);
            return;
        }
        known.push(self.record.references.len());
        self.record.references.push(Reference {
            id: format!("r{}", self.record.references.len() + 1),
            kind,
            number: found.number.clone(),
            date,
            issuer,
            title,
            role,
            paper: 0,
            evidence,
        });
    }

    pub(super) fn sums(&mut self, block: usize, passage: &Passage, quantities: &[Quantity]) {
        if quantities.is_empty() {
            return;
        }
        for parted in fact::sums(passage, quantities) {
            let total = &quantities[parted.total];
            let span = passage.span(parted.range.clone());
            let evidence = self.evidence(&[span]);
            let numbers: Vec<f64> = parted.parts.iter().copied().chain([total.value]).collect();
            self.took(Class::Sum, &numbers_within(passage, &parted.range, &numbers));
            self.sum(passage, total, parted.parts, evidence);
        }
        let document = self.document;
        let span = document.blocks[block].span;
        let first = document.footnotes.partition_point(|note| note.at < span.start);
        for note in document.footnotes[first..].iter().take_while(|note| note.at <= span.end) {
            self.sum_in_footnote(passage, quantities, note.at, note.block);
        }
    }

    /// `509¹ đơn vị` with `¹ 220 trường tiểu học, 209 trường …` at the foot of the page.
    fn sum_in_footnote(&mut self, passage: &Passage, quantities: &[Quantity], at: usize, block: usize) {
        let text = self.document.text.as_str();
        let span = self.document.blocks[block].span;
        let near = |quantity: &&Quantity| {
            let number = passage.tokens[quantity.number.end - 1].span();
            number.end <= at && at <= number.end + 60
        };
        let Some(total) = quantities.iter().rev().find(near) else { return };
        let mut tokens = Vec::new();
        self.lexicon.vocabulary.cut(span.slice(text).unwrap_or_default(), span.start, &mut tokens);
        let note = Passage::new(self.lexicon, text, &tokens, passage.role, passage.section, passage.place);
        let end = (0..tokens.len()).find(|at| note.ends_sentence(*at)).unwrap_or(tokens.len());
        let parts = fact::loose_numbers(&note, 0..end);
        if fact::near(total.value, &parts) {
            let spans = [passage.span(total.whole.clone()), note.span(0..end)];
            let evidence = self.evidence(&spans);
            let mut added = numbers_within(&note, &(0..end), &parts);
            added.push(passage.span(total.number.clone()));
            self.took(Class::Sum, &added);
            self.sum(passage, total, parts, evidence);
        }
    }

    fn sum(&mut self, passage: &Passage, total: &Quantity, parts: Vec<f64>, evidence: Vec<Evidence>) {
        self.record.sums.push(Sum {
            id: format!("u{}", self.record.sums.len() + 1),
            holds: fact::holds(total.value, &parts),
            total: Number(total.value),
            parts: parts.into_iter().map(Number).collect(),
            unit: unit_of(passage, total),
            section: self.path(passage.section),
            paper: 0,
            row: None,
            evidence,
        });
    }

    pub(super) fn ratios(&mut self, passage: &Passage, quantities: &[Quantity]) {
        for share in fact::ratios(passage, quantities) {
            let span = passage.span(share.range.clone());
            let evidence = self.evidence(&[span]);
            let numbers = [share.numerator, share.denominator, share.stated];
            self.took(Class::Ratio, &numbers_within(passage, &share.range, &numbers));
            self.record.ratios.push(Ratio {
                id: format!("q{}", self.record.ratios.len() + 1),
                numerator: Number(share.numerator),
                denominator: Number(share.denominator),
                stated: Number(share.stated),
                holds: share.holds,
                section: self.path(passage.section),
                paper: 0,
                evidence,
            });
        }
    }
}

/// The numbers of a range that are one of `values`: of what an item stands in, only these became part of it.
pub(super) fn numbers_within(passage: &Passage, range: &Range<usize>, values: &[f64]) -> Vec<Span> {
    let is_one = |at: &usize| {
        let read = |plain| number::parse(passage.word(*at), plain);
        passage.tokens[*at].is_number() && [read(false), read(true)].into_iter().flatten().any(|value| values.contains(&value))
    };
    range.clone().filter(is_one).map(|at| passage.tokens[at].span()).collect()
}

/// In a report, a line's label is part of what its values are of: `Lúa mùa: năng suất đạt 52 tạ/ha`.
fn named(passage: &Passage, claim: &Claim, subject: String) -> String {
    match label_of(passage, claim).filter(|_| passage.role == Role::Results && !subject.is_empty()) {
        Some(label) => format!("{}: {subject}", passage.words(label)),
        None => subject,
    }
}

/// `Đến năm 2030, A đạt 80%; B đạt 50%. Trong đó: …`: the time that a sentence opens with is when its values and their parts are due, up to
/// the next one that opens a part of it (`; đến năm 2035 …`). It may follow a label (`Về xã hội: Đến năm 2030, …`) or whoever
/// strives (`xã Khe Vàng phấn đấu đến năm 2030 …`).
fn leading_time(passage: &Passage, claim: &Claim, deadlines: &[deadline::Found]) -> Option<usize> {
    const BEFORE: usize = 3;
    let tokens = passage.tokens;
    let value = claim.quantity.whole.start;
    let own = sentence_start(passage, value);
    let first = skip_marks(tokens, own);
    let parts = tokens.get(first).is_some_and(|token| token.is(K::InTime))
        && tokens.get(first + 1).is_some_and(|token| token.is(K::There));
    let start = if parts && own > 0 { sentence_start(passage, own - 1) } else { own };
    let parted = |at: usize| passage.depth[at] == 0 && (tokens[at].is_mark(b';') || tokens[at].is(K::Colon));
    let opens = |time: usize| {
        let from = (start..time).rev().find(|at| parted(*at)).map_or(start, |at| at + 1);
        time <= from + BEFORE || passage.said_before("strive", time).is_some()
    };
    deadlines.iter().rposition(|found| {
        let time = found.range.start;
        found.to.is_some() && time >= start && found.range.end <= value && passage.depth[time] == 0 && opens(time)
    })
}

/// The unit as written.
pub(super) fn unit_of(passage: &Passage, quantity: &Quantity) -> Option<String> {
    let unit = passage.words(quantity.unit.clone());
    (!unit.is_empty()).then(|| unit.to_owned())
}

/// The value; of a fraction without a unit (`1/3 số xã`) its share.
fn value_of(quantity: &Quantity) -> f64 {
    match quantity.of {
        Some(of) if quantity.unit.is_empty() => (quantity.value / of * 1e6).round() / 1e6,
        _ => quantity.value,
    }
}

/// Whether the value is a change: `giảm 1,5%`, `tăng 24,64% so với cùng kỳ`, `gấp 2 lần`.
fn change(passage: &Passage, claim: &Claim) -> Option<Change> {
    let kind = match claim.quantity.lead {
        Lead::Increase => ChangeKind::Increase,
        Lead::Decrease => ChangeKind::Decrease,
        Lead::Turn => ChangeKind::Multiple,
        // `giảm tỷ lệ hộ nghèo 1,5%/năm`: the verb stands before what is measured.
        Lead::None => leading_change(passage, claim.indicator.first()?)?,
        _ => return None,
    };
    let tokens = passage.tokens;
    let end = claim.clause.end.min(tokens.len());
    let from = claim.quantity.whole.end;
    let base = (from..end.saturating_sub(1)).find(|at| tokens[*at].is(K::Comparison) && tokens[at + 1].is(K::With)).map(|at| {
        // `so với năm 2023 về số vụ`: what changes is no part of what it is compared with.
        let about = |at: usize| tokens[at].is(K::About) && tokens[at - 1].is_number();
        let stop = (at..end).find(|at| tokens[*at].is_mark(b',') || tokens[*at].is_mark(b'(') || about(*at)).unwrap_or(end);
        passage.words(at..stop).to_owned()
    });
    Some(Change { kind, base })
}

/// The change that the first verb of an indicator names, or the one that `và` joins to it: `Kiềm chế và kéo giảm tai nạn`.
fn leading_change(passage: &Passage, indicator: &Range<usize>) -> Option<ChangeKind> {
    const JOINED: usize = 4;
    let change = |at: usize| match passage.lexicon.comparators.at(passage.tokens, at)?.1 {
        ComparatorKind::Decrease => Some(ChangeKind::Decrease),
        ComparatorKind::Increase => Some(ChangeKind::Increase),
        _ => None,
    };
    let joined = || indicator.clone().take(JOINED).find(|at| passage.tokens[*at].is(K::And)).filter(|at| *at > indicator.start);
    change(indicator.start).or_else(|| joined().and_then(|at| change(at + 1)))
}
