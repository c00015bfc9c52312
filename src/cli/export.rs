//! `kehoach export FILE…`: records as what other programs open.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::audit::{About, Language, examine, page};
use super::context::sound;
use super::documents::Documents;
use super::output::Output;
use super::{Context, complain};
use crate::check::accepted::Accepted;
use crate::check::{Case, rules::RULES};
use crate::pipeline::parts::Trial;
use crate::record::Record;
use crate::report::html::Purpose;
use crate::report::profile::Profile;
use crate::report::table::{self, Row};
use crate::report::{Outcome, agenda, csv, ics, markdown};

/// Write records as a sheet, a calendar or data: targets, tasks, deadlines, references, findings.
///
/// XLSX has a sheet each; CSV has targets and tasks in one table with the column names of trackers (so_ky_hieu, ten, don_vi_chu_tri,
/// thoi_han, …), or the table that --table names. ICS has the deadlines that name a day, with alarms and recurrences. HTML is a page
/// to read, search and print, with the documents' texts and every value marked in them.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach export plans/ --format xlsx -o theo-doi.xlsx
  kehoach export plan.pdf --format ics -o han.ics
  kehoach export --store plans.db --year 2025 --format html -o theo-doi.html
  kehoach export plans/ --format csv --decimal comma -o nhap.csv
  kehoach export plans/ --format csv --profile mau.toml -o nhap.csv
  kehoach export --store plans.db --format parquet -o du-lieu/

A profile maps the columns of another system's template:
  delimiter = \";\"            # else a comma
  decimal = \",\"              # else a point
  dates = \"dd/mm/yyyy\"       # else yyyy-mm-dd
  [[column]]
  name = \"Tên nhiệm vụ\"      # what the template calls it
  from = \"ten\"               # the column of --table; [\"ten\", \"san_pham\"] for both in one; \"stt\" for the row's number
  map = { chi_tieu = \"Chỉ tiêu\" }   # other words for some; join = \" – \" between several
  [[column]]
  name = \"Nguồn\"
  value = \"…\"                # the same words in every row
mark = false, header = false, guard = false leave out the byte order mark, the names, the apostrophe before = + - @")]
pub(super) struct Arguments {
    #[command(flatten)]
    documents: Documents,

    /// What is written.
    #[arg(long, value_enum)]
    format: Form,

    #[command(flatten)]
    output: Output,

    /// Which table CSV holds, and XLSX, Markdown and Parquet alone.
    #[arg(long, value_enum)]
    table: Option<Wanted>,

    /// TOML file that gives the columns of CSV, or of one sheet of XLSX, other names and another order.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,

    /// The decimal sign of CSV. With a comma cells are parted by `;`, as a spreadsheet with Vietnamese settings reads and writes them.
    #[arg(long, value_enum, default_value_t = Decimal::Point, conflicts_with = "profile")]
    decimal: Decimal,

    /// What this agency leads, coordinates or monitors: of ICS its deadlines alone; of CSV, XLSX and Markdown the table STT, Tên nhiệm
    /// vụ, Kết quả thực hiện, Đánh giá to fill in (of XLSX beside the others).
    #[arg(long = "for", value_name = "AGENCY")]
    agency: Option<String>,

    /// The language of headings.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    lang: Language,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Xlsx,
    Csv,
    Ics,
    Md,
    Json,
    Ndjson,
    /// One page that opens offline: documents, targets, tasks, series, coverage, deadlines; `audit --format html` adds the findings.
    Html,
    /// Typed tables in the folder that --output names, by year and level; an earlier export in it is replaced.
    Parquet,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Decimal {
    Point,
    Comma,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wanted {
    /// Targets and tasks.
    Items,
    Targets,
    Tasks,
    Deadlines,
    References,
    /// What nothing understood.
    Unread,
    Findings,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let fit = fits(arguments).and_then(|()| possible(arguments, cfg!(feature = "parquet")));
    let profile = match fit.and_then(|()| profile(arguments)) {
        Ok(profile) => profile,
        Err(message) => {
            complain(&message);
            return ExitCode::from(2);
        }
    };
    let words = match context.link_lexicon() {
        Ok(words) => words,
        Err(code) => return code,
    };
    if arguments.format != Form::Parquet {
        let inputs = arguments.documents.inputs().chain(arguments.profile.as_deref());
        if let Err(code) = arguments.output.check(inputs, arguments.documents.store()) {
            return code;
        }
    }
    let mut gathered = match arguments.documents.read_with(context, arguments.format == Form::Html, Trial::Audited) {
        Ok(gathered) => gathered,
        Err(code) => return code,
    };
    let _watch = context.watch(gathered.records.len());
    let work = |records: &[Record]| {
        examine(records.to_vec(), RULES, &Accepted::default(), &context.lexicon, (&words, &gathered.decisions))
    };
    let mut examined = match sound(&mut gathered.records.clone(), &mut gathered.unread, work) {
        Ok(examined) => examined,
        Err(code) => return code,
    };
    examined.outcome.unread.clone_from(&gathered.unread);
    // The page tells of a chosen plan what it does with the targets of one above it, so all documents go on.
    if arguments.format != Form::Html {
        let asked = |path: &str| gathered.is_asked(path);
        examined.records.retain(|record| asked(&record.source.path));
        examined.outcome.findings.retain(|finding| finding.evidence.iter().any(|side| asked(&side.path)));
        examined.outcome.undecided.retain(|entry| entry.evidence.iter().any(|side| asked(&side.path)));
    }
    let (records, found) = (&examined.records, &examined.outcome);
    let lang = arguments.lang.lang();
    let cases: Vec<Case> = records.iter().map(|record| Case::new(record, &context.lexicon)).collect();
    let rows: Vec<Row> = cases.iter().map(|case| Row::new(case, &found.findings)).collect();
    let table_of = |wanted: Wanted| match wanted {
        Wanted::Items => table::items(&rows),
        Wanted::Targets => table::targets(&rows),
        Wanted::Tasks => table::tasks(&rows),
        Wanted::Deadlines => table::deadlines(&rows),
        Wanted::References => table::references(&rows),
        Wanted::Unread => table::unread(&rows, lang),
        Wanted::Findings => table::findings(found, lang),
    };
    const SHEETS: [Wanted; 6] =
        [Wanted::Targets, Wanted::Tasks, Wanted::Deadlines, Wanted::References, Wanted::Unread, Wanted::Findings];
    let output = &arguments.output;
    let follow_up = arguments.agency.as_deref().map(|agency| {
        let table = table::follow_up(&agenda::agenda(&cases, agency, false));
        if table.rows.is_empty() && !context.quiet {
            complain(&format!(
                "no task or target of these documents names `{agency}`; `--table items` has the names as they are written"
            ));
        }
        table
    });
    // The one table that is asked for; a profile is for one.
    let one = || match (&follow_up, arguments.table) {
        (Some(table), None) => table.clone(),
        (_, wanted) => table_of(wanted.unwrap_or(Wanted::Items)),
    };
    let mapped = match &profile {
        None => None,
        Some((file, profile)) => match profile.apply(file, &one()) {
            Ok(table) => Some((table, profile)),
            Err(error) => {
                complain(&error.to_string());
                return ExitCode::from(2);
            }
        },
    };
    let code = match arguments.format {
        Form::Xlsx => match (mapped, arguments.table) {
            (Some((table, _)), _) => output.workbook(&[table], lang),
            (None, wanted) => {
                let tables = wanted.map_or_else(|| SHEETS.map(table_of).to_vec(), |wanted| vec![table_of(wanted)]);
                output.workbook(&follow_up.into_iter().chain(tables).collect::<Vec<_>>(), lang)
            }
        },
        Form::Csv => match mapped {
            Some((table, profile)) => output.text(&csv::write_as(&table, profile)),
            None if arguments.decimal == Decimal::Comma => output.text(&csv::write_as(&one(), &Profile::vietnamese())),
            None => {
                let table = one();
                let misread = csv::like_thousands(&table);
                if let Some(number) = misread.first().filter(|_| !context.quiet) {
                    complain(&format!(
                        "numbers that a spreadsheet with Vietnamese settings takes for thousands: {}, such as {number}; for one of these \
                         write --decimal comma, or --format xlsx",
                        misread.len()
                    ));
                }
                output.text(&csv::write(&table))
            }
        },
        Form::Md => {
            let tables = match (&follow_up, arguments.table) {
                (None, None) => SHEETS.map(table_of).to_vec(),
                _ => vec![one()],
            };
            output.text(&markdown::tables(&tables, lang))
        }
        Form::Ics => calendar(&cases, arguments.agency.as_deref(), output, context.quiet),
        Form::Json => output.text(&format!("{}\n", serde_json::to_string_pretty(records).unwrap_or_default())),
        Form::Ndjson => output.text(&lines(records)),
        Form::Html => {
            let about = About { purpose: Purpose::Records, against: None, lang };
            output.text(&page(&examined, &gathered, &arguments.documents, context, &words, about))
        }
        Form::Parquet => dataset(records, found, arguments),
    };
    if !gathered.unread.is_empty() { ExitCode::from(2) } else { code }
}

/// Whether the options fit the format: one that would be passed over is refused.
fn fits(arguments: &Arguments) -> Result<(), String> {
    let form = arguments.format;
    let whole = matches!(form, Form::Json | Form::Ndjson);
    if arguments.table.is_some() && (whole || form == Form::Ics) {
        return Err("--table is for --format csv, xlsx, md and parquet; leave it out".into());
    }
    if arguments.table == Some(Wanted::Unread) && form == Form::Parquet {
        return Err("--table unread is for --format csv, xlsx and md; `unread` of --format ndjson has the same".into());
    }
    if arguments.agency.is_some() && (whole || form == Form::Parquet) {
        return Err("--for is for --format csv, xlsx, md and ics; leave it out, or see `kehoach tasks --for`".into());
    }
    if arguments.decimal == Decimal::Comma && form != Form::Csv {
        return Err("--decimal is for --format csv; leave it out".into());
    }
    Ok(())
}

/// Whether Parquet, where it is wanted, can be written: by this build, and to a folder that is named and free.
fn possible(arguments: &Arguments, has_parquet: bool) -> Result<(), String> {
    if arguments.format != Form::Parquet {
        return Ok(());
    }
    if !has_parquet {
        return Err("this kehoach was built without Parquet; build it with `cargo install --path . --features parquet`, \
                    or take --format ndjson, which DuckDB and pandas read too"
            .into());
    }
    let folder = arguments.output.path.as_deref().ok_or("--format parquet writes many files: name a folder with --output")?;
    #[cfg(feature = "parquet")]
    super::dataset::free(folder)?;
    #[cfg(not(feature = "parquet"))]
    let _ = folder;
    Ok(())
}

#[cfg(feature = "parquet")]
fn dataset(records: &[Record], found: &Outcome, arguments: &Arguments) -> ExitCode {
    let wanted: Option<&[&str]> = arguments.table.map(|wanted| match wanted {
        Wanted::Items => &["targets", "tasks"][..],
        Wanted::Targets => &["targets"],
        Wanted::Tasks => &["tasks"],
        Wanted::Deadlines => &["deadlines"],
        Wanted::References => &["references"],
        // `fits` has refused it.
        Wanted::Unread => &[],
        Wanted::Findings => &["findings", "undecided", "unread"],
    });
    let Some(folder) = arguments.output.path.as_deref() else { return ExitCode::from(2) };
    let written = crate::report::parquet::write(records, found, wanted).map_err(|error| format!("{}: {error}", folder.display()));
    match written.and_then(|files| super::dataset::replace(folder, &files)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            complain(&message);
            ExitCode::from(2)
        }
    }
}

/// Unreachable: [`possible`] has refused it.
#[cfg(not(feature = "parquet"))]
fn dataset(_: &[Record], _: &Outcome, _: &Arguments) -> ExitCode {
    ExitCode::from(2)
}

fn lines(records: &[Record]) -> String {
    records.iter().map(|record| serde_json::to_string(record).unwrap_or_default() + "\n").collect()
}

fn calendar(cases: &[Case], agency: Option<&str>, output: &Output, quiet: bool) -> ExitCode {
    let calendar = ics::write(cases, agency);
    if !quiet && !calendar.undated.is_empty() {
        complain(&format!(
            "deadlines that name no day and are not in the calendar: {}, such as `{}` ({}); `--format csv --table deadlines` has all",
            calendar.undated.len(),
            crate::check::show::short(&calendar.undated[0].1),
            calendar.undated[0].0
        ));
    }
    output.text(&calendar.text)
}

/// The profile and what messages call it.
fn profile(arguments: &Arguments) -> Result<Option<(String, Profile)>, String> {
    let Some(path) = &arguments.profile else { return Ok(None) };
    let file = path.display().to_string();
    if ![Form::Csv, Form::Xlsx].contains(&arguments.format) {
        return Err(format!("{file}: --profile is for --format csv and xlsx; leave it out"));
    }
    let bytes = std::fs::read(path).map_err(|error| format!("{file}: cannot be read: {error}; check the path"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{file}: is not UTF-8; save it again with that encoding"))?;
    Profile::parse(&file, &text).map(|profile| Some((file, profile))).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    /// What a build with or without Parquet says to a line, before anything is read.
    fn told(has_parquet: bool, line: &[&str]) -> Result<(), String> {
        let words = ["export", "plan.txt", "--format"].iter().chain(line);
        let line = Line::try_parse_from(words).expect("arguments that clap takes");
        possible(&line.arguments, has_parquet)
    }

    #[test]
    fn a_build_without_parquet_says_how_to_build_it() {
        let error = told(false, &["parquet", "-o", "nowhere"]).expect_err("no Parquet");
        assert!(error.contains("cargo install --path . --features parquet"), "{error}");
        assert_eq!(told(false, &["ndjson"]), Ok(()));
    }

    #[test]
    fn parquet_needs_a_folder() {
        let error = told(true, &["parquet"]).expect_err("no folder");
        assert!(error.contains("name a folder with --output"), "{error}");
        assert_eq!(told(true, &["parquet", "-o", "no-such-folder"]), Ok(()));
    }
}
