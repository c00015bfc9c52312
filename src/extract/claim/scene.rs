//! One stretch of a passage between its commas and brackets, and what one value in it is of: where the indicator begins and ends,
//! and which words around a value are no part of it.

use std::ops::Range;

use super::{Claim, Piece, Reader};
use crate::agency::Agencies;
use crate::extract::clause::{self, Opening};
use crate::extract::passage::Role;
use crate::extract::quantity::{Lead, Quantity, is_syllable_of_noun};
use crate::lexicon::{ClauseKind, ComparatorKind, UnitKind};
use crate::words::{Keyword as K, Kind, Token};

/// A segment with what is left out of its indicators.
#[derive(Clone)]
pub(super) struct Scene<'a, 'r> {
    pub(super) reader: &'r Reader<'a>,
    pub(super) segment: Range<usize>,
    pub(super) skip: Vec<bool>,
    /// The token that the first of `skip` stands for.
    pub(super) skip_from: usize,
    pub(super) conditions: Vec<Range<usize>>,
    pub(super) assigned: Option<Quantity>,
}

/// Words that lead from a thing to the group or place that a value is for.
pub(super) const SCOPING: &[K] = &[K::At, K::In, K::Toward, K::For, K::Of, K::InTime, K::Belong];

/// So far from its value may `với` stand: `với tổng chiều dài khoảng 41 km`.
const WITH: usize = 6;

/// The most words that lead to a list: `cụ thể như sau`.
const LEADING: usize = 4;

impl Scene<'_, '_> {
    pub(super) fn tokens(&self) -> &[Token] {
        self.reader.passage.tokens
    }

    pub(super) fn is_skipped(&self, at: usize) -> bool {
        self.skip.get(at.wrapping_sub(self.skip_from)).copied().unwrap_or(false)
    }

    pub(super) fn claim(
        &self,
        quantity: &Quantity,
        indicator: Vec<Range<usize>>,
        scope: Vec<Range<usize>>,
        clause: Range<usize>,
    ) -> Claim {
        // Where, when and on what occasion is no part of the clause that holds the value.
        let setting = self.reader.asides.iter().find(|aside| aside.start == clause.start && aside.end < quantity.whole.start);
        let clause = setting.map_or(clause.start, |aside| aside.end)..clause.end;
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
            listed: false,
        }
    }

    /// Parts the segment so that each piece holds one value.
    pub(super) fn pieces<'q>(&self, main: &[&'q Quantity]) -> Vec<Piece<'q>> {
        let tokens = self.tokens();
        let mut starts = vec![self.past_colon(main[0])];
        for two in main.windows(2) {
            let between = two[0].whole.end..two[1].whole.start;
            let separates = |at: usize| {
                (tokens[at].is(K::Comma)
                    || tokens[at].is(K::And)
                    || tokens[at].is_mark(b';')
                    || tokens[at].is_mark(b'/')
                    || tokens[at].is(K::Or)
                    || self.reader.tells_result(at))
                    && self.reader.passage.depth[at] == self.reader.passage.depth[self.segment.start]
                    && !self.is_skipped(at)
            };
            let hard = |at: usize| tokens[at].is_mark(b';') || self.reader.tells_result(at);
            let opening = |at: usize| {
                let next = (at + 1..two[1].whole.start).find(|at| !self.is_skipped(*at));
                next.map_or(Opening::Clause, |next| clause::opens(self.reader.passage, next))
            };
            // `…, 85% hồ sơ` parts right before the value; `… trên 90%, tỷ lệ …` right behind the one before.
            let last = between.clone().rev().find(|at| !self.is_skipped(*at));
            let first = between.clone().find(|at| separates(*at));
            let parts = |least: Opening| {
                move |at: &usize| {
                    separates(*at) && (hard(*at) || self.is_skipped(at + 1) || opening(*at) >= least && !self.lists_verbs(*at))
                }
            };
            // `20% xã, phường đạt chuẩn, phấn đấu … 50%`: no comma of a list parts, the last one before a clause does.
            let clause =
                between.clone().rev().find(parts(Opening::Clause)).or_else(|| between.clone().find(parts(Opening::Place)));
            // `27 tuyến kênh với tổng chiều dài 41 km`.
            let with = between.clone().rev().find(|at| {
                let passage = self.reader.passage;
                let named = passage.lexicon.measures.at(tokens, at + 1).is_some() || passage.says("sum", at + 1).is_some();
                tokens[*at].is(K::With) && !tokens[at - 1].is(K::Comparison) && named && two[1].whole.start - at <= WITH
            });
            if let Some(with) = with.filter(|_| self.reader.passage.role != Role::Results) {
                starts.push(with);
                continue;
            }
            let start = match (last, clause, first) {
                (Some(last), _, _) if separates(last) => last + 1,
                (_, Some(clause), _) => clause + 1,
                // `100% xã, phường có ít nhất 04 tin`: one clause holds both.
                (_, None, Some(_)) if self.holds_inner(two[0], two[1]) => two[1].whole.start,
                (_, None, Some(first)) => first + 1,
                // `15 dự án với tổng công suất 870 MW`: in a report what goes with things has a value of its own.
                (_, None, None) if self.reader.passage.role == Role::Results => between
                    .clone()
                    .rev()
                    .find(|at| tokens[*at].is(K::With) && !tokens[at - 1].is(K::Comparison))
                    .filter(|at| (2..=6).contains(&(two[1].whole.start - at)))
                    .unwrap_or(two[1].whole.start),
                // Nothing parts them: what stands between goes with the one before.
                (_, None, None) => two[1].whole.start,
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

    /// `100% xã, phường mỗi quý có ít nhất 04 tin`, `100% cơ quan sử dụng ít nhất 01 ứng dụng`: a value inside the clause of a share.
    pub(super) fn holds_inner(&self, share: &Quantity, inner: &Quantity) -> bool {
        let passage = self.reader.passage;
        let start = inner.whole.start;
        let has = self.tokens()[start].is(K::Have) || start > 0 && self.tokens()[start - 1].is(K::Have);
        let acts = (1..=3).any(|back| {
            start >= back && passage.lexicon.actions.at(self.tokens(), start - back).is_some_and(|(length, ())| length == back)
        });
        share.unit_kind == Some(UnitKind::Percent)
            && matches!(inner.unit_kind, Some(UnitKind::Count | UnitKind::Frequency | UnitKind::Measure))
            && (has || acts && inner.comparator.is_some())
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
        let at_once = (colon + 1..first.whole.start).all(|at| self.is_skipped(at));
        // `Tỷ lệ hồ sơ đúng hạn: cấp tỉnh đạt trên 98%, …`, `Số hóa kết quả: 100% ở cấp tỉnh, …`: scopes stand behind the colon.
        let scoped = |at: usize| {
            tokens
                .get(at)
                .is_some_and(|token| token.is(K::Level) || token.is_any(&[K::In, K::At, K::For]) || self.is_unit_word(token))
        };
        let behind = if at_once { first.whole.end } else { colon + 1 };
        let set = clause::setter(self.reader.passage, colon + 1..first.whole.start).is_some();
        if (set || scoped(behind)) && self.trim(self.segment.start..colon).is_some_and(|prefix| prefix.len() >= 2) {
            return self.segment.start;
        }
        let next = tokens.get(first.whole.end).filter(|_| first.whole.end < self.segment.end);
        let followed = next.is_some_and(Token::is_word) && !self.is_skipped(first.whole.end);
        if at_once && !followed && self.trim(self.segment.start..colon).is_some() { self.segment.start } else { colon + 1 }
    }

    /// `range` without marks, joints, times and words of wanting at its ends; `None` where nothing is left.
    pub(super) fn trim(&self, range: Range<usize>) -> Option<Range<usize>> {
        let tokens = self.tokens();
        let passage = self.reader.passage;
        let comparators = &passage.lexicon.comparators;
        let (mut start, mut end) = (range.start, range.end.min(tokens.len()));
        while start < end {
            let token = &tokens[start];
            if self.is_skipped(start)
                || token.kind == Kind::Mark && !token.is_mark(b'(') && !token.is_mark(b'"') && !token.is_mark(b'%')
            {
                start += 1;
            } else if let Some(length) = passage
                .says("made-of", start)
                .filter(|length| start + length < end || passage.role == Role::Results && start + length == end)
            {
                // `…, gồm 1,2 triệu lượt khách trong nước`; a report's `bao gồm 90 hộ …` has words of its own after the value.
                start += length;
            } else if token.is(K::And) || token.is(K::Or) || token.is(K::Apart) && start == range.start {
                start += 1;
            } else if start + 2 < end
                && matches!((passage.lower(start).as_str(), passage.word(start + 1)), ("đến" | "hiện", "nay") | ("hiện", "tại"))
            {
                start += 2;
            } else if let Some((length, ClauseKind::Opener)) =
                clause::joint(passage, start).filter(|(length, _)| start + length < end)
            {
                start += length;
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
                K::Comparison,
            ]);
            let loose = last.kind == Kind::Mark && !last.is_mark(b')') && !last.is_mark(b'"') && !last.is_mark(b'%');
            // `được hỗ trợ nhà ở` ends in one word; in `trả kết quả tại nhà ở 5 xã` the second leads to where.
            let compound = || {
                (1..=2).any(|back| {
                    end > back
                        && passage.lexicon.compounds.at(tokens, end - 1 - back).is_some_and(|(length, ())| length == back + 1)
                })
            };
            let joint = joint
                && !is_syllable_of_noun(passage, end - 1)
                && !(last.is(K::In) && tokens.get(end).is_none_or(|next| next.kind == Kind::Mark) && compound());
            // `lấy mẫu tại 12 vị trí như sau:`, `04 mô hình gồm:`.
            let leads = |back: &usize| {
                end >= start + back
                    && passage.lexicon.duties.at(tokens, end - back).is_some_and(|(length, duty)| length == *back && duty.leads)
            };
            if tokens.get(end).is_some_and(|next| next.is(K::Colon))
                && let Some(back) = (1..=LEADING).rev().find(leads)
            {
                end -= back;
                continue;
            }
            if self.is_skipped(end - 1) || joint || loose {
                end -= 1;
            } else {
                break;
            }
        }
        (start < end).then_some(start..end)
    }

    /// The pieces of an indicator: `ranges` trimmed, without what is left out.
    pub(super) fn indicator(&self, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
        let tokens = self.tokens();
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for (index, range) in ranges.iter().enumerate() {
            let Some(trimmed) = (if index == 0 { self.trim(range.clone()) } else { self.trim_end(range.clone()) }) else {
                continue;
            };
            let mut at = trimmed.start;
            while at < trimmed.end {
                if self.is_skipped(at) {
                    at += 1;
                    continue;
                }
                let mut end = at + 1;
                while end < trimmed.end && !self.is_skipped(end) {
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
            .find(|at| !self.is_skipped(*at) && (self.tokens()[*at].kind != Kind::Mark || self.tokens()[*at].is_mark(b'"')))?;
        Some(start.min(trimmed.start).max(range.start)..trimmed.end)
    }

    /// One value and all around it.
    pub(super) fn single(&self, piece: &Piece) -> Claim {
        let quantity = piece.quantity;
        let mut left = self.past_preface(piece.left.clone());
        let mut right_end = self.end_of_subject(piece.right.clone());
        // `… ít nhất 02 lần/học kỳ, kịp thời chấn chỉnh`: behind the comma is another matter.
        let comma = piece.right.clone().find(|at| !self.is_skipped(*at)).filter(|at| self.tokens()[*at].is(K::Comma));
        if let Some(comma) = comma.filter(|_| self.trim(left.clone()).is_some()) {
            right_end = comma;
        }
        if let Some(at) = self.second_work(quantity, &left, piece.right.start..right_end) {
            right_end = at;
        }
        // `giải ngân đạt trên 95% kế hoạch vốn được giao`: the plan is what the share is of.
        let planned = (piece.right.start..right_end).find(|at| !self.is_skipped(*at)).filter(|at| {
            matches!((self.reader.passage.word(*at), self.reader.passage.word(at + 1)), ("kế", "hoạch") | ("dự", "toán"))
                && quantity.lead == Lead::Reach
        });
        if let Some(at) = planned {
            right_end = at;
        }
        let right = piece.right.start.min(right_end)..right_end;
        let right_filled = self.trim(right.clone()).is_some();
        if let Some(start) = self.past_lead(left.clone(), right_filled) {
            left.start = start;
        }
        // `A đầu tư lưới điện, đến cuối năm có ít nhất 99% số hộ …`: a share behind a comma is of what follows it.
        let before = (left.start..quantity.whole.start).rev().find(|at| !self.is_skipped(*at));
        let apart = before.is_some_and(|at| self.tokens()[at].is(K::Comma));
        if apart
            && right_filled
            && quantity.unit_kind == Some(UnitKind::Percent)
            && matches!(self.reader.passage.role, Role::Tasks | Role::Purpose)
        {
            left = left.end..left.end;
        }
        // `yêu cầu 100% công trường phải …`: who asks is no part of what is asked.
        let asks = self.trim(left.clone()).is_some_and(|asked| {
            let duty = self.reader.passage.lexicon.duties.at(self.tokens(), asked.start);
            duty.is_some_and(|(length, duty)| duty.asks && length == asked.len())
        });
        if asks && right_filled && quantity.unit_kind == Some(UnitKind::Percent) && self.reader.passage.role != Role::Results {
            left = left.end..left.end;
        }
        // `Giảm tỷ lệ hộ nghèo xuống còn 4,2%`: a level is no change, and the verb is no part of what is measured.
        if quantity.lead == Lead::Level {
            left = self.past_change(left);
        }
        // `Tỷ lệ hộ cận nghèo giảm 1,5% so với …`: of a change the verb tells what is measured.
        if matches!(quantity.lead, Lead::Increase | Lead::Decrease) {
            left.end = self.change(quantity).map_or(left.end, |verb| verb.end);
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
        let wanted = quantity.lead == Lead::Ensure || self.is_wanted_of(quantity, &left, &right);
        if !reported && wanted && right_filled && !self.tokens()[quantity.whole.start].is(K::Have) {
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
        // `trồng cây phân tán đạt 1,5 triệu cây để che đường`: a purpose behind it is left out, and the noun stays.
        let purpose = piece
            .right
            .clone()
            .find(|at| !self.is_skipped(*at))
            .is_some_and(|at| clause::is(self.reader.passage, at, ClauseKind::Tail));
        // `hộ cận nghèo 102 hộ` begins with what is counted.
        let passage = self.reader.passage;
        let again = !right_filled
            && !noun.is_empty()
            && self
                .trim(left.clone())
                .is_some_and(|left| passage.lower(left.start).as_str() == passage.lower(noun.start).as_str());
        let with_noun = counted && !again && (right_filled || purpose || !left_filled || !(led || named));
        // `Bến Thuận 37 con`: of a place the count names what there is.
        let place = if reported && with_noun && !right_filled { self.place_before(quantity, &left) } else { None };
        let mut ranges = Vec::with_capacity(3);
        if let Some(place) = place {
            ranges.extend([noun, place]);
        } else {
            ranges.push(left.clone());
            if with_noun {
                ranges.push(noun);
            }
            ranges.push(right);
        }
        let indicator = self.indicator(&ranges);
        self.claim(quantity, indicator, Vec::new(), piece.left.start..piece.right.end)
    }

    /// `Giảm 20% vụ đuối nước, ngăn chặn …`, `xây dựng 100% trạm và triển khai …`: where the value's verb stands before it, a verb
    /// behind a comma or `và` is other work. Where the value comes first (`100% hộ có nước, sử dụng điện`) it says what all do.
    fn second_work(&self, quantity: &Quantity, left: &Range<usize>, right: Range<usize>) -> Option<usize> {
        const LEAST: usize = 2;
        const LONGEST: usize = 4;
        let passage = self.reader.passage;
        let tokens = self.tokens();
        let acts = |at: usize| passage.lexicon.actions.at(tokens, at).map(|(length, ())| length);
        let changes = matches!(quantity.lead, Lead::Increase | Lead::Decrease);
        let works = self.trim(left.clone()).map_or(changes, |first| first.len() <= LONGEST && acts(first.start).is_some());
        if passage.role == Role::Results || quantity.unit_kind != Some(UnitKind::Percent) || !works {
            return None;
        }
        // `trung tâm thu mua, bảo quản, chế biến` is a list: a verb whose object follows begins other work.
        let governs = |at: usize| {
            acts(at).is_some_and(|length| {
                length > 1 && (at + length..at + length + LEAST).all(|next| tokens.get(next).is_some_and(Token::is_lower_word))
            })
        };
        let joint = |at: &usize| {
            (tokens[*at].is(K::Comma) || tokens[*at].is(K::And)) && passage.depth[*at] == passage.depth[self.segment.start]
        };
        let first = right.clone().find(joint).filter(|at| *at >= right.start + LEAST)?;
        (clause::opens(passage, first + 1) == Opening::Clause && governs(first + 1)).then_some(first)
    }

    /// Where what is measured begins, behind `…, với mục tiêu`, `…, trong đó`, `… để`; a report keeps what was done.
    fn past_lead(&self, left: Range<usize>, right_filled: bool) -> Option<usize> {
        let passage = self.reader.passage;
        let striven = || left.clone().any(|at| passage.tokens[at].is(K::Strive));
        if left.is_empty() || passage.role == Role::Results && !striven() {
            return None;
        }
        let start = clause::last_lead(passage, left.clone()).or_else(|| self.past_striving(&left))?;
        // `Tỷ lệ đất dùng để xây trường`: what begins with a measure is no work for a purpose.
        let measured =
            self.trim(left.clone()).is_some_and(|left| passage.lexicon.measures.at(passage.tokens, left.start).is_some());
        let comma = (left.start..start).any(|at| passage.tokens[at].is(K::Comma));
        let filled = self.trim(start..left.end).is_some();
        ((filled || right_filled) && (!measured || comma)).then_some(start)
    }

    /// `xã Khe Vàng phấn đấu đến năm 2030 | tỷ lệ hộ có nước …`: who strives is no part of what is measured.
    fn past_striving(&self, left: &Range<usize>) -> Option<usize> {
        let passage = self.reader.passage;
        let tokens = self.tokens();
        let strives = |at: &usize| tokens[*at].is(K::Strive) && passage.says("strive", *at).is_some();
        let at = left.clone().rev().find(strives)?;
        let end = at + passage.says("strive", at)?;
        let rest = self.trim(end..left.end)?;
        (at > left.start && passage.lexicon.measures.at(tokens, rest.start).is_some()).then_some(rest.start)
    }

    /// `…, phấn đấu đạt 20% xã …`: what is wanted stands behind the value, what comes before is another matter.
    fn is_wanted_of(&self, quantity: &Quantity, left: &Range<usize>, right: &Range<usize>) -> bool {
        let passage = self.reader.passage;
        let start = quantity.whole.start;
        let ensured = self.tokens()[start].is(K::Strive)
            && matches!(passage.lexicon.comparators.at(self.tokens(), start), Some((2.., ComparatorKind::Ensure)))
            && start + 2 < quantity.number.start;
        let measured = left.clone().any(|at| {
            (at == left.start || self.tokens()[at - 1].is(K::Comma)) && passage.lexicon.measures.at(self.tokens(), at).is_some()
        });
        let led = self.trim(right.clone()).is_some_and(|right| {
            self.tokens()[right.start].is_any(SCOPING) || self.tokens()[right.start].is_any(&[K::Into, K::Comparison, K::With])
        });
        ensured && quantity.unit_kind == Some(UnitKind::Percent) && !measured && !led
    }

    /// Past `Giảm`, `Tăng`, `Nâng`, `Đưa`, `Kéo giảm`, `Phấn đấu giảm` at the start.
    pub(super) fn past_change(&self, left: Range<usize>) -> Range<usize> {
        let passage = self.reader.passage;
        let Some(trimmed) = self.trim(left.clone()) else { return left };
        let mut start = trimmed.start;
        while start + 1 < trimmed.end && passage.says("move", start) == Some(1) {
            start += 1;
        }
        start..left.end
    }

    /// The words of a change among those that bring a value in: `giảm`, `vượt`, `thấp hơn`.
    pub(super) fn change(&self, quantity: &Quantity) -> Option<Range<usize>> {
        (quantity.whole.start..quantity.number.start)
            .find_map(|at| self.reader.passage.says("change", at).map(|length| at..at + length))
    }

    /// The counting noun without multiplier and without what it is counted by.
    pub(super) fn noun(&self, quantity: &Quantity) -> Range<usize> {
        let units = &self.reader.passage.lexicon.units;
        let mut start = quantity.unit.start;
        while let Some((length, UnitKind::Multiplier)) = units.at(self.tokens(), start).map(|(length, kind)| (length, *kind)) {
            start += length;
        }
        let end = (start..quantity.unit.end).find(|at| self.tokens()[*at].is_mark(b'/')).unwrap_or(quantity.unit.end);
        start.min(end)..end
    }

    /// Where what is measured ends: `, đồng thời …`, `để …`, `gắn với …` is another matter; in a report `, kết quả …` too.
    pub(super) fn end_of_subject(&self, right: Range<usize>) -> usize {
        let passage = self.reader.passage;
        let end = clause::end_of_subject(passage, right.clone());
        if passage.role != Role::Results {
            return end;
        }
        let depth = passage.depth[self.segment.start];
        (right.start..end)
            .find(|at| {
                let result = (passage.tokens[*at].is(K::Comma) || passage.tokens[*at].is(K::Colon))
                    && matches!((passage.word(at + 1), passage.word(at + 2)), ("kết", "quả"));
                // `06 phân hệ phần mềm nội bộ: hệ thống …`: a colon opens the list of what is counted.
                result || passage.tokens[*at].is(K::Colon) && passage.depth[*at] == depth
            })
            .unwrap_or(end)
    }

    /// Past `Chủ trì, phối hợp với Sở Y tế …`: who does it is not what is measured.
    pub(super) fn past_preface(&self, left: Range<usize>) -> Range<usize> {
        let passage = self.reader.passage;
        if left.is_empty() {
            return left;
        }
        let tokens = passage.tokens;
        if passage.role == Role::Aims {
            return self.moved(&left).unwrap_or(left.start)..left.end;
        }
        let agencies = Agencies::new(passage.lexicon, &tokens[..left.end]);
        let mut start = left.start;
        if passage.role == Role::Results {
            // What is reported keeps its subject: `Huyện A giải ngân 268,5 tỷ đồng`.
            // `… giao các cơ quan, đơn vị thực hiện rà soát 134 TTHC`: what is measured begins behind whom it was given to.
            let directed = (start..left.end).rev().find(|at| tokens[*at].is(K::Assign) && agencies.begins(at + 1));
            if let Some(at) = directed {
                return agencies.list(at + 1).1.min(left.end)..left.end;
            }
            return self.last_clause(left);
        }
        while start < left.end && (self.is_skipped(start) || tokens[start].is(K::Comma)) {
            start += 1;
        }
        let asked = passage.lexicon.duties.at(tokens, start).filter(|(_, duty)| duty.asks).map(|(length, _)| start + length);
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
            let end = if names.is_empty() { crate::extract::task::unknown_partner(passage, next).unwrap_or(next) } else { end };
            start = end.min(left.end);
        } else if let Some(first) = Some(asked.unwrap_or(start)).filter(|first| agencies.begins(*first)) {
            let (_, end) = agencies.list(first);
            let acts = passage.lexicon.actions.at(tokens, end).is_some();
            if acts {
                start = end.min(left.end);
            }
        }
        // `Chỉ đạo các trạm y tế tổ chức …`, `trình Chủ tịch UBND tỉnh phê duyệt …`: who does it is not what is measured.
        let mut at = start;
        while at + 2 < left.end {
            let told = passage.says("tell", at).map(|length| at + length);
            if let Some(next) = told.filter(|next| agencies.begins(*next)) {
                let (_, end) = agencies.list(next);
                if passage.lexicon.actions.at(tokens, end).is_some() && end < left.end {
                    start = end;
                    at = end;
                    continue;
                }
            }
            at += 1;
        }
        // `Hướng dẫn nông dân gieo cấy xong 1.870 ha`: people who are told to, whom no name of a body names.
        const TOLD: usize = 6;
        let told = passage.says("tell", start).map(|length| start + length);
        let does = told.and_then(|told| {
            (told + 1..left.end.min(told + TOLD)).find(|at| {
                passage.lexicon.actions.at(tokens, *at).is_some_and(|(length, ())| at + length + 1 >= left.end)
                    && tokens[told..*at].iter().all(Token::is_lower_word)
            })
        });
        start = does.unwrap_or(start);
        // `Tổ chức tiêm phòng cho đàn gia súc, tỷ lệ tiêm phòng đạt …`: the measure is named behind the work.
        let measure = (start + 1..left.end).rev().find(|at| {
            tokens[at - 1].is(K::Comma)
                && passage.lexicon.measures.at(tokens, *at).is_some()
                && passage.depth[*at] == passage.depth[start]
        });
        if let Some(at) = measure.filter(|at| left.end - at >= 2).or_else(|| self.moved(&(start..left.end))) {
            return at..left.end;
        }
        // `Lễ hội phải an toàn, tiết kiệm, kinh phí xã hội hóa …`: behind what must be, a comma and three words begin another subject.
        const SUBJECT: usize = 3;
        let bound = (start..left.end).find(|at| passage.lexicon.duties.at(tokens, *at).is_some_and(|(_, duty)| duty.binds));
        let comma = bound.and_then(|bound| {
            (bound..left.end).rev().find(|at| tokens[*at].is(K::Comma) && passage.depth[*at] == passage.depth[start])
        });
        if let Some(comma) = comma.filter(|comma| comma + SUBJECT < left.end) {
            return comma + 1..left.end;
        }
        // `Vận động dồn đổi đất, thành lập mới 06 tổ hợp tác`: the count is of the last work.
        let governing = (start + 1..left.end).rev().take(4).find(|at| {
            tokens[at - 1].is(K::Comma)
                && passage.lexicon.actions.at(tokens, *at).is_some_and(|(length, ())| {
                    // `xóa toàn bộ 38 điểm`.
                    let all = passage.lexicon.duties.at(tokens, at + length).filter(|(_, duty)| duty.counts);
                    at + length + all.map_or(1, |(length, _)| length) >= left.end
                })
                && tokens[*at].is_lower_word()
        });
        // `xây mới, sửa chữa 210 nhà`, `hoàn thành chỉ tiêu hỗ trợ xây dựng, sửa chữa 45 nhà`: a verb before the comma and one after it are one work.
        // In `giao Tỉnh đoàn chủ trì, huy động 500 đoàn viên` the first only says whose work it is.
        let roles = &passage.lexicon.roles;
        let in_charge = |comma: usize| {
            let ends = |class| roles.class(class).and_then(|class| roles.ends_with(class, tokens, comma)).is_some();
            ["leading", "helping", "doing"].into_iter().any(ends)
        };
        let verb_before = |comma: usize| {
            !in_charge(comma)
                && (1..=3).any(|back| {
                    comma > start + back
                        && passage.lexicon.actions.at(tokens, comma - back).is_some_and(|(length, ())| length == back)
                })
        };
        if let Some(at) = governing.filter(|at| at - start > 5 && !verb_before(at - 1)) {
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

    /// `xóa trường tạm, đưa tỷ lệ phòng học kiên cố lên 96%`: behind a comma, verbs that lead to a measure's level; gives where it begins.
    fn moved(&self, left: &Range<usize>) -> Option<usize> {
        let passage = self.reader.passage;
        let tokens = passage.tokens;
        let begins = |at: &usize| {
            let mut first = *at;
            while first > left.start && passage.says("move", first - 1) == Some(1) {
                first -= 1;
            }
            first < *at
                && first > left.start
                && tokens[first - 1].is(K::Comma)
                && passage.depth[*at] == passage.depth[left.start]
                && passage.lexicon.measures.at(tokens, *at).is_some()
        };
        (left.start + 1..left.end).rev().find(begins)
    }

    /// `tỷ lệ điều tra, | khám phá án`: whether the comma at `at` stands between verbs that a measure begins.
    pub(super) fn lists_verbs(&self, at: usize) -> bool {
        const LONGEST: usize = 4;
        let passage = self.reader.passage;
        let acts = |at: usize| passage.lexicon.actions.at(passage.tokens, at).map(|(length, ())| length);
        let mut end = at;
        loop {
            let Some(begin) = (1..=LONGEST.min(end)).map(|length| end - length).find(|begin| acts(*begin) == Some(end - begin))
            else {
                return false;
            };
            let measured = (1..=LONGEST.min(begin)).any(|length| {
                passage.lexicon.measures.at(passage.tokens, begin - length).is_some_and(|(found, ())| found == length)
            });
            if measured {
                return acts(at + 1).is_some();
            }
            if begin == 0 || !passage.tokens[begin - 1].is(K::Comma) {
                return false;
            }
            end = begin - 1;
        }
    }

    /// Whether what is left of a scope names a unit or a level.
    pub(super) fn opens_scope(&self, at: usize) -> bool {
        self.tokens().get(at).is_some_and(|token| token.is_any(SCOPING) || token.is(K::Level) || self.is_unit_word(token))
    }
}
