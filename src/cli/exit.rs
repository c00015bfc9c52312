//! Exit codes, the same of every command, so that a script knows what happened without reading messages.

use std::process::ExitCode;

/// There are findings, or differences, or what was asked for was not reached.
pub(super) const FOUND: u8 = 1;
/// The arguments, the rules, the settings, the store or the output do not allow the run: nothing was done.
pub(super) const WRONG: u8 = 2;
/// Something could not be read, now or, with a store, earlier; the rest is done.
pub(super) const UNREAD: u8 = 3;
/// Everything was read, and nothing is what was asked for.
pub(super) const NOTHING: u8 = 4;

/// The table of the help; docs/guide.md has the same.
pub(super) const TABLE: &str = "\
Exit codes:
  0  done
  1  findings (audit), differences (diff), not reached what was asked for (eval --at-least)
  2  nothing was done: the arguments, the rules, the settings, the store or the output do not allow it
  3  a file could not be read, now or, in a store, earlier; the rest is done
  4  everything was read, and nothing is what was asked for (search, list, tasks, series, coverage)";

/// `code`, unless something could not be read, which weighs more, or the run went wrong, which weighs most.
pub(super) fn code(written: ExitCode, any_unread: bool, otherwise: u8) -> ExitCode {
    match (written == ExitCode::SUCCESS, any_unread) {
        (false, _) => written,
        (true, true) => UNREAD.into(),
        (true, false) => otherwise.into(),
    }
}
