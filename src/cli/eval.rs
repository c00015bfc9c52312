//! `kehoach eval`: precision, recall and F1 against gold annotations.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::exit::{self, FOUND, WRONG};
use super::{Context, complain, print_report};
use crate::eval::Tally;
use crate::pipeline::parts::{Comparison, Gold};

/// Compare records with gold annotations: precision, recall and F1 of each list.
///
/// For every DIR/ID.json of --gold the document is the file of --docs whose name begins with ID. A list that the gold leaves
/// out is not scored. The limits of --time-limit and --memory-limit are for reading a document and comparing it.
#[derive(Args)]
pub(super) struct Arguments {
    /// Folder of gold annotations (*.json).
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,

    /// Folder of the documents.
    #[arg(long, value_name = "DIR")]
    docs: PathBuf,

    /// Show at most so many misses a list and document.
    #[arg(long, value_name = "N", default_value_t = 0)]
    misses: usize,

    /// Fail (exit code 1) where the F1 of any list is below this.
    #[arg(long, value_name = "F1")]
    at_least: Option<f64>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let gold_files = match sorted(&arguments.gold, "json") {
        Ok(files) if !files.is_empty() => files,
        Ok(_) => {
            complain(&format!("--gold {}: holds no *.json; name the folder of the annotations", arguments.gold.display()));
            return WRONG.into();
        }
        Err(error) => {
            complain(&format!("--gold {}: {error}; check the path", arguments.gold.display()));
            return WRONG.into();
        }
    };
    let documents = match std::fs::read_dir(&arguments.docs) {
        Ok(_) => sorted(&arguments.docs, "").unwrap_or_default(),
        Err(error) => {
            complain(&format!("--docs {}: {error}; check the path", arguments.docs.display()));
            return WRONG.into();
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
    let missed = arguments.at_least.is_some_and(|least| pooled.worst() < least);
    exit::code(printed, failed, if missed { FOUND } else { 0 })
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
