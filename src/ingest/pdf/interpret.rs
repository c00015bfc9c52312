//! Bytes → [`Page`]s, by interpreting what a PDF draws. The only file that names the
//! library that does it: its interface breaks between minor versions.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::page::Page as RawPage;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings,
    Paint, RenderContent, SoftMask, interpret_page,
};

use super::super::Reason;
use super::glyphs::{Chunk, Page, Turn};
use super::ruling::{Axis, Segment};

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

/// Interprets the file and gives its pages in order to `each`.
pub(super) fn pages(bytes: &[u8], mut each: impl FnMut(Page)) -> Result<(), Reason> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Reason::Encrypted("a PDF"),
        LoadPdfError::Decryption(_) => Reason::UnknownEncryption,
        LoadPdfError::Invalid => Reason::BrokenPdf,
    })?;
    let settings = InterpreterSettings {
        // Glyphs are never drawn, so that a missing font costs nothing.
        font_resolver: InterpreterSettings::default().font_resolver,
        // A signature's stamp and a reader's notes are no part of the document.
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    for raw in pdf.pages().iter().take(MOST_PAGES) {
        each(interpret(raw, &pdf, &cache, settings.clone())?);
    }
    Ok(())
}

/// What a page that draws without end is left with: the interpreter has no other way out.
struct Endless;

fn interpret<'a>(
    raw: &RawPage<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    settings: InterpreterSettings,
) -> Result<Page, Reason> {
    let (width, height) = raw.render_dimensions();
    let initial = Affine::new(raw.initial_transform(true).as_coeffs());
    let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(initial, frame, cache, pdf.xref(), settings);
    let mut collector = Collector {
        page: Page { width, height, ..Page::default() },
        last: None,
        spaced: false,
        images: Vec::new(),
        artifacts: Vec::new(),
        steps: 0,
    };
    if let Err(end) = catch_unwind(AssertUnwindSafe(|| interpret_page(raw, &mut context, &mut collector))) {
        if end.is::<Endless>() {
            return Err(Reason::Bomb(format!("a page that draws more than {MOST_GLYPHS} letters or {MOST_STEPS} shapes")));
        }
        resume_unwind(end);
    }
    let mut page = collector.page;
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

/// Where the last glyph ended, and how it was set.
struct Last {
    end: Point,
    size: f64,
    turn: Turn,
    bold: bool,
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
}

impl Collector {
    /// Counts what is drawn, and leaves a page that draws without end.
    fn step(&mut self) {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.page.glyphs > MOST_GLYPHS {
            resume_unwind(Box::new(Endless));
        }
    }

    fn glyph(&mut self, glyph: &Glyph<'_>, matrix: Affine, bold: bool) {
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
        if !(size > 0.5 && self.shows(origin)) {
            return;
        }
        self.page.glyphs += 1;
        let known = char.is_some_and(|c| !c.is_control() && !is_private(c));
        self.page.unmapped += usize::from(!known);
        // A space that takes no room is none: a place where a word may be broken, drawn as one (`từng trường\u{200B};`).
        if self.spaced && self.last.as_ref().is_some_and(|last| gap(last, origin, turn) < 0.03 * size) {
            self.spaced = false;
        }
        let joins = !self.spaced && self.last.as_ref().is_some_and(|last| follows(last, origin, size, turn, bold));
        let from = self.along(origin, turn).x as f32;
        let to = self.along(end, turn).x as f32;
        if !joins {
            let y = self.along(origin, turn).y as f32;
            let at = self.page.text.len();
            let artifact = self.artifacts.last().copied().unwrap_or(false);
            let (x0, x1, spaced) = (from.min(to), from.max(to), self.spaced);
            self.page.chunks.push(Chunk { x0, x1, y, size: size as f32, start: at, end: at, turn, bold, spaced, artifact });
        }
        match (string, char) {
            (Some(string), _) => self.page.text.push_str(string.trim()),
            (None, Some(c)) if known => self.page.text.push(c),
            _ => self.page.text.push('\u{FFFD}'),
        }
        if let Some(chunk) = self.page.chunks.last_mut() {
            chunk.end = self.page.text.len();
            chunk.x1 = chunk.x1.max(to);
        }
        self.spaced = false;
        self.last = Some(Last { end, size, turn, bold });
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

/// Whether a shape is drawn in white, which nobody sees on paper.
fn is_white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8()[..3].iter().all(|part| *part >= 253),
        Paint::Pattern(_) => false,
    }
}

/// Whether a font's name or weight says that it is bold.
fn is_bold(glyph: &Glyph<'_>) -> bool {
    let Glyph::Outline(outline) = glyph else {
        return false;
    };
    let Some(font) = outline.font_data() else {
        return false;
    };
    // Asked once for every run of glyphs, and some producers make a run of each word.
    let named = font.postscript_name.is_some_and(|name| {
        let name = name.as_bytes();
        name.windows(4).any(|part| matches!(part, b"Bold" | b"bold")) || name.windows(5).any(|part| part == b"Heavy")
    });
    named || font.weight.is_some_and(|weight| weight >= 600)
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.step();
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
        if is_white(&props.paint) {
            return;
        }
        let bounds = props.transform.transform_rect_bbox(*rect);
        match draw_mode {
            DrawMode::Fill(_) => self.filled(bounds),
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => self.edges(bounds),
            DrawMode::Invisible => {}
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let mut bold = None;
        for glyph in run.glyphs() {
            self.step();
            let bold = *bold.get_or_insert_with(|| is_bold(glyph));
            self.glyph(glyph, props.transform * glyph.transform(), bold);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.step();
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

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
