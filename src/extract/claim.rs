//! Claims: a value and what it is of, read from a clause.
//!
//! `Tỷ lệ X đạt 85%` and `100% X được Y` are read alike: the clause without its value,
//! comparator, exceptions and time is what is measured. One sentence may hold several
//! values, each with its own scope (`cấp tỉnh trên 90%, cấp huyện trên 80%`), its own time
//! (`đến năm 2025 đạt 50%, đến năm 2030 đạt 70%`) or its own subject.

use std::ops::Range;

use super::deadline;
use super::passage::{Passage, Role};
use super::quantity::{Lead, Quantity};
use crate::agency::Agencies;
use crate::lexicon::{AsideKind, ComparatorKind, UnitKind};
use crate::record::Comparator;
use crate::words::{Case, Keyword as K, Kind, Token, WordId};

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
}

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
    let reader = Reader { passage, quantities, deadlines, times };
    let mut claims = Vec::new();
    for segment in reader.segments() {
        reader.segment(segment, &mut claims);
    }
    claims.sort_by_key(|claim| claim.quantity.whole.start);
    claims
}

struct Reader<'a> {
    passage: &'a Passage<'a>,
    quantities: &'a [Quantity],
    deadlines: &'a [deadline::Found],
    /// Times that are no deadlines: `Trong 6 tháng đầu năm 2024, …`.
    times: &'a [Range<usize>],
}

/// A stretch of a segment that holds one value.
struct Piece<'q> {
    quantity: &'q Quantity,
    left: Range<usize>,
    right: Range<usize>,
}

impl<'a> Reader<'a> {
    fn tokens(&self) -> &'a [Token] {
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
                && tokens[part.start - 1].is_mark(b';');
            match joined.last_mut().filter(|last| !valued && goes_on && self.within(last).next().is_some()) {
                Some(last) => last.end = part.end,
                None => joined.push(part),
            }
        }
        joined
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

    fn segment(&self, segment: Range<usize>, claims: &mut Vec<Claim>) {
        if segment.is_empty() {
            return;
        }
        let depth = self.passage.depth[segment.start];
        let brackets = self.brackets(&segment);
        let bracket_of = |quantity: &Quantity| brackets.iter().find(|bracket| bracket.contains(&quantity.number.start));
        let mut main: Vec<&Quantity> = self
            .within(&segment)
            .filter(|quantity| self.passage.depth[quantity.number.start] == depth && bracket_of(quantity).is_none())
            .collect();
        main.retain(|quantity| !self.only_qualifies(quantity, &segment));
        // Behind `trong đó` stand the value's own parts.
        let parts_from = self.part_mark(&segment).unwrap_or(segment.end);
        if self.passage.role != Role::Results && main.iter().any(|quantity| quantity.is_strong()) {
            let unit = |quantity: &Quantity| self.passage.words(quantity.unit.clone()).to_lowercase();
            let units: Vec<String> = main.iter().filter(|quantity| quantity.is_strong()).map(|quantity| unit(quantity)).collect();
            main.retain(|quantity| {
                quantity.is_strong()
                    || quantity.whole.start > parts_from
                    || units.contains(&unit(quantity))
                    || self.is_listed(quantity, &segment)
            });
        }
        self.drop_qualifiers(&mut main);
        let mut skip = vec![false; segment.len()];
        let mut conditions = Vec::new();
        let mut assigned = None;
        let mut inner = Vec::new();
        for bracket in &brackets {
            let inside = bracket.start + 1..bracket.end.saturating_sub(1).max(bracket.start + 1);
            let valued = self.within(&inside).next().is_some();
            let kind = self.aside_kind(&inside);
            let behind = main.iter().any(|quantity| quantity.whole.start < bracket.start);
            let drop = match kind {
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
            if valued && !matches!(kind, Some(AsideKind::Condition | AsideKind::State | AsideKind::Assigned)) {
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
        let scene = Scene { reader: self, segment: segment.clone(), skip, skip_from: segment.start, conditions, assigned };
        if main.is_empty() {
            self.bracketed(&scene, inner, claims);
            return;
        }
        let first = claims.len();
        // `…; riêng xã A từ 78 triệu đồng trở lên`: a part of the value before.
        if parts_from == segment.start
            && self.passage.role != Role::Results
            && let Some(base) = claims.last().map(|claim| claim.indicator.clone())
        {
            scene.parts(&main, &base, claims);
            return;
        }
        let (whole, parts): (Vec<&Quantity>, Vec<&Quantity>) =
            main.iter().partition(|quantity| quantity.whole.start < parts_from);
        let alike = whole.first().is_some_and(|whole| parts.iter().all(|part| self.same_unit(whole, part)));
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
        // `1.250 hộ (trong đó huyện A 900 hộ, thị xã B 350 hộ)`.
        if self.passage.role != Role::Results {
            for (inside, _) in &inner {
                let parts: Vec<&Quantity> = self.within(inside).collect();
                let alike = whole.first().is_some_and(|whole| parts.iter().all(|part| self.same_unit(whole, part)));
                if !alike || parts.len() < 2 && self.part_mark(inside) != Some(inside.start) {
                    continue;
                }
                let Some(indicator) = claims.get(first).map(|claim| claim.indicator.clone()) else { continue };
                let of_parts = Scene { segment: inside.clone(), skip: Vec::new(), skip_from: inside.start, ..scene.clone() };
                of_parts.parts(&parts, &indicator, claims);
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
        quantity.unit_kind == Some(UnitKind::Time)
            && !matches!(quantity.lead, Lead::Reach | Lead::Level | Lead::Increase | Lead::Decrease)
            && !(segment.start..quantity.whole.start)
                .any(|at| self.tokens()[at].is(K::Moment) && matches!(self.passage.word(at + 1), "gian" | "hạn" | "lượng"))
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
            if !parted && (reached || inner_rate) && one.lead != Lead::Reach && one.lead != Lead::Level {
                main.remove(index);
            } else {
                index += 1;
            }
        }
    }

    fn aside_kind(&self, inside: &Range<usize>) -> Option<AsideKind> {
        let (length, kind) = self.passage.lexicon.asides.at(self.tokens(), inside.start)?;
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

/// A segment with what is left out of its indicators.
#[derive(Clone)]
struct Scene<'a, 'r> {
    reader: &'r Reader<'a>,
    segment: Range<usize>,
    skip: Vec<bool>,
    /// The token that the first of `skip` stands for.
    skip_from: usize,
    conditions: Vec<Range<usize>>,
    assigned: Option<Quantity>,
}

/// Words that lead from a thing to the group or place that a value is for.
const SCOPING: &[K] = &[K::At, K::In, K::Toward, K::For, K::Of, K::InTime, K::Belong];

impl Scene<'_, '_> {
    fn tokens(&self) -> &[Token] {
        self.reader.passage.tokens
    }

    fn skipped(&self, at: usize) -> bool {
        self.skip.get(at.wrapping_sub(self.skip_from)).copied().unwrap_or(false)
    }

    fn claim(&self, quantity: &Quantity, indicator: Vec<Range<usize>>, scope: Vec<Range<usize>>, clause: Range<usize>) -> Claim {
        let due = self
            .reader
            .deadlines
            .iter()
            .position(|found| found.range.start >= clause.start && found.range.end <= clause.end && found.to.is_some());
        Claim {
            quantity: quantity.clone(),
            indicator,
            scope,
            conditions: self.conditions.clone(),
            clause,
            due,
            assigned: self.assigned.clone(),
            aside: false,
        }
    }

    /// Parts the segment so that each piece holds one value.
    fn pieces<'q>(&self, main: &[&'q Quantity]) -> Vec<Piece<'q>> {
        let tokens = self.tokens();
        let mut starts = vec![self.past_colon(main[0])];
        for two in main.windows(2) {
            let between = two[0].whole.end..two[1].whole.start;
            let separates = |at: usize| {
                (tokens[at].is(K::Comma) || tokens[at].is(K::And) || tokens[at].is_mark(b';') || tokens[at].is(K::Or))
                    && self.reader.passage.depth[at] == self.reader.passage.depth[self.segment.start]
            };
            // `…, 85% hồ sơ` parts right before the value; `… trên 90%, tỷ lệ …` right behind the one before.
            let last = between.clone().rev().find(|at| !self.skipped(*at));
            let first = between.clone().find(|at| separates(*at));
            let start = match (last, first) {
                (Some(last), _) if separates(last) => last + 1,
                (_, Some(first)) => first + 1,
                // Nothing parts them: what stands between goes with the one before.
                _ => two[1].whole.start,
            };
            starts.push(start.min(two[1].whole.start));
        }
        main.iter()
            .enumerate()
            .map(|(index, quantity)| {
                let end = starts.get(index + 1).copied().unwrap_or(self.segment.end);
                let left_end =
                    if self.keeps_have(quantity, starts[index]) { quantity.whole.start + 1 } else { quantity.whole.start };
                Piece { quantity, left: starts[index]..left_end.max(starts[index]), right: quantity.whole.end.min(end)..end }
            })
            .collect()
    }

    /// `Mỗi huyện có ít nhất 02 mô hình`: `có` belongs to what is measured.
    fn keeps_have(&self, quantity: &Quantity, start: usize) -> bool {
        quantity.whole.start < quantity.number.start
            && self.tokens()[quantity.whole.start].is(K::Have)
            && self.trim(start..quantity.whole.start).is_some()
    }

    /// Where what is measured begins: behind the colon of `đảm bảo: 100% …`, but `Tỷ lệ hộ nghèo: 4,2%` begins before it.
    fn past_colon(&self, first: &Quantity) -> usize {
        let tokens = self.tokens();
        let depth = self.reader.passage.depth[self.segment.start];
        let colon = (self.segment.start..first.whole.start)
            .rev()
            .find(|at| tokens[*at].is(K::Colon) && self.reader.passage.depth[*at] == depth);
        let Some(colon) = colon else { return self.segment.start };
        let at_once = (colon + 1..first.whole.start).all(|at| self.skipped(at));
        // `Tỷ lệ hồ sơ đúng hạn: cấp tỉnh đạt trên 98%, …`, `Số hóa kết quả: 100% ở cấp tỉnh, …`: scopes stand behind the colon.
        let scoped = |at: usize| {
            tokens
                .get(at)
                .is_some_and(|token| token.is(K::Level) || token.is_any(&[K::In, K::At, K::For]) || self.is_unit_word(token))
        };
        let behind = if at_once { first.whole.end } else { colon + 1 };
        if scoped(behind) && self.trim(self.segment.start..colon).is_some_and(|prefix| prefix.len() >= 2) {
            return self.segment.start;
        }
        let next = tokens.get(first.whole.end).filter(|_| first.whole.end < self.segment.end);
        let followed = next.is_some_and(Token::is_word) && !self.skipped(first.whole.end);
        if at_once && !followed && self.trim(self.segment.start..colon).is_some() { self.segment.start } else { colon + 1 }
    }

    /// `range` without marks, joints, times and words of wanting at its ends; `None` where nothing is left.
    fn trim(&self, range: Range<usize>) -> Option<Range<usize>> {
        let tokens = self.tokens();
        let passage = self.reader.passage;
        let comparators = &passage.lexicon.comparators;
        let (mut start, mut end) = (range.start, range.end.min(tokens.len()));
        while start < end {
            let token = &tokens[start];
            if self.skipped(start)
                || token.kind == Kind::Mark && !token.is_mark(b'(') && !token.is_mark(b'"') && !token.is_mark(b'%')
            {
                start += 1;
            } else if token.is(K::And) || token.is(K::Or) || token.is(K::Apart) && start == range.start {
                start += 1;
            } else if start + 2 < end
                && matches!((passage.lower(start).as_str(), passage.word(start + 1)), ("đến" | "hiện", "nay") | ("hiện", "tại"))
            {
                start += 2;
            } else if token.is(K::InTime) && tokens.get(start + 1).is_some_and(|next| next.is(K::There)) {
                start += 2;
                start += usize::from(tokens.get(start).is_some_and(|next| next.is(K::Have) || next.is_mark(b':')));
            } else if let Some((length, ComparatorKind::Ensure)) = comparators.at(tokens, start)
                && (!token.is(K::Have) || start == range.start)
                && start + length <= end
            {
                start += length;
            } else {
                break;
            }
        }
        while end > start {
            let last = &tokens[end - 1];
            let joint = last.is_any(&[
                K::And,
                K::Or,
                K::Comma,
                K::At,
                K::In,
                K::Of,
                K::With,
                K::By,
                K::Colon,
                K::Semicolon,
                K::Hyphen,
                K::Open,
                K::InTime,
                K::Be,
            ]);
            let loose = last.kind == Kind::Mark && !last.is_mark(b')') && !last.is_mark(b'"') && !last.is_mark(b'%');
            if self.skipped(end - 1) || joint || loose {
                end -= 1;
            } else {
                break;
            }
        }
        (start < end).then_some(start..end)
    }

    /// The pieces of an indicator: `ranges` trimmed, without what is left out.
    fn indicator(&self, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
        let tokens = self.tokens();
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for (index, range) in ranges.iter().enumerate() {
            let Some(trimmed) = (if index == 0 { self.trim(range.clone()) } else { self.trim_end(range.clone()) }) else {
                continue;
            };
            let mut at = trimmed.start;
            while at < trimmed.end {
                if self.skipped(at) {
                    at += 1;
                    continue;
                }
                let mut end = at + 1;
                while end < trimmed.end && !self.skipped(end) {
                    end += 1;
                }
                pieces.push(at..end);
                at = end;
            }
        }
        // A comma that a left-out time or bracket leaves behind.
        pieces.retain(|piece| piece.clone().any(|at| tokens[at].kind != Kind::Mark));
        pieces
    }

    fn trim_end(&self, range: Range<usize>) -> Option<Range<usize>> {
        let trimmed = self.trim(range.clone())?;
        // What follows a value may begin with a joint of its own: only marks go.
        let start = range
            .clone()
            .find(|at| !self.skipped(*at) && (self.tokens()[*at].kind != Kind::Mark || self.tokens()[*at].is_mark(b'"')))?;
        Some(start.min(trimmed.start).max(range.start)..trimmed.end)
    }

    /// Reads the pieces' claims.
    fn claims(&self, pieces: &[Piece], claims: &mut Vec<Claim>) {
        if let [piece] = pieces {
            claims.push(self.single(piece));
            return;
        }
        // `từ 70% lên 80%`: where it comes from is no value of its own.
        let from = |index: usize| {
            pieces[index].quantity.from
                && pieces
                    .get(index + 1)
                    .is_some_and(|next| next.left.is_empty() && matches!(next.quantity.lead, Lead::Level | Lead::Reach))
        };
        let kept: Vec<&Piece> = (0..pieces.len()).filter(|index| !from(*index)).map(|index| &pieces[index]).collect();
        if kept.len() < pieces.len()
            && let [piece] = kept.as_slice()
        {
            let left = pieces[0].left.clone();
            claims.push(self.single(&Piece { quantity: piece.quantity, left, right: piece.right.clone() }));
            return;
        }
        // More values than a sentence holds are a list: they share nothing.
        const SHARED: usize = 24;
        if self.reader.passage.role == Role::Results || pieces.len() > SHARED {
            claims.extend(pieces.iter().map(|piece| self.change_of(&pieces[0], piece).unwrap_or_else(|| self.single(piece))));
            return;
        }
        let group = self
            .chained(pieces)
            .or_else(|| self.shared_suffix(pieces))
            .or_else(|| self.shared_subject(pieces))
            .or_else(|| self.shared_left(pieces));
        match group {
            Some(group) => claims.extend(group),
            None => {
                claims.extend(pieces.iter().map(|piece| self.change_of(&pieces[0], piece).unwrap_or_else(|| self.single(piece))))
            }
        }
    }

    /// The parts of a value: the same indicator, each with its own scope.
    fn parts(&self, parts: &[&Quantity], indicator: &[Range<usize>], claims: &mut Vec<Claim>) {
        for piece in self.pieces(parts) {
            let left = self.trim(piece.left.clone());
            let right = self.trim(piece.right.start..self.end_of_subject(piece.right.clone()));
            let scope = left.or(right).map(|range| self.scope(range)).unwrap_or_default();
            if scope.is_empty() {
                continue;
            }
            claims.push(self.claim(piece.quantity, indicator.to_vec(), scope, piece.left.start..piece.right.end));
        }
    }

    /// `Mở 06 lớp đào tạo nghề cho 180 lao động`: two counts of one work; both are of the whole clause without them.
    fn chained(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let countable = |quantity: &Quantity| matches!(quantity.unit_kind, Some(UnitKind::Count)) && !quantity.is_rate();
        if pieces.iter().skip(1).any(|piece| !piece.left.is_empty()) || !pieces.iter().all(|piece| countable(piece.quantity)) {
            return None;
        }
        let apart = pieces.windows(2).all(|two| {
            let gap = two[0].quantity.whole.end..two[1].quantity.whole.start;
            !gap.is_empty() && !gap.clone().any(|at| self.tokens()[at].is(K::Comma) || self.tokens()[at].is(K::And))
        });
        if !apart {
            return None;
        }
        let mut ranges = vec![self.past_preface(pieces[0].left.clone())];
        for piece in pieces {
            ranges.push(self.noun(piece.quantity));
            ranges.push(piece.right.start..self.end_of_subject(piece.right.clone()));
        }
        let indicator = self.indicator(&ranges);
        let clause = pieces[0].left.start..pieces.last()?.right.end;
        Some(pieces.iter().map(|piece| self.claim(piece.quantity, indicator.clone(), Vec::new(), clause.clone())).collect())
    }

    /// `… đạt 4,5 triệu lượt, tăng 20,8% so với cùng kỳ`: the change of what the first value is of.
    fn change_of(&self, first: &Piece, piece: &Piece) -> Option<Claim> {
        let quantity = piece.quantity;
        if !matches!(quantity.lead, Lead::Increase | Lead::Decrease) || self.trim(piece.left.clone()).is_some() {
            return None;
        }
        let subject = self.past_preface(first.left.clone());
        self.trim(subject.clone())?;
        let verb = (quantity.whole.start..quantity.number.start)
            .find(|at| matches!(self.reader.passage.lower(*at).as_str(), "giảm" | "tăng"))?;
        let right = piece.right.start..self.end_of_subject(piece.right.clone());
        let indicator = self.indicator(&[subject, verb..verb + 1, right]);
        Some(self.claim(quantity, indicator, Vec::new(), piece.left.start..piece.right.end))
    }

    /// One value and all around it.
    fn single(&self, piece: &Piece) -> Claim {
        let quantity = piece.quantity;
        let mut left = self.past_preface(piece.left.clone());
        let mut right_end = self.end_of_subject(piece.right.clone());
        // `… ít nhất 02 lần/học kỳ, kịp thời chấn chỉnh`: behind the comma is another matter.
        let comma = piece.right.clone().find(|at| !self.skipped(*at)).filter(|at| self.tokens()[*at].is(K::Comma));
        if let Some(comma) = comma.filter(|_| self.trim(left.clone()).is_some()) {
            right_end = comma;
        }
        // `giải ngân đạt trên 95% kế hoạch vốn được giao`: the plan is what the share is of.
        let planned = (piece.right.start..right_end).find(|at| !self.skipped(*at)).filter(|at| {
            matches!((self.reader.passage.word(*at), self.reader.passage.word(at + 1)), ("kế", "hoạch") | ("dự", "toán"))
                && quantity.lead == Lead::Reach
        });
        if let Some(at) = planned {
            right_end = at;
        }
        let right = piece.right.start.min(right_end)..right_end;
        let right_filled = self.trim(right.clone()).is_some();
        // `Giảm tỷ lệ hộ nghèo xuống còn 4,2%`: a level is no change, and the verb is no part of what is measured.
        if quantity.lead == Lead::Level {
            left = self.past_change(left);
        }
        // `Tỷ lệ hộ cận nghèo giảm 1,5% so với …`: of a change the verb tells what is measured.
        if matches!(quantity.lead, Lead::Increase | Lead::Decrease) {
            let verb = (quantity.whole.start..quantity.number.start)
                .find(|at| matches!(self.reader.passage.lower(*at).as_str(), "giảm" | "tăng"));
            left.end = verb.map_or(left.end, |verb| verb + 1);
        }
        // A report keeps what was done: `đã hoàn thành 47 nhiệm vụ`.
        let reported = self.reader.passage.role == Role::Results;
        if reported
            && quantity.lead == Lead::Ensure
            && let Some((length, ComparatorKind::Ensure)) =
                self.reader.passage.lexicon.comparators.at(self.tokens(), quantity.whole.start)
        {
            left.end = (quantity.whole.start + length).min(quantity.number.start);
        }
        // `…, đảm bảo 100% X được Y`: what comes before is another matter.
        if !reported && quantity.lead == Lead::Ensure && right_filled && !self.tokens()[quantity.whole.start].is(K::Have) {
            left = left.end..left.end;
        }
        let counted = matches!(quantity.unit_kind, Some(UnitKind::Count)) && !quantity.is_rate();
        let noun = self.noun(quantity);
        let left_filled = self.trim(left.clone()).is_some();
        let led = matches!(quantity.lead, Lead::Reach | Lead::Level);
        // `Số xã đạt chuẩn tối thiểu 18 xã` names already what is counted.
        let named = self
            .trim(left.clone())
            .is_some_and(|left| self.reader.passage.lexicon.measures.at(self.tokens(), left.start).is_some());
        let with_noun = counted && (right_filled || !left_filled || !(led || named));
        let mut ranges = vec![left.clone()];
        if with_noun {
            ranges.push(noun);
        }
        ranges.push(right);
        let indicator = self.indicator(&ranges);
        self.claim(quantity, indicator, Vec::new(), piece.left.start..piece.right.end)
    }

    /// Past `Giảm`, `Tăng`, `Nâng`, `Đưa`, `Kéo giảm`, `Phấn đấu giảm` at the start.
    fn past_change(&self, left: Range<usize>) -> Range<usize> {
        let passage = self.reader.passage;
        let Some(trimmed) = self.trim(left.clone()) else { return left };
        let mut start = trimmed.start;
        while start + 1 < trimmed.end
            && matches!(passage.lower(start).as_str(), "giảm" | "tăng" | "nâng" | "đưa" | "kéo" | "hạ" | "dần" | "nhanh")
        {
            start += 1;
        }
        start..left.end
    }

    /// The counting noun without multiplier and without what it is counted by.
    fn noun(&self, quantity: &Quantity) -> Range<usize> {
        let units = &self.reader.passage.lexicon.units;
        let mut start = quantity.unit.start;
        while let Some((length, UnitKind::Multiplier)) = units.at(self.tokens(), start).map(|(length, kind)| (length, *kind)) {
            start += length;
        }
        let end = (start..quantity.unit.end).find(|at| self.tokens()[*at].is_mark(b'/')).unwrap_or(quantity.unit.end);
        start.min(end)..end
    }

    /// Where what is measured ends: `, kết quả …`, `, đồng thời …`, `, trong đó …` is another matter.
    fn end_of_subject(&self, right: Range<usize>) -> usize {
        const OTHERS: [(&str, &str); 14] = [
            ("kết", "quả"),
            ("đồng", "thời"),
            ("trong", "đó"),
            ("góp", "phần"),
            ("qua", "đó"),
            ("từ", "đó"),
            ("nhằm", ""),
            ("bảo", "đảm"),
            ("đảm", "bảo"),
            ("phấn", "đấu"),
            ("báo", "cáo"),
            ("thời", "gian"),
            ("bao", "gồm"),
            ("hoàn", "thành"),
        ];
        let passage = self.reader.passage;
        let found = right.clone().find(|at| {
            (passage.tokens[*at].is(K::Comma) || passage.tokens[*at].is(K::Colon))
                && OTHERS
                    .iter()
                    .any(|(one, two)| passage.word(at + 1) == *one && (two.is_empty() || passage.word(at + 2) == *two))
        });
        found.unwrap_or(right.end)
    }

    /// Past `Chủ trì, phối hợp với Sở Y tế …`: who does it is not what is measured.
    fn past_preface(&self, left: Range<usize>) -> Range<usize> {
        let passage = self.reader.passage;
        if passage.role == Role::Aims || left.is_empty() {
            return left;
        }
        let tokens = passage.tokens;
        let agencies = Agencies::new(passage.lexicon, &tokens[..left.end]);
        let mut start = left.start;
        if passage.role == Role::Results {
            // What is reported keeps its subject: `Huyện A giải ngân 268,5 tỷ đồng`.
            // `… giao các cơ quan, đơn vị thực hiện rà soát 121 TTHC`: what is measured begins behind whom it was given to.
            let directed = (start..left.end).rev().find(|at| tokens[*at].is(K::Assign) && agencies.begins(at + 1));
            if let Some(at) = directed {
                return agencies.list(at + 1).1.min(left.end)..left.end;
            }
            return left;
        }
        let with = (start..left.end.min(start + 14))
            .find(|at| tokens[*at].is(K::Coordinate) && tokens.get(at + 1).is_some_and(|next| next.is(K::CoordinateEnd)));
        if let Some(at) = with {
            let mut next = at + 2;
            while tokens
                .get(next)
                .is_some_and(|token| token.is(K::With) || token.is(K::Together) || matches!(passage.word(next), "chặt" | "chẽ"))
            {
                next += 1;
            }
            let (names, end) = agencies.list(next);
            let end = if names.is_empty() { super::task::unknown_partner(passage, next).unwrap_or(next) } else { end };
            start = end.min(left.end);
        } else if agencies.begins(start) {
            let (_, end) = agencies.list(start);
            let acts = passage.lexicon.actions.at(tokens, end).is_some();
            if acts {
                start = end.min(left.end);
            }
        }
        // `Chỉ đạo các trạm y tế tổ chức …`, `trình Chủ tịch UBND tỉnh phê duyệt …`: who does it is not what is measured.
        let mut at = start;
        while at + 2 < left.end {
            let told = matches!(
                (passage.lower(at).as_str(), passage.word(at + 1)),
                ("chỉ", "đạo") | ("yêu", "cầu") | ("đôn", "đốc") | ("hướng", "dẫn") | ("vận", "động") | ("tham", "mưu")
            );
            let next = at + if told { 2 } else { 1 };
            if (told || passage.lower(at) == "trình") && agencies.begins(next) {
                let (_, end) = agencies.list(next);
                if passage.lexicon.actions.at(tokens, end).is_some() && end < left.end {
                    start = end;
                    at = end;
                    continue;
                }
            }
            at += 1;
        }
        // `Tổ chức tiêm phòng cho đàn gia súc, tỷ lệ tiêm phòng đạt …`: the measure is named behind the work.
        let measure = (start + 1..left.end).rev().find(|at| {
            tokens[at - 1].is(K::Comma)
                && passage.lexicon.measures.at(tokens, *at).is_some()
                && passage.depth[*at] == passage.depth[start]
        });
        if let Some(at) = measure.filter(|at| left.end - at >= 2) {
            return at..left.end;
        }
        // `Vận động dồn đổi đất, thành lập mới 06 tổ hợp tác`: the count is of the last work.
        let governing = (start + 1..left.end).rev().take(4).find(|at| {
            tokens[at - 1].is(K::Comma)
                && passage.lexicon.actions.at(tokens, *at).is_some_and(|(length, ())| at + length + 1 >= left.end)
                && tokens[*at].is_lower_word()
        });
        // `xây mới, sửa chữa 210 nhà` is one work: only verbs stand before the comma.
        if let Some(at) = governing.filter(|at| at - start > 5) {
            return at..left.end;
        }
        // The last sentence-like step before an ensuring word: `…, đảm bảo tỷ lệ A đạt …`.
        let ensure = (start..left.end).rev().find(|at| {
            let ensuring = tokens[*at].is_any(&[K::EnsureOne, K::EnsureTwo, K::Strive])
                && matches!(passage.word(at + 1), "bảo" | "đảm" | "đấu");
            ensuring
                && *at + 2 < left.end
                && (*at == start || tokens[at - 1].is(K::Comma) || matches!(passage.word(at + 2), "tỷ" | "tỉ" | "số" | "mức"))
        });
        if let Some(at) = ensure {
            let subject = at + 2..left.end;
            if self.trim(subject.clone()).is_some_and(|range| range.len() >= 2) {
                return subject;
            }
        }
        start..left.end
    }

    /// Whether what is left of a scope names a unit or a level.
    fn opens_scope(&self, at: usize) -> bool {
        self.tokens().get(at).is_some_and(|token| token.is_any(SCOPING) || token.is(K::Level) || self.is_unit_word(token))
    }

    /// `Trên 85% hồ sơ tại cấp huyện và 65% hồ sơ tại cấp xã được xử lý`: values first, one subject, scopes.
    fn shared_subject(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        if pieces.iter().skip(1).any(|piece| self.trim(piece.left.clone()).is_some())
            || self.trim(pieces[0].left.clone()).is_some_and(|left| left.len() > 4)
        {
            return None;
        }
        let rights: Vec<Range<usize>> = pieces.iter().map(|piece| self.subject_range(piece)).collect();
        let common = self.common_start(&rights)?;
        // The subject ends before the word that leads to the scope: `hồ sơ công việc | tại cấp huyện`.
        let scoping =
            (1..=common).rev().find(|at| self.tokens().get(rights[0].start + at).is_some_and(|token| token.is_any(SCOPING)));
        let cut = match scoping {
            Some(cut) if cut < rights[0].len() => cut,
            _ => common,
        };
        // Without a word of place or level the values are of different things.
        if scoping.is_none() && !rights.iter().all(|right| self.opens_scope(right.start + cut)) {
            return None;
        }
        let scope_length = rights[0].len() - cut;
        if scope_length == 0 || scope_length > 25 {
            return None;
        }
        let last = rights.last()?;
        let last_scope_end = (last.start + cut + scope_length).min(last.end);
        let suffix = last_scope_end..last.end;
        let mut claims: Vec<Claim> = Vec::new();
        let count = pieces.len();
        let mut carried = None;
        for (index, (piece, right)) in pieces.iter().zip(&rights).enumerate() {
            let scope_end = if index + 1 == count { last_scope_end } else { right.end };
            let scope = self.scope(right.start + cut..scope_end);
            let subject = right.start..right.start + cut;
            let indicator = self.indicator(&[subject, suffix.clone()]);
            let mut claim = self.claim(piece.quantity, indicator, scope, piece.left.start..piece.right.end);
            carried = carry(&mut claim.quantity, carried);
            claims.push(claim);
        }
        Some(claims)
    }

    /// What stands behind a value, with its counting noun.
    fn subject_range(&self, piece: &Piece) -> Range<usize> {
        let noun = self.noun(piece.quantity);
        let start = if matches!(piece.quantity.unit_kind, Some(UnitKind::Count)) && !noun.is_empty() {
            noun.start
        } else {
            piece.right.start
        };
        self.trim(start..piece.right.end).unwrap_or(piece.right.end..piece.right.end)
    }

    /// `tại cấp tỉnh` → `cấp tỉnh`.
    fn scope(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let Some(mut scope) = self.trim(range) else { return Vec::new() };
        let tokens = self.tokens();
        while scope.start < scope.end && tokens[scope.start].is_any(SCOPING) {
            let both = tokens[scope.start].is(K::For) && tokens.get(scope.start + 1).is_some_and(|token| token.is(K::With));
            scope.start += 1 + usize::from(both);
        }
        self.indicator(&[scope])
    }

    /// How many tokens all ranges begin with alike.
    fn common_start(&self, ranges: &[Range<usize>]) -> Option<usize> {
        let shortest = ranges.iter().map(Range::len).min()?;
        let first = &ranges[0];
        let common = (0..shortest)
            .take_while(|at| ranges[1..].iter().all(|other| self.reader.same(first.start + at, other.start + at)))
            .count();
        (common > 0).then_some(common)
    }

    /// `X tại cấp tỉnh trên 90%, X tại cấp huyện trên 80% được xử lý …`; `X cấp tỉnh trên 90%, cấp huyện trên 80%`.
    fn shared_left(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let lefts: Vec<Option<Range<usize>>> =
            pieces.iter().map(|piece| self.trim(self.past_preface(piece.left.clone()))).collect();
        let first = lefts[0].clone()?;
        let suffix = pieces.last().map(|piece| piece.right.start..self.end_of_subject(piece.right.clone()))?;
        let all: Option<Vec<Range<usize>>> = lefts.iter().cloned().collect();
        let common = all.as_ref().and_then(|all| self.common_start(all)).filter(|common| *common >= 2);
        if let (Some(all), Some(common)) = (&all, common) {
            let scoping =
                (2..=common).rev().find(|at| self.tokens().get(first.start + at).is_some_and(|token| token.is_any(SCOPING)));
            let cut = scoping.unwrap_or(common);
            if all.iter().all(|left| left.len() > cut && left.len() <= cut + 25) {
                let subject = first.start..first.start + cut;
                let indicator = self.indicator(&[subject, suffix]);
                return Some(
                    pieces
                        .iter()
                        .zip(all)
                        .map(|(piece, left)| {
                            let scope = self.scope(left.start + cut..left.end);
                            self.claim(piece.quantity, indicator.clone(), scope, piece.left.start..piece.right.end)
                        })
                        .collect(),
                );
            }
        }
        // Later pieces name only their scope: `…, cấp huyện trên 80%, cấp xã trên 50%`.
        let mut heads = Vec::new();
        for left in &lefts[1..] {
            let left = left.clone()?;
            let head = &self.tokens()[left.start];
            if left.len() > 8 || !(head.is(K::Level) || head.is_any(SCOPING) || self.is_unit_word(head)) {
                return None;
            }
            heads.push(left);
        }
        let head = heads.first()?;
        let at = (first.start..first.end).rev().find(|at| self.reader.same(*at, head.start)).filter(|at| *at > first.start)?;
        let indicator = self.indicator(&[first.start..at, suffix]);
        let mut claims = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            let range = if index == 0 { at..first.end } else { heads[index - 1].clone() };
            claims.push(self.claim(piece.quantity, indicator.clone(), self.scope(range), piece.left.start..piece.right.end));
        }
        Some(claims)
    }

    fn is_unit_word(&self, token: &Token) -> bool {
        token.is_any(&[K::Province, K::District, K::UrbanDistrict, K::Ward, K::Town, K::TownEnd])
    }

    /// `X đạt 100% đối với A, 95% đối với B và 80% đối với C`; `X tại 02 trường THCS và 10 trường THPT`;
    /// `X đến năm 2025 đạt 50%, đến năm 2030 đạt 70%`: one subject before the first value.
    fn shared_suffix(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let first = &pieces[0];
        let subject = self.trim(self.past_preface(first.left.clone())).filter(|left| left.len() >= 2)?;
        if pieces[1..].iter().any(|piece| self.trim(piece.left.clone()).is_some()) {
            return None;
        }
        let timed = pieces.iter().all(|piece| self.time_of(piece).is_some());
        let mut claims = Vec::new();
        let mut carried = None;
        let unit = |quantity: &Quantity| quantity.unit_kind;
        for (index, piece) in pieces.iter().enumerate() {
            let right = self.trim(piece.right.clone());
            if index > 0 && right.is_none() && !timed && unit(piece.quantity) != unit(first.quantity) {
                return None;
            }
            let scope = right.clone().map(|right| self.scope(right)).unwrap_or_default();
            // `tại ít nhất 30% cơ quan cấp tỉnh và 25% UBND cấp xã`: the word before the value leads to the scope.
            let led = first.quantity.whole.start > first.left.start && {
                let before = &self.tokens()[first.quantity.whole.start - 1];
                before.is_any(SCOPING) || before.is(K::With)
            };
            let scoped = right.as_ref().is_some_and(|right| {
                let head = &self.tokens()[right.start];
                head.is_any(SCOPING) || head.is(K::About) || head.is(K::Level) || led || right.len() <= 5
            });
            if right.is_some() && !scoped {
                // The first value may have a whole clause of its own; then the pieces are not alike.
                return None;
            }
            // `mã số cho 03 vùng trồng tại xã A, 02 vùng trồng tại phường B`: the noun is measured, the place is the scope.
            let placed = right.as_ref().is_some_and(|right| self.tokens()[right.start].is_any(SCOPING))
                && first.quantity.unit_kind == Some(UnitKind::Count);
            let mut subject_ranges =
                vec![self.past_preface(first.left.clone()).start.max(subject.start)..first.quantity.whole.start];
            if placed {
                subject_ranges.push(self.noun(first.quantity));
            } else {
                subject_ranges = vec![subject.clone()];
            }
            let mut claim = self.claim(piece.quantity, self.indicator(&subject_ranges), scope, piece.left.start..piece.right.end);
            if index > 0 {
                carried = carry(&mut claim.quantity, carried);
            } else {
                carried = claim.quantity.comparator;
            }
            if timed {
                claim.due = self.time_of(piece);
            }
            claims.push(claim);
        }
        Some(claims)
    }

    /// The deadline inside a piece.
    fn time_of(&self, piece: &Piece) -> Option<usize> {
        self.reader.deadlines.iter().position(|found| found.range.start >= piece.left.start && found.range.end <= piece.right.end)
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
    fn shown(text: &str, role: Role) -> Vec<String> {
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
