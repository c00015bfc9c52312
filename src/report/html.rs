//! Documents, and the audit of them, as one page that opens offline: findings with both passages, documents with every value marked,
//! targets, tasks, series, coverage, deadlines.
//!
//! What documents say is data. It stands as JSON in blocks that no browser runs, with `<` written `\u003c`, and the page's script brings
//! it in as text nodes. The page's policy allows this one script and this one style sheet, by their hashes, and nothing from outside.

mod data;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::coverage::Coverage;
use super::{Lang, Outcome};
use crate::check::Case;
use crate::ingest::own::MARK;
use crate::link::Collection;

/// The page's script: its files are one, in this order.
const SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("html/app/base.js"),
    include_str!("html/app/filters.js"),
    include_str!("html/app/summary.js"),
    include_str!("html/app/findings.js"),
    include_str!("html/app/lists.js"),
    include_str!("html/app/series.js"),
    include_str!("html/app/coverage.js"),
    include_str!("html/app/deadlines.js"),
    include_str!("html/app/reader.js"),
    include_str!("html/app/main.js"),
);
const STYLE: &str = include_str!("html/style.css");

/// What a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// What does not hold together, with the documents.
    Audit,
    /// What the documents say; the page says that findings are told elsewhere.
    Records,
}

/// In which words the documents were chosen that the page is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// Words of an issuer or unit.
    pub unit: Option<&'a str>,
    /// A year.
    pub year: Option<u16>,
    /// The path of the document that others are compared with; nothing else is told then.
    pub against: Option<&'a str>,
}

/// What the page shows.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// The audit.
    pub outcome: &'a Outcome,
    /// All documents, those too that others are only compared with.
    pub cases: &'a [Case<'a>],
    /// The same documents, linked.
    pub collection: &'a Collection,
    /// Which targets of upper plans are taken up.
    pub coverage: &'a Coverage,
    /// Source texts by path, as far as they are at hand.
    pub texts: &'a HashMap<String, String>,
    /// Paths of the documents that the page is about; `None`: all. Others stand on it only where they are quoted.
    pub asked: Option<&'a BTreeSet<String>>,
    /// How those were chosen.
    pub choice: Choice<'a>,
    /// The language of the page.
    pub lang: Lang,
}

impl Page<'_> {
    fn is_asked(&self, path: &str) -> bool {
        self.asked.is_none_or(|asked| asked.contains(path))
    }
}

/// Writes the page.
#[must_use]
pub fn write(page: &Page) -> String {
    let words: Value = serde_json::from_str(match page.lang {
        Lang::Vi => include_str!("html/words.vi.json"),
        Lang::En => include_str!("html/words.en.json"),
    })
    .unwrap_or_default();
    let word = |name: &str| words[name].as_str().unwrap_or_default().to_owned();
    let title = word(if page.purpose == Purpose::Audit { "report" } else { "records" });
    let (skip, script) = (word("skip"), word("script"));
    let lang = if page.lang == Lang::Vi { "vi" } else { "en" };
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"generator\" content=\"{MARK}\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">{skip}</a>\n<header><h1>{title}</h1><p id=\"choice\" hidden></p></header>\n\
         <div id=\"live\" role=\"status\" class=\"skip\"></div>\n<main id=\"main\"><noscript>{script}</noscript></main>\n"
    );
    let chosen = data::Chosen::of(page);
    block(&mut out, "data", &data::data(page, &chosen, words));
    for (place, at) in chosen.cases.iter().enumerate() {
        let case = &page.cases[*at];
        if let Some(text) = page.texts.get(&case.record.source.path) {
            block(&mut out, &format!("doc-{place}"), &data::document(case, text, page.lang));
        }
    }
    let _ = write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// Data as a block that no browser runs and that nothing in it can end.
pub fn block(out: &mut String, id: &str, data: &Value) {
    let json = data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let _ = writeln!(out, "<script type=\"application/json\" id=\"{id}\">{json}</script>");
}

/// The SHA-256 of a text in base64, as policies name it.
#[must_use]
pub fn hash(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(text.as_bytes());
    let mut out = String::with_capacity(44);
    for three in digest.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_policies_name_them() {
        assert_eq!(hash(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(hash("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    #[test]
    fn nothing_in_a_block_ends_it() {
        let mut out = String::new();
        block(&mut out, "data", &Value::from("</script><script>alert(1)</script><!--"));
        assert_eq!(out.matches('<').count(), 2, "{out}");
        let json = out.split_once('>').and_then(|(_, rest)| rest.split_once("</script>")).map(|(json, _)| json.to_owned());
        let back: Value = serde_json::from_str(&json.expect("a block")).expect("JSON");
        assert_eq!(back, "</script><script>alert(1)</script><!--");
    }

    #[test]
    fn both_languages_have_the_same_words() {
        let [vi, en]: [Value; 2] = [include_str!("html/words.vi.json"), include_str!("html/words.en.json")]
            .map(|text| serde_json::from_str(text).expect("JSON"));
        let keys = |words: &Value| words.as_object().map(|words| words.keys().cloned().collect::<Vec<_>>());
        assert_eq!(keys(&vi), keys(&en));
        for part in ["many", "severities", "kinds", "families", "taken"] {
            assert_eq!(keys(&vi[part]), keys(&en[part]), "{part}");
        }
        for rule in crate::check::rules::RULES {
            assert!(vi["families"][&rule.code[..2]].is_string(), "{} is of a family without a name", rule.code);
        }
    }
}
