//! The letterhead in the header of the first page: offices that keep it in a template set issuer, number, place and date there.
//! Other headers repeat a title or count pages, and are no text.

use super::super::archive::Archive;
use super::super::blocks::{Block, for_each_run};
use super::super::xml::Element;
use super::super::{Reason, encoding};

/// How many paragraphs and tables a letterhead in the body itself begins within.
pub(super) const FIRST: usize = 12;

/// The name and text of the header that the first page shows.
pub(super) fn part(archive: &mut Archive, main: &str, document: &Element) -> Result<Option<(String, String)>, Reason> {
    let Some(section) = document.find("sectPr") else { return Ok(None) };
    let reference = |kind: &str| {
        let of_kind = |element: &&Element| element.name == "headerReference" && element.get("type").unwrap_or("default") == kind;
        section.elements().find(of_kind).and_then(|element| element.get("id"))
    };
    let first = section.switch("titlePg").unwrap_or(false).then(|| reference("first"));
    // A first page of its own without a header has none.
    let Some(id) = first.unwrap_or_else(|| reference("default")) else { return Ok(None) };
    let Some((_, name)) = archive.related(main, "/header")?.into_iter().find(|(known, _)| known == id) else { return Ok(None) };
    Ok(archive.text(&name)?.map(|text| (name, text)))
}

/// Whether blocks hold a letterhead: the country's motto, or a number beside an issuer.
pub(super) fn is_one(blocks: &[Block]) -> bool {
    let mut text = String::new();
    for_each_run(blocks, &mut |run| {
        text.push_str(&encoding::decode_run(run.font.as_deref(), &run.text));
        text.push(' ');
    });
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let motto = ["cộng hòa xã hội chủ nghĩa", "cộng hoà xã hội chủ nghĩa", "đảng cộng sản việt nam", "độc lập - tự do"];
    motto.iter().any(|words| text.contains(words))
}
