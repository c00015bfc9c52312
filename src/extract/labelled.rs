//! What labels say of the items around them: `Đơn vị chủ trì: …; Đơn vị phối hợp: …; Thời gian: …` under the tasks that they are for.

use std::ops::Range;

use super::deadline;
use super::duty::{self, Labelled};
use super::passage::Passage;
use super::recorder::{Extractor, origin};
use crate::agency::Agencies;
use crate::lexicon::{ColumnKind, Lexicon};
use crate::record::Task;
use crate::structure::Block;
use crate::text::Span;
use crate::words::{Keyword as K, Kind, Token};

/// The tasks that a line of labels is for: those of the section since the last such line.
#[derive(Debug, Default)]
pub(super) struct Group {
    section: Option<usize>,
    /// Index in the record of the first of them.
    from: usize,
    /// Whether labels were read since, so that the next task begins another group.
    closed: bool,
    /// Whether a label without a value waits for the items below it: `Cơ quan thực hiện:`.
    waits: bool,
}

/// What a line of labels says.
#[derive(Debug, Default)]
struct Said {
    leads: Vec<String>,
    helps: Vec<String>,
    product: Option<String>,
    deadline: Option<usize>,
}

impl Group {
    /// A block of `section` begins; `tasks` are in the record.
    pub(super) fn enter(&mut self, section: Option<usize>, tasks: usize) {
        if self.section != section {
            *self = Self { section, from: tasks, closed: false, waits: false };
        }
    }

    /// A section beside the group's begins that says who does its tasks, or when: they stay those of the group.
    pub(super) fn follow(&mut self, section: Option<usize>) {
        self.section = section;
        self.waits = false;
    }

    /// A task is about to be the record's number `index`.
    pub(super) fn task(&mut self, index: usize) {
        if self.closed {
            self.from = index;
            self.closed = false;
        }
        self.waits = false;
    }
}

/// Most labels under a heading that is itself the work.
const LABELS: usize = 8;
/// Longest title of a section that is a label, in bytes.
const LABEL: usize = 80;

impl Extractor<'_> {
    /// What a section says of the tasks beside it, where its title is nothing but the label of it: `b) Cơ quan thực hiện`.
    fn label_of(&self, section: Option<usize>) -> Option<ColumnKind> {
        let title = self.document.sections[section?].title;
        let text = title.slice(self.document.text.as_str()).filter(|text| text.len() <= LABEL)?;
        let mut tokens = Vec::new();
        self.lexicon.vocabulary.cut(text, title.start, &mut tokens);
        is_label(self.lexicon, &tokens)
    }

    /// A block before and behind its first label, where one stands behind the work: `Xây bể bơi. Đơn vị chủ trì: …; thời gian: …`,
    /// `Xây bể bơi (cơ quan thực hiện: …; thời hạn: …)`.
    pub(super) fn before_labels(&self, block: &Block) -> Vec<Block> {
        let words = block.span.slice(self.document.text.as_str()).unwrap_or_default();
        if !words.contains(':') {
            return vec![block.clone()];
        }
        let mut tokens = Vec::new();
        self.lexicon.vocabulary.cut(words, block.span.start, &mut tokens);
        let label = |at: usize| {
            let labelled = self.lexicon.columns.at(&tokens, at).is_some_and(|(length, kind)| {
                let told = matches!(kind, ColumnKind::Lead | ColumnKind::Coordinate | ColumnKind::Deadline);
                told && length > 1 && tokens.get(at + length).is_some_and(|token| token.is(K::Colon))
            });
            let before = &tokens[at - 1];
            let bracketed = before.is_mark(b'(') && tokens.last().is_some_and(|last| last.is_mark(b')') || last.is_mark(b'.'));
            labelled && (before.is_mark(b'.') || before.is_mark(b';') || bracketed)
        };
        let Some(at) = (2..tokens.len()).find(|at| label(*at)) else { return vec![block.clone()] };
        let bracketed = tokens[at - 1].is_mark(b'(');
        let close = tokens.iter().rposition(|token| token.is_mark(b')')).filter(|close| bracketed && *close > at);
        let end = close.map_or(block.span.end, |close| tokens[close].span().start);
        let work = Span::new(block.span.start, tokens[at - 1].span().start);
        [work, Span::new(tokens[at].span().start, end)].map(|span| Block { span, ..block.clone() }).to_vec()
    }

    /// Whether the block after that at `index` is a label of who leads: `- Cơ quan chủ trì: …`.
    pub(super) fn leads_below(&self, index: usize) -> bool {
        let blocks = &self.document.blocks;
        let Some(next) = blocks.get(index + 1).filter(|next| next.section == blocks[index].section) else { return false };
        let mut tokens = Vec::new();
        let words = next.span.slice(self.document.text.as_str()).unwrap_or_default();
        self.lexicon.vocabulary.cut(words, next.span.start, &mut tokens);
        let label = self.lexicon.columns.at(&tokens, 0).filter(|(_, kind)| **kind == ColumnKind::Lead);
        label.is_some_and(|(length, _)| tokens.get(length).is_some_and(|token| token.is(K::Colon)))
    }

    /// Whether the title of a section is a label of time: `2. Thời gian kiểm tra:`.
    pub(super) fn under_time_label(&self, section: Option<usize>) -> bool {
        let Some(index) = section else { return false };
        let title = self.document.sections[index].title;
        let text = title.slice(self.document.text.as_str()).filter(|text| text.len() <= LABEL);
        text.is_some_and(|text| {
            let mut tokens = Vec::new();
            self.lexicon.vocabulary.cut(text, title.start, &mut tokens);
            deadline::labels_time(self.lexicon, &tokens)
        })
    }

    /// Whether `section` is a label for the tasks of the group, which stand in a section beside it or above.
    pub(super) fn is_label_beside(&self, group: &Group, section: Option<usize>) -> bool {
        let parent = |section: Option<usize>| section.and_then(|section| self.document.sections[section].parent);
        group.section != section
            && group.section.is_some()
            && (parent(section) == group.section || parent(section) == parent(group.section))
            && self.label_of(section).is_some()
    }

    /// Reads a passage of labels, or one that only says who leads and who helps; gives the agencies that it hands to the items below, or
    /// `None` where the passage is something else. `inherited` are the owners from above, `first` the index of its first deadline.
    pub(super) fn labelled(
        &mut self,
        group: &mut Group,
        passage: &Passage,
        inherited: &[String],
        first: Option<usize>,
    ) -> Option<Vec<String>> {
        // `6. Xây dựng Cổng thông tin` over `- Nội dung: Cổng thông tin cung cấp …`: the heading is the work, its content says more of it.
        if duty::content(passage).is_some_and(|at| self.lexicon.actions.at(passage.tokens, at).is_none())
            && self.record.tasks.len() <= group.from
            && group.section == passage.section
            && self.task_of_heading(group, passage.section)
        {
            return Some(Vec::new());
        }
        let mut labels = duty::labels(passage);
        let mut said = Said { deadline: first, ..Said::default() };
        // `c) Thời gian thực hiện: Quý II.`: the heading is the label, the passage what it says.
        if labels.is_empty()
            && let Some(kind) = self.label_of(passage.section)
            && (!duty::names_bodies(kind) || duty::opens_with_body(passage))
        {
            let end =
                passage.tokens.iter().rposition(|token| token.kind != Kind::Mark || token.is_mark(b')')).map_or(0, |at| at + 1);
            labels.push(Labelled { kind, value: 0..end });
        }
        if labels.is_empty() {
            let waits = group.waits || !passage.tokens.is_empty() && ends_roles(passage);
            let (leads, helps) = duty::roles_only(passage, 0..passage.tokens.len()).filter(|_| waits)?;
            said.leads = self.each(passage.tokens, &leads);
            said.helps = self.each(passage.tokens, &helps);
        }
        for Labelled { kind, value } in &labels {
            if value.is_empty() {
                group.waits = *kind == ColumnKind::Lead;
                continue;
            }
            match kind {
                ColumnKind::Lead => {
                    if let Some((leads, helps)) = duty::roles_only(passage, value.clone()) {
                        said.leads.extend(self.each(passage.tokens, &leads));
                        said.helps.extend(self.each(passage.tokens, &helps));
                    } else {
                        said.leads.extend(self.cell_bodies(passage.tokens, until_role(passage.tokens, value.clone())));
                        let helps = duty::partners_in(passage, value.clone());
                        said.helps.extend(self.each(passage.tokens, &helps));
                    }
                }
                ColumnKind::Coordinate => said.helps.extend(self.cell_bodies(passage.tokens, value.clone())),
                ColumnKind::Product => said.product = Some(passage.words(value.clone()).to_owned()),
                _ => {}
            }
        }
        if self.record.tasks.len() <= group.from && group.section == passage.section {
            self.task_of_heading(group, passage.section);
        }
        Some(self.apply(group, said, inherited))
    }

    /// `4. Tổ chức kiểm tra các cơ sở` over nothing but labels (`- Cơ quan thực hiện: …`, `- Thời gian: …`): the heading is the work.
    fn task_of_heading(&mut self, group: &mut Group, section: Option<usize>) -> bool {
        let Some(index) = section else { return false };
        let text = self.document.text.as_str();
        let cut = |span: Span| {
            let mut tokens = Vec::new();
            self.lexicon.vocabulary.cut(span.slice(text).unwrap_or_default(), span.start, &mut tokens);
            tokens
        };
        let title = self.document.sections[index].title;
        // `a) Nghị định về cây xanh.` is work, too, by its labels; `b) Cơ quan thực hiện` and `1. Sở Y tế` are none.
        let words = cut(title);
        if is_label(self.lexicon, &words).is_some() || Agencies::new(self.lexicon, &words).begins(0) {
            return false;
        }
        let first = self.document.blocks.partition_point(|block| block.span.start < title.end);
        let inside = self.document.blocks[first..].iter().take_while(|block| block.section == section);
        let label = |block: &Block| {
            let tokens = cut(block.span);
            let label = self.lexicon.columns.at(&tokens, 0).and_then(|(length, kind)| {
                let colon = length + tokens[length..].iter().take(4).position(|token| token.is(K::Colon))?;
                Some((colon + 1, *kind))
            });
            label.is_some_and(|(value, kind)| kind != ColumnKind::Task || self.lexicon.actions.at(&tokens, value).is_none())
        };
        let own = inside.clone().all(label) && inside.count() <= LABELS;
        let below = self.document.sections.iter().skip(index + 1).take(1).any(|next| next.parent == section);
        if !own || below {
            return false;
        }
        group.task(self.record.tasks.len());
        self.wordings.push(title);
        self.record.tasks.push(Task {
            id: format!("n{}", self.record.tasks.len() + 1),
            origin: origin(self.document.sections[index].place),
            section: self.path(section),
            owner: self.owners[index].clone(),
            coordinate: Vec::new(),
            text: title.slice(text).unwrap_or_default().trim_end_matches([':', '.', ' ']).to_owned(),
            deadline: None,
            product: None,
            paper: 0,
            evidence: self.evidence(&[title]),
        });
        true
    }

    fn each(&self, tokens: &[Token], ranges: &[Range<usize>]) -> Vec<String> {
        ranges.iter().cloned().flat_map(|range| self.names(tokens, range)).collect()
    }

    /// Gives the tasks of the group what the labels say; where there are none yet, the leading agencies go to the items below.
    fn apply(&mut self, group: &mut Group, said: Said, inherited: &[String]) -> Vec<String> {
        let tasks = &mut self.record.tasks[group.from..];
        if tasks.is_empty() {
            return said.leads;
        }
        // `1. … các cơ quan, đơn vị tổ chức tuyên truyền.` over `- Cơ quan thực hiện: Sở Tư pháp.`: the label says which they are.
        let alone = tasks.len() == 1;
        for task in tasks {
            if !said.leads.is_empty() && (alone || task.owner.is_empty() || task.owner == inherited) {
                task.owner.clone_from(&said.leads);
            }
            for name in &said.helps {
                if !task.coordinate.contains(name) {
                    task.coordinate.push(name.clone());
                }
            }
            task.deadline = task.deadline.or(said.deadline);
            task.product = task.product.take().or_else(|| said.product.clone());
        }
        group.closed = true;
        Vec::new()
    }
}

/// What a title is the label of, where it says nothing else: who does a task, when, with what result.
pub(super) fn is_label(lexicon: &Lexicon, tokens: &[Token]) -> Option<ColumnKind> {
    use ColumnKind as C;
    let (length, kind) = lexicon.columns.at(tokens, 0)?;
    let rest = tokens[length..].iter().all(|token| token.kind == Kind::Mark);
    (rest && matches!(kind, C::Lead | C::Coordinate | C::Monitor | C::Deadline | C::Product)).then_some(*kind)
}

/// Whether a passage ends where it says who helps: no work is set after it.
fn ends_roles(passage: &Passage) -> bool {
    duty::roles_only(passage, 0..passage.tokens.len()).is_some_and(|(_, helps)| !helps.is_empty())
}

/// The tokens of `range` before `chủ trì`, `phối hợp`.
fn until_role(tokens: &[Token], range: Range<usize>) -> Range<usize> {
    let role = |at: &usize| {
        let two = |one: K, other: K| tokens[*at].is(one) && tokens.get(*at + 1).is_some_and(|token| token.is(other));
        tokens[*at].is_lower_word() && (two(K::Lead, K::LeadEnd) || two(K::Coordinate, K::CoordinateEnd))
    };
    let end = range.clone().find(role).unwrap_or(range.end);
    range.start..if end == range.start { range.end } else { end }
}
