//! `kehoach worker`: what this program calls itself with, to read files of untrusted formats in a process of their own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::complain;
use crate::ingest::worker;

/// Read files that the parent process sends over stdin, within limits.
#[derive(Args)]
#[command(hide = true)]
pub(super) struct Arguments {
    /// The folder for temporary files, removed when the parent goes.
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &Arguments, memory: u64) -> ExitCode {
    match worker::serve(memory, &arguments.folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("worker: {error}; it is started by the other commands and not by hand"));
            ExitCode::from(2)
        }
    }
}
