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
mod layouts;

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
use layouts::{LAYOUTS, Layout, behind_a_decision};

fn words() -> &'static LinkLexicon {
    static WORDS: OnceLock<LinkLexicon> = OnceLock::new();
    WORDS.get_or_init(|| LinkLexicon::embedded().expect("embedded lexicons"))
}

pub(crate) fn record(name: &str, text: &str) -> Record {
    let source = ingest::decode(name, text.as_bytes().to_vec()).unwrap_or_else(|error| panic!("{error}"));
    pipeline::read(&source, lexicon())
}

pub(crate) fn audit(mut records: Vec<Record>) -> Findings {
    let collection = Collection::link(&records, words());
    collection.apply(&mut records);
    check::audit(&records, RULES, Known { lexicon: lexicon(), words: words(), collection: &collection })
}

fn of_family(family: &Family) -> Findings {
    audit(family.papers().iter().map(|(name, text)| record(name, text)).collect())
}

fn of_family_in(family: &Family, (_, ending, write): &Layout) -> Findings {
    audit(family.papers().iter().map(|(name, text)| record(&name.replace("txt", ending), &write(text))).collect())
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
fn papers_in_other_layouts_have_no_finding_above_a_note() {
    let mut papers = 0;
    let mut told_of = String::new();
    let mut look = |what: &str, findings: &Findings| {
        let above = |finding: &&check::Finding| finding.severity > Severity::Note && finding.code != "AG004";
        for finding in findings.found.iter().filter(above) {
            let quoted: Vec<&str> = finding.evidence.iter().map(|side| side.text.as_str()).collect();
            writeln!(told_of, "{what}: {} {} {quoted:?}", finding.code, finding.message.en.problem).expect("string");
        }
    };
    for (topic, family) in families() {
        for layout in LAYOUTS {
            look(&format!("topic {topic}, {}", layout.0), &of_family_in(&family, layout));
            papers += family.papers().len();
        }
        for (name, text) in family.papers() {
            let Some(text) = behind_a_decision(text) else { continue };
            look(&format!("topic {topic}, {name} behind a decision"), &audit(vec![record(name, &text)]));
            papers += 1;
        }
    }
    for path in common::corpus() {
        let text = std::fs::read_to_string(&path).expect("a document of the corpus");
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        for (layout, ending, write) in LAYOUTS {
            look(&format!("{name}, {layout}"), &audit(vec![record(&format!("{name}.{ending}"), &write(&text))]));
            papers += 1;
        }
    }
    assert!(papers >= 60, "{papers} papers");
    assert!(told_of.is_empty(), "{papers} papers:\n{told_of}");
}

/// Plants every fault into one family a layout, and into single plans behind a decision.
fn planted_in_layouts(missed: &mut String) -> (usize, usize) {
    let (mut planted_in_all, mut found_in_all) = (0, 0);
    let families = families();
    for (at, layout) in LAYOUTS.iter().enumerate() {
        let (topic, family) = &families[at % families.len()];
        let before = of_family_in(family, layout);
        let (mut planted_here, mut found_here) = (0, 0);
        for fault in FAULTS {
            let mut planted = family.clone();
            if (fault.plant)(&mut planted, &TOPICS[*topic]).is_none() {
                continue;
            }
            let found = count(&of_family_in(&planted, layout), fault.code) > count(&before, fault.code);
            planted_here += 1;
            found_here += usize::from(found);
            if !found {
                writeln!(missed, "  {}: {} {}", layout.0, fault.code, fault.what).expect("string");
            }
        }
        println!("{}: {found_here} of {planted_here}", layout.0);
        planted_in_all += planted_here;
        found_in_all += found_here;
    }
    // What is found in a plan alone must be found in it behind a decision.
    let alone = |text: &str| audit(vec![record("plan.txt", text)]);
    let (topic, family) = &families[0];
    let Some(clean) = behind_a_decision(&family.plan) else { return (planted_in_all, found_in_all) };
    let (bare, before) = (alone(&family.plan), alone(&clean));
    for fault in FAULTS {
        let mut planted = family.clone();
        let told = (fault.plant)(&mut planted, &TOPICS[*topic]).and_then(|()| behind_a_decision(&planted.plan));
        let Some(text) = told.filter(|text| *text != clean) else { continue };
        if count(&alone(&planted.plan), fault.code) <= count(&bare, fault.code) {
            continue;
        }
        let found = count(&alone(&text), fault.code) > count(&before, fault.code);
        planted_in_all += 1;
        found_in_all += usize::from(found);
        if !found {
            writeln!(missed, "  behind a decision: {} {}", fault.code, fault.what).expect("string");
        }
    }
    (planted_in_all, found_in_all)
}

#[test]
fn planted_faults_are_found_in_other_layouts() {
    let mut missed = String::new();
    let (planted, found) = planted_in_layouts(&mut missed);
    println!("{found} of {planted} found in other layouts\n{missed}");
    assert!(found * 100 >= planted * 97, "{found} of {planted} found; missed:\n{missed}");
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
    assert!(tally.len() >= 85, "{} kinds", tally.len());
    assert!(found * 100 >= planted * 97, "{found} of {planted} found; missed:\n{missed}");
}
