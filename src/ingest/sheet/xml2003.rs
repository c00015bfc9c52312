//! A workbook of Excel 2003 as one XML file (`<Workbook><Worksheet><Table><Row><Cell><Data>`) → sheets.
//!
//! Ministries' and banks' programs still export it, mostly under the name `.xls`.

use std::collections::BTreeMap;

use super::{MOST_CELLS, Rich, Sheet, format, xlsx};
use crate::ingest::Reason;
use crate::ingest::xml::{Element, Node, tree};

const KIND: &str = "an Excel 2003 workbook (XML)";

/// How a style looks.
#[derive(Clone, Debug, Default)]
struct Look {
    format: String,
    font: Option<String>,
    struck: bool,
}

/// Reads the workbook.
pub(in crate::ingest) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Reason> {
    let text = decode(bytes);
    let root = tree(text.trim_start_matches('\u{FEFF}')).map_err(|detail| Reason::Damaged(KIND, detail))?;
    let Some(book) = root.child("Workbook") else { return Err(Reason::Damaged(KIND, "it holds no workbook".into())) };
    let looks = looks(book);
    let mut budget = MOST_CELLS;
    let mut sheets = Vec::new();
    for listed in book.elements().filter(|element| element.name == "Worksheet") {
        let hidden = listed
            .child("WorksheetOptions")
            .and_then(|options| options.child("Visible"))
            .is_some_and(|visible| visible.text().contains("Hidden"));
        let mut sheet = Sheet { name: listed.get("Name").unwrap_or_default().to_owned(), hidden, ..Sheet::default() };
        for table in listed.elements().filter(|element| element.name == "Table") {
            read_table(table, &looks, &mut sheet, &mut budget);
        }
        if budget == 0 {
            return Err(Reason::Bomb(format!("more than {MOST_CELLS} cells")));
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// UTF-8, UTF-16 with a mark, or what the declaration says.
fn decode(bytes: &[u8]) -> String {
    let head: String = bytes[..bytes.len().min(200)].iter().map(|byte| char::from(*byte)).collect();
    let told = head.split("encoding=").nth(1).and_then(|rest| rest.get(1..)?.split(['"', '\'']).next().map(str::to_owned));
    let told = told.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    let encoding = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or(told).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(bytes).0.into_owned()
}

fn looks(book: &Element) -> BTreeMap<String, Look> {
    let styles = book.child("Styles").into_iter().flat_map(Element::elements);
    let mut looks: BTreeMap<String, Look> = BTreeMap::new();
    for style in styles {
        let Some(id) = style.get("ID") else { continue };
        let parent = style.get("Parent").unwrap_or("Default");
        let mut look = looks.get(parent).cloned().unwrap_or_default();
        if let Some(code) = style.child("NumberFormat").and_then(|number| number.get("Format")) {
            look.format = named(code).to_owned();
        }
        if let Some(font) = style.child("Font") {
            look.font = font.get("FontName").map(str::to_owned).or(look.font);
            look.struck = font.get("StrikeThrough") == Some("1") || look.struck;
        }
        looks.insert(id.to_owned(), look);
    }
    looks
}

/// The names that these files have for formats.
fn named(code: &str) -> &str {
    match code {
        "Percent" => "0.00%",
        "Fixed" => "0.00",
        "Standard" => "#,##0.00",
        "Short Date" | "General Date" | "Medium Date" | "Long Date" => "dd/mm/yyyy",
        code => code,
    }
}

fn read_table(table: &Element, looks: &BTreeMap<String, Look>, sheet: &mut Sheet, budget: &mut usize) {
    let number = |element: &Element, name: &str| element.get(name).and_then(|value| value.parse::<u32>().ok());
    let hides = |element: &Element| element.get("Hidden") == Some("1");
    let mut at = 0_u32;
    for column in table.elements().filter(|element| element.name == "Column") {
        at = number(column, "Index").and_then(|index| index.checked_sub(1)).unwrap_or(at);
        let last = at.saturating_add(number(column, "Span").unwrap_or_default());
        if hides(column) || column.get("Width") == Some("0") {
            sheet.hidden_columns.push((at, last));
        }
        at = last.saturating_add(1);
    }
    let mut row = 0_u32;
    for line in table.elements().filter(|element| element.name == "Row") {
        row = number(line, "Index").and_then(|index| index.checked_sub(1)).unwrap_or(row);
        if hides(line) || line.get("Height") == Some("0") {
            sheet.hidden_rows.insert(row);
        }
        let mut column = 0_u32;
        for cell in line.elements().filter(|element| element.name == "Cell") {
            column = number(cell, "Index").and_then(|index| index.checked_sub(1)).unwrap_or(column);
            let (across, down) = (number(cell, "MergeAcross").unwrap_or_default(), number(cell, "MergeDown").unwrap_or_default());
            if across + down.min(1) > 0 {
                sheet.merges.push([row, column, row.saturating_add(down), column.saturating_add(across)]);
            }
            if let Some(data) = cell.child("Data")
                && *budget > 0
            {
                *budget -= 1;
                let style = cell.get("StyleID").or_else(|| line.get("StyleID")).unwrap_or("Default");
                read_cell(data, looks.get(style), (row, column), sheet);
            }
            column = column.saturating_add(across).saturating_add(1);
        }
        row = row.saturating_add(1).saturating_add(number(line, "Span").unwrap_or_default());
    }
}

fn read_cell(data: &Element, look: Option<&Look>, (row, column): (u32, u32), sheet: &mut Sheet) {
    let usual = Look::default();
    let look = look.unwrap_or(&usual);
    let words = data.text();
    let text = match data.get("Type") {
        Some("Error") => {
            sheet.errors.push((row, column, words));
            return;
        }
        Some("Number") => match words.trim().parse::<f64>() {
            Ok(value) => format::show(value, &look.format, false),
            Err(_) => words,
        },
        Some("DateTime") => xlsx::iso(words.trim()),
        Some("Boolean") => if words.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        _ => {
            let mut pieces = Vec::new();
            collect(data, (look.font.as_deref(), look.struck, false), &mut pieces, 0);
            let rich = pieces.iter().map(|(text, font, struck, raised)| Rich {
                text,
                font: font.clone(),
                struck: *struck,
                raised: *raised,
            });
            sheet.set_rich(row, column, rich);
            return;
        }
    };
    sheet.set_rich(
        row,
        column,
        std::iter::once(Rich { text: &text, font: look.font.clone(), struck: look.struck, raised: false }),
    );
}

/// The pieces of a text with elements of HTML in it: `<Sup>2</Sup>`, `<S>`, `<Font html:Face="…">`.
fn collect(
    parent: &Element,
    (font, struck, raised): (Option<&str>, bool, bool),
    pieces: &mut Vec<(String, Option<String>, bool, bool)>,
    depth: usize,
) {
    if depth > 16 {
        return;
    }
    for node in &parent.children {
        match node {
            Node::Text(text) => pieces.push((text.clone(), font.map(str::to_owned), struck, raised)),
            Node::Element(element) => {
                let font = if element.name == "Font" { element.get("Face").or(font) } else { font };
                let look = (font, struck || element.name == "S", raised || element.name == "Sup");
                collect(element, look, pieces, depth + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_merges_errors_and_marks_are_read() {
        let book = r##"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:h="http://www.w3.org/TR/REC-html40">
            <Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles>
            <Worksheet ss:Name="Biểu"><Table><Column/><Column ss:Hidden="1"/>
            <Row><Cell ss:MergeAcross="2"><Data ss:Type="String">BIỂU MẪU</Data></Cell></Row>
            <Row ss:Index="3"><Cell ss:StyleID="p"><Data ss:Type="Number">0.125</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">95<h:Sup>2</h:Sup> con<h:S> cũ</h:S></Data></Cell></Row>
            <Row ss:Hidden="1"><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data></Cell></Row>
            </Table></Worksheet></Workbook>"##;
        let sheets = read(book.as_bytes()).expect("read");
        let sheet = &sheets[0];
        let text = |row, column| sheet.cells[&(row, column)].iter().map(|run| run.text.as_str()).collect::<String>();
        assert_eq!(
            (text(0, 0), text(2, 0), text(2, 2), text(3, 1)),
            ("BIỂU MẪU".into(), "12,50%".into(), "95<sup>2</sup> con".into(), "05/03/2026".into())
        );
        assert_eq!(sheet.merges, [[0, 0, 0, 2]]);
        assert_eq!(
            (sheet.hidden_columns.clone(), sheet.hidden_rows.iter().copied().collect::<Vec<_>>()),
            (vec![(1, 1)], vec![3])
        );
        assert_eq!((sheet.errors.clone(), sheet.struck.clone()), (vec![(3, 0, "#N/A".to_owned())], vec!["cũ".to_owned()]));
    }
}
