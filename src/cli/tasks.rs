//! `kehoach tasks --for "Sở Y tế" FILE…`: what an agency has to do, by deadline.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::audit::Language;
use super::coverage::Form;
use super::{Context, complain, print};
use crate::check::Case;
use crate::report::{Lang, agenda};

/// Print the tasks and targets that an agency leads, coordinates or monitors, by deadline; recurring deadlines as dates.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach tasks --for \"Sở Tài chính\" plans/*.pdf
  kehoach tasks --for \"Sở Tài chính\" --groups --format csv plans/*.pdf > viec.csv")]
pub(super) struct Arguments {
    /// The agency, as documents write it; its head's office stands for it.
    #[arg(long = "for", value_name = "AGENCY")]
    agency: String,

    /// Files of any format, or folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Also what is given to groups: các sở, ban, ngành.
    #[arg(long)]
    groups: bool,

    /// How it is written.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    /// The language of the text.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    lang: Language,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let (records, unread) = context.gather(&arguments.paths);
    let cases: Vec<Case> = records.iter().map(|record| Case::new(record, &context.lexicon)).collect();
    let entries = agenda::agenda(&cases, &arguments.agency, arguments.groups);
    if entries.is_empty() {
        complain(&format!("these files give nothing to `{}`; write the name as they do, or try --groups", arguments.agency));
    }
    let lang = if arguments.lang == Language::Vi { Lang::Vi } else { Lang::En };
    let code = match arguments.format {
        Form::Text => print(&agenda::text(&entries, lang)),
        Form::Csv => print(&agenda::csv(&entries)),
        Form::Json => print(&format!("{}\n", serde_json::to_string_pretty(&entries).unwrap_or_default())),
    };
    if unread.is_empty() { code } else { ExitCode::from(2) }
}
