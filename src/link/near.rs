//! Indicators that look alike: those that measure something else, with the difference named (`dân số` and `dân số trưởng thành`
//! differ in the base, `toàn trình` and `một phần` in the degree), and those that may be one, with what speaks for it.
//!
//! Compared are distinct indicators that share two of the rarest words of those that name no contrast; a word that very many share
//! is no reason to look. What is left of both once the shared words are taken away decides: a word that names a contrast makes
//! them [`Related`]; without one they are [`Probable`] where one wording holds most of the other. Two indicators that one document
//! lists side by side are never probable.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::documents::{Chain, To};
use super::indicators::{Difference, DifferenceKind, Indicators, Member, MemberKind, Probable, Related};
use super::phrase::{Measure, Quantity, Reader};
use crate::lexicon::linking::LinkLexicon;
use crate::words::without_marks;

/// What speaks for two indicators being one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Support {
    /// All words of one wording are in the other.
    Contained,
    /// They share most of their words.
    MostWords,
    /// Words that differ by a slip of the pen: `thế mạnh`, `thể mạnh`.
    Slip {
        /// The word of one.
        one: String,
        /// The word of the other.
        other: String,
    },
    /// Two documents give the same value.
    EqualValues,
    /// In the lists of two documents the same indicators stand before and after it.
    SamePlace,
    /// Two documents rest on one document.
    OneUpper {
        /// The number of that document.
        number: String,
    },
}

impl Support {
    /// What speaks for it, in Vietnamese, for people.
    #[must_use]
    pub fn vi(&self) -> String {
        match self {
            Self::Contained => "câu này nằm trọn trong câu kia".into(),
            Self::MostWords => "phần lớn từ ngữ giống nhau".into(),
            Self::Slip { one, other } => format!("“{one}” và “{other}” chỉ khác lỗi gõ"),
            Self::EqualValues => "cùng giá trị".into(),
            Self::SamePlace => "cùng vị trí trong danh sách chỉ tiêu".into(),
            Self::OneUpper { number } => format!("hai văn bản cùng thực hiện {number}"),
        }
    }

    /// What speaks for it, in English, for people.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::Contained => "one wording holds all of the other".into(),
            Self::MostWords => "most words are the same".into(),
            Self::Slip { one, other } => format!("“{one}” and “{other}” differ by a slip of the pen"),
            Self::EqualValues => "the same value".into(),
            Self::SamePlace => "the same place in the list of indicators".into(),
            Self::OneUpper { number } => format!("both documents rest on {number}"),
        }
    }
}

/// An indicator as it is compared.
pub(super) struct Seed<'a> {
    pub(super) quantity: Quantity,
    pub(super) words: &'a [u32],
    pub(super) bag: &'a [u32],
    pub(super) levels: &'a [u32],
    pub(super) narrowed: &'a [u32],
    pub(super) members: &'a [Member],
}

/// How many of its rarest words an indicator is looked up by.
const RAREST: usize = 7;

/// How many indicators with two rare words in common are looked at: bounds the time where very many share them.
const LOOKED_AT: usize = 24;

/// Of those, how many that share most pairs of rare words are compared.
const COMPARED: usize = 48;

/// How much of all their words two related indicators share at least; what names the difference is not counted.
const SHARED: f32 = 0.6;

/// How much of the shorter wording two probable indicators share at least …
const HELD: f32 = 0.75;

/// … and how much of all their words, where one wording says more than the other.
const HELD_OF_ALL: f32 = 0.45;

/// How many words two near indicators share at least.
const LEAST_COMMON: usize = 2;

/// How many related ones and how many probable ones an indicator is given at most.
const MOST: usize = 8;

/// How many letters a word has at least that another may be a slip of, with one letter changed.
const LEAST_LETTERS: usize = 5;

/// What two indicators are to each other.
enum Near {
    Related(Related),
    Probable(Probable),
}

/// Finds related and probable indicators; both sorted by left, then right.
pub(super) fn find(seeds: &[Seed], lexicon: &LinkLexicon, reader: &Reader) -> (Vec<Related>, Vec<Probable>) {
    let mut frequency: FxHashMap<u32, u32> = FxHashMap::default();
    for word in seeds.iter().flat_map(|seed| seed.bag) {
        *frequency.entry(*word).or_default() += 1;
    }
    let mut blocks: FxHashMap<(u32, u32), Vec<u32>> = FxHashMap::default();
    let (mut related, mut probable) = (Vec::new(), Vec::new());
    for (at, seed) in seeds.iter().enumerate().filter(|(_, seed)| !seed.bag.is_empty()) {
        let mut rare = core(seed, lexicon, reader);
        // A word that only names a level (`cấp tỉnh, xã`) is in no bag, and nothing can be looked up by it.
        rare.retain(|word| frequency.contains_key(word));
        rare.sort_unstable_by_key(|word| (frequency.get(word).copied().unwrap_or_default(), *word));
        rare.truncate(RAREST);
        rare.sort_unstable();
        let mut near: Vec<u32> = Vec::new();
        for (first, one) in rare.iter().enumerate() {
            for other in rare.iter().skip(first + 1).chain(if rare.len() == 1 { Some(one) } else { None }) {
                let block = blocks.entry((*one, *other)).or_default();
                near.extend(block.iter().rev().take(LOOKED_AT));
                block.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        let near = most_shared(near);
        let (mut differing, mut alike): (Vec<Related>, Vec<Probable>) = (Vec::new(), Vec::new());
        for left in near {
            match compare(left as usize, at, seeds, lexicon, reader) {
                Some(Near::Related(found)) => differing.push(found),
                Some(Near::Probable(found)) => alike.push(found),
                None => {}
            }
        }
        differing.sort_by(|one, other| other.shared.total_cmp(&one.shared).then(one.left.cmp(&other.left)));
        differing.truncate(MOST);
        related.extend(differing);
        alike.sort_by(|one, other| other.likeness.total_cmp(&one.likeness).then(one.left.cmp(&other.left)));
        alike.truncate(MOST);
        probable.extend(alike);
    }
    related.sort_by_key(|related| (related.left, related.right));
    probable.sort_by_key(|probable| (probable.left, probable.right));
    (related, probable)
}

/// Each candidate once, those that came up most often, in their order.
fn most_shared(mut near: Vec<u32>) -> Vec<u32> {
    near.sort_unstable();
    if near.len() <= COMPARED {
        near.dedup();
        return near;
    }
    let mut counted: Vec<(u32, u32)> = Vec::new();
    for one in near {
        match counted.last_mut() {
            Some((last, count)) if *last == one => *count += 1,
            _ => counted.push((one, 1)),
        }
    }
    counted.sort_unstable_by_key(|(one, count)| (u32::MAX - count, *one));
    counted.truncate(COMPARED);
    let mut near: Vec<u32> = counted.into_iter().map(|(one, _)| one).collect();
    near.sort_unstable();
    near
}

/// The words of an indicator that belong to no contrast: those that two related ones share.
fn core(seed: &Seed, lexicon: &LinkLexicon, reader: &Reader) -> Vec<u32> {
    let text = seed.words.iter().map(|word| reader.word(*word)).collect::<Vec<_>>().join(" ");
    let mut tokens = Vec::new();
    lexicon.vocabulary.cut(&text, 0, &mut tokens);
    let mut words = Vec::with_capacity(seed.words.len());
    if tokens.len() == seed.words.len() {
        let mut at = 0;
        while at < tokens.len() {
            if let Some((length, _)) = lexicon.contrasts.at(&tokens, at) {
                at += length;
            } else {
                words.push(seed.words[at]);
                at += 1;
            }
        }
    }
    if words.len() < LEAST_COMMON {
        words = seed.bag.to_vec();
    }
    words.sort_unstable();
    words.dedup();
    words
}

fn compare(left: usize, right: usize, seeds: &[Seed], lexicon: &LinkLexicon, reader: &Reader) -> Option<Near> {
    let (one, other) = (&seeds[left], &seeds[right]);
    let common = one.bag.iter().filter(|word| other.bag.binary_search(word).is_ok()).count();
    if common < LEAST_COMMON {
        return None;
    }
    let only = |from: &Seed, without: &Seed| -> Vec<u32> {
        let mut words: Vec<u32> = from
            .words
            .iter()
            .copied()
            .filter(|word| from.bag.binary_search(word).is_ok() && without.bag.binary_search(word).is_err())
            .collect();
        // A counted noun stands in no text of the indicator.
        words.extend(
            from.bag.iter().copied().filter(|word| !from.words.contains(word) && without.bag.binary_search(word).is_err()),
        );
        words
    };
    let (only_one, only_other) = (only(one, other), only(other, one));
    let all = one.bag.len() + other.bag.len() - common;
    #[allow(clippy::cast_precision_loss)]
    let share = |rest: usize| common as f32 / (common + rest) as f32;
    let shared = share(all - common);
    let text = |words: &[u32]| words.iter().map(|word| reader.word(*word)).collect::<Vec<_>>().join(" ");
    let (left_words, right_words) = (text(&only_one), text(&only_other));
    let (left_named, left_rest) = named(&left_words, lexicon);
    let (right_named, right_rest) = named(&right_words, lexicon);
    let differ = |kind, left_words, right_words, shared| {
        let difference = Difference { kind, left: left_words, right: right_words };
        Some(Near::Related(Related { left, right, difference, shared }))
    };
    let alike = shared >= SHARED;
    if one.levels != other.levels {
        return if alike { differ(DifferenceKind::Level, text(one.levels), text(other.levels), shared) } else { None };
    }
    if let Some(kind) = left_named.or(right_named) {
        let near = alike || share(left_rest + right_rest) >= SHARED;
        return if near { differ(kind, left_words, right_words, shared) } else { None };
    }
    // `Đàn gà: 1063/1153` beside `Đàn gà: 4.090 con`: who writes no unit may mean the same.
    let may_count = |one: Quantity, other: Quantity| {
        one.measure == Measure::Bare && other.measure == Measure::Count && one.change == other.change
    };
    let unwritten = may_count(one.quantity, other.quantity) || may_count(other.quantity, one.quantity);
    if one.quantity != other.quantity && !unwritten {
        let (left_words, right_words) = (quantity(one.quantity), quantity(other.quantity));
        return if alike { differ(DifferenceKind::Quantity, left_words, right_words, shared) } else { None };
    }
    probable((left, &only_one), (right, &only_other), common, seeds, reader).map(Near::Probable)
}

/// Whether two indicators without a contrast may be one.
fn probable(
    (left, only_left): (usize, &[u32]),
    (right, only_right): (usize, &[u32]),
    common: usize,
    seeds: &[Seed],
    reader: &Reader,
) -> Option<Probable> {
    let (one, other) = (&seeds[left], &seeds[right]);
    let mut support = Vec::new();
    let (mut rest_left, mut rest_right) = (only_left.to_vec(), only_right.to_vec());
    rest_left.retain(|word| {
        let slip = rest_right.iter().position(|other| is_slip(reader.word(*word), reader.word(*other)));
        if let Some(at) = slip {
            let found = rest_right.remove(at);
            support.push(Support::Slip { one: reader.word(*word).to_owned(), other: reader.word(found).to_owned() });
        }
        slip.is_none()
    });
    let is_number = |word: &u32| reader.word(*word).bytes().any(|byte| byte.is_ascii_digit());
    if rest_left.iter().chain(&rest_right).any(is_number) || one.narrowed != other.narrowed {
        return None;
    }
    let (less, more) = (rest_left.len().min(rest_right.len()), rest_left.len().max(rest_right.len()));
    let common = common + only_left.len() - rest_left.len();
    #[allow(clippy::cast_precision_loss)]
    let share = |rest: usize| common as f32 / (common + rest) as f32;
    if share(less) < HELD || share(less + more) < HELD_OF_ALL || listed_side_by_side(one.members, other.members) {
        return None;
    }
    support.insert(0, if less == 0 { Support::Contained } else { Support::MostWords });
    let text = |words: &[u32]| words.iter().map(|word| reader.word(*word)).collect::<Vec<_>>().join(" ");
    // By letters in their order, or by words in any.
    #[allow(clippy::cast_possible_truncation)]
    let letters = strsim::sorensen_dice(&text(one.words), &text(other.words)) as f32;
    #[allow(clippy::cast_precision_loss)]
    let words = (2 * common) as f32 / (one.bag.len() + other.bag.len()) as f32;
    let likeness = letters.max(words);
    Some(Probable { left, right, likeness, only_left: text(only_left), only_right: text(only_right), support })
}

/// Whether one document has targets for both: then it means two things.
fn listed_side_by_side(one: &[Member], other: &[Member]) -> bool {
    // Members come by their documents, targets before facts.
    let targets = |members: &[Member]| -> Vec<usize> {
        members.iter().filter(|member| member.kind == MemberKind::Target).map(|member| member.document).collect()
    };
    let (one, other) = (targets(one), targets(other));
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => left.next(),
            std::cmp::Ordering::Greater => right.next(),
            std::cmp::Ordering::Equal => return true,
        };
    }
    false
}

/// Whether a word is another with a slip: of the diacritics, or of one letter of many.
fn is_slip(one: &str, other: &str) -> bool {
    without_marks(one) == without_marks(other)
        || one.chars().count().min(other.chars().count()) >= LEAST_LETTERS && strsim::damerau_levenshtein(one, other) <= 1
}

/// A quantity in words: `share`, `count, decrease`.
fn quantity(quantity: Quantity) -> String {
    let measure = format!("{:?}", quantity.measure).to_lowercase();
    quantity.change.map_or_else(|| measure.clone(), |way| format!("{measure}, {}", format!("{way:?}").to_lowercase()))
}

/// The first contrast that the words name, and how many words belong to none.
fn named(words: &str, lexicon: &LinkLexicon) -> (Option<DifferenceKind>, usize) {
    let mut tokens = Vec::new();
    lexicon.vocabulary.cut(words, 0, &mut tokens);
    let (mut first, mut rest, mut at) = (None, 0, 0);
    while at < tokens.len() {
        if let Some((length, kind)) = lexicon.contrasts.at(&tokens, at) {
            first.get_or_insert(DifferenceKind::from(*kind));
            at += length;
        } else {
            rest += 1;
            at += 1;
        }
    }
    (first, rest)
}

/// How many members of an indicator are looked at for what speaks for it.
const MEMBERS_LOOKED_AT: usize = 64;

/// How alike two wordings are at least where nothing else speaks for them …
const ALIKE_ALONE: f32 = 0.84;

/// … and where one thing does.
const ALIKE_SUPPORTED: f32 = 0.6;

/// Adds what values, lists and chains of documents say to the probable pairs, and leaves out those that rest on likeness alone
/// and are not much alike. `value` gives the value of a member; `numbers` the numbers of the documents that one rests on.
pub fn weigh(
    indicators: &mut Indicators,
    value: impl Fn(&Member) -> Option<f64>,
    chains: &[Chain],
    numbers: impl Fn(usize, &To) -> Option<String>,
) {
    if indicators.probable.is_empty() {
        return;
    }
    let of = indicators.of_members();
    let clusters = &indicators.clusters;
    for pair in &mut indicators.probable {
        let members = |at: usize| clusters[at].members.iter().take(MEMBERS_LOOKED_AT);
        let pairs = || members(pair.left).flat_map(|one| members(pair.right).map(move |other| (one, other)));
        let across = || pairs().filter(|(one, other)| one.document != other.document);
        let equal = across().any(|(one, other)| value(one).is_some_and(|value_of| value(other) == Some(value_of)));
        // The indicators of the targets before and after.
        let beside = |member: &Member, step: isize| {
            let at = member.target.checked_add_signed(step)?;
            of.get(&(member.document, member.kind, at)).copied()
        };
        let place = across().any(|(one, other)| {
            [-1, 1].into_iter().any(|step| beside(one, step).is_some_and(|found| beside(other, step) == Some(found)))
        });
        let uppers = |document: usize| {
            let chain = chains.get(document);
            let links = chain.into_iter().flat_map(|chain| chain.upper.iter().chain(&chain.reports_on));
            links.filter_map(|link| numbers(document, &link.to)).collect::<Vec<_>>()
        };
        let upper = across().find_map(|(one, other)| {
            let theirs = uppers(other.document);
            uppers(one.document).into_iter().find(|number| theirs.contains(number))
        });
        let found = [(equal, Support::EqualValues), (place, Support::SamePlace)];
        pair.support.extend(found.into_iter().filter(|(holds, _)| *holds).map(|(_, support)| support));
        pair.support.extend(upper.map(|number| Support::OneUpper { number }));
    }
    let is_supported = |pair: &Probable| {
        let beside = |support: &&Support| !matches!(support, Support::Contained | Support::MostWords);
        match pair.support.iter().filter(beside).count() {
            0 => pair.likeness >= ALIKE_ALONE,
            1 => pair.likeness >= ALIKE_SUPPORTED,
            _ => true,
        }
    };
    indicators.probable.retain(is_supported);
}
