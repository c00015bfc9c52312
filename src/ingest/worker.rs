//! Files are read in processes of their own.
//!
//! Readers crash, overflow the stack, loop or eat memory on damaged or hostile files, and no `catch_unwind` helps against three of the
//! four. So every file, plain text too, is read by workers, from its bytes to its record: processes of this same program that read one
//! file after the other, within limits of time, memory and output. A worker that dies takes one file with it, which gets an error that
//! says what happened; the next file gets a new worker.
//!
//! ```text
//! Workers ──stdin: what is wanted, path──▶ serve ──stdout: parts or error──▶ Workers
//! ```
//!
//! The parent closing a worker's stdin is the sign to leave, even in the middle of a file: so a parent that is killed
//! leaves neither workers, nor what they started, nor their temporary folders behind.

mod serve;
mod wire;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::detect::{self, Family};
use super::folder::Folder;
use super::{IngestError, LARGEST, Reason, Sign, content_of_pipe, office, process};
use wire::{Frame, Refusal};

pub use serve::{Maker, Sent, caught, serve};

/// What one file may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time that a file may take. One that LibreOffice converts has two minutes more from then on; one that OCR reads as long again after every
    /// page, up to `MOST_TIMES` as long.
    pub time: Duration,
    /// Memory of a worker, in MiB that it may write to. Held to on Linux.
    pub memory: u64,
    /// Bytes of the text, and what is known beside it, of one file.
    pub output: u64,
}

/// So many times the limit of time a scan may take in all.
const MOST_TIMES: u32 = 20;

impl Limits {
    /// Limits of time and of memory in MiB; the output is held to a quarter of the memory, since whoever takes it in needs several
    /// times as much.
    #[must_use]
    pub fn new(time: Duration, memory: u64) -> Self {
        Self { time, memory, output: (memory << 18).min(1 << 30) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(Duration::from_secs(60), 4096)
    }
}

/// How long a worker that is to leave is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The worker processes of a run: as many as files are read at once.
#[derive(Debug)]
pub struct Workers {
    program: PathBuf,
    /// What each worker is told beside its limits.
    arguments: Vec<OsString>,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
    /// One file through LibreOffice at a time: several LibreOffices need several hundred megabytes each.
    office: Mutex<()>,
}

impl Workers {
    /// Workers that are processes of `program`, which is `kehoach`, called with `arguments`. None is started before it is needed.
    #[must_use]
    pub fn new(program: PathBuf, arguments: Vec<OsString>, limits: Limits) -> Self {
        Self { program, arguments, limits, idle: Mutex::default(), office: Mutex::default() }
    }

    /// Has a worker make of the file at `path` what is wanted, so that a file which makes its reader crash, hang or eat memory does no
    /// harm. Call it from as many threads as files are to be read at once.
    ///
    /// # Errors
    /// Those of whoever makes it, and where the worker died or passed a limit.
    pub fn make(&self, want: u8, path: &Path) -> Result<Vec<Vec<u8>>, IngestError> {
        self.make_beside(want, path, None)
    }

    /// As [`make`](Self::make), of the file and of what is sent `beside` it.
    ///
    /// # Errors
    /// As [`make`](Self::make).
    pub fn make_beside(&self, want: u8, path: &Path, beside: Option<&[u8]>) -> Result<Vec<Vec<u8>>, IngestError> {
        let given = content_of_pipe(path, self.limits.time, self.limits.output.min(LARGEST))?;
        self.ask_in_turn(want, path, given.as_deref(), beside)
    }

    /// [`Workers::make`]; where the content is `given`, no file is opened, and `path` is what it is called.
    ///
    /// # Errors
    /// As [`Workers::make`].
    pub fn make_given(&self, want: u8, path: &Path, given: Option<Vec<u8>>) -> Result<Vec<Vec<u8>>, IngestError> {
        if let Some(bytes) = given.as_ref().filter(|bytes| bytes.len() as u64 > LARGEST) {
            return Err(IngestError { path: path.display().to_string(), reason: Reason::TooLarge(bytes.len() as u64) });
        }
        self.ask_in_turn(want, path, given.as_deref(), None)
    }

    /// Asks a worker; one file at a time where LibreOffice may be needed.
    fn ask_in_turn(
        &self,
        want: u8,
        path: &Path,
        given: Option<&[u8]>,
        beside: Option<&[u8]>,
    ) -> Result<Vec<Vec<u8>>, IngestError> {
        let turn = needs_office(path, given).then(|| self.office.lock().unwrap_or_else(PoisonError::into_inner));
        let made = self.ask(want, path, given, beside);
        drop(turn);
        made
    }

    /// As [`make`](Self::make), of a content that is at hand; `path` is what it is called.
    ///
    /// # Errors
    /// As [`make`](Self::make).
    pub fn make_of(&self, want: u8, path: &Path, given: &[u8]) -> Result<Vec<Vec<u8>>, IngestError> {
        self.ask(want, path, Some(given), None)
    }

    fn ask(&self, want: u8, path: &Path, given: Option<&[u8]>, beside: Option<&[u8]>) -> Result<Vec<Vec<u8>>, IngestError> {
        let fail = |reason| IngestError { path: path.display().to_string(), reason };
        let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match waiting {
            Some(worker) => worker,
            None => self.start().map_err(|error| fail(Reason::NoWorker(error.to_string())))?,
        };
        let made = match worker.ask(want, path, given, beside, self.limits) {
            Ok(Ok(parts)) => Ok(parts),
            Ok(Err(Refusal { code, message })) => Err(fail(Reason::Told { code, message })),
            Err(reason) => return Err(fail(reason)),
        };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        made
    }

    fn start(&self) -> io::Result<Worker> {
        Worker::start(&self.program, &self.arguments, self.limits)
    }
}

/// Whether LibreOffice may be needed for a file, as its first bytes tell. One that cannot be opened is left to its reader.
fn needs_office(path: &Path, given: Option<&[u8]>) -> bool {
    const HEAD: u64 = 128;
    let mut head = Vec::new();
    let bytes = given.unwrap_or_else(|| {
        let _ = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
        &head
    });
    match detect::family(bytes) {
        Family::Compound | Family::Rtf => true,
        Family::Zip => is_odf(bytes),
        _ => false,
    }
}

/// Whether an archive is an OpenDocument text: its first entry is its type, stored as it is. Sheets are read without LibreOffice.
fn is_odf(bytes: &[u8]) -> bool {
    bytes.get(30..).is_some_and(|name| {
        name.starts_with(b"mimetypeapplication/vnd.oasis")
            && !name.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
    })
}

/// A worker process; ended, with its temporary folder, when dropped.
#[derive(Debug)]
struct Worker {
    child: Child,
    /// Closed, it is the sign to leave.
    requests: Option<ChildStdin>,
    answers: Receiver<Frame>,
    /// The end of what it wrote to stderr, a panic's message: comes when it has closed it.
    complaint: Receiver<Vec<u8>>,
    /// Where it writes: it removes it itself, unless it dies.
    _folder: Folder,
}

impl Worker {
    fn start(program: &Path, arguments: &[OsString], limits: Limits) -> io::Result<Self> {
        let folder = Folder::new().map_err(|error| {
            let place = std::env::temp_dir();
            io::Error::new(error.kind(), format!("no temporary folder can be made in {} (TMPDIR): {error}", place.display()))
        })?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .args(["worker", "--time-limit", &limits.time.as_secs().max(1).to_string()])
            .args(["--memory-limit", &limits.memory.to_string(), "--folder"])
            .arg(folder.path())
            .env("TMPDIR", folder.path())
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // A group of its own: an interrupt on the terminal ends the parent, and the parent's end the worker, who cleans up.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (requests, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (send, answers) = channel();
        let (complain, complaint) = channel();
        if let (Some(mut output), Some(errors)) = (output, errors) {
            std::thread::spawn(move || {
                while let Some(frame) = wire::read_frame(&mut output, limits.output) {
                    if send.send(frame).is_err() {
                        break;
                    }
                }
            });
            std::thread::spawn(move || complain.send(the_end_of(errors)));
        }
        Ok(Self { child, requests, answers, complaint, _folder: folder })
    }

    /// Has one file read.
    fn ask(
        &mut self,
        want: u8,
        path: &Path,
        given: Option<&[u8]>,
        beside: Option<&[u8]>,
        limits: Limits,
    ) -> Result<Result<Vec<Vec<u8>>, Refusal>, Reason> {
        let Some(requests) = &mut self.requests else { return Err(Reason::NoWorker("it is gone".into())) };
        if wire::write_request(requests, want, path, given, beside).is_err() {
            return Err(self.death(limits));
        }
        let begin = Instant::now();
        let mut allowed = limits.time;
        loop {
            match self.answers.recv_timeout(allowed.saturating_sub(begin.elapsed())) {
                Ok(Frame::Sign(Sign::Conversion)) => allowed += office::LONGEST,
                Ok(Frame::Sign(Sign::Page)) => allowed = (begin.elapsed() + limits.time).min(limits.time * MOST_TIMES),
                Ok(Frame::Made(parts)) => return Ok(Ok(parts)),
                Ok(Frame::Refused(refusal)) => return Ok(Err(refusal)),
                Ok(Frame::TooLong) => return Err(Reason::Flood(limits.output)),
                Err(RecvTimeoutError::Timeout) => return Err(Reason::TimedOut(allowed.as_secs())),
                Err(RecvTimeoutError::Disconnected) => return Err(self.death(limits)),
            }
        }
    }

    /// How it died.
    fn death(&mut self, limits: Limits) -> Reason {
        let status = self.leave();
        let complaint = self.complaint.recv_timeout(PATIENCE).unwrap_or_default();
        let complaint = String::from_utf8_lossy(&complaint);
        if complaint.contains("memory allocation of") || complaint.contains("failed to allocate") {
            return Reason::OutOfMemory(limits.memory);
        }
        if let Some(status) = status.filter(is_killed) {
            return Reason::Killed(status.to_string());
        }
        let status = status.map_or_else(|| "no status".into(), |status| status.to_string());
        // A panic's message stands on the last line, the place in the code before it.
        match complaint.lines().rev().find(|line| !line.trim().is_empty() && !line.starts_with("note:")) {
            Some(line) => Reason::Crashed(format!("{status}: {}", line.trim())),
            None => Reason::Crashed(status),
        }
    }

    /// Gives the sign to leave, and ends a worker that does not.
    fn leave(&mut self) -> Option<ExitStatus> {
        self.requests = None;
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) => std::thread::sleep(Duration::from_millis(1)),
                Err(_) => break,
            }
        }
        process::end(&mut self.child);
        self.child.try_wait().ok().flatten()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Whether somebody killed the process: that says nothing of the file.
#[cfg(unix)]
fn is_killed(status: &ExitStatus) -> bool {
    std::os::unix::process::ExitStatusExt::signal(status) == Some(rustix::process::Signal::KILL.as_raw())
}

#[cfg(not(unix))]
fn is_killed(_status: &ExitStatus) -> bool {
    false
}

/// Reads a worker's stderr to its end and keeps the last of it.
fn the_end_of(mut errors: impl Read) -> Vec<u8> {
    const KEPT: usize = 4096;
    let (mut buffer, mut kept) = ([0; 4096], Vec::new());
    while let Ok(count @ 1..) = errors.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..count]);
        let surplus = kept.len().saturating_sub(KEPT);
        kept.drain(..surplus);
    }
    kept
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::*;

    /// What becomes of a page that a worker reads who is the shell script `body`.
    fn read_by(body: &str, limits: Limits) -> (String, String) {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new().expect("folder");
        let program = folder.path().join("kehoach");
        fs::write(&program, format!("#!/bin/sh\n{body}\n")).expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("mode");
        let page = folder.path().join("page.html");
        fs::write(&page, "<html><p>Kế hoạch</html>").expect("written");
        let error = Workers::new(program, Vec::new(), limits).make(b't', &page).expect_err("no source");
        (error.reason.code().to_owned(), error.to_string())
    }

    fn short() -> Limits {
        Limits { time: Duration::from_millis(400), output: 1000, ..Limits::default() }
    }

    #[test]
    fn a_worker_that_dies_is_told_with_its_last_words() {
        let (code, message) =
            read_by("echo 'thread main panicked:' >&2; echo 'index out of bounds' >&2; kill -SEGV $$", Limits::default());
        assert_eq!(code, "crashed");
        assert!(message.contains("index out of bounds") && message.contains("SIGSEGV"), "{message}");
        let (code, message) = read_by("echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$", Limits::default());
        assert_eq!(code, "out-of-memory");
        assert!(message.contains("4096 MiB") && message.contains("--memory-limit"), "{message}");
    }

    #[test]
    fn a_worker_that_hangs_is_ended() {
        let start = Instant::now();
        let (code, message) = read_by("sleep 100 & sleep 100", short());
        assert_eq!(code, "timed-out");
        assert!(message.contains("--time-limit"), "{message}");
        assert!(start.elapsed() < Duration::from_secs(50));
    }

    /// A sign of progress lets a scan go on, but not for ever.
    #[test]
    fn a_worker_that_only_shows_progress_is_ended() {
        let start = Instant::now();
        let limits = Limits { time: Duration::from_millis(100), ..short() };
        let (code, _) = read_by(r"while printf 'P\000\000\000\000\000\000\000\000'; do sleep 0.05; done", limits);
        assert_eq!(code, "timed-out");
        assert!(start.elapsed() < Duration::from_secs(50));
    }

    #[test]
    fn a_worker_that_floods_is_ended() {
        let (code, _) = read_by(r"printf 'M\377\377\377\377\000\000\000\000'; yes", short());
        assert_eq!(code, "flood");
    }

    #[test]
    fn a_worker_that_speaks_nonsense_is_told() {
        let (code, message) = read_by(r"printf 'X\000\000\000\000\000\000\000\000'; cat >/dev/null", short());
        assert_eq!(code, "crashed");
        assert!(message.contains("page.html"), "{message}");
    }

    #[test]
    fn a_program_that_cannot_be_started_is_told() {
        let folder = Folder::new().expect("folder");
        let page = folder.path().join("page.html");
        fs::write(&page, "<html><p>Kế hoạch</html>").expect("written");
        let error = Workers::new(folder.path().join("none"), Vec::new(), short()).make(b't', &page).expect_err("no source");
        assert_eq!(error.reason.code(), "no-worker");
    }
}
