//! What the words around values and bodies say of them (`rules/grammar/values.toml`, `rules/grammar/duties.toml`).
//!
//! The values and bodies themselves are read before; a pattern names them (`<value>`, `<bodies>`), and what it gives tells what is
//! said of them, or of the words between.

use std::ops::Range;

use serde::Deserialize;

use super::{Given, Language, Parts, Source};

/// What is said of the values or bodies of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Production {
    /// The bodies help.
    Partners,
    /// The first value is where a change begins; the last is what is reached.
    From,
    /// So many of the first value become so many: the last is what is reached, and what the first counts is measured.
    Becomes,
    /// The values are how things are, or tell which things are meant, or what others are counted by.
    Described,
    /// The words only tell more, and are no part of what is measured; nor is a value in them one that is wanted.
    Aside,
    /// At the beginning of a sentence: where, when or on what occasion; what is measured begins behind it.
    Setting,
    /// The bodies lead.
    Owners,
    /// The value is not to be passed.
    AtMost,
    /// So much and more: `từ 38% dân số trở lên`.
    AtLeast,
    /// The value is by how much something is above another.
    Above,
    /// The value is by how much something is below another.
    Below,
}

/// What a rule read: what it says, and where what it names stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What is said.
    pub gives: Production,
    /// The values and bodies that the pattern names, in order.
    pub given: Vec<Range<usize>>,
}

/// The language of `values.toml` and `duties.toml`.
#[derive(Clone, Copy, Debug)]
pub struct Sayings;

/// Words of their classes mean nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sense {}

/// Numbers that no reader of values takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// A year.
    Y,
    /// Any number.
    N,
}

impl Language for Sayings {
    type Production = Production;
    type Figure = Figure;
    type Sense = Sense;
    type Value = Said;

    fn build(gives: Production, parts: &Parts<Self>) -> Option<Said> {
        let given: Vec<Range<usize>> = parts.given().filter(|(given, _)| *given != Given::When).map(|(_, range)| range).collect();
        let least = match gives {
            Production::From | Production::Becomes => 2,
            Production::Aside | Production::Setting => 0,
            _ => 1,
        };
        (given.len() >= least).then_some(Said { gives, given })
    }

    fn show(value: &Said, source: Source) -> String {
        let words = |range: &Range<usize>| {
            let (first, last) = (source.tokens.get(range.start)?, source.tokens.get(range.end.checked_sub(1)?)?);
            first.span().cover(last.span()).slice(source.text)
        };
        let given: Vec<&str> = value.given.iter().filter_map(words).collect();
        let name = match value.gives {
            Production::AtMost => "at-most".to_owned(),
            Production::AtLeast => "at-least".to_owned(),
            gives => format!("{gives:?}").to_lowercase(),
        };
        if given.is_empty() { name } else { format!("{name}: {}", given.join(" | ")) }
    }
}
