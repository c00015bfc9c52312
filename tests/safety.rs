//! Nothing is destroyed, and no file and no fault of the surroundings ends a batch.
#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use common::folder::{Folder, plan};
use common::{stderr, stdout};

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_kehoach"))
}

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    command().current_dir(folder.path()).args(arguments).output().expect("runs")
}

/// Runs a line of the shell in the folder, in which `$K` is the program.
fn shell(folder: &Folder, line: &str) -> Output {
    let mut command = Command::new("bash");
    command.current_dir(folder.path()).args(["-c", line]).env("K", env!("CARGO_BIN_EXE_kehoach")).env("SHELL", "/bin/bash");
    command.output().expect("runs")
}

fn two_plans(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("d/mot.txt", &plan("Cấp nước Khe Vàng", 90), 9);
    folder.write("d/hai.txt", &plan("Cấp nước Bến Thuận", 80), 9);
    folder
}

fn content(folder: &Folder, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).expect("the file")
}

#[test]
fn an_output_replaces_no_input_no_store_and_no_file_of_others() {
    let folder = two_plans("output");
    folder.write("ghi-chu.csv", "stt,viec\n1,gọi điện\n", 9);
    assert!(run(&folder, &["ingest", "-q", "d", "--store", "s.db"]).status.success());
    run(&folder, &["audit", "d", "--format", "json", "-o", "truoc.json"]);
    let names = ["d/mot.txt", "ghi-chu.csv", "s.db", "truoc.json"];
    let before: Vec<Vec<u8>> = names.iter().map(|name| content(&folder, name)).collect();
    for (arguments, wanted) in [
        ("export d/mot.txt --format csv -o d/mot.txt", "is one of the files that are read"),
        ("export d/mot.txt --format csv -o d/mot.txt --force", "is one of the files that are read"),
        ("export d --format csv -o d/mot.txt --force", "is one of the files that are read"),
        ("export d --format csv -o d/mot.txt", "this program has not written it"),
        ("audit --format html -o d/mot.txt d/hai.txt", "this program has not written it"),
        ("diff d/mot.txt d/hai.txt -o d/hai.txt --force", "is one of the files that are read"),
        ("export d --format csv -o ghi-chu.csv", "this program has not written it"),
        ("export --store s.db --format csv -o s.db", "is the store that is read"),
        ("export --store s.db --format csv -o s.db --force", "is the store that is read"),
        ("export --store s.db --format csv -o s.db-lock --force", "is the store that is read"),
        ("export d --format csv -o s.db", "is a store"),
        ("audit d --baseline truoc.json --format json -o ghi-chu.csv", "this program has not written it"),
        ("export d --format csv -o d", "is a folder"),
    ] {
        let output = run(&folder, &arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert!(stderr(&output).contains(wanted), "{arguments}: {}", stderr(&output));
        for (name, before) in names.iter().zip(&before) {
            assert_eq!(content(&folder, name), *before, "{arguments}: {name}");
        }
    }
    assert!(run(&folder, &["export", "d", "--format", "csv", "-o", "ghi-chu.csv", "--force"]).status.success());
    assert_ne!(content(&folder, "ghi-chu.csv"), before[1]);
    assert!(run(&folder, &["export", "d", "--format", "csv", "-o", "/dev/null"]).status.success());
}

#[test]
fn an_output_that_cannot_be_finished_leaves_the_earlier_one() {
    let folder = two_plans("full");
    assert!(run(&folder, &["export", "d", "--format", "html", "-o", "trang.html"]).status.success());
    let before = content(&folder, "trang.html");
    // A limit of the file's size stands for a full disk.
    let output = shell(&folder, "trap '' XFSZ; ulimit -f 1; $K export d --format html -o trang.html --no-isolation");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("trang.html: cannot be written"), "{}", stderr(&output));
    assert_eq!(content(&folder, "trang.html"), before);
    let left: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok).map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_link_that_is_written_to_stays_a_link() {
    let folder = two_plans("link");
    fs::create_dir(folder.join("kho")).expect("made");
    std::os::unix::fs::symlink("kho/so.csv", folder.join("so.csv")).expect("linked");
    fs::write(folder.join("kho/so.csv"), "").expect("written");
    assert!(run(&folder, &["export", "d", "--format", "csv", "-o", "so.csv"]).status.success());
    assert!(folder.join("so.csv").is_symlink());
    assert!(!content(&folder, "kho/so.csv").is_empty());
}

/// Reports that are written into the folder of the documents, week by week, are no documents the next week.
#[test]
fn what_this_program_has_written_is_left_out_and_said_so() {
    let folder = two_plans("own");
    let first = stdout(&run(&folder, &["export", "d", "--format", "csv"]));
    for _ in 0..2 {
        for (command, format, name) in [
            ("export", "xlsx", "so.xlsx"),
            ("export", "html", "trang.html"),
            ("export", "md", "so.md"),
            ("export", "csv", "so.txt"),
            ("export", "ndjson", "bien-ban.txt"),
            ("export", "json", "bien-ban-2.txt"),
            ("export", "ics", "lich.txt"),
            ("audit", "text", "ra-soat.txt"),
            ("audit", "md", "ra-soat.md"),
            ("audit", "html", "ra-soat.html"),
            ("audit", "xlsx", "ra-soat.xlsx"),
            ("audit", "json", "ra-soat-2.txt"),
            ("audit", "sarif", "ra-soat-3.txt"),
        ] {
            let output = run(&folder, &[command, "d", "--format", format, "-o", &format!("d/{name}")]);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}", stderr(&output));
        }
    }
    run(&folder, &["diff", "d/mot.txt", "d/hai.txt", "-o", "d/khac.txt"]);
    run(&folder, &["diff", "d/mot.txt", "d/hai.txt", "--format", "md", "-o", "d/khac.md"]);
    run(&folder, &["diff", "d/mot.txt", "d/hai.txt", "--format", "json", "-o", "d/khac-2.txt"]);
    let again = run(&folder, &["export", "d", "--format", "csv"]);
    assert_eq!(stdout(&again), first);
    assert!(stderr(&again).contains("left out: 16 files that kehoach has written"), "{}", stderr(&again));
    // The store and its lock stand in the folder too, of another store.
    assert!(run(&folder, &["ingest", "-q", "d", "--store", "d/kho"]).status.success());
    let output = run(&folder, &["ingest", "d", "--all", "--store", "s.db"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.contains("2 read, 0 unchanged, 0 failed") && told.contains("18 files that kehoach has written"), "{told}");
    let output = run(&folder, &["extract", "d/so.xlsx"]);
    assert!(stdout(&output).contains("\"code\":\"own-output\""), "{}", stdout(&output));
}

#[test]
fn a_closed_or_full_stderr_does_not_end_the_batch() {
    let folder = Folder::new("stderr");
    for number in 0..60 {
        folder.write(&format!("d/{number:02}.txt"), "\0\0\0xấu", 9);
    }
    folder.write("d/tot.txt", &plan("Cấp nước", 90), 9);
    for line in [
        "$K ingest d --store a.db 2>/dev/full",
        "$K ingest d --store a.db 2>&-",
        "$K ingest d --store a.db 2>&1 | head -1; exit ${PIPESTATUS[0]}",
    ] {
        let output = shell(&folder, line);
        assert_eq!(output.status.code(), Some(3), "{line}");
        let list = run(&folder, &["list", "--store", "a.db"]);
        assert_eq!(stdout(&list).lines().count(), 1, "{line}");
        fs::remove_file(folder.join("a.db")).expect("removed");
    }
    assert_eq!(shell(&folder, "$K extract d/*.txt 2>/dev/full | wc -l").stdout, b"61\n");
}

/// A plan whose indicators have words that name a level alone.
#[test]
fn indicators_that_only_name_levels_are_linked() {
    let folder = Folder::new("levels");
    let text = "KẾ HOẠCH\nTổ chức Ngày hội năm 2025\nI. NỘI DUNG\n\
                - Sân bóng UBND cấp tỉnh, xã tại 12 tỉnh, thành phố trực thuộc Trung ương.\n- Sân chơi UBND cấp xã tại 30 xã.\n";
    folder.write("d/mot.txt", text, 9);
    for arguments in ["audit d", "link d/mot.txt --all", "ingest d --store s.db", "export d --format csv", "coverage d"] {
        let code = run(&folder, &arguments.split(' ').collect::<Vec<_>>()).status.code();
        // 4: no document is above another.
        assert!(matches!(code, Some(0 | 1 | 4)), "{arguments}: {code:?}");
    }
}

#[test]
fn pipes_and_devices_do_not_hang() {
    let folder = two_plans("pipes");
    assert!(shell(&folder, "mkfifo ong").status.success());
    let start = Instant::now();
    for more in [&[][..], &["--no-isolation"]] {
        let output = run(&folder, &[&["extract", "--time-limit", "1", "ong", "/dev/zero", "d/mot.txt"], more].concat());
        let codes: Vec<serde_json::Value> = stdout(&output)
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["error"]["code"].clone())
            .collect();
        assert_eq!(codes, ["timed-out".into(), "device".into(), serde_json::Value::Null]);
    }
    let output = run(&folder, &["ingest", "ong", "/dev/zero", "d", "--store", "s.db"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains("2 read") && stderr(&output).matches("is a pipe or a device").count() == 2,
        "{}",
        stderr(&output)
    );
    assert!(start.elapsed() < Duration::from_secs(60));
    // A pipe that has an end is read.
    let output = shell(&folder, "$K text <(cat d/mot.txt); cat d/hai.txt | $K text /dev/stdin");
    assert_eq!(output.stdout, [content(&folder, "d/mot.txt"), content(&folder, "d/hai.txt")].concat());
}

/// Plain text is read within limits too, and what passes them does not stop the others.
#[test]
fn limits_hold_for_plain_text_and_the_others_are_done() {
    let folder = two_plans("limits");
    let mut long = plan("Cấp nước", 90);
    for number in 0..400_000 {
        long.push_str(&format!("- Tỷ lệ hộ dùng nước sạch của thôn {number} đạt 85%.\n"));
    }
    folder.write("d/dai.txt", &long, 9);
    let output = run(&folder, &["extract", "--time-limit", "600", "--memory-limit", "96", "d/dai.txt", "d/mot.txt"]);
    assert!(stderr(&output).contains("dai.txt: needs more than 96 MiB"), "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().count(), 2);
    let output = run(&folder, &["ingest", "--time-limit", "1", "d", "--store", "s.db"]);
    assert!(stderr(&output).contains("2 read, 0 unchanged, 1 failed (timed-out 1)"), "{}", stderr(&output));
}

/// Reading within limits, then linking and auditing without any, would be no limits: whatever a command does with a document is tried
/// by its worker first, and the others are done.
#[test]
fn limits_hold_for_every_command_and_the_others_are_done() {
    let folder = two_plans("commands");
    let mut long = plan("Cấp nước", 90);
    for number in 0..400_000 {
        long.push_str(&format!("- Tỷ lệ hộ dùng nước sạch của thôn {number} đạt 85%.\n"));
    }
    folder.write("d/dai.txt", &long, 9);
    for (arguments, wanted) in [
        ("audit d --format json --fail-on error", "\"documents\": 2"),
        ("export d --format csv --link --findings", "hai.txt"),
        ("coverage d --format json", "{"),
        ("tasks d --for Sở", "Sở Xây dựng"),
        ("link d/dai.txt d/hai.txt --format json", "{"),
        ("series nước d/dai.txt d/hai.txt --format json", "hai.txt"),
        ("extract d/dai.txt d/hai.txt", "hai.txt"),
        ("ingest d --store s.db", ""),
    ] {
        // Long enough for the others on a machine that is busy.
        for limit in ["--time-limit 4", "--memory-limit 96 --time-limit 600"] {
            let _ = fs::remove_file(folder.join("s.db"));
            let all: Vec<&str> = arguments.split(' ').chain(limit.split(' ')).collect();
            let output = run(&folder, &all);
            assert_eq!(output.status.code(), Some(3), "{all:?}: {}", stderr(&output));
            let told = stderr(&output);
            assert!(told.contains("dai.txt: ") && told.contains(limit.split(' ').next().unwrap_or_default()), "{all:?}: {told}");
            assert!(stdout(&output).contains(wanted), "{all:?}: {}", stdout(&output));
        }
    }
    assert_eq!(stdout(&run(&folder, &["list", "--store", "s.db"])).lines().count(), 2);
}

/// What a store keeps was read within limits, but perhaps within wider ones, or was not audited then: it is tried by a worker too.
#[test]
fn limits_hold_for_what_a_store_keeps_and_the_others_are_done() {
    let folder = two_plans("stored");
    let mut long = plan("Cấp nước", 90);
    for number in 0..18_000 {
        long.push_str(&format!("- Tỷ lệ hộ dùng nước sạch theo quy chuẩn trong mùa khô của thôn {number} đạt 85%.\n"));
    }
    folder.write("d/dai.txt", &long, 9);
    let output = run(&folder, &["ingest", "d", "-q", "--no-link", "--time-limit", "600", "--store", "s.db"]);
    assert!(output.status.success(), "{}", stderr(&output));
    for (arguments, wanted) in [
        ("link --store s.db", "linked 2 documents"),
        ("audit --store s.db --format json --fail-on error", "\"documents\": 2"),
        ("coverage --store s.db --format json", "{"),
        ("export --store s.db --format csv --link --findings", "hai.txt"),
    ] {
        let all: Vec<&str> = arguments.split(' ').chain(["--memory-limit", "64", "--time-limit", "600"]).collect();
        let output = run(&folder, &all);
        assert_eq!(output.status.code(), Some(3), "{arguments}: {}", stderr(&output));
        assert!(stderr(&output).contains("dai.txt: needs more than 64 MiB"), "{arguments}: {}", stderr(&output));
        assert!(stdout(&output).contains(wanted), "{arguments}: {}", stdout(&output));
    }
    let output = run(&folder, &["link", "--time-limit", "600", "--store", "s.db"]);
    assert!(output.status.success() && stdout(&output).contains("linked 3 documents"), "{}", stderr(&output));
}

/// An annotation is compared where the document is read, so that the limits hold for both.
#[test]
fn limits_hold_for_eval_and_the_others_are_scored() {
    let folder = two_plans("eval");
    let mut long = plan("Cấp nước", 90);
    for number in 0..400_000 {
        long.push_str(&format!("- Tỷ lệ hộ dùng nước sạch của thôn {number} đạt 85%.\n"));
    }
    folder.write("d/dai.txt", &long, 9);
    for name in ["mot", "dai", "hai"] {
        let gold = r#"{"targets": [{"indicator": "Tỷ lệ hộ dùng nước sạch", "value": 90, "unit": "%"}]}"#;
        folder.write(&format!("gold/{name}.json"), gold, 9);
    }
    for limit in ["--time-limit 4", "--memory-limit 96 --time-limit 600"] {
        let arguments = format!("eval --gold gold --docs d {limit}");
        let output = run(&folder, &arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(3), "{limit}: {}", stderr(&output));
        assert!(stderr(&output).contains("dai.txt: "), "{limit}: {}", stderr(&output));
        let told = stdout(&output);
        assert!(told.contains("mot  targets 1.000") && told.contains("hai  targets 0.000"), "{limit}: {told}");
    }
}

/// A scan is read by a program of others, which may hang: here a script in its place.
#[test]
fn limits_hold_for_scans_and_the_others_are_done() {
    let folder = two_plans("scan");
    let (ocr, number) = (folder.join("tesseract"), folder.join("number"));
    let body = format!(
        "#!/bin/sh\ncase \"$*\" in *--list-langs*) echo vie; exit;; esac\necho $$ >'{0}.new'\nmv '{0}.new' '{0}'\nexec sleep 600\n",
        number.display()
    );
    fs::write(&ocr, body).expect("written");
    fs::set_permissions(&ocr, fs::Permissions::from_mode(0o755)).expect("mode");
    let scan = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/ocr/trang-2.tif");
    fs::copy(scan, folder.join("d/quet.tif")).expect("copied");
    let mut command = command();
    command.current_dir(folder.path()).env("KEHOACH_TESSERACT", &ocr);
    command.args(["extract", "--time-limit", "20", "d/quet.tif", "d/mot.txt"]);
    let output = command.output().expect("runs");
    let codes: Vec<serde_json::Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["error"]["code"].clone())
        .collect();
    assert_eq!(codes, ["ocr-failed".into(), serde_json::Value::Null], "{}", stderr(&output));
    let program = fs::read_to_string(&number).expect("a number");
    let runs = || {
        let kill = Command::new("sh").args(["-c", &format!("kill -0 {program}")]).stderr(Stdio::null()).status();
        kill.expect("runs").success()
    };
    until("the program is ended", || !runs());
}

/// What the surroundings were to blame for is tried again by itself; what stands is said, even where nothing else is.
#[test]
fn faults_of_the_surroundings_pass_and_those_of_files_stand() {
    let folder = Folder::new("passing");
    let place = folder.join("d");
    fs::create_dir(&place).expect("made");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/parity/docx/2024-syt-tiem-chung.docx"), place.join("a.docx"))
        .expect("copied");
    folder.write("d/a.rtf", r"{\rtf1 K\u7871 ? ho\u7841 ?ch}", 9);
    folder.write("d/xau.txt", "\0\0\0xấu", 9);
    let then = std::time::SystemTime::now() - Duration::from_secs(9 * 3600);
    fs::File::options().write(true).open(place.join("a.docx")).and_then(|file| file.set_modified(then)).expect("dated");
    let ingest = |name: &str, value: &str| {
        let mut command = command();
        command.current_dir(folder.path()).env("KEHOACH_SOFFICE", "none").env(name, value);
        command.args(["ingest", "d", "-q", "--store", "s.db"]).output().expect("runs")
    };
    let codes = || {
        let status = stdout(&run(&folder, &["status", "--store", "s.db", "--format", "json"]));
        let status: serde_json::Value = serde_json::from_str(&status).expect("JSON");
        status["failures"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["code"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    let told = stderr(&ingest("TMPDIR", "/nonexistent"));
    assert!(told.contains("TMPDIR"), "{told}");
    assert_eq!(codes(), ["no-worker", "no-worker", "no-worker"]);
    ingest("A", "b");
    assert_eq!(codes(), ["needs-libreoffice", "binary"]);
    let again = ingest("A", "b");
    assert_eq!(again.status.code(), Some(3));
    assert!(stderr(&again).contains("1 files could not be read earlier"), "{}", stderr(&again));
    // LibreOffice is there now, here a script in its place.
    let office = folder.join("soffice");
    let docx = place.join("a.docx");
    let body = format!(
        "#!/bin/bash\nwhile [ \"$1\" != --outdir ]; do shift; done\nmkdir -p \"$2\"\ncp '{}' \"$2/document.docx\"\n",
        docx.display()
    );
    fs::write(&office, body).expect("written");
    fs::set_permissions(&office, fs::Permissions::from_mode(0o755)).expect("mode");
    ingest("KEHOACH_SOFFICE", office.to_str().expect("a path"));
    assert_eq!(codes(), ["binary"]);
}

#[test]
fn the_hidden_commands_remove_no_folder_that_was_not_made_by_a_run() {
    let folder = Folder::new("precious");
    folder.write("kehoach-1-0/quy", "quý", 9);
    for arguments in [&["worker", "--folder", "kehoach-1-0"][..], &["guard", "--folder", "kehoach-1-0", "--", "true"]] {
        let output = command().current_dir(folder.path()).args(arguments).stdin(Stdio::null()).output().expect("runs");
        assert!(!output.status.success());
        assert!(folder.join("kehoach-1-0/quy").exists());
    }
}

/// A worker that is killed, and a run without workers that is interrupted, leave neither LibreOffice nor files.
#[test]
fn whoever_is_killed_leaves_nothing_behind() {
    for (number, isolated) in [(0, true), (1, false)] {
        let folder = Folder::new(&format!("killed-{number}"));
        fs::create_dir(folder.join("tmp")).expect("made");
        let (office, mark) = (folder.join("soffice"), folder.join("number"));
        fs::write(&office, format!("#!/bin/sh\necho $$ >'{0}.new'\nmv '{0}.new' '{0}'\nexec sleep 600\n", mark.display()))
            .expect("written");
        fs::set_permissions(&office, fs::Permissions::from_mode(0o755)).expect("mode");
        folder.write("a.rtf", r"{\rtf1 K\u7871 ? ho\u7841 ?ch}", 9);
        let mut command = command();
        command.current_dir(folder.path()).args(["extract", "a.rtf"]).args((!isolated).then_some("--no-isolation"));
        command.env("KEHOACH_SOFFICE", &office).env("TMPDIR", folder.join("tmp")).stdout(Stdio::null()).stderr(Stdio::null());
        let mut parent = command.spawn().expect("runs");
        until("the program runs", || mark.exists());
        let kill =
            |arguments: &str| Command::new("sh").args(["-c", arguments]).stderr(Stdio::null()).status().expect("runs").success();
        if isolated {
            assert!(kill(&format!("kill -KILL $(cat /proc/{0}/task/{0}/children /proc/{0}/task/*/children)", parent.id())));
        } else {
            // As Ctrl-C; a shell that runs the tests in the background has that one ignored in all that it starts.
            assert!(kill(&format!("kill -TERM {}", parent.id())));
        }
        parent.wait().expect("ended");
        let program = fs::read_to_string(&mark).expect("a number");
        until("the program is ended", || !kill(&format!("kill -0 {program}")));
        until("no file is left", || fs::read_dir(folder.join("tmp")).expect("a folder").next().is_none());
    }
}

/// Waits for what comes soon.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "after a minute it does not hold that {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn names_of_files_reach_the_terminal_as_words() {
    let folder = Folder::new("names");
    let script = r#"
        cp plan.txt $'a\e]0;title\a\e[2J.txt'; : > $'empty\e[2J.txt'
        "$K" ingest . --store s.db 2>&1; "$K" status --store s.db; "$K" list --store s.db; "$K" coverage --store s.db 2>&1
        "$K" extract $'empty\e[2J.txt' 2>&1; "$K" audit --store s.db
    "#;
    folder.write("plan.txt", &plan("Cấp nước", 91), 5);
    let output = shell(&folder, script);
    let text = stdout(&output);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text:?}");
    assert!(text.contains(r"\x1B[2J"), "{text}");
}

/// The character DEL stands in JSON as it is: where it is written as words, the JSON stays JSON.
#[test]
fn data_with_odd_characters_stay_data() {
    let folder = Folder::new("delete");
    folder.write("plan.txt", &plan("Cấp nước", 91), 5);
    let output =
        shell(&folder, r#": > $'e\x7f\xc2\x85.txt'; "$K" audit --format json plan.txt $'e\x7f\xc2\x85.txt' 2>/dev/null"#);
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(told.to_string().contains("e\u{7f}\u{85}.txt: is empty"), "{told}");
    assert!(!stdout(&output).contains(['\u{7f}', '\u{85}']));
}

#[test]
fn names_that_are_no_unicode_stay_apart_and_are_there() {
    let folder = Folder::new("bytes");
    folder.write("plan.txt", &plan("Cấp nước", 91), 5);
    let output = shell(
        &folder,
        r#"cp plan.txt $'x\xff.txt'; cp plan.txt $'x\xfe.txt'; "$K" ingest . --store s.db 2>/dev/null; "$K" status --lang en --store s.db"#,
    );
    let text = stdout(&output);
    assert!(
        text.contains(r"x\xFF.txt: its name is not Unicode") && text.contains(r"x\xFE.txt: its name is not Unicode"),
        "{text}"
    );
    assert!(!text.contains("are gone"), "{text}");
    // Once they are gone that is told.
    let output = shell(&folder, r#"rm x*.txt; "$K" status --lang en --store s.db"#);
    assert!(stdout(&output).contains("2 files are gone"), "{}", stdout(&output));
}

#[test]
fn a_store_has_one_lock_whatever_it_is_called() {
    let folder = Folder::new("links");
    folder.write("plan.txt", &plan("Cấp nước", 91), 5);
    let output = shell(
        &folder,
        r#"mkdir real; ln -s real/s.db link.db; "$K" ingest plan.txt --store link.db -q; echo "rc=$?"; ls real; ls link.db-lock 2>&1"#,
    );
    let text = stdout(&output);
    assert!(text.contains("rc=0") && text.contains("s.db-lock") && text.contains("cannot access"), "{text}");
}

#[test]
fn a_store_that_would_keep_nothing_is_refused() {
    let folder = Folder::new("memory");
    folder.write("plan.txt", &plan("Cấp nước", 91), 5);
    let output = run(&folder, &["ingest", "plan.txt", "--store", ":memory:"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is no file, and nothing would be kept"), "{}", stderr(&output));
}

#[test]
fn a_page_that_ocr_is_slow_over_is_given_up_before_its_file() {
    let folder = Folder::new("slow-ocr");
    let script = folder.join("tesseract");
    fs::write(&script, "#!/bin/sh\ncase \"$*\" in *--list-langs*) echo vie; exit 0;; *osd*) exit 0;; esac\nsleep 60\n")
        .expect("written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("mode");
    let picture = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/ocr"))
        .expect("fixtures")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "tif"))
        .expect("a picture");
    let output = command()
        .current_dir(folder.path())
        .env("KEHOACH_TESSERACT", &script)
        .args(["extract", "--time-limit", "20"])
        .arg(picture)
        .output()
        .expect("runs");
    let record: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(record["error"]["code"], "ocr-failed", "{record}");
}

/// What was read as a document with what is redirected into the folder, and what is said of that.
fn read_beside(folder: &Folder) -> (usize, String) {
    let output = run(folder, &["export", "d", "--format", "ndjson"]);
    (stdout(&output).lines().count(), stderr(&output))
}

/// Whoever redirects what a command prints into the folder of the documents has no further document there, neither while it is written nor
/// the next time.
#[test]
fn what_is_redirected_into_the_folder_is_left_out_and_said_so() {
    let folder = two_plans("redirected");
    assert!(run(&folder, &["ingest", "-q", "d", "--store", "s.db"]).status.success());
    let id = stdout(&run(&folder, &["list", "--store", "s.db"])).split(' ').next().unwrap_or_default().to_owned();
    let commands = [
        "coverage d",
        "coverage d --format csv",
        "coverage d --format json",
        "tasks d --for Sở",
        "tasks d --for Sở --format csv",
        "tasks d --for Sở --format json",
        "series nước d/mot.txt d/hai.txt",
        "series nước d/mot.txt d/hai.txt --format csv",
        "series nước d/mot.txt d/hai.txt --format json",
        "series nước --store s.db --format json",
        "link d/mot.txt d/hai.txt --all",
        "link d/mot.txt d/hai.txt --format json",
        "link --store s.db",
        "link --store s.db --format json",
        "list --store s.db",
        "list --store s.db --format json",
        "status --store s.db",
        "status --store s.db --format json",
        "search nước --store s.db",
        "search nước --store s.db --format json",
        "search nothing --store s.db --format json",
        "show ID --store s.db",
        "show ID --store s.db --format json",
        "show ID --chain --store s.db",
        "show ID --chain --store s.db --format json",
        "extract d/mot.txt",
        "extract d/mot.txt --ledger",
        "audit d",
        "audit d --format json",
        "export d --format csv",
        "export d --format md",
        "export d --format html",
        "export d --format ics",
        "export d --format ndjson",
        "diff d/mot.txt d/hai.txt",
        "diff d/mot.txt d/hai.txt --format json",
    ];
    for command in commands {
        let line = format!("$K {} >d/ra.txt", command.replace("ID", &id));
        // The second time it is there when the command begins.
        for _ in 0..2 {
            let output = shell(&folder, &line);
            // 4: there is nothing that was asked for, which is said all the same.
            assert!(matches!(output.status.code(), Some(0 | 1 | 4)), "{line}: {}", stderr(&output));
            if !stderr(&output).is_empty() && command.contains(" d") && !command.contains("d/") {
                assert!(!stderr(&output).contains("ra.txt: "), "{line}: {}", stderr(&output));
            }
        }
        assert!(!content(&folder, "d/ra.txt").is_empty(), "{line}");
        let (read, told) = read_beside(&folder);
        assert!(read == 2 && told.contains("left out: 1 files that kehoach has written: d/ra.txt"), "{line}: {read}, {told}");
    }
    fs::remove_file(folder.join("d/ra.txt")).expect("removed");
    // Messages too.
    folder.write("d/xau.txt", "\0\0\0xấu", 9);
    shell(&folder, "$K export d --format csv >/dev/null 2>d/nhat-ky.txt");
    fs::remove_file(folder.join("d/xau.txt")).expect("removed");
    let (read, told) = read_beside(&folder);
    assert!(read == 2 && told.contains("1 files that kehoach has written: d/nhat-ky.txt"), "{read}, {told}");
    // What goes on to another program has no line for files alone.
    let output = shell(&folder, "$K list --store s.db | cat");
    assert_eq!(stdout(&output).lines().count(), 2);
}

/// A plan of a number, short: linked and audited with the others, and not by itself first.
fn numbered(folder: &Folder, name: &str, number: u32) {
    let text = plan("Cấp nước Suối Lim", 70).replace("KẾ HOẠCH", &format!("Số: {number}/KH-UBND\nKẾ HOẠCH"));
    folder.write(name, &text, 9);
}

/// Commands that link or audit, and what tells that the others are done.
const LINKING: [(&str, &str); 8] = [
    ("audit d --format json --fail-on error", "\"documents\": 2"),
    ("export d --format csv --link --findings", "hai.txt"),
    ("coverage d --format json", "hai.txt"),
    ("link d/mot.txt d/hai.txt d/xau.txt --format json", "{"),
    ("series nước d/mot.txt d/hai.txt d/xau.txt --format json", "hai.txt"),
    ("tasks d --for Sở --format csv", "hai.txt"),
    ("ingest d --store s.db", ""),
    ("audit --store s.db --format json --fail-on error", "\"documents\": 2"),
];

/// Runs the commands with a fault planted, in builds that have them, and sees that each does the others and says which it leaves out.
fn others_are_done(name: &str, fault: &str, limits: &[&str], commands: &[(&str, &str)], told: &str) {
    if !cfg!(debug_assertions) {
        return;
    }
    let folder = two_plans(name);
    numbered(&folder, "d/xau.txt", 99);
    for (arguments, wanted) in commands {
        let start = Instant::now();
        let mut command = command();
        command.current_dir(folder.path()).env("KEHOACH_PLANTED", fault).args(arguments.split(' ')).args(limits);
        let output = command.output().expect("runs");
        assert_eq!(output.status.code(), Some(3), "{fault}, {arguments}: {}", stderr(&output));
        assert!(stderr(&output).contains(told), "{fault}, {arguments}: {}", stderr(&output));
        assert!(stdout(&output).contains(wanted), "{fault}, {arguments}: {}", stdout(&output));
        assert!(start.elapsed() < Duration::from_secs(120), "{fault}, {arguments}");
    }
}

#[test]
fn a_document_that_makes_linking_panic_does_not_end_the_batch() {
    let linking: Vec<_> = LINKING.into_iter().filter(|(command, _)| !command.starts_with("tasks")).collect();
    others_are_done("link-panic", "link panic 99/KH-UBND", &[], &linking, "xau.txt: cannot be ");
}

#[test]
fn a_document_that_makes_auditing_panic_does_not_end_the_batch() {
    let auditing: Vec<_> = LINKING
        .into_iter()
        .filter(|(command, _)| ["audit d", "expor", "cover", "tasks"].iter().any(|one| command.starts_with(one)))
        .collect();
    others_are_done("audit-panic", "audit panic 99/KH-UBND", &[], &auditing, "xau.txt: cannot be examined");
}

#[test]
fn a_document_that_makes_linking_run_for_ever_does_not_end_the_batch() {
    let linking: Vec<_> = LINKING.into_iter().filter(|(command, _)| !command.starts_with("tasks")).collect();
    others_are_done("link-hang", "link hang 99/KH-UBND", &["--time-limit", "2"], &linking, "xau.txt: ");
}

#[test]
fn a_document_that_makes_auditing_run_for_ever_does_not_end_the_batch() {
    let auditing: Vec<_> =
        LINKING.into_iter().filter(|(command, _)| command.starts_with("audit d") || command.starts_with("expor")).collect();
    others_are_done("audit-hang", "audit hang 99/KH-UBND", &["--time-limit", "2"], &auditing, "xau.txt: ");
}
