//! The head: issuing body and the body above it, `Số: 48/KH-UBND` (also blank),
//! `Thanh Giang, ngày 01 tháng 3 năm 2024` (day and month also blank), type and title.
//!
//! The two columns of the head arrive in any order: side by side behind a wide gap, one
//! under the other, or line by line from a table.

use super::reflow::{Flow, Part, is_furniture};
use crate::lexicon::{Lexicon, RecordKind};
use crate::normalize::Lines;
use crate::paper::{Paper, Signs};
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
    /// `ỦY BAN NHÂN DÂN TỈNH …` between title and preamble.
    pub issuer: Option<Span>,
    /// `(Kèm theo Quyết định số …)`.
    pub note: Option<Span>,
}

/// Reads the head.
pub(super) fn read(lines: &Lines, paper: &Paper, flow: &mut Flow, lexicon: &Lexicon) -> Head {
    let signs = Signs::new(lines, lexicon);
    let mut head = Head::default();
    let part = |span: Span| Part { span, glued: false };
    let mut found = Found::default();
    for piece in pieces(lines, paper, &signs) {
        found.take(lines, piece, &signs, lexicon);
    }
    head.number = found.number.map(|parts| flow.push(&parts, 0));
    if !paper.issuer.is_empty() {
        let issuer: Vec<Part> = paper.issuer.iter().copied().map(part).collect();
        head.issuer = Some(flow.push(&issuer, 0));
    }
    head.bodies = found.bodies.iter().map(|body| flow.push(body, 0)).collect();
    head.place_and_date =
        found.date.filter(|parts| parts.iter().any(|part| dated(lines.text.slice(part.span)))).map(|parts| flow.push(&parts, 0));
    if let Some(named) = paper.type_line {
        head.type_index = Some(named.kind);
        head.kind = Some(lexicon.types[named.kind].record);
    }
    let title: Vec<Part> = if paper.title.is_empty() && paper.type_line.is_none() {
        found.subject
    } else {
        paper.title.iter().copied().map(part).collect()
    };
    if !title.is_empty() {
        head.title = Some(flow.push(&title, 0));
    }
    let note: Vec<Part> = paper.note.clone().map(|line| part(lines.lines[line].span)).collect();
    if !note.is_empty() {
        head.note = Some(flow.push(&note, 0));
    }
    head
}

/// The cells and lines of the head, quốc hiệu cut off where it stands on another's line.
fn pieces(lines: &Lines, paper: &Paper, signs: &Signs) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    for index in paper.head.clone() {
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
                None => pieces.extend(split_motto(lines, piece, signs)),
            }
        }
    }
    // `CỘNG` + `HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`: the first word of the motto in a line of its own.
    let text = |span: Span| lines.text.slice(span);
    let begins = |two: [Span; 2]| {
        !signs.is_motto(text(two[0]))
            && !text(two[0]).contains(' ')
            && signs.is_motto(&format!("{} {}", text(two[0]), text(two[1])))
    };
    let first: Vec<bool> = (0..pieces.len()).map(|at| at + 1 < pieces.len() && begins([pieces[at], pieces[at + 1]])).collect();
    let mut first = first.into_iter();
    pieces.retain(|_| !first.next().unwrap_or(false));
    pieces
}

/// What the pieces of a head say, as they come.
#[derive(Default)]
struct Found {
    bodies: Vec<Vec<Part>>,
    date: Option<Vec<Part>>,
    number: Option<Vec<Part>>,
    /// `V/v …` of a letter, to its last line.
    subject: Vec<Part>,
    last: Last,
    /// A shouted line that names nothing yet: `THỦ TƯỚNG CHÍNH` + `PHỦ`.
    pending: Option<Span>,
}

/// What the piece before was.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Other,
    Body,
    Number,
    Subject,
}

impl Found {
    fn take(&mut self, lines: &Lines, piece: Span, signs: &Signs, lexicon: &Lexicon) {
        let text = lines.text.slice(piece);
        let part = Part { span: piece, glued: false };
        let last = std::mem::take(&mut self.last);
        let pending = self.pending.take();
        if signs.is_motto(text) {
            return;
        }
        // `Số:` + `2820/QĐ-UBND`, `Số: 12` + `/KH-UBND`.
        if last == Last::Number && text.len() < 40 && text.starts_with(|c: char| c == '/' || c == '-' || c.is_ascii_digit()) {
            self.number.get_or_insert_default().push(Part { span: piece, glued: true });
            return;
        }
        let open = self.date.as_ref().is_some_and(|parts| !parts.iter().any(|part| lines.text.slice(part.span).contains("năm")));
        if open
            && (goes_on(text) || self.date.as_ref().is_some_and(|parts| ends_open(lines.text.slice(parts[parts.len() - 1].span))))
        {
            // The date over two lines: `Thanh Giang,` + `ngày 01 tháng 12 năm 2025`, `…, ngày 01` + `tháng 12 năm 2025`.
            self.date.get_or_insert_default().push(part);
        } else if dated(text) && !signs.is_subject(text) && last != Last::Subject {
            self.date = Some(vec![part]);
        } else if self.number.is_none() && is_number(text) {
            self.number = Some(vec![part]);
            self.last = if text.contains(['/', '-']) { Last::Other } else { Last::Number };
        } else if signs.is_subject(text) || last == Last::Subject && !is_shouted(text) {
            self.subject.push(part);
            self.last = Last::Subject;
        } else if text.ends_with(',') && text.len() < 60 && !is_shouted(text) {
            self.date = Some(vec![part]);
        } else if is_shouted(text) || text.len() < 80 && names_body(text, lexicon) {
            self.take_body(lines, piece, last == Last::Body, pending, lexicon);
        }
    }

    fn take_body(&mut self, lines: &Lines, piece: Span, goes_on: bool, pending: Option<Span>, lexicon: &Lexicon) {
        let text = lines.text.slice(piece);
        let part = |span: Span| Part { span, glued: false };
        let names = names_body(text, lexicon);
        let continues = goes_on && !names
            || self.bodies.last().is_some_and(|body| open_body(lines.text.slice(body[body.len() - 1].span), text));
        // `THỦ TƯỚNG CHÍNH` + `PHỦ`; `THỦ TƯỚNG` + `CHÍNH PHỦ`, an office and its body.
        let joined = pending.filter(|before| {
            let before = lines.text.slice(*before);
            // `VĂN` + `PHÒNG CHÍNH PHỦ`: a body that begins in mid-word is another.
            let within = !before.contains(' ');
            !continues && (!names || within || is_office(before, lexicon)) && names_body(&format!("{before} {text}"), lexicon)
        });
        match (self.bodies.last_mut().filter(|_| continues), joined) {
            (Some(body), _) => body.push(part(piece)),
            (None, Some(before)) => self.bodies.push(vec![part(before), part(piece)]),
            (None, None) if names => self.bodies.push(vec![part(piece)]),
            (None, None) => {
                self.pending = Some(piece);
                return;
            }
        }
        self.last = Last::Body;
    }
}

/// `UBND TỈNH … CỘNG HÒA XÃ HỘI …` on one line with a single space between the columns.
fn split_motto(lines: &Lines, piece: Span, signs: &Signs) -> Vec<Span> {
    let text = lines.text.slice(piece);
    if let Some(at) = signs.motto(text).or_else(|| text.find("Độc lập")).filter(|at| *at > 0) {
        let before = text[..at].trim_end();
        return vec![Span::new(piece.start, piece.start + before.len()), Span::new(piece.start + at, piece.end)];
    }
    // `UBND PHƯỜNG …  Số: 47/KH-UBND`: cells of one row.
    if let Some(at) = text.find("Số:").filter(|at| *at > 0) {
        let before = text[..at].trim_end();
        let mut pieces = vec![Span::new(piece.start, piece.start + before.len())];
        pieces.extend(split_motto(lines, Span::new(piece.start + at, piece.end), signs));
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

fn is_number(text: &str) -> bool {
    begins_with(text, "số:")
        || begins_with(text, "số ") && text.len() < 60 && (text.contains('/') || text.contains("-"))
        || begins_with(text, "số.")
}

/// Whether a piece is of a line of place and date.
fn dated(text: &str) -> bool {
    let day = text.find("ngày").or_else(|| text.find("Ngày"));
    let open = || day.is_some_and(|at| text[at..].split_whitespace().count() <= 2) && text.contains(',');
    text.len() < 120
        && (day.is_some() || text.contains("tháng"))
        && (text.contains("tháng") || text.contains("năm") || text.contains('/') || open())
}

/// `tháng 12 năm 2025`, `năm 2025`, `ngày 01 tháng …`: the rest of a date.
fn goes_on(text: &str) -> bool {
    ["tháng", "năm", "ngày"].iter().any(|word| begins_with(text, word))
}

/// `Thanh Giang,`, `…, ngày`, `…, ngày 01 tháng`: more of the date must come.
fn ends_open(text: &str) -> bool {
    text.ends_with([',', '/']) || ["ngày", "tháng", "năm"].iter().any(|word| text.ends_with(word))
}

/// Whether a line is nothing but an office: `THỦ TƯỚNG`, `CHỦ TỊCH`.
fn is_office(text: &str, lexicon: &Lexicon) -> bool {
    let mut tokens = Vec::new();
    lexicon.vocabulary.cut(text, 0, &mut tokens);
    lexicon.offices.at(&tokens, 0).is_some_and(|(length, ())| length == tokens.len())
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
