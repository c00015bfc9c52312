//! A store, shown to the person who puts it right: what `kehoach review` serves.
//!
//! | part | does |
//! |---|---|
//! | [`gate`] | which requests are answered at all |
//! | [`page`] | the page, its policy, its words |
//! | [`sheets`] | the pages that are shown beside the text, as pictures |
//! | `places` | the words of the text ⇄ the words on a page |
//! | `view` | a document as the page has it: its items with their places and who corrected them |
//! | `fields` | what a person typed ⇄ what an item says |
//! | [`Review`] | answers the page's requests; writes each correction into the store before it says so |
//!
//! The store is opened to write for the moment of a correction alone, so that two people may review one store, and each sees what the other
//! did. Nothing here knows of sockets: the command line hands requests in, and answers out.

pub mod gate;
pub mod page;
pub mod sheets;

mod fields;
mod places;
mod view;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::corrections::{self, Action, Correction, Draft, Kind, Of, Quotation, contents};
use crate::ingest::{self, shown};
use crate::lexicon::{Lexicon, RecordKind};
use crate::link::decisions::Decision;
use crate::pipeline;
use crate::record::Record;
use crate::store::findings::Judgement;
use crate::store::query::Filter;
use crate::store::{Store, StoreError};
use crate::verify::sides::ends;
use crate::words::fold;
use sheets::Sheet;
use view::{Item, View};

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// 200, or why not.
    pub status: u16,
    /// Its content.
    pub body: Vec<u8>,
    /// What that is.
    pub is: Body,
}

/// What an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// The page: HTML.
    Page,
    /// A picture of a page of a document: JPEG.
    Picture,
    /// JSON.
    Json,
}

/// What the review answers a request with.
pub enum Answer {
    /// This.
    Reply(Reply),
    /// What [`sheets`] makes of a page, which takes its time.
    Sheet(Box<Sheet>),
}

impl Reply {
    fn json(status: u16, value: &Value) -> Self {
        Self { status, body: value.to_string().into_bytes(), is: Body::Json }
    }

    fn refused(status: u16, why: &str) -> Self {
        Self::json(status, &json!({"error": why}))
    }
}

/// Why a request is not done.
enum Refusal {
    Store(StoreError),
    /// What was typed is wrong: the field, and what is wrong with it.
    Fields(BTreeMap<String, String>),
    /// Anything else, with its status.
    Other(u16, String),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What the page asks to be done.
#[derive(Deserialize)]
struct Wish {
    kind: Kind,
    action: Deed,
    /// The item, as the page has it: `target:t3`.
    #[serde(default)]
    key: Option<String>,
    /// The words that a new item is about.
    #[serde(default)]
    start: Option<usize>,
    #[serde(default)]
    end: Option<usize>,
    /// What was typed.
    #[serde(default)]
    fields: BTreeMap<String, String>,
    /// The corrections of the item that the page shows.
    #[serde(default)]
    seen: Vec<String>,
    /// The item of a correction that shows no item any more.
    #[serde(default)]
    slot: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Deed {
    Accept,
    Correct,
    Remove,
    Add,
    Undo,
}

/// Which words, and what they are to be read as.
#[derive(Deserialize)]
struct Selected {
    kind: Kind,
    start: usize,
    end: usize,
    /// Take the sentence around them.
    #[serde(default)]
    widen: bool,
}

/// What a person says of two indicators: one, two, or nothing any more.
#[derive(Deserialize)]
struct Decided {
    one: String,
    other: String,
    same: Option<bool>,
}

/// What a person says of a finding.
#[derive(Deserialize)]
struct Said {
    fingerprint: String,
    verdict: String,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
struct Typed {
    kind: Kind,
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

/// A document in memory, as it was when somebody last asked for it.
struct Open {
    key: i64,
    stamp: i64,
    read: Record,
    text: String,
    /// The characters that its pages begin with.
    pages: Vec<usize>,
    view: View,
}

/// A store under review.
pub struct Review<'a> {
    path: PathBuf,
    who: String,
    lexicon: &'a Lexicon,
    store: Store,
    open: Option<Open>,
    page: String,
    english: bool,
}

impl<'a> Review<'a> {
    /// Opens the store at `path` for the review of `who`. `documents` names those that the page is about; none: all.
    ///
    /// # Errors
    /// Where there is no store.
    pub fn new(path: PathBuf, who: String, lexicon: &'a Lexicon, english: bool, documents: &[i64]) -> Result<Self, StoreError> {
        let store = Store::open(&path)?;
        let page = page::write(english, &who, documents);
        Ok(Self { path, who, lexicon, store, open: None, page, english })
    }

    /// Answers a request that has come through the [`gate`]: `route` is the path behind the secret.
    pub fn answer(&mut self, is_post: bool, route: &str, body: &[u8]) -> Answer {
        if let Some((id, rest)) = route.strip_prefix("document/").and_then(|rest| rest.split_once("/page/"))
            && !is_post
        {
            return match self.sheet(id, rest) {
                Ok(sheet) => Answer::Sheet(Box::new(sheet)),
                Err(refusal) => Answer::Reply(refused(refusal)),
            };
        }
        Answer::Reply(self.reply(is_post, route, body))
    }

    /// The page of a document that is asked for: `3`, where its words stand; `3/0`, its picture, turned by so many quarters.
    fn sheet(&self, id: &str, asked: &str) -> Result<Sheet, Refusal> {
        let none = || Refusal::Other(404, "there is no such page".into());
        let (number, picture) = match asked.split_once('/') {
            Some((number, turned)) => (number, Some(turned.parse().ok().filter(|turned| *turned < 4).ok_or_else(none)?)),
            None => (asked, None),
        };
        let page = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or_else(none)?;
        let key = self.store.find(id)?;
        let own = self.open.as_ref().filter(|open| open.key == key);
        let (read, text, pages) = match own {
            Some(open) => (None, open.text.clone(), open.pages.clone()),
            None => {
                let (text, pages) = self.store.text(key)?;
                (Some(self.store.record_as_read(key)?), text, pages)
            }
        };
        let source = &own.map(|open| &open.read).or(read.as_ref()).ok_or_else(none)?.source;
        if !shown::has_pages(source.format) {
            return Err(none());
        }
        let start = *pages.get(page).ok_or_else(none)?;
        let length = pages.get(page + 1).map_or(usize::MAX, |next| next.saturating_sub(start));
        let text = text.chars().skip(start).take(length).collect();
        Ok(Sheet { paths: self.store.files_of(key)?, sha256: source.sha256.clone(), page, text, start, picture })
    }

    fn reply(&mut self, is_post: bool, route: &str, body: &[u8]) -> Reply {
        let pieces: Vec<&str> = route.split('/').filter(|piece| !piece.is_empty()).collect();
        let done = match (is_post, pieces.as_slice()) {
            (false, []) => return Reply { status: 200, body: self.page.clone().into_bytes(), is: Body::Page },
            (false, ["documents"]) => self.documents(),
            (false, ["stamp"]) => self.store.corrections_count().map(|count| json!({"stamp": count})).map_err(Refusal::from),
            (false, ["document", id]) => self.document(id),
            (false, ["links"]) => self.links(),
            (true, ["decide"]) => parsed(body).and_then(|pair| self.decide(&pair)),
            (true, ["finding"]) => parsed(body).and_then(|said| self.judge(said)),
            (true, ["document", id, "do"]) => parsed(body).and_then(|wish| self.act(id, wish)),
            (true, ["document", id, "propose"]) => parsed(body).and_then(|selected| self.propose(id, &selected)),
            (true, ["check"]) => parsed::<Typed>(body).and_then(|typed| {
                fields::read(typed.kind, &typed.fields, &Map::new(), self.lexicon).map(|_| json!({})).map_err(Refusal::Fields)
            }),
            _ => Err(Refusal::Other(404, "there is nothing of that name".into())),
        };
        match done {
            Ok(value) => Reply::json(200, &value),
            Err(refusal) => refused(refusal),
        }
    }

    /// The documents, first those that need a person most: with conflicts, then by what was not read and what was found.
    fn documents(&self) -> Result<Value, Refusal> {
        let progress: BTreeMap<i64, _> = self.store.progress()?.into_iter().collect();
        let mut listed: Vec<(i64, Value)> = self
            .store
            .list(&Filter::default())?
            .into_iter()
            .map(|entry| {
                let own = progress.get(&entry.key).copied().unwrap_or_default();
                let need = 1000 * (own.conflicts + own.unfit) + 2 * entry.unread + own.findings;
                let value = json!({
                    "id": entry.id, "number": entry.number, "date": entry.date, "title": entry.title, "issuer": entry.issuer,
                    "path": entry.paths.first(), "numbers": entry.numbers, "unread": entry.unread, "items": own.items, "done": own.done,
                    "conflicts": own.conflicts, "unfit": own.unfit, "findings": own.findings
                });
                (need, value)
            })
            .collect();
        listed.sort_by_key(|(need, _)| std::cmp::Reverse(*need));
        Ok(
            json!({"documents": listed.into_iter().map(|(_, value)| value).collect::<Vec<_>>(), "stamp": self.store.corrections_count()?}),
        )
    }

    /// Brings a document into memory, as it is now.
    fn load(&mut self, id: &str) -> Result<&Open, Refusal> {
        let key = self.store.find(id)?;
        let stamp = self.store.corrections_count()?;
        if self.open.as_ref().is_none_or(|open| open.key != key || open.stamp != stamp) {
            // What another process read anew is another text; the same corrections of the same text are the same.
            let read = self.store.record_as_read(key)?;
            let (text, pages) = self.store.text(key)?;
            let view = View::new(&read, &text, &self.store.corrections_of(key)?, self.english);
            self.open = Some(Open { key, stamp, read, text, pages, view });
        }
        self.open.as_ref().ok_or_else(|| Refusal::Other(500, "the document went away".into()))
    }

    fn document(&mut self, id: &str) -> Result<Value, Refusal> {
        // Asked for by name: as it is in the store, whatever was in memory.
        self.open = None;
        let key = self.store.find(id)?;
        let findings = self.store.findings_of(key)?;
        let Open { stamp, read, text, pages, view, .. } = self.load(id)?;
        let pages: &[usize] = if shown::has_pages(read.source.format) { pages } else { &[] };
        let document = &read.document;
        let sections: Vec<Value> = read
            .sections
            .iter()
            .map(|section| json!({"path": section.path, "title": section.title, "level": section.level, "start": section.evidence.first().map(|piece| piece.start)}))
            .collect();
        Ok(json!({
            "id": id, "number": document.number, "title": document.title, "path": read.source.path, "text": text, "stamp": stamp, "pages": pages,
            "sections": sections, "items": view.items, "unfit": view.unfit, "findings": findings
        }))
    }

    /// Indicators that may be one, with what was decided of them since they were linked.
    fn links(&self) -> Result<Value, Refusal> {
        let decisions = self.store.decisions()?;
        let pairs = self.store.open_pairs()?.into_iter().map(|pair| {
            let of = |one: &&Decision| {
                (one.one == pair.one && one.other == pair.other) || (one.one == pair.other && one.other == pair.one)
            };
            let decided = decisions.iter().find(of).map(|decision| decision.same);
            let mut shown = json!(pair);
            shown["decided"] = json!(decided);
            shown
        });
        Ok(json!({"pairs": pairs.collect::<Vec<_>>()}))
    }

    /// Keeps what a person says of two indicators that may be one.
    fn decide(&self, pair: &Decided) -> Result<Value, Refusal> {
        let known = self.store.indicator_ids()?;
        if pair.one == pair.other || ![&pair.one, &pair.other].into_iter().all(|id| known.contains(id)) {
            return Err(Refusal::Other(404, "the store has no two such indicators".into()));
        }
        Store::open_to_write(&self.path)?.decide(&pair.one, &pair.other, pair.same)?;
        Ok(json!({}))
    }

    /// Keeps what a person says of a finding.
    fn judge(&self, said: Said) -> Result<Value, Refusal> {
        let Said { fingerprint, verdict, reason } = said;
        if !matches!(verdict.as_str(), "true" | "aside" | "") {
            return Err(Refusal::Other(400, "a finding is true, or put aside".into()));
        }
        if verdict == "aside" && reason.trim().is_empty() {
            return Err(Refusal::Fields(BTreeMap::from([("reason".to_owned(), "cần điền".to_owned())])));
        }
        let judgement =
            Judgement { fingerprint, verdict, reason, who: self.who.clone(), made: jiff::Timestamp::now().to_string() };
        Store::open_to_write(&self.path)?.judge(&judgement)?;
        Ok(json!({"judgement": judgement}))
    }

    /// What the program reads in the selected words, as a person would type it.
    fn propose(&mut self, id: &str, selected: &Selected) -> Result<Value, Refusal> {
        let lexicon = self.lexicon;
        let Open { read, text, .. } = self.load(id)?;
        let (start, end) =
            if selected.widen { widened(text, selected.start, selected.end) } else { (selected.start, selected.end) };
        let quoted = corrections::quote(text, start, end);
        if quoted.exact.trim().is_empty() {
            return Err(Refusal::Other(400, "no words are selected".into()));
        }
        let before = |section: &&crate::record::Section| section.evidence.first().is_some_and(|piece| piece.start <= start);
        let above = read.sections.iter().rfind(before).map(|section| section.title.clone()).unwrap_or_default();
        // The number that was not read; of a paragraph no number is meant more than another.
        let number = Some(corrections::quote(text, selected.start, selected.end).exact)
            .filter(|exact| selected.widen && crate::record::ledger::numbers(exact) == [0..exact.len()]);
        let says = proposed(selected.kind, &quoted.exact, &above, number.as_deref(), lexicon);
        Ok(json!({"start": start, "end": end, "words": quoted.exact, "fields": fields::shown(selected.kind, &says)}))
    }

    /// Does what the page asks, writes it into the store, and gives back what of the document is other than before.
    fn act(&mut self, id: &str, wish: Wish) -> Result<Value, Refusal> {
        let (who, lexicon) = (self.who.clone(), self.lexicon);
        let open = self.load(id)?;
        let key = open.key;
        let correction = drafted(open, wish, who, lexicon)?.done();
        if let Some(why) = correction.is_wrong() {
            return Err(Refusal::Other(422, why));
        }
        Store::open_to_write(&self.path)?.correct(key, std::slice::from_ref(&correction))?;
        let earlier = self.open.take();
        let (Some(earlier), stamp) = (earlier, self.store.corrections_count()?) else {
            return Err(Refusal::Other(500, "the document went away".into()));
        };
        let view = View::new(&earlier.read, &earlier.text, &self.store.corrections_of(key)?, self.english);
        let before: HashMap<&str, &Item> = earlier.view.items.iter().map(|item| (item.key.as_str(), item)).collect();
        let changed: Vec<&Item> = view.items.iter().filter(|item| before.get(item.key.as_str()) != Some(item)).collect();
        let now: HashSet<&str> = view.items.iter().map(|item| item.key.as_str()).collect();
        let gone: Vec<&str> = before.keys().copied().filter(|key| !now.contains(key)).collect();
        let about = view.items.iter().find(|item| item.slot.as_ref() == Some(&correction.slot)).map(|item| item.key.clone());
        let told = json!({"changed": changed, "gone": gone, "unfit": view.unfit, "stamp": stamp, "key": about, "slot": correction.slot, "id": correction.id});
        self.open = Some(Open { stamp, view, ..earlier });
        Ok(told)
    }
}

fn refused(refusal: Refusal) -> Reply {
    match refusal {
        Refusal::Fields(wrong) => Reply::json(422, &json!({"fields": wrong})),
        Refusal::Other(status, why) => Reply::refused(status, &why),
        Refusal::Store(error @ StoreError::Busy { .. }) => Reply::refused(409, &error.to_string()),
        Refusal::Store(error @ StoreError::Meaning(_)) => Reply::refused(404, &error.to_string()),
        Refusal::Store(error) => Reply::refused(500, &error.to_string()),
    }
}

fn parsed<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal::Other(400, format!("the request cannot be read: {error}")))
}

/// The correction that the page asks for.
fn drafted(open: &Open, wish: Wish, who: String, lexicon: &Lexicon) -> Result<Draft, Refusal> {
    let other = |why: &str| Refusal::Other(404, why.to_owned());
    let Open { read, text, view, .. } = open;
    let head = &read.document;
    let document = Of {
        sha256: read.source.sha256.clone(),
        number: head.number.clone(),
        date: head.date.clone(),
        title: head.title.clone(),
    };
    let made = jiff::Timestamp::now().to_string();
    let item = wish.key.as_deref().and_then(|key| view.items.iter().find(|item| item.key == key));
    let slot = item.and_then(|item| item.slot.clone()).or(wish.slot.clone());
    let of_slot: Vec<&Correction> = view.corrections.iter().filter(|one| Some(&one.slot) == slot.as_ref()).collect();
    let earlier = slot.clone().map(|slot| (slot, wish.seen.clone()));
    let first = of_slot.first();
    let quotation = |start: usize, end: usize| -> Quotation { corrections::quote(text, start, end) };
    if wish.action == Deed::Add {
        let (Some(start), Some(end)) = (wish.start, wish.end) else {
            return Err(Refusal::Other(400, "no words are selected".into()));
        };
        let is = fields::read(wish.kind, &wish.fields, &Map::new(), lexicon).map_err(Refusal::Fields)?;
        let quotation = quotation(start, end);
        return Ok(Draft {
            document,
            kind: wish.kind,
            action: Action::Add,
            who,
            made,
            was: None,
            is: Some(is),
            nth: corrections::nth(text, &quotation),
            quotation,
            earlier: None,
        });
    }
    if wish.action == Deed::Undo {
        let first = first.ok_or_else(|| other("nothing of this item was corrected"))?;
        let last = of_slot.iter().find(|one| wish.seen.contains(&one.id)).ok_or_else(|| other("the correction is gone"))?;
        let before = of_slot.iter().find(|one| last.after.contains(&one.id));
        let (action, is) = before.map_or((Action::AsRead, None), |before| (before.action, before.is.clone()));
        return Ok(Draft {
            document,
            kind: first.kind,
            action,
            who,
            made,
            was: first.was.clone(),
            is,
            quotation: first.quotation.clone(),
            nth: 0,
            earlier,
        });
    }
    let item = item.ok_or_else(|| other("the item is there no more; load the document again"))?;
    let own = contents(read, wish.kind).into_iter().find(|content| content.id == item.id);
    let (was, quoted) = match (first, own) {
        (Some(first), _) => (first.was.clone(), first.quotation.clone()),
        (None, Some(own)) => {
            let (start, end) =
                own.evidence.first().map(|piece| (piece.start, piece.end)).ok_or_else(|| other("the item has no place"))?;
            (Some(own.says), quotation(start, end))
        }
        (None, None) => return Err(other("the item was not read; load the document again")),
    };
    let (action, is) = match wish.action {
        Deed::Remove => (Action::Remove, None),
        Deed::Accept if was.as_ref() == Some(&item.says) => (Action::Accept, None),
        // What a person said and another accepts; of several in conflict the one that is shown.
        Deed::Accept => (if was.is_none() { Action::Add } else { Action::Correct }, Some(item.says.clone())),
        _ if wish.kind == Kind::Number => (Action::Correct, Some(Map::from_iter([("class".to_owned(), json!("described"))]))),
        _ => {
            let is = fields::read(wish.kind, &wish.fields, &item.says, lexicon).map_err(Refusal::Fields)?;
            (if was.is_none() { Action::Add } else { Action::Correct }, Some(is))
        }
    };
    Ok(Draft {
        nth: corrections::nth(text, &quoted),
        document,
        kind: wish.kind,
        action,
        who,
        made,
        was,
        is,
        quotation: quoted,
        earlier,
    })
}

/// The sentence, line or row around words.
fn widened(text: &str, start: usize, end: usize) -> (usize, usize) {
    const FAR: usize = 400;
    let chars: Vec<char> = text.chars().collect();
    let (start, end) = (start.min(chars.len()), end.min(chars.len()).max(start.min(chars.len())));
    let before: String = chars[start.saturating_sub(FAR)..start].iter().collect();
    let behind: String = chars[end..(end + FAR).min(chars.len())].iter().collect();
    let back = ends(&before).last().map_or(before.as_str(), |at| &before[at..]);
    let on = ends(&behind).next().map_or(behind.as_str(), |at| &behind[..at]);
    let mark = |c: char| c.is_whitespace() || matches!(c, '-' | '+' | '*' | '•' | '|');
    let (back, on) = within_row(&before, &behind, back, on);
    let lead = back.trim_start_matches(mark);
    let tail = on.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '.' | '|'));
    // The end of an aside that begins before the sentence: `(gồm 02 đập; 03 trạm bơm)`.
    let tail = if lead.contains('(') || tail.contains('(') { tail } else { tail.trim_end_matches(')') };
    (start - lead.chars().count(), end + tail.chars().count())
}

/// Of a row of a table the cell, where that says something of its own, else the row: `Dân số\tngười\t29.708`.
fn within_row<'a>(before: &'a str, behind: &'a str, back: &'a str, on: &'a str) -> (&'a str, &'a str) {
    let row = (before.rsplit('\n').next().unwrap_or_default(), behind.split('\n').next().unwrap_or_default());
    if !row.0.contains('\t') && !row.1.contains('\t') {
        return (back, on);
    }
    let cell = (row.0.rsplit('\t').next().unwrap_or_default(), row.1.split('\t').next().unwrap_or_default());
    let words = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let (left, right) = if words(cell.0) + words(cell.1) >= 2 { cell } else { row };
    // A sentence may be shorter than its cell.
    let is_cell = (left, right) == cell;
    (if is_cell && back.len() < left.len() { back } else { left }, if is_cell && on.len() < right.len() { on } else { right })
}

/// What the program reads in words that are put among what a plan wants, or a report tells; where that is nothing, what stands around the
/// first number.
fn proposed(kind: Kind, words: &str, above: &str, number: Option<&str>, lexicon: &Lexicon) -> Map<String, Value> {
    let wanted = if kind == Kind::Fact { RecordKind::Report } else { RecordKind::Plan };
    let heading =
        lexicon.types.iter().find(|one| one.record == wanted && one.heads).map(|one| one.name.to_uppercase()).unwrap_or_default();
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = format!("{heading}\n{above}\nI. {above}\n- {words}.\n");
    let record = ingest::decode("selected", text.into_bytes()).map(|source| pipeline::read(&source, lexicon)).ok();
    let read = record.map(|record| contents(&record, kind)).unwrap_or_default();
    // A sentence may hold other values beside the one that is meant.
    let meant = [false, true].map(|percent| number.and_then(|number| crate::extract::number::parse(number, percent)));
    let holds = |content: &&corrections::Content| match (number, kind) {
        (None, _) => true,
        (Some(_), Kind::Target | Kind::Fact) => meant.contains(&content.says.get("value").and_then(Value::as_f64)),
        (Some(number), _) => content.evidence.iter().any(|piece| piece.text.contains(number)),
    };
    if let Some(found) = read.iter().find(holds) {
        return found.says.clone();
    }
    let mut says = Map::new();
    let name = match kind {
        Kind::Target => "indicator",
        Kind::Fact => "subject",
        Kind::Task => "text",
        Kind::Deadline => "about",
        Kind::Number => return says,
    };
    let places = crate::record::ledger::numbers(&words);
    let place = places.iter().find(|place| number.is_none_or(|number| fold(&words[(*place).clone()]) == fold(number)));
    let has_value = matches!(kind, Kind::Target | Kind::Fact);
    match place.filter(|_| has_value) {
        Some(place) => {
            let behind = words[place.end..].trim_start();
            let percent = behind.starts_with('%');
            let about = words[..place.start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | '-' | '–'));
            says.insert(name.into(), json!(about));
            if let Some(value) = crate::extract::number::parse(&words[place.clone()], percent) {
                says.insert("value".into(), json!(value));
            }
            let unit = if percent { "%" } else { behind.split([',', ';', '.', '(', ')']).next().unwrap_or_default().trim() };
            if !unit.is_empty() {
                says.insert("unit".into(), json!(unit));
            }
        }
        None => {
            says.insert(name.into(), json!(words));
        }
    }
    says
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_around_a_number() {
        let text = "I. MỤC TIÊU\n- Một câu đạt 5%; câu hai\ncó 12 trạm bơm.\n- Câu ba.\n";
        let start = text.chars().collect::<Vec<_>>().windows(2).position(|two| two == ['1', '2']).expect("there");
        let (from, to) = widened(text, start, start + 2);
        assert_eq!(text.chars().skip(from).take(to - from).collect::<String>(), "câu hai\ncó 12 trạm bơm");
        let around = |text: &str, number: &str| -> String {
            let start = text[..text.find(number).expect("there")].chars().count();
            let (from, to) = widened(text, start, start + number.chars().count());
            text.chars().skip(from).take(to - from).collect()
        };
        // Of a table's row the cell that says something, else the row.
        let rows =
            "1\tCấp nước\tTrạm bơm\n2\tRà soát bể chứa\tTrạm bơm\tTổ chức 7 đợt kiểm tra; báo cáo\n3\tSố giếng\tgiếng\t29\n";
        assert_eq!(around(rows, "7"), "Tổ chức 7 đợt kiểm tra");
        assert_eq!(around(rows, "29"), "3\tSố giếng\tgiếng\t29");
        assert_eq!(around("Có 20 công trình (gồm 08 đập; 12 trạm bơm).\n", "12"), "12 trạm bơm");
    }

    #[test]
    fn the_first_proposal_is_what_the_program_reads() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let says = proposed(Kind::Target, "Tỷ lệ hộ dùng nước sạch đạt trên 85,5%", "Mục tiêu", None, &lexicon);
        assert_eq!(
            (&says["value"], &says["comparator"], &says["indicator"]),
            (&json!(85.5), &json!("gt"), &json!("Tỷ lệ hộ dùng nước sạch"))
        );
        let says = proposed(Kind::Fact, "Còn lại 12 trạm bơm", "", Some("12"), &lexicon);
        assert_eq!(says["value"], json!(12), "{says:?}");
        // Of several values of a sentence that which was not read.
        let says = proposed(Kind::Target, "Nâng tổng số hồ chứa lên 37 hồ (gồm 14 hồ lớn", "Mục tiêu", Some("14"), &lexicon);
        assert_eq!(says["value"].as_f64(), Some(14.0), "{says:?}");
    }
}
