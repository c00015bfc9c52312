//! Footnotes of a page: they stand at its end, and belong behind the paragraphs of their marks.
//!
//! Where portals have lost the links, a mark is `[1]` behind a word, and its note a paragraph
//! that begins with `[1]`.

use crate::ingest::blocks::{Block, Inline, Paragraph};

/// Puts the notes where their marks stand.
pub(super) fn settle(blocks: &mut Vec<Block>) {
    let labels: Vec<String> = blocks.iter().filter_map(bracketed).collect();
    for label in labels {
        mark(blocks, &label);
    }
    let mut index = blocks.len();
    while index > 0 {
        index -= 1;
        let Some(label) = begins(&blocks[index]) else { continue };
        if !blocks[..index].iter().any(|block| holds(block, &label)) {
            continue;
        }
        let Block::Paragraph(mut note) = blocks.remove(index) else { continue };
        note.inlines.remove(0);
        attach(&mut blocks[..index], &label, &mut Some(note));
    }
}

/// The label of a paragraph that begins with a mark.
fn begins(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph(paragraph) => match paragraph.inlines.first() {
            Some(Inline::Mark(label)) if paragraph.inlines.len() > 1 => Some(label.clone()),
            _ => None,
        },
        Block::Table(_) => None,
    }
}

/// `1` of a paragraph that begins with `[1]`.
fn bracketed(block: &Block) -> Option<String> {
    let Block::Paragraph(paragraph) = block else { return None };
    let Some(Inline::Run(run)) = paragraph.inlines.first() else { return None };
    let (label, rest) = run.text.trim_start().strip_prefix('[')?.split_once(']')?;
    let number = !label.is_empty() && label.len() <= 3 && label.bytes().all(|byte| byte.is_ascii_digit());
    (number && (!rest.is_empty() || paragraph.inlines.len() > 1)).then(|| label.to_owned())
}

/// Makes marks of `[label]` behind a word, and at the beginning of a paragraph.
fn mark(blocks: &mut [Block], label: &str) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => mark_in(paragraph, label),
            Block::Table(table) => {
                for cell in &mut table.cells {
                    mark(&mut cell.blocks, label);
                }
            }
        }
    }
}

fn mark_in(paragraph: &mut Paragraph, label: &str) {
    let sign = format!("[{label}]");
    let mut index = 0;
    while index < paragraph.inlines.len() {
        if let Inline::Run(run) = &mut paragraph.inlines[index]
            && let Some(at) = run.text.find(&sign)
        {
            let before = &run.text[..at];
            let behind_word = before.ends_with(|c: char| !c.is_whitespace());
            if behind_word || index == 0 && before.trim().is_empty() {
                let mut rest = run.clone();
                rest.text = run.text[at + sign.len()..].to_owned();
                run.text.truncate(if behind_word { at } else { 0 });
                let empty = run.text.is_empty();
                paragraph.inlines.insert(index + 1, Inline::Mark(label.to_owned()));
                if !rest.text.is_empty() {
                    paragraph.inlines.insert(index + 2, Inline::Run(rest));
                }
                if empty {
                    paragraph.inlines.remove(index);
                }
            }
        }
        index += 1;
    }
}

/// Whether a mark stands in a block, other than at its beginning.
fn holds(block: &Block, label: &str) -> bool {
    match block {
        Block::Paragraph(paragraph) => is_marked(paragraph, label),
        Block::Table(table) => table.cells.iter().any(|cell| cell.blocks.iter().any(|block| holds(block, label))),
    }
}

fn is_marked(paragraph: &Paragraph, label: &str) -> bool {
    paragraph.inlines.iter().skip(1).any(|inline| matches!(inline, Inline::Mark(mark) if mark == label))
}

/// Gives the note to the last paragraph that has its mark.
fn attach(blocks: &mut [Block], label: &str, note: &mut Option<Paragraph>) {
    for block in blocks.iter_mut().rev().filter(|block| holds(block, label)) {
        match block {
            Block::Paragraph(paragraph) => {
                if let Some(note) = note.take() {
                    paragraph.notes.insert(0, (label.to_owned(), vec![Block::Paragraph(note)]));
                }
            }
            Block::Table(table) => {
                for cell in table.cells.iter_mut().rev() {
                    attach(&mut cell.blocks, label, note);
                }
            }
        }
        if note.is_none() {
            return;
        }
    }
}
