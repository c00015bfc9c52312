//! PDF, born digital: bytes → the text in reading order, one paragraph or table row a line.
//!
//! ```text
//! bytes ─interpret→ words, lines drawn ─ruling→ grids ─page→ paragraphs, tables, notes ─→ text
//! ```
//! Nothing is guessed from the words that the page itself shows: tables come from their
//! ruling lines, columns from gaps, paragraphs from indents and distances. Pages begin
//! behind a form feed; running headers and page numbers are left out; a table row is one
//! line with a tab between cells; a footnote stands behind its page as `<sup>1</sup> …`.
//!
//! A page that is a picture, or whose fonts or text layer give no Vietnamese, is read by OCR
//! where that is there ([`super::ocr`]); its words then go the same way as those of other pages.

mod bands;
mod clipped;
mod columns;
mod glyphs;
mod interpret;
mod lines;
mod notes;
mod page;
mod paragraphs;
mod placed;
pub(super) mod recognized;
mod ruling;
mod sight;
mod table;

use super::encoding::Survey;
use super::ocr::{self, Ocr, Reading};
use super::shown::Words;
use super::{NOT_OPENED, Progress, Reason, Remark};
use glyphs::Page;
use page::{Item, Sheet};
use paragraphs::Frame;
use table::Table;

/// The text of a PDF, and which pages have none that can be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PdfText {
    /// The text.
    pub(super) text: String,
    /// Byte offset where each page begins.
    pub(super) pages: Vec<usize>,
    /// Pages, from 1, that are images, perhaps with a stamp or a running header over them, and were not read.
    pub(super) scanned: Vec<u32>,
    /// Pages, from 1, whose fonts do not say which letters they show, or say it wrongly.
    pub(super) garbled: Vec<u32>,
    /// How many pages were read by OCR.
    pub(super) recognized: usize,
    /// Whether words in fonts of TCVN3 were decoded.
    pub(super) old: bool,
    /// What is to be told of them.
    pub(super) remarks: Vec<Remark>,
}

/// Reads a PDF.
///
/// # Errors
/// Where it needs a password, is too damaged to be read, or has no page whose text can be read.
pub(super) fn read(bytes: &[u8], progress: Progress) -> Result<PdfText, Reason> {
    let mut pages = Vec::new();
    let attached = interpret::pages(bytes, |page| pages.push(page))?;
    if pages.is_empty() {
        return Err(Reason::BrokenPdf);
    }
    let old = pages.iter().any(|page| page.old);
    mend_hyphens(&mut pages);
    let mut told = tell(&pages, &attached);
    let mut sheets: Vec<Sheet> = pages.into_iter().map(Sheet::new).collect();
    page::drop_furniture(&mut sheets);
    let mut states: Vec<State> = sheets.iter().map(state).collect();
    let mut done = PdfText { old, ..PdfText::default() };
    let wanting: Vec<usize> =
        (0..sheets.len()).filter(|page| matches!(states[*page], State::Scanned | State::Garbled | State::Pictured)).collect();
    let readings = if wanting.is_empty() { Vec::new() } else { recognize(bytes, &wanting, progress, &mut done) };
    if !readings.is_empty() {
        let mut pages: Vec<Page> = sheets.into_iter().map(|sheet| sheet.page).collect();
        for (page, reading) in &readings {
            let layer = std::mem::take(&mut pages[*page]);
            pages[*page] = recognized::page(reading, (states[*page] != State::Garbled).then_some(layer));
            states[*page] = if reading.words.is_empty() { State::Blank } else { State::Text };
        }
        // Running headers show themselves on all pages together.
        sheets = pages.into_iter().map(Sheet::new).collect();
        page::drop_furniture(&mut sheets);
    }
    let of = |wanted: &[State]| -> Vec<u32> {
        (1..).zip(&states).filter(|(_, state)| wanted.contains(state)).map(|(number, _)| number).collect()
    };
    done.scanned = of(&[State::Scanned, State::Pictured]);
    done.garbled = of(&[State::Garbled]);
    if !states.iter().any(|state| matches!(state, State::Text | State::Pictured)) {
        return Err(match (done.scanned.len(), done.garbled.len(), done.remarks.first()) {
            (0, 0, _) if !readings.is_empty() => Reason::OcrFailed("it found no words".into()),
            (0, 0, _) => Reason::Blank,
            (.., Some(failed)) => Reason::OcrFailed(failed.message.clone()),
            (_, 0, None) => Reason::Scan("PDF", sheets.len()),
            _ => Reason::Garbled(sheets.len()),
        });
    }
    finish(sheets, &readings, &mut done);
    let read: Vec<u32> = readings.iter().map(|(page, _)| number(*page)).collect();
    // What OCR has read anew is no layer any more.
    told.retain(|(page, remark)| !(remark.code == "text-layer" && read.contains(page)));
    done.remarks.extend(told.into_iter().map(|(_, remark)| remark));
    Ok(done)
}

/// Where the characters of a page, counted from 0, stand on it.
///
/// # Errors
/// Where the file cannot be opened, or has no such page.
pub(super) fn words(bytes: &[u8], page: usize) -> Result<Words, Reason> {
    interpret::page(bytes, page).map(|page| placed::words(&page))
}

/// In a document in TCVN3 the soft hyphen and the minus are the letter `ư`; in all others they are hyphens.
fn mend_hyphens(pages: &mut [Page]) {
    if !pages.iter().any(|page| page.text.contains(['\u{AD}', '\u{2212}'])) {
        return;
    }
    let mut survey = Survey::default();
    for page in pages.iter() {
        let words: Vec<&str> = page.chunks.iter().map(|chunk| page.text_of(chunk)).collect();
        // By lines of some length, as they are told later.
        words.chunks(12).for_each(|line| survey.observe(None, &line.join(" ")));
    }
    if survey.encodings().is_empty() {
        pages.iter_mut().for_each(Page::mend_hyphens);
    }
}

/// What is to be told of pages, and of files attached to this one.
fn tell(pages: &[Page], attached: &[String]) -> Vec<(u32, Remark)> {
    let mut told = Vec::new();
    let mut tell = |page: u32, code: &str, message: String| told.push((page, Remark { code: code.into(), message, place: None }));
    if !attached.is_empty() {
        let names: Vec<String> = attached.iter().map(|name| format!("“{name}”")).collect();
        tell(
            0,
            NOT_OPENED,
            format!("files attached to this one, which were not opened: {}; save them as files and read these", names.join(", ")),
        );
    }
    for (index, page) in pages.iter().enumerate() {
        let number = number(index);
        if page.layered {
            let what = "its text is an invisible layer that another program has put over a picture, and may be misread";
            tell(number, "text-layer", format!("page {number}: {what}; compare it with the page"));
        }
        for (code, words) in &page.told {
            let what = match *code {
                "watermark" => "pale words under the text were taken for a watermark and left out",
                "over-the-edge" => "words that run over the edge of the page were read",
                "added-text" => "words of form fields and notes on the page were read",
                _ => "words that the page does not show (cut off, white, invisible, painted over) were left out",
            };
            tell(number, code, format!("page {number}: {what}: “{words}”"));
        }
    }
    told
}

/// Lays out the pages of an image file, each with what went wrong.
///
/// # Errors
/// Where no page could be read.
pub(super) fn lay_out(mut read: Vec<Result<Reading, String>>) -> Result<PdfText, Reason> {
    Ocr::settle(&mut read.iter_mut().flatten().collect::<Vec<_>>(), recognized::cells);
    let mut done = PdfText::default();
    let mut readings = Vec::new();
    let mut sheets = Vec::new();
    for (page, reading) in read.into_iter().enumerate() {
        match reading {
            Ok(reading) => {
                sheets.push(Sheet::new(recognized::page(&reading, None)));
                readings.push((page, reading));
            }
            Err(error) => {
                done.remarks.push(failed(page, &error));
                done.scanned.push(number(page));
                sheets.push(Sheet::default());
            }
        }
    }
    if readings.is_empty() {
        return Err(Reason::OcrFailed(done.remarks.first().map(|remark| remark.message.clone()).unwrap_or_default()));
    }
    page::drop_furniture(&mut sheets);
    finish(sheets, &readings, &mut done);
    Ok(done)
}

/// The number of a page, from 1.
fn number(page: usize) -> u32 {
    u32::try_from(page + 1).unwrap_or(u32::MAX)
}

fn failed(page: usize, error: &str) -> Remark {
    let message = format!("page {} could not be read by OCR: {error}", page + 1);
    Remark { code: "ocr-failed".into(), message, place: None }
}

/// Reads the pages by OCR, if it is there.
fn recognize(bytes: &[u8], pages: &[usize], progress: Progress, done: &mut PdfText) -> Vec<(usize, Reading)> {
    let Some(ocr) = Ocr::find(recognized::cells) else { return Vec::new() };
    let mut readings = Vec::new();
    for (page, reading) in pages.iter().zip(ocr.read_pdf(bytes, pages, progress)) {
        match reading {
            Ok(reading) => readings.push((*page, reading)),
            Err(error) => done.remarks.push(failed(*page, &error)),
        }
    }
    Ocr::settle(&mut readings.iter_mut().map(|(_, reading)| reading).collect::<Vec<_>>(), recognized::cells);
    readings
}

/// Writes the pages, and tells what OCR was not sure of.
fn finish(sheets: Vec<Sheet>, readings: &[(usize, Reading)], done: &mut PdfText) {
    write(sheets, done);
    done.recognized = readings.len();
    let read: Vec<(u32, &Reading)> = readings.iter().map(|(page, reading)| (number(*page), reading)).collect();
    done.remarks.extend(ocr::remarks::pages(&read));
    for (page, reading) in readings {
        let end = done.pages.get(page + 1).copied().unwrap_or(done.text.len());
        ocr::remarks::repairs(number(*page), reading, &mut done.remarks);
        ocr::remarks::doubts(number(*page), reading, &done.text, done.pages[*page]..end, &mut done.remarks);
    }
}

/// Whether the text of a page can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Text,
    Blank,
    /// A picture, perhaps with a stamp or a running header over it.
    Scanned,
    /// Text, and a large picture beside it that may hold more.
    Pictured,
    Garbled,
}

fn state(sheet: &Sheet) -> State {
    let page = &sheet.page;
    let characters = sheet.characters();
    // What is left of a scanned page when its running header is taken out: a stamp, a date, a signature's line.
    if characters < 200 && (page.image_share > 0.5 || page.image_share > 0.2 && characters < 40)
        || characters < 5 && page.curves > 300
    {
        return State::Scanned;
    }
    if characters == 0 {
        return State::Blank;
    }
    if page.unmapped * 4 > page.glyphs
        || has_holes(page)
        || lacks_marks(&page.text)
        || is_gibberish(&page.text)
        || page.image_share > 0.5 && !is_vietnamese(&page.text)
    {
        return State::Garbled;
    }
    if page.bare_share > 0.2 { State::Pictured } else { State::Text }
}

/// Whether every tenth word or more has a letter that the font does not name: `T\u{FFFD} l\u{FFFD} h\u{FFFD}`. A bullet by itself is no word.
fn has_holes(page: &Page) -> bool {
    let (mut words, mut holes) = (0_usize, 0_usize);
    for chunk in &page.chunks {
        let text = page.text_of(chunk);
        if text.chars().any(char::is_alphabetic) {
            words += 1;
            holes += usize::from(text.contains('\u{FFFD}'));
        }
    }
    holes >= 8 && holes * 10 >= words
}

/// Whether the words are Vietnamese of which the font names the plain letter where it draws one with two marks: `đ`, `ơ` and `ư` are
/// there, and not one of `ạ`, `ế`, `ộ`, which every line has.
fn lacks_marks(text: &str) -> bool {
    let (mut letters, mut own, mut marked) = (0_usize, 0_usize, 0_usize);
    for c in text.chars().take(20_000) {
        letters += usize::from(c.is_alphabetic());
        own += usize::from(matches!(
            c,
            '\u{102}' | '\u{103}' | '\u{110}' | '\u{111}' | '\u{1A0}' | '\u{1A1}' | '\u{1AF}' | '\u{1B0}'
        ));
        marked += usize::from(matches!(c, '\u{1EA0}'..='\u{1EF9}' | '\u{300}'..='\u{323}'));
    }
    letters >= 200 && own * 50 >= letters && marked == 0
}

/// Whether the words are Vietnamese, which the text that a program for another language made of a scan is not:
/// `UY BAN NHAN DAN`, `CQNG HOA XA HQI`.
fn is_vietnamese(text: &str) -> bool {
    let (mut letters, mut marked) = (0_usize, 0_usize);
    for c in text.chars().take(20_000).filter(|c| c.is_alphabetic()) {
        letters += 1;
        marked += usize::from(!c.is_ascii());
    }
    // A quarter of a text's letters carry a diacritic; of names and symbols at least some do.
    letters < 60 || marked * 12 > letters
}

/// Whether the words are none in any language that is written with letters.
///
/// Fonts made for one document number their letters as they come, and some producers give
/// these numbers for characters: `*LҧQJ KqR`, `!"#$%&`. Old Vietnamese encodings
/// (`§Ò ¸n`) are no gibberish: they have their vowels.
fn is_gibberish(text: &str) -> bool {
    let (mut letters, mut others, mut odd) = (0_usize, 0_usize, 0_usize);
    let (mut vowels, mut consonants) = (0_usize, 0_usize);
    for c in text.chars().take(20_000) {
        if c.is_alphabetic() {
            letters += 1;
            let plain = c.is_ascii() && !matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
            if plain {
                consonants += 1
            } else {
                vowels += 1
            }
            // No Vietnamese document is written in these.
            odd += usize::from(matches!(c, '\u{0370}'..='\u{1DFF}' | '\u{2C00}'..='\u{2DFF}' | '\u{A000}'..='\u{FAFF}'));
        } else if !c.is_ascii_digit() && !matches!(c, '.' | ',' | ';' | '-' | '/' | '(' | ')' | '%') {
            others += 1;
        }
    }
    let all = letters + others;
    all >= 60 && (odd * 5 > all || letters * 3 < all || consonants > 60 && vowels * 6 < consonants)
}

/// The frame of the pages that are as wide as the page `index`.
fn usual_frame(frames: &[(f32, Option<Frame>)], index: usize) -> Option<Frame> {
    let width = frames[index].0;
    let same = frames.iter().filter(|(other, _)| (other - width).abs() < 2.0);
    same.filter_map(|(_, frame)| *frame).max_by_key(|frame| frame.lines)
}

/// Writes the pages one behind the other.
fn write(sheets: Vec<Sheet>, done: &mut PdfText) {
    let frames: Vec<(f32, Option<Frame>)> = sheets.iter().map(|sheet| (sheet.page.width, sheet.frame())).collect();
    let mut pages: Vec<Vec<Item>> = Vec::with_capacity(sheets.len());
    for (index, sheet) in sheets.into_iter().enumerate() {
        let open = pages.last().and_then(|items| last_table(items)).filter(|table| table.bare);
        let items = sheet.items(index == 0, usual_frame(&frames, index), open);
        pages.push(items);
    }
    connect(&mut pages);
    for (index, items) in pages.iter().enumerate() {
        if index > 0 {
            done.text.push('\u{0C}');
        }
        done.pages.push(done.text.len());
        for item in items {
            match item {
                Item::Text(paragraph) => {
                    done.text.push_str(paragraph);
                    done.text.push('\n');
                }
                Item::Table(table) => table.write(&mut done.text),
                Item::Note(note) => {
                    if let Some(label) = note.label {
                        done.text.push_str(&format!("<sup>{label}</sup> "));
                    }
                    done.text.push_str(&note.text);
                    done.text.push('\n');
                }
            }
        }
    }
}

/// The table that a page ends with, footnotes aside.
fn last_table(items: &[Item]) -> Option<&Table> {
    items.iter().rev().find_map(|item| match item {
        Item::Note(_) => None,
        Item::Table(table) => Some(Some(table)),
        Item::Text(_) => Some(None),
    })?
}

/// Joins what pages have cut: tables with their rows, and footnotes.
fn connect(pages: &mut [Vec<Item>]) {
    // The pages on which the parts of the table stand that may go on.
    let mut open: Vec<usize> = Vec::new();
    for index in 0..pages.len() {
        let (before, rest) = pages.split_at_mut(index);
        let items = &mut rest[0];
        // A footnote without a label is the rest of one on the page before.
        if let Some(at) = items.iter().position(|item| matches!(item, Item::Note(note) if note.label.is_none()))
            && let Some(note) = before.iter_mut().rev().take(2).flatten().rev().find_map(|item| match item {
                Item::Note(note) => Some(note),
                _ => None,
            })
            && let Item::Note(tail) = items.remove(at)
        {
            lines::join(&mut note.text, 0, &tail.text);
        }
        let goes_on = !open.is_empty()
            && match items.first_mut() {
                Some(Item::Table(next)) => {
                    let from = open[0];
                    let mut parts: Vec<&mut Table> =
                        before[from..].iter_mut().filter_map(|items| items.iter_mut().rev().find_map(Item::as_table)).collect();
                    Table::go_on(&mut parts, next)
                }
                _ => false,
            };
        if goes_on {
            // A footnote between two rows would end the table: it waits until the table has ended.
            let last = &mut before[index - 1];
            let behind = last.iter().rposition(|item| matches!(item, Item::Table(_))).map_or(last.len(), |at| at + 1);
            let waiting = last.split_off(behind);
            items.splice(1..1, waiting);
        } else {
            open.clear();
        }
        let whole = items.iter().all(|item| !matches!(item, Item::Text(_)))
            && items.iter().filter(|item| matches!(item, Item::Table(_))).count() == 1;
        if !(goes_on && whole) {
            open.clear();
        }
        if last_table(items).is_some() {
            open.push(index);
        }
    }
}
