//! In place of what draws pages and decodes pictures, in builds without OCR.

use std::sync::Arc;

use super::super::Reason;
use super::super::detect::name_of;
use super::raster::Raster;
use crate::record::Format;

/// Says that no page is drawn.
///
/// # Errors
/// Always.
pub(super) fn draw(_: &Arc<Vec<u8>>, _: usize, _: f32) -> Result<(Raster, f32), String> {
    Err("this build of kehoach reads no scans; build it with the feature `ocr`".into())
}

/// Says that no page is shown.
///
/// # Errors
/// Always.
pub(super) fn jpeg(_: Vec<u8>, format: Format, _: usize, _: u8) -> Result<Vec<u8>, Reason> {
    Err(Reason::LeftOut(name_of(format), "ocr"))
}

/// Says that no picture is decoded.
///
/// # Errors
/// Always.
pub(super) fn page(_: &[u8], format: Format, _: usize) -> Result<Raster, Reason> {
    Err(Reason::LeftOut(name_of(format), "ocr"))
}

/// Says that no pictures are decoded.
///
/// # Errors
/// Always.
pub(super) fn pages(_: &[u8], format: Format) -> Result<Vec<Result<Raster, String>>, Reason> {
    Err(Reason::LeftOut(name_of(format), "ocr"))
}
