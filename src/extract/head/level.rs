//! Whose document it is: the centre's, a province's, a department's, a commune's.

use super::units::own_units;
use super::{Cut, View};
use crate::lexicon::{BodyLevel, Lexicon};
use crate::record::{self, Level};
use crate::text::Span;
use crate::words::{Keyword as K, fold};

pub(super) fn issuer_is_central(lexicon: &Lexicon, issuer: &str) -> bool {
    let cut = Cut::new(lexicon, issuer, Span::new(0, issuer.len()));
    let at = lexicon.offices.at(&cut.tokens, 0).map_or(0, |(length, ())| length);
    lexicon.bodies.at(&cut.tokens, at).is_some_and(|(_, body)| body.level == Some(BodyLevel::Central))
        || lexicon.bodies.at(&cut.tokens, 0).is_some_and(|(_, body)| body.level == Some(BodyLevel::Central))
}

/// The level of government.
pub(super) fn level(view: &View, fields: &record::Document) -> Level {
    let (lexicon, text) = (view.lexicon, view.text);
    let issuer = fields.issuer.clone().unwrap_or_default();
    let cut = Cut::new(lexicon, &issuer, Span::new(0, issuer.len()));
    let mut at = 0;
    while let Some((length, ())) = lexicon.offices.at(&cut.tokens, at) {
        at += length;
    }
    let own = own_units(lexicon, &issuer, fields.date.as_deref());
    let body = lexicon.bodies.at(&cut.tokens, at).or_else(|| lexicon.bodies.at(&cut.tokens, 0)).map(|(_, body)| body.level);
    let says = |keyword: K| cut.tokens.iter().any(|token| token.is(keyword));
    let committee = fold(&issuer).starts_with("ủy ban nhân dân")
        || fold(&issuer).starts_with("ubnd")
        || fold(&issuer).starts_with("hội đồng nhân dân")
        || fold(&issuer).starts_with("hđnd");
    let parent = view
        .paper
        .head
        .bodies
        .first()
        .filter(|_| view.paper.head.bodies.len() > 1)
        .map(|span| own_units(lexicon, span.slice(text).unwrap_or_default(), fields.date.as_deref()));
    match body {
        Some(Some(BodyLevel::Central)) => return Level::Central,
        Some(Some(BodyLevel::Department)) => return Level::Department,
        Some(Some(BodyLevel::Province)) => return Level::Province,
        Some(Some(BodyLevel::District)) => return Level::District,
        Some(Some(BodyLevel::Other)) => return Level::Other,
        _ => {}
    }
    if own[0].is_some() {
        return Level::Commune;
    }
    if own[1].is_some() {
        // A city that is none of those in a province's place is a district's equal until there are no districts; where
        // the day is not told, where a province stands above it.
        let city = fold(&issuer).contains("thành phố");
        let under = fields.date.is_some()
            || parent.as_ref().is_some_and(|parent| parent[2].is_some())
            || fields.province.is_some() && fields.district.is_some();
        return if city && !under { Level::Province } else { Level::District };
    }
    let board = matches!(body, Some(Some(BodyLevel::Board)));
    if own[2].is_some() || says(K::Province) {
        return if committee || board || fold(&issuer).starts_with("chủ tịch") { Level::Province } else { Level::Department };
    }
    if says(K::District) || says(K::UrbanDistrict) {
        return Level::District;
    }
    // `PHÒNG …` under `UBND HUYỆN …`; `BAN …` under `UBND TỈNH …`.
    if let Some(parent) = parent {
        if parent[0].is_some() {
            return Level::Commune;
        }
        if parent[1].is_some() {
            return Level::District;
        }
        if parent[2].is_some() {
            // `UBND TỈNH … BAN CHỈ ĐẠO CHƯƠNG TRÌNH …`: a steering committee is its province's, and no department.
            return if board { Level::Province } else { Level::Department };
        }
    }
    if fields.commune.is_some() {
        Level::Commune
    } else if fields.district.is_some() {
        Level::District
    } else if fields.province.is_some() && body.is_some() {
        if committee { Level::Province } else { Level::Department }
    } else {
        Level::Other
    }
}
