//! Reads Vietnamese government plans and reports into records whose every value is
//! traced to its place in the source.
//!
//! # The way of the data
//! ```text
//! bytes ─ingest→ Source ─normalize→ Lines ─structure→ Document ─extract→ Record
//! ```
//! A stage uses only the stages before it. After [`ingest`] nothing fails: what cannot be
//! read becomes a null, a diagnostic, or stays out; nothing is guessed. The vocabulary is
//! data under `rules/` ([`lexicon`]); how a phrase is read is code.

pub mod text;
pub mod words;
pub mod record;
pub mod lexicon;
pub mod ingest;
pub mod agency;
pub mod normalize;
pub mod structure;
pub mod extract;
pub mod pipeline;
