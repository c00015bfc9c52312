//! The ledger: what became of every number, block and table of a document, so that nothing is lost without a word.
//!
//! A number is a maximal run of digits with its separators: `1.250,5` is one, `30/6/2025` is one, `503/589` are two.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Evidence;

/// What became of the numbers, blocks and tables, as counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ledger {
    /// How many numbers of the text are in each class; they add up to the numbers of the text.
    pub numbers: Numbers,
    /// How many blocks and tables have each verdict.
    pub blocks: Blocks,
    /// Why numbers are described or unread, and how many for each reason.
    #[serde(default)]
    pub reasons: BTreeMap<Why, usize>,
}

/// What a number is. Every number is in one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The value of a target, or its result.
    Target,
    /// The value of a fact.
    Fact,
    /// A total, or a part of one.
    Sum,
    /// A share, or what it is a share of.
    Ratio,
    /// Part of a time by which something must be done.
    Deadline,
    /// Part of a document's number, date or title.
    Reference,
    /// A marker of a section or an item, an ordinal, the number of a row, page or footnote.
    Marker,
    /// A date or time of the document's head or of an event.
    Date,
    /// Part of a name: `Quốc lộ 4`, `Đề án 06`, `Điều 5`.
    Name,
    /// Understood, and neither wanted nor reached: the reason says what it is.
    Described,
    /// Not understood.
    Unread,
}

impl Class {
    /// All classes, in the order of [`Numbers`].
    pub const ALL: [Self; 11] = [
        Self::Target,
        Self::Fact,
        Self::Sum,
        Self::Ratio,
        Self::Deadline,
        Self::Reference,
        Self::Marker,
        Self::Date,
        Self::Name,
        Self::Described,
        Self::Unread,
    ];

    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Fact => "fact",
            Self::Sum => "sum",
            Self::Ratio => "ratio",
            Self::Deadline => "deadline",
            Self::Reference => "reference",
            Self::Marker => "marker",
            Self::Date => "date",
            Self::Name => "name",
            Self::Described => "described",
            Self::Unread => "unread",
        }
    }
}

/// How many numbers are in each [`Class`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Numbers {
    pub target: usize,
    pub fact: usize,
    pub sum: usize,
    pub ratio: usize,
    pub deadline: usize,
    pub reference: usize,
    pub marker: usize,
    pub date: usize,
    pub name: usize,
    pub described: usize,
    pub unread: usize,
}

impl Numbers {
    /// Counts one more number.
    pub fn add(&mut self, class: Class) {
        *self.of_mut(class) += 1;
    }

    fn of_mut(&mut self, class: Class) -> &mut usize {
        match class {
            Class::Target => &mut self.target,
            Class::Fact => &mut self.fact,
            Class::Sum => &mut self.sum,
            Class::Ratio => &mut self.ratio,
            Class::Deadline => &mut self.deadline,
            Class::Reference => &mut self.reference,
            Class::Marker => &mut self.marker,
            Class::Date => &mut self.date,
            Class::Name => &mut self.name,
            Class::Described => &mut self.described,
            Class::Unread => &mut self.unread,
        }
    }

    /// How many there are of a class.
    #[must_use]
    pub fn of(mut self, class: Class) -> usize {
        *self.of_mut(class)
    }

    /// How many there are.
    #[must_use]
    pub fn total(self) -> usize {
        Class::ALL.into_iter().map(|class| self.of(class)).sum()
    }
}

/// What became of a block or table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Something of it is in the record.
    Read,
    /// It titles a section.
    Heading,
    /// It holds nothing that a record wants.
    Background,
    /// It is no part of what the document says: page numbers, rules, letterhead.
    Furniture,
    /// It holds numbers, or work, that nothing understood.
    Unread,
}

/// How many blocks and tables have each [`Verdict`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Blocks {
    pub read: usize,
    pub heading: usize,
    pub background: usize,
    pub furniture: usize,
    pub unread: usize,
}

impl Blocks {
    /// Counts one more block.
    pub fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Read => &mut self.read,
            Verdict::Heading => &mut self.heading,
            Verdict::Background => &mut self.background,
            Verdict::Furniture => &mut self.furniture,
            Verdict::Unread => &mut self.unread,
        } += 1;
    }
}

/// Declares [`Why`] with the words for people, so that no reason is without any.
macro_rules! reasons {
    ($($(#[$meta:meta])* $name:ident = $code:literal, $english:literal, $vietnamese:literal;)*) => {
        /// Why a number is described, or unread.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum Why { $($(#[$meta])* $name),* }

        impl Why {
            /// All reasons.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in JSON.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// What it means, in English.
            #[must_use]
            pub fn english(self) -> &'static str {
                match self { $(Self::$name => $english),* }
            }

            /// What it means, in Vietnamese.
            #[must_use]
            pub fn vietnamese(self) -> &'static str {
                match self { $(Self::$name => $vietnamese),* }
            }
        }
    };
}

reasons! {
    /// `hiện có 12 trạm`, `năm trước đạt 80%`.
    PastState = "past-state", "how things were or are", "hiện trạng, kết quả đã có";
    /// `hộ có doanh thu trên 1 tỷ đồng`, `trẻ từ 6 đến 17 tuổi`.
    Threshold = "threshold", "a threshold that says which things are meant", "ngưỡng để xác định đối tượng";
    /// `trường hợp vượt 10%`, `nếu sau 15 ngày …`.
    Condition = "condition", "part of a condition", "điều kiện";
    /// `theo giá so sánh 2010`.
    PriceBase = "price-base", "the base of prices", "giá so sánh, giá hiện hành";
    /// `chấm tối đa 20 điểm`.
    Scoring = "scoring", "points of a scoring", "điểm chấm";
    /// `10°45'`.
    Coordinates = "coordinates", "coordinates", "tọa độ";
    /// Telephone and account numbers, addresses.
    Contact = "contact", "a telephone number, an address, an account", "số điện thoại, địa chỉ, tài khoản";
    /// `chiếm 30% dân số`.
    Portion = "portion", "how big a part of something is", "tỷ trọng trong tổng thể";
    /// Part of the words that say what an item is about.
    Wording = "wording", "part of the words of an item that is read", "nằm trong lời của mục đã đọc";
    /// `mức tăng so với năm trước`: part of what a value is compared with.
    Base = "base", "what a value is compared with", "mốc so sánh";
    /// `Quyết định … đặt mục tiêu 80%`: what another document says.
    Quoted = "quoted", "what another document says", "nội dung dẫn từ văn bản khác";
    /// How often, of what is done in any case: `họp 02 lần`.
    Duration = "duration", "how long something takes or lasts", "khoảng thời gian thực hiện, thời hạn của thủ tục";
    /// Which part of several: `02 nhóm sau`.
    Enumerated = "enumerated", "how many items the text lists after it", "số lượng mục được liệt kê ngay sau";
    /// The label of a column, and a unit with a number in it: `tạ/1000 con`.
    Label = "label", "part of a column's label or of a unit", "tên cột, đơn vị tính";
    /// A column of a table about earlier years, shown beside what is wanted.
    PastColumn = "past-column", "a column of earlier results", "cột kết quả kỳ trước";
    /// Page numbers, running heads.
    PageFurniture = "page-furniture", "a page number or running head", "số trang, tiêu đề trang";
    /// Head and foot of the paper.
    Letterhead = "letterhead", "the head of the paper", "phần đầu văn bản";
    /// The foot of the paper.
    Foot = "foot", "the foot of the paper", "nơi nhận, phần ký";
    /// A value with a unit in a sentence that says neither what is wanted nor what was reached.
    NoReading = "no-reading", "a value that no reading fits", "có giá trị nhưng chưa hiểu thuộc mục nào";
    /// A value without what it measures.
    NoIndicator = "no-indicator", "a value without what it measures", "có giá trị nhưng không rõ chỉ tiêu";
    /// A number without a unit.
    NoUnit = "no-unit", "a number without a unit", "con số không có đơn vị";
    /// A cell of a column that nothing is known about.
    UnknownColumn = "unknown-column", "a cell whose column is not understood", "ô thuộc cột chưa hiểu";
    /// A cell that holds something else than its column says.
    UnclearCell = "unclear-cell", "a cell that does not say what its column wants", "ô không rõ giá trị";
    /// A paragraph among the aims or the work of which nothing was read.
    NoItem = "no-item", "a paragraph of aims or work that nothing was read from", "đoạn thuộc mục tiêu, nhiệm vụ nhưng không đọc được mục nào";
    /// A table of which no column is understood.
    UnknownTable = "unknown-table", "a table that is not understood", "bảng chưa hiểu";
    /// Lines that look like a table, and could not be put together as one.
    BrokenTable = "broken-table", "lines of a table that could not be rebuilt", "bảng không dựng lại được";
    /// Text that stands in no part of a paper.
    Outside = "outside", "text outside of what was taken for the document", "nằm ngoài phần được nhận là văn bản";
    /// A part of the file that was not opened.
    NotOpened = "not-opened", "a part of the file that was not opened", "phần của tệp chưa mở được";
    /// A day that no calendar has.
    NoSuchDay = "no-such-day", "a day that no calendar has", "ngày không có trong lịch";
}

/// What is unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnreadKind {
    /// A number.
    Number,
    /// A date.
    Date,
    /// A paragraph without numbers.
    Block,
    /// A table.
    Table,
    /// A part of the file.
    Part,
}

/// Something that nothing understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unread {
    /// What it is.
    pub kind: UnreadKind,
    /// Why it is unread.
    pub why: Why,
    /// Path of the section that it stands in.
    pub section: Option<String>,
    /// What the table's row is about; null outside of tables.
    pub row: Option<String>,
    /// The label of the table's column; null outside of tables.
    pub column: Option<String>,
    /// The words around it, to find it by; empty for a part that has no place in the text.
    pub around: String,
    /// The number, block or table itself.
    pub evidence: Vec<Evidence>,
}

/// A number of the source text, and what became of it: one line of `kehoach extract --ledger`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Offset of its first character in the source text, in Unicode code points.
    pub start: usize,
    /// Offset after its last character, in Unicode code points.
    pub end: usize,
    /// The number as written.
    pub text: String,
    /// What it is.
    pub class: Class,
    /// Why it is described or unread.
    pub why: Option<Why>,
}

/// The numbers of a text, as ranges of bytes in order.
#[must_use]
pub fn numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = date_end(bytes, at).unwrap_or_else(|| number_end(bytes, at));
        found.push(at..end);
        at = end;
    }
    found
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes[at.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The end of a day with month and year that begins at `at`.
fn date_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    for _ in 0..2 {
        let count = digits(bytes, end);
        if !(1..=2).contains(&count) || !matches!(bytes.get(end + count), Some(b'/' | b'.' | b'-')) {
            return None;
        }
        end += count + 1;
    }
    (digits(bytes, end) >= 4).then_some(end + 4)
}

/// The end of the digits at `at`, with points and commas between them.
fn number_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + digits(bytes, at);
    while matches!(bytes.get(end), Some(b'.' | b',')) && digits(bytes, end + 1) > 0 {
        end += 1 + digits(bytes, end + 1);
    }
    end
}

/// Whether a number's text is a day with month and year.
#[must_use]
pub fn is_date(text: &str) -> bool {
    !text.is_empty() && date_end(text.as_bytes(), 0) == Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_number_is() {
        for (text, wanted) in [
            ("đạt 1.250,5 ha", vec!["1.250,5"]),
            ("ngày 30/6/2025", vec!["30/6/2025"]),
            ("503/589 con", vec!["503", "589"]),
            ("3.8. Tỷ lệ, 85%.", vec!["3.8", "85"]),
            ("01-12-2025; 1.2.2025; 2021-2025", vec!["01-12-2025", "1.2.2025", "2021", "2025"]),
            ("112/3/2025", vec!["112", "3", "2025"]),
            ("KH-12/3/20257", vec!["12/3/2025", "7"]),
            ("không có số", vec![]),
        ] {
            let found: Vec<&str> = numbers(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, wanted, "{text}");
        }
        assert!(is_date("30/6/2025") && !is_date("1.250,5") && !is_date(""));
    }

    #[test]
    fn reasons_have_one_name() {
        for why in Why::ALL {
            let json = serde_json::to_string(why).expect("a reason");
            assert_eq!(json, format!("\"{}\"", why.code()));
        }
        for class in Class::ALL {
            assert_eq!(serde_json::to_string(&class).expect("a class"), format!("\"{}\"", class.name()));
        }
    }
}
