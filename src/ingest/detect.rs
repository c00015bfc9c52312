//! What a file is, told by its content; its name is only compared.

use super::Reason;
use super::archive::Archive;
use super::compound::Compound;
use super::mht;
use super::sheet;
use crate::record::Format;

/// A file's kind, with what was opened to tell it.
pub(super) enum Kind {
    Docx(Archive),
    Xlsx(Archive),
    Ods(Archive),
    /// Read through LibreOffice.
    Office(Format),
    /// `Workbook`, or `Book` before Excel 97.
    Xls(Vec<u8>),
    /// A workbook of Excel 2003 as one XML file.
    XmlSheets,
    Html,
    /// A web page with its pictures in one file.
    Mht,
    Pdf,
    /// Read by OCR.
    Image(Format),
    /// Text, or something that the text reader refuses.
    Other,
}

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What images begin with.
const IMAGES: [(&[u8], Format); 4] =
    [(b"\x89PNG\r\n\x1A\n", Format::Png), (b"\xFF\xD8\xFF", Format::Jpeg), (b"II*\0", Format::Tiff), (b"MM\0*", Format::Tiff)];

/// A file's family, told by its first bytes alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Zip,
    Compound,
    Rtf,
    XmlSheets,
    XmlWords,
    Html,
    Mht,
    Pdf,
    Image(Format),
    /// Text, or something that the text reader refuses.
    Other,
}

/// Tells the family; nothing is opened.
pub(super) fn family(bytes: &[u8]) -> Family {
    if bytes.starts_with(ZIP) {
        Family::Zip
    } else if bytes.starts_with(COMPOUND) {
        Family::Compound
    } else if bytes.starts_with(b"{\\rtf") {
        Family::Rtf
    } else if let Some((_, format)) = IMAGES.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        Family::Image(*format)
    } else if is_html(bytes) {
        Family::Html
    } else if let Some(family) = office_xml(bytes) {
        family
    } else if mht::is_mht(bytes) {
        Family::Mht
    } else if is_pdf(bytes) {
        Family::Pdf
    } else {
        Family::Other
    }
}

/// Tells the kind.
pub(super) fn detect(bytes: &[u8]) -> Result<Kind, Reason> {
    match family(bytes) {
        Family::Zip => zip(bytes),
        Family::Compound => compound(bytes),
        Family::Rtf => Ok(Kind::Office(Format::Rtf)),
        Family::XmlSheets => Ok(Kind::XmlSheets),
        Family::XmlWords => Err(Reason::Unsupported("a Word 2003 XML document", "DOCX")),
        Family::Html => Ok(Kind::Html),
        Family::Mht => Ok(Kind::Mht),
        Family::Pdf => Ok(Kind::Pdf),
        Family::Image(format) => Ok(Kind::Image(format)),
        Family::Other => Ok(Kind::Other),
    }
}

/// Whether the content is a PDF: its mark may stand behind a mail's header or a byte order mark.
fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-")
}

fn zip(bytes: &[u8]) -> Result<Kind, Reason> {
    let mut archive = Archive::open(bytes.to_vec())?;
    let word = archive.has("word/document.xml")
        || archive
            .related("", "/officeDocument")?
            .iter()
            .any(|(_, target)| target.starts_with("word/") || target.ends_with("document.xml"));
    if word {
        return Ok(Kind::Docx(archive));
    }
    let book = archive.has("xl/workbook.xml") || sheet::xlsx::book_part(&mut archive).is_ok_and(|part| archive.has(&part));
    if book {
        return Ok(Kind::Xlsx(archive));
    }
    if archive.has("xl/workbook.bin") {
        return Err(Reason::Unsupported("an Excel binary workbook (XLSB)", "XLSX"));
    }
    if archive.has("ppt/presentation.xml") {
        return Err(Reason::Unsupported("a PowerPoint presentation", "PDF"));
    }
    if archive.has("content.xml") {
        let manifest = archive.text("META-INF/manifest.xml")?.unwrap_or_default();
        let kind = archive.text("mimetype")?.unwrap_or_default();
        if manifest.contains("encryption-data") {
            return Err(Reason::Encrypted("an OpenDocument file"));
        }
        return match kind.trim() {
            kind if kind.contains("spreadsheet") => Ok(Kind::Ods(archive)),
            kind if kind.contains("presentation") => Err(Reason::Unsupported("an OpenDocument presentation", "PDF")),
            _ => Ok(Kind::Office(Format::Odt)),
        };
    }
    Err(Reason::Archive("a ZIP archive"))
}

fn compound(bytes: &[u8]) -> Result<Kind, Reason> {
    let Some(file) = Compound::open(bytes) else {
        return Err(Reason::Damaged("an Office 97 file (DOC, XLS)", "its table of sectors cannot be read".into()));
    };
    if file.has("EncryptedPackage") {
        return Err(Reason::Encrypted("an Office document (DOCX, XLSX)"));
    }
    if file.has("WordDocument") {
        // The second byte of the flags: bit 0 says that a password is needed.
        let encrypted = file.stream("WordDocument").is_some_and(|stream| stream.get(11).is_some_and(|flags| flags & 1 == 1));
        return if encrypted { Err(Reason::Encrypted("a Word 97 document (DOC)")) } else { Ok(Kind::Office(Format::Doc)) };
    }
    if let Some(book) = file.stream("Workbook").or_else(|| file.stream("Book")) {
        return Ok(Kind::Xls(book));
    }
    if file.has("PowerPoint Document") {
        return Err(Reason::Unsupported("a PowerPoint presentation", "PDF"));
    }
    Err(Reason::Binary("an Office 97 file that holds no document"))
}

/// Office documents of 2003 as one XML file, told by the namespace of their outermost element.
fn office_xml(bytes: &[u8]) -> Option<Family> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    if !head.starts_with("<?xml") && !head.starts_with('<') {
        return None;
    }
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("Workbook") {
        Some(Family::XmlSheets)
    } else if head.contains("http://schemas.microsoft.com/office/word/2003/wordml") {
        Some(Family::XmlWords)
    } else {
        None
    }
}

/// Whether a file is a web page: its first tag says so.
fn is_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let text: String = if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        head.iter().filter(|byte| byte.is_ascii() && **byte != 0).map(|byte| char::from(*byte)).collect()
    } else {
        head.iter().map(|byte| char::from(*byte)).collect()
    };
    let text = text.trim_start_matches(['\u{EF}', '\u{BB}', '\u{BF}']).trim_start().to_ascii_lowercase();
    let mut rest = text.as_str();
    // Comments and declarations stand before the first tag.
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, rest)| rest);
        } else if rest.starts_with("<?xml") {
            rest = rest.split_once("?>").map_or("", |(_, rest)| rest);
        } else {
            break;
        }
    }
    ["<!doctype html", "<html", "<head", "<body", "<meta", "<table", "<div", "<title"].iter().any(|tag| rest.starts_with(tag))
}

/// What to say where the extension of `path` means another format than the content is.
pub(super) fn extension_note(path: &str, format: Format) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next()?;
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    let meant: &[Format] = match extension.as_str() {
        "docx" | "docm" | "dotx" => &[Format::Docx],
        "doc" | "dot" => &[Format::Doc],
        "rtf" => &[Format::Rtf],
        "odt" => &[Format::Odt],
        "xlsx" | "xlsm" => &[Format::Xlsx],
        "xls" => &[Format::Xls],
        "ods" => &[Format::Ods],
        "html" | "htm" | "xhtml" => &[Format::Html],
        "txt" | "md" | "markdown" => &[Format::Text],
        "pdf" => &[Format::Pdf],
        "png" => &[Format::Png],
        "jpg" | "jpeg" => &[Format::Jpeg],
        "tif" | "tiff" => &[Format::Tiff],
        _ => return None,
    };
    (!meant.contains(&format))
        .then(|| format!("the file is called .{extension}, its content is {}; it was read by its content", name_of(format)))
}

/// A format in words.
pub(super) fn name_of(format: Format) -> &'static str {
    match format {
        Format::Text => "plain text",
        Format::Docx => "a Word document (DOCX)",
        Format::Doc => "a Word 97 document (DOC)",
        Format::Rtf => "an RTF document",
        Format::Odt => "an OpenDocument text (ODT)",
        Format::Xlsx => "an Excel workbook (XLSX)",
        Format::Xls => "an Excel 97 workbook (XLS)",
        Format::Ods => "an OpenDocument spreadsheet (ODS)",
        Format::Html => "a web page (HTML)",
        Format::Pdf => "a PDF",
        Format::Png => "a PNG image",
        Format::Jpeg => "a JPEG image",
        Format::Tiff => "a TIFF image",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_pages_are_told_by_their_first_tag() {
        for page in [
            "<!DOCTYPE html><p>",
            "\u{FEFF}\n<!-- saved -->\n<HTML>",
            "<?xml version=\"1.0\"?><html xmlns=\"x\">",
            "<table border=1>",
        ] {
            assert!(is_html(page.as_bytes()), "{page}");
        }
        for text in ["KẾ HOẠCH <b>năm 2025</b>", "<sup>1</sup> Đã có", "# Kế hoạch\n<table>", ""] {
            assert!(!is_html(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_wrong_extension_is_told() {
        assert_eq!(extension_note("a/kh.docx", Format::Docx), None);
        assert_eq!(extension_note("a/kh", Format::Docx), None);
        let note = extension_note("a.b/kh.DOC", Format::Html).expect("note");
        assert_eq!(note, "the file is called .doc, its content is a web page (HTML); it was read by its content");
    }
}
