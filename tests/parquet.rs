//! The Parquet export, read back with the crate that wrote it; tests/outputs.py reads it with DuckDB and pyarrow.
#![cfg(feature = "parquet")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use common::kehoach;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::{Map, Value, json};

const PLAN: &str = "corpus/2025-tinh-cai-cach-hanh-chinh.txt";
const REPORT: &str = "corpus/2024-tinh-bao-cao-dau-tu-cong.txt";
const LISTS: [&str; 10] =
    ["sections", "tables", "targets", "tasks", "deadlines", "references", "facts", "sums", "ratios", "diagnostics"];

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// An empty place for a test's dataset.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parquet").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("removed");
    }
    std::fs::create_dir_all(folder.parent().expect("a parent")).expect("a folder");
    folder
}

fn export(paths: &[&str], folder: &Path, more: &[&str]) -> Output {
    let folder = folder.to_str().expect("UTF-8");
    kehoach(&[&["export", "--format", "parquet", "-o", folder], paths, more].concat())
}

/// All files under a folder, as paths from it.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder").filter_map(Result::ok) {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                found.push(entry.path().strip_prefix(folder).expect("inside").to_str().expect("UTF-8").to_owned());
            }
        }
    }
    found.sort();
    found
}

fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(flag) => json!(flag),
        Field::Long(count) => json!(count),
        Field::Double(number) => json!(number),
        Field::Str(text) => json!(text),
        Field::Date(days) => {
            let day = jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(*days));
            json!(day.to_string())
        }
        Field::Group(row) => object(row),
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        other => panic!("a type that is not written: {other:?}"),
    }
}

fn object(row: &Row) -> Value {
    Value::Object(row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect())
}

/// The rows of a table with year and level of their folder.
fn rows(folder: &Path, table: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for path in files(folder).iter().filter(|path| path.starts_with(&format!("{table}/"))) {
        let file = std::fs::File::open(folder.join(path)).expect("a file");
        let reader = SerializedFileReader::new(file).expect("Parquet");
        for row in reader.get_row_iter(None).expect("rows") {
            let mut row = object(&row.expect("a row"));
            for part in path.split('/').filter_map(|part| part.split_once('=')) {
                row[part.0] = json!(part.1);
            }
            all.push(row);
        }
    }
    all
}

/// What a value of the record is in Parquet: the renamed keys renamed, days with their own text, numbers of one kind.
fn as_written(table: &str, list: &Value, item: &Value) -> Value {
    let mut out = Map::new();
    for (key, inner) in item.as_object().expect("an object") {
        let inner = inner.clone();
        match (table, key.as_str()) {
            ("sections", "path") => drop(out.insert("section".into(), inner)),
            ("sections", "level") => drop(out.insert("depth".into(), inner)),
            ("targets", "due") | ("references" | "documents", "date") => {
                let full = inner.as_str().is_some_and(|day| day.len() == 10);
                out.insert(key.clone(), if full { inner.clone() } else { Value::Null });
                out.insert(format!("{key}_text"), inner);
            }
            ("deadlines" | "period", "from" | "to") => {
                let name = if key == "from" { "first_day" } else { "last_day" };
                out.insert(name.into(), inner.clone());
                out.insert(format!("{name}_text"), inner);
            }
            ("evidence", "start" | "end") => drop(out.insert(format!("{key}_offset"), inner)),
            ("range", "from") => drop(out.insert("low".into(), inner)),
            ("range", "to") => drop(out.insert("high".into(), inner)),
            ("tasks", "deadline") => {
                let id = inner.as_u64().map_or(Value::Null, |at| list[usize::try_from(at).expect("small")]["id"].clone());
                out.insert("deadline_id".into(), id);
                out.insert(key.clone(), inner);
            }
            (_, "evidence" | "period" | "range") => {
                let inside = match &inner {
                    Value::Array(items) => items.iter().map(|item| as_written(key, list, item)).collect(),
                    Value::Object(_) => as_written(key, list, &inner),
                    _ => inner,
                };
                out.insert(key.clone(), inside);
            }
            _ => drop(out.insert(key.clone(), inner)),
        }
    }
    Value::Object(out)
}

/// Whether all that `wanted` says is in `found`, and `found` says nothing that `wanted` does not.
fn same(wanted: &Value, found: &Value, place: &str) {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            for (key, value) in wanted {
                same(value, found.get(key).unwrap_or_else(|| panic!("{place}.{key}: has no column")), &format!("{place}.{key}"));
            }
            for (key, value) in found {
                assert!(wanted.contains_key(key) || value.is_null(), "{place}.{key}: {value} is not in the record");
            }
        }
        (Value::Array(wanted), Value::Array(found)) => {
            assert_eq!(wanted.len(), found.len(), "{place}");
            wanted.iter().zip(found).for_each(|(wanted, found)| same(wanted, found, place));
        }
        (Value::Number(wanted), Value::Number(found)) => assert_eq!(wanted.as_f64(), found.as_f64(), "{place}"),
        _ => assert_eq!(wanted, found, "{place}"),
    }
}

#[test]
fn every_value_of_the_records_comes_back() {
    let folder = scratch("values");
    let output = export(&["corpus", "corpus/audit"], &folder, &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let records: Vec<Value> = text(&kehoach(&["export", "corpus", "corpus/audit", "--format", "ndjson"]).stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    for table in LISTS.into_iter().chain(["documents"]) {
        let mut by_path: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for row in rows(&folder, table) {
            by_path.entry(row["path"].as_str().expect("a path").to_owned()).or_default().push(row);
        }
        for record in &records {
            let (source, document) = (&record["source"], &record["document"]);
            let whole = [document.clone()];
            let items = if table == "documents" { &whole[..] } else { record[table].as_array().expect("a list") };
            let path = source["path"].as_str().expect("a path");
            let found = by_path.remove(path).unwrap_or_default();
            assert_eq!(items.len(), found.len(), "{table} of {path}");
            for (at, (item, row)) in items.iter().zip(&found).enumerate() {
                let mut wanted = as_written(table, &record["deadlines"], item);
                wanted["path"] = source["path"].clone();
                wanted["sha256"] = source["sha256"].clone();
                if table == "documents" {
                    for (key, value) in source.as_object().expect("a source") {
                        wanted[key] = value.clone();
                    }
                }
                wanted["level"] = document["level"].clone();
                let year =
                    document["period"]["from"].as_str().or(document["date"].as_str()).or(document["period"]["to"].as_str());
                wanted["year"] = json!(year.map_or("__HIVE_DEFAULT_PARTITION__", |day| &day[..4]));
                same(&wanted, row, &format!("{path}: {table}[{at}]"));
            }
        }
        assert!(by_path.is_empty(), "{table}: rows of no record");
    }
}

#[test]
fn findings_come_with_all_their_sides() {
    let folder = scratch("findings");
    assert!(export(&["corpus", "corpus/audit"], &folder, &["--table", "findings"]).status.success());
    let audit: Value =
        serde_json::from_slice(&kehoach(&["audit", "corpus", "corpus/audit", "--format", "json"]).stdout).expect("JSON");
    for table in ["findings", "undecided"] {
        let mut found = rows(&folder, table);
        let wanted = audit[table].as_array().expect("a list");
        assert!(!wanted.is_empty() && wanted.len() == found.len(), "{table}");
        for entry in wanted {
            let at = found.iter().position(|row| {
                row["code"] == entry["code"] && row["fingerprint"] == entry["fingerprint"] && {
                    let quote = |side: &Value| side["text"].clone();
                    row["evidence"].as_array().expect("sides").iter().map(quote).collect::<Vec<_>>()
                        == entry["evidence"].as_array().expect("sides").iter().map(quote).collect::<Vec<_>>()
                }
            });
            let row = found.remove(at.unwrap_or_else(|| panic!("{table}: {entry} is missing")));
            assert_eq!(row["path"], entry["evidence"][0]["path"]);
            if table == "findings" {
                assert_eq!(row["message"]["vi"]["place"], entry["message"]["vi"]["where"]);
                assert_eq!(row["message"]["en"]["action"], entry["message"]["en"]["action"]);
                let values: Value = serde_json::from_str(row["values"].as_str().expect("JSON")).expect("JSON");
                assert_eq!(values, entry["values"]);
            } else {
                assert_eq!(row["why"], entry["why"]);
            }
        }
    }
    assert!(!folder.join("targets").exists(), "--table findings writes no other list");
}

#[test]
fn what_names_no_year_is_not_lost() {
    let plan = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parquet-no-year.txt");
    std::fs::write(&plan, "KẾ HOẠCH\nGiảm nghèo\nI. MỤC TIÊU\n- Tỷ lệ đường thôn được bê tông đạt 80%.\n").expect("written");
    let folder = scratch("no-year");
    assert!(export(&[plan.to_str().expect("UTF-8"), PLAN], &folder, &[]).status.success());
    let path = "targets/year=__HIVE_DEFAULT_PARTITION__/level=other/targets.parquet";
    assert!(files(&folder).iter().any(|file| file == path), "{:?}", files(&folder));
    assert_eq!(rows(&folder, "targets").iter().filter(|row| row["value"] == json!(80.0) && row["year"] != "2025").count(), 1);
}

#[test]
fn the_same_documents_give_the_same_files_and_nothing_of_an_earlier_run_stays() {
    let folder = scratch("again");
    let content = || files(&folder).into_iter().map(|path| (path.clone(), std::fs::read(folder.join(path)).expect("read")));
    assert!(export(&[PLAN, REPORT], &folder, &[]).status.success());
    let first: Vec<_> = content().collect();
    assert!(export(&[PLAN, REPORT], &folder, &[]).status.success());
    assert_eq!(first, content().collect::<Vec<_>>());
    // A file of the reader's own stays, and is in nobody's way.
    std::fs::write(folder.join("ghi-chu.md"), "của tôi").expect("written");
    assert!(export(&[PLAN], &folder, &[]).status.success());
    let left = files(&folder);
    assert!(left.iter().all(|path| !path.contains("year=2024")) && left.contains(&"ghi-chu.md".to_owned()), "{left:?}");
    assert!(!folder.join("targets/year=2024").exists(), "empty folders go too");
}

#[test]
fn a_folder_of_others_is_refused_and_left_as_it_is() {
    for (name, file, content, told) in [
        ("others", "so-lieu.parquet", "PAR1", "holds `so-lieu.parquet`, which no export of this program has written"),
        ("notes", "ghi-chu.md", "của tôi", "holds `ghi-chu.md`, which no export"),
        ("list", "_kehoach.json", "[]", "is no list of an export"),
        (
            "outside",
            "_kehoach.json",
            r#"{"schema":"kehoach.parquet/1","files":["../x.parquet"]}"#,
            "is no list that this program",
        ),
    ] {
        let folder = scratch(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(file), content).expect("written");
        let output = export(&[PLAN], &folder, &[]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(text(&output.stderr).contains(told), "{name}: {}", text(&output.stderr));
        assert_eq!(files(&folder), [file], "{name}");
    }
    // An earlier export with a file that another has put into it.
    let folder = scratch("mixed");
    assert!(export(&[PLAN], &folder, &[]).status.success());
    std::fs::write(folder.join("targets/them.parquet"), "PAR1").expect("written");
    let output = export(&[PLAN], &folder, &[]);
    assert!(text(&output.stderr).contains("holds `targets/them.parquet`"), "{}", text(&output.stderr));
    let output = kehoach(&["export", PLAN, "--format", "parquet"]);
    assert!(text(&output.stderr).contains("name a folder with --output"), "{}", text(&output.stderr));
    let output = kehoach(&["export", PLAN, "--format", "parquet", "-o", "Cargo.toml"]);
    assert!(text(&output.stderr).contains("Cargo.toml: is a file"), "{}", text(&output.stderr));
}
