//! `kehoach link [FILE…]`: which indicators documents share, what is related, which document is above which.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::context::sound;
use super::exit::{self, WRONG};
use super::inputs::Inputs;
use super::meant::did_you_mean;
use super::settings::Settings;
use super::store::{json, link_documents, linked, must_be_linked, reader, told};
use super::{Context, complain, print, print_report};
use crate::lexicon::linking::LinkLexicon;
use crate::link::documents::To;
use crate::link::indicators::{Indicator, MemberKind};
use crate::link::{Collection, Resolved, Why};
use crate::pipeline::parts::Trial;
use crate::record::Record;
use crate::report::Lang;
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
    #[command(flatten)]
    inputs: Inputs,

    /// The store, where no files are given; $KEHOACH_STORE, `store` of kehoach.toml or plans.db unless named.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "files_from"])]
    store: Option<PathBuf>,

    /// Also indicators that stand in one document only (text form).
    #[arg(long)]
    all: bool,

    /// Decide of two indicators of the store, by their identifiers: `same`, `different`, or `open` to take a decision back; then link
    /// anew.
    #[arg(long, num_args = 3, value_names = ["ID", "ID", "same|different|open"], conflicts_with_all = ["paths", "files_from", "pending"])]
    decide: Option<Vec<String>>,

    /// List the store's pairs of indicators that may be one and are not decided, the likeliest first; links nothing.
    #[arg(long, conflicts_with_all = ["paths", "files_from"])]
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
    if arguments.inputs.is_empty() {
        return match link_store(arguments, context, &words) {
            Ok((text, left_out)) => {
                let printed = if let Form::Text = arguments.format { print_report(&text) } else { print(&text) };
                exit::code(printed, left_out > 0, 0)
            }
            Err(code) => code,
        };
    }
    let (mut records, failed) = match context.records(&arguments.inputs) {
        Ok(read) => read,
        Err(code) => return code,
    };
    let _watch = context.watch(records.len());
    let mut unread = Vec::new();
    let collection = match sound(&mut records, &mut unread, |records| Collection::link(records, &words)) {
        Ok(collection) => collection,
        Err(code) => return code,
    };
    let failed = failed + unread.len();
    let code = match arguments.format {
        Form::Text => print_report(&text(&collection, &records, arguments.all, context.settings.lang)),
        Form::Json => print(&format!("{}\n", serde_json::to_string_pretty(&collection).unwrap_or_default())),
    };
    exit::code(code, failed > 0, 0)
}

/// What was linked, for people or tools, and how many documents were left out.
fn link_store(arguments: &Arguments, context: &Context, words: &LinkLexicon) -> Result<(String, usize), ExitCode> {
    let start = Instant::now();
    let path = context.settings.store(arguments.store.as_deref());
    if arguments.pending {
        return Ok((pending(&told(Store::open(&path))?, arguments.format, &context.settings)?, 0));
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
    let [one, other, what] = decision else { return Err(WRONG.into()) };
    let same = match what.as_str() {
        "same" => Some(true),
        "different" => Some(false),
        "open" => None,
        _ => {
            complain(&format!("--decide: `{what}` is no decision; say same, different or open"));
            return Err(WRONG.into());
        }
    };
    if one == other {
        complain("--decide: both identifiers are the same; name two indicators");
        return Err(WRONG.into());
    }
    let known = told(store.indicator_ids())?;
    for id in [one, other] {
        if !known.contains(id) {
            let meant = did_you_mean(id, known.iter().map(String::as_str));
            complain(&format!(
                "--decide: the store has no indicator `{id}`{meant}; `kehoach link --pending` lists those that are open"
            ));
            return Err(WRONG.into());
        }
    }
    told(store.decide(one, other, same))
}

/// The pairs that are open.
fn pending(store: &Store, form: Form, settings: &Settings) -> Result<String, ExitCode> {
    must_be_linked(store, settings.quiet)?;
    let pairs = told(store.open_pairs())?;
    if let Form::Json = form {
        return Ok(json(&pairs));
    }
    let mut out = String::new();
    for pair in &pairs {
        let _ = writeln!(
            out,
            "{}  {}\n{}  {}\n    {}\n",
            pair.one,
            pair.one_name,
            pair.other,
            pair.other_name,
            if settings.lang == Lang::Vi { &pair.why.vi } else { &pair.why.en }
        );
    }
    Ok(out)
}

fn text(collection: &Collection, records: &[Record], all: bool, lang: Lang) -> String {
    let says = |vi: &'static str, en: &'static str| if lang == Lang::Vi { vi } else { en };
    let mut out = String::new();
    let worded = |why: &Why| if lang == Lang::Vi { why.vi.clone() } else { why.en.clone() };
    let path = |document: usize| records.get(document).map_or("?", |record| record.source.path.as_str());
    let _ = writeln!(out, "{}", says("VĂN BẢN", "DOCUMENTS"));
    for (at, document) in collection.documents.iter().enumerate() {
        let unit = match &document.unit.unit {
            Resolved::Known { one, why } => {
                format!("{} {} {} {}: {}", says("mã", "code"), one.code, one.kind, one.name, worded(why))
            }
            Resolved::Ambiguous { candidates, why } => match lang {
                Lang::Vi => format!("chưa rõ {} đơn vị: {}", candidates.len(), why.vi),
                Lang::En => format!("{} units could be meant: {}", candidates.len(), why.en),
            },
            Resolved::Unknown => says("không có trong danh mục đơn vị", "in no list of units").into(),
        };
        let name = document.unit.name.as_deref().unwrap_or(says("không rõ đơn vị", "no known unit"));
        let _ = writeln!(out, "  {}: {name} ({unit})", path(at));
        let links = [
            (says("cấp trên", "above"), &document.chain.upper),
            (says("báo cáo kết quả của", "reports on"), &document.chain.reports_on),
        ];
        for (label, link) in links.into_iter().flat_map(|(label, links)| links.iter().map(move |link| (label, link))) {
            let to = match link.to {
                To::Document(to) => path(to),
                To::Outside(_) => says("ngoài tập văn bản", "outside these documents"),
            };
            let _ = writeln!(out, "    {label}: {to} ({})", if lang == Lang::Vi { link.why.vi() } else { link.why.en() });
        }
        if !document.chain.undecided.is_empty() {
            let several = document.chain.undecided.iter().map(|one| path(*one)).collect::<Vec<_>>().join(", ");
            let _ = writeln!(out, "    {}: {several}", says("chưa xác định được cấp trên", "which is above is undecided"));
        }
    }
    for group in &collection.groups {
        let members = group.members.iter().map(|one| path(*one)).collect::<Vec<_>>().join(", ");
        let _ = match lang {
            Lang::Vi => writeln!(out, "  cùng thực hiện {} ngày {} (ngoài tập văn bản): {members}", group.number, group.date),
            Lang::En => writeln!(out, "  all under {} of {} (outside these documents): {members}", group.number, group.date),
        };
    }
    let shared = |indicator: &Indicator| indicator.members.iter().any(|one| one.document != indicator.members[0].document);
    let _ = writeln!(out, "\n{}", says("CHỈ TIÊU", "INDICATORS"));
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
                let why: Vec<String> = wording.why.iter().map(|why| if lang == Lang::Vi { why.vi() } else { why.en() }).collect();
                let _ = writeln!(out, "      “{}”: {}", wording.text, why.join("; "));
            }
        }
        for related in collection.indicators.related.iter().filter(|one| one.left == at || one.right == at) {
            let other = if related.left == at { related.right } else { related.left };
            let other = &collection.indicators.clusters[other];
            let difference = &related.difference;
            let _ = writeln!(
                out,
                "    {}: {} [{}], {} {}: “{}” / “{}”",
                says("gần giống", "alike"),
                other.name,
                other.id,
                says("khác", "but for"),
                if lang == Lang::Vi { difference.kind.vi() } else { difference.kind.en() },
                difference.left,
                difference.right
            );
        }
        for pair in collection.indicators.probable.iter().filter(|one| one.left == at || one.right == at) {
            let other = &collection.indicators.clusters[if pair.left == at { pair.right } else { pair.left }];
            let why: Vec<String> = pair.support.iter().map(|one| if lang == Lang::Vi { one.vi() } else { one.en() }).collect();
            let _ =
                writeln!(out, "    {}: {} [{}]: {}", says("có thể là một", "may be one"), other.name, other.id, why.join("; "));
        }
    }
    out
}
