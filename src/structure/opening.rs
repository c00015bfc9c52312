//! What a marked paragraph is: a heading, a head with its text run in behind it, or an item without a title.
//!
//! `2. Yêu cầu` is a heading, `b) Sở Y tế kiểm tra các cơ sở.` a head and its work, `a) Truyền thông: phát tờ rơi.` too; `1. Rà soát
//! hộ nghèo theo chuẩn mới.` is a sentence that nothing names, and opens no section.

use super::marker::Style;
use crate::agency::Agencies;
use crate::lexicon::Lexicon;
use crate::text::{Span, Text};
use crate::words::{Keyword as K, Token, is_shouted, parts_hour};

/// Most words that stand before the colon of a run-in heading.
const TITLE_WORDS: usize = 40;
/// Most tokens of a title that ends in a full stop.
const TITLED: usize = 30;
/// Fewest tokens of the work that stands between a body and the colon that ends its sentence.
const LED_WORK: usize = 9;

/// What a marked paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// `2. Yêu cầu`: nothing but a title.
    Heading(Span),
    /// `b) Sở Y tế kiểm tra các cơ sở.`: a title, and what is run in behind it.
    RunIn(Span, Span),
    /// `1. Rà soát hộ nghèo theo chuẩn mới.`: an item with a marker, and no title.
    Item,
}

/// Tells the title of a marked paragraph.
pub(super) struct Title<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) text: &'a Text,
}

impl Title<'_> {
    /// What a marked paragraph is; `below` says whether lines hang under it.
    pub(super) fn opening(&self, tokens: &[Token], span: Span, below: bool) -> Opening {
        let until = |end: usize| Span::new(span.start, tokens[end - 1].span().end);
        let cut = |end: usize, start: usize| match tokens.get(start) {
            Some(token) => Opening::RunIn(until(end), Span::new(token.span().start, span.end)),
            None => Opening::Heading(until(end)),
        };
        let ends = self.text.slice(span).trim_end().ends_with(['.', ';', ',', '…']);
        // Words that hand work to the agency: `Giao Phòng …`, `Đề nghị Sở …`.
        let handed = match tokens {
            [first, ..] if first.is(K::Assign) => 1,
            [first, second, ..] if first.is(K::Propose) && second.is(K::ProposeEnd) => 2,
            [first, second, ..] if first.is(K::Request) && second.is(K::RequestEnd) => 2,
            _ => 0,
        };
        let agencies = Agencies::new(self.lexicon, tokens);
        let (names, names_end) = agencies.list(handed);
        let named = !names.is_empty();
        let mut depth = 0_u32;
        // `Các Sở: Nội vụ, Tài chính`: the colon belongs to the names.
        let shared = agencies.shared(handed).map_or(0, |shared| shared.end());
        let colon = tokens.iter().enumerate().take(120).skip(shared).find_map(|(at, token)| {
            if token.is_mark(b'(') {
                depth += 1;
            } else if token.is_mark(b')') {
                depth = depth.saturating_sub(1);
            }
            // A sentence that ends before the colon is no title.
            (depth == 0
                && !parts_hour(tokens, at)
                && at > 0
                && (token.is(K::Colon) || token.is_mark(b'.') && tokens.get(at + 1).is_some_and(|next| next.spaced)))
            .then_some((at, token.is(K::Colon)))
        });
        // `… trong các lĩnh vực như: giáo dục, …` goes on behind its colon, which ends no heading.
        let word = |at: usize| tokens.get(at).map_or("", |token| self.text.slice(token.span()));
        // So do `18.500 người, trong đó: …` and `04 nhóm giải pháp: (1) …; (2) …`.
        let numbered = |at: usize| word(at + 1) == "(" && word(at + 2) == "1" && word(at + 3) == ")";
        let parted = |at: usize| {
            let count = (at.saturating_sub(6)..at).any(|at| tokens[at].is_number() && tokens[at].span().len() <= 2);
            count && at > 1 && tokens[at + 1..].iter().any(|token| token.is_mark(b';'))
        };
        // `Chỉ tiêu tỷ lệ che phủ rừng 45%: thực hiện 44,2%`: a value and its result are one sentence.
        let resulted = |at: usize| {
            let numbers = |range: std::ops::Range<usize>| tokens.get(range).is_some_and(|some| some.iter().any(Token::is_number));
            at > 3
                && matches!((word(at + 1), word(at + 2)), ("thực", "hiện") | ("kết", "quả") | ("đã" | "ước", "thực"))
                && numbers(at - 3..at)
                && numbers(at + 3..tokens.len().min(at + 6))
        };
        // `Từ ngày 01/6 đến ngày 31/8/2026: mở đợt cao điểm`, `Tháng 02, 03 năm 2026: rà soát`: when the work is due is no title.
        let timed = |at: usize| {
            const TIMES: &[K] =
                &[K::From, K::Day, K::Month, K::Quarter, K::Year, K::To, K::InTime, K::Before, K::End, K::And, K::Comma];
            tokens[0].is_any(&[K::From, K::Month, K::InTime])
                && tokens.get(at + 1).is_some_and(Token::is_word)
                && tokens[..at].iter().any(Token::is_number)
                && tokens[..at].iter().all(|token| !token.is_word() || token.is_any(TIMES))
        };
        let counted = |at: usize| numbered(at) || parted(at) || resulted(at) || timed(at);
        // `Xây dựng và triển khai các chương trình: Chương trình A; Chương trình B`, `Hình thành kho dữ liệu trên cơ sở kết hợp: dữ
        // liệu đất đai; …`: what the verb is done to stands behind the colon.
        let led = |at: usize| at > 1 && matches!((word(at - 2), word(at - 1)), ("như", "sau") | ("sau", "đây") | ("cụ", "thể"));
        let objects = |at: usize| {
            at > 8
                && at + 1 < tokens.len()
                && !led(at)
                && (self.lexicon.actions.at(tokens, 0).is_some() || tokens[0].is(K::Coordinate))
                && self.lexicon.actions.at(tokens, at + 1).is_none()
                && !agencies.begins(at + 1)
        };
        let lists = |at: usize| {
            at > 0 && objects(at)
                || at > 0
                    && (matches!(word(at - 1), "như" | "gồm")
                        || at > 1 && word(at - 2) == "trong" && word(at - 1) == "đó"
                        || counted(at))
        };
        let handed_at = |at: usize| {
            self.lexicon.duties.at(tokens, at).is_some_and(|(length, duty)| duty.asks && agencies.begins(at + length))
        };
        // `Mục tiêu 4: Trong lĩnh vực y tế`: a number before the colon makes it part of the title.
        if let Some((at, true)) = colon
            && !ends
            && at <= 4
            && tokens[at - 1].is_number()
            && tokens.len() <= TITLED
        {
            return Opening::Heading(span);
        }
        if let Some((at, true)) = colon.filter(|(at, _)| named && names_end + 1 >= *at || at + 1 == tokens.len() || !lists(*at)) {
            let last = at + 1 == tokens.len();
            // `9. Các xã bố trí kinh phí từ nguồn của mình, tập trung các việc sau:`: a body and its work, which leads on to more.
            let acts = self.lexicon.actions.at(tokens, names_end).is_some();
            if last && named && acts && names_end + LED_WORK <= at {
                return cut(names_end, names_end);
            }
            // `5. Về điều chuyển vốn dư của …: Sở Tài chính rà soát …`: what it is about may be long where a body follows.
            let about = tokens[0].is(K::About) && (agencies.begins(at + 1) || handed_at(at + 1));
            if last || at <= TITLE_WORDS || led(at) || about || named && names_end >= at {
                return cut(at, at + 1);
            }
        }
        // A line that begins with an agency and ends like a heading is its name to the end:
        // `6. Ban Quản lý dự án đầu tư xây dựng tỉnh`.
        if named && !ends && tokens.len() <= 18 {
            return Opening::Heading(span);
        }
        if named {
            let rest = names_end..tokens.len();
            if tokens[rest.clone()].iter().all(|token| token.kind == crate::words::Kind::Mark) {
                return Opening::Heading(until(names_end));
            }
            let verb = tokens.get(names_end).is_some_and(|token| token.is_lower_word());
            if verb
                && (ends
                    || self.lexicon.actions.at(tokens, names_end).is_some()
                    || tokens[names_end].is(K::Responsible)
                    || tokens[names_end].is(K::Have))
            {
                return cut(names_end, self.past_duty(tokens, names_end));
            }
        }
        // A title with a full stop is known by the lines under it.
        let most = if self.lexicon.actions.at(tokens, 0).is_some() { TITLED / 2 } else { TITLED };
        let titled = below && tokens.len() <= most && tokens.iter().filter(|token| token.is_mark(b'.')).count() <= 1;
        if !ends || titled || is_shouted(self.text.slice(span)) { Opening::Heading(span) } else { Opening::Item }
    }

    /// Past `có trách nhiệm`, `chịu trách nhiệm`, `:`.
    fn past_duty(&self, tokens: &[Token], at: usize) -> usize {
        let mut at = at;
        if tokens.get(at).is_some_and(|token| token.is(K::Have))
            && tokens.get(at + 1).is_some_and(|token| token.is(K::Responsible))
        {
            at += 3;
        }
        while tokens.get(at).is_some_and(|token| token.is(K::Colon) || token.is(K::Comma)) {
            at += 1;
        }
        at.min(tokens.len().saturating_sub(1))
    }
}

/// Forms from the largest to the smallest.
pub(super) fn rank(style: Style) -> u8 {
    match style {
        Style::Part => 0,
        Style::Chapter => 1,
        Style::Coded => 2,
        Style::Section => 2,
        Style::Capital => 3,
        Style::Roman | Style::Article => 4,
        Style::Digit => 5,
        Style::Decimal(count) => 5 + count.min(10),
        Style::Letter => 17,
        Style::BracketDigit => 18,
        Style::BracketLetter => 19,
        Style::Bullet(_) => 20,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `title | what is run in`, the title alone, or `item`.
    fn shown(lexicon: &Lexicon, source: &str, below: bool) -> String {
        let mut text = Text::default();
        text.push_copied(source, 0);
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(source, 0, &mut tokens);
        match (Title { lexicon, text: &text }).opening(&tokens, Span::new(0, source.len()), below) {
            Opening::Heading(title) => text.slice(title).to_owned(),
            Opening::RunIn(title, rest) => format!("{} | {}", text.slice(title), text.slice(rest)),
            Opening::Item => "item".to_owned(),
        }
    }

    #[test]
    fn headings_heads_and_items() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        for (source, below, wanted) in [
            ("Yêu cầu", false, "Yêu cầu"),
            ("Kết quả đạt được", false, "Kết quả đạt được"),
            (
                "Về điều chuyển số vốn còn dư của các dự án đường liên xã, đường nội đồng, kênh tưới và trạm bơm không có khả năng giải ngân \
                 trong năm nay sang các dự án kè sông, khu tái định cư, trường học và trạm y tế của các xã bị bão lũ vừa qua: Sở Tài chính rà soát.",
                false,
                "Về điều chuyển số vốn còn dư của các dự án đường liên xã, đường nội đồng, kênh tưới và trạm bơm không có khả năng giải ngân \
                 trong năm nay sang các dự án kè sông, khu tái định cư, trường học và trạm y tế của các xã bị bão lũ vừa qua | Sở Tài chính rà soát.",
            ),
            ("Sở Y tế kiểm tra các cơ sở trên địa bàn.", false, "Sở Y tế | kiểm tra các cơ sở trên địa bàn."),
            (
                "Các xã bố trí kinh phí từ nguồn vốn của mình, tập trung làm các việc sau:",
                true,
                "Các xã | bố trí kinh phí từ nguồn vốn của mình, tập trung làm các việc sau:",
            ),
            ("Sở Y tế chủ trì thực hiện:", true, "Sở Y tế chủ trì thực hiện"),
            ("Sở Y tế gửi số liệu trước 16:00, ngày 25/3/2026.", false, "Sở Y tế | gửi số liệu trước 16:00, ngày 25/3/2026."),
            ("Truyền thông: phát tờ rơi tại các chợ.", false, "Truyền thông | phát tờ rơi tại các chợ."),
            ("Mục tiêu 2: Trong lĩnh vực y tế", false, "Mục tiêu 2: Trong lĩnh vực y tế"),
            ("Rà soát hộ nghèo theo chuẩn mới.", false, "item"),
            ("Trên 80% số hộ dùng nước sạch;", false, "item"),
            ("Kinh phí thực hiện bao gồm: ngân sách xã, nguồn xã hội hóa.", false, "item"),
            ("Hỗ trợ người khó khăn đi lại, sống một mình,…", false, "item"),
            ("Phát triển chợ và dịch vụ.", true, "Phát triển chợ và dịch vụ."),
            (
                "Xây dựng, trình Ủy ban nhân dân xã phê duyệt và triển khai các chương trình: Chương trình nước sạch; Chương trình cây xanh.",
                false,
                "item",
            ),
        ] {
            assert_eq!(shown(&lexicon, source, below), wanted, "{source}");
        }
    }
}
