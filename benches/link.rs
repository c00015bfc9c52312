//! How time and memory of linking grow: generated targets, 10⁴ to 10⁶ (`cargo bench --bench link`).
//!
//! A target is put together of invented subjects, actions, objects and groups in one of eight wordings; there are about an eighth as
//! many indicators as targets. Each size runs in a process of its own, so that its peak of memory is its own: once with the targets
//! in memory, once out of a store that holds them in documents of forty.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Instant;

use kehoach::lexicon::Lexicon;
use kehoach::lexicon::linking::LinkLexicon;
use kehoach::link::indicators::{MemberKind, Owner, TargetView, link};
use kehoach::store::{Reading, Stamp, Store};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

const SUBJECTS: [&str; 24] = [
    "hồ sơ TTHC",
    "hộ gia đình",
    "trường học",
    "trạm y tế",
    "doanh nghiệp",
    "hợp tác xã",
    "học sinh",
    "người cao tuổi",
    "cán bộ, công chức",
    "văn bản",
    "thôn, bản",
    "diện tích rừng",
    "cơ sở giáo dục",
    "nhà văn hóa",
    "chợ",
    "giáo viên",
    "trẻ em",
    "người lao động",
    "hộ nghèo",
    "công trình nước sạch",
    "tuyến đường",
    "khu công nghiệp",
    "vụ việc",
    "hộ kinh doanh",
];
const ACTIONS: [&str; 24] = [
    "xử lý",
    "kết nối",
    "kiểm tra",
    "cấp phép",
    "hỗ trợ",
    "số hóa",
    "công nhận lại",
    "khám sức khỏe",
    "tập huấn",
    "nâng cấp",
    "sửa chữa",
    "giám sát",
    "chứng nhận",
    "bàn giao",
    "cung cấp",
    "sử dụng",
    "lắp đặt",
    "đánh giá",
    "vay vốn",
    "bảo vệ",
    "niêm yết",
    "công khai",
    "thẩm định",
    "rà soát",
];
const OBJECTS: [&str; 24] = [
    "trực tuyến",
    "nền tảng số",
    "theo quy chuẩn",
    "định kỳ",
    "môi trường mạng",
    "hóa đơn điện tử",
    "camera giám sát",
    "hồ sơ điện tử",
    "phần mềm kế toán",
    "năng lượng mặt trời",
    "giống mới",
    "nước sạch",
    "bảo hiểm",
    "thiết bị dạy học",
    "sổ tay hướng dẫn",
    "mã số",
    "chữ ký số",
    "kho dữ liệu",
    "đường truyền",
    "máy phát điện",
    "thẻ căn cước",
    "tủ sách",
    "vườn ươm",
    "sân thể thao",
];
const GROUPS: [&str; 12] = [
    "",
    "dân tộc thiểu số",
    "vùng cao",
    "ven biển",
    "khu vực biên giới",
    "mới thành lập",
    "ngoài công lập",
    "có thu nhập thấp",
    "đạt chuẩn",
    "quy mô lớn",
    "trong lĩnh vực du lịch",
    "trong ngành nông nghiệp",
];

/// A generator of numbers that gives the same ones each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

fn wording(numbers: &mut Numbers, indicators: usize) -> String {
    let which = numbers.below(indicators);
    let (group, rest) = (GROUPS[which % 12], which / 12);
    let (object, rest) = (OBJECTS[rest % 24], rest / 24);
    let (action, rest) = (ACTIONS[rest % 24], rest / 24);
    let subject = SUBJECTS[rest % 24];
    match numbers.below(8) {
        0 => format!("Tỷ lệ {subject} {group} được {action} {object}"),
        1 => format!("{subject} {group} được {action} {object}"),
        2 => format!("Phấn đấu tỷ lệ {subject} {group} được {action} {object}"),
        3 => format!("Tỷ lệ {subject} {group} {action} {object} trên địa bàn tỉnh"),
        4 => format!("Tỷ lệ {action} {object} cho {subject} {group}"),
        5 => format!("Nâng tỷ lệ {subject} {group} đã được {action} {object}"),
        6 => format!("Tỷ lệ các {subject} {group} được {action} {object} theo quy định"),
        _ => format!("{subject} {group} trên địa bàn huyện được {action} {object}"),
    }
}

/// The largest memory that this process has had, in MiB; where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn measure(size: usize) {
    let lexicon = LinkLexicon::embedded().expect("lexicon");
    let mut numbers = Numbers(7);
    let texts: Vec<String> = (0..size).map(|_| wording(&mut numbers, (size / 8).max(1))).collect();
    let owner = Rc::new(Owner::default());
    let views: Vec<TargetView> = texts
        .iter()
        .enumerate()
        .map(|(at, indicator)| TargetView {
            document: at / 40,
            kind: MemberKind::Target,
            target: at % 40,
            indicator,
            unit: Some("%"),
            scope: None,
            change: None,
            heading: None,
            owner: Rc::clone(&owner),
        })
        .collect();
    let start = Instant::now();
    let indicators = link(&views, &lexicon);
    let seconds = start.elapsed().as_secs_f64();
    let mut line = format!(
        "{size:>9} targets  {seconds:>7.2} s  {:>7} indicators  {:>8} related",
        indicators.clusters.len(),
        indicators.related.len()
    );
    if let Some(peak) = peak() {
        let _ = write!(line, "  {peak:>5} MiB");
    }
    println!("{line}");
}

/// Where the store of a size lies.
fn store_of(size: usize) -> PathBuf {
    std::env::temp_dir().join(format!("kehoach-link-{size}.db"))
}

fn remove(store: &Path) {
    for file in kehoach::store::files::own_files(store) {
        let _ = std::fs::remove_file(file);
    }
}

/// Fills a store with plans of forty targets.
fn fill(size: usize) {
    let lexicon = Lexicon::embedded().expect("lexicon");
    let mut numbers = Numbers(7);
    let path = store_of(size);
    remove(&path);
    let store = Store::open_to_write(&path).expect("a store");
    for document in 0..size / 40 {
        let mut text = format!("KẾ HOẠCH\nPhát triển kinh tế - xã hội năm 2025, phần {document}\nI. MỤC TIÊU\n");
        for _ in 0..40 {
            let value = 50 + numbers.below(50);
            let _ = writeln!(text, "- {} đạt {value}%.", wording(&mut numbers, (size / 8).max(1)).replace("  ", " "));
        }
        let name = format!("{document}.txt");
        let source = kehoach::ingest::decode(&name, text.into()).expect("a text");
        let record = kehoach::pipeline::read(&source, &lexicon);
        let stamp = Stamp { size: 0, modified: 0 };
        store.put(&name, stamp, &Reading::new(&source, record), "bench").expect("written");
    }
    store.settle().expect("written");
}

/// Links the store of a size.
fn measure_store(size: usize) {
    let path = store_of(size);
    let lexicon = LinkLexicon::embedded().expect("lexicon");
    let mut store = Store::open_to_write(&path).expect("a store");
    let start = Instant::now();
    let linked = store.link(&lexicon, "bench").expect("linked");
    let seconds = start.elapsed().as_secs_f64();
    let mut line = format!(
        "  in a store {:>8}  {seconds:>7.2} s  {:>7} indicators  {:>8} related",
        linked.targets, linked.indicators, linked.related
    );
    if let Some(peak) = peak() {
        let _ = write!(line, "  {peak:>5} MiB");
    }
    println!("{line}");
    remove(&path);
}

fn main() {
    let own = |name: &str| std::env::args().skip_while(|argument| argument != name).nth(1).and_then(|size| size.parse().ok());
    match (own("--size"), own("--fill"), own("--store")) {
        (Some(size), ..) => return measure(size),
        (_, Some(size), _) => return fill(size),
        (.., Some(size)) => return measure_store(size),
        _ => {}
    }
    let program = std::env::current_exe().expect("own path");
    for size in SIZES {
        for what in ["--size", "--fill", "--store"] {
            let done = std::process::Command::new(&program).args([what, &size.to_string()]).status().expect("own program");
            assert!(done.success(), "{what} {size}: failed");
        }
    }
}
