//! The audit as one page that opens offline: findings with both passages, documents with every value marked, targets, series, coverage,
//! deadlines.
//!
//! What documents say is data. It stands as JSON in blocks that no browser runs, with `<` written `\u003c`, and the page's script brings
//! it in as text nodes. The page's policy allows this one script and this one style sheet, by their hashes, and nothing from outside.

mod data;

use std::collections::HashMap;
use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::coverage::Coverage;
use super::{Lang, Outcome};
use crate::check::Case;
use crate::link::Collection;

const SCRIPT: &str = include_str!("html/app.js");
const STYLE: &str = include_str!("html/style.css");

/// What the page shows.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The audit.
    pub outcome: &'a Outcome,
    /// Its documents.
    pub cases: &'a [Case<'a>],
    /// The same documents, linked.
    pub collection: &'a Collection,
    /// Which targets of upper plans are taken up.
    pub coverage: &'a Coverage,
    /// Source texts by path, as far as they are at hand.
    pub texts: &'a HashMap<String, String>,
    /// The language of the page.
    pub lang: Lang,
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
    let (title, skip, script) = (word("report"), word("skip"), word("script"));
    let lang = if page.lang == Lang::Vi { "vi" } else { "en" };
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">{skip}</a>\n<header><h1>{title}</h1></header>\n\
         <div id=\"live\" role=\"status\" class=\"skip\"></div>\n<main id=\"main\"><noscript>{script}</noscript></main>\n"
    );
    block(&mut out, "data", &data::data(page, lang, words));
    for (at, case) in page.cases.iter().enumerate() {
        if let Some(text) = page.texts.get(&case.record.source.path) {
            block(&mut out, &format!("doc-{at}"), &data::document(case, text));
        }
    }
    let _ = write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// Data as a block that no browser runs and that nothing in it can end.
fn block(out: &mut String, id: &str, data: &Value) {
    let json = data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let _ = writeln!(out, "<script type=\"application/json\" id=\"{id}\">{json}</script>");
}

/// The SHA-256 of a text in base64, as policies name it.
fn hash(text: &str) -> String {
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
        for part in ["severities", "kinds", "families", "taken"] {
            assert_eq!(keys(&vi[part]), keys(&en[part]), "{part}");
        }
        for rule in crate::check::rules::RULES {
            assert!(vi["families"][&rule.code[..2]].is_string(), "{} is of a family without a name", rule.code);
        }
    }
}
