//! Paragraphs → the text of a file, as different tools leave it.

use unicode_normalization::UnicodeNormalization;

use super::Feature;
use super::head::Frame;
use super::random::Random;
use super::writer::{Kind, Paragraph, Writer};

/// Breaks a paragraph into lines of at most `width` characters.
///
/// `breaks`: also before a dash, as in `Lao động` + `- Thương binh`; also before a symbol, as in `số` + `36/QĐ-TTg`;
/// also inside one.
pub fn wrap(text: &str, width: usize, breaks: (bool, bool, bool)) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let text = if breaks.0 {
        text.to_owned()
    } else {
        text.replace(" - ", "\u{1} - ").replacen("\u{1} - ", " - ", usize::from(text.starts_with("- ")))
    };
    let words = text.split(' ').map(str::to_owned).fold(Vec::<String>::new(), |mut words, word| {
        let symbol = !breaks.1 && word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('/');
        match words.last_mut().filter(|last| last.ends_with('\u{1}') || symbol && last.as_str() == "số") {
            Some(last) => *last = format!("{} {word}", last.trim_end_matches('\u{1}')),
            None => words.push(word),
        }
        words
    });
    for word in &words {
        let mut word = word.as_str();
        // `20/KH-` + `UBND`: the hyphen belongs to the word.
        let hyphen = word.rfind('-').filter(|_| breaks.2 && word.contains('/') && !word.contains(' '));
        if let Some(at) = hyphen.filter(|at| {
            !line.is_empty()
                && line.chars().count() + 2 + word[..*at].chars().count() <= width
                && line.chars().count() + 1 + word.chars().count() > width
        }) {
            lines.push(format!("{line} {}", &word[..=at]));
            line.clear();
            word = &word[at + 1..];
        }
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Where lines may break.
pub fn breaks(writer: &Writer) -> (bool, bool, bool) {
    let allowed = writer.allowed;
    (allowed(Feature::WrapBeforeDash), allowed(Feature::WrapBeforeSymbol), allowed(Feature::WrapInsideSymbol))
}

/// Lays a document out; the forms that it takes go into the known record.
pub fn lay_out(writer: &mut Writer, frame: &Frame, annex: &[String]) -> String {
    let body =
        writer.choose(&[Feature::Unwrapped, Feature::Wrapped, Feature::Doubled, Feature::Markdown]).unwrap_or(Feature::Unwrapped);
    let tight = matches!(body, Feature::Wrapped) && writer.may(Feature::Tight, 50);
    let numbered = matches!(body, Feature::Wrapped | Feature::Doubled) && writer.may(Feature::PageNumbers, 60);
    let width = writer.random.between(60, 100);
    let breaks = breaks(writer);
    let mut lines = Vec::new();
    head(writer, frame, body, &mut lines);
    let start = lines.len();
    for (at, Paragraph { kind, text }) in writer.paragraphs.iter().enumerate() {
        let next = writer.paragraphs.get(at + 1);
        let text = if body == Feature::Markdown && *kind == Kind::Heading { decorate(writer.random, text) } else { text.clone() };
        match body {
            Feature::Unwrapped | Feature::Markdown => {
                lines.extend([text, String::new()]);
            }
            Feature::Doubled => lines.extend(wrap(&text, width, breaks).into_iter().flat_map(|line| [line, String::new()])),
            _ => {
                lines.extend(wrap(&text, width, breaks));
                let close = tight && next.is_some_and(|next| next.kind == Kind::Bullet);
                if !close {
                    lines.push(String::new());
                }
            }
        }
    }
    if numbered {
        let colons = (writer.allowed)(Feature::PageAfterColon);
        page_numbers(writer.random, &mut lines, start, colons);
    }
    lines.push(String::new());
    let end = "Trên đây là nội dung văn bản, yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.";
    lines.extend(wrap(end, width, breaks));
    lines.push(String::new());
    lines.extend(frame.foot.iter().cloned());
    if !annex.is_empty() {
        lines.extend([String::new(), if writer.random.chance(50) { "\u{c}".to_owned() } else { String::new() }]);
        lines.extend(annex.iter().cloned());
    }
    let features = &mut writer.known.features;
    features.extend([body]);
    features.extend(tight.then_some(Feature::Tight));
    features.extend(numbered.then_some(Feature::PageNumbers));
    let mut text = lines.join("\n");
    text.push('\n');
    spoil(writer, &text)
}

fn head(writer: &mut Writer, frame: &Frame, body: Feature, lines: &mut Vec<String>) {
    let form = if frame.left.is_empty() {
        Some(Feature::HeadMissing)
    } else {
        writer.choose(&[Feature::HeadSideBySide, Feature::HeadLineByLine])
    };
    match form {
        Some(Feature::HeadMissing) => {}
        Some(Feature::HeadSideBySide) => {
            for at in 0..frame.left.len().max(frame.right.len()) {
                let (left, right) =
                    (frame.left.get(at).map_or("", String::as_str), frame.right.get(at).map_or("", String::as_str));
                let gap = " ".repeat(40_usize.saturating_sub(left.chars().count()).max(6));
                lines.push(format!("{left}{gap}{right}").trim_end().to_owned());
            }
        }
        _ => lines.extend(frame.left.iter().chain(&frame.right).flat_map(|line| [line.clone(), String::new()])),
    }
    writer.known.features.extend(form);
    let bold = |text: &str| if body == Feature::Markdown { format!("**{text}**") } else { text.to_owned() };
    lines.extend([String::new(), bold(&frame.kind)]);
    if body == Feature::Doubled {
        lines.push(String::new());
    }
    for line in &frame.title {
        lines.push(bold(line));
        if body == Feature::Doubled {
            lines.push(String::new());
        }
    }
    lines.push(String::new());
}

/// A heading in Markdown.
fn decorate(random: &mut Random, text: &str) -> String {
    match random.below(3) {
        0 => format!("## {text}"),
        1 => format!("**{text}**"),
        _ => format!("### **{text}**"),
    }
}

/// Page numbers alone on their lines, some behind a form feed; `colons`: also behind a line that ends in a colon.
fn page_numbers(random: &mut Random, lines: &mut Vec<String>, start: usize, colons: bool) {
    let mut at = start + random.between(8, 30);
    let mut page = 2;
    while at + 2 < lines.len() {
        let last = |lines: &[String], at: usize| {
            lines[..at].iter().rev().find(|line| !line.is_empty()).is_some_and(|line| line.ends_with(':'))
        };
        while !colons && at < lines.len() && last(lines, at) {
            at += 1;
        }
        if colons && let Some(next) = (at..lines.len() - 2).take(20).find(|next| lines[next - 1].ends_with(':')) {
            at = next;
        }
        let feed = random.chance(50);
        let number = if feed { format!("\u{c}{page}") } else { page.to_string() };
        lines.splice(at..at, [String::new(), number, String::new()]);
        page += 1;
        at += random.between(20, 45);
    }
}

/// Letters decomposed, spaces that do not break, tone marks in the old place: as converters leave them.
fn spoil(writer: &mut Writer, text: &str) -> String {
    let decomposed = writer.may(Feature::Decomposed, 25);
    let unbroken = writer.may(Feature::NoBreakSpace, 25);
    let old = writer.may(Feature::OldTone, 25);
    let mut spoilt = String::with_capacity(text.len());
    for (at, word) in text.split_inclusive([' ', '\n', '\t']).enumerate() {
        let mut word = word.to_owned();
        if old && at % 2 == 0 {
            let stem = word.trim_end_matches(|c: char| !c.is_alphabetic()).len();
            for (new, older) in [("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("ỦY", "UỶ"), ("ÒA", "OÀ")] {
                if let Some(start) = word[..stem].strip_suffix(new) {
                    word = format!("{start}{older}{}", &word[stem..]);
                }
            }
        }
        if decomposed && writer.random.chance(4) {
            word = word.nfd().collect();
        }
        if unbroken && writer.random.chance(3) && word.ends_with(' ') && word.trim().chars().any(char::is_alphabetic) {
            word.pop();
            word.push('\u{a0}');
        }
        spoilt.push_str(&word);
    }
    let features = &mut writer.known.features;
    features.extend(decomposed.then_some(Feature::Decomposed));
    features.extend(unbroken.then_some(Feature::NoBreakSpace));
    features.extend(old.then_some(Feature::OldTone));
    spoilt
}
