//! Clauses: where, inside a sentence, another matter begins.
//!
//! A comma parts clauses only where a clause opens behind it: `đạt 85%, bảo đảm …`, `trên 90%, tỷ lệ …`. Between the nouns of a
//! list (`xã, phường, thị trấn`) it parts nothing. The words that open, end and lead are in `clauses.toml`.

use std::ops::Range;

use super::passage::Passage;
use crate::agency::Agencies;
use crate::lexicon::{ClauseKind, ComparatorKind, UnitKind};
use crate::words::{Keyword as K, Token};

/// What begins at a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Opening {
    /// A noun of a list, or more of the same clause.
    Nothing,
    /// A place or group that may be one of a list: `cấp huyện`, `tại xã`.
    Place,
    /// A clause: a measure, a verb, a word that brings a value in.
    Clause,
}

/// The kind of the joint word at `at`, with its length.
pub(crate) fn joint(passage: &Passage, at: usize) -> Option<(usize, ClauseKind)> {
    passage.lexicon.clauses.at(passage.tokens, at).map(|(length, word)| (length, word.kind))
}

/// Whether a joint word of that kind begins at `at`.
pub(crate) fn is(passage: &Passage, at: usize, kind: ClauseKind) -> bool {
    joint(passage, at).is_some_and(|(_, found)| found == kind)
}

/// What begins at `at`, behind a comma or `và`.
pub(crate) fn opens(passage: &Passage, at: usize) -> Opening {
    let tokens = passage.tokens;
    let Some(token) = tokens.get(at) else { return Opening::Nothing };
    let unit = tokens
        .get(at + 1)
        .is_some_and(|next| next.is_any(&[K::Province, K::District, K::UrbanDistrict, K::Ward, K::TownEnd, K::TownshipEnd]));
    let place = token.is_any(&[K::At, K::In, K::For, K::Toward, K::Province, K::District, K::UrbanDistrict, K::InTime])
        || token.is(K::Level) && unit;
    let place = place && token.is_lower_word();
    let opening = joint(passage, at).is_some_and(|(_, kind)| {
        matches!(kind, ClauseKind::Tail | ClauseKind::Other | ClauseKind::Aim | ClauseKind::Lead | ClauseKind::Opener)
    });
    let brings = passage.lexicon.comparators.at(tokens, at).is_some_and(|(length, kind)| {
        !matches!(kind, ComparatorKind::Gt | ComparatorKind::Lt) && (length > 1 || token.is_lower_word() && !token.is(K::By))
    });
    let measures = passage
        .lexicon
        .measures
        .at(tokens, at)
        .is_some_and(|(length, ())| length > 1 || tokens.get(at + 1).is_some_and(Token::is_lower_word));
    // `cơ quan, tổ chức`: behind a noun, a word that is noun and verb is a noun.
    let acts = token.is_lower_word() && !place && passage.lexicon.actions.at(tokens, at).is_some() && !lists_nouns(passage, at);
    // `…, mỗi đơn vị chọn 02 mô hình`.
    let each = token.is(K::Each) && at > 0 && tokens[at - 1].is(K::Comma);
    // `…, kinh phí dự kiến 2 tỷ đồng`.
    let sum = token.is_lower_word() && at > 0 && tokens[at - 1].is(K::Comma) && passage.says("sum", at).is_some();
    if opening || brings || measures || acts || each || sum || token.is(K::Apart) {
        return Opening::Clause;
    }
    if place { Opening::Place } else { Opening::Nothing }
}

/// Whether the word at `at`, behind a comma or `và`, goes on with a list of counted nouns or bodies.
fn lists_nouns(passage: &Passage, at: usize) -> bool {
    const LONGEST: usize = 3;
    let noun = |at: usize| {
        let unit =
            passage.lexicon.units.at(passage.tokens, at).filter(|(_, kind)| **kind == UnitKind::Count).map(|(length, _)| length);
        unit.max(passage.lexicon.bodies.at(passage.tokens, at).map(|(length, _)| length))
    };
    let before = |joint: usize| (1..=LONGEST).any(|back| joint >= back && noun(joint - back) == Some(back));
    // `…, giải quyết việc làm`: a longer verb than noun.
    let verb = passage.lexicon.actions.at(passage.tokens, at).map_or(0, |(length, ())| length);
    noun(at).is_some_and(|length| length >= verb) && at >= 2 && before(at - 1)
}

/// Where what is measured ends in `range`, which begins with it: before `để …`, `, đồng thời …`, `và từng bước …`.
pub(crate) fn end_of_subject(passage: &Passage, range: Range<usize>) -> usize {
    let tokens = passage.tokens;
    let Some(depth) = passage.depth.get(range.start).copied() else { return range.end };
    for at in range.clone() {
        if passage.depth[at] != depth || passage.quoted[at] {
            continue;
        }
        // `…, giao Phòng Kinh tế hướng dẫn`: to whom the work is handed.
        if at > range.start && tokens[at - 1].is(K::Comma) && hands_on(passage, at) {
            return at - 1;
        }
        match joint(passage, at) {
            // `…; mở dữ liệu để cung cấp dịch vụ`: there it is the purpose of another clause.
            Some((_, ClauseKind::Tail)) if !(range.start..at).any(|at| tokens[at].is_mark(b';')) => return at,
            Some((_, kind))
                if at > range.start
                    && (matches!(kind, ClauseKind::Other | ClauseKind::Lead | ClauseKind::Aim)
                        && tokens[at - 1].is_any(&[K::Comma, K::Colon])
                        || kind == ClauseKind::Aim && tokens[at - 1].is(K::And)
                        || ensures(passage, at) && tokens[at - 1].is(K::And)) =>
            {
                return at - 1;
            }
            _ => {}
        }
    }
    range.end
}

/// Whether the words at `at` hand work to a body, or tell who helps: `giao Phòng Kinh tế …`, `phối hợp (với) Hội Phụ nữ xã …`.
fn hands_on(passage: &Passage, at: usize) -> bool {
    let is = |at: usize, keyword: K| passage.tokens.get(at).is_some_and(|token| token.is(keyword));
    if is(at, K::Coordinate) && is(at + 1, K::CoordinateEnd) {
        return Agencies::new(passage.lexicon, passage.tokens).begins(at + 2 + usize::from(is(at + 2, K::With)));
    }
    let asks = passage.lexicon.duties.at(passage.tokens, at).filter(|(_, duty)| duty.asks);
    asks.is_some_and(|(length, _)| Agencies::new(passage.lexicon, passage.tokens).begins(at + length))
}

/// `… và bảo đảm an ninh`: what else is to be so.
fn ensures(passage: &Passage, at: usize) -> bool {
    let kind = passage.lexicon.comparators.at(passage.tokens, at);
    kind.is_some_and(|(length, kind)| length > 1 && *kind == ComparatorKind::Ensure)
}

/// The end of the last word in `range` behind which what is measured begins: `…, với mục tiêu | …`, `…, trong đó | …`, `… để | bố trí`.
///
/// `để` leads only where the clause begins with work: `Bố trí lại vốn để xây 05 trường`; `trạm có bác sĩ để khám bệnh` names a thing.
pub(crate) fn last_lead(passage: &Passage, range: Range<usize>) -> Option<usize> {
    let tokens = passage.tokens;
    let depth = *passage.depth.get(range.start)?;
    let mut found = None;
    let mut at = range.start;
    let works = (range.start..range.end.min(range.start + 3)).any(|at| passage.lexicon.actions.at(tokens, at).is_some());
    while at < range.end {
        let Some((length, kind)) = joint(passage, at).filter(|_| passage.depth[at] == depth && !passage.quoted[at]) else {
            at += 1;
            continue;
        };
        let end = at + length;
        let behind_comma = at > range.start && tokens[at - 1].is(K::Comma) || at == range.start;
        let leads = match kind {
            ClauseKind::Lead => true,
            ClauseKind::Other => behind_comma,
            // `để bố trí …`: work for a purpose, whose value is the purpose's.
            ClauseKind::Tail => works && at > range.start && length == 1 && opens(passage, end) == Opening::Clause,
            ClauseKind::Opener => at == range.start,
            _ => false,
        };
        if leads && end <= range.end {
            found = Some(end);
        }
        at = end;
    }
    found
}

/// `tỉnh giao`, `(do huyện giao)`, `HĐND tỉnh giao`: who set a value; gives the words that name them.
pub(crate) fn setter(passage: &Passage, range: Range<usize>) -> Option<Range<usize>> {
    const WORDS: usize = 6;
    let tokens = passage.tokens;
    let words = range.len() >= 2 && range.len() <= WORDS && range.clone().all(|at| tokens[at].is_word());
    if !words || !tokens[range.end - 1].is(K::Assign) {
        return None;
    }
    let start = if passage.lower(range.start) == "do" { range.start + 1 } else { range.start };
    // `được giao` names nobody.
    (range.end - start >= 2 && passage.lower(range.end - 2) != "được").then_some(start..range.end)
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::*;

    #[test]
    fn a_comma_parts_only_before_a_clause() {
        for (text, wanted) in [
            ("phường, thị trấn", Opening::Nothing),
            ("giấy tờ kèm theo", Opening::Nothing),
            ("đồng thời mở lớp", Opening::Clause),
            ("tỷ lệ hộ nghèo", Opening::Clause),
            ("tăng 5%", Opening::Clause),
            ("góp phần giảm nghèo", Opening::Clause),
            ("cấp huyện", Opening::Place),
        ] {
            with_passage(text, Role::Aims, |passage| assert_eq!(opens(passage, 0), wanted, "{text}"));
        }
    }

    #[test]
    fn a_subject_ends_before_purposes_and_other_matters() {
        for (text, wanted) in [
            ("hộ dùng nước sạch để phòng bệnh", "hộ dùng nước sạch"),
            ("trạm y tế có bác sĩ và từng bước mở rộng", "trạm y tế có bác sĩ"),
            ("kho dữ liệu tạo nền tảng cho tỉnh", "kho dữ liệu tạo nền tảng cho tỉnh"),
            ("lớp học nghề gắn với việc làm tại chỗ", "lớp học nghề"),
            ("hồ sơ, kết quả được số hóa", "hồ sơ, kết quả được số hóa"),
            ("thôn có nhà sinh hoạt, đồng thời sửa sân", "thôn có nhà sinh hoạt"),
            ("cán bộ, công chức được tập huấn", "cán bộ, công chức được tập huấn"),
        ] {
            with_passage(text, Role::Aims, |passage| {
                let end = end_of_subject(passage, 0..passage.tokens.len());
                assert_eq!(passage.words(0..end), wanted, "{text}");
            });
        }
    }

    #[test]
    fn who_set_a_value() {
        for (text, wanted) in [
            ("tỉnh giao", Some("tỉnh giao")),
            ("do HĐND huyện giao", Some("HĐND huyện giao")),
            ("được giao", None),
            ("kế hoạch năm", None),
        ] {
            with_passage(text, Role::Aims, |passage| {
                let found = setter(passage, 0..passage.tokens.len()).map(|range| passage.words(range));
                assert_eq!(found, wanted, "{text}");
            });
        }
    }
}
