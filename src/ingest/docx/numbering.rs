//! Automatic numbers: the text has none, the reader sees `I.`, `1.1.`, `a)`, `-`.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::xml::Element;

/// The levels of a list.
const LEVELS: usize = 9;

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1.%2.`
    text: String,
    /// Numbers of all levels in digits: `1.1` under `I`.
    legal: bool,
    /// What stands between the number and the text.
    behind: &'static str,
    /// After which level it starts again; `None` for any above it, 0 for none.
    restart: Option<usize>,
    font: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct List {
    base: String,
    levels: BTreeMap<usize, Level>,
    starts: BTreeMap<usize, u32>,
}

/// The lists of a document, and how far each is counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    bases: BTreeMap<String, BTreeMap<usize, Level>>,
    lists: BTreeMap<String, List>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Lists whose own start was used.
    begun: BTreeSet<(String, usize)>,
}

impl Numbering {
    pub(super) fn read(root: &Element) -> Self {
        let mut numbering = Self::default();
        let Some(root) = root.child("numbering") else { return numbering };
        let mut links: BTreeMap<String, String> = BTreeMap::new();
        let mut named: BTreeMap<String, String> = BTreeMap::new();
        for base in root.elements().filter(|element| element.name == "abstractNum") {
            let Some(id) = base.get("abstractNumId") else { continue };
            if let Some(style) = base.value("styleLink") {
                named.insert(style.to_owned(), id.to_owned());
            }
            if let Some(style) = base.value("numStyleLink") {
                links.insert(id.to_owned(), style.to_owned());
            }
            numbering.bases.insert(id.to_owned(), levels(base));
        }
        for list in root.elements().filter(|element| element.name == "num") {
            let (Some(id), Some(base)) = (list.get("numId"), list.value("abstractNumId")) else { continue };
            // A list that takes its levels from a style.
            let base = links.get(base).and_then(|style| named.get(style)).map_or(base, String::as_str);
            let mut read = List { base: base.to_owned(), ..List::default() };
            for change in list.elements().filter(|element| element.name == "lvlOverride") {
                let Some(level) = change.get("ilvl").and_then(|level| level.parse().ok()) else { continue };
                if let Some(start) = change.value("startOverride").and_then(|start| start.parse().ok()) {
                    read.starts.insert(level, start);
                }
                read.levels.extend(levels(change));
            }
            numbering.lists.insert(id.to_owned(), read);
        }
        numbering
    }

    /// Counts one paragraph of a list, and gives its number with the space behind it, and its font.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<(String, Option<String>)> {
        let level = level.min(LEVELS - 1);
        let known = self.lists.get(list)?;
        let base = self.bases.get(&known.base);
        let of = |level: usize| known.levels.get(&level).or_else(|| base?.get(&level));
        let own = of(level)?;
        let counts = self.counts.entry(known.base.clone()).or_default();
        let fresh = known.starts.contains_key(&level) && self.begun.insert((list.to_owned(), level));
        let start = known.starts.get(&level).copied().unwrap_or(own.start);
        counts[level] = Some(match counts[level] {
            Some(count) if !fresh => count.saturating_add(1),
            _ => start,
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restarts = of(deeper).and_then(|level| level.restart).is_none_or(|after| after > level);
            if restarts {
                *count = None;
            }
        }
        if own.format == "none" && !own.text.contains('%') && own.text.is_empty() {
            return None;
        }
        let mut text = String::new();
        if own.format == "bullet" {
            text.push_str(bullet(&own.text));
        } else {
            let mut characters = own.text.chars().peekable();
            while let Some(c) = characters.next() {
                let Some(digit) =
                    characters.peek().filter(|_| c == '%').and_then(|digit| digit.to_digit(10)).filter(|digit| *digit > 0)
                else {
                    text.push(c);
                    continue;
                };
                characters.next();
                let above = digit as usize - 1;
                let shown = of(above);
                let count = counts.get(above).copied().flatten().or_else(|| shown.map(|level| level.start)).unwrap_or(1);
                let format = shown.map_or("decimal", |level| level.format.as_str());
                text.push_str(&number(count, if own.legal && format != "none" { "decimal" } else { format }));
            }
        }
        if text.trim().is_empty() {
            return None;
        }
        if !text.ends_with(' ') {
            text.push_str(own.behind);
        }
        Some((text, own.font.clone()))
    }
}

fn levels(parent: &Element) -> BTreeMap<usize, Level> {
    let levels = parent.elements().filter(|element| element.name == "lvl");
    levels
        .filter_map(|level| {
            let number = |name: &str| level.value(name).and_then(|value| value.parse().ok());
            let fonts = level.child("rPr").and_then(|properties| properties.child("rFonts"));
            let read = Level {
                start: number("start").unwrap_or(0),
                format: level.value("numFmt").unwrap_or("decimal").to_owned(),
                text: level.value("lvlText").unwrap_or_default().to_owned(),
                legal: level.switch("isLgl") == Some(true),
                behind: if level.value("suff") == Some("nothing") { "" } else { " " },
                restart: number("lvlRestart").map(|after| after as usize),
                font: fonts.and_then(|fonts| fonts.get("hAnsi").or_else(|| fonts.get("ascii"))).map(str::to_owned),
            };
            Some((level.get("ilvl")?.parse().ok()?, read))
        })
        .collect()
}

/// A bullet as it is typed: those of symbol fonts are private characters.
fn bullet(text: &str) -> &str {
    match text.trim().chars().next() {
        Some('-' | '\u{F02D}' | '\u{2010}' | '\u{2011}' | '\u{AD}') => "-",
        Some('–' | '—' | '\u{2012}') => "–",
        Some('+' | '\u{F02B}') => "+",
        Some('*' | '\u{F02A}') => "*",
        None => "",
        Some(_) => "•",
    }
}

/// A number as a list writes it.
fn number(count: u32, format: &str) -> String {
    match format {
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperLetter" => letters(count, b'A'),
        "lowerLetter" => letters(count, b'a'),
        "decimalZero" => format!("{count:02}"),
        "none" | "bullet" => String::new(),
        _ => count.to_string(),
    }
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count == 0 || count > 3999 {
        return count.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while count >= value {
            out.push_str(sign);
            count -= value;
        }
    }
    out
}

/// `a` … `z`, `aa`, `bb`: as Word counts on.
fn letters(count: u32, first: u8) -> String {
    if count == 0 {
        return String::new();
    }
    let letter = char::from(first + u8::try_from((count - 1) % 26).unwrap_or_default());
    std::iter::repeat_n(letter, (count as usize - 1) / 26 + 1).take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::xml::tree;

    const XML: &str = r#"<numbering>
        <abstractNum abstractNumId="1">
          <lvl ilvl="0"><start val="1"/><numFmt val="upperRoman"/><lvlText val="%1."/></lvl>
          <lvl ilvl="1"><start val="1"/><numFmt val="decimal"/><isLgl/><lvlText val="%1.%2."/></lvl>
          <lvl ilvl="2"><start val="1"/><numFmt val="lowerLetter"/><lvlText val="%3)"/></lvl>
          <lvl ilvl="3"><start val="1"/><numFmt val="bullet"/><lvlText val="&#xF02D;"/></lvl>
        </abstractNum>
        <num numId="5"><abstractNumId val="1"/></num>
        <num numId="6"><abstractNumId val="1"/><lvlOverride ilvl="2"><startOverride val="1"/></lvlOverride></num>
      </numbering>"#;

    #[test]
    fn numbers_are_as_the_reader_sees_them() {
        let mut numbering = Numbering::read(&tree(XML).expect("read"));
        let wanted = [
            ("5", 0, "I. "),
            ("5", 1, "1.1. "),
            ("5", 2, "a) "),
            ("5", 2, "b) "),
            ("5", 3, "- "),
            ("5", 1, "1.2. "),
            ("5", 2, "a) "),
            ("6", 2, "a) "),
            ("6", 2, "b) "),
            ("5", 0, "II. "),
            ("5", 1, "2.1. "),
        ];
        for (list, level, label) in wanted {
            assert_eq!(numbering.next(list, level).map(|(text, _)| text).as_deref(), Some(label), "{list} {level}");
        }
        assert_eq!(numbering.next("9", 0), None);
    }

    #[test]
    fn counts_are_written_in_their_format() {
        for (count, format, wanted) in [
            (14, "upperRoman", "XIV"),
            (4, "lowerRoman", "iv"),
            (27, "lowerLetter", "aa"),
            (3, "upperLetter", "C"),
            (7, "decimalZero", "07"),
        ] {
            assert_eq!(number(count, format), wanted);
        }
    }
}
