//! Who has to do something, who helps, and what labels say of it.
//!
//! The body stands at the start (`Sở Y tế kiểm tra …`), after what hands it the work (`Giao Sở Y tế …`), after an opening clause
//! (`Căn cứ Kế hoạch này, các xã …`), or it is whom another body asks (`UBND tỉnh yêu cầu các sở …`). The words are in `duties.toml`.

use std::ops::Range;

use super::passage::Passage;
use super::task::unknown_partner;
use crate::agency::Agencies;
use crate::grammar::{Before, Given, Source};
use crate::lexicon::{ColumnKind, Duty};
use crate::words::{Case, Keyword as K, Kind, Token, parts_hour};

/// The bodies that a sentence gives work to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) names: Vec<Range<usize>>,
    /// Where the names end.
    pub(crate) end: usize,
    /// Where what they do begins.
    pub(crate) rest: usize,
    /// Whether somebody hands them the work: `giao`, `đề nghị`.
    pub(crate) asked: bool,
    /// Whether it is, under an agency's heading, that agency's work to ask them: `Yêu cầu các nhà thầu …`.
    pub(crate) begged: bool,
    /// Whether an action that is known, or a small word of duty, follows.
    pub(crate) acts: bool,
}

/// Bodies, as ranges of tokens.
pub(crate) type Names = Vec<Range<usize>>;

/// How far into a passage a body after an opening clause is looked for.
const CLAUSE: usize = 200;

/// The subject of the passage's first sentence.
pub(crate) fn subject(passage: &Passage) -> Option<Subject> {
    let reader = Reader { passage, agencies: Agencies::new(passage.lexicon, passage.tokens) };
    let plain = || reader.whole(0).or_else(|| reader.after_clause()).or_else(|| reader.after_label());
    let mut found = reader.behind_event().or_else(plain)?;
    if found.acts {
        let more = further(&reader, &found);
        found.names.extend(more);
    }
    Some(found)
}

/// Whom the last request of a lead-in asks: `…, đề nghị các sở tập trung thực hiện các việc sau đây:`, `…. Sở Y tế yêu cầu các trạm …:`.
pub(crate) fn last_asked(passage: &Passage) -> Option<Subject> {
    let reader = Reader { passage, agencies: Agencies::new(passage.lexicon, passage.tokens) };
    let begins =
        |at: &usize| passage.depth[*at] == 0 && (passage.tokens[*at - 1].is_mark(b',') || passage.ends_sentence(*at - 1));
    (1..passage.tokens.len()).rev().filter(begins).find_map(|at| reader.whole(at).filter(|found| found.asked && found.acts))
}

/// Whom the last words before a list ask to do it: `Trong thời gian tới, yêu cầu các sở và các xã:`; none where they were asked
/// (`đã yêu cầu các xã:`).
pub(crate) fn asked_before_list(passage: &Passage) -> Option<Names> {
    let tokens = passage.tokens;
    let colon = tokens.len().checked_sub(1).filter(|at| tokens[*at].is(K::Colon))?;
    let reader = Reader { passage, agencies: Agencies::new(passage.lexicon, tokens) };
    let start = (0..colon).rev().find(|at| passage.ends_sentence(*at)).map_or(0, |at| at + 1);
    if tokens[start..colon].iter().any(|token| token.is(K::Already)) {
        return None;
    }
    let mut asking = (start..colon).rev().filter(|at| reader.duty(*at).is_some_and(|(_, duty)| duty.asks && !duty.softly));
    asking.find_map(|at| reader.at(at).filter(|found| found.end == colon)).map(|found| found.names)
}

/// The place that a lead-in binds: `…, tỉnh Sông Vàng cần tập trung thực hiện các nhiệm vụ sau:`, also `Tỉnh cần …`.
pub(crate) fn bound_place(passage: &Passage) -> Option<Range<usize>> {
    const UNITS: [K; 6] = [K::Province, K::District, K::UrbanDistrict, K::Ward, K::TownEnd, K::City];
    let tokens = passage.tokens;
    let begins = |at: usize| at == 0 || passage.depth[at] == 0 && (tokens[at - 1].is_mark(b',') || passage.ends_sentence(at - 1));
    (0..tokens.len()).rev().filter(|at| begins(*at)).find_map(|at| {
        // `thành phố` is two words.
        let unit = (at..tokens.len().min(at + 2)).find(|word| tokens[*word].is_any(&UNITS))?;
        let named = (unit + 1..tokens.len()).find(|word| tokens[*word].case != Case::Capitalised).unwrap_or(tokens.len());
        let told = named > unit + 1 || tokens[at].case == Case::Capitalised;
        let binds = passage.lexicon.duties.at(tokens, named).is_some_and(|(_, duty)| duty.binds);
        (told && binds).then_some(at..named)
    })
}

struct Reader<'p, 'a> {
    passage: &'p Passage<'a>,
    agencies: Agencies<'p>,
}

impl Reader<'_, '_> {
    fn duty(&self, at: usize) -> Option<(usize, Duty)> {
        self.passage.lexicon.duties.at(self.passage.tokens, at).map(|(length, duty)| (length, *duty))
    }

    fn action(&self, at: usize) -> Option<usize> {
        self.passage.lexicon.actions.at(self.passage.tokens, at).map(|(length, ())| length)
    }

    /// The subject at `at`, and whom it asks where it only asks: `UBND tỉnh yêu cầu các sở báo cáo`.
    fn whole(&self, at: usize) -> Option<Subject> {
        let first = self.at(at)?;
        if first.asked {
            return Some(first);
        }
        let asks = self.duty(first.rest).filter(|(_, duty)| duty.asks && !duty.softly);
        let asked = asks.and_then(|_| self.at(first.rest)).filter(|asked| {
            // `Hiệu trưởng phân công giáo viên …` is the head's own work.
            let known = |name: &Range<usize>| self.agencies.is_named(name.start) || self.agencies.is_pointed_at(name.start);
            asked.names.iter().any(known) && asked.acts
        });
        match asked {
            Some(asked) => Some(Subject { begged: false, ..asked }),
            None => Some(first),
        }
    }

    /// `[giao] names + what they do`.
    fn at(&self, at: usize) -> Option<Subject> {
        let tokens = self.passage.tokens;
        let asks = self.duty(at).filter(|(_, duty)| duty.asks);
        let start = at + asks.map_or(0, |(length, _)| length);
        let (mut names, end) = self.agencies.list(start);
        // `Lãnh đạo trực tiếp phụ trách …`: an office without a body is the heading's own.
        names.retain(|name| {
            self.passage.lexicon.offices.at(tokens, name.start).is_none_or(|(length, ())| name.start + length != name.end)
        });
        let softly = asks.is_some_and(|(_, duty)| duty.softly);
        // `phân công cán bộ theo dõi` is the work of whoever does so.
        let known = |name: &Range<usize>| self.agencies.is_named(name.start) || self.agencies.is_pointed_at(name.start);
        let unnamed = asks.is_some() && !names.iter().any(known);
        if names.is_empty() || unnamed || softly && !names.iter().any(|name| self.agencies.is_proper(name.start)) {
            return None;
        }
        let mut rest = end;
        while self.agencies.explains(rest) || tokens.get(rest).is_some_and(|token| token.is_mark(b'(')) {
            let close = self.passage.closing(rest)?;
            rest = close + 1;
            // `các xã, các doanh nghiệp (sau đây gọi là đơn vị) và mọi người dân`.
            if tokens.get(rest).is_some_and(|token| token.is(K::And) || token.is(K::Comma)) && self.agencies.begins(rest + 1) {
                let (more, end) = self.agencies.list(rest + 1);
                names.extend(more);
                rest = end;
            }
        }
        let rest = skip_marks(tokens, rest);
        let acts = self.action(rest).is_some()
            || tokens.get(rest).is_some_and(|token| token.is_any(&[K::Have, K::Responsible]))
            || self.duty(rest).is_some_and(|(_, duty)| duty.ends || duty.asks);
        let begged = asks.is_some_and(|(_, duty)| duty.begs);
        Some(Subject { names, end, rest, asked: asks.is_some(), begged, acts })
    }

    /// Whether the passage opens with a clause before its subject: `Căn cứ …,`, `Sau khi …,`, `Nếu có …,`.
    fn opens(&self) -> bool {
        let opening = self.duty(0).filter(|(_, duty)| duty.opens).map_or(0, |(length, _)| length);
        let action = self.action(0).unwrap_or(0);
        opening > 0 && opening >= action || action == 0
    }

    /// `Về chế độ cho người già: Sở Y tế rà soát …`: behind what the sentence is about.
    fn after_label(&self) -> Option<Subject> {
        const LONGEST: usize = 24;
        let tokens = self.passage.tokens;
        let colon = (1..tokens.len().min(LONGEST)).find(|at| tokens[*at].is(K::Colon) && self.passage.depth[*at] == 0)?;
        let about = tokens[0].is(K::About) && !(0..colon).any(|at| self.passage.ends_sentence(at));
        let found = self.whole(colon + 1).filter(|_| about)?;
        (found.acts && self.agencies.is_named(found.names[0].start)).then_some(found)
    }

    /// `Đợt cao điểm diễn ra từ ngày 15/9; Sở Xây dựng phát động, chấm điểm`: behind what only tells of an event, who works on it.
    fn behind_event(&self) -> Option<Subject> {
        let (passage, tokens) = (self.passage, self.passage.tokens);
        // `Hội thi …` begins like a body.
        let happens = |at: usize| passage.lexicon.roles.says("happens", tokens, at).is_some();
        let body = || self.agencies.is_proper(0) && self.at(0).is_some_and(|first| !happens(first.rest));
        if self.action(0).is_some() || self.duty(0).is_some() || body() {
            return None;
        }
        let mut parts = (1..tokens.len()).filter(|at| passage.depth[*at] == 0 && tokens[*at].is_mark(b';'));
        let (semicolon, None) = (parts.next()?, parts.next()) else { return None };
        let happened = (0..semicolon).any(happens);
        let told = (0..semicolon).any(|at| passage.ends_sentence(at) || at > 0 && self.agencies.is_proper(at));
        let found = self.whole(semicolon + 1).filter(|_| happened && !told)?;
        (found.acts && self.agencies.is_proper(found.names[0].start)).then_some(found)
    }

    /// The subject after an opening clause: after one of its commas, or where the work is handed on.
    fn after_clause(&self) -> Option<Subject> {
        let (passage, tokens) = (self.passage, self.passage.tokens);
        if !self.opens() || self.agencies.begins(0) {
            return None;
        }
        let opened = self.duty(0).is_some_and(|(_, duty)| duty.opens);
        // `…, chủ trì, phối hợp với các sở, các xã rà soát …`: those that help are not who does it.
        let partners = partners(passage);
        for at in 1..tokens.len().min(CLAUSE) {
            // `Để …; các sở, ngành làm tốt các việc sau:`: before a list a semicolon may part the opening clause from the rest.
            let semicolon = tokens[at].is_mark(b';') && !tokens.last().is_some_and(|token| token.is(K::Colon));
            if passage.ends_sentence(at) || semicolon || tokens[at].is_mark(b':') {
                break;
            }
            if passage.depth[at] > 0 {
                continue;
            }
            let before = &tokens[at - 1];
            let comma = before.is_mark(b',') || before.is_mark(b';');
            // `… nếu có khó khăn, vướng mắc các xã phản ánh về Sở Y tế`: the plural begins the clause, whatever mark was forgotten.
            let plural = opened
                && self.passage.lexicon.duties.at(tokens, at).is_some_and(|(_, duty)| duty.counts)
                && before.is_lower_word()
                // `sơ tán các hộ dân`: they are what something is done to.
                && !(1..=3).any(|back| at >= back && self.action(at - back) == Some(back))
                && (0..at).any(|at| super::clause::is(passage, at, crate::lexicon::ClauseKind::Condition));
            let hands =
                opened && self.duty(at).is_some_and(|(_, duty)| duty.asks) && !before.is_any(&[K::Given, K::Following, K::By]);
            let timed =
                opened && (before.is_number() || before.is_any(&[K::Month, K::Quarter, K::Year, K::Week, K::Time, K::Close]));
            if !(comma || hands || timed || plural) {
                continue;
            }
            let found = self.whole(at).filter(|found| {
                // Work that is handed on, or a body that does something; `doanh nghiệp …` in a list of matters is none.
                let first = &found.names[0];
                let named =
                    if opened || hands { self.agencies.is_named(first.start) } else { self.agencies.is_proper(first.start) };
                let relates = self.duty(found.rest).is_some_and(|(_, duty)| duty.relates) && self.action(found.rest).is_none();
                let bare = tokens.get(first.start + 1).is_some_and(|token| token.is_any(&[K::Comma, K::And]));
                // `Trên cơ sở …, UBND xã quyết định hình thức khen thưởng`: behind a body with a whole name any verb may follow.
                let open = || {
                    let named = self.agencies.is_proper(first.start) && tokens[first.start].case != Case::Lower;
                    opened && named && self.duty(found.rest).is_none() && {
                        let verb = found.rest..found.rest + 2;
                        verb.into_iter().all(|at| tokens.get(at).is_some_and(Token::is_lower_word))
                    }
                };
                named
                    && !partners.iter().any(|partner| partner.contains(&first.start))
                    && !bare
                    && found.rest < tokens.len()
                    && ((found.acts || open()) && !relates || found.asked && tokens[found.rest].is_word())
            });
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

/// The first token at or after `from` that is no mark.
pub(crate) fn skip_marks(tokens: &[Token], from: usize) -> usize {
    (from..tokens.len()).find(|at| tokens[*at].kind != Kind::Mark || tokens[*at].is_mark(b'"')).unwrap_or(tokens.len())
}

/// The partners of `phối hợp (chặt chẽ) (với, cùng) …`, of all in the passage.
pub(crate) fn partners(passage: &Passage) -> Vec<Range<usize>> {
    partners_in(passage, 0..passage.tokens.len())
}

/// `Kiểm tra nước tại trường (Sở Y tế chủ trì; Sở Giáo dục phối hợp)`: who leads and who helps, in a bracket behind the work.
pub(crate) fn in_bracket(passage: &Passage) -> Option<(Names, Names)> {
    let agencies = Agencies::new(passage.lexicon, passage.tokens);
    let roles = &passage.lexicon.roles;
    let bodies = Bodies(Agencies::new(passage.lexicon, passage.tokens));
    let source = Source { before: Some(&bodies), ..passage.source() };
    let named = |kind: &str, within: Range<usize>| {
        let kind = roles.kind(kind)?;
        let read = |at: usize| if roles.may_begin(kind, &passage.tokens[at]) { roles.at(kind, source, at) } else { None };
        let found = within.into_iter().find_map(read)?;
        Some(found.value.given.iter().flat_map(|given| agencies.list(given.start).0).collect::<Names>())
    };
    let open = (1..passage.tokens.len()).rev().find(|at| passage.tokens[*at].is_mark(b'('))?;
    let close = passage.closing(open)?;
    let owners = named("bracket-owners", open..open + 1)?;
    Some((owners, named("bracket-partners", open + 1..close).unwrap_or_default()))
}

/// Who does the work that a sentence begins with: `Lắp biển báo tại bến đò; giao Công an xã chủ trì`; where the sentence begins with a
/// matter, also `Việc vệ sinh chợ do Ban Quản lý chợ đảm nhiệm`.
pub(crate) fn handed_on(passage: &Passage) -> Option<Names> {
    let tokens = passage.tokens;
    let roles = &passage.lexicon.roles;
    let kind = roles.kind("owners")?;
    let bodies = Bodies(Agencies::new(passage.lexicon, tokens));
    let source = Source { before: Some(&bodies), ..passage.source() };
    let matter = passage.lexicon.actions.at(tokens, 0).is_none();
    let agencies = Agencies::new(passage.lexicon, tokens);
    let helps = partners(passage);
    for at in (1..tokens.len()).filter(|at| passage.depth[*at] == 0 && roles.may_begin(kind, &tokens[*at])) {
        let Some(found) = roles.at(kind, source, at).filter(|_| matter || tokens[at].kind == Kind::Mark) else { continue };
        let names: Names = found.value.given.iter().flat_map(|given| agencies.list(given.start).0).collect();
        let known = |name: &Range<usize>| agencies.is_named(name.start) && !helps.contains(name);
        if !names.is_empty() && names.iter().all(known) {
            return Some(names);
        }
    }
    None
}

/// The bodies of further clauses, each of which does its own part: `Công an tỉnh cấp thẻ …; Công an xã làm sạch dữ liệu …`.
fn further(reader: &Reader, first: &Subject) -> Names {
    let (passage, tokens) = (reader.passage, reader.passage.tokens);
    let helps = partners(passage);
    let mut found = Names::new();
    let mut clause = first.rest;
    for at in first.rest + 2..tokens.len() {
        // `các cơ quan được giao theo dõi, gồm: Sở Y tế; Công an tỉnh; …` lists them.
        if passage.ends_sentence(at) || tokens[at].is(K::Colon) && !parts_hour(tokens, at) {
            break;
        }
        let mark = &tokens[at - 1];
        if passage.depth[at] > 0 || !(mark.is_mark(b';') || mark.is_mark(b',')) {
            continue;
        }
        // Behind a comma a body may be one of a list that began before: `hướng dẫn các xã, các trường kê khai`.
        let names_others = || (clause..at - 1).any(|before| reader.agencies.begins(before));
        let subject = reader.at(at).filter(|next| {
            let named = next.names.iter().all(|name| reader.agencies.is_named(name.start) && !helps.contains(name));
            named && !next.asked && reader.action(next.rest).is_some() && (mark.is_mark(b';') || !names_others())
        });
        match subject {
            Some(subject) => {
                let new = |name: &Range<usize>| {
                    let words = passage.words(name.clone());
                    first.names.iter().chain(&found).all(|known| passage.words(known.clone()) != words)
                };
                let names: Names = subject.names.into_iter().filter(new).collect();
                found.extend(names);
                clause = subject.rest;
            }
            None if mark.is_mark(b';') => clause = at,
            None => {}
        }
    }
    found
}

/// The bodies of a text, for the rules of `duties.toml`.
struct Bodies<'a>(Agencies<'a>);

impl Before for Bodies<'_> {
    fn end(&self, given: Given, at: usize) -> Option<usize> {
        let (names, end) = self.0.list(at);
        (given == Given::Bodies && !names.is_empty()).then_some(end)
    }
}

/// The partners that the tokens of `range` name: `phối hợp với …`, `có sự phối hợp của …`, `A làm đầu mối, B phối hợp`.
pub(crate) fn partners_in(passage: &Passage, range: Range<usize>) -> Vec<Range<usize>> {
    let tokens = passage.tokens;
    let agencies = Agencies::new(passage.lexicon, tokens);
    let roles = &passage.lexicon.roles;
    let Some(kind) = roles.kind("partners") else { return Vec::new() };
    let bodies = Bodies(agencies);
    let source = Source { before: Some(&bodies), ..passage.source() };
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in range.start..range.end.saturating_sub(2) {
        if passage.depth[at] > 0 {
            continue;
        }
        let read = if roles.may_begin(kind, &tokens[at]) { roles.at(kind, source, at) } else { None };
        if let Some(read) = read {
            let names = read.value.given.iter().flat_map(|given| agencies.list(given.start).0);
            for name in names.collect::<Vec<_>>() {
                let words = passage.words(name.clone());
                if !found.iter().any(|known| passage.words(known.clone()) == words) {
                    found.push(name);
                }
            }
        } else if found.is_empty() && tokens[at].is(K::Coordinate) && tokens[at + 1].is(K::CoordinateEnd) {
            let closely = roles.class("closely");
            let mut next = at + 2;
            while let Some(length) = closely.and_then(|class| roles.word(class, tokens, next)) {
                next += length;
            }
            if let Some(end) = unknown_partner(passage, next) {
                found.push(next..end);
            }
        }
    }
    found
}

/// A label of an item and what stands after it: `Đơn vị chủ trì: Phòng Kinh tế; Thời gian: quý III`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub(crate) kind: ColumnKind,
    pub(crate) value: Range<usize>,
}

/// Where what is to be done begins, after its label: `Nội dung thực hiện: tổ chức …`.
pub(crate) fn content(passage: &Passage) -> Option<usize> {
    let (length, kind) = passage.lexicon.columns.at(passage.tokens, 0)?;
    let label = *kind == ColumnKind::Task && passage.tokens.get(length).is_some_and(|token| token.is(K::Colon));
    (label && length + 1 < passage.tokens.len()).then_some(length + 1)
}

/// The labels of a passage that is nothing but labels and what they say of the items around it.
pub(crate) fn labels(passage: &Passage) -> Vec<Labelled> {
    use ColumnKind as C;
    let tokens = passage.tokens;
    let label = |at: usize| {
        let (mut length, kind) = passage.lexicon.columns.at(tokens, at)?;
        // `Thời hạn ban hành:`, `Cơ quan chủ trì soạn thảo:`.
        // Before bodies more may stand: `Đơn vị chủ trì tham mưu cho Thành phố: Sở Y tế`.
        let most = if names_bodies(*kind) { 6 } else { 3 };
        let more = tokens[at + length..].iter().take(most).take_while(|token| token.is_lower_word()).count();
        length += if tokens.get(at + length + more).is_some_and(|token| token.is(K::Colon)) { more } else { 0 };
        let colon = tokens.get(at + length).is_some_and(|token| token.is(K::Colon));
        // `Thời gian thực hiện sau khi Chiến lược được ban hành`: the time says where the label ends.
        if *kind == C::Deadline && at == 0 && length > 1 && !colon && begins_time(passage, length) {
            return Some((length, *kind));
        }
        (colon && matches!(kind, C::Lead | C::Coordinate | C::Monitor | C::Deadline | C::Product | C::Budget))
            .then_some((at + length + 1, *kind))
    };
    let agencies = Agencies::new(passage.lexicon, tokens);
    let mut found: Vec<Labelled> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = at == 0
            || tokens[at - 1].is_mark(b';')
            || tokens[at - 1].is_mark(b'.')
            || tokens[at - 1].is_mark(b',')
            || tokens[at - 1].is_mark(b'-');
        match label(at).filter(|_| begins && passage.depth[at] == 0) {
            Some((value, kind)) => {
                if let Some(last) = found.last_mut() {
                    last.value.end = at;
                }
                found.push(Labelled { kind, value: value..tokens.len() });
                at = value;
            }
            None if at == 0 => return found,
            None => at += 1,
        }
    }
    for labelled in &mut found {
        while labelled.value.end > labelled.value.start
            && tokens[labelled.value.end - 1].kind == Kind::Mark
            && !tokens[labelled.value.end - 1].is_mark(b')')
        {
            labelled.value.end -= 1;
        }
    }
    // `Chủ trì: kiểm tra, rà soát …` names nobody.
    found.retain(|labelled| !names_bodies(labelled.kind) || labelled.value.is_empty() || agencies.begins(labelled.value.start));
    found
}

/// Behind the time that stands at `at` and its comma; `at` where none does.
pub(crate) fn past_time(passage: &Passage, at: usize) -> usize {
    let times = &passage.lexicon.times;
    let found = times.time.and_then(|kind| times.grammar.at(kind, passage.source(), at)).filter(|found| found.start == at);
    found.map_or(at, |found| found.end + usize::from(passage.tokens.get(found.end).is_some_and(|next| next.is(K::Comma))))
}

/// Whether a time is read at `at`.
fn begins_time(passage: &Passage, at: usize) -> bool {
    past_time(passage, at) > at
}

/// Whether what stands after a label of this kind are bodies.
pub(crate) fn names_bodies(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Lead | ColumnKind::Coordinate | ColumnKind::Monitor)
}

/// Whether a passage begins with the name of a body.
pub(crate) fn opens_with_body(passage: &Passage) -> bool {
    Agencies::new(passage.lexicon, passage.tokens).begins(0)
}

/// Who leads and who helps, where a passage says nothing else: `Sở Y tế chủ trì, phối hợp với các xã`.
pub(crate) fn roles_only(passage: &Passage, range: Range<usize>) -> Option<(Names, Names)> {
    let tokens = passage.tokens;
    let agencies = Agencies::new(passage.lexicon, tokens);
    let (leads, end) = agencies.list(range.start);
    let is = |at: usize, keyword: K| at < range.end && tokens[at].is(keyword);
    if leads.is_empty() || !(is(end, K::Lead) && is(end + 1, K::LeadEnd)) {
        return None;
    }
    let mut next = end + 2;
    while next < range.end && tokens[next].is_any(&[K::Comma, K::Semicolon, K::And]) {
        next += 1;
    }
    if next >= range.end {
        return Some((leads, Vec::new()));
    }
    if !(is(next, K::Coordinate) && is(next + 1, K::CoordinateEnd)) {
        return None;
    }
    next += 2;
    while is(next, K::With) || is(next, K::Together) || is(next, K::Colon) {
        next += 1;
    }
    let (helps, end) = agencies.list(next);
    let rest = (end..range.end).all(|at| tokens[at].kind == Kind::Mark);
    rest.then_some((leads, helps))
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::*;

    fn joined(passage: &Passage, ranges: &[Range<usize>]) -> String {
        ranges.iter().map(|range| passage.words(range.clone())).collect::<Vec<_>>().join(" + ")
    }

    fn owners(text: &str) -> String {
        with_passage(text, Role::Tasks, |passage| subject(passage).map(|found| joined(passage, &found.names)).unwrap_or_default())
    }

    #[test]
    fn who_stands_after_an_opening_clause() {
        for (text, wanted) in [
            ("Căn cứ Kế hoạch này, các phòng, ban xây dựng kế hoạch của mình.", "các phòng, ban"),
            ("Trên cơ sở kết quả tiêm phòng, giao Trạm Thú y lập danh sách hộ.", "Trạm Thú y"),
            ("Sau khi nghiệm thu, Ban Quản lý dự án bàn giao công trình.", "Ban Quản lý dự án"),
            ("Trong quá trình thực hiện nếu có vướng mắc đề nghị các trường phản ánh về Phòng Giáo dục.", "các trường"),
            ("Định kỳ 06 tháng các xã báo cáo kết quả.", "các xã"),
            ("Trong quá trình thực hiện nếu có vướng mắc, chủ trì, phối hợp với các xã, các trường rà soát, tổng hợp.", ""),
            ("Trên cơ sở đề xuất của các trường, chủ trì và phối hợp với các ban, Trạm Thú y bố trí kinh phí.", ""),
            ("Hết mùa khô, Hạt Kiểm lâm tổng hợp diện tích cháy.", "Hạt Kiểm lâm"),
            // What has no subject, or only speaks of bodies.
            ("Căn cứ tình hình thực tế, lồng ghép các hoạt động.", ""),
            ("Tổ chức lớp tập huấn, các hội thi cho cán bộ.", ""),
            ("Theo dõi, đôn đốc các xã, các thôn chậm tiến độ.", ""),
            ("Đối với vùng cao, ưu tiên giống chịu lạnh.", ""),
        ] {
            assert_eq!(owners(text), wanted, "{text}");
        }
    }

    #[test]
    fn who_is_asked() {
        for (text, wanted) in [
            ("Giao Phòng Nội vụ theo dõi.", "Phòng Nội vụ"),
            ("Ủy quyền Sở Xây dựng phê duyệt đơn giá.", "Sở Xây dựng"),
            ("Khuyến khích Đoàn Thanh niên huyện nhận việc trồng cây.", "Đoàn Thanh niên huyện"),
            ("UBND huyện yêu cầu các xã, thị trấn nghiêm túc triển khai.", "các xã, thị trấn"),
            ("Ban Thường vụ Huyện ủy giao Ban Tuyên giáo tham mưu.", "Ban Tuyên giáo"),
            ("Khuyến khích doanh nghiệp đầu tư nhà máy.", ""),
            ("Phòng Y tế yêu cầu báo cáo trước ngày 5.", "Phòng Y tế"),
        ] {
            assert_eq!(owners(text), wanted, "{text}");
        }
    }

    #[test]
    fn labels_say_who_and_when() {
        let shown = |text: &str| {
            with_passage(text, Role::Tasks, |passage| {
                labels(passage)
                    .iter()
                    .map(|one| format!("{:?} {}", one.kind, passage.words(one.value.clone())))
                    .collect::<Vec<_>>()
            })
        };
        for (text, wanted) in [
            (
                "Đơn vị chủ trì: Phòng Kinh tế; Đơn vị phối hợp: các xã; Thời gian: quý III.",
                vec!["Lead Phòng Kinh tế", "Coordinate các xã", "Deadline quý III"],
            ),
            ("Đơn vị thực hiện: Sở Y tế chủ trì, phối hợp với Sở Nội vụ.", vec!["Lead Sở Y tế chủ trì, phối hợp với Sở Nội vụ"]),
            ("Kinh phí thực hiện: 20 triệu đồng", vec!["Budget 20 triệu đồng"]),
            ("Nâng cấp hồ chứa: rà soát, sửa chữa", vec![]),
            ("Tổ chức kiểm tra; đơn vị chủ trì: Phòng Kinh tế", vec![]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn who_leads_and_who_helps_and_nothing_else() {
        let shown = |text: &str| {
            with_passage(text, Role::Tasks, |passage| {
                roles_only(passage, 0..passage.tokens.len())
                    .map(|(leads, helps)| format!("{} | {}", joined(passage, &leads), joined(passage, &helps)))
            })
        };
        for (text, wanted) in [
            ("Sở Y tế chủ trì, phối hợp với Công an tỉnh.", Some("Sở Y tế | Công an tỉnh")),
            ("Phòng Nội vụ chủ trì", Some("Phòng Nội vụ | ")),
            ("Sở Y tế chủ trì, phối hợp với Công an tỉnh kiểm tra.", None),
            ("Sở Y tế kiểm tra", None),
        ] {
            assert_eq!(shown(text).as_deref(), wanted, "{text}");
        }
    }
}
