//! [`Lines`] → [`Document`]: head, title, preamble, section tree, tables, footnotes,
//! signature and annexes.
//!
//! Papers were told apart before ([`crate::paper`]); here lines are joined into paragraphs, tables are rebuilt, and markers make the section tree. All text of the
//! document is written, joined, into one [`Text`] with the way back to the source.

mod asides;
mod groups;
mod head;
mod headings;
mod numbering;
mod opening;
mod outline;
mod reflow;
mod signature;
mod table;

use std::ops::Range;

use crate::lexicon::{ColumnKind, Lexicon};
use crate::normalize::Lines;
use crate::paper::{self, Role};
use crate::text::{Span, Text};

pub use crate::marker;
pub use asides::Aside;
pub use head::Head;
pub use numbering::Step;
pub use signature::Signature;

/// Whether something stands in the body or in an annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the first heading: căn cứ, thực hiện.
    Preamble,
    /// In the body.
    Body,
    /// In an annex.
    Annex,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading with nothing behind it.
    Heading,
    /// What stands behind a run-in heading, or a marked sentence.
    RunIn,
    /// A list item with a bullet.
    Bullet(char),
    /// A paragraph without a marker.
    Paragraph,
    /// A footnote.
    Note,
}

/// A paragraph, item or heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words in [`Document::text`], without marker, and without the heading they are run in behind.
    pub span: Span,
    /// Index of the section that it stands in.
    pub section: Option<usize>,
    /// Preamble, body or annex.
    pub place: Place,
}

/// A section: a heading and all under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Markers from the top, joined with dots.
    pub path: String,
    /// Its title in [`Document::text`].
    pub title: Span,
    /// Depth, 1 at the top.
    pub level: u32,
    /// Index of the section above.
    pub parent: Option<usize>,
    /// Body or annex.
    pub place: Place,
    /// How many marked items or headings stand right under it, where they count up from one in one form.
    pub items: Option<u32>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its label, and before it those that stand over it and others.
    pub label: Span,
    /// Its own label alone: `Thực hiện` of `Năm 2026 Thực hiện`.
    pub own: Span,
    /// What it holds.
    pub kind: Option<ColumnKind>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells, one a column; an empty span for an empty cell.
    pub cells: Vec<Span>,
    /// Whether it titles the rows below.
    pub group: bool,
    /// Index of the section that it stands in: its group's, or its table's.
    pub section: Option<usize>,
}

/// A table, rebuilt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Index of the section that it stands in.
    pub section: Option<usize>,
    /// Body or annex.
    pub place: Place,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A footnote: where its mark stands and which block it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// Byte offset in [`Document::text`] before which the mark stood.
    pub at: usize,
    /// Index of its block.
    pub block: usize,
}

/// A paper of the file: head and foot, and where it stands.
#[derive(Clone, Debug)]
pub struct Paper {
    /// What it is in its file.
    pub role: Role,
    /// Head and title.
    pub head: Head,
    /// Who signed.
    pub signature: Signature,
    /// All that was written of it, in [`Document::text`].
    pub span: Span,
    /// Byte offset in the source text where it begins.
    pub source: usize,
}

/// A document taken apart.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// All its words, joined, one paragraph or cell a line.
    pub text: Text,
    /// Head and title.
    pub head: Head,
    /// Paragraphs, items and headings in reading order.
    pub blocks: Vec<Block>,
    /// The section tree, in reading order.
    pub sections: Vec<Section>,
    /// The tables.
    pub tables: Vec<Table>,
    /// Byte offsets in [`Document::text`] where a paragraph of a table's cell begins behind another, in order.
    pub cell_breaks: Vec<usize>,
    /// Footnotes whose marks were found.
    pub footnotes: Vec<Footnote>,
    /// Index of the block of each footnote whose mark was not found, though other marks were.
    pub loose_notes: Vec<usize>,
    /// Who signed, who receives.
    pub signature: Signature,
    /// The papers of the file, in order; `head` and `signature` above are those of the first main one.
    pub papers: Vec<Paper>,
    /// Where a numbering does not go on.
    pub steps: Vec<Step>,
    /// `(Kèm theo Kế hoạch số …)` under the titles of annexes.
    pub annex_notes: Vec<Span>,
    /// Stretches of the source text that stand in no block, and what they are.
    pub asides: Vec<(Range<usize>, Aside)>,
    /// Stretches of the source text that normalizing left out, in order: markup, invisible characters.
    pub dropped: Vec<Range<usize>>,
    /// What was read with doubt: a stable name, what happened, where.
    pub doubts: Vec<(&'static str, String, Span)>,
}

/// Takes a document apart.
#[must_use]
pub fn read(lines: &Lines, lexicon: &Lexicon) -> Document {
    let restored = paper::reline::restore(lines, lexicon);
    let lines = restored.as_ref().unwrap_or(lines);
    let papers = paper::find(lines, lexicon).papers;
    let mut document = Document::default();
    if !lines.struck.is_empty() {
        let struck: Vec<String> = lines.struck.iter().map(|words| format!("“{words}”")).collect();
        let message = format!("struck out in the text, and left out: {}", struck.join(", "));
        document.doubts.push(("struck-out", message, Span::default()));
    }
    let flow = reflow::Flow { lines, text: Text::with_capacity(lines.text.len()), breaks: Vec::new(), markers: Vec::new() };
    let mut outline = outline::Outline::new(lines, lexicon, flow);
    let annexes = papers.iter().filter(|paper| matches!(paper.role, Role::Annex { .. })).count();
    let mut annexes_before = 0;
    for one in &papers {
        let start = outline.flow.text.len();
        let mut read = Paper {
            role: one.role.clone(),
            head: Head::default(),
            signature: Signature::default(),
            span: Span::new(start, start),
            source: lines.lines.get(one.lines.start).map_or(0, |line| lines.text.source_of(line.span.start)),
        };
        match &one.role {
            Role::Main | Role::Enclosed { .. } => {
                read.head = head::read(lines, one, &mut outline.flow, lexicon);
                outline.begin();
                outline.body(one.body.clone());
                // Beside a paper, what has no head is a portal's frame; alone it is a page of news, or a passage that was copied.
                if one.type_line.is_some() || !one.head.is_empty() || papers.len() == 1 {
                    outline.end();
                }
                outline.foot(one.foot.clone());
                read.signature = signature::read(lines, one.foot.clone(), &mut outline.flow, lexicon);
            }
            Role::Annex { .. } => {
                outline.annex(one, annexes_before, annexes);
                annexes_before += 1;
                read.head.title = outline.title_of_last();
            }
            Role::Beside => document.doubts.push(beside(lines, one, &mut outline.flow)),
        }
        read.span.end = outline.flow.text.len();
        document.papers.push(read);
    }
    let main = document.papers.iter().find(|paper| paper.role == Role::Main);
    document.head = main.map(|paper| paper.head.clone()).unwrap_or_default();
    document.signature = main.map(|paper| paper.signature.clone()).unwrap_or_default();
    if document.head.type_index.is_none() {
        let message = "no line names the document's type (KẾ HOẠCH, BÁO CÁO …); the title is not known".to_owned();
        document.doubts.push(("no-type-line", message, Span::default()));
    }
    document.asides = asides::find(lines, &papers, &outline.flow.markers);
    document.dropped = lines.text.gaps().collect();
    outline.finish(document)
}

/// What belongs to no paper is told, and read no further.
fn beside(lines: &Lines, one: &paper::Paper, flow: &mut reflow::Flow) -> (&'static str, String, Span) {
    let first = one.body.clone().find(|index| !reflow::is_furniture(lines.line(*index)));
    let span =
        first.map_or(Span::default(), |index| flow.push(&[reflow::Part { span: lines.lines[index].span, glued: false }], 0));
    (
        "beside",
        format!("{} lines belong to no paper: a frame around the document, or what stands behind its foot", one.body.len()),
        span,
    )
}
