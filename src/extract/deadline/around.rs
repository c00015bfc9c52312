//! Whether a time is a deadline, which the words around it tell: the stage inside a title (`Đề án … giai đoạn 2021-2030`) and the day of
//! what is past are none.

use std::ops::Range;

use jiff::civil::Date;

use super::{Found, Reader};
use crate::extract::passage::Role;
use crate::grammar::time::Shape;
use crate::words::{Case, Keyword as K, Token};

/// A time that began so many years before the paper's is that of an anniversary.
const ANNIVERSARY: i16 = 15;

impl Reader<'_> {
    /// Whether what was read is a deadline where it stands.
    pub(super) fn accepts(&self, found: &Found) -> bool {
        if self.frame.column {
            return true;
        }
        let start = found.range.start;
        let dated = matches!(found.shape, Shape::Before | Shape::By);
        match self.passage.role {
            Role::Results if !dated => return self.ends_with("expected", start).is_some() && found.shape != Shape::Rhythm,
            // `Hằng năm giảm 5% số vụ` says how often; `kế hoạch hằng năm` does not.
            Role::Purpose | Role::Budget if found.recurrence.as_ref().is_some_and(|recurrence| recurrence.rule.is_none()) => {
                // `…; hằng tháng có kiểm điểm`.
                let own = start == 0 || self.passage.tokens[start - 1].is_mark(b';') || self.passage.ends_sentence(start - 1);
                return self.passage.role == Role::Purpose && own;
            }
            _ => {}
        }
        if self.ends_with("measured-at", start).is_some() && !dated || self.dates_a_thing(found) {
            return false;
        }
        // `trước, trong và sau Tết`: a time of work that is one with those before it.
        let joins = || start > 0 && (self.is(start - 1, K::And) || self.is(start - 1, K::Comma) && !self.opens_clause(start));
        if found.shape == Shape::Event && self.word("season", start + 1).is_some() && joins() {
            return false;
        }
        // `bình quân mỗi năm giải quyết việc làm cho 6.000 lao động`: what is aimed at is a mean.
        if self.passage.role == Role::Aims && found.shape == Shape::Rhythm && self.ends_with("mean", start).is_some() {
            return false;
        }
        // `dư nợ tại thời điểm 31/12/2024`: how things were.
        if self.word("as-of", start).is_some() && found.to.zip(self.frame.issued).is_some_and(|(to, issued)| to < issued) {
            return false;
        }
        // `từ 3,4% cuối năm 2025 xuống còn 2%`: a year before the paper's own is no time by which something is wanted.
        let before = |to: Date| self.frame.issued.is_some_and(|issued| to.year() < issued.year());
        if self.passage.role == Role::Aims && found.from.is_none() && found.to.is_some_and(before) {
            return false;
        }
        if let Some(recurrence) = &found.recurrence {
            return recurrence.rule.is_some() || self.adverbial(found);
        }
        // `vào cuối năm 2027`, `trong giai đoạn 2026-2030` say when, and are no part of a name.
        let within = self.is(start, K::InTime) || self.is(start, K::Into);
        let loose = matches!(found.shape, Shape::Stage | Shape::Until | Shape::Between | Shape::Since) && !within;
        let outlook = self.ends_with("outlook", start).is_some();
        // `đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2031 - 2036`: a term of office is part of a name.
        if found.shape == Shape::Stage && !within && start > 0 && self.word("term-of-office", start).is_some() {
            return false;
        }
        // `80 năm ngày Tổng tuyển cử (06/01/1946 - 06/01/2026)`: an anniversary.
        let past = |from: Date| self.frame.issued.is_some_and(|issued| from.year() + ANNIVERSARY < issued.year());
        if found.from.is_some_and(past) {
            return false;
        }
        !(loose && (self.in_title(start) || outlook) || found.shape == Shape::Stage && !within && self.in_small_name(start))
    }

    /// Whether a time says when something else was, and not when work is due: `dự án đã giao đất trước ngày 01/7/2014`, `trẻ sinh trước
    /// ngày 01/01/2019`. A deadline that was left over from last year's plan, `báo cáo trước ngày 31/12/2023`, is one all the same.
    fn dates_a_thing(&self, found: &Found) -> bool {
        let (passage, Range { start, end }) = (self.passage, found.range.clone());
        if found.recurrence.is_some() {
            return false;
        }
        let opens = |at: &usize| {
            let token = &passage.tokens[*at];
            self.parts(*at) || token.is_mark(b'(') || token.is(K::Comma)
        };
        let clause = (0..start).rev().find(opens).map_or(0, |at| at + 1);
        // `được phê duyệt trước ngày 31/12/2023 nay tiếp tục thi công`.
        let comma = usize::from(self.is(end, K::Comma));
        let now = self.word("still", end + comma).is_some();
        // `khám cho học sinh từ tháng 10` is work; `trẻ sinh trước ngày` says which children.
        let states = found.shape == Shape::Before && self.ends_with("born-before", start).is_some();
        // `Mốc kiểm tra: từ ngày 01/01/2022 đến ngày 31/12/2023`: the time that is looked at.
        let looked_at = clause > 1 && self.is(clause - 1, K::Colon) && clause == start && found.from.is_some() && {
            let line = (0..clause - 1).rev().find(|at| opens(at)).map_or(0, |at| at + 1);
            self.word("looked-at", line).is_some()
        };
        if now || states || looked_at {
            return true;
        }
        let (Some(year), Some(to)) = (self.frame.year, found.to) else { return false };
        let done = (clause.max(start.saturating_sub(6))..start).any(|at| self.is(at, K::Already));
        done && to.year() < year
    }

    /// Whether the comma before `start` parts more than one word from what stands before it: `trước, trong` does not.
    fn opens_clause(&self, start: usize) -> bool {
        start >= 3 && self.passage.tokens[start - 2].is_word() && self.word("before", start - 2).is_none()
    }

    /// `kế hoạch đầu tư công trung hạn giai đoạn 2026 - 2030`, written small: the stage belongs to the name.
    fn in_small_name(&self, start: usize) -> bool {
        const LONGEST: usize = 24;
        let tokens = self.passage.tokens;
        for at in (start.saturating_sub(LONGEST)..start).rev() {
            // `chính sách hỗ trợ đào tạo, bồi dưỡng cán bộ giai đoạn …`.
            if !tokens[at].is_word() && !tokens[at].is(K::Comma) || self.word("carried-out", at).is_some() {
                return false;
            }
            if self.word("named-thing", at).is_some() {
                return true;
            }
        }
        false
    }

    /// Whether a name of a document stands before, in the same clause: `Đề án … giai đoạn 2021-2030`.
    pub(super) fn in_title(&self, start: usize) -> bool {
        let tokens = self.passage.tokens;
        for at in (0..start).rev() {
            let token = &tokens[at];
            if self.parts(at) {
                return false;
            }
            // `theo Công văn số …, hoàn thành đến hết năm 2023`: a new step behind a comma.
            let steps = token.is_mark(b',') && self.passage.depth[at] == 0 && self.word("new-step", at + 1).is_some();
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
        if self.word("periodic", start).is_some() {
            return true;
        }
        let begins = start == 0 || self.parts(start - 1) || self.is(start - 1, K::Comma);
        let verb = tokens.get(end).is_some_and(Token::is_lower_word) && self.passage.lexicon.actions.at(tokens, end).is_some();
        let comma = self.is(end, K::Comma) && begins;
        let numbered = tokens[start].is_number();
        // `Công bố chỉ số giá xây dựng hằng quý.`: work that ends with how often it is done.
        let ends = tokens.get(end).is_none_or(|token| {
            token.is_mark(b'.')
                || token.is_mark(b';')
                || token.is_mark(b',')
                || token.is_mark(b'(')
                || self.word("purpose", end).is_some()
        });
        let clause =
            (0..start).rev().find(|at| tokens[*at].is_mark(b';') || self.passage.ends_sentence(*at)).map_or(0, |at| at + 1);
        let working = self.passage.lexicon.actions.at(tokens, clause).is_some()
            || crate::agency::Agencies::new(self.passage.lexicon, tokens).begins(clause);
        let named = self.ends_with("recurring-name", start).is_some();
        if ends && working && !named && self.passage.role == Role::Tasks {
            return true;
        }
        if self.word("described", end).is_some() {
            return false;
        }
        verb || comma || begins && !self.is(end, K::Of) || numbered
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Frame, find};
    use crate::extract::passage::Role;
    use crate::extract::passage::tests::with_passage;

    fn deadlines(text: &str) -> usize {
        with_passage(text, Role::Tasks, |passage| {
            find(passage, Frame { year: Some(2024), column: false, ..Frame::default() }).len()
        })
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
