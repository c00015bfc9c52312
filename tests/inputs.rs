//! Which files commands read, by which settings, and what their exit codes say: the same for all of them.

mod common;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::folder::{Folder, plan};
use common::{stderr, stdout};

fn command(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kehoach"));
    command.args(arguments).current_dir(folder.path()).env_remove("KEHOACH_STORE").env_remove("KEHOACH_LANG");
    command
}

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("runs")
}

/// Runs with `given` on stdin.
fn run_on(folder: &Folder, arguments: &[&str], given: &str) -> Output {
    let mut command = command(folder, arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    child.stdin.take().expect("stdin").write_all(given.as_bytes()).expect("written");
    child.wait_with_output().expect("ends")
}

fn names(output: &Output) -> Vec<String> {
    let path = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        record["source"]["path"].as_str().expect("a path").to_owned()
    };
    stdout(output).lines().map(path).collect()
}

fn three(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("vb/mot.txt", &plan("Cấp nước Khe Vàng", 90), 9);
    folder.write("vb/hai.txt", &plan("Cấp nước Bến Thuận", 80), 9);
    folder.write("vb/nhap/ba.txt", &plan("Cấp nước Suối Lim", 70), 9);
    folder
}

#[test]
fn folders_patterns_lists_and_stdin_are_read_by_all() {
    let folder = three("inputs");
    folder.write("danh-sach.txt", "vb/hai.txt\r\n\r\nvb/mot.txt\n", 9);
    let all = ["vb/hai.txt", "vb/mot.txt", "vb/nhap/ba.txt"];
    for (arguments, wanted) in [
        (&["vb"][..], &all[..]),
        (&["vb/*.txt"], &all[..2]),
        (&["vb", "--exclude", "nhap/"], &all[..2]),
        (&["--files-from", "danh-sach.txt"], &all[..2]),
        (&["vb/mot.txt", "vb"], &all),
    ] {
        for command in [&["extract"][..], &["export", "--format", "ndjson"]] {
            let output = run(&folder, &[command, arguments].concat());
            let mut found = names(&output);
            found.sort();
            assert_eq!(found, wanted, "{command:?} {arguments:?}: {}", stderr(&output));
        }
        for command in [&["audit"][..], &["coverage"], &["tasks", "--for", "Sở Xây dựng"], &["link"], &["series", "nước sạch"]]
        {
            let output = run(&folder, &[command, arguments].concat());
            assert!(matches!(output.status.code(), Some(0 | 1 | 4)), "{command:?} {arguments:?}: {}", stderr(&output));
        }
    }
    let given = run_on(&folder, &["extract", "-", "--stdin-name", "tu-thu.txt"], &plan("Cấp nước", 60));
    assert_eq!(names(&given), ["tu-thu.txt"]);
    let listed = run_on(&folder, &["extract", "--files-from", "-"], "vb/mot.txt\0vb/hai.txt\0");
    assert_eq!(names(&listed), ["vb/mot.txt", "vb/hai.txt"]);
    let text = run_on(&folder, &["text", "-"], "KẾ HOẠCH\r\nNăm 2025\r\n");
    assert_eq!(stdout(&text), "KẾ HOẠCH\r\nNăm 2025\r\n");
    let changed = run_on(&folder, &["diff", "vb/mot.txt", "-"], &plan("Cấp nước Khe Vàng", 95));
    assert_eq!(changed.status.code(), Some(1), "{}", stderr(&changed));
    let tasks = run_on(&folder, &["tasks", "--for", "Sở Xây dựng", "-", "--format", "json"], &plan("Cấp nước", 60));
    assert_eq!(tasks.status.code(), Some(0), "{}", stderr(&tasks));
    assert!(stderr(&run_on(&folder, &["ingest", "-"], "KẾ HOẠCH\n")).contains("save it as a file"));
}

#[test]
fn the_store_of_the_environment_or_the_settings_is_read_where_no_file_is_named() {
    let folder = three("stores");
    assert!(run(&folder, &["ingest", "vb", "--store", "kho/a.db"]).status.code() == Some(2), "there is no such folder");
    std::fs::create_dir(folder.join("kho")).expect("a folder");
    assert!(run(&folder, &["ingest", "vb", "--store", "kho/a.db"]).status.success());
    let none = run(&folder, &["audit"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(stderr(&none).contains("which documents? Name files or folders"), "{}", stderr(&none));
    let commands: [&[&str]; 7] = [
        &["audit", "--fail-on", "error"],
        &["coverage"],
        &["tasks", "--for", "Sở Xây dựng"],
        &["export", "--format", "csv"],
        &["list"],
        &["series", "nước sạch"],
        &["status"],
    ];
    for arguments in commands {
        let output = command(&folder, arguments).env("KEHOACH_STORE", "kho/a.db").output().expect("runs");
        assert!(matches!(output.status.code(), Some(0 | 4)), "{arguments:?}: {}", stderr(&output));
    }
    folder.write("kehoach.toml", "store = \"kho/a.db\"\nlang = \"en\"\n[audit]\nselect = [\"XX\"]\n", 9);
    for arguments in &commands[1..] {
        let output = run(&folder, arguments);
        assert!(matches!(output.status.code(), Some(0 | 4)), "{arguments:?}: {}", stderr(&output));
    }
    assert!(stdout(&run(&folder, &["status"])).contains("3 documents of 3 files"));
    assert!(stdout(&run(&folder, &["status", "--lang", "vi"])).contains("3 văn bản trong 3 tệp"));
    let refused = run(&folder, &["audit"]);
    assert!(stderr(&refused).contains("XX: is no rule"), "{}", stderr(&refused));
    assert_eq!(run(&folder, &["audit", "--no-config", "--store", "kho/a.db"]).status.code(), Some(0));
    folder.write("kehoach.toml", "stor = 1\n", 9);
    assert!(stderr(&run(&folder, &["list"])).contains("is no configuration"));
}

#[test]
fn exit_codes_tell_one_thing_each() {
    let folder = three("codes");
    folder.write("hong.txt", "", 9);
    assert!(run(&folder, &["ingest", "vb"]).status.success());
    for (arguments, wanted) in [
        (&["extract", "vb"][..], 0),
        (&["diff", "vb/mot.txt", "vb/hai.txt"], 1),
        (&["extract"], 2),
        (&["extract", "--khong-co"], 2),
        (&["audit", "--accept", "khong-co.toml", "vb"], 2),
        (&["list", "--store", "khong-co.db"], 2),
        (&["export", "vb", "--format", "csv", "--table", "unread", "--for"], 2),
        (&["extract", "vb", "hong.txt"], 3),
        (&["extract", "khong-co.txt"], 3),
        (&["export", "vb", "hong.txt", "--format", "csv"], 3),
        (&["audit", "vb", "hong.txt"], 3),
        (&["diff", "vb/mot.txt", "khong-co.txt"], 3),
        (&["search", "không có cụm từ này"], 4),
        (&["list", "--year", "1999"], 4),
        (&["tasks", "--for", "Sở Tư pháp", "vb"], 4),
        (&["series", "rừng ngập mặn", "vb"], 4),
        (&["coverage", "vb"], 4),
    ] {
        let output = run(&folder, arguments);
        assert_eq!(output.status.code(), Some(wanted), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn a_file_in_place_of_a_command_is_told_what_to_type() {
    let folder = three("typed");
    let output = run(&folder, &["vb/mot.txt"]);
    assert_eq!(output.status.code(), Some(2));
    for line in ["kehoach audit vb/mot.txt", "kehoach extract vb/mot.txt"] {
        assert!(stderr(&output).contains(line), "{}", stderr(&output));
    }
    assert!(stderr(&run(&folder, &["audi", "vb"])).contains("audit"), "a command that is misspelt");
}

#[test]
fn a_commune_finds_what_is_asked_of_all_of_them() {
    let folder = Folder::new("groups");
    let text = "ỦY BAN NHÂN DÂN\nTỈNH THANH GIANG\nSố: 12/KH-UBND\nThanh Giang, ngày 10 tháng 02 năm 2025\nKẾ HOẠCH\nCấp nước năm 2025\n\
        I. NHIỆM VỤ\n- UBND các xã, phường rà soát hộ chưa có nước sạch, hoàn thành trước ngày 30/6/2025.\n\
        - Ủy ban nhân dân cấp xã báo cáo kết quả trước ngày 15/12/2025.\n\
        - UBND xã Bến Thuận sửa chữa trạm bơm số 2.\n- Sở Xây dựng hướng dẫn các đơn vị.\n";
    folder.write("ke-hoach.txt", text, 9);
    for asked in ["UBND xã Khe Vàng", "ubnd xa khe vang"] {
        let output = run(&folder, &["tasks", "--for", asked, "ke-hoach.txt", "--as-of", "2025-09-01"]);
        let found = stdout(&output);
        assert_eq!(output.status.code(), Some(0), "{asked}: {}", stderr(&output));
        for line in ["Hạn đã qua (1)", "Sắp tới (1)", "2 chung", "UBND các xã, phường: ", "rà soát hộ chưa có nước sạch"]
        {
            assert!(found.contains(line), "{asked}: {line}\n{found}");
        }
        assert!(!found.contains("trạm bơm"), "{found}");
    }
    let csv = stdout(&run(&folder, &["tasks", "--for", "UBND xã Khe Vàng", "ke-hoach.txt", "--format", "csv", "--locale", "vi"]));
    assert!(csv.starts_with("\u{FEFF}thoi_han;") && csv.contains("\n30/06/2025;") && csv.contains(";Nhiệm vụ;"), "{csv}");
}

#[test]
fn csv_for_excel_in_vietnamese() {
    let folder = Folder::new("locale");
    let text = "KẾ HOẠCH\nGiảm nghèo năm 2025\nI. MỤC TIÊU\n- Tỷ lệ hộ nghèo còn dưới 3,5%.\n";
    folder.write("a.txt", text, 9);
    let plain = stdout(&run(&folder, &["export", "a.txt", "--format", "csv"]));
    assert!(plain.contains(",3.5,") && plain.contains(",chi_tieu,"), "{plain}");
    let local = stdout(&run(&folder, &["export", "a.txt", "--format", "csv", "--locale", "vi"]));
    assert!(local.starts_with("\u{FEFF}so_ky_hieu;") && local.contains(";3,5;") && local.contains(";Chỉ tiêu;"), "{local}");
    // It is known as ours again.
    folder.write("so.csv", &local, 9);
    let told = stderr(&run(&folder, &["export", ".", "--format", "csv"]));
    assert!(!told.contains("could not be read"), "{told}");
    let help = stdout(&run(&folder, &["export", "--help"]));
    assert!(help.contains("--locale vi"), "{help}");
}

#[test]
fn an_export_is_the_same_however_many_files_come_at_once() {
    let folder = Folder::new("many");
    for number in 0..150 {
        folder.write(&format!("vb/{number:03}.txt"), &plan("Cấp nước Khe Vàng", 10 + number % 80), 9);
    }
    let rows = stdout(&run(&folder, &["export", "vb", "--format", "csv", "--table", "targets"]));
    assert_eq!(rows.lines().count(), 151);
    assert_eq!(rows.matches('\u{FEFF}').count(), 1);
    let profile = "[[column]]\nname = \"TT\"\nfrom = \"stt\"\n[[column]]\nname = \"Trị\"\nfrom = \"gia_tri\"\n";
    folder.write("mau.toml", profile, 9);
    let mapped = stdout(&run(&folder, &["export", "vb", "--format", "csv", "--table", "targets", "--profile", "mau.toml"]));
    assert!(mapped.contains("\r\n1,10\r\n") && mapped.ends_with("\r\n150,79\r\n"), "{mapped}");
    let list: serde_json::Value =
        serde_json::from_str(&stdout(&run(&folder, &["export", "vb", "--format", "json"]))).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(150));
    assert!(run(&folder, &["export", "vb", "--format", "ndjson", "-o", "a.ndjson"]).status.success());
    assert_eq!(std::fs::read_to_string(folder.join("a.ndjson")).expect("read").lines().count(), 150);
    assert!(run(&folder, &["export", "vb", "--format", "xlsx", "-o", "a.xlsx"]).status.success());
    // Nothing is left beside it.
    let left: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.starts_with(".kehoach"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
    assert!(Path::new(&folder.join("a.xlsx")).is_file());
}

#[test]
fn an_audit_counts_by_rule() {
    let folder = Folder::new("statistics");
    folder.write("a.txt", "KẾ HOẠCH\nTrồng rừng năm 2025\nI. NHIỆM VỤ\n- Hoàn thành trước ngày 31/02/2025.\n", 9);
    let output = run(&folder, &["audit", "a.txt", "--statistics"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("      1  DL003  "), "{}", stdout(&output));
    let json = stdout(&run(&folder, &["audit", "a.txt", "--statistics", "--format", "json"]));
    let counts: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((counts[0]["code"].as_str(), counts[0]["findings"].as_u64()), (Some("DL003"), Some(1)));
}
