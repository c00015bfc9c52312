//! Which document is above which: each plan knows its upper plan, each report its plan.
//!
//! A link is stated where the legal basis names the document by number and date, and the issuer fits. It is inferred where no
//! basis does, and exactly one plan of a unit above is of the same year and the same topic. A document that is named and is
//! not in the collection is kept as such; what is neither stated nor told by one candidate stays unknown.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Resolved;
use super::units::DocumentUnit;
use crate::lexicon::linking::{FillerKind, LinkLexicon};
use crate::record::{Document, DocumentKind, Level, Record, Reference, ReferenceRole};
use crate::words::fold;

/// A document as linking sees it.
#[derive(Clone, Debug)]
pub struct DocumentView<'a> {
    /// Plan, report …
    pub kind: DocumentKind,
    /// `48/KH-UBND`.
    pub number: Option<&'a str>,
    /// `KH-UBND`.
    pub symbol: Option<&'a str>,
    /// Date of issue, as far as it is given.
    pub date: Option<&'a str>,
    /// Title.
    pub title: Option<&'a str>,
    /// Who issued it.
    pub issuer: Option<&'a str>,
    /// Level of government.
    pub level: Level,
    /// Names of the commune, district, province: from below.
    pub places: [Option<&'a str>; 3],
    /// The year that it covers.
    pub year: Option<&'a str>,
    /// The documents that it quotes.
    pub references: &'a [Reference],
}

impl<'a> DocumentView<'a> {
    /// The view of a record.
    #[must_use]
    pub fn of(record: &'a Record, unit: &DocumentUnit) -> Self {
        Self::new(&record.document, &record.references, unit)
    }

    /// The view of a document's head and of the documents that it quotes.
    #[must_use]
    pub fn new(document: &'a Document, references: &'a [Reference], unit: &DocumentUnit) -> Self {
        let year = |day: &'a Option<String>| day.as_deref().and_then(|day| day.get(..4));
        let period = document.period.as_ref();
        Self {
            kind: document.kind,
            number: document.number.as_deref(),
            symbol: document.symbol.as_deref(),
            date: document.date.as_deref(),
            title: document.title.as_deref(),
            issuer: document.issuer.as_deref(),
            level: unit.level,
            places: [&document.commune, &document.district, &document.province].map(|name| name.as_deref()),
            year: period.and_then(|period| year(&period.from)).or_else(|| year(&document.date)),
            references,
        }
    }

    /// Distance from the centre: a department stands below its province, above districts.
    fn rank(&self) -> Option<u8> {
        match self.level {
            Level::Central => Some(0),
            Level::Province => Some(1),
            Level::Department => Some(2),
            Level::District => Some(3),
            Level::Commune => Some(4),
            Level::Other => None,
        }
    }
}

/// Whether a link stands in the document or was concluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The legal basis names it.
    Stated,
    /// By unit, year and topic; the only one that fits.
    Inferred,
}

/// A document that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// Index of a document of the collection.
    Document(usize),
    /// Index into the references of the document: named, and not in the collection.
    Outside(usize),
}

/// A link to another document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// To which document.
    pub to: To,
    /// Stated or inferred.
    pub certainty: Certainty,
    /// Why.
    pub why: Ground,
}

/// What a link between documents rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Ground {
    /// The legal basis names the document, and its number, date and issuer fit one document of the collection.
    Named {
        /// `15/KH-UBND`.
        number: String,
        /// Date as quoted.
        date: Option<String>,
    },
    /// The legal basis names it, and the collection has none that fits.
    NotInCollection {
        /// Number as quoted.
        number: String,
        /// Date as quoted.
        date: Option<String>,
    },
    /// The legal basis names it, and several documents of the collection fit.
    BorneBySeveral {
        /// Number as quoted.
        number: String,
        /// Date as quoted.
        date: Option<String>,
    },
    /// It is the only plan of the unit above, or of the report's own unit, of the same year and topic.
    OnlyPlan {
        /// The words of both titles.
        topic: String,
    },
    /// Whoever compares the documents has named it as the one above.
    Chosen,
}

impl Ground {
    /// The ground in Vietnamese, for people.
    #[must_use]
    pub fn vi(&self) -> String {
        let on = |date: &Option<String>| date.as_deref().map_or(String::new(), |date| format!(" ngày {date}"));
        match self {
            Self::Named { number, date } => format!("căn cứ nêu {number}{}", on(date)),
            Self::NotInCollection { number, date } => format!("căn cứ nêu {number}{}, không có trong tập văn bản", on(date)),
            Self::BorneBySeveral { number, date } => format!("căn cứ nêu {number}{}, nhiều văn bản cùng số", on(date)),
            Self::OnlyPlan { topic } => format!("kế hoạch duy nhất cùng năm, cùng chủ đề ({topic})"),
            Self::Chosen => "người so sánh nêu là văn bản cấp trên".to_owned(),
        }
    }

    /// The ground in English, for people.
    #[must_use]
    pub fn en(&self) -> String {
        let on = |date: &Option<String>| date.as_deref().map_or(String::new(), |date| format!(" of {date}"));
        match self {
            Self::Named { number, date } => format!("the legal basis names {number}{}", on(date)),
            Self::NotInCollection { number, date } => {
                format!("the legal basis names {number}{}, which is not in the collection", on(date))
            }
            Self::BorneBySeveral { number, date } => {
                format!("the legal basis names {number}{}, and several documents bear that number", on(date))
            }
            Self::OnlyPlan { topic } => format!("the only plan of the same year and topic ({topic})"),
            Self::Chosen => "it was named as the document above".to_owned(),
        }
    }
}

/// A document's place among the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// Documents that it rests on, of its own unit or above, the nearest first; those outside of the collection last, of whatever
    /// level they are.
    pub upper: Vec<Link>,
    /// Of a report: the plan whose results it tells.
    pub reports_on: Vec<Link>,
    /// Documents of the collection that rest on it: their indices.
    pub below: Vec<usize>,
    /// Several documents that could be above it, where none is stated and unit, year and topic fit more than one.
    pub undecided: Vec<usize>,
}

/// How much of the words of two titles must be common for one topic.
const SAME_TOPIC: f32 = 0.6;

/// The place of each document among the others.
#[must_use]
pub fn chains(documents: &[DocumentView], lexicon: &LinkLexicon) -> Vec<Chain> {
    let topics = Topics::new(documents, lexicon);
    let mut by_number: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut by_topic: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
    for (at, document) in documents.iter().enumerate() {
        if let Some(number) = document.number {
            by_number.entry(plain_number(number)).or_default().push(at);
            if let Some(date) = document.date.filter(|date| date.len() == 10) {
                by_number.entry(day_key(number, date)).or_default().push(at);
            }
        }
        if let (Some(year), Some(province)) = (document.year, document.places[2]) {
            by_topic.entry((year, province)).or_default().push(at);
        }
    }
    let mut chains: Vec<Chain> = Vec::with_capacity(documents.len());
    for (at, document) in documents.iter().enumerate() {
        let mut chain = stated(at, documents, &by_number);
        let reports = document.kind == DocumentKind::Report;
        let has_plan = chain.upper.iter().any(|link| matches!(link.to, To::Document(_)));
        if !(has_plan || reports && !chain.reports_on.is_empty())
            && let (Some(year), Some(province)) = (document.year, document.places[2])
        {
            let near = by_topic.get(&(year, province)).map_or(&[][..], Vec::as_slice);
            infer(at, documents, near, &topics, &mut chain);
        }
        chains.push(chain);
    }
    let links: Vec<(usize, usize)> = chains
        .iter()
        .enumerate()
        .flat_map(|(at, chain)| chain.upper.iter().chain(&chain.reports_on).map(move |link| (at, link)))
        .filter_map(|(at, link)| if let To::Document(upper) = link.to { Some((upper, at)) } else { None })
        .collect();
    for (upper, at) in links {
        if !chains[upper].below.contains(&at) {
            chains[upper].below.push(at);
        }
    }
    chains
}

/// What the legal basis states.
fn stated(at: usize, documents: &[DocumentView], by_number: &FxHashMap<String, Vec<usize>>) -> Chain {
    let own = &documents[at];
    let mut chain = Chain::default();
    let mut ranked: Vec<(u8, Link, bool)> = Vec::new();
    for (index, reference) in own.references.iter().enumerate().filter(|(_, one)| one.role == ReferenceRole::Basis) {
        let Some(number) = reference.number.as_deref() else { continue };
        let named = title_words(reference.title.as_deref());
        // The head of a district or commune often leaves out its province: then the title has to be the same too.
        let unplaced = |other: &DocumentView| {
            own.places[2].is_none()
                && own.places[..2].iter().zip(&other.places[..2]).all(|(own, upper)| upper.is_none() || own == upper)
                && named.len() >= 3
                // The title that is quoted leaves out whose plan it is.
                && named.is_subset(&title_words(other.title))
        };
        let mut found: Vec<usize> = by_number
            .get(&plain_number(number))
            .into_iter()
            .flatten()
            .copied()
            .filter(|other| {
                *other != at
                    && same_day(documents[*other].date, reference.date.as_deref())
                    && (issued_by(&documents[*other], reference, own) || unplaced(&documents[*other]))
            })
            .collect();
        // A slip in the date (`05/12/2024` for `05/02/2024`): the number, the issuer and the title are those of one document only.
        if found.is_empty() {
            let quoted = title_words(reference.title.as_deref());
            let slipped = |other: &usize| {
                let year = |date: Option<&str>| date.and_then(|date| date.get(..4)).map(ToOwned::to_owned);
                *other != at
                    && year(documents[*other].date).is_some_and(|year_of| year(reference.date.as_deref()) == Some(year_of))
                    && issued_by(&documents[*other], reference, own)
                    && quoted.len() >= 3
                    && alike(&quoted, &title_words(documents[*other].title)) >= SAME_TOPIC
            };
            found = by_number.get(&plain_number(number)).into_iter().flatten().copied().filter(slipped).collect();
            // A slip in the letters: `12/KH-UBND` for `12/KH-BCĐ`, of one day and one title.
            if found.is_empty()
                && let Some(date) = reference.date.as_deref().filter(|date| date.len() == 10)
            {
                let key = day_key(number, date);
                found = by_number.get(&key).into_iter().flatten().copied().filter(slipped).collect();
            }
        }
        let (number, date) = (number.to_owned(), reference.date.clone());
        match found.as_slice() {
            [one] => {
                let other = &documents[*one];
                // A proposal from below (`Tờ trình`) is a basis, and not above.
                if other.rank() > own.rank() {
                    continue;
                }
                let rank = own.rank().unwrap_or(0).saturating_sub(other.rank().unwrap_or(0));
                let link = Link { to: To::Document(*one), certainty: Certainty::Stated, why: Ground::Named { number, date } };
                let reports = own.kind == DocumentKind::Report && other.kind == DocumentKind::Plan;
                ranked.push((rank, link, reports));
            }
            _ => {
                let why = match found.len() {
                    0 => Ground::NotInCollection { number, date },
                    _ => Ground::BorneBySeveral { number, date },
                };
                ranked.push((u8::MAX, Link { to: To::Outside(index), certainty: Certainty::Stated, why }, false));
            }
        }
    }
    ranked.sort_by_key(|(rank, ..)| *rank);
    for (_, link, reports) in ranked {
        if reports { chain.reports_on.push(link) } else { chain.upper.push(link) }
    }
    chain
}

/// What unit, year and topic tell, where one document alone fits.
fn infer(at: usize, documents: &[DocumentView], near: &[usize], topics: &Topics, chain: &mut Chain) {
    let own = &documents[at];
    let Some(rank) = own.rank() else { return };
    let fits = |other: &usize| {
        *other != at
            && documents[*other].kind == DocumentKind::Plan
            && documents[*other]
                .date
                .zip(own.date)
                .is_none_or(|(theirs, ours)| theirs.get(..ours.len().min(theirs.len())) <= Some(ours))
            && topics.shared(at, *other) >= SAME_TOPIC
    };
    let mut found: Vec<usize> = near.iter().copied().filter(fits).collect();
    if own.kind == DocumentKind::Report {
        found.retain(|other| documents[*other].places == own.places);
    } else {
        found.retain(|other| documents[*other].rank().is_some_and(|upper| upper < rank) && lies_in(own, &documents[*other]));
        // The nearest level above.
        let nearest = found.iter().filter_map(|other| documents[*other].rank()).max();
        found.retain(|other| documents[*other].rank() == nearest);
    }
    match found.as_slice() {
        [] => {}
        [one] => {
            let why = Ground::OnlyPlan { topic: topics.common(at, *one, documents) };
            let link = Link { to: To::Document(*one), certainty: Certainty::Inferred, why };
            if own.kind == DocumentKind::Report { chain.reports_on.push(link) } else { chain.upper.insert(0, link) }
        }
        _ => chain.undecided = found,
    }
}

/// Whether the unit of `own` lies in that of `upper`.
fn lies_in(own: &DocumentView, upper: &DocumentView) -> bool {
    own.places.iter().zip(&upper.places).all(|(own, upper)| upper.is_none() || own == upper)
}

/// `48/KH-UBND`, `48 / KH-UBND`, `48/KHUBND`: one number.
fn plain_number(number: &str) -> String {
    let plain: String = fold(number).chars().filter(|c| c.is_alphanumeric() || *c == '/').collect();
    plain.trim_start_matches('0').to_owned()
}

/// The digits of a number with its day, `12@2024-02-05`: what a slip in the letters leaves.
fn day_key(number: &str, date: &str) -> String {
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    format!("{}@{date}", digits.trim_start_matches('0'))
}

/// Whether two dates may be one day; a month fits each of its days.
fn same_day(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.starts_with(other) || other.starts_with(one),
        // A number without a date is borne by a document each year.
        _ => false,
    }
}

/// Whether a document may have been issued by whom the reference names: its unit must be the one named, else that of the
/// document that quotes it, or one above.
fn issued_by(document: &DocumentView, reference: &Reference, quoting: &DocumentView) -> bool {
    let issuer = reference.issuer.as_deref().map(fold).unwrap_or_default();
    let name = document.places.iter().flatten().next().map(|name| fold(name));
    if let Some(name) = &name
        && issuer.contains(name.as_str())
    {
        return true;
    }
    let named_elsewhere = quoting.places.iter().flatten().any(|place| issuer.contains(&fold(place)));
    !named_elsewhere && (document.level == Level::Central || lies_in(quoting, document))
}

/// What a document is about: the words of its title without places, years and filler words.
fn topic(document: &DocumentView, lexicon: &LinkLexicon) -> BTreeSet<String> {
    let mut title = fold(document.title.unwrap_or_default());
    for place in document.places.iter().flatten() {
        title = title.replace(&fold(place), " ");
    }
    let mut tokens = Vec::new();
    lexicon.vocabulary.cut(&title, 0, &mut tokens);
    let mut words = BTreeSet::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some((length, kinds)) = lexicon.fillers.at(&tokens, at)
            && kinds.iter().any(|kind| !matches!(kind, FillerKind::Share | FillerKind::Number))
            && lexicon.terms.at(&tokens, at).is_none_or(|(longer, _)| longer <= length)
        {
            at += length;
            continue;
        }
        if token.is_word() {
            words.insert(token.span().slice(&title).unwrap_or_default().to_owned());
        }
        at += 1;
    }
    words
}

/// What all documents are about: the words of each title as sorted numbers, because in a large collection each title is compared
/// with many.
struct Topics {
    words: Vec<String>,
    of: Vec<Vec<u32>>,
}

impl Topics {
    fn new(documents: &[DocumentView], lexicon: &LinkLexicon) -> Self {
        let sets: Vec<BTreeSet<String>> = documents.iter().map(|document| topic(document, lexicon)).collect();
        let all: BTreeSet<&String> = sets.iter().flatten().collect();
        let words: Vec<String> = all.into_iter().cloned().collect();
        // Numbers in the order of the alphabet, so that sets stay sorted.
        let number = |word: &String| words.binary_search(word).ok().and_then(|at| u32::try_from(at).ok());
        let of = sets.iter().map(|set| set.iter().filter_map(number).collect()).collect();
        Self { words, of }
    }

    /// The words of both titles, in the order of the first: `kinh tế xã hội`, also where a word between two others tells no topic.
    fn common(&self, one: usize, other: usize, documents: &[DocumentView]) -> String {
        let both = |word: &str| {
            let number = self.words.binary_search_by(|known| known.as_str().cmp(word)).ok().and_then(|at| u32::try_from(at).ok());
            number.is_some_and(|word| [one, other].iter().all(|at| self.of[*at].binary_search(&word).is_ok()))
        };
        let title = fold(documents[one].title.unwrap_or_default());
        let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let others = title_words(documents[other].title);
        let within = |at: usize| {
            at > 0 && both(words[at - 1]) && words.get(at + 1).is_some_and(|next| both(next)) && others.contains(words[at])
        };
        let mut told: Vec<&str> = Vec::new();
        for at in (0..words.len()).filter(|at| both(words[*at]) || within(*at)) {
            // A word that the title says twice tells once.
            if !told.contains(&words[at]) || within(at) {
                told.push(words[at]);
            }
        }
        told.join(" ")
    }

    /// How much two titles have in common, from 0 to 1.
    fn shared(&self, one: usize, other: usize) -> f32 {
        let (one, other) = (&self.of[one], &self.of[other]);
        let common = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
        likeness(common, one.len(), other.len())
    }
}

/// All words of a title but its numbers: whether a quotation means a document whose number or date it gives otherwise. Words that
/// stand in many titles (`bảo vệ và phát triển rừng`) tell here too, as number and day or year agree already.
fn title_words(title: Option<&str>) -> BTreeSet<String> {
    let title = fold(title.unwrap_or_default());
    let words = title.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit())).map(ToOwned::to_owned).collect()
}

/// How alike two titles are by their words.
fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f32 {
    likeness(one.intersection(other).count(), one.len(), other.len())
}

/// How alike two titles of so many words are that have `common` of them in common: by all words, or by those of the shorter.
fn likeness(common: usize, one: usize, other: usize) -> f32 {
    let fewer = one.min(other);
    if fewer < 2 {
        return 0.0;
    }
    #[allow(clippy::cast_precision_loss)]
    let (share, covered) = (common as f32 / (one + other - common) as f32, common as f32 / fewer as f32);
    share.max(covered - 0.3)
}

/// The unit's code where it is known: what a store writes beside the name.
#[must_use]
pub fn unit_code(unit: &DocumentUnit) -> Option<&str> {
    match &unit.unit {
        Resolved::Known { one, .. } => Some(&one.code),
        _ => None,
    }
}
