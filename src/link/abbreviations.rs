//! Abbreviations that a document defines itself: `thủ tục hành chính (TTHC)`; they go before the general ones.
//!
//! A bracket that holds anything else, `(gồm cả hộ cận nghèo)`, `(MR)` behind words of other letters, defines none.

use crate::record::Record;
use crate::words::without_marks;

/// Abbreviations that a record's texts define, each once; the first definition holds.
#[must_use]
pub fn of_record(record: &Record) -> Vec<(String, String)> {
    let titles = record.document.title.iter().chain(record.sections.iter().map(|section| &section.title));
    let indicators = record.targets.iter().map(|target| &target.indicator);
    of_texts(titles.chain(indicators).chain(record.tasks.iter().map(|task| &task.text)).map(String::as_str))
}

/// Abbreviations that texts of one document define, each once; the first definition holds.
pub fn of_texts<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for text in texts.filter(|text| text.contains('(')) {
        for (short, long) in definitions(text) {
            if !found.iter().any(|(known, _)| *known == short) {
                found.push((short, long));
            }
        }
    }
    found
}

/// Abbreviations that a text defines where they first stand: `thủ tục hành chính (TTHC)`.
///
/// The letters must be the first ones of the words before, in their order; a word may be passed over.
#[must_use]
pub fn definitions(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('(') {
        let Some(close) = text[open..].find(')').map(|length| open + length) else { break };
        let short = text[open + 1..close].trim();
        let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
        let sound = (2..=8).contains(&letters.len())
            && letters.iter().all(|c| crate::words::is_upper(*c))
            && short.chars().all(|c| c.is_alphabetic() || "&-/".contains(c));
        if !sound {
            continue;
        }
        let words: Vec<&str> =
            text[..open].split(|c: char| c.is_whitespace() || ",;:-–/".contains(c)).filter(|word| !word.is_empty()).collect();
        // The shortest run of words before the bracket whose first letters these are.
        // `phản ánh hiện trường (PAHT)`: letters stand for words whatever their diacritics.
        let plain = |c: char| without_marks(&c.to_string());
        let initial = |word: &str| word.chars().next().map(plain);
        let fits = |run: &[&str]| {
            let mut left = letters.iter().map(|c| plain(*c)).peekable();
            let mut passed = 0;
            for word in run {
                if initial(word).as_ref() == left.peek() {
                    left.next();
                } else {
                    passed += 1;
                }
            }
            left.peek().is_none() && passed <= 1 && initial(run[0]) == letters.first().map(|c| plain(*c))
        };
        let run = (letters.len()..=letters.len() + 1)
            .filter(|length| *length <= words.len())
            .map(|length| &words[words.len() - length..])
            .find(|run| fits(run));
        if let Some(run) = run {
            found.push((short.to_owned(), run.join(" ")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_defined_by_their_first_letters() {
        let two = ["CNSCĐ = công nghệ số cộng đồng", "PAHT = phản ánh hiện trường"];
        for (text, wanted) in [
            ("xây dựng nông thôn mới (NTM) bền vững", &["NTM = nông thôn mới"][..]),
            ("Tổ công nghệ số cộng đồng (CNSCĐ), phản ánh hiện trường (PAHT)", &two),
            ("vắc xin sởi - rubella (MR)", &[]),
            ("giảm nghèo (gồm cả hộ cận nghèo)", &[]),
            ("mở ngoặc (", &[]),
            ("(TTHC)", &[]),
        ] {
            let found: Vec<String> = definitions(text).iter().map(|(short, long)| format!("{short} = {long}")).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
