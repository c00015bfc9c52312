//! What records have in common: who is who, which indicator is it, which document is above which, series over years.
//!
//! Records come in, a [`Collection`] goes out; nothing here touches a file or a store. Each part also works alone over
//! small borrowed views, so a store may link a million targets without loading a record:
//!
//! | part | from → to |
//! |---|---|
//! | [`units`] | a document's places and date → the administrative unit, by the map of that day |
//! | [`agencies`] | an agency's name as written and the document's date → the body, with renamings and mergers |
//! | [`abbreviations`] | a record's texts → the abbreviations that they define |
//! | [`phrase`] | an indicator's words → what they measure, whatever the order, abbreviations and filler words |
//! | [`indicators`] | targets → clusters that measure the same |
//! | [`decisions`] | what people decided → indicators merged or kept apart |
//! | [`near`] | clusters → near misses with the difference named, and those that a person should decide |
//! | [`documents`] | heads and references → which document is above which |
//! | [`series`](mod@series) | indicator × unit × year with target and result |
//!
//! Precision goes over recall: what differs in what it measures is never merged (`dân số`, `dân số trưởng thành`,
//! `thuê bao`), a name that two units bear is [`Resolved::Ambiguous`] with both, and what is not known stays unknown.
//! Every link says why. The same records in the same order give the same collection.

pub mod abbreviations;
pub mod agencies;
pub mod decisions;
pub mod documents;
pub mod former;
pub mod indicators;
pub mod phrase;
mod registry;
pub mod near;
pub mod series;
pub mod units;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::lexicon::linking::LinkLexicon;
use crate::record::{Level, Record};
use decisions::Decision;
use documents::{Chain, DocumentView, Group, To};
use indicators::{Indicators, Member, MemberKind, TargetView};
use series::{Row, Wanted};
use units::{DocumentUnit, Whose};

/// What a name stands for: one thing, one of several, or nothing known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Resolved<T> {
    /// Exactly one thing bears the name at that time and place.
    Known {
        /// The thing.
        #[serde(flatten)]
        one: T,
        /// Why it is this one.
        why: Why,
    },
    /// Several bear it, and nothing in the document tells which.
    Ambiguous {
        /// All of them, in the lexicon's order.
        candidates: Vec<T>,
        /// What is missing to tell.
        why: Why,
    },
    /// None bears it.
    Unknown,
}

impl<T> Resolved<T> {
    /// The thing, where there is exactly one.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known { one, .. } => Some(one),
            _ => None,
        }
    }
}

/// A reason, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Why {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Why {
    /// The reason in both languages.
    #[must_use]
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }
}

/// The value of a target or fact.
fn value_of(records: &[Record], member: &Member) -> Option<f64> {
    let record = records.get(member.document)?;
    match member.kind {
        MemberKind::Target => record.targets.get(member.target).map(|target| target.value.0),
        MemberKind::Fact => record.facts.get(member.target).map(|fact| fact.value.0),
    }
}

/// The number of a document that another rests on.
fn number_of(records: &[Record], document: usize, to: &To) -> Option<String> {
    match to {
        To::Document(upper) => records.get(*upper)?.document.number.clone(),
        To::Outside(reference) => records.get(document)?.references.get(*reference)?.number.clone(),
    }
}

/// Records, linked. Places in [`Collection::documents`] are those of the records given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Collection {
    /// Each document's unit and its place in the chain of documents.
    pub documents: Vec<LinkedDocument>,
    /// Which targets measure the same.
    pub indicators: Indicators,
    /// Documents that rest on one and the same document outside.
    pub groups: Vec<Group>,
    /// Whose values a document's words name beside its own unit's: by document and place.
    #[serde(skip)]
    named: FxHashMap<usize, FxHashMap<String, Whose>>,
    /// Whose each document is.
    #[serde(skip)]
    owners: Vec<Whose>,
}

/// What is known of a document among the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkedDocument {
    /// Whose document it is.
    pub unit: DocumentUnit,
    /// The documents above it, the plan that it reports on, and those that rest on it.
    pub chain: Chain,
}

impl Collection {
    /// Links `records`.
    #[must_use]
    pub fn link(records: &[Record], lexicon: &LinkLexicon) -> Self {
        Self::link_with(records, lexicon, &[])
    }

    /// Links `records` and does what people decided of indicators.
    #[must_use]
    pub fn link_with(records: &[Record], lexicon: &LinkLexicon, decisions: &[Decision]) -> Self {
        let places: Vec<DocumentUnit> = records.iter().map(|record| units::of_document(&record.document, lexicon)).collect();
        let views: Vec<DocumentView> = records.iter().zip(&places).map(|(record, unit)| DocumentView::of(record, unit)).collect();
        let chains = documents::chains(&views, lexicon);
        let targets: Vec<TargetView> =
            records.iter().enumerate().flat_map(|(at, record)| indicators::views(at, record)).collect();
        let mut indicators = indicators::link(&targets, lexicon);
        near::weigh(
            &mut indicators,
            |member| value_of(records, member),
            &chains,
            |document, to| number_of(records, document, to),
        );
        indicators.decide(decisions);
        let groups = documents::groups(&views, &chains, lexicon);
        let date = |at: usize| records[at].document.date.as_deref();
        let owners = places.iter().enumerate().map(|(at, unit)| units::whose(None, unit, date(at), lexicon)).collect();
        let mut named: FxHashMap<usize, FxHashMap<String, Whose>> = FxHashMap::default();
        for member in indicators.clusters.iter().flat_map(|indicator| &indicator.members) {
            let at = member.document;
            let Some(place) = indicators.wordings[member.wording].place.as_deref() else { continue };
            let of_document = named.entry(at).or_default();
            if !of_document.contains_key(place) {
                of_document.insert(place.to_owned(), units::whose(Some(place), &places[at], date(at), lexicon));
            }
        }
        let documents = places.into_iter().zip(chains).map(|(unit, chain)| LinkedDocument { unit, chain }).collect();
        Self { documents, indicators, groups, named, owners }
    }

    /// Whose value it is: the document's unit's, or that of the place that its words name.
    #[must_use]
    pub fn whose(&self, document: usize, place: Option<&str>) -> Whose {
        let named = place.and_then(|place| self.named.get(&document)?.get(place));
        named.or_else(|| self.owners.get(document)).cloned().unwrap_or_default()
    }

    /// Puts a document above all others that it is not linked to, as whoever compares them has named it: but not above one that is
    /// known to be of a higher level, nor above another year's document of its own unit.
    pub fn put_above(&mut self, upper: usize, records: &[Record]) {
        let document = &records[upper].document;
        let leads_to = |chain: &documents::Chain, to: usize| {
            chain.upper.iter().chain(&chain.reports_on).any(|link| link.to == documents::To::Document(to))
        };
        for (at, record) in records.iter().enumerate().filter(|(at, _)| *at != upper) {
            let other = &record.document;
            let linked = leads_to(&self.documents[at].chain, upper) || leads_to(&self.documents[upper].chain, at);
            let known = document.level != Level::Other && other.level != Level::Other;
            let own = known && document.level == other.level && document.issuer == other.issuer;
            if linked || own || known && other.level.rank() < document.level.rank() {
                continue;
            }
            let why = documents::Ground::Chosen;
            let link = documents::Link { to: documents::To::Document(upper), certainty: documents::Certainty::Stated, why };
            self.documents[at].chain.upper.insert(0, link);
            self.documents[upper].chain.below.push(at);
        }
    }

    /// Writes each target's indicator and, where the registry knows it, which direction is good, into the records that
    /// were linked.
    pub fn apply(&self, records: &mut [Record]) {
        for indicator in &self.indicators.clusters {
            for member in indicator.members.iter().filter(|member| member.kind == MemberKind::Target) {
                let target = records.get_mut(member.document).and_then(|record| record.targets.get_mut(member.target));
                if let Some(target) = target {
                    target.indicator_id = Some(indicator.id.clone());
                    target.direction = target.direction.or(indicator.direction);
                }
            }
        }
    }

    /// The series of the indicators that `wanted` names, over the records that were linked.
    #[must_use]
    pub fn series(&self, records: &[Record], wanted: &Wanted) -> Vec<Row> {
        series::series(self, records, wanted)
    }
}
