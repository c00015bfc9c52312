//! The record: what is read from one document, the contract with other tools.
//!
//! `kehoach extract` prints it as JSON; its schema is generated from these types
//! (`kehoach schema`, committed as `record.schema.json`).

pub mod ledger;
mod corrected;
mod paper;
#[cfg(debug_assertions)]
pub mod planted;

pub use corrected::{Action, Corrected, Hand, Kind};
pub use paper::{Paper, PaperRole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// The name and version of this form of record.
pub const SCHEMA: &str = "kehoach.record/1";

/// The JSON Schema of the record: `record.schema.json`.
#[must_use]
pub fn schema() -> String {
    let mut json = serde_json::to_string_pretty(&schemars::schema_for!(Record)).unwrap_or_default();
    json.push('\n');
    json
}

/// What is read from one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: String,
    /// The file it was read from.
    pub source: Source,
    /// The document's head, title and signature.
    pub document: Document,
    /// Its section tree, in reading order.
    pub sections: Vec<Section>,
    /// Its tables, rebuilt.
    pub tables: Vec<Table>,
    /// The quantities that it wants reached.
    pub targets: Vec<Target>,
    /// The work that it sets.
    pub tasks: Vec<Task>,
    /// The dates and periods by which something must be done or reported.
    pub deadlines: Vec<Deadline>,
    /// The documents that it quotes, each once.
    pub references: Vec<Reference>,
    /// Results that a report states outside its target table.
    pub facts: Vec<Fact>,
    /// Totals that are given with their parts.
    pub sums: Vec<Sum>,
    /// Counts that are given with their percentage.
    pub ratios: Vec<Ratio>,
    /// The papers of the file, in order; `document` above is that of the first main one.
    #[serde(default)]
    pub papers: Vec<Paper>,
    /// What single places say, kept place by place so that places can be compared.
    #[serde(default, skip_serializing_if = "Mentions::is_empty")]
    pub mentions: Mentions,
    /// What became of every number, block and table.
    #[serde(default)]
    pub ledger: ledger::Ledger,
    /// What nothing understood, in reading order.
    #[serde(default)]
    pub unread: Vec<ledger::Unread>,
    /// What could not be read, or was read with doubt.
    pub diagnostics: Vec<Diagnostic>,
    /// What of it is a person's: items accepted, put right, put in or taken out. None in what was only read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Corrected>,
}

/// The file that a record was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Path as it was given.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Its format.
    pub format: Format,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many pages it has; null where the file does not tell.
    pub pages: Option<u32>,
    /// The encoding of its text: `utf-8`, `tcvn3`; `pdf` and `docx` where the format gives characters; `ocr` where all of
    /// it was read from pictures by OCR, `pdf+ocr` where some pages were.
    pub encoding: String,
}

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain or lightly marked-up text.
    Text,
    /// Word since 2007.
    Docx,
    /// Word 97 to 2003.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// OpenDocument text.
    Odt,
    /// Excel since 2007.
    Xlsx,
    /// Excel 97 to 2003, and before.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Web page.
    Html,
    /// PDF, with text or scanned.
    Pdf,
    /// PNG image.
    Png,
    /// JPEG image.
    Jpeg,
    /// TIFF image, of one page or several.
    Tiff,
}

/// Where in the source text something was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Page, from 1; null where the file has no pages.
    pub page: Option<u32>,
    /// Offset of the first character in the source text, in Unicode code points.
    pub start: usize,
    /// Offset after the last character, in Unicode code points.
    pub end: usize,
    /// The source text between the two, to the letter.
    pub text: String,
}

/// A number as JSON wants it: whole numbers without a fraction.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// Up to here every whole number is exact in a double.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if self.0.fract() == 0.0 && self.0.abs() <= EXACT {
            #[allow(clippy::cast_possible_truncation)]
            return serializer.serialize_i64(self.0 as i64);
        }
        serializer.serialize_f64(self.0)
    }
}

/// The kind of document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// kế hoạch, chương trình, đề án, phương án.
    Plan,
    /// báo cáo.
    Report,
    /// quyết định.
    Decision,
    /// Any other, or one that does not say.
    #[default]
    Other,
}

/// The level of government that a document comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Chính phủ, bộ, cơ quan trung ương.
    Central,
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh (until 2025-06-30).
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
    /// Sở, ban, ngành cấp tỉnh.
    Department,
    /// Not known, or none of these.
    #[default]
    Other,
}

impl Level {
    /// How far below the central level it is; last what is not known.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Self::Central => 0,
            Self::Province => 1,
            Self::Department => 2,
            Self::District => 3,
            Self::Commune => 4,
            Self::Other => 5,
        }
    }
}

/// A document's head, title and signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// The kind of document.
    #[serde(rename = "type")]
    pub kind: DocumentKind,
    /// `48/KH-UBND`; null where the document leaves it blank.
    pub number: Option<String>,
    /// The letters of the number, even where the number itself is blank: `KH-UBND`.
    pub symbol: Option<String>,
    /// Date of issue as far as it is given: `2024-03-01`, `2024-03`, `2024`.
    pub date: Option<String>,
    /// Title, without the type word.
    pub title: Option<String>,
    /// The issuing body, as written.
    pub issuer: Option<String>,
    /// Its level of government.
    pub level: Level,
    /// The province's name, without the word tỉnh.
    pub province: Option<String>,
    /// The district's name.
    pub district: Option<String>,
    /// The commune's name.
    pub commune: Option<String>,
    /// The time that it covers.
    pub period: Option<Period>,
    /// Who signed.
    pub signer: Option<Signer>,
    /// Where the head was read.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// A stretch of time; a side that the text leaves open is null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signer {
    /// Name.
    pub name: Option<String>,
    /// Office, as it stands nearest above the name.
    pub title: Option<String>,
}

/// A heading and its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Identifier within the record: `s12`.
    pub id: String,
    /// The markers from the top, joined with dots: `II.5.đ`, `PL.I`.
    pub path: String,
    /// Title, as written.
    pub title: String,
    /// Depth: 1 at the top.
    pub level: u32,
    /// Index of the paper that it stands in.
    #[serde(default)]
    pub paper: usize,
    /// Where the heading stands.
    pub evidence: Vec<Evidence>,
}

/// A table, rebuilt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// Identifier within the record: `b1`.
    pub id: String,
    /// Path of the section that it stands in.
    pub section: Option<String>,
    /// The labels of its columns.
    pub header: Vec<String>,
    /// Its rows, group rows included; an empty cell is an empty string.
    pub rows: Vec<Vec<String>>,
    /// Index of the paper that it stands in.
    #[serde(default)]
    pub paper: usize,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

/// How a value compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    /// `đạt X`, `X% …`.
    Eq,
    /// `trên X`.
    Gt,
    /// `tối thiểu X`, `từ X trở lên`.
    Ge,
    /// `dưới X`.
    Lt,
    /// `tối đa X`, `không quá X`.
    Le,
    /// `khoảng X`.
    Approx,
}

/// Whether a document states a target in its body or in an annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// In the body.
    Body,
    /// In an annex.
    Annex,
}

/// What an agency has to do with a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// theo dõi, đôn đốc, đánh giá.
    Monitor,
    /// chủ trì.
    Lead,
    /// phối hợp.
    Coordinate,
}

/// An agency and what it has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Agency {
    /// What it has to do.
    pub role: Role,
    /// Its name, as written.
    pub name: String,
}

/// Whether a value is a change, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// `tăng 5%`.
    Increase,
    /// `giảm 1,5%`.
    Decrease,
    /// `gấp 2 lần`.
    Multiple,
}

/// A change, and against what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// Which way.
    pub kind: ChangeKind,
    /// `so với cùng kỳ`; null where the text does not say.
    pub base: Option<String>,
}

/// A range's both ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// Lower end.
    pub from: Number,
    /// Upper end.
    pub to: Number,
}

/// A reported result of a target: a number, or words where there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Actual {
    /// A number.
    Value {
        /// The number.
        value: Number,
        /// Its unit, as written.
        unit: Option<String>,
        /// How it compares.
        comparator: Comparator,
    },
    /// Words: `đang thống kê`.
    Words {
        /// The words.
        text: String,
    },
}

/// A quantity that the document wants reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// Identifier within the record: `t3`.
    pub id: String,
    /// Body or annex.
    pub origin: Origin,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// What is measured, without comparator, value and exceptions.
    pub indicator: String,
    /// The registry's identifier of the indicator; null until it is linked.
    pub indicator_id: Option<String>,
    /// How the value compares.
    pub comparator: Comparator,
    /// The value; of a range the lower end.
    pub value: Number,
    /// A range's upper end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value_to: Option<Number>,
    /// Both ends of a range.
    pub range: Option<Range>,
    /// Unit as written; null where there is none.
    pub unit: Option<String>,
    /// The level, group or place that this value is for, where one sentence holds several.
    pub scope: Option<String>,
    /// Exceptions and conditions, as written.
    pub conditions: Vec<String>,
    /// The last day of the target's own time; null where the document's period holds.
    pub due: Option<String>,
    /// Whether the value is a change and not a level.
    pub change: Option<Change>,
    /// Which way is good; null where it is not known.
    pub direction: Option<Direction>,
    /// Who monitors, leads, coordinates.
    pub agencies: Vec<Agency>,
    /// The reported result.
    pub actual: Option<Actual>,
    /// The row of a table that it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowOf>,
    /// Index of the paper that it stands in.
    #[serde(default)]
    pub paper: usize,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}

/// Which way is good for an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}

/// Work that the document sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// Identifier within the record: `n7`.
    pub id: String,
    /// Body or annex.
    pub origin: Origin,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Who does it: the heading's agency, unless the sentence names another.
    pub owner: Vec<String>,
    /// Who helps, where the text says phối hợp.
    pub coordinate: Vec<String>,
    /// The work, as written.
    pub text: String,
    /// Index into [`Record::deadlines`].
    pub deadline: Option<usize>,
    /// What is to be produced; null where the text does not say.
    pub product: Option<String>,
    /// Index of the paper that it stands in.
    #[serde(default)]
    pub paper: usize,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}

/// How often something recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// hằng ngày.
    Day,
    /// hằng tuần.
    Week,
    /// hằng tháng.
    Month,
    /// hằng quý.
    Quarter,
    /// 6 tháng.
    HalfYear,
    /// hằng năm.
    Year,
}

/// A recurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recurrence {
    /// The unit of time.
    pub every: Every,
    /// Every so many of them; left out where it is 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval: Option<u32>,
    /// The rule within it: `before day 25 of the quarter's last month`.
    pub rule: Option<String>,
}

/// A date or period by which something must be done or reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// Identifier within the record: `d2`.
    pub id: String,
    /// The words.
    pub text: String,
    /// First day.
    pub from: Option<String>,
    /// Last day, as stated.
    pub to: Option<String>,
    /// Whether the last day itself is already too late (`trước ngày`).
    pub exclusive: bool,
    /// How it recurs.
    pub recurrence: Option<Recurrence>,
    /// What must be done by then.
    pub about: String,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Index of the paper that it stands in.
    #[serde(default)]
    pub paper: usize,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}

/// Why a document is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceRole {
    /// Căn cứ, thực hiện …, in the preamble.
    Basis,
    /// Anywhere else.
    Mention,
}

/// A document that is quoted; one entry a distinct type, number and date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// Identifier within the record: `r4`.
    pub id: String,
    /// Type of document, as its name is known: `Quyết định`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Number and symbol: `27/QĐ-UBND`; null of a law known by name.
    pub number: Option<String>,
    /// Date.
    pub date: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about.
    pub title: Option<String>,
    /// Why it is quoted.
    pub role: ReferenceRole,
    /// Index of the paper that it stands in.
    #[serde(default)]
    pub paper: usize,
    /// Every place where it is quoted.
    pub evidence: Vec<Evidence>,
}

/// A result that a report states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Identifier within the record: `f5`.
    pub id: String,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// What the number is of.
    pub subject: String,
    /// How it compares.
    pub comparator: Comparator,
    /// The number.
    pub value: Number,
    /// Its unit or counting noun.
    pub unit: Option<String>,
    /// Whether the value is a change and not a level.
    pub change: Option<Change>,
    /// Index of the paper that it stands in.
    #[serde(default)]
    pub paper: usize,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}

/// A total with its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sum {
    /// Identifier within the record: `u1`.
    pub id: String,
    /// The total as stated.
    pub total: Number,
    /// The parts as stated.
    pub parts: Vec<Number>,
    /// What is counted.
    pub unit: Option<String>,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Whether the parts make the total.
    pub holds: bool,
    /// Index of the paper that it stands in.
    #[serde(default)]
    pub paper: usize,
    /// The total's row, where it stands in a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowOf>,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}

/// Counts with the percentage that is stated of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ratio {
    /// Identifier within the record: `q1`.
    pub id: String,
    /// The count of what has it.
    pub numerator: Number,
    /// The count of all.
    pub denominator: Number,
    /// The percentage as stated.
    pub stated: Number,
    /// Whether the counts make the percentage, to the digits stated.
    pub holds: bool,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Index of the paper that it stands in.
    #[serde(default)]
    pub paper: usize,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}

/// What single places say: each quotation of a document with its own date and title, where [`Record::references`] has one
/// entry a document; annexes spoken of; stated numbers of targets and tasks; means with their parts; impossible days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mentions {
    /// Every place where another document is quoted, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Quote>,
    /// The annexes of this document that its words speak of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annexes: Vec<AnnexMention>,
    /// How many targets, tasks … there are, as stated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<Count>,
    /// Means that are given with what they are of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<Mean>,
    /// Percentages whose counts stand in words: `4.120 người, trong đó 3.955 người hài lòng, đạt 96%`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<WordedShare>,
    /// Numbers that are given with their growth in both ways: `tăng 18,5% (tăng 3,9 tỷ đồng)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub growths: Vec<Growth>,
    /// Stated numbers with the list that follows: `ban hành 03 văn bản, gồm: …; …; …`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<StatedList>,
    /// Totals with the lines below them that count in the same unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub line_totals: Vec<LineTotal>,
    /// Areas with their yield and their output.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub harvests: Vec<Harvest>,
    /// Columns of tables with their total row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub column_totals: Vec<Sum>,
    /// Rates in tables with the two cells that they are of: `Kế hoạch | Thực hiện | % so với kế hoạch`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cell_rates: Vec<Ratio>,
    /// What rows of tables say of their own result: `Đạt`, `Chưa đạt`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
    /// Days that no calendar has: `31/02/2025`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub impossible_days: Vec<Words>,
    /// Numbers of headings and items that do not go on from the one before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbering: Vec<Step>,
    /// Footnotes whose mark stands nowhere in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loose_notes: Vec<Words>,
    /// `(Kèm theo Kế hoạch số …)`: how annexes name the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<Words>,
}

impl Mentions {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A document as one place quotes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// Index into [`Record::references`].
    pub reference: usize,
    /// Type as its name is known, as this place says it.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Number and symbol.
    pub number: Option<String>,
    /// Date, where this place gives one.
    pub date: Option<String>,
    /// Who issued it, where this place says.
    pub issuer: Option<String>,
    /// What it is about, where this place says.
    pub title: Option<String>,
    /// Whether it stands in the preamble.
    pub role: ReferenceRole,
    /// The documents that the place says it was issued under, as indexes into [`Mentions::references`]: `Căn cứ Kế hoạch số 89/KH-UBND …,
    /// Sở đã ban hành Kế hoạch số 75/KH-SYT`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<usize>,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Where.
    pub evidence: Vec<Evidence>,
}

/// An annex that the text speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnnexMention {
    /// `I`, `02`, `A`; null where it has none.
    pub label: Option<String>,
    /// Whether it is called an annex: `Phụ lục kèm theo`; else only what it holds is told: `Danh mục nhiệm vụ kèm theo`.
    pub named: bool,
    /// Path of the innermost heading that the words stand under.
    pub section: Option<String>,
    /// Where.
    pub evidence: Vec<Evidence>,
}

/// What a stated number of things counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// All there are.
    All,
    /// Those reached or done.
    Reached,
    /// Those still open or missed.
    Open,
}

/// How many targets or tasks there are, as stated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// The number.
    pub value: Number,
    /// What is counted: `chỉ tiêu`, `nhiệm vụ`.
    pub noun: String,
    /// All of them, or those reached.
    pub counted: Counted,
    /// Of how many: 8 of `6/8 chỉ tiêu`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Number>,
    /// Whether the number is of another document's, as words before it say.
    pub of_other: bool,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Where.
    pub evidence: Vec<Evidence>,
}

/// A mean that is given with what it is of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mean {
    /// The mean as stated.
    pub value: Number,
    /// The values of its parts, as stated.
    pub parts: Vec<Number>,
    /// Their unit.
    pub unit: Option<String>,
    /// Whether the parts are all there are: every level, both of a pair, the highest and the lowest.
    pub complete: bool,
    /// Whether the parts are kinds of one thing and no single units: `rừng sản xuất …, rừng phòng hộ …`.
    #[serde(default)]
    pub kinds: bool,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Where.
    pub evidence: Vec<Evidence>,
}

/// A percentage and the two counts in words before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WordedShare {
    /// The count of what has it.
    pub numerator: Number,
    /// The counts that may be of all, nearest first.
    pub denominators: Vec<Number>,
    /// The percentage as stated.
    pub stated: Number,
    /// The sentence up to the percentage.
    pub words: String,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Where.
    pub evidence: Vec<Evidence>,
}

/// A total in a line of its own, and the lines below it in the same unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LineTotal {
    /// What is counted: `Tổng số giường bệnh`.
    pub label: String,
    /// The total as stated.
    pub total: Number,
    /// The unit of all.
    pub unit: String,
    /// The lines below.
    pub parts: Vec<LinePart>,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Where: the total's line, then the parts'.
    pub evidence: Vec<Evidence>,
}

/// A line below a total.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinePart {
    /// What is counted: `Trung tâm y tế`.
    pub label: String,
    /// The values that it gives: two where it gives two, `235 học sinh (tỉnh giao) / 258 học sinh (huyện giao)`.
    pub values: Vec<Number>,
}

/// An area, what a hectare of it yields, and the output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Harvest {
    /// Hectares.
    pub area: Number,
    /// Quintals (tạ) a hectare.
    pub rate: Number,
    /// Tonnes.
    pub output: Number,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Where: the three numbers.
    pub evidence: Vec<Evidence>,
}

/// A number with its growth, as a difference and as a percentage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Growth {
    /// The number.
    pub now: Number,
    /// By how much it grew or fell.
    pub difference: Number,
    /// Whether it grew.
    pub rise: bool,
    /// The percentage as stated.
    pub stated: Number,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Where.
    pub evidence: Vec<Evidence>,
}

/// What a row of a table says of its own result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// Which row.
    pub row: RowOf,
    /// Whether it says that the target was reached.
    pub reached: bool,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Where.
    pub evidence: Vec<Evidence>,
}

/// A stated number with the list that follows it in the sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatedList {
    /// The number as stated.
    pub value: Number,
    /// What is counted.
    pub noun: String,
    /// How many numbered items follow, `(1) …; (2) …`; null where they bear no numbers.
    pub numbered: Option<u32>,
    /// How many items follow, set apart by semicolons; null where they are set apart otherwise.
    pub items: Option<u32>,
    /// Path of the innermost heading that it stands under.
    pub section: Option<String>,
    /// Where.
    pub evidence: Vec<Evidence>,
}

/// Two markers of one sequence, the second of which is not next after the first: `2.` and `4.`, `V.` and `V.`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// The label of the first: `đ`.
    pub after: String,
    /// The label of the second: `k`.
    pub found: String,
    /// How many markers of the sequence went on one after the other before.
    pub run: u32,
    /// Whether what is left out stands between the two, where no marker was read from it: `- 3. Sở Y tế`.
    pub met: bool,
    /// Path of the innermost heading over the second.
    pub section: Option<String>,
    /// The words of both.
    pub evidence: Vec<Evidence>,
}

/// Words and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Path of the innermost heading that they stand under.
    pub section: Option<String>,
    /// Where.
    pub evidence: Vec<Evidence>,
}

/// A row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct RowOf {
    /// Index into [`Record::tables`].
    pub table: usize,
    /// Index into [`Table::rows`].
    pub row: usize,
}

/// What could not be read, or was read with doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// A stable name: `no-type-line`.
    pub code: String,
    /// What happened, in English.
    pub message: String,
    /// Where.
    pub evidence: Vec<Evidence>,
}
