//! A page of a PDF → a picture. The only file that names the library that draws it: its
//! interface breaks between minor versions.

use hayro::hayro_interpret::{InterpreterSettings, RenderContent};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::RgbImage;
use std::sync::Arc;

use super::raster::{Ink, Raster};

/// A sheet of A3 at 300 to the inch has 17 million pixels; larger pages are drawn coarser.
const MOST_PIXELS: f32 = 36.0e6;
/// The longest side that can be drawn.
const LONGEST: f32 = 20_000.0;

/// Draws a page, counted from 0, with about `dpi` pixels to the inch; gives how many it has to the inch.
///
/// # Errors
/// Where the file has no such page, or it has no extent.
pub(super) fn draw(bytes: &Arc<Vec<u8>>, page: usize, dpi: f32) -> Result<(Raster, f32), String> {
    let (pixmap, scale) = pixmap(bytes, page, dpi, MOST_PIXELS)?;
    let (width, height) = (usize::from(pixmap.width()), usize::from(pixmap.height()));
    let colours = || pixmap.data_as_u8_slice().chunks_exact(4).map(|rgba| [rgba[0], rgba[1], rgba[2]]);
    let ink = Ink::of(colours());
    let pixels = colours().map(|[red, green, blue]| ink.light(red, green, blue)).collect();
    Ok((Raster { width, height, pixels }, scale * 72.0))
}

/// Draws a page, counted from 0, in its colours, with about `dpi` pixels to the inch and `most` pixels in all.
///
/// # Errors
/// As [`draw`].
pub(super) fn colours(bytes: &Arc<Vec<u8>>, page: usize, dpi: f32, most: f32) -> Result<RgbImage, String> {
    let (pixmap, _) = pixmap(bytes, page, dpi, most)?;
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    // On white nothing is transparent.
    let rgb = pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|rgba| [rgba[0], rgba[1], rgba[2]]).collect();
    RgbImage::from_raw(width, height, rgb).ok_or_else(|| "the page has no extent".into())
}

/// Draws a page, and gives how many pixels it has to the point.
fn pixmap(bytes: &Arc<Vec<u8>>, page: usize, dpi: f32, most: f32) -> Result<(Pixmap, f32), String> {
    let pdf = Pdf::new(bytes.clone()).map_err(|_| "the file cannot be opened to be drawn")?;
    let page = pdf.pages().get(page).ok_or("the page cannot be found")?;
    let (width, height) = page.render_dimensions();
    if !(width >= 1.0 && height >= 1.0) {
        return Err("the page has no extent".into());
    }
    let mut scale = dpi / 72.0;
    scale = scale.min((most / (width * height)).sqrt()).min(LONGEST / width.max(height));
    // A signature's stamp and a reader's notes are no part of the document.
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let pixmap_settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let pixmap = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &pixmap_settings);
    Ok((pixmap, scale))
}
