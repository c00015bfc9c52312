//! What labels say of the items around them: `Đơn vị chủ trì: …; Đơn vị phối hợp: …; Thời gian: …` under the tasks that they are for.

use std::ops::Range;

use super::duty::{self, Labelled};
use super::passage::Passage;
use super::recorder::Extractor;
use crate::lexicon::ColumnKind;
use crate::words::{Keyword as K, Token};

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

    /// A task is about to be the record's number `index`.
    pub(super) fn task(&mut self, index: usize) {
        if self.closed {
            self.from = index;
            self.closed = false;
        }
        self.waits = false;
    }
}

impl Extractor<'_> {
    /// Reads a passage of labels, or one that only says who leads and who helps; gives the agencies that it hands to the items below, or
    /// `None` where the passage is something else. `inherited` are the owners from above, `first` the index of its first deadline.
    pub(super) fn labelled(
        &mut self,
        group: &mut Group,
        passage: &Passage,
        inherited: &[String],
        first: Option<usize>,
    ) -> Option<Vec<String>> {
        let labels = duty::labels(passage);
        let mut said = Said { deadline: first, ..Said::default() };
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
        Some(self.apply(group, said, inherited))
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
        for task in tasks {
            if !said.leads.is_empty() && (task.owner.is_empty() || task.owner == inherited) {
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
