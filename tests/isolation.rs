//! A file that does harm to its reader does none to the batch.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const GOOD: &str = "corpus/2024-syt-tiem-chung.txt";

/// A new folder of this test.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("kehoach-isolation-{}-{name}", std::process::id()));
    fs::create_dir_all(&path).expect("made");
    path
}

fn kehoach(temporary: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kehoach"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("TMPDIR", temporary);
    command
}

/// What the lines of a run's output are: the path and the error's code.
fn lines(output: &[u8]) -> Vec<(String, Option<String>)> {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let objects = output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let objects = objects.map(|line| serde_json::from_slice::<serde_json::Value>(line).expect("JSON"));
    objects.map(|object| (text(&object["source"]["path"]).expect("a path"), text(&object["error"]["code"]))).collect()
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).expect("a folder").next().is_none()
}

#[test]
fn a_file_that_eats_memory_is_an_error_record_and_the_others_are_read() {
    let (place, temporary) = (folder("memory"), folder("memory-tmp"));
    let page = |name: &str, paragraphs: usize| {
        let path = place.join(name);
        let body = "<p>Tỷ lệ hộ dùng nước sạch đạt 85%.</p>".repeat(paragraphs);
        fs::write(&path, format!("<html><body>{body}</body></html>")).expect("written");
        path
    };
    let (small, large) = (page("small.html", 3), page("large.html", 400_000));
    let output =
        kehoach(&temporary).args(["extract", "--memory-limit", "96"]).args([&large, &small]).arg(GOOD).output().expect("runs");
    let read = lines(&output.stdout);
    let shown = |path: &Path| path.display().to_string();
    assert_eq!(read, [(shown(&large), Some("out-of-memory".into())), (shown(&small), None), (GOOD.into(), None)]);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(stderr.contains("large.html: needs more than 96 MiB") && stderr.contains("--memory-limit"), "{stderr}");
    assert_eq!(output.status.code(), Some(3));
    assert!(is_empty(&temporary), "left in the temporary folder");
    fs::remove_dir_all(place).expect("removed");
    fs::remove_dir_all(temporary).expect("removed");
}

/// The parent is killed while LibreOffice (here a program in its place) works: worker, program and folder go with it.
#[test]
fn a_parent_that_is_killed_leaves_nothing_behind() {
    use std::os::unix::fs::PermissionsExt;
    let (place, temporary) = (folder("killed"), folder("killed-tmp"));
    let (office, number) = (place.join("soffice"), place.join("number"));
    fs::write(&office, format!("#!/bin/sh\necho $$ > '{0}.new'\nmv '{0}.new' '{0}'\nsleep 600\n", number.display()))
        .expect("written");
    fs::set_permissions(&office, fs::Permissions::from_mode(0o755)).expect("mode");
    let document = place.join("plan.rtf");
    fs::write(&document, r"{\rtf1 K\u7871 ? ho\u7841 ?ch}").expect("written");
    let mut command = kehoach(&temporary);
    command.arg("extract").arg(&document).env("KEHOACH_SOFFICE", &office).stdout(Stdio::null()).stderr(Stdio::null());
    let mut parent = command.spawn().expect("runs");
    until("the program runs", || number.exists());
    assert!(!is_empty(&temporary));
    parent.kill().expect("killed");
    parent.wait().expect("ended");
    let number = fs::read_to_string(&number).expect("a number");
    let runs = || {
        let kill = Command::new("sh").args(["-c", &format!("kill -0 {number}")]).stderr(Stdio::null()).status();
        kill.expect("runs").success()
    };
    until("the program is ended", || !runs());
    until("the temporary folder is empty", || is_empty(&temporary));
    fs::remove_dir_all(place).expect("removed");
    fs::remove_dir_all(temporary).expect("removed");
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
fn with_and_without_workers_the_record_is_the_same() {
    let temporary = folder("same-tmp");
    let files = ["fixtures/pdf/ke-hoach.pdf", "fixtures/pdf/bang.html", "fixtures/pdf/bang.pdf", GOOD];
    let run = |arguments: &[&str]| kehoach(&temporary).args(arguments).args(files).output().expect("runs");
    let (apart, here) = (run(&["extract"]), run(&["extract", "--no-isolation"]));
    assert!(apart.status.success() && here.status.success());
    assert_eq!(apart.stdout, here.stdout);
    assert!(is_empty(&temporary));
    fs::remove_dir_all(temporary).expect("removed");
}
