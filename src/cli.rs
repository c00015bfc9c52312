//! The command line. One file a command; each calls the pipeline.

mod audit;
mod coverage;
mod eval;
mod extract;
mod link;
mod rules;
mod schema;
mod series;
mod tasks;
mod text;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::lexicon::Lexicon;

/// Reads Vietnamese government plans and reports into records whose every value is traced to its place in the source.
#[derive(Parser)]
#[command(name = "kehoach", version, about, long_about = LONG, after_help = AFTER, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Folder whose lexicons/*.toml are laid over the embedded ones: an entry of the same name replaces, a new name is added.
    #[arg(long, value_name = "DIR", global = true)]
    rules: Option<PathBuf>,

    /// Say nothing on stderr but errors.
    #[arg(short, long, global = true)]
    quiet: bool,
}

const LONG: &str = "Reads Vietnamese government plans (kế hoạch) and reports (báo cáo) into structured records: who issued \
them, their section tree, targets, tasks, agencies, deadlines, legal references, a report's results, totals with their parts. \
Every value carries the exact place in the source text that it was read from. Nothing is invented: what a text does not say is null.";

const AFTER: &str = "Examples:
  kehoach audit plan.txt report.docx            what does not hold together, in each and between them
  kehoach extract plan.txt                      one record, as JSON
  kehoach extract corpus/*.txt > records.ndjson several records, one a line, in the order given
  kehoach text plan.txt                         the source text that evidence points into
  kehoach eval --gold corpus/gold --docs corpus precision, recall and F1 against annotated documents

Exit codes: 0 done; 1 findings, or not reached what was asked for; 2 a file could not be read, or the arguments are wrong.";

#[derive(Subcommand)]
enum Command {
    Audit(audit::Arguments),
    Coverage(coverage::Arguments),
    Tasks(tasks::Arguments),
    Extract(extract::Arguments),
    Text(text::Arguments),
    Link(link::Arguments),
    Series(series::Arguments),
    Eval(eval::Arguments),
    Rules(rules::Arguments),
    Schema(schema::Arguments),
}

/// Reads the arguments and runs the command.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let lexicon = match lexicon(cli.rules.as_deref()) {
        Ok(lexicon) => lexicon,
        Err(code) => return code,
    };
    match cli.command {
        Command::Coverage(arguments) => coverage::run(&arguments, &lexicon, cli.rules.as_deref()),
        Command::Tasks(arguments) => tasks::run(&arguments, &lexicon),
        Command::Audit(arguments) => audit::run(&arguments, &lexicon, cli.rules.as_deref()),
        Command::Extract(arguments) => extract::run(&arguments, &lexicon, cli.quiet),
        Command::Text(arguments) => text::run(&arguments),
        Command::Link(arguments) => link::run(&arguments, &lexicon, cli.rules.as_deref(), cli.quiet),
        Command::Series(arguments) => series::run(&arguments, &lexicon, cli.rules.as_deref(), cli.quiet),
        Command::Eval(arguments) => eval::run(&arguments, &lexicon),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    }
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

/// An error for people, on stderr.
fn complain(message: &str) {
    eprintln!("kehoach: {message}");
}

/// Writes to stdout; a reader that has gone away (`| head`) is no error of ours.
fn print(text: &str) -> ExitCode {
    use std::io::Write;
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
