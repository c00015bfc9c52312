//! The administrative units of Việt Nam, `rules/units/units.tsv`: before 2025-07-01 three levels, since then two.
//!
//! One unit a line, parted by tabs: level, code of the General Statistics Office, kind, name, unit above, first day,
//! successors. `rules/import-units.py` writes the file.

use rustc_hash::FxHashMap;

use crate::record::Level;
use crate::words::fold;

/// The day of the reform: 34 provinces instead of 63, and no districts.
pub const REFORM: &str = "2025-07-01";

/// The embedded file.
pub const FILE: &str = include_str!("../../rules/units/units.tsv");

/// An administrative unit as it was on one map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Province, district or commune.
    pub level: Level,
    /// Code of the General Statistics Office; unique within the level and the map.
    pub code: &'static str,
    /// `tỉnh`, `thị xã`, `phường`.
    pub kind: &'static str,
    /// Name without the kind.
    pub name: &'static str,
    /// Code of the unit above; empty of a province.
    pub above: &'static str,
    /// Whether it is a unit of the map since [`REFORM`].
    pub since_reform: bool,
    /// Codes of the units of the same level that it went into at the reform.
    pub successors: Vec<&'static str>,
}

/// All units of both maps.
#[derive(Clone, Debug, Default)]
pub struct Places {
    all: Vec<Place>,
    by_name: FxHashMap<String, Vec<u32>>,
    by_code: FxHashMap<(u8, bool, u32), u32>,
}

impl Places {
    /// Reads the embedded file; a line that is none of a unit is left out, and a test holds that there is none.
    #[must_use]
    pub fn embedded() -> Self {
        let mut places = Self::default();
        for line in FILE.lines().filter(|line| !line.starts_with('#')) {
            let Some(place) = read(line) else { continue };
            let index = u32::try_from(places.all.len()).unwrap_or(u32::MAX);
            places.by_name.entry(fold(place.name)).or_default().push(index);
            if let Some(number) = number(place.code) {
                places.by_code.insert((place.level as u8, place.since_reform, number), index);
            }
            places.all.push(place);
        }
        places
    }

    /// Every unit, in the file's order.
    #[must_use]
    pub fn all(&self) -> &[Place] {
        &self.all
    }

    /// The units of that name and level on the map before or since the reform.
    pub fn named<'a>(&'a self, name: &str, level: Level, since_reform: bool) -> impl Iterator<Item = &'a Place> {
        self.by_name
            .get(&fold(name))
            .into_iter()
            .flatten()
            .map(|index| &self.all[*index as usize])
            .filter(move |place| place.level == level && place.since_reform == since_reform)
    }

    /// The unit of that code.
    #[must_use]
    pub fn coded(&self, level: Level, since_reform: bool, code: &str) -> Option<&Place> {
        self.by_code.get(&(level as u8, since_reform, number(code)?)).map(|index| &self.all[*index as usize])
    }

    /// The unit above.
    #[must_use]
    pub fn above(&self, place: &Place) -> Option<&Place> {
        let level = match (place.level, place.since_reform) {
            (Level::Commune, false) => Level::District,
            (Level::District, _) | (Level::Commune, true) => Level::Province,
            _ => return None,
        };
        self.coded(level, place.since_reform, place.above)
    }

    /// The province that the unit lies in, on its own map.
    #[must_use]
    pub fn province<'a>(&'a self, place: &'a Place) -> Option<&'a Place> {
        match place.level {
            Level::Province => Some(place),
            _ => self.above(place).and_then(|above| self.province(above)),
        }
    }
}

/// Codes are digits, of one length within a level.
fn number(code: &str) -> Option<u32> {
    code.parse().ok()
}

fn read(line: &'static str) -> Option<Place> {
    let mut cells = line.split('\t');
    let level = match cells.next()? {
        "P" => Level::Province,
        "D" => Level::District,
        "C" => Level::Commune,
        _ => return None,
    };
    let (code, kind, name, above, first, successors) =
        (cells.next()?, cells.next()?, cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let successors = successors.split(',').filter(|code| !code.is_empty()).collect();
    Some(Place { level, code, kind, name, above, since_reform: first == REFORM, successors })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_unit_and_every_code_leads_somewhere() {
        let places = Places::embedded();
        assert_eq!(places.all().len(), FILE.lines().filter(|line| !line.starts_with('#')).count());
        let count =
            |level, since| places.all().iter().filter(|place| place.level == level && place.since_reform == since).count();
        assert_eq!(count(Level::Province, false), 63);
        assert_eq!(count(Level::Province, true), 34);
        assert_eq!(count(Level::District, true), 0);
        for place in places.all() {
            assert!(place.level == Level::Province || places.above(place).is_some(), "{place:?}: nothing above");
            for code in &place.successors {
                assert!(places.coded(place.level, true, code).is_some(), "{place:?}: no successor {code}");
            }
        }
    }
}
