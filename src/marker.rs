//! The marker that a paragraph begins with: `Phần thứ nhất`, `Chương I`, `Mục 1`, `Điều 5.`,
//! `I.`, `A.`, `1.`, `1.1.`, `a)`, `(1)`, and the bullets `-`, `+`, `*`.
//!
//! `30/6/2025`, `1.305 ha`, `1,5%` and `2024 …` are no markers. Letters follow the Vietnamese
//! order: `a b c d đ e g h i k l m n o p q r s t u v x y`.

/// The form of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `Phần thứ nhất`, `PHẦN I`.
    Part,
    /// `F1.`, `F2.`: a letter and a number, for parts of the document.
    Coded,
    /// `Chương I`.
    Chapter,
    /// `Mục 1`.
    Section,
    /// `Điều 1.`.
    Article,
    /// `I.`.
    Roman,
    /// `A.`.
    Capital,
    /// `1.`, `1)`, `1/`.
    Digit,
    /// `1.1.`, `I.1.`, `F2.5`: so many numbers.
    Decimal(u8),
    /// `a)`, `a.`.
    Letter,
    /// `(1)`.
    BracketDigit,
    /// `(a)`.
    BracketLetter,
    /// `-`, `+`, `*`, `•`.
    Bullet(char),
}

/// A marker at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Its form.
    pub style: Style,
    /// Its place in the sequence, from 1; 0 for bullets.
    pub ordinal: u32,
    /// How it stands in a path: `II`, `5`, `đ`, `Điều 3`.
    pub label: String,
    /// How many bytes of the text it takes, with the space behind it.
    pub length: usize,
    /// For `1.2.`: all its numbers.
    pub numbers: Vec<u32>,
}

/// The letters of points in their order.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// The number that Roman digits make, up to 99.
#[must_use]
pub fn roman(text: &str) -> Option<u32> {
    const TENS: [&str; 10] = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"];
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    if text.is_empty() || !text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C')) {
        return None;
    }
    (1..100_u32).find(|number| {
        let (tens, ones) = (TENS[*number as usize / 10], ONES[*number as usize % 10]);
        text.strip_prefix(tens).is_some_and(|rest| rest == ones)
    })
}

/// How a marker of a form is written in its place: `IV`, `đ`, `4`.
#[must_use]
pub fn label_of(style: Style, ordinal: u32) -> String {
    const TENS: [&str; 10] = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"];
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let place = ordinal as usize;
    let of_letters = || LETTERS.chars().nth(place.wrapping_sub(1)).unwrap_or_default();
    match style {
        Style::Roman if place < 100 => format!("{}{}", TENS[place / 10], ONES[place % 10]),
        Style::Letter | Style::BracketLetter => of_letters().to_string(),
        Style::Capital => of_letters().to_uppercase().to_string(),
        Style::Article => format!("Điều {ordinal}"),
        _ => ordinal.to_string(),
    }
}

/// The place of a letter in the Vietnamese order, from 1.
pub(crate) fn letter(c: char) -> Option<u32> {
    // Letters of other alphabets stand where they stand there: `f` behind `e`.
    let lower = match c.to_lowercase().next()? {
        'f' => 'g',
        'j' => 'k',
        'w' => 'x',
        'z' => 'y',
        lower => lower,
    };
    LETTERS.chars().position(|known| known == lower).and_then(|at| u32::try_from(at + 1).ok())
}

/// `thứ nhất`, `thứ hai` …, `một`, `hai` …
fn ordinal_word(text: &str) -> Option<(u32, usize)> {
    const WORDS: [(&str, u32); 13] = [
        ("nhất", 1),
        ("một", 1),
        ("hai", 2),
        ("ba", 3),
        ("tư", 4),
        ("bốn", 4),
        ("năm", 5),
        ("sáu", 6),
        ("bảy", 7),
        ("bẩy", 7),
        ("tám", 8),
        ("chín", 9),
        ("mười", 10),
    ];
    let before = if crate::words::begins_with(text, "thứ ") { "thứ ".len() } else { 0 };
    let rest = text.get(before..)?;
    let (word, ordinal) = WORDS.into_iter().find(|(word, _)| crate::words::begins_with(rest, word))?;
    let end = before + word.len();
    let behind = &text[end..];
    // `PHẦN NĂM 2026` is no fifth part.
    let ended = !behind.starts_with(char::is_alphanumeric) && !behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
    ended.then_some((ordinal, end))
}

/// Reads the marker that `text` begins with.
#[must_use]
pub fn parse(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        first if is_bullet(first) => bullet(text, first),
        'o' if hollow(text) => bullet(text, first),
        '0'..='9' => digits(text),
        '(' => bracketed(text),
        'P' | 'p' | 'C' | 'M' | 'Đ' => named(text).or_else(|| coded(text)).or_else(|| lettered(text, first)),
        _ if first.is_alphabetic() => coded(text).or_else(|| lettered(text, first)),
        _ => None,
    }
}

/// Whether a character is drawn before the items of a list; symbol fonts have theirs in U+F000 to U+F0FF.
#[must_use]
pub fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '-' | '–'
            | '—'
            | '−'
            | '‒'
            | '―'
            | '‑'
            | '⁃'
            | '+'
            | '*'
            | '∗'
            | '•'
            | '·'
            | '∙'
            | '●'
            | '‣'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '◦'
            | '○'
            | '◯'
            | '✓'
            | '✔'
            | '➢'
            | '➤'
            | '►'
            | '▶'
            | '❖'
            | '♦'
            | '◆'
            | '◇'
            | '★'
            | '☐'
            | '☑'
            | '☒'
            | '❑'
            | '❒'
            | '\u{F000}'..='\u{F0FF}'
    )
}

/// `o Xã Khe Vàng`: the small letter that Word draws a hollow bullet with.
fn hollow(text: &str) -> bool {
    text.strip_prefix("o ").is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

fn bullet(text: &str, first: char) -> Option<Marker> {
    let rest = &text[first.len_utf8()..];
    let next = rest.chars().next()?;
    if next == first || next.is_ascii_digit() && matches!(first, '-' | '+' | '−') {
        return None;
    }
    let trimmed = rest.trim_start();
    if trimmed.is_empty() || !(next.is_whitespace() || next.is_alphanumeric() || matches!(next, '“' | '"' | '(' | '≥' | '≤'))
    {
        return None;
    }
    let bullet = match first {
        '–' | '—' | '−' | '‒' | '―' | '‑' | '⁃' | '\u{F02D}' => '-',
        '+' | '*' | '-' => first,
        'o' | '◦' | '○' | '◯' => 'o',
        _ => '•',
    };
    // `- [x] Sở Y tế …`: a task's box belongs to the bullet.
    let boxed = ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| trimmed.strip_prefix(mark)).map(str::trim_start);
    let trimmed = boxed.filter(|rest| !rest.is_empty()).unwrap_or(trimmed);
    let length = text.len() - trimmed.len();
    // `* 1. Sở Y tế: …`, `- a) Tại tỉnh: …`: the bullet is drawn before a marker that says more.
    if next.is_whitespace()
        && let Some(inner) = parse(trimmed)
        && matches!(inner.style, Style::Roman | Style::Digit | Style::Decimal(_) | Style::Letter)
        && trimmed[..inner.length].trim_end().ends_with(['.', ')'])
    {
        return Some(Marker { length: length + inner.length, ..inner });
    }
    Some(Marker { style: Style::Bullet(bullet), ordinal: 0, label: bullet.to_string(), length, numbers: Vec::new() })
}

/// What may stand behind a number or letter that marks: `.`, `)`, `/`, `-`; gives the rest.
fn closed<'a>(rest: &'a str, marks: &[char]) -> Option<&'a str> {
    let trimmed = rest.trim_start_matches(' ');
    let mark = trimmed.chars().next().filter(|c| marks.contains(c))?;
    if mark == '-' && trimmed.len() == rest.len() && !trimmed[1..].starts_with(' ') {
        return None;
    }
    Some(&trimmed[mark.len_utf8()..])
}

/// Whether the text behind a marker can be a heading or an item: nothing, or a space, or a capital letter.
fn opens(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || c.is_uppercase() || matches!(c, '“' | '"' | '('))
}

/// Whether words follow, and no symbol: `Mục đích`, `MỤC ĐÍCH`, but not `BTC-NSNN`.
fn begins_words(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let small = first.chars().skip(1).any(char::is_lowercase);
    first.starts_with(char::is_uppercase)
        && !first.contains(['-', '/'])
        && (small || !first.is_ascii() && first.chars().count() > 2 && text.len() > first.len())
}

/// `F1.`, `I.1.`, `A.2.3`, `F2.5`: a letter or a Roman number, and numbers behind it.
fn coded(text: &str) -> Option<Marker> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let prefix = &text[..letters];
    let above = match letters {
        0 => return None,
        1 => roman(prefix).filter(|_| !matches!(prefix, "C" | "L")).or_else(|| letter(prefix.chars().next()?))?,
        _ => roman(prefix)?,
    };
    let mut rest = &text[letters..];
    let mut numbers = vec![above];
    let glued = rest.starts_with(|c: char| c.is_ascii_digit());
    if glued && letters > 1 {
        return None;
    }
    while numbers.len() < 6 {
        let digits = if numbers.len() == 1 && glued { Some(rest) } else { rest.strip_prefix('.').map(unspaced) };
        let Some(digits) = digits else { break };
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 || length > 2 {
            break;
        }
        numbers.push(digits[..length].parse().ok().filter(|number| *number > 0)?);
        rest = &digits[length..];
    }
    if numbers.len() < 2 {
        return None;
    }
    let label = &text[..text.len() - rest.len()];
    let behind = closed(rest, &['.', ')', '/', ':', '-']);
    // `I.1 Mục đích`: a blank is enough behind two numbers, `H1 năm học` is a name.
    let spaced = rest.strip_prefix(' ').filter(|rest| !glued && rest.starts_with(char::is_uppercase));
    let behind = behind.filter(|behind| opens(behind)).or(spaced)?;
    if behind.trim().is_empty() {
        return None;
    }
    let count = u8::try_from(numbers.len()).unwrap_or(u8::MAX) - u8::from(glued);
    let style = if count > 1 { Style::Decimal(count) } else { Style::Coded };
    let length = text.len() - behind.trim_start().len();
    Some(Marker { style, ordinal: *numbers.last()?, label: label.replace(' ', ""), length, numbers })
}

/// `II. 5. Quan hệ thông tin` is `II.5.`: a blank within the number, which a mark and a capital letter close.
fn unspaced(rest: &str) -> &str {
    let Some(digits) = rest.strip_prefix(' ') else { return rest };
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let closed = (1..=2).contains(&length)
        && digits[length..].strip_prefix(['.', ')']).is_some_and(|behind| behind.trim_start().starts_with(char::is_uppercase));
    if closed { digits } else { rest }
}

fn digits(text: &str) -> Option<Marker> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut rest = text;
    let mut dotted = false;
    loop {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 || length > 3 || (length == 3 && !numbers.is_empty()) || numbers.len() == 6 {
            break;
        }
        numbers.push(rest[..length].parse().ok()?);
        rest = &rest[length..];
        match rest.strip_prefix('.') {
            Some(behind) => {
                rest = behind;
                dotted = true;
            }
            None => {
                dotted = false;
                break;
            }
        }
    }
    if numbers.is_empty() || numbers.contains(&0) || numbers[0] > 199 {
        return None;
    }
    if !dotted {
        if let Some(behind) = closed(rest, &[')', '/', '.', '-']) {
            // `5/12 xã`, `2-3%` are numbers, `30/BTC-NSNN` is a symbol.
            let symbol = rest.starts_with('/') && !behind.starts_with(' ') && !begins_words(behind);
            if symbol || behind.starts_with(|c: char| c.is_ascii_digit()) || !opens(behind) {
                return None;
            }
            rest = behind;
        } else if numbers.len() < 2 || !rest.starts_with(' ') || !rest[1..].starts_with(char::is_uppercase) {
            return None;
        }
    }
    if !opens(rest) {
        return None;
    }
    let behind = rest.trim_start();
    // `1.5 %`, `12. 000`: a marker is followed by words.
    if behind.starts_with('%') || numbers.len() > 1 && behind.starts_with(|c: char| c.is_ascii_digit()) && !dotted {
        return None;
    }
    let label = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
    let style = if numbers.len() > 1 { Style::Decimal(u8::try_from(numbers.len()).unwrap_or(u8::MAX)) } else { Style::Digit };
    Some(Marker { style, ordinal: *numbers.last()?, label, length: text.len() - behind.len(), numbers })
}

fn bracketed(text: &str) -> Option<Marker> {
    let close = text.char_indices().take(6).find(|(_, c)| *c == ')')?.0;
    let inner = text[1..close].trim();
    let rest = &text[close + 1..];
    if !opens(rest) || rest.trim().is_empty() {
        return None;
    }
    let (style, ordinal) = match inner.parse::<u32>() {
        Ok(number) if number > 0 && inner.len() <= 2 => (Style::BracketDigit, number),
        Ok(_) => return None,
        Err(_) => {
            let mut chars = inner.chars();
            let c = chars.next()?;
            let ordinal = letter(c).filter(|_| chars.next().is_none() && c.is_lowercase())?;
            (Style::BracketLetter, ordinal)
        }
    };
    let length = text.len() - rest.trim_start().len();
    Some(Marker { style, ordinal, label: inner.to_owned(), length, numbers: Vec::new() })
}

fn lettered(text: &str, first: char) -> Option<Marker> {
    // `V/v hỗ trợ …`, `V/V HỖ TRỢ …`: về việc.
    if text.starts_with("V/v") || text.starts_with("V/V") {
        return None;
    }
    let length = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if first.is_ascii_uppercase() && length > 0 {
        // `Iii. nội dung`: capitals lost by a program that wrote the text small.
        let small = text[length..].bytes().take_while(|byte| matches!(byte, b'i' | b'v' | b'x')).count();
        let length = if length == 1 && small > 0 { length + small } else { length };
        let rest = &text[length..];
        if let Some(ordinal) = roman(&text[..length].to_ascii_uppercase())
            && let Some(behind) = closed(rest, &['.', '/', '-', ')', ':'])
            && opens(behind)
            && !matches!(&text[..length], "C" | "L")
            && !behind.trim().is_empty()
        {
            let taken = text.len() - behind.trim_start().len();
            let label = text[..length].to_ascii_uppercase();
            return Some(Marker { style: Style::Roman, ordinal, label, length: taken, numbers: Vec::new() });
        }
    }
    let ordinal = letter(first)?;
    let rest = &text[first.len_utf8()..];
    let (style, marks): (_, &[char]) =
        if first.is_uppercase() { (Style::Capital, &['.', '/', ')', '-']) } else { (Style::Letter, &[')', '.', '/']) };
    let behind = closed(rest, marks)?;
    if !opens(behind) && style == Style::Capital || behind.trim().is_empty() || behind.starts_with(['.', ')']) {
        return None;
    }
    if style == Style::Letter && !behind.starts_with(' ') && rest.starts_with(['.', '/']) {
        return None;
    }
    let taken = text.len() - behind.trim_start().len();
    Some(Marker { style, ordinal, label: first.to_string(), length: taken, numbers: Vec::new() })
}

/// `Phần thứ nhất`, `PHẦN I`, `Chương II`, `Mục 1`, `Điều 5.`.
fn named(text: &str) -> Option<Marker> {
    const NAMES: [(&str, Style); 4] =
        [("phần ", Style::Part), ("chương ", Style::Chapter), ("mục ", Style::Section), ("điều ", Style::Article)];
    let (name, style) = NAMES.into_iter().find(|(name, _)| crate::words::begins_with(text, name))?;
    if text.chars().next().is_some_and(char::is_lowercase) {
        return None;
    }
    let rest = &text[name.len()..];
    let (ordinal, length) = if let Some(found) = ordinal_word(rest).filter(|_| style != Style::Article) {
        found
    } else {
        // `MỤC HÀNG HÓA` is no section H: the number is a whole word.
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = &rest[..length];
        let number = word.parse().ok().or_else(|| roman(word));
        let capital = || (word.chars().count() == 1).then(|| word.chars().next().and_then(letter)).flatten();
        (number.or_else(capital)?, length)
    };
    let behind = &rest[length..];
    // `Mục 1 Phần II Quyết định số …` quotes; `Điều 5 của Luật …` too.
    let ended = behind.trim_start().is_empty() || behind.trim_start().starts_with(['.', ':', '-', '–']);
    if !ended
        && !(style != Style::Article && behind.trim_start().starts_with(char::is_uppercase) && crate::words::is_shouted(behind))
    {
        return None;
    }
    let label = format!("{}{}", &text[..name.len()], &rest[..length]);
    let behind = behind.trim_start().trim_start_matches(['.', ':', '-', '–']).trim_start();
    Some(Marker { style, ordinal, label, length: text.len() - behind.len(), numbers: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, style: Style, ordinal: u32, label: &str, rest: &str) {
        let marker = parse(text).unwrap_or_else(|| panic!("no marker in {text:?}"));
        assert_eq!(
            (marker.style, marker.ordinal, marker.label.as_str(), &text[marker.length..]),
            (style, ordinal, label, rest),
            "{text}"
        );
    }

    #[test]
    fn markers_of_every_form() {
        check("Phần thứ hai", Style::Part, 2, "Phần thứ hai", "");
        check("PHẦN I. KẾT QUẢ", Style::Part, 1, "PHẦN I", "KẾT QUẢ");
        check("Chương II", Style::Chapter, 2, "Chương II", "");
        check("Mục 1. Chung", Style::Section, 1, "Mục 1", "Chung");
        check("Điều 5. Hiệu lực", Style::Article, 5, "Điều 5", "Hiệu lực");
        check("II. MỤC TIÊU", Style::Roman, 2, "II", "MỤC TIÊU");
        check("IV- Tổ chức", Style::Roman, 4, "IV", "Tổ chức");
        check("A. ĐÁNH GIÁ", Style::Capital, 1, "A", "ĐÁNH GIÁ");
        check("D. KIẾN NGHỊ", Style::Capital, 4, "D", "KIẾN NGHỊ");
        check("1. Mục đích", Style::Digit, 1, "1", "Mục đích");
        check("2) Yêu cầu", Style::Digit, 2, "2", "Yêu cầu");
        check("01. Sở Y tế", Style::Digit, 1, "1", "Sở Y tế");
        check("1.2. Chỉ tiêu", Style::Decimal(2), 2, "1.2", "Chỉ tiêu");
        check("1.2 Chỉ tiêu", Style::Decimal(2), 2, "1.2", "Chỉ tiêu");
        check("đ) Sở Nội vụ", Style::Letter, 5, "đ", "Sở Nội vụ");
        check("e) sau chữ đ", Style::Letter, 6, "e", "sau chữ đ");
        check("(1) Về đất", Style::BracketDigit, 1, "1", "Về đất");
        check("- Tỷ lệ", Style::Bullet('-'), 0, "-", "Tỷ lệ");
        check("- [ ] Sở Y tế", Style::Bullet('-'), 0, "-", "Sở Y tế");
        check("* [x] Sở Y tế", Style::Bullet('*'), 0, "*", "Sở Y tế");
        check("- [1] Sở Y tế", Style::Bullet('-'), 0, "-", "[1] Sở Y tế");
        check("–Tỷ lệ", Style::Bullet('-'), 0, "-", "Tỷ lệ");
        check("+ Lưu: VT", Style::Bullet('+'), 0, "+", "Lưu: VT");
        check("PHẦN MỘT", Style::Part, 1, "PHẦN MỘT", "");
        check("PHẦN THỨ HAI. GIẢI PHÁP", Style::Part, 2, "PHẦN THỨ HAI", "GIẢI PHÁP");
        check("Chương hai", Style::Chapter, 2, "Chương hai", "");
        check("f) Sở Y tế", Style::Letter, 7, "f", "Sở Y tế");
        check("F1. KẾ HOẠCH", Style::Coded, 1, "F1", "KẾ HOẠCH");
        check("F2.5. Xã Khe Vàng", Style::Decimal(2), 5, "F2.5", "Xã Khe Vàng");
        check("I.1. Mục đích", Style::Decimal(2), 1, "I.1", "Mục đích");
        check("II.2 Yêu cầu", Style::Decimal(2), 2, "II.2", "Yêu cầu");
        check("II. 5. Quan hệ thông tin", Style::Decimal(2), 5, "II.5", "Quan hệ thông tin");
        check("II. 5 xã", Style::Roman, 2, "II", "5 xã");
        check("B.2.3. Chợ", Style::Decimal(3), 3, "B.2.3", "Chợ");
        check("1/Mục đích", Style::Digit, 1, "1", "Mục đích");
        check("1/MỤC ĐÍCH", Style::Digit, 1, "1", "MỤC ĐÍCH");
        check("I/ Mục đích", Style::Roman, 1, "I", "Mục đích");
        check("\u{F0A7} Chợ", Style::Bullet('•'), 0, "•", "Chợ");
        check("■ Chợ", Style::Bullet('•'), 0, "•", "Chợ");
        check("o Xã Khe Vàng: 20 hộ", Style::Bullet('o'), 0, "o", "Xã Khe Vàng: 20 hộ");
    }

    #[test]
    fn numbers_and_words_are_no_markers() {
        for text in [
            "30/6/2025 hoàn thành",
            "1.305 ha",
            "1,5% số hộ",
            "2024. Kế hoạch",
            "5/12 xã",
            "2-3% năm",
            "44.97%",
            "Mục tiêu chung",
            "Điều chỉnh kế hoạch",
            "Điều 5 của Luật",
            "Phần mềm",
            "VNPT triển khai",
            "-5 độ",
            "(kèm theo)",
            "Chương trình",
            "1.5 %",
            "Mục 1 Phần II Quyết định",
            "a",
            "TP. Bến Thuận",
            "MỤC HÀNG HÓA",
            "PHẦN MỀM",
            "PHẦN NĂM 2026",
            "30/BTC-NSNN",
            "2/CT-UBND",
            "o đất",
            "H1 năm học 2026",
            "N-NH4",
            "I.5 triệu đồng",
            "QL1. Đường",
            "----",
            "x.y",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
