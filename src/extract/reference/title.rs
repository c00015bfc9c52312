//! What a quoted document is about: `về …`, `ban hành …`, up to the end of the clause or the next document.

use std::ops::Range;

use super::{names_another, symbol};
use crate::extract::passage::Passage;
use crate::words::{Case, Keyword as K, Token};

/// First syllables of what a document does: `ban hành …`, `về việc …`.
const OPENINGS: [&str; 10] = ["về", "ban", "phê", "quy", "thực", "triển", "hướng", "tăng", "sửa", "Kế"];

/// `UBND tỉnh Quy định …`: a capital action behind an issuer opens the title; `Ban Chỉ đạo` is a body.
pub(super) fn opens_a_title(passage: &Passage, at: usize) -> bool {
    let tokens = passage.tokens;
    tokens[at].case == Case::Capitalised
        && tokens.get(at + 1).is_some_and(Token::is_lower_word)
        && (OPENINGS.contains(&passage.lower(at).as_str())
            || passage.lexicon.actions.at(tokens, at).is_some_and(|(length, ())| length > 1))
        && passage.lexicon.bodies.at(tokens, at).is_none()
}

/// What the document is about: `về …`, `ban hành …`, `phê duyệt …`, up to the end of the clause.
pub(super) fn title(passage: &Passage, at: usize) -> Option<Range<usize>> {
    let tokens = passage.tokens;
    let first = tokens.get(at)?;
    if !first.is_word() || !OPENINGS.contains(&passage.word(at)) && !opens_a_title(passage, at) {
        return None;
    }
    let mut start = at + usize::from(first.is(K::About));
    start += usize::from(tokens.get(start).is_some_and(|token| token.is(K::The)));
    let depth = passage.depth[at];
    let mut end = start;
    let mut quote = false;
    while let Some(token) = tokens.get(end) {
        if token.is_mark(b'"') {
            quote = !quote;
        }
        let stop = token.is_mark(b';') || token.is_mark(b')') && passage.depth[end] == depth || passage.ends_sentence(end);
        // `về bảo vệ, chăm sóc và nâng cao sức khỏe`: a first action alone is no title; its fellows follow.
        let clause = !quote
            && token.is_mark(b',')
            && end > start + 2
            && tokens.get(end + 1).is_some_and(|next| {
                passage.lexicon.actions.at(tokens, end + 1).is_some() && next.case == Case::Lower
                    || passage.lexicon.bodies.at(tokens, end + 1).is_some()
                    || decides(passage, end + 1)
                    // A title that names documents itself may name several.
                    || names_another(passage, end + 1) && !(start..end).any(|at| symbol(passage, at).is_some())
            });
        if stop || clause || end > start + 90 {
            break;
        }
        end += 1;
    }
    (end > start).then_some(start..end)
}

/// `, QUYẾT ĐỊNH:`: the type of the document itself, behind its grounds.
fn decides(passage: &Passage, at: usize) -> bool {
    let tokens = passage.tokens;
    passage.lexicon.type_names.at(tokens, at).is_some_and(|(length, _)| {
        tokens[at].case == Case::Upper && tokens.get(at + length).is_none_or(|token| token.is(K::Colon))
    })
}
