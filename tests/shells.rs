//! What shells and `man` know of the command line.

mod common;

use std::path::Path;
use std::process::Command;

use common::{kehoach, stderr, stdout};

/// The commands that `kehoach help` lists.
fn commands() -> Vec<String> {
    let help = stdout(&kehoach(&["-h"]));
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of commands");
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(ToOwned::to_owned).collect()
}

/// What bash offers for the last of `words`.
#[cfg(unix)]
fn offered(words: &[&str]) -> Option<Vec<String>> {
    let script = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kehoach.bash");
    std::fs::write(&script, kehoach(&["completions", "bash"]).stdout).expect("written");
    let asked = format!(
        "source '{}'; COMP_WORDS=({}); COMP_CWORD={}; _kehoach kehoach '{}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display(),
        words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
        words.len() - 1,
        words[words.len() - 1],
        words[words.len() - 2],
    );
    let output = Command::new("bash").args(["--norc", "-c", &asked]).output().ok()?;
    Some(stdout(&output).lines().map(ToOwned::to_owned).collect())
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_options_and_the_values_of_enums() {
    if Command::new("bash").arg("--version").output().is_err() {
        eprintln!("skipped: there is no bash");
        return;
    }
    for (words, some, none) in [
        (&["kehoach", "ex"][..], &["export", "extract"][..], &["audit"][..]),
        (&["kehoach", "wor"], &[], &["worker"]),
        (&["kehoach", "export", "--format", ""], &["xlsx", "csv", "ics", "md", "json", "ndjson", "html", "parquet"], &["sarif"]),
        (&["kehoach", "export", "--table", "t"], &["targets", "tasks"], &["findings"]),
        (&["kehoach", "audit", "--format", ""], &["text", "json", "sarif", "html", "xlsx", "md"], &["ics"]),
        (&["kehoach", "audit", "--fail-on", ""], &["error", "warning", "note"], &[]),
        (&["kehoach", "diff", "--lang", ""], &["vi", "en"], &[]),
        (&["kehoach", "list", "--level", ""], &["central", "province", "district", "commune"], &["plan"]),
        (&["kehoach", "list", "--type", ""], &["plan", "report", "decision"], &["province"]),
        (&["kehoach", "completions", ""], &["bash", "zsh", "fish"], &[]),
        (&["kehoach", "export", "--prof"], &["--profile"], &["--format"]),
    ] {
        let found = offered(words).expect("bash runs");
        for word in some {
            assert!(found.iter().any(|offer| offer == word), "{words:?}: {word} is not in {found:?}");
        }
        for word in none {
            assert!(found.iter().all(|offer| offer != word), "{words:?}: {word} is in {found:?}");
        }
    }
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&kehoach(&["completions", shell]));
        assert!(commands().iter().all(|name| script.contains(name.as_str())), "{shell}");
        // clap_complete knows no values for the other two.
        assert!(script.contains("ndjson") || ["powershell", "elvish"].contains(&shell), "{shell}");
        assert!(!script.contains("Read files that the parent process sends"), "{shell}: the hidden command is offered");
    }
}

#[test]
fn every_command_has_a_manual_page_with_its_examples_line_by_line() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man/man1");
    let output = kehoach(&["man", "--out", folder.to_str().expect("UTF-8")]);
    assert!(output.status.success(), "{}", stderr(&output));
    for name in commands() {
        let page = std::fs::read_to_string(folder.join(format!("kehoach-{name}.1"))).expect("a page");
        assert!(page.contains(&format!(".TH kehoach-{name} 1")), "{name}");
        assert!(page.contains(".SH OPTIONS") && page.contains("\\fBkehoach\\fR(1)"), "{name}");
        assert_eq!(page, stdout(&kehoach(&["man", &name])), "{name}");
        // An example is kept from being filled.
        let example = page.split('\n').position(|line| line.starts_with("\\&  kehoach"));
        let opened = |at: usize| page.split('\n').take(at).filter(|line| *line == ".nf").count();
        let closed = |at: usize| page.split('\n').take(at).filter(|line| *line == ".fi").count();
        assert!(example.is_none_or(|at| opened(at) == closed(at) + 1), "{name}: an example would be filled");
    }
    assert!(!folder.join("kehoach-worker.1").exists(), "a hidden command has no page");
    let page = stdout(&kehoach(&["man"]));
    for part in [".TH kehoach 1", ".SH SUBCOMMANDS", ".SH EXAMPLES", ".SH EXIT STATUS"] {
        assert!(page.contains(part), "{part}");
    }
    let unknown = kehoach(&["man", "auditt"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("man auditt: there is no such command; there are audit, coverage"), "{}", stderr(&unknown));
}
