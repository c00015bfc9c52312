//! Situations that people reported of other tools, rebuilt with invented words: what a page or sheet does not show is not read as if it
//! were shown, what it shows is read wherever it stands, and what was not opened is told.

mod common;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use kehoach::ingest::{self, Source};
use kehoach::pipeline;
use zip::write::SimpleFileOptions;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("started");
        writer.write_all(content.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn read(name: &str, bytes: Vec<u8>) -> Source {
    ingest::decode(name, bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// Asserts that exactly one remark has the code, and holds the words.
#[track_caller]
fn assert_told(source: &Source, code: &str, words: &[&str]) {
    let told: Vec<&str> = source.remarks.iter().filter(|one| one.code == code).map(|one| one.message.as_str()).collect();
    assert_eq!(told.len(), 1, "{code}: {:?}", source.remarks);
    for word in words {
        assert!(told[0].contains(word), "{word}: {}", told[0]);
    }
}

// ---- DOCX ----

const MAIN: &str =
    r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn docx(body: &str, relations: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(r#"<w:document xmlns:w="w" xmlns:r="r"><w:body>{body}</w:body></w:document>"#);
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut parts = vec![("_rels/.rels", MAIN), ("word/document.xml", &document), ("word/_rels/document.xml.rels", &relations)];
    parts.extend_from_slice(others);
    archive(&parts)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn the_soft_hyphen_is_a_letter_in_old_fonts_alone() {
    let old = r#"<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>"#;
    let body = format!(
        "<w:p><w:r>{old}<w:t>n</w:t><w:softHyphen/><w:t>íc s¹ch, ®</w:t><w:softHyphen/><w:t>êng n«ng th«n</w:t></w:r></w:p>\
         <w:p><w:r><w:t>Khê</w:t><w:softHyphen/><w:t>Vang</w:t></w:r></w:p>"
    );
    assert_eq!(read("a.docx", docx(&body, "", &[])).text.as_str(), "nước sạch, đường nông thôn\nKhêVang\n");
}

#[test]
fn documents_put_into_a_document_are_read_where_they_stand() {
    let relations = ["html", "mht", "docx", "rtf"]
        .map(|kind| format!(r#"<Relationship Id="{kind}" Type="http://x/aFChunk" Target="{kind}.bin"/>"#));
    let inner = docx(&p("Trồng 40 ha rừng"), "", &[]);
    // A part that is an archive itself is bytes, no text.
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let body: String = ["html", "mht", "docx", "rtf"]
        .iter()
        .map(|id| format!(r#"{}<w:altChunk r:id="{id}"/>"#, p(&format!("Phần {id}"))))
        .collect();
    let document = format!(r#"<w:document xmlns:w="w" xmlns:r="r"><w:body>{body}</w:body></w:document>"#);
    let list = format!("<Relationships>{}</Relationships>", relations.concat());
    let mht = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n\
               Content-Transfer-Encoding: quoted-printable\n\n<p>M=E1=BB=9F 12 l=E1=BB=9Bp</p>\n--x--\n";
    let parts: [(&str, &[u8]); 7] = [
        ("_rels/.rels", MAIN.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", list.as_bytes()),
        ("word/html.bin", "<html><body><p>Tỷ lệ đạt 90%</p></body></html>".as_bytes()),
        ("word/mht.bin", mht.as_bytes()),
        ("word/docx.bin", &inner),
        ("word/rtf.bin", b"{\\rtf1 Bo sung}"),
    ];
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default()).expect("started");
        writer.write_all(content).expect("written");
    }
    let source = read("a.docx", writer.finish().expect("finished").into_inner());
    assert_eq!(source.text.as_str(), "Phần html\nTỷ lệ đạt 90%\nPhần mht\nMở 12 lớp\nPhần docx\nTrồng 40 ha rừng\nPhần rtf\n");
    assert_told(&source, "not-opened", &["word/rtf.bin"]);
    let record = pipeline::read(&source, common::lexicon());
    assert!(record.unread.iter().any(|unread| unread.around.contains("word/rtf.bin")), "{:?}", record.unread);
}

#[test]
fn a_letterhead_in_the_header_is_read_and_a_running_title_is_not() {
    let head = |text: &str| format!(r#"<w:hdr xmlns:w="w">{}{}</w:hdr>"#, p("ỦY BAN NHÂN DÂN XÃ KHÊ VANG"), p(text));
    let relations = r#"<Relationship Id="h1" Type="http://x/header" Target="header1.xml"/>"#;
    let section = r#"<w:sectPr><w:headerReference w:type="first" r:id="h1"/><w:titlePg/></w:sectPr>"#;
    let body = format!("{}{section}", p("KẾ HOẠCH"));
    let text = |header: &str| read("a.docx", docx(&body, relations, &[("word/header1.xml", header)])).text.as_str().to_owned();
    let letterhead = text(&head("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
    assert_eq!(letterhead, "ỦY BAN NHÂN DÂN XÃ KHÊ VANG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKẾ HOẠCH\n");
    assert_eq!(text(&head("Dự thảo trình họp")), "KẾ HOẠCH\n");
    // Without a first page of its own the header of the first page is another one.
    let other = body.replace("<w:titlePg/>", "");
    let header = head("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    assert_eq!(read("a.docx", docx(&other, relations, &[("word/header1.xml", &header)])).text.as_str(), "KẾ HOẠCH\n");
}

// ---- Workbooks ----

fn text(cell: &str, words: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>"#)
}

fn rows(sheet: &str) -> String {
    format!("<worksheet>{sheet}</worksheet>")
}

/// A workbook of sheets: their names, states and XML; `folder` is what stands before the names of its parts, `slash` parts folders.
fn xlsx(sheets: &[(&str, &str, String)], folder: &str, slash: &str) -> Vec<u8> {
    let (mut listed, mut relations) = (String::new(), String::new());
    let mut parts: Vec<(String, String)> = Vec::new();
    for (index, (name, state, xml)) in sheets.iter().enumerate() {
        let _ = write!(listed, r#"<sheet name="{name}" state="{state}" sheetId="{index}" r:id="s{index}"/>"#);
        let _ = write!(relations, r#"<Relationship Id="s{index}" Type="http://x/worksheet" Target="sheet{index}.xml"/>"#);
        parts.push((format!("{folder}sheet{index}.xml"), rows(xml)));
    }
    let main = format!(
        r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="{folder}workbook.xml"/></Relationships>"#
    );
    parts.push((format!("{folder}workbook.xml"), format!(r#"<workbook xmlns:r="r"><sheets>{listed}</sheets></workbook>"#)));
    parts.push((format!("{folder}_rels/workbook.xml.rels"), format!("<Relationships>{relations}</Relationships>")));
    parts.push(("_rels/.rels".into(), main));
    let parts: Vec<(String, &str)> = parts.iter().map(|(name, content)| (name.replace('/', slash), content.as_str())).collect();
    archive(&parts.iter().map(|(name, content)| (name.as_str(), *content)).collect::<Vec<_>>())
}

fn small_sheet() -> String {
    let cells = |row: u32, words: [&str; 3]| {
        ["A", "B", "C"].iter().zip(words).map(|(column, words)| text(&format!("{column}{row}"), words)).collect::<String>()
    };
    format!(
        r#"<cols><col min="3" max="3" hidden="1"/></cols><sheetData><row r="1">{}</row><row r="2">{}</row><row r="3" hidden="1">{}</row></sheetData>"#,
        cells(1, ["Chỉ tiêu", "2026", "Nháp"]),
        cells(2, ["Hộ nghèo", "4,1", "9,9"]),
        cells(3, ["Nhà tạm", "15", "18"]),
    )
}

#[test]
fn what_a_workbook_hides_is_left_out_and_told() {
    let source = read("a.xlsx", xlsx(&[("Biểu 1", "visible", small_sheet()), ("Cũ", "veryHidden", small_sheet())], "xl/", "/"));
    assert_eq!(source.text.as_str(), "Chỉ tiêu\t2026\nHộ nghèo\t4,1\n");
    assert_told(&source, "hidden-cells", &["“Biểu 1”", "rows 3", "columns C", "5 cells", "“Nhà tạm”"]);
    assert_told(&source, "not-opened", &["“Cũ”", "9 cells"]);
}

#[test]
fn parts_of_a_workbook_are_found_by_whatever_name() {
    let plain = format!("<sheetData><row r=\"1\">{}</row></sheetData>", text("A1", "Biểu mẫu"));
    for (folder, slash) in [("xl/", "\\"), ("", "/"), ("XL/", "/")] {
        let source = read("a.xlsx", xlsx(&[("Biểu 1", "visible", plain.clone())], folder, slash));
        assert_eq!(source.text.as_str(), "Biểu mẫu\n", "{folder:?} {slash:?}");
    }
}

#[test]
fn raised_marks_struck_figures_and_errors_of_cells_are_no_figures() {
    let rich = |cell: &str, runs: &str| format!(r#"<c r="{cell}" t="inlineStr"><is>{runs}</is></c>"#);
    let up = r#"<rPr><vertAlign val="superscript"/></rPr>"#;
    let sheet = format!(
        r#"<sheetData><row r="1">{}{}{}</row><row r="2">{}{}<c r="C2" t="e"><v>#DIV/0!</v></c></row></sheetData>"#,
        text("A1", "Chỉ tiêu"),
        text("B1", "Kế hoạch"),
        text("C1", "So sánh"),
        rich("A2", &format!("<r><t>Nhà (m</t></r><r>{up}<t>2</t></r><r><t>)</t></r>")),
        rich("B2", &format!("<r><rPr><strike/></rPr><t>80</t></r><r><t>95</t></r><r>{up}<t>2</t></r>")),
    );
    let source = read("a.xlsx", xlsx(&[("Biểu 1", "visible", sheet)], "xl/", "/"));
    assert_eq!(source.text.as_str(), "Chỉ tiêu\tKế hoạch\tSo sánh\nNhà (m²)\t95<sup>2</sup>\t\n");
    assert_told(&source, "struck-out", &["“80”"]);
    assert_told(&source, "error-cells", &["C2 #DIV/0!"]);
}

/// The same in an ODS and on a web page; a unit of area stays what it is beside Unicode words.
#[test]
fn raised_marks_and_struck_figures_of_other_forms_are_no_figures() {
    let styles = r#"<office:automatic-styles><style:style style:name="c" style:family="table-cell"/>
        <style:style style:name="s" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
        <style:style style:name="x" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>"#;
    let cells = |cells: &[&str]| {
        let cells: String =
            cells.iter().map(|text| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>")).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let span = |style: &str, text: &str| format!(r#"<text:span text:style-name="{style}">{text}</text:span>"#);
    let rows = [
        cells(&["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2026"]),
        cells(&["1", "Hộ dùng nước sạch", "%", &format!("95{}", span("s", "2"))]),
        cells(&[
            "2",
            &format!("Nhà kính{}", span("s", "(1)")),
            &format!("m{}", span("s", "2")),
            &format!("12{}", span("s", "1,3")),
        ]),
        cells(&["3", "Kè", "km²", "4"]),
        cells(&["4", "Đập", "m³", &format!("{}68", span("x", "90"))]),
    ];
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:style="y" xmlns:table="t" xmlns:text="x">{styles}<office:body><office:spreadsheet><table:table table:name="B">{}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        rows.concat()
    );
    let mimetype = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    let wanted = "1\tHộ dùng nước sạch\t%\t95<sup>2</sup>\n2\tNhà kính<sup>1</sup>\tm²\t12<sup>1</sup><sup>3</sup>\n3\tKè\tkm²\t4\n4\tĐập\tm³\t68\n";
    let source = read("a.ods", archive(&[mimetype, ("content.xml", &content)]));
    assert_eq!(source.text.as_str().split_once('\n').map(|(_, rows)| rows), Some(wanted));
    assert_told(&source, "struck-out", &["“90”"]);

    let page = "<html><meta charset=utf-8><body><p>KẾ HOẠCH</p><table><tr><td>Trồng mới</td><td>12<sup>1,3</sup></td><td><s>90</s> 68 m<sup>2</sup></td></tr>\
        <tr><td>Kè</td><td><span style='text-decoration: line-through'>5 km</span> 4 km²</td><td>m³</td></tr></table></body></html>";
    let source = read("a.html", page.into());
    assert!(
        source.text.as_str().contains("Trồng mới\t12<sup>1</sup><sup>3</sup>\t68 m²\nKè\t4 km²\tm³"),
        "{}",
        source.text.as_str()
    );
    assert_told(&source, "struck-out", &["“90”", "“5 km”"]);
}

#[test]
fn workbooks_under_another_name_are_read_as_what_they_are() {
    let table = "<tr><td>Chỉ tiêu</td><td>2026</td><td>Đơn vị</td></tr><tr><td>Hộ nghèo</td><td>4,1</td><td>%</td></tr>";
    let mht = format!(
        "MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html; \
         charset=\"utf-8\"\nContent-Transfer-Encoding: 8bit\n\n<html><body><table border=1>{table}</table></body></html>\n--b--\n"
    );
    assert_eq!(read("a.xls", mht.into_bytes()).text.as_str(), "Chỉ tiêu\t2026\tĐơn vị\nHộ nghèo\t4,1\t%\n");
    let cell = |kind: &str, words: &str| format!(r#"<Cell><Data ss:Type="{kind}">{words}</Data></Cell>"#);
    let xml = format!(
        r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table><Row>{}{}{}</Row><Row>{}{}{}</Row></Table></Worksheet></Workbook>"#,
        cell("String", "Chỉ tiêu"),
        cell("Number", "2026"),
        cell("String", "Đơn vị"),
        cell("String", "Hộ nghèo"),
        cell("Number", "4.1"),
        cell("String", "%"),
    );
    assert_eq!(read("a.xls", xml.into_bytes()).text.as_str(), "Chỉ tiêu\t2026\tĐơn vị\nHộ nghèo\t4,1\t%\n");
}

// ---- PDF ----

/// A PDF of one page that draws `content` in Helvetica; `page` and `root` go into their dictionaries, `objects` are numbered from 10.
fn pdf(content: &str, page: &str, root: &str, objects: &[String]) -> Vec<u8> {
    let mut bodies: Vec<(usize, String)> = vec![
        (1, format!("<< /Type /Catalog /Pages 2 0 R {root} >>")),
        (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into()),
        (
            3,
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {} {page} >>",
                if page.contains("/Resources") { "" } else { "/Resources << /Font << /F 5 0 R /S 6 0 R >> >>" }
            ),
        ),
        (4, format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())),
        (5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into()),
        (6, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>".into()),
    ];
    // The hyphen under the name of the soft hyphen, as producers write it whose fonts have one glyph for both.
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n1 begincodespacerange <00> <FF> endcodespacerange\n\
               3 beginbfrange <20> <2C> <0020> <2D> <2D> <00AD> <2E> <7E> <002E> endbfrange\nendcmap end end";
    bodies.push((7, format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len())));
    bodies.extend(objects.iter().enumerate().map(|(index, body)| (10 + index, body.clone())));
    let mut out = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (number, body) in &bodies {
        places.push((*number, out.len()));
        let _ = write!(out, "{number} 0 obj\n{body}\nendobj\n");
    }
    let start = out.len();
    let last = bodies.iter().map(|(number, _)| *number).max().unwrap_or_default();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", last + 1);
    for number in 1..=last {
        match places.iter().find(|(known, _)| *known == number) {
            Some((_, place)) => {
                let _ = writeln!(out, "{place:010} 00000 n ");
            }
            None => out.push_str("0000000000 65535 f \n"),
        }
    }
    let _ = write!(out, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", last + 1);
    out.into_bytes()
}

fn line(y: u32, words: &str) -> String {
    format!("BT /F 12 Tf 1 0 0 1 72 {y} Tm ({words}) Tj ET\n")
}

fn drawn(content: &str) -> Source {
    read("a.pdf", pdf(content, "", "", &[]))
}

#[test]
fn what_a_page_does_not_show_is_no_text() {
    let content = format!(
        "{}q 72 10 40 8 re W n {} Q 1 1 1 rg {} 0 g BT 3 Tr ET {} BT 0 Tr ET {}1 1 1 rg 60 590 300 24 re f 0 g {}0.2 g 60 540 300 24 re f 1 g {} 0 g",
        line(780, "Trong moi 45 ha"),
        line(740, "Cat bo 58 ha"),
        line(700, "Chu trang 900 ha"),
        line(660, "Vo hinh 300 ha"),
        line(598, "Bi che 77 ha"),
        line(620, "Cham soc 12 ha"),
        line(548, "Nen toi 33 ha"),
    );
    let source = drawn(&content);
    let words: Vec<&str> = source.text.as_str().lines().collect();
    assert_eq!(words, ["Trong moi 45 ha", "Cham soc 12 ha", "Nen toi 33 ha"]);
    assert_told(&source, "unseen-text", &["page 1", "58", "900", "300", "77"]);
}

#[test]
fn a_text_that_runs_over_its_cell_loses_no_number() {
    let content = format!(
        "{}q 72 690 120 20 re W n BT /F 12 Tf 1 0 0 1 74 694 Tm (Ho tro 1.250 ho, 310 ha, 42 lop va 7 mo hinh trong nam 2026) Tj ET Q\n\
         BT /F 12 Tf 1 0 0 1 210 694 Tm (98,5) Tj ET\n",
        line(760, "Bieu chi tieu"),
    );
    let text = drawn(&content).text.as_str().to_owned();
    assert!(text.contains("Ho tro 1.250 ho, 310 ha, 42 lop va 7 mo hinh trong nam 2026") && text.contains("98,5"), "{text}");
    assert!(text.find("2026") < text.find("98,5"), "{text}");
}

#[test]
fn bold_printed_letter_by_letter_twice_is_one_word() {
    let mut content = String::from("BT /F 12 Tf\n");
    for (index, letter) in "Muc 1100 hoc sinh".chars().enumerate() {
        // Every glyph as wide as the widest, so that places are easy: 12 points apart.
        let x = 72 + 12 * index;
        for shift in ["0", "3"] {
            let _ = writeln!(content, "1 0 0 1 {x}.{shift} 700 Tm ({letter}) Tj");
        }
    }
    content.push_str("ET\n");
    let text: String = drawn(&content).text.as_str().chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(text, "Muc1100hocsinh");
}

/// Fonts that are not in the file: their names, which are in the page's dictionary alone, tell which words are capitals.
#[test]
fn words_in_a_font_of_capitals_are_capitals() {
    let font = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
    let objects = [font(".VnTime"), font(".VnTimeH"), "<< /Font << /A 10 0 R /B 11 0 R >> >>".to_owned()];
    let pieces = |pieces: &[(&str, &str)]| -> String {
        pieces.iter().map(|(font, codes)| format!("/{font} 12 Tf ({codes}) Tj ")).collect()
    };
    let at = |y: u32, inner: String| format!("BT 1 0 0 1 72 {y} Tm {inner}ET\n");
    let content = [
        at(760, pieces(&[("B", "kÕ ho\\271ch")])),
        at(730, pieces(&[("A", "Thùc hiÖn n\\250m 2001 c\\361a ngµnh, c¶ n\\255íc, nh\\255 sau")])),
        at(700, format!("q {} Q {}", pieces(&[("B", "môc")]), pieces(&[("A", " TI\\243U, "), ("B", "chØ"), ("A", " TI\\243U")]))),
        at(670, pieces(&[("A", "T\\250ng tr\\255ëng kinh tÕ, n\\251ng cao thu nhËp cña hé n«ng d©n nghÌo")])),
    ];
    // Latin letters in a content stream are bytes.
    let content: String =
        content.concat().chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\{:03o}", u32::from(c)) }).collect();
    let source = read("a.pdf", pdf(&content, "/Resources 12 0 R", "", &objects));
    let lines: Vec<&str> = source.text.as_str().lines().collect();
    assert_eq!(
        lines,
        [
            "KẾ HOẠCH",
            "Thực hiện năm 2001 của ngành, cả nước, như sau",
            "MỤC TIÊU, CHỈ TIÊU",
            "Tăng trưởng kinh tế, nâng cao thu nhập của hộ nông dân nghèo"
        ]
    );
}

#[test]
fn a_hyphen_under_another_name_is_a_hyphen() {
    let content = "BT /S 12 Tf 1 0 0 1 72 700 Tm (So: 41/KH-UBND, dat 70-75%, Van hoa - Xa hoi) Tj ET\n";
    assert_eq!(drawn(content).text.as_str(), "So: 41/KH-UBND, dat 70-75%, Van hoa - Xa hoi\n");
}

#[test]
fn a_pale_word_across_the_text_is_a_watermark() {
    let content = format!(
        "BT 0.85 g /F 40 Tf 1 0 0 1 90 690 Tm (BAN SAO) Tj 0 g ET\n{}{}",
        line(700, "Hang mot 15 ha"),
        line(680, "Hang hai 16 ha")
    );
    let source = drawn(&content);
    assert!(!source.text.as_str().contains("SAO"), "{}", source.text.as_str());
    assert_told(&source, "watermark", &["BAN SAO"]);
}

#[test]
fn fields_and_typed_notes_are_text_and_signatures_and_comments_are_not() {
    let form = |words: &str, width: u32| {
        let content = format!("BT /F 12 Tf 1 0 0 1 1 3 Tm ({words}) Tj ET");
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 {width} 16] /Resources << /Font << /F 5 0 R >> >> /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let annotation = |kind: &str, rect: &str, stream: usize| {
        format!("<< /Type /Annot {kind} /Rect [{rect}] /F 4 /AP << /N {stream} 0 R >> >>")
    };
    let objects = vec![
        form("41", 20),
        annotation("/Subtype /FreeText", "92 697 112 713", 10),
        form("02", 20),
        annotation("/Subtype /Widget /FT /Tx /T (thang)", "330 697 350 713", 12),
        form("Ky boi: Nguyen Van A 15/02/2026", 200),
        annotation("/Subtype /Widget /FT /Sig /T (Sig)", "300 780 500 800", 14),
        form("xem lai so nay", 100),
        annotation("/Subtype /Stamp", "72 100 172 116", 16),
    ];
    let content = "BT /F 12 Tf 1 0 0 1 72 700 Tm (So:) Tj 1 0 0 1 120 700 Tm (/KH-UBND) Tj 1 0 0 1 260 700 Tm (thang) Tj 1 0 0 1 360 700 Tm (nam 2026) Tj ET\n";
    let source = read("a.pdf", pdf(content, "/Annots [11 0 R 13 0 R 15 0 R 17 0 R]", "", &objects));
    let text = source.text.as_str();
    assert!(text.contains("So: 41") && text.contains("thang") && text.contains("02"), "{text}");
    assert!(!text.contains("Ky boi") && !text.contains("xem lai"), "{text}");
    assert_told(&source, "added-text", &["41", "02"]);
}

#[test]
fn attached_files_are_named() {
    let objects = vec![
        "<< /Type /Filespec /F (phu-luc.xlsx) /UF (phu-luc.xlsx) /EF << /F 11 0 R >> >>".to_owned(),
        "<< /Type /EmbeddedFile /Length 3 >>\nstream\nabc\nendstream".to_owned(),
    ];
    let root = "/Names << /EmbeddedFiles << /Names [(phu-luc.xlsx) 10 0 R] >> >>";
    let source = read("a.pdf", pdf(&line(700, "Ke hoach kem phu luc"), "", root, &objects));
    assert_told(&source, "not-opened", &["phu-luc.xlsx"]);
    let record = pipeline::read(&source, common::lexicon());
    assert!(record.unread.iter().any(|unread| unread.around.contains("phu-luc.xlsx")), "{:?}", record.unread);
}
