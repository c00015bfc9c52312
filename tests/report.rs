//! What people open, as far as Rust can tell; tests/outputs.py opens it with programs of others.

mod common;

use std::path::{Path, PathBuf};

use common::{kehoach, stderr, stdout};

fn scratch(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
    std::fs::create_dir_all(&folder).expect("a folder for scratch files");
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a scratch file");
    path
}

const PLAN: &str = "corpus/2025-tinh-cai-cach-hanh-chinh.txt";

const HOSTILE: &str = "KẾ HOẠCH\nPhát triển năm 2025\nI. CHỈ TIÊU\n- Tỷ lệ <img src=x onerror=alert(1)> hồ sơ đạt 90%.\n\
                       - Tỷ lệ </script><script>alert(2)</script> đạt 80%.\nII. NHIỆM VỤ\n- =SUM(A1) xong trước ngày 31/02/2025.\n";

#[test]
fn csv_has_the_columns_of_trackers_and_every_item() {
    let text = stdout(&kehoach(&["export", PLAN, "--format", "csv"]));
    let header = text.lines().next().expect("a header");
    assert!(header.starts_with("\u{FEFF}so_ky_hieu,ngay_ban_hanh,co_quan_ban_hanh,cap_ban_hanh,ma,ten,loai,"), "{header}");
    let record: serde_json::Value = serde_json::from_str(&stdout(&kehoach(&["extract", PLAN]))).expect("JSON");
    for (list, kind) in [("targets", ",chi_tieu,"), ("tasks", ",nhiem_vu,")] {
        let wanted = record[list].as_array().map(Vec::len).expect("a list");
        assert_eq!(text.split("\r\n").filter(|line| line.contains(kind)).count(), wanted, "{list}");
    }
}

#[test]
fn numbers_that_vietnamese_settings_would_take_for_thousands_are_told() {
    let of = |name: &str, share: &str| {
        scratch(name, &format!("KẾ HOẠCH\nGiảm nghèo năm 2026\nI. MỤC TIÊU\n1. Tỷ lệ hộ nghèo còn {share}%.\n"))
    };
    let (misread, seen) = (of("misread.txt", "2,125"), of("seen.txt", "2,5"));
    let csv =
        |path: &Path, more: &[&str]| kehoach(&[&["export", path.to_str().expect("UTF-8"), "--format", "csv"], more].concat());
    let output = csv(&misread, &[]);
    assert!(stdout(&output).contains(",2.125,"));
    assert!(
        stderr(&output).contains("takes for thousands: 1, such as 2.125; for one of these write --decimal comma"),
        "{}",
        stderr(&output)
    );
    let output = csv(&misread, &["--decimal", "comma"]);
    assert!(stdout(&output).contains(";2,125;") && !stderr(&output).contains("thousands"), "{}", stderr(&output));
    assert!(!stderr(&csv(&seen, &[])).contains("thousands"));
}

#[test]
fn a_profile_that_does_not_fit_is_told() {
    let profile = scratch("mau.toml", "[[column]]\nname = \"Hạn\"\nfrom = \"han\"\n");
    let profile = profile.to_str().expect("UTF-8");
    let output = kehoach(&["export", PLAN, "--format", "csv", "--profile", profile]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("column 1 (`Hạn`): there is no column `han`; there are stt, so_ky_hieu"),
        "{}",
        stderr(&output)
    );
    for (arguments, told) in [
        (&["--format", "md", "--profile", profile][..], "--profile is for --format csv and xlsx"),
        (&["--format", "ics", "--table", "tasks"], "--table is for --format csv, xlsx, md and parquet"),
        (&["--format", "ndjson", "--for", "Sở"], "--for is for --format csv, xlsx, md and ics"),
        (&["--format", "xlsx", "--decimal", "comma"], "--decimal is for --format csv"),
    ] {
        let output = kehoach(&[&["export", PLAN], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    for arguments in [
        &["export", PLAN, "--format", "xlsx"][..],
        &["export", PLAN, "--format", "ics"],
        &["audit", PLAN, "--format", "html"],
        &["audit", "corpus/audit", "--format", "html"],
        &["audit", PLAN, "--format", "sarif"],
    ] {
        let (one, other) = (kehoach(arguments).stdout, kehoach(arguments).stdout);
        assert!(!one.is_empty() && one == other, "{arguments:?}");
    }
}

#[test]
fn a_quarterly_report_repeats_for_ever_from_its_plan_on() {
    let plan = scratch(
        "quarterly.txt",
        "UBND TỈNH A\nSố: 5/KH-UBND\nngày 20 tháng 3 năm 2025\nKẾ HOẠCH\nNăm 2025\nI. NHIỆM VỤ\n\
         - Văn phòng báo cáo định kỳ hằng quý (trước ngày 15 của tháng cuối quý).\n",
    );
    let text = stdout(&kehoach(&["export", plan.to_str().expect("UTF-8"), "--format", "ics"]));
    for line in ["DTSTART;VALUE=DATE:20250615", "RRULE:FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", "TRIGGER:-PT16H"] {
        assert!(text.split("\r\n").any(|other| other == line), "{line}\n{text}");
    }
    assert!(!text.contains("UNTIL"), "{text}");
}

/// The lines of a calendar that begin with `name`.
fn lines<'a>(calendar: &'a str, name: &str) -> Vec<&'a str> {
    calendar.split("\r\n").filter(|line| line.starts_with(name)).collect()
}

#[test]
fn an_agency_has_its_own_calendar() {
    let plan = scratch(
        "two.txt",
        "UBND TỈNH A\nSố: 5/KH-UBND\nngày 20 tháng 3 năm 2025\nKẾ HOẠCH\nNăm 2025\nI. NHIỆM VỤ\n\
         1. Sở Tư pháp chủ trì, phối hợp với Sở Y tế rà soát văn bản trước ngày 30/6/2025.\n2. Văn phòng báo cáo trước ngày 15/12/2025.\n",
    );
    let plan = plan.to_str().expect("UTF-8");
    let of = |agency: &[&str]| stdout(&kehoach(&[&["export", plan, "--format", "ics"], agency].concat()));
    assert_eq!(lines(&of(&[]), "BEGIN:VEVENT").len(), 2);
    for agency in ["Sở Tư pháp", "Sở Y tế"] {
        assert_eq!(lines(&of(&["--for", agency]), "DTSTART"), ["DTSTART;VALUE=DATE:20250630"], "{agency}");
    }
    let nobody = kehoach(&["export", plan, "--format", "ics", "--for", "Sở Xây dựng"]);
    assert!(lines(&stdout(&nobody), "BEGIN:VEVENT").is_empty());
    assert!(stderr(&nobody).contains("no task or target of these documents names `Sở Xây dựng`"), "{}", stderr(&nobody));
}

#[test]
fn an_event_keeps_its_name_when_its_day_moves() {
    let old = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PLAN)).expect("the plan");
    let text = stdout(&kehoach(&["export", PLAN, "--format", "ics"]));
    let moved = scratch("moved.txt", &old.replace("Trước ngày 30/9/2025", "Trước ngày 20/9/2025"));
    let new = stdout(&kehoach(&["export", moved.to_str().expect("UTF-8"), "--format", "ics"]));
    assert_ne!(lines(&text, "DTSTART"), lines(&new, "DTSTART"), "a day moved");
    assert_eq!(lines(&text, "UID:"), lines(&new, "UID:"));
}

#[test]
fn deadlines_without_a_day_are_told_and_not_invented() {
    let plan = scratch("often.txt", "KẾ HOẠCH\nNăm 2025\nI. NHIỆM VỤ\n- Các đơn vị định kỳ hằng tháng tổng hợp, báo cáo.\n");
    let output = kehoach(&["export", plan.to_str().expect("UTF-8"), "--format", "ics"]);
    assert!(!stdout(&output).contains("BEGIN:VEVENT"), "{}", stdout(&output));
    assert!(stderr(&output).contains("name no day and are not in the calendar: 1, such as"), "{}", stderr(&output));
}

#[test]
fn sarif_declares_every_rule() {
    let log: serde_json::Value =
        serde_json::from_str(&stdout(&kehoach(&["audit", "corpus/audit", "--format", "sarif"]))).expect("JSON");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), kehoach::check::rules::RULES.len());
    for result in log["runs"][0]["results"].as_array().expect("results") {
        let at = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[at]["id"], result["ruleId"]);
    }
}

#[test]
fn what_a_document_says_is_never_markup() {
    let plan = scratch("hostile.txt", HOSTILE);
    let plan = plan.to_str().expect("UTF-8");
    let page = stdout(&kehoach(&["audit", plan, "--format", "html"]));
    assert!(page.contains("\\u003cimg src=x") && page.contains("Content-Security-Policy"));
    assert!(!page.contains("<img") && !page.contains("<script>alert"), "markup of the document stands in the page");
    assert_eq!(page.matches("<script").count(), page.matches("</script>").count());
    let review = stdout(&kehoach(&["audit", plan, "--format", "md"]));
    assert!(!review.contains("<img") && !review.contains("<script"), "{review}");
    let sheet = stdout(&kehoach(&["export", plan, "--format", "csv"]));
    assert!(sheet.contains(",'=SUM(A1)") || !sheet.contains(",=SUM"), "{sheet}");
}

/// What the script of a page reads.
fn page_data(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("id=\"data\">").expect("the block of data");
    serde_json::from_str(rest.split_once("</script>").expect("its end").0).expect("JSON")
}

#[test]
fn export_writes_the_page_without_findings_and_says_where_they_are() {
    let page = stdout(&kehoach(&["export", "corpus/audit", "--format", "html"]));
    let data = page_data(&page);
    assert_eq!((data["purpose"].as_str(), data["findings"].as_array().map(Vec::len)), (Some("records"), Some(0)));
    assert!(data["words"]["no_findings_here"].as_str().is_some_and(|words| words.contains("kehoach audit")));
    let count = |list: &str| data[list].as_array().map_or(0, Vec::len);
    let mut read = [0; 3];
    for line in stdout(&kehoach(&["export", "corpus/audit", "--format", "ndjson"])).lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        for (at, list) in ["targets", "tasks", "deadlines"].into_iter().enumerate() {
            read[at] += record[list].as_array().map_or(0, Vec::len);
        }
    }
    assert_eq!([count("items"), count("tasks"), count("deadlines")], read);
    assert!(count("documents") == 3 && count("series") > 0 && !data["coverage"]["matrices"][0]["rows"].is_null());
}

#[test]
fn a_page_of_one_unit_holds_that_unit_alone() {
    let store = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-page.db");
    for ending in ["", "-wal", "-shm", "-lock"] {
        let _ = std::fs::remove_file(format!("{}{ending}", store.display()));
    }
    let store = store.to_str().expect("a path");
    assert!(kehoach(&["ingest", "--quiet", "corpus", "--store", store]).status.success());
    for command in ["audit", "export"] {
        let page = stdout(&kehoach(&[command, "--store", store, "--unit", "khe vang", "--year", "2024", "--format", "html"]));
        let data = page_data(&page);
        assert_eq!(data["choice"], serde_json::json!({"unit": "khe vang", "year": 2024, "against": null, "of": 15}), "{command}");
        let documents = data["documents"].as_array().expect("documents");
        let asked =
            |at: &serde_json::Value| documents[usize::try_from(at.as_u64().expect("a place")).expect("small")]["asked"] == true;
        let own: Vec<&str> = documents.iter().filter(|one| one["asked"] == true).filter_map(|one| one["path"].as_str()).collect();
        assert!(own.len() == 2 && own.iter().all(|path| path.contains("2024-khevang")), "{command}: {own:?}");
        for list in ["items", "tasks", "deadlines"] {
            let list = data[list].as_array().expect("a list");
            assert!(!list.is_empty() && list.iter().all(|one| asked(&one["document"])), "{command}");
        }
        for matrix in data["coverage"]["matrices"].as_array().expect("matrices") {
            let below = matrix["below"].as_array().expect("plans below");
            assert!(asked(&matrix["upper"]) || below.iter().all(asked), "{command}: {matrix}");
        }
        for finding in data["findings"].as_array().expect("findings") {
            let sides = finding["sides"].as_array().expect("sides");
            assert!(sides.iter().any(|side| asked(&side["document"])) && asked(&finding["document"]), "{finding}");
        }
    }
}

#[test]
fn two_versions_are_compared_target_by_target() {
    let old = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PLAN)).expect("the plan");
    let new = scratch("new.txt", &old.replace("trước hạn đạt trên 98%", "trước hạn đạt trên 95%"));
    let output = kehoach(&["diff", PLAN, new.to_str().expect("UTF-8"), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let diff: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(diff["changes"].as_array().map(Vec::len), Some(1), "{diff}");
    assert_eq!(diff["changes"][0]["fields"], serde_json::json!([{"field": "gia_tri", "old": "98", "new": "95"}]));
    assert_eq!(kehoach(&["diff", PLAN, PLAN]).status.code(), Some(0));
}
