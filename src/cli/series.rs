//! `kehoach series "…" [FILE…]`: what was wanted and what was reached, indicator by unit by year.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::context::sound;
use super::meant::did_you_mean;
use super::store::{json, must_be_linked, named_or_usual, told};
use super::{Context, complain, print, print_report};
use crate::link::Collection;
use crate::link::former::{Former, Together, together};
use crate::link::series::{Point, Row, Wanted, sparkline};
use crate::record::{Comparator, Record};
use crate::store::Store;
use crate::store::linked::Series;
use crate::store::query::Entry;

/// Print an indicator over units and years: targets and results, with where they stand.
///
/// Without files it is read out of a store that is linked (kehoach ingest, kehoach link).
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach series \"diện tích rừng\" plans/*.pdf
  kehoach series \"diện tích rừng\" --store plans.db
  kehoach series \"dien tich rung\" plans/*.pdf --unit \"Đá Trắng\" --format csv > series.csv")]
pub(super) struct Arguments {
    /// Words of the indicator, with or without diacritics, or its identifier.
    #[arg(value_name = "INDICATOR")]
    words: String,

    /// Files to read; none: the documents of a store.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The store, where no files are given; $KEHOACH_STORE or plans.db unless said otherwise.
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    store: Option<PathBuf>,

    /// The store's values as the program read them, without what people put right.
    #[arg(long, conflicts_with = "files")]
    as_read: bool,

    /// Only units whose name has these words.
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,

    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// A table with a line of bars, for people.
    Text,
    /// One line a value, for sheets.
    Csv,
    /// Rows with evidence.
    Json,
}

/// A document that values stand in.
#[derive(Serialize)]
struct Named {
    /// Its id in the store; null of a file that was read.
    id: Option<String>,
    path: String,
    number: Option<String>,
    date: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    match series(arguments, context) {
        Ok(code) | Err(code) => code,
    }
}

fn series(arguments: &Arguments, context: &Context) -> Result<ExitCode, ExitCode> {
    let wanted = Wanted { words: arguments.words.clone(), unit: arguments.unit.clone() };
    let anywhere = Wanted { unit: None, ..wanted.clone() };
    // Where nothing is found: what could have been meant.
    let (mut known, mut elsewhere): (Vec<String>, Vec<Row>) = (Vec::new(), Vec::new());
    let (rows, documents, failed) = if arguments.files.is_empty() && !arguments.as_read {
        let store = told(Store::open(&named_or_usual(arguments.store.as_deref())))?;
        must_be_linked(&store, context.quiet)?;
        let Series { documents, rows } = told(store.series(&wanted))?;
        if rows.is_empty() {
            known = told(store.wordings())?;
            if wanted.unit.is_some() {
                elsewhere = told(store.series(&anywhere))?.rows;
            }
        }
        let named = |entry: Entry| Named {
            path: entry.paths.into_iter().next().unwrap_or_default(),
            id: Some(entry.id),
            number: entry.number,
            date: entry.date,
        };
        (rows, documents.into_iter().map(named).collect::<Vec<_>>(), 0)
    } else {
        let words = context.link_lexicon()?;
        let (mut records, failed) = if arguments.as_read {
            (as_read(&named_or_usual(arguments.store.as_deref()))?, 0)
        } else {
            context.records(&arguments.files)
        };
        let _watch = context.watch(records.len());
        let mut unread = Vec::new();
        let collection = sound(&mut records, &mut unread, |records| Collection::link(records, &words))?;
        let failed = failed + unread.len();
        let rows = collection.series(&records, &wanted);
        if rows.is_empty() {
            known = collection.indicators.wordings.iter().map(|wording| wording.text.clone()).collect();
            if wanted.unit.is_some() {
                elsewhere = collection.series(&records, &anywhere);
            }
        }
        let named = |record: Record| Named {
            id: None,
            path: record.source.path,
            number: record.document.number,
            date: record.document.date,
        };
        (rows, records.into_iter().map(named).collect(), failed)
    };
    if rows.is_empty() && !context.quiet {
        let words = &arguments.words;
        match &arguments.unit {
            Some(unit) if !elsewhere.is_empty() => {
                let meant = did_you_mean(unit, elsewhere.iter().map(|row| row.unit.as_str()));
                complain(&format!("no unit with `{words}` has the words `{unit}`{meant}; leave --unit out to see all units"));
            }
            _ => {
                let meant = did_you_mean(words, known.iter().map(String::as_str));
                complain(&format!("no indicator of these documents has the words `{words}`{meant}; try fewer or other words"));
            }
        }
    }
    let merged = rows.iter().any(|row| !row.today.is_empty());
    let former = if merged { together(&rows, context.link_lexicon()?.places()) } else { Vec::new() };
    let code = match arguments.format {
        Form::Text => print_report(&text(&rows, &former, &documents)),
        Form::Csv => print(&csv(&rows, &documents)),
        Form::Json => print(&json(&serde_json::json!({"documents": documents, "rows": rows, "former": former}))),
    };
    Ok(if failed > 0 { ExitCode::from(2) } else { code })
}

/// The records of a store's documents as they were read.
fn as_read(path: &std::path::Path) -> Result<Vec<Record>, ExitCode> {
    let mut store = told(Store::open(path))?;
    store.give_as_read();
    told(store.records().map(|stored| Ok(stored?.record)).collect())
}

/// `> 80`, `85`, `~ 7`.
fn shown(point: &Point) -> String {
    let sign = match point.comparator {
        Comparator::Eq => "",
        Comparator::Gt => "> ",
        Comparator::Ge => "≥ ",
        Comparator::Lt => "< ",
        Comparator::Le => "≤ ",
        Comparator::Approx => "~ ",
    };
    format!("{sign}{}", point.value.0)
}

/// All values with the unit of measure; a dash where there is none.
fn joined(points: &[Point], row: &Row) -> String {
    let values = points.iter().map(shown).collect::<Vec<_>>().join("; ");
    match row.measure.as_deref() {
        _ if points.is_empty() => "–".into(),
        Some(measure) => format!("{values} {measure}"),
        None => values,
    }
}

fn paths(row: &Row, documents: &[Named]) -> String {
    let mut paths: Vec<&str> = Vec::new();
    for point in row.targets.iter().chain(&row.results) {
        let path = documents.get(point.document).map_or("", |document| &document.path);
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths.join(", ")
}

/// What units wanted or reached that went into one.
fn put(together: Option<Together>, measure: Option<&str>) -> String {
    let measure = measure.map(|measure| format!(" {measure}")).unwrap_or_default();
    match together {
        None => "–".into(),
        Some(Together::Sum { value }) => format!("cộng {}{measure}", value.0),
        Some(Together::Range { from, to }) => format!("từ {} đến {}{measure}", from.0, to.0),
    }
}

/// The lines of the units that went into others on 1 July 2025, below those of their indicator.
fn merged(former: &[Former], indicator: &str) -> String {
    let mut out = String::new();
    let mut last: Option<&Former> = None;
    for one in former.iter().filter(|one| one.indicator == indicator) {
        if last.is_none_or(|last| last.unit != one.unit || last.units != one.units) {
            let missing = if one.missing.is_empty() { String::new() } else { format!("; chưa có {}", one.missing.join(", ")) };
            let _ = writeln!(out, "  {} gồm các đơn vị trước 1/7/2025: {}{missing}", one.unit, one.units.join(", "));
        }
        let year = one.year.map_or_else(|| "không rõ năm".into(), |year| year.to_string());
        let measure = one.measure.as_deref();
        let _ = writeln!(out, "    {year}  mục tiêu {}  kết quả {}", put(one.targets, measure), put(one.results, measure));
        last = Some(one);
    }
    out
}

/// The rows of one indicator in one unit follow one another.
fn text(rows: &[Row], former: &[Former], documents: &[Named]) -> String {
    let mut out = String::new();
    let mut last: Option<&Row> = None;
    for (at, row) in rows.iter().enumerate() {
        if last.is_none_or(|last| last.indicator != row.indicator) {
            let gap = if last.is_some() { "\n" } else { "" };
            let _ = writeln!(out, "{gap}{} [{}]", row.name, row.indicator);
        }
        let same = |other: &&Row| other.indicator == row.indicator && other.unit == row.unit && other.measure == row.measure;
        if last.as_ref().is_none_or(|last| !same(last)) {
            let block: Vec<&Row> = rows[at..].iter().take_while(same).collect();
            let line = |pick: fn(&Row) -> &Vec<Point>| {
                sparkline(&block.iter().map(|row| pick(row).last().map(|point| point.value.0)).collect::<Vec<_>>())
            };
            let unit = if row.unit.is_empty() { "không rõ đơn vị" } else { &row.unit };
            let _ = writeln!(out, "  {unit}   mục tiêu {}   kết quả {}", line(|row| &row.targets), line(|row| &row.results));
        }
        let year = row.year.map_or_else(|| "không rõ năm".into(), |year| year.to_string());
        let (wanted, reached) = (joined(&row.targets, row), joined(&row.results, row));
        let _ = writeln!(out, "    {year}  mục tiêu {wanted}  kết quả {reached}  ({})", paths(row, documents));
        last = Some(row);
        if rows.get(at + 1).is_none_or(|next| next.indicator != row.indicator) {
            out.push_str(&merged(former, &row.indicator));
        }
    }
    out
}

fn csv(rows: &[Row], documents: &[Named]) -> String {
    let mut out = String::from("ma,ten,don_vi,cap,nam,loai,so_sanh,gia_tri,don_vi_tinh,tap_tin,muc\n");
    let cell =
        |text: &str| if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() };
    for row in rows {
        let kinds = [("chi_tieu", &row.targets), ("ket_qua", &row.results)];
        for (kind, point) in kinds.into_iter().flat_map(|(kind, points)| points.iter().map(move |point| (kind, point))) {
            let level =
                serde_json::to_value(row.level).ok().and_then(|level| level.as_str().map(str::to_owned)).unwrap_or_default();
            let comparator =
                serde_json::to_value(point.comparator).ok().and_then(|one| one.as_str().map(str::to_owned)).unwrap_or_default();
            let path = documents.get(point.document).map_or("", |document| &document.path);
            let year = row.year.map_or(String::new(), |year| year.to_string());
            let cells = [
                cell(&row.indicator),
                cell(&row.name),
                cell(&row.unit),
                level,
                year,
                kind.to_owned(),
                comparator,
                point.value.0.to_string(),
                cell(row.measure.as_deref().unwrap_or("")),
                cell(path),
                point.item.clone(),
            ];
            let _ = writeln!(out, "{}", cells.join(","));
        }
    }
    out
}
