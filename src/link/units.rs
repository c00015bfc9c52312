//! Whose document is it: the administrative unit of a document, by the map of the day of its issue.
//!
//! Until 2025-06-30 there were 63 provinces with districts and communes; since 2025-07-01 there are 34 provinces with communes. A
//! unit that no map knows (an invented province) keeps its level and its words; a name that several units bear (`huyện Châu
//! Thành`) is told by the document's province, else all are given.

use serde::Serialize;

use super::{Resolved, Why};
use crate::lexicon::linking::LinkLexicon;
use crate::lexicon::places::{Place, Places, REFORM};
use crate::record::{Document, Level};
use crate::words::fold;

/// An administrative unit of one of the two maps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Code of the General Statistics Office; unique within the level and the map.
    pub code: String,
    /// Province, district or commune.
    pub level: Level,
    /// `tỉnh`, `thị xã`, `phường`.
    pub kind: String,
    /// Name without the kind.
    pub name: String,
    /// The province that it lies in, on the same map.
    pub province: Option<String>,
    /// The first day of the map, where it is the one since the reform.
    pub from: Option<String>,
    /// The last day of the map, where it is the one before the reform.
    pub until: Option<String>,
    /// Codes of the units of its level that it went into; of a district none, as there are no districts any more.
    pub successors: Vec<String>,
}

/// The unit of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentUnit {
    /// The level of government, as its words tell it.
    pub level: Level,
    /// Its name with those of the units above, `xã …, huyện …, tỉnh …`: also of a unit that no map knows.
    pub name: Option<String>,
    /// The unit: of a department that of its province.
    pub unit: Resolved<Unit>,
    /// Of a department its own name.
    pub department: Option<String>,
}

/// Whose value it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// The same for every way to write one unit: its code where it is known, else its name.
    pub key: String,
    /// Its name, with those of the units above.
    pub name: String,
    /// Of a unit of the map before the reform, the names of the unit that it went into and of its province.
    pub today: Vec<String>,
}

/// Whose value it is: the document's unit's, or that of the unit that the words name within it. A city that bears its province's name
/// is another unit than the province.
#[must_use]
pub fn whose(place: Option<&str>, own: &DocumentUnit, date: Option<&str>, lexicon: &LinkLexicon) -> Whose {
    let name = super::series::unit_name(place, own);
    let whole = own.name.as_deref().unwrap_or_default();
    let unit = match place.filter(|_| name != whole) {
        None => own.unit.known().cloned(),
        Some(place) => named(place, own, date, lexicon),
    };
    let department = own.department.as_deref().filter(|_| name == whole);
    let key = match &unit {
        Some(unit) => format!("{:?} {} {}", unit.level, unit.code, if unit.from.is_some() { "since" } else { "until" }),
        None => fold(&name),
    };
    let today = unit.filter(|unit| unit.until.is_some()).map(|unit| today(&unit, lexicon.places())).unwrap_or_default();
    match department {
        Some(department) => {
            let name = if whole.is_empty() { department.to_owned() } else { format!("{department}, {whole}") };
            Whose { key: format!("{key} {}", fold(department)), name, today }
        }
        None => Whose { key, name, today },
    }
}

/// The unit that words name (`huyện …`) within a document's province: of the kind that they say.
fn named(place: &str, own: &DocumentUnit, date: Option<&str>, lexicon: &LinkLexicon) -> Option<Unit> {
    let words: Vec<&str> = place.split_whitespace().collect();
    let small = words.iter().take_while(|word| !word.starts_with(char::is_uppercase)).count();
    let (kind, name) = (fold(&words[..small].join(" ")), words[small..].join(" "));
    let province = own.unit.known().and_then(|unit| unit.province.clone());
    [Level::Commune, Level::District, Level::Province]
        .into_iter()
        .filter(|level| *level == Level::Province || province.is_some())
        .find_map(|level| {
            let found = resolve(&name, level, province.as_deref(), date, lexicon);
            found.known().filter(|unit| kind.is_empty() || fold(&unit.kind) == kind).cloned()
        })
}

/// The units of the map since the reform that a unit went into, and their provinces; of a unit of that map its own.
pub fn today(unit: &Unit, places: &Places) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    let codes = if unit.from.is_some() { std::slice::from_ref(&unit.code) } else { unit.successors.as_slice() };
    for place in codes.iter().filter_map(|code| places.coded(unit.level, true, code)) {
        add(place.name);
        if let Some(province) = places.province(place) {
            add(province.name);
        }
    }
    // A district went into none; its province did.
    let province = unit.province.as_deref().filter(|_| unit.from.is_none() && unit.level != Level::Province);
    for before in province.into_iter().flat_map(|name| places.named(name, Level::Province, false)) {
        for since in before.successors.iter().filter_map(|code| places.coded(Level::Province, true, code)) {
            add(since.name);
        }
    }
    names
}

/// The last day of the map before the reform.
const LAST_DAY_BEFORE: &str = "2025-06-30";

impl Unit {
    fn of(place: &Place, places: &Places) -> Self {
        Self {
            code: place.code.into(),
            level: place.level,
            kind: place.kind.into(),
            name: place.name.into(),
            province: places.province(place).map(|province| province.name.to_owned()),
            from: place.since_reform.then(|| REFORM.to_owned()),
            until: (!place.since_reform).then(|| LAST_DAY_BEFORE.to_owned()),
            successors: place.successors.iter().map(|code| (*code).to_owned()).collect(),
        }
    }
}

/// The maps that a date may mean: a year alone, if it is the reform's, may mean both.
fn maps(date: Option<&str>) -> &'static [bool] {
    match date {
        Some(date) if REFORM.starts_with(date) && date.len() < REFORM.len() && date.len() < "2025-07".len() => &[false, true],
        Some(date) if date < REFORM && !REFORM.starts_with(date) => &[false],
        Some(_) => &[true],
        None => &[false, true],
    }
}

/// The unit of that name and level, lying in `province` where one is given, on the map of `date` (`2024-03-01`, `2024-03`, `2024`).
#[must_use]
pub fn resolve(name: &str, level: Level, province: Option<&str>, date: Option<&str>, lexicon: &LinkLexicon) -> Resolved<Unit> {
    let places = lexicon.places();
    let within = province.map(fold);
    let mut found: Vec<&Place> = Vec::new();
    for since_reform in maps(date) {
        found.extend(places.named(name, level, *since_reform).filter(|place| {
            let own = places.province(place).map(|province| fold(province.name));
            level == Level::Province || within.is_none() || within == own
        }));
    }
    let units: Vec<Unit> = found.iter().map(|place| Unit::of(place, places)).collect();
    let map = |unit: &Unit| {
        if unit.from.is_some() {
            Why::new(format!("bản đồ hành chính từ {REFORM}"), format!("the map since {REFORM}"))
        } else {
            Why::new(format!("bản đồ hành chính đến {LAST_DAY_BEFORE}"), format!("the map until {LAST_DAY_BEFORE}"))
        }
    };
    match units.as_slice() {
        [] => Resolved::Unknown,
        [one] => {
            let map = map(one);
            let mut why = Why::new(
                format!("{} duy nhất có tên này trên {}", one.kind, map.vi),
                format!("the only {} of that name on {}", one.kind, map.en),
            );
            if let Some(province) = province.filter(|_| level != Level::Province) {
                why = Why::new(format!("{} tại {province}", why.vi), format!("{} in {province}", why.en));
            }
            Resolved::Known { one: one.clone(), why }
        }
        [first, rest @ ..] => {
            let both_maps = rest.iter().any(|unit| unit.from != first.from);
            let why = if both_maps {
                Why::new(
                    "hai bản đồ hành chính đều có tên này, văn bản không có ngày để phân biệt",
                    "units of both maps bear the name, and the document has no date that tells which",
                )
            } else {
                Why::new(
                    "nhiều đơn vị cùng tên, văn bản không nói rõ đơn vị nào",
                    "several units bear the name, and the document does not tell which",
                )
            };
            Resolved::Ambiguous { candidates: units.clone(), why }
        }
    }
}

/// The unit of a document.
#[must_use]
pub fn of_document(document: &Document, lexicon: &LinkLexicon) -> DocumentUnit {
    #[cfg(debug_assertions)]
    crate::record::planted::fault("link", document);
    let period = document.period.as_ref().and_then(|period| period.from.as_deref());
    // A district is one of the old map, whatever the date says.
    let date = document.date.as_deref().or(period);
    let date = if document.district.is_some() && date.is_none() { Some(LAST_DAY_BEFORE) } else { date };
    let names = [&document.commune, &document.district, &document.province];
    let name = names.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let province = document.province.as_deref();
    let unit = match (&document.commune, &document.district, &document.province, document.level) {
        (_, _, _, Level::Central) => Resolved::Unknown,
        (Some(commune), ..) => {
            let found = resolve(commune, Level::Commune, province, date, lexicon);
            in_district(found, document.district.as_deref(), lexicon)
        }
        (None, Some(district), ..) => resolve(district, Level::District, province, date, lexicon),
        (None, None, Some(province), _) => resolve(province, Level::Province, None, date, lexicon),
        _ => Resolved::Unknown,
    };
    let department = document.issuer.clone().filter(|_| document.level == Level::Department);
    DocumentUnit { level: document.level, name: (!name.is_empty()).then_some(name), unit, department }
}

/// Of several communes of one name in a province, those of the district.
fn in_district(found: Resolved<Unit>, district: Option<&str>, lexicon: &LinkLexicon) -> Resolved<Unit> {
    let (Resolved::Ambiguous { candidates, why }, Some(district)) = (&found, district) else { return found };
    let places = lexicon.places();
    let wanted = fold(district);
    let inside: Vec<&Unit> = candidates
        .iter()
        .filter(|unit| {
            let place = places.coded(unit.level, unit.from.is_some(), &unit.code);
            place.and_then(|place| places.above(place)).is_some_and(|above| fold(above.name) == wanted)
        })
        .collect();
    match inside.as_slice() {
        [one] => Resolved::Known {
            one: (*one).clone(),
            why: Why::new(
                format!("đơn vị duy nhất có tên này tại {district}"),
                format!("the only one of that name in {district}"),
            ),
        },
        [] => Resolved::Ambiguous { candidates: candidates.clone(), why: why.clone() },
        several => Resolved::Ambiguous { candidates: several.iter().map(|unit| (*unit).clone()).collect(), why: why.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(resolved: &Resolved<Unit>) -> String {
        match resolved {
            Resolved::Known { one, .. } => {
                format!(
                    "{} {} {} [{}] → {}",
                    one.code,
                    one.kind,
                    one.name,
                    one.province.as_deref().unwrap_or("-"),
                    one.successors.join(",")
                )
            }
            Resolved::Ambiguous { candidates, .. } => format!("{} candidates", candidates.len()),
            Resolved::Unknown => "unknown".into(),
        }
    }

    #[test]
    fn a_name_is_told_by_level_province_and_day() {
        let lexicon = LinkLexicon::embedded().expect("lexicon");
        type Case = (&'static str, Level, Option<&'static str>, Option<&'static str>, &'static str);
        let cases: [Case; 12] = [
            ("Bắc Kạn", Level::Province, None, Some("2024-03-01"), "06 tỉnh Bắc Kạn [Bắc Kạn] → 19"),
            ("Bắc Kạn", Level::Province, None, Some("2025-08-01"), "unknown"),
            ("BẮC NINH", Level::Province, None, Some("2025-07-01"), "24 tỉnh Bắc Ninh [Bắc Ninh] → "),
            ("Bắc Ninh", Level::Province, None, Some("2025-06-30"), "27 tỉnh Bắc Ninh [Bắc Ninh] → 24"),
            ("Bắc Ninh", Level::Province, None, Some("2025"), "2 candidates"),
            ("Bắc Ninh", Level::Province, None, None, "2 candidates"),
            ("Bắc Ninh", Level::Province, None, Some("2025-07"), "24 tỉnh Bắc Ninh [Bắc Ninh] → "),
            ("Ba Bể", Level::District, Some("Bắc Kạn"), Some("2024"), "061 huyện Ba Bể [Bắc Kạn] → "),
            ("Ba Bể", Level::District, Some("Bắc Kạn"), Some("2026"), "unknown"),
            ("Châu Thành", Level::District, Some("Long An"), Some("2023"), "808 huyện Châu Thành [Long An] → "),
            ("Thanh Giang", Level::Province, None, Some("2024"), "unknown"),
            ("Hoà Bình", Level::Province, None, Some("2024"), "17 tỉnh Hòa Bình [Hòa Bình] → 25"),
        ];
        for (name, level, province, date, wanted) in cases {
            assert_eq!(shown(&resolve(name, level, province, date, &lexicon)), wanted, "{name} {date:?}");
        }
        let everywhere = resolve("Châu Thành", Level::District, None, Some("2023"), &lexicon);
        assert!(matches!(everywhere, Resolved::Ambiguous { candidates, .. } if candidates.len() > 5));
    }

    #[test]
    fn a_unit_that_no_map_knows_keeps_its_level_and_words() {
        let lexicon = LinkLexicon::embedded().expect("lexicon");
        let document = Document {
            level: Level::District,
            province: Some("Thanh Giang".into()),
            district: Some("Khe Vàng".into()),
            date: Some("2023-03-01".into()),
            ..Document::default()
        };
        let unit = of_document(&document, &lexicon);
        assert_eq!(
            (unit.level, unit.name.as_deref(), &unit.unit),
            (Level::District, Some("Khe Vàng, Thanh Giang"), &Resolved::Unknown)
        );
    }
}
