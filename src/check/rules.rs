//! The catalogue. A new rule is a file here, a page in `rules/checks/`, and a line in [`RULES`].

use super::Rule;

mod ag001;
mod ag002;
mod ag003;
mod ag004;
mod dl001;
mod dl002;
mod dl003;
mod dl004;
mod dl005;
mod hd001;
mod hd002;
mod hd003;
mod hd004;
mod hd005;
mod rf001;
mod rf002;
mod rf003;
mod rf004;
mod rf005;
mod rf006;
mod rf007;
mod rf008;
mod rf009;
mod sm001;
mod sm002;
mod sm003;
mod sm004;
mod sm005;
mod sm006;
mod sm007;
mod sm008;
mod st001;
mod st002;
mod st003;
mod st004;
mod st005;
mod tg001;
mod tg002;
mod tg003;
mod tg004;
mod tg005;
mod tg006;
mod tg007;
mod tg008;
mod xl001;
mod xl002;
mod xl003;
mod xl004;
mod xr001;
mod xr002;
mod xr003;
mod xr004;
mod xr005;
mod xr006;
mod xr007;
mod xy001;
mod xy002;
mod xy003;

/// All rules, by code.
pub const RULES: &[&Rule] = &[
    &ag001::RULE,
    &ag002::RULE,
    &ag003::RULE,
    &ag004::RULE,
    &dl001::RULE,
    &dl002::RULE,
    &dl003::RULE,
    &dl004::RULE,
    &dl005::RULE,
    &hd001::RULE,
    &hd002::RULE,
    &hd003::RULE,
    &hd004::RULE,
    &hd005::RULE,
    &rf001::RULE,
    &rf002::RULE,
    &rf003::RULE,
    &rf004::RULE,
    &rf005::RULE,
    &rf006::RULE,
    &rf007::RULE,
    &rf008::RULE,
    &rf009::RULE,
    &sm001::RULE,
    &sm002::RULE,
    &sm003::RULE,
    &sm004::RULE,
    &sm005::RULE,
    &sm006::RULE,
    &sm007::RULE,
    &sm008::RULE,
    &st001::RULE,
    &st002::RULE,
    &st003::RULE,
    &st004::RULE,
    &st005::RULE,
    &tg001::RULE,
    &tg002::RULE,
    &tg003::RULE,
    &tg004::RULE,
    &tg005::RULE,
    &tg006::RULE,
    &tg007::RULE,
    &tg008::RULE,
    &xl001::RULE,
    &xl002::RULE,
    &xl003::RULE,
    &xl004::RULE,
    &xr001::RULE,
    &xr002::RULE,
    &xr003::RULE,
    &xr004::RULE,
    &xr005::RULE,
    &xr006::RULE,
    &xr007::RULE,
    &xy001::RULE,
    &xy002::RULE,
    &xy003::RULE,
];
