//! What rules look at: a document's record with what is asked of it again and again, and all documents together.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::finding::{Severity, Side};
use super::interval::direction_of;
use super::pairs::Places;
use crate::lexicon::Lexicon;
use crate::record::{Direction, Evidence, Quote, Record, Section, Target};

/// The days that a date as far as it is given may mean: `2024-03` is one of 31.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first of them.
    pub first: Date,
    /// The last of them.
    pub last: Date,
}

impl Days {
    /// Reads `2024-03-01`, `2024-03`, `2024`.
    #[must_use]
    pub fn parse(iso: &str) -> Option<Self> {
        let mut parts = iso.split('-');
        let year: i16 = parts.next()?.parse().ok()?;
        match (parts.next(), parts.next()) {
            (Some(month), Some(day)) => {
                let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
                Some(Self { first: day, last: day })
            }
            (Some(month), None) => {
                let first = Date::new(year, month.parse().ok()?, 1).ok()?;
                Some(Self { first, last: first.last_of_month() })
            }
            _ => Some(Self { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? }),
        }
    }
}

/// Headings by their words, and the years that each says.
type Headings<'a> = (HashMap<&'a str, Vec<usize>>, Vec<Vec<i16>>);

/// One document as rules see it.
pub struct Case<'a> {
    /// Its record.
    pub record: &'a Record,
    /// The words that are known: types of documents and their letters.
    pub lexicon: &'a Lexicon,
    /// When it was issued, as far as it says.
    pub issued: Option<Days>,
    /// What people call it.
    pub name: String,
    /// Which way is good for targets whose own words do not say, by their index: as all others for the same indicator say.
    pub known: HashMap<usize, Direction>,
    /// Its targets, matched between body and annex the first time that a rule asks.
    pub(super) matched: OnceLock<Places>,
    /// The places of its headings by their paths and the years that each names, for the first rule that asks what stands over a section.
    headings: OnceLock<Headings<'a>>,
}

impl<'a> Case<'a> {
    /// The case of a record.
    #[must_use]
    pub fn new(record: &'a Record, lexicon: &'a Lexicon) -> Self {
        #[cfg(debug_assertions)]
        crate::record::planted::fault("audit", &record.document);
        let issued = record.document.date.as_deref().and_then(Days::parse);
        Self {
            record,
            lexicon,
            issued,
            name: name(record),
            known: HashMap::new(),
            matched: OnceLock::new(),
            headings: OnceLock::new(),
        }
    }

    /// How bad a finding is that rests on single letters or digits: pages that OCR read have others' slips.
    #[must_use]
    pub fn by_letters(&self, severity: Severity) -> Severity {
        if self.record.source.encoding.contains("ocr") { Severity::Note } else { severity }
    }

    /// How bad a finding is that sets two days against each other: in one month of one year a single digit of a scan makes the difference.
    #[must_use]
    pub fn by_days(&self, severity: Severity, one: Date, other: Date) -> Severity {
        if (one.year(), one.month()) == (other.year(), other.month()) { self.by_letters(severity) } else { severity }
    }

    /// A side that quotes one piece of evidence.
    #[must_use]
    pub fn quote(&self, section: Option<&str>, evidence: &Evidence) -> Side {
        Side {
            path: self.record.source.path.clone(),
            document: self.name.clone(),
            section: section.map(ToOwned::to_owned),
            page: evidence.page,
            start: evidence.start,
            end: evidence.end,
            text: evidence.text.clone(),
            origin: self.record.hand_at(evidence),
        }
    }

    /// Sides that quote all of `evidence`.
    #[must_use]
    pub fn sides(&self, section: Option<&str>, evidence: &[Evidence]) -> Vec<Side> {
        evidence.iter().map(|piece| self.quote(section, piece)).collect()
    }

    /// The sides of a target: its words and its value, without the cells of agencies.
    #[must_use]
    pub fn target(&self, target: &Target) -> Vec<Side> {
        let count = if target.row.is_some() && !target.evidence.first().is_some_and(|piece| piece.text.contains(&value(target))) {
            2
        } else {
            1
        };
        self.sides(target.section.as_deref(), &target.evidence[..count.min(target.evidence.len())])
    }

    /// The sides of a target and its result, which is the last cell of its row.
    #[must_use]
    pub fn result(&self, target: &Target) -> Vec<Side> {
        let mut sides = self.target(target);
        if target.row.is_some()
            && let Some(last) = target.evidence.last()
            && sides.last().is_none_or(|side| side.start != last.start)
        {
            sides.push(self.quote(target.section.as_deref(), last));
        }
        sides
    }

    /// The sides of a place that quotes another document.
    #[must_use]
    pub fn quoted(&self, quote: &Quote) -> Vec<Side> {
        self.sides(quote.section.as_deref(), &quote.evidence)
    }

    /// The sides of a place that quotes another document, with the title as it stands there.
    #[must_use]
    pub fn title(&self, quote: &Quote) -> Vec<Side> {
        self.quoted(quote)
    }

    /// The letters that stand for a type of document in a symbol: `Kế hoạch` is `KH`.
    #[must_use]
    pub fn codes(&self, kind: &str) -> &'a [String] {
        self.lexicon.types.iter().find(|known| known.name == kind).map_or(&[], |known| known.codes.as_slice())
    }

    /// Which way is good for a target; where its own words do not say, those of its row: `100% đối với cấp tỉnh, 95% đối với cấp huyện`;
    /// else those of the other targets for its indicator: a table's `75` is the plan's `đạt 75%`.
    #[must_use]
    pub fn direction(&self, target: &Target) -> Option<Direction> {
        let row = || self.record.targets.iter().filter(|other| target.row.is_some() && other.row == target.row);
        let alike = || {
            let at = self.record.targets.iter().position(|other| std::ptr::eq(other, target))?;
            self.known.get(&at).copied()
        };
        direction_of(target).or_else(|| row().find_map(direction_of)).or_else(alike)
    }

    /// The side of the head: where the title stands, else the first words that were read of the head.
    #[must_use]
    pub fn head(&self, holding: &str) -> Option<Side> {
        let pieces = &self.record.document.evidence;
        let title: Option<String> = self.record.document.title.as_ref().map(|title| title.chars().take(20).collect());
        let holding = if holding.is_empty() { title.as_deref().unwrap_or_default() } else { holding };
        let piece = pieces.iter().find(|piece| !holding.is_empty() && piece.text.contains(holding)).or(pieces.first())?;
        Some(self.quote(None, piece))
    }

    /// The years that the headings over a section name: `a) Đến năm 2026`.
    #[must_use]
    pub fn heading_years(&self, section: Option<&str>) -> Vec<i16> {
        let (_, years) = self.known_headings();
        self.headings_over(section).into_iter().flat_map(|at| years[at].iter().copied()).collect()
    }

    /// The headings over a section, the root first, its own last. They are looked up: pairs of targets ask again and again.
    #[must_use]
    pub fn headings(&self, section: Option<&str>) -> Vec<&'a Section> {
        self.headings_over(section).into_iter().map(|at| &self.record.sections[at]).collect()
    }

    fn known_headings(&self) -> &(HashMap<&'a str, Vec<usize>>, Vec<Vec<i16>>) {
        self.headings.get_or_init(|| {
            let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
            for (at, heading) in self.record.sections.iter().enumerate() {
                found.entry(heading.path.as_str()).or_default().push(at);
            }
            (found, self.record.sections.iter().map(|heading| super::quotes::years(&heading.title)).collect())
        })
    }

    fn headings_over(&self, section: Option<&str>) -> Vec<usize> {
        let Some(path) = section else { return Vec::new() };
        let (by_path, _) = self.known_headings();
        let above = path.match_indices('.').map(|(end, _)| &path[..end]).chain(std::iter::once(path));
        let mut places: Vec<usize> = above.filter_map(|path| by_path.get(path)).flatten().copied().collect();
        places.sort_unstable();
        places
    }

    /// The years that the document covers, where it says both ends.
    #[must_use]
    pub fn years(&self) -> Option<RangeInclusive<i16>> {
        let period = self.record.document.period.as_ref()?;
        let from = Days::parse(period.from.as_deref()?)?.first.year();
        let to = Days::parse(period.to.as_deref()?)?.last.year();
        Some(from..=to)
    }
}

/// The digits of a target's value as a text may write them.
fn value(target: &Target) -> String {
    super::show::vi(target.value.0)
}

/// What people call a document: its number, else its symbol, else its title, else its file.
fn name(record: &Record) -> String {
    let document = &record.document;
    let file = || record.source.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    match (&document.number, &document.symbol, &document.title) {
        (Some(number), ..) => number.clone(),
        (None, Some(symbol), _) => format!("…/{symbol}"),
        (None, None, Some(title)) => super::show::short(title),
        (None, None, None) => file(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_far_as_a_date_is_given() {
        for (iso, wanted) in [
            ("2024-03-05", Some("2024-03-05..2024-03-05")),
            ("2024-02", Some("2024-02-01..2024-02-29")),
            ("2024", Some("2024-01-01..2024-12-31")),
            ("2024-02-30", None),
            ("", None),
        ] {
            let days = Days::parse(iso).map(|days| format!("{}..{}", days.first, days.last));
            assert_eq!(days.as_deref(), wanted, "{iso}");
        }
    }
}
