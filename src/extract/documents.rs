//! Reads all blocks and tables of a document in turn.

use std::ops::Range;

use rustc_hash::FxBuildHasher;

use super::below::Below;
use super::claim::{self, Claim};
use super::deadline::{self, Frame};
use super::labelled::Group;
use super::passage::{Passage, Role};
use super::quantity::{self, Quantity};
use super::recorder::{Extractor, origin};
use super::roles::Kinds;
use super::stages::{Places, Stages};
use super::task::{self, Reading};
use super::wanted::{is_result, is_target, sentence_of, set_beside};
use super::{head, reference};
use crate::ingest::Source;
use crate::lexicon::{Lexicon, PaperSign};
use crate::record::ledger::{self, UnreadKind, Verdict, Why};
use crate::record::{self, Agency, Record, Task};
use crate::structure::{Block, BlockKind, Document};
use crate::text::Span;
use crate::words::{Keyword as K, Token};

/// Reads the record of a document.
#[must_use]
pub fn extract(source: &Source, document: &Document, lexicon: &Lexicon) -> Record {
    let fields = head::read(document, lexicon);
    let mut extractor = Extractor::new(source, document, lexicon, fields);
    extractor.run();
    extractor.record
}

/// Every number of a document with what became of it, in order.
#[must_use]
pub fn ledger(source: &Source, document: &Document, lexicon: &Lexicon) -> Vec<ledger::Entry> {
    let fields = head::read(document, lexicon);
    let mut extractor = Extractor::new(source, document, lexicon, fields);
    extractor.run();
    extractor.numbers()
}

/// Whether a paragraph stands where aims or work are set, and says more than what it leads in: `… các nhiệm vụ sau:`.
fn is_work(passage: &Passage) -> bool {
    /// So few words are a label.
    const LABEL: usize = 8;
    let words = passage.tokens.iter().filter(|token| token.is_word()).count();
    let leads_in = passage.tokens.last().is_none_or(|last| last.is(K::Colon));
    matches!(passage.role, Role::Aims | Role::Tasks) && words > LABEL && !leads_in && !task::is_closing(passage)
}

/// `Căn cứ …`: a paper that the document rests on.
fn opens_on_paper(passage: &Passage) -> bool {
    passage.lexicon.papers.at(passage.tokens, 0).is_some_and(|(_, sign)| *sign == PaperSign::Opening)
}

/// What was read from one passage, before it goes into the record.
pub(super) struct Readings {
    pub(super) quantities: Vec<Quantity>,
    pub(super) deadlines: Vec<deadline::Found>,
    /// Index in the record of the first of the passage's deadlines.
    pub(super) first_deadline: usize,
    pub(super) claims: Vec<Claim>,
}

impl Extractor<'_> {
    fn run(&mut self) {
        self.blocks();
        self.tables();
        self.lines();
        self.finish();
    }

    fn blocks(&mut self) {
        let document = self.document;
        let text = document.text.as_str();
        let mut tokens: Vec<Token> = Vec::new();
        // The agencies that a lead-in or a bullet hands the following items to: section, bullet, names.
        let mut handed: Option<(Option<usize>, Option<char>, Vec<String>)> = None;
        // The section, and the bullet if any, of a report's list of what bodies are asked to do.
        let mut asked: Option<(Option<usize>, Option<char>)> = None;
        let mut group = Group::default();
        let mut below = Below::default();
        let mut stages = Stages::new(document.sections.len());
        let mut places = Places::default();
        let mut shared_titles = std::collections::HashSet::with_hasher(FxBuildHasher);
        let parts = document.blocks.iter().enumerate().flat_map(|(index, block)| {
            let parts = self.before_labels(block);
            parts.into_iter().flat_map(move |part| pieces(&part, text).collect::<Vec<_>>()).map(move |piece| (index, piece))
        });
        let parts: Vec<(usize, Block)> = parts.collect();
        let mut kinds = Kinds::new(self);
        for (index, block) in parts {
            let block = &block;
            tokens.clear();
            self.lexicon.vocabulary.cut(block.span.slice(text).unwrap_or_default(), block.span.start, &mut tokens);
            if tokens.is_empty() || block.kind == BlockKind::Heading && !shared_titles.insert(block.span.start) {
                continue;
            }
            let before = self.count();
            if block.kind == BlockKind::RunIn
                && let Some(section) = block.section
                && shared_titles.insert(document.sections[section].title.start)
            {
                self.references_of_title(section, block);
            }
            let mut role = kinds.role(self, index, block, &tokens);
            let bullet = if let BlockKind::Bullet(bullet) = block.kind { Some(bullet) } else { None };
            asked = asked.filter(|(section, of)| *section == block.section && bullet.is_some() && *of != bullet);
            if asked.is_some() && role == Role::Results {
                role = Role::Tasks;
            }
            let named = self.with_its_title(block, role, &tokens);
            let block = named.as_ref().unwrap_or(block);
            if named.is_some() {
                tokens.clear();
                self.lexicon.vocabulary.cut(block.span.slice(text).unwrap_or_default(), block.span.start, &mut tokens);
            }
            let mut passage = Passage::new(self.lexicon, text, &tokens, role, block.section, block.place);
            if role == Role::Tasks && task::states_values(&passage) {
                role = Role::Aims;
                passage = Passage::new(self.lexicon, text, &tokens, role, block.section, block.place);
            }
            if task::is_closing(&passage) {
                for found in reference::find(&mut passage) {
                    self.reference(&passage, &found);
                }
                self.days(&passage);
                // `Trên đây là Kế hoạch …. Trong quá trình thực hiện, các xã báo cáo …`: what closes is the first sentence.
                let next = task::second_sentence(&passage).filter(|next| passage.tokens.len() > next + 3);
                let Some(next) = next else {
                    self.leave_block(block, &passage, &[], before);
                    continue;
                };
                self.leave(&Passage::new(self.lexicon, text, &tokens[..next], role, block.section, block.place), &[], false);
                tokens.drain(..next);
                passage = Passage::new(self.lexicon, text, &tokens, role, block.section, block.place);
            }
            let labelled = matches!(block.kind, BlockKind::Paragraph | BlockKind::RunIn) && self.under_time_label(block.section);
            let frame = Frame { labelled, ..self.fields.frame };
            let readings = self.read(&mut passage, frame, block.kind != BlockKind::Heading);
            if block.kind == BlockKind::Heading && !(role == Role::Tasks && self.works(index, &passage)) {
                self.leave_block(block, &passage, &readings.quantities, before);
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
            if self.is_label_beside(&group, block.section) {
                group.follow(block.section);
            } else {
                group.enter(block.section, self.record.tasks.len());
            }
            let mut named = self.block(index, &passage, &readings, &owners, &mut group);
            if role == Role::Results
                && let Some(names) = super::duty::asked_before_list(&passage)
            {
                asked = Some((block.section, bullet));
                named = Some((names.into_iter().flat_map(|range| self.names(&tokens, range)).collect(), false));
            }
            if role == Role::Preamble && !opens_on_paper(&passage) {
                self.facts_above(&tokens, block);
            }
            let label = stages.label(self, block, &passage, &readings);
            stages.give(self, block, first);
            places.read(self, block, &passage, &readings, first);
            let used =
                self.record.tasks.last().and_then(|task| task.deadline).is_some_and(|used| used >= readings.first_deadline);
            if label && !used {
                // The time of a label is that of what stands below it, and no deadline of its own.
                self.record.deadlines.truncate(readings.first_deadline);
            }
            if let Some((names, open)) = named {
                if open {
                    self.hand_down(block, &names);
                }
                // `- Cơ quan thực hiện: Sở A` before the items is about those beside it, too.
                let label = !super::duty::labels(&passage).is_empty();
                handed = Some((block.section, bullet.filter(|_| !label), names));
            }
            self.sums(index, &passage, &readings.quantities);
            below.read(self, block, &passage, &readings.quantities);
            self.ratios(&passage, &readings.quantities);
            self.counts(&passage, &readings.quantities);
            self.means(index, &passage, &readings.quantities);
            self.shares_and_lists(&passage, &readings.quantities);
            self.leave_block(block, &passage, &readings.quantities, before);
        }
    }

    /// `1. Tỷ lệ hộ nghèo: dưới 5%`: a run-in item that begins with its value, read with the title before its colon, which says what
    /// the value is of.
    fn with_its_title(&self, block: &Block, role: Role, tokens: &[Token]) -> Option<Block> {
        let text = self.document.text.as_str();
        let title = self.document.sections[block.section.filter(|_| block.kind == BlockKind::RunIn)?].title;
        let between = Span::new(title.end.min(block.span.start), block.span.start).slice(text)?;
        let beside = title.end <= block.span.start && between.contains(':');
        if !beside || !between.chars().all(|mark| matches!(mark, ':' | '*' | ' ' | '\u{a0}')) || title.is_empty() {
            return None;
        }
        let passage = Passage::new(self.lexicon, text, tokens, role, block.section, block.place);
        let first = quantity::find(&passage).first()?.whole.start;
        (first == 0).then(|| Block { span: title.cover(block.span), ..block.clone() })
    }

    /// `2. Về chuyển vốn theo Nghị quyết số 30/2021/QH15: Sở Tài chính rà soát …`: what the title of a run-in item names.
    fn references_of_title(&mut self, section: usize, block: &Block) {
        let text = self.document.text.as_str();
        let title = self.document.sections[section].title;
        // What stands inside of the block is read with it.
        if title.start >= block.span.start && title.end <= block.span.end {
            return;
        }
        let mut tokens = Vec::new();
        self.lexicon.vocabulary.cut(title.slice(text).unwrap_or_default(), title.start, &mut tokens);
        let role = self.role_of(block.section, block.place);
        let mut passage = Passage::new(self.lexicon, text, &tokens, role, block.section, block.place);
        for found in reference::find(&mut passage) {
            self.reference(&passage, &found);
        }
    }

    /// Closes a block: its numbers that no reader took, and its verdict.
    fn leave_block(&mut self, block: &Block, passage: &Passage, quantities: &[Quantity], before: usize) {
        let words = block.span.slice(passage.text).unwrap_or_default();
        let broken = words.contains('\t') || words.matches('|').nth(1).is_some();
        self.leave(passage, quantities, broken);
        self.wordings.clear();
        let verdict = match block.kind {
            BlockKind::Heading => Verdict::Heading,
            _ if self.count() > before => Verdict::Read,
            _ if self.has_unread(block.span) => Verdict::Unread,
            _ if is_work(passage) => {
                self.lose(UnreadKind::Block, Why::NoItem, block.section, block.span);
                Verdict::Unread
            }
            _ => Verdict::Background,
        };
        self.record.ledger.blocks.add(verdict);
    }

    /// Reads references, deadlines, quantities and claims of a passage; the first two go into the record.
    pub(super) fn read(&mut self, passage: &mut Passage, frame: Frame, with_claims: bool) -> Readings {
        let references = reference::find(passage);
        let first = self.record.mentions.references.len();
        let issued = references.iter().position(|found| issues(passage, found.range.start));
        for found in references {
            self.reference(passage, &found);
        }
        // `Căn cứ …, Sở đã ban hành Kế hoạch số 75/KH-SYT`: what stands before was there first.
        if let Some(at) = issued.filter(|at| *at > 0 && opens_on_paper(passage))
            && let Some(issued) = self.record.mentions.references.get_mut(first + at)
        {
            issued.under = (first..first + at).collect();
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
            self.deadline(passage, found, &readings.deadlines);
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

    /// What a plan says of how things are before its first heading: `Thời gian qua … đã phát hiện 690 trường hợp vi phạm`; in the
    /// sentences that say what was done, and nothing but that.
    fn facts_above(&mut self, tokens: &[Token], block: &Block) {
        let text = self.document.text.as_str();
        if !tokens.iter().any(|token| token.is(K::Already)) {
            return;
        }
        let mut passage = Passage::new(self.lexicon, text, tokens, Role::Results, block.section, block.place);
        reference::find(&mut passage);
        let (deadlines, times) = deadline::find_with_times(&passage, self.fields.frame);
        let mut quantities = quantity::find(&passage);
        let inside =
            |range: &Range<usize>, quantity: &Quantity| range.start <= quantity.number.start && quantity.number.end <= range.end;
        quantities.retain(|quantity| {
            !deadlines.iter().any(|found| inside(&found.range, quantity)) && !times.iter().any(|time| inside(time, quantity))
        });
        let mut shares: Vec<usize> = Vec::new();
        for claim in claim::find(&passage, &quantities, &deadlines, &times) {
            let sentence = sentence_of(&passage, &claim.clause);
            let done = tokens[sentence].iter().any(|token| token.is(K::Already));
            if done
                && !shares.contains(&claim.quantity.number.start)
                && is_result(&passage, &claim)
                && !is_target(&passage, &claim)
            {
                shares.extend(self.fact(&passage, &claim, &quantities));
            }
        }
    }

    /// Targets, tasks and facts of a block; gives the agencies that it hands the following items to, and whether the headings below too.
    fn block(
        &mut self,
        index: usize,
        passage: &Passage,
        readings: &Readings,
        owners: &[String],
        group: &mut Group,
    ) -> Option<(Vec<String>, bool)> {
        let block = &self.document.blocks[index];
        let mut valued = false;
        let mut made: Vec<(usize, Range<usize>)> = Vec::new();
        // Percentages that were told with their counts.
        let mut shares: Vec<usize> = Vec::new();
        for claim in &readings.claims {
            let sentence = sentence_of(passage, &claim.clause);
            if let Some(assigned) = &claim.assigned {
                made.push((self.reported_target(passage, claim, assigned), sentence));
                if passage.role == Role::Results {
                    shares.extend(self.fact(passage, claim, &readings.quantities));
                }
                valued = true;
            } else if let Some(set) = set_beside(passage, claim, &readings.quantities) {
                let mut reached = claim.clone();
                (reached.quantity.of, reached.quantity.planned) = (None, None);
                made.push((self.reported_target(passage, &reached, &set), sentence));
                if passage.role == Role::Results {
                    shares.extend(self.fact(passage, &reached, &readings.quantities));
                }
                valued = true;
            } else if is_target(passage, claim) && block.kind != BlockKind::Note {
                made.push((self.record.targets.len(), sentence));
                self.target(passage, claim, readings);
                valued = true;
            } else if passage.role == Role::Results && !shares.contains(&claim.quantity.number.start) && is_result(passage, claim)
            {
                shares.extend(self.fact(passage, claim, &readings.quantities));
            }
        }
        let told = match passage.role {
            Role::Budget => task::tells_a_body(passage),
            // `Tiêu chí đánh giá: …, giao Sở Nội vụ thành lập tổ chấm điểm`.
            Role::Purpose => task::hands_on(passage),
            _ => false,
        };
        if passage.role == Role::Preamble {
            let names: Vec<String> =
                task::asked_above(passage).into_iter().flat_map(|range| self.names(passage.tokens, range)).collect();
            return (!names.is_empty()).then_some((names, true));
        }
        if passage.role != Role::Tasks && !told || block.kind == BlockKind::Note {
            return None;
        }
        let first_deadline = (!readings.deadlines.is_empty()).then_some(readings.first_deadline);
        if let Some(names) = self.labelled(group, passage, owners, first_deadline) {
            return (!names.is_empty()).then_some((names, false));
        }
        // `Trâu: 1.200 con, bò: 1.700 con` sets values and no work; `Lắp đặt mới trạm bơm: 12 trạm` sets both.
        if valued && !super::claim::begins_with_action(passage, 0) && readings.claims.iter().all(|claim| claim.listed) {
            self.give_agencies(&made, owners, None);
            return None;
        }
        let reading = match task::read(passage, valued, self.has_items(index)) {
            // `b) Nghị định về kinh doanh dịch vụ.` over `- Cơ quan chủ trì: …`: who leads it makes it work.
            Reading::Nothing if passage.tokens.len() > 2 && self.leads_below(index) => task::whole(passage),
            // `Cắm biển báo ở bến sông` among `Rà soát bến sông`, `Nạo vét luồng lạch`: a verb that is in no lexicon.
            // So does an item under the body that a heading names.
            Reading::Nothing if !valued && task::may_act(passage) && (self.works_beside(index) || !owners.is_empty()) => {
                task::whole(passage)
            }
            // `Đóng cống: bắt đầu từ ngày 06/9/2026; kết thúc trước ngày 18/10/2026`: what has its days is done then.
            Reading::Nothing if !valued && task::has_its_days(passage, &readings.deadlines) => task::whole(passage),
            reading => reading,
        };
        match reading {
            Reading::Nothing => {
                self.give_agencies(&made, owners, None);
                None
            }
            Reading::LeadIn { names, open } => {
                let names: Vec<String> = names.into_iter().flat_map(|range| self.names(passage.tokens, range)).collect();
                (!names.is_empty()).then_some((names, open))
            }
            Reading::Work(mut work) => {
                // `Nội dung thực hiện: tổ chức …`: the label is no part of the work.
                if let Some(at) = super::duty::content(passage).filter(|at| *at < work.text.end && work.text.start == 0) {
                    work.text.start = at;
                }
                let named: Vec<String> =
                    work.owners.iter().cloned().flat_map(|range| self.names(passage.tokens, range)).collect();
                let mut coordinate: Vec<String> =
                    work.coordinate.iter().cloned().flat_map(|range| self.names(passage.tokens, range)).collect();
                let helping = block.section.is_some_and(|section| self.helping[section]) && work.leads_list;
                let bullet = matches!(block.kind, BlockKind::Bullet(_));
                let owner = if named.is_empty() || work.begged && bullet && !owners.is_empty() {
                    owners.to_vec()
                } else if (work.assists || helping) && !owners.is_empty() {
                    // Under `b) Chủ trì, phối hợp:` those named help; under `Giao Sở Y tế là cơ quan chủ trì; các đơn vị:` those named only help.
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
                let span = passage.span(work.text.clone());
                let words = passage.words(work.text);
                let title = block.section.filter(|_| helping).map(|section| self.document.sections[section].title);
                let led = title
                    .and_then(|title| title.slice(self.document.text.as_str()))
                    .map(|title| format!("{} {words}", title.trim_end_matches([':', ' ', '.'])));
                let spans: Vec<Span> = title.into_iter().chain([span]).collect();
                group.task(self.record.tasks.len());
                self.wordings.push(span);
                self.record.tasks.push(Task {
                    id: format!("n{}", self.record.tasks.len() + 1),
                    origin: origin(passage.place),
                    section: self.path(passage.section),
                    owner,
                    coordinate,
                    text: led.unwrap_or_else(|| words.to_owned()),
                    deadline: first_deadline,
                    product: None,
                    paper: 0,
                    evidence: self.evidence(&spans),
                });
                None
            }
        }
    }
}

/// Whether a document that is named from `start` on was issued by what the sentence is about: `Sở đã ban hành Kế hoạch số 75/KH-SYT`.
fn issues(passage: &Passage, start: usize) -> bool {
    let is = |back: usize, word: K| start.checked_sub(back).is_some_and(|at| passage.tokens[at].is(word));
    is(2, K::Issue) && is(1, K::IssueEnd)
}

/// The longest passage that is read as one, in bytes: of a page or two. What reads a sentence looks back and ahead in it, so that a
/// file without an end of a sentence would take time with the square of its length.
const LONGEST: usize = 8 * 1024;

/// A block in pieces that are read one after the other; nearly always it is one. A longer one is cut after a sentence, else after a
/// semicolon, else between two words.
fn pieces<'a>(block: &'a Block, text: &'a str) -> impl Iterator<Item = Block> + 'a {
    let mut left = block.span;
    std::iter::from_fn(move || {
        if left.start >= left.end {
            return None;
        }
        let span = Span { start: left.start, end: cut(left, text) };
        left.start = span.end;
        Some(Block { span, ..block.clone() })
    })
}

/// Where the first piece of `span` ends.
fn cut(span: Span, text: &str) -> usize {
    if span.end - span.start <= LONGEST {
        return span.end;
    }
    let mut end = span.start + LONGEST;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let piece = &text[span.start..end];
    let after = |mark: &str| piece.rfind(mark).filter(|at| *at > LONGEST / 2).map(|at| span.start + at + mark.len());
    after(". ").or_else(|| after("; ")).or_else(|| after(" ")).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_block_is_cut_after_a_sentence_a_semicolon_or_a_word() {
        for (unit, end) in [("Trồng rừng. Giữ rừng ", ". "), ("trồng rừng; giữ rừng ", "; "), ("trồng rừng ", " "), ("ừ", "ừ")]
        {
            let text = unit.repeat(5000);
            let mut at = 0;
            while at < text.len() {
                let next = cut(Span { start: at, end: text.len() }, &text);
                assert!(
                    next > at && next - at <= LONGEST && (next == text.len() || text[..next].ends_with(end)),
                    "{unit} at {at}"
                );
                at = next;
            }
        }
        assert_eq!(cut(Span { start: 0, end: 12 }, "Trồng. Giữ."), 12);
    }
}
