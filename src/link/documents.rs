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
use crate::lexicon::linking::{FillerKind, LinkLexicon, Standing};
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
    /// The year that it covers, or the first of several.
    pub year: Option<&'a str>,
    /// The last year that it covers, where it says both ends.
    pub until: Option<&'a str>,
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
            until: period.filter(|period| period.from.is_some()).and_then(|period| year(&period.to)),
            references,
        }
    }

    /// Whether it covers several years.
    fn covers_years(&self) -> bool {
        self.year.zip(self.until).is_some_and(|(from, to)| from < to)
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
    /// The document stands in a file whose head says which decision promulgates it, and names no number of its own.
    Promulgated {
        /// Number as quoted.
        number: String,
        /// Date as quoted.
        date: Option<String>,
    },
    /// Not the legal basis but the body names it by number and date, and it fits one document of the collection on the same matter.
    Mentioned {
        /// Number as quoted.
        number: String,
        /// Date as quoted.
        date: Option<String>,
    },
    /// It is the only plan of the same unit and topic that covers the year and others around it.
    OwnLonger {
        /// The first and the last year.
        years: (String, String),
        /// The words of both titles.
        topic: String,
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
            Self::Promulgated { number, date } => format!("ban hành kèm theo {number}{}", on(date)),
            Self::Mentioned { number, date } => format!("nội dung văn bản nêu {number}{}, cùng chủ đề", on(date)),
            Self::OwnLonger { years, topic } => {
                format!("kế hoạch {}–{} của chính đơn vị, cùng chủ đề ({topic})", years.0, years.1)
            }
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
            Self::Promulgated { number, date } => format!("promulgated by {number}{}", on(date)),
            Self::Mentioned { number, date } => format!("the text names {number}{}, on the same matter", on(date)),
            Self::OwnLonger { years, topic } => {
                format!("the unit's own plan of {}–{} on the same topic ({topic})", years.0, years.1)
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
    /// Of a report: the plans whose results it tells, also where they are outside of the collection.
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
    // Plans of several years, by their unit.
    let mut longer: FxHashMap<(u8, [Option<&str>; 3]), Vec<usize>> = FxHashMap::default();
    for (at, document) in documents.iter().enumerate() {
        if let (DocumentKind::Plan, Some(rank), true) = (document.kind, document.rank(), document.covers_years()) {
            longer.entry((rank, document.places)).or_default().push(at);
        }
    }
    let mut chains: Vec<Chain> = Vec::with_capacity(documents.len());
    for (at, document) in documents.iter().enumerate() {
        let mut chain = stated(at, documents, &by_number, lexicon);
        promulgated(document, &mut chain, lexicon);
        mentioned(at, documents, &by_number, &topics, &mut chain);
        let reports = document.kind == DocumentKind::Report;
        let has_plan = chain.upper.iter().any(|link| matches!(link.to, To::Document(_)));
        if !(has_plan || reports && !chain.reports_on.is_empty())
            && let (Some(year), Some(province)) = (document.year, document.places[2])
        {
            let near = by_topic.get(&(year, province)).map_or(&[][..], Vec::as_slice);
            infer(at, documents, near, &topics, &mut chain);
        }
        if let (DocumentKind::Plan, Some(rank)) = (document.kind, document.rank()) {
            let near = longer.get(&(rank, document.places)).map_or(&[][..], Vec::as_slice);
            infer_longer(at, documents, near, &topics, &mut chain);
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

/// A document without a number that a decision of its own day and unit promulgates: `(Kèm theo Quyết định số …)`.
fn promulgated(document: &DocumentView, chain: &mut Chain, lexicon: &LinkLexicon) {
    if document.number.is_some() || document.date.is_none_or(|date| date.len() < 10) {
        return;
    }
    let promulgates = |reference: &Reference| {
        reference.role == ReferenceRole::Mention
            && reference.date.as_deref() == document.date
            && standing(reference, lexicon) == Some(Standing::Directs)
            && reference.issuer.as_deref().is_none_or(|issuer| {
                document.places.iter().flatten().next().is_none_or(|name| fold(issuer).contains(&fold(name)))
            })
    };
    if let Some((index, reference)) = document.references.iter().enumerate().find(|(_, reference)| promulgates(reference))
        && let Some(number) = reference.number.clone()
    {
        let why = Ground::Promulgated { number, date: reference.date.clone() };
        chain.upper.insert(0, Link { to: To::Outside(index), certainty: Certainty::Stated, why });
    }
}

/// How much two titles must share where the body names the other document by its number.
const MENTIONED_TOPIC: f32 = 0.3;

/// Plans of the collection that the body names by number and date, of the same matter or year: where the basis names none.
fn mentioned(
    at: usize,
    documents: &[DocumentView],
    by_number: &FxHashMap<String, Vec<usize>>,
    topics: &Topics,
    chain: &mut Chain,
) {
    let own = &documents[at];
    let inside = |links: &[Link]| links.iter().any(|link| matches!(link.to, To::Document(_)));
    let reports = own.kind == DocumentKind::Report;
    if inside(&chain.reports_on) || !reports && inside(&chain.upper) {
        return;
    }
    let mut found: Vec<(usize, &Reference)> = Vec::new();
    for reference in own.references.iter().filter(|one| one.role == ReferenceRole::Mention && one.date.is_some()) {
        let Some(number) = reference.number.as_deref() else { continue };
        let fits = |other: &usize| {
            let document = &documents[*other];
            *other != at
                && document.kind == DocumentKind::Plan
                && same_day(document.date, reference.date.as_deref())
                && document.rank() <= own.rank()
                && issued_by(document, reference, own)
                && document.date.zip(own.date).is_none_or(|(theirs, ours)| theirs <= ours)
                && (topics.shared(at, *other) >= MENTIONED_TOPIC || document.year.is_some() && document.year == own.year)
        };
        let mut fitting = by_number.get(&plain_number(number)).into_iter().flatten().copied().filter(fits);
        if let (Some(one), None) = (fitting.next(), fitting.next())
            && !found.iter().any(|(known, _)| *known == one)
        {
            found.push((one, reference));
        }
    }
    // The nearest in topic; of several equally near none.
    let near = |one: usize| topics.shared(at, one);
    let Some(best) = found.iter().map(|(one, _)| near(*one)).max_by(f32::total_cmp) else { return };
    let mut best = found.iter().filter(|(one, _)| near(*one) >= best);
    if let (Some((one, reference)), None) = (best.next(), best.next()) {
        let why = Ground::Mentioned { number: reference.number.clone().unwrap_or_default(), date: reference.date.clone() };
        let link = Link { to: To::Document(*one), certainty: Certainty::Inferred, why };
        if reports { chain.reports_on.push(link) } else { chain.upper.insert(0, link) }
    }
}

/// What the legal basis states.
fn stated(at: usize, documents: &[DocumentView], by_number: &FxHashMap<String, Vec<usize>>, lexicon: &LinkLexicon) -> Chain {
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
                // A proposal, a letter, an invitation is a basis, and stands above none.
                if type_of(reference, lexicon).is_some() && standing(reference, lexicon).is_none() {
                    continue;
                }
                let plan = own.kind == DocumentKind::Report && is_plan(reference, lexicon);
                let why = match found.len() {
                    0 => Ground::NotInCollection { number, date },
                    _ => Ground::BorneBySeveral { number, date },
                };
                ranked.push((u8::MAX, Link { to: To::Outside(index), certainty: Certainty::Stated, why }, plan));
            }
        }
    }
    ranked.sort_by_key(|(rank, ..)| *rank);
    for (_, link, reports) in ranked {
        if reports { chain.reports_on.push(link) } else { chain.upper.push(link) }
    }
    chain
}

/// Whether a reference is to a plan.
fn is_plan(reference: &Reference, lexicon: &LinkLexicon) -> bool {
    type_of(reference, lexicon).is_some_and(|kind| lexicon.plans.contains(kind))
}

/// The type of a document that is quoted: by the letters of its number (`văn bản số 12/KH-UBND` is a plan), else by its name.
fn type_of<'a>(reference: &'a Reference, lexicon: &'a LinkLexicon) -> Option<&'a String> {
    let letters = reference.number.as_deref().and_then(|number| number.split_once('/')).map(|(_, rest)| rest);
    let code = letters.and_then(|letters| letters.split(|c: char| !c.is_alphabetic()).next());
    code.and_then(|code| lexicon.types.get(code)).or(reference.kind.as_ref())
}

/// What a document that is quoted is to one that rests on it; `None` where it stands above none.
fn standing(reference: &Reference, lexicon: &LinkLexicon) -> Option<Standing> {
    type_of(reference, lexicon).and_then(|kind| lexicon.standings.get(kind)).copied()
}

/// Documents under one that is not in the collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The number of the document above.
    pub number: String,
    /// Its date.
    pub date: String,
    /// Its title, where one of the documents below gives it.
    pub title: Option<String>,
    /// Who issued it, where one of the documents below says.
    pub issuer: Option<String>,
    /// Indices of the documents below.
    pub members: Vec<usize>,
}

/// The groups of documents that rest on one and the same document outside of the collection, in the order of their first members. Law
/// is law for all, and makes none.
#[must_use]
pub fn groups(documents: &[DocumentView], chains: &[Chain], lexicon: &LinkLexicon) -> Vec<Group> {
    let mut places: FxHashMap<(String, &str), usize> = FxHashMap::default();
    let mut found: Vec<Group> = Vec::new();
    for (at, (document, chain)) in documents.iter().zip(chains).enumerate() {
        for link in chain.upper.iter().chain(&chain.reports_on) {
            let To::Outside(index) = link.to else { continue };
            let Some(reference) = document.references.get(index) else { continue };
            let directs = standing(reference, lexicon) == Some(Standing::Directs);
            let (Some(number), Some(date)) = (reference.number.as_deref().filter(|_| directs), reference.date.as_deref()) else {
                continue;
            };
            let place = *places.entry((plain_number(number), date)).or_insert_with(|| {
                let title = None;
                found.push(Group { number: number.to_owned(), date: date.to_owned(), title, issuer: None, members: Vec::new() });
                found.len() - 1
            });
            let group = &mut found[place];
            group.title = group.title.take().or_else(|| reference.title.clone());
            group.issuer = group.issuer.take().or_else(|| reference.issuer.clone());
            if group.members.last() != Some(&at) {
                group.members.push(at);
            }
        }
    }
    found.retain(|group| group.members.len() > 1);
    found
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

/// The unit's own plan of the years around, where one alone fits and the basis names none.
fn infer_longer(at: usize, documents: &[DocumentView], near: &[usize], topics: &Topics, chain: &mut Chain) {
    let own = &documents[at];
    let Some(from) = own.year else { return };
    let to = own.until.unwrap_or(from);
    let known = |other: &usize| chain.upper.iter().any(|link| link.to == To::Document(*other));
    if near.iter().any(known) {
        return;
    }
    let fits = |other: &&usize| {
        let plan = &documents[**other];
        let years = plan.year.zip(plan.until);
        **other != at
            && years.is_some_and(|(first, last)| first <= from && to <= last && (first, last) != (from, to))
            && own.places.iter().any(Option::is_some)
            && (own.level != Level::Department || own.issuer.map(fold) == plan.issuer.map(fold))
            && topics.shared(at, **other) >= SAME_TOPIC
    };
    let mut found = near.iter().filter(fits);
    if let (Some(one), None) = (found.next(), found.next()) {
        let plan = &documents[*one];
        let years = (plan.year.unwrap_or_default().to_owned(), plan.until.unwrap_or_default().to_owned());
        let why = Ground::OwnLonger { years, topic: topics.common(at, *one, documents) };
        chain.upper.push(Link { to: To::Document(*one), certainty: Certainty::Inferred, why });
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
            && kinds.iter().any(|kind| !matches!(kind, FillerKind::Share | FillerKind::Number | FillerKind::Measure))
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
