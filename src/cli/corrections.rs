//! `kehoach corrections`: what people put right in a store, listed, given away and taken over.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::output::Output;
use super::store::{Form, StoreFile, json, told};
use super::{complain, print, print_report};
use crate::corrections::{Action, Correction, Kind};
use crate::store::Store;
use crate::store::corrected::{Kept, States};

/// List what people put right in a store (kehoach review), give it away, or take it over from another store.
///
/// Corrections stand apart from what was read. They are put on again when a document is read anew, by newer rules or because its file
/// changed, wherever the words that they quote still stand.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach corrections list --store plans.db
  kehoach corrections export --store plans.db -o sua.ndjson
  kehoach corrections import sua.ndjson --store other.db")]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    List(List),
    Export(Export),
    Import(Import),
}

/// List corrections with what became of each: on, settled (the program reads the same by now), gone (its words stand in the document no
/// more), read_otherwise, conflict (two people, and neither saw the other's), replaced, waiting (its document is not in the store).
#[derive(Args)]
struct List {
    #[command(flatten)]
    store: StoreFile,

    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

/// Write all corrections as NDJSON, one a line.
#[derive(Args)]
struct Export {
    /// The store: one SQLite file.
    #[arg(long, value_name = "FILE", env = "KEHOACH_STORE", default_value = "plans.db")]
    store: PathBuf,

    #[command(flatten)]
    output: Output,
}

/// Take corrections over. Those that the store has are left as they are; those of documents that it has not wait for them.
#[derive(Args)]
struct Import {
    /// Corrections, as `kehoach corrections export` writes them.
    file: PathBuf,

    #[command(flatten)]
    store: StoreFile,
}

pub(super) fn run(arguments: &Arguments, quiet: bool) -> ExitCode {
    let done = match &arguments.command {
        Command::List(list) => listed(list),
        Command::Export(export) => exported(export),
        Command::Import(import) => imported(import, quiet),
    };
    match done {
        Ok(code) | Err(code) => code,
    }
}

/// How many are in each state, in one line; nothing where there are none.
pub(super) fn told_of(states: &States) -> Option<String> {
    let States { on, settled, gone, read_otherwise, conflict } = *states;
    let counts = [
        (on, "on"),
        (settled, "settled"),
        (gone, "no longer in the text"),
        (read_otherwise, "read otherwise now"),
        (conflict, "in conflict"),
    ];
    let told: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    (!told.is_empty()).then(|| format!("corrections: {}", told.join(", ")))
}

fn listed(list: &List) -> Result<ExitCode, ExitCode> {
    let store = list.store.open()?;
    let kept = told(store.all_corrections())?;
    if list.format == Form::Json {
        return Ok(print(&json(&kept)));
    }
    let mut text = String::new();
    for one in &kept {
        line(&mut text, one);
    }
    let states = told(store.correction_states())?;
    let _ = writeln!(text, "{}", told_of(&states).unwrap_or_else(|| "no corrections".into()));
    Ok(print_report(&text))
}

fn line(text: &mut String, Kept { correction, document, state, item }: &Kept) {
    let Correction { kind, action, who, made, was, is, quotation, .. } = correction;
    let name = correction.document.number.as_deref().unwrap_or(&correction.document.sha256);
    let shown = document.as_deref().unwrap_or(name);
    let state = state.as_deref().unwrap_or("waiting");
    let (kind, action) = (kind_of(*kind), action_of(*action));
    let item = item.as_deref().unwrap_or("-");
    let _ = writeln!(text, "{shown}  {state:14} {kind} {item}  {action} by {who}, {made}");
    let value = |content: &Option<serde_json::Map<String, serde_json::Value>>| {
        content.as_ref().map(|content| serde_json::Value::Object(content.clone()).to_string())
    };
    for (name, content) in [("was", value(was)), ("is", value(is))] {
        if let Some(content) = content {
            let _ = writeln!(text, "    {name}: {content}");
        }
    }
    let _ = writeln!(text, "    “{}”", quotation.exact.split_whitespace().collect::<Vec<_>>().join(" "));
}

fn kind_of(kind: Kind) -> &'static str {
    kind.name()
}

fn action_of(action: Action) -> &'static str {
    match action {
        Action::Accept => "accepted",
        Action::Correct => "put right",
        Action::Remove => "taken out",
        Action::Add => "put in",
        Action::AsRead => "taken back",
    }
}

fn exported(export: &Export) -> Result<ExitCode, ExitCode> {
    export.output.check([], Some(&export.store))?;
    let store = told(Store::open(&export.store))?;
    let mut lines = String::new();
    let mut written = BTreeSet::new();
    for kept in told(store.all_corrections())? {
        // One that is put on several documents is one.
        if written.insert(kept.correction.id.clone()) {
            let _ = writeln!(lines, "{}", serde_json::to_string(&kept.correction).unwrap_or_default());
        }
    }
    Ok(export.output.text(&lines))
}

fn imported(import: &Import, quiet: bool) -> Result<ExitCode, ExitCode> {
    let refused = |message: String| {
        complain(&message);
        ExitCode::from(2)
    };
    let corrections = read(&import.file).map_err(refused)?;
    // Only a store that is there is written to.
    drop(import.store.open()?);
    let mut store = import.store.open_to_write()?;
    let taken = told(store.take_corrections(&corrections))?;
    if !quiet {
        complain(&format!(
            "{} corrections are new, {} were known, {} wait for documents that are not in the store",
            taken.new, taken.known, taken.waiting
        ));
        if let Some(states) = told_of(&told(store.correction_states())?) {
            complain(&states);
        }
        if taken.new > 0 {
            complain(&format!("link what changed with: kehoach link --store {}", import.store.path.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The corrections of a file: all of them are right, or none is taken.
fn read(path: &Path) -> Result<Vec<Correction>, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{shown}: cannot be read: {error}; check the path"))?;
    let mut corrections = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |reason: String| format!("{shown}: line {}: is no correction ({reason}); nothing was taken over", at + 1);
        let correction: Correction = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        if let Some(reason) = correction.is_wrong() {
            return Err(wrong(reason));
        }
        corrections.push(correction);
    }
    Ok(corrections)
}
