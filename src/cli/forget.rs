//! `kehoach forget ID|PATH…`: out of the store.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::complain;
use super::settings::Settings;
use super::store::{StoreFile, told};
use crate::store::{Store, files};

/// Take documents or files out of a store; the files themselves are not touched.
///
/// A document goes with all its files; a file, or all files of a folder, go with the documents that no other file holds. What is
/// still there comes back with the next ingest of its folder, unless .kehoachignore names it.
#[derive(Args)]
pub(super) struct Arguments {
    /// Ids of documents (their first digits), paths of files or folders.
    #[arg(value_name = "ID|PATH", required_unless_present = "missing")]
    what: Vec<String>,

    /// Forget the files that are no longer there.
    #[arg(long)]
    missing: bool,

    #[command(flatten)]
    store: StoreFile,
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> ExitCode {
    match forget(arguments, settings) {
        Ok(code) | Err(code) => code,
    }
}

fn forget(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, ExitCode> {
    drop(arguments.store.open(settings)?);
    let mut store = arguments.store.open_to_write(settings)?;
    let mut paths = Vec::new();
    for what in &arguments.what {
        paths.extend(meant(&store, what)?);
    }
    if arguments.missing {
        paths.extend(told(store.missing_files())?);
    }
    paths.sort();
    paths.dedup();
    let documents = told(store.forget_files(&paths))?;
    told(store.settle())?;
    if !settings.quiet {
        complain(&format!("forgot {} files and {documents} documents", paths.len()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The files that a path or an id means.
fn meant(store: &Store, what: &str) -> Result<Vec<String>, ExitCode> {
    let mut spellings = vec![Path::new(what).to_owned()];
    spellings.extend(files::resolve(Path::new(what)));
    spellings.extend(std::path::absolute(what));
    for path in spellings {
        let found = told(store.files_under(&path))?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let key = told(store.find(what))?;
    told(store.files_of(key))
}
