//! The architecture as a test: a stage uses only what lies before it, and no vocabulary stands in code.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order of the way of the data.
const ORDER: [&str; 22] = [
    "text",
    "words",
    "record",
    "grammar",
    "lexicon",
    "agency",
    "ingest",
    "marker",
    "normalize",
    "paper",
    "structure",
    "extract",
    "link",
    "corrections",
    "store",
    "check",
    "report",
    "verify",
    "eval",
    "pipeline",
    "review",
    "cli",
];

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The stage that a file of `src` belongs to.
fn stage(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(src()).ok()?;
    let first = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
    Some(first.trim_end_matches(".rs").to_owned())
}

/// The code of a file without comments and without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let body = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_stage_uses_only_what_lies_before_it() {
    let mut broken = Vec::new();
    for path in source_files(&src()) {
        let Some(own) = stage(&path).filter(|own| own != "lib" && own != "main") else { continue };
        let place = ORDER.iter().position(|known| **known == own);
        let Some(place) = place else {
            broken.push(format!("{}: `{own}` is in no stage; name it in ORDER", path.display()));
            continue;
        };
        for later in &ORDER[place + 1..] {
            if code(&path).contains(&format!("crate::{later}")) {
                broken.push(format!("{}: uses the later stage `{later}`", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_ingest_lexicon_store_and_cli_touch_files_and_nothing_the_network() {
    for path in source_files(&src()) {
        let own = stage(&path).unwrap_or_default();
        let code = code(&path);
        if !["ingest", "lexicon", "store", "cli"].contains(&own.as_str()) {
            assert!(!code.contains("std::fs"), "{}: touches files", path.display());
        }
        assert!(!code.contains("std::net"), "{}: touches the network", path.display());
        // The page of `review` is served, on this computer alone.
        let serves = path.ends_with("cli/review.rs");
        assert!(serves || !code.contains("tiny_http"), "{}: serves", path.display());
        assert!(!code.contains("unsafe "), "{}: unsafe code", path.display());
    }
}

/// Names of real places, agencies and things of the sample documents, and of the project's own invented province: they are
/// data, and code that knows one reads one document.
#[test]
fn no_name_of_a_place_agency_or_indicator_stands_in_code() {
    const NAMES: [&str; 26] = [
        "Bắc Giang",
        "Sơn Động",
        "Hà Nội",
        "Nghệ An",
        "Đồng Tháp",
        "Cần Thơ",
        "Thanh Giang",
        "Khe Vàng",
        "Bến Thuận",
        "Suối Lim",
        "Bến Đá",
        "Sở Y tế",
        "Sở Nội vụ",
        "Sở Tài chính",
        "Sở Thông tin",
        "Phòng Văn hóa",
        "Công an tỉnh",
        "Bưu điện",
        "hộ nghèo",
        "điện thoại thông minh",
        "nước sạch",
        "hóa đơn điện tử",
        "TTHC",
        "OCOP",
        "VNeID",
        "camera",
    ];
    let mut found = Vec::new();
    for path in source_files(&src()) {
        let code = code(&path);
        found.extend(NAMES.iter().filter(|name| code.contains(**name)).map(|name| format!("{}: {name}", path.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn files_stay_readable() {
    for path in source_files(&src()) {
        let lines = fs::read_to_string(&path).expect("a source file").lines().count();
        assert!(lines <= 1300, "{}: {lines} lines; split it", path.display());
    }
}
