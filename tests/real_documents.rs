//! Real documents, where the environment variable `KEHOACH_DOCS` names their folder; with `KEHOACH_GOLD`, their annotations.
//! They are not part of the project: without the variable these tests say so and pass.

mod common;

use std::path::PathBuf;

use common::{evidence_is_exact, read, texts};
use kehoach::eval::{self, Tally};

fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("skipped: {variable} names no folder of real documents");
    }
    folder
}

#[test]
fn every_value_stands_where_its_evidence_says() {
    let Some(folder) = folder("KEHOACH_DOCS") else { return };
    for path in texts(&folder) {
        evidence_is_exact(&path);
    }
}

#[test]
fn records_agree_with_the_annotations() {
    let (Some(documents), Some(gold)) = (folder("KEHOACH_DOCS"), folder("KEHOACH_GOLD")) else { return };
    let mut pooled = Tally::default();
    for path in texts(&documents) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let annotation = gold.join(format!("{}.json", name.split('_').next().unwrap_or_default()));
        let Ok(annotation) = std::fs::read_to_string(&annotation) else { continue };
        let annotation: serde_json::Value = serde_json::from_str(&annotation).expect("gold JSON");
        let record = serde_json::to_value(read(&path)).expect("record JSON");
        pooled.add(&eval::compare(&annotation, &record, 0).0);
    }
    for (list, least) in [
        ("header", 0.97),
        ("sections", 0.98),
        ("targets", 0.95),
        (".comparator", 0.98),
        (".scope", 0.92),
        (".agencies", 0.95),
        (".actual", 1.0),
        ("tasks", 0.93),
        ("deadlines", 0.93),
        ("references", 0.98),
        ("sums", 0.95),
    ] {
        let f1 = pooled.f1(list).expect("a scored list");
        assert!(f1 >= least, "{list}: {f1:.3} is below {least}\n{}", pooled.table());
    }
}
