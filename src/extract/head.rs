//! The document's own fields: number, symbol, date, issuer, level, place names, period, signer.
//!
//! Each is read where a document says it best: the number and date from the head, else
//! from `(Kèm theo Kế hoạch số … ngày … của …)` under an annex; the issuer from the head, else
//! from there, else from the preamble or the signature.

use jiff::civil::Date;

use super::date::{self, Partial};
use super::deadline::Frame;
use super::passage::{Passage, Role};
use super::reference::symbol;
use crate::agency::Agencies;
use crate::lexicon::{BodyLevel, Lexicon, RecordKind};
use crate::record::{self, DocumentKind, Level, Period, Signer};
use crate::structure::{Document, Place};
use crate::text::Span;
use crate::words::{Case, Keyword as K, Token, fold, is_shouted};

/// The fields and what other readers need of them.
pub(crate) struct Fields {
    pub(crate) document: record::Document,
    /// Where they were read.
    pub(crate) spans: Vec<Span>,
    pub(crate) frame: Frame,
}

/// One line, cut.
struct Cut<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    tokens: Vec<Token>,
}

impl<'a> Cut<'a> {
    fn new(lexicon: &'a Lexicon, text: &'a str, span: Span) -> Self {
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(span.slice(text).unwrap_or_default(), span.start, &mut tokens);
        Self { lexicon, text, tokens }
    }

    fn passage(&self) -> Passage<'_> {
        Passage::new(self.lexicon, self.text, &self.tokens, Role::Preamble, None, Place::Preamble)
    }
}

/// Reads the fields.
pub(crate) fn read(document: &Document, lexicon: &Lexicon) -> Fields {
    let text = document.text.as_str();
    let mut fields = record::Document::default();
    let mut spans = Vec::new();
    fields.kind = match document.head.kind {
        Some(RecordKind::Plan) => DocumentKind::Plan,
        Some(RecordKind::Report) => DocumentKind::Report,
        Some(RecordKind::Decision) => DocumentKind::Decision,
        Some(RecordKind::Other) | None => DocumentKind::Other,
    };
    let mut date = Partial::default();
    if let Some(span) = document.head.number {
        let cut = Cut::new(lexicon, text, span);
        (fields.number, fields.symbol) = own_symbol(&cut.passage(), 0);
        spans.push(span);
    }
    let mut place = None;
    if let Some(span) = document.head.place_and_date {
        let cut = Cut::new(lexicon, text, span);
        let passage = cut.passage();
        date = issue_date(&passage);
        place = passage
            .words(0..cut.tokens.iter().position(|token| token.is_mark(b',') || token.is(K::Day)).unwrap_or(0))
            .to_owned()
            .into();
        spans.push(span);
    }
    let title = document.head.title.map(|span| clean_title(span.slice(text).unwrap_or_default()));
    spans.extend(document.head.title);
    let attached =
        document.annex_notes.iter().find_map(|span| attached(lexicon, text, *span, document.head.type_index, document.head.kind));
    if let Some(own) = &attached {
        fields.symbol = fields.symbol.or_else(|| own.symbol.clone());
        fields.number = fields.number.or_else(|| own.number.clone());
        if date.year.is_none() {
            date = own.date;
        }
    }
    fields.issuer = document.head.bodies.last().map(|span| {
        spans.push(*span);
        span.slice(text).unwrap_or_default().trim().to_owned()
    });
    let preamble = preamble_issuer(document, lexicon, fields.symbol.as_deref());
    if fields.issuer.is_none() {
        let from_note = attached.as_ref().and_then(|own| own.issuer.clone());
        let from_title = title.as_deref().and_then(|title| title_issuer(lexicon, title));
        fields.issuer = match (from_note, from_title) {
            // `BCĐ chuyển đổi số huyện …` is told in full by the title.
            (Some(note), Some(title)) if ends_alike(&note, &title) => Some(title),
            (Some(note), _) => Some(note),
            (None, title) => preamble.clone().or(title).or_else(|| signature_issuer(document, text)),
        };
    }
    fields.title = title;
    fields.date = date.iso();
    place_names(document, lexicon, &mut fields, place.as_deref());
    fields.level = level(lexicon, &fields, document, text);
    fields.period =
        fields.title.as_deref().and_then(|title| period(lexicon, title)).or_else(|| period_of_body(document, lexicon));
    let name = document.signature.name.map(|span| span.slice(text).unwrap_or_default().trim().to_owned());
    let office = document.signature.office.map(|span| span.slice(text).unwrap_or_default().trim().to_owned());
    spans.extend(document.signature.name);
    spans.extend(document.signature.office);
    if name.is_some() || office.is_some() {
        fields.signer = Some(Signer { name, title: office });
    }
    let year_of = |day: &Option<String>| day.as_deref().and_then(|day| day.get(..4)).and_then(|year| year.parse::<i16>().ok());
    let covered = fields.period.as_ref().and_then(|period| {
        let (from, to) = (year_of(&period.from), year_of(&period.to));
        (from.is_some() && from == to).then_some(from).flatten()
    });
    let frame = Frame { year: covered.or_else(|| year_of(&fields.date)), column: false };
    Fields { document: fields, spans, frame }
}

/// `Số: 48/KH-UBND`, `Số:   /KH-UBND`, `Số 40-KH/HU`, `Số: …/QĐ-UBND`.
fn own_symbol(passage: &Passage, from: usize) -> (Option<String>, Option<String>) {
    let tokens = passage.tokens;
    for at in from..tokens.len() {
        if let Some((number, _)) = symbol(passage, at) {
            let letters = without_number(&number);
            return (Some(number), letters);
        }
        let blank = tokens[at].is_mark(b'/') && tokens.get(at + 1).is_some_and(|next| next.is_word() && next.case != Case::Lower);
        if blank {
            let mut end = at + 2;
            while tokens.get(end).is_some_and(|token| token.is_mark(b'-') || token.is_mark(b'&') || token.is_mark(b'/'))
                && tokens.get(end + 1).is_some_and(|next| next.is_word() && next.case != Case::Lower)
            {
                end += 2;
            }
            let letters: String = passage.words(at + 1..end).chars().filter(|c| !c.is_whitespace()).collect();
            return (None, Some(letters.replace(['–', '—'], "-")));
        }
    }
    (None, None)
}

/// The letters of a symbol: `48/KH-UBND` → `KH-UBND`, `12/2024/QĐ-UBND` → `QĐ-UBND`, `40-KH/HU` → `KH/HU`.
fn without_number(number: &str) -> Option<String> {
    let start = number.find(|c: char| c.is_alphabetic())?;
    Some(number[start..].to_owned())
}

/// The date of issue, day and month as far as they are given.
fn issue_date(passage: &Passage) -> Partial {
    let tokens = passage.tokens;
    let mut found = Partial::default();
    for at in 0..tokens.len() {
        if tokens[at].is(K::Day) || tokens[at].is(K::Month) || tokens[at].is(K::Year) {
            if let Some((date, _)) = date::spelled(passage, at) {
                found =
                    Partial { year: found.year.or(date.year), month: found.month.or(date.month), day: found.day.or(date.day) };
            } else if let Some((date, _)) = date::slashed(passage, at + 1) {
                found = date;
            }
        }
    }
    // A day without its month says nothing.
    if found.month.is_none() {
        found.day = None;
    }
    found
}

/// What `(Kèm theo Kế hoạch số … ngày … của …)` says of the document itself.
#[derive(Clone, Debug, Default)]
struct Attached {
    number: Option<String>,
    symbol: Option<String>,
    date: Partial,
    issuer: Option<String>,
}

fn attached(lexicon: &Lexicon, text: &str, span: Span, own: Option<usize>, kind: Option<RecordKind>) -> Option<Attached> {
    let cut = Cut::new(lexicon, text, span);
    let passage = cut.passage();
    let tokens = &cut.tokens;
    let (at, _, named) = lexicon.type_names.find(tokens, 0)?;
    // Attached to a document of another type (a decision) is not the document itself.
    if own.is_some_and(|own| own != *named) && kind != Some(lexicon.types[*named].record) {
        return None;
    }
    let (number, symbol) = own_symbol(&passage, at);
    let mut found = Attached { number, symbol, ..Attached::default() };
    let day = (at..tokens.len()).find(|at| tokens[*at].is(K::Day));
    if let Some(day) = day {
        let dated = date::spelled(&passage, day).or_else(|| (day + 1..day + 3).find_map(|at| date::slashed(&passage, at)));
        if let Some((date, _)) = dated {
            found.date = date;
        }
        // `ngày / /2024`: only the year is told.
        if found.date.year.is_none() {
            found.date.year = (day..tokens.len().min(day + 8)).find_map(|at| date::year(passage.word(at)));
        }
    } else {
        found.date = issue_date(&passage);
    }
    if found.date.month.is_none() {
        found.date.day = None;
    }
    let of = (at..tokens.len()).find(|at| tokens[*at].is(K::Of));
    if let Some(of) = of {
        let close = (of..tokens.len()).find(|at| tokens[*at].is_mark(b')')).unwrap_or(tokens.len());
        let words = passage.words(of + 1..close).trim();
        found.issuer = (!words.is_empty()).then(|| words.to_owned());
    }
    Some(found)
}

/// A title on one line, without the marks around it.
fn clean_title(title: &str) -> String {
    let title = title.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '_' | '*' | '|' | ':'));
    let title = title.strip_prefix("V/v ").or_else(|| title.strip_prefix("v/v ")).unwrap_or(title);
    title.strip_suffix('.').unwrap_or(title).to_owned()
}

/// `hoạt động của Ban chỉ đạo … huyện …`: the body whose document it is.
fn title_issuer(lexicon: &Lexicon, title: &str) -> Option<String> {
    let cut = Cut::new(lexicon, title, Span::new(0, title.len()));
    let passage = cut.passage();
    let of = (0..cut.tokens.len()).find(|at| cut.tokens[*at].is(K::Of))?;
    let agencies = Agencies::new(lexicon, &cut.tokens);
    let end = agencies.name(of + 1)?;
    let end = (of + 1..end).find(|at| cut.tokens[*at].is(K::Year)).unwrap_or(end);
    let level = lexicon.bodies.at(&cut.tokens, of + 1)?.1.level;
    // The name runs on to its unit: `Ban chỉ đạo chuyển đổi số huyện …`.
    let end = (end..cut.tokens.len())
        .take_while(|at| {
            let token = &cut.tokens[*at];
            token.is_word() && !token.is(K::Year) && !token.is_any(&[K::InTime, K::About])
        })
        .last()
        .map_or(end, |last| last + 1);
    (level == Some(BodyLevel::Board)).then(|| passage.words(of + 1..end).to_owned())
}

/// Whether two names end in the same words.
fn ends_alike(one: &str, other: &str) -> bool {
    let tail = |name: &str| fold(name).split(' ').rev().take(3).map(str::to_owned).collect::<Vec<_>>();
    tail(one) == tail(other)
}

/// The body that says `… ban hành Kế hoạch`, `… xây dựng kế hoạch`, `… báo cáo` in the preamble.
fn preamble_issuer(document: &Document, lexicon: &Lexicon, symbol: Option<&str>) -> Option<String> {
    let text = document.text.as_str();
    let mut best: Option<String> = None;
    for block in document.blocks.iter().take(12).filter(|block| block.place == Place::Preamble) {
        let cut = Cut::new(lexicon, text, block.span);
        let passage = cut.passage();
        let agencies = Agencies::new(lexicon, &cut.tokens);
        let mut at = 0;
        while at < cut.tokens.len() {
            let starts = at == 0
                || cut.tokens[at - 1].is_mark(b';')
                || cut.tokens[at - 1].is_mark(b',')
                || cut.tokens[at - 1].is_mark(b'.');
            if starts && let Some(end) = agencies.name(at) {
                let name = cut.tokens[at..end]
                    .iter()
                    .position(|token| token.is(K::Hyphen) && token.spaced)
                    .map_or(end, |dash| at + dash);
                let end_is_verb = cut.tokens.get(end).is_some_and(Token::is_lower_word) || name < end;
                if end_is_verb {
                    let words = passage.words(at..name).to_owned();
                    if symbol.is_some_and(|symbol| abbreviates(symbol, &words)) {
                        return Some(words);
                    }
                    best.get_or_insert(words);
                }
                at = end;
            } else {
                at += 1;
            }
        }
    }
    best
}

/// Whether the issuer's letters in a symbol are the initials of a name: `BC-STTTT`, Sở Thông tin và Truyền thông.
fn abbreviates(symbol: &str, name: &str) -> bool {
    let letters = symbol.rsplit(['-', '/']).next().unwrap_or_default();
    let initials: String = name
        .split([' ', '-', ','])
        .filter(|word| !matches!(*word, "và" | "-" | "–" | ""))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    letters.chars().count() >= 2 && initials.starts_with(letters)
}

fn signature_issuer(document: &Document, text: &str) -> Option<String> {
    let first = document.signature.offices.first()?.slice(text)?;
    ["TM.", "T/M", "TM "].iter().find_map(|mark| first.strip_prefix(mark)).map(|body| body.trim().to_owned())
}

/// Names of the province, district and commune that the document comes from: its issuer's own, and what the head tells
/// to stand above it; a unit that only the basis cites (`của UBND tỉnh …`) comes last.
fn place_names(document: &Document, lexicon: &Lexicon, fields: &mut record::Document, place: Option<&str>) {
    let text = document.text.as_str();
    let date = fields.date.as_deref();
    let mut seen: Vec<Span> = document.head.bodies.iter().rev().copied().collect();
    let issuer = fields.issuer.clone().unwrap_or_default();
    let title = fields.title.clone().unwrap_or_default();
    let mut found: [Option<String>; 3] = [None, None, None];
    let own = own_units(lexicon, &issuer, date);
    let lowest = own.iter().position(Option::is_some);
    merge(&mut found, own);
    seen.extend(document.annex_notes.iter().copied());
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
    for block in document.blocks.iter().take(60) {
        if found[2].is_some() {
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
fn own_units(lexicon: &Lexicon, body: &str, date: Option<&str>) -> [Option<String>; 3] {
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
fn unit_names(lexicon: &Lexicon, text: &str) -> [Option<String>; 3] {
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

fn issuer_is_central(lexicon: &Lexicon, issuer: &str) -> bool {
    let cut = Cut::new(lexicon, issuer, Span::new(0, issuer.len()));
    let at = lexicon.offices.at(&cut.tokens, 0).map_or(0, |(length, ())| length);
    lexicon.bodies.at(&cut.tokens, at).is_some_and(|(_, body)| body.level == Some(BodyLevel::Central))
        || lexicon.bodies.at(&cut.tokens, 0).is_some_and(|(_, body)| body.level == Some(BodyLevel::Central))
}

/// The level of government.
fn level(lexicon: &Lexicon, fields: &record::Document, document: &Document, text: &str) -> Level {
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
    let parent = document
        .head
        .bodies
        .first()
        .filter(|_| document.head.bodies.len() > 1)
        .map(|span| own_units(lexicon, span.slice(text).unwrap_or_default(), fields.date.as_deref()));
    match body {
        Some(Some(BodyLevel::Central)) => return Level::Central,
        Some(Some(BodyLevel::Department)) => return Level::Department,
        Some(Some(BodyLevel::Province)) => return Level::Province,
        Some(Some(BodyLevel::District)) => return Level::District,
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

/// The time that a title speaks of: `năm 2024`, `6 tháng đầu năm 2024`, `giai đoạn 2021-2025`, `quý I năm 2024`.
fn period(lexicon: &Lexicon, title: &str) -> Option<Period> {
    let cut = Cut::new(lexicon, title, Span::new(0, title.len()));
    let mut passage = cut.passage();
    passage.role = Role::Tasks;
    let tokens = &cut.tokens;
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let covers = |from: Option<Date>, to: Option<Date>| Some(Period { from: day(from), to: day(to) });
    let frame = Frame { year: None, column: true };
    // A year that is told once holds for all of the title: `9 tháng, nhiệm vụ quý IV năm 2024`.
    let years: Vec<i16> =
        (0..tokens.len()).filter(|at| !reference_number(tokens, *at)).filter_map(|at| date::year(passage.word(at))).collect();
    // `thực hiện Kết luận số 213-KL/TW ngày 21 tháng 11 năm 2025`: the day of another document is no period.
    let mut dated = 0;
    for at in 0..tokens.len() {
        let is = |at: usize, keyword: K| tokens.get(at).is_some_and(|token| token.is(keyword));
        if is(at, K::Day)
            && let Some((_, end)) = date::spelled(&passage, at).filter(|(date, _)| date.day.is_some())
        {
            dated = end;
        }
        if at < dated {
            continue;
        }
        if is(at, K::Stage) && is(at + 1, K::StageEnd) || is(at, K::From) {
            let found = super::deadline::find_at(&passage, frame, at);
            if let Some(found) = found {
                return covers(found.from, found.to);
            }
        }
        let number = tokens[at].is_number() && is(at + 1, K::Month);
        let quarter = is(at, K::Quarter) && date::quarter_number(passage.word(at + 1)).is_some();
        if number || quarter {
            let frame = Frame { year: years.first().copied(), column: true };
            if let Some(found) = super::deadline::calendar_at(&passage, frame, at) {
                return covers(found.0, found.1);
            }
            // `9 tháng năm 2024`.
            if number
                && let (Ok(months), Some(year)) = (passage.word(at).parse::<i8>(), years.first())
                && (1..=11).contains(&months)
            {
                return covers(Date::new(*year, 1, 1).ok(), Date::new(*year, months, 1).ok().map(Date::last_of_month));
            }
        }
        if is(at, K::Month)
            && let Some((date, _)) = date::spelled(&passage, at).filter(|(date, _)| date.month.is_some() && date.year.is_some())
        {
            return covers(date.first(), date.last());
        }
        // `những tháng cuối năm 2025`: from when is not said.
        if is(at, K::Month)
            && is(at + 1, K::Last)
            && is(at + 2, K::Year)
            && let Some(year) = date::year(passage.word(at + 3))
        {
            return covers(None, Date::new(year, 12, 31).ok());
        }
        let to_year = is(at, K::To) && (is(at + 1, K::Year) || is(at + 1, K::End));
        if to_year && let Some((_, to)) = super::deadline::calendar_at(&passage, frame, at + 1 + usize::from(is(at + 1, K::End)))
        {
            return covers(None, to);
        }
        if is(at, K::Year)
            && let Some(year) = date::year(passage.word(at + 1))
        {
            let first = Date::new(year, 1, 1).ok();
            // `năm học 2023-2024` is no calendar year; `2022 và các năm tiếp theo` is open.
            let joined = is(at + 2, K::Hyphen).then(|| date::year(passage.word(at + 3))).flatten();
            if let Some(last) = joined {
                return covers(first, Date::new(last, 12, 31).ok());
            }
            let open = is(at + 2, K::And) && (is(at + 3, K::Plural) || is(at + 3, K::Some));
            return covers(first, if open { None } else { Date::new(year, 12, 31).ok() });
        }
    }
    None
}

/// Whether the number at `at` belongs to a symbol or a date: `84/2015/QH13`, `ngày 5/7/2022`.
fn reference_number(tokens: &[Token], at: usize) -> bool {
    let glued = |token: Option<&Token>| token.is_some_and(|token| token.is_mark(b'/'));
    glued(tokens.get(at + 1)) || at > 0 && glued(tokens.get(at - 1))
}

/// `Thời gian thực hiện: từ tháng 9 năm 2025 đến tháng 5 năm 2026` in the body.
fn period_of_body(document: &Document, lexicon: &Lexicon) -> Option<Period> {
    let text = document.text.as_str();
    for block in document.blocks.iter().take(60) {
        let words = block.span.slice(text).unwrap_or_default();
        let labelled = fold(words.get(..60.min(words.len())).unwrap_or_default()).contains("thời gian thực hiện");
        let titled = block
            .section
            .is_some_and(|section| fold(document.sections[section].title.slice(text).unwrap_or_default()).contains("thời gian"));
        if !(labelled || titled) || words.len() > 400 {
            continue;
        }
        let cut = Cut::new(lexicon, text, block.span);
        let mut passage = cut.passage();
        passage.role = Role::Tasks;
        let found = super::deadline::find(&passage, Frame::default())
            .into_iter()
            .find(|found| found.from.is_some() && found.to.is_some());
        if let Some(found) = found {
            return Some(Period { from: found.from.map(|date| date.to_string()), to: found.to.map(|date| date.to_string()) });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `level | commune | district | province` of a document with that head, day and basis.
    fn shown(bodies: &str, day: &str, basis: &str) -> String {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let text = format!(
            "{bodies}\nSố: 6/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{day}\n\nKẾ HOẠCH\nPhát triển \
             đô thị\n\n{basis}\nI. MỤC TIÊU\n1. Tỷ lệ đô thị hóa đạt 95%.\n"
        );
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let document = crate::structure::read(&crate::normalize::normalize(source.text.as_str()), &lexicon);
        let record = super::super::extract(&source, &document, &lexicon);
        let told = |name: &Option<String>| name.clone().unwrap_or_default();
        let document = &record.document;
        format!(
            "{:?} | {} | {} | {}",
            document.level,
            told(&document.commune),
            told(&document.district),
            told(&document.province)
        )
    }

    #[test]
    fn the_issuer_tells_whose_document_it_is() {
        for (bodies, day, wanted) in [
            (
                "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH",
                "Thành phố Hồ Chí Minh, ngày 15 tháng 01 năm 2026",
                "Province |  |  | Hồ Chí Minh",
            ),
            ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "Hà Nội, ngày 15 tháng 01 năm 2024", "Province |  |  | Hà Nội"),
            ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HUẾ", "Huế, ngày 15 tháng 02 năm 2025", "Province |  |  | Huế"),
            ("ỦY BAN NHÂN DÂN\nĐẶC KHU HÒN SAO", "Hòn Sao, ngày 15 tháng 01 năm 2026", "Commune | Hòn Sao |  | Khe Vàng"),
            (
                "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ BẾN THUẬN",
                "Bến Thuận, ngày 15 tháng 01 năm 2024",
                "District |  | Bến Thuận | Khe Vàng",
            ),
            ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HUẾ", "Huế, ngày 15 tháng 02 năm 2024", "District |  | Huế | Khe Vàng"),
            ("ỦY BAN NHÂN DÂN\nPHƯỜNG BẾN THUẬN", "Bến Thuận, ngày 15 tháng 01 năm 2026", "Commune | Bến Thuận |  | Khe Vàng"),
            ("ỦY BAN NHÂN DÂN\nHUYỆN SUỐI LIM", "Suối Lim, ngày 15 tháng 01 năm 2024", "District |  | Suối Lim | Khe Vàng"),
        ] {
            let basis = "Căn cứ Kế hoạch số 5/KH-UBND ngày 03/01/2024 của UBND tỉnh Khe Vàng về đô thị;";
            assert_eq!(shown(bodies, day, basis), wanted, "{bodies}");
        }
        let within = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ BẾN THUẬN";
        assert_eq!(shown(within, "Bến Thuận, ngày 15 tháng 01 năm 2024", ""), "District |  | Bến Thuận | ");
        assert_eq!(shown(within, "Bến Thuận, ngày 15 tháng 8 năm 2025", ""), "Province |  |  | Bến Thuận");
    }
}
