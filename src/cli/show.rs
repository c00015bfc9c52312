//! `kehoach show ID`: one document of a store.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Args;

use super::settings::Settings;
use super::store::{Form, StoreFile, json, level, must_be_linked, name, told};
use super::{print, print_report};
use crate::check::show::{self as written, date_vi};
use crate::link::Why;
use crate::record::{Agency, ChangeKind, Comparator, Evidence, Record, Target};
use crate::report::Lang;
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

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> ExitCode {
    match show(arguments, settings) {
        Ok(text) if arguments.format == Form::Text && !arguments.text => print_report(&text),
        Ok(text) => print(&text),
        Err(code) => code,
    }
}

fn show(arguments: &Arguments, settings: &Settings) -> Result<String, ExitCode> {
    let store = arguments.store.open(settings)?;
    let key = told(store.find(&arguments.id))?;
    if arguments.text {
        return Ok(told(store.text(key))?.0);
    }
    if arguments.chain {
        must_be_linked(&store, false)?;
        let chain = told(store.chain(key))?;
        return match arguments.format {
            Form::Json => Ok(json(&chain)),
            Form::Text => Ok(in_chain(&told(store.entry(key))?, &chain, settings)),
        };
    }
    let record = told(store.record(key))?;
    if arguments.format == Form::Json {
        return Ok(json(&record));
    }
    Ok(sheet(&told(store.entry(key))?, &record, settings))
}

/// The document for people.
fn sheet(entry: &Entry, record: &Record, settings: &Settings) -> String {
    let mut text = String::new();
    let document = &record.document;
    let (says, lang) = (|vi, en| settings.says(vi, en), settings.lang);
    let date = |iso: &str| if lang == Lang::Vi { date_vi(iso) } else { iso.to_owned() };
    let period = match (&entry.period_from, &entry.period_to) {
        (None, None) => None,
        (from, to) => Some(format!(
            "{} … {}",
            from.as_deref().map_or_else(|| "?".into(), date),
            to.as_deref().map_or_else(|| "?".into(), date)
        )),
    };
    let place: Vec<&str> = [&entry.commune, &entry.district, &entry.province].into_iter().flatten().map(String::as_str).collect();
    let signer = document.signer.as_ref().and_then(|signer| {
        let parts: Vec<&str> = [&signer.title, &signer.name].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    });
    let _ = writeln!(text, "{}", entry.title.as_deref().unwrap_or(says("(không đọc được trích yếu)", "(no title was read)")));
    for (label, value) in [
        (says("mã", "id"), Some(entry.id.clone())),
        (says("loại", "type"), Some(kind(&entry.kind, lang).to_owned())),
        (
            says("số", "number"),
            entry
                .number
                .clone()
                .or_else(|| entry.symbol.as_ref().map(|symbol| format!("{}/{symbol}", says("(trống)", "(blank)")))),
        ),
        (says("ngày", "date"), entry.date.as_deref().map(date)),
        (says("cơ quan", "issuer"), entry.issuer.clone()),
        (says("cấp", "level"), Some(level(&entry.level, lang).to_owned())),
        (says("nơi", "place"), (!place.is_empty()).then(|| place.join(", "))),
        (says("kỳ", "period"), period),
        (says("người ký", "signer"), signer),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "  {label:<9}{value}");
        }
    }
    for path in &entry.paths {
        let _ = writeln!(text, "  {:<9}{path}", says("tệp", "file"));
    }
    block(
        &mut text,
        says("Chỉ tiêu", "Targets"),
        record.targets.iter().map(|target| (at(&target.evidence, lang), target_line(target, lang))),
    );
    block(
        &mut text,
        says("Nhiệm vụ", "Tasks"),
        record.tasks.iter().map(|task| {
            let due = task.deadline.and_then(|index| record.deadlines.get(index)).map(|deadline| deadline.text.as_str());
            let mut line = task.text.clone();
            for (label, names) in [(says("chủ trì", "lead"), &task.owner), (says("phối hợp", "with"), &task.coordinate)] {
                if !names.is_empty() {
                    let _ = write!(line, " [{label}: {}]", names.join("; "));
                }
            }
            if let Some(due) = due {
                let _ = write!(line, " [{due}]");
            }
            (at(&task.evidence, lang), line)
        }),
    );
    block(
        &mut text,
        says("Viện dẫn", "References"),
        record.references.iter().map(|reference| {
            let parts = [&reference.kind, &reference.number, &reference.date, &reference.issuer, &reference.title];
            (at(&reference.evidence, lang), parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "))
        }),
    );
    block(
        &mut text,
        says("Kết quả", "Results"),
        record.facts.iter().map(|fact| {
            let unit = fact.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            (at(&fact.evidence, lang), format!("{}: {}{}{unit}", fact.subject, sign(fact.comparator), number(fact.value.0, lang)))
        }),
    );
    block(
        &mut text,
        says("Chưa hiểu", "Not understood"),
        record
            .diagnostics
            .iter()
            .map(|diagnostic| (at(&diagnostic.evidence, lang), format!("{}: {}", diagnostic.code, diagnostic.message))),
    );
    text
}

/// The document among the others, for people.
fn in_chain(entry: &Entry, chain: &Chain, settings: &Settings) -> String {
    let mut text = format!("{}  {}\n", entry.id, name(entry));
    let lang = settings.lang;
    let (says, why) = (|vi, en| settings.says(vi, en), |why: &Why| worded(why, lang).to_owned());
    for unit in &chain.units {
        let own = unit.unit.as_deref().unwrap_or(says("(không nêu)", "(none named)"));
        let found: Vec<&str> = [&unit.kind, &unit.name, &unit.province].into_iter().flatten().map(String::as_str).collect();
        let code = unit.code.as_deref().map_or(String::new(), |code| format!(" = {code} {}", found.join(" ")));
        let _ = writeln!(text, "  {:<8}{own}{code} ({}: {})", says("đơn vị", "unit"), status(&unit.status, lang), why(&unit.why));
    }
    let _ = writeln!(text, "\n{}", says("Cấp trên", "Above"));
    if chain.above.is_empty() {
        let _ = writeln!(text, "  {}", says("chưa rõ", "unknown"));
    }
    climb(&mut text, &chain.above, 1, settings);
    if !chain.below.is_empty() {
        let _ = writeln!(text, "\n{}", says("Cấp dưới", "Below"));
    }
    for below in &chain.below {
        let what = if below.relation == "plan" {
            says("báo cáo kết quả của nó", "reports on it")
        } else {
            says("căn cứ vào nó", "rests on it")
        };
        let _ = writeln!(
            text,
            "  {}\n    {what}, {}: {}",
            in_line(&below.document, settings),
            status(&below.certainty, lang),
            why(&below.why)
        );
    }
    let mut last: Option<(&str, &str)> = None;
    for sibling in &chain.beside {
        let upper = (sibling.upper.as_str(), sibling.upper_date.as_str());
        if last.replace(upper) != Some(upper) {
            let _ = writeln!(text, "\n{} {} · {}", says("Cùng căn cứ", "Also under"), upper.0, upper.1);
        }
        let _ = writeln!(text, "  {}", in_line(&sibling.document, settings));
    }
    text
}

fn climb(text: &mut String, steps: &[Step], depth: usize, settings: &Settings) {
    let (says, why) = (|vi, en| settings.says(vi, en), |why: &Why| worded(why, settings.lang).to_owned());
    let indent = "  ".repeat(depth);
    for step in steps {
        let what = match step.relation.as_str() {
            "plan" => says("kế hoạch được báo cáo", "the plan reported on"),
            "basis" => says("được viện dẫn", "named"),
            _ => says("cấp trên", "above"),
        };
        let _ = writeln!(
            text,
            "{indent}{}\n{indent}  {what}, {}: {}",
            in_line(&step.to, settings),
            status(&step.certainty, settings.lang),
            why(&step.why)
        );
        climb(text, &step.above, depth + 1, settings);
    }
}

/// Id, number, date, issuer, title; of one outside the store what is said of it.
fn in_line(document: &Named, settings: &Settings) -> String {
    let parts = [&document.number, &document.date, &document.issuer, &document.title];
    let said = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ");
    match (&document.id, &document.reference) {
        (Some(id), _) => format!("{id}  {said}"),
        (None, Some(reference)) => format!("{} ({reference})  {said}", settings.says("ngoài kho", "outside the store")),
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
fn at(evidence: &[Evidence], lang: Lang) -> String {
    evidence.first().map_or_else(String::new, |first| match first.page {
        Some(page) if lang == Lang::Vi => format!("tr. {page}"),
        Some(page) => format!("p. {page}"),
        None => format!("@{}", first.start),
    })
}

fn target_line(target: &Target, lang: Lang) -> String {
    let unit = match target.unit.as_deref() {
        Some("%") => "%".to_owned(),
        Some(unit) => format!(" {unit}"),
        None => String::new(),
    };
    let to = target.range.map(|range| format!("–{}", number(range.to.0, lang))).unwrap_or_default();
    let mut line = target.indicator.clone();
    if let Some(scope) = &target.scope {
        let _ = write!(line, " ({scope})");
    }
    let change = target.change.as_ref().map_or("", |change| match change.kind {
        ChangeKind::Increase => "+",
        ChangeKind::Decrease => "−",
        ChangeKind::Multiple => "× ",
    });
    let _ = write!(line, ": {}{change}{}{to}{unit}", sign(target.comparator), number(target.value.0, lang));
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

fn number(value: f64, lang: Lang) -> String {
    if lang == Lang::Vi { written::vi(value) } else { value.to_string() }
}

fn kind(code: &str, lang: Lang) -> &str {
    match (lang, code) {
        (Lang::Vi, "plan") => "kế hoạch",
        (Lang::Vi, "report") => "báo cáo",
        (Lang::Vi, "decision") => "quyết định",
        (Lang::Vi, "other") => "khác",
        _ => code,
    }
}

fn worded(why: &Why, lang: Lang) -> &str {
    if lang == Lang::Vi { &why.vi } else { &why.en }
}

fn status(code: &str, lang: Lang) -> &str {
    match (lang, code) {
        (Lang::Vi, "known") => "đã rõ",
        (Lang::Vi, "ambiguous") => "chưa rõ là đơn vị nào",
        (Lang::Vi, "unknown") => "không có trong danh mục",
        (Lang::Vi, "stated") => "văn bản nêu",
        (Lang::Vi, "inferred") => "suy ra",
        (Lang::Vi, "undecided") => "chưa xác định",
        _ => code,
    }
}
