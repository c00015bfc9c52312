//! Where a result goes: to stdout, or into the file that `--output` names.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use super::{complain, print};
use crate::report::table::Table;
use crate::report::{Lang, xlsx};

/// Writes text.
pub(super) fn text(text: &str, output: Option<&Path>) -> ExitCode {
    match output {
        Some(path) => file(text.as_bytes(), path),
        None => print(text),
    }
}

/// How many columns the terminal has.
pub(super) fn columns() -> usize {
    terminal_size::terminal_size().map_or(crate::report::text::WIDTH, |(width, _)| usize::from(width.0).max(60))
}

/// Writes tables as a workbook.
pub(super) fn workbook(tables: &[Table], lang: Lang, output: Option<&Path>) -> ExitCode {
    match xlsx::write(tables, lang) {
        Ok(book) => bytes(&book, output),
        Err(error) => {
            complain(&format!("the workbook cannot be made: {error}; try fewer documents"));
            ExitCode::from(2)
        }
    }
}

/// Writes what is no text; never onto a terminal.
fn bytes(bytes: &[u8], output: Option<&Path>) -> ExitCode {
    use std::io::Write;
    if let Some(path) = output {
        return file(bytes, path);
    }
    let mut out = std::io::stdout();
    if out.is_terminal() {
        complain("stdout: is a terminal, and a workbook is no text; name a file with --output");
        return ExitCode::from(2);
    }
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("stdout: cannot be written: {error}; check the disk or the pipe"));
            ExitCode::from(2)
        }
    }
}

fn file(bytes: &[u8], path: &Path) -> ExitCode {
    match std::fs::write(path, bytes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!(
                "{}: cannot be written: {error}; check the folder and close the file where it is open",
                path.display()
            ));
            ExitCode::from(2)
        }
    }
}
