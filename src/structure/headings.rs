//! Headings that the format names and no number counts: `## Mục tiêu`, a `h2` of a page, a heading style.
//!
//! Their label in a path is their place among the headings beside them: `1`, `2`, and `2.1` one level below.

use std::ops::Range;

use super::marker;
use super::numbering::Open;
use super::outline::Outline;
use super::reflow::Paragraph;
use super::{BlockKind, Place};

impl Outline<'_> {
    /// Whether most headings of the range have no number: else one without is a title in between, and opens nothing.
    pub(super) fn measure_headings(&mut self, range: Range<usize>) {
        let (mut bare, mut counted) = (0_usize, 0_usize);
        for index in range.filter(|index| self.lines.lines[*index].hashes > 0) {
            match marker::parse(self.lines.line(index)) {
                Some(_) => counted += 1,
                None => bare += 1,
            }
        }
        self.unnumbered = bare >= 2 && bare > counted;
    }

    /// Opens the section of a heading without a number.
    pub(super) fn named(&mut self, paragraph: &Paragraph) {
        let span = self.flow.push(&paragraph.parts, 0);
        let above = self.stack.iter().rposition(|open| open.label.is_empty() || (1..paragraph.hashes).contains(&open.hashes));
        let keep = above.map_or(0, |at| at + 1);
        let ordinal = self.stack.get(keep).filter(|open| open.style.is_none()).map_or(1, |beside| beside.ordinal + 1);
        self.stack.truncate(keep);
        if self.place == Place::Preamble {
            self.place = Place::Body;
        }
        let label = ordinal.to_string();
        let section = self.section(&label, span);
        self.stack.push(Open::root(section, ordinal, label, paragraph.hashes));
        self.block(BlockKind::Heading, span);
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::{normalize, structure};

    fn sections(source: &str) -> Vec<(String, String)> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let lines = normalize::normalize(source);
        let document = structure::read(&lines, &lexicon);
        document.sections.iter().map(|section| (section.path.clone(), document.text.slice(section.title).to_owned())).collect()
    }

    #[test]
    fn headings_without_numbers_open_sections_by_their_place() {
        let head = "KẾ HOẠCH\nPhát triển nghề dệt xã Suối Lim năm 2025\n\n";
        for (body, wanted) in [
            (
                "## Mục tiêu\n\n- Có 12 khung dệt mới.\n\n## Nhiệm vụ\n\n### Đào tạo\n\n- Mở 03 lớp.\n\n### Quảng bá\n\n- Lập trang bán hàng.\n\n## Tổ chức thực hiện\n\n- Phòng Kinh tế chủ trì.\n",
                &[("1", "Mục tiêu"), ("2", "Nhiệm vụ"), ("2.1", "Đào tạo"), ("2.2", "Quảng bá"), ("3", "Tổ chức thực hiện")][..],
            ),
            // Bold as well, levels that skip one, and a numbered list that ends with its section.
            (
                "## **Mục tiêu**\n\n1. Có 12 khung dệt mới.\n\n2. Có 03 tổ hợp tác.\n\n## **Nhiệm vụ**\n\n#### Đào tạo nghề\n\n- Mở 03 lớp.\n",
                &[("1", "Mục tiêu"), ("2", "Nhiệm vụ"), ("2.1", "Đào tạo nghề")][..],
            ),
            // An item that has its letter goes on behind headings that lost theirs.
            (
                "## Nhiệm vụ\n\n### Phòng Kinh tế\n\n- Mở 03 lớp.\n\n### Phòng Văn hóa\n\n- Lập trang bán hàng.\n\nc) Trạm Y tế xã: Khám cho 40 thợ dệt.\n\nd) Đoàn xã: Mở 01 hội thi.\n\n## Kinh phí\n\n- Ngân sách xã.\n",
                &[
                    ("1", "Nhiệm vụ"),
                    ("1.1", "Phòng Kinh tế"),
                    ("1.2", "Phòng Văn hóa"),
                    ("1.c", "Trạm Y tế xã"),
                    ("1.d", "Đoàn xã"),
                    ("2", "Kinh phí"),
                ],
            ),
            // Numbered headings: one without a number in between is no section.
            (
                "## I. Mục tiêu\n\n- Có 12 khung dệt mới.\n\n## II. Nhiệm vụ\n\n### Lưu ý\n\n- Mở 03 lớp.\n\n## III. Kinh phí\n\n- Ngân sách xã.\n",
                &[("I", "Mục tiêu"), ("II", "Nhiệm vụ"), ("III", "Kinh phí")][..],
            ),
        ] {
            let wanted: Vec<_> = wanted.iter().map(|(path, title)| ((*path).to_owned(), (*title).to_owned())).collect();
            assert_eq!(sections(&format!("{head}{body}")), wanted, "{body}");
        }
    }

    #[test]
    fn a_heading_set_like_the_title_is_none_of_it() {
        let wanted = [("1".to_owned(), "Mục tiêu".to_owned()), ("2".to_owned(), "Nhiệm vụ".to_owned())];
        for title in ["## Phát triển nghề dệt năm 2025\n\n", "## Phát triển nghề dệt\n\n## giai đoạn 2025 - 2027\n\n"]
        {
            let body = "## Mục tiêu\n- Có 12 khung dệt mới.\n\n## Nhiệm vụ\n- Phòng Kinh tế mở 03 lớp.\n";
            assert_eq!(sections(&format!("# KẾ HOẠCH\n{title}{body}")), wanted, "{title}");
        }
    }
}
