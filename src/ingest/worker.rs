//! Files of untrusted formats are read in processes of their own.
//!
//! Readers of binary formats crash, overflow the stack, loop or eat memory on damaged files, and no `catch_unwind`
//! helps against three of the four. So PDF, DOCX, DOC, XLS, HTML … are read by workers: processes of this same
//! program that read one file after the other, within limits of time, memory and output. A worker that dies takes one
//! file with it, which gets an error that says what happened; the next file gets a new worker. Plain text, which
//! needs none of those readers, is read at once.
//!
//! ```text
//! Workers ──stdin: path, bytes──▶ serve ──stdout: Source or error──▶ Workers
//! ```
//!
//! The parent closing a worker's stdin is the sign to leave, even in the middle of a file: so a parent that is killed
//! leaves neither workers, nor what they started, nor their temporary folders behind.

mod serve;
mod wire;

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::detect::{self, Family};
use super::folder::Folder;
use super::{IngestError, Reason, Source, content, decode, office, process};
use wire::{Answer, Frame};

pub use serve::serve;

/// What one file may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time without a sign of progress. A file that LibreOffice converts has two minutes more.
    pub time: Duration,
    /// Memory of a worker, in MiB that it may write to. Held to on Linux.
    pub memory: u64,
    /// Bytes of the text, and what is known beside it, of one file.
    pub output: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(60), memory: 4096, output: 1 << 30 }
    }
}

/// How long a worker that is to leave is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The worker processes of a run: as many as files are read at once.
///
/// # Example
/// ```no_run
/// use kehoach::ingest::worker::{Limits, Workers};
///
/// let workers = Workers::new("/usr/bin/kehoach".into(), Limits::default());
/// match workers.read("plan.pdf".as_ref()) {
///     Ok(source) => println!("{}", source.text.as_str()),
///     Err(error) => eprintln!("{error}"),
/// }
/// ```
#[derive(Debug)]
pub struct Workers {
    program: PathBuf,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
    /// One file through LibreOffice at a time: several LibreOffices need several hundred megabytes each.
    office: Mutex<()>,
}

impl Workers {
    /// Workers that are processes of `program`, which is `kehoach`. None is started before it is needed.
    #[must_use]
    pub fn new(program: PathBuf, limits: Limits) -> Self {
        Self { program, limits, idle: Mutex::default(), office: Mutex::default() }
    }

    /// Reads the file at `path`; the same as [`read`](super::read), but that a file which makes its reader crash, hang or eat
    /// memory does no harm. Call it from as many threads as files are to be read at once.
    ///
    /// # Errors
    /// As [`read`](super::read), and where the worker died or passed a limit.
    pub fn read(&self, path: &Path) -> Result<Source, IngestError> {
        let shown = path.display().to_string();
        let bytes = content(path)?;
        let family = detect::family(&bytes);
        if family == Family::Other {
            return decode(&shown, bytes);
        }
        let fail = |reason| IngestError { path: shown.clone(), reason };
        let may_need_office = matches!(family, Family::Compound | Family::Rtf) || family == Family::Zip && is_odf(&bytes);
        let turn = may_need_office.then(|| self.office.lock().unwrap_or_else(PoisonError::into_inner));
        let time = if may_need_office { self.limits.time + office::LONGEST } else { self.limits.time };
        let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match waiting {
            Some(worker) => worker,
            None => Worker::start(&self.program, self.limits).map_err(|error| fail(Reason::NoWorker(error.to_string())))?,
        };
        let answer = worker.ask(&shown, &bytes, time, self.limits);
        drop(turn);
        let reason = match answer {
            Ok(Answer::Source(source)) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                return Ok(*source);
            }
            Ok(Answer::Refused { code, message }) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                Reason::Told { code, message }
            }
            Err(reason) => reason,
        };
        Err(fail(reason))
    }
}

/// Whether an archive is an OpenDocument file: its first entry is its type, stored as it is.
fn is_odf(bytes: &[u8]) -> bool {
    bytes.get(30..).is_some_and(|name| name.starts_with(b"mimetypeapplication/vnd.oasis"))
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
    fn start(program: &Path, limits: Limits) -> io::Result<Self> {
        let folder = Folder::new()?;
        let mut command = Command::new(program);
        command
            .args(["worker", "--memory-limit", &limits.memory.to_string(), "--folder"])
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
    fn ask(&mut self, path: &str, bytes: &[u8], time: Duration, limits: Limits) -> Result<Answer, Reason> {
        let Some(requests) = &mut self.requests else { return Err(Reason::NoWorker("it is gone".into())) };
        if wire::write_request(requests, path, bytes).is_err() {
            return Err(self.death(limits));
        }
        loop {
            match self.answers.recv_timeout(time) {
                Ok(Frame::Progress) => {}
                Ok(Frame::Answer(answer)) => return Ok(answer),
                Ok(Frame::TooLong) => return Err(Reason::Flood(limits.output)),
                Err(RecvTimeoutError::Timeout) => return Err(Reason::TimedOut(time.as_secs())),
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
        let error = Workers::new(program, limits).read(&page).expect_err("no source");
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

    #[test]
    fn a_worker_that_floods_is_ended() {
        let (code, _) = read_by(r"printf 'S\377\377\377\377\000\000\000\000'; yes", short());
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
        let error = Workers::new(folder.path().join("none"), short()).read(&page).expect_err("no source");
        assert_eq!(error.reason.code(), "no-worker");
    }
}
