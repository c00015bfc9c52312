//! Whether a value is wanted (a target), or says how things are, by where and how it is said.

use std::ops::Range;

use super::claim::Claim;
use super::clause;
use super::passage::{Passage, Role};
use super::quantity::{self, Lead, Quantity};
use crate::agency::Agencies;
use crate::lexicon::{ClauseKind, DescribedKind, UnitKind};
use crate::record::Comparator;
use crate::words::{Case, Keyword as K, Token};

/// Whether a claim is wanted, where it stands.
pub(super) fn is_target(passage: &Passage, claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    if claim.indicator.is_empty() {
        return false;
    }
    let tokens = passage.tokens;
    if counts_what_follows(passage, quantity) || passage.role == Role::Tasks && says_which(passage, claim) {
        return false;
    }
    match passage.role {
        Role::Preamble => false,
        // `Nghị quyết đề ra 12 chỉ tiêu` counts what it sets; `hoàn thành 15/15 chỉ tiêu` is wanted.
        Role::Aims
            if counts_matters(passage, quantity)
                && quantity.lead == Lead::None
                && quantity.comparator.is_none()
                && quantity.of.is_none() =>
        {
            false
        }
        Role::Aims => !claim.aside && !is_past(passage, claim) && !is_conditional(passage, claim),
        Role::Tasks | Role::Budget if is_listed_value(passage, claim) => !claim.aside && !is_past(passage, claim),
        // `Mức hỗ trợ: 50 triệu đồng` is a rate of pay, `Thành phần: 120 đại biểu` the plan's own event.
        Role::Purpose if is_listed_value(passage, claim) && quantity.unit_kind != Some(UnitKind::Money) => {
            !claim.aside && !is_past(passage, claim)
        }
        Role::Tasks => {
            let lasts =
                quantity.value_to.is_some() && (claim.clause.start..quantity.whole.start).any(|at| tokens[at].is(K::Moment));
            let timed = quantity.unit_kind == Some(UnitKind::Time) && (quantity.comparator.is_some() || lasts);
            let valued = (quantity.is_strong() || timed) && !describes(passage, claim)
                || is_counted_work(passage, claim)
                || is_of_each(passage, claim);
            valued && !claim.aside && !is_past(passage, claim) && !is_conditional(passage, claim)
        }
        // `Mục đích: giảm từ 5% đến 10% số vụ`, `Yêu cầu: 100% học sinh tham gia`, `mỗi buổi không quá 90 phút`: what a plan is for is wanted.
        Role::Purpose => {
            // `mỗi hộ được phổ biến ít nhất 02 lần/năm` too.
            let timed = matches!(quantity.unit_kind, Some(UnitKind::Time | UnitKind::Frequency))
                && quantity.comparator.is_some_and(|comparator| comparator != Comparator::Approx);
            let share = quantity.unit_kind == Some(UnitKind::Percent) && !claim.aside && !describes(passage, claim);
            // `thu hút khoảng 1.200 lượt người`, `đưa số hội viên lên 2.600 người`, `mỗi thôn chọn từ 2 đến 3 hộ`.
            // `trên 3 tiêu chí`: on them.
            let few = quantity.comparator == Some(Comparator::Gt) && quantity.value < 10.0;
            // `phấn đấu hoàn thành 120 căn nhà`.
            let strives = |at: usize| passage.says("strive", at).is_some();
            let striven = (sentence_start(passage, quantity.number.start)..quantity.number.start).any(strives);
            let bounded = quantity.comparator.is_some() || quantity.value_to.is_some() || quantity.lead == Lead::Level || striven;
            let kinds = [UnitKind::Count, UnitKind::Measure, UnitKind::Money, UnitKind::Frequency];
            let counted = quantity.unit_kind.is_some_and(|kind| kinds.contains(&kind))
                && bounded
                && !few
                && !claim.aside
                && !describes(passage, claim);
            (share || timed || counted) && !is_past(passage, claim) && !is_conditional(passage, claim)
        }
        Role::Budget => {
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
            !claim.aside && !counts_matters(passage, quantity) && (directed || striven) && !is_reported(passage, before)
        }
    }
}

/// `mỗi suất trị giá 01 triệu đồng`, `bình quân 120.000 đồng/người`: so much of each, or in the mean.
fn is_of_each(passage: &Passage, claim: &Claim) -> bool {
    const NEAR: usize = 6;
    let tokens = passage.tokens;
    let quantity = &claim.quantity;
    let start = quantity.whole.start;
    let first = (claim.clause.start..start).find(|at| tokens[*at].is_word());
    let each = first.is_some_and(|first| tokens[first].is(K::Each) && start - first <= NEAR);
    let mean =
        start > claim.clause.start && quantity::is_of_average(passage, start - 1) && quantity.unit_kind == Some(UnitKind::Money);
    // `…, kinh phí dự kiến 2,4 tỷ đồng`.
    let ranged = quantity.unit_kind == Some(UnitKind::Money)
        && first.is_some_and(|first| {
            passage.lexicon.measures.at(tokens, first).is_some() && quantity.value_to.is_some()
                || passage.says("sum", first).is_some()
        });
    (each || mean || ranged) && quantity.unit_kind != Some(UnitKind::Time)
}

/// `Rà soát hộ có doanh thu trên 1 tỷ đồng`, `trồng rừng nơi có độ dốc dưới 25 độ`: work on things that a bound tells from others.
fn says_which(passage: &Passage, claim: &Claim) -> bool {
    const NOUNS: usize = 5;
    let start = claim.quantity.whole.start;
    let compares = claim.quantity.comparator.is_some() || claim.quantity.value_to.is_some();
    let has = (claim.clause.start..start).rev().take(NOUNS).find(|at| passage.tokens[*at].is(K::Have));
    compares && has.is_some_and(|has| has > claim.clause.start && clause::is(passage, has + 1, ClauseKind::Threshold))
}

/// Whether a value of a report tells how things are. What it is measured against (`so với 40% năm trước`), what a text sets or asks
/// (`Nghị định … đã quy định 05 trường hợp`, `ít nhất 5 trường`), what only tells when (`khi có từ 02 hộ`), a rank and `cả 3 xã` do not.
pub(super) fn is_result(passage: &Passage, claim: &Claim) -> bool {
    const BASE: usize = 2;
    let tokens = passage.tokens;
    let quantity = &claim.quantity;
    let start = quantity.whole.start;
    let ranked = (1..=2).any(|back| {
        let before = quantity.number.start.checked_sub(back).and_then(|at| passage.lexicon.described.at(tokens, at));
        matches!(before, Some((length, DescribedKind::Rank | DescribedKind::Whole)) if length == back)
    });
    // `Kế hoạch đề ra là 4%` was wanted.
    let planned = claim.indicator.first().is_some_and(|own| {
        own.end <= start && clause::joint(passage, own.start) == Some((own.len(), ClauseKind::Plan)) && claim.indicator.len() == 1
    });
    let changes = matches!(quantity.lead, Lead::Increase | Lead::Decrease | Lead::Level);
    let base = !changes
        && (0..=BASE).any(|gap| {
            start >= gap + 2
                && tokens[start - gap - 1].is(K::With)
                && tokens[start - gap - 2].is(K::Comparison)
                && tokens[start - gap..start].iter().all(Token::is_word)
        });
    let bound =
        matches!(quantity.comparator, Some(Comparator::Ge | Comparator::Le)) && quantity.unit_kind != Some(UnitKind::Time);
    // `… quy định mức hỗ trợ: tiến sĩ 200 triệu đồng; thạc sĩ …` goes on, `…; ban hành 02 kế hoạch` is other work.
    let other = |at: &usize| {
        tokens[*at].is_mark(b';') && passage.lexicon.actions.at(tokens, at + 1).is_some() && tokens[at + 1].is_lower_word()
    };
    let first = sentence_start(passage, start);
    let sentence = (first..start).rev().find(other).unwrap_or(first)..start;
    let told = sentence.clone().any(|at| {
        clause::is(passage, at, ClauseKind::Tells) && (sentence.start..at).any(|at| passage.quoted[at])
            || clause::is(passage, at, ClauseKind::Condition)
                && !tokens[at..start].iter().any(|token| token.is(K::Comma))
                && !(at > 0 && (tokens[at - 1].is_number() || tokens[at - 1].is_any(&[K::Plural, K::Some])))
    });
    !ranked && !planned && !base && !bound && !told
}

/// `… làm tốt 05 nhóm nhiệm vụ trọng tâm sau:`: how many items the list below has.
fn counts_what_follows(passage: &Passage, quantity: &Quantity) -> bool {
    const NEAR: usize = 8;
    let tokens = passage.tokens;
    let end = tokens.len().saturating_sub(1);
    tokens.last().is_some_and(|token| token.is(K::Colon))
        && quantity.unit.end + NEAR >= end
        && quantity.comparator.is_none()
        && counts_matters(passage, quantity)
        && super::task::leads_in(passage, end)
        && tokens[quantity.unit.end..end].iter().all(Token::is_lower_word)
}

/// `05 nhóm nhiệm vụ`, `10 chỉ tiêu`: what the text itself sets, and nothing that it sets for others.
fn counts_matters(passage: &Passage, quantity: &Quantity) -> bool {
    matches!(passage.lexicon.described.at(passage.tokens, quantity.unit.start), Some((_, DescribedKind::Matter)))
}

/// `Số hộ nghèo: 995 hộ`, `- Trạm y tế xã: 50 giường (huyện giao)`: a line that names a thing and gives its value, in a plan what is wanted.
/// How long something takes and how many points it brings are none.
fn is_listed_value(passage: &Passage, claim: &Claim) -> bool {
    const LONGEST_NAME: usize = 30;
    let quantity = &claim.quantity;
    let tokens = passage.tokens;
    if claim.listed {
        return match quantity.unit_kind {
            Some(UnitKind::Percent | UnitKind::Count | UnitKind::Measure | UnitKind::Frequency) => passage.role == Role::Tasks,
            Some(UnitKind::Money | UnitKind::Multiplier) => true,
            Some(UnitKind::Time) => false,
            // `Chăn nuôi: Trâu: 1.200, Bò: 1.700`: things under one label are counted; the value is a number of them.
            None => {
                passage.role == Role::Tasks && !claim.scope.is_empty() && quantity.value.fract() == 0.0 && quantity.of.is_none()
            }
        };
    }
    let money = quantity.unit_kind == Some(UnitKind::Money)
        || quantity.unit_kind == Some(UnitKind::Multiplier)
        || passage.lexicon.units.at(tokens, quantity.unit.start).is_some_and(|(_, kind)| *kind == UnitKind::Multiplier);
    let kind = match quantity.unit_kind {
        Some(UnitKind::Percent | UnitKind::Count | UnitKind::Measure | UnitKind::Frequency) => {
            // `Thời gian, địa điểm`, `Thành phần`: what a plan says of its own events is wanted as its work is.
            matches!(passage.role, Role::Tasks | Role::Purpose) || money
        }
        Some(UnitKind::Money | UnitKind::Multiplier) => true,
        Some(UnitKind::Time) => tokens[quantity.unit.start].is(K::Age) && passage.role == Role::Tasks,
        None => false,
    };
    let start = sentence_start(passage, quantity.whole.start);
    let Some(colon) = (start..quantity.whole.start).rev().find(|at| tokens[*at].is(K::Colon)) else { return false };
    let named = claim.indicator.first().is_some_and(|name| name.end <= colon && name.start <= start + 2);
    let set = claim.scope.first().is_some_and(|scope| clause::setter(passage, scope.clone()).is_some());
    let beside = quantity.whole.start == colon + 1 || set;
    let mut end = quantity.whole.end;
    if tokens.get(end).is_some_and(|token| token.is(K::Open)) {
        end = passage.closing(end).map_or(end, |close| close + 1);
    }
    let ends = tokens.get(end).is_none_or(|token| token.kind == crate::words::Kind::Mark && !token.is_mark(b'-'));
    kind && named
        && beside
        && ends
        && quantity.of.is_none()
        && colon - start <= LONGEST_NAME
        && (passage.lower(quantity.unit.start) != "điểm" || counts_itself(passage, start..colon, quantity))
}

/// `Số điểm lấy mẫu: 08 điểm`: a label that names what is counted; of other labels `điểm` is a score.
fn counts_itself(passage: &Passage, label: Range<usize>, quantity: &Quantity) -> bool {
    const FIRST: usize = 3;
    let unit = passage.lower(quantity.unit.start);
    label.take(FIRST).any(|at| passage.lower(at).as_str() == unit.as_str())
}

/// `Nếu có từ 02 thôn trở lên …, …`, `hộ có tỷ lệ dưới 30% thì …`: a value that only tells when something holds.
fn is_conditional(passage: &Passage, claim: &Claim) -> bool {
    let start = sentence_start(passage, claim.clause.start);
    let quantity = &claim.quantity;
    let first_comma = (start..quantity.whole.start).any(|at| passage.tokens[at].is(K::Comma) && passage.depth[at] == 0);
    clause::is(passage, start, ClauseKind::Condition) && !first_comma
}

/// What was set for a result, of `đạt 503/589 con, bằng 85,4% kế hoạch`: the denominator, where a share of the plan stands behind it.
pub(super) fn set_beside(passage: &Passage, claim: &Claim, quantities: &[Quantity]) -> Option<Quantity> {
    const BESIDE: usize = 6;
    let quantity = &claim.quantity;
    let planned = quantity.of.or(quantity.planned)?;
    let next = quantities.iter().find(|other| other.number.start >= quantity.whole.end)?;
    let beside = next.unit_kind == Some(UnitKind::Percent)
        && next.whole.start <= quantity.whole.end + BESIDE
        && !(quantity.whole.end..next.whole.start).any(|at| passage.ends_sentence(at))
        && clause::is(passage, next.whole.end, ClauseKind::Plan);
    beside.then(|| Quantity { value: planned, value_to: None, of: None, planned: None, comparator: None, ..quantity.clone() })
}

/// `Đàn trâu: 503 con. Sản lượng đạt 12 tấn`: the words before a line's first colon that name what all its values are of.
pub(super) fn label_of(passage: &Passage, claim: &Claim) -> Option<Range<usize>> {
    const LONGEST: usize = 8;
    let tokens = passage.tokens;
    let colon = (0..tokens.len().min(LONGEST + 1)).find(|at| tokens[*at].kind == crate::words::Kind::Mark)?;
    let behind = claim.indicator.first().is_some_and(|first| first.start > colon);
    // `Kết quả thực hiện:` says nothing of what stands behind it, `Tình hình sản xuất vụ mùa:` does.
    const BARE: usize = 2;
    let told = passage.lexicon.sections.at(tokens, 0).is_some_and(|(length, _)| colon <= length + BARE)
        || tokens[0].is(K::About)
        || clause::joint(passage, 0).is_some_and(|(_, kind)| kind != ClauseKind::Total);
    (colon > 0 && tokens[colon].is(K::Colon) && behind && !told).then_some(0..colon)
}

/// The place that a line's label names: `Xã Khe Vàng: lấy mẫu 02 vị trí`, `Hồ Suối Lim: thả 2.000 con`.
pub(super) fn place_label(passage: &Passage, claim: &Claim) -> Option<Range<usize>> {
    let tokens = passage.tokens;
    let label = label_of(passage, claim)?;
    let capitalised = |at: usize| tokens[at].is_word() && tokens[at].case == Case::Capitalised;
    let name = label.end >= 2 && tokens[label.clone()].iter().all(Token::is_word) && capitalised(label.end - 1);
    // `Xã Khe Vàng` is a place, `UBND xã Khe Vàng` is who does it.
    let agency = super::columns::unit_word(passage, 0).is_none()
        && (Agencies::new(passage.lexicon, tokens).begins(0) || passage.lexicon.measures.at(tokens, 0).is_some());
    (passage.role != Role::Results && name && capitalised(0) && !agency && !claim.listed).then_some(label)
}

/// The sentence of a clause up to the clause's end: partners are named before what they help with.
pub(super) fn sentence_of(passage: &Passage, clause: &Range<usize>) -> Range<usize> {
    sentence_start(passage, clause.start)..clause.end
}

pub(super) fn sentence_start(passage: &Passage, at: usize) -> usize {
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

/// `trên 04 loại hình báo chí`: on, not more than; a small count written with a zero is no level to pass.
fn is_on_things(passage: &Passage, quantity: &Quantity) -> bool {
    let start = quantity.whole.start;
    passage.tokens[start].is(K::On)
        && start + 1 == quantity.number.start
        && start > 0
        && passage.tokens[start - 1].is_word()
        && quantity.unit_kind == Some(UnitKind::Count)
        && passage.word(quantity.number.start).starts_with('0')
}

/// In a section of work: a share that only tells how much there is (`chiếm 30%`), or a comparator that belongs to another thing.
fn describes(passage: &Passage, claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    let led_by = |word: &str| (quantity.whole.start..quantity.number.start).any(|at| passage.lower(at).as_str() == word);
    let approximate_count = quantity.comparator == Some(Comparator::Approx)
        && quantity.unit_kind != Some(UnitKind::Percent)
        && !is_counted_work(passage, claim);
    led_by("chiếm") && quantity.comparator.is_none() && quantity.value_to.is_none()
        || is_on_things(passage, quantity)
        || led_by("tương")
        || approximate_count
        || led_by("là") && quantity.comparator.is_none()
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
    // `xóa toàn bộ 38 điểm`.
    let all = (1..=2).find(|back| {
        start >= *back
            && passage.lexicon.duties.at(tokens, start - back).is_some_and(|(length, duty)| duty.counts && length == *back)
    });
    let verb = start - all.unwrap_or(0);
    let governed = (1..=4)
        .any(|back| verb >= back && passage.lexicon.actions.at(tokens, verb - back).is_some_and(|(length, ())| length == back));
    // `Sửa 05 cầu và 01 bến`: of the work of the count before.
    let shared = claim
        .indicator
        .first()
        .is_some_and(|own| own.end <= claim.clause.start && passage.lexicon.actions.at(tokens, own.start).is_some());
    let led = before.is_any(&[K::Toward, K::At, K::In, K::To, K::Reach, K::Have, K::Comma])
        || matches!(passage.word(start - 1), "vào" | "thêm" | "mới" | "được" | "lại" | "gồm");
    let named = before.is_any(&[K::Of, K::With, K::InTime, K::Belong, K::Plural, K::Some, K::And])
        || matches!(passage.word(start - 1), "nhóm" | "vụ" | "toàn");
    // `Dự phòng 500 liều vắc xin`: the count stands right behind what begins the clause.
    // `Bàn giao mặt bằng 06 gói thầu`: between the work and its count stands one word more.
    // `Đưa ra xét xử 05 vụ`: a verb that is not known has as many words.
    let comma = (claim.clause.start..start).rev().find(|at| tokens[*at].is(K::Comma));
    let opens = comma.filter(|comma| clause::opens(passage, comma + 1) == clause::Opening::Clause);
    let begins = opens.map_or(claim.clause.start, |comma| comma + 1) + 4 >= start && !named;
    governed || shared || led || begins || kind == Some(UnitKind::Measure) && !named
}
