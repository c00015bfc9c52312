//! What Tesseract answers: hOCR, a web page with the box and the confidence of every word
//! and character and the baseline of every line.

use super::super::xml::{self, Piece};

/// A character as it was recognised, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) text: String,
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) left: f32,
    pub(super) right: f32,
    /// 0 to 100.
    pub(super) confidence: f32,
}

/// A word as it was recognised, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
    /// Where its line's baseline runs under its middle.
    pub(super) baseline: f32,
    /// How high the line's type is, from ascender to descender.
    pub(super) height: f32,
    /// 0 to 100.
    pub(super) confidence: f32,
    pub(super) marks: Vec<Mark>,
    /// Which line of the page it stands in.
    pub(super) line: usize,
}

/// The baseline of the line that is being read.
#[derive(Clone, Copy, Default)]
struct Base {
    left: f32,
    bottom: f32,
    slope: f32,
    offset: f32,
    height: f32,
    line: usize,
}

/// The numbers behind a property's name in a `title`: `bbox 12 30 40 50; x_wconf 93`.
fn numbers(title: &str, name: &str) -> Vec<f32> {
    let property = title.split(';').map(str::trim).find_map(|property| property.strip_prefix(name)?.strip_prefix(' '));
    property.map(|rest| rest.split_whitespace().filter_map(|number| number.parse().ok()).collect()).unwrap_or_default()
}

fn number(title: &str, name: &str) -> Option<f32> {
    numbers(title, name).first().copied()
}

/// Reads the words in the order in which they stand.
///
/// # Errors
/// Where it is no hOCR.
pub(super) fn words(hocr: &str) -> Result<Vec<Seen>, String> {
    let mut words: Vec<Seen> = Vec::new();
    let mut base = Base::default();
    // For every open element, whether it is a word or a character.
    let mut open: Vec<&'static str> = Vec::new();
    let mut pages = 0;
    xml::walk(hocr, &mut |piece| match piece {
        Piece::Open(tag) => {
            let class = tag.get("class").unwrap_or_default();
            let title = tag.get("title").unwrap_or_default();
            let kind = match class.as_str() {
                "ocr_line" | "ocr_header" | "ocr_caption" | "ocr_textfloat" => "line",
                "ocrx_word" => "word",
                "ocrx_cinfo" => "mark",
                _ => "",
            };
            pages += usize::from(class == "ocr_page");
            open.push(kind);
            match kind {
                "line" => {
                    if let [left, _, _, bottom] = numbers(&title, "bbox")[..] {
                        let (slope, offset) = match numbers(&title, "baseline")[..] {
                            [slope, offset] => (slope, offset),
                            _ => (0.0, 0.0),
                        };
                        let height = number(&title, "x_size").unwrap_or(0.0);
                        base = Base { left, bottom, slope, offset, height, line: base.line + 1 };
                    }
                }
                "word" => {
                    if let [left, top, right, bottom] = numbers(&title, "bbox")[..] {
                        let baseline = base.bottom + base.offset + base.slope * (f32::midpoint(left, right) - base.left);
                        let confidence = number(&title, "x_wconf").unwrap_or(0.0);
                        let Base { height, line, .. } = base;
                        let (text, marks) = (String::new(), Vec::new());
                        words.push(Seen { text, left, top, right, bottom, baseline, height, confidence, marks, line });
                    }
                }
                "mark" => {
                    if let ([left, top, right, bottom], Some(word)) = (&numbers(&title, "x_bboxes")[..], words.last_mut()) {
                        let confidence = number(&title, "x_conf").unwrap_or(0.0);
                        let (left, top, right, bottom) = (*left, *top, *right, *bottom);
                        word.marks.push(Mark { text: String::new(), top, bottom, left, right, confidence });
                    }
                }
                _ => {}
            }
        }
        Piece::Close(_) => {
            open.pop();
        }
        Piece::Text(text) => {
            let inside = |kind: &str| open.contains(&kind);
            if let Some(word) = words.last_mut().filter(|_| inside("word")) {
                let text = text.trim();
                word.text.push_str(text);
                if let Some(mark) = word.marks.last_mut().filter(|_| inside("mark")) {
                    mark.text.push_str(text);
                }
            }
        }
    })?;
    if pages == 0 {
        return Err("it tells of no page".into());
    }
    words.retain(|word| !word.text.is_empty() && word.right > word.left && word.bottom > word.top);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"a\" \"b\">\n<html><body>\
        <div class='ocr_page' id='page_1' title='image \"stdin\"; bbox 0 0 2480 3509; ppageno 0'>\
        <span class='ocr_line' id='line_1_1' title=\"bbox 100 82 1100 140; baseline 0.01 -20; x_size 54; x_descenders 12; x_ascenders 14\">\
        <span class='ocrx_word' id='word_1_1' title='bbox 100 90 200 130; x_wconf 96'>\
        <span class='ocrx_cinfo' title='x_bboxes 100 90 150 128; x_conf 98.5'>S</span>\
        <span class='ocrx_cinfo' title='x_bboxes 150 90 200 128; x_conf 97.5'>ở</span></span>\
        <span class='ocrx_word' id='word_1_2' title='bbox 1000 90 1100 130; x_wconf 31'>\
        <span class='ocrx_cinfo' title='x_bboxes 1000 90 1100 128; x_conf 90'>&amp;</span></span>\
        <span class='ocrx_word' title='bbox 0 0 0 0; x_wconf 95'> </span></span></div></body></html>";

    #[test]
    fn words_have_their_baseline_and_confidence() {
        let words = words(PAGE).expect("hOCR");
        let shown: Vec<(&str, f32, f32, usize)> =
            words.iter().map(|word| (word.text.as_str(), word.baseline, word.confidence, word.marks.len())).collect();
        assert_eq!(shown, [("Sở", 120.5, 96.0, 2), ("&", 129.5, 31.0, 1)]);
        assert_eq!((words[0].height, words[0].marks[1].text.as_str()), (54.0, "ở"));
    }

    #[test]
    fn what_is_no_answer_is_told() {
        for broken in ["", "<html></html>", &PAGE[..400]] {
            assert!(words(broken).is_err(), "{broken}");
        }
    }
}
