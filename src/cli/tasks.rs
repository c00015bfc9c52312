//! `kehoach tasks --for "Sở Y tế" FILE…`: what an agency has to do, by deadline.

use std::process::ExitCode;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::context::sound;
use super::coverage::Form;
use super::documents::Documents;
use super::exit::{self, NOTHING};
use super::meant::did_you_mean;
use super::settings::Locale;
use super::{Context, complain, print, print_report};
use crate::check::Case;
use crate::pipeline::parts::Trial;
use crate::record::Record;
use crate::report::agenda;

/// Print the tasks and targets that an agency leads, coordinates or monitors, by deadline: what is late, what comes next.
///
/// What is given to a group that the agency is of is its own too, and said to be the group's: `UBND các xã, phường`, `Ủy ban nhân dân cấp
/// xã`, `các địa phương` for a commune; `các sở, ngành` for a department. Recurring deadlines come as dates. The name may be typed
/// without marks.
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

    /// Also what is given to groups that may hold any body: các cơ quan, đơn vị.
    #[arg(long)]
    groups: bool,

    /// The day that lateness is counted from; today unless given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<jiff::civil::Date>,

    /// How it is written.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    #[command(flatten)]
    locale: Locale,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let mut gathered = match arguments.documents.read(context, Trial::None) {
        Ok(gathered) => gathered,
        Err(code) => return code,
    };
    let _watch = context.watch(gathered.records.len());
    let asked = gathered.asked.clone();
    gathered.records.retain(|record| asked.as_ref().is_none_or(|asked| asked.contains(&record.source.path)));
    let wanted = agenda::Wanted::new(&arguments.agency, arguments.groups, &context.lexicon);
    let given = |records: &[Record]| {
        let cases: Vec<Case> = records.iter().map(|record| Case::new(record, &context.lexicon)).collect();
        agenda::agenda(&cases, &wanted)
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
    let lang = context.settings.lang;
    let code = match arguments.format {
        Form::Text => print_report(&agenda::text(&entries, lang, arguments.as_of.unwrap_or_else(today))),
        Form::Csv => print(&agenda::csv(&entries, &arguments.locale.profile())),
        Form::Json => print(&format!("{}\n", serde_json::to_string_pretty(&entries).unwrap_or_default())),
    };
    exit::code(code, !gathered.unread.is_empty(), if entries.is_empty() { NOTHING } else { 0 })
}

fn today() -> jiff::civil::Date {
    // Without the time zones of the system the day is that of Greenwich; those of Vietnam are seven hours ahead.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
    let days = i64::try_from((now + 7 * 3600) / 86_400).unwrap_or_default();
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap_or(jiff::civil::date(1970, 1, 1))
}
