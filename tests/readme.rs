//! The transcripts of the READMEs are what the program prints.

use std::path::Path;
use std::process::Command;

const FILES: [&str; 3] = ["README.md", "README.vi.md", "docs/store.md"];

/// The words of `$ kehoach series "tỷ lệ hộ nghèo" corpus/*.txt`, with the files that a shell would put there.
fn words(call: &str) -> Vec<String> {
    let pieces = call.trim_start_matches("$ kehoach ").split('"').enumerate();
    let words = pieces.flat_map(|(at, piece)| match at % 2 {
        0 => piece.split_whitespace().map(ToOwned::to_owned).collect::<Vec<_>>(),
        _ => vec![piece.to_owned()],
    });
    let expanded = words.flat_map(|word| match word.strip_suffix("/*.txt") {
        Some(folder) => {
            let listed = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder");
            let names = listed.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned());
            let mut files: Vec<String> =
                names.filter(|name| name.ends_with(".txt")).map(|name| format!("{folder}/{name}")).collect();
            files.sort();
            files
        }
        None => vec![word],
    });
    expanded.collect()
}

/// A transcript is a block of code whose first line is `$ kehoach …` over documents of `corpus/`; `…` stands for lines left out.
#[test]
fn transcripts_are_what_the_program_prints() {
    for file in FILES {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a README");
        let mut run = 0;
        for block in text.split("```").skip(1).step_by(2) {
            let mut lines = block.lines().skip(1);
            let Some(call) = lines.next().filter(|line| line.starts_with("$ kehoach ") && line.contains("corpus")) else {
                continue;
            };
            let program = Command::new(env!("CARGO_BIN_EXE_kehoach"));
            let output = { program }.args(words(call)).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("runs");
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            // On a terminal, which a transcript is of, no mark says that this program has written it.
            let mut printed = printed.strip_suffix(kehoach::ingest::own::TEXT_END).unwrap_or(&printed).lines();
            let mut left_out = false;
            for line in lines {
                if line.trim() == "…" {
                    left_out = true;
                    continue;
                }
                let found = if left_out { printed.any(|other| other == line) } else { printed.next() == Some(line) };
                assert!(found, "{file}: `{call}` does not print, at its place:\n{line}");
                left_out = false;
            }
            assert!(left_out || printed.next().is_none(), "{file}: `{call}` prints more; end the transcript with `…`");
            run += 1;
        }
        assert!(run > 0, "{file}: has no transcript");
    }
}
