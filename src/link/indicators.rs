//! Which targets measure the same: `Tỷ lệ hồ sơ TTHC xử lý trực tuyến` of one plan and `hồ sơ thủ tục hành chính được giải quyết
//! trực tuyến` (100%) of another are one indicator; `dân số` and `dân số trưởng thành` are two, and related.
//!
//! Two targets are linked where the registry knows both as one, or where the same words are left of both
//! ([`phrase`](super::phrase)), for the same quantity and the same level. Nothing is linked because it looks alike: what looks
//! alike and differs is [`Related`], with the difference named. So links are an equivalence, found by look-up in time linear in
//! the targets; related ones are looked for among distinct indicators only, and only among those that share rare words.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use serde::Serialize;

use super::phrase::{Quantity, Reader, Reading, Reason, Wording};
use super::registry::Registry;
use crate::lexicon::linking::{ContrastKind, LinkLexicon};
use crate::record::{Change, Direction, Record};
use crate::words::fold;

/// A target, or a fact that may be the result of one, as linking sees it.
#[derive(Clone, Debug)]
pub struct TargetView<'a> {
    /// Which document it stands in.
    pub document: usize,
    /// Whether it stands among the document's targets or its facts. A fact joins an indicator and never makes one.
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
    /// Abbreviations that the document defines itself.
    pub abbreviations: Rc<[(String, String)]>,
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

/// The targets and facts of one record.
#[must_use]
pub fn views(document: usize, record: &Record) -> Vec<TargetView<'_>> {
    let own: Rc<[(String, String)]> = super::abbreviations::of_record(record).into();
    let targets = record.targets.iter().enumerate().map(|(at, target)| TargetView {
        document,
        kind: MemberKind::Target,
        target: at,
        indicator: &target.indicator,
        unit: target.unit.as_deref(),
        scope: target.scope.as_deref(),
        change: target.change.as_ref(),
        abbreviations: Rc::clone(&own),
    });
    let facts = record.facts.iter().enumerate().map(|(at, fact)| TargetView {
        document,
        kind: MemberKind::Fact,
        target: at,
        indicator: &fact.subject,
        unit: fact.unit.as_deref(),
        scope: None,
        change: fact.change.as_ref(),
        abbreviations: Rc::clone(&own),
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
    /// Words that no list names.
    Words,
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
            Self::Words => "từ ngữ",
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
            Self::Words => "words",
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
    let mut seen: FxHashMap<u64, Vec<(usize, usize)>> = FxHashMap::default();
    let mut surfaces: Vec<(Option<&str>, Option<&str>, Option<&Change>)> = Vec::new();
    let ordered = |kind| targets.iter().filter(move |view| view.kind == kind);
    for view in ordered(MemberKind::Target).chain(ordered(MemberKind::Fact)) {
        let own: &[(String, String)] =
            if has_capitals(view.indicator) || view.scope.is_some_and(has_capitals) { &view.abbreviations } else { &[] };
        // The same words with the same unit, scope and abbreviations are read once.
        let mut hasher = FxHasher::default();
        (view.indicator, view.unit, view.scope, view.change.map(|change| change.kind as u8), own).hash(&mut hasher);
        let known = seen.entry(hasher.finish()).or_default();
        let same = known.iter().find(|(wording, _)| {
            let (unit, scope, change) = surfaces[*wording];
            linker.wordings[*wording].text == view.indicator
                && unit == view.unit
                && scope == view.scope
                && change.map(|c| c.kind) == view.change.map(|c| c.kind)
        });
        let (wording, cluster) = match same {
            Some(found) => *found,
            None => {
                let reading = reader.read(Wording::new(view.indicator, view.unit, view.scope, view.change), own);
                let joins = view.kind == MemberKind::Fact;
                let Some((wording, cluster)) = linker.place(view.indicator, reading, joins, &registry, &reader) else { continue };
                surfaces.push((view.unit, view.scope, view.change));
                known.push((wording, cluster));
                (wording, cluster)
            }
        };
        let member = Member { document: view.document, kind: view.kind, target: view.target, wording };
        linker.clusters[cluster].members.push(member);
    }
    linker.finish(lexicon, &reader)
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
    members: Vec<Member>,
}

#[derive(Default)]
struct Linker {
    clusters: Vec<Building>,
    wordings: Vec<LinkedWording>,
    by_key: FxHashMap<Key, Vec<usize>>,
    by_letters: FxHashMap<Letters, usize>,
}

impl Linker {
    /// Puts a wording into its cluster, a new one where there is none and it does not only join; gives back both places.
    fn place(
        &mut self,
        text: &str,
        reading: Reading,
        joins: bool,
        registry: &Registry,
        reader: &Reader,
    ) -> Option<(usize, usize)> {
        let mut why = reading.why.clone();
        let entry = registry.entry(&reading);
        let key = match &entry {
            Some((entry, _, levels)) => Key::Registered(*entry, levels.clone()),
            None => Key::Words(reading.quantity, reading.levels.clone(), reading.bag.clone(), reading.narrowed.clone()),
        };
        let letters = Self::letters(&reading, reader);
        let known = self.by_key.get(&key).and_then(|all| {
            all.iter()
                .copied()
                .find(|at| entry.is_some() || neighbours_shared(&self.clusters[*at].words, &reading.words) >= NEIGHBOURS_SHARED)
        });
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
        if joins && cluster.is_none() {
            return None;
        }
        let cluster = cluster.unwrap_or_else(|| {
            let at = self.clusters.len();
            self.by_key.entry(key).or_default().push(at);
            self.clusters.push(Building {
                quantity: reading.quantity,
                words: reading.words.clone(),
                bag: reading.bag.clone(),
                levels: entry.as_ref().map_or_else(|| reading.levels.clone(), |(_, _, levels)| levels.clone()),
                narrowed: reading.narrowed.clone(),
                registry: entry.as_ref().map(|(entry, ..)| *entry),
                members: Vec::new(),
            });
            at
        });
        if let Some(letters) = letters {
            self.by_letters.entry(letters).or_insert(cluster);
        }
        let wording = self.wordings.len();
        self.wordings.push(LinkedWording { text: text.to_owned(), place: reading.place, why });
        Some((wording, cluster))
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
        let related = super::related::find(&self.seeds(), lexicon, reader);
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
        Indicators { clusters, wordings: self.wordings, related }
    }

    fn seeds(&self) -> Vec<super::related::Seed<'_>> {
        self.clusters
            .iter()
            .map(|building| super::related::Seed {
                quantity: building.quantity,
                words: &building.words,
                bag: &building.bag,
                levels: &building.levels,
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
    let text = format!("{:?} {} / {}", building.quantity, words.join(" "), narrowed.join(" "));
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
