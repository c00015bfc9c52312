//! The papers that a file holds: a decision and the plan it promulgates, a letter and its annex, two letters in one scan.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Document;

/// What a paper is in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperRole {
    /// It stands on its own.
    Main,
    /// Another paper promulgates it.
    Enclosed,
    /// An annex of another paper.
    Annex,
    /// It belongs to none: a portal's frame, what stands after the last foot. Nothing of it is read.
    Beside,
}

/// A paper of a file. Every item of the record says which one it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paper {
    /// What it is in its file.
    pub role: PaperRole,
    /// Index of the paper that encloses it, or that it is an annex of.
    pub by: Option<usize>,
    /// An annex's label: `I` of `Phụ lục I`.
    pub label: Option<String>,
    /// Offset of its first character in the source text, in Unicode code points.
    pub start: usize,
    /// Offset after its last character.
    pub end: usize,
    /// Its own head, title and signature; of an annex the title alone; null for what belongs to no paper.
    pub document: Option<Document>,
}
