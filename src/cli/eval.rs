//! `kehoach eval`: precision, recall and F1 against gold annotations, or against what people put right in a store.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::store::told;
use super::{Context, complain, print_report};
use crate::eval::{self, Tally};
use crate::pipeline::parts::{Comparison, Gold};
use crate::record::Action;
use crate::store::Store;

/// Compare records with gold annotations: precision, recall and F1 of each list.
///
/// For every DIR/ID.json of --gold the document is the file of --docs whose name begins with ID. A list that the gold leaves
/// out is not scored. The limits of --time-limit and --memory-limit are for reading a document and comparing it.
///
/// With --store what was read of each document that somebody has corrected (kehoach review) is compared with the same as it was put right;
/// items that nobody looked at count as right. Then comes what was corrected most.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach eval --gold corpus/gold --docs corpus
  kehoach eval --store plans.db")]
pub(super) struct Arguments {
    /// Folder of gold annotations (*.json).
    #[arg(long, value_name = "DIR", required_unless_present = "store", requires = "docs")]
    gold: Option<PathBuf>,

    /// Folder of the documents.
    #[arg(long, value_name = "DIR", requires = "gold")]
    docs: Option<PathBuf>,

    /// A store in which people have put documents right.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["gold", "docs"])]
    store: Option<PathBuf>,

    /// Show at most so many misses a list and document.
    #[arg(long, value_name = "N", default_value_t = 0)]
    misses: usize,

    /// Fail (exit code 1) where the F1 of any list is below this.
    #[arg(long, value_name = "F1")]
    at_least: Option<f64>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    match (&arguments.store, &arguments.gold, &arguments.docs) {
        (Some(store), ..) => stored(store, arguments).unwrap_or_else(|code| code),
        (None, Some(gold), Some(docs)) => annotated(gold, docs, arguments, context),
        // clap refuses these.
        _ => ExitCode::from(2),
    }
}

/// What was read of a store's corrected documents beside what they are.
fn stored(path: &Path, arguments: &Arguments) -> Result<ExitCode, ExitCode> {
    let store = told(Store::open(path))?;
    let mut pooled = Tally::default();
    let mut report = String::new();
    let mut most: BTreeMap<String, usize> = BTreeMap::new();
    let mut documents = 0;
    for stored in store.records() {
        let stored = told(stored)?;
        if stored.record.corrections.is_empty() && told(store.corrections_of(stored.key))?.is_empty() {
            continue;
        }
        documents += 1;
        for one in &stored.record.corrections {
            let (kind, fields) = (one.kind.name(), if one.fields.is_empty() { "" } else { ": " });
            let action = match one.action {
                Action::Accept => continue,
                Action::Correct => "put right",
                Action::Remove => "taken out",
                Action::Add => "put in",
                Action::AsRead => "taken back",
            };
            *most.entry(format!("{kind} {action}{fields}{}", one.fields.join(", "))).or_default() += 1;
        }
        let read = told(store.record_as_read(stored.key))?;
        let [is, was] = [&stored.record, &read].map(|record| serde_json::to_value(record).unwrap_or_default());
        let (tally, misses) = eval::compare(&is, &was, arguments.misses);
        for miss in misses {
            let _ = writeln!(report, "  {} {miss}", stored.id);
        }
        let _ = writeln!(report, "{}  {}", stored.id, tally.line());
        pooled.add(&tally);
    }
    if documents == 0 {
        complain(&format!(
            "{}: nobody has corrected a document of it; do so with: kehoach review --store {}",
            path.display(),
            path.display()
        ));
        return Err(ExitCode::from(2));
    }
    let _ = write!(report, "{}", pooled.table());
    let mut most: Vec<(String, usize)> = most.into_iter().collect();
    most.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    for (what, count) in most {
        let _ = writeln!(report, "{count:6}  {what}");
    }
    let printed = print_report(&report);
    Ok(match arguments.at_least {
        Some(least) if printed == ExitCode::SUCCESS && pooled.worst() < least => ExitCode::from(1),
        _ => printed,
    })
}

/// What is read of documents beside their annotations.
fn annotated(gold: &Path, docs: &Path, arguments: &Arguments, context: &Context) -> ExitCode {
    let gold_files = match sorted(gold, "json") {
        Ok(files) if !files.is_empty() => files,
        Ok(_) => {
            complain(&format!("--gold {}: holds no *.json; name the folder of the annotations", gold.display()));
            return ExitCode::from(2);
        }
        Err(error) => {
            complain(&format!("--gold {}: {error}; check the path", gold.display()));
            return ExitCode::from(2);
        }
    };
    let documents = match std::fs::read_dir(docs) {
        Ok(_) => sorted(docs, "").unwrap_or_default(),
        Err(error) => {
            complain(&format!("--docs {}: {error}; check the path", docs.display()));
            return ExitCode::from(2);
        }
    };
    let mut pooled = Tally::default();
    let mut report = String::new();
    let mut failed = false;
    for gold_file in gold_files {
        match one(&gold_file, &documents, context, arguments.misses) {
            Ok((name, tally, misses)) => {
                report.push_str(&misses);
                let _ = writeln!(report, "{name}  {}", tally.line());
                pooled.add(&tally);
            }
            Err(message) => {
                complain(&message);
                failed = true;
            }
        }
    }
    report.push_str(&pooled.table());
    let printed = print_report(&report);
    if failed || printed != ExitCode::SUCCESS {
        return ExitCode::from(2);
    }
    match arguments.at_least {
        Some(least) if pooled.worst() < least => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    }
}

fn one(gold_file: &Path, documents: &[PathBuf], context: &Context, misses: usize) -> Result<(String, Tally, String), String> {
    let shown = gold_file.display();
    let name = gold_file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(gold_file).map_err(|error| format!("{shown}: cannot be read: {error}"))?;
    let gold = serde_json::from_str(&text).map_err(|error| format!("{shown}: is no JSON: {error}; correct the annotation"))?;
    let document = documents
        .iter()
        .find(|path| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&name)))
        .ok_or_else(|| format!("{shown}: no document begins with `{name}`; put it into --docs"))?;
    let gold = Gold { annotation: gold, misses };
    let Comparison { tally, misses } = context.compared(document, &gold).map_err(|error| error.to_string())?;
    let lines = misses.into_iter().fold(String::new(), |mut lines, miss| {
        let _ = writeln!(lines, "  {name} {miss}");
        lines
    });
    Ok((name, tally, lines))
}

/// The files of a folder with an ending, sorted by name.
fn sorted(folder: &Path, ending: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && (ending.is_empty() || path.extension().is_some_and(|found| found == ending)))
        .collect();
    files.sort();
    Ok(files)
}
