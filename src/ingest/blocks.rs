//! Paragraphs and tables of a document with a layout (DOCX, HTML), before they are written as text.

/// A piece of text in one font.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    /// The characters, as the file has them.
    pub(super) text: String,
    /// The name of the font.
    pub(super) font: Option<String>,
    pub(super) bold: bool,
    /// Shown in capitals, whatever the letters are.
    pub(super) capitals: bool,
}

/// What stands in a line of text.
#[derive(Clone, Debug)]
pub(super) enum Inline {
    Run(Run),
    /// A footnote mark: `1`.
    Mark(String),
    /// A line break.
    Break,
    /// A tabulator.
    Tab,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// Its number or bullet, as the reader sees it, with the space behind it.
    pub(super) label: Option<Run>,
    pub(super) inlines: Vec<Inline>,
    /// The level of the heading that it is by its element or style, from 1; 0 where it is none.
    pub(super) level: u8,
    /// The footnotes whose marks stand in it.
    pub(super) notes: Vec<(String, Vec<Block>)>,
}

/// A paragraph or a table.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// What a place of a table's grid shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// No cell: a row is shorter than others.
    None,
    /// A cell begins here.
    Cell(usize),
    /// A cell goes on from above.
    Below(usize),
    /// A cell goes on from the left.
    Beside(usize),
}

/// A cell's content.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Block>,
}

/// A table, its cells laid out in a grid.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Slot>>,
    pub(super) cells: Vec<Cell>,
    /// Whether lines are drawn around cells; `None` where the file does not tell.
    pub(super) ruled: Option<bool>,
    /// How many rows were begun; cells from above may reach further.
    #[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only web pages place cells one by one"))]
    pub(super) begun: usize,
}

/// The most columns of a table.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only web pages place cells one by one"))]
const WIDEST: usize = 256;

#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only web pages place cells one by one"))]
impl Table {
    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        self.begun += 1;
        if self.rows.len() < self.begun {
            self.rows.push(Vec::new());
        }
    }

    /// Ends the table: a cell reaches no further than the last row.
    pub(super) fn finish(&mut self) {
        self.rows.truncate(self.begun);
    }

    /// Places a cell in the row begun last, behind what stands there; cells from above take their place first.
    pub(super) fn place(&mut self, cell: Cell, columns: usize, rows: usize) {
        let row = self.begun.saturating_sub(1);
        let taken = |slots: Option<&Vec<Slot>>, column: usize| {
            slots.and_then(|slots| slots.get(column)).is_some_and(|slot| *slot != Slot::None)
        };
        let mut column = 0;
        while taken(self.rows.get(row), column) {
            column += 1;
        }
        let index = self.cells.len();
        self.cells.push(cell);
        let columns = columns.clamp(1, WIDEST).min(WIDEST.saturating_sub(column));
        for line in row..row + rows.clamp(1, 4096) {
            if self.rows.len() <= line {
                self.rows.push(Vec::new());
            }
            let Some(slots) = self.rows.get_mut(line) else { break };
            if slots.len() < column + columns {
                slots.resize(column + columns, Slot::None);
            }
            for (offset, slot) in slots[column..column + columns].iter_mut().enumerate() {
                *slot = match (line == row, offset) {
                    (true, 0) => Slot::Cell(index),
                    (false, 0) => Slot::Below(index),
                    _ => Slot::Beside(index),
                };
            }
        }
    }

    /// How many columns it has.
    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }
}

/// Calls `visit` with every run, in order.
pub(super) fn for_each_run(blocks: &[Block], visit: &mut dyn FnMut(&Run)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                if let Some(label) = &paragraph.label {
                    visit(label);
                }
                for inline in &paragraph.inlines {
                    if let Inline::Run(run) = inline {
                        visit(run);
                    }
                }
                for (_, note) in &paragraph.notes {
                    for_each_run(note, visit);
                }
            }
            Block::Table(table) => {
                for cell in &table.cells {
                    for_each_run(&cell.blocks, visit);
                }
            }
        }
    }
}
