//! A record as lines, one an item, so that a person can review a snapshot of it.

use kehoach::record::{Actual, Comparator, Evidence, Record};
use serde_json::Value;

/// The words of `evidence`, cut to what tells one place from another.
fn quotation(evidence: &[Evidence]) -> String {
    let words = evidence.iter().map(|piece| piece.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>();
    let words = words.join(" … ");
    let count = words.chars().count();
    if count <= 90 {
        return format!("← \"{words}\"");
    }
    let head: String = words.chars().take(60).collect();
    let tail: String = words.chars().skip(count - 25).collect();
    format!("← \"{head} […] {tail}\"")
}

fn section(path: Option<&String>) -> &str {
    path.map_or("·", String::as_str)
}

fn comparator(comparator: Comparator) -> String {
    serde_json::to_value(comparator).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The fields that are set, as `name=value`.
fn fields(pairs: &[(&str, Option<String>)]) -> String {
    pairs.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!(" {name}={value}"))).collect()
}

fn joined(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| format!("[{}]", names.join("; ")))
}

/// A value as compact JSON, without nulls, evidence and what depends on the machine.
fn compact(value: &impl serde::Serialize) -> String {
    fn prune(value: &mut Value) {
        if let Value::Object(map) = value {
            map.remove("evidence");
            // Only what stands in another paper than the first says so.
            map.retain(|name, value| name != "paper" || *value != serde_json::json!(0));
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(prune);
        } else if let Value::Array(items) = value {
            items.iter_mut().for_each(prune);
        }
    }
    let mut value = serde_json::to_value(value).expect("JSON");
    prune(&mut value);
    value.to_string()
}

/// The whole record, one line an item: identifier, section, what it says, and the words it was read from.
pub fn lines(record: &Record) -> String {
    let mut out = Vec::new();
    out.push(format!("document {} {}", compact(&record.document), quotation(&record.document.evidence)));
    for item in &record.sections {
        out.push(format!("{} {} {}", item.id, item.path, item.title));
    }
    for item in &record.tables {
        let header = item.header.join(" | ");
        out.push(format!("{} {} {} rows: {header}", item.id, section(item.section.as_ref()), item.rows.len()));
        out.extend(item.rows.iter().map(|row| format!("{}   | {}", item.id, row.join(" | "))));
    }
    for item in &record.targets {
        let actual = item.actual.as_ref().map(|actual| match actual {
            Actual::Value { value, unit, comparator: how } => {
                format!("{} {} {}", comparator(*how), value.0, unit.as_deref().unwrap_or_default())
            }
            Actual::Words { text } => text.clone(),
        });
        let agencies: Vec<String> = item.agencies.iter().map(|agency| format!("{:?} {}", agency.role, agency.name)).collect();
        out.push(format!(
            "{} {} {} {} {}{} {}{} {}",
            item.id,
            section(item.section.as_ref()),
            item.indicator,
            comparator(item.comparator),
            item.value.0,
            item.value_to.map(|to| format!("–{}", to.0)).unwrap_or_default(),
            item.unit.as_deref().unwrap_or("·"),
            fields(&[
                ("scope", item.scope.clone()),
                ("if", joined(&item.conditions)),
                ("due", item.due.clone()),
                ("change", item.change.as_ref().map(compact)),
                ("direction", item.direction.map(|way| format!("{way:?}"))),
                ("agencies", joined(&agencies)),
                ("actual", actual),
                ("row", item.row.as_ref().map(compact)),
            ]),
            quotation(&item.evidence)
        ));
    }
    for item in &record.tasks {
        out.push(format!(
            "{} {} {}{} {}",
            item.id,
            section(item.section.as_ref()),
            item.text,
            fields(&[
                ("owner", joined(&item.owner)),
                ("with", joined(&item.coordinate)),
                ("deadline", item.deadline.and_then(|at| record.deadlines.get(at)).map(|found| found.id.clone())),
                ("product", item.product.clone()),
            ]),
            quotation(&item.evidence)
        ));
    }
    for item in &record.deadlines {
        out.push(format!("{} {} {} {}", item.id, section(item.section.as_ref()), compact(item), quotation(&item.evidence)));
    }
    for item in &record.references {
        out.push(format!("{} {} {}", item.id, compact(item), quotation(&item.evidence)));
    }
    for item in &record.facts {
        out.push(format!("{} {} {} {}", item.id, section(item.section.as_ref()), compact(item), quotation(&item.evidence)));
    }
    for item in &record.sums {
        out.push(format!("{} {} {} {}", item.id, section(item.section.as_ref()), compact(item), quotation(&item.evidence)));
    }
    for item in &record.ratios {
        out.push(format!("{} {} {} {}", item.id, section(item.section.as_ref()), compact(item), quotation(&item.evidence)));
    }
    out.push(format!("mentions {}", compact(&record.mentions)));
    for item in &record.diagnostics {
        out.push(format!("{}: {} {}", item.code, item.message, quotation(&item.evidence)));
    }
    out.join("\n")
}
