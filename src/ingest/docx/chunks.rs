//! Documents that stand in a document as a whole (`w:altChunk`): web pages, web archives, other DOCX files, texts.
//! Word opens them where they stand; programs that make a DOCX of a web page put nothing else into it.

use std::collections::BTreeMap;

use super::super::archive::Archive;
use super::super::blocks::{Block, Inline, Paragraph, Run};
use super::super::detect::{Family, family};
use super::super::{Reason, html, mht, plain};

/// How deep documents may stand in each other.
const DEEPEST: usize = 2;
/// The most of them in one document.
const MOST: usize = 200;

/// The documents in a document, by the ids of their places; what is not read is named in `unopened`.
pub(super) fn read(
    archive: &mut Archive,
    main: &str,
    depth: usize,
    unopened: &mut Vec<String>,
) -> Result<BTreeMap<String, Vec<Block>>, Reason> {
    let mut chunks = BTreeMap::new();
    for (id, name) in archive.related(main, "/aFChunk")?.into_iter().take(MOST) {
        let Some(bytes) = archive.bytes(&name)? else { continue };
        match blocks(&bytes, depth, unopened) {
            Some(blocks) => {
                chunks.insert(id, blocks);
            }
            None => unopened.push(name),
        }
    }
    Ok(chunks)
}

/// What a document shows; `None` where it is of a kind that is not read here, or damaged.
fn blocks(bytes: &[u8], depth: usize, unopened: &mut Vec<String>) -> Option<Vec<Block>> {
    match family(bytes) {
        Family::Html => html::blocks(bytes).ok().map(|(blocks, _)| blocks),
        Family::Mht => html::blocks(&mht::page(bytes)?).ok().map(|(blocks, _)| blocks),
        Family::Zip if depth < DEEPEST => {
            let mut inner = Archive::open(bytes.to_vec()).ok()?;
            let words = super::read_inside(&mut inner, depth + 1).ok()?;
            unopened.extend(words.unopened);
            Some(words.blocks)
        }
        Family::Other => {
            let (text, _) = plain::decode(bytes.to_vec()).ok()?;
            let line = |line: &str| {
                let run = Run { text: line.to_owned(), ..Run::default() };
                Block::Paragraph(Paragraph { inlines: vec![Inline::Run(run)], ..Paragraph::default() })
            };
            Some(text.lines().map(line).collect())
        }
        _ => None,
    }
}
