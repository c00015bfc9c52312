//! Linking over corpus/: which targets measure the same (fixtures/link/corpus.txt), which document is above which.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kehoach::lexicon::Lexicon;
use kehoach::lexicon::linking::LinkLexicon;
use kehoach::link::Collection;
use kehoach::link::documents::{Certainty, To};
use kehoach::link::indicators::MemberKind;
use kehoach::record::Record;
use kehoach::words::fold;

fn records(folder: &Path) -> Vec<Record> {
    let lexicon = Lexicon::embedded().expect("lexicon");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files.iter().map(|file| kehoach::pipeline::read_file(file, &lexicon).expect("a record")).collect()
}

fn corpus() -> Vec<Record> {
    records(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"))
}

/// The name of a record's file without folder and ending.
fn name(record: &Record) -> String {
    Path::new(&record.source.path).file_stem().expect("a name").to_string_lossy().into_owned()
}

/// `(document, target)` → the indicator that it is by the judgement of a reader; left out: none.
fn gold(records: &[Record]) -> BTreeMap<(usize, usize), String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/link/corpus.txt")).expect("gold");
    let at: BTreeMap<String, usize> = records.iter().enumerate().map(|(at, record)| (name(record), at)).collect();
    let place = |file: &str, id: &str| {
        let document = *at.get(file).unwrap_or_else(|| panic!("gold names `{file}`, which corpus/ has not"));
        let target = records[document].targets.iter().position(|target| target.id == id);
        (document, target.unwrap_or_else(|| panic!("gold names {id} of {file}, which it has not")))
    };
    let mut gold: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for (document, record) in records.iter().enumerate() {
        for (at, target) in record.targets.iter().enumerate() {
            let unit = target.unit.as_deref().unwrap_or("");
            let scope = target.scope.as_deref().unwrap_or("");
            let change = target.change.is_some();
            gold.insert((document, at), format!("{}|{unit}|{}|{change}", fold(&target.indicator), fold(scope)));
        }
    }
    for (number, block) in text.split("\n\n").enumerate() {
        for line in block.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (out, line) = line.strip_prefix("- ").map_or((false, line), |line| (true, line));
            let mut words = line.split_whitespace();
            let file = words.next().expect("a document");
            for id in words {
                if out {
                    gold.remove(&place(file, id));
                } else {
                    gold.insert(place(file, id), format!("block {number}"));
                }
            }
        }
    }
    gold
}

#[test]
fn targets_that_measure_the_same_are_linked() {
    let records = corpus();
    let collection = Collection::link(&records, &LinkLexicon::embedded().expect("lexicon"));
    let of = collection.indicators.of_members();
    let gold: Vec<_> = gold(&records).into_iter().collect();
    let (mut right, mut wrong, mut missed, mut notes) = (0_u32, 0_u32, 0_u32, Vec::new());
    for (at, (one, meant)) in gold.iter().enumerate() {
        for (other, also) in &gold[at + 1..] {
            let found = of[&(one.0, MemberKind::Target, one.1)] == of[&(other.0, MemberKind::Target, other.1)];
            let text = |(document, target): (usize, usize)| {
                format!(
                    "{} {} {}",
                    name(&records[document]),
                    records[document].targets[target].id,
                    records[document].targets[target].indicator
                )
            };
            match (found, meant == also) {
                (true, true) => right += 1,
                (true, false) => {
                    wrong += 1;
                    notes.push(format!("WRONG  {} = {}", text(*one), text(*other)));
                }
                (false, true) => {
                    missed += 1;
                    notes.push(format!("missed {} = {}", text(*one), text(*other)));
                }
                (false, false) => {}
            }
        }
    }
    let (precision, recall) = (f64::from(right) / f64::from(right + wrong), f64::from(right) / f64::from(right + missed));
    println!("corpus/: {right} pairs, precision {precision:.3}, recall {recall:.3}\n{}", notes.join("\n"));
    assert!(precision >= 0.98 && recall >= 0.90, "precision {precision:.3}, recall {recall:.3}\n{}", notes.join("\n"));
}

#[test]
fn each_plan_knows_its_upper_plan() {
    let records = corpus();
    let collection = Collection::link(&records, &LinkLexicon::embedded().expect("lexicon"));
    let at = |wanted: &str| records.iter().position(|record| name(record) == wanted).expect("a document");
    for (below, above) in
        [("2023-khevang-giam-ngheo", "2023-tinh-giam-ngheo"), ("2024-benthuan-chuyen-doi-so", "2024-tinh-chuyen-doi-so")]
    {
        let link = &collection.documents[at(below)].chain.upper[0];
        assert_eq!((&link.to, link.certainty), (&To::Document(at(above)), Certainty::Stated), "{below}");
        assert!(collection.documents[at(above)].chain.below.contains(&at(below)), "{above}");
    }
    // Whose basis is not in the collection has no document above it.
    for alone in ["2024-syt-tiem-chung", "2025-tinh-cai-cach-hanh-chinh", "2024-khevang-pccc-trat-tu"] {
        let chain = &collection.documents[at(alone)].chain;
        assert!(chain.upper.iter().all(|link| matches!(link.to, To::Outside(_))), "{alone}: {:?}", chain.upper);
    }
    // Without its legal basis a plan is linked by unit, year and topic.
    let mut bare = records.clone();
    bare[at("2024-benthuan-chuyen-doi-so")].references.clear();
    let collection = Collection::link(&bare, &LinkLexicon::embedded().expect("lexicon"));
    let link = &collection.documents[at("2024-benthuan-chuyen-doi-so")].chain.upper[0];
    assert_eq!((&link.to, link.certainty), (&To::Document(at("2024-tinh-chuyen-doi-so")), Certainty::Inferred));
}

#[test]
fn the_same_records_give_the_same_collection_and_ids_outlive_it() {
    let records = corpus();
    let lexicon = LinkLexicon::embedded().expect("lexicon");
    let collection = Collection::link(&records, &lexicon);
    assert_eq!(collection, Collection::link(&records, &lexicon));
    let ids = |records: &[Record]| -> BTreeMap<(String, String), String> {
        let mut records = records.to_vec();
        Collection::link(&records, &lexicon).apply(&mut records);
        let targets = records.iter().flat_map(|record| record.targets.iter().map(|target| (name(record), target)));
        targets.map(|(file, target)| ((file, target.id.clone()), target.indicator_id.clone().expect("linked"))).collect()
    };
    let mut reversed = records.clone();
    reversed.reverse();
    assert_eq!(ids(&records), ids(&reversed));
}

/// Real documents: KEHOACH_DOCS names their folder.
#[test]
fn real_documents_share_their_indicators() {
    let Some(folder) = std::env::var_os("KEHOACH_DOCS") else {
        eprintln!("skipped: KEHOACH_DOCS does not name the folder of the real documents");
        return;
    };
    let records = records(Path::new(&folder));
    let lexicon = LinkLexicon::embedded().expect("lexicon");
    let collection = Collection::link(&records, &lexicon);
    let documents = |id: &str| -> Vec<usize> {
        let indicator = collection.indicators.clusters.iter().find(|one| one.id == id);
        let mut documents: Vec<usize> =
            indicator.map_or(Vec::new(), |one| one.members.iter().map(|member| member.document).collect());
        documents.sort_unstable();
        documents.dedup();
        documents
    };
    for (id, wanted) in [
        ("dan-so-dien-thoai-thong-minh", &[0][..]),
        ("dan-so-truong-thanh-dien-thoai-thong-minh", &[1, 2, 3]),
        ("thue-bao-dien-thoai-thong-minh", &[2]),
        ("ho-cap-quang", &[0, 1, 2]),
        ("ho-so-suc-khoe-dien-tu", &[0, 1, 2]),
        ("tai-khoan-ngan-hang-tu-15-tuoi", &[0, 1, 2]),
        ("dn-nho-va-vua-nen-tang-so", &[0, 1, 2, 3]),
        ("ho-so-cong-viec-moi-truong-mang@tỉnh", &[0, 2, 4]),
        ("ho-so-cong-viec-moi-truong-mang@huyện", &[0, 1, 2, 4]),
        ("ho-so-cong-viec-moi-truong-mang@xã", &[0, 1, 2, 4]),
    ] {
        assert_eq!(documents(id), wanted, "{id}");
    }
    let at = |id: &str| collection.indicators.clusters.iter().position(|one| one.id == id).expect("an indicator");
    let related = |one: &str, other: &str| {
        let (one, other) = (at(one).min(at(other)), at(one).max(at(other)));
        let found = collection.indicators.related.iter().find(|related| related.left == one && related.right == other);
        found.map(|related| format!("{:?}", related.difference.kind))
    };
    for (one, other, kind) in [
        ("dan-so-dien-thoai-thong-minh", "dan-so-truong-thanh-dien-thoai-thong-minh", "Base"),
        ("dan-so-dien-thoai-thong-minh", "thue-bao-dien-thoai-thong-minh", "Base"),
        ("dan-so-truong-thanh-dien-thoai-thong-minh", "thue-bao-dien-thoai-thong-minh", "Base"),
        ("ho-so-cong-viec-moi-truong-mang@tỉnh", "ho-so-cong-viec-moi-truong-mang@xã", "Level"),
    ] {
        assert_eq!(related(one, other).as_deref(), Some(kind), "{one} and {other}");
    }
}
