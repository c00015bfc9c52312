//! All documents of an audit: which targets are for one indicator, which plan stands above which, which come after one another.
//!
//! A report repeats the targets of the plan that it reports on. Where that plan is not among the documents, the report's table
//! stands for it: a lower plan that rests on the same plan is compared with the table.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::alike::Wording;
use super::case::{Case, Days};
use super::interval::{Interval, direction_of};
use super::pairs::counts_targets;
use super::{Known, symbol::Symbol};
use crate::lexicon::linking::LinkLexicon;
use crate::link::Collection;
use crate::link::documents::{Ground, To};
use crate::link::indicators::{Member, MemberKind};
use crate::record::{Direction, DocumentKind, Fact, Level, Paper, Record, ReferenceRole, Target};
use crate::words::fold;

/// So much in common, and only a reader can tell whether two wordings are one target.
const NEAR: f64 = 0.72;

/// All documents of an audit.
pub struct Cases<'a> {
    /// In the order given.
    pub cases: Vec<Case<'a>>,
    /// The same documents, linked.
    pub collection: &'a Collection,
    /// The words that they were linked by.
    pub words: &'a LinkLexicon,
    /// The indicator of each target: its place in the collection's list.
    clusters: HashMap<(usize, usize), usize>,
    /// The indicator of each fact that has one, and the unit that its words name.
    facts: HashMap<(usize, usize), (usize, Option<String>)>,
    /// The unit that a target is for, where its words name one: `tại huyện Sông Trà`.
    places: HashMap<(usize, usize), String>,
    /// The targets whose words name the document's own unit: not the commune that bears its district's name.
    own: HashSet<(usize, usize)>,
    /// By unit, the documents that set targets for it and are another's.
    allotting: HashMap<String, BTreeSet<usize>>,
    /// Indicators that are so alike that only a reader can tell them apart.
    related: HashMap<usize, Vec<usize>>,
    /// The documents of the units of a level by the name of that unit, and those of the units in it by the same.
    areas: HashMap<(Level, String), (Vec<usize>, Vec<usize>)>,
    /// The documents that quote a plan as their basis: by its number and date.
    resting: HashMap<(String, String), Vec<usize>>,
}

/// A document above another, or a report that stands for it.
#[derive(Clone, Debug)]
pub struct Upper {
    /// Which document.
    pub document: usize,
    /// The number of the plan that its table stands for, where it is a report.
    pub stands_for: Option<String>,
}

/// What a document plans, for whom and when: its own targets, or those that its table repeats.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which document.
    pub document: usize,
    /// Whose plan it is: level and place, of a department also its name.
    pub unit: String,
    /// The year that it is for.
    pub year: i16,
}

impl<'a> Cases<'a> {
    /// The cases of all records, which were linked into `known.collection`.
    #[must_use]
    pub fn new(records: &'a [Record], known: Known<'a>) -> Self {
        let mut clusters = HashMap::new();
        let mut places = HashMap::new();
        let mut own = HashSet::new();
        let mut allotting: HashMap<String, BTreeSet<usize>> = HashMap::new();
        let mut facts = HashMap::new();
        for (at, indicator) in known.collection.indicators.clusters.iter().enumerate() {
            for member in indicator.members.iter().filter(|member| member.kind == MemberKind::Target) {
                clusters.insert((member.document, member.target), at);
                let place = known.collection.indicators.wordings.get(member.wording).and_then(|wording| wording.place.as_ref());
                places.extend(place.map(|place| ((member.document, member.target), fold(place))));
                let Some(place) = place else { continue };
                let whose = |place| known.collection.whose(member.document, place).key;
                let unit = whose(Some(place.as_str()));
                if unit == whose(None) {
                    own.insert((member.document, member.target));
                } else {
                    allotting.entry(unit).or_default().insert(member.document);
                }
            }
            for member in indicator.members.iter().filter(|member| member.kind == MemberKind::Fact) {
                let place = known.collection.indicators.wordings.get(member.wording).and_then(|wording| wording.place.as_deref());
                facts.insert((member.document, member.target), (at, place.map(fold)));
            }
        }
        let mut related: HashMap<usize, Vec<usize>> = HashMap::new();
        let indicators = &known.collection.indicators;
        let differing = indicators.related.iter().map(|pair| (pair.left, pair.right));
        for (left, right) in differing.chain(indicators.probable.iter().map(|pair| (pair.left, pair.right))) {
            related.entry(left).or_default().push(right);
            related.entry(right).or_default().push(left);
        }
        let mut resting: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (at, record) in records.iter().enumerate() {
            for key in bases(record) {
                resting.entry(key).or_default().push(at);
            }
        }
        let mut areas: HashMap<(Level, String), (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, record) in records.iter().enumerate() {
            let head = &record.document;
            for (level, name) in [(Level::Province, &head.province), (Level::District, &head.district)] {
                let Some(name) = name else { continue };
                let (of_it, in_it) = areas.entry((level, fold(name))).or_default();
                match head.level {
                    own if own == level => of_it.push(at),
                    Level::District | Level::Commune => in_it.push(at),
                    _ => {}
                }
            }
        }
        let mut cases: Vec<Case> = records.iter().map(|record| Case::new(record, known.lexicon)).collect();
        for indicator in &known.collection.indicators.clusters {
            let members = || indicator.members.iter().filter(|member| member.kind == MemberKind::Target);
            let told = |member: &Member| records.get(member.document)?.targets.get(member.target).and_then(direction_of);
            let ways: BTreeSet<_> = members().filter_map(told).map(|way| way == Direction::Up).collect();
            let [up] = ways.into_iter().collect::<Vec<_>>()[..] else { continue };
            for member in members() {
                if let Some(case) = cases.get_mut(member.document) {
                    case.known.insert(member.target, if up { Direction::Up } else { Direction::Down });
                }
            }
        }
        Self {
            cases,
            collection: known.collection,
            words: known.words,
            clusters,
            facts,
            places,
            own,
            allotting,
            related,
            areas,
            resting,
        }
    }

    /// The indicator of a target.
    #[must_use]
    pub fn indicator(&self, document: usize, target: usize) -> Option<usize> {
        self.clusters.get(&(document, target)).copied()
    }

    /// The targets of a document by their indicator, in the order of the text.
    #[must_use]
    pub fn by_indicator(&self, document: usize) -> BTreeMap<usize, Vec<&'a Target>> {
        let record: &'a Record = self.cases[document].record;
        let mut found: BTreeMap<usize, Vec<&Target>> = BTreeMap::new();
        // Of a report only its table: what it tells besides is work, or was said of other plans.
        let report = record.document.kind == DocumentKind::Report;
        for (at, target) in record.targets.iter().enumerate().filter(|(_, target)| !report || target.row.is_some()) {
            if let Some(indicator) = self.indicator(document, at).filter(|_| !counts_targets(target)) {
                found.entry(indicator).or_default().push(target);
            }
        }
        found
    }

    /// What a document reports, by indicator: its facts, with the unit that their words name.
    #[must_use]
    pub fn results(&self, document: usize) -> BTreeMap<usize, Vec<(&'a Fact, Option<&str>)>> {
        let record: &'a Record = self.cases[document].record;
        let mut found: BTreeMap<usize, Vec<(&Fact, Option<&str>)>> = BTreeMap::new();
        for (at, fact) in record.facts.iter().enumerate() {
            if let Some((indicator, place)) = self.facts.get(&(document, at)) {
                found.entry(*indicator).or_default().push((fact, place.as_deref()));
            }
        }
        found
    }

    /// Whether a document is a plan, or holds one: a decision and the plan that it promulgates.
    #[must_use]
    pub fn is_plan(&self, document: usize) -> bool {
        let record = self.cases[document].record;
        let enclosed = |paper: &Paper| paper.document.as_ref().is_some_and(|head| head.kind == DocumentKind::Plan);
        record.document.kind == DocumentKind::Plan
            || record.document.kind == DocumentKind::Decision && record.papers.iter().any(enclosed)
    }

    /// Whose document it is: level, places and, of a department, its name; `None` where its places are not known.
    #[must_use]
    pub fn unit(&self, document: usize) -> Option<String> {
        let head = &self.cases[document].record.document;
        let places = [&head.province, &head.district, &head.commune];
        // A ministry has no place; it is known by its name.
        if head.level == Level::Central {
            return head.issuer.as_deref().map(|issuer| format!("central|{}", fold(issuer)));
        }
        if places.iter().all(|name| name.is_none()) {
            return None;
        }
        let places = places.map(|name| name.as_deref().map(fold).unwrap_or_default()).join("|");
        Some(match head.level {
            Level::Department => format!("department|{places}|{}", head.issuer.as_deref().map(fold).unwrap_or_default()),
            level => format!("{level:?}|{places}"),
        })
    }

    /// The targets that a document lists as such, by their indicator: those of its aims and tables, not quantities inside its tasks.
    #[must_use]
    pub fn listed(&self, document: usize) -> BTreeMap<usize, Vec<&'a Target>> {
        let tasks = &self.cases[document].record.tasks;
        let inside = |target: &Target| {
            let Some(start) = target.evidence.first().map(|piece| piece.start) else { return false };
            tasks.iter().any(|task| {
                task.evidence.first().is_some_and(|first| first.start <= start)
                    && task.evidence.last().is_some_and(|last| start < last.end)
            })
        };
        let mut found = self.by_indicator(document);
        for targets in found.values_mut() {
            targets.retain(|target| target.row.is_some() || !inside(target));
        }
        found.retain(|_, targets| !targets.is_empty());
        found
    }

    /// The one of `others` that is so nearly `target`, whose indicator is `one`, that only a reader can tell whether it is the same.
    #[must_use]
    pub fn near<'t>(&self, one: usize, target: &Target, others: &BTreeMap<usize, Vec<&'t Target>>) -> Option<&'t Target> {
        let related = self.related.get(&one).and_then(|near| near.iter().find_map(|other| others.get(other)?.first().copied()));
        related.or_else(|| {
            let words = Wording::of(target);
            let alike = |other: &&&Target| {
                words.closeness(&Wording::of(other)) >= NEAR || words.closeness(&Wording::new(&other.indicator)) >= NEAR
            };
            others.values().flatten().find(alike).copied()
        })
    }

    /// The plans above a plan: those that its basis names, else those that the chain of documents tells; where the one named is
    /// not there, the reports that repeat its targets.
    #[must_use]
    pub fn uppers(&self, document: usize) -> Vec<Upper> {
        let mut found: Vec<Upper> = Vec::new();
        let own = &self.cases[document];
        for link in &self.collection.documents[document].chain.upper {
            let upper = match link.to {
                To::Document(upper) => Some(Upper { document: upper, stands_for: None }),
                To::Outside(_) => None,
            };
            // What was named to compare with is above, whatever its head says.
            found.extend(upper.filter(|upper| link.why == Ground::Chosen || self.is_above(upper.document, document)));
        }
        // Where the plan itself is there, no report stands for it.
        let there = |key: &(String, String)| {
            found
                .iter()
                .any(|upper| self.cases[upper.document].record.document.number.as_deref().map(fold).as_ref() == Some(&key.0))
        };
        let missing: Vec<_> = bases(own.record).into_iter().filter(|key| !there(key)).collect();
        for key in missing {
            for report in self.resting.get(&key).into_iter().flatten().copied() {
                let record = self.cases[report].record;
                let tables = record.targets.iter().filter(|target| target.row.is_some() && target.actual.is_some()).count() >= 3;
                let stands = record.document.kind == DocumentKind::Report && tables && self.is_above(report, document);
                if stands && !found.iter().any(|upper| upper.document == report) {
                    found.push(Upper { document: report, stands_for: Some(key.0.to_uppercase()) });
                }
            }
        }
        found
    }

    /// Whether `upper` is of a level above `lower`'s, in the same province, or the same unit's plan of the years around.
    fn is_above(&self, upper: usize, lower: usize) -> bool {
        let (one, other) = (&self.cases[upper].record.document, &self.cases[lower].record.document);
        if upper != lower && self.is_plan(upper) && self.is_plan(lower) && self.covers(upper, lower) {
            return true;
        }
        let province = one.province.is_none() || other.province.is_none() || same(&one.province, &other.province);
        upper != lower && province && one.level.rank() < other.level.rank()
    }

    /// Whether `longer` is the same unit's and covers the years of `shorter` and more.
    fn covers(&self, longer: usize, shorter: usize) -> bool {
        let unit = self.unit(longer);
        let years = |at: usize| self.cases[at].years();
        unit.is_some()
            && unit == self.unit(shorter)
            && years(longer)
                .zip(years(shorter))
                .is_some_and(|(long, short)| long.start() <= short.start() && short.end() <= long.end() && long != short)
    }

    /// The plans of all documents, each unit's in the order of years.
    #[must_use]
    pub fn plans(&self) -> BTreeMap<String, Vec<Plan>> {
        let mut found: BTreeMap<String, Vec<Plan>> = BTreeMap::new();
        for (at, case) in self.cases.iter().enumerate() {
            let document = &case.record.document;
            let period = document.period.as_ref();
            let day = |iso: Option<&String>| iso.and_then(|iso| Days::parse(iso)).map(|days| days.first.year());
            let from = period.and_then(|period| day(period.from.as_ref()));
            let to = period.and_then(|period| day(period.to.as_ref()));
            // A plan of several years, `2021 - 2025`, is no year's plan; an open one counts for its first year.
            let Some(year) = from.filter(|from| to.is_none_or(|to| to == *from)) else { continue };
            // A plan `năm 2024` issued in 2025 has last year's title (HD003 tells of it): its year is the one that its own
            // headings name, `I. MỤC TIÊU NĂM 2025`; else nobody can tell.
            let late = case.issued.map(|issued| issued.first.year()).filter(|issued| *issued > year);
            let year = match late.filter(|_| document.kind == DocumentKind::Plan) {
                None => year,
                Some(issued) => {
                    let named = record_names(case, issued);
                    if named && issued == year + 1 { issued } else { continue }
                }
            };
            if let Some(unit) = self.plan_unit(case) {
                found.entry(unit.clone()).or_default().push(Plan { document: at, unit, year });
            }
        }
        for plans in found.values_mut() {
            // Of one year the plan itself comes last, next to the year behind it: a report repeats its targets, with slips of its own.
            // Of several the last that was issued; their content settles what is left, so that the order in which documents are given
            // changes nothing.
            plans.sort_by_cached_key(|plan| {
                let Record { document, source, .. } = self.cases[plan.document].record;
                let is_plan = document.kind == DocumentKind::Plan;
                (plan.year, is_plan, document.date.clone(), document.number.clone(), source.sha256.clone())
            });
        }
        found
    }

    /// Whether a head says whose document it is; a province's departments are known by it alone.
    fn has_place(&self, head: &crate::record::Document) -> bool {
        head.province.is_some() || head.level != Level::Department && (head.district.is_some() || head.commune.is_some())
    }

    /// Pairs of documents of one unit that set targets for one indicator and are not compared, with the place of the indicator and why:
    /// what one of them is, or for when, is not known. Reports are compared by their results, and plans of several years with those
    /// of the years in them.
    #[must_use]
    pub fn uncompared(&self) -> Vec<(usize, usize, usize, (String, String))> {
        let mut by_unit: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, case) in self.cases.iter().enumerate() {
            if case.record.document.kind != DocumentKind::Report
                && !case.record.targets.is_empty()
                && let Some(unit) = self.unit(at)
            {
                by_unit.entry(unit).or_default().push(at);
            }
        }
        let annual: HashSet<usize> = self.plans().values().flatten().map(|plan| plan.document).collect();
        let mut found = Vec::new();
        for documents in by_unit.values() {
            for (place, one) in documents.iter().enumerate() {
                let own = self.by_indicator(*one);
                for other in &documents[place + 1..] {
                    let unknown = self.why_unknown(*one).or_else(|| self.why_unknown(*other));
                    let Some(why) = unknown.or_else(|| self.why_of_years(&annual, *one, *other)) else { continue };
                    let theirs = self.by_indicator(*other);
                    let shared = own.keys().filter(|indicator| theirs.contains_key(indicator));
                    found.extend(shared.map(|indicator| (*one, *other, *indicator, why.clone())));
                }
            }
        }
        found
    }

    /// Why a document's targets cannot be set beside another's of its unit; `None` where they can.
    fn why_unknown(&self, at: usize) -> Option<(String, String)> {
        let case = &self.cases[at];
        let name = &case.name;
        if !self.is_plan(at) {
            return Some((
                format!("không rõ {name} có phải kế hoạch không nên không so chỉ tiêu"),
                format!("whether {name} is a plan is not known, so that its targets are not compared"),
            ));
        }
        let period = case.record.document.period.as_ref();
        period.is_none_or(|period| period.from.is_none() && period.to.is_none()).then(|| {
            (
                format!("{name} không nêu thời kỳ nên không rõ chỉ tiêu của năm nào"),
                format!("{name} names no period, so that the year of its targets is not known"),
            )
        })
    }

    /// Why the years of two plans of one unit do not let them be set beside each other: `annual` are those of a single year, which are
    /// compared from year to year; a plan of a year with that of the years around it.
    fn why_of_years(&self, annual: &HashSet<usize>, one: usize, other: usize) -> Option<(String, String)> {
        let linked = |lower: usize, upper: usize| self.uppers(lower).iter().any(|found| found.document == upper);
        if annual.contains(&one) && annual.contains(&other) || linked(one, other) || linked(other, one) {
            return None;
        }
        Some((
            "hai kế hoạch của một đơn vị không cùng loại thời kỳ (một năm, nhiều năm) hoặc không bên nào căn cứ bên kia".into(),
            "two plans of one unit are not both for a year, and neither rests on the other".into(),
        ))
    }

    /// The documents of units that lie in a document's own, a province or a district.
    #[must_use]
    pub fn within(&self, at: usize) -> Vec<usize> {
        let head = &self.cases[at].record.document;
        let name = if head.level == Level::Province { &head.province } else { &head.district };
        let of_name = name.as_ref().and_then(|name| self.areas.get(&(head.level, fold(name))));
        let within = of_name.map_or(&[][..], |(_, within)| within.as_slice());
        within.iter().copied().filter(|other| self.one_province(at, *other)).collect()
    }

    /// The documents that set targets for a document's own unit, naming it: the district's plan that allots parts to its communes.
    pub fn allotting(&self, at: usize) -> impl Iterator<Item = usize> {
        let own = self.allotting.get(&self.collection.whose(at, None).key);
        own.into_iter().flatten().copied().filter(move |other| *other != at)
    }

    /// A commune's plan may leave out its province; of two names none may differ.
    fn one_province(&self, one: usize, other: usize) -> bool {
        let name = |at: usize| self.cases[at].record.document.province.as_deref().map(fold);
        name(one).is_none_or(|one| name(other).is_none_or(|other| one == other))
    }

    /// Whose plan a document holds; `None` where it is none and repeats none.
    fn plan_unit(&self, case: &Case) -> Option<String> {
        let document = &case.record.document;
        let place = || {
            [&document.province, &document.district, &document.commune]
                .map(|name| name.as_deref().map(fold).unwrap_or_default())
                .join("|")
        };
        let own = || match document.level {
            Level::Department => format!("department|{}|{}", place(), document.issuer.as_deref().map(fold).unwrap_or_default()),
            level => format!("{level:?}|{}", place()),
        };
        match document.kind {
            // A ministry has no place; it is known by its name.
            DocumentKind::Plan if document.level == Level::Central => {
                document.issuer.as_deref().map(|issuer| format!("central|{}", fold(issuer)))
            }
            DocumentKind::Plan => self.has_place(document).then(own),
            DocumentKind::Report => {
                // A department reports on the province's plan: the plan is the province's.
                let basis =
                    case.record.references.iter().find(|reference| {
                        reference.role == ReferenceRole::Basis && reference.kind.as_deref() == Some("Kế hoạch")
                    })?;
                let letters = basis.number.as_deref().and_then(Symbol::parse).map(|symbol| symbol.letters.to_owned())?;
                let of_unit = ["UBND", "BCĐ"].iter().any(|body| letters.contains(body));
                let level = if document.level == Level::Department && of_unit { Level::Province } else { document.level };
                let whole =
                    case.record.targets.iter().filter(|target| target.row.is_some() && target.actual.is_some()).count() >= 3;
                (whole && self.has_place(document)).then(|| format!("{level:?}|{}", place()))
            }
            _ => None,
        }
    }

    /// The unit that a target of a document is for, folded, where its words or its scope name one.
    #[must_use]
    pub fn place(&self, document: usize, target: &Target) -> Option<String> {
        const KINDS: [&str; 10] =
            ["huyện ", "xã ", "thị xã ", "thành phố ", "phường ", "thị trấn ", "quận ", "tỉnh ", "tại ", "địa bàn "];
        let at = self.cases[document].record.targets.iter().position(|other| std::ptr::eq(other, target))?;
        let scope = || {
            let scope = target.scope.as_deref()?;
            let folded = fold(scope);
            // `huyện Sông Trà` names a unit, `cấp huyện` a level.
            let named = scope.split_whitespace().skip(1).any(|word| word.chars().next().is_some_and(char::is_uppercase));
            (named && KINDS.iter().any(|kind| folded.contains(kind))).then_some(folded)
        };
        self.places.get(&(document, at)).cloned().or_else(scope)
    }

    /// The unit that a target of a document is for, folded, where its words, its heading or its scope name another than the document's own.
    #[must_use]
    pub fn other_place(&self, document: usize, target: &Target) -> Option<String> {
        let at = self.cases[document].record.targets.iter().position(|other| std::ptr::eq(other, target))?;
        self.place(document, target).filter(|_| !self.own.contains(&(document, at)))
    }

    /// Whether a target is for a part, as its scope says: not where that only tells who set it, `tỉnh giao`.
    #[must_use]
    pub fn is_narrowed(&self, target: &Target) -> bool {
        target.scope.as_deref().is_some_and(|scope| !self.words.adds_nothing(scope))
    }

    /// The names of the units of a document, folded.
    #[must_use]
    pub fn own_places(&self, document: usize) -> Vec<String> {
        let head = &self.cases[document].record.document;
        [&head.commune, &head.district, &head.province].into_iter().flatten().map(|name| fold(name)).collect()
    }

    /// The last day that a target is for: its own, else its document's.
    #[must_use]
    pub fn end_of(&self, document: usize, target: &Target) -> Option<Days> {
        let case = &self.cases[document];
        let period = || {
            // A report on half a year repeats targets that are for the whole.
            let to = case.record.document.period.as_ref()?.to.as_deref()?;
            let year = to.get(..4)?;
            Some(if case.record.document.kind == DocumentKind::Report { format!("{year}-12-31") } else { to.to_owned() })
        };
        target.due.clone().or_else(period).as_deref().and_then(Days::parse)
    }

    /// The strictest of the targets that a document sets for one indicator: what is asked of it at least.
    #[must_use]
    pub fn weakest<'t>(&self, targets: &[&'t Target]) -> Option<&'t Target> {
        targets.iter().copied().filter(|target| target.change.is_none()).min_by(|one, other| {
            let key = |target: &Target| Interval::of(target).value;
            key(one).total_cmp(&key(other))
        })
    }
}

/// Whether a heading of the text names a year: `I. MỤC TIÊU NĂM 2025`.
fn record_names(case: &Case, year: i16) -> bool {
    let named = |title: &str| fold(title).contains(&format!("năm {year}")) && super::quotes::years(title) == [year];
    case.record.sections.iter().any(|heading| heading.level <= 2 && named(&heading.title))
}

/// The plans that a document rests on: number, folded, and date.
fn bases(record: &Record) -> Vec<(String, String)> {
    let basis = record.references.iter().filter(|reference| reference.role == ReferenceRole::Basis);
    let mut keys: Vec<(String, String)> = basis
        .filter(|reference| reference.kind.as_deref().is_none_or(|kind| kind == "Kế hoạch" || kind == "Chương trình"))
        .filter_map(|reference| Some((fold(reference.number.as_deref()?), reference.date.clone()?)))
        .collect();
    keys.dedup();
    keys
}

fn same(one: &Option<String>, other: &Option<String>) -> bool {
    one.as_deref().map(fold) == other.as_deref().map(fold)
}
