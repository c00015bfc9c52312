//! `kehoach guard`: what this program calls itself with, so that LibreOffice ends with whoever called it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::complain;
use crate::ingest::process;

/// Run a program until it ends or stdin is closed; then its temporary folder is removed.
#[derive(Args)]
#[command(hide = true)]
pub(super) struct Arguments {
    /// The program's temporary folder, which a run of this program has made.
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,

    /// The program and its arguments.
    #[arg(last = true, required = true, value_name = "PROGRAM")]
    program: Vec<OsString>,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let Some((program, rest)) = arguments.program.split_first() else { return ExitCode::from(2) };
    match process::guard(&arguments.folder, program, rest) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            complain(&format!("guard: {error}; it is started by the other commands and not by hand"));
            ExitCode::from(127)
        }
    }
}
