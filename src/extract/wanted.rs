//! Whether a value is wanted (a target), or says how things are, by where and how it is said.

use std::ops::Range;

use super::claim::Claim;
use super::passage::{Passage, Role};
use super::quantity::Lead;
use crate::agency::Agencies;
use crate::lexicon::UnitKind;
use crate::record::Comparator;
use crate::words::Keyword as K;

/// Whether a claim is wanted, where it stands.
pub(super) fn is_target(passage: &Passage, claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    if claim.indicator.is_empty() {
        return false;
    }
    let tokens = passage.tokens;
    match passage.role {
        Role::Preamble => false,
        Role::Aims => !claim.aside && !is_past(passage, claim),
        Role::Tasks => {
            let timed = quantity.unit_kind == Some(UnitKind::Time) && quantity.comparator.is_some();
            let valued = (quantity.is_strong() || timed) && !describes(passage, claim) || is_counted_work(passage, claim);
            valued && !claim.aside && !is_past(passage, claim)
        }
        Role::Purpose | Role::Budget => {
            let compared = quantity.comparator.is_some_and(|comparator| comparator != Comparator::Approx);
            compared && quantity.unit_kind == Some(UnitKind::Percent) && !is_past(passage, claim)
        }
        Role::Results => {
            let before = sentence_start(passage, quantity.whole.start)..quantity.number.start;
            let directed = before.clone().any(|at| {
                let assigned = tokens[at].is(K::Assign) && !(at > 0 && passage.word(at - 1) == "được");
                let asked = tokens[at].is(K::Propose) && tokens.get(at + 1).is_some_and(|next| next.is(K::ProposeEnd))
                    || tokens[at].is(K::Request) && tokens.get(at + 1).is_some_and(|next| next.is(K::RequestEnd));
                (assigned || asked)
                    && Agencies::new(passage.lexicon, tokens).begins((at + if assigned { 1 } else { 2 }).min(tokens.len()))
            });
            let striven = before.clone().any(|at| tokens[at].is(K::Strive) && passage.word(at + 1) == "đấu");
            // How many targets or tasks were set is no target.
            let counted =
                matches!(passage.words(quantity.unit.clone()).to_lowercase().as_str(), "chỉ tiêu" | "nhiệm vụ" | "nội dung");
            !claim.aside && !counted && (directed || striven) && !is_reported(passage, before)
        }
    }
}

/// The sentence of a clause up to the clause's end: partners are named before what they help with.
pub(super) fn sentence_of(passage: &Passage, clause: &Range<usize>) -> Range<usize> {
    sentence_start(passage, clause.start)..clause.end
}

fn sentence_start(passage: &Passage, at: usize) -> usize {
    (0..at).rev().find(|at| passage.depth[*at] == 0 && passage.ends_sentence(*at)).map_or(0, |at| at + 1)
}

/// `kết quả …`, `đã …` behind the words that direct: what was done.
fn is_reported(passage: &Passage, range: Range<usize>) -> bool {
    range.rev().take(12).any(|at| matches!((passage.word(at), passage.word(at + 1)), ("đã", _) | ("đến", "nay") | ("đang", _)))
}

/// `hiện nay`, `đến nay`, `năm 2023 đã đạt`: a value that is, not one that is wanted.
fn is_past(passage: &Passage, claim: &Claim) -> bool {
    (claim.clause.start..claim.quantity.whole.start).any(|at| {
        let (token, next) = (&passage.tokens[at], passage.word(at + 1));
        token.is(K::Present) && matches!(next, "nay" | "tại" | "có" | "đạt")
            || token.is(K::To) && next == "nay"
            || token.is(K::Already) && matches!(next, "đạt" | "có" | "hoàn")
    }) || matches!(
        (
            passage.lower(sentence_start(passage, claim.clause.start)).as_str(),
            passage.word(sentence_start(passage, claim.clause.start) + 1)
        ),
        ("đầu", "năm") | ("tính", "đến") | ("năm", "trước")
    )
}

/// In a section of work: a share that only tells how much there is (`chiếm 30%`), or a comparator that belongs to another thing.
fn describes(passage: &Passage, claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    let led_by = |word: &str| (quantity.whole.start..quantity.number.start).any(|at| passage.lower(at).as_str() == word);
    let approximate_count = quantity.comparator == Some(Comparator::Approx)
        && quantity.unit_kind != Some(UnitKind::Percent)
        && !is_counted_work(passage, claim);
    led_by("chiếm") || led_by("tương") || approximate_count || led_by("là") && quantity.comparator.is_none()
}

/// `tổ chức 03 lớp`, `trồng mới 120 ha`, `tập huấn cho 180 cán bộ`, `thí điểm tại 02 trường`: a count that the work of the clause
/// is to reach. `nhóm 53 dịch vụ công`, `của 02 huyện`, `với 62 tỉnh` only tell which things are meant.
fn is_counted_work(passage: &Passage, claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    let kind = quantity.unit_kind;
    if !matches!(kind, Some(UnitKind::Count | UnitKind::Measure | UnitKind::Money | UnitKind::Frequency))
        || passage.depth[quantity.number.start] > 0 && claim.scope.is_empty()
        || quantity.of.is_some()
    {
        return false;
    }
    let start = quantity.whole.start;
    let tokens = passage.tokens;
    if start == 0 || quantity.lead == Lead::Ensure || !claim.scope.is_empty() {
        return true;
    }
    let before = &tokens[start - 1];
    let governed = (1..=4)
        .any(|back| start >= back && passage.lexicon.actions.at(tokens, start - back).is_some_and(|(length, ())| length == back));
    let led = before.is_any(&[K::Toward, K::At, K::In, K::To, K::Reach, K::Have, K::Comma])
        || matches!(passage.word(start - 1), "vào" | "thêm" | "mới" | "được" | "lại" | "gồm");
    let named = before.is_any(&[K::Of, K::With, K::InTime, K::Belong, K::Plural, K::Some, K::And])
        || matches!(passage.word(start - 1), "nhóm" | "vụ" | "toàn");
    // `Dự phòng 500 liều vắc xin`: the count stands right behind what begins the clause.
    // `Bàn giao mặt bằng 06 gói thầu`: between the work and its count stands one word more.
    let opened = passage.lexicon.actions.at(tokens, claim.clause.start).is_some_and(|(length, ())| length > 1);
    let begins = claim.clause.start + if opened { 4 } else { 3 } >= start && !named;
    governed || led || begins || kind == Some(UnitKind::Measure) && !named
}
