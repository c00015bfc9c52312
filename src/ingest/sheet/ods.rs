//! ODS → sheets: cells carry the text that is shown; only its signs may be another language's.

use std::collections::{BTreeMap, BTreeSet};

use super::{MOST_CELLS, Rich, Sheet, xlsx};
use crate::ingest::Reason;
use crate::ingest::archive::Archive;
use crate::ingest::blocks::Run;
use crate::ingest::xml::{Element, Node, tree};

const KIND: &str = "an OpenDocument spreadsheet (ODS)";

/// How often a cell that holds something is repeated at most.
const MOST_REPEATS: u32 = 1000;
/// How many cells are said again in all where cells and rows repeat. A row of twelve months of one value says it eleven times more;
/// a sheet filled to its last row and column is no document, however few bytes say so.
const MOST_SAID_AGAIN: usize = 100_000;

/// Reads the spreadsheet in an archive.
pub(in crate::ingest) fn read(archive: &mut Archive) -> Result<Vec<Sheet>, Reason> {
    archive.kind = KIND;
    let text = archive.required("content.xml")?;
    let root = tree(&text).map_err(|detail| Reason::Damaged(KIND, format!("content.xml: {detail}")))?;
    let looks = looks(&root);
    let hidden = hidden_styles(&root);
    let (mut budget, mut again) = (MOST_CELLS, MOST_SAID_AGAIN);
    let mut sheets = Vec::new();
    for table in root.find("spreadsheet").into_iter().flat_map(Element::elements).filter(|element| element.name == "table") {
        let mut reader = Reader {
            looks: &looks,
            sheet: Sheet {
                name: table.get("name").unwrap_or_default().to_owned(),
                hidden: table.get("style-name").is_some_and(|style| hidden.contains(style)),
                ..Sheet::default()
            },
            row: 0,
            budget,
            again,
        };
        reader.columns(table, &mut 0);
        reader.rows(table);
        (budget, again) = (reader.budget, reader.again);
        if budget == 0 {
            return Err(Reason::Bomb(format!("more than {MOST_CELLS} cells")));
        }
        sheets.push(reader.sheet);
    }
    Ok(sheets)
}

/// The styles of sheets that are not shown.
fn hidden_styles(root: &Element) -> BTreeSet<String> {
    let styles = root.child("document-content").and_then(|content| content.child("automatic-styles"));
    let hides = |style: &&Element| style.child("table-properties").is_some_and(|table| table.get("display") == Some("false"));
    let styles = styles.into_iter().flat_map(Element::elements).filter(hides);
    styles.filter_map(|style| style.get("name").map(str::to_owned)).collect()
}

/// Whether a row or column is not shown: hidden, or left out by a filter.
fn is_hidden(element: &Element) -> bool {
    matches!(element.get("visibility"), Some("collapse" | "filter"))
}

/// What a style says of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Look {
    font: Option<String>,
    raised: Option<bool>,
    struck: Option<bool>,
}

impl Look {
    /// What holds of words in a style that stands in this one.
    fn with(&self, inner: &Self) -> Self {
        Self {
            font: inner.font.clone().or_else(|| self.font.clone()),
            raised: inner.raised.or(self.raised),
            struck: inner.struck.or(self.struck),
        }
    }
}

/// The styles of cells and of words.
fn looks(root: &Element) -> BTreeMap<String, Look> {
    let Some(content) = root.child("document-content") else { return BTreeMap::new() };
    let faces: BTreeMap<&str, &str> = content
        .child("font-face-decls")
        .into_iter()
        .flat_map(Element::elements)
        .filter_map(|face| Some((face.get("name")?, face.get("font-family")?.trim_matches(['\'', '"']))))
        .collect();
    let styles = content.child("automatic-styles").into_iter().flat_map(Element::elements).filter(|style| style.name == "style");
    styles
        .filter_map(|style| {
            let properties = style.child("text-properties")?;
            let font = properties.get("font-name").map(|font| (*faces.get(font).unwrap_or(&font)).to_owned());
            // `super 58%`, or a share of the height: `33% 58%`.
            let place = properties.get("text-position").and_then(|place| place.split_whitespace().next());
            let raised = place.map(|place| {
                place == "super"
                    || place.strip_suffix('%').and_then(|share| share.parse::<f64>().ok()).is_some_and(|share| share > 0.0)
            });
            let lines = ["text-line-through-style", "text-line-through-type"].into_iter().filter_map(|name| properties.get(name));
            let struck = lines.map(|line| line != "none").reduce(|one, other| one && other);
            Some((style.get("name")?.to_owned(), Look { font, raised, struck }))
        })
        .collect()
}

struct Reader<'a> {
    looks: &'a BTreeMap<String, Look>,
    sheet: Sheet,
    row: u32,
    budget: usize,
    /// How many cells may be said again.
    again: usize,
}

impl Reader<'_> {
    /// Takes note of hidden columns.
    fn columns(&mut self, parent: &Element, at: &mut u32) {
        for element in parent.elements() {
            match element.name.as_str() {
                "table-column" => {
                    let next = at.saturating_add(number(element, "number-columns-repeated"));
                    if is_hidden(element) {
                        self.sheet.hidden_columns.push((*at, next - 1));
                    }
                    *at = next;
                }
                "table-header-columns" | "table-columns" | "table-column-group" => self.columns(element, at),
                _ => {}
            }
        }
    }

    fn rows(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "table-row" => {
                    let repeated = number(element, "number-rows-repeated");
                    let before = self.sheet.cells.len();
                    let first = self.row;
                    if is_hidden(element) {
                        let last = first.saturating_add(repeated.min(MOST_REPEATS));
                        self.sheet.hidden_rows.extend(first..last);
                    }
                    self.cells(element);
                    let written = self.sheet.cells.len() - before;
                    let times = if written > 0 { repeated.min(MOST_REPEATS) } else { 1 };
                    for offset in 1..times {
                        if self.again < written {
                            break;
                        }
                        self.again -= written;
                        self.row = first.saturating_add(offset);
                        self.cells(element);
                    }
                    self.row = first.saturating_add(repeated);
                }
                "table-header-rows" | "table-rows" | "table-row-group" => self.rows(element),
                _ => {}
            }
        }
    }

    fn cells(&mut self, row: &Element) {
        let mut column = 0_u32;
        for cell in row.elements().filter(|cell| matches!(cell.name.as_str(), "table-cell" | "covered-table-cell")) {
            let repeated = number(cell, "number-columns-repeated");
            let runs = self.runs(cell, column);
            let filled = !runs.is_empty() && cell.name == "table-cell";
            if filled {
                for offset in 0..repeated.min(MOST_REPEATS) {
                    if offset > 0 && self.again == 0 {
                        break;
                    }
                    self.again -= usize::from(offset > 0);
                    if self.budget > 0 {
                        self.budget -= 1;
                        self.sheet.cells.insert((self.row, column.saturating_add(offset)), runs.clone());
                    }
                }
                let (columns, rows) = (number(cell, "number-columns-spanned"), number(cell, "number-rows-spanned"));
                if columns > 1 || rows > 1 {
                    self.sheet.merges.push([
                        self.row,
                        column,
                        self.row.saturating_add(rows - 1),
                        column.saturating_add(columns - 1),
                    ]);
                }
            }
            column = column.saturating_add(repeated);
        }
    }

    fn runs(&mut self, cell: &Element, column: u32) -> Vec<Run> {
        let look = self.look(cell).cloned().unwrap_or_default();
        let mut pieces: Vec<(String, Look)> = Vec::new();
        for paragraph in cell.elements().filter(|element| element.name == "p") {
            if let Some((text, _)) = pieces.last_mut() {
                text.push('\n');
            }
            self.words(paragraph, &look, &mut pieces);
        }
        // `#DIV/0!` is no number and no word.
        let is_error = pieces
            .first()
            .is_some_and(|(text, _)| text.starts_with("Err:") || text.starts_with('#') && text.ends_with(['!', '?', 'A']));
        if is_error {
            self.sheet.errors.push((self.row, column, pieces.first().map(|(text, _)| text.clone()).unwrap_or_default()));
        }
        if is_error || pieces.iter().all(|(text, _)| text.trim().is_empty()) {
            return Vec::new();
        }
        let whole: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
        let shown = match (cell.get("value-type"), cell.get("date-value"), cell.get("value")) {
            (Some("date"), Some(date), _) => Some(xlsx::iso(date)),
            (Some("float" | "percentage" | "currency"), _, Some(value)) => Some(vietnamese(&whole, value)),
            _ => None,
        };
        if let Some(text) = shown {
            pieces = vec![(text, Look { raised: None, ..look })];
        }
        // A whole cell that is raised is no mark.
        let several = pieces.len() > 1;
        self.sheet.rich(pieces.iter().map(|(text, look)| Rich {
            text,
            font: look.font.clone(),
            struck: look.struck == Some(true),
            raised: several && look.raised == Some(true),
        }))
    }

    fn look(&self, element: &Element) -> Option<&Look> {
        element.get("style-name").and_then(|style| self.looks.get(style))
    }

    fn words(&self, parent: &Element, look: &Look, pieces: &mut Vec<(String, Look)>) {
        for node in &parent.children {
            match node {
                Node::Text(text) => push(pieces, text, look),
                Node::Element(element) => match element.name.as_str() {
                    "s" | "tab" | "line-break" => push(pieces, " ", look),
                    "span" | "a" => {
                        let own = self.look(element).map_or_else(|| look.clone(), |own| look.with(own));
                        self.words(element, &own, pieces);
                    }
                    _ => {}
                },
            }
        }
    }
}

fn push(pieces: &mut Vec<(String, Look)>, text: &str, look: &Look) {
    match pieces.last_mut() {
        Some((last, same)) if same == look => last.push_str(text),
        _ => pieces.push((text.to_owned(), look.clone())),
    }
}

fn number(element: &Element, name: &str) -> u32 {
    element.get(name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}

/// A shown number with the signs of a Vietnamese reader: `1,305.5` of an English file is `1.305,5`.
fn vietnamese(shown: &str, value: &str) -> String {
    let Ok(value) = value.parse::<f64>() else { return shown.to_owned() };
    let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-')).collect();
    let scale = if shown.contains('%') { 100.0 } else { 1.0 };
    let reads = |text: &str| {
        text.parse::<f64>()
            .is_ok_and(|read| (read - value * scale).abs() <= 0.51 * 10_f64.powi(-i32::try_from(decimals(text)).unwrap_or(0)))
    };
    let english = digits.replace(',', "");
    let local = digits.replace('.', "").replace(',', ".");
    if reads(&english) && !reads(&local) {
        let swap = |c: char| match c {
            '.' => ',',
            ',' => '.',
            c => c,
        };
        return shown.chars().map(swap).collect();
    }
    shown.to_owned()
}

fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_signs_of_the_reader() {
        for (shown, value, wanted) in [
            ("6.8", "6.8", "6,8"),
            ("6,8", "6.8", "6,8"),
            ("1,305.5", "1305.5", "1.305,5"),
            ("1.305", "1305", "1.305"),
            ("12.5%", "0.125", "12,5%"),
            ("1,305", "1305", "1.305"),
            ("7", "7", "7"),
        ] {
            assert_eq!(vietnamese(shown, value), wanted, "{shown}");
        }
    }
}
