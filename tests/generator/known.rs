//! The known record: what the document is written from, and what must be read back.

use kehoach::record::{
    Agency, Comparator, Deadline, Document, Fact, Number, Origin, Ratio, Recurrence, Reference, ReferenceRole, Section, Sum,
    Target, Task,
};

use super::Feature;

/// A thing that was written, the forms that it was written in, and the words.
#[derive(Clone)]
pub struct Noted<T> {
    pub item: T,
    pub features: Vec<Feature>,
    pub wording: String,
}

/// The record that a document is written from.
#[derive(Default)]
pub struct Known {
    pub document: Document,
    pub sections: Vec<Noted<Section>>,
    pub targets: Vec<Noted<Target>>,
    pub tasks: Vec<Noted<Task>>,
    pub deadlines: Vec<Noted<Deadline>>,
    pub references: Vec<Noted<Reference>>,
    pub facts: Vec<Noted<Fact>>,
    pub sums: Vec<Noted<Sum>>,
    pub ratios: Vec<Noted<Ratio>>,
    /// Forms of the whole document.
    pub features: Vec<Feature>,
}

pub fn section(path: String, title: String) -> Section {
    Section { id: String::new(), path, title, level: 0, paper: 0, evidence: Vec::new() }
}

pub fn target(indicator: String, comparator: Comparator, value: f64, unit: &str) -> Target {
    Target {
        id: String::new(),
        origin: Origin::Body,
        section: None,
        indicator,
        indicator_id: None,
        comparator,
        value: Number(value),
        value_to: None,
        range: None,
        unit: Some(unit.to_owned()),
        scope: None,
        conditions: Vec::new(),
        due: None,
        change: None,
        direction: None,
        agencies: Vec::new(),
        actual: None,
        row: None,
        paper: 0,
        evidence: Vec::new(),
    }
}

pub fn task(text: String, owner: Vec<String>, coordinate: Vec<String>) -> Task {
    Task {
        id: String::new(),
        origin: Origin::Body,
        section: None,
        owner,
        coordinate,
        text,
        deadline: None,
        product: None,
        paper: 0,
        evidence: Vec::new(),
    }
}

pub fn deadline(text: String, from: Option<String>, to: Option<String>, recurrence: Option<Recurrence>) -> Deadline {
    Deadline {
        id: String::new(),
        text,
        from,
        to,
        exclusive: false,
        recurrence,
        about: String::new(),
        section: None,
        paper: 0,
        evidence: Vec::new(),
    }
}

pub fn reference(
    kind: &str,
    number: Option<String>,
    date: Option<String>,
    issuer: Option<String>,
    role: ReferenceRole,
) -> Reference {
    Reference {
        id: String::new(),
        kind: Some(kind.to_owned()),
        number,
        date,
        issuer,
        title: None,
        role,
        paper: 0,
        evidence: Vec::new(),
    }
}

pub fn fact(subject: String, comparator: Comparator, value: f64, unit: &str) -> Fact {
    let unit = Some(unit.to_owned());
    Fact {
        id: String::new(),
        section: None,
        subject,
        comparator,
        value: Number(value),
        unit,
        change: None,
        paper: 0,
        evidence: Vec::new(),
    }
}

pub fn agencies(role: kehoach::record::Role, names: &[String]) -> Vec<Agency> {
    names.iter().map(|name| Agency { role, name: name.clone() }).collect()
}
