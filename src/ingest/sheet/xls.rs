//! XLS (BIFF, of Excel 97 and Excel 5) → sheets: records of a type, a length and bytes.
//!
//! Texts of 8 bits are kept as they are, with the font of each run: in these files `.VnTime`
//! and `VNI-Times` are at home.

use std::collections::BTreeMap;

use super::{MOST_CELLS, Rich, Sheet, format};
use crate::ingest::Reason;

const KIND: &str = "an Excel 97 workbook (XLS)";

/// A record: its type and its bytes, those of `CONTINUE` records behind it apart.
struct Record<'a> {
    kind: u16,
    parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    fn bytes(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// The records of a stream, from an offset.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn raw(&self, at: usize) -> Option<(u16, &'a [u8], usize)> {
        let kind = u16_at(self.stream, at)?;
        let length = usize::from(u16_at(self.stream, at + 2)?);
        let bytes = self.stream.get(at + 4..at + 4 + length)?;
        Some((kind, bytes, at + 4 + length))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        const CONTINUE: u16 = 0x3C;
        let (kind, bytes, mut next) = self.raw(self.at)?;
        let mut parts = vec![bytes];
        while let Some((CONTINUE, more, behind)) = self.raw(next) {
            parts.push(more);
            next = behind;
        }
        self.at = next;
        Some(Record { kind, parts })
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..at + 8)?.try_into().ok().map(f64::from_le_bytes)
}

/// What the whole workbook knows.
#[derive(Default)]
struct Book {
    /// Excel 97 and later: texts of 16 bits.
    wide: bool,
    since_1904: bool,
    fonts: Vec<Face>,
    formats: BTreeMap<u16, String>,
    /// Font and format of each style.
    styles: Vec<(u16, u16)>,
    shared: Vec<Shared>,
    /// Offset and name of each sheet, and whether it is hidden.
    sheets: Vec<(usize, String, bool)>,
}

/// How characters look.
#[derive(Clone, Debug, Default)]
struct Face {
    name: String,
    struck: bool,
    raised: bool,
}

/// A text and where in it (in characters) other fonts begin.
#[derive(Clone, Debug, Default)]
struct Shared {
    text: Vec<char>,
    changes: Vec<(u16, u16)>,
}

/// Reads the stream `Workbook` or `Book`.
pub(in crate::ingest) fn read(stream: &[u8]) -> Result<Vec<Sheet>, Reason> {
    let book = Book::read(stream)?;
    let mut budget = MOST_CELLS;
    let mut sheets = Vec::new();
    for (offset, name, hidden) in &book.sheets {
        let sheet = Sheet { name: name.clone(), hidden: *hidden, ..Sheet::default() };
        let mut reader = Reader { book: &book, sheet, budget, formula: None };
        reader.read(Records { stream, at: *offset });
        budget = reader.budget;
        if budget == 0 {
            return Err(Reason::Bomb(format!("more than {MOST_CELLS} cells")));
        }
        sheets.push(reader.sheet);
    }
    Ok(sheets)
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, Reason> {
        let mut book = Self::default();
        let mut records = Records { stream, at: 0 };
        match records.next() {
            Some(first) if first.kind == 0x809 => book.wide = u16_at(first.bytes(), 0) == Some(0x600),
            _ => return Err(Reason::Damaged(KIND, "it does not begin as one, or is older than Excel 5".into())),
        }
        for record in records {
            let bytes = record.bytes();
            match record.kind {
                0x0A => break,
                // A password is needed.
                0x2F => return Err(Reason::Encrypted(KIND)),
                0x22 => book.since_1904 = u16_at(bytes, 0) == Some(1),
                0x31 => book.fonts.push(Face {
                    name: book.short(bytes, 14).unwrap_or_default(),
                    struck: u16_at(bytes, 2).is_some_and(|flags| flags & 8 == 8),
                    raised: u16_at(bytes, 8) == Some(1),
                }),
                0x41E => {
                    if let Some((id, code)) = book.format(bytes) {
                        book.formats.insert(id, code);
                    }
                }
                0xE0 => book.styles.push((u16_at(bytes, 0).unwrap_or_default(), u16_at(bytes, 2).unwrap_or_default())),
                0x85 => {
                    // Worksheets only: charts and macro sheets have another type.
                    if let (Some(offset), Some(0)) = (u32_at(bytes, 0), bytes.get(5)) {
                        let hidden = bytes.get(4).is_some_and(|state| state & 3 != 0);
                        book.sheets.push((offset as usize, book.short(bytes, 6).unwrap_or_default(), hidden));
                    }
                }
                0xFC => book.shared = shared(&record.parts),
                _ => {}
            }
        }
        Ok(book)
    }

    /// A text with its length in one byte.
    fn short(&self, bytes: &[u8], at: usize) -> Option<String> {
        let length = usize::from(*bytes.get(at)?);
        self.text(bytes, at + 1, length).map(|text| text.into_iter().collect())
    }

    /// A text of `length` characters; since Excel 97 a byte before it says whether they have 16 bits.
    fn text(&self, bytes: &[u8], at: usize, length: usize) -> Option<Vec<char>> {
        if !self.wide {
            return Some(latin(bytes.get(at..(at + length).min(bytes.len()))?));
        }
        let flags = *bytes.get(at)?;
        let rest = bytes.get(at + 1..)?;
        if flags & 1 == 0 {
            Some(latin(&rest[..length.min(rest.len())]))
        } else {
            Some(units(&rest[..(length * 2).min(rest.len())]))
        }
    }

    fn format(&self, bytes: &[u8]) -> Option<(u16, String)> {
        let id = u16_at(bytes, 0)?;
        let text = if self.wide {
            self.text(bytes, 4, usize::from(u16_at(bytes, 2)?))?
        } else {
            self.text(bytes, 3, usize::from(*bytes.get(2)?))?
        };
        Some((id, text.into_iter().collect()))
    }

    /// A font by its number: there is no number 4.
    fn font(&self, index: u16) -> Option<&Face> {
        let index = usize::from(index);
        self.fonts.get(if index > 4 { index - 1 } else { index })
    }

    fn style_font(&self, style: u16) -> Option<&Face> {
        self.styles.get(usize::from(style)).and_then(|(font, _)| self.font(*font))
    }

    fn number(&self, value: f64, style: u16) -> String {
        let id = self.styles.get(usize::from(style)).map_or(0, |(_, format)| *format);
        let code = self.formats.get(&id).map_or_else(|| format::builtin(u32::from(id)), String::as_str);
        format::show(value, code, self.since_1904)
    }

    /// The pieces of a text whose font changes inside.
    fn pieces(&self, shared: &Shared, style: u16) -> Vec<(String, Face)> {
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut face = self.style_font(style);
        for (at, next) in &shared.changes {
            let at = usize::from(*at).clamp(start, shared.text.len());
            if at > start {
                pieces.push((shared.text[start..at].iter().collect(), face.cloned().unwrap_or_default()));
            }
            start = at;
            face = self.font(*next);
        }
        if start < shared.text.len() {
            pieces.push((shared.text[start..].iter().collect(), face.cloned().unwrap_or_default()));
        }
        pieces
    }
}

fn latin(bytes: &[u8]) -> Vec<char> {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.chars().collect()
}

fn units(bytes: &[u8]) -> Vec<char> {
    char::decode_utf16(bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])))
        .map(|c| c.unwrap_or('\u{FFFD}'))
        .collect()
}

/// Bytes that go on over `CONTINUE` records.
struct Parts<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl<'a> Parts<'a> {
    /// The next bytes of this part, at most `most`; goes on to the next part where this one is used up.
    fn some(&mut self, most: usize) -> Option<&'a [u8]> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        let part = self.parts.get(self.part)?;
        let end = (self.at + most).min(part.len());
        let bytes = &part[self.at..end];
        self.at = end;
        Some(bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        self.some(1).and_then(|bytes| bytes.first().copied())
    }

    fn number(&mut self, bytes: usize) -> Option<u32> {
        (0..bytes).try_fold(0, |number, index| Some(number | u32::from(self.byte()?) << (8 * index)))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            count -= self.some(count)?.len();
        }
        Some(())
    }
}

/// The shared texts.
fn shared(parts: &[&[u8]]) -> Vec<Shared> {
    let mut parts = Parts { parts, part: 0, at: 0 };
    let mut texts = Vec::new();
    let count = parts.number(4).and_then(|_| parts.number(4)).unwrap_or_default();
    for _ in 0..count.min(1_000_000) {
        let Some(text) = shared_text(&mut parts) else { break };
        texts.push(text);
    }
    texts
}

fn shared_text(parts: &mut Parts<'_>) -> Option<Shared> {
    let length = parts.number(2)? as usize;
    let mut flags = parts.byte()?;
    let changes = if flags & 8 == 8 { parts.number(2)? } else { 0 };
    let extra = if flags & 4 == 4 { parts.number(4)? as usize } else { 0 };
    let mut text = Vec::with_capacity(length);
    while text.len() < length {
        let used_up = parts.parts.get(parts.part).is_some_and(|part| parts.at >= part.len());
        if used_up {
            // A text that goes on in the next record says again how wide it is.
            flags = parts.byte()?;
        }
        let left = length - text.len();
        if flags & 1 == 0 {
            text.extend(latin(parts.some(left)?));
        } else {
            text.extend(units(parts.some(left * 2)?));
        }
    }
    let mut read = Vec::new();
    for _ in 0..changes {
        read.push((u16::try_from(parts.number(2)?).ok()?, u16::try_from(parts.number(2)?).ok()?));
    }
    parts.skip(extra)?;
    Some(Shared { text, changes: read })
}

struct Reader<'a> {
    book: &'a Book,
    sheet: Sheet,
    budget: usize,
    /// Place and style of a formula whose text comes in the next record.
    formula: Option<(u32, u32, u16)>,
}

impl Reader<'_> {
    fn read(&mut self, records: Records<'_>) {
        let mut depth = 0_u32;
        for record in records {
            match record.kind {
                0x809 => depth += 1,
                0x0A => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return;
                    }
                }
                // What stands inside is a chart's.
                _ if depth == 1 => {
                    let _ = self.record(&record);
                }
                _ => {}
            }
            if self.budget == 0 {
                return;
            }
        }
    }

    fn record(&mut self, record: &Record<'_>) -> Option<()> {
        let bytes = record.bytes();
        if record.kind == 0xE5 {
            for index in 0..usize::from(u16_at(bytes, 0)?) {
                let at = |part: usize| u16_at(bytes, 2 + index * 8 + part * 2).map(u32::from);
                self.sheet.merges.push([at(0)?, at(2)?, at(1)?, at(3)?]);
            }
            return Some(());
        }
        if record.kind == 0x207 {
            let (row, column, style) = self.formula.take()?;
            let text = self.book.text(bytes, 2, usize::from(u16_at(bytes, 0)?))?;
            return self.text(row, column, &Shared { text, changes: Vec::new() }, style);
        }
        if record.kind == 0x208 {
            // A row: bit 5 says that it is not shown, as a height of 0 does.
            if u16_at(bytes, 12)? & 0x20 != 0 || u16_at(bytes, 6)? == 0 {
                self.sheet.hidden_rows.insert(u32::from(u16_at(bytes, 0)?));
            }
            return Some(());
        }
        if record.kind == 0x7D {
            if u16_at(bytes, 8)? & 1 == 1 || u16_at(bytes, 4)? == 0 {
                self.sheet.hidden_columns.push((u32::from(u16_at(bytes, 0)?), u32::from(u16_at(bytes, 2)?)));
            }
            return Some(());
        }
        if !matches!(record.kind, 0xFD | 0x204 | 0xD6 | 0x27E | 0xBD | 0x203 | 0x205 | 0x06) {
            return None;
        }
        let (row, column, style) = (u32::from(u16_at(bytes, 0)?), u32::from(u16_at(bytes, 2)?), u16_at(bytes, 4)?);
        match record.kind {
            0xFD => {
                let shared = self.book.shared.get(u32_at(bytes, 6)? as usize)?;
                self.text(row, column, shared, style)
            }
            0x204 | 0xD6 => {
                let length = usize::from(u16_at(bytes, 6)?);
                let text = self.book.text(bytes, 8, length)?;
                let mut changes = Vec::new();
                if record.kind == 0xD6 && !self.book.wide {
                    let at = 8 + length;
                    for index in 0..usize::from(bytes.get(at).copied().unwrap_or_default()) {
                        changes.push((u16::from(*bytes.get(at + 1 + index * 2)?), u16::from(*bytes.get(at + 2 + index * 2)?)));
                    }
                }
                self.text(row, column, &Shared { text, changes }, style)
            }
            0x27E => self.number(row, column, style, packed(u32_at(bytes, 6)?)),
            0x203 => self.number(row, column, style, f64_at(bytes, 6)?),
            0x205 => {
                if bytes.get(7) == Some(&1) {
                    self.error(row, column, *bytes.get(6)?);
                }
                Some(())
            }
            0xBD => {
                let last = u32::from(u16_at(bytes, bytes.len().checked_sub(2)?)?);
                for (index, column) in (column..=last).enumerate() {
                    let at = 4 + index * 6;
                    self.number(row, column, u16_at(bytes, at)?, packed(u32_at(bytes, at + 2)?))?;
                }
                Some(())
            }
            _ => {
                // A formula: the value that was computed last.
                if u16_at(bytes, 12)? != 0xFFFF {
                    return self.number(row, column, style, f64_at(bytes, 6)?);
                }
                if bytes.get(6) == Some(&2) {
                    self.error(row, column, *bytes.get(8)?);
                }
                self.formula = (bytes.get(6) == Some(&0)).then_some((row, column, style));
                Some(())
            }
        }
    }

    fn text(&mut self, row: u32, column: u32, text: &Shared, style: u16) -> Option<()> {
        self.budget = self.budget.checked_sub(1)?;
        let pieces = self.book.pieces(text, style);
        // A whole cell that is raised is no mark.
        let several = pieces.len() > 1;
        let rich = pieces.iter().map(|(text, face)| Rich {
            text,
            font: (!face.name.is_empty()).then(|| face.name.clone()),
            struck: face.struck,
            raised: face.raised && several,
        });
        self.sheet.set_rich(row, column, rich);
        Some(())
    }

    fn error(&mut self, row: u32, column: u32, code: u8) {
        let shown = match code {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0F => "#VALUE!",
            0x17 => "#REF!",
            0x1D => "#NAME?",
            0x24 => "#NUM!",
            _ => "#N/A",
        };
        self.sheet.errors.push((row, column, shown.into()));
    }

    fn number(&mut self, row: u32, column: u32, style: u16, value: f64) -> Option<()> {
        self.budget = self.budget.checked_sub(1)?;
        let text = self.book.number(value, style);
        let struck = self.book.style_font(style).is_some_and(|face| face.struck);
        self.sheet.set_rich(row, column, std::iter::once(Rich { text: &text, font: None, struck, raised: false }));
        Some(())
    }
}

/// A number in 30 bits: the upper ones of a double, or an integer, perhaps in hundredths.
fn packed(bits: u32) -> f64 {
    let value = if bits & 2 == 2 { f64::from(bits.cast_signed() >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 == 1 { value / 100.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_unpacked() {
        assert!((packed((68 << 2) | 2) - 68.0).abs() < 1e-12);
        assert!((packed((680 << 2) | 3) - 6.8).abs() < 1e-12);
        assert!((packed((-5_i32 << 2).cast_unsigned() | 2) + 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_shared_text_may_go_on_in_another_width() {
        // Ten characters: four of 8 bits, then, behind a new flag, six of 16.
        let first: Vec<u8> =
            [1_u32.to_le_bytes(), 1_u32.to_le_bytes()].concat().into_iter().chain([10, 0, 0]).chain(*b"KE H").collect();
        let second: Vec<u8> = std::iter::once(1).chain("OẠCH 1".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let texts = shared(&[&first, &second]);
        assert_eq!(texts[0].text.iter().collect::<String>(), "KE HOẠCH 1");
    }

    #[test]
    fn damaged_streams_are_refused_or_read_as_far_as_they_go() {
        assert!(read(b"").is_err());
        assert!(read(&[9, 8, 4, 0, 0, 6, 5, 0]).is_ok_and(|sheets| sheets.is_empty()));
        assert!(read(&[9, 8, 4, 0, 0, 6, 5, 0, 0x2F, 0, 0, 0]).is_err_and(|reason| reason.code() == "encrypted"));
    }
}
