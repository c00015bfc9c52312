//! `kehoach diff OLD NEW`: what changed between two versions of a document.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::audit::Language;
use super::output::Output;
use super::{Context, complain};
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

    #[command(flatten)]
    output: Output,

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
    if let Err(code) = arguments.output.check([arguments.old.as_path(), &arguments.new], None) {
        return code;
    }
    let (old, new) = match (context.record(&arguments.old), context.record(&arguments.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            for error in [old.err(), new.err()].into_iter().flatten() {
                complain(&error.to_string());
            }
            return ExitCode::from(2);
        }
    };
    let _watch = context.watch(2);
    let found = diff::diff(&old, &new);
    let lang = arguments.lang.lang();
    let text = match arguments.format {
        Form::Text => diff::text(&found, lang),
        Form::Md => diff::markdown(&found, lang),
        Form::Json => format!("{}\n", serde_json::to_string_pretty(&found).unwrap_or_default()),
    };
    let output = &arguments.output;
    let written = if arguments.format == Form::Text { output.report(&text) } else { output.text(&text) };
    if written == ExitCode::SUCCESS && !found.changes.is_empty() { ExitCode::from(1) } else { written }
}
