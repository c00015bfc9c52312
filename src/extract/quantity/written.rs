//! How a number is written: with a minus (`-0,5%`, `–1,5%`, `âm 2%`), in groups parted by spaces (`1 250 tấn`), in two
//! steps (`12 tỷ 500 triệu đồng`), or as a fraction of what is not counted (`2/3 khối lượng`).

use super::{Quantity, number_at, unit_at};
use crate::extract::number;
use crate::extract::passage::Passage;
use crate::lexicon::{ComparatorKind, UnitKind};
use crate::words::{Keyword as K, Token};

/// Where the minus of the number at `at` stands.
///
/// A dash is one only where it cannot part two things: glued to the number, behind a space, and behind a word that brings a value in
/// (`là -0,5%`), at the end of a clause (`Dân số -0,5%`), or before a base (`giá -0,5% so với …`). At the start of a clause it begins an item of a list (`-85% hộ …`),
/// behind a number it joins a range (`5 -10%`).
pub(super) fn minus(
    passage: &Passage,
    at: usize,
    leads: &[(usize, usize, ComparatorKind)],
    before: Option<&Quantity>,
) -> Option<usize> {
    let tokens = passage.tokens;
    let sign = at.checked_sub(1).filter(|sign| *sign > 0)?;
    let (token, previous) = (&tokens[sign], &tokens[sign - 1]);
    if before.is_some_and(|before| before.whole.end >= sign) {
        return None;
    }
    let led = leads.last().filter(|(_, end, _)| *end == sign).map(|(_, _, kind)| *kind);
    if passage.lower(sign) == "âm" {
        // `thu âm 20 bài`, `ghi âm 5 cuộc` are other words.
        let level = led.is_some() || matches!(passage.lower(sign - 1).as_str(), "trưởng" | "mức" | "số" | "từ" | "độ");
        let percent = tokens.get(at + 1).is_some_and(|token| token.is_mark(b'%'));
        let named = matches!(passage.lower(sign - 1).as_str(), "thu" | "ghi" | "phát" | "siêu" | "hạ" | "nguyên");
        return ((level || percent) && !named).then_some(sign);
    }
    if !token.is(K::Hyphen) {
        return None;
    }
    if tokens[at].spaced {
        // `đạt – 1,2%`: behind a word of reaching no list begins.
        let reached = matches!(led, Some(ComparatorKind::Reach | ComparatorKind::Remain)) && token.spaced;
        return (reached && percent_behind(passage, at)).then_some(sign);
    }
    if token.spaced && (led.is_some() || previous.is(K::From) || passage.lower(sign - 1) == "mức") {
        return Some(sign);
    }
    let apart = token.spaced && (previous.is_word() || previous.is(K::Colon)) || previous.is(K::Open) || previous.is(K::Colon);
    let (number, ..) = number_at(passage, at, false, false)?;
    let (unit, kind, _) = unit_at(passage, number.end);
    let valued = matches!(kind, Some(UnitKind::Percent | UnitKind::Measure | UnitKind::Money));
    let ends = tokens
        .get(unit.end)
        .is_none_or(|next| next.is(K::Comparison) || !next.is_word() && !next.is_number() && !next.is_mark(b'('));
    (apart && valued && ends).then_some(sign)
}

fn percent_behind(passage: &Passage, at: usize) -> bool {
    number_at(passage, at, false, false).is_some_and(|(number, ..)| unit_at(passage, number.end).1 == Some(UnitKind::Percent))
}

/// The number that begins at `at` in groups of three figures parted by spaces, with its end: `1 250`, `500 000`, `12 350,5`.
///
/// `None` where the groups may be several numbers: behind another number, before a fourth figure, or beside numbers that are
/// grouped with points.
pub(crate) fn grouped(passage: &Passage, at: usize) -> Option<(usize, f64)> {
    let tokens = passage.tokens;
    let first = passage.word(at);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=3).contains(&first.len()) || !digits(first) || first.starts_with('0') {
        return None;
    }
    let mut text = first.to_owned();
    let mut end = at + 1;
    while let Some(token) = tokens.get(end).filter(|token| token.is_number() && token.spaced) {
        let word = token.span().slice(passage.text).unwrap_or_default();
        let (whole, decimals) = word.split_once(',').map_or((word, None), |(whole, decimals)| (whole, Some(decimals)));
        if whole.len() != 3 || !digits(whole) || !decimals.is_none_or(digits) {
            return None;
        }
        text.push_str(word);
        end += 1;
        if decimals.is_some() {
            break;
        }
    }
    let several = at > 0 && tokens[at - 1].is_number() || tokens.get(end).is_some_and(Token::is_number);
    let pointed = |token: &Token| token.is_number() && token.span().slice(passage.text).is_some_and(|word| word.contains('.'));
    if end == at + 1 || several || tokens.iter().any(pointed) {
        return None;
    }
    Some((end, number::parse(&text, false)?))
}

/// `12 tỷ 500 triệu đồng`: the number in the smaller step, and where its unit begins.
pub(super) fn stepped(passage: &Passage, value: f64, at: usize) -> Option<(f64, usize)> {
    let tokens = passage.tokens;
    let (mut value, mut at) = (value, at);
    let mut stepped = None;
    while let Some(step) = step(passage, at)
        && let Some(lower) = self::step(passage, at + 2)
        && lower < step
        && tokens[at + 1].is_number()
        && let Some(rest) = number::parse(passage.word(at + 1), false).filter(|rest| *rest < step / lower)
    {
        value = value * (step / lower) + rest;
        at += 2;
        stepped = Some((value, at));
    }
    stepped
}

/// What a word of the scale multiplies by.
fn step(passage: &Passage, at: usize) -> Option<f64> {
    match passage.lower(at).as_str() {
        "tỷ" | "tỉ" => Some(1e9),
        "triệu" => Some(1e6),
        "nghìn" | "ngàn" => Some(1e3),
        _ => None,
    }
}

/// Whether what a fraction is of is measured and not counted: `2/3 khối lượng`, but `2/3 xã`.
pub(super) fn is_mass(passage: &Passage, at: usize) -> bool {
    matches!(
        (passage.lower(at).as_str(), passage.word(at + 1)),
        ("khối" | "sản" | "số", "lượng")
            | ("diện", "tích")
            | ("thời" | "không", "gian")
            | ("dân", "số")
            | ("chiều", "dài")
            | ("công", "việc" | "suất")
            | ("kinh", "phí")
            | ("tổng" | "nguồn" | "vốn", _)
    )
}
