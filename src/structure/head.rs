//! The head: issuing body and the body above it, `Số: 48/KH-UBND` (also blank),
//! `Thanh Giang, ngày 01 tháng 3 năm 2024` (day and month also blank), type and title.
//!
//! The two columns of the head arrive in any order: side by side behind a wide gap, one
//! under the other, or line by line from a table.

use super::reflow::{Flow, Part, is_furniture};
use super::zones::Zones;
use crate::lexicon::{Lexicon, RecordKind};
use crate::normalize::Lines;
use crate::text::Span;
use crate::words::{begins_with, is_shouted};

/// Head and title; spans are of [`super::Document::text`].
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// What the type line says the document is.
    pub kind: Option<RecordKind>,
    /// Index of the type in [`Lexicon::types`].
    pub type_index: Option<usize>,
    /// The title.
    pub title: Option<Span>,
    /// The names of the bodies above the number, from the top.
    pub bodies: Vec<Span>,
    /// What stands behind `Số:`.
    pub number: Option<Span>,
    /// `Thanh Giang, ngày 01 tháng 3 năm 2024`.
    pub place_and_date: Option<Span>,
}

/// Reads the head.
pub(super) fn read(lines: &Lines, zones: &Zones, flow: &mut Flow, lexicon: &Lexicon) -> Head {
    let mut head = Head::default();
    let mut pieces: Vec<Span> = Vec::new();
    for index in zones.head.clone() {
        for piece in lines.pieces(index) {
            let text = lines.text.slice(piece);
            if is_furniture(text) {
                continue;
            }
            // `Số:      /KH-UBND`: the number is left blank behind a wide gap.
            let blank = text.starts_with('/')
                && pieces.last().is_some_and(|last| begins_with(lines.text.slice(*last), "số") && last.len() < 8);
            match pieces.last_mut().filter(|_| blank) {
                Some(last) => last.end = piece.end,
                None => pieces.extend(split_motto(lines, piece)),
            }
        }
    }
    let part = |span: Span| Part { span, glued: false };
    let mut bodies: Vec<Vec<Part>> = Vec::new();
    let mut date: Option<Vec<Part>> = None;
    let mut last_was_body = false;
    for piece in pieces {
        let text = lines.text.slice(piece);
        if is_motto(text) {
            last_was_body = false;
        } else if dated(text).is_some() {
            date = Some(vec![part(piece)]);
            last_was_body = false;
        } else if head.number.is_none() && is_number(text) {
            head.number = Some(flow.push(&[part(piece)], 0));
            last_was_body = false;
        } else if let Some(parts) = date.as_mut().filter(|parts| !complete_date(lines.text.slice(parts[parts.len() - 1].span))) {
            // The date over two lines: `Thanh Giang,` + `ngày 01 tháng 12 năm 2025`.
            parts.push(part(piece));
        } else if text.ends_with(',') && text.len() < 60 && !is_shouted(text) {
            date = Some(vec![part(piece)]);
        } else if is_shouted(text)
            || text.len() < 80 && names_body(text, lexicon) && !begins_with(text, "v/v") && !begins_with(text, "về việc")
        {
            let continues = last_was_body && !names_body(text, lexicon)
                || bodies.last().is_some_and(|body| open_body(lines.text.slice(body[body.len() - 1].span), text));
            match bodies.last_mut().filter(|_| continues) {
                Some(body) => body.push(part(piece)),
                None if names_body(text, lexicon) => bodies.push(vec![part(piece)]),
                None => continue,
            }
            last_was_body = true;
        }
    }
    head.bodies = bodies.iter().map(|body| flow.push(body, 0)).collect();
    head.place_and_date = date
        .filter(|parts| parts.iter().any(|part| dated(lines.text.slice(part.span)).is_some()))
        .map(|parts| flow.push(&parts, 0));
    if let Some((_, kind, _)) = zones.type_line {
        head.type_index = Some(kind);
        head.kind = Some(lexicon.types[kind].record);
    }
    if !zones.title.is_empty() {
        let parts: Vec<Part> = zones.title.iter().copied().map(part).collect();
        head.title = Some(flow.push(&parts, 0));
    }
    head
}

/// `UBND TỈNH … CỘNG HÒA XÃ HỘI …` on one line with a single space between the columns.
fn split_motto(lines: &Lines, piece: Span) -> Vec<Span> {
    let text = lines.text.slice(piece);
    for motto in ["CỘNG HÒA", "CỘNG HOÀ", "ĐẢNG CỘNG SẢN", "Độc lập"] {
        if let Some(at) = text.find(motto).filter(|at| *at > 0) {
            let before = text[..at].trim_end();
            return vec![Span::new(piece.start, piece.start + before.len()), Span::new(piece.start + at, piece.end)];
        }
    }
    // `UBND PHƯỜNG …  Số: 47/KH-UBND`: cells of one row.
    if let Some(at) = text.find("Số:").filter(|at| *at > 0) {
        let before = text[..at].trim_end();
        let mut pieces = vec![Span::new(piece.start, piece.start + before.len())];
        pieces.extend(split_motto(lines, Span::new(piece.start + at, piece.end)));
        return pieces;
    }
    // `Số: 33/KH-UBND  Khe Vàng, ngày 01 …`.
    if is_number(text)
        && let Some(day) = text.find(", ngày")
    {
        let place = text[..day].rfind("  ").or_else(|| {
            let symbol = text[..day].find('/')?;
            text[symbol..day].find(' ').map(|at| symbol + at)
        });
        if let Some(at) = place {
            return vec![Span::new(piece.start, piece.start + at), Span::new(piece.start + at + 1, piece.end)];
        }
    }
    vec![piece]
}

/// Quốc hiệu, tiêu ngữ, the Party's head.
fn is_motto(text: &str) -> bool {
    const MOTTOS: [&str; 9] = [
        "cộng hòa xã",
        "cộng hoà xã",
        "độc lập",
        "đảng cộng sản",
        "hội chủ nghĩa việt nam",
        "xã hội chủ nghĩa",
        "chủ nghĩa việt nam",
        "tự do",
        "hạnh phúc",
    ];
    MOTTOS.iter().any(|motto| begins_with(text, motto))
}

fn is_number(text: &str) -> bool {
    begins_with(text, "số:")
        || begins_with(text, "số ") && text.len() < 60 && (text.contains('/') || text.contains("-"))
        || begins_with(text, "số.")
}

/// Where `ngày` stands in a line of place and date.
fn dated(text: &str) -> Option<usize> {
    let at = text.find("ngày").or_else(|| text.find("Ngày")).or_else(|| text.find("tháng"))?;
    (text.len() < 120 && (text.contains("tháng") || text.contains("năm") || text.contains('/'))).then_some(at)
}

fn complete_date(text: &str) -> bool {
    text.contains("năm")
}

fn names_body(text: &str, lexicon: &Lexicon) -> bool {
    let mut tokens = Vec::new();
    lexicon.vocabulary.cut(text, 0, &mut tokens);
    lexicon.bodies.at(&tokens, 0).is_some_and(|(length, body)| {
        let rest = &tokens[length..];
        !body
            .not_before
            .iter()
            .any(|words| rest.len() >= words.len() && words.iter().zip(rest).all(|(word, token)| token.word() == *word))
    })
}

/// `ỦY BAN NHÂN` + `DÂN`, `ỦY BAN NHÂN DÂN` + `TỈNH …`, `SỞ THÔNG TIN` + `VÀ TRUYỀN THÔNG`.
fn open_body(last: &str, next: &str) -> bool {
    let committee =
        begins_with(last, "ủy ban nhân dân") || begins_with(last, "uỷ ban nhân dân") || begins_with(last, "hội đồng nhân dân");
    const UNITS: [&str; 9] = ["tỉnh ", "thành phố", "huyện", "quận", "thị xã", "xã ", "phường", "thị trấn", "đặc khu"];
    committee && last.split(' ').count() <= 4 && UNITS.iter().any(|unit| begins_with(next, unit))
        || last.ends_with([',', '-', '–'])
        || last.ends_with(" VÀ")
        || begins_with(next, "và ")
}
