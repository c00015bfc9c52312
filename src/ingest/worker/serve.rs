//! The worker's side: reads one file after the other until the parent closes.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::wire::{self, Refusal, Request};
use crate::ingest::ocr::Ocr;
use crate::ingest::{IngestError, Progress, Reason, Sign, folder, process};

/// What is made of a file: what is wanted, its path, what was sent along, and whom to tell of progress.
pub type Maker<'a> = &'a dyn Fn(u8, &Path, Sent, Progress) -> Result<Vec<Vec<u8>>, IngestError>;

/// What a worker is sent along with a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The content, where there is no file that could be opened once more.
    pub given: Option<Vec<u8>>,
    /// What the file is to be compared with, where that is wanted.
    pub beside: Option<Vec<u8>>,
}

/// Serves a [`Workers`](super::Workers) over stdin and stdout until it closes stdin; what `kehoach worker` does.
///
/// `time` is how long a file, or a page that OCR reads, may take, `memory` the limit of this process in MiB, `folder` what is to be
/// removed when the parent goes while a file is read.
///
/// # Errors
/// Where `folder` is none that a run has made, stdout cannot be written, or the limits cannot be set.
pub fn serve(time: Duration, memory: u64, folder: &Path, make: Maker) -> io::Result<()> {
    if !folder::is_made(folder) {
        return Err(io::Error::other(format!("{}: is no temporary folder of this program", folder.display())));
    }
    limit(memory)?;
    Ocr::allow(time);
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
        folder::remove(&folder);
        std::process::exit(0);
    });
    let served = serve_requests(&requests, make);
    // The listener ends this process when it has cleaned up.
    let _ = listener.join();
    served
}

fn serve_requests(requests: &Receiver<Request>, make: Maker) -> io::Result<()> {
    for Request { want, path, given, beside } in requests {
        // A parent that no longer listens closes stdin too, which ends this process.
        let progress = |sign: Sign| {
            let _ = wire::write_sign(&mut io::stdout().lock(), sign);
        };
        let shown = path.display().to_string();
        let made = caught(&shown, || make(want, &path, Sent { given, beside }, &progress));
        let mut out = io::stdout().lock();
        match made {
            Ok(parts) => wire::write_made(&mut out, &parts)?,
            Err(IngestError { reason, .. }) => {
                wire::write_refusal(&mut out, &Refusal { code: reason.code().to_owned(), message: reason.to_string() })?;
            }
        }
    }
    Ok(())
}

/// What `work` gives; where it panics, that is what is wrong with the file `path`.
///
/// # Errors
/// Those of `work`.
pub fn caught<T>(path: &str, work: impl FnOnce() -> Result<T, IngestError>) -> Result<T, IngestError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let told = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
        Err(IngestError { path: path.to_owned(), reason: Reason::Internal(told.unwrap_or("a panic").to_owned()) })
    })
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
