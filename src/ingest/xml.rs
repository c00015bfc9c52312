//! XML with a depth limit, as events or as a small tree. Names lose their prefix (`w:p` is `p`).
//!
//! Entities other than the five of XML and character references stand for nothing: a document
//! type with its own entities is not followed, inside the file or outside.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// How deep elements may stand in each other; Word's deepest are about 40.
const DEEPEST: usize = 256;
/// The most elements of one tree.
const MOST_ELEMENTS: usize = 8_000_000;

/// A start tag.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without the prefix.
    pub(super) fn local(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute, by its name without the prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
    }
}

/// What stands in XML.
pub(super) enum Piece<'a> {
    /// A start tag; an empty element is one with its end behind it.
    Open(Tag<'a>),
    /// An end tag, its name without the prefix.
    Close(&'a str),
    /// Characters.
    Text(&'a str),
}

/// Visits all pieces in order.
pub(super) fn walk(xml: &str, visit: &mut dyn FnMut(Piece<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| format!("at byte {}: {error}", reader.error_position()))?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(format!("elements stand more than {DEEPEST} deep in each other"));
                }
                visit(Piece::Open(Tag(tag)));
            }
            Event::Empty(tag) => {
                let end = tag.clone();
                visit(Piece::Open(Tag(tag)));
                visit(Piece::Close(end.local_name().into_inner()));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visit(Piece::Close(tag.local_name().into_inner()));
            }
            Event::Text(text) => visit(Piece::Text(&text.xml10_content())),
            Event::CData(text) => visit(Piece::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let c = match &*reference.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(c) = c {
                    visit(Piece::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Event::Eof if depth > 0 => return Err("it breaks off".into()),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The child elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// `val` of the first child of a name: `<w:ilvl w:val="1"/>`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name).and_then(|child| child.get("val"))
    }

    /// Whether a property is on: `<w:b/>`, `<w:b w:val="true"/>`; `None` where it is not said.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        self.child(name).map(|child| !matches!(child.get("val"), Some("0" | "false" | "off" | "none")))
    }

    /// Its own characters.
    pub(super) fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(text.as_str()),
                Node::Element(_) => None,
            })
            .collect()
    }

    /// The first element of a name at any depth.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.find(name) })
    }
}

/// Reads the tree; the root is the document, its child the outermost element.
pub(super) fn tree(xml: &str) -> Result<Element, String> {
    let mut open: Vec<Element> = vec![Element::default()];
    let mut count = 0;
    walk(xml, &mut |piece| match piece {
        Piece::Open(tag) => {
            count += 1;
            let mut all = tag.0.attributes();
            let attributes = all.with_checks(false).flatten().map(|attribute| {
                let value = attribute
                    .normalized_value(XmlVersion::Implicit1_0)
                    .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
                (attribute.key.local_name().into_inner().to_owned(), value)
            });
            open.push(Element {
                name: tag.local().to_owned(),
                attributes: if count > MOST_ELEMENTS { Vec::new() } else { attributes.collect() },
                children: Vec::new(),
            });
        }
        Piece::Close(_) => {
            if open.len() > 1
                && let Some(done) = open.pop()
                && let Some(above) = open.last_mut()
                && count <= MOST_ELEMENTS
            {
                above.children.push(Node::Element(done));
            }
        }
        Piece::Text(text) => {
            if let Some(element) = open.last_mut() {
                match element.children.last_mut() {
                    Some(Node::Text(before)) => before.push_str(text),
                    _ => element.children.push(Node::Text(text.to_owned())),
                }
            }
        }
    })?;
    if count > MOST_ELEMENTS {
        return Err(format!("it has more than {MOST_ELEMENTS} elements"));
    }
    Ok(open.into_iter().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_values_and_references_are_read() {
        let tree =
            tree(r#"<?xml version="1.0"?><w:p xmlns:w="x"><w:b w:val="0"/><w:t>Sở NN &amp; PTNT &#8212; &lt;1%</w:t></w:p>"#)
                .expect("read");
        let p = tree.child("p").expect("p");
        assert_eq!(p.switch("b"), Some(false));
        assert_eq!(p.child("t").map(Element::text).as_deref(), Some("Sở NN & PTNT — <1%"));
    }

    #[test]
    fn entities_of_the_document_stand_for_nothing() {
        let xml = r#"<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbbb">]><t>x&a;&b;y</t>"#;
        assert_eq!(tree(xml).expect("read").child("t").map(Element::text).as_deref(), Some("xy"));
    }

    #[test]
    fn depth_and_breaks_are_told() {
        assert!(tree(&"<a>".repeat(300)).is_err_and(|error| error.contains("deep")));
        assert!(tree("<a><b></b>").is_err());
        assert!(tree("<a></b>").is_err());
    }
}
