//! [`Lines`] → [`Papers`]: which papers a file holds, told by their heads and feet before anything is read.
//!
//! A decision and the plan attached to it, a letter and its annexes, two letters in one scan, a portal's frame around a
//! document, a body without head. A paper is told by lines alone: quốc hiệu, number and type open a head; `./.`, `Nơi
//! nhận` and offices close a body; behind that a type name with a title opens what is attached, a label (`Phụ lục I`), a
//! list's name (`DANH MỤC …`) or a table's label row an annex. What stands there and opens nothing is [`Role::Beside`].

mod annex;
mod foot;
mod heads;
pub(crate) mod reline;
mod signs;
mod title;

use std::ops::Range;

use crate::lexicon::Lexicon;
use crate::normalize::Lines;
use crate::text::Span;

pub(crate) use signs::{Signs, is_furniture, is_separator};

/// What a paper is in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// It stands on its own.
    Main,
    /// A plan, a programme, rules that another paper promulgates.
    Enclosed {
        /// Index of that paper.
        by: usize,
    },
    /// An annex.
    Annex {
        /// Index of the paper that it belongs to.
        by: usize,
        /// `I` of `Phụ lục I`.
        label: Option<String>,
    },
    /// It belongs to no paper: a portal's menu, what stands behind the last foot.
    Beside,
}

/// The line that names a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeLine {
    /// Index of the line.
    pub line: usize,
    /// Index of the type in [`Lexicon::types`].
    pub kind: usize,
    /// What stands behind the name on the line.
    pub rest: Span,
}

/// A paper: its parts as ranges of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub role: Role,
    /// All its lines.
    pub lines: Range<usize>,
    /// Issuer, number, date: the lines above the type line.
    pub head: Range<usize>,
    /// The line that names the type.
    pub type_line: Option<TypeLine>,
    /// The pieces of the title.
    pub title: Vec<Span>,
    /// `ỦY BAN NHÂN DÂN TỈNH …` between title and preamble: who issues it.
    pub issuer: Vec<Span>,
    /// `(Kèm theo Quyết định số …)`.
    pub note: Range<usize>,
    /// Preamble, sections, tables.
    pub body: Range<usize>,
    /// Recipients, offices, name.
    pub foot: Range<usize>,
}

/// The papers of a file, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// The papers.
    pub papers: Vec<Paper>,
}

impl Paper {
    fn new(role: Role, start: usize) -> Self {
        Self {
            role,
            lines: start..start,
            head: start..start,
            type_line: None,
            title: Vec::new(),
            issuer: Vec::new(),
            note: start..start,
            body: start..start,
            foot: start..start,
        }
    }
}

/// Cuts a file into its papers.
#[must_use]
pub fn find(lines: &Lines, lexicon: &Lexicon) -> Papers {
    let mut cutter = Cutter { signs: Signs::new(lines, lexicon), lines, papers: Vec::new() };
    cutter.cut();
    Papers { papers: cutter.papers }
}

struct Cutter<'a> {
    signs: Signs<'a>,
    lines: &'a Lines,
    papers: Vec<Paper>,
}

impl Cutter<'_> {
    fn cut(&mut self) {
        let count = self.lines.lines.len();
        let mut heads = self.heads();
        let first = match heads.first() {
            Some(head) if self.is_frame(0..*head) => *head,
            Some(head) => {
                // Issuer, number and date above quốc hiệu are of one head with it.
                if self.is_part_of_head(*head) {
                    heads.remove(0);
                }
                0
            }
            None => self.frame_end(),
        };
        if first > 0 {
            self.beside(0..first);
        }
        let mut starts = vec![first];
        starts.extend(heads.into_iter().filter(|head| *head > first));
        for (at, start) in starts.iter().enumerate() {
            let limit = starts.get(at + 1).copied().unwrap_or(count);
            self.paper(*start, limit, at > 0);
        }
    }

    /// A paper with a head of its own (or a body without one), and what is attached to it.
    fn paper(&mut self, start: usize, limit: usize, later: bool) {
        let index = self.papers.len();
        let mut paper = Paper::new(Role::Main, start);
        let body = self.opening(&mut paper, start, limit);
        // `ỦY BAN … CỘNG HÒA … KẾ HOẠCH … (Kèm theo Quyết định …)`: what a decision promulgates may have a head of its own.
        let decision = self.papers.iter().rposition(|other| other.role == Role::Main && self.promulgates(other));
        if later
            && !paper.note.is_empty()
            && let Some(by) = decision
        {
            paper.role = Role::Enclosed { by };
        }
        let end = self.body_end(body, limit, self.promulgates(&paper));
        paper.body = body..end;
        paper.lines = start..limit;
        self.papers.push(paper);
        self.behind(index, end, limit);
    }

    /// Whether a plan may be attached to a paper: a decision, a letter, or nobody knows.
    fn promulgates(&self, paper: &Paper) -> bool {
        paper.type_line.is_none_or(|named| self.signs.lexicon.types[named.kind].promulgates)
    }

    fn beside(&mut self, lines: Range<usize>) {
        if !lines.is_empty() {
            let mut paper = Paper::new(Role::Beside, lines.start);
            paper.lines = lines.clone();
            paper.body = lines;
            self.papers.push(paper);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, find};
    use crate::lexicon::Lexicon;
    use crate::normalize::normalize;

    const HEAD: &str = "ỦY BAN NHÂN DÂN\nTỈNH KHE VÀNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 7/QĐ-UBND\nKhe \
                        Vàng, ngày 05 tháng 3 năm 2026\n\n";
    const DECISION: &str = "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch trồng rừng năm 2026\n\nCăn cứ Luật Lâm nghiệp;\nĐiều 1. Ban hành kèm \
                            theo Quyết định này Kế hoạch trồng rừng.\nĐiều 2. Các sở chịu trách nhiệm thi hành Quyết định này./.\n";
    const FOOT: &str = "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Bình\n\n";
    const PLAN: &str = "I. MỤC TIÊU\n1. Trồng mới 500 ha rừng.\nII. TỔ CHỨC THỰC HIỆN\n1. Giao các xã thực hiện./.\n";

    /// Each paper as `role | title | first line of its body`.
    fn shown(source: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let lines = normalize(source);
        let show = |paper: &super::Paper| {
            let role = match &paper.role {
                Role::Main => "main".to_owned(),
                Role::Enclosed { by } => format!("enclosed {by}"),
                Role::Annex { by, label } => format!("annex {by} {}", label.clone().unwrap_or_default()),
                Role::Beside => "beside".to_owned(),
            };
            let title: Vec<&str> = paper.title.iter().map(|span| lines.text.slice(*span)).collect();
            format!("{role} | {} | {}", title.join(" "), if paper.body.is_empty() { "" } else { lines.line(paper.body.start) })
        };
        find(&lines, &lexicon).papers.iter().map(show).collect()
    }

    fn decided(behind: &str) -> Vec<String> {
        shown(&format!("{HEAD}{DECISION}{FOOT}{behind}"))
    }

    const MAIN: &str = "main | Về việc ban hành Kế hoạch trồng rừng năm 2026 | Căn cứ Luật Lâm nghiệp;";

    #[test]
    fn what_a_decision_promulgates_is_a_paper() {
        for (behind, wanted) in [
            (format!("KẾ HOẠCH\nTRỒNG RỪNG NĂM 2026\n{PLAN}"), "enclosed 0 | TRỒNG RỪNG NĂM 2026 | I. MỤC TIÊU"),
            (format!("KẾ HOẠCH\nTrồng rừng năm 2026\n\n{PLAN}"), "enclosed 0 | Trồng rừng năm 2026 | I. MỤC TIÊU"),
            (
                format!(
                    "QUY CHẾ\nPhối hợp giữ rừng\n(Ban hành kèm theo Quyết định số 7/QĐ-UBND\nngày 05/3/2026 của UBND tỉnh)\n\n{PLAN}"
                ),
                "enclosed 0 | Phối hợp giữ rừng | I. MỤC TIÊU",
            ),
            (
                format!("ĐỀ ÁN TRỒNG RỪNG NĂM 2026\n(Kèm theo Quyết định số 7/QĐ-UBND)\n{PLAN}"),
                "enclosed 0 | TRỒNG RỪNG NĂM 2026 | I. MỤC TIÊU",
            ),
            (
                format!("Kế hoạch\n\nTrồng rừng năm 2026\n\nCăn cứ Luật Lâm nghiệp;\n{PLAN}"),
                "enclosed 0 | Trồng rừng năm 2026 | Căn cứ Luật Lâm nghiệp;",
            ),
            (
                format!(
                    "Kế hoạch\n\nTRỒNG\nRỪNG BA XÃ NĂM 2026\n\nTriển khai Kế hoạch số 5/KH-UBND ngày\n01/3/2026 như sau:\n{PLAN}"
                ),
                "enclosed 0 | TRỒNG RỪNG BA XÃ NĂM 2026 | Triển khai Kế hoạch số 5/KH-UBND ngày",
            ),
            (format!("Kế hoạch trồng rừng năm 2026\n{PLAN}"), "enclosed 0 | trồng rừng năm 2026 | I. MỤC TIÊU"),
            (format!("KẾ HOẠCH trồng rừng năm 2026\n{PLAN}"), "enclosed 0 | trồng rừng năm 2026 | I. MỤC TIÊU"),
            (
                format!("BÁO CÁO\nKết quả trồng rừng 9 tháng;\nnhiệm vụ quý IV\n\n{PLAN}"),
                "enclosed 0 | Kết quả trồng rừng 9 tháng; nhiệm vụ quý IV | I. MỤC TIÊU",
            ),
        ] {
            assert_eq!(decided(&behind), [MAIN, wanted], "{behind}");
        }
        // What only speaks of a plan opens none.
        for behind in ["Kế hoạch\nThực hiện\n500 ha\n", "Kế hoạch trồng rừng gửi kèm.\nCăn cứ Luật Lâm nghiệp.\n"]
        {
            assert_eq!(decided(behind), [MAIN], "{behind}");
        }
        let own = format!("KẾ HOẠCH\nTRỒNG RỪNG\n{PLAN}PHỤ LỤC I\nDANH MỤC LÔ RỪNG\n(Kèm theo Kế hoạch)\nSTT\tLô\tHa\n1\tA\t5\n");
        assert_eq!(
            decided(&own),
            [MAIN, "enclosed 0 | TRỒNG RỪNG | I. MỤC TIÊU", "annex 0 I | DANH MỤC LÔ RỪNG | STT\tLô\tHa"],
            "annexes of the plan"
        );
    }

    #[test]
    fn a_title_that_ends_with_its_year_is_whole() {
        for (title, wanted) in [
            ("Trồng rừng năm 2026\n\nMục tiêu\n", "Trồng rừng năm 2026 | Mục tiêu"),
            ("Trồng rừng\nnăm 2026\n\nMục tiêu\n", "Trồng rừng năm 2026 | Mục tiêu"),
            (
                "Trồng rừng năm 2026\n\nGiai đoạn 2026 - 2030\n\nMục tiêu\n",
                "Trồng rừng năm 2026 Giai đoạn 2026 - 2030 | Mục tiêu",
            ),
        ] {
            let papers = shown(&format!("{HEAD}KẾ HOẠCH\n{title}Trồng mới 500 ha rừng.\nNhiệm vụ\nCác xã giao đất.\n"));
            assert_eq!(papers, [format!("main | {wanted}")], "{title}");
        }
    }

    #[test]
    fn annexes_have_labels_or_names_or_none() {
        for (behind, wanted) in [
            ("Phụ lục II\nCHỈ TIÊU NĂM 2026\nSTT\tXã\n1\tSuối Lim\n", "annex 0 II | CHỈ TIÊU NĂM 2026 | STT\tXã"),
            ("Biểu số 02\nCHỈ TIÊU NĂM 2026\nSTT\tXã\n1\tSuối Lim\n", "annex 0 02 | CHỈ TIÊU NĂM 2026 | STT\tXã"),
            ("Mẫu biểu 02\nCHỈ TIÊU NĂM 2026\nSTT\tXã\n1\tSuối Lim\n", "annex 0 02 | CHỈ TIÊU NĂM 2026 | STT\tXã"),
            ("DANH MỤC LÔ RỪNG\nSTT\tXã\n1\tSuối Lim\n", "annex 0  | DANH MỤC LÔ RỪNG | STT\tXã"),
            (
                "STT\tChỉ tiêu\tĐơn vị tính\n1\tRừng mới\tha\n2\tCây\tcây\n3\tVườn\tha\n",
                "annex 0  |  | STT\tChỉ tiêu\tĐơn vị tính",
            ),
        ] {
            assert_eq!(decided(behind), [MAIN, wanted], "{behind}");
        }
        // A plan has annexes and promulgates nothing: a programme behind its foot is one.
        let plan = format!("KẾ HOẠCH\nTrồng rừng\n\nCăn cứ Luật Lâm nghiệp;\n{PLAN}{FOOT}DANH MỤC LÔ\nSTT\tXã\n1\tSuối Lim\n");
        assert_eq!(shown(&plan), ["main | Trồng rừng | Căn cứ Luật Lâm nghiệp;", "annex 0  | DANH MỤC LÔ | STT\tXã"]);
    }

    #[test]
    fn a_file_of_two_letters_holds_two_papers() {
        let letter = |number: u8| {
            format!(
                "SỞ CÔNG THƯƠNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: {number}/SCT-VP\nV/v báo cáo quý\nKhe Vàng, \
                 ngày 0{number} tháng 4 năm 2026\nKính gửi: Các phòng.\nSở đề nghị các phòng gửi báo cáo trước ngày 10/5/2026./.\n{FOOT}"
            )
        };
        let main = "main |  | Kính gửi: Các phòng.";
        assert_eq!(shown(&format!("{}{}", letter(3), letter(4))), [main, main]);
        // A form in an annex has a head, too, with nothing filled in.
        let form = "Phụ lục\nMẪU BÁO CÁO\nSỞ …\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: …/BC-…\nngày … tháng … năm …\nBÁO CÁO\nKết quả …\n";
        let cut = shown(&format!("{}{form}", letter(3)));
        assert_eq!((cut.len(), cut[0].as_str()), (2, main), "{cut:?}");
        assert!(cut[1].starts_with("annex 0 "), "{cut:?}");
    }

    #[test]
    fn a_portal_s_frame_belongs_to_no_paper() {
        let card = "Trang chủ\nGiới thiệu\nVăn bản\nSố hiệu\n7/QĐ-UBND\nLoại văn bản\nQuyết định\nNgày ban hành\n05/03/2026\nTình trạng\nCòn hiệu \
                    lực\nTải về\nLượt xem: 12\nLĩnh vực\nLâm nghiệp\n";
        let tail = "Văn bản liên quan\n- Quyết định số 5/QĐ-UBND\nBản quyền thuộc Cổng thông tin\n";
        let papers = shown(&format!("{card}{HEAD}{DECISION}{FOOT}{tail}"));
        assert_eq!(papers, ["beside |  | Trang chủ", MAIN, "beside |  | Văn bản liên quan"]);
        // A short frame is told by its words, with a head below it or without.
        let menu = "Trang chủ\nTin tức - Sự kiện\nNgày đăng: 06/03/2026 | Lượt xem: 12\n\n";
        let papers = shown(&format!("{menu}{HEAD}{DECISION}{FOOT}{tail}"));
        assert_eq!(papers, ["beside |  | Trang chủ", MAIN, "beside |  | Văn bản liên quan"]);
        let papers = shown(&format!("{menu}KẾ HOẠCH\nTrồng rừng\n\n{PLAN}"));
        assert_eq!(papers, ["beside |  | Trang chủ", "main | Trồng rừng | I. MỤC TIÊU"]);
    }

    #[test]
    fn a_body_without_head_is_a_paper() {
        let part = "G. KẾ HOẠCH TRỒNG RỪNG NĂM 2026\n(Kèm theo Quyết định số 7/QĐ-UBND ngày 05/3/2026 của UBND huyện Suối Lim)\n1. Rừng: 50 ha\n";
        assert_eq!(shown(part), ["main |  | G. KẾ HOẠCH TRỒNG RỪNG NĂM 2026"]);
        assert_eq!(shown("1. Rừng\n- Trồng 50 ha.\n"), ["main |  | 1. Rừng"]);
        // A sentence that ends in `./.` amid the text closes nothing.
        let text = "KẾ HOẠCH\nTrồng rừng\n\nI. MỤC TIÊU\n1. Trồng 5 ha./.\nII. NHIỆM VỤ\n1. Các xã chuẩn bị đất và cây giống theo hướng dẫn của \
                    Sở.\n2. Sở Nông nghiệp kiểm tra.\n3. Các xã báo cáo.\n";
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let lines = normalize(text);
        assert_eq!(find(&lines, &lexicon).papers[0].body.end, lines.lines.len());
    }

    #[test]
    fn the_issuer_s_line_ends_the_title() {
        let text =
            "NGHỊ QUYẾT\nVỀ PHÁT TRIỂN RỪNG\n\nHỘI ĐỒNG NHÂN DÂN TỈNH KHE VÀNG\n\nCăn cứ Luật Lâm nghiệp;\nĐiều 1. Mục tiêu\n";
        assert_eq!(shown(text), ["main | VỀ PHÁT TRIỂN RỪNG | Căn cứ Luật Lâm nghiệp;"]);
        let bare = "QUYẾT ĐỊNH\nVề phát triển rừng\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Mục tiêu\n";
        assert_eq!(shown(bare), ["main | Về phát triển rừng | QUYẾT ĐỊNH:"]);
        let whole =
            "QUYẾT ĐỊNH\nBAN HÀNH QUY CHẾ LÀM VIỆC CỦA\nỦY BAN NHÂN DÂN XÃ SUỐI LIM\nCăn cứ Luật Tổ chức;\nĐiều 1. Ban hành\n";
        assert_eq!(shown(whole), ["main | BAN HÀNH QUY CHẾ LÀM VIỆC CỦA ỦY BAN NHÂN DÂN XÃ SUỐI LIM | Căn cứ Luật Tổ chức;"]);
    }

    #[test]
    fn a_title_wrapped_inside_a_word_goes_on() {
        let text = "QUYẾT ĐỊNH\nPHÊ DUYỆT KẾ HOẠCH QUẢN LÝ CHẤT LƯỢNG MÔI\n\nTRƯỜNG NƯỚC GIAI ĐOẠN 2026 - 2030\n\nTHỦ TƯỚNG CHÍNH PHỦ\n\n\
                    Căn cứ Luật Tổ chức Chính phủ;\nĐiều 1. Phê duyệt\n";
        let title = "PHÊ DUYỆT KẾ HOẠCH QUẢN LÝ CHẤT LƯỢNG MÔI TRƯỜNG NƯỚC GIAI ĐOẠN 2026 - 2030";
        assert_eq!(shown(text), [format!("main | {title} | Căn cứ Luật Tổ chức Chính phủ;")]);
    }

    #[test]
    fn a_table_ends_the_title() {
        let table = "STT\tChỉ tiêu\tKế hoạch\n1\tSố xã đạt chuẩn\t5\n";
        for (head, title) in [
            ("KẾ HOẠCH PHÁT TRIỂN DU LỊCH NĂM 2026\n", "PHÁT TRIỂN DU LỊCH NĂM 2026"),
            ("KẾ HOẠCH\nPhát triển du lịch năm 2026\n\n", "Phát triển du lịch năm 2026"),
            ("KẾ HOẠCH\n", ""),
        ] {
            assert_eq!(shown(&format!("{head}{table}"))[0], format!("main | {title} | STT\tChỉ tiêu\tKế hoạch"), "{head}");
        }
        let barred = "# KẾ HOẠCH\nTrồng rừng năm 2026\n\n| STT | Chỉ tiêu |\n|---|---|\n| 1 | Số cây |\n";
        assert_eq!(shown(barred), ["main | Trồng rừng năm 2026 | | STT | Chỉ tiêu |"]);
    }

    #[test]
    fn a_title_of_several_lines_stays_whole() {
        let text = "KẾ HOẠCH\nPHÁT TRIỂN DU LỊCH\nGIAI ĐOẠN 2026 - 2030\n\nCăn cứ Luật Du lịch;\nI. MỤC TIÊU\n";
        assert_eq!(shown(text), ["main | PHÁT TRIỂN DU LỊCH GIAI ĐOẠN 2026 - 2030 | Căn cứ Luật Du lịch;"]);
        // A lone tab is no table.
        let text = "KẾ HOẠCH\nPhát triển\tdu lịch\n\nCăn cứ Luật Du lịch;\n";
        assert_eq!(shown(text), ["main | Phát triển\tdu lịch | Căn cứ Luật Du lịch;"]);
    }
}
