//! The page of the review: one HTML file with its own script and style, which its policy allows by their hashes, and nothing else. What
//! documents and people say reaches it as JSON alone, and stands in it as text.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::report::html::{block, hash};

const SCRIPT: &str = include_str!("page/review.js");
const STYLE: &str = concat!(include_str!("../report/html/style.css"), include_str!("page/review.css"));

/// What the page may do: run its own script, wear its own style, ask this server, and show the pictures that it asked for: no markup names one.
#[must_use]
pub fn policy() -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; img-src blob:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}

/// Writes the page for `who`; `documents` are the keys of those that it is about, none: all.
pub(super) fn write(english: bool, who: &str, documents: &[i64]) -> String {
    let words: Value =
        serde_json::from_str(if english { include_str!("page/words.en.json") } else { include_str!("page/words.vi.json") })
            .unwrap_or_default();
    let (lang, title) = (if english { "en" } else { "vi" }, words["title"].as_str().unwrap_or_default().to_owned());
    let only: Vec<String> = documents.iter().map(|key| format!("{key:015x}")).collect();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body class=\"review\">\n<main id=\"main\"></main>\n\
         <div id=\"live\" role=\"status\" class=\"skip\"></div>\n"
    );
    block(&mut out, "data", &json!({"words": words, "lang": lang, "who": who, "only": only}));
    let _ = write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words() {
        let [vi, en]: [Value; 2] = [include_str!("page/words.vi.json"), include_str!("page/words.en.json")]
            .map(|text| serde_json::from_str(text).expect("JSON"));
        let keys = |words: &Value| words.as_object().map(|words| words.keys().cloned().collect::<Vec<_>>());
        assert_eq!(keys(&vi), keys(&en));
        for part in ["kinds", "fields", "status", "actions", "states", "sheets"] {
            assert_eq!(keys(&vi[part]), keys(&en[part]), "{part}");
        }
    }

    #[test]
    fn a_name_full_of_markup_is_no_markup() {
        let page = write(false, "</script><script>alert(1)</script>", &[]);
        assert_eq!(page.matches("<script").count(), 2, "the data and the page's own");
        assert!(policy().starts_with("default-src 'none'; script-src 'sha256-"));
    }
}
