//! What an indicator measures, read from its words: `Tỷ lệ hồ sơ TTHC xử lý trực tuyến` and `hồ sơ thủ tục hành chính được
//! giải quyết hoàn toàn trực tuyến` (100%) are the same words once abbreviations are written out, one wording is taken for
//! another, filler words left out and the order forgotten.
//!
//! What is left is a set of words, a measure (a share, a count, money …) and the levels of government that it is for. Words
//! that are not known to add nothing stay: `dân số trưởng thành` is no `dân số`.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::lexicon::UnitKind;
use crate::lexicon::linking::{FillerKind, LinkLexicon};
use crate::record::{Change, ChangeKind};
use crate::words::{Case, Token, fold, fold_into, without_marks};

/// Why two wordings are taken for one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// An abbreviation was written out.
    Abbreviation {
        /// `CNTT`.
        short: String,
        /// `công nghệ thông tin`.
        long: String,
    },
    /// One wording was taken for another that means the same.
    Wording {
        /// As written.
        written: String,
        /// As compared.
        read: String,
    },
    /// A slip of the diacritics in a known term.
    Spelling {
        /// As written.
        written: String,
        /// As compared.
        read: String,
    },
    /// Words that say what for, or how, were left out.
    LeftOut {
        /// The words.
        words: String,
    },
    /// The document's own unit, or another that the target is for, was left out: it tells whose value it is.
    Place {
        /// The words.
        words: String,
    },
    /// The registry names it, perhaps with words that it lists as changing nothing.
    Registry {
        /// The registry's identifier.
        id: String,
        /// The words that it lists; empty where there are none.
        optional: String,
    },
    /// The same words, whatever their order and the filler words between them.
    SameWords,
    /// The same letters: a space was lost or doubled.
    Spacing,
    /// The words do not say what is measured, so that nothing is linked by them.
    NoObject,
    /// A person decided it.
    Decided,
}

impl Reason {
    /// The reason in Vietnamese, for people.
    #[must_use]
    pub fn vi(&self) -> String {
        match self {
            Self::Abbreviation { short, long } => format!("viết tắt “{short}” là “{long}”"),
            Self::Wording { written, read } => format!("“{written}” đồng nghĩa với “{read}”"),
            Self::Spelling { written, read } => format!("“{written}” là lỗi dấu của “{read}”"),
            Self::LeftOut { words } => format!("bỏ qua “{words}”"),
            Self::Place { words } => format!("“{words}” chỉ nói của đơn vị nào"),
            Self::Registry { id, optional } if optional.is_empty() => format!("có trong danh mục chỉ tiêu ({id})"),
            Self::Registry { id, optional } => format!("có trong danh mục chỉ tiêu ({id}), thêm “{optional}”"),
            Self::SameWords => "cùng các từ, không kể thứ tự và từ đệm".into(),
            Self::Spacing => "cùng các chữ, chỉ khác dấu cách".into(),
            Self::Decided => "người dùng đã quyết định là một chỉ tiêu".into(),
            Self::NoObject => "câu chữ không nói rõ đo cái gì nên không ghép với chỉ tiêu nào".into(),
        }
    }

    /// The reason in English, for people.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::Abbreviation { short, long } => format!("“{short}” stands for “{long}”"),
            Self::Wording { written, read } => format!("“{written}” means the same as “{read}”"),
            Self::Spelling { written, read } => format!("“{written}” is a slip of the marks of “{read}”"),
            Self::LeftOut { words } => format!("“{words}” is left out"),
            Self::Place { words } => format!("“{words}” only tells whose value it is"),
            Self::Registry { id, optional } if optional.is_empty() => format!("the registry has it ({id})"),
            Self::Registry { id, optional } => format!("the registry has it ({id}), with “{optional}” added"),
            Self::SameWords => "the same words, whatever their order and filler words".into(),
            Self::Spacing => "the same letters, only spaces differ".into(),
            Self::Decided => "a person decided that it is one".into(),
            Self::NoObject => "the words do not say what is measured, so that it is linked with nothing".into(),
        }
    }
}

/// What kind of quantity a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// `%`.
    Share,
    /// `tỷ đồng`.
    Money,
    /// `ngày`.
    Time,
    /// `lần/tuần`.
    Frequency,
    /// `ha`, `tấn`.
    Amount,
    /// `trường`, `hộ`.
    Count,
    /// `ca/100.000 dân`.
    Rate,
    /// No unit.
    Bare,
}

/// A measure, and whether its change is meant: `giảm 1,5%` is no level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Quantity {
    /// What kind of quantity.
    pub measure: Measure,
    /// Of an amount, what it measures: the place of area, length, mass … in `dimensions.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimension: Option<u8>,
    /// Which way the value changes; null where it is a level.
    pub change: Option<Way>,
}

/// Which way a value changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// `tăng`.
    Increase,
    /// `giảm`.
    Decrease,
    /// `gấp`.
    Multiple,
}

/// What is read of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The quantity.
    pub quantity: Quantity,
    /// The words that are left, in their order; numbers of the [`Reader`]'s words.
    pub words: Vec<u32>,
    /// The same, sorted, each once, without levels.
    pub bag: Vec<u32>,
    /// Words of a scope or a counted noun that the indicator has too, and that single out a part of it: `làm mới` of `làm mới, sửa chữa
    /// nhà`; sorted.
    pub narrowed: Vec<u32>,
    /// Levels of government that it is for: `cấp xã`; sorted.
    pub levels: Vec<u32>,
    /// The unit that it is for, where the words name one: `huyện …`.
    pub place: Option<String>,
    /// Whether the words say what is measured, and not only how: `Diện tích` (ha), `Tỷ lệ đạt` (%) measure anything.
    pub has_object: bool,
    /// Whether the words name nothing but the noun that is counted: `DN` (138 DN).
    pub is_bare_count: bool,
    /// What was done to the words.
    pub why: Vec<Reason>,
}

/// What is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    /// The indicator, as written.
    pub text: &'a str,
    /// The unit, as written.
    pub unit: Option<&'a str>,
    /// The scope, as written.
    pub scope: Option<&'a str>,
    /// Whether the value is a change.
    pub change: Option<ChangeKind>,
}

/// Reads indicators; gives each word a number, the same for the same word.
#[derive(Debug)]
pub struct Reader<'a> {
    lexicon: &'a LinkLexicon,
    numbers: FxHashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
    folds: Vec<Box<str>>,
    folded: String,
}

/// A word with where it stands in the text that it was cut from.
struct Cut<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

impl Cut<'_> {
    fn slice(&self, token: &Token) -> &str {
        token.span().slice(self.text).unwrap_or_default()
    }

    fn range(&self, from: usize, to: usize) -> &str {
        match (self.tokens.get(from), self.tokens.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) if from < to => self.text.get(first.span().start..last.span().end).unwrap_or_default(),
            _ => "",
        }
    }
}

/// How many words must stand before words that say what for, so that something is left.
const LEAST_BEFORE_PURPOSE: usize = 3;

/// Of more words some say what is measured.
const MOST_WITHOUT_OBJECT: usize = 8;

/// How many syllables a counted noun has at least that says by itself what is counted: `hợp tác xã`, not `hộ`, `công trình`.
const LEAST_NOUN: usize = 3;

/// How many words at most the name of a unit has: `Thành phố Hồ Chí Minh`.
const LONGEST_NAME: usize = 4;

impl<'a> Reader<'a> {
    /// Reads with the words of `lexicon`.
    #[must_use]
    pub fn new(lexicon: &'a LinkLexicon) -> Self {
        Self { lexicon, numbers: FxHashMap::default(), texts: Vec::new(), folds: Vec::new(), folded: String::new() }
    }

    /// The word of a number that a reading holds.
    #[must_use]
    pub fn word(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", |text| text)
    }

    /// The same, folded: equal for every spelling of the word.
    #[must_use]
    pub fn folded(&self, number: u32) -> &str {
        self.folds.get(number as usize).map_or("", |text| text)
    }

    /// The number of a word; it is shown as it was first written, in small letters.
    fn number(&mut self, written: &str) -> u32 {
        let mut folded = std::mem::take(&mut self.folded);
        fold_into(written, &mut folded);
        let number = self.numbers.get(folded.as_str()).copied().unwrap_or_else(|| {
            let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
            self.numbers.insert(folded.as_str().into(), number);
            self.texts.push(written.to_lowercase().into());
            self.folds.push(folded.as_str().into());
            number
        });
        self.folded = folded;
        number
    }

    fn cut<'t>(&self, text: &'t str) -> Cut<'t> {
        let mut tokens = Vec::with_capacity(32);
        self.lexicon.vocabulary.cut(text, 0, &mut tokens);
        Cut { text, tokens }
    }

    /// Reads an indicator. `own` are the abbreviations that its document defines.
    pub fn read(&mut self, wording: Wording, own: &[(String, String)]) -> Reading {
        let mut why = Vec::new();
        let (measure, noun) = self.measure(wording.unit, wording.text);
        let measured = matches!(measure, Measure::Amount | Measure::Count);
        let dimension = wording.unit.filter(|_| measured).and_then(|unit| self.dimension(unit));
        let expanded = self.expand(wording.text, own, &mut why);
        let mut words = Vec::new();
        let mut place = None;
        self.reduce(&expanded, (measure, dimension), true, &mut words, &mut place, &mut why);
        let ordered = words.len();
        let mut has_object = self.has_object(&words);
        let mut is_bare_count = false;
        let mut narrowed = Vec::new();
        if let Some(noun) = noun {
            let noun = self.expand(&noun, own, &mut Vec::new());
            let mut more = Vec::new();
            self.reduce(&noun, (Measure::Count, None), false, &mut more, &mut None, &mut Vec::new());
            if self.counts_another(&words, &more) {
                narrowed.extend(more.iter().copied());
            }
            // `Số hợp tác xã` (hợp tác xã) says what is counted; `hộ` (hộ) may be any of them.
            is_bare_count = more.iter().all(|word| words.contains(word)) && words.iter().all(|word| more.contains(word));
            has_object = if has_object { more != words || more.len() > 1 } else { more.len() >= LEAST_NOUN };
            words.extend(more);
        }
        // What has no object of its own has its parent's: `Diện tích` of `Tỷ lệ che phủ rừng`.
        // `Chăn nuôi: Trâu: 900 con`: that cattle is raised adds nothing.
        let adds = |scope: &&str| !has_object || !self.is_parent(scope) && !self.is_head(scope, dimension);
        if let Some(scope) = wording.scope.filter(adds) {
            let scope = self.expand(scope, own, &mut Vec::new());
            let (mut more, mut scoped) = (Vec::new(), None);
            self.reduce(&scope, (measure, dimension), false, &mut more, &mut scoped, &mut Vec::new());
            let (_, own) = self.parted(&more);
            has_object = has_object || self.has_object(&own);
            if own.iter().all(|word| words.contains(word)) {
                narrowed.extend(own);
            }
            words.extend(more);
            place = scoped.or(place);
        }
        narrowed.sort_unstable();
        narrowed.dedup();
        let (levels, rest) = self.parted(&words);
        words.truncate(ordered);
        let mut bag = rest;
        bag.sort_unstable();
        bag.dedup();
        let told = wording.change.map(|kind| match kind {
            ChangeKind::Increase => Way::Increase,
            ChangeKind::Decrease => Way::Decrease,
            ChangeKind::Multiple => Way::Multiple,
        });
        // `Mức giảm tỷ lệ hộ nghèo | % | 1,5`: a table says nothing but the name.
        let change = told.or_else(|| self.is_decrease(wording.text).then_some(Way::Decrease));
        Reading {
            quantity: Quantity { measure, dimension, change },
            words,
            bag,
            narrowed,
            levels,
            place,
            has_object,
            is_bare_count,
            why,
        }
    }

    /// Whether an indicator is by its first words the size of a decrease: `Mức giảm …`, `Tỷ lệ giảm …`.
    fn is_decrease(&self, text: &str) -> bool {
        let cut = self.cut(text);
        self.lexicon.fillers.at(&cut.tokens, 0).is_some_and(|(_, kinds)| kinds.contains(&FillerKind::Decrease))
    }

    /// Whether words say what is measured: some are neither numbers nor words that only say how (`diện tích`, `bình quân`, `đạt`).
    fn has_object(&self, words: &[u32]) -> bool {
        if words.len() > MOST_WITHOUT_OBJECT {
            return true;
        }
        let text = words.iter().map(|word| self.word(*word)).collect::<Vec<_>>().join(" ");
        let cut = self.cut(&text);
        let mut at = 0;
        while let Some(token) = cut.tokens.get(at) {
            let measure = self.lexicon.fillers.at(&cut.tokens, at).filter(|(_, kinds)| kinds.contains(&FillerKind::Measure));
            match measure {
                Some((length, _)) => at += length,
                None if token.is_number() => at += 1,
                None => return true,
            }
        }
        false
    }

    /// The words of a text that is a part of an indicator, each once, sorted.
    pub fn words_of(&mut self, text: &str) -> Vec<u32> {
        let mut words = Vec::new();
        self.reduce(text, (Measure::Share, None), false, &mut words, &mut None, &mut Vec::new());
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The measure that a unit tells, and the noun that it counts.
    fn measure(&self, unit: Option<&str>, text: &str) -> (Measure, Option<String>) {
        let Some(unit) = unit else {
            let cut = self.cut(text);
            let share = self.filler(&cut, 0).is_some_and(|(_, kinds)| kinds.contains(&FillerKind::Share));
            return (if share { Measure::Share } else { Measure::Bare }, None);
        };
        let cut = self.cut(unit);
        let mut at = 0;
        while let Some((length, UnitKind::Multiplier)) = self.lexicon.units.at(&cut.tokens, at) {
            at += length;
        }
        let slash = cut.tokens.iter().position(|token| token.is_mark(b'/')).unwrap_or(cut.tokens.len());
        match self.lexicon.units.at(&cut.tokens, at).map(|(_, kind)| *kind) {
            Some(UnitKind::Percent) => (Measure::Share, None),
            Some(UnitKind::Money) => (Measure::Money, None),
            Some(UnitKind::Time) => (Measure::Time, None),
            Some(UnitKind::Frequency) if slash < cut.tokens.len() => (Measure::Frequency, None),
            Some(UnitKind::Measure) => (Measure::Amount, None),
            Some(UnitKind::Count | UnitKind::Frequency | UnitKind::Multiplier) | None => {
                let below = cut.tokens.get(slash + 1..).unwrap_or_default();
                let noun = cut.range(at, slash).to_owned();
                let timed = below.is_empty()
                    || (slash + 1..cut.tokens.len())
                        .any(|at| matches!(self.lexicon.units.at(&cut.tokens, at), Some((_, UnitKind::Time))));
                if timed { (Measure::Count, Some(noun)) } else { (Measure::Rate, Some(noun)) }
            }
        }
    }

    /// Whether a noun counts something else of the words than what they begin with: `lớp đào tạo nghề cho lao động` in `lao động`.
    fn counts_another(&self, words: &[u32], noun: &[u32]) -> bool {
        if noun.is_empty() || !noun.iter().all(|word| words.contains(word)) {
            return false;
        }
        let head = words.iter().take(3).map(|word| self.word(*word)).collect::<Vec<_>>().join(" ");
        let cut = self.cut(&head);
        let counted = self.lexicon.units.at(&cut.tokens, 0).filter(|(_, kind)| **kind == UnitKind::Count);
        counted.is_some_and(|(length, _)| !words.iter().take(length).any(|word| noun.contains(word)))
    }

    /// What an amount measures, told by its unit: `nghìn tấn` is a mass.
    fn dimension(&self, unit: &str) -> Option<u8> {
        let cut = self.cut(unit);
        (0..cut.tokens.len()).find_map(|at| self.lexicon.dimensions.at(&cut.tokens, at)).map(|(_, place)| *place)
    }

    /// Whether a text is a word that only names the dimension: `chăn nuôi` of `con`.
    fn is_head(&self, text: &str, dimension: Option<u8>) -> bool {
        let cut = self.cut(text);
        let length = self.head(&cut, 0, dimension).unwrap_or(0);
        length > 0 && length == cut.tokens.len()
    }

    /// The words at a token that only name the dimension.
    fn head(&self, cut: &Cut, at: usize, dimension: Option<u8>) -> Option<usize> {
        let (length, places) = self.lexicon.heads.at(&cut.tokens, at)?;
        dimension.is_some_and(|dimension| places.contains(&dimension)).then_some(length)
    }

    /// A scope that is itself an indicator, the parent's: it narrows nothing.
    fn is_parent(&self, scope: &str) -> bool {
        let cut = self.cut(scope);
        self.filler(&cut, 0).is_some_and(|(_, kinds)| kinds.contains(&FillerKind::Share) || kinds.contains(&FillerKind::Number))
            && cut.tokens.len() > 4
    }

    /// The longest filler at a token; none where a longer term stands there.
    fn filler(&self, cut: &Cut, at: usize) -> Option<(usize, &'a [FillerKind])> {
        let (length, kinds) = self.lexicon.fillers.at(&cut.tokens, at)?;
        let term = self.lexicon.terms.at(&cut.tokens, at).map_or(0, |(length, _)| length);
        (length >= term).then_some((length, kinds.as_slice()))
    }

    /// Writes abbreviations out, and brackets that only abbreviate or that hold words.
    fn expand(&self, text: &str, own: &[(String, String)], why: &mut Vec<Reason>) -> String {
        let cut = self.cut(text);
        let mut out = String::with_capacity(text.len() + 16);
        let mut at = 0;
        while let Some(token) = cut.tokens.get(at) {
            if token.is_mark(b'(') {
                let close = (at..cut.tokens.len()).find(|at| cut.tokens[*at].is_mark(b')')).unwrap_or(cut.tokens.len());
                let inner = at + 1..close;
                let short = inner.len() <= 3
                    && cut.tokens[inner.clone()].iter().all(|token| !token.is_word() || token.case == Case::Upper)
                    && cut.tokens[inner.clone()].iter().any(Token::is_word);
                if short {
                    // `thủ tục hành chính (TTHC)`: said already; `(DTTS)` behind other words: not said yet.
                    let written = cut.range(at + 1, close);
                    let said: FxHashSet<String> = fold(&out).split_whitespace().map(str::to_owned).collect();
                    if let Some((_, long)) = self.long(&cut, at + 1, own)
                        && !fold(&long).split_whitespace().all(|word| said.contains(word))
                    {
                        why.push(Reason::Abbreviation { short: written.to_owned(), long: long.clone() });
                        out.push(' ');
                        out.push_str(&long);
                    }
                    at = close + 1;
                } else {
                    at += 1;
                }
                continue;
            }
            if token.is_word()
                && token.case != Case::Lower
                && let Some((length, long)) = self.long(&cut, at, own)
            {
                why.push(Reason::Abbreviation { short: cut.range(at, at + length).to_owned(), long: long.clone() });
                out.push(' ');
                out.push_str(&long);
                at += length;
                continue;
            }
            if token.is_word() || token.is_number() {
                out.push(' ');
                out.push_str(cut.slice(token));
            }
            // Marks part nothing that is compared: `phòng, chống` is `phòng chống`.
            at += 1;
        }
        out
    }

    /// The long form of the abbreviation at a token: the document's own definition goes first.
    fn long(&self, cut: &Cut, at: usize, own: &[(String, String)]) -> Option<(usize, String)> {
        let token = cut.tokens.get(at)?;
        if let Some((_, long)) = own.iter().find(|(short, _)| short == cut.slice(token)) {
            return Some((1, long.clone()));
        }
        // Capitals: `THCS`, `DVCTT`; not `Sipas` within other words, nor a place's name in small letters.
        let (length, long) = self.lexicon.abbreviations.at(&cut.tokens, at)?;
        let letters = cut.slice(token).chars().filter(|c| crate::words::is_upper(*c)).count();
        (letters >= 2 || length > 1 && letters >= 1).then(|| (length, long.clone()))
    }

    /// Leaves out what adds nothing and takes one wording for another.
    fn reduce(
        &mut self,
        text: &str,
        (measure, dimension): (Measure, Option<u8>),
        whole: bool,
        out: &mut Vec<u32>,
        place: &mut Option<String>,
        why: &mut Vec<Reason>,
    ) {
        let cut = self.cut(text);
        let bare = without_marks(text);
        let mut bare_tokens = Vec::new();
        self.lexicon.bare_vocabulary.cut(&bare, 0, &mut bare_tokens);
        if bare_tokens.len() != cut.tokens.len() {
            bare_tokens.clear();
        }
        let mut at = if whole { self.start(&cut, measure, why) } else { 0 };
        let mut headed = true;
        while at < cut.tokens.len() {
            if let Some(length) = self.year(&cut, at) {
                at += length;
                continue;
            }
            if let Some((length, name)) = self.place(&cut, at) {
                why.push(Reason::Place { words: cut.range(at, at + length).to_owned() });
                if let Some(name) = name {
                    place.get_or_insert(name);
                }
                at += length;
                continue;
            }
            // `Diện tích rừng`, `Rừng: diện tích` (ha).
            if whole
                && let Some(length) = self.head(&cut, at, dimension)
                && (headed && out.is_empty() || !out.is_empty() && at + length == cut.tokens.len())
            {
                at += length;
                continue;
            }
            if let Some(length) = self.all_listed(&cut, at) {
                why.push(Reason::LeftOut { words: cut.range(at, at + length).to_owned() });
                at += length;
                continue;
            }
            if let Some((length, kinds)) = self.filler(&cut, at) {
                let has = |kind| kinds.contains(&kind);
                if whole && has(FillerKind::Purpose) && out.len() >= LEAST_BEFORE_PURPOSE {
                    why.push(Reason::LeftOut { words: cut.range(at, cut.tokens.len()).to_owned() });
                    break;
                }
                let head = has(FillerKind::Share) && measure == Measure::Share
                    || has(FillerKind::Number) && (headed || length > 1)
                    || whole && has(FillerKind::Leading) && headed && out.is_empty();
                if head || has(FillerKind::Anywhere) {
                    headed = head || headed;
                    at += length;
                    continue;
                }
                // `doanh nghiệp nộp thuế điện tử … số doanh nghiệp`: the base is said again after the value.
                if whole && has(FillerKind::Number) && self.says_again(cut.range(at + length, cut.tokens.len()), measure, out) {
                    why.push(Reason::LeftOut { words: cut.range(at, cut.tokens.len()).to_owned() });
                    break;
                }
            }
            headed = false;
            if let Some((length, index)) = self.lexicon.terms.at(&cut.tokens, at) {
                let lexicon = self.lexicon;
                let read = &lexicon.canonical[*index];
                let written = cut.range(at, at + length);
                if fold(written) != fold(read) {
                    why.push(Reason::Wording { written: written.to_owned(), read: read.clone() });
                }
                self.push_words(read, out);
                at += length;
                continue;
            }
            if let Some((length, index)) = self.lexicon.bare_terms.at(&bare_tokens, at) {
                let lexicon = self.lexicon;
                let read = &lexicon.canonical[*index];
                why.push(Reason::Spelling { written: cut.range(at, at + length).to_owned(), read: read.clone() });
                self.push_words(read, out);
                at += length;
                continue;
            }
            let token = &cut.tokens[at];
            if token.is_word() || token.is_number() {
                // `01 phương tiện` and `1 phương tiện`.
                let written = cut.slice(token);
                let plain = if token.is_number() { written.trim_start_matches('0') } else { written };
                if !plain.is_empty() {
                    let number = self.number(plain);
                    out.push(number);
                }
            }
            at += 1;
        }
    }

    /// How many tokens only say that all of what is listed next is meant: `cả 3 tiêu chí | về số vụ, số người chết`, `cả | về số vụ`.
    fn all_listed(&self, cut: &Cut, at: usize) -> Option<usize> {
        let is = |at: usize, kind| self.filler(cut, at).filter(|(_, kinds)| kinds.contains(&kind)).map(|(length, _)| length);
        let all = is(at, FillerKind::All)?;
        let counted = |count: usize| is(at + all + count, FillerKind::Criterion).map(|length| all + count + length);
        counted(0).or_else(|| counted(1)).or_else(|| is(at + all, FillerKind::Anywhere).map(|_| all))
    }

    /// Whether a text has some words, and none but those that are there already.
    fn says_again(&mut self, text: &str, measure: Measure, words: &[u32]) -> bool {
        let mut more = Vec::new();
        self.reduce(text, (measure, None), false, &mut more, &mut None, &mut Vec::new());
        !more.is_empty() && more.iter().all(|word| words.contains(word))
    }

    fn push_words(&mut self, text: &str, out: &mut Vec<u32>) {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let number = self.number(word);
            out.push(number);
        }
    }

    /// Where the indicator begins: `Can thiệp dinh dưỡng, giảm | tỷ lệ suy dinh dưỡng …`.
    fn start(&self, cut: &Cut, measure: Measure, why: &mut Vec<Reason>) -> usize {
        if measure != Measure::Share {
            return 0;
        }
        let is_share = |at: usize| self.filler(cut, at).is_some_and(|(_, kinds)| kinds.contains(&FillerKind::Share));
        let led = |at: usize| {
            (1..=3).any(|back| {
                at >= back
                    && self
                        .lexicon
                        .fillers
                        .at(&cut.tokens, at - back)
                        .is_some_and(|(length, kinds)| length == back && kinds.contains(&FillerKind::Leading))
            })
        };
        let found = (1..cut.tokens.len()).rev().find(|at| is_share(*at) && led(*at) && cut.tokens.len() - at > 4);
        if let Some(at) = found.filter(|at| *at > 1) {
            why.push(Reason::LeftOut { words: cut.range(0, at).to_owned() });
        }
        found.unwrap_or(0)
    }

    /// A year or years: `2025`, `2021 - 2025`; whose value it is in time, the document or the target's own time tells.
    fn year(&self, cut: &Cut, at: usize) -> Option<usize> {
        let is_year = |at: usize| {
            cut.tokens.get(at).is_some_and(|token| {
                let digits = cut.slice(token).as_bytes();
                token.is_number() && digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"))
            })
        };
        // `2000 người` is a number: a year stands behind `năm` or before another year.
        let named = at > 0 && cut.tokens[at - 1].is(crate::words::Keyword::Year);
        let two = is_year(at) && is_year(at + 1);
        (is_year(at) && (named || two)).then_some(if two { 2 } else { 1 })
    }

    /// The document's own unit or a named one at a token: `trên địa bàn tỉnh`, `của huyện …`; not `cấp xã`, `các xã`.
    fn place(&self, cut: &Cut, at: usize) -> Option<(usize, Option<String>)> {
        let kinds = |at: usize| self.lexicon.fillers.at(&cut.tokens, at);
        let before = at.checked_sub(1).and_then(kinds);
        if before.is_some_and(|(length, kinds)| length == 1 && kinds.contains(&FillerKind::Every)) {
            return None;
        }
        let mut unit = at;
        while let Some((length, kinds)) = kinds(unit)
            && kinds.contains(&FillerKind::Within)
        {
            unit += length;
        }
        let led = unit > at;
        let Some((length, _)) =
            kinds(unit).filter(|(_, kinds)| kinds.iter().any(|kind| matches!(kind, FillerKind::Unit | FillerKind::Hamlet)))
        else {
            // `trên địa bàn` alone.
            return (led && unit - at >= 3).then_some((unit - at, None));
        };
        let name = unit + length;
        let hamlet = kinds(unit).is_some_and(|(_, kinds)| kinds.contains(&FillerKind::Hamlet));
        let named = (name..cut.tokens.len())
            .take(LONGEST_NAME)
            .take_while(|at| cut.tokens[*at].is_word() && cut.tokens[*at].case == Case::Capitalised)
            .count();
        if named > 0 {
            // A heading writes `Xã` large.
            let kind = cut.range(unit, name).to_lowercase();
            return Some((name + named - at, Some(format!("{kind} {}", cut.range(name, name + named)))));
        }
        // `xã hội`, `tỉnh lộ`: a word that goes on is none of a unit.
        let term = self.lexicon.terms.at(&cut.tokens, unit).is_some_and(|(longer, _)| longer > length);
        (led && !term && !hamlet && self.closes(cut, name)).then_some((name - at, None))
    }

    /// The unit that a heading names, where it names nothing else: `Xã …`.
    pub(super) fn unit_alone(&self, heading: &str) -> Option<String> {
        let cut = self.cut(heading);
        let (length, name) = self.place(&cut, 0)?;
        name.filter(|_| length == cut.tokens.len())
    }

    /// Whether a unit's word may end before the token at `at`: `của xã | được`, not `của xã hội`.
    fn closes(&self, cut: &Cut, at: usize) -> bool {
        cut.tokens.get(at).is_none_or(|next| !next.is(crate::words::Keyword::Society))
    }

    /// Parts levels of government (`cấp tỉnh`, `cấp tỉnh, huyện`) from the other words.
    fn parted(&mut self, words: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let head = self.number("cấp");
        let names: Vec<u32> = ["tỉnh", "huyện", "xã", "thôn"].iter().map(|name| self.number(name)).collect();
        let (state, centre) = (self.number("trung"), self.number("ương"));
        let (mut levels, mut rest) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < words.len() {
            let next = words.get(at + 1).copied();
            if words[at] == head && next.is_some_and(|next| names.contains(&next)) {
                at += 1;
                while words.get(at).is_some_and(|word| names.contains(word)) {
                    levels.push(words[at]);
                    at += 1;
                }
            } else if words[at] == head && next == Some(state) && words.get(at + 2) == Some(&centre) {
                levels.push(centre);
                at += 3;
            } else {
                rest.push(words[at]);
                at += 1;
            }
        }
        levels.sort_unstable();
        levels.dedup();
        (levels, rest)
    }
}

impl<'a> Wording<'a> {
    /// The wording of a target.
    #[must_use]
    pub fn new(text: &'a str, unit: Option<&'a str>, scope: Option<&'a str>, change: Option<&Change>) -> Self {
        Self { text, unit, scope, change: change.map(|change| change.kind) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a wording: `quantity: words @levels [place]`.
    fn shown(text: &str, unit: Option<&str>, scope: Option<&str>) -> String {
        let lexicon = LinkLexicon::embedded().expect("lexicon");
        let mut reader = Reader::new(&lexicon);
        let own = [("KHKT".to_owned(), "kinh hoạt kỹ trị".to_owned())];
        let reading = reader.read(Wording { text, unit, scope, change: None }, &own);
        let words = |numbers: &[u32]| numbers.iter().map(|number| reader.word(*number)).collect::<Vec<_>>().join(" ");
        let mut shown = format!("{:?}: {}", reading.quantity.measure, words(&reading.words));
        if !reading.levels.is_empty() {
            shown = format!("{shown} @{}", words(&reading.levels));
        }
        reading.place.map_or(shown.clone(), |place| format!("{shown} [{place}]"))
    }

    #[test]
    fn what_adds_nothing_is_left_out() {
        let online = "Share: hồ sơ thủ tục hành chính xử lý trực tuyến";
        for (text, unit, wanted) in [
            ("Tỷ lệ hồ sơ TTHC được xử lý hoàn toàn trực tuyến", "%", online),
            ("hồ sơ thủ tục hành chính (TTHC) giải quyết trực tuyến", "%", online),
            ("Phấn đấu tỷ lệ dân số có smartphone", "%", "Share: người dân điện thoại thông minh"),
            ("Tỷ lệ phủ sóng di động thôn/bản", "%", "Share: phủ sóng di động thôn"),
            ("Diện tích rừng trồng mới", "ha", "Amount: rừng trồng mới"),
            ("Rừng trồng mới: diện tích", "ha", "Amount: rừng trồng mới"),
            ("Rừng trồng mới: diện tích", "tấn", "Amount: rừng trồng mới diện tích"),
            ("Diện tích rừng trồng mới", "%", "Share: diện tích rừng trồng mới"),
            ("Số km đường được cứng hóa", "km", "Amount: đường cứng hóa"),
            ("hộ có ít nhất 01 bình chữa cháy", "%", "Share: hộ trở lên 1 bình chữa cháy"),
            ("Tỷ lệ hộ nghèo năm 2025 trên địa bàn huyện Đá Trắng", "%", "Share: hộ nghèo [huyện Đá Trắng]"),
            ("Tỷ lệ KHKT mới", "%", "Share: kinh hoạt kỹ trị mới"),
            ("Giảm cả 3 tiêu chí về số vụ cháy, số người chết", "%", "Share: cháy số người tử vong"),
            ("Giảm cả về số vụ cháy, số người chết", "%", "Share: cháy số người tử vong"),
            ("Giảm số vụ cháy, số người chết", "%", "Share: cháy số người tử vong"),
            ("Kim ngạch xuất khẩu 2021 - 2025", "triệu USD", "Money: kim ngạch xuất khẩu"),
            ("hồ sơ công việc cấp xã được xử lý", "%", "Share: hồ sơ công việc cấp xã xử lý @xã"),
        ] {
            assert_eq!(shown(text, Some(unit), None), wanted, "{text}");
        }
        assert_eq!(shown("Tỷ lệ công chức đạt chuẩn", Some("%"), Some("cấp huyện")), "Share: công chức chuẩn @huyện");
        let place = shown("Tiêm bổ sung cho trẻ", Some("trẻ"), Some("huyện Đá Trắng"));
        assert_eq!(place, "Count: tiêm bổ sung trẻ [huyện Đá Trắng]");
        let lexicon = LinkLexicon::embedded().expect("lexicon");
        let mut reader = Reader::new(&lexicon);
        let mut bag = |text, scope| reader.read(Wording { text, unit: Some("con"), scope, change: None }, &[]).bag;
        assert_eq!(bag("Ngựa", Some("Chăn nuôi")), bag("Đàn ngựa", None));
        assert_ne!(bag("Ngựa", Some("Thú y")), bag("Đàn ngựa", None));
    }

    #[test]
    fn what_is_measured_stays() {
        for (text, wanted) in [
            ("Tỷ lệ dân số trưởng thành có điện thoại thông minh", "Share: người dân trưởng thành điện thoại thông minh"),
            ("Tỷ lệ giáo viên trên chuẩn", "Share: giáo viên trên chuẩn"),
            ("Tỷ lệ các xã đạt chuẩn", "Share: xã chuẩn"),
            ("Tỷ lệ nhà xã hội hoàn thành", "Share: nhà xã hội hoàn thành"),
            ("Tỷ lệ hộ không có nhà tiêu", "Share: hộ không nhà tiêu"),
            ("Tỷ lệ văn bản có chữ ký số", "Share: văn bản chữ ký số"),
            ("Tỷ lệ học sinh dân tộc thiểu số", "Share: học sinh dân tộc thiểu số"),
            ("Thu hút 2000 người", "Share: 2000 người"),
        ] {
            assert_eq!(shown(text, Some("%"), None), wanted, "{text}");
        }
    }
}
