//! Puts the record together: what goes into it, with the places in the source text that it was read from.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::head::Fields;
use super::ledger::Book;
use super::passage::Role;
use crate::ingest::Source;
use crate::lexicon::Lexicon;
use crate::record::ledger::Unread;
use crate::record::{self, Diagnostic, DocumentKind, Evidence, Origin, Record, Target};
use crate::structure::{Document, Place};
use crate::text::Span;
use crate::words::fold;

pub(super) struct Extractor<'a> {
    pub(super) source: &'a Source,
    pub(super) document: &'a Document,
    pub(super) lexicon: &'a Lexicon,
    pub(super) fields: Fields,
    pub(super) roles: Vec<Role>,
    /// The agencies that a section's heading hands the work to.
    pub(super) owners: Vec<Vec<String>>,
    /// Whether a section's own heading names its owners.
    pub(super) named: Vec<bool>,
    /// Whether a section's heading is `Chủ trì, phối hợp`: the bodies that its items begin with help.
    pub(super) helping: Vec<bool>,
    pub(super) record: Record,
    /// What became of the numbers of the source text.
    pub(super) book: Book,
    /// Paragraphs, tables and parts that nothing was read from.
    pub(super) lost: Vec<Unread>,
    /// The words of the passage's items: a number in them that no reader took is part of what they say.
    pub(super) wordings: Vec<Span>,
    /// Index of each reference by number or title.
    pub(super) known: HashMap<String, Vec<usize>, FxBuildHasher>,
}

impl<'a> Extractor<'a> {
    pub(super) fn new(source: &'a Source, document: &'a Document, lexicon: &'a Lexicon, fields: Fields) -> Self {
        let record = Record {
            schema: record::SCHEMA.to_owned(),
            source: record::Source {
                path: source.path.clone(),
                sha256: source.sha256.clone(),
                format: source.format,
                bytes: source.bytes,
                pages: u32::try_from(source.pages.len()).ok().filter(|pages| *pages > 0),
                encoding: source.encoding.clone(),
            },
            document: fields.document.clone(),
            sections: Vec::with_capacity(document.sections.len()),
            tables: Vec::new(),
            targets: Vec::new(),
            tasks: Vec::new(),
            deadlines: Vec::new(),
            references: Vec::new(),
            facts: Vec::new(),
            sums: Vec::new(),
            ratios: Vec::new(),
            papers: Vec::new(),
            mentions: record::Mentions::default(),
            ledger: record::ledger::Ledger::default(),
            unread: Vec::new(),
            diagnostics: Vec::new(),
            corrections: Vec::new(),
        };
        let mut extractor = Self {
            source,
            document,
            lexicon,
            fields,
            roles: Vec::new(),
            owners: Vec::new(),
            named: Vec::new(),
            helping: Vec::new(),
            record,
            book: Book::new(source.text.as_str()),
            lost: Vec::new(),
            wordings: Vec::new(),
            known: HashMap::default(),
        };
        extractor.read_sections();
        extractor
    }

    /// How many entries the record has: what grows when something is read.
    pub(super) fn count(&self) -> usize {
        let record = &self.record;
        let mentions = &record.mentions;
        let items = record.targets.len() + record.tasks.len() + record.deadlines.len() + record.facts.len();
        let figures = record.sums.len() + record.ratios.len() + mentions.column_totals.len() + mentions.cell_rates.len();
        items + figures + mentions.references.len() + mentions.means.len() + mentions.shares.len() + mentions.annexes.len()
    }

    pub(super) fn is_report(&self) -> bool {
        self.record.document.kind == DocumentKind::Report
    }

    pub(super) fn path(&self, section: Option<usize>) -> Option<String> {
        section.map(|section| self.document.sections[section].path.clone())
    }

    /// The places in the source text that `spans` were read from.
    pub(super) fn evidence(&self, spans: &[Span]) -> Vec<Evidence> {
        let source = self.source.text.as_str();
        let mut evidence = Vec::with_capacity(spans.len());
        for span in spans {
            for range in self.document.text.source_ranges(*span, |gap| is_invisible(&source[gap])) {
                evidence.push(self.quote(range));
            }
        }
        evidence
    }

    /// A place in the source text, in bytes, as evidence.
    pub(super) fn quote(&self, range: std::ops::Range<usize>) -> Evidence {
        Evidence {
            page: self.source.page_of(range.start),
            start: self.source.text.code_points_before(range.start),
            end: self.source.text.code_points_before(range.end),
            text: self.source.text.as_str()[range].to_owned(),
        }
    }

    /// `Trâu: 1.200, bò: 1.700` of each commune, below `Trâu: 7.801 con` of the district: a value without a unit has the one that the
    /// same name has elsewhere in the document, where it has but one; so has a thing that is counted by its own name, `Gia cầm: 3.200`.
    fn units_said_once(&mut self) {
        let mut known: std::collections::HashMap<String, Option<String>> = std::collections::HashMap::new();
        let lacks = |target: &Target| target.unit.as_deref().is_none_or(|unit| fold(unit) == fold(&target.indicator));
        for target in self.record.targets.iter().filter(|target| target.row.is_none() && !lacks(target)) {
            let unit = target.unit.clone();
            let of = known.entry(fold(&target.indicator)).or_insert_with(|| unit.clone());
            if *of != unit {
                *of = None;
            }
        }
        for target in self.record.targets.iter_mut().filter(|target| target.row.is_none() && lacks(target)) {
            let elsewhere = known.get(&fold(&target.indicator)).cloned().flatten();
            target.unit = elsewhere.or_else(|| target.unit.take());
        }
    }

    pub(super) fn finish(&mut self) {
        let spans = self.fields.spans.clone();
        self.record.document.evidence = self.evidence(&spans);
        self.units_said_once();
        self.loose_words();
        self.papers();
        self.settle();
        for note in &self.source.notes {
            self.record.diagnostics.push(Diagnostic { code: "source-note".into(), message: note.clone(), evidence: Vec::new() });
        }
        for remark in &self.source.remarks {
            let evidence = remark.place.iter().map(|place| self.quote(place.clone())).collect();
            self.record.diagnostics.push(Diagnostic { code: remark.code.clone(), message: remark.message.clone(), evidence });
        }
        for (code, message, span) in &self.document.doubts {
            let evidence = self.evidence(&[*span]);
            self.record.diagnostics.push(Diagnostic { code: (*code).to_owned(), message: message.clone(), evidence });
        }
        for (pages, code, what) in [
            (&self.source.scanned, "scanned-pages", "are images without text, and what they say is missing here"),
            (
                &self.source.garbled,
                "garbled-pages",
                "have fonts that do not say which letters they show, so that what was read there is wrong",
            ),
        ] {
            if !pages.is_empty() {
                let install = crate::ingest::INSTALL_OCR;
                let list: Vec<String> = pages.iter().map(u32::to_string).collect();
                let message = format!("pages {} {what}; OCR reads them where it is installed: {install}", list.join(", "));
                self.record.diagnostics.push(Diagnostic { code: code.to_owned(), message, evidence: Vec::new() });
            }
        }
    }
}

/// Whether the text between two stretches of the source is only white space and markup, so that they are one.
fn is_invisible(gap: &str) -> bool {
    if gap.len() > 80 {
        return gap.len() < 4000 && gap.chars().all(|c| c.is_whitespace());
    }
    let mut tag = false;
    gap.chars().all(|c| {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            _ if tag => {}
            '*' | '_' | '#' | '\\' | '|' => {}
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '⁽' | '⁾' => {}
            // The label between `<sup>` and `</sup>`.
            c if c.is_ascii_digit() && gap.contains("<sup>") => {}
            c => return c.is_whitespace(),
        }
        true
    })
}

pub(super) fn origin(place: Place) -> Origin {
    if place == Place::Annex { Origin::Annex } else { Origin::Body }
}
