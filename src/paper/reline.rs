//! Text whose line ends were lost → lines.
//!
//! What was copied out of a page or a viewer often has its line ends turned into blanks and is wrapped anew, anywhere:
//! `… như sau: I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích - Nâng cao … - Hạn chế … 2. Yêu cầu …`. There the sequence of the markers tells
//! where a line began: a marker that goes on with an open sequence, or begins one, where a sentence or a heading has ended. The head is
//! told by its formulas, a title by its capitals.
//!
//! Nothing is written and nothing left out: a line end becomes a blank or a blank a line end, and every byte keeps its way back to the
//! source.

use std::ops::Range;

use crate::agency::Agencies;
use crate::grammar::Source;
use crate::lexicon::{Lexicon, PaperSign};
use crate::marker::{self, Marker, Style};
use crate::normalize::{Line, Lines};
use crate::text::{Span, Text};
use crate::words::{Keyword as K, Token};

/// Fewest markers in mid-line that tell of lost line ends; fewer may be an enumeration within a sentence.
const FEWEST: usize = 4;
/// Most words of a title that no mark ends, before a marker: `1. Công tác tuyên truyền a) Đối với các xã …`.
const TITLE_WORDS: usize = 60;
/// Most words of the lines above a title.
const HEAD_WORDS: usize = 80;
/// Bytes of a line that was not wrapped anew: where one so long has lost its line ends, those of shorter lines were kept.
const UNWRAPPED: usize = 1200;
/// Bytes of a line that may have lost its line ends beside one that has.
const LONG: usize = 300;
/// Most words of a title that a sentence may follow without a mark between.
const SENTENCE_TITLE: usize = 16;
/// Fewest words of such a sentence.
const SENTENCE: usize = 7;
/// Most words of a name before a dash in it.
const NAME_WORDS: usize = 10;
/// Most words of a title in capitals.
const SHOUTED_WORDS: usize = 120;

/// The lines of a text whose line ends were lost; `None` where it has kept them.
#[must_use]
pub(crate) fn restore(lines: &Lines, lexicon: &Lexicon) -> Option<Lines> {
    if (0..lines.lines.len()).any(|index| is_lost_line(lines.line(index))) {
        return Some(cut(join(lines, LONG), lexicon, LONG));
    }
    is_lost(lines).then(|| cut(join(lines, 0), lexicon, 0))
}

/// Whether a line holds a whole part of a document: headings and the items under them. The head above it and an annex behind it may
/// stand in lines of their own.
fn is_lost_line(text: &str) -> bool {
    if text.len() < UNWRAPPED || text.contains(['\t', '|']) {
        return false;
    }
    let words = Words::of(text);
    let found = (1..words.spans.len()).filter(|at| words.ended_before(*at)).filter_map(|at| words.marker(at));
    let (mut headings, mut items) = (0_usize, 0_usize);
    for marker in found {
        match marker.style {
            Style::Roman | Style::Capital | Style::Digit | Style::Decimal(_) => headings += 1,
            _ => items += 1,
        }
    }
    headings >= 2 && headings + items >= FEWEST
}

/// Whether far more markers stand within lines than at their starts.
fn is_lost(lines: &Lines) -> bool {
    let (mut within, mut leading) = (0_usize, 0_usize);
    for index in 0..lines.lines.len() {
        let text = lines.line(index);
        if text.contains(['\t', '|']) {
            continue;
        }
        leading += usize::from(marker::parse(text).is_some());
        let words = Words::of(text);
        within += (1..words.spans.len()).filter(|at| words.ended_before(*at) && words.marker(*at).is_some()).count();
        // `CHÍNH PHỦ ------- CỘNG HÒA …`: a rule is drawn on a line of its own.
        let count = words.spans.len();
        within += 2 * (1..count.saturating_sub(1)).filter(|at| is_rule(words.word(*at))).count();
    }
    within >= FEWEST && within > 2 * leading
}

/// `-------`: a line that is drawn.
fn is_rule(word: &str) -> bool {
    word.len() >= 5 && word.bytes().all(|byte| byte == b'-')
}

/// The text with blanks for its line ends, but where a blank line stands, and around lines of fewer than `least` bytes.
fn join(lines: &Lines, least: usize) -> Lines {
    let mut joined = Lines { text: Text::with_capacity(lines.text.len()), struck: lines.struck.clone(), ..Lines::default() };
    let mut shifts: Vec<(usize, usize)> = Vec::with_capacity(lines.lines.len());
    // Where blank lines stand between any two lines they part nothing.
    let parted = lines.lines.iter().filter(|line| line.blank_before > 0).count() * 2 <= lines.lines.len();
    let mut start = 0;
    for (index, line) in lines.lines.iter().enumerate() {
        let row = |text: &str| text.contains(['\t', '|']);
        let alone = index == 0
            || line.page_start
            || parted && line.blank_before > 0
            || line.span.len() < least
            || lines.lines[index - 1].span.len() < least
            || row(lines.line(index))
            || row(lines.line(index - 1));
        if !alone {
            let last = joined.lines.last_mut();
            let before = lines.lines[index - 1].span.end;
            // `20/KH-` + `UBND` is one word.
            if !splits_symbol(lines.line(index - 1)) {
                joined.text.push_replaced(' ', lines.text.source_of(before)..lines.text.source_of(line.span.start));
            }
            shifts.push((line.span.start, joined.text.len()));
            joined.text.push_from(&lines.text, line.span);
            if let Some(last) = last {
                last.span.end = joined.text.len();
                last.strong &= line.strong;
            }
            continue;
        }
        if index > 0 {
            let before = lines.lines[index - 1].span.end;
            joined.text.push_replaced('\n', lines.text.source_of(before)..lines.text.source_of(line.span.start));
        }
        start = joined.text.len().max(start);
        shifts.push((line.span.start, joined.text.len()));
        joined.text.push_from(&lines.text, line.span);
        joined.lines.push(Line { span: Span::new(start, joined.text.len()), ..*line });
    }
    let moved = |at: usize| {
        let (from, to) = shifts[shifts.partition_point(|(from, _)| *from <= at).saturating_sub(1)];
        to + at.saturating_sub(from)
    };
    joined.marks = lines.marks.iter().map(|mark| crate::normalize::NoteMark { at: moved(mark.at), ..*mark }).collect();
    joined.gaps = lines.gaps.iter().map(|at| moved(*at)).collect();
    joined.literal_pipes = lines.literal_pipes.iter().map(|at| moved(*at)).collect();
    joined
}

fn splits_symbol(text: &str) -> bool {
    let mut letters = text.chars().rev();
    letters.next() == Some('-')
        && letters.next().is_some_and(char::is_uppercase)
        && text.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains('/'))
}

/// Cuts the lines of a joined text, as far as they have `least` bytes, where lines began.
fn cut(mut joined: Lines, lexicon: &Lexicon, least: usize) -> Lines {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut lines = Vec::with_capacity(joined.lines.len());
    let mut in_head = true;
    for line in &joined.lines {
        let text = joined.text.slice(line.span);
        let mut starts = Vec::new();
        if text.len() < least {
            in_head = false;
        } else if !text.contains(['\t', '|']) {
            let mut cutter = Cutter::new(text, lexicon);
            let from = if in_head { cutter.head() } else { 0 };
            cutter.body(from);
            starts = cutter.starts;
            in_head = false;
        }
        let mut from = line.span.start;
        for start in starts {
            let end = from + joined.text.as_str()[from..line.span.start + start].trim_end().len();
            lines.push(part(line, from..end, from == line.span.start));
            cuts.push(end..line.span.start + start);
            from = line.span.start + start;
        }
        lines.push(part(line, from..line.span.end, from == line.span.start));
    }
    joined.lines = lines;
    joined
}

fn part(line: &Line, span: Range<usize>, first: bool) -> Line {
    let span = Span::new(span.start, span.end);
    if first { Line { span, ..*line } } else { Line { span, blank_before: 0, hashes: 0, page_start: false, note: None, ..*line } }
}

/// The words of a text: what stands between blanks.
struct Words<'a> {
    text: &'a str,
    spans: Vec<Span>,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let mut spans = Vec::new();
        let mut at = 0;
        for piece in text.split(' ') {
            if !piece.is_empty() {
                spans.push(Span::new(at, at + piece.len()));
            }
            at += piece.len() + 1;
        }
        Self { text, spans }
    }

    fn word(&self, at: usize) -> &'a str {
        self.spans.get(at).and_then(|span| span.slice(self.text)).unwrap_or_default()
    }

    /// Whether a sentence, an item or a clause ends before the word.
    fn ended_before(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.word(before)).unwrap_or_default();
        before.trim_end_matches(['”', '"', '’', ')', ']']).ends_with(['.', ';', ':', '!', '?', '…'])
            || before.ends_with([',']) && self.word(at).chars().all(marker::is_bullet)
    }

    /// The marker that the word is, where the next could begin a line behind it.
    fn marker(&self, at: usize) -> Option<Marker> {
        let word = self.word(at);
        // `1.Nâng cao`: the marker is glued to what it opens.
        let glued = marker::parse(word).filter(|found| {
            matches!(found.style, Style::Digit | Style::Letter)
                && found.length <= 3
                && word[found.length..].starts_with(char::is_uppercase)
                && word[found.length..].chars().nth(1).is_some_and(char::is_lowercase)
        });
        if glued.is_some() {
            return glued;
        }
        let next = self.word(at + 1);
        let opens =
            next.trim_start_matches(['“', '"', '‘', '(', '[', '*']).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if !opens || word.chars().count() > 10 || word.starts_with('(') {
            return None;
        }
        let found = marker::parse(&format!("{word} {next}"))?;
        let alone = found.length == word.len() + 1;
        let bullet = matches!(found.style, Style::Bullet(_));
        // `5. 000 đồng` goes on with a number, `- 100% số hộ` and `b) 100% số hộ` do not.
        let counts_on = matches!(found.style, Style::Digit | Style::Decimal(_)) && next.starts_with(|c: char| c.is_ascii_digit());
        (alone && !counts_on && (bullet || !word.chars().all(char::is_alphanumeric))).then_some(found)
    }

    /// `(2)`: its number. Such items stand in lines of their own, or are counted within a sentence.
    fn bracketed(&self, at: usize) -> Option<u32> {
        self.word(at).strip_prefix('(')?.strip_suffix(')')?.parse().ok().filter(|number| (1..=30).contains(number))
    }

    /// `Phần thứ nhất`, `Chương II`, `Điều 3.`: the words that it takes.
    fn named(&self, at: usize) -> Option<(Marker, usize)> {
        if !self.word(at).starts_with(char::is_uppercase) {
            return None;
        }
        let end = self.spans.get(at + 8).map_or(self.text.len(), |span| span.start);
        let text = &self.text[self.spans.get(at)?.start..end];
        let found = marker::parse(text)?;
        let taken = match found.style {
            Style::Part | Style::Chapter | Style::Section | Style::Article => text[..found.length].split_whitespace().count(),
            _ => return None,
        };
        Some((found, taken))
    }
}

/// How loud a word is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// Capitals alone.
    Loud,
    /// No letters: `2017`, `-`.
    Mute,
    /// With small letters.
    Plain,
}

fn voice(word: &str) -> Voice {
    let (mut upper, mut lower) = (0, 0);
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if c.is_uppercase() {
            upper += 1;
        } else {
            lower += 1;
        }
    }
    match (upper, lower) {
        (0, 0) => Voice::Mute,
        (_, 0) => Voice::Loud,
        // `31/CT-TTG`, `TTg` in a shouted title.
        (upper, 1) if upper >= 2 => Voice::Loud,
        _ => Voice::Plain,
    }
}

/// Finds where lines began in a stretch of text.
struct Cutter<'a> {
    words: Words<'a>,
    lexicon: &'a Lexicon,
    tokens: Vec<Token>,
    /// Byte offsets where a line begins, in order; never 0.
    starts: Vec<usize>,
}

impl<'a> Cutter<'a> {
    fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(text, 0, &mut tokens);
        Self { words: Words::of(text), lexicon, tokens, starts: Vec::new() }
    }

    /// Begins a line at the word.
    fn begin(&mut self, at: usize) {
        let Some(span) = self.words.spans.get(at) else { return };
        if span.start > self.starts.last().copied().unwrap_or(0) {
            self.starts.push(span.start);
        }
    }

    /// The token that begins at the word.
    fn token(&self, at: usize) -> Option<usize> {
        let start = self.words.spans.get(at)?.start;
        // Quotation marks and brackets before the word are tokens of their own.
        self.tokens.binary_search_by_key(&start, |token| token.span().start).ok()
    }

    /// The word that follows the token.
    fn word_behind(&self, token: usize) -> usize {
        let end = self.tokens.get(token).map_or(usize::MAX, |token| token.span().start);
        self.words.spans.partition_point(|span| span.start < end)
    }

    /// The sign that begins at the word, and the first word behind it.
    fn sign(&self, at: usize) -> Option<(PaperSign, usize)> {
        let token = self.token(at)?;
        if !self.words.word(at).starts_with(char::is_uppercase) {
            return None;
        }
        let (length, sign) = self.lexicon.papers.at(&self.tokens, token)?;
        Some((*sign, self.word_behind(token + length)))
    }

    /// The head: issuer, quốc hiệu, number, place and date, type and title. The first word behind it.
    fn head(&mut self) -> usize {
        let limit = self.words.spans.len().min(HEAD_WORDS);
        if !(0..limit).any(|at| self.sign(at).is_some_and(|(sign, _)| sign == PaperSign::Motto)) {
            return 0;
        }
        let mut at = 0;
        let mut dated = false;
        while at < limit {
            let word = self.words.word(at);
            if word.len() >= 3 && word.chars().all(|c| matches!(c, '-' | '_' | '*' | '—' | '=' | '.')) {
                self.begin(at);
                self.begin(at + 1);
                at += 1;
                continue;
            }
            match self.sign(at) {
                Some((PaperSign::Motto, _)) => {
                    self.begin(at);
                    // To where the capitals end: `… CHỦ NGHĨA VIỆT NAM`.
                    while at < limit && voice(self.words.word(at)) == Voice::Loud {
                        at += 1;
                    }
                    continue;
                }
                Some((PaperSign::UnderMotto, _)) => {
                    self.begin(at);
                    at = self.under_motto(at);
                    self.begin(at);
                    continue;
                }
                _ => {}
            }
            if let Some((place, end)) = self.dated(at) {
                self.begin(place);
                self.begin(end);
                at = end;
                dated = true;
                continue;
            }
            // `Số: 15/KH-UBND`: a short word, its colon, and a number or its blank.
            if word.ends_with(':') && word.chars().count() <= 4 && word.starts_with(char::is_uppercase) && !dated {
                self.begin(at);
            }
            if let Some((length, _)) = self.token(at).and_then(|token| self.lexicon.type_names.at(&self.tokens, token))
                && (dated || at > 4)
                && voice(word) == Voice::Loud
            {
                let behind = self.token(at).map_or(at + 1, |token| self.word_behind(token + length));
                self.begin(at);
                self.begin(behind);
                return self.title(behind);
            }
            at += 1;
        }
        0
    }

    /// `Độc lập - Tự do - Hạnh phúc`: three pairs of words; the first word behind it.
    fn under_motto(&self, at: usize) -> usize {
        let mut end = at;
        let mut words = 0;
        while end < self.words.spans.len() && words < 6 {
            words += usize::from(self.words.word(end).chars().any(char::is_alphabetic));
            end += 1;
        }
        end
    }

    /// `Bến Thuận, ngày 21 tháng 02 năm 2026` around the word at `at`, which ends in the comma: its first word, and the first behind it.
    fn dated(&self, at: usize) -> Option<(usize, usize)> {
        if !self.words.word(at).ends_with(',') {
            return None;
        }
        let token = self.token(at + 1)?;
        let times = &self.lexicon.times;
        let source = Source { text: self.words.text, tokens: &self.tokens, quoted: &[], before: None };
        let date = times.grammar.at(times.date?, source, token)?;
        let end = self.word_behind(date.end);
        let mut place = at;
        while place > 0 && at - place < 5 {
            let before = self.words.word(place - 1);
            let proper = before.starts_with(char::is_uppercase)
                && (voice(before) == Voice::Plain || before.ends_with('.'))
                && before.chars().all(|c| c.is_alphabetic() || c == '.');
            if !proper {
                break;
            }
            place -= 1;
        }
        Some((place, end))
    }

    /// The title behind its type line; the first word behind it.
    fn title(&mut self, from: usize) -> usize {
        let end = self.loud_end(from);
        let mut at = end;
        if end == from {
            // A title in small letters ends where the preamble opens.
            let limit = self.words.spans.len().min(from + SHOUTED_WORDS);
            at = (from + 2..limit)
                .find(|at| matches!(self.sign(*at), Some((PaperSign::Opening | PaperSign::Addressee | PaperSign::Attached, _))))
                .unwrap_or(from);
        }
        if matches!(self.sign(at), Some((PaperSign::Addressee, _))) {
            self.begin(at);
            while at < self.words.spans.len() && !self.words.word(at).ends_with(['.', ';']) {
                at += 1;
            }
            at += 1;
        }
        self.begin(at);
        at
    }

    /// Where a run of capitals that begins at the word ends.
    fn loud_end(&self, from: usize) -> usize {
        let limit = self.words.spans.len().min(from + SHOUTED_WORDS);
        let mut end = from;
        let mut last = from;
        while end < limit {
            let word = self.words.word(end);
            let voice = voice(word);
            if voice == Voice::Plain || end > from && (self.words.marker(end).is_some_and(|found| self.leaves_title(&found, end)))
            {
                break;
            }
            end += 1;
            if voice == Voice::Loud || word.starts_with(|c: char| c.is_ascii_digit()) || word.ends_with(['”', '"', ')']) {
                last = end;
            }
        }
        last
    }

    /// Whether a marker in a title in capitals begins what stands below: `… NĂM 2026 1. Mục đích`, not `KINH TẾ - XÃ HỘI`.
    fn leaves_title(&self, found: &Marker, at: usize) -> bool {
        let next = voice(self.words.word(at + 1));
        match found.style {
            // `“NĂM AN TOÀN - 2026” Căn cứ …` goes on, `… - UBND tỉnh …` does not.
            Style::Bullet(_) => next == Voice::Plain || next == Voice::Loud && voice(self.words.word(at + 2)) == Voice::Plain,
            _ => true,
        }
    }

    /// The body from the word `from` on.
    fn body(&mut self, from: usize) {
        let mut open = Open::default();
        // The word that a title begins with, while nothing has ended it.
        let mut title: Option<usize> = None;
        // Whether its words are capitals: where they end is told then.
        let mut shouted = false;
        let mut at = from;
        while at < self.words.spans.len() {
            let ended = at == from || self.words.ended_before(at);
            let below_title = title.is_some_and(|start| at >= start && at - start <= TITLE_WORDS);
            if (ended || below_title || voice(self.words.word(at)) == Voice::Loud)
                && let Some((found, taken)) = self.words.named(at)
                && (found.style != Style::Article || ended)
            {
                self.begin(at);
                open.take(&found);
                let behind = at + taken;
                let end = self.loud_end(behind);
                if end > behind && found.style != Style::Article {
                    self.begin(behind);
                    self.begin(end);
                }
                title = Some(end);
                shouted = end > behind;
                at = end.max(at + 1);
                continue;
            }
            if let Some(ordinal) = self.words.bracketed(at)
                && (ordinal == 1 && below_title && !ended && title.is_some_and(|start| at > start + 1)
                    || ordinal > 1 && ordinal == open.bracket + 1 && ended)
            {
                self.begin(at);
                open.bracket = ordinal;
                title = None;
                at += 1;
                continue;
            }
            if let Some(found) = self.words.marker(at)
                && self.begins(&found, at, ended, below_title, &open)
            {
                self.begin(at);
                open.take(&found);
                let behind = at + 1;
                title = (!matches!(found.style, Style::Bullet(_))).then_some(behind);
                shouted = false;
                let end = self.loud_end(behind);
                // Of `1. UBND tỉnh …` the capitals are an abbreviation.
                if end > behind + 1 && !matches!(found.style, Style::Bullet(_)) {
                    self.begin_behind_title(end);
                    title = Some(end);
                    shouted = true;
                    at = end;
                } else {
                    at = self.known_title(behind).unwrap_or(behind);
                }
                continue;
            }
            match self.sign(at) {
                Some((PaperSign::Recipients, _)) if self.words.word(at + 1).ends_with(':') => self.begin(at),
                Some((PaperSign::ForWhom, _)) if voice(self.words.word(at)) == Voice::Loud => {
                    self.begin(at);
                    let end = self.loud_end(at);
                    self.begin(end);
                    at = end.max(at + 1);
                    continue;
                }
                Some((PaperSign::Opening, _)) if ended && open.is_empty() => self.begin(at),
                Some((PaperSign::Closing, _)) if ended => self.begin(at),
                _ => {}
            }
            // `1. Công tác tuyên truyền Đẩy mạnh các hình thức …`: no verb has a capital in mid-clause.
            if below_title
                && !shouted
                && title.is_some_and(|start| {
                    at >= start + 2 && (self.is_work(at) && !self.splits_name(at) || self.is_sentence(start, at))
                })
            {
                self.begin(at);
                title = None;
            }
            if self.words.word(at).ends_with(['.', ';', ':']) {
                title = None;
            }
            at += 1;
        }
    }

    /// Behind a title in capitals a new line begins, but for a bracket or a mark that belongs to it.
    fn begin_behind_title(&mut self, at: usize) {
        if self.words.word(at).starts_with(|c: char| c.is_alphanumeric() || marker::is_bullet(c) || matches!(c, '“' | '"')) {
            self.begin(at);
        }
    }

    /// Whether the marker begins a line.
    fn begins(&self, found: &Marker, at: usize, ended: bool, below_title: bool, open: &Open) -> bool {
        let next = voice(self.words.word(at + 1));
        let after_loud = at > 0 && voice(self.words.word(at - 1)) != Voice::Plain;
        match found.style {
            // `giảm 5% - 10%` and `giai đoạn 2026 - 2030` go on.
            Style::Bullet(_) => {
                ended
                    || below_title
                        && next != Voice::Loud
                        && !self.is_in_name(at)
                        && !self.words.word(at - 1).ends_with(|c: char| c == '%' || c.is_ascii_digit())
            }
            Style::Roman => {
                let fits = found.ordinal == 1 || found.ordinal == open.roman + 1;
                fits && (ended || below_title || next == Voice::Loud)
            }
            Style::Capital => ended && next == Voice::Loud && (found.ordinal == 1 || found.ordinal == open.capital + 1),
            Style::Digit => {
                let fits = found.ordinal == 1 || found.ordinal == open.digit + 1;
                fits && (ended || below_title || after_loud && next == Voice::Plain)
            }
            Style::Decimal(_) => (ended || below_title) && open.holds(found),
            Style::Letter => (found.ordinal == 1 || found.ordinal == open.letter + 1) && (ended || below_title),
            _ => ended,
        }
    }

    /// Whether the dash stands inside the name of a body: `Sở Lao động - Thương binh và Xã hội`. Behind one a verb begins an item.
    fn is_in_name(&self, at: usize) -> bool {
        let Some(dash) = self.token(at) else { return false };
        let says = self.tokens.get(dash + 1).is_some_and(|next| next.is_any(&[K::Be, K::Every, K::At, K::On, K::To]));
        if says || self.lexicon.actions.at(&self.tokens, dash + 1).is_some() {
            return false;
        }
        // `Giám đốc Sở Y tế - Trình UBND tỉnh …`.
        let agencies = Agencies::new(self.lexicon, &self.tokens);
        dash + 2 < self.tokens.len() && agencies.name(dash + 2).is_none() && self.is_named(dash, 1)
    }

    /// `Trung tâm Kiểm soát bệnh tật`: the verb is a part of the name.
    fn splits_name(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| self.is_named(token, 0))
    }

    /// Whether a name of a body that begins before the token goes on for more than `past` tokens from it.
    fn is_named(&self, token: usize, past: usize) -> bool {
        let agencies = Agencies::new(self.lexicon, &self.tokens);
        (token.saturating_sub(NAME_WORDS)..token)
            .filter(|start| self.tokens[*start].is_word() && !self.tokens[*start].is_lower_word())
            .any(|start| agencies.begins(start) && agencies.name(start).is_some_and(|end| end > token + past))
    }

    /// `1. Mục đích Nâng cao …`: where what a marker stands before is the name of a part and the next word has a capital, a line ended.
    fn known_title(&mut self, from: usize) -> Option<usize> {
        let token = self.token(from)?;
        let (length, _) = self.lexicon.sections.at(&self.tokens, token)?;
        let behind = self.word_behind(token + length);
        let word = self.words.word(behind);
        let open = behind > from && !self.words.word(behind - 1).ends_with([',', ':', '.', ';']);
        let (small, capital) = (voice(self.words.word(from)) == Voice::Plain, word.starts_with(char::is_uppercase));
        (open && small && capital && voice(word) == Voice::Plain).then(|| {
            self.begin(behind);
            behind
        })
    }

    /// Whether a sentence begins at the word, behind a title that no mark ends: `1. Quy mô trường lớp Toàn xã có 25 trường …`. A word
    /// that has a capital in mid-sentence is a name: of a body, or of a place, in capitals all of it.
    fn is_sentence(&self, title: usize, at: usize) -> bool {
        const LEADS: &[K] = &[K::And, K::Of, K::On, K::In, K::At, K::To, K::From, K::About, K::InTime, K::The, K::Before];
        let small = |at: usize| self.words.word(at).starts_with(char::is_lowercase);
        let whole = |at: usize| self.words.word(at).chars().all(char::is_alphabetic);
        let (Some(start), Some(token)) = (self.token(title), self.token(at)) else { return false };
        // A title that a verb begins goes on as a clause does, but for what is measured: `1. Phát triển du lịch Tỷ lệ phòng nghỉ …`.
        let titled = at - title <= SENTENCE_TITLE
            && (self.lexicon.actions.at(&self.tokens, start).is_none()
                || self.lexicon.measures.at(&self.tokens, token).is_some());
        let opens = small(at - 1)
            && whole(at - 1)
            && small(at + 1)
            && whole(at)
            && self.words.word(at).starts_with(char::is_uppercase)
            && voice(self.words.word(at)) == Voice::Plain;
        let ends = || {
            let mut behind = (at + 1)..self.words.spans.len().min(at + SHOUTED_WORDS);
            behind.find(|at| self.words.word(*at).ends_with(['.', ';', ':'])).is_some_and(|end| end > at + SENTENCE)
        };
        titled
            && opens
            && !self.tokens.get(token.wrapping_sub(1)).is_some_and(|before| before.is_any(LEADS))
            && ends()
            && !Agencies::new(self.lexicon, &self.tokens).begins(token)
            && !self.is_named(token, 0)
    }

    /// Whether a verb with a capital stands at the word, behind one without.
    fn is_work(&self, at: usize) -> bool {
        let small = |at: usize| self.words.word(at).starts_with(char::is_lowercase);
        at > 0
            && small(at - 1)
            && self.words.word(at).starts_with(char::is_uppercase)
            && voice(self.words.word(at)) == Voice::Plain
            && self
                .token(at)
                .is_some_and(|token| self.lexicon.actions.at(&self.tokens, token).is_some_and(|(length, _)| length > 1))
    }
}

/// The sequences that are open.
#[derive(Default)]
struct Open {
    roman: u32,
    capital: u32,
    digit: u32,
    letter: u32,
    /// `(1)` behind a title.
    bracket: u32,
    decimal: Vec<u32>,
    any: bool,
}

impl Open {
    fn is_empty(&self) -> bool {
        !self.any
    }

    fn take(&mut self, found: &Marker) {
        let bullet = matches!(found.style, Style::Bullet(_));
        self.any |= !bullet;
        self.bracket = if bullet { self.bracket } else { 0 };
        match found.style {
            Style::Part | Style::Chapter => *self = Self { any: true, ..Self::default() },
            Style::Roman => *self = Self { roman: found.ordinal, capital: self.capital, any: true, ..Self::default() },
            Style::Capital => self.capital = found.ordinal,
            Style::Section | Style::Article => (self.digit, self.letter) = (0, 0),
            Style::Digit => (self.digit, self.letter, self.decimal) = (found.ordinal, 0, Vec::new()),
            Style::Decimal(_) => (self.letter, self.decimal) = (0, found.numbers.clone()),
            Style::Letter => self.letter = found.ordinal,
            _ => {}
        }
    }

    /// Whether `1.2` goes on with `1.1`, or `2.1` stands under `2`.
    fn holds(&self, found: &Marker) -> bool {
        let Some((last, stem)) = found.numbers.split_last() else { return false };
        let known = self.decimal.split_last();
        *last == 1
            || known.is_some_and(|(number, known)| known == stem && number + 1 == *last)
            || self.decimal.len() > found.numbers.len()
                && self.decimal.starts_with(stem)
                && self.decimal.get(stem.len()).is_some_and(|number| number + 1 == *last)
    }
}

#[cfg(test)]
mod tests {
    use super::restore;
    use crate::lexicon::Lexicon;
    use crate::normalize::normalize;

    const LOST: &str = "ỦY
  BAN NHÂN DÂN XÃ KHE VÀNG ------- CỘNG HÒA XÃ HỘI
  CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------------- Số: 12/KH-UBND Khe
  Vàng, ngày 05 tháng 3 năm 2026 KẾ HOẠCH PHÒNG, CHỐNG ĐUỐI NƯỚC TRẺ EM NĂM
2026 Thực hiện Kế hoạch số 40/KH-UBND ngày 10/02/2026 của tỉnh, Ủy ban nhân dân xã lập kế hoạch như
sau: I. MỤC ĐÍCH,
YÊU CẦU 1. Mục đích - Giảm số trẻ em bị đuối nước; dạy bơi
cho trẻ em ven sông. - 80% trẻ em từ 8 tuổi biết bơi. 2. Yêu
cầu: Kịp thời, đúng đối tượng. II. NHIỆM VỤ 1. Công tác truyền thông a) Đài truyền thanh
phát tin mỗi tuần. b) 100% trường học treo bảng báo nguy hiểm. 2. Cắm biển ở bến sông - Thôn Đá
Bạc cắm 05 biển. Nơi nhận: - Như trên; - Lưu: VT. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Lò Văn Pản";

    fn restored(source: &str) -> Option<Vec<String>> {
        let lexicon = Lexicon::embedded().expect("the lexicon");
        let lines = restore(&normalize(source), &lexicon)?;
        Some((0..lines.lines.len()).map(|at| lines.line(at).to_owned()).collect())
    }

    #[test]
    fn the_sequence_of_markers_tells_where_lines_began() {
        let lines = restored(LOST).expect("lines");
        assert_eq!(
            lines,
            [
                "ỦY BAN NHÂN DÂN XÃ KHE VÀNG",
                "-------",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "---------------",
                "Số: 12/KH-UBND",
                "Khe Vàng, ngày 05 tháng 3 năm 2026",
                "KẾ HOẠCH",
                "PHÒNG, CHỐNG ĐUỐI NƯỚC TRẺ EM NĂM 2026",
                "Thực hiện Kế hoạch số 40/KH-UBND ngày 10/02/2026 của tỉnh, Ủy ban nhân dân xã lập kế hoạch như sau:",
                "I. MỤC ĐÍCH, YÊU CẦU",
                "1. Mục đích",
                "- Giảm số trẻ em bị đuối nước; dạy bơi cho trẻ em ven sông.",
                "- 80% trẻ em từ 8 tuổi biết bơi.",
                "2. Yêu cầu: Kịp thời, đúng đối tượng.",
                "II. NHIỆM VỤ",
                "1. Công tác truyền thông",
                "a) Đài truyền thanh phát tin mỗi tuần.",
                "b) 100% trường học treo bảng báo nguy hiểm.",
                "2. Cắm biển ở bến sông",
                "- Thôn Đá Bạc cắm 05 biển.",
                "Nơi nhận:",
                "- Như trên;",
                "- Lưu: VT.",
                "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
                "Lò Văn Pản",
            ]
        );
    }

    #[test]
    fn a_long_line_between_lines_that_kept_their_ends_is_cut() {
        let items =
            "- Hướng dẫn các xã rà soát đất trống, chuẩn bị cây giống và vận động hộ dân nhận đất trồng rừng theo kế hoạch. "
                .repeat(6);
        let body =
            format!("I. MỤC ĐÍCH 1. Yêu cầu {items}II. TỔ CHỨC THỰC HIỆN 1. Phòng Tài chính - Kế hoạch {items}2. Các xã {items}");
        let annex = "1. Xã Khe Vàng\n2. Xã Suối Lim\n- Thôn Nà Lúa\n- Thôn Khuổi Bốc";
        let source = format!("KẾ HOẠCH\nTrồng rừng năm 2026\n{body}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nPhụ lục\n{annex}\n");
        let lines = restored(&source).expect("lines");
        let headings: Vec<&str> = lines.iter().filter(|line| line.len() < 60).map(String::as_str).collect();
        assert_eq!(
            headings,
            [
                "KẾ HOẠCH",
                "Trồng rừng năm 2026",
                "I. MỤC ĐÍCH",
                "1. Yêu cầu",
                "II. TỔ CHỨC THỰC HIỆN",
                "1. Phòng Tài chính - Kế hoạch",
                "2. Các xã",
                "Nơi nhận:",
                "- Như trên;",
                "- Lưu: VT.",
                "Phụ lục",
                "1. Xã Khe Vàng",
                "2. Xã Suối Lim",
                "- Thôn Nà Lúa",
                "- Thôn Khuổi Bốc",
            ]
        );
        assert_eq!(lines.len(), headings.len() + 18);
    }

    #[test]
    fn a_title_ends_before_a_sentence_and_names_keep_their_dashes() {
        let source = "Kế hoạch như sau: I. MỤC TIÊU 1. Quy mô rừng trồng Toàn xã có 25 lô rừng giống ở ba thôn vùng cao. 2. Phát triển du lịch Tỷ \
            lệ phòng nghỉ có khách đạt 60% trong cả năm. II. NHIỆM VỤ 1. Chăm sóc rừng (1) Trung tâm Kiểm soát bệnh tật tỉnh hướng dẫn phòng \
            dịch. (2) Các thôn phát dọn thực bì. 2. Sở Lao động - Thương binh và Xã hội - Là đầu mối theo dõi. - Trình UBND tỉnh kết quả. \
            3. Giám đốc Sở Y tế - Trình UBND tỉnh phương án. - Mở lớp học. Trên đây là Kế hoạch trồng rừng.";
        assert_eq!(
            restored(source).expect("lines"),
            [
                "Kế hoạch như sau:",
                "I. MỤC TIÊU",
                "1. Quy mô rừng trồng",
                "Toàn xã có 25 lô rừng giống ở ba thôn vùng cao.",
                "2. Phát triển du lịch",
                "Tỷ lệ phòng nghỉ có khách đạt 60% trong cả năm.",
                "II. NHIỆM VỤ",
                "1. Chăm sóc rừng",
                "(1) Trung tâm Kiểm soát bệnh tật tỉnh hướng dẫn phòng dịch.",
                "(2) Các thôn phát dọn thực bì.",
                "2. Sở Lao động - Thương binh và Xã hội",
                "- Là đầu mối theo dõi.",
                "- Trình UBND tỉnh kết quả.",
                "3. Giám đốc Sở Y tế",
                "- Trình UBND tỉnh phương án.",
                "- Mở lớp học.",
                "Trên đây là Kế hoạch trồng rừng.",
            ]
        );
    }

    #[test]
    fn every_byte_keeps_its_way_back() {
        let lexicon = Lexicon::embedded().expect("the lexicon");
        let lines = restore(&normalize(LOST), &lexicon).expect("lines");
        let text = lines.text.as_str();
        for word in ["Giảm", "Đá", "12/KH-UBND", "80%", "Pản"] {
            let at = text.find(word).expect("the word");
            assert_eq!(LOST.find(word), Some(lines.text.source_of(at)), "{word}");
        }
    }

    #[test]
    fn a_text_that_kept_its_line_ends_is_left_alone() {
        for text in [
            "KẾ HOẠCH\nPhòng, chống đuối nước\n\nI. MỤC ĐÍCH\n1. Mục đích: a) Dạy bơi; b) Cắm biển; c) Phát tin; d) Tuần tra.\n- Như trên.\n- Kịp thời.",
            "I. CHUNG\n1. Một. 2. Hai. 3. Ba.\n2. Riêng\n- Một\n- Hai\n- Ba",
            "Số dân năm 2025. Nay là 1.200 hộ. - Không có gì thêm.",
            "",
        ] {
            assert_eq!(restored(text), None, "{text}");
        }
    }

    #[test]
    fn dashes_and_numbers_within_sentences_begin_no_line() {
        let source = "Báo cáo tình hình như sau: I. KẾT QUẢ KINH TẾ - XÃ HỘI NĂM 2025 1. Trồng trọt - Tuyến đường Bến Đá - Suối Lim dài 12 km. \
            - Kinh phí 5. 000 triệu đồng theo khoản 2 Điều 3. - Lớp 1. - Lớp 2. 2. Chăn nuôi a) Đàn lợn tăng. b) Đàn gà giảm.";
        let lines = restored(source).expect("lines");
        assert_eq!(
            lines,
            [
                "Báo cáo tình hình như sau:",
                "I. KẾT QUẢ KINH TẾ - XÃ HỘI NĂM 2025",
                "1. Trồng trọt",
                "- Tuyến đường Bến Đá - Suối Lim dài 12 km.",
                "- Kinh phí 5. 000 triệu đồng theo khoản 2 Điều 3.",
                "- Lớp 1.",
                "- Lớp 2.",
                "2. Chăn nuôi",
                "a) Đàn lợn tăng.",
                "b) Đàn gà giảm.",
            ]
        );
    }
}
