//! `kehoach diff OLD NEW`: what changed between two versions of a document.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::audit::Language;
use super::{Context, complain, output};
use crate::report::diff;

/// Tell what changed between two versions of a plan: targets, tasks, deadlines, agencies, references.
///
/// Exit codes: 0 no difference; 1 differences; 2 a file could not be read.
#[derive(Args)]
#[command(after_help = "Example:
  kehoach diff du-thao.docx ban-hanh.pdf")]
pub(super) struct Arguments {
    /// The old version.
    old: PathBuf,

    /// The new version.
    new: PathBuf,

    /// How the differences are written.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    /// The file to write; else stdout.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The language of the text.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    lang: Language,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Md,
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let (old, new) = match (context.record(&arguments.old), context.record(&arguments.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            for error in [old.err(), new.err()].into_iter().flatten() {
                complain(&error.to_string());
            }
            return ExitCode::from(2);
        }
    };
    let found = diff::diff(&old, &new);
    let lang = arguments.lang.lang();
    let text = match arguments.format {
        Form::Text => diff::text(&found, lang),
        Form::Md => diff::markdown(&found, lang),
        Form::Json => format!("{}\n", serde_json::to_string_pretty(&found).unwrap_or_default()),
    };
    let written = output::text(&text, arguments.output.as_deref());
    if written == ExitCode::SUCCESS && !found.changes.is_empty() { ExitCode::from(1) } else { written }
}
