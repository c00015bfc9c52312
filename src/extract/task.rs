//! Tasks: one list item or paragraph of work, with who does it and who helps.
//!
//! The owner is the heading's agency, unless the sentence names another (`Sở Y tế chủ trì …`,
//! `Giao Phòng … `, `- Sở Y tế: …`). Who helps stands behind `phối hợp`. An item that only
//! states a quantity (`100% văn bản …`) is a target and no task; neither is `Trên đây là …`.

use std::ops::Range;

use super::claim::begins_with_action;
use super::deadline;
use super::duty;
use super::passage::Passage;
use crate::agency::Agencies;
use crate::lexicon::Lexicon;
use crate::record::{Agency, Role};
use crate::structure::Place;
use crate::words::{Case, Keyword as K, Kind, Token, parts_hour};

/// Work read from a passage; ranges are of its tokens.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Work {
    /// The owners that the sentence itself names.
    pub(crate) owners: Vec<Range<usize>>,
    pub(crate) coordinate: Vec<Range<usize>>,
    /// Whether the owners are only said to help: `Công an, Quân sự phối hợp thực hiện`.
    pub(crate) assists: bool,
    /// Whether the owners are only asked by whoever the heading names: `Yêu cầu các nhà thầu …`.
    pub(crate) begged: bool,
    /// Whether the owners stand at the start: under `Chủ trì, phối hợp:` they help.
    pub(crate) leads_list: bool,
    /// The words of the work.
    pub(crate) text: Range<usize>,
}

/// What a passage in a section of work is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Work.
    Work(Work),
    /// Words that only lead to what follows.
    LeadIn {
        /// The agencies that they hand it to.
        names: Vec<Range<usize>>,
        /// Whether they lead to the headings below too: `… các nhiệm vụ sau đây:`.
        open: bool,
    },
    /// Neither.
    Nothing,
}

/// Reads a passage; `valued` says that it states a target's value, `below` that items stand under it.
pub(crate) fn read(passage: &Passage, valued: bool, below: bool) -> Reading {
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
    if is_motto(passage) || is_blank_field(passage) || is_column_head(passage, end) || is_label_of_value(passage) {
        return Reading::Nothing;
    }
    let colon_end = tokens[end - 1].is(K::Colon);
    if colon_end {
        end -= 1;
    }
    let leads = colon_end && leads_in(passage, end);
    let asked = if leads { duty::last_asked(passage) } else { None };
    let subject = asked.or_else(|| duty::subject(passage));
    let starts = begins_with_action(passage, 0);
    // `Trong quá trình triển khai, Sở đã ban hành …`: what a body did.
    if subject
        .as_ref()
        .is_some_and(|subject| !subject.asked && tokens.get(subject.rest).is_some_and(|token| token.is(K::Already)))
    {
        return Reading::Nothing;
    }
    if let Some(subject) = subject {
        let at_start = subject.names[0].start == 0;
        if subject.rest >= end || leads {
            // `Sở Y tế:` heads the items below; so does `Căn cứ …, các xã thực hiện các việc sau:`.
            return Reading::LeadIn { names: subject.names, open: leads };
        }
        let colon = tokens.get(subject.end).is_some_and(|token| token.is(K::Colon));
        // `Doanh nghiệp số phát triển`: a matter; `Sở Y tế dõi theo …`: a body whose verb is not known.
        let works = subject.acts || tokens[subject.rest].is_lower_word() && Agencies::new(passage.lexicon, tokens).is_named(0);
        // `Thanh tra tỉnh được Chủ tịch UBND tỉnh giao làm đầu mối …`: given work is work.
        let handed = |at: usize| passage.lexicon.duties.at(tokens, at).is_some_and(|(_, duty)| duty.asks);
        let given = tokens[subject.rest].is(K::Given) && !(subject.rest + 2..end.min(subject.rest + PASSIVE)).any(handed);
        if colon || subject.asked || !at_start || works && !given {
            let rest = subject.rest;
            let start = if colon { rest } else { 0 };
            let coordinate = duty::partners(passage);
            let helps = tokens[rest].is(K::Coordinate) && tokens.get(rest + 1).is_some_and(|token| token.is(K::CoordinateEnd));
            let with = (rest..tokens.len()).any(|at| tokens[at].is(K::With) || tokens[at].is(K::Together));
            let assists = !colon && !subject.asked && at_start && helps && !with && coordinate.is_empty();
            let begged = subject.begged
                && !at_start
                && subject.asked
                && passage.lexicon.duties.at(tokens, 0).is_some_and(|(_, duty)| duty.begs);
            return Reading::Work(Work {
                owners: subject.names,
                coordinate,
                assists,
                begged,
                leads_list: at_start && !colon,
                text: start..end,
            });
        }
    }
    if leads && let Some(place) = duty::bound_place(passage) {
        return Reading::LeadIn { names: vec![place], open: true };
    }
    if leads {
        // `Chỉ đạo các xã tiêm phòng, cụ thể như sau:` is work; `Thực hiện các nội dung như sau:` only leads in.
        let comma = (1..=LEAD_IN.min(end - 1)).map(|back| end - back).find(|at| tokens[*at].is_mark(b','));
        let works = starts || tokens[0].is(K::Be);
        match comma.filter(|at| works && *at >= LEAST_WORK) {
            Some(comma) => end = comma,
            // `Triển khai 14 mô hình theo các bước sau:` counts what is to be done.
            None if starts && valued => {}
            None => return Reading::LeadIn { names: Vec::new(), open: true },
        }
    } else if colon_end && below && (!starts || end < LEAST_WORK) {
        // `Nhóm nền tảng dùng chung:` over its items.
        return Reading::LeadIn { names: Vec::new(), open: false };
    }
    if valued && states_only_a_value(passage) || is_pointer(passage, starts) || !starts && !speaks_of_work(passage) {
        return Reading::Nothing;
    }
    if let Some((owners, coordinate)) = duty::in_bracket(passage) {
        return Reading::Work(Work { owners, coordinate, text: 0..end, ..Work::default() });
    }
    let owners = duty::handed_on(passage).unwrap_or_default();
    Reading::Work(Work { owners, coordinate: duty::partners(passage), text: 0..end, ..Work::default() })
}

/// Whether a short item may begin with a verb that is in no lexicon: it names no body, no part of a document, no measure, and nothing
/// before a colon.
pub(crate) fn may_act(passage: &Passage) -> bool {
    let (lexicon, tokens) = (passage.lexicon, passage.tokens);
    let words = tokens.iter().filter(|token| token.is_word()).count();
    let named = lexicon.columns.at(tokens, 0).is_some()
        || lexicon.sections.at(tokens, 0).is_some()
        || lexicon.measures.at(tokens, 0).is_some()
        || lexicon.units.at(tokens, 0).is_some()
        || lexicon.type_names.at(tokens, 0).is_some()
        || lexicon.duties.at(tokens, 0).is_some()
        || Agencies::new(lexicon, tokens).begins(0);
    let plain = tokens.first().is_some_and(|token| token.is_word() && token.case != Case::Upper)
        && tokens.get(1).is_some_and(Token::is_lower_word);
    words >= 4 && plain && !named && !tokens.iter().any(|token| token.is(K::Colon)) && !is_closing(passage) && !is_remark(passage)
}

/// Whether a matter comes with days of its own: `Đóng cống: bắt đầu từ ngày 06/9/2026`. A label of time, whose days are for other work, is
/// none.
pub(crate) fn has_its_days(passage: &Passage, deadlines: &[deadline::Found]) -> bool {
    let tokens = passage.tokens;
    let label = tokens.iter().take(LABEL).position(|token| token.is(K::Colon));
    let named = label.is_some_and(|colon| colon >= 2 && !deadline::labels_time(passage.lexicon, &tokens[..colon]));
    let dated = |found: &deadline::Found| found.from.or(found.to).is_some() && label.is_some_and(|at| found.range.start > at);
    named && passage.place != Place::Annex && deadlines.iter().any(dated) && !is_remark(passage)
}

/// The whole passage as work.
pub(crate) fn whole(passage: &Passage) -> Reading {
    let end = passage.tokens.iter().rposition(|token| token.kind != Kind::Mark || token.is_mark(b')')).map_or(0, |at| at + 1);
    Reading::Work(Work { text: 0..end, ..Work::default() })
}

/// Whom the sentences above all headings ask to do what follows: `…, đề nghị các sở thực hiện các nội dung sau:`. Who issues the paper
/// (`UBND tỉnh ban hành Kế hoạch như sau:`) asks nobody.
pub(crate) fn asked_above(passage: &Passage) -> Vec<Range<usize>> {
    let end = passage.tokens.len().saturating_sub(1);
    if !passage.tokens.last().is_some_and(|token| token.is(K::Colon)) || !leads_in(passage, end) {
        return Vec::new();
    }
    duty::last_asked(passage).map_or_else(Vec::new, |asked| asked.names)
}

/// Whether a part about something else than work tells a body to do something: `Các sở lập dự toán …` under `Kinh phí`.
pub(crate) fn tells_a_body(passage: &Passage) -> bool {
    let agencies = Agencies::new(passage.lexicon, passage.tokens);
    duty::subject(passage).is_some_and(|subject| {
        let known = passage.lexicon.actions.at(passage.tokens, subject.rest).is_some();
        (known || subject.asked) && agencies.is_named(subject.names[0].start)
    })
}

/// Whether a part that sets no work hands some to a body with a name all the same: `…, giao Sở Nội vụ thành lập tổ chấm điểm`.
pub(crate) fn hands_on(passage: &Passage) -> bool {
    let agencies = Agencies::new(passage.lexicon, passage.tokens);
    duty::subject(passage)
        .is_some_and(|subject| subject.asked && !subject.begged && subject.acts && agencies.is_proper(subject.names[0].start))
}

/// `Chủ trì, phối hợp`, `Chủ trì, phối hợp với:`, and nothing that is done.
pub(crate) fn leads_and_helps(tokens: &[Token]) -> bool {
    let words: Vec<&Token> =
        tokens.iter().filter(|token| token.is_word() && !token.is_any(&[K::With, K::Together, K::And])).collect();
    let wanted = [K::Lead, K::LeadEnd, K::Coordinate, K::CoordinateEnd];
    words.len() == wanted.len() && words.iter().zip(wanted).all(|(token, keyword)| token.is(keyword))
}

/// Whether a passage is a sentence of work that ends in a colon.
pub(crate) fn is_led_work(passage: &Passage) -> bool {
    let tokens = passage.tokens;
    tokens.len() > LEAST_WORK
        && tokens[tokens.len() - 1].is(K::Colon)
        && begins_with_action(passage, 0)
        && !leads_and_helps(tokens)
}

/// Whether what leads to the items stands apart, after a comma: `…, cụ thể như sau:`.
pub(crate) fn ends_apart(passage: &Passage) -> bool {
    let end = passage.tokens.len().saturating_sub(1);
    leads_in(passage, end)
        && (1..=LEAD_IN.min(end.saturating_sub(LEAST_WORK))).any(|back| passage.tokens[end - back].is_mark(b','))
}

/// The fewest words of a sentence that sets work of its own before it leads to items.
const LEAST_WORK: usize = 8;

/// At most so many words lead to the items after the last comma: `, tập trung một số nhiệm vụ cụ thể sau:`.
const LEAD_IN: usize = 10;

/// So many words may stand between `được` and `giao`: who hands the work on.
const PASSIVE: usize = 12;

/// The most words of a sentence that only sends the reader to an annex.
const POINTER: usize = 24;

/// `Các nhiệm vụ cụ thể thực hiện theo Phụ lục kèm theo`: where the work is found.
fn is_pointer(passage: &Passage, starts: bool) -> bool {
    let tokens = passage.tokens;
    !starts && tokens.len() <= POINTER && tokens.windows(2).any(|two| two[0].is(K::Annex) && two[1].is(K::AnnexEnd))
}

/// Whether words without a subject and without an action at their start set work: an action stands in them, or a clause opens them.
/// In an annex that is no table, only what begins as work does.
fn speaks_of_work(passage: &Passage) -> bool {
    let tokens = passage.tokens;
    let opens = passage.lexicon.duties.at(tokens, 0).is_some_and(|(_, duty)| duty.opens || duty.ends || duty.asks);
    opens
        || tokens.len() >= LEAST_WORK
            && passage.place != Place::Annex
            && (1..tokens.len()).any(|at| passage.lexicon.actions.at(tokens, at).is_some())
}

/// `… như sau:`, `… sau đây:`, `… bao gồm:`.
pub(super) fn leads_in(passage: &Passage, end: usize) -> bool {
    (1..=5.min(end)).any(|back| {
        passage.lexicon.duties.at(passage.tokens, end - back).is_some_and(|(length, duty)| length == back && duty.leads)
    })
}

/// `Trên đây là Kế hoạch …`; `Quyết định này có hiệu lực …`.
pub(crate) fn is_closing(passage: &Passage) -> bool {
    let in_force = |at: usize| {
        matches!(
            (passage.word(at), passage.word(at + 1), passage.word(at + 2), passage.word(at + 3)),
            ("này", "có", "hiệu", "lực") | ("này", "bãi", "bỏ", _) | ("này", "thay", "thế", _)
        )
    };
    matches!((passage.lower(0).as_str(), passage.word(1)), ("trên", "đây")) || (1..4).any(in_force)
}

/// `“Đoàn kết, sáng tạo, vượt khó”.`: nothing but a quotation.
fn is_motto(passage: &Passage) -> bool {
    let text = passage.words(0..passage.tokens.len()).trim_end_matches(['.', ';', ' ']);
    let inner = text.strip_prefix(['“', '"']).and_then(|text| text.strip_suffix(['”', '"']));
    inner.is_some_and(|inner| !inner.contains(['“', '”', '"']))
}

/// `Nơi ở hiện nay: ……………`: a line of a form, to be filled in.
fn is_blank_field(passage: &Passage) -> bool {
    let words = passage.words(0..passage.tokens.len());
    words.contains("……") || words.contains("......") || words.contains("_____")
}

/// `Ghi chú: …`, `Lưu ý: …`; who carries a decision out.
fn is_remark(passage: &Passage) -> bool {
    let tokens = passage.tokens;
    let enacts = |at| passage.lexicon.duties.at(tokens, at).is_some_and(|(_, duty)| duty.enacts);
    passage.lexicon.duties.at(tokens, 0).is_some_and(|(_, duty)| duty.closes) || (0..tokens.len()).any(enacts)
}

/// Whether a paragraph among the work states values that are wanted: `Về xã hội: Đến năm 2030, tỷ lệ hộ nghèo dưới 2%; tỷ lệ lao động qua
/// đào tạo đạt 70%`. It begins with what is measured, and each part that has a value does so.
pub(crate) fn states_values(passage: &Passage) -> bool {
    const LABEL: usize = 8;
    const LEAST: usize = 2;
    let tokens = passage.tokens;
    let mut at = 0;
    if tokens.first().is_some_and(|token| token.is(K::About)) {
        let Some(colon) = (1..tokens.len().min(LABEL)).find(|at| tokens[*at].is(K::Colon)) else { return false };
        at = colon + 1;
    }
    at = duty::past_time(passage, at);
    let measured = |at: usize| passage.lexicon.measures.at(tokens, at).is_some() && !begins_with_action(passage, at);
    if !tokens.get(at).is_some_and(Token::is_word) || !measured(at) {
        return false;
    }
    let starts =
        (at..tokens.len()).filter(|next| *next == at || tokens[*next - 1].is_mark(b';') || passage.ends_sentence(*next - 1));
    let valued = |from: &usize| {
        let end = (*from..tokens.len()).find(|at| tokens[*at].is_mark(b';')).unwrap_or(tokens.len());
        measured(duty::past_time(passage, *from)) && tokens[*from..end].iter().any(Token::is_number)
    };
    starts.filter(valued).count() >= LEAST
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
    (value || measure) && second_sentence(passage).is_none_or(|next| !begins_with_action(passage, next))
}

/// `Đơn vị thực hiện` by itself: the head of a column, whatever the table became.
fn is_column_head(passage: &Passage, end: usize) -> bool {
    passage.lexicon.columns.at(passage.tokens, 0).is_some_and(|(length, _)| length == end)
}

/// The most words of a label before its value.
const LABEL: usize = 14;

/// `Trạm y tế xã: 30 giường`, `Chăn nuôi: Trâu: 900, Bò: 700`, `Đơn vị: triệu đồng`: a label and the value or the unit it has. It sets no
/// work, unless it begins with work and more than the amount follows: `Tổ chức hội nghị: 02 cuộc tại các xã biên giới`.
fn is_label_of_value(passage: &Passage) -> bool {
    let tokens = passage.tokens;
    let colon = |at: &usize| tokens[*at].is(K::Colon) && passage.depth[*at] == 0 && !parts_hour(tokens, *at);
    let mut labels = (1..tokens.len().min(LABEL * 2)).filter(colon);
    let Some(first) = labels.next().filter(|at| *at <= LABEL) else { return false };
    // A label in a label: `Chăn nuôi: Trâu: 900`.
    let value = |at: usize| {
        let next = at + 1;
        let compared = passage.lexicon.comparators.at(tokens, next).map_or(0, |(length, _)| length);
        tokens.get(next + compared).is_some_and(Token::is_number)
    };
    let nested = labels.next().filter(|at| *at <= first + 4);
    let Some(last) = [Some(first), nested].into_iter().flatten().find(|at| value(*at)) else {
        // `Đơn vị: triệu đồng`: the unit, also behind its multiplier, is all that follows.
        let unit = |at: usize| {
            passage
                .lexicon
                .units
                .at(tokens, at)
                .is_some_and(|(length, _)| tokens[at + length..].iter().all(|token| token.kind == Kind::Mark))
        };
        return first <= 3 && (unit(first + 1) || unit(first + 2));
    };
    let tasked = (last + 2..tokens.len()).any(|at| {
        passage.lexicon.duties.at(tokens, at).is_some_and(|(_, duty)| duty.asks)
            || tokens[at].is(K::Lead) && tokens.get(at + 1).is_some_and(|next| next.is(K::LeadEnd))
    });
    let short = tokens.len() <= last + SHORT_VALUE;
    !tasked
        && (short || !begins_with_action(passage, 0) || nested.is_some_and(|at| at == last))
        && second_sentence(passage).is_none_or(|next| !begins_with_action(passage, next))
        && (short || !tokens[last + 2..].iter().take(2).any(|token| token.is_any(&[K::Slash, K::Hyphen])))
}

/// The most tokens of a value, its unit and the mark at its end.
const SHORT_VALUE: usize = 6;

/// Where a second sentence begins.
pub(crate) fn second_sentence(passage: &Passage) -> Option<usize> {
    (0..passage.tokens.len().saturating_sub(3)).find(|at| passage.depth[*at] == 0 && passage.ends_sentence(*at)).map(|at| at + 1)
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
            match read(passage, valued, false) {
                Reading::Work(work) => {
                    format!("{} | {} | {}", names(&work.owners), names(&work.coordinate), passage.words(work.text.clone()))
                }
                Reading::LeadIn { names: owners, .. } => format!("leads in: {}", names(&owners)),
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
            ("Các xã, phường nêu cao cảnh giác.", "Các xã, phường |  | Các xã, phường nêu cao cảnh giác"),
            ("Các nhiệm vụ trọng tâm bao gồm:", "leads in: "),
            ("Căn cứ Kế hoạch này, các xã tổ chức các hoạt động sau:", "leads in: các xã"),
            (
                "Chỉ đạo các trạm y tế tiêm phòng cho trẻ trên địa bàn, cụ thể như sau:",
                " |  | Chỉ đạo các trạm y tế tiêm phòng cho trẻ trên địa bàn",
            ),
            ("Chỉ đạo các phòng thực hiện các nội dung như sau:", "leads in: "),
            ("Các nhiệm vụ khác theo Phụ lục kèm theo Kế hoạch này.", "nothing"),
            ("Trạm y tế xã: 30 giường.", "nothing"),
            ("Chăn nuôi: Trâu: 900, Bò: 700, Gia cầm: 2.500", "nothing"),
            ("Đơn vị: triệu đồng", "nothing"),
            (
                "Tổ chức tập huấn: 02 lớp cho cán bộ các xã biên giới.",
                " |  | Tổ chức tập huấn: 02 lớp cho cán bộ các xã biên giới",
            ),
            (
                "Hội nghị sơ kết: 01 cuộc, giao Sở Nội vụ tham mưu tổ chức.",
                "Sở Nội vụ |  | Hội nghị sơ kết: 01 cuộc, giao Sở Nội vụ tham mưu tổ chức",
            ),
            (
                "Công an tỉnh cấp thẻ cho khách; Công an xã làm sạch dữ liệu cư trú.",
                "Công an tỉnh + Công an xã |  | Công an tỉnh cấp thẻ cho khách; Công an xã làm sạch dữ liệu cư trú",
            ),
            (
                "Yêu cầu Ban Quản lý rừng trồng 45 ha, Hạt Kiểm lâm tuần tra ven suối.",
                "Ban Quản lý rừng + Hạt Kiểm lâm |  | Yêu cầu Ban Quản lý rừng trồng 45 ha, Hạt Kiểm lâm tuần tra ven suối",
            ),
            ("Sở Y tế hướng dẫn các xã, các trường kê khai.", "Sở Y tế |  | Sở Y tế hướng dẫn các xã, các trường kê khai"),
            (
                "Việc cấp thẻ cho người bán hàng do Phòng Kinh tế đảm nhiệm, Công an xã phối hợp.",
                "Phòng Kinh tế | Công an xã | Việc cấp thẻ cho người bán hàng do Phòng Kinh tế đảm nhiệm, Công an xã phối hợp",
            ),
            ("Trong quá trình triển khai, Sở Y tế đã ban hành công văn đôn đốc.", "nothing"),
            ("Các cơ quan được khen thưởng theo quy định.", " |  | Các cơ quan được khen thưởng theo quy định"),
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
            with_passage(text, Part::Tasks, |passage| matches!(read(passage, false, false), Reading::Work(work) if work.assists))
        };
        assert!(assists("Công an tỉnh, Sở Y tế phối hợp thực hiện kiểm tra."));
        assert!(!assists("Công an tỉnh phối hợp với Sở Y tế kiểm tra."));
        assert!(!assists("Công an tỉnh: phối hợp kiểm tra các cơ sở."));
    }

    #[test]
    fn what_is_no_task() {
        for text in [
            "Trên đây là Kế hoạch giảm nghèo năm 2024.",
            "Quy chế này có hiệu lực thi hành kể từ ngày ký.",
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
