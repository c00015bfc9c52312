//! [`Record`]s → [`Findings`]: what in one document, or between documents, does not hold together.
//!
//! ```text
//! records ─Case→ each document's rules ─┐
//!         └Cases→ rules between documents ┴→ Findings (decided) + what cannot be decided, and why
//! ```
//! One rule is one file in `rules/` and one page in `rules/checks/`, which explains it and tests it. A rule compares what
//! the records say; it reads no text and no file. A finding quotes every side that it compares. What a rule cannot decide it
//! says ([`Findings::undecided`]) with the reason; it never guesses.

pub mod accepted;
pub mod alike;
mod case;
mod cases;
pub mod compare;
pub mod cycle;
mod finding;
pub mod interval;
pub mod names;
pub mod pairs;
pub mod quotes;
pub mod rules;
pub mod show;
mod surroundings;
pub mod symbol;

pub use case::{Case, Days};
pub use cases::{Cases, Plan, Upper};
pub use finding::{Finding, Findings, Message, Report, Severity, Side, Told, Undecided};

use rayon::prelude::*;

use crate::lexicon::Lexicon;
use crate::lexicon::linking::LinkLexicon;
use crate::link::Collection;
use crate::record::Record;

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// Each document by itself.
    Document(fn(&Case, &mut Findings)),
    /// All documents together.
    Collection(fn(&Cases, &mut Findings)),
}

/// A rule of the catalogue.
pub struct Rule {
    /// `DL001`: the family and a number, never used twice.
    pub code: &'static str,
    /// `deadline-before-issue`: what it finds, in a few words.
    pub name: &'static str,
    /// How bad a finding is, unless the rule says less of a single one.
    pub severity: Severity,
    /// Its page: explanation, cases that flag, cases that accept.
    pub page: &'static str,
    /// What it does.
    pub check: Check,
}

impl Rule {
    /// The first line under the page's title: what it finds, in Vietnamese.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.page.lines().skip(1).find(|line| line.starts_with("> ")).map_or("", |line| &line[2..])
    }

    /// Its name as words, in English: `Deadline before issue`.
    #[must_use]
    pub fn title(&self) -> String {
        let words = self.name.replace('-', " ");
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// The rule of a code, whatever the case of its letters, or of a name.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules::RULES.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code)
}

/// The rules that are asked for by code, family (`DL`) or name: all where `select` is empty, without those of `ignore`.
///
/// # Errors
/// The word that names no rule and no family.
pub fn selected(select: &[String], ignore: &[String]) -> Result<Vec<&'static Rule>, String> {
    let names = |wanted: &str, rule: &Rule| {
        rule.name == wanted || rule.code.get(..wanted.len()).is_some_and(|head| head.eq_ignore_ascii_case(wanted))
    };
    for wanted in select.iter().chain(ignore) {
        if wanted.is_empty() || !rules::RULES.iter().any(|rule| names(wanted, rule)) {
            return Err(wanted.clone());
        }
    }
    let chosen = |rule: &&&'static Rule| {
        (select.is_empty() || select.iter().any(|wanted| names(wanted, rule))) && !ignore.iter().any(|wanted| names(wanted, rule))
    };
    Ok(rules::RULES.iter().filter(chosen).copied().collect())
}

/// What is known beside the records.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The words that documents are read by.
    pub lexicon: &'a Lexicon,
    /// The words that records are linked by.
    pub words: &'a LinkLexicon,
    /// The same records, linked.
    pub collection: &'a Collection,
}

/// Runs `rules` over `records`; findings come in the order of documents, then of places, then of codes.
///
/// Documents are looked at in parallel; the result does not depend on it.
#[must_use]
pub fn audit(records: &[Record], rules: &[&'static Rule], known: Known) -> Findings {
    let cases = Cases::new(records, known);
    let mut all = Findings::default();
    let of_documents: Vec<Findings> = cases
        .cases
        .par_iter()
        .map(|case| {
            let mut findings = Findings::default();
            for rule in rules {
                if let Check::Document(check) = rule.check {
                    findings.begin(rule);
                    check(case, &mut findings);
                }
            }
            findings
        })
        .collect();
    for findings in of_documents {
        all.extend(findings);
    }
    for rule in rules {
        if let Check::Collection(check) = rule.check {
            all.begin(rule);
            check(&cases, &mut all);
        }
    }
    all.finish(records);
    all
}
