//! `kehoach coverage FILE…`: which targets of upper plans the plans below take up.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::context::sound;
use super::documents::Documents;
use super::exit::{self, NOTHING};
use super::settings::Locale;
use super::{Context, complain, print, print_report};
use crate::check::{Cases, Known};
use crate::link::Collection;
use crate::pipeline::parts::Trial;
use crate::record::Record;
use crate::report::coverage;

/// Print which targets of an upper plan the plans below take up (có, yếu hơn, thấp hơn, thiếu), what plans under one document that is
/// not among these set side by side, which targets have no task, which tasks have no lead.
#[derive(Args)]
#[command(after_help = "Example:
  kehoach coverage tinh.pdf huyen-*.docx --format csv > doi-chieu.csv")]
pub(super) struct Arguments {
    #[command(flatten)]
    documents: Documents,

    /// How it is written; CSV has the matrix alone.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    #[command(flatten)]
    locale: Locale,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    Text,
    Csv,
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let words = match context.link_lexicon() {
        Ok(words) => words,
        Err(code) => return code,
    };
    let (mut records, mut unread, decisions) = match arguments.documents.read(context, Trial::Linked) {
        Ok(gathered) => (gathered.records, gathered.unread, gathered.decisions),
        Err(code) => return code,
    };
    let _watch = context.watch(records.len());
    let compare = |records: &[Record]| {
        let mut records = records.to_vec();
        let collection = Collection::link_with(&records, &words, &decisions);
        collection.apply(&mut records);
        coverage::coverage(&Cases::new(&records, Known { lexicon: &context.lexicon, words: &words, collection: &collection }))
    };
    let found = match sound(&mut records, &mut unread, compare) {
        Ok(found) => found,
        Err(code) => return code,
    };
    if found.matrices.is_empty() && found.programmes.is_empty() {
        complain("no plan of these files stands under another one of them; name the upper plan, or a report on it, too");
    }
    let lang = context.settings.lang;
    let code = match arguments.format {
        Form::Text => print_report(&coverage::text(&found, lang)),
        Form::Csv => print(&coverage::csv(&found, lang, &arguments.locale.profile())),
        Form::Json => print(&format!("{}\n", serde_json::to_string_pretty(&found).unwrap_or_default())),
    };
    let nothing = found.matrices.is_empty() && found.programmes.is_empty();
    exit::code(code, !unread.is_empty(), if nothing { NOTHING } else { 0 })
}
