//! Where the parts of a mean stand, and whether they are all there are: `bình quân đạt 91,4%, trong đó: rừng sản xuất đạt 88,2%, …`.

use std::ops::Range;

use super::passage::Passage;
use super::quantity::Quantity;
use crate::words::{Case, Keyword as K, Token};

/// Where the parts of a mean stand: in the brackets behind it, or behind `trong đó` up to the end of the sentence.
pub(super) fn parts_behind(passage: &Passage, mean: &Quantity) -> Option<Range<usize>> {
    let depth = passage.depth[mean.number.start];
    let near = passage.tokens.len().min(mean.whole.end + 8);
    let there =
        |at: &usize| passage.tokens[*at].is(K::InTime) && passage.tokens.get(at + 1).is_some_and(|next| next.is(K::There));
    let ends = |at: usize| passage.depth[at] <= depth && passage.ends_sentence(at);
    let all = passage.tokens.len();
    let stop = |range: Range<usize>| {
        range.into_iter().find(|at| ends(*at) || passage.depth[*at] <= depth && passage.tokens[*at].is_mark(b';')).unwrap_or(all)
    };
    // The parts begin near; a line of ten thousand shares is not looked through for each.
    let end = stop(mean.whole.end..all.min(near + 2));
    let open = (mean.whole.end..end.min(near)).find(|at| passage.tokens[*at].is_mark(b'('));
    if let Some(open) = open
        && !passage.tokens[mean.whole.end..open].iter().any(Token::is_number)
    {
        return passage.closing(open).map(|close| open + 1..close);
    }
    // `đạt 96,2%; trong đó …`: the semicolon before the parts does not end them.
    let start = (mean.whole.end..near).take_while(|at| !ends(*at)).find(there)? + 2;
    let inner = passage.tokens[mean.whole.end..start].iter().any(Token::is_number);
    let parts = (start..passage.tokens.len()).find(|at| ends(*at)).unwrap_or(passage.tokens.len());
    (!inner).then_some(start..if end < start { parts } else { stop(start..all) })
}

/// Whether parts are all there are: the levels of a province, or both of a pair.
pub(super) fn is_complete(text: &str, parts: usize) -> bool {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let levels = [has(&["cấp tỉnh", "các sở", "sở,"]), has(&["cấp huyện", "huyện,", "huyện "]), has(&["cấp xã", "xã,", "xã "])];
    let pairs: [(&[&str], &[&str]); 3] = [
        (&["thành thị", "đô thị"], &["nông thôn"]),
        (&["nam "], &["nữ "]),
        (&["trong công lập", "công lập"], &["ngoài công lập", "tư thục"]),
    ];
    levels.iter().filter(|level| **level).count() >= 3 && parts == 3
        || parts == 2 && pairs.iter().any(|(one, other)| has(one) && has(other))
        || has_both_ends(&text)
}

/// `trạm nhiều nhất 8 người, trạm ít nhất 6 người`: a mean lies between the highest and the lowest.
pub(super) fn has_both_ends(text: &str) -> bool {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    has(&["nhiều nhất", "cao nhất", "lớn nhất", "đông nhất", "dài nhất"])
        && has(&["ít nhất", "thấp nhất", "nhỏ nhất", "vắng nhất", "ngắn nhất"])
}

/// Whether the words before a value call it a mean, or one of the whole: `bình quân`, `trung bình`, `chung`.
pub(super) fn is_named(passage: &Passage, mean: &Quantity) -> bool {
    let start = (0..mean.whole.start).rev().find(|at| passage.ends_sentence(*at)).map_or(0, |at| at + 1);
    let words: Vec<_> = (start..mean.number.start).map(|at| passage.lower(at)).collect();
    words.iter().any(|word| word.as_str() == "chung")
        || words.windows(2).any(|pair| {
            matches!(
                (pair[0].as_str(), pair[1].as_str()),
                ("bình", "quân") | ("trung", "bình") | ("toàn", "tỉnh" | "huyện" | "xã")
            )
        })
}

/// Whether the parts are kinds of one thing, `tuyến tỉnh …, tuyến huyện …`: each begins with the same word, and none is a unit with
/// a name of its own. Some of many (`một số`, `điển hình`, `cao`) are none.
pub(super) fn are_kinds(passage: &Passage, start: usize, parts: &[&Quantity]) -> bool {
    let mut from = start;
    let mut heads = Vec::new();
    for part in parts {
        let label: Vec<usize> = (from..part.whole.start).filter(|at| passage.tokens[*at].is_word()).collect();
        let named = label.iter().any(|at| passage.tokens[*at].case != Case::Lower);
        let chosen = label.iter().any(|at| {
            matches!(passage.lower(*at).as_str(), "số" | "hình" | "cao" | "thấp" | "như" | "nhất" | "riêng" | "biểu" | "nhiều")
        });
        let (Some(head), false, false) = (label.first(), named, chosen) else { return false };
        heads.push(passage.lower(*head).as_str().to_owned());
        from = part.whole.end;
    }
    heads.windows(2).all(|pair| pair[0] == pair[1])
}
