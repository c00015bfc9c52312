//! Faults that tests plant, in builds for development alone: no document is known that makes linking panic or run for ever, and one that
//! were would be mended.

use std::time::Duration;

use super::Document;

/// Does to the document at `stage`, `link` or `audit`, what `KEHOACH_PLANTED` says, as in `link panic 12/KH-UBND` or
/// `audit hang 12/KH-UBND`: to the one of that number, and to no other.
///
/// # Panics
/// Where it says so.
pub fn fault(stage: &str, document: &Document) {
    let Ok(told) = std::env::var("KEHOACH_PLANTED") else { return };
    let mut words = told.splitn(3, ' ');
    if words.next() != Some(stage) {
        return;
    }
    let (what, number) = (words.next(), words.next());
    if number.is_none() || number != document.number.as_deref() {
        return;
    }
    match what {
        Some("panic") => panic!("planted"),
        Some("hang") => loop {
            std::thread::sleep(Duration::from_secs(1));
        },
        _ => {}
    }
}
