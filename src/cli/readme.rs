//! What the READMEs tell of the command line is so: every command and option in them exists (tests/readme.rs runs their transcripts).

use std::path::Path;

use clap::CommandFactory;
use clap::error::ErrorKind;

use super::Cli;

const FILES: [&str; 9] = [
    "README.md",
    "README.vi.md",
    "rules/README.md",
    "docs/audit.md",
    "docs/formats.md",
    "docs/guide.md",
    "docs/record.md",
    "docs/store.md",
    "docs/verify.md",
];

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a README")
}

/// The lines of fenced code with their language, and the rest.
fn fences(text: &str) -> (Vec<(String, String)>, String) {
    let (mut code, mut prose, mut language) = (Vec::new(), String::new(), None::<String>);
    for line in text.lines() {
        match (line.trim_start().strip_prefix("```"), &language) {
            (Some(_), Some(_)) => language = None,
            (Some(of), None) => language = Some(of.to_owned()),
            (None, Some(of)) => code.push((of.clone(), line.to_owned())),
            (None, None) => {
                prose.push_str(line);
                prose.push('\n');
            }
        }
    }
    (code, prose)
}

/// The words of a line of a shell up to a comment, a pipe or the next command.
fn words(line: &str) -> Vec<String> {
    let (mut all, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in line.chars() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('|' | '>' | ';' | '&' | '#', None) => break,
            (c, None) if c.is_whitespace() => all.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            (c, _) => word.push(c),
        }
    }
    all.extend((!word.is_empty()).then_some(word));
    all
}

/// Every call of kehoach in a line: `mkdir x && kehoach rules units > y` has one.
fn calls(line: &str) -> Vec<Vec<String>> {
    let line = line.trim_start().trim_start_matches("$ ");
    let pieces = line.split("&&").map(words);
    let own = |words: Vec<String>| match words.first().map(String::as_str) {
        Some("kehoach") => Some(words),
        Some("cargo") if words.get(1).is_some_and(|word| word == "run") => {
            let at = words.iter().position(|word| word == "--")?;
            Some(std::iter::once("kehoach".to_owned()).chain(words[at + 1..].iter().cloned()).collect())
        }
        _ => None,
    };
    pieces.filter_map(own).collect()
}

/// Whether the command line takes it; of a call in the text values may be left out, and may be placeholders.
fn refused(words: &[String], in_text: bool) -> Option<String> {
    if words.get(1).is_some_and(|word| word == "help") {
        return None;
    }
    let error = Cli::command().try_get_matches_from(words).err()?;
    let placeholder = words.iter().any(|word| word.contains('|') || word.chars().all(|c| c.is_ascii_uppercase()));
    // `list --unit` names an option and not a value.
    let ends_with_option = words.last().is_some_and(|word| word.starts_with("--"));
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => None,
        ErrorKind::MissingRequiredArgument | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if in_text => None,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if in_text && (placeholder || ends_with_option) => None,
        _ => Some(error.to_string()),
    }
}

#[test]
fn every_command_that_a_readme_shows_exists() {
    let known: Vec<String> = Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let mut wrong = Vec::new();
    for file in FILES {
        let (code, prose) = fences(&read(file));
        let shown = code.iter().flat_map(|(_, line)| calls(line)).collect::<Vec<_>>();
        let spans = prose.split('`').skip(1).step_by(2).map(|span| words(&span.replace("\\|", "/")));
        let spans: Vec<Vec<String>> = spans
            .filter_map(|words| match words.first()?.as_str() {
                "kehoach" if words.len() > 1 => Some(words),
                first if words.len() > 1 && known.iter().any(|name| name == first) => {
                    Some(std::iter::once("kehoach".to_owned()).chain(words).collect())
                }
                _ => None,
            })
            .collect();
        assert!(!spans.is_empty() || !shown.is_empty(), "{file}: shows no command");
        for (words, in_text) in shown.iter().map(|words| (words, false)).chain(spans.iter().map(|words| (words, true))) {
            // `--format html/md` in a table names both.
            let widest = words.iter().map(|word| word.split('/').count()).max().unwrap_or(1);
            let alternatives = words.iter().skip_while(|word| *word != "--format").nth(1).is_some_and(|word| word.contains('/'));
            for at in 0..if alternatives { widest } else { 1 } {
                let one =
                    |word: &String| if alternatives { word.split('/').nth(at).unwrap_or(word).to_owned() } else { word.clone() };
                let words: Vec<String> = words.iter().map(one).collect();
                wrong.extend(refused(&words, in_text).map(|error| format!("{file}: `{}`: {error}", words.join(" "))));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_wrong_command_would_be_told() {
    for (line, in_text, wrong) in [
        ("kehoach audit x.txt --formatt html", false, true),
        ("kehoach audit x.txt --format pdf", false, true),
        ("kehoach audi x.txt", true, true),
        ("kehoach export x --format parquet -o y | head", false, false),
        ("cargo run --release -- eval --gold a --docs b # c", false, false),
        ("kehoach tasks --for", true, false),
        ("kehoach tasks --for", false, true),
        ("kehoach completions SHELL", true, false),
        ("kehoach completions SHELL", false, true),
        ("mkdir a && kehoach rules units > b", false, false),
    ] {
        let calls = calls(line);
        assert_eq!(calls.len(), 1, "{line}");
        assert_eq!(refused(&calls[0], in_text).is_some(), wrong, "{line}");
    }
}
