//! A limit of time and memory on what is done with documents together, in this process.
//!
//! Those of long texts have been tried by a worker, each by itself; the others have not, and are given a little each. Where that is not
//! enough, one of them takes for ever or eats memory: the run begins anew with each tried by itself first, whatever its length, so that it
//! is found, told of and left out. What then still does not come to an end is ended.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::complain;
use crate::ingest::worker::Limits;

/// Between two looks at the memory.
const PAUSE: Duration = Duration::from_millis(100);

/// What this program takes beside the documents, in MiB.
const PROGRAM: u64 = 256;

/// What a document of a usual length may take together with others, and as much as one document may, before each is tried by itself: many
/// times what it does take.
const USUAL: (Duration, u64) = (Duration::from_millis(500), 8);

/// Whether the work is done and its result is being given out, which may wait for whoever reads it and must not be done twice.
static IS_DONE: Mutex<bool> = Mutex::new(false);

/// Ends all watching: what is made is given out now.
pub(super) fn done() {
    *IS_DONE.lock().unwrap_or_else(PoisonError::into_inner) = true;
}

/// Ends this run, or begins it anew, when a limit is passed, until it is dropped.
pub(super) struct Watch(Option<Sender<()>>);

/// What documents may take together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Most {
    time: Duration,
    memory: u64,
}

impl Most {
    fn of(limits: Limits, documents: usize, each_is_tried: bool) -> Self {
        let times = u32::try_from(documents).unwrap_or(u32::MAX).max(1);
        let most = Self {
            time: limits.time.saturating_mul(times),
            memory: limits.memory.saturating_mul(u64::from(times)).saturating_add(PROGRAM),
        };
        if each_is_tried {
            return most;
        }
        Self {
            time: limits.time.saturating_add(USUAL.0.saturating_mul(times)).min(most.time),
            memory: limits
                .memory
                .saturating_add(USUAL.1.saturating_mul(u64::from(times)))
                .saturating_add(PROGRAM)
                .min(most.memory),
        }
    }
}

impl Watch {
    /// Watches nothing.
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// Watches over what is done with so many documents.
    pub(super) fn over(limits: Limits, documents: usize, each_is_tried: bool) -> Self {
        let (send, end) = channel();
        let most = Most::of(limits, documents, each_is_tried);
        let start = Instant::now();
        std::thread::spawn(move || {
            while end.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                let passed = if start.elapsed() > most.time {
                    (format!("is not done within {} seconds", most.time.as_secs()), "--time-limit")
                } else if resident().is_some_and(|taken| taken > most.memory) {
                    (format!("takes more than {} MiB of memory", most.memory), "--memory-limit")
                } else {
                    continue;
                };
                // Held until the end: the result is not given out meanwhile.
                let is_done = IS_DONE.lock().unwrap_or_else(PoisonError::into_inner);
                if *is_done {
                    return;
                }
                leave(documents, &passed.0, passed.1, each_is_tried);
            }
        });
        Self(Some(send))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.0 = None;
    }
}

/// Begins this run anew with each document tried by itself, or ends it. What it writes is written beside its place and renamed, and into a
/// store in one step, so that nothing is left by halves.
fn leave(documents: usize, passed: &str, option: &str, each_is_tried: bool) {
    let what = format!("what is done with these {documents} documents together {passed}");
    if !each_is_tried && may_begin_anew() {
        complain(&format!("{what}; once more, with each tried by itself first"));
        begin_anew();
    }
    complain(&format!("{what} and was given up; name fewer of them, or allow more with {option}"));
    std::process::exit(2);
}

/// What was read from a pipe cannot be read once more.
fn may_begin_anew() -> bool {
    let is_read_once = |argument: std::ffi::OsString| {
        super::inputs::reads_stdin(argument.as_ref())
            || std::fs::metadata(argument).is_ok_and(|found| !found.is_file() && !found.is_dir())
    };
    cfg!(unix) && !std::env::args_os().skip(1).any(is_read_once)
}

/// Replaces this process, its threads and memory, by one that tries each; returns where the system does not.
#[cfg(unix)]
fn begin_anew() {
    use std::os::unix::process::CommandExt;
    if let Ok(program) = std::env::current_exe() {
        // Workers and the lock of a store end with their pipes and files, which are closed.
        let _ = std::process::Command::new(program).arg(super::EACH).args(std::env::args_os().skip(1)).exec();
    }
}

#[cfg(not(unix))]
fn begin_anew() {}

/// The memory of this process in MiB, where the system tells it.
fn resident() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = told.split_whitespace().nth(1)?.parse().ok()?;
    // Pages of 4 KiB; where they are larger the limit is wider.
    Some(pages >> 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_documents_may_take_little_before_each_is_tried() {
        let limits = Limits::new(Duration::from_secs(60), 1024);
        let most = |documents, each| Most::of(limits, documents, each);
        assert_eq!(most(100, true), Most { time: Duration::from_secs(6000), memory: 100 * 1024 + PROGRAM });
        assert_eq!(most(100, false), Most { time: Duration::from_secs(110), memory: 1024 + 800 + PROGRAM });
        assert_eq!(most(1, false), most(1, true));
        assert_eq!(most(0, true), most(1, true));
    }
}
