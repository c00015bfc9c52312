//! Temporary folders: all that the readers write goes into one, and goes with it.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The file that says of a folder that this program has made it: no other one is ever removed.
const MARK: &str = ".kehoach-temporary";

/// Whether a folder is one that this program has made for temporary files.
pub(super) fn is_made(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("kehoach-")) && path.join(MARK).is_file()
}

/// Removes a folder that this program has made, with all that is in it; any other one is left alone.
pub(super) fn remove(path: &Path) {
    if !is_made(path) {
        return;
    }
    // What still works in it may write or remove something at the same time: then one of both stumbles.
    for _ in 0..10 {
        if fs::remove_dir_all(path).is_ok() || !path.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// A temporary folder that only the user can read, removed when dropped.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes it inside the system's folder for temporary files (`TMPDIR`).
    pub(super) fn new() -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        for _ in 0..1000 {
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("kehoach-{}-{number}", std::process::id()));
            match builder.create(&path) {
                Ok(()) => {
                    let folder = Self(path);
                    fs::write(folder.0.join(MARK), "")?;
                    return Ok(folder);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, "no free name for a temporary folder"))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
