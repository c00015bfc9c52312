//! Stated numbers with the list that follows in the sentence: `ban hành 03 văn bản, gồm: A; B; C`, `05 nhóm giải pháp: (1) …; (2) …`.

use std::ops::Range;

use super::passage::Passage;
use super::quantity::Quantity;
use crate::lexicon::UnitKind;
use crate::words::Keyword as K;

/// A stated number with its list; ranges are of the passage's tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed {
    pub(crate) value: f64,
    pub(crate) noun: Range<usize>,
    /// The last number of `(1) …; (2) …`, where they count from one without a gap.
    pub(crate) numbered: Option<u32>,
    /// How many parts semicolons make, where they set apart all.
    pub(crate) items: Option<u32>,
    pub(crate) range: Range<usize>,
}

/// All of a passage.
pub(crate) fn find(passage: &Passage, quantities: &[Quantity]) -> Vec<Listed> {
    let mut found = Vec::new();
    for (index, stated) in quantities.iter().enumerate() {
        let Some(colon) = opening(passage, stated).filter(|_| is_stated(stated)) else { continue };
        // Another number before the list is the one that it belongs to.
        if quantities.get(index + 1).is_some_and(|next| next.number.start < colon) {
            continue;
        }
        let depth = passage.depth[colon];
        let end = (colon + 1..passage.tokens.len())
            .find(|at| passage.depth[*at] < depth || passage.depth[*at] <= depth && passage.ends_sentence(*at))
            .unwrap_or(passage.tokens.len());
        // `cấp 7 giấy phép: xã Khe Vàng 2 giấy phép; xã Bến Thuận 5 giấy phép`: parts that are added up, and no list of seven.
        let unit = passage.words(stated.unit.clone()).to_lowercase();
        let own = |part: &&Quantity| part.number.start < end && passage.words(part.unit.clone()).to_lowercase() == unit;
        let added = quantities[index + 1..].iter().filter(own).count() >= 2;
        let items = if added { None } else { items(passage, colon + 1..end) };
        let numbered = numbered(passage, colon + 1..end);
        if numbered.is_some() || items.is_some() {
            found.push(Listed {
                value: stated.value,
                noun: stated.unit.clone(),
                numbered,
                items,
                range: stated.whole.start..end,
            });
        }
    }
    found
}

/// The number that a lead-in states of the lines below it: `thực hiện 05 nhóm giải pháp sau:`.
pub(crate) fn awaited<'q>(passage: &Passage, quantities: &'q [Quantity]) -> Option<&'q Quantity> {
    let stated = quantities.last().filter(|stated| is_stated(stated))?;
    let last = passage.tokens.len().checked_sub(1)?;
    (opening(passage, stated) == Some(last)).then_some(stated)
}

/// Whether a quantity is a whole number of things that may be listed.
fn is_stated(stated: &Quantity) -> bool {
    stated.value.fract() == 0.0
        && (2.0..=30.0).contains(&stated.value)
        && stated.of.is_none()
        && stated.value_to.is_none()
        && stated.comparator.is_none()
        && stated.unit_kind == Some(UnitKind::Count)
        && !stated.is_rate()
}

/// The colon that opens the list: `…, gồm:`, `… sau:`, or right behind the counted noun.
fn opening(passage: &Passage, stated: &Quantity) -> Option<usize> {
    let end = passage.tokens.len().min(stated.whole.end + 12);
    let colon = (stated.whole.end..end)
        .take_while(|at| !passage.ends_sentence(*at) && !passage.tokens[*at].is_mark(b';'))
        .find(|at| passage.tokens[*at].is(K::Colon))?;
    let before = passage.tokens.get(colon.wrapping_sub(1))?;
    let led = before.is(K::Include) || matches!(passage.word(colon - 1), "sau" | "đó" | "là") || colon <= stated.whole.end + 4;
    (led && passage.depth[colon] == passage.depth[stated.number.start]).then_some(colon)
}

/// How many `(1)`, `(2)`, … there are, where they count up from one.
fn numbered(passage: &Passage, range: Range<usize>) -> Option<u32> {
    let mut last = 0;
    for at in range {
        let bracketed = passage.tokens[at].is_number()
            && at > 0
            && passage.tokens[at - 1].is_mark(b'(')
            && passage.tokens.get(at + 1).is_some_and(|next| next.is_mark(b')'));
        if bracketed {
            let number: u32 = passage.word(at).parse().ok()?;
            // A gap or a repeat is told of as one.
            if number != last + 1 {
                return None;
            }
            last = number;
        }
    }
    (last >= 2).then_some(last)
}

/// How many items semicolons set apart; `None` where they are counts themselves, or not all are listed.
fn items(passage: &Passage, range: Range<usize>) -> Option<u32> {
    let depth = passage.depth.get(range.start).copied()?;
    let text = passage.words(range.start..passage.tokens.len().min(range.end + 3)).to_lowercase();
    if ["..", "…", "v.v", "một số", "vân vân"].iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut starts = vec![range.start];
    starts.extend(range.clone().filter(|at| passage.tokens[*at].is_mark(b';') && passage.depth[*at] == depth).map(|at| at + 1));
    let counted = starts.iter().any(|at| passage.tokens.get(*at).is_none_or(|token| token.is_number() || !token.is_word()));
    let number = u32::try_from(starts.len()).ok()?;
    (number >= 2 && !counted).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::super::{quantity, reference};
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        with_passage(text, Role::Results, |passage| {
            reference::find(passage);
            let quantities = quantity::find(passage);
            let show = |list: &Listed| format!("{} {:?} {:?}", list.value, list.numbered, list.items);
            find(passage, &quantities).iter().map(show).collect()
        })
    }

    #[test]
    fn numbers_with_their_list() {
        for (text, wanted) in [
            ("đã ban hành 03 văn bản, gồm: Kế hoạch số 12/KH-UBND; Quyết định số 5/QĐ-UBND.", vec!["3 None Some(2)"]),
            ("tập trung 03 nhiệm vụ: (1) tuyên truyền; (2) kiểm tra, (3) báo cáo", vec!["3 Some(3) None"]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn lists_that_do_not_count() {
        for text in [
            "có 120 hộ: 20 hộ nghèo; 100 hộ cận nghèo",
            "có 12 hộ, gồm: xã Khe Vàng 5 hộ; xã Bến Thuận 7 hộ",
            "tổ chức 03 lớp, gồm: lớp một, lớp hai",
            "ban hành 05 văn bản, gồm: Kế hoạch số 12/KH-UBND; Quyết định số 5/QĐ-UBND, v.v.",
        ] {
            assert!(shown(text).iter().all(|shown| !shown.ends_with(')')), "{text}");
        }
    }
}
