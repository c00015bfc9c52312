//! A limit of time and memory on what is done with documents together, in this process: each has passed by itself, and all together
//! may take as much as reading each of them may.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::complain;
use crate::ingest::worker::Limits;

/// Between two looks at the memory.
const PAUSE: Duration = Duration::from_millis(100);

/// What this program takes beside the documents, in MiB.
const PROGRAM: u64 = 256;

/// Ends this run when a limit is passed, until it is dropped.
pub(super) struct Watch(Option<Sender<()>>);

impl Watch {
    /// Watches nothing.
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// Watches over what is done with so many documents.
    pub(super) fn over(limits: Limits, documents: usize) -> Self {
        let (send, end) = channel();
        let times = u32::try_from(documents).unwrap_or(u32::MAX).max(1);
        let time = limits.time.saturating_mul(times);
        let memory = limits.memory.saturating_mul(u64::from(times)).saturating_add(PROGRAM);
        let start = Instant::now();
        std::thread::spawn(move || {
            while end.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                if start.elapsed() > time {
                    leave(&format!(
                        "what is done with these {times} documents together was not done within {} seconds and was given up; name \
                         fewer of them, or allow more with --time-limit",
                        time.as_secs()
                    ));
                }
                if resident().is_some_and(|taken| taken > memory) {
                    leave(&format!(
                        "what is done with these {times} documents together takes more than {memory} MiB of memory and was given up; \
                         name fewer of them, or allow more with --memory-limit"
                    ));
                }
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

/// Ends this process. What it writes is written beside its place and renamed, so that nothing is left by halves.
fn leave(message: &str) {
    complain(message);
    std::process::exit(2);
}

/// The memory of this process in MiB, where the system tells it.
fn resident() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = told.split_whitespace().nth(1)?.parse().ok()?;
    // Pages of 4 KiB; where they are larger the limit is wider.
    Some(pages >> 8)
}
