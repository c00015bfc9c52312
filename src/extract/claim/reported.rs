//! What the values of a report are of: in its long sentences only the last clause names it, and a value without words of its own
//! takes those of the value before.
//!
//! `Công tác tiêm phòng được quan tâm, các trạm bố trí đủ thuốc, đã tiêm 4.200 mũi`: what was injected, and not how well it was
//! looked after. `giảm 14 vụ (-22%)`, `tiếp nhận 90 đơn (chiếm 12% tổng số đơn)`: the bracket is of the value before it.

use std::ops::Range;

use super::scene::Scene;
use super::{Claim, Piece, Reader};
use crate::agency::Agencies;
use crate::extract::clause::{self, Opening};
use crate::extract::quantity::{Lead, Quantity};
use crate::lexicon::{ClauseKind, UnitKind};
use crate::words::{Case, Keyword as K, Token};

/// A shorter beginning is no clause of its own: `Xã Khe Vàng, huyện Bến Thuận có 1.200 hộ`.
const LONG: usize = 10;

/// Fewest words that tell what a value is of.
const LEAST: usize = 3;

impl Scene<'_, '_> {
    /// The last clause of a long beginning; behind `xảy ra` stands what is counted.
    pub(super) fn last_clause(&self, left: Range<usize>) -> Range<usize> {
        let passage = self.reader.passage;
        let happens = |length: usize| {
            left.len() > length
                && clause::joint(passage, left.end - length) == Some((length, ClauseKind::Happens))
                && passage.tokens.get(left.end).is_some_and(Token::is_number)
        };
        if (1..=2).any(happens) {
            return left.end..left.end;
        }
        if left.len() <= LONG {
            return left;
        }
        let depth = passage.depth[self.segment.start];
        let cuts = |at: &usize| {
            passage.tokens[*at].is(K::Comma)
                && passage.depth[*at] == depth
                && !passage.quoted[*at]
                && self.opens_report(at + 1, left.end)
        };
        // `…, thu hút 8 triệu lượt khách`: a verb and the number right behind it; `Tỷ lệ rác được thu gom, xử lý đạt 22%` is one measure.
        let verb = |at: usize| {
            let end = passage.lexicon.actions.at(passage.tokens, at).map(|(length, ())| at + length)?;
            Some(end).filter(|end| passage.tokens[*end..left.end].iter().all(|token| token.is(K::Reach)))
        };
        let measured =
            self.trim(left.clone()).is_some_and(|left| passage.lexicon.measures.at(passage.tokens, left.start).is_some());
        let governs = |at: usize| !measured && verb(at) == Some(left.end);
        let enough = |at: &usize| {
            let least = if passage.tokens[at + 1].is(K::Already) { 2 } else { LEAST };
            let listed = measured && verb(at + 1).is_some();
            !listed && self.trim(at + 1..left.end).is_some_and(|rest| rest.len() >= least) || governs(at + 1)
        };
        let comma = (left.start + 2..left.end).rev().filter(cuts).find(enough);
        comma.map_or(left.clone(), |comma| comma + 1..left.end)
    }

    /// `ban hành 06 công điện 1 , 02 chỉ thị 2 và 01 văn bản chỉ đạo các xã`: counts of one work share what stands behind the last,
    /// over the marks of footnotes. Gives for each value what it is of.
    pub(super) fn shared_tail(&self, pieces: &[Piece], index: usize) -> Option<Claim> {
        let passage = self.reader.passage;
        let countable =
            |quantity: &Quantity| quantity.unit_kind == Some(UnitKind::Count) && !quantity.is_rate() && quantity.of.is_none();
        let bare = |piece: &Piece| piece.left.is_empty() && countable(piece.quantity);
        let footnote = |piece: &Piece| {
            let mut shown = piece.right.clone().filter(|at| !self.is_skipped(*at));
            let number = shown.next().is_some_and(|at| passage.tokens[at].is_number() || passage.tokens[at].is_mark(b'['));
            number && !shown.any(|at| passage.tokens[at].is_word() && !passage.tokens[at].is(K::And))
        };
        let first = (0..=index).rev().find(|at| !bare(&pieces[*at]))?;
        let last = (index + 1..pieces.len()).take_while(|at| bare(&pieces[*at])).find(|at| !footnote(&pieces[*at]))?;
        let run = pieces.get(first..last)?;
        if !countable(pieces[first].quantity) || !run.iter().all(footnote) {
            return None;
        }
        let left = self.trim(self.past_preface(pieces[first].left.clone()))?;
        let piece = &pieces[index];
        let right = pieces[last].right.start..self.end_of_subject(pieces[last].right.clone());
        let indicator = self.indicator(&[left, self.noun(piece.quantity), right]);
        Some(self.claim(piece.quantity, indicator, Vec::new(), piece.left.start..piece.right.end))
    }

    /// `tại 03 huyện: Bến Thuận 37 con, thị xã Suối Lim 60 con`: the name of a place right before its count.
    pub(super) fn place_before(&self, quantity: &Quantity, left: &Range<usize>) -> Option<Range<usize>> {
        const LONGEST: usize = 6;
        let tokens = self.tokens();
        let end = quantity.whole.start;
        let marked = |at: &usize| !tokens[*at].is_word();
        let start = (left.start..end).rev().find(marked).map_or(left.start, |at| at + 1);
        let behind = start > 0 && tokens[start - 1].is_any(&[K::Comma, K::Colon]) && start < end && end - start <= LONGEST;
        let name = |at: usize| tokens[at].case != Case::Lower;
        // `thành phố Bến Thuận`: small words of the place before its name, and no work.
        const SMALL: usize = 2;
        let first = (start..end).find(|at| name(*at)).unwrap_or(end);
        let works = self.reader.passage.lexicon.actions.at(tokens, start).is_some();
        let named = first <= start + SMALL && !(works && first > start) && (first..end).all(name) && first < end;
        (behind && named && quantity.whole.start == quantity.number.start).then_some(start..end)
    }

    /// Whether a clause of a report opens at `at`, behind a comma: one that opens anywhere, or `đã …`, `ước …`, a time.
    fn opens_report(&self, at: usize, end: usize) -> bool {
        let passage = self.reader.passage;
        let tokens = passage.tokens;
        if let Some((length, ())) = passage.lexicon.actions.at(tokens, at).filter(|_| !clause::is(passage, at, ClauseKind::Other))
        {
            // `khai thác, sử dụng hệ thống cho …` is one work; `công nghệ, quản lý vào tăng trưởng` is a noun.
            const FAR: usize = 6;
            let one_work = at + FAR < end
                && (1..=3).any(|back| {
                    at > back && passage.lexicon.actions.at(tokens, at - 1 - back).is_some_and(|(length, ())| length == back)
                });
            let number = at + length == end;
            let noun =
                !number && tokens.get(at + length).is_none_or(|next| !next.is_word() || next.is(K::Into) || next.is(K::Of));
            return !one_work && !noun && clause::opens(passage, at) == Opening::Clause;
        }
        let state = clause::is(passage, at, ClauseKind::State);
        clause::opens(passage, at) == Opening::Clause || tokens[at].is(K::Already) || state || self.is_skipped(at)
    }
}

impl Reader<'_> {
    /// Names the values of a report that have no words of their own.
    pub(super) fn name_reported(&self, claims: &mut [Claim]) {
        for index in 0..claims.len() {
            let (before, rest) = claims.split_at_mut(index);
            let Some(claim) = rest.first_mut() else { continue };
            let named = self.of_bracket(before, claim).or_else(|| self.of_harm(before, claim));
            let named = named.or_else(|| self.of_group(before, claim)).or_else(|| self.of_year(before, claim));
            let named = named
                .or_else(|| self.of_measure(before, claim))
                .or_else(|| self.of_part(before, claim))
                .or_else(|| self.of_estimate(before, claim));
            let named = named.or_else(|| self.of_share(before, claim)).or_else(|| self.of_things(before, claim));
            let named = named.or_else(|| self.of_bare_share(before, claim));
            if let Some(named) = named {
                claim.indicator = named;
                claim.scope.clear();
            }
        }
    }

    /// `Giá trị sản xuất nông, lâm nghiệp đạt 17 tỷ đồng, trong đó nông nghiệp đạt 13 tỷ đồng`: the parts are of the same measure.
    fn of_measure(&self, before: &[Claim], claim: &Claim) -> Option<Vec<Range<usize>>> {
        let passage = self.passage;
        let tokens = passage.tokens;
        let own = if claim.scope.is_empty() { &claim.indicator } else { &claim.scope };
        let [own] = own.as_slice() else { return None };
        if claim.aside || own.end > claim.quantity.number.start || passage.lexicon.measures.at(tokens, own.start).is_some() {
            return None;
        }
        let same = |other: &&Claim| {
            !other.aside
                && self.same_unit(&other.quantity, &claim.quantity)
                && other.quantity.value > claim.quantity.value
                && other.quantity.whole.end <= own.start
        };
        let parted = |other: &Claim| {
            let mut between = other.quantity.whole.end..own.start;
            !between.clone().any(|at| passage.ends_sentence(at))
                && between.any(|at| tokens[at].is(K::InTime) && tokens[at + 1].is(K::There))
        };
        before.iter().filter(same).filter(|other| parted(other)).find_map(|value| {
            let whole = value.indicator.first()?;
            let (measure, ()) = passage.lexicon.measures.at(tokens, whole.start)?;
            // The list of the whole begins one word before its first comma or `và`, and names the part.
            let list = (whole.start + measure + 1..whole.end).find(|at| tokens[*at].is(K::Comma) || tokens[*at].is(K::And))? - 1;
            let named = list > whole.start + measure && (list..whole.end).any(|at| self.same(at, own.start));
            named.then(|| vec![whole.start..list, own.clone()])
        })
    }

    /// `giảm 14 vụ (-22%)`, `90 đơn (chiếm 12% tổng số đơn)`: a share in brackets is of the value before them, else of the clause.
    fn of_bracket(&self, before: &[Claim], claim: &mut Claim) -> Option<Vec<Range<usize>>> {
        let passage = self.passage;
        let quantity = claim.quantity.clone();
        let depth = passage.depth[quantity.number.start];
        if quantity.unit_kind != Some(UnitKind::Percent) || depth == 0 || !claim.scope.is_empty() {
            return None;
        }
        let open =
            (0..quantity.whole.start).rev().find(|at| passage.tokens[*at].is(K::Open) && passage.depth[*at] + 1 == depth)?;
        // `(trong đó 20% …)` has words of its own; `(chiếm 12% tổng số đơn)` only those of what it is a share of.
        let first = self.within(&(open..quantity.number.end)).count() == 1 && quantity.whole.start <= open + 1;
        let own = claim.indicator.first();
        let of_whole = own.is_none_or(|own| passage.tokens[own.start].is_any(&[K::On, K::Total, K::Comparison]));
        if !first || !of_whole {
            return None;
        }
        let start = (0..open).rev().find(|at| self.parts_clauses(*at, depth - 1)).map_or(0, |at| at + 1);
        let value = before.iter().rev().find(|other| {
            other.quantity.whole.end <= open
                && other.quantity.whole.start >= start
                && passage.depth[other.quantity.number.start] + 1 == depth
        });
        // `giảm 14 vụ (-22%)`: the verb tells the sign.
        if value.is_some_and(|value| value.quantity.lead == Lead::Decrease) {
            claim.quantity.value = claim.quantity.value.abs();
        }
        let mut named: Vec<Range<usize>> = match value {
            Some(value) if value.quantity.of.is_some() => return None,
            Some(value) => value.indicator.clone(),
            None if start == open => return None,
            None => std::iter::once(start..open).collect(),
        };
        named.extend(claim.indicator.iter().cloned());
        (!named.is_empty()).then_some(named)
    }

    /// Whether the mark at `at` parts clauses: the end of a sentence, `;`, a comma before a clause.
    fn parts_clauses(&self, at: usize, depth: u16) -> bool {
        let passage = self.passage;
        passage.depth[at] == depth
            && (passage.ends_sentence(at)
                || passage.tokens[at].is_mark(b';')
                || passage.tokens[at].is(K::Comma) && clause::opens(passage, at + 1) == Opening::Clause)
    }

    /// `xảy ra 25 vụ cháy, bị thương 11 người`: what came of the value before.
    fn of_harm(&self, before: &[Claim], claim: &Claim) -> Option<Vec<Range<usize>>> {
        let passage = self.passage;
        let own = claim.indicator.first()?;
        clause::joint(passage, own.start).filter(|(length, kind)| *kind == ClauseKind::Harm && *length == own.len())?;
        let harm = |piece: &Range<usize>| clause::is(passage, piece.start, ClauseKind::Harm);
        let whole = |other: &&Claim| !other.aside && other.quantity.whole.end <= own.start && !other.indicator.iter().any(harm);
        let value = before.iter().rev().find(whole)?;
        let apart = (value.quantity.whole.end..own.start).any(|at| passage.ends_sentence(at));
        (!apart).then(|| value.indicator.iter().chain(&claim.indicator).cloned().collect())
    }

    /// `tỷ lệ hồ sơ đúng hạn đạt 97%; các sở, ngành đạt 99%, UBND các xã đạt 95%`: a body alone is no measure; it has the one before.
    fn of_group(&self, before: &[Claim], claim: &Claim) -> Option<Vec<Range<usize>>> {
        let passage = self.passage;
        let [own] = claim.indicator.as_slice() else { return None };
        if claim.quantity.unit_kind != Some(UnitKind::Percent) || !is_level(&claim.quantity) || claim.aside {
            return None;
        }
        let agencies = Agencies::new(passage.lexicon, passage.tokens);
        if !agencies.begins(own.start) || agencies.list(own.start).1 < own.end {
            return None;
        }
        let value = before.iter().rev().find(|other| !other.aside && !other.indicator.is_empty())?;
        let measure = value.indicator.first()?;
        let measured = passage.lexicon.measures.at(passage.tokens, measure.start).is_some();
        let near = (value.quantity.whole.end..own.start).filter(|at| passage.ends_sentence(*at)).count() <= 1;
        let kin = value.quantity.unit_kind == claim.quantity.unit_kind;
        (measured && near && kin).then(|| vec![measure.clone(), own.clone()])
    }
}

impl Reader<'_> {
    /// `cấp 30 chứng thư (tổ chức: 10 chứng thư, cá nhân: 20)`: in the bracket of a count a name alone is one of its parts.
    fn of_part(&self, before: &[Claim], claim: &mut Claim) -> Option<Vec<Range<usize>>> {
        const LONGEST: usize = 6;
        let passage = self.passage;
        let depth = passage.depth[claim.quantity.number.start];
        let open = (0..claim.quantity.whole.start)
            .rev()
            .find(|at| passage.tokens[*at].is(K::Open) && passage.depth[*at] + 1 == depth)?;
        let value = before
            .iter()
            .rev()
            .find(|other| passage.depth[other.quantity.number.start] + 1 == depth && other.quantity.whole.end <= open)?;
        let near = (value.quantity.whole.end..open).all(|at| passage.tokens[at].is_word());
        let counted = value.quantity.unit_kind == Some(UnitKind::Count) && value.quantity.value >= claim.quantity.value;
        let bare = claim.quantity.unit.is_empty() && claim.quantity.of.is_none();
        let kin = bare || self.same_unit(&value.quantity, &claim.quantity) || self.first_words(&value.quantity, &claim.quantity);
        // Its own words, without the noun that is counted.
        let mut own = claim.indicator.iter().filter(|piece| **piece != claim.quantity.unit);
        let name = own.next().filter(|name| name.end <= claim.quantity.number.start && name.len() <= LONGEST)?.clone();
        let works = passage.lexicon.actions.at(passage.tokens, name.start).is_some() && !self.is_body(name.start);
        let measured = passage.lexicon.measures.at(passage.tokens, name.start).is_some();
        if !near || !counted || !kin || works || measured || own.next().is_some() || !claim.scope.is_empty() {
            return None;
        }
        let unit = value.quantity.unit.clone();
        if bare {
            claim.quantity.unit = unit.clone();
            claim.quantity.unit_kind = value.quantity.unit_kind;
        }
        claim.listed = false;
        Some(vec![unit, name])
    }

    /// `chứng thư số` and `chứng thư`: one counted by the first words of the other.
    fn first_words(&self, one: &Quantity, other: &Quantity) -> bool {
        let unit = |quantity: &Quantity| self.passage.words(quantity.unit.clone()).to_lowercase();
        !other.unit.is_empty() && unit(one).starts_with(&unit(other))
    }

    /// Whether a body is named at `at`: `tổ chức` is a verb too.
    fn is_body(&self, at: usize) -> bool {
        self.passage.lexicon.bodies.at(self.passage.tokens, at).is_some()
    }

    /// `Dự toán thu là 100 tỷ đồng. Ước thực hiện cả năm 112 tỷ đồng`: an estimate is of what was named before it.
    fn of_estimate(&self, before: &[Claim], claim: &Claim) -> Option<Vec<Range<usize>>> {
        const TIME: usize = 4;
        let passage = self.passage;
        let own = claim.indicator.first()?;
        let (length, _) = clause::joint(passage, own.start).filter(|(_, kind)| *kind == ClauseKind::State)?;
        let end = claim.indicator.last()?.end;
        let timed = (own.start + length..end).any(|at| passage.tokens[at].is_any(&[K::Year, K::Month, K::Quarter]));
        if length < 2 || end > own.start + length + TIME || end > own.start + length && !timed {
            return None;
        }
        let value = before.iter().rev().find(|other| !other.aside && !other.indicator.is_empty())?;
        let near = (value.quantity.whole.end..own.start).filter(|at| passage.ends_sentence(*at)).count() <= 1;
        let kin = value.quantity.unit_kind == claim.quantity.unit_kind;
        (near && kin).then(|| value.indicator.iter().chain(&claim.indicator).cloned().collect())
    }

    /// `thu 160 tỷ đồng, bằng 23% GRDP`, `đạt 104% dự toán tỉnh giao và 85% dự toán xã giao`: what a share is of stands behind it,
    /// whose it is before.
    fn of_share(&self, before: &[Claim], claim: &Claim) -> Option<Vec<Range<usize>>> {
        let passage = self.passage;
        let quantity = &claim.quantity;
        let own = claim.indicator.first().filter(|own| own.start >= quantity.whole.end)?;
        let reached = quantity.lead == Lead::Reach && quantity.whole.start < quantity.number.start;
        let behind = quantity.whole.end == own.start;
        let planned = behind && quantity.lead == Lead::None && clause::is(passage, own.start, ClauseKind::Plan);
        if quantity.unit_kind != Some(UnitKind::Percent) || !reached && !planned || claim.listed {
            return None;
        }
        let depth = passage.depth[quantity.number.start];
        let kin = |other: &&Claim| {
            passage.depth[other.quantity.number.start] == depth
                && !other.indicator.is_empty()
                && (!planned || other.quantity.unit_kind != Some(UnitKind::Percent))
        };
        let value = before.iter().rev().find(kin)?;
        let end = value.quantity.whole.end.min(quantity.whole.start);
        let apart = (end..quantity.whole.start)
            .any(|at| passage.depth[at] <= depth && (passage.ends_sentence(at) || passage.tokens[at].is_mark(b';')));
        let changes = matches!(value.quantity.lead, Lead::Increase | Lead::Decrease);
        let pieces = if changes { &value.indicator[..1] } else { &value.indicator[..] };
        let verb = quantity.whole.start..quantity.number.start;
        let named = pieces.iter().cloned().chain([verb]).chain(claim.indicator.iter().cloned());
        (!apart).then(|| named.filter(|piece| !piece.is_empty()).collect())
    }

    /// `Hộ nghèo còn 85 hộ, chiếm 4,1%`: a share with nothing but its verb is of the value before its comma.
    fn of_bare_share(&self, before: &[Claim], claim: &Claim) -> Option<Vec<Range<usize>>> {
        let passage = self.passage;
        let quantity = &claim.quantity;
        let start = quantity.whole.start;
        let bare = claim.indicator.is_empty() && quantity.unit_kind == Some(UnitKind::Percent) && !claim.aside;
        let verb = start..quantity.number.start;
        if !bare || verb.is_empty() || start == 0 || !passage.tokens[start - 1].is(K::Comma) {
            return None;
        }
        let value = before.iter().rev().find(|other| !other.aside && !other.indicator.is_empty())?;
        let near = (value.quantity.whole.end..start - 1).all(|at| passage.tokens[at].is_word());
        let counted = value.quantity.unit_kind != Some(UnitKind::Percent) && value.quantity.whole.end < start;
        (near && counted).then(|| value.indicator.iter().cloned().chain([verb]).collect())
    }

    /// `có 15 dự án, với tổng công suất 870 MW`: what goes with things is theirs.
    fn of_things(&self, before: &[Claim], claim: &Claim) -> Option<Vec<Range<usize>>> {
        let passage = self.passage;
        let own = claim.indicator.first().filter(|own| passage.tokens[own.start].is(K::With))?;
        let value = before.iter().rev().find(|other| !other.aside || claim.aside)?;
        let counted = value.quantity.unit_kind == Some(UnitKind::Count) && value.quantity.whole.end <= own.start;
        let apart = (value.quantity.whole.end..own.start).any(|at| passage.ends_sentence(at) || passage.tokens[at].is_mark(b';'));
        (counted && !apart && !value.indicator.is_empty())
            .then(|| value.indicator.iter().chain(&claim.indicator).cloned().collect())
    }

    /// `năm 2003: 46%; năm 2004: 50%`: a value with nothing but a year is of what the value before is of.
    fn of_year(&self, before: &[Claim], claim: &Claim) -> Option<Vec<Range<usize>>> {
        let passage = self.passage;
        let tokens = passage.tokens;
        let start = claim.quantity.whole.start;
        let end = if start > 0 && tokens[start - 1].is(K::Colon) { start - 1 } else { start };
        let year = end.checked_sub(2)?..end;
        let bare = tokens[year.start].is(K::Year) && tokens[year.start + 1].is_number();
        let alone = claim.indicator.iter().all(|piece| year.start <= piece.start && piece.end <= year.end);
        if !bare || !alone || claim.aside || !is_level(&claim.quantity) {
            return None;
        }
        let value = before.iter().rev().find(|other| !other.aside)?;
        let apart = (value.quantity.whole.end..year.start).any(|at| passage.ends_sentence(at));
        let kin = value.quantity.unit_kind == claim.quantity.unit_kind && is_level(&value.quantity);
        // `Năm 2002, hàng qua chế biến …`: the other year goes.
        let dated = |at: usize| tokens[at].is(K::Year) && tokens.get(at + 1).is_some_and(Token::is_number);
        let undated = |piece: &Range<usize>| {
            let start = if dated(piece.start) { (piece.start + 2).min(piece.end) } else { piece.start };
            let start = start + usize::from(start > piece.start && start < piece.end && tokens[start].is(K::Comma));
            start..piece.end
        };
        let named: Vec<Range<usize>> = value.indicator.iter().map(undated).filter(|piece| !piece.is_empty()).collect();
        (kin && !apart && !named.is_empty()).then(|| std::iter::once(year).chain(named).collect())
    }
}

fn is_level(quantity: &Quantity) -> bool {
    matches!(quantity.lead, Lead::None | Lead::Reach | Lead::Level)
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use crate::extract::passage::Role;

    /// `subject | value` of each value.
    fn check(text: &str, wanted: &[&str]) {
        let short = |line: String| {
            let parts: Vec<&str> = line.split(" | ").collect();
            format!("{} | {}", parts[0], parts.get(1).copied().unwrap_or_default().split_once(' ').map_or("", |(_, value)| value))
        };
        let found: Vec<String> = shown(text, Role::Results).into_iter().map(short).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn only_the_last_clause_of_a_long_sentence_is_the_subject() {
        check(
            "Công tác thú y luôn được các trạm trên địa bàn quan tâm thực hiện, đã tiêm 4.200 mũi",
            &["đã tiêm mũi | 4200 mũi"],
        );
        check(
            "Công tác du lịch của huyện được các ngành tăng cường, đẩy mạnh, thu hút gần 8.100 lượt khách",
            &["thu hút lượt khách | 8100 lượt khách"],
        );
        check(
            "Hạt kiểm lâm đã mở lớp hướng dẫn các chủ rừng khai thác, sử dụng bản đồ số trên máy cho 11 tổ",
            &["Hạt kiểm lâm đã mở lớp hướng dẫn các chủ rừng khai thác, sử dụng bản đồ số trên máy cho tổ | 11 tổ"],
        );
        check("Xã Khe Vàng, huyện Bến Thuận có 1.200 hộ", &["Xã Khe Vàng, huyện Bến Thuận có hộ | 1200 hộ"]);
        check("xây dựng 06 phân hệ dùng chung: phân hệ thú y, phân hệ trồng trọt", &["xây dựng phân hệ dùng chung | 6 phân hệ"]);
    }

    #[test]
    fn brackets_and_what_came_of_a_value_take_its_words() {
        check(
            "Toàn tỉnh xảy ra 30 vụ cháy, làm chết 4 người, bị thương 9 người",
            &["vụ cháy | 30 vụ", "vụ cháy làm chết người | 4 người", "vụ cháy bị thương người | 9 người"],
        );
        check("Số vụ cháy giảm 12 vụ (-28%)", &["Số vụ cháy giảm | 12 vụ", "Số vụ cháy giảm | 28 %"]);
        check(
            "tiếp nhận 90 đơn (chiếm 12% tổng số đơn), sản lượng giữ ở mức cao (35%)",
            &["tiếp nhận đơn | 90 đơn", "tiếp nhận đơn tổng số đơn | 12 %", "sản lượng giữ ở mức cao | 35 %"],
        );
    }

    #[test]
    fn shares_groups_years_and_what_goes_with_things() {
        check("Tổng thu đạt 160 tỷ đồng, bằng 23% GRDP", &["Tổng thu | 160 tỷ đồng", "Tổng thu bằng GRDP | 23 %"]);
        check(
            "Tỷ lệ hồ sơ đúng hạn đạt 97%; các sở, ngành đạt 99%; tỷ lệ hài lòng đạt 90%",
            &["Tỷ lệ hồ sơ đúng hạn | 97 %", "Tỷ lệ hồ sơ đúng hạn các sở, ngành | 99 %", "tỷ lệ hài lòng | 90 %"],
        );
        check(
            "Năm 2022, hàng mây tre chiếm 44% giá trị bán ra; năm 2023: 46%; năm 2024: 50%",
            &[
                "Năm 2022, hàng mây tre giá trị bán ra | 44 %",
                "năm 2023 hàng mây tre giá trị bán ra | 46 %",
                "năm 2024 hàng mây tre giá trị bán ra | 50 %",
            ],
        );
        check(
            "Có 15 dự án đang vận hành với tổng công suất 870 MW",
            &["dự án đang vận hành | 15 dự án", "dự án đang vận hành với tổng công suất | 870 MW"],
        );
    }

    #[test]
    fn counts_of_one_work_share_their_tail_and_places_follow_what_is_counted() {
        check(
            "UBND tỉnh ban hành 06 công điện 1 , 02 chỉ thị 2 và 01 văn bản chỉ đạo các xã khắc phục thiên tai",
            &[
                "UBND tỉnh ban hành công điện chỉ đạo các xã khắc phục thiên tai | 6 công điện",
                "UBND tỉnh ban hành chỉ thị chỉ đạo các xã khắc phục thiên tai | 2 chỉ thị",
                "UBND tỉnh ban hành văn bản chỉ đạo các xã khắc phục thiên tai | 1 văn bản",
            ],
        );
        check(
            "Đàn bò tại ba nơi: Bến Đá 45 con, Bến Thuận 37 con, thị xã Suối Lim 60 con",
            &["con Bến Đá | 45 con", "con Bến Thuận | 37 con", "con thị xã Suối Lim | 60 con"],
        );
        check(
            "đã cấp 30 chứng thư số (tổ chức: 10 chứng thư, cá nhân: 20 chứng thư)",
            &[
                "đã cấp chứng thư số | 30 chứng thư số",
                "chứng thư số tổ chức | 10 chứng thư",
                "chứng thư số cá nhân | 20 chứng thư",
            ],
        );
    }

    #[test]
    fn estimates_and_shares_of_the_plan_without_a_comma() {
        check(
            "Tổng thu được giao là 100 tỷ đồng. Ước thực hiện cả năm 112 tỷ đồng",
            &["Tổng thu được giao | 100 tỷ đồng", "Tổng thu được giao Ước thực hiện cả năm | 112 tỷ đồng"],
        );
        check("đã trồng được 18/15 ha đạt 120% kế hoạch", &["đã trồng được | 18 ha", "đã trồng được đạt kế hoạch | 120 %"]);
        check(
            "Giá trị sản xuất nông, lâm nghiệp đạt 17 tỷ đồng, trong đó nông nghiệp đạt 13 tỷ đồng, tăng 4%; lâm nghiệp đạt 4 tỷ đồng",
            &[
                "Giá trị sản xuất nông, lâm nghiệp | 17 tỷ đồng",
                "Giá trị sản xuất nông nghiệp | 13 tỷ đồng",
                "nông nghiệp tăng | 4 %",
                "Giá trị sản xuất lâm nghiệp | 4 tỷ đồng",
            ],
        );
        check(
            "Hộ nghèo còn 85 hộ, chiếm 4,1%; trồng mới được 25 ha rừng/30 ha, đạt 83,3% kế hoạch",
            &[
                "Hộ nghèo | 85 hộ",
                "Hộ nghèo chiếm | 4.1 %",
                "trồng mới được rừng | 25 ha",
                "trồng mới được rừng đạt kế hoạch | 83.3 %",
            ],
        );
        check("Đàn gà: 1.063/1.153, đạt 92,2% kế hoạch", &["Đàn gà | 1063", "Đàn gà đạt kế hoạch | 92.2 %"]);
    }
}
