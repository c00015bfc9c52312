//! From a file of rules to the steps that are run.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use thiserror::Error;

use super::pattern::{self, Node};
use super::{Class, Given, Grammar, Index, Kind, Language, Match, Source, Step};
use crate::words::{Vocabulary, WordId};

/// Why a file of rules cannot be used.
#[derive(Debug, Error)]
#[error("{file}: {reason}")]
pub struct GrammarError {
    /// The file's name.
    pub file: String,
    /// What is wrong, and where.
    pub reason: String,
}

/// A way of saying something.
#[derive(Clone, Debug)]
pub struct Rule<P> {
    /// Its name.
    pub name: String,
    /// What it reads: the kind that other rules use it by.
    pub of: String,
    /// Its patterns: one of them must match.
    pub patterns: Vec<String>,
    /// What its parts become.
    pub gives: P,
    /// Beats longer matches of rules of a lower rank.
    pub rank: u8,
    /// Lines that it reads: `words = meaning`.
    pub reads: Vec<String>,
    /// Lines that it must leave.
    pub leaves: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<P> {
    #[serde(default)]
    numbers: BTreeMap<String, String>,
    #[serde(default)]
    codes: BTreeMap<String, String>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    senses: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    #[serde(default)]
    parts: BTreeMap<String, String>,
    #[serde(default = "Vec::new")]
    rule: Vec<RawRule<P>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule<P> {
    name: String,
    of: String,
    pattern: Patterns,
    gives: P,
    #[serde(default)]
    rank: u8,
    #[serde(default)]
    reads: Vec<String>,
    #[serde(default)]
    leaves: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Patterns {
    One(String),
    Several(Vec<String>),
}

/// A name of the file as one of the language's own.
fn named<T: serde::de::DeserializeOwned>(name: &str) -> Result<T, String> {
    toml::Value::String(name.into()).try_into().map_err(|error: toml::de::Error| error.message().to_owned())
}

impl<L: Language> Grammar<L> {
    /// Reads a file of rules, and those laid over it: a rule of the same name replaces, words are added.
    ///
    /// # Errors
    /// Where a file is not what the language asks for.
    pub fn read(layers: &[(String, String)], vocabulary: &mut Vocabulary) -> Result<Self, GrammarError> {
        let mut grammar = Self::default();
        let mut parts: BTreeMap<String, Node> = BTreeMap::new();
        for (file, text) in layers {
            let fail = |reason: String| GrammarError { file: file.clone(), reason };
            let layer: File<L::Production> = toml::from_str(text).map_err(|error| fail(error.to_string().trim_end().into()))?;
            for (name, expressions, number) in layer
                .numbers
                .iter()
                .map(|(name, text)| (name, text, true))
                .chain(layer.codes.iter().map(|(name, text)| (name, text, false)))
            {
                let figure = named(name).map_err(|reason| fail(format!("`{name}`: {reason}")))?;
                let expression =
                    regex::Regex::new(&format!("^(?:{expressions})$")).map_err(|error| fail(format!("`{name}`: {error}")))?;
                parts.insert(name.clone(), Node::Name(format!("={}", grammar.figures.len())));
                grammar.figures.push((figure, expression, number));
            }
            for (name, forms) in &layer.words {
                grammar.add_class(name, None, forms, vocabulary);
            }
            for (name, meanings) in &layer.senses {
                for (sense, forms) in meanings {
                    let sense = named(sense).map_err(|reason| fail(format!("`{name}`: {reason}")))?;
                    grammar.add_class(name, Some(sense), forms, vocabulary);
                }
            }
            for (name, text) in &layer.parts {
                parts.insert(name.clone(), pattern::parse(text).map_err(|reason| fail(format!("`{name}`: {reason}")))?);
            }
            for raw in layer.rule {
                let patterns = match raw.pattern {
                    Patterns::One(pattern) => vec![pattern],
                    Patterns::Several(patterns) => patterns,
                };
                let RawRule { name, of, gives, rank, reads, leaves, .. } = raw;
                if !grammar.kinds.contains(&of) {
                    grammar.kinds.push(of.clone());
                }
                let rule = Rule { name, of, patterns, gives, rank, reads, leaves };
                match grammar.rules.iter_mut().find(|known| known.name == rule.name) {
                    Some(known) => *known = rule,
                    None => grammar.rules.push(rule),
                }
            }
        }
        let file = layers.last().map_or_else(String::new, |(file, _)| file.clone());
        let fail = |reason: String| GrammarError { file: file.clone(), reason };
        for (at, rule) in grammar.rules.iter().enumerate() {
            for text in &rule.patterns {
                let mut steps = Vec::new();
                pattern::parse(text)
                    .and_then(|node| grammar.compile(&node, &parts, vocabulary, &mut steps, 0))
                    .map_err(|reason| fail(format!("`{}`: {reason}", rule.name)))?;
                steps.push(Step::End);
                grammar.programs.push((at, steps));
            }
        }
        grammar.indexes = vec![Index::default(); grammar.kinds.len()];
        for kind in 0..grammar.kinds.len() {
            let mut index = Index::default();
            for program in grammar.programs_of(kind).collect::<Vec<_>>() {
                let mut first = First::default();
                let rule = &grammar.rules[grammar.programs[program].0].name;
                grammar.first(program, 0, &mut first, 0).map_err(|reason| fail(format!("`{rule}`: {reason}")))?;
                for word in first.words {
                    index.words.entry(word).or_default().push(program);
                }
                if first.number {
                    index.numbers.push(program);
                }
                if first.code {
                    index.codes.push(program);
                }
                if first.given {
                    index.given.push(program);
                }
            }
            grammar.indexes[kind] = index;
        }
        Ok(grammar)
    }

    fn add_class(&mut self, name: &str, sense: Option<L::Sense>, forms: &[String], vocabulary: &mut Vocabulary) {
        let class = self.class(name).unwrap_or_else(|| {
            self.class_names.push(name.into());
            self.classes.push(Class { forms: crate::words::Phrases::default(), reversed: crate::words::Phrases::default() });
            self.classes.len() - 1
        });
        for form in forms {
            let mut words = vocabulary.phrase(form);
            self.classes[class].forms.add(&words, sense);
            words.reverse();
            self.classes[class].reversed.add(&words, ());
        }
    }

    fn programs_of(&self, kind: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.programs.len()).filter(move |program| self.rules[self.programs[*program].0].of == self.kinds[kind])
    }

    fn compile(
        &self,
        node: &Node,
        parts: &BTreeMap<String, Node>,
        vocabulary: &mut Vocabulary,
        program: &mut Vec<Step>,
        depth: usize,
    ) -> Result<(), String> {
        if depth > 40 {
            return Err("parts that hold one another".into());
        }
        match node {
            Node::Word(word) if word.starts_with(|c: char| c.is_ascii_digit()) => {
                return Err(format!("`{word}`: numbers are read by regular expressions, under [numbers]"));
            }
            Node::Word(word) => program.extend(vocabulary.phrase(word).into_iter().map(Step::Word)),
            Node::Name(name) => {
                if let Some(figure) = name.strip_prefix('=') {
                    program.push(Step::Figure(figure.parse().map_err(|_| format!("`{name}` is no figure"))?));
                } else if let Some(part) = parts.get(name) {
                    self.compile(part, parts, vocabulary, program, depth + 1)?;
                } else if let Some(class) = self.class(name) {
                    program.push(Step::Class(class));
                } else if let Some(Kind(kind)) = self.kind(name) {
                    program.push(Step::Kind(kind));
                } else if let Some(given) = Given::named(name) {
                    program.push(Step::Given(given));
                } else {
                    return Err(format!("`<{name}>` is no class, number, code, part or kind"));
                }
            }
            Node::Sequence(nodes) => {
                for node in nodes {
                    self.compile(node, parts, vocabulary, program, depth + 1)?;
                }
            }
            Node::Choice(nodes) => {
                let mut ends = Vec::new();
                for (place, node) in nodes.iter().enumerate() {
                    if place + 1 == nodes.len() {
                        self.compile(node, parts, vocabulary, program, depth + 1)?;
                        continue;
                    }
                    let split = program.len();
                    program.push(Step::End);
                    self.compile(node, parts, vocabulary, program, depth + 1)?;
                    ends.push(program.len());
                    program.push(Step::End);
                    program[split] = Step::Split(split + 1, program.len());
                }
                let end = program.len();
                for jump in ends {
                    program[jump] = Step::Jump(end);
                }
            }
            Node::Maybe(inner) => {
                let split = program.len();
                program.push(Step::End);
                self.compile(inner, parts, vocabulary, program, depth + 1)?;
                program[split] = Step::Split(split + 1, program.len());
            }
            Node::Many(inner) => {
                let split = program.len();
                program.push(Step::End);
                self.compile(inner, parts, vocabulary, program, depth + 1)?;
                program.push(Step::Jump(split));
                program[split] = Step::Split(split + 1, program.len());
            }
            Node::Not(inner) => {
                let not = program.len();
                program.push(Step::End);
                self.compile(inner, parts, vocabulary, program, depth + 1)?;
                program.push(Step::End);
                program[not] = Step::Not(program.len());
            }
            Node::Gap => program.push(Step::Gap),
            Node::Rest => program.push(Step::Rest),
            Node::Begin => program.push(Step::Begin),
        }
        Ok(())
    }

    /// What a pattern can begin with.
    fn first(&self, program: usize, step: usize, first: &mut First, depth: usize) -> Result<(), String> {
        if depth > 60 {
            return Err("kinds that begin with one another".into());
        }
        match &self.programs[program].1[step] {
            Step::Word(word) => {
                first.words.insert(*word);
            }
            Step::Class(class) => first.words.extend(self.classes[*class].forms.first_words()),
            Step::Figure(figure) => {
                if self.figures[*figure].2 {
                    first.number = true;
                } else {
                    first.code = true;
                }
            }
            Step::Kind(kind) => {
                for program in self.programs_of(*kind).collect::<Vec<_>>() {
                    self.first(program, 0, first, depth + 1)?;
                }
            }
            Step::Given(_) => first.given = true,
            Step::Begin => self.first(program, step + 1, first, depth + 1)?,
            Step::Not(next) => self.first(program, *next, first, depth + 1)?,
            Step::Split(one, other) => {
                self.first(program, *one, first, depth + 1)?;
                self.first(program, *other, first, depth + 1)?;
            }
            Step::Jump(next) => self.first(program, *next, first, depth + 1)?,
            Step::Gap | Step::Rest | Step::End => return Err("a pattern that may begin with anything".into()),
        }
        Ok(())
    }

    /// What the rule of that name reads in a line, wherever it stands; the test of the lines of the rules.
    #[must_use]
    pub fn reads(&self, rule: usize, source: Source) -> Option<Match<L::Value>> {
        let kind = self.kind(&self.rules.get(rule)?.of)?;
        (0..source.tokens.len()).find_map(|at| self.at(kind, source, at).filter(|found| found.rule == rule))
    }
}

#[derive(Default)]
struct First {
    words: BTreeSet<WordId>,
    number: bool,
    code: bool,
    given: bool,
}
