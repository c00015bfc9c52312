//! The command `kehoach audit`: what it finds in the documents that have planted faults, what it accepts, how it ends.

mod common;

use std::path::{Path, PathBuf};

use common::kehoach;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let output = kehoach(&[&["audit", "--format", "json"], arguments].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn scratch(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("audit");
    std::fs::create_dir_all(&folder).expect("a folder for scratch files");
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a scratch file");
    path
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_planted_faults_are_found_and_no_others() {
    let listed = std::fs::read_to_string(root().join("corpus/audit/expected/findings.tsv")).expect("the list of faults");
    let wanted: Vec<&str> = listed.lines().filter(|line| !line.starts_with('#')).collect();
    let audit = json(&["corpus/audit"]);
    let found: Vec<String> = audit["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["severity"] != "note")
        .map(|finding| {
            let first = &finding["evidence"][0];
            let file = first["path"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
            format!(
                "{}\t{file}\t{}",
                finding["code"].as_str().unwrap_or_default(),
                plain(first["text"].as_str().unwrap_or_default())
            )
        })
        .collect();
    assert_eq!(found, wanted);
    assert!(wanted.len() >= 20, "{} faults", wanted.len());
}

/// Every side of every finding is the source text, to the letter.
#[test]
fn evidence_is_exact() {
    let audit = json(&["corpus", "corpus/audit"]);
    let mut sides = 0;
    for entry in audit["findings"].as_array().into_iter().chain(audit["undecided"].as_array()).flatten() {
        for side in entry["evidence"].as_array().expect("evidence") {
            let path = root().join(side["path"].as_str().expect("a path"));
            let text = std::fs::read_to_string(path).expect("a document");
            let (start, end) = (side["start"].as_u64().expect("start"), side["end"].as_u64().expect("end"));
            let there: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
            assert_eq!(Some(there.as_str()), side["text"].as_str(), "{}", entry["code"]);
            sides += 1;
        }
    }
    assert!(sides > 30, "{sides} sides");
}

#[test]
fn exit_codes_tell_clean_found_and_could_not() {
    let clean = scratch("clean.txt", "KẾ HOẠCH\nTrồng rừng năm 2025\nI. NHIỆM VỤ\n- Chăm sóc rừng trồng.\n");
    let found = scratch("found.txt", "KẾ HOẠCH\nTrồng rừng năm 2025\nI. NHIỆM VỤ\n- Hoàn thành trước ngày 31/02/2025.\n");
    let empty = scratch("empty.txt", "");
    let [clean, found, empty] = [&clean, &found, &empty].map(|path| path.to_str().expect("UTF-8"));
    for (arguments, code) in [
        (vec!["audit", clean], 0),
        (vec!["audit", found], 1),
        (vec!["audit", "--ignore", "DL", found], 0),
        (vec!["audit", "--select", "SM001", found], 0),
        (vec!["audit", clean, empty], 3),
        (vec!["audit", "--select", "XX", clean], 2),
    ] {
        assert_eq!(kehoach(&arguments).status.code(), Some(code), "{arguments:?}");
    }
    let unknown = kehoach(&["audit", "--select", "XX", clean]);
    let told = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(told.contains("XX: is no rule and no family of rules; `kehoach rules` lists them"), "{told}");
}

#[test]
fn accepted_and_known_findings_are_counted_and_not_told() {
    let found = scratch("known.txt", "KẾ HOẠCH\nTrồng rừng năm 2025\nI. NHIỆM VỤ\n- Hoàn thành trước ngày 31/02/2025.\n");
    let found = found.to_str().expect("UTF-8");
    let first = json(&[found]);
    let fingerprint = first["findings"][0]["fingerprint"].as_str().expect("a fingerprint");
    let baseline = scratch("baseline.json", &first.to_string());
    let accept = scratch("accept.toml", &format!("[[accept]]\nfingerprint = \"{fingerprint}\"\nreason = \"chờ đính chính\"\n"));
    for (option, file, counted) in [("--baseline", &baseline, "known"), ("--accept", &accept, "accepted")] {
        let file = file.to_str().expect("UTF-8");
        assert_eq!(kehoach(&["audit", option, file, found]).status.code(), Some(0), "{option}");
        let audit = json(&[option, file, found]);
        assert_eq!(audit["findings"].as_array().map(Vec::len), Some(0), "{option}");
        let count = &audit["summary"][counted];
        assert_eq!(count.as_u64().or(count.as_array().map(|list| list.len() as u64)), Some(1), "{option}");
    }
    let bad = scratch("bad.toml", "[[accept]]\ncode = \"DL003\"\nreason = \"\"\n");
    let refused = kehoach(&["audit", "--accept", bad.to_str().expect("UTF-8"), found]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("entry 1: has no reason"));
}

#[test]
fn a_finding_is_told_as_where_what_and_to_do() {
    let output = kehoach(&["audit", "corpus/audit/2024-tinh-moi-truong.txt", "--select", "DL003"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for piece in [
        "lỗi[DL003]: ",
        " --> corpus/audit/2024-tinh-moi-truong.txt:25:",
        "31/4/2024",
        " ^^^^^^^^^ mục II.2",
        "= Vị trí: 52/KH-UBND, mục II.2",
        "= Vấn đề: Không có ngày 31/4/2024.",
        "= Cần làm: ",
    ] {
        assert!(text.contains(piece), "{piece}: {text}");
    }
    assert!(!text.contains('\u{1b}'), "a pipe has no colours: {text}");
    let output = kehoach(&["audit", "corpus/audit/2024-tinh-moi-truong.txt", "--select", "DL003", "--lang", "en"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for piece in ["error[DL003]: ", "Where: 52/KH-UBND, section II.2", "Problem: There is no day 31/4/2024.", "To do: "] {
        assert!(text.contains(piece), "{piece}: {text}");
    }
}

#[test]
fn the_readme_shows_a_finding_as_it_is_printed() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let output = kehoach(&["audit", "corpus", "--select", "XL001"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let finding = text.split("\n\n").next().expect("a finding");
    assert!(readme.contains(&format!("```text\n{finding}\n```")), "{finding}");
}

#[test]
fn the_catalogue_and_a_page_are_printed() {
    let list = String::from_utf8_lossy(&kehoach(&["rules"]).stdout).into_owned();
    assert!(list.contains("DL001  error") && list.contains("units.toml"), "{list}");
    let page = String::from_utf8_lossy(&kehoach(&["rules", "dl001"]).stdout).into_owned();
    assert!(page.starts_with("# DL001 deadline-before-issue"), "{page}");
}

#[test]
fn coverage_tells_what_is_taken_up() {
    let output = kehoach(&["coverage", "corpus/audit", "--format", "csv"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for line in [
        "52/KH-UBND,Tỷ lệ chất thải rắn sinh hoạt đô thị được thu gom,trên 94%,61/KH-UBND,yếu hơn",
        "52/KH-UBND,Tỷ lệ hộ dân nông thôn có nhà tiêu hợp vệ sinh,trên 88%,61/KH-UBND,thấp hơn",
        "52/KH-UBND,Tỷ lệ nước thải đô thị được xử lý trước khi xả,tối thiểu 35%,61/KH-UBND,có",
        "52/KH-UBND,Tỷ lệ cơ sở sản xuất có giấy phép môi trường,tối thiểu 80%,61/KH-UBND,thiếu",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
}

#[test]
fn tasks_of_an_agency_come_by_their_days() {
    let output =
        kehoach(&["tasks", "--for", "Sở Tài nguyên và Môi trường", "corpus/audit/2024-tinh-moi-truong.txt", "--format", "csv"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    // What recurs each quarter is computed to the days of the plan's year that follow its issue.
    let days: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).filter(|day| !day.is_empty()).collect();
    let mut sorted = days.clone();
    sorted.sort_unstable();
    assert_eq!(days, sorted, "{text}");
    for day in ["2024-03-25", "2024-06-25", "2024-09-25", "2024-12-15", "2024-12-25"] {
        assert!(days.contains(&day), "{day}: {text}");
    }
    assert!(text.contains(",theo dõi,chi_tieu,"), "{text}");
}

/// Whether a side of a finding is of the file `name`.
fn has_side(finding: &serde_json::Value, name: &str) -> bool {
    let sides = finding["evidence"].as_array().expect("evidence");
    sides.iter().any(|side| side["path"].as_str().is_some_and(|path| path.ends_with(name)))
}

#[test]
fn a_store_is_audited_as_its_files_are() {
    let store = Path::new(env!("CARGO_TARGET_TMPDIR")).join("audit-store.db");
    let store = store.to_str().expect("a path");
    for ending in ["", "-wal", "-shm", "-lock"] {
        let _ = std::fs::remove_file(format!("{store}{ending}"));
    }
    assert!(kehoach(&["ingest", "--quiet", "corpus/audit", "--store", store]).status.success());
    let count = |arguments: &[&str]| json(arguments)["findings"].as_array().map_or(0, Vec::len);
    assert_eq!(count(&["--store", store]), count(&["corpus/audit"]));
    // The source lines come out of the store.
    let text = String::from_utf8_lossy(&kehoach(&["audit", "--store", store, "--select", "DL003"]).stdout).into_owned();
    assert!(text.contains("25 | - Rà soát") && text.contains(" ^^^^^^^^^ mục II.2"), "{text}");

    // The district's documents alone are told of; the province's are still compared with.
    let district = json(&["--store", store, "--unit", "khe vang", "--year", "2024"]);
    let findings = district["findings"].as_array().expect("findings");
    assert!(findings.iter().all(|finding| has_side(finding, "2024-khevang-moi-truong.txt")));
    assert!(findings.iter().any(|finding| finding["code"] == "XL001"));
    assert_eq!(count(&["--store", store, "--unit", "không có"]), 0);
}

#[test]
fn against_one_document_tells_what_is_between() {
    let (lower, upper) = ("corpus/audit/2024-khevang-moi-truong.txt", "corpus/audit/2024-tinh-moi-truong.txt");
    let audit = json(&[lower, "--against", upper]);
    let findings = audit["findings"].as_array().expect("findings");
    assert!(findings.iter().any(|finding| finding["code"] == "XL001"));
    assert!(findings.iter().all(|finding| has_side(finding, lower) && has_side(finding, upper)));
    assert_eq!(kehoach(&["audit", lower, "--against", "no-such-file.pdf"]).status.code(), Some(2));
}

#[test]
fn the_order_in_which_documents_are_given_changes_nothing() {
    let plan = |name: &str, number: u32, date: &str, year: u32, share: u32, more: &str| {
        let text = format!(
            "UBND TỈNH KHÁNH THÀNH\nSố: {number}/KH-UBND\nKhánh Thành, ngày {date}\nKẾ HOẠCH\nCấp nước sạch nông thôn năm {year}\n\
             I. MỤC TIÊU\n- Tỷ lệ hộ dân nông thôn dùng nước sạch đạt {share}%.\n- Tỷ lệ trạm y tế có nước sạch đạt 90%.\n\
             - Tỷ lệ trường học có nước sạch đạt 95%.\n{more}II. NHIỆM VỤ\n- Sở Y tế kiểm tra chất lượng nước.\n"
        );
        scratch(name, &text).to_str().expect("a path").to_owned()
    };
    let own = "- Số công trình cấp nước được sửa chữa là 12 công trình.\n";
    let files = [
        plan("thu-tu-a.txt", 15, "10 tháng 01 năm 2024", 2024, 80, own),
        plan("thu-tu-b.txt", 16, "10 tháng 01 năm 2024", 2024, 84, ""),
        plan("thu-tu-c.txt", 12, "12 tháng 01 năm 2025", 2025, 82, ""),
    ];
    let found = |order: [usize; 3]| {
        let audit = json(&order.map(|at| files[at].as_str()));
        let findings = audit["findings"].as_array().expect("findings");
        let mut found: Vec<String> = findings.iter().map(|one| one["fingerprint"].to_string()).collect();
        found.sort();
        found
    };
    let first = found([0, 1, 2]);
    assert!(!first.is_empty());
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(found(order), first, "{order:?}");
    }
}
