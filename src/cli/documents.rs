//! Which documents a command is about: files and folders, or those of a store.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::meant::did_you_mean;
use super::store::told;
use super::{Context, complain};
use crate::ingest::IngestError;
use crate::link::decisions::Decision;
use crate::pipeline::parts::Trial;
use crate::record::Record;
use crate::report::html::Choice;
use crate::store::Store;
use crate::store::query::Filter;

/// Which documents are meant.
#[derive(Args)]
pub(super) struct Documents {
    /// Files of any format, or folders: the documents in them.
    #[arg(value_name = "PATH", required_unless_present = "store")]
    paths: Vec<PathBuf>,

    /// The documents of a store (made by `kehoach ingest`) instead of files.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    store: Option<PathBuf>,

    /// Tell only of the store's documents whose issuer or unit has these words, with or without marks; the others are compared with.
    #[arg(long, value_name = "WORDS", requires = "store")]
    unit: Option<String>,

    /// Tell only of the store's documents that were issued in this year or cover it.
    #[arg(long, value_name = "YEAR", requires = "store")]
    year: Option<u16>,

    /// The store's documents as the program read them, without what people put right.
    #[arg(long, requires = "store")]
    as_read: bool,
}

/// Documents that were read, and which of them are asked about.
pub(super) struct Gathered {
    pub(super) records: Vec<Record>,
    /// Paths of those that are asked about; all where it is `None`.
    pub(super) asked: Option<BTreeSet<String>>,
    /// Source texts by path, where they were asked for.
    pub(super) texts: HashMap<String, String>,
    /// Paths and messages of what could not be read.
    pub(super) unread: Vec<(String, String)>,
    /// The store that they come from.
    pub(super) store: Option<Origin>,
    /// What people decided of indicators, where they come from a store.
    pub(super) decisions: Vec<Decision>,
    /// Findings that people have put aside in the store, and why.
    pub(super) aside: Vec<(String, String)>,
}

/// A store, as it was when its documents were read.
pub(super) struct Origin {
    pub(super) path: PathBuf,
    pub(super) stamp: String,
    /// The keys of its documents by their paths.
    pub(super) keys: HashMap<String, i64>,
}

impl Gathered {
    /// Whether the document at `path` is asked about.
    pub(super) fn is_asked(&self, path: &str) -> bool {
        self.asked.as_ref().is_none_or(|asked| asked.contains(path))
    }
}

impl Documents {
    /// The files and folders that are read.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter().map(PathBuf::as_path)
    }

    /// The store that is read.
    pub(super) fn store(&self) -> Option<&Path> {
        self.store.as_deref()
    }

    /// Reads them; `trial` is tried with each by a worker.
    ///
    /// # Errors
    /// Where there is no document at all, with what was told of it as the exit code.
    pub(super) fn read(&self, context: &Context, trial: Trial) -> Result<Gathered, ExitCode> {
        self.read_with(context, false, trial)
    }

    /// Reads them, and keeps their source texts too where `texts` wants it.
    ///
    /// # Errors
    /// As [`Documents::read`].
    pub(super) fn read_with(&self, context: &Context, texts: bool, trial: Trial) -> Result<Gathered, ExitCode> {
        // clap leaves what `requires` the store alone where paths stand in its place.
        if self.store.is_none() && (self.unit.is_some() || self.year.is_some() || self.as_read) {
            complain("--unit, --year and --as-read are for the documents of a store; name it with --store, or leave them out");
            return Err(ExitCode::from(2));
        }
        let gathered = match &self.store {
            None => {
                let (read, unread) = context.gather(&self.paths, texts, trial);
                let mut records = Vec::with_capacity(read.len());
                let mut texts = HashMap::new();
                for (record, text) in read {
                    texts.extend(text.map(|text| (record.source.path.clone(), text)));
                    records.push(record);
                }
                Gathered { records, asked: None, texts, unread, store: None, decisions: Vec::new(), aside: Vec::new() }
            }
            Some(path) => {
                let mut store = told(Store::open(path))?;
                if self.as_read {
                    store.give_as_read();
                }
                let stamp = told(store.stamp())?;
                let mut keys = HashMap::new();
                let mut records = Vec::new();
                let mut kept = HashMap::new();
                let mut long = Vec::new();
                for stored in store.records() {
                    let stored = told(stored)?;
                    let text = told(store.text(stored.key))?.0;
                    if text.len() > context.usual() {
                        long.push(records.len());
                    }
                    if texts {
                        kept.insert(stored.record.source.path.clone(), text);
                    }
                    keys.insert(stored.record.source.path.clone(), stored.key);
                    records.push(stored.record);
                }
                tell_corrected(&records, context.quiet);
                let unread = sift(&mut records, &long, context, trial);
                let store_of = Origin { path: path.clone(), stamp, keys };
                let decisions = told(store.decisions())?;
                let judgements = store.judgements();
                let asked = self.asked(&store)?;
                // Findings of what was read are not those of what counts, and are not kept.
                let store = Some(store_of).filter(|_| !self.as_read);
                let judged = told(judgements)?.into_iter().filter(|one| one.verdict == "aside");
                let aside = judged.map(|one| (one.fingerprint, one.reason)).collect();
                Gathered { records, asked, texts: kept, unread, store, decisions, aside }
            }
        };
        if gathered.records.is_empty() {
            if gathered.unread.is_empty() {
                complain("there is no document here; name files or folders that have some (text, PDF, DOCX, XLSX, HTML …)");
            }
            return Err(ExitCode::from(2));
        }
        Ok(gathered)
    }

    /// The path of the store's document whose id begins with `id`; `None` where no store is asked.
    pub(super) fn path_of(&self, id: &str) -> Option<Result<String, ExitCode>> {
        let store = self.store.as_ref()?;
        let found = Store::open(store).and_then(|store| store.entry(store.find(id)?));
        Some(told(found).map(|entry| entry.paths.into_iter().next().unwrap_or_default()))
    }

    /// In which words the documents were chosen.
    pub(super) fn choice<'a>(&'a self, against: Option<&'a str>) -> Choice<'a> {
        Choice { unit: self.unit.as_deref(), year: self.year, against }
    }

    fn asked(&self, store: &Store) -> Result<Option<BTreeSet<String>>, ExitCode> {
        if self.unit.is_none() && self.year.is_none() {
            return Ok(None);
        }
        let filter = Filter { unit: self.unit.clone(), year: self.year, ..Filter::default() };
        let entries = told(store.list(&filter))?;
        if entries.is_empty() {
            let all = told(store.list(&Filter::default()))?;
            let issuers = all.iter().filter_map(|entry| entry.issuer.as_deref());
            let meant = self.unit.as_deref().map_or_else(String::new, |unit| did_you_mean(unit, issuers));
            complain(&format!("no document of the store is of that unit and year{meant}; `kehoach list` tells what there is"));
        }
        Ok(Some(entries.into_iter().flat_map(|entry| entry.paths).collect()))
    }
}

/// Tells that some of what follows is a person's.
pub(super) fn tell_corrected(records: &[Record], quiet: bool) {
    let corrected: usize = records.iter().map(|record| record.corrections.len()).sum();
    if corrected > 0 && !quiet {
        let documents = records.iter().filter(|record| !record.corrections.is_empty()).count();
        complain(&format!(
            "{corrected} items of {documents} documents are as people put them right (origin: person); --as-read gives what was read"
        ));
    }
}

/// Takes those of the records at the places `long` out that do not pass the trial; tells of them, and gives back path and message. They
/// were read within limits, but perhaps under wider ones, or by a version that tried something else.
fn sift(records: &mut Vec<Record>, long: &[usize], context: &Context, trial: Trial) -> Vec<(String, String)> {
    let tried: Vec<&Record> = long.iter().map(|at| &records[*at]).collect();
    let failed = context.tried(&tried, trial);
    let places: BTreeSet<usize> = failed.iter().map(|(at, _)| long[*at]).collect();
    let mut at = 0..;
    records.retain(|_| at.next().is_none_or(|at| !places.contains(&at)));
    let tell = |(_, error): (usize, IngestError)| {
        complain(&error.to_string());
        let message = error.to_string();
        (error.path, message)
    };
    failed.into_iter().map(tell).collect()
}
