//! Other programs that a reader calls: within a time limit, in a group of their own that ends as one.

use std::collections::BTreeSet;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The groups that run now, by the number of their first process.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// Starts a program, which is to be [waited](wait) for.
///
/// # Errors
/// A message for people where it does not start.
pub(super) fn start(command: &mut Command) -> Result<Child, String> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let child = command.spawn().map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))?;
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).insert(child.id());
    Ok(child)
}

/// Waits for a program to end.
///
/// # Errors
/// A message for people where it took longer than `limit` and was ended, with all that it started.
pub(super) fn wait(child: &mut Child, limit: Duration) -> Result<ExitStatus, String> {
    let status = wait_for_end(child, limit);
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).remove(&child.id());
    status
}

fn wait_for_end(child: &mut Child, limit: Duration) -> Result<ExitStatus, String> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if start.elapsed() < limit => std::thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                end(child);
                return Err(format!("it took more than {} seconds and was ended", limit.as_secs()));
            }
            Err(error) => {
                end(child);
                return Err(error.to_string());
            }
        }
    }
}

/// Ends a child and all that it started.
pub(super) fn end(child: &mut Child) {
    end_group(child.id());
    let _ = child.kill();
    let _ = child.wait();
}

/// Ends all programs that run for this process: it is about to leave.
pub(super) fn end_all() {
    for number in std::mem::take(&mut *RUNNING.lock().unwrap_or_else(PoisonError::into_inner)) {
        end_group(number);
    }
}

#[cfg(unix)]
fn end_group(number: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(number).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Without process groups only the child itself is ended, by its handle.
#[cfg(not(unix))]
fn end_group(_number: u32) {}
