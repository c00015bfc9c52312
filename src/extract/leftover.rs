//! Numbers that no reader took: parts of dates and names, numbers that a sentence says to describe, and what nothing understood.
//!
//! `hiện có 12 trạm` says how things are; `hộ có doanh thu trên 1 tỷ đồng` which things are meant; `thôn 3`, `COVID-19` are
//! names; `tháng 6/2025` is a date. `Bố trí 15 máy` that no reader took is unread, however little it may mean.

use std::ops::Range;

use super::date;
use super::passage::{Passage, Role};
use super::quantity::{Lead, Quantity};
use super::recorder::Extractor;
use crate::lexicon::{DescribedKind, UnitKind};
use crate::record::ledger::{Class, Why};
use crate::text::Span;
use crate::words::{Keyword as K, Token};

/// How many tokens before a number are looked at for what they say about it.
const WINDOW: usize = 14;

/// What a number is that no reader took.
type Left = (Class, Option<Why>);

impl Extractor<'_> {
    /// Enters the numbers of a passage that its readers left.
    pub(super) fn leave(&mut self, passage: &Passage, quantities: &[Quantity], broken: bool) {
        let text = &self.document.text;
        let mut seen = 0;
        for (at, token) in passage.tokens.iter().enumerate() {
            let span = token.span();
            if !(token.is_number() || token.is_word() && passage.word(at).bytes().any(|byte| byte.is_ascii_digit())) {
                continue;
            }
            let from = text.source_of(span.start);
            for index in self.book.within(&(from..from + span.len())) {
                let entry = &mut self.book.entries[index];
                entry.section = passage.section;
                if entry.class.is_some() {
                    continue;
                }
                while quantities.get(seen).is_some_and(|quantity| quantity.whole.end <= at) {
                    seen += 1;
                }
                let quantity = quantities.get(seen).filter(|quantity| quantity.whole.contains(&at));
                let words = Leftover { passage, at, quantity, year: self.fields.frame.year, wordings: &self.wordings };
                let (class, why) = words.class(broken);
                entry.class = Some(class);
                entry.why = why;
            }
        }
    }
}

/// A number that no reader took, and what is known about it.
struct Leftover<'a> {
    passage: &'a Passage<'a>,
    at: usize,
    /// The value that it is part of.
    quantity: Option<&'a Quantity>,
    /// The year that the document is about.
    year: Option<i16>,
    /// The words of the passage's items.
    wordings: &'a [Span],
}

impl Leftover<'_> {
    fn class(&self, broken: bool) -> Left {
        let passage = self.passage;
        if passage.quoted[self.at] {
            return (Class::Reference, None);
        }
        if !passage.tokens[self.at].is_number() {
            return (Class::Name, None);
        }
        let described = |why| (Class::Described, Some(why));
        if self.quantity.is_none() {
            if self.is_date() {
                return if self.follows(DescribedKind::PriceBase, 2) { described(Why::PriceBase) } else { (Class::Date, None) };
            }
            if self.is_marker() {
                return (Class::Marker, None);
            }
            if self.is_name() {
                return (Class::Name, None);
            }
        }
        if broken {
            return (Class::Unread, Some(Why::BrokenTable));
        }
        if let Some(why) = self.described() {
            return described(why);
        }
        let Some(quantity) = self.quantity else {
            let span = passage.tokens[self.at].span();
            // `20/10ha` in the words of an item is a value that its reading missed.
            let worded =
                !self.is_fraction() && self.wordings.iter().any(|words| words.start <= span.start && span.end <= words.end);
            // `342 hộ` of a preamble has a unit, though nothing reads values there.
            let unit = passage.lexicon.units.at(passage.tokens, self.at + 1).is_some();
            let why = if unit { Why::NoReading } else { Why::NoUnit };
            return if worded { described(Why::Wording) } else { (Class::Unread, Some(why)) };
        };
        match quantity.unit_kind {
            Some(UnitKind::Time) if !quantity.is_strong() && !self.is_age() => described(Why::Duration),
            _ => (Class::Unread, Some(Why::NoReading)),
        }
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.passage.tokens.get(at)
    }

    fn is(&self, at: usize, keyword: K) -> bool {
        self.token(at).is_some_and(|token| token.is(keyword))
    }

    fn before(&self, back: usize) -> Option<usize> {
        self.at.checked_sub(back)
    }

    /// Whether the value counts years of age.
    fn is_age(&self) -> bool {
        self.quantity.is_some_and(|quantity| quantity.unit.clone().any(|at| self.passage.tokens[at].is(K::Age)))
    }

    /// `1063/1153`: one of two numbers with a slash between them.
    fn is_fraction(&self) -> bool {
        let number = |at: usize| self.token(at).is_some_and(Token::is_number);
        let slash = |at: usize| self.is(at, K::Slash);
        slash(self.at + 1) && number(self.at + 2) || self.at >= 2 && slash(self.at - 1) && number(self.at - 2)
    }

    /// `30/6/2025`, `tháng 6/2024`, `năm 2024, 2025`, `2021 - 2025`, `17h30`, `6 tháng đầu năm`.
    fn is_date(&self) -> bool {
        /// No date has more words, its marks among them; `1/2/3/…` goes on for ever.
        const LONGEST: usize = 16;
        let passage = self.passage;
        let at = self.at;
        let word = passage.word(at);
        if date::year(word).is_some() {
            return true;
        }
        let small = |at: usize| passage.word(at).len() <= 2 && self.token(at).is_some_and(Token::is_number);
        let glued = |at: usize| self.token(at).is_some_and(|token| !token.spaced);
        let joins =
            |at: usize| self.token(at).is_some_and(|token| token.is(K::Slash) || token.is(K::Hyphen) || token.is_mark(b'.'));
        // `6/2024`, `30/6/2025`: what ends in a year is a time.
        if small(at) {
            let mut end = at + 1;
            while end < at + LONGEST && joins(end) && glued(end) && glued(end + 1) && small(end + 1) {
                end += 2;
            }
            if joins(end) && glued(end) && glued(end + 1) && date::year(passage.word(end + 1)).is_some() {
                return true;
            }
        }
        if !small(at) {
            return false;
        }
        let clock = passage.lower(at + 1);
        if matches!(clock.as_str(), "h" | "giờ" | "phút") {
            return true;
        }
        // `ngày 5, 6 và 7`: the word of the calendar stands before the first.
        let mut from = at;
        while from > 0 && at - from < 8 {
            from -= 1;
            let token = &passage.tokens[from];
            if token.is_any(&[K::Day, K::Month, K::Quarter]) || token.is(K::Year) && date::year(word).is_some() {
                return true;
            }
            let goes_on = small(from)
                || date::year(passage.word(from)).is_some()
                || token.is_any(&[K::Comma, K::And, K::To, K::Hyphen, K::Slash, K::From])
                || token.is_mark(b'.') && !token.spaced;
            if !goes_on {
                break;
            }
        }
        let part = self.is(at + 1, K::Month) || self.is(at + 1, K::Day) || self.is(at + 1, K::Week);
        part && self.token(at + 2).is_some_and(|token| token.is_any(&[K::First, K::Last, K::Year]))
    }

    /// `(1)`, `1.`, `2)` at the start of an item.
    fn is_marker(&self) -> bool {
        let at = self.at;
        if self.passage.word(at).len() > 2 && !self.passage.word(at).contains('.') {
            return false;
        }
        let close = self.token(at + 1).is_some_and(|token| token.is_mark(b')'));
        let open = self.before(1).is_some_and(|before| self.passage.tokens[before].is_mark(b'('));
        let starts = at == 0 || self.passage.tokens[at - 1].is_mark(b';') || self.passage.ends_sentence(at - 1);
        let pointed = self.token(at + 1).is_some_and(|token| (token.is_mark(b'.') || token.is(K::Slash)) && !token.spaced)
            && self.token(at + 2).is_none_or(|token| token.spaced);
        close && (open || starts) || starts && pointed
    }

    /// `thôn 3`, `Đề án 06`, `số 12`, `COVID-19`, `4G`.
    fn is_name(&self) -> bool {
        let passage = self.passage;
        let at = self.at;
        let token = &passage.tokens[at];
        // `4G`, `3D`, `1A`.
        if self.token(at + 1).is_some_and(|next| !next.spaced && next.is_word() && passage.word(at + 1).len() == 1) {
            return true;
        }
        let Some(before) = self.before(1) else { return false };
        if !token.spaced {
            let mut from = before;
            while from > 0 && !passage.tokens[from].spaced && passage.tokens[from].kind == crate::words::Kind::Mark {
                if !(passage.tokens[from].is(K::Hyphen)
                    || passage.tokens[from].is_mark(b'.')
                    || passage.tokens[from].is(K::Slash))
                {
                    break;
                }
                from -= 1;
            }
            if passage.tokens[from].is_word() {
                return true;
            }
        }
        // `khoản 1, 2`, `thôn 3 và 4`: the naming word stands before the first.
        let mut from = at;
        while from > 0 && at - from < 8 {
            if self.named_at(from) {
                return true;
            }
            from -= 1;
            let token = &passage.tokens[from];
            if !(token.is_number()
                || token.is_any(&[K::Comma, K::And, K::Hyphen, K::Slash])
                || token.is_mark(b'.') && !token.spaced)
            {
                return false;
            }
        }
        false
    }

    /// Whether a naming word ends right before the token at `at`.
    fn named_at(&self, at: usize) -> bool {
        (1..=3.min(at)).any(|back| {
            self.passage.lexicon.described.at(self.passage.tokens, at - back).is_some_and(|(length, kind)| {
                length == back && matches!(kind, DescribedKind::Naming | DescribedKind::LawPart | DescribedKind::Rank)
            })
        })
    }

    /// Whether words of a kind stand before the number, no more than `gap` tokens away.
    fn follows(&self, kind: DescribedKind, gap: usize) -> bool {
        let from = self.at.saturating_sub(gap + 5);
        (from..self.at).any(|start| {
            self.passage
                .lexicon
                .described
                .at(self.passage.tokens, start)
                .is_some_and(|(length, found)| *found == kind && start + length <= self.at && start + length + gap >= self.at)
        })
    }

    /// The clause before the number: from the last semicolon, sentence end or bracket.
    fn clause(&self) -> Range<usize> {
        let passage = self.passage;
        let low = self.at.saturating_sub(WINDOW);
        let depth = passage.depth[self.at];
        let start = (low..self.at).rev().find(|at| {
            let token = &passage.tokens[*at];
            token.is_mark(b';') || passage.ends_sentence(*at) || token.is_mark(b'(') && passage.depth[*at] < depth
        });
        start.map_or(low, |at| at + 1)..self.at
    }

    /// What the words around a value say it is.
    fn described(&self) -> Option<Why> {
        let passage = self.passage;
        // `Tuổi thọ trung bình: 75 tuổi`, `đạt 75 tuổi` are values.
        let stated = self.quantity.is_some_and(|quantity| matches!(quantity.lead, Lead::Reach | Lead::Level))
            || self.before(1).is_some_and(|before| self.is(before, K::Colon));
        if !stated && (self.is_age() || self.is(self.at + 1, K::Age) || self.is(self.at + 2, K::Age)) {
            return Some(Why::Threshold);
        }
        if passage.word(self.at + 1).starts_with(['°', 'º', '′', '\'']) {
            return Some(Why::Coordinates);
        }
        let clause = self.clause();
        let mut past_year = false;
        let mut later_year = false;
        for at in clause.clone() {
            // The year in a paper's number is none of the value's.
            if !passage.quoted[at]
                && let Some(year) = date::year(passage.word(at))
                && let Some(own) = self.year
            {
                past_year |= year < own;
                later_year |= year >= own;
            }
            let Some((length, kind)) = passage.lexicon.described.at(passage.tokens, at) else { continue };
            let end = at + length;
            if end > self.at {
                continue;
            }
            let gap = self.at - end;
            let why = match kind {
                DescribedKind::Past if passage.role != Role::Results => Why::PastState,
                DescribedKind::Condition => Why::Condition,
                DescribedKind::Base => Why::Base,
                DescribedKind::Threshold if gap <= 3 => Why::Threshold,
                DescribedKind::PriceBase if gap <= 2 => Why::PriceBase,
                // `Số điểm quan trắc: 8` counts places.
                DescribedKind::Scoring if gap <= 1 || gap <= 3 && !(end..self.at).any(|at| self.is(at, K::Colon)) => Why::Scoring,
                DescribedKind::Contact if gap <= 6 => Why::Contact,
                DescribedKind::Coordinates if gap <= 6 => Why::Coordinates,
                // In what a plan sets, `chiếm 75% tổng vốn` may well be wanted.
                DescribedKind::Portion if gap <= 2 && matches!(passage.role, Role::Preamble | Role::Purpose) => Why::Portion,
                _ => continue,
            };
            return Some(why);
        }
        (past_year && !later_year && passage.role != Role::Results).then_some(Why::PastState)
    }
}
