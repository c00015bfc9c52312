//! What the work of a table's row is to bring: `100% hộ ký cam kết` in the column `Sản phẩm` or `Kết quả` of a plan's tasks.

use super::passage::{Passage, Role};
use super::recorder::Extractor;
use super::wanted::is_target;
use crate::record::Agency;
use crate::structure::{Row, Table};
use crate::text::Span;

impl Extractor<'_> {
    /// The values in the cell of products are wanted, from the row's agencies and by the row's time; a report's are results.
    pub(super) fn product_cell(&mut self, table: &Table, row: &Row, span: Span, agencies: &[Agency], deadline: Option<usize>) {
        let first = self.record.targets.len();
        for part in self.product_parts(span) {
            let tokens = self.cut(part);
            let text = self.document.text.as_str();
            let mut passage = Passage::new(self.lexicon, text, &tokens, Role::Aims, row.section, table.place);
            let readings = self.read(&mut passage, self.fields.frame, true);
            for claim in readings.claims.iter().filter(|claim| is_target(&passage, claim)) {
                self.target(&passage, claim, &readings);
            }
        }
        let due = deadline.and_then(|index| self.record.deadlines[index].to.clone());
        for target in &mut self.record.targets[first..] {
            target.agencies = agencies.to_vec();
            if target.due.is_none() {
                target.due.clone_from(&due);
            }
        }
    }

    /// A cell of products, one part a bullet: `- 100% hộ ký cam kết` over `- Ít nhất 02 mô hình`.
    fn product_parts(&self, span: Span) -> Vec<Span> {
        let breaks = &self.document.cell_breaks;
        let tokens = self.cut(span);
        let bullet = |at: usize| tokens[at].is_mark(b'-') || tokens[at].is_mark(b'+') || tokens[at].is_mark(b'*');
        let mut parts = Vec::new();
        let mut start = 0;
        for at in 0..=tokens.len() {
            let begins = at == tokens.len() || bullet(at) && (at == 0 || breaks.binary_search(&tokens[at].span().start).is_ok());
            if !begins {
                continue;
            }
            if start < at {
                parts.push(Span { start: tokens[start].span().start, end: tokens[at - 1].span().end });
            }
            start = at + 1;
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    /// `value unit | agencies | due` of each target.
    fn shown(title: &str, rows: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let head = "| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian | Sản phẩm |\n|---|---|---|---|---|\n";
        let text = format!("{title}\nI. NHIỆM VỤ\n\n{head}{rows}");
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let document = crate::structure::read(&crate::normalize::normalize(source.text.as_str()), &lexicon);
        let record = super::super::extract(&source, &document, &lexicon);
        let target = |target: &crate::record::Target| {
            let agencies: Vec<&str> = target.agencies.iter().map(|agency| agency.name.as_str()).collect();
            let unit = target.unit.clone().unwrap_or_default();
            format!("{} {unit} | {} | {}", target.value.0, agencies.join(", "), target.due.clone().unwrap_or_default())
        };
        record.targets.iter().map(target).collect()
    }

    #[test]
    fn products_of_work_are_wanted() {
        const PLAN: &str = "KẾ HOẠCH\nChuyển đổi số năm 2026\n";
        let share = "| 1 | Tuyên truyền an toàn giao thông | Công an xã | Tháng 6/2026 | 100% hộ kinh doanh ký cam kết |\n";
        assert_eq!(shown(PLAN, share), ["100 % | Công an xã | 2026-06-30"]);
        let least =
            "| 1 | Phát triển du lịch cộng đồng | Phòng Văn hóa | Quý III/2026 | Ít nhất 03 điểm du lịch được công nhận |\n";
        assert_eq!(shown(PLAN, least), ["3 điểm du lịch | Phòng Văn hóa | 2026-09-30"]);
        let several = "| 1 | Mở rộng thanh toán số | Phòng Kinh tế | Năm 2026 | - 90% tiểu thương có mã QR<br>- Tối thiểu 02 chợ không dùng tiền mặt |\n";
        assert_eq!(shown(PLAN, several).len(), 2);
        // A paper without a number, the number of a paper and a year are no values.
        let papers = "| 1 | Rà soát quy hoạch | Phòng Kinh tế | Năm 2026 | Báo cáo năm 2026; Kế hoạch số 15/KH-UBND |\n";
        assert_eq!(shown(PLAN, papers), Vec::<String>::new());
    }

    #[test]
    fn products_of_a_report_are_reached() {
        let share = "| 1 | Tuyên truyền an toàn giao thông | Công an xã | Tháng 6/2026 | 100% hộ kinh doanh ký cam kết |\n";
        assert_eq!(shown("BÁO CÁO\nKết quả công tác năm 2026\n", share), Vec::<String>::new());
    }
}
