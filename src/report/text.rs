//! The audit for a terminal: each finding as rustc shows its own, with the source lines of every side and the words underlined; then
//! Vị trí / Vấn đề / Cần làm.
//!
//! Lines and columns are those of what `kehoach text FILE` prints. What a document says is untrusted: none of its control characters
//! reaches the terminal.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::indexed::Indexed;
use super::{Lang, Outcome};
use crate::check::{Finding, Severity, Side, Undecided, show};

/// How an audit is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// Whether colours may be used.
    pub color: bool,
    /// Whether to tell what could not be decided.
    pub all: bool,
    /// How many columns a source line may take; longer ones are shortened around the words.
    pub width: usize,
}

/// Columns where no terminal says how many it has.
pub const WIDTH: usize = 120;

impl Default for Style {
    fn default() -> Self {
        Self { lang: Lang::Vi, color: false, all: false, width: WIDTH }
    }
}

/// A quotation is shown with so many of its lines; of a longer one the first and the last are.
const SHOWN: usize = 4;

/// Writes the audit; `texts` are the source texts by path, as far as they are at hand.
#[must_use]
pub fn write(outcome: &Outcome, texts: &HashMap<String, String>, style: Style) -> String {
    let quoted = outcome.findings.iter().flat_map(|finding| &finding.evidence);
    let undecided = outcome.undecided.iter().filter(|_| style.all).flat_map(|entry| &entry.evidence);
    let mut sources: HashMap<&str, Indexed> = HashMap::new();
    for side in quoted.chain(undecided) {
        if let Some(text) = texts.get(&side.path) {
            sources.entry(&side.path).or_insert_with(|| Indexed::new(text));
        }
    }
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() }.term_width(style.width);
    let page = Page { sources, renderer, lang: style.lang, width: style.width };
    let mut out = String::new();
    for finding in &outcome.findings {
        page.finding(&mut out, finding);
    }
    if style.all {
        for entry in &outcome.undecided {
            page.undecided(&mut out, entry);
        }
    }
    out.push_str(&summary(outcome, style));
    out
}

/// What all findings are written with.
struct Page<'a> {
    sources: HashMap<&'a str, Indexed<'a>>,
    renderer: Renderer,
    lang: Lang,
    width: usize,
}

impl Page<'_> {
    fn finding(&self, out: &mut String, finding: &Finding) {
        let (level, word) = match (finding.severity, self.lang) {
            (Severity::Error, Lang::Vi) => (Level::ERROR, "lỗi"),
            (Severity::Error, Lang::En) => (Level::ERROR, "error"),
            (Severity::Warning, Lang::Vi) => (Level::WARNING, "cảnh báo"),
            (Severity::Warning, Lang::En) => (Level::WARNING, "warning"),
            (Severity::Note, Lang::Vi) => (Level::NOTE, "lưu ý"),
            (Severity::Note, Lang::En) => (Level::NOTE, "note"),
        };
        let (told, labels) = match self.lang {
            Lang::Vi => (&finding.message.vi, ["Vị trí", "Vấn đề", "Cần làm"]),
            Lang::En => (&finding.message.en, ["Where", "Problem", "To do"]),
        };
        let what = super::finds(finding.code, self.lang);
        let fields = labels.into_iter().zip([&told.place, &told.problem, &told.action]);
        let title = format!("{what} [{}]", finding.fingerprint);
        self.write(out, level.with_name(word), finding.code, title, &finding.evidence, fields.collect());
    }

    fn undecided(&self, out: &mut String, entry: &Undecided) {
        let (word, label, why) = match self.lang {
            Lang::Vi => ("không kiểm được", "Lý do", &entry.why_vi),
            Lang::En => ("undecided", "Reason", &entry.why_en),
        };
        let what = super::finds(entry.code, self.lang);
        self.write(out, Level::HELP.with_name(word), entry.code, what, &entry.evidence, vec![(label, why)]);
    }

    fn write(&self, out: &mut String, level: Level, code: &str, title: String, sides: &[Side], fields: Vec<(&str, &String)>) {
        let mut group = Group::with_title(level.primary_title(title).id(code));
        for (at, excerpt) in self.excerpts(sides).into_iter().enumerate() {
            group = match excerpt.source {
                Some(source) => group.element(self.shown(source, &excerpt, at == 0)),
                None => excerpt.sides.iter().fold(group.element(Origin::path(excerpt.path)), |group, side| {
                    group.element(Level::INFO.no_name().message(format!("“{}”", show::short(&side.text))))
                }),
            };
        }
        for (label, text) in fields {
            group = group.element(Level::INFO.with_name(label).message(text));
        }
        // Lines that end in spaces are hard to compare.
        for line in self.renderer.render(&[group]).lines() {
            let _ = writeln!(out, "{}", line.trim_end());
        }
        out.push('\n');
    }

    /// Sides as excerpts: those of one file in lines that touch are one, with several words underlined.
    fn excerpts<'s>(&self, sides: &'s [Side]) -> Vec<Excerpt<'_, 's>> {
        let mut excerpts: Vec<Excerpt> = Vec::new();
        for side in sides {
            let Some(source) = self.sources.get(side.path.as_str()) else {
                excerpts.push(Excerpt { path: &side.path, source: None, first: 0, last: 0, sides: vec![side] });
                continue;
            };
            let (from, to) = (source.byte(side.start), source.byte(side.end));
            let (first, last) = (source.line(from), source.line(to.saturating_sub(1).max(from)));
            let touching = |one: &&mut Excerpt| one.path == side.path && first <= one.last + 1 && one.first <= last + 1;
            match excerpts.iter_mut().find(touching) {
                Some(one) => {
                    (one.first, one.last) = (one.first.min(first), one.last.max(last));
                    one.sides.push(side);
                }
                None => excerpts.push(Excerpt { path: &side.path, source: Some(source), first, last, sides: vec![side] }),
            }
        }
        excerpts
    }

    fn shown<'s>(&self, source: &Indexed, excerpt: &Excerpt<'_, 's>, primary: bool) -> Snippet<'s, Annotation<'s>> {
        let bytes = source.lines(excerpt.first, excerpt.last);
        let mut quoted: Vec<(usize, Range<usize>, String)> = Vec::new();
        for (at, side) in excerpt.sides.iter().enumerate() {
            let mut pieces = pieces(source, source.byte(side.start)..source.byte(side.end));
            if pieces.len() > SHOWN {
                pieces.drain(SHOWN / 2..pieces.len() - SHOWN / 2);
            }
            let last = pieces.len().saturating_sub(1);
            for (number, piece) in pieces.into_iter().enumerate() {
                // The cells of a row are in one section: that is said once.
                let again = excerpt.sides[at + 1..].iter().any(|later| self.label(later) == self.label(side));
                let label = if number == last && !again { self.label(side) } else { String::new() };
                quoted.push((at, piece.start - bytes.start..piece.end - bytes.start, label));
            }
        }
        let original = source.slice(bytes);
        let room = self.width * 3 / 4;
        let mut cuts: Vec<Range<usize>> = quoted.iter().filter_map(|(_, piece, _)| middle(original, piece, room)).collect();
        // A column is told of what was not cut: nothing that is quoted stands behind a cut in its line, or in one.
        cuts.retain(|cut| {
            let line = cut.end..original[cut.end..].find('\n').map_or(original.len(), |at| cut.end + at);
            !quoted.iter().any(|(_, piece, _)| cut.contains(&piece.start) || line.contains(&piece.start))
        });
        cuts.sort_by_key(|cut| cut.start);
        cuts.dedup();
        let mut text = original.to_owned();
        for cut in cuts.iter().rev() {
            text.replace_range(cut.clone(), CUT);
        }
        let moved = |byte: usize| {
            let before = cuts.iter().filter(|cut| cut.end <= byte);
            before.fold(byte, |byte, cut| byte + CUT.len() - cut.len())
        };
        let mut snippet = Snippet::source(visible(&text)).path(excerpt.path).line_start(excerpt.first + 1);
        for (at, piece, label) in quoted {
            let kind = if primary && at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = (!label.is_empty()).then_some(label);
            snippet = snippet.annotation(kind.span(moved(piece.start)..moved(piece.end)).label(label));
        }
        snippet
    }

    /// Section and page of a side: `mục II.1, trang 3`.
    fn label(&self, side: &Side) -> String {
        let (section, page) = if self.lang == Lang::Vi { ("mục", "trang") } else { ("section", "page") };
        let section = side.section.as_ref().map(|path| format!("{section} {path}"));
        let page = side.page.map(|number| format!("{page} {number}"));
        section.into_iter().chain(page).collect::<Vec<_>>().join(", ")
    }
}

/// Lines of a file that sides stand in.
struct Excerpt<'p, 's> {
    path: &'s str,
    /// `None` where the text is not at hand.
    source: Option<&'p Indexed<'p>>,
    /// First line, from 0.
    first: usize,
    /// Last line.
    last: usize,
    sides: Vec<&'s Side>,
}

/// A text whose control characters do nothing on a terminal and take a column each; every byte keeps its place.
fn visible(text: &str) -> String {
    let visible = |c: char| match c {
        '\n' | '\t' => c,
        '\r' | '\u{c}' => ' ',
        c if c.is_control() && c.len_utf8() == 1 => '?',
        c if c.is_control() => '¿',
        c => c,
    };
    text.chars().map(visible).collect()
}

/// What stands for words that were cut out of a line.
const CUT: &str = "…";

/// The middle of a piece that takes more room than there is, in characters: a third of what stays is its end.
fn middle(text: &str, piece: &Range<usize>, room: usize) -> Option<Range<usize>> {
    let quoted = &text[piece.clone()];
    let count = quoted.chars().count();
    if count <= room {
        return None;
    }
    let byte = |character: usize| quoted.char_indices().nth(character).map_or(piece.end, |(at, _)| piece.start + at);
    Some(byte(room * 2 / 3)..byte(count - room / 3))
}

/// What of a quotation stands in each of its lines, without the spaces around; empty lines are left out.
fn pieces(source: &Indexed, quoted: Range<usize>) -> Vec<Range<usize>> {
    let (first, last) = (source.line(quoted.start), source.line(quoted.end));
    let mut pieces = Vec::new();
    for line in first..=last {
        let bytes = source.lines(line, line);
        let (from, to) = (bytes.start.max(quoted.start), bytes.end.min(quoted.end));
        let text = source.slice(from..to.max(from));
        let (head, tail) = (text.len() - text.trim_start().len(), text.trim().len());
        if tail > 0 {
            pieces.push(from + head..from + head + tail);
        }
    }
    pieces
}

fn summary(outcome: &Outcome, style: Style) -> String {
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| outcome.count(severity));
    let mut line = match style.lang {
        Lang::Vi => format!("{} văn bản: {errors} lỗi, {warnings} cảnh báo, {notes} lưu ý", outcome.documents),
        Lang::En => {
            [(outcome.documents, "document", ": "), (errors, "error", ", "), (warnings, "warning", ", "), (notes, "note", "")]
                .map(|(count, noun, behind)| super::counted(count, noun) + behind)
                .concat()
        }
    };
    let mut add = |count: usize, vi: &str, en: &str| {
        if count > 0 {
            let _ = write!(line, "; {count} {}", if style.lang == Lang::Vi { vi } else { en });
        }
    };
    add(outcome.undecided.len(), "điểm không kiểm được (xem bằng --all)", "points that could not be checked (--all shows them)");
    add(outcome.known, "đã có từ lần trước", "known from the baseline");
    add(outcome.accepted.len(), "đã được chấp nhận", "accepted");
    add(outcome.unread.len(), "tệp không đọc được", "files could not be read");
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{self, Message, Told};

    const PATH: &str = "a.txt";

    fn side(text: &str, words: &str, page: Option<u32>) -> Side {
        let byte = text.find(words).expect("the words stand in the text");
        let start = text[..byte].chars().count();
        Side {
            path: PATH.into(),
            document: "1/KH".into(),
            section: Some("I".into()),
            page,
            start,
            end: start + words.chars().count(),
            text: words.into(),
            origin: None,
        }
    }

    fn written(text: &str, sides: Vec<Side>, style: Style) -> String {
        let told =
            Told { place: "1/KH, mục I".into(), problem: "Không có ngày này.".into(), action: "Sửa lại.".into() };
        let finding = Finding {
            code: "DL003",
            name: "no-such-day",
            severity: Severity::Error,
            fingerprint: "00ff".into(),
            message: Message { vi: told.clone(), en: told },
            evidence: sides,
            values: serde_json::Map::new(),
            cause: None,
        };
        let outcome = Outcome { findings: vec![finding], documents: 1, ..Outcome::default() };
        write(&outcome, &HashMap::from([(PATH.to_owned(), text.to_owned())]), style)
    }

    /// The lines that begin with a number or the gutter and stand before the fields.
    fn excerpt(text: &str, words: &str) -> Vec<String> {
        let all = written(text, vec![side(text, words, None)], Style { width: 60, ..Style::default() });
        let within = all.lines().skip_while(|line| !line.contains("-->")).take_while(|line| !line.contains(" = "));
        within.filter(|line| line.trim() != "|").map(|line| line.trim().to_owned()).collect()
    }

    #[test]
    fn words_are_underlined_where_they_stand() {
        let cases: [(&str, &str, &[&str]); 4] = [
            (
                "I. VIỆC\n- Xong trước ngày 31/02/2025.\n",
                "31/02/2025",
                &["--> a.txt:2:19", "2 | - Xong trước ngày 31/02/2025.", "|                   ^^^^^^^^^^ mục I"],
            ),
            // A mark that stands for itself (`ế` in three code points) counts as a character and takes no column.
            (
                "Ke\u{302}\u{301} hoa\u{323}ch 31/02\n",
                "31/02",
                &["--> a.txt:1:13", "1 | Ke\u{302}\u{301} hoa\u{323}ch 31/02", "|          ^^^^^ mục I"],
            ),
            // A sentence that the layout wrapped, with the blank lines that it doubled.
            (
                "- Hồ sơ giải quyết\n\n  đúng hạn đạt 98%.\n",
                "Hồ sơ giải quyết\n\n  đúng hạn đạt 98%",
                &[
                    "--> a.txt:1:3",
                    "1 | - Hồ sơ giải quyết",
                    "|   ^^^^^^^^^^^^^^^^",
                    "2 |",
                    "3 |   đúng hạn đạt 98%.",
                    "|   ^^^^^^^^^^^^^^^^ mục I",
                ],
            ),
            // What would steer the terminal.
            ("Đạt \u{1b}[2J90%\u{9b}\n", "90%", &["--> a.txt:1:9", "1 | Đạt ?[2J90%¿", "|         ^^^ mục I"]),
        ];
        for (text, words, wanted) in cases {
            assert_eq!(excerpt(text, words), wanted, "{words}");
        }
    }

    #[test]
    fn a_long_line_is_shortened_around_the_words() {
        let text = format!("{}trước ngày 31/02/2025 {}\n", "nội dung ".repeat(60), "và còn nữa ".repeat(60));
        let lines = excerpt(&text, "31/02/2025");
        assert_eq!(lines[0], "--> a.txt:1:552");
        assert!(lines[1].contains("31/02/2025") && lines[1].starts_with("1 | ...") && lines[1].ends_with("..."), "{lines:?}");
        assert!(lines.iter().all(|line| line.chars().count() < 80), "{lines:?}");
    }

    #[test]
    fn a_long_quoted_line_loses_its_middle() {
        let text = format!("- Đầu {} cuối 98%; và nữa.\n", "nội dung ".repeat(60));
        let lines = excerpt(&text, &text[2..text.find(';').expect("a mark")]);
        assert_eq!(lines[0], "--> a.txt:1:3");
        assert!(
            lines[1].starts_with("1 | - Đầu nội dung") && lines[1].contains('…') && lines[1].contains("cuối 98%;"),
            "{lines:?}"
        );
        assert_eq!(lines[2].matches('^').count(), 46, "{lines:?}");
    }

    #[test]
    fn a_long_quotation_shows_its_first_and_last_lines() {
        let text = (1..=12).map(|at| format!("dòng {at}\n")).collect::<String>();
        let all = excerpt(&text, text.trim_end()).join("\n");
        for (line, shown) in
            [("dòng 1\n", true), ("dòng 2\n", true), ("dòng 6\n", false), ("dòng 11\n", true), ("dòng 12\n", true)]
        {
            assert_eq!(all.contains(line), shown, "{line}: {all}");
        }
    }

    #[test]
    fn the_whole_finding() {
        let text = "1    Hồ sơ đúng hạn    98%    97%\n";
        let sides = || vec![side(text, "Hồ sơ đúng hạn", Some(3)), side(text, "97%", Some(3))];
        let wanted = "\
lỗi[DL003]: Ngày không có thật. [00ff]
 --> a.txt:1:6
  |
1 | 1    Hồ sơ đúng hạn    98%    97%
  |      ^^^^^^^^^^^^^^           --- mục I, trang 3
  |
  = Vị trí: 1/KH, mục I
  = Vấn đề: Không có ngày này.
  = Cần làm: Sửa lại.

1 văn bản: 1 lỗi, 0 cảnh báo, 0 lưu ý
";
        let summary = check::rule("DL003").map_or("", |rule| rule.summary());
        assert_eq!(written(text, sides(), Style::default()).replace(summary, "Ngày không có thật."), wanted);
        let colored = written(text, sides(), Style { color: true, ..Style::default() });
        assert!(colored.contains("\u{1b}[") && !wanted.contains('\u{1b}'), "{colored}");
    }

    #[test]
    fn a_text_that_is_not_at_hand_leaves_file_and_fields() {
        let mut lost = side("31/02", "31/02", None);
        lost.path = "b.txt".into();
        let all = written("", vec![lost], Style { lang: Lang::En, ..Style::default() });
        for piece in ["error[DL003]: No such day [00ff]", "--> b.txt", "“31/02”", "= To do: Sửa lại."] {
            assert!(all.contains(piece), "{piece}: {all}");
        }
    }
}
