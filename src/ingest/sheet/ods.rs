//! ODS → sheets: cells carry the text that is shown; only its signs may be another language's.

use std::collections::{BTreeMap, BTreeSet};

use super::{MOST_CELLS, Sheet, xlsx};
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
    let fonts = fonts(&root);
    let hidden = hidden_styles(&root);
    let (mut budget, mut again) = (MOST_CELLS, MOST_SAID_AGAIN);
    let mut sheets = Vec::new();
    for table in root.find("spreadsheet").into_iter().flat_map(Element::elements).filter(|element| element.name == "table") {
        let mut reader = Reader {
            fonts: &fonts,
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

/// The fonts of the styles of cells and of words.
fn fonts(root: &Element) -> BTreeMap<String, String> {
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
            let font = style.child("text-properties").and_then(|properties| properties.get("font-name"))?;
            Some((style.get("name")?.to_owned(), (*faces.get(font).unwrap_or(&font)).to_owned()))
        })
        .collect()
}

struct Reader<'a> {
    fonts: &'a BTreeMap<String, String>,
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
        let fonts = self.fonts;
        let font = cell.get("style-name").and_then(|style| fonts.get(style));
        let mut runs: Vec<Run> = Vec::new();
        for paragraph in cell.elements().filter(|element| element.name == "p") {
            if let Some(run) = runs.last_mut() {
                run.text.push('\n');
            }
            self.words(paragraph, font, &mut runs);
        }
        // `#DIV/0!` is no number and no word.
        let is_error = runs
            .first()
            .is_some_and(|run| run.text.starts_with("Err:") || run.text.starts_with('#') && run.text.ends_with(['!', '?', 'A']));
        if is_error {
            self.sheet.errors.push((self.row, column, runs.first().map(|run| run.text.clone()).unwrap_or_default()));
        }
        if is_error || runs.iter().all(|run| run.text.trim().is_empty()) {
            return Vec::new();
        }
        match (cell.get("value-type"), cell.get("date-value"), cell.get("value")) {
            (Some("date"), Some(date), _) => vec![Run { text: xlsx::iso(date), ..Run::default() }],
            (Some("float" | "percentage" | "currency"), _, Some(value)) => {
                let shown: String = runs.iter().map(|run| run.text.as_str()).collect();
                vec![Run { text: vietnamese(&shown, value), font: font.cloned(), ..Run::default() }]
            }
            _ => runs,
        }
    }

    fn words(&self, parent: &Element, font: Option<&String>, runs: &mut Vec<Run>) {
        for node in &parent.children {
            match node {
                Node::Text(text) => push(runs, text, font),
                Node::Element(element) => match element.name.as_str() {
                    "s" | "tab" | "line-break" => push(runs, " ", font),
                    "span" | "a" => {
                        let own = element.get("style-name").and_then(|style| self.fonts.get(style)).or(font);
                        self.words(element, own, runs);
                    }
                    _ => {}
                },
            }
        }
    }
}

fn push(runs: &mut Vec<Run>, text: &str, font: Option<&String>) {
    match runs.last_mut() {
        Some(run) if run.font.as_ref() == font => run.text.push_str(text),
        _ => runs.push(Run { text: text.to_owned(), font: font.cloned(), ..Run::default() }),
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
