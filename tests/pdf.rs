//! PDFs as LibreOffice and Chromium make them: `fixtures/pdf/make.sh` renders them again.

mod common;

use kehoach::ingest::shown::{self, Part, Wanted, Words};
use kehoach::ingest::{Source, decode, read};
use kehoach::lexicon::Lexicon;
use kehoach::pipeline;
use kehoach::record::Format;

fn source(name: &str) -> Source {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pdf").join(name);
    read(&path).unwrap_or_else(|error| panic!("{error}"))
}

/// The lines of each page; cells are parted by ` | `.
fn pages(source: &Source) -> Vec<Vec<String>> {
    source.text.as_str().split('\u{0C}').map(|page| page.lines().map(|line| line.replace('\t', " | ")).collect()).collect()
}

/// Asserts that `wanted` stand one behind the other among the lines.
#[track_caller]
fn assert_in_order(lines: &[String], wanted: &[&str]) {
    let mut from = 0;
    for want in wanted {
        match lines[from..].iter().position(|line| line == want) {
            Some(at) => from += at + 1,
            None => panic!("no line {want:?} behind line {from} of {lines:#?}"),
        }
    }
}

#[test]
fn the_head_is_read_column_by_column_and_page_numbers_are_left_out() {
    let source = source("ke-hoach.pdf");
    assert_eq!((source.format, source.encoding.as_str(), source.pages.len()), (Format::Pdf, "pdf", 4));
    let pages = pages(&source);
    assert_eq!(
        pages[0][..8],
        [
            "ỦY BAN NHÂN DÂN",
            "TỈNH THANH GIANG",
            "Số: 48/KH-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Thanh Giang, ngày 05 tháng 3 năm 2025",
            "**KẾ HOẠCH**",
            "**Giảm nghèo bền vững trên địa bàn tỉnh Thanh Giang năm 2025**",
        ]
    );
    for page in &pages {
        assert!(!page.iter().any(|line| line.len() == 1), "a page number is left in {page:#?}");
    }
}

#[test]
fn wrapped_lines_are_joined_and_footnotes_stand_behind() {
    let pages = pages(&source("ke-hoach.pdf"));
    assert_in_order(
        &pages[0],
        &[
            "Căn cứ Nghị quyết số 20/NQ-HĐND ngày 09/12/2024 của Hội đồng nhân dân tỉnh về kế hoạch phát triển kinh tế - xã hội năm \
             2025<sup>1</sup>, Ủy ban nhân dân tỉnh ban hành Kế hoạch giảm nghèo bền vững như sau:",
            "**I. MỤC TIÊU**",
            "1. Giảm tỷ lệ hộ nghèo toàn tỉnh theo chuẩn nghèo đa chiều xuống còn 4,2% vào cuối năm 2025; riêng huyện Khe Vàng giảm ít nhất 3 \
             điểm phần trăm so với cuối năm 2024.",
            "2. Hỗ trợ xây mới, sửa chữa 250 căn nhà với diện tích tối thiểu 30 m² một căn<sup>2</sup>.",
            "3. Đào tạo nghề cho 1.200 lao động.",
        ],
    );
    // The table goes on over the page, so that the footnotes wait for its end.
    assert_in_order(
        &pages[1],
        &[
            "10 | Số mô hình sinh kế được nhân rộng | 45 | mô hình | Sở Nông nghiệp và Môi trường",
            "<sup>1</sup> Được sửa đổi tại Nghị quyết số 31/NQ-HĐND ngày 20/01/2025.",
            "<sup>2</sup> Mức hỗ trợ theo quy định hiện hành của tỉnh, chia theo từng địa bàn và từng đối tượng thụ hưởng, thực hiện đến hết năm.",
            "Yêu cầu các sở, ngành, địa phương nghiêm túc triển khai thực hiện Kế hoạch này./.",
            "Nơi nhận:",
            "- Lưu: VT.",
            "TM. ỦY BAN NHÂN DÂN",
            "Lê Văn Bình",
        ],
    );
}

#[test]
fn a_ruled_table_goes_on_over_pages() {
    let pages = pages(&source("ke-hoach.pdf"));
    assert_in_order(
        &pages[0],
        &[
            "STT | Chỉ tiêu | Năm 2025 Kế hoạch | Năm 2025 Đơn vị | Cơ quan chủ trì",
            "I | Giảm nghèo |  |  | ",
            "1 | Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều | 4,2 | % | Sở Nội vụ",
            "2 | Số căn nhà được hỗ trợ xây mới, sửa chữa | 250 | căn | Sở Nội vụ",
            "II | Việc làm |  |  | ",
            // Cut by the page.
            "3 | Số lao động thuộc hộ nghèo được đào tạo nghề lần thứ 3, gắn với nhu cầu của doanh nghiệp trên địa bàn | 300 | lao động | Sở Giáo dục và Đào tạo",
        ],
    );
    assert!(pages[1][0].starts_with("4 | Số lao động"), "the repeated header is left in: {}", pages[1][0]);
    // The annex lies across.
    assert_in_order(&pages[2], &["TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian"]);
    let cut = pages[2].last().expect("a row");
    assert!(
        cut.starts_with("6a | ")
            && cut.contains("thứ 17 của tỉnh, kết nối với hệ thống thứ 18 của tỉnh")
            && cut.ends_with("| Quý IV/2025"),
        "{cut}"
    );
    assert_eq!(pages[3].len(), 6);
}

#[test]
fn tables_of_a_web_page_with_and_without_lines() {
    let source = source("bang.pdf");
    let pages = pages(&source);
    assert_in_order(
        &pages[0],
        &[
            "SỞ Y TẾ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "TT | Nội dung | 6 tháng đầu năm 2025 Kế hoạch | 6 tháng đầu năm 2025 Thực hiện | Cơ quan chủ trì",
            "I | Tiêm chủng thường xuyên |  |  | ",
            "1 | Trẻ dưới 1 tuổi được tiêm đủ mũi theo lịch của chương trình | 95% | 96,2% | Trung tâm Kiểm soát bệnh tật",
            "3 | Trẻ từ 18 đến 24 tháng được tiêm nhắc lại | 92% | 93% | Trung tâm Kiểm soát bệnh tật",
            "II. | Chiến dịch bổ sung |  |  | ",
            "4 | Trẻ từ 1 đến 5 tuổi được tiêm bổ sung vắc xin sởi | 12.000 | 11.850 | Trạm y tế các xã",
            "STT | Nhiệm vụ | Chủ trì | Thời hạn",
            "1 | Rà soát trẻ chưa tiêm đủ mũi ở tất cả các thôn, bản vùng sâu, vùng xa | Trạm y tế các xã | Trước 15/8/2025",
            "3 | Tổ chức tiêm vét cho trẻ ở khu công nghiệp và các nhóm trẻ tư thục | Trung tâm Y tế huyện Bến Thuận | Trước 30/9/2025",
            "Trên đây là báo cáo kết quả tiêm chủng 6 tháng đầu năm 2025, Sở Y tế kính báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./.",
        ],
    );
    // The label of the narrow column runs upwards.
    assert_in_order(
        &pages[1],
        &["TT | Địa bàn | Số trẻ | Đã tiêm | Tỷ lệ (%) | Ghi chú", "1 | Xã Bình An 1 | 101 | 91 | 90,1 | "],
    );
    assert_eq!(
        pages[2].first().map(String::as_str),
        Some("20 | Xã Bình An 20 | 120 | 110 | 91,7 | Thiếu vắc xin trong tháng 4 và tháng 5")
    );
}

/// A scanner's or a printer's `/Rotate` that does not fit what is drawn: the page is read as its words run.
#[test]
fn a_page_that_is_shown_turned_reads_the_same() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pdf/ke-hoach.pdf");
    let upright = std::fs::read(path).expect("the fixture is there");
    let wanted = decode("a.pdf", upright.clone()).expect("read").text;
    for turn in ["90", "180", "270"] {
        let mut turned = upright.clone();
        let mut from = 0;
        let mut pages = 0;
        // The digits behind the decimal point make room, so that every object stays where it is.
        while let Some(at) = turned[from..].windows(10).position(|bytes| bytes == b"/MediaBox[").map(|at| from + at) {
            let end = at + turned[at..].iter().position(|byte| *byte == b']').expect("a box") + 1;
            let sides: Vec<String> = String::from_utf8_lossy(&turned[at + 10..end - 1])
                .split(' ')
                .map(|side| side.split('.').next().unwrap_or_default().to_owned())
                .collect();
            let shown = format!("/MediaBox[{}]/Rotate {turn}", sides.join(" "));
            turned[at..end].copy_from_slice(format!("{shown:width$}", width = end - at).as_bytes());
            (from, pages) = (end, pages + 1);
        }
        assert!(pages >= 4, "{pages} pages were turned");
        assert_eq!(decode("a.pdf", turned).expect("read").text.as_str(), wanted.as_str(), "turned by {turn}");
    }
}

#[test]
fn evidence_tells_the_page() {
    let lexicon = Lexicon::embedded().expect("the lexicons are sound");
    let source = source("ke-hoach.pdf");
    let record = pipeline::read(&source, &lexicon);
    assert_eq!(record.source.pages, Some(4));
    let task = record.tasks.iter().find(|task| serde_json::to_string(task).is_ok_and(|json| json.contains("quy trình số 8")));
    let pages: Vec<Option<u32>> = task.expect("a task of the annex").evidence.iter().map(|evidence| evidence.page).collect();
    assert!(pages.contains(&Some(4)), "{pages:?}");
}

#[test]
fn what_is_no_readable_pdf_is_told() {
    let refused = |bytes: &[u8]| decode("a.pdf", bytes.to_vec()).expect_err("refused");
    let broken = refused(b"%PDF-1.7\nnothing more\n");
    assert_eq!(broken.reason.code(), "broken-pdf");
    assert!(broken.to_string().starts_with("a.pdf: is a damaged PDF"), "{broken}");
    // One page that an image covers.
    let image = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>endobj\n\
        4 0 obj<</Length 78>>stream\nq 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{20} EI Q\nendstream endobj\ntrailer<</Root 1 0 R>>\n";
    let scan = refused(image.as_bytes());
    // Where OCR is installed it finds no words on it.
    let told = match scan.reason.code() {
        "scan" => "none of its 1 pages has text",
        _ => "OCR could not read it: it found no words",
    };
    assert!(scan.to_string().contains(told), "{scan}");
}

/// Forms that show forms, each ten times: ten thousand bytes that draw for hours. The page is left, and the file refused at once.
#[test]
fn a_page_that_draws_without_end_is_refused() {
    let form = |next: usize| {
        let shows = "/X Do ".repeat(10);
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X {next} 0 R>>>>/Length {}>>stream\n{shows}\nendstream",
            shows.len()
        )
    };
    let text = "BT /F1 12 Tf 72 700 Td (KE HOACH nam 2025. Ty le dat 90%) Tj ET";
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[4 0 R]>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>>>".to_owned(),
        "<</Length 6>>stream\n/X Do \nendstream".to_owned(),
    ];
    objects.extend((7..15).map(form));
    objects.push(format!(
        "<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Length {}>>stream\n{text}\nendstream",
        text.len()
    ));
    let file = common::pdf(&objects);
    let error = decode("vô tận.pdf", file.into_bytes()).expect_err("refused");
    assert_eq!(error.reason.code(), "bomb", "{error}");
}

/// A sheet that was fed the wrong way round is shown upright, and its words stand where they are then.
#[test]
fn the_words_of_a_page_on_its_side_stand_on_the_page_set_upright() {
    use sha2::{Digest, Sha256};
    // Text that runs upwards, a hand from the left edge and an inch from the lower one: turned clockwise it begins an inch from the left.
    let words = "(KE HOACH) Tj 0 -20 Td (nam 2025) Tj 0 -20 Td (Ty le dat 90%) Tj";
    let content = format!("BT /F1 12 Tf 0 1 -1 0 100 72 Tm {words} ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[4 0 R]>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
    ];
    let file = common::pdf(&objects);
    let sha256 = Sha256::digest(file.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let wanted = Wanted { sha256, page: 0, part: Part::Words };
    let path = std::path::Path::new("nghiêng.pdf");
    let json = shown::show(path, Some(file.clone().into_bytes()), &wanted).expect("words");
    let found: Words = serde_json::from_slice(&json).expect("JSON");
    assert_eq!((found.quarters, found.words[0].text.as_str()), (1, "KE"), "{found:?}");
    let [left, top, right, bottom] = found.words[0].at;
    assert!((left - 72.0 / 792.0).abs() < 0.005 && top < 100.0 / 612.0 && 100.0 / 612.0 < bottom && right > left, "{found:?}");
    let other = Wanted { sha256: "0a".into(), ..wanted };
    assert_eq!(shown::show(path, Some(file.into_bytes()), &other).expect_err("another file").reason.code(), "changed");
}
