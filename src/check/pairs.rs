//! Which target of the body is which of the annex.

use std::collections::HashMap;

use super::alike::{Likeness, Wording};
use super::case::{Case, Days};
use super::finding::{Report, Severity};
use crate::record::{Origin, Target};

/// So much in common, and a target is not missing, even where the one beside it has been matched already: `… đến cấp xã` and
/// `… đến cấp xã, thị trấn`.
const NEARLY: f64 = 0.8;

/// So many targets of the body times those of the annex are compared at most. Plans with hundreds of targets in both stay far below;
/// beyond it the time would grow with the square of the length, and nobody has made such a file to be read.
const MOST: usize = 250_000;

/// The targets of one document, matched between body and annex.
#[derive(Debug)]
pub struct Pairs<'a> {
    /// The same target in the body and in the annex.
    pub matched: Vec<(&'a Target, &'a Target)>,
    /// In the body, and nothing like it in the annex.
    pub only_body: Vec<&'a Target>,
    /// In the annex, and nothing like it in the body.
    pub only_annex: Vec<&'a Target>,
    /// In one of them, and something like it in the other, so that nobody but a reader can tell.
    pub near: Vec<(&'a Target, &'a Target)>,
    /// Whether the annex hands out the body's targets: half of it or more is found in the body.
    pub mirrors: bool,
    /// Whether nearly all of it is: what is missing then is a slip, and no choice.
    pub close: bool,
    /// Whether there are too many targets to compare all of them.
    pub cut: bool,
}

/// [`Pairs`] as places in the record's list of targets.
#[derive(Debug)]
pub(super) struct Places {
    matched: Vec<(usize, usize)>,
    only_body: Vec<usize>,
    only_annex: Vec<usize>,
    near: Vec<(usize, usize)>,
    mirrors: bool,
    close: bool,
    cut: bool,
}

impl<'a> Pairs<'a> {
    /// The targets of a document, matched: once, however many rules ask.
    #[must_use]
    pub fn of(case: &Case<'a>) -> Self {
        let places = case.matched.get_or_init(|| Self::matched(case).places(case));
        let targets = &case.record.targets;
        let two = |pairs: &[(usize, usize)]| pairs.iter().map(|(one, other)| (&targets[*one], &targets[*other])).collect();
        let one = |places: &[usize]| places.iter().map(|at| &targets[*at]).collect();
        Self {
            matched: two(&places.matched),
            only_body: one(&places.only_body),
            only_annex: one(&places.only_annex),
            near: two(&places.near),
            mirrors: places.mirrors,
            close: places.close,
            cut: places.cut,
        }
    }

    /// The same as places in the record's list of targets.
    fn places(&self, case: &Case) -> Places {
        let at: HashMap<*const Target, usize> =
            case.record.targets.iter().enumerate().map(|(at, target)| (std::ptr::from_ref(target), at)).collect();
        let place = |target: &Target| at.get(&std::ptr::from_ref(target)).copied().unwrap_or_default();
        let two = |pairs: &[(&Target, &Target)]| pairs.iter().map(|(one, other)| (place(one), place(other))).collect();
        Places {
            matched: two(&self.matched),
            only_body: self.only_body.iter().map(|target| place(target)).collect(),
            only_annex: self.only_annex.iter().map(|target| place(target)).collect(),
            near: two(&self.near),
            mirrors: self.mirrors,
            close: self.close,
            cut: self.cut,
        }
    }

    /// Matches the targets of a document.
    fn matched(case: &Case<'a>) -> Self {
        let targets = &case.record.targets;
        let of = |origin| {
            targets.iter().filter(move |target| target.origin == origin && !counts_targets(target)).collect::<Vec<&Target>>()
        };
        let (mut body, mut annex) = (of(Origin::Body), of(Origin::Annex));
        let cut = body.len().saturating_mul(annex.len()) > MOST;
        if cut {
            // The first ones of both, of the longer list more.
            body.truncate((MOST / annex.len()).max(500));
            annex.truncate(MOST / body.len());
        }
        let worded = |targets: &[&Target]| targets.iter().map(|target| Wording::of(target)).collect::<Vec<_>>();
        let (body_words, annex_words) = (worded(&body), worded(&annex));
        let mut pairs = Self {
            matched: Vec::new(),
            only_body: Vec::new(),
            only_annex: Vec::new(),
            near: Vec::new(),
            mirrors: false,
            close: false,
            cut,
        };
        let mut taken = vec![false; annex.len()];
        let mut alone = Vec::new();
        for (at, target) in body.iter().enumerate() {
            let same = |there: &usize| {
                body_words[at].compare(&annex_words[*there]) == Likeness::Same && same_time(case, target, annex[*there])
            };
            let rank = |there: usize| {
                let equal = target.value == annex[there].value && target.unit == annex[there].unit;
                (!taken[there], equal, body_words[at].closeness(&annex_words[there]))
            };
            let best = (0..annex.len()).filter(same).max_by(|one, other| {
                let (one, other) = (rank(*one), rank(*other));
                one.0.cmp(&other.0).then(one.1.cmp(&other.1)).then(one.2.total_cmp(&other.2))
            });
            match best {
                Some(best) => {
                    taken[best] = true;
                    pairs.matched.push((target, annex[best]));
                }
                None => alone.push(at),
            }
        }
        // Only the section that most of the annex was found in lists the targets; others set them inside tasks.
        let top = |target: &Target| target.section.as_deref().map(|path| path.split('.').next().unwrap_or(path).to_owned());
        let home = pairs.matched.first().and_then(|_| {
            let mut counts: std::collections::BTreeMap<Option<String>, usize> = std::collections::BTreeMap::new();
            for (body, _) in &pairs.matched {
                *counts.entry(top(body)).or_default() += 1;
            }
            counts.into_iter().max_by_key(|(_, count)| *count).map(|(section, _)| section)
        });
        let reached = taken.iter().filter(|taken| **taken).count();
        pairs.mirrors = !cut && reached >= 3 && reached * 2 >= annex.len();
        pairs.close = !cut && reached >= 3 && reached * 5 >= annex.len() * 4;
        let nearest = |words: &Wording, others: &[Wording]| {
            (0..others.len())
                .filter(|there| words.compare(&others[*there]) != Likeness::Other)
                .max_by(|one, other| words.closeness(&others[*one]).total_cmp(&words.closeness(&others[*other])))
        };
        for at in alone.into_iter().filter(|at| home.as_ref().is_some_and(|home| *home == top(body[*at]))) {
            // The same for another year is there, not missing.
            if annex_words.iter().any(|words| body_words[at].compare(words) == Likeness::Same) {
                continue;
            }
            let open = |there: &usize| !taken[*there] || body_words[at].closeness(&annex_words[*there]) >= NEARLY;
            match nearest(&body_words[at], &annex_words).filter(open) {
                Some(there) => pairs.near.push((body[at], annex[there])),
                None => pairs.only_body.push(body[at]),
            }
        }
        for there in (0..annex.len()).filter(|there| !taken[*there]) {
            let paired = |target: &Target| pairs.matched.iter().any(|(body, _)| std::ptr::eq(*body, target));
            if pairs.near.iter().any(|(_, other)| std::ptr::eq(*other, annex[there]))
                || body_words.iter().any(|words| words.compare(&annex_words[there]) == Likeness::Same)
            {
                continue;
            }
            let open = |at: &usize| !paired(body[*at]) || body_words[*at].closeness(&annex_words[there]) >= NEARLY;
            match nearest(&annex_words[there], &body_words).filter(open) {
                Some(at) => pairs.near.push((body[at], annex[there])),
                None => pairs.only_annex.push(annex[there]),
            }
        }
        pairs
    }
}

/// Targets that one place has and the other lacks, as two rules tell of them. Empty where the
/// annex hands out other things than the body's targets; one sentence with several values is told once.
#[must_use]
pub fn lacking<'a>(case: &Case, pairs: &Pairs<'a>, only: &[&'a Target]) -> Vec<Report> {
    if !pairs.mirrors {
        return Vec::new();
    }
    let mut told: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for target in only {
        if is_in_a_row(case, target) {
            continue;
        }
        let sides = case.target(target);
        let start = sides.first().map_or(0, |side| side.start);
        if !told.contains(&start) {
            told.push(start);
            // A section of which the other side has nothing at all was left out on purpose: ranks, or what somebody else hands out.
            let kin = |other: &Target| other.origin == target.origin && other.section == target.section;
            let beside = pairs.matched.iter().any(|(body, annex)| kin(body) || kin(annex));
            let severity = if pairs.close && beside { Severity::Warning } else { Severity::Note };
            found.push(Report::new(sides).severity(severity).cause("annex").value("indicator", &target.indicator));
        }
    }
    found
}

/// Whether a row of an annex speaks of a target of the body, though no value of it was read: `Tỷ lệ hộ dùng nước sạch | Sở Xây dựng`,
/// or its value is in a column whose label does not say that it is wanted.
fn is_in_a_row(case: &Case, target: &Target) -> bool {
    let words = Wording::of(target);
    target.origin == Origin::Body
        && case.record.tables.iter().flat_map(|table| &table.rows).flatten().any(|cell| {
            let close = |text: &str| {
                let others = Wording::new(text);
                // `Tỷ lệ hộ dùng nước sạch` within `Tỷ lệ hộ dùng nước sạch theo quy chuẩn, đo tại hộ`.
                let within = words.length() >= 4 && words.words().all(|word| others.words().any(|other| other == word));
                within || words.compare(&others) == Likeness::Same || words.closeness(&others) >= NEARLY
            };
            cell.len() >= 8 && cell.len() < 600 && close(cell)
        })
}

/// `hoàn thành 06 chỉ tiêu sau` may be read as a target; it counts them.
#[must_use]
pub fn counts_targets(target: &Target) -> bool {
    target.unit.as_deref() == Some("chỉ tiêu")
}

/// Whether two targets are for one time: a target without a time of its own is for the document's.
pub fn same_time(case: &Case, one: &Target, other: &Target) -> bool {
    let end = |target: &Target| {
        let due = target.due.as_deref().and_then(Days::parse).map(|days| days.last);
        due.or_else(|| case.record.document.period.as_ref()?.to.as_deref().and_then(Days::parse).map(|days| days.last))
    };
    match (&one.due, &other.due) {
        (None, None) => {
            let (one, other) = (case.heading_years(one.section.as_deref()), case.heading_years(other.section.as_deref()));
            one.is_empty() || other.is_empty() || one.iter().any(|year| other.contains(year))
        }
        (Some(one), Some(other)) => one == other,
        _ => end(one) == end(other),
    }
}
