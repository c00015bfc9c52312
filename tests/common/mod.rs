//! What several tests share.
#![allow(dead_code)]

pub mod folder;
pub mod lines;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use kehoach::lexicon::Lexicon;
use kehoach::record::{Evidence, Record};
use kehoach::{ingest, pipeline};

/// Runs the program in the project's folder.
pub fn kehoach(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kehoach")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("runs")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::embedded().expect("embedded lexicons"))
}

/// The documents of the project's corpus, sorted.
pub fn corpus() -> Vec<PathBuf> {
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"))
}

/// The text files of a folder, sorted.
pub fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    assert!(!paths.is_empty(), "{}: no texts", folder.display());
    paths
}

pub fn read(path: &Path) -> Record {
    pipeline::read_file(path, lexicon()).unwrap_or_else(|error| panic!("{error}"))
}

pub fn read_text(text: &str) -> Record {
    pipeline::read(&ingest::decode("test", text.into()).unwrap_or_else(|error| panic!("{error}")), lexicon())
}

/// The evidence of every item of a record, with the item's identifier.
pub fn all_evidence(record: &Record) -> Vec<(&str, &[Evidence])> {
    let mut all: Vec<(&str, &[Evidence])> = Vec::new();
    all.extend(record.sections.iter().map(|item| (item.id.as_str(), item.evidence.as_slice())));
    all.extend(record.targets.iter().map(|item| (item.id.as_str(), item.evidence.as_slice())));
    all.extend(record.tasks.iter().map(|item| (item.id.as_str(), item.evidence.as_slice())));
    all.extend(record.deadlines.iter().map(|item| (item.id.as_str(), item.evidence.as_slice())));
    all.extend(record.references.iter().map(|item| (item.id.as_str(), item.evidence.as_slice())));
    all.extend(record.facts.iter().map(|item| (item.id.as_str(), item.evidence.as_slice())));
    all.extend(record.sums.iter().map(|item| (item.id.as_str(), item.evidence.as_slice())));
    all.extend(record.ratios.iter().map(|item| (item.id.as_str(), item.evidence.as_slice())));
    all
}

/// Asserts that every item has evidence and that each piece is exactly the source text at its offsets.
pub fn assert_evidence(record: &Record, source: &str) {
    let points: Vec<(usize, char)> = source.char_indices().collect();
    let at = |point: usize| points.get(point).map_or(source.len(), |(at, _)| *at);
    for (id, evidence) in all_evidence(record) {
        // A heading may have no words: `Phần thứ nhất` alone.
        assert!(!evidence.is_empty() || id.starts_with('s'), "{id}: no evidence");
        for piece in evidence {
            assert!(piece.start < piece.end, "{id}: empty evidence");
            assert_eq!(&source[at(piece.start)..at(piece.end)], piece.text, "{id}");
        }
    }
}

pub fn evidence_is_exact(path: &Path) {
    let source = ingest::read(path).unwrap_or_else(|error| panic!("{error}"));
    assert_evidence(&pipeline::read(&source, lexicon()), source.text.as_str());
}

/// A PDF of these objects, numbered from 1; the first is its catalog.
pub fn pdf(objects: &[String]) -> String {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
    file.extend(places.iter().map(|place| format!("{place:010} 00000 n \n")));
    file.push_str(&format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1));
    file
}
