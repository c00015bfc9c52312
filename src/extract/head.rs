//! The document's own fields: number, symbol, date, issuer, level, place names, period, signer.
//!
//! Each is read where a document says it best: the number and date from the head, else
//! from `(Kèm theo Kế hoạch số … ngày … của …)` under an annex; the issuer from the head, else
//! from there, else from the preamble or the signature.

mod issuer;
mod level;
mod period;
mod units;

use super::date::{self, Partial};
use super::deadline::Frame;
use super::passage::{Passage, Role};
use super::reference::symbol;
use crate::lexicon::{Lexicon, PaperSign, RecordKind, SectionRole};
use crate::paper::Role as PaperRole;
use crate::record::{self, DocumentKind, Signer};
use crate::structure::{Block, Document, Paper, Place};
use crate::text::Span;
use crate::words::{Case, Keyword as K, Token, is_shouted};
use issuer::{ends_alike, preamble_issuer, signature_issuer, title_issuer};
use level::level;
use period::{period, period_of_body, period_of_parts};
use units::place_names;

/// The fields and what other readers need of them.
pub(crate) struct Fields {
    pub(crate) document: record::Document,
    /// Where they were read.
    pub(crate) spans: Vec<Span>,
    pub(crate) frame: Frame,
}

/// One line, cut.
struct Cut<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    tokens: Vec<Token>,
}

impl<'a> Cut<'a> {
    fn new(lexicon: &'a Lexicon, text: &'a str, span: Span) -> Self {
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(span.slice(text).unwrap_or_default(), span.start, &mut tokens);
        Self { lexicon, text, tokens }
    }

    fn passage(&self) -> Passage<'_> {
        Passage::new(self.lexicon, self.text, &self.tokens, Role::Preamble, None, Place::Preamble)
    }
}

/// A paper of a document, and what is asked of both.
struct View<'a> {
    document: &'a Document,
    paper: &'a Paper,
    text: &'a str,
    lexicon: &'a Lexicon,
}

impl View<'_> {
    /// The blocks of the paper, in order.
    fn blocks(&self) -> &[Block] {
        let blocks = &self.document.blocks;
        let from = blocks.partition_point(|block| block.span.start < self.paper.span.start);
        let to = blocks.partition_point(|block| block.span.start < self.paper.span.end);
        &blocks[from..to.max(from)]
    }

    /// The titles of the paper's sections, in order.
    fn titles(&self) -> impl Iterator<Item = Span> {
        let within = |title: &Span| title.start >= self.paper.span.start && title.end <= self.paper.span.end;
        self.document.sections.iter().map(|section| section.title).filter(move |title| within(title))
    }

    /// The first heading or paragraph.
    fn opening(&self) -> Option<Span> {
        let first = self.blocks().first().map(|block| block.span);
        self.titles().next().into_iter().chain(first).min_by_key(|span| span.start)
    }

    /// What the first heading of a body without head says: a pasted body has no other title.
    fn headless(&self) -> Option<&str> {
        let head = &self.paper.head;
        let bare = head.type_index.is_none() && head.number.is_none() && head.bodies.is_empty() && head.title.is_none();
        self.opening().filter(|span| bare && span.len() < 400)?.slice(self.text)
    }

    /// `(Kèm theo …)` under the paper's own title, and under those of annexes.
    fn notes(&self) -> impl Iterator<Item = Span> {
        self.paper.head.note.into_iter().chain(self.document.annex_notes.iter().copied())
    }
}

/// Reads the fields of the first main paper, which are those of the document.
pub(crate) fn read(document: &Document, lexicon: &Lexicon) -> Fields {
    let Some(main) = document.papers.iter().position(|paper| paper.role == PaperRole::Main) else {
        return Fields { document: record::Document::default(), spans: Vec::new(), frame: Frame::default() };
    };
    let mut fields = read_paper(document, &document.papers[main], lexicon);
    // A decision of December promulgates the plan of the next year: `trước 30/6` is that year's.
    if !fields.frame.covered
        && let Some(enclosed) = document.papers.iter().find(|paper| paper.role == PaperRole::Enclosed { by: main })
    {
        let own = read_paper(document, enclosed, lexicon).frame;
        if own.covered {
            (fields.frame.year, fields.frame.covered) = (own.year, true);
        }
    }
    fields
}

/// Reads the fields of a paper.
pub(crate) fn read_paper(document: &Document, paper: &Paper, lexicon: &Lexicon) -> Fields {
    let text = document.text.as_str();
    let view = View { document, paper, text, lexicon };
    let head = &paper.head;
    let mut fields = record::Document::default();
    let mut spans = Vec::new();
    fields.kind = match head.kind.or_else(|| named_by_heading(&view)) {
        Some(RecordKind::Plan) => DocumentKind::Plan,
        Some(RecordKind::Report) => DocumentKind::Report,
        Some(RecordKind::Decision) => DocumentKind::Decision,
        Some(RecordKind::Other) | None => DocumentKind::Other,
    };
    let mut date = Partial::default();
    if let Some(span) = head.number {
        let cut = Cut::new(lexicon, text, span);
        (fields.number, fields.symbol) = own_symbol(&cut.passage(), 0);
        spans.push(span);
    }
    let mut place = None;
    if let Some(span) = head.place_and_date {
        let cut = Cut::new(lexicon, text, span);
        let passage = cut.passage();
        date = issue_date(&passage);
        place = passage
            .words(0..cut.tokens.iter().position(|token| token.is_mark(b',') || token.is(K::Day)).unwrap_or(0))
            .to_owned()
            .into();
        spans.push(span);
    }
    let title = head.title.map(|span| clean_title(lexicon, span.slice(text).unwrap_or_default()));
    spans.extend(head.title);
    // What is attached to a document of another type has that one's day and issuer, and no number of its own.
    let enclosing = head.note.and_then(|span| attached(lexicon, text, span));
    let named = enclosing.clone().or_else(|| {
        let same = |own: &Attached| head.type_index.is_none_or(|kind| own.is_of(kind, head.kind, lexicon));
        document.annex_notes.iter().filter_map(|span| attached(lexicon, text, *span)).find(same)
    });
    if let Some(own) = &named {
        let same = enclosing.is_none() || head.type_index.is_some_and(|kind| own.is_of(kind, head.kind, lexicon));
        if same {
            fields.symbol = fields.symbol.or_else(|| own.symbol.clone());
            fields.number = fields.number.or_else(|| own.number.clone());
        }
        if date.year.is_none() {
            date = own.date;
        }
    }
    if date.year.is_none()
        && let Some((adopted, span)) = adopted(&view)
    {
        date = adopted;
        spans.push(span);
    }
    fields.issuer = head.bodies.last().or(head.issuer.as_ref()).map(|span| {
        spans.push(*span);
        span.slice(text).unwrap_or_default().trim().to_owned()
    });
    if fields.issuer.is_none() {
        let from_note = named.as_ref().and_then(|own| own.issuer.clone());
        let from_title = title.as_deref().and_then(|title| title_issuer(lexicon, title));
        fields.issuer = match (from_note, from_title) {
            // `BCĐ chuyển đổi số huyện …` is told in full by the title.
            (Some(note), Some(title)) if ends_alike(&note, &title) => Some(title),
            (Some(note), _) => Some(note),
            (None, title) => preamble_issuer(&view, fields.symbol.as_deref()).or(title).or_else(|| signature_issuer(&view)),
        };
    }
    fields.title = title;
    fields.date = date.iso();
    place_names(&view, &mut fields, place.as_deref());
    fields.level = level(&view, &fields);
    let told = fields.title.as_deref().or_else(|| view.headless());
    fields.period = told
        .and_then(|title| period(lexicon, title))
        .or_else(|| period_of_body(&view))
        .or_else(|| fields.title.is_none().then(|| period_of_parts(&view)).flatten());
    let name = paper.signature.name.map(|span| span.slice(text).unwrap_or_default().trim().to_owned());
    let office = paper.signature.office.map(|span| span.slice(text).unwrap_or_default().trim().to_owned());
    spans.extend(paper.signature.name);
    spans.extend(paper.signature.office);
    if name.is_some() || office.is_some() {
        fields.signer = Some(Signer { name, title: office });
    }
    let year_of = |day: &Option<String>| day.as_deref().and_then(|day| day.get(..4)).and_then(|year| year.parse::<i16>().ok());
    let covered = fields.period.as_ref().and_then(|period| {
        let (from, to) = (year_of(&period.from), year_of(&period.to));
        (from.is_some() && from == to).then_some(from).flatten()
    });
    let issued = fields.date.as_deref().and_then(|day| day.parse().ok());
    let year = covered.or_else(|| year_of(&fields.date));
    let frame = Frame { year, covered: covered.is_some(), issued, ..Frame::default() };
    Fields { document: fields, spans, frame }
}

/// What the first heading of a body without a type line says that it is: `G. KẾ HOẠCH PHÁT TRIỂN …`; else what its first
/// sections hold: aims are a plan's, results a report's.
fn named_by_heading(view: &View) -> Option<RecordKind> {
    if view.paper.head.type_index.is_some() || view.paper.head.number.is_some() {
        return None;
    }
    let opening = view.opening()?;
    let words = opening.slice(view.text).unwrap_or_default();
    let cut = Cut::new(view.lexicon, view.text, opening);
    // `F1. KẾ HOẠCH …`: a marker that nobody counts may stand before it.
    let named = (0..3).find_map(|at| view.lexicon.type_names.at(&cut.tokens, at)).filter(|_| is_shouted(words));
    if let Some((_, kind)) = named {
        return Some(view.lexicon.types[*kind].record);
    }
    view.titles().take(12).find_map(|title| {
        let cut = Cut::new(view.lexicon, view.text, title);
        match view.lexicon.sections.find(&cut.tokens, 0)?.2 {
            SectionRole::Aims | SectionRole::Tasks => Some(RecordKind::Plan),
            SectionRole::Results | SectionRole::Requests => Some(RecordKind::Report),
            _ => None,
        }
    })
}

/// `Nghị quyết này được … thông qua ngày 19 tháng 02 năm 2025`: the day of a resolution, at its end.
fn adopted(view: &View) -> Option<(Partial, Span)> {
    view.blocks().iter().rev().take(8).find_map(|block| {
        let cut = Cut::new(view.lexicon, view.text, block.span);
        let passage = cut.passage();
        (0..cut.tokens.len()).find_map(|at| {
            let (length, sign) = view.lexicon.papers.at(&cut.tokens, at)?;
            // The phrase ends in `ngày`.
            let day = at + length - 1;
            let (date, _) = (*sign == PaperSign::Adopted)
                .then(|| date::spelled(&passage, day).or_else(|| date::slashed(&passage, day + 1)))
                .flatten()?;
            Some((date, block.span))
        })
    })
}

/// `Số: 48/KH-UBND`, `Số:   /KH-UBND`, `Số 40-KH/HU`, `Số: …/QĐ-UBND`.
fn own_symbol(passage: &Passage, from: usize) -> (Option<String>, Option<String>) {
    let tokens = passage.tokens;
    for at in from..tokens.len() {
        // `Số:        /2026/NQ-HĐND`: the year of a number that is left blank.
        let year = at > 0
            && tokens[at - 1].is_mark(b'/')
            && passage.word(at).len() == 4
            && !tokens.get(at.wrapping_sub(2)).is_some_and(Token::is_number);
        if let Some((number, _)) = symbol(passage, at) {
            let letters = without_number(&number);
            if year {
                return (None, letters);
            }
            return (Some(number), letters);
        }
        let blank = tokens[at].is_mark(b'/') && tokens.get(at + 1).is_some_and(|next| next.is_word() && next.case != Case::Lower);
        if blank {
            let mut end = at + 2;
            while tokens.get(end).is_some_and(|token| token.is_mark(b'-') || token.is_mark(b'&') || token.is_mark(b'/'))
                && tokens.get(end + 1).is_some_and(|next| next.is_word() && next.case != Case::Lower)
            {
                end += 2;
            }
            let letters: String = passage.words(at + 1..end).chars().filter(|c| !c.is_whitespace()).collect();
            return (None, Some(letters.replace(['–', '—'], "-")));
        }
    }
    (None, None)
}

/// The letters of a symbol: `48/KH-UBND` → `KH-UBND`, `12/2024/QĐ-UBND` → `QĐ-UBND`, `40-KH/HU` → `KH/HU`.
fn without_number(number: &str) -> Option<String> {
    let start = number.find(|c: char| c.is_alphabetic())?;
    Some(number[start..].to_owned())
}

/// The date of issue, day and month as far as they are given.
fn issue_date(passage: &Passage) -> Partial {
    let tokens = passage.tokens;
    let mut found = Partial::default();
    for at in 0..tokens.len() {
        if tokens[at].is(K::Day) || tokens[at].is(K::Month) || tokens[at].is(K::Year) {
            if let Some((date, _)) = date::spelled(passage, at) {
                found =
                    Partial { year: found.year.or(date.year), month: found.month.or(date.month), day: found.day.or(date.day) };
            } else if let Some((date, _)) = date::slashed(passage, at + 1) {
                found = date;
            }
        }
    }
    // A day without its month says nothing.
    if found.month.is_none() {
        found.day = None;
    }
    found
}

/// What `(Kèm theo Kế hoạch số … ngày … của …)` says of the document itself.
#[derive(Clone, Debug, Default)]
struct Attached {
    /// Index of the type that it names.
    kind: usize,
    number: Option<String>,
    symbol: Option<String>,
    date: Partial,
    issuer: Option<String>,
}

impl Attached {
    /// Whether it speaks of the document itself, and not of another (a decision) that this one is attached to.
    fn is_of(&self, own: usize, kind: Option<RecordKind>, lexicon: &Lexicon) -> bool {
        own == self.kind || kind == Some(lexicon.types[self.kind].record)
    }
}

fn attached(lexicon: &Lexicon, text: &str, span: Span) -> Option<Attached> {
    let cut = Cut::new(lexicon, text, span);
    let passage = cut.passage();
    let tokens = &cut.tokens;
    let (at, _, named) = lexicon.type_names.find(tokens, 0)?;
    let (number, symbol) = own_symbol(&passage, at);
    let mut found = Attached { kind: *named, number, symbol, ..Attached::default() };
    let day = (at..tokens.len()).find(|at| tokens[*at].is(K::Day));
    if let Some(day) = day {
        let dated = date::spelled(&passage, day).or_else(|| (day + 1..day + 3).find_map(|at| date::slashed(&passage, at)));
        if let Some((date, _)) = dated {
            found.date = date;
        }
        // `ngày / /2024`: only the year is told.
        if found.date.year.is_none() {
            found.date.year = (day..tokens.len().min(day + 8)).find_map(|at| date::year(passage.word(at)));
        }
    } else {
        found.date = issue_date(&passage);
    }
    if found.date.month.is_none() {
        found.date.day = None;
    }
    let of = (at..tokens.len()).find(|at| tokens[*at].is(K::Of));
    if let Some(of) = of {
        let close = (of..tokens.len()).find(|at| tokens[*at].is_mark(b')')).unwrap_or(tokens.len());
        let words = passage.words(of + 1..close).trim();
        found.issuer = (!words.is_empty()).then(|| words.to_owned());
    }
    Some(found)
}

/// A title on one line, without the marks around it and without `Về việc`, `V/v`.
fn clean_title(lexicon: &Lexicon, title: &str) -> String {
    let title = title.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '_' | '*' | '|' | ':'));
    let cut = Cut::new(lexicon, title, Span::new(0, title.len()));
    let led = lexicon.papers.at(&cut.tokens, 0).filter(|(_, sign)| **sign == PaperSign::Subject);
    let start = led.and_then(|(length, _)| cut.tokens.get(length)).map_or(0, |token| token.span().start);
    let title = title[start..].trim_start_matches([':', ' ']);
    title.strip_suffix('.').unwrap_or(title).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `level | commune | district | province` of a document with that head, day and basis.
    fn shown(bodies: &str, day: &str, basis: &str) -> String {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let text = format!(
            "{bodies}\nSố: 6/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{day}\n\nKẾ HOẠCH\nPhát triển \
             đô thị\n\n{basis}\nI. MỤC TIÊU\n1. Tỷ lệ đô thị hóa đạt 95%.\n"
        );
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let document = crate::structure::read(&crate::normalize::normalize(source.text.as_str()), &lexicon);
        let record = super::super::extract(&source, &document, &lexicon);
        let told = |name: &Option<String>| name.clone().unwrap_or_default();
        let document = &record.document;
        format!(
            "{:?} | {} | {} | {}",
            document.level,
            told(&document.commune),
            told(&document.district),
            told(&document.province)
        )
    }

    #[test]
    fn the_issuer_tells_whose_document_it_is() {
        for (bodies, day, wanted) in [
            (
                "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH",
                "Thành phố Hồ Chí Minh, ngày 15 tháng 01 năm 2026",
                "Province |  |  | Hồ Chí Minh",
            ),
            ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "Hà Nội, ngày 15 tháng 01 năm 2024", "Province |  |  | Hà Nội"),
            ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HUẾ", "Huế, ngày 15 tháng 02 năm 2025", "Province |  |  | Huế"),
            ("ỦY BAN NHÂN DÂN\nĐẶC KHU HÒN SAO", "Hòn Sao, ngày 15 tháng 01 năm 2026", "Commune | Hòn Sao |  | Khe Vàng"),
            (
                "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ BẾN THUẬN",
                "Bến Thuận, ngày 15 tháng 01 năm 2024",
                "District |  | Bến Thuận | Khe Vàng",
            ),
            ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HUẾ", "Huế, ngày 15 tháng 02 năm 2024", "District |  | Huế | Khe Vàng"),
            ("ỦY BAN NHÂN DÂN\nPHƯỜNG BẾN THUẬN", "Bến Thuận, ngày 15 tháng 01 năm 2026", "Commune | Bến Thuận |  | Khe Vàng"),
            ("ỦY BAN NHÂN DÂN\nHUYỆN SUỐI LIM", "Suối Lim, ngày 15 tháng 01 năm 2024", "District |  | Suối Lim | Khe Vàng"),
        ] {
            let basis = "Căn cứ Kế hoạch số 5/KH-UBND ngày 03/01/2024 của UBND tỉnh Khe Vàng về đô thị;";
            assert_eq!(shown(bodies, day, basis), wanted, "{bodies}");
        }
        let within = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ BẾN THUẬN";
        assert_eq!(shown(within, "Bến Thuận, ngày 15 tháng 01 năm 2024", ""), "District |  | Bến Thuận | ");
        assert_eq!(shown(within, "Bến Thuận, ngày 15 tháng 8 năm 2025", ""), "Province |  |  | Bến Thuận");
    }
}
