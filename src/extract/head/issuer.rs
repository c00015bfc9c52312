//! The issuer where the head names none: told by the title, the preamble, the signature.

use super::{Cut, View};
use crate::agency::Agencies;
use crate::lexicon::{BodyLevel, Lexicon};
use crate::structure::Place;
use crate::text::Span;
use crate::words::{Keyword as K, Token, fold};

/// `hoạt động của Ban chỉ đạo … huyện …`: the body whose document it is.
pub(super) fn title_issuer(lexicon: &Lexicon, title: &str) -> Option<String> {
    let cut = Cut::new(lexicon, title, Span::new(0, title.len()));
    let passage = cut.passage();
    let of = (0..cut.tokens.len()).find(|at| cut.tokens[*at].is(K::Of))?;
    let agencies = Agencies::new(lexicon, &cut.tokens);
    let end = agencies.name(of + 1)?;
    let end = (of + 1..end).find(|at| cut.tokens[*at].is(K::Year)).unwrap_or(end);
    let level = lexicon.bodies.at(&cut.tokens, of + 1)?.1.level;
    // The name runs on to its unit: `Ban chỉ đạo chuyển đổi số huyện …`.
    let end = (end..cut.tokens.len())
        .take_while(|at| {
            let token = &cut.tokens[*at];
            token.is_word() && !token.is(K::Year) && !token.is_any(&[K::InTime, K::About])
        })
        .last()
        .map_or(end, |last| last + 1);
    (level == Some(BodyLevel::Board)).then(|| passage.words(of + 1..end).to_owned())
}

/// Whether two names end in the same words.
pub(super) fn ends_alike(one: &str, other: &str) -> bool {
    let tail = |name: &str| fold(name).split(' ').rev().take(3).map(str::to_owned).collect::<Vec<_>>();
    tail(one) == tail(other)
}

/// The body that says `… ban hành Kế hoạch`, `… xây dựng kế hoạch`, `… báo cáo` in the preamble.
pub(super) fn preamble_issuer(view: &View, symbol: Option<&str>) -> Option<String> {
    let (lexicon, text) = (view.lexicon, view.text);
    let mut best: Option<String> = None;
    for block in view.blocks().iter().take(12).filter(|block| block.place == Place::Preamble) {
        let cut = Cut::new(lexicon, text, block.span);
        let passage = cut.passage();
        let agencies = Agencies::new(lexicon, &cut.tokens);
        let mut at = 0;
        while at < cut.tokens.len() {
            let starts = at == 0
                || cut.tokens[at - 1].is_mark(b';')
                || cut.tokens[at - 1].is_mark(b',')
                || cut.tokens[at - 1].is_mark(b'.');
            if starts && let Some(end) = agencies.name(at) {
                let name = cut.tokens[at..end]
                    .iter()
                    .position(|token| token.is(K::Hyphen) && token.spaced)
                    .map_or(end, |dash| at + dash);
                let end_is_verb = cut.tokens.get(end).is_some_and(Token::is_lower_word) || name < end;
                if end_is_verb {
                    let words = passage.words(at..name).to_owned();
                    if symbol.is_some_and(|symbol| abbreviates(symbol, &words)) {
                        return Some(words);
                    }
                    best.get_or_insert(words);
                }
                at = end;
            } else {
                at += 1;
            }
        }
    }
    best
}

/// Whether the issuer's letters in a symbol are the initials of a name: `BC-STTTT`, Sở Thông tin và Truyền thông.
fn abbreviates(symbol: &str, name: &str) -> bool {
    let letters = symbol.rsplit(['-', '/']).next().unwrap_or_default();
    let initials: String = name
        .split([' ', '-', ','])
        .filter(|word| !matches!(*word, "và" | "-" | "–" | ""))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    letters.chars().count() >= 2 && initials.starts_with(letters)
}

pub(super) fn signature_issuer(view: &View) -> Option<String> {
    let first = view.paper.signature.offices.first()?.slice(view.text)?;
    ["TM.", "T/M", "TM "].iter().find_map(|mark| first.strip_prefix(mark)).map(|body| body.trim().to_owned())
}
