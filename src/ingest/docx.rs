//! DOCX → blocks: paragraphs with their numbers, tables with their merges, footnotes, text boxes.
//!
//! What the reader does not see is left out: deletions, hidden text, field codes, the table of
//! contents, headers and footers. What is not in the text but is seen is put in: the
//! numbers `I.`, `1.`, `a)` of lists, a letterhead that stands in the header of the first page, and
//! documents that a converter has put into this one as a whole ([`chunks`]).

mod chunks;
mod letterhead;
mod numbering;
mod styles;
mod symbols;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use super::Reason;
use super::archive::Archive;
use super::blocks::{Block, Inline, Paragraph, Run};
use super::render;
use super::xml::{Element, tree};
use numbering::Numbering;
use styles::{Look, Styles};

/// How a DOCX is called in messages.
pub(super) const KIND: &str = "a Word document (DOCX)";

/// How deep text boxes and tables may stand in each other.
const DEEPEST: usize = 24;

/// What a document shows, and what is to be told of it.
pub(super) struct Words {
    pub(super) blocks: Vec<Block>,
    /// What is struck out and no longer meant: it is in no block.
    pub(super) struck: Vec<String>,
    /// Names of parts that hold something and were not opened.
    pub(super) unopened: Vec<String>,
}

/// Reads the document in an archive.
pub(super) fn read(archive: &mut Archive) -> Result<Words, Reason> {
    read_inside(archive, 0)
}

/// Reads a document that stands `depth` deep in others.
fn read_inside(archive: &mut Archive, depth: usize) -> Result<Words, Reason> {
    archive.kind = KIND;
    let main = main_part(archive)?;
    let parse = |name: &str, text: String| tree(&text).map_err(|detail| Reason::Damaged(KIND, format!("{name}: {detail}")));
    let document = parse(&main, archive.required(&main)?)?;
    let mut part = |kind: &str| -> Result<Option<Element>, Reason> {
        let Some((_, name)) = archive.related(&main, kind)?.into_iter().next() else { return Ok(None) };
        archive.text(&name)?.map(|text| parse(&name, text)).transpose()
    };
    let styles = part("/styles")?.map(|root| Styles::read(&root)).unwrap_or_default();
    let numbering = part("/numbering")?.map(|root| Numbering::read(&root)).unwrap_or_default();
    let footnotes = part("/footnotes")?;
    let endnotes = part("/endnotes")?;
    let mut unopened = archive.names_in("word/embeddings/");
    let chunks = chunks::read(archive, &main, depth, &mut unopened)?;
    let header = letterhead::part(archive, &main, &document)?;
    let header = header.map(|(name, text)| parse(&name, text)).transpose()?;
    let mut reader = Reader {
        styles,
        numbering,
        notes: [notes(footnotes.as_ref(), "footnote"), notes(endnotes.as_ref(), "endnote")],
        note_count: 0,
        read_notes: BTreeSet::new(),
        fields: Vec::new(),
        struck: Vec::new(),
        chunks,
    };
    let mut blocks = Vec::new();
    if let Some(body) = document.find("body") {
        reader.blocks(body, &mut blocks, 0);
    }
    if let Some(header) = header.as_ref().and_then(|root| root.child("hdr"))
        && !letterhead::is_one(&blocks[..blocks.len().min(letterhead::FIRST)])
    {
        let mut above = Vec::new();
        reader.blocks(header, &mut above, 0);
        if letterhead::is_one(&above) {
            above.append(&mut blocks);
            blocks = above;
        }
    }
    Ok(Words { blocks, struck: reader.struck, unopened })
}

/// The path of the main part: `word/document.xml`, or what the archive's relationships say.
fn main_part(archive: &mut Archive) -> Result<String, Reason> {
    let told = archive.related("", "/officeDocument")?.into_iter().map(|(_, target)| target).find(|target| archive.has(target));
    Ok(told.unwrap_or_else(|| "word/document.xml".into()))
}

fn notes<'a>(root: Option<&'a Element>, name: &str) -> BTreeMap<String, &'a Element> {
    let list = root.and_then(|root| root.elements().next());
    let notes = list.into_iter().flat_map(Element::elements).filter(|note| note.name == name);
    // Separators have a type.
    notes
        .filter(|note| matches!(note.get("type"), None | Some("normal")))
        .filter_map(|note| Some((note.get("id")?.to_owned(), note)))
        .collect()
}

/// A field that is open: `{ PAGE }`, `{ TOC \o "1-3" }`.
struct Field {
    code: String,
    /// Behind its separator stands what is seen.
    shown: bool,
}

struct Reader<'a> {
    styles: Styles,
    numbering: Numbering,
    /// Footnotes and endnotes by id.
    notes: [BTreeMap<String, &'a Element>; 2],
    note_count: usize,
    /// Notes that were read: one mark a note.
    read_notes: BTreeSet<(usize, String)>,
    fields: Vec<Field>,
    /// The words of struck runs that were left out.
    struck: Vec<String>,
    /// Documents put into this one, by the ids of their places.
    chunks: BTreeMap<String, Vec<Block>>,
}

/// A paragraph being read.
struct Open {
    paragraph: Paragraph,
    /// How its characters look where a run says nothing.
    look: Look,
    /// Text boxes anchored in it.
    boxes: Vec<Block>,
}

impl<'a> Reader<'a> {
    /// Reads what stands in `parent`.
    fn blocks(&mut self, parent: &Element, out: &mut Vec<Block>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element, out, depth),
                "tbl" => {
                    let table = self.table(element, depth + 1);
                    out.push(Block::Table(table));
                }
                "altChunk" => {
                    if let Some(blocks) = element.get("id").and_then(|id| self.chunks.remove(id)) {
                        out.extend(blocks);
                    }
                }
                "sdt" if !is_contents(element) => {
                    if let Some(content) = element.child("sdtContent") {
                        self.blocks(content, out, depth + 1);
                    }
                }
                "ins" | "moveTo" | "customXml" | "smartTag" | "sdtContent" => self.blocks(element, out, depth + 1),
                "AlternateContent" => {
                    if let Some(choice) = element.child("Choice").or_else(|| element.child("Fallback")) {
                        self.blocks(choice, out, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, element: &Element, out: &mut Vec<Block>, depth: usize) {
        let properties = element.child("pPr");
        let style = properties.and_then(|properties| properties.value("pStyle"));
        let look = self.styles.paragraph(style);
        let mut open = Open { paragraph: Paragraph::default(), look, boxes: Vec::new() };
        self.inlines(element, &mut open, depth);
        let written =
            open.paragraph.inlines.iter().any(|inline| matches!(inline, Inline::Run(run) if !run.text.trim().is_empty()));
        let deleted = properties.and_then(|properties| properties.child("rPr")).is_some_and(|mark| mark.child("del").is_some());
        let numbered = self.styles.number(style, properties);
        if let Some((list, level)) = numbered
            && (written || !deleted)
        {
            let label = self.numbering.next(&list, level);
            open.paragraph.label = label.map(|(text, font)| Run { text, font, ..Run::default() });
        }
        open.paragraph.level = self.styles.outline(style, properties);
        out.push(Block::Paragraph(open.paragraph));
        out.append(&mut open.boxes);
    }

    /// Reads the runs of a paragraph and of what stands around them.
    fn inlines(&mut self, parent: &Element, open: &mut Open, depth: usize) {
        if depth > DEEPEST * 4 {
            return;
        }
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element, open, depth),
                "fldSimple" => {
                    if !is_contents_code(element.get("instr").unwrap_or_default()) {
                        self.inlines(element, open, depth + 1);
                    }
                }
                "sdt" => {
                    if let Some(content) = element.child("sdtContent") {
                        self.inlines(content, open, depth + 1);
                    }
                }
                "AlternateContent" => {
                    if let Some(choice) = element.child("Choice").or_else(|| element.child("Fallback")) {
                        self.inlines(choice, open, depth + 1);
                    }
                }
                "del" | "moveFrom" | "pPr" | "rPr" | "sectPr" => {}
                // ins, moveTo, hyperlink, smartTag, customXml, bdo, dir, oMath and what is in it.
                _ => self.inlines(element, open, depth + 1),
            }
        }
    }

    fn run(&mut self, element: &Element, open: &mut Open, depth: usize) {
        let look = self.styles.run(&open.look, element.child("rPr"));
        for child in element.elements() {
            match child.name.as_str() {
                "fldChar" => self.field(child.get("fldCharType").unwrap_or_default()),
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.shown) {
                        field.code.push_str(&child.text());
                    }
                }
                "drawing" | "pict" | "object" => self.boxes(child, open, depth),
                "AlternateContent" => {
                    // The same box twice, for new and for old readers.
                    let before = open.boxes.len();
                    for choice in child.elements() {
                        if open.boxes.len() == before {
                            self.boxes(choice, open, depth);
                        }
                    }
                }
                _ if look.hidden || !self.is_shown() => {}
                "t" if look.struck => {
                    let words = child.text();
                    if !words.trim().is_empty() {
                        self.struck.push(words.trim().to_owned());
                    }
                }
                "t" => push_text(open, &child.text(), &look),
                "tab" | "ptab" => open.paragraph.inlines.push(Inline::Tab),
                "br" if child.get("type") == Some("page") => {}
                "br" | "cr" => open.paragraph.inlines.push(Inline::Break),
                "noBreakHyphen" => push_text(open, "-", &look),
                // A place where a word may be broken, which shows nothing; in fonts of TCVN3 it is the letter `ư`, whose byte it has.
                "softHyphen" => push_text(open, "\u{AD}", &look),
                "sym" => {
                    let code = child.get("char").and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
                    if let Some(c) = code {
                        let font = child.get("font").map(str::to_owned);
                        push_text(open, c.encode_utf8(&mut [0; 4]), &Look { font, ..look.clone() });
                    }
                }
                "footnoteReference" => self.note(0, child, open, depth),
                "endnoteReference" => self.note(1, child, open, depth),
                _ => {}
            }
        }
    }

    fn field(&mut self, what: &str) {
        match what {
            "begin" => self.fields.push(Field { code: String::new(), shown: false }),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shown = true;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Whether text here is seen: no field's code, no table of contents.
    fn is_shown(&self) -> bool {
        self.fields.iter().all(|field| field.shown && !is_contents_code(&field.code))
    }

    fn note(&mut self, kind: usize, reference: &Element, open: &mut Open, depth: usize) {
        let Some(id) = reference.get("id") else { return };
        let Some(note) = self.notes[kind].get(id).copied() else { return };
        if depth > 8 || !self.read_notes.insert((kind, id.to_owned())) {
            return;
        }
        // A mark of one's own (`*`) is written in the text behind the reference.
        let own = matches!(reference.get("customMarkFollows"), Some("1" | "true" | "on"));
        self.note_count += usize::from(!own);
        let label = if own { "*".to_owned() } else { self.note_count.to_string() };
        let mut blocks = Vec::new();
        let fields = std::mem::take(&mut self.fields);
        self.blocks(note, &mut blocks, depth + 8);
        self.fields = fields;
        if !own {
            open.paragraph.inlines.push(Inline::Mark(label.clone()));
        }
        open.paragraph.notes.push((label, blocks));
    }

    /// Reads the text boxes in a drawing.
    fn boxes(&mut self, parent: &Element, open: &mut Open, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for element in parent.elements() {
            match element.name.as_str() {
                "txbxContent" => {
                    let fields = std::mem::take(&mut self.fields);
                    self.blocks(element, &mut open.boxes, depth + 1);
                    self.fields = fields;
                }
                "AlternateContent" => {
                    if let Some(choice) = element.child("Choice").or_else(|| element.child("Fallback")) {
                        self.boxes(choice, open, depth + 1);
                    }
                }
                _ => self.boxes(element, open, depth),
            }
        }
    }
}

/// Whether a structured tag holds the table of contents.
fn is_contents(sdt: &Element) -> bool {
    let gallery = sdt.child("sdtPr").and_then(|properties| properties.find("docPartGallery"));
    gallery.and_then(|gallery| gallery.get("val")).is_some_and(|name| name == "Table of Contents")
}

fn is_contents_code(code: &str) -> bool {
    code.trim_start().get(..3).is_some_and(|name| name.eq_ignore_ascii_case("TOC"))
}

/// Puts characters behind a paragraph, in one run with those before where they look the same.
fn push_text(open: &mut Open, text: &str, look: &Look) {
    let text = symbols::plain(look.font.as_deref(), text);
    if look.raised
        && let Some(inline) = render::raised(&open.paragraph.inlines, &text)
    {
        open.paragraph.inlines.push(inline);
        return;
    }
    // Tabs and line ends may stand in text as characters.
    if let Some(Inline::Run(run)) = open.paragraph.inlines.last_mut()
        && (run.font.as_deref(), run.bold, run.capitals) == (look.font.as_deref(), look.bold, look.capitals)
    {
        run.text.push_str(&text);
        return;
    }
    open.paragraph.inlines.push(Inline::Run(Run {
        text: text.into_owned(),
        font: look.font.clone(),
        bold: look.bold,
        capitals: look.capitals,
    }));
}
