//! Targets of two documents for one indicator: which of them are for one time, and how they stand to each other.

use std::collections::BTreeMap;

use super::case::Case;
use super::cases::{Cases, Upper};
use super::finding::{Findings, Side};
use super::interval::{Interval, Standing};
use crate::record::{Comparator, Direction, Level, Target};
use crate::words::fold;

/// Two targets for one indicator, and how the lower, or later, one stands to the other.
pub struct Pair<'t> {
    /// The upper level's, or the earlier one.
    pub upper: &'t Target,
    /// The lower level's, or the later one.
    pub lower: &'t Target,
    /// How it stands.
    pub standing: Standing,
}

/// A lower plan's target beside its superior's for the same indicator and time.
pub struct Below<'c, 't> {
    /// The document above.
    pub upper: &'c Upper,
    /// The case of the lower plan.
    pub case: &'c Case<'t>,
    /// The two targets, and how the lower one stands.
    pub pair: Pair<'t>,
}

/// Why two targets for one indicator are not compared, in Vietnamese and in English.
pub type Apart = (String, String);

/// A lower plan's target that is not compared with its superior's for the same indicator, and why.
pub struct Skipped<'c, 't> {
    /// The document above.
    pub upper: &'c Upper,
    /// The lower plan.
    pub lower: usize,
    /// Its case.
    pub case: &'c Case<'t>,
    /// The upper level's target.
    pub wanted: &'t Target,
    /// The lower plan's.
    pub set: &'t Target,
    /// Why.
    pub why: Apart,
}

/// Hands `tell` every plan's targets beside those of the documents above it: for each indicator the worst pair of each kind, so
/// that a plan that repeats a target in body and annex is told of once. `skip` is handed the indicators of which no pair could be
/// compared.
pub fn each_below<'t>(cases: &Cases<'t>, mut tell: impl FnMut(Below<'_, 't>), mut skip: impl FnMut(Skipped<'_, 't>)) {
    for (lower, case) in cases.cases.iter().enumerate().filter(|(at, _)| cases.is_plan(*at)) {
        let own = cases.by_indicator(lower);
        for upper in cases.uppers(lower) {
            for (indicator, targets) in &cases.by_indicator(upper.document) {
                let Some(below) = own.get(indicator) else { continue };
                let mut told = Vec::new();
                let mut apart = None;
                for set in below {
                    let Some(pair) = against(cases, (upper.document, targets), (lower, &[*set])) else {
                        apart = apart.or_else(|| Some((targets.first()?, *set)));
                        continue;
                    };
                    let kind = std::mem::discriminant(&pair.standing);
                    if !told.contains(&kind) {
                        told.push(kind);
                        tell(Below { upper: &upper, case, pair });
                    }
                }
                if let Some((wanted, set)) = apart.filter(|_| told.is_empty())
                    && let Some(why) = why_apart(cases, (upper.document, wanted), (lower, set))
                {
                    skip(Skipped { upper: &upper, lower, case, wanted, set, why });
                }
            }
        }
    }
}

/// How a lower plan's targets stand to its superior's: the worst of them, for one end of time. `None` where they are for different
/// times.
#[must_use]
pub fn against<'t>(cases: &Cases, upper: (usize, &[&'t Target]), lower: (usize, &[&'t Target])) -> Option<Pair<'t>> {
    let found = pick(cases, upper, lower, |wanted, set| {
        if !is_for_the_place(cases, (upper.0, wanted), (lower.0, set)) {
            return false;
        }
        // A plan of a stage binds at its end; a year's plan in between may still be on its way.
        match (cases.end_of(upper.0, wanted), cases.end_of(lower.0, set)) {
            (Some(wanted), Some(set)) => wanted.last <= set.last,
            _ => false,
        }
    });
    found.map(|pair| {
        let direction = cases.cases[upper.0].direction(pair.upper);
        // `21.000 lao động` of a province is the sum of its districts': none of them has to reach it alone.
        let parted = direction == Some(Direction::Up)
            && is_amount(pair.upper)
            && matches!(cases.cases[lower.0].record.document.level, Level::District | Level::Commune)
            && cases.place(upper.0, pair.upper).is_none();
        if pair.standing == Standing::Violated && parted {
            let standing = Standing::NotComparable(
                "mức của cấp trên là tổng toàn địa bàn, mỗi đơn vị chỉ thực hiện một phần".into(),
                "the upper level's is the total of its area; each unit has a part of it".into(),
            );
            return Pair { standing, ..pair };
        }
        let own_mean = pair.upper.comparator == Comparator::Eq && names_own_area(pair.lower);
        if pair.standing == Standing::Violated && (own_mean || is_mean(pair.upper, direction)) {
            let standing = Standing::NotComparable(
                "mức của cấp trên là mức chung toàn địa bàn, mỗi đơn vị có mức riêng".into(),
                "the upper level's is the mean of its whole area; each unit has its own".into(),
            );
            return Pair { standing, ..pair };
        }
        pair
    })
}

/// Whether an upper target and a lower one are for one place: `tại huyện Sông Trà 900 hộ` is that district's, and no other's.
fn is_for_the_place(cases: &Cases, upper: (usize, &Target), lower: (usize, &Target)) -> bool {
    let (above, below) = (cases.place(upper.0, upper.1), cases.place(lower.0, lower.1));
    let own = |place: &String| cases.own_places(lower.0).iter().any(|name| place.contains(name.as_str()));
    above == below || below.is_none() && above.as_ref().is_some_and(own)
}

/// Why an upper target and a lower one for one indicator are not compared; `None` where the upper one is another unit's.
fn why_apart(cases: &Cases, upper: (usize, &Target), lower: (usize, &Target)) -> Option<Apart> {
    if !is_for_the_place(cases, upper, lower) {
        return None;
    }
    let unknown = |document: usize| {
        let name = &cases.cases[document].name;
        Some((
            format!("{name} không nêu thời kỳ nên không rõ chỉ tiêu của năm nào"),
            format!("{name} names no period, so that the year of its targets is not known"),
        ))
    };
    match (cases.end_of(upper.0, upper.1), cases.end_of(lower.0, lower.1)) {
        (None, _) => unknown(upper.0),
        (_, None) => unknown(lower.0),
        (Some(wanted), Some(set)) => (wanted.last > set.last).then(|| {
            if wanted.first.year() == set.last.year() {
                (
                    "kỳ hạn của cấp trên sau kỳ hạn của cấp dưới trong cùng một năm".into(),
                    "the upper level's is due after the lower one's in the same year".into(),
                )
            } else {
                let (later, own) = (wanted.last.year(), set.last.year());
                (
                    format!("mức của cấp trên là của năm {later}, kế hoạch này mới đến năm {own}"),
                    format!("the upper level's is for {later}, this plan's for {own}"),
                )
            }
        }),
    }
}

/// What each unit may be told to do so often by itself: `02 đợt kiểm tra`, `04 lớp tập huấn`; a few of these are no sum.
const ROUNDS: [&str; 18] = [
    "đợt",
    "cuộc",
    "lần",
    "buổi",
    "lớp",
    "hội nghị",
    "kỳ",
    "lượt",
    "tin",
    "bài",
    "tiêu chí",
    "giờ",
    "ngày",
    "tháng",
    "phút",
    "năm",
    "mức",
    "bậc",
];

/// Whether a target is an amount that units below share, and no rate, mean or score: `1.250 ha`, `21.000 lao động`, `12 công trình`.
#[must_use]
pub fn is_amount(target: &Target) -> bool {
    let unit = target.unit.as_deref().map(fold).unwrap_or_default();
    let indicator = fold(&target.indicator);
    let rate = ["%", "‰", "/", "điểm", "lần"].iter().any(|mark| unit.contains(mark))
        || ["tỷ lệ", "bình quân", "trên 10.000", "chỉ số", "mỗi "].iter().any(|word| indicator.contains(word));
    let round = ROUNDS.iter().any(|round| unit.strip_prefix(round).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
    !unit.is_empty() && !rate && (target.value.0 >= 20.0 || target.value.0 > 1.0 && !round)
}

/// Whether a target is the mean of a whole area, so that units below may have more or less: `Tỷ lệ hộ nghèo toàn tỉnh còn 4,2%`. A
/// cap (`không quá 5%`) and a share to be reached bind each unit.
fn is_mean(target: &Target, direction: Option<Direction>) -> bool {
    let words = target.evidence.first().map(|piece| fold(&piece.text)).unwrap_or_default();
    let whole = ["toàn tỉnh", "toàn huyện", "toàn thành phố", "toàn quận", "cả nước", "toàn quốc", "toàn xã"]
        .iter()
        .any(|area| words.contains(area));
    whole || direction == Some(Direction::Down) && target.comparator == Comparator::Eq
}

/// Whether a lower plan says that the level is its own area's: `Tỷ lệ che phủ rừng trên địa bàn huyện đạt 34,2%`.
fn names_own_area(target: &Target) -> bool {
    let words = target.evidence.first().map(|piece| fold(&piece.text)).unwrap_or_default();
    ["huyện", "xã", "phường", "thị xã", "thành phố", "quận"].iter().any(|unit| {
        let named = format!("trên địa bàn {unit}");
        words.match_indices(&named).any(|(at, _)| !words[at + named.len()..].starts_with(char::is_alphanumeric))
    })
}

/// How the targets of two plans stand to each other, whatever their years: the worst of them.
#[must_use]
pub fn weigh<'t>(cases: &Cases, earlier: (usize, &[&'t Target]), later: (usize, &[&'t Target])) -> Option<Pair<'t>> {
    pick(cases, earlier, later, |was, is| {
        // A target with a time of its own is for that time.
        is_of_the_plan(&cases.cases[earlier.0], was)
            && is_of_the_plan(&cases.cases[later.0], is)
            && cases.place(earlier.0, was) == cases.place(later.0, is)
            && cases.is_narrowed(was) == cases.is_narrowed(is)
    })
}

/// Why [`weigh`] has nothing to tell of two plans' targets for one indicator; `None` where all are other units'.
#[must_use]
pub fn why_unweighed(cases: &Cases, earlier: (usize, &[&Target]), later: (usize, &[&Target])) -> Option<Apart> {
    let pairs = || earlier.1.iter().flat_map(|was| later.1.iter().map(move |is| (*was, *is)));
    let of_one_place = || pairs().filter(|(was, is)| cases.place(earlier.0, was) == cases.place(later.0, is));
    let of_the_plans =
        |was: &Target, is: &Target| is_of_the_plan(&cases.cases[earlier.0], was) && is_of_the_plan(&cases.cases[later.0], is);
    of_one_place().next()?;
    Some(if of_one_place().any(|(was, is)| of_the_plans(was, is)) {
        (
            "một bên chỉ nêu cho một phần, bên kia nêu cho toàn bộ".into(),
            "one of them is for a part, the other for the whole".into(),
        )
    } else {
        (
            "chỉ tiêu có kỳ hạn riêng, không phải kỳ hạn của kế hoạch".into(),
            "a target has a time of its own, which is not its plan's".into(),
        )
    })
}

/// Targets for one indicator that are not compared, one line for two documents and one cause.
#[derive(Debug, Default)]
pub struct Uncompared(BTreeMap<(usize, usize, String), (String, Vec<Side>, usize)>);

impl Uncompared {
    /// Takes in two targets, or a target and a result, that are not compared.
    pub fn add(&mut self, (one, other): (usize, usize), sides: impl IntoIterator<Item = Side>, (vi, en): Apart) {
        let (_, known, count) = self.0.entry((one, other, vi)).or_insert_with(|| (en, Vec::new(), 0));
        // The first ones show what is meant.
        const SHOWN: usize = 3;
        if *count < SHOWN {
            known.extend(sides);
        }
        *count += 1;
    }

    /// Tells them.
    pub fn tell(self, findings: &mut Findings) {
        for ((_, _, vi), (en, sides, count)) in self.0 {
            if count > 1 {
                findings.undecided(sides, format!("{vi} ({count} chỉ tiêu)"), format!("{en} ({count} indicators)"));
            } else {
                findings.undecided(sides, vi, en);
            }
        }
    }
}

/// Whether a target has no time but its plan's: none at all, or that of a heading, `I. MỤC TIÊU NĂM 2026`, in the plan of that year.
fn is_of_the_plan(case: &Case, target: &Target) -> bool {
    let Some(due) = target.due.as_deref() else { return true };
    let period = case.record.document.period.as_ref().and_then(|period| period.to.as_deref());
    let issued = case.issued.map(|issued| format!("{}-12-31", issued.first.year()));
    Some(due) == period || Some(due) == issued.as_deref()
}

fn pick<'t>(
    cases: &Cases,
    upper: (usize, &[&'t Target]),
    lower: (usize, &[&'t Target]),
    fits: impl Fn(&Target, &Target) -> bool,
) -> Option<Pair<'t>> {
    let mut worst: Option<Pair> = None;
    for wanted in upper.1 {
        for set in lower.1.iter().filter(|set| fits(wanted, set)) {
            let direction = cases.cases[upper.0].direction(wanted).or_else(|| cases.cases[lower.0].direction(set));
            let year = |document: usize| cases.cases[document].years().map(|years| *years.start());
            let (above, below) = (Interval::of(wanted).in_year(year(upper.0)), Interval::of(set).in_year(year(lower.0)));
            let standing = above.standing_of(&below, direction);
            let rank = |standing: &Standing| match standing {
                Standing::Violated => 3,
                Standing::Weaker => 2,
                Standing::NotComparable(..) => 1,
                Standing::Met => 0,
            };
            if worst.as_ref().is_none_or(|pair| rank(&pair.standing) < rank(&standing)) {
                worst = Some(Pair { upper: wanted, lower: set, standing });
            }
        }
    }
    worst
}
