//! Puts corrections on a record.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::anchor::Text;
use super::items::{self, Content, Place, contents};
use super::{Action, Correction, Kind};
use crate::record::ledger::{Class, UnreadKind, Why, numbers};
use crate::record::{Corrected, Deadline, Evidence, PaperRole, Record};
use crate::words::fold;

/// What became of a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is on.
    On,
    /// The program now reads what it says.
    Settled,
    /// Its words stand in the document no more.
    Gone,
    /// What was accepted or taken out is read otherwise now.
    ReadOtherwise,
    /// Somebody else corrected the same otherwise, and neither saw the other's.
    Conflict,
    /// A later one replaced it.
    Replaced,
}

/// A correction and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The correction.
    pub id: String,
    /// The item that it is about.
    pub slot: String,
    /// What became of it.
    pub state: State,
    /// The item's identifier in the record.
    pub item: Option<String>,
}

/// Puts the corrections of a document on its record, and says what became of each. `text` is the source text.
pub fn apply(record: &mut Record, text: &str, corrections: &[Correction]) -> Vec<Standing> {
    let mut slots: BTreeMap<(&str, &str), Vec<&Correction>> = BTreeMap::new();
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for correction in corrections {
        let earliest = first.entry(&correction.slot).or_insert(&correction.made);
        *earliest = (*earliest).min(&correction.made);
    }
    for correction in corrections {
        slots.entry((first[correction.slot.as_str()], &correction.slot)).or_default().push(correction);
    }
    let text = Text::new(text);
    let mut work = Work { record, text: &text, standings: Vec::new(), gone: Vec::new(), used: Vec::new() };
    let read: BTreeMap<Kind, Vec<Content>> = [Kind::Target, Kind::Task, Kind::Deadline, Kind::Fact, Kind::Number]
        .into_iter()
        .filter(|kind| corrections.iter().any(|correction| correction.kind == *kind))
        .map(|kind| (kind, contents(work.record, kind)))
        .collect();
    for mut slot in slots.into_values() {
        slot.sort_by(|one, other| one.made.cmp(&other.made).then(one.id.cmp(&other.id)));
        work.slot(&slot, &read);
    }
    work.finish();
    work.standings
}

struct Work<'w> {
    record: &'w mut Record,
    text: &'w Text,
    standings: Vec<Standing>,
    /// Items that are taken out at the end, so that places in lists hold until then.
    gone: Vec<(Kind, usize)>,
    /// Items that a correction is about already.
    used: Vec<(Kind, usize)>,
}

impl Work<'_> {
    fn stand(&mut self, correction: &Correction, state: State, item: Option<&str>) {
        let (id, slot) = (correction.id.clone(), correction.slot.clone());
        self.standings.push(Standing { id, slot, state, item: item.map(str::to_owned) });
    }

    /// The corrections of one item, the earliest first.
    fn slot(&mut self, slot: &[&Correction], read: &BTreeMap<Kind, Vec<Content>>) {
        let heads: Vec<&Correction> =
            slot.iter().filter(|one| !slot.iter().any(|other| other.after.contains(&one.id))).copied().collect();
        for one in slot.iter().filter(|one| !heads.iter().any(|head| head.id == one.id)) {
            self.stand(one, State::Replaced, None);
        }
        // Where a damaged file makes a circle of them, none is the last.
        let Some(head) = heads.first().copied() else { return };
        let same = |other: &&Correction| (other.action, &other.is) == (head.action, &head.is);
        let others: Vec<&Correction> = heads[1..].to_vec();
        let in_conflict = !others.iter().all(same);
        let item = self.put(head, read, in_conflict);
        for other in others {
            let state = if same(&other) { State::Replaced } else { State::Conflict };
            self.stand(other, state, item.as_deref());
        }
    }

    /// Puts one on; gives back the item's identifier.
    fn put(&mut self, head: &Correction, read: &BTreeMap<Kind, Vec<Content>>, in_conflict: bool) -> Option<String> {
        let own = if in_conflict { State::Conflict } else { State::On };
        let Some(place) = self.text.find(&head.quotation) else {
            self.stand(head, State::Gone, None);
            return None;
        };
        let here: Vec<&Content> = read
            .get(&head.kind)
            .into_iter()
            .flatten()
            .filter(|item| !self.used.contains(&(head.kind, item.at)))
            .filter(|item| item.evidence.iter().any(|piece| piece.start < place.1 && place.0 < piece.end))
            .collect();
        let as_said = |says: &Map<String, Value>| here.iter().copied().find(|item| item.says == *says);
        let was = head.was.as_ref().and_then(as_said);
        let (state, item) = match (head.action, &head.is) {
            (Action::AsRead, _) => (own, was.map(|item| item.id.clone())),
            (Action::Accept, _) => match was {
                Some(item) => {
                    self.mark(head, item, in_conflict);
                    (own, Some(item.id.clone()))
                }
                None => (State::ReadOtherwise, None),
            },
            (Action::Remove, _) => match was {
                Some(item) => {
                    self.mark(head, item, in_conflict);
                    self.gone.push((head.kind, item.at));
                    (own, Some(item.id.clone()))
                }
                None if here.is_empty() => (State::Settled, None),
                None => (State::ReadOtherwise, None),
            },
            (Action::Correct | Action::Add, Some(is)) => {
                if let Some(item) = as_said(is) {
                    self.used.push((head.kind, item.at));
                    (State::Settled, Some(item.id.clone()))
                } else if let Some(item) = was.or_else(|| if head.action == Action::Correct { nearest(&here, is) } else { None })
                {
                    match self.replace(head.kind, item, is, place) {
                        Ok(()) => {
                            self.mark(head, item, in_conflict);
                            (own, Some(item.id.clone()))
                        }
                        Err(_) => (State::ReadOtherwise, None),
                    }
                } else if head.kind == Kind::Number {
                    // It is read by now.
                    (State::Settled, None)
                } else {
                    match self.add(head, is, place, in_conflict) {
                        Ok(id) => (own, Some(id)),
                        Err(_) => (State::ReadOtherwise, None),
                    }
                }
            }
            (Action::Correct | Action::Add, None) => (State::ReadOtherwise, None),
        };
        self.stand(head, state, item.as_deref());
        item
    }

    /// Says on the record that an item is a person's.
    fn mark(&mut self, head: &Correction, item: &Content, in_conflict: bool) {
        self.used.push((head.kind, item.at));
        self.told(head, item.id.clone(), in_conflict);
    }

    fn told(&mut self, head: &Correction, item: String, in_conflict: bool) {
        self.record.corrections.push(Corrected {
            item,
            kind: head.kind,
            action: head.action,
            origin: crate::record::Hand::Person,
            who: head.who.clone(),
            made: head.made.clone(),
            fields: changed(head),
            in_conflict,
            correction: head.id.clone(),
        });
    }

    fn replace(&mut self, kind: Kind, item: &Content, says: &Map<String, Value>, place: (usize, usize)) -> Result<(), String> {
        let at = item.at;
        match kind {
            Kind::Target => self.record.targets[at] = items::put(&self.record.targets[at], kind, says)?,
            Kind::Fact => self.record.facts[at] = items::put(&self.record.facts[at], kind, says)?,
            Kind::Deadline => self.record.deadlines[at] = items::put(&self.record.deadlines[at], kind, says)?,
            Kind::Task => {
                self.record.tasks[at] = items::put(&self.record.tasks[at], kind, says)?;
                if says.get("deadline") != item.says.get("deadline") {
                    self.record.tasks[at].deadline = self.deadline(at, says.get("deadline"), place)?;
                }
            }
            Kind::Number => self.described(at),
        }
        Ok(())
    }

    /// The place of a deadline that a person gives a task, which may have to be made.
    fn deadline(&mut self, task: usize, says: Option<&Value>, place: (usize, usize)) -> Result<Option<usize>, String> {
        let Some(says) = says.and_then(Value::as_object) else { return Ok(None) };
        let text = |name: &str| says.get(name).and_then(Value::as_str).map(str::to_owned);
        let is_it = |one: &Deadline| {
            one.from == text("from") && one.to == text("to") && Some(fold(&one.text)) == text("text").map(|text| fold(&text))
        };
        if let Some(known) = self.record.deadlines.iter().position(is_it) {
            return Ok(Some(known));
        }
        let own = &self.record.tasks[task];
        let made = Deadline {
            id: format!("{}d", own.id),
            text: text("text").or_else(|| text("to")).unwrap_or_default(),
            from: text("from"),
            to: text("to"),
            exclusive: false,
            recurrence: None,
            about: own.text.clone(),
            section: own.section.clone(),
            paper: own.paper,
            evidence: vec![self.evidence(place)],
        };
        self.record.deadlines.push(made);
        Ok(Some(self.record.deadlines.len() - 1))
    }

    fn described(&mut self, at: usize) {
        self.gone.push((Kind::Number, at));
        let count = self
            .record
            .unread
            .get(at)
            .map_or(0, |unread| usize::from(unread.kind != UnreadKind::Block && unread.kind != UnreadKind::Part));
        self.moved(count, Class::Described, self.record.unread.get(at).map(|unread| unread.why));
    }

    /// Numbers that nothing understood are of a class now.
    fn moved(&mut self, count: usize, class: Class, why: Option<Why>) {
        for _ in 0..count.min(self.record.ledger.numbers.unread) {
            self.record.ledger.numbers.unread -= 1;
            self.record.ledger.numbers.add(class);
            if let Some(left) = why.and_then(|why| self.record.ledger.reasons.get_mut(&why)) {
                *left = left.saturating_sub(1);
            }
        }
    }

    fn evidence(&self, (start, end): (usize, usize)) -> Evidence {
        Evidence { page: self.page(start), start, end, text: self.text.slice(start, end) }
    }

    /// The page of a place, as items near it have theirs.
    fn page(&self, start: usize) -> Option<u32> {
        let pieces = self.record.sections.iter().flat_map(|one| &one.evidence);
        let pieces = pieces.chain(self.record.targets.iter().flat_map(|one| &one.evidence));
        let pieces = pieces
            .chain(self.record.tasks.iter().flat_map(|one| &one.evidence))
            .chain(self.record.unread.iter().flat_map(|one| &one.evidence));
        pieces.filter(|piece| piece.start <= start).max_by_key(|piece| piece.start).and_then(|piece| piece.page)
    }

    fn add(
        &mut self,
        head: &Correction,
        says: &Map<String, Value>,
        place: (usize, usize),
        in_conflict: bool,
    ) -> Result<String, String> {
        let letter = match head.kind {
            Kind::Target => "t",
            Kind::Task => "n",
            Kind::Deadline => "d",
            Kind::Fact => "f",
            Kind::Number => "w",
        };
        let id = format!("{letter}-{}", head.slot.get(..8).unwrap_or(&head.slot));
        let paper = self.record.papers.iter().position(|paper| paper.start <= place.0 && place.0 < paper.end).unwrap_or_default();
        let before = |section: &&crate::record::Section| section.evidence.first().is_some_and(|piece| piece.start <= place.0);
        let section =
            self.record.sections.iter().filter(before).max_by_key(|section| section.evidence.first().map(|piece| piece.start));
        let is_annex = self.record.papers.get(paper).is_some_and(|paper| paper.role == PaperRole::Annex);
        let origin = Some(if is_annex { crate::record::Origin::Annex } else { crate::record::Origin::Body });
        let there = Place {
            id: id.clone(),
            section: section.map(|section| section.path.clone()),
            paper,
            origin,
            evidence: vec![self.evidence(place)],
        };
        let class = match head.kind {
            Kind::Target => {
                self.record.targets.push(items::new(items::blank_target(), head.kind, says, there)?);
                Class::Target
            }
            Kind::Fact => {
                self.record.facts.push(items::new(items::blank_fact(), head.kind, says, there)?);
                Class::Fact
            }
            Kind::Deadline => {
                self.record.deadlines.push(items::new(items::blank_deadline(), head.kind, says, there)?);
                Class::Deadline
            }
            Kind::Task => {
                self.record.tasks.push(items::new(items::blank_task(), head.kind, says, there)?);
                let at = self.record.tasks.len() - 1;
                self.record.tasks[at].deadline = self.deadline(at, says.get("deadline"), place)?;
                Class::Deadline
            }
            Kind::Number => return Err("a number is not put in".into()),
        };
        // A number that was not read has become an item's.
        let inside: Vec<usize> = self
            .record
            .unread
            .iter()
            .enumerate()
            .filter(|(_, unread)| unread.evidence.iter().all(|piece| place.0 <= piece.start && piece.end <= place.1))
            .filter(|(_, unread)| {
                head.kind != Kind::Task
                    && matches!(unread.kind, UnreadKind::Number | UnreadKind::Date)
                    && !unread.evidence.is_empty()
            })
            .map(|(at, _)| at)
            .collect();
        for at in inside {
            let unread = &self.record.unread[at];
            let (why, count) = (unread.why, unread.evidence.iter().map(|piece| numbers(&piece.text).len()).sum());
            self.moved(count, class, Some(why));
            self.gone.push((Kind::Number, at));
        }
        self.told(head, id.clone(), in_conflict);
        Ok(id)
    }

    /// Takes out what is to go, and brings lists into reading order.
    fn finish(&mut self) {
        let gone = |kind: Kind| {
            let mut places: Vec<usize> = self.gone.iter().filter(|(of, _)| *of == kind).map(|(_, at)| *at).collect();
            places.sort_unstable();
            places.dedup();
            places
        };
        let (targets, tasks, facts, unread, deadlines) =
            (gone(Kind::Target), gone(Kind::Task), gone(Kind::Fact), gone(Kind::Number), gone(Kind::Deadline));
        without(&mut self.record.targets, &targets);
        without(&mut self.record.tasks, &tasks);
        without(&mut self.record.facts, &facts);
        without(&mut self.record.unread, &unread);
        without(&mut self.record.deadlines, &deadlines);
        for task in &mut self.record.tasks {
            task.deadline = task
                .deadline
                .filter(|at| !deadlines.contains(at))
                .map(|at| at - deadlines.iter().filter(|gone| **gone < at).count());
        }
        let start = |evidence: &[Evidence]| evidence.first().map_or(usize::MAX, |piece| piece.start);
        // Tasks name deadlines by their place: those stay where they are.
        let added = |kind: Kind, corrections: &[Corrected]| {
            corrections.iter().any(|one| one.kind == kind && one.action != Action::Remove)
        };
        if added(Kind::Target, &self.record.corrections) {
            self.record.targets.sort_by_key(|item| start(&item.evidence));
        }
        if added(Kind::Task, &self.record.corrections) {
            self.record.tasks.sort_by_key(|item| start(&item.evidence));
        }
        if added(Kind::Fact, &self.record.corrections) {
            self.record.facts.sort_by_key(|item| start(&item.evidence));
        }
    }
}

fn without<T>(list: &mut Vec<T>, places: &[usize]) {
    let mut at = 0..;
    list.retain(|_| at.next().is_none_or(|at| !places.contains(&at)));
}

/// The fields that a person changed.
fn changed(head: &Correction) -> Vec<String> {
    let (Some(was), Some(is)) = (&head.was, &head.is) else { return Vec::new() };
    let mut names: Vec<String> = was.keys().chain(is.keys()).filter(|name| was.get(*name) != is.get(*name)).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Of the items at a place the one that is most like what a person says; what shares no word with it is another.
fn nearest<'c>(here: &[&'c Content], says: &Map<String, Value>) -> Option<&'c Content> {
    let shared = |item: &Content| says.iter().filter(|(name, value)| item.says.get(*name) == Some(value)).count();
    here.iter().copied().filter(|item| shared(item) > 0).max_by_key(|item| (shared(item), usize::MAX - item.at))
}
