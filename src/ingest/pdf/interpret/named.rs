//! Which words are set in a font of TCVN3 (`.VnTime`, `.VnTimeH`), where the library that interprets the page does not name the font: one
//! that is not in the file, or is of Type 1, as PDF printers of 2000 made of all. The page's own operators are followed, and matched
//! with what is drawn by its bytes.

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::{Page as RawPage, Resources};

use super::super::super::encoding::{self, Encoding, FontEncoding};

/// How deep forms in forms are followed.
const DEEPEST: usize = 6;
/// No page shows more pieces of text.
const MOST: usize = 100_000;
/// Forms that show forms, each ten times, are no page: so many are followed.
const MOST_FORMS: usize = 2000;
/// So many pieces may be shown and not drawn, in a layer that is off.
const AHEAD: usize = 64;

/// The pieces of text of a page in the order in which they are drawn.
pub(super) struct Named {
    shown: Vec<(Vec<u8>, Option<FontEncoding>)>,
    at: usize,
}

impl Named {
    /// Those of a page; `None` where no font of it is one of TCVN3.
    pub(super) fn on_page(raw: &RawPage<'_>) -> Option<Self> {
        if !has_old(raw.resources(), 0, &mut 0) {
            return None;
        }
        let mut walk = Walk { shown: Vec::new(), forms: 0 };
        walk.follow(raw.typed_operations(), raw.resources(), &mut None, 0);
        Some(Self { shown: walk.shown, at: 0 })
    }

    /// What the name of the font of the next piece, of these bytes, says.
    pub(super) fn next(&mut self, codes: &[u8]) -> Option<FontEncoding> {
        let end = self.shown.len().min(self.at + AHEAD);
        let found = self.shown.get(self.at..end).and_then(|ahead| ahead.iter().position(|(known, _)| known == codes));
        if let Some(ahead) = found {
            self.at += ahead + 1;
            return self.shown[self.at - 1].1;
        }
        // What is filled and stroked is drawn twice.
        let last = self.at.checked_sub(1).and_then(|last| self.shown.get(last));
        last.filter(|(known, _)| known == codes).and_then(|(_, told)| *told)
    }
}

/// What the name of a font says: of TCVN3 alone, whose bytes are a letter each.
pub(super) fn told(name: &str) -> Option<FontEncoding> {
    encoding::of_font(name).filter(|told| told.encoding == Encoding::Tcvn3)
}

fn of(font: &Dict<'_>) -> Option<FontEncoding> {
    font.get::<Name<'_>>(b"BaseFont").and_then(|name| told(name.as_str()))
}

/// Whether a page, or a form on it, has a font of TCVN3.
fn has_old(resources: &Resources<'_>, depth: usize, forms: &mut usize) -> bool {
    let of_fonts =
        resources.fonts.keys().any(|name| resources.fonts.get::<Dict<'_>>(name).is_some_and(|font| of(&font).is_some()));
    of_fonts
        || depth < DEEPEST
            && resources.x_objects.keys().any(|name| {
                *forms += 1;
                if *forms > MOST_FORMS {
                    return false;
                }
                let form = resources.x_objects.get::<Stream<'_>>(name);
                form.and_then(|form| form.dict().get::<Dict<'_>>(b"Resources"))
                    .is_some_and(|own| has_old(&Resources::new(own), depth + 1, forms))
            })
}

struct Walk {
    shown: Vec<(Vec<u8>, Option<FontEncoding>)>,
    forms: usize,
}

impl Walk {
    fn follow(
        &mut self,
        mut operations: TypedIter<'_>,
        resources: &Resources<'_>,
        told: &mut Option<FontEncoding>,
        depth: usize,
    ) {
        let mut saved = Vec::new();
        while let Some(operation) = operations.next() {
            if self.shown.len() > MOST {
                return;
            }
            match operation {
                TypedInstruction::SaveState(_) if saved.len() < MOST => saved.push(*told),
                TypedInstruction::RestoreState(_) => *told = saved.pop().unwrap_or(*told),
                TypedInstruction::TextFont(font) => *told = resources.get_font(font.0).and_then(|font| of(&font)),
                TypedInstruction::ShowText(text) => self.show(text.0.as_bytes(), *told),
                TypedInstruction::NextLineAndShowText(text) => self.show(text.0.as_bytes(), *told),
                TypedInstruction::ShowTextWithParameters(text) => self.show(text.2.as_bytes(), *told),
                TypedInstruction::ShowTexts(pieces) => {
                    let mut codes = Vec::new();
                    for piece in pieces.0.iter::<Object<'_>>() {
                        if let Object::String(text) = piece {
                            codes.extend_from_slice(text.as_bytes());
                        }
                    }
                    self.show(&codes, *told);
                }
                TypedInstruction::XObject(name) if depth < DEEPEST && self.forms < MOST_FORMS => {
                    self.forms += 1;
                    let Some(form) = resources.get_x_object(name.0) else { continue };
                    let is_form = form.dict().get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_str() == "Form");
                    let Some(content) = Some(&form).filter(|_| is_form).and_then(|form| form.decoded().ok()) else { continue };
                    let own = form.dict().get::<Dict<'_>>(b"Resources").map(Resources::new);
                    let mut inside = *told;
                    self.follow(TypedIter::new(&content), own.as_ref().unwrap_or(resources), &mut inside, depth + 1);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, codes: &[u8], told: Option<FontEncoding>) {
        if !codes.is_empty() {
            self.shown.push((codes.to_vec(), told));
        }
    }
}
