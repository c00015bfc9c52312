//! A page as a person looks at it beside its text: in colours, upright, as fine as a screen shows it.

use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{rotate90, rotate180, rotate270, thumbnail};
use image::{ExtendedColorType, RgbImage};

use super::super::Reason;
use super::super::detect::name_of;
use super::{draw, picture};
use crate::record::Format;

/// How finely pages are drawn, in pixels to the inch: small type can be read when the page fills half a screen.
const RESOLUTION: f32 = 150.0;
/// A sheet of A4 has 2.2 million pixels then; larger ones are drawn coarser.
const MOST_PIXELS: f32 = 5.0e6;
/// At this quality letters have clean edges, and a scan takes some hundred kilobytes.
const QUALITY: u8 = 85;

/// The picture of a page, counted from 0, turned clockwise by so many quarters, as JPEG.
///
/// # Errors
/// Where there is no such page, or it cannot be drawn.
pub(super) fn jpeg(bytes: Vec<u8>, format: Format, page: usize, quarters: u8) -> Result<Vec<u8>, Reason> {
    let damaged = |detail: String| Reason::Damaged(name_of(format), detail);
    let image = match format {
        Format::Pdf => draw::colours(&Arc::new(bytes), page, RESOLUTION, MOST_PIXELS).map_err(damaged)?,
        _ => fitted(picture::colours(&bytes, format, page)?),
    };
    let image = match quarters % 4 {
        1 => rotate90(&image),
        2 => rotate180(&image),
        3 => rotate270(&image),
        _ => image,
    };
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgb8)
        .map_err(|error| damaged(error.to_string()))?;
    Ok(out)
}

/// The picture with no more pixels than a page is drawn with.
fn fitted(image: RgbImage) -> RgbImage {
    let (width, height) = image.dimensions();
    let scale = (MOST_PIXELS / (width as f32 * height as f32)).sqrt();
    if scale >= 1.0 {
        return image;
    }
    let less = |length: u32| ((length as f32 * scale) as u32).max(1);
    thumbnail(&image, less(width), less(height))
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgb};

    use super::*;

    #[test]
    fn a_picture_is_shown_in_its_colours_and_turned() {
        let mut image = RgbImage::from_pixel(40, 80, Rgb([250, 250, 250]));
        for (x, y) in (0..40).flat_map(|x| (0..20).map(move |y| (x, y))) {
            image.put_pixel(x, y, Rgb([200, 20, 30]));
        }
        let mut png = std::io::Cursor::new(Vec::new());
        image.write_to(&mut png, ImageFormat::Png).expect("written");
        let png = png.into_inner();
        let shown = |quarters: u8| {
            let jpeg = jpeg(png.clone(), Format::Png, 0, quarters).expect("a picture");
            image::load_from_memory_with_format(&jpeg, ImageFormat::Jpeg).expect("JPEG").into_rgb8()
        };
        let is_red = |image: &RgbImage, x: u32, y: u32| image.get_pixel(x, y).0[0] > 150 && image.get_pixel(x, y).0[1] < 90;
        // The seal above stays red; turned to the right it stands at the right.
        assert!(is_red(&shown(0), 20, 5) && !is_red(&shown(0), 20, 60));
        assert_eq!(shown(1).dimensions(), (80, 40));
        assert!(is_red(&shown(1), 75, 20) && is_red(&shown(2), 20, 75) && is_red(&shown(3), 5, 20));
        let none = jpeg(png, Format::Png, 1, 0).expect_err("one page");
        assert_eq!(none.code(), "no-page");
    }

    #[test]
    fn a_large_picture_is_made_smaller() {
        let shown = fitted(RgbImage::from_pixel(4000, 3000, Rgb([255, 255, 255])));
        assert!(shown.width() * shown.height() <= 5_000_000 && shown.width() > 2500, "{:?}", shown.dimensions());
    }
}
