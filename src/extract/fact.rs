//! Totals with their parts and counts with their percentage, as a report states them.
//!
//! `1.305 camera (trong đó có 22 …, 125 …, 1.159 …)`, `28 chỉ tiêu, đến nay hoàn thành 17 chỉ
//! tiêu, đang thực hiện 11 chỉ tiêu`, a footnote with the parts; `312.000/411.230 (83%)`.

use std::ops::Range;

use super::number;
use super::passage::Passage;
use super::quantity::{Lead, Quantity};
use crate::lexicon::UnitKind;
use crate::words::{Keyword as K, Token};

/// A total with its parts; ranges are of the passage's tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parted {
    pub(crate) total: usize,
    pub(crate) parts: Vec<f64>,
    /// From the total to the last part.
    pub(crate) range: Range<usize>,
}

/// The share by which parts may miss a total and still be meant as its parts: beyond it they are parts among others.
const NEAR: f64 = 0.1;

/// Totals with parts in one passage; `total` is the index of the quantity.
pub(crate) fn sums(passage: &Passage, quantities: &[Quantity]) -> Vec<Parted> {
    let mut found: Vec<Parted> = Vec::new();
    for (index, total) in quantities.iter().enumerate() {
        if !countable(total) {
            continue;
        }
        let end = sentence_end(passage, total.whole.end);
        if let Some((parts, range)) = in_brackets(passage, total, end) {
            push(&mut found, index, total, parts, range);
        }
        let (mut parts, mut range) = listed(passage, quantities, index, end);
        if parts.len() < 2 {
            (parts, range) = of_kinds(passage, quantities, index, end);
        }
        push(&mut found, index, total, parts, range);
    }
    found
}

fn push(found: &mut Vec<Parted>, index: usize, total: &Quantity, parts: Vec<f64>, range: Range<usize>) {
    if near(total.value, &parts) && !found.iter().any(|known| known.total == index && known.parts == parts) {
        found.push(Parted { total: index, parts, range });
    }
}

/// Whether `parts` are meant to make `total`.
pub(crate) fn near(total: f64, parts: &[f64]) -> bool {
    let sum: f64 = parts.iter().sum();
    parts.len() >= 2 && total > 0.0 && parts.iter().all(|part| *part < total) && (sum - total).abs() <= total * NEAR
}

/// Whether the parts make the total.
pub(crate) fn holds(total: f64, parts: &[f64]) -> bool {
    let sum: f64 = parts.iter().sum();
    (sum - total).abs() < 1e-6 * total.abs().max(1.0)
}

fn countable(quantity: &Quantity) -> bool {
    quantity.of.is_none()
        && quantity.value_to.is_none()
        && !quantity.is_rate()
        && !matches!(quantity.unit_kind, Some(UnitKind::Percent | UnitKind::Time))
}

fn sentence_end(passage: &Passage, from: usize) -> usize {
    (from..passage.tokens.len()).find(|at| passage.depth[*at] == 0 && passage.ends_sentence(*at)).unwrap_or(passage.tokens.len())
}

/// Parts in the brackets that follow the total's own words.
fn in_brackets(passage: &Passage, total: &Quantity, end: usize) -> Option<(Vec<f64>, Range<usize>)> {
    let depth = passage.depth[total.number.start];
    let open = (total.whole.end..end.min(total.whole.end + 14))
        .find(|at| passage.tokens[*at].is_mark(b'(') && passage.depth[*at] == depth)?;
    // Another number before the bracket: the bracket is its own.
    if passage.tokens[total.whole.end..open].iter().any(Token::is_number) {
        return None;
    }
    let close = passage.closing(open);
    let parts = loose_numbers(passage, open + 1..close.unwrap_or(end));
    if let Some(close) = close.filter(|_| near(total.value, &parts)) {
        return Some((parts, total.whole.start..close + 1));
    }
    // `10 hộ (xã A 08 hộ, xã B 02 hộ, 40 hộ …`: of a bracket that is never closed, or closed too late, only what makes the total at once.
    let made = (2..=parts.len().min(MOST_UNCLOSED)).find(|count| holds(total.value, &parts[..*count]))?;
    let parted = |mark: usize| passage.tokens[mark].is_mark(b';') && loose_numbers(passage, open + 1..mark).len() == made;
    (close.is_none() || (open + 1..end).any(parted)).then(|| (parts[..made].to_vec(), total.whole.start..end))
}

/// So many parts of a bracket that is never closed are looked at.
const MOST_UNCLOSED: usize = 12;

/// The numbers of a list, with or without units, but no dates, percentages and names.
pub(crate) fn loose_numbers(passage: &Passage, range: Range<usize>) -> Vec<f64> {
    let depth = passage.depth[range.start.min(passage.tokens.len())];
    let mut numbers = Vec::new();
    for at in range.clone() {
        let token = &passage.tokens[at];
        if !token.is_number() || passage.depth[at] != depth || passage.quoted[at] {
            continue;
        }
        let next = passage.tokens.get(at + 1);
        let beside = |token: Option<&Token>| {
            token.is_some_and(|token| {
                !token.spaced && (token.is_mark(b'/') || token.is_mark(b'-') || token.is_mark(b'%') || token.is_word())
            })
        };
        let percent = next.is_some_and(|next| next.is_mark(b'%'));
        let glued = at > range.start && !token.spaced && !passage.tokens[at - 1].is_mark(b'(');
        let dated = at > range.start && passage.tokens[at - 1].is_any(&[K::Day, K::Month, K::Year, K::Quarter]);
        if percent || beside(next) || glued || dated {
            continue;
        }
        numbers.extend(number::parse(passage.word(at), false));
    }
    numbers
}

/// Parts that follow in the sentence, counted in the total's own unit.
fn listed(passage: &Passage, quantities: &[Quantity], index: usize, end: usize) -> (Vec<f64>, Range<usize>) {
    let total = &quantities[index];
    let unit = passage.words(total.unit.clone()).to_lowercase();
    let depth = passage.depth[total.number.start];
    let same = |quantity: &&Quantity| {
        quantity.whole.start < end
            && passage.depth[quantity.number.start] == depth
            && countable(quantity)
            && passage.words(quantity.unit.clone()).to_lowercase() == unit
    };
    let parts: Vec<&Quantity> = quantities[index + 1..].iter().filter(same).collect();
    let values: Vec<f64> = parts.iter().map(|part| part.value).collect();
    let range = total.whole.start..parts.last().map_or(total.whole.end, |part| part.whole.end);
    // Without a word that says so, only parts that make the total exactly are its parts.
    let marked = parts.first().is_some_and(|first| marks_parts(passage, total.whole.end..first.whole.start));
    if unit.is_empty() || !marked && !holds(total.value, &values) {
        return (Vec::new(), range);
    }
    (values, range)
}

/// Parts of other kinds that make the total exactly: `46 ý kiến, trong đó có 13 sở và 33 xã`.
fn of_kinds(passage: &Passage, quantities: &[Quantity], index: usize, end: usize) -> (Vec<f64>, Range<usize>) {
    let total = &quantities[index];
    let depth = passage.depth[total.number.start];
    let parts: Vec<&Quantity> = quantities[index + 1..]
        .iter()
        .take_while(|quantity| quantity.whole.start < end)
        .filter(|quantity| passage.depth[quantity.number.start] == depth)
        .collect();
    let values: Vec<f64> = parts.iter().map(|part| part.value).collect();
    let range = total.whole.start..parts.last().map_or(total.whole.end, |part| part.whole.end);
    // `5 hộ nuôi 10 con bò`: what follows in one clause is said of the part before it.
    let apart = parts.windows(2).all(|pair| {
        let between = &passage.tokens[pair[0].whole.end.min(pair[1].whole.start)..pair[1].whole.start];
        between.iter().any(|token| token.is(K::And) || token.is_mark(b',') || token.is_mark(b';'))
    });
    let counts = |quantity: &Quantity| countable(quantity) && matches!(quantity.unit_kind, None | Some(UnitKind::Count));
    let whole = counts(total) && parts.iter().all(|part| counts(part)) && holds(total.value, &values);
    let marked = parts.first().is_some_and(|first| {
        let between = total.whole.end..first.whole.start;
        between.len() <= 6 && marks_parts(passage, between)
    });
    if whole && apart && marked { (values, range) } else { (Vec::new(), range) }
}

/// `trong đó`, `gồm`, `bao gồm`, `:` between a total and its first part.
fn marks_parts(passage: &Passage, between: Range<usize>) -> bool {
    between.clone().any(|at| {
        let token = &passage.tokens[at];
        token.is(K::Include)
            || token.is(K::Colon) && passage.depth[at] == passage.depth[between.start]
            || token.is(K::InTime) && passage.tokens.get(at + 1).is_some_and(|next| next.is(K::There))
    })
}

/// Counts with a percentage: numerator, denominator, percentage as stated, its decimals, where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Share {
    pub(crate) numerator: f64,
    pub(crate) denominator: f64,
    pub(crate) stated: f64,
    pub(crate) holds: bool,
    pub(crate) range: Range<usize>,
}

/// `312.000/411.230 (83%)`, `94/94 hệ thống (đạt 100%)`, `24/25 trường, đạt 96%`, `chiếm 16,2% … (138/851 DN)`.
pub(crate) fn ratios(passage: &Passage, quantities: &[Quantity]) -> Vec<Share> {
    let mut found = Vec::new();
    for (index, count) in quantities.iter().enumerate() {
        let Some(of) = count.of.or(count.planned) else { continue };
        let percent = |quantity: &&Quantity| is_share(quantity);
        let exact = count.value / of * 100.0;
        let behind = quantities.get(index + 1).filter(percent).filter(|percent| {
            let between = count.whole.end..percent.whole.start;
            let bracket = between.clone().any(|at| passage.tokens[at].is_mark(b'('));
            between.len() <= if bracket { 16 } else { 10 }
                && !between.clone().any(|at| passage.ends_sentence(at) || passage.tokens[at].is_mark(b';'))
                && of_the_count(passage, between, percent, (exact - percent.value).abs())
        });
        let before = index.checked_sub(1).and_then(|before| quantities.get(before)).filter(percent).filter(|percent| {
            passage.depth[count.number.start] > passage.depth[percent.number.start]
                && count.whole.start - percent.whole.end <= 14
                && !planned(&passage.words(percent.whole.start.saturating_sub(2)..percent.whole.start).to_lowercase())
        });
        // `đạt 72,4% (120/166 hồ sơ), cả nước 70%`: a bracket explains what stands before it.
        let Some(percent) = before.or(behind) else { continue };
        let decimals = passage.word(percent.number.start).split([',', '.']).nth(1).map_or(0, str::len);
        let places = i32::try_from(decimals).unwrap_or(6).min(6);
        let holds = (exact - percent.value).abs() <= 0.5 * 10_f64.powi(-places) + 1e-9;
        let range = count.whole.start.min(percent.whole.start)..count.whole.end.max(percent.whole.end);
        found.push(Share { numerator: count.value, denominator: of, stated: percent.value, holds, range });
    }
    found
}

/// By how many points a percentage that names what it is of may miss the counts and still be meant of them.
const MEANT: f64 = 10.0;

/// `đạt 96%`, `76%`; `trên 50%`, `tăng 5%` are no share that counts make.
fn is_share(quantity: &Quantity) -> bool {
    quantity.unit_kind == Some(UnitKind::Percent)
        && quantity.value_to.is_none()
        && quantity.comparator.is_none()
        && matches!(quantity.lead, Lead::None | Lead::Reach | Lead::Ensure)
}

/// `kế hoạch 70%`, `chỉ tiêu là 75%`: what was wanted.
fn planned(words: &str) -> bool {
    ["kế hoạch", "mục tiêu", "chỉ tiêu", "nghị quyết"].iter().any(|word| words.contains(word))
}

/// Whether a percentage behind a count is its own: `24/25 trường, đạt 96%`; not `145/217 xã (mục tiêu 75%)`,
/// `15/20 nhiệm vụ, trong đó 100% đúng hạn`, `950/1.000 trẻ, mũi 2 đạt 90%`.
fn of_the_count(passage: &Passage, between: Range<usize>, percent: &Quantity, miss: f64) -> bool {
    let mark = |at: usize| passage.tokens[at].is(K::Comma) || passage.tokens[at].is_mark(b'(');
    let step = between.clone().rev().find(|at| mark(*at));
    let said = passage.words(step.unwrap_or(between.end)..percent.number.start).to_lowercase();
    let numbered = step.is_some_and(|step| passage.tokens[step..percent.whole.start].iter().any(Token::is_number));
    let other = ["phấn đấu", "trong đó", "dự kiến", "bình quân", "cả nước", "toàn quốc", "cùng kỳ", "so với", "còn lại"];
    if numbered || planned(&said) || other.iter().any(|word| said.contains(word)) {
        return false;
    }
    // `(100% xã vùng thấp)`, `16/21 đơn vị đạt 60%`: a percentage of something else, unless the counts say nearly the same.
    let of_all = ["tổng", "số", "trên", "so", "của", "toàn"];
    let own = passage.tokens.get(percent.whole.end).is_some_and(Token::is_word)
        && !of_all.contains(&passage.lower(percent.whole.end).as_str());
    miss <= MEANT || step.is_some() && !own
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::super::quantity;
    use super::*;

    fn shown(text: &str) -> (Vec<String>, Vec<String>) {
        with_passage(text, Role::Results, |passage| {
            let quantities = quantity::find(passage);
            let sum = |parted: &Parted| format!("{} = {:?}", quantities[parted.total].value, parted.parts);
            let share = |share: &Share| format!("{}/{} {} {}", share.numerator, share.denominator, share.stated, share.holds);
            (sums(passage, &quantities).iter().map(sum).collect(), ratios(passage, &quantities).iter().map(share).collect())
        })
    }

    #[test]
    fn totals_with_their_parts() {
        for (text, wanted) in [
            (
                "có 312 camera (trong đó có 24 camera thông minh, 125 camera giao thông, 159 camera an ninh)",
                vec!["312 = [24.0, 125.0, 159.0]"],
            ),
            (
                "tuyển 10 người trình độ cao (xã 08 người, huyện 02 người, 40 người khác (nam 37 người, nữ 03 người; và 20 nữ",
                vec!["10 = [8.0, 2.0]", "40 = [37.0, 3.0]"],
            ),
            ("kết nối 191 cổng thành phần (sở, ngành: 47, xã 144)", vec!["191 = [47.0, 144.0]"]),
            ("giao 28 chỉ tiêu, đến nay hoàn thành 17 chỉ tiêu, đang thực hiện 11 chỉ tiêu", vec!["28 = [17.0, 11.0]"]),
            (
                "tiếp nhận 190 đơn, trong đó: 117 đơn đã xử lý (61,6%); 73 đơn không đủ điều kiện (38,4%)",
                vec!["190 = [117.0, 73.0]"],
            ),
            ("có 300 hộ, trong đó 20 hộ nghèo, 10 hộ cận nghèo", vec![]),
            ("nhận 46 ý kiến, trong đó có 13 sở và 33 xã", vec!["46 = [13.0, 33.0]"]),
            ("nhận 46 ý kiến, trong đó có 13 sở và 30 xã", vec![]),
            ("có 15 hộ, trong đó 5 hộ nuôi 10 con bò", vec![]),
            ("tổ chức 03 lớp cho 80 người", vec![]),
        ] {
            assert_eq!(shown(text).0, wanted, "{text}");
        }
    }

    #[test]
    fn percentages_of_something_else() {
        for text in [
            "có 145/217 xã đạt chuẩn (mục tiêu đến năm 2025 là 75%)",
            "có 145/217 xã đạt chuẩn, tăng 8% so với cùng kỳ",
            "có 145/217 xã (100% xã vùng thấp) đạt chuẩn",
            "có 12/21 đơn vị giải ngân trên 50%",
            "có 16/21 đơn vị giải ngân đạt 40%",
            "hoàn thành 15/20 nhiệm vụ, trong đó 100% nhiệm vụ đúng hạn",
            "giải ngân 312/780 tỷ đồng, phấn đấu hết năm đạt 95%",
            "tiêm 950/1.000 trẻ, mũi 2 đạt 90%",
            "vượt kế hoạch 70% (1.202/1.660 hồ sơ)",
        ] {
            assert_eq!(shown(text).1, Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn counts_with_their_percentage() {
        for (text, wanted) in [
            ("có 312.000/411.230 (83%) thanh niên", vec!["312000/411230 83 false"]),
            ("phê duyệt 94/94 hệ thống (đạt 100%)", vec!["94/94 100 true"]),
            ("có 24/25 trường, đạt 96%", vec!["24/25 96 true"]),
            ("chiếm 16,2% tổng số doanh nghiệp thành lập mới (138/851 DN)", vec!["138/851 16.2 true"]),
            ("có 10/10 huyện ban hành kế hoạch", vec![]),
            ("hoàn thành 15/20 chỉ tiêu kế hoạch, đạt 72%", vec!["15/20 72 false"]),
            ("giải ngân 300/780 tỷ đồng, đạt 40% kế hoạch vốn", vec!["300/780 40 false"]),
            ("đạt 72,4% (1.202/1.660 hồ sơ), vượt kế hoạch (kế hoạch 70%)", vec!["1202/1660 72.4 true"]),
        ] {
            assert_eq!(shown(text).1, wanted, "{text}");
        }
    }
}
