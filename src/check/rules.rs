//! The catalogue. A new rule is a file here, a page in `rules/checks/`, and a line in [`RULES`].

use super::Rule;

mod dl001;

/// All rules, by code.
pub const RULES: &[&Rule] = &[&dl001::RULE];
