//! Percentages whose counts stand in words: `khảo sát 4.120 người bệnh, 3.955 người hài lòng, đạt 96%`;
//! `phát hiện 361 vụ … Đã xử lý 338 vụ (đạt 93,6%)`; `đạt 107,7% kế hoạch (110 tỷ đồng)`.
//!
//! The count right before the percentage is of one of those before it, in the same unit. `tăng 6,5%`, `đạt 104,8% kế hoạch` are of
//! something else, and a percentage that names what it is of (`91% số thu`) is of a count that is called so.

use std::ops::Range;

use super::passage::Passage;
use super::quantity::{Lead, Quantity};
use crate::lexicon::UnitKind;
use crate::words::{Keyword as K, Token};

/// A percentage with its counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Worded {
    pub(crate) numerator: f64,
    /// Nearest first.
    pub(crate) denominators: Vec<f64>,
    pub(crate) stated: f64,
    /// From the farthest count, or the numerator's sentence, to the percentage.
    pub(crate) range: Range<usize>,
}

/// Words behind a percentage that make it one of a plan or a time before.
const OF_PLAN: [&str; 8] = ["kế", "dự", "chỉ", "mục", "so", "cùng", "nghị", "năm"];

/// All of a passage.
pub(crate) fn find(passage: &Passage, quantities: &[Quantity]) -> Vec<Worded> {
    let mut found = Vec::new();
    for (index, percent) in quantities.iter().enumerate().skip(1) {
        let count = &quantities[index - 1];
        let share = percent.unit_kind == Some(UnitKind::Percent)
            && percent.value_to.is_none()
            && percent.comparator.is_none()
            && matches!(percent.lead, Lead::None | Lead::Reach);
        if !share || !is_count(count) || !joined(passage, count, percent) {
            continue;
        }
        let named = named(passage, percent);
        let planned = named.first().is_some_and(|word| OF_PLAN.contains(&word.as_str()));
        if planned {
            let Some(plan) = quantities.get(index + 1).filter(|plan| in_bracket_of(passage, percent, plan)) else { continue };
            if same_unit(passage, count, plan) {
                let range = count.whole.start..plan.whole.end;
                found.push(Worded { numerator: count.value, denominators: vec![plan.value], stated: percent.value, range });
            }
            continue;
        }
        // `1.500 hộ khá, chiếm 12% và 1.100 hộ trung bình, chiếm 9%`: both are of a third count.
        let beside = |at: usize| {
            let share = quantities.get(at + 1).filter(|next| next.unit_kind == Some(UnitKind::Percent));
            at + 1 < index - 1
                && share.is_some_and(|share| {
                    let of = self::named(passage, share);
                    joined(passage, &quantities[at], share) && !of.first().is_some_and(|word| OF_PLAN.contains(&word.as_str()))
                })
        };
        let wholes: Vec<&Quantity> = quantities[..index - 1]
            .iter()
            .enumerate()
            .rev()
            .filter(|(at, _)| !(named.is_empty() && beside(*at)))
            .map(|(_, whole)| whole)
            .filter(|whole| {
                is_count(whole)
                    && passage.depth[whole.number.start] <= passage.depth[count.number.start]
                    && whole.value >= count.value
                    && (same_unit(passage, count, whole) || part_of_people(passage, whole, count))
                    && called(passage, whole, &named)
            })
            .collect();
        let Some(last) = wholes.last() else { continue };
        found.push(Worded {
            numerator: count.value,
            denominators: wholes.iter().map(|whole| whole.value).collect(),
            stated: percent.value,
            range: sentence_start(passage, last.whole.start)..percent.whole.end,
        });
    }
    found
}

fn is_count(quantity: &Quantity) -> bool {
    quantity.of.is_none()
        && quantity.value_to.is_none()
        && quantity.comparator.is_none()
        && !quantity.is_rate()
        && matches!(quantity.lead, Lead::None | Lead::Reach | Lead::Ensure)
        && matches!(quantity.unit_kind, Some(UnitKind::Count | UnitKind::Money | UnitKind::Measure))
}

/// `338 vụ (đạt 98,6%)`, `3.955 người hài lòng, đạt 92%`: nothing but words of reaching lies between.
fn joined(passage: &Passage, count: &Quantity, percent: &Quantity) -> bool {
    let between = count.whole.end..percent.number.start;
    if between.len() > 16 || between.clone().any(|at| passage.ends_sentence(at) || passage.tokens[at].is_mark(b';')) {
        return false;
    }
    let bracket = between.clone().any(|at| passage.tokens[at].is_mark(b'('));
    let text = passage.words(between).to_lowercase();
    let reached = ["đạt", "chiếm", "bằng", "tương đương"].iter().any(|word| text.contains(word));
    let other = ["tăng", "giảm", "bình quân", "trong đó", "còn", "vượt", "lãi", "tiến độ", "khối lượng"]
        .iter()
        .any(|word| text.contains(word));
    let renamed = text.contains("tỷ lệ") && !text.contains("đạt tỷ lệ") && !text.contains("chiếm tỷ lệ");
    (reached || bracket && passage.depth[percent.number.start] > passage.depth[count.number.start]) && !other && !renamed
}

/// The words right behind a percentage, up to a mark: what it is of, `tổng`, `số` left out.
fn named(passage: &Passage, percent: &Quantity) -> Vec<String> {
    (percent.whole.end..passage.tokens.len().min(percent.whole.end + 5))
        .take_while(|at| passage.tokens[*at].is_word())
        .map(|at| passage.lower(at).as_str().to_owned())
        .filter(|word| !matches!(word.as_str(), "số" | "tổng" | "các" | "trên" | "trong" | "của" | "toàn"))
        .collect()
}

/// Whether what a percentage says it is of is what a count counts: `91% số thu` and `Thu tiền dịch vụ … 118,5 tỷ đồng`.
fn called(passage: &Passage, whole: &Quantity, named: &[String]) -> bool {
    let start = (0..whole.whole.start)
        .rev()
        .find(|at| {
            let token = &passage.tokens[*at];
            passage.ends_sentence(*at) || token.is_mark(b';') || token.is(K::Comma)
        })
        .map_or(0, |at| at + 1);
    let end = (whole.whole.end + 8).min(passage.tokens.len());
    named.iter().all(|word| (start..end).any(|at| passage.lower(at).as_str() == word))
}

fn in_bracket_of(passage: &Passage, percent: &Quantity, plan: &Quantity) -> bool {
    let between = percent.whole.end..plan.number.start;
    between.len() <= 8
        && passage.depth[plan.number.start] > passage.depth[percent.number.start]
        && !between.clone().any(|at| passage.ends_sentence(at))
        && !passage.tokens[between].iter().any(Token::is_number)
}

/// `người` and `người bệnh`: one counting word; money and measures only to the letter.
fn same_unit(passage: &Passage, one: &Quantity, other: &Quantity) -> bool {
    let of = |quantity: &Quantity| passage.words(quantity.unit.clone()).to_lowercase();
    let (one_unit, other_unit) = (of(one), of(other));
    let first = |unit: &str| unit.split_whitespace().next().map(ToOwned::to_owned);
    let counted = one.unit_kind == Some(UnitKind::Count) && other.unit_kind == Some(UnitKind::Count);
    one_unit == other_unit || counted && first(&one_unit) == first(&other_unit)
}

/// `20.450 lao động …; trong đó nữ 9.860 người`: of people, one may be called what he is and the other a person.
fn part_of_people(passage: &Passage, whole: &Quantity, part: &Quantity) -> bool {
    const PEOPLE: [&str; 12] = [
        "người",
        "lao động",
        "học viên",
        "học sinh",
        "hội viên",
        "đoàn viên",
        "cán bộ",
        "lượt người",
        "trẻ",
        "sinh viên",
        "đại biểu",
        "khách",
    ];
    let is_people = |quantity: &Quantity| {
        let unit = passage.words(quantity.unit.clone()).to_lowercase();
        PEOPLE.iter().any(|people| unit.starts_with(people))
    };
    let said = passage.words(whole.whole.end..part.number.start).to_lowercase().contains("trong đó");
    said && is_people(whole) && is_people(part)
}

fn sentence_start(passage: &Passage, at: usize) -> usize {
    (0..at).rev().find(|at| passage.ends_sentence(*at)).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::super::quantity;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        with_passage(text, Role::Results, |passage| {
            let quantities = quantity::find(passage);
            let show = |share: &Worded| format!("{} of {:?}: {}", share.numerator, share.denominators, share.stated);
            find(passage, &quantities).iter().map(show).collect()
        })
    }

    #[test]
    fn counts_in_words() {
        for (text, wanted) in [
            ("Khảo sát 4.120 người bệnh nội trú, 3.955 người hài lòng, đạt 96%.", vec!["3955 of [4120.0]: 96"]),
            ("Phát hiện 361 vụ vi phạm. Đã xử lý 338 vụ (đạt 93,6%).", vec!["338 of [361.0]: 93.6"]),
            ("Thu phí 118,5 tỷ đồng; giải ngân 104,3 tỷ đồng, bằng 88% số thu.", vec!["104.3 of [118.5]: 88"]),
            ("Thu phí 118,5 tỷ đồng, đạt 107,7% kế hoạch (110 tỷ đồng).", vec!["118.5 of [110.0]: 107.7"]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn percentages_of_something_else() {
        for text in [
            "Tổng thu 900 tỷ đồng, chi 700 tỷ đồng, tăng 6,5%.",
            "Có 500 hộ, hỗ trợ 120 hộ, đạt 104% kế hoạch.",
            "Trồng 120 ha rừng, tỷ lệ sống 92%.",
            "Có 500 hộ; vận động 120 hộ (đạt 40% số hộ nghèo).",
            "Tổ chức 12 lớp cho 400 người, đạt 100%.",
            "Có 1.500 hộ khá, chiếm 12% và 1.100 hộ trung bình, chiếm 9%.",
        ] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
