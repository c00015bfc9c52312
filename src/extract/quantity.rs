//! Quantities: `đạt 85%`, `trên 70%`, `tối thiểu 2 tỷ đồng`, `từ 95% trở lên`, `2 - 3%`,
//! `giảm còn 0,8%` (a level), `giảm 1,5%` (a change), `01 lần/tuần`, `20 tin, bài/năm`,
//! `500 nghìn tài khoản`, `1/3 số xã`, `10/10 huyện`.
//!
//! `năm 2024`, `mức độ 3`, `ngày 15/6`, `Đề án 06`, `IPv6`, `(1)` are no quantities.

mod letters;
mod phrase;
mod written;

use std::ops::Range;

use super::number;
use super::passage::Passage;
use crate::lexicon::{ClauseKind, ComparatorKind, DescribedKind, UnitKind};
use crate::record::Comparator;
use crate::words::{Case, Keyword as K, Lower, Token};
pub(crate) use written::grouped;

/// What brings a quantity in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Nothing.
    None,
    /// `bảo đảm`, `có`: what follows is wanted.
    Ensure,
    /// `đạt`, `là`.
    Reach,
    /// `giảm còn`, `tăng lên`: a level.
    Level,
    /// `tăng`.
    Increase,
    /// `giảm`.
    Decrease,
    /// `gấp`.
    Turn,
}

/// A number with its unit and what brings it in; all ranges are of the passage's tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantity {
    /// From the first word that brings it in to the last of the unit.
    pub(crate) whole: Range<usize>,
    /// The number itself.
    pub(crate) number: Range<usize>,
    pub(crate) value: f64,
    pub(crate) value_to: Option<f64>,
    /// The denominator of `10/10`.
    pub(crate) of: Option<f64>,
    /// What was planned, of `19.240 người/18.500 người`.
    pub(crate) planned: Option<f64>,
    /// Where the plan stands, if a noun stands before it: `/30 ha` of `25 ha rừng/30 ha`; else empty.
    pub(crate) beside: Range<usize>,
    /// The unit as written; empty where there is none.
    pub(crate) unit: Range<usize>,
    pub(crate) unit_kind: Option<UnitKind>,
    /// `trên`, `tối thiểu` …; `None` where nothing says.
    pub(crate) comparator: Option<Comparator>,
    pub(crate) lead: Lead,
    /// `từ` stands before it.
    pub(crate) from: bool,
    /// Whether the unit counts things in a time: `lần/tuần`.
    pub(crate) per_time: bool,
}

impl Quantity {
    /// Whether the text says that this is a value, and not only how many there are of a thing.
    pub(crate) fn is_strong(&self) -> bool {
        let timely = self.unit_kind == Some(UnitKind::Time);
        matches!(self.lead, Lead::Reach | Lead::Level | Lead::Increase | Lead::Decrease | Lead::Turn)
            || (self.comparator.is_some() || self.unit_kind == Some(UnitKind::Percent) || self.is_rate()) && !timely
    }

    /// `01 lần/tuần`, `02 buổi/năm`: so often in a time.
    pub(crate) fn is_rate(&self) -> bool {
        self.per_time
    }

    pub(crate) fn comparator(&self) -> Comparator {
        self.comparator.unwrap_or(Comparator::Eq)
    }
}

/// Words before a number that make it a name or an ordinal.
const NAMING: &[K] =
    &[K::Day, K::Month, K::Quarter, K::Year, K::PartOrdinal, K::Article, K::Item, K::Chapter, K::Part, K::AnnexEnd];

/// All quantities of a passage, in order.
pub(crate) fn find(passage: &Passage) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    // Words that bring a quantity in, as they are met: (start, end, kind).
    let mut leads: Vec<(usize, usize, ComparatorKind)> = Vec::new();
    while at < passage.tokens.len() {
        let token = &passage.tokens[at];
        if token.is_number() || letters::counts(passage, at, &leads) {
            if !passage.quoted[at]
                && let Some(quantity) = read(passage, at, &leads, found.last())
            {
                at = quantity.whole.end.max(at + 1);
                leads.clear();
                found.push(quantity);
                continue;
            }
            // The rest of a date or a number that is none: `6/2024`.
            at += 1;
            while passage.tokens.get(at).is_some_and(|token| !token.spaced && (token.is_mark(b'/') || token.is_number())) {
                at += 1;
            }
            continue;
        }
        if let Some((length, kind)) = passage.lexicon.comparators.at(passage.tokens, at) {
            if length > 1 || !is_syllable_of_noun(passage, at) {
                leads.push((at, at + length, *kind));
            }
            at += length;
            continue;
        }
        at += 1;
    }
    found
}

/// `mặt bằng đạt 1.250 ha`: the `bằng` of a noun tells no value.
pub(crate) fn is_syllable_of_noun(passage: &Passage, at: usize) -> bool {
    passage.word(at) == "bằng"
        && at > 0
        && matches!(passage.lower(at - 1).as_str(), "mặt" | "đồng" | "công" | "cân" | "thăng" | "văn")
}

fn read(passage: &Passage, at: usize, leads: &[(usize, usize, ComparatorKind)], before: Option<&Quantity>) -> Option<Quantity> {
    let tokens = passage.tokens;
    let minus = written::minus(passage, at, leads, before);
    if minus.is_none() && is_name(passage, at) {
        return None;
    }
    let negative = minus.is_some();
    // `1 250 tấn` is one number only before a unit: `loại 5 250 hộ` are two.
    let unit_follows = |end: usize| passage.lexicon.units.at(tokens, end).is_some();
    let spaced =
        (at > 0).then(|| number_at(passage, at, negative, true)).flatten().filter(|(number, ..)| unit_follows(number.end));
    let in_groups = spaced.is_some();
    let (mut number, mut value, value_to, of) = match spaced {
        Some(spaced) => spaced,
        None => number_at(passage, at, negative, false)?,
    };
    if let Some((whole, end)) = written::stepped(passage, value, number.end).filter(|_| value_to.is_none() && of.is_none()) {
        value = whole;
        number.end = end;
    }
    if value_to.is_none() && of.is_none() {
        number.end = letters::past(passage, number.end).unwrap_or(number.end);
    }
    let rate = of.and_then(|of| phrase::rate_of_many(passage, value, of, number.end));
    let of = of.filter(|_| rate.is_none());
    if rate.is_some() {
        number.end = number.start + 1;
    }
    let (unit, unit_kind, per_time, planned) = match planned_at(passage, number.end) {
        _ if rate.is_some() => (number.end..rate.unwrap_or(number.end), Some(UnitKind::Measure), false, None),
        Some(Planned { unit, kind, value, place }) => (unit, Some(kind), false, Some((value, place))),
        None => {
            let (unit, kind, per_time) = unit_at(passage, number.end);
            (unit, kind, per_time, None)
        }
    };
    let (unit, unit_kind, per_time) = if of.is_some() && written::is_mass(passage, number.end) {
        (number.end..number.end, None, false)
    } else {
        (unit, unit_kind, per_time)
    };
    // `1/3` without a unit is a date or a symbol, unless `số` follows.
    if of.is_some()
        && unit.is_empty()
        && !tokens.get(number.end).is_some_and(|token| token.is(K::Number) || token.is(K::Open))
        && !written::is_mass(passage, number.end)
        && !of.is_some_and(|of| has_share(passage, number.end, value / of * 100.0))
    {
        return None;
    }
    // `Đến 2035 phải có …`, `ĐA 06 đã …`: a year, or the number of a thing that its letters name.
    let known = passage.lexicon.units.at(tokens, unit.start).is_some() || unit.is_empty();
    if !known && value_to.is_none() && of.is_none() && names_alone(passage, at) {
        return None;
    }
    let sign = minus.unwrap_or(number.start);
    if unit.is_empty() && of.is_none() && !value_stands_alone(passage, sign..number.end, leads) {
        return None;
    }
    let percent = unit_kind == Some(UnitKind::Percent);
    let reread = |text: &str, known: f64| {
        if percent && !in_groups { number::parse(text, true).map_or(known, |value| value.copysign(known)) } else { known }
    };
    let value = reread(passage.word(number.start), value);
    let value_to = value_to.map(|to| reread(passage.word(number.end - 1), to));
    let mut quantity = Quantity {
        whole: sign..unit.end.max(number.end),
        number,
        value,
        value_to,
        of,
        planned: None,
        beside: 0..0,
        unit,
        unit_kind,
        comparator: None,
        lead: Lead::None,
        from: false,
        per_time: per_time && matches!(unit_kind, Some(UnitKind::Frequency | UnitKind::Count)),
    };
    if let Some((planned, place)) = planned {
        quantity.planned = Some(planned);
        // `25 ha rừng/30 ha`: the noun between is of what is measured.
        if place.start == quantity.unit.end {
            quantity.whole.end = place.end;
        } else {
            quantity.beside = place;
        }
    } else if value_to.is_none() && !quantity.unit.is_empty() {
        quantity.whole.end = letters::past(passage, quantity.whole.end).unwrap_or(quantity.whole.end);
    }
    lead_in(passage, &mut quantity, leads, sign);
    // `vượt 10% dự toán`: by so much, not more than so much.
    if percent
        && quantity.comparator.is_some()
        && passage.lower(quantity.whole.start) == "vượt"
        && passage.lexicon.clauses.at(tokens, quantity.whole.end).is_some_and(|(_, word)| word.kind == ClauseKind::Plan)
    {
        // `vượt tối thiểu 7% dự toán`: by at least so much.
        quantity.comparator = quantity.comparator.filter(|comparator| *comparator != Comparator::Gt);
        quantity.lead = Lead::Increase;
    }
    // `giảm dưới 8%`: to below that, and not by so much.
    if quantity.lead == Lead::Decrease && matches!(quantity.comparator, Some(Comparator::Lt)) && percent {
        quantity.lead = Lead::Level;
    }
    // `giảm -0,5%`: the verb tells the sign.
    if quantity.lead == Lead::Decrease && quantity.value_to.is_none() {
        quantity.value = quantity.value.abs();
    }
    // `từ 300 bản sách trở lên`: the noun goes up to what compares.
    if quantity.from && unit_kind == Some(UnitKind::Count) {
        const NOUN: usize = 2;
        let end = quantity.whole.end;
        let compares = |at: usize| {
            let kind = passage.lexicon.comparators.at(tokens, at).map(|(_, kind)| *kind);
            matches!(kind, Some(ComparatorKind::AtLeastAfter | ComparatorKind::AtMostAfter))
        };
        let word = |at: usize| tokens.get(at).is_some_and(Token::is_lower_word) && !tokens[at].is_any(STOPS);
        if let Some(more) = (1..=NOUN).find(|more| compares(end + more)).filter(|more| (end..end + more).all(word)) {
            quantity.unit.end = end + more;
            quantity.whole.end = end + more;
        }
    }
    let after = quantity.whole.end;
    if let Some((length, kind)) = passage.lexicon.comparators.at(tokens, after) {
        match kind {
            ComparatorKind::AtLeastAfter => quantity.comparator = Some(Comparator::Ge),
            ComparatorKind::AtMostAfter => quantity.comparator = Some(Comparator::Le),
            _ => return Some(quantity),
        }
        quantity.whole.end = after + length;
    } else if quantity.from && quantity.comparator.is_none() && quantity.value_to.is_none() && quantity.is_rate() {
        // `từ 01 lần/tuần`.
        quantity.comparator = Some(Comparator::Ge);
    }
    Some(quantity)
}

/// Whether the number at `at` names a thing or a time: `năm 2024`, `Đề án 06`, `(1)`, `Covid-19`.
fn is_name(passage: &Passage, at: usize) -> bool {
    let tokens = passage.tokens;
    let glued = at > 0 && !tokens[at].spaced;
    if glued {
        let before = &tokens[at - 1];
        if before.is_word() || (before.is_mark(b'-') || before.is_mark(b'/') || before.is_mark(b'.')) && at > 1 && !before.spaced
        {
            return true;
        }
    }
    let next = tokens.get(at + 1);
    // `(1)`, `1)`, `2. `: a list inside a sentence.
    if next.is_some_and(|next| next.is_mark(b')')) && at > 0 && tokens[at - 1].is_mark(b'(') {
        return true;
    }
    if next.is_some_and(|next| next.is_mark(b'.') && !next.spaced)
        && tokens.get(at + 2).is_some_and(|next| next.spaced && next.case == Case::Capitalised)
    {
        return at == 0 || !tokens[at - 1].is_word();
    }
    // `5G`, `2A`: a letter glued behind.
    let glued_letter = next.is_some_and(|next| next.case == Case::Upper && next.span().len() == 1);
    if next.is_some_and(|next| next.is_word() && !next.spaced)
        && (glued_letter || passage.lexicon.units.at(tokens, at + 1).is_none())
    {
        return true;
    }
    let Some(before) = at.checked_sub(1).map(|at| &tokens[at]) else { return false };
    // `dưới 03 tháng 12.000 người`: no month has that number.
    let grouped = before.is_any(&[K::Day, K::Month, K::Quarter]) && passage.word(at).contains('.') && passage.word(at).len() > 4;
    if before.is_any(NAMING) && !grouped {
        // `mỗi năm 02 lần`, `hằng quý 01 cuộc`: time, then a count.
        let every = at > 1 && tokens[at - 2].is_any(&[K::Each, K::Every, K::EveryOld]);
        // `gieo trồng cả năm 24.350 ha`: the whole year, then a value.
        let whole = at > 1 && passage.word(at - 2) == "cả" && before.is(K::Year);
        return !(every || whole);
    }
    if before.is(K::Number) {
        return !(at > 1 && tokens[at - 2].is(K::Total));
    }
    if next.is_some_and(|next| next.is_mark(b'%')) {
        return false;
    }
    // `khoản 5 Điều 4`, `Điều 12 Nghị định …`: a part of a law, before the part or the paper that it is in.
    let part = |at: usize| passage.lexicon.described.at(tokens, at).is_some_and(|(_, kind)| *kind == DescribedKind::LawPart);
    if part(at - 1) && (part(at + 1) || passage.lexicon.type_names.at(tokens, at + 1).is_some()) {
        return true;
    }
    // `trên 1 vạn dân`: what a rate is counted by.
    if passage.lexicon.units.at(tokens, at + 1).is_some()
        && before.is(K::On)
        && (at + 1..at + 4).any(|at| passage.word(at) == "dân")
        && passage.word(at).len() == 1
    {
        return true;
    }
    // `mức độ 3`, `giai đoạn 1`, `phiên bản 2.0`, `Đề án 06`, `Nghị quyết 57`; `giải quyết 983 hồ sơ` is a count.
    let word = before.span().slice(passage.text).unwrap_or_default();
    let above = at.checked_sub(2).map_or("", |at| passage.word(at));
    let named = match word {
        "độ" | "đoạn" | "lộ" | "hạng" | "ISO" | "Covid" => true,
        "án" => matches!(above, "Đề" | "Dự" | "đề"),
        "bản" => above == "phiên" || above == "Phiên",
        "quyết" => above == "Nghị",
        // `cấp 2`, but `cung cấp 06 dịch vụ`, `nâng cấp 10 km`.
        "cấp" => {
            !matches!(Lower::new(above).as_str(), "cung" | "nâng" | "trợ" | "phân" | "được")
                && passage.lexicon.units.at(tokens, at + 1).is_none()
        }
        "định" => matches!(above, "Quyết" | "Nghị" | "Quy"),
        _ => false,
    };
    const ORDERED: [&str; 11] = ["loại", "bậc", "khóa", "khoá", "vòng", "bước", "mẫu", "biểu", "bảng", "tuyến", "tầng"];
    named || ORDERED.contains(&word) && passage.lexicon.units.at(tokens, at + 1).is_none()
}

/// A number without a unit is a value only where a word says so: `đạt 85`, `là 120`.
fn value_stands_alone(passage: &Passage, number: Range<usize>, leads: &[(usize, usize, ComparatorKind)]) -> bool {
    let year = super::date::year(passage.word(number.start)).is_some();
    // `các tiêu chí từ 3.1 đến 3.3`: from one number to another, neither of which counts anything.
    let spans = number.start >= 2 && passage.tokens[number.start - 1].is(K::To) && passage.tokens[number.start - 2].is_number();
    if spans {
        return false;
    }
    let led = leads.last().is_some_and(|(_, end, kind)| {
        *end == number.start && !matches!(kind, ComparatorKind::Ensure | ComparatorKind::Increase | ComparatorKind::Decrease)
    });
    let colon = number.start > 0 && passage.tokens[number.start - 1].is(K::Colon);
    let ends = passage.tokens.get(number.end).is_none_or(|token| !token.is_mark(b'/') && !token.is_mark(b'-'));
    (led || colon) && !year && ends
}

/// A number before a word that is no known unit: `đến 2035`, `ĐA 06`.
fn names_alone(passage: &Passage, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| &passage.tokens[at]) else { return false };
    let year = before.is(K::To) && super::date::year(passage.word(at)).is_some();
    let letters = before.case == Case::Upper && before.is_word() && passage.word(at).starts_with('0');
    year || letters
}

/// `Đàn gà: 1.063/1.153, đạt 92,2% kế hoạch`: a fraction without a unit, which its share shows to be one.
fn has_share(passage: &Passage, at: usize, share: f64) -> bool {
    const BESIDE: usize = 4;
    const NEAR: f64 = 1.0;
    let number = (at..passage.tokens.len().min(at + BESIDE)).find(|at| passage.tokens[*at].is_number());
    number.is_some_and(|at| {
        passage.tokens.get(at + 1).is_some_and(|mark| mark.is_mark(b'%'))
            && number::parse(passage.word(at), true).is_some_and(|stated| (stated - share).abs() <= NEAR)
    })
}

type Read = (Range<usize>, f64, Option<f64>, Option<f64>);

/// The number at `at`: one, a range, or `10/12`; `spaced` asks for one whose groups are parted by spaces.
fn number_at(passage: &Passage, at: usize, negative: bool, spaced: bool) -> Option<Read> {
    let tokens = passage.tokens;
    let signed = |value: f64, negative: bool| if negative { -value } else { value };
    if spaced {
        let (end, value) = written::grouped(passage, at)?;
        let second = tokens.get(end).filter(|token| token.is(K::Hyphen) || token.is(K::To)).and_then(|_| {
            let (end, to) = written::grouped(passage, end + 1)?;
            (to > value && !negative).then_some((end, to))
        });
        return Some(match second {
            Some((end, to)) => (at..end, value, Some(to), None),
            None => (at..end, signed(value, negative), None, None),
        });
    }
    if let Some(spelled) = letters::spelled(passage, at).filter(|_| !tokens[at].is_number()) {
        return Some((at..at + spelled.length, spelled.value, None, spelled.of));
    }
    let value = signed(number::parse(passage.word(at), false)?, negative);
    let is_number = |at: usize| tokens.get(at).is_some_and(Token::is_number);
    let next = tokens.get(at + 1);
    if next.is_some_and(|next| next.is_mark(b'/') && !next.spaced) && is_number(at + 2) && !tokens[at + 2].spaced {
        if tokens.get(at + 3).is_some_and(|token| token.is_mark(b'/') && !token.spaced) {
            return None;
        }
        let of = number::parse(passage.word(at + 2), false)?;
        let fraction = value <= of || exceeds_plan(passage, at + 3);
        return (fraction && of > 0.0).then_some((at..at + 3, value, None, Some(of)));
    }
    // `48/KH-UBND` is a symbol.
    if next.is_some_and(|next| next.is_mark(b'/') && !next.spaced)
        && tokens.get(at + 2).is_some_and(|token| token.case == Case::Upper)
    {
        return None;
    }
    let joined = |at: usize| tokens.get(at).is_some_and(|token| token.is(K::Hyphen) || token.is(K::To));
    let mut second = at + 1;
    // `2% - 3%` keeps both ends too.
    if tokens.get(second).is_some_and(|token| token.is_mark(b'%')) {
        second += 1;
    } else if let Some((length, UnitKind::Measure | UnitKind::Money)) =
        passage.lexicon.units.at(tokens, second).map(|(length, kind)| (length, *kind))
        && (at.saturating_sub(2)..at).any(|at| tokens[at].is(K::From))
        && joined(second + length)
    {
        // `từ -18°C đến 4°C`.
        let number = second + length + 1;
        let number = number + usize::from(tokens.get(number).is_some_and(|token| token.is(K::Hyphen) && token.spaced));
        if (0..length).all(|step| passage.lower(second + step) == passage.lower(number + 1 + step).as_str()) {
            second += length;
        }
    }
    // `2% cho đến 3%`.
    if tokens.get(second).is_some_and(|token| token.is(K::Toward)) && tokens.get(second + 1).is_some_and(|token| token.is(K::To))
    {
        second += 1;
    }
    // `từ -5 đến -2%`.
    let minus = joined(second)
        && tokens.get(second + 1).is_some_and(|token| token.is(K::Hyphen) && token.spaced)
        && tokens.get(second + 2).is_some_and(|token| token.is_number() && !token.spaced);
    if minus {
        let to = -number::parse(passage.word(second + 2), false)?;
        return Some(if to > value { (at..second + 3, value, Some(to), None) } else { (at..at + 1, value, None, None) });
    }
    if joined(second)
        && is_number(second + 1)
        && !tokens.get(second + 2).is_some_and(|token| token.is_mark(b'/') && is_number(second + 3))
    {
        let to = number::parse(passage.word(second + 1), false)?;
        let years = super::date::year(passage.word(at)).is_some() && super::date::year(passage.word(second + 1)).is_some();
        if years {
            return None;
        }
        if to > value {
            return Some((at..second + 2, value, Some(to), None));
        }
    }
    Some((at..at + 1, value, None, None))
}

/// `đã trồng 72/60 ha, đạt 120% kế hoạch`, `vượt 20% kế hoạch`: more was reached than planned, which a share above 100% right after
/// the fraction says, or a verb.
fn exceeds_plan(passage: &Passage, behind: usize) -> bool {
    const BESIDE: usize = 8;
    let tokens = passage.tokens;
    let near = (behind..tokens.len().min(behind + BESIDE)).take_while(|at| !passage.ends_sentence(*at));
    let percent = near.into_iter().find(|at| tokens[*at].is_number());
    let exceeds = |at: usize| {
        let verb = passage.lexicon.comparators.at(tokens, at - 1);
        matches!(verb, Some((1, ComparatorKind::Gt)))
            && !tokens[at - 1].is(K::On)
            && passage.lexicon.clauses.at(tokens, at + 2).is_some_and(|(_, word)| word.kind == ClauseKind::Plan)
    };
    percent.is_some_and(|at| {
        tokens.get(at + 1).is_some_and(|mark| mark.is_mark(b'%'))
            && (number::parse(passage.word(at), false).is_some_and(|share| share > 100.0) || exceeds(at))
    })
}

/// What was planned, beside what was reached: `19.240 người/18.500 người`.
struct Planned {
    /// The unit of what was reached, as tokens.
    unit: Range<usize>,
    kind: UnitKind,
    value: f64,
    /// The tokens from the slash to the end of what was planned.
    place: Range<usize>,
}

/// `19.240 người/18.500 người`, `25 ha rừng/30 ha`: reached and planned in one unit, from the unit at `at`.
fn planned_at(passage: &Passage, at: usize) -> Option<Planned> {
    /// Longest unit with the noun behind it.
    const WORDS: usize = 5;
    let tokens = passage.tokens;
    let slash = (at + 1..=at + WORDS).find(|at| tokens.get(*at).is_some_and(|token| token.is_mark(b'/')))?;
    if !(at..slash).all(|at| tokens[at].is_word()) || !tokens.get(slash + 1).is_some_and(Token::is_number) {
        return None;
    }
    let (length, kind) = passage.lexicon.units.at(tokens, at).filter(|(length, _)| *length <= slash - at)?;
    let same = |length: usize| {
        let behind = slash + 2..slash + 2 + length;
        behind.end <= tokens.len()
            && (at..at + length).zip(behind).all(|(one, other)| passage.lower(one) == passage.lower(other).as_str())
    };
    // The noun is said again, or the unit alone.
    let again = [slash - at, length].into_iter().find(|length| same(*length))?;
    let value = number::parse(passage.word(slash + 1), false)?;
    let unit = at..if again == slash - at { slash } else { at + length };
    Some(Planned { unit, kind: *kind, value, place: slash..slash + 2 + again })
}

/// The unit behind a number: `nghìn tài khoản`, `triệu đồng/người/năm`, `bác sĩ/10.000 dân`.
fn unit_at(passage: &Passage, at: usize) -> (Range<usize>, Option<UnitKind>, bool) {
    let tokens = passage.tokens;
    let units = &passage.lexicon.units;
    if let Some(end) = phrase::many_words(passage, at) {
        return (at..end, Some(UnitKind::Measure), false);
    }
    let mut end = at;
    let mut kind = None;
    while let Some((length, UnitKind::Multiplier)) = units.at(tokens, end).map(|(length, kind)| (length, *kind)) {
        end += length;
        kind = Some(UnitKind::Multiplier);
    }
    if let Some((length, found)) = units.at(tokens, end) {
        end += length;
        kind = Some(*found);
        if *found == UnitKind::Count {
            end = phrase::listed(passage, end);
            // `2,5 cuốn sách/năm`: the noun goes up to what it is counted by.
            if tokens.get(end).is_some_and(|noun| noun.is_lower_word() && noun.spaced && !ends_noun(passage, end))
                && tokens.get(end + 1).is_some_and(|mark| mark.is_mark(b'/') && !mark.spaced)
                && matches!(units.at(tokens, end + 2), Some((_, UnitKind::Time)))
            {
                end += 1;
            }
        }
    } else if kind.is_none()
        && tokens.get(at).is_some_and(|token| token.is(K::Number))
        && tokens.get(at + 1).is_some_and(|token| token.is_mark(b'/'))
    {
        // `02 số/tháng`: issues of a programme.
        end += 1;
        kind = Some(UnitKind::Count);
    } else if kind.is_none() {
        let Some(noun) = unknown_noun(passage, at) else { return (at..at, None, false) };
        end = noun;
        kind = Some(UnitKind::Count);
    } else if let Some(noun) = unknown_noun(passage, end) {
        end = noun;
    }
    // What it is counted by: `/năm`, `/100 dân`.
    let mut per_time = false;
    while tokens.get(end).is_some_and(|token| token.is_mark(b'/')) {
        let mut next = end + 1;
        if tokens.get(next).is_some_and(Token::is_number) {
            next += 1;
        }
        match units.at(tokens, next) {
            Some((length, kind)) => {
                end = next + length;
                per_time = *kind == UnitKind::Time;
                // `bác sĩ/vạn dân`.
                let noun = tokens.get(end).is_some_and(|noun| noun.is_lower_word() && !noun.is_any(STOPS));
                if *kind == UnitKind::Multiplier && noun {
                    end += 1;
                }
            }
            None if tokens.get(next).is_some_and(Token::is_word) => end = next + 1,
            None => break,
        }
    }
    (at..end, kind, per_time)
}

/// Words that no counting noun has.
const STOPS: &[K] = &[
    K::And,
    K::Of,
    K::Or,
    K::InTime,
    K::From,
    K::To,
    K::On,
    K::At,
    K::Year,
    K::With,
    K::For,
    K::Toward,
    K::By,
    K::Be,
    K::Have,
    K::Total,
    K::Number,
    K::About,
    K::After,
    K::Before,
    K::Comparison,
    K::Following,
    K::Plural,
    K::Some,
    K::Up,
    K::Down,
    K::Upward,
    K::There,
    K::Reach,
    K::Done,
    K::Already,
    K::Given,
];

/// Whether the word at `at` ends a counting noun: a small word, or one that compares.
pub(super) fn ends_noun(passage: &Passage, at: usize) -> bool {
    passage.tokens[at].is_any(STOPS) || passage.lexicon.comparators.at(passage.tokens, at).is_some()
}

/// Whether the word at `at` begins an action: `hoàn thành`.
pub(super) fn acts(passage: &Passage, at: usize) -> bool {
    passage.tokens[at].case == Case::Lower && passage.lexicon.actions.at(passage.tokens, at).is_some()
}

/// The end of a counting noun that no lexicon has: `121 TTHC`, `12 ki-ốt`.
fn unknown_noun(passage: &Passage, at: usize) -> Option<usize> {
    let token = passage.tokens.get(at)?;
    if !token.is_word() || !token.spaced || ends_noun(passage, at) || acts(passage, at) {
        return None;
    }
    // Most nouns that no lexicon has are words of two syllables: `phương án`, `nhân viên`.
    let second = passage.tokens.get(at + 1).filter(|second| second.is_lower_word() && second.spaced && !second.is_any(STOPS));
    let joined = token.case != Case::Upper
        && second.is_some()
        && !acts(passage, at + 1)
        && passage.lexicon.comparators.at(passage.tokens, at + 1).is_none();
    Some(at + 1 + usize::from(joined))
}

/// Walks back over the words that bring the quantity in.
fn lead_in(passage: &Passage, quantity: &mut Quantity, leads: &[(usize, usize, ComparatorKind)], sign: usize) {
    use ComparatorKind as C;
    let tokens = passage.tokens;
    let mut start = sign;
    let mut leads = leads.iter().rev().peekable();
    loop {
        if let Some((from, _, kind)) = leads.next_if(|(_, end, _)| *end == start) {
            match kind {
                C::Gt | C::Ge | C::Lt | C::Le | C::Approx => {
                    let comparator = match kind {
                        C::Gt => Comparator::Gt,
                        C::Ge => Comparator::Ge,
                        C::Lt => Comparator::Lt,
                        C::Le => Comparator::Le,
                        _ => Comparator::Approx,
                    };
                    quantity.comparator.get_or_insert(comparator);
                }
                C::Remain | C::Raise => set_lead(quantity, Lead::Level),
                C::Increase => set_lead(quantity, Lead::Increase),
                C::Decrease => set_lead(quantity, Lead::Decrease),
                C::Turn => set_lead(quantity, Lead::Turn),
                C::Ensure => set_lead(quantity, Lead::Ensure),
                C::Reach => {
                    // `đến 100% cơ sở`, `tới 100% thôn`, `lên 5 lần`: also words of the way.
                    set_lead(quantity, Lead::Reach);
                }
                C::AtLeastAfter | C::AtMostAfter => break,
            }
            start = *from;
            continue;
        }
        let Some(before) = start.checked_sub(1).map(|at| &tokens[at]) else { break };
        // Words that stand between without telling anything: `đạt tỷ lệ từ`, `đạt mức`, `bình quân`.
        if before.is(K::From) {
            quantity.from = true;
            start -= 1;
        } else if before.is(K::Number) && quantity.lead != Lead::None {
            break;
        } else if quantity.lead == Lead::None && is_filler(passage, start - 1) {
            start -= 1;
        } else if quantity.lead == Lead::None
            && start >= 2
            && is_filler_pair(passage, start - 2)
            && (!is_average(passage, start - 2) || leads.peek().is_some_and(|(_, end, _)| *end == start - 2))
        {
            // `đạt bình quân 55 tạ/ha`; in `Năng suất lúa bình quân trên 55 tạ/ha` it is measured.
            start -= 2;
        } else {
            break;
        }
    }
    // Fillers that lead nowhere are left out again.
    if quantity.lead == Lead::None && quantity.comparator.is_none() && !quantity.from {
        start = sign;
    }
    quantity.whole.start = start;
}

fn set_lead(quantity: &mut Quantity, lead: Lead) {
    if quantity.lead == Lead::None || quantity.lead == Lead::Ensure || quantity.lead == Lead::Reach && lead != Lead::Ensure {
        quantity.lead = lead;
    }
}

fn is_filler(passage: &Passage, at: usize) -> bool {
    matches!(passage.word(at), "mức" | "thêm" | "được" | "thực")
}

/// Whether a word is one of `bình quân hằng năm`, behind the name of a rate.
pub(crate) fn is_of_average(passage: &Passage, at: usize) -> bool {
    let token = &passage.tokens[at];
    token.is_any(&[K::Every, K::EveryOld, K::Year, K::Each]) || is_average(passage, at) || at > 0 && is_average(passage, at - 1)
}

fn is_average(passage: &Passage, at: usize) -> bool {
    matches!((passage.word(at), passage.word(at + 1)), ("bình", "quân") | ("trung", "bình"))
}

fn is_filler_pair(passage: &Passage, at: usize) -> bool {
    matches!(
        (passage.word(at), passage.word(at + 1)),
        ("bình", "quân") | ("trung", "bình") | ("tỷ", "lệ") | ("tỉ", "lệ") | ("tổng", "số")
    )
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::*;

    /// One line a quantity: words that bring it in and its unit, comparator, value, unit, lead.
    fn shown(text: &str) -> Vec<String> {
        with_passage(text, Role::Aims, |passage| {
            find(passage)
                .iter()
                .map(|quantity| {
                    let to = quantity.value_to.map(|to| format!("-{to}")).unwrap_or_default();
                    let of = quantity.of.map(|of| format!("/{of}")).unwrap_or_default();
                    let unit = passage.words(quantity.unit.clone());
                    format!("{:?} {}{to}{of} {unit} {:?}", quantity.comparator(), quantity.value, quantity.lead)
                })
                .collect()
        })
    }

    fn check(text: &str, wanted: &[&str]) {
        assert_eq!(shown(text), wanted, "{text}");
    }

    #[test]
    fn comparators_before_and_behind() {
        check("đạt 85%", &["Eq 85 % Reach"]);
        check("đạt trên 70%", &["Gt 70 % Reach"]);
        check("đạt tối thiểu 80%", &["Ge 80 % Reach"]);
        check("ít nhất 20 tin, bài/năm", &["Ge 20 tin, bài/năm None"]);
        check("từ 01 lần/tuần", &["Ge 1 lần/tuần None"]);
        check("từ 95% trở lên", &["Ge 95 % None"]);
        check("98% trở lên", &["Ge 98 % None"]);
        check("dưới 5%", &["Lt 5 % None"]);
        check("không quá 45 vụ", &["Le 45 vụ None"]);
        check("tối đa 3 ngày", &["Le 3 ngày None"]);
        check("khoảng 50 doanh nghiệp", &["Approx 50 doanh nghiệp None"]);
        check("≥ 30% hộ", &["Ge 30 % None"]);
        check("giảm dưới 8%", &["Lt 8 % Level"]);
        check("11,8 bác sĩ/vạn dân", &["Eq 11.8 bác sĩ/vạn dân None"]);
        // Letters that nothing brings in.
        check("Một trăm phần trăm hộ nghèo", &["Eq 100 phần trăm None"]);
        check("Hình thành thêm hai điểm du lịch", &["Eq 2 điểm du lịch None"]);
        check("kết nạp mới một nghìn hai trăm hội viên", &["Eq 1200 hội viên None"]);
        check("hai bên đường, ba lần trồng lại", &[]);
    }

    #[test]
    fn levels_and_changes() {
        check("giảm còn 0,8%", &["Eq 0.8 % Level"]);
        check("xuống dưới 40 vụ", &["Lt 40 vụ Level"]);
        check("giảm 1,5%", &["Eq 1.5 % Decrease"]);
        check("tăng 24,64% so với cùng kỳ", &["Eq 24.64 % Increase"]);
        check("gấp 2 lần", &["Eq 2 lần Turn"]);
    }

    #[test]
    fn numbers_ranges_and_units() {
        check("2 - 3%", &["Eq 2-3 % None"]);
        check("02 - 03 mô hình", &["Eq 2-3 mô hình None"]);
        check("1.305 ha", &["Eq 1305 ha None"]);
        check("11,67 tấn/ha", &["Eq 11.67 tấn/ha None"]);
        check("44.97%", &["Eq 44.97 % None"]);
        check("2 tỷ đồng", &["Eq 2 tỷ đồng None"]);
        check("4.531 triệu USD", &["Eq 4531 triệu USD None"]);
        check("500 nghìn tài khoản", &["Eq 500 nghìn tài khoản None"]);
        check("10/10 huyện", &["Eq 10/10 huyện None"]);
        check("312.000/411.230 (83%)", &["Eq 312000/411230  None", "Eq 83 % None"]);
        check("121 TTHC thuộc thẩm quyền", &["Eq 121 TTHC None"]);
        check("12 phương án chữa cháy", &["Eq 12 phương án None"]);
    }

    #[test]
    fn comparators_across_words() {
        check("đạt mức 85% hoặc cao hơn", &["Ge 85 % Reach"]);
        check("tỷ lệ hao hụt 3% hoặc thấp hơn", &["Le 3 % None"]);
        check("tăng 2% cho đến 3%", &["Eq 2-3 % Increase"]);
        check("bớt 1,5%", &["Eq 1.5 % Decrease"]);
        check("vượt 12% dự toán", &["Eq 12 % Increase"]);
        check("vượt 500 tỷ đồng", &["Gt 500 tỷ đồng None"]);
    }

    #[test]
    fn units_that_are_phrases() {
        check("dưới 4/100.000 trẻ sinh ra còn sống", &["Lt 4 /100.000 trẻ sinh ra còn sống None"]);
        check("xuống còn 12 ca sinh/1.000 phụ nữ", &["Eq 12 ca sinh/1.000 phụ nữ Level"]);
        check("đạt 9 bác sĩ/10.000 dân", &["Eq 9 bác sĩ/10.000 dân Reach"]);
        check("thí điểm tại 45 xã, phường", &["Eq 45 xã, phường None"]);
        check("mở 12 lớp, 300 học viên", &["Eq 12 lớp None", "Eq 300 học viên None"]);
        check("có 80/200 hộ đăng ký", &["Eq 80/200 hộ Ensure"]);
    }

    #[test]
    fn numbers_in_letters() {
        check("ít nhất một trường được sửa chữa", &["Ge 1 trường None"]);
        check("mở 03 (ba) lớp tập huấn", &["Eq 3 lớp None"]);
        check("có ba mươi lăm mô hình, tăng hai mô hình", &["Eq 35 mô hình Ensure", "Eq 2 mô hình Increase"]);
        check("đạt một nghìn hai trăm triệu đồng", &["Eq 1200 triệu đồng Reach"]);
        check("trên một trăm năm mươi hộ", &["Gt 150 hộ None"]);
        check("ít nhất hai nghìn năm trăm lượt, bảo đảm có mười ba lớp", &["Ge 2500 lượt None", "Eq 13 lớp Ensure"]);
        check("đạt hai mươi phần trăm", &["Eq 20 phần trăm Reach"]);
        with_passage("chi 2,5 tỷ đồng (hai tỷ năm trăm triệu đồng) cho 30 hộ (hai xã)", Role::Aims, |passage| {
            let whole: Vec<&str> = find(passage).into_iter().map(|quantity| passage.words(quantity.whole)).collect();
            assert_eq!(whole, ["2,5 tỷ đồng (hai tỷ năm trăm triệu đồng)", "30 hộ"]);
        });
        check("giảm ít nhất một phần ba số vụ", &["Ge 1/3  Decrease"]);
        check("giảm một nửa thời gian giải quyết", &["Eq 1/2  Decrease"]);
        for text in [
            "có hai mươi năm kinh nghiệm",
            "giảm một phần kinh phí",
            "tăng một số dịch vụ",
            "đạt năm 2025",
            "giảm một nửa",
            "tăng hai con số",
        ] {
            check(text, &[]);
        }
        check("tối thiểu hai thôn", &["Ge 2 thôn None"]);
        for text in ["một số trường", "có một phần diện tích", "năm nay", "cả ba cấp"] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_minus_is_part_of_the_number() {
        for (text, wanted) in [
            ("Tốc độ tăng dân số là -0,5%", "Eq -0.5 % Reach"),
            ("Mức thu đạt –1,5%", "Eq -1.5 % Reach"),
            ("Mức thu đạt − 1,5% so với cùng kỳ", "Eq -1.5 % Reach"),
            ("Tốc độ tăng trưởng âm 2%", "Eq -2 % Increase"),
            ("Tốc độ tăng dân số: -0,5%.", "Eq -0.5 % None"),
            ("dân số (-0,5%)", "Eq -0.5 % None"),
            ("Giá điện -0,5% so với cùng kỳ", "Eq -0.5 % None"),
            ("Tốc độ tăng từ -2 đến -1%", "Eq -2--1 % Increase"),
            ("Bảo quản ở mức -18°C", "Eq -18 °C Reach"),
            ("Bảo quản từ -18°C đến 4°C", "Eq -18-4 °C None"),
        ] {
            assert_eq!(shown(text).first().map(String::as_str), Some(wanted), "{text}");
        }
    }

    #[test]
    fn a_dash_of_a_list_or_a_range_is_no_minus() {
        check("-85% hộ dùng nước sạch", &["Eq 85 % None"]);
        check("- 85% hộ dùng nước sạch", &["Eq 85 % None"]);
        check("Chỉ tiêu: - 85% hộ dùng nước sạch", &["Eq 85 % None"]);
        check("đạt 5-10%", &["Eq 5-10 % Reach"]);
        check("đạt 5 -10%", &["Eq 5-10 % Reach"]);
        check("đạt 5% -10%", &["Eq 5-10 % Reach"]);
        check("Nông thôn - 85%", &["Eq 85 % None"]);
        check("giảm -0,5%", &["Eq 0.5 % Decrease"]);
        check("thu âm 20 tác phẩm", &["Eq 20 tác phẩm None"]);
        check("dịch Covid -19", &[]);
    }

    #[test]
    fn groups_steps_and_fractions() {
        check("đạt 1 250 tấn", &["Eq 1250 tấn Reach"]);
        check("Sản lượng 500 000 tấn", &["Eq 500000 tấn None"]);
        check("đạt 12 350,5 ha", &["Eq 12350.5 ha Reach"]);
        check("từ 1 250 - 1 300 tấn", &["Eq 1250-1300 tấn None"]);
        check("12 tỷ 500 triệu đồng", &["Eq 12500 triệu đồng None"]);
        check("1 tỷ 200 triệu 500 nghìn đồng", &["Eq 1200500 nghìn đồng None"]);
        check("Hoàn thành 2/3 khối lượng công việc", &["Eq 2/3  Ensure"]);
        check("Diện tích giải phóng mặt bằng đạt 1.250 ha", &["Eq 1250 ha Reach"]);
        // Two numbers, a year, an ordinal, a row of columns.
        check("năm 2025 500 hộ", &["Eq 500 hộ None"]);
        check("tháng 6 300 hộ", &["Eq 300 hộ None"]);
        check("1 250 tấn", &["Eq 250 tấn None"]);
        check("Lúa 120 350 400 25 ha", &["Eq 25 ha None"]);
        check("12 tỷ đồng, 500 triệu đồng", &["Eq 12 tỷ đồng None", "Eq 500 triệu đồng None"]);
        check("2/3 xã", &["Eq 2/3 xã None"]);
        // More than planned: a share above 100% says so; otherwise it is no fraction.
        check("đã trồng 72/60 ha, đạt 120% kế hoạch", &["Eq 72/60 ha None", "Eq 120 % Reach"]);
        check("kết nạp 18/15 đảng viên (đạt 120%)", &["Eq 18/15 đảng viên None", "Eq 120 % Reach"]);
        check("thành lập 6/5ha đạt 120% kế hoạch", &["Eq 6/5 ha None", "Eq 120 % Reach"]);
        check("đã trồng 72/60 ha", &[]);
        check("đã trồng 72/60 ha. Thu đạt 120%", &["Eq 120 % Reach"]);
        check("Quốc lộ 72/60, đạt 90%", &["Eq 90 % Reach"]);
    }

    #[test]
    fn names_dates_and_ordinals_are_no_quantities() {
        for text in [
            "năm 2024",
            "mức độ 3",
            "giai đoạn 1",
            "Đề án 06",
            "phiên bản 2.0",
            "ngày 15/6/2024",
            "tháng 7/2022",
            "quý 2",
            "IPv6",
            "mạng 5G",
            "dịch Covid-19",
            "số 48/KH-UBND",
            "(1) Xây dựng",
            "2021-2025",
            "Nghị quyết 57 của",
            "hoạt động 24/7",
            "Điều 5",
            "trên 1 vạn dân",
        ] {
            check(text, &[]);
        }
    }
}
