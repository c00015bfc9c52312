//! Years beside wanted values: `Năm 2026 đạt 60%, năm 2027 đạt 65%`, `Năm 2025, phấn đấu đón 3.000 lượt khách`.

use std::ops::Range;

use jiff::civil::Date;

use super::{Found, Reader};
use crate::extract::date;
use crate::extract::passage::Role;
use crate::grammar::time::Shape;
use crate::words::{Keyword as K, Token};

impl Reader<'_> {
    /// The years that say when a value beside them is wanted.
    ///
    /// A year before the document's, behind a noun that it belongs to (`dự toán năm 2025`), or against which a change is measured says nothing.
    pub(super) fn years_with_values(&self, found: &[Found]) -> Vec<Found> {
        let tokens = self.passage.tokens;
        (0..tokens.len())
            .filter(|at| self.is(*at, K::Year) && !self.passage.quoted[*at] && self.passage.depth[*at] == 0)
            .filter(|at| self.ends_with("year-edge", *at).is_none())
            .filter_map(|at| {
                let year = date::year(self.passage.word(at + 1))?;
                let other = found.iter().any(|found| found.range.contains(&at));
                let past = self.frame.year.is_some_and(|own| year < own);
                let told = self.opens_a_value(at) || self.is_reached(at) || self.closes_a_share(at);
                let day = |month, day| Date::new(year, month, day).ok();
                (told && !other && !past).then(|| Found {
                    range: at..at + 2,
                    from: day(1, 1),
                    to: day(12, 31),
                    exclusive: false,
                    recurrence: None,
                    shape: Shape::Bare,
                    offset: None,
                })
            })
            .collect()
    }

    /// Whether a number other than a year stands in the range.
    fn has_value(&self, mut range: Range<usize>) -> bool {
        range.any(|at| {
            let token = &self.passage.tokens[at];
            token.is_number() && date::year(self.passage.word(at)).is_none() && !self.passage.quoted[at]
        })
    }

    fn clause_end(&self, at: usize) -> usize {
        (at..self.passage.tokens.len())
            .find(|at| self.passage.ends_sentence(*at) || self.passage.tokens[*at].is_mark(b';'))
            .unwrap_or(self.passage.tokens.len())
    }

    /// `Năm 2025, phấn đấu đón …`: the year opens the clause of a value.
    fn opens_a_value(&self, at: usize) -> bool {
        let opens = at == 0 || self.parts(at - 1) || self.ends_with("value-lead", at).is_some();
        let next = at + 2 + usize::from(self.is(at + 2, K::Comma));
        opens && self.word("value-follows", next).is_some() && self.has_value(next..self.clause_end(next).min(next + 14))
    }

    /// `năm 2026 đạt 60%`: the value follows at once.
    fn is_reached(&self, at: usize) -> bool {
        let Some(length) = self.word("reached", at + 2) else { return false };
        let next = at + 2 + length;
        self.ends_with("measured-at", at).is_none() && self.has_value(next..self.clause_end(next).min(next + 4))
    }

    /// `đạt 20% xã, phường không có tội phạm năm 2025, bảo đảm …`: the year ends the clause of a share.
    fn closes_a_share(&self, at: usize) -> bool {
        let tokens = self.passage.tokens;
        let ends = tokens.get(at + 2).is_none_or(|token| token.is(K::Comma) || token.is_mark(b';') || token.is_mark(b'.'));
        if self.passage.role != Role::Aims || !ends || at == 0 || !tokens[at - 1].is_word() && !tokens[at - 1].is_mark(b'"') {
            return false;
        }
        if self.ends_with("measured-at", at).is_some() || self.ends_with("named-thing", at).is_some() {
            return false;
        }
        let start = (0..at).rev().find(|at| self.parts(*at)).map_or(0, |at| at + 1);
        (start..at).any(|at| tokens[at].is_mark(b'%') && at > 0 && tokens.get(at - 1).is_some_and(Token::is_number))
            && !(start..at).any(|at| self.is(at, K::Comparison) || self.is(at, K::Year))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Frame, find};
    use crate::extract::passage::Role;
    use crate::extract::passage::tests::with_passage;

    fn years(text: &str) -> Vec<String> {
        with_passage(text, Role::Aims, |passage| {
            let frame = Frame { year: Some(2025), ..Frame::default() };
            find(passage, frame).iter().map(|found| passage.words(found.range.clone()).to_owned()).collect()
        })
    }

    #[test]
    fn a_year_beside_a_wanted_value_is_its_time() {
        for (text, wanted) in [
            ("Năm 2026, phấn đấu đón 3.000 lượt khách.", vec!["Năm 2026"]),
            ("Sản lượng chè búp năm 2025 đạt 4.200 tấn.", vec!["năm 2025"]),
            ("Đạt 20% trường không khói thuốc năm 2027, bảo đảm an toàn.", vec!["năm 2027"]),
            ("Tỷ lệ hộ dùng nước máy: năm 2026 đạt 60%, năm 2027 đạt 65%.", vec!["năm 2026", "năm 2027"]),
        ] {
            assert_eq!(years(text), wanted, "{text}");
        }
    }

    #[test]
    fn years_that_describe_are_no_times() {
        for text in [
            "Sản lượng năm 2020 đạt 4.000 tấn.",
            "Tăng 5% so với năm 2026.",
            "Giải ngân 95% dự toán năm 2025.",
            "Giảm tỷ lệ hộ thiếu nước còn 4,2% vào cuối vụ (đầu năm 2026 là 5,1%).",
            "Rà soát danh mục năm 2026, tổ chức 3 đợt.",
        ] {
            assert_eq!(years(text), Vec::<String>::new(), "{text}");
        }
    }
}
