//! Text that a tool has written a second time: UTF-8 that was read as windows-1252 (`Káº¿ hoáº¡ch`), and character
//! references that nobody resolved (`K&#7871; ho&#7841;ch`).

/// The characters of the bytes 0x80 to 0x9F in windows-1252; the five that it leaves open stand for themselves.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The names that Vietnamese pages use for letters and signs, without the base letter of the first seven.
const ACCENTS: [(&str, char); 7] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("tilde", '\u{303}'),
    ("circ", '\u{302}'),
    ("uml", '\u{308}'),
    ("cedil", '\u{327}'),
    ("caron", '\u{30c}'),
];
const SIGNS: [(&str, char); 24] = [
    ("nbsp", '\u{a0}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ge", '≥'),
    ("le", '≤'),
    ("deg", '°'),
    ("times", '×'),
    ("plusmn", '±'),
    ("sup2", '²'),
    ("sup3", '³'),
];

/// Lines with several sequences that must be found before any line is taken for UTF-8 decoded twice: `“XÃ”` alone is no sign.
const ENOUGH: usize = 3;

/// Mends a text; the name says what was found, `None` where nothing was.
pub(super) fn mended(text: &str) -> Option<(String, &'static str)> {
    if let Some(once) = once_less(text) {
        // A third time is rare, but the same.
        return Some((once_less(&once).unwrap_or(once), "utf-8, decoded twice"));
    }
    resolved(text).map(|text| (text, "utf-8, with character references"))
}

/// The byte of windows-1252 that a character was read from.
fn byte(c: char) -> Option<u8> {
    u8::try_from(u32::from(c))
        .ok()
        .or_else(|| HIGH.iter().position(|high| *high == c).and_then(|at| u8::try_from(0x80 + at).ok()))
}

/// A text whose lines are UTF-8 decoded twice, decoded once; other lines stay.
fn once_less(text: &str) -> Option<String> {
    // Cheap: the lead bytes of Vietnamese letters (0xC3 to 0xC6, 0xE1) are these characters.
    let lead = |c: char| matches!(c, 'Ã' | 'Ä' | 'Å' | 'Æ' | 'á' | 'â');
    let high = |c: char| byte(c).is_some_and(|byte| (0x80..0xc0).contains(&byte));
    let sequences = |line: &str| line.chars().zip(line.chars().skip(1)).filter(|(a, b)| lead(*a) && high(*b)).count();
    let sure = text.lines().filter(|line| sequences(line) >= 2 && strict(line).is_some()).take(ENOUGH).count();
    if sure < ENOUGH {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match strict(line) {
            Some(line) => out.push_str(&line),
            None if sequences(line) >= 2 => loose(line, &mut out),
            None => out.push_str(line),
        }
    }
    Some(out)
}

fn strict(line: &str) -> Option<String> {
    if line.is_ascii() {
        return None;
    }
    String::from_utf8(line.chars().map(byte).collect::<Option<Vec<u8>>>()?).ok()
}

/// A line in which some bytes are lost (a no-break space became a space): whole sequences are decoded, the rest stays.
fn loose(line: &str, out: &mut String) {
    let chars: Vec<char> = line.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let length = match byte(chars[at]) {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            Some(0xf0..=0xf4) => 4,
            _ => 1,
        };
        let bytes: Option<Vec<u8>> = chars.get(at..at + length).and_then(|part| part.iter().copied().map(byte).collect());
        match bytes.filter(|_| length > 1).and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(letter) => {
                out.push_str(&letter);
                at += length;
            }
            // `lÃ mÃ¡i`: the second byte of `à` was a no-break space.
            None if chars[at] == 'Ã' && chars.get(at + 1).is_none_or(|next| next.is_whitespace()) => {
                out.push('à');
                // The space that it became, where the one between the words stands as well.
                at += 1 + usize::from(chars.get(at + 1..at + 3) == Some(&[' ', ' ']));
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
}

/// A text whose character references are resolved; `None` where it has too few to be meant so.
fn resolved(text: &str) -> Option<String> {
    let known = |at: usize| reference(&text[at + 1..]);
    let few = text.match_indices('&').filter(|(at, _)| known(*at).is_some()).take(ENOUGH).count() < ENOUGH;
    if few {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(at) = text[from..].find('&').map(|at| from + at) {
        out.push_str(&text[from..at]);
        from = at + 1;
        match known(at) {
            Some((c, length)) => {
                out.push(c);
                from += length;
            }
            None => out.push('&'),
        }
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// The character that `#7871;`, `#x1EBF;` or `ecirc;` at the start of a text names, and how long the name is.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = &text[..end];
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))?
    } else if let Some((_, sign)) = SIGNS.iter().find(|(sign, _)| *sign == name) {
        *sign
    } else {
        let base = name.chars().next().filter(char::is_ascii_alphabetic)?;
        let (_, accent) = ACCENTS.iter().find(|(accent, _)| *accent == &name[1..])?;
        unicode_normalization::char::compose(base, *accent)?
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "Kế hoạch của xã Suối Lim\nTỷ lệ hộ nghèo giảm còn 4,2%\nSố hộ được hỗ trợ đạt 85 hộ\nHết năm 2025\n";

    fn twice(text: &str) -> String {
        text.bytes()
            .map(|byte| if (0x80..0xa0).contains(&byte) { HIGH[usize::from(byte) - 0x80] } else { char::from(byte) })
            .collect()
    }

    #[test]
    fn utf_8_decoded_twice_is_decoded_once() {
        assert_eq!(mended(&twice(PLAIN)), Some((PLAIN.to_owned(), "utf-8, decoded twice")));
        assert_eq!(mended(&twice(&twice(PLAIN))).map(|(text, _)| text), Some(PLAIN.to_owned()));
        // A line that came in between as it should be, and one that lost a no-break space.
        let mixed = format!("{}Thôn Khe Vàng\n{}", twice(PLAIN), twice("Xã là mái nhà chung\n").replace('\u{a0}', " "));
        assert_eq!(mended(&mixed).map(|(text, _)| text), Some(format!("{PLAIN}Thôn Khe Vàng\nXã là mái nhà chung\n")));
    }

    #[test]
    fn character_references_are_resolved() {
        let decimal: String =
            PLAIN.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("&#{};", u32::from(c)) }).collect();
        let hex: String =
            PLAIN.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("&#x{:X};", u32::from(c)) }).collect();
        for text in [decimal, hex] {
            assert_eq!(mended(&text), Some((PLAIN.to_owned(), "utf-8, with character references")));
        }
        assert_eq!(
            mended("Th&ocirc;n B&agrave; L&uacute;a &ge; 5 h&#7897;").map(|(text, _)| text),
            Some("Thôn Bà Lúa ≥ 5 hộ".to_owned())
        );
    }

    #[test]
    fn what_is_as_it_should_be_stays() {
        for text in [
            PLAIN,
            "“XÃ”\n“THÔN Ở XÃ”\n“Ã‚”\n",
            "Nghiên cứu & phát triển; R&D; hỏi &đáp;\n",
            "Một lần &amp; là chuyện thường\n",
            "Công ty A&B; C&D; E&F;\n",
            "& &; &#; &#x; &#99999999; &zzz;",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
