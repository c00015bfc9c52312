//! Files → the store: in parallel, going on where an earlier run stopped.
//!
//! Files whose size and time are those that are stored are not opened. The others are hashed; a content that is known is
//! not read again. What is left is read by all cores and handed to the one writer over a short queue, so that memory does
//! not grow with the number of files, and the writer commits every few documents. A file that cannot be read is written
//! down with its reason and the others go on.

use std::collections::BTreeMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags, params};
use sha2::{Digest, Sha256};

use super::files::Candidate;
use super::reading::{Notes, Reading, key};
use super::write::Written;
use super::{Store, StoreError, files, integer, wrap};
use crate::ingest::{self, IngestError};

/// Documents of one transaction.
const BATCH: usize = 64;

/// A transaction is ended after this time at the latest: so much work is lost at most.
const LONGEST: Duration = Duration::from_secs(1);

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The program and the rules that read: `kehoach 0.1.0, rules 3f2a…`.
    pub reader: String,
    /// Compare contents even where size and time say that nothing was changed.
    pub rehash: bool,
    /// Read again what another reader read.
    pub refresh: bool,
    /// Try again what could not be read.
    pub retry: bool,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Read for the first time.
    Read,
    /// Read, and put in the place of what was there.
    Replaced,
    /// Its content is known under another name.
    Known,
    /// As it was; found only by its content.
    Unchanged,
    /// Written by this program itself, and no document.
    Own,
    /// Could not be read.
    Failed {
        /// A stable name of the reason.
        code: String,
        /// File, place, reason, what to do.
        message: String,
    },
}

/// Told what goes on.
pub trait Watch {
    /// So many files are to be read, so many are unchanged.
    fn begin(&self, to_read: usize, unchanged: usize);
    /// One of them is done.
    fn done(&self, path: &Path, outcome: &Outcome);
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files read for the first time.
    pub read: usize,
    /// Files whose document was replaced.
    pub replaced: usize,
    /// Files of a content that was known under another name.
    pub known: usize,
    /// Files that were not changed.
    pub unchanged: usize,
    /// Files that could not be read, now.
    pub failed: usize,
    /// Why, with how many.
    pub reasons: BTreeMap<String, usize>,
    /// Files that could not be read earlier and were not tried again.
    pub failed_before: usize,
    /// Files that this program has written itself and that were left out.
    pub own: Vec<PathBuf>,
}

/// Reads `files` with `read` into the store.
///
/// # Errors
/// Where the store cannot be written; what was committed before stays.
pub fn gather<R>(
    store: &mut Store,
    files: Vec<Candidate>,
    options: &Options,
    watch: &dyn Watch,
    read: &R,
) -> Result<Summary, StoreError>
where
    R: Fn(&Path) -> Result<Reading, IngestError> + Sync,
{
    let run = store.begin_run(&options.reader)?;
    let mut summary = Summary::default();
    let files = store.to_read(files, options, &mut summary)?;
    watch.begin(files.len(), summary.unchanged + summary.failed_before);
    let known = Known::open(store.path())?;
    let work = Work { known, read };
    let (sender, receiver) = sync_channel(rayon::current_num_threads() * 2);
    std::thread::scope(|scope| {
        let (files, work) = (&files, &work);
        scope.spawn(move || {
            // A writer that has stopped takes no more: then the rest need not be read.
            let _ = files.par_iter().try_for_each_with(sender, |sender: &mut SyncSender<_>, (candidate, force)| {
                sender.send((candidate, work.on(candidate, *force)))
            });
        });
        store.take(receiver, options, watch, &mut summary)
    })?;
    store.end_run(run, &summary)?;
    store.settle()?;
    Ok(summary)
}

/// What a worker made of a file.
enum Made {
    Read(Box<Reading>),
    Known(i64, Notes),
    Own,
    Failed { code: String, message: String },
}

impl Store {
    /// The files that have to be opened, each with whether it is to be read even if its content is known.
    fn to_read(
        &self,
        files: Vec<Candidate>,
        options: &Options,
        summary: &mut Summary,
    ) -> Result<Vec<(Candidate, bool)>, StoreError> {
        let mut wanted = Vec::new();
        for candidate in files {
            let path = files::key_of(&candidate.path);
            let (source, failure) = self.stamps(&path)?;
            let stale = |reader: &str| options.refresh && reader != options.reader;
            match (source, failure) {
                (_, Some((stamp, reader, code))) if candidate.stamp.proves(stamp) => {
                    // What the surroundings were to blame for may be mended without the file showing it.
                    if options.retry || options.rehash || stale(&reader) || ingest::is_passing(&code) {
                        wanted.push((candidate, true));
                    } else {
                        summary.failed_before += 1;
                    }
                }
                (Some((_, reader)), _) if stale(&reader) => wanted.push((candidate, true)),
                // What failed meanwhile and is again as it was is opened once more, which clears the failure.
                (Some((stamp, _)), None) if candidate.stamp.proves(stamp) && !options.rehash => summary.unchanged += 1,
                _ => wanted.push((candidate, false)),
            }
        }
        Ok(wanted)
    }

    /// Writes what the workers send; where that fails the receiver goes with it, and the workers stop.
    fn take(
        &self,
        receiver: Receiver<(&Candidate, Made)>,
        options: &Options,
        watch: &dyn Watch,
        summary: &mut Summary,
    ) -> Result<(), StoreError> {
        let taken = self.take_all(&receiver, options, watch, summary);
        if taken.is_err() {
            self.roll_back();
        }
        taken
    }

    fn take_all(
        &self,
        receiver: &Receiver<(&Candidate, Made)>,
        options: &Options,
        watch: &dyn Watch,
        summary: &mut Summary,
    ) -> Result<(), StoreError> {
        let mut open: Option<(Instant, usize)> = None;
        loop {
            let message = match receiver.recv_timeout(LONGEST) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => {
                    return if open.is_some() { self.commit() } else { Ok(()) };
                }
            };
            if let Some((candidate, made)) = message {
                if open.is_none() {
                    self.begin()?;
                }
                let (_, count) = open.get_or_insert_with(|| (Instant::now(), 0));
                *count += 1;
                let outcome = self.write(candidate, made, options)?;
                if outcome == Outcome::Own {
                    summary.own.push(candidate.path.clone());
                }
                summary.count(&outcome);
                watch.done(&candidate.path, &outcome);
            }
            if open.is_some_and(|(since, count)| count >= BATCH || since.elapsed() >= LONGEST) {
                self.commit()?;
                open = None;
            }
        }
    }

    fn write(&self, candidate: &Candidate, made: Made, options: &Options) -> Result<Outcome, StoreError> {
        let path = files::key_of(&candidate.path);
        let stamp = candidate.stamp;
        let written = match made {
            Made::Read(reading) => self.put(&path, stamp, &reading, &options.reader)?,
            Made::Known(key, notes) => self.put_file(&path, stamp, key, &notes)?,
            Made::Own => {
                self.clear_failure(&path)?;
                return Ok(Outcome::Own);
            }
            Made::Failed { code, message } => {
                self.put_failure(&path, stamp, &code, &message, &options.reader)?;
                return Ok(Outcome::Failed { code, message });
            }
        };
        Ok(match written {
            Written::New => Outcome::Read,
            Written::Replaced => Outcome::Replaced,
            Written::Known => Outcome::Known,
            Written::Unchanged => Outcome::Unchanged,
        })
    }

    fn begin_run(&self, reader: &str) -> Result<i64, StoreError> {
        let started = jiff::Timestamp::now().to_string();
        self.connection
            .query_row("INSERT INTO runs (started, reader) VALUES (?, ?) RETURNING id", params![started, reader], |row| {
                row.get(0)
            })
            .map_err(|error| self.wrap(&error))
    }

    fn end_run(&self, run: i64, summary: &Summary) -> Result<(), StoreError> {
        self.connection
            .execute(
                "UPDATE runs SET finished = ?, read = ?, replaced = ?, known = ?, unchanged = ?, failed = ? WHERE id = ?",
                params![
                    jiff::Timestamp::now().to_string(),
                    integer(summary.read),
                    integer(summary.replaced),
                    integer(summary.known),
                    integer(summary.unchanged),
                    integer(summary.failed),
                    run
                ],
            )
            .map(|_| ())
            .map_err(|error| self.wrap(&error))
    }
}

impl Summary {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Read => self.read += 1,
            Outcome::Replaced => self.replaced += 1,
            Outcome::Known => self.known += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Own => {}
            Outcome::Failed { code, .. } => {
                self.failed += 1;
                *self.reasons.entry(code.clone()).or_default() += 1;
            }
        }
    }
}

/// What a worker needs.
struct Work<'a, R> {
    known: Known,
    read: &'a R,
}

impl<R> Work<'_, R>
where
    R: Fn(&Path) -> Result<Reading, IngestError> + Sync,
{
    /// Reads a file, unless its content is known.
    fn on(&self, candidate: &Candidate, force: bool) -> Made {
        let path = &candidate.path;
        if path.to_str().is_none() {
            // Archives made under Windows leave names in TCVN3 or windows-1258 behind.
            let message = format!("{}: its name is not Unicode; rename it", files::key_of(path));
            return Made::Failed { code: "name-not-unicode".into(), message };
        }
        if !force && let Some(made) = self.known.look_up(path) {
            return made;
        }
        // One document that makes the reader stumble must not end the run.
        match catch_unwind(AssertUnwindSafe(|| (self.read)(path))) {
            Ok(Ok(reading)) => Made::Read(Box::new(reading)),
            Ok(Err(error)) if error.reason.code() == ingest::OWN_OUTPUT => Made::Own,
            Ok(Err(error)) => Made::Failed { code: error.reason.code().into(), message: error.to_string() },
            Err(_) => {
                let message =
                    format!("{}: cannot be read because of an error in kehoach; please report it with the file", path.display());
                Made::Failed { code: "internal".into(), message }
            }
        }
    }
}

/// Which contents are stored, asked by the workers.
struct Known {
    connection: Mutex<Connection>,
}

impl Known {
    fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| wrap(path, &error))?;
        connection.busy_timeout(super::PATIENCE).map_err(|error| wrap(path, &error))?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// What is stored of the content of the file at `path`; nothing where it has to be read.
    fn look_up(&self, path: &Path) -> Option<Made> {
        let sha256 = hash(path).ok()?;
        let connection = self.connection.lock().ok()?;
        let name = path.to_str()?;
        let mut files = connection
            .prepare_cached(
                "SELECT s.path, s.document, s.notes FROM documents d JOIN sources s ON s.document = d.key WHERE d.key = ? AND d.sha256 = ?",
            )
            .ok()?;
        let files = files.query_map(params![key(&sha256), sha256], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
        });
        let mut same = None;
        for (known, document, notes) in files.ok()?.filter_map(Result::ok) {
            let notes = || serde_json::from_str(&notes).ok();
            if known == name {
                return Some(Made::Known(document, notes()?));
            }
            // What is noticed of a name is noticed of its ending.
            if Path::new(&known).extension() == path.extension() {
                same = notes().map(|notes| Made::Known(document, notes));
            }
        }
        same
    }
}

/// The SHA-256 of a file, in hexadecimal digits.
fn hash(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut sha256 = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => sha256.update(&buffer[..length]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
