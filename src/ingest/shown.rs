//! A page as a person looks at it beside what was read from it: its picture, and where on it its words stand.
//!
//! The picture is drawn by what draws pages for OCR, and the words are those that reading saw: of a page that shows its characters these, of a
//! scan those that OCR recognizes. A file that is no more the one that was read is not shown, since nothing would stand where it is said to.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::detect::{self, Kind};
use super::ocr::{self, Ocr};
use super::{IngestError, Reason, content, pdf};
use crate::record::Format;

/// Formats whose pages can be shown.
#[must_use]
pub fn has_pages(format: Format) -> bool {
    matches!(format, Format::Pdf | Format::Png | Format::Jpeg | Format::Tiff)
}

/// What is to be shown of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The SHA-256 of the file that was read.
    pub sha256: String,
    /// Which page, from 0.
    pub page: usize,
    /// What of it.
    pub part: Part,
}

/// What is to be shown of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Its picture, turned clockwise by so many quarters: JPEG.
    Picture(u8),
    /// Where the characters that it shows stand: [`Words`], as JSON.
    Words,
    /// Where the words stand that OCR recognizes.
    Recognized,
}

/// Words of a page with their places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// By how many quarters, clockwise, the page is to be turned for the places to be right.
    pub quarters: u8,
    /// The words, line by line.
    pub words: Vec<Placed>,
}

/// A word with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// Its characters.
    pub text: String,
    /// Left, top, right and bottom, as shares of the page's width and height.
    pub at: [f32; 4],
}

impl Placed {
    pub(super) fn new(text: String, [left, top, right, bottom]: [f32; 4], width: f32, height: f32) -> Self {
        let share = |length: f32, of: f32| if of > 0.0 { (length / of).clamp(0.0, 1.0) } else { 0.0 };
        Self { text, at: [share(left, width), share(top, height), share(right, width), share(bottom, height)] }
    }
}

/// Shows what is wanted of the file at `path`; where the content is `given`, the file is not opened.
///
/// # Errors
/// Where the file is not there or is another one, has no such page, or it cannot be drawn or read.
pub fn show(path: &Path, given: Option<Vec<u8>>, wanted: &Wanted) -> Result<Vec<u8>, IngestError> {
    let bytes = given.map_or_else(|| content(path), Ok)?;
    part_of(bytes, wanted).map_err(|reason| IngestError { path: path.display().to_string(), reason })
}

fn part_of(bytes: Vec<u8>, Wanted { sha256, page, part }: &Wanted) -> Result<Vec<u8>, Reason> {
    let own: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if own != *sha256 {
        return Err(Reason::Changed);
    }
    let format = match detect::detect(&bytes)? {
        Kind::Pdf => Format::Pdf,
        Kind::Image(format) => format,
        _ => return Err(Reason::NoPage(page + 1)),
    };
    let words = match part {
        Part::Picture(quarters) => return ocr::jpeg(bytes, format, *page, *quarters),
        Part::Words if format == Format::Pdf => pdf::words(&bytes, *page)?,
        Part::Words => Words::default(),
        Part::Recognized => {
            let ocr = Ocr::find(pdf::recognized::cells).ok_or_else(|| Reason::Scan(detect::name_of(format), 1))?;
            let reading = ocr.read_page(bytes, format, *page)?;
            Words { quarters: reading.turned, words: reading.placed() }
        }
    };
    Ok(serde_json::to_vec(&words).unwrap_or_default())
}
