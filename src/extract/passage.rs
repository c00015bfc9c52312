//! One block or cell, cut into tokens, with what is known of where it stands.

use crate::lexicon::{Lexicon, SectionRole};
use crate::structure::Place;
use crate::text::Span;
use crate::words::{Kind, Lower, Token};

/// A text to be read: a block, or a table's cell.
pub(crate) struct Passage<'a> {
    pub(crate) lexicon: &'a Lexicon,
    /// All the document's words; token spans are of it.
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    /// Open brackets before each token, and at the end.
    pub(crate) depth: Vec<u16>,
    /// Tokens that belong to a quoted document: no date or number there is the passage's own.
    pub(crate) quoted: Vec<bool>,
    pub(crate) role: Role,
    pub(crate) section: Option<usize>,
    pub(crate) place: Place,
}

/// What the section sets, with the document's kind taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Before the first heading.
    Preamble,
    /// Targets.
    Aims,
    /// Work.
    Tasks,
    /// What was reached.
    Results,
    /// Why and for whom.
    Purpose,
    /// Money.
    Budget,
}

impl From<SectionRole> for Role {
    fn from(role: SectionRole) -> Self {
        match role {
            SectionRole::Aims => Self::Aims,
            SectionRole::Tasks => Self::Tasks,
            SectionRole::Results | SectionRole::Requests => Self::Results,
            SectionRole::Purpose => Self::Purpose,
            SectionRole::Budget => Self::Budget,
        }
    }
}

impl<'a> Passage<'a> {
    pub(crate) fn new(
        lexicon: &'a Lexicon,
        text: &'a str,
        tokens: &'a [Token],
        role: Role,
        section: Option<usize>,
        place: Place,
    ) -> Self {
        let mut depth = Vec::with_capacity(tokens.len() + 1);
        let mut open = 0_u16;
        for token in tokens {
            depth.push(open);
            if token.kind == Kind::Mark {
                if token.is_mark(b'(') {
                    open = open.saturating_add(1);
                } else if token.is_mark(b')') {
                    open = open.saturating_sub(1);
                }
            }
        }
        depth.push(open);
        Self { lexicon, text, tokens, depth, quoted: vec![false; tokens.len()], role, section, place }
    }

    /// What the grammar reads.
    pub(crate) fn source(&self) -> crate::grammar::Source<'_> {
        crate::grammar::Source { text: self.text, tokens: self.tokens, quoted: &self.quoted, before: None }
    }

    /// How long the phrase of a class of `values.toml` is that begins at `at`.
    pub(crate) fn says(&self, class: &str, at: usize) -> Option<usize> {
        self.lexicon.values.says(class, self.tokens, at)
    }

    /// How long the phrase of a class of `values.toml` is that ends before `at`.
    pub(crate) fn said_before(&self, class: &str, at: usize) -> Option<usize> {
        let grammar = &self.lexicon.values;
        grammar.ends_with(grammar.class(class)?, self.tokens, at)
    }

    /// The words of a token.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span().slice(self.text).unwrap_or_default())
    }

    /// The words of a token in small letters.
    pub(crate) fn lower(&self, at: usize) -> Lower {
        Lower::new(self.word(at))
    }

    /// The span of the tokens of `range`.
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        if range.is_empty() || range.end > self.tokens.len() {
            return Span::default();
        }
        self.tokens[range.start].span().cover(self.tokens[range.end - 1].span())
    }

    /// The words of the tokens of `range`, as written.
    pub(crate) fn words(&self, range: std::ops::Range<usize>) -> &'a str {
        self.span(range).slice(self.text).unwrap_or_default()
    }

    /// The place of the bracket that closes the one at `open`.
    pub(crate) fn closing(&self, open: usize) -> Option<usize> {
        let depth = self.depth[open];
        (open + 1..self.tokens.len()).find(|at| self.tokens[*at].is_mark(b')') && self.depth[*at] == depth + 1)
    }

    /// Whether the mark at `at` ends a sentence: `.` before a space or the end.
    pub(crate) fn ends_sentence(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let next = self.tokens.get(at + 1);
        // `phần mềm... trong đó`: an open list does not end the sentence.
        let open = token.is_mark(b'.') && at > 0 && self.tokens[at - 1].is_mark(b'.') && !token.spaced;
        if open && next.is_some_and(Token::is_lower_word) {
            return false;
        }
        (token.is_mark(b'.') || token.is_mark(b'!') || token.is_mark(b'?')) && next.is_none_or(|next| next.spaced)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Reads `text` as one passage of a section of `role`.
    pub(crate) fn with_passage<T>(text: &str, role: Role, read: impl FnOnce(&mut Passage) -> T) -> T {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(text, 0, &mut tokens);
        read(&mut Passage::new(&lexicon, text, &tokens, role, None, Place::Body))
    }
}
