//! `kehoach diff OLD NEW`: what changed between two versions of a document.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::exit::{FOUND, UNREAD, WRONG};
use super::inputs::STDIN;
use super::output::Output;
use super::{Context, complain};
use crate::report::diff;

/// Tell what changed between two versions of a plan: targets, tasks, deadlines, agencies, references.
///
/// Exit codes: 0 no difference; 1 differences; 3 a file could not be read.
#[derive(Args)]
#[command(after_help = "Example:
  kehoach diff du-thao.docx ban-hanh.pdf")]
pub(super) struct Arguments {
    /// The old version; - for what stdin gives.
    old: PathBuf,

    /// The new version; - for what stdin gives.
    new: PathBuf,

    /// How the differences are written.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    #[command(flatten)]
    output: Output,

    /// What the document is called that comes from stdin.
    #[arg(long, value_name = "NAME", default_value = "stdin", hide_default_value = true)]
    stdin_name: PathBuf,
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
    if arguments.old == arguments.new && arguments.old.as_os_str() == STDIN {
        complain("stdin gives one document; name a file for the other version");
        return WRONG.into();
    }
    let record = |path: &PathBuf| match context.one(path, &arguments.stdin_name) {
        Ok(path) => Ok(context.record(&path)),
        Err(code) => Err(code),
    };
    let (old, new) = match (record(&arguments.old), record(&arguments.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(code), _) | (_, Err(code)) => return code,
    };
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            for error in [old.err(), new.err()].into_iter().flatten() {
                complain(&error.to_string());
            }
            return UNREAD.into();
        }
    };
    let _watch = context.watch(2);
    let found = diff::diff(&old, &new);
    let lang = context.settings.lang;
    let text = match arguments.format {
        Form::Text => diff::text(&found, lang),
        Form::Md => diff::markdown(&found, lang),
        Form::Json => format!("{}\n", serde_json::to_string_pretty(&found).unwrap_or_default()),
    };
    let output = &arguments.output;
    let written = if arguments.format == Form::Text { output.report(&text) } else { output.text(&text) };
    if written == ExitCode::SUCCESS && !found.changes.is_empty() { FOUND.into() } else { written }
}
