//! Several values of one sentence: each with its own scope (`cấp tỉnh trên 90%, cấp huyện trên 80%`), its own time (`đến năm 2025 đạt 50%, đến
//! năm 2030 đạt 70%`), its own subject, or all with one that stands first or last.

use std::ops::Range;

use super::scene::{SCOPING, Scene};
use super::{Claim, Piece, carry};
use crate::extract::clause;
use crate::extract::passage::Role;
use crate::extract::quantity::{Lead, Quantity};
use crate::lexicon::UnitKind;
use crate::words::{Keyword as K, Token};

impl Scene<'_, '_> {
    /// Reads the pieces' claims.
    pub(super) fn claims(&self, pieces: &[Piece], claims: &mut Vec<Claim>) {
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
        // The value behind it takes its words.
        let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
        let mut left = None;
        for (index, piece) in pieces.iter().enumerate() {
            if from(index) {
                left = Some(piece.left.clone());
            } else {
                kept.push(Piece {
                    quantity: piece.quantity,
                    left: left.take().unwrap_or_else(|| piece.left.clone()),
                    right: piece.right.clone(),
                });
            }
        }
        if let [piece] = kept.as_slice() {
            claims.push(self.single(piece));
            return;
        }
        let pieces = kept.as_slice();
        // More values than a sentence holds are a list: they share nothing.
        const SHARED: usize = 24;
        if self.reader.passage.role == Role::Results || pieces.len() > SHARED {
            claims.extend(self.each_alone(pieces));
            return;
        }
        let group = self
            .set_by(pieces)
            .or_else(|| self.respective(pieces))
            .or_else(|| self.placed_behind(pieces))
            .or_else(|| self.nested(pieces))
            .or_else(|| self.timed_before_subject(pieces))
            .or_else(|| self.chained(pieces))
            .or_else(|| self.shared_suffix(pieces))
            .or_else(|| self.shared_subject(pieces))
            .or_else(|| self.shared_left(pieces));
        match group {
            Some(group) => claims.extend(group),
            None => claims.extend(self.each_alone(pieces)),
        }
    }

    /// `Tỷ lệ hộ nghèo: tỉnh giao 5%, huyện giao 4%`: one subject, each value with who set it.
    fn set_by(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let passage = self.reader.passage;
        let named = |range: Range<usize>| {
            let range = self.trim(range)?;
            let start = (range.start..range.end).rev().find(|at| !passage.tokens[*at].is_word()).map_or(range.start, |at| at + 1);
            clause::setter(passage, start..range.end)
        };
        let later: Option<Vec<Range<usize>>> = pieces[1..].iter().map(|piece| named(piece.left.clone())).collect();
        let later = later?;
        let first = self.trim(pieces[0].left.clone())?;
        let own = named(first.clone()).or_else(|| {
            let start = first.end.checked_sub(later.first()?.len())?.max(first.start);
            clause::setter(passage, start..first.end)
        })?;
        let subject = self.trim(self.past_preface(first.start..own.start))?;
        let indicator = self.indicator(&[subject]);
        let setters = std::iter::once(own).chain(later);
        let claim = |(piece, setter): (&Piece, Range<usize>)| {
            self.claim(piece.quantity, indicator.clone(), vec![setter], piece.left.start..piece.right.end)
        };
        Some(pieces.iter().zip(setters).map(claim).collect())
    }

    /// `Tỷ lệ hồ sơ trực tuyến của cấp tỉnh, cấp xã tương ứng là 80% và 65%`: the groups stand before their values.
    fn respective(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let passage = self.reader.passage;
        let (first, later) = pieces.split_first()?;
        let bare = |piece: &Piece| self.trim(piece.left.clone()).is_none();
        let last = pieces.last()?;
        if !later.iter().all(bare)
            || pieces.iter().any(|piece| self.trim(piece.right.clone()).is_some() && piece.right != last.right)
        {
            return None;
        }
        let left = self.trim(first.left.clone())?;
        let told = |at: usize| passage.said_before("respectively", at).map(|length| at - length);
        let end = told(left.end).or_else(|| told(first.quantity.whole.start))?;
        // Back over as many groups as there are values.
        let joins = |at: &usize| self.tokens()[*at].is(K::Comma) || self.tokens()[*at].is(K::And);
        let mut groups: Vec<Range<usize>> = Vec::new();
        let mut until = end;
        while groups.len() + 1 < pieces.len() {
            let joint = (left.start..until).rev().find(joins)?;
            groups.push(self.trim(joint + 1..until)?);
            until = joint;
        }
        // The first group begins like the next, or behind a word that leads to it.
        let next = groups.last()?.start;
        let alike = |at: &usize| self.reader.same(*at, next) || self.tokens()[at - 1].is_any(SCOPING);
        let start = (left.start + 1..until).rev().find(alike)?;
        groups.push(start..until);
        groups.reverse();
        let suffix = last.right.start..self.end_of_subject(last.right.clone());
        let indicator = self.indicator(&[self.past_preface(left.start..start), suffix]);
        if indicator.is_empty() {
            return None;
        }
        let claim = |(piece, group): (&Piece, Range<usize>)| {
            self.claim(piece.quantity, indicator.clone(), self.scope(group), piece.left.start..piece.right.end)
        };
        Some(pieces.iter().zip(groups).map(claim).collect())
    }

    /// `Thu gom 92% rác ở phường và 78% ở xã`: what is behind the first value but for its place holds for the others.
    fn placed_behind(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        const LONGEST: usize = 8;
        let (first, later) = pieces.split_first()?;
        let share = |piece: &Piece| piece.quantity.unit_kind == first.quantity.unit_kind;
        if !pieces.iter().all(share) || first.quantity.unit_kind != Some(UnitKind::Percent) {
            return None;
        }
        let places: Option<Vec<Range<usize>>> = later
            .iter()
            .map(|piece| {
                let right = self.trim(piece.right.start..self.end_of_subject(piece.right.clone()))?;
                let placed = self.tokens()[right.start].is_any(SCOPING) && right.len() <= LONGEST;
                (placed && self.trim(piece.left.clone()).is_none()).then_some(right)
            })
            .collect();
        let places = places?;
        let lead = places.first()?.start;
        let right = self.trim(first.right.clone())?;
        let cut = (right.start + 1..right.end).rev().find(|at| self.reader.same(*at, lead))?;
        let subject = self.past_preface(first.left.clone());
        let indicator = self.indicator(&[subject, right.start..cut]);
        let mut carried = first.quantity.comparator;
        let scopes = std::iter::once(cut..right.end).chain(places);
        let claims = pieces.iter().zip(scopes).enumerate().map(|(index, (piece, place))| {
            let mut claim = self.claim(piece.quantity, indicator.clone(), self.scope(place), piece.left.start..piece.right.end);
            if index > 0 {
                carried = carry(&mut claim.quantity, carried);
            }
            claim
        });
        Some(claims.collect())
    }

    /// `100% xã, phường mỗi quý có ít nhất 04 tin, bài`: the share is of the whole clause, the inner value is wanted of each.
    fn nested(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let [share, inner] = pieces else { return None };
        let passage = self.reader.passage;
        if self.trim(share.left.clone()).is_some()
            || !inner.left.is_empty() && inner.left.end > inner.left.start + 1
            || !self.holds_inner(share.quantity, inner.quantity)
        {
            return None;
        }
        let middle = self.trim(share.right.clone())?;
        let right = inner.right.start..self.end_of_subject(inner.right.clone());
        let start = inner.quantity.whole.start;
        let verb = (1..=3)
            .filter(|back| start >= middle.start + back)
            .find(|back| passage.lexicon.actions.at(passage.tokens, start - back).is_some_and(|(length, ())| length == *back))
            .map_or(start, |back| start - back);
        let each = (middle.start + 1..verb).rev().find(|at| passage.tokens[*at].is(K::Each)).unwrap_or(verb);
        let whole = self.indicator(&[middle.start..right.end]);
        let number = inner.quantity.whole.clone();
        let led = if passage.tokens[number.start].is(K::Have) { number.start + 1 } else { number.start };
        let of_inner = self.indicator(&[each..led, self.noun(inner.quantity), right]);
        let scope = self.indicator(&[middle.start..each]);
        let clause = share.left.start..inner.right.end;
        Some(vec![
            self.claim(share.quantity, whole, Vec::new(), clause.clone()),
            self.claim(inner.quantity, of_inner, scope, clause),
        ])
    }

    /// The parts of a value: the same indicator, each with its own scope.
    pub(super) fn parts(&self, parts: &[&Quantity], indicator: &[Range<usize>], claims: &mut Vec<Claim>) {
        for piece in self.pieces(parts) {
            let left = self.trim(piece.left.clone());
            let right = self.trim(piece.right.start..self.end_of_subject(piece.right.clone()));
            // `trong đó: giá trị hàng nông sản đạt 395 triệu USD`: a part with a measure of its own repeats nothing.
            let measured = left.as_ref().is_some_and(|left| {
                let measure = self.reader.passage.lexicon.measures.at(self.tokens(), left.start);
                measure.is_some_and(|(length, ())| left.len() > length + 1)
            });
            // `…, trong đó ít nhất 80% dân số được dùng nước sạch`: so does a whole clause after its share.
            let predicated = left.is_none()
                && piece.quantity.unit_kind == Some(UnitKind::Percent)
                && right.as_ref().is_some_and(|right| {
                    (right.start + 1..right.end).any(|at| self.reader.passage.says("predicate", at).is_some())
                });
            let own = measured || predicated;
            if own && self.reader.passage.role != Role::Results {
                claims.push(self.single(&piece));
                continue;
            }
            let scope = left.clone().or(right.clone()).map(|range| self.scope(range)).unwrap_or_default();
            if scope.is_empty() {
                continue;
            }
            // `Thu hút 40 dự án mới, trong đó có ít nhất 05 dự án FDI`: the same work, on one kind of the things.
            // Of several parts each is one kind of the whole.
            if left.is_none()
                && parts.len() == 1
                && let ([work, noun, ..], Some(kind)) = (indicator, &right)
                && piece.quantity.unit_kind == Some(UnitKind::Count)
                && self
                    .reader
                    .passage
                    .words(noun.clone())
                    .eq_ignore_ascii_case(self.reader.passage.words(self.noun(piece.quantity)))
                && !self.tokens()[kind.start].is_any(SCOPING)
            {
                let named = vec![work.clone(), self.noun(piece.quantity), kind.clone()];
                claims.push(self.claim(piece.quantity, named, scope, piece.left.start..piece.right.end));
                continue;
            }
            // `…, trong đó vùng cao giảm 2 điểm phần trăm so với đầu năm`: the verb tells what is measured of the part.
            if let (Some(verb), Lead::Increase | Lead::Decrease) = (self.change(piece.quantity), piece.quantity.lead) {
                let right = self.trim(piece.right.start..self.end_of_subject(piece.right.clone()));
                let own = scope.iter().cloned().chain(std::iter::once(verb)).chain(right);
                let named: Vec<Range<usize>> = indicator.iter().cloned().chain(own).collect();
                claims.push(self.claim(piece.quantity, named, scope, piece.left.start..piece.right.end));
                continue;
            }
            // `Tổng số 90 tỷ đồng, trong đó vốn đầu tư 60 tỷ đồng`: the bare word for a total names nothing.
            let bare = matches!(indicator, [only] if only.len() <= 2 && self.tokens()[only.start].is(K::Total));
            if bare {
                claims.push(self.claim(piece.quantity, scope, Vec::new(), piece.left.start..piece.right.end));
                continue;
            }
            let named = self.with_part(indicator, &scope).unwrap_or_else(|| indicator.to_vec());
            claims.push(self.claim(piece.quantity, named, scope, piece.left.start..piece.right.end));
        }
    }

    /// `trồng rừng tập trung 3.200 ha, trong đó rừng phòng hộ 450 ha`: the part is a kind of what stands last in the name of the whole.
    fn with_part(&self, indicator: &[Range<usize>], scope: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
        let ([whole], [part]) = (indicator, scope) else { return None };
        let noun = (whole.start + 1..whole.end).rev().find(|at| self.reader.same(*at, part.start))?;
        (part.len() > 1).then(|| vec![whole.start..noun, part.clone()])
    }

    /// `Mở 06 lớp đào tạo nghề cho 180 lao động`: two counts of one work; both are of the whole clause without them.
    fn chained(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let countable = |quantity: &Quantity| matches!(quantity.unit_kind, Some(UnitKind::Count)) && !quantity.is_rate();
        // `Cấp 15 tấn gạo cho 1.000 khẩu` too.
        let mut counted = pieces.iter();
        if counted.len() == 2 && pieces[0].quantity.unit_kind == Some(UnitKind::Measure) && self.goes_to(&pieces[0]) {
            counted.next();
        }
        if pieces.iter().skip(1).any(|piece| !piece.left.is_empty()) || !counted.all(|piece| countable(piece.quantity)) {
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
            if countable(piece.quantity) {
                ranges.push(self.noun(piece.quantity));
            }
            ranges.push(piece.right.start..self.end_of_subject(piece.right.clone()));
        }
        let indicator = self.indicator(&ranges);
        let clause = pieces[0].left.start..pieces.last()?.right.end;
        Some(pieces.iter().map(|piece| self.claim(piece.quantity, indicator.clone(), Vec::new(), clause.clone())).collect())
    }

    /// Whether what stands behind a value ends with the word that leads to whom it is for.
    fn goes_to(&self, piece: &Piece) -> bool {
        piece.right.end > piece.right.start && self.tokens()[piece.right.end - 1].is(K::Toward)
    }

    /// Every piece for itself; a change without a subject is of the nearest value before that has one.
    fn each_alone(&self, pieces: &[Piece]) -> Vec<Claim> {
        if let Some(claims) = self.shared_predicate(pieces) {
            return claims;
        }
        let mut named = 0;
        let mut claims = Vec::with_capacity(pieces.len());
        for (index, piece) in pieces.iter().enumerate() {
            let goes_on = || if index > 0 { self.goes_on(&pieces[named], piece, pieces.last()?) } else { None };
            let shared = || if self.reader.passage.role == Role::Results { self.shared_tail(pieces, index) } else { None };
            let share = || {
                let more = || self.more_of(&pieces[named], piece).or_else(|| self.goes_with(&pieces[named], piece));
                let same = || self.share_of_same(&pieces[0], piece);
                if index > 0 { self.share_of(&pieces[named], piece).or_else(more).or_else(same) } else { None }
            };
            claims.push(
                self.change_of(&pieces[named], piece)
                    .or_else(shared)
                    .or_else(goes_on)
                    .or_else(share)
                    .unwrap_or_else(|| self.single(piece)),
            );
            let changes = matches!(piece.quantity.lead, Lead::Increase | Lead::Decrease);
            if !changes && self.trim(piece.left.clone()).is_some() {
                named = index;
            }
        }
        claims
    }

    /// `Cấp nước cho gần 41.000 hộ dân nông thôn, đạt 96,5% tổng số hộ`: which share of all it is that was counted before.
    fn share_of(&self, named: &Piece, piece: &Piece) -> Option<Claim> {
        let quantity = piece.quantity;
        let counted = matches!(named.quantity.unit_kind, Some(UnitKind::Count)) && named.quantity.of.is_none();
        let reached = quantity.lead == Lead::Reach && quantity.unit_kind == Some(UnitKind::Percent);
        let right = self.trim(piece.right.start..self.end_of_subject(piece.right.clone()))?;
        let total = self.tokens()[right.start].is(K::Total);
        if !counted || !reached || !total || self.trim(piece.left.clone()).is_some() || self.reader.passage.role == Role::Results
        {
            return None;
        }
        let subject = self.past_preface(named.left.clone());
        self.trim(subject.clone())?;
        let own = named.right.start..self.end_of_subject(named.right.clone());
        let indicator = self.indicator(&[subject, self.noun(named.quantity), own, right]);
        Some(self.claim(quantity, indicator, Vec::new(), piece.left.start..piece.right.end))
    }

    /// `100% học sinh lớp 9 được tư vấn, ít nhất 40% vào học nghề`: a share of those that the first counts.
    fn share_of_same(&self, first: &Piece, piece: &Piece) -> Option<Claim> {
        let passage = self.reader.passage;
        let percent = |piece: &Piece| piece.quantity.unit_kind == Some(UnitKind::Percent);
        let bare = |piece: &Piece| self.trim(piece.left.clone()).is_none();
        if passage.role == Role::Results || !percent(first) || !percent(piece) || !bare(first) || !bare(piece) {
            return None;
        }
        let predicate = |at: usize| passage.says("predicate", at).is_some();
        let own = self.trim(piece.right.start..self.end_of_subject(piece.right.clone())).filter(|own| predicate(own.start))?;
        let of = self.trim(first.right.clone())?;
        let noun = of.start..(of.start + 1..of.end).find(|at| predicate(*at))?;
        let indicator = self.indicator(&[noun, own]);
        Some(self.claim(piece.quantity, indicator, Vec::new(), piece.left.start..piece.right.end))
    }

    /// `Nạo vét 27 tuyến kênh với tổng chiều dài 41 km`: what goes with the things that were counted.
    fn goes_with(&self, named: &Piece, piece: &Piece) -> Option<Claim> {
        let first = piece.left.clone().next().filter(|at| self.tokens()[*at].is(K::With))?;
        if self.reader.passage.role == Role::Results {
            return None;
        }
        let own = named.right.start..self.end_of_subject(named.right.clone());
        let right = piece.right.start..self.end_of_subject(piece.right.clone());
        let subject = self.past_preface(named.left.clone());
        let indicator = self.indicator(&[subject, self.noun(named.quantity), own, first..piece.quantity.whole.start, right]);
        Some(self.claim(piece.quantity, indicator, Vec::new(), piece.left.start..piece.right.end))
    }

    /// `Nạo vét 12 km kênh tưới, kiên cố hóa thêm 3 km`: of what was named before.
    fn more_of(&self, named: &Piece, piece: &Piece) -> Option<Claim> {
        let passage = self.reader.passage;
        let bare = self.trim(piece.right.clone()).is_none();
        let more = passage.said_before("further", piece.quantity.number.start).is_some();
        if !bare || !more || !self.reader.same_unit(named.quantity, piece.quantity) || passage.role == Role::Results {
            return None;
        }
        let own = self.trim(named.right.start..self.end_of_subject(named.right.clone()))?;
        let indicator = self.indicator(&[piece.left.start..piece.quantity.number.start, own]);
        Some(self.claim(piece.quantity, indicator, Vec::new(), piece.left.start..piece.right.end))
    }

    /// `Hình thành 20 hợp tác xã kiểu mới, 10 tổ hợp tác số`, `đã ban hành 7 quyết định, 9 kế hoạch và 40 văn bản chỉ đạo`: counts of one work.
    fn goes_on(&self, named: &Piece, piece: &Piece, last: &Piece) -> Option<Claim> {
        const LONGEST: usize = 25;
        // `bê tông hóa được 18 km đường thôn và 4 km kênh mương` too.
        let measures =
            piece.quantity.unit_kind == Some(UnitKind::Measure) && self.reader.same_unit(named.quantity, piece.quantity);
        let countable = |quantity: &Quantity| {
            (quantity.unit_kind == Some(UnitKind::Count) || measures) && !quantity.is_rate() && quantity.of.is_none()
        };
        let bare = piece.left.is_empty() && piece.quantity.whole.start == piece.quantity.number.start;
        if !bare || !countable(piece.quantity) || !countable(named.quantity) {
            return None;
        }
        let passage = self.reader.passage;
        let left = self.trim(self.past_preface(named.left.clone()))?;
        // `Cứ 10.000 dân có 9,5 bác sĩ và 32 giường bệnh` too.
        let has = self.tokens()[left.end - 1].is(K::Have);
        let works = passage.lexicon.actions.at(self.tokens(), left.start).is_some() || has;
        if left.len() > LONGEST || !works && passage.role != Role::Results {
            return None;
        }
        let own = piece.right.start..self.end_of_subject(piece.right.clone());
        let right =
            if self.trim(own.clone()).is_some() { own } else { last.right.start..self.end_of_subject(last.right.clone()) };
        let noun = self.noun(piece.quantity);
        let indicator = self.indicator(&[left, if measures { noun.end..noun.end } else { noun }, right]);
        Some(self.claim(piece.quantity, indicator, Vec::new(), piece.left.start..piece.right.end))
    }

    /// `Trên 80% trạm y tế và 100% trường học đủ điều kiện …`: the first share has no predicate of its own.
    fn shared_predicate(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let [first, last] = pieces else { return None };
        let passage = self.reader.passage;
        let percent = |piece: &Piece| piece.quantity.unit_kind == Some(UnitKind::Percent);
        let joined = last.left.is_empty() && last.left.start > 0 && self.tokens()[last.left.start - 1].is(K::And);
        if !joined
            || !percent(first)
            || !percent(last)
            || passage.role == Role::Results
            || self.trim(first.left.clone()).is_some()
        {
            return None;
        }
        let predicate = |range: Range<usize>| {
            (range.start + 1..range.end).find(|at| {
                self.tokens()[*at].is_any(&[K::Have, K::Reach])
                    || matches!(passage.lower(*at).as_str(), "được" | "đủ" | "đạt" | "phải" | "không")
                    || clause::opens(passage, *at) == clause::Opening::Clause
            })
        };
        let own = self.trim(first.right.clone())?;
        let other = last.right.start..self.end_of_subject(last.right.clone());
        if predicate(own.clone()).is_some() {
            return None;
        }
        let start = predicate(self.trim(other.clone())?)?;
        let of_first = self.indicator(&[own, start..other.end]);
        Some(vec![self.claim(first.quantity, of_first, Vec::new(), first.left.start..last.right.end), self.single(last)])
    }

    /// `… đạt 4,5 triệu lượt, tăng 20,8% so với cùng kỳ`: the change of what the first value is of.
    fn change_of(&self, first: &Piece, piece: &Piece) -> Option<Claim> {
        let quantity = piece.quantity;
        if !matches!(quantity.lead, Lead::Increase | Lead::Decrease | Lead::Turn) || self.trim(piece.left.clone()).is_some() {
            return None;
        }
        let subject = self.past_preface(first.left.clone());
        self.trim(subject.clone())?;
        let verb = self.change(quantity)?;
        // Of a level the verb that led to it is no part.
        let subject = if first.quantity.lead == Lead::Level { self.past_change(subject) } else { subject };
        let right = piece.right.start..self.end_of_subject(piece.right.clone());
        // `trồng mới 250 ha rừng, tăng 4%`: of what stands behind the first value, too.
        let governs = first.quantity.lead == Lead::None
            && matches!(first.quantity.unit_kind, Some(UnitKind::Measure))
            && first.quantity.number.start < piece.quantity.number.start;
        let of = if governs { first.right.start..self.end_of_subject(first.right.clone()) } else { verb.start..verb.start };
        let indicator = self.indicator(&[subject, of, verb, right]);
        Some(self.claim(quantity, indicator, Vec::new(), piece.left.start..piece.right.end))
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

    /// `đến hết năm 2026 đạt 60%, năm 2027 đạt 65% hộ dân dùng nước sạch`: each value has its time, and what all are of stands last.
    fn timed_before_subject(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let (last, before) = pieces.split_last()?;
        let percent = |piece: &Piece| piece.quantity.unit_kind == Some(UnitKind::Percent);
        let bare = |piece: &Piece| self.trim(piece.left.clone()).is_none() && self.time_of(piece).is_some() && percent(piece);
        if !pieces.iter().all(bare) || before.iter().any(|piece| self.trim(piece.right.clone()).is_some()) {
            return None;
        }
        let right = last.right.start..self.end_of_subject(last.right.clone());
        self.trim(right.clone()).filter(|subject| subject.len() >= 2)?;
        let indicator = self.indicator(&[right]);
        let claim = |piece: &Piece| {
            let clause = piece.left.start..piece.right.end;
            Claim { due: self.time_of(piece), ..self.claim(piece.quantity, indicator.clone(), Vec::new(), clause) }
        };
        Some(pieces.iter().map(claim).collect())
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
        // `tỷ lệ thất nghiệp …, tỷ lệ thiếu việc làm …` have nothing in common but the word for a measure.
        let measure = self.reader.passage.lexicon.measures.at(self.tokens(), first.start).map_or(0, |(length, ())| length);
        let common = all.as_ref().and_then(|all| self.common_start(all)).filter(|common| *common >= 2 && *common > measure);
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

    pub(super) fn is_unit_word(&self, token: &Token) -> bool {
        token.is_any(&[K::Province, K::District, K::UrbanDistrict, K::Ward, K::Town, K::TownEnd])
    }

    /// `X đạt 100% đối với A, 95% đối với B và 80% đối với C`; `X tại 02 trường THCS và 10 trường THPT`;
    /// `X đến năm 2025 đạt 50%, đến năm 2030 đạt 70%`: one subject before the first value.
    fn shared_suffix(&self, pieces: &[Piece]) -> Option<Vec<Claim>> {
        let passage = self.reader.passage;
        let first = &pieces[0];
        let subject = self.trim(self.past_preface(first.left.clone())).filter(|left| left.len() >= 2)?;
        if pieces[1..].iter().any(|piece| self.trim(piece.left.clone()).is_some()) {
            return None;
        }
        let timed = pieces.iter().all(|piece| self.time_of(piece).is_some());
        // `Hình thành 20 hợp tác xã kiểu mới, 10 tổ hợp tác số`: what stands behind a count says which things are meant.
        let works =
            first.quantity.unit_kind == Some(UnitKind::Count)
                && self.reader.passage.lexicon.actions.at(self.tokens(), subject.start).is_some_and(|(length, ())| {
                    length >= subject.len() - passage.said_before("further", subject.end).unwrap_or(0)
                });
        // `9,5 bác sĩ và 32 giường bệnh` are counts of different things; `ở mức 14%, thấp hơn 1,2 điểm %` is a change of the first.
        let noun = |piece: &Piece| passage.words(self.noun(piece.quantity)).to_lowercase();
        let counts = pieces
            .iter()
            .all(|piece| piece.quantity.unit_kind == Some(UnitKind::Count) && self.trim(piece.right.clone()).is_none());
        let change = |piece: &Piece| matches!(piece.quantity.lead, Lead::Increase | Lead::Decrease | Lead::Turn);
        if counts && pieces[1..].iter().any(|piece| noun(piece) != noun(first))
            || !change(first) && pieces[1..].iter().any(change)
        {
            return None;
        }
        let mut claims = Vec::new();
        let mut carried = None;
        let unit = |quantity: &Quantity| quantity.unit_kind;
        // `1,2 tỷ đồng mỗi xã, 800 triệu đồng mỗi phường | cho duy tu đường`: what both are for stands behind the last.
        let each = |right: &Range<usize>| self.tokens().get(right.start).is_some_and(|token| token.is(K::Each));
        let last = pieces.last().map(|piece| piece.right.clone())?;
        let purpose = self.trim(last.clone()).filter(|right| each(right) && pieces.len() > 1).and_then(|right| {
            let lead = (right.start + 1..right.end).find(|at| self.tokens()[*at].is(K::Toward))?;
            Some(lead..self.end_of_subject(right))
        });
        for (index, piece) in pieces.iter().enumerate() {
            let end = purpose.as_ref().filter(|_| index + 1 == pieces.len()).map_or(piece.right.end, |purpose| purpose.start);
            let right = self.trim(piece.right.start..end);
            let counts = unit(first.quantity) == Some(UnitKind::Count) && unit(piece.quantity) == Some(UnitKind::Percent);
            if index > 0 && !timed && unit(piece.quantity) != unit(first.quantity) && (right.is_none() || counts) {
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
                head.is_any(SCOPING) || head.is(K::About) || head.is(K::Level) || led || right.len() <= 5 && !works
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
            subject_ranges.extend(purpose.clone());
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
