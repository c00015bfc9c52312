//! The command line: arguments → pipeline → exit code.
//!
//! Exit codes: 0 all done, 1 what was asked for was not reached (`eval --at-least`), 2 something could not be read or run.

use std::process::ExitCode;

fn main() -> ExitCode {
    kehoach::cli::run()
}
