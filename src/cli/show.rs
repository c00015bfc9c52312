//! `kehoach show ID`: one document of a store.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use super::store::{Form, StoreFile, json, must_be_linked, name, told};
use super::{print, print_report};
use crate::record::{Agency, ChangeKind, Comparator, Evidence, Record, Target};
use crate::store::linked::{Chain, Named, Step};
use crate::store::query::Entry;

/// Show one document of a store: its head, files, targets, tasks and deadlines with their pages.
#[derive(Args)]
pub(super) struct Arguments {
    /// The first digits of its id, as `kehoach list` and `kehoach search` give it.
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    store: StoreFile,

    /// Text for people, or JSON: the record as `kehoach extract --pretty` prints it, or the chain.
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,

    /// The documents above and below it instead: on what it rests, which plan it reports on, what rests on it, and why.
    #[arg(long, conflicts_with = "text")]
    chain: bool,

    /// Print the source text instead, byte for byte what evidence points into.
    #[arg(long, conflicts_with = "format")]
    text: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    match show(arguments) {
        Ok(text) if arguments.format == Form::Text && !arguments.text => print_report(&text),
        Ok(text) => print(&text),
        Err(code) => code,
    }
}

fn show(arguments: &Arguments) -> Result<String, ExitCode> {
    let store = arguments.store.open()?;
    let key = told(store.find(&arguments.id))?;
    if arguments.text {
        return Ok(told(store.text(key))?.0);
    }
    if arguments.chain {
        must_be_linked(&store, false)?;
        let chain = told(store.chain(key))?;
        return match arguments.format {
            Form::Json => Ok(json(&chain)),
            Form::Text => Ok(in_chain(&told(store.entry(key))?, &chain)),
        };
    }
    let record = told(store.record(key))?;
    if arguments.format == Form::Json {
        return Ok(json(&record));
    }
    Ok(sheet(&told(store.entry(key))?, &record))
}

/// The document for people.
fn sheet(entry: &Entry, record: &Record) -> String {
    let mut text = String::new();
    let document = &record.document;
    let period = match (&entry.period_from, &entry.period_to) {
        (None, None) => None,
        (from, to) => Some(format!("{} … {}", from.as_deref().unwrap_or("?"), to.as_deref().unwrap_or("?"))),
    };
    let place: Vec<&str> = [&entry.commune, &entry.district, &entry.province].into_iter().flatten().map(String::as_str).collect();
    let signer = document.signer.as_ref().and_then(|signer| {
        let parts: Vec<&str> = [&signer.title, &signer.name].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    });
    let _ = writeln!(text, "{}", entry.title.as_deref().unwrap_or("(no title was read)"));
    for (label, value) in [
        ("id", Some(entry.id.clone())),
        ("type", Some(entry.kind.clone())),
        ("number", entry.number.clone().or_else(|| entry.symbol.as_ref().map(|symbol| format!("(blank)/{symbol}")))),
        ("date", entry.date.clone()),
        ("issuer", entry.issuer.clone()),
        ("level", Some(entry.level.clone())),
        ("place", (!place.is_empty()).then(|| place.join(", "))),
        ("period", period),
        ("signer", signer),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "  {label:<8}{value}");
        }
    }
    for path in &entry.paths {
        let _ = writeln!(text, "  file    {path}");
    }
    block(&mut text, "Targets", record.targets.iter().map(|target| (at(&target.evidence), target_line(target))));
    block(
        &mut text,
        "Tasks",
        record.tasks.iter().map(|task| {
            let due = task.deadline.and_then(|index| record.deadlines.get(index)).map(|deadline| deadline.text.as_str());
            let mut line = task.text.clone();
            for (label, names) in [("lead", &task.owner), ("with", &task.coordinate)] {
                if !names.is_empty() {
                    let _ = write!(line, " [{label}: {}]", names.join("; "));
                }
            }
            if let Some(due) = due {
                let _ = write!(line, " [{due}]");
            }
            (at(&task.evidence), line)
        }),
    );
    block(
        &mut text,
        "References",
        record.references.iter().map(|reference| {
            let parts = [&reference.kind, &reference.number, &reference.date, &reference.issuer, &reference.title];
            (at(&reference.evidence), parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "))
        }),
    );
    block(
        &mut text,
        "Results",
        record.facts.iter().map(|fact| {
            let unit = fact.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            (at(&fact.evidence), format!("{}: {}{}{unit}", fact.subject, sign(fact.comparator), fact.value.0))
        }),
    );
    block(
        &mut text,
        "Not understood",
        record
            .diagnostics
            .iter()
            .map(|diagnostic| (at(&diagnostic.evidence), format!("{}: {}", diagnostic.code, diagnostic.message))),
    );
    text
}

/// The document among the others, for people.
fn in_chain(entry: &Entry, chain: &Chain) -> String {
    let mut text = format!("{}  {}\n", entry.id, name(entry));
    for unit in &chain.units {
        let own = unit.unit.as_deref().unwrap_or("(none named)");
        let found: Vec<&str> = [&unit.kind, &unit.name, &unit.province].into_iter().flatten().map(String::as_str).collect();
        let code = unit.code.as_deref().map_or(String::new(), |code| format!(" = {code} {}", found.join(" ")));
        let _ = writeln!(text, "  unit    {own}{code} ({}: {})", unit.status, unit.why.en);
    }
    let _ = writeln!(text, "\nAbove");
    if chain.above.is_empty() {
        let _ = writeln!(text, "  unknown");
    }
    climb(&mut text, &chain.above, 1);
    if !chain.below.is_empty() {
        let _ = writeln!(text, "\nBelow");
    }
    for below in &chain.below {
        let what = if below.relation == "plan" { "reports on it" } else { "rests on it" };
        let _ = writeln!(text, "  {}\n    {what}, {}: {}", in_line(&below.document), below.certainty, below.why.en);
    }
    let mut last: Option<(&str, &str)> = None;
    for sibling in &chain.beside {
        let upper = (sibling.upper.as_str(), sibling.upper_date.as_str());
        if last.replace(upper) != Some(upper) {
            let _ = writeln!(text, "\nAlso under {} · {}", upper.0, upper.1);
        }
        let _ = writeln!(text, "  {}", in_line(&sibling.document));
    }
    text
}

fn climb(text: &mut String, steps: &[Step], depth: usize) {
    let indent = "  ".repeat(depth);
    for step in steps {
        let what = match step.relation.as_str() {
            "plan" => "the plan reported on",
            "basis" => "named",
            _ => "above",
        };
        let _ = writeln!(text, "{indent}{}\n{indent}  {what}, {}: {}", in_line(&step.to), step.certainty, step.why.en);
        climb(text, &step.above, depth + 1);
    }
}

/// Id, number, date, issuer, title; of one outside the store what is said of it.
fn in_line(document: &Named) -> String {
    let parts = [&document.number, &document.date, &document.issuer, &document.title];
    let said = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ");
    match (&document.id, &document.reference) {
        (Some(id), _) => format!("{id}  {said}"),
        (None, Some(reference)) => format!("outside the store ({reference})  {said}"),
        (None, None) => said,
    }
}

fn block(text: &mut String, title: &str, lines: impl Iterator<Item = (String, String)>) {
    for (index, (place, line)) in lines.enumerate() {
        if index == 0 {
            let _ = writeln!(text, "\n{title}");
        }
        let _ = writeln!(text, "  {place:<9}{}", crate::store::search::one_line(&line));
    }
}

/// Page, or the offset where the file has no pages.
fn at(evidence: &[Evidence]) -> String {
    evidence.first().map_or_else(String::new, |first| match first.page {
        Some(page) => format!("p. {page}"),
        None => format!("@{}", first.start),
    })
}

fn target_line(target: &Target) -> String {
    let unit = match target.unit.as_deref() {
        Some("%") => "%".to_owned(),
        Some(unit) => format!(" {unit}"),
        None => String::new(),
    };
    let to = target.range.map(|range| format!("–{}", range.to.0)).unwrap_or_default();
    let mut line = target.indicator.clone();
    if let Some(scope) = &target.scope {
        let _ = write!(line, " ({scope})");
    }
    let change = target.change.as_ref().map_or("", |change| match change.kind {
        ChangeKind::Increase => "+",
        ChangeKind::Decrease => "−",
        ChangeKind::Multiple => "× ",
    });
    let _ = write!(line, ": {}{change}{}{to}{unit}", sign(target.comparator), target.value.0);
    let leads: Vec<&str> = target.agencies.iter().map(|Agency { name, .. }| name.as_str()).collect();
    if !leads.is_empty() {
        let _ = write!(line, " [{}]", leads.join("; "));
    }
    if let Some(due) = &target.due {
        let _ = write!(line, " [{due}]");
    }
    line
}

fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Eq => "",
        Comparator::Gt => "> ",
        Comparator::Ge => "≥ ",
        Comparator::Lt => "< ",
        Comparator::Le => "≤ ",
        Comparator::Approx => "≈ ",
    }
}
