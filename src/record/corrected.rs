//! What of a record is a person's.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Evidence, Record};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A target, with its result.
    Target,
    /// Work.
    Task,
    /// A deadline.
    Deadline,
    /// A result.
    Fact,
    /// A number that nothing understood.
    Number,
}

impl Kind {
    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Task => "task",
            Self::Deadline => "deadline",
            Self::Fact => "fact",
            Self::Number => "number",
        }
    }
}

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Looked at it and found it right.
    Accept,
    /// Put it right; of a number that was not read: said that it is described.
    Correct,
    /// Took it out.
    Remove,
    /// Put one in that was not read.
    Add,
    /// Took back what was done: it is as it was read.
    AsRead,
}

/// Whose an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// A person's.
    Person,
}

/// An item of the record that a person accepted, put right, put in or took out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Corrected {
    /// Identifier of the item within the record; of one that was taken out, what it was.
    pub item: String,
    /// What the item is.
    pub kind: Kind,
    /// What was done.
    pub action: Action,
    /// Whose it is.
    pub origin: Hand,
    /// Who did it.
    pub who: String,
    /// When: `2025-03-01T08:00:00Z`.
    pub made: String,
    /// The fields that are other than what was read.
    pub fields: Vec<String>,
    /// Whether somebody else corrected it otherwise, and neither saw the other's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_conflict: bool,
    /// The correction.
    pub correction: String,
}

impl Record {
    /// Whose an item's words and values are; `None` where they are as they were read.
    #[must_use]
    pub fn hand_of(&self, item: &str) -> Option<Hand> {
        let is_own = |one: &&Corrected| one.item == item && matches!(one.action, Action::Correct | Action::Add);
        self.corrections.iter().find(is_own).map(|one| one.origin)
    }

    /// Whose the item is that stands at a place.
    #[must_use]
    pub fn hand_at(&self, place: &Evidence) -> Option<Hand> {
        let meets = |evidence: &[Evidence]| evidence.iter().any(|piece| piece.start < place.end && place.start < piece.end);
        let stands = |one: &&Corrected| match one.kind {
            Kind::Target => self.targets.iter().any(|item| item.id == one.item && meets(&item.evidence)),
            Kind::Task => self.tasks.iter().any(|item| item.id == one.item && meets(&item.evidence)),
            Kind::Deadline => self.deadlines.iter().any(|item| item.id == one.item && meets(&item.evidence)),
            Kind::Fact => self.facts.iter().any(|item| item.id == one.item && meets(&item.evidence)),
            Kind::Number => false,
        };
        let own = self.corrections.iter().filter(|one| matches!(one.action, Action::Correct | Action::Add));
        own.into_iter().find(stands).map(|one| one.origin)
    }

    /// Who put an item right, for people: `người sửa: An, 2025-03-01`.
    #[must_use]
    pub fn told_of(&self, item: &str) -> Option<String> {
        let one = self.corrections.iter().find(|one| one.item == item && one.action != Action::Remove)?;
        let what = match one.action {
            Action::Accept => "đã kiểm tra",
            Action::Add => "người thêm",
            _ => "người sửa",
        };
        let day = one.made.get(..10).unwrap_or(&one.made);
        Some(format!("{what}: {}, {day}{}", one.who, if one.in_conflict { " (còn mâu thuẫn)" } else { "" }))
    }
}
