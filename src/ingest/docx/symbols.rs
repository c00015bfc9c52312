//! Symbol fonts: `³` of the font Symbol is `≥`, a character of Wingdings is a bullet or a box.

use std::borrow::Cow;

/// Characters of the font Symbol that stand in plans.
const SYMBOL: &[(u8, char)] = &[
    (0x2D, '-'),
    (0xA3, '≤'),
    (0xB3, '≥'),
    (0xB1, '±'),
    (0xB4, '×'),
    (0xB8, '÷'),
    (0xB0, '°'),
    (0xB7, '•'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xA5, '∞'),
    (0xAE, '→'),
    (0xDE, '⇒'),
    (0xE5, '∑'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x44, 'Δ'),
    (0xBC, '…'),
    (0x6D, 'µ'),
];

/// The same of Wingdings.
const WINGDINGS: &[(u8, char)] = &[
    (0xFC, '✓'),
    (0xFE, '☑'),
    (0xA8, '☐'),
    (0x6F, '☐'),
    (0x71, '☐'),
    (0xE0, '→'),
    (0xF0, '⇨'),
    (0xA7, '•'),
    (0x6C, '•'),
    (0x6E, '•'),
    (0x76, '•'),
    (0xD8, '•'),
    (0x2D, '-'),
];

/// The characters as the reader sees them.
pub(super) fn plain<'a>(font: Option<&str>, text: &'a str) -> Cow<'a, str> {
    let table = match font {
        Some("Symbol") => SYMBOL,
        Some(name) if name.starts_with("Wingdings") => WINGDINGS,
        _ => return Cow::Borrowed(text),
    };
    let see = |c: char| {
        let code = u32::from(c);
        let byte = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
        let found =
            u8::try_from(byte).ok().and_then(|byte| table.iter().find(|(known, _)| *known == byte)).map(|(_, seen)| *seen);
        // Letters typed in a symbol font by a converter stay; private characters are some ornament.
        found.unwrap_or(if code >= 0xF000 { '•' } else { c })
    };
    Cow::Owned(text.chars().map(see).collect())
}
