//! Records as Arrow tables: the columns of the Parquet export, given out through Arrow's C data interface.
//!
//! In Parquet the year and the level are folders, which readers take for columns; here they are the last columns of each table.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, ListArray, RecordBatch, RecordBatchIterator, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Fields, Schema, SchemaRef};
use kehoach::report::dataset::{self, Field, Kind, days, year_and_level};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyCapsule, PyDict};
use serde_json::Value;

use crate::examine::{Outcome, records};
use crate::interrupt::{interruptible, pool};

/// A batch has at most this many rows, and is closed once its texts pass so many bytes: offsets into them have 31 bits, and no row is
/// longer than the largest file.
const ROWS: usize = 65_536;
const BYTES: usize = 256 << 20;

/// A table of Arrow: its columns, and its rows in batches.
#[pyclass(frozen, module = "kehoach._kehoach")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// How many rows it has.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of its columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<kehoach.Table: {} rows, {} columns>", self.num_rows(), self.schema.fields().len())
    }

    /// Its columns, for whoever reads Arrow.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(told)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Its rows, for whoever reads Arrow: nothing is copied. Another schema than its own is not made, as the protocol allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let rows = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(rows, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }
}

fn told(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// The tables of the given names, made of records as JSON, of an audit of them, and of the paths and reasons of what was not read.
#[pyfunction]
#[pyo3(signature = (json, names, outcome=None, unread=vec![]))]
pub fn tables<'py>(
    py: Python<'py>,
    json: Vec<PyBackedBytes>,
    names: Vec<String>,
    outcome: Option<&Outcome>,
    unread: Vec<(String, String)>,
) -> PyResult<Bound<'py, PyDict>> {
    if let Some(unknown) = names.iter().find(|name| !dataset::NAMES.contains(&name.as_str())) {
        return Err(PyValueError::new_err(format!("{unknown}: is no table; there are {}", dataset::NAMES.join(", "))));
    }
    let (mut outcome, linked) = outcome.map(|outcome| (outcome.found.clone(), outcome.linked.clone())).unwrap_or_default();
    outcome.unread.extend(unread);
    let pool = pool()?;
    let work = move || -> PyResult<Vec<(String, Table)>> {
        let mut records = pool.install(|| records(&json)).map_err(PyValueError::new_err)?;
        drop(json);
        // The export links the documents that it audits, and so do these.
        for record in &mut records {
            let known = linked.get(&record.source.path).filter(|known| known.len() == record.targets.len());
            for (target, (indicator, direction)) in record.targets.iter_mut().zip(known.into_iter().flatten()) {
                target.indicator_id.clone_from(indicator);
                target.direction = *direction;
            }
        }
        let folders: std::collections::HashMap<&str, (Option<i32>, String)> = records
            .iter()
            .map(|record| {
                let (year, level) = year_and_level(record);
                (record.source.path.as_str(), (year.and_then(|year| year.parse().ok()), level))
            })
            .collect();
        let made = names.into_iter().map(|name| {
            let mut sheet = Sheet::new(&name);
            let mut broken = None;
            dataset::rows(&name, &records, &outcome, &mut |path, row| {
                if broken.is_none() {
                    let place = path.and_then(|path| folders.get(path));
                    // As in Parquet: what is of no record that is here has no year, and another level.
                    broken = sheet.push(row, place.and_then(|place| place.0), place.map_or("other", |place| &place.1)).err();
                }
            });
            match broken {
                None => sheet.finish().map(|table| (name, table)).map_err(told),
                Some(error) => Err(told(error)),
            }
        });
        made.collect()
    };
    let made = PyDict::new(py);
    for (name, table) in interruptible(py, work)?? {
        made.set_item(name, Bound::new(py, table)?)?;
    }
    Ok(made)
}

/// The rows of a table, as they come.
struct Sheet {
    fields: &'static [Field],
    schema: SchemaRef,
    columns: Vec<Column>,
    /// The year and the level; `unread` has neither.
    place: Option<(Int32Builder, StringBuilder)>,
    rows: usize,
    bytes: usize,
    batches: Vec<RecordBatch>,
}

impl Sheet {
    fn new(name: &str) -> Self {
        let fields = dataset::fields(name);
        let is_placed = name != "unread";
        let mut columns: Vec<ArrowField> = fields.iter().map(|field| arrow_field(field.name, &field.kind)).collect();
        if is_placed {
            columns.push(ArrowField::new("year", DataType::Int32, true));
            columns.push(ArrowField::new("level", DataType::Utf8, true));
        }
        Self {
            fields,
            schema: Arc::new(Schema::new(columns)),
            columns: fields.iter().map(|field| Column::new(&field.kind)).collect(),
            place: is_placed.then(Default::default),
            rows: 0,
            bytes: 0,
            batches: Vec::new(),
        }
    }

    fn push(&mut self, row: &Value, year: Option<i32>, level: &str) -> Result<(), ArrowError> {
        for (field, column) in self.fields.iter().zip(&mut self.columns) {
            self.bytes += column.push(row.get(field.key));
        }
        if let Some((years, levels)) = &mut self.place {
            years.append_option(year);
            levels.append_value(level);
        }
        self.rows += 1;
        if self.rows == ROWS || self.bytes >= BYTES { self.close() } else { Ok(()) }
    }

    /// Makes a batch of what has come.
    fn close(&mut self) -> Result<(), ArrowError> {
        let mut arrays: Vec<ArrayRef> = self
            .fields
            .iter()
            .zip(&mut self.columns)
            .map(|(field, column)| column.finish(&field.kind))
            .collect::<Result<_, _>>()?;
        if let Some((years, levels)) = &mut self.place {
            arrays.push(Arc::new(years.finish()));
            arrays.push(Arc::new(levels.finish()));
        }
        self.batches.push(RecordBatch::try_new(Arc::clone(&self.schema), arrays)?);
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    fn finish(mut self) -> Result<Table, ArrowError> {
        if self.rows > 0 {
            self.close()?;
        }
        Ok(Table { schema: self.schema, batches: self.batches })
    }
}

/// The values of a column, as they come.
enum Column {
    Text(StringBuilder),
    Json(StringBuilder),
    Number(Float64Builder),
    Count(Int64Builder),
    Flag(BooleanBuilder),
    Day(Date32Builder),
    /// Where each list ends, whether it is there, and what the lists hold.
    List(Vec<i32>, Vec<bool>, Box<Column>),
    Group(Vec<bool>, &'static [Field], Vec<Column>),
}

impl Column {
    fn new(kind: &Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Json => Self::Json(StringBuilder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Count => Self::Count(Int64Builder::new()),
            Kind::Flag => Self::Flag(BooleanBuilder::new()),
            Kind::Day => Self::Day(Date32Builder::new()),
            Kind::List(of) => Self::List(vec![0], Vec::new(), Box::new(Self::new(of))),
            Kind::Group(fields) => Self::Group(Vec::new(), fields, fields.iter().map(|field| Self::new(&field.kind)).collect()),
        }
    }

    /// Takes a value, null where it is missing or none of this kind; gives the bytes of text that it has.
    fn push(&mut self, value: Option<&Value>) -> usize {
        let value = value.filter(|value| !value.is_null());
        match self {
            Self::Text(values) => {
                let text = value.and_then(Value::as_str);
                values.append_option(text);
                text.map_or(0, str::len)
            }
            Self::Json(values) => {
                let text = value.map(Value::to_string);
                values.append_option(text.as_deref());
                text.map_or(0, |text| text.len())
            }
            Self::Number(values) => {
                values.append_option(value.and_then(Value::as_f64));
                0
            }
            Self::Count(values) => {
                values.append_option(value.and_then(Value::as_i64));
                0
            }
            Self::Flag(values) => {
                values.append_option(value.and_then(Value::as_bool));
                0
            }
            Self::Day(values) => {
                values.append_option(value.and_then(Value::as_str).and_then(days));
                0
            }
            Self::List(ends, there, of) => {
                let items = value.and_then(Value::as_array);
                there.push(items.is_some());
                let items = items.map_or(&[][..], Vec::as_slice);
                ends.push(ends.last().copied().unwrap_or_default() + i32::try_from(items.len()).unwrap_or(i32::MAX));
                // An element takes room even where it has no text.
                items.iter().map(|item| of.push(Some(item)) + 8).sum()
            }
            Self::Group(there, fields, columns) => {
                there.push(value.is_some());
                let cells = fields.iter().zip(columns);
                cells.map(|(field, column)| column.push(value.and_then(|value| value.get(field.key)))).sum()
            }
        }
    }

    /// The array of what has come; the column is empty then.
    fn finish(&mut self, kind: &Kind) -> Result<ArrayRef, ArrowError> {
        let taken = std::mem::replace(self, Self::new(kind));
        Ok(match (taken, kind) {
            (Self::Text(mut values) | Self::Json(mut values), _) => Arc::new(values.finish()),
            (Self::Number(mut values), _) => Arc::new(values.finish()),
            (Self::Count(mut values), _) => Arc::new(values.finish()),
            (Self::Flag(mut values), _) => Arc::new(values.finish()),
            (Self::Day(mut values), _) => Arc::new(values.finish()),
            (Self::List(ends, there, mut of), Kind::List(inner)) => {
                let element = Arc::new(arrow_field("element", inner));
                let ends = OffsetBuffer::new(ends.into());
                Arc::new(ListArray::try_new(element, ends, of.finish(inner)?, Some(NullBuffer::from(there)))?)
            }
            (Self::Group(there, fields, columns), _) => {
                let finished = fields.iter().zip(columns).map(|(field, mut column)| column.finish(&field.kind));
                let arrays = finished.collect::<Result<_, _>>()?;
                Arc::new(StructArray::try_new(arrow_fields(fields), arrays, Some(NullBuffer::from(there)))?)
            }
            (Self::List(..), _) => return Err(ArrowError::SchemaError("a list whose column is none".into())),
        })
    }
}

fn arrow_field(name: &str, kind: &Kind) -> ArrowField {
    ArrowField::new(name, arrow_type(kind), true)
}

fn arrow_fields(fields: &[Field]) -> Fields {
    fields.iter().map(|field| arrow_field(field.name, &field.kind)).collect()
}

fn arrow_type(kind: &Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Json => DataType::Utf8,
        Kind::Number => DataType::Float64,
        Kind::Count => DataType::Int64,
        Kind::Flag => DataType::Boolean,
        Kind::Day => DataType::Date32,
        // As Parquet names it.
        Kind::List(of) => DataType::List(Arc::new(arrow_field("element", of))),
        Kind::Group(fields) => DataType::Struct(arrow_fields(fields)),
    }
}
