//! [`structure::Document`](crate::structure::Document) → [`Record`](crate::record::Record): quantities, targets, tasks, agencies, deadlines,
//! references, facts, sums and ratios, each with the place it was read from.
//!
//! Every block and cell is cut into tokens once. References are read first: no date or
//! number inside a quoted document is the document's own. Then deadlines, then
//! quantities, then what they are of.

mod below;
mod cells;
mod claim;
mod clause;
mod columns;
mod date;
mod deadline;
mod documents;
mod duty;
mod entries;
mod fact;
mod figures;
mod growth;
mod head;
mod labelled;
mod leftover;
mod leftover_cells;
mod ledger;
mod lines;
mod list;
mod mean;
mod mention;
pub mod number;
mod owners;
mod papers;
mod passage;
mod products;
mod quantity;
mod recorder;
mod reference;
mod roles;
mod rows;
mod settle;
mod share;
mod stages;
mod standing;
mod task;
mod totals;
mod wanted;

pub use documents::{extract, ledger as ledger_of};
