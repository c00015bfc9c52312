//! Reads all blocks and tables of a document and puts the record together.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use super::claim::{self, Claim, joined};
use super::deadline::{self, Frame};
use super::fact;
use super::head::{self, Fields};
use super::passage::{Passage, Role};
use super::quantity::{self, Lead, Quantity};
use super::reference;
use super::task::{self, Reading};
use crate::agency::Agencies;
use crate::ingest::Source;
use crate::lexicon::{Lexicon, UnitKind};
use crate::record::{
    self, Actual, Agency, Change, ChangeKind, Comparator, Deadline, Diagnostic, DocumentKind, Evidence, Fact, Number, Origin,
    Ratio, Record, Reference, ReferenceRole, Sum, Target, Task,
};
use crate::structure::{Block, BlockKind, Document, Place, Section};
use crate::text::Span;
use crate::words::{Case, Keyword as K, Token};

/// Reads the record of a document.
#[must_use]
pub fn extract(source: &Source, document: &Document, lexicon: &Lexicon) -> Record {
    let fields = head::read(document, lexicon);
    let mut extractor = Extractor::new(source, document, lexicon, fields);
    extractor.blocks();
    extractor.tables();
    extractor.finish()
}

pub(super) struct Extractor<'a> {
    pub(super) source: &'a Source,
    pub(super) document: &'a Document,
    pub(super) lexicon: &'a Lexicon,
    pub(super) fields: Fields,
    roles: Vec<Role>,
    /// The agencies that a section's heading hands the work to.
    owners: Vec<Vec<String>>,
    pub(super) record: Record,
    /// Index of each reference by number or title.
    known: HashMap<String, Vec<usize>, FxBuildHasher>,
}

/// What was read from one passage, before it goes into the record.
pub(super) struct Readings {
    pub(super) quantities: Vec<Quantity>,
    pub(super) deadlines: Vec<deadline::Found>,
    /// Index in the record of the first of the passage's deadlines.
    pub(super) first_deadline: usize,
    pub(super) claims: Vec<Claim>,
}

impl<'a> Extractor<'a> {
    fn new(source: &'a Source, document: &'a Document, lexicon: &'a Lexicon, fields: Fields) -> Self {
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
            mentions: record::Mentions::default(),
            diagnostics: Vec::new(),
        };
        let mut extractor =
            Self { source, document, lexicon, fields, roles: Vec::new(), owners: Vec::new(), record, known: HashMap::default() };
        extractor.read_sections();
        extractor
    }

    pub(super) fn is_report(&self) -> bool {
        self.record.document.kind == DocumentKind::Report
    }

    /// Roles and owners of all sections, and their entries in the record.
    fn read_sections(&mut self) {
        let mut tokens = Vec::new();
        for (index, section) in self.document.sections.iter().enumerate() {
            tokens.clear();
            let title = section.title.slice(self.document.text.as_str()).unwrap_or_default();
            let short = title.char_indices().nth(400).map_or(title.len(), |(at, _)| at);
            self.lexicon.vocabulary.cut(&title[..short], section.title.start, &mut tokens);
            // `Điều 1. Phê duyệt Đề án …` only encloses what is approved: its parts tell what they are.
            let encloses = |parent: &usize| section.level == 2 && self.document.sections[*parent].path.starts_with("Điều ");
            let above = section
                .parent
                .map(|parent| self.roles[parent])
                .filter(|role| !(*role == Role::Tasks && section.parent.as_ref().is_some_and(encloses)));
            self.roles.push(self.section_role(section, &tokens, above));
            let owners = self.heading_owners(&tokens);
            let inherited = || section.parent.map(|parent| self.owners[parent].clone()).unwrap_or_default();
            let owners = if owners.is_empty() { inherited() } else { owners };
            self.owners.push(owners);
            self.record.sections.push(record::Section {
                id: format!("s{}", index + 1),
                path: section.path.clone(),
                title: title.trim_matches(|c: char| c.is_whitespace() || c == '.' || c == ':').to_owned(),
                level: section.level,
                evidence: self.evidence(&[section.title]),
            });
        }
    }

    fn section_role(&self, section: &Section, tokens: &[Token], above: Option<Role>) -> Role {
        let report = self.is_report();
        let default = match (section.place, above) {
            (_, Some(above)) => above,
            (_, None) if report => Role::Results,
            _ => Role::Tasks,
        };
        // A small word before it leads in: `Một số chỉ tiêu`, `Các nhiệm vụ`, `Về mục tiêu`.
        let at_start = self.lexicon.sections.at(tokens, 0).or_else(|| {
            tokens.first().filter(|token| token.is_any(&[K::About, K::Some, K::Plural]))?;
            self.lexicon.sections.at(tokens, 1)
        });
        let own = match at_start {
            Some((_, role)) => Some(*role),
            None if section.level == 1 || section.place == Place::Annex => {
                self.lexicon.sections.find(tokens, 0).map(|(_, _, role)| *role)
            }
            None => None,
        };
        let Some(own) = own.map(Role::from) else { return default };
        match (above, own) {
            // Under work, `Đánh giá …` and `Yêu cầu …` set work too.
            (Some(Role::Tasks), Role::Results | Role::Purpose) if !report && self.lexicon.actions.at(tokens, 0).is_some() => {
                Role::Tasks
            }
            // Under aims only work and money are something else.
            (Some(Role::Aims), Role::Purpose | Role::Results) => Role::Aims,
            _ => own,
        }
    }

    /// The agencies of a heading that is nothing but agencies: `1. Sở Y tế`, `2. Đề nghị Hội Nông dân tỉnh`.
    fn heading_owners(&self, tokens: &[Token]) -> Vec<String> {
        let skip = match tokens {
            [first, ..] if first.is(K::Assign) => 1,
            [first, second, ..]
                if first.is(K::Propose) && second.is(K::ProposeEnd) || first.is(K::Request) && second.is(K::RequestEnd) =>
            {
                2
            }
            _ => 0,
        };
        let agencies = Agencies::new(self.lexicon, tokens);
        let marks =
            tokens.iter().rev().take_while(|token| token.kind == crate::words::Kind::Mark && !token.is_mark(b')')).count();
        let end = tokens.len() - marks;
        if skip >= end || !agencies.begins(skip) {
            return Vec::new();
        }
        let (_, list_end) = agencies.list(skip);
        let first_generic = self.lexicon.offices.at(tokens, skip).is_none()
            && self.lexicon.bodies.at(tokens, skip).is_some_and(|(length, body)| {
                // `Trạm Y tế phường` is one, `Doanh nghiệp số` is none.
                let placed = tokens[skip + length..end]
                    .iter()
                    .any(|token| token.is_any(&[K::Province, K::District, K::Ward, K::TownEnd, K::City, K::Belong]));
                body.generic && length + skip < end && tokens[skip].case != Case::Upper && !placed
            });
        // `Doanh nghiệp số`, `Cơ sở dữ liệu` are matters, not agencies.
        let heading = !tokens.last().is_some_and(|last| last.is_mark(b'.') || last.is_mark(b';')) && end <= 40;
        if first_generic || list_end < end && !(heading && !tokens[list_end].is_mark(b':')) {
            return Vec::new();
        }
        // `Giao Sở Y tế là cơ quan chủ trì; …`: what it is is no part of its name.
        let named = if tokens[..end].get(list_end).is_some_and(|token| token.is(K::Be)) { list_end } else { end };
        self.names(tokens, skip..named)
    }

    /// The parts of a list of agencies, as written.
    pub(super) fn names(&self, tokens: &[Token], range: Range<usize>) -> Vec<String> {
        let agencies = Agencies::new(self.lexicon, tokens);
        let text = self.document.text.as_str();
        agencies
            .parts(range)
            .into_iter()
            .map(|part| tokens[part.start].span().cover(tokens[part.end - 1].span()).slice(text).unwrap_or_default().to_owned())
            .collect()
    }

    pub(super) fn role_of(&self, section: Option<usize>, place: Place) -> Role {
        match section {
            Some(section) => self.roles[section],
            None if place == Place::Preamble => Role::Preamble,
            None => Role::Tasks,
        }
    }

    pub(super) fn path(&self, section: Option<usize>) -> Option<String> {
        section.map(|section| self.document.sections[section].path.clone())
    }

    fn blocks(&mut self) {
        let document = self.document;
        let text = document.text.as_str();
        let mut tokens: Vec<Token> = Vec::new();
        // The agencies that a lead-in or a bullet hands the following items to: section, bullet, names.
        let mut handed: Option<(Option<usize>, Option<char>, Vec<String>)> = None;
        let mut shared_titles = std::collections::HashSet::with_hasher(FxBuildHasher);
        for (index, block) in document.blocks.iter().enumerate() {
            tokens.clear();
            self.lexicon.vocabulary.cut(block.span.slice(text).unwrap_or_default(), block.span.start, &mut tokens);
            if tokens.is_empty() || block.kind == BlockKind::Heading && !shared_titles.insert(block.span.start) {
                continue;
            }
            let role = self.role_of(block.section, block.place);
            let mut passage = Passage::new(self.lexicon, text, &tokens, role, block.section, block.place);
            if task::is_closing(&passage) {
                for found in reference::find(&mut passage) {
                    self.reference(&passage, &found);
                }
                self.days(&passage);
                continue;
            }
            let readings = self.read(&mut passage, self.fields.frame, block.kind != BlockKind::Heading);
            if block.kind == BlockKind::Heading {
                continue;
            }
            let keep = handed.as_ref().is_some_and(|(section, bullet, _)| {
                *section == block.section
                    && (bullet.is_none() || matches!(block.kind, BlockKind::Bullet(other) if Some(other) != *bullet))
            });
            if !keep {
                handed = None;
            }
            let owners = handed
                .as_ref()
                .map(|(_, _, names)| names.clone())
                .unwrap_or_else(|| block.section.map(|section| self.owners[section].clone()).unwrap_or_default());
            let first = self.record.targets.len();
            let named = self.block(block, &passage, &readings, &owners);
            self.due_of_heading(block, first);
            if let Some(names) = named {
                let bullet = if let BlockKind::Bullet(bullet) = block.kind { Some(bullet) } else { None };
                handed = Some((block.section, bullet, names));
            }
            self.sums(index, &passage, &readings.quantities);
            self.ratios(&passage, &readings.quantities);
            self.counts(&passage, &readings.quantities);
            self.means(index, &passage, &readings.quantities);
            self.shares_and_lists(&passage, &readings.quantities);
        }
    }

    /// `a) Đến hết năm 2030: 60% …`: a heading that is nothing but a time is when what is run in behind it is due.
    fn due_of_heading(&mut self, block: &Block, first: usize) {
        let Some(section) = block.section.filter(|_| block.kind == BlockKind::RunIn && self.record.targets.len() > first) else {
            return;
        };
        let title = self.document.sections[section].title;
        if title.is_empty() || title.end > block.span.start {
            return;
        }
        let mut tokens = Vec::new();
        let text = self.document.text.as_str();
        self.lexicon.vocabulary.cut(title.slice(text).unwrap_or_default(), title.start, &mut tokens);
        let passage = Passage::new(self.lexicon, text, &tokens, Role::Aims, block.section, block.place);
        let found = deadline::find(&passage, self.fields.frame).into_iter().find(|found| found.range == (0..tokens.len()));
        let Some(due) = found.and_then(|found| found.to) else { return };
        let evidence = self.evidence(&[title]);
        for target in self.record.targets[first..].iter_mut().filter(|target| target.due.is_none()) {
            target.due = Some(due.to_string());
            target.evidence.extend(evidence.iter().cloned());
        }
    }

    /// Reads references, deadlines, quantities and claims of a passage; the first two go into the record.
    pub(super) fn read(&mut self, passage: &mut Passage, frame: Frame, with_claims: bool) -> Readings {
        let references = reference::find(passage);
        for found in references {
            self.reference(passage, &found);
        }
        self.days(passage);
        self.annexes(passage);
        let first_deadline = self.record.deadlines.len();
        let mut readings = Readings { quantities: Vec::new(), deadlines: Vec::new(), first_deadline, claims: Vec::new() };
        if passage.role == Role::Preamble {
            return readings;
        }
        if !with_claims && !frame.column {
            return readings;
        }
        let (deadlines, times) = deadline::find_with_times(passage, frame);
        readings.deadlines = deadlines;
        for found in &readings.deadlines {
            self.deadline(passage, found);
        }
        if with_claims {
            readings.quantities = quantity::find(passage);
            readings.quantities.retain(|quantity| {
                let inside = |range: &Range<usize>| range.start <= quantity.number.start && quantity.number.end <= range.end;
                !readings.deadlines.iter().any(|found| inside(&found.range)) && !times.iter().any(inside)
            });
            readings.claims = claim::find(passage, &readings.quantities, &readings.deadlines, &times);
        }
        readings
    }

    /// Targets, tasks and facts of a block; gives the agencies that it hands the following items to.
    fn block(&mut self, block: &Block, passage: &Passage, readings: &Readings, owners: &[String]) -> Option<Vec<String>> {
        let mut valued = false;
        let mut made: Vec<(usize, Range<usize>)> = Vec::new();
        for claim in &readings.claims {
            let sentence = sentence_of(passage, &claim.clause);
            if let Some(assigned) = &claim.assigned {
                made.push((self.reported_target(passage, claim, assigned), sentence));
                valued = true;
            } else if is_target(passage, claim) && block.kind != BlockKind::Note {
                made.push((self.record.targets.len(), sentence));
                self.target(passage, claim, readings);
                valued = true;
            } else if passage.role == Role::Results {
                self.fact(passage, claim, &readings.quantities);
            }
        }
        if passage.role != Role::Tasks || block.kind == BlockKind::Note {
            return None;
        }
        match task::read(passage, valued) {
            Reading::Nothing => {
                self.give_agencies(&made, owners, None);
                None
            }
            Reading::LeadIn(names) => {
                let names: Vec<String> = names.into_iter().flat_map(|range| self.names(passage.tokens, range)).collect();
                (!names.is_empty()).then_some(names)
            }
            Reading::Work(work) => {
                let named: Vec<String> =
                    work.owners.iter().cloned().flat_map(|range| self.names(passage.tokens, range)).collect();
                let mut coordinate: Vec<String> =
                    work.coordinate.iter().cloned().flat_map(|range| self.names(passage.tokens, range)).collect();
                let owner = if named.is_empty() {
                    owners.to_vec()
                } else if work.assists && !owners.is_empty() {
                    // Under `Giao Sở Y tế là cơ quan chủ trì; các đơn vị:` those named only help.
                    coordinate.extend(named);
                    owners.to_vec()
                } else {
                    named
                };
                // `Sở Xây dựng (chủ trì), Sở Tài chính (phối hợp): …`.
                let (lead, help): (Vec<Agency>, Vec<Agency>) =
                    task::by_role(owner, record::Role::Lead).into_iter().partition(|agency| agency.role == record::Role::Lead);
                coordinate.splice(0..0, help.iter().map(|agency| agency.name.clone()));
                let owner: Vec<String> = lead.into_iter().map(|agency| agency.name).collect();
                let partners = work.coordinate.first().map(|first| (first.start, coordinate.as_slice()));
                self.give_agencies(&made, &owner, partners);
                let deadline = (!readings.deadlines.is_empty()).then_some(readings.first_deadline);
                let span = passage.span(work.text.clone());
                self.record.tasks.push(Task {
                    id: format!("n{}", self.record.tasks.len() + 1),
                    origin: origin(passage.place),
                    section: self.path(passage.section),
                    owner,
                    coordinate,
                    text: passage.words(work.text).to_owned(),
                    deadline,
                    product: None,
                    evidence: self.evidence(&[span]),
                });
                None
            }
        }
    }

    /// Gives targets their agencies; partners help with the targets of their own sentence.
    fn give_agencies(&mut self, targets: &[(usize, Range<usize>)], owner: &[String], partners: Option<(usize, &[String])>) {
        let agency = |role, name: &String| Agency { role, name: name.clone() };
        for (target, sentence) in targets {
            let agencies = &mut self.record.targets[*target].agencies;
            agencies.extend(task::by_role(owner.to_vec(), record::Role::Lead));
            if let Some((_, names)) = partners.filter(|(at, _)| sentence.contains(at)) {
                agencies.extend(names.iter().map(|name| agency(record::Role::Coordinate, name)));
            }
        }
    }

    /// Writes a target; agencies are given later.
    pub(super) fn target(&mut self, passage: &Passage, claim: &Claim, readings: &Readings) {
        // `- Đến hết năm 2045: 100% hợp tác xã …`: a time before a colon is when all behind it is due.
        let led = |found: &deadline::Found| {
            found.range.start == 0 && passage.tokens.get(found.range.end).is_some_and(|token| token.is(K::Colon))
        };
        let leads = readings.deadlines.iter().position(led);
        let due = claim.due.or(leads).and_then(|index| readings.deadlines[index].to).map(|date| date.to_string());
        let indicator = joined(passage, &claim.indicator);
        let scope = joined(passage, &claim.scope);
        let conditions = claim.conditions.iter().map(|range| passage.words(range.clone()).to_owned()).collect();
        let quantity = &claim.quantity;
        let evidence = self.evidence(&[passage.span(claim.clause.clone())]);
        self.record.targets.push(Target {
            id: format!("t{}", self.record.targets.len() + 1),
            origin: origin(passage.place),
            section: self.path(passage.section),
            change: change(passage, claim),
            indicator,
            indicator_id: None,
            comparator: quantity.comparator(),
            value: Number(value_of(quantity)),
            value_to: quantity.value_to.map(Number),
            range: quantity.value_to.map(|to| record::Range { from: Number(quantity.value), to: Number(to) }),
            unit: unit_of(passage, quantity),
            scope: (!scope.is_empty()).then_some(scope),
            conditions,
            due,
            direction: None,
            agencies: Vec::new(),
            actual: None,
            row: None,
            evidence,
        });
    }

    /// `… đạt 97,45% (được giao 90%)`: the target is what was assigned, the value its result.
    fn reported_target(&mut self, passage: &Passage, claim: &Claim, assigned: &Quantity) -> usize {
        let index = self.record.targets.len();
        let readings = Readings { quantities: Vec::new(), deadlines: Vec::new(), first_deadline: 0, claims: Vec::new() };
        let mut target = claim.clone();
        target.due = None;
        target.quantity = assigned.clone();
        self.target(passage, &target, &readings);
        let last = &mut self.record.targets[index];
        last.comparator = assigned.comparator.unwrap_or(Comparator::Eq);
        last.actual = Some(Actual::Value {
            value: Number(claim.quantity.value),
            unit: unit_of(passage, &claim.quantity),
            comparator: claim.quantity.comparator(),
        });
        index
    }

    /// A result; of counts that are given with their percentage (`312/415 dự án (75,2%)`) the percentage is the result.
    fn fact(&mut self, passage: &Passage, claim: &Claim, quantities: &[Quantity]) {
        // A part is told by what it is a part for: `trong đó: vốn trung ương giải ngân 512,7 tỷ đồng`.
        let subject = joined(passage, if claim.scope.is_empty() { &claim.indicator } else { &claim.scope });
        if subject.is_empty() {
            return;
        }
        let share = claim.quantity.of.and_then(|_| {
            let next = quantities.iter().find(|other| other.number.start > claim.quantity.number.start)?;
            let close = next.whole.start <= claim.quantity.whole.end + 16 && next.unit_kind == Some(UnitKind::Percent);
            close.then_some(next)
        });
        let quantity = share.unwrap_or(&claim.quantity);
        let evidence = self.evidence(&[passage.span(claim.clause.clone())]);
        self.record.facts.push(Fact {
            id: format!("f{}", self.record.facts.len() + 1),
            section: self.path(passage.section),
            subject,
            comparator: quantity.comparator(),
            value: Number(quantity.value),
            unit: unit_of(passage, quantity),
            change: change(passage, claim),
            evidence,
        });
    }

    fn deadline(&mut self, passage: &Passage, found: &deadline::Found) {
        let about = deadline::about(passage, found);
        let evidence = self.evidence(&[passage.span(found.range.clone())]);
        self.record.deadlines.push(Deadline {
            id: format!("d{}", self.record.deadlines.len() + 1),
            text: passage.words(found.range.clone()).to_owned(),
            from: found.from.map(|date| date.to_string()),
            to: found.to.map(|date| date.to_string()),
            exclusive: found.exclusive,
            recurrence: found.recurrence.clone(),
            about: passage.words(about).to_owned(),
            section: self.path(passage.section),
            evidence,
        });
    }

    /// A reference in a table.
    pub(super) fn mention(&mut self, passage: &Passage, found: &reference::Found) {
        self.reference(passage, found);
    }

    fn reference(&mut self, passage: &Passage, found: &reference::Found) {
        let kind = found.kind.map(|kind| self.lexicon.types[kind].name.clone());
        let date = found.date.and_then(super::date::Partial::iso);
        let title = found.title.as_ref().map(|range| passage.words(range.clone()).to_owned());
        let issuer = found.issuer.as_ref().map(|range| passage.words(range.clone()).to_owned());
        let span = passage.span(found.range.clone());
        let evidence = self.evidence(&[span]);
        let role = if passage.role == Role::Preamble { ReferenceRole::Basis } else { ReferenceRole::Mention };
        let key = match (&found.number, &title) {
            (Some(number), _) => number.to_lowercase(),
            (None, Some(title)) => crate::words::fold(title),
            (None, None) => return,
        };
        let section = self.path(passage.section);
        let known = self.known.entry(key).or_default();
        let same_kind = |entry: &Reference| entry.kind == kind || entry.kind.is_none() || kind.is_none();
        let same = known.iter().copied().find(|index| {
            let entry = &self.record.references[*index];
            same_kind(entry) && (entry.date == date || entry.date.is_none() || date.is_none())
        });
        self.record.mentions.references.push(record::Quote {
            reference: same.unwrap_or(self.record.references.len()),
            kind: kind.clone(),
            number: found.number.clone(),
            date: date.clone(),
            issuer: issuer.clone(),
            title: title.clone(),
            role,
            section,
            evidence: evidence.clone(),
        });
        if let Some(index) = same {
            let entry = &mut self.record.references[index];
            entry.date = entry.date.take().or(date);
            entry.issuer = entry.issuer.take().or(issuer);
            entry.title = entry.title.take().or(title);
            entry.kind = entry.kind.take().or(kind);
            entry.evidence.extend(evidence);
            return;
        }
        known.push(self.record.references.len());
        self.record.references.push(Reference {
            id: format!("r{}", self.record.references.len() + 1),
            kind,
            number: found.number.clone(),
            date,
            issuer,
            title,
            role,
            evidence,
        });
    }

    fn sums(&mut self, block: usize, passage: &Passage, quantities: &[Quantity]) {
        if quantities.is_empty() {
            return;
        }
        for parted in fact::sums(passage, quantities) {
            let total = &quantities[parted.total];
            let evidence = self.evidence(&[passage.span(parted.range.clone())]);
            self.sum(passage, total, parted.parts, evidence);
        }
        let document = self.document;
        let span = document.blocks[block].span;
        let first = document.footnotes.partition_point(|note| note.at < span.start);
        for note in document.footnotes[first..].iter().take_while(|note| note.at <= span.end) {
            self.sum_in_footnote(passage, quantities, note.at, note.block);
        }
    }

    /// `509¹ đơn vị` with `¹ 220 trường tiểu học, 209 trường …` at the foot of the page.
    fn sum_in_footnote(&mut self, passage: &Passage, quantities: &[Quantity], at: usize, block: usize) {
        let text = self.document.text.as_str();
        let span = self.document.blocks[block].span;
        let near = |quantity: &&Quantity| {
            let number = passage.tokens[quantity.number.end - 1].span();
            number.end <= at && at <= number.end + 60
        };
        let Some(total) = quantities.iter().rev().find(near) else { return };
        let mut tokens = Vec::new();
        self.lexicon.vocabulary.cut(span.slice(text).unwrap_or_default(), span.start, &mut tokens);
        let note = Passage::new(self.lexicon, text, &tokens, passage.role, passage.section, passage.place);
        let end = (0..tokens.len()).find(|at| note.ends_sentence(*at)).unwrap_or(tokens.len());
        let parts = fact::loose_numbers(&note, 0..end);
        if fact::near(total.value, &parts) {
            let evidence = self.evidence(&[passage.span(total.whole.clone()), note.span(0..end)]);
            self.sum(passage, total, parts, evidence);
        }
    }

    fn sum(&mut self, passage: &Passage, total: &Quantity, parts: Vec<f64>, evidence: Vec<Evidence>) {
        self.record.sums.push(Sum {
            id: format!("u{}", self.record.sums.len() + 1),
            holds: fact::holds(total.value, &parts),
            total: Number(total.value),
            parts: parts.into_iter().map(Number).collect(),
            unit: unit_of(passage, total),
            section: self.path(passage.section),
            evidence,
        });
    }

    fn ratios(&mut self, passage: &Passage, quantities: &[Quantity]) {
        for share in fact::ratios(passage, quantities) {
            let evidence = self.evidence(&[passage.span(share.range.clone())]);
            self.record.ratios.push(Ratio {
                id: format!("q{}", self.record.ratios.len() + 1),
                numerator: Number(share.numerator),
                denominator: Number(share.denominator),
                stated: Number(share.stated),
                holds: share.holds,
                section: self.path(passage.section),
                evidence,
            });
        }
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
    fn quote(&self, range: std::ops::Range<usize>) -> Evidence {
        Evidence {
            page: self.source.page_of(range.start),
            start: self.source.text.code_points_before(range.start),
            end: self.source.text.code_points_before(range.end),
            text: self.source.text.as_str()[range].to_owned(),
        }
    }

    fn finish(mut self) -> Record {
        let spans = self.fields.spans.clone();
        self.record.document.evidence = self.evidence(&spans);
        self.loose_words();
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
        self.record
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

/// The unit as written.
pub(super) fn unit_of(passage: &Passage, quantity: &Quantity) -> Option<String> {
    let unit = passage.words(quantity.unit.clone());
    (!unit.is_empty()).then(|| unit.to_owned())
}

/// The value; of a fraction without a unit (`1/3 số xã`) its share.
fn value_of(quantity: &Quantity) -> f64 {
    match quantity.of {
        Some(of) if quantity.unit.is_empty() => (quantity.value / of * 1e6).round() / 1e6,
        _ => quantity.value,
    }
}

/// Whether the value is a change: `giảm 1,5%`, `tăng 24,64% so với cùng kỳ`, `gấp 2 lần`.
fn change(passage: &Passage, claim: &Claim) -> Option<Change> {
    let kind = match claim.quantity.lead {
        Lead::Increase => ChangeKind::Increase,
        Lead::Decrease => ChangeKind::Decrease,
        Lead::Turn => ChangeKind::Multiple,
        // `giảm tỷ lệ hộ nghèo 1,5%/năm`: the verb stands before what is measured.
        Lead::None => {
            let first = claim.indicator.first()?.start;
            match passage.lower(first).as_str() {
                "giảm" => ChangeKind::Decrease,
                "tăng" => ChangeKind::Increase,
                _ => return None,
            }
        }
        _ => return None,
    };
    let tokens = passage.tokens;
    let end = claim.clause.end.min(tokens.len());
    let from = claim.quantity.whole.end;
    let base = (from..end.saturating_sub(1)).find(|at| tokens[*at].is(K::Comparison) && tokens[at + 1].is(K::With)).map(|at| {
        let stop = (at..end).find(|at| tokens[*at].is_mark(b',') || tokens[*at].is_mark(b'(')).unwrap_or(end);
        passage.words(at..stop).to_owned()
    });
    Some(Change { kind, base })
}

/// Whether a claim is wanted, where it stands.
pub(super) fn is_target(passage: &Passage, claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    if claim.indicator.is_empty() {
        return false;
    }
    let tokens = passage.tokens;
    match passage.role {
        Role::Preamble => false,
        Role::Aims => !claim.aside && !is_past(passage, claim),
        Role::Tasks => {
            let timed = quantity.unit_kind == Some(UnitKind::Time) && quantity.comparator.is_some();
            let valued = (quantity.is_strong() || timed) && !describes(passage, claim) || is_counted_work(passage, claim);
            valued && !claim.aside && !is_past(passage, claim)
        }
        Role::Purpose | Role::Budget => {
            let compared = quantity.comparator.is_some_and(|comparator| comparator != Comparator::Approx);
            compared && quantity.unit_kind == Some(UnitKind::Percent) && !is_past(passage, claim)
        }
        Role::Results => {
            let before = sentence_start(passage, quantity.whole.start)..quantity.number.start;
            let directed = before.clone().any(|at| {
                let assigned = tokens[at].is(K::Assign) && !(at > 0 && passage.word(at - 1) == "được");
                let asked = tokens[at].is(K::Propose) && tokens.get(at + 1).is_some_and(|next| next.is(K::ProposeEnd))
                    || tokens[at].is(K::Request) && tokens.get(at + 1).is_some_and(|next| next.is(K::RequestEnd));
                (assigned || asked)
                    && Agencies::new(passage.lexicon, tokens).begins((at + if assigned { 1 } else { 2 }).min(tokens.len()))
            });
            let striven = before.clone().any(|at| tokens[at].is(K::Strive) && passage.word(at + 1) == "đấu");
            // How many targets or tasks were set is no target.
            let counted =
                matches!(passage.words(quantity.unit.clone()).to_lowercase().as_str(), "chỉ tiêu" | "nhiệm vụ" | "nội dung");
            !claim.aside && !counted && (directed || striven) && !is_reported(passage, before)
        }
    }
}

/// The sentence of a clause up to the clause's end: partners are named before what they help with.
fn sentence_of(passage: &Passage, clause: &Range<usize>) -> Range<usize> {
    sentence_start(passage, clause.start)..clause.end
}

fn sentence_start(passage: &Passage, at: usize) -> usize {
    (0..at).rev().find(|at| passage.depth[*at] == 0 && passage.ends_sentence(*at)).map_or(0, |at| at + 1)
}

/// `kết quả …`, `đã …` behind the words that direct: what was done.
fn is_reported(passage: &Passage, range: Range<usize>) -> bool {
    range.rev().take(12).any(|at| matches!((passage.word(at), passage.word(at + 1)), ("đã", _) | ("đến", "nay") | ("đang", _)))
}

/// `hiện nay`, `đến nay`, `năm 2023 đã đạt`: a value that is, not one that is wanted.
fn is_past(passage: &Passage, claim: &Claim) -> bool {
    (claim.clause.start..claim.quantity.whole.start).any(|at| {
        let (token, next) = (&passage.tokens[at], passage.word(at + 1));
        token.is(K::Present) && matches!(next, "nay" | "tại" | "có" | "đạt")
            || token.is(K::To) && next == "nay"
            || token.is(K::Already) && matches!(next, "đạt" | "có" | "hoàn")
    }) || matches!(
        (
            passage.lower(sentence_start(passage, claim.clause.start)).as_str(),
            passage.word(sentence_start(passage, claim.clause.start) + 1)
        ),
        ("đầu", "năm") | ("tính", "đến") | ("năm", "trước")
    )
}

/// In a section of work: a share that only tells how much there is (`chiếm 30%`), or a comparator that belongs to another thing.
fn describes(passage: &Passage, claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    let led_by = |word: &str| (quantity.whole.start..quantity.number.start).any(|at| passage.lower(at).as_str() == word);
    let approximate_count = quantity.comparator == Some(Comparator::Approx)
        && quantity.unit_kind != Some(UnitKind::Percent)
        && !is_counted_work(passage, claim);
    led_by("chiếm") || led_by("tương") || approximate_count || led_by("là") && quantity.comparator.is_none()
}

/// `tổ chức 03 lớp`, `trồng mới 120 ha`, `tập huấn cho 180 cán bộ`, `thí điểm tại 02 trường`: a count that the work of the clause
/// is to reach. `nhóm 53 dịch vụ công`, `của 02 huyện`, `với 62 tỉnh` only tell which things are meant.
fn is_counted_work(passage: &Passage, claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    let kind = quantity.unit_kind;
    if !matches!(kind, Some(UnitKind::Count | UnitKind::Measure | UnitKind::Money | UnitKind::Frequency))
        || passage.depth[quantity.number.start] > 0 && claim.scope.is_empty()
        || quantity.of.is_some()
    {
        return false;
    }
    let start = quantity.whole.start;
    let tokens = passage.tokens;
    if start == 0 || quantity.lead == Lead::Ensure || !claim.scope.is_empty() {
        return true;
    }
    let before = &tokens[start - 1];
    let governed = (1..=4)
        .any(|back| start >= back && passage.lexicon.actions.at(tokens, start - back).is_some_and(|(length, ())| length == back));
    let led = before.is_any(&[K::Toward, K::At, K::In, K::To, K::Reach, K::Have, K::Comma])
        || matches!(passage.word(start - 1), "vào" | "thêm" | "mới" | "được" | "lại" | "gồm");
    let named = before.is_any(&[K::Of, K::With, K::InTime, K::Belong, K::Plural, K::Some, K::And])
        || matches!(passage.word(start - 1), "nhóm" | "vụ" | "toàn");
    // `Dự phòng 500 liều vắc xin`: the count stands right behind what begins the clause.
    // `Bàn giao mặt bằng 06 gói thầu`: between the work and its count stands one word more.
    let opened = passage.lexicon.actions.at(tokens, claim.clause.start).is_some_and(|(length, ())| length > 1);
    let begins = claim.clause.start + if opened { 4 } else { 3 } >= start && !named;
    governed || led || begins || kind == Some(UnitKind::Measure) && !named
}
