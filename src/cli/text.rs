//! `kehoach text FILE`: the source text.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Context, complain, print_raw};

/// Print the source text of a file, byte for byte what evidence points into: offsets count its Unicode code points.
#[derive(Args)]
pub(super) struct Arguments {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    match context.text(&arguments.file) {
        Ok(text) => print_raw(&text),
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(2)
        }
    }
}
