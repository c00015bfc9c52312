//! What is linked in a store is what linking finds in the same records, and is of the documents that are there.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::corpus;
use common::folder::{Folder, digest, ingest, plan};
use kehoach::lexicon::linking::LinkLexicon;
use kehoach::link::documents::To;
use kehoach::link::indicators::MemberKind;
use kehoach::link::series::Wanted;
use kehoach::link::{Collection, Resolved};
use kehoach::record::{Level, Record};
use kehoach::store::Store;
use kehoach::store::query::Filter;
use rusqlite::Connection;

fn lexicon() -> LinkLexicon {
    LinkLexicon::embedded().expect("lexicon")
}

fn linked(path: &Path) -> Store {
    let mut store = Store::open_to_write(path).expect("a store");
    store.link(&lexicon(), "test 1").expect("linked");
    store
}

/// The corpus and two plans of provinces of the map before the reform.
fn documents(folder: &Folder) -> Vec<PathBuf> {
    let plan = |province: &str, date: &str| {
        format!(
            "ỦY BAN NHÂN DÂN\nTỈNH {province}\nSố: 15/KH-UBND\n{date}\nKẾ HOẠCH\nCấp nước sạch nông thôn năm 2024\nI. MỤC TIÊU\n\
             - Tỷ lệ hộ dùng nước sạch đạt 85%.\nII. NHIỆM VỤ\n- Giám đốc Sở Y tế chủ trì rà soát trước ngày 30/6/2024.\n"
        )
    };
    let mut paths = corpus();
    paths.push(folder.write("a.txt", &plan("BẮC GIANG", "Bắc Giang, ngày 10 tháng 01 năm 2024"), 9));
    paths.push(folder.write("b.txt", &plan("HÀ GIANG", "Hà Giang, ngày 11 tháng 01 năm 2024"), 9));
    // Two headings have one number: what stands under each is that one's.
    paths.push(folder.write(
        "c.txt",
        "UBND HUYỆN ĐÁ TRẮNG\nSố: 16/KH-UBND\nĐá Trắng, ngày 10 tháng 01 năm 2024\nKẾ HOẠCH\nChăn nuôi năm 2024\nI. CHỈ TIÊU\n\
         - Đàn ngựa: 900 con\nII. CHỈ TIÊU GIAO CÁC XÃ\n1. Xã Khe Vàng\n- Đàn ngựa: 400 con\n1. Xã Bến Thuận\n- Đàn ngựa: 500 con\n",
        9,
    ));
    paths
}

fn rows<T: rusqlite::types::FromSql>(path: &Path, sql: &str) -> Vec<Vec<T>> {
    let connection = Connection::open(path).expect("plain SQL");
    let mut statement = connection.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect());
    rows.and_then(Iterator::collect).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

#[test]
fn a_store_links_as_its_records_do() {
    let folder = Folder::new("as-records");
    let path = folder.join("a.db");
    ingest(&path, &documents(&folder));
    let store = linked(&path);
    let stored: Vec<_> = store.records().map(|stored| stored.expect("a record")).collect();
    let ids: Vec<String> = stored.iter().map(|one| one.id.clone()).collect();
    let records: Vec<Record> = stored.into_iter().map(|one| one.record).collect();
    let collection = Collection::link(&records, &lexicon());

    let mut wanted: Vec<Vec<String>> = Vec::new();
    for indicator in &collection.indicators.clusters {
        for member in &indicator.members {
            let record = &records[member.document];
            let (kind, item) = match member.kind {
                MemberKind::Target => ("target", record.targets[member.target].id.clone()),
                MemberKind::Fact => ("fact", record.facts[member.target].id.clone()),
            };
            let why = collection.indicators.why(member).iter().map(|one| one.vi()).collect::<Vec<_>>().join("; ");
            wanted.push(vec![ids[member.document].clone(), kind.into(), item, indicator.id.clone(), why]);
        }
    }
    wanted.sort();
    let mut found = rows::<String>(&path, "SELECT document, kind, item, indicator, why_vi FROM v_links");
    found.sort();
    assert_eq!(found, wanted);

    let mut wanted: Vec<Vec<Option<String>>> = Vec::new();
    for (at, document) in collection.documents.iter().enumerate() {
        for (relation, link) in document
            .chain
            .upper
            .iter()
            .map(|link| ("upper", link))
            .chain(document.chain.reports_on.iter().map(|link| ("plan", link)))
        {
            let (relation, other) = match link.to {
                To::Document(other) => (relation, Some(ids[other].clone())),
                // The plan that a report reports on is one, also where it is not there.
                To::Outside(_) => (if relation == "plan" { relation } else { "basis" }, None),
            };
            wanted.push(vec![Some(ids[at].clone()), Some(relation.into()), other, Some(link.why.vi())]);
        }
    }
    let mut found =
        rows::<Option<String>>(&path, "SELECT document, relation, other, why_vi FROM v_chain WHERE certainty <> 'undecided'");
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
    assert!(found.iter().any(|row| row[2].is_some()) && found.iter().any(|row| row[2].is_none()));

    let mut wanted: Vec<Vec<Option<String>>> = Vec::new();
    for (id, document) in ids.iter().zip(&collection.documents) {
        let (status, codes) = match &document.unit.unit {
            Resolved::Known { one, .. } => ("known", vec![Some(one.code.clone())]),
            Resolved::Ambiguous { candidates, .. } => {
                ("ambiguous", candidates.iter().map(|one| Some(one.code.clone())).collect())
            }
            Resolved::Unknown => ("unknown", vec![None]),
        };
        wanted
            .extend(codes.into_iter().map(|code| vec![Some(id.clone()), Some(status.into()), code, document.unit.name.clone()]));
    }
    let found = rows::<Option<String>>(&path, "SELECT document, status, code, unit FROM v_units ORDER BY document");
    assert_eq!(found, wanted);
    assert_eq!(found.iter().filter(|row| row[1].as_deref() == Some("known")).count(), 2);

    let related = rows::<String>(&path, "SELECT one, other, difference FROM v_related").len();
    assert_eq!(related, collection.indicators.related.len());
    assert!(related > 0);

    // Series: the same rows, whose points name the same documents.
    for words in ["tỷ lệ hộ nghèo", "ho dung nuoc sach", "giải ngân", "tỷ lệ"] {
        for unit in [None, Some("khe vang".to_owned())] {
            let wanted = Wanted { words: words.into(), unit };
            let series = store.series(&wanted).expect("series");
            let mut found = series.rows;
            for point in found.iter_mut().flat_map(|row| row.targets.iter_mut().chain(&mut row.results)) {
                let id = &series.documents[point.document].id;
                point.document = ids.iter().position(|one| one == id).expect("a document");
            }
            let mut of_records = collection.series(&records, &wanted);
            for row in found.iter_mut().chain(&mut of_records) {
                // Of several documents on one unit the first tells the level, and they come by date or by key.
                row.level = Level::Other;
                for points in [&mut row.targets, &mut row.results] {
                    points.sort_by(|one, other| (one.document, &one.item).cmp(&(other.document, &other.item)));
                }
            }
            for (one, other) in found.iter().zip(&of_records) {
                assert_eq!(one, other, "{wanted:?}");
            }
            assert_eq!(found.len(), of_records.len());
        }
    }
}

#[test]
fn what_a_person_decides_is_kept_and_holds_when_it_is_linked_again() {
    let folder = Folder::new("decisions");
    let path = folder.join("a.db");
    let plan = |province: &str, line: &str| {
        format!(
            "ỦY BAN NHÂN DÂN\nTỈNH {province}\nSố: 15/KH-UBND\n{province}, ngày 10 tháng 01 năm 2024\nKẾ HOẠCH\nVăn hóa cơ sở năm \
             2024\nI. MỤC TIÊU\n- {line} đạt 85%.\n"
        )
    };
    let lines = [
        "Tỷ lệ thôn có điểm sinh hoạt cộng đồng đạt tiêu chí",
        "Tỷ lệ thôn có điểm sinh hoạt cộng đồng đạt tiêu chí của ngành văn hóa",
    ];
    let paths =
        vec![folder.write("a.txt", &plan("KHÊ VANG", lines[0]), 9), folder.write("b.txt", &plan("BẾN THUẬN", lines[1]), 9)];
    ingest(&path, &paths);
    let mut store = linked(&path);
    let open = store.open_pairs().expect("pairs");
    let [pair] = &open[..] else { panic!("one pair: {open:?}") };
    assert!(pair.why.vi.contains("cùng giá trị"), "{}", pair.why.vi);
    let count = |path: &Path| rows::<i64>(path, "SELECT count(*) FROM v_indicators")[0][0];
    assert_eq!(count(&path), 2);

    store.decide(&pair.other, &pair.one, Some(true)).expect("kept");
    store.link(&lexicon(), "test 2").expect("linked");
    assert_eq!((count(&path), store.open_pairs().expect("pairs").len()), (1, 0));
    let kept = rows::<String>(&path, "SELECT indicator FROM v_indicators")[0][0].clone();
    assert_eq!(kept, *pair.one.as_str().min(pair.other.as_str()));
    let series = store.series(&Wanted { words: kept, unit: None }).expect("series");
    assert_eq!(series.documents.len(), 2, "both documents are of the one indicator");

    store.decide(&pair.one, &pair.other, Some(false)).expect("kept");
    store.link(&lexicon(), "test 3").expect("linked");
    assert_eq!((count(&path), store.open_pairs().expect("pairs").len()), (2, 0));
    store.decide(&pair.one, &pair.other, None).expect("taken back");
    store.link(&lexicon(), "test 4").expect("linked");
    assert_eq!((count(&path), store.open_pairs().expect("pairs")), (2, open));
}

#[test]
fn plans_under_one_document_outside_know_each_other() {
    let folder = Folder::new("siblings");
    let path = folder.join("a.db");
    let plan = |province: &str, value: u8| {
        format!(
            "ỦY BAN NHÂN DÂN\nTỈNH {province}\nSố: 15/KH-UBND\n{province}, ngày 10 tháng 01 năm 2024\nKẾ HOẠCH\nVăn hóa cơ sở năm \
             2024\nCăn cứ Quyết định số 77/QĐ-BVH ngày 05/01/2024 của Bộ trưởng;\nI. MỤC TIÊU\n- Tỷ lệ thôn có điểm sinh hoạt cộng \
             đồng đạt {value}%.\n"
        )
    };
    let paths = vec![folder.write("a.txt", &plan("KHÊ VANG", 80), 9), folder.write("b.txt", &plan("BẾN THUẬN", 85), 9)];
    ingest(&path, &paths);
    let store = linked(&path);
    let keys: Vec<i64> = store.records().map(|stored| stored.expect("a record").key).collect();
    for key in keys {
        let chain = store.chain(key).expect("a chain");
        let upper: Vec<_> = chain.beside.iter().map(|one| (one.upper.as_str(), one.upper_date.as_str())).collect();
        assert_eq!(upper, [("77/QĐ-BVH", "2024-01-05")]);
    }
}

#[test]
fn links_are_of_the_documents_that_are_there() {
    let folder = Folder::new("links");
    let path = folder.join("a.db");
    let first = folder.write("a.txt", &plan("Cấp nước", 85), 9);
    let second = folder.write("b.txt", &plan("Cấp nước", 90), 9);
    ingest(&path, &[first.clone(), second]);
    let mut store = Store::open_to_write(&path).expect("a store");
    let states = |store: &Store| {
        let told = [store.was_linked(), store.is_linked(), store.links_are_current("test 1"), store.links_are_current("test 2")];
        told.map(|told| told.expect("a state"))
    };
    assert_eq!(states(&store), [false; 4]);
    let done = store.link(&lexicon(), "test 1").expect("linked");
    assert_eq!((done.documents, done.targets, done.indicators, done.shared), (2, 2, 1, 1));
    assert_eq!(states(&store), [true, true, true, false]);
    let once = digest(&path);
    store.link(&lexicon(), "test 2").expect("linked");
    assert_eq!(digest(&path), once, "linked again, the same");
    store.forget_files(&[first.to_str().expect("a path").into()]).expect("forgotten");
    assert_eq!(states(&store), [true, false, false, false]);
    assert_eq!(rows::<i64>(&path, "SELECT count(*) FROM target_links"), [[1]]);
    drop(store);
    ingest(&path, std::slice::from_ref(&first));
    drop(linked(&path));
    assert_eq!(digest(&path), once, "gone and come back");
}

/// A document that cannot be linked keeps the others from nothing, and is not forgotten: the links are not said to be current.
#[test]
fn a_document_that_is_left_out_leaves_the_others_linked() {
    let folder = Folder::new("left-out");
    let path = folder.join("a.db");
    ingest(&path, &["a", "b", "c"].map(|name| folder.write(&format!("{name}.txt"), &plan(&format!("Cấp nước {name}"), 85), 9)));
    let mut store = linked(&path);
    let key = rows::<i64>(&path, "SELECT document FROM sources ORDER BY path")[0][0];
    let done = store.link_without(&[key], &lexicon(), "test 1").expect("linked");
    assert_eq!((done.documents, done.targets, done.shared), (2, 2, 1));
    assert_eq!(rows::<i64>(&path, &format!("SELECT count(*) FROM target_links WHERE document = {key}")), [[0]]);
    assert!(!store.links_are_current("test 1").expect("a state"));
    assert!(store.was_linked().expect("a state"));
    assert_eq!(store.link(&lexicon(), "test 1").expect("linked").documents, 3);
    assert!(store.links_are_current("test 1").expect("a state"));
}

#[test]
fn a_linking_that_fails_changes_nothing() {
    let folder = Folder::new("fails");
    let path = folder.join("a.db");
    ingest(&path, &[folder.write("a.txt", &plan("Cấp nước", 85), 9)]);
    let mut store = linked(&path);
    let before = digest(&path);
    Connection::open(&path)
        .and_then(|other| {
            other.execute_batch("CREATE TRIGGER full BEFORE INSERT ON target_links BEGIN SELECT raise(FAIL, 'full'); END")
        })
        .expect("SQL");
    assert!(store.link(&lexicon(), "test 2").is_err_and(|error| error.to_string().contains("full")));
    assert_eq!(digest(&path), before);
    assert!(store.links_are_current("test 1").expect("a state"));
}

#[test]
fn a_unit_is_found_under_the_name_that_it_bears_today() {
    let folder = Folder::new("today");
    let path = folder.join("a.db");
    ingest(&path, &documents(&folder));
    let store = linked(&path);
    let of = |unit: &str| {
        let filter = Filter { unit: Some(unit.into()), ..Filter::default() };
        let found = store.list(&filter).expect("a list");
        found.into_iter().map(|entry| entry.province.unwrap_or_default()).collect::<Vec<_>>()
    };
    for (unit, wanted) in [
        ("Bắc Giang", &["Bắc Giang"][..]),
        ("Bắc Ninh", &["Bắc Giang"]),
        ("tuyen quang", &["Hà Giang"]),
        ("Cà Mau", &[]),
        ("Tuyên Quáng", &[]),
    ] {
        assert_eq!(of(unit), wanted, "{unit}");
    }
}

#[test]
fn views_tell_people_what_was_linked() {
    let folder = Folder::new("views");
    let path = folder.join("a.db");
    ingest(&path, &documents(&folder));
    drop(linked(&path));
    // Every view can be read, and none is empty.
    for view in ["v_units", "v_agencies", "v_indicators", "v_links", "v_related", "v_chain", "v_series"] {
        assert!(rows::<i64>(&path, &format!("SELECT count(*) FROM {view}"))[0][0] > 0, "{view}");
    }
    for (sql, wanted) in [
        (
            "SELECT written, name, office, unit FROM v_agencies WHERE office IS NOT NULL AND unit = 'Bắc Giang'",
            "Giám đốc Sở Y tế|Sở Y tế|Giám đốc|Bắc Giang",
        ),
        (
            "SELECT unit, kind, comparator, measure FROM v_series WHERE unit = 'Hà Giang' AND year = 2024 AND value = 85",
            "Hà Giang|target|eq|%",
        ),
        ("SELECT today FROM v_units WHERE name = 'Hà Giang'", "[\"Tuyên Quang\"]"),
        ("SELECT linked_indicator IS NOT NULL FROM v_targets WHERE province = 'Hà Giang'", "1"),
    ] {
        let found: Vec<String> = rows::<rusqlite::types::Value>(&path, sql).iter().map(|row| shown(row)).collect();
        assert_eq!(found, [wanted], "{sql}");
    }
    // What the sums of a view say is what its rows are.
    let by_view: BTreeMap<String, (i64, i64)> =
        rows::<rusqlite::types::Value>(&path, "SELECT indicator, targets, facts FROM v_indicators")
            .iter()
            .map(|row| {
                (shown(&row[..1]), (shown(&row[1..2]).parse().expect("a number"), shown(&row[2..]).parse().expect("a number")))
            })
            .collect();
    let mut by_links: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in rows::<String>(&path, "SELECT indicator, kind FROM v_links") {
        let counts = by_links.entry(row[0].clone()).or_default();
        if row[1] == "target" { counts.0 += 1 } else { counts.1 += 1 }
    }
    assert_eq!(by_view, by_links);
}

fn shown(row: &[rusqlite::types::Value]) -> String {
    use rusqlite::types::Value;
    let shown = row.iter().map(|value| match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(_) => "(bytes)".into(),
    });
    shown.collect::<Vec<_>>().join("|")
}

fn kehoach(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kehoach"))
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("KEHOACH_STORE")
        .output()
        .expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn commands_on_links() {
    let folder = Folder::new("commands");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/*.txt");
    let ok = |arguments: &[&str]| {
        let (code, out, errors) = kehoach(&folder, arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {errors}");
        (out, errors)
    };
    let refused = |arguments: &[&str]| {
        let (code, _, errors) = kehoach(&folder, arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        errors
    };
    assert!(refused(&["link"]).contains("plans.db: there is no store"));
    let (_, told) = ok(&["ingest", corpus.to_str().expect("a path"), "--no-link"]);
    assert!(!told.contains("linked"), "{told}");
    assert!(
        refused(&["series", "ty le"]).contains("its documents are not linked; link them with: kehoach link --store plans.db")
    );
    assert!(ok(&["status"]).0.contains("link them with: kehoach link --store plans.db"));
    assert!(ok(&["link"]).0.starts_with("linked 12 documents: "));
    assert!(!ok(&["status"]).0.contains("kehoach link"));
    let (_, told) = ok(&["ingest", corpus.to_str().expect("a path")]);
    assert!(told.contains("12 unchanged") && !told.contains("linked"), "current links are not made again: {told}");

    // A district's plan, the province's above it, and a decision that is not in the store.
    let listed: serde_json::Value = serde_json::from_str(&ok(&["list", "--format", "json"]).0).expect("JSON");
    let id = |number: &str, level: &str| {
        let found = listed.as_array().into_iter().flatten().find(|one| one["number"] == number && one["level"] == level);
        found.and_then(|one| one["id"].as_str()).map(str::to_owned).expect(number)
    };
    let (district, province) = (id("33/KH-UBND", "district"), id("21/KH-UBND", "province"));
    let (shown, _) = ok(&["show", &district, "--chain"]);
    for line in [
        &*format!("\n  {province}  21/KH-UBND · 2023-02-10 · "),
        "\n    above, stated: the legal basis names 21/KH-UBND of 2023-02-10\n",
        "\n    outside the store (r1)  90/QĐ-TTg · 2022-01-18",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    let (shown, _) = ok(&["show", &province, "--chain"]);
    assert!(shown.contains(&format!("\nBelow\n  {district}  33/KH-UBND")), "{shown}");
    let chain: serde_json::Value =
        serde_json::from_str(&ok(&["show", &district, "--chain", "--format", "json"]).0).expect("JSON");
    assert_eq!(chain["above"][0]["id"], province.as_str());
    assert_eq!(chain["above"][0]["above"][0]["relation"], "basis");

    // The same series out of the store and out of the files.
    let mut files: Vec<String> = std::fs::read_dir(corpus.parent().expect("the folder"))
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path().to_str()?.to_owned()))
        .filter(|path| path.ends_with(".txt"))
        .collect();
    files.sort();
    for format in ["text", "csv"] {
        let arguments = ["series", "ty le ho ngheo", "--format", format];
        let of_files: Vec<&str> = arguments.into_iter().chain(files.iter().map(String::as_str)).collect();
        let lines = |out: String| {
            let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        let of_store = lines(ok(&arguments).0);
        assert_eq!(of_store, lines(ok(&of_files).0));
        assert!(of_store.len() > 5);
    }
    let series: serde_json::Value =
        serde_json::from_str(&ok(&["series", "ho-ngheo-da-chieu", "--format", "json"]).0).expect("JSON");
    let point = &series["rows"][0]["targets"][0];
    let document = &series["documents"][usize::try_from(point["document"].as_u64().expect("a place")).expect("a place")];
    assert_eq!(document["id"], district.as_str());
    assert!(point["evidence"][0]["text"].as_str().is_some_and(|quote| quote.contains("9,8%")), "{point}");
    assert!(ok(&["series", "không có chỉ tiêu nào"]).1.contains("no indicator of these documents has the words"));
    assert!(refused(&["link", "a.txt", "--store", "plans.db"]).contains("cannot be used with"));

    // Documents that go leave the others' links behind, and it is told.
    ok(&["forget", &province]);
    let (shown, told) = ok(&["show", &district, "--chain"]);
    assert!(told.contains("documents came or went since they were linked"), "{told}");
    assert!(!shown.contains(&province), "{shown}");
    ok(&["link", "--store", "plans.db"]);
    let (shown, told) = ok(&["show", &district, "--chain"]);
    assert_eq!(told, "");
    assert!(shown.contains("outside the store (") && shown.contains("21/KH-UBND"), "{shown}");
}

#[test]
fn an_audit_of_a_whole_store_keeps_its_findings() {
    let folder = Folder::new("findings");
    let audited = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/audit");
    let (_, _, errors) = kehoach(&folder, &["ingest", "--quiet", audited.to_str().expect("a path")]);
    assert_eq!(errors, "");
    let path = folder.join("plans.db");
    let kept =
        || rows::<String>(&path, "SELECT fingerprint, code, severity, problem_vi, place_en FROM v_findings ORDER BY finding");
    let status = || kehoach(&folder, &["status"]).1;
    assert!(kept().is_empty());
    assert!(status().contains("v_findings is filled by: kehoach audit --store plans.db"));
    // By some rules: not all of the store's findings.
    kehoach(&folder, &["audit", "--store", "plans.db", "--select", "XL"]);
    assert!(kept().is_empty());

    // What is accepted or asked for does not change what is kept.
    let accept = folder.write("accept.toml", "[[accept]]\ncode = \"XL001\"\npath = \"corpus\"\nreason = \"biết rồi\"\n", 9);
    let accept = accept.to_str().expect("a path");
    let (code, _, errors) = kehoach(&folder, &["audit", "--store", "plans.db", "--unit", "không có", "--accept", accept]);
    assert_eq!((code, errors.contains("not kept")), (Some(0), false), "{errors}");
    let (_, told, _) = kehoach(&folder, &["audit", "--store", "plans.db", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let findings = told["findings"].as_array().expect("findings");
    let wanted: Vec<Vec<String>> = findings
        .iter()
        .map(|one| {
            let vi = &one["message"]["vi"]["problem"];
            let text = [&one["fingerprint"], &one["code"], &one["severity"], vi, &one["message"]["en"]["where"]];
            text.map(|value| value.as_str().expect("text").to_owned()).to_vec()
        })
        .collect();
    assert!(wanted.len() > 20);
    assert_eq!(kept(), wanted);
    assert!(status().contains(&format!("{} findings of the audit are kept", wanted.len())));

    // Each place is the words of its document.
    let places = rows::<rusqlite::types::Value>(&path, "SELECT document, start_offset, end_offset, quote FROM v_finding_sides");
    assert_eq!(places.len(), findings.iter().map(|one| one["evidence"].as_array().expect("sides").len()).sum::<usize>());
    let store = Store::open(&path).expect("a store");
    for place in places {
        let [
            rusqlite::types::Value::Text(document),
            rusqlite::types::Value::Integer(start),
            rusqlite::types::Value::Integer(end),
            rusqlite::types::Value::Text(quote),
        ] = &place[..]
        else {
            panic!("{place:?}")
        };
        let (text, _) = store.text(store.find(document).expect("a document")).expect("text");
        let words: String = text.chars().skip(*start as usize).take((end - start) as usize).collect();
        assert_eq!(&words, quote);
    }
    drop(store);

    // Another document may settle them.
    let plan = folder.write("them.txt", "KẾ HOẠCH\nVề việc khác năm 2024\nI. MỤC TIÊU\n- Trồng 5 ha rừng.\n", 9);
    kehoach(&folder, &["ingest", "--quiet", plan.to_str().expect("a path")]);
    assert!(kept().is_empty());
    assert!(status().contains("kehoach audit --store plans.db"));
}
