//! A document as the page has it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::fields;
use crate::corrections::{self, Action, Correction, Kind, Standing, State, contents};
use crate::record::Record;
use crate::record::ledger::UnreadKind;

/// What people did to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    /// Nothing.
    Read,
    Accepted,
    Corrected,
    Added,
    Removed,
    /// The program reads by now what a person said.
    Settled,
    Conflict,
}

/// An item, or a number that was not read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Item {
    /// Its name on the page: `target:t3`.
    pub(super) key: String,
    pub(super) kind: Kind,
    pub(super) id: String,
    /// What it is about, shortly.
    name: String,
    /// Its fields as people write them.
    fields: BTreeMap<&'static str, String>,
    /// First and last character of each of its pieces.
    spans: Vec<[usize; 2]>,
    page: Option<u32>,
    status: Status,
    /// The last corrections of it.
    seen: Vec<String>,
    pub(super) slot: Option<String>,
    /// Who did what, when; of a conflict each.
    by: Vec<By>,
    /// Why a number was not read.
    why: Option<&'static str>,
    #[serde(skip)]
    pub(super) says: Map<String, Value>,
}

/// A correction in a few words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct By {
    who: String,
    made: String,
    action: Action,
    /// What the item is by it, as people write it.
    fields: BTreeMap<&'static str, String>,
}

/// A correction that no longer fits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Unfit {
    state: State,
    kind: Kind,
    quote: String,
    by: By,
}

/// A document with its corrections.
pub(super) struct View {
    pub(super) items: Vec<Item>,
    pub(super) unfit: Vec<Unfit>,
    /// The corrections, the earliest first.
    pub(super) corrections: Vec<Correction>,
}

fn by(correction: &Correction) -> By {
    let is = correction.is.as_ref().map(|says| fields::shown(correction.kind, says)).unwrap_or_default();
    By { who: correction.who.clone(), made: correction.made.clone(), action: correction.action, fields: is }
}

impl View {
    pub(super) fn new(read: &Record, text: &str, corrections: &[Correction], english: bool) -> Self {
        let mut record = read.clone();
        let standings = corrections::apply(&mut record, text, corrections);
        let of = |standing: &Standing| corrections.iter().find(|one| one.id == standing.id);
        let counts = |standing: &&Standing| matches!(standing.state, State::On | State::Settled | State::Conflict);
        // What people did to each item, by kind and id.
        let mut told: BTreeMap<(Kind, &str), Vec<(&Standing, &Correction)>> = BTreeMap::new();
        for standing in standings.iter().filter(counts) {
            if let (Some(item), Some(correction)) = (&standing.item, of(standing)) {
                told.entry((correction.kind, item)).or_default().push((standing, correction));
            }
        }
        let mut items = Vec::new();
        for kind in [Kind::Target, Kind::Fact, Kind::Task, Kind::Deadline] {
            for content in contents(&record, kind) {
                let done = told.get(&(kind, content.id.as_str())).map_or(&[][..], Vec::as_slice);
                items.push(item(kind, &content, done, None));
            }
            // What was taken out is shown as such, to be put back.
            for content in contents(read, kind) {
                let done = told.get(&(kind, content.id.as_str())).map_or(&[][..], Vec::as_slice);
                if done.iter().any(|(_, correction)| correction.action == Action::Remove) {
                    items.push(item(kind, &content, done, None));
                }
            }
        }
        // Of numbers that were not read those that still are not.
        let left = |piece: &crate::record::Evidence| {
            record.unread.iter().any(|unread| unread.evidence.iter().any(|own| own.start == piece.start && own.end == piece.end))
        };
        for content in contents(read, Kind::Number) {
            let Some(unread) = read.unread.get(content.at) else { continue };
            let done = told.get(&(Kind::Number, content.id.as_str())).map_or(&[][..], Vec::as_slice);
            // A table or a part of the file is no words that a person could make an item of.
            let has_words = matches!(unread.kind, UnreadKind::Number | UnreadKind::Date | UnreadKind::Block);
            if has_words && (!done.is_empty() || content.evidence.iter().any(left)) {
                items.push(item(
                    Kind::Number,
                    &content,
                    done,
                    Some(if english { unread.why.english() } else { unread.why.vietnamese() }),
                ));
            }
        }
        items.sort_by_key(|item| item.spans.first().map(|span| span[0]));
        let fits_no_more = |standing: &&Standing| matches!(standing.state, State::Gone | State::ReadOtherwise);
        let unfit = standings
            .iter()
            .filter(fits_no_more)
            .filter_map(|standing| {
                let correction = of(standing)?;
                Some(Unfit {
                    state: standing.state,
                    kind: correction.kind,
                    quote: correction.quotation.exact.clone(),
                    by: by(correction),
                })
            })
            .collect();
        let mut corrections = corrections.to_vec();
        corrections.sort_by(|one, other| one.made.cmp(&other.made).then(one.id.cmp(&other.id)));
        Self { items, unfit, corrections }
    }
}

fn item(kind: Kind, content: &corrections::Content, done: &[(&Standing, &Correction)], why: Option<&'static str>) -> Item {
    let in_conflict = done.iter().any(|(standing, _)| standing.state == State::Conflict);
    let status = match done.first() {
        None => Status::Read,
        Some(_) if in_conflict => Status::Conflict,
        Some((standing, _)) if standing.state == State::Settled => Status::Settled,
        Some((_, correction)) => match correction.action {
            Action::Accept => Status::Accepted,
            Action::Correct => Status::Corrected,
            Action::Remove => Status::Removed,
            Action::Add => Status::Added,
            Action::AsRead => Status::Read,
        },
    };
    let fields = fields::shown(kind, &content.says);
    let name = fields::name(kind).and_then(|name| fields.get(name)).cloned();
    let name = name.or_else(|| content.evidence.first().map(|piece| piece.text.clone())).unwrap_or_default();
    Item {
        key: format!("{}:{}", kind.name(), content.id),
        kind,
        name,
        fields,
        spans: content.evidence.iter().map(|piece| [piece.start, piece.end]).collect(),
        page: content.evidence.first().and_then(|piece| piece.page),
        status,
        seen: done.iter().map(|(_, correction)| correction.id.clone()).collect(),
        slot: done.first().map(|(_, correction)| correction.slot.clone()),
        by: done.iter().map(|(_, correction)| by(correction)).collect(),
        why,
        says: content.says.clone(),
        id: content.id.clone(),
    }
}
