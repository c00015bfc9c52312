//! What somebody else says to have read, a person's table or a language model, held against a document: [`verify`].
//!
//! It is our reading that judges. A claim *holds* where the record has it, field by field as far as the claim states one; it *differs* where
//! the record has its words with another value, unit, comparison, scope, time or agency; it is *not in the document* where its value stands
//! nowhere, or as something else: a result, another level's value, a described number. Where the ledger calls the number unread, or our words
//! for it are not the claim's, it is *undecided*, and never wrong. Last comes what the document says and the claims miss.
//!
//! | part | does |
//! |---|---|
//! | [`given`] | the forms of claims → [`Claim`]s |
//! | `sides` | the record and the ledger, ready to be compared with claims |
//! | `judge` | a claim → its verdict |
//! | [`show`] | verdicts → text |

pub mod given;
pub mod show;

mod claim;
mod csv;
mod judge;
pub(crate) mod sides;
pub(crate) mod value;

use serde::Serialize;

pub use claim::{Claim, Said};
pub use given::{ClaimError, Claims, Reader};

use crate::record::ledger::{Class, Entry, Why};
use crate::record::{Evidence, Record};

/// The name and version of the JSON form.
pub const SCHEMA: &str = "kehoach.verify/1";

/// What is said of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The document says so.
    Holds,
    /// The document says something else of the same.
    Differs,
    /// The document does not say it.
    NotInDocument,
    /// Our reading cannot tell.
    Undecided,
}

/// A field of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The value, or the upper end of a range.
    Value,
    /// The unit.
    Unit,
    /// How it compares, or whether it is a change.
    Comparator,
    /// The level, group or place that it is for.
    Scope,
    /// The last day.
    Time,
    /// Who monitors, leads, coordinates.
    Agency,
    /// The result told beside a target.
    Result,
}

/// A field in which a claim and the document differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Which one.
    pub field: Field,
    /// What the claim says.
    pub claimed: String,
    /// What the document says; empty where it says nothing.
    pub document: String,
}

/// As what the value of a claim stands in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandsAs {
    /// Nowhere.
    Nowhere,
    /// A target, where a result was claimed.
    Target,
    /// A result, where a target was claimed.
    Result,
    /// The value of another level, group or place.
    OtherScope,
    /// The value of another target or result.
    OtherItem,
    /// A number that is described and neither wanted nor reached: `why` says what it is.
    Described,
    /// A number of another class of the ledger: `class` says which.
    Other,
}

/// Why a claim is undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Nothing understood the number: `why` says what the ledger knows of it.
    Unread,
    /// The document gives the value without a unit.
    Unit,
    /// The number stands among words that may be the claim's, and was read as something else.
    Wording,
}

/// A claim and what is said of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// Where it stands in the claims: the line or row, of a list in JSON the place; from 1.
    pub at: usize,
    /// Its own identifier, where it has one.
    pub id: Option<String>,
    /// Its indicator.
    pub indicator: String,
    /// Its value with comparison and unit, as Vietnamese writes it.
    pub claim: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The fields that differ.
    pub differs: Vec<Difference>,
    /// As what the value stands in the document, where the claim is not in it.
    pub stands_as: Option<StandsAs>,
    /// Why it is undecided.
    pub doubt: Option<Doubt>,
    /// What the ledger says of the number: its class.
    pub class: Option<Class>,
    /// What the ledger says of the number: why it is described or unread.
    pub why: Option<Why>,
    /// Identifier of the item of the record that the verdict is about.
    pub item: Option<String>,
    /// Path of the section that the place stands in.
    pub section: Option<String>,
    /// The place in the document.
    pub evidence: Vec<Evidence>,
}

/// What the document says and no claim does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Missed {
    /// Identifier in the record.
    pub id: String,
    /// What is measured.
    pub indicator: String,
    /// Its value with comparison and unit, as Vietnamese writes it.
    pub says: String,
    /// Path of the section that it stands in.
    pub section: Option<String>,
    /// The place in the document.
    pub evidence: Vec<Evidence>,
}

/// How many claims have each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Counts {
    pub claims: usize,
    pub holds: usize,
    pub differs: usize,
    pub not_in_document: usize,
    pub undecided: usize,
    pub missed: usize,
}

/// Claims, judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verification {
    /// The name and version of this form.
    pub schema: &'static str,
    /// The document's path.
    pub document: String,
    /// Its number.
    pub number: Option<String>,
    /// How many claims have each verdict.
    pub counts: Counts,
    /// How many rows or items of the claims are none: tasks, rows without a value, rows of other documents.
    pub left_out: usize,
    /// The claims, in order.
    pub claims: Vec<Judged>,
    /// What the document says and no claim does, in reading order.
    pub missed: Vec<Missed>,
}

impl Verification {
    /// Whether a claim was found wrong: one that differs, or is not in the document.
    #[must_use]
    pub fn finds_fault(&self) -> bool {
        self.counts.differs + self.counts.not_in_document > 0
    }
}

/// Holds claims against a document: its record, its source text, and every number of that with what became of it, as
/// [`pipeline::ledger`](crate::pipeline) gives them.
#[must_use]
pub fn verify(record: &Record, text: &str, numbers: &[Entry], claims: &Claims) -> Verification {
    let (judged, missed) = judge::judge(&sides::Sides::new(record, text, numbers), &claims.claims);
    let count = |verdict: Verdict| judged.iter().filter(|claim| claim.verdict == verdict).count();
    let counts = Counts {
        claims: judged.len(),
        holds: count(Verdict::Holds),
        differs: count(Verdict::Differs),
        not_in_document: count(Verdict::NotInDocument),
        undecided: count(Verdict::Undecided),
        missed: missed.len(),
    };
    Verification {
        schema: SCHEMA,
        document: record.source.path.clone(),
        number: record.document.number.clone(),
        counts,
        left_out: claims.left_out,
        claims: judged,
        missed,
    }
}
