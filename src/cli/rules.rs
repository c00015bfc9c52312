//! `kehoach rules`: the catalogue of checks, and the embedded lexicons.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use super::{complain, print};
use crate::check::{self, rules::RULES};
use crate::lexicon::FILES;

/// List the checks and the embedded lexicons; print a check's page, or a lexicon to be copied into a folder for --rules.
#[derive(Args)]
pub(super) struct Arguments {
    /// A check's code, DL001, or a lexicon's file name, units.toml.
    #[arg(value_name = "CODE or NAME")]
    name: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let Some(name) = &arguments.name else {
        let mut list = String::new();
        for rule in RULES {
            let _ = writeln!(list, "{}  {:<8} {}", rule.code, rule.severity.name(), rule.summary());
        }
        list.push('\n');
        for (file, text) in FILES {
            let entries = text.matches("[[entry]]").count();
            let about = text.lines().next().unwrap_or_default().trim_start_matches("# ");
            let _ = writeln!(list, "{file:<22}{entries:>5} entries  {about}");
        }
        return print(&list);
    };
    if let Some(rule) = check::rule(name) {
        return print(rule.page);
    }
    match FILES.iter().find(|(file, _)| file == name || file.strip_suffix(".toml") == Some(name)) {
        Some((_, text)) => print(text),
        None => {
            complain(&format!("{name}: is no check and no lexicon; `kehoach rules` lists them"));
            ExitCode::from(2)
        }
    }
}
