//! What people put right, kept apart from what the program read, and put on again whenever that is read anew.
//!
//! A `Correction` says who did what to which item, when, what it was and what it is, and quotes the words that it is about with those
//! around them, so that it finds its place in another version of the document. Nothing is written over: what is corrected once more, or
//! taken back, is one more correction that names the one before. Corrections of one item that name the same one before are a conflict:
//! the first counts, and all are shown.
//!
//! | part | does |
//! |---|---|
//! | `Correction` | one thing that somebody did |
//! | `anchor` | finds its quotation in a text |
//! | `items` | the items of a record as what they say |
//! | `apply` | puts corrections on a record, and says what became of each |

mod anchor;
mod apply;
mod items;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

pub use crate::record::{Action, Kind};
pub use anchor::{find, nth, quote};
pub use apply::{Standing, State, apply};
pub use items::{Content, content_of, contents, is_content};

/// The name and version of this form.
pub const SCHEMA: &str = "kehoach.correction/1";

/// Words of a document and those around them, as the W3C's TextQuoteSelector and TextPositionSelector name them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    /// The words.
    pub exact: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands behind them.
    pub suffix: String,
    /// Where the first character stood in the source text, in Unicode code points.
    pub start: usize,
    /// Where the character after the last one stood.
    pub end: usize,
}

/// The document that a correction was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Of {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Its title.
    pub title: Option<String>,
}

/// What somebody did to an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// [`SCHEMA`].
    pub schema: String,
    /// Its name: made of what it says.
    pub id: String,
    /// The item that it is about: the same for all corrections of one item.
    pub slot: String,
    /// The corrections of the item that whoever made it saw and replaced.
    pub after: Vec<String>,
    /// The document.
    pub document: Of,
    /// What the item is.
    pub kind: Kind,
    /// What was done.
    pub action: Action,
    /// Who did it.
    pub who: String,
    /// When: `2025-03-01T08:00:00Z`.
    pub made: String,
    /// What the program had read; null of what was not read.
    pub was: Option<Map<String, Value>>,
    /// What it is; null of what was accepted, taken out or taken back.
    pub is: Option<Map<String, Value>>,
    /// The words that it is about.
    pub quotation: Quotation,
}

/// What a new correction is made of.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The document.
    pub document: Of,
    /// What the item is.
    pub kind: Kind,
    /// What is done.
    pub action: Action,
    /// Who does it.
    pub who: String,
    /// When.
    pub made: String,
    /// What the program has read.
    pub was: Option<Map<String, Value>>,
    /// What it is.
    pub is: Option<Map<String, Value>>,
    /// The words that it is about.
    pub quotation: Quotation,
    /// How often the document has these words after the same ones before ([`nth`]): `Đơn vị chủ trì: …` under task after task.
    pub nth: usize,
    /// The item, and the corrections of it that were seen; nothing where it is the first.
    pub earlier: Option<(String, Vec<String>)>,
}

impl Draft {
    /// Makes the correction.
    #[must_use]
    pub fn done(self) -> Correction {
        let Self { document, kind, action, who, made, was, is, quotation, nth, earlier } = self;
        let (slot, after) = earlier.unwrap_or_else(|| {
            // The item as everybody sees it who has not corrected it: its words and what was read from them.
            let shown = was.as_ref().or(is.as_ref()).map(|content| Value::Object(content.clone()).to_string());
            let shown = shown.unwrap_or_default();
            let nth = (nth > 0).then(|| nth.to_string());
            let mut own = vec![kind.name(), &quotation.prefix, &quotation.exact, &shown];
            own.extend(nth.as_deref());
            (short(&own), Vec::new())
        });
        let mut done = Correction {
            schema: SCHEMA.into(),
            id: String::new(),
            slot,
            after,
            document,
            kind,
            action,
            who,
            made,
            was,
            is,
            quotation,
        };
        done.id = done.own_id();
        done
    }
}

impl Correction {
    /// The name that belongs to what it says.
    #[must_use]
    pub fn own_id(&self) -> String {
        let is = self.is.as_ref().map(|content| Value::Object(content.clone()).to_string()).unwrap_or_default();
        let action = serde_json::to_string(&self.action).unwrap_or_default();
        short(&[&self.document.sha256, &self.slot, &action, &self.who, &self.made, &is, &self.after.join(" ")])
    }

    /// Why it cannot be one; `None` where it can.
    #[must_use]
    pub fn is_wrong(&self) -> Option<String> {
        if self.schema != SCHEMA {
            return Some(format!("its schema is `{}` and not `{SCHEMA}`", self.schema));
        }
        if self.id != self.own_id() {
            return Some("its id does not belong to what it says: it was changed".into());
        }
        if self.quotation.exact.trim().is_empty() {
            return Some("it quotes nothing".into());
        }
        let needs = matches!(self.action, Action::Correct | Action::Add);
        match &self.is {
            None if needs => Some("it does not say what the item is".into()),
            Some(content) if needs => is_content(self.kind, content).err(),
            _ => None,
        }
    }
}

fn short(pieces: &[&str]) -> String {
    let mut sha256 = Sha256::new();
    for piece in pieces {
        sha256.update(piece.as_bytes());
        sha256.update([0]);
    }
    sha256.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
