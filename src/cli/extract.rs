//! `kehoach extract FILE…`: a record a file.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use rayon::prelude::*;

use super::exit::{self, WRONG};
use super::inputs::{Files, Inputs};
use super::{Context, complain};
use crate::ingest::{IngestError, OWN_OUTPUT};

/// Print the record of a document as JSON: one file, one object; several files, one object a line (NDJSON).
///
/// Files are read in parallel, the records come in the order given. A file that cannot be read gets an error record on
/// its line, `{"schema":"kehoach.error/1","source":{"path":…},"error":{"code":…,"message":…}}`; the others are done, and the exit code is 3.
/// What a folder holds that this program has written itself is left out.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// Indent the JSON (one file only).
    #[arg(long)]
    pretty: bool,

    /// Print, instead of records, every number of the text with what became of it, one a line (NDJSON): `start`, `end`, `text`,
    /// `class`, `why`.
    #[arg(long, conflicts_with = "pretty")]
    ledger: bool,
}

/// How many files are read before their records are written: bounds the memory, whatever the number of files.
const BATCH: usize = 64;

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    match extract(arguments, context) {
        Ok(code) | Err(code) => code,
    }
}

fn extract(arguments: &Arguments, context: &Context) -> Result<ExitCode, ExitCode> {
    if arguments.inputs.is_empty() {
        complain("which documents? Name files or folders, or - for what stdin gives");
        return Err(WRONG.into());
    }
    let Files { paths: files, walked, problems } = arguments.inputs.files(context, true)?;
    if arguments.pretty && files.len() > 1 {
        complain("--pretty takes one file; several are printed one a line");
        return Err(WRONG.into());
    }
    for (_, problem) in &problems {
        complain(problem);
    }
    let mut own = Vec::new();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut failed = problems.len();
    for batch in files.chunks(BATCH) {
        let lines: Vec<(String, Option<IngestError>)> = batch.par_iter().map(|file| line(file, arguments, context)).collect();
        for (line, error) in lines {
            if let Some(error) = error {
                if error.reason.code() == OWN_OUTPUT && walked.contains(Path::new(&error.path)) {
                    own.push(error.path);
                    continue;
                }
                failed += 1;
                complain(&error.to_string());
            }
            if line.is_empty() {
                continue;
            }
            match writeln!(out, "{line}") {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
                Err(error) => {
                    complain(&format!("stdout: cannot be written: {error}; check the disk or the pipe"));
                    return Err(WRONG.into());
                }
            }
        }
    }
    if out.flush().is_err() {
        return Err(WRONG.into());
    }
    context.tell_own(&own);
    if failed > 0 && files.len() > 1 && !context.settings.quiet {
        complain(&format!("{failed} of {} files could not be read; the others are done", files.len()));
    }
    Ok(exit::code(ExitCode::SUCCESS, failed > 0, 0))
}

/// The line of one file, and the error that it tells of.
fn line(file: &Path, arguments: &Arguments, context: &Context) -> (String, Option<IngestError>) {
    if arguments.ledger {
        return match context.ledger(file) {
            Ok(lines) => (lines, None),
            Err(error) => (String::new(), Some(error)),
        };
    }
    match context.json(file, arguments.pretty) {
        Ok(json) => {
            if !context.settings.quiet {
                unread(file, &json);
            }
            (json, None)
        }
        Err(error) => {
            let record = serde_json::json!({
                "schema": "kehoach.error/1",
                "source": {"path": error.path},
                "error": {"code": error.reason.code(), "message": error.reason.to_string()},
            });
            (record.to_string(), Some(error))
        }
    }
}

/// Says on stderr how much of a document was not read.
fn unread(file: &std::path::Path, json: &str) {
    #[derive(serde::Deserialize)]
    struct Counted {
        ledger: crate::record::ledger::Ledger,
    }
    let Ok(Counted { ledger }) = serde_json::from_str(json) else { return };
    let (unread, total) = (ledger.numbers.unread, ledger.numbers.total());
    if unread > 0 {
        complain(&format!(
            "{}: {unread} of {total} numbers were not read ({}%); `unread` in the record says which, and why",
            file.display(),
            (unread * 100).div_ceil(total)
        ));
    }
}
