//! Scans: `fixtures/ocr/make.sh` makes them again. Where Tesseract with Vietnamese is not installed, reading is skipped, and said so.

use std::path::PathBuf;
use std::process::{Command, Output};

use kehoach::ingest::decode;
use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn installed() -> bool {
    let languages = Command::new("tesseract").arg("--list-langs").output();
    let found = languages.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).lines().any(|line| line == "vie"));
    if !found {
        eprintln!("skipped: Tesseract with Vietnamese is not installed (apt-get install -y tesseract-ocr tesseract-ocr-vie)");
    }
    found
}

fn extract(name: &str, tesseract: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kehoach"));
    command.arg("extract").arg(fixture(name));
    if let Some(tesseract) = tesseract {
        command.env("KEHOACH_TESSERACT", tesseract);
    }
    command.output().expect("the program runs")
}

fn messages(record: &Value, code: &str) -> Vec<String> {
    let diagnostics = record["diagnostics"].as_array().expect("diagnostics");
    diagnostics
        .iter()
        .filter(|found| found["code"] == code)
        .map(|found| found["message"].as_str().unwrap_or("").to_owned())
        .collect()
}

#[test]
fn a_scan_is_read_as_the_document_that_it_shows() {
    if !installed() {
        return;
    }
    let output = extract("ocr/ke-hoach.pdf", None);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let record: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((record["source"]["encoding"].as_str(), record["source"]["pages"].as_u64()), (Some("ocr"), Some(2)));
    assert_eq!(record["document"]["number"], "48/KH-UBND");
    assert_eq!(messages(&record, "ocr-pages").len(), 1, "{record}");
    // The ruled table goes on over the page, its cells told by their lines.
    let rows: Vec<&Vec<Value>> = record["tables"]
        .as_array()
        .expect("tables")
        .iter()
        .flat_map(|table| table["rows"].as_array().expect("rows"))
        .flat_map(Value::as_array)
        .collect();
    let row = |number: &str| rows.iter().find(|row| row[0] == number).unwrap_or_else(|| panic!("no row {number} in {rows:#?}"));
    assert_eq!((row("2")[2].as_str(), row("2")[3].as_str()), (Some("250"), Some("căn")));
    assert_eq!((row("9")[2].as_str(), row("10")[2].as_str()), (Some("5.000"), Some("45")));
    let targets = record["targets"].as_array().expect("targets");
    assert!(targets.iter().any(|target| target["value"] == 250), "{targets:#?}");
}

#[test]
fn an_image_is_read_by_its_content() {
    if !installed() {
        return;
    }
    let output = extract("ocr/trang-2.tif", None);
    let record: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((record["source"]["format"].as_str(), record["source"]["encoding"].as_str()), (Some("tiff"), Some("ocr")));
    assert_eq!(record["tables"].as_array().map(Vec::len), Some(1), "{record}");
}

#[test]
fn without_tesseract_a_scan_is_refused_with_the_command_that_helps() {
    for name in ["ocr/ke-hoach.pdf", "ocr/trang-2.tif"] {
        let output = extract(name, Some("none"));
        assert_eq!(output.status.code(), Some(3), "{name}");
        let record: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(record["error"]["code"], "scan", "{record}");
        let message = record["error"]["message"].as_str().expect("a message");
        assert!(message.contains("apt-get install -y tesseract-ocr tesseract-ocr-vie"), "{message}");
    }
}

/// A page that is nothing but an image, and one with text: the text is read, the other is named.
#[test]
fn without_tesseract_a_file_scanned_in_part_names_the_pages() {
    let text = "(Cac so phoi hop thuc hien ke hoach) Tj T* ".repeat(12);
    let drawn = format!("BT /F 12 Tf 14 TL 60 700 Td {text} ET");
    let pdf = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>endobj\n\
         4 0 obj<</Length 78>>stream\nq 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{20} EI Q\nendstream endobj\n\
         5 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n\
         6 0 obj<</Length {}>>stream\n{drawn}\nendstream endobj\ntrailer<</Root 1 0 R>>\n",
        drawn.len()
    );
    let folder = std::env::temp_dir().join(format!("kehoach-ocr-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("a.pdf");
    std::fs::write(&path, &pdf).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_kehoach")).arg("extract").arg(&path).env("KEHOACH_TESSERACT", "none").output();
    std::fs::remove_dir_all(&folder).expect("removed");
    let record: Value = serde_json::from_slice(&output.expect("runs").stdout).expect("JSON");
    let told = messages(&record, "scanned-pages");
    assert!(told.len() == 1 && told[0].starts_with("pages 1 ") && told[0].contains("tesseract-ocr-vie"), "{record}");
}

#[test]
fn a_damaged_image_is_told() {
    if !installed() {
        return;
    }
    for (name, bytes) in
        [("a.png", &b"\x89PNG\r\n\x1A\nnothing"[..]), ("a.jpg", b"\xFF\xD8\xFFnothing"), ("a.tif", b"II*\0nothing")]
    {
        let error = decode(name, bytes.to_vec()).expect_err("refused");
        assert_eq!(error.reason.code(), "damaged", "{error}");
    }
}
