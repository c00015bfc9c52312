//! `kehoach worker`: what this program calls itself with, to read files in a process of their own.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::complain;
use crate::ingest::{Progress, worker};
use crate::lexicon::Lexicon;
use crate::pipeline::parts::{self, Want};

/// Read files that the parent process sends over stdin, within limits.
#[derive(Args)]
#[command(hide = true)]
pub(super) struct Arguments {
    /// The folder for temporary files, removed when the parent goes.
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &Arguments, memory: u64, lexicon: &Lexicon) -> ExitCode {
    let make = |want: u8, path: &Path, given: Option<Vec<u8>>, progress: Progress| {
        let want = Want::of(want).unwrap_or(Want::Record);
        parts::make(want, path, given, lexicon, progress)
    };
    match worker::serve(memory, &arguments.folder, &make) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("worker: {error}; it is started by the other commands and not by hand"));
            ExitCode::from(2)
        }
    }
}
