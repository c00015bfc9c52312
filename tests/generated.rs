//! A document is written from a known record; reading it must give the record back.
//!
//! `KEHOACH_SEED=17 cargo test --test generated` repeats one document,
//! `KEHOACH_DOCUMENTS=5000` writes more of them, `KEHOACH_FEATURE=InnerRate` writes a form of
//! [`NOT_YET`] too (the way to work on it), and `KEHOACH_SURVEY=1 … -- --nocapture` writes all
//! of them and tells how often each form is read.

mod generator;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use generator::compare::{Difference, Tally, compare, unfounded};
use generator::{Feature, NOT_YET, SELDOM, document};
use kehoach::lexicon::Lexicon;
use kehoach::{ingest, pipeline};

/// Documents of one run, where nothing says how many.
const DOCUMENTS: u64 = 300;

fn number_from(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name}={value} is no number")))
}

/// Writes and reads the document of `seed`; what differs, and its text.
fn read_back(seed: u64, lexicon: &Lexicon, allowed: &dyn Fn(Feature) -> bool, tally: &mut Tally) -> (Vec<Difference>, String) {
    let document = document(seed, allowed);
    let source = ingest::decode("generated.txt", document.text.clone().into_bytes()).expect("generated text is text");
    let record = pipeline::read(&source, lexicon);
    let mut differences = compare(&document.known, &document.loose, &record);
    differences.extend(unfounded(&record, &document.text));
    tally.add(&document.known, &differences);
    (differences, document.text)
}

/// The lines of `text` around the first words of `wording`.
fn around(text: &str, wording: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let start: String = wording.chars().take(24).collect();
    let Some(at) = lines.iter().position(|line| !start.is_empty() && line.contains(&start)) else { return String::new() };
    lines[at.saturating_sub(3)..lines.len().min(at + 5)].iter().map(|line| format!("      | {line}\n")).collect()
}

#[test]
fn reading_gives_the_record_back() {
    let lexicon = Lexicon::embedded().expect("embedded lexicons");
    let survey = std::env::var_os("KEHOACH_SURVEY").is_some();
    let wanted = std::env::var("KEHOACH_FEATURE").unwrap_or_default();
    let allowed = |feature: Feature| survey || !NOT_YET.contains(&feature) || format!("{feature:?}") == wanted;
    let one = number_from("KEHOACH_SEED");
    let seeds = one.map_or(0..number_from("KEHOACH_DOCUMENTS").unwrap_or(DOCUMENTS), |seed| seed..seed + 1);
    let mut tally = Tally::default();
    let (mut failed, mut report) = (0, String::new());
    for seed in seeds.clone() {
        let (differences, text) = read_back(seed, &lexicon, &allowed, &mut tally);
        if differences.is_empty() {
            continue;
        }
        failed += 1;
        if failed <= 5 || survey {
            writeln!(report, "\nKEHOACH_SEED={seed}: {} differences", differences.len()).expect("string");
            for difference in differences.iter().take(if one.is_some() { 100 } else { 6 }) {
                writeln!(report, "{difference}\n{}", around(&text, &difference.wording)).expect("string");
            }
        }
        if one.is_some() {
            writeln!(report, "----\n{text}----").expect("string");
        }
    }
    if survey {
        let sorted: BTreeMap<_, _> = tally.0.iter().collect();
        for (feature, (count, wrong)) in sorted {
            println!("{feature:?}: {count} written, {wrong} not read back");
        }
        println!("{failed} of {} documents differ\n{report}", seeds.end - seeds.start);
        return;
    }
    assert!(failed == 0, "{failed} of {} documents differ{report}", seeds.end - seeds.start);
}

/// The list stays as short as it can: a form that is read by now must leave it.
#[test]
fn what_is_not_yet_read_is_not_read() {
    let lexicon = Lexicon::embedded().expect("embedded lexicons");
    let mut tally = Tally::default();
    for wanted in NOT_YET.iter().filter(|wanted| !SELDOM.contains(wanted)) {
        let allowed = |feature: Feature| feature == *wanted || !NOT_YET.contains(&feature);
        let differs = (0..300).find(|seed| !read_back(*seed, &lexicon, &allowed, &mut tally).0.is_empty());
        // For one who works on it: `KEHOACH_FEATURE=… KEHOACH_SEED=…`.
        println!("KEHOACH_FEATURE={wanted:?} KEHOACH_SEED={differs:?}");
        assert!(differs.is_some(), "{wanted:?} is read by now: take it out of NOT_YET");
    }
}
