//! `kehoach rules`: the embedded lexicons.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use super::{complain, print};
use crate::lexicon::FILES;

/// List the embedded lexicons, or print one, to be copied into a folder for --rules.
#[derive(Args)]
pub(super) struct Arguments {
    /// A lexicon's file name: units.toml.
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let Some(name) = &arguments.name else {
        let mut list = String::new();
        for (file, text) in FILES {
            let entries = text.matches("[[entry]]").count();
            let about = text.lines().next().unwrap_or_default().trim_start_matches("# ");
            let _ = writeln!(list, "{file:<22}{entries:>5} entries  {about}");
        }
        return print(&list);
    };
    match FILES.iter().find(|(file, _)| file == name || file.strip_suffix(".toml") == Some(name)) {
        Some((_, text)) => print(text),
        None => {
            complain(&format!("{name}: is no lexicon; `kehoach rules` lists them"));
            ExitCode::from(2)
        }
    }
}
