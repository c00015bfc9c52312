//! Tasks: one list item or paragraph of work, with who does it and who helps.
//!
//! The owner is the heading's agency, unless the sentence names another (`Sở Y tế chủ trì …`,
//! `Giao Phòng … `, `- Sở Y tế: …`). Who helps stands behind `phối hợp`. An item that only
//! states a quantity (`100% văn bản …`) is a target and no task; neither is `Trên đây là …`.

use std::ops::Range;

use super::claim::begins_with_action;
use super::passage::Passage;
use crate::agency::Agencies;
use crate::lexicon::Lexicon;
use crate::record::{Agency, Role};
use crate::words::{Case, Keyword as K, Kind, Token};

/// Work read from a passage; ranges are of its tokens.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Work {
    /// The owners that the sentence itself names.
    pub(crate) owners: Vec<Range<usize>>,
    pub(crate) coordinate: Vec<Range<usize>>,
    /// Whether the owners are only said to help: `Công an, Quân sự phối hợp thực hiện`.
    pub(crate) assists: bool,
    /// The words of the work.
    pub(crate) text: Range<usize>,
}

/// What a passage in a section of work is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Work.
    Work(Work),
    /// Words that only lead to what follows, and the agencies that they hand it to.
    LeadIn(Vec<Range<usize>>),
    /// Neither.
    Nothing,
}

/// Reads a passage; `valued` tells that it states a target's value.
pub(crate) fn read(passage: &Passage, valued: bool) -> Reading {
    let tokens = passage.tokens;
    let words = tokens.iter().filter(|token| token.is_word()).count();
    let Some(end) = tokens
        .iter()
        .rposition(|token| !(token.is_mark(b'.') || token.is_mark(b';') || token.is_mark(b',') || token.is_mark(b'/')))
    else {
        return Reading::Nothing;
    };
    let mut end = end + 1;
    // `…` of an open list belongs to it: `công việc,...`.
    if tokens.len() >= end + 3 && tokens[end..].iter().filter(|token| token.is_mark(b'.')).count() >= 3 {
        end = tokens.len();
    }
    let bracketed = tokens[0].is_mark(b'(') && passage.closing(0).is_some_and(|close| close + 1 >= end);
    if words < 3 && !(words >= 2 && begins_with_action(passage, 0)) || bracketed || is_closing(passage) || is_remark(passage) {
        return Reading::Nothing;
    }
    let agencies = Agencies::new(passage.lexicon, tokens);
    let handed = handed(tokens);
    let (mut names, names_end) = agencies.list(handed);
    // `Lãnh đạo trực tiếp phụ trách …`: an office without a body is the heading's own.
    names.retain(|name| {
        !passage.lexicon.offices.at(tokens, name.start).is_some_and(|(length, ())| name.start + length == name.end)
    });
    let colon_end = tokens[end - 1].is(K::Colon);
    if colon_end {
        end -= 1;
    }
    if !names.is_empty() {
        let rest = skip_marks(tokens, names_end);
        if rest >= end {
            // `Sở Y tế:` heads the items below.
            return Reading::LeadIn(names);
        }
        let says_how = colon_end && leads_in(passage, end);
        if says_how {
            return Reading::LeadIn(names);
        }
        let colon = tokens.get(names_end).is_some_and(|token| token.is(K::Colon));
        let acts =
            passage.lexicon.actions.at(tokens, rest).is_some() || tokens[rest].is(K::Have) || tokens[rest].is(K::Responsible);
        if colon || acts || handed > 0 {
            let start = if colon { rest } else { 0 };
            let coordinate = partners(passage);
            let helps = tokens[rest].is(K::Coordinate) && tokens.get(rest + 1).is_some_and(|token| token.is(K::CoordinateEnd));
            let with = (rest..tokens.len()).any(|at| tokens[at].is(K::With) || tokens[at].is(K::Together));
            let assists = !colon && handed == 0 && helps && !with && coordinate.is_empty();
            return Reading::Work(Work { owners: names, coordinate, assists, text: start..end });
        }
    }
    if colon_end && leads_in(passage, end) && !begins_with_action(passage, 0) {
        return Reading::LeadIn(Vec::new());
    }
    if valued && states_only_a_value(passage) {
        return Reading::Nothing;
    }
    Reading::Work(Work { owners: Vec::new(), coordinate: partners(passage), assists: false, text: 0..end })
}

/// `Giao`, `Đề nghị`, `Yêu cầu` before an agency.
fn handed(tokens: &[Token]) -> usize {
    match tokens {
        [first, ..] if first.is(K::Assign) => 1,
        [first, second, ..]
            if first.is(K::Propose) && second.is(K::ProposeEnd) || first.is(K::Request) && second.is(K::RequestEnd) =>
        {
            2
        }
        _ => 0,
    }
}

fn skip_marks(tokens: &[Token], from: usize) -> usize {
    (from..tokens.len()).find(|at| tokens[*at].kind != Kind::Mark || tokens[*at].is_mark(b'"')).unwrap_or(tokens.len())
}

/// `… như sau:`, `… sau đây:`, `… cụ thể:`.
fn leads_in(passage: &Passage, end: usize) -> bool {
    let word = |back: usize| passage.lower(end.checked_sub(back).unwrap_or(usize::MAX));
    matches!(
        (word(2).as_str(), word(1).as_str()),
        ("như", "sau") | ("sau", "đây") | ("cụ", "thể") | ("nội", "dung") | ("nhiệm", "vụ")
    )
}

/// `Trên đây là Kế hoạch …`; `Quyết định này có hiệu lực …`.
pub(crate) fn is_closing(passage: &Passage) -> bool {
    let in_force = |at: usize| {
        matches!(
            (passage.word(at), passage.word(at + 1), passage.word(at + 2), passage.word(at + 3)),
            ("này", "có", "hiệu", "lực")
        )
    };
    matches!((passage.lower(0).as_str(), passage.word(1)), ("trên", "đây")) || (1..4).any(in_force)
}

/// `Ghi chú: …`, `Lưu ý: …`.
fn is_remark(passage: &Passage) -> bool {
    matches!((passage.lower(0).as_str(), passage.word(1)), ("ghi", "chú") | ("lưu", "ý"))
}

/// Whether the item begins with its value or its indicator, and not with work.
fn states_only_a_value(passage: &Passage) -> bool {
    let tokens = passage.tokens;
    let mut at = 0;
    // `Phấn đấu 100% …`, `Đến năm 2025, có …`: words of wanting set no work.
    while let Some(token) = tokens.get(at) {
        let wanting = matches!(passage.lower(at).as_str(), "phấn" | "có" | "bảo" | "đảm");
        match passage.lexicon.comparators.at(tokens, at) {
            Some((length, crate::lexicon::ComparatorKind::Ensure)) if wanting => at += length,
            _ if token.kind == Kind::Mark && !token.is_mark(b'"') => at += 1,
            _ => break,
        }
    }
    let Some(token) = tokens.get(at) else { return true };
    use crate::lexicon::ComparatorKind as C;
    let compares = |kind: &C| matches!(kind, C::Gt | C::Ge | C::Lt | C::Le | C::Approx);
    let value = token.is_number() || passage.lexicon.comparators.at(tokens, at).is_some_and(|(_, kind)| compares(kind));
    // `Số hóa 45.000 hồ sơ` is work.
    let measure = passage.lexicon.measures.at(tokens, at).is_some()
        && (token.case != Case::Lower || at > 0)
        && !begins_with_action(passage, at);
    (value || measure) && several_sentences(passage).is_none_or(|next| !begins_with_action(passage, next))
}

/// Where a second sentence begins.
fn several_sentences(passage: &Passage) -> Option<usize> {
    (0..passage.tokens.len().saturating_sub(3)).find(|at| passage.depth[*at] == 0 && passage.ends_sentence(*at)).map(|at| at + 1)
}

/// The partners of `phối hợp (chặt chẽ) (với, cùng) …`.
pub(crate) fn partners(passage: &Passage) -> Vec<Range<usize>> {
    let tokens = passage.tokens;
    let agencies = Agencies::new(passage.lexicon, tokens);
    for at in 0..tokens.len().saturating_sub(2) {
        if !tokens[at].is(K::Coordinate) || !tokens[at + 1].is(K::CoordinateEnd) || passage.depth[at] > 0 {
            continue;
        }
        let mut next = at + 2;
        while next < tokens.len()
            && (tokens[next].is(K::With)
                || tokens[next].is(K::Together)
                || matches!(passage.word(next), "chặt" | "chẽ" | "tốt" | "đồng" | "bộ"))
        {
            next += 1;
        }
        // `chủ trì, phối hợp, hướng dẫn và đôn đốc các phòng …`.
        if tokens.get(next).is_some_and(|token| token.is_mark(b',')) {
            next = (next..tokens.len().min(next + 9)).find(|at| agencies.begins(*at)).unwrap_or(next);
        }
        let (names, _) = agencies.list(next);
        if !names.is_empty() {
            return names;
        }
        if let Some(end) = unknown_partner(passage, next) {
            return vec![next..end];
        }
    }
    Vec::new()
}

/// The names of a list and their roles, where it marks them: `Sở Xây dựng (chủ trì), Sở Tài chính, Công an tỉnh (phối hợp)`. A name
/// without a mark has that of the next one, and behind the last mark those behind who leads help.
pub(crate) fn by_role(names: Vec<String>, default: Role) -> Vec<Agency> {
    let mut found: Vec<(Option<Role>, String)> = names
        .into_iter()
        .map(|name| {
            let marked = [("chủ trì)", Role::Lead), ("phối hợp)", Role::Coordinate)]
                .into_iter()
                .find(|(mark, _)| name.to_lowercase().trim_end().ends_with(mark));
            match marked.zip(name.rfind('(')) {
                // What stands in the bracket is the mark alone, or `(cơ quan chủ trì)`.
                Some(((_, role), open)) if open > 0 && name[open..].split(' ').count() <= 4 => {
                    (Some(role), name[..open].trim_end().to_owned())
                }
                _ => (None, name),
            }
        })
        .collect();
    if found.iter().any(|(role, _)| role.is_some()) {
        let mut next = None;
        for (role, _) in found.iter_mut().rev() {
            *role = role.or(next);
            next = *role;
        }
        for (role, _) in &mut found {
            *role = role.or(Some(Role::Coordinate));
        }
    }
    found.into_iter().map(|(role, name)| Agency { role: role.unwrap_or(default), name }).collect()
}

/// The parts of a cell that its own labels cut, each with the label's role and the tokens behind it:
/// `Chủ trì: Phòng Kinh tế; phối hợp: Hạt Kiểm lâm`.
pub(crate) fn labelled(lexicon: &Lexicon, tokens: &[Token], default: Role) -> Vec<(Role, Range<usize>)> {
    let label = |at: usize| {
        let is = |at: usize, keyword: K| tokens.get(at).is_some_and(|token| token.is(keyword));
        let role = if is(at, K::Lead) && is(at + 1, K::LeadEnd) {
            Role::Lead
        } else if is(at, K::Coordinate) && is(at + 1, K::CoordinateEnd) {
            Role::Coordinate
        } else {
            return None;
        };
        is(at + 2, K::Colon).then_some(role)
    };
    let mut parts = vec![(default, 0..tokens.len())];
    for at in 0..tokens.len() {
        let Some(role) = label(at) else { continue };
        // `Cơ quan chủ trì:`, `Đơn vị phối hợp:`.
        let body = |back: &usize| {
            at >= *back && lexicon.bodies.at(tokens, at - back).is_some_and(|(length, body)| length == *back && body.generic)
        };
        let start = at - (1..=3).find(body).unwrap_or(0);
        if let Some((_, last)) = parts.last_mut() {
            last.end = start.max(last.start);
        }
        parts.push((role, at + 3..tokens.len()));
    }
    parts.retain(|(_, range)| !range.is_empty());
    parts
}

/// A partner that no lexicon knows: capitalised words behind `với`, `cùng`: `Phối hợp cùng Base.vn hỗ trợ`.
pub(crate) fn unknown_partner(passage: &Passage, at: usize) -> Option<usize> {
    let tokens = passage.tokens;
    let led = at > 0 && (tokens[at - 1].is(K::With) || tokens[at - 1].is(K::Together));
    if !led || tokens.get(at).is_none_or(|token| token.case == Case::Lower || !token.is_word()) {
        return None;
    }
    let mut end = at + 1;
    while let Some(token) = tokens.get(end) {
        let joined = !token.spaced || token.case != Case::Lower && token.is_word();
        if !joined || passage.ends_sentence(end) || token.is_mark(b',') {
            break;
        }
        end += 1;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role as Part;
    use super::super::passage::tests::with_passage;
    use super::*;

    /// `owners | partners | text`, or what else it is.
    fn shown(text: &str, valued: bool) -> String {
        with_passage(text, Part::Tasks, |passage| {
            let names =
                |ranges: &[Range<usize>]| ranges.iter().map(|range| passage.words(range.clone())).collect::<Vec<_>>().join(" + ");
            match read(passage, valued) {
                Reading::Work(work) => {
                    format!("{} | {} | {}", names(&work.owners), names(&work.coordinate), passage.words(work.text.clone()))
                }
                Reading::LeadIn(owners) => format!("leads in: {}", names(&owners)),
                Reading::Nothing => "nothing".to_owned(),
            }
        })
    }

    #[test]
    fn who_does_what_with_whom() {
        for (text, wanted) in [
            ("Rà soát hộ nghèo trên địa bàn.", " |  | Rà soát hộ nghèo trên địa bàn"),
            ("Sở Y tế: Chủ trì kiểm tra các cơ sở.", "Sở Y tế |  | Chủ trì kiểm tra các cơ sở"),
            ("Giao Phòng Nội vụ theo dõi, đôn đốc.", "Phòng Nội vụ |  | Giao Phòng Nội vụ theo dõi, đôn đốc"),
            (
                "Chủ trì, phối hợp với Sở Y tế, Công an tỉnh kiểm tra.",
                " | Sở Y tế + Công an tỉnh | Chủ trì, phối hợp với Sở Y tế, Công an tỉnh kiểm tra",
            ),
            ("Phối hợp cùng AgriBook hỗ trợ hợp tác xã", " | AgriBook | Phối hợp cùng AgriBook hỗ trợ hợp tác xã"),
        ] {
            assert_eq!(shown(text, false), wanted, "{text}");
        }
    }

    #[test]
    fn marks_and_labels_tell_roles() {
        let shown = |agencies: Vec<Agency>| -> Vec<String> {
            agencies.iter().map(|agency| format!("{:?} {}", agency.role, agency.name)).collect()
        };
        for (names, wanted) in [
            (vec!["Sở A (chủ trì)", "Sở B (phối hợp)"], vec!["Lead Sở A", "Coordinate Sở B"]),
            (vec!["Sở A (chủ trì)", "Sở B", "Sở C (phối hợp)"], vec!["Lead Sở A", "Coordinate Sở B", "Coordinate Sở C"]),
            (vec!["Sở A (cơ quan chủ trì)", "Sở B"], vec!["Lead Sở A", "Coordinate Sở B"]),
            (vec!["Sở A", "Sở B"], vec!["Lead Sở A", "Lead Sở B"]),
            (vec!["Sở A (Phòng B)"], vec!["Lead Sở A (Phòng B)"]),
        ] {
            assert_eq!(shown(by_role(names.into_iter().map(str::to_owned).collect(), Role::Lead)), wanted);
        }
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let parts = |text: &str| -> Vec<String> {
            let mut tokens = Vec::new();
            lexicon.vocabulary.cut(text, 0, &mut tokens);
            let words = |range: &Range<usize>| {
                let span = tokens[range.start].span().cover(tokens[range.end - 1].span());
                span.slice(text).unwrap_or_default().to_owned()
            };
            labelled(&lexicon, &tokens, Role::Lead).iter().map(|(role, range)| format!("{role:?} {}", words(range))).collect()
        };
        assert_eq!(parts("Chủ trì: Sở A; phối hợp: Sở B, Sở C"), ["Lead Sở A;", "Coordinate Sở B, Sở C"]);
        assert_eq!(parts("Cơ quan chủ trì: Sở A. Đơn vị phối hợp: Sở B"), ["Lead Sở A.", "Coordinate Sở B"]);
        assert_eq!(parts("Sở A chủ trì, phối hợp Sở B"), ["Lead Sở A chủ trì, phối hợp Sở B"]);
    }

    #[test]
    fn who_only_helps_is_told() {
        let assists = |text: &str| {
            with_passage(text, Part::Tasks, |passage| matches!(read(passage, false), Reading::Work(work) if work.assists))
        };
        assert!(assists("Công an tỉnh, Sở Y tế phối hợp thực hiện kiểm tra."));
        assert!(!assists("Công an tỉnh phối hợp với Sở Y tế kiểm tra."));
        assert!(!assists("Công an tỉnh: phối hợp kiểm tra các cơ sở."));
    }

    #[test]
    fn what_is_no_task() {
        for text in [
            "Trên đây là Kế hoạch giảm nghèo năm 2024.",
            "Quyết định này có hiệu lực thi hành kể từ ngày ký.",
            "(Chi tiết tại Phụ lục kèm theo)",
            "Ghi chú: số liệu ước",
            "./.",
        ] {
            assert_eq!(shown(text, false), "nothing", "{text}");
        }
        assert_eq!(shown("100% văn bản đi được ký số", true), "nothing");
        assert_eq!(shown("Tỷ lệ hộ nghèo còn dưới 3%", true), "nothing");
        assert_eq!(
            shown("Các sở, ngành; UBND huyện thực hiện chế độ báo cáo như sau:", false),
            "leads in: Các sở, ngành + UBND huyện"
        );
        assert_ne!(shown("Cài đặt phần mềm cho 100% máy trạm", true), "nothing");
    }
}
