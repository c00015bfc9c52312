//! `kehoach text FILE`: the source text.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::exit::UNREAD;
use super::{Context, complain, print_raw};

/// Print the source text of a file, byte for byte what evidence points into: offsets count its Unicode code points.
#[derive(Args)]
pub(super) struct Arguments {
    /// The file; - for what stdin gives.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What the document is called that comes from stdin.
    #[arg(long, value_name = "NAME", default_value = "stdin", hide_default_value = true)]
    stdin_name: PathBuf,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let file = match context.one(&arguments.file, &arguments.stdin_name) {
        Ok(file) => file,
        Err(code) => return code,
    };
    match context.text(&file) {
        Ok(text) => print_raw(&text),
        Err(error) => {
            complain(&error.to_string());
            UNREAD.into()
        }
    }
}
