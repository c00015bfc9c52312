//! What single lines say: quốc hiệu, recipients, offices, labels of annexes, notes of attachment, rows of tables.

use std::cell::RefCell;

use crate::lexicon::{ColumnKind, Lexicon, PaperSign};
use crate::marker;
use crate::normalize::Lines;
use crate::text::Span;
use crate::words::{Keyword, Token, is_shouted, without_marks};

/// How many bytes of a line tell what it is.
const TELLING: usize = 96;
/// Longest name of a type that stands alone, in bytes.
const UNMARKED: usize = 40;

/// Reads what lines say.
pub(crate) struct Signs<'a> {
    pub(crate) lines: &'a Lines,
    pub(crate) lexicon: &'a Lexicon,
    tokens: RefCell<Vec<Token>>,
}

impl<'a> Signs<'a> {
    pub(crate) fn new(lines: &'a Lines, lexicon: &'a Lexicon) -> Self {
        Self { lines, lexicon, tokens: RefCell::new(Vec::new()) }
    }

    /// Cuts the start of a text and asks about its tokens.
    pub(super) fn cut<T>(&self, text: &str, ask: impl FnOnce(&[Token]) -> T) -> T {
        let mut tokens = self.tokens.borrow_mut();
        tokens.clear();
        let mut end = text.len().min(TELLING);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.lexicon.vocabulary.cut(&text[..end], 0, &mut tokens);
        ask(&tokens)
    }

    /// The sign that a text begins with, and the bytes that its words take.
    pub(super) fn sign(&self, text: &str) -> Option<(PaperSign, usize)> {
        let first = text.chars().next()?;
        if first.is_lowercase() || first.is_ascii_digit() {
            return None;
        }
        self.cut(text, |tokens| {
            let (length, sign) = self.lexicon.papers.at(tokens, 0)?;
            Some((*sign, tokens[length - 1].span().end))
        })
    }

    pub(super) fn is(&self, text: &str, sign: PaperSign) -> bool {
        self.sign(text).is_some_and(|(found, _)| found == sign)
    }

    /// `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`, `ĐẢNG CỘNG SẢN VIỆT NAM`, or a piece of it; where it begins.
    pub(crate) fn motto(&self, text: &str) -> Option<usize> {
        if text.len() > 200 || !text.contains(['C', 'Đ', 'Ð']) {
            return None;
        }
        self.cut(text, |tokens| {
            (0..tokens.len()).find_map(|at| {
                let (length, sign) = self.lexicon.papers.at(tokens, at)?;
                let span = Span::new(tokens[at].span().start, tokens[at + length - 1].span().end);
                (*sign == PaperSign::Motto && is_shouted(span.slice(text)?)).then_some(span.start)
            })
        })
    }

    /// Quốc hiệu, tiêu ngữ, or a piece of either.
    pub(crate) fn is_motto(&self, text: &str) -> bool {
        self.sign(text.trim_start_matches(|c: char| !c.is_alphanumeric()))
            .is_some_and(|(sign, _)| matches!(sign, PaperSign::Motto | PaperSign::UnderMotto))
    }

    /// `Nơi nhận:`.
    pub(crate) fn is_recipients(&self, text: &str) -> bool {
        text.len() < 200 && self.is(text, PaperSign::Recipients)
    }

    /// `V/v …`.
    pub(crate) fn is_subject(&self, text: &str) -> bool {
        self.is(text, PaperSign::Subject)
    }

    /// `Trên đây là Kế hoạch …`.
    pub(crate) fn is_closing(&self, text: &str) -> bool {
        self.is(text, PaperSign::Closing)
    }

    /// `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `GIÁM ĐỐC`.
    pub(crate) fn is_office(&self, text: &str) -> bool {
        if text.len() >= 160 || !text.starts_with(char::is_uppercase) {
            return false;
        }
        self.is_for_whom(text)
            || text.len() < 90 && is_shouted(text) && self.cut(text, |tokens| self.lexicon.offices.at(tokens, 0).is_some())
    }

    /// `TM.`, `KT.`.
    pub(crate) fn is_for_whom(&self, text: &str) -> bool {
        let Some((PaperSign::ForWhom, end)) = self.sign(text) else { return false };
        is_shouted(&format!("{}XX", &text[..end]))
    }

    /// `(Đã ký)`, `[daky]`: what stands in the place of the hand's signature.
    pub(super) fn is_stamp(&self, text: &str) -> bool {
        let core = text.trim_matches(|c: char| !c.is_alphanumeric());
        core.len() < 40
            && self.cut(core, |tokens| {
                self.lexicon
                    .papers
                    .at(tokens, 0)
                    .is_some_and(|(length, sign)| *sign == PaperSign::Stamp && length == tokens.len())
            })
    }

    /// `(Kèm theo Kế hoạch số …`, `Ban hành kèm theo Quyết định số …`.
    pub(super) fn is_attached_note(&self, text: &str) -> bool {
        let bracketed = text.starts_with(['(', '[']);
        let core = text.trim_start_matches(['(', '[', '*', '_', ' ']);
        if !core.starts_with(char::is_alphabetic) {
            return false;
        }
        self.cut(core, |tokens| {
            let Some((length, PaperSign::Attached)) = self.lexicon.papers.at(tokens, 0) else { return false };
            // `Kèm theo Kế hoạch số …` is a note without its brackets, `Kèm theo đó, các xã …` is none.
            bracketed
                || self.lexicon.type_names.at(tokens, length).is_some()
                    && tokens.iter().take(length + 8).any(|token| token.is(Keyword::Number))
        })
    }

    /// A portal's tail: the line says that and nothing else.
    pub(super) fn is_related(&self, text: &str) -> bool {
        let core = text.trim_matches(|c: char| !c.is_alphanumeric());
        core.len() < 60
            && self.cut(core, |tokens| {
                self.lexicon.papers.at(tokens, 0).is_some_and(|(length, sign)| {
                    *sign == PaperSign::Related
                        && tokens[length..].iter().all(|token| !token.is_word())
                        && core.starts_with(char::is_uppercase)
                })
            })
    }

    /// A line of a portal's frame before a document: `Trang chủ`, `Ngày đăng: 12/3/2024`, `Loại văn bản: Kế hoạch`.
    pub(super) fn is_frame(&self, text: &str) -> bool {
        let core = text.trim_matches(|c: char| !c.is_alphanumeric());
        let framed = || {
            self.cut(core, |tokens| {
                self.lexicon.papers.at(tokens, 0).is_some_and(|(length, sign)| {
                    let rest = &tokens[length..];
                    *sign == PaperSign::Frame
                        && (rest.first().is_some_and(|token| token.is(Keyword::Colon))
                            || rest.iter().all(|token| !token.is_word()))
                })
            })
        };
        core.starts_with(char::is_uppercase) && core.len() < 300 && framed() || self.is_related(text)
    }

    /// Whether a text begins with the name of a list: `DANH MỤC …`.
    pub(super) fn is_list(&self, text: &str) -> bool {
        text.len() < 300 && is_shouted(text) && self.is(text, PaperSign::List)
    }

    /// The type that a text begins with, and the bytes of its name.
    pub(super) fn type_name(&self, text: &str) -> Option<(usize, usize)> {
        self.cut(text, |tokens| {
            // `DỰ THẢO BÁO CÁO`, `Dự thảo Kế hoạch`.
            let draft = self.lexicon.papers.at(tokens, 0).filter(|(_, sign)| **sign == PaperSign::Draft);
            let tokens = &tokens[draft.map_or(0, |(length, _)| length)..];
            let (length, kind) = self.lexicon.type_names.at(tokens, 0)?;
            // `KẾ HOẠCH HÀNH ĐỘNG “NĂM …”` is a Kế hoạch, whose title begins with `HÀNH ĐỘNG`.
            let name = &self.lexicon.types[*kind];
            let short = (1..length)
                .rev()
                .filter_map(|length| self.lexicon.type_names.at(&tokens[..length], 0).filter(|(found, _)| *found == length))
                .find(|(_, other)| self.lexicon.types[**other].record == name.record && self.lexicon.types[**other].heads);
            let (length, kind) = short.unwrap_or((length, kind));
            name.heads.then(|| (*kind, tokens[length - 1].span().end))
        })
    }

    /// The type of a line that is nothing but a type's name in capitals, whose marks a scan has lost or changed: `QUYÉT ĐỊNH`.
    pub(super) fn type_name_unmarked(&self, text: &str) -> Option<usize> {
        let core = text.trim_end_matches([':', '.', ' ']);
        if core.len() > UNMARKED || !is_shouted(core) {
            return None;
        }
        let bare = without_marks(core);
        self.lexicon.types.iter().position(|kind| kind.heads && without_marks(&kind.name) == bare)
    }

    /// Whether a text begins with the name of a body or an office.
    pub(super) fn names_issuer(&self, text: &str) -> bool {
        self.cut(text, |tokens| {
            let at = self.lexicon.offices.at(tokens, 0).map_or(0, |(length, ())| length);
            at > 0 || self.lexicon.bodies.at(tokens, 0).is_some()
        })
    }

    /// Whether a line begins with an office: `THỦ TƯỚNG …`, `CHỦ TỊCH …`.
    pub(super) fn names_office(&self, text: &str) -> bool {
        self.cut(text, |tokens| self.lexicon.offices.at(tokens, 0).is_some())
    }

    /// The label of an annex line: `Phụ lục II: …` gives `II` and what stands behind.
    pub(super) fn label<'t>(&self, text: &'t str) -> Option<(Option<String>, &'t str)> {
        let (PaperSign::Label, end) = self.sign(text)? else { return None };
        if !text.starts_with(char::is_uppercase) {
            return None;
        }
        let rest = text[end..].trim_start_matches([' ', ':', '.']);
        let word = rest.split([' ', ':', '.', ')', '-', '–']).next().unwrap_or_default();
        let numbered = !word.is_empty()
            && (word.bytes().all(|byte| byte.is_ascii_digit())
                || marker::roman(word).is_some()
                || word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
                || word.len() <= 4
                    && word.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
                    && word.bytes().any(|byte| byte.is_ascii_digit()));
        if numbered {
            let behind = rest[word.len()..].trim_start_matches([':', '.', ')', '-', '–', ' ']);
            return Some((Some(word.to_owned()), behind));
        }
        // `Phụ lục: DANH SÁCH CÁC ĐƠN VỊ`.
        if text[end..].trim_start().starts_with(':') && is_shouted(rest) {
            return Some((None, rest));
        }
        rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty().then_some((None, ""))
    }

    /// Whether a line is nothing but the label of an annex, or a label with a shouted title.
    pub(super) fn is_label_line(&self, text: &str) -> bool {
        self.label(text).is_some_and(|(_, rest)| rest.is_empty() || is_shouted(rest))
    }

    /// Whether a line is the label row of a table: `STT | Chỉ tiêu | …`, or `STT` alone.
    pub(super) fn is_label_row(&self, index: usize) -> bool {
        let text = self.lines.line(index);
        if text.len() > 400 {
            return false;
        }
        let pieces = self.lines.pieces(index);
        let column = |piece: &Span| {
            self.cut(self.lines.text.slice(*piece), |tokens| {
                self.lexicon.columns.at(tokens, 0).filter(|(length, _)| *length + 2 >= tokens.len()).map(|(_, kind)| *kind)
            })
        };
        match pieces.as_slice() {
            [] => false,
            [one] => column(one) == Some(ColumnKind::Ordinal),
            several => {
                let known: Vec<ColumnKind> = several.iter().filter_map(column).collect();
                known.len() >= 2 && (is_table_row(text) || known[0] == ColumnKind::Ordinal)
            }
        }
    }

    /// Whether a line begins with the marker of a heading, and not with a bullet.
    pub(super) fn is_heading(&self, text: &str) -> bool {
        marker::parse(text).is_some_and(|marker| !matches!(marker.style, marker::Style::Bullet(_)))
    }

    /// Whether a line begins the preamble or the body.
    pub(super) fn opens_body(&self, text: &str) -> bool {
        self.is_heading(text)
            || text.starts_with(char::is_uppercase)
                && !is_shouted(text)
                && matches!(self.sign(text), Some((PaperSign::Opening | PaperSign::Addressee, _)))
    }

    /// The first line of `range` that is no page number and no rule.
    pub(super) fn next(&self, mut range: std::ops::Range<usize>) -> Option<usize> {
        range.find(|index| !is_furniture(self.lines.line(*index)))
    }
}

/// Whether a line is furniture: a page number, a separator.
pub(crate) fn is_furniture(text: &str) -> bool {
    /// Longest number of a page or word for its end, in bytes.
    const LONGEST: usize = 24;
    let core = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '_' | '=' | '.' | '*' | '|' | '~') || c.is_whitespace());
    if core.is_empty() {
        return true;
    }
    if core.len() <= 4 && core.bytes().all(|byte| byte.is_ascii_digit()) && core.len() <= 3 {
        return !text.trim_end().ends_with('.') || text.starts_with('-');
    }
    // `Trang 2/10`, `Page 3`, and what other programs write where a page ends: `--- PAGE BREAK ---`, `===== Page 3 =====`.
    if core.len() > LONGEST {
        return false;
    }
    let lower = core.to_lowercase();
    let mut words = lower.split([' ', '/', '-', '_', ':']).filter(|word| !word.is_empty());
    let paged = words.next().is_some_and(|word| matches!(word, "page" | "trang"));
    let known = |word: &str| matches!(word, "break" | "of") || word.bytes().all(|byte| byte.is_ascii_digit());
    paged && words.next().is_some_and(known) && words.all(known)
}

/// Whether a line is a separator: `-----`, `___`, `***`.
pub(crate) fn is_separator(text: &str) -> bool {
    text.len() >= 3 && text.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '=' | '*' | ' '))
}

/// Whether a line is a row of a table: cells parted by tabs or bars. A sheet's table stands right under its title.
pub(crate) fn is_table_row(text: &str) -> bool {
    text.contains('\t') || text.starts_with('|') && (text.len() == 1 || text[1..].contains('|'))
}
