//! What was put onto a page or into a file after it was made: form fields and typed notes, whose words are text of the document
//! (offices put number and day in at issue), signatures and readers' notes, which are none, and attached files.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Rect as RawRect, String as RawString};
use hayro_interpret::hayro_syntax::page::Page as RawPage;
use hayro_interpret::kurbo::{Affine, Point, Rect};

/// The most annotations of a page that are looked at.
const MOST: usize = 2000;
/// How deep the tree of names is followed.
const DEEPEST: usize = 16;

/// An annotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Added {
    /// Where it stands on the page as it is shown.
    place: Rect,
    /// Whether its words are text of the document.
    pub(super) shown: bool,
    /// Whether only figures as large as the text around are: a signature's field of one line.
    figures: bool,
}

/// The least size of the figures of a number or a day in a signature's field, in points; what says who has signed is smaller.
const FIGURES: f64 = 10.0;
/// The height of a field of one line, and of one whose words are all shown, in points.
const LINE: f64 = 34.0;
const SMALL: (f64, f64) = (60.0, 25.0);

/// The annotations of a page; `initial` leads from the file's coordinates to the page's.
pub(super) fn on_page(raw: &RawPage<'_>, initial: Affine) -> Vec<Added> {
    let Some(list) = raw.raw().get::<Array<'_>>(b"Annots") else { return Vec::new() };
    let place = |dict: &Dict<'_>| {
        let rect = dict.get::<RawRect>(b"Rect")?;
        let rect = Rect::new(rect.x0, rect.y0, rect.x1, rect.y1).abs();
        Some(initial.transform_rect_bbox(rect))
    };
    let added = |dict: Dict<'_>| {
        let (shown, figures) = is_text(&dict);
        Some(Added { place: place(&dict)?, shown, figures })
    };
    dicts(&list).filter_map(added).collect()
}

/// Whether the words of an annotation are text of the document, and whether only its figures are.
fn is_text(dict: &Dict<'_>) -> (bool, bool) {
    let subtype = dict.get::<Name<'_>>(b"Subtype");
    match subtype.as_ref().map(|name| name.as_str()) {
        Some("FreeText") => (true, false),
        Some("Widget") => {
            let kind = dict.get::<Name<'_>>(b"FT").or_else(|| dict.get::<Dict<'_>>(b"Parent")?.get::<Name<'_>>(b"FT"));
            match kind.as_ref().map(|name| name.as_str()) {
                Some("Tx" | "Ch") => (true, false),
                // A signature's field that is as small as a number or a day: clerks' signatures show these. The others show who has
                // signed, and when, which is no date of the document; of one line that is wider, figures are taken.
                Some("Sig") => {
                    let rect = dict.get::<RawRect>(b"Rect");
                    let (width, height) =
                        rect.map_or((f64::MAX, f64::MAX), |rect| ((rect.x1 - rect.x0).abs(), (rect.y1 - rect.y0).abs()));
                    let small = width < SMALL.0 && height < SMALL.1;
                    (small || height < LINE, !small)
                }
                _ => (false, false),
            }
        }
        _ => (false, false),
    }
}

/// Whether the words at a place of the page belong to an annotation whose words are text: the smallest that holds it tells.
/// `char` is the letter there, `size` its size in points.
pub(super) fn shows(added: &[Added], at: Point, char: Option<char>, size: f64) -> bool {
    let around = added.iter().filter(|one| one.place.inflate(1.0, 1.0).contains(at));
    let figure = || size >= FIGURES && char.is_some_and(|char| char.is_ascii_digit());
    around
        .min_by(|one, other| one.place.area().total_cmp(&other.place.area()))
        .is_some_and(|one| one.shown && (!one.figures || figure()))
}

/// The names of the files that are attached to a PDF.
pub(super) fn attached(pdf: &Pdf) -> Vec<String> {
    let mut names = Vec::new();
    let xref = pdf.xref();
    if let Some(root) = xref.get::<Dict<'_>>(xref.root_id()) {
        if let Some(tree) = root.get::<Dict<'_>>(b"Names").and_then(|names| names.get::<Dict<'_>>(b"EmbeddedFiles")) {
            walk(&tree, 0, &mut names);
        }
        for file in root.get::<Array<'_>>(b"AF").iter().flat_map(dicts) {
            names.extend(name_of(&file));
        }
    }
    for raw in pdf.pages().iter().take(super::MOST_PAGES) {
        let Some(list) = raw.raw().get::<Array<'_>>(b"Annots") else { continue };
        for dict in dicts(&list) {
            let is_file = dict.get::<Name<'_>>(b"Subtype").is_some_and(|name| name.as_str() == "FileAttachment");
            if is_file && let Some(file) = dict.get::<Dict<'_>>(b"FS") {
                names.extend(name_of(&file));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// The dictionaries in a list, which may hold names between them.
fn dicts<'a>(list: &Array<'a>) -> impl Iterator<Item = Dict<'a>> {
    list.iter::<Object<'a>>().take(2 * MOST).filter_map(|object| match object {
        Object::Dict(dict) => Some(dict),
        _ => None,
    })
}

fn walk(tree: &Dict<'_>, depth: usize, names: &mut Vec<String>) {
    if depth > DEEPEST || names.len() > MOST {
        return;
    }
    for file in tree.get::<Array<'_>>(b"Names").iter().flat_map(dicts) {
        names.extend(name_of(&file));
    }
    for kid in tree.get::<Array<'_>>(b"Kids").iter().flat_map(dicts) {
        walk(&kid, depth + 1, names);
    }
}

/// The name of an embedded file.
fn name_of(file: &Dict<'_>) -> Option<String> {
    file.get::<Dict<'_>>(b"EF")?;
    let name = file.get::<RawString<'_>>(b"UF").or_else(|| file.get::<RawString<'_>>(b"F"));
    Some(name.map_or_else(|| "a file without a name".to_owned(), |name| text(name.as_bytes())))
}

/// A text string: UTF-16 or UTF-8 with a mark, else a superset of Latin-1.
fn text(bytes: &[u8]) -> String {
    if let Some(units) = bytes.strip_prefix(b"\xFE\xFF") {
        return encoding_rs::UTF_16BE.decode_without_bom_handling(units).0.into_owned();
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned)
}
