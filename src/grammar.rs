//! Ways of saying something, as data: `rules/grammar/*.toml`.
//!
//! A rule is a pattern over words, and what its words mean together. Words are compared folded; numbers and codes by regular
//! expressions; a rule may use the rules of other kinds. A file is compiled once: each kind of thing knows the words that it can
//! begin with, so that at most words of a text no rule is tried. What a pattern gives is one of a closed set of productions of the
//! file's [`Language`]; which of them there are is code, which words lead to them is data.

mod compile;
mod pattern;
pub mod said;
pub mod time;

use std::ops::Range;

use rustc_hash::FxHashMap;

pub use compile::{GrammarError, Rule};

use crate::words::{Kind as TokenKind, Phrases, Token, WordId};

/// What a file of rules speaks of: the things it can read and how they are put together.
pub trait Language: Sized {
    /// How the parts of a pattern become a value.
    type Production: serde::de::DeserializeOwned + Copy + std::fmt::Debug;
    /// Numbers and codes that are read by a regular expression.
    type Figure: serde::de::DeserializeOwned + Copy + PartialEq + std::fmt::Debug;
    /// What a word of a class means.
    type Sense: serde::de::DeserializeOwned + Copy + PartialEq + std::fmt::Debug;
    /// What is read.
    type Value: Clone;

    /// The value of a pattern's parts; `None` where they do not go together (`quý III và quý I`).
    fn build(production: Self::Production, parts: &Parts<Self>) -> Option<Self::Value>;

    /// The value as the lines of the rules write it.
    fn show(value: &Self::Value, source: Source) -> String;
}

/// What another reader has found in a text before, and a pattern may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// `<bodies>`: one or more bodies with their names.
    Bodies,
    /// `<value>`: a number with its unit, and the words that bring it in.
    Value,
    /// `<number>`: the same without the words that bring it in.
    Number,
    /// `<when>`: a time.
    When,
}

impl Given {
    /// The one that a pattern calls so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "bodies" => Self::Bodies,
            "value" => Self::Value,
            "number" => Self::Number,
            "when" => Self::When,
            _ => return None,
        })
    }
}

/// Who has read a text before.
pub trait Before {
    /// The end of what stands at `at`.
    fn end(&self, given: Given, at: usize) -> Option<usize>;
}

/// A piece of a match that means something.
pub enum Part<L: Language> {
    /// A number or code, with its token.
    Figure(L::Figure, usize),
    /// A word of a class with meanings.
    Sense(L::Sense),
    /// What a rule of another kind read.
    Value(L::Value),
    /// What another reader found.
    Given(Given, Range<usize>),
    /// The words that a gap passes.
    Gap(Range<usize>),
}

/// The pieces of a match, in order.
pub struct Parts<'a, L: Language> {
    text: &'a str,
    tokens: &'a [Token],
    parts: &'a [Part<L>],
}

impl<'a, L: Language> Parts<'a, L> {
    /// The numbers and codes of one kind, as written.
    pub fn figures(&self, wanted: L::Figure) -> impl Iterator<Item = &'a str> + '_ {
        self.parts.iter().filter_map(move |part| match part {
            Part::Figure(figure, at) if *figure == wanted => self.tokens.get(*at)?.span().slice(self.text),
            _ => None,
        })
    }

    /// What the words of classes with meanings mean.
    pub fn senses(&self) -> impl Iterator<Item = L::Sense> + '_ {
        self.parts.iter().filter_map(|part| if let Part::Sense(sense) = part { Some(*sense) } else { None })
    }

    /// Whether one of the words means `wanted`.
    #[must_use]
    pub fn says(&self, wanted: L::Sense) -> bool {
        self.senses().any(|sense| sense == wanted)
    }

    /// Where what other readers found stands.
    pub fn given(&self) -> impl Iterator<Item = (Given, Range<usize>)> + '_ {
        self.parts.iter().filter_map(|part| if let Part::Given(given, at) = part { Some((*given, at.clone())) } else { None })
    }

    /// The words that gaps pass.
    pub fn gaps(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.parts.iter().filter_map(|part| if let Part::Gap(gap) = part { Some(gap.clone()) } else { None })
    }

    /// What rules of other kinds read.
    pub fn values(&self) -> impl Iterator<Item = &'a L::Value> + '_ {
        self.parts.iter().filter_map(|part| if let Part::Value(value) = part { Some(value) } else { None })
    }
}

/// A text to be read: its tokens, and which of them belong to a name and end no clause.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The text that the tokens' spans belong to.
    pub text: &'a str,
    /// Its words.
    pub tokens: &'a [Token],
    /// For each token whether it belongs to a quoted name; may be shorter than `tokens`.
    pub quoted: &'a [bool],
    /// What other readers have found in it.
    pub before: Option<&'a dyn Before>,
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Source").field("text", &self.text).field("tokens", &self.tokens).finish_non_exhaustive()
    }
}

/// What a rule read.
#[derive(Clone, Debug)]
pub struct Match<V> {
    /// The first token.
    pub start: usize,
    /// The token after the last.
    pub end: usize,
    /// The rule's place in its file.
    pub rule: usize,
    /// What the words mean.
    pub value: V,
}

/// A kind of thing that rules read: the name after `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(pub(crate) usize);

/// One step of a compiled pattern.
#[derive(Clone, Debug)]
enum Step {
    Word(WordId),
    Class(usize),
    Figure(usize),
    Kind(usize),
    Given(Given),
    /// Words up to what follows, within the clause.
    Gap,
    /// Words up to the end of the clause.
    Rest,
    /// The words before this are only a condition; the match begins here.
    Begin,
    /// The steps up to the one named must not match here.
    Not(usize),
    Split(usize, usize),
    Jump(usize),
    End,
}

/// The patterns that may begin at a token.
#[derive(Clone, Debug, Default)]
struct Index {
    words: FxHashMap<WordId, Vec<usize>>,
    numbers: Vec<usize>,
    /// Rules that begin with a code: any word may be one.
    codes: Vec<usize>,
    /// Rules that begin with what another reader found.
    given: Vec<usize>,
}

/// A class of words; the value is an index into the senses.
#[derive(Clone, Debug, Default)]
struct Class<S> {
    forms: Phrases<Option<S>>,
    /// The same phrases from their last word to their first.
    reversed: Phrases<()>,
}

/// A file of rules, ready for use.
pub struct Grammar<L: Language> {
    rules: Vec<Rule<L::Production>>,
    /// The steps of each pattern, with its rule.
    programs: Vec<(usize, Vec<Step>)>,
    kinds: Vec<String>,
    indexes: Vec<Index>,
    class_names: Vec<String>,
    classes: Vec<Class<L::Sense>>,
    figures: Vec<(L::Figure, regex::Regex, bool)>,
}

impl<L: Language> Default for Grammar<L> {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            programs: Vec::new(),
            kinds: Vec::new(),
            indexes: Vec::new(),
            class_names: Vec::new(),
            classes: Vec::new(),
            figures: Vec::new(),
        }
    }
}

impl<L: Language> Clone for Grammar<L> {
    fn clone(&self) -> Self {
        Self {
            rules: self.rules.clone(),
            programs: self.programs.clone(),
            kinds: self.kinds.clone(),
            indexes: self.indexes.clone(),
            class_names: self.class_names.clone(),
            classes: self.classes.clone(),
            figures: self.figures.clone(),
        }
    }
}

impl<L: Language> std::fmt::Debug for Grammar<L> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Grammar").field("rules", &self.rules.len()).field("kinds", &self.kinds).finish_non_exhaustive()
    }
}

/// How many words a gap may pass.
const LONGEST_GAP: usize = 40;
/// Behind so many words a match takes nothing more that may be left out. Thirty dates in a row are a list; three thousand, each of
/// which begins a list of all behind it, are no reading matter.
const LONGEST_MATCH: usize = 240;

/// What was read of a kind, and where it ends, by the kind and the word that it begins at. The rules that begin at one word ask for the
/// same parts there: twenty rules begin with a date.
type Inner<L> = FxHashMap<(usize, usize), Option<(usize, <L as Language>::Value)>>;

impl<L: Language> Grammar<L> {
    /// The rules, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Rule<L::Production>] {
        &self.rules
    }

    /// The kind of that name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.kinds.iter().position(|known| known == name).map(Kind)
    }

    /// The class of that name, to be asked with [`Grammar::word`] and [`Grammar::ends_with`].
    #[must_use]
    pub fn class(&self, name: &str) -> Option<usize> {
        self.class_names.iter().position(|known| known == name)
    }

    /// The longest phrase of a class at `at`: its length.
    #[must_use]
    pub fn word(&self, class: usize, tokens: &[Token], at: usize) -> Option<usize> {
        self.classes.get(class)?.forms.at(tokens, at).map(|(length, _)| length)
    }

    /// The longest phrase of a class that ends before `at`: its length.
    #[must_use]
    pub fn ends_with(&self, class: usize, tokens: &[Token], at: usize) -> Option<usize> {
        self.classes.get(class)?.reversed.before(tokens, at)
    }

    /// How long the phrase of the class of that name is that begins at `at`.
    #[must_use]
    pub fn says(&self, class: &str, tokens: &[Token], at: usize) -> Option<usize> {
        self.word(self.class(class)?, tokens, at)
    }

    /// Whether a rule of the kind may begin at the token.
    #[must_use]
    pub fn may_begin(&self, kind: Kind, token: &Token) -> bool {
        self.indexes.get(kind.0).is_some_and(|index| match token.kind {
            _ if !index.given.is_empty() => true,
            TokenKind::Number => !index.numbers.is_empty(),
            _ => index.words.contains_key(&token.word()) || token.kind == TokenKind::Word && !index.codes.is_empty(),
        })
    }

    /// What the rules of a kind read at `at`: the rule of the highest rank, then the longest match, then the first rule.
    #[must_use]
    pub fn at(&self, kind: Kind, source: Source, at: usize) -> Option<Match<L::Value>> {
        self.read_at(kind, source, at, &mut Inner::<L>::default())
    }

    fn read_at(&self, kind: Kind, source: Source, at: usize, inner: &mut Inner<L>) -> Option<Match<L::Value>> {
        let index = self.indexes.get(kind.0)?;
        let token = source.tokens.get(at)?;
        let mut best: Option<Match<L::Value>> = None;
        let mut parts: Vec<Part<L>> = Vec::new();
        let (first, second): (&[usize], &[usize]) = if token.is_number() {
            (&index.numbers, &[])
        } else {
            (index.words.get(&token.word()).map_or(&[], Vec::as_slice), if token.is_word() { &index.codes } else { &[] })
        };
        let third: &[usize] = if source.before.is_some() { &index.given } else { &[] };
        for program in first.iter().chain(second).chain(third) {
            parts.clear();
            let mut start = at;
            let (rule, steps) = &self.programs[*program];
            let Some(end) = self.run(source, steps, 0, at, &mut start, (&mut parts, inner)) else { continue };
            let rank = self.rules[*rule].rank;
            let better = best.as_ref().is_none_or(|best| (rank, end) > (self.rules[best.rule].rank, best.end));
            if !better {
                continue;
            }
            let pieces = Parts { text: source.text, tokens: source.tokens, parts: &parts };
            if let Some(value) = L::build(self.rules[*rule].gives, &pieces) {
                best = Some(Match { start, end, rule: *rule, value });
            }
        }
        best
    }

    /// Follows a pattern's steps from `step` at `at`; gives the end of the match.
    fn run(
        &self,
        source: Source,
        program: &[Step],
        mut step: usize,
        mut at: usize,
        start: &mut usize,
        (parts, inner): (&mut Vec<Part<L>>, &mut Inner<L>),
    ) -> Option<usize> {
        loop {
            match &program[step] {
                Step::End => return Some(at),
                Step::Jump(next) => {
                    step = *next;
                    continue;
                }
                Step::Begin => *start = at,
                Step::Not(next) => {
                    let (kept, mut begun) = (parts.len(), *start);
                    if self.run(source, program, step + 1, at, &mut begun, (parts, inner)).is_some() {
                        return None;
                    }
                    parts.truncate(kept);
                    step = *next;
                    continue;
                }
                Step::Word(word) => {
                    if source.tokens.get(at)?.word() != *word {
                        return None;
                    }
                    at += 1;
                }
                Step::Class(class) => {
                    let (length, sense) = self.classes[*class].forms.at(source.tokens, at)?;
                    if let Some(sense) = sense {
                        parts.push(Part::Sense(*sense));
                    }
                    at += length;
                }
                Step::Figure(figure) => {
                    let token = source.tokens.get(at)?;
                    let (figure, expression, number) = &self.figures[*figure];
                    if token.is_number() != *number || !(*number || token.is_word()) {
                        return None;
                    }
                    if !expression.is_match(token.span().slice(source.text)?) {
                        return None;
                    }
                    parts.push(Part::Figure(*figure, at));
                    at += 1;
                }
                Step::Kind(kind) => {
                    let known = inner.get(&(*kind, at)).cloned();
                    let found = match known {
                        Some(found) => found,
                        None => {
                            let found = self.read_at(Kind(*kind), source, at, inner).map(|found| (found.end, found.value));
                            inner.insert((*kind, at), found.clone());
                            found
                        }
                    };
                    let (end, value) = found?;
                    parts.push(Part::Value(value));
                    at = end;
                }
                Step::Given(given) => {
                    let end = source.before?.end(*given, at).filter(|end| *end > at)?;
                    parts.push(Part::Given(*given, at..end));
                    at = end;
                }
                Step::Gap => {
                    let end = clause_end(source, at);
                    let kept = parts.len();
                    for next in at + 1..=end {
                        parts.truncate(kept);
                        parts.push(Part::Gap(at..next));
                        if let Some(end) = self.run(source, program, step + 1, next, start, (parts, inner)) {
                            return Some(end);
                        }
                    }
                    return None;
                }
                Step::Rest => {
                    let end = clause_end(source, at);
                    parts.push(Part::Gap(at..end));
                    at = end;
                }
                Step::Split(first, second) => {
                    let (kept, begun) = (parts.len(), *start);
                    if at.saturating_sub(begun) < LONGEST_MATCH
                        && let Some(end) = self.run(source, program, *first, at, start, (parts, inner))
                    {
                        return Some(end);
                    }
                    parts.truncate(kept);
                    *start = begun;
                    step = *second;
                    continue;
                }
            }
            step += 1;
        }
    }
}

/// Where the clause at `at` ends: at a mark outside of brackets and of names (`sau khi Luật Phòng, chống ma túy (sửa đổi) được thông qua`).
fn clause_end(source: Source, at: usize) -> usize {
    let mut depth = 0_usize;
    for (end, token) in source.tokens.iter().enumerate().skip(at).take(LONGEST_GAP) {
        if token.kind != TokenKind::Mark || source.quoted.get(end).copied().unwrap_or(false) {
            continue;
        }
        if token.is_mark(b'(') {
            depth += 1;
        } else if token.is_mark(b')') {
            if depth == 0 {
                return end;
            }
            depth -= 1;
        } else if depth == 0
            && (token.is_mark(b',')
                || token.is_mark(b';')
                || token.is_mark(b':')
                || token.is_mark(b'.') && source.tokens.get(end + 1).is_none_or(|next| next.spaced))
        {
            return end;
        }
    }
    source.tokens.len().min(at + LONGEST_GAP)
}

/// Every line of a grammar's rules, tried. `read` gives the meaning that a rule reads in a line.
#[cfg(test)]
pub(crate) fn tried<P>(rules: &[Rule<P>], read: impl Fn(usize, &str) -> Option<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        if rule.reads.len() < 3 || rule.leaves.len() < 2 {
            wrong.push(format!("{}: three lines that it reads and two that it leaves are the least", rule.name));
        }
        for line in &rule.reads {
            let (words, wanted) = line.split_once(" = ").unwrap_or((line, "?"));
            let got = read(at, words).unwrap_or("nothing".into());
            if got != wanted {
                wrong.push(format!("{}: `{words} = {got}`, wanted {wanted}", rule.name));
            }
        }
        for line in &rule.leaves {
            if let Some(got) = read(at, line) {
                wrong.push(format!("{}: `{line}` is to be left, but is {got}", rule.name));
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agency::Agencies;
    use crate::lexicon::{GRAMMAR, Lexicon};

    fn cut(lexicon: &Lexicon, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(text, 0, &mut tokens);
        tokens
    }

    /// The bodies of a line, as the program reads them.
    struct Line<'a>(Agencies<'a>);

    impl Before for Line<'_> {
        fn end(&self, given: Given, at: usize) -> Option<usize> {
            let (names, end) = self.0.list(at);
            (given == Given::Bodies && !names.is_empty()).then_some(end)
        }
    }

    fn reads<L: Language>(lexicon: &Lexicon, grammar: &Grammar<L>, rule: usize, line: &str) -> Option<String> {
        let tokens = cut(lexicon, line);
        let bodies = Line(Agencies::new(lexicon, &tokens));
        let source = Source { text: line, tokens: &tokens, quoted: &[], before: Some(&bodies) };
        let found = grammar.reads(rule, source)?;
        Some(L::show(&found.value, source))
    }

    #[test]
    fn every_rule_reads_its_lines_and_leaves_the_others() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let times = &lexicon.times.grammar;
        let mut wrong = tried(times.rules(), |rule, line| reads(&lexicon, times, rule, line));
        wrong.extend(tried(lexicon.roles.rules(), |rule, line| reads(&lexicon, &lexicon.roles, rule, line)));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(!GRAMMAR.is_empty());
    }
}
