//! `kehoach audit FILE…`: what in documents, and between them, does not hold together.

mod stored;

use std::fmt::Write;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::context::sound;
use super::documents::{Documents, Gathered};
use super::exit::{self, FOUND, WRONG};
use super::meant::did_you_mean;
use super::output::{self, Output};
use super::store::json;
use super::{Context, complain};
use crate::check::accepted::{Accepted, AcceptedError};
use crate::check::{self, Cases, Finding, Known, Rule, Severity, Side, rules::RULES};
use crate::lexicon::Lexicon;
use crate::lexicon::linking::LinkLexicon;
use crate::link::Collection;
use crate::link::decisions::Decision;
use crate::pipeline::parts::Trial;
use crate::record::Record;
use crate::report::html::Purpose;
use crate::report::{self, Lang, Outcome, table};

/// Find what does not hold together in documents and between them; every finding quotes both places.
///
/// Each finding says where (Vị trí), what is wrong (Vấn đề) and what to do (Cần làm). `kehoach rules` lists the rules,
/// `kehoach rules DL001` explains one. An audit of a whole store by all rules keeps its findings there (`v_findings`). Exit codes: 0
/// nothing at or above --fail-on; 1 findings; 3 a file could not be read; 2 nothing was done.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    documents: Documents,

    /// Tell only what does not agree with this document: a file, which is read too, or the id of one of the store.
    #[arg(long, value_name = "FILE|ID")]
    against: Option<PathBuf>,

    /// How the findings are written.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    #[command(flatten)]
    output: Output,

    /// Only these rules or families: DL001,SM or a rule's name; several with commas.
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    select: Vec<String>,

    /// Not these rules or families.
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    ignore: Vec<String>,

    /// Also tell what could not be checked, and why.
    #[arg(long)]
    all: bool,

    /// TOML file of accepted findings, each with its reason; they are counted and not told.
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,

    /// JSON of an earlier audit: only findings that it has not are told.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// The least severity that makes the exit code 1; warning unless given.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Least>,

    /// Print, instead of the findings, how many each rule has; text and JSON.
    #[arg(long)]
    statistics: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    /// For code review and editors: SARIF 2.1.0.
    Sarif,
    /// One page that opens offline, with the documents' texts.
    Html,
    /// A workbook of findings.
    Xlsx,
    /// Markdown, for an e-mail.
    Md,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Least {
    Note,
    Warning,
    Error,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> ExitCode {
    let config = &context.settings.config.audit;
    let select = if arguments.select.is_empty() { &config.select } else { &arguments.select };
    let ignore = [arguments.ignore.as_slice(), &config.ignore].concat();
    if arguments.statistics && !matches!(arguments.format, Form::Text | Form::Json) {
        complain("--statistics is for --format text and json; leave it out");
        return WRONG.into();
    }
    let accept = arguments.accept.as_ref().or(config.accept.as_ref());
    let rules = match check::selected(select, &ignore) {
        Ok(rules) => rules,
        Err(unknown) => {
            let meant = did_you_mean(&unknown, RULES.iter().flat_map(|rule| [rule.code, rule.name]));
            complain(&format!("{unknown}: is no rule and no family of rules{meant}; `kehoach rules` lists them"));
            return WRONG.into();
        }
    };
    let mut accepted = match accepted(accept.map(PathBuf::as_path), arguments.baseline.as_deref()) {
        Ok(accepted) => accepted,
        Err(message) => {
            complain(&message);
            return WRONG.into();
        }
    };
    let others = [arguments.against.as_ref(), accept, arguments.baseline.as_ref()].into_iter().flatten();
    let inputs = arguments.documents.inputs().chain(others.map(PathBuf::as_path));
    if let Err(code) = arguments.output.check(inputs, arguments.documents.store(&context.settings).as_deref()) {
        return code;
    }
    let words = match context.link_lexicon() {
        Ok(words) => words,
        Err(code) => return code,
    };
    // Only what points into lines, or shows them, needs the texts.
    let with_texts = matches!(arguments.format, Form::Text | Form::Sarif | Form::Html);
    let mut gathered = match arguments.documents.read_with(context, with_texts, Trial::Audited) {
        Ok(gathered) => gathered,
        Err(code) => return code,
    };
    for (fingerprint, reason) in &gathered.aside {
        accepted.put_aside(fingerprint, reason);
    }
    let against = match &arguments.against {
        Some(path) => match against(&mut gathered, path, &arguments.documents, context) {
            Ok(path) => Some(path),
            Err(code) => return code,
        },
        None => None,
    };
    let _watch = context.watch(gathered.records.len());
    let mut unread = std::mem::take(&mut gathered.unread);
    let told = |sides: &[Side]| {
        let is_against = |side: &Side| against.as_deref() == Some(side.path.as_str());
        let between = sides.iter().any(is_against) && !sides.iter().all(is_against);
        sides.iter().any(|side| gathered.is_asked(&side.path)) && (against.is_none() || between)
    };
    let keep = |findings: &[Finding]| {
        // What some of the rules find, or beside a document that is not stored, is not all of the store.
        if rules.len() == RULES.len()
            && let Some(origin) = &gathered.store
            && origin.keys.len() == gathered.records.len()
        {
            stored::keep(findings, origin, context);
        }
    };
    let words_of = (&words, gathered.decisions.as_slice());
    let examine = |records: &[Record]| {
        examine_and(records.to_vec(), &rules, &accepted, &context.lexicon, words_of, against.as_deref(), keep)
    };
    let mut examined = match sound(&mut gathered.records.clone(), &mut unread, examine) {
        Ok(examined) => examined,
        Err(code) => return code,
    };
    let outcome = &mut examined.outcome;
    // Where only some rules ran, the others' entries have nothing to be of.
    if let Some(path) = accept.filter(|_| rules.len() == RULES.len()) {
        let all: Vec<&Finding> = outcome.findings.iter().chain(outcome.accepted.iter().map(|(finding, _)| finding)).collect();
        for number in accepted.idle(&all) {
            complain(&format!(
                "{}: entry {number} is of no finding here; correct its fingerprint or path, or take it out",
                path.display()
            ));
        }
    }
    outcome.findings.retain(|finding| told(&finding.evidence));
    outcome.undecided.retain(|undecided| told(&undecided.evidence));
    outcome.accepted.retain(|(finding, _)| told(&finding.evidence));
    outcome.documents = examined.records.iter().filter(|record| gathered.is_asked(&record.source.path)).count();
    outcome.unread = unread;
    if let Some(upper) = &against {
        tell_unpaired(&examined, upper, &gathered, context, &words);
    }
    let outcome = &examined.outcome;
    let lang = context.settings.lang;
    let output = &arguments.output;
    let printed = match arguments.format {
        Form::Json if arguments.statistics => output.text(&json(&statistics(outcome, lang))),
        Form::Text if arguments.statistics => output.report(&told_statistics(outcome, lang)),
        Form::Json => output.text(&report::json::write(outcome)),
        Form::Text => {
            let terminal = output.path.is_none() && std::io::stdout().is_terminal();
            let color = context.settings.colours(terminal);
            let width = if terminal { output::columns() } else { report::text::WIDTH };
            let style = report::text::Style { lang, color, all: arguments.all, width };
            output.report(&report::text::write(outcome, &gathered.texts, style))
        }
        Form::Sarif => output.text(&report::sarif::write(outcome, RULES, &gathered.texts, lang)),
        Form::Html => {
            let about = About { purpose: Purpose::Audit, against: against.as_deref(), lang };
            output.text(&page(&examined, &gathered, &arguments.documents, context, &words, about))
        }
        Form::Md => output.text(&report::markdown::audit(outcome, lang)),
        Form::Xlsx => output.workbook(&[table::findings(outcome, lang)], lang),
    };
    if printed != ExitCode::SUCCESS {
        return printed;
    }
    let least = match arguments.fail_on.or(config.fail_on).unwrap_or(Least::Warning) {
        Least::Note => Severity::Note,
        Least::Warning => Severity::Warning,
        Least::Error => Severity::Error,
    };
    let any = outcome.findings.iter().any(|finding| finding.severity >= least);
    exit::code(printed, !outcome.unread.is_empty(), if any { FOUND } else { 0 })
}

/// How many findings a rule has.
#[derive(Serialize)]
struct Count {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    findings: usize,
    documents: usize,
    summary: String,
}

/// The rules that found something, most findings first.
fn statistics(outcome: &Outcome, lang: Lang) -> Vec<Count> {
    let count = |rule: &&'static Rule| {
        let own = outcome.findings.iter().filter(|finding| finding.code == rule.code);
        let documents: std::collections::BTreeSet<&str> =
            own.clone().filter_map(|finding| Some(finding.evidence.first()?.path.as_str())).collect();
        let summary = match lang {
            Lang::Vi => rule.summary().to_owned(),
            Lang::En => rule.title(),
        };
        Count {
            code: rule.code,
            name: rule.name,
            severity: rule.severity.name(),
            findings: own.count(),
            documents: documents.len(),
            summary,
        }
    };
    let mut counts: Vec<Count> = RULES.iter().map(count).filter(|count| count.findings > 0).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.findings));
    counts
}

fn told_statistics(outcome: &Outcome, lang: Lang) -> String {
    let mut out = String::new();
    for count in statistics(outcome, lang) {
        let _ = writeln!(out, "{:>7}  {}  {:<8} {}", count.findings, count.code, count.severity, count.summary);
    }
    let total = if lang == Lang::Vi { "phát hiện trong" } else { "findings in" };
    let documents = if lang == Lang::Vi { "văn bản" } else { "documents" };
    let _ = writeln!(out, "{:>7}  {total} {} {documents}", outcome.findings.len(), outcome.documents);
    out
}

/// How many targets without a counterpart are named.
const NAMED: usize = 5;

/// Says on stderr how much of the upper document has a counterpart in each of the others: what was not compared agrees with nothing.
fn tell_unpaired(examined: &Examined, upper: &str, gathered: &Gathered, context: &Context, words: &LinkLexicon) {
    if context.settings.quiet {
        return;
    }
    let Examined { records, collection, .. } = examined;
    let cases = Cases::new(records, Known { lexicon: &context.lexicon, words, collection });
    let Some(above) = records.iter().position(|record| record.source.path == upper) else { return };
    let wanted = cases.listed(above);
    for (at, record) in records.iter().enumerate() {
        let path = &record.source.path;
        if at == above || !gathered.is_asked(path) {
            continue;
        }
        if !cases.uppers(at).iter().any(|one| one.document == above) {
            complain(&format!("{path}: is not compared with {upper}, which is not above it"));
            continue;
        }
        let own = cases.by_indicator(at);
        let (paired, alone): (Vec<_>, Vec<_>) = wanted.iter().partition(|(indicator, _)| own.contains_key(indicator));
        let names: Vec<String> =
            alone.iter().filter_map(|(_, targets)| Some(format!("“{}”", targets.first()?.indicator))).collect();
        let more = if names.len() > NAMED { " and others" } else { "" };
        let rest = if names.is_empty() {
            String::new()
        } else {
            format!(
                "; no counterpart was found for {}{more} (kehoach coverage lists all)",
                names[..names.len().min(NAMED)].join(", ")
            )
        };
        complain(&format!("{path}: {} of {} indicators of {upper} were compared{rest}", paired.len(), wanted.len()));
    }
}

/// What a page is about, beside its documents.
pub(super) struct About<'a> {
    pub(super) purpose: Purpose,
    /// The document that the others are compared with.
    pub(super) against: Option<&'a str>,
    pub(super) lang: Lang,
}

/// Documents, and the audit of them, as a page.
pub(super) fn page(
    examined: &Examined,
    gathered: &Gathered,
    documents: &Documents,
    context: &Context,
    words: &LinkLexicon,
    about: About,
) -> String {
    let Examined { records, outcome, collection } = examined;
    let cases = Cases::new(records, Known { lexicon: &context.lexicon, words, collection });
    let coverage = report::coverage::coverage(&cases);
    report::html::write(&report::html::Page {
        purpose: about.purpose,
        outcome,
        cases: &cases.cases,
        collection,
        coverage: &coverage,
        texts: &gathered.texts,
        asked: gathered.asked.as_ref(),
        choice: documents.choice(about.against),
        lang: about.lang,
    })
}

/// The path of the document that the others are compared with, which is added unless it is among them.
fn against(gathered: &mut Gathered, path: &Path, documents: &Documents, context: &Context) -> Result<String, ExitCode> {
    if !path.exists()
        && let Some(stored) = documents.path_of(&path.to_string_lossy(), &context.settings)
    {
        return stored;
    }
    let (record, text) = context.read(path, Trial::Audited).map_err(|error| {
        complain(&error.to_string());
        ExitCode::from(WRONG)
    })?;
    if let Some(known) = gathered.records.iter().find(|known| known.source.sha256 == record.source.sha256) {
        return Ok(known.source.path.clone());
    }
    let path = record.source.path.clone();
    gathered.texts.insert(path.clone(), text);
    gathered.records.push(record);
    Ok(path)
}

/// Documents, linked and audited.
pub(super) struct Examined {
    pub(super) records: Vec<Record>,
    pub(super) outcome: Outcome,
    pub(super) collection: Collection,
}

/// Links the records, runs the rules, and tells apart what is new, known and accepted.
pub(super) fn examine(
    records: Vec<Record>,
    rules: &[&'static Rule],
    accepted: &Accepted,
    lexicon: &Lexicon,
    (words, decisions): (&LinkLexicon, &[Decision]),
) -> Examined {
    examine_and(records, rules, accepted, lexicon, (words, decisions), None, |_| {})
}

/// As [`examine`]; `against` is the path of a document that stands above the others, and `keep` sees all findings first.
fn examine_and(
    mut records: Vec<Record>,
    rules: &[&'static Rule],
    accepted: &Accepted,
    lexicon: &Lexicon,
    (words, decisions): (&LinkLexicon, &[Decision]),
    against: Option<&str>,
    keep: impl FnOnce(&[Finding]),
) -> Examined {
    let mut collection = Collection::link_with(&records, words, decisions);
    if let Some(upper) = against.and_then(|path| records.iter().position(|record| record.source.path == path)) {
        collection.put_above(upper, &records);
    }
    collection.apply(&mut records);
    let findings = check::audit(&records, rules, Known { lexicon, words, collection: &collection });
    keep(&findings.found);
    let mut outcome = Outcome { documents: records.len(), undecided: findings.undecided, ..Outcome::default() };
    for finding in findings.found {
        if let Some(reason) = accepted.reason(&finding) {
            let reason = reason.to_owned();
            outcome.accepted.push((finding, reason));
        } else if accepted.is_known(&finding) {
            outcome.known += 1;
        } else {
            outcome.findings.push(finding);
        }
    }
    Examined { records, outcome, collection }
}

fn accepted(accept: Option<&Path>, baseline: Option<&Path>) -> Result<Accepted, String> {
    let mut accepted = Accepted::default();
    let read = |path: &Path| {
        let shown = path.display().to_string();
        let unopened = |error: std::io::Error| format!("{shown}: cannot be read: {error}; check the path");
        std::fs::read_to_string(path).map(|text| (shown.clone(), text)).map_err(unopened)
    };
    let told = |error: AcceptedError| error.to_string();
    if let Some(path) = accept {
        let (shown, text) = read(path)?;
        accepted.suppressions(&shown, &text).map_err(told)?;
    }
    if let Some(path) = baseline {
        let (shown, text) = read(path)?;
        accepted.baseline(&shown, &text).map_err(told)?;
    }
    Ok(accepted)
}
