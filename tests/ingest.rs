//! The commands on a store as a user meets them, and an ingest that is killed.

mod common;
#[allow(dead_code)]
mod generator;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use common::folder::{Folder, plan};
use kehoach::store::Store;
use rusqlite::{Connection, OpenFlags};

fn command(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kehoach"));
    command.args(arguments).current_dir(folder.path()).env_remove("KEHOACH_STORE").env("KEHOACH_LANG", "en");
    command
}

fn kehoach(folder: &Folder, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Runs, must end well, gives what was printed.
fn ok(folder: &Folder, arguments: &[&str]) -> String {
    let output = kehoach(folder, arguments);
    assert!(matches!(output.status.code(), Some(0 | 4)), "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

/// Runs, must be refused, gives why.
fn refused(folder: &Folder, arguments: &[&str]) -> String {
    let output = kehoach(folder, arguments);
    assert!(matches!(output.status.code(), Some(2 | 3)), "{arguments:?}: {}", stdout(&output));
    stderr(&output)
}

fn generated(folder: &Folder, count: u64) {
    let allowed = |feature: generator::Feature| !generator::NOT_YET.contains(&feature);
    for seed in 0..count {
        folder.write(&format!("van-ban/{}/{seed}.txt", seed % 7), &generator::document(seed, &allowed).text, 5);
    }
    folder.write("van-ban/hong.txt", " ", 5);
    folder.write("van-ban/ban-sao.txt", &generator::document(1, &allowed).text, 5);
}

/// Waits until the store holds `wanted` documents; false where the process was done before.
fn wait_for(child: &mut Child, store: &Path, wanted: i64) -> bool {
    let stored = || {
        let store = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        store.query_row("SELECT count(*) FROM documents", [], |row| row.get::<_, i64>(0))
    };
    while child.try_wait().expect("a status").is_none() {
        // Before the first commit there is no such table.
        if stored().is_ok_and(|stored| stored >= wanted) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    false
}

#[test]
fn an_ingest_that_is_killed_goes_on() {
    let folder = Folder::new("killed");
    generated(&folder, 200);
    // Refused for the file that is blank; all others are read.
    assert!(refused(&folder, &["ingest", "van-ban", "--store", "whole.db", "--jobs", "1"]).contains("200 read, 1 further names"));
    let mut killed = 0;
    for wanted in [0, 1, 40, 80, 120] {
        let mut child =
            command(&folder, &["ingest", "van-ban", "--store", "killed.db", "-q"]).stderr(Stdio::null()).spawn().expect("runs");
        if wait_for(&mut child, &folder.join("killed.db"), wanted) {
            // SIGKILL: the process learns nothing of it.
            child.kill().expect("killed");
        }
        killed += usize::from(child.wait().expect("a status").code().is_none());
    }
    assert!(killed >= 2, "killed {killed} times: the ingest is done too soon to be interrupted");
    assert!(ok(&folder, &["status", "--store", "killed.db"]).contains("The last ingest was interrupted"));
    kehoach(&folder, &["ingest", "van-ban", "--store", "killed.db"]);
    let digest = |store: &str| ok(&folder, &["status", "--digest", "--store", store]);
    assert_eq!(digest("killed.db"), digest("whole.db"));
    let linked = Connection::open(folder.join("killed.db")).expect("SQL");
    let linked: i64 = linked.query_row("SELECT count(*) FROM target_links", [], |row| row.get(0)).expect("a count");
    assert!(linked > 200, "{linked} links: the digest is of documents that are linked");
    assert!(!ok(&folder, &["status", "--store", "killed.db"]).contains("interrupted"));
    assert_eq!(ok(&folder, &["list", "--store", "killed.db"]), ok(&folder, &["list", "--store", "whole.db"]));
}

#[test]
fn two_ingests_at_once_are_refused() {
    let folder = Folder::new("two");
    folder.write("a.txt", &plan("Cấp nước", 85), 5);
    let held = Store::open_to_write(&folder.join("plans.db")).expect("a store");
    let told = refused(&folder, &["ingest", "a.txt"]);
    assert!(told.contains("is writing to this store; wait until it is done"), "{told}");
    drop(held);
    ok(&folder, &["ingest", "a.txt"]);
}

#[test]
fn a_summary_says_what_was_done() {
    let folder = Folder::new("summary");
    folder.write("van-ban/a.txt", &plan("Cấp nước", 85), 5);
    folder.write("van-ban/b.txt", "", 5);
    folder.write("van-ban/tap.zip", "PK", 5);
    folder.write("van-ban/phim.mp4", "", 5);
    let told = refused(&folder, &["ingest", "van-ban", "none.txt"]);
    for line in [
        "none.txt: there is no such file or folder; check the path",
        "b.txt: is empty (0 bytes); nothing to read",
        "1 read, 0 unchanged, 1 failed (empty 1) in ",
        "left out: 1 archives (not opened; unpack them first): van-ban/tap.zip; 1 files of other endings (.mp4 1;",
        "once more: kehoach ingest --retry --store plans.db",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let again = kehoach(&folder, &["ingest", "van-ban"]);
    // What failed before still fails the run, so that a script sees it.
    assert_eq!(again.status.code(), Some(3), "{}", stderr(&again));
    assert!(stderr(&again).contains("0 read, 1 unchanged, 0 failed, 1 failed before and not tried again"), "{}", stderr(&again));
    assert!(refused(&folder, &["ingest", "--retry"]).contains("0 read, 0 unchanged, 1 failed (empty 1)"));
    let quiet = stderr(&kehoach(&folder, &["ingest", "van-ban", "-q"]));
    assert_eq!(quiet.lines().count(), 1, "a standing failure is said even with -q: {quiet}");
    let status = ok(&folder, &["status"]);
    for line in ["plans.db: 1 documents of 1 files; 1 targets, 1 tasks", "1 files could not be read", "b.txt: is empty (0 bytes)"]
    {
        assert!(status.contains(line), "{line}\n{status}");
    }
    std::fs::remove_file(folder.join("van-ban/b.txt")).expect("removed");
    let retried = kehoach(&folder, &["ingest", "--retry"]);
    assert!(retried.status.success() && stderr(&retried).contains("1 files are gone and stay as they were read"));
    std::fs::remove_file(folder.join("van-ban/a.txt")).expect("removed");
    assert!(ok(&folder, &["status"]).contains("2 files are gone; what they held is kept"));
    ok(&folder, &["forget", "--missing"]);
    assert!(ok(&folder, &["status"]).starts_with("plans.db: 0 documents of 0 files"));
    assert!(refused(&folder, &["ingest"]).contains("which documents?"));
    assert!(refused(&folder, &["ingest", "--retry", "--store", "none.db"]).contains("there is no store"));
}

#[test]
fn other_rules_are_other_readers() {
    let folder = Folder::new("rules");
    folder.write("a.txt", &plan("Cấp nước", 85), 5);
    ok(&folder, &["ingest", "a.txt"]);
    let units = ok(&folder, &["rules", "units"]) + "\n# one more line\n";
    folder.write("mine/lexicons/units.toml", &units, 5);
    let told = stderr(&kehoach(&folder, &["--rules", "mine", "ingest", "a.txt"]));
    assert!(told.contains("1 unchanged") && told.contains("1 documents were read by another version"), "{told}");
    let told = stderr(&kehoach(&folder, &["--rules", "mine", "ingest", "--refresh"]));
    assert!(told.contains("1 replaced"), "{told}");
    assert!(!ok(&folder, &["--rules", "mine", "status"]).contains("another version"));
}

#[test]
fn documents_are_listed_shown_and_forgotten() {
    let folder = Folder::new("shown");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    ok(&folder, &["ingest", corpus.join("*.txt").to_str().expect("a path")]);
    let listed = |filter: &[&str]| ok(&folder, &[&["list"], filter].concat()).lines().count();
    let (of, all) = (|filter: &[&str]| listed(filter), listed(&[]));
    assert_eq!(all, 12);
    for (one, others) in [
        (["--type", "report"], ["plan", "decision", "other"].map(|kind| ["--type", kind])),
        (["--level", "province"], ["district", "commune", "department"].map(|level| ["--level", level])),
    ] {
        assert!(of(&one) > 0);
        assert_eq!(of(&one) + others.iter().map(|other| of(other)).sum::<usize>(), all);
    }
    assert!(of(&["--unit", "ben thuan"]) > 0);
    assert_eq!(of(&["--unit", "ben thuan"]), of(&["--unit", "Bến Thuận"]));
    assert_eq!(of(&["--unit", "Bên Thuần"]), 0);
    assert!(of(&["--year", "2023"]) > 0 && of(&["--year", "2023"]) < all);
    assert_eq!(of(&["--year", "1999"]), 0);
    let entries: serde_json::Value = serde_json::from_str(&ok(&folder, &["list", "--format", "json"])).expect("JSON");
    let (id, path) = (entries[0]["id"].as_str().expect("an id"), entries[0]["paths"][0].as_str().expect("a path"));
    let shown = ok(&folder, &["show", &id[..6]]);
    assert!(shown.contains(path) && shown.contains("Targets") && shown.contains(id), "{shown}");
    assert_eq!(ok(&folder, &["show", id, "--format", "json"]), ok(&folder, &["extract", "--pretty", path]));
    assert_eq!(ok(&folder, &["show", id, "--text"]), ok(&folder, &["text", path]));
    assert!(refused(&folder, &["show", "0123456789abcde"]).contains("no document in plans.db has an id that begins so"));
    assert!(refused(&folder, &["show", "kế"]).contains("is no id of a document"));
    // Twelve ids and sixteen digits: some two may begin alike, and all do with none given.
    let first = |digit: char| {
        entries
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| entry["id"].as_str().is_some_and(|id| id.starts_with(digit)))
            .count()
    };
    let shared = "0123456789abcdef".chars().find(|digit| first(*digit) > 1).expect("two ids that begin alike");
    assert!(
        refused(&folder, &["show", &shared.to_string()])
            .contains("several documents have an id that begins so; give more digits:")
    );
    assert!(stderr(&kehoach(&folder, &["forget", id])).contains("forgot 1 files and 1 documents"));
    assert_eq!(listed(&[]), 11);
    assert!(
        stderr(&kehoach(&folder, &["forget", corpus.to_str().expect("a path")])).contains("forgot 11 files and 11 documents")
    );
    assert!(refused(&folder, &["forget", "none.txt"]).contains("is no id of a document"));
}

/// `đ` and all marks may be left out; what is given with marks is found with those only.
#[test]
fn words_are_found_with_and_without_marks() {
    let folder = Folder::new("words");
    let text = "KẾ HOẠCH\nChuyển đổi số năm 2025\nI. MỤC TIÊU\n- Đường truyền tới 100% thôn.\n\u{c}\nPhần tiếp: CHUYỂN\nĐỔI SỐ toàn diện.\n";
    let path = folder.write("a.txt", text, 5);
    folder.write("b.txt", "KẾ HOẠCH\nChuyên đổi sổ sách năm 2025\n", 5);
    ok(&folder, &["ingest", "a.txt", "b.txt"]);
    let characters: Vec<char> = text.chars().collect();
    let search = |phrases: &[&str]| -> Vec<(String, u64, String)> {
        let found = ok(&folder, &[&["search", "--format", "json"], phrases].concat());
        let found: serde_json::Value = serde_json::from_str(&found).expect("JSON");
        let mut places = Vec::new();
        for hit in found["hits"].as_array().expect("hits") {
            let file = Path::new(hit["document"]["paths"][0].as_str().expect("a path")).file_name().expect("a name");
            for place in hit["places"].as_array().expect("places") {
                let at = |name: &str| usize::try_from(place[name].as_u64().expect("an offset")).expect("an offset");
                if file == path.file_name().expect("a name") {
                    assert_eq!(
                        characters[at("start")..at("end")].iter().collect::<String>(),
                        place["text"].as_str().expect("a text")
                    );
                }
                let text = place["text"].as_str().expect("a text").to_owned();
                places.push((file.to_string_lossy().into_owned(), place["page"].as_u64().unwrap_or_default(), text));
            }
        }
        places.sort();
        places
    };
    let place = |file: &str, page: u64, text: &str| (file.to_owned(), page, text.to_owned());
    let two = [place("a.txt", 1, "Chuyển đổi số"), place("a.txt", 2, "CHUYỂN\nĐỔI SỐ")];
    assert_eq!(search(&["chuyen doi so"]), [&two[..], &[place("b.txt", 0, "Chuyên đổi sổ")]].concat());
    assert_eq!(search(&["chuyển đổi số"]), two);
    assert_eq!(search(&["duong truyen"]), [place("a.txt", 1, "Đường truyền")]);
    assert_eq!(search(&["chuyen doi so", "toan dien"]).len(), 3);
    for nothing in [&["chuyen so"][..], &["doi so chuyen"], &["chuyển đổi", "sách"], &["OR"], &["NEAR(a b)"]] {
        assert_eq!(search(nothing), [], "{nothing:?}");
    }
    let told = kehoach(&folder, &["search", "chuyển đổi số"]);
    assert!(stderr(&told).contains("1 documents have these words with other marks"), "{}", stderr(&told));
    assert!(stdout(&told).contains("p. 2, I, @"), "{}", stdout(&told));
    assert!(
        stdout(&told).contains(": Phần tiếp: CHUYỂN ĐỔI SỐ toàn diện.")
            || stdout(&told).contains("Phần tiếp: CHUYỂN ĐỔI SỐ toàn diện.")
    );
    assert!(refused(&folder, &["search", "…"]).contains("there is no word in it to look for"));
    assert!(stderr(&kehoach(&folder, &["search", "không có"])).contains("no document has these words"));
    assert!(stderr(&kehoach(&folder, &["search", "nam 2025", "--limit", "1"])).contains("there are more documents than 1"));
}

/// What a walk takes, and what it leaves out.
#[test]
fn folders_patterns_and_links() {
    let folder = Folder::new("walk");
    for (number, name) in ["a.txt", "b/c.md", "b/d/e.txt", "không đuôi", "KH 48.2024", "b/[1] nháp.txt"].iter().enumerate() {
        folder.write(&format!("vb/{name}"), &plan(name, u32::try_from(number).expect("small")), 5);
    }
    for name in [".ẩn.txt", "b/.git/x.txt", "b/~$c.docx", "nháp/x.txt", "b/x.bak.txt", "x.json"] {
        folder.write(&format!("vb/{name}"), &plan(name, 99), 5);
    }
    folder.write("vb/.kehoachignore", "nháp/\n", 5);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..", folder.join("vb/b/vòng")).expect("a link that leads back");
        std::os::unix::fs::symlink("a.txt", folder.join("vb/a-lần-nữa.txt")).expect("a second way to a file");
        std::os::unix::fs::symlink("none", folder.join("vb/gãy.txt")).expect("a link to nowhere");
    }
    let files = |arguments: &[&str]| -> Vec<String> {
        let _ = std::fs::remove_file(folder.join("plans.db"));
        kehoach(&folder, &[&["ingest"], arguments].concat());
        let listed: serde_json::Value = serde_json::from_str(&ok(&folder, &["list", "--format", "json"])).expect("JSON");
        let paths =
            listed.as_array().into_iter().flatten().flat_map(|entry| entry["paths"].as_array().cloned().unwrap_or_default());
        let base = folder.join("vb");
        let mut names: Vec<String> = paths
            .filter_map(|path| Some(PathBuf::from(path.as_str()?).strip_prefix(&base).ok()?.to_string_lossy().into_owned()))
            .collect();
        names.sort();
        names
    };
    let all = ["KH 48.2024", "a.txt", "b/[1] nháp.txt", "b/c.md", "b/d/e.txt", "b/x.bak.txt", "không đuôi"];
    assert_eq!(files(&["vb"]), all);
    assert_eq!(files(&["vb", "vb/b", "vb/a.txt", "./vb/../vb"]), all, "each file once");
    assert_eq!(
        files(&["vb", "--exclude", "*.bak.txt", "--exclude", "b/d/"]),
        ["KH 48.2024", "a.txt", "b/[1] nháp.txt", "b/c.md", "không đuôi"]
    );
    assert_eq!(files(&["vb/**/*.txt"]), ["a.txt", "b/[1] nháp.txt", "b/d/e.txt", "b/x.bak.txt"]);
    assert_eq!(files(&["vb/*.txt"]), ["a.txt"]);
    assert_eq!(files(&["vb/b/[1] nháp.txt"]), ["b/[1] nháp.txt"], "a name that looks like a pattern");
    assert_eq!(files(&["vb/nháp/x.txt", "vb/x.json"]), ["nháp/x.txt", "x.json"], "what is named is taken");
    assert_eq!(files(&["."]), all, "the store's own files are no documents");
    assert!(refused(&folder, &["ingest", "vb/*.none"]).contains("vb/*.none: matches no file; check the pattern"));
    assert!(refused(&folder, &["ingest", "vb", "--exclude", "{a"]).contains("--exclude {a: is no pattern"));
    assert!(files(&["vb", "--all"]).contains(&".ẩn.txt".to_owned()));
}
