//! What somebody else says to have read: one value, and what it is said to be.

use crate::check::show;
use crate::record::{ChangeKind, Comparator, Role};

/// What a value is said to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Wanted.
    #[default]
    Target,
    /// Reached.
    Result,
}

/// A claim. What it does not state is not judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// Where it stands in the claims: the line or row, of a list in JSON the place; from 1.
    pub at: usize,
    /// Its own identifier, where it has one.
    pub id: Option<String>,
    /// What the value is said to be.
    pub said: Said,
    /// What is measured.
    pub indicator: String,
    /// The value, in each way that it may be read: `1.250` of a sheet is 1250, or 1.25.
    pub values: Vec<f64>,
    /// A range's upper end.
    pub to: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// How it compares.
    pub comparator: Option<Comparator>,
    /// Whether it is a change, and which.
    pub change: Option<ChangeKind>,
    /// The level, group or place that it is for; exceptions and conditions.
    pub scope: Option<String>,
    /// The last day.
    pub due: Option<String>,
    /// Who monitors, leads, coordinates.
    pub agencies: Vec<(Role, String)>,
    /// The result that is told beside the target.
    pub result: Vec<f64>,
}

impl Claim {
    /// The value with its comparison and unit, as Vietnamese writes it.
    #[must_use]
    pub fn shown(&self) -> String {
        let comparator = self.comparator.filter(|comparator| *comparator != Comparator::Eq).map(show::comparator_vi);
        shown(comparator, self.values.first().copied().unwrap_or_default(), self.to, self.unit.as_deref())
    }
}

/// `trên 85%`, `2 - 3 ha`.
pub(super) fn shown(comparator: Option<&str>, value: f64, to: Option<f64>, unit: Option<&str>) -> String {
    let range = to.map(|to| format!(" - {}", show::vi(to))).unwrap_or_default();
    let unit = match unit {
        Some(unit) if unit.starts_with(['%', '‰']) => unit.to_owned(),
        Some(unit) => format!(" {unit}"),
        None => String::new(),
    };
    let comparator = comparator.map(|words| format!("{words} ")).unwrap_or_default();
    format!("{comparator}{}{range}{unit}", show::vi(value))
}
