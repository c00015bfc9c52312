//! Whether a time is a deadline, which the words around it tell: the stage inside a title (`Đề án … giai đoạn 2021-2030`) and the day of
//! what is past are none.

use std::ops::Range;

use super::{Found, Reader};
use crate::extract::passage::Role;
use crate::words::{Case, Keyword as K, Token};

/// What a day before it tells of: whom or what a task is for. `xây dựng trước ngày` alone is work.
const STATES: [&str; 14] = [
    "trẻ sinh",
    "em sinh",
    "người sinh",
    "cháu sinh",
    "con sinh",
    "hợp đồng ký kết",
    "hợp đồng đã ký",
    "có bằng cấp",
    "có chứng chỉ",
    "nhà ở xây dựng",
    "nhà xây dựng",
    "phương tiện đăng ký",
    "xe đăng ký",
    "xe mô tô đăng ký",
];

impl Reader<'_> {
    /// Whether what was read is a deadline where it stands.
    pub(super) fn accepts(&self, found: &Found) -> bool {
        if self.frame.column {
            return true;
        }
        let tokens = self.passage.tokens;
        let start = found.range.start;
        let first = &tokens[start];
        let dated = first.is(K::Before) || first.is(K::Late) || first.is(K::Latest);
        match self.passage.role {
            Role::Results if !dated => return self.expected(start),
            Role::Purpose | Role::Budget if found.recurrence.as_ref().is_some_and(|recurrence| recurrence.rule.is_none()) => {
                return false;
            }
            _ => {}
        }
        if self.past(start) && !dated || self.dates_a_thing(found) {
            return false;
        }
        if let Some(recurrence) = &found.recurrence {
            return recurrence.rule.is_some() || self.adverbial(found);
        }
        let loose = first.is(K::Stage)
            || first.is(K::To)
            || first.is(K::End)
            || first.is(K::Reach)
            || first.is(K::From) && found.to.is_some();
        let orientation = start >= 2
            && matches!(
                (self.passage.word(start - 2), self.passage.word(start - 1)),
                ("định", "hướng") | ("tầm", "nhìn") | ("Định", "hướng") | ("Tầm", "nhìn")
            );
        !(loose && (self.in_title(start) || orientation))
    }

    /// `dự kiến trong tháng 7`: what a report still expects.
    fn expected(&self, start: usize) -> bool {
        start >= 2 && self.passage.lower(start - 2) == "dự" && self.passage.word(start - 1) == "kiến"
    }

    /// `so với`, `cùng kỳ`, `tính đến`: a time that a number is measured at.
    fn past(&self, start: usize) -> bool {
        let before = |back: usize| self.passage.lower(start.checked_sub(back).unwrap_or(usize::MAX));
        matches!(before(1).as_str(), "tính" | "kỳ" | "với" | "đã") || before(1) == "kế" && before(2) == "lũy"
    }

    /// Whether a time tells when something else was, and not when work is due: `dự án đã giao đất trước ngày 01/7/2014`, `trẻ sinh trước
    /// ngày 01/01/2019`. A deadline that was left over from last year's plan, `báo cáo trước ngày 31/12/2023`, is one all the same.
    fn dates_a_thing(&self, found: &Found) -> bool {
        let (passage, Range { start, end }) = (self.passage, found.range.clone());
        if found.recurrence.is_some() {
            return false;
        }
        let opens = |at: &usize| {
            let token = &passage.tokens[*at];
            token.is_mark(b';') || token.is_mark(b':') || token.is_mark(b'(') || token.is(K::Comma) || passage.ends_sentence(*at)
        };
        let clause = (0..start).rev().find(opens).map_or(0, |at| at + 1);
        let said = passage.words(clause..start).to_lowercase();
        let words: Vec<&str> = said.split_whitespace().collect();
        // `được phê duyệt trước ngày 31/12/2023 nay tiếp tục thi công`.
        let comma = usize::from(passage.tokens.get(end).is_some_and(|token| token.is(K::Comma)));
        let now = passage.lower(end + comma).as_str() == "nay";
        // `khám cho học sinh từ tháng 10` is work; `trẻ sinh trước ngày` is of whom.
        let states = passage.tokens[start].is(K::Before)
            && STATES.iter().any(|state| said.strip_suffix(state).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')));
        // `Mốc kiểm tra: từ ngày 01/01/2022 đến ngày 31/12/2023`: the time that is looked at.
        let looked_at = clause > 1 && passage.tokens[clause - 1].is_mark(b':') && clause == start && {
            let line = (0..clause - 1).rev().find(|at| opens(at)).map_or(0, |at| at + 1);
            matches!(passage.lower(line).as_str(), "mốc" | "niên") && found.from.is_some()
        };
        if now || states || looked_at {
            return true;
        }
        let (Some(year), Some(to)) = (self.frame.year, found.to) else { return false };
        let done = words.iter().rposition(|word| *word == "đã").is_some_and(|at| words.len() - at <= 6);
        done && to.year() < year
    }

    /// Whether a name of a document stands before, in the same clause: `Đề án … giai đoạn 2021-2030`.
    pub(super) fn in_title(&self, start: usize) -> bool {
        let tokens = self.passage.tokens;
        let mut at = start;
        while at > 0 {
            at -= 1;
            let token = &tokens[at];
            if token.is_mark(b';') || token.is_mark(b':') || self.passage.ends_sentence(at) {
                return false;
            }
            // `theo Công văn số …, hoàn thành đến hết năm 2023`: a new step behind a comma.
            let steps = token.is_mark(b',')
                && self.passage.depth[at] == 0
                && matches!(
                    (self.passage.word(at + 1), self.passage.word(at + 2)),
                    ("hoàn", "thành")
                        | ("thời", "gian")
                        | ("thực", "hiện")
                        | ("báo", "cáo")
                        | ("xong", _)
                        | ("định", "kỳ")
                        | ("tiến", "độ")
                );
            // A document that is quoted with its number is told to the end: what follows is the work's own time.
            if steps || self.passage.quoted[at] && token.is_number() {
                return false;
            }
            // `Phòng Tài chính - Kế hoạch` is an agency.
            let in_name = at > 0 && tokens[at - 1].is_any(&[K::Hyphen, K::And]);
            let begins = token.case != Case::Lower && token.is_word() && at > 0 && !in_name;
            if begins && self.passage.lexicon.type_names.at(tokens, at).is_some() {
                return true;
            }
        }
        false
    }

    /// Whether `hằng quý` says when: `hằng quý tổng hợp`, not `kế hoạch hằng năm của tỉnh`.
    fn adverbial(&self, found: &Found) -> bool {
        let tokens = self.passage.tokens;
        let Range { start, end } = found.range;
        if tokens[start].is(K::Period) {
            return true;
        }
        let begins = start == 0
            || tokens[start - 1].is_mark(b';')
            || tokens[start - 1].is_mark(b'.')
            || tokens[start - 1].is_mark(b':')
            || tokens[start - 1].is_mark(b',');
        let verb = tokens.get(end).is_some_and(Token::is_lower_word) && self.passage.lexicon.actions.at(tokens, end).is_some();
        let comma = tokens.get(end).is_some_and(|token| token.is_mark(b',')) && begins;
        let numbered = tokens[start].is_number();
        // `Công bố chỉ số giá xây dựng hằng quý.`: work that ends with how often it is done.
        let ends = tokens
            .get(end)
            .is_none_or(|token| token.is_mark(b'.') || token.is_mark(b';') || token.is_mark(b',') || token.is_mark(b'('));
        let clause =
            (0..start).rev().find(|at| tokens[*at].is_mark(b';') || self.passage.ends_sentence(*at)).map_or(0, |at| at + 1);
        let working = self.passage.lexicon.actions.at(tokens, clause).is_some()
            || crate::agency::Agencies::new(self.passage.lexicon, tokens).begins(clause);
        let before = (self.passage.word(start.wrapping_sub(2)), self.passage.word(start.wrapping_sub(1)));
        let named = matches!(
            before,
            ("kế" | "Kế", "hoạch")
                | ("dự", "toán")
                | ("thường", "xuyên")
                | ("chương" | "Chương", "trình")
                | (_, "kỳ")
                | ("báo", "cáo")
        );
        if ends && working && !named && self.passage.role == Role::Tasks {
            return true;
        }
        verb || comma || begins && !tokens.get(end).is_some_and(|token| token.is(K::Of)) || numbered
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Frame, find};
    use crate::extract::passage::Role;
    use crate::extract::passage::tests::with_passage;

    fn deadlines(text: &str) -> usize {
        with_passage(text, Role::Tasks, |passage| find(passage, Frame { year: Some(2024), column: false }).len())
    }

    #[test]
    fn days_of_things_are_no_deadlines() {
        for text in [
            "Thu hồi các dự án đã giao đất trước ngày 01/7/2014 mà chưa sử dụng.",
            "Rà soát nhà ở xây dựng trước năm 1994.",
            "Tiêm bù cho trẻ sinh trước ngày 01/01/2019.",
            "Dự án được phê duyệt trước ngày 31/12/2023 nay tiếp tục thi công.",
            "Mốc kiểm tra: từ ngày 01/01/2022 đến ngày 31/12/2023.",
        ] {
            assert_eq!(deadlines(text), 0, "{text}");
        }
    }

    #[test]
    fn deadlines_beside_such_words() {
        for text in [
            "Khám sức khỏe cho học sinh từ tháng 10 đến tháng 12 năm 2024.",
            "Hoàn thành các nhiệm vụ đã giao trước ngày 30/6/2024.",
            "Sở Y tế báo cáo trước ngày 31/12/2023.",
            "Cấp thẻ cho học sinh trước ngày 30/9/2024.",
            "Cấp chứng chỉ trước ngày 15/12/2024.",
            "Kiểm tra vệ sinh trước ngày 15/6/2019.",
        ] {
            assert_eq!(deadlines(text), 1, "{text}");
        }
    }
}
