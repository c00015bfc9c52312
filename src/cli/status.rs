//! `kehoach status`: what a store holds.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::store::{Form, StoreFile, fit, json, reader, told};
use super::{print, print_report};
use crate::record::ledger::Why;
use crate::store::unread::Unread;

/// Tell what a store holds: documents, which of them a person should look at first and why, files that could not be read, files that
/// are gone.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    store: StoreFile,

    /// Text for people, or JSON for tools.
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,

    /// Print a SHA-256 of all that is stored, and nothing else: stores of the same documents, read by the same version, have the same.
    #[arg(long)]
    digest: bool,
}

/// So many documents are named that a person should look at first.
const FIRST: usize = 5;

/// `120 of 3400 numbers were not read (4%)`.
pub(super) fn of_numbers(unread: &Unread) -> String {
    let share = (unread.unread * 100 + unread.numbers - 1) / unread.numbers.max(1);
    format!("{} of {} numbers were not read ({share}%)", unread.unread, unread.numbers)
}

pub(super) fn run(arguments: &Arguments, rules: Option<&Path>) -> ExitCode {
    match status(arguments, rules) {
        Ok(text) if arguments.format == Form::Text && !arguments.digest => print_report(&text),
        Ok(text) => print(&text),
        Err(code) => code,
    }
}

fn status(arguments: &Arguments, rules: Option<&Path>) -> Result<String, ExitCode> {
    let store = arguments.store.open()?;
    if arguments.digest {
        return Ok(told(store.digest())? + "\n");
    }
    let counts = told(store.counts(&reader(rules)?))?;
    let failures = told(store.failures())?;
    let missing = told(store.missing_files())?;
    if arguments.format == Form::Json {
        let unread = told(store.unread(FIRST))?;
        return Ok(json(&serde_json::json!({"counts": counts, "unread": unread, "failures": failures, "missing": missing})));
    }
    let shown = arguments.store.path.display();
    let unread = told(store.unread(FIRST))?;
    let mut text = format!(
        "{shown}: {} documents of {} files; {} targets, {} tasks\n",
        counts.documents, counts.files, counts.targets, counts.tasks
    );
    if counts.interrupted {
        let _ = writeln!(text, "The last ingest was interrupted; run it again, and it goes on.");
    }
    if counts.outdated > 0 {
        let _ = writeln!(
            text,
            "{} documents were read by another version; read them again with: kehoach ingest --refresh --store {shown}",
            counts.outdated
        );
    }
    if !counts.linked && counts.documents > 0 {
        let _ = writeln!(
            text,
            "What is linked is not of all documents, or of another version; link them with: kehoach link --store {shown}"
        );
    }
    match counts.findings {
        Some(count) => {
            let _ = writeln!(text, "{count} findings of the audit are kept (v_findings).");
        }
        None if counts.documents > 0 => {
            let _ = writeln!(
                text,
                "The documents were not audited as they are now; v_findings is filled by: kehoach audit --store {shown}"
            );
        }
        None => {}
    }
    if unread.unread > 0 {
        let _ = writeln!(text, "{}; look at these first (all: kehoach list --unread --store {shown}):", of_numbers(&unread));
        for one in &unread.first {
            let why = Why::ALL.iter().find(|why| why.code() == one.mostly).map_or("", |why| why.english());
            let _ = writeln!(
                text,
                "  {}  {} of {}  {}: mostly {why}",
                one.id,
                one.unread,
                one.numbers,
                fit(&one.name, 50).trim_end()
            );
        }
    }
    if !failures.is_empty() {
        let _ = writeln!(text, "{} files could not be read (once more: kehoach ingest --retry --store {shown}):", failures.len());
        for failure in &failures {
            let _ = writeln!(text, "  {}", failure.message);
            if let Some(earlier) = &failure.earlier_document {
                let _ = writeln!(text, "    what it held before is kept: {earlier}");
            }
        }
    }
    if !missing.is_empty() {
        let _ = writeln!(
            text,
            "{} files are gone; what they held is kept (forget them: kehoach forget --missing --store {shown}):",
            missing.len()
        );
        for path in &missing {
            let _ = writeln!(text, "  {path}");
        }
    }
    Ok(text)
}
