//! Names of the province, the district and the commune that a document comes from.

use super::level::issuer_is_central;
use super::{Cut, View};
use crate::lexicon::Lexicon;
use crate::record;
use crate::text::Span;
use crate::words::{Case, Keyword as K, fold, is_shouted};

/// Names of the province, district and commune that the document comes from: its issuer's own, and what the head tells
/// to stand above it; a unit that only the basis cites (`của UBND tỉnh …`) comes last.
pub(super) fn place_names(view: &View, fields: &mut record::Document, place: Option<&str>) {
    let (lexicon, text) = (view.lexicon, view.text);
    let date = fields.date.as_deref();
    let mut seen: Vec<Span> = view.paper.head.bodies.iter().rev().copied().collect();
    let issuer = fields.issuer.clone().unwrap_or_default();
    let title = fields.title.clone().or_else(|| view.headless().map(str::to_owned)).unwrap_or_default();
    let mut found: [Option<String>; 3] = [None, None, None];
    let own = own_units(lexicon, &issuer, date);
    let lowest = own.iter().position(Option::is_some);
    merge(&mut found, own);
    seen.extend(view.notes());
    for span in seen {
        let units = own_units(lexicon, span.slice(text).unwrap_or_default(), date);
        if lowest.is_none() {
            merge(&mut found, units.clone());
        }
        merge_above(&mut found, units, lowest);
    }
    if found.iter().all(Option::is_none) {
        merge(&mut found, unit_names(lexicon, &title));
    }
    let lowest = found.iter().position(Option::is_some);
    merge_above(&mut found, unit_names(lexicon, &title), lowest);
    for block in view.blocks().iter().take(60) {
        // A pasted body speaks of its neighbours, too.
        if found[2].is_some() || fields.issuer.is_none() && view.headless().is_some() {
            break;
        }
        merge_above(
            &mut found,
            unit_names(lexicon, block.span.slice(text).unwrap_or_default()),
            Some(lowest.unwrap_or(1).min(1)),
        );
    }
    let [commune, district, mut province] = found;
    if province.is_none() && commune.is_none() && district.is_none() {
        // The place of issue of a province's document is the province.
        province = place
            .filter(|place| !place.is_empty())
            .map(|place| place.trim_start_matches("TP. ").trim_start_matches("TP ").to_owned());
    }
    // Since 2025-07-01 there are no districts: a city above a ward is centrally run.
    let without_districts = has_no_districts(date);
    let (district, province) = match (district, province) {
        (Some(city), None) if without_districts || is_central_city(lexicon, &city, date) => (None, Some(city)),
        (district, province) => (district.filter(|_| !without_districts), province),
    };
    let central = issuer_is_central(lexicon, &issuer);
    fields.province = province.filter(|_| !central);
    fields.district = district.filter(|_| !central);
    fields.commune = commune.filter(|_| !central);
}

/// Whether a document of that day is of the time without districts.
fn has_no_districts(date: Option<&str>) -> bool {
    date.is_some_and(|date| date >= "2025-07")
}

/// The units of an issuer or of a body above it: a city that stands in a province's place is named as one.
pub(super) fn own_units(lexicon: &Lexicon, body: &str, date: Option<&str>) -> [Option<String>; 3] {
    let [commune, district, province] = unit_names(lexicon, body);
    match (district, province) {
        (Some(city), None) if is_city_of(lexicon, body, &city, date) => [commune, None, Some(city)],
        (district, province) => [commune, district, province],
    }
}

/// Whether the district that a body names is a city in a province's place: one under the centre, or any since there are no
/// districts.
fn is_city_of(lexicon: &Lexicon, body: &str, name: &str, date: Option<&str>) -> bool {
    let body = fold(body);
    // `Thị xã X`, `Huyện X` bear the name of no such city.
    let city = body.contains("thành phố") || body.contains("tp");
    city && (has_no_districts(date) || is_central_city(lexicon, name, date))
}

fn merge(found: &mut [Option<String>; 3], other: [Option<String>; 3]) {
    for (slot, name) in found.iter_mut().zip(other) {
        if slot.is_none() {
            *slot = name;
        }
    }
}

/// Takes over only units above the document's own.
fn merge_above(found: &mut [Option<String>; 3], other: [Option<String>; 3], lowest: Option<usize>) {
    let lowest = lowest.unwrap_or(2);
    for (level, name) in other.into_iter().enumerate() {
        if level > lowest && found[level].is_none() || level == 2 && found[2].is_none() {
            found[level] = name;
        }
    }
}

/// `xã X`, `huyện Y`, `tỉnh Z` in a text: names of the commune, the district, the province.
pub(super) fn unit_names(lexicon: &Lexicon, text: &str) -> [Option<String>; 3] {
    let cut = Cut::new(lexicon, text, Span::new(0, text.len()));
    let passage = cut.passage();
    let tokens = &cut.tokens;
    let mut found = [None, None, None];
    let shouted = is_shouted(text);
    for at in 0..tokens.len() {
        let next = tokens.get(at + 1);
        let two = |one: K, other: K| tokens[at].is(one) && next.is_some_and(|next| next.is(other));
        let (level, length) = if tokens[at].is(K::Province) {
            (2, 1)
        } else if tokens[at].is(K::District) || tokens[at].is(K::UrbanDistrict) {
            (1, 1)
        } else if two(K::Town, K::TownEnd) {
            (1, 2)
        } else if two(K::CityHead, K::City) {
            (1, 2)
        } else if two(K::Town, K::TownshipEnd) {
            (0, 2)
        } else if passage.lower(at).as_str() == "đặc" && passage.lower(at + 1).as_str() == "khu" {
            // `ĐẶC KHU …`: since 2025-07-01 a unit of the communes' level.
            (0, 2)
        } else if (tokens[at].is(K::TownEnd) && (at == 0 || !tokens[at - 1].is(K::Town))) || tokens[at].is(K::Ward) {
            (0, 1)
        } else {
            continue;
        };
        // `TỈNH ỦY QUẢNG …`, `HUYỆN ỦY …`: the committee of the unit.
        let committee = tokens.get(at + length).is_some_and(|next| next.is(K::Committee));
        let start = at + length + usize::from(committee);
        let mut end = start;
        while let Some(token) = tokens.get(end) {
            let capital = token.is_word()
                && (if shouted { token.case == Case::Upper } else { token.case == Case::Capitalised })
                && end < start + 4;
            let number = token.is_number() && end == start && level < 2 && tokens[at].is(K::UrbanDistrict);
            if !(capital || number) || shouted && token.is_any(&[K::Year, K::InTime, K::Stage]) {
                break;
            }
            end += 1;
        }
        if end == start || found[level].is_some() || lexicon.bodies.at(tokens, start).is_some() && !shouted {
            continue;
        }
        found[level] = Some(title_case(passage.words(start..end)));
    }
    found
}

/// `THANH GIANG` → `Thanh Giang`.
fn title_case(words: &str) -> String {
    if !is_shouted(words) {
        return words.to_owned();
    }
    words
        .split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a city of that name was under the centre on that day; where the day is not told, whether it always was.
fn is_central_city(lexicon: &Lexicon, name: &str, date: Option<&str>) -> bool {
    let cut = Cut::new(lexicon, name, Span::new(0, name.len()));
    let since = lexicon.cities.at(&cut.tokens, 0).filter(|(length, _)| *length == cut.tokens.len()).map(|(_, since)| since);
    since.is_some_and(|since| since.is_empty() || date.is_some_and(|date| date >= since.as_str()))
}
