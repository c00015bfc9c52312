//! The foot of a document: `Nơi nhận:` and its list, the offices (`TM. ỦY BAN NHÂN DÂN`,
//! `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`) and the name of who signed.

use std::ops::Range;

use super::reflow::{Flow, Part, is_furniture};
use crate::lexicon::Lexicon;
use crate::normalize::Lines;
use crate::paper::Signs;
use crate::text::Span;
use crate::words::{Case, Token};

/// Who signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The name, in [`super::Document::text`].
    pub name: Option<Span>,
    /// The office nearest above the name.
    pub office: Option<Span>,
    /// All offices, from the top: `TM. BAN CHỈ ĐẠO`, `TRƯỞNG BAN`.
    pub offices: Vec<Span>,
}

/// Reads the foot.
pub(super) fn read(lines: &Lines, range: Range<usize>, flow: &mut Flow, lexicon: &Lexicon) -> Signature {
    let mut signature = Signature::default();
    let signs = Signs::new(lines, lexicon);
    let mut name = None;
    let mut offices: Vec<Span> = Vec::new();
    let mut recipients = false;
    for index in range.filter(|index| lines.lines[*index].note.is_none()) {
        let pieces = lines.pieces(index).into_iter().map(|piece| behind_recipients(lines, piece, &offices, &signs));
        for piece in pieces.flat_map(|piece| parts(lines, piece, &signs)).collect::<Vec<_>>() {
            let text = lines.text.slice(piece).trim();
            if signs.is_recipients(text) {
                recipients = true;
                continue;
            }
            let listed = text.starts_with(['-', '+', '•', '*']);
            if is_furniture(text) || listed || text.len() > 120 {
                continue;
            }
            if signs.is_office(text)
                || crate::words::is_shouted(text) && !offices.is_empty() && name.is_none() && !is_name(text, lexicon)
            {
                offices.push(piece);
            } else if is_name(text, lexicon) && (!offices.is_empty() || !recipients) {
                // The last name stands under the last office.
                name = Some(piece);
            }
        }
    }
    let mut push = |span: Span| flow.push(&[Part { span, glued: false }], 0);
    signature.offices = offices.into_iter().map(&mut push).collect();
    signature.office = signature.offices.last().copied();
    signature.name = name.map(push);
    signature
}

/// What stands beside the list of recipients on its line: `- Lưu: VT, CAH. Hoàng Văn Tựu`, `(b/c); PHÓ CHỦ TỊCH`.
fn behind_recipients(lines: &Lines, piece: Span, offices: &[Span], signs: &Signs) -> Span {
    let lexicon = signs.lexicon;
    let text = lines.text.slice(piece);
    let end = text.trim_end().len();
    let Some(at) = text[..end].rfind("; ").into_iter().chain(text[..end].rfind(". ")).max().map(|at| at + 2) else {
        return piece;
    };
    let rest = text[at..end].trim_start();
    let is_listed = text.starts_with(['-', '+', '•', '*', '(']);
    let names = || !offices.is_empty() && rest.split_whitespace().count() > 2 && is_name(rest, lexicon);
    let mut tokens: Vec<Token> = Vec::new();
    lexicon.vocabulary.cut(rest, 0, &mut tokens);
    let is_title = signs.is_office(rest) || lexicon.offices.at(&tokens, 0).is_some();
    if is_listed && (crate::words::is_shouted(rest) && is_title || names()) {
        return Span::new(piece.start + end - rest.len(), piece.start + end);
    }
    piece
}

/// A signature in one cell of a table stands on one line (`TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn An`): the body it is
/// signed for, the office, the name.
fn parts(lines: &Lines, piece: Span, signs: &Signs) -> Vec<Span> {
    let lexicon = signs.lexicon;
    let text = lines.text.slice(piece);
    let mut tokens: Vec<Token> = Vec::new();
    lexicon.vocabulary.cut(text, 0, &mut tokens);
    let Some(name) = tokens.iter().position(|token| token.case == Case::Capitalised) else { return vec![piece] };
    let name_at = tokens[name].span().start;
    if name == 0 || !signs.is_office(&text[..name_at]) || !is_name(&text[name_at..], lexicon) {
        return vec![piece];
    }
    // `KT. CHỦ TỊCH PHÓ CHỦ TỊCH`: the office is the last, and `KT.` belongs to the first.
    let office = (1..name).find(|at| {
        !tokens[at - 1].is_mark(b'.') && lexicon.offices.at(&tokens, *at).is_some_and(|(length, ())| at + length == name)
    });
    let cuts = [Some(0), office.map(|at| tokens[at].span().start), Some(name_at), Some(text.len())];
    let cuts: Vec<usize> = cuts.into_iter().flatten().collect();
    let trimmed = |from: usize, to: usize| {
        let span = Span::new(piece.start + from, piece.start + to);
        Span::new(span.start, span.start + text[from..to].trim_end().len())
    };
    cuts.windows(2).map(|cut| trimmed(cut[0], cut[1])).collect()
}

/// Whether a line is a person's name: two to five capitalised words that are no words of office or body.
fn is_name(text: &str, lexicon: &Lexicon) -> bool {
    let mut tokens: Vec<Token> = Vec::new();
    lexicon.vocabulary.cut(text, 0, &mut tokens);
    // Degrees stand before a name: `TS. Nguyễn Văn An`.
    let titles = tokens.iter().rposition(|token| token.is_mark(b'.')).map_or(0, |at| at + 1);
    let words = &tokens[titles.min(tokens.len())..];
    (2..=5).contains(&words.len())
        && words.iter().all(|token| token.is_word() && token.case != Case::Lower)
        && (words.iter().any(|token| token.case == Case::Capitalised) || titles > 0)
        && lexicon.offices.at(words, 0).is_none()
        && lexicon.bodies.at(words, 0).is_none_or(|(length, _)| length == 1 && words.len() > 2 && !crate::words::is_shouted(text))
}
