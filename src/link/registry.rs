//! The registry of common indicators, ready to be compared with what is read of a wording.
//!
//! A wording is an entry's where it has all the words of one of the entry's wordings, the same quantity and level, and beside them
//! only words that the entry lists as changing nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use super::phrase::{Quantity, Reader, Reading, Wording};
use crate::lexicon::linking::LinkLexicon;

/// The registry's entries as readings.
pub(super) struct Registry<'a> {
    pub(super) lexicon: &'a LinkLexicon,
    /// For each wording of an entry: entry, quantity, words, levels, words that may be added.
    patterns: Vec<Pattern>,
    /// The patterns that have a word, by their rarest one.
    by_word: FxHashMap<u32, Vec<usize>>,
}

struct Pattern {
    entry: usize,
    quantity: Quantity,
    bag: Vec<u32>,
    levels: Vec<u32>,
    optional: FxHashSet<u32>,
}

impl<'a> Registry<'a> {
    pub(super) fn new(lexicon: &'a LinkLexicon, reader: &mut Reader<'a>) -> Self {
        let mut patterns = Vec::new();
        for (entry, known) in lexicon.indicators.iter().enumerate() {
            let read = |reader: &mut Reader<'a>, text: &str| {
                reader.read(Wording { text, unit: known.unit.as_deref(), scope: None, change: None }, &[])
            };
            let mut optional = FxHashSet::default();
            for words in &known.optional {
                optional.extend(reader.words_of(words));
            }
            for text in std::iter::once(&known.name).chain(&known.aliases) {
                // What is counted may be said by the unit alone, or by another noun.
                let Reading { quantity, bag, levels, words, .. } = read(reader, text);
                let (bag, noun): (Vec<u32>, Vec<u32>) = bag.into_iter().partition(|word| words.contains(word));
                let optional = optional.iter().copied().chain(noun).collect();
                patterns.push(Pattern { entry, quantity, bag, levels, optional });
            }
        }
        let mut frequency: FxHashMap<u32, usize> = FxHashMap::default();
        for word in patterns.iter().flat_map(|pattern| &pattern.bag) {
            *frequency.entry(*word).or_default() += 1;
        }
        let mut by_word: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (at, pattern) in patterns.iter().enumerate() {
            if let Some(rarest) = pattern.bag.iter().min_by_key(|word| (frequency[*word], **word)) {
                by_word.entry(*rarest).or_default().push(at);
            }
        }
        Self { lexicon, patterns, by_word }
    }

    /// The entry that a reading is, the words that it has beside, all of them ones that the entry allows, and the levels
    /// that the entry does not name.
    pub(super) fn entry(&self, reading: &Reading) -> Option<(usize, Vec<u32>, Vec<u32>)> {
        let candidates = reading.bag.iter().filter_map(|word| self.by_word.get(word)).flatten();
        let fits = candidates.map(|at| &self.patterns[*at]).filter(|pattern| {
            pattern.quantity == reading.quantity
                && reading.narrowed.is_empty()
                && pattern.levels.iter().all(|level| reading.levels.contains(level))
                && pattern.bag.iter().all(|word| reading.bag.binary_search(word).is_ok())
                && reading.bag.iter().all(|word| pattern.optional.contains(word) || pattern.bag.binary_search(word).is_ok())
        });
        // The most words of its own; then the registry's order.
        let best = fits.min_by_key(|pattern| (usize::MAX - pattern.bag.len(), pattern.entry))?;
        let extra = reading.words.iter().filter(|word| reading.bag.contains(word) && !best.bag.contains(word)).copied().collect();
        let levels = reading.levels.iter().filter(|level| !best.optional.contains(level)).copied().collect();
        Some((best.entry, extra, levels))
    }
}
