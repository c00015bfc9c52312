//! `kehoach ingest PATH…`: many files into one store.

use std::cell::Cell;
use std::fmt::Write;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::store::{StoreFile, link_documents, linked, reader, told};
use super::{Context, complain};
use crate::pipeline::parts::Trial;
use crate::store::Store;
use crate::store::files::{self, Found, Search};
use crate::store::gather::{self, Options, Outcome, Summary, Watch};

/// Read files and folders into a store: one SQLite file that list, show, search and other tools read.
///
/// What is stored and unchanged is not read again; a changed file replaces its document; several files of one content are one
/// document. At the end all documents are linked: whose they are, which targets measure the same, which document is above which
/// (kehoach help link). An ingest that was stopped, even by a power cut, goes on when it is run again. Folders are walked without
/// hidden files and without what .kehoachignore (patterns as in .gitignore) names; archives are not opened. A file that cannot be
/// read is told, kept in the store with its reason (kehoach status), and tried again when it has changed or with --retry.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach ingest van-ban/                        a folder with all folders in it, into plans.db
  kehoach ingest 'van-ban/**/*.docx' --store a.db
  kehoach ingest van-ban/ --exclude 'nhap/' --exclude '*.bak.docx'
  kehoach ingest --retry                         what could not be read, once more
  kehoach ingest --refresh                       after an update: what the older version has read")]
pub(super) struct Arguments {
    /// Files, folders, patterns in quotes.
    #[arg(value_name = "PATH", required_unless_present_any = ["retry", "refresh"])]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    store: StoreFile,

    /// Leave out what fits the pattern, as in .gitignore; may be given several times.
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,

    /// Take files of every ending out of folders, and hidden ones.
    #[arg(long)]
    all: bool,

    /// Compare the content of every file, even where its size and time are as they were.
    #[arg(long)]
    rehash: bool,

    /// Read again what another version of kehoach or of its rules has read; without PATH everything of that kind.
    #[arg(long)]
    refresh: bool,

    /// Try again what could not be read; without PATH everything of that kind.
    #[arg(long)]
    retry: bool,

    /// Do not link the documents at the end; `kehoach link` does it later.
    #[arg(long)]
    no_link: bool,

    /// How many files are read at once; as many as there are processors unless given.
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    match ingest(arguments, context) {
        Ok(code) | Err(code) => code,
    }
}

fn ingest(arguments: &Arguments, context: &Context) -> Result<ExitCode, ExitCode> {
    let (start, quiet) = (Instant::now(), context.quiet);
    let reader = reader(context.rules.as_deref())?;
    if let Some(jobs) = arguments.jobs {
        // Fails only where the pool was made before, and nothing before this made one.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let mut store = if arguments.paths.is_empty() {
        told(Store::open(&arguments.store.path)).and_then(|_| arguments.store.open_to_write())?
    } else {
        arguments.store.open_to_write()?
    };
    let search = Search {
        paths: wanted(arguments, &store, &reader, quiet)?,
        exclude: arguments.exclude.clone(),
        all: arguments.all,
        never: files::own_files(&arguments.store.path),
    };
    let Found { files, archives, others, problems } = told(files::find(&search))?;
    for problem in &problems {
        complain(problem);
    }
    let options =
        Options { reader: reader.clone(), rehash: arguments.rehash, refresh: arguments.refresh, retry: arguments.retry };
    // Those that are linked after the reading, now or later, with all the others, are linked by themselves first.
    let trial = Trial::Linked;
    let progress = Progress::new(quiet);
    let summary = told(gather::gather(&mut store, files, &options, &progress, &|path| context.reading(path, trial)));
    progress.bar.finish_and_clear();
    let summary = summary?;
    if !quiet {
        complain(&told_of(&summary, start.elapsed()));
    }
    let are_linked = link(arguments, context, &mut store, &reader)?;
    if !quiet {
        if let Some(left_out) = left_out(&archives, &summary.own, &others) {
            complain(&left_out);
        }
        let shown = arguments.store.path.display();
        let unread = told(store.unread(0))?;
        if summary.read > 0 && unread.unread > 0 {
            let told = super::status::of_numbers(&unread);
            complain(&format!("{told}; which documents to look at first: kehoach status --store {shown}"));
        }
        if summary.failed > 0 {
            complain(&format!("what failed: kehoach status --store {shown}; once more: kehoach ingest --retry --store {shown}"));
        }
        if summary.read + summary.replaced > 0
            && let Some(corrected) = super::corrections::told_of(&told(store.correction_states())?)
        {
            complain(&format!("{corrected}; which: kehoach corrections list --store {shown}"));
        }
        let outdated = told(store.outdated(&reader))?;
        if outdated > 0 {
            complain(&format!(
                "{outdated} documents were read by another version; read them again with: kehoach ingest --refresh --store {shown}"
            ));
        }
    }
    // As long as a file has failed, not all is done; a run that only says "unchanged" would hide it.
    if summary.failed_before > 0 {
        let shown = arguments.store.path.display();
        complain(&format!(
            "{} files could not be read earlier, are unchanged and were not tried again; which and why: kehoach status --store {shown}; \
             once more: kehoach ingest --retry --store {shown}",
            summary.failed_before
        ));
    }
    let all_is_done = summary.failed + summary.failed_before == 0 && problems.is_empty() && are_linked;
    Ok(if all_is_done { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Links the documents, where any came, changed or went, or another version has linked them; gives back whether all of them are linked
/// that are to be.
fn link(arguments: &Arguments, context: &Context, store: &mut Store, linker: &str) -> Result<bool, ExitCode> {
    if arguments.no_link || told(store.links_are_current(linker))? {
        return Ok(true);
    }
    let start = Instant::now();
    let lexicon = context.link_lexicon()?;
    let (done, left_out) =
        link_documents(store, context, &lexicon, linker, if context.try_each { Trial::Linked } else { Trial::None })?;
    if !context.quiet {
        complain(&linked(&done, start.elapsed()));
    }
    Ok(left_out == 0)
}

/// The paths that were given, or those that --retry and --refresh mean.
fn wanted(arguments: &Arguments, store: &Store, reader: &str, quiet: bool) -> Result<Vec<PathBuf>, ExitCode> {
    if !arguments.paths.is_empty() {
        return Ok(arguments.paths.clone());
    }
    let mut paths = Vec::new();
    if arguments.retry {
        paths.extend(told(store.failures())?.into_iter().map(|failure| PathBuf::from(failure.path)));
    }
    if arguments.refresh {
        paths.extend(told(store.outdated_files(reader))?);
    }
    let stored = paths.len();
    paths.retain(|path| path.exists());
    if paths.len() < stored && !quiet {
        let shown = arguments.store.path.display();
        complain(&format!(
            "{} files are gone and stay as they were read; forget them with: kehoach forget --missing --store {shown}",
            stored - paths.len()
        ));
    }
    Ok(paths)
}

fn told_of(summary: &Summary, elapsed: Duration) -> String {
    let mut text = format!("{} read", summary.read);
    for (count, what) in [
        (summary.replaced, "replaced"),
        (summary.known, "further names of a known content"),
        (summary.unchanged, "unchanged"),
        (summary.failed, "failed"),
    ] {
        if count > 0 || what == "unchanged" || what == "failed" {
            let _ = write!(text, ", {count} {what}");
        }
    }
    if !summary.reasons.is_empty() {
        let reasons: Vec<String> = summary.reasons.iter().map(|(code, count)| format!("{code} {count}")).collect();
        let _ = write!(text, " ({})", reasons.join(", "));
    }
    if summary.failed_before > 0 {
        let _ = write!(text, ", {} failed before and not tried again", summary.failed_before);
    }
    let _ = write!(text, " in {:.1} s", elapsed.as_secs_f64());
    text
}

fn left_out(archives: &[PathBuf], own: &[PathBuf], others: &std::collections::BTreeMap<String, usize>) -> Option<String> {
    const NAMED: usize = 3;
    let mut parts = Vec::new();
    for (paths, what) in [(archives, "archives (not opened; unpack them first)"), (own, "files that kehoach has written")] {
        if !paths.is_empty() {
            let named: Vec<String> = paths.iter().take(NAMED).map(|path| path.display().to_string()).collect();
            let more = if paths.len() > NAMED { ", …" } else { "" };
            parts.push(format!("{} {what}: {}{more}", paths.len(), named.join(", ")));
        }
    }
    if !others.is_empty() {
        let endings: Vec<String> = others.iter().map(|(ending, count)| format!(".{ending} {count}")).collect();
        parts.push(format!(
            "{} files of other endings ({}; name them, or take all with --all)",
            others.values().sum::<usize>(),
            endings.join(", ")
        ));
    }
    (!parts.is_empty()).then(|| format!("left out: {}", parts.join("; ")))
}

/// A bar on a terminal, a line now and then elsewhere.
struct Progress {
    bar: ProgressBar,
    plain: bool,
    start: Instant,
    told: Cell<Instant>,
    done: Cell<usize>,
    all: Cell<usize>,
}

/// Between two lines where there is no terminal.
const PAUSE: Duration = Duration::from_secs(10);

impl Progress {
    fn new(quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let now = Instant::now();
        Self {
            bar: if terminal && !quiet { ProgressBar::new(0) } else { ProgressBar::hidden() },
            plain: !terminal && !quiet,
            start: now,
            told: Cell::new(now),
            done: Cell::new(0),
            all: Cell::new(0),
        }
    }
}

impl Watch for Progress {
    fn begin(&self, to_read: usize, _unchanged: usize) {
        const BAR: &str = "{bar:30} {pos} of {len} files, {rate} a second, {eta} left";
        self.all.set(to_read);
        self.bar.set_length(to_read as u64);
        if let Ok(style) = ProgressStyle::with_template(BAR) {
            let rate = |state: &ProgressState, text: &mut dyn Write| {
                let _ = write!(text, "{:.0}", state.per_sec());
            };
            self.bar.set_style(style.with_key("rate", rate));
        }
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn done(&self, _path: &Path, outcome: &Outcome) {
        self.done.set(self.done.get() + 1);
        self.bar.inc(1);
        if let Outcome::Failed { message, .. } = outcome {
            self.bar.suspend(|| complain(message));
        }
        if self.plain && self.told.get().elapsed() >= PAUSE {
            self.told.set(Instant::now());
            let (done, all) = (self.done.get(), self.all.get());
            #[allow(clippy::cast_precision_loss)]
            let rate = done as f64 / self.start.elapsed().as_secs_f64();
            #[allow(clippy::cast_precision_loss)]
            let left = (all - done) as f64 / rate;
            complain(&format!("{done} of {all} files, {rate:.0} a second, {left:.0} s left"));
        }
    }
}
