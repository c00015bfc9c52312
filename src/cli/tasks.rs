//! `kehoach tasks --for "Sở Y tế" FILE…`: what an agency has to do, by deadline.

use std::process::ExitCode;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::audit::Language;
use super::context::sound;
use super::coverage::Form;
use super::documents::Documents;
use super::meant::did_you_mean;
use super::{Context, complain, print, print_report};
use crate::check::Case;
use crate::pipeline::parts::Trial;
use crate::record::Record;
use crate::report::{Lang, agenda};

/// Print the tasks and targets that an agency leads, coordinates or monitors, by deadline; recurring deadlines as dates.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach tasks --for \"Thanh tra tỉnh\" plans/*.pdf
  kehoach tasks --for \"Thanh tra tỉnh\" --groups --format csv plans/*.pdf > viec.csv")]
pub(super) struct Arguments {
    /// The agency, as documents write it; its head's office stands for it.
    #[arg(long = "for", value_name = "AGENCY", value_parser = NonEmptyStringValueParser::new())]
    agency: String,

    #[command(flatten)]
    documents: Documents,

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
    let mut gathered = match arguments.documents.read(context, Trial::None) {
        Ok(gathered) => gathered,
        Err(code) => return code,
    };
    let _watch = context.watch(gathered.records.len());
    let asked = gathered.asked.clone();
    gathered.records.retain(|record| asked.as_ref().is_none_or(|asked| asked.contains(&record.source.path)));
    let given = |records: &[Record]| {
        let cases: Vec<Case> = records.iter().map(|record| Case::new(record, &context.lexicon)).collect();
        agenda::agenda(&cases, &arguments.agency, arguments.groups)
    };
    let entries = match sound(&mut gathered.records, &mut gathered.unread, given) {
        Ok(entries) => entries,
        Err(code) => return code,
    };
    if entries.is_empty() {
        let owners =
            gathered.records.iter().flat_map(|record| &record.tasks).flat_map(|task| task.owner.iter().chain(&task.coordinate));
        let agencies = gathered.records.iter().flat_map(|record| &record.targets).flat_map(|target| &target.agencies);
        let known = owners.map(String::as_str).chain(agencies.map(|agency| agency.name.as_str()));
        let meant = did_you_mean(&arguments.agency, known);
        complain(&format!(
            "these files give nothing to `{}`{meant}; write the name as they do, or try --groups",
            arguments.agency
        ));
    }
    let lang = if arguments.lang == Language::Vi { Lang::Vi } else { Lang::En };
    let code = match arguments.format {
        Form::Text => print_report(&agenda::text(&entries, lang)),
        Form::Csv => print(&agenda::csv(&entries)),
        Form::Json => print(&format!("{}\n", serde_json::to_string_pretty(&entries).unwrap_or_default())),
    };
    if gathered.unread.is_empty() { code } else { ExitCode::from(2) }
}
