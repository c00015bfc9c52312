//! The worker's side: reads one file after the other until the parent closes.

use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use super::wire::{self, Answer};
use crate::ingest::{decode_watched, process};

/// Serves a [`Workers`](super::Workers) over stdin and stdout until it closes stdin; what `kehoach worker` does.
///
/// `memory` is the limit of this process in MiB, `folder` what is to be removed when the parent goes while a file is read.
///
/// # Errors
/// Where stdout cannot be written, or the limits cannot be set.
pub fn serve(memory: u64, folder: &Path) -> io::Result<()> {
    limit(memory)?;
    let (send, requests) = channel();
    let folder = folder.to_path_buf();
    let listener = std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Some(request) = wire::read_request(&mut input) {
            if send.send(request).is_err() {
                break;
            }
        }
        // Whatever is being read: nobody waits for it any more.
        process::end_all();
        // The reader that is still at work removes its own part of it at the same time: one of both may stumble.
        for _ in 0..10 {
            if std::fs::remove_dir_all(&folder).is_ok() || !folder.exists() {
                break;
            }
        }
        std::process::exit(0);
    });
    let served = serve_requests(&requests);
    // The listener ends this process when it has cleaned up.
    let _ = listener.join();
    served
}

fn serve_requests(requests: &Receiver<(String, Vec<u8>)>) -> io::Result<()> {
    for (path, bytes) in requests {
        // A parent that no longer listens closes stdin too, which ends this process.
        let progress = || {
            let _ = wire::write_progress(&mut io::stdout().lock());
        };
        let answer = match decode_watched(&path, bytes, &progress) {
            Ok(source) => Answer::Source(Box::new(source)),
            Err(error) => Answer::Refused { code: error.reason.code().to_owned(), message: error.reason.to_string() },
        };
        wire::write_answer(&mut io::stdout().lock(), &answer)?;
    }
    Ok(())
}

/// Limits what this process, and whatever it starts, may take; a crash leaves no core file.
#[cfg(unix)]
fn limit(memory: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    /// The largest file that a reader may write, in bytes: LibreOffice writes a DOCX of what it reads.
    const FILE: u64 = 1 << 30;
    for (resource, wanted) in [(Resource::Data, memory << 20), (Resource::Core, 0), (Resource::Fsize, FILE)] {
        // A limit that is lower already stays.
        let allowed = getrlimit(resource).maximum.map_or(wanted, |most| most.min(wanted));
        setrlimit(resource, Rlimit { current: Some(allowed), maximum: Some(allowed) })?;
    }
    Ok(())
}

/// Where the system has no such limits, time and output alone are limited, by the parent.
#[cfg(not(unix))]
fn limit(_memory: u64) -> io::Result<()> {
    Ok(())
}
