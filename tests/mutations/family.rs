//! Four papers of one province that agree with each other: last year's plan, this year's, a district's under it, and the report
//! on half the year. A family is written from one topic and one year; in none of its papers, nor between them, is a fault.

/// What is measured: name, how it compares, value, result at half the year, who monitors, who leads.
type Indicator = (&'static str, &'static str, u32, u32, &'static str, &'static str);

pub struct Topic {
    title: &'static str,
    pub indicators: [Indicator; 6],
    counted: &'static str,
}

pub const TOPICS: [Topic; 4] = [
    Topic {
        title: "Chăm sóc sức khỏe nhân dân",
        indicators: [
            (
                "Tỷ lệ trẻ em dưới 1 tuổi được tiêm chủng đầy đủ",
                "đạt trên",
                95,
                96,
                "Sở Y tế",
                "Trung tâm Kiểm soát bệnh tật tỉnh",
            ),
            ("Tỷ lệ trạm y tế xã có bác sĩ làm việc", "đạt tối thiểu", 88, 90, "Sở Y tế", "UBND huyện Sông Trà"),
            ("Tỷ lệ người dân tham gia bảo hiểm y tế", "đạt trên", 93, 94, "Sở Tài chính", "Bảo hiểm xã hội tỉnh"),
            ("Tỷ lệ phụ nữ mang thai được khám thai đủ bốn lần", "đạt", 85, 86, "Sở Y tế", "Bệnh viện Phụ sản tỉnh"),
            ("Tỷ lệ người cao tuổi được khám sức khỏe định kỳ", "đạt trên", 70, 72, "Sở Y tế", "Hội Người cao tuổi tỉnh"),
            ("Tỷ lệ bệnh viện triển khai bệnh án điện tử", "đạt tối thiểu", 60, 61, "Sở Tài chính", "Sở Y tế"),
        ],
        counted: "lượt khám",
    },
    Topic {
        title: "Phát triển giáo dục và đào tạo",
        indicators: [
            ("Tỷ lệ trường mầm non đạt chuẩn quốc gia", "đạt trên", 62, 63, "Sở Giáo dục và Đào tạo", "UBND huyện Sông Trà"),
            (
                "Tỷ lệ giáo viên tiểu học đạt chuẩn trình độ đào tạo",
                "đạt tối thiểu",
                92,
                93,
                "Sở Nội vụ",
                "Sở Giáo dục và Đào tạo",
            ),
            ("Tỷ lệ huy động trẻ năm tuổi ra lớp", "đạt", 99, 99, "Sở Giáo dục và Đào tạo", "Hội Khuyến học tỉnh"),
            ("Tỷ lệ phòng học kiên cố cấp trung học cơ sở", "đạt trên", 90, 91, "Sở Tài chính", "Sở Xây dựng"),
            (
                "Tỷ lệ học sinh tốt nghiệp trung học cơ sở vào học nghề",
                "đạt tối thiểu",
                25,
                27,
                "Sở Nội vụ",
                "Sở Giáo dục và Đào tạo",
            ),
            ("Tỷ lệ cơ sở giáo dục sử dụng học bạ số", "đạt trên", 55, 56, "Sở Nội vụ", "Sở Giáo dục và Đào tạo"),
        ],
        counted: "học sinh",
    },
    Topic {
        title: "Bảo vệ môi trường",
        indicators: [
            (
                "Tỷ lệ chất thải rắn sinh hoạt đô thị được thu gom",
                "đạt trên",
                94,
                95,
                "Sở Xây dựng",
                "Công ty Môi trường đô thị tỉnh",
            ),
            (
                "Tỷ lệ cơ sở sản xuất có giấy phép môi trường",
                "đạt tối thiểu",
                80,
                82,
                "Sở Công Thương",
                "Ban Quản lý các khu công nghiệp tỉnh",
            ),
            ("Tỷ lệ hộ dân nông thôn có nhà tiêu hợp vệ sinh", "đạt trên", 87, 88, "Sở Y tế", "Hội Nông dân tỉnh"),
            ("Tỷ lệ nước thải đô thị được xử lý trước khi xả", "đạt", 35, 36, "Sở Xây dựng", "Công ty Cấp thoát nước tỉnh"),
            ("Tỷ lệ cây xanh đường phố được cắt tỉa định kỳ", "đạt trên", 75, 76, "Sở Xây dựng", "UBND thành phố An Bình"),
            (
                "Tỷ lệ chủ nguồn thải nguy hại nộp báo cáo",
                "đạt tối thiểu",
                90,
                92,
                "Sở Công Thương",
                "Chi cục Bảo vệ môi trường tỉnh",
            ),
        ],
        counted: "cây xanh",
    },
    Topic {
        title: "Cải thiện môi trường đầu tư",
        indicators: [
            ("Tỷ lệ hồ sơ đăng ký doanh nghiệp nộp qua mạng", "đạt trên", 90, 91, "Văn phòng UBND tỉnh", "Sở Tài chính"),
            (
                "Tỷ lệ kiến nghị của nhà đầu tư được trả lời đúng hạn",
                "đạt tối thiểu",
                96,
                97,
                "Văn phòng UBND tỉnh",
                "Sở Công Thương",
            ),
            ("Tỷ lệ dự án được rà soát tiến độ sử dụng đất", "đạt trên", 82, 83, "Thanh tra tỉnh", "Sở Tài chính"),
            ("Tỷ lệ cuộc thanh tra doanh nghiệp có kế hoạch trước", "đạt", 98, 98, "Văn phòng UBND tỉnh", "Thanh tra tỉnh"),
            ("Tỷ lệ hợp tác xã được tư vấn chuyển đổi mô hình", "đạt trên", 40, 43, "Sở Tài chính", "Liên minh Hợp tác xã tỉnh"),
            ("Tỷ lệ cụm công nghiệp có đường giao thông đấu nối", "đạt tối thiểu", 66, 67, "Sở Công Thương", "Sở Xây dựng"),
        ],
        counted: "hồ sơ",
    },
];

/// The papers of a family.
#[derive(Clone)]
pub struct Family {
    pub year: i16,
    pub last: String,
    pub plan: String,
    pub district: String,
    pub report: String,
}

impl Family {
    pub fn new(topic: &Topic, year: i16) -> Self {
        Self {
            year,
            last: plan(topic, year - 1, 2),
            plan: plan(topic, year, 0),
            district: district(topic, year),
            report: report(topic, year),
        }
    }

    /// The papers with their names, in the order that they are audited.
    pub fn papers(&self) -> Vec<(&'static str, &str)> {
        vec![("last.txt", &self.last), ("plan.txt", &self.plan), ("district.txt", &self.district), ("report.txt", &self.report)]
    }
}

pub fn target(indicator: &Indicator, lower: u32) -> String {
    let (name, comparator, value, ..) = indicator;
    format!("{name} {comparator} {}%", value - lower)
}

fn bullets(topic: &Topic, lower: u32) -> String {
    topic.indicators.iter().map(|indicator| format!("- {};\n", target(indicator, lower))).collect()
}

fn plan(topic: &Topic, year: i16, lower: u32) -> String {
    let title = topic.title;
    let rows: String = topic
        .indicators
        .iter()
        .enumerate()
        .map(|(at, indicator)| format!("{}\t{}\t{}\t{}\n", at + 1, target(indicator, lower), indicator.4, indicator.5))
        .collect();
    format!(
        "UBND TỈNH AN BÌNH\nSố: 18/KH-UBND\nAn Bình, ngày 15 tháng 01 năm {year}\nKẾ HOẠCH\n{title} tỉnh An Bình năm {year}\n\
         Căn cứ Nghị quyết số 15-NQ/TU ngày 18/10/2021 của Tỉnh ủy; Quyết định số 77/QĐ-UBND ngày 05/01/{year} của UBND tỉnh về giao nhiệm vụ năm {year};\n\
         I. MỤC TIÊU\n1. Mục tiêu chung\n- Nâng cao chất lượng phục vụ nhân dân.\n2. Mục tiêu cụ thể\nPhấn đấu hoàn thành 06 chỉ tiêu sau:\n{}(Chi tiết tại Phụ lục kèm theo)\n\
         II. NHIỆM VỤ\n1. Sở Y tế\n- Tham mưu ban hành hướng dẫn, hoàn thành trước ngày 30/5/{year}.\n- Thực hiện Thông báo số 21/TB-UBND ngày 09/01/{year} của UBND tỉnh.\n\
         2. Sở Tài chính\n- Thẩm định dự toán kinh phí, hoàn thành trước ngày 15/4/{year}.\n- Rà soát theo Nghị định số 45/2021/NĐ-CP ngày 31/3/2021 của Chính phủ.\n\
         III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng UBND tỉnh\n- Định kỳ trước ngày 25 của tháng cuối quý, tổng hợp, báo cáo Chủ tịch UBND tỉnh.\n\
         2. UBND các huyện\n- Định kỳ trước ngày 18 của tháng cuối quý, báo cáo kết quả về Văn phòng UBND tỉnh.\n3. Các cơ quan, đơn vị khác\n- Phối hợp thực hiện Kế hoạch này./.\n\
         Nơi nhận:\n- Các sở, ngành;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n\
         PHỤ LỤC\nPHÂN CÔNG THỰC HIỆN CÁC CHỈ TIÊU\n(Kèm theo Kế hoạch số 18/KH-UBND ngày 15/01/{year} của UBND tỉnh An Bình)\n\
         STT\tChỉ tiêu\tCơ quan theo dõi, đôn đốc\tCơ quan chủ trì thực hiện\n{rows}",
        bullets(topic, lower)
    )
}

fn district(topic: &Topic, year: i16) -> String {
    let title = topic.title;
    format!(
        "UBND TỈNH AN BÌNH\nUBND HUYỆN SÔNG TRÀ\nSố: 40/KH-UBND\nSông Trà, ngày 20 tháng 02 năm {year}\nKẾ HOẠCH\n{title} huyện Sông Trà năm {year}\n\
         Căn cứ Kế hoạch số 18/KH-UBND ngày 15/01/{year} của UBND tỉnh An Bình về {} tỉnh An Bình năm {year};\n\
         I. MỤC TIÊU\n{}II. NHIỆM VỤ\n1. Phòng Tài chính - Kế hoạch\n- Bố trí kinh phí, hoàn thành trước ngày 30/4/{year}.\n\
         2. UBND các xã, thị trấn\n- Triển khai đến từng thôn, hoàn thành trước ngày 31/5/{year}./.\nNơi nhận:\n- Các phòng, ban;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Bình\n",
        title.to_lowercase(),
        bullets(topic, 0)
    )
}

fn report(topic: &Topic, year: i16) -> String {
    let (title, counted) = (topic.title, topic.counted);
    let rows: String = topic
        .indicators
        .iter()
        .enumerate()
        .map(|(at, indicator)| format!("{}\t{}\t{}%\n", at + 1, target(indicator, 0), indicator.3))
        .collect();
    let first = &topic.indicators[0];
    format!(
        "UBND TỈNH AN BÌNH\nSố: 96/BC-UBND\nAn Bình, ngày 08 tháng 7 năm {year}\nBÁO CÁO\nKết quả {} tỉnh An Bình 6 tháng đầu năm {year}\n\
         Thực hiện Kế hoạch số 18/KH-UBND ngày 15/01/{year} của UBND tỉnh An Bình về {} tỉnh An Bình năm {year}; UBND tỉnh báo cáo như sau:\n\
         I. KẾT QUẢ CHUNG\nĐến nay đã hoàn thành 06 chỉ tiêu (chi tiết tại Phụ lục kèm theo).\n\
         Toàn tỉnh ghi nhận 1.250 {counted} (trong đó có 420 tại thành phố, 530 tại các huyện, 300 tại các thị trấn).\n\
         Đã kiểm tra 318/424 đơn vị (75%), xử lý các tồn tại theo Công văn số 12/UBND-TH ngày 10/02/{year}.\n\
         Tỷ lệ văn bản trả lời đúng hạn toàn tỉnh đạt 97,5% (các sở đạt 98,8%; UBND huyện đạt 97,1%; UBND xã đạt 96,4%).\n\
         {} đạt {}%.\n\
         II. NHIỆM VỤ 6 THÁNG CUỐI NĂM\n1. Các sở, ngành\n- Tiếp tục thực hiện Thông báo số 31/TB-UBND ngày 04/3/{year}, Thông báo số 38/TB-UBND ngày 26/3/{year}, Thông báo số 52/TB-UBND ngày 18/4/{year} và Thông báo số 66/TB-UBND ngày 20/5/{year} của UBND tỉnh./.\n\
         Nơi nhận:\n- Chính phủ;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n\
         PHỤ LỤC\nKẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU\n(Kèm theo Báo cáo số 96/BC-UBND ngày 08/7/{year} của UBND tỉnh An Bình)\nSTT\tChỉ tiêu\tKết quả 6 tháng đầu năm\n{rows}",
        title.to_lowercase(),
        title.to_lowercase(),
        first.0,
        first.3,
    )
}
