//! `kehoach worker`: what this program calls itself with, to read files in a process of their own.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Duration;

use clap::Args;

use super::complain;
use crate::ingest::Progress;
use crate::ingest::worker::{self, Sent};
use crate::lexicon::Lexicon;
use crate::lexicon::linking::LinkLexicon;
use crate::pipeline::parts::{self, Order, Trial, Want, Words};

/// Read files that the parent process sends over stdin, within limits.
#[derive(Args)]
#[command(hide = true)]
pub(super) struct Arguments {
    /// The folder for temporary files, removed when the parent goes.
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(
    arguments: &Arguments,
    (time, memory): (Duration, u64),
    lexicon: &Lexicon,
    rules: Option<&Path>,
    usual: usize,
) -> ExitCode {
    static LINKING: OnceLock<Result<LinkLexicon, String>> = OnceLock::new();
    let read = || rules.map_or_else(LinkLexicon::embedded, LinkLexicon::with_rules).map_err(|error| error.to_string());
    let words = Words { lexicon, linking: &|| LINKING.get_or_init(read).as_ref().map_err(Clone::clone), usual };
    let make = |order: u8, path: &Path, sent: Sent, progress: Progress| {
        let order = Order::of(order).unwrap_or(Order { want: Want::Record, trial: Trial::None });
        parts::make(order, path, sent, &words, progress)
    };
    match worker::serve(time, memory, &arguments.folder, &make) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("worker: {error}; it is started by the other commands and not by hand"));
            ExitCode::from(2)
        }
    }
}
