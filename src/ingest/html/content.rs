//! Which part of a page is the document: the element that holds nearly all words which are no links.
//!
//! A portal's page is menus, lists of links and a footer around one long text. From the body
//! down, the element that holds most of the words is followed, as long as the head
//! (`CỘNG HÒA …`) and the foot (`Nơi nhận`) stay inside, and never into the rows of a table.

use std::collections::HashMap;

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

/// What portals call the element that holds the document.
const KNOWN: [&str; 12] = [
    "data-vbpl-content-root",
    "toanvancontent",
    "divcontentdoc",
    "content1",
    "fulltext",
    "vbcontent",
    "noidungvanban",
    "noi-dung-van-ban",
    "divfulltext",
    "ctl00_content_thuviennoidung",
    "document-content",
    "box-content-vb",
];

/// How many words (in bytes) an element holds outside links, and the marks of a document in it.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    words: usize,
    /// Bit 0: `CỘNG HÒA XÃ HỘI`; bit 1: `Nơi nhận`.
    marks: u8,
    /// Words in tables.
    tables: usize,
}

/// Elements that hold no words of a document.
pub(super) fn is_hidden(element: &Element) -> bool {
    const NAMES: [&str; 20] = [
        "script", "style", "noscript", "template", "head", "iframe", "object", "svg", "nav", "aside", "button", "select",
        "option", "input", "textarea", "audio", "video", "canvas", "dialog", "link",
    ];
    NAMES.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| {
            let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
            plain.contains("display:none") || plain.contains("mso-hide:all")
        })
}

/// Elements whose words are struck out: `<s>`, and what a style strikes.
pub(super) fn is_struck(element: &Element) -> bool {
    matches!(element.name(), "s" | "strike" | "del")
        || element.attr("style").is_some_and(|style| {
            style.split(';').filter_map(|rule| rule.split_once(':')).any(|(property, value)| {
                property.trim().to_ascii_lowercase().starts_with("text-decoration")
                    && value.to_ascii_lowercase().contains("line-through")
            })
        })
}

/// The words below an element that are struck out.
pub(super) fn struck(root: NodeRef<'_, Node>) -> Vec<String> {
    let is = |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(is_struck);
    let outermost = root.descendants().filter(|node| is(node) && !node.ancestors().any(|above| is(&above)));
    let words = outermost.map(|node| {
        let text: String = node.descendants().filter_map(|node| node.value().as_text().map(|text| &**text)).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    words.filter(|words| !words.is_empty()).collect()
}

/// Elements that stand on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    const NAMES: [&str; 32] = [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "center",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dl",
        "dt",
        "dd",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "address",
        "details",
        "summary",
        "body",
        "html",
        "hr",
        "tr",
        "td",
        "th",
    ];
    NAMES.contains(&name)
}

/// The element that holds the document.
pub(super) fn find(page: &Html) -> Option<NodeRef<'_, Node>> {
    let root = page.tree.root();
    let body =
        root.descendants().find(|node| node.value().as_element().is_some_and(|element| element.name() == "body")).unwrap_or(root);
    let weights = weigh(body);
    let of = |node: NodeRef<'_, Node>| weights.get(&node.id()).copied().unwrap_or_default();
    let whole = of(body);
    let known = body
        .descendants()
        .find(|node| is_known(*node) && of(*node).words * 10 >= whole.words * 3 && of(*node).marks == whole.marks);
    let mut here = known.unwrap_or(body);
    loop {
        let weight = of(here);
        let Some(next) = here.children().filter(|child| child.value().is_element()).max_by_key(|child| of(*child).words) else {
            break;
        };
        let inside = of(next);
        let share = if weight.marks == 0 { 85 } else { 50 };
        let name = next.value().as_element().map_or("", Element::name);
        let follows = matches!(
            name,
            "div" | "main" | "article" | "section" | "form" | "center" | "span" | "table" | "tbody" | "tr" | "td" | "font"
        );
        let row_of_document = matches!(name, "table" | "tbody" | "tr" | "td") && !is_frame(next, inside, &of);
        // One table that is nearly all of it: its title stands outside.
        let only_table =
            inside.tables * 100 >= inside.words * 95 && weight.words > inside.words + 40 && !is_frame(next, inside, &of);
        if !follows || inside.marks != weight.marks || inside.words * 100 < weight.words * share || row_of_document || only_table
        {
            break;
        }
        here = next;
    }
    Some(here)
}

fn is_known(node: NodeRef<'_, Node>) -> bool {
    let Some(element) = node.value().as_element() else { return false };
    let named = |text: &str| {
        let lower = text.to_ascii_lowercase();
        lower.split_whitespace().any(|word| KNOWN.contains(&word))
    };
    element.attr("id").is_some_and(named) || element.attr("class").is_some_and(named) || element.attr(KNOWN[0]).is_some()
}

/// Whether a table, or a part of one, is only the frame of a page: one cell in it holds nearly all.
fn is_frame<'a>(node: NodeRef<'a, Node>, weight: Weight, of: &impl Fn(NodeRef<'a, Node>) -> Weight) -> bool {
    let mut here = node;
    loop {
        if here.value().as_element().is_some_and(|element| element.name() == "td") {
            // A cell of a document holds a few paragraphs; a frame's holds the document.
            return here.children().filter(|child| child.value().is_element()).count() > 8
                || here.children().any(|child| {
                    child.value().as_element().is_some_and(|element| matches!(element.name(), "div" | "table"))
                        && of(child).words * 100 >= weight.words * 80
                });
        }
        let next = here.children().filter(|child| child.value().is_element()).max_by_key(|child| of(*child).words);
        match next {
            Some(next) if of(next).words * 100 >= weight.words * 85 && of(next).marks == weight.marks => here = next,
            _ => return false,
        }
    }
}

/// Weighs all elements under `body`, from the leaves up.
fn weigh(body: NodeRef<'_, Node>) -> HashMap<NodeId, Weight> {
    let mut weights: HashMap<NodeId, Weight> = HashMap::new();
    let mut links = 0_usize;
    let mut hidden = 0_usize;
    let mut tables = 0_usize;
    for edge in body.traverse() {
        let (node, opens) = match edge {
            ego_tree::iter::Edge::Open(node) => (node, true),
            ego_tree::iter::Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Element(element) => {
                let step = |count: &mut usize| *count = if opens { *count + 1 } else { count.saturating_sub(1) };
                if element.name() == "a" {
                    step(&mut links);
                }
                if element.name() == "table" {
                    step(&mut tables);
                }
                if is_hidden(element) {
                    step(&mut hidden);
                }
                if !opens {
                    let own = weights.get(&node.id()).copied().unwrap_or_default();
                    add(&mut weights, node, own);
                }
            }
            Node::Text(text) if opens && links == 0 && hidden == 0 => {
                let words = text.split_whitespace().map(str::len).sum();
                let mut marks = 0;
                if text.contains("CỘNG H") || text.contains("CỘNG H") {
                    marks |= 1;
                }
                if text.contains("Nơi nhận") {
                    marks |= 2;
                }
                add(&mut weights, node, Weight { words, marks, tables: if tables > 0 { words } else { 0 } });
            }
            _ => {}
        }
    }
    weights
}

fn add(weights: &mut HashMap<NodeId, Weight>, node: NodeRef<'_, Node>, weight: Weight) {
    if let Some(parent) = node.parent() {
        let above = weights.entry(parent.id()).or_default();
        above.words += weight.words;
        above.marks |= weight.marks;
        above.tables += weight.tables;
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn the_document_is_found_among_menus_and_adverts() {
        let menu = "<li><a href='/x'>Văn bản pháp luật mới nhất</a></li>".repeat(40);
        let document = "<p>Giảm tỷ lệ hộ nghèo toàn tỉnh theo chuẩn nghèo đa chiều xuống còn 4,2%.</p>".repeat(20);
        let page = format!(
            "<html><head><title>Cổng</title><style>p{{}}</style></head><body><div id=top><ul>{menu}</ul><p>Đăng nhập</p></div>\
             <div class=main><div class=left><ul>{menu}</ul><p>Quảng cáo: mua sách luật</p></div>\
             <div class=doc><table><tr><td>UBND TỈNH</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>{document}<p>Nơi nhận: như trên</p></div></div>\
             <div id=footer><p>Bản quyền thuộc về cổng thông tin</p></div></body></html>"
        );
        let text = read(page.as_bytes()).expect("read").0;
        assert!(text.starts_with("UBND TỈNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nGiảm"), "{}", &text[..200]);
        assert!(text.ends_with("Nơi nhận: như trên\n"));
        assert!(!text.contains("Quảng cáo") && !text.contains("Bản quyền") && !text.contains("mới nhất"));
    }

    #[test]
    fn the_title_over_one_large_table_stays() {
        let rows = "<tr><td>1</td><td>Tỷ lệ hộ nghèo theo chuẩn đa chiều giai đoạn 2022 - 2025</td><td>%</td></tr>".repeat(60);
        let page = format!(
            "<body><div><h2>BIỂU CHỈ TIÊU KẾ HOẠCH PHÁT TRIỂN KINH TẾ - XÃ HỘI NĂM 2025</h2><div><table border=1>{rows}</table></div></div></body>"
        );
        assert!(read(page.as_bytes()).expect("read").0.starts_with("## **BIỂU CHỈ TIÊU"));
    }
}
