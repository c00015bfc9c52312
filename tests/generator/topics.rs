//! The words that indicators, tasks and headings are built from, of many fields of government.

/// Things, and what is wanted of a share of them.
pub const SHARES: &[(&str, &[&str])] = &[
    ("hộ gia đình", &["sử dụng nước hợp vệ sinh", "đạt danh hiệu gia đình văn hóa", "phân loại rác tại nguồn"]),
    ("dân số", &["tham gia bảo hiểm y tế", "được quản lý sức khỏe bằng hồ sơ điện tử"]),
    ("trẻ em dưới 1 tuổi", &["được tiêm chủng đầy đủ"]),
    ("học sinh tiểu học", &["được học 2 buổi/ngày", "hoàn thành chương trình lớp học"]),
    ("giáo viên mầm non", &["đạt chuẩn trình độ đào tạo"]),
    ("cán bộ, công chức", &["được bồi dưỡng kỹ năng số", "hoàn thành tốt nhiệm vụ"]),
    ("hồ sơ thủ tục hành chính", &["được giải quyết đúng hạn", "được số hóa", "nộp trực tuyến"]),
    ("văn bản đi", &["được ký số"]),
    ("chất thải rắn sinh hoạt", &["được thu gom, xử lý"]),
    ("cơ sở chế biến thực phẩm", &["được cấp giấy chứng nhận đủ điều kiện an toàn thực phẩm"]),
    ("cơ sở lưu trú du lịch", &["chấp nhận thanh toán không dùng tiền mặt"]),
    ("lao động nông thôn", &["qua đào tạo nghề", "có việc làm sau đào tạo"]),
    ("vụ án hình sự", &["được điều tra, khám phá"]),
    ("khu công nghiệp", &["có hệ thống xử lý nước thải tập trung"]),
    ("đàn gia súc", &["được tiêm phòng"]),
    ("hợp tác xã nông nghiệp", &["hoạt động hiệu quả"]),
    ("doanh nghiệp xuất khẩu", &["áp dụng tiêu chuẩn quản lý chất lượng quốc tế"]),
    ("diện tích rừng sản xuất", &["được cấp chứng chỉ quản lý rừng bền vững"]),
    ("xã", &["đạt chuẩn nông thôn mới", "đạt tiêu chí quốc gia về y tế"]),
    ("vốn đầu tư công", &["được giải ngân"]),
];

/// Behind what is measured.
pub const PLACES: &[&str] = &["", "", "", " trên địa bàn tỉnh", " trên địa bàn", " ở vùng đồng bào dân tộc thiểu số"];

/// Shares of which less is wanted.
pub const FALLING: &[&str] = &[
    "Tỷ lệ hộ nghèo đa chiều",
    "Tỷ lệ hộ cận nghèo",
    "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể thấp còi",
    "Tỷ lệ hồ sơ giải quyết quá hạn",
    "Tỷ lệ thất nghiệp khu vực thành thị",
    "Tỷ lệ sinh con thứ ba trở lên",
    "Tỷ lệ thất thoát nước sạch",
];

/// Measures and their units; whether they are whole numbers.
pub const LEVELS: &[(&str, &str)] = &[
    ("Kim ngạch xuất khẩu hàng dệt may", "triệu USD"),
    ("Thu ngân sách nhà nước trên địa bàn", "tỷ đồng"),
    ("Sản lượng thủy sản nuôi trồng", "tấn"),
    ("Diện tích cây dược liệu trồng mới", "ha"),
    ("Thu nhập bình quân đầu người", "triệu đồng/người/năm"),
    ("Tổng vốn đầu tư toàn xã hội", "nghìn tỷ đồng"),
    ("Năng suất lúa bình quân", "tạ/ha"),
    ("Doanh thu từ du lịch", "tỷ đồng"),
    ("Tổng đàn lợn", "con"),
    ("Số lượt khách du lịch", "lượt khách"),
    ("Số doanh nghiệp thành lập mới", "doanh nghiệp"),
    ("Chiều dài đường thôn được bê tông hóa", "km"),
];

/// Work on a number of things: the verb, the counting noun, what follows; whether the noun is only a unit.
pub const COUNTED: &[(&str, &str, &str, bool)] = &[
    ("Xây dựng", "mô hình", "chăn nuôi an toàn sinh học", false),
    ("Tổ chức", "lớp", "tập huấn kỹ thuật trồng trọt cho nông dân", false),
    ("Thành lập mới", "hợp tác xã", "dịch vụ nông nghiệp", false),
    ("Đào tạo nghề cho", "lao động", "nông thôn", false),
    ("Trồng mới", "ha", "rừng sản xuất", true),
    ("Lắp đặt", "camera", "giám sát an ninh tại các khu dân cư", false),
    ("Nâng cấp", "km", "đường liên thôn", true),
    ("Thu hút", "doanh nghiệp", "đầu tư vào cụm công nghiệp", false),
    ("Hỗ trợ xây dựng", "nhà", "cho hộ nghèo", false),
    ("Khám sàng lọc cho", "người", "cao tuổi", false),
    ("Cung cấp", "dịch vụ công trực tuyến", "toàn trình", false),
];

/// Work that is done so often.
pub const FREQUENT: &[(&str, &str)] = &[
    ("Tổ chức họp giao ban công tác cải cách hành chính", "lần/quý"),
    ("Kiểm tra bếp ăn tập thể của các trường học", "lần/năm"),
    ("Phát tin tuyên truyền trên hệ thống truyền thanh cơ sở", "lần/tuần"),
    ("Đối thoại với doanh nghiệp", "lần/quý"),
    ("Quan trắc chất lượng nước tại các sông chính", "lần/tháng"),
];

/// Exceptions in brackets.
pub const CONDITIONS: &[&str] = &[
    "trừ trường hợp bất khả kháng",
    "không tính các xã biên giới",
    "không bao gồm văn bản mật",
    "đối với các đơn vị đã tự chủ",
    "theo chuẩn nghèo đa chiều mới",
];

/// Work without a quantity.
pub const WORK: &[&str] = &[
    "Rà soát, bổ sung quy hoạch sử dụng đất",
    "Tuyên truyền, phổ biến chính sách hỗ trợ hộ nghèo",
    "Xây dựng cơ sở dữ liệu về du lịch",
    "Kiểm tra việc chấp hành pháp luật về bảo vệ môi trường",
    "Hướng dẫn các hợp tác xã đăng ký mã số vùng trồng",
    "Đẩy mạnh xúc tiến thương mại, mở rộng thị trường xuất khẩu",
    "Triển khai các biện pháp phòng, chống dịch bệnh trên người",
    "Tăng cường tuần tra, kiểm soát trên các tuyến giao thông trọng điểm",
    "Nâng cấp trang thiết bị cho các trạm y tế",
    "Tham mưu ban hành cơ chế khuyến khích doanh nghiệp đầu tư vào nông nghiệp",
    "Bố trí kinh phí thực hiện từ nguồn ngân sách địa phương",
    "Bồi dưỡng nghiệp vụ cho công chức làm việc tại bộ phận một cửa",
    "Thống kê, công khai danh mục thủ tục hành chính",
    "Quản lý chặt chẽ hoạt động khai thác khoáng sản",
    "Duy trì hoạt động của các câu lạc bộ văn hóa, văn nghệ",
    "Xử lý nghiêm các cơ sở gây ô nhiễm nguồn nước",
];

/// Titles of headings that name a field.
pub const FIELDS: &[&str] = &[
    "Phát triển nông nghiệp, nông thôn",
    "Chăm sóc sức khỏe Nhân dân",
    "Xuất khẩu và hội nhập",
    "Thu hút đầu tư",
    "Cải cách hành chính",
    "Bảo vệ môi trường",
    "Giáo dục và đào tạo",
    "Du lịch",
    "Quốc phòng, an ninh",
    "Giảm nghèo, an sinh xã hội",
    "Hạ tầng giao thông",
];

pub const PROVINCE_AGENCIES: &[&str] = &[
    "Sở Y tế",
    "Sở Tài chính",
    "Sở Nội vụ",
    "Sở Công Thương",
    "Sở Giáo dục và Đào tạo",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Tài nguyên và Môi trường",
    "Sở Lao động - Thương binh và Xã hội",
    "Công an tỉnh",
    "Văn phòng UBND tỉnh",
    "Cục Thống kê tỉnh",
    "Hội Nông dân tỉnh",
    "Tỉnh đoàn",
    "Đài Phát thanh và Truyền hình tỉnh",
    "UBND các huyện, thị xã",
    "Các sở, ban, ngành",
];

pub const DISTRICT_AGENCIES: &[&str] = &[
    "Phòng Nội vụ",
    "Phòng Tài chính - Kế hoạch",
    "Phòng Nông nghiệp và Phát triển nông thôn",
    "Phòng Văn hóa và Thông tin",
    "Phòng Lao động - Thương binh và Xã hội",
    "Công an huyện",
    "Trung tâm Y tế huyện",
    "Hội Liên hiệp Phụ nữ huyện",
    "UBND các xã, thị trấn",
    "Huyện đoàn",
];

pub const COMMUNE_AGENCIES: &[&str] = &[
    "Phòng Kinh tế",
    "Phòng Văn hóa - Xã hội",
    "Công an xã",
    "Trạm Y tế xã",
    "Ban Chỉ huy Quân sự xã",
    "Hội Cựu chiến binh xã",
    "Trưởng các thôn",
];

/// Invented places: province, district, commune.
pub const PROVINCES: &[&str] = &["Thanh Giang", "Lạc Sơn Hạ", "Bình Nguyên", "Hòa Lâm"];
pub const DISTRICTS: &[&str] = &["Khe Vàng", "Đồng Mây", "Sông Lĩnh"];
pub const COMMUNES: &[&str] = &["Suối Lim", "Bản Mường", "Tân Thịnh"];
pub const NAMES: &[&str] =
    &["Nguyễn Văn Hòa", "Trần Thị Thu Thủy", "Lê Quốc Toản", "Phạm Đức Khoa", "Hoàng Thị Ngọc Ánh", "Vũ Duy Khánh"];
