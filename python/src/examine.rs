//! [`Examiner`]: records → what does not hold together in and between them, and what links them.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kehoach::check::{self, Known};
use kehoach::lexicon::Lexicon;
use kehoach::lexicon::linking::LinkLexicon;
use kehoach::link::Collection;
use kehoach::record::{Direction, Record};
use kehoach::report;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use rayon::prelude::*;

use crate::interrupt::{interruptible, pool};

/// The words that documents are read by.
///
/// # Errors
/// Where the folder is none, or a lexicon in it cannot be read.
pub fn lexicon(rules: Option<&Path>) -> PyResult<Lexicon> {
    match rules {
        Some(folder) if !folder.is_dir() => {
            Err(PyValueError::new_err(format!("rules: {}: is no folder; name the folder that holds lexicons/", folder.display())))
        }
        Some(folder) => Lexicon::with_rules(folder).map_err(wrong),
        None => Lexicon::embedded().map_err(wrong),
    }
}

/// The words that records are linked by.
///
/// # Errors
/// Where a lexicon cannot be read.
pub fn linking(rules: Option<&Path>) -> PyResult<LinkLexicon> {
    rules.map_or_else(LinkLexicon::embedded, LinkLexicon::with_rules).map_err(wrong)
}

fn wrong(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(format!("rules: {error}; correct the lexicon"))
}

/// Records out of the JSON that the command line prints.
///
/// # Errors
/// Which of them is no record.
pub fn records(json: &[PyBackedBytes]) -> Result<Vec<Record>, String> {
    let read = |(at, bytes): (usize, &PyBackedBytes)| {
        serde_json::from_slice::<Record>(bytes).map_err(|error| format!("record {at}: is none of kehoach's: {error}"))
    };
    json.par_iter().enumerate().map(read).collect()
}

/// What was found: an audit.
#[pyclass(frozen, module = "kehoach._kehoach")]
pub struct Outcome {
    /// What was found, as the command line writes it.
    pub found: report::Outcome,
    /// What linking knows of each document's targets, by its path.
    pub linked: HashMap<String, Vec<Linked>>,
}

/// A target's indicator, and which way is good.
pub type Linked = (Option<String>, Option<Direction>);

#[pymethods]
impl Outcome {
    /// The audit as `kehoach audit --format json` prints it.
    fn json<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, report::json::write(&self.found).as_bytes())
    }
}

/// Audits and links records.
#[pyclass(frozen, module = "kehoach._kehoach")]
pub struct Examiner(Arc<Vocabulary>);

struct Vocabulary {
    lexicon: Lexicon,
    words: LinkLexicon,
}

#[pymethods]
impl Examiner {
    /// An examiner whose words are the embedded ones with those of the folder `rules` laid over them.
    #[new]
    #[pyo3(signature = (rules=None))]
    fn new(py: Python<'_>, rules: Option<PathBuf>) -> PyResult<Self> {
        let rules = rules.as_deref();
        py.detach(|| Ok(Self(Arc::new(Vocabulary { lexicon: lexicon(rules)?, words: linking(rules)? }))))
    }

    /// Audits records. `select` and `ignore` name rules and families; `unread` are paths and messages of what could not be read.
    fn audit(
        &self,
        py: Python<'_>,
        json: Vec<PyBackedBytes>,
        select: Vec<String>,
        ignore: Vec<String>,
        unread: Vec<(String, String)>,
    ) -> PyResult<Outcome> {
        let rules = check::selected(&select, &ignore);
        let rules = rules.map_err(|word| PyValueError::new_err(format!("{word}: is no rule and no family of rules")))?;
        let (vocabulary, pool) = (Arc::clone(&self.0), pool()?);
        let work = move || {
            pool.install(|| {
                let (mut records, mut unread) = (records(&json).map_err(PyValueError::new_err)?, unread);
                let Vocabulary { lexicon, words } = &*vocabulary;
                let (findings, linked) = sound(&mut records, &mut unread, |records| {
                    let mut records = records.to_vec();
                    let collection = Collection::link(&records, words);
                    collection.apply(&mut records);
                    let findings = check::audit(&records, &rules, Known { lexicon, words, collection: &collection });
                    (findings, records.iter().map(linked).collect())
                })?;
                let check::Findings { found, undecided, .. } = findings;
                let documents = records.len();
                let found = report::Outcome { findings: found, undecided, documents, unread, ..report::Outcome::default() };
                Ok(Outcome { found, linked })
            })
        };
        interruptible(py, work)?
    }

    /// Links records: what `kehoach link --format json` prints.
    fn link<'py>(&self, py: Python<'py>, json: Vec<PyBackedBytes>) -> PyResult<Bound<'py, PyBytes>> {
        let (vocabulary, pool) = (Arc::clone(&self.0), pool()?);
        let work = move || {
            pool.install(|| {
                let records = records(&json).map_err(PyValueError::new_err)?;
                let linked = catch_unwind(AssertUnwindSafe(|| Collection::link(&records, &vocabulary.words)));
                linked.map_err(|_| failed()).map(|linked| serde_json::to_vec_pretty(&linked).unwrap_or_default())
            })
        };
        interruptible(py, work)?.map(|linked| PyBytes::new(py, &linked))
    }
}

/// What linking has written into a record's targets.
fn linked(record: &Record) -> (String, Vec<Linked>) {
    let targets = record.targets.iter().map(|target| (target.indicator_id.clone(), target.direction));
    (record.source.path.clone(), targets.collect())
}

fn failed() -> PyErr {
    PyRuntimeError::new_err(
        "these documents cannot be examined together because of an error in kehoach; please report it, and give fewer of them",
    )
}

/// What `work` makes of the records. A document that makes it panic is taken out and told of among the `unread`, as the command line
/// does; the others are done.
fn sound<T>(records: &mut Vec<Record>, unread: &mut Vec<(String, String)>, work: impl Fn(&[Record]) -> T) -> PyResult<T> {
    let attempt = |records: &[Record]| catch_unwind(AssertUnwindSafe(|| work(records))).ok();
    if let Some(done) = attempt(records) {
        return Ok(done);
    }
    records.retain(|record| {
        let is_sound = attempt(std::slice::from_ref(record)).is_some();
        if !is_sound {
            let path = &record.source.path;
            let message = format!("{path}: cannot be examined because of an error in kehoach; please report it with the file");
            unread.push((path.clone(), message));
        }
        is_sound
    });
    attempt(records).ok_or_else(failed)
}
