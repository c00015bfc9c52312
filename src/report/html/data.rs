//! What the page's script reads.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Page, Purpose};
use crate::check::rules::RULES;
use crate::check::{Case, Severity, Side, show};
use crate::link::series::Point;
use crate::record::{Actual, Comparator, Evidence, Record, Role};
use crate::report::coverage::{Matrix, Taken};
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

/// Which documents the page has, and where: those that are asked about, and those that these are compared with.
pub(super) struct Chosen<'a> {
    /// Places in [`Page::cases`], in their order.
    pub(super) cases: Vec<usize>,
    /// Place on the page by path.
    places: HashMap<&'a str, usize>,
}

impl<'a> Chosen<'a> {
    pub(super) fn of(page: &Page<'a>) -> Self {
        let findings = page.outcome.findings.iter().flat_map(|finding| &finding.evidence);
        let undecided = page.outcome.undecided.iter().flat_map(|entry| &entry.evidence);
        let mut named: HashSet<&str> = match page.purpose {
            Purpose::Audit => findings.chain(undecided).map(|side| side.path.as_str()).collect(),
            Purpose::Records => HashSet::new(),
        };
        for matrix in &page.coverage.matrices {
            let below = || matrix.below.iter().map(|(_, path)| path.as_str());
            if page.is_asked(&matrix.path) {
                named.extend(below());
            } else if below().any(|path| page.is_asked(path)) {
                named.insert(&matrix.path);
            }
        }
        let path = |at: usize| page.cases[at].record.source.path.as_str();
        let cases: Vec<usize> =
            (0..page.cases.len()).filter(|at| page.is_asked(path(*at)) || named.contains(path(*at))).collect();
        let places = cases.iter().enumerate().map(|(place, at)| (path(*at), place)).collect();
        Self { cases, places }
    }

    fn place(&self, path: &str) -> Option<usize> {
        self.places.get(path).copied()
    }
}

/// Everything but the texts.
pub(super) fn data(page: &Page, chosen: &Chosen, words: Value) -> Value {
    let vi = page.lang == Lang::Vi;
    let rules: Map<String, Value> =
        RULES.iter().map(|rule| (rule.code.to_owned(), if vi { rule.summary() } else { rule.name }.into())).collect();
    let audit = page.purpose == Purpose::Audit;
    let findings = if audit { findings(page, chosen) } else { Vec::new() };
    let asked = || chosen.cases.iter().enumerate().filter(|(_, at)| page.is_asked(&page.cases[**at].record.source.path));
    let cases: Vec<(usize, &Case)> = asked().map(|(place, at)| (place, &page.cases[*at])).collect();
    json!({
        "lang": if vi { "vi" } else { "en" },
        "version": env!("CARGO_PKG_VERSION"),
        "purpose": if audit { "audit" } else { "records" },
        "choice": {"unit": page.choice.unit, "year": page.choice.year, "against": page.choice.against, "of": page.cases.len()},
        "words": words,
        "rules": rules,
        "documents": documents(page, chosen),
        "findings": findings,
        "items": cases.iter().flat_map(|(at, case)| targets(*at, case, page.lang)).collect::<Vec<_>>(),
        "tasks": cases.iter().flat_map(|(at, case)| tasks(*at, case)).collect::<Vec<_>>(),
        "deadlines": deadlines(&cases),
        "series": series(page, chosen),
        "coverage": coverage(page, chosen),
        "unread": page.outcome.unread.iter().map(|(_, reason)| reason).collect::<Vec<_>>(),
        "accepted": page.outcome.accepted.len(),
        "known": page.outcome.known,
    })
}

/// By document and family, the worst first: the documents by how many errors and warnings they have, the families of a document by their
/// worst finding; within one the order of the text stays.
fn findings(page: &Page, chosen: &Chosen) -> Vec<Value> {
    let of_sides = |sides: &[Side]| sides.iter().map(|side| side.path.clone()).collect::<HashSet<String>>();
    let quoted: HashSet<String> = page
        .outcome
        .findings
        .iter()
        .flat_map(|finding| of_sides(&finding.evidence))
        .chain(page.outcome.undecided.iter().flat_map(|entry| of_sides(&entry.evidence)))
        .collect();
    let with_text = |path: &String| page.texts.get(path).map(|text| (path.clone(), Indexed::new(text)));
    let texts: HashMap<String, Indexed> = quoted.iter().filter_map(with_text).collect();
    let side = |side: &Side| {
        let (before, after) = texts.get(&side.path).map_or(("", ""), |text| around(text, side.start, side.end));
        json!({"document": chosen.place(&side.path), "path": side.path, "section": side.section, "page": side.page,
            "start": side.start, "end": side.end, "text": side.text, "before": before, "after": after})
    };
    let sides = |list: &[Side]| list.iter().map(side).collect::<Vec<_>>();
    // The document that is asked about, where the finding begins in one that it is compared with.
    let document = |list: &[Side]| {
        let asked = list.iter().find(|side| page.is_asked(&side.path)).or(list.first());
        asked.and_then(|side| chosen.place(&side.path))
    };
    let mut worst: HashMap<(Option<usize>, &str), Severity> = HashMap::new();
    let mut counts: HashMap<Option<usize>, [usize; 2]> = HashMap::new();
    for finding in &page.outcome.findings {
        let count = counts.entry(document(&finding.evidence)).or_default();
        count[0] += usize::from(finding.severity == Severity::Error);
        count[1] += usize::from(finding.severity == Severity::Warning);
        let known = worst.entry((document(&finding.evidence), &finding.code[..2])).or_insert(finding.severity);
        *known = (*known).max(finding.severity);
    }
    let mut findings: Vec<_> = page
        .outcome
        .findings
        .iter()
        .map(|finding| {
            let told = if page.lang == Lang::Vi { &finding.message.vi } else { &finding.message.en };
            let (document, family) = (document(&finding.evidence), &finding.code[..2]);
            let one = json!({"code": finding.code, "name": finding.name, "severity": finding.severity, "place": told.place,
                "problem": told.problem, "action": told.action, "fingerprint": finding.fingerprint, "document": document,
                "sides": sides(&finding.evidence)});
            let of_document = (Reverse(counts.get(&document).copied()), document.unwrap_or(usize::MAX));
            ((of_document, Reverse(worst.get(&(document, family)).copied()), family), one)
        })
        .collect();
    findings.sort_by(|one, other| one.0.cmp(&other.0));
    let undecided = page.outcome.undecided.iter().map(|entry| {
        let why = if page.lang == Lang::Vi { &entry.why_vi } else { &entry.why_en };
        json!({"code": entry.code, "name": entry.name, "severity": "undecided", "place": "", "problem": why, "action": "",
            "fingerprint": "", "document": document(&entry.evidence), "sides": sides(&entry.evidence)})
    });
    findings.into_iter().map(|(_, one)| one).chain(undecided).collect()
}

fn documents(page: &Page, chosen: &Chosen) -> Vec<Value> {
    let of = |at: &usize| {
        let case = &page.cases[*at];
        let (record, document) = (case.record, &case.record.document);
        let period = document.period.as_ref().and_then(|period| period.from.as_deref().or(period.to.as_deref()));
        let year = period.or(document.date.as_deref()).and_then(|day| day.get(..4)).unwrap_or_default();
        let unit = page.collection.documents.get(*at).and_then(|linked| linked.unit.name.as_deref());
        json!({"name": case.name, "title": document.title, "issuer": document.issuer, "path": record.source.path, "year": year,
            "unit": unit.or(document.issuer.as_deref()).unwrap_or_default(), "targets": record.targets.len(),
            "tasks": record.tasks.len(), "deadlines": record.deadlines.len(), "asked": page.is_asked(&record.source.path),
            "text": page.texts.contains_key(&record.source.path)})
    };
    chosen.cases.iter().map(of).collect()
}

fn place(evidence: &[Evidence]) -> (usize, usize) {
    (evidence.first().map_or(0, |piece| piece.start), evidence.first().map_or(0, |piece| piece.end))
}

fn targets(document: usize, case: &Case, lang: Lang) -> Vec<Value> {
    let compares = if lang == Lang::Vi { show::comparator_vi } else { show::comparator_en };
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
        json!({"document": document, "name": target.indicator, "compares": compares(target.comparator), "section": target.section,
            "value": target.value, "to": target.range.map(|range| range.to), "unit": target.unit, "result": result,
            "due": target.due, "lead": names(Role::Lead), "coordinate": names(Role::Coordinate), "monitor": names(Role::Monitor),
            "start": start, "end": end})
    };
    case.record.targets.iter().map(of).collect()
}

fn tasks(document: usize, case: &Case) -> Vec<Value> {
    let of = |task: &crate::record::Task| {
        let deadline = task.deadline.and_then(|at| case.record.deadlines.get(at));
        let due = deadline.and_then(|deadline| deadline.to.as_deref().or(deadline.from.as_deref()));
        let (start, end) = place(&task.evidence);
        json!({"document": document, "name": task.text, "section": task.section, "lead": task.owner.join("; "),
            "coordinate": task.coordinate.join("; "), "due": due, "words": deadline.map(|deadline| &deadline.text),
            "product": task.product, "start": start, "end": end})
    };
    case.record.tasks.iter().map(of).collect()
}

fn deadlines(cases: &[(usize, &Case)]) -> Vec<Value> {
    let mut all: Vec<((bool, bool, &str), Value)> = Vec::new();
    for (at, case) in cases {
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

/// Indicators with two different values or more in the documents that are asked about, unit by unit.
fn series(page: &Page, chosen: &Chosen) -> Vec<Value> {
    let records: Vec<&Record> = page.cases.iter().map(|case| case.record).collect();
    let compares = if page.lang == Lang::Vi { show::comparator_vi } else { show::comparator_en };
    let asked = |point: &&Point| page.is_asked(&records[point.document].source.path);
    let mut lines: Vec<(String, Value, HashSet<String>)> = Vec::new();
    for row in crate::link::series::all(page.collection, &records) {
        let Some(year) = row.year else { continue };
        let mut different = HashSet::new();
        let mut values = |kind: &str, points: &[Point]| {
            let mut values = Vec::new();
            for point in points.iter().filter(asked) {
                different.insert(format!("{year} {kind} {}", point.value.0));
                let (start, end) = place(&point.evidence);
                let document = chosen.place(&records[point.document].source.path);
                values.push(json!({"value": point.value, "compares": compares(point.comparator), "exact": point.comparator == Comparator::Eq,
                    "document": document, "start": start, "end": end}));
            }
            values
        };
        let (want, got) = (values("want", &row.targets), values("got", &row.results));
        if want.is_empty() && got.is_empty() {
            continue;
        }
        let key = format!("{}|{}|{}", row.indicator, row.unit, row.measure.as_deref().unwrap_or_default());
        let point = json!({"year": year, "want": want, "got": got});
        match lines.last_mut().filter(|line| line.0 == key) {
            Some((_, line, all)) => {
                if let Some(points) = line["points"].as_array_mut() {
                    points.push(point);
                }
                all.extend(different);
            }
            None => {
                let line = json!({"name": row.name, "unit": row.unit, "measure": row.measure, "points": [point]});
                lines.push((key, line, different));
            }
        }
    }
    let mut lines: Vec<Value> =
        lines.into_iter().filter(|(.., different)| different.len() > 1).map(|(_, line, _)| line).collect();
    // What has come a longer way first.
    lines.sort_by_key(|line| Reverse(line["points"].as_array().map_or(0, Vec::len)));
    lines
}

/// Upper plans that are asked about with all plans below; of other upper plans only the plans below that are.
fn coverage(page: &Page, chosen: &Chosen) -> Value {
    let matrix = |matrix: &Matrix| {
        let whole = page.is_asked(&matrix.path);
        let kept: Vec<usize> = (0..matrix.below.len()).filter(|at| whole || page.is_asked(&matrix.below[*at].1)).collect();
        let below: Vec<_> = kept.iter().map(|at| chosen.place(&matrix.below[*at].1)).collect();
        let rows: Vec<Value> = matrix
            .rows
            .iter()
            .map(|row| {
                let taken: Vec<Taken> = kept.iter().map(|at| row.taken[*at]).collect();
                let own: Vec<&Option<String>> = kept.iter().map(|at| &row.own[*at]).collect();
                json!({"indicator": row.indicator, "wanted": row.wanted, "taken": taken, "own": own})
            })
            .collect();
        (!kept.is_empty()).then(|| json!({"upper": chosen.place(&matrix.path), "below": below, "rows": rows}))
    };
    let gaps = page.coverage.gaps.iter().filter(|gaps| page.is_asked(&gaps.path)).map(|gaps| {
        json!({"document": chosen.place(&gaps.path), "targets_without_task": gaps.targets_without_task,
            "tasks_without_lead": gaps.tasks_without_lead})
    });
    json!({"matrices": page.coverage.matrices.iter().filter_map(matrix).collect::<Vec<_>>(), "gaps": gaps.collect::<Vec<_>>()})
}

/// A document's text with its items and sections.
pub(super) fn document(case: &Case, text: &str, lang: Lang) -> Value {
    let record = case.record;
    let mut items = Vec::new();
    add(&mut items, "target", &record.targets, |one| (&one.id, &one.evidence));
    add(&mut items, "task", &record.tasks, |one| (&one.id, &one.evidence));
    add(&mut items, "deadline", &record.deadlines, |one| (&one.id, &one.evidence));
    add(&mut items, "reference", &record.references, |one| (&one.id, &one.evidence));
    add(&mut items, "fact", &record.facts, |one| (&one.id, &one.evidence));
    add(&mut items, "sum", &record.sums, |one| (&one.id, &one.evidence));
    add(&mut items, "ratio", &record.ratios, |one| (&one.id, &one.evidence));
    for item in &mut items {
        let hand = item["id"].as_str().and_then(|id| record.told_of(id));
        if let (Some(hand), Some(fields)) = (hand, item["record"].as_object_mut()) {
            fields.insert("hand".into(), json!(hand));
        }
    }
    for (at, one) in record.unread.iter().enumerate() {
        let spans: Vec<[usize; 2]> = one.evidence.iter().map(|piece| [piece.start, piece.end]).collect();
        let why = if lang == Lang::Vi { one.why.vietnamese() } else { one.why.english() };
        let mut told = json!({"why": why, "row": one.row, "column": one.column, "section": one.section});
        if let Some(fields) = told.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
        items.push(json!({"id": format!("w{}", at + 1), "kind": "unread", "spans": spans, "record": told}));
    }
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
                !matches!(name.as_str(), "id" | "evidence" | "row" | "paper") && !value.is_null() && *value != json!([])
            });
        }
        items.push(json!({"id": id, "kind": kind, "spans": spans, "record": record}));
    }
}
