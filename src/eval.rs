//! How well a record agrees with a gold annotation (the format of `corpus/gold`).
//!
//! Items match one to one, best first: targets by value, unit and indicator (alike by 0.80), tasks by text (0.75) and a
//! common owner, deadlines by days and recurrence, references by number and date, sections by path, facts by value,
//! unit and subject (0.60), sums by total and parts, ratios by percentage and a count. Text is compared folded, without marks.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::words::fold;

/// Hits, gold items and extracted items of each list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    lists: Vec<(String, [usize; 3])>,
}

impl Tally {
    fn count(&mut self, list: &str, counts: [usize; 3]) {
        match self.lists.iter_mut().find(|(name, _)| name == list) {
            Some((_, known)) => known.iter_mut().zip(counts).for_each(|(known, count)| *known += count),
            None => self.lists.push((list.to_owned(), counts)),
        }
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Self) {
        for (list, counts) in &other.lists {
            self.count(list, *counts);
        }
    }

    /// F1 of a list, if it was scored.
    #[must_use]
    pub fn f1(&self, list: &str) -> Option<f64> {
        self.lists.iter().find(|(name, _)| name == list).map(|(_, counts)| scores(*counts).2)
    }

    /// The lists that were scored, each with its hits, gold items and extracted items.
    pub fn lists(&self) -> impl Iterator<Item = (&str, [usize; 3])> {
        self.lists.iter().map(|(name, counts)| (name.as_str(), *counts))
    }

    /// The lowest F1 of all lists.
    #[must_use]
    pub fn worst(&self) -> f64 {
        self.lists.iter().map(|(_, counts)| scores(*counts).2).fold(1.0, f64::min)
    }

    /// One line: the F1 of each list.
    #[must_use]
    pub fn line(&self) -> String {
        let whole = self.lists.iter().filter(|(name, _)| !name.starts_with('.'));
        whole.map(|(name, counts)| format!("{name} {:.3}", scores(*counts).2)).collect::<Vec<_>>().join("  ")
    }

    /// A table of all lists.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = format!("{:14} {:>5} {:>5} {:>5}  {:<6} {:<6} F1\n", "pooled", "gold", "got", "hit", "prec", "rec");
        for (name, counts) in &self.lists {
            let [hit, gold, got] = counts;
            let (precision, recall, f1) = scores(*counts);
            let name = if name.starts_with('.') { format!("  {name}") } else { name.clone() };
            let _ = writeln!(table, "{name:14} {gold:5} {got:5} {hit:5}  {precision:.3}  {recall:.3}  {f1:.3}");
        }
        table
    }
}

/// Precision, recall and F1.
#[allow(clippy::cast_precision_loss)]
fn scores([hit, gold, got]: [usize; 3]) -> (f64, f64, f64) {
    let share = |of: usize, other: usize| match (of, other) {
        (0, 0) => 1.0,
        (0, _) => 0.0,
        _ => hit as f64 / of as f64,
    };
    let (precision, recall) = (share(got, gold), if gold == 0 { 1.0 } else { hit as f64 / gold as f64 });
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    (precision, recall, f1)
}

/// Words of a value, folded, without marks.
fn plain(value: &Value) -> String {
    let text = match value {
        Value::String(text) => fold(text),
        Value::Number(number) => number.to_string(),
        _ => return String::new(),
    };
    let spaced: String = text.chars().map(|c| if c.is_alphanumeric() || c == '%' { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How alike two texts are: twice the common words' length over both lengths, by the longest common subsequence of words.
fn alike(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let mut row = vec![0_usize; b.len() + 1];
    for word in &a {
        let mut diagonal = 0;
        for (at, against) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == against { diagonal + word.chars().count() + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let share = 2.0 * row[b.len()] as f64 / (one.chars().count() + other.chars().count() + 2) as f64;
    share
}

fn number(value: &Value) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation)]
    value.as_f64().map(|number| (number * 1e6).round() as i64)
}

fn symbol(value: &Value) -> String {
    value.as_str().unwrap_or_default().chars().filter(|c| !c.is_whitespace() && *c != '.').flat_map(char::to_uppercase).collect()
}

fn same(one: &Value, other: &Value, field: &str) -> bool {
    one.get(field).unwrap_or(&Value::Null) == other.get(field).unwrap_or(&Value::Null)
}

fn field<'v>(item: &'v Value, name: &str) -> &'v Value {
    item.get(name).unwrap_or(&Value::Null)
}

/// How well a gold item and an extracted one match; `None` where they cannot.
fn score(list: &str, gold: &Value, got: &Value) -> Option<f64> {
    let text = |name: &str| alike(&plain(field(gold, name)), &plain(field(got, name)));
    let equal = |name: &str| plain(field(gold, name)) == plain(field(got, name));
    let numbers = |name: &str| number(field(gold, name)) == number(field(got, name));
    let bonus = |yes: bool, weight: f64| if yes { weight } else { 0.0 };
    match list {
        "targets" => {
            let indicator = text("indicator");
            (numbers("value") && equal("unit") && indicator >= 0.80).then(|| {
                indicator
                    + bonus(same(gold, got, "origin"), 0.3)
                    + bonus(equal("scope"), 0.2)
                    + bonus(same(gold, got, "section"), 0.1)
            })
        }
        "tasks" => {
            let words = text("text");
            let owners = |item: &Value| field(item, "owner").as_array().cloned().unwrap_or_default();
            let (theirs, ours) = (owners(gold), owners(got));
            let common = theirs.is_empty() || theirs.iter().any(|a| ours.iter().any(|b| alike(&plain(a), &plain(b)) >= 0.85));
            (words >= 0.75 && common).then(|| words + bonus(same(gold, got, "section"), 0.2))
        }
        "deadlines" => {
            let every = |item: &Value| field(field(item, "recurrence"), "every").clone();
            let open = field(gold, "from").is_null() && field(gold, "to").is_null() && every(gold).is_null();
            let matches =
                same(gold, got, "from") && same(gold, got, "to") && every(gold) == every(got) && (!open || text("text") >= 0.7);
            matches.then(|| 1.0 + text("about") + bonus(same(gold, got, "section"), 1.0))
        }
        "references" => {
            let kinds = [field(gold, "type"), field(got, "type")];
            let kind = kinds.iter().any(|kind| kind.is_null()) || equal("type");
            (symbol(field(gold, "number")) == symbol(field(got, "number")) && same(gold, got, "date") && kind).then_some(1.0)
        }
        "sections" => {
            let path =
                |item: &Value| field(item, "path").as_str().unwrap_or_default().replace(' ', "").trim_matches('.').to_lowercase();
            (path(gold) == path(got)).then(|| text("title"))
        }
        "facts" => {
            let subject = text("subject");
            (numbers("value") && equal("unit") && subject >= 0.60).then_some(subject)
        }
        "sums" => {
            let parts = |item: &Value| {
                let mut parts: Vec<i64> =
                    field(item, "parts").as_array().map(|parts| parts.iter().filter_map(number).collect()).unwrap_or_default();
                parts.sort_unstable();
                parts
            };
            (numbers("total") && parts(gold) == parts(got)).then_some(1.0)
        }
        "ratios" => (numbers("stated") && (numbers("numerator") || numbers("denominator"))).then_some(1.0),
        _ => None,
    }
}

/// Pairs items one to one, best first.
fn pair(list: &str, gold: &[Value], got: &[Value]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for (i, one) in gold.iter().enumerate() {
        for (j, other) in got.iter().enumerate() {
            candidates.extend(score(list, one, other).map(|score| (score, i, j)));
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut taken, mut used, mut pairs) = (vec![false; gold.len()], vec![false; got.len()], Vec::new());
    for (_, i, j) in candidates {
        if !taken[i] && !used[j] {
            (taken[i], used[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}

const LISTS: [&str; 8] = ["targets", "tasks", "deadlines", "references", "sections", "facts", "sums", "ratios"];
const HEAD: [&str; 12] =
    ["type", "number", "symbol", "date", "title", "issuer", "level", "province", "district", "commune", "period", "signer"];

/// Compares a record with its gold annotation; also gives at most `misses` lines a list on what differs.
#[must_use]
pub fn compare(gold: &Value, record: &Value, misses: usize) -> (Tally, Vec<String>) {
    let mut tally = Tally::default();
    let mut lines = Vec::new();
    for list in LISTS {
        let Some(wanted) = gold.get(list).and_then(Value::as_array) else { continue };
        let got = record.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
        let pairs = pair(list, wanted, &got);
        tally.count(list, [pairs.len(), wanted.len(), got.len()]);
        if list == "targets" {
            matched_targets(wanted, &got, &pairs, &mut tally);
        }
        let missed = (0..wanted.len()).filter(|i| !pairs.iter().any(|(hit, _)| hit == i));
        lines.extend(missed.take(misses).map(|i| format!("{list} missed: {}", shown(&wanted[i]))));
        let extra = (0..got.len()).filter(|j| !pairs.iter().any(|(_, hit)| hit == j));
        lines.extend(extra.take(misses).map(|j| format!("{list} extra:  {}", shown(&got[j]))));
    }
    if let Some(wanted) = gold.get("document") {
        let got = field(record, "document");
        let fields: Vec<&str> = HEAD.into_iter().filter(|name| wanted.get(*name).is_some()).collect();
        let wrong: Vec<&&str> = fields.iter().filter(|name| !head_agrees(name, field(wanted, name), field(got, name))).collect();
        tally.count("header", [fields.len() - wrong.len(), fields.len(), fields.len()]);
        lines.extend(
            wrong.iter().take(misses).map(|name| format!("header {name}: gold {} got {}", field(wanted, name), field(got, name))),
        );
    }
    (tally, lines)
}

/// Compares the records of two forms of one document: as [`compare`], and the bodies that do or join in the tasks both have
/// (`.doers`), which an annotation names more loosely than a record does.
#[must_use]
pub fn between(one: &Value, other: &Value, misses: usize) -> (Tally, Vec<String>) {
    let (mut tally, mut lines) = compare(one, other, misses);
    let tasks = |record: &Value| field(record, "tasks").as_array().cloned().unwrap_or_default();
    let (wanted, got) = (tasks(one), tasks(other));
    let mut doers = [0; 3];
    for (i, j) in pair("tasks", &wanted, &got) {
        for role in ["owner", "coordinate"] {
            let names = |task: &Value| -> Vec<String> {
                field(task, role).as_array().map(|names| names.iter().map(plain).collect()).unwrap_or_default()
            };
            let (named, mut left) = (names(&wanted[i]), names(&got[j]));
            doers[1] += named.len();
            doers[2] += left.len();
            for name in named {
                match left.iter().position(|found| alike(&name, found) >= 0.9) {
                    Some(at) => {
                        left.remove(at);
                        doers[0] += 1;
                    }
                    None if misses > 0 => lines.push(format!("{role} missed: {name} of {}", shown(&wanted[i]))),
                    None => {}
                }
            }
        }
    }
    tally.count(".doers", doers);
    (tally, lines)
}

fn matched_targets(gold: &[Value], got: &[Value], pairs: &[(usize, usize)], tally: &mut Tally) {
    for name in ["comparator", "origin", "section"] {
        let hits = pairs.iter().filter(|(i, j)| same(&gold[*i], &got[*j], name)).count();
        tally.count(&format!(".{name}"), [hits, pairs.len(), pairs.len()]);
    }
    let scopes =
        pairs.iter().filter(|(i, j)| alike(&plain(field(&gold[*i], "scope")), &plain(field(&got[*j], "scope"))) >= 0.7).count();
    tally.count(".scope", [scopes, pairs.len(), pairs.len()]);
    let mut agencies = [0; 3];
    for (i, j) in pairs {
        let list = |item: &Value| -> Vec<(String, String)> {
            let each = |agency: &Value| (plain(field(agency, "role")), plain(field(agency, "name")));
            field(item, "agencies").as_array().map(|all| all.iter().map(each).collect()).unwrap_or_default()
        };
        let (wanted, mut left) = (list(&gold[*i]), list(&got[*j]));
        agencies[1] += wanted.len();
        agencies[2] += left.len();
        for (role, name) in wanted {
            if let Some(at) = left.iter().position(|(other, found)| *other == role && alike(&name, found) >= 0.9) {
                left.remove(at);
                agencies[0] += 1;
            }
        }
    }
    tally.count(".agencies", agencies);
    let with_actual: Vec<_> = pairs.iter().filter(|(i, _)| !field(&gold[*i], "actual").is_null()).collect();
    let hits = with_actual.iter().filter(|(i, j)| {
        let (wanted, found) = (field(&gold[*i], "actual"), field(&got[*j], "actual"));
        !found.is_null() && number(field(wanted, "value")) == number(field(found, "value"))
    });
    tally.count(".actual", [hits.count(), with_actual.len(), with_actual.len()]);
}

fn head_agrees(name: &str, gold: &Value, got: &Value) -> bool {
    match name {
        "period" => same(gold, got, "from") && same(gold, got, "to"),
        "signer" => plain(field(gold, "name")) == plain(field(got, "name")),
        "title" | "issuer" => alike(&plain(gold), &plain(got)) >= 0.95,
        _ => plain(gold) == plain(got),
    }
}

/// An item on one line, without its evidence.
fn shown(item: &Value) -> String {
    let mut item = item.clone();
    if let Some(fields) = item.as_object_mut() {
        fields.remove("evidence");
        fields.retain(|_, value| !value.is_null());
    }
    let text = item.to_string();
    text.char_indices().nth(240).map_or(text.clone(), |(at, _)| format!("{}…", &text[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn items_match_as_the_format_says() {
        let gold = json!({"targets": [{"value": 85, "unit": "%", "indicator": "Tỷ lệ hộ dùng nước sạch", "comparator": "gt"}]});
        let near =
            json!({"targets": [{"value": 85.0, "unit": "%", "indicator": "tỷ lệ hộ dùng nước sạch.", "comparator": "eq"}]});
        let (tally, _) = compare(&gold, &near, 0);
        assert_eq!(tally.f1("targets"), Some(1.0));
        assert_eq!(tally.f1(".comparator"), Some(0.0));
        let other = json!({"targets": [{"value": 85, "unit": "ha", "indicator": "Tỷ lệ hộ dùng nước sạch"}]});
        let (tally, lines) = compare(&gold, &other, 5);
        assert_eq!(tally.f1("targets"), Some(0.0));
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn a_body_that_one_form_loses_is_told() {
        let whole = json!({"tasks": [{"text": "Rà soát hộ nghèo", "owner": ["Sở A"], "coordinate": ["Sở B", "Sở C"]}]});
        let less = json!({"tasks": [{"text": "Rà soát hộ nghèo", "owner": ["Sở A"], "coordinate": ["Sở B"]}]});
        let (tally, lines) = between(&whole, &less, 1);
        assert_eq!(tally.f1(".doers"), Some(0.8));
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(between(&whole, &whole, 1).0.f1(".doers"), Some(1.0));
    }

    #[test]
    fn a_list_that_the_gold_leaves_out_is_not_scored() {
        let (tally, _) = compare(&json!({"sums": []}), &json!({"sums": [], "tasks": [{"text": "x"}]}), 0);
        assert_eq!(tally.f1("tasks"), None);
        assert_eq!(tally.f1("sums"), Some(1.0));
    }
}
