//! MHT: a web page with its pictures in one file, as browsers, Word and Excel save it, and as converters put it into a DOCX.
//!
//! It is a mail: headers, then parts between boundaries, each with headers of its own. The pages among them are put together.

/// How deep parts may stand in each other.
const DEEPEST: usize = 4;
/// The most parts that are looked at.
const MOST: usize = 2000;

/// Whether a file begins as a mail does, and holds a web page.
pub(super) fn is_mht(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    let (headers, _) = split(head);
    let value = header(headers, "content-type").unwrap_or_default().to_ascii_lowercase();
    let is_mail = header(headers, "mime-version").is_some();
    is_mail
        && (value.starts_with("multipart/related")
            || value.starts_with("multipart/alternative")
            || value.starts_with("text/html"))
}

/// The pages in an archive, one after the other; `None` where it holds none.
pub(super) fn page(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut pages = Vec::new();
    let mut budget = MOST;
    collect(bytes, 0, &mut budget, &mut pages);
    // A workbook has a page for the frame around its sheets, which shows nothing by itself.
    let framed = |page: &Vec<u8>| holds(page, b"<frameset");
    if pages.iter().any(|page| !framed(page)) {
        pages.retain(|page| !framed(page));
    }
    (!pages.is_empty()).then(|| pages.join(&b"\n"[..]))
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|part| part.eq_ignore_ascii_case(words))
}

fn collect(bytes: &[u8], depth: usize, budget: &mut usize, pages: &mut Vec<Vec<u8>>) {
    if depth > DEEPEST || *budget == 0 {
        return;
    }
    *budget -= 1;
    let (headers, body) = split(bytes);
    let kind = header(headers, "content-type").unwrap_or_default();
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("multipart/") {
        if let Some(boundary) = parameter(&kind, "boundary") {
            for part in parts(body, boundary.as_bytes()) {
                collect(part, depth + 1, budget, pages);
            }
        }
    } else if lower.starts_with("text/html") {
        let page = match header(headers, "content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "quoted-printable" => quoted_printable(body),
            "base64" => base64(body),
            _ => body.to_vec(),
        };
        // The header knows the charset; a page that does not say it would be guessed.
        let page = match parameter(&kind, "charset").filter(|_| !holds(&page[..page.len().min(4096)], b"charset=")) {
            Some(charset) => [format!("<meta charset=\"{charset}\">").as_bytes(), &page].concat(),
            None => page,
        };
        pages.push(page);
    }
}

/// Headers and body of a part.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if line.iter().all(|byte| byte.is_ascii_whitespace()) {
            // Blank lines before the first header are none.
            if at > 0 && bytes[..at].iter().any(|byte| !byte.is_ascii_whitespace()) {
                return (&bytes[..at], &bytes[at + line.len()..]);
            }
        }
        at += line.len();
    }
    (bytes, &[])
}

/// The value of a header; lines that begin with a space go on with the one before.
fn header(headers: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(headers);
    let mut found: Option<String> = None;
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some(value) = &mut found {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        if found.is_some() {
            break;
        }
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        if key.trim().eq_ignore_ascii_case(name) {
            found = Some(value.trim().to_owned());
        }
    }
    found
}

/// A parameter of a header: `boundary="----=_NextPart"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What stands between the boundaries.
fn parts<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut found = Vec::new();
    let (mut start, mut at) = (None, 0);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let ends = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary));
        if let Some(rest) = ends.filter(|rest| rest.trim_ascii().is_empty() || rest.trim_ascii() == b"--") {
            if let Some(from) = start.take() {
                found.push(&body[from..at]);
            }
            if rest.trim_ascii().is_empty() {
                start = Some(at + line.len());
            }
        }
        at += line.len();
    }
    // A file that breaks off has no last boundary.
    found.extend(start.map(|from| &body[from..]));
    found
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if *byte != b'=' {
            out.push(*byte);
            continue;
        }
        // A line that goes on: blanks may stand before its end.
        let blanks = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        if bytes.get(at + blanks) == Some(&b'\n') {
            at += blanks + 1;
        } else if let Some([high, low]) = bytes.get(at..at + 2).and_then(|two| <&[u8; 2]>::try_from(two).ok())
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            out.push(high * 16 + low);
            at += 2;
        } else {
            out.push(b'=');
        }
    }
    out
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xFF).unwrap_or_default());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=\"--=_a\"\r\n\r\nIgnored\r\n----=_a\r\n\
        Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>K=E1=BA=BE ho=\r\n=E1=BA=A1ch 1=3D1</p>\r\n\
        ----=_a\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----=_a--\r\n";

    #[test]
    fn the_page_is_taken_out() {
        assert!(is_mht(FILE.as_bytes()));
        let page = String::from_utf8(page(FILE.as_bytes()).expect("page")).expect("utf-8");
        assert_eq!(page.trim_end(), "<meta charset=\"utf-8\"><p>KẾ hoạch 1=1</p>");
    }

    #[test]
    fn base64_and_breaks_are_read() {
        let file = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\
                    Content-Transfer-Encoding: base64\n\nPHA+S+G6vzwv\ncD4=\n";
        assert_eq!(page(file.as_bytes()).as_deref(), Some("<p>Kế</p>".as_bytes()));
    }

    #[test]
    fn what_is_no_mail_is_none() {
        for text in ["KẾ HOẠCH\nMIME-Version: 1.0", "", "Content-Type: text/html\n\n<p>"] {
            assert!(!is_mht(text.as_bytes()), "{text}");
        }
        assert_eq!(
            page(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\n."),
            None
        );
    }
}
