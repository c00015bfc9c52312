//! Lists of bodies: where one name ends and the next begins.

use std::ops::Range;

use super::{Agencies, LINKS};
use crate::words::{Case, Keyword as K};

impl Agencies<'_> {
    /// The names of the list that begins at `at`, and where the list ends.
    #[must_use]
    pub fn list(&self, at: usize) -> (Vec<Range<usize>>, usize) {
        let mut names = Vec::new();
        let mut start = at;
        let mut end = at;
        while let Some(name_end) = self.name(start) {
            names.push(start..name_end);
            end = name_end;
            let mut next = end;
            while self.token(next).is_some_and(|token| token.is_any(&[K::Comma, K::Semicolon, K::And, K::With, K::Together])) {
                next += 1;
            }
            if next == end {
                break;
            }
            start = next;
        }
        (names, end)
    }

    /// Whether the dash at `at` parts the name that began at `start` from another: `Hội Nông dân - Hội Phụ nữ`, and all
    /// dashes of a list. `Phòng Cảnh sát giao thông - Công an tỉnh` is one body, `Tài chính - Kế hoạch` a name.
    fn parts_by_dash(&self, start: usize, at: usize, listed: bool) -> bool {
        let free = self.tokens[at].spaced && self.token(at + 1).is_some_and(|next| next.spaced && next.case != Case::Lower);
        let start = start + usize::from(self.is(start, K::Hyphen));
        if !free || start >= at || !self.begins(at + 1) {
            return false;
        }
        let alike = self.begins(start) && self.tokens[start].word() == self.tokens[at + 1].word();
        listed || alike && self.office(start).is_none()
    }

    /// The bodies of a cell, each without what it does there: `UBND các xã trực tiếp trồng rừng Hạt Kiểm lâm cấp giống` names two.
    #[must_use]
    pub fn cell_parts(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for part in self.parts(range) {
            let mut rest = part.clone();
            loop {
                let end = self.name(rest.start).filter(|end| *end < rest.end && self.is_tail(*end));
                let Some(end) = end else {
                    found.push(rest);
                    break;
                };
                // `Sở Y tế chủ trì`: the mark of its role is read where roles are.
                if self.is(end, K::Lead) || self.is(end, K::Coordinate) {
                    found.push(rest);
                    break;
                }
                found.push(rest.start..end);
                let next = (end + 2..rest.end).find(|at| {
                    self.tokens[*at].case == Case::Capitalised
                        && self.is_proper(*at)
                        && self.tokens[*at - 1].is_word()
                        && !self.tokens[*at - 1].is_any(LINKS)
                        && self.name(*at).is_some_and(|end| end >= rest.end || self.is_tail(end))
                });
                match next {
                    Some(next) => rest = next..rest.end,
                    None => break,
                }
            }
        }
        found
    }

    /// Whether the slash at `at` parts two bodies: `Sở Xây dựng/các công ty`. `Sở Y tế/Sở Y tế tỉnh` is one of two names.
    fn parts_by_slash(&self, start: usize, at: usize) -> bool {
        start < at
            && self.tokens[start].word() != self.tokens[at + 1].word()
            && (self.determiner(at + 1) > 0 || self.tokens[at + 1].case != Case::Lower)
    }

    /// Whether a paragraph of a cell that begins at `at` names another body than the one before it, which began at
    /// `start`: `Phòng Kinh tế` + `Công an xã`; but `Văn phòng` + `UBND tỉnh`, `Sở Khoa học và` + `Công nghệ` go on.
    #[must_use]
    pub fn parts_by_line(&self, start: usize, at: usize) -> bool {
        let mark = |at: usize| self.token(at).is_some_and(|token| token.is_mark(b'-') || token.is_mark(b'+'));
        let (start, next) = (start + usize::from(mark(start)), at + usize::from(mark(at)));
        if start >= at || next >= self.tokens.len() {
            return false;
        }
        let last = &self.tokens[at - 1];
        if last.is_any(LINKS) || last.is_mark(b':') || last.is_mark(b'(') || last.is_any(&[K::With, K::Plural, K::Comma]) {
            return false;
        }
        let past = start + self.determiner(start);
        let bare = self.office(past).is_some_and(|length| past + length == at)
            || self.lexicon.bodies.at(self.tokens, past).is_some_and(|(length, body)| past + length == at && !body.alone);
        !bare && (next > at || self.begins(next) && self.tokens[next].case != Case::Lower)
    }

    /// Parts the tokens of `range`, a cell or heading that holds nothing but bodies.
    #[must_use]
    pub fn parts(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = range.start;
        let mut depth = 0_u32;
        // `- Phòng Kinh tế - Công an xã`: a list whose lines were joined.
        let listed = self.is(start, K::Hyphen);
        let mut shared_until = range.start;
        for at in range.clone() {
            if at == start
                && let Some(shared) = self.shared(at)
            {
                shared_until = shared.end().min(range.end);
            }
            if at < shared_until {
                continue;
            }
            let token = &self.tokens[at];
            if depth == 0 && at > start && self.explains(at) {
                parts.push(start..at);
                start = (at..range.end).find(|at| self.tokens[*at].is_mark(b')')).map_or(range.end, |close| close + 1);
            }
            if at < start {
                continue;
            }
            // `Bộ Y tế Bộ Công an`, lines of a cell that were joined: two whole names of one kind.
            let again = token.case != Case::Lower && self.tokens[start].word() == token.word() && at > start + 1;
            if depth == 0 && again && self.is_proper(at) && self.name(start) == Some(at) {
                parts.push(start..at);
                start = at;
                continue;
            }
            if token.is_mark(b'(') {
                depth += 1;
            } else if token.is_mark(b')') {
                depth = depth.saturating_sub(1);
            }
            let part = depth == 0
                && at > start
                && (token.is_mark(b';')
                    || token.is_mark(b',') && self.begins(at + 1) && !self.joins_by_comma(start, at)
                    || token.is_mark(b'/') && self.begins(at + 1) && self.parts_by_slash(start, at)
                    || token.is_mark(b'.') && self.begins(at + 1) && self.tokens.get(at + 1).is_some_and(|next| next.spaced)
                    || token.is(K::Hyphen) && self.parts_by_dash(start, at, listed)
                    || token.is(K::And) && self.begins(at + 1) && !self.joins_by_and(start, at));
            if part {
                parts.push(start..at);
                start = at + 1;
            }
        }
        if start < range.end {
            parts.push(start..range.end);
        }
        parts
            .into_iter()
            .filter_map(|part| {
                let end = part.clone().rev().find(|at| {
                    !(self.tokens[*at].is_mark(b',') || self.tokens[*at].is_mark(b';') || self.tokens[*at].is_mark(b'.'))
                })?;
                let start = part.clone().find(|at| !self.tokens[*at].is_mark(b'-') && !self.tokens[*at].is_mark(b'+'))?;
                (start <= end).then_some(start..end + 1)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::words::Token;

    fn shown(text: &str, tokens: &[Token], range: &Range<usize>) -> String {
        if range.is_empty() {
            return String::new();
        }
        let span = tokens[range.start].span().cover(tokens[range.end - 1].span());
        span.slice(text).unwrap_or_default().to_owned()
    }

    fn list(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(text, 0, &mut tokens);
        let agencies = Agencies::new(&lexicon, &tokens);
        agencies.list(0).0.iter().map(|range| shown(text, &tokens, range)).collect()
    }

    fn parts(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(text, 0, &mut tokens);
        let agencies = Agencies::new(&lexicon, &tokens);
        agencies.parts(0..tokens.len()).iter().map(|range| shown(text, &tokens, range)).collect()
    }

    #[test]
    fn a_name_ends_before_the_work() {
        for (text, names) in [
            ("Sở Y tế tiếp tục chỉ đạo", vec!["Sở Y tế"]),
            ("Sở Văn hóa, Thể thao và Du lịch chủ trì", vec!["Sở Văn hóa, Thể thao và Du lịch"]),
            ("Sở Nông nghiệp và Phát triển nông thôn tham mưu", vec!["Sở Nông nghiệp và Phát triển nông thôn"]),
            ("Chánh Văn phòng UBND tỉnh đẩy nhanh tiến độ", vec!["Chánh Văn phòng UBND tỉnh"]),
            ("Phòng Tài chính - Kế hoạch thẩm định", vec!["Phòng Tài chính - Kế hoạch"]),
            ("Sở Y tế, Sở Giáo dục và Đào tạo tham mưu", vec!["Sở Y tế", "Sở Giáo dục và Đào tạo"]),
            ("Phòng Y tế và các đơn vị có liên quan tham mưu", vec!["Phòng Y tế", "các đơn vị có liên quan"]),
            ("các sở, ngành liên quan trong quá trình", vec!["các sở, ngành liên quan"]),
            ("các đơn vị thuộc Bộ Công an triển khai", vec!["các đơn vị thuộc Bộ Công an"]),
            ("các doanh nghiệp viễn thông trên địa bàn tỉnh phối hợp", vec!["các doanh nghiệp viễn thông trên địa bàn tỉnh"]),
            ("UBND huyện, thành phố xây dựng", vec!["UBND huyện, thành phố"]),
            ("Giám đốc Công an tỉnh", vec!["Giám đốc Công an tỉnh"]),
            ("Cục Thủy sản và Kiểm ngư chủ trì", vec!["Cục Thủy sản và Kiểm ngư"]),
            ("Các chủ rừng là tổ chức tiếp tục rà soát", vec!["Các chủ rừng là tổ chức"]),
            // Where the verb is not known.
            ("Sở Y tế dõi theo tình hình", vec!["Sở Y tế"]),
            ("Phòng Nội vụ phải gửi", vec!["Phòng Nội vụ"]),
            ("Các Sở, ngành, địa phương định kỳ hằng năm gửi", vec!["Các Sở, ngành, địa phương"]),
            ("Sở Nội vụ theo chức năng được giao", vec!["Sở Nội vụ"]),
            // A verb behind a kind of body is its complement where the work's own verb follows.
            ("Các cơ sở đào tạo lái xe mở thêm lớp", vec!["Các cơ sở đào tạo lái xe"]),
            ("các tổ chức cung cấp dịch vụ bưu chính bố trí", vec!["các tổ chức cung cấp dịch vụ bưu chính"]),
            ("Các đơn vị được giao quản lý rừng phải rà soát", vec!["Các đơn vị được giao quản lý rừng"]),
            ("Các đơn vị báo cáo kết quả trước ngày 5", vec!["Các đơn vị"]),
            ("các cơ quan tiếp tục rà soát, cắt giảm", vec!["các cơ quan"]),
            ("Các xã thực hiện kế hoạch phát triển chăn nuôi", vec!["Các xã"]),
            ("Các trường tổ chức các hoạt động sau", vec!["Các trường"]),
            ("Toàn thể giáo viên thực hiện", vec!["Toàn thể giáo viên"]),
            ("Ủy ban nhân dân phường, xã, đặc khu gửi", vec!["Ủy ban nhân dân phường, xã, đặc khu"]),
            ("Sở Tài chính, địa phương bố trí", vec!["Sở Tài chính", "địa phương"]),
        ] {
            assert_eq!(list(text), names, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_name_is_none() {
        for text in [
            "Ban hành kế hoạch",
            "Phòng, chống dịch",
            "phòng ngừa tội phạm",
            "Sở hữu trí tuệ",
            "Hội nghị sơ kết",
            "báo cáo kết quả",
        ] {
            assert_eq!(list(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_list_is_parted_where_each_part_stands_alone() {
        for (text, names) in [
            (
                "Các sở, ngành; UBND huyện, thành phố, xã, phường, thị trấn",
                vec!["Các sở, ngành", "UBND huyện, thành phố, xã, phường, thị trấn"],
            ),
            ("Giám đốc sở, thủ trưởng cơ quan, đơn vị", vec!["Giám đốc sở", "thủ trưởng cơ quan, đơn vị"]),
            ("Các phòng chuyên môn, đơn vị thuộc Ban", vec!["Các phòng chuyên môn, đơn vị thuộc Ban"]),
            ("Văn phòng HĐND và UBND huyện", vec!["Văn phòng HĐND và UBND huyện"]),
            ("Chánh Văn phòng và Phó Chánh Văn phòng UBND huyện", vec!["Chánh Văn phòng và Phó Chánh Văn phòng UBND huyện"]),
            ("Sở Y tế; Sở Tài chính.", vec!["Sở Y tế", "Sở Tài chính"]),
            ("Sở Nội vụ (Cơ quan thường trực Hội đồng)", vec!["Sở Nội vụ"]),
            ("Sở Y tế (Chi cục Dân số)", vec!["Sở Y tế (Chi cục Dân số)"]),
            ("Sở Xây dựng/các công ty cấp nước", vec!["Sở Xây dựng", "các công ty cấp nước"]),
            ("UBND huyện: Khe Vàng, Suối Lim", vec!["UBND huyện: Khe Vàng, Suối Lim"]),
        ] {
            assert_eq!(parts(text), names, "{text}");
        }
    }

    #[test]
    fn a_dash_parts_the_items_of_a_list_and_bodies_alike() {
        for (text, names) in [
            ("- Phòng Kinh tế - Công an xã", vec!["Phòng Kinh tế", "Công an xã"]),
            ("- Hội Nông dân - Đoàn Thanh niên", vec!["Hội Nông dân", "Đoàn Thanh niên"]),
            ("Sở Y tế - Sở Tài chính", vec!["Sở Y tế", "Sở Tài chính"]),
            ("Phòng Tài chính - Kế hoạch", vec!["Phòng Tài chính - Kế hoạch"]),
            ("- Sở Lao động - Thương binh và Xã hội", vec!["Sở Lao động - Thương binh và Xã hội"]),
            ("- Phòng Văn hóa - Xã hội", vec!["Phòng Văn hóa - Xã hội"]),
            ("Phòng Cảnh sát giao thông - Công an tỉnh", vec!["Phòng Cảnh sát giao thông - Công an tỉnh"]),
        ] {
            assert_eq!(parts(text), names, "{text}");
        }
    }

    #[test]
    fn a_paragraph_of_a_cell_names_another_body() {
        for (above, below, parted) in [
            ("Phòng Kinh tế", "Công an xã", true),
            ("- Phòng Kinh tế", "- Tổ công nghệ số cộng đồng", true),
            ("Sở Y tế", "Sở Tài chính", true),
            ("Văn phòng", "UBND tỉnh", false),
            ("Chủ tịch", "UBND các xã", false),
            ("Văn phòng HĐND và", "UBND xã", false),
            ("Sở Khoa học", "và Công nghệ", false),
            ("Sở Nông nghiệp", "Môi trường", false),
        ] {
            let lexicon = Lexicon::embedded().expect("embedded lexicons");
            let mut tokens = Vec::new();
            lexicon.vocabulary.cut(above, 0, &mut tokens);
            let at = tokens.len();
            lexicon.vocabulary.cut(below, above.len() + 1, &mut tokens);
            assert_eq!(Agencies::new(&lexicon, &tokens).parts_by_line(0, at), parted, "{above} / {below}");
        }
    }
}
