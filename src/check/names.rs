//! Whether two names are one body's: `Giám đốc Sở TT&TT` and `Sở Thông tin và Truyền thông`.

use super::alike::{Likeness, Wording};
use crate::words::fold;

/// Whether two names, as written in one document, are one body's: the same words, or an office and its body.
#[must_use]
pub fn one_body(one: &str, other: &str) -> bool {
    let (left, right) = (fold(one), fold(other));
    let ends = |long: &str, short: &str| {
        long.ends_with(short) && long[..long.len() - short.len()].ends_with(' ') && short.split(' ').count() >= 2
    };
    if left == right || ends(&left, &right) || ends(&right, &left) {
        return true;
    }
    let (words, others) = (Wording::new(one), Wording::new(other));
    words.length() >= 2 && words.compare(&others) == Likeness::Same || branches(&left, &right)
}

/// `Các chi nhánh, điểm giao dịch Ngân hàng trên địa bàn huyện` and `Các chi nhánh ngân hàng trên địa bàn huyện`: groups of one kind.
fn branches(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let name = name.split(" trên địa bàn").next().unwrap_or(name).to_owned();
        let words = name.split([' ', ',']).filter(|word| !matches!(*word, "" | "các" | "và"));
        words.map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    let (one_words, other_words) = (words(one), words(other));
    let (short, long) =
        if one_words.len() <= other_words.len() { (&one_words, &other_words) } else { (&other_words, &one_words) };
    // Only groups: `Sở Y tế` is not `Sở Giáo dục`, nor `Phòng Y tế` a part of it.
    one.starts_with("các ") && other.starts_with("các ") && short.len() >= 4 && short.iter().all(|word| long.contains(word))
}

/// Whether a name is of a group that may hold any body: `Các sở, ngành`, `Thủ trưởng các cơ quan`; `UBND các xã` is of one kind.
#[must_use]
pub fn group(name: &str) -> bool {
    let folded = fold(name);
    ["các ", "những ", "mọi ", "thủ trưởng ", "giám đốc các ", "toàn "].iter().any(|begin| folded.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_body_under_two_names() {
        for (one, other) in [
            ("Giám đốc Sở Y tế", "Sở Y tế"),
            ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
            ("Phòng Hành chính – tổng hợp", "Phòng Hành chính - Tổng hợp"),
            ("Các chi nhánh, điểm giao dịch ngân hàng trên địa bàn huyện", "Các chi nhánh ngân hàng trên địa bàn huyện"),
        ] {
            assert!(one_body(one, other), "{one} | {other}");
        }
    }

    #[test]
    fn two_bodies() {
        for (one, other) in [
            ("Sở Y tế", "Sở Nội vụ"),
            ("Phòng Y tế", "Sở Y tế"),
            ("UBND các xã, thị trấn", "Văn phòng HĐND và UBND huyện"),
            ("Công an huyện", "UBND huyện"),
        ] {
            assert!(!one_body(one, other), "{one} | {other}");
        }
    }
}
