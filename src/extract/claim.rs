//! Claims: a value and what it is of, read from a clause.
//!
//! `Tỷ lệ X đạt 85%` and `100% X được Y` are read alike: the clause without its value,
//! comparator, exceptions and time is what is measured. One sentence may hold several
//! values, each with its own scope (`cấp tỉnh trên 90%, cấp huyện trên 80%`), its own time
//! (`đến năm 2025 đạt 50%, đến năm 2030 đạt 70%`) or its own subject.

mod assigned;
mod groups;
mod listing;
mod reported;
mod said;
mod scene;
mod several;

use std::ops::Range;

use super::clause;
use super::deadline;
use super::quantity;
use scene::Scene;

use super::passage::{Passage, Role};
use super::quantity::{Lead, Quantity};
use crate::lexicon::{AsideKind, ClauseKind, ComparatorKind, UnitKind};
use crate::record::Comparator;
use crate::words::{Case, Keyword as K, Token, WordId};

/// A value and what it is of; all ranges are of the passage's tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    pub(crate) quantity: Quantity,
    /// What is measured, in pieces.
    pub(crate) indicator: Vec<Range<usize>>,
    /// The level, group or place that this value is for.
    pub(crate) scope: Vec<Range<usize>>,
    pub(crate) conditions: Vec<Range<usize>>,
    /// The clause that it was read from.
    pub(crate) clause: Range<usize>,
    /// Index of the clause's own deadline.
    pub(crate) due: Option<usize>,
    /// The target behind a reported result: `(được giao 90%)`.
    pub(crate) assigned: Option<Quantity>,
    /// Whether it stands in brackets behind another value.
    pub(crate) aside: bool,
    /// Whether it is an entry of a line that lists things with their values.
    pub(crate) listed: bool,
}

/// So many parts of a line between semicolons are looked at together.
const MOST_SEGMENTS: usize = 16;

/// All claims of a passage, in order.
pub(crate) fn find(
    passage: &Passage,
    quantities: &[Quantity],
    deadlines: &[deadline::Found],
    times: &[Range<usize>],
) -> Vec<Claim> {
    if quantities.is_empty() {
        return Vec::new();
    }
    let known = said::Known::new(passage, quantities, deadlines, times);
    let said = said::read(passage, &known);
    let reader = Reader { passage, quantities: &said.quantities, deadlines, times, asides: &said.asides };
    let mut claims = Vec::new();
    let mut segments = reader.segments().into_iter().peekable();
    while let Some(segment) = segments.next() {
        // `Trạm mới: Bưu điện: 25 trạm; Viễn thông: 33 trạm`: semicolons part entries of one line too.
        let mut end = segment.end;
        let mut more = 0;
        let mut ahead = segments.clone();
        while passage.tokens.get(end).is_some_and(|mark| mark.is_mark(b';'))
            && more < MOST_SEGMENTS
            && let Some(next) = ahead.next()
        {
            end = next.end;
            more += 1;
        }
        if more > 0
            && let Some(listed) = reader.listing(&(segment.start..end))
        {
            claims.extend(listed);
            segments = ahead;
            continue;
        }
        reader.segment(segment, &mut claims);
    }
    claims.sort_by_key(|claim| claim.quantity.whole.start);
    reader.name_groups(&mut claims);
    reader.pair_results(&mut claims);
    if passage.role == Role::Results {
        reader.name_reported(&mut claims);
    }
    claims
}

struct Reader<'a> {
    passage: &'a Passage<'a>,
    quantities: &'a [Quantity],
    deadlines: &'a [deadline::Found],
    /// Times that are no deadlines: `Trong 6 tháng đầu năm 2024, …`.
    times: &'a [Range<usize>],
    /// Words that only tell more.
    asides: &'a [Range<usize>],
}

/// A stretch of a segment that holds one value.
struct Piece<'q> {
    quantity: &'q Quantity,
    left: Range<usize>,
    right: Range<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn tokens(&self) -> &'a [Token] {
        self.passage.tokens
    }

    /// The passage parted at semicolons and sentence ends; a part without a value goes with the one before where it sets aims.
    fn segments(&self) -> Vec<Range<usize>> {
        let tokens = self.tokens();
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        for at in 0..tokens.len() {
            let semicolon = tokens[at].is_mark(b';');
            if self.passage.depth[at] == 0 && (semicolon || self.passage.ends_sentence(at)) {
                parts.push(start..at);
                start = at + 1;
            }
        }
        if start < tokens.len() {
            parts.push(start..tokens.len());
        }
        let mut joined: Vec<Range<usize>> = Vec::new();
        for part in parts {
            let valued = self.within(&part).next().is_some();
            // `100% doanh nghiệp …; các doanh nghiệp đã …`: only what begins with its value goes on.
            let value_first = joined.last().is_some_and(|last: &Range<usize>| {
                self.within(last).next().is_some_and(|first| first.whole.start <= last.start + 1)
            });
            let goes_on = self.passage.role == Role::Aims
                && value_first
                && tokens.get(part.start).is_some_and(|token| token.is_lower_word())
                && part.start > 0
                && tokens[part.start - 1].is_mark(b';')
                && joined.last().is_some_and(|last| self.goes_on_with(last, part.start));
            match joined.last_mut().filter(|last| !valued && goes_on && self.within(last).next().is_some()) {
                Some(last) => last.end = part.end,
                None => joined.push(part),
            }
        }
        joined
    }

    /// Whether what stands behind a semicolon is about the things of the share before it: `100% cơ sở dữ liệu được kết nối; mở dữ liệu …`,
    /// `100% các hộ nuôi đăng ký; các hộ đã …`; `…; trẻ em đi xe đội mũ` is about others.
    fn goes_on_with(&self, share: &Range<usize>, next: usize) -> bool {
        let tokens = self.tokens();
        let acts = self.passage.lexicon.actions.at(tokens, next).is_some()
            && !clause::is(self.passage, next, ClauseKind::Other)
            && !clause::is(self.passage, next, ClauseKind::Aim);
        let named = self.within(share).next().map_or(share.end, |value| value.whole.end);
        let again =
            (0..2).all(|step| named + step < share.end && next + step < tokens.len() && self.same(named + step, next + step));
        acts || again
    }

    fn within<'s>(&'s self, range: &Range<usize>) -> impl Iterator<Item = &'a Quantity> + use<'a, 's> {
        let range = range.clone();
        let first = self.quantities.partition_point(|quantity| quantity.number.start < range.start);
        self.quantities[first..].iter().take_while(move |quantity| quantity.number.start < range.end)
    }

    /// The brackets that open in `range` at its own depth.
    fn brackets(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let depth = self.passage.depth[range.start];
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            if self.tokens()[at].is_mark(b'(') && self.passage.depth[at] == depth {
                let close = self.passage.closing(at).unwrap_or(range.end.saturating_sub(1)).min(range.end.saturating_sub(1));
                found.push(at..close + 1);
                at = close + 1;
            } else {
                at += 1;
            }
        }
        found
    }

    pub(super) fn segment(&self, segment: Range<usize>, claims: &mut Vec<Claim>) {
        if segment.is_empty() {
            return;
        }
        if let Some(listed) = self.listing(&segment) {
            claims.extend(listed);
            return;
        }
        if let Some((group, rest)) = self.about(&segment) {
            let first = claims.len();
            self.segment(rest, claims);
            for claim in claims[first..].iter_mut().filter(|claim| claim.scope.is_empty()) {
                claim.scope = vec![group.clone()];
            }
            return;
        }
        if let Some(label) = self.label_of_groups(&segment) {
            self.segment(segment.start..label.start, claims);
            let groups: Vec<&Quantity> = self.within(&(label.end..segment.end)).collect();
            let behind = label.end + 1..segment.end;
            let scene = Scene {
                reader: self,
                skip: Vec::new(),
                skip_from: behind.start,
                segment: behind,
                conditions: Vec::new(),
                assigned: None,
            };
            scene.parts(&groups, std::slice::from_ref(&label), claims);
            return;
        }
        let depth = self.passage.depth[segment.start];
        let brackets = self.brackets(&segment);
        let bracket_of = |quantity: &Quantity| brackets.iter().find(|bracket| bracket.contains(&quantity.number.start));
        let mut main: Vec<&Quantity> = self
            .within(&segment)
            .filter(|quantity| self.passage.depth[quantity.number.start] == depth && bracket_of(quantity).is_none())
            .collect();
        main.retain(|quantity| {
            !self.only_qualifies(quantity, &segment)
                && !self.is_threshold(quantity, &segment)
                && !self.counts_places(quantity, &segment)
        });
        // Behind `trong đó` stand the value's own parts.
        let parts_from = self.part_mark(&segment).unwrap_or(segment.end);
        if self.passage.role != Role::Results && main.iter().any(|quantity| quantity.is_strong()) {
            let unit = |quantity: &Quantity| self.passage.words(quantity.unit.clone()).to_lowercase();
            let units: Vec<String> = main.iter().filter(|quantity| quantity.is_strong()).map(|quantity| unit(quantity)).collect();
            main.retain(|quantity| {
                // `Có 03 khu du lịch, trong đó ít nhất 01 khu …`: what has parts is wanted like them.
                let whole = quantity.whole.start < parts_from
                    && parts_from < segment.end
                    && self.within(&(quantity.whole.end..parts_from)).next().is_none();
                quantity.is_strong()
                    || whole && quantity.unit_kind != Some(UnitKind::Time)
                    || quantity.whole.start > parts_from
                    || units.contains(&unit(quantity))
                    || self.is_listed(quantity, &segment)
                    || self.has_own_clause(quantity, &segment)
                    || self.is_for_each(quantity, &segment)
                    || self.is_joined_count(quantity, &segment)
            });
        }
        self.drop_qualifiers(&mut main);
        let mut skip = vec![false; segment.len()];
        let mut conditions = Vec::new();
        let mut assigned = None;
        let mut setters: Vec<(usize, Range<usize>)> = Vec::new();
        let mut inner = Vec::new();
        for bracket in &brackets {
            let inside = bracket.start + 1..bracket.end.saturating_sub(1).max(bracket.start + 1);
            let valued = self.within(&inside).next().is_some();
            let kind = self.aside_kind(&inside);
            let behind = main.iter().any(|quantity| quantity.whole.start < bracket.start);
            // `30.200 người (tỉnh giao) / 30.500 người (huyện giao)`.
            let setter = (!valued && behind).then(|| clause::setter(self.passage, inside.clone())).flatten();
            let drop = match kind {
                _ if setter.is_some() => {
                    setters.extend(setter.map(|setter| (bracket.start, setter)));
                    true
                }
                Some(AsideKind::Condition) => {
                    conditions.extend(self.condition_parts(&inside));
                    true
                }
                Some(AsideKind::Assigned) if valued => {
                    assigned = self.within(&inside).next().cloned();
                    true
                }
                Some(AsideKind::State) => true,
                _ => valued,
            };
            if drop {
                for at in bracket.clone() {
                    skip[at - segment.start] = true;
                }
            }
            // In a report `(tính đến tháng 6, đã xử lý 690 vụ)` tells what it is there to tell.
            let left_out = match kind {
                Some(AsideKind::Condition | AsideKind::Assigned) => true,
                Some(AsideKind::State) => self.passage.role != Role::Results,
                _ => false,
            };
            if valued && !left_out {
                inner.push((inside, behind));
            }
        }
        for time in self.deadlines.iter().map(|found| &found.range).chain(self.times) {
            // `so với cuối năm 2022`: what a change is measured against.
            let base =
                time.start >= 2 && self.tokens()[time.start - 1].is(K::With) && self.tokens()[time.start - 2].is(K::Comparison);
            if time.start >= segment.start && time.end <= segment.end && !base {
                for at in time.clone() {
                    skip[at - segment.start] = true;
                }
            }
        }
        let planned = self.within(&segment).flat_map(|quantity| quantity.beside.clone());
        for at in planned.chain(self.asides.iter().flat_map(Clone::clone)).filter(|at| segment.contains(at)) {
            skip[at - segment.start] = true;
        }
        let reported = assigned.as_ref().and_then(|assigned| self.reported(&main, assigned)).map(|of| of.number.start);
        let scene = Scene { reader: self, segment: segment.clone(), skip, skip_from: segment.start, conditions, assigned };
        if main.is_empty() {
            self.bracketed(&scene, inner, claims);
            return;
        }
        let first = claims.len();
        // `…; riêng xã A từ 78 triệu đồng trở lên`: a part of the value before.
        if parts_from == segment.start
            && self.passage.role != Role::Results
            && let Some(base) = self.whole_of(&main, claims)
        {
            scene.parts(&main, &base, claims);
            return;
        }
        let (whole, parts): (Vec<&Quantity>, Vec<&Quantity>) =
            main.iter().partition(|quantity| quantity.whole.start < parts_from);
        // `tỷ lệ … còn 5%, trong đó vùng cao giảm 2 điểm phần trăm`: the change of a part of it.
        let changes = |whole: &Quantity, part: &Quantity| {
            matches!(part.lead, Lead::Increase | Lead::Decrease)
                && whole.unit_kind == Some(UnitKind::Percent)
                && part.unit_kind == Some(UnitKind::Percent)
        };
        let alike =
            whole.first().is_some_and(|whole| parts.iter().all(|part| self.same_unit(whole, part) || changes(whole, part)));
        if whole.is_empty() || parts.is_empty() || !alike {
            let pieces = scene.pieces(&main);
            scene.claims(&pieces, claims);
            self.name_averages(&mut claims[first..]);
        } else {
            let of_whole = Scene { segment: segment.start..parts_from, ..scene.clone() };
            of_whole.claims(&of_whole.pieces(&whole), claims);
            let indicator = claims.last().map(|claim| claim.indicator.clone()).unwrap_or_default();
            let of_parts = Scene { segment: parts_from..segment.end, ..scene.clone() };
            of_parts.parts(&parts, &indicator, claims);
        }
        for claim in claims[first..].iter_mut().filter(|claim| Some(claim.quantity.number.start) != reported) {
            claim.assigned = None;
        }
        for (bracket, setter) in setters {
            let of = claims[first..]
                .iter_mut()
                .filter(|claim| claim.quantity.whole.end <= bracket)
                .max_by_key(|claim| claim.quantity.whole.end);
            if let Some(claim) = of.filter(|claim| claim.scope.is_empty()) {
                claim.scope = vec![setter];
            }
        }
        self.name_rates(&mut claims[first..]);
        self.name_shares_of_plan(&mut claims[first..]);
        // `1.250 hộ (trong đó huyện A 900 hộ, thị xã B 350 hộ)`.
        if self.passage.role != Role::Results {
            for (inside, _) in &inner {
                let parts: Vec<&Quantity> = self.within(inside).collect();
                // The value before the bracket; parts of another unit are of what stands there too: `05 cầu bằng 60 tỷ đồng (tỉnh 40 tỷ đồng, …)`.
                let before = |claim: &&Claim| claim.quantity.whole.end <= inside.start;
                let Some(of) = claims[first..].iter().filter(before).max_by_key(|claim| claim.quantity.whole.end) else {
                    continue;
                };
                let alike = parts.iter().all(|part| self.same_unit(&of.quantity, part));
                if !alike && self.tells_shares(inside, &parts) {
                    self.inside(inside.clone(), claims);
                    continue;
                }
                // `dưới 8% (khu vực miền núi dưới 25%)`: one part, with the name of its group.
                let grouped = self.passage.says("group", inside.start).is_some();
                if !alike || parts.len() < 2 && self.part_mark(inside) != Some(inside.start) && !grouped {
                    continue;
                }
                let due = of.due;
                let from = claims.len();
                let indicator = of.indicator.clone();
                let of_parts = Scene { segment: inside.clone(), skip: Vec::new(), skip_from: inside.start, ..scene.clone() };
                of_parts.parts(&parts, &indicator, claims);
                // `… (khu vực miền núi dưới 25%) vào năm 2025`: the parts are due with the whole.
                for claim in claims[from..].iter_mut().filter(|claim| claim.due.is_none()) {
                    claim.due = due;
                }
            }
        }
        if self.passage.role == Role::Results {
            for (inside, _) in inner {
                let first = claims.len();
                self.inside(inside, claims);
                for claim in &mut claims[first..] {
                    claim.aside = true;
                }
            }
        }
    }

    /// `Đón 20.000 lượt khách (khách lưu trú chiếm 30 - 40%)`: shares in a bracket with what they are of before each.
    fn tells_shares(&self, inside: &Range<usize>, parts: &[&Quantity]) -> bool {
        const LEAST: usize = 2;
        let mut start = inside.start;
        self.passage.role == Role::Aims
            && parts.iter().all(|part| {
                let named = (start..part.whole.start).filter(|at| self.tokens()[*at].is_word()).count() >= LEAST;
                start = part.whole.end;
                named && part.unit_kind == Some(UnitKind::Percent) && part.lead != Lead::Increase && part.lead != Lead::Decrease
            })
    }

    /// `thông xe 4,8 km đường, tiến độ giải ngân đạt trên 90%`: a bare value alone between two marks, of work or of what is measured.
    fn has_own_clause(&self, quantity: &Quantity, segment: &Range<usize>) -> bool {
        const LONGEST_VERB: usize = 4;
        const LONGEST_NAME: usize = 12;
        const NEAR: usize = 6;
        let passage = self.passage;
        let tokens = self.tokens();
        let start = quantity.whole.start;
        let depth = passage.depth[quantity.number.start];
        let mark = |at: &usize| {
            (tokens[*at].is(K::Comma) || tokens[*at].is(K::Colon) || tokens[*at].is_mark(b';')) && passage.depth[*at] == depth
        };
        let first = (segment.start..start).rev().find(mark).map_or(segment.start, |at| at + 1);
        let end = (quantity.whole.end..segment.end).find(mark).unwrap_or(segment.end);
        let next = (end + 1..segment.end).find(mark).unwrap_or(segment.end);
        let closed = end == segment.end
            || clause::opens(passage, end + 1) == clause::Opening::Clause
            || self.within(&(end + 1..next.max(end + 1))).next().is_some();
        // `08 cầu treo và 02 ngầm tràn`: another count that goes on with it is of the same work.
        let goes_on = |other: &Quantity| {
            other.whole.start > start
                && other.whole.start == other.number.start
                && tokens[other.whole.start - 1].is(K::And)
                && other.unit_kind == quantity.unit_kind
        };
        // `27 tuyến kênh với tổng chiều dài 41 km`: what goes with the things has a value of its own.
        let with = |other: &Quantity| {
            let before = (first..other.whole.start).rev().take(NEAR).find(|at| tokens[*at].is(K::With));
            other.whole.start > start
                && before.is_some_and(|with| {
                    with > start
                        && (passage.lexicon.measures.at(tokens, with + 1).is_some() || passage.says("sum", with + 1).is_some())
                })
        };
        // `Vận động 1,2 tỷ đồng xây 05 nhà`: so is a bare value of a second work in it.
        let alone = self
            .within(&(first..end))
            .all(|other| other.number.start == quantity.number.start || goes_on(other) || with(other) || !other.is_strong());
        if !alone || !closed || quantity.of.is_some() || first >= start {
            return false;
        }
        let bounded = quantity.value_to.is_some() || quantity.comparator.is_some();
        if tokens[first].is(K::Each) && start - first <= NEAR || tokens[first].is(K::Moment) && bounded {
            return true;
        }
        if !matches!(quantity.unit_kind, Some(UnitKind::Count | UnitKind::Measure | UnitKind::Money)) {
            return false;
        }
        let acts = |at: usize| passage.lexicon.actions.at(tokens, at).map(|(length, ())| length);
        // `gieo cấy xong 1.870 ha`: one word may stand between.
        let works = (start.saturating_sub(LONGEST_VERB + 1).max(first)..start)
            .any(|at| acts(at).is_some_and(|length| at + length <= start && start <= at + length + 1));
        let counts = quantity.unit_kind == Some(UnitKind::Count);
        let sum = quantity.unit_kind == Some(UnitKind::Money) && passage.says("sum", first).is_some();
        let measured = passage.lexicon.measures.at(tokens, first).is_some() && (quantity.value_to.is_some() || !counts) || sum;
        let named = passage.role == Role::Aims && !counts && start - first <= LONGEST_NAME;
        (works || measured || named) && (first..start).all(|at| tokens[at].is_word() || passage.depth[at] > depth)
    }

    /// `dồn điền đổi thửa 220 ha tại 4 thôn`: in how many places what was counted before is done.
    fn counts_places(&self, quantity: &Quantity, segment: &Range<usize>) -> bool {
        let tokens = self.tokens();
        let start = quantity.whole.start;
        let placed = start > segment.start && start == quantity.number.start && tokens[start - 1].is_any(&[K::At, K::In]);
        let before = self.within(segment).take_while(|other| other.number.start < start).last();
        placed
            && self.passage.role != Role::Results
            && quantity.unit_kind == Some(UnitKind::Count)
            && before.is_some_and(|before| {
                before.unit_kind != Some(UnitKind::Time)
                    && (before.whole.end..start).all(|at| tokens[at].is_word() && !tokens[at].is(K::And))
            })
    }

    /// `Sửa 08 cầu treo và 02 ngầm tràn`: a bare count behind `và`, one with the count of work before it.
    fn is_joined_count(&self, quantity: &Quantity, segment: &Range<usize>) -> bool {
        const LONGEST: usize = 6;
        let tokens = self.tokens();
        let start = quantity.whole.start;
        let counts = |quantity: &Quantity| quantity.unit_kind == Some(UnitKind::Count) && quantity.of.is_none();
        let before = self.within(segment).take_while(|other| other.number.start < start).last();
        start > segment.start
            && start == quantity.number.start
            && tokens[start - 1].is(K::And)
            && counts(quantity)
            && before.is_some_and(|before| {
                let between = before.whole.end..start - 1;
                let works = self.has_own_clause(before, &(segment.start..start - 1));
                counts(before) && between.len() <= LONGEST && between.clone().all(|at| tokens[at].is_lower_word()) && works
            })
    }

    /// `ít nhất 1,2 tỷ đồng mỗi xã, 800 triệu đồng mỗi phường`: the second of two sums, each for one of a kind.
    fn is_for_each(&self, quantity: &Quantity, segment: &Range<usize>) -> bool {
        let tokens = self.tokens();
        let start = quantity.whole.start;
        let each = |quantity: &Quantity| tokens.get(quantity.whole.end).is_some_and(|token| token.is(K::Each));
        let before = self.within(segment).take_while(|other| other.number.start < start).last();
        let joined = start > segment.start && (tokens[start - 1].is(K::Comma) || tokens[start - 1].is(K::And));
        joined && each(quantity) && before.is_some_and(|before| each(before) && before.unit_kind == quantity.unit_kind)
    }

    /// `…, học sinh bỏ học: tiểu học 0%, trung học cơ sở dưới 0,3%`: what is measured of the groups behind its colon, each of which has
    /// nothing but its share.
    fn label_of_groups(&self, segment: &Range<usize>) -> Option<Range<usize>> {
        const LEAST: usize = 3;
        const LONGEST: usize = 12;
        const GROUP: usize = 9;
        const WHOLE: std::ops::RangeInclusive<f64> = 99.5..=100.5;
        let passage = self.passage;
        let tokens = self.tokens();
        let depth = passage.depth[segment.start];
        let mut colons = segment.clone().filter(|at| tokens[*at].is(K::Colon) && passage.depth[*at] == depth);
        let (colon, None) = (colons.next()?, colons.next()) else { return None };
        let comma = (segment.start..colon).rev().find(|at| tokens[*at].is(K::Comma) && passage.depth[*at] == depth);
        let label = comma.map_or(segment.start, |comma| comma + 1)..colon;
        let valued = comma.is_some_and(|comma| self.within(&(segment.start..comma)).next().is_some());
        let measured = comma.is_none() && passage.lexicon.measures.at(tokens, label.start).is_some();
        // `Cơ cấu lao động: nông nghiệp 40%, công nghiệp 35%, dịch vụ 25%`: the parts of a whole.
        let percent = |quantity: &&Quantity| quantity.unit_kind == Some(UnitKind::Percent);
        let total: f64 = self.within(&(colon..segment.end)).filter(percent).map(|quantity| quantity.value).sum();
        let parted = comma.is_none() && WHOLE.contains(&total);
        let named = (LEAST..=LONGEST).contains(&label.len())
            && label.clone().all(|at| tokens[at].is_word())
            && !tokens[label.start].is(K::About)
            && self.within(&label).next().is_none();
        if passage.role == Role::Results || !named || !valued && !measured && !parted {
            return None;
        }
        let mut units = self.within(&(colon..segment.end));
        let first = units.next()?;
        let alike = units.all(|other| self.same_unit(first, other));
        let mut from = colon + 1;
        let mut groups = 0;
        for quantity in self.within(&(colon..segment.end)) {
            let group = from..quantity.whole.start;
            let bare = (1..=GROUP).contains(&group.len())
                && group.clone().all(|at| tokens[at].is_word() || tokens[at].is(K::Hyphen))
                && passage.lexicon.measures.at(tokens, group.start).is_none()
                && passage.lexicon.actions.at(tokens, group.start).is_none();
            let end = quantity.whole.end;
            let ends = end >= segment.end || tokens[end].is(K::Comma) || tokens[end].is(K::And);
            let kind = quantity.unit_kind == Some(UnitKind::Percent)
                || measured && matches!(quantity.unit_kind, Some(UnitKind::Measure | UnitKind::Count));
            if !bare || !ends || !alike || !kind || !matches!(quantity.lead, Lead::None | Lead::Reach) {
                return None;
            }
            from = end + 1;
            groups += 1;
        }
        (groups > 1 && from >= segment.end).then_some(label)
    }

    /// `Đối với các xã ven sông, tỷ lệ …`: the group that the values behind the comma are for, and what is behind it.
    fn about(&self, segment: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let passage = self.passage;
        let (length, _) = clause::joint(passage, segment.start).filter(|(_, kind)| *kind == ClauseKind::About)?;
        let value = self.within(segment).next().filter(|_| passage.role != Role::Results)?.whole.start;
        let depth = passage.depth[segment.start];
        let parts = |at: &usize| {
            let mark = self.tokens()[*at].is(K::Comma) || self.tokens()[*at].is(K::Colon);
            mark && passage.depth[*at] == depth
                && (at + 1 == value
                    || self.tokens()[*at].is(K::Colon)
                    || clause::opens(passage, at + 1) == clause::Opening::Clause)
        };
        let mark = (segment.start + length + 1..value).find(parts)?;
        Some((segment.start + length..mark, mark + 1..segment.end))
    }

    /// The value that those behind `trong đó` are parts of: the last one of the same unit, in this sentence or the one before.
    fn whole_of(&self, main: &[&Quantity], claims: &[Claim]) -> Option<Vec<Range<usize>>> {
        let first = main.first()?;
        let ends = |claim: &&Claim| {
            (claim.quantity.whole.end..first.whole.start).filter(|at| self.passage.ends_sentence(*at)).count() <= 1
        };
        claims
            .iter()
            .rev()
            .take_while(ends)
            .find(|claim| self.same_unit(&claim.quantity, first))
            .map(|claim| claim.indicator.clone())
    }

    /// `giá trị xuất khẩu đạt 48 triệu USD, tốc độ tăng bình quân 5%/năm`: a rate is of the value before.
    fn name_rates(&self, claims: &mut [Claim]) {
        for index in 1..claims.len() {
            let (before, after) = claims.split_at_mut(index);
            let (before, claim) = (&before[index - 1], &mut after[0]);
            let [own] = claim.indicator.as_slice() else { continue };
            let Some((length, ClauseKind::Rate)) = clause::joint(self.passage, own.start) else { continue };
            let rest = own.start + length..own.end;
            let bare = rest.len() <= 4 && rest.clone().all(|at| quantity::is_of_average(self.passage, at));
            let long = length > 1 || !rest.is_empty();
            if !bare || !long || before.indicator.is_empty() || before.quantity.whole.end > own.start {
                continue;
            }
            let mut end = own.end;
            while end < claim.quantity.number.start && quantity::is_of_average(self.passage, end) {
                end += 1;
            }
            let own = own.start..end;
            // A rate of a rate is of what the first is of.
            claim.indicator = before.indicator.iter().cloned().chain(std::iter::once(own)).collect();
        }
    }

    /// `thu hút 120 lượt khách, đạt 104% kế hoạch`: the share is of the value before.
    fn name_shares_of_plan(&self, claims: &mut [Claim]) {
        if self.passage.role != Role::Results {
            return;
        }
        for index in 1..claims.len() {
            let (before, after) = claims.split_at_mut(index);
            let claim = &mut after[0];
            let Some(before) = before.iter().rev().find(|claim| !claim.indicator.is_empty() && !claim.aside) else { continue };
            let behind = claim.quantity.whole.end;
            if !claim.indicator.is_empty() || claim.quantity.unit_kind != Some(UnitKind::Percent) {
                continue;
            }
            let Some((length, ClauseKind::Plan)) = clause::joint(self.passage, behind) else { continue };
            let verb = claim.quantity.whole.start..claim.quantity.number.start;
            let plan = behind..behind + length;
            claim.indicator = before.indicator.iter().cloned().chain([verb, plan]).filter(|range| !range.is_empty()).collect();
        }
    }

    /// `Giải quyết việc làm cho 17.500 người, bình quân khoảng 1.450 người/tháng`: the average is of what came before.
    fn name_averages(&self, claims: &mut [Claim]) {
        for index in 1..claims.len() {
            let (before, after) = claims.split_at_mut(index);
            let (before, claim) = (&before[index - 1], &mut after[0]);
            if let [own] = claim.indicator.as_slice()
                && own.len() == 2
                && matches!((self.passage.lower(own.start).as_str(), self.passage.word(own.start + 1)), ("bình", "quân"))
            {
                claim.indicator = before.indicator.iter().chain(&claim.indicator).cloned().collect();
            }
        }
    }

    /// Values only in brackets: `… (đạt tối thiểu 20%)` is the clause's own; `A các cấp (B đạt 100%; C đạt 50%)` are B and C.
    fn bracketed(&self, scene: &Scene, inner: Vec<(Range<usize>, bool)>, claims: &mut Vec<Claim>) {
        for (inside, _) in inner {
            let values: Vec<&Quantity> = self.within(&inside).collect();
            let [first, ..] = values.as_slice() else { continue };
            let outside = first.whole.start..first.whole.end;
            let bare = values.len() == 1 && outside.start <= inside.start + 1 && outside.end + 1 >= inside.end;
            if bare {
                if first.is_strong() {
                    let whole = scene.segment.clone();
                    let indicator = scene.indicator(std::slice::from_ref(&whole));
                    claims.push(scene.claim(first, indicator, Vec::new(), whole));
                }
                continue;
            }
            let start = claims.len();
            self.inside(inside, claims);
            let scope = scene.indicator(std::slice::from_ref(&scene.segment));
            for claim in &mut claims[start..] {
                if claim.scope.is_empty() && scene.reader.passage.role != Role::Results {
                    claim.scope.clone_from(&scope);
                }
                claim.aside = scene.reader.passage.role == Role::Tasks && !claim.quantity.is_strong();
            }
        }
    }

    /// The claims of the inside of brackets.
    fn inside(&self, range: Range<usize>, claims: &mut Vec<Claim>) {
        let mut start = range.start;
        for at in range.clone() {
            if self.tokens()[at].is_mark(b';') {
                self.segment(start..at, claims);
                start = at + 1;
            }
        }
        self.segment(start..range.end, claims);
    }

    /// Whether a quantity says which things are meant: `từ 15 tuổi trở lên`, `dưới 5 tuổi`, `trong 05 năm`;
    /// but `Thời gian … không quá 15 phút` is a value.
    fn only_qualifies(&self, quantity: &Quantity, segment: &Range<usize>) -> bool {
        // `OCOP đạt từ 3 sao trở lên`.
        if self.passage.words(quantity.unit.clone()) == "sao" && self.within(segment).count() > 1 {
            return true;
        }
        // `trẻ em từ 12 tháng đến 48 tháng tuổi`: of which age, from one number to another.
        let aged = |at: usize| self.tokens().get(at).is_some_and(|token| token.is(K::Age));
        let unit = quantity.unit.clone();
        if quantity.unit_kind == Some(UnitKind::Time) && aged(quantity.whole.end) && !unit.clone().any(aged) {
            return true;
        }
        // `từ 9 tháng đến 10 tuổi`, but `Tuổi thọ bình quân đạt 75 tuổi`.
        let life = |at: usize| aged(at) && self.passage.lexicon.measures.at(self.tokens(), at).is_some();
        let reaches = (quantity.whole.start.saturating_sub(1)..quantity.number.start).any(|at| self.tokens()[at].is(K::To));
        if unit.clone().any(aged) && reaches && !(segment.start..quantity.whole.start).any(life) {
            return true;
        }
        // `mỗi buổi không quá 120 phút` limits what is done.
        let limits = quantity.comparator.is_some()
            && (segment.start..quantity.whole.start).rev().take(6).any(|at| self.tokens()[at].is(K::Each));
        quantity.unit_kind == Some(UnitKind::Time)
            && !limits
            && !matches!(quantity.lead, Lead::Reach | Lead::Level | Lead::Increase | Lead::Decrease)
            && !(segment.start..quantity.whole.start)
                .any(|at| self.tokens()[at].is(K::Moment) && matches!(self.passage.word(at + 1), "gian" | "hạn" | "lượng"))
    }

    /// `hộ có doanh thu trên 1 tỷ đồng sử dụng …`: a value that says which things are meant.
    fn is_threshold(&self, quantity: &Quantity, segment: &Range<usize>) -> bool {
        const NOUNS: usize = 4;
        let tokens = self.tokens();
        let start = quantity.whole.start;
        let compares = quantity.comparator.is_some() || quantity.from || quantity.value_to.is_some();
        if !compares || start < segment.start + 3 || matches!(quantity.lead, Lead::Reach | Lead::Level) {
            return false;
        }
        let has = (segment.start + 1..start).rev().take(NOUNS).find(|at| tokens[*at].is(K::Have));
        let Some(has) = has.filter(|has| clause::is(self.passage, has + 1, ClauseKind::Threshold)) else { return false };
        // `Toàn tỉnh có diện tích trên 500 ha` is a value; behind a threshold the clause goes on.
        let goes_on = tokens.get(quantity.whole.end).is_some_and(|next| next.is_word() || next.is_mark(b'('))
            && quantity.whole.end < segment.end;
        let other = self
            .within(segment)
            .any(|other| other.number.start != quantity.number.start && (other.lead == Lead::Reach || other.whole.end < has));
        tokens[has - 1].is_word() && (goes_on || other)
    }

    fn same_unit(&self, one: &Quantity, other: &Quantity) -> bool {
        let unit = |quantity: &Quantity| self.passage.words(quantity.unit.clone()).to_lowercase();
        one.value_to.is_none() && unit(one) == unit(other) && !one.unit.is_empty()
    }

    /// Where `trong đó` stands in a segment.
    fn part_mark(&self, segment: &Range<usize>) -> Option<usize> {
        let depth = self.passage.depth[segment.start];
        segment.clone().find(|at| {
            // `…, riêng xã A đạt 78%`.
            if self.tokens()[*at].is(K::Apart) && self.passage.depth[*at] == depth {
                return *at == segment.start || self.tokens()[at - 1].is(K::Comma) || self.tokens()[at - 1].is(K::Open);
            }
            self.tokens()[*at].is(K::InTime)
                && self.tokens().get(at + 1).is_some_and(|next| next.is(K::There))
                && self.passage.depth[*at] == depth
        })
    }

    /// A bare count beside a value: `Mở 06 lớp … cho ít nhất 180 lao động` sets both; in `Tỷ lệ 25 dịch vụ … đạt 80%` it only names.
    fn is_listed(&self, quantity: &Quantity, segment: &Range<usize>) -> bool {
        let before = quantity.whole.start;
        // `diện tích 24.350 ha, sản lượng đạt 152.800 tấn`; `đạt 15 bác sĩ, 3,1 dược sĩ`.
        let comma = (segment.start..before)
            .rev()
            .find(|at| self.tokens()[*at].is(K::Comma) || self.tokens()[*at].is(K::And))
            .map_or(segment.start, |at| at + 1);
        if self.passage.role == Role::Aims
            && quantity.unit_kind != Some(UnitKind::Time)
            && quantity.of.is_none()
            && (self.passage.lexicon.measures.at(self.tokens(), comma).is_some()
                || comma == before && before > segment.start && quantity.unit_kind == Some(UnitKind::Count))
        {
            return true;
        }
        // `Giải quyết việc làm cho 17.500 người, bình quân …`.
        let for_whom = before > segment.start + 1
            && self.passage.word(before - 1) == "cho"
            && quantity.unit_kind == Some(UnitKind::Count)
            && self.tokens().get(quantity.whole.end).is_none_or(|next| next.is_any(&[K::Comma, K::Semicolon]));
        if for_whom && self.passage.role == Role::Aims {
            return true;
        }
        // `Hình thành mới 05 khu công nghiệp, nâng …`: between the work and its count stand two words at most.
        let work = self.passage.lexicon.actions.at(self.tokens(), comma).is_some_and(|(length, ())| {
            before > comma && before - comma <= length + 2 && (comma + length..before).all(|at| self.tokens()[at].is_lower_word())
        });
        if work && self.passage.role == Role::Aims && matches!(quantity.unit_kind, Some(UnitKind::Count | UnitKind::Measure)) {
            return true;
        }
        before > segment.start
            && matches!(quantity.unit_kind, Some(UnitKind::Count | UnitKind::Measure))
            && (1..=3).any(|back| {
                before >= segment.start + back
                    && self.passage.lexicon.actions.at(self.tokens(), before - back).is_some_and(|(length, ())| length == back)
                    && (before - back == segment.start || self.tokens()[before - back - 1].is(K::Comma))
            })
    }

    /// `Tỷ lệ hộ có ít nhất 01 phương tiện chữa cháy đạt 85%`: where no mark parts two values, the one that is reached is the value.
    fn drop_qualifiers(&self, main: &mut Vec<&'a Quantity>) {
        let mut index = 0;
        while index + 1 < main.len() {
            let (one, next) = (main[index], main[index + 1]);
            let parted = (one.whole.end..next.whole.start).any(|at| {
                let token = &self.tokens()[at];
                token.is(K::Comma) || token.is(K::And) || token.is_mark(b';') || token.is(K::Or)
            });
            let reached = next.lead == Lead::Reach
                && next.whole.start < next.number.start
                && matches!(self.passage.word(next.whole.start), "đạt");
            // `Tỷ lệ học sinh được học 2 buổi/ngày không dưới 77%`: a bare rate inside the name of a share.
            let inner_rate = one.is_rate()
                && one.comparator.is_none()
                && next.unit_kind == Some(UnitKind::Percent)
                && next.comparator.is_some();
            // `đã trồng 18/15 ha đạt 120% kế hoạch`: a value and its share of the plan.
            let of_plan = (one.of.is_some() || one.planned.is_some() || self.passage.role == Role::Results)
                && clause::is(self.passage, next.whole.end, ClauseKind::Plan);
            if !parted && !of_plan && (reached || inner_rate) && one.lead != Lead::Reach && one.lead != Lead::Level {
                main.remove(index);
            } else {
                index += 1;
            }
        }
    }

    fn aside_kind(&self, inside: &Range<usize>) -> Option<AsideKind> {
        let Some((length, kind)) = self.passage.lexicon.asides.at(self.tokens(), inside.start) else {
            // `(tối thiểu gồm hóa đơn và kế toán)`: what is counted must have that.
            let compared = self
                .passage
                .lexicon
                .comparators
                .at(self.tokens(), inside.start)
                .is_some_and(|(_, kind)| matches!(kind, ComparatorKind::Ge | ComparatorKind::Le));
            return (compared && self.within(inside).next().is_none()).then_some(AsideKind::Condition);
        };
        // `(kế hoạch 90%)`, but `(kế hoạch trung hạn có không quá 3.000 dự án)`: what was set is told at once.
        const AT_ONCE: usize = 3;
        if *kind == AsideKind::Assigned
            && self.within(inside).next().is_some_and(|first| first.whole.start > inside.start + length + AT_ONCE)
        {
            return None;
        }
        // `năm`, `tăng` … tell a state only with a number behind.
        (inside.start + length <= inside.end).then_some(*kind)
    }

    /// A condition's parts: each begins with a word of condition.
    fn condition_parts(&self, inside: &Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = inside.start;
        for at in inside.clone() {
            let next = at + 1..inside.end;
            if self.tokens()[at].is_mark(b';') && self.aside_kind(&next) == Some(AsideKind::Condition) {
                parts.push(start..at);
                start = at + 1;
            }
        }
        parts.push(start..inside.end);
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn same(&self, one: usize, other: usize) -> bool {
        let (a, b) = (&self.tokens()[one], &self.tokens()[other]);
        if a.word() != WordId::UNKNOWN || b.word() != WordId::UNKNOWN {
            return a.word() == b.word();
        }
        self.passage.word(one).eq_ignore_ascii_case(self.passage.word(other))
            || self.passage.lower(one).as_str() == self.passage.lower(other).as_str()
    }
}

/// In `trên 85% … và 65% …` the comparator holds for both.
fn carry(quantity: &mut Quantity, carried: Option<Comparator>) -> Option<Comparator> {
    if quantity.comparator.is_none() && quantity.lead == Lead::None {
        quantity.comparator = carried;
    }
    quantity.comparator
}

/// The words of pieces, joined by one space.
pub(crate) fn joined(passage: &Passage, pieces: &[Range<usize>]) -> String {
    let mut text = String::new();
    for piece in pieces {
        let words = passage.words(piece.clone());
        if !text.is_empty() && !words.starts_with([',', '.', ')', ';', ':']) {
            text.push(' ');
        }
        text.push_str(words);
    }
    text
}

/// Whether the clause begins like work: a small or large verb.
pub(crate) fn begins_with_action(passage: &Passage, at: usize) -> bool {
    passage.tokens.get(at).is_some_and(|token| token.is_word() && token.case != Case::Upper)
        && passage.lexicon.actions.at(passage.tokens, at).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::passage::tests::with_passage;
    use super::super::{quantity, reference};
    use super::*;

    /// `indicator | comparator value unit | scope | conditions`.
    pub(super) fn shown(text: &str, role: Role) -> Vec<String> {
        with_passage(text, role, |passage| {
            reference::find(passage);
            let (deadlines, times) = deadline::find_with_times(passage, deadline::Frame::default());
            let mut quantities = quantity::find(passage);
            let inside = |range: &Range<usize>, quantity: &Quantity| {
                range.start <= quantity.number.start && quantity.number.end <= range.end
            };
            quantities.retain(|quantity| {
                !deadlines.iter().any(|found| inside(&found.range, quantity)) && !times.iter().any(|time| inside(time, quantity))
            });
            find(passage, &quantities, &deadlines, &times)
                .iter()
                .map(|claim| {
                    let quantity = &claim.quantity;
                    let conditions: Vec<&str> = claim.conditions.iter().map(|range| passage.words(range.clone())).collect();
                    let parts = [
                        joined(passage, &claim.indicator),
                        format!("{:?} {} {}", quantity.comparator(), quantity.value, passage.words(quantity.unit.clone())),
                        joined(passage, &claim.scope),
                        conditions.join("; "),
                    ];
                    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
                })
                .collect()
        })
    }

    fn check(text: &str, wanted: &[&str]) {
        assert_eq!(shown(text, Role::Aims), wanted, "{text}");
    }

    #[test]
    fn the_clause_without_its_value_is_what_is_measured() {
        check("Tỷ lệ hộ dùng nước sạch đạt 85%;", &["Tỷ lệ hộ dùng nước sạch | Eq 85 %"]);
        check("100% trạm y tế có bác sĩ", &["trạm y tế có bác sĩ | Eq 100 %"]);
        check("Phấn đấu 100% hồ sơ được trả đúng hạn", &["hồ sơ được trả đúng hạn | Eq 100 %"]);
        check("Phủ sóng di động tới 100% thôn", &["Phủ sóng di động thôn | Eq 100 %"]);
        check("Giảm tỷ lệ hộ nghèo xuống còn 4,2%", &["tỷ lệ hộ nghèo | Eq 4.2 %"]);
        check("Diện tích giải phóng mặt bằng đạt 1.250 ha", &["Diện tích giải phóng mặt bằng | Eq 1250 ha"]);
        check("Thu ngân sách bằng 1.250 tỷ đồng", &["Thu ngân sách | Eq 1250 tỷ đồng"]);
        check("Số xã đạt chuẩn đạt 24 xã", &["Số xã đạt chuẩn | Eq 24 xã"]);
    }

    #[test]
    fn brackets_hold_conditions_states_or_the_values_themselves() {
        check("Tỷ lệ văn bản điện tử đạt 100% (trừ văn bản mật)", &["Tỷ lệ văn bản điện tử | Eq 100 % |  | trừ văn bản mật"]);
        check("Tỷ lệ hộ có Internet đạt trên 90% (hiện tại khoảng 60%)", &["Tỷ lệ hộ có Internet | Gt 90 %"]);
        check("Triển khai ký số cho lãnh đạo (đạt tối thiểu 20%)", &["Triển khai ký số cho lãnh đạo | Ge 20 %"]);
        check(
            "Tỷ lệ số hóa hồ sơ (Tỷ lệ cấp bản điện tử đạt 100%; Tỷ lệ dùng lại đạt trên 50%)",
            &["Tỷ lệ cấp bản điện tử | Eq 100 % | Tỷ lệ số hóa hồ sơ", "Tỷ lệ dùng lại | Gt 50 % | Tỷ lệ số hóa hồ sơ"],
        );
    }

    #[test]
    fn one_sentence_holds_several_values() {
        check(
            "Tỷ lệ hồ sơ tại cấp tỉnh trên 90%, tỷ lệ hồ sơ tại cấp xã trên 50% được xử lý trên mạng",
            &["Tỷ lệ hồ sơ được xử lý trên mạng | Gt 90 % | cấp tỉnh", "Tỷ lệ hồ sơ được xử lý trên mạng | Gt 50 % | cấp xã"],
        );
        check(
            "Trên 85% hồ sơ tại cấp huyện và 65% hồ sơ tại cấp xã được xử lý trên mạng",
            &["hồ sơ được xử lý trên mạng | Gt 85 % | cấp huyện", "hồ sơ được xử lý trên mạng | Gt 65 % | cấp xã"],
        );
        check(
            "Tỷ lệ xử lý hồ sơ trên mạng đạt 100% đối với các sở, 80% đối với cấp xã",
            &["Tỷ lệ xử lý hồ sơ trên mạng | Eq 100 % | các sở", "Tỷ lệ xử lý hồ sơ trên mạng | Eq 80 % | cấp xã"],
        );
        check(
            "Tỷ lệ hộ nghèo giảm còn 3%, riêng xã vùng cao giảm còn 8%",
            &["Tỷ lệ hộ nghèo | Eq 3 %", "Tỷ lệ hộ nghèo | Eq 8 % | xã vùng cao"],
        );
        check(
            "Kim ngạch xuất khẩu đến năm 2025 đạt 350 triệu USD, đến năm 2030 đạt 520 triệu USD",
            &["Kim ngạch xuất khẩu | Eq 350 triệu USD", "Kim ngạch xuất khẩu | Eq 520 triệu USD"],
        );
    }

    #[test]
    fn commas_of_a_list_part_nothing() {
        check(
            "100% hồ sơ, kết quả giải quyết thủ tục được số hóa",
            &["hồ sơ, kết quả giải quyết thủ tục được số hóa | Eq 100 %"],
        );
        check(
            "100% cơ quan, đơn vị sử dụng ít nhất 02 phần mềm dùng chung",
            &[
                "cơ quan, đơn vị sử dụng ít nhất 02 phần mềm dùng chung | Eq 100 %",
                "sử dụng phần mềm dùng chung | Ge 2 phần mềm | cơ quan, đơn vị",
            ],
        );
        check("Thí điểm tại 45 xã, phường", &["Thí điểm xã, phường | Eq 45 xã, phường"]);
        check(
            "30% thôn, bản “ba sạch” năm 2026, bảo đảm tỷ lệ hộ sạch đạt 60%",
            &["thôn, bản “ba sạch” | Eq 30 %", "tỷ lệ hộ sạch | Eq 60 %"],
        );
    }

    #[test]
    fn words_before_and_behind_are_no_part_of_what_is_measured() {
        check("trạm y tế có bác sĩ để chăm sóc người già đạt 90%", &["trạm y tế có bác sĩ để chăm sóc người già | Eq 90 %"]);
        check("Trên 80% hộ dùng nước sạch và từng bước nâng cao đời sống", &["hộ dùng nước sạch | Gt 80 %"]);
        check("Trồng 500 ha rừng gắn với phát triển du lịch", &["Trồng rừng | Eq 500 ha"]);
        check("Đẩy mạnh tuyên truyền, phấn đấu đạt 40% hộ tham gia bảo hiểm", &["hộ tham gia bảo hiểm | Eq 40 %"]);
        check(
            "Tỷ lệ hợp tác xã dùng kế toán số (tối thiểu gồm hóa đơn và sổ quỹ) đạt 60%",
            &["Tỷ lệ hợp tác xã dùng kế toán số | Eq 60 % |  | tối thiểu gồm hóa đơn và sổ quỹ"],
        );
    }

    #[test]
    fn thresholds_only_say_which_things_are_meant() {
        check(
            "100% hộ có doanh thu trên 1 tỷ đồng dùng hóa đơn điện tử",
            &["hộ có doanh thu trên 1 tỷ đồng dùng hóa đơn điện tử | Eq 100 %"],
        );
        check("Toàn tỉnh có diện tích trên 500 ha", &["Toàn tỉnh có diện tích | Gt 500 ha"]);
    }

    #[test]
    fn who_set_it_is_the_scope() {
        check(
            "Sản lượng lúa: 6.300 tấn (tỉnh giao) / 6.400 tấn (huyện giao)",
            &["Sản lượng lúa | Eq 6300 tấn | tỉnh giao", "Sản lượng lúa | Eq 6400 tấn | huyện giao"],
        );
        check(
            "Tỷ lệ hộ nghèo: tỉnh giao 5%, địa phương giao 4%",
            &["Tỷ lệ hộ nghèo | Eq 5 % | tỉnh giao", "Tỷ lệ hộ nghèo | Eq 4 % | địa phương giao"],
        );
    }

    #[test]
    fn rates_take_their_subject_from_the_value_before() {
        check(
            "tổng giá trị chè xuất khẩu đạt 33 triệu USD, tốc độ tăng bình quân 3%/năm",
            &["tổng giá trị chè xuất khẩu | Eq 33 triệu USD", "tổng giá trị chè xuất khẩu tốc độ tăng bình quân | Eq 3 %/năm"],
        );
    }

    #[test]
    fn years_with_values_of_their_own() {
        check(
            "Tỷ lệ hộ dùng nước sạch năm 2026 đạt 60%, năm 2027 đạt 65%",
            &["Tỷ lệ hộ dùng nước sạch | Eq 60 %", "Tỷ lệ hộ dùng nước sạch | Eq 65 %"],
        );
        check(
            "Phấn đấu đến hết năm 2026 đạt 60%, năm 2027 đạt 65%, năm 2030 đạt 80% hộ dân dùng nước sạch",
            &["hộ dân dùng nước sạch | Eq 60 %", "hộ dân dùng nước sạch | Eq 65 %", "hộ dân dùng nước sạch | Eq 80 %"],
        );
        // One year alone is when the value is due; a year that a change is measured against stays.
        check("Tỷ lệ hộ dùng nước sạch năm 2026 đạt 60%", &["Tỷ lệ hộ dùng nước sạch | Eq 60 %"]);
        check("Tỷ lệ hộ nghèo giảm 1% so với năm 2025", &["Tỷ lệ hộ nghèo giảm so với năm 2025 | Eq 1 %"]);
    }

    #[test]
    fn bare_values_behind_their_measure_or_for_whom() {
        check(
            "Diện tích nuôi trồng cả năm 1.250 ha, sản lượng đạt 4.800 tấn",
            &["Diện tích nuôi trồng cả năm | Eq 1250 ha", "sản lượng | Eq 4800 tấn"],
        );
        check(
            "Giới thiệu việc làm cho 6.200 người, bình quân khoảng 500 người/tháng",
            &[
                "Giới thiệu việc làm cho người | Eq 6200 người",
                "Giới thiệu việc làm cho người bình quân | Approx 500 người/tháng",
            ],
        );
    }

    #[test]
    fn ages_and_qualities_only_tell_which_things_are_meant() {
        check("Tỷ lệ người từ 15 tuổi trở lên biết chữ đạt 98%", &["Tỷ lệ người từ 15 tuổi trở lên biết chữ | Eq 98 %"]);
        check(
            "Tỷ lệ hộ có ít nhất 01 phương tiện chữa cháy đạt 85%",
            &["Tỷ lệ hộ có ít nhất 01 phương tiện chữa cháy | Eq 85 %"],
        );
    }

    #[test]
    fn a_clause_without_a_value_claims_nothing() {
        for text in
            ["Nâng cao nhận thức của người dân", "Kế hoạch năm 2024 của tỉnh", "theo Quyết định số 20/QĐ-UBND ngày 05/3/2024"]
        {
            check(text, &[]);
        }
    }
}
