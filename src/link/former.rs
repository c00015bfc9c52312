//! What units that went into one on 1 July 2025 wanted and reached together: amounts add up, `1.200 ha` and `900 ha` are `2.100 ha`; of
//! rates nobody knows the weights, `4%` and `6%` are between `4%` and `6%`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::series::{Point, Row};
use crate::lexicon::places::{Place, Places};
use crate::record::{Comparator, Level, Number};
use crate::words::fold;

/// Values of several units, put together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Together {
    /// Amounts.
    Sum {
        /// Their sum.
        value: Number,
    },
    /// Rates.
    Range {
        /// The lowest.
        from: Number,
        /// The highest.
        to: Number,
    },
}

/// An indicator of the units that became one, in a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Former {
    /// The indicator's identifier.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// The unit that they went into.
    pub unit: String,
    /// The former units that have a value.
    pub units: Vec<String>,
    /// The former units that have none: what is put together is of the others.
    pub missing: Vec<String>,
    /// Unit of measure.
    pub measure: Option<String>,
    /// The year; null where no document tells.
    pub year: Option<i16>,
    /// What they wanted; null where fewer than two say.
    pub targets: Option<Together>,
    /// What they reached; null where fewer than two say.
    pub results: Option<Together>,
}

/// What former units wanted and reached together, in the order of the rows.
#[must_use]
pub fn together(rows: &[Row], places: &Places) -> Vec<Former> {
    let mut groups: BTreeMap<(usize, String, Option<String>, Option<i16>), Vec<(&Row, &Place)>> = BTreeMap::new();
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let order = *first.entry(row.indicator.as_str()).or_insert(at);
        if let Some((former, since)) = units_of(row, places) {
            let unit = format!("{:?} {}", since.level, since.code);
            groups.entry((order, unit, row.measure.clone(), row.year)).or_default().push((row, former));
        }
    }
    groups.into_values().filter_map(|group| of_group(&group, places)).collect()
}

/// The unit of a row on the map before the reform, and the one that it went into; not of a department, or of one that was parted.
fn units_of<'a>(row: &Row, places: &'a Places) -> Option<(&'a Place, &'a Place)> {
    let (name, above) = row.unit.split_once(", ").map_or((row.unit.as_str(), None), |(name, above)| (name, Some(above)));
    let today = row.today.first()?;
    let mut found = [Level::Province, Level::Commune].into_iter().flat_map(|level| {
        let since = places.named(today, level, true);
        since.flat_map(move |since| {
            let of_name = places.named(name, level, false).filter(|former| former.successors == [since.code]);
            // A province stands alone; a commune's name is followed by those of the units above.
            let fits = of_name.filter(move |former| {
                let province = places.province(former).map(|province| fold(province.name));
                match above {
                    None => level == Level::Province,
                    Some(above) => level != Level::Province && province.is_some_and(|name| fold(above).ends_with(&name)),
                }
            });
            fits.map(move |former| (former, since))
        })
    });
    let one = found.next()?;
    found.next().is_none().then_some(one)
}

fn of_group(group: &[(&Row, &Place)], places: &Places) -> Option<Former> {
    let (row, former) = group.first()?;
    let code = *former.successors.first()?;
    let since = places.coded(former.level, true, code)?;
    let went = places
        .all()
        .iter()
        .filter(|place| !place.since_reform && place.level == former.level && place.successors.contains(&code));
    let (units, missing): (Vec<&Place>, Vec<&Place>) =
        went.partition(|place| group.iter().any(|(_, known)| known.code == place.code));
    let is_rate = row.measure.as_deref().is_none_or(|measure| measure.contains(['%', '‰', '/']));
    let targets = put(group.iter().map(|(row, _)| row.targets.as_slice()), is_rate);
    let results = put(group.iter().map(|(row, _)| row.results.as_slice()), is_rate);
    if targets.is_none() && results.is_none() {
        return None;
    }
    let names = |places: Vec<&Place>| places.into_iter().map(|place| place.name.to_owned()).collect();
    let province = places.province(since).filter(|_| since.level != Level::Province);
    Some(Former {
        indicator: row.indicator.clone(),
        name: row.name.clone(),
        unit: province.map_or_else(|| since.name.to_owned(), |province| format!("{}, {}", since.name, province.name)),
        units: names(units),
        missing: names(missing),
        measure: row.measure.clone(),
        year: row.year,
        targets,
        results,
    })
}

/// The values of several units; each says one, and no more than that.
fn put<'a>(units: impl Iterator<Item = &'a [Point]>, is_rate: bool) -> Option<Together> {
    let mut values = Vec::new();
    for points in units.filter(|points| !points.is_empty()) {
        let [point] = points else { return None };
        // `trên 900 ha` and `dưới 5%` add up to nothing that is known; `tối thiểu` does.
        if matches!(point.comparator, Comparator::Lt | Comparator::Le | Comparator::Approx) && !is_rate {
            return None;
        }
        values.push(point.value.0);
    }
    if values.len() < 2 {
        return None;
    }
    let (from, to) =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
    Some(if is_rate {
        Together::Range { from: Number(from), to: Number(to) }
    } else {
        Together::Sum { value: Number((values.iter().sum::<f64>() * 1e6).round() / 1e6) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(unit: &str, today: &[&str], measure: &str, value: f64) -> Row {
        let point = Point {
            comparator: Comparator::Ge,
            value: Number(value),
            document: 0,
            item: "t1".into(),
            evidence: Vec::new(),
            origin: None,
        };
        Row {
            indicator: "x1".into(),
            name: "rừng trồng mới".into(),
            level: Level::Province,
            unit: unit.into(),
            today: today.iter().map(|name| (*name).to_owned()).collect(),
            measure: Some(measure.into()),
            year: Some(2024),
            targets: vec![point],
            results: Vec::new(),
        }
    }

    #[test]
    fn amounts_add_up_and_rates_lie_between() {
        let places = Places::embedded();
        // Three provinces became one; of the third nothing is known.
        let merged = ["Hà Nam", "Nam Định", "Ninh Bình"];
        let rows = |measure, other: &str| {
            [
                row(merged[0], &["Ninh Bình"], measure, 5.0),
                row(other, &["Ninh Bình"], measure, 7.5),
                row("Ninh Bình", &[], measure, 9.0),
            ]
        };
        let found = together(&rows("ha", merged[1]), &places);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].targets, Some(Together::Sum { value: Number(12.5) }));
        assert_eq!((found[0].unit.as_str(), found[0].missing.as_slice()), ("Ninh Bình", &["Ninh Bình".to_owned()][..]));
        assert_eq!(found[0].results, None);
        let range = Together::Range { from: Number(5.0), to: Number(7.5) };
        assert_eq!(together(&rows("%", merged[1]), &places)[0].targets, Some(range));
        // A department is none of the units; one alone is no sum.
        assert_eq!(together(&rows("ha", "Sở Y tế, Nam Định"), &places), []);
    }
}
