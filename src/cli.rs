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
mod exit;
mod export;
mod extract;
mod forget;
mod guard;
mod ingest;
mod inputs;
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
mod settings;
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

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand};

use crate::ingest::worker::{Limits, Workers};
use crate::ingest::{own, process};
use crate::lexicon::Lexicon;
use crate::pipeline::parts::USUAL;
use crate::report::Lang;
use context::Context;
use exit::WRONG;
use settings::{Color, Config, Language, Settings};

/// Reads Vietnamese government plans and reports into records whose every value is traced to its place in the source.
#[derive(Parser)]
#[command(name = "kehoach", version, about, long_about = LONG, after_help = format!("{AFTER}{}", exit::TABLE), max_term_width = 100)]
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

    /// Say on stderr too which settings, rules and files are used.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,

    /// How many files are read at once; as many as there are processors unless given.
    #[arg(short, long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,

    /// The language of what is written for people: reports, headings, sheets; Vietnamese unless given.
    #[arg(long, global = true, value_name = "LANG", env = "KEHOACH_LANG", hide_env_values = true)]
    lang: Option<Language>,

    /// When text for people has colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,

    /// File of settings; else the nearest kehoach.toml in this folder and those above it.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Take no kehoach.toml.
    #[arg(long, global = true)]
    no_config: bool,
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

kehoach.toml, in the folder of the work or above it, keeps what is always the same; its paths are from its folder:
  store = \"plans.db\"              # also rules = \"quy-tac\", lang = \"en\", jobs = 4
  exclude = [\"nhap/\", \"*.bak.docx\"]
  [audit]
  ignore = [\"SM\"]                # also select, accept = \"bo-qua.toml\", fail-on = \"error\"
An option comes before the environment (KEHOACH_STORE, KEHOACH_LANG, NO_COLOR), which comes before the file.

";

#[derive(Subcommand)]
#[allow(clippy::large_enum_variant, reason = "one is made in a run")]
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
        ExitCode::from(WRONG)
    })
}

/// The command line; one that names a file where a command stands is told what to type.
fn parsed() -> Cli {
    Cli::try_parse().unwrap_or_else(|error| {
        if error.kind() == ErrorKind::InvalidSubcommand
            && let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
            && Path::new(word).exists()
        {
            complain(&format!("{word}: is a file or a folder; say what to do with it:"));
            let word = if word.contains(char::is_whitespace) { format!("'{word}'") } else { word.clone() };
            for (does, what) in [
                ("audit", "what does not hold together in it"),
                ("extract", "its record as JSON"),
                ("export --format csv", "its targets and tasks as a table"),
                ("ingest", "takes it into a store"),
            ] {
                eprintln!("  {:<34} {what}", format!("kehoach {does} {word}"));
            }
            std::process::exit(i32::from(WRONG));
        }
        error.exit()
    })
}

/// The settings of the nearest file, the environment and the command line.
fn settings(cli: &Cli) -> Result<Settings, ExitCode> {
    let here = std::env::current_dir().unwrap_or_default();
    let found = if cli.no_config { Ok((None, Config::default())) } else { Config::find(cli.config.as_deref(), &here) };
    let (path, config) = found.map_err(|message| {
        complain(&message);
        ExitCode::from(WRONG)
    })?;
    if let Some(path) = path.filter(|_| cli.verbose) {
        complain(&format!("settings of {}", path.display()));
    }
    let lang = cli.lang.or(config.lang).map_or(Lang::Vi, Language::lang);
    Ok(Settings { config, lang, color: cli.color, quiet: cli.quiet })
}

fn run_command() -> ExitCode {
    let cli = parsed();
    // A worker has what it needs from the process that started it.
    let settings = match &cli.command {
        Command::Worker(_) | Command::Guard(_) => {
            Settings { config: Config::default(), lang: Lang::Vi, color: Color::Never, quiet: true }
        }
        _ => match settings(&cli) {
            Ok(settings) => settings,
            Err(code) => return code,
        },
    };
    let Cli { command, rules, time_limit, memory_limit, no_isolation, try_each, verbose, jobs, .. } = cli;
    let rules = rules.or_else(|| settings.config.rules.clone());
    if let Some(jobs) = jobs.map(usize::from).or(settings.config.jobs) {
        // Fails only where the pool was made before, and nothing before this made one.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    if let Ok(program) = std::env::current_exe() {
        process::guard_with(program);
    }
    let command = match command {
        Command::Reading(command) => command,
        Command::Rules(arguments) => return rules::run(&arguments),
        Command::Schema(arguments) => return schema::run(&arguments),
        Command::Status(arguments) => return status::run(&arguments, rules.as_deref(), &settings),
        Command::List(arguments) => return list::run(&arguments, &settings),
        Command::Show(arguments) => return show::run(&arguments, &settings),
        Command::Search(arguments) => return search::run(&arguments, &settings),
        Command::Forget(arguments) => return forget::run(&arguments, &settings),
        Command::Corrections(arguments) => return corrections::run(&arguments, &settings),
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
        (Ok(lexicon), Ok(workers)) => {
            Context { lexicon, rules, settings, verbose, limits, workers, try_each, stdin: std::sync::OnceLock::new() }
        }
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
        ExitCode::from(WRONG)
    })
}

fn lexicon(rules: Option<&Path>) -> Result<Lexicon, ExitCode> {
    let read = match rules {
        Some(folder) if !folder.is_dir() => {
            complain(&format!("--rules {}: is no folder; name the folder that holds lexicons/", folder.display()));
            return Err(ExitCode::from(WRONG));
        }
        Some(folder) => Lexicon::with_rules(folder),
        None => Lexicon::embedded(),
    };
    read.map_err(|error| {
        complain(&format!("{error}; correct the lexicon"));
        ExitCode::from(WRONG)
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
        match c {
            // JSON holds these as they are, and stays JSON.
            '\u{7F}'.. if harms(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c if harms(c) => out.push_str(&format!("\\x{:02X}", u32::from(c))),
            c => out.push(c),
        }
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
            ExitCode::from(WRONG)
        }
    }
}
