//! Results beside what was assigned: `đạt 1.200 tỷ đồng (kế hoạch 1.500 tỷ đồng)`, `còn 3,4%, kế hoạch là 3%`,
//! `Chỉ tiêu tỷ lệ che phủ rừng 45%: thực hiện 44,2%`.

use super::{Claim, Reader, joined};
use crate::extract::passage::Role;
use crate::extract::quantity::{Lead, Quantity};
use crate::words::Keyword as K;

/// What a value is called that was set, where it stands beside the result.
const SET: [&str; 13] = [
    "kế hoạch",
    "kế hoạch giao",
    "kế hoạch năm",
    "kế hoạch đề ra",
    "chỉ tiêu",
    "chỉ tiêu giao",
    "chỉ tiêu kế hoạch",
    "chỉ tiêu được giao",
    "chỉ tiêu đề ra",
    "mục tiêu",
    "mục tiêu đề ra",
    "dự toán",
    "dự toán giao",
];

/// What a result is called, where it stands behind what was set.
const DONE: [&str; 8] = [
    "thực hiện",
    "đã thực hiện",
    "ước thực hiện",
    "thực hiện đạt",
    "kết quả",
    "kết quả thực hiện",
    "kết quả đạt",
    "kết quả đạt được",
];

impl Reader<'_> {
    /// Which of a clause's values a bracket with the assigned one is of: the nearest before it in the same unit.
    pub(super) fn reported<'q>(&self, main: &[&'q Quantity], assigned: &Quantity) -> Option<&'q Quantity> {
        let before = || main.iter().rev().copied().filter(|quantity| quantity.whole.end <= assigned.whole.start);
        if assigned.unit.is_empty() {
            return before().next();
        }
        before().find(|quantity| quantity.unit.is_empty() || self.same_unit(quantity, assigned))
    }

    /// Whether what stands behind a colon is the result of what stands before it.
    pub(super) fn tells_result(&self, colon: usize) -> bool {
        let word = |at: usize| self.passage.word(at);
        self.tokens()[colon].is(K::Colon)
            && matches!((word(colon + 1), word(colon + 2)), ("thực", "hiện") | ("kết", "quả") | ("đã" | "ước", "thực"))
    }

    /// Puts a result and what was set for it into one claim.
    pub(super) fn pair_results(&self, claims: &mut Vec<Claim>) {
        if !matches!(self.passage.role, Role::Results | Role::Aims) {
            return;
        }
        let mut index = 1;
        while index < claims.len() {
            let (one, next) = (&claims[index - 1], &claims[index]);
            let beside = !(one.quantity.whole.end..next.quantity.whole.start).any(|at| self.passage.ends_sentence(at))
                && self.same_unit(&one.quantity, &next.quantity)
                && !one.indicator.is_empty()
                && one.assigned.is_none()
                && matches!(next.quantity.lead, Lead::None | Lead::Reach)
                // `giao 28 chỉ tiêu, đã hoàn thành 17 chỉ tiêu`: there the word is the unit.
                && next.indicator.first().is_some_and(|name| name.start < next.quantity.whole.start)
                && !one.aside
                && !next.aside;
            let name = joined(self.passage, &next.indicator).to_lowercase();
            let set = self.passage.role == Role::Results && SET.contains(&name.as_str());
            if beside && (set || DONE.contains(&name.as_str())) {
                let next = claims.remove(index);
                let one = &mut claims[index - 1];
                one.clause.end = one.clause.end.max(next.clause.end);
                if set {
                    one.assigned = Some(next.quantity);
                } else {
                    one.assigned = Some(std::mem::replace(&mut one.quantity, next.quantity));
                    self.past_word_of_target(one);
                }
                continue;
            }
            index += 1;
        }
    }

    /// `Chỉ tiêu tỷ lệ che phủ rừng`: what is measured is the share.
    fn past_word_of_target(&self, claim: &mut Claim) {
        let Some(first) = claim.indicator.first_mut() else { return };
        let told =
            matches!((self.passage.lower(first.start).as_str(), self.passage.word(first.start + 1)), ("chỉ" | "mục", "tiêu"));
        if told && self.passage.lexicon.measures.at(self.tokens(), first.start + 2).is_some() && first.len() > 3 {
            first.start += 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::passage::tests::with_passage;
    use super::super::super::{deadline, quantity};
    use super::*;

    /// `indicator | result unit | what was set`.
    fn shown(text: &str) -> Vec<String> {
        with_passage(text, Role::Results, |passage| {
            let quantities = quantity::find(passage);
            let (deadlines, times) = deadline::find_with_times(passage, deadline::Frame::default());
            super::super::find(passage, &quantities, &deadlines, &times)
                .iter()
                .map(|claim| {
                    let unit = passage.words(claim.quantity.unit.clone());
                    let set = claim.assigned.as_ref().map(|set| format!(" | {}", set.value)).unwrap_or_default();
                    format!("{} | {} {unit}{set}", joined(passage, &claim.indicator), claim.quantity.value)
                })
                .collect()
        })
    }

    #[test]
    fn results_beside_what_was_set() {
        for (text, wanted) in [
            ("Tỷ lệ hộ nghèo còn 3,4%, kế hoạch là 3%", vec!["Tỷ lệ hộ nghèo | 3.4 % | 3"]),
            (
                "Thu phí đạt 1.200 tỷ đồng (kế hoạch 1.500 tỷ đồng), bằng 80% kế hoạch, giảm 5% so với năm trước",
                vec!["Thu phí | 1200 tỷ đồng | 1500", "Thu phí bằng kế hoạch | 80 %", "Thu phí giảm so với năm trước | 5 %"],
            ),
            ("Chỉ tiêu tỷ lệ che phủ rừng 45%: thực hiện 44,2%", vec!["tỷ lệ che phủ rừng | 44.2 % | 45"]),
            ("Tỷ lệ hồ sơ đúng hạn đạt 97% (được giao 90%)", vec!["Tỷ lệ hồ sơ đúng hạn | 97 % | 90"]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn values_that_are_of_different_things_stay_apart() {
        for (text, wanted) in [
            ("Thu phí đạt 80% (kế hoạch 1.500 tỷ đồng)", vec!["Thu phí | 80 %"]),
            ("Trồng rừng đạt 120 ha, kế hoạch chăm sóc 90 ha", vec!["Trồng rừng | 120 ha", "kế hoạch chăm sóc | 90 ha"]),
            (
                "Tỉnh đã giao 28 chỉ tiêu, hoàn thành 17 chỉ tiêu",
                vec!["Tỉnh đã giao chỉ tiêu | 28 chỉ tiêu", "chỉ tiêu | 17 chỉ tiêu"],
            ),
            ("Tỷ lệ hộ nghèo còn 3,4%. Kế hoạch là 3%.", vec!["Tỷ lệ hộ nghèo | 3.4 %", "Kế hoạch | 3 %"]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
