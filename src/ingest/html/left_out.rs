//! In place of the reader of web pages, in builds without it.

use super::Reason;
use super::blocks::Block;

/// Says that web pages are not read.
///
/// # Errors
/// Always.
pub(super) fn read(_: &[u8]) -> Result<(String, &'static str, Vec<String>), Reason> {
    Err(Reason::LeftOut("a web page", "html"))
}

/// As [`read`].
///
/// # Errors
/// Always.
pub(super) fn blocks(_: &[u8]) -> Result<(Vec<Block>, &'static str), Reason> {
    Err(Reason::LeftOut("a web page", "html"))
}
