//! `kehoach link [FILE…]`: which indicators documents share, what is related, which document is above which.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::context::sound;
use super::meant::did_you_mean;
use super::store::{json, link_documents, linked, must_be_linked, named_or_usual, reader, told};
use super::{Context, complain, print, print_report};
use crate::lexicon::linking::LinkLexicon;
use crate::link::documents::To;
use crate::link::indicators::{Indicator, MemberKind};
use crate::link::{Collection, Resolved};
use crate::pipeline::parts::Trial;
use crate::record::Record;
use crate::store::Store;

/// Link documents: which targets measure the same, which only look alike and why, which document is above which.
///
/// Without files the documents of a store are linked, all of them anew, and the store keeps what was found: `kehoach show ID --chain`,
/// `kehoach series`, and the views v_units, v_agencies, v_indicators, v_links, v_related, v_probable, v_chain and v_series tell it.
/// `kehoach ingest` does the same at its end. Indicators that may be one are listed and never merged; what a person decides of them
/// (--decide) is kept in the store and holds whenever it is linked again.
#[derive(Args)]
#[command(after_help = "Examples:
  kehoach link plans/*.pdf
  kehoach link --store plans.db
  kehoach link --store plans.db --pending
  kehoach link --store plans.db --decide ho-cap-quang x1f2e3d4c5b6a7988 same
  kehoach link plans/*.pdf --all --format json > links.json")]
pub(super) struct Arguments {
    /// Files to read; none: the documents of a store.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The store, where no files are given; $KEHOACH_STORE or plans.db unless said otherwise.
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    store: Option<PathBuf>,

    /// Also indicators that stand in one document only (text form).
    #[arg(long)]
    all: bool,

    /// Decide of two indicators of the store, by their identifiers: `same`, `different`, or `open` to take a decision back; then link
    /// anew.
    #[arg(long, num_args = 3, value_names = ["ID", "ID", "same|different|open"], conflicts_with = "files", conflicts_with = "pending")]
    decide: Option<Vec<String>>,

    /// List the store's pairs of indicators that may be one and are not decided, the likeliest first; links nothing.
    #[arg(long, conflicts_with = "files")]
    pending: bool,

    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// For people.
    Text,
    /// The whole collection; of a store how much was linked.
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let words = match context.link_lexicon() {
        Ok(words) => words,
        Err(code) => return code,
    };
    if arguments.files.is_empty() {
        return match link_store(arguments, context, &words) {
            Ok((text, left_out)) => {
                let printed = if let Form::Text = arguments.format { print_report(&text) } else { print(&text) };
                if printed == ExitCode::SUCCESS && left_out > 0 { ExitCode::from(2) } else { printed }
            }
            Err(code) => code,
        };
    }
    let (mut records, failed) = context.records(&arguments.files);
    let _watch = context.watch(records.len());
    let mut unread = Vec::new();
    let collection = match sound(&mut records, &mut unread, |records| Collection::link(records, &words)) {
        Ok(collection) => collection,
        Err(code) => return code,
    };
    let failed = failed + unread.len();
    let code = match arguments.format {
        Form::Text => print_report(&text(&collection, &records, arguments.all)),
        Form::Json => print(&format!("{}\n", serde_json::to_string_pretty(&collection).unwrap_or_default())),
    };
    if failed > 0 { ExitCode::from(2) } else { code }
}

/// What was linked, for people or tools, and how many documents were left out.
fn link_store(arguments: &Arguments, context: &Context, words: &LinkLexicon) -> Result<(String, usize), ExitCode> {
    let start = Instant::now();
    let path = named_or_usual(arguments.store.as_deref());
    if arguments.pending {
        return Ok((pending(&told(Store::open(&path))?, arguments.format, context.quiet)?, 0));
    }
    let mut store = told(Store::open(&path).and_then(|_| Store::open_to_write(&path)))?;
    if let Some(decision) = &arguments.decide {
        decide(&mut store, decision)?;
    }
    let linker = reader(context.rules.as_deref())?;
    let (done, left_out) = link_documents(&mut store, context, words, &linker, Trial::Linked)?;
    let text = match arguments.format {
        Form::Text => linked(&done, start.elapsed()) + "\n",
        Form::Json => json(&done),
    };
    Ok((text, left_out))
}

/// Keeps a decision: two identifiers and `same`, `different` or `open`.
fn decide(store: &mut Store, decision: &[String]) -> Result<(), ExitCode> {
    let [one, other, what] = decision else { return Err(ExitCode::from(2)) };
    let same = match what.as_str() {
        "same" => Some(true),
        "different" => Some(false),
        "open" => None,
        _ => {
            complain(&format!("--decide: `{what}` is no decision; say same, different or open"));
            return Err(ExitCode::from(2));
        }
    };
    if one == other {
        complain("--decide: both identifiers are the same; name two indicators");
        return Err(ExitCode::from(2));
    }
    let known = told(store.indicator_ids())?;
    for id in [one, other] {
        if !known.contains(id) {
            let meant = did_you_mean(id, known.iter().map(String::as_str));
            complain(&format!(
                "--decide: the store has no indicator `{id}`{meant}; `kehoach link --pending` lists those that are open"
            ));
            return Err(ExitCode::from(2));
        }
    }
    told(store.decide(one, other, same))
}

/// The pairs that are open.
fn pending(store: &Store, form: Form, quiet: bool) -> Result<String, ExitCode> {
    must_be_linked(store, quiet)?;
    let pairs = told(store.open_pairs())?;
    if let Form::Json = form {
        return Ok(json(&pairs));
    }
    let mut out = String::new();
    for pair in &pairs {
        let _ = writeln!(out, "{}  {}\n{}  {}\n    {}\n", pair.one, pair.one_name, pair.other, pair.other_name, pair.why.vi);
    }
    Ok(out)
}

fn text(collection: &Collection, records: &[Record], all: bool) -> String {
    let mut out = String::new();
    let path = |document: usize| records.get(document).map_or("?", |record| record.source.path.as_str());
    let _ = writeln!(out, "VĂN BẢN");
    for (at, document) in collection.documents.iter().enumerate() {
        let unit = match &document.unit.unit {
            Resolved::Known { one, why } => format!("mã {} {} {}: {}", one.code, one.kind, one.name, why.vi),
            Resolved::Ambiguous { candidates, why } => format!("chưa rõ {} đơn vị: {}", candidates.len(), why.vi),
            Resolved::Unknown => "không có trong danh mục đơn vị".into(),
        };
        let name = document.unit.name.as_deref().unwrap_or("không rõ đơn vị");
        let _ = writeln!(out, "  {}: {name} ({unit})", path(at));
        let links = [("cấp trên", &document.chain.upper), ("báo cáo kết quả của", &document.chain.reports_on)];
        for (label, link) in links.into_iter().flat_map(|(label, links)| links.iter().map(move |link| (label, link))) {
            let to = match link.to {
                To::Document(to) => path(to),
                To::Outside(_) => "ngoài tập văn bản",
            };
            let _ = writeln!(out, "    {label}: {to} ({})", link.why.vi());
        }
        if !document.chain.undecided.is_empty() {
            let several = document.chain.undecided.iter().map(|one| path(*one)).collect::<Vec<_>>().join(", ");
            let _ = writeln!(out, "    chưa xác định được cấp trên: {several}");
        }
    }
    for group in &collection.groups {
        let members = group.members.iter().map(|one| path(*one)).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "  cùng thực hiện {} ngày {} (ngoài tập văn bản): {members}", group.number, group.date);
    }
    let shared = |indicator: &Indicator| indicator.members.iter().any(|one| one.document != indicator.members[0].document);
    let _ = writeln!(out, "\nCHỈ TIÊU");
    for (at, indicator) in collection.indicators.clusters.iter().enumerate().filter(|(_, one)| all || shared(one)) {
        let _ = writeln!(out, "  {} [{}]", indicator.name, indicator.id);
        let mut wordings: Vec<usize> = Vec::new();
        for member in &indicator.members {
            let items = records.get(member.document);
            let item = match member.kind {
                MemberKind::Target => items.and_then(|record| record.targets.get(member.target)).map(|target| &target.id),
                MemberKind::Fact => items.and_then(|record| record.facts.get(member.target)).map(|fact| &fact.id),
            };
            let _ = writeln!(out, "    {} {}", path(member.document), item.map_or("?", String::as_str));
            if !wordings.contains(&member.wording) {
                wordings.push(member.wording);
                let wording = &collection.indicators.wordings[member.wording];
                let why: Vec<String> = wording.why.iter().map(crate::link::phrase::Reason::vi).collect();
                let _ = writeln!(out, "      “{}”: {}", wording.text, why.join("; "));
            }
        }
        for related in collection.indicators.related.iter().filter(|one| one.left == at || one.right == at) {
            let other = if related.left == at { related.right } else { related.left };
            let other = &collection.indicators.clusters[other];
            let difference = &related.difference;
            let _ = writeln!(
                out,
                "    gần giống: {} [{}], khác {}: “{}” / “{}”",
                other.name,
                other.id,
                difference.kind.vi(),
                difference.left,
                difference.right
            );
        }
        for pair in collection.indicators.probable.iter().filter(|one| one.left == at || one.right == at) {
            let other = &collection.indicators.clusters[if pair.left == at { pair.right } else { pair.left }];
            let why: Vec<String> = pair.support.iter().map(crate::link::near::Support::vi).collect();
            let _ = writeln!(out, "    có thể là một: {} [{}]: {}", other.name, other.id, why.join("; "));
        }
    }
    out
}
