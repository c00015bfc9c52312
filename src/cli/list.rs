//! `kehoach list`: the documents of a store.

use std::cmp::Reverse;
use std::fmt::Write;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::exit::{self, NOTHING};
use super::settings::Settings;
use super::store::{Form, StoreFile, fit, json, level, told};
use super::{print, print_report};
use crate::store::query::Filter;

/// List the documents of a store, by date: id, date, number, level, issuer, title; with --unread by what was not read.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    store: StoreFile,

    /// Only of this unit or issuer: words of its name, with or without marks; also of the name that the unit bears since July 2025.
    #[arg(long, value_name = "WORDS")]
    unit: Option<String>,

    /// Only of this level.
    #[arg(long, value_name = "LEVEL")]
    level: Option<Level>,

    /// Only issued in this year, or about a time that it is part of.
    #[arg(long, value_name = "YEAR")]
    year: Option<u16>,

    /// Only of this type.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<Kind>,

    /// What was not read first: by how many of a document's numbers nothing understood, with their count and share before the id.
    #[arg(long)]
    unread: bool,

    /// Text for people, or JSON for tools.
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Level {
    Central,
    Province,
    District,
    Commune,
    Department,
    Other,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Plan,
    Report,
    Decision,
    Other,
}

fn name_of<T: ValueEnum>(value: T) -> Option<String> {
    value.to_possible_value().map(|value| value.get_name().to_owned())
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> ExitCode {
    match list(arguments, settings) {
        Ok((text, count)) => {
            let printed = if arguments.format == Form::Text { print_report(&text) } else { print(&text) };
            exit::code(printed, false, if count == 0 { NOTHING } else { 0 })
        }
        Err(code) => code,
    }
}

fn list(arguments: &Arguments, settings: &Settings) -> Result<(String, usize), ExitCode> {
    let store = arguments.store.open(settings)?;
    let filter = Filter {
        unit: arguments.unit.clone(),
        level: arguments.level.and_then(name_of),
        year: arguments.year,
        kind: arguments.kind.and_then(name_of),
    };
    let mut entries = told(store.list(&filter))?;
    if arguments.unread {
        entries.sort_by_key(|entry| Reverse(entry.unread));
    }
    let entries = entries;
    if arguments.format == Form::Json {
        return Ok((json(&entries), entries.len()));
    }
    let mut text = String::new();
    for entry in &entries {
        let blank = String::new();
        let of = |field: &'_ Option<String>| field.clone().unwrap_or_else(|| blank.clone());
        let number = entry.number.clone().or_else(|| entry.symbol.as_ref().map(|symbol| format!("…/{symbol}")));
        let title = entry.title.clone().or_else(|| entry.paths.first().cloned()).unwrap_or_default();
        if arguments.unread {
            let _ = write!(
                text,
                "{:>5} {} {:>5} ({:>3}%)  ",
                entry.unread,
                settings.says("trên", "of"),
                entry.numbers,
                entry.unread_share()
            );
        }
        let _ = writeln!(
            text,
            "{}  {}  {}  {}  {}  {}",
            entry.id,
            fit(&of(&entry.date), 10),
            fit(&of(&number), 18),
            fit(level(&entry.level, settings.lang), 10),
            fit(&of(&entry.issuer), 30),
            fit(&title, 60).trim_end()
        );
    }
    Ok((text, entries.len()))
}
