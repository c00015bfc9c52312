//! The time that a document covers: told by its title, else by its body.

use jiff::civil::Date;

use super::super::date;
use super::super::deadline::Frame;
use super::super::passage::Role;
use super::{Cut, View};
use crate::lexicon::Lexicon;
use crate::record::Period;
use crate::text::Span;
use crate::words::{Keyword as K, Token, fold};

/// The time that a title speaks of: `năm 2024`, `6 tháng đầu năm 2024`, `giai đoạn 2021-2025`, `quý I năm 2024`.
pub(super) fn period(lexicon: &Lexicon, title: &str) -> Option<Period> {
    let cut = Cut::new(lexicon, title, Span::new(0, title.len()));
    let mut passage = cut.passage();
    passage.role = Role::Tasks;
    let tokens = &cut.tokens;
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let covers = |from: Option<Date>, to: Option<Date>| Some(Period { from: day(from), to: day(to) });
    let frame = Frame { column: true, ..Frame::default() };
    // A year that is told once holds for all of the title: `9 tháng, nhiệm vụ quý IV năm 2024`.
    let years: Vec<i16> =
        (0..tokens.len()).filter(|at| !reference_number(tokens, *at)).filter_map(|at| date::year(passage.word(at))).collect();
    // `thực hiện Kết luận số 213-KL/TW ngày 21 tháng 11 năm 2025`: the day of another document is no period.
    let mut dated = 0;
    for at in 0..tokens.len() {
        let is = |at: usize, keyword: K| tokens.get(at).is_some_and(|token| token.is(keyword));
        if is(at, K::Day)
            && let Some((_, end)) = date::spelled(&passage, at).filter(|(date, _)| date.day.is_some())
        {
            dated = end;
        }
        if at < dated {
            continue;
        }
        // `thời kỳ 2021-2030, tầm nhìn đến năm 2045`: two years are a stage under any name but a school year's.
        let school = (at.saturating_sub(2)..at).any(|before| tokens[before].is(K::Year)) || at > 0 && !tokens[at - 1].is_word();
        if !school
            && is(at + 1, K::Hyphen)
            && let (Some(first), Some(last)) = (date::year(passage.word(at)), date::year(passage.word(at + 2)))
            && first < last
        {
            return covers(Date::new(first, 1, 1).ok(), Date::new(last, 12, 31).ok());
        }
        if is(at, K::Stage) && is(at + 1, K::StageEnd) || is(at, K::From) {
            let found = super::super::deadline::find_at(&passage, frame, at);
            if let Some(found) = found {
                return covers(found.from, found.to);
            }
        }
        let number = tokens[at].is_number() && is(at + 1, K::Month);
        let quarter = is(at, K::Quarter) && date::quarter_number(passage.word(at + 1)).is_some();
        if number || quarter {
            let frame = Frame { year: years.first().copied(), column: true, ..Frame::default() };
            if let Some(found) = super::super::deadline::calendar_at(&passage, frame, at) {
                return covers(found.0, found.1);
            }
            // `9 tháng năm 2024`.
            if number
                && let (Ok(months), Some(year)) = (passage.word(at).parse::<i8>(), years.first())
                && (1..=11).contains(&months)
            {
                return covers(Date::new(*year, 1, 1).ok(), Date::new(*year, months, 1).ok().map(Date::last_of_month));
            }
        }
        if is(at, K::Month)
            && let Some((date, _)) = date::spelled(&passage, at).filter(|(date, _)| date.month.is_some() && date.year.is_some())
        {
            return covers(date.first(), date.last());
        }
        // `những tháng cuối năm 2025`: from when is not said.
        if is(at, K::Month)
            && is(at + 1, K::Last)
            && is(at + 2, K::Year)
            && let Some(year) = date::year(passage.word(at + 3))
        {
            return covers(None, Date::new(year, 12, 31).ok());
        }
        let to_year = is(at, K::To) && (is(at + 1, K::Year) || is(at + 1, K::End));
        if to_year
            && let Some((_, to)) = super::super::deadline::calendar_at(&passage, frame, at + 1 + usize::from(is(at + 1, K::End)))
        {
            return covers(None, to);
        }
        if is(at, K::Year)
            && let Some(year) = date::year(passage.word(at + 1))
        {
            let first = Date::new(year, 1, 1).ok();
            // `năm học 2023-2024` is no calendar year; `2022 và các năm tiếp theo` is open.
            let joined = is(at + 2, K::Hyphen).then(|| date::year(passage.word(at + 3))).flatten();
            if let Some(last) = joined {
                return covers(first, Date::new(last, 12, 31).ok());
            }
            let open = is(at + 2, K::And) && (is(at + 3, K::Plural) || is(at + 3, K::Some));
            return covers(first, if open { None } else { Date::new(year, 12, 31).ok() });
        }
    }
    let year = named_year(&passage, tokens).filter(|year| years == [*year])?;
    covers(Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok())
}

/// How many words a year's name has: of one it is another kind of year, `năm học 2025`.
const NAME_OF_YEAR: std::ops::RangeInclusive<usize> = 2..=8;

/// The year that bears a name: `Năm An toàn … 2023`.
fn named_year(passage: &super::super::passage::Passage, tokens: &[Token]) -> Option<i16> {
    (0..tokens.len()).filter(|at| tokens[*at].is(K::Year)).find_map(|at| {
        let words = tokens[at + 1..].iter().take_while(|token| token.is_word()).count();
        // `Năm An toàn … - 2023`.
        let dash = tokens.get(at + 1 + words).is_some_and(|token| token.is(K::Hyphen));
        let after = at + 1 + words + usize::from(dash);
        let is_name = NAME_OF_YEAR.contains(&words) && tokens.get(after).is_some_and(Token::is_number);
        date::year(passage.word(after)).filter(|_| is_name)
    })
}

/// Whether the number at `at` belongs to a symbol or a date: `84/2015/QH13`, `ngày 5/7/2022`.
fn reference_number(tokens: &[Token], at: usize) -> bool {
    let glued = |token: Option<&Token>| token.is_some_and(|token| token.is_mark(b'/'));
    glued(tokens.get(at + 1)) || at > 0 && glued(tokens.get(at - 1))
}

/// `Thời gian thực hiện: từ tháng 9 năm 2025 đến tháng 5 năm 2026` in the body.
pub(super) fn period_of_body(view: &View) -> Option<Period> {
    let (lexicon, text) = (view.lexicon, view.text);
    for block in view.blocks().iter().take(60) {
        let words = block.span.slice(text).unwrap_or_default();
        let labelled = fold(words.get(..60.min(words.len())).unwrap_or_default()).contains("thời gian thực hiện");
        let titled = block.section.is_some_and(|section| {
            fold(view.document.sections[section].title.slice(text).unwrap_or_default()).contains("thời gian")
        });
        if !(labelled || titled) || words.len() > 400 {
            continue;
        }
        let cut = Cut::new(lexicon, text, block.span);
        let mut passage = cut.passage();
        passage.role = Role::Tasks;
        let found = super::super::deadline::find(&passage, Frame::default())
            .into_iter()
            .find(|found| found.from.is_some() && found.to.is_some());
        if let Some(found) = found {
            return Some(Period { from: found.from.map(|date| date.to_string()), to: found.to.map(|date| date.to_string()) });
        }
    }
    None
}

/// The time of a file without a title whose parts are papers: `F1. KẾ HOẠCH TOÀN HUYỆN`, `F2. KẾ HOẠCH THEO ĐỊA BÀN NĂM 2027`. All
/// that tell one tell the same.
pub(super) fn period_of_parts(view: &View) -> Option<Period> {
    let (lexicon, text) = (view.lexicon, view.text);
    let mut told: Option<Period> = None;
    for title in view.document.sections.iter().filter(|section| section.parent.is_none()).map(|section| section.title) {
        let cut = Cut::new(lexicon, text, title);
        if lexicon.type_names.at(&cut.tokens, 0).is_none() {
            continue;
        }
        let own = title.slice(text).and_then(|words| period(lexicon, words));
        match (&told, own) {
            (Some(known), Some(own)) if *known != own => return None,
            (_, Some(own)) => told = Some(own),
            _ => {}
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_tells_the_time_that_it_covers() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        for (title, wanted) in [
            ("Phát triển rừng thời kỳ 2021-2030, tầm nhìn đến năm 2045", Some("2021-01-01 2030-12-31")),
            ("Phát triển rừng 2026 - 2030", Some("2026-01-01 2030-12-31")),
            ("Phát triển rừng giai đoạn 2026-2030", Some("2026-01-01 2030-12-31")),
            ("Kế hoạch Năm An toàn thực phẩm 2023 trên địa bàn tỉnh", Some("2023-01-01 2023-12-31")),
            ("“Năm Dân vận khéo - 2026”", Some("2026-01-01 2026-12-31")),
            // A school year is no calendar year.
            ("Triển khai y tế trường học năm học 2025", None),
            ("Triển khai y tế trường học năm học 2025 - 2026", None),
            ("Triển khai y tế trường học", None),
        ] {
            let told = period(&lexicon, title)
                .map(|found| format!("{} {}", found.from.unwrap_or_default(), found.to.unwrap_or_default()));
            assert_eq!(told.as_deref(), wanted, "{title}");
        }
    }
}
