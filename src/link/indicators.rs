//! Which targets measure the same: `Tỷ lệ hồ sơ TTHC xử lý trực tuyến` of one plan and `hồ sơ thủ tục hành chính được giải quyết
//! trực tuyến` (100%) of another are one indicator; `dân số` and `dân số trưởng thành` are two, and related.
//!
//! Two targets are linked where the registry knows both as one, or where the same words are left of both
//! ([`phrase`](super::phrase)), for the same quantity and the same level. Nothing is linked because it looks alike: what looks
//! alike and differs is [`Related`], with the difference named; what looks alike and has no such difference is [`Probable`], for
//! a person to decide. So links are an equivalence, found by look-up in time linear in the targets; near ones are looked for
//! among distinct indicators only, and only among those that share rare words.
//!
//! A reading without an object (`Diện tích`, `Tỷ lệ đạt`) links with nothing: a target with such a reading is an indicator of its
//! own. Facts make an indicator where two documents state the same one.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use serde::Serialize;

use super::near::Support;
use super::phrase::{Quantity, Reader, Reading, Reason, Wording};
use super::registry::Registry;
use crate::lexicon::linking::{ContrastKind, LinkLexicon};
use crate::record::{Change, Direction, Evidence, Record};
use crate::words::fold;

/// A target, or a fact that may be the result of one, as linking sees it.
#[derive(Clone, Debug)]
pub struct TargetView<'a> {
    /// Which document it stands in.
    pub document: usize,
    /// Whether it stands among the document's targets or its facts. One document's facts join an indicator and make none.
    pub kind: MemberKind,
    /// Its place among them.
    pub target: usize,
    /// What is measured, as written.
    pub indicator: &'a str,
    /// Unit, as written.
    pub unit: Option<&'a str>,
    /// Scope, as written.
    pub scope: Option<&'a str>,
    /// Whether the value is a change.
    pub change: Option<&'a Change>,
    /// The title of the innermost section that it stands in, where that may be a unit's name: `3. Xã …`.
    pub heading: Option<&'a str>,
    /// What the document gives all its targets.
    pub owner: Rc<Owner>,
}

/// Whether a heading is short enough to be the name of a unit and nothing else.
#[must_use]
pub fn may_be_a_unit(heading: &str) -> bool {
    heading.split_whitespace().count() <= LONGEST_UNIT
}

/// How many words the name of a unit has at most, its kind included.
const LONGEST_UNIT: usize = 7;

/// What a document gives all its targets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// What the document is known by in every collection: the hash of its bytes.
    pub id: String,
    /// Abbreviations that it defines itself.
    pub abbreviations: Vec<(String, String)>,
}

/// Whether a member is a target or a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// One of [`Record::targets`].
    Target,
    /// One of [`Record::facts`].
    Fact,
}

/// Of the headings of one path, with their places, the last one before `start`: a document that numbers two sections alike, `5. Xã Khe
/// Vàng` and `5. Xã Bến Thuận`, has two.
#[must_use]
pub fn nearest<P: PartialOrd, T>(headings: &[(P, T)], start: P) -> Option<&T> {
    headings.iter().rev().find(|(at, _)| *at <= start).or(headings.first()).map(|(_, title)| title)
}

/// The targets and facts of one record.
#[must_use]
pub fn views(document: usize, record: &Record) -> Vec<TargetView<'_>> {
    let owner = Rc::new(Owner { id: record.source.sha256.clone(), abbreviations: super::abbreviations::of_record(record) });
    let start = |evidence: &[Evidence]| evidence.first().map_or(0, |piece| piece.start);
    let mut headings: FxHashMap<&str, Vec<(usize, &str)>> = FxHashMap::default();
    for section in &record.sections {
        headings.entry(section.path.as_str()).or_default().push((start(&section.evidence), section.title.as_str()));
    }
    let heading = |section: &Option<String>, evidence: &[Evidence]| {
        let title = *nearest(headings.get(section.as_deref()?)?, start(evidence))?;
        Some(title).filter(|title| may_be_a_unit(title))
    };
    let targets = record.targets.iter().enumerate().map(|(at, target)| TargetView {
        document,
        kind: MemberKind::Target,
        target: at,
        indicator: &target.indicator,
        unit: target.unit.as_deref(),
        scope: target.scope.as_deref(),
        change: target.change.as_ref(),
        heading: heading(&target.section, &target.evidence),
        owner: Rc::clone(&owner),
    });
    let facts = record.facts.iter().enumerate().map(|(at, fact)| TargetView {
        document,
        kind: MemberKind::Fact,
        target: at,
        indicator: &fact.subject,
        unit: fact.unit.as_deref(),
        scope: None,
        change: fact.change.as_ref(),
        heading: heading(&fact.section, &fact.evidence),
        owner: Rc::clone(&owner),
    });
    targets.chain(facts).collect()
}

/// All indicators of a collection.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Indicators {
    /// The indicators, in the order of their first target.
    pub clusters: Vec<Indicator>,
    /// Distinct wordings; members point here.
    pub wordings: Vec<LinkedWording>,
    /// Indicators that look alike and differ.
    pub related: Vec<Related>,
    /// Indicators that may be one, for a person to decide.
    pub probable: Vec<Probable>,
}

/// Targets that measure the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Indicator {
    /// The registry's identifier with the level (`…@xã`), or one made of the words; the same in every collection.
    pub id: String,
    /// The registry's name, or the wording most in use.
    pub name: String,
    /// The registry's identifier, where it knows the indicator.
    pub registry: Option<String>,
    /// The quantity.
    pub quantity: Quantity,
    /// Levels of government that it is for: `xã`.
    pub levels: Vec<String>,
    /// Which direction is good, where the registry knows.
    pub direction: Option<Direction>,
    /// Its targets, in the order given.
    pub members: Vec<Member>,
}

/// A target or fact of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Which document.
    pub document: usize,
    /// Whether it is a target or a fact.
    pub kind: MemberKind,
    /// Its place among the document's targets or facts.
    pub target: usize,
    /// Index into [`Indicators::wordings`].
    pub wording: usize,
}

/// A wording and why it was linked to its indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkedWording {
    /// As written.
    pub text: String,
    /// The unit of administration that the words name, where they do.
    pub place: Option<String>,
    /// What makes it the indicator that it was linked to.
    pub why: Vec<Reason>,
}

/// Two indicators that look alike and measure something else.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// Index into [`Indicators::clusters`].
    pub left: usize,
    /// Index into [`Indicators::clusters`], larger than `left`.
    pub right: usize,
    /// In what they differ.
    pub difference: Difference,
    /// How many of all their words they share: 0 to 1.
    pub shared: f32,
}

/// Two indicators that may be one: the same quantity for the same level, one wording holds most of the other, and what is
/// left names no difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Probable {
    /// Index into [`Indicators::clusters`].
    pub left: usize,
    /// Index into [`Indicators::clusters`], larger than `left`.
    pub right: usize,
    /// How alike the wordings are: 0 to 1.
    pub likeness: f32,
    /// The words that only the left one has.
    pub only_left: String,
    /// The words that only the right one has.
    pub only_right: String,
    /// What speaks for it.
    pub support: Vec<Support>,
}

/// In what two indicators differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What kind of difference.
    pub kind: DifferenceKind,
    /// The words that only the left one has.
    pub left: String,
    /// The words that only the right one has.
    pub right: String,
}

/// What kind of difference two indicators have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// Of whom or of what it is a share.
    Base,
    /// For which group.
    Group,
    /// At which level.
    Level,
    /// At which degree of a service or a standard.
    Degree,
    /// In what stage.
    Stage,
    /// What is denied.
    Negation,
    /// Where.
    Place,
    /// A share and a count, a level and a change.
    Quantity,
}

impl DifferenceKind {
    /// The kind in Vietnamese, for people.
    #[must_use]
    pub fn vi(self) -> &'static str {
        match self {
            Self::Base => "đối tượng",
            Self::Group => "nhóm",
            Self::Level => "cấp",
            Self::Degree => "mức độ",
            Self::Stage => "khâu",
            Self::Negation => "nghĩa phủ định",
            Self::Place => "địa bàn",
            Self::Quantity => "đại lượng",
        }
    }

    /// The kind in English, for people.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Group => "group",
            Self::Level => "level",
            Self::Degree => "degree",
            Self::Stage => "stage",
            Self::Negation => "negation",
            Self::Place => "place",
            Self::Quantity => "quantity",
        }
    }
}

impl From<ContrastKind> for DifferenceKind {
    fn from(kind: ContrastKind) -> Self {
        match kind {
            ContrastKind::Base => Self::Base,
            ContrastKind::Group => Self::Group,
            ContrastKind::Level => Self::Level,
            ContrastKind::Degree => Self::Degree,
            ContrastKind::Stage => Self::Stage,
            ContrastKind::Negation => Self::Negation,
            ContrastKind::Place => Self::Place,
        }
    }
}

impl Indicators {
    /// The indicator of each member: `(document, kind, place)` → index into [`Indicators::clusters`].
    #[must_use]
    pub fn of_members(&self) -> FxHashMap<(usize, MemberKind, usize), usize> {
        let pairs = self.clusters.iter().enumerate();
        pairs.flat_map(|(at, one)| one.members.iter().map(move |one| ((one.document, one.kind, one.target), at))).collect()
    }

    /// Why a member belongs to its indicator.
    #[must_use]
    pub fn why(&self, member: &Member) -> &[Reason] {
        self.wordings.get(member.wording).map_or(&[], |wording| &wording.why)
    }
}

/// What links: two readings with the same key measure the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// The registry's entry, and the levels.
    Registered(usize, Vec<u32>),
    /// The levels, the words that are left, those that a scope narrows.
    Words(Quantity, Vec<u32>, Vec<u32>, Vec<u32>),
}

/// Wordings with fewer pairs of neighbouring words are not parted by them, unless there is one pair only.
const FEW_PAIRS: usize = 4;

/// A third of the neighbouring words must stay neighbours: `học sinh` is no `sinh học`.
const NEIGHBOURS_SHARED: f32 = 0.34;

/// Wordings at least this long may be known by their letters alone, where a space was lost: `hệ thốngcamera`.
const LETTERS_FOR_SPACING: usize = 24;

/// Links targets; the same views in the same order give the same indicators.
#[must_use]
pub fn link(targets: &[TargetView], lexicon: &LinkLexicon) -> Indicators {
    let mut reader = Reader::new(lexicon);
    let registry = Registry::new(lexicon, &mut reader);
    let mut linker = Linker::default();
    // Distinct surfaces, each read once, by a hash of all that is read.
    let mut seen: FxHashMap<u64, Vec<Seen>> = FxHashMap::default();
    let mut waiting: Vec<Waiting> = Vec::new();
    // The units that headings name, each heading read once.
    let mut units: FxHashMap<&str, Option<String>> = FxHashMap::default();
    let ordered = |kind| targets.iter().enumerate().filter(move |(_, view)| view.kind == kind);
    for (at, view) in ordered(MemberKind::Target).chain(ordered(MemberKind::Fact)) {
        let own: &[(String, String)] =
            if has_capitals(view.indicator) || view.scope.is_some_and(has_capitals) { &view.owner.abbreviations } else { &[] };
        if let Some(heading) = view.heading {
            units.entry(heading).or_insert_with(|| reader.unit_alone(heading));
        }
        let unit_of = |view: &TargetView| view.heading.and_then(|heading| units.get(heading)?.as_deref());
        let of_heading = unit_of(view);
        let mut hasher = FxHasher::default();
        (view.indicator, view.unit, view.scope, view.change.map(|change| change.kind as u8), own, of_heading).hash(&mut hasher);
        let known = seen.entry(hasher.finish()).or_default();
        let same = known.iter().find(|seen| {
            let first = &targets[seen.view as usize];
            first.indicator == view.indicator
                && first.unit == view.unit
                && first.scope == view.scope
                && first.change.map(|change| change.kind) == view.change.map(|change| change.kind)
                && unit_of(first) == of_heading
        });
        let place = match same {
            Some(found) => found.place,
            None => {
                let mut reading = reader.read(Wording::new(view.indicator, view.unit, view.scope, view.change), own);
                reading.place = reading.place.or_else(|| of_heading.map(ToOwned::to_owned));
                let place = linker.place(view, reading, &mut waiting, &registry, &reader);
                known.push(Seen { view: small(at), place });
                place
            }
        };
        let mut member = Member { document: view.document, kind: view.kind, target: view.target, wording: 0 };
        match place {
            Place::Cluster { wording, cluster } => {
                member.wording = wording as usize;
                linker.clusters[cluster as usize].members.push(member);
            }
            // A fact with the same words joins none of them: nobody knows which.
            Place::Alone(reading) if view.kind == MemberKind::Target => linker.add_alone(member, view, reading),
            Place::Alone(_) | Place::Nowhere => {}
            Place::Waiting(fact) => waiting[fact as usize].members.push(member),
        }
    }
    linker.join_facts(waiting, &reader);
    linker.finish(lexicon, &reader)
}

/// A number of things that stay below four thousand million.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A surface that was read: the first view that has it, and where it went.
struct Seen {
    view: u32,
    place: Place,
}

/// Where a reading went.
#[derive(Clone, Copy)]
enum Place {
    /// To an indicator.
    Cluster { wording: u32, cluster: u32 },
    /// It has no object: each target is an indicator of its own. Place in [`Linker::alone`].
    Alone(u32),
    /// A fact without an object.
    Nowhere,
    /// A fact that waits for another document's.
    Waiting(u32),
}

/// Facts with one reading that no target has.
struct Waiting {
    text: String,
    key: Key,
    reading: Reading,
    why: Vec<Reason>,
    registry: Option<usize>,
    levels: Vec<u32>,
    members: Vec<Member>,
}

/// Whether a text may hold an abbreviation.
fn has_capitals(text: &str) -> bool {
    text.as_bytes().windows(2).any(|two| two[0].is_ascii_uppercase() && two[1].is_ascii_uppercase()) || text.contains('Đ')
}

/// A wording without spaces, with all else that must be the same: quantity, levels, words of scope and unit.
type Letters = (Quantity, Vec<u32>, Vec<u32>, String);

/// A cluster while it is built.
struct Building {
    quantity: Quantity,
    words: Vec<u32>,
    bag: Vec<u32>,
    levels: Vec<u32>,
    narrowed: Vec<u32>,
    registry: Option<usize>,
    /// Of a target whose words do not say what is measured: where it stands.
    alone: Option<String>,
    members: Vec<Member>,
}

#[derive(Default)]
struct Linker {
    clusters: Vec<Building>,
    wordings: Vec<LinkedWording>,
    /// Readings without an object.
    alone: Vec<(Quantity, LinkedWording)>,
    by_key: FxHashMap<Key, Vec<usize>>,
    by_letters: FxHashMap<Letters, usize>,
}

impl Linker {
    /// Puts a reading into its indicator, a target's into a new one where there is none.
    fn place(
        &mut self,
        view: &TargetView,
        reading: Reading,
        waiting: &mut Vec<Waiting>,
        registry: &Registry,
        reader: &Reader,
    ) -> Place {
        let is_fact = view.kind == MemberKind::Fact;
        let mut why = reading.why.clone();
        let entry = registry.entry(&reading);
        if entry.is_none() && !reading.has_object || is_fact && reading.is_bare_count {
            if is_fact {
                return Place::Nowhere;
            }
            why.push(Reason::NoObject);
            let wording = LinkedWording { text: view.indicator.to_owned(), place: reading.place, why };
            self.alone.push((reading.quantity, wording));
            return Place::Alone(small(self.alone.len() - 1));
        }
        let key = match &entry {
            Some((entry, _, levels)) => Key::Registered(*entry, levels.clone()),
            None => Key::Words(reading.quantity, reading.levels.clone(), reading.bag.clone(), reading.narrowed.clone()),
        };
        let letters = Self::letters(&reading, reader);
        let known = self.known(&key, &reading.words, entry.is_some());
        let by_letters = || letters.as_ref().and_then(|letters| self.by_letters.get(letters)).copied();
        let cluster = match (&entry, known, by_letters()) {
            (Some((entry, extra, _)), ..) => {
                let optional = extra.iter().map(|word| reader.word(*word)).collect::<Vec<_>>().join(" ");
                why.push(Reason::Registry { id: registry.lexicon.indicators[*entry].id.clone(), optional });
                known
            }
            (None, Some(known), _) => {
                why.push(Reason::SameWords);
                Some(known)
            }
            (None, None, Some(found)) => {
                why.push(Reason::Spacing);
                Some(found)
            }
            (None, None, None) => {
                why.push(Reason::SameWords);
                None
            }
        };
        let registered = entry.as_ref().map(|(entry, ..)| *entry);
        let levels = entry.map_or_else(|| reading.levels.clone(), |(_, _, levels)| levels);
        if is_fact && cluster.is_none() {
            let text = view.indicator.to_owned();
            waiting.push(Waiting { text, key, reading, why, registry: registered, levels, members: Vec::new() });
            return Place::Waiting(small(waiting.len() - 1));
        }
        let cluster = cluster.unwrap_or_else(|| self.add_cluster(key, &reading, levels, registered));
        if let Some(letters) = letters {
            self.by_letters.entry(letters).or_insert(cluster);
        }
        let wording = self.add_wording(view.indicator, reading.place, why);
        Place::Cluster { wording, cluster: small(cluster) }
    }

    /// The indicator with a key; words in quite another order are another one.
    fn known(&self, key: &Key, words: &[u32], registered: bool) -> Option<usize> {
        let fits = |at: &usize| registered || neighbours_shared(&self.clusters[*at].words, words) >= NEIGHBOURS_SHARED;
        self.by_key.get(key)?.iter().copied().find(fits)
    }

    fn add_cluster(&mut self, key: Key, reading: &Reading, levels: Vec<u32>, registry: Option<usize>) -> usize {
        let at = self.clusters.len();
        self.by_key.entry(key).or_default().push(at);
        self.clusters.push(Building {
            quantity: reading.quantity,
            words: reading.words.clone(),
            bag: reading.bag.clone(),
            levels,
            narrowed: reading.narrowed.clone(),
            registry,
            alone: None,
            members: Vec::new(),
        });
        at
    }

    fn add_wording(&mut self, text: &str, place: Option<String>, why: Vec<Reason>) -> u32 {
        self.wordings.push(LinkedWording { text: text.to_owned(), place, why });
        small(self.wordings.len() - 1)
    }

    /// An indicator of one target whose words do not say what is measured.
    fn add_alone(&mut self, member: Member, view: &TargetView, reading: u32) {
        let Some((quantity, wording)) = self.alone.get(reading as usize).cloned() else { return };
        let member = Member { wording: self.wordings.len(), ..member };
        self.wordings.push(wording);
        self.clusters.push(Building {
            quantity,
            words: Vec::new(),
            bag: Vec::new(),
            levels: Vec::new(),
            narrowed: Vec::new(),
            registry: None,
            alone: Some(format!("{} {}", view.owner.id, view.target)),
            members: vec![member],
        });
    }

    /// Makes the indicators that facts of several documents state.
    fn join_facts(&mut self, waiting: Vec<Waiting>, reader: &Reader) {
        let mut documents: FxHashMap<&Key, (usize, bool)> = FxHashMap::default();
        for fact in &waiting {
            for member in &fact.members {
                let (first, several) = documents.entry(&fact.key).or_insert((member.document, false));
                *several |= *first != member.document;
            }
        }
        let several: Vec<bool> =
            waiting.iter().map(|fact| documents.get(&fact.key).is_some_and(|(_, several)| *several)).collect();
        for (fact, _) in waiting.into_iter().zip(several).filter(|(_, several)| *several) {
            let Waiting { text, key, reading, why, registry, levels, members } = fact;
            let known = self.known(&key, &reading.words, registry.is_some());
            let cluster = known.unwrap_or_else(|| self.add_cluster(key, &reading, levels, registry));
            if let Some(letters) = Self::letters(&reading, reader) {
                self.by_letters.entry(letters).or_insert(cluster);
            }
            let wording = self.add_wording(&text, reading.place, why) as usize;
            self.clusters[cluster].members.extend(members.into_iter().map(|member| Member { wording, ..member }));
        }
    }

    /// The letters of a long wording, without spaces.
    fn letters(reading: &Reading, reader: &Reader) -> Option<Letters> {
        let letters: String = reading.words.iter().map(|word| reader.folded(*word)).collect();
        if letters.chars().count() < LETTERS_FOR_SPACING || !reading.narrowed.is_empty() {
            return None;
        }
        let beside = reading.bag.iter().filter(|word| !reading.words.contains(word)).copied().collect();
        Some((reading.quantity, reading.levels.clone(), beside, letters))
    }

    fn finish(self, lexicon: &LinkLexicon, reader: &Reader) -> Indicators {
        let (related, probable) = super::near::find(&self.seeds(), lexicon, reader);
        let mut ids: FxHashMap<String, usize> = FxHashMap::default();
        let wordings = &self.wordings;
        let clusters = self
            .clusters
            .iter()
            .map(|building| {
                let levels: Vec<String> = building.levels.iter().map(|level| reader.word(*level).to_owned()).collect();
                let entry = building.registry.map(|entry| &lexicon.indicators[entry]);
                let mut id = match entry {
                    Some(entry) => entry.id.clone(),
                    None => made_of(building, reader),
                };
                if !levels.is_empty() {
                    id = format!("{id}@{}", levels.join("+"));
                }
                // The same words in another order are another indicator, and a rare one.
                let count = ids.entry(id.clone()).or_default();
                *count += 1;
                if *count > 1 {
                    id = format!("{id}~{count}");
                }
                Indicator {
                    id,
                    name: entry.map_or_else(|| usual_name(&building.members, wordings), |entry| entry.name.clone()),
                    registry: entry.map(|entry| entry.id.clone()),
                    quantity: building.quantity,
                    levels,
                    direction: entry.and_then(|entry| entry.direction),
                    members: building.members.clone(),
                }
            })
            .collect();
        Indicators { clusters, wordings: self.wordings, related, probable }
    }

    fn seeds(&self) -> Vec<super::near::Seed<'_>> {
        self.clusters
            .iter()
            .map(|building| super::near::Seed {
                quantity: building.quantity,
                words: &building.words,
                bag: &building.bag,
                levels: &building.levels,
                narrowed: &building.narrowed,
                members: &building.members,
            })
            .collect()
    }
}

/// An identifier that the same words give in every collection: sixty-four bits of them, in hexadecimal digits.
fn made_of(building: &Building, reader: &Reader) -> String {
    use sha2::{Digest, Sha256};
    let mut words: Vec<&str> = building.bag.iter().map(|word| reader.folded(*word)).collect();
    words.sort_unstable();
    let mut narrowed: Vec<&str> = building.narrowed.iter().map(|word| reader.folded(*word)).collect();
    narrowed.sort_unstable();
    let alone = building.alone.as_deref().unwrap_or_default();
    let text = format!("{:?} {} / {}{alone}", building.quantity, words.join(" "), narrowed.join(" "));
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(String::from("x"), |mut id, byte| {
        use std::fmt::Write;
        let _ = write!(id, "{byte:02x}");
        id
    })
}

/// The wording that most members have; of several the shortest, then the first of the alphabet.
fn usual_name(members: &[Member], wordings: &[LinkedWording]) -> String {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for member in members {
        *counts.entry(&wordings[member.wording].text).or_default() += 1;
    }
    let best =
        counts.into_iter().min_by_key(|(text, count)| (usize::MAX - count, text.chars().count(), fold(text), (*text).to_owned()));
    best.map(|(text, _)| text.to_owned()).unwrap_or_default()
}

/// How many pairs of neighbouring words two wordings share, of those of the shorter one; 1 where one has no pair.
fn neighbours_shared(left: &[u32], right: &[u32]) -> f32 {
    let pairs = |words: &[u32]| -> FxHashSet<(u32, u32)> { words.windows(2).map(|two| (two[0], two[1])).collect() };
    let (left, right) = (pairs(left), pairs(right));
    let fewer = left.len().min(right.len());
    // `Trồng mới rừng`, `Trồng rừng mới`: so few words hardly mean two things.
    if fewer < FEW_PAIRS && fewer != 1 || fewer == 0 {
        return 1.0;
    }
    #[allow(clippy::cast_precision_loss)]
    let share = left.intersection(&right).count() as f32 / fewer as f32;
    share
}

#[cfg(test)]
mod tests {
    use super::super::decisions::Decision;
    use super::*;

    /// Documents of `kind|unit|scope|indicator` lines; a document a slice.
    fn linked(documents: &[&[&str]]) -> Indicators {
        let lexicon = LinkLexicon::embedded().expect("lexicon");
        let mut views = Vec::new();
        for (document, lines) in documents.iter().enumerate() {
            let owner = Rc::new(Owner { id: format!("document {document}"), ..Owner::default() });
            let mut counts = [0; 2];
            for line in *lines {
                let cells: Vec<&str> = line.split('|').collect();
                let [kind, unit, scope, indicator] = cells[..] else { panic!("four cells: {line}") };
                let kind = if kind == "fact" { MemberKind::Fact } else { MemberKind::Target };
                let target = counts[kind as usize];
                counts[kind as usize] += 1;
                views.push(TargetView {
                    document,
                    kind,
                    target,
                    indicator,
                    unit: Some(unit).filter(|unit| !unit.is_empty()),
                    scope: Some(scope).filter(|scope| !scope.is_empty()),
                    change: None,
                    heading: None,
                    owner: Rc::clone(&owner),
                });
            }
        }
        link(&views, &lexicon)
    }

    /// Documents of each indicator that has members of several.
    fn shared(indicators: &Indicators) -> Vec<Vec<usize>> {
        let of = |one: &Indicator| one.members.iter().map(|member| member.document).collect::<Vec<_>>();
        indicators.clusters.iter().map(of).filter(|documents| documents.iter().any(|one| *one != documents[0])).collect()
    }

    #[test]
    fn what_does_not_say_what_it_measures_links_with_nothing() {
        for line in
            ["target|ha||Diện tích", "target|%||Tỷ lệ đạt", "target|xã||Tổng số xã", "target|tấn||Sản lượng", "fact|hộ||hộ"]
        {
            assert_eq!(shared(&linked(&[&[line], &[line]])), Vec::<Vec<usize>>::new(), "{line}");
        }
        // A parent or a scope says it.
        let scoped = "target|ha|Chè|Diện tích";
        assert_eq!(shared(&linked(&[&[scoped], &["target|ha||Diện tích chè"]])), [[0, 1]]);
    }

    #[test]
    fn an_indicator_without_an_object_keeps_its_id_in_every_collection() {
        let ids = |indicators: &Indicators| indicators.clusters.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        let one = linked(&[&["target|ha||Diện tích", "target|ha||Diện tích"]]);
        let more = linked(&[&["target|ha||Diện tích", "target|ha||Diện tích"], &["target|ha||Diện tích"]]);
        assert_eq!(ids(&one).len(), 2);
        assert_eq!(ids(&one), ids(&more)[..2]);
    }

    #[test]
    fn facts_of_two_documents_make_an_indicator_and_those_of_one_do_not() {
        let fact = "fact|con||Đàn trâu";
        assert!(linked(&[&[fact, fact]]).clusters.is_empty());
        assert_eq!(shared(&linked(&[&[fact], &["fact|con||Tổng đàn trâu"]])), [[0, 1]]);
        assert_eq!(shared(&linked(&[&["target|con||Trâu"], &[fact]])), [[0, 1]]);
    }

    #[test]
    fn a_level_within_a_noun_is_none_and_who_assigns_is_no_scope() {
        let stations = ["target|%||trạm y tế cấp xã có bác sĩ", "target|%||trạm y tế xã, phường có bác sĩ"];
        assert_eq!(shared(&linked(&[&stations[..1], &stations[1..]])), [[0, 1]]);
        let assigned = ["target|tấn|tỉnh giao|Sản lượng chè búp", "target|tấn|huyện giao|Sản lượng chè búp"];
        assert_eq!(shared(&linked(&[&assigned[..1], &assigned[1..]])), [[0, 1]]);
    }

    #[test]
    fn a_decrease_is_no_level_and_two_groups_are_not_one() {
        for two in [
            ["target|%||Tỷ lệ giảm hộ nghèo", "target|%||Tỷ lệ hộ nghèo"],
            ["target|%||Tỷ lệ hộ nghèo, cận nghèo", "target|%||Tỷ lệ hộ cận nghèo"],
        ] {
            assert_eq!(shared(&linked(&[&two[..1], &two[1..]])), Vec::<Vec<usize>>::new(), "{two:?}");
        }
    }

    /// What two indicators of two documents are to each other.
    fn relation(one: &str, other: &str) -> String {
        let found = linked(&[&[one], &[other]]);
        match (found.clusters.len(), found.related.first(), found.probable.first()) {
            (1, ..) => "same".into(),
            (_, Some(related), _) => format!("{:?}", related.difference.kind),
            (_, _, Some(_)) => "probable".into(),
            _ => "nothing".into(),
        }
    }

    #[test]
    fn what_is_called_different_has_a_word_that_says_so() {
        let villages = "target|%||thôn có điểm sinh hoạt cộng đồng đạt tiêu chí";
        for (one, other, wanted) in [
            (
                "target|%||Tỷ lệ tuyến đường trục chính được chiếu sáng",
                "target|%||Tỷ lệ tuyến đường trục chính thôn được chiếu sáng",
                "Base",
            ),
            (villages, "target|%||thôn có điểm sinh hoạt cộng đồng đạt tiêu chí của ngành văn hóa", "probable"),
            (villages, "target|%||thôn có điểm sinh hoạt cộng đồng chưa đạt tiêu chí", "Negation"),
            (villages, "target|%||hồ chứa có quy trình vận hành", "nothing"),
            (villages, "target|%||thôn có điểm sinh hoạt cộng đồng đạt 3 tiêu chí", "nothing"),
        ] {
            assert_eq!(relation(one, other), wanted, "{one} and {other}");
        }
        // One document that lists both means two things.
        let both: &[&str] = &[villages, "target|%||thôn có điểm sinh hoạt cộng đồng đạt tiêu chí của ngành văn hóa"];
        assert!(linked(&[both]).probable.is_empty());
    }

    #[test]
    fn what_people_decide_is_done() {
        let documents: [&[&str]; 2] = [
            &["target|%||thôn có điểm sinh hoạt cộng đồng đạt tiêu chí", "target|%||Tỷ lệ hộ nghèo"],
            &["target|%||thôn có điểm sinh hoạt cộng đồng đạt tiêu chí của ngành văn hóa"],
        ];
        let found = linked(&documents);
        let [pair] = &found.probable[..] else { panic!("one pair: {:?}", found.probable) };
        let decision =
            |same| [Decision { one: found.clusters[pair.left].id.clone(), other: found.clusters[pair.right].id.clone(), same }];
        let mut same = found.clone();
        same.decide(&decision(true));
        assert_eq!((shared(&same), same.clusters.len(), same.probable.len()), (vec![vec![0, 1]], 2, 0));
        assert!(same.wordings.iter().any(|wording| wording.why.contains(&Reason::Decided)));
        let mut apart = found.clone();
        apart.decide(&decision(false));
        assert_eq!((apart.clusters.len(), apart.probable.len()), (3, 0));
        let mut unknown = found.clone();
        unknown.decide(&[Decision { one: "x".into(), other: "y".into(), same: true }]);
        assert_eq!(unknown, found);
    }
}
