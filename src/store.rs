//! Records ⇄ one SQLite file, the store.
//!
//! What was read of many documents is kept in one file that other tools may read with plain SQL: `schema/*.sql` documents
//! every table and column, `schema/views.sql` gives what a person would want to see.
//!
//! | part | does |
//! |---|---|
//! | [`files`] | which files are meant: folders, patterns, what is left out |
//! | [`gather`](mod@gather) | reads them in parallel and writes them, going on where an earlier run stopped |
//! | [`Reading`] | a document as it is stored: the worker's part of writing |
//! | [`query`], [`search`] | lists, records, the full text |
//! | [`links`] | links all documents: who is who, which indicator is it, which document is above which |
//! | [`linked`] | what was linked: chains and series |
//! | [`corrected`] | what people put right: kept apart, put on whenever a document is written or read |
//! | [`findings`] | what an audit of all documents found, for other tools |
//!
//! # What it promises
//! - **A content is one document**, whatever it is called; its key is made of its SHA-256. The store is the same in whatever
//!   order files were read, by how many threads, and however often it was interrupted: [`Store::digest`] is equal.
//! - **Nothing is half-written.** A document, its items, its words and its file are written in one transaction. The journal is
//!   a write-ahead log that is flushed when it is folded in (`synchronous = NORMAL`): a killed process loses what was not yet
//!   committed; a power cut may lose the last commits too, but leaves no damage. Either way those files are not in the store,
//!   and the next run reads them: flushing at each commit would buy nothing and cost much.
//! - **One writer at a time**: an operating system's lock on `FILE-lock`, which ends with the process that holds it, so that
//!   none is ever left over. Readers are never kept waiting.
//! - **A file of another program, or of a newer version of this one, is not touched.**

pub mod corrected;
pub mod files;
pub mod findings;
pub mod gather;
pub mod linked;
pub mod links;
pub mod query;
pub mod search;
pub mod unread;

mod digest;
mod items;
mod link_views;
mod reading;
mod schema;
mod write;

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use thiserror::Error;

pub use reading::Reading;
pub use write::{Stamp, Written};

/// Why the store cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// No such file.
    #[error("{path}: there is no store; make one with: kehoach ingest FOLDER --store {path}")]
    Missing {
        /// The store's path.
        path: String,
    },
    /// Another file.
    #[error("{path}: is not a store of kehoach ({found}), and was left as it is; name another file with --store")]
    Foreign {
        /// The file's path.
        path: String,
        /// What it is.
        found: String,
    },
    /// Written by a later version.
    #[error(
        "{path}: was written by a newer version of kehoach (schema {found}; this one knows up to {known}), and was left as it is; \
         use that version, or another file with --store"
    )]
    Newer {
        /// The store's path.
        path: String,
        /// Its schema.
        found: i64,
        /// The last schema that is known.
        known: i64,
    },
    /// Somebody else writes.
    #[error("{path}: {holder} is writing to this store; wait until it is done, or write to another store with --store")]
    Busy {
        /// The store's path.
        path: String,
        /// Who.
        holder: String,
    },
    /// The lock file cannot be made or locked.
    #[error("{path}: cannot be locked: {reason}; check that the folder can be written and is on a disk that knows locks")]
    Lock {
        /// The lock's path.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// SQLite refuses.
    #[error("{path}: {reason}; {advice}")]
    Database {
        /// The store's path.
        path: String,
        /// What SQLite says.
        reason: String,
        /// What to do.
        advice: &'static str,
    },
    /// The system refuses.
    #[error("{path}: {reason}; check the folder and the permissions")]
    Unopened {
        /// The store's path.
        path: String,
        /// What SQLite says.
        reason: String,
    },
    /// Two contents with one key.
    #[error("{path}: two different files have SHA-256 that begin alike ({first} and {second}); keep them in two stores")]
    Collision {
        /// The store's path.
        path: String,
        /// The one that is stored.
        first: String,
        /// The one that came.
        second: String,
    },
    /// What is stored is not what is expected.
    #[error("{path}: document {id}: {reason}; read it again with: kehoach ingest --refresh --store {path}")]
    Stored {
        /// The store's path.
        path: String,
        /// The document.
        id: String,
        /// What is wrong.
        reason: String,
    },
    /// No document, or several, that are meant.
    #[error("{0}")]
    Meaning(String),
}

/// The store, open.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// Held while the store may be written to.
    _lock: Option<File>,
    /// Records are given as they were read, without corrections.
    as_read: bool,
}

/// How long a statement waits for another connection's.
const PATIENCE: Duration = Duration::from_secs(30);

/// A lock that was given back may be held a moment longer by a process that was just being started, until that runs its own
/// program; a writer that is at work holds it for longer than this.
const LOCK_TRIES: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

impl Store {
    /// Opens the store at `path` to read from it. One of an older version is brought up to date first.
    ///
    /// # Errors
    /// Where there is none, or the file is something else.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing { path: path.display().to_string() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = match Self::connect(path, flags, None) {
            Err(error @ StoreError::Unopened { .. }) => Self::open_unwritable(path).ok_or(error)?,
            connected => connected?,
        };
        if store.version()? < schema::VERSION {
            drop(store);
            return Self::open_to_write(path);
        }
        Ok(store)
    }

    /// Opens the store at `path` to write to it; makes it where there is none.
    ///
    /// # Errors
    /// Where another process writes to it, the file is something else, or cannot be written.
    pub fn open_to_write(path: &Path) -> Result<Self, StoreError> {
        if path.as_os_str().is_empty() || path.to_str().is_some_and(|name| name.eq_ignore_ascii_case(":memory:")) {
            let shown = path.display();
            return Err(StoreError::Meaning(format!(
                "{shown:?}: is no file, and nothing would be kept; name a file for the store with --store, for example plans.db"
            )));
        }
        let lock = lock(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut store = Self::connect(path, flags, Some(lock))?;
        schema::migrate(&mut store.connection).map_err(|error| wrap(path, &error))?;
        Ok(store)
    }

    /// Opens a store where nothing can be written, as on a read-only disk. A reader marks itself in a file beside the store; where no
    /// such file can be made, nobody writes to the store either, and what is in the file is all there is.
    fn open_unwritable(path: &Path) -> Option<Self> {
        let log = with_ending(path, "-wal");
        if log.metadata().is_ok_and(|log| log.len() > 0) {
            return None;
        }
        let name = std::path::absolute(path).ok()?.to_str()?.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags).ok()?;
        let store = Self { connection, path: path.to_owned(), _lock: None, as_read: false };
        store.recognise().ok()?;
        Some(store)
    }

    fn connect(path: &Path, flags: OpenFlags, lock: Option<File>) -> Result<Self, StoreError> {
        let failed = |error: rusqlite::Error| wrap(path, &error);
        let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        let store = Self { connection, path: path.to_owned(), _lock: lock, as_read: false };
        store.recognise()?;
        schema::prepare(&store.connection).map_err(failed)?;
        Ok(store)
    }

    /// Refuses a file that is something else.
    fn recognise(&self) -> Result<(), StoreError> {
        let path = self.path.display().to_string();
        let found = match schema::recognise(&self.connection) {
            Ok(found) => found,
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
                return Err(StoreError::Foreign { path, found: "it is no SQLite file".into() });
            }
            Err(error) => return Err(self.wrap(&error)),
        };
        match found {
            schema::Found::New | schema::Found::Store(..=schema::VERSION) => Ok(()),
            schema::Found::Store(found) => Err(StoreError::Newer { path, found, known: schema::VERSION }),
            schema::Found::Foreign => Err(StoreError::Foreign { path, found: "it is an SQLite file of another program".into() }),
        }
    }

    fn version(&self) -> Result<i64, StoreError> {
        schema::version(&self.connection).map_err(|error| self.wrap(&error))
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Folds the write-ahead log into the file.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn settle(&self) -> Result<(), StoreError> {
        self.connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);").map_err(|error| self.wrap(&error))
    }

    fn wrap(&self, error: &rusqlite::Error) -> StoreError {
        wrap(&self.path, error)
    }
}

/// An error of SQLite with the file and with what to do.
fn wrap(path: &Path, error: &rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode;
    let advice = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "make room on the disk, then run the command again: it goes on where it stopped",
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            return StoreError::Unopened { path: path.display().to_string(), reason: error.to_string() };
        }
        Some(ErrorCode::DatabaseCorrupt) => "restore it from a copy, or move it away and ingest again",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "another program has it locked; close that and try again",
        Some(ErrorCode::SystemIoFailure) => "check the disk, then run the command again: it goes on where it stopped",
        _ => "if it was changed by another program, restore it from a copy",
    };
    StoreError::Database { path: path.display().to_string(), reason: error.to_string(), advice }
}

/// A file beside the store.
fn with_ending(store: &Path, ending: &str) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The file that a name leads to, whether it is there or not.
fn followed(store: &Path) -> PathBuf {
    let mut path = store.to_owned();
    // A link to a store that is to be made leads to no file yet.
    for _ in 0..8 {
        if let Ok(file) = path.canonicalize() {
            return file;
        }
        match (path.read_link(), path.parent()) {
            (Ok(target), Some(folder)) => path = folder.join(target),
            _ => break,
        }
    }
    files::resolve(&path).unwrap_or(path)
}

/// Locks the store for writing, as long as the file that is given back stays open.
fn lock(store: &Path) -> Result<File, StoreError> {
    // Two names of one store are one store: the lock lies beside the file itself, as SQLite's log does.
    let path = with_ending(&followed(store), "-lock");
    let failed = |error: std::io::Error| StoreError::Lock { path: path.display().to_string(), reason: error.to_string() };
    let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    let mut locked = file.try_lock();
    for _ in 0..LOCK_TRIES {
        if !matches!(locked, Err(TryLockError::WouldBlock)) {
            break;
        }
        std::thread::sleep(LOCK_PAUSE);
        locked = file.try_lock();
    }
    match locked {
        // Only what this program has written there is written over.
        Ok(()) => {
            let mut earlier = String::new();
            let read = (&mut file).take(64).read_to_string(&mut earlier);
            if read.is_err() || !earlier.is_empty() && !earlier.starts_with("process ") {
                return Err(failed(std::io::Error::other("a file that is not the lock of a store has that name")));
            }
            file.rewind().map_err(failed)?;
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // On some systems a locked file cannot be read; then its holder stays unnamed.
            let _ = file.read_to_string(&mut holder);
            let holder = match holder.trim() {
                "" => "another process".to_owned(),
                process => format!("another process ({process})"),
            };
            return Err(StoreError::Busy { path: store.display().to_string(), holder });
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    file.set_len(0).map_err(failed)?;
    write!(file, "process {}", std::process::id()).map_err(failed)?;
    Ok(file)
}

/// The text of an enumeration as the record writes it: `Eq` → `eq`.
fn word<T: serde::Serialize>(value: &T) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// A count or an offset as SQLite has it.
fn integer<T: TryInto<i64>>(value: T) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}
