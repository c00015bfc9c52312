//! Scans: pictures of pages → words with their places, and ruling lines, by Tesseract.
//!
//! ```text
//! page ─draw→ picture ─straighten→ ─strokes→ rulings, picture without them ─Tesseract→ words ─measure→ Reading
//! ```
//! What is read goes the way of a born-digital page from there on (`super::pdf`): its columns, paragraphs
//! and tables are told by places. Tesseract is a program of its own; where it or its Vietnamese data are
//! not installed, nothing is read and the message says how to install them.

mod draw;
mod hocr;
mod measure;
mod picture;
mod raster;
pub(super) mod remarks;
mod strokes;
mod tesseract;

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Progress, Reason};
use crate::record::Format;
use raster::Raster;
use tesseract::Segmentation;

pub(super) use measure::Word;

/// How many pages of one file are read at most.
const MOST_PAGES: usize = 2000;
/// How finely pages are drawn, in pixels to the inch.
const RESOLUTION: f32 = 300.0;
/// Type of pictures coarser than this is too small to be read as it is, in pixels to the inch.
const COARSE: f32 = 170.0;
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

/// What was read on a page, in points from its upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reading {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) words: Vec<Word>,
    pub(super) rules: Vec<Rule>,
    /// Whether the page had to be turned by quarters: what else is known of its places does not hold.
    pub(super) turned: bool,
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
}

/// Tesseract with its Vietnamese data.
#[derive(Clone, Debug)]
pub(super) struct Ocr {
    program: PathBuf,
}

impl Ocr {
    /// Looks for Tesseract; `None` where it or its Vietnamese data are not there.
    pub(super) fn find() -> Option<Self> {
        tesseract::find().filter(|program| tesseract::knows_vietnamese(program)).map(|program| Self { program })
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
            progress();
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
                let dpi = measure::resolution(&page);
                let reading = if dpi < COARSE { self.read(page.doubled(), 2.0 * dpi) } else { self.read(page, dpi) };
                progress();
                reading
            })
            .collect())
    }

    /// Reads a picture of a page, `dpi` pixels to the inch.
    fn read(&self, raster: Raster, dpi: f32) -> Result<Reading, String> {
        let reading = self.read_upright(&raster, dpi)?;
        if reading.words.len() >= 8 && reading.confidence() >= UPRIGHT || raster.threshold().is_none() {
            return Ok(reading);
        }
        // Words that make no sense: the page may lie on its side or stand on its head.
        let Some(quarter) = tesseract::quarter(&self.program, &raster, dpi) else { return Ok(reading) };
        let turned = self.read_upright(&raster.turned(quarter), dpi)?;
        let weight =
            |reading: &Reading| reading.words.iter().map(|word| word.confidence * word.text.chars().count() as f32).sum::<f32>();
        Ok(if weight(&turned) > weight(&reading) { Reading { turned: true, ..turned } } else { reading })
    }

    fn read_upright(&self, raster: &Raster, dpi: f32) -> Result<Reading, String> {
        let skew = raster.skew();
        let mut page = if skew.abs() > 0.04 { raster.straightened(skew) } else { raster.clone() };
        let per_point = dpi / 72.0;
        let strokes = strokes::take(&mut page, per_point);
        let seen = tesseract::words(&self.program, &page, dpi, Segmentation::Page)?;
        let rules = measure::rules(&strokes, per_point);
        let words = measure::words(&seen, per_point);
        let (width, height) = (page.width as f32 / per_point, page.height as f32 / per_point);
        Ok(Reading { width, height, words, rules, turned: false })
    }
}
