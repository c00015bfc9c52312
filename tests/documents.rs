//! Whole small documents: what their head, foot and parts must give, and what they must not.

mod common;

use common::read_text;
use kehoach::record::Record;

/// A resolution as the gazette prints it, with this title and this foot.
fn gazette(title: &str, foot: &str) -> Record {
    read_text(&format!(
        "CHÍNH PHỦ\nSố: 12/NQ-CP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
         Hà Nội, ngày 02 tháng 3 năm 2026\nNGHỊ QUYẾT\n{title}\nCăn cứ Luật Tổ chức Chính phủ;\nI. NHIỆM VỤ\n\
         1. Rà soát quy hoạch thủy lợi.\n2. Ủy ban nhân dân các tỉnh bố trí ngân sách.\n{foot}"
    ))
}

fn tasks(record: &Record) -> Vec<&str> {
    record.tasks.iter().map(|task| task.text.as_str()).collect()
}

#[test]
fn a_foot_without_recipients_is_a_signature_and_no_work() {
    const WORK: [&str; 2] = ["Rà soát quy hoạch thủy lợi", "bố trí ngân sách"];
    for (foot, name, office) in [
        ("TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\nNguyễn Văn An\n", Some("Nguyễn Văn An"), Some("PHÓ THỦ TƯỚNG")),
        ("TM. CHÍNH PHỦ\nTHỦ TƯỚNG\n(Đã ký)\nNguyễn Văn An\n", Some("Nguyễn Văn An"), Some("THỦ TƯỚNG")),
        (
            "KT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\nNguyễn Văn An\nPhụ lục\nDANH MỤC DỰ ÁN\n(Kèm theo Nghị quyết số 12/NQ-CP)\nA. Dự án một.\n",
            Some("Nguyễn Văn An"),
            Some("PHÓ THỦ TƯỚNG"),
        ),
        ("TM. CHÍNH PHỦ\nTHỦ TƯỚNG\n", None, Some("THỦ TƯỚNG")),
    ] {
        let record = gazette("Về kế hoạch phòng, chống thiên tai năm 2026", foot);
        let signer = record.document.signer.as_ref().expect("signed");
        assert_eq!((signer.name.as_deref(), signer.title.as_deref()), (name, office), "{foot}");
        let body: Vec<&str> = tasks(&record).into_iter().filter(|task| !task.contains("Dự án")).collect();
        assert_eq!(body.len(), 2, "{body:?}");
        assert!(body[0].starts_with(WORK[0]) && body[1].ends_with(WORK[1]), "{body:?}");
    }
}

#[test]
fn an_office_with_work_is_no_signature() {
    let record =
        gazette("Về kế hoạch năm 2026", "3. Tổ chức:\nGIÁM ĐỐC SỞ Y TẾ\nKiểm tra các cơ sở khám bệnh.\nRà soát báo cáo.\n");
    assert!(tasks(&record).iter().any(|task| task.starts_with("Kiểm tra các cơ sở")), "{:?}", tasks(&record));
    assert_eq!(record.document.signer, None);
}

#[test]
fn the_day_of_another_document_is_no_period() {
    for (title, period) in [
        ("Về thực hiện Kết luận số 21-KL/TW ngày 21 tháng 11 năm 2025 của Ban Bí thư", None),
        ("Về thực hiện Kết luận số 21-KL/TW ngày 21 tháng 11 năm 2025 trong năm 2026", Some(("2026-01-01", "2026-12-31"))),
        ("Về kết quả tháng 11 năm 2025", Some(("2025-11-01", "2025-11-30"))),
    ] {
        let record = gazette(title, "TM. CHÍNH PHỦ\nTHỦ TƯỚNG\nNguyễn Văn An\n");
        let read = record.document.period.as_ref().map(|period| (period.from.as_deref(), period.to.as_deref()));
        assert_eq!(read, period.map(|(from, to)| (Some(from), Some(to))), "{title}");
    }
}
