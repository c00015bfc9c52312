//! What the words around values say of them, by the rules of `rules/grammar/values.toml`: where a change begins, what only describes,
//! which words are no part of what is measured.

use std::ops::Range;

use crate::agency::Agencies;
use crate::extract::deadline;
use crate::extract::passage::{Passage, Role};
use crate::extract::quantity::{Lead, Quantity};
use crate::grammar::said::Production;
use crate::grammar::{Before, Given, Source};
use crate::words::Kind;

/// What was read of a passage before.
pub(super) struct Known<'a> {
    agencies: Agencies<'a>,
    quantities: &'a [Quantity],
    times: Vec<Range<usize>>,
}

impl<'a> Known<'a> {
    pub(super) fn new(
        passage: &'a Passage<'a>,
        quantities: &'a [Quantity],
        deadlines: &[deadline::Found],
        times: &[Range<usize>],
    ) -> Self {
        let times = deadlines.iter().map(|found| found.range.clone()).chain(times.iter().cloned()).collect();
        Self { agencies: Agencies::new(passage.lexicon, passage.tokens), quantities, times }
    }

    /// The place of the first quantity whose number stands at `at` or behind.
    fn next(&self, at: usize) -> usize {
        self.quantities.partition_point(|quantity| quantity.number.start < at)
    }
}

impl Before for Known<'_> {
    fn end(&self, given: Given, at: usize) -> Option<usize> {
        match given {
            Given::Value | Given::Number => {
                let quantity = self.quantities.get(self.next(at))?;
                let first = if given == Given::Number { quantity.number.start } else { quantity.whole.start };
                (first <= at).then_some(quantity.whole.end)
            }
            Given::When => self.times.iter().find(|time| time.start == at).map(|time| time.end),
            Given::Bodies => {
                let (names, end) = self.agencies.list(at);
                (!names.is_empty()).then_some(end)
            }
        }
    }
}

/// The values of a passage that are left to be read, and the words that are no part of what is measured.
pub(super) struct Said {
    pub(super) quantities: Vec<Quantity>,
    pub(super) asides: Vec<Range<usize>>,
}

/// Reads what is said of the values of a passage.
pub(super) fn read(passage: &Passage, known: &Known) -> Said {
    let grammar = &passage.lexicon.values;
    let mut said = Said { quantities: known.quantities.to_vec(), asides: Vec::new() };
    let Some(kind) = grammar.kind("saying").filter(|_| passage.role != Role::Results) else { return said };
    let source = Source { before: Some(known), ..passage.source() };
    let mut gone: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < passage.tokens.len() {
        let found = if grammar.may_begin(kind, &passage.tokens[at]) { grammar.at(kind, source, at) } else { None };
        let Some(found) = found else {
            at += 1;
            continue;
        };
        let begins = || {
            let before =
                (0..found.start).rev().find(|at| passage.tokens[*at].kind != Kind::Mark || !passage.tokens[*at].is_mark(b'-'));
            before.is_none_or(|at| passage.ends_sentence(at) || passage.tokens[at].is_mark(b';'))
        };
        let given: Vec<usize> = found.value.given.iter().map(|range| known.next(range.start)).collect();
        let (first, last) = (given.first().copied(), given.last().copied());
        let whole = found.start..found.end;
        match found.value.gives {
            Production::Described => gone.extend(given),
            Production::Aside => said.asides.push(whole.clone()),
            Production::Setting if begins() => said.asides.push(whole.clone()),
            Production::From => {
                gone.extend(first);
                if let Some(reached) = last.and_then(|last| said.quantities.get_mut(last)) {
                    // `giảm từ 15% xuống 9%`: the verb leads to the level, too.
                    let led = first.and_then(|first| known.quantities.get(first)).map_or(found.start, |from| from.whole.start);
                    reached.whole.start = found.start.min(led);
                    reached.lead = Lead::Level;
                }
            }
            Production::Becomes => {
                gone.extend(first);
                if let Some(of) = first.and_then(|first| known.quantities.get(first)) {
                    said.asides.push(of.number.clone());
                }
                if let Some(reached) = last.and_then(|last| said.quantities.get_mut(last)) {
                    reached.whole.start = reached.number.start.saturating_sub(1);
                    reached.lead = Lead::Level;
                }
            }
            Production::Above | Production::Below => {
                if let Some(quantity) = last.and_then(|last| said.quantities.get_mut(last)) {
                    quantity.comparator = None;
                    quantity.lead = if found.value.gives == Production::Above { Lead::Increase } else { Lead::Decrease };
                    quantity.whole.start = found.start;
                }
            }
            Production::Setting | Production::Partners => {
                at += 1;
                continue;
            }
        }
        at = found.end.max(at + 1);
    }
    let mut place = 0;
    said.quantities.retain(|quantity| {
        let inside = said.asides.iter().any(|aside| aside.contains(&quantity.number.start));
        place += 1;
        !inside && !gone.contains(&(place - 1))
    });
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::quantity;
    use crate::grammar::Language;
    use crate::grammar::said::Sayings;
    use crate::lexicon::Lexicon;
    use crate::structure::Place;

    /// What the rule of `values.toml` reads in a line.
    fn shown(lexicon: &Lexicon, rule: usize, line: &str) -> Option<String> {
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(line, 0, &mut tokens);
        let passage = Passage::new(lexicon, line, &tokens, Role::Aims, None, Place::Body);
        let (deadlines, times) = deadline::find_with_times(&passage, deadline::Frame::default());
        let quantities = quantity::find(&passage);
        let known = Known::new(&passage, &quantities, &deadlines, &times);
        let source = Source { before: Some(&known), ..passage.source() };
        let found = lexicon.values.reads(rule, source)?;
        Some(Sayings::show(&found.value, source))
    }

    #[test]
    fn every_rule_of_the_grammar_of_values_reads_its_lines_and_leaves_the_others() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let wrong = crate::grammar::tried(lexicon.values.rules(), |rule, line| shown(&lexicon, rule, line));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
