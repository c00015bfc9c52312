//! `kehoach verify DOCUMENT CLAIMS`: what somebody else has read, held against the document.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::audit::Language;
use super::output::Output;
use super::{Context, complain};
use crate::report::profile::Profile;
use crate::verify::{self, Reader};

/// Judge what a person's table or a language model says to have read from a document.
///
/// CLAIMS is a record of kehoach, a list of targets as JSON or NDJSON (indicator, value, unit, comparator, scope, due, agencies), or CSV or
/// XLSX with the column names of trackers (ten, gia_tri, don_vi_tinh, so_sanh, pham_vi, don_vi_chu_tri, thoi_han, …, or Chỉ tiêu, ĐVT,
/// Kế hoạch). What a claim does not state is not judged. A claim holds, differs (in which field), is not in the document (its number stands
/// nowhere, or as something else), or is undecided: where this program has not understood the number, it says so and never "wrong". Then
/// comes what the document says and the claims miss.
///
/// Exit codes: 0 no claim is wrong; 1 a claim differs or is not in the document; 2 a file could not be read, or CLAIMS holds no claims or
/// those of another document.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach verify plan.pdf so-theo-doi.xlsx
  kehoach verify plan.docx model.json --format json
  kehoach verify plan.docx cua-so.csv --profile mau-so.toml     columns by another system's names, as with export")]
pub(super) struct Arguments {
    /// The document.
    document: PathBuf,

    /// What is said to have been read from it.
    claims: PathBuf,

    /// The names and signs of another system's table (TOML), as for `kehoach export`.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,

    /// How the verdicts are written.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    /// List the claims that hold, too, each with its place.
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    output: Output,

    /// The language of the text.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    lang: Language,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let inputs = [Some(arguments.document.as_path()), Some(&arguments.claims), arguments.profile.as_deref()];
    if let Err(code) = arguments.output.check(inputs.into_iter().flatten(), None) {
        return code;
    }
    match judged(arguments, context) {
        Ok(found) => {
            let output = &arguments.output;
            let written = match arguments.format {
                Form::Text => output.report(&verify::show::text(&found, arguments.lang.lang(), arguments.all)),
                Form::Json => output.text(&format!("{}\n", serde_json::to_string_pretty(&found).unwrap_or_default())),
            };
            if written == ExitCode::SUCCESS && found.finds_fault() { ExitCode::from(1) } else { written }
        }
        Err(message) => {
            complain(&message);
            ExitCode::from(2)
        }
    }
}

fn judged(arguments: &Arguments, context: &Context) -> Result<verify::Verification, String> {
    let profile = arguments.profile.as_deref().map(|path| {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{file}: cannot be read: {error}; check the path"))?;
        Profile::parse(&file, text.trim_start_matches('\u{FEFF}')).map_err(|error| error.to_string())
    });
    let profile = profile.transpose()?;
    let listed = context.listed(&arguments.claims).map_err(|error| error.to_string())?;
    let (record, text, numbers) = context.accounted(&arguments.document).map_err(|error| error.to_string())?;
    let _watch = context.watch(1);
    let file = arguments.claims.display().to_string();
    let reader = Reader { file: &file, document: &record, lexicon: &context.lexicon, profile: profile.as_ref() };
    let claims = reader.read(&listed).map_err(|error| error.to_string())?;
    Ok(verify::verify(&record, &text, &numbers, &claims))
}
