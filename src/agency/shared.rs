//! Bodies that share the word of their kind: `Các Sở: Nội vụ, Giáo dục và Đào tạo` are `Sở Nội vụ` and `Sở Giáo dục và Đào tạo`.

use std::ops::Range;

use super::Agencies;
use crate::words::{Case, Keyword as K, Token};

/// Bodies behind the kind that they share; ranges of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The kind: `Sở`.
    pub kind: Range<usize>,
    /// What tells each from the others: `Nội vụ`.
    pub names: Vec<Range<usize>>,
}

impl Shared {
    /// The first token behind all of them.
    #[must_use]
    pub fn end(&self) -> usize {
        self.names.last().map_or(self.kind.end, |name| name.end)
    }
}

impl Agencies<'_> {
    /// The bodies of the list that begins at `at` with a plural, a kind and a colon.
    #[must_use]
    pub fn shared(&self, at: usize) -> Option<Shared> {
        let kind = at + self.determiner(at);
        let (length, body) = self.lexicon.bodies.at(self.tokens, kind)?;
        let colon = kind + length;
        if kind == at || body.generic || body.alone || !self.token(colon).is_some_and(|token| token.is(K::Colon)) {
            return None;
        }
        let mut names: Vec<Range<usize>> = Vec::new();
        let mut next = colon + 1;
        // `Các trường: Đại học, Cao đẳng` are kinds of school, and no bodies.
        let mut any_known = false;
        while let Some((end, known)) = self.name_of_kind(kind..colon, next) {
            any_known |= known;
            names.push(next..end);
            let more = self.token(end).is_some_and(|token| token.is(K::Comma) || token.is(K::And));
            if !more {
                break;
            }
            next = end + 1;
        }
        (names.len() > 1 && any_known).then_some(Shared { kind: kind..colon, names })
    }

    /// Where the name at `at` ends, behind a kind that stands elsewhere: as a known name of that kind, else at the next mark, verb or
    /// small word; and whether it is known.
    fn name_of_kind(&self, kind: Range<usize>, at: usize) -> Option<(usize, bool)> {
        const LONGEST: usize = 12;
        self.token(at).filter(|token| token.is_word() && token.case != Case::Lower)?;
        let whole: Vec<Token> = self.tokens[kind.clone()].iter().chain(self.tokens[at..].iter().take(LONGEST)).cloned().collect();
        if let Some((length, ())) = self.lexicon.agencies.at(&whole, 0).filter(|(length, ())| *length > kind.len()) {
            return Some((at + length - kind.len(), true));
        }
        let mut end = at + 1;
        while let Some(token) = self.token(end) {
            let goes_on = token.is_word() && !self.acts(end) && !self.stops(end) && !token.is(K::And) && !self.is(end, K::Given);
            if !goes_on || end - at >= LONGEST {
                break;
            }
            end += 1;
        }
        Some((end, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn shown(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(text, 0, &mut tokens);
        let words = |range: &Range<usize>| {
            tokens[range.start].span().cover(tokens[range.end - 1].span()).slice(text).unwrap_or_default().to_owned()
        };
        let shared = Agencies::new(&lexicon, &tokens).shared(0);
        shared.map_or_else(Vec::new, |shared| {
            shared.names.iter().map(|name| format!("{} {}", words(&shared.kind), words(name))).collect()
        })
    }

    #[test]
    fn bodies_that_share_their_kind() {
        for (text, names) in [
            ("Các Sở: Nội vụ, Tài chính rà soát bến sông", vec!["Sở Nội vụ", "Sở Tài chính"]),
            (
                "các Bộ: Công an, Giáo dục và Đào tạo, Y tế căn cứ chức năng",
                vec!["Bộ Công an", "Bộ Giáo dục và Đào tạo", "Bộ Y tế"],
            ),
            (
                "Các Sở: Văn hóa, Thể thao và Du lịch, Xây dựng và Y tế theo dõi",
                vec!["Sở Văn hóa, Thể thao và Du lịch", "Sở Xây dựng", "Sở Y tế"],
            ),
            ("Các trường: Đại học, Cao đẳng trên địa bàn", vec![]),
            ("Các Sở: rà soát bến sông", vec![]),
            ("Các xã: Khe Vàng, Suối Lim", vec![]),
            ("Sở Y tế: rà soát", vec![]),
        ] {
            assert_eq!(shown(text), names, "{text}");
        }
    }
}
