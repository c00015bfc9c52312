//! A claim → its verdict.
//!
//! First every claim that the document says as it is takes its value; then the others are held against what is left, the nearest words
//! first; a value that no words near are of is looked for among all numbers of the text.

use super::claim::{Claim, Said};
use super::sides::{Side, Sides, key};
use super::{Difference, Doubt, Field, Judged, Missed, StandsAs, Verdict};
use crate::check::alike::{Likeness, Wording};
use crate::check::show;
use crate::record::ledger::{Class, Entry};
use crate::record::{ChangeKind, Role};
use crate::words::{fold, years};

/// So much of a claim's words must stand in and around an item for it to be what the claim is about, though not surely.
const NEAR: f64 = 0.7;
/// So much, and the same value says that it is, in other words.
const REWORDED: f64 = 0.8;
/// So much of a claim's words around a number that nothing understood, and the number may be the claim's.
const PERHAPS: f64 = 0.5;
/// So much of a claim's words around a number that was read as something else.
const LIKELY: f64 = 0.75;
/// Agencies whose names have so much in common are one.
const SAME_BODY: f64 = 0.7;

/// A claim ready to be compared.
struct Ready<'c> {
    claim: &'c Claim,
    wording: Wording,
    /// How many of its words say something.
    length: usize,
    words: Vec<String>,
    /// The level, group or place that it is for.
    scope: Option<Wording>,
}

impl<'c> Ready<'c> {
    fn new(claim: &'c Claim) -> Self {
        let all = claim.scope.as_deref().map_or_else(|| claim.indicator.clone(), |scope| format!("{} {scope}", claim.indicator));
        let wording = Wording::new(&all);
        let words: Vec<String> = wording.words().map(str::to_owned).collect();
        Self { claim, length: words.len(), wording, words, scope: claim.scope.as_deref().map(Wording::new) }
    }

    /// How much of its words stand in a text, from 0 to 1.
    fn cover(&self, text: &Wording) -> f64 {
        let [outside, _] = self.wording.left_over(text);
        share(self.length.saturating_sub(outside.len()), self.length)
    }

    fn has_value(&self, value: f64) -> bool {
        self.claim.values.iter().any(|own| key(*own) == key(value))
    }
}

#[allow(clippy::cast_precision_loss)]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// How the words of a claim stand to an item's.
struct Match {
    /// They name one thing.
    same: bool,
    /// How much of the claim's words stand in and around the item.
    cover: f64,
    /// How near the wordings are.
    closeness: f64,
    /// What the claim calls its level, group or place, and the item its own, where these are two.
    level: Option<[String; 2]>,
}

fn compare(ready: &Ready, side: &Side) -> Option<Match> {
    // Few words in common: another thing. An abbreviation stands for several words, and is none of them.
    let common = ready.words.iter().filter(|word| side.words.contains(*word)).count();
    if share(common, ready.length) < 0.4 {
        return None;
    }
    let likeness = ready.wording.compare(&side.own);
    let [_, theirs] = ready.wording.left_over(&side.own);
    let telling =
        |words: &[&str]| words.iter().copied().filter(|word| Wording::is_telling(word)).map(str::to_owned).collect::<Vec<_>>();
    let [outside, _] = ready.wording.left_over(&side.context);
    let [unsaid, _] = ready.wording.left_over(&side.near);
    let cover = share(ready.length.saturating_sub(outside.len()), ready.length);
    let theirs_telling = telling(&theirs);
    // `cấp tỉnh` for `cấp xã`, where the sentence has no such words either; a level claimed that stands nowhere around.
    let swapped = ready.wording.swapped(&side.own).filter(|[own, _]| unsaid.contains(own));
    let level = swapped.map(|words| words.map(str::to_owned)).or_else(|| other_scope(ready, side)).or_else(|| {
        let scope = ready.scope.as_ref().map(|scope| scope.left_over(&side.context)[0].clone()).unwrap_or_default();
        let unknown = telling(&scope);
        (!unknown.is_empty()).then(|| [unknown.join(" "), side.scope.unwrap_or_default().to_owned()])
    });
    let own = side.own.length();
    let within = outside.is_empty() && theirs_telling.is_empty() && share(own.saturating_sub(theirs.len()), own) >= 0.5;
    let same = level.is_none() && (likeness == Likeness::Same || within);
    let closeness = ready.wording.closeness(&side.own);
    (same || cover >= NEAR).then_some(Match { same, cover, closeness, level })
}

/// The level, group or place of a claim and of an item, where both have one and these are two: one sentence may name both.
fn other_scope(ready: &Ready, side: &Side) -> Option<[String; 2]> {
    let (own, theirs) = (ready.scope.as_ref()?, Wording::new(side.scope?));
    let [mine, others] = own.left_over(&theirs);
    let apart =
        !mine.is_empty() && !others.is_empty() && (own.compare(&theirs) == Likeness::Other || own.swapped(&theirs).is_some());
    apart.then(|| [ready.claim.scope.clone().unwrap_or_default(), side.scope.unwrap_or_default().to_owned()])
}

/// The fields in which a claim and an item differ, without the words.
fn differences(ready: &Ready, side: &Side, sides: &Sides) -> Vec<Difference> {
    let claim = ready.claim;
    let mut found = Vec::new();
    let mut tell = |field, claimed: String, document: String| found.push(Difference { field, claimed, document });
    let number = |value: f64, to: Option<f64>| super::claim::shown(None, value, to, None);
    let to_differs = claim.to.is_some_and(|to| side.to.is_none_or(|own| key(own) != key(to)));
    if !ready.has_value(side.value) || to_differs {
        tell(Field::Value, number(claim.values.first().copied().unwrap_or_default(), claim.to), number(side.value, side.to));
    }
    if let Some(unit) = claim.unit.as_deref().filter(|unit| !is_unit_of(unit, side)) {
        tell(Field::Unit, unit.to_owned(), side.unit.unwrap_or_default().to_owned());
    }
    let compares = claim.comparator.filter(|comparator| *comparator != side.comparator);
    let changes = claim.change.filter(|change| side.change.is_none_or(|own| own.kind != *change));
    if compares.is_some() || changes.is_some() {
        let words = |change: Option<ChangeKind>, comparator| {
            let change = match change {
                Some(ChangeKind::Increase) => "tăng ",
                Some(ChangeKind::Decrease) => "giảm ",
                Some(ChangeKind::Multiple) => "gấp ",
                None => "",
            };
            format!("{change}{}", show::comparator_vi(comparator))
        };
        let own = side.change.map(|change| change.kind);
        tell(Field::Comparator, words(claim.change, claim.comparator.unwrap_or(side.comparator)), words(own, side.comparator));
    }
    if let (Some(claimed), Some(own)) = (claim.scope.as_deref(), side.scope) {
        let (one, other) = (years(claimed), years(own));
        if !one.is_empty() && !other.is_empty() && one.iter().all(|year| !other.contains(year)) {
            tell(Field::Scope, claimed.to_owned(), own.to_owned());
        }
    }
    if let Some(claimed) = claim.due.as_deref().filter(|_| side.said == Said::Target) {
        let days = sides.days(side);
        if let Some(own) = days.first().filter(|_| !days.contains(&claimed)) {
            tell(Field::Time, claimed.to_owned(), (*own).to_owned());
        }
    }
    for (role, name) in &claim.agencies {
        let is_one = |own: &str| {
            let (one, other) = (Wording::new(name), Wording::new(own));
            let [mine, theirs] = one.left_over(&other);
            // One name may go on where the other was cut: `các doanh nghiệp`, `các doanh nghiệp, trung tâm …`.
            mine.is_empty() || theirs.is_empty() || one.closeness(&other) >= SAME_BODY && !one.tells_apart(&other)
        };
        let own: Vec<&str> =
            side.agencies.iter().filter(|agency| agency.role == *role).map(|agency| agency.name.as_str()).collect();
        if !own.iter().any(|own| is_one(own)) {
            let role = role_vi(*role);
            tell(
                Field::Agency,
                format!("{role}: {name}"),
                if own.is_empty() { String::new() } else { format!("{role}: {}", own.join("; ")) },
            );
        }
    }
    if let Some(first) = claim.result.first()
        && side.said == Said::Target
        && side.result.is_none_or(|own| claim.result.iter().all(|result| key(*result) != key(own)))
    {
        tell(Field::Result, show::vi(*first), side.result.map(show::vi).unwrap_or_default());
    }
    found
}

fn role_vi(role: Role) -> &'static str {
    match role {
        Role::Monitor => "theo dõi",
        Role::Lead => "chủ trì",
        Role::Coordinate => "phối hợp",
    }
}

/// Whether a unit is an item's: the same, more or less of it (`hộ`, `hộ dân`), or where the item has none, among its words.
fn is_unit_of(claimed: &str, side: &Side) -> bool {
    let plain = |unit: &str| fold(unit).split(|c: char| c.is_whitespace() || c == '.').collect::<String>();
    let claimed_plain = plain(claimed);
    // What is counted and no more is no unit of its own: `Gia cầm: 3.262`.
    match side.known_unit().map(plain) {
        Some(own) => own == claimed_plain || begins(&own, &claimed_plain) || begins(&claimed_plain, &own),
        None => Wording::new(claimed).left_over(&side.near)[0].is_empty() && claimed.chars().any(char::is_alphabetic),
    }
}

fn begins(long: &str, short: &str) -> bool {
    !short.is_empty() && short.chars().any(char::is_alphabetic) && long.starts_with(short)
}

/// An item beside a claim.
struct Pair<'s, 'r> {
    at: usize,
    side: &'s Side<'r>,
    words: Match,
    differs: Vec<Difference>,
}

impl Pair<'_, '_> {
    fn has_value(&self) -> bool {
        self.differs.iter().all(|difference| difference.field != Field::Value)
    }

    fn has_unit(&self) -> bool {
        self.differs.iter().all(|difference| difference.field != Field::Unit)
    }

    /// How much is amiss: the value weighs more than the unit, that more than the rest.
    fn weight(&self) -> usize {
        let weight = |difference: &Difference| match difference.field {
            Field::Value => 4,
            Field::Unit => 2,
            _ => 1,
        };
        self.differs.iter().map(weight).sum()
    }

    fn holds(&self) -> bool {
        self.differs.is_empty() && self.words.level.is_none() && (self.words.same || self.words.cover >= REWORDED)
    }
}

/// The verdicts, and what no claim says.
pub(super) fn judge(sides: &Sides, claims: &[Claim]) -> (Vec<Judged>, Vec<Missed>) {
    let ready: Vec<Ready> = claims.iter().map(Ready::new).collect();
    let mut taken = vec![false; sides.all.len()];
    let mut verdicts: Vec<Option<Judged>> = Vec::with_capacity(claims.len());
    let mut waiting = Vec::new();
    for (place, one) in ready.iter().enumerate() {
        let pairs = pairs(one, sides);
        let best = pairs.iter().filter(|pair| pair.side.said == one.claim.said && pair.holds()).max_by(|a, b| {
            // Body and annex may say it twice, and the claims too.
            taken[b.at].cmp(&taken[a.at]).then(a.words.closeness.total_cmp(&b.words.closeness)).then(b.at.cmp(&a.at))
        });
        let told = best.map(|pair| {
            taken[pair.at] = true;
            about(one.claim, Verdict::Holds, pair.side)
        });
        if told.is_none() {
            waiting.push((place, pairs));
        }
        verdicts.push(told);
    }
    for (place, pairs) in waiting {
        let (judged, item) = doubtful(&ready[place], pairs, sides, &taken);
        item.into_iter().for_each(|at| taken[at] = true);
        verdicts[place] = Some(judged);
    }
    let missed = missed(sides, claims, &taken);
    (verdicts.into_iter().flatten().collect(), missed)
}

fn pairs<'s, 'r>(ready: &Ready, sides: &'s Sides<'r>) -> Vec<Pair<'s, 'r>> {
    let pair = |(at, side): (usize, &'s Side<'r>)| {
        let words = compare(ready, side)?;
        Some(Pair { at, side, words, differs: differences(ready, side, sides) })
    };
    sides.all.iter().enumerate().filter_map(pair).collect()
}

fn about(claim: &Claim, verdict: Verdict, side: &Side) -> Judged {
    Judged {
        item: Some(side.id.to_owned()),
        section: side.section.map(str::to_owned),
        evidence: side.evidence.to_vec(),
        ..bare(claim, verdict)
    }
}

fn bare(claim: &Claim, verdict: Verdict) -> Judged {
    Judged {
        at: claim.at,
        id: claim.id.clone(),
        indicator: claim.indicator.clone(),
        claim: claim.shown(),
        verdict,
        differs: Vec::new(),
        stands_as: None,
        doubt: None,
        class: None,
        why: None,
        item: None,
        section: None,
        evidence: Vec::new(),
    }
}

/// The verdict on a claim that the document does not say as it is, and the item that it is about.
fn doubtful(ready: &Ready, pairs: Vec<Pair>, sides: &Sides, taken: &[bool]) -> (Judged, Option<usize>) {
    let claim = ready.claim;
    let mut own: Vec<&Pair> = pairs.iter().filter(|pair| pair.side.said == claim.said).collect();
    own.sort_by(|a, b| {
        let rank = |pair: &Pair| (!pair.words.same, pair.words.level.is_some(), taken[pair.at], pair.weight());
        rank(a).cmp(&rank(b)).then(b.words.closeness.total_cmp(&a.words.closeness))
    });
    let same = own.iter().find(|pair| pair.words.same);
    if let Some(pair) = same.filter(|pair| pair.has_value()) {
        // Nothing but a unit that the document leaves to the reader: `Đàn gia cầm: 1.153`.
        if pair.side.known_unit().is_none() && pair.differs.iter().all(|difference| difference.field == Field::Unit) {
            return (Judged { doubt: Some(Doubt::Unit), ..about(claim, Verdict::Undecided, pair.side) }, Some(pair.at));
        }
        return (Judged { differs: pair.differs.clone(), ..about(claim, Verdict::Differs, pair.side) }, Some(pair.at));
    }
    // The value stands beside other words than the claim's, and the claim's beside another value.
    let differs = same.map(|pair| pair.differs.clone()).unwrap_or_default();
    let item = same.map(|pair| pair.at);
    let other_level = own.iter().find(|pair| pair.words.level.is_some() && pair.has_value() && pair.has_unit());
    if let Some(pair) = other_level {
        let scope = pair.words.level.clone().map(|[claimed, document]| Difference { field: Field::Scope, claimed, document });
        let told = Judged {
            differs: scope.into_iter().chain(pair.differs.iter().cloned()).collect(),
            stands_as: Some(StandsAs::OtherScope),
            ..about(claim, if same.is_some() { Verdict::NotInDocument } else { Verdict::Differs }, pair.side)
        };
        return (told, item.or(Some(pair.at)));
    }
    if same.is_none() {
        // Words that are only near: with the value of the claim they are its own, or may be.
        if let Some(pair) = own.iter().find(|pair| pair.has_value() && pair.has_unit() && pair.words.level.is_none()) {
            let told = if pair.words.cover >= REWORDED {
                Judged { differs: pair.differs.clone(), ..about(claim, Verdict::Differs, pair.side) }
            } else {
                Judged { doubt: Some(Doubt::Wording), ..about(claim, Verdict::Undecided, pair.side) }
            };
            return (told, Some(pair.at));
        }
    }
    let as_other = pairs.iter().find(|pair| pair.side.said != claim.said && pair.has_value() && pair.words.level.is_none());
    if let Some(pair) = as_other {
        let stands_as = Some(if pair.side.said == Said::Result { StandsAs::Result } else { StandsAs::Target });
        return (Judged { differs, stands_as, ..about(claim, Verdict::NotInDocument, pair.side) }, item);
    }
    let found = elsewhere(ready, sides);
    match (found, same) {
        // Where the claim's own words are read with another value, a number that was read as something else is not the claim's.
        (Some(found @ Judged { doubt: Some(Doubt::Unread), .. }), _) => (found, item),
        (_, Some(pair)) => (Judged { differs, ..about(claim, Verdict::Differs, pair.side) }, item),
        (Some(found), None) => (found, None),
        (None, None) => (Judged { stands_as: Some(StandsAs::Nowhere), ..bare(claim, Verdict::NotInDocument) }, None),
    }
}

/// The verdict on a claim by the numbers of the text that have its value; `None` where there are none.
fn elsewhere(ready: &Ready, sides: &Sides) -> Option<Judged> {
    let claim = ready.claim;
    let mut found: Vec<(f64, &Entry)> =
        sides.numbers(&claim.values).map(|entry| (ready.cover(&sides.passage(entry)), entry)).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.start.cmp(&b.1.start)));
    let told = |entry: &Entry, verdict: Verdict| Judged {
        class: Some(entry.class),
        why: entry.why,
        evidence: sides.evidence(entry),
        ..bare(claim, verdict)
    };
    if let Some((_, entry)) = found.iter().find(|(cover, entry)| entry.class == Class::Unread && *cover >= PERHAPS) {
        return Some(Judged { doubt: Some(Doubt::Unread), ..told(entry, Verdict::Undecided) });
    }
    let (cover, entry) = found.first()?;
    if *cover >= LIKELY {
        let stands_as = match entry.class {
            Class::Described => Some(StandsAs::Described),
            _ => None,
        };
        return Some(match stands_as {
            Some(_) => Judged { stands_as, ..told(entry, Verdict::NotInDocument) },
            None => Judged { doubt: Some(Doubt::Wording), ..told(entry, Verdict::Undecided) },
        });
    }
    let side = found.iter().find_map(|(_, entry)| sides.read_into(entry).next());
    Some(match side {
        Some(side) => Judged { stands_as: Some(StandsAs::OtherItem), ..about(claim, Verdict::NotInDocument, side) },
        None => Judged { stands_as: Some(StandsAs::Other), ..told(entry, Verdict::NotInDocument) },
    })
}

/// What the document says and no claim does: targets, and results where some are claimed. What is said twice is claimed once.
fn missed(sides: &Sides, claims: &[Claim], taken: &[bool]) -> Vec<Missed> {
    let results = claims.iter().any(|claim| claim.said == Said::Result);
    let is_claimed = |side: &Side| {
        sides.all.iter().zip(taken).any(|(other, taken)| {
            *taken
                && key(other.value) == key(side.value)
                && other.unit.map(fold) == side.unit.map(fold)
                && other.own.compare(&side.own) == Likeness::Same
        })
    };
    let left = sides.all.iter().zip(taken).filter(|(side, taken)| !**taken && (side.said == Said::Target || results));
    let mut missed: Vec<Missed> = left
        .map(|(side, _)| side)
        .filter(|side| !is_claimed(side))
        .map(|side| Missed {
            id: side.id.to_owned(),
            indicator: side.scope.map_or_else(|| side.indicator.to_owned(), |scope| format!("{} ({scope})", side.indicator)),
            says: side.says(),
            section: side.section.map(str::to_owned),
            evidence: side.evidence.to_vec(),
        })
        .collect();
    missed.sort_by_key(|missed| missed.evidence.first().map(|piece| piece.start));
    missed
}
