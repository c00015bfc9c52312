//! The ways in which the form of a text changes while its content stays.

use std::fmt::Write;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// A text in three parts: what stands before its first numbered heading, the body, and what follows from `Nơi nhận` on.
pub struct Parts {
    pub head: Vec<String>,
    pub body: Vec<String>,
    pub foot: Vec<String>,
}

impl Parts {
    pub fn of(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let first = re(r"^[#*\s]*((I|1)[./)]\s|Phần thứ nhất)");
        let start = lines.iter().position(|line| first.is_match(line)).unwrap_or(0);
        let end = lines.iter().skip(start).position(|line| line.contains("Nơi nhận")).map_or(lines.len(), |at| start + at);
        let part = |range: std::ops::Range<usize>| lines[range].to_vec();
        Self { head: part(0..start), body: part(start..end), foot: part(end..lines.len()) }
    }

    fn with(&self, body: &[String]) -> String {
        let mut text = String::new();
        for line in self.head.iter().chain(body).chain(&self.foot) {
            let _ = writeln!(text, "{line}");
        }
        text
    }

    fn each(&self, change: impl Fn(&str) -> String) -> String {
        self.with(&self.body.iter().map(|line| change(line)).collect::<Vec<_>>())
    }

    /// The title and all that follows it: the head of letters and numbers is left out.
    fn titled(&self) -> (String, Vec<String>) {
        let kind = re(r"^[*#\s]*(KẾ HOẠCH|BÁO CÁO|ĐỀ ÁN|CHƯƠNG TRÌNH)[*\s]*$");
        let at = self.head.iter().position(|line| kind.is_match(line)).unwrap_or(0);
        let title = self.head[at..].iter().take(1).map(|line| line.trim_matches(['*', '#', ' ']).to_owned()).collect();
        (title, self.head[(at + 1).min(self.head.len())..].to_vec())
    }

    /// The body as paragraphs: the lines of a wrap put together again.
    fn paragraphs(&self) -> Vec<String> {
        let blank = self.body.iter().filter(|line| line.trim().is_empty()).count();
        let doubled = blank * 100 > self.body.len() * 42;
        let width = self.body.iter().map(|line| line.trim().chars().count()).max().unwrap_or(0);
        let starts = re(r"^([*#\s]*([IVX]+|\d{1,2}(\.\d{1,2})*|[a-zđ])[./)]\s|\(\w{1,2}\)\s|[-+*•–#|¹²³]|\*\*|\d+$)");
        let mut done: Vec<String> = Vec::new();
        let mut blanks = 0;
        for line in self.body.iter().map(|line| line.trim()) {
            if line.is_empty() {
                blanks += 1;
                continue;
            }
            let apart = blanks > usize::from(doubled);
            blanks = 0;
            let length = line.chars().count();
            let shouted = line == line.to_uppercase() && length > 3;
            let row = line.contains(['\t', '|']);
            if let Some(last) = done.last_mut()
                && (40..=125).contains(&width)
                && !apart
                && !row
                && !shouted
                && !last.contains(['\t', '|'])
                && !starts.is_match(line)
            {
                let tail = last.rsplit('\n').next().unwrap_or_default().chars().count();
                let goes_on = line.starts_with(char::is_lowercase);
                if goes_on && tail > 20 || tail * 100 > width * 80 && !last.ends_with(':') {
                    let glue = if last.ends_with("KH-") || last.ends_with("NQ-") || last.ends_with("QĐ-") { "" } else { " " };
                    let _ = write!(last, "{}{line}", if glue.is_empty() { "" } else { "\n" });
                    continue;
                }
            }
            done.push(line.to_owned());
        }
        done.into_iter().map(|paragraph| paragraph.replace('\n', " ")).collect()
    }
}

pub fn re(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

/// One way.
pub struct Way {
    pub name: &'static str,
    /// The changed text; `None` where the text has nothing to change.
    pub change: fn(&Parts) -> Option<String>,
    /// How the way changes what is expected (applied to gold and record alike).
    pub expect: Option<fn(&mut Value)>,
    /// Tables cannot survive it.
    pub tables_lost: bool,
}

fn without_header(record: &mut Value) {
    if let Some(record) = record.as_object_mut() {
        record.remove("document");
    }
}

/// The articles of the decision before the plan bring sections and items of their own, and another head.
fn attached(record: &mut Value) {
    without_header(record);
    keep(record, |item, list| {
        let path = item.get(if list == "sections" { "path" } else { "section" }).and_then(Value::as_str);
        path.is_none_or(|path| !path.starts_with("Điều")) && (list != "references" || path.is_some())
    });
}

/// What stands under no heading stood in the part that is left out; with it goes the year of a day that names none (`trước 30/6`).
fn without_opening(record: &mut Value) {
    without_header(record);
    let yearless = re(r"\b\d{1,2}/\d{1,2}$");
    for deadline in record.get_mut("deadlines").and_then(Value::as_array_mut).into_iter().flatten() {
        let text = deadline.get("text").and_then(Value::as_str).unwrap_or_default();
        if yearless.is_match(text)
            && let Some(fields) = deadline.as_object_mut()
        {
            fields.retain(|name, _| name != "from" && name != "to");
        }
    }
    keep(record, |item, list| list == "sections" || item.get("section").is_some_and(Value::is_string));
}

/// So do annexes in what is left out behind the body.
fn body_alone(record: &mut Value) {
    without_opening(record);
    keep(record, |item, list| {
        let path = item.get(if list == "sections" { "path" } else { "section" }).and_then(Value::as_str);
        path.is_none_or(|path| !path.starts_with("PL"))
    });
}

/// Headings without numbers have other paths: they are compared by their titles.
fn by_title(record: &mut Value) {
    let marker = re(r"^[#*\s]*([IVX]+|\d{1,2}(\.\d{1,2})*|[a-zđ])[./)]\s+");
    if let Some(sections) = record.get_mut("sections").and_then(Value::as_array_mut) {
        for section in sections {
            let title = section.get("title").and_then(Value::as_str).unwrap_or_default();
            section["path"] = Value::from(marker.replace(title, "").to_lowercase());
        }
    }
}

fn keep(record: &mut Value, wanted: impl Fn(&Value, &str) -> bool) {
    for list in ["sections", "targets", "tasks", "deadlines", "references", "facts", "sums", "ratios"] {
        if let Some(items) = record.get_mut(list).and_then(Value::as_array_mut) {
            items.retain(|item| wanted(item, list));
        }
    }
}

fn written_out(record: &mut Value) {
    match record {
        Value::String(text) if text.contains("UBND") && !text.contains("-UBND") => {
            *text = text.replace("UBND", "Ủy ban nhân dân")
        }
        Value::Array(items) => items.iter_mut().for_each(written_out),
        Value::Object(fields) => fields.values_mut().for_each(written_out),
        _ => {}
    }
}

fn bullet(parts: &Parts, new: &str) -> Option<String> {
    Some(parts.each(|line| match line.trim_start().strip_prefix("- ") {
        Some(rest) => format!("{new}{}", rest.trim_start()),
        None => line.to_owned(),
    }))
}

fn replaced(parts: &Parts, pattern: &str, with: &str) -> Option<String> {
    let pattern = re(pattern);
    Some(parts.each(|line| pattern.replace_all(line, with).into_owned()))
}

/// A heading's marker and the words after it.
static MARKED: LazyLock<Regex> = LazyLock::new(|| re(r"^([IVX]+|[0-9]{1,2}(\.[0-9]{1,2})*|[a-zđ])[./)] +[^ ]"));

fn heading(line: &str) -> Option<(usize, String)> {
    let bare = line.trim().trim_matches(['*', '#', ' ']).to_owned();
    let short = bare.chars().count() < 58 && !bare.ends_with(['.', ';', ',', ':']) && !line.contains(['\t', '|']);
    let first = bare.chars().next()?;
    let level = if first.is_uppercase() {
        2
    } else if first.is_ascii_digit() {
        3
    } else {
        4
    };
    (short && MARKED.is_match(&bare)).then_some((level, bare))
}

/// Changes the headings that stand on one line each.
fn headings(parts: &Parts, change: impl Fn(usize, &str) -> String) -> Option<String> {
    let body: Vec<String> = parts
        .paragraphs()
        .into_iter()
        .flat_map(|line| match heading(&line) {
            Some((level, bare)) => [String::new(), change(level, &bare)],
            None => [String::new(), line],
        })
        .collect();
    Some(rows_close(&parts.with(&body)))
}

/// Rows of a table stand without blank lines between them.
fn rows_close(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let row = |at: usize| lines.get(at).is_some_and(|line| line.contains(['|', '\t']));
    let kept = (0..lines.len()).filter(|at| !(lines[*at].is_empty() && *at > 0 && row(at - 1) && row(at + 1)));
    kept.fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "{}", lines[at]);
        text
    })
}

fn wrapped(parts: &Parts, width: usize) -> Option<String> {
    let mut body = Vec::new();
    for paragraph in parts.paragraphs() {
        if paragraph.contains(['|', '\t']) {
            body.push(paragraph);
            continue;
        }
        let mut line = String::new();
        let mut length = 0;
        for word in paragraph.split(' ') {
            let size = word.chars().count();
            if length > 0 && length + 1 + size > width {
                body.push(std::mem::take(&mut line));
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += size;
        }
        body.push(line);
    }
    Some(parts.with(&body))
}

/// The rows of a table, wherever one stands in the body: ways of writing it are given all rows at once.
fn tables(parts: &Parts, write: impl Fn(&[Vec<String>]) -> Vec<String>) -> Option<String> {
    let mut body = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut any = false;
    for line in parts.body.iter().map(String::as_str).chain([""]) {
        let trimmed = line.trim();
        if trimmed.starts_with('|') {
            let cells: Vec<String> = trimmed.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
            if !cells.iter().all(|cell| cell.chars().all(|c| "-: ".contains(c))) || cells.iter().all(String::is_empty) {
                rows.push(cells);
            }
            continue;
        }
        if trimmed.contains('\t') {
            rows.push(trimmed.split('\t').map(|cell| cell.trim().to_owned()).collect());
            continue;
        }
        if !rows.is_empty() {
            any = true;
            body.extend(write(&std::mem::take(&mut rows)));
        }
        body.push(line.to_owned());
    }
    any.then(|| parts.with(&body))
}

fn html(parts: &Parts, numbered: bool, real: bool) -> Option<String> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace("**", "");
    let mut page = String::from("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n");
    let p = |line: &String| if line.trim().is_empty() { String::new() } else { format!("<p>{}</p>\n", escape(line.trim())) };
    page.extend(parts.head.iter().map(p));
    let mut in_table = false;
    for line in parts.paragraphs() {
        let row = line.starts_with('|') || line.contains('\t');
        if row != in_table {
            page.push_str(if row { "<table>\n" } else { "</table>\n" });
            in_table = row;
        }
        if row {
            if !line.chars().all(|c| "|-: ".contains(c)) {
                let cells = line.trim_matches('|').split(['|', '\t']);
                let cells: String = cells.map(|cell| format!("<td>{}</td>", escape(cell.trim()))).collect();
                let _ = writeln!(page, "<tr>{cells}</tr>");
            }
        } else if let Some((level, bare)) = heading(&line).filter(|_| real) {
            let bare = if numbered { bare } else { unnumbered(&bare) };
            let _ = writeln!(page, "<h{level}>{}</h{level}>", escape(&bare));
        } else {
            page.push_str(&p(&line));
        }
    }
    if in_table {
        page.push_str("</table>\n");
    }
    page.extend(parts.foot.iter().map(p));
    page.push_str("</body></html>\n");
    Some(page)
}

fn unnumbered(heading: &str) -> String {
    heading.split_once(' ').map_or(heading, |(_, words)| words).trim().to_owned()
}

fn behind_a_decision(parts: &Parts, shouted: bool) -> Option<String> {
    let (kind, rest) = parts.titled();
    let kind = if shouted { kind } else { kind.chars().take(1).chain(kind.to_lowercase().chars().skip(1)).collect() };
    let decision = "ỦY BAN NHÂN DÂN\nTỈNH THANH GIANG\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
                    ---------------\nSố: 914/QĐ-UBND\nThanh Giang, ngày 12 tháng 3 năm 2024\n\nQUYẾT ĐỊNH\nBan hành văn bản kèm theo\n\n\
                    CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này văn bản của tỉnh.\n\n\
                    Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\nĐiều 3. Thủ trưởng các cơ quan có liên quan chịu trách nhiệm \
                    thi hành Quyết định này./.\n\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nNguyễn Văn Lim\n\n";
    let mut text = format!("{decision}{kind}\n");
    for line in rest.iter().chain(&parts.body).chain(&parts.foot) {
        let _ = writeln!(text, "{line}");
    }
    Some(text)
}

fn in_a_portal(parts: &Parts) -> Option<String> {
    let menu = "Trang chủ\nGiới thiệu\nTin tức - Sự kiện\nVăn bản\nThủ tục hành chính\nHỏi đáp\nLiên hệ\nĐăng nhập\n\n";
    let after = "\nTải về\nIn trang\nChia sẻ\nLượt xem: 318\nVăn bản liên quan\nBản quyền thuộc Cổng thông tin điện tử\n";
    Some(format!("{menu}{}{after}", parts.with(&parts.body)))
}

/// `hòa` → `hoà`, `thủy` → `thuỷ`.
fn old_tones(text: &str) -> String {
    let mut text = text.to_owned();
    for (pattern, with) in [
        (r"òa\b", "oà"),
        (r"óa\b", "oá"),
        (r"ỏa\b", "oả"),
        (r"õa\b", "oã"),
        (r"ọa\b", "oạ"),
        (r"òe\b", "oè"),
        (r"óe\b", "oé"),
        (r"ỏe\b", "oẻ"),
        (r"ùy\b", "uỳ"),
        (r"úy\b", "uý"),
        (r"ủy\b", "uỷ"),
        (r"ũy\b", "uỹ"),
        (r"ụy\b", "uỵ"),
        (r"Ủy\b", "Uỷ"),
        (r"ÒA\b", "OÀ"),
        (r"ỦY\b", "UỶ"),
    ] {
        text = re(pattern).replace_all(&text, with).into_owned();
    }
    text
}

/// Every two syllables of small letters put together, as word segmenters do: `kế_hoạch`.
fn segmented(line: &str) -> String {
    let small = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_lowercase);
    let mut done = String::new();
    let mut before: Option<&str> = None;
    for word in line.split(' ') {
        let glue = before.is_some_and(|last| small(last) && small(word));
        if !done.is_empty() {
            done.push(if glue { '_' } else { ' ' });
        }
        done.push_str(word);
        before = (!glue).then_some(word);
    }
    done
}

/// UTF-8 that was read as windows-1252 and written again.
fn decoded_twice(text: &str) -> String {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let high: Vec<char> = HIGH.chars().collect();
    text.bytes()
        .map(|byte| if (0x80..0xa0).contains(&byte) { high[usize::from(byte) - 0x80] } else { char::from(byte) })
        .collect()
}

fn entities(text: &str) -> String {
    text.chars().fold(String::new(), |mut done, c| {
        if c.is_ascii() {
            done.push(c);
        } else {
            let _ = write!(done, "&#{};", u32::from(c));
        }
        done
    })
}

const fn way(name: &'static str, change: fn(&Parts) -> Option<String>) -> Way {
    Way { name, change, expect: None, tables_lost: false }
}

const fn expecting(name: &'static str, expect: fn(&mut Value), change: fn(&Parts) -> Option<String>) -> Way {
    Way { name, change, expect: Some(expect), tables_lost: false }
}

/// All ways, in the order of the printed table.
pub fn ways() -> Vec<Way> {
    vec![
        way("bullet -tab", |p| bullet(p, "-\t")),
        way("bullet –", |p| bullet(p, "– ")),
        way("bullet •", |p| bullet(p, "• ")),
        way("bullet +", |p| bullet(p, "+ ")),
        way("bullet glued", |p| bullet(p, "-")),
        way("bullet symbol", |p| bullet(p, "\u{f0b7} ")),
        way("indent blanks", |p| Some(p.each(|line| if line.is_empty() { String::new() } else { format!("    {line}") }))),
        way("indent tab", |p| Some(p.each(|line| if line.is_empty() { String::new() } else { format!("\t{line}") }))),
        way("nbsp", |p| Some(p.each(|line| line.replace(' ', "\u{a0}")))),
        way("crlf", |p| Some(p.with(&p.body).replace('\n', "\r\n"))),
        way("nfd", |p| Some(p.with(&p.body).nfd().collect())),
        way("old tones", |p| Some(old_tones(&p.with(&p.body)))),
        way("marker I/", |p| replaced(p, r"^([*#\s]*[IVX]+)\. ", "${1}/ ")),
        way("marker 1)", |p| replaced(p, r"^([*#\s]*\d{1,2})\. ", "${1}) ")),
        way("marker 1/", |p| replaced(p, r"^([*#\s]*\d{1,2})\. ", "${1}/ ")),
        way("marker a.", |p| replaced(p, r"^([*#\s]*[a-zđ])\) ", "${1}. ")),
        way("bold marker", |p| {
            headings(p, |_, bare| bare.split_once(' ').map_or(bare.to_owned(), |(m, t)| format!("**{m}** {t}")))
        }),
        way("bold heading", |p| headings(p, |_, bare| format!("**{bare}**"))),
        way("## heading", |p| headings(p, |level, bare| format!("{} {bare}", "#".repeat(level)))),
        way("date 30.6.2025", |p| replaced(p, r"\b(\d{1,2})/(\d{1,2})/(20\d\d)\b", "${1}.${2}.${3}")),
        way("date in words", |p| {
            // `ngày` may end the line before.
            let date = re(r"\b(ngày\s+)?(\d{1,2})/(\d{1,2})/(20\d\d)\b");
            let body = p.body.join("\n");
            let written = date.replace_all(&body, |found: &regex::Captures| {
                let day = found.get(1).map_or("ngày ", |day| day.as_str());
                format!("{day}{} tháng {} năm {}", &found[2], &found[3], &found[4])
            });
            Some(p.with(&[written.into_owned()]))
        }),
        way("85 %", |p| replaced(p, r"(\d)%", "${1} %")),
        way(">85%", |p| replaced(p, r"\b[Tt]rên (\d[\d,]*%)", ">${1}")),
        way("≥ 85%", |p| replaced(p, r"\b(?:tối thiểu|ít nhất) (\d[\d,]*%)", "≥ ${1}")),
        expecting("UBND in words", written_out, |p| replaced(p, r"(^|[\s(])UBND\b", "${1}Ủy ban nhân dân")),
        way("wrapped 40", |p| wrapped(p, 40)),
        way("wrapped 60", |p| wrapped(p, 60)),
        way("wrapped 80", |p| wrapped(p, 80)),
        way("wrapped 100", |p| wrapped(p, 100)),
        way("wrapped 120", |p| wrapped(p, 120)),
        way("unwrapped", |p| Some(p.with(&p.paragraphs()))),
        way("blank lines", |p| headings(p, |_, bare| bare.to_owned())),
        way("sentence a line", |p| {
            let end = re(r"([\p{L}%)][.;]) (\p{Lu})");
            let row = |line: &String| line.contains(['|', '\t']) || heading(line).is_some();
            let cut = |line: String| if row(&line) { line } else { end.replace_all(&line, "${1}\n${2}").into_owned() };
            Some(p.with(&p.paragraphs().into_iter().map(cut).collect::<Vec<_>>()))
        }),
        Way {
            tables_lost: true,
            ..way("no line ends", |p| {
                // What marked a heading as one went with its line.
                let bare: Vec<String> =
                    p.paragraphs().iter().map(|line| line.trim_start_matches(['#', ' ']).to_owned()).collect();
                Some(p.with(&[bare.join(" ")]))
            })
        },
        way("segmented", |p| Some(p.each(segmented))),
        way("entities", |p| Some(entities(&p.with(&p.body)))),
        way("decoded twice", |p| Some(decoded_twice(&p.with(&p.body)))),
        expecting("attached SHOUTED", attached, |p| behind_a_decision(p, true)),
        expecting("attached small", attached, |p| behind_a_decision(p, false)),
        expecting("without head", without_opening, |p| Some([&p.body[..], &p.foot].concat().join("\n"))),
        expecting("body alone", body_alone, |p| Some(p.body.join("\n"))),
        way("in a portal", in_a_portal),
        way("table bars", |p| tables(p, |rows| rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect())),
        way("table tabs", |p| tables(p, |rows| rows.iter().map(|row| row.join("\t")).collect())),
        way("table cell a line", |p| tables(p, |rows| rows.iter().flatten().filter(|cell| !cell.is_empty()).cloned().collect())),
        way("html", |p| html(p, true, false)),
        way("html headings", |p| html(p, true, true)),
        expecting("html unnumbered", by_title, |p| html(p, false, true)),
        expecting("## unnumbered", by_title, |p| {
            headings(p, |level, bare| format!("{} {}", "#".repeat(level), unnumbered(bare)))
        }),
    ]
}
