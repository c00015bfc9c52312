//! The mutation benchmark: one known fault at a time is planted into papers that have none, and the audit must find it.
//!
//! `cargo test --test mutations -- --nocapture` prints recall a rule. The papers are families of four that agree with each
//! other, written for each topic and year (`family.rs`), and the documents of `corpus/`, whose own sums, shares, dates, symbols
//! and tables are changed where their record says they stand (`documents.rs`).

#[path = "../common/mod.rs"]
mod common;
mod documents;
mod family;
mod faults;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use common::lexicon;
use family::{Family, TOPICS};
use faults::FAULTS;
use kehoach::check::{self, Findings, Known, Severity, rules::RULES};
use kehoach::lexicon::linking::LinkLexicon;
use kehoach::link::Collection;
use kehoach::record::Record;
use kehoach::{ingest, pipeline};

fn words() -> &'static LinkLexicon {
    static WORDS: OnceLock<LinkLexicon> = OnceLock::new();
    WORDS.get_or_init(|| LinkLexicon::embedded().expect("embedded lexicons"))
}

pub fn record(name: &str, text: &str) -> Record {
    let source = ingest::decode(name, text.as_bytes().to_vec()).unwrap_or_else(|error| panic!("{error}"));
    pipeline::read(&source, lexicon())
}

pub fn audit(mut records: Vec<Record>) -> Findings {
    let collection = Collection::link(&records, words());
    collection.apply(&mut records);
    check::audit(&records, RULES, Known { lexicon: lexicon(), words: words(), collection: &collection })
}

fn of_family(family: &Family) -> Findings {
    audit(family.papers().iter().map(|(name, text)| record(name, text)).collect())
}

/// How many findings of a rule there are.
fn count(findings: &Findings, code: &str) -> usize {
    findings.found.iter().filter(|finding| finding.code == code).count()
}

fn families() -> Vec<(usize, Family)> {
    let years = [2023, 2024, 2026, 2025];
    years.into_iter().enumerate().map(|(topic, year)| (topic, Family::new(&TOPICS[topic], year))).collect()
}

fn told(findings: &Findings) -> String {
    let mut told = String::new();
    for finding in findings.found.iter().filter(|finding| finding.severity > Severity::Note) {
        let quoted: Vec<&str> = finding.evidence.iter().map(|side| side.text.as_str()).collect();
        writeln!(told, "  {} {} {quoted:?}", finding.code, finding.message.en.problem).expect("string");
    }
    told
}

#[test]
fn papers_that_agree_have_no_finding_above_a_note() {
    for (topic, family) in families() {
        // The district level ended in 2025: in a family of later years its plan is a fault itself.
        let findings = of_family(&family);
        let above: Vec<_> =
            findings.found.iter().filter(|finding| finding.severity > Severity::Note && finding.code != "AG004").collect();
        assert!(above.is_empty(), "{} {}:\n{}", TOPICS[topic].indicators[0].0, family.year, told(&findings));
    }
    let corpus: Vec<Record> = common::corpus().iter().map(|path| common::read(path)).collect();
    let findings = audit(corpus);
    assert!(findings.found.iter().all(|finding| finding.severity == Severity::Note), "corpus:\n{}", told(&findings));
}

#[test]
fn planted_faults_are_found() {
    let mut tally: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    let mut missed = String::new();
    for (topic, family) in families() {
        let before = of_family(&family);
        for fault in FAULTS {
            let mut planted = family.clone();
            if (fault.plant)(&mut planted, &TOPICS[topic]).is_none() {
                continue;
            }
            let found = count(&of_family(&planted), fault.code) > count(&before, fault.code);
            let entry = tally.entry((fault.code, fault.what)).or_default();
            entry.0 += 1;
            entry.1 += usize::from(found);
            if !found {
                writeln!(missed, "  {} {}: topic {topic}, {}", fault.code, fault.what, family.year).expect("string");
            }
        }
    }
    documents::plant(&mut tally, &mut missed);
    let (planted, found) = tally.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    for ((code, what), (planted, found)) in &tally {
        println!("{code}  {found:>3} of {planted:>3}  {what}");
    }
    println!("{} kinds: {found} of {planted} found\n{missed}", tally.len());
    // Every fault was planted somewhere, in every family of rules.
    for fault in FAULTS {
        assert!(
            tally.get(&(fault.code, fault.what)).is_some_and(|(planted, _)| *planted > 0),
            "{} {} is never planted",
            fault.code,
            fault.what
        );
    }
    for rule in RULES {
        assert!(tally.keys().any(|(code, _)| *code == rule.code), "{}: no fault is planted for it", rule.code);
    }
    assert!(tally.len() >= 40, "{} kinds", tally.len());
    assert!(found * 100 >= planted * 97, "{found} of {planted} found; missed:\n{missed}");
}
