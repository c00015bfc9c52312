//! What the commands that read documents share: the vocabulary, the worker processes, how files become records.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::exit::WRONG;
use super::inputs::{Files, Inputs, STDIN};
use super::settings::Settings;
use super::watch::Watch;
use super::{complain, is_written_now};
use crate::ingest::listed::Listed;
use crate::ingest::shown::Wanted;
use crate::ingest::worker::{self, Limits, Sent, Workers};
use crate::ingest::{self, IngestError, OWN_OUTPUT, Reason};
use crate::lexicon::Lexicon;
use crate::lexicon::linking::LinkLexicon;
use crate::pipeline::parts::{self, Comparison, Gold, Order, Trial, USUAL, Want, Words};
use crate::record::Record;
use crate::record::ledger::Entry;
use crate::store::Reading;

/// What the commands that read documents share.
pub(super) struct Context {
    pub(super) lexicon: Lexicon,
    /// The folder of rules that is laid over the embedded ones.
    pub(super) rules: Option<PathBuf>,
    pub(super) settings: Settings,
    /// Say on stderr what is done too.
    pub(super) verbose: bool,
    /// What one file may cost.
    pub(super) limits: Limits,
    /// Who reads files; `None` reads them here.
    pub(super) workers: Option<Workers>,
    /// Each document is tried by itself, whatever its length: what is done with all of them was not done in time.
    pub(super) try_each: bool,
    /// What stdin gave, where it is one of the documents, and what it is called.
    pub(super) stdin: OnceLock<(PathBuf, Vec<u8>)>,
}

impl Context {
    /// What is wanted of the file at `path`, made by a worker, or here where files are trusted: nothing is tried with those first.
    fn make(&self, want: Want, trial: Trial, path: &Path) -> Result<Vec<Vec<u8>>, IngestError> {
        self.make_beside(want, trial, path, None)
    }

    fn make_beside(&self, want: Want, trial: Trial, path: &Path, beside: Option<Vec<u8>>) -> Result<Vec<Vec<u8>>, IngestError> {
        if let Some((_, content)) = self.stdin.get().filter(|(name, _)| name == path) {
            return self.make_given(Order { want, trial }, path, Sent { given: Some(content.clone()), beside });
        }
        if is_written_now(path) {
            return Err(IngestError { path: path.display().to_string(), reason: Reason::Own("what this run writes") });
        }
        let Some(workers) = &self.workers else {
            let given = ingest::content_of_pipe(path, self.limits.time, self.limits.output)?;
            let words = Words { lexicon: &self.lexicon, linking: &|| Err("nothing is tried here".into()), usual: 0 };
            let sent = Sent { given, beside };
            let make = || parts::make(Order { want, trial: Trial::None }, path, sent, &words, &|_| ());
            return worker::caught(&path.display().to_string(), make);
        };
        workers.make_beside(Order { want, trial }.letter(), path, beside.as_deref())
    }

    /// As [`Context::make`], of a content that is at hand.
    fn make_given(&self, order: Order, path: &Path, sent: Sent) -> Result<Vec<Vec<u8>>, IngestError> {
        let Some(workers) = &self.workers else {
            let words = Words { lexicon: &self.lexicon, linking: &|| Err("nothing is tried here".into()), usual: 0 };
            let make = || parts::make(Order { trial: Trial::None, ..order }, path, sent, &words, &|_| ());
            return worker::caught(&path.display().to_string(), make);
        };
        workers.make_given(order.letter(), path, sent.given)
    }

    /// Reads stdin, which is a document called `name`; once, however often it is asked for.
    ///
    /// # Errors
    /// Where it cannot be read; it is told.
    pub(super) fn take_stdin(&self, name: &Path) -> Result<(), ExitCode> {
        if self.stdin.get().is_some() {
            return Ok(());
        }
        let mut content = Vec::new();
        // What is longer than a file may be is refused by whoever reads it.
        match std::io::stdin().lock().take(self.limits.output.saturating_add(1)).read_to_end(&mut content) {
            Ok(_) => {
                let _ = self.stdin.set((name.to_path_buf(), content));
                Ok(())
            }
            Err(error) => {
                complain(&format!("stdin: cannot be read: {error}; name a file"));
                Err(WRONG.into())
            }
        }
    }

    /// The file that an argument names; of `-` what stdin gives, called `name`.
    ///
    /// # Errors
    /// Where stdin cannot be read; it is told.
    pub(super) fn one(&self, path: &Path, name: &Path) -> Result<PathBuf, ExitCode> {
        if path.as_os_str() != STDIN {
            return Ok(path.to_path_buf());
        }
        self.take_stdin(name)?;
        Ok(name.to_path_buf())
    }

    /// How the record of the file at `path` agrees with an annotation.
    pub(super) fn compared(&self, path: &Path, gold: &Gold) -> Result<Comparison, IngestError> {
        let beside = serde_json::to_vec(gold).unwrap_or_default();
        let made = self.make_beside(Want::Compared, Trial::None, path, Some(beside))?;
        parts::comparison(path, made.first().map(Vec::as_slice))
    }

    /// Tries with each of these records of a store what a worker tries with a file that it reads; gives back those that did not pass,
    /// by their places, each with its error.
    pub(super) fn tried(&self, records: &[&Record], trial: Trial) -> Vec<(usize, IngestError)> {
        let Some(workers) = self.workers.as_ref().filter(|_| trial != Trial::None) else { return Vec::new() };
        let order = Order { want: Want::Nothing, trial }.letter();
        let attempt = |(at, record): (usize, &&Record)| {
            let json = serde_json::to_vec(record).unwrap_or_default();
            workers.make_of(order, Path::new(&record.source.path), &json).err().map(|error| (at, error))
        };
        records.par_iter().enumerate().filter_map(attempt).collect()
    }

    /// Begins this run anew, with each document tried by itself, where what is done with so many documents together takes too long or
    /// too much memory; ends it where that was done and it takes longer than reading each of them may, or as much memory.
    pub(super) fn watch(&self, documents: usize) -> Watch {
        self.workers.as_ref().map_or_else(Watch::none, |_| Watch::over(self.limits, documents, self.try_each))
    }

    /// The documents of texts of more bytes are tried by themselves.
    pub(super) fn usual(&self) -> usize {
        if self.try_each { 0 } else { USUAL }
    }

    /// The text of the file at `path`.
    pub(super) fn text(&self, path: &Path) -> Result<String, IngestError> {
        parts::text(path, self.make(Want::Text, Trial::None, path)?.pop())
    }

    /// The record of the file at `path`, as JSON.
    pub(super) fn json(&self, path: &Path, pretty: bool) -> Result<String, IngestError> {
        parts::text(path, self.make(if pretty { Want::Indented } else { Want::Record }, Trial::None, path)?.pop())
    }

    /// Every number of the file at `path` with what became of it, one a line.
    pub(super) fn ledger(&self, path: &Path) -> Result<String, IngestError> {
        parts::text(path, self.make(Want::Ledger, Trial::None, path)?.pop())
    }

    /// The record of the file at `path`, with which `trial` was tried, and its text.
    pub(super) fn read(&self, path: &Path, trial: Trial) -> Result<(Record, String), IngestError> {
        let mut made = self.make(Want::RecordAndText, trial, path)?;
        let text = parts::text(path, made.pop())?;
        Ok((parts::record(path, made.first().map(Vec::as_slice))?, text))
    }

    /// The record of the file at `path`, its text, and every number of the text with what became of it.
    pub(super) fn accounted(&self, path: &Path) -> Result<(Record, String, Vec<Entry>), IngestError> {
        let mut made = self.make(Want::Accounted, Trial::None, path)?;
        let numbers = parts::entries(path, made.pop().as_deref())?;
        let text = parts::text(path, made.pop())?;
        Ok((parts::record(path, made.first().map(Vec::as_slice))?, text, numbers))
    }

    /// What is wanted of a page of the file at `path`, to look at.
    pub(super) fn shown(&self, path: &Path, wanted: &Wanted) -> Result<Vec<u8>, IngestError> {
        let beside = serde_json::to_vec(wanted).unwrap_or_default();
        let made = self.make_beside(Want::Shown, Trial::None, path, Some(beside))?;
        Ok(made.into_iter().next().unwrap_or_default())
    }

    /// What the file at `path` holds as a list.
    pub(super) fn listed(&self, path: &Path) -> Result<Listed, IngestError> {
        parts::listed(path, self.make(Want::Listed, Trial::None, path)?.first().map(Vec::as_slice))
    }

    /// The record of the file at `path`.
    pub(super) fn record(&self, path: &Path) -> Result<Record, IngestError> {
        self.tried_record(path, Trial::None)
    }

    fn tried_record(&self, path: &Path, trial: Trial) -> Result<Record, IngestError> {
        parts::record(path, self.make(Want::Record, trial, path)?.first().map(Vec::as_slice))
    }

    /// The document of the file at `path`, with which `trial` was tried, ready to be stored.
    pub(super) fn reading(&self, path: &Path, trial: Trial) -> Result<Reading, IngestError> {
        parts::reading(path, self.make(Want::Reading, trial, path)?)
    }

    /// The records of files that are to be linked, read in parallel, in the order given; tells of what cannot be read, and gives back how
    /// much that is.
    ///
    /// # Errors
    /// Where the inputs cannot be found out.
    pub(super) fn records(&self, inputs: &Inputs) -> Result<(Vec<Record>, usize), ExitCode> {
        let (read, unread) = self.gather(inputs.files(self, true)?, false, Trial::Linked);
        Ok((read.into_iter().map(|(record, _)| record).collect(), unread.len()))
    }

    /// The records of files, read in parallel, in the order given, with their texts where `texts` wants them; `trial` is tried with each.
    /// Tells of what cannot be read, and gives it back too: path and message.
    pub(super) fn gather(&self, Files { paths: files, problems: mut unread, .. }: Files, texts: bool, trial: Trial) -> Gathered {
        let read = |file: &PathBuf| {
            if texts {
                self.read(file, trial).map(|(record, text)| (record, Some(text)))
            } else {
                self.tried_record(file, trial).map(|record| (record, None))
            }
        };
        let read: Vec<_> = files.par_iter().map(read).collect();
        let mut records = Vec::with_capacity(read.len());
        let mut own = Vec::new();
        for result in read {
            match result {
                Ok(record) => records.push(record),
                Err(error) if error.reason.code() == OWN_OUTPUT => own.push(error.path),
                Err(error) => unread.push((error.path.clone(), error.to_string())),
            }
        }
        self.tell_own(&own);
        for (_, message) in &unread {
            complain(message);
        }
        if !unread.is_empty() && files.len() > 1 && !self.settings.quiet {
            complain(&format!("{} of {} files could not be read; the others are done", unread.len(), files.len()));
        }
        (records, unread)
    }

    /// Tells which files this program has written itself and left out.
    pub(super) fn tell_own(&self, own: &[String]) {
        const NAMED: usize = 3;
        if !own.is_empty() && !self.settings.quiet {
            let more = if own.len() > NAMED { ", …" } else { "" };
            let named = own.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            complain(&format!("left out: {} files that kehoach has written: {named}{more}", own.len()));
        }
    }

    /// The vocabulary of linking.
    pub(super) fn link_lexicon(&self) -> Result<LinkLexicon, ExitCode> {
        self.rules.as_deref().map_or_else(LinkLexicon::embedded, LinkLexicon::with_rules).map_err(|error| {
            complain(&format!("{error}; correct the lexicon"));
            ExitCode::from(WRONG)
        })
    }
}

/// Records with their texts, and paths and messages of what could not be read.
type Gathered = (Vec<(Record, Option<String>)>, Vec<(String, String)>);

/// What `work` makes of the records. Documents that make it panic are taken out and told of as such that could not be read, and the others
/// are done.
///
/// # Errors
/// Where it panics over none at all.
pub(super) fn sound<T>(
    records: &mut Vec<Record>,
    unread: &mut Vec<(String, String)>,
    work: impl Fn(&[Record]) -> T,
) -> Result<T, ExitCode> {
    let attempt = |records: &[Record]| catch_unwind(AssertUnwindSafe(|| work(records))).ok();
    let mut tell = |record: &Record, what: &str| {
        let path = &record.source.path;
        let message = format!("{path}: cannot be examined{what} because of an error in kehoach; please report it with the file");
        complain(&message);
        unread.push((path.clone(), message));
    };
    if let Some(done) = attempt(records) {
        return Ok(done);
    }
    records.retain(|record| {
        let is_sound = attempt(std::slice::from_ref(record)).is_some();
        if !is_sound {
            tell(record, "");
        }
        is_sound
    });
    loop {
        if let Some(done) = attempt(records) {
            return Ok(done);
        }
        // Some do harm only beside others: the one that the harm begins with goes.
        let Some(at) = where_it_begins(records.len(), |count| attempt(&records[..count]).is_none()) else { break };
        tell(&records.remove(at), " with the others");
    }
    complain("these documents cannot be examined because of an error in kehoach; please report it, and name fewer of them");
    Err(WRONG.into())
}

/// Which of `count` things is the last of the fewest first ones that do harm together, where all of them do: found by halves.
pub(super) fn where_it_begins(count: usize, mut do_harm: impl FnMut(usize) -> bool) -> Option<usize> {
    let (mut harmless, mut harmful) = (0, count);
    while harmful > harmless + 1 {
        let middle = harmless.midpoint(harmful);
        if do_harm(middle) { harmful = middle } else { harmless = middle }
    }
    harmful.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records of these paths.
    fn records(paths: &[&str]) -> Vec<Record> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let read = |path: &&str| {
            let source =
                ingest::read_given(Path::new(path), Some("KẾ HOẠCH\nCấp nước năm 2025\n".into()), &|_| ()).expect("a text");
            crate::pipeline::read(&source, &lexicon)
        };
        paths.iter().map(read).collect()
    }

    fn paths(records: &[Record]) -> Vec<String> {
        records.iter().map(|record| record.source.path.clone()).collect()
    }

    #[test]
    fn those_that_make_it_panic_are_left_out_and_told_of() {
        let mut all = records(&["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]);
        let mut unread = Vec::new();
        // `b` does harm by itself, `d` beside `a`.
        let work = |records: &[Record]| {
            let paths = paths(records);
            let has = |path: &str| paths.iter().any(|one| one == path);
            assert!(!has("b.txt") && !(has("a.txt") && has("d.txt")), "planted");
            paths.len()
        };
        assert_eq!(sound(&mut all, &mut unread, work).ok(), Some(3));
        assert_eq!(paths(&all), ["a.txt", "c.txt", "e.txt"]);
        let told: Vec<&str> = unread.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(told, ["b.txt", "d.txt"]);
        assert!(unread[1].1.contains("cannot be examined with the others"), "{unread:?}");
        // An error that is no document's.
        let nothing = sound(&mut records(&["a.txt"]), &mut Vec::new(), |_| -> usize { panic!("planted") });
        assert!(nothing.is_err());
    }
}
