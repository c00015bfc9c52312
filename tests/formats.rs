//! Documents in the forms that they arrive in: bytes in, the source text out.
//!
//! DOCX, XLSX and ODS are built here, part by part. The real files of a folder `samples` are
//! read where `KEHOACH_SAMPLES` names it, or `KEHOACH_DOCS` a folder beside it; they are no
//! part of the project.

use std::collections::HashMap;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use kehoach::ingest::{self, Reason, Source};
use kehoach::record::Format;
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

fn refused(bytes: &[u8]) -> Reason {
    ingest::decode("tệp", bytes.to_vec()).expect_err("refused").reason
}

const RELATIONS: &str =
    r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;
const PARTS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/styles" Target="styles.xml"/>
  <Relationship Id="r2" Type="http://x/numbering" Target="numbering.xml"/><Relationship Id="r3" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>"#;
const STYLES: &str = r#"<w:styles xmlns:w="w"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"/></w:rPr></w:rPrDefault></w:docDefaults>
  <w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>
  <w:style w:type="paragraph" w:styleId="Cu"><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style></w:styles>"#;
const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
const FOOTNOTES: &str = r#"<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
  <w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Theo Nghị định 07.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;

/// A DOCX with a body.
fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="w" xmlns:mc="mc" xmlns:wps="wps" xmlns:v="v"><w:body>{body}<w:sectPr/></w:body></w:document>"#
    );
    archive(&[
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", FOOTNOTES),
    ])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", text.split('|').map(p).collect::<String>())
}

fn row(cells: &[(&str, &str)]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|(properties, text)| cell(properties, text)).collect::<String>())
}

fn docx_text(body: &str) -> String {
    read("a.docx", docx(body)).text.as_str().to_owned()
}

#[test]
fn docx_numbers_are_as_the_reader_sees_them() {
    let item = |level: u32, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
        )
    };
    let body = [
        r#"<w:p><w:pPr><w:pStyle w:val="Muc"/></w:pPr><w:r><w:t>MỤC TIÊU</w:t></w:r></w:p>"#.to_owned(),
        item(1, "Mục tiêu chung"),
        item(2, "Giảm nghèo;"),
        item(1, "Mục tiêu cụ thể"),
        r#"<w:p><w:pPr><w:pStyle w:val="Muc"/></w:pPr><w:r><w:t>NHIỆM VỤ</w:t></w:r></w:p>"#.to_owned(),
        item(1, "Tuyên truyền"),
        p("1. Tự đánh số"),
    ];
    assert_eq!(
        docx_text(&body.concat()),
        "**I. MỤC TIÊU**\n1. Mục tiêu chung\n- Giảm nghèo;\n2. Mục tiêu cụ thể\n**II. NHIỆM VỤ**\n1. Tuyên truyền\n1. Tự đánh số\n"
    );
}

#[test]
fn docx_numbers_of_empty_paragraphs_stand_in_cells_alone() {
    let number =
        |level: u32| format!(r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>"#);
    let line = |first: String, text: &str| format!("<w:tr><w:tc>{first}</w:tc>{}</w:tr>", cell("", text));
    let table = format!(
        "<w:tbl>{}{}{}{}{}</w:tbl>",
        row(&[("", "STT"), ("", "Nhiệm vụ")]),
        line(number(1), "Rà soát"),
        line(number(1), "Sơ kết"),
        // A bullet before nothing, and an empty number behind words.
        line(number(2), "Tổng kết"),
        line(format!("{}{}", p("5"), number(1)), "Báo cáo"),
    );
    assert_eq!(
        docx_text(&[table, number(1), p("Hết./.")].concat()),
        "STT\tNhiệm vụ\n1.\tRà soát\n2.\tSơ kết\n\tTổng kết\n5\tBáo cáo\n\nHết./.\n"
    );
}

#[test]
fn docx_tables_notes_and_layout() {
    let head = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&[("", "UBND TỈNH"), ("", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc")]),
        row(&[("", "Số: 05/KH-UBND"), ("", "Thanh Giang, ngày 5 tháng 3 năm 2025")])
    );
    let restart = r#"<w:vMerge w:val="restart"/>"#;
    let table = format!(
        "<w:tbl>{}{}{}{}</w:tbl>",
        row(&[("", "STT"), ("", "Nhiệm vụ"), ("", "Chủ trì")]),
        row(&[("", "1"), ("", "Rà soát|hộ nghèo"), (restart, "Sở NN&amp;MT")]),
        row(&[("", "2"), ("", "Hỗ trợ nhà ở"), ("<w:vMerge/>", "")]),
        row(&[(r#"<w:gridSpan w:val="2"/>"#, "Tổng"), ("", "x")]),
    );
    let noted = r#"<w:p><w:r><w:t>Chuẩn nghèo</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> mới, 5 km</w:t></w:r>
        <w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>"#;
    let foot = format!("<w:tbl>{}</w:tbl>", row(&[("", "Nơi nhận:|- Như trên;"), ("", "KT. CHỦ TỊCH|PHÓ CHỦ TỊCH|Lê Văn An")]));
    assert_eq!(
        docx_text(&[head, p("KẾ HOẠCH"), noted.into(), table, p("Hết./."), foot].concat()),
        "UBND TỈNH\nSố: 05/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nThanh Giang, ngày 5 tháng 3 năm 2025\nKẾ HOẠCH\n\
         Chuẩn nghèo<sup>1</sup> mới, 5 km².\n<sup>1</sup> Theo Nghị định 07.\n\n\
         STT\tNhiệm vụ\tChủ trì\n1\tRà soát    hộ nghèo\tSở NN&MT\n2\tHỗ trợ nhà ở\tSở NN&MT\nTổng\t\tx\n\n\
         Hết./.\nNơi nhận:\n- Như trên;\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn An\n"
    );
}

#[test]
fn docx_keeps_what_is_seen_and_nothing_else() {
    let body = r#"<w:p><w:ins><w:r><w:t>Giao Sở </w:t></w:r></w:ins><w:del><w:r><w:delText>Tài chính</w:delText></w:r></w:del><w:ins><w:r><w:t>Y tế</w:t></w:r></w:ins>
          <w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF x </w:instrText></w:r>
          <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> trang 5</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Mục lục 1</w:t></w:r></w:p>
        <w:p><w:r><w:t>Mục lục 2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
        <w:p><w:r><w:t>Tỷ lệ </w:t></w:r><w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r><w:r><w:t> 95%</w:t></w:r>
          <w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>Dự thảo</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>
          <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Dự thảo</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"#;
    assert_eq!(docx_text(body), "Giao Sở Y tế trang 5\n\nTỷ lệ ≥ 95%\nDự thảo\n");
}

#[test]
fn docx_leaves_out_what_is_struck_out_and_tells() {
    let struck =
        |mark: &str, text: &str| format!(r#"<w:r><w:rPr><w:{mark}/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let body = format!(
        r#"<w:p><w:r><w:t xml:space="preserve">Trồng mới </w:t></w:r>{}{}<w:r><w:t>1.500 ha</w:t></w:r><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>.</w:t></w:r></w:p>"#,
        struck("strike", "1.200 "),
        struck("dstrike", "1.300 ")
    );
    let source = read("a.docx", docx(&body));
    assert_eq!(source.text.as_str(), "Trồng mới 1.500 ha.\n");
    let told: Vec<(&str, &str)> = source.remarks.iter().map(|remark| (remark.code.as_str(), remark.message.as_str())).collect();
    assert_eq!(told, [("struck-out", "struck out in the document, and left out: “1.200”, “1.300”")]);
    assert!(read("a.docx", docx(&p("1.500 ha"))).remarks.is_empty());
}

#[test]
fn docx_runs_in_old_fonts_are_read() {
    let run = |font: &str, text: &str| {
        format!(r#"<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{text}</w:t></w:r>"#)
    };
    let body = [
        r#"<w:p><w:pPr><w:pStyle w:val="Cu"/></w:pPr><w:r><w:t>KÕ ho</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>¹ch n¨m 2003</w:t></w:r></w:p>"#.to_owned(),
        format!("<w:p>{}{}</w:p>", run(".VnTimeH", "kÕ ho¹ch"), run("Arial", " năm 2025 của tỉnh")),
        format!("<w:p>{}{}</w:p>", run("VNI-Times", "chæ tie"), run("VNI-Times", "âu ñònh kyø")),
    ];
    let source = read("a.docx", docx(&body.concat()));
    assert_eq!(source.text.as_str(), "Kế hoạch năm 2003\nKẾ HOẠCH năm 2025 của tỉnh\nchỉ tiêu định kỳ\n");
    assert_eq!((source.format, source.encoding.as_str()), (Format::Docx, "tcvn3+vni"));
}

#[test]
fn xlsx_rows_numbers_and_merges() {
    let parts = [
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="Biểu 1" sheetId="1" r:id="a"/><sheet name="Trống" sheetId="2" r:id="b"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/>
               <Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="x/styles" Target="styles.xml"/></Relationships>"#,
        ),
        (
            "xl/styles.xml",
            r##"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0.0"/></numFmts><fonts><font><name val="Arial"/></font><font><name val=".VnTime"/></font></fonts>
            <cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>"##,
        ),
        (
            "xl/sharedStrings.xml",
            r#"<sst><si><t>Chỉ tiêu</t></si><si><r><t>Hộ </t></r><r><t>nghèo</t></r></si><si><t>§Êt trång rõng</t></si></sst>"#,
        ),
        (
            "xl/worksheets/sheet1.xml",
            r#"<worksheet><sheetData>
              <row r="1"><c r="B1" t="inlineStr"><is><t>BIỂU CHỈ TIÊU</t></is></c></row>
              <row r="3"><c r="B3" t="inlineStr"><is><t>TT</t></is></c><c r="C3" t="s"><v>0</v></c><c r="D3" t="inlineStr"><is><t>Kế hoạch</t></is></c><c r="E3" t="inlineStr"><is><t>Hạn</t></is></c></row>
              <row r="4"><c r="B4"><v>1</v></c><c r="C4" t="s"><v>1</v></c><c r="D4" s="1"><v>1305.55</v></c><c r="E4" s="2"><v>45838</v></c></row>
              <row r="5"><c r="B5"><v>2</v></c><c r="C5" s="3" t="s"><v>2</v></c><c r="D5"><v>6.8</v></c></row>
              <row r="6"><c r="D6"><f>D4+D5</f></c><c r="F6"><f>1+1</f><v/></c><c r="G6" t="str"><f>""</f><v></v></c></row></sheetData>
              <mergeCells><mergeCell ref="E4:E5"/></mergeCells></worksheet>"#,
        ),
        ("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"),
    ];
    let source = read("bieu.xls", archive(&parts));
    assert_eq!(
        source.text.as_str(),
        "BIỂU CHỈ TIÊU\nTT\tChỉ tiêu\tKế hoạch\tHạn\n1\tHộ nghèo\t1.305,6\t30/06/2025\n2\tĐất trồng rừng\t6,8\t30/06/2025\n"
    );
    assert_eq!(source.format, Format::Xlsx);
    let told: Vec<(&str, bool)> = source
        .remarks
        .iter()
        .map(|remark| (remark.code.as_str(), remark.message.contains("2 formulas") && remark.message.contains("(D6, F6)")))
        .collect();
    assert_eq!(told, [("formula-without-value", true)]);
    assert_eq!(source.notes, ["the file is called .xls, its content is an Excel workbook (XLSX); it was read by its content"]);
}

#[test]
fn ods_cells_are_as_shown() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="B">
        <table:table-row><table:table-cell><text:p>TT</text:p></table:table-cell><table:table-cell><text:p>Chỉ tiêu</text:p></table:table-cell><table:table-cell><text:p>2025</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell><table:table-cell><text:p>Hộ <text:span>nghèo</text:span></text:p><text:p>(%)</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="4.2"><text:p>4.2</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        </table:table></office:spreadsheet></office:body></office:document-content>"#;
    let source =
        read("a.ods", archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]));
    assert_eq!((source.text.as_str(), source.format), ("TT\tChỉ tiêu\t2025\n1\tHộ nghèo    (%)\t4,2\n", Format::Ods));
}

/// Some hundred bytes say that a sheet is filled to its last row and column; what is made of it stays within bounds, and the row of a
/// value that is said twelve times is whole.
#[test]
fn ods_repeats_are_bounded() {
    let sheet = |rows: &str| {
        format!(
            r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="B">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
        )
    };
    let text = |rows: &str| {
        let parts = [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &sheet(rows))];
        read("a.ods", archive(&parts)).text.as_str().to_owned()
    };
    let full = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>KẾ HOẠCH</text:p></table:table-cell></table:table-row>"#;
    let text_of_full = text(full);
    assert!(text_of_full.matches("HOẠCH").count() < 110_000, "{}", text_of_full.len());
    let months = r#"<table:table-row><table:table-cell table:number-columns-repeated="12"><text:p>5</text:p></table:table-cell></table:table-row>"#;
    let row = "5\t".repeat(11) + "5\n";
    assert_eq!(text(&months.repeat(300)), row.repeat(300));
}

/// Many small tables below each other cost in proportion to their number: parts of a sheet are met in the order of its rows.
#[test]
fn a_sheet_of_many_tables_is_read() {
    let table = "<table:table-row><table:table-cell><text:p>STT</text:p></table:table-cell><table:table-cell><text:p>Chỉ tiêu</text:p></table:table-cell><table:table-cell><text:p>Đơn vị</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>Trồng rừng</text:p></table:table-cell><table:table-cell><text:p>ha</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell/></table:table-row>";
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="B">{}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        table.repeat(3000)
    );
    let source =
        read("a.ods", archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]));
    assert_eq!(source.text.as_str().matches("STT\tChỉ tiêu\tĐơn vị\n1\tTrồng rừng\tha\n").count(), 3000);
}

#[test]
fn what_cannot_be_read_says_why_and_what_to_do() {
    let code = |bytes: &[u8]| refused(bytes).code().to_owned();
    // A bomb: 64 MiB of nothing in a few kilobytes.
    let bomb = archive(&[("_rels/.rels", RELATIONS), ("word/document.xml", &" ".repeat(64 << 20))]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(code(&bomb), "bomb");
    assert_eq!(code(&archive(&[("word/document.xml", &"<a>".repeat(100_000))])), "damaged");
    assert_eq!(code(&archive(&[("word/document.xml", "<w:document><w:body>")])), "damaged");
    assert_eq!(code(&archive(&[("ppt/presentation.xml", "<a/>")])), "unsupported");
    assert_eq!(code(&archive(&[("a.txt", "a")])), "archive");
    assert_eq!(code(b"PK\x03\x04rubbish"), "damaged");
    assert_eq!(code(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rubbish"), "damaged");
    assert_eq!(code(&docx("<w:p/>")), "blank");
    assert_eq!(code(&compound(&["EncryptedPackage", "EncryptionInfo"])), "encrypted");
    assert!(refused(&compound(&["EncryptedPackage"])).to_string().contains("save it without the password"));
    let odt = archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "<a/>"),
        ("META-INF/manifest.xml", "<m><encryption-data/></m>"),
    ]);
    assert_eq!(code(&odt), "encrypted");
}

#[test]
fn cut_and_changed_documents_end_in_a_text_or_a_reason() {
    let whole = docx(
        &[p("KẾ HOẠCH"), format!("<w:tbl>{}</w:tbl>", row(&[("", "a"), (r#"<w:gridSpan w:val="99999999"/>"#, "b")]))].concat(),
    );
    for step in 1..40 {
        let cut = whole.len() * step / 40;
        let _ = ingest::decode("a.docx", whole[..cut].to_vec());
        let mut changed = whole.clone();
        for at in (step..changed.len()).step_by(97 + step) {
            changed[at] ^= 0x5A;
        }
        let _ = ingest::decode("a.docx", changed);
    }
}

/// A compound file with empty streams of these names.
fn compound(names: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512 * 3];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[30] = 9;
    bytes[48..52].copy_from_slice(&1_u32.to_le_bytes());
    for at in (60..512).step_by(4) {
        bytes[at..at + 4].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    }
    bytes[76..80].copy_from_slice(&0_u32.to_le_bytes());
    for at in (512..1024).step_by(4) {
        bytes[at..at + 4].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    }
    for (index, name) in std::iter::once(&"Root Entry").chain(names).enumerate() {
        let at = 1024 + index * 128;
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes[at..at + units.len()].copy_from_slice(&units);
        bytes[at + 64] = u8::try_from(units.len() + 2).expect("short");
        bytes[at + 66] = if index == 0 { 5 } else { 2 };
        bytes[at + 116..at + 120].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    }
    bytes
}

/// The folder of real files, where the environment names it.
fn samples() -> Option<PathBuf> {
    let named = std::env::var_os("KEHOACH_SAMPLES").map(PathBuf::from);
    let beside = std::env::var_os("KEHOACH_DOCS").and_then(|docs| Some(PathBuf::from(docs).parent()?.join("samples")));
    let found = named.or(beside).filter(|folder| folder.is_dir());
    if found.is_none() {
        println!("skipped: KEHOACH_SAMPLES names no folder of real files");
    }
    found
}

/// The text of a sample; `None` where LibreOffice is needed and is not there.
fn sample(name: &str) -> Option<Source> {
    let path = samples()?.join(name);
    match ingest::read(&path) {
        Ok(source) => Some(source),
        Err(error) if error.reason.code() == "needs-libreoffice" => {
            println!("skipped: {error}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// The share of the letters with a diacritic in `truth` whose words stand in `text`; case does not count.
fn right_letters(truth: &str, text: &str) -> f64 {
    let words = |text: &str| {
        let mut words: HashMap<String, usize> = HashMap::new();
        for word in text.to_lowercase().split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii()) {
            *words.entry(word.to_owned()).or_default() += 1;
        }
        words
    };
    let found = words(text);
    let (mut all, mut right) = (0_usize, 0_usize);
    for (word, count) in words(truth) {
        let letters = word.chars().filter(|c| !c.is_ascii()).count();
        all += letters * count;
        right += letters * count.min(found.get(&word).copied().unwrap_or_default());
    }
    // Thousands: exact in a double.
    #[allow(clippy::cast_precision_loss)]
    let share = right as f64 / all.max(1) as f64;
    share
}

/// The lines of a transcript that the document shows, told by their plain letters and figures in the order of the text: a transcript
/// made by a converter has hidden rows too.
fn shown(truth: &str, text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    const AHEAD: usize = 300;
    let plain = |text: &str| text.nfd().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let all = plain(text);
    let mut at = 0;
    let kept: Vec<&str> = truth
        .lines()
        .filter(|line| {
            // Label and unit stand side by side, whatever columns are hidden behind them.
            let cells: Vec<String> = line.split('\t').map(plain).filter(|cell| !cell.is_empty()).take(2).collect();
            let words = cells.concat();
            let found = all[at..].find(&words).filter(|ahead| *ahead < AHEAD || words.len() > 60);
            at += found.map_or(0, |ahead| ahead + words.len());
            found.is_some()
        })
        .collect();
    assert!(kept.len() * 10 >= truth.lines().count() * 6, "{} of {} lines", kept.len(), truth.lines().count());
    kept.join("\n")
}

/// `undecoded`: words that the transcript itself left in half-decoded letters, and what they are.
fn check_accuracy(file: &str, truth: &str, undecoded: &[(&str, &str)], least: f64) {
    let (Some(folder), Some(source)) = (samples(), sample(file)) else { return };
    let mut truth = std::fs::read_to_string(folder.join(truth)).expect("the transcript");
    for (read, meant) in undecoded {
        assert!(truth.contains(read), "{file}: the transcript has no {read}");
        truth = truth.replace(read, meant);
    }
    let truth = shown(&truth, source.text.as_str());
    let share = right_letters(&truth, source.text.as_str());
    println!("{file}: {share:.4} of the letters with a diacritic, encoding {}", source.encoding);
    assert!(share >= least, "{file}: {share}");
}

#[test]
fn a_real_workbook_in_tcvn3() {
    // 22 of the 1483 letters with a diacritic are not decoded in the transcript itself.
    let undecoded = [
        ("TriƯu", "Triệu"),
        ("tÊn", "tấn"),
        ("lÝt", "lít"),
        ("MÝa", "Mía"),
        ("víi", "với"),
        ("tỉng", "tổng"),
        ("xŭt", "xuất"),
        ("khÈu", "khẩu"),
    ];
    check_accuracy("bieu-chitieu-kehoach-2003-tcvn3.xls", "bieu-chitieu-kehoach-2003-tcvn3.truth.txt", &undecoded, 0.99);
}

#[test]
fn a_real_pdf_in_tcvn3() {
    check_accuracy("boCN-baocao-congnghiep-2007-02-tcvn3.pdf", "boCN-baocao-congnghiep-2007-02-tcvn3.truth.txt", &[], 0.99);
}

#[test]
fn a_real_document_in_vni() {
    check_accuracy("binhphuoc-qd991-kehoach-rung-vni.doc", "binhphuoc-qd991-kehoach-rung-vni.truth.txt", &[], 0.99);
}

#[test]
fn a_real_page_of_a_legal_portal() {
    let Some(source) = sample("ttg-qd51-botieuchi-ntm-2026-2030.html") else { return };
    let text = source.text.as_str();
    assert!(text.starts_with("**THỦ TƯỚNG CHÍNH PHỦ"), "{}", text.chars().take(200).collect::<String>());
    assert!(text.contains("\nTT\tTên tiêu chí\tNội dung tiêu chí\tChỉ tiêu chung\t"));
    assert!(text.contains("được phê duyệt<sup>1</sup>, được công bố"));
    // Merged cells belong to every row that they span.
    assert!(text.lines().filter(|line| line.starts_with("2\tHạ tầng kinh tế - xã hội\t")).count() > 6);
    assert!(!text.contains("Đăng nhập") && !text.contains("Bản quyền"));
}
