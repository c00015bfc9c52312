//! Other programs that a reader calls: within a time limit, in a group of their own that ends as one.
//!
//! Whoever calls a program may be killed before it can end it. LibreOffice, which would go on for ever, is therefore called through a
//! guard ([`guard`]), a small process of this same program: its stdin is a pipe that the caller holds, and when that closes, however
//! the caller has ended, the guard ends LibreOffice with all that it started and removes its temporary folder. A library that has
//! not named the program to guard with ([`guard_with`]) calls LibreOffice directly.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::folder;

/// The program that guards others.
static GUARD: OnceLock<PathBuf> = OnceLock::new();

/// The programs that run now, by the number of their first process; those that are guarded with what their guard waits at.
static RUNNING: Mutex<BTreeMap<u32, Option<ChildStdin>>> = Mutex::new(BTreeMap::new());

/// How long a guard that is to end its program is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Between two looks at a program that runs.
const PAUSE: Duration = Duration::from_millis(5);

/// Names the program, which is `kehoach`, that guards what is called from now on.
pub fn guard_with(program: PathBuf) {
    let _ = GUARD.set(program);
}

/// Starts a program, which is to be [waited](wait) for.
///
/// # Errors
/// A message for people where it does not start.
pub(super) fn start(command: &mut Command) -> Result<Child, String> {
    spawn(command, false)
}

/// Starts a program that needs no stdin, guarded where a guard is named; `folder` is its temporary folder.
///
/// # Errors
/// As [`start`].
pub(super) fn start_guarded(program: &Path, arguments: &[OsString], folder: &Path) -> Result<Child, String> {
    let guard = GUARD.get();
    let mut command = Command::new(guard.map_or(program, PathBuf::as_path));
    if guard.is_some() {
        command.arg("guard").arg("--folder").arg(folder).arg("--").arg(program);
    }
    command.args(arguments).env("TMPDIR", folder).stdout(Stdio::null()).stderr(Stdio::null());
    command.stdin(if guard.is_some() { Stdio::piped() } else { Stdio::null() });
    spawn(&mut command, guard.is_some())
}

fn spawn(command: &mut Command, is_guarded: bool) -> Result<Child, String> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn().map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))?;
    let held = if is_guarded { child.stdin.take() } else { None };
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).insert(child.id(), held);
    Ok(child)
}

/// Waits for a program to end.
///
/// # Errors
/// A message for people where it took longer than `limit` and was ended, with all that it started.
pub(super) fn wait(child: &mut Child, limit: Duration) -> Result<ExitStatus, String> {
    let start = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Ok(status),
            Ok(None) if start.elapsed() < limit => std::thread::sleep(PAUSE),
            Ok(None) => break Err(format!("it took more than {} seconds and was ended", limit.as_secs())),
            Err(error) => break Err(error.to_string()),
        }
    };
    let held = RUNNING.lock().unwrap_or_else(PoisonError::into_inner).remove(&child.id()).flatten();
    if status.is_err() {
        if held.is_some() {
            // Its pipe closed, the guard ends the program and itself.
            drop(held);
            let start = Instant::now();
            while start.elapsed() < PATIENCE && matches!(child.try_wait(), Ok(None)) {
                std::thread::sleep(PAUSE);
            }
        }
        end(child);
    }
    status
}

/// Ends a child and all that it started.
pub(super) fn end(child: &mut Child) {
    if matches!(child.try_wait(), Ok(None)) {
        end_group(child.id());
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Ends all programs that run for this process: it is about to leave.
pub(super) fn end_all() {
    let running = std::mem::take(&mut *RUNNING.lock().unwrap_or_else(PoisonError::into_inner));
    let mut guards = Vec::new();
    for (number, held) in running {
        match held {
            Some(held) => {
                drop(held);
                guards.push(number);
            }
            None => end_group(number),
        }
    }
    let start = Instant::now();
    // Whoever waits for a guard takes note of its end; until then its group is there.
    while start.elapsed() < PATIENCE && guards.iter().any(|number| is_running(*number)) {
        std::thread::sleep(PAUSE);
    }
}

/// Runs `program` and ends it when stdin is closed, with its temporary folder `folder`; what `kehoach guard` does. Gives the
/// program's exit code.
///
/// # Errors
/// Where the program cannot be started, or `folder` is none that a run has made.
pub fn guard(folder: &Path, program: &OsString, arguments: &[OsString]) -> io::Result<u8> {
    if !folder::is_made(folder) {
        return Err(io::Error::other(format!("{}: is no temporary folder of this program", folder.display())));
    }
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let is_closed = Arc::new(AtomicBool::new(false));
    let closed = Arc::clone(&is_closed);
    std::thread::spawn(move || {
        let mut buffer = [0; 64];
        while matches!(io::stdin().lock().read(&mut buffer), Ok(1..)) {}
        closed.store(true, Ordering::SeqCst);
    });
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX));
        }
        if is_closed.load(Ordering::SeqCst) {
            end(&mut child);
            folder::remove(folder);
            return Ok(u8::MAX);
        }
        std::thread::sleep(PAUSE);
    }
}

#[cfg(unix)]
fn group(number: u32) -> Option<rustix::process::Pid> {
    i32::try_from(number).ok().and_then(rustix::process::Pid::from_raw)
}

#[cfg(unix)]
fn end_group(number: u32) {
    if let Some(group) = group(number) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

#[cfg(unix)]
fn is_running(number: u32) -> bool {
    group(number).is_some_and(|group| rustix::process::test_kill_process_group(group).is_ok())
}

/// Without process groups only the child itself is ended, by its handle.
#[cfg(not(unix))]
fn end_group(_number: u32) {}

#[cfg(not(unix))]
fn is_running(_number: u32) -> bool {
    false
}
