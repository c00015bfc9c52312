//! What a person types ⇄ what an item says: `85,5`, `trên`, `30/6/2025`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::check::show;
use crate::corrections::{Kind, is_content};
use crate::lexicon::Lexicon;
use crate::record::{Comparator, Role};
use crate::verify::value::{Signs, comparison, day, read as read_value};

/// The fields of a kind, in the order in which they are shown.
pub(super) fn of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Target => &["indicator", "comparator", "value", "unit", "scope", "due", "lead", "coordinate", "monitor", "result"],
        Kind::Fact => &["subject", "comparator", "value", "unit"],
        Kind::Task => &["text", "lead", "coordinate", "deadline", "product"],
        Kind::Deadline => &["about", "text", "from", "to"],
        Kind::Number => &[],
    }
}

/// The field that names an item.
pub(super) fn name(kind: Kind) -> Option<&'static str> {
    of(kind).first().copied()
}

fn text<'v>(says: &'v Map<String, Value>, name: &str) -> &'v str {
    says.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an item says, as people write it.
pub(super) fn shown(kind: Kind, says: &Map<String, Value>) -> BTreeMap<&'static str, String> {
    let number = |value: Option<&Value>| value.and_then(Value::as_f64).map(show::vi);
    let agencies = |role: &str| {
        let of_role = |one: &&Value| one.get("role").and_then(Value::as_str) == Some(role);
        let names = says.get("agencies").and_then(Value::as_array).into_iter().flatten().filter(of_role);
        names.filter_map(|one| one.get("name").and_then(Value::as_str)).map(line).collect::<Vec<_>>().join("; ")
    };
    let list = |name: &str| {
        let names = says.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        names.map(line).collect::<Vec<_>>().join("; ")
    };
    let field = |name: &'static str| -> String {
        match name {
            "comparator" => serde_json::from_value::<Comparator>(says.get(name).cloned().unwrap_or_default())
                .map(|comparator| show::comparator_vi(comparator).to_owned())
                .unwrap_or_default(),
            "value" => {
                let to = says.get("range").and_then(|range| range.get("to")).or_else(|| says.get("value_to"));
                let range = number(to).map(|to| format!(" - {to}")).unwrap_or_default();
                number(says.get("value")).map(|value| value + &range).unwrap_or_default()
            }
            "due" | "from" | "to" => show::date_vi(text(says, name)),
            "lead" | "coordinate" | "monitor" if kind == Kind::Target => agencies(name),
            "lead" => list("owner"),
            "coordinate" => list("coordinate"),
            "result" => {
                let actual = says.get("actual");
                let value = number(actual.and_then(|actual| actual.get("value")));
                value.unwrap_or_else(|| {
                    actual.and_then(|actual| actual.get("text")).and_then(Value::as_str).map(line).unwrap_or_default()
                })
            }
            "deadline" => {
                let deadline = says.get(name);
                let part = |name: &str| deadline.and_then(|one| one.get(name)).and_then(Value::as_str).unwrap_or_default();
                if part("text").is_empty() { show::date_vi(part("to")) } else { line(part("text")) }
            }
            name => line(text(says, name)),
        }
    };
    of(kind).iter().map(|name| (*name, field(name))).filter(|(_, text)| !text.is_empty()).collect()
}

/// What an item says by what a person typed; `base` is what it said before, and stays where nobody typed otherwise.
///
/// # Errors
/// Where a field cannot be understood, with what is wrong.
pub(super) fn read(
    kind: Kind,
    typed: &BTreeMap<String, String>,
    base: &Map<String, Value>,
    lexicon: &Lexicon,
) -> Result<Map<String, Value>, BTreeMap<String, String>> {
    let mut wrong = BTreeMap::new();
    let mut says = base.clone();
    let before = shown(kind, base);
    let percent = typed.get("unit").is_some_and(|unit| unit.trim().starts_with('%'));
    for (name, typed) in typed {
        let typed = line(typed);
        let Some(name) = of(kind).iter().find(|own| *own == name).copied() else { continue };
        if before.get(name).map_or("", String::as_str) == typed {
            continue;
        }
        if let Err(why) = put(kind, name, &typed, percent, &mut says, lexicon) {
            wrong.insert(name.to_owned(), why.to_owned());
        }
    }
    for needed in name(kind).into_iter().chain(of(kind).iter().copied().filter(|name| *name == "value")) {
        let key = if needed == "lead" { "owner" } else { needed };
        if !says.contains_key(key) && !wrong.contains_key(needed) {
            wrong.insert(needed.to_owned(), "cần điền".to_owned());
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    is_content(kind, &says).map_err(|why| BTreeMap::from([(String::new(), why)]))
}

/// Puts what was typed into a field; what is left empty says nothing.
fn put(
    kind: Kind,
    name: &str,
    typed: &str,
    percent: bool,
    says: &mut Map<String, Value>,
    lexicon: &Lexicon,
) -> Result<(), &'static str> {
    let names =
        || -> Vec<String> { typed.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect() };
    match name {
        "value" => {
            says.remove("value");
            says.remove("range");
            says.remove("value_to");
            let written = read_value(typed, percent, Signs::Comma, lexicon)
                .filter(|_| typed.starts_with(|c: char| c.is_ascii_digit() || c == '-'));
            let written = written
                .filter(|written| written.unit.as_ref().is_none_or(|unit| unit == "%"))
                .ok_or("không phải số, ví dụ 85,5 hoặc 2 - 3")?;
            says.insert("value".into(), json!(crate::record::Number(written.values[0])));
            if let Some(to) = written.to.map(crate::record::Number) {
                if to.0 < written.values[0] {
                    return Err("đầu sau nhỏ hơn đầu trước");
                }
                says.insert("value_to".into(), json!(to));
                says.insert("range".into(), json!({"from": crate::record::Number(written.values[0]), "to": to}));
            }
        }
        "comparator" => {
            let found = comparison(typed, lexicon).0.or_else(|| typed.is_empty().then_some(Comparator::Eq));
            says.insert(name.into(), json!(found.ok_or("không rõ so sánh; ví dụ: đạt, trên, dưới, tối thiểu, tối đa, khoảng")?));
        }
        "due" | "from" | "to" => {
            says.remove(name);
            if !typed.is_empty() {
                says.insert(name.into(), json!(day(typed).ok_or("không phải ngày, ví dụ 30/6/2025")?));
            }
        }
        "lead" | "coordinate" | "monitor" if kind == Kind::Target => {
            let role = match name {
                "lead" => Role::Lead,
                "coordinate" => Role::Coordinate,
                _ => Role::Monitor,
            };
            let others = says.get("agencies").and_then(Value::as_array).cloned().unwrap_or_default();
            let mut all: Vec<Value> = others.into_iter().filter(|one| one.get("role") != Some(&json!(role))).collect();
            all.extend(names().into_iter().map(|name| json!({"role": role, "name": name})));
            says.insert("agencies".into(), json!(all));
        }
        "lead" => {
            says.insert("owner".into(), json!(names()));
        }
        "coordinate" => {
            says.insert("coordinate".into(), json!(names()));
        }
        "result" => {
            says.remove("actual");
            if let Some(written) =
                read_value(typed, percent, Signs::Comma, lexicon).filter(|_| typed.starts_with(|c: char| c.is_ascii_digit()))
            {
                let unit = says.get("unit").cloned().unwrap_or_default();
                says.insert(
                    "actual".into(),
                    json!({"value": crate::record::Number(written.values[0]), "unit": unit, "comparator": "eq"}),
                );
            } else if !typed.is_empty() {
                says.insert("actual".into(), json!({"text": typed}));
            }
        }
        "deadline" => {
            says.remove("deadline");
            if !typed.is_empty() {
                says.insert("deadline".into(), json!({"text": typed, "from": null, "to": day(typed)}));
            }
        }
        name => {
            says.remove(name);
            if !typed.is_empty() {
                says.insert(name.into(), json!(typed));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn what_was_typed_is_what_is_shown() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        for (kind, pairs) in [
            (
                Kind::Target,
                vec![
                    ("indicator", "Tỷ lệ hộ có bể chứa"),
                    ("comparator", "tối thiểu"),
                    ("value", "1.250,5"),
                    ("unit", "hộ"),
                    ("due", "30/6/2025"),
                    ("lead", "Trạm A; Trạm B"),
                    ("monitor", "Tổ C"),
                    ("result", "84,2"),
                ],
            ),
            (
                Kind::Target,
                vec![("indicator", "Số trạm"), ("comparator", "đạt"), ("value", "2 - 3"), ("result", "đang thống kê")],
            ),
            (Kind::Fact, vec![("subject", "Số trạm"), ("comparator", "trên"), ("value", "12")]),
            (Kind::Task, vec![("text", "Rà soát"), ("lead", "Trạm A"), ("deadline", "30/6/2025"), ("product", "Báo cáo")]),
            (Kind::Deadline, vec![("about", "Rà soát"), ("text", "trước 30/6"), ("to", "30/6/2025")]),
        ] {
            let says = read(kind, &typed(&pairs), &Map::new(), &lexicon).unwrap_or_else(|wrong| panic!("{wrong:?}"));
            let back = shown(kind, &says);
            for (name, text) in pairs {
                assert_eq!(back.get(name).map(String::as_str), Some(text), "{name}: {says:?}");
            }
            assert_eq!(is_content(kind, &says), Ok(says));
        }
    }

    #[test]
    fn what_cannot_be_understood_is_told_at_its_field() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        for (pairs, field) in [
            (vec![("indicator", "Số trạm"), ("value", "nhiều")], "value"),
            (vec![("indicator", "Số trạm"), ("value", "3 - 2")], "value"),
            (vec![("indicator", "Số trạm")], "value"),
            (vec![("indicator", " "), ("value", "1")], "indicator"),
            (vec![("indicator", "Số trạm"), ("value", "1"), ("due", "31/02/2025")], "due"),
            (vec![("indicator", "Số trạm"), ("value", "1"), ("comparator", "xanh")], "comparator"),
        ] {
            let wrong = read(Kind::Target, &typed(&pairs), &Map::new(), &lexicon).expect_err("wrong");
            assert_eq!(wrong.keys().collect::<Vec<_>>(), [field], "{wrong:?}");
        }
    }

    /// What the page does not show of an item stays as it was.
    #[test]
    fn what_is_not_shown_stays() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let base = json!({"indicator": "Số trạm", "value": 1, "comparator": "ge", "conditions": ["trừ trạm cũ"]});
        let base = base.as_object().cloned().expect("an object");
        let says = read(Kind::Target, &typed(&[("value", "2"), ("indicator", "Số trạm")]), &base, &lexicon).expect("a content");
        assert_eq!(
            (&says["conditions"], &says["value"], &says["comparator"]),
            (&json!(["trừ trạm cũ"]), &json!(2), &json!("ge"))
        );
    }
}
