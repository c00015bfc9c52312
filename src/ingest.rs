//! Bytes → [`Source`]: the decoded text of a file and what is known of the file itself.
//!
//! The text is kept as it was decoded: evidence points into it, and `kehoach text`
//! prints it. Everything that can go wrong with a file goes wrong here, with a message
//! that says file, place, reason and what to do.
//!
//! A format is recognised by content. Documents with a layout are written as text that reads
//! as the page does: one paragraph a line with its number, one row of a table a line.
//!
//! | format | read by |
//! |---|---|
//! | text, Markdown | UTF-8, UTF-16; TCVN3, VNI, VISCII, VPS, windows-1258 by their syllables |
//! | DOCX | numbers, merged cells, footnotes, tracked changes, text boxes; old encodings by font |
//! | DOC, RTF, ODT | LibreOffice, where it is installed, makes a DOCX of them |
//! | XLSX, XLS, ODS | every sheet; numbers and dates as a Vietnamese reader sees them |
//! | HTML | the document inside a portal's page |
//! | PDF | words and ruling lines in reading order, page by page; scanned pages by OCR |
//! | PNG, JPEG, TIFF | OCR: Tesseract, where it is installed with its Vietnamese data |

mod archive;
mod blocks;
mod compound;
mod detect;
mod docx;
pub mod encoding;
mod folder;
#[cfg(feature = "html")]
mod html;
#[cfg(not(feature = "html"))]
#[path = "ingest/html/left_out.rs"]
mod html;
pub mod listed;
mod mended;
mod mht;
#[cfg_attr(not(feature = "ocr"), allow(dead_code))]
mod ocr;
mod office;
pub mod own;
mod pdf;
mod plain;
pub mod process;
mod render;
mod sheet;
pub mod shown;
pub mod worker;
mod xml;

use std::fs::{File, FileType};
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::record::Format;
use crate::text::SourceText;
use archive::Archive;
use detect::Kind;
use ocr::Ocr;
use pdf::PdfText;

/// The largest file that is read, in bytes: beyond it offsets would not fit, and no plan is so long.
pub const LARGEST: u64 = 512 * 1024 * 1024;

/// The code of [`Reason::Own`]: such a file is left out, which is no failure.
pub const OWN_OUTPUT: &str = "own-output";

/// The code of a [`Remark`] on something that the file holds and that was not opened: an attachment, a hidden sheet.
pub const NOT_OPENED: &str = "not-opened";

/// What installs the OCR that reads scans.
pub const INSTALL_OCR: &str = "apt-get install -y tesseract-ocr tesseract-ocr-vie";

/// A file, decoded.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Path as it was given.
    pub path: String,
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
    /// Format, recognised by content.
    pub format: Format,
    /// Size in bytes.
    pub bytes: u64,
    /// Name of the encoding.
    pub encoding: String,
    /// The decoded text.
    pub text: SourceText,
    /// Byte offset in the text where each page begins; empty where the file has no pages.
    pub pages: Vec<usize>,
    /// What was noticed while reading: a wrong extension, a text of doubtful encoding.
    pub notes: Vec<String>,
    /// Pages, from 1, that are images without text: their words are missing from the text.
    pub scanned: Vec<u32>,
    /// Pages, from 1, whose fonts do not say which letters they show: their words are in the text, but wrong.
    pub garbled: Vec<u32>,
    /// What is to be told of single pages and words, as of those that OCR read.
    pub remarks: Vec<Remark>,
}

/// Something to be told of a source, perhaps with the place that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// A stable name: `ocr-doubt`.
    pub code: String,
    /// What happened, in English.
    pub message: String,
    /// The bytes of the text that it is about.
    pub place: Option<Range<usize>>,
}

impl Source {
    /// Page, from 1, of the byte offset `at`; `None` where the file has no pages.
    #[must_use]
    pub fn page_of(&self, at: usize) -> Option<u32> {
        let page = self.pages.partition_point(|start| *start <= at);
        if self.pages.is_empty() { None } else { u32::try_from(page.max(1)).ok() }
    }
}

/// Why a file could not be read.
#[derive(Debug, Error)]
#[error("{path}: {reason}")]
pub struct IngestError {
    /// Path as it was given.
    pub path: String,
    /// What is wrong and what to do.
    pub reason: Reason,
}

/// What is wrong with a file, and what to do.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Reason {
    /// The system refused.
    #[error("cannot be opened: {0}; check the path and the permissions")]
    Unopened(String),
    /// A folder where a file was asked for.
    #[error("is a folder; name the files in it")]
    Folder,
    /// A device, a socket.
    #[error("is a device or a socket, not a file; save what it gives as a file and read that")]
    Device,
    /// Nothing in it.
    #[error("is empty (0 bytes); nothing to read")]
    Empty,
    /// Only white space in it.
    #[error("holds only white space; nothing to read")]
    Blank,
    /// Larger than [`LARGEST`].
    #[error("is {0} bytes, more than the {LARGEST} that are read; split it")]
    TooLarge(u64),
    /// Another format than text.
    #[error("is {0}, not text; convert it to UTF-8 text first")]
    Binary(&'static str),
    /// Written by this program.
    #[error("is {0} that this program has written, not a document; it was left out")]
    Own(&'static str),
    /// What this build was made without.
    #[error("is {0}, which this build of kehoach does not read; build it with the feature `{1}`")]
    LeftOut(&'static str, &'static str),
    /// An archive of files.
    #[error("is {0}, not a document; unpack it and read the files in it")]
    Archive(&'static str),
    /// A kind of document that is not read.
    #[error("is {0}, which is not read; save it as {1} and read that")]
    Unsupported(&'static str, &'static str),
    /// Opened with a password only.
    #[error("is {0} locked with a password; open it, save it without the password, and read that")]
    Encrypted(&'static str),
    /// Broken inside.
    #[error("is {0}, but damaged ({1}); open it in the program that made it and save it again, or get another copy")]
    Damaged(&'static str, String),
    /// Unpacks to more than any document is.
    #[error(
        "unpacks to far more than a document is ({0}) and was not unpacked; if it is a real document, save it again without its images"
    )]
    Bomb(String),
    /// LibreOffice is needed, and is not there.
    #[error(
        "is {0}, which is read through LibreOffice, and LibreOffice was not found; install it (Debian, Ubuntu: \
         apt-get install libreoffice-writer-nogui), or name it in KEHOACH_SOFFICE, or save the file as DOCX"
    )]
    NeedsLibreOffice(&'static str),
    /// LibreOffice could not convert it.
    #[error("is {0}, and LibreOffice could not convert it: {1}; open it there or in Word and save it as DOCX")]
    OfficeFailed(&'static str, String),
    /// Neither UTF-8 nor UTF-16, nor convincing in an older encoding.
    #[error(
        "is not UTF-8: byte 0x{byte:02X} at offset {offset} (line {line}) begins no character; \
         convert it to UTF-8 first (no older encoding, TCVN3, VNI, VISCII, VPS or windows-1258, makes Vietnamese of it)"
    )]
    NotUnicode {
        /// Offset of the first byte that does not fit.
        offset: usize,
        /// The byte.
        byte: u8,
        /// Its line, from 1.
        line: usize,
    },
    /// A PDF whose encryption is not known or is damaged.
    #[error("is a PDF with an encryption that is not known; print it to a new PDF from a program that opens it")]
    UnknownEncryption,
    /// A PDF without pages that could be found.
    #[error("is a damaged PDF: no page can be read; get the file again, or repair it, for example with: qpdf FILE OUT")]
    BrokenPdf,
    /// Nothing but images, and no OCR to read them.
    #[error(
        "is a scanned {0}: none of its {1} pages has text, and Tesseract with Vietnamese, which would read them, was not found; \
         install it (Debian, Ubuntu: {INSTALL_OCR}) and read the file again, or name the program in KEHOACH_TESSERACT"
    )]
    Scan(&'static str, usize),
    /// A PDF whose fonts give no characters, and no OCR to read it.
    #[error(
        "is a PDF whose {0} pages show text but whose fonts do not say which letters it is, and Tesseract with Vietnamese, which would \
         read it, was not found; install it (Debian, Ubuntu: {INSTALL_OCR}) and read the file again, or name the program in KEHOACH_TESSERACT"
    )]
    Garbled(usize),
    /// Its reader stumbled over an error of this program.
    #[error("cannot be read because of an error in kehoach ({0}); please report it with the file")]
    Internal(String),
    /// The worker process that read it died.
    #[error(
        "made its reader crash ({0}): it is damaged, or made to do harm; open it in the program that made it and save it again, \
         or get another copy"
    )]
    Crashed(String),
    /// The worker process that read it was killed.
    #[error(
        "lost its reader, which was killed ({0}), perhaps by the system for want of memory; read it again with fewer files at once"
    )]
    Killed(String),
    /// The worker process took too long.
    #[error("was not read within {0} seconds and was given up; if it is a real document, allow more with --time-limit")]
    TimedOut(u64),
    /// The worker process wanted too much memory.
    #[error("needs more than {0} MiB of memory and was given up; if it is a real document, allow more with --memory-limit")]
    OutOfMemory(u64),
    /// Its text is longer than any document's.
    #[error("gives more than {0} bytes of text, which no document does, and was given up; split it")]
    Flood(u64),
    /// No worker process could be started.
    #[error(
        "could not be read in a process of its own ({0}); mend that, allow this program to start itself, or add --no-isolation where \
         the files are trusted"
    )]
    NoWorker(String),
    /// Told by a worker process, in its words.
    #[error("{message}")]
    Told {
        /// What [`Reason::code`] is there.
        code: String,
        /// The message there.
        message: String,
    },
    /// Of a document that was read before another version stands there now.
    #[error("is another file than the one that was read; read it again (kehoach ingest)")]
    Changed,
    /// A page that is not there, or in a format without pages that could be shown.
    #[error("has no page {0} that could be shown")]
    NoPage(usize),
    /// OCR is there and read nothing.
    #[error("is a scan, and OCR could not read it: {0}; scan it again, or print it to a new PDF")]
    OcrFailed(String),
    /// UTF-16 that breaks off or has half a pair.
    #[error("is broken UTF-16 at byte {offset}; save it again as UTF-8")]
    BrokenUtf16 {
        /// Offset of the first unit that does not fit.
        offset: usize,
    },
}

impl Reason {
    /// A stable name for tools.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Unopened(_) => "unopened",
            Self::Folder => "folder",
            Self::Device => "device",
            Self::Empty => "empty",
            Self::Blank => "blank",
            Self::TooLarge(_) => "too-large",
            Self::Binary(_) => "binary",
            Self::Own(_) => OWN_OUTPUT,
            Self::LeftOut(..) => "left-out",
            Self::Archive(_) => "archive",
            Self::Unsupported(..) => "unsupported",
            Self::Encrypted(_) => "encrypted",
            Self::Damaged(..) => "damaged",
            Self::Bomb(_) => "bomb",
            Self::NeedsLibreOffice(_) => "needs-libreoffice",
            Self::OfficeFailed(..) => "office-failed",
            Self::NotUnicode { .. } => "not-unicode",
            Self::UnknownEncryption => "unknown-encryption",
            Self::BrokenPdf => "broken-pdf",
            Self::Scan(..) => "scan",
            Self::Garbled(_) => "garbled",
            Self::Changed => "changed",
            Self::NoPage(_) => "no-page",
            Self::OcrFailed(_) => "ocr-failed",
            Self::BrokenUtf16 { .. } => "broken-utf16",
            Self::Internal(_) => "internal",
            Self::Crashed(_) => "crashed",
            Self::Killed(_) => "killed",
            Self::TimedOut(_) => "timed-out",
            Self::OutOfMemory(_) => "out-of-memory",
            Self::Flood(_) => "flood",
            Self::NoWorker(_) => "no-worker",
            Self::Told { code, .. } => code,
        }
    }
}

/// Whether a reason of this code may pass without the file being changed: a permission, a folder for temporary files, a program that
/// is not installed yet, a machine that was busy or short of memory.
#[must_use]
pub fn is_passing(code: &str) -> bool {
    const PASSING: [&str; 10] = [
        "unopened",
        "no-worker",
        "timed-out",
        "out-of-memory",
        "killed",
        "needs-libreoffice",
        "office-failed",
        "scan",
        "garbled",
        "ocr-failed",
    ];
    PASSING.contains(&code)
}

/// Reads the file at `path`.
///
/// # Errors
/// Where the file cannot be opened, or its content is not a document that is read.
pub fn read(path: &Path) -> Result<Source, IngestError> {
    read_given(path, None, &|_| ())
}

/// [`read`], with signs of progress; where the content is `given`, the file is not opened.
///
/// # Errors
/// As [`read`].
pub fn read_given(path: &Path, given: Option<Vec<u8>>, progress: Progress) -> Result<Source, IngestError> {
    let bytes = given.map_or_else(|| content(path), Ok)?;
    decode_watched(&path.display().to_string(), bytes, progress)
}

/// The content of what is no file and may never end, such as a pipe (`kehoach audit <(curl …)`): waited for as long as `time`
/// allows and read as far as `largest`. Of a file nothing is given, since whoever reads it opens it.
///
/// # Errors
/// Where there is nothing, a folder or a device, or the end does not come.
pub fn content_of_pipe(path: &Path, time: Duration, largest: u64) -> Result<Option<Vec<u8>>, IngestError> {
    let fail = |reason| IngestError { path: path.display().to_string(), reason };
    let kind = std::fs::metadata(path).map_err(|error| fail(Reason::Unopened(error.to_string())))?.file_type();
    if kind.is_dir() {
        return Err(fail(Reason::Folder));
    }
    if kind.is_file() {
        return Ok(None);
    }
    if !is_pipe(kind) {
        return Err(fail(Reason::Device));
    }
    let (send, content) = channel();
    let owned = path.to_owned();
    // A pipe that nobody writes to cannot even be opened: whoever waits for it is left behind.
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = File::open(owned).and_then(|file| file.take(largest + 1).read_to_end(&mut bytes));
        send.send(read.map(|_| bytes))
    });
    match content.recv_timeout(time) {
        Ok(Ok(bytes)) if bytes.len() as u64 > largest => Err(fail(Reason::TooLarge(bytes.len() as u64))),
        Ok(Ok(bytes)) => Ok(Some(bytes)),
        Ok(Err(error)) => Err(fail(Reason::Unopened(error.to_string()))),
        Err(_) => Err(fail(Reason::TimedOut(time.as_secs()))),
    }
}

#[cfg(unix)]
fn is_pipe(kind: FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
fn is_pipe(_kind: FileType) -> bool {
    false
}

/// The bytes of the file at `path`.
fn content(path: &Path) -> Result<Vec<u8>, IngestError> {
    let shown = path.display().to_string();
    let fail = |reason| IngestError { path: shown.clone(), reason };
    let unopened = |error: std::io::Error| fail(Reason::Unopened(error.to_string()));
    let metadata = std::fs::metadata(path).map_err(unopened)?;
    if metadata.is_dir() {
        return Err(fail(Reason::Folder));
    }
    if !metadata.is_file() {
        return Err(fail(Reason::Device));
    }
    if metadata.len() > LARGEST {
        return Err(fail(Reason::TooLarge(metadata.len())));
    }
    std::fs::read(path).map_err(unopened)
}

/// Decodes `bytes`, the content of the file that is called `path` in messages.
///
/// # Errors
/// Where the content is not a document that is read.
pub fn decode(path: &str, bytes: Vec<u8>) -> Result<Source, IngestError> {
    decode_watched(path, bytes, &|_| ())
}

/// What takes its time without being a sign that a file hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// OCR has read a page, one of many perhaps.
    Page,
    /// LibreOffice is called now.
    Conversion,
}

/// Called with every [`Sign`].
pub type Progress<'a> = &'a (dyn Fn(Sign) + Sync);

/// [`decode`], with signs of progress.
fn decode_watched(path: &str, bytes: Vec<u8>, progress: Progress) -> Result<Source, IngestError> {
    let fail = |reason| IngestError { path: path.into(), reason };
    let size = bytes.len() as u64;
    if size > LARGEST {
        return Err(fail(Reason::TooLarge(size)));
    }
    if let Some(own) = own::of_bytes(path, &bytes) {
        return Err(fail(Reason::Own(own.what)));
    }
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let Read { text, encoding, format, pages, scanned, garbled, remarks } = text_of(bytes, progress).map_err(fail)?;
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
        return Err(fail(Reason::Blank));
    }
    let pages = pages.unwrap_or_else(|| plain::page_starts(&text));
    let notes = detect::extension_note(path, format).into_iter().collect();
    let text = SourceText::new(text);
    let encoding = encoding.to_owned();
    Ok(Source { path: path.into(), sha256, format, bytes: size, encoding, text, pages, notes, scanned, garbled, remarks })
}

/// What a reader gives.
struct Read {
    text: String,
    encoding: &'static str,
    format: Format,
    /// Where the pages begin, if the format knows; else form feeds in the text tell.
    pages: Option<Vec<usize>>,
    scanned: Vec<u32>,
    garbled: Vec<u32>,
    remarks: Vec<Remark>,
}

impl Read {
    fn new((text, encoding): (String, &'static str), format: Format) -> Self {
        Self { text, encoding, format, pages: None, scanned: Vec::new(), garbled: Vec::new(), remarks: Vec::new() }
    }

    /// What a word processor's file holds, and what was left out of it as struck out.
    fn document(docx::Words { blocks, struck, unopened }: &docx::Words, format: Format) -> Self {
        let mut read = Self::new(render::render(blocks), format);
        if !unopened.is_empty() {
            let message = format!("parts of the file that were not opened: {}", unopened.join(", "));
            read.remarks.push(Remark { code: NOT_OPENED.into(), message, place: None });
        }
        read.leave_out(struck);
        read
    }

    /// What a web page shows, and what is struck out on it.
    fn page((text, encoding, struck): (String, &'static str, Vec<String>)) -> Self {
        let mut read = Self::new((text, encoding), Format::Html);
        read.leave_out(&struck);
        read
    }

    /// Tells the words that are struck out.
    fn leave_out(&mut self, struck: &[String]) {
        const MOST: usize = 10;
        if struck.is_empty() {
            return;
        }
        let quoted: Vec<String> = struck.iter().take(MOST).map(|words| format!("“{words}”")).collect();
        let more = if struck.len() > MOST { " and others" } else { "" };
        let message = format!("struck out in the document, and left out: {}{more}", quoted.join(", "));
        self.remarks.push(Remark { code: "struck-out".into(), message, place: None });
    }

    /// What a workbook shows, and what it does not.
    fn workbook(mut sheets: Vec<sheet::Sheet>, format: Format) -> Self {
        let remarks = sheet::settle(&mut sheets);
        Self { remarks, ..Self::new(sheet::render(&sheets), format) }
    }

    /// What was laid out on pages; `none` is the encoding where there is no other.
    fn paged(pdf: PdfText, format: Format) -> Self {
        let PdfText { text, pages, scanned, garbled, recognized, old, mut remarks } = pdf;
        let own = match (format, recognized) {
            (Format::Pdf, 0) => "pdf",
            (_, recognized) if recognized == pages.len() => "ocr",
            _ => "pdf+ocr",
        };
        let length = text.len();
        let (text, encoding) = match plain::unveiled(text) {
            (text, "utf-8") if old => (text, "tcvn3"),
            (text, "utf-8") => (text, own),
            told => told,
        };
        if text.len() != length {
            // Old letters were replaced, and the places with them.
            remarks.iter_mut().for_each(|remark| remark.place = None);
        }
        let told = plain::page_starts(&text);
        let pages = if told.is_empty() { pages } else { told };
        Self { pages: Some(pages), scanned, garbled, remarks, ..Self::new((text, encoding), format) }
    }
}

/// The text of a file, and what its format knows beside it.
fn text_of(bytes: Vec<u8>, progress: Progress) -> Result<Read, Reason> {
    Ok(match detect::detect(&bytes)? {
        Kind::Docx(mut archive) => {
            drop(bytes);
            Read::document(&docx::read(&mut archive)?, Format::Docx)
        }
        Kind::Office(format) => {
            progress(Sign::Conversion);
            let mut archive = Archive::open(office::to_docx(&bytes, format)?)?;
            Read::document(&docx::read(&mut archive)?, format)
        }
        Kind::Xlsx(mut archive) => {
            if let Some(own) = own::workbook(&mut archive) {
                return Err(Reason::Own(own.what));
            }
            Read::workbook(sheet::xlsx::read(&mut archive)?, Format::Xlsx)
        }
        Kind::Ods(mut archive) => Read::workbook(sheet::ods::read(&mut archive)?, Format::Ods),
        Kind::Xls(book) => Read::workbook(sheet::xls::read(&book)?, Format::Xls),
        Kind::XmlSheets => Read::workbook(sheet::xml2003::read(&bytes)?, Format::Xls),
        Kind::Html => Read::page(html::read(&bytes)?),
        Kind::Mht => mht::page(&bytes).map_or_else(
            || Err(Reason::Damaged("a web archive (MHT)", "it holds no web page".into())),
            |page| Ok(Read::page(html::read(&page)?)),
        )?,
        Kind::Pdf => Read::paged(pdf::read(&bytes, progress)?, Format::Pdf),
        Kind::Image(format) if cfg!(not(feature = "ocr")) => return Err(Reason::LeftOut(detect::name_of(format), "ocr")),
        Kind::Image(format) => {
            let ocr = Ocr::find(pdf::recognized::cells).ok_or_else(|| Reason::Scan(detect::name_of(format), 1))?;
            Read::paged(pdf::lay_out(ocr.read_images(&bytes, format, progress)?)?, format)
        }
        Kind::Other => Read::new(plain::decode(bytes)?, Format::Text),
    })
}
