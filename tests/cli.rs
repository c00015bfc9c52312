//! The command line as a user meets it.

mod common;

use std::path::{Path, PathBuf};

use common::{kehoach, stderr, stdout};

const ONE: &str = "corpus/2023-tinh-giam-ngheo.txt";
const OTHER: &str = "corpus/2024-syt-tiem-chung.txt";

/// A file of this test run.
fn temporary(name: &str, content: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("kehoach-{}-{name}", std::process::id()));
    std::fs::write(&path, content).expect("written");
    path
}

#[test]
fn one_file_is_one_object() {
    let output = kehoach(&["extract", ONE]);
    assert!(output.status.success());
    let record: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(record["schema"], "kehoach.record/1");
    assert_eq!(record["source"]["path"], ONE);
    assert_eq!(record["document"]["type"], "plan");
}

#[test]
fn several_files_are_one_a_line_in_the_order_given() {
    let output = kehoach(&["extract", OTHER, ONE]);
    let paths: Vec<String> = stdout(&output)
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["source"]["path"].as_str().expect("a path").to_owned()
        })
        .collect();
    assert_eq!(paths, [OTHER, ONE]);
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_record_and_the_others_are_done() {
    let bad = temporary("bad.txt", b"K\xD5 ho\xB9ch");
    let output = kehoach(&["extract", ONE, bad.to_str().expect("a path"), "no-such-file.txt", OTHER]);
    std::fs::remove_file(&bad).expect("removed");
    assert_eq!(output.status.code(), Some(3));
    let lines: Vec<serde_json::Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let schemas: Vec<&str> = lines.iter().map(|line| line["schema"].as_str().expect("a schema")).collect();
    assert_eq!(schemas, ["kehoach.record/1", "kehoach.error/1", "kehoach.error/1", "kehoach.record/1"]);
    assert_eq!(lines[1]["error"]["code"], "not-unicode");
    assert_eq!(lines[2]["error"]["code"], "unopened");
    let told = stderr(&output);
    assert!(
        told.contains("is not UTF-8: byte 0xD5 at offset 1") && told.contains("no-such-file.txt: cannot be opened"),
        "{told}"
    );
    assert!(told.contains("2 of 4 files could not be read; the others are done"), "{told}");
}

#[test]
fn text_prints_what_evidence_points_into() {
    let output = kehoach(&["text", ONE]);
    assert_eq!(output.stdout, std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(ONE)).expect("the file"));
    let marked = temporary("marked.txt", "\u{FEFF}KẾ HOẠCH\r\nNăm 2025\r\n".as_bytes());
    let output = kehoach(&["text", marked.to_str().expect("a path")]);
    std::fs::remove_file(&marked).expect("removed");
    assert_eq!(stdout(&output), "KẾ HOẠCH\r\nNăm 2025\r\n");
}

#[test]
fn eval_scores_the_corpus() {
    let output = kehoach(&["eval", "--gold", "corpus/gold", "--docs", "corpus", "--at-least", "0.8"]);
    assert!(output.status.success(), "{}", stdout(&output));
    assert!(stdout(&output).contains("pooled") && stdout(&output).contains("targets"));
    assert_eq!(kehoach(&["eval", "--gold", "corpus/gold", "--docs", "corpus", "--at-least", "1.1"]).status.code(), Some(1));
    let missing = kehoach(&["eval", "--gold", "nowhere", "--docs", "corpus"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("--gold nowhere"));
}

#[test]
fn help_teaches() {
    let help = stdout(&kehoach(&["--help"]));
    for word in ["extract", "text", "eval", "Examples:", "Exit codes"] {
        assert!(help.contains(word), "{word}");
    }
    assert!(stdout(&kehoach(&["extract", "--help"])).contains("NDJSON"));
}

#[test]
fn the_committed_schema_is_the_types_schema() {
    let committed =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("record.schema.json")).expect("record.schema.json");
    assert_eq!(stdout(&kehoach(&["schema"])), committed, "run `kehoach schema > record.schema.json`");
}

#[test]
fn rules_are_listed_and_printed() {
    assert!(stdout(&kehoach(&["rules"])).contains("units.toml"));
    assert!(stdout(&kehoach(&["rules", "units"])).contains("[[entry]]"));
    assert_eq!(kehoach(&["rules", "nothing"]).status.code(), Some(2));
    assert_eq!(kehoach(&["--rules", "nowhere", "text", ONE]).status.code(), Some(2));
}

#[test]
fn a_series_has_targets_by_unit_and_year() {
    let files = ["corpus/2023-khevang-giam-ngheo.txt", ONE];
    let output = kehoach(&["series", "ty le ho ngheo", files[0], files[1], "--format", "csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let lines = stdout(&output);
    let wanted = [
        "ho-ngheo-da-chieu,Tỷ lệ hộ nghèo,\"Khe Vàng, Thanh Giang\",district,2023,chi_tieu,eq,9.8,%,corpus/2023-khevang-giam-ngheo.txt,t1",
        "ho-ngheo-da-chieu,Tỷ lệ hộ nghèo,Thanh Giang,province,2023,chi_tieu,eq,4.2,%,corpus/2023-tinh-giam-ngheo.txt,t1",
    ];
    for line in wanted {
        assert!(lines.lines().any(|found| found == line), "{line} is not in\n{lines}");
    }
    let one = kehoach(&["series", "tỷ lệ hộ nghèo", files[0], files[1], "--unit", "khe vang", "--format", "json"]);
    let series: serde_json::Value = serde_json::from_str(&stdout(&one)).expect("JSON");
    let rows = series["rows"].as_array().expect("rows");
    assert!(!rows.is_empty() && rows.iter().all(|row| row["unit"] == "Khe Vàng, Thanh Giang"), "{series}");
    assert_eq!(series["documents"][0]["path"], files[0]);
    let none = kehoach(&["series", "không có chỉ tiêu nào như thế", ONE]);
    assert!(none.status.code() == Some(4) && stdout(&none).is_empty());
    assert!(stderr(&none).contains("no indicator of these documents has the words"), "{}", stderr(&none));
}

#[test]
fn links_say_why_and_name_the_document_above() {
    let output = kehoach(&["link", "corpus/2023-khevang-giam-ngheo.txt", ONE, "no-such-file.txt"]);
    assert_eq!(output.status.code(), Some(3));
    let text = stdout(&output);
    assert!(text.contains("cấp trên: corpus/2023-tinh-giam-ngheo.txt (căn cứ nêu 21/KH-UBND ngày 2023-02-10)"), "{text}");
    assert!(text.contains("có trong danh mục chỉ tiêu (ho-ngheo-da-chieu)"), "{text}");
    assert!(stderr(&output).contains("no-such-file.txt"), "{}", stderr(&output));
}
