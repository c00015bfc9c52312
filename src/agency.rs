//! Names of bodies (cơ quan, đơn vị, tổ chức) and lists of them.
//!
//! A name begins with a determiner (`các`), an office (`Giám đốc`) or a word that bodies
//! begin with (`Sở`, `UBND`, `Phòng`), and goes on until a verb of work, a stop word or
//! a mark: `Sở Văn hóa, Thể thao và Du lịch | chủ trì …`. `Ban hành`, `phòng chống`,
//! `Sở hữu` begin no name. A list is parted where each part can stand alone:
//! `Sở Y tế, Sở Nội vụ` is two, `UBND huyện, thành phố` is one.

use std::ops::Range;

use crate::lexicon::{BodyLevel, Duty, Lexicon};
use crate::words::{Case, Keyword as K, Token};

/// Finds names of bodies among the tokens of one text.
#[derive(Clone, Copy)]
pub struct Agencies<'a> {
    lexicon: &'a Lexicon,
    tokens: &'a [Token],
}

/// Words that tie one body's name to another's: `các đơn vị thuộc Bộ Công an`.
const LINKS: &[K] = &[K::Belong, K::Of, K::And, K::Hyphen, K::At, K::In, K::Ampersand, K::Slash];

/// Words of administrative units, behind which a name rarely goes on.
const UNITS: &[K] = &[K::Province, K::District, K::UrbanDistrict, K::Ward, K::TownEnd, K::TownshipEnd, K::City];

impl<'a> Agencies<'a> {
    /// Looks into `tokens`.
    #[must_use]
    pub fn new(lexicon: &'a Lexicon, tokens: &'a [Token]) -> Self {
        Self { lexicon, tokens }
    }

    fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    fn is(&self, at: usize, keyword: K) -> bool {
        self.token(at).is_some_and(|token| token.is(keyword))
    }

    /// Length of a word sequence that a body begins with at `at`, if what follows lets it be one.
    fn head(&self, at: usize) -> Option<usize> {
        let (length, body) = self.lexicon.bodies.at(self.tokens, at)?;
        let first = self.token(at)?;
        if !body.generic && first.case == Case::Lower {
            // `phòng`, `sở`, `ban` written small are kinds of body only after `các` and the like.
            let determined = at > 0 && self.tokens[at - 1].is_any(&[K::Plural, K::Some, K::Each]);
            let listed = at > 0 && self.tokens[at - 1].is_mark(b',');
            let named = self.token(at + length).is_some_and(|next| next.case != Case::Lower && next.is_word());
            if !(determined || listed || named || body.alone || self.is(at + length, K::Comma)) {
                return None;
            }
        }
        let rest = &self.tokens[at + length..];
        // `Tổ chức các lớp …` sets work; `các tổ chức` are bodies.
        let determined = at > 0 && self.tokens[at - 1].is_any(&[K::Plural, K::Some, K::Each, K::And, K::Comma]);
        // `Văn hóa - Xã hội`, `Thương binh và Xã hội`: the second half of a name.
        let second = body.generic
            && length < 3
            && first.case == Case::Capitalised
            && at > 0
            && self.tokens[at - 1].is_any(&[K::And, K::Hyphen]);
        if second {
            return None;
        }
        if body.generic && !determined && self.lexicon.actions.at(self.tokens, at).is_some() {
            return None;
        }
        // `xã Bản Mường`: a word of a kind of body in the name of a place.
        let place = first.case == Case::Capitalised && length == 1 && at > 0;
        if body.generic && place && self.tokens[at - 1].is_any(UNITS) {
            return None;
        }
        let excluded = body
            .not_before
            .iter()
            .any(|words| rest.len() >= words.len() && words.iter().zip(rest).all(|(word, token)| token.word() == *word));
        if excluded && !(rest.first().is_some_and(|next| next.case == Case::Capitalised) && first.case == Case::Capitalised) {
            return None;
        }
        if excluded && first.case != Case::Capitalised {
            return None;
        }
        // `Phòng, chống`, `Thống kê, công khai`: a comma behind a capitalised word is no complement.
        let verb_like = length == 1 || self.lexicon.actions.at(self.tokens, at).is_some();
        if !body.alone && !body.generic && verb_like && rest.first().is_some_and(|next| next.is_mark(b',')) {
            let second = rest.get(1);
            let listed =
                second.is_some_and(|next| next.is_word()) && self.lexicon.bodies.at(self.tokens, at + length + 1).is_some();
            if !listed {
                return None;
            }
        }
        Some(length)
    }

    /// `Ban Tuyên giáo Tỉnh ủy`: a body that others are named by.
    fn owns(&self, at: usize) -> bool {
        self.lexicon.bodies.at(self.tokens, at).is_some_and(|(_, body)| body.owner)
    }

    /// Whether a word of an administrative unit stands at `at`: `xã`, but not that of `xã hội`; a syllable of `đặc khu`.
    fn is_unit(&self, at: usize) -> bool {
        let zone = |at: usize| self.is(at, K::Zone) && self.is(at + 1, K::ZoneEnd);
        self.token(at).is_some_and(|token| token.is_any(UNITS)) && !(self.is(at, K::TownEnd) && self.is(at + 1, K::Society))
            || zone(at)
            || at > 0 && zone(at - 1)
    }

    /// What a small word at `at` does (`duties.toml`), and its length.
    fn duty(&self, at: usize) -> Option<(usize, Duty)> {
        self.lexicon.duties.at(self.tokens, at).map(|(length, duty)| (length, *duty))
    }

    /// Whether a word that is no part of a name begins at `at`: `phải`, `theo`, `định kỳ`.
    fn stops(&self, at: usize) -> bool {
        self.tokens[at].case == Case::Lower && self.duty(at).is_some_and(|(_, duty)| duty.ends)
    }

    /// Whether the bracket at `at` says what the body before it is: `Sở Nội vụ (Cơ quan thường trực Ban …)`.
    #[must_use]
    pub fn explains(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.is_mark(b'(')) && self.duty(at + 1).is_some_and(|(_, duty)| duty.what)
    }

    /// Where the complement of a kind of body ends that begins with a verb at `at`: `các cơ sở | đào tạo đại học | mở thêm …`,
    /// `các đơn vị | được giao quản lý rừng | phải …`. A verb is a complement only where the work's own verb follows.
    fn complement(&self, at: usize) -> Option<usize> {
        let given = self.is(at, K::Given);
        let first = at + usize::from(given);
        let (length, ()) = self.lexicon.actions.at(self.tokens, first)?;
        let attribute = self.duty(at).is_some_and(|(_, duty)| duty.attributes);
        let asked = self.duty(first).is_some_and(|(_, duty)| duty.asks);
        if given && !asked || !given && !(attribute && self.tokens[at].is_lower_word() && !self.is_unit(at - 1)) {
            return None;
        }
        let mut next = first + length;
        // `được giao nhiệm vụ phối hợp có trách nhiệm …`: what it is bound to do is the work.
        if given {
            let bound = (next..self.tokens.len().min(next + 20))
                .take_while(|at| {
                    !self.tokens[*at].is_mark(b':') && !self.tokens[*at].is_mark(b'.') && !self.tokens[*at].is_mark(b';')
                })
                .find(|at| self.is(*at, K::Have) && self.is(*at + 1, K::Responsible));
            if bound.is_some() {
                return bound;
            }
        }
        // A second verb at once is a chain of work: `tiếp tục triển khai`, `chủ động phối hợp`; so is how it is done: `quản lý chặt chẽ`.
        if !given && (self.acts(next) || self.token(next).is_some() && self.stops(next)) {
            return None;
        }
        while let Some(token) = self.token(next) {
            let stop =
                token.is_mark(b';') || token.is_mark(b':') || token.is_mark(b'(') || token.is_mark(b'.') || token.is_number();
            if stop || next > at + 16 {
                return None;
            }
            // `…, các đơn vị khác`, `, Sở Y tế`: the next body.
            if token.is_any(&[K::Comma, K::And]) && (self.begins(next + 1) || self.acts(next + 1)) {
                return None;
            }
            let again =
                self.tokens[next - 1].is(K::Given) || self.tokens[next - 1].is(K::The) || self.tokens[next - 1].is(K::Plural);
            let again = again || given && self.duty(next).is_some_and(|(_, duty)| duty.attributes);
            if token.is_word()
                && !again
                && (self.acts(next) || self.duty(next).is_some_and(|(_, duty)| duty.ends && !duty.relates))
            {
                return Some(next);
            }
            next += 1;
        }
        None
    }

    fn office(&self, at: usize) -> Option<usize> {
        self.lexicon.offices.at(self.tokens, at).map(|(length, ())| length)
    }

    /// Length of what stands before a kind of body: `các`, `những`, `toàn thể`.
    fn determiner(&self, at: usize) -> usize {
        self.duty(at).filter(|(_, duty)| duty.counts).map_or(0, |(length, _)| length)
    }

    /// Whether the name of a body begins at `at`.
    #[must_use]
    pub fn begins(&self, at: usize) -> bool {
        let past = at + self.determiner(at);
        self.office(past).is_some() || self.head(past).is_some()
    }

    /// Whether the body at `at` is one that has a name of its own: `Sở Y tế`, not `doanh nghiệp`.
    #[must_use]
    pub fn is_proper(&self, at: usize) -> bool {
        let past = at + self.determiner(at);
        self.office(past).is_some_and(|length| self.tokens[past].case != Case::Lower || self.begins(past + length))
            || self.lexicon.agencies.at(self.tokens, past).is_some()
            || self.lexicon.bodies.at(self.tokens, past).is_some_and(|(_, body)| !body.generic) && self.determiner(at) == 0
    }

    /// Whether the body at `at` is named, or all of a kind are meant: `Sở Y tế`, `các doanh nghiệp`, not `doanh nghiệp`.
    #[must_use]
    pub fn is_named(&self, at: usize) -> bool {
        self.is_proper(at) || self.determiner(at) > 0 || self.tokens[at].case != Case::Lower
    }

    /// Whether what stands at `at`, behind a name, is what the body does or how, and no part of a longer name.
    #[must_use]
    pub fn is_tail(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.is_lower_word()
                && !token.is_any(&[K::InTime, K::About, K::With, K::At, K::In, K::On, K::Given])
                && (self.acts(at)
                    && !self.kind_of_body(at)
                    && self.lexicon.actions.at(self.tokens, at).is_some_and(|(length, ())| length > 1)
                    || token.is(K::Be)
                    || token.is(K::Have) && !self.related(at)
                    || self.duty(at).is_some_and(|(_, duty)| duty.ends && !duty.relates))
        })
    }

    /// Whether an action begins at `at`: a verb written small.
    fn acts(&self, at: usize) -> bool {
        let Some((length, ())) = self.lexicon.actions.at(self.tokens, at) else { return false };
        // `các cấp ủy, tổ chức đảng`: bodies, not the verb.
        if self.lexicon.bodies.at(self.tokens, at).is_some_and(|(longer, body)| longer > length && body.generic) {
            return false;
        }
        // `các cơ quan trực thuộc`: what qualifies a body, not the verb.
        if self.lexicon.qualifiers.at(self.tokens, at).is_some_and(|(longer, ())| longer > length) {
            return false;
        }
        // `các đơn vị cấp tỉnh`: a level, not the verb.
        if self.is(at, K::Level) && self.tokens.get(at + 1).is_some_and(|next| next.is_any(UNITS)) {
            return false;
        }
        // `dịch vụ việc làm`: a thing, not the verb.
        if self.is(at, K::Work) && at > 0 && self.is(at - 1, K::The) {
            return false;
        }
        // `Đào tạo`: one syllable behind a capital one is the second half of a word;
        // behind `Công Thương`, two capitals that are no head, it is a word of its own.
        let capital = |back: usize| at >= back && self.tokens[at - back].case == Case::Capitalised;
        let whole = capital(1) && capital(2) && self.lexicon.bodies.at(self.tokens, at - 2).is_none();
        let second_half = length == 1 && capital(1) && !whole;
        self.tokens[at].is_lower_word() && !second_half
    }

    /// The end of the one name that begins at `at`, or `None` where none does.
    #[must_use]
    pub fn name(&self, at: usize) -> Option<usize> {
        let shouted = self.tokens[at..].iter().take(6).filter(|token| token.is_word()).all(|token| token.case == Case::Upper);
        let mut end = at + self.determiner(at);
        let mut office = false;
        while let Some(length) = self.office(end) {
            office = true;
            end += length;
            // `Chánh Văn phòng và Phó Chánh Văn phòng`; `Trưởng Ban - Chủ tịch`.
            let joined = self.token(end).is_some_and(|token| token.is(K::And) || token.is(K::Hyphen));
            if joined && self.office(end + 1).is_some() {
                end += 1;
            }
        }
        // `Trưởng các thôn, bản`.
        let plural = self.determiner(end);
        if office && plural > 0 && self.head(end + plural).is_some() {
            end += plural;
        }
        let mut bare = true;
        // `Sở Y tế`: what is known ends where it ends, whatever follows.
        let mut whole = false;
        if let Some((length, ())) = self.lexicon.agencies.at(self.tokens, end).filter(|_| self.head(end).is_some()) {
            end += length;
            whole = true;
            bare = false;
        } else if let Some(length) = self.head(end) {
            // `Quốc hội cơ bản tán thành`: of its kind there is one.
            whole = self
                .lexicon
                .bodies
                .at(self.tokens, end)
                .is_some_and(|(_, body)| body.alone && body.level == Some(BodyLevel::Central));
            end += length;
        } else if office {
            bare = false;
        } else {
            return None;
        }
        let mut unit_seen = false;
        while let Some(token) = self.token(end) {
            if token.is_word() {
                let kind = bare && self.kind_of_body(end) || self.is(end, K::Given) && self.related_or_kind(end);
                if kind
                    && !shouted
                    && let Some(past) = self.complement(end)
                {
                    end = past;
                    bare = false;
                    continue;
                }
                if (self.acts(end) || self.is(end, K::Given)) && !shouted || self.stops(end) {
                    break;
                }
                if whole && token.case == Case::Lower && !self.goes_on(end) {
                    break;
                }
                whole &= token.case != Case::Lower;
                if token.is(K::On) {
                    // `trên địa bàn tỉnh` belongs to the name, `trên 90%` does not.
                    if self.token(end + 1).is_none_or(|next| !next.is_word()) {
                        break;
                    }
                    unit_seen = false;
                } else if token.is(K::And) {
                    if !self.joins_by_and(at, end) {
                        break;
                    }
                } else if unit_seen && token.case == Case::Lower && !self.is_unit(end) {
                    // `Văn phòng UBND tỉnh | đẩy nhanh tiến độ`, but `các đơn vị tỉnh có liên quan`.
                    let qualifies = token.is_any(&[K::Have, K::Of, K::Level, K::Plural, K::CityHead, K::Town, K::In, K::At]);
                    let related = self.related(end);
                    if !(qualifies || related) {
                        break;
                    }
                    if token.is(K::Have) && !self.related(end + 1) {
                        break;
                    }
                } else if token.case == Case::Lower && self.token(end).is_some_and(|t| t.is(K::Have)) && !self.authority(end + 1)
                {
                    break;
                } else if token.case != Case::Lower
                    && !bare
                    && !office
                    && self.begins(end)
                    && !self.tokens[end - 1].is_any(LINKS)
                    && !self.owns(end)
                {
                    break;
                } else if token.case != Case::Lower
                    && let Some(length) = self.head(end).filter(|_| self.tokens[end - 1].is_any(LINKS) || self.owns(end))
                {
                    end += length - 1;
                }
                unit_seen = self.is_unit(end) || unit_seen && token.case != Case::Lower;
            } else if token.is_number() {
                break;
            } else if token.is_mark(b',') || token.is_mark(b':') {
                if !self.joins_by_comma(at, end) {
                    break;
                }
            } else if token.is_mark(b'(') {
                let Some(close) = (end..self.tokens.len()).take(60).find(|at| self.tokens[*at].is_mark(b')')) else { break };
                // A long bracket is a remark on the work, not on the name.
                if self.explains(end)
                    || self.tokens[end + 1..close].iter().any(Token::is_number)
                    || !self.begins(end + 1) && close - end > 6
                {
                    break;
                }
                end = close;
            } else if !(token.is_mark(b'-') || token.is_mark(b'&') || token.is_mark(b'/') || token.is_mark(b'.') && !token.spaced)
            {
                break;
            } else if token.is_mark(b'.') && self.token(end + 1).is_none_or(|next| next.spaced) {
                break;
            }
            end += 1;
            bare = false;
        }
        // A name does not end in a joint.
        while end > at + 1 {
            let last = &self.tokens[end - 1];
            if last.is_any(&[K::And, K::Hyphen, K::Comma, K::Of, K::Colon, K::Plural, K::Ampersand, K::Slash]) {
                end -= 1;
            } else {
                break;
            }
        }
        Some(end)
    }

    /// Whether the word before `at` ends a kind of body: `các cơ sở`, `tổ chức`.
    fn kind_of_body(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            at >= back
                && self.lexicon.bodies.at(self.tokens, at - back).is_some_and(|(length, body)| length == back && body.generic)
        })
    }

    /// Whether a kind of body, or what qualifies one, ends before `at`: `các đơn vị liên quan | được giao …`.
    fn related_or_kind(&self, at: usize) -> bool {
        let qualified = |back: usize| {
            at >= back && self.lexicon.qualifiers.at(self.tokens, at - back).is_some_and(|(length, ())| length == back)
        };
        self.kind_of_body(at) || (1..=3).any(qualified)
    }

    /// Whether a small word at `at` can follow a whole name: `Sở Y tế tỉnh`, `Công an các xã`, `Sở Tài chính và …`.
    fn goes_on(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        self.is_unit(at)
            || token.is_any(LINKS)
            || token.is_any(&[K::Level, K::Plural, K::CityHead, K::Town, K::On, K::Zone])
            || self.related(at)
    }

    /// `liên quan` at `at`, also behind `có`.
    fn related(&self, at: usize) -> bool {
        let at = at + usize::from(self.is(at, K::Have));
        self.tokens.get(at..at + 2).is_some_and(|two| two.iter().all(Token::is_lower_word))
            && self.lexicon.is_related(&self.tokens[at..])
    }

    /// `liên quan`, `thẩm quyền`, `chức năng` behind `có`.
    fn authority(&self, at: usize) -> bool {
        self.lexicon.is_related(self.tokens.get(at..).unwrap_or_default())
    }

    /// Whether `và` at `at`, in a name that began at `start`, is inside the name.
    fn joins_by_and(&self, start: usize, at: usize) -> bool {
        let next = at + 1;
        if !self.begins(next) {
            // `Phát triển nông thôn`; a verb begins the work.
            return self.token(next).is_some_and(Token::is_word) && !self.acts(next);
        }
        // `Chánh Văn phòng và Phó Chánh Văn phòng UBND huyện` shares what follows.
        let offices_alone = self.office(start).is_some_and(|length| start + length == at);
        if offices_alone && self.office(next).is_some() {
            return true;
        }
        // `Văn phòng HĐND và UBND huyện`, `Chánh Văn phòng HĐND và UBND huyện`: one office of two bodies.
        let name = start + self.office(start).unwrap_or(0);
        let head = self.lexicon.bodies.at(self.tokens, name).map_or(0, |(length, _)| length);
        let capitals = |at: usize| self.tokens[at].case == Case::Upper;
        at > start + 1
            && capitals(at - 1)
            && capitals(next)
            && name + head + 1 >= at
            && self.tokens[start].case == Case::Capitalised
    }

    /// Whether `,` (or `:`) at `at` is inside the name that began at `start`: `Văn hóa, Thể thao`, `huyện, thành phố`.
    fn joins_by_comma(&self, start: usize, at: usize) -> bool {
        let next = at + 1;
        let Some(token) = self.token(next) else { return false };
        if !token.is_word() || self.acts(next) {
            return false;
        }
        let after_unit = at > 0 && self.is_unit(at - 1);
        if self.is_unit(next) || token.is_any(&[K::CityHead, K::Town]) && token.case == Case::Lower {
            return true;
        }
        if self.tokens[at].is_mark(b':') {
            // `UBND huyện: Khe Vàng, Bến Thuận`.
            return after_unit && token.case == Case::Capitalised && self.lexicon.actions.at(self.tokens, next).is_none();
        }
        if token.case == Case::Lower {
            // `sở, ban, ngành`; `cơ quan, đơn vị`: kinds of body that share what follows. `Sở Y tế, địa phương` are two; so are
            // `các doanh nghiệp vận tải, doanh nghiệp cảng`.
            let named = self.tokens[start].case != Case::Lower
                && self.determiner(start) == 0
                && self.office(start).is_none()
                && self.tokens[start + 1..at].iter().any(|token| token.is_word() && token.case != Case::Lower);
            let kind = start + self.determiner(start);
            let twice = self.tokens[kind].word() == token.word()
                && at > kind + 2
                && self.token(next + 1).map(Token::word) == self.token(kind + 1).map(Token::word);
            return !named
                && !twice
                && self.lexicon.bodies.at(self.tokens, next).is_some_and(|(_, body)| body.generic || !body.alone)
                && self.office(next).is_none()
                && !token.is_any(&[K::Plural, K::Some]);
        }
        !self.begins(next) && token.word() != self.tokens[start].word()
    }

    /// The names of the list that begins at `at`, and where the list ends.
    #[must_use]
    pub fn list(&self, at: usize) -> (Vec<Range<usize>>, usize) {
        let mut names = Vec::new();
        let mut start = at;
        let mut end = at;
        while let Some(name_end) = self.name(start) {
            names.push(start..name_end);
            end = name_end;
            let mut next = end;
            while self.token(next).is_some_and(|token| token.is_any(&[K::Comma, K::Semicolon, K::And, K::With, K::Together])) {
                next += 1;
            }
            if next == end {
                break;
            }
            start = next;
        }
        (names, end)
    }

    /// Whether the dash at `at` parts the name that began at `start` from another: `Hội Nông dân - Hội Phụ nữ`, and all
    /// dashes of a list. `Phòng Cảnh sát giao thông - Công an tỉnh` is one body, `Tài chính - Kế hoạch` a name.
    fn parts_by_dash(&self, start: usize, at: usize, listed: bool) -> bool {
        let free = self.tokens[at].spaced && self.token(at + 1).is_some_and(|next| next.spaced && next.case != Case::Lower);
        let start = start + usize::from(self.is(start, K::Hyphen));
        if !free || start >= at || !self.begins(at + 1) {
            return false;
        }
        let alike = self.begins(start) && self.tokens[start].word() == self.tokens[at + 1].word();
        listed || alike && self.office(start).is_none()
    }

    /// The bodies of a cell, each without what it does there: `UBND các xã trực tiếp trồng rừng Hạt Kiểm lâm cấp giống` names two.
    #[must_use]
    pub fn cell_parts(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for part in self.parts(range) {
            let mut rest = part.clone();
            loop {
                let end = self.name(rest.start).filter(|end| *end < rest.end && self.is_tail(*end));
                let Some(end) = end else {
                    found.push(rest);
                    break;
                };
                // `Sở Y tế chủ trì`: the mark of its role is read where roles are.
                if self.is(end, K::Lead) || self.is(end, K::Coordinate) {
                    found.push(rest);
                    break;
                }
                found.push(rest.start..end);
                let next = (end + 2..rest.end).find(|at| {
                    self.tokens[*at].case == Case::Capitalised
                        && self.is_proper(*at)
                        && self.tokens[*at - 1].is_word()
                        && !self.tokens[*at - 1].is_any(LINKS)
                        && self.name(*at).is_some_and(|end| end >= rest.end || self.is_tail(end))
                });
                match next {
                    Some(next) => rest = next..rest.end,
                    None => break,
                }
            }
        }
        found
    }

    /// Whether the slash at `at` parts two bodies: `Sở Xây dựng/các công ty`. `Sở Y tế/Sở Y tế tỉnh` is one of two names.
    fn parts_by_slash(&self, start: usize, at: usize) -> bool {
        start < at
            && self.tokens[start].word() != self.tokens[at + 1].word()
            && (self.determiner(at + 1) > 0 || self.tokens[at + 1].case != Case::Lower)
    }

    /// Whether a paragraph of a cell that begins at `at` names another body than the one before it, which began at
    /// `start`: `Phòng Kinh tế` + `Công an xã`; but `Văn phòng` + `UBND tỉnh`, `Sở Khoa học và` + `Công nghệ` go on.
    #[must_use]
    pub fn parts_by_line(&self, start: usize, at: usize) -> bool {
        let mark = |at: usize| self.token(at).is_some_and(|token| token.is_mark(b'-') || token.is_mark(b'+'));
        let (start, next) = (start + usize::from(mark(start)), at + usize::from(mark(at)));
        if start >= at || next >= self.tokens.len() {
            return false;
        }
        let last = &self.tokens[at - 1];
        if last.is_any(LINKS) || last.is_mark(b':') || last.is_mark(b'(') || last.is_any(&[K::With, K::Plural, K::Comma]) {
            return false;
        }
        let past = start + self.determiner(start);
        let bare = self.office(past).is_some_and(|length| past + length == at)
            || self.lexicon.bodies.at(self.tokens, past).is_some_and(|(length, body)| past + length == at && !body.alone);
        !bare && (next > at || self.begins(next) && self.tokens[next].case != Case::Lower)
    }

    /// Parts the tokens of `range`, a cell or heading that holds nothing but bodies.
    #[must_use]
    pub fn parts(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = range.start;
        let mut depth = 0_u32;
        // `- Phòng Kinh tế - Công an xã`: a list whose lines were joined.
        let listed = self.is(start, K::Hyphen);
        for at in range.clone() {
            let token = &self.tokens[at];
            if depth == 0 && at > start && self.explains(at) {
                parts.push(start..at);
                start = (at..range.end).find(|at| self.tokens[*at].is_mark(b')')).map_or(range.end, |close| close + 1);
            }
            if at < start {
                continue;
            }
            if token.is_mark(b'(') {
                depth += 1;
            } else if token.is_mark(b')') {
                depth = depth.saturating_sub(1);
            }
            let part = depth == 0
                && at > start
                && (token.is_mark(b';')
                    || token.is_mark(b',') && self.begins(at + 1) && !self.joins_by_comma(start, at)
                    || token.is_mark(b'/') && self.begins(at + 1) && self.parts_by_slash(start, at)
                    || token.is_mark(b'.') && self.begins(at + 1) && self.tokens.get(at + 1).is_some_and(|next| next.spaced)
                    || token.is(K::Hyphen) && self.parts_by_dash(start, at, listed)
                    || token.is(K::And) && self.begins(at + 1) && !self.joins_by_and(start, at));
            if part {
                parts.push(start..at);
                start = at + 1;
            }
        }
        if start < range.end {
            parts.push(start..range.end);
        }
        parts
            .into_iter()
            .filter_map(|part| {
                let end = part.clone().rev().find(|at| {
                    !(self.tokens[*at].is_mark(b',') || self.tokens[*at].is_mark(b';') || self.tokens[*at].is_mark(b'.'))
                })?;
                let start = part.clone().find(|at| !self.tokens[*at].is_mark(b'-') && !self.tokens[*at].is_mark(b'+'))?;
                (start <= end).then_some(start..end + 1)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, tokens: &[Token], range: &Range<usize>) -> String {
        if range.is_empty() {
            return String::new();
        }
        let span = tokens[range.start].span().cover(tokens[range.end - 1].span());
        span.slice(text).unwrap_or_default().to_owned()
    }

    fn list(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(text, 0, &mut tokens);
        let agencies = Agencies::new(&lexicon, &tokens);
        agencies.list(0).0.iter().map(|range| shown(text, &tokens, range)).collect()
    }

    fn parts(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(text, 0, &mut tokens);
        let agencies = Agencies::new(&lexicon, &tokens);
        agencies.parts(0..tokens.len()).iter().map(|range| shown(text, &tokens, range)).collect()
    }

    #[test]
    fn a_name_ends_before_the_work() {
        for (text, names) in [
            ("Sở Y tế tiếp tục chỉ đạo", vec!["Sở Y tế"]),
            ("Sở Văn hóa, Thể thao và Du lịch chủ trì", vec!["Sở Văn hóa, Thể thao và Du lịch"]),
            ("Sở Nông nghiệp và Phát triển nông thôn tham mưu", vec!["Sở Nông nghiệp và Phát triển nông thôn"]),
            ("Chánh Văn phòng UBND tỉnh đẩy nhanh tiến độ", vec!["Chánh Văn phòng UBND tỉnh"]),
            ("Phòng Tài chính - Kế hoạch thẩm định", vec!["Phòng Tài chính - Kế hoạch"]),
            ("Sở Y tế, Sở Giáo dục và Đào tạo tham mưu", vec!["Sở Y tế", "Sở Giáo dục và Đào tạo"]),
            ("Phòng Y tế và các đơn vị có liên quan tham mưu", vec!["Phòng Y tế", "các đơn vị có liên quan"]),
            ("các sở, ngành liên quan trong quá trình", vec!["các sở, ngành liên quan"]),
            ("các đơn vị thuộc Bộ Công an triển khai", vec!["các đơn vị thuộc Bộ Công an"]),
            ("các doanh nghiệp viễn thông trên địa bàn tỉnh phối hợp", vec!["các doanh nghiệp viễn thông trên địa bàn tỉnh"]),
            ("UBND huyện, thành phố xây dựng", vec!["UBND huyện, thành phố"]),
            ("Giám đốc Công an tỉnh", vec!["Giám đốc Công an tỉnh"]),
            // Where the verb is not known.
            ("Sở Y tế dõi theo tình hình", vec!["Sở Y tế"]),
            ("Phòng Nội vụ phải gửi", vec!["Phòng Nội vụ"]),
            ("Các Sở, ngành, địa phương định kỳ hằng năm gửi", vec!["Các Sở, ngành, địa phương"]),
            ("Sở Nội vụ theo chức năng được giao", vec!["Sở Nội vụ"]),
            // A verb behind a kind of body is its complement where the work's own verb follows.
            ("Các cơ sở đào tạo lái xe mở thêm lớp", vec!["Các cơ sở đào tạo lái xe"]),
            ("các tổ chức cung cấp dịch vụ bưu chính bố trí", vec!["các tổ chức cung cấp dịch vụ bưu chính"]),
            ("Các đơn vị được giao quản lý rừng phải rà soát", vec!["Các đơn vị được giao quản lý rừng"]),
            ("Các đơn vị báo cáo kết quả trước ngày 5", vec!["Các đơn vị"]),
            ("các cơ quan tiếp tục rà soát, cắt giảm", vec!["các cơ quan"]),
            ("Các xã thực hiện kế hoạch phát triển chăn nuôi", vec!["Các xã"]),
            ("Các trường tổ chức các hoạt động sau", vec!["Các trường"]),
            ("Toàn thể giáo viên thực hiện", vec!["Toàn thể giáo viên"]),
            ("Ủy ban nhân dân phường, xã, đặc khu gửi", vec!["Ủy ban nhân dân phường, xã, đặc khu"]),
            ("Sở Tài chính, địa phương bố trí", vec!["Sở Tài chính", "địa phương"]),
        ] {
            assert_eq!(list(text), names, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_name_is_none() {
        for text in [
            "Ban hành kế hoạch",
            "Phòng, chống dịch",
            "phòng ngừa tội phạm",
            "Sở hữu trí tuệ",
            "Hội nghị sơ kết",
            "báo cáo kết quả",
        ] {
            assert_eq!(list(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_list_is_parted_where_each_part_stands_alone() {
        for (text, names) in [
            (
                "Các sở, ngành; UBND huyện, thành phố, xã, phường, thị trấn",
                vec!["Các sở, ngành", "UBND huyện, thành phố, xã, phường, thị trấn"],
            ),
            ("Giám đốc sở, thủ trưởng cơ quan, đơn vị", vec!["Giám đốc sở", "thủ trưởng cơ quan, đơn vị"]),
            ("Các phòng chuyên môn, đơn vị thuộc Ban", vec!["Các phòng chuyên môn, đơn vị thuộc Ban"]),
            ("Văn phòng HĐND và UBND huyện", vec!["Văn phòng HĐND và UBND huyện"]),
            ("Chánh Văn phòng và Phó Chánh Văn phòng UBND huyện", vec!["Chánh Văn phòng và Phó Chánh Văn phòng UBND huyện"]),
            ("Sở Y tế; Sở Tài chính.", vec!["Sở Y tế", "Sở Tài chính"]),
            ("Sở Nội vụ (Cơ quan thường trực Hội đồng)", vec!["Sở Nội vụ"]),
            ("Sở Y tế (Chi cục Dân số)", vec!["Sở Y tế (Chi cục Dân số)"]),
            ("Sở Xây dựng/các công ty cấp nước", vec!["Sở Xây dựng", "các công ty cấp nước"]),
            ("UBND huyện: Khe Vàng, Suối Lim", vec!["UBND huyện: Khe Vàng, Suối Lim"]),
        ] {
            assert_eq!(parts(text), names, "{text}");
        }
    }

    #[test]
    fn a_dash_parts_the_items_of_a_list_and_bodies_alike() {
        for (text, names) in [
            ("- Phòng Kinh tế - Công an xã", vec!["Phòng Kinh tế", "Công an xã"]),
            ("- Hội Nông dân - Đoàn Thanh niên", vec!["Hội Nông dân", "Đoàn Thanh niên"]),
            ("Sở Y tế - Sở Tài chính", vec!["Sở Y tế", "Sở Tài chính"]),
            ("Phòng Tài chính - Kế hoạch", vec!["Phòng Tài chính - Kế hoạch"]),
            ("- Sở Lao động - Thương binh và Xã hội", vec!["Sở Lao động - Thương binh và Xã hội"]),
            ("- Phòng Văn hóa - Xã hội", vec!["Phòng Văn hóa - Xã hội"]),
            ("Phòng Cảnh sát giao thông - Công an tỉnh", vec!["Phòng Cảnh sát giao thông - Công an tỉnh"]),
        ] {
            assert_eq!(parts(text), names, "{text}");
        }
    }

    #[test]
    fn a_paragraph_of_a_cell_names_another_body() {
        for (above, below, parted) in [
            ("Phòng Kinh tế", "Công an xã", true),
            ("- Phòng Kinh tế", "- Tổ công nghệ số cộng đồng", true),
            ("Sở Y tế", "Sở Tài chính", true),
            ("Văn phòng", "UBND tỉnh", false),
            ("Chủ tịch", "UBND các xã", false),
            ("Văn phòng HĐND và", "UBND xã", false),
            ("Sở Khoa học", "và Công nghệ", false),
            ("Sở Nông nghiệp", "Môi trường", false),
        ] {
            let lexicon = Lexicon::embedded().expect("embedded lexicons");
            let mut tokens = Vec::new();
            lexicon.vocabulary.cut(above, 0, &mut tokens);
            let at = tokens.len();
            lexicon.vocabulary.cut(below, above.len() + 1, &mut tokens);
            assert_eq!(Agencies::new(&lexicon, &tokens).parts_by_line(0, at), parted, "{above} / {below}");
        }
    }
}
