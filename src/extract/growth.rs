//! Growth that is stated with both numbers: `đạt 19,7 tỷ đồng, tăng 18,5% (tăng 3,9 tỷ đồng)`, `tăng từ 120 hộ lên 150 hộ, tăng 25%`;
//! and shares of a total that stands before its parts: `thu 180 tỷ đồng, trong đó thu nội địa 104 tỷ đồng, tăng 13%, chiếm 57,8%`.
//!
//! `tăng 18,5% so với năm trước, trong đó xuất khẩu 3,9 tỷ` gives no difference; `chiếm 35%` of another number is no share of the total.

use std::ops::Range;

use super::passage::Passage;
use super::quantity::{Lead, Quantity};
use super::share::Worded;
use crate::lexicon::UnitKind;
use crate::words::Keyword as K;

/// A number, by how much it grew or fell, and the percentage stated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grown {
    pub(crate) now: f64,
    pub(crate) difference: f64,
    pub(crate) rise: bool,
    pub(crate) stated: f64,
    pub(crate) range: Range<usize>,
}

/// Most tokens between a number and its growth.
const NEAR: usize = 16;

/// All growth of a passage.
pub(crate) fn find(passage: &Passage, quantities: &[Quantity]) -> Vec<Grown> {
    quantities
        .windows(3)
        .filter_map(|three| {
            by_difference(passage, three).or_else(|| from_to(passage, three)).or_else(|| beside_base(passage, three))
        })
        .collect()
}

/// `đạt 19,7 tỷ đồng, tăng 18,5% (tăng 3,9 tỷ đồng)`; the difference and the percentage may change places.
fn by_difference(passage: &Passage, three: &[Quantity]) -> Option<Grown> {
    let [now, second, third] = three else { return None };
    let (percent, difference) = if is_percent(second) { (second, third) } else { (third, second) };
    // `(kế hoạch 170 tỷ đồng)` is no difference.
    let opens = |at: usize| at > 0 && passage.tokens[at - 1].is_mark(b'(');
    let moved = |quantity: &Quantity| matches!(quantity.lead, Lead::Increase | Lead::Decrease);
    // `tăng 10% so với năm 2024 (100 tỷ đồng)`: what it grew from, and no difference.
    let based = year_in(passage, second.whole.end..third.whole.start);
    let told = is_percent(percent) && moved(second) && (third.lead == second.lead || opens(third.whole.start) && !based);
    let bracketed = passage.depth[third.number.start] == passage.depth[second.number.start] + 1;
    if !told || !bracketed || !is_amount(now) || matches!(now.lead, Lead::Increase | Lead::Decrease) || !is_amount(difference) {
        return None;
    }
    let kin = unit(passage, now) == unit(passage, difference);
    (kin && near(passage, now, second) && near(passage, second, third)).then(|| Grown {
        now: now.value,
        difference: difference.value,
        rise: second.lead == Lead::Increase,
        stated: percent.value,
        range: now.whole.start..third.whole.end,
    })
}

/// `từ 120 hộ lên 150 hộ, tăng 25%`.
fn from_to(passage: &Passage, three: &[Quantity]) -> Option<Grown> {
    let [before, now, percent] = three else { return None };
    let moved = matches!(percent.lead, Lead::Increase | Lead::Decrease);
    if !before.from || !moved || !is_percent(percent) || !is_amount(now) || before.value <= 0.0 || before.value_to.is_some() {
        return None;
    }
    let kin = before.unit.is_empty() || unit(passage, before) == unit(passage, now);
    let between = passage.words(before.whole.end..now.number.start).to_lowercase();
    let up = between.split_whitespace().any(|word| word == "lên");
    let down = between.split_whitespace().any(|word| word == "xuống");
    let rise = percent.lead == Lead::Increase;
    let fits = if rise { up && now.value > before.value } else { down && now.value < before.value };
    (kin && fits && near(passage, before, now) && near(passage, now, percent)).then(|| Grown {
        now: now.value,
        difference: (now.value - before.value).abs(),
        rise,
        stated: percent.value,
        range: before.whole.start..percent.whole.end,
    })
}

/// `đạt 120 tỷ đồng, tăng 10% so với năm 2024 (100 tỷ đồng)`, `đạt 240 ha (năm 2024 đạt 200 ha), tăng 10%`: what it grew from stands in
/// brackets, right behind its year. `(kế hoạch năm 2024 là 200 ha)` is no base.
fn beside_base(passage: &Passage, three: &[Quantity]) -> Option<Grown> {
    let [now, second, third] = three else { return None };
    let (percent, base) = if is_percent(second) { (second, third) } else { (third, second) };
    let moved = |quantity: &Quantity| matches!(quantity.lead, Lead::Increase | Lead::Decrease);
    let depth = passage.depth[now.number.start];
    let inside = passage.depth[base.number.start] == depth + 1 && passage.depth[percent.number.start] == depth;
    if !inside || !is_percent(percent) || !moved(percent) || moved(now) || moved(base) || !is_amount(now) || !is_amount(base) {
        return None;
    }
    let bracket = (0..base.number.start).rev().find(|at| passage.tokens[*at].is_mark(b'('))?;
    let dated = if is_percent(second) {
        bracket + 1 == base.number.start && year_in(passage, bracket.saturating_sub(1)..bracket)
    } else {
        passage.tokens.get(bracket + 1).is_some_and(|token| token.is(K::Year)) && year_in(passage, bracket + 2..bracket + 3)
    };
    let rise = percent.lead == Lead::Increase;
    let fits = base.value > 0.0 && if rise { now.value > base.value } else { now.value < base.value };
    let kin = unit(passage, now) == unit(passage, base);
    (dated && fits && kin && near(passage, now, second) && near(passage, second, third)).then(|| Grown {
        now: now.value,
        difference: (now.value - base.value).abs(),
        rise,
        stated: percent.value,
        range: now.whole.start..third.whole.end,
    })
}

/// Whether a year is among tokens.
fn year_in(passage: &Passage, range: Range<usize>) -> bool {
    let year = |at: usize| passage.word(at).parse::<u16>().is_ok_and(|year| (1950..=2100).contains(&year));
    range.filter(|at| *at < passage.tokens.len()).any(year)
}

/// Shares of a total that names its parts behind `trong đó`, where another number stands between a part and its share.
pub(crate) fn shares(passage: &Passage, quantities: &[Quantity]) -> Vec<Worded> {
    let mut found = Vec::new();
    for (index, total) in quantities.iter().enumerate().filter(|(_, total)| is_amount(total)) {
        let Some(first) = quantities.get(index + 1) else { break };
        let end = (total.whole.end..passage.tokens.len())
            .find(|at| passage.depth[*at] == passage.depth[total.number.start] && passage.ends_sentence(*at))
            .unwrap_or(passage.tokens.len());
        let parted = (total.whole.end..end)
            .find(|at| passage.tokens[*at].is(K::InTime) && passage.tokens.get(at + 1).is_some_and(|next| next.is(K::There)));
        let Some(parted) = parted.filter(|_| first.whole.start < end) else { continue };
        let kin = |part: &Quantity| is_amount(part) && unit(passage, part) == unit(passage, total);
        // `thu 180 tỷ, chi 226 tỷ, trong đó …`: the total is the number of its unit nearest before.
        if quantities[index + 1..].iter().take_while(|next| next.whole.start < parted).any(kin) {
            continue;
        }
        let mut part: Option<(usize, &Quantity)> = None;
        for (at, quantity) in quantities.iter().enumerate().filter(|(_, one)| one.whole.start > parted && one.whole.start < end) {
            if kin(quantity) && quantity.value < total.value {
                part = Some((at, quantity));
                continue;
            }
            let Some((before, own)) = part else { continue };
            let ended = (own.whole.end..quantity.whole.start).any(|at| passage.tokens[at].is_mark(b';'));
            let led = passage.words(quantity.number.start.saturating_sub(2)..quantity.number.start).to_lowercase();
            let share =
                is_percent(quantity) && quantity.comparator.is_none() && led.split_whitespace().any(|word| word == "chiếm");
            if share && !ended && at > before + 1 {
                let range = total.whole.start..quantity.whole.end;
                found.push(Worded { numerator: own.value, denominators: vec![total.value], stated: quantity.value, range });
                part = None;
            }
        }
    }
    found
}

fn is_percent(quantity: &Quantity) -> bool {
    quantity.unit_kind == Some(UnitKind::Percent) && quantity.value_to.is_none() && !quantity.is_rate()
}

fn is_amount(quantity: &Quantity) -> bool {
    quantity.of.is_none()
        && quantity.value_to.is_none()
        && quantity.comparator.is_none()
        && !quantity.is_rate()
        && matches!(quantity.unit_kind, Some(UnitKind::Count | UnitKind::Money | UnitKind::Measure))
}

fn unit(passage: &Passage, quantity: &Quantity) -> String {
    passage.words(quantity.unit.clone()).to_lowercase()
}

/// Whether two quantities stand close together in one clause, with no `trong đó` between.
fn near(passage: &Passage, one: &Quantity, other: &Quantity) -> bool {
    let between = one.whole.end..other.whole.start;
    let part = |at: usize| passage.tokens[at].is(K::InTime) && passage.tokens.get(at + 1).is_some_and(|next| next.is(K::There));
    between.len() <= NEAR && !between.clone().any(|at| passage.ends_sentence(at) || passage.tokens[at].is_mark(b';') || part(at))
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::super::quantity;
    use super::*;

    fn grown(text: &str) -> Vec<String> {
        with_passage(text, Role::Results, |passage| {
            let quantities = quantity::find(passage);
            let show = |one: &Grown| format!("{} {}{} {}", one.now, if one.rise { '+' } else { '-' }, one.difference, one.stated);
            find(passage, &quantities).iter().map(show).collect()
        })
    }

    fn shared(text: &str) -> Vec<String> {
        with_passage(text, Role::Results, |passage| {
            let quantities = quantity::find(passage);
            let show = |share: &Worded| format!("{} of {:?}: {}", share.numerator, share.denominators, share.stated);
            shares(passage, &quantities).iter().map(show).collect()
        })
    }

    #[test]
    fn growth_with_both_numbers() {
        for (text, wanted) in [
            ("Kim ngạch xuất khẩu đạt 19,5 tỷ đồng, tăng 18,5% (tăng 3,9 tỷ đồng).", vec!["19.5 +3.9 18.5"]),
            ("Có 420 vụ, giảm 80 vụ (giảm 16%) so với cùng kỳ.", vec!["420 -80 16"]),
            ("Số hợp tác xã tăng từ 120 hợp tác xã lên 150 hợp tác xã, tăng 25%.", vec!["150 +30 25"]),
            ("Thu ngân sách đạt 120 tỷ đồng, tăng 10% so với năm 2024 (100 tỷ đồng).", vec!["120 +20 10"]),
            ("Diện tích chè đạt 240 ha (năm 2024 đạt 200 ha), tăng 10%.", vec!["240 +40 10"]),
        ] {
            assert_eq!(grown(text), wanted, "{text}");
        }
    }

    #[test]
    fn growth_of_something_else() {
        for text in [
            "Kim ngạch xuất khẩu đạt 19,5 tỷ đồng, tăng 18,5%, trong đó nông sản tăng 3,9 tỷ đồng.",
            "Có 420 vụ, giảm 16% (80 người bị thương).",
            "Tăng từ 120 hộ lên 150 hộ; thu nhập tăng 25%.",
            "Thu đạt 180 tỷ đồng, tăng 7% (kế hoạch 170 tỷ đồng).",
            "Diện tích chè đạt 240 ha (kế hoạch năm 2024 là 200 ha), tăng 10%.",
            "Thu đạt 180 tỷ đồng, tăng 7% so với kế hoạch năm 2024 (200 tỷ đồng).",
        ] {
            assert_eq!(grown(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn shares_of_a_total_before_its_parts() {
        let text = "Tổng thu 180 tỷ đồng, tăng 7%, trong đó thu nội địa 104 tỷ đồng, tăng 13%, chiếm 57,8% tổng thu; thu khác 36 tỷ đồng, giảm 5%, chiếm 18% tổng thu.";
        assert_eq!(shared(text), ["104 of [180.0]: 57.8", "36 of [180.0]: 18"]);
        for text in [
            "Tổng thu 180 tỷ đồng, trong đó thu nội địa 104 tỷ đồng, tăng 13%; thuế chiếm 57,8%.",
            "Tổng thu 180 tỷ đồng, trong đó thu nội địa tăng 13%, chiếm 57,8% tổng thu.",
            "Tổng thu 180 tỷ đồng, trong đó có 104 hộ, tăng 13%, chiếm 57,8% số hộ.",
        ] {
            assert_eq!(shared(text), Vec::<String>::new(), "{text}");
        }
    }
}
