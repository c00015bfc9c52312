//! Words of normalized text, ready to be compared.
//!
//! Comparing Vietnamese words needs two foldings: letters to lower case, and the tone
//! mark to one place, since `hòa` and `hoà`, `ủy` and `uỷ` are the same word. A
//! [`Vocabulary`] gives each folded word a number; text is cut into [`Token`]s once, and
//! every extractor then compares numbers. [`Phrases`] finds the longest known phrase at
//! a token.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::Span;

/// The number of a folded word; [`WordId::UNKNOWN`] for a word that no lexicon has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(u32);

impl WordId {
    /// A word that is in no lexicon.
    pub const UNKNOWN: Self = Self(0);
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters, and digits after letters: `TTHC`, `m2`, `IPv6`.
    Word,
    /// Digits with the marks inside them: `1.305`, `11,67`.
    Number,
    /// Any other visible character; dashes are folded to `-`.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// `phòng`, or no letter at all.
    Lower,
    /// `Phòng`.
    Capitalised,
    /// `UBND`; a single capital letter too.
    Upper,
}

/// A word, a number or a mark of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    start: u32,
    end: u32,
    word: WordId,
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub case: Case,
    /// Whether white space stands before it.
    pub spaced: bool,
    mark: u8,
}

impl Token {
    /// Where it stands in the text that was cut.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// The number of its folded word.
    #[must_use]
    pub fn word(&self) -> WordId {
        self.word
    }

    /// Whether it is the keyword.
    #[must_use]
    pub fn is(&self, keyword: Keyword) -> bool {
        self.word.0 == keyword as u32
    }

    /// Whether it is one of the keywords.
    #[must_use]
    pub fn is_any(&self, keywords: &[Keyword]) -> bool {
        keywords.iter().any(|keyword| self.is(*keyword))
    }

    /// Whether it is the (ASCII) mark.
    #[must_use]
    pub fn is_mark(&self, mark: u8) -> bool {
        self.kind == Kind::Mark && self.mark == mark
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }

    /// Whether it is a word.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Whether it is a word that does not begin with a capital letter.
    #[must_use]
    pub fn is_lower_word(&self) -> bool {
        self.kind == Kind::Word && self.case == Case::Lower
    }
}

macro_rules! keywords {
    ($($name:ident = $form:literal),* $(,)?) => {
        /// Words that extractors read by name: the small words of dates, lists and comparisons.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        #[allow(missing_docs)]
        pub enum Keyword { Unknown, $($name),* }

        const KEYWORDS: &[(Keyword, &str)] = &[$((Keyword::$name, $form)),*];
    };
}

keywords! {
    Day = "ngày",
    Month = "tháng",
    Quarter = "quý",
    Year = "năm",
    Hour = "giờ",
    Week = "tuần",
    Time = "lần",
    Before = "trước",
    After = "sau",
    InTime = "trong",
    From = "từ",
    To = "đến",
    Reach = "tới",
    Late = "chậm",
    Latest = "muộn",
    Most = "nhất",
    Done = "xong",
    End = "hết",
    Last = "cuối",
    First = "đầu",
    Middle = "giữa",
    Of = "của",
    With = "với",
    Together = "cùng",
    And = "và",
    Or = "hoặc",
    For = "đối",
    Toward = "cho",
    At = "tại",
    In = "ở",
    On = "trên",
    Every = "hằng",
    EveryOld = "hàng",
    Each = "mỗi",
    Period = "định",
    Cycle = "kỳ",
    CycleOld = "kì",
    Stage = "giai",
    StageEnd = "đoạn",
    Number = "số",
    About = "về",
    The = "việc",
    Plural = "các",
    Some = "những",
    This = "này",
    There = "đó",
    Annex = "phụ",
    AnnexEnd = "lục",
    Part = "phần",
    PartOrdinal = "thứ",
    Chapter = "chương",
    Item = "mục",
    Article = "điều",
    Next = "liền",
    Adjacent = "kề",
    Report = "báo",
    Since = "kể",
    Within = "vòng",
    Work = "làm",
    Upward = "trở",
    Up = "lên",
    Down = "xuống",
    Comparison = "so",
    Age = "tuổi",
    Turn = "gấp",
    Remaining = "còn",
    Have = "có",
    Be = "là",
    By = "bằng",
    Coordinate = "phối",
    CoordinateEnd = "hợp",
    Lead = "chủ",
    LeadEnd = "trì",
    Assign = "giao",
    Propose = "đề",
    ProposeEnd = "nghị",
    Request = "yêu",
    RequestEnd = "cầu",
    Responsible = "trách",
    ResponsibleEnd = "nhiệm",
    Total = "tổng",
    Include = "gồm",
    Wrap = "bao",
    Occupy = "chiếm",
    Equivalent = "tương",
    EquivalentEnd = "ứng",
    Province = "tỉnh",
    City = "phố",
    CityHead = "thành",
    District = "huyện",
    UrbanDistrict = "quận",
    Town = "thị",
    TownEnd = "xã",
    TownshipEnd = "trấn",
    Ward = "phường",
    Zone = "đặc",
    ZoneEnd = "khu",
    Given = "được",
    Level = "cấp",
    Attached = "kèm",
    Following = "theo",
    Issue = "ban",
    IssueEnd = "hành",
    Called = "gọi",
    Short = "tắt",
    Written = "viết",
    Such = "như",
    Concretely = "cụ",
    ConcretelyEnd = "thể",
    Half = "nửa",
    Committee = "ủy",
    Apart = "riêng",
    Present = "hiện",
    Now = "nay",
    Already = "đã",
    Strive = "phấn",
    EnsureOne = "đảm",
    EnsureTwo = "bảo",
    Moment = "thời",
    Pilot = "thí",
    Into = "vào",
    Belong = "thuộc",
    Society = "hội",
    Comma = ",",
    Semicolon = ";",
    Colon = ":",
    Slash = "/",
    Hyphen = "-",
    Ampersand = "&",
    Open = "(",
    Close = ")",
}

/// What is known of the characters that Vietnamese is written with, by code point.
struct Characters {
    flags: Vec<u8>,
    lower: Vec<u16>,
}

const LETTER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
const SPACE: u8 = 8;
const TABLE: usize = 0x1F00;

static CHARACTERS: LazyLock<Characters> = LazyLock::new(|| {
    let mut flags = vec![0_u8; TABLE];
    let mut lower = vec![0_u16; TABLE];
    for point in 0..TABLE {
        let Some(c) = u32::try_from(point).ok().and_then(char::from_u32) else { continue };
        let mut flag = 0;
        if c.is_alphabetic() || (0x300..0x370).contains(&point) {
            flag |= LETTER;
        }
        if c.is_uppercase() {
            flag |= UPPER;
        }
        if c.is_ascii_digit() {
            flag |= DIGIT;
        }
        if c.is_whitespace() {
            flag |= SPACE;
        }
        flags[point] = flag;
        let mut folded = c.to_lowercase();
        let one = folded.next().filter(|_| folded.next().is_none()).unwrap_or(c);
        lower[point] = u16::try_from(u32::from(one)).unwrap_or_default();
    }
    Characters { flags, lower }
});

fn flags_of(c: char, table: &Characters) -> u8 {
    match table.flags.get(c as usize) {
        Some(flags) => *flags,
        None if c.is_alphabetic() => LETTER | if c.is_uppercase() { UPPER } else { 0 },
        None if c.is_whitespace() => SPACE,
        None => 0,
    }
}

/// Whether `c` is a capital letter.
#[must_use]
pub fn is_upper(c: char) -> bool {
    flags_of(c, &CHARACTERS) & UPPER != 0
}

/// The tone mark moved from the second vowel to the first: `oà` → `òa`, `uỷ` → `ủy`.
fn with_tone_on_first_vowel(first: char, second: char) -> Option<(char, char)> {
    const TONED: [(char, [char; 5]); 4] = [
        ('a', ['à', 'á', 'ả', 'ã', 'ạ']),
        ('e', ['è', 'é', 'ẻ', 'ẽ', 'ẹ']),
        ('y', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ']),
        ('ơ', ['ờ', 'ớ', 'ở', 'ỡ', 'ợ']),
    ];
    let firsts = match first {
        'o' => ['ò', 'ó', 'ỏ', 'õ', 'ọ'],
        'u' => ['ù', 'ú', 'ủ', 'ũ', 'ụ'],
        _ => return None,
    };
    TONED.iter().find_map(|(plain, toned)| {
        let tone = toned.iter().position(|c| *c == second)?;
        Some((firsts[tone], *plain))
    })
}

/// Writes the folded form of `word` into `folded`: lower case, tone mark on the first vowel.
pub fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    let table = &*CHARACTERS;
    for c in word.chars() {
        let lower = table.lower.get(c as usize).map_or(c, |point| char::from_u32(u32::from(*point)).unwrap_or(c));
        folded.push(lower);
    }
    // Only an open syllable has two ways: `hoà`/`hòa`, but `hoàn` has one.
    let mut last = folded.chars().rev();
    if let (Some(second), Some(first)) = (last.next(), last.next())
        && let Some((first_toned, second_plain)) = with_tone_on_first_vowel(first, second)
    {
        folded.truncate(folded.len() - second.len_utf8() - first.len_utf8());
        folded.push(first_toned);
        folded.push(second_plain);
    }
}

/// The folded form of a text: its words folded, one space between them, marks kept.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut word = String::new();
    let mut tokens = Vec::new();
    cut(text, 0, &mut tokens, |_, _| WordId::UNKNOWN);
    for token in &tokens {
        if token.spaced && !folded.is_empty() {
            folded.push(' ');
        }
        fold_into(token.span().slice(text).unwrap_or_default(), &mut word);
        folded.push_str(&word);
    }
    folded
}

/// A word in small letters, kept on the stack: words are compared by the thousand.
#[derive(Clone, Copy, Debug)]
pub struct Lower {
    bytes: [u8; 24],
    length: u8,
}

impl Lower {
    /// `word` in small letters; a word beyond 24 bytes is cut, and equals no word that is asked for.
    #[must_use]
    pub fn new(word: &str) -> Self {
        let table = &*CHARACTERS;
        let mut lower = Self { bytes: [0; 24], length: 0 };
        let mut length = 0;
        for c in word.chars() {
            let small = table.lower.get(c as usize).and_then(|point| char::from_u32(u32::from(*point))).unwrap_or(c);
            if length + small.len_utf8() > lower.bytes.len() {
                break;
            }
            length += small.encode_utf8(&mut lower.bytes[length..]).len();
        }
        lower.length = u8::try_from(length).unwrap_or(0);
        lower
    }

    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl PartialEq<&str> for Lower {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

/// Whether `text` begins with `prefix` (already folded, without tone marks that move), whatever its case.
#[must_use]
pub fn begins_with(text: &str, prefix: &str) -> bool {
    let table = &*CHARACTERS;
    let mut chars = text.chars();
    prefix.chars().all(|wanted| {
        chars.next().is_some_and(|c| {
            wanted == c || table.lower.get(c as usize).is_some_and(|point| u32::from(*point) == u32::from(wanted))
        })
    })
}

/// Whether the colon at `at` parts an hour from its minutes: `trước 16:00`.
#[must_use]
pub fn parts_hour(tokens: &[Token], at: usize) -> bool {
    let glued = |at: usize| tokens.get(at).is_some_and(|token| token.is_number() && !token.spaced);
    tokens[at].is(Keyword::Colon)
        && !tokens[at].spaced
        && glued(at + 1)
        && at.checked_sub(1).is_some_and(|at| tokens[at].is_number())
}

/// Whether the letters of `text` are capitals, but for a few.
#[must_use]
pub fn is_shouted(text: &str) -> bool {
    let table = &*CHARACTERS;
    let (mut upper, mut lower) = (0_usize, 0_usize);
    // The first line's worth of letters tells.
    for c in text.chars().take(80) {
        let flags = flags_of(c, table);
        if flags & UPPER != 0 {
            upper += 1;
        } else if flags & LETTER != 0 {
            lower += 1;
        }
    }
    upper > 1 && lower * 5 <= upper
}

/// The folded text without any diacritics: `thế mạnh` and `thể mạnh` are both `the manh`.
#[must_use]
pub fn without_marks(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    fold(text)
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Numbers for folded words.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    ids: FxHashMap<Box<str>, u32>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let mut ids = FxHashMap::default();
        let mut folded = String::new();
        for (keyword, form) in KEYWORDS {
            fold_into(form, &mut folded);
            let previous = ids.insert(folded.as_str().into(), *keyword as u32);
            debug_assert!(previous.is_none(), "keyword {form} twice");
        }
        // `Quí IV-2025`: the same word in another spelling.
        fold_into("quí", &mut folded);
        ids.insert(folded.as_str().into(), Keyword::Quarter as u32);
        Self { ids }
    }
}

impl Vocabulary {
    /// The number of a folded word, made where it is new.
    fn intern(&mut self, folded: &str) -> WordId {
        if let Some(id) = self.ids.get(folded) {
            return WordId(*id);
        }
        let id = u32::try_from(self.ids.len() + 1).unwrap_or(u32::MAX);
        self.ids.insert(folded.into(), id);
        WordId(id)
    }

    fn get(&self, folded: &str) -> WordId {
        self.ids.get(folded).map_or(WordId::UNKNOWN, |id| WordId(*id))
    }

    /// The word numbers of a phrase, made where they are new.
    pub fn phrase(&mut self, phrase: &str) -> Vec<WordId> {
        let mut tokens = Vec::new();
        cut(phrase, 0, &mut tokens, |_, _| WordId::UNKNOWN);
        let mut folded = String::new();
        tokens
            .iter()
            .map(|token| {
                fold_token(phrase, token, &mut folded);
                self.intern(&folded)
            })
            .collect()
    }

    /// Cuts `text` into tokens, appended to `tokens`; `base` is added to their offsets.
    pub fn cut(&self, text: &str, base: usize, tokens: &mut Vec<Token>) {
        let mut folded = String::with_capacity(32);
        cut(text, base, tokens, |word, is_folded| {
            // Most words are written small, with their tone mark where it is looked up.
            if is_folded {
                return self.get(word);
            }
            fold_into(word, &mut folded);
            self.get(&folded)
        });
    }
}

fn fold_token(text: &str, token: &Token, folded: &mut String) {
    if token.kind == Kind::Mark && token.mark != 0 {
        folded.clear();
        folded.push(char::from(token.mark));
    } else {
        fold_into(token.span().slice(text).unwrap_or_default(), folded);
    }
}

/// The ASCII mark that `c` is read as, or 0.
fn mark_of(c: char) -> u8 {
    match c {
        '–' | '—' | '‐' | '‑' | '−' => b'-',
        '“' | '”' | '„' | '«' | '»' => b'"',
        '‘' | '’' => b'\'',
        _ => u8::try_from(u32::from(c)).ok().filter(u8::is_ascii).unwrap_or(0),
    }
}

/// `ngày`, `tháng`, `năm`, behind which a figure follows.
fn is_time_word(word: &str) -> bool {
    matches!(word, "ngày" | "tháng" | "năm" | "Ngày" | "Tháng" | "Năm")
}

/// Cuts `text`; `number_of` gets each word, and whether it is its own folded form.
fn cut(text: &str, base: usize, tokens: &mut Vec<Token>, mut number_of: impl FnMut(&str, bool) -> WordId) {
    let table = &*CHARACTERS;
    let offset = |at: usize| u32::try_from(base + at).unwrap_or(u32::MAX);
    let bytes = text.as_bytes();
    let mut chars = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, c)) = chars.next() {
        let flags = flags_of(c, table);
        if flags & SPACE != 0 {
            spaced = true;
            continue;
        }
        if flags & LETTER != 0 {
            let first_upper = flags & UPPER != 0;
            let (mut upper, mut lower) = (u32::from(first_upper), u32::from(!first_upper));
            let mut end = start + c.len_utf8();
            let mut last_two = (' ', c);
            while let Some((at, next)) = chars.peek().copied() {
                let flags = flags_of(next, table);
                // `14 tháng5 năm 2008`: typists lose the space before the figure.
                if flags & (LETTER | DIGIT) == 0 || flags & DIGIT != 0 && is_time_word(&text[start..end]) {
                    break;
                }
                last_two = (last_two.1, next);
                if flags & LETTER != 0 {
                    if flags & UPPER != 0 { upper += 1 } else { lower += 1 }
                }
                end = at + next.len_utf8();
                chars.next();
            }
            let case = match (first_upper, lower) {
                (false, _) => Case::Lower,
                (true, 0) => Case::Upper,
                (true, _) if upper > lower => Case::Upper,
                (true, _) => Case::Capitalised,
            };
            let is_folded = upper == 0 && with_tone_on_first_vowel(last_two.0, last_two.1).is_none();
            let word = number_of(&text[start..end], is_folded);
            tokens.push(Token { start: offset(start), end: offset(end), word, kind: Kind::Word, case, spaced, mark: 0 });
        } else if flags & DIGIT != 0 {
            let mut end = start + 1;
            while let Some((at, next)) = chars.peek().copied() {
                let inside = (next == '.' || next == ',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
                if !next.is_ascii_digit() && !inside {
                    break;
                }
                end = at + 1;
                chars.next();
            }
            tokens.push(Token {
                start: offset(start),
                end: offset(end),
                word: WordId::UNKNOWN,
                kind: Kind::Number,
                case: Case::Lower,
                spaced,
                mark: 0,
            });
        } else {
            let mark = mark_of(c);
            let end = start + c.len_utf8();
            let mut buffer = [0_u8; 4];
            let word = if mark == 0 {
                number_of(&text[start..end], false)
            } else {
                number_of(char::from(mark).encode_utf8(&mut buffer), true)
            };
            let case = Case::Lower;
            tokens.push(Token { start: offset(start), end: offset(end), word, kind: Kind::Mark, case, spaced, mark });
        }
        spaced = false;
    }
}

/// A set of phrases, each with a value; finds the longest one that begins at a token.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    steps: FxHashMap<(u32, WordId), u32>,
    /// Whether a word begins a phrase, by word number: most words begin none.
    begins: Vec<bool>,
    ends: Vec<Option<T>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { steps: FxHashMap::default(), begins: Vec::new(), ends: vec![None] }
    }
}

impl<T: Clone> Phrases<T> {
    /// Adds a phrase; gives back the value that the phrase had already, if any.
    pub fn add(&mut self, phrase: &[WordId], value: T) -> Option<T> {
        let first = phrase.first()?;
        let begins = first.0 as usize;
        if self.begins.len() <= begins {
            self.begins.resize(begins + 1, false);
        }
        self.begins[begins] = true;
        let mut node = 0;
        for word in phrase {
            let fresh = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            node = *self.steps.entry((node, *word)).or_insert(fresh);
            if node == fresh {
                self.ends.push(None);
            }
        }
        self.ends[node as usize].replace(value)
    }

    /// The longest phrase that begins at `tokens[at]`: its length in tokens and its value.
    #[must_use]
    pub fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let first = tokens.get(at)?;
        if !self.begins.get(first.word.0 as usize).copied().unwrap_or(false) {
            return None;
        }
        let mut node = 0;
        let mut best = None;
        for (length, token) in tokens[at..].iter().enumerate() {
            let Some(next) = self.steps.get(&(node, token.word)) else { break };
            node = *next;
            if let Some(value) = &self.ends[node as usize] {
                best = Some((length + 1, value));
            }
        }
        best
    }

    /// The words that a phrase begins with.
    pub fn first_words(&self) -> impl Iterator<Item = WordId> + '_ {
        self.steps.keys().filter(|(node, _)| *node == 0).map(|(_, word)| *word)
    }

    /// Of phrases that were added from their last word to their first: the length of the longest that ends before `at`.
    #[must_use]
    pub fn before(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let mut node = 0;
        let mut best = None;
        for (length, token) in tokens.get(..at)?.iter().rev().enumerate() {
            let Some(next) = self.steps.get(&(node, token.word)) else { break };
            node = *next;
            if self.ends[node as usize].is_some() {
                best = Some(length + 1);
            }
        }
        best
    }

    /// The first phrase at or after `from`: where it begins, its length, its value.
    #[must_use]
    pub fn find(&self, tokens: &[Token], from: usize) -> Option<(usize, usize, &T)> {
        (from..tokens.len()).find_map(|at| self.at(tokens, at).map(|(length, value)| (at, length, value)))
    }
}

/// The years that a text names, in order, neighbours once.
#[must_use]
pub fn years(text: &str) -> Vec<i16> {
    let mut years: Vec<i16> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1990..=2100).contains(year))
        .collect();
    years.dedup();
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_the_tone_mark_does_not_matter() {
        for (one, other) in [("hoá", "hóa"), ("uỷ", "ủy"), ("Thuỷ", "THỦY"), ("khoẻ", "khỏe"), ("quý", "QUÝ")] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        for (one, other) in [("hoàn", "hòan"), ("hóa", "hòa"), ("của", "cua")] {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn text_is_cut_into_words_numbers_and_marks() {
        let vocabulary = Vocabulary::default();
        let text = "đạt 44.97% (1.305 ha), số 20/KH-UBND; IPv6 và m2.";
        let mut tokens = Vec::new();
        vocabulary.cut(text, 0, &mut tokens);
        let shown: Vec<&str> = tokens.iter().map(|token| token.span().slice(text).unwrap_or("?")).collect();
        assert_eq!(
            shown,
            ["đạt", "44.97", "%", "(", "1.305", "ha", ")", ",", "số", "20", "/", "KH", "-", "UBND", ";", "IPv6", "và", "m2", "."]
        );
        assert!(tokens[8].is(Keyword::Number));
        assert!(!tokens[10].spaced);
    }

    #[test]
    fn the_longest_phrase_wins() {
        let mut vocabulary = Vocabulary::default();
        let mut phrases = Phrases::default();
        for (phrase, value) in [("tối thiểu", 1), ("tối", 2), ("không quá", 3)] {
            let words = vocabulary.phrase(phrase);
            assert_eq!(phrases.add(&words, value), None);
        }
        let mut tokens = Vec::new();
        vocabulary.cut("Đạt tối thiểu 80%", 0, &mut tokens);
        assert_eq!(phrases.at(&tokens, 1), Some((2, &1)));
        assert_eq!(phrases.find(&tokens, 0), Some((1, 2, &1)));
    }
}
