//! The catalogue of checks, and every case on every rule's page.
//!
//! A page holds cases: `## Flags …` with what is found, `## Accepts …` where the rule finds nothing, `## Cannot decide …`
//! where it says so. A case whose text begins with no type line is read as a plan's tasks, or as a report's results where `type: report`
//! is set. A ```` ```document ```` block is a document as text, read by the whole pipeline; lines `issued: 2025-03-10`,
//! `name: a.txt`, `type: plan`, `issuer: …`, `number: …`, `level: district`, `period: 2024-01-01..2024-12-31` at its head set the fields
//! of the record that a short case has no room to write out.

use kehoach::check::{self, Finding, Findings, Known, Rule, Severity, Side, rules::RULES};
use kehoach::lexicon::Lexicon;
use kehoach::lexicon::linking::LinkLexicon;
use kehoach::link::Collection;
use kehoach::record::{DocumentKind, Level, Period, Record};
use kehoach::{ingest, pipeline};

/// One case of a page.
struct Case {
    title: String,
    documents: Vec<String>,
    /// Lines of the block `findings`, or `undecided`.
    wanted: Vec<String>,
}

fn cases(rule: &Rule) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block: Option<(&str, Vec<&str>)> = None;
    for line in rule.page.lines() {
        if let Some((kind, lines)) = &mut block {
            if line != "```" {
                lines.push(line);
                continue;
            }
            let case = cases.last_mut().unwrap_or_else(|| panic!("{}: a block before the first case", rule.code));
            match *kind {
                "document" => case.documents.push(lines.join("\n") + "\n"),
                "findings" | "undecided" => case.wanted = lines.iter().map(|line| (*line).to_owned()).collect(),
                other => panic!("{}: {}: unknown block `{other}`", rule.code, case.title),
            }
            block = None;
        } else if let Some(kind) = line.strip_prefix("```") {
            block = Some((kind, Vec::new()));
        } else if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title: title.to_owned(), documents: Vec::new(), wanted: Vec::new() });
        }
    }
    assert!(block.is_none(), "{}: a block is not closed", rule.code);
    cases
}

/// The record of a case's document, with the fields that its head sets.
fn record(text: &str, at: usize, lexicon: &Lexicon) -> Record {
    const FIELDS: [&str; 10] = ["issued", "name", "type", "issuer", "number", "symbol", "level", "period", "title", "province"];
    let mut fields = Vec::new();
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n')
        && let Some((name, value)) = line.split_once(": ")
        && FIELDS.contains(&name)
    {
        fields.push((name, value));
        rest = after;
    }
    let path =
        fields.iter().find(|(name, _)| *name == "name").map_or(format!("{}.txt", at + 1), |(_, value)| (*value).to_owned());
    // The type line and the first heading decide how a text is read; a short case has none.
    let report = fields.contains(&("type", "report"));
    let whole = ["KẾ HOẠCH", "BÁO CÁO", "QUYẾT ĐỊNH", "Số:", "UBND"].iter().any(|begin| rest.starts_with(begin));
    let text = match (whole, report) {
        (true, _) => rest.to_owned(),
        (false, true) => format!("BÁO CÁO\nKết quả công tác\nI. KẾT QUẢ\n{rest}"),
        (false, false) if rest.starts_with("I. ") || rest.starts_with("Căn cứ") => {
            format!("KẾ HOẠCH\nTriển khai công tác\n{rest}")
        }
        (false, false) => format!("KẾ HOẠCH\nTriển khai công tác\nI. NHIỆM VỤ\n{rest}"),
    };
    let source = ingest::decode(&path, text.into_bytes()).expect("a case's document can be read");
    let mut record = pipeline::read(&source, lexicon);
    for (name, value) in fields {
        let own = Some(value.to_owned()).filter(|value| value != "-");
        let document = &mut record.document;
        match name {
            "issued" => document.date = own,
            "issuer" => document.issuer = own,
            "number" => document.number = own,
            "symbol" => document.symbol = own,
            "title" => document.title = own,
            "province" => document.province = own,
            "type" => document.kind = serde_json::from_value::<DocumentKind>(value.into()).expect("a known type"),
            "level" => document.level = serde_json::from_value::<Level>(value.into()).expect("a known level"),
            "period" => {
                let (from, to) = value.split_once("..").expect("from..to");
                let day = |day: &str| Some(day.to_owned()).filter(|day| !day.is_empty());
                document.period = Some(Period { from: day(from), to: day(to) });
            }
            _ => {}
        }
    }
    record
}

fn audit(mut records: Vec<Record>, rules: &[&'static Rule], lexicon: &Lexicon, words: &LinkLexicon) -> Findings {
    let collection = Collection::link(&records, words);
    collection.apply(&mut records);
    check::audit(&records, rules, Known { lexicon, words, collection: &collection })
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a line of a page, `DL001 ` + quotations, tells what stands in `sides`: each quotation in a side of its own, in order.
fn tells(line: &str, code: &str, sides: &[Side]) -> bool {
    let mut pieces = line.split('`');
    if pieces.next().map(str::trim) != Some(code) {
        return false;
    }
    let quotations: Vec<&str> = pieces.step_by(2).collect();
    let mut from = 0;
    !quotations.is_empty()
        && quotations.iter().all(|quotation| {
            let found = sides[from..].iter().position(|side| plain(&side.text).contains(quotation));
            found.inspect(|at| from += at + 1).is_some()
        })
}

#[test]
fn every_case_on_every_page_holds() {
    let lexicon = Lexicon::embedded().expect("embedded lexicons");
    let words = LinkLexicon::embedded().expect("embedded lexicons");
    let mut wrong = Vec::new();
    for rule in RULES {
        for case in cases(rule) {
            let records: Vec<Record> = case.documents.iter().enumerate().map(|(at, text)| record(text, at, &lexicon)).collect();
            let findings = audit(records, &[rule], &lexicon, &words);
            let shown =
                |sides: &[Side]| sides.iter().map(|side| format!("`{}`", plain(&side.text))).collect::<Vec<_>>().join(" ");
            let undecided = case.title.starts_with("Cannot decide");
            let sides: Vec<&[Side]> = if undecided {
                findings.undecided.iter().map(|entry| entry.evidence.as_slice()).collect()
            } else {
                findings.found.iter().map(|finding| finding.evidence.as_slice()).collect()
            };
            let matched = sides.len() == case.wanted.len()
                && case.wanted.iter().zip(&sides).all(|(line, sides)| tells(line, rule.code, sides));
            // What cannot be decided is not found too.
            let clean = !undecided || findings.found.is_empty();
            if !matched || !clean || case.title.starts_with("Accepts") && !case.wanted.is_empty() {
                let got: Vec<String> = sides.iter().map(|sides| format!("{} {}", rule.code, shown(sides))).collect();
                wrong.push(format!("{}: {}\n  wanted {:#?}\n  got {got:#?}", rule.code, case.title, case.wanted));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_catalogue_is_whole() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted, "codes are sorted and each is there once");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |folder: &str, ending: &str| {
        let mut names: Vec<String> = std::fs::read_dir(root.join(folder))
            .expect("a folder")
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(ending).map(str::to_uppercase))
            .collect();
        names.sort_unstable();
        names
    };
    assert_eq!(files("rules/checks", ".md"), codes, "one page a rule");
    assert_eq!(files("src/check/rules", ".rs"), codes, "one file a rule");
    for rule in RULES {
        let first = rule.page.lines().next().unwrap_or_default();
        assert_eq!(first, format!("# {} {}", rule.code, rule.name), "the page's title");
        assert!(!rule.summary().is_empty(), "{}: the page says in Vietnamese what it finds, behind `> `", rule.code);
        let severity = match rule.severity {
            Severity::Error => "**Error",
            Severity::Warning => "**Warning",
            Severity::Note => "**Note",
        };
        assert!(rule.page.contains(severity), "{}: the page reasons its severity, {severity}", rule.code);
        let cases = cases(rule);
        for begin in ["Flags", "Accepts"] {
            assert!(cases.iter().any(|case| case.title.starts_with(begin)), "{}: a case that {begin}", rule.code);
        }
        for case in cases {
            let known = ["Flags", "Accepts", "Cannot decide"].iter().any(|begin| case.title.starts_with(begin));
            assert!(known, "{}: `{}` begins with Flags, Accepts or Cannot decide", rule.code, case.title);
            assert!(!case.documents.is_empty(), "{}: `{}` has a document", rule.code, case.title);
            assert_eq!(case.title.starts_with("Accepts"), case.wanted.is_empty(), "{}: `{}`", rule.code, case.title);
        }
    }
}

/// A finding stays the same while text is put before it and lines are wrapped anew.
#[test]
fn fingerprints_stay_while_text_moves() {
    let lexicon = Lexicon::embedded().expect("embedded lexicons");
    let words = LinkLexicon::embedded().expect("embedded lexicons");
    let audit = |text: &str| -> Vec<Finding> {
        let source = ingest::decode("plan.txt", text.as_bytes().to_vec()).expect("a text");
        self::audit(vec![pipeline::read(&source, &lexicon)], RULES, &lexicon, &words).found
    };
    let head = "KẾ HOẠCH\nTrồng rừng năm 2025\nCăn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2025 của UBND tỉnh;\n";
    let one = audit(&format!("{head}I. NHIỆM VỤ\n- Hoàn thành trước ngày 31/02/2025.\n"));
    let other = audit(&format!("{head}I. NHIỆM VỤ\n- Chăm sóc rừng trồng.\n- Hoàn thành trước\nngày 31/02/2025.\n"));
    let of = |findings: &[Finding]| {
        findings.iter().filter(|finding| finding.code == "DL003").map(|finding| finding.fingerprint.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(&one).len(), 1);
    assert_eq!(of(&one), of(&other));
}

/// What OCR makes of handwriting and of the space between letters is no fault of the document.
#[test]
fn what_rests_on_single_letters_of_a_scan_is_a_note() {
    let text = "UBND TỈNH SÔNG VÀNG\nSố: 12/KH-UBND\nSông Vàng, ngày 04 tháng 01 năm 2026\nKẾ HOẠCH\nTrồng rừng năm 2026\n\
                Căn cứ Công văn số 63/SNN-LN ngày 07/01/2026 của Sở Nông nghiệp và Môi trường;\nI. NHIỆM VỤ\n\
                1. Rà soát đất trồng rừng trước ngày 02/01/2026.\n2. Ươm cây trước ngày 02/01/2025.\n";
    let lexicon = Lexicon::embedded().expect("embedded lexicons");
    let source = ingest::decode("plan.txt", text.as_bytes().to_vec()).expect("a text");
    let mut record = pipeline::read(&source, &lexicon);
    let rules: Vec<&'static Rule> = ["RF005", "DL001"].iter().filter_map(|code| check::rule(code)).collect();
    let words = LinkLexicon::embedded().expect("embedded lexicons");
    let severities = |record: &Record| -> Vec<(&'static str, Severity)> {
        let found = audit(vec![record.clone()], &rules, &lexicon, &words);
        found.found.iter().map(|finding| (finding.code, finding.severity)).collect()
    };
    assert_eq!(severities(&record), [("RF005", Severity::Error), ("DL001", Severity::Error), ("DL001", Severity::Error)]);
    record.source.encoding = "ocr".to_owned();
    assert_eq!(severities(&record), [("RF005", Severity::Note), ("DL001", Severity::Note), ("DL001", Severity::Error)]);
}
