//! The extension module of the Python package `kehoach`: what `kehoach/*.py` call, and nothing that people call themselves.
//!
//! ```text
//! Reader ─ path or bytes → JSON of a record, made by a worker process of the program or, for trusted files, here
//! Examiner ─ JSON of records → audit, links
//! tables ─ JSON of records → Arrow tables, with the columns of the Parquet export
//! ```
//! Records travel as the JSON that the command line prints: Python has the same bytes, and no second form of a record exists.

mod arrow;
mod examine;
mod interrupt;
mod reader;

use std::path::PathBuf;

use kehoach::store::files::documents;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;

/// The program's version: that of the core.
const VERSION: &str = env!("CARGO_PKG_VERSION");

#[pymodule]
fn _kehoach(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", VERSION)?;
    module.add("TABLES", kehoach::report::dataset::NAMES.to_vec())?;
    module.add("LARGEST", kehoach::ingest::LARGEST)?;
    module.add_class::<reader::Reader>()?;
    module.add_class::<examine::Examiner>()?;
    module.add_class::<examine::Outcome>()?;
    module.add_class::<arrow::Table>()?;
    module.add_function(wrap_pyfunction!(arrow::tables, module)?)?;
    module.add_function(wrap_pyfunction!(find, module)?)?;
    module.add_function(wrap_pyfunction!(schema, module)?)
}

/// The documents that a file or a folder means, named as it is, and what is wrong with it.
#[pyfunction]
fn find(py: Python<'_>, path: PathBuf) -> PyResult<(Vec<PathBuf>, Vec<String>)> {
    py.detach(|| documents(&path)).map_err(|error| PyOSError::new_err(error.to_string()))
}

/// The JSON Schema of the record, as `kehoach schema` prints it.
#[pyfunction]
fn schema() -> String {
    kehoach::record::schema()
}
