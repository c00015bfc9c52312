//! The corpus of the invented province: whole records as snapshots of one line an item, and agreement with its gold.

mod common;

use common::{corpus, evidence_is_exact, lines, read};
use kehoach::eval::{self, Tally};

#[test]
fn records_of_the_corpus() {
    for path in corpus() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        insta::with_settings!({ prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, lines::lines(&read(&path)));
        });
    }
}

#[test]
fn records_agree_with_their_gold() {
    let mut pooled = Tally::default();
    for path in corpus() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let gold = path.with_file_name("gold").join(format!("{name}.json"));
        let gold = std::fs::read_to_string(&gold).unwrap_or_else(|error| panic!("{}: {error}", gold.display()));
        let gold: serde_json::Value = serde_json::from_str(&gold).expect("gold JSON");
        let record = serde_json::to_value(read(&path)).expect("record JSON");
        pooled.add(&eval::compare(&gold, &record, 0).0);
    }
    for (list, least) in [
        ("header", 0.97),
        ("sections", 0.99),
        ("targets", 0.96),
        (".comparator", 0.98),
        (".scope", 0.97),
        (".agencies", 0.95),
        (".actual", 1.0),
        ("tasks", 0.97),
        ("deadlines", 0.97),
        ("references", 0.98),
        ("sums", 0.95),
        ("ratios", 0.90),
        ("facts", 0.85),
    ] {
        let f1 = pooled.f1(list).expect("a scored list");
        assert!(f1 >= least, "{list}: {f1:.3} is below {least}\n{}", pooled.table());
    }
}

#[test]
fn every_value_stands_where_its_evidence_says() {
    for path in corpus() {
        evidence_is_exact(&path);
    }
}

/// The same record, whatever the number of threads, and again.
#[test]
fn reading_is_deterministic() {
    for path in corpus().into_iter().take(3) {
        assert_eq!(read(&path), read(&path));
    }
}
