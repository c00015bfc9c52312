//! Numbers in letters: `ít nhất một trạm y tế`, `có ba mươi lăm mô hình`, `đạt một nghìn hai trăm triệu đồng`, `giảm ít nhất một phần ba
//! số vụ`, and those that say a number in figures again: `03 (ba) lớp`, `2,5 tỷ đồng (hai tỷ năm trăm triệu đồng)`.
//!
//! `hai mươi năm` are twenty years, `một số`, `một phần` count nothing, and one word alone is a number only where it is led in.

use crate::extract::passage::Passage;
use crate::lexicon::{ClauseKind, ClauseWord, ComparatorKind, UnitKind};
use crate::words::Keyword as K;

/// `năm` is five and a year: behind other figures it is the latter.
const FIVE: u32 = 5;

/// A number in letters: how many words it has, what it is worth, and of what where it is a fraction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spelled {
    pub(super) length: usize,
    pub(super) value: f64,
    pub(super) of: Option<f64>,
}

fn word(passage: &Passage, at: usize) -> Option<(usize, ClauseWord)> {
    passage.lexicon.clauses.at(passage.tokens, at).map(|(length, word)| (length, *word))
}

/// The number in letters at `at`.
pub(super) fn spelled(passage: &Passage, at: usize) -> Option<Spelled> {
    let whole = whole(passage, at)?;
    let bar = at + whole.length;
    let Some((length, of)) = word(passage, bar).filter(|(_, word)| word.kind == ClauseKind::Fraction) else { return Some(whole) };
    // `một nửa`; `một phần ba`, but `một phần kinh phí`.
    if of.value > 0 {
        return Some(Spelled { length: whole.length + length, of: Some(f64::from(of.value)), ..whole });
    }
    // `hai mươi phần trăm` is a whole number and its unit.
    let Some(of) = self::whole(passage, bar + length).filter(|of| of.value > whole.value) else { return Some(whole) };
    Some(Spelled { length: whole.length + length + of.length, of: Some(of.value), ..whole })
}

/// A whole number below a million.
fn whole(passage: &Passage, at: usize) -> Option<Spelled> {
    word(passage, at).filter(|(_, word)| word.kind == ClauseKind::Numeral)?;
    let step = |at: usize| word(passage, at).is_some_and(|(_, word)| word.kind == ClauseKind::NumeralStep && word.value < 1000);
    let (mut thousands, mut group, mut end) = (0, 0, at);
    // The figure that a step multiplies, and whether `lẻ` asks for one.
    let (mut figure, mut odd) = (0, false);
    let mut read = None;
    while let Some((length, word)) = word(passage, end) {
        let next = end + length;
        let tens = group % 100;
        let round = tens >= 10 && tens % 10 == 0;
        match (word.kind, word.value) {
            (ClauseKind::Numeral, value) if value < 10 => {
                let follows = odd || round && value != FIVE;
                if end != at && !follows && !(step(next) && figure == 0 && tens == 0) {
                    break;
                }
                figure = if tens == 0 { value } else { 0 };
                group += value;
                odd = false;
            }
            (ClauseKind::Numeral, value) if tens == 0 && !odd => {
                group += value;
                figure = 0;
            }
            (ClauseKind::NumeralStep, 10) if figure > 0 && tens == figure => {
                group += figure * 9;
                figure = 0;
            }
            (ClauseKind::NumeralStep, 100) if figure > 0 && group == figure => {
                group = figure * 100;
                figure = 0;
            }
            (ClauseKind::NumeralStep, 1000) if group > 0 && thousands == 0 && !odd => {
                (thousands, group, figure) = (group * 1000, 0, 0);
            }
            (ClauseKind::NumeralTail, 0) if group > 0 && tens == 0 && !odd => odd = true,
            (ClauseKind::NumeralTail, value) if value > 0 && round => group += value,
            _ => break,
        }
        end = next;
        if !odd {
            read = Some(Spelled { length: end - at, value: f64::from(thousands + group), of: None });
        }
    }
    read
}

/// Whether the words at `at` are a number that counts.
///
/// One word must be led in by what compares (`ít nhất một trạm y tế`, `có hai cơ sở`), or be by how many something goes up or down
/// (`tăng hai mô hình`); a number of several words is one behind whatever brings a value in.
pub(super) fn counts(passage: &Passage, at: usize, leads: &[(usize, usize, ComparatorKind)]) -> bool {
    use ComparatorKind as C;
    let Some(lead) = leads.last().filter(|(_, end, _)| *end == at).map(|(_, _, kind)| *kind) else {
        return counts_by_itself(passage, at);
    };
    if !passage.tokens[at].is_lower_word() {
        return false;
    }
    let Some(number) = spelled(passage, at) else { return false };
    let end = at + number.length;
    let unit = passage.lexicon.units.at(passage.tokens, end).map(|(length, kind)| (length, *kind));
    let is = |kinds: &[UnitKind]| unit.is_some_and(|(_, kind)| kinds.contains(&kind));
    let compares = matches!(lead, C::Gt | C::Ge | C::Lt | C::Le | C::Approx);
    let changes = matches!(lead, C::Increase | C::Decrease);
    let counted = is(&[UnitKind::Count, UnitKind::Frequency]);
    if number.of.is_some() {
        let mass = passage.tokens.get(end).is_some_and(|token| token.is(K::Number)) || super::written::is_mass(passage, end);
        return mass && (compares || changes);
    }
    if number.length > 1 {
        return counted || is(&[UnitKind::Money, UnitKind::Measure, UnitKind::Percent, UnitKind::Multiplier]);
    }
    // `tăng trưởng hai con số`: figures are counted, and not by how much.
    let figures = unit.is_some_and(|(length, _)| passage.tokens.get(end + length).is_some_and(|token| token.is(K::Number)));
    let several = number.value > 1.0 && number.value != f64::from(FIVE) && !figures;
    counted && (compares || lead == C::Ensure || changes && several)
}

/// Whether a number that nothing leads in counts: one of several words before a known unit (`Một trăm phần trăm hộ …`, `mười lăm tổ hợp tác`),
/// one word only after the work on what it counts (`hình thành thêm hai điểm du lịch`).
fn counts_by_itself(passage: &Passage, at: usize) -> bool {
    let tokens = passage.tokens;
    let opens = at == 0 || passage.ends_sentence(at - 1);
    if !tokens[at].is_lower_word() && !(opens && tokens[at].is_word()) {
        return false;
    }
    let Some(number) = spelled(passage, at).filter(|number| number.of.is_none()) else { return false };
    let end = at + number.length;
    let kind = passage.lexicon.units.at(tokens, end).map(|(_, kind)| *kind);
    if number.length > 1 {
        use UnitKind as U;
        return matches!(kind, Some(U::Count | U::Frequency | U::Money | U::Measure | U::Percent | U::Multiplier));
    }
    let more = passage.said_before("further", at).unwrap_or(0);
    let works = (1..=3).any(|back| {
        let verb = at.checked_sub(more + back).and_then(|start| passage.lexicon.actions.at(tokens, start));
        verb.is_some_and(|(length, ())| length == back)
    });
    works && number.value > 1.0 && number.value != f64::from(FIVE) && kind == Some(UnitKind::Count)
}

/// Behind `03 (ba) lớp`, `2,5 tỷ đồng (hai tỷ năm trăm triệu đồng)`, the end of the brackets that say the number again in letters;
/// `30 hộ (hai xã)` says another.
pub(super) fn past(passage: &Passage, end: usize) -> Option<usize> {
    let tokens = passage.tokens;
    tokens.get(end).filter(|token| token.is_mark(b'('))?;
    let (mut at, mut unit) = (end + 1, None);
    while let Some(number) = whole(passage, at) {
        at += number.length;
        // `triệu` and `đồng`.
        while let Some((length, kind)) = passage.lexicon.units.at(tokens, at) {
            at += length;
            unit = Some(*kind);
        }
    }
    let closed = at > end + 1 && tokens.get(at).is_some_and(|token| token.is_mark(b')'));
    (closed && matches!(unit, None | Some(UnitKind::Money))).then_some(at + 1)
}
