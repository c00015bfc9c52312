//! The Tesseract program: found, asked, and ended where it takes too long.
//!
//! The picture goes in through its standard input and the answer comes back through its standard
//! output, so that nothing is written anywhere.

use std::cell::Cell;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::hocr::{self, Seen};
use super::raster::{Quarter, Raster};
use crate::ingest::process;

/// How long a page may take; one takes a second or two.
const LONGEST: Duration = Duration::from_secs(120);

/// How long a page may take in all where the process that reads the file has a limit of its own.
static ALLOWED: OnceLock<Duration> = OnceLock::new();

thread_local! {
    /// When the page that this thread reads was begun.
    static BEGUN: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Says that a file is given up after `time` without a page: a page is given up before, and costs its own words alone.
pub(super) fn allow(time: Duration) {
    let _ = ALLOWED.set((time * 3 / 5).min(LONGEST));
}

/// Begins a page: the program is called for it as a whole, for its columns, and to see how it must be turned.
pub(super) fn begin_page() {
    BEGUN.set(Some(Instant::now()));
}

/// How long the next call may take.
fn longest() -> Duration {
    const LEAST: Duration = Duration::from_millis(100);
    let spent = BEGUN.get().map_or(Duration::ZERO, |begun| begun.elapsed());
    ALLOWED.get().map_or(LONGEST, |allowed| allowed.saturating_sub(spent).max(LEAST))
}
/// The longest answer that is taken: a page of 10,000 characters is two megabytes of hOCR.
const LARGEST: u64 = 64 * 1024 * 1024;

/// How Tesseract parts a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segmentation {
    /// Blocks and columns as it finds them.
    Page,
    /// One block of lines.
    Block,
}

impl Segmentation {
    fn mode(self) -> &'static str {
        match self {
            Self::Page => "3",
            Self::Block => "6",
        }
    }
}

/// Where Tesseract is: `KEHOACH_TESSERACT`, the search path, the usual places. `KEHOACH_TESSERACT=none` says that there is none.
pub(super) fn find() -> Option<PathBuf> {
    const PLACES: [&str; 4] = [
        "/usr/bin/tesseract",
        "/usr/local/bin/tesseract",
        "/opt/homebrew/bin/tesseract",
        "C:\\Program Files\\Tesseract-OCR\\tesseract.exe",
    ];
    if let Some(told) = std::env::var_os("KEHOACH_TESSERACT") {
        return Some(PathBuf::from(told)).filter(|path| path.is_file());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["tesseract", "tesseract.exe"];
    let searched = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    searched.chain(PLACES.iter().map(PathBuf::from)).find(|path| path.is_file())
}

/// Whether the program has the data of Vietnamese.
pub(super) fn knows_vietnamese(program: &Path) -> bool {
    run(program, &["--list-langs"], &[], Duration::from_secs(20))
        .is_ok_and(|answer| answer.lines().any(|line| line.trim() == "vie"))
}

/// The words on a picture with `dpi` pixels to the inch.
pub(super) fn words(program: &Path, raster: &Raster, dpi: f32, segmentation: Segmentation) -> Result<Vec<Seen>, String> {
    let dpi = format!("{dpi:.0}");
    let arguments =
        ["stdin", "stdout", "-l", "vie", "--psm", segmentation.mode(), "--dpi", &dpi, "-c", "hocr_char_boxes=1", "hocr"];
    let answer = run(program, &arguments, &raster.to_pgm(), longest())?;
    hocr::words(&answer).map_err(|error| format!("its answer cannot be read: {error}"))
}

/// How the picture must be turned to stand upright; `None` where it does, or where Tesseract cannot tell.
pub(super) fn quarter(program: &Path, raster: &Raster, dpi: f32) -> Option<Quarter> {
    let dpi = format!("{dpi:.0}");
    let answer =
        run(program, &["stdin", "stdout", "-l", "osd", "--psm", "0", "--dpi", &dpi], &raster.to_pgm(), longest()).ok()?;
    quarter_of(&answer)
}

/// Reads `Rotate: 90`.
fn quarter_of(answer: &str) -> Option<Quarter> {
    match answer.lines().find_map(|line| line.strip_prefix("Rotate:"))?.trim() {
        "90" => Some(Quarter::Right),
        "180" => Some(Quarter::Half),
        "270" => Some(Quarter::Left),
        _ => None,
    }
}

/// Runs the program with `input` and gives what it prints.
fn run(program: &Path, arguments: &[&str], input: &[u8], limit: Duration) -> Result<String, String> {
    let mut command = Command::new(program);
    // Two threads cost four times the processor's time; pages are read side by side instead.
    command.args(arguments).env("OMP_THREAD_LIMIT", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = process::start(&mut command)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that ends early closes the pipe; its status tells more.
            if let Some(mut stdin) = stdin {
                let _ = stdin.write_all(input);
            }
        });
        let reader = scope.spawn(move || {
            let mut answer = Vec::new();
            if let Some(stdout) = stdout {
                let _ = stdout.take(LARGEST).read_to_end(&mut answer);
            }
            answer
        });
        let status = process::wait(&mut child, limit)?;
        let answer = reader.join().unwrap_or_default();
        if !status.success() {
            return Err(format!("Tesseract failed ({status})"));
        }
        String::from_utf8(answer).map_err(|_| "its answer is no UTF-8".into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_turn_is_read() {
        assert_eq!(quarter_of("Page number: 0\nOrientation in degrees: 90\nRotate: 270\n"), Some(Quarter::Left));
        assert_eq!(quarter_of("Rotate: 180\n"), Some(Quarter::Half));
        assert_eq!(quarter_of("Rotate: 0\n"), None);
        assert_eq!(quarter_of(""), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_or_fails_is_told() {
        let shell = Path::new("/bin/sh");
        let start = std::time::Instant::now();
        let error = run(shell, &["-c", "sleep 60 & sleep 60"], &[0; 1 << 20], Duration::from_millis(300)).expect_err("ended");
        assert!(error.contains("was ended"), "{error}");
        assert!(start.elapsed() < Duration::from_secs(20));
        let error = run(shell, &["-c", "exit 3"], &[0; 1 << 20], Duration::from_secs(20)).expect_err("failed");
        assert!(error.contains('3'), "{error}");
        assert_eq!(run(shell, &["-c", "cat"], b"abc", Duration::from_secs(20)), Ok("abc".into()));
    }
}
