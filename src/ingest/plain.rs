//! Plain text: UTF-8 with or without a byte order mark, UTF-16 with one, and the encodings
//! older than Unicode where they make convincing Vietnamese.

use super::Reason;
use super::encoding::{self, Survey};
use super::mended::mended;

/// What other formats begin with, so that the message can name them.
const SIGNATURES: &[(&[u8], &str)] =
    &[(b"\x1F\x8B", "a gzip archive"), (b"7z\xBC\xAF", "a 7z archive"), (b"Rar!", "a RAR archive")];

/// Decodes text; gives the text without its byte order mark and the encoding's name.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<(String, &'static str), Reason> {
    if bytes.is_empty() {
        return Err(Reason::Empty);
    }
    let (text, encoding) = if let Some(units) = bytes.strip_prefix(b"\xFF\xFE") {
        (utf16(units, u16::from_le_bytes)?, "utf-16le")
    } else if let Some(units) = bytes.strip_prefix(b"\xFE\xFF") {
        (utf16(units, u16::from_be_bytes)?, "utf-16be")
    } else {
        if let Some((_, name)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
            return Err(Reason::Archive(name));
        }
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        match String::from_utf8(bytes) {
            Ok(text) => mended(&text).unwrap_or_else(|| unveiled(text)),
            Err(error) => older(&error)?,
        }
    };
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
        return Err(Reason::Blank);
    }
    // A text has no NUL: many of them mean another format, or UTF-16 without its mark.
    let nuls = text.bytes().filter(|byte| *byte == 0).count();
    if nuls * 100 > text.len() {
        return Err(Reason::Binary("a binary file"));
    }
    Ok((text, encoding))
}

/// A text that is not UTF-8: in an older encoding, or refused.
fn older(error: &std::string::FromUtf8Error) -> Result<(String, &'static str), Reason> {
    let bytes = error.as_bytes();
    if bytes.contains(&0) {
        return Err(Reason::Binary("a binary file"));
    }
    if let Some((text, encoding)) = encoding::decode_bytes(bytes) {
        return Ok((text, encoding.name()));
    }
    let offset = error.utf8_error().valid_up_to();
    let line = 1 + bytes[..offset].iter().filter(|byte| **byte == b'\n').count();
    Err(Reason::NotUnicode { offset, byte: bytes[offset], line })
}

/// UTF-8 may still hide an older encoding, read as Latin on its way: `KÕ ho¹ch`, as tools
/// write that take text out of a PDF with old fonts. Lines of true Vietnamese stay.
pub(super) fn unveiled(text: String) -> (String, &'static str) {
    let mut survey = Survey::default();
    for line in text.lines() {
        survey.observe(None, line);
    }
    if survey.encodings().is_empty() {
        return (text, "utf-8");
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match survey.tell(None, line) {
            // A PDF's font calls TCVN3's `ư` (0xAD) a minus.
            Some(told) => encoding::push_run(&mut out, told, &line.replace('\u{2212}', "\u{AD}")),
            None if encoding::is_unicode(line) => mixed(&mut out, &survey, line),
            None => out.push_str(line),
        }
    }
    (out, survey.name())
}

/// A line of Unicode in which some words may be older: `Nguồn: Vô kinh tÕ C«ng nghiÖp`, set in two fonts.
fn mixed(out: &mut String, survey: &Survey, line: &str) {
    let mut from = 0;
    let mut words = line.split_inclusive(char::is_whitespace).peekable();
    while let Some(word) = words.next() {
        let unicode = encoding::is_unicode(word);
        let mut end = from + word.len();
        while let Some(next) = words.next_if(|next| encoding::is_unicode(next) == unicode) {
            end += next.len();
        }
        let part = &line[from..end];
        from = end;
        // A single sign may be meant: `5 × 3 m`.
        let several = part.split_whitespace().filter(|word| !word.is_ascii()).count() >= 2;
        match survey.tell(None, part).filter(|_| !unicode && several) {
            Some(told) => encoding::push_run(out, told, &part.replace('\u{2212}', "\u{AD}")),
            None => out.push_str(part),
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Reason> {
    let mut text = String::with_capacity(bytes.len());
    let units = bytes.chunks(2).map(|pair| match pair {
        [one, two] => unit([*one, *two]),
        // A lone byte at the end: half a surrogate pair, so that it is refused below.
        _ => 0xD800,
    });
    let mut offset = 2;
    for decoded in char::decode_utf16(units) {
        let c = decoded.map_err(|_| Reason::BrokenUtf16 { offset })?;
        offset += c.len_utf16() * 2;
        text.push(c);
    }
    Ok(text)
}

/// Where pages begin: after each form feed. A text without form feeds has no pages.
pub(super) fn page_starts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = text.bytes().enumerate().filter(|(_, byte)| *byte == 0x0C).map(|(at, _)| at + 1).collect();
    if !starts.is_empty() {
        starts.insert(0, 0);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(bytes: &[u8]) -> String {
        decode(bytes.to_vec()).expect_err("refused").to_string()
    }

    #[test]
    fn utf_8_and_utf_16_are_read() {
        let text = "KẾ HOẠCH\n";
        let little: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        for (bytes, encoding) in [(text.into(), "utf-8"), (marked, "utf-8"), (little, "utf-16le"), (big, "utf-16be")] {
            assert_eq!(decode(bytes).expect("read"), (text.to_owned(), encoding));
        }
    }

    #[test]
    fn what_is_not_text_is_refused_with_place_and_reason() {
        assert!(reason(b"").starts_with("is empty"));
        assert!(reason(b" \n\t\n").starts_with("holds only white space"));
        assert!(reason(b"7z\xBC\xAF...").starts_with("is a 7z archive, not a document; unpack it"));
        assert!(reason(b"K\xD5 ho\xB9ch\n").contains("byte 0xD5 at offset 1 (line 1)"));
        assert!(reason(b"a\nb\xFFc").contains("(line 2)"));
        assert!(reason(b"\x00\x01\x02\xFF\xFE\x00").starts_with("is a binary file"));
        assert!(reason(b"\xFF\xFEK\x00x").contains("broken UTF-16 at byte 4"));
    }

    #[test]
    fn older_words_in_a_line_of_unicode_are_told() {
        let older = "Thùc hiÖn n¨m 2001 chØ tiªu kÕ ho¹ch cña ngµnh c«ng nghiÖp trong c¶ n\u{AD}íc\n".repeat(4);
        for (line, wanted) in [
            ("Nguồn: Vô kinh tÕ C«ng nghiÖp", "Nguồn: Vụ kinh tế Công nghiệp"),
            ("C«ng nghiÖp kh¸c: Bộ Công Thương", "Công nghiệp khác: Bộ Công Thương"),
            // A single sign, and words that are Vietnamese as they stand.
            ("Diện tích 5 × 3 m", "Diện tích 5 × 3 m"),
            ("Các xã là vùng núi phía Bắc", "Các xã là vùng núi phía Bắc"),
        ] {
            let (text, _) = unveiled(format!("{older}{line}"));
            assert_eq!(text.lines().last(), Some(wanted));
        }
    }
}
