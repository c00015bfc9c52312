//! Bad input gets a clear message or a small record, in bounded time and memory, and never a panic.

mod common;

use common::{lexicon, read_text};
use kehoach::{ingest, pipeline};

fn message(bytes: &[u8]) -> String {
    ingest::decode("bad.txt", bytes.to_vec()).expect_err("refused").to_string()
}

#[test]
fn messages_name_file_reason_and_what_to_do() {
    assert_eq!(message(b""), "bad.txt: is empty (0 bytes); nothing to read");
    assert_eq!(message(b"  \n\n "), "bad.txt: holds only white space; nothing to read");
    assert!(message(b"PK\x03\x04....").starts_with("bad.txt: is a ZIP archive"));
    assert!(message(b"abc\xFF\xFEdef").contains("byte 0xFF at offset 3 (line 1)"));
    assert!(message(b"abc\xFF").contains("convert it to UTF-8"));
}

#[test]
fn one_line_of_megabytes() {
    let line = "Tỷ lệ hộ dùng nước sạch đạt 85%, ".repeat(40_000);
    let record = read_text(&format!("KẾ HOẠCH\nNăm 2025\nI. MỤC TIÊU\n- {line}\n"));
    assert!(!record.targets.is_empty());
}

#[test]
fn one_word_of_a_megabyte() {
    read_text(&"ệ".repeat(400_000));
    read_text(&"(".repeat(400_000));
    read_text(&"1.".repeat(200_000));
    read_text(&"| ".repeat(200_000));
}

#[test]
fn many_headings_and_deep_nesting() {
    let headings: String = (1..=20_000).map(|number| format!("{}. Mục\n", number % 150 + 1)).collect();
    assert!(read_text(&headings).sections.len() > 1000);
    let nested: String = (0..5_000).map(|_| "I. A\n1. B\na) C\n(1) D\n").collect();
    let deepest = read_text(&nested).sections.iter().map(|section| section.level).max();
    assert!(deepest.is_some_and(|level| level <= 14), "{deepest:?}");
}

#[test]
fn a_table_header_without_a_table() {
    let text = format!("BÁO CÁO\nNăm 2024\n./.\nPhụ lục\nSTT Chỉ tiêu Đơn vị chủ trì\n1\n{}", "chữ ".repeat(60_000));
    read_text(&text);
    let rows: String = (1..3000).map(|row| format!("{row}\nTỷ lệ {row} đạt 85%\nSở Y tế\n")).collect();
    let record = read_text(&format!("BÁO CÁO\nNăm 2024\nNội dung./.\nPhụ lục\nSTT\nChỉ tiêu\nĐơn vị chủ trì\n{rows}"));
    assert!(record.targets.len() > 900, "{}", record.targets.len());
}

/// Ten times the text takes about ten times the work: counted in items here, timed in `benches/pipeline.rs`.
#[test]
fn items_grow_with_the_text() {
    let item = "- Rà soát 12 hồ sơ theo Quyết định số 5/QĐ-UBND, hoàn thành trước ngày 30/6/2025.\n";
    let document = |times: usize| format!("KẾ HOẠCH\nNăm 2025\nI. NHIỆM VỤ\n{}", item.repeat(times));
    let count = |times: usize| {
        let source = ingest::decode("grow", document(times).into_bytes()).expect("text");
        let record = pipeline::read(&source, lexicon());
        (record.tasks.len(), record.deadlines.len(), record.references.len())
    };
    assert_eq!(count(10), (10, 10, 1));
    assert_eq!(count(1000), (1000, 1000, 1));
}
