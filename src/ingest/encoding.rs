//! Encodings older than Unicode: TCVN3 (`.VnTime`), VNI (`VNI-Times`), VISCII, VPS, windows-1258.
//!
//! Documents of 2000 to 2009 show Vietnamese through fonts that draw other letters: the file
//! says `KÕ ho¹ch` in `.VnTime`, the reader sees `Kế hoạch`. The font's name tells the encoding
//! and survives conversion; where there is no font, Vietnamese syllables tell it. A text that
//! is Unicode already is never touched, whatever its font is called.

mod survey;
mod syllable;
mod tcvn3;
mod viscii;
mod vni;
mod vps;

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

pub use survey::Survey;
pub(super) use syllable::is_syllable;

/// An encoding older than Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// TCVN3 (ABC), of the `.VnTime` fonts.
    Tcvn3,
    /// VNI-Windows, of the `VNI-Times` fonts.
    Vni,
    /// VISCII.
    Viscii,
    /// VPS.
    Vps,
    /// windows-1258, whose tones are characters of their own.
    Windows1258,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Tcvn3, Self::Vni, Self::Viscii, Self::Vps, Self::Windows1258];

    /// Its name in messages and records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::Viscii => "viscii",
            Self::Vps => "vps",
            Self::Windows1258 => "windows-1258",
        }
    }

    /// Writes the text that `coded` stands for behind `out`. The characters of `coded` are the
    /// bytes of the old file, read as Latin (`¹` is 0xB9).
    fn push(self, out: &mut String, coded: &str) {
        match self {
            Self::Tcvn3 => out.extend(coded.chars().map(|c| letter(&TCVN3, c))),
            Self::Viscii => out.extend(coded.chars().map(|c| letter(&VISCII, c))),
            Self::Vps => out.extend(coded.chars().map(|c| letter(&VPS, c))),
            Self::Vni => vni::push(out, coded.chars().map(|c| byte(c).map_or(c, char::from))),
            Self::Windows1258 => {
                let bytes: Vec<u8> = coded.chars().map(|c| byte(c).unwrap_or(b'?')).collect();
                out.extend(encoding_rs::WINDOWS_1258.decode_without_bom_handling(&bytes).0.nfc());
            }
        }
    }
}

/// What the name of a font says of the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FontEncoding {
    /// The encoding that it draws.
    pub encoding: Encoding,
    /// Whether it draws small letters as capitals (`.VnTimeH`).
    pub capitals: bool,
}

/// What the name of a font says: `.VnTimeH`, `CCBOEA+.VnTime,Bold`, `VNI-Helve`.
#[must_use]
pub fn of_font(name: &str) -> Option<FontEncoding> {
    let name = name.trim();
    let name = name.split_once('+').filter(|(subset, _)| subset.len() == 6).map_or(name, |(_, rest)| rest);
    let name = name.split([',', ';']).next().unwrap_or(name).trim_matches(['\'', '"', ' ']);
    let name = ["-Bold", "-Italic", "-Regular", " Bold", " Italic"]
        .iter()
        .fold(name, |name, style| name.split(style).next().unwrap_or(name));
    let lower = name.to_ascii_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let encoding = if begins(&["vni-", "vni ", "vnitimes", "vnihelve"]) {
        Encoding::Vni
    } else if begins(&[".vn"]) || name.strip_prefix("Vn").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase())) {
        Encoding::Tcvn3
    } else if begins(&["vps ", "vps-", "vpstimes"]) {
        Encoding::Vps
    } else if begins(&["vi times", "vi arial", "viscii"]) {
        Encoding::Viscii
    } else {
        return None;
    };
    let one_case = !name.contains(|c: char| c.is_ascii_lowercase()) || !name.contains(|c: char| c.is_ascii_uppercase());
    let capitals = encoding == Encoding::Tcvn3 && (name.ends_with('H') || one_case && lower.ends_with('h'));
    Some(FontEncoding { encoding, capitals })
}

/// Decodes a run of text by its font and its letters: what a reader of formats without a
/// whole document at hand calls. A text that is Unicode already comes back as it is.
///
/// With a [`Survey`] of the whole document, runs without a telling font are told better.
#[must_use]
pub fn decode_run<'a>(font: Option<&str>, text: &'a str) -> Cow<'a, str> {
    if text.is_ascii() && font.is_none() || is_unicode(text) {
        return Cow::Borrowed(text);
    }
    let told = font.and_then(of_font).or_else(|| {
        let guess = survey::convincing(text, 3)?;
        Some(FontEncoding { encoding: guess, capitals: false })
    });
    match told {
        Some(told) => {
            let mut out = String::with_capacity(text.len());
            push_run(&mut out, told, text);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(text),
    }
}

/// Writes the text of a run behind `out`.
pub(super) fn push_run(out: &mut String, told: FontEncoding, coded: &str) {
    if told.capitals {
        let mut small = String::with_capacity(coded.len());
        told.encoding.push(&mut small, coded);
        out.push_str(&small.to_uppercase());
    } else {
        told.encoding.push(out, coded);
    }
}

/// Decodes the bytes of a plain text that is not UTF-8; `None` where no encoding makes
/// convincing Vietnamese of it.
#[must_use]
pub(super) fn decode_bytes(bytes: &[u8]) -> Option<(String, Encoding)> {
    /// Enough to tell by, and no more of a large file.
    const SAMPLE: usize = 256 * 1024;
    let latin = |bytes: &[u8]| encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    let encoding = survey::convincing(&latin(&bytes[..bytes.len().min(SAMPLE)]), 3)?;
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    encoding.push(&mut text, &latin(bytes));
    Some((text, encoding))
}

/// Whether a text holds letters that only Unicode has: `ế`, `ư`, a combining tone.
pub(super) fn is_unicode(text: &str) -> bool {
    text.chars().any(is_unicode_letter)
}

fn is_unicode_letter(c: char) -> bool {
    matches!(
        c,
        '\u{102}'
            | '\u{103}'
            | '\u{110}'
            | '\u{111}'
            | '\u{128}'
            | '\u{129}'
            | '\u{168}'
            | '\u{169}'
            | '\u{1A0}'
            | '\u{1A1}'
            | '\u{1AF}'
            | '\u{1B0}'
            | '\u{1EA0}'..='\u{1EF9}' | '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'
    )
}

/// The byte that a character stands for, where an old file was read as Latin: as Latin-1, as
/// windows-1252, as a symbol font's private characters, or through the glyph names of a PDF.
fn byte(c: char) -> Option<u8> {
    let code = u32::from(c);
    match code {
        0..=0xFF => u8::try_from(code).ok(),
        0xF020..=0xF0FF => u8::try_from(code - 0xF000).ok(),
        // PDF writers draw 0xAD (`ư` of TCVN3) with the glyph of the minus sign, and so on.
        0x2212 => Some(0xAD),
        0x3BC => Some(0xB5),
        0x2219 => Some(0xB7),
        0x2C9 => Some(0xAF),
        _ => WINDOWS.iter().find(|(known, _)| *known == c).map(|(_, byte)| *byte),
    }
}

/// What windows-1252 has at 0x80 to 0x9F.
const WINDOWS: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8A),
    ('‹', 0x8B),
    ('Œ', 0x8C),
    ('Ž', 0x8E),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9A),
    ('›', 0x9B),
    ('œ', 0x9C),
    ('ž', 0x9E),
    ('Ÿ', 0x9F),
];

type Letters = [Option<char>; 256];

static TCVN3: LazyLock<Letters> = LazyLock::new(|| letters(&[], 0xA0, &tcvn3::HIGH));
static VISCII: LazyLock<Letters> = LazyLock::new(|| letters(viscii::CONTROL, 0x80, &viscii::HIGH));
static VPS: LazyLock<Letters> = LazyLock::new(|| letters(vps::CONTROL, 0x80, &vps::HIGH));

fn letters(control: &[(u8, char)], first: usize, rows: &[&str]) -> Letters {
    let mut letters = [None; 256];
    for (slot, c) in letters[first..].iter_mut().zip(rows.iter().flat_map(|row| row.chars())) {
        *slot = (c != '·').then_some(c);
    }
    for (code, c) in control {
        letters[usize::from(*code)] = Some(*c);
    }
    letters
}

fn letter(letters: &Letters, c: char) -> char {
    if c.is_ascii_graphic() || c == ' ' {
        return c;
    }
    byte(c).and_then(|byte| letters[usize::from(byte)]).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_tell_the_encoding() {
        let check = |name: &str, wanted: Option<(Encoding, bool)>| {
            assert_eq!(of_font(name).map(|told| (told.encoding, told.capitals)), wanted, "{name}");
        };
        check(".VnTime", Some((Encoding::Tcvn3, false)));
        check(".VnTimeH", Some((Encoding::Tcvn3, true)));
        check(".VnArial NarrowH", Some((Encoding::Tcvn3, true)));
        check("CCBOEA+.VnTime,Bold", Some((Encoding::Tcvn3, false)));
        check("CCBOCO+.VnTimeH", Some((Encoding::Tcvn3, true)));
        check(".vntimeh", Some((Encoding::Tcvn3, true)));
        check("VNI-Times", Some((Encoding::Vni, false)));
        check("VPS Times", Some((Encoding::Vps, false)));
        for name in ["Times New Roman", "VNtimes new roman", "UVN Ai Cap", "UTM Avo", "Arial Unicode MS", "Vnd", ""] {
            check(name, None);
        }
    }

    #[test]
    fn runs_are_decoded_by_font_and_letters() {
        let check = |font: Option<&str>, text: &str, wanted: &str| assert_eq!(decode_run(font, text), wanted, "{font:?}");
        check(Some(".VnTime"), "KÕ ho¹ch n¨m 2007, tû lÖ 6,8%", "Kế hoạch năm 2007, tỷ lệ 6,8%");
        check(Some(".VnTimeH"), "b¸o c¸o vÒ t×nh h×nh", "BÁO CÁO VỀ TÌNH HÌNH");
        check(Some(".VnTime"), "n\u{2212}íc, ®Çu t\u{AD}", "nước, đầu tư");
        check(Some("VNI-Times"), "Soá: 991/QÑ-UBND, ngaøy 14 thaùng 5", "Số: 991/QĐ-UBND, ngày 14 tháng 5");
        check(Some("VNI-Times"), "\u{F0D1}oàng", "Đồng");
        // Without a font, convincing words are needed.
        check(None, "B¸o c¸o vÒ t×nh h×nh s¶n xuÊt", "Báo cáo về tình hình sản xuất");
        check(None, "Hà Nội, có là thì", "Hà Nội, có là thì");
        check(None, "có là thì và đó", "có là thì và đó");
        check(None, "có và là thì", "có và là thì");
        // The text was converted, the name of the font stayed.
        check(Some(".VnTime"), "Kế hoạch năm 2025", "Kế hoạch năm 2025");
        check(Some("Arial"), "café déjà vu naïve", "café déjà vu naïve");
    }

    #[test]
    fn plain_bytes_are_told_by_their_syllables() {
        let text = "Kế hoạch phát triển kinh tế - xã hội; giảm tỷ lệ hộ nghèo, đường nước sạch, việc làm ở nông thôn";
        for encoding in Encoding::ALL {
            let bytes = encode(encoding, text);
            let (decoded, told) = decode_bytes(&bytes).unwrap_or_else(|| panic!("{}: not told", encoding.name()));
            assert_eq!((decoded.as_str(), told), (text, encoding));
        }
        assert_eq!(
            decode_bytes(
                "un café déjà fermé à Orléans, où l'été a été très doux".chars().map(|c| c as u8).collect::<Vec<_>>().as_slice()
            ),
            None
        );
        assert_eq!(decode_bytes(&[0xFF, 0xD8, 0x81, 0x92, 0xFE, 0x20, 0x99, 0xE3, 0x20, 0xAA, 0xAB]), None);
    }

    /// The bytes that a file in the encoding has for `text`: the table, read backwards.
    fn encode(encoding: Encoding, text: &str) -> Vec<u8> {
        let back = |letters: &Letters, c: char| {
            if c.is_ascii() { c as u8 } else { letters.iter().rposition(|known| *known == Some(c)).expect("letter") as u8 }
        };
        match encoding {
            Encoding::Tcvn3 => text.chars().map(|c| back(&TCVN3, c)).collect(),
            Encoding::Viscii => text.chars().map(|c| back(&VISCII, c)).collect(),
            Encoding::Vps => text.chars().map(|c| back(&VPS, c)).collect(),
            Encoding::Vni => {
                let coded = "Keá hoaïch phaùt trieån kinh teá - xaõ hoäi; giaûm tyû leä hoä ngheøo, ñöôøng nöôùc saïch, vieäc laøm ôû noâng thoân";
                coded.chars().map(|c| c as u8).collect()
            }
            Encoding::Windows1258 => text
                .chars()
                .flat_map(|c| {
                    // Vowel and tone apart, the mark of the vowel with it.
                    let parts: Vec<char> = std::iter::once(c).nfd().collect();
                    let tone =
                        parts.iter().copied().find(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
                    let vowel: String = parts.into_iter().filter(|c| Some(*c) != tone).nfc().collect();
                    let (bytes, _, _) = encoding_rs::WINDOWS_1258.encode(&vowel);
                    let mut bytes = bytes.into_owned();
                    if let Some(tone) = tone {
                        bytes.extend_from_slice(&encoding_rs::WINDOWS_1258.encode(&tone.to_string()).0);
                    }
                    bytes
                })
                .collect(),
        }
    }

    #[test]
    fn the_tables_hold_every_letter_once() {
        for (letters, least) in [(&*VISCII, 134), (&*VPS, 134), (&*TCVN3, 90)] {
            let mut all: Vec<char> = letters.iter().flatten().copied().collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert!(all.len() >= least && count - all.len() <= 1, "{count} {}", all.len());
        }
    }
}
