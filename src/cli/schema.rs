//! `kehoach schema`: the JSON Schema of the record.

use std::process::ExitCode;

use clap::Args;

use super::print;
use crate::record::Record;

/// Print the JSON Schema of the record (the committed record.schema.json is this).
#[derive(Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments) -> ExitCode {
    let schema = schemars::schema_for!(Record);
    let mut json = serde_json::to_string_pretty(&schema).unwrap_or_default();
    json.push('\n');
    print(&json)
}
