//! The tables of the dataset: their columns, and their rows as JSON.
//!
//! Columns bear the record's names. Where such a name is a word of SQL they bear those of the store: `first_day`, `last_day`,
//! `start_offset`, `end_offset`. A date is a DATE where a calendar has it; beside it stands what the record gives (`2024-03`), as
//! `…_text`.

use serde_json::{Value, json};

use super::{Field, Kind};
use crate::check::Side;
use crate::record::Record;
use crate::report::Outcome;

/// The tables, in the order of the way from a document to what was found in it.
pub const NAMES: [&str; 14] = [
    "documents",
    "sections",
    "tables",
    "targets",
    "tasks",
    "deadlines",
    "references",
    "facts",
    "sums",
    "ratios",
    "diagnostics",
    "findings",
    "undecided",
    "unread",
];

const fn field(name: &'static str, key: &'static str, kind: Kind) -> Field {
    Field { name, key, kind }
}

const fn text(name: &'static str) -> Field {
    field(name, name, Kind::Text)
}

const fn number(name: &'static str) -> Field {
    field(name, name, Kind::Number)
}

const fn count(name: &'static str) -> Field {
    field(name, name, Kind::Count)
}

const fn flag(name: &'static str) -> Field {
    field(name, name, Kind::Flag)
}

/// A day; a field `…_text` beside it has the record's own characters.
const fn day(name: &'static str, key: &'static str) -> Field {
    field(name, key, Kind::Day)
}

const fn list(name: &'static str, of: &'static Kind) -> Field {
    field(name, name, Kind::List(of))
}

const fn group(name: &'static str, fields: &'static [Field]) -> Field {
    field(name, name, Kind::Group(fields))
}

const OFFSETS: [Field; 2] = [field("start_offset", "start", Kind::Count), field("end_offset", "end", Kind::Count)];

/// Where something was read: offsets count code points of the source text.
const EVIDENCE: Field = list("evidence", &Kind::Group(&[count("page"), OFFSETS[0], OFFSETS[1], text("text")]));

/// The sides of a finding, which may stand in several documents.
const SIDES: Field = list(
    "evidence",
    &Kind::Group(&[text("path"), text("document"), text("section"), count("page"), OFFSETS[0], OFFSETS[1], text("text")]),
);

const TEXTS: Kind = Kind::List(&Kind::Text);
const CHANGE: Field = group("change", &[text("kind"), text("base")]);
const TOLD: &[Field] = &[field("place", "where", Kind::Text), text("problem"), text("action")];

const DOCUMENTS: &[Field] = &[
    text("path"),
    text("sha256"),
    text("format"),
    count("bytes"),
    count("pages"),
    text("encoding"),
    text("type"),
    text("number"),
    text("symbol"),
    day("date", "date"),
    field("date_text", "date", Kind::Text),
    text("title"),
    text("issuer"),
    text("province"),
    text("district"),
    text("commune"),
    group(
        "period",
        &[
            day("first_day", "from"),
            day("last_day", "to"),
            field("first_day_text", "from", Kind::Text),
            field("last_day_text", "to", Kind::Text),
        ],
    ),
    group("signer", &[text("name"), text("title")]),
    EVIDENCE,
];

const SECTIONS: &[Field] = &[
    text("path"),
    text("sha256"),
    text("id"),
    text("section"),
    text("title"),
    // `level` is the document's, by its folder.
    field("depth", "level", Kind::Count),
    count("paper"),
    EVIDENCE,
];

const TABLES: &[Field] = &[
    text("path"),
    text("sha256"),
    text("id"),
    text("section"),
    list("header", &Kind::Text),
    list("rows", &TEXTS),
    count("paper"),
    EVIDENCE,
];

const TARGETS: &[Field] = &[
    text("path"),
    text("sha256"),
    text("id"),
    text("origin"),
    text("section"),
    text("indicator"),
    text("indicator_id"),
    text("comparator"),
    number("value"),
    number("value_to"),
    group("range", &[field("low", "from", Kind::Number), field("high", "to", Kind::Number)]),
    text("unit"),
    text("scope"),
    list("conditions", &Kind::Text),
    day("due", "due"),
    field("due_text", "due", Kind::Text),
    CHANGE,
    text("direction"),
    list("agencies", &Kind::Group(&[text("role"), text("name")])),
    group("actual", &[number("value"), text("unit"), text("comparator"), text("text")]),
    group("row", &[count("table"), count("row")]),
    count("paper"),
    EVIDENCE,
];

const TASKS: &[Field] = &[
    text("path"),
    text("sha256"),
    text("id"),
    text("origin"),
    text("section"),
    list("owner", &Kind::Text),
    list("coordinate", &Kind::Text),
    text("text"),
    count("deadline"),
    text("deadline_id"),
    text("product"),
    count("paper"),
    EVIDENCE,
];

const DEADLINES: &[Field] = &[
    text("path"),
    text("sha256"),
    text("id"),
    text("text"),
    day("first_day", "from"),
    field("first_day_text", "from", Kind::Text),
    day("last_day", "to"),
    field("last_day_text", "to", Kind::Text),
    flag("exclusive"),
    group("recurrence", &[text("every"), count("interval"), text("rule")]),
    text("about"),
    text("section"),
    count("paper"),
    EVIDENCE,
];

const REFERENCES: &[Field] = &[
    text("path"),
    text("sha256"),
    text("id"),
    text("type"),
    text("number"),
    day("date", "date"),
    field("date_text", "date", Kind::Text),
    text("issuer"),
    text("title"),
    text("role"),
    count("paper"),
    EVIDENCE,
];

const FACTS: &[Field] = &[
    text("path"),
    text("sha256"),
    text("id"),
    text("section"),
    text("subject"),
    text("comparator"),
    number("value"),
    text("unit"),
    CHANGE,
    count("paper"),
    EVIDENCE,
];

const SUMS: &[Field] = &[
    text("path"),
    text("sha256"),
    text("id"),
    number("total"),
    list("parts", &Kind::Number),
    text("unit"),
    text("section"),
    flag("holds"),
    count("paper"),
    EVIDENCE,
];

const RATIOS: &[Field] = &[
    text("path"),
    text("sha256"),
    text("id"),
    number("numerator"),
    number("denominator"),
    number("stated"),
    flag("holds"),
    text("section"),
    count("paper"),
    EVIDENCE,
];

const DIAGNOSTICS: &[Field] = &[text("path"), text("sha256"), text("code"), text("message"), EVIDENCE];

const FINDINGS: &[Field] = &[
    text("path"),
    text("code"),
    text("name"),
    text("severity"),
    text("fingerprint"),
    group("message", &[group("vi", TOLD), group("en", TOLD)]),
    SIDES,
    // What was compared differs from rule to rule.
    field("values", "values", Kind::Json),
];

const UNDECIDED: &[Field] = &[text("path"), text("code"), text("name"), group("why", &[text("vi"), text("en")]), SIDES];

const UNREAD: &[Field] = &[text("path"), text("reason")];

/// The columns of a table; none of one that is not in [`NAMES`].
#[must_use]
pub fn fields(name: &str) -> &'static [Field] {
    match name {
        "documents" => DOCUMENTS,
        "sections" => SECTIONS,
        "tables" => TABLES,
        "targets" => TARGETS,
        "tasks" => TASKS,
        "deadlines" => DEADLINES,
        "references" => REFERENCES,
        "facts" => FACTS,
        "sums" => SUMS,
        "ratios" => RATIOS,
        "diagnostics" => DIAGNOSTICS,
        "findings" => FINDINGS,
        "undecided" => UNDECIDED,
        "unread" => UNREAD,
        _ => &[],
    }
}

/// Gives the rows of a table one by one, each with the path of the document in whose folder it stands.
pub fn rows(name: &str, records: &[Record], outcome: &Outcome, give: &mut dyn FnMut(Option<&str>, &Value)) {
    let first = |sides: &[Side]| sides.first().map(|side| side.path.clone());
    match name {
        "findings" => {
            for finding in &outcome.findings {
                let path = first(&finding.evidence);
                give(path.as_deref(), &with(json!(finding), [("path", json!(path))]));
            }
        }
        "undecided" => {
            for entry in &outcome.undecided {
                let path = first(&entry.evidence);
                let why = json!({"vi": entry.why_vi, "en": entry.why_en});
                give(path.as_deref(), &with(json!(entry), [("path", json!(path)), ("why", why)]));
            }
        }
        "unread" => {
            for (path, reason) in &outcome.unread {
                give(None, &json!({"path": path, "reason": reason}));
            }
        }
        _ => {
            for record in records {
                for row in of_record(name, record) {
                    give(Some(&record.source.path), &row);
                }
            }
        }
    }
}

fn of_record(name: &str, record: &Record) -> Vec<Value> {
    let items: Vec<Value> = match name {
        "documents" => vec![json!(record.document)],
        // Their own path is one of headings; `path` is the file's in every table.
        "sections" => record.sections.iter().map(|section| with(json!(section), [("section", json!(section.path))])).collect(),
        "tables" => record.tables.iter().map(|table| json!(table)).collect(),
        "targets" => record.targets.iter().map(|target| json!(target)).collect(),
        "tasks" => {
            let id = |at: Option<usize>| at.and_then(|at| record.deadlines.get(at)).map(|deadline| &deadline.id);
            record.tasks.iter().map(|task| with(json!(task), [("deadline_id", json!(id(task.deadline)))])).collect()
        }
        "deadlines" => record.deadlines.iter().map(|deadline| json!(deadline)).collect(),
        "references" => record.references.iter().map(|reference| json!(reference)).collect(),
        "facts" => record.facts.iter().map(|fact| json!(fact)).collect(),
        "sums" => record.sums.iter().map(|sum| json!(sum)).collect(),
        "ratios" => record.ratios.iter().map(|ratio| json!(ratio)).collect(),
        "diagnostics" => record.diagnostics.iter().map(|diagnostic| json!(diagnostic)).collect(),
        _ => Vec::new(),
    };
    let source = json!(record.source);
    let whole = name == "documents";
    let known = source.as_object().into_iter().flatten().filter(|(key, _)| whole || ["path", "sha256"].contains(&key.as_str()));
    let known: Vec<(&str, Value)> = known.map(|(key, value)| (key.as_str(), value.clone())).collect();
    items.into_iter().map(|item| with(item, known.clone())).collect()
}

/// A row with more cells.
fn with<'a>(mut row: Value, more: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    if let Some(cells) = row.as_object_mut() {
        cells.extend(more.into_iter().map(|(key, value)| (key.to_owned(), value)));
    }
    row
}
