//! Times of headings and labels: `II. CHỈ TIÊU ĐẾN NĂM 2030`, `- Giai đoạn 2026-2028:` over its items. What stands below them is due then.

use super::clause;
use super::date;
use super::deadline;
use super::documents::Readings;
use super::passage::{Passage, Role};
use super::recorder::Extractor;
use crate::agency::Agencies;
use crate::lexicon::ClauseKind;
use crate::record::Evidence;
use crate::structure::{Block, BlockKind};
use crate::words::{Keyword as K, Kind, Token};

/// Where a label stands, and the place that it names.
type Label = (Option<usize>, Option<char>, String, Vec<Evidence>);

/// A label that says for whom the values below it are wanted, `Tại địa bàn miền núi:`, over its items.
#[derive(Default)]
pub(super) struct Places {
    /// The label that holds now: its section and bullet, the place and where it stands.
    label: Option<Label>,
}

impl Places {
    /// Gives the targets from `first` on the place of the label that they stand under; takes the block for a label where it is one.
    pub(super) fn read(
        &mut self,
        extractor: &mut Extractor,
        block: &Block,
        passage: &Passage,
        readings: &Readings,
        first: usize,
    ) {
        let bullet = if let BlockKind::Bullet(bullet) = block.kind { Some(bullet) } else { None };
        let holds =
            self.label.as_ref().is_some_and(|(section, of, ..)| *section == block.section && bullet.is_some() && *of != bullet);
        if !holds {
            self.label = None;
        }
        if let Some((.., place, evidence)) = &self.label {
            for target in extractor.record.targets[first..].iter_mut().filter(|target| target.scope.is_none()) {
                target.scope = Some(place.clone());
                target.evidence.extend(evidence.iter().cloned());
            }
        }
        let quiet = readings.claims.is_empty() && readings.deadlines.is_empty();
        let Some(place) = place_of(passage).filter(|_| quiet && block.kind != BlockKind::Heading) else { return };
        let evidence = extractor.evidence(&[passage.span(place.clone())]);
        self.label = Some((block.section, bullet, passage.words(place).to_owned(), evidence));
    }
}

/// The place or group of a label: `Tại địa bàn đô thị:`, `Đối với các xã ven biển:`.
fn place_of(passage: &Passage) -> Option<std::ops::Range<usize>> {
    const WORDS: usize = 10;
    let tokens = passage.tokens;
    let colon = tokens.len().checked_sub(1).filter(|at| tokens[*at].is(K::Colon) && *at <= WORDS)?;
    let about = clause::joint(passage, 0).filter(|(_, kind)| *kind == ClauseKind::About).map(|(length, _)| length);
    let start = about.or_else(|| tokens[0].is_any(&[K::At, K::In]).then_some(1))?;
    let named = start < colon && tokens[start..colon].iter().all(|token| token.is_word() || token.is(K::Comma));
    let acts = (start..colon).any(|at| passage.lexicon.actions.at(tokens, at).is_some_and(|(length, ())| length > 1));
    let body = Agencies::new(passage.lexicon, tokens).is_proper(start);
    (named && !acts && !body).then_some(start..colon)
}

/// When the targets below a heading or a label are due.
type Due = (String, Vec<Evidence>);

/// The times that headings and labels give to what stands below them.
pub(super) struct Stages {
    /// By section: its own or its parent's time, once it was asked for.
    headings: Vec<Option<Option<Due>>>,
    /// The label that holds now: its section and bullet.
    label: Option<(Option<usize>, Option<char>, Due)>,
}

impl Stages {
    pub(super) fn new(sections: usize) -> Self {
        Self { headings: vec![None; sections], label: None }
    }

    /// Whether the block is a label that dates the items below it; also ends a label that no longer holds.
    pub(super) fn label(&mut self, extractor: &Extractor, block: &Block, passage: &Passage, readings: &Readings) -> bool {
        let bullet = if let BlockKind::Bullet(bullet) = block.kind { Some(bullet) } else { None };
        // Behind the bullet of a label stand other bullets, or plain paragraphs: `- Đến năm 2030:`.
        let below = |of: &Option<char>| *of != bullet && (bullet.is_some() || block.kind == BlockKind::Paragraph);
        let holds = self.label.as_ref().is_some_and(|(section, of, _)| *section == block.section && below(of));
        if !holds {
            self.label = None;
        }
        if !readings.claims.is_empty() || !is_label(passage.tokens) {
            return false;
        }
        let Some(due) = due_of(passage, extractor) else { return false };
        let evidence = extractor.evidence(&[passage.span(0..passage.tokens.len())]);
        self.label = Some((block.section, bullet, (due, evidence)));
        true
    }

    /// Gives the targets from `first` on the time of the label or heading that they stand under.
    pub(super) fn give(&mut self, extractor: &mut Extractor, block: &Block, first: usize) {
        if extractor.record.targets[first..].iter().all(|target| target.due.is_some()) {
            return;
        }
        let label = self.label.as_ref().map(|(_, _, due)| due.clone());
        let Some(due) = label.or_else(|| self.heading(extractor, block.section?)) else { return };
        Self::date(extractor, first, &due);
    }

    /// Gives the targets of a table's row, from `first` on, the time of the groups that it stands under: `II | Giai đoạn 2028-2030`.
    /// What stands over the table, at `root`, is the title of a paper.
    pub(super) fn give_row(&mut self, extractor: &mut Extractor, group: usize, root: Option<usize>, first: usize) {
        let above = |section: &usize| extractor.document.sections[*section].parent.filter(|parent| Some(*parent) != root);
        let due = std::iter::successors(Some(group), above).find_map(|section| Self::own(extractor, section));
        if let Some(due) = due {
            Self::date(extractor, first, &due);
        }
    }

    fn date(extractor: &mut Extractor, first: usize, (due, evidence): &Due) {
        for target in
            extractor.record.targets[first..].iter_mut().filter(|target| target.due.is_none() && target.actual.is_none())
        {
            target.due = Some(due.clone());
            target.evidence.extend(evidence.iter().cloned());
        }
    }

    fn heading(&mut self, extractor: &Extractor, section: usize) -> Option<Due> {
        if let Some(known) = &self.headings[section] {
            return known.clone();
        }
        let entry = &extractor.document.sections[section];
        // `DỰ TOÁN NĂM 2026`: the year of money is no time by which something is wanted.
        let wanted = extractor.role_of(Some(section), entry.place) != Role::Budget;
        let due = Self::own(extractor, section).or_else(|| self.heading(extractor, entry.parent.filter(|_| wanted)?));
        self.headings[section] = Some(due.clone());
        due
    }

    /// The time that a section's own heading tells.
    fn own(extractor: &Extractor, section: usize) -> Option<Due> {
        let entry = &extractor.document.sections[section];
        let text = extractor.document.text.as_str();
        let mut tokens = Vec::new();
        extractor.lexicon.vocabulary.cut(entry.title.slice(text).unwrap_or_default(), entry.title.start, &mut tokens);
        let passage = Passage::new(extractor.lexicon, text, &tokens, Role::Aims, Some(section), entry.place);
        let wanted = extractor.role_of(Some(section), entry.place) != Role::Budget;
        due_of(&passage, extractor).filter(|_| wanted).map(|due| (due, extractor.evidence(&[entry.title])))
    }
}

/// Whether a line is nothing but a time, or a few words with one before a colon: `Giai đoạn 2026-2028:`, `Đến năm 2030`.
fn is_label(tokens: &[Token]) -> bool {
    const WORDS: usize = 8;
    let words = tokens.iter().filter(|token| token.kind != Kind::Mark).count();
    let timed = tokens.iter().take(3).any(|token| token.is_any(&[K::Year, K::Stage, K::End, K::To]));
    let ends = tokens.last().is_some_and(|last| last.is(K::Colon) || last.is_number());
    words <= WORDS && timed && ends
}

/// The day by which a heading or label says that what stands below it is due: the last year that it names, or its own deadline.
fn due_of(passage: &Passage, extractor: &Extractor) -> Option<String> {
    let tokens = passage.tokens;
    // `KẾ HOẠCH PHÁT TRIỂN VĂN HÓA NĂM 2026` names a paper; its time is the document's. A file without a title is a row of such papers,
    // and those behind the first, which stands for the title, tell their own.
    let head = &extractor.fields.document;
    let titled = head.title.is_some() || head.number.is_some() || passage.section == Some(0);
    if tokens.is_empty() || titled && passage.lexicon.type_names.find(tokens, 0).is_some() {
        return None;
    }
    let least = extractor.fields.frame.year.unwrap_or(0);
    let exact = deadline::find(passage, extractor.fields.frame).into_iter().filter_map(|found| found.to).next_back();
    if let Some(date) = exact {
        return Some(date.to_string());
    }
    let year = (1..tokens.len()).rev().find_map(|at| {
        let year = tokens[at].is_number().then(|| date::year(passage.word(at))).flatten()?;
        let named = tokens[at - 1].is_any(&[K::Year, K::StageEnd]);
        let range = at >= 3
            && tokens[at - 1].is(K::Hyphen)
            && tokens[at - 2].is_number()
            && tokens[at - 3].is_any(&[K::StageEnd, K::Year]);
        let compared = at >= 3 && (1..=3).any(|back| tokens[at - back].is_any(&[K::With, K::Comparison]));
        // `QUÝ III NĂM 2026` is no whole year.
        let part = at >= 2 && (at.saturating_sub(5)..at).any(|at| tokens[at].is_any(&[K::Quarter, K::Month]));
        ((named || range) && !compared && !part).then_some(year)
    })?;
    (year >= least).then(|| format!("{year}-12-31"))
}
