//! The parts of a document, by lines: head, type line, title, body, signature, annexes.

use std::ops::Range;

use super::marker::{self, Style};
use super::reflow::is_furniture;
use crate::lexicon::Lexicon;
use crate::normalize::Lines;
use crate::text::Span;
use crate::words::{begins_with, is_shouted};

/// How many lines the head and title may take.
const HEAD_LINES: usize = 60;

/// An annex: its label, its title, its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Annex {
    /// `I` of `Phụ lục I`.
    pub(super) label: Option<String>,
    /// Lines of the title, and what stands of it on the label's line.
    pub(super) title: Vec<Span>,
    /// `(Kèm theo Kế hoạch số …)`.
    pub(super) note: Range<usize>,
    /// Lines of the content.
    pub(super) lines: Range<usize>,
}

/// The parts of a document, as ranges of lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Zones {
    pub(super) head: Range<usize>,
    /// The line that names the type, the type's index, and what stands behind the name.
    pub(super) type_line: Option<(usize, usize, Span)>,
    pub(super) title: Vec<Span>,
    pub(super) body: Range<usize>,
    pub(super) signature: Range<usize>,
    pub(super) annexes: Vec<Annex>,
}

/// Tells the parts.
pub(super) fn find(lines: &Lines, lexicon: &Lexicon) -> Zones {
    let count = lines.lines.len();
    let mut zones = Zones { type_line: type_line(lines, lexicon), ..Zones::default() };
    let body_start = match zones.type_line {
        Some((line, _, rest)) => {
            zones.head = 0..line;
            let (title, body) = title(lines, line, rest);
            zones.title = title;
            body
        }
        None => {
            let body = (0..count.min(HEAD_LINES)).find(|line| opens_body(lines.line(*line))).unwrap_or(0);
            zones.head = 0..body;
            body
        }
    };
    let end = body_end(lines, body_start);
    zones.body = body_start..end;
    zones.annexes = annexes(lines, end);
    let signature_end = zones.annexes.first().map_or(count, |annex| annex_start(lines, annex));
    zones.signature = end..signature_end.max(end);
    zones
}

/// The first line that belongs to an annex.
fn annex_start(lines: &Lines, annex: &Annex) -> usize {
    let first = annex.title.first().map_or(annex.lines.start, |span| line_at(lines, span.start));
    let labelled = (first.saturating_sub(3)..=first).find(|line| label(lines.line(*line)).is_some());
    labelled.filter(|_| annex.label.is_some() || annex.title.is_empty()).unwrap_or(first).min(first)
}

fn line_at(lines: &Lines, offset: usize) -> usize {
    lines.lines.partition_point(|line| line.span.start <= offset).saturating_sub(1)
}

/// The line that names the document's type.
fn type_line(lines: &Lines, lexicon: &Lexicon) -> Option<(usize, usize, Span)> {
    let mut tokens = Vec::new();
    let limit = lines.lines.len().min(HEAD_LINES);
    let mut small = None;
    for index in 0..limit {
        let span = lines.lines[index].span;
        let text = lines.text.slice(Span::new(span.start, span.end.min(span.start + 300)));
        if text.len() < span.len() || !text.is_char_boundary(text.len()) {
            continue;
        }
        tokens.clear();
        lexicon.vocabulary.cut(text, span.start, &mut tokens);
        let Some((length, kind)) = lexicon.type_names.at(&tokens, 0) else {
            if marker::parse(text).is_some_and(|marker| matches!(marker.style, Style::Roman | Style::Part)) {
                break;
            }
            continue;
        };
        if !lexicon.types[*kind].heads {
            continue;
        }
        let rest = Span::new(tokens.get(length).map_or(span.end, |token| token.span().start), span.end);
        let name = lines.text.slice(Span::new(span.start, tokens[length - 1].span().end));
        let alone = rest.is_empty() || lines.text.slice(rest).trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        if is_shouted(name) && (alone || is_shouted(lines.text.slice(rest)) || index + 1 < limit) {
            return Some((index, *kind, rest));
        }
        // `Kế hoạch hỗ trợ hộ nghèo …`: a title written small at the very start.
        let quoted = tokens.get(length).is_some_and(|token| token.is(crate::words::Keyword::Number));
        if small.is_none() && index < 8 && !quoted && (alone || index == 0) && name.starts_with(char::is_uppercase) {
            small = Some((index, *kind, rest));
        }
    }
    small
}

/// Whether a line begins the preamble or the body.
fn opens_body(text: &str) -> bool {
    const OPENINGS: [&str; 10] = [
        "căn cứ",
        "thực hiện ",
        "trên cơ sở",
        "thi hành",
        "tiếp tục thực hiện",
        "để ",
        "nhằm ",
        "theo ",
        "kính gửi",
        "triển khai thực hiện ",
    ];
    let heading = marker::parse(text).is_some_and(|marker| !matches!(marker.style, Style::Bullet(_)));
    heading
        || text.chars().next().is_some_and(char::is_uppercase)
            && !is_shouted(text)
            && OPENINGS.iter().any(|words| begins_with(text, words))
}

/// The lines of the title, and the line where the body begins.
fn title(lines: &Lines, type_line: usize, rest: Span) -> (Vec<Span>, usize) {
    let mut title = Vec::new();
    if !lines.text.slice(rest).trim_matches(|c: char| !c.is_alphanumeric()).is_empty() {
        title.push(rest);
    }
    let count = lines.lines.len();
    let mut index = type_line + 1;
    let shouted_start = title.first().is_none_or(|span| is_shouted(lines.text.slice(*span)));
    let mut shouted = None;
    while index < count && title.len() < 10 {
        let text = lines.line(index);
        if is_furniture(text) {
            // A rule under the title ends it.
            if !title.is_empty() && text.len() >= 3 {
                index += 1;
                break;
            }
            index += 1;
            continue;
        }
        let first = title.is_empty();
        if begins_with(text, "(kèm theo") || begins_with(text, "(ban hành kèm theo") {
            // The note may take several lines, to its closing bracket.
            let close = (index..count.min(index + 6)).find(|line| lines.line(*line).trim_end().ends_with(')'));
            index = close.map_or(index, |line| line) + 1;
            break;
        }
        if text.ends_with("./.") || is_recipients(text) || label(text).is_some_and(|(_, rest)| rest.is_empty()) {
            break;
        }
        if is_table_row(text) && (!first || lines.lines.get(index + 1).is_some_and(|_| is_table_row(lines.line(index + 1)))) {
            break;
        }
        let opens = opens_body(text);
        // `… 9 tháng đầu năm 2024;` + `nhiệm vụ trọng tâm quý IV …` is one title.
        let sentence = text.ends_with([';', ':']) || text.ends_with('.') && text.len() > 80 || text.len() > 420;
        let heading = marker::parse(text).is_some_and(|marker| !matches!(marker.style, Style::Bullet(_)));
        if first && !heading && !begins_with(text, "căn cứ") && (!sentence || text.ends_with(';')) {
            shouted = Some(is_shouted(text));
            title.push(lines.lines[index].span);
            index += 1;
            continue;
        }
        if opens || sentence || begins_with(text, "- ") {
            break;
        }
        if shouted == Some(true) && shouted_start && !is_shouted(text) && !continues_title(text) {
            break;
        }
        // A second capitalised line under a complete small one begins the preamble.
        let wide = text.chars().count() > 75;
        if shouted == Some(false) && text.starts_with(char::is_uppercase) && wide && lines.lines[index].blank_before > 0 {
            let before = lines.line(index - 1);
            if before.chars().count() < 60 || before.ends_with(char::is_numeric) {
                break;
            }
        }
        title.push(lines.lines[index].span);
        index += 1;
    }
    (title, index)
}

/// Whether a line is a row of a table: cells parted by tabs or bars. A sheet's table stands right under its title.
fn is_table_row(text: &str) -> bool {
    text.contains('\t') || text.starts_with('|') && (text.len() == 1 || text[1..].contains('|'))
}

/// `năm 2025`, `giai đoạn …`, `(lần 2)` under a shouted title.
fn continues_title(text: &str) -> bool {
    const WORDS: [&str; 8] = ["năm ", "giai đoạn ", "trên địa bàn", "tháng ", "quý ", "6 tháng", "9 tháng", "của "];
    text.starts_with('(') || text.starts_with(char::is_lowercase) || WORDS.iter().any(|word| begins_with(text, word))
}

/// The line behind the body's last.
fn body_end(lines: &Lines, start: usize) -> usize {
    let count = lines.lines.len();
    for index in start..count {
        let line = lines.lines[index].span;
        let tail = &lines.text.as_str()[line.start..line.end];
        if tail.ends_with("./.") || tail.ends_with("./") && tail.len() > 20 || tail.ends_with(". /.") {
            return index + 1;
        }
        if tail.len() < 80 {
            if is_recipients(tail) {
                return signature_above(lines, start, index);
            }
            if label(tail).is_some_and(|(_, rest)| rest.is_empty() || is_shouted(rest))
                && lines.lines[index].span.len() < 40
                && alone_in_capitals(tail)
            {
                return index;
            }
            if is_office(tail) && is_signed(lines, index) {
                return index;
            }
        }
    }
    // Nothing marks the end: titles of office at the very bottom do.
    (start..count)
        .rev()
        .take(12)
        .take_while(|index| {
            // A sentence is work, unless it is an entry of the recipients' list.
            let text = lines.line(*index);
            text.len() < 80 && (!text.ends_with('.') || text.starts_with(['-', '+']) || text.split(' ').count() < 4)
        })
        .filter(|index| is_office(lines.line(*index)))
        .last()
        .unwrap_or(count)
}

/// Whether a signature without `Nơi nhận` above it begins here: `TM. CHÍNH PHỦ`, `KT. THỦ TƯỚNG`, `PHÓ THỦ TƯỚNG`, a
/// name, and then nothing, or an annex. A gazette prints documents so. In the body an office is followed by its work.
fn is_signed(lines: &Lines, first: usize) -> bool {
    let rest = (first..lines.lines.len()).filter(|index| !is_furniture(lines.line(*index)) && !is_stamp(lines.line(*index)));
    let mut rest = rest.skip_while(|index| {
        let text = lines.line(*index);
        is_office(text) || is_shouted(text) && label(text).is_none() && text.len() < 80
    });
    let Some(name) = rest.next() else {
        // Nothing but capitals: the name is one of them, or is missing.
        return MARKS.iter().any(|mark| lines.line(first).starts_with(mark));
    };
    let words: Vec<&str> = lines.line(name).split_whitespace().collect();
    let is_name = (2..=6).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase) && word.trim_end_matches('.').chars().all(char::is_alphabetic));
    let behind = if is_name { rest.next() } else { Some(name) };
    behind.is_none_or(|index| {
        let text = lines.line(index);
        is_recipients(text) || is_attached_note(text) || is_shouted(text) || label(text).is_some_and(|(_, rest)| rest.is_empty())
    }) && (is_name || MARKS.iter().any(|mark| lines.line(first).starts_with(mark)))
}

/// `(Đã ký)`, `[daky]`: what stands in the place of the hand's signature.
fn is_stamp(text: &str) -> bool {
    let core = text.trim_matches(|c: char| !c.is_alphanumeric());
    ["đã ký", "daky", "ký tên", "đã ký và đóng dấu"].iter().any(|words| core.to_lowercase() == *words)
}

/// `PHỤ LỤC`, `Phụ lục I`: the label of an annex is written large, or stands alone.
fn alone_in_capitals(text: &str) -> bool {
    is_shouted(text) || label(text).is_some_and(|(_, rest)| rest.is_empty())
}

/// `Nơi nhận:`.
pub(super) fn is_recipients(text: &str) -> bool {
    begins_with(text, "nơi nhận") || begins_with(text, "nơi gửi")
}

/// The signature may stand above the recipients.
fn signature_above(lines: &Lines, start: usize, recipients: usize) -> usize {
    let mut end = recipients;
    for index in (start.max(recipients.saturating_sub(8))..recipients).rev() {
        if is_office(lines.line(index)) {
            end = index;
        }
    }
    end
}

/// For whom an office signs.
const MARKS: [&str; 6] = ["TM.", "KT.", "TL.", "TUQ.", "Q.", "T/M"];

/// `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `GIÁM ĐỐC`.
pub(super) fn is_office(text: &str) -> bool {
    const OFFICES: [&str; 16] = [
        "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "TRƯỞNG",
        "PHÓ TRƯỞNG",
        "CHÁNH",
        "PHÓ CHÁNH",
        "BÍ THƯ",
        "PHÓ BÍ THƯ",
        "CỤC TRƯỞNG",
        "BỘ TRƯỞNG",
        "THỨ TRƯỞNG",
        "THỦ TƯỚNG",
        "HIỆU TRƯỞNG",
        "TỔNG GIÁM ĐỐC",
    ];
    MARKS.iter().any(|mark| text.starts_with(mark))
        || is_shouted(text) && text.len() < 90 && OFFICES.iter().any(|office| text.starts_with(office))
}

/// The label of an annex line: `Phụ lục II: …` gives `II` and what stands behind.
fn label(text: &str) -> Option<(Option<String>, &str)> {
    const NAMES: [&str; 3] = ["phụ lục", "biểu số", "biểu mẫu"];
    let name = NAMES.iter().find(|name| begins_with(text, name))?;
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let rest = text[name.len()..].trim_start();
    let rest = rest.strip_prefix("số ").or_else(|| rest.strip_prefix("SỐ ")).unwrap_or(rest);
    let word = rest.split([' ', ':', '.', ')', '-']).next().unwrap_or_default();
    let numbered = !word.is_empty()
        && (word.bytes().all(|byte| byte.is_ascii_digit())
            || marker::roman(word).is_some()
            || word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
            || word.len() <= 4
                && word.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
                && word.bytes().any(|byte| byte.is_ascii_digit()));
    if numbered {
        let behind = rest[word.len()..].trim_start_matches([':', '.', ')', '-', '–', ' ']);
        return Some((Some(word.to_owned()), behind));
    }
    rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty().then_some((None, ""))
}

/// The annexes behind the body.
fn annexes(lines: &Lines, end: usize) -> Vec<Annex> {
    let count = lines.lines.len();
    let mut starts: Vec<(usize, Option<String>, Vec<Span>, usize)> = Vec::new();
    let mut index = end;
    while index < count {
        let span = lines.lines[index].span;
        if span.len() > 400 {
            index += 1;
            continue;
        }
        let text = lines.text.slice(span);
        if let Some((label, rest)) = label(text)
            && (rest.is_empty()
                || is_shouted(rest)
                || !rest.starts_with(char::is_lowercase) && label.is_some() && lines.lines[index].bold)
        {
            let mut title = Vec::new();
            if !rest.is_empty() {
                title.push(Span::new(span.end - rest.len(), span.end));
            }
            let (title, content) = annex_title(lines, index + 1, title);
            starts.push((index, label, title, content));
            index = content;
            continue;
        }
        if is_attached_note(text) {
            // No label: the shouted lines above the note are the annex's title.
            let floor = starts.last().map_or(end, |start| start.3);
            let mut first = index;
            while first > floor && is_title_line(lines.line(first - 1)) {
                first -= 1;
            }
            if first < index {
                let title = (first..index).map(|line| lines.lines[line].span).collect();
                starts.push((first, None, title, index));
            }
        }
        index += 1;
    }
    let mut annexes = Vec::new();
    for (at, (_, label, title, content)) in starts.iter().enumerate() {
        let stop = starts.get(at + 1).map_or(count, |next| next.0);
        let note_end = note_end(lines, *content, stop);
        annexes.push(Annex {
            label: label.clone(),
            title: title.clone(),
            note: *content..note_end,
            lines: note_end..stop.max(note_end),
        });
    }
    annexes
}

/// A line of an annex's title that has no label: shouted, no office, no name.
fn is_title_line(text: &str) -> bool {
    is_shouted(text) && !is_office(text) && !is_recipients(text) && text.split(' ').count() >= 2 && marker::parse(text).is_none()
}

/// `(Kèm theo Kế hoạch số …`.
fn is_attached_note(text: &str) -> bool {
    begins_with(text, "(kèm theo") || begins_with(text, "(ban hành kèm theo") || begins_with(text, "kèm theo kế hoạch số")
}

/// The lines of an annex's title behind its label, and where its content begins.
fn annex_title(lines: &Lines, from: usize, mut title: Vec<Span>) -> (Vec<Span>, usize) {
    let mut index = from;
    while index < lines.lines.len() && title.len() < 8 {
        let text = lines.line(index);
        let table = is_table_row(text)
            || text.starts_with('|')
            || begins_with(text, "stt")
            || begins_with(text, "tt ")
            || text == "TT"
            || text == "S";
        if table || is_attached_note(text) || marker::parse(text).is_some() || label(text).is_some() {
            break;
        }
        if is_shouted(text)
            || title.is_empty() && text.len() < 300 && !text.ends_with(['.', ';', ':'])
            || continues_title(text) && !title.is_empty() && text.len() < 150
        {
            title.push(lines.lines[index].span);
            index += 1;
        } else {
            break;
        }
    }
    (title, index)
}

/// Where the note `(Kèm theo …)` that begins at `from` ends: at its closing bracket.
fn note_end(lines: &Lines, from: usize, stop: usize) -> usize {
    if from >= stop || !is_attached_note(lines.line(from)) {
        return from;
    }
    (from..stop.min(from + 6)).find(|line| lines.line(*line).contains(')')).map_or(from + 1, |line| line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The title and the first line of the body.
    fn titled(source: &str) -> (String, String) {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let lines = crate::normalize::normalize(source);
        let zones = find(&lines, &lexicon);
        let title: Vec<&str> = zones.title.iter().map(|span| lines.text.slice(*span)).collect();
        (title.join(" "), lines.line(zones.body.start).to_owned())
    }

    #[test]
    fn a_table_ends_the_title() {
        let table = "STT\tChỉ tiêu\tKế hoạch\n1\tSố xã đạt chuẩn\t5\n";
        for (head, title) in [
            ("KẾ HOẠCH PHÁT TRIỂN DU LỊCH NĂM 2026\n", "PHÁT TRIỂN DU LỊCH NĂM 2026"),
            ("KẾ HOẠCH\nPhát triển du lịch năm 2026\n\n", "Phát triển du lịch năm 2026"),
            ("KẾ HOẠCH\n", ""),
        ] {
            assert_eq!(titled(&format!("{head}{table}")), (title.into(), "STT\tChỉ tiêu\tKế hoạch".into()), "{head}");
        }
        let barred = "# KẾ HOẠCH\nTrồng rừng năm 2026\n\n| STT | Chỉ tiêu |\n|---|---|\n| 1 | Số cây |\n";
        assert_eq!(titled(barred), ("Trồng rừng năm 2026".into(), "| STT | Chỉ tiêu |".into()));
    }

    #[test]
    fn a_title_of_several_lines_stays_whole() {
        let text = "KẾ HOẠCH\nPHÁT TRIỂN DU LỊCH\nGIAI ĐOẠN 2026 - 2030\n\nCăn cứ Luật Du lịch;\nI. MỤC TIÊU\n";
        assert_eq!(titled(text), ("PHÁT TRIỂN DU LỊCH GIAI ĐOẠN 2026 - 2030".into(), "Căn cứ Luật Du lịch;".into()));
        // A lone tab is no table.
        let text = "KẾ HOẠCH\nPhát triển\tdu lịch\n\nCăn cứ Luật Du lịch;\n";
        assert_eq!(titled(text), ("Phát triển\tdu lịch".into(), "Căn cứ Luật Du lịch;".into()));
    }
}
