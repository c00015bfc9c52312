//! Long work with the interpreter free, which Ctrl-C ends the wait for.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use rayon::ThreadPool;

/// How long a Ctrl-C may go unnoticed.
const PAUSE: Duration = Duration::from_millis(100);

/// The stack of a thread that reads: that of a main thread on Linux.
const STACK: usize = 8 << 20;

/// Runs `work` on a thread of its own; other Python threads run meanwhile. After an interrupt nobody waits for it any more, and it
/// goes on until a limit ends it.
///
/// # Errors
/// What a signal handler raises: `KeyboardInterrupt`. An error of this program, where `work` panics.
pub fn interruptible<T: Send + 'static>(py: Python<'_>, work: impl FnOnce() -> T + Send + 'static) -> PyResult<T> {
    let (send, mut receive) = channel();
    thread::Builder::new().name("kehoach".into()).stack_size(STACK).spawn(move || {
        // Where nobody waits any more the result is not needed.
        let _ = send.send(work());
    })?;
    loop {
        let waited;
        (waited, receive) = py.detach(move || (receive.recv_timeout(PAUSE), receive));
        match waited {
            Ok(done) => return Ok(done),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("an error in kehoach; please report it with the files"));
            }
        }
    }
}

/// Threads for what uses several cores in this process. A forked process has none of its parent's threads and would wait for them
/// for ever: each process has its own.
///
/// # Errors
/// Where the system starts no threads.
pub fn pool() -> PyResult<Arc<ThreadPool>> {
    static POOL: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);
    let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    if let Some((owner, own)) = &*pool
        && *owner == process
    {
        return Ok(Arc::clone(own));
    }
    let built = rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
    let built = Arc::new(built.map_err(|error| PyRuntimeError::new_err(format!("threads cannot be started: {error}")))?);
    if let Some((_, inherited)) = pool.replace((process, Arc::clone(&built))) {
        // Its threads are the parent's: there is nothing here that could be ended.
        std::mem::forget(inherited);
    }
    Ok(built)
}
