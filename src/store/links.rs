//! The documents of a store, linked: who is who, which indicator is it, which document is above which.
//!
//! All documents are linked at once, because a new one may be the plan above an old one, or make two wordings known; what was linked
//! before is replaced in one transaction. [`link`](crate::link) does the work over small views of the tables.

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::link_views::Loaded;
use super::{Store, StoreError, integer, word};
use crate::lexicon::linking::LinkLexicon;
use crate::link::decisions::Decision;
use crate::link::documents::{Certainty, Chain, Ground, Group, To};
use crate::link::indicators::{Indicators, LinkedWording, MemberKind, Probable, Related};
use crate::link::near::{self, Support};
use crate::link::units::DocumentUnit;
use crate::link::{Resolved, Why, agencies, documents, indicators, units};
use crate::record::DocumentKind;

/// What was linked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Linked {
    /// Documents.
    pub documents: usize,
    /// Those whose unit one of the maps knows.
    pub units: usize,
    /// Targets, and facts that are the result of one.
    pub targets: usize,
    /// Distinct indicators.
    pub indicators: usize,
    /// Those that stand in several documents.
    pub shared: usize,
    /// Pairs of indicators that look alike and differ.
    pub related: usize,
    /// Pairs of indicators that may be one, for a person to decide.
    pub probable: usize,
    /// Documents with one of the store above them, or with the plan that they report on.
    pub chained: usize,
}

/// Two indicators that may be one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenPair {
    /// The id of one.
    pub one: String,
    /// Its name.
    pub one_name: String,
    /// The id of the other.
    pub other: String,
    /// Its name.
    pub other_name: String,
    /// How alike the wordings are: 0 to 1.
    pub likeness: f64,
    /// What speaks for it.
    pub why: Why,
}

fn decisions(connection: &Connection) -> rusqlite::Result<Vec<Decision>> {
    connection
        .prepare("SELECT one, other, same FROM link_decisions ORDER BY one, other")?
        .query_map([], |row| Ok(Decision { one: row.get(0)?, other: row.get(1)?, same: row.get(2)? }))?
        .collect()
}

impl Store {
    /// Links all documents anew; `linker` names the program and the rules that do it.
    ///
    /// # Errors
    /// Where SQLite refuses; then what was linked before stays.
    pub fn link(&mut self, lexicon: &LinkLexicon, linker: &str) -> Result<Linked, StoreError> {
        self.link_without(&[], lexicon, linker)
    }

    /// As [`link`](Self::link), without the documents of these keys. What is linked is then not of all documents, and
    /// [`links_are_current`](Self::links_are_current) says so.
    ///
    /// # Errors
    /// As [`link`](Self::link).
    pub fn link_without(&mut self, left_out: &[i64], lexicon: &LinkLexicon, linker: &str) -> Result<Linked, StoreError> {
        let link = || -> rusqlite::Result<Linked> {
            let loaded = Loaded::new(&self.connection, left_out)?;
            let units: Vec<DocumentUnit> = loaded.heads.iter().map(|head| units::of_document(head, lexicon)).collect();
            let views = loaded.documents(&units);
            let chains = documents::chains(&views, lexicon);
            let groups = documents::groups(&views, &chains, lexicon);
            let mut indicators = indicators::link(&loaded.targets(), lexicon);
            let numbers = |document: usize, to: &To| loaded.number_of(document, to);
            near::weigh(&mut indicators, |member| loaded.value_of(&self.connection, member), &chains, numbers);
            indicators.decide(&decisions(&self.connection)?);
            let transaction = self.connection.unchecked_transaction()?;
            transaction.execute_batch(
                "DELETE FROM siblings; DELETE FROM target_links; DELETE FROM related; DELETE FROM probable; DELETE FROM wordings; DELETE FROM indicators;
                 DELETE FROM document_links; DELETE FROM unit_links; DELETE FROM agency_links; DELETE FROM agencies;",
            )?;
            let writer = Writer { connection: &transaction, loaded: &loaded, lexicon };
            writer.units(&units)?;
            writer.agencies()?;
            writer.chains(&chains)?;
            writer.siblings(&groups)?;
            writer.indicators(&indicators)?;
            writer.probable(&indicators)?;
            writer.targets(&indicators, &units)?;
            if left_out.is_empty() {
                transaction.execute("INSERT OR REPLACE INTO state (name, value) VALUES ('links', ?)", [linker])?;
            } else {
                transaction.execute("DELETE FROM state WHERE name = 'links'", [])?;
            }
            transaction.commit()?;
            Ok(count(&units, &chains, &indicators))
        };
        link().map_err(|error| self.wrap(&error))
    }

    /// What people decided of indicators.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        decisions(&self.connection).map_err(|error| self.wrap(&error))
    }

    /// Keeps what a person decided of two indicators: whether they are one; `None` takes back what was decided.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn decide(&mut self, one: &str, other: &str, same: Option<bool>) -> Result<(), StoreError> {
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        let done = match same {
            Some(same) => self.connection.execute(
                "INSERT OR REPLACE INTO link_decisions (one, other, same, decided) VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ'))",
                params![one, other, same],
            ),
            None => self.connection.execute("DELETE FROM link_decisions WHERE one = ? AND other = ?", [one, other]),
        };
        done.map(|_| ()).map_err(|error| self.wrap(&error))
    }

    /// The ids of all indicators, and of those that decisions name, each once.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn indicator_ids(&self) -> Result<Vec<String>, StoreError> {
        let ids = || -> rusqlite::Result<Vec<String>> {
            self.connection
                .prepare("SELECT id FROM indicators UNION SELECT one FROM link_decisions UNION SELECT other FROM link_decisions")?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        ids().map_err(|error| self.wrap(&error))
    }

    /// All distinct wordings of indicators.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn wordings(&self) -> Result<Vec<String>, StoreError> {
        let wordings = || -> rusqlite::Result<Vec<String>> {
            self.connection.prepare("SELECT DISTINCT text FROM wordings")?.query_map([], |row| row.get(0))?.collect()
        };
        wordings().map_err(|error| self.wrap(&error))
    }

    /// The pairs of indicators that a person may decide of, the likeliest first.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn open_pairs(&self) -> Result<Vec<OpenPair>, StoreError> {
        let pairs = || -> rusqlite::Result<Vec<OpenPair>> {
            self.connection
                .prepare("SELECT one, one_name, other, other_name, likeness, why_vi, why_en FROM v_probable ORDER BY likeness DESC, one, other")?
                .query_map([], |row| {
                    Ok(OpenPair {
                        one: row.get(0)?,
                        one_name: row.get(1)?,
                        other: row.get(2)?,
                        other_name: row.get(3)?,
                        likeness: row.get(4)?,
                        why: Why { vi: row.get(5)?, en: row.get(6)? },
                    })
                })?
                .collect()
        };
        pairs().map_err(|error| self.wrap(&error))
    }

    /// Whether what is linked is of all documents as they are now, and was linked by `linker`.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn links_are_current(&self, linker: &str) -> Result<bool, StoreError> {
        self.connection
            .query_row("SELECT EXISTS (SELECT 1 FROM state WHERE name = 'links' AND value = ?)", [linker], |row| row.get(0))
            .map_err(|error| self.wrap(&error))
    }

    /// Whether what is linked is of all documents as they are now, whoever linked it.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn is_linked(&self) -> Result<bool, StoreError> {
        self.connection
            .query_row("SELECT EXISTS (SELECT 1 FROM state WHERE name = 'links')", [], |row| row.get(0))
            .map_err(|error| self.wrap(&error))
    }

    /// Whether anything is linked, be it of documents as they were once.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn was_linked(&self) -> Result<bool, StoreError> {
        self.connection
            .query_row("SELECT EXISTS (SELECT 1 FROM unit_links)", [], |row| row.get(0))
            .map_err(|error| self.wrap(&error))
    }
}

fn count(units: &[DocumentUnit], chains: &[Chain], indicators: &Indicators) -> Linked {
    let inside = |chain: &&Chain| chain.upper.iter().chain(&chain.reports_on).any(|link| matches!(link.to, To::Document(_)));
    let clusters = &indicators.clusters;
    Linked {
        documents: units.len(),
        units: units.iter().filter(|unit| unit.unit.known().is_some()).count(),
        targets: clusters.iter().map(|one| one.members.len()).sum(),
        indicators: clusters.len(),
        shared: clusters.iter().filter(|one| one.members.iter().any(|two| two.document != one.members[0].document)).count(),
        related: indicators.related.len(),
        probable: indicators.probable.len(),
        chained: chains.iter().filter(inside).count(),
    }
}

/// Writes the rows of a linking.
struct Writer<'a> {
    connection: &'a Connection,
    loaded: &'a Loaded,
    lexicon: &'a LinkLexicon,
}

impl Writer<'_> {
    fn units(&self, units: &[DocumentUnit]) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare(
            "INSERT INTO unit_links (document, position, status, unit, code, kind, name, level, province, valid_from, valid_until,
                today, owner, owner_name, why_vi, why_en) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let places = self.lexicon.places();
        for (at, (key, unit)) in self.loaded.keys.iter().zip(units).enumerate() {
            let whose = units::whose(None, unit, self.loaded.heads[at].date.as_deref(), self.lexicon);
            let (status, candidates, why) = told(&unit.unit, || match unit.name {
                Some(_) => Why::new("bản đồ hành chính của ngày đó không có đơn vị này", "the map of that day has no such unit"),
                None => Why::new("văn bản không nêu đơn vị nào", "the document names no unit"),
            });
            for (position, one) in candidates.into_iter().enumerate() {
                insert.execute(params![
                    key,
                    integer(position),
                    status,
                    unit.name,
                    one.map(|one| &one.code),
                    one.map(|one| &one.kind),
                    one.map(|one| &one.name),
                    one.and_then(|one| word(&one.level)),
                    one.and_then(|one| one.province.as_ref()),
                    one.and_then(|one| one.from.as_ref()),
                    one.and_then(|one| one.until.as_ref()),
                    json(&one.map(|one| units::today(one, places)).unwrap_or_default()),
                    (position == 0).then_some(&whose.key),
                    (position == 0).then_some(&whose.name),
                    why.vi,
                    why.en,
                ])?;
            }
        }
        Ok(())
    }

    fn agencies(&self) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare(
            "INSERT INTO agencies (id, name, level, valid_from, valid_until, successors, source) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for one in &self.lexicon.agencies {
            insert.execute(params![
                one.id,
                one.name,
                word(&one.level),
                one.from,
                one.until,
                json(&one.successors),
                one.source
            ])?;
        }
        let mut names = self.connection.prepare(
            "SELECT name FROM target_agencies WHERE document = ?1 UNION SELECT name FROM task_agencies WHERE document = ?1
             ORDER BY name",
        )?;
        let mut insert = self.connection.prepare(
            "INSERT INTO agency_links (document, name, position, status, agency, office, unit, in_force, why_vi, why_en)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (key, head) in self.loaded.keys.iter().zip(&self.loaded.heads) {
            let names: Vec<String> = names.query_map([key], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            for name in names {
                let found = agencies::resolve(&name, head.province.as_deref(), head.date.as_deref(), self.lexicon);
                let (status, candidates, why) =
                    told(&found, || Why::new("danh mục cơ quan không có tên này", "the registry of agencies has no such name"));
                for (position, one) in candidates.into_iter().enumerate() {
                    insert.execute(params![
                        key,
                        name,
                        integer(position),
                        status,
                        one.map(|one| &one.agency.id),
                        one.and_then(|one| one.office.as_ref()),
                        one.and_then(|one| one.of.as_ref()),
                        one.and_then(|one| one.in_force),
                        why.vi,
                        why.en,
                    ])?;
                }
            }
        }
        Ok(())
    }

    fn chains(&self, chains: &[Chain]) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare(
            "INSERT INTO document_links (document, position, relation, certainty, other, reference, why_vi, why_en)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (at, chain) in chains.iter().enumerate() {
            let key = self.loaded.keys[at];
            let mut position = 0_i64;
            let links = chain.upper.iter().map(|link| ("upper", link));
            for (relation, link) in links.chain(chain.reports_on.iter().map(|link| ("plan", link))) {
                let (relation, other, reference) = match link.to {
                    To::Document(other) => (relation, self.loaded.keys.get(other), None),
                    To::Outside(one) => (
                        if relation == "plan" { relation } else { "basis" },
                        None,
                        self.loaded.references[at].get(one).map(|one| &one.id),
                    ),
                };
                let certainty = match link.certainty {
                    _ if matches!(link.why, Ground::BorneBySeveral { .. }) => "undecided",
                    Certainty::Stated => "stated",
                    Certainty::Inferred => "inferred",
                };
                insert.execute(params![key, position, relation, certainty, other, reference, link.why.vi(), link.why.en()])?;
                position += 1;
            }
            let relation = if self.loaded.heads[at].kind == DocumentKind::Report { "plan" } else { "upper" };
            for other in &chain.undecided {
                let why = Why::new("nhiều kế hoạch cùng năm, cùng chủ đề", "several plans are of the same year and topic");
                let other = self.loaded.keys.get(*other);
                insert.execute(params![key, position, relation, "undecided", other, None::<&str>, why.vi, why.en])?;
                position += 1;
            }
        }
        Ok(())
    }

    fn indicators(&self, indicators: &Indicators) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare(
            "INSERT INTO indicators (id, position, name, registry, measure, change, levels, direction) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut indicator_of = vec![0; indicators.wordings.len()];
        for (at, one) in indicators.clusters.iter().enumerate() {
            insert.execute(params![
                one.id,
                integer(at),
                one.name,
                one.registry,
                word(&one.quantity.measure),
                one.quantity.change.and_then(|change| word(&change)),
                json(&one.levels),
                one.direction.and_then(|direction| word(&direction)),
            ])?;
            for member in &one.members {
                indicator_of[member.wording] = at;
            }
        }
        let mut insert = self
            .connection
            .prepare("INSERT INTO wordings (id, indicator, text, place, why_vi, why_en) VALUES (?, ?, ?, ?, ?, ?)")?;
        for (at, wording) in indicators.wordings.iter().enumerate() {
            let LinkedWording { text, place, why } = wording;
            let in_words = |say: fn(&crate::link::phrase::Reason) -> String| why.iter().map(say).collect::<Vec<_>>().join("; ");
            let id = &indicators.clusters[indicator_of[at]].id;
            let (vi, en) = (in_words(crate::link::phrase::Reason::vi), in_words(crate::link::phrase::Reason::en));
            insert.execute(params![integer(at), id, text, place, vi, en])?;
        }
        let mut insert = self.connection.prepare(
            "INSERT INTO related (one, other, difference, one_words, other_words, shared, why_vi, why_en)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for Related { left, right, difference, shared } in &indicators.related {
            let (kind, one, other) = (difference.kind, &difference.left, &difference.right);
            insert.execute(params![
                indicators.clusters[*left].id,
                indicators.clusters[*right].id,
                word(&kind),
                one,
                other,
                shared,
                format!("khác {}: “{one}” / “{other}”", kind.vi()),
                format!("another {}: “{one}” / “{other}”", kind.en()),
            ])?;
        }
        Ok(())
    }

    fn siblings(&self, groups: &[Group]) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare("INSERT OR IGNORE INTO siblings (number, date, document) VALUES (?, ?, ?)")?;
        for group in groups {
            for member in &group.members {
                insert.execute(params![group.number, group.date, self.loaded.keys[*member]])?;
            }
        }
        Ok(())
    }

    fn probable(&self, indicators: &Indicators) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare(
            "INSERT INTO probable (one, other, likeness, one_words, other_words, why_vi, why_en) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for Probable { left, right, likeness, only_left, only_right, support } in &indicators.probable {
            let in_words = |say: fn(&Support) -> String| support.iter().map(say).collect::<Vec<_>>().join("; ");
            insert.execute(params![
                indicators.clusters[*left].id,
                indicators.clusters[*right].id,
                likeness,
                only_left,
                only_right,
                in_words(Support::vi),
                in_words(Support::en),
            ])?;
        }
        Ok(())
    }

    fn targets(&self, indicators: &Indicators, units: &[DocumentUnit]) -> rusqlite::Result<()> {
        // In the order of the table's key, which is written fastest.
        let members = indicators.clusters.iter().flat_map(|one| &one.members);
        let mut rows: Vec<(u32, bool, u32, u32)> = Vec::with_capacity(members.clone().count());
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        rows.extend(members.map(|member| {
            (small(member.document), member.kind == MemberKind::Target, small(member.target), small(member.wording))
        }));
        rows.sort_unstable();
        let mut insert = self
            .connection
            .prepare("INSERT INTO target_links (document, kind, position, item, wording, unit, owner, today, year) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        // Whose values a document's words name, each place once.
        let mut named: FxHashMap<(u32, &str), (String, String, String)> = FxHashMap::default();
        for (document, is_target, position, wording) in rows {
            let own = &units[document as usize];
            let place = indicators.wordings.get(wording as usize).and_then(|wording| wording.place.as_deref());
            let whose = place.map(|place| {
                &*named.entry((document, place)).or_insert_with(|| {
                    let date = self.loaded.heads[document as usize].date.as_deref();
                    let whose = units::whose(Some(place), own, date, self.lexicon);
                    (whose.key, whose.name, json(&whose.today))
                })
            });
            let whose = whose.filter(|(_, name, _)| Some(name) != own.name.as_ref());
            let (kind, name) = if is_target { (MemberKind::Target, "target") } else { (MemberKind::Fact, "fact") };
            let id = self.loaded.id(document as usize, kind, position as usize);
            let year = self.loaded.year(document as usize, kind, position as usize);
            let (unit, owner, today) =
                whose.map_or((None, None, None), |(key, name, today)| (Some(name), Some(key), Some(today)));
            insert.execute(params![
                self.loaded.keys[document as usize],
                name,
                position,
                id,
                wording,
                unit,
                owner,
                today,
                year
            ])?;
        }
        Ok(())
    }
}

/// How a name was resolved: in one word, the candidates (one empty where there is none), and why.
fn told<T>(resolved: &Resolved<T>, unknown: impl FnOnce() -> Why) -> (&'static str, Vec<Option<&T>>, Why) {
    match resolved {
        Resolved::Known { one, why } => ("known", vec![Some(one)], why.clone()),
        Resolved::Ambiguous { candidates, why } => ("ambiguous", candidates.iter().map(Some).collect(), why.clone()),
        Resolved::Unknown => ("unknown", vec![None], unknown()),
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
