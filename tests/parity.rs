//! The same record from each form that a document arrives in: the record of `corpus/<document>.txt` beside that of its DOCX,
//! its PDFs, its web page, …
//!
//! `fixtures/parity` holds a part of what `python3 corpus/render OUT` makes; the environment variable `KEHOACH_PARITY` names
//! such an OUT, and then all of it is compared. `KEHOACH_PARITY_MISSES=5` shows what differs, five lines a list and document.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::lexicon;
use kehoach::eval::{Tally, between};
use kehoach::pipeline;
use rayon::prelude::*;
use serde_json::Value;

/// What must agree: of targets, tasks, their agencies, deadlines, references.
const LISTS: [&str; 6] = ["targets", ".agencies", "tasks", ".doers", "deadlines", "references"];
/// The least F1 of each list, over all documents of a form.
const BORN_DIGITAL: f64 = 0.98;
const SCANNED: f64 = 0.93;

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = read.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_stem().expect("a name").to_string_lossy().into_owned()
}

/// The record of a file; `None` where a program that it needs is not installed.
fn record(path: &Path) -> Option<Value> {
    match pipeline::read_file(path, lexicon()) {
        Ok(record) => Some(serde_json::to_value(record).expect("record JSON")),
        Err(error) if ["needs-libreoffice", "scan"].contains(&error.reason.code()) => {
            eprintln!("skipped: {error}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// Compares every `folder/<form>/<document>.*` with the text; gives the agreement of each form.
fn forms(folder: &Path) -> BTreeMap<String, Tally> {
    let misses = std::env::var("KEHOACH_PARITY_MISSES").ok().and_then(|count| count.parse().ok()).unwrap_or(0);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let texts: BTreeMap<String, Value> =
        common::texts(&corpus).into_par_iter().map(|path| (name(&path), record(&path).expect("text needs no program"))).collect();
    let mut tallies = BTreeMap::new();
    for form in entries(folder) {
        let files = entries(&form);
        assert!(!files.is_empty(), "{}: holds no document", form.display());
        let compared: Vec<(String, Tally, Vec<String>)> = files
            .par_iter()
            .filter_map(|file| {
                let wanted = texts.get(&name(file)).unwrap_or_else(|| panic!("{}: no text of this name", file.display()));
                let (tally, lines) = between(wanted, &record(file)?, misses);
                Some((name(file), tally, lines))
            })
            .collect();
        let mut pooled = Tally::default();
        for (document, tally, lines) in &compared {
            pooled.add(tally);
            for line in lines {
                println!("{}/{document}: {line}", name(&form));
            }
        }
        if !compared.is_empty() {
            tallies.insert(form.file_name().expect("a name").to_string_lossy().into_owned(), pooled);
        }
    }
    tallies
}

/// Prints form × list, and asserts that each F1 is high enough.
fn assert_parity(folder: &Path) {
    let tallies = forms(folder);
    assert!(!tallies.is_empty(), "{}: no form was compared", folder.display());
    let mut low = Vec::new();
    println!("| form | {} |", LISTS.map(|list| list.trim_start_matches('.')).join(" | "));
    for (form, tally) in &tallies {
        let scores = LISTS.map(|list| tally.f1(list).unwrap_or_else(|| panic!("{form}: {list} was not compared")));
        println!("| {form} | {} |", scores.map(|f1| format!("{f1:.3}")).join(" | "));
        let least = if form.starts_with("scan") { SCANNED } else { BORN_DIGITAL };
        low.extend(
            LISTS.iter().zip(scores).filter(|(_, f1)| *f1 < least).map(|(list, f1)| format!("{form} {list} {f1:.3} < {least}")),
        );
    }
    assert!(low.is_empty(), "records differ from the text's:\n{}", low.join("\n"));
}

#[test]
fn committed_forms_give_the_record_of_the_text() {
    assert_parity(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/parity"));
}

#[test]
fn all_forms_give_the_record_of_the_text() {
    match std::env::var_os("KEHOACH_PARITY").map(PathBuf::from).filter(|folder| folder.is_dir()) {
        Some(folder) => assert_parity(&folder),
        None => eprintln!("skipped: KEHOACH_PARITY names no folder made by `python3 corpus/render OUT`"),
    }
}
