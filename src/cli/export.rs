//! `kehoach export FILE…`: records as what other programs open.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::audit::{About, examine, page};
use super::context::sound;
use super::documents::{Documents, tell_corrected};
use super::exit::{self, NOTHING, UNREAD, WRONG};
use super::inputs::Files;
use super::output::{Output, Pieces};
use super::settings::Locale;
use super::{Context, complain};
use crate::check::accepted::Accepted;
use crate::check::{Case, Finding, rules::RULES};
use crate::ingest::OWN_OUTPUT;
use crate::pipeline::parts::Trial;
use crate::record::Record;
use crate::report::agenda::{Entry, Wanted};
use crate::report::html::Purpose;
use crate::report::profile::Profile;
use crate::report::table::{self, Cell, Row, tracking};
use crate::report::xlsx::{Book, Heading};
use crate::report::{Lang, Outcome, agenda, csv, ics, markdown};
use crate::store::query::Stored;

/// Write records as a sheet, a calendar or data: targets, tasks, deadlines, references, findings.
///
/// XLSX has a sheet to print on A4 (Theo dõi) and a wide one each; CSV has targets and tasks in one table with the column names of trackers (so_ky_hieu, ten, don_vi_chu_tri,
/// thoi_han, …), or the table that --table names. ICS has the deadlines that name a day, with alarms and recurrences. HTML is a page
/// to read, search and print, with the documents' texts and every value marked in them. Documents are read a few at a time and written
/// as they come, but for ICS, Markdown, HTML, --findings and --link. CSV has commas and decimal points, for programs; for Excel in
/// Vietnamese there is --locale vi.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach export plans/ --format xlsx -o theo-doi.xlsx
  kehoach export plan.pdf --format ics -o han.ics
  kehoach export --store plans.db --year 2025 --format html -o theo-doi.html
  kehoach export plans/ --format csv --locale vi -o mo-bang-excel.csv
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
    table: Option<Table>,

    /// TOML file that gives the columns of CSV, or of one sheet of XLSX, other names and another order.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,

    /// The decimal sign of CSV. With a comma cells are parted by `;`, as a spreadsheet with Vietnamese settings reads and writes them.
    #[arg(long, value_enum, default_value_t = Decimal::Point, conflicts_with_all = ["profile", "locale"])]
    decimal: Decimal,

    /// What this agency leads, coordinates or monitors, by itself or as one of a group: of ICS its deadlines alone; of CSV and Markdown the
    /// table STT, Tên nhiệm vụ, Kết quả thực hiện, Đánh giá to fill in; of XLSX the sheet to print has its rows alone, by deadline.
    #[arg(long = "for", value_name = "AGENCY")]
    agency: Option<String>,

    /// Audit the documents too: findings as a sheet or table, and beside what they quote. All documents are in memory then.
    #[arg(long)]
    findings: bool,

    /// Link the documents first, so that targets have the identifiers of their indicators; those of a store have them as it was linked.
    #[arg(long)]
    link: bool,

    #[command(flatten)]
    locale: Locale,
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
enum Table {
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
    match export(arguments, context) {
        Ok(code) | Err(code) => code,
    }
}

/// A message on stderr ends the command.
fn told<T>(result: Result<T, String>) -> Result<T, ExitCode> {
    result.map_err(|message| {
        complain(&message);
        ExitCode::from(WRONG)
    })
}

fn export(arguments: &Arguments, context: &Context) -> Result<ExitCode, ExitCode> {
    let profile =
        told(fits(arguments).and_then(|()| possible(arguments, cfg!(feature = "parquet"))).and_then(|()| profile(arguments)))?;
    if arguments.format != Form::Parquet {
        let inputs = arguments.documents.inputs().chain(arguments.profile.as_deref());
        arguments.output.check(inputs, arguments.documents.store(&context.settings).as_deref())?;
    }
    if arguments.format == Form::Html {
        return html(arguments, context);
    }
    let lang = context.settings.lang;
    let wanted = arguments.agency.as_deref().map(|agency| Wanted::new(agency, false, &context.lexicon));
    let (findings, link) = (arguments.findings || arguments.table == Some(Table::Findings), arguments.link);
    let shape = Shape { arguments, lang, wanted, findings };
    let mut sink = told(Sink::begin(&shape, profile, context))?;
    let (any, found) = if findings || link {
        together(&shape, context, &mut sink)?
    } else {
        (in_turn(&shape, context, &mut sink)?, Outcome::default())
    };
    let found = Outcome { unread: any, ..found };
    if shape.wanted.is_some() && sink.rows == 0 && !context.settings.quiet {
        complain(&format!(
            "no task or target of these documents names `{}`; `--table items` has the names as they are written",
            arguments.agency.as_deref().unwrap_or_default()
        ));
    }
    told(sink.end(&shape, &found, context))?;
    Ok(exit::code(ExitCode::SUCCESS, !found.unread.is_empty(), 0))
}

/// What is made of every document.
struct Shape<'a> {
    arguments: &'a Arguments,
    lang: Lang,
    wanted: Option<Wanted>,
    findings: bool,
}

/// What a document gives; made of several at once.
enum Piece {
    /// A record, as JSON.
    Json(String),
    /// Rows of each table.
    Rows(Vec<Vec<Vec<Cell>>>),
    /// Rows of each table, those of the sheet to print, and what an agency has to do.
    Sheets { rows: Vec<Vec<Vec<Cell>>>, tracked: Vec<(Option<jiff::civil::Date>, Vec<Cell>)> },
    /// What an agency has to do.
    Agenda(Vec<Entry>),
    /// The record itself.
    Record(Box<Record>),
}

/// The sheets of a workbook beside the one to print.
const SHEETS: [Table; 5] = [Table::Targets, Table::Tasks, Table::Deadlines, Table::References, Table::Unread];

impl Shape<'_> {
    /// The tables that are written: the one that is asked for, else those of the form.
    fn tables(&self) -> Vec<Table> {
        match (self.arguments.table, self.arguments.format) {
            (Some(table), _) => vec![table],
            (None, Form::Csv) => vec![Table::Items],
            (None, _) if self.arguments.profile.is_some() => vec![Table::Items],
            (None, _) => SHEETS.into_iter().chain(self.findings.then_some(Table::Findings)).collect(),
        }
    }

    /// Whether the one table is what an agency has to do, to fill in.
    fn is_follow_up(&self) -> bool {
        let one = matches!(self.arguments.format, Form::Csv | Form::Md) || self.arguments.profile.is_some();
        self.wanted.is_some() && self.arguments.table.is_none() && one && self.arguments.format != Form::Ics
    }

    fn piece(&self, record: Record, findings: &[Finding], context: &Context) -> Piece {
        if matches!(self.arguments.format, Form::Parquet | Form::Ics) {
            return Piece::Record(Box::new(record));
        }
        match self.arguments.format {
            Form::Json => return Piece::Json(serde_json::to_string_pretty(&record).unwrap_or_default()),
            Form::Ndjson => return Piece::Json(serde_json::to_string(&record).unwrap_or_default()),
            _ => {}
        }
        let case = Case::new(&record, &context.lexicon);
        if let Some(wanted) = self.wanted.as_ref().filter(|_| self.is_follow_up()) {
            return Piece::Agenda(agenda::agenda(std::slice::from_ref(&case), wanted));
        }
        let row = [Row::new(&case, findings)];
        let rows = self.tables().into_iter().map(|table| self.table(table, &row).rows).collect();
        if self.arguments.format == Form::Xlsx && self.arguments.table.is_none() {
            let tracked = tracking::rows(&case, self.wanted.as_ref());
            return Piece::Sheets { rows, tracked };
        }
        Piece::Rows(rows)
    }

    /// A table of these documents; that of findings, which are of all documents, is empty.
    fn table(&self, table: Table, rows: &[Row]) -> table::Table {
        match table {
            Table::Items => table::items(rows),
            Table::Targets => table::targets(rows),
            Table::Tasks => table::tasks(rows),
            Table::Deadlines => table::deadlines(rows),
            Table::References => table::references(rows),
            Table::Unread => table::unread(rows, self.lang),
            Table::Findings => table::findings(&Outcome::default(), self.lang),
        }
    }
}

/// Documents that a piece is made of before they are written: bounds the memory, whatever their number.
const BATCH: usize = 64;

/// Reads the documents a few at a time, and gives out what each of them gives; gives back path and message of those that cannot be read.
fn in_turn(shape: &Shape, context: &Context, sink: &mut Sink) -> Result<Vec<(String, String)>, ExitCode> {
    let documents = &shape.arguments.documents;
    let mut unread = Vec::new();
    let mut own = Vec::new();
    // What a file's worker wrote is written on as it is.
    let plain = shape.arguments.format == Form::Ndjson;
    let piece = |record: Record| {
        let path = record.source.path.clone();
        let made = catch_unwind(AssertUnwindSafe(|| shape.piece(record, &[], context)));
        made.map_err(|_| {
            let told = "cannot be examined because of an error in kehoach; please report it with the file";
            (path.clone(), format!("{path}: {told}"))
        })
    };
    let mut give = |made: Vec<Result<Piece, (String, String)>>, sink: &mut Sink| {
        for one in made {
            match one {
                Ok(piece) => told(sink.take(piece, shape, context))?,
                Err((path, message)) => {
                    complain(&message);
                    unread.push((path, message));
                }
            }
        }
        Ok::<(), ExitCode>(())
    };
    let Some(path) = documents.store(&context.settings) else {
        let Files { paths, problems, .. } = documents.files(context)?;
        if paths.is_empty() && problems.is_empty() {
            complain("there is no document here; name files or folders that have some (text, PDF, DOCX, XLSX, HTML …)");
            return Err(NOTHING.into());
        }
        give(problems.into_iter().map(Err).collect(), sink)?;
        for batch in paths.chunks(BATCH) {
            let one = |file: &PathBuf| -> Result<Result<Piece, (String, String)>, String> {
                let read =
                    if plain { context.json(file, false).map(Piece::Json).map(Ok) } else { context.record(file).map(piece) };
                match read {
                    Ok(made) => Ok(made),
                    Err(error) if error.reason.code() == OWN_OUTPUT => Err(error.path),
                    Err(error) => Ok(Err((error.path.clone(), error.to_string()))),
                }
            };
            let made: Vec<_> = batch.par_iter().map(one).collect();
            let (made, left_out): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
            own.extend(left_out.into_iter().filter_map(Result::err));
            give(made.into_iter().filter_map(Result::ok).collect(), sink)?;
        }
        context.tell_own(&own);
        if sink.documents == 0 && !unread.is_empty() {
            return Err(UNREAD.into());
        }
        return Ok(unread);
    };
    let store = documents.open(&path)?;
    let asked = documents.asked(&store)?;
    let mut corrected = Vec::new();
    let mut batch = Vec::new();
    let mut make = |batch: &mut Vec<Record>, sink: &mut Sink| {
        let made: Vec<_> = std::mem::take(batch).into_par_iter().map(piece).collect();
        give(made, sink)
    };
    for stored in store.records() {
        let Stored { key, mut record, .. } = super::store::told(stored)?;
        if asked.as_ref().is_some_and(|asked| !asked.contains(&record.source.path)) {
            continue;
        }
        super::store::told(store.add_links(key, &mut record))?;
        corrected.push(record.corrections.len());
        batch.push(record);
        if batch.len() == BATCH {
            make(&mut batch, sink)?;
        }
    }
    make(&mut batch, sink)?;
    tell_corrected(corrected, context.settings.quiet);
    Ok(unread)
}

/// Reads, links and, where findings are asked for, audits all documents together, and gives out what each of them gives.
fn together(shape: &Shape, context: &Context, sink: &mut Sink) -> Result<(Vec<(String, String)>, Outcome), ExitCode> {
    let words = context.link_lexicon()?;
    let trial = if shape.findings { Trial::Audited } else { Trial::Linked };
    let mut gathered = shape.arguments.documents.read(context, trial)?;
    let _watch = context.watch(gathered.records.len());
    let rules = if shape.findings { RULES } else { &[] };
    let work = |records: &[Record]| {
        examine(records.to_vec(), rules, &Accepted::default(), &context.lexicon, (&words, &gathered.decisions))
    };
    let mut examined = sound(&mut gathered.records.clone(), &mut gathered.unread, work)?;
    let asked = |path: &str| gathered.is_asked(path);
    examined.records.retain(|record| asked(&record.source.path));
    examined.outcome.findings.retain(|finding| finding.evidence.iter().any(|side| asked(&side.path)));
    examined.outcome.undecided.retain(|entry| entry.evidence.iter().any(|side| asked(&side.path)));
    super::watch::done();
    for record in examined.records {
        let piece = shape.piece(record, &examined.outcome.findings, context);
        told(sink.take(piece, shape, context))?;
    }
    Ok((gathered.unread, examined.outcome))
}

/// Where the pieces go.
struct Sink {
    form: Place,
    profile: Option<(String, Profile)>,
    documents: usize,
    /// Rows of what is asked of an agency.
    rows: usize,
    /// Numbers of CSV that other settings take for thousands.
    misread: Vec<String>,
}

enum Place {
    /// Lines, or a list.
    Lines(Pieces),
    /// One table as CSV; how many rows it has already.
    Csv(Pieces, usize),
    /// Sheets: the one to print, with what goes into it in the end where it is put in order, and the tables.
    Book { book: Box<Book>, printed: Option<usize>, sheets: Vec<usize>, tracked: Vec<(Option<jiff::civil::Date>, Vec<Cell>)> },
    /// Tables that are written in the end.
    Tables(Vec<table::Table>),
    /// What an agency has to do, put in order in the end.
    Agenda(Vec<Entry>),
    /// Records that are written in the end.
    Calendar(Vec<Record>),
    #[cfg(feature = "parquet")]
    Dataset { dataset: super::dataset::Dataset, records: Vec<Record>, part: usize },
}

/// Documents that a part of a Parquet export holds.
#[cfg(feature = "parquet")]
const PART: usize = 4096;

impl Sink {
    fn begin(shape: &Shape, profile: Option<(String, Profile)>, context: &Context) -> Result<Self, String> {
        let arguments = shape.arguments;
        let output = &arguments.output;
        let none = |table: Table| shape.table(table, &[]);
        let form = match arguments.format {
            _ if shape.is_follow_up() => Place::Agenda(Vec::new()),
            Form::Json | Form::Ndjson => Place::Lines(output.begin()?),
            Form::Csv => {
                let mut pieces = output.begin()?;
                let table = none(shape.tables()[0]);
                pieces.text(&csv_part(&table, &profile, arguments, 0, 0)?)?;
                Place::Csv(pieces, 0)
            }
            Form::Xlsx => {
                if output.is_terminal() {
                    return Err("stdout: is a terminal, and a workbook is no text; name a file with --output".into());
                }
                let made = |error: &dyn std::fmt::Display| format!("the workbook cannot be made: {error}");
                let mut book = Book::new(shape.lang).map_err(|error| made(&error))?;
                let printed = match (arguments.table, &profile) {
                    (None, None) => {
                        let title = context.settings.says("BẢNG THEO DÕI NHIỆM VỤ, CHỈ TIÊU", "TASKS AND TARGETS");
                        let heading = Heading { title: title.into(), unit: arguments.agency.clone().unwrap_or_default() };
                        Some(book.tracking(&heading).map_err(|error| made(&error))?)
                    }
                    _ => None,
                };
                let mut sheets = Vec::new();
                for table in shape.tables().into_iter().filter(|table| *table != Table::Findings) {
                    let table = mapped(none(table), &profile, 0)?;
                    sheets.push(book.sheet(&table).map_err(|error| made(&error))?);
                }
                Place::Book { book: Box::new(book), printed, sheets, tracked: Vec::new() }
            }
            Form::Md => Place::Tables(shape.tables().into_iter().map(none).collect()),
            Form::Ics => Place::Calendar(Vec::new()),
            #[cfg(feature = "parquet")]
            Form::Parquet => {
                let folder = output.path.as_deref().unwrap_or(std::path::Path::new("."));
                Place::Dataset { dataset: super::dataset::Dataset::begin(folder)?, records: Vec::new(), part: 0 }
            }
            // `possible` has refused it, and a page is written of all documents.
            _ => Place::Tables(Vec::new()),
        };
        Ok(Self { form, profile, documents: 0, rows: 0, misread: Vec::new() })
    }

    fn take(&mut self, piece: Piece, shape: &Shape, context: &Context) -> Result<(), String> {
        self.documents += 1;
        let made = |error: rust_xlsxwriter::XlsxError| format!("the workbook cannot be made: {error}");
        match (&mut self.form, piece) {
            (Place::Lines(pieces), Piece::Json(json)) if shape.arguments.format == Form::Ndjson => {
                pieces.bytes(json.as_bytes())?;
                pieces.bytes(b"\n")?;
            }
            (Place::Lines(pieces), Piece::Json(json)) => {
                pieces.bytes(if self.documents == 1 { b"[\n  " } else { b",\n  " })?;
                pieces.bytes(json.replace('\n', "\n  ").as_bytes())?;
            }
            (Place::Csv(pieces, before), Piece::Rows(rows)) => {
                let rows: Vec<Vec<Cell>> = rows.into_iter().flatten().collect();
                let table = table::Table { rows, ..shape.table(shape.tables()[0], &[]) };
                let count = table.rows.len();
                if self.profile.is_none() && !shape.arguments.locale.is_given() && shape.arguments.decimal == Decimal::Point {
                    self.misread.extend(csv::like_thousands(&table));
                }
                let text = csv_part(&table, &self.profile, shape.arguments, *before, 1)?;
                *before += count;
                pieces.text(&text)?;
            }
            (Place::Book { book, sheets, .. }, Piece::Rows(rows)) => {
                for ((sheet, rows), table) in sheets.iter().zip(rows).zip(shape.tables()) {
                    let table = table::Table { rows, ..shape.table(table, &[]) };
                    let table = mapped(table, &self.profile, self.rows)?;
                    self.rows += table.rows.len();
                    book.push(*sheet, &table.rows).map_err(made)?;
                }
            }
            (Place::Book { book, printed, sheets, tracked }, Piece::Sheets { rows, tracked: new }) => {
                for (sheet, rows) in sheets.iter().zip(rows) {
                    book.push(*sheet, &rows).map_err(made)?;
                }
                self.rows += new.len();
                match printed {
                    // What an agency has to do is put in order first.
                    Some(_) if shape.wanted.is_some() => tracked.extend(new),
                    Some(printed) => {
                        let rows: Vec<Vec<Cell>> = new.into_iter().map(|(_, row)| row).collect();
                        book.push(*printed, &rows).map_err(made)?;
                    }
                    None => {}
                }
            }
            (Place::Tables(tables), Piece::Rows(rows)) => {
                tables.iter_mut().zip(rows).for_each(|(table, rows)| table.rows.extend(rows));
            }
            (Place::Agenda(entries), Piece::Agenda(new)) => {
                self.rows += new.len();
                entries.extend(new);
            }
            (Place::Calendar(records), Piece::Record(record)) => {
                if let Some(wanted) = &shape.wanted {
                    let case = Case::new(&record, &context.lexicon);
                    self.rows += agenda::agenda(std::slice::from_ref(&case), wanted).len();
                }
                records.push(*record);
            }
            #[cfg(feature = "parquet")]
            (Place::Dataset { dataset, records, part }, Piece::Record(record)) => {
                records.push(*record);
                if records.len() == PART {
                    dataset.add(&parquet_part(records, &Outcome::default(), shape, *part, false)?)?;
                    *part += 1;
                    records.clear();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(self, shape: &Shape, found: &Outcome, context: &Context) -> Result<(), String> {
        let output = &shape.arguments.output;
        let made = |error: rust_xlsxwriter::XlsxError| format!("the workbook cannot be made: {error}");
        let lang = shape.lang;
        match self.form {
            Place::Lines(mut pieces) => {
                if shape.arguments.format == Form::Json {
                    pieces.text(if self.documents == 0 { "[]\n" } else { "\n]\n" })?;
                }
                pieces.end()
            }
            Place::Csv(mut pieces, before) => {
                if shape.arguments.table == Some(Table::Findings) {
                    pieces.text(&csv_part(&table::findings(found, lang), &self.profile, shape.arguments, before, 1)?)?;
                }
                if let Some(number) = self.misread.first().filter(|_| !context.settings.quiet) {
                    complain(&format!(
                        "numbers that a spreadsheet with Vietnamese settings takes for thousands: {}, such as {number}; for one of these \
                         write --decimal comma, --locale vi or --format xlsx",
                        self.misread.len()
                    ));
                }
                pieces.end()
            }
            Place::Book { mut book, printed, mut tracked, .. } => {
                // What names no day comes last, in the order of documents.
                tracked.sort_by_key(|(day, _)| (day.is_none(), *day));
                let rows: Vec<Vec<Cell>> = tracked.into_iter().map(|(_, row)| row).collect();
                if let Some(printed) = printed {
                    book.push(printed, &rows).map_err(made)?;
                }
                if shape.tables().contains(&Table::Findings) {
                    let table = mapped(table::findings(found, lang), &self.profile, 0)?;
                    let sheet = book.sheet(&table).map_err(made)?;
                    book.push(sheet, &table.rows).map_err(made)?;
                }
                let mut pieces = output.begin()?;
                let mut bytes = Bytes { pieces: &mut pieces, failed: None };
                let finished = book.finish(&mut bytes);
                if let Some(message) = bytes.failed {
                    return Err(message);
                }
                finished.map_err(made)?;
                pieces.end()
            }
            Place::Tables(mut tables) => {
                for table in
                    tables.iter_mut().zip(shape.tables()).filter(|(_, kind)| *kind == Table::Findings).map(|(table, _)| table)
                {
                    *table = table::findings(found, lang);
                }
                written(output.text(&markdown::tables(&tables, lang)))
            }
            Place::Agenda(mut entries) => {
                agenda::sort(&mut entries);
                let table = mapped(table::follow_up(&entries), &self.profile, 0)?;
                match shape.arguments.format {
                    Form::Csv => written(output.text(&csv_part(&table, &self.profile, shape.arguments, 0, 0)?)),
                    Form::Md => written(output.text(&markdown::tables(&[table], lang))),
                    _ => written(output.workbook(&[table], lang)),
                }
            }
            Place::Calendar(records) => {
                let cases: Vec<Case> = records.iter().map(|record| Case::new(record, &context.lexicon)).collect();
                written(calendar(&cases, shape.wanted.as_ref(), output, context.settings.quiet))
            }
            #[cfg(feature = "parquet")]
            Place::Dataset { mut dataset, records, part } => {
                dataset.add(&parquet_part(&records, found, shape, part, true)?)?;
                dataset.end()
            }
        }
    }
}

/// Whether something was written; what went wrong was told already.
fn written(code: ExitCode) -> Result<(), String> {
    if code == ExitCode::SUCCESS { Ok(()) } else { Err("nothing was written".into()) }
}

/// A workbook's bytes on their way.
struct Bytes<'a> {
    pieces: &'a mut Pieces,
    failed: Option<String>,
}

impl std::io::Write for Bytes<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.pieces.bytes(bytes).map(|()| bytes.len()).map_err(|message| {
            self.failed = Some(message);
            std::io::Error::other("not written")
        })
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The table as a profile wants it, whose rows begin after `before` others.
fn mapped(table: table::Table, profile: &Option<(String, Profile)>, before: usize) -> Result<table::Table, String> {
    match profile {
        None => Ok(table),
        Some((file, profile)) => profile.apply_from(file, &table, before).map_err(|error| error.to_string()),
    }
}

/// A part of a table as CSV; the first, `0`, has the names of the columns. Its rows begin after `before` others.
fn csv_part(
    table: &table::Table,
    profile: &Option<(String, Profile)>,
    arguments: &Arguments,
    before: usize,
    part: usize,
) -> Result<String, String> {
    let table = mapped(table.clone(), profile, before)?;
    Ok(csv::write_part(&table, &signs(profile, arguments), part))
}

/// The signs of CSV: the profile's, those of a country, those of programs.
fn signs(profile: &Option<(String, Profile)>, arguments: &Arguments) -> Profile {
    match profile {
        Some((_, profile)) => profile.clone(),
        None if arguments.locale.is_given() => Profile::for_excel(),
        None if arguments.decimal == Decimal::Comma => Profile::vietnamese(),
        None => Profile::default(),
    }
}

/// A page of all documents, linked.
fn html(arguments: &Arguments, context: &Context) -> Result<ExitCode, ExitCode> {
    let words = context.link_lexicon()?;
    let mut gathered = arguments.documents.read_with(context, true, Trial::Linked)?;
    let _watch = context.watch(gathered.records.len());
    let work = |records: &[Record]| {
        examine(records.to_vec(), &[], &Accepted::default(), &context.lexicon, (&words, &gathered.decisions))
    };
    let mut examined = sound(&mut gathered.records.clone(), &mut gathered.unread, work)?;
    examined.outcome.unread.clone_from(&gathered.unread);
    let about = About { purpose: Purpose::Records, against: None, lang: context.settings.lang };
    let code = arguments.output.text(&page(&examined, &gathered, &arguments.documents, context, &words, about));
    Ok(exit::code(code, !gathered.unread.is_empty(), 0))
}

/// Whether the options fit the format: one that would be passed over is refused.
fn fits(arguments: &Arguments) -> Result<(), String> {
    let form = arguments.format;
    let whole = matches!(form, Form::Json | Form::Ndjson);
    if arguments.table.is_some() && (whole || form == Form::Ics) {
        return Err("--table is for --format csv, xlsx, md and parquet; leave it out".into());
    }
    if arguments.table == Some(Table::Unread) && form == Form::Parquet {
        return Err("--table unread is for --format csv, xlsx and md; `unread` of --format ndjson has the same".into());
    }
    if arguments.locale.is_given() && (form != Form::Csv || arguments.profile.is_some()) {
        return Err("--locale is for --format csv without --profile, which has its own signs; leave it out".into());
    }
    if arguments.decimal == Decimal::Comma && form != Form::Csv {
        return Err("--decimal is for --format csv; leave it out".into());
    }
    if arguments.findings && (whole || matches!(form, Form::Ics | Form::Html)) {
        return Err(
            "--findings is for --format xlsx, csv, md and parquet; `kehoach audit` writes them as JSON and as a page".into()
        );
    }
    if arguments.agency.is_some() && (whole || form == Form::Parquet) {
        return Err("--for is for --format csv, xlsx, md and ics; leave it out, or see `kehoach tasks --for`".into());
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

/// A part of a Parquet export; the tables that are not of one document come with the last.
#[cfg(feature = "parquet")]
fn parquet_part(
    records: &[Record],
    found: &Outcome,
    shape: &Shape,
    part: usize,
    is_last: bool,
) -> Result<Vec<crate::report::parquet::File>, String> {
    let asked: Option<&[&str]> = shape.arguments.table.map(|wanted| match wanted {
        Table::Items => &["targets", "tasks"][..],
        Table::Targets => &["targets"],
        Table::Tasks => &["tasks"],
        Table::Deadlines => &["deadlines"],
        Table::References => &["references"],
        // `fits` has refused it.
        Table::Unread => &[],
        Table::Findings => &["findings", "undecided", "unread"],
    });
    let is_written = |name: &&str| match *name {
        "findings" | "undecided" => is_last && shape.findings,
        "unread" => is_last,
        _ => true,
    };
    let names: Vec<&str> = crate::report::parquet::NAMES
        .iter()
        .copied()
        .filter(|name| asked.is_none_or(|asked| asked.contains(name)))
        .filter(is_written)
        .collect();
    // The tables of all documents have rows of earlier parts, and are one file.
    let (own, of_all): (Vec<&str>, Vec<&str>) =
        names.into_iter().partition(|name| !["findings", "undecided", "unread"].contains(name));
    let folder = shape.arguments.output.path.as_deref().unwrap_or(std::path::Path::new("."));
    let told = |error| format!("{}: {error}", folder.display());
    let mut files = crate::report::parquet::write_part(records, found, Some(&own), part).map_err(told)?;
    files.extend(crate::report::parquet::write_part(records, found, Some(&of_all), 0).map_err(told)?);
    Ok(files)
}

fn calendar(cases: &[Case], wanted: Option<&Wanted>, output: &Output, quiet: bool) -> ExitCode {
    let calendar = ics::write(cases, wanted);
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
