//! The items of a record as what they say, without where they stand: what corrections change and are compared by.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::Kind;
use crate::record::{Deadline, Evidence, Fact, Record, Target, Task};

/// An item of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// Its place in its list.
    pub at: usize,
    /// Its identifier.
    pub id: String,
    /// What it says.
    pub says: Map<String, Value>,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

/// What an item of each kind says: the names that its content may have.
fn fields(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Target => &[
            "indicator",
            "comparator",
            "value",
            "value_to",
            "range",
            "unit",
            "scope",
            "conditions",
            "due",
            "change",
            "agencies",
            "actual",
        ],
        Kind::Task => &["text", "owner", "coordinate", "deadline", "product"],
        Kind::Deadline => &["text", "from", "to", "exclusive", "recurrence", "about"],
        Kind::Fact => &["subject", "comparator", "value", "unit", "change"],
        Kind::Number => &["class"],
    }
}

/// What every item of a kind says.
#[must_use]
pub fn contents(record: &Record, kind: Kind) -> Vec<Content> {
    let count = match kind {
        Kind::Target => record.targets.len(),
        Kind::Task => record.tasks.len(),
        Kind::Deadline => record.deadlines.len(),
        Kind::Fact => record.facts.len(),
        Kind::Number => record.unread.len(),
    };
    (0..count).filter_map(|at| content_of(record, kind, at)).collect()
}

/// What an item says.
#[must_use]
pub fn content_of(record: &Record, kind: Kind, at: usize) -> Option<Content> {
    let (id, says, evidence) = match kind {
        Kind::Target => record.targets.get(at).map(|item| (item.id.clone(), object(item), &item.evidence))?,
        Kind::Task => record.tasks.get(at).map(|item| {
            let mut says = object(item);
            // Not the place in a list that may change, but the time.
            let deadline = item.deadline.and_then(|at| record.deadlines.get(at));
            says.insert(
                "deadline".into(),
                deadline.map_or(Value::Null, |one| json!({"text": one.text, "from": one.from, "to": one.to})),
            );
            (item.id.clone(), says, &item.evidence)
        })?,
        Kind::Deadline => record.deadlines.get(at).map(|item| (item.id.clone(), object(item), &item.evidence))?,
        Kind::Fact => record.facts.get(at).map(|item| (item.id.clone(), object(item), &item.evidence))?,
        Kind::Number => record.unread.get(at).map(|item| {
            let says = Map::from_iter([("class".to_owned(), json!("unread"))]);
            (format!("w{}", at + 1), says, &item.evidence)
        })?,
    };
    Some(Content { at, id, says: only(kind, says), evidence: evidence.clone() })
}

fn object<T: Serialize>(item: &T) -> Map<String, Value> {
    match serde_json::to_value(item) {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

/// What says something: a name whose value is nothing says as much as one that is left out.
fn only(kind: Kind, mut says: Map<String, Value>) -> Map<String, Value> {
    let known = fields(kind);
    says.retain(|name, value| known.contains(&name.as_str()) && !value.is_null() && *value != json!([]));
    says
}

/// Whether a person's words about an item of this kind are what such an item says; gives them back as the record has them.
///
/// # Errors
/// Where they are not, with what is wrong.
pub fn is_content(kind: Kind, says: &Map<String, Value>) -> Result<Map<String, Value>, String> {
    if let Some(name) = says.keys().find(|name| !fields(kind).contains(&name.as_str())) {
        return Err(format!("a {} has no `{name}`; it has {}", kind.name(), fields(kind).join(", ")));
    }
    let needed: &[&str] = match kind {
        Kind::Target => &["indicator", "value"],
        Kind::Fact => &["subject", "value"],
        Kind::Task => &["text"],
        Kind::Deadline => &["about"],
        Kind::Number => &["class"],
    };
    let is_empty = |name: &&&str| {
        says.get(**name).is_none_or(|value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()))
    };
    if let Some(name) = needed.iter().find(is_empty) {
        return Err(format!("a {} needs `{name}`", kind.name()));
    }
    let checked = match kind {
        Kind::Target => merged(blank_target(), says).map(|item: Target| object(&item)),
        Kind::Fact => merged(blank_fact(), says).map(|item: Fact| object(&item)),
        Kind::Deadline => merged(blank_deadline(), says).map(|item: Deadline| object(&item)),
        Kind::Task => merged(blank_task(), &without_deadline(says)).map(|item: Task| {
            let mut own = object(&item);
            own.insert("deadline".into(), says.get("deadline").cloned().unwrap_or_default());
            own
        }),
        Kind::Number if says.get("class") == Some(&json!("described")) => Ok(says.clone()),
        Kind::Number => Err("a number that is not read may be said to be `described`; else add what it is of".into()),
    };
    checked.map(|own| only(kind, own))
}

fn without_deadline(says: &Map<String, Value>) -> Map<String, Value> {
    let mut says = says.clone();
    says.remove("deadline");
    says
}

/// An item with what a person says of it in place of what it said.
pub(super) fn put<T: Serialize + DeserializeOwned>(item: &T, kind: Kind, says: &Map<String, Value>) -> Result<T, String> {
    let mut own = object(item);
    for name in fields(kind) {
        let kept = kind == Kind::Task && *name == "deadline";
        if !kept && own.contains_key(*name) {
            own.insert((*name).to_owned(), blank(kind, name));
        }
    }
    merged(own, &if kind == Kind::Task { without_deadline(says) } else { says.clone() })
}

/// What a name that a person leaves out says.
fn blank(kind: Kind, name: &str) -> Value {
    let of = match kind {
        Kind::Target => blank_target(),
        Kind::Task => blank_task(),
        Kind::Deadline => blank_deadline(),
        Kind::Fact => blank_fact(),
        Kind::Number => Map::new(),
    };
    of.get(name).cloned().unwrap_or_default()
}

fn merged<T: DeserializeOwned>(mut own: Map<String, Value>, says: &Map<String, Value>) -> Result<T, String> {
    own.extend(says.iter().map(|(name, value)| (name.clone(), value.clone())));
    serde_json::from_value(Value::Object(own)).map_err(|error| error.to_string())
}

fn map(value: Value) -> Map<String, Value> {
    if let Value::Object(object) = value { object } else { Map::new() }
}

pub(super) fn blank_target() -> Map<String, Value> {
    map(json!({
        "id": "", "origin": "body", "section": null, "indicator": "", "indicator_id": null, "comparator": "eq", "value": 0, "range": null,
        "unit": null, "scope": null, "conditions": [], "due": null, "change": null, "direction": null, "agencies": [], "actual": null,
        "evidence": []
    }))
}

pub(super) fn blank_task() -> Map<String, Value> {
    map(json!({
        "id": "", "origin": "body", "section": null, "owner": [], "coordinate": [], "text": "", "deadline": null, "product": null, "evidence": []
    }))
}

pub(super) fn blank_deadline() -> Map<String, Value> {
    map(json!({
        "id": "", "text": "", "from": null, "to": null, "exclusive": false, "recurrence": null, "about": "", "section": null, "evidence": []
    }))
}

pub(super) fn blank_fact() -> Map<String, Value> {
    map(
        json!({"id": "", "section": null, "subject": "", "comparator": "eq", "value": 0, "unit": null, "change": null, "evidence": []}),
    )
}

/// An item that a person puts in.
pub(super) fn new<T: DeserializeOwned>(
    blank: Map<String, Value>,
    kind: Kind,
    says: &Map<String, Value>,
    place: Place,
) -> Result<T, String> {
    let mut own = blank;
    own.insert("id".into(), json!(place.id));
    own.insert("section".into(), json!(place.section));
    own.insert("paper".into(), json!(place.paper));
    own.insert("evidence".into(), serde_json::to_value(place.evidence).unwrap_or_default());
    if let Some(origin) = place.origin.filter(|_| own.contains_key("origin")) {
        own.insert("origin".into(), json!(origin));
    }
    merged(own, &if kind == Kind::Task { without_deadline(says) } else { says.clone() })
}

/// Where an item that a person puts in stands.
pub(super) struct Place {
    pub(super) id: String,
    pub(super) section: Option<String>,
    pub(super) paper: usize,
    pub(super) origin: Option<crate::record::Origin>,
    pub(super) evidence: Vec<Evidence>,
}
