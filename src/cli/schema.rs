//! `kehoach schema`: the JSON Schema of the record.

use std::process::ExitCode;

use clap::Args;

use super::print;
use crate::record;

/// Print the JSON Schema of the record (the committed record.schema.json is this).
#[derive(Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments) -> ExitCode {
    print(&record::schema())
}
