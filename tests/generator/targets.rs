//! Sentences that set targets, and the targets that they set.

use kehoach::record::{Comparator, Deadline, Number, Range, Target};

use super::known::{deadline, target};
use super::random::Random;
use super::values::{BEFORE, BEHIND, COUNTS, LITTLE, amount, count, percent};
use super::{Feature, topics};

/// A sentence without its mark at the end, and what it says.
#[derive(Default)]
pub struct Sentence {
    pub text: String,
    pub targets: Vec<Target>,
    pub deadlines: Vec<Deadline>,
    pub features: Vec<Feature>,
}

/// The forms of sentence that set targets.
pub const FORMS: &[Feature] = &[
    Feature::ShareReached,
    Feature::ShareReached,
    Feature::ShareFirst,
    Feature::ShareFirst,
    Feature::Falling,
    Feature::Level,
    Feature::Level,
    Feature::Counted,
    Feature::Frequency,
    Feature::Range,
    Feature::CountRange,
    Feature::Condition,
    Feature::Scopes,
    Feature::ScopesBehind,
    Feature::OneDate,
    Feature::DateInside,
    Feature::TwoDates,
    Feature::Change,
    Feature::TwoInOne,
    Feature::Colon,
];

/// A thing and what is wanted of a share of it.
///
/// `inner`: what is measured may hold a number of its own (`học 2 buổi/ngày`).
fn share(random: &mut Random, inner: bool) -> (String, String) {
    let (thing, wanted) = *random.pick(topics::SHARES);
    let place = *random.pick(topics::PLACES);
    let wanted =
        *random.pick(if inner { wanted } else { wanted.strip_prefix(&["được học 2 buổi/ngày"]).unwrap_or(wanted) });
    ((*thing).to_owned(), format!("{wanted}{place}"))
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn until(year: i32) -> Deadline {
    deadline(format!("đến năm {year}"), None, Some(format!("{year}-12-31")), None)
}

/// Writes one sentence of `form`, with nothing in it that is not `allowed`.
pub fn sentence(random: &mut Random, form: Feature, year: i32, allowed: &dyn Fn(Feature) -> bool) -> Sentence {
    let inner = allowed(Feature::InnerRate);
    let mut sentence = Sentence { features: vec![form], ..Sentence::default() };
    let targets = &mut sentence.targets;
    sentence.text = match form {
        Feature::ShareReached | Feature::Condition | Feature::OneDate | Feature::DateInside => {
            let (thing, wanted) = share(random, inner);
            let value = percent(random, 20, 100);
            let words = *random.pick(BEHIND);
            let indicator = format!("Tỷ lệ {thing} {wanted}");
            let reached = words.around(&format!("{}%", value.text));
            let mut set = target(indicator.clone(), words.comparator, value.number, "%");
            let text = match form {
                Feature::Condition => {
                    let condition = *random.pick(topics::CONDITIONS);
                    set.conditions.push(condition.to_owned());
                    format!("{indicator} {reached} ({condition})")
                }
                Feature::OneDate => {
                    set.due = Some(format!("{year}-12-31"));
                    set.indicator = lower(&indicator);
                    sentence.deadlines.push(deadline(format!("Đến năm {year}"), None, set.due.clone(), None));
                    format!("Đến năm {year}, {} {reached}", set.indicator)
                }
                Feature::DateInside => {
                    set.due = Some(format!("{year}-12-31"));
                    sentence.deadlines.push(deadline(format!("đến hết năm {year}"), None, set.due.clone(), None));
                    format!("{indicator} đến hết năm {year} {reached}")
                }
                _ => format!("{indicator} {reached}"),
            };
            targets.push(set);
            text
        }
        Feature::Colon => {
            let (thing, wanted) = share(random, inner);
            let value = percent(random, 20, 100);
            let indicator = format!("Tỷ lệ {thing} {wanted}");
            targets.push(target(indicator.clone(), Comparator::Eq, value.number, "%"));
            format!("{indicator}: {}%", value.text)
        }
        Feature::ShareFirst => {
            let (thing, wanted) = share(random, inner);
            let value = percent(random, 20, 100);
            let words = *random.pick(BEFORE);
            targets.push(target(format!("{thing} {wanted}"), words.comparator, value.number, "%"));
            format!("{} {thing} {wanted}", words.around(&format!("{}%", value.text)))
        }
        Feature::Falling => {
            let value = percent(random, 0, 12);
            let words = *random.pick(LITTLE);
            let indicator = format!("{}{}", random.pick(topics::FALLING), random.pick(topics::PLACES));
            targets.push(target(indicator.clone(), words.comparator, value.number, "%"));
            format!("{indicator} {}", words.around(&format!("{}%", value.text)))
        }
        Feature::Level => {
            let (indicator, unit) = *random.pick(topics::LEVELS);
            let value = if matches!(unit, "con" | "lượt khách" | "doanh nghiệp") { count(random) } else { amount(random) };
            let mut words = *random.pick(BEHIND);
            if indicator.ends_with("bình quân") && !words.before.contains("đạt") {
                if !allowed(Feature::AverageBehind) {
                    words = BEHIND[0];
                } else {
                    sentence.features.push(Feature::AverageBehind);
                }
            }
            targets.push(target((*indicator).to_owned(), words.comparator, value.number, unit));
            format!("{indicator} {}", words.around(&format!("{} {unit}", value.text)))
        }
        Feature::Counted | Feature::CountRange => {
            let (mut verb, noun, rest, only_unit) = *random.pick(topics::COUNTED);
            if verb == "Cung cấp" || verb == "Nâng cấp" && form == Feature::CountRange {
                if allowed(Feature::VerbLikeLevel) {
                    sentence.features.push(Feature::VerbLikeLevel)
                } else {
                    verb = "Hoàn thiện"
                }
            }
            let indicator = if only_unit { format!("{verb} {rest}") } else { format!("{verb} {noun} {rest}") };
            if form == Feature::CountRange {
                let low = random.between(2, 40);
                let high = low + random.between(1, 9);
                let mut set = target(indicator, Comparator::Eq, low as f64, noun);
                set.value_to = Some(Number(high as f64));
                set.range = Some(Range { from: Number(low as f64), to: Number(high as f64) });
                targets.push(set);
                let dash = *random.pick(&[" - ", "-", " đến "]);
                format!("{verb} {low:02}{dash}{high:02} {noun} {rest}")
            } else {
                let value = count(random);
                let words = *random.pick(COUNTS);
                targets.push(target(indicator, words.comparator, value.number, noun));
                let value = words.around(&format!("{} {noun}", value.text));
                format!("{verb} {value} {rest}")
            }
        }
        Feature::Frequency => {
            let (work, unit) = *random.pick(topics::FREQUENT);
            let times = random.between(1, 4);
            let (words, comparator) = *random.pick(&[
                ("tối thiểu", Comparator::Ge),
                ("ít nhất", Comparator::Ge),
                ("từ", Comparator::Ge),
                ("", Comparator::Eq),
                ("không quá", Comparator::Le),
            ]);
            targets.push(target(work.to_owned(), comparator, times as f64, unit));
            let space = if words.is_empty() { "" } else { " " };
            format!("{work} {words}{space}{times:02} {unit}")
        }
        Feature::Range => {
            let indicator = (*random.pick(topics::FALLING)).to_owned();
            let low = random.between(1, 9);
            let high = low + random.between(1, 5);
            let mut set = target(indicator.clone(), Comparator::Eq, low as f64, "%");
            set.value_to = Some(Number(high as f64));
            targets.push(set);
            let dash = *random.pick(&[" - ", "-", "% - "]);
            format!("{indicator} còn {low}{dash}{high}%")
        }
        Feature::Change => {
            let (indicator, _) = *random.pick(topics::LEVELS);
            let value = percent(random, 1, 30);
            let (words, comparator) =
                *random.pick(&[("tăng", Comparator::Eq), ("tăng trên", Comparator::Gt), ("tăng tối thiểu", Comparator::Ge)]);
            let base = format!("so với năm {}", year - 1);
            targets.push(target(format!("{indicator} tăng {base}"), comparator, value.number, "%"));
            format!("{indicator} {words} {}% {base}", value.text)
        }
        Feature::Scopes => {
            let (thing, wanted) = share(random, inner);
            let indicator = format!("Tỷ lệ {thing} {wanted}");
            let joint = *random.pick(&["tại ", "", "ở "]);
            let words = *random.pick(&[("trên", Comparator::Gt), ("đạt", Comparator::Eq), ("đạt tối thiểu", Comparator::Ge)]);
            let mut text = indicator.clone();
            for (at, scope) in ["cấp tỉnh", "cấp huyện", "cấp xã"].iter().enumerate() {
                let value = percent(random, 90 - at * 10, 98 - at * 10);
                let comma = if at == 0 { "" } else { "," };
                text.push_str(&format!("{comma} {joint}{scope} {} {}%", words.0, value.text));
                let mut set = target(indicator.clone(), words.1, value.number, "%");
                set.scope = Some((*scope).to_owned());
                targets.push(set);
            }
            text
        }
        Feature::ScopesBehind => {
            let (thing, wanted) = share(random, inner);
            let (first, second) = (percent(random, 80, 98), percent(random, 50, 70));
            for (value, scope) in [(&first, "cấp huyện"), (&second, "cấp xã")] {
                let mut set = target(format!("{thing} {wanted}"), Comparator::Gt, value.number, "%");
                set.scope = Some(scope.to_owned());
                targets.push(set);
            }
            format!("Trên {}% {thing} tại cấp huyện và {}% {thing} tại cấp xã {wanted}", first.text, second.text)
        }
        Feature::TwoDates => {
            let (thing, wanted) = share(random, inner);
            let indicator = format!("Tỷ lệ {thing} {wanted}");
            let (first, second) = (percent(random, 30, 60), percent(random, 70, 95));
            for (value, year) in [(&first, year), (&second, year + 5)] {
                let mut set = target(indicator.clone(), Comparator::Eq, value.number, "%");
                set.due = Some(format!("{year}-12-31"));
                targets.push(set);
                sentence.deadlines.push(until(year));
            }
            format!("{indicator} đến năm {year} đạt {}%, đến năm {} đạt {}%", first.text, year + 5, second.text)
        }
        _ => {
            let (one, other) = (share(random, inner), share(random, inner));
            let (first, second) = (percent(random, 30, 99), percent(random, 30, 99));
            let indicators = [format!("Tỷ lệ {} {}", one.0, one.1), format!("tỷ lệ {} {}", other.0, other.1)];
            targets.push(target(indicators[0].clone(), Comparator::Eq, first.number, "%"));
            targets.push(target(indicators[1].clone(), Comparator::Gt, second.number, "%"));
            format!("{} đạt {}%; {} đạt trên {}%", indicators[0], first.text, indicators[1], second.text)
        }
    };
    for set in &mut sentence.targets {
        if let Some(to) = set.value_to {
            set.range = Some(Range { from: set.value, to });
        }
    }
    sentence.text = upper(&sentence.text);
    if let Some(first) = sentence.targets.first_mut().filter(|first| sentence.text.starts_with(&upper(&first.indicator))) {
        first.indicator = upper(&first.indicator);
    }
    if sentence.text.contains("buổi/ngày") {
        sentence.features.push(Feature::InnerRate);
    }
    sentence
}
