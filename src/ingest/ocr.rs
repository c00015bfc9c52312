//! Scans: pictures of pages → words with their places, and ruling lines, by Tesseract.
//!
//! ```text
//! page ─draw→ picture ─straighten→ ─strokes→ rulings, picture without them ─Tesseract→ words ─measure→ Reading
//! ```
//! What is read goes the way of a born-digital page from there on (`super::pdf`): its columns, paragraphs
//! and tables are told by places. Tesseract is a program of its own; where it or its Vietnamese data are
//! not installed, nothing is read and the message says how to install them.

mod cells;
#[cfg(feature = "ocr")]
mod draw;
#[cfg(not(feature = "ocr"))]
mod left_out;
mod hocr;
mod measure;
mod patches;
#[cfg(feature = "ocr")]
mod picture;
mod raster;
mod repair;
#[cfg(feature = "ocr")]
mod show;
pub(super) mod remarks;
mod strokes;
mod tesseract;

use std::path::PathBuf;
use std::sync::Arc;

#[cfg(not(feature = "ocr"))]
use left_out as draw;
#[cfg(not(feature = "ocr"))]
use left_out as picture;
#[cfg(not(feature = "ocr"))]
use left_out as show;
use rayon::prelude::*;

use super::shown::Placed;
use super::{Progress, Reason, Sign};
use crate::record::Format;
use hocr::Seen;
use patches::Area;
use raster::Raster;
use tesseract::Segmentation;

pub(super) use measure::Word;
pub(super) use repair::Repair;

/// How many pages of one file are read at most.
const MOST_PAGES: usize = 2000;
/// How finely pages are drawn, in pixels to the inch.
const RESOLUTION: f32 = 300.0;
/// Type of pictures coarser than this is too small to be read as it is, in pixels to the inch.
const COARSE: f32 = 170.0;
/// A page askew by less is read as it is, in degrees.
const LEAST_SKEW: f64 = 0.04;
/// Words that are surer need no second look, in percent.
const SURE: f32 = 60.0;
/// How far parts of a page are set apart, in points.
const GAP: f32 = 9.0;
/// How far the ink of a cell keeps from its lines, in points.
const INSET: f32 = 0.9;
/// Words of a page that stands upright are surer than this in the mean, in percent.
const UPRIGHT: f32 = 62.0;

/// A ruling line, in points: of a level one `at` is its y and it runs from x to x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) level: bool,
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// A cell of a ruled table, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

/// Finds the cells that ruling lines enclose.
pub(super) type CellsOf = fn(&[Rule]) -> Vec<Cell>;

/// What was read on a page, in points from its upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reading {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) words: Vec<Word>,
    pub(super) rules: Vec<Rule>,
    /// By how many quarters, clockwise, the page had to be turned: what else is known of its places does not hold.
    pub(super) turned: u8,
    /// By how many degrees, clockwise, it was straightened then.
    pub(super) straightened: f32,
    /// What was repaired in its words.
    pub(super) repairs: Vec<Repair>,
}

impl Reading {
    /// How sure Tesseract is of its letters in the mean, in percent.
    pub(super) fn confidence(&self) -> f32 {
        let (mut sum, mut count) = (0.0, 0.0);
        for word in &self.words {
            let letters = word.text.chars().count() as f32;
            sum += word.confidence * letters;
            count += letters;
        }
        if count > 0.0 { sum / count } else { 0.0 }
    }

    /// Where the words stand on the page as it was before it was straightened, in shares of its width and height.
    pub(super) fn placed(&self) -> Vec<Placed> {
        let (sin, cos) = self.straightened.to_radians().sin_cos();
        let (middle_x, middle_y) = (self.width / 2.0, self.height / 2.0);
        let place = |word: &Word| {
            let (half_width, half_height) = ((word.x1 - word.x0) / 2.0, word.size / 2.0);
            let (dx, dy) = (f32::midpoint(word.x0, word.x1) - middle_x, word.y - 0.28 * word.size - middle_y);
            let (x, y) = (middle_x + dx * cos + dy * sin, middle_y - dx * sin + dy * cos);
            let at = [x - half_width, y - half_height, x + half_width, y + half_height];
            Placed::new(word.text.clone(), at, self.width, self.height)
        };
        self.words.iter().map(place).collect()
    }
}

/// The picture of a page, counted from 0, turned clockwise by so many quarters, as JPEG.
///
/// # Errors
/// Where there is no such page, or it cannot be drawn.
pub(super) fn jpeg(bytes: Vec<u8>, format: Format, page: usize, quarters: u8) -> Result<Vec<u8>, Reason> {
    show::jpeg(bytes, format, page, quarters)
}

/// Tesseract with its Vietnamese data.
#[derive(Clone, Debug)]
pub(super) struct Ocr {
    program: PathBuf,
    cells_of: CellsOf,
}

impl Ocr {
    /// Says how long a page may take, so that a slow one does not cost its whole file.
    pub(super) fn allow(time: std::time::Duration) {
        tesseract::allow(time);
    }

    /// Looks for Tesseract; `None` where it or its Vietnamese data are not there.
    pub(super) fn find(cells_of: CellsOf) -> Option<Self> {
        if cfg!(not(feature = "ocr")) {
            return None;
        }
        let program = tesseract::find().filter(|program| tesseract::knows_vietnamese(program))?;
        Some(Self { program, cells_of })
    }

    /// Reads pages of a PDF, counted from 0, side by side; gives them in the order asked for, each with what went wrong.
    pub(super) fn read_pdf(&self, bytes: &[u8], pages: &[usize], progress: Progress) -> Vec<Result<Reading, String>> {
        let bytes = Arc::new(bytes.to_vec());
        let read = |(count, page): (usize, &usize)| {
            if count >= MOST_PAGES {
                return Err(format!("more than {MOST_PAGES} pages of a file are not read by OCR"));
            }
            let (raster, dpi) = draw::draw(&bytes, *page, RESOLUTION)?;
            let reading = self.read(raster, dpi);
            progress(Sign::Page);
            reading
        };
        pages.par_iter().enumerate().map(read).collect()
    }

    /// Reads the pages of an image file.
    ///
    /// # Errors
    /// Where the file is damaged or has too many pixels.
    pub(super) fn read_images(
        &self,
        bytes: &[u8],
        format: Format,
        progress: Progress,
    ) -> Result<Vec<Result<Reading, String>>, Reason> {
        let pages = picture::pages(bytes, format)?;
        Ok(pages
            .into_par_iter()
            .map(|page| {
                let page = page?;
                let reading = self.read_image(page);
                progress(Sign::Page);
                reading
            })
            .collect())
    }

    /// Reads one page of a PDF or an image file, counted from 0.
    ///
    /// # Errors
    /// Where there is no such page, or it cannot be drawn or read.
    pub(super) fn read_page(&self, bytes: Vec<u8>, format: Format, page: usize) -> Result<Reading, Reason> {
        let read = if format == Format::Pdf {
            draw::draw(&Arc::new(bytes), page, RESOLUTION).and_then(|(raster, dpi)| self.read(raster, dpi))
        } else {
            self.read_image(picture::page(&bytes, format, page)?)
        };
        read.map_err(Reason::OcrFailed)
    }

    /// Brings the pages of one file into line: one size for type that is meant to be of one, and slips repaired where that is
    /// certain.
    pub(super) fn settle(readings: &mut [&mut Reading], cells_of: CellsOf) {
        measure::even_out(&mut readings.iter_mut().flat_map(|reading| &mut reading.words).collect::<Vec<_>>());
        // The embedded lexicons are sound: tests hold that.
        if let Ok(repairer) = repair::Repairer::new() {
            for reading in readings.iter_mut() {
                reading.repairs = repairer.repair(reading);
            }
        }
        let mut repairs = repair::markers(readings);
        if let Ok(labels) = cells::Labels::new() {
            repairs.extend(cells::repair(readings, cells_of, &labels));
        }
        for (page, repair) in repairs {
            readings[page].repairs.push(repair);
        }
    }

    /// Reads a page of an image file.
    fn read_image(&self, page: Raster) -> Result<Reading, String> {
        let dpi = measure::resolution(&page);
        if dpi < COARSE { self.read(page.doubled(), 2.0 * dpi) } else { self.read(page, dpi) }
    }

    /// Reads a picture of a page, `dpi` pixels to the inch.
    fn read(&self, raster: Raster, dpi: f32) -> Result<Reading, String> {
        tesseract::begin_page();
        let reading = self.read_upright(&raster, dpi)?;
        if reading.words.len() >= 8 && reading.confidence() >= UPRIGHT || raster.threshold().is_none() {
            return Ok(reading);
        }
        // Words that make no sense: the page may lie on its side or stand on its head.
        let Some(quarter) = tesseract::quarter(&self.program, &raster, dpi) else { return Ok(reading) };
        let turned = self.read_upright(&raster.turned(quarter), dpi)?;
        let weight =
            |reading: &Reading| reading.words.iter().map(|word| word.confidence * word.text.chars().count() as f32).sum::<f32>();
        Ok(if weight(&turned) > weight(&reading) { Reading { turned: quarter.count(), ..turned } } else { reading })
    }

    fn read_upright(&self, raster: &Raster, dpi: f32) -> Result<Reading, String> {
        let skew = raster.skew();
        let skew = if skew.abs() > LEAST_SKEW { skew } else { 0.0 };
        let mut page = if skew == 0.0 { raster.clone() } else { raster.straightened(skew) };
        let per_point = dpi / 72.0;
        let strokes = strokes::take(&mut page, per_point);
        let rules = measure::rules(&strokes, per_point);
        let (width, height) = (page.width as f32 / per_point, page.height as f32 / per_point);
        let mut reading = Reading { width, height, words: Vec::new(), rules, turned: 0, straightened: 0.0, repairs: Vec::new() };
        reading.straightened = skew as f32;
        let Some(threshold) = page.threshold() else { return Ok(reading) };
        let cells = cells(&page, &(self.cells_of)(&reading.rules), per_point, threshold);
        let mut outside = page.clone();
        for cell in &cells {
            outside.erase(*cell);
        }
        let mut seen = tesseract::words(&self.program, &outside, dpi, Segmentation::Page)?;
        let sure = |word: &Seen| word.confidence >= SURE;
        let known: Vec<Area> = seen.iter().filter(|word| sure(word)).map(area).collect();
        let again = patches::passed_over(&outside, &known, per_point, threshold);
        self.read_patches(&page, &cells, dpi, &mut seen, |_| true)?;
        // What stands alone and is no letter is more likely dust.
        let told =
            |word: &Seen| sure(word) && (word.text.chars().filter(|c| c.is_alphanumeric()).count() > 1 || word.confidence > 85.0);
        self.read_patches(&page, &again, dpi, &mut seen, told)?;
        reading.words = measure::words(&seen, per_point);
        Ok(reading)
    }

    /// Reads parts of the page by themselves, and takes the words that are wanted.
    fn read_patches(
        &self,
        page: &Raster,
        areas: &[Area],
        dpi: f32,
        seen: &mut Vec<Seen>,
        wanted: impl Fn(&Seen) -> bool,
    ) -> Result<(), String> {
        let gap = (dpi / 72.0 * GAP) as usize;
        for column in patches::columns(page, areas, gap) {
            let line = seen.iter().map(|word| word.line + 1).max().unwrap_or(0);
            let found = tesseract::words(&self.program, &column.raster, dpi, Segmentation::Block)?;
            for word in column.back(found, line).into_iter().filter(|word| wanted(word)) {
                // A doubtful reading of the same ink gives way, a sure one stays.
                let place = area(&word);
                seen.retain(|old| old.confidence >= SURE || !place.covers(&area(old)));
                if !seen.iter().any(|old| old.line < line && place.meets(&area(old))) {
                    seen.push(word);
                }
            }
        }
        Ok(())
    }
}

/// The ink of each cell, in pixels.
fn cells(page: &Raster, boxes: &[Cell], per_point: f32, threshold: u8) -> Vec<Area> {
    let pixel = |points: f32| (points.max(0.0) * per_point) as usize;
    let dust = (per_point * per_point) as usize;
    let inside = |cell: &Cell| Area {
        left: pixel(cell.left + INSET),
        top: pixel(cell.top + INSET),
        right: pixel(cell.right - INSET).min(page.width),
        bottom: pixel(cell.bottom - INSET).min(page.height),
    };
    boxes.iter().filter_map(|cell| patches::ink(page, inside(cell), threshold, dust)).collect()
}

/// Where a word stands.
fn area(word: &Seen) -> Area {
    let pixel = |value: f32| value.max(0.0) as usize;
    Area { left: pixel(word.left), top: pixel(word.top), right: pixel(word.right), bottom: pixel(word.bottom) }
}
