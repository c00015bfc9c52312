//! Tables of a DOCX: `gridSpan` joins columns, `vMerge` goes on with the cell above.

use super::{DEEPEST, Reader};
use crate::ingest::blocks::{Cell, Slot, Table};
use crate::ingest::xml::Element;

/// The most columns that a row is given.
const WIDEST: usize = 256;

impl Reader<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, element: &Element, depth: usize) -> Table {
        let mut table = Table { ruled: is_ruled(element), ..Table::default() };
        self.rows(element, &mut table, depth);
        table
    }

    fn rows(&mut self, parent: &Element, table: &mut Table, depth: usize) {
        for element in parent.elements() {
            match element.name.as_str() {
                "tr" => self.row(element, table, depth),
                "sdt" | "sdtContent" | "ins" | "customXml" if depth < DEEPEST => self.rows(element, table, depth + 1),
                _ => {}
            }
        }
    }

    fn row(&mut self, element: &Element, table: &mut Table, depth: usize) {
        let properties = element.child("trPr");
        if properties.is_some_and(|properties| properties.child("del").is_some()) {
            return;
        }
        let number =
            |name: &str| properties.and_then(|properties| properties.value(name)).and_then(|value| value.parse::<usize>().ok());
        let mut slots = vec![Slot::None; number("gridBefore").unwrap_or_default().min(WIDEST)];
        self.cells(element, table, &mut slots, depth);
        table.rows.push(slots);
    }

    fn cells(&mut self, parent: &Element, table: &mut Table, slots: &mut Vec<Slot>, depth: usize) {
        for element in parent.elements() {
            match element.name.as_str() {
                "tc" => {}
                "sdt" | "sdtContent" | "customXml" | "ins" if depth < DEEPEST => {
                    self.cells(element, table, slots, depth + 1);
                    continue;
                }
                _ => continue,
            }
            let properties = element.child("tcPr");
            let columns = properties
                .and_then(|properties| properties.value("gridSpan"))
                .and_then(|value| value.parse::<usize>().ok())
                .unwrap_or(1);
            let columns = columns.clamp(1, WIDEST);
            let merge = |name: &str| {
                properties.and_then(|properties| properties.child(name)).map(|merge| merge.get("val") == Some("restart"))
            };
            let mut blocks = Vec::new();
            self.blocks(element, &mut blocks, depth + 1);
            if slots.len() + columns > WIDEST {
                continue;
            }
            // hMerge, of older files: goes on with the cell at the left.
            if merge("hMerge") == Some(false)
                && let Some(Slot::Cell(left) | Slot::Beside(left)) = slots.last().copied()
            {
                slots.push(Slot::Beside(left));
                continue;
            }
            let above = table.rows.last().and_then(|row| row.get(slots.len())).copied();
            let (first, index) = match above {
                Some(Slot::Cell(above) | Slot::Below(above)) if merge("vMerge") == Some(false) => (Slot::Below(above), above),
                _ => {
                    table.cells.push(Cell { blocks });
                    let index = table.cells.len() - 1;
                    (Slot::Cell(index), index)
                }
            };
            slots.push(first);
            slots.extend((1..columns).map(|_| Slot::Beside(index)));
        }
    }
}

/// Whether lines are drawn: by the table, or by its cells; `None` where a style decides.
fn is_ruled(element: &Element) -> Option<bool> {
    let drawn = |borders: &Element| borders.elements().any(|side| !matches!(side.get("val"), Some("nil" | "none") | None));
    let properties = element.child("tblPr");
    let table = properties.and_then(|properties| properties.child("tblBorders"));
    let mut cells = element
        .elements()
        .filter(|row| row.name == "tr")
        .flat_map(Element::elements)
        .filter_map(|cell| cell.child("tcPr")?.child("tcBorders"));
    if table.is_some_and(drawn) || cells.any(drawn) {
        return Some(true);
    }
    let styled = properties.is_some_and(|properties| properties.child("tblStyle").is_some());
    if styled && table.is_none() { None } else { Some(false) }
}
