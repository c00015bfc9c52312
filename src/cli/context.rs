//! What the commands that read documents share: the vocabulary, the worker processes, how files become records.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;

use super::complain;
use crate::ingest::worker::Workers;
use crate::ingest::{IngestError, Source};
use crate::lexicon::Lexicon;
use crate::lexicon::linking::LinkLexicon;
use crate::pipeline;
use crate::record::Record;
use crate::store::StoreError;
use crate::store::files::{self, Search};

/// What the commands that read documents share.
pub(super) struct Context {
    pub(super) lexicon: Lexicon,
    /// The folder of rules that is laid over the embedded ones.
    pub(super) rules: Option<PathBuf>,
    pub(super) quiet: bool,
    /// Who reads files of untrusted formats; `None` reads them here.
    pub(super) workers: Option<Workers>,
}

impl Context {
    /// The source of the file at `path`.
    pub(super) fn source(&self, path: &Path) -> Result<Source, IngestError> {
        match &self.workers {
            Some(workers) => workers.read(path),
            None => crate::ingest::read(path),
        }
    }

    /// The source of the file at `path` and its record.
    pub(super) fn read(&self, path: &Path) -> Result<(Source, Record), IngestError> {
        let source = self.source(path)?;
        let record = pipeline::read(&source, &self.lexicon);
        Ok((source, record))
    }

    /// The record of the file at `path`.
    pub(super) fn record(&self, path: &Path) -> Result<Record, IngestError> {
        self.read(path).map(|(_, record)| record)
    }

    /// The records of files, read in parallel, in the order given; tells of those that cannot be read, and gives back how many.
    pub(super) fn records(&self, files: &[PathBuf]) -> (Vec<Record>, usize) {
        let read: Vec<_> = files.par_iter().map(|file| self.record(file)).collect();
        let mut records = Vec::with_capacity(read.len());
        for one in read {
            match one {
                Ok(record) => records.push(record),
                Err(error) => complain(&error.to_string()),
            }
        }
        let failed = files.len() - records.len();
        if failed > 0 && files.len() > 1 && !self.quiet {
            complain(&format!("{failed} of {} files could not be read; the others are done", files.len()));
        }
        (records, failed)
    }

    /// The records of files and of the documents in folders, in the order given, those of a folder by name; tells of what
    /// cannot be read, and gives it back too: path and message. Of every document `keep` says what is kept of its source and record.
    pub(super) fn gather<T: Send>(
        &self,
        paths: &[PathBuf],
        keep: impl Fn(Source, Record) -> T + Sync,
    ) -> (Vec<T>, Vec<(String, String)>) {
        let mut unread = Vec::new();
        let mut files = Vec::new();
        for path in paths {
            match documents(path) {
                Ok((found, problems)) => {
                    files.extend(found);
                    unread.extend(problems.into_iter().map(|problem| (path.display().to_string(), problem)));
                }
                Err(error) => unread.push((path.display().to_string(), error.to_string())),
            }
        }
        // A folder and a folder in it: a document is one, however often it is named.
        let mut seen = BTreeSet::new();
        files.retain(|file| seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())));
        let read: Vec<_> = files.par_iter().map(|file| self.read(file).map(|(source, record)| keep(source, record))).collect();
        let mut records = Vec::with_capacity(read.len());
        for result in read {
            match result {
                Ok(record) => records.push(record),
                Err(error) => unread.push((error.path.clone(), error.to_string())),
            }
        }
        for (_, message) in &unread {
            complain(message);
        }
        (records, unread)
    }

    /// The vocabulary of linking.
    pub(super) fn link_lexicon(&self) -> Result<LinkLexicon, ExitCode> {
        self.rules.as_deref().map_or_else(LinkLexicon::embedded, LinkLexicon::with_rules).map_err(|error| {
            complain(&format!("{error}; correct the lexicon"));
            ExitCode::from(2)
        })
    }
}

/// The documents that a path means, named as it is, and what is wrong with it. A file is taken whatever it is called.
fn documents(path: &Path) -> Result<(Vec<PathBuf>, Vec<String>), StoreError> {
    if path.is_file() {
        return Ok((vec![path.to_path_buf()], Vec::new()));
    }
    let found = files::find(&Search { paths: vec![path.to_path_buf()], ..Search::default() })?;
    // What is found has its links resolved; people know it by the name that they gave.
    let base = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let named = |file: PathBuf| file.strip_prefix(&base).map(|rest| path.join(rest)).unwrap_or(file);
    Ok((found.files.into_iter().map(|file| named(file.path)).collect(), found.problems))
}
