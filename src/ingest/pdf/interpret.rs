//! Bytes → [`Page`]s, by interpreting what a PDF draws. The only file that, with its module, names the
//! library that does it: its interface breaks between minor versions.

mod added;
mod named;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::page::Page as RawPage;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings,
    Paint, RenderContent, SoftMask, interpret_page,
};

use super::super::Reason;
use super::super::encoding::{self, FontEncoding};
use super::clipped;
use super::glyphs::{Chunk, Page, Turn};
use super::ruling::{Axis, Segment};
use super::sight::{self, Sight};

/// No plan has more pages; what stands behind them is left out.
pub(super) const MOST_PAGES: usize = 5000;
/// A page of small type holds 10,000; a damaged stream could draw for ever.
const MOST_GLYPHS: usize = 200_000;
/// A map has some hundred thousand strokes; forms that show forms, each ten times, draw for hours on a page of some hundred bytes.
const MOST_STEPS: usize = 2_000_000;
/// A scan in strips has some hundreds of images.
const MOST_IMAGES: usize = 2000;
/// A table of a thousand cells drawn edge by edge has 8,000.
const MOST_SEGMENTS: usize = 60_000;

/// Interprets the file, gives its pages in order to `each`, and names the files that are attached to it.
pub(super) fn pages(bytes: &[u8], mut each: impl FnMut(Page)) -> Result<Vec<String>, Reason> {
    let pdf = opened(bytes)?;
    let (cache, settings) = (InterpreterCache::new(), settings());
    for raw in pdf.pages().iter().take(MOST_PAGES) {
        each(interpret(raw, &pdf, &cache, &settings)?);
    }
    Ok(added::attached(&pdf))
}

/// Interprets one page, counted from 0.
pub(super) fn page(bytes: &[u8], index: usize) -> Result<Page, Reason> {
    let pdf = opened(bytes)?;
    let raw = pdf.pages().get(index).filter(|_| index < MOST_PAGES).ok_or(Reason::NoPage(index + 1))?;
    interpret(raw, &pdf, &InterpreterCache::new(), &settings())
}

fn opened(bytes: &[u8]) -> Result<Pdf, Reason> {
    Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Reason::Encrypted("a PDF"),
        LoadPdfError::Decryption(_) => Reason::UnknownEncryption,
        LoadPdfError::Invalid => Reason::BrokenPdf,
    })
}

fn settings() -> InterpreterSettings {
    InterpreterSettings {
        // Glyphs are never drawn, so that a missing font costs nothing.
        font_resolver: InterpreterSettings::default().font_resolver,
        // Of what was put onto the page later some is text of the document ([`added`]), and drawn behind it.
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    }
}

/// What a page that draws without end is left with: the interpreter has no other way out.
struct Endless;

fn interpret<'a>(
    raw: &RawPage<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
) -> Result<Page, Reason> {
    let (width, height) = raw.render_dimensions();
    let initial = Affine::new(raw.initial_transform(true).as_coeffs());
    let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(initial, frame, cache, pdf.xref(), settings.clone());
    let mut collector = Collector {
        page: Page { width, height, ..Page::default() },
        last: None,
        spaced: false,
        images: Vec::new(),
        artifacts: Vec::new(),
        steps: 0,
        clips: Vec::new(),
        grounds: Vec::new(),
        sights: Vec::new(),
        coded: Vec::new(),
        compared: 0,
        added: Vec::new(),
        named: named::Named::on_page(raw),
    };
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        interpret_page(raw, &mut context, &mut collector);
        let added = added::on_page(raw, initial);
        if added.iter().any(|one| one.shown) {
            collector.begin_added(added);
            let settings = InterpreterSettings { render_content: RenderContent::ANNOTATIONS, ..settings.clone() };
            let mut context = Context::new(initial, frame, cache, pdf.xref(), settings);
            interpret_page(raw, &mut context, &mut collector);
        }
    }));
    if let Err(end) = drawn {
        if end.is::<Endless>() {
            return Err(Reason::Bomb(format!("a page that draws more than {MOST_GLYPHS} letters or {MOST_STEPS} shapes")));
        }
        resume_unwind(end);
    }
    for (sight, chunk) in collector.sights.iter_mut().zip(&collector.page.chunks) {
        let (x, y) = collector.page.centre(chunk);
        let at = Point::new(f64::from(x), f64::from(y));
        sight.on_picture = sight.paint.invisible && collector.images.iter().any(|image| image.contains(at));
    }
    let mut page = collector.page;
    decode(&mut page, &collector.coded);
    sight::settle(&mut page, &collector.sights);
    clipped::draw_cells(&mut page, &collector.sights);
    let area = f64::from(width) * f64::from(height);
    let share = |images: &mut dyn Iterator<Item = &Rect>| {
        let sum: f64 = images.map(|image| image.area()).sum();
        if area > 0.0 { (sum / area).clamp(0.0, 1.0) as f32 } else { 0.0 }
    };
    page.image_share = share(&mut collector.images.iter());
    let centres: Vec<(f32, f32)> = page.chunks.iter().map(|chunk| page.centre(chunk)).collect();
    let is_bare = |image: &&Rect| {
        image.area() > 0.02 * area && !centres.iter().any(|(x, y)| image.contains(Point::new(f64::from(*x), f64::from(*y))))
    };
    page.bare_share = share(&mut collector.images.iter().filter(is_bare));
    page.turn_upright();
    Ok(page)
}

/// Decodes what is set in fonts of TCVN3, unless the letters were converted and the names of the fonts stayed.
fn decode(page: &mut Page, coded: &[Option<FontEncoding>]) {
    let told = || page.chunks.iter().zip(coded).filter(|(_, told)| told.is_some());
    if told().next().is_none() || told().any(|(chunk, _)| encoding::is_unicode(page.text_of(chunk))) {
        return;
    }
    page.old = true;
    let mut coded = coded.iter();
    page.rewrite(|text| match coded.next().copied().flatten() {
        Some(told) => {
            let mut decoded = String::with_capacity(text.len() * 2);
            encoding::push_run(&mut decoded, told, text);
            decoded
        }
        None => text.to_owned(),
    });
}

/// Where the last glyph ended, and how it was set.
struct Last {
    end: Point,
    size: f64,
    turn: Turn,
    bold: bool,
    origin: Point,
    width: f64,
    char: Option<char>,
    paint: sight::Paint,
    clip: Option<Rect>,
    told: Option<FontEncoding>,
}

struct Collector {
    page: Page,
    last: Option<Last>,
    /// Whether a space was drawn since the last glyph.
    spaced: bool,
    /// Where images are seen.
    images: Vec<Rect>,
    /// For every open marked content, whether it is an artifact or inside one.
    artifacts: Vec<bool>,
    /// How much was drawn.
    steps: usize,
    /// The clips that are open, each inside of the one before.
    clips: Vec<Rect>,
    /// Where something darker than paper was painted.
    grounds: Vec<Rect>,
    /// How each chunk is seen.
    sights: Vec<Sight>,
    /// How the letters of each chunk are coded, where its font's name says so.
    coded: Vec<Option<FontEncoding>>,
    /// How often a chunk was compared with what was painted over it.
    compared: usize,
    /// Annotations and form fields, while these are drawn.
    added: Vec<added::Added>,
    /// What is set in a font of TCVN3.
    named: Option<named::Named>,
}

/// So much painting over is followed; a drawing of a million boxes covers no text.
const MOST_COMPARED: usize = 20_000_000;
/// So many dark grounds are remembered.
const MOST_GROUNDS: usize = 5_000;

impl Collector {
    /// Counts what is drawn, and leaves a page that draws without end.
    fn step(&mut self) {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.page.glyphs > MOST_GLYPHS {
            resume_unwind(Box::new(Endless));
        }
    }

    fn glyph(&mut self, glyph: &Glyph<'_>, matrix: Affine, face: Face, shade: Shade) {
        let bold = face.bold;
        let [a, b, c, d, x, y] = matrix.as_coeffs();
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(type3) => type3.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(500.0));
        let across = a.hypot(b);
        if !(across > 0.0 && x.is_finite() && y.is_finite()) {
            return;
        }
        // The height of the type across its baseline, whatever slants or narrows it.
        let size = 1000.0 * (a * d - b * c).abs() / across;
        let turn = if b.abs() < 0.05 * across {
            if a > 0.0 { Turn::Level } else { Turn::Around }
        } else if a.abs() < 0.05 * across {
            if b < 0.0 { Turn::Up } else { Turn::Down }
        } else {
            Turn::Other
        };
        let origin = Point::new(x, y);
        let end = Point::new(x + a * advance, y + b * advance);
        let unicode = glyph.as_unicode();
        let string = match &unicode {
            Some(BfString::String(string)) => Some(string.as_str()),
            _ => None,
        };
        let char = match &unicode {
            Some(BfString::Char(c)) => Some(*c),
            Some(BfString::String(string)) => string.chars().next(),
            None => None,
        };
        // A place where a word may be broken has no width and is no space: `từng trường\u{200B};`.
        if char == Some('\u{200B}') {
            return;
        }
        if char.is_some_and(char::is_whitespace) && string.is_none_or(|string| string.trim().is_empty()) {
            self.spaced |= advance > 20.0;
            return;
        }
        let clip = self.clips.last().copied();
        // A text that runs over the edge of its cell may run over that of the page, and so may a line that is too long.
        let runs_over = |last: &Last| last.clip == clip && last.turn == turn && goes_on(last, origin, size, turn);
        let on_page = self.shows(origin);
        if !(size > 0.5 && (on_page || self.last.as_ref().is_some_and(runs_over))) {
            return;
        }
        let width = across * advance;
        // Bold printed letter by letter, each twice, a hair apart.
        let twice = self.last.as_ref().is_some_and(|last| {
            last.char == char
                && last.turn == turn
                && (last.size - size).abs() < 0.03 * size
                && (origin - last.origin).hypot() < 0.3 * width.min(last.width)
        });
        if twice && !self.spaced {
            return;
        }
        let middle = Point::new(x + 0.5 * a * advance + 300.0 * c, y + 0.5 * b * advance + 300.0 * d);
        if !self.added.is_empty() && !added::shows(&self.added, middle, char, size) {
            return;
        }
        let inside = clip.map_or(on_page, |clip| clip.inflate(1.0, 1.0).contains(middle));
        let paint = sight::Paint {
            invisible: shade == Shade::None,
            white: shade == Shade::White && !self.grounds.iter().chain(&self.images).any(|ground| ground.contains(middle)),
            pale: shade == Shade::Pale,
        };
        self.page.glyphs += 1;
        let known = char.is_some_and(|c| !c.is_control() && !is_private(c));
        self.page.unmapped += usize::from(!known);
        // A space that takes no room is none: a place where a word may be broken, drawn as one (`từng trường\u{200B};`).
        if self.spaced && self.last.as_ref().is_some_and(|last| gap(last, origin, turn) < 0.03 * size) {
            self.spaced = false;
        }
        let joins = !self.spaced
            && self.last.as_ref().is_some_and(|last| {
                (last.paint, last.clip, last.told) == (paint, clip, face.told) && follows(last, origin, size, turn, bold)
            });
        let from = self.along(origin, turn).x as f32;
        let to = self.along(end, turn).x as f32;
        if !joins {
            let y = self.along(origin, turn).y as f32;
            let at = self.page.text.len();
            let artifact = self.artifacts.last().copied().unwrap_or(false);
            let (x0, x1, spaced) = (from.min(to), from.max(to), self.spaced);
            self.page.chunks.push(Chunk { x0, x1, y, size: size as f32, start: at, end: at, turn, bold, spaced, artifact });
            let goes_on = self
                .last
                .as_ref()
                .is_some_and(|last| last.clip == clip && last.turn == turn && goes_on(last, origin, size, turn));
            let run = self.sights.last().map_or(0, |sight| if goes_on { sight.run } else { sight.run + 1 });
            let edge = clip.map_or((f32::MIN, self.page.width), |clip| (clip.x0 as f32, clip.x1 as f32));
            let clip = clip.map(|clip| [clip.x0, clip.y0, clip.x1, clip.y1].map(|edge| edge as f32));
            self.sights.push(Sight { run, paint, edge, clip, added: !self.added.is_empty(), ..Sight::default() });
            self.coded.push(face.told);
        }
        match (string, char) {
            (Some(string), _) => self.page.text.push_str(string.trim()),
            // In a font of TCVN3 this byte is `ư`, whatever the producer calls its glyph.
            (None, Some('-')) if face.told.is_some() && glyph.char_code() == 0xAD => self.page.text.push('\u{AD}'),
            (None, Some(c)) if known => self.page.text.push(c),
            _ => self.page.text.push('\u{FFFD}'),
        }
        if let Some(chunk) = self.page.chunks.last_mut() {
            chunk.end = self.page.text.len();
            chunk.x1 = chunk.x1.max(to);
        }
        if let Some(sight) = self.sights.last_mut() {
            sight.inside |= inside;
        }
        self.spaced = false;
        self.last = Some(Last { end, size, turn, bold, origin, width, char, paint, clip, told: face.told });
    }

    fn push_clip(&mut self, clip: Rect) {
        let clip = clip.abs();
        let clip = self.clips.last().map_or(clip, |open| open.intersect(clip));
        self.clips.push(clip);
    }

    /// Goes on with what was put onto the page later.
    fn begin_added(&mut self, added: Vec<added::Added>) {
        (self.last, self.spaced, self.clips) = (None, false, Vec::new());
        self.artifacts.clear();
        self.added = added;
    }

    /// Takes note of a box that was painted: a ground, or a cover over the text that stands there.
    fn paint(&mut self, bounds: Rect, paint: &Paint<'_>, plain: bool) {
        let bounds = self.clips.last().map_or(bounds, |clip| bounds.abs().intersect(*clip));
        if bounds.width() < 2.0 || bounds.height() < 2.0 {
            return;
        }
        let (white, alpha) = match paint {
            Paint::Color(color) => {
                let [r, g, b, a] = color.to_rgba().to_rgba8();
                (r >= 253 && g >= 253 && b >= 253, a)
            }
            Paint::Pattern(_) => (false, 0),
        };
        if !white && self.grounds.len() < MOST_GROUNDS {
            self.grounds.push(bounds);
        }
        if !plain || alpha < 253 || self.compared > MOST_COMPARED {
            return;
        }
        self.compared += self.page.chunks.len();
        for (chunk, sight) in self.page.chunks.iter().zip(&mut self.sights) {
            let (x, y) = self.page.centre(chunk);
            let half = if chunk.turn == Turn::Level { 0.4 * (chunk.x1 - chunk.x0) } else { 0.0 };
            let holds = |x: f32| bounds.contains(Point::new(f64::from(x), f64::from(y)));
            sight.covered |= holds(x - half) && holds(x + half);
        }
    }

    /// A place, seen with the page turned so that text of this direction is level.
    fn along(&self, at: Point, turn: Turn) -> Point {
        match turn {
            Turn::Level | Turn::Other => at,
            Turn::Up => Point::new(f64::from(self.page.height) - at.y, at.x),
            Turn::Down => Point::new(at.y, f64::from(self.page.width) - at.x),
            Turn::Around => Point::new(f64::from(self.page.width) - at.x, f64::from(self.page.height) - at.y),
        }
    }

    /// Whether a place lies on the page: producers leave text outside of it.
    fn shows(&self, at: Point) -> bool {
        let (x, y) = (at.x as f32, at.y as f32);
        x > -2.0 && y > -2.0 && x < self.page.width + 2.0 && y < self.page.height + 20.0
    }

    fn segment(&mut self, axis: Axis, at: f64, from: f64, to: f64) {
        if self.page.rulings.len() < MOST_SEGMENTS && at.is_finite() && from.is_finite() && to.is_finite() {
            self.page.rulings.push(Segment { axis, at: at as f32, from: from.min(to) as f32, to: from.max(to) as f32 });
        }
    }

    /// A filled box: a line if it is thin.
    fn filled(&mut self, bounds: Rect) {
        const THIN: f64 = 3.0;
        let bounds = bounds.abs();
        if bounds.height() <= THIN {
            self.segment(Axis::Level, f64::midpoint(bounds.y0, bounds.y1), bounds.x0, bounds.x1);
        }
        if bounds.width() <= THIN {
            self.segment(Axis::Upright, f64::midpoint(bounds.x0, bounds.x1), bounds.y0, bounds.y1);
        }
    }

    fn fill(&mut self, path: &BezPath, transform: Affine) {
        let mut boxes: Vec<Rect> = Vec::new();
        let mut current: Option<Rect> = None;
        for element in path.elements() {
            let points: &[Point] = match element {
                PathEl::MoveTo(to) => {
                    boxes.extend(current.take());
                    &[*to]
                }
                PathEl::LineTo(to) => &[*to],
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => {
                    // A shape with curves is a letter, a logo, a stamp: no ruling.
                    self.page.curves += 1;
                    return;
                }
                PathEl::ClosePath => &[],
            };
            for point in points {
                let point = transform * *point;
                let at = Rect::from_points(point, point);
                current = Some(current.map_or(at, |bounds| bounds.union(at)));
            }
            if boxes.len() > MOST_SEGMENTS {
                return;
            }
        }
        boxes.extend(current);
        // A frame filled by even and odd: one box in another, a hair apart.
        if let [outer, inner] = boxes.as_slice() {
            let (outer, inner) = if outer.area() >= inner.area() { (*outer, *inner) } else { (*inner, *outer) };
            let hair = |gap: f64| (0.0..=3.0).contains(&gap);
            if inner.area() > 0.0
                && hair(inner.x0 - outer.x0)
                && hair(outer.x1 - inner.x1)
                && hair(inner.y0 - outer.y0)
                && hair(outer.y1 - inner.y1)
            {
                self.edges(outer);
                return;
            }
        }
        for bounds in boxes {
            self.filled(bounds);
        }
    }

    fn edges(&mut self, bounds: Rect) {
        self.segment(Axis::Level, bounds.y0, bounds.x0, bounds.x1);
        self.segment(Axis::Level, bounds.y1, bounds.x0, bounds.x1);
        self.segment(Axis::Upright, bounds.x0, bounds.y0, bounds.y1);
        self.segment(Axis::Upright, bounds.x1, bounds.y0, bounds.y1);
    }

    fn stroke(&mut self, path: &BezPath, transform: Affine, width: f64) {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let width = width * (a * d - b * c).abs().sqrt();
        let (mut first, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            let to = match element {
                PathEl::MoveTo(to) => {
                    (first, last) = (*to, *to);
                    continue;
                }
                PathEl::LineTo(to) => *to,
                PathEl::ClosePath => first,
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    last = *to;
                    continue;
                }
            };
            let (from, end) = (transform * last, transform * to);
            last = to;
            // A line wider than it is long, or as wide as type is high, is a shade.
            if width > 4.0 {
                let half = width / 2.0;
                let bounds = Rect::from_points(from, end);
                let level = bounds.width() >= bounds.height();
                self.filled(if level { bounds.inflate(0.0, half) } else { bounds.inflate(half, 0.0) });
            } else if (from.y - end.y).abs() <= 1.0 {
                self.segment(Axis::Level, f64::midpoint(from.y, end.y), from.x, end.x);
            } else if (from.x - end.x).abs() <= 1.0 {
                self.segment(Axis::Upright, f64::midpoint(from.x, end.x), from.y, end.y);
            }
        }
    }
}

/// How far `origin` lies from the end of the last glyph, along the text and across it.
fn offset(last: &Last, origin: Point, turn: Turn) -> (f64, f64) {
    let (dx, dy) = (origin.x - last.end.x, origin.y - last.end.y);
    match turn {
        Turn::Level | Turn::Other => (dx, dy),
        Turn::Up => (-dy, dx),
        Turn::Down => (dy, dx),
        Turn::Around => (-dx, -dy),
    }
}

/// The distance from the end of the last glyph, in whichever direction.
fn gap(last: &Last, origin: Point, turn: Turn) -> f64 {
    let (along, across) = offset(last, origin, turn);
    along.hypot(across)
}

/// Whether a glyph at `origin` touches the last one, so that both are of one word.
fn follows(last: &Last, origin: Point, size: f64, turn: Turn, bold: bool) -> bool {
    if last.turn != turn || last.bold != bold || (last.size - size).abs() > 0.03 * size {
        return false;
    }
    let (along, across) = offset(last, origin, turn);
    across.abs() < 0.04 * size && (-0.4 * size..0.13 * size).contains(&along)
}

/// Whether a character has no meaning outside of its font.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Whether a glyph stands in one line with the last one: words of one text have wide gaps, too.
fn goes_on(last: &Last, origin: Point, size: f64, turn: Turn) -> bool {
    let (along, across) = offset(last, origin, turn);
    across.abs() < 0.1 * size && (-0.5 * size..4.0 * size).contains(&along)
}

/// How dark a glyph is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shade {
    /// Not at all.
    None,
    White,
    /// As a watermark is.
    Pale,
    Dark,
}

fn shade(paint: &Paint<'_>, mode: &DrawMode) -> Shade {
    match (paint, mode) {
        (_, DrawMode::Invisible) => Shade::None,
        (Paint::Color(color), _) => {
            let [r, g, b, a] = color.to_rgba().to_rgba8();
            let least = r.min(g).min(b);
            match (a, least) {
                (0..=12, _) => Shade::None,
                (_, 253..) => Shade::White,
                (..=140, _) | (_, 165..) => Shade::Pale,
                _ => Shade::Dark,
            }
        }
        (Paint::Pattern(_), _) => Shade::Dark,
    }
}

/// Whether a shape is drawn in white, which nobody sees on paper.
fn is_white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8()[..3].iter().all(|part| *part >= 253),
        Paint::Pattern(_) => false,
    }
}

/// The box that a path is, where it is one and nothing else.
fn single_box(path: &BezPath) -> Option<Rect> {
    let elements = path.elements();
    let moves = elements.iter().filter(|element| matches!(element, PathEl::MoveTo(_))).count();
    let straight = elements.iter().all(|element| !matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
    if moves != 1 || !straight || elements.len() > 6 {
        return None;
    }
    let bounds = path.bounding_box();
    let corner = |point: &Point| {
        let near = |a: f64, b: f64| (a - b).abs() < 0.01;
        (near(point.x, bounds.x0) || near(point.x, bounds.x1)) && (near(point.y, bounds.y0) || near(point.y, bounds.y1))
    };
    let corners = elements.iter().filter_map(|element| match element {
        PathEl::MoveTo(to) | PathEl::LineTo(to) => Some(to),
        _ => None,
    });
    (corners.clone().count() >= 4 && corners.into_iter().all(corner)).then_some(bounds)
}

/// What a font's name says, or its weight.
#[derive(Clone, Copy, Debug, Default)]
struct Face {
    bold: bool,
    /// It draws TCVN3 (`.VnTime`), or its small letters as capitals (`.VnTimeH`).
    told: Option<FontEncoding>,
}

impl Face {
    fn of(glyph: &Glyph<'_>) -> Self {
        let Glyph::Outline(outline) = glyph else { return Self::default() };
        let Some(font) = outline.font_data() else { return Self::default() };
        // Asked once for every run of glyphs, and some producers make a run of each word.
        let name = font.postscript_name.as_deref().unwrap_or_default();
        let parts = |length: usize| name.as_bytes().windows(length);
        let named = parts(4).any(|part| matches!(part, b"Bold" | b"bold")) || parts(5).any(|part| part == b"Heavy");
        Self { bold: named || font.weight.is_some_and(|weight| weight >= 600), told: named::told(name) }
    }
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.step();
        if !self.added.is_empty() {
            return;
        }
        if let DrawMode::Fill(_) | DrawMode::FillAndStroke(..) = draw_mode
            && let Some(bounds) = single_box(path)
        {
            let plain = props.soft_mask.is_none() && matches!(props.blend_mode, BlendMode::Normal);
            self.paint(props.transform.transform_rect_bbox(bounds), &props.paint, plain);
        }
        if self.page.rulings.len() >= MOST_SEGMENTS || is_white(&props.paint) {
            return;
        }
        match draw_mode {
            DrawMode::Fill(_) => self.fill(path, props.transform),
            DrawMode::Stroke(stroke) => self.stroke(path, props.transform, f64::from(stroke.line_width)),
            DrawMode::FillAndStroke(_, stroke) => self.stroke(path, props.transform, f64::from(stroke.line_width)),
            DrawMode::Invisible => {}
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.step();
        if !self.added.is_empty() {
            return;
        }
        let bounds = props.transform.transform_rect_bbox(*rect);
        if let DrawMode::Fill(_) | DrawMode::FillAndStroke(..) = draw_mode {
            let plain = props.soft_mask.is_none() && matches!(props.blend_mode, BlendMode::Normal);
            self.paint(bounds, &props.paint, plain);
        }
        if is_white(&props.paint) {
            return;
        }
        match draw_mode {
            DrawMode::Fill(_) => self.filled(bounds),
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => self.edges(bounds),
            DrawMode::Invisible => {}
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, draw_mode: &DrawMode) {
        let mut face = None;
        let shade = shade(&props.paint, draw_mode);
        let told = self.named.as_mut().filter(|_| self.added.is_empty()).and_then(|named| {
            let codes: Option<Vec<u8>> = run.glyphs().iter().map(|glyph| u8::try_from(glyph.char_code()).ok()).collect();
            codes.and_then(|codes| named.next(&codes))
        });
        for glyph in run.glyphs() {
            self.step();
            let face = *face.get_or_insert_with(|| {
                let face = Face::of(glyph);
                Face { told: face.told.or(told), ..face }
            });
            self.glyph(glyph, props.transform * glyph.transform(), face, shade);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.step();
        if !self.added.is_empty() {
            return;
        }
        let bounds = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let shown = props.transform.transform_rect_bbox(bounds);
        let frame = Rect::new(0.0, 0.0, f64::from(self.page.width), f64::from(self.page.height));
        let seen = shown.intersect(frame);
        if seen.width() > 0.0 && seen.height() > 0.0 {
            if self.images.len() < MOST_IMAGES {
                self.images.push(seen);
            }
            // Some producers draw borders as stretched images of one pixel.
            if seen.width() <= 2.0 || seen.height() <= 2.0 {
                self.filled(seen);
            }
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<&Dict<'_>>) {
        let inside = self.artifacts.last().copied().unwrap_or(false);
        // A hostile stream opens without end; nesting as deep as this means nothing.
        if self.artifacts.len() < 256 {
            self.artifacts.push(inside || tag == b"Artifact");
        }
    }

    fn end_marked_content(&mut self) {
        self.artifacts.pop();
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.step();
        self.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, clip: &Rect) {
        self.step();
        self.push_clip(*clip);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {
        self.clips.pop();
    }
    fn pop_transparency_group(&mut self) {}
}
