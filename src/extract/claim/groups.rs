//! Values whose own words only name the group or the place they are for: `tỷ lệ hộ nghèo giảm 1%, các xã vùng cao giảm trên 3%`. What is
//! measured was said before.

use std::ops::Range;

use super::{Claim, Reader};
use crate::extract::passage::Role;
use crate::extract::quantity::Lead;
use crate::lexicon::UnitKind;
use crate::words::Keyword as K;

/// Longest name of a group, in tokens: `các xã có đông đồng bào dân tộc thiểu số`.
const LONGEST: usize = 10;

impl Reader<'_> {
    /// Gives each value that has nothing but a group the measure that was named before it.
    pub(super) fn name_groups(&self, claims: &mut [Claim]) {
        let mut named = vec![false; claims.len()];
        for index in 1..claims.len() {
            let (before, rest) = claims.split_at_mut(index);
            let claim = &mut rest[0];
            let Some(group) = self.group_alone(claim) else { continue };
            let near =
                |other: &Claim| !(other.quantity.whole.end..claim.quantity.whole.start).any(|at| self.passage.ends_sentence(at));
            let whole = before
                .iter()
                .zip(&named)
                .rev()
                .take_while(|(other, _)| near(other))
                .find(|(other, named)| !**named && self.measures_like(other, claim))
                .map(|(other, _)| other);
            let Some(indicator) = whole.and_then(|whole| self.without_group(whole)) else { continue };
            named[index] = true;
            if self.passage.role == Role::Results {
                claim.indicator = indicator.into_iter().chain(std::iter::once(group)).collect();
                continue;
            }
            claim.indicator = indicator;
            if claim.scope.is_empty() {
                claim.scope = vec![group];
            }
        }
    }

    /// The name of the group, where a value has no other words of its own.
    fn group_alone(&self, claim: &Claim) -> Option<Range<usize>> {
        let passage = self.passage;
        let [own] = claim.indicator.as_slice() else { return None };
        let changes = matches!(claim.quantity.lead, Lead::Increase | Lead::Decrease);
        // A report says how each group changed by itself: `khu vực quốc doanh tăng 11%`.
        if changes && passage.role == Role::Results {
            return None;
        }
        if claim.aside || claim.listed || own.end > claim.quantity.number.start {
            return None;
        }
        let start = own.start + passage.says("apart", own.start).unwrap_or(0);
        // `các xã vùng cao giảm`: the verb belongs to what is measured.
        let verb = |at: &usize| passage.says("change", *at).is_some_and(|length| at + length == own.end);
        let end = if changes { (start..own.end).find(verb).unwrap_or(own.end) } else { own.end };
        let end = if passage.tokens[end - 1].is(K::Have) { end - 1 } else { end };
        let named = start < end && end - start <= LONGEST && passage.says("group", start).is_some();
        let other = |at: usize| {
            passage.lexicon.measures.at(passage.tokens, at).is_some()
                || at > start && passage.lexicon.actions.at(passage.tokens, at).is_some()
                || !passage.tokens[at].is_word()
        };
        (named && !(start..end).any(other)).then_some(start..end)
    }

    /// Whether the value before names what is measured, in the same unit.
    fn measures_like(&self, whole: &Claim, claim: &Claim) -> bool {
        let percent = |claim: &Claim| claim.quantity.unit_kind == Some(UnitKind::Percent);
        let change = |claim: &Claim| matches!(claim.quantity.lead, Lead::Increase | Lead::Decrease);
        let alike = self.same_unit(&whole.quantity, &claim.quantity) || percent(whole) && percent(claim);
        !whole.aside
            && alike
            && change(whole) == change(claim)
            && whole.quantity.unit_kind != Some(UnitKind::Count)
            && self.group_alone(whole).is_none()
            && whole.indicator.first().is_some_and(|first| {
                first.start < whole.quantity.whole.start
                    && self.passage.lexicon.measures.at(self.passage.tokens, first.start).is_some()
            })
    }

    /// What is measured, without the group that the value itself is for: `tỷ lệ hộ nghèo | toàn tỉnh | giảm`, `tỷ lệ hộ | ở khu vực nông thôn |
    /// dùng nước máy`.
    fn without_group(&self, whole: &Claim) -> Option<Vec<Range<usize>>> {
        /// Fewest words of a measure and of what it measures.
        const LEAST: usize = 2;
        let passage = self.passage;
        let tokens = passage.tokens;
        let first = whole.indicator.first()?;
        if !whole.scope.is_empty() {
            return Some(whole.indicator.clone());
        }
        let led = |at: usize| tokens[at - 1].is_any(&[K::At, K::In, K::Of, K::On, K::For]);
        // After a word of place, or two words long: `toàn tỉnh`; `xã` alone may be part of a name.
        let begins = |at: &usize| passage.says("group", *at).is_some_and(|length| led(*at) || length > 1);
        let Some(group) = (first.start + LEAST..first.end).find(begins) else { return Some(whole.indicator.clone()) };
        // What follows the group is done to, or by, what is measured.
        let goes_on = |at: &usize| {
            passage.says("predicate", *at).is_some()
                || passage.says("change", *at).is_some()
                || passage.lexicon.actions.at(tokens, *at).is_some()
        };
        let behind = (group + 1..first.end).find(goes_on).unwrap_or(first.end);
        let cut = if led(group) { group - 1 } else { group };
        let mut named = vec![first.start..cut];
        if behind < first.end {
            named.push(behind..first.end);
        }
        named.extend(whole.indicator[1..].iter().cloned());
        Some(named)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    #[test]
    fn a_group_alone_has_the_measure_before() {
        let lines: [(Role, &str, &[&str]); 7] = [
            (
                Role::Aims,
                "Tỷ lệ hộ nghèo toàn xã giảm từ 1,0 đến 1,2 điểm phần trăm, các thôn vùng cao giảm trên 3 điểm phần trăm",
                &[
                    "Tỷ lệ hộ nghèo toàn xã giảm | Eq 1 điểm phần trăm",
                    "Tỷ lệ hộ nghèo giảm | Gt 3 điểm phần trăm | các thôn vùng cao",
                ],
            ),
            (
                Role::Aims,
                "Tỷ lệ dân số dùng nước máy: khu vực phố chợ 98%, nông thôn 74%, riêng các thôn ven núi đá 45% trở lên",
                &[
                    "Tỷ lệ dân số dùng nước máy | Eq 98 % | khu vực phố chợ",
                    "Tỷ lệ dân số dùng nước máy | Eq 74 % | nông thôn",
                    "Tỷ lệ dân số dùng nước máy | Ge 45 % | các thôn ven núi đá",
                ],
            ),
            (
                Role::Results,
                "Tỷ lệ rác được thu gom ở các phường trung tâm đạt 97%, khu vực ven đô đạt 83%",
                &["Tỷ lệ rác được thu gom ở các phường trung tâm | Eq 97 %", "Tỷ lệ rác được thu gom khu vực ven đô | Eq 83 %"],
            ),
            (
                Role::Aims,
                "Tỷ lệ hộ dân ở khu vực nông thôn được sử dụng nước máy đạt 95%, khu vực đô thị đạt 98%",
                &[
                    "Tỷ lệ hộ dân ở khu vực nông thôn được sử dụng nước máy | Eq 95 %",
                    "Tỷ lệ hộ dân được sử dụng nước máy | Eq 98 % | khu vực đô thị",
                ],
            ),
            (
                Role::Aims,
                "Tỷ lệ trẻ em các xã vùng cao được tiêm đủ mũi đạt 90%, các phường đạt 97%",
                &[
                    "Tỷ lệ trẻ em các xã vùng cao được tiêm đủ mũi | Eq 90 %",
                    "Tỷ lệ trẻ em được tiêm đủ mũi | Eq 97 % | các phường",
                ],
            ),
            // Another measure has its own words.
            (
                Role::Aims,
                "Tỷ lệ hộ có nước đạt 90%, tỷ lệ thôn sạch 95%",
                &["Tỷ lệ hộ có nước | Eq 90 %", "tỷ lệ thôn sạch | Eq 95 %"],
            ),
            (Role::Aims, "Các xã vùng cao đạt 90%", &["Các xã vùng cao | Eq 90 %"]),
        ];
        for (role, text, wanted) in lines {
            assert_eq!(shown(text, role), wanted, "{text}");
        }
    }
}
