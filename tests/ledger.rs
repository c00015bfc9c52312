//! The ledger: every number of a text is in one class, whatever becomes of the text.

use std::path::Path;

use kehoach::ingest::{self, Source};
use kehoach::lexicon::Lexicon;
use kehoach::pipeline;
use kehoach::record::PaperRole;
use kehoach::record::ledger::{Class, Unread, UnreadKind, numbers};

fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("corpus").filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt" || ending == "md"));
    files.sort();
    files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect()
}

/// Panics where the ledger of a text does not add up, or an unread number is not where it says.
fn adds_up(source: &Source, lexicon: &Lexicon) {
    let record = pipeline::read(source, lexicon);
    let text = source.text.as_str();
    assert_eq!(record.ledger.numbers.total(), numbers(text).len());
    let number = |unread: &&Unread| matches!(unread.kind, UnreadKind::Number | UnreadKind::Date);
    let listed: usize = record.unread.iter().filter(number).map(|unread| unread.evidence.len()).sum();
    assert_eq!(record.ledger.numbers.of(Class::Unread), listed);
    let told = record.ledger.numbers.of(Class::Described) + listed;
    assert_eq!(record.ledger.reasons.values().sum::<usize>(), told);
    for place in record.unread.iter().flat_map(|unread| &unread.evidence) {
        let slice: String = text.chars().skip(place.start).take(place.end - place.start).collect();
        assert_eq!(slice, place.text);
    }
}

#[test]
fn the_classes_add_up_to_the_numbers_of_the_text() {
    let lexicon = Lexicon::embedded().expect("embedded lexicons");
    let texts = texts();
    assert!(!texts.is_empty());
    for text in texts {
        adds_up(&ingest::decode("t", text.into_bytes()).expect("text"), &lexicon);
    }
}

#[test]
fn and_so_they_do_wherever_a_text_is_cut() {
    let lexicon = Lexicon::embedded().expect("embedded lexicons");
    for text in texts() {
        let cuts = text.char_indices().map(|(at, _)| at).step_by((text.len() / 9).max(1)).skip(1);
        for cut in cuts {
            adds_up(&ingest::decode("t", text[..cut].into()).expect("text"), &lexicon);
            adds_up(&ingest::decode("t", text[cut..].into()).expect("text"), &lexicon);
        }
    }
}

/// `number class why` of each number of a text.
fn shown(text: &str) -> Vec<String> {
    let lexicon = Lexicon::embedded().expect("embedded lexicons");
    let source = ingest::decode("t", text.into()).expect("text");
    let entries = pipeline::ledger(&source, &lexicon);
    let why = |entry: &kehoach::record::ledger::Entry| entry.why.map_or("", kehoach::record::ledger::Why::code);
    entries.iter().map(|entry| format!("{} {} {}", entry.text, entry.class.name(), why(entry)).trim_end().to_owned()).collect()
}

#[test]
fn what_became_of_each_number() {
    let head = "KẾ HOẠCH\nPhát triển thủy sản năm 2026\n\n";
    let body = |line: &str| shown(&format!("{head}I. MỤC TIÊU\n{line}\n"));
    for (line, wanted) in [
        ("- Tỷ lệ hộ nuôi cá lồng được tập huấn đạt 85%.", vec!["85 target"]),
        ("- Tỷ lệ ao nuôi có giấy phép hiện nay đạt 40%.", vec!["40 described past-state"]),
        ("- Hỗ trợ các hộ tại thôn 3 và thôn 12 của xã Khe Vàng.", vec!["3 name", "12 name"]),
        ("- Thực hiện Quyết định số 15/QĐ-UBND ngày 02/3/2024.", vec!["15 reference", "02/3/2024 reference"]),
        ("- Đơn giá theo Mục 6, PL 4, QĐ 31.", vec!["6 name", "4 name", "31 name"]),
        ("- Tỷ lệ ao nuôi có giấy phép đạt từ 80% đến 90%.", vec!["80 target", "90 target"]),
        ("- Vắc xin phòng COVID-19 cho trẻ từ 6 tuổi.", vec!["19 name", "6 described threshold"]),
    ] {
        assert_eq!(body(line)[1..], wanted, "{line}");
    }
}

#[test]
fn what_no_reader_took_is_not_closed_by_a_word_nearby() {
    let under = |heading: &str, line: &str| {
        let shown = shown(&format!("KẾ HOẠCH\nPhát triển thủy sản năm 2026\n\n{heading}\n{line}\n"));
        shown[1..].join("; ")
    };
    for (heading, line, wanted) in [
        ("II. NHIỆM VỤ", "- Quan trắc tại đầm Sông Vàng, số điểm quan trắc: 08 điểm.", "08 target"),
        ("II. NHIỆM VỤ", "- Nội dung này được chấm 20 điểm.", "20 described scoring"),
        ("III. KINH PHÍ", "Vốn của huyện chiếm khoảng 75% tổng vốn.", "75 unread no-reading"),
        ("II. NHIỆM VỤ", "- Rà soát người nuôi có tuổi nghề: 30 tuổi.", "30 unread no-reading"),
        (
            "II. NHIỆM VỤ",
            "- Giảm tiền thuê mặt nước theo Nghị quyết số 60/2024/NQ-HĐND ngày 24/12/2024, tổng khoảng 530 tỷ đồng.",
            "60 reference; 2024 reference; 24/12/2024 reference; 530 target",
        ),
        ("II. NHIỆM VỤ", "- Theo dõi đàn cá lồng 1063/1153 của xã Khe Vàng.", "1063 unread no-unit; 1153 unread no-unit"),
    ] {
        assert_eq!(under(heading, line), wanted, "{line}");
    }
}

#[test]
fn a_column_is_past_and_a_cell_a_marker_only_where_the_table_says_so() {
    let of = |rows: &str| shown(&format!("KẾ HOẠCH\nPhát triển thủy sản năm 2026\n\nI. MỤC TIÊU\n\n{rows}"))[1..].join("; ");
    assert_eq!(
        of("STT\tChỉ tiêu\tĐVT\tKết quả\n1\tDiện tích ao\tha\t40\n2\tSố lồng cá\tlồng\t90\n"),
        "1 marker; 40 unread unclear-cell; 2 marker; 90 unread unclear-cell"
    );
    assert_eq!(
        of("STT\tChỉ tiêu\tĐVT\tThực hiện\tKế hoạch\n1\tDiện tích ao\tha\t40\t50\n2\tSố lồng cá\tlồng\t90\t95\n"),
        "1 marker; 40 described past-column; 50 target; 2 marker; 90 described past-column; 95 target"
    );
    assert_eq!(
        of("STT\tChỉ tiêu\tĐVT\tKế hoạch\n1\tDiện tích ao\tha\t40\n400\t\t\t\n2\tSố lồng cá\tlồng\t90\n"),
        "1 marker; 40 target; 400 unread broken-table; 2 marker; 90 target"
    );
}

#[test]
fn a_number_alone_in_its_line_is_that_of_a_page_only_where_pages_go_that_far() {
    let of = |lines: &str| shown(&format!("KẾ HOẠCH\nPhát triển thủy sản năm 2026\n\nI. MỤC TIÊU\n\n{lines}"))[1..].join("; ");
    // A table that lost its columns.
    assert_eq!(of("Chỉ tiêu\nĐVT\nKế hoạch\nHộ nuôi cá\n%\n90\nSố lồng cá\nlồng\n40\n"), "90 unread outside; 40 unread outside");
    let text = "Các xã nuôi cá lồng theo quy hoạch.\n".repeat(12);
    assert_eq!(of(&format!("{text}2\n{text}3\n")), "2 described page-furniture; 3 described page-furniture");
    // A part of a longer text begins with a later page.
    assert_eq!(of("17\nCác xã nuôi cá.\n18\nCác hộ nuôi cá.\n"), "17 described page-furniture; 18 described page-furniture");
}

#[test]
fn the_papers_of_a_file_and_what_stands_in_each() {
    let text = "UBND TỈNH SÔNG VÀNG\nSố: 15/QĐ-UBND\nSông Vàng, ngày 02 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\nBan hành Kế hoạch phát triển thủy sản\n\n\
        Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển thủy sản.\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký./.\n\n\
        Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nCHỦ TỊCH\n\nTrần Văn Suối\n\nKẾ HOẠCH\nPHÁT TRIỂN THỦY SẢN NĂM 2026\n(Kèm theo Quyết định số 15/QĐ-UBND ngày 02/3/2026)\n\n\
        I. MỤC TIÊU\n- Tỷ lệ hộ nuôi cá lồng được tập huấn đạt 85%.\n";
    let record =
        pipeline::read(&ingest::decode("t", text.into()).expect("text"), &Lexicon::embedded().expect("embedded lexicons"));
    let shown: Vec<_> = record.papers.iter().map(|paper| (paper.role, paper.by)).collect();
    assert_eq!(shown, [(PaperRole::Main, None), (PaperRole::Enclosed, Some(0))]);
    let number = |at: usize| record.papers[at].document.as_ref().and_then(|head| head.number.clone());
    assert_eq!(number(0).as_deref(), Some("15/QĐ-UBND"));
    assert_eq!(record.papers[0].end, record.papers[1].start);
    assert_eq!(record.targets[0].paper, 1);
    assert_eq!(record.sections.iter().map(|section| section.paper).collect::<Vec<_>>(), [0, 0, 1]);
}

#[test]
fn paragraphs_tables_and_parts_that_nothing_was_read_from() {
    let text = "KẾ HOẠCH\nPhát triển thủy sản năm 2026\n\nI. MỤC TIÊU\nNgười nuôi cá lồng quanh đầm có cuộc sống ổn định hơn, vui hơn.\n\
        Các chỉ tiêu như sau:\n\nLoại\tHệ số\tMã\nA\t1,2\t75\nB\t1,4\t80\n";
    let record =
        pipeline::read(&ingest::decode("t", text.into()).expect("text"), &Lexicon::embedded().expect("embedded lexicons"));
    let other = |unread: &&Unread| !matches!(unread.kind, UnreadKind::Number | UnreadKind::Date);
    let told: Vec<String> = record
        .unread
        .iter()
        .filter(other)
        .map(|unread| format!("{:?} {}: {}", unread.kind, unread.why.code(), unread.around))
        .collect();
    assert_eq!(
        told,
        ["Block no-item: Người nuôi cá lồng quanh đầm có cuộc sống ổn định hơn, vui hơn.", "Table unknown-table: Loại"]
    );
}
