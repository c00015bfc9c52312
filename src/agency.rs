//! Names of bodies (cơ quan, đơn vị, tổ chức) and lists of them.
//!
//! A name begins with a determiner (`các`), an office (`Giám đốc`) or a word that bodies
//! begin with (`Sở`, `UBND`, `Phòng`), and goes on until a verb of work, a stop word or
//! a mark: `Sở Văn hóa, Thể thao và Du lịch | chủ trì …`. `Ban hành`, `phòng chống`,
//! `Sở hữu` begin no name. A list is parted where each part can stand alone:
//! `Sở Y tế, Sở Nội vụ` is two, `UBND huyện, thành phố` is one.

use crate::lexicon::{BodyLevel, Duty, Lexicon};
use crate::words::{Case, Keyword as K, Token};

mod list;
mod shared;

pub use shared::Shared;

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
        // `Nghị định của Chính phủ số 07/2021/NĐ-CP`: the number of a paper.
        let numbered = rest.first().is_some_and(|next| next.is(K::Number)) && rest.get(1).is_some_and(Token::is_number);
        let excluded = excluded && !numbered;
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
        // `các đơn vị trong toàn ngành`: which of them, not when.
        let qualifies = |length| self.lexicon.qualifiers.at(self.tokens, at).is_some_and(|(longer, ())| longer > length);
        self.tokens[at].case == Case::Lower
            && self.duty(at).is_some_and(|(length, duty)| duty.ends && !self.compound(at, length) && !qualifies(length))
    }

    /// Whether the syllable at `at`, a word of `length` syllables, is the first of a longer word: `giao` of `giao thông`.
    fn compound(&self, at: usize, length: usize) -> bool {
        length == 1 && self.lexicon.compounds.at(self.tokens, at).is_some()
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

    /// Whether bodies that were named before are meant: `đơn vị nêu trên`.
    #[must_use]
    pub fn is_pointed_at(&self, at: usize) -> bool {
        self.head(at).is_some_and(|length| self.lexicon.qualifiers.at(self.tokens, at + length).is_some())
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
        // `Ban An toàn giao thông`: a word of two syllables, not the verb.
        if self.compound(at, length) {
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
        if let Some(shared) = self.shared(at) {
            return Some(shared.end());
        }
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
            // `các cơ quan thành viên Ban Chỉ đạo`, `phòng giao dịch Ngân hàng …`: after words in small letters alone the body that they belong to.
            let kinds = end > at + 1
                && self.tokens[end - 1].is_word()
                && self.tokens[at + 1..end].iter().all(|token| token.is_lower_word() || token.is_mark(b','));
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
                // `Các chủ rừng | là tổ chức | rà soát`: which of them.
                if token.is(K::Be)
                    && let Some((length, ())) = self.lexicon.qualifiers.at(self.tokens, end)
                {
                    end += length;
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
                    let related = self.related(end) || self.tells_which(at, end);
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
                    && !kinds
                    && !self.owns(end)
                {
                    break;
                } else if token.case != Case::Lower
                    && let Some(length) = self.head(end).filter(|_| self.tokens[end - 1].is_any(LINKS) || kinds || self.owns(end))
                {
                    // `Ban Tuyên giáo Tỉnh ủy | định hướng …`: behind the body that a name belongs to, small letters tell what is done.
                    unit_seen = self.owns(end);
                    end += length - 1;
                }
                unit_seen = self.is_unit(end) || unit_seen && token.case != Case::Lower;
            } else if token.is_number() {
                // `Tòa án nhân dân khu vực 2 | xét xử`.
                let numbered = (1..=3).any(|back| {
                    end >= back && self.lexicon.qualifiers.at(self.tokens, end - back).is_some_and(|(length, ())| length == back)
                });
                if !numbered || self.token(end + 1).is_some_and(|next| next.is_mark(b'%') || next.is_mark(b'/')) {
                    break;
                }
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

    /// Whether the words at `end`, up to the verb that follows, say which units of the plural that began at `at` are meant:
    /// `các xã ven sông | rà soát`, `các huyện vùng cao | có trách nhiệm`.
    fn tells_which(&self, at: usize, end: usize) -> bool {
        const LONGEST: usize = 4;
        let plural = self.tokens[at..end].iter().any(|token| token.is(K::Plural));
        let last = (end + 1..end + LONGEST)
            .find(|at| self.token(*at).is_none_or(|token| !token.is_lower_word()) || self.acts(*at) || self.stops(*at));
        plural && last.is_some_and(|last| self.token(last).is_some_and(Token::is_lower_word))
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
        // `Cục Thủy sản và Kiểm ngư`: what is known ends where it ends.
        let known = |from: usize| self.lexicon.agencies.at(self.tokens, from).is_some_and(|(length, ())| from + length > next);
        if (start..at).any(known) {
            return true;
        }
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
}
