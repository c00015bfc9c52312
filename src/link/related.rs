//! Indicators that look alike and measure something else, with the difference named: `dân số` and `dân số trưởng thành` differ in
//! the base, `toàn trình` and `một phần` in the degree.
//!
//! Compared are distinct indicators that share two of the rarest words of those that name no contrast; a word that very many share is no reason to look.

use rustc_hash::FxHashMap;

use super::indicators::{Difference, DifferenceKind, Related};
use super::phrase::{Quantity, Reader};
use crate::lexicon::linking::LinkLexicon;

/// An indicator as it is compared.
pub(super) struct Seed<'a> {
    pub(super) quantity: Quantity,
    pub(super) words: &'a [u32],
    pub(super) bag: &'a [u32],
    pub(super) levels: &'a [u32],
}

/// How many of its rarest words an indicator is looked up by.
const RAREST: usize = 5;

/// How many indicators with two rare words in common are looked at: bounds the time where very many share them.
const LOOKED_AT: usize = 24;

/// How much of all their words two related indicators share at least.
const SHARED: f32 = 0.6;

/// The same where what differs has a name, without the words that name it.
const SHARED_IF_NAMED: f32 = 0.6;

/// How many words two related indicators share at least.
const LEAST_COMMON: usize = 2;

/// How many related ones an indicator is given at most.
const MOST: usize = 8;

/// Finds related indicators; sorted by left, then right.
pub(super) fn find(seeds: &[Seed], lexicon: &LinkLexicon, reader: &Reader) -> Vec<Related> {
    let mut frequency: FxHashMap<u32, u32> = FxHashMap::default();
    for word in seeds.iter().flat_map(|seed| seed.bag) {
        *frequency.entry(*word).or_default() += 1;
    }
    let mut blocks: FxHashMap<(u32, u32), Vec<u32>> = FxHashMap::default();
    let mut found = Vec::new();
    for (at, seed) in seeds.iter().enumerate() {
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
        near.sort_unstable();
        near.dedup();
        let mut of_this: Vec<Related> =
            near.iter().filter_map(|left| compare(*left as usize, at, seeds, lexicon, reader)).collect();
        of_this.sort_by(|one, other| other.shared.total_cmp(&one.shared).then(one.left.cmp(&other.left)));
        of_this.truncate(MOST);
        found.extend(of_this);
    }
    found.sort_by_key(|related| (related.left, related.right));
    found
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

fn compare(left: usize, right: usize, seeds: &[Seed], lexicon: &LinkLexicon, reader: &Reader) -> Option<Related> {
    let (one, other) = (&seeds[left], &seeds[right]);
    let only = |from: &Seed, without: &Seed| -> Vec<u32> {
        from.words
            .iter()
            .copied()
            .filter(|word| from.bag.binary_search(word).is_ok() && without.bag.binary_search(word).is_err())
            .collect()
    };
    let (only_one, only_other) = (only(one, other), only(other, one));
    let common = one.bag.iter().filter(|word| other.bag.binary_search(word).is_ok()).count();
    let all = one.bag.len() + other.bag.len() - common;
    if common < LEAST_COMMON {
        return None;
    }
    #[allow(clippy::cast_precision_loss)]
    let share = |rest: usize| common as f32 / (common + rest) as f32;
    let shared = share(all - common);
    let text = |words: &[u32]| words.iter().map(|word| reader.word(*word)).collect::<Vec<_>>().join(" ");
    let (mut left_words, mut right_words) = (text(&only_one), text(&only_other));
    let (left_named, left_rest) = named(&left_words, lexicon);
    let (right_named, right_rest) = named(&right_words, lexicon);
    let named = left_named.or(right_named);
    if shared < SHARED && (named.is_none() || share(left_rest + right_rest) < SHARED_IF_NAMED) {
        return None;
    }
    let kind = if one.levels != other.levels {
        left_words = text(one.levels);
        right_words = text(other.levels);
        DifferenceKind::Level
    } else if let Some(kind) = named {
        kind
    } else if one.quantity != other.quantity {
        (left_words, right_words) = (quantity(one.quantity), quantity(other.quantity));
        DifferenceKind::Quantity
    } else {
        DifferenceKind::Words
    };
    Some(Related { left, right, difference: Difference { kind, left: left_words, right: right_words }, shared })
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
