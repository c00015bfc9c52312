//! The vocabulary of the genre, read from `rules/lexicons`.
//!
//! A lexicon is a TOML file of entries; each entry has a name, other spellings and a
//! source. The files are embedded, so the program runs alone; a folder given with
//! `--rules` lays its own files over them: an entry of the same name replaces the
//! embedded one, a new name is added. Everything is checked once, when it is read.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::grammar::{Grammar, GrammarError, Kind, said::Sayings, time::Times};
use crate::words::{Phrases, Token, Vocabulary, WordId};

/// Why a lexicon cannot be used.
#[derive(Debug, Error)]
pub enum LexiconError {
    /// The file is not the TOML that the lexicon asks for.
    #[error("{file}: {reason}")]
    Syntax {
        /// The file's name.
        file: String,
        /// What the TOML reader says, with line and column.
        reason: String,
    },
    /// Two entries claim one spelling.
    #[error("{file}: `{form}` is claimed by both `{first}` and `{second}`")]
    Ambiguous {
        /// The file's name.
        file: String,
        /// The spelling.
        form: String,
        /// The entry that had it first.
        first: String,
        /// The entry that claims it too.
        second: String,
    },
    /// An entry names a source that the file does not list under `[sources]`.
    #[error("{file}: `{name}` names the source `{found}`, which [sources] does not list")]
    NoSource {
        /// The file's name.
        file: String,
        /// The entry.
        name: String,
        /// The source it names.
        found: String,
    },
    /// A file of the grammar is broken.
    #[error(transparent)]
    Grammar(#[from] GrammarError),
    /// The file cannot be read.
    #[error("{file}: cannot be read: {reason}")]
    Unreadable {
        /// The file's path.
        file: String,
        /// What the system says.
        reason: String,
    },
}

/// How a quantity compares, or what brings it in (`comparators.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparatorKind {
    /// `trên`.
    Gt,
    /// `tối thiểu`.
    Ge,
    /// `dưới`.
    Lt,
    /// `không quá`.
    Le,
    /// `khoảng`.
    Approx,
    /// `… trở lên`.
    AtLeastAfter,
    /// `… trở xuống`.
    AtMostAfter,
    /// `đạt`: what follows is a level.
    Reach,
    /// `giảm còn`: a level reached from above.
    Remain,
    /// `tăng lên`: a level reached from below.
    Raise,
    /// `tăng`: what follows is a change.
    Increase,
    /// `giảm`: what follows is a change.
    Decrease,
    /// `gấp`: what follows is a multiple.
    Turn,
    /// `bảo đảm`: what follows is wanted.
    Ensure,
}

/// What a unit measures (`units.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// `%`.
    Percent,
    /// `nghìn`, `triệu`: stands before another unit.
    Multiplier,
    /// `đồng`.
    Money,
    /// `ha`.
    Measure,
    /// `ngày`, `tuổi`.
    Time,
    /// `lần`.
    Frequency,
    /// A counting noun: `trường`.
    Count,
}

/// What a document of a type is to this program (`document-types.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// kế hoạch.
    Plan,
    /// báo cáo.
    Report,
    /// quyết định.
    Decision,
    /// Any other.
    Other,
}

/// Whose body a body is (`bodies.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyLevel {
    /// Chính phủ, bộ.
    Central,
    /// Tỉnh ủy.
    Province,
    /// Sở.
    Department,
    /// Huyện ủy.
    District,
    /// Ban chỉ đạo: takes the level of its unit.
    Board,
    /// Trường: no level of government.
    Other,
}

/// What a section sets (`sections.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionRole {
    /// Mục tiêu: targets.
    Aims,
    /// Nhiệm vụ, giải pháp, tổ chức thực hiện: work.
    Tasks,
    /// Kết quả, tình hình: what was reached, or is so.
    Results,
    /// Kiến nghị, đề xuất: in a report what is asked for; elsewhere (a notice that answers the requests of a province) work.
    Requests,
    /// Mục đích, yêu cầu.
    Purpose,
    /// Kinh phí.
    Budget,
}

/// What a table's column holds (`columns.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// STT.
    Ordinal,
    /// Chỉ tiêu.
    Indicator,
    /// Nhiệm vụ.
    Task,
    /// Quy mô, yêu cầu.
    Detail,
    /// Đơn vị tính.
    Unit,
    /// Kế hoạch, mục tiêu: the value wanted.
    Target,
    /// Kết quả, thực hiện: the value reached.
    Actual,
    /// Hiện trạng: a past value.
    Base,
    /// So sánh, tỷ lệ.
    Rate,
    /// Theo dõi, đôn đốc.
    Monitor,
    /// Chủ trì.
    Lead,
    /// Phối hợp.
    Coordinate,
    /// Thời gian, thời hạn.
    Deadline,
    /// Sản phẩm.
    Product,
    /// Kinh phí.
    Budget,
    /// Đơn giá, thành tiền: what something costs, in an estimate.
    Price,
    /// Ghi chú.
    Note,
}

/// What the words around a number say about it, as the audit's rules ask (`surroundings.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurroundingKind {
    /// `Nhiệm vụ quá hạn`, `Kết quả thực hiện`: what was done or missed.
    Past,
    /// `Mốc kiểm tra`, `Thời kỳ`: the time that is looked at.
    Period,
    /// `Tiếp thu, giải trình`: a paper about the draft of another.
    Review,
    /// `Cấp xã`, `Trước khi sắp xếp`: what a heading may be for.
    Group,
    /// `đến năm`: a year that looks ahead.
    Horizon,
    /// `tầm nhìn đến năm`: a year beyond the time that a plan is for.
    Vision,
    /// `trong đó`: what follows is of what came before.
    Part,
    /// `từ đầu năm`, `lũy kế`: counted from the start of the year.
    Since,
    /// `trong tháng`, `từ tháng`: counted in a part of the year.
    Within,
    /// `cùng kỳ`: the same months of another year.
    SameTime,
    /// `Phương hướng`, `Nhiệm vụ 6 tháng cuối năm`: work to come.
    Ahead,
}

/// What words in brackets behind a value tell (`asides.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsideKind {
    /// `trừ …`, `đối với …`.
    Condition,
    /// `hiện tại …`.
    State,
    /// `được giao …`.
    Assigned,
}

/// What a line says of the papers of a file (`papers.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperSign {
    /// `CỘNG HÒA XÃ HỘI …`, `ĐẢNG CỘNG SẢN VIỆT NAM`: a head.
    Motto,
    /// `Độc lập - Tự do …`.
    UnderMotto,
    /// `Nơi nhận`: a foot.
    Recipients,
    /// `TM.`, `KT.`.
    ForWhom,
    /// `(Đã ký)`.
    Stamp,
    /// `(Kèm theo …)`.
    Attached,
    /// `Phụ lục`, `Biểu số`.
    Label,
    /// `DANH MỤC …`: the title of an annex without a label.
    List,
    /// `Căn cứ`: the preamble.
    Opening,
    /// `Trên đây`: the last words of a document.
    Closing,
    /// `Kính gửi`: a letter's body begins.
    Addressee,
    /// `V/v`.
    Subject,
    /// `giai đoạn …` under a shouted title.
    TitleGoesOn,
    /// `thông qua ngày`: the day of a resolution follows.
    Adopted,
    /// `Văn bản liên quan`: a portal's tail.
    Related,
    /// `Trang chủ`, `Ngày đăng: …`: a portal's frame before a document.
    Frame,
    /// `DỰ THẢO` before the name of a type.
    Draft,
}

/// What a word at the joint of a clause tells of the value beside it (`clauses.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// `để`: what follows is no part of what is measured.
    Tail,
    /// `đồng thời`: behind a comma, another matter begins.
    Other,
    /// `góp phần`: behind a comma or `và`, why it is done.
    Aim,
    /// `với mục tiêu`: what is measured begins behind it.
    Lead,
    /// `ngoài ra`: joins a sentence to the one before.
    Opener,
    /// `đối với`: at the start of a clause, the group or place that its value is for.
    About,
    /// `trường hợp`: tells when, no value is wanted there.
    Condition,
    /// `tốc độ tăng`: a rate of the value before.
    Rate,
    /// `kế hoạch`: what a share of it is reached.
    Plan,
    /// `hiện nay`: so it is, or was.
    State,
    /// `doanh thu`: with `có` before it, says which things are meant.
    Threshold,
    /// `dân`: what a rate is counted by.
    CountedBy,
    /// `số`: how many there are of what follows.
    Total,
    /// `ba`: a number in letters.
    Numeral,
    /// `mươi`, `trăm`, `nghìn`: multiplies the number in letters before it.
    NumeralStep,
    /// `lăm`, `mốt`, `lẻ`: goes on with a number in letters, and begins none.
    NumeralTail,
    /// `phần`, `nửa`: the number in letters before it is of a fraction.
    Fraction,
    /// `quy định`: what a text sets, asks or proposes, and not how things are.
    Tells,
    /// `xảy ra`: what is counted stands behind it.
    Happens,
    /// `bị thương`: what came of the value before.
    Harm,
}

/// A word at the joint of a clause; `value` is that of a number in letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClauseWord {
    /// What it tells.
    pub kind: ClauseKind,
    /// What a number in letters is worth; of a fraction its denominator, 0 where that follows.
    pub value: u32,
}

/// What words before a number say about it (`described.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DescribedKind {
    /// The number is part of a name: `thôn 3`.
    Naming,
    /// The number is that of a part of a law: `khoản 5 Điều 4`.
    LawPart,
    /// How things are or were: `hiện có`.
    Past,
    /// What must be the case first: `trường hợp`.
    Condition,
    /// Which things are meant: `có doanh thu`.
    Threshold,
    /// `giá so sánh`.
    PriceBase,
    /// `chấm tối đa`.
    Scoring,
    /// `điện thoại`.
    Contact,
    /// `vĩ độ`.
    Coordinates,
    /// What a value is compared with: `so với`.
    Base,
    /// How big a part is: `chiếm`.
    Portion,
    /// The number is a place in an order: `top 10`.
    Rank,
    /// All of them are meant: `cả 3 xã`.
    Whole,
    /// What a text counts of its own: `05 nhóm nhiệm vụ sau:`.
    Matter,
}

/// A type of document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentType {
    /// Its name: `Kế hoạch`.
    pub name: String,
    /// The letters that stand for it in a symbol: `KH`.
    pub codes: Vec<String>,
    /// What it is to this program.
    pub record: RecordKind,
    /// Whether the name stands alone as the type line of a document.
    pub heads: bool,
    /// Whether a plan, a programme or rules may be attached to it.
    pub promulgates: bool,
    /// Whether it may be quoted without a number: `Luật Căn cước`.
    pub by_name: bool,
    /// Whether it is the only one of its kind: `Hiến pháp`.
    pub stands_alone: bool,
}

/// A word that the name of a body begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Whose body it is, where the word alone tells.
    pub level: Option<BodyLevel>,
    /// Word sequences that, following, make it no body: `Ban` + `hành`.
    pub not_before: Vec<Vec<WordId>>,
    /// A kind of body, written small: `đơn vị`.
    pub generic: bool,
    /// May stand without a complement: `Tỉnh ủy`.
    pub alone: bool,
    /// Other bodies are named by it: `Ban Tuyên giáo Tỉnh ủy`.
    pub owner: bool,
}

/// What a small word of duties does (`duties.toml`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duty {
    /// Hands work to whoever follows: `giao`, `đề nghị`.
    pub asks: bool,
    /// Hands work only to a body that is named: `khuyến khích`.
    pub softly: bool,
    /// Begins a clause before the body: `căn cứ`, `sau khi`.
    pub opens: bool,
    /// Is no part of a name: `phải`, `theo`.
    pub ends: bool,
    /// Says in brackets what a body is: `cơ quan thường trực`.
    pub what: bool,
    /// Leads, before a colon, to the items below: `như sau`.
    pub leads: bool,
    /// Stands before a kind of body: `các`, `những`, `toàn thể`.
    pub counts: bool,
    /// Begins what sets no work: `trên đây là`.
    pub closes: bool,
    /// A verb that says what kind of body it is: `đào tạo`, `cung cấp`.
    pub attributes: bool,
    /// Of those that end a name, only ties it to something: `trong`, `nhằm`.
    pub relates: bool,
    /// Says only who carries a decision out: `chịu trách nhiệm thi hành`.
    pub enacts: bool,
    /// Is, with a heading's agency above, that one's own work: `yêu cầu các nhà thầu …`.
    pub begs: bool,
    /// Binds whoever stands before it, also a place: `tỉnh … cần`.
    pub binds: bool,
    /// Stands before a body in its heading: `Trách nhiệm của Sở …`.
    pub heads: bool,
}

/// All lexicons, ready for look-up.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// The numbers of all words that any lexicon has.
    pub vocabulary: Vocabulary,
    /// `comparators.toml`.
    pub comparators: Phrases<ComparatorKind>,
    /// `units.toml`.
    pub units: Phrases<UnitKind>,
    /// `document-types.toml`; the value is the index into [`Lexicon::types`].
    pub type_names: Phrases<usize>,
    /// `document-types.toml`.
    pub types: Vec<DocumentType>,
    /// `bodies.toml`.
    pub bodies: Phrases<Body>,
    /// `papers.toml`.
    pub papers: Phrases<PaperSign>,
    /// `offices.toml`.
    pub offices: Phrases<()>,
    /// `actions.toml`.
    pub actions: Phrases<()>,
    /// `duties.toml`.
    pub duties: Phrases<Duty>,
    /// Whole names of bodies: those of `agencies.toml`.
    pub agencies: Phrases<()>,
    /// `sections.toml`.
    pub sections: Phrases<SectionRole>,
    /// `columns.toml`.
    pub columns: Phrases<ColumnKind>,
    /// `asides.toml`.
    pub asides: Phrases<AsideKind>,
    /// `clauses.toml`: words at the joints of clauses.
    pub clauses: Phrases<ClauseWord>,
    /// `described.toml`.
    pub described: Phrases<DescribedKind>,
    /// `surroundings.toml`.
    pub surroundings: Phrases<SurroundingKind>,
    /// Cities directly under the centre.
    pub cities: Phrases<String>,
    /// `laws.toml`: names of laws, without the word Luật.
    pub laws: Phrases<()>,
    /// `measures.toml`: words that an indicator begins with.
    pub measures: Phrases<()>,
    /// `grammar/time.toml`.
    pub times: TimeGrammar,
    /// `grammar/values.toml`.
    pub values: Grammar<Sayings>,
    /// `grammar/duties.toml`.
    pub roles: Grammar<Sayings>,
    /// `qualifiers.toml`: words behind a kind of body that belong to its name.
    pub qualifiers: Phrases<()>,
    /// Words of several syllables: `giao thông` is not the verb `giao`.
    pub compounds: Phrases<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "E: DeserializeOwned")]
struct File<E> {
    #[serde(default)]
    sources: BTreeMap<String, String>,
    #[serde(default)]
    entry: Vec<E>,
}

/// What every entry has.
trait Entry: DeserializeOwned {
    fn name(&self) -> &str;
    fn aliases(&self) -> &[String];
    fn source(&self) -> &str;
}

macro_rules! entry {
    ($(#[$meta:meta])* $name:ident { $($field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            name: String,
            #[serde(default)]
            aliases: Vec<String>,
            source: String,
            $(#[serde(default)] $field: $type,)*
        }

        impl Entry for $name {
            fn name(&self) -> &str {
                &self.name
            }
            fn aliases(&self) -> &[String] {
                &self.aliases
            }
            fn source(&self) -> &str {
                &self.source
            }
        }
    };
}

pub mod linking;
pub mod places;

entry!(WordEntry {});
entry!(CityEntry { since: Option<String> });
entry!(ComparatorEntry { kind: Option<ComparatorKind> });
entry!(UnitEntry { kind: Option<UnitKind> });
entry!(SectionEntry { role: Option<SectionRole> });
entry!(ColumnEntry { kind: Option<ColumnKind> });
entry!(AsideEntry { kind: Option<AsideKind> });
entry!(PaperEntry { kind: Option<PaperSign> });
entry!(TypeEntry { codes: Vec<String>, record: Option<RecordKind>, heads: bool, by_name: bool, promulgates: bool, stands_alone: bool, standing: Option<linking::Standing> });
entry!(DutyEntry {
    asks: bool,
    softly: bool,
    opens: bool,
    ends: bool,
    what: bool,
    leads: bool,
    counts: bool,
    closes: bool,
    begs: bool,
    attributes: bool,
    relates: bool,
    enacts: bool,
    binds: bool,
    heads: bool,
});
entry!(ClauseEntry { kind: Option<ClauseKind>, value: u32 });
entry!(DescribedEntry { kind: Option<DescribedKind> });
entry!(SurroundingEntry { kind: Option<SurroundingKind> });
entry!(BodyEntry { level: Option<BodyLevel>, not_before: Vec<String>, generic: bool, alone: bool, owner: bool });

/// The embedded files, by name.
pub const FILES: &[(&str, &str)] = &[
    ("abbreviations.toml", include_str!("../rules/lexicons/abbreviations.toml")),
    ("actions.toml", include_str!("../rules/lexicons/actions.toml")),
    ("agencies.toml", include_str!("../rules/lexicons/agencies.toml")),
    ("asides.toml", include_str!("../rules/lexicons/asides.toml")),
    ("bodies.toml", include_str!("../rules/lexicons/bodies.toml")),
    ("cities.toml", include_str!("../rules/lexicons/cities.toml")),
    ("clauses.toml", include_str!("../rules/lexicons/clauses.toml")),
    ("columns.toml", include_str!("../rules/lexicons/columns.toml")),
    ("comparators.toml", include_str!("../rules/lexicons/comparators.toml")),
    ("compounds.toml", include_str!("../rules/lexicons/compounds.toml")),
    ("contrasts.toml", include_str!("../rules/lexicons/contrasts.toml")),
    ("described.toml", include_str!("../rules/lexicons/described.toml")),
    ("dimensions.toml", include_str!("../rules/lexicons/dimensions.toml")),
    ("document-types.toml", include_str!("../rules/lexicons/document-types.toml")),
    ("duties.toml", include_str!("../rules/lexicons/duties.toml")),
    ("fillers.toml", include_str!("../rules/lexicons/fillers.toml")),
    ("indicators.toml", include_str!("../rules/lexicons/indicators.toml")),
    ("laws.toml", include_str!("../rules/lexicons/laws.toml")),
    ("measures.toml", include_str!("../rules/lexicons/measures.toml")),
    ("offices.toml", include_str!("../rules/lexicons/offices.toml")),
    ("papers.toml", include_str!("../rules/lexicons/papers.toml")),
    ("qualifiers.toml", include_str!("../rules/lexicons/qualifiers.toml")),
    ("sections.toml", include_str!("../rules/lexicons/sections.toml")),
    ("surroundings.toml", include_str!("../rules/lexicons/surroundings.toml")),
    ("terms.toml", include_str!("../rules/lexicons/terms.toml")),
    ("units.toml", include_str!("../rules/lexicons/units.toml")),
];

/// The embedded files of the grammar, by name.
pub const GRAMMAR: &[(&str, &str)] = &[
    ("time.toml", include_str!("../rules/grammar/time.toml")),
    ("values.toml", include_str!("../rules/grammar/values.toml")),
    ("duties.toml", include_str!("../rules/grammar/duties.toml")),
];

/// The grammar of times, with the names by which readers ask it.
#[derive(Clone, Debug, Default)]
pub struct TimeGrammar {
    /// The rules.
    pub grammar: Grammar<Times>,
    /// A date, as far as it is given.
    pub date: Option<Kind>,
    /// A stretch of the calendar.
    pub span: Option<Kind>,
    /// A time by which, or in which, something is due.
    pub time: Option<Kind>,
    /// A time in a place for times: a column, a label.
    pub bare: Option<Kind>,
    /// What is a time only in a column of times.
    pub column: Option<Kind>,
    /// How often.
    pub rhythm: Option<Kind>,
}

impl TimeGrammar {
    fn new(grammar: Grammar<Times>) -> Self {
        let kind = |name: &str| grammar.kind(name);
        let (date, span, time, bare) = (kind("date"), kind("span"), kind("time"), kind("bare"));
        let (column, rhythm) = (kind("column"), kind("rhythm"));
        Self { grammar, date, span, time, bare, column, rhythm }
    }
}

/// Every spelling of several words that the embedded lexicons have, as written there.
///
/// # Errors
/// Where an embedded file is broken, which the tests rule out.
pub fn phrases() -> Result<Vec<String>, LexiconError> {
    let mut phrases = Vec::new();
    for (file, text) in FILES {
        phrases.extend(spellings(file, text)?.into_iter().filter(|form| form.contains(' ')));
    }
    Ok(phrases)
}

/// Every label of a column that the embedded lexicons have, as written there.
///
/// # Errors
/// Where the embedded file is broken, which the tests rule out.
pub fn column_labels() -> Result<Vec<String>, LexiconError> {
    FILES.iter().find(|(file, _)| *file == "columns.toml").map_or(Ok(Vec::new()), |(file, text)| spellings(file, text))
}

/// The names and aliases of a lexicon's entries.
fn spellings(file: &str, text: &str) -> Result<Vec<String>, LexiconError> {
    #[derive(Deserialize)]
    struct Spelled {
        name: String,
        #[serde(default)]
        aliases: Vec<String>,
    }
    #[derive(Deserialize)]
    struct Spellings {
        entry: Vec<Spelled>,
    }
    let broken = |error: toml::de::Error| LexiconError::Syntax { file: file.into(), reason: error.to_string().trim_end().into() };
    let read: Spellings = toml::from_str(text).map_err(broken)?;
    Ok(read.entry.into_iter().flat_map(|Spelled { name, aliases }| std::iter::once(name).chain(aliases)).collect())
}

/// The embedded file and the one of `folder` that is laid over it.
fn layers_of(folder: Option<&Path>, file: &'static str) -> Result<Layers<'static>, LexiconError> {
    let embedded = FILES.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| *text);
    let mut texts = vec![(file.to_owned(), embedded.to_owned())];
    texts.extend(laid_over(folder, "lexicons", file)?);
    Ok(Layers { file, texts })
}

/// What tells one set of rules from another: the first 12 hexadecimal digits of the SHA-256 of all lexicons and of the map of units, those of
/// `folder` included.
///
/// # Errors
/// Where a file of `folder` cannot be read.
pub fn fingerprint(folder: Option<&Path>) -> Result<String, LexiconError> {
    let mut sha256 = Sha256::new();
    sha256.update(places::FILE.as_bytes());
    let files = FILES.iter().map(|file| ("lexicons", file)).chain(GRAMMAR.iter().map(|file| ("grammar", file)));
    for (inside, (name, embedded)) in files {
        for text in [Some((*embedded).to_owned()), laid_over(folder, inside, name)?.map(|(_, text)| text)].into_iter().flatten() {
            sha256.update(name.as_bytes());
            sha256.update(text.len().to_le_bytes());
            sha256.update(text.as_bytes());
        }
    }
    Ok(sha256.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}

/// The lexicon of `folder` that is laid over the embedded one of that name: its path and text.
fn laid_over(folder: Option<&Path>, inside: &str, name: &str) -> Result<Option<(String, String)>, LexiconError> {
    let Some(path) = folder.map(|folder| folder.join(inside).join(name)).filter(|path| path.exists()) else {
        return Ok(None);
    };
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(&path)
        .map_err(|error| LexiconError::Unreadable { file: shown.clone(), reason: error.to_string() })?;
    Ok(Some((shown, text)))
}

/// The text of one lexicon and of the one laid over it.
struct Layers<'a> {
    file: &'a str,
    texts: Vec<(String, String)>,
}

impl Layers<'_> {
    /// Reads the layers' entries; a later layer's entry replaces one of the same name.
    fn entries<E: Entry>(&self) -> Result<Vec<E>, LexiconError> {
        let mut entries: Vec<E> = Vec::new();
        for (path, text) in &self.texts {
            let layer: File<E> = toml::from_str(text)
                .map_err(|error| LexiconError::Syntax { file: path.clone(), reason: error.to_string().trim_end().into() })?;
            for entry in layer.entry {
                if !layer.sources.contains_key(entry.source()) {
                    return Err(LexiconError::NoSource {
                        file: path.clone(),
                        name: entry.name().into(),
                        found: entry.source().into(),
                    });
                }
                match entries.iter_mut().find(|known| known.name() == entry.name()) {
                    Some(known) if path != self.file => *known = entry,
                    _ => entries.push(entry),
                }
            }
        }
        Ok(entries)
    }

    /// The error of an entry without a field that it needs.
    fn lacks(&self, name: &str, field: &str) -> LexiconError {
        LexiconError::Syntax { file: self.file.into(), reason: format!("`{name}` has no {field}") }
    }

    /// Adds every spelling of `entry` to `phrases`.
    fn add<E: Entry, T: Clone>(
        &self,
        entry: &E,
        value: &T,
        vocabulary: &mut Vocabulary,
        phrases: &mut Phrases<T>,
        owners: &mut BTreeMap<Vec<WordId>, String>,
    ) -> Result<(), LexiconError> {
        for form in std::iter::once(entry.name()).chain(entry.aliases().iter().map(String::as_str)) {
            let words = vocabulary.phrase(form);
            if let Some(first) = owners.insert(words.clone(), entry.name().into()) {
                return Err(LexiconError::Ambiguous {
                    file: self.file.into(),
                    form: form.into(),
                    first,
                    second: entry.name().into(),
                });
            }
            phrases.add(&words, value.clone());
        }
        Ok(())
    }

    /// Reads a lexicon whose entries lead to one value each.
    fn phrases<E: Entry, T: Clone>(
        &self,
        vocabulary: &mut Vocabulary,
        value: impl Fn(&E) -> Option<T>,
    ) -> Result<Phrases<T>, LexiconError> {
        let mut phrases = Phrases::default();
        let mut owners = BTreeMap::new();
        for entry in self.entries::<E>()? {
            let value = value(&entry).ok_or_else(|| LexiconError::Syntax {
                file: self.file.into(),
                reason: format!("`{}` has no kind", entry.name()),
            })?;
            self.add(&entry, &value, vocabulary, &mut phrases, &mut owners)?;
        }
        Ok(phrases)
    }
}

impl Lexicon {
    /// Whether words are nothing but a unit: `ha`, `triệu đồng`, `kg/người/năm`.
    #[must_use]
    pub fn is_unit(&self, tokens: &[Token]) -> bool {
        /// Most words of what a unit is told by: `10.000 dân`.
        const BY: usize = 3;
        let mut at = 0;
        while let Some((length, UnitKind::Multiplier)) = self.units.at(tokens, at).map(|(length, kind)| (length, *kind)) {
            at += length;
        }
        let Some((length, _)) = self.units.at(tokens, at) else { return false };
        let rest = &tokens[at + length..];
        let by = |part: &[Token]| (1..=BY).contains(&part.len());
        rest.is_empty() || rest[0].is_mark(b'/') && rest[1..].split(|token| token.is_mark(b'/')).all(by)
    }

    /// The embedded lexicons.
    ///
    /// # Errors
    /// Where an embedded file is broken, which the tests rule out.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::read(None)
    }

    /// The embedded lexicons with those of `folder/lexicons` laid over them.
    ///
    /// # Errors
    /// Where a file cannot be read, is not what its lexicon asks for, or claims a spelling twice.
    pub fn with_rules(folder: &Path) -> Result<Self, LexiconError> {
        Self::read(Some(folder))
    }

    fn read(folder: Option<&Path>) -> Result<Self, LexiconError> {
        let layers = |file| layers_of(folder, file);
        let mut lexicon = Self::default();
        let words = &mut lexicon.vocabulary;
        lexicon.actions = layers("actions.toml")?.phrases(words, |_: &WordEntry| Some(()))?;
        lexicon.duties = layers("duties.toml")?.phrases(words, |entry: &DutyEntry| {
            let DutyEntry { asks, softly, opens, ends, what, leads, counts, .. } = *entry;
            let DutyEntry { closes, begs, attributes, relates, enacts, binds, heads, .. } = *entry;
            Some(Duty { asks, softly, opens, ends, what, leads, counts, closes, begs, attributes, relates, enacts, binds, heads })
        })?;
        lexicon.agencies = linking::agency_names(&layers("agencies.toml")?, words)?;
        lexicon.asides = layers("asides.toml")?.phrases(words, |entry: &AsideEntry| entry.kind)?;
        lexicon.cities =
            layers("cities.toml")?.phrases(words, |entry: &CityEntry| Some(entry.since.clone().unwrap_or_default()))?;
        lexicon.columns = layers("columns.toml")?.phrases(words, |entry: &ColumnEntry| entry.kind)?;
        lexicon.comparators = layers("comparators.toml")?.phrases(words, |entry: &ComparatorEntry| entry.kind)?;
        let clause_word = |entry: &ClauseEntry| entry.kind.map(|kind| ClauseWord { kind, value: entry.value });
        lexicon.clauses = layers("clauses.toml")?.phrases(words, clause_word)?;
        lexicon.described = layers("described.toml")?.phrases(words, |entry: &DescribedEntry| entry.kind)?;
        lexicon.laws = layers("laws.toml")?.phrases(words, |_: &WordEntry| Some(()))?;
        lexicon.measures = layers("measures.toml")?.phrases(words, |_: &WordEntry| Some(()))?;
        lexicon.compounds = layers("compounds.toml")?.phrases(words, |_: &WordEntry| Some(()))?;
        lexicon.qualifiers = layers("qualifiers.toml")?.phrases(words, |_: &WordEntry| Some(()))?;
        lexicon.papers = layers("papers.toml")?.phrases(words, |entry: &PaperEntry| entry.kind)?;
        lexicon.offices = layers("offices.toml")?.phrases(words, |_: &WordEntry| Some(()))?;
        lexicon.sections = layers("sections.toml")?.phrases(words, |entry: &SectionEntry| entry.role)?;
        lexicon.surroundings = layers("surroundings.toml")?.phrases(words, |entry: &SurroundingEntry| entry.kind)?;
        lexicon.units = layers("units.toml")?.phrases(words, |entry: &UnitEntry| entry.kind)?;
        lexicon.read_bodies(&layers("bodies.toml")?)?;
        lexicon.read_types(&layers("document-types.toml")?)?;
        for (name, text) in GRAMMAR {
            let mut layers = vec![((*name).to_owned(), (*text).to_owned())];
            layers.extend(laid_over(folder, "grammar", name)?);
            match *name {
                "values.toml" => lexicon.values = Grammar::read(&layers, &mut lexicon.vocabulary)?,
                "duties.toml" => lexicon.roles = Grammar::read(&layers, &mut lexicon.vocabulary)?,
                _ => lexicon.times = TimeGrammar::new(Grammar::read(&layers, &mut lexicon.vocabulary)?),
            }
        }
        Ok(lexicon)
    }

    /// Whether the tokens begin with words that qualify a kind of body: `liên quan`, `chức năng`.
    #[must_use]
    pub fn is_related(&self, tokens: &[crate::words::Token]) -> bool {
        self.qualifiers.at(tokens, 0).is_some()
    }

    fn read_bodies(&mut self, layers: &Layers) -> Result<(), LexiconError> {
        let mut owners = BTreeMap::new();
        for entry in layers.entries::<BodyEntry>()? {
            let body = Body {
                level: entry.level,
                not_before: entry.not_before.iter().map(|words| self.vocabulary.phrase(words)).collect(),
                generic: entry.generic,
                alone: entry.alone,
                owner: entry.owner,
            };
            layers.add(&entry, &body, &mut self.vocabulary, &mut self.bodies, &mut owners)?;
        }
        Ok(())
    }

    fn read_types(&mut self, layers: &Layers) -> Result<(), LexiconError> {
        let mut owners = BTreeMap::new();
        for entry in layers.entries::<TypeEntry>()? {
            let index = self.types.len();
            layers.add(&entry, &index, &mut self.vocabulary, &mut self.type_names, &mut owners)?;
            let kind = DocumentType {
                record: entry.record.unwrap_or(RecordKind::Other),
                name: entry.name,
                codes: entry.codes,
                heads: entry.heads,
                by_name: entry.by_name,
                promulgates: entry.promulgates,
                stands_alone: entry.stands_alone,
            };
            self.types.push(kind.clone());
            // A type is quoted by the name that is written: `Chương trình hành động` is a Chương trình.
            for alias in &entry.aliases {
                let words = self.vocabulary.phrase(alias);
                self.type_names.add(&words, self.types.len());
                self.types.push(DocumentType { name: alias.clone(), ..kind.clone() });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(text: &str) -> Layers<'static> {
        Layers { file: "test.toml", texts: vec![("test.toml".into(), text.into())] }
    }

    fn read(text: &str) -> Result<Phrases<UnitKind>, LexiconError> {
        layers(text).phrases(&mut Vocabulary::default(), |entry: &UnitEntry| entry.kind)
    }

    #[test]
    fn the_embedded_lexicons_are_sound() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        assert!(lexicon.types.iter().any(|known| known.name == "Kế hoạch"));
    }

    #[test]
    fn errors_say_file_place_and_reason() {
        let sources = "[sources]\nusage = \"test\"\n";
        let message = |text: &str| read(&format!("{sources}{text}")).expect_err("broken").to_string();
        let entry = |name: &str, rest: &str| format!("[[entry]]\nname = \"{name}\"\n{rest}\nsource = \"usage\"\n");
        let twice = entry("hóa", "kind = \"count\"") + &entry("hoá", "kind = \"count\"");
        assert_eq!(message(&twice), "test.toml: `hoá` is claimed by both `hóa` and `hoá`");
        assert!(message(&entry("ha", "kind = \"sum\"")).contains("unknown variant `sum`"));
        assert!(message(&entry("ha", "size = 1")).contains("unknown field `size`"));
        assert_eq!(message(&entry("ha", "")), "test.toml: `ha` has no kind");
        let unsourced = "[[entry]]\nname = \"ha\"\nkind = \"measure\"\nsource = \"nowhere\"\n";
        assert_eq!(message(unsourced), "test.toml: `ha` names the source `nowhere`, which [sources] does not list");
    }
}
