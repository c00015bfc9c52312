//! References to other documents: type, number and symbol, date, issuer, title:
//! `Kế hoạch số 36-KH/HU ngày 09/6/2022 của Ban Thường vụ Huyện ủy về …`.
//!
//! State symbols are `48/KH-UBND`, Party symbols `111-NQ/TU`; laws carry `84/2015/QH13` or a name
//! only. A symbol that a wrap or a lost hyphen has broken (`09/QĐTTg`) is kept as written.

mod law;
mod symbol;
mod title;

use std::ops::Range;

use super::date::{self, Partial};
use super::passage::Passage;
use crate::agency::Agencies;
use crate::lexicon::BodyLevel;
use crate::words::{Case, Keyword as K, Token};
pub(crate) use symbol::symbol;

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
        let next = read(passage, at).or_else(|| further(passage, found.last()?, at));
        match next {
            Some(mut reference) => {
                // `các Quyết định số 12/QĐ-UBND, số 15/QĐ-UBND`: one type before several numbers, or else what the letters stand for.
                if reference.kind.is_none() {
                    let list = found.last().filter(|last| goes_on(passage, last, reference.range.start));
                    reference.kind =
                        list.and_then(|last| last.kind).or_else(|| kind_of_letters(passage, reference.number.as_deref()));
                }
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
    share_issuers(passage, &mut found);
    quoted_names(passage);
    found
}

/// The numbers of a list that share one type share its issuer: the one before the first (`các Nghị quyết của HĐND tỉnh: số 1, số 2`) or
/// behind the last (`Nghị định số 1 và số 2 của Chính phủ`).
fn share_issuers(passage: &Passage, found: &mut [Found]) {
    let mut first = 0;
    while first < found.len() {
        let shares = |at: usize, found: &[Found]| {
            let next = &found[at];
            passage.tokens[next.range.start].is_number()
                && next.kind == found[at - 1].kind
                && goes_on(passage, &found[at - 1], next.range.start)
        };
        let end = (first + 1..found.len()).find(|at| !shares(*at, found)).unwrap_or(found.len());
        let before = |one: &Found| {
            let issuer = one.issuer.clone()?;
            let number = (one.range.start..issuer.start).any(|at| passage.tokens[at].is_number());
            (!number).then_some(issuer)
        };
        let list = &mut found[first..end];
        let leading = list.first().and_then(before);
        let trailing = || list.last().and_then(|last| last.issuer.clone());
        let only = list.iter().filter(|one| one.issuer.is_some()).count() == 1;
        if let Some(issuer) = leading.or_else(trailing).filter(|_| only) {
            list.iter_mut().for_each(|one| one.issuer = Some(issuer.clone()));
        }
        first = end;
    }
}

/// Whether only a comma, `và` or `số` stands between a reference and `at`.
fn goes_on(passage: &Passage, last: &Found, at: usize) -> bool {
    let between = last.range.end..at;
    (1..=3).contains(&between.len())
        && between.clone().all(|at| {
            let token = &passage.tokens[at];
            token.is_any(&[K::Comma, K::And, K::Number, K::Semicolon, K::Colon])
        })
}

/// `Quyết định số 12/QĐ-UBND, 15/QĐ-UBND và 18/QĐ-UBND`: a number of a list whose type stands before it.
fn further(passage: &Passage, last: &Found, at: usize) -> Option<Found> {
    if last.number.is_none() {
        return law::further(passage, last, at);
    }
    if !passage.tokens[at].is_number() || !goes_on(passage, last, at) {
        return None;
    }
    let (number, end) = symbol(passage, at).or_else(|| symbol::shared(passage, at))?;
    let found = Found { range: at..end, kind: last.kind, number: Some(number), date: None, issuer: None, title: None };
    Some(behind(passage, found))
}

/// The type that a symbol's letters stand for: `418/QĐ-UBND` is a Quyết định.
fn kind_of_letters(passage: &Passage, number: Option<&str>) -> Option<usize> {
    let letters = number?.rsplit('/').next()?.split('-').next()?;
    passage.lexicon.types.iter().position(|known| known.codes.iter().any(|code| code == letters))
}

/// A reference that begins at `at`.
fn read(passage: &Passage, at: usize) -> Option<Found> {
    let tokens = passage.tokens;
    let token = &tokens[at];
    if token.is_number() && !preceded_by_type(passage, at) {
        // `Đã ban hành số 342/KH-UBND`: a symbol without a type.
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
    // `các Nghị quyết của HĐND tỉnh: số 12/NQ-HĐND, số 15/NQ-HĐND`.
    let mut issuer = None;
    if !numbered
        && tokens.get(next).is_some_and(|token| token.is(K::Of))
        && let Some(end) = Agencies::new(passage.lexicon, tokens).name(next + 1)
    {
        // `các Nghị định của Chính phủ số 07/2021/NĐ-CP`: `Chính phủ số` is no body where a number follows.
        let numbered = |at: &usize| tokens.get(*at).is_some_and(|token| token.is(K::Number)) && symbol(passage, at + 1).is_some();
        let end = (next + 2..=end).find(numbered).unwrap_or(end);
        let colon = usize::from(tokens.get(end).is_some_and(|token| token.is(K::Colon)));
        // `Hướng dẫn của Bộ Tài chính tại Công văn số 15/BTC-NS`: the number is that of another paper.
        let other = (next + 2..end).any(|at| passage.lexicon.type_names.at(tokens, at).is_some());
        if !other
            && tokens.get(end + colon).is_some_and(|token| token.is(K::Number))
            && symbol(passage, end + colon + 1).is_some()
        {
            issuer = Some(next + 1..end);
            next = end + colon + 1;
        }
    }
    // `các Quyết định: số 12/QĐ-UBND; số 15/QĐ-UBND`.
    if !numbered
        && tokens.get(next).is_some_and(|token| token.is(K::Colon))
        && tokens.get(next + 1).is_some_and(|token| token.is(K::Number))
    {
        next += 2;
    }
    next += usize::from(numbered && tokens.get(next).is_some_and(|token| token.is(K::Colon)));
    let short = || if numbered { symbol::shared(passage, next) } else { None };
    if let Some((number, end)) = symbol(passage, next).or_else(short) {
        return Some(behind(
            passage,
            Found { range: at..end, kind: Some(kind), number: Some(number), date: None, issuer, title: None },
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
        return law::law(passage, at, next, kind).or_else(|| law::first_of_several(passage, at, next, kind));
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
            // `của Chính phủ và Chương trình hành động số 12-CTr/TU`.
            let joins = |at: usize| (is(at, K::And) || is(at, K::Comma)) && names_another(passage, at + 1);
            // `của Ban Chỉ đạo Chương trình phát triển lâm nghiệp bền vững tỉnh về …`: what a committee steers belongs to its name.
            let board = passage.lexicon.bodies.at(tokens, at + 1).is_some_and(|(_, body)| body.level == Some(BodyLevel::Board));
            let about = (end..tokens.len().min(end + 14)).take_while(|at| tokens[*at].is_word()).find(|at| is(*at, K::About));
            // `Ban Chỉ đạo 35 Huyện ủy`: the number of a committee, and whose it is.
            let numbered = board && tokens.get(end).is_some_and(Token::is_number);
            let end = if numbered { agencies.name(end + 1).unwrap_or(end) } else { end };
            let end = about.filter(|_| board).unwrap_or(end);
            let start = at + 1;
            let over = |at: usize| {
                is(at, K::Day) || is(at, K::About) || joins(at) || at > start + 1 && title::opens_a_title(passage, at)
            };
            let end = (start..end).find(|at| over(*at)).unwrap_or(end);
            found.issuer = Some(at + 1..end);
            found.range.end = end;
            at = end;
        } else {
            break;
        }
    }
    found.title = title::title(passage, at);
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
            "Kế hoạch số 36-KH/HU ngày 09/6/2022 của Ban Thường vụ Huyện ủy về thực hiện",
            &["Kế hoạch 36-KH/HU 2022-06-09 Ban Thường vụ Huyện ủy"],
        );
        check("Quyết định số 27/QĐ-UBND của UBND tỉnh ngày 15/3/2022 ban hành", &["Quyết định 27/QĐ-UBND 2022-03-15 UBND tỉnh"]);
        check("Nghị quyết số 111-NQ/TU ngày 11 tháng 6 năm 2021 của Tỉnh ủy", &["Nghị quyết 111-NQ/TU 2021-06-11 Tỉnh ủy"]);
        check("Công văn 1942/UBND-NC ngày 17/4/2024", &["Công văn 1942/UBND-NC 2024-04-17 -"]);
        check(
            "Quyết định số 447/2013/QĐ-UBND ngày 13/9/2013 của UBND tỉnh",
            &["Quyết định 447/2013/QĐ-UBND 2013-09-13 UBND tỉnh"],
        );
    }

    #[test]
    fn a_document_named_behind_another_is_its_own() {
        check(
            "Nghị quyết số 84/NQ-CP ngày 02/7/2024 của Chính phủ và Chương trình hành động số 16-CTr/TU ngày 11/9/2024",
            &["Nghị quyết 84/NQ-CP 2024-07-02 Chính phủ", "Chương trình hành động 16-CTr/TU 2024-09-11 -"],
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
            "Quyết định số 09/QĐTTg ngày 06/01/2022 của Thủ tướng Chính phủ",
            &["Quyết định 09/QĐTTg 2022-01-06 Thủ tướng Chính phủ"],
        );
        check("Nghị quyết số 72-NQTW ngày 09/9/2025 của Bộ Chính trị", &["Nghị quyết 72-NQTW 2025-09-09 Bộ Chính trị"]);
        check("tuyến đường số 7-KCN dài 2 km", &[]);
        check("Đã ban hành số 342/KH- UBND ngày 13/7/2021 của UBND tỉnh", &["Kế hoạch 342/KH-UBND 2021-07-13 UBND tỉnh"]);
    }

    #[test]
    fn one_type_before_several_numbers() {
        check(
            "các Quyết định số 12/QĐ-UBND, số 15/QĐ-UBND ngày 03/4/2025 và 18/QĐ-UBND",
            &["Quyết định 12/QĐ-UBND - -", "Quyết định 15/QĐ-UBND 2025-04-03 -", "Quyết định 18/QĐ-UBND - -"],
        );
        // Only the last number has its letters.
        check(
            "Kế hoạch số 21, 22 và 23/KH-UBND ngày 08/01/2026 của UBND tỉnh",
            &["Kế hoạch 21/KH-UBND - UBND tỉnh", "Kế hoạch 22/KH-UBND - UBND tỉnh", "Kế hoạch 23/KH-UBND 2026-01-08 UBND tỉnh"],
        );
        check(
            "Nghị định số 10, 11/2025/NĐ-CP; Nghị quyết số 6, 8-NQ/TU",
            &["Nghị định 10/2025/NĐ-CP - -", "Nghị định 11/2025/NĐ-CP - -", "Nghị quyết 6-NQ/TU - -", "Nghị quyết 8-NQ/TU - -"],
        );
        check("Kế hoạch số 20-KH/BCĐ 57 ngày 12/3/2025", &["Kế hoạch 20-KH/BCĐ57 2025-03-12 -"]);
        check("Thông báo kết luận số 31-TB/TW", &["Thông báo kết luận 31-TB/TW - -"]);
        check("Chương trình hành động số 5-CTr/HU", &["Chương trình hành động 5-CTr/HU - -"]);
        check("Kế hoạch số 9-KH/BCĐ của Ban Chỉ đạo 35 Huyện ủy", &["Kế hoạch 9-KH/BCĐ - Ban Chỉ đạo 35 Huyện ủy"]);
        check("Quyết định số 7/QĐ-UBND của UBND huyện Quy định mức thu", &["Quyết định 7/QĐ-UBND - UBND huyện"]);
        check("đạt 12/15 xã, 8/10 trường", &[]);
    }

    #[test]
    fn one_issuer_of_several_numbers() {
        check(
            "các Nghị quyết của UBND tỉnh: số 12/NQ-UBND ngày 09/12/2024, số 15/NQ-UBND",
            &["Nghị quyết 12/NQ-UBND 2024-12-09 UBND tỉnh", "Nghị quyết 15/NQ-UBND - UBND tỉnh"],
        );
        check(
            "các Quyết định số 3/QĐ-UBND, 4/QĐ-UBND và 5/QĐ-UBND của UBND huyện",
            &["Quyết định 3/QĐ-UBND - UBND huyện", "Quyết định 4/QĐ-UBND - UBND huyện", "Quyết định 5/QĐ-UBND - UBND huyện"],
        );
        check(
            "các Nghị định của Chính phủ số 7/2021/NĐ-CP ngày 27/01/2021; số 30/2025/NĐ-CP",
            &["Nghị định 7/2021/NĐ-CP 2021-01-27 Chính phủ", "Nghị định 30/2025/NĐ-CP - Chính phủ"],
        );
        // Each with its own type: the issuer is the last one's.
        check(
            "Quyết định số 3/QĐ-UBND, Kế hoạch số 4/KH-UBND của UBND huyện",
            &["Quyết định 3/QĐ-UBND - -", "Kế hoạch 4/KH-UBND - UBND huyện"],
        );
    }

    #[test]
    fn laws_and_projects_by_name() {
        check("Luật An toàn, vệ sinh lao động số 84/2015/QH13", &["Luật 84/2015/QH13 - -"]);
        check("các quy định của Luật Căn cước năm 2023", &["Luật Căn cước 2023 -"]);
        check("Luật Chuyển đổi số và Luật Thi đua, khen thưởng", &["Luật Chuyển đổi số - -", "Luật Thi đua, khen thưởng - -"]);
        check("Luật Đầu tư theo phương thức đối tác công tư quy định", &["Luật Đầu tư theo phương thức đối tác công tư - -"]);
        check("theo Hướng dẫn của Bộ Tài chính tại Công văn số 15/BTC-NS ngày 03/4/2026", &["Công văn 15/BTC-NS 2026-04-03 -"]);
        check(
            "các Luật: Đầu tư ngày 17/6/2020; Phòng, chống ma túy ngày 30/3/2021 và Thanh niên",
            &["Luật Đầu tư 2020-06-17 -", "Luật Phòng, chống ma túy 2021-03-30 -", "Luật Thanh niên - -"],
        );
        check("Hiến pháp năm 2013 quy định", &["Hiến pháp Hiến pháp 2013 -"]);
        check(
            "Luật sửa đổi, bổ sung một số điều của 12 luật về đất ngày 21/11/2019;",
            &["Luật sửa đổi, bổ sung một số điều của 12 luật về đất 2019-11-21 -"],
        );
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
