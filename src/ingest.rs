//! Bytes → [`Source`]: the decoded text of a file and what is known of the file itself.
//!
//! The text is kept as it was decoded: evidence points into it, and `kehoach text`
//! prints it. Everything that can go wrong with a file goes wrong here, with a message
//! that says file, place, reason and what to do.

mod plain;

use std::path::Path;

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::record::Format;
use crate::text::SourceText;

/// The largest file that is read, in bytes: beyond it offsets would not fit, and no plan is so long.
pub const LARGEST: u64 = 512 * 1024 * 1024;

/// A file, decoded.
#[derive(Clone, Debug)]
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
    pub encoding: &'static str,
    /// The decoded text.
    pub text: SourceText,
    /// Byte offset in the text where each page begins; empty where the file has no pages.
    pub pages: Vec<usize>,
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
pub enum Reason {
    /// The system refused.
    #[error("cannot be opened: {0}; check the path and the permissions")]
    Unopened(String),
    /// A folder where a file was asked for.
    #[error("is a folder; name the files in it")]
    Folder,
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
    #[error("is {0}, not text; convert it to UTF-8 text first (for a PDF: pdftotext FILE)")]
    Binary(&'static str),
    /// Neither UTF-8 nor UTF-16.
    #[error(
        "is not UTF-8: byte 0x{byte:02X} at offset {offset} (line {line}) begins no character; \
         convert it to UTF-8 first (the text may be in an older encoding such as TCVN3, VNI or windows-1258)"
    )]
    NotUnicode {
        /// Offset of the first byte that does not fit.
        offset: usize,
        /// The byte.
        byte: u8,
        /// Its line, from 1.
        line: usize,
    },
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
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unopened(_) => "unopened",
            Self::Folder => "folder",
            Self::Empty => "empty",
            Self::Blank => "blank",
            Self::TooLarge(_) => "too-large",
            Self::Binary(_) => "binary",
            Self::NotUnicode { .. } => "not-unicode",
            Self::BrokenUtf16 { .. } => "broken-utf16",
        }
    }
}

/// Reads the file at `path`.
///
/// # Errors
/// Where the file cannot be opened, or its content is not text in UTF-8 or UTF-16.
pub fn read(path: &Path) -> Result<Source, IngestError> {
    let shown = path.display().to_string();
    let fail = |reason| IngestError { path: shown.clone(), reason };
    let unopened = |error: std::io::Error| fail(Reason::Unopened(error.to_string()));
    let metadata = std::fs::metadata(path).map_err(unopened)?;
    if metadata.is_dir() {
        return Err(fail(Reason::Folder));
    }
    if metadata.len() > LARGEST {
        return Err(fail(Reason::TooLarge(metadata.len())));
    }
    let bytes = std::fs::read(path).map_err(unopened)?;
    decode(&shown, bytes)
}

/// Decodes `bytes`, the content of the file that is called `path` in messages.
///
/// # Errors
/// Where the content is not text in UTF-8 or UTF-16.
pub fn decode(path: &str, bytes: Vec<u8>) -> Result<Source, IngestError> {
    let fail = |reason| IngestError { path: path.into(), reason };
    let size = bytes.len() as u64;
    if size > LARGEST {
        return Err(fail(Reason::TooLarge(size)));
    }
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let (text, encoding) = plain::decode(bytes).map_err(fail)?;
    let pages = plain::page_starts(&text);
    Ok(Source { path: path.into(), sha256, format: Format::Text, bytes: size, encoding, text: SourceText::new(text), pages })
}
