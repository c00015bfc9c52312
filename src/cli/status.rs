//! `kehoach status`: what a store holds.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::settings::Settings;
use super::store::{Form, StoreFile, fit, json, reader, told};
use super::{print, print_report};
use crate::record::ledger::Why;
use crate::report::Lang;
use crate::store::unread::Unread;

/// Tell what a store holds: documents, which of them a person should look at first and why, files that could not be read, files that
/// are gone.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    store: StoreFile,

    /// Text for people, or JSON for tools.
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,

    /// Print a SHA-256 of all that is stored, and nothing else: stores of the same documents, read by the same version, have the same.
    #[arg(long)]
    digest: bool,
}

/// So many documents are named that a person should look at first.
const FIRST: usize = 5;

/// `120 of 3400 numbers were not read (4%)`.
pub(super) fn of_numbers(unread: &Unread, lang: Lang) -> String {
    let share = (unread.unread * 100 + unread.numbers - 1) / unread.numbers.max(1);
    match lang {
        Lang::Vi => format!("{} trên {} số chưa đọc được ({share}%)", unread.unread, unread.numbers),
        Lang::En => format!("{} of {} numbers were not read ({share}%)", unread.unread, unread.numbers),
    }
}

pub(super) fn run(arguments: &Arguments, rules: Option<&Path>, settings: &Settings) -> ExitCode {
    match status(arguments, rules, settings) {
        Ok(text) if arguments.format == Form::Text && !arguments.digest => print_report(&text),
        Ok(text) => print(&text),
        Err(code) => code,
    }
}

fn status(arguments: &Arguments, rules: Option<&Path>, settings: &Settings) -> Result<String, ExitCode> {
    let store = arguments.store.open(settings)?;
    if arguments.digest {
        return Ok(told(store.digest())? + "\n");
    }
    let counts = told(store.counts(&reader(rules)?))?;
    let failures = told(store.failures())?;
    let missing = told(store.missing_files())?;
    if arguments.format == Form::Json {
        let unread = told(store.unread(FIRST))?;
        return Ok(json(&serde_json::json!({"counts": counts, "unread": unread, "failures": failures, "missing": missing})));
    }
    let path = arguments.store.path(settings);
    let (shown, lang) = (path.display(), settings.lang);
    let unread = told(store.unread(FIRST))?;
    let mut text = String::new();
    // One wording or the other, with the same values in it.
    macro_rules! say {
        ($vi:literal, $en:literal $(, $value:expr)*) => {
            let _ = match lang {
                Lang::Vi => writeln!(text, $vi $(, $value)*),
                Lang::En => writeln!(text, $en $(, $value)*),
            };
        };
    }
    say!(
        "{}: {} văn bản trong {} tệp; {} chỉ tiêu, {} nhiệm vụ",
        "{}: {} documents of {} files; {} targets, {} tasks",
        shown,
        counts.documents,
        counts.files,
        counts.targets,
        counts.tasks
    );
    if counts.interrupted {
        say!(
            "Lần nạp gần nhất bị ngắt; chạy lại thì nạp tiếp.",
            "The last ingest was interrupted; run it again, and it goes on."
        );
    }
    if counts.outdated > 0 {
        say!(
            "{} văn bản do phiên bản khác đọc; đọc lại bằng: kehoach ingest --refresh --store {}",
            "{} documents were read by another version; read them again with: kehoach ingest --refresh --store {}",
            counts.outdated,
            shown
        );
    }
    if !counts.linked && counts.documents > 0 {
        say!(
            "Liên kết chưa gồm mọi văn bản, hoặc do phiên bản khác lập; liên kết lại bằng: kehoach link --store {}",
            "What is linked is not of all documents, or of another version; link them with: kehoach link --store {}",
            shown
        );
    }
    match counts.findings {
        Some(count) => {
            say!(
                "Đang lưu {} phát hiện của lần kiểm tra (v_findings).",
                "{} findings of the audit are kept (v_findings).",
                count
            );
        }
        None if counts.documents > 0 => {
            say!(
                "Văn bản hiện có chưa được kiểm tra; v_findings được ghi bằng: kehoach audit --store {}",
                "The documents were not audited as they are now; v_findings is filled by: kehoach audit --store {}",
                shown
            );
        }
        None => {}
    }
    if unread.unread > 0 {
        say!(
            "{}; nên xem trước (tất cả: kehoach list --unread --store {}):",
            "{}; look at these first (all: kehoach list --unread --store {}):",
            of_numbers(&unread, lang),
            shown
        );
        for one in &unread.first {
            let why = Why::ALL.iter().find(|why| why.code() == one.mostly);
            let why = why.map_or("", |why| if lang == Lang::Vi { why.vietnamese() } else { why.english() });
            let name = fit(&one.name, 50);
            say!(
                "  {}  {} trên {}  {}: phần lớn là {}",
                "  {}  {} of {}  {}: mostly {}",
                one.id,
                one.unread,
                one.numbers,
                name.trim_end(),
                why
            );
        }
    }
    if !failures.is_empty() {
        say!(
            "{} tệp không đọc được (thử lại: kehoach ingest --retry --store {}):",
            "{} files could not be read (once more: kehoach ingest --retry --store {}):",
            failures.len(),
            shown
        );
        for failure in &failures {
            let _ = writeln!(text, "  {}", failure.message);
            if let Some(earlier) = &failure.earlier_document {
                say!("    vẫn giữ nội dung trước đây: {}", "    what it held before is kept: {}", earlier);
            }
        }
    }
    if !missing.is_empty() {
        say!(
            "{} tệp không còn; nội dung vẫn giữ (bỏ khỏi kho: kehoach forget --missing --store {}):",
            "{} files are gone; what they held is kept (forget them: kehoach forget --missing --store {}):",
            missing.len(),
            shown
        );
        for path in &missing {
            let _ = writeln!(text, "  {path}");
        }
    }
    Ok(text)
}
