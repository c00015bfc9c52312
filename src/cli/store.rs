//! What the commands on a store share.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::context::where_it_begins;
use super::settings::Settings;
use super::{Context, complain};
use crate::lexicon;
use crate::lexicon::linking::LinkLexicon;
use crate::link::Collection;
use crate::pipeline::parts::Trial;
use crate::report::Lang;
use crate::store::links::Linked;
use crate::store::query::{Entry, Stored};
use crate::store::{Store, StoreError};

/// Where the store lies.
#[derive(Args)]
pub(super) struct StoreFile {
    /// The store, one SQLite file: $KEHOACH_STORE, `store` in kehoach.toml or plans.db unless named.
    #[arg(long = "store", value_name = "FILE")]
    named: Option<PathBuf>,
}

impl StoreFile {
    pub(super) fn path(&self, settings: &Settings) -> PathBuf {
        settings.store(self.named.as_deref())
    }

    pub(super) fn open(&self, settings: &Settings) -> Result<Store, ExitCode> {
        told(Store::open(&self.path(settings)))
    }

    pub(super) fn open_to_write(&self, settings: &Settings) -> Result<Store, ExitCode> {
        told(Store::open_to_write(&self.path(settings)))
    }
}

/// Tells, on stderr, where what is linked is not of all documents; refuses where nothing is.
pub(super) fn must_be_linked(store: &Store, quiet: bool) -> Result<(), ExitCode> {
    let shown = store.path().display();
    if told(store.is_linked())? {
        return Ok(());
    }
    if told(store.was_linked())? {
        if !quiet {
            complain(&format!(
                "documents came or went since they were linked; link them anew with: kehoach link --store {shown}"
            ));
        }
        return Ok(());
    }
    complain(&format!("{shown}: its documents are not linked; link them with: kehoach link --store {shown}"));
    Err(super::exit::WRONG.into())
}

/// Links the documents of a store, within limits for all of them together. Left out, told and counted are those that do not pass the
/// trial, which those of long texts undergo, and, where linking panics, those that make it do so.
///
/// # Errors
/// Where nothing can be linked.
pub(super) fn link_documents(
    store: &mut Store,
    context: &Context,
    words: &LinkLexicon,
    linker: &str,
    trial: Trial,
) -> Result<(Linked, usize), ExitCode> {
    let mut left_out = failing(store, context, trial)?;
    let _watch = context.watch(usize::try_from(told(store.counts(linker))?.documents).unwrap_or(usize::MAX));
    let attempt =
        |store: &mut Store, left_out: &[i64]| catch_unwind(AssertUnwindSafe(|| store.link_without(left_out, words, linker))).ok();
    let mut done = attempt(store, &left_out);
    if done.is_none() {
        left_out.extend(harmful(store, words)?);
        done = attempt(store, &left_out);
    }
    while done.is_none() {
        // Some do harm only beside others: the one that the harm begins with goes.
        let keys = told(store.records().map(|stored| Ok(stored?.key)).collect::<Result<Vec<i64>, StoreError>>())?;
        let keys: Vec<i64> = keys.into_iter().filter(|key| !left_out.contains(key)).collect();
        let without = |count: usize| [&keys[count..], &left_out].concat();
        let Some(at) = where_it_begins(keys.len(), |count| attempt(store, &without(count)).is_none()) else { break };
        let path = told(store.entry(keys[at]))?.paths.into_iter().next().unwrap_or_default();
        complain(&format!(
            "{path}: cannot be linked with the others because of an error in kehoach; please report it with the file"
        ));
        left_out.push(keys[at]);
        done = attempt(store, &left_out);
    }
    let Some(done) = done else {
        complain("the documents are stored, but cannot be linked because of an error in kehoach; please report it");
        return Err(super::exit::WRONG.into());
    };
    let done = told(done)?;
    told(store.settle())?;
    if !left_out.is_empty() {
        complain(&format!("{} documents are stored and could not be linked; the others are", left_out.len()));
    }
    Ok((done, left_out.len()))
}

/// The keys of the documents of long texts that do not pass the trial, a few of them in memory at a time.
fn failing(store: &Store, context: &Context, trial: Trial) -> Result<Vec<i64>, ExitCode> {
    const AT_ONCE: usize = 64;
    let mut left_out = Vec::new();
    if trial == Trial::None {
        return Ok(left_out);
    }
    let mut sift = |long: &mut Vec<Stored>| {
        let records: Vec<_> = long.iter().map(|stored| &stored.record).collect();
        for (at, error) in context.tried(&records, trial) {
            complain(&error.to_string());
            left_out.push(long[at].key);
        }
        long.clear();
    };
    let mut long = Vec::new();
    for stored in store.records() {
        let stored = told(stored)?;
        if told(store.text(stored.key))?.0.len() > context.usual() {
            long.push(stored);
        }
        if long.len() == AT_ONCE {
            sift(&mut long);
        }
    }
    sift(&mut long);
    Ok(left_out)
}

/// The keys of the documents that make linking panic, each by itself.
fn harmful(store: &Store, words: &LinkLexicon) -> Result<Vec<i64>, ExitCode> {
    let mut found = Vec::new();
    for stored in store.records() {
        let Stored { key, record, .. } = told(stored)?;
        let alone = std::slice::from_ref(&record);
        if catch_unwind(AssertUnwindSafe(|| Collection::link(alone, words))).is_err() {
            let path = &record.source.path;
            complain(&format!("{path}: cannot be linked because of an error in kehoach; please report it with the file"));
            found.push(key);
        }
    }
    Ok(found)
}

/// What was linked, in one line.
pub(super) fn linked(linked: &Linked, elapsed: Duration) -> String {
    format!(
        "linked {} documents: {} of a known unit, {} under another; {} targets and results of {} indicators, {} of them in several \
         documents; {} pairs alike and different, {} to be decided; in {:.1} s",
        linked.documents,
        linked.units,
        linked.chained,
        linked.targets,
        linked.indicators,
        linked.shared,
        linked.related,
        linked.probable,
        elapsed.as_secs_f64()
    )
}

/// The form of what is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people.
    Text,
    /// For tools.
    Json,
}

/// An error is told on stderr and ends the command.
pub(super) fn told<T>(result: Result<T, StoreError>) -> Result<T, ExitCode> {
    result.map_err(|error| {
        complain(&error.to_string());
        super::exit::WRONG.into()
    })
}

/// This program and its rules: a record that another wrote may be read otherwise now.
pub(super) fn reader(rules: Option<&Path>) -> Result<String, ExitCode> {
    let rules = lexicon::fingerprint(rules).map_err(|error| {
        complain(&format!("{error}; correct the lexicon"));
        ExitCode::from(super::exit::WRONG)
    })?;
    Ok(format!("kehoach {}, rules {rules}", env!("CARGO_PKG_VERSION")))
}

/// JSON on indented lines.
pub(super) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// A document in one line: number, date, issuer, title.
pub(super) fn name(entry: &Entry) -> String {
    let number = entry.number.as_ref().or(entry.symbol.as_ref());
    let parts = [number, entry.date.as_ref(), entry.issuer.as_ref(), entry.title.as_ref()];
    let name = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ");
    if name.is_empty() { entry.paths.first().cloned().unwrap_or_default() } else { name }
}

/// A text cut or filled to `width` characters.
pub(super) fn fit(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length <= width {
        return format!("{text}{}", " ".repeat(width - length));
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}

/// The level of government, as people of the language call it.
pub(super) fn level(code: &str, lang: Lang) -> &str {
    match (lang, code) {
        (Lang::Vi, "central") => "trung ương",
        (Lang::Vi, "province") => "tỉnh",
        (Lang::Vi, "district") => "huyện",
        (Lang::Vi, "commune") => "xã",
        (Lang::Vi, "department") => "sở, ngành",
        (Lang::Vi, "other") => "khác",
        _ => code,
    }
}
