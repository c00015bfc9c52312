//! PNG, JPEG and TIFF → pictures of pages; a TIFF may hold several.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, RgbImage};
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits};

use super::super::Reason;
use super::super::detect::name_of;
use super::raster::{Ink, Raster};
use crate::record::Format;

/// A page of A3 at 600 to the inch; no scan of a document has more pixels.
const MOST_PIXELS: u64 = 80_000_000;
/// The most memory that decoding may take, in bytes.
const MOST_MEMORY: usize = 512 * 1024 * 1024;

/// Decodes every page of an image file to `each`; gives how many there are and what could not be decoded.
///
/// # Errors
/// Where nothing can be decoded.
pub(super) fn pages(bytes: &[u8], format: Format) -> Result<Vec<Result<Raster, String>>, Reason> {
    let damaged = |detail: String| Reason::Damaged(name_of(format), detail);
    match format {
        Format::Tiff => tiff_pages(bytes).map_err(damaged),
        Format::Jpeg => Ok(vec![Ok(decode(bytes, ImageFormat::Jpeg).map_err(damaged)?)]),
        _ => Ok(vec![Ok(decode(bytes, ImageFormat::Png).map_err(damaged)?)]),
    }
}

fn too_large(width: u64, height: u64) -> Option<String> {
    (width * height > MOST_PIXELS).then(|| format!("it has {width} × {height} pixels, more than the {MOST_PIXELS} that are read"))
}

/// Decodes one page of an image file, counted from 0.
///
/// # Errors
/// Where there is none, or it cannot be decoded.
pub(super) fn page(bytes: &[u8], format: Format, page: usize) -> Result<Raster, Reason> {
    let damaged = |detail: String| Reason::Damaged(name_of(format), detail);
    match (format, page) {
        (Format::Tiff, _) => tiff_page_at(bytes, page).map_err(damaged),
        (Format::Jpeg, 0) => decode(bytes, ImageFormat::Jpeg).map_err(damaged),
        (Format::Png, 0) => decode(bytes, ImageFormat::Png).map_err(damaged),
        _ => Err(Reason::NoPage(page + 1)),
    }
}

/// As [`page`], in its colours; a TIFF, which is a fax or a scan in black, in grey.
///
/// # Errors
/// As [`page`].
pub(super) fn colours(bytes: &[u8], format: Format, page: usize) -> Result<RgbImage, Reason> {
    let damaged = |detail: String| Reason::Damaged(name_of(format), detail);
    let image = match (format, page) {
        (Format::Tiff, _) => {
            let grey = tiff_page_at(bytes, page).map_err(damaged)?;
            let rgb = grey.pixels.iter().flat_map(|grey| [*grey; 3]).collect();
            let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
            return RgbImage::from_raw(size(grey.width), size(grey.height), rgb).ok_or(Reason::NoPage(page + 1));
        }
        (Format::Jpeg, 0) => opened(bytes, ImageFormat::Jpeg).map_err(damaged)?,
        (Format::Png, 0) => opened(bytes, ImageFormat::Png).map_err(damaged)?,
        _ => return Err(Reason::NoPage(page + 1)),
    };
    if !image.color().has_alpha() {
        return Ok(image.into_rgb8());
    }
    let rgba = image.into_rgba8();
    let (width, height) = rgba.dimensions();
    let rgb = rgba.pixels().flat_map(|pixel| [0, 1, 2].map(|at| over_white(pixel.0[at], pixel.0[3]))).collect();
    RgbImage::from_raw(width, height, rgb).ok_or(Reason::NoPage(page + 1))
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<Raster, String> {
    opened(bytes, format).map(on_white)
}

fn opened(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, String> {
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(|error| error.to_string())?;
    if let Some(error) = too_large(width.into(), height.into()) {
        return Err(error);
    }
    let mut reader = reader();
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_MEMORY as u64);
    reader.limits(limits);
    reader.decode().map_err(|error| error.to_string())
}

/// Grey, what is transparent on white.
fn on_white(image: DynamicImage) -> Raster {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let pixels = if image.color().has_alpha() {
        let image = image.into_rgba8();
        let ink = Ink::of(image.pixels().map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]));
        let grey = |[red, green, blue, alpha]: [u8; 4]| over_white(ink.light(red, green, blue), alpha);
        image.pixels().map(|pixel| grey(pixel.0)).collect()
    } else if image.color().has_color() {
        let image = image.into_rgb8();
        let ink = Ink::of(image.pixels().map(|pixel| pixel.0));
        image.pixels().map(|pixel| ink.light(pixel.0[0], pixel.0[1], pixel.0[2])).collect()
    } else {
        image.into_luma8().into_raw()
    };
    Raster { width, height, pixels }
}

fn over_white(grey: u8, alpha: u8) -> u8 {
    let (grey, alpha) = (u32::from(grey), u32::from(alpha));
    ((grey * alpha + 255 * (255 - alpha)) / 255) as u8
}

fn tiff(bytes: &[u8]) -> Result<Decoder<Cursor<&[u8]>>, String> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MOST_MEMORY;
    limits.intermediate_buffer_size = MOST_MEMORY;
    Ok(Decoder::new(Cursor::new(bytes)).map_err(|error| error.to_string())?.with_limits(limits))
}

/// One page of a TIFF, counted from 0: those before it are passed over and not decoded.
fn tiff_page_at(bytes: &[u8], page: usize) -> Result<Raster, String> {
    let mut decoder = tiff(bytes)?;
    for _ in 0..page.min(super::MOST_PAGES) {
        if !decoder.more_images() {
            return Err(format!("it has no page {}", page + 1));
        }
        decoder.next_image().map_err(|error| error.to_string())?;
    }
    tiff_page(&mut decoder)
}

/// The pages of a TIFF.
fn tiff_pages(bytes: &[u8]) -> Result<Vec<Result<Raster, String>>, String> {
    let mut decoder = tiff(bytes)?;
    let mut pages = Vec::new();
    loop {
        pages.push(tiff_page(&mut decoder));
        if pages.len() >= super::MOST_PAGES || !decoder.more_images() {
            break;
        }
        if let Err(error) = decoder.next_image() {
            pages.push(Err(error.to_string()));
            break;
        }
    }
    match pages.iter().find_map(|page| page.as_ref().err()) {
        Some(error) if pages.iter().all(Result::is_err) => Err(error.clone()),
        _ => Ok(pages),
    }
}

fn tiff_page(decoder: &mut Decoder<Cursor<&[u8]>>) -> Result<Raster, String> {
    let (width, height) = decoder.dimensions().map_err(|error| error.to_string())?;
    if let Some(error) = too_large(width.into(), height.into()) {
        return Err(error);
    }
    let color = decoder.colortype().map_err(|error| error.to_string())?;
    let (width, height) = (width as usize, height as usize);
    let samples: Vec<u8> = match decoder.read_image().map_err(|error| error.to_string())? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.iter().map(|sample| (sample >> 8) as u8).collect(),
        _ => return Err("its samples are no greys of 1, 8 or 16 bits".into()),
    };
    grey(&samples, color, width, height).ok_or_else(|| format!("its colours ({color:?}) are not read"))
}

/// The greys of a TIFF's samples; `None` for a kind of colour that scanners do not make.
fn grey(samples: &[u8], color: ColorType, width: usize, height: usize) -> Option<Raster> {
    let pixels: Vec<u8> = match color {
        // Packed bits, every row in whole bytes.
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let bits = usize::from(bits);
            let stride = (width * bits).div_ceil(8);
            let most = (1_u32 << bits) - 1;
            let mut pixels = Vec::with_capacity(width * height);
            for y in 0..height {
                for x in 0..width {
                    let byte = *samples.get(y * stride + x * bits / 8)?;
                    let value = u32::from(byte) >> (8 - bits - x * bits % 8) & most;
                    pixels.push((value * 255 / most) as u8);
                }
            }
            pixels
        }
        ColorType::Gray(_) => samples.to_vec(),
        ColorType::GrayA(_) => samples.chunks_exact(2).map(|pixel| over_white(pixel[0], pixel[1])).collect(),
        ColorType::RGB(_) | ColorType::YCbCr(_) => {
            let colours = || samples.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
            let ink = Ink::of(colours());
            colours().map(|[red, green, blue]| ink.light(red, green, blue)).collect()
        }
        ColorType::RGBA(_) => {
            let ink = Ink::of(samples.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]));
            samples.chunks_exact(4).map(|pixel| over_white(ink.light(pixel[0], pixel[1], pixel[2]), pixel[3])).collect()
        }
        ColorType::CMYK(_) => {
            let part = |ink: u8, black: u8| ((255 - u32::from(ink)) * (255 - u32::from(black)) / 255) as u8;
            let colours = || samples.chunks_exact(4).map(|pixel| [0, 1, 2].map(|at| part(pixel[at], pixel[3])));
            let ink = Ink::of(colours());
            colours().map(|[red, green, blue]| ink.light(red, green, blue)).collect()
        }
        _ => return None,
    };
    (pixels.len() == width * height).then_some(Raster { width, height, pixels })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_bits_and_colours_become_grey() {
        let bits = grey(&[0b1010_0000, 0b0100_0000], ColorType::Gray(1), 3, 2).expect("bits");
        assert_eq!(bits.pixels, [255, 0, 255, 0, 255, 0]);
        assert_eq!(grey(&[10, 20, 30, 40], ColorType::Gray(8), 2, 2).expect("grey").pixels, [10, 20, 30, 40]);
        assert_eq!(grey(&[0, 0, 0, 255, 255, 255], ColorType::RGB(8), 2, 1).expect("colour").pixels, [0, 255]);
        assert_eq!(grey(&[0, 0], ColorType::GrayA(8), 1, 1).expect("transparent").pixels, [255]);
        assert_eq!(grey(&[1], ColorType::Gray(8), 2, 2), None);
        assert_eq!(grey(&[1, 2], ColorType::Multiband { bit_depth: 8, num_samples: 2 }, 1, 1), None);
    }

    #[test]
    fn what_is_no_image_is_told() {
        for format in [Format::Png, Format::Jpeg, Format::Tiff] {
            let error = pages(b"II*\0nothing", format).expect_err("refused");
            assert_eq!(error.code(), "damaged", "{format:?}: {error}");
        }
    }
}
