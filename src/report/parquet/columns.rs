//! Rows as the columns of Parquet: each value goes to its column with the levels that tell which list and group it stands in.
//!
//! A definition level counts how many of the optional and repeated steps down to a value are there; a repetition level tells at which
//! list a new element begins (Dremel's encoding). Every column may be null; an empty list and a missing one are two things.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value;

use crate::report::dataset::{Field, Kind, days};

/// So many rows make a group, which readers skip or read as a whole.
const GROUP: usize = 100_000;

/// The values of a column.
enum Values {
    Text(Vec<ByteArray>),
    Number(Vec<f64>),
    Count(Vec<i64>),
    Flag(Vec<bool>),
    Day(Vec<i32>),
}

struct Column {
    values: Values,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
}

/// The rows of a table that go into one file.
pub(super) struct Sheet {
    fields: &'static [Field],
    groups: Vec<Vec<Column>>,
    /// How many rows the last group has.
    rows: usize,
}

impl Sheet {
    pub(super) fn new(fields: &'static [Field]) -> Self {
        Self { fields, groups: Vec::new(), rows: GROUP }
    }

    /// Adds a row: a JSON object with the keys of the fields; a key that it has not is null.
    pub(super) fn push(&mut self, row: &Value) {
        if self.rows == GROUP {
            let mut columns = Vec::new();
            self.fields.iter().for_each(|field| open(&field.kind, &mut columns));
            self.groups.push(columns);
            self.rows = 0;
        }
        self.rows += 1;
        // A row is a group that is always there.
        let mut rest = self.groups.last_mut().map_or(&mut [][..], Vec::as_mut_slice);
        for field in self.fields {
            let (own, others) = rest.split_at_mut(width(&field.kind));
            put(&field.kind, row.get(field.key), Levels::default(), own);
            rest = others;
        }
    }

    /// The bytes of the file.
    pub(super) fn write(self, name: &str) -> Result<Vec<u8>, ParquetError> {
        let fields = self.fields.iter().map(|field| kind_of(field.name, &field.kind)).collect::<Result<_, _>>()?;
        let schema = Arc::new(Type::group_type_builder(name).with_fields(fields).build()?);
        let properties =
            WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("kehoach".into()).build();
        let mut out = Vec::new();
        let mut file = SerializedFileWriter::new(&mut out, schema, Arc::new(properties))?;
        for group in self.groups {
            let mut rows = file.next_row_group()?;
            for column in group {
                if let Some(writer) = rows.next_column()? {
                    column.write(writer)?;
                }
            }
            rows.close()?;
        }
        file.close()?;
        Ok(out)
    }
}

impl Column {
    fn write(self, mut to: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let (definitions, repetitions) = (Some(self.definitions.as_slice()), Some(self.repetitions.as_slice()));
        match &self.values {
            Values::Text(values) => to.typed::<ByteArrayType>().write_batch(values, definitions, repetitions),
            Values::Number(values) => to.typed::<DoubleType>().write_batch(values, definitions, repetitions),
            Values::Count(values) => to.typed::<Int64Type>().write_batch(values, definitions, repetitions),
            Values::Flag(values) => to.typed::<BoolType>().write_batch(values, definitions, repetitions),
            Values::Day(values) => to.typed::<Int32Type>().write_batch(values, definitions, repetitions),
        }?;
        to.close()
    }
}

/// The columns that a field has, empty.
fn open(kind: &Kind, columns: &mut Vec<Column>) {
    let values = match kind {
        Kind::Text | Kind::Json => Values::Text(Vec::new()),
        Kind::Number => Values::Number(Vec::new()),
        Kind::Count => Values::Count(Vec::new()),
        Kind::Flag => Values::Flag(Vec::new()),
        Kind::Day => Values::Day(Vec::new()),
        Kind::List(of) => return open(of, columns),
        Kind::Group(fields) => return fields.iter().for_each(|field| open(&field.kind, columns)),
    };
    columns.push(Column { values, definitions: Vec::new(), repetitions: Vec::new() });
}

/// Where a value stands.
#[derive(Clone, Copy, Default)]
struct Levels {
    /// How many optional and repeated steps above it are there.
    definition: i16,
    /// At which list it begins anew: 0 at a row.
    repetition: i16,
    /// How many lists it stands in.
    lists: i16,
}

/// Puts a value into the columns of its kind.
fn put(kind: &Kind, value: Option<&Value>, levels: Levels, columns: &mut [Column]) {
    let value = value.filter(|value| !value.is_null());
    let here = Levels { definition: levels.definition + i16::from(value.is_some()), ..levels };
    match kind {
        Kind::Group(fields) => {
            let mut rest = columns;
            for field in *fields {
                let (own, others) = rest.split_at_mut(width(&field.kind));
                put(&field.kind, value.and_then(|value| value.get(field.key)), here, own);
                rest = others;
            }
        }
        Kind::List(of) => {
            let items = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let lists = levels.lists + 1;
            if items.is_empty() {
                put(of, None, Levels { lists, ..here }, columns);
            }
            for (at, item) in items.iter().enumerate() {
                let repetition = if at == 0 { levels.repetition } else { lists };
                put(of, Some(item), Levels { definition: here.definition + 1, repetition, lists }, columns);
            }
        }
        _ => {
            let Some(column) = columns.first_mut() else { return };
            let there = value.is_some_and(|value| column.values.push(kind, value));
            column.definitions.push(levels.definition + i16::from(there));
            column.repetitions.push(levels.repetition);
        }
    }
}

/// How many columns a kind has.
fn width(kind: &Kind) -> usize {
    match kind {
        Kind::List(of) => width(of),
        Kind::Group(fields) => fields.iter().map(|field| width(&field.kind)).sum(),
        _ => 1,
    }
}

impl Values {
    /// Takes a value; whether it is one of this column.
    fn push(&mut self, kind: &Kind, value: &Value) -> bool {
        match self {
            Self::Text(values) if matches!(kind, Kind::Json) => {
                values.push(ByteArray::from(value.to_string().into_bytes()));
                true
            }
            Self::Text(values) => pushed(values, value.as_str().map(|text| ByteArray::from(text.as_bytes().to_vec()))),
            Self::Number(values) => pushed(values, value.as_f64()),
            Self::Count(values) => pushed(values, value.as_i64()),
            Self::Flag(values) => pushed(values, value.as_bool()),
            Self::Day(values) => pushed(values, value.as_str().and_then(days)),
        }
    }
}

fn pushed<T>(values: &mut Vec<T>, value: Option<T>) -> bool {
    let there = value.is_some();
    values.extend(value);
    there
}

/// The type that Parquet knows a field by.
fn kind_of(name: &str, kind: &Kind) -> Result<TypePtr, ParquetError> {
    let leaf = |physical: Physical, logical: Option<LogicalType>| {
        Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL).with_logical_type(logical).build()
    };
    let built = match kind {
        Kind::Text | Kind::Json => leaf(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Number => leaf(Physical::DOUBLE, None),
        Kind::Count => leaf(Physical::INT64, None),
        Kind::Flag => leaf(Physical::BOOLEAN, None),
        Kind::Day => leaf(Physical::INT32, Some(LogicalType::Date)),
        Kind::Group(fields) => {
            let fields = fields.iter().map(|field| kind_of(field.name, &field.kind)).collect::<Result<_, _>>()?;
            Type::group_type_builder(name).with_repetition(Repetition::OPTIONAL).with_fields(fields).build()
        }
        Kind::List(of) => {
            let elements = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            let elements = elements.with_fields(vec![kind_of("element", of)?]).build()?;
            Type::group_type_builder(name)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(Some(LogicalType::List))
                .with_fields(vec![Arc::new(elements)])
                .build()
        }
    };
    built.map(Arc::new)
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use serde_json::json;

    use super::*;

    const FIELDS: &[Field] = &[
        Field { name: "id", key: "id", kind: Kind::Count },
        Field { name: "day", key: "day", kind: Kind::Day },
        Field { name: "rows", key: "rows", kind: Kind::List(&Kind::List(&Kind::Text)) },
        Field { name: "pair", key: "pair", kind: Kind::Group(&[Field { name: "a", key: "a", kind: Kind::Number }]) },
    ];

    /// A reader of the file that the crate can open; it stays readable when its name is gone.
    fn read(name: &str, sheet: Sheet) -> SerializedFileReader<std::fs::File> {
        let path = std::env::temp_dir().join(format!("kehoach-{}-{name}.parquet", std::process::id()));
        std::fs::write(&path, sheet.write("test").expect("written")).expect("a file");
        let reader = SerializedFileReader::new(std::fs::File::open(&path).expect("opened")).expect("Parquet");
        std::fs::remove_file(&path).expect("removed");
        reader
    }

    #[test]
    fn what_is_missing_empty_and_null_stays_apart() {
        let mut sheet = Sheet::new(FIELDS);
        for (row, _) in CASES {
            sheet.push(&serde_json::from_str(row).expect("JSON"));
        }
        let rows =
            read("nulls", sheet).get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect::<Vec<_>>();
        let wanted: Vec<&str> = CASES.iter().map(|(_, wanted)| *wanted).collect();
        assert_eq!(rows, wanted);
    }

    const CASES: [(&str, &str); 4] = [
        ("{}", "{id: null, day: null, rows: null, pair: null}"),
        (r#"{"id": 1, "day": "2025-02-28", "rows": []}"#, "{id: 1, day: 2025-02-28, rows: [], pair: null}"),
        (
            r#"{"id": 2, "day": "2025-02", "rows": [["a", "b"], [], ["c", null]], "pair": {}}"#,
            r#"{id: 2, day: null, rows: [["a", "b"], [], ["c", null]], pair: {a: null}}"#,
        ),
        (r#"{"id": 3, "day": "1969-12-31", "pair": {"a": 2}}"#, "{id: 3, day: 1969-12-31, rows: null, pair: {a: 2.0}}"),
    ];

    #[test]
    fn many_rows_are_several_groups() {
        let mut sheet = Sheet::new(FIELDS);
        let row = json!({"id": 1});
        (0..=GROUP).for_each(|_| sheet.push(&row));
        let read = read("groups", sheet);
        assert_eq!(read.metadata().row_groups().iter().map(|group| group.num_rows()).collect::<Vec<_>>(), [100_000, 1]);
    }
}
