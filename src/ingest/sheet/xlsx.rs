//! XLSX → sheets: values with the format and the font of their cells.

use std::collections::BTreeMap;

use super::{MOST_CELLS, Rich, Sheet, format};
use crate::ingest::Reason;
use crate::ingest::archive::Archive;
use crate::ingest::xml::{Element, Piece, Tag, tree, walk};

const KIND: &str = "an Excel workbook (XLSX)";

/// How characters look.
#[derive(Clone, Debug, Default)]
struct Face {
    font: Option<String>,
    struck: bool,
    raised: bool,
}

impl Face {
    /// Of `font` or `rPr`, whose element for the name is `name`.
    fn read(properties: &Element, name: &str) -> Self {
        Self {
            font: properties.value(name).map(str::to_owned),
            struck: properties.switch("strike").unwrap_or(false),
            raised: properties.value("vertAlign") == Some("superscript"),
        }
    }
}

/// What cells look like, by the number of their style.
#[derive(Default)]
struct Looks {
    formats: BTreeMap<u32, String>,
    fonts: Vec<Face>,
    /// Font and format of each style.
    styles: Vec<(usize, u32)>,
}

impl Looks {
    fn read(root: &Element) -> Self {
        let mut looks = Self::default();
        let Some(sheet) = root.child("styleSheet") else { return looks };
        let list = |name: &str| sheet.child(name).into_iter().flat_map(Element::elements);
        for format in list("numFmts") {
            if let (Some(id), Some(code)) = (format.get("numFmtId").and_then(|id| id.parse().ok()), format.get("formatCode")) {
                looks.formats.insert(id, code.to_owned());
            }
        }
        looks.fonts = list("fonts").map(|font| Face::read(font, "name")).collect();
        let number =
            |style: &Element, name: &str| style.get(name).and_then(|value| value.parse::<u32>().ok()).unwrap_or_default();
        looks.styles = list("cellXfs").map(|style| (number(style, "fontId") as usize, number(style, "numFmtId"))).collect();
        looks
    }

    fn face(&self, style: usize) -> Face {
        let (font, _) = self.styles.get(style).copied().unwrap_or_default();
        self.fonts.get(font).cloned().unwrap_or_default()
    }

    fn format(&self, style: usize) -> &str {
        let (_, id) = self.styles.get(style).copied().unwrap_or_default();
        self.formats.get(&id).map_or_else(|| format::builtin(id), String::as_str)
    }
}

/// The part that lists the sheets: `xl/workbook.xml`, or what the archive's relationships say.
pub(in crate::ingest) fn book_part(archive: &mut Archive) -> Result<String, Reason> {
    let told = archive.related("", "/officeDocument")?.into_iter().map(|(_, target)| target);
    let mut told = told.filter(|target| target.to_ascii_lowercase().ends_with("workbook.xml"));
    Ok(told.find(|target| archive.has(target)).unwrap_or_else(|| "xl/workbook.xml".into()))
}

/// Reads the workbook in an archive.
pub(in crate::ingest) fn read(archive: &mut Archive) -> Result<Vec<Sheet>, Reason> {
    archive.kind = KIND;
    let book_part = book_part(archive)?;
    let parse = |name: &str, text: &str| tree(text).map_err(|detail| Reason::Damaged(KIND, format!("{name}: {detail}")));
    let book = parse(&book_part, &archive.required(&book_part)?)?;
    let first = |archive: &mut Archive, kind: &str| -> Result<Option<Element>, Reason> {
        let Some((_, name)) = archive.related(&book_part, kind)?.into_iter().next() else { return Ok(None) };
        archive.text(&name)?.map(|text| parse(&name, &text)).transpose()
    };
    let looks = first(archive, "/styles")?.map(|root| Looks::read(&root)).unwrap_or_default();
    let shared: Vec<Vec<(String, Face)>> = first(archive, "/sharedStrings")?
        .and_then(|root| root.child("sst").map(|list| list.elements().filter(|item| item.name == "si").map(rich).collect()))
        .unwrap_or_default();
    let parts: BTreeMap<String, String> = archive.related(&book_part, "/worksheet")?.into_iter().collect();
    let since_1904 = book
        .find("workbookPr")
        .and_then(|properties| properties.get("date1904"))
        .is_some_and(|value| matches!(value, "1" | "true"));
    let mut sheets = Vec::new();
    let mut budget = MOST_CELLS;
    let listed = book.find("sheets").into_iter().flat_map(Element::elements).filter(|sheet| sheet.name == "sheet");
    for listed in listed {
        let Some(part) = listed.get("id").and_then(|id| parts.get(id)) else { continue };
        let Some(text) = archive.text(part)? else { continue };
        let hidden = matches!(listed.get("state"), Some("hidden" | "veryHidden"));
        let sheet = Sheet { name: listed.get("name").unwrap_or_default().to_owned(), hidden, ..Sheet::default() };
        let mut reader = Reader { sheet, looks: &looks, shared: &shared, since_1904, budget, ..Reader::new() };
        walk(&text, &mut |piece| reader.piece(piece)).map_err(|detail| Reason::Damaged(KIND, format!("{part}: {detail}")))?;
        budget = reader.budget;
        if budget == 0 {
            return Err(Reason::Bomb(format!("more than {MOST_CELLS} cells")));
        }
        sheets.push(reader.sheet);
    }
    Ok(sheets)
}

/// The runs of a text that may change its font inside; how it is read aloud (`rPh`) is left out.
fn rich(item: &Element) -> Vec<(String, Face)> {
    let mut pieces = Vec::new();
    for child in item.elements() {
        match child.name.as_str() {
            "t" => pieces.push((child.text(), Face::default())),
            "r" => {
                let face = child.child("rPr").map(|properties| Face::read(properties, "rFont")).unwrap_or_default();
                pieces.push((child.child("t").map(Element::text).unwrap_or_default(), face));
            }
            _ => {}
        }
    }
    pieces
}

static NO_LOOKS: Looks = Looks { formats: BTreeMap::new(), fonts: Vec::new(), styles: Vec::new() };

struct Reader<'a> {
    sheet: Sheet,
    looks: &'a Looks,
    shared: &'a [Vec<(String, Face)>],
    since_1904: bool,
    budget: usize,
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    inside: bool,
    /// The runs of a text inside its cell, and how the next one looks.
    pieces: Vec<(String, Face)>,
    face: Face,
    /// The cell holds a formula; it holds its value.
    formula: bool,
    valued: bool,
}

impl Reader<'_> {
    fn new() -> Self {
        Self {
            sheet: Sheet::default(),
            looks: &NO_LOOKS,
            shared: &[],
            since_1904: false,
            budget: 0,
            row: 0,
            column: 0,
            kind: String::new(),
            style: 0,
            value: String::new(),
            inside: false,
            pieces: Vec::new(),
            face: Face::default(),
            formula: false,
            valued: false,
        }
    }

    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(tag) => self.open(&tag),
            Piece::Text(text) if self.inside => self.value.push_str(text),
            Piece::Text(_) => {}
            Piece::Close("c") => {
                self.cell();
                self.column = self.column.saturating_add(1);
            }
            Piece::Close("v" | "t") => {
                self.inside = false;
                if self.kind == "inlineStr" {
                    let from = self.pieces.iter().map(|(text, _)| text.len()).sum::<usize>();
                    self.pieces.push((self.value.get(from..).unwrap_or_default().to_owned(), std::mem::take(&mut self.face)));
                }
            }
            Piece::Close("row") => self.row = self.row.saturating_add(1),
            Piece::Close(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.local() {
            "row" => {
                if let Some(row) = tag.get("r").and_then(|row| row.parse::<u32>().ok()).filter(|row| *row > 0) {
                    self.row = row - 1;
                }
                self.column = 0;
                if is_on(tag, "hidden") || is_flat(tag, "ht") {
                    self.sheet.hidden_rows.insert(self.row);
                }
            }
            "c" => {
                if let Some((row, column)) = tag.get("r").and_then(|name| place(&name)) {
                    (self.row, self.column) = (row, column);
                }
                self.kind = tag.get("t").unwrap_or_default();
                self.style = tag.get("s").and_then(|style| style.parse().ok()).unwrap_or_default();
                self.value.clear();
                self.pieces.clear();
                self.face = Face::default();
                (self.formula, self.valued) = (false, false);
            }
            "col" if is_on(tag, "hidden") || is_flat(tag, "width") => {
                let number = |name: &str| tag.get(name).and_then(|value| value.parse::<u32>().ok()).unwrap_or(1).max(1) - 1;
                self.sheet.hidden_columns.push((number("min"), number("max")));
            }
            // A text of several runs inside its cell.
            "is" => self.pieces.clear(),
            "r" if self.kind == "inlineStr" => self.face = Face::default(),
            "rFont" => self.face.font = tag.get("val"),
            "strike" => self.face.struck = tag.get("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false")),
            "vertAlign" => self.face.raised = tag.get("val").as_deref() == Some("superscript"),
            "f" => self.formula = true,
            "v" | "t" => {
                self.inside = true;
                self.valued = true;
            }
            "mergeCell" => {
                let range = tag.get("ref").unwrap_or_default();
                if let Some((first, last)) = range.split_once(':')
                    && let (Some((top, left)), Some((bottom, right))) = (place(first), place(last))
                {
                    self.sheet.merges.push([top, left, bottom, right]);
                }
            }
            _ => {}
        }
    }

    /// Sets the cell, whose own face is `face`, to the pieces of a text.
    fn pieces(&mut self, pieces: &[(String, Face)], face: &Face) {
        let rich = pieces.iter().map(|(text, own)| Rich {
            text,
            font: own.font.clone().or_else(|| face.font.clone()),
            struck: own.struck || face.struck,
            raised: own.raised || face.raised && pieces.len() > 1,
        });
        self.sheet.set_rich(self.row, self.column, rich);
    }

    fn cell(&mut self) {
        let value = std::mem::take(&mut self.value);
        // Text that a formula makes may be empty.
        let empty_text = self.valued && self.kind == "str";
        if self.formula && value.is_empty() && !empty_text && self.sheet.uncalculated.len() < MOST_CELLS {
            self.sheet.uncalculated.push((self.row, self.column));
        }
        if value.is_empty() || self.budget == 0 {
            return;
        }
        self.budget -= 1;
        let face = self.looks.face(self.style);
        let text = match self.kind.as_str() {
            "s" => {
                let Some(pieces) = value.trim().parse::<usize>().ok().and_then(|index| self.shared.get(index)) else { return };
                return self.pieces(pieces, &face);
            }
            "inlineStr" => {
                let pieces = std::mem::take(&mut self.pieces);
                return self.pieces(&pieces, &face);
            }
            "str" => value,
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            // `#DIV/0!` is no number and no word.
            "e" => {
                self.sheet.errors.push((self.row, self.column, value));
                return;
            }
            "d" => iso(&value),
            _ => match value.trim().parse::<f64>() {
                Ok(number) => format::show(number, self.looks.format(self.style), self.since_1904),
                Err(_) => value,
            },
        };
        self.pieces(&[(text, Face::default())], &face);
    }
}

fn is_on(tag: &Tag<'_>, name: &str) -> bool {
    matches!(tag.get(name).as_deref(), Some("1" | "true"))
}

/// Whether a height or width is 0, which hides as well.
fn is_flat(tag: &Tag<'_>, name: &str) -> bool {
    tag.get(name).and_then(|value| value.parse::<f64>().ok()).is_some_and(|size| size <= 0.0)
}

/// `2025-06-30T00:00:00` → `30/06/2025`.
pub(super) fn iso(value: &str) -> String {
    let day = value.split('T').next().unwrap_or(value);
    let parts: Vec<&str> = day.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => format!("{day}/{month}/{year}"),
        _ => value.to_owned(),
    }
}

/// `C12` → row 11, column 2.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let column =
        name.bytes().take(letters).fold(0_u32, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = name[letters..].parse::<u32>().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_rows_and_columns() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("$AB$12"), Some((11, 27)));
        assert_eq!(place("12"), None);
        assert_eq!(place("A0"), None);
    }
}
