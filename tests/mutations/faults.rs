//! The faults that are planted: one each, into papers that have none.

use super::family::{Family, Topic, target};

/// A kind of fault.
pub struct Fault {
    /// The rule that must find it.
    pub code: &'static str,
    /// What is done.
    pub what: &'static str,
    /// Does it; `None` where the papers give no place for it.
    pub plant: fn(&mut Family, &Topic) -> Option<()>,
}

/// Replaces the `nth` `old` of a paper.
pub fn change(text: &mut String, old: &str, nth: usize, new: &str) -> Option<()> {
    let (at, _) = text.match_indices(old).nth(nth)?;
    text.replace_range(at..at + old.len(), new);
    Some(())
}

fn line_with(text: &str, words: &str, nth: usize) -> Option<String> {
    text.lines().filter(|line| line.contains(words)).nth(nth).map(ToOwned::to_owned)
}

/// Takes out the `nth` line that holds `words`.
fn drop_line(text: &mut String, words: &str, nth: usize) -> Option<()> {
    let line = line_with(text, words, nth)?;
    change(text, &format!("{line}\n"), 0, "")
}

/// Adds lines behind the first line that holds `words`.
fn add_behind(text: &mut String, words: &str, lines: &str) -> Option<()> {
    let line = line_with(text, words, 0)?;
    change(text, &line, 0, &format!("{line}\n{lines}"))
}

const WORK: &str = "- Thẩm định dự toán";

macro_rules! fault {
    ($code:literal, $what:literal, $plant:expr) => {
        Fault { code: $code, what: $what, plant: $plant }
    };
}

pub const FAULTS: &[Fault] = &[
    fault!("HD001", "the number is left blank", |f, _| change(&mut f.district, "Số: 40/", 0, "Số:      /")),
    fault!("HD002", "the day is left blank", |f, _| change(&mut f.report, "ngày 08 tháng", 0, "ngày     tháng")),
    fault!("HD003", "the title has another year", |f, _| {
        let old = format!("huyện Sông Trà năm {}", f.year);
        change(&mut f.district, &old, 0, &format!("huyện Sông Trà năm {}", f.year - 2))
    }),
    fault!("HD003", "the plan carried out is called last year's", |f, _| {
        let old = format!("tỉnh An Bình năm {};", f.year);
        change(&mut f.district, "ngày 15/01/", 0, "ngày 15/02/")?;
        change(&mut f.district, &old, 0, &format!("tỉnh An Bình năm {};", f.year - 1))
    }),
    fault!("ST001", "the text sends to an annex that is not there", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Thực hiện các nội dung tại Phụ lục III kèm theo Kế hoạch này."
    )),
    fault!("ST001", "the annex is cut off", |f, _| {
        let at = f.plan.find("PHỤ LỤC\n")?;
        f.plan.truncate(at);
        Some(())
    }),
    fault!("ST002", "a section's number is left out", |f, _| change(&mut f.plan, "III. TỔ CHỨC", 0, "IV. TỔ CHỨC")),
    fault!("ST002", "a section's number is used twice", |f, _| change(&mut f.plan, "3. Các cơ quan", 0, "2. Các cơ quan")),
    fault!("ST002", "a row's number is left out", |f, _| change(&mut f.plan, "\n4\tTỷ lệ", 0, "\n5\tTỷ lệ")),
    fault!("ST003", "a footnote has no mark", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Công tác tuyên truyền được chú trọng<sup>1</sup>.\n<sup>1</sup> Gồm báo, đài và cổng thông tin.\n<sup>2</sup> Số liệu do các đơn vị báo cáo."
    )),
    fault!("ST004", "the body no longer mentions its annex", |f, _| drop_line(&mut f.plan, "(Chi tiết tại Phụ lục", 0)),
    fault!("TG001", "the annex has another value", |f, t| {
        let (one, other) = (target(&t.indicators[1], 0), target(&t.indicators[1], 3));
        change(&mut f.plan, &one, 1, &other)
    }),
    fault!("TG001", "the body has another value", |f, t| {
        let (one, other) = (target(&t.indicators[4], 0), target(&t.indicators[4], 5));
        change(&mut f.plan, &one, 0, &other)
    }),
    fault!("TG002", "the annex says `đạt` for `đạt trên`", |f, t| {
        let one = target(&t.indicators[0], 0);
        change(&mut f.plan, &one, 1, &one.replace("đạt trên", "đạt"))
    }),
    fault!("TG002", "the body says `trên` for `tối thiểu`", |f, t| {
        let one = target(&t.indicators[1], 0);
        change(&mut f.plan, &one, 0, &one.replace("tối thiểu", "trên"))
    }),
    fault!("TG003", "a row of the annex is dropped", |f, t| drop_line(&mut f.plan, t.indicators[5].0, 1)),
    fault!("TG004", "a sentence of the body is dropped", |f, t| drop_line(&mut f.plan, t.indicators[2].0, 0)),
    fault!("TG005", "a task gives a target another value", |f, t| {
        let line = format!("- Tăng cường chỉ đạo, phấn đấu {}.", target(&t.indicators[3], 7));
        add_behind(&mut f.plan, WORK, &line.replace("phấn đấu Tỷ", "phấn đấu tỷ"))
    }),
    fault!("TG006", "a share of 120%", |f, _| add_behind(
        &mut f.district,
        "I. MỤC TIÊU",
        "- Tỷ lệ thôn có loa truyền thanh đạt 120%;"
    )),
    fault!("TG007", "one target more is stated than is listed", |f, _| change(&mut f.plan, "06 chỉ tiêu", 0, "07 chỉ tiêu")),
    fault!("SM001", "the total is one less", |f, _| change(&mut f.report, "1.250 ", 0, "1.249 ")),
    fault!("SM001", "a part is larger", |f, _| change(&mut f.report, "530 tại", 0, "580 tại")),
    fault!("SM001", "two digits of a part are swapped", |f, _| change(&mut f.report, "420 tại", 0, "402 tại")),
    fault!("SM002", "the percentage is another", |f, _| change(&mut f.report, "(75%)", 0, "(83%)")),
    fault!("SM002", "a count is another", |f, _| change(&mut f.report, "318/424", 0, "381/424")),
    fault!("SM003", "the mean lies below all its parts", |f, _| change(
        &mut f.report,
        "đạt 97,5% (các sở",
        0,
        "đạt 95,7% (các sở"
    )),
    fault!("SM004", "a figure returns with another value", |f, _| {
        add_behind(
            &mut f.report,
            "I. KẾT QUẢ CHUNG",
            "Tổng số thôn, bản được tuyên truyền trực tiếp trên toàn tỉnh là 812 thôn.",
        )?;
        change(
            &mut f.report,
            "II. NHIỆM VỤ",
            0,
            "II. KẾT QUẢ CỤ THỂ\nTổng số thôn, bản được tuyên truyền trực tiếp trên toàn tỉnh là 821 thôn.\nIII. NHIỆM VỤ",
        )
    }),
    fault!("DL001", "a deadline of last year", |f, _| {
        let (old, new) = (format!("30/5/{}", f.year), format!("30/5/{}", f.year - 1));
        change(&mut f.plan, &old, 0, &new)
    }),
    fault!("DL002", "a deadline of the year after next", |f, _| {
        let (old, new) = (format!("15/4/{}", f.year), format!("15/4/{}", f.year + 2));
        change(&mut f.plan, &old, 0, &new)
    }),
    fault!("DL003", "the 31st of April", |f, _| change(&mut f.district, "30/4/", 0, "31/4/")),
    fault!("DL003", "a thirteenth month", |f, _| change(&mut f.district, "31/5/", 0, "31/13/")),
    fault!("DL003", "the 30th of February in words", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Gửi báo cáo kết quả chậm nhất ngày 30 tháng 02 hằng năm."
    )),
    fault!("DL004", "the lower level reports on its superior's day", |f, _| change(
        &mut f.plan,
        "trước ngày 18 của",
        0,
        "trước ngày 25 của"
    )),
    fault!("DL005", "the year's report comes before the last quarter's", |f, _| add_behind(
        &mut f.plan,
        "3. Các cơ quan",
        "- Báo cáo định kỳ hằng quý (trước ngày 22 của tháng cuối quý) và hằng năm (trước ngày 15/12) về kết quả thực hiện."
    )),
    fault!("RF001", "a decision returns with another year", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Thực hiện Quyết định số 345/QĐ-TTg ngày 12/3/2020 của Thủ tướng Chính phủ và theo dõi Quyết định số 345/QĐ-TTg ngày 12/3/2021 của Thủ tướng Chính phủ."
    )),
    fault!("RF001", "the basis returns with another day", |f, _| {
        let line = format!("- Thực hiện Quyết định số 77/QĐ-UBND ngày 06/01/{} của UBND tỉnh.", f.year);
        add_behind(&mut f.plan, WORK, &line)
    }),
    fault!("RF002", "a plan returns with another year in its title", |f, _| {
        let old = format!("tỉnh An Bình năm {}; UBND", f.year);
        change(&mut f.report, &old, 0, &format!("tỉnh An Bình năm {}; UBND", f.year + 1))
    }),
    fault!("RF003", "a notice has the symbol of a report", |f, _| change(&mut f.plan, "21/TB-UBND", 0, "21/BC-UBND")),
    fault!("RF004", "a hyphen is lost", |f, _| change(&mut f.plan, "21/TB-UBND", 0, "21/TBUBND")),
    fault!("RF004", "a decree has lost its year", |f, _| change(&mut f.plan, "45/2021/NĐ-CP", 0, "45/NĐ-CP")),
    fault!("RF005", "the basis is younger than the plan", |f, _| {
        let (old, new) = (format!("05/01/{}", f.year), format!("25/01/{}", f.year));
        change(&mut f.plan, &old, 0, &new)
    }),
    fault!("RF006", "the plan has two symbols", |f, _| {
        let line = format!("- Tiếp tục thực hiện Kế hoạch số 18/KH-VPUB ngày 15/01/{} của UBND tỉnh.", f.year);
        add_behind(&mut f.report, "1. Các sở, ngành", &line)
    }),
    fault!("RF007", "a later notice has a smaller number", |f, _| change(&mut f.report, "52/TB-UBND", 0, "12/TB-UBND")),
    fault!("RF008", "a title is copied to the next decision", |f, _| {
        let title = "về việc ban hành Quy chế quản lý và khai thác các hệ thống thông tin dùng chung của tỉnh An Bình";
        let line = format!(
            "- Thực hiện Quyết định số 501/QĐ-UBND ngày 03/4/{0} của UBND tỉnh {title}.\n- Thực hiện Quyết định số 518/QĐ-UBND ngày 11/4/{0} của UBND tỉnh {title}.",
            f.year
        );
        add_behind(&mut f.report, "1. Các sở, ngành", &line)
    }),
    fault!("AG001", "a lead is left out", |f, t| change(&mut f.plan, &format!("\t{}\n", t.indicators[2].5), 0, "\t\n")),
    fault!("AG002", "a task names another lead", |f, t| {
        let line = format!("- Chủ trì, bảo đảm {}.", target(&t.indicators[2], 0).replace("Tỷ lệ", "tỷ lệ"));
        add_behind(&mut f.plan, "1. Sở Y tế", &line)
    }),
    fault!("AG003", "the lead monitors itself", |f, t| {
        let (monitor, lead) = (t.indicators[3].4, t.indicators[3].5);
        change(&mut f.plan, &format!("\t{monitor}\t{lead}\n"), 0, &format!("\t{lead}\t{lead}\n"))
    }),
    fault!("AG004", "a department that had merged", |f, _| (f.year >= 2026).then_some(()).and_then(|()| change(
        &mut f.plan,
        "2. Sở Tài chính\n",
        0,
        "2. Sở Kế hoạch và Đầu tư\n"
    ))),
    fault!("XL001", "the district asks less", |f, t| {
        let (one, other) = (target(&t.indicators[2], 0), target(&t.indicators[2], 4));
        change(&mut f.district, &one, 0, &other)
    }),
    fault!("XL001", "the district's digits are swapped", |f, t| {
        let (one, other) = (target(&t.indicators[1], 0), target(&t.indicators[1], 9));
        change(&mut f.district, &one, 0, &other)
    }),
    fault!("XL002", "the district says `đạt` for `đạt trên`", |f, t| {
        let one = target(&t.indicators[0], 0);
        change(&mut f.district, &one, 0, &one.replace("đạt trên", "đạt"))
    }),
    fault!("XL002", "the district says `tối thiểu` for `trên`", |f, t| {
        let above = t.indicators.iter().rev().find(|indicator| indicator.1 == "đạt trên")?;
        let one = target(above, 0);
        change(&mut f.district, &one, 0, &one.replace("đạt trên", "đạt tối thiểu"))
    }),
    fault!("XL003", "the district drops a target", |f, t| drop_line(&mut f.district, t.indicators[3].0, 0)),
    fault!("XL004", "two districts get more than the whole", |f, _| {
        let general = "- Nâng cao chất lượng phục vụ nhân dân.\n";
        let whole = "- Số thôn có tổ tự quản đạt 800 thôn.\n";
        let parts = [("Đá Trắng", 500), ("Bến Thuận", 400)]
            .map(|(name, value)| format!("- Số thôn có tổ tự quản của huyện {name} đạt {value} thôn.\n"))
            .concat();
        change(&mut f.plan, general, 0, &format!("{general}{whole}{parts}"))
    }),
    fault!("XY001", "a target falls from last year's", |f, t| {
        let (one, other) = (target(&t.indicators[5], 0), target(&t.indicators[5], 6));
        for nth in [1, 0] {
            change(&mut f.plan, &one, nth, &other)?;
        }
        change(&mut f.district, &one, 0, &other)?;
        change(&mut f.report, &one, 0, &other)
    }),
    fault!("XY002", "two plans of one year disagree", |f, t| {
        // Last year's plan becomes another of this year.
        let (last, year) = ((f.year - 1).to_string(), f.year.to_string());
        f.last = f.last.replace(&last, &year).replace("18/KH-UBND", "29/KH-UBND").replace("15 tháng 01", "28 tháng 01");
        let (one, other) = (target(&t.indicators[0], 2), target(&t.indicators[0], 20));
        change(&mut f.last, &one, 1, &other)?;
        change(&mut f.last, &one, 0, &other)
    }),
    fault!("XY003", "an indicator of last year is gone", |f, t| {
        for nth in [1, 0] {
            drop_line(&mut f.plan, t.indicators[4].0, nth)?;
        }
        Some(())
    }),
    fault!("XR001", "a result falls short", |f, t| {
        let one = &t.indicators[1];
        change(
            &mut f.report,
            &format!("\t{}%\n", one.3),
            usize::from(t.indicators[0].3 == one.3),
            &format!("\t{}%\n", one.2 - 11),
        )
    }),
    fault!("XR002", "the count of reached targets is one less", |f, _| change(
        &mut f.report,
        "hoàn thành 06 chỉ tiêu",
        0,
        "hoàn thành 05 chỉ tiêu"
    )),
    fault!("XR002", "a result at the edge is counted as reached", |f, t| {
        let one = &t.indicators[0];
        change(&mut f.report, &format!("\t{}%\n", one.3), 0, &format!("\t{}%\n", one.2))?;
        change(&mut f.report, &format!("{} đạt {}%.", one.0, one.3), 0, &format!("{} đạt {}%.", one.0, one.2))
    }),
    fault!("XR003", "body and table give two results", |f, t| {
        let one = &t.indicators[0];
        change(&mut f.report, &format!("{} đạt {}%.", one.0, one.3), 0, &format!("{} đạt {}%.", one.0, one.3 + 2))
    }),
    fault!("XR005", "a row calls a missed target reached", |f, t| {
        let one = &t.indicators[1];
        let again = usize::from(t.indicators[0].3 == one.3);
        change(&mut f.report, &format!("\t{}%\n", one.3), again, &format!("\t{}%\tĐạt\n", one.2 - 11))?;
        change(&mut f.report, "\tKết quả 6 tháng đầu năm\n", 0, "\tKết quả 6 tháng đầu năm\tĐánh giá\n")
    }),
    fault!("XR006", "a year's result is below what the plan alone sets", |f, _| {
        let general = "- Nâng cao chất lượng phục vụ nhân dân.\n";
        change(&mut f.plan, general, 0, &format!("{general}- Số thôn có tổ tự quản đạt tối thiểu 800 thôn.\n"))?;
        let report = &mut f.report;
        change(report, " 6 tháng đầu năm ", 0, " năm ")?;
        change(report, "ngày 08 tháng 7 năm", 0, "ngày 28 tháng 12 năm")?;
        change(report, "I. KẾT QUẢ CHUNG\n", 0, "I. KẾT QUẢ CHUNG\n- Số thôn có tổ tự quản là 600 thôn.\n")
    }),
    fault!("XR007", "a second report of one day gives another value", |f, _| {
        let heading = "I. KẾT QUẢ CHUNG\n";
        let mut other = f.report.clone();
        change(&mut f.report, heading, 0, &format!("{heading}- Số thôn có tổ tự quản là 640 thôn.\n"))?;
        change(&mut other, "Số: 96/BC-UBND", 0, "Số: 97/BC-UBND")?;
        change(&mut other, heading, 0, &format!("{heading}- Số thôn có tổ tự quản là 604 thôn.\n"))?;
        f.district = other;
        Some(())
    }),
    fault!("SM002", "a percentage is not what two counts in words make", |f, _| change(
        &mut f.report,
        "Đã kiểm tra 318/424 đơn vị (75%)",
        0,
        "Rà soát 424 đơn vị, kiểm tra 318 đơn vị, đạt 79%"
    )),
    fault!("SM003", "a mean lies above all its kinds", |f, _| change(
        &mut f.report,
        "Tỷ lệ văn bản trả lời đúng hạn toàn tỉnh đạt 97,5% (các sở đạt 98,8%; UBND huyện đạt 97,1%; UBND xã đạt 96,4%).",
        0,
        "Tỷ lệ hài lòng bình quân đạt 99,1%, trong đó: dịch vụ trực tuyến đạt 98,8%, dịch vụ trực tiếp đạt 97,1%."
    )),
    fault!("TG007", "a list is one shorter than stated", |f, _| change(
        &mut f.report,
        "xử lý các tồn tại theo",
        0,
        "tập trung 04 nội dung: (1) tuyên truyền; (2) kiểm tra; (3) xử lý các tồn tại theo"
    )),
    fault!("SM002", "growth that its difference does not make", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Doanh thu dịch vụ công đạt 19,7 tỷ đồng, tăng 18,5% (tăng 3,9 tỷ đồng)."
    )),
    fault!("SM002", "growth from one number to another", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Số tổ tự quản tăng từ 120 tổ lên 150 tổ, tăng 30%."
    )),
    fault!("SM002", "a share of a total that stands before its parts", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Kinh phí thực hiện 180,0 tỷ đồng, tăng 7%, trong đó ngân sách tỉnh 104,0 tỷ đồng, tăng 13%, chiếm 57,8% tổng kinh phí; nguồn khác 36,0 tỷ đồng, giảm 5%, chiếm 28% tổng kinh phí."
    )),
    fault!("SM001", "lines that miss their total by a digit", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Tổng số tổ công tác: 175 tổ\n- Cấp tỉnh: 15 tổ\n- Cấp huyện: 50 tổ\n- Cấp xã: 120 tổ"
    )),
    fault!("SM001", "a total without what it names", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Tổng số buổi tuyên truyền, tập huấn: 120 buổi\n- Tại xã: 70 buổi\n- Tại phường: 50 buổi\n- Tập huấn: 35 buổi"
    )),
    fault!("SM005", "an output greater than area and yield", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Lúa mùa: 1.390,00 ha, năng suất 36,31 tạ/ha, sản lượng 5.407,10 tấn."
    )),
    fault!("SM005", "an output that misses by digits, over lines", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Lúa cả năm: 1.660,00 ha\nNăng suất trung bình: 35,82 tạ/ha\nSản lượng thóc: 6.012,14 tấn"
    )),
    fault!("ST002", "letters of plain items are left out", |f, _| add_behind(
        &mut f.plan,
        "3. Các cơ quan",
        "a) Rà soát danh sách các thôn cần hỗ trợ.\nb) Tổ chức họp dân tại các thôn bản.\nc) Lập biên bản kiểm tra từng hộ dân.\nd) Gửi kết quả về xã để tổng hợp chung.\nh) Lưu hồ sơ tại bộ phận một cửa của xã."
    )),
    fault!("ST002", "a foreign letter among Vietnamese ones", |f, _| add_behind(
        &mut f.plan,
        "3. Các cơ quan",
        "a) Rà soát danh sách các thôn cần hỗ trợ.\nb) Tổ chức họp dân tại các thôn bản.\nc) Lập biên bản kiểm tra từng hộ dân.\nd) Gửi kết quả về xã để tổng hợp chung.\nđ) Niêm yết công khai tại nhà văn hóa.\ne) Tiếp nhận ý kiến của người dân.\nf) Trả lời ý kiến bằng văn bản.\ng) Lưu hồ sơ tại bộ phận một cửa của xã."
    )),
    fault!("TG007", "a heading states more than stands below", |f, _| change(
        &mut f.plan,
        "3. Các cơ quan, đơn vị khác\n",
        0,
        "3. Các cơ quan, đơn vị khác (05 nhiệm vụ)\n(1) Rà soát địa bàn;\n(2) Họp dân các thôn;\n(3) Lập biên bản;\n(4) Lưu hồ sơ.\n"
    )),
    fault!("TG007", "a lead-in states more than its bullets", |f, _| add_behind(
        &mut f.plan,
        "3. Các cơ quan",
        "Tập trung thực hiện 05 nhóm giải pháp sau:\n- Tuyên truyền đến từng hộ dân.\n- Kiểm tra tại cơ sở.\n- Khen thưởng kịp thời."
    )),
    fault!("ST001", "a list that comes with an annex", |f, _| add_behind(
        &mut f.district,
        "1. Phòng Tài chính",
        "- In các thông điệp truyền thông (kèm Phụ lục)."
    )),
    fault!("RF004", "a stray blank in a symbol", |f, _| change(&mut f.plan, "21/TB-UBND", 0, "21/TB- UBND")),
    fault!("RF004", "a state directive with a Party symbol", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Thực hiện Chỉ thị số 38-CT/TTg ngày 29/9/2020 của Thủ tướng Chính phủ."
    )),
    fault!("RF004", "a letter of the issuer is lost", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Thực hiện Quyết định số 866/QĐ-Tg ngày 18/7/2022 của Thủ tướng Chính phủ."
    )),
    fault!("RF005", "a plan older than what it was issued under", |f, _| {
        let line = format!(
            "Căn cứ Kế hoạch số 18/KH-UBND ngày 15/01/{0} của UBND tỉnh, Sở Y tế đã ban hành Kế hoạch số 75/KH-SYT ngày 08/01/{0} để thực hiện.",
            f.year
        );
        add_behind(&mut f.report, "Đã kiểm tra 318", &line)
    }),
    fault!("RF001", "a decision returns with another year behind a bracket", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Thực hiện Quyết định số 1150/QĐ-SYT ngày 06/3/2022 của Giám đốc Sở Y tế tỉnh và Quyết định số 1150/QĐ-SYT ngày 06/3/2021 của Giám đốc Sở Y tế (theo danh sách đính kèm)."
    )),
    fault!("AG004", "towns after the reform", |f, _| (f.year >= 2026).then_some(()).and_then(|()| add_behind(
        &mut f.plan,
        WORK,
        "- Hướng dẫn các xã, phường, thị trấn lập danh sách."
    ))),
    fault!("XR004", "the report has another target than the plan", |f, t| {
        let (one, other) = (target(&t.indicators[1], 0), target(&t.indicators[1], 2));
        change(&mut f.report, &one, 0, &other)
    }),
    fault!("RF009", "a decision's number is of another year than its date", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Thực hiện Quyết định số 12/2003/QĐ-UBND ngày 05/6/2022 của UBND tỉnh về công tác văn thư."
    )),
    fault!("RF009", "a resolution's number is a year ahead of its date", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Thực hiện Nghị quyết số 25/2022/NQ-HĐND ngày 10/7/2021 của HĐND tỉnh về hỗ trợ thôn, bản."
    )),
    fault!("HD004", "a vision that ends before its period", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Thực hiện Quyết định số 88/QĐ-UBND ngày 28/5/2021 của UBND tỉnh về phê duyệt Quy hoạch thời kỳ 2021 - 2030, tầm nhìn đến năm 2025."
    )),
    fault!("HD005", "the report compares with its own year", |f, _| {
        let line = format!("Đã tiếp nhận 4.120 đơn thư, tăng 10% so với cùng kỳ năm {}.", f.year);
        add_behind(&mut f.report, "Đã kiểm tra 318", &line)
    }),
    fault!("SM006", "a digit too many in a group", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Bố trí 1.250.4000.000 đồng từ ngân sách tỉnh."
    )),
    fault!("SM006", "a digit is lost from a group", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Đã hỗ trợ 12.50.000 đồng cho mỗi thôn."
    )),
    fault!("SM007", "a part is greater than its whole", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Toàn tỉnh có 35 thôn được hỗ trợ, trong đó có 41 thôn vùng cao."
    )),
    fault!("SM008", "half a year is less than its last month", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Trong tháng 6, toàn tỉnh kiểm tra 85 cơ sở chế biến gỗ.\nLũy kế 6 tháng đầu năm, toàn tỉnh kiểm tra 70 cơ sở chế biến gỗ."
    )),
    fault!("SM002", "growth beside what it grew from", |f, _| add_behind(
        &mut f.report,
        "Đã kiểm tra 318",
        "Doanh thu dịch vụ công đạt 120 tỷ đồng, tăng 10% so với năm 2020 (100 tỷ đồng)."
    )),
    fault!("TG007", "a lead-in states more than its numbered items", |f, _| change(
        &mut f.report,
        "II. NHIỆM VỤ",
        0,
        "II. BÀI HỌC\nQua thực tế rút ra 04 bài học sau:\n1. Bám sát cơ sở để nắm tình hình.\n2. Phân công rõ người và rõ việc.\n3. Kiểm tra thường xuyên tại thôn.\nIII. NHIỆM VỤ"
    )),
    fault!("RF004", "a number of the National Assembly with letters too many", |f, _| add_behind(
        &mut f.plan,
        WORK,
        "- Thực hiện Nghị quyết số 15/2021/NQ-QH15 ngày 06/11/2021 của Quốc hội."
    )),
];
