//! What the page's script reads.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Page;
use crate::check::rules::RULES;
use crate::check::{Case, Severity, Side, show};
use crate::record::{Actual, Evidence, Record, Role};
use crate::report::indexed::Indexed;
use crate::report::{Lang, ics};

/// So many characters of context stand on each side of a passage.
const CONTEXT: usize = 240;

/// So many lines with words do.
const LINES: usize = 2;

/// What stands before and after a passage: so many characters at most, and so many lines, cut between words.
fn around<'a>(text: &Indexed<'a>, start: usize, end: usize) -> (&'a str, &'a str) {
    let before = text.slice(text.byte(start.saturating_sub(CONTEXT))..text.byte(start));
    let after = text.slice(text.byte(end)..text.byte(end + CONTEXT));
    // Break by break away from the passage, until lines with words are enough.
    let count = |between: &str| between.split('\n').filter(|line| !line.trim().is_empty()).count();
    let far = before.rmatch_indices('\n').map(|(at, _)| at).find(|at| count(&before[at + 1..]) > LINES);
    let half_word = || before.find(char::is_whitespace).filter(|_| start > CONTEXT);
    let from = far.map(|at| at + 1).or_else(half_word).unwrap_or(0);
    let far = after.match_indices('\n').map(|(at, _)| at).find(|at| count(&after[..*at]) > LINES);
    let half_word = || after.rfind(char::is_whitespace).filter(|_| after.chars().count() == CONTEXT);
    let to = far.or_else(half_word).unwrap_or(after.len());
    (&before[from..], &after[..to])
}

/// Everything but the texts.
pub(super) fn data(page: &Page, lang: &str, words: Value) -> Value {
    let places: HashMap<&str, usize> =
        page.cases.iter().enumerate().map(|(at, case)| (case.record.source.path.as_str(), at)).collect();
    let texts: HashMap<&str, Indexed> = page.texts.iter().map(|(path, text)| (path.as_str(), Indexed::new(text))).collect();
    let side = |side: &Side| {
        let (before, after) = texts.get(side.path.as_str()).map_or(("", ""), |text| around(text, side.start, side.end));
        json!({"document": places.get(side.path.as_str()), "path": side.path, "section": side.section, "page": side.page,
            "start": side.start, "end": side.end, "text": side.text, "before": before, "after": after})
    };
    let sides = |list: &[Side]| list.iter().map(side).collect::<Vec<_>>();
    let mut findings: Vec<((usize, &str), Value)> = Vec::new();
    let key = |list: &[Side], code: &'static str| {
        let document = list.first().and_then(|side| places.get(side.path.as_str()).copied());
        (document.unwrap_or(usize::MAX), &code[..2])
    };
    for finding in &page.outcome.findings {
        let told = if page.lang == Lang::Vi { &finding.message.vi } else { &finding.message.en };
        let one = json!({"code": finding.code, "name": finding.name, "severity": finding.severity, "place": told.place,
            "problem": told.problem, "action": told.action, "fingerprint": finding.fingerprint, "sides": sides(&finding.evidence)});
        findings.push((key(&finding.evidence, finding.code), one));
    }
    // By document and family; within one the order of the text stays.
    findings.sort_by(|one, other| one.0.cmp(&other.0));
    let undecided = page.outcome.undecided.iter().map(|entry| {
        let why = if page.lang == Lang::Vi { &entry.why_vi } else { &entry.why_en };
        json!({"code": entry.code, "name": entry.name, "severity": "undecided", "place": "", "problem": why, "action": "",
            "fingerprint": "", "sides": sides(&entry.evidence)})
    });
    let findings: Vec<Value> = findings.into_iter().map(|(_, one)| one).chain(undecided).collect();
    let mut counts = vec![0; page.cases.len()];
    for finding in &page.outcome.findings {
        if let Some(at) = finding.evidence.first().and_then(|side| places.get(side.path.as_str())) {
            counts[*at] += 1;
        }
    }
    let rules: Map<String, Value> = RULES.iter().map(|rule| (rule.code.to_owned(), rule.summary().into())).collect();
    json!({
        "lang": lang,
        "words": words,
        "rules": if page.lang == Lang::Vi { rules } else { RULES.iter().map(|rule| (rule.code.to_owned(), rule.name.into())).collect() },
        "documents": documents(page, &counts),
        "findings": findings,
        "items": page.cases.iter().enumerate().flat_map(|(at, case)| targets(at, case)).collect::<Vec<_>>(),
        "deadlines": deadlines(page.cases),
        "series": series(page),
        "coverage": page.coverage,
        "unread": page.outcome.unread.iter().map(|(_, reason)| reason).collect::<Vec<_>>(),
        "accepted": page.outcome.accepted.len(),
        "known": page.outcome.known,
        "errors": page.outcome.count(Severity::Error),
    })
}

fn documents(page: &Page, findings: &[usize]) -> Vec<Value> {
    let of = |(at, case): (usize, &Case)| {
        let (record, document) = (case.record, &case.record.document);
        let period = document.period.as_ref().and_then(|period| period.from.as_deref().or(period.to.as_deref()));
        let year = period.or(document.date.as_deref()).and_then(|day| day.get(..4)).unwrap_or_default();
        let unit = page.collection.documents.get(at).and_then(|linked| linked.unit.name.as_deref());
        json!({"name": case.name, "title": document.title, "issuer": document.issuer, "path": record.source.path, "year": year,
            "unit": unit.or(document.issuer.as_deref()).unwrap_or_default(), "targets": record.targets.len(),
            "tasks": record.tasks.len(), "findings": findings[at], "text": page.texts.contains_key(&record.source.path)})
    };
    page.cases.iter().enumerate().map(of).collect()
}

fn place(evidence: &[Evidence]) -> (usize, usize) {
    (evidence.first().map_or(0, |piece| piece.start), evidence.first().map_or(0, |piece| piece.end))
}

fn targets(document: usize, case: &Case) -> Vec<Value> {
    let of = |target: &crate::record::Target| {
        let names = |role: Role| {
            let named = target.agencies.iter().filter(|agency| agency.role == role).map(|agency| agency.name.as_str());
            named.collect::<Vec<_>>().join("; ")
        };
        let result = match &target.actual {
            Some(Actual::Value { value, .. }) => json!(value),
            Some(Actual::Words { text }) => json!(text),
            None => Value::Null,
        };
        let (start, end) = place(&target.evidence);
        json!({"document": document, "name": target.indicator, "compares": show::comparator_vi(target.comparator),
            "value": target.value, "to": target.range.map(|range| range.to), "unit": target.unit, "result": result,
            "due": target.due, "lead": names(Role::Lead), "coordinate": names(Role::Coordinate), "monitor": names(Role::Monitor),
            "start": start, "end": end})
    };
    case.record.targets.iter().map(of).collect()
}

fn deadlines(cases: &[Case]) -> Vec<Value> {
    let mut all: Vec<((bool, bool, &str), Value)> = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        for deadline in &case.record.deadlines {
            let due = deadline.to.as_deref().or(deadline.from.as_deref());
            let recurs = deadline.recurrence.as_ref().map(ics::recurs_vi);
            let (start, end) = place(&deadline.evidence);
            let one = json!({"document": at, "due": due, "exclusive": deadline.exclusive, "recurs": recurs, "text": deadline.text,
                "about": deadline.about, "start": start, "end": end});
            all.push(((due.is_none(), recurs.is_none(), due.unwrap_or_default()), one));
        }
    }
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all.into_iter().map(|(_, one)| one).collect()
}

/// Indicators with two values or more, unit by unit.
fn series(page: &Page) -> Vec<Value> {
    let records: Vec<&Record> = page.cases.iter().map(|case| case.record).collect();
    let mut lines: Vec<(String, Value, usize)> = Vec::new();
    for row in crate::link::series::all(page.collection, &records) {
        let Some(year) = row.year else { continue };
        let values = |points: &[crate::link::series::Point]| points.iter().map(|point| point.value.0).collect::<Vec<_>>();
        let (want, got) = (values(&row.targets), values(&row.results));
        let count = want.len() + got.len();
        let key = format!("{}|{}|{}", row.indicator, row.unit, row.measure.as_deref().unwrap_or_default());
        let point = json!({"year": year, "want": want, "got": got});
        match lines.last_mut().filter(|line| line.0 == key) {
            Some((_, line, total)) => {
                if let Some(points) = line["points"].as_array_mut() {
                    points.push(point);
                }
                *total += count;
            }
            None => {
                let line = json!({"name": row.name, "unit": row.unit, "measure": row.measure, "points": [point]});
                lines.push((key, line, count));
            }
        }
    }
    lines.into_iter().filter(|(.., count)| *count > 1).map(|(_, line, _)| line).collect()
}

/// A document's text with its items and sections.
pub(super) fn document(case: &Case, text: &str) -> Value {
    let record = case.record;
    let mut items = Vec::new();
    add(&mut items, "target", &record.targets, |one| (&one.id, &one.evidence));
    add(&mut items, "task", &record.tasks, |one| (&one.id, &one.evidence));
    add(&mut items, "deadline", &record.deadlines, |one| (&one.id, &one.evidence));
    add(&mut items, "reference", &record.references, |one| (&one.id, &one.evidence));
    add(&mut items, "fact", &record.facts, |one| (&one.id, &one.evidence));
    add(&mut items, "sum", &record.sums, |one| (&one.id, &one.evidence));
    add(&mut items, "ratio", &record.ratios, |one| (&one.id, &one.evidence));
    let sections = record.sections.iter().filter(|section| !section.evidence.is_empty()).map(|section| {
        let (start, end) = place(&section.evidence);
        json!({"id": section.id, "path": section.path, "title": section.title, "level": section.level, "start": start, "end": end})
    });
    json!({"text": text, "items": items, "sections": sections.collect::<Vec<_>>()})
}

fn add<T: Serialize>(items: &mut Vec<Value>, kind: &str, list: &[T], of: impl Fn(&T) -> (&String, &Vec<Evidence>)) {
    for one in list {
        let (id, evidence) = of(one);
        let spans: Vec<[usize; 2]> = evidence.iter().map(|piece| [piece.start, piece.end]).collect();
        let mut record = serde_json::to_value(one).unwrap_or_default();
        if let Some(fields) = record.as_object_mut() {
            // What is said elsewhere on the page, or not at all.
            fields.retain(|name, value| {
                !matches!(name.as_str(), "id" | "evidence" | "row") && !value.is_null() && *value != json!([])
            });
        }
        items.push(json!({"id": id, "kind": kind, "spans": spans, "record": record}));
    }
}
