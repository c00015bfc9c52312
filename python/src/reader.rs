//! [`Reader`]: files and bytes → records, in worker processes of the program or here.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use kehoach::ingest::worker::{self, Limits, Sent, Workers};
use kehoach::ingest::{self, IngestError, process};
use kehoach::lexicon::Lexicon;
use kehoach::lexicon::linking::LinkLexicon;
use kehoach::pipeline::parts::{self, Order, Trial, Want, Words};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyType};

use crate::examine::{lexicon, linking};
use crate::interrupt::{interruptible, pool};

/// Reads files: what they cost is limited, and what they do to their reader is done to a process of its own.
#[pyclass(frozen, module = "kehoach._kehoach")]
pub struct Reader(Arc<Inner>);

struct Inner {
    /// The process that it was made in: a forked one must leave its worker processes alone.
    process: u32,
    limits: Limits,
    /// Who reads; `None` reads here. Taken out before it would be dropped.
    workers: Option<Workers>,
    /// The vocabularies, where files are read here.
    rules: Option<PathBuf>,
    linking: OnceLock<Result<LinkLexicon, String>>,
    lexicon: Lexicon,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if self.process != std::process::id() {
            std::mem::forget(self.workers.take());
        }
    }
}

impl Inner {
    fn make(&self, order: Order, path: &std::path::Path, given: Option<Vec<u8>>) -> Result<Vec<Vec<u8>>, IngestError> {
        if let Some(workers) = &self.workers {
            return match given {
                None => workers.make(order.letter(), path),
                given => workers.make_given(order.letter(), path, given),
            };
        }
        let given = match given {
            None => ingest::content_of_pipe(path, self.limits.time, self.limits.output)?,
            given => given,
        };
        let rules = self.rules.as_deref();
        let read = || rules.map_or_else(LinkLexicon::embedded, LinkLexicon::with_rules).map_err(|error| error.to_string());
        let linking = || self.linking.get_or_init(read).as_ref().map_err(Clone::clone);
        let words = Words { lexicon: &self.lexicon, linking: &linking, usual: parts::USUAL };
        worker::caught(&path.display().to_string(), || parts::make(order, path, Sent { given, beside: None }, &words, &|_| ()))
    }
}

#[pymethods]
impl Reader {
    /// A reader whose worker processes are those of `program`; `None` reads in this process. `rules` is laid over the embedded
    /// lexicons; `time_limit` is in seconds, `memory_limit` in MiB.
    #[new]
    #[pyo3(signature = (program, rules, time_limit, memory_limit))]
    fn new(
        py: Python<'_>,
        program: Option<PathBuf>,
        rules: Option<PathBuf>,
        time_limit: f64,
        memory_limit: u64,
    ) -> PyResult<Self> {
        let time = Duration::try_from_secs_f64(time_limit).ok().filter(|time| !time.is_zero());
        let time =
            time.ok_or_else(|| PyValueError::new_err(format!("time_limit: {time_limit} is no number of seconds above 0")))?;
        if !(64..=1 << 20).contains(&memory_limit) {
            return Err(PyValueError::new_err(format!("memory_limit: {memory_limit} is not between 64 and 1048576 MiB")));
        }
        let limits = Limits::new(time, memory_limit);
        // A lexicon that cannot be read is told here and not by each worker.
        let lexicon = py.detach(|| lexicon(rules.as_deref()))?;
        if let Some(rules) = &rules {
            py.detach(|| linking(Some(rules)))?;
        }
        let arguments = rules.as_ref().map_or_else(Vec::new, |rules| vec!["--rules".into(), rules.into()]);
        if let Some(program) = &program {
            process::guard_with(program.clone());
        }
        let workers = program.map(|program| Workers::new(program, arguments, limits));
        let process = std::process::id();
        Ok(Self(Arc::new(Inner { process, limits, workers, rules, linking: OnceLock::new(), lexicon })))
    }

    /// The record of a file, or of bytes with `path` as their name, as the JSON that `kehoach extract` prints; with `tried` a long
    /// document is audited by itself first, within the limits.
    #[pyo3(signature = (path, given=None, tried=false))]
    fn record<'py>(&self, py: Python<'py>, path: PathBuf, given: Option<&[u8]>, tried: bool) -> PyResult<Bound<'py, PyBytes>> {
        let trial = if tried { Trial::Audited } else { Trial::None };
        self.first(py, Order { want: Want::Record, trial }, path, given)
    }

    /// The source text of a file, or of bytes, in UTF-8: what `kehoach text` prints.
    #[pyo3(signature = (path, given=None))]
    fn text<'py>(&self, py: Python<'py>, path: PathBuf, given: Option<&[u8]>) -> PyResult<Bound<'py, PyBytes>> {
        self.first(py, Order { want: Want::Text, trial: Trial::None }, path, given)
    }
}

impl Reader {
    fn first<'py>(&self, py: Python<'py>, order: Order, path: PathBuf, given: Option<&[u8]>) -> PyResult<Bound<'py, PyBytes>> {
        let (inner, given) = (Arc::clone(&self.0), given.map(<[u8]>::to_vec));
        if inner.process != std::process::id() {
            return Err(PyRuntimeError::new_err("this reader belongs to another process; make one in this process"));
        }
        let pool = if inner.workers.is_none() { Some(pool()?) } else { None };
        let work = move || match pool {
            Some(pool) => pool.install(|| inner.make(order, &path, given)),
            None => inner.make(order, &path, given),
        };
        match interruptible(py, work)? {
            Ok(parts) => Ok(PyBytes::new(py, parts.first().map_or(&[], Vec::as_slice))),
            Err(error) => Err(raised(py, &error)),
        }
    }
}

/// The error as Python has it: `kehoach.ReadError`.
fn raised(py: Python<'_>, error: &IngestError) -> PyErr {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = CLASS.import(py, "kehoach._errors", "ReadError");
    class
        .and_then(|class| class.call1((&error.path, error.reason.code(), error.reason.to_string())))
        .map_or_else(|other| other, PyErr::from_value)
}
