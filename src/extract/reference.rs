//! References to other documents: type, number and symbol, date, issuer, title:
//! `Kế hoạch số 40-KH/HU ngày 27/7/2021 của Ban Thường vụ Huyện ủy về …`.
//!
//! State symbols are `48/KH-UBND`, Party symbols `111-NQ/TU`; laws carry `84/2015/QH13` or a name
//! only. A symbol that a wrap or a lost hyphen has broken (`06/QĐTTg`) is kept as written.

use std::ops::Range;

use super::date::{self, Partial};
use super::passage::Passage;
use crate::agency::Agencies;
use crate::lexicon::BodyLevel;
use crate::words::{Case, Keyword as K, Token};

/// A document as quoted at one place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    /// Index into [`crate::lexicon::Lexicon::types`].
    pub(crate) kind: Option<usize>,
    /// The symbol, without spaces.
    pub(crate) number: Option<String>,
    pub(crate) date: Option<Partial>,
    pub(crate) issuer: Option<Range<usize>>,
    pub(crate) title: Option<Range<usize>>,
}

/// All references of a passage; marks their tokens, and those of their titles, as quoted.
pub(crate) fn find(passage: &mut Passage) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < passage.tokens.len() {
        let next = read(passage, at);
        match next {
            Some(reference) => {
                let end = reference.title.as_ref().map_or(reference.range.end, |title| title.end.max(reference.range.end));
                for quoted in &mut passage.quoted[reference.range.start..end.min(passage.tokens.len())] {
                    *quoted = true;
                }
                // A title may quote other documents.
                at = reference.range.end.max(at + 1);
                found.push(reference);
            }
            None => at += 1,
        }
    }
    quoted_names(passage);
    found
}

/// A reference that begins at `at`.
fn read(passage: &Passage, at: usize) -> Option<Found> {
    let tokens = passage.tokens;
    let token = &tokens[at];
    if token.is_number() && !preceded_by_type(passage, at) {
        // `Đã ban hành số 324/KH-UBND`: a symbol without a type.
        let (number, end) = symbol(passage, at)?;
        let numbered = at > 0 && tokens[at - 1].is(K::Number);
        return numbered.then(|| {
            behind(passage, Found { range: at..end, kind: None, number: Some(number), date: None, issuer: None, title: None })
        });
    }
    if !token.is_word() {
        return None;
    }
    let (length, kind) = passage.lexicon.type_names.at(tokens, at)?;
    let kind = *kind;
    let capital = token.case != Case::Lower;
    let mut next = at + length;
    // `Nghị quyết (NQ) số`, `Kế hoạch liên tịch số`.
    if tokens.get(next).is_some_and(|token| token.is_mark(b'(')) {
        next = passage.closing(next).map_or(next, |close| close + 1);
    }
    let numbered = tokens.get(next).is_some_and(|token| token.is(K::Number));
    next += usize::from(numbered);
    next += usize::from(numbered && tokens.get(next).is_some_and(|token| token.is(K::Colon)));
    if let Some((number, end)) = symbol(passage, next) {
        let mut range = at..end;
        if let Some(shift) = passage.tokens.get(end).filter(|token| token.is_mark(b')')).filter(|_| false) {
            range.end = shift.span().end;
        }
        return Some(behind(
            passage,
            Found { range, kind: Some(kind), number: Some(number), date: None, issuer: None, title: None },
        ));
    }
    // `Đề án 06`, `Đề án 257`: known by a bare number; not the office that carries it out.
    if tokens.get(next).is_some_and(Token::is_number) && capital && passage.lexicon.types[kind].name == "Đề án" {
        let body = at > 0 && (passage.word(at - 1) == "tác" || passage.word(at - 1) == "đạo");
        let plain = passage.word(next).bytes().all(|byte| byte.is_ascii_digit()) && passage.word(next).len() <= 4;
        let dated = date::year(passage.word(next)).is_some();
        let mut end = next + 1;
        // `Đề án 06/CP`.
        let mut number = passage.word(next).to_owned();
        if tokens.get(end).is_some_and(|token| token.is_mark(b'/'))
            && tokens.get(end + 1).is_some_and(|token| token.case == Case::Upper)
        {
            number = format!("{number}/{}", passage.word(end + 1));
            end += 2;
        }
        return (!body && plain && !dated).then_some(Found {
            range: at..end,
            kind: Some(kind),
            number: Some(number),
            date: None,
            issuer: None,
            title: None,
        });
    }
    // `Luật Căn cước`, `Bộ luật Lao động năm 2019`: known by name.
    if capital && passage.lexicon.types[kind].by_name && !numbered {
        return law(passage, at, next, kind);
    }
    None
}

fn preceded_by_type(passage: &Passage, at: usize) -> bool {
    at > 0
        && passage.tokens[at - 1].is(K::Number)
        && (1..=6).any(|back| {
            at > back && passage.lexicon.type_names.at(passage.tokens, at - 1 - back).is_some_and(|(length, _)| length == back)
        })
}

/// A law by its name: capitalised words up to a stop.
fn law(passage: &Passage, at: usize, name: usize, kind: usize) -> Option<Found> {
    let tokens = passage.tokens;
    let first = tokens.get(name)?;
    if !first.is_word() || first.case == Case::Lower {
        return None;
    }
    let mut end = name;
    while let Some(token) = tokens.get(end) {
        if token.is_word() {
            let joint = token.is(K::And) || token.is(K::Of) || token.is(K::Or);
            if joint
                && tokens
                    .get(end + 1)
                    .is_none_or(|next| next.case == Case::Lower || passage.lexicon.type_names.at(tokens, end + 1).is_some())
            {
                break;
            }
            // `Luật Phòng, chống tham nhũng`: small words may follow; a date, a version or a verb ends the name.
            const STOPS: &[K] =
                &[K::Year, K::Day, K::InTime, K::About, K::At, K::On, K::Following, K::With, K::For, K::Or, K::Number];
            let acts = token.case == Case::Lower
                && end > name + 1
                && passage.lexicon.actions.at(tokens, end).is_some_and(|(length, ())| length > 1);
            if token.is_any(STOPS) || acts && !tokens[end - 1].is_mark(b',') || end > name + 14 {
                break;
            }
        } else if !(token.is_mark(b',') && end <= name + 2 && tokens.get(end + 1).is_some_and(Token::is_lower_word)) {
            break;
        }
        end += 1;
    }
    while end > name + 1 && (tokens[end - 1].is(K::And) || tokens[end - 1].is_mark(b',')) {
        end -= 1;
    }
    let title = name..end;
    // `năm 2023`, `2023` tells the law's version.
    // `Luật Tổ chức chính quyền địa phương số 72/2025/QH15`.
    if tokens.get(end).is_some_and(|token| token.is(K::Number))
        && let Some((number, past)) = symbol(passage, end + 1)
    {
        let found = Found { range: at..past, kind: Some(kind), number: Some(number), date: None, issuer: None, title: None };
        return Some(Found { title: Some(title), ..behind(passage, found) });
    }
    let (date, end) = date_behind(passage, end).map_or((None, end), |(date, end)| (Some(date), end));
    Some(Found { range: at..end, kind: Some(kind), number: None, date, issuer: None, title: Some(title) })
}

/// A symbol at `at`: `27/QĐ-UBND`, `40-KH/HU`, `84/2015/QH13`, `445/2013/QĐ-UBND`, `06/QĐTTg`, `340/BTNMT-TCQLĐĐ`.
pub(crate) fn symbol(passage: &Passage, at: usize) -> Option<(String, usize)> {
    let tokens = passage.tokens;
    let first = tokens.get(at)?;
    if !first.is_number() {
        return None;
    }
    let mut end = at + 1;
    let mut letters = false;
    let mut digits = 1;
    let mut slash = false;
    while let Some(token) = tokens.get(end) {
        let joint = token.is_mark(b'/') || token.is_mark(b'-') || token.is_mark(b'.') || token.is_mark(b'&');
        if !joint {
            break;
        }
        let Some(next) = tokens.get(end + 1) else { break };
        // `324/KH- UBND`, `48 /KH-UBND`: a space that slipped in.
        let loose = token.is_mark(b'.') || token.spaced && next.spaced;
        if loose && (token.is_mark(b'.') && next.spaced || token.spaced && next.spaced) {
            break;
        }
        let code = next.is_word() && (next.case != Case::Lower && is_code(passage.word(end + 1)));
        if next.spaced && !(code && (token.is_mark(b'-') || token.is_mark(b'/')) && letters) {
            break;
        }
        if code {
            letters = true;
        } else if next.is_number() && !next.spaced {
            digits += 1;
        } else {
            break;
        }
        slash |= token.is_mark(b'/');
        end += 2;
    }
    // `Nghị quyết số 72-NQTW`: a Party symbol that has lost its slash.
    let lost = || {
        let word = passage.word(at + 2);
        end == at + 3 && at > 0 && passage.lower(at - 1).as_str() == "số" && word.chars().count() >= 4 && is_capital(word)
    };
    if !letters || !slash && !lost() || digits > 3 {
        return None;
    }
    let number: String = passage
        .words(at..end)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '–' | '—' | '‐' | '‑') { '-' } else { c })
        .collect();
    Some((number, end))
}

fn is_capital(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

/// Whether a word is letters of a symbol: `KH`, `UBND`, `TTg`, `BCĐCĐS`, `QH13`, `CTr`.
fn is_code(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    letters > 0 && letters <= 14 && upper * 2 >= letters && word.chars().next().is_some_and(char::is_uppercase)
}

/// Reads what stands behind a symbol: date, issuer, title, in either order.
fn behind(passage: &Passage, mut found: Found) -> Found {
    let tokens = passage.tokens;
    let is = |at: usize, keyword: K| tokens.get(at).is_some_and(|token| token.is(keyword));
    let agencies = Agencies::new(passage.lexicon, tokens);
    let mut at = found.range.end;
    for _ in 0..3 {
        let comma = usize::from(is(at, K::Comma) && is(at + 1, K::Day));
        if found.date.is_none()
            && let Some((date, end)) = date_behind(passage, at + comma)
        {
            found.date = Some(date);
            found.range.end = end;
            at = end;
        } else if found.issuer.is_none()
            && is(at, K::Of)
            && let Some(end) = agencies.name(at + 1)
        {
            // A name does not take in the date or the title behind it, nor the next document:
            // `của Chính phủ và Chương trình hành động số 10-CTr/TU`.
            let joins = |at: usize| (is(at, K::And) || is(at, K::Comma)) && names_another(passage, at + 1);
            // `của Ban Chỉ đạo Chương trình phát triển lâm nghiệp bền vững tỉnh về …`: what a committee steers belongs to its name.
            let board = passage.lexicon.bodies.at(tokens, at + 1).is_some_and(|(_, body)| body.level == Some(BodyLevel::Board));
            let about = (end..tokens.len().min(end + 14)).take_while(|at| tokens[*at].is_word()).find(|at| is(*at, K::About));
            let end = about.filter(|_| board).unwrap_or(end);
            let end = (at + 1..end).find(|at| is(*at, K::Day) || is(*at, K::About) || joins(*at)).unwrap_or(end);
            found.issuer = Some(at + 1..end);
            found.range.end = end;
            at = end;
        } else {
            break;
        }
    }
    found.title = title(passage, at);
    found
}

/// `ngày 15/3/2022`, `ngày 28 tháng 6 năm 2019`, or the date alone.
fn date_behind(passage: &Passage, at: usize) -> Option<(Partial, usize)> {
    let bracket = usize::from(passage.tokens.get(at).is_some_and(|token| token.is_mark(b'(')));
    let (date, end) = date::spelled(passage, at + bracket).or_else(|| date::slashed(passage, at))?;
    (date.month.is_some() && date.year.is_some()).then_some((date, end))
}

/// Whether a document with its number begins at `at`: `Nghị quyết 30/2008/NQ-CP`.
fn names_another(passage: &Passage, at: usize) -> bool {
    passage.lexicon.type_names.at(passage.tokens, at).is_some_and(|(length, _)| {
        let next = at + length;
        let numbered = passage.tokens.get(next).is_some_and(|token| token.is(K::Number));
        symbol(passage, next + usize::from(numbered)).is_some()
    })
}

/// `, QUYẾT ĐỊNH:`: the type of the document itself, behind its grounds.
fn decides(passage: &Passage, at: usize) -> bool {
    let tokens = passage.tokens;
    passage.lexicon.type_names.at(tokens, at).is_some_and(|(length, _)| {
        tokens[at].case == Case::Upper && tokens.get(at + length).is_none_or(|token| token.is(K::Colon))
    })
}

/// What the document is about: `về …`, `ban hành …`, `phê duyệt …`, up to the end of the clause.
fn title(passage: &Passage, at: usize) -> Option<Range<usize>> {
    const OPENINGS: [&str; 10] = ["về", "ban", "phê", "quy", "thực", "triển", "hướng", "tăng", "sửa", "Kế"];
    let tokens = passage.tokens;
    let first = tokens.get(at)?;
    if !first.is_word() || !OPENINGS.contains(&passage.word(at)) {
        return None;
    }
    let mut start = at + usize::from(first.is(K::About));
    start += usize::from(tokens.get(start).is_some_and(|token| token.is(K::The)));
    let depth = passage.depth[at];
    let mut end = start;
    let mut quote = false;
    while let Some(token) = tokens.get(end) {
        if token.is_mark(b'"') {
            quote = !quote;
        }
        let stop = token.is_mark(b';') || token.is_mark(b')') && passage.depth[end] == depth || passage.ends_sentence(end);
        // `về bảo vệ, chăm sóc và nâng cao sức khỏe`: a first action alone is no title; its fellows follow.
        let clause = !quote
            && token.is_mark(b',')
            && end > start + 2
            && tokens.get(end + 1).is_some_and(|next| {
                passage.lexicon.actions.at(tokens, end + 1).is_some() && next.case == Case::Lower
                    || passage.lexicon.bodies.at(tokens, end + 1).is_some()
                    || decides(passage, end + 1)
                    // A title that names documents itself may name several.
                    || names_another(passage, end + 1) && !(start..end).any(|at| symbol(passage, at).is_some())
            });
        if stop || clause || end > start + 90 {
            break;
        }
        end += 1;
    }
    (end > start).then_some(start..end)
}

/// Marks names in quotation marks behind a type: `Đề án “… giai đoạn 2022 - 2025”`.
fn quoted_names(passage: &mut Passage) {
    let tokens = passage.tokens;
    let mut open = None;
    for at in 0..tokens.len() {
        if !tokens[at].is_mark(b'"') {
            continue;
        }
        match open {
            None => open = Some(at),
            Some(start) => {
                if at - start < 120 {
                    for quoted in &mut passage.quoted[start..=at] {
                        *quoted = true;
                    }
                }
                open = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::*;

    fn check(text: &str, wanted: &[&str]) {
        let shown: Vec<String> = with_passage(text, Role::Tasks, |passage| {
            let found = find(passage);
            found
                .iter()
                .map(|found| {
                    let kind = found.kind.map_or("?".to_owned(), |kind| passage.lexicon.types[kind].name.clone());
                    let date = found.date.and_then(Partial::iso).unwrap_or("-".into());
                    let issuer = found.issuer.clone().map_or("-", |range| passage.words(range));
                    let title =
                        if found.number.is_none() { found.title.clone().map_or("-", |range| passage.words(range)) } else { "" };
                    format!("{kind} {}{title} {date} {issuer}", found.number.as_deref().unwrap_or("")).trim().to_owned()
                })
                .collect()
        });
        assert_eq!(shown, wanted, "{text}");
    }

    #[test]
    fn state_and_party_symbols() {
        check(
            "Kế hoạch số 40-KH/HU ngày 27/7/2021 của Ban Thường vụ Huyện ủy về thực hiện",
            &["Kế hoạch 40-KH/HU 2021-07-27 Ban Thường vụ Huyện ủy"],
        );
        check("Quyết định số 27/QĐ-UBND của UBND tỉnh ngày 15/3/2022 ban hành", &["Quyết định 27/QĐ-UBND 2022-03-15 UBND tỉnh"]);
        check("Nghị quyết số 111-NQ/TU ngày 11 tháng 6 năm 2021 của Tỉnh ủy", &["Nghị quyết 111-NQ/TU 2021-06-11 Tỉnh ủy"]);
        check("Công văn 1942/UBND-NC ngày 17/4/2024", &["Công văn 1942/UBND-NC 2024-04-17 -"]);
        check(
            "Quyết định số 445/2013/QĐ-UBND ngày 13/9/2013 của UBND tỉnh",
            &["Quyết định 445/2013/QĐ-UBND 2013-09-13 UBND tỉnh"],
        );
    }

    #[test]
    fn a_document_named_behind_another_is_its_own() {
        check(
            "Nghị quyết số 71/NQ-CP ngày 01/5/2025 của Chính phủ và Chương trình hành động số 10-CTr/TU ngày 13/8/2025",
            &["Nghị quyết 71/NQ-CP 2025-05-01 Chính phủ", "Chương trình 10-CTr/TU 2025-08-13 -"],
        );
        let titles = |text: &str| -> Vec<String> {
            with_passage(text, Role::Preamble, |passage| {
                let found = find(passage);
                found.iter().filter_map(|found| found.title.clone()).map(|range| passage.words(range).to_owned()).collect()
            })
        };
        for (text, wanted) in [
            ("Quyết định số 16/2008/QĐ-TTg về hỗ trợ nhà ở, Nghị quyết 30/2008/NQ-CP của Chính phủ", vec!["hỗ trợ nhà ở"]),
            ("Tờ trình số 66/TTr-SNN ngày 29/4/2008 về quy hoạch rừng, QUYẾT ĐỊNH:", vec!["quy hoạch rừng"]),
            // Of several documents that a title names, all belong to it.
            (
                "Kế hoạch số 28/KH-UBND về thực hiện Nghị quyết số 71/NQ-CP, Nghị quyết số 57-NQ/TW",
                vec!["thực hiện Nghị quyết số 71/NQ-CP, Nghị quyết số 57-NQ/TW"],
            ),
        ] {
            assert_eq!(titles(text).first(), wanted.first().map(|title| (*title).to_owned()).as_ref(), "{text}");
        }
    }

    #[test]
    fn broken_symbols_are_kept_as_written() {
        check(
            "Quyết định số 06/QĐTTg ngày 06/01/2022 của Thủ tướng Chính phủ",
            &["Quyết định 06/QĐTTg 2022-01-06 Thủ tướng Chính phủ"],
        );
        check("Nghị quyết số 72-NQTW ngày 09/9/2025 của Bộ Chính trị", &["Nghị quyết 72-NQTW 2025-09-09 Bộ Chính trị"]);
        check("tuyến đường số 7-KCN dài 2 km", &[]);
        check("Đã ban hành số 324/KH- UBND ngày 13/7/2021 của UBND tỉnh", &["? 324/KH-UBND 2021-07-13 UBND tỉnh"]);
    }

    #[test]
    fn laws_and_projects_by_name() {
        check("Luật An toàn, vệ sinh lao động số 84/2015/QH13", &["Luật 84/2015/QH13 - -"]);
        check("các quy định của Luật Căn cước năm 2023", &["Luật Căn cước - -"]);
        check("triển khai Đề án 06 trên địa bàn", &["Đề án 06 - -"]);
    }

    #[test]
    fn what_is_no_reference() {
        for text in [
            "ban hành Kế hoạch năm 2024",
            "tỷ lệ 10/10 huyện",
            "Tổ công tác Đề án 06 huyện",
            "luật pháp, quy định",
            "báo cáo 6 tháng/năm",
            "đạt 25/25 dịch vụ",
        ] {
            check(text, &[]);
        }
    }
}
