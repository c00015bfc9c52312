//! `kehoach search "cụm từ"`: words in the documents of a store.

use std::fmt::Write;
use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Args;

use super::exit::{self, NOTHING};
use super::settings::Settings;
use super::store::{Form, StoreFile, json, name, told};
use super::{complain, print_marked, print_raw, visible};
use crate::store::search::one_line;

/// Find words in the documents of a store, with page, section and the words around.
///
/// Words without marks find all: `chuyen doi so` finds `chuyển đổi số`; words with marks find only what has them. Case, line ends and
/// punctuation between words do not matter. Several phrases: documents that have all of them.
#[derive(Args)]
pub(super) struct Arguments {
    /// Words that follow each other, in quotes.
    #[arg(value_name = "PHRASE", required = true)]
    phrases: Vec<String>,

    #[command(flatten)]
    store: StoreFile,

    /// How many documents at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Text for people, or JSON for tools.
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

/// Places of one document that are printed.
const PLACES: usize = 3;

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> ExitCode {
    match search(arguments, settings) {
        Ok((text, count)) => {
            let printed = if arguments.format == Form::Text { print_marked(&text) } else { print_raw(&text) };
            exit::code(printed, false, if count == 0 { NOTHING } else { 0 })
        }
        Err(code) => code,
    }
}

fn search(arguments: &Arguments, settings: &Settings) -> Result<(String, usize), ExitCode> {
    let store = arguments.store.open(settings)?;
    let found = told(store.search(&arguments.phrases, arguments.limit))?;
    if arguments.format == Form::Json {
        return Ok((json(&found), found.hits.len()));
    }
    let (bold, plain) = if settings.colours(std::io::stdout().is_terminal()) { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut text = String::new();
    for hit in &found.hits {
        let _ = writeln!(text, "{}  {}", hit.document.id, visible(&name(&hit.document)));
        for place in hit.places.iter().take(PLACES) {
            let page = place.page.map(|page| format!("{} {page}, ", settings.says("tr.", "p."))).unwrap_or_default();
            let section = place.section.as_ref().map(|section| format!("{section}, ")).unwrap_or_default();
            let words = visible(&one_line(&place.text)).into_owned();
            let (before, after) = (visible(&place.before), visible(&place.after));
            let _ = writeln!(text, "  {page}{section}@{}: {before}{bold}{words}{plain}{after}", place.start);
        }
        if hit.places.len() > PLACES {
            let _ = writeln!(text, "  … {} {}", hit.places.len() - PLACES, settings.says("chỗ nữa", "more places"));
        }
    }
    if !settings.quiet {
        if found.more {
            complain(&format!("there are more documents than {}; see them with --limit", arguments.limit));
        }
        if found.other_marks > 0 {
            complain(&format!(
                "{} documents have these words with other marks; write them without marks to see those too",
                found.other_marks
            ));
        }
        if found.hits.is_empty() && found.other_marks == 0 {
            complain("no document has these words");
        }
    }
    Ok((text, found.hits.len()))
}
