//! The command line. One file a command; each calls the pipeline.

mod audit;
mod completions;
mod context;
mod corrections;
mod coverage;
#[cfg(feature = "parquet")]
mod dataset;
mod documents;
mod diff;
mod eval;
mod export;
mod extract;
mod forget;
mod guard;
mod ingest;
mod link;
mod list;
mod meant;
mod output;
#[cfg(test)]
mod readme;
mod review;
mod rules;
mod schema;
mod search;
mod series;
mod show;
mod status;
mod store;
mod tasks;
mod text;
mod verify;
mod watch;
mod worker;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::ingest::worker::{Limits, Workers};
use crate::ingest::{own, process};
use crate::lexicon::Lexicon;
use crate::pipeline::parts::USUAL;
use context::Context;

/// Reads Vietnamese government plans and reports into records whose every value is traced to its place in the source.
#[derive(Parser)]
#[command(name = "kehoach", version, about, long_about = LONG, after_help = AFTER, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Folder whose lexicons/*.toml are laid over the embedded ones: an entry of the same name replaces, a new name is added.
    #[arg(long, value_name = "DIR", global = true)]
    rules: Option<PathBuf>,

    /// Seconds that reading one file may take; one that LibreOffice converts has 120 more, a scan as many again for every page.
    #[arg(long, value_name = "SECONDS", global = true, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    time_limit: u64,

    /// MiB of memory that reading one file may take.
    #[arg(long, value_name = "MIB", global = true, default_value_t = 4096, value_parser = clap::value_parser!(u64).range(64..=1_048_576))]
    memory_limit: u64,

    /// Read every file in this process and not in worker processes, without limits: for trusted files only, one can end the run.
    #[arg(long, global = true)]
    no_isolation: bool,

    /// Try each document by itself, whatever its length: what this program calls itself with where documents together take too long.
    #[arg(long, global = true, hide = true)]
    try_each: bool,

    /// Say nothing on stderr but errors.
    #[arg(short, long, global = true)]
    quiet: bool,
}

/// The option of [`Cli::try_each`].
const EACH: &str = "--try-each";

const LONG: &str = "Reads Vietnamese government plans (kế hoạch) and reports (báo cáo) into structured records: who issued \
them, their section tree, targets, tasks, agencies, deadlines, legal references, a report's results, totals with their parts. \
Every value carries the exact place in the source text that it was read from. Nothing is invented: what a text does not say is null.";

const AFTER: &str = "Examples:
  kehoach audit plan.txt report.docx            what does not hold together, in each and between them
  kehoach audit plans/ --format html -o bao-cao.html   the same as a page that opens offline
  kehoach export plans/ --format xlsx -o so.xlsx       targets, tasks, deadlines as a workbook
  kehoach extract plan.txt                      one record, as JSON
  kehoach extract corpus/*.txt > records.ndjson several records, one a line, in the order given
  kehoach text plan.txt                         the source text that evidence points into
  kehoach ingest van-ban/ --store plans.db      all documents of a folder, into one store; again: only what is new
  kehoach search 'chuyen doi so'                where the stored documents have these words
  kehoach show 3f2a --chain                     what stands above and below a stored document, and why
  kehoach series 'diện tích rừng' --format csv  an indicator of the stored documents over units and years
  kehoach eval --gold corpus/gold --docs corpus precision, recall and F1 against annotated documents

Exit codes: 0 done; 1 findings, or not reached what was asked for; 2 a file could not be read now or, in a store, \
earlier; or the arguments are wrong.";

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Reading(Reading),
    Status(status::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
    Search(search::Arguments),
    Forget(forget::Arguments),
    Corrections(corrections::Arguments),
    Rules(rules::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(completions::Man),
    Worker(worker::Arguments),
    Guard(guard::Arguments),
}

/// Commands that read documents.
#[derive(Subcommand)]
enum Reading {
    Audit(audit::Arguments),
    Coverage(coverage::Arguments),
    Tasks(tasks::Arguments),
    Diff(diff::Arguments),
    Export(export::Arguments),
    Extract(extract::Arguments),
    Text(text::Arguments),
    Ingest(ingest::Arguments),
    Link(link::Arguments),
    Series(series::Arguments),
    Eval(eval::Arguments),
    Verify(verify::Arguments),
    Review(review::Arguments),
}

/// Reads the arguments and runs the command.
#[must_use]
pub fn run() -> ExitCode {
    // An error of this program is no success and no finding, whatever the command.
    catch_unwind(run_command).unwrap_or_else(|_| {
        complain("stopped because of an error in kehoach; please report it with the command and the files");
        ExitCode::from(2)
    })
}

fn run_command() -> ExitCode {
    let Cli { command, rules, quiet, time_limit, memory_limit, no_isolation, try_each } = Cli::parse();
    if let Ok(program) = std::env::current_exe() {
        process::guard_with(program);
    }
    let command = match command {
        Command::Reading(command) => command,
        Command::Rules(arguments) => return rules::run(&arguments),
        Command::Schema(arguments) => return schema::run(&arguments),
        Command::Status(arguments) => return status::run(&arguments, rules.as_deref()),
        Command::List(arguments) => return list::run(&arguments),
        Command::Show(arguments) => return show::run(&arguments),
        Command::Search(arguments) => return search::run(&arguments, quiet),
        Command::Forget(arguments) => return forget::run(&arguments, quiet),
        Command::Corrections(arguments) => return corrections::run(&arguments, quiet),
        Command::Completions(arguments) => return completions::run(&arguments),
        Command::Man(arguments) => return completions::man(&arguments),
        Command::Guard(arguments) => return guard::run(&arguments),
        Command::Worker(arguments) => {
            return match lexicon(rules.as_deref()) {
                Ok(lexicon) => {
                    let usual = if try_each { 0 } else { USUAL };
                    worker::run(&arguments, (Duration::from_secs(time_limit), memory_limit), &lexicon, rules.as_deref(), usual)
                }
                Err(code) => code,
            };
        }
    };
    let limits = Limits::new(Duration::from_secs(time_limit), memory_limit);
    let workers = if no_isolation { Ok(None) } else { workers(limits, rules.as_deref(), try_each).map(Some) };
    let context = match (lexicon(rules.as_deref()), workers) {
        (Ok(lexicon), Ok(workers)) => Context { lexicon, rules, quiet, limits, workers, try_each },
        (Err(code), _) | (_, Err(code)) => return code,
    };
    match command {
        Reading::Audit(arguments) => audit::run(&arguments, &context),
        Reading::Coverage(arguments) => coverage::run(&arguments, &context),
        Reading::Tasks(arguments) => tasks::run(&arguments, &context),
        Reading::Diff(arguments) => diff::run(&arguments, &context),
        Reading::Export(arguments) => export::run(&arguments, &context),
        Reading::Extract(arguments) => extract::run(&arguments, &context),
        Reading::Text(arguments) => text::run(&arguments, &context),
        Reading::Ingest(arguments) => ingest::run(&arguments, &context),
        Reading::Link(arguments) => link::run(&arguments, &context),
        Reading::Series(arguments) => series::run(&arguments, &context),
        Reading::Eval(arguments) => eval::run(&arguments, &context),
        Reading::Verify(arguments) => verify::run(&arguments, &context),
        Reading::Review(arguments) => review::run(&arguments, &context),
    }
}

fn workers(limits: Limits, rules: Option<&Path>, try_each: bool) -> Result<Workers, ExitCode> {
    let mut arguments = rules.map_or_else(Vec::new, |rules| vec!["--rules".into(), rules.into()]);
    arguments.extend(try_each.then(|| EACH.into()));
    std::env::current_exe().map(|program| Workers::new(program, arguments, limits)).map_err(|error| {
        complain(&format!(
            "this program does not find itself to start worker processes: {error}; call it by its full path, or add --no-isolation"
        ));
        ExitCode::from(2)
    })
}

fn lexicon(rules: Option<&Path>) -> Result<Lexicon, ExitCode> {
    let read = match rules {
        Some(folder) if !folder.is_dir() => {
            complain(&format!("--rules {}: is no folder; name the folder that holds lexicons/", folder.display()));
            return Err(ExitCode::from(2));
        }
        Some(folder) => Lexicon::with_rules(folder),
        None => Lexicon::embedded(),
    };
    read.map_err(|error| {
        complain(&format!("{error}; correct the lexicon"));
        ExitCode::from(2)
    })
}

/// An error for people, on stderr; where nobody listens any more (`2>&1 | head`) the work goes on.
fn complain(message: &str) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(format!("{}{}\n", own::SAYS, visible(message)).as_bytes());
}

/// A text without the characters that a terminal takes for commands: a file's name, or a document, may hold `\\x1B[2J`.
fn visible(text: &str) -> std::borrow::Cow<'_, str> {
    let harms = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\u{C}');
    if !text.contains(harms) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if harms(c) { out.push_str(&format!("\\x{:02X}", u32::from(c))) } else { out.push(c) }
    }
    out.into()
}

/// [`visible`], with the colours of a report on a terminal.
fn visible_in_colours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('\u{1b}').enumerate() {
        let colour = part.strip_prefix('[').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
        if index > 0 {
            out.push_str(if colour.is_some_and(|rest| rest.starts_with('m')) { "\u{1b}" } else { "\\x1B" });
        }
        out.push_str(&visible(part));
    }
    out
}

/// Writes a text for people to stdout, see [`visible`].
fn print(text: &str) -> ExitCode {
    print_raw(&visible(text))
}

/// Writes a report for people to stdout. Where that is a file (`> doi-chieu.txt`), which may lie among the documents, the report has its mark.
fn print_report(text: &str) -> ExitCode {
    print_marked(&visible(text))
}

/// As [`print_report`], of a text that is [`visible`] already.
fn print_marked(text: &str) -> ExitCode {
    if place_of(&std::io::stdout()).is_some() { print_raw(&format!("{text}{}", own::TEXT_END)) } else { print_raw(text) }
}

/// The device and the number of the file that a stream of this process goes to, where it goes to a file.
#[cfg(unix)]
fn place_of(stream: &impl std::os::fd::AsFd) -> Option<(u64, u64)> {
    let file = std::fs::File::from(stream.as_fd().try_clone_to_owned().ok()?);
    file.metadata().ok().filter(std::fs::Metadata::is_file).map(|file| of_file(&file))
}

/// Where files have no numbers: whether it is one.
#[cfg(windows)]
fn place_of(stream: &impl std::os::windows::io::AsHandle) -> Option<(u64, u64)> {
    let file = std::fs::File::from(stream.as_handle().try_clone_to_owned().ok()?);
    file.metadata().ok().filter(std::fs::Metadata::is_file).map(|_| (0, 0))
}

#[cfg(unix)]
fn of_file(file: &std::fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

/// Whether the file at `path` is the one that this run writes its result or its messages to (`kehoach coverage van-ban/ >
/// van-ban/doi-chieu.txt`): it is no document, and has no mark yet.
#[cfg(unix)]
fn is_written_now(path: &Path) -> bool {
    static PLACES: std::sync::OnceLock<[Option<(u64, u64)>; 2]> = std::sync::OnceLock::new();
    let places = PLACES.get_or_init(|| [place_of(&std::io::stdout()), place_of(&std::io::stderr())]);
    places.iter().any(Option::is_some)
        && std::fs::metadata(path).is_ok_and(|file| file.is_file() && places.contains(&Some(of_file(&file))))
}

#[cfg(not(unix))]
fn is_written_now(_path: &Path) -> bool {
    false
}

/// Writes to stdout; a reader that has gone away (`| head`) is no error of ours.
fn print_raw(text: &str) -> ExitCode {
    use std::io::Write;
    watch::done();
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("stdout: cannot be written: {error}; check the disk or the pipe"));
            ExitCode::from(2)
        }
    }
}
