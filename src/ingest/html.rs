//! HTML → blocks: the document inside a legal portal's page, without its menus and adverts.
//!
//! Which part of the page is the document is told in [`content`]; here its elements become
//! paragraphs, tables with their merged cells, list items with their marks, and footnotes.

mod content;
mod notes;

use ego_tree::NodeRef;
use scraper::{Html, Node};

use super::Reason;
use super::blocks::{Block, Cell, Inline, Paragraph, Run, Table};
use super::render;

/// How deep elements are followed; browsers stop at 512.
const DEEPEST: usize = 400;
/// How deep a page may nest; unclosed elements of careless pages add up to some hundred.
const DEEPEST_PAGE: usize = 5000;

const KIND: &str = "a web page (HTML)";

/// Reads a web page; gives its text, the name of its encoding, and the words that are struck out, which are not in the text.
pub(super) fn read(bytes: &[u8]) -> Result<(String, &'static str, Vec<String>), Reason> {
    let (blocks, charset, struck) = whole(bytes)?;
    let (text, encoding) = render::render(&blocks);
    Ok((text, if encoding == "utf-8" { charset } else { encoding }, struck))
}

/// The paragraphs and tables of a web page, and the name of its charset.
pub(super) fn blocks(bytes: &[u8]) -> Result<(Vec<Block>, &'static str), Reason> {
    whole(bytes).map(|(blocks, charset, _)| (blocks, charset))
}

fn whole(bytes: &[u8]) -> Result<(Vec<Block>, &'static str, Vec<String>), Reason> {
    let (text, charset) = decode(bytes);
    if nests_too_deep(&text) {
        return Err(Reason::Damaged(KIND, format!("elements stand more than {DEEPEST_PAGE} deep in each other")));
    }
    let page = Html::parse_document(&text);
    let Some(root) = content::find(&page) else { return Ok((Vec::new(), charset, Vec::new())) };
    let mut reader = Reader { out: Vec::new(), open: Paragraph::default(), lists: Vec::new() };
    reader.children(root, &Look::default(), 0);
    reader.close();
    let mut blocks = reader.out;
    notes::settle(&mut blocks);
    Ok((blocks, charset, content::struck(root)))
}

/// Whether elements that do not end by themselves nest deeper than any page: the time that a
/// browser's parser takes grows with the square of it.
fn nests_too_deep(page: &str) -> bool {
    const NAMES: [&str; 13] =
        ["div", "span", "section", "article", "table", "ul", "ol", "center", "blockquote", "b", "i", "font", "form"];
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for tag in page.split('<').skip(1) {
        let (ends, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).count().min(16);
        if NAMES.iter().any(|name| tag[..length].eq_ignore_ascii_case(name)) {
            depth = if ends { depth.saturating_sub(1) } else { depth + 1 };
            deepest = deepest.max(depth);
        }
    }
    deepest > DEEPEST_PAGE
}

/// Decodes the page: a byte order mark, what the page says of itself, UTF-8, or an older encoding.
fn decode(bytes: &[u8]) -> (String, &'static str) {
    let head: String = bytes[..bytes.len().min(4096)].iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let told = head.split("charset=").nth(1).map(|rest| rest.trim_start_matches(['"', '\'']));
    let told = told.and_then(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next());
    let told = told.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    let unicode = std::str::from_utf8(bytes).is_ok();
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, _)) => marked,
        // What is valid UTF-8 is that, whatever the page says.
        None if unicode => encoding_rs::UTF_8,
        None => told.unwrap_or(encoding_rs::UTF_8),
    };
    if !unicode
        && encoding == encoding_rs::UTF_8
        && !bytes.contains(&0)
        && let Some((text, older)) = super::encoding::decode_bytes(bytes)
    {
        return (text, older.name());
    }
    let name = match encoding {
        known if known == encoding_rs::UTF_8 => "utf-8",
        known if known == encoding_rs::WINDOWS_1258 => "windows-1258",
        known if known == encoding_rs::WINDOWS_1252 => "windows-1252",
        known if known == encoding_rs::UTF_16LE => "utf-16le",
        known if known == encoding_rs::UTF_16BE => "utf-16be",
        _ => "other",
    };
    let text = encoding.decode(bytes).0.into_owned();
    if name == "windows-1258" {
        use unicode_normalization::UnicodeNormalization;
        return (text.nfc().collect(), name);
    }
    (text, name)
}

/// How characters look.
#[derive(Clone, Debug, Default)]
struct Look {
    font: Option<String>,
    bold: bool,
    capitals: bool,
    raised: bool,
    /// White space counts: `<pre>`.
    kept: bool,
}

/// A list that is open: its kind of mark, and the number of the next item.
struct List {
    mark: char,
    next: u32,
}

struct Reader {
    out: Vec<Block>,
    open: Paragraph,
    lists: Vec<List>,
}

impl Reader {
    /// Ends the open paragraph.
    fn close(&mut self) {
        let paragraph = std::mem::take(&mut self.open);
        if paragraph.inlines.iter().any(|inline| !matches!(inline, Inline::Break)) {
            self.out.push(Block::Paragraph(paragraph));
        }
    }

    fn children(&mut self, parent: NodeRef<'_, Node>, look: &Look, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for child in parent.children() {
            match child.value() {
                Node::Text(text) => self.text(text, look),
                Node::Element(_) => self.element(child, look, depth),
                _ => {}
            }
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>, look: &Look, depth: usize) {
        let Some(element) = node.value().as_element() else { return };
        let name = element.name();
        if content::is_hidden(element) || content::is_struck(element) {
            return;
        }
        let mut look = look.clone();
        match name {
            "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => look.bold = true,
            "sup" => look.raised = true,
            "pre" => look.kept = true,
            "font" => look.font = element.attr("face").map(str::to_owned).or(look.font),
            _ => {}
        }
        if let Some(style) = element.attr("style") {
            styled(&mut look, style);
        }
        match name {
            "br" => self.open.inlines.push(Inline::Break),
            "table" => {
                self.close();
                let table = table(node, &look, depth + 1);
                self.out.push(Block::Table(table));
            }
            "ul" | "ol" => {
                self.close();
                let mark =
                    if name == "ul" { '-' } else { element.attr("type").and_then(|mark| mark.chars().next()).unwrap_or('1') };
                let next = element.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push(List { mark, next });
                self.children(node, &look, depth + 1);
                self.close();
                self.lists.pop();
            }
            "li" => {
                self.close();
                let label = self.lists.last_mut().map(|list| {
                    list.next = list.next.saturating_add(1);
                    label(list.mark, list.next - 1)
                });
                self.open.label = label.map(|text| Run { text, ..Run::default() });
                self.children(node, &look, depth + 1);
                self.close();
            }
            "a" => {
                let link = element.attr("href").unwrap_or_default();
                match note_link(link) {
                    Some(body) => self.note_mark(node, body, &look, depth),
                    None => self.children(node, &look, depth + 1),
                }
            }
            "hr" => self.close(),
            _ if content::is_block(name) => {
                // An item's number stays with the paragraph in it.
                if !self.open.inlines.is_empty() {
                    self.close();
                }
                if let Some(level @ b'1'..=b'6') = name.strip_prefix('h').and_then(|level| level.bytes().next()) {
                    self.open.level = level - b'0';
                }
                self.children(node, &look, depth + 1);
                self.close();
            }
            _ => self.children(node, &look, depth + 1),
        }
    }

    /// A link to a footnote, or back from it: its number is a mark.
    fn note_mark(&mut self, node: NodeRef<'_, Node>, body: bool, look: &Look, depth: usize) {
        let mut text = String::new();
        for inner in node.descendants() {
            if let Node::Text(piece) = inner.value() {
                text.push_str(piece);
            }
        }
        let digits = text.trim().trim_matches(['(', ')', '[', ']']);
        if !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            if body {
                self.close();
            }
            self.open.inlines.push(Inline::Mark(digits.to_owned()));
        } else {
            self.children(node, look, depth + 1);
        }
    }

    fn text(&mut self, text: &str, look: &Look) {
        let mut plain = String::with_capacity(text.len());
        let begins = matches!(self.open.inlines.last(), None | Some(Inline::Break));
        for c in text.chars() {
            let space = c.is_ascii_whitespace() && !look.kept;
            if space {
                let before = plain.chars().next_back().or_else(|| match self.open.inlines.last() {
                    Some(Inline::Run(run)) => run.text.chars().next_back(),
                    _ => None,
                });
                let first = plain.is_empty() && begins;
                if !first && before != Some(' ') {
                    plain.push(' ');
                }
            } else {
                plain.push(c);
            }
        }
        if plain.is_empty() {
            return;
        }
        if look.kept {
            for (index, line) in plain.split('\n').enumerate() {
                if index > 0 {
                    self.close();
                }
                self.push(line, look);
            }
            return;
        }
        if look.raised
            && let Some(inline) = render::raised(&self.open.inlines, &plain)
        {
            self.open.inlines.push(inline);
            return;
        }
        self.push(&plain, look);
    }

    fn push(&mut self, text: &str, look: &Look) {
        if let Some(Inline::Run(run)) = self.open.inlines.last_mut()
            && (&run.font, run.bold, run.capitals) == (&look.font, look.bold, look.capitals)
        {
            run.text.push_str(text);
            return;
        }
        let run = Run { text: text.to_owned(), font: look.font.clone(), bold: look.bold, capitals: look.capitals };
        self.open.inlines.push(Inline::Run(run));
    }
}

/// What a style attribute says of characters.
fn styled(look: &mut Look, style: &str) {
    for rule in style.split(';') {
        let Some((property, value)) = rule.split_once(':') else { continue };
        let value = value.trim();
        match property.trim().to_ascii_lowercase().as_str() {
            "font-family" => look.font = value.split(',').next().map(|name| name.trim().trim_matches(['\'', '"']).to_owned()),
            "font-weight" => {
                look.bold = matches!(value, "bold" | "bolder") || value.parse::<u32>().is_ok_and(|weight| weight >= 600)
            }
            "text-transform" => look.capitals = value == "uppercase",
            "vertical-align" => look.raised = value == "super",
            _ => {}
        }
    }
}

/// `#_ftn1` leads to a footnote (`Some(false)`), `#_ftnref1` back to its mark (`Some(true)`), as Word writes them.
fn note_link(link: &str) -> Option<bool> {
    let (_, target) = link.rsplit_once('#')?;
    let target = target.to_ascii_lowercase();
    if target.starts_with("_ftnref") || target.starts_with("_ednref") {
        Some(true)
    } else if target.starts_with("_ftn") || target.starts_with("_edn") {
        Some(false)
    } else {
        None
    }
}

/// The mark of a list item, with the space behind it.
fn label(mark: char, count: u32) -> String {
    let letter = |first: u8| char::from(first + u8::try_from(count.saturating_sub(1) % 26).unwrap_or_default());
    match mark {
        '-' => "- ".into(),
        'a' => format!("{}) ", letter(b'a')),
        'A' => format!("{}. ", letter(b'A')),
        _ => format!("{count}. "),
    }
}

/// Reads a table.
fn table(node: NodeRef<'_, Node>, look: &Look, depth: usize) -> Table {
    let mut table = Table { ruled: ruled(node), ..Table::default() };
    rows(node, look, &mut table, depth);
    table.finish();
    table
}

fn rows(parent: NodeRef<'_, Node>, look: &Look, table: &mut Table, depth: usize) {
    for child in parent.children() {
        let Some(element) = child.value().as_element() else { continue };
        match element.name() {
            "tr" => {
                table.begin_row();
                for cell in child.children() {
                    let Some(element) = cell.value().as_element().filter(|element| matches!(element.name(), "td" | "th")) else {
                        continue;
                    };
                    let span = |name: &str| element.attr(name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1);
                    let mut reader = Reader { out: Vec::new(), open: Paragraph::default(), lists: Vec::new() };
                    let mut look = look.clone();
                    if let Some(style) = element.attr("style") {
                        styled(&mut look, style);
                    }
                    reader.children(cell, &look, depth + 1);
                    reader.close();
                    table.place(Cell { blocks: reader.out }, span("colspan"), span("rowspan"));
                }
            }
            "thead" | "tbody" | "tfoot" if depth <= DEEPEST => rows(child, look, table, depth + 1),
            "caption" => {
                table.begin_row();
                let mut reader = Reader { out: Vec::new(), open: Paragraph::default(), lists: Vec::new() };
                reader.children(child, look, depth + 1);
                reader.close();
                table.place(Cell { blocks: reader.out }, 1, 1);
            }
            _ => {}
        }
    }
}

/// `border="0"` says that no lines are drawn, another number that they are; styles may say either.
fn ruled(node: NodeRef<'_, Node>) -> Option<bool> {
    let element = node.value().as_element()?;
    match element.attr("border").map(str::trim) {
        Some("0") => Some(false).filter(|_| {
            !element.attr("style").is_some_and(|style| style.contains("border:") || style.contains("border-collapse"))
        }),
        Some(width) => width.parse::<u32>().ok().map(|width| width > 0),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: &str) -> String {
        read(page.as_bytes()).expect("read").0
    }

    #[test]
    fn paragraphs_lists_and_breaks() {
        let page = "<html><body><p align=center><b>KẾ  HOẠCH<br/>\n  năm 2025</b></p><p>Giảm tỷ lệ hộ\n nghèo &gt; 1,5%/năm&nbsp;(m<sup>2</sup>).</p>\
                    <ol type=a><li>Rà soát</li><li><p>Hỗ trợ</p></li></ol><ul><li>Nhà ở</li></ul></body></html>";
        assert_eq!(
            text(page),
            "**KẾ HOẠCH\nnăm 2025**\nGiảm tỷ lệ hộ nghèo > 1,5%/năm\u{A0}(m²).\na) Rà soát\nb) Hỗ trợ\n- Nhà ở\n"
        );
    }

    #[test]
    fn footnotes_stand_behind_their_paragraphs() {
        let page = "<p>Chuẩn nghèo<a href=\"#_ftn1\"><sup>[1]</sup></a> mới.</p><p>Hết.</p><p><a href=\"#_ftnref1\">[1]</a> Theo Nghị định 07.</p>";
        assert_eq!(text(page), "Chuẩn nghèo<sup>1</sup> mới.\n<sup>1</sup> Theo Nghị định 07.\nHết.\n");
    }

    #[test]
    fn footnotes_without_links_are_told_by_their_brackets() {
        let page = "<table border=1><tr><td>1</td><td>Quy hoạch được phê duyệt[1], công khai</td><td>Đạt</td></tr></table><p>Hết [3].</p><p>[1] Theo quy định.</p>";
        assert_eq!(
            text(page),
            "1\tQuy hoạch được phê duyệt<sup>1</sup>, công khai\tĐạt\n<sup>1</sup> Theo quy định.\n\nHết [3].\n"
        );
    }

    #[test]
    fn a_page_that_nests_without_end_is_refused() {
        let reason = read("<div>".repeat(6000).as_bytes()).expect_err("refused");
        assert!(reason.to_string().contains("deep"), "{reason}");
    }

    #[test]
    fn old_fonts_are_read() {
        let page = "<html><body><p><font face=\".VnTime\">KÕ ho¹ch n¨m 2003</font> và <span style=\"font-family:'VNI-Times'\">chæ tieâu</span></p></body></html>";
        let (text, encoding, _) = read(page.as_bytes()).expect("read");
        assert_eq!((text.as_str(), encoding), ("Kế hoạch năm 2003 và chỉ tiêu\n", "tcvn3+vni"));
    }

    #[test]
    fn tables_keep_their_merged_cells() {
        let page = "<table border=1><tr><th>TT</th><th>Chỉ tiêu</th><th>Đơn vị</th></tr><tr><td>1</td><td>Hộ nghèo</td><td rowspan=2>%</td></tr>\
                    <tr><td>2</td><td>Hộ<br>cận nghèo</td></tr></table>";
        assert_eq!(text(page), "TT\tChỉ tiêu\tĐơn vị\n1\tHộ nghèo\t%\n2\tHộ    cận nghèo\t%\n");
    }
}
