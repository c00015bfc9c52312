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
        // The list of recipients beside the signature, on the same lines.
        (
            "Nơi nhận:\n- Quốc hội;\nTM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\n(b/c); PHÓ THỦ TƯỚNG\n- Các bộ;\n- Lưu: VT, KTTH. Nguyễn Văn An\n",
            Some("Nguyễn Văn An"),
            Some("PHÓ THỦ TƯỚNG"),
        ),
        (
            "Nơi nhận:\n- Quốc hội;\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n- Đài Truyền hình Việt Nam;\n- Lưu: VT. Công báo\n",
            None,
            Some("THỦ TƯỚNG"),
        ),
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

/// A plan with these aims.
fn plan(aims: &str) -> Record {
    read_text(&format!("KẾ HOẠCH\nChuyển đổi số năm 2025\nI. MỤC TIÊU\n{aims}"))
}

#[test]
fn a_time_before_a_colon_is_when_targets_are_due() {
    for (aim, due) in [
        ("a) Đến hết năm 2030: Có ≥ 60% hợp tác xã ứng dụng công nghệ số.", Some("2030-12-31")),
        ("- Đến hết năm 2045: 100% hợp tác xã ứng dụng công nghệ số.", Some("2045-12-31")),
        ("a) Kinh tế số: Có ≥ 60% hợp tác xã ứng dụng công nghệ số.", None),
    ] {
        let record = plan(aim);
        assert_eq!(record.targets.len(), 1, "{aim}");
        assert_eq!(record.targets[0].due.as_deref(), due, "{aim}");
    }
}

#[test]
fn blank_lines_part_paragraphs_where_nothing_else_does() {
    let aims = "a) Xây dựng nền tảng số dùng chung của tỉnh cho các\ncơ quan và người dân.\n\n".repeat(12);
    let record =
        plan(&format!("{aims}b) Có ≥\n30% hộ dân dùng nước sạch.\n\nc) Đến hết năm 2045: 100%\nHTX ứng dụng công nghệ số.\n\n"));
    let read: Vec<String> =
        record.targets.iter().map(|target| format!("{:?} {} {}", target.comparator, target.value.0, target.indicator)).collect();
    assert_eq!(read, ["Ge 30 hộ dân dùng nước sạch", "Eq 100 HTX ứng dụng công nghệ số"]);
}

#[test]
fn bars_on_lines_of_their_own_part_cells() {
    let table = "|\nSTT\n|\nNhiệm vụ\n|\nCơ quan chủ trì\n|\nThời gian\n|\n|\n**I.\nKINH TẾ SỐ**\n|\n|\n1\n|\nRà soát hộ nghèo\ntrên địa bàn.\n|\n\
                 Sở Y tế\n|\nQuí IV-2025\n|\n|\n2\n|\nXây dựng nền tảng số.\n|\nSở Công Thương\n|\nThường xuyên\n|\n";
    let record = read_text(&format!(
        "KẾ HOẠCH\nChuyển đổi số năm 2025\nI. NHIỆM VỤ\n1. Tổ chức thực hiện./.\n\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n\n{table}\n\nGhi chú: ước tính.\n"
    ));
    assert_eq!(record.tables.len(), 1);
    assert_eq!(record.tables[0].header, ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]);
    assert_eq!(
        record.tables[0].rows,
        [
            ["I.", "KINH TẾ SỐ", "", ""],
            ["1", "Rà soát hộ nghèo trên địa bàn.", "Sở Y tế", "Quí IV-2025"],
            ["2", "Xây dựng nền tảng số.", "Sở Công Thương", "Thường xuyên"]
        ]
    );
    let last = record.tasks.last().expect("a task");
    assert_eq!((last.section.as_deref(), last.owner.as_slice()), (Some("PL.I"), ["Sở Công Thương".to_owned()].as_slice()));
}

#[test]
fn a_value_set_against_another_is_no_target() {
    let row = |cells: &[&str]| cells.join("\t");
    let header =
        row(&["STT", "Tên chỉ tiêu", "Đơn vị tính", "Mục tiêu 2005 (hoặc b/q)", "Kế hoạch năm 2003", "KH 2003/ ước 2002", ""]);
    // A plan of 2003, so that no column is about a year before it.
    let record = read_text(&format!(
        "KẾ HOẠCH\nPhát triển nông nghiệp năm 2003\nI. MỤC TIÊU\n{header}\n{}\n{}\n",
        row(&["1", "- Sản lượng ngô", "Triệu tấn", "2,7", "2,5", "113,6", "77"]),
        row(&["2", "- Sản lượng chè", "Nghìn tấn", "100", "95", "102,2", "78"]),
    ));
    let read: Vec<String> = record.targets.iter().map(|target| format!("{} {}", target.indicator, target.value.0)).collect();
    assert_eq!(read, ["Sản lượng ngô 2.7", "Sản lượng ngô 2.5", "Sản lượng chè 100", "Sản lượng chè 95"]);
}

#[test]
fn what_an_article_encloses_tells_itself_what_it_is() {
    let record = read_text(
        "QUYẾT ĐỊNH\nPhê duyệt Đề án chuyển đổi số\nĐiều 1. Phê duyệt Đề án chuyển đổi số với nội dung sau:\nI. QUAN ĐIỂM\n\
         1. Chuyển đổi số là nhiệm vụ trọng tâm của các cấp.\nII. NHIỆM VỤ\n1. Xây dựng nền tảng số dùng chung.\n\
         Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành.\nTHỦ TƯỚNG\nNguyễn Văn An\n",
    );
    assert_eq!(tasks(&record), ["Xây dựng nền tảng số dùng chung"]);
}

#[test]
fn roman_numbers_may_have_lost_their_capitals() {
    let record = plan(
        "Ii. mục đích\n- Giảm nghèo.\nIii. tổ chức thực hiện\n1. Sở Y tế:\n- Kiểm tra các cơ sở.\nVi sinh vật được kiểm tra.\n",
    );
    let paths: Vec<&str> = record.sections.iter().map(|section| section.path.as_str()).collect();
    assert_eq!(paths, ["I", "II", "III", "III.1"]);
}

#[test]
fn the_finer_of_two_names_is_what_is_measured() {
    let rows = [
        "TT\tTên tiêu chí\tNội dung tiêu chí\tChỉ tiêu chung\tXã nhóm 1",
        "1\tGiảm nghèo\t1.1. Tỷ lệ nghèo đa chiều\t≤2%\tBộ Y tế hướng dẫn",
        "1\tGiảm nghèo\t1.1. Tỷ lệ nghèo đa chiều\t≤2%\tSở Y tế quy định",
        "1\tGiảm nghèo\t1.2. Tỷ lệ hộ có nhà ở kiên cố\t≥75%\t",
        "1\tGiảm nghèo\t1.3. Tỷ lệ hộ dùng nước sạch\t≥95%\t",
    ];
    let record = plan(&rows.join("\n"));
    let read: Vec<String> =
        record.targets.iter().map(|target| format!("{} {:?} {}", target.indicator, target.comparator, target.value.0)).collect();
    assert_eq!(read, ["Tỷ lệ nghèo đa chiều Le 2", "Tỷ lệ hộ có nhà ở kiên cố Ge 75", "Tỷ lệ hộ dùng nước sạch Ge 95"]);
}

#[test]
fn a_time_or_a_result_around_a_colon_ends_no_heading() {
    let record = read_text(
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN HẢI\nSố: 2/KH-UBND\n\nSơn Hải, ngày 6 tháng 1 năm 2026\n\nKẾ HOẠCH\nPhòng, chống dịch năm 2026\n\n\
         I. NHIỆM VỤ\n1. Từ ngày 01/6 đến ngày 31/8/2026: mở đợt cao điểm.\n2. Tháng 02, 03 năm 2026: rà soát.\n\
         3. Công tác tuyên truyền: phát tờ rơi đến các hộ.\n",
    );
    let days: Vec<_> = record.deadlines.iter().map(|entry| (entry.from.as_deref(), entry.to.as_deref())).collect();
    assert_eq!(days, [(Some("2026-06-01"), Some("2026-08-31")), (Some("2026-02-01"), Some("2026-03-31"))]);
    assert!(record.tasks[0].deadline.is_some() && record.tasks[1].deadline.is_some(), "{:?}", tasks(&record));
    assert!(record.sections.iter().any(|section| section.title == "Công tác tuyên truyền"), "a topic still is a heading");
    let record = read_text(
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN HẢI\nSố: 1/BC-UBND\n\nSơn Hải, ngày 6 tháng 7 năm 2026\n\nBÁO CÁO\nKết quả năm 2025\n\n\
         I. KẾT QUẢ\n1. Chỉ tiêu tỷ lệ che phủ rừng 45%: thực hiện 44,2%.\n",
    );
    let targets: Vec<_> = record.targets.iter().map(|target| (target.indicator.as_str(), target.value.0)).collect();
    assert_eq!(targets, [("tỷ lệ che phủ rừng", 45.0)]);
}

#[test]
fn a_heading_that_is_a_label_is_about_the_section_beside_it() {
    let record = read_text(
        "KẾ HOẠCH\nPhát triển dữ liệu năm 2026\n\nI. NHIỆM VỤ\n\n1. Bản đồ rừng\n\na) Nhiệm vụ:\n\n- Rà soát bản đồ rừng các xã.\n\n\
         - Cập nhật diện tích rừng trồng.\n\nb) Cơ quan thực hiện:\n\n- Đơn vị chủ trì: Sở Nông nghiệp và Môi trường.\n\n\
         - Đơn vị phối hợp: Sở Tài chính.\n\nc) Thời gian thực hiện: Hoàn thành trong quý II năm 2026.\n\n2. Đào tạo\n\n\
         a) Nhiệm vụ: Tổ chức lớp tập huấn cho cán bộ xã.\n\nb) Cơ quan chủ trì: Sở Nội vụ.\n\nc) Thời gian thực hiện: Theo lộ trình chung.\n",
    );
    let shown: Vec<_> = record
        .tasks
        .iter()
        .map(|task| {
            let deadline = task.deadline.map(|at| record.deadlines[at].text.as_str());
            (task.text.as_str(), task.owner.join("+"), task.coordinate.join("+"), deadline)
        })
        .collect();
    let (owner, partner) = ("Sở Nông nghiệp và Môi trường".to_owned(), "Sở Tài chính".to_owned());
    assert_eq!(
        shown,
        [
            ("Rà soát bản đồ rừng các xã", owner.clone(), partner.clone(), Some("trong quý II năm 2026")),
            ("Cập nhật diện tích rừng trồng", owner, partner, Some("trong quý II năm 2026")),
            ("Tổ chức lớp tập huấn cho cán bộ xã", "Sở Nội vụ".to_owned(), String::new(), None),
        ]
    );
}

/// The owners of each task of a record.
fn owners(record: &Record) -> Vec<String> {
    record.tasks.iter().map(|task| task.owner.join("+")).collect()
}

/// A letter with this long subject and these sentences before its items.
fn letter(before: &str) -> Record {
    read_text(&format!(
        "UBND TỈNH SÔNG VÀNG\nSỞ CÔNG THƯƠNG\nSố:        /SCT-CN\n\
         V/v đôn đốc tiến độ đầu tư xây dựng hạ tầng các cụm công nghiệp làng nghề trên địa bàn tỉnh năm 2026\n\
         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSông Vàng, ngày      tháng 7 năm 2026\n\
         Kính gửi:\n- Công ty Cổ phần Hạ tầng Suối Lim;\n- Công ty TNHH Khe Vàng.\n\n{before}\n\
         1. Thực hiện đúng tiến độ\n- Rà soát toàn bộ hạng mục công việc.\n- Bố trí đủ vốn theo cam kết.\n"
    ))
}

#[test]
fn a_long_subject_is_part_of_a_letter_s_head() {
    let document = letter("Sở Công Thương đề nghị các chủ đầu tư thực hiện các nội dung sau:").document;
    assert_eq!(document.symbol.as_deref(), Some("SCT-CN"));
    assert_eq!(document.issuer.as_deref(), Some("SỞ CÔNG THƯƠNG"));
    assert!(document.title.expect("a title").starts_with("đôn đốc tiến độ đầu tư"));
}

#[test]
fn whom_the_sentences_before_the_first_heading_ask_has_the_work_below() {
    for (before, owner) in [
        ("Một số dự án còn chậm. Sở Công Thương đề nghị các chủ đầu tư tập trung thực hiện các nội dung sau:", "các chủ đầu tư"),
        ("Qua theo dõi, một số dự án còn chậm; để khắc phục, đề nghị Sở Xây dựng thực hiện các nội dung sau:", "Sở Xây dựng"),
        ("Sở Công Thương ban hành hướng dẫn với các nội dung như sau:", ""),
        ("Các chủ đầu tư đã thực hiện một số nội dung. Tiến độ như sau:", ""),
    ] {
        assert_eq!(owners(&letter(before)), [owner, owner], "{before}");
    }
}

#[test]
fn a_place_that_is_bound_to_what_follows_has_the_work_below() {
    for (lead, owner) in [
        ("Để đạt kế hoạch, tỉnh Sông Vàng cần tập trung thực hiện một số nhiệm vụ trọng tâm sau:", "tỉnh Sông Vàng"),
        ("Trong thời gian tới, Tỉnh phải thực hiện tốt các nội dung sau:", "Tỉnh"),
        ("Để đạt kế hoạch của tỉnh Sông Vàng cần thực hiện các nhiệm vụ sau:", ""),
    ] {
        let record = read_text(&format!(
            "VĂN PHÒNG CHÍNH PHỦ\nSố: 12/TB-VPCP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
             Hà Nội, ngày 03 tháng 3 năm 2026\nTHÔNG BÁO\nKẾT LUẬN TẠI BUỔI LÀM VIỆC VỚI TỈNH SÔNG VÀNG\n\n\
             I. NHIỆM VỤ TRONG THỜI GIAN TỚI\n\n{lead}\n\n1. Rà soát các dự án còn chậm.\n\n2. Xây dựng kịch bản tăng trưởng từ nay \
             đến hết năm 2026.\n\nII. VỀ MỘT SỐ KIẾN NGHỊ CỦA TỈNH\n\n1. Về kiến nghị bổ sung vốn:\n\n\
             Giao Bộ Tài chính nghiên cứu, báo cáo cấp có thẩm quyền.\n"
        ));
        assert_eq!(owners(&record), [owner, owner, "Bộ Tài chính"], "{lead}");
        let deadline = &record.deadlines[0];
        let days = (deadline.from.as_deref(), deadline.to.as_deref());
        assert_eq!(days, (Some("2026-03-03"), Some("2026-12-31")));
    }
}

#[test]
fn a_heading_over_nothing_but_labels_is_the_work() {
    let record = read_text(
        "KẾ HOẠCH\nThi hành Luật Cây xanh\n\nI. NỘI DUNG\n\n1. Tổ chức kiểm tra việc trồng cây xanh ở các trường học\n\n\
         - Cơ quan thực hiện: Sở Xây dựng.\n\n- Thời gian thực hiện: Năm 2026.\n\n2. Tuyên truyền\n\n\
         - Cơ quan thực hiện: Sở Nội vụ.\n\n- Tổ chức hội thi vẽ tranh.\n\nII. KINH PHÍ\n\n1. Kinh phí do ngân sách bảo đảm.\n\n\
         2. Sở Tài chính chủ trì, phối hợp với các sở bố trí kinh phí theo quy định.\n",
    );
    let shown: Vec<_> = record.tasks.iter().map(|task| (task.owner.join("+"), task.text.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("Sở Xây dựng".to_owned(), "Tổ chức kiểm tra việc trồng cây xanh ở các trường học"),
            ("Sở Nội vụ".to_owned(), "Tổ chức hội thi vẽ tranh"),
            ("Sở Tài chính".to_owned(), "chủ trì, phối hợp với các sở bố trí kinh phí theo quy định"),
        ]
    );
}

#[test]
fn a_heading_ends_with_its_bold_type() {
    let record = read_text(
        "KẾ HOẠCH\nThi hành Luật Cây xanh\n\n**I. NỘI DUNG**\n\n**1. Xây dựng các văn bản quy\nđịnh chi tiết việc thi hành Luật Cây xanh**\n\n\
         Sở, ban, ngành thuộc Ủy ban\nnhân dân tỉnh có trách nhiệm rà soát, tham mưu ban hành văn bản\nquy định chi tiết.\n",
    );
    let titles: Vec<&str> = record.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["NỘI DUNG", "Xây dựng các văn bản quy định chi tiết việc thi hành Luật Cây xanh"]);
}

#[test]
fn a_date_that_is_wrapped_before_its_year_goes_on() {
    let record = read_text(
        "THỦ TƯỚNG\nCHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 23/QĐ-TTg\n\
         Hà Nội, ngày 29 tháng 11 năm 2025\n\nQUYẾT ĐỊNH\nBAN HÀNH KẾ HOẠCH THI HÀNH LUẬT CÂY XANH\n\nCăn cứ Luật Cây xanh ngày 18 tháng 02 năm\n\
         2025;\n\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch thi hành Luật Cây xanh.\n",
    );
    assert_eq!(record.references[0].date.as_deref(), Some("2025-02-18"));
    assert_eq!(record.document.issuer.as_deref(), Some("THỦ TƯỚNG CHÍNH PHỦ"));
}

#[test]
fn the_parts_of_a_law_are_no_values() {
    let record = read_text(
        "KẾ HOẠCH\nThi hành Luật Cây xanh\n\nI. NỘI DUNG\n\n1. Xây dựng Nghị định quy định chi tiết khoản 2, khoản 4 Điều 3; khoản 6 Điều 5; \
         điểm b khoản 4 Điều 31 Luật Cây xanh; trồng 3 điểm rừng mẫu.\n",
    );
    let values: Vec<String> = record.targets.iter().map(|target| target.indicator.clone()).collect();
    assert!(values.iter().all(|indicator| !indicator.contains("Điều")), "{values:?}");
}

#[test]
fn a_heading_is_the_work_that_its_content_describes() {
    let record = read_text(
        "KẾ HOẠCH\nThi hành Luật Cây xanh\n\nI. NỘI DUNG\n\n1. Xây dựng Cổng thông tin cây xanh\n\n- Nội dung: Cổng thông tin cây xanh cung cấp \
         bản đồ cây xanh cho người dân.\n\n- Cơ quan chủ trì soạn thảo: Sở Xây dựng.\n\n- Thời hạn ban hành: trước ngày 31 tháng 12 năm 2026.\n\n\
         2. Phổ biến Luật Cây xanh\n\n- Nội dung thực hiện: Tổ chức hội nghị phổ biến Luật.\n\n- Cơ quan thực hiện: Sở Tư pháp.\n\n\
         II. TỔ CHỨC THỰC HIỆN\n\n1. Các cơ quan được phân công chủ trì nhiệm vụ theo Kế hoạch này có trách nhiệm lập dự toán kinh phí.\n\n\
         III. NHIỆM VỤ KHÁC\n\nQua kiểm tra, Sở Xây dựng yêu cầu đơn vị nêu trên thực hiện một số nội dung sau:\n\n- Trồng lại cây đã chặt.\n",
    );
    let shown: Vec<_> = record
        .tasks
        .iter()
        .map(|task| (task.owner.join("+"), task.text.as_str(), task.deadline.map(|at| record.deadlines[at].text.as_str())))
        .collect();
    let named = |name: &str| name.to_owned();
    assert_eq!(
        shown,
        [
            (named("Sở Xây dựng"), "Xây dựng Cổng thông tin cây xanh", Some("trước ngày 31 tháng 12 năm 2026")),
            (named("Sở Tư pháp"), "Tổ chức hội nghị phổ biến Luật", None),
            (named("Các cơ quan được phân công chủ trì nhiệm vụ theo Kế hoạch này"), "lập dự toán kinh phí", None),
            (named("đơn vị nêu trên"), "Trồng lại cây đã chặt", None),
        ]
    );
}

#[test]
fn results_that_somebody_is_to_bring_about_are_wanted() {
    let table = |columns: &str, row: &str| {
        read_text(&format!(
            "UBND TỈNH SÔNG VÀNG\nSố: 12/KH-UBND\nSông Vàng, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nCấp nước năm 2026\nI. NHIỆM VỤ\n1. Cấp nước\n{columns}\n{row}\n"
        ))
    };
    let handed = table(
        "TT\tChỉ tiêu\tĐơn vị\tKết quả\tCơ quan chủ trì",
        "1\tTỷ lệ hộ dân dùng nước sạch\t%\t95%\tSở Xây dựng\n2\tTỷ lệ trường học có nước sạch\t%\t100%\tSở Giáo dục và Đào tạo",
    );
    assert_eq!(handed.targets.iter().map(|target| target.value.0).collect::<Vec<_>>(), [95.0, 100.0]);
    let staged = table(
        "TT\tChỉ tiêu\tĐơn vị\tKết quả\tCơ quan chủ trì",
        "I\tGiai đoạn 2026-2027\n1\tTỷ lệ hộ dân dùng nước sạch\t%\t95%\tSở Xây dựng\nII\tGiai đoạn 2028-2030\n1\tTỷ lệ hộ dân dùng nước sạch\t%\t99%\tSở Xây dựng",
    );
    let due: Vec<&str> = staged.targets.iter().filter_map(|target| target.due.as_deref()).collect();
    assert_eq!(due, ["2027-12-31", "2030-12-31"]);
    // Beside what is wanted it is what was reached.
    let reached = table(
        "TT\tChỉ tiêu\tKế hoạch\tKết quả\tCơ quan chủ trì",
        "1\tTỷ lệ hộ dân dùng nước sạch\t95%\t93%\tSở Xây dựng\n2\tTỷ lệ trường học có nước sạch\t100%\t98%\tSở Giáo dục và Đào tạo",
    );
    assert_eq!(reached.targets.iter().map(|target| target.value.0).collect::<Vec<_>>(), [95.0, 100.0]);
}

#[test]
fn a_chapter_whose_number_stands_alone_in_its_line() {
    let record = gazette(
        "Về kế hoạch năm 2026",
        "II. KINH PHÍ\nNgân sách tỉnh bố trí.\nIII.\nTỔ CHỨC THỰC HIỆN (chi tiết tại Phụ lục)\n1. Sở Y tế kiểm tra các cơ sở khám bệnh.\n",
    );
    let chapter = record.sections.iter().find(|section| section.path == "III").map(|section| section.title.as_str());
    assert_eq!(chapter, Some("TỔ CHỨC THỰC HIỆN (chi tiết tại Phụ lục)"), "{:?}", record.sections);
}

#[test]
fn a_bare_time_under_a_label_of_time_is_a_deadline() {
    let record = read_text(
        "KẾ HOẠCH\nKiểm tra rừng phòng hộ\n\nI. NỘI DUNG\n1. Thời gian kiểm tra: 13h30’ ngày 29/4/2026.\n2. Thời gian: ngày 30/4/2026.\n\
         3. Địa điểm: rừng phòng hộ xã Suối Lim, ngày 28/4/2026 đã khảo sát.\n",
    );
    let shown: Vec<_> = record.deadlines.iter().map(|deadline| (deadline.section.as_deref(), deadline.to.as_deref())).collect();
    assert_eq!(shown, [(Some("I.1"), Some("2026-04-29")), (Some("I.2"), Some("2026-04-30"))]);
}

#[test]
fn what_a_policy_asks_of_those_who_get_it_is_no_work() {
    let record = read_text(
        "NGHỊ QUYẾT\nQUY ĐỊNH CHÍNH SÁCH HỖ TRỢ TRỒNG RỪNG\n\nCăn cứ Luật Lâm nghiệp;\n\nChương I\nQUY ĐỊNH CHUNG\n\n\
         Điều 1. Phạm vi điều chỉnh\n\n1. Hỗ trợ trồng rừng sản xuất.\n\nChương II\nCHÍNH SÁCH\n\nĐiều 2. Hỗ trợ trồng rừng\n\n\
         1. Điều kiện hưởng hỗ trợ\n\na) Có cam kết trồng rừng ít nhất 06 năm.\n\nb) Được xã xác nhận diện tích.\n\n\
         2. Hồ sơ đề nghị hưởng hỗ trợ\n\na) Bản cam kết của chủ rừng.\n\nb) Bản sao giấy chứng nhận.\n\n\
         Chương III\nTỔ CHỨC THỰC HIỆN\n\nĐiều 3. Trách nhiệm của Sở Nông nghiệp và Môi trường\n\n\
         a) Rà soát, tổng hợp danh sách hộ trồng rừng.\n\nĐiều 4. Hiệu lực\n\nNghị quyết này bãi bỏ Nghị quyết số 15/2025/NQ-HĐND.\n\n\
         PHỤ LỤC\nMẪU BẢN CAM KẾT\n\n- Nơi ở hiện nay: ……………………\n\n- Thực hiện trồng rừng trong 06 năm.\n",
    );
    let shown: Vec<_> = record.tasks.iter().map(|task| (task.owner.join("+"), task.text.as_str())).collect();
    assert_eq!(shown, [("Sở Nông nghiệp và Môi trường".to_owned(), "Rà soát, tổng hợp danh sách hộ trồng rừng")]);
}

#[test]
fn numbers_that_no_office_gave_are_known_by_the_day_after_them() {
    let record = read_text(
        "ỦY BAN NHÂN DÂN\nTỈNH SÔNG VÀNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố:       /2026/NQ-HĐND\n\
         Sông Vàng, ngày 05 tháng 5 năm 2026\n\nKẾ HOẠCH\nKiểm tra rừng phòng hộ\n\nXét đề nghị của Công ty Khe Vàng tại Văn bản số 02 ngày \
         21/4/2026; Công ty Suối Lim tại Văn bản số SL-A032/26 ngày 22/4/2026 về số 05 ngày nghỉ.\n\nI. NHIỆM VỤ\n1. Rà soát hồ sơ.\n",
    );
    let numbers: Vec<_> = record.references.iter().map(|one| (one.number.as_deref(), one.date.as_deref())).collect();
    assert_eq!(numbers, [(Some("02"), Some("2026-04-21")), (Some("SL-A032/26"), Some("2026-04-22"))]);
    assert_eq!((record.document.number, record.document.symbol.as_deref()), (None, Some("NQ-HĐND")));
}

#[test]
fn people_on_lines_of_their_own_are_owners_each() {
    let record = read_text(
        "KẾ HOẠCH\nKiểm tra rừng phòng hộ\n\nPHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n|STT|Nhiệm vụ|Người thực hiện|\n|---|---|---|\n\
         |1|Rà soát hồ sơ|Lê Thị Hồng<br>Trần Văn Lim|\n|2|Tổng hợp kết quả|Sở Khoa học và<br>Công nghệ|\n",
    );
    let owners: Vec<_> = record.tasks.iter().map(|task| task.owner.clone()).collect();
    assert_eq!(owners, [vec!["Lê Thị Hồng", "Trần Văn Lim"], vec!["Sở Khoa học và Công nghệ"]]);
}

#[test]
fn markers_and_bullets_alone_in_their_lines_are_those_of_the_next() {
    let record = read_text(
        "KẾ HOẠCH\n\nV/V HỖ TRỢ TRỒNG RỪNG CHO CÁC HỘ DÂN BỊ ẢNH HƯỞNG CỦA BÃO\n\nCăn cứ tình hình thực tế, UBND tỉnh ban hành\n\
         kế hoạch với những nội dung sau:\n\n**I.\nĐÁNH GIÁ TÌNH HÌNH THIỆT HẠI**\n\n- Đến ngày 21/11, toàn tỉnh có hơn\n\
         200.000 cây bị đổ.\n\n**II.\nPHÂN CÔNG**\n\n*1.\nSở Tài chính - Cơ quan thường trực Ban Chỉ đạo*\n\n-\n\
         Tuyên truyền cho các hộ dân về cách\nchăm sóc cây con.\n\n\
         *2.\nTrách nhiệm của chủ rừng:*\n\n-\nTrồng lại số cây đã bị đổ trong\nvụ xuân.\n\n-\nChăm sóc, bảo vệ rừng non theo\nhướng dẫn của kiểm lâm.\n\n",
    );
    assert_eq!(
        record.document.title.as_deref().map(|title| title.starts_with("HỖ TRỢ")),
        Some(true),
        "{:?}",
        record.document.title
    );
    let sections: Vec<_> = record.sections.iter().map(|one| (one.path.as_str(), one.title.as_str())).collect();
    let wanted = [
        ("I", "ĐÁNH GIÁ TÌNH HÌNH THIỆT HẠI"),
        ("II", "PHÂN CÔNG"),
        ("II.1", "Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo"),
        ("II.2", "Trách nhiệm của chủ rừng"),
    ];
    assert_eq!(sections, wanted);
    assert_eq!(owners(&record), ["Sở Tài chính", "chủ rừng", "chủ rừng"]);
    assert_eq!(record.facts.len(), 1);
}

#[test]
fn a_report_without_headings_has_results() {
    let record = read_text(
        "SỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/BC-SNV\nSông Vàng, ngày 05 tháng 5 năm 2026\n\
         BÁO CÁO\nTổng hợp ý kiến góp ý\n\nThực hiện Công văn số 5/UBND-NC, Sở Nội vụ báo cáo như sau:\n\n\
         Đến nay, Sở đã nhận được 46 ý kiến thống nhất.\n\nTrên đây là báo cáo của Sở Nội vụ./.\n",
    );
    assert_eq!(record.facts.iter().map(|fact| fact.value.0).collect::<Vec<_>>(), [46.0]);
}

#[test]
fn a_number_that_a_wrap_put_first_opens_no_item() {
    let item = "- Tuyên truyền cho các hộ dân trong vùng về cách chăm sóc\ncây con, cách bón phân và tưới nước đúng kỹ thuật của ngành\nnông nghiệp.\n\n";
    let record = read_text(&format!(
        "KẾ HOẠCH\n\nTrồng rừng năm 2026\n\nI. NHIỆM VỤ\n\n{}- Chăm sóc rừng non, ưu tiên trước hết các xã bị ảnh hưởng cấp\n2. Cấp ngay \
         cây giống cho các hộ dân nghèo ở những xã này trước mùa\nmưa.\n",
        item.repeat(8)
    ));
    let last = record.tasks.last().expect("a task");
    assert!(last.text.starts_with("Chăm sóc rừng non") && last.text.contains("cấp 2. Cấp ngay"), "{:?}", last.text);
}

/// A plan of an invented province whose annex holds a table, its cells between bars.
fn with_table(rows: &str) -> Record {
    read_text(&format!(
        "ỦY BAN NHÂN DÂN\nTỈNH SÔNG VÀNG\nSố: 15/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
         Sông Vàng, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nChi ngân sách năm 2026\nI. MỤC TIÊU\nChi đúng dự toán.\n\
         PHỤ LỤC 01\nDỰ TOÁN CHI\n(Đơn vị tính: triệu đồng)\n\n{rows}\n"
    ))
}

#[test]
fn totals_of_a_table_are_sums_with_their_rows() {
    let record = with_table(
        "| STT | Nội dung | Năm 2026 | Năm 2027 | So sánh (%) |\n|---|---|---|---|---|\n\
         |  | TỔNG CHI (I+II) | 1.900 | 2.100 | 110,5 |\n| I | Chi đầu tư | 1.200 | 1.300 | 108,3 |\n\
         | 1 | Thủy lợi | 700 | 900 | 128,6 |\n|  | Trong đó: |  |  |  |\n|  | - Kênh mương | 450 | 500 | 111,1 |\n\
         |  | - Hồ chứa | 250 | 400 | 160,0 |\n| 2 | Giao thông | 500 | 400 | 80,0 |\n| II | Chi thường xuyên | 700 | 800 | 114,3 |",
    );
    let sums: Vec<String> = record
        .sums
        .iter()
        .map(|sum| format!("{} = {:?} {}", sum.total.0, sum.parts.iter().map(|part| part.0).collect::<Vec<_>>(), sum.holds))
        .collect();
    let wanted = [
        "1900 = [1200.0, 700.0] true",
        "2100 = [1300.0, 800.0] true",
        "1200 = [700.0, 500.0] true",
        "1300 = [900.0, 400.0] true",
        "700 = [450.0, 250.0] true",
        "900 = [500.0, 400.0] true",
    ];
    assert_eq!(sums, wanted);
    assert!(record.sums.iter().all(|sum| sum.row.is_some()), "{:?}", record.sums);
    // Shares make a hundred and are no sum; sisters that happen to make another are none.
    let record = with_table(
        "| STT | Chỉ tiêu | Đơn vị tính | Năm 2026 |\n|---|---|---|---|\n| 1 | Cơ cấu | % | 100 |\n|  | - Nông nghiệp | % | 60 |\n\
         |  | - Dịch vụ | % | 40 |\n| 2 | Đàn dê | con | 300 |\n| 3 | Đàn bò | con | 200 |\n| 4 | Đàn trâu | con | 100 |",
    );
    assert_eq!(record.sums, [], "no sums");
}

#[test]
fn whom_a_heading_is_about_has_the_work_below() {
    let record = read_text(
        "KẾ HOẠCH\nPhòng, chống đuối nước năm học 2026\n\nI. NHIỆM VỤ\n1. Đối với Ban Giám hiệu nhà trường (đồng chí Lê Thị Hồng – Hiệu trưởng)\n\
         Tổ chức dạy bơi cho học sinh.\n2. Đối với đội ngũ giáo viên\nTăng cường quản lý học sinh.\n3. Đối với các bể bơi đã xuống cấp\n\
         Sửa chữa trước mùa hè.\n",
    );
    assert_eq!(owners(&record), ["Ban Giám hiệu nhà trường", "đội ngũ giáo viên", ""]);
}

#[test]
fn a_scan_that_lost_the_marks_of_its_type_has_one() {
    let record = read_text(
        "ỦY BAN NHÂN DÂN\nTỈNH SÔNG VÀNG\nSố: 21/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
         Sông Vàng, ngày 17 tháng 01 năm 2026\nQUYÉT ĐỊNH\nVề việc phê duyệt Kế hoạch ứng phó sự cố tràn dầu\n\
         Căn cứ Luật Biển ngày 25/6/2015;\nQUYẾT ĐỊNH:\nĐiều 1. Phê duyệt Kế hoạch ứng phó sự cố tràn dầu.\n",
    );
    assert_eq!(record.document.title.as_deref(), Some("phê duyệt Kế hoạch ứng phó sự cố tràn dầu"));
    assert_eq!(record.document.date.as_deref(), Some("2026-01-17"));
    assert_eq!(record.references[0].date.as_deref(), Some("2015-06-25"));
}

#[test]
fn a_term_of_office_and_an_anniversary_are_no_deadlines() {
    let record = read_text(
        "UBND TỈNH SÔNG VÀNG\nSố: 12/KH-UBND\nSông Vàng, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nTuyên truyền bầu cử năm 2026\n\nI. NHIỆM VỤ\n\
         1. Tuyên truyền bầu cử đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2031 - 2036.\n\
         2. Tổ chức mít tinh kỷ niệm 80 năm ngày Tổng tuyển cử (06/01/1946 - 06/01/2026).\n3. Tổng kết trước ngày 30/6/2026.\n",
    );
    let texts: Vec<&str> = record.deadlines.iter().map(|deadline| deadline.text.as_str()).collect();
    assert_eq!(texts, ["trước ngày 30/6/2026"]);
}

#[test]
fn planned_values_that_nobody_filled_in_are_none() {
    let record = read_text(
        "KẾ HOẠCH\nPhát triển nông nghiệp\n\nPHỤ LỤC\nCHỈ TIÊU\n\n|STT|Chỉ tiêu|ĐVT|KH 2026|KH 2027|KH 2028|KH 2029|\n|---|---|---|---|---|---|---|\n\
         |1|Diện tích chè|ha|0|0|0|0|\n|2|Diện tích cam|ha|12|0|14|15|\n",
    );
    let values: Vec<_> = record.targets.iter().map(|target| (target.indicator.as_str(), target.value.0)).collect();
    assert_eq!(values, [("Diện tích cam", 12.0), ("Diện tích cam", 0.0), ("Diện tích cam", 14.0), ("Diện tích cam", 15.0)]);
}

#[test]
fn who_leads_it_makes_an_item_work() {
    let record = read_text(
        "KẾ HOẠCH\nThi hành Luật Cây xanh\n\nI. NỘI DUNG\n\n1. Tham gia góp ý\n\na) Nghị định về cây xanh đô thị.\n\n\
         - Cơ quan chủ trì: Sở Xây dựng.\n\n- Cơ quan phối hợp: Sở Tư pháp.\n\nb) Nghị định về vườn ươm.\n\n- Cơ quan chủ trì: Sở Nông nghiệp và \
         Môi trường.\n\n2. Các cơ quan, đơn vị tổ chức tuyên truyền Luật.\n\n- Cơ quan thực hiện: Sở Nội vụ.\n\n3. Cây xanh đô thị.\n",
    );
    let shown: Vec<_> = record.tasks.iter().map(|task| (task.owner.join("+"), task.text.as_str())).collect();
    let (first, second) = ("Nghị định về cây xanh đô thị", "Nghị định về vườn ươm");
    assert_eq!(shown[0], ("Sở Xây dựng".to_owned(), first));
    assert_eq!(shown[1], ("Sở Nông nghiệp và Môi trường".to_owned(), second));
    assert_eq!(shown[2].0, "Sở Nội vụ");
    assert_eq!(shown.len(), 3, "{shown:?}");
}

#[test]
fn lines_that_make_the_total_above_them_are_its_parts() {
    let record = read_text(
        "KẾ HOẠCH\n\nPhát triển y tế năm 2026\n\nI. CHỈ TIÊU\n\n- Tổng số giường bệnh: 170 giường\n\n- Trung tâm y tế: 110 giường\n\n\
         - Trạm y tế xã: 60 giường\n\n- Chia theo loại hình:\n\n- Công lập: 150 giường\n\n- Tư nhân: 20 giường\n\n\
         II. KINH PHÍ\n\n- Tổng số hộ: 90 hộ\n\n- Hộ nghèo: 30 hộ\n\n- Hộ cận nghèo: 20 hộ\n",
    );
    let sums: Vec<(f64, Vec<f64>)> =
        record.sums.iter().map(|sum| (sum.total.0, sum.parts.iter().map(|part| part.0).collect())).collect();
    assert_eq!(sums, [(170.0, vec![110.0, 60.0]), (170.0, vec![150.0, 20.0])]);
}

#[test]
fn zeros_of_a_table_that_is_mostly_zeros_were_not_filled_in() {
    let row = |at: usize, value: &str| format!("|{at}|Diện tích cây số {at}|ha|{value}|0|0|0|0|\n");
    let rows: String = (1..=12).map(|at| row(at, if at < 3 { "12" } else { "0" })).collect();
    let table = |rows: &str| {
        read_text(&format!(
            "KẾ HOẠCH\nPhát triển nông nghiệp\n\nPHỤ LỤC\nCHỈ TIÊU\n\n|STT|Chỉ tiêu|ĐVT|KH 2026|KH 2027|KH 2028|KH 2029|KH 2030|\n\
             |---|---|---|---|---|---|---|---|\n{rows}"
        ))
    };
    let values = |record: &Record| record.targets.iter().map(|target| target.value.0).collect::<Vec<_>>();
    assert_eq!(values(&table(&rows)), [12.0, 12.0]);
    let filled: String = (1..=12).map(|at| format!("|{at}|Diện tích cây số {at}|ha|0|1|2|3|4|\n")).collect();
    assert_eq!(values(&table(&filled)).len(), 60);
}

/// `section indicator value unit [scope]` of each target.
fn wanted(record: &Record) -> Vec<String> {
    let shown = |target: &kehoach::record::Target| {
        let section = target.section.clone().unwrap_or_default();
        let unit = target.unit.clone().unwrap_or_default();
        let scope = target.scope.as_ref().map(|scope| format!(" [{scope}]")).unwrap_or_default();
        format!("{section} {} {} {unit}{scope}", target.indicator, target.value.0)
    };
    record.targets.iter().map(shown).collect()
}

#[test]
fn a_line_that_lists_things_with_their_values_gives_each_its_name() {
    let record = read_text(
        "KẾ HOẠCH\nSản xuất nông nghiệp năm 2026\n\nI. CHỈ TIÊU\nVừng vụ hè: 273,5 ha, năng suất 9,4 tạ/ha, sản lượng 257,1 tấn\n\
         Vừng vụ đông: 90 ha, năng suất 8,8 tạ/ha, sản lượng 79,2 tấn\nDiện tích chè: 520 ha (trong đó trồng mới 35 ha)\n\
         Ong mật: 4.100 đàn\nTổng số trang trại: 38\n\
         - Chăn nuôi: Ong mật: 1.200, Thỏ: 1.700 con\n- Nuôi cá: 21 tấn - Diện tích: 6 ha\n\
         - Xây mới lò sấy: Xã Khe Vàng: 12 lò; Xã Khe Na: 9 lò\n\
         - Dân số trung bình: 30.200 người (tỉnh giao) / 30.150 người (huyện giao)\n\
         - Xã Khe Lim: 465 triệu đồng (mua giống là 200 triệu đồng và tập huấn là 265 triệu đồng)\n",
    );
    let all = wanted(&record);
    for line in [
        "I Vừng vụ hè 273.5 ha",
        "I Vừng vụ hè năng suất 9.4 tạ/ha",
        "I Vừng vụ hè sản lượng 257.1 tấn",
        "I Vừng vụ đông sản lượng 79.2 tấn",
        "I Diện tích chè 520 ha",
        "I trồng mới 35 ha [Diện tích chè]",
        "I Ong mật 4100 đàn",
        "I Tổng số trang trại 38 trang trại",
        // The unit stands where the same thing is counted above.
        "I Ong mật 1200 đàn [Chăn nuôi]",
        "I Thỏ 1700 con [Chăn nuôi]",
        "I Nuôi cá 21 tấn",
        "I Nuôi cá Diện tích 6 ha",
        // What is counted stands before the names of those who do it.
        "I Xây mới lò sấy 12 lò [Xã Khe Vàng]",
        "I Xây mới lò sấy 9 lò [Xã Khe Na]",
        "I Dân số trung bình 30200 người [tỉnh giao]",
        "I Dân số trung bình 30150 người [huyện giao]",
        "I mua giống 200 triệu đồng [Xã Khe Lim]",
        "I tập huấn 265 triệu đồng [Xã Khe Lim]",
    ] {
        assert!(all.iter().any(|known| known == line), "{line}\n{}", all.join("\n"));
    }
    // Of things that are counted under one label the unit may stand nowhere, or where the same thing was counted before.
    let counted = read_text(
        "KẾ HOẠCH\nSản xuất nông nghiệp năm 2026\n\nI. CHỈ TIÊU\nNgựa bạch: 4.100 con\n\nII. NHIỆM VỤ THEO ĐỊA BÀN\n\n1. Xã Khe Vàng\n\n\
         - Chăn nuôi: Ngựa bạch: 1.200, Thỏ: 1.700, Dê: 40\n\n2. Xã Bến Thuận\n\n- Dê: 50 con\n",
    );
    for line in
        ["II.1 Ngựa bạch 1200 con [Chăn nuôi]", "II.1 Thỏ 1700  [Chăn nuôi]", "II.1 Dê 40 con [Chăn nuôi]", "II.2 Dê 50 con"]
    {
        assert!(wanted(&counted).iter().any(|known| known == line), "{line}\n{}", wanted(&counted).join("\n"));
    }
    // Clauses are read as clauses.
    let prose =
        read_text("KẾ HOẠCH\nY tế năm 2026\n\nI. CHỈ TIÊU\n- Tỷ lệ tiêm chủng: phấn đấu đạt trên 95% trẻ em dưới 1 tuổi\n");
    assert_eq!(prose.targets.len(), 1, "{:?}", wanted(&prose));
}

#[test]
fn a_change_may_be_joined_to_another_verb_and_end_its_base_before_what_it_is_of() {
    let record = read_text(
        "KẾ HOẠCH\nAn toàn lao động năm 2026\n\nI. MỤC TIÊU\n\
         - Kiềm chế và kéo giảm tai nạn lao động từ 5% đến 10% về số vụ so với năm 2025.\n\
         - Giảm từ 5% đến 10% so với năm 2025 về số người bị thương do tai nạn lao động.\n",
    );
    let changes: Vec<_> = record.targets.iter().map(|target| target.change.clone().expect("a change")).collect();
    for change in &changes {
        assert_eq!((change.kind, change.base.as_deref()), (kehoach::record::ChangeKind::Decrease, Some("so với năm 2025")));
    }
    assert_eq!(changes.len(), 2);
}

#[test]
fn plans_in_a_row_tell_their_time_in_their_headings() {
    let read = |first: &str, second: &str| {
        read_text(&format!(
            "F1. KẾ HOẠCH TRỒNG RỪNG TOÀN HUYỆN{first}\n(Kèm theo Quyết định số 36/QĐ-UBND, ngày 17 tháng 12 năm 2026 của UBND huyện Đá Trắng)\n\n\
             A. RỪNG PHÒNG HỘ\nDiện tích trồng mới: 70,00 ha\n\nF2. KẾ HOẠCH TRỒNG RỪNG THEO ĐỊA BÀN{second}\n1. Xã Khe Vàng\n• Rừng trồng mới: 30,00 ha\n"
        ))
    };
    let record = read("", " NĂM 2027");
    let covered = record.document.period.as_ref().map(|period| (period.from.as_deref(), period.to.as_deref()));
    assert_eq!(covered, Some((Some("2027-01-01"), Some("2027-12-31"))));
    let due = |record: &Record| record.targets.iter().map(|target| target.due.clone().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(due(&record), ["", "2027-12-31"]);
    assert_eq!(read(" NĂM 2026", " NĂM 2027").document.period.and_then(|period| period.to), Some("2026-12-31".into()));
}

#[test]
fn groups_of_a_table_that_numbers_its_rows_twice_are_sections() {
    let record = read_text(
        "KẾ HOẠCH\nCao điểm số hóa năm 2026\n\nPhụ lục\nDANH MỤC NHIỆM VỤ\n\n\
         Stt\tTT\tTên nhiệm vụ\tĐơn vị chủ trì\tSản phẩm\tThời hạn\n\
         \t1\tLàm sạch dữ liệu của các ngành\t\tHoàn thành việc làm sạch\t30/8/2026\n\
         1\ta)\tDữ liệu cây xanh\tSở Xây dựng\tHoàn thành việc làm sạch\t30/8/2026\n\
         2\tb)\tDữ liệu nghĩa trang\tSở Nội vụ\tHoàn thành việc làm sạch\t30/8/2026\n\
         \t2\tChuẩn hóa hệ thống, bao gồm:\t\tĐạt các chỉ tiêu sau:\tTheo thời hạn sau:\n\
         3\ta)\tRà soát phần mềm\tSở Khoa học và Công nghệ\tDanh mục\t30/9/2026\n\
         4\t3\tThí điểm bản đồ số của chợ\tSở Công Thương\tBản đồ\t15/9/2026\n",
    );
    let sections: Vec<&str> = record.sections.iter().map(|section| section.path.as_str()).collect();
    assert_eq!(sections, ["PL", "PL.1", "PL.2", "PL.3"]);
    let work: Vec<(&str, &str)> =
        record.tasks.iter().map(|task| (task.section.as_deref().unwrap_or_default(), task.text.as_str())).collect();
    assert_eq!(
        work,
        [
            ("PL.1", "Dữ liệu cây xanh"),
            ("PL.1", "Dữ liệu nghĩa trang"),
            ("PL.2", "Rà soát phần mềm"),
            ("PL.3", "Thí điểm bản đồ số của chợ"),
        ]
    );
}

#[test]
fn an_estimate_of_costs_sets_no_targets() {
    let table = |last: &str| {
        let record = read_text(&format!(
            "KẾ HOẠCH\nQuan trắc nước năm 2026\n\nPhụ lục\nDỰ TOÁN\n\n|TT|Chỉ tiêu|Số lượng|Số đợt/năm|{last}|\n|---|---|---|---|---|\n\
             |1|Độ mặn của nước|6|18|95.600|\n|2|Nhiệt độ của nước|6|18|82.000|\n"
        ));
        record.targets.len() + record.tasks.len()
    };
    assert_eq!(table("Thành tiền (đồng)"), 0);
    assert!(table("Kế hoạch năm 2026") > 0);
}

#[test]
fn a_number_whose_mark_was_forgotten_goes_on_with_its_list() {
    let record = read_text(
        "KẾ HOẠCH\nTrồng rừng theo địa bàn năm 2026\n\nI. CHỈ TIÊU\n1. Xã Khe Vàng\n- Trồng mới: 25 ha\n2. Xã Khe Na\n- Trồng mới: 20 ha\n\
         3 Xã Khe Lim\n- Trồng mới: 10 ha\n4. Xã Khe Sim\n- Trồng mới: 40 ha\n5 xã khác không trồng rừng.\n",
    );
    let sections: Vec<&str> = record.sections.iter().map(|section| section.path.as_str()).collect();
    assert_eq!(sections, ["I", "I.1", "I.2", "I.3", "I.4"]);
}

#[test]
fn a_wrapped_line_that_begins_like_a_marker_opens_no_section() {
    let record = read_text(
        "KẾ HOẠCH\nQuan trắc nước năm 2026\n\nI. NỘI DUNG\n1. Mẫu nước:\n+ Thủy hóa: nhiệt độ nước, độ mặn, P-PO4,\nN- NO3, H2S, COD.\n\
         2. Mẫu bùn: phân tích từ năm 2026\n- 2028 tại các vùng nuôi.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế theo dõi.\n",
    );
    let sections: Vec<&str> = record.sections.iter().map(|section| section.path.as_str()).collect();
    assert_eq!(sections, ["I", "I.1", "I.2", "II", "II.1"]);
}

#[test]
fn the_year_under_way_stands_over_its_plan_and_its_estimate() {
    let cell = |text: &str| format!("|\n{text}\n");
    let row = |cells: &[&str]| cells.iter().map(|text| cell(text)).collect::<String>() + "|\n\n";
    let header =
        row(&["STT", "Nội dung", "Năm 2025", "Dự toán năm 2026", "So sánh năm 2026 với năm 2025 (%)", "Dự kiến năm 2027"]);
    let labels = row(&["Dự toán", "Ước thực hiện"]);
    let rows: String = [
        ["1", "Thu từ chợ", "6.836", "7.657", "7.900", "103,2", "8.095"],
        ["2", "Thu từ bến bãi", "9.415", "9.643", "9.631", "99,9", "9.172"],
        ["3", "Thu khác", "1.200", "1.250", "1.310", "104,8", "1.400"],
    ]
    .iter()
    .map(|cells| row(cells))
    .collect();
    let record = read_text(&format!("KẾ HOẠCH\nTài chính 2 năm 2026 - 2027\n\nPhụ lục\nTHU NGÂN SÁCH\n\n{header}{labels}{rows}"));
    let labels = &record.tables.first().expect("a table").header;
    assert_eq!(labels[2..4], ["Năm 2025 Dự toán", "Năm 2025 Ước thực hiện"]);
    assert_eq!(labels[5], "So sánh năm 2026 với năm 2025 (%)");
}

/// Owners and words of the tasks.
fn owned(record: &Record) -> Vec<(String, String)> {
    record.tasks.iter().map(|task| (task.owner.join("; "), task.text.clone())).collect()
}

#[test]
fn a_lead_in_hands_the_list_below_to_the_bodies_of_another_body() {
    for (lead, owners) in [
        (
            "Để giảm số vụ đuối nước, các đơn vị thành viên Ban Phòng chống đuối nước tỉnh, Ban Phòng chống đuối nước các huyện cần làm tốt 02 nhóm việc sau:",
            "các đơn vị thành viên Ban Phòng chống đuối nước tỉnh; Ban Phòng chống đuối nước các huyện",
        ),
        (
            "Để đạt mục tiêu trên, các cơ quan, đơn vị trong toàn ngành tiếp tục tập trung thực hiện các nhiệm vụ sau:",
            "các cơ quan, đơn vị trong toàn ngành",
        ),
        ("Căn cứ Kế hoạch này, các xã trong vùng phải thực hiện các nội dung sau:", "các xã trong vùng"),
    ] {
        let record = read_text(&format!(
            "KẾ HOẠCH\nPhòng, chống đuối nước\n\nI. NHIỆM VỤ\n{lead}\n1. Rà soát bến sông.\n2. Kiểm tra cầu treo.\n"
        ));
        let tasks = owned(&record);
        let wanted = ["Rà soát bến sông", "Kiểm tra cầu treo"].map(|text| (owners.to_owned(), text.to_owned()));
        assert_eq!(tasks, wanted, "{lead}");
        assert!(record.targets.is_empty(), "{lead}");
    }
}

#[test]
fn an_item_whose_verb_is_not_known_is_work_among_items_of_work() {
    let record = read_text(
        "KẾ HOẠCH\nPhòng, chống đuối nước\n\nI. NHIỆM VỤ\n- Rà soát bến sông.\n- Cắm biển báo ở bến sông.\n- Vạch kẻ đường tại các bến.\n\
         - Kiểm tra áo phao.\nII. ĐỊA ĐIỂM\n- Bến sông thôn Đá Bạc.\n- Cầu treo thôn Suối Lim.\n",
    );
    let tasks: Vec<String> = owned(&record).into_iter().map(|(_, text)| text).collect();
    assert_eq!(tasks, ["Rà soát bến sông", "Cắm biển báo ở bến sông", "Vạch kẻ đường tại các bến", "Kiểm tra áo phao"]);
}

#[test]
fn what_a_plan_is_for_may_be_a_share() {
    let record = read_text(
        "KẾ HOẠCH\nPhòng, chống đuối nước năm 2026\n\nI. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Giảm từ 5% ÷ 10% số trẻ bị đuối nước.\n\
         - 80% trẻ em ven sông biết bơi.\n2. Yêu cầu\n- Chỉ đạo quyết liệt ngay từ tháng đầu, quý đầu và cả năm 2026.\n",
    );
    let shown: Vec<(String, f64, Option<f64>)> = record
        .targets
        .iter()
        .map(|target| (target.indicator.clone(), target.value.0, target.range.as_ref().map(|range| range.to.0)))
        .collect();
    assert_eq!(
        shown,
        [("Giảm số trẻ bị đuối nước".to_owned(), 5.0, Some(10.0)), ("trẻ em ven sông biết bơi".to_owned(), 80.0, None)]
    );
    let deadlines: Vec<String> = record.deadlines.iter().map(|deadline| deadline.text.clone()).collect();
    assert_eq!(deadlines, ["ngay từ tháng đầu, quý đầu và cả năm 2026"]);
}

#[test]
fn groups_over_rows_that_are_measures_are_what_the_values_are_for() {
    let record = read_text(
        "KẾ HOẠCH\nPhát triển văn hóa cấp xã năm 2026\n\nPhụ lục\nTIÊU CHÍ\n\n\
         STT\tNội dung tiêu chí\tChỉ tiêu theo đối tượng\t\t\t\t\n\t\tNhóm A\tNhóm B\t\tNhóm C\t\n\
         1\tTỷ lệ thôn có nhà văn hóa\t60%\t70%\t\t80%\t\n2\tTỷ lệ hộ có máy thu hình\t50%\t\t75%\t\t90%\n3\tSố thư viện của xã\t01\t02\t\t\t03\n",
    );
    let shown: Vec<(&str, f64, Option<&str>)> =
        record.targets.iter().map(|target| (target.indicator.as_str(), target.value.0, target.scope.as_deref())).collect();
    assert_eq!(
        shown[..6],
        [
            ("Tỷ lệ thôn có nhà văn hóa", 60.0, Some("Nhóm A")),
            ("Tỷ lệ thôn có nhà văn hóa", 70.0, Some("Nhóm B")),
            ("Tỷ lệ thôn có nhà văn hóa", 80.0, Some("Nhóm C")),
            ("Tỷ lệ hộ có máy thu hình", 50.0, Some("Nhóm A")),
            ("Tỷ lệ hộ có máy thu hình", 75.0, Some("Nhóm B")),
            ("Tỷ lệ hộ có máy thu hình", 90.0, Some("Nhóm C")),
        ]
    );
}

#[test]
fn whom_a_clause_opens_with_and_other_work_are_no_part_of_what_is_measured() {
    let record = read_text(
        "KẾ HOẠCH\nPhòng, chống đuối nước năm 2026\n\nI. MỤC TIÊU\n- Đối với các xã ven sông, tỷ lệ trẻ em biết bơi đạt 80%.\n\
         - Đối với xã vùng cao: 60% trẻ em biết bơi.\n- Giảm tối thiểu 20% vụ đuối nước, ngăn chặn có hiệu quả việc trẻ em tắm sông.\n\
         - 90% bến sông có biển báo; học sinh đi đò mặc áo phao.\n\
         - 70% phao cứu sinh được kiểm tra; các phao cũ được thay.\n",
    );
    let shown: Vec<(&str, f64, Option<&str>)> =
        record.targets.iter().map(|target| (target.indicator.as_str(), target.value.0, target.scope.as_deref())).collect();
    assert_eq!(
        shown,
        [
            ("tỷ lệ trẻ em biết bơi", 80.0, Some("các xã ven sông")),
            ("trẻ em biết bơi", 60.0, Some("xã vùng cao")),
            ("Giảm vụ đuối nước", 20.0, None),
            ("bến sông có biển báo", 90.0, None),
            ("phao cứu sinh được kiểm tra", 70.0, None),
        ]
    );
}

#[test]
fn headings_of_bodies_in_other_wordings_hand_down_the_work() {
    let record = read_text(
        "KẾ HOẠCH\nPhòng, chống đuối nước năm 2026\n\nI. TỔ CHỨC THỰC HIỆN\n1. Các Sở: Nội vụ, Tài chính rà soát bến sông.\n\
         2. Đề nghị: Hội Nông dân tỉnh, Liên minh Hợp tác xã tỉnh\n- Tuyên truyền cho hội viên về đuối nước.\n\
         3. Ủy ban nhân dân các xã, phường ven sông chịu trách nhiệm trước Chủ tịch Ủy ban nhân dân tỉnh về sự an toàn của trẻ em \
         trong mùa mưa lũ, kịp thời nắm số trẻ chưa biết bơi ở từng thôn; đưa việc dạy bơi vào sinh hoạt hè của các trường học, cụ thể:\n\
         - Tổ chức lớp dạy bơi cho trẻ em.\n",
    );
    assert_eq!(
        owned(&record),
        [
            ("Sở Nội vụ; Sở Tài chính", "rà soát bến sông"),
            ("Hội Nông dân tỉnh; Liên minh Hợp tác xã tỉnh", "Tuyên truyền cho hội viên về đuối nước"),
            (
                "Ủy ban nhân dân các xã, phường ven sông",
                "chịu trách nhiệm trước Chủ tịch Ủy ban nhân dân tỉnh về sự an toàn của trẻ em trong mùa mưa lũ, kịp thời nắm số trẻ chưa \
                 biết bơi ở từng thôn; đưa việc dạy bơi vào sinh hoạt hè của các trường học",
            ),
            ("Ủy ban nhân dân các xã, phường ven sông", "Tổ chức lớp dạy bơi cho trẻ em"),
        ]
        .map(|(owner, text)| (owner.to_owned(), text.to_owned()))
    );
}

#[test]
fn a_time_with_its_preposition_is_no_part_of_the_name_before_it() {
    let record = read_text(
        "KẾ HOẠCH\nPhòng, chống đuối nước năm 2026\n\nI. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế sơ kết việc thực hiện Kế hoạch vào cuối năm 2028 và tổng kết vào cuối năm 2031.\n\
         2. Sở Nội vụ rà soát chính sách thu hút cán bộ giai đoạn 2026 - 2030 theo quy định.\n",
    );
    let deadlines: Vec<&str> = record.deadlines.iter().map(|deadline| deadline.text.as_str()).collect();
    assert_eq!(deadlines, ["vào cuối năm 2028", "vào cuối năm 2031"]);
}

#[test]
fn whoever_meets_difficulties_reports_them() {
    for text in [
        "Trong khi cắm biển báo, nếu có vướng mắc các cơ quan, đơn vị, địa phương báo cáo về Sở Xây dựng để tháo gỡ.",
        "Trong thời gian dạy bơi, nếu có vướng mắc, các cơ quan, đơn vị, địa phương phản hồi về Sở Y tế để được chỉ dẫn.",
    ] {
        let record = read_text(&format!("KẾ HOẠCH\nPhòng, chống đuối nước\n\nI. TỔ CHỨC THỰC HIỆN\n- {text}\n"));
        let owners: Vec<String> = owned(&record).into_iter().map(|(owner, _)| owner).collect();
        assert_eq!(owners, ["các cơ quan, đơn vị, địa phương"], "{text}");
    }
}

#[test]
fn a_motto_is_no_work() {
    let record = read_text(
        "KẾ HOẠCH\nPhát động thi đua\n\nI. TÊN ĐỢT THI ĐUA\n“Đoàn kết, sáng tạo, hoàn thành thắng lợi nhiệm vụ”.\nII. NHIỆM VỤ\n\
         Để hoàn thành nhiệm vụ, lập thành tích; các sở, ngành, các xã tập trung làm tốt các nội dung sau:\n1. Rà soát bến sông.\n",
    );
    assert_eq!(owned(&record), [("các sở, ngành; các xã".to_owned(), "Rà soát bến sông".to_owned())]);
}

#[test]
fn a_label_of_time_may_lack_its_colon() {
    let record = read_text(
        "KẾ HOẠCH\nPhòng, chống đuối nước năm 2026\n\nI. NHIỆM VỤ\n1. Xây dựng bể bơi\n- Thời gian thực hiện sau khi Đề án được phê duyệt.\n\
         2. Dạy bơi cho trẻ em\n- Thời gian thực hiện: Theo tiến độ của cơ quan chủ trì.\n",
    );
    let deadlines: Vec<&str> = record.deadlines.iter().map(|deadline| deadline.text.as_str()).collect();
    assert_eq!(deadlines, ["sau khi Đề án được phê duyệt", "Theo tiến độ của cơ quan chủ trì"]);
}

#[test]
fn heads_whose_first_words_stand_in_lines_of_their_own() {
    let record = read_text(
        "|\n**VĂN\nPHÒNG CHÍNH PHỦ**\n-------\n|\n**CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc\n---------------\n|\n|\n\
         Số: 24/TB-VPCP\n|\n*Hà Nội, ngày 16\ntháng 11 năm 2026*\n|\n\n**THÔNG BÁO**\n\nKết luận của Phó Thủ tướng về dạy bơi\n\n\
         1. Các bộ rà soát bến sông.\n",
    );
    let document = &record.document;
    assert_eq!(document.issuer.as_deref(), Some("VĂN PHÒNG CHÍNH PHỦ"));
    assert_eq!((document.province.as_deref(), document.level), (None, kehoach::record::Level::Central));
}

#[test]
fn a_title_keeps_what_kind_of_plan_it_is() {
    for (title, wanted) in [
        ("KẾ HOẠCH HÀNH ĐỘNG\nVÌ DÒNG SÔNG SẠCH NĂM 2026", "HÀNH ĐỘNG VÌ DÒNG SÔNG SẠCH NĂM 2026"),
        (
            "KẾ HOẠCH\nPHÒNG, CHỐNG ĐUỐI NƯỚC CHO TRẺ EM Ở CÁC THÔN VEN SÔNG TRÊN ĐỊA BÀN XÃ.",
            "PHÒNG, CHỐNG ĐUỐI NƯỚC CHO TRẺ EM Ở CÁC THÔN VEN SÔNG TRÊN ĐỊA BÀN XÃ",
        ),
    ] {
        let record =
            read_text(&format!("ỦY BAN NHÂN DÂN XÃ KHE VÀNG\nSố: 12/KH-UBND\n{title}\n\nI. MỤC ĐÍCH\n1. Yêu cầu\n- Kịp thời.\n"));
        assert_eq!(record.document.title.as_deref(), Some(wanted));
    }
}

#[test]
fn numbers_of_criteria_are_no_values_and_who_asks_measures_nothing() {
    let record = read_text(
        "KẾ HOẠCH\nGiảm bụi năm 2026\n\nI. NHIỆM VỤ\n1. Sở Y tế hướng dẫn các tiêu chí 2.1, 2.2, từ 3.1 đến 3.3 và 4.5.\n\
         2. Sở Xây dựng yêu cầu 100% công trường trên địa bàn phải che chắn bụi.\nII. MỤC TIÊU\n- Nồng độ bụi mịn dưới 25 μg/m3.\n",
    );
    let shown: Vec<(&str, f64, Option<&str>)> =
        record.targets.iter().map(|target| (target.indicator.as_str(), target.value.0, target.unit.as_deref())).collect();
    assert_eq!(
        shown,
        [("công trường trên địa bàn phải che chắn bụi", 100.0, Some("%")), ("Nồng độ bụi mịn", 25.0, Some("μg/m3"))]
    );
}

#[test]
fn labels_may_stand_behind_the_work() {
    for text in [
        "Xây bể bơi ở trường học. Đơn vị chủ trì: Sở Xây dựng; đơn vị phối hợp: Sở Y tế; thời gian hoàn thành: tháng 7/2026.",
        "Xây bể bơi ở trường học (cơ quan chủ trì: Sở Xây dựng; cơ quan phối hợp: Sở Y tế; thời hạn hoàn thành: tháng 7/2026).",
    ] {
        let record = read_text(&format!("KẾ HOẠCH\nPhòng, chống đuối nước năm 2026\n\nI. NHIỆM VỤ\n- {text}\n"));
        assert_eq!(owned(&record), [("Sở Xây dựng".to_owned(), "Xây bể bơi ở trường học".to_owned())], "{text}");
        assert_eq!((record.tasks[0].coordinate.join("; "), record.tasks[0].deadline), ("Sở Y tế".to_owned(), Some(0)), "{text}");
    }
}

#[test]
fn who_does_it_in_other_places_of_the_sentence() {
    let record = read_text(
        "KẾ HOẠCH\nPhòng, chống đuối nước năm 2026\n\nI. NHIỆM VỤ\n- Về chế độ cho người cứu đuối: Sở Y tế rà soát, lập danh sách.\n\
         - Thanh tra tỉnh được Chủ tịch Ủy ban nhân dân tỉnh giao làm đầu mối theo dõi việc cắm biển.\n\
         - Đề nghị Tòa án nhân dân khu vực 2 tăng cường xét xử lưu động.\n",
    );
    let owners: Vec<String> = owned(&record).into_iter().map(|(owner, _)| owner).collect();
    assert_eq!(owners, ["Sở Y tế", "Thanh tra tỉnh", "Tòa án nhân dân khu vực 2"]);
}

#[test]
fn where_a_change_begins_and_bounds_that_tell_things_apart_are_no_targets() {
    let record = read_text(
        "KẾ HOẠCH\nPhát triển năm 2026\n\nI. MỤC TIÊU\n\
         - Giảm tỷ lệ hộ nghèo từ 6,8% xuống còn dưới 5,5%, giảm số hộ cận nghèo ít nhất 2,5%.\nII. NHIỆM VỤ\n\
         - Rà soát hộ kinh doanh có doanh thu trên 1 tỷ đồng, vận động 90% hộ dùng hóa đơn điện tử.\n\
         - Đóng mốc ranh giới rừng nơi có độ dốc trên 25 độ.\n",
    );
    let values: Vec<f64> = record.targets.iter().map(|target| target.value.0).collect();
    assert_eq!(values, [5.5, 2.5, 90.0]);
}

/// A report with these results.
fn report(results: &str) -> Record {
    read_text(&format!("UBND XÃ KHE VÀNG\nBÁO CÁO\nKết quả năm 2025\nI. KẾT QUẢ THỰC HIỆN\n{results}\n"))
}

fn facts(record: &Record) -> Vec<String> {
    record.facts.iter().map(|fact| format!("{} | {}", fact.subject, fact.value.0)).collect()
}

#[test]
fn what_is_no_result_is_no_fact() {
    for text in [
        "- Nghị định số 12/2024/NĐ-CP ngày 02/3/2024 của Chính phủ đã quy định 05 trường hợp được miễn thuế.",
        "- Chỉ lập tổ thẩm định khi có từ 02 hộ đăng ký.",
        "- Phải có ít nhất 5 trường đạt chuẩn.",
        "- Đến 2035 phải xong đường liên xã.",
        "- Phấn đấu vào top 20 địa phương của cả nước.",
        "- Tình hình cháy giảm trên cả 3 tiêu chí.",
    ] {
        assert_eq!(facts(&report(text)), Vec::<String>::new(), "{text}");
    }
    let told = report("- Tỷ lệ hộ nghèo còn 8,3% so với 9,4% năm trước. Kế hoạch đề ra là 7%.");
    assert_eq!(facts(&told), ["Tỷ lệ hộ nghèo | 8.3"]);
}

#[test]
fn a_count_and_its_share_are_two_facts_and_what_was_assigned_is_a_target_beside_its_result() {
    let told = report("- Có 24/25 trường có thư viện, đạt 96%.");
    assert_eq!(facts(&told), ["trường có thư viện | 24", "trường có thư viện | 96"]);
    let told = report("- Tỷ lệ hồ sơ đúng hạn đạt 97,5% (được giao 90%).");
    assert_eq!(facts(&told), ["Tỷ lệ hồ sơ đúng hạn | 97.5"]);
    assert_eq!(told.targets[0].value.0, 90.0);
}

#[test]
fn totals_have_the_lines_below_as_parts() {
    let sums = |text: &str| -> Vec<(f64, Vec<f64>)> {
        let told = report(text);
        told.sums.iter().map(|sum| (sum.total.0, sum.parts.iter().map(|part| part.0).collect())).collect()
    };
    assert_eq!(
        sums(
            "- Tổng đàn có 600 con. Chi tiết như sau:\n+ Đàn trâu: 200 con\n+ Ao cá: 2,3 ha\n+ Đàn bò: 400 con\n+ Đàn dê: 90 con"
        ),
        [(600.0, vec![200.0, 400.0])]
    );
    assert_eq!(
        sums(
            "- Đã trồng 20/18 ha đạt 111% kế hoạch, trong đó:\n+ Sắn: 15/13 ha đạt 115% kế hoạch\n+ Ngô: 5/5ha đạt 100% kế hoạch"
        ),
        [(20.0, vec![15.0, 5.0]), (18.0, vec![13.0, 5.0])]
    );
    // Lines that do not make it.
    assert_eq!(sums("- Tổng đàn có 600 con, gồm:\n+ Đàn trâu: 200 con\n+ Đàn bò: 300 con"), []);
}

#[test]
fn counts_in_words_that_give_their_percentage_are_a_ratio() {
    let told = report("- Toàn huyện có 87 trạm. Trong đó, có 28 trạm trên nền cũ (chiếm 32,2%).");
    let ratios: Vec<(f64, f64, f64)> =
        told.ratios.iter().map(|ratio| (ratio.numerator.0, ratio.denominator.0, ratio.stated.0)).collect();
    assert_eq!(ratios, [(28.0, 87.0, 32.2)]);
    assert!(report("- Toàn huyện có 87 trạm. Trong đó, có 28 trạm trên nền cũ (chiếm 35%).").ratios.is_empty());
}

#[test]
fn a_plan_tells_how_things_are_before_its_first_heading() {
    let plan = read_text(
        "UBND XÃ KHE VÀNG\nKẾ HOẠCH\nPhòng cháy năm 2025\nCăn cứ Luật Phòng cháy đã có hiệu lực, giao 12 trạm trực;\n\
         Thời gian qua, lực lượng chức năng đã xử lý 690 trường hợp vi phạm (chiếm 43% số vi phạm).\nXã ban hành kế hoạch, có 3 phần:\n\
         I. MỤC ĐÍCH\nGiữ an toàn.\n",
    );
    let told: Vec<f64> = plan.facts.iter().map(|fact| fact.value.0).collect();
    assert_eq!(told, [690.0, 43.0]);
    assert!(plan.targets.is_empty());
}

#[test]
fn a_header_that_kept_its_bars_stands_over_rows_of_a_cell_a_line() {
    let record = read_text(
        "KẾ HOẠCH\nPhát triển du lịch năm 2026\nI. NHIỆM VỤ\n1. Thực hiện theo phụ lục.\n\nPHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n\
         | STT | Nội dung | Cơ quan chủ trì | Thời gian hoàn thành |\n\n\
         1\nTuyên truyền, quảng bá\na)\nXây dựng bộ ảnh về các bản\nPhòng Văn hóa\nTháng 4/2026\n\
         b)\nTổ chức ngày hội ẩm thực\nPhòng Văn hóa\nTháng 9/2026\n\
         2\nCải tạo nhà vệ sinh tại các điểm dừng\nPhòng Kinh tế\nQuý III/2026\n\
         3\nHạ tầng\n3.1\nSửa chữa cầu treo\nPhòng Kinh tế\nTháng 6/2026\n3.2\nLắp biển chỉ dẫn\nCông an xã\nTháng 7/2026\n",
    );
    let rows: Vec<(&str, &str, &str, Option<&str>)> = record
        .tasks
        .iter()
        .filter(|task| task.section.as_deref().is_some_and(|path| path.starts_with("PL")))
        .map(|task| {
            let until = task.deadline.map(|at| record.deadlines[at].to.as_deref());
            (task.section.as_deref().unwrap_or_default(), task.text.as_str(), task.owner[0].as_str(), until.flatten())
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("PL.1", "Xây dựng bộ ảnh về các bản", "Phòng Văn hóa", Some("2026-04-30")),
            ("PL.1", "Tổ chức ngày hội ẩm thực", "Phòng Văn hóa", Some("2026-09-30")),
            ("PL", "Cải tạo nhà vệ sinh tại các điểm dừng", "Phòng Kinh tế", Some("2026-09-30")),
            ("PL.3", "Sửa chữa cầu treo", "Phòng Kinh tế", Some("2026-06-30")),
            ("PL.3", "Lắp biển chỉ dẫn", "Công an xã", Some("2026-07-31")),
        ]
    );
}

#[test]
fn an_item_that_begins_with_its_value_is_about_its_title() {
    let record = plan("1. Tỷ lệ hộ nghèo: dưới 5%.\n2. Số điểm lấy mẫu nước: 08 điểm.\n3. Diện tích rừng trồng mới: 25 ha.\n");
    let values: Vec<(&str, f64, &str)> = record
        .targets
        .iter()
        .map(|target| (target.indicator.as_str(), target.value.0, target.unit.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        values,
        [("Tỷ lệ hộ nghèo", 5.0, "%"), ("Số điểm lấy mẫu nước", 8.0, "điểm"), ("Diện tích rừng trồng mới", 25.0, "ha")]
    );
}

fn paths(record: &Record) -> Vec<&str> {
    record.sections.iter().map(|section| section.path.as_str()).collect()
}

#[test]
fn what_a_page_puts_above_the_head_is_no_paper() {
    const PLAN: &str = "UBND TỈNH THANH GIANG |  | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc\nSố: 33/KH-UBND |  | Thanh Giang, \
                        ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nNạo vét kênh năm 2026\n\nI. NHIỆM VỤ\n1. Sở Xây dựng nạo vét kênh Lim.\n";
    for above in [
        "",
        "[Bản chuyển tự động từ tệp docx, 20 đoạn. Xem bản gốc khi trích dẫn.]\n\n",
        "Nguồn: https://example.vn/van-ban/123.aspx\n\n# Về việc trợ cấp một lần của UBND tỉnh Bến Lũy\n\n",
        "## Kế hoạch nạo vét kênh - Tin tức\n\n",
        "---\ntitle: Kế hoạch nạo vét\ndate: 2026-03-06\n---\n\n",
        "===== TRANG 1 =====\n",
    ] {
        let record = read_text(&format!("{above}{PLAN}"));
        let head = &record.document;
        assert_eq!(head.number.as_deref(), Some("33/KH-UBND"), "{above}");
        assert_eq!((head.title.as_deref(), head.date.as_deref()), (Some("Nạo vét kênh năm 2026"), Some("2026-03-05")), "{above}");
        assert_eq!(tasks(&record), ["nạo vét kênh Lim"], "{above}");
    }
}

#[test]
fn a_draft_behind_its_letter_is_read() {
    let record = read_text(
        "SỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/SNV-VP\nThanh Giang, ngày 05 tháng 3 năm 2026\nKính gửi: Các sở.\nSở Nội vụ \
         xin ý kiến về dự thảo kèm theo.\nTrân trọng./.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nTrần Văn Sơn\n\nDỰ THẢO BÁO CÁO Kết quả \
         trồng rừng năm 2025\n\nUBND TỈNH\nSố: /BC-UBND\n\nThực hiện kết luận của Tỉnh ủy, UBND tỉnh báo cáo như sau:\n\nA. KẾT QUẢ\nI. CHỈ ĐẠO\n- Có 04 \
         tổ công tác.\nII. TRỒNG RỪNG\n- Đã trồng 120 ha rừng.\nB. KIẾN NGHỊ\nKhông có.\n",
    );
    assert_eq!(paths(&record), ["A", "A.I", "A.II", "B"]);
    assert_eq!(facts(&record), ["tổ công tác | 4", "Đã trồng rừng | 120"]);
}

#[test]
fn a_bullet_before_a_marker_is_only_drawn() {
    let record = read_text(
        "KẾ HOẠCH\nTrồng rừng năm 2026\n\n### I. NHIỆM VỤ\n\n**1. Tuyên truyền**\n\n*   **a) Tại tỉnh:**\n    *   Sở Y tế in tờ rơi.\n*   **b) Tại các \
         xã**\n    *   Các xã tuyên truyền cho dân.\n\n### II. TỔ CHỨC THỰC HIỆN\n* **1. Sở Y tế:** kiểm tra các trạm.\n- 2) Sở Nội vụ: tổng hợp báo cáo.\n",
    );
    assert_eq!(paths(&record), ["I", "I.1", "I.1.a", "I.1.b", "II", "II.1", "II.2"]);
    assert_eq!(tasks(&record), ["Sở Y tế in tờ rơi", "Các xã tuyên truyền cho dân", "kiểm tra các trạm", "tổng hợp báo cáo"]);
}

#[test]
fn work_that_has_its_day_is_work() {
    let record = read_text(
        "UBND TỈNH THANH GIANG\nSố: 12/KH-UBND\nThanh Giang, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nTưới nước vụ mùa năm 2026\n\nI. NHIỆM VỤ\n\
         - Mở cống đầu vụ: Ngày 26/8/2026 (thứ Tư). Riêng cống Bến Đá mở ngày 19/8/2026.\n\
         - Đóng cống: bắt đầu từ ngày 06/9/2026; kết thúc trước ngày 18/10/2026.\n\
         - Tổ chức hội nghị theo Công văn số 7/SNN-TL ngày 02/3/2026.\n",
    );
    let days: Vec<Option<&str>> = record.deadlines.iter().map(|found| found.to.as_deref().or(found.from.as_deref())).collect();
    assert_eq!(days, [Some("2026-08-26"), Some("2026-08-19"), Some("2026-09-06"), Some("2026-10-18")]);
    assert_eq!(record.tasks.len(), 3, "{:?}", tasks(&record));
}

#[test]
fn things_counted_before_their_list_are_wanted_and_places_are_whom_they_are_for() {
    let record = read_text(
        "KẾ HOẠCH\nGiám sát nước hồ năm 2026\n\nI. NỘI DUNG\n- Đo nước tại các hồ, lấy mẫu tại 12 vị trí như sau:\n+ Hồ Khe Vàng: Lấy mẫu 04 vị trí \
         gồm:\n* 02 vị trí tại cửa vào;\n* 02 vị trí tại cửa ra.\n+ Xã Suối Lim: Lấy mẫu 02 vị trí tại đập chính và 06 vị trí tại đập phụ.\nII. YÊU \
         CẦU\n- Làm tốt 05 nhóm nhiệm vụ sau:\n+ Rà soát kênh.\n",
    );
    let values: Vec<(f64, &str, Option<&str>)> =
        record.targets.iter().map(|target| (target.value.0, target.indicator.as_str(), target.scope.as_deref())).collect();
    assert_eq!(
        values,
        [
            (12.0, "lấy mẫu vị trí", None),
            (4.0, "Lấy mẫu vị trí", Some("Hồ Khe Vàng")),
            (2.0, "vị trí tại cửa vào", None),
            (2.0, "vị trí tại cửa ra", None),
            (2.0, "Lấy mẫu vị trí tại đập chính", Some("Xã Suối Lim")),
            (6.0, "Lấy mẫu vị trí tại đập phụ", Some("Xã Suối Lim")),
        ]
    );
}

#[test]
fn columns_with_units_of_their_own_measure_whatever_the_rows_name() {
    let record = read_text(
        "KẾ HOẠCH\nGiám sát nước năm 2026\n\nI. MỤC TIÊU\n- Giữ nước sạch.\n\nPHỤ LỤC I\nĐỐI TƯỢNG GIÁM SÁT NĂM 2026\n\n|STT|Địa điểm|Đối tượng giám \
         sát|||\n|---|---|---|---|---|\n|||Nước hồ (điểm)|Nước giếng (điểm)|Nước suối (điểm)|\n|1|Hồ Khe Vàng|4|||\n|2|Xã Bến \
         Thuận||3|1|\n|3|Bến Đá|||2|\n",
    );
    let values: Vec<(f64, &str, Option<&str>)> =
        record.targets.iter().map(|target| (target.value.0, target.indicator.as_str(), target.scope.as_deref())).collect();
    assert_eq!(
        values,
        [
            (4.0, "Nước hồ", Some("Hồ Khe Vàng")),
            (3.0, "Nước giếng", Some("Xã Bến Thuận")),
            (1.0, "Nước suối", Some("Xã Bến Thuận")),
            (2.0, "Nước suối", Some("Bến Đá")),
        ]
    );
}

#[test]
fn under_the_name_of_a_body_an_unknown_verb_is_work_and_a_title_ends_before_prose() {
    let record = read_text(
        "UBND TỈNH THANH GIANG\nSố: 06/CT-UBND\n\nCHỈ THỊ\n\nVỀ VIỆC CHỐNG RÉT CHO ĐÀN GIA SÚC\nTẠI VÙNG CAO\n\nTrong những năm qua, các xã\nđã tích \
         cực chống rét.\n\nỦy ban nhân dân tỉnh yêu cầu:\n\n1. Ủy ban nhân dân các xã:\n\n- Dự trữ rơm rạ cho gia súc trước ngày 30/11/2025.\n",
    );
    assert_eq!(record.document.title.as_deref(), Some("CHỐNG RÉT CHO ĐÀN GIA SÚC TẠI VÙNG CAO"));
    assert_eq!(tasks(&record), ["Dự trữ rơm rạ cho gia súc trước ngày 30/11/2025"]);
    assert_eq!(record.tasks[0].owner, ["Ủy ban nhân dân các xã"]);
}

#[test]
fn a_body_between_the_bars_of_head_and_signature_is_no_cell() {
    let body: String = (1..20).map(|at| format!("{at}. Sở Y tế kiểm tra trạm số {at} và\nbáo cáo kết quả.\n")).collect();
    let record = read_text(&format!(
        "|\nTỈNH ỦY\nTHANH GIANG\n**VĂN PHÒNG**\n*****\n|\n**ĐẢNG CỘNG\nSẢN VIỆT NAM**\n---------------\n|\n|\nSố 32-TB/VPTU\n|\n*Thanh Giang, \
         ngày\n26 tháng 11 năm 2025*\n|\n**THÔNG BÁO KẾT LUẬN**\nCỦA ĐỒNG CHÍ BÍ THƯ TỈNH ỦY\n**-----**\nNgày 24/11/2025, đồng chí Bí thư kết luận như \
         sau:\n{body}|\n**Nơi nhận:**\n- Các sở;\n- Lưu: VT.\n|\nCHÁNH VĂN PHÒNG\nLê Văn Bình\n|\n"
    ));
    let head = &record.document;
    assert_eq!(head.number.as_deref(), Some("32-TB/VPTU"));
    assert_eq!(head.issuer.as_deref(), Some("VĂN PHÒNG TỈNH ỦY THANH GIANG"));
    assert_eq!(record.tasks.len(), 19);
}

#[test]
fn a_body_that_works_and_leads_on_keeps_its_name_and_its_work() {
    let record = read_text(
        "KẾ HOẠCH\nChống hạn năm 2026\n\nV. TỔ CHỨC THỰC HIỆN\n\
         1. Ủy ban nhân dân các phường, xã, đặc khu chủ động bố trí kinh phí từ nguồn vốn của mình, tập trung một số nhiệm vụ cụ thể sau:\n\
         - Xây dựng phương án chống hạn;\n2. Sở Tài chính chủ trì thực hiện:\n- Tổng hợp nhu cầu vốn.\n",
    );
    let body = "Ủy ban nhân dân các phường, xã, đặc khu";
    assert_eq!(record.sections[1].title, body);
    assert_eq!(
        owned(&record),
        [
            (body, "chủ động bố trí kinh phí từ nguồn vốn của mình"),
            (body, "Xây dựng phương án chống hạn"),
            ("Sở Tài chính", "Tổng hợp nhu cầu vốn"),
        ]
        .map(|(owner, text)| (owner.to_owned(), text.to_owned()))
    );
}

#[test]
fn what_a_decision_ends_is_no_work() {
    let record = read_text(
        "QUYẾT ĐỊNH\nBan hành Kế hoạch chống hạn\n\nĐiều 1. Giao Sở Y tế kiểm tra nguồn nước.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\nThay thế \
         Quyết định số 30/QĐ-UBND ngày 24/8/2021 của UBND tỉnh.\n",
    );
    assert_eq!(tasks(&record), ["kiểm tra nguồn nước"]);
}

/// `indicator | comparator value unit | scope | due` of each target.
fn due_targets(record: &Record) -> Vec<String> {
    let shown = |target: &kehoach::record::Target| {
        let (scope, due) = (target.scope.as_deref().unwrap_or("-"), target.due.as_deref().unwrap_or("-"));
        format!(
            "{} | {:?} {} {} | {scope} | {due}",
            target.indicator,
            target.comparator,
            target.value.0,
            target.unit.as_deref().unwrap_or("-")
        )
    };
    record.targets.iter().map(shown).collect()
}

#[test]
fn a_page_without_a_head_is_read_by_what_its_paragraphs_say() {
    let record = read_text(
        "Theo quy hoạch, xã Khe Vàng phấn đấu đến năm 2030 tỷ lệ hộ có nước máy đạt 90%; tỷ lệ rác được thu gom đạt 80%.\n\n\
         Đến nay, toàn xã có 1.250 hộ nuôi ong, tăng 210 hộ so với năm 2024; sản lượng mật đạt 46 tấn.\n\n\
         Theo mục tiêu và định hướng đề ra, xã đã trồng 103 ha rừng, đã khai thác 40 ha.\n\n\
         Người dân trong xã rất phấn khởi vì đường mới.\n",
    );
    assert_eq!(
        due_targets(&record),
        ["tỷ lệ hộ có nước máy | Eq 90 % | - | 2030-12-31", "tỷ lệ rác được thu gom | Eq 80 % | - | 2030-12-31",]
    );
    let facts: Vec<f64> = record.facts.iter().map(|fact| fact.value.0).collect();
    assert_eq!(facts, [1250.0, 210.0, 46.0, 103.0, 40.0]);
    assert!(record.tasks.is_empty(), "{:?}", tasks(&record));
}

#[test]
fn the_time_a_sentence_or_a_label_opens_with_is_that_of_all_its_values() {
    let record = plan(
        "- Đến năm 2028, độ che phủ rừng đạt 42%; tỷ lệ hộ có nước máy đạt 80%. Trong đó: tỷ lệ hộ ở khu tái định cư đạt 95%.\n\
         - Đến năm 2035:\nGiữ vững độ che phủ rừng ở mức 43% và bảo đảm an ninh nguồn nước.\n100% thôn có đường bê tông.\n\
         - Đến năm 2027, tỷ lệ hộ nghèo dưới 2%; đến năm 2030 tỷ lệ hộ nghèo dưới 1%; thu nhập bình quân 80 triệu đồng.\n",
    );
    assert_eq!(
        due_targets(&record),
        [
            "độ che phủ rừng | Eq 42 % | - | 2028-12-31",
            "tỷ lệ hộ có nước máy | Eq 80 % | - | 2028-12-31",
            "tỷ lệ hộ ở khu tái định cư | Eq 95 % | - | 2028-12-31",
            "độ che phủ rừng | Eq 43 % | - | 2035-12-31",
            "thôn có đường bê tông | Eq 100 % | - | 2035-12-31",
            "tỷ lệ hộ nghèo | Lt 2 % | - | 2027-12-31",
            "tỷ lệ hộ nghèo | Lt 1 % | - | 2030-12-31",
            "thu nhập bình quân | Eq 80 triệu đồng | - | 2030-12-31",
        ]
    );
}

#[test]
fn the_value_of_a_group_in_brackets_is_due_with_the_whole() {
    let record = plan(
        "- Tỷ lệ trẻ thấp còi giảm xuống dưới 17% (vùng cao dưới 28%) vào năm 2027 và dưới 15% (vùng cao dưới 23%) vào năm 2030.\n",
    );
    assert_eq!(
        due_targets(&record),
        [
            "Tỷ lệ trẻ thấp còi | Lt 17 % | - | 2027-12-31",
            "Tỷ lệ trẻ thấp còi | Lt 28 % | vùng cao | 2027-12-31",
            "Tỷ lệ trẻ thấp còi | Lt 15 % | - | 2030-12-31",
            "Tỷ lệ trẻ thấp còi | Lt 23 % | vùng cao | 2030-12-31",
        ]
    );
}

#[test]
fn what_the_title_of_a_run_in_item_names_is_a_reference() {
    let record = read_text(
        "KẾ HOẠCH\nChống hạn năm 2026\n\nIII. NHIỆM VỤ\n1. Về chuyển vốn theo Nghị quyết số 30/2021/QH15 ngày 12 tháng 10 năm 2021 của Quốc hội: Sở \
         Tài chính rà soát các dự án.\n2. Về giữ rừng theo Nghị quyết số 66.2/2025/NQ-CP: Sở Xây dựng rà soát quy hoạch.\n",
    );
    let numbers: Vec<Option<&str>> = record.references.iter().map(|one| one.number.as_deref()).collect();
    assert_eq!(numbers, [Some("30/2021/QH15"), Some("66.2/2025/NQ-CP")]);
}

#[test]
fn a_label_that_stands_alone_says_what_is_below_it() {
    let record = read_text(
        "NGHỊ QUYẾT\nVề phát triển xã năm 2026\n\n2. Tán thành phương hướng của xã:\n\nMục tiêu tổng quát:\n\nXây dựng xã giàu đẹp, văn minh.\n\n\
         Định hướng các chỉ tiêu chủ yếu của xã:\n\nVề xã hội: Đến năm 2030, tỷ lệ hộ nghèo dưới 2%; tỷ lệ lao động qua đào tạo là 70%.\n\n\
         Các đột phá:\n\nRà soát quy hoạch các thôn ven sông.\n",
    );
    assert_eq!(
        due_targets(&record),
        ["tỷ lệ hộ nghèo | Lt 2 % | - | 2030-12-31", "tỷ lệ lao động qua đào tạo | Eq 70 % | - | 2030-12-31"]
    );
    assert_eq!(tasks(&record), ["Rà soát quy hoạch các thôn ven sông"]);
}

#[test]
fn the_colon_of_an_hour_ends_no_label() {
    let record = read_text(
        "KẾ HOẠCH\nChống hạn năm 2026\n\nII. NHIỆM VỤ\n- Sở Y tế gửi số liệu trước 16:00 ngày 25/3/2026; Công an xã tổng hợp hồ sơ.\n",
    );
    assert_eq!(tasks(&record), ["Sở Y tế gửi số liệu trước 16:00 ngày 25/3/2026; Công an xã tổng hợp hồ sơ"]);
    assert_eq!(record.tasks[0].owner, ["Sở Y tế", "Công an xã"]);
}

#[test]
fn what_purposes_strive_for_is_wanted_and_verbs_of_one_work_stay_together() {
    let record = read_text(
        "KẾ HOẠCH\nNhà ở năm 2026\n\nI. MỤC ĐÍCH, YÊU CẦU\n- Thành phố phấn đấu hoàn thành sửa chữa 305 căn nhà hư hỏng trước ngày 30/9/2026.\n\
         - Việc thẩm định 300 hồ sơ phải công khai.\n\
         II. NHIỆM VỤ\n1. Phấn đấu hoàn thành chỉ tiêu hỗ trợ xây dựng, sửa chữa 45 nhà ở hộ nghèo, thiết thực chào mừng Đại hội Đảng bộ xã.\n",
    );
    assert_eq!(
        due_targets(&record),
        [
            "Thành phố phấn đấu hoàn thành sửa chữa căn nhà hư hỏng | Eq 305 căn | - | 2026-09-30",
            "chỉ tiêu hỗ trợ xây dựng, sửa chữa nhà ở hộ nghèo | Eq 45 nhà | - | -",
        ]
    );
}
