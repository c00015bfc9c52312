//! Targets, tasks, deadlines and references as rows.

use super::{Cell, Column, Table, column};
use crate::check::{Case, Finding, show};
use crate::record::ledger::{Unread, UnreadKind};
use crate::record::{
    Actual, ChangeKind, Deadline, Evidence, Level, Period, Record, Reference, ReferenceRole, Role, Target, Task,
};
use crate::report::Lang;

/// The columns of targets and tasks: those of the users' own trackers, then where the row stands in the file.
const ITEMS: &[Column] = &[
    column("so_ky_hieu", "Số, ký hiệu", "Number", 16),
    column("ngay_ban_hanh", "Ngày ban hành", "Issued", 12),
    column("co_quan_ban_hanh", "Cơ quan ban hành", "Issuer", 24),
    column("cap_ban_hanh", "Cấp ban hành", "Level", 12),
    column("ma", "Mã", "Id", 7),
    column("ten", "Tên chỉ tiêu, nhiệm vụ", "Target or task", 60),
    column("loai", "Loại", "Kind", 10),
    column("so_sanh", "So sánh", "Compares", 12),
    column("gia_tri", "Giá trị", "Value", 11),
    column("gia_tri_den", "Đến", "To", 9),
    column("don_vi_tinh", "Đơn vị tính", "Unit", 12),
    column("ket_qua", "Kết quả", "Result", 11),
    column("ky", "Kỳ", "Period", 12),
    column("pham_vi", "Phạm vi, điều kiện", "Scope, conditions", 22),
    column("don_vi_chu_tri", "Đơn vị chủ trì", "Lead", 26),
    column("don_vi_phoi_hop", "Đơn vị phối hợp", "Coordinates", 26),
    column("don_vi_theo_doi", "Đơn vị theo dõi", "Monitors", 26),
    column("thoi_han_goc", "Thời hạn (nguyên văn)", "Deadline as written", 24),
    column("thoi_han", "Thời hạn", "Due", 12),
    column("san_pham", "Sản phẩm", "Product", 22),
    column("can_cu", "Căn cứ", "Legal basis", 30),
    column("vi_tri", "Vị trí", "Place", 18),
    column("trich_dan", "Trích dẫn", "Quotation", 60),
    column("canh_bao", "Cảnh báo", "Warnings", 40),
    column("tep", "Tệp", "File", 30),
    column("ky_tu_dau", "Ký tự đầu", "First character", 10),
    column("ky_tu_cuoi", "Ký tự cuối", "Last character", 10),
];

const DEADLINES: &[Column] = &[
    column("so_ky_hieu", "Số, ký hiệu", "Number", 16),
    column("ngay_ban_hanh", "Ngày ban hành", "Issued", 12),
    column("ma", "Mã", "Id", 7),
    column("thoi_han_goc", "Thời hạn (nguyên văn)", "Deadline as written", 36),
    column("tu_ngay", "Từ ngày", "From", 12),
    column("thoi_han", "Thời hạn", "Due", 12),
    column("trong_ngay", "Kể cả ngày cuối", "Last day included", 12),
    column("dinh_ky", "Định kỳ", "Recurs", 26),
    column("noi_dung", "Nội dung", "About", 60),
    column("vi_tri", "Vị trí", "Place", 18),
    column("trich_dan", "Trích dẫn", "Quotation", 40),
    column("canh_bao", "Cảnh báo", "Warnings", 40),
    column("tep", "Tệp", "File", 30),
    column("ky_tu_dau", "Ký tự đầu", "First character", 10),
    column("ky_tu_cuoi", "Ký tự cuối", "Last character", 10),
];

const REFERENCES: &[Column] = &[
    column("so_ky_hieu", "Số, ký hiệu", "Number", 16),
    column("ma", "Mã", "Id", 7),
    column("vai_tro", "Vai trò", "Role", 10),
    column("loai_van_ban", "Loại văn bản", "Type", 16),
    column("so_ky_hieu_vien_dan", "Số, ký hiệu viện dẫn", "Quoted number", 22),
    column("ngay_vien_dan", "Ngày", "Date", 12),
    column("co_quan_vien_dan", "Cơ quan ban hành", "Issuer", 28),
    column("trich_yeu", "Trích yếu", "Title", 60),
    column("so_lan", "Số lần", "Times", 8),
    column("vi_tri", "Vị trí", "Place", 18),
    column("trich_dan", "Trích dẫn", "Quotation", 60),
    column("canh_bao", "Cảnh báo", "Warnings", 40),
    column("tep", "Tệp", "File", 30),
    column("ky_tu_dau", "Ký tự đầu", "First character", 10),
    column("ky_tu_cuoi", "Ký tự cuối", "Last character", 10),
];

const UNREAD: &[Column] = &[
    column("so_ky_hieu", "Số, ký hiệu", "Number", 16),
    column("loai_cho_chua_doc", "Loại", "Kind", 10),
    column("ly_do", "Lý do", "Why", 40),
    column("hang", "Hàng", "Row", 40),
    column("cot", "Cột", "Column", 24),
    column("xung_quanh", "Đoạn chứa", "Words around", 60),
    column("vi_tri", "Vị trí", "Place", 18),
    column("trich_dan", "Trích dẫn", "Quotation", 24),
    column("canh_bao", "Cảnh báo", "Warnings", 40),
    column("tep", "Tệp", "File", 30),
    column("ky_tu_dau", "Ký tự đầu", "First character", 10),
    column("ky_tu_cuoi", "Ký tự cuối", "Last character", 10),
];

/// What a row is made from: a document and what was found in it.
pub struct Row<'a> {
    case: &'a Case<'a>,
    findings: Vec<&'a Finding>,
    basis: String,
}

impl<'a> Row<'a> {
    /// A document and the findings that quote it.
    #[must_use]
    pub fn new(case: &'a Case<'a>, findings: &'a [Finding]) -> Self {
        let path = &case.record.source.path;
        let findings = findings.iter().filter(|finding| finding.evidence.iter().any(|side| side.path == *path)).collect();
        let basis = case.record.references.iter().filter(|reference| reference.role == ReferenceRole::Basis);
        let basis: Vec<&str> = basis.filter_map(|reference| reference.number.as_deref()).collect();
        Self { case, findings, basis: basis.join("; ") }
    }

    fn record(&self) -> &'a Record {
        self.case.record
    }

    fn number(&self) -> Cell {
        let document = &self.record().document;
        match (&document.number, &document.symbol) {
            (Some(number), _) => Cell::line(number),
            (None, Some(symbol)) => Cell::text(format!("…/{symbol}")),
            (None, None) => Cell::Empty,
        }
    }

    fn issued(&self) -> Cell {
        Cell::date(self.record().document.date.as_deref())
    }

    /// Place, quotation, warnings, file and characters: the end of every row.
    fn traced(&self, id: &str, section: Option<&str>, evidence: &[Evidence]) -> [Cell; 6] {
        let page = evidence.first().and_then(|piece| piece.page);
        let place: Vec<String> =
            section.map(|path| format!("mục {path}")).into_iter().chain(page.map(|page| format!("trang {page}"))).collect();
        let quoted: Vec<String> =
            evidence.iter().map(|piece| piece.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let characters = |at: Option<usize>| at.map_or(Cell::Empty, |at| Cell::Number(at as f64));
        [
            Cell::text(place.join(", ")),
            Cell::text(quoted.join(" | ")),
            Cell::text(self.remarks(id, evidence)),
            Cell::File(self.record().source.path.clone()),
            characters(evidence.first().map(|piece| piece.start)),
            characters(evidence.last().map(|piece| piece.end)),
        ]
    }

    /// Who put the item right, and the findings that quote it.
    fn remarks(&self, id: &str, evidence: &[Evidence]) -> String {
        let told = self.record().told_of(id).into_iter().chain(Some(self.warnings(evidence)).filter(|told| !told.is_empty()));
        told.collect::<Vec<_>>().join("\n")
    }

    /// The findings that quote a piece of the evidence.
    fn warnings(&self, evidence: &[Evidence]) -> String {
        let path = &self.record().source.path;
        let quotes = |finding: &Finding| {
            finding
                .evidence
                .iter()
                .any(|side| side.path == *path && evidence.iter().any(|piece| side.start < piece.end && piece.start < side.end))
        };
        let told = self.findings.iter().filter(|finding| quotes(finding));
        told.map(|finding| format!("{}: {}", finding.code, finding.message.vi.problem)).collect::<Vec<_>>().join("\n")
    }

    fn target(&self, target: &Target) -> Vec<Cell> {
        let document = &self.record().document;
        let [compares, value, to, unit, result, scope, lead, coordinate, monitor, due] = Self::values(target);
        let period = Cell::text(document.period.as_ref().map(period).unwrap_or_default());
        let basis = Cell::text(self.basis.as_str());
        let mut row = self.head(&target.id, &target.indicator, "chi_tieu");
        row.extend([
            compares,
            value,
            to,
            unit,
            result,
            period,
            scope,
            lead,
            coordinate,
            monitor,
            Cell::Empty,
            due,
            Cell::Empty,
            basis,
        ]);
        row.extend(self.traced(&target.id, target.section.as_deref(), &target.evidence));
        row
    }

    fn unread(&self, unread: &Unread, lang: Lang) -> Vec<Cell> {
        let (vi, en) = match unread.kind {
            UnreadKind::Number => ("số", "number"),
            UnreadKind::Date => ("ngày", "date"),
            UnreadKind::Block => ("đoạn", "paragraph"),
            UnreadKind::Table => ("bảng", "table"),
            UnreadKind::Part => ("phần", "part"),
        };
        let (kind, why) = if lang == Lang::Vi { (vi, unread.why.vietnamese()) } else { (en, unread.why.english()) };
        let (line, column) = (Cell::maybe(unread.row.as_deref()), Cell::maybe(unread.column.as_deref()));
        let mut row = vec![self.number(), Cell::text(kind), Cell::text(why), line, column, Cell::line(&unread.around)];
        row.extend(self.traced("", unread.section.as_deref(), &unread.evidence));
        row
    }

    /// What a target says: how it compares, value, upper end, unit, result, scope and conditions, lead, coordinates, monitors, due.
    #[must_use]
    pub fn values(target: &Target) -> [Cell; 10] {
        let (change, base) = match &target.change {
            Some(change) => (
                match change.kind {
                    ChangeKind::Increase => "tăng ",
                    ChangeKind::Decrease => "giảm ",
                    ChangeKind::Multiple => "gấp ",
                },
                change.base.as_deref(),
            ),
            None => ("", None),
        };
        let compares = format!("{change}{}", show::comparator_vi(target.comparator));
        let to = target.range.map(|range| range.to).or(target.value_to);
        let actual = match &target.actual {
            Some(Actual::Value { value, .. }) => Cell::Number(value.0),
            Some(Actual::Words { text }) => Cell::line(text),
            None => Cell::Empty,
        };
        let scope: Vec<&str> =
            target.scope.as_deref().into_iter().chain(target.conditions.iter().map(String::as_str)).chain(base).collect();
        let agencies = |role: Role| {
            let names: Vec<&str> =
                target.agencies.iter().filter(|agency| agency.role == role).map(|agency| agency.name.as_str()).collect();
            Cell::line(&names.join("; "))
        };
        [
            Cell::text(compares),
            Cell::Number(target.value.0),
            to.map_or(Cell::Empty, |to| Cell::Number(to.0)),
            Cell::maybe(target.unit.as_deref()),
            actual,
            Cell::line(&scope.join("; ")),
            agencies(Role::Lead),
            agencies(Role::Coordinate),
            agencies(Role::Monitor),
            Cell::date(target.due.as_deref()),
        ]
    }

    fn task(&self, task: &Task) -> Vec<Cell> {
        let record = self.record();
        let deadline = task.deadline.and_then(|at| record.deadlines.get(at));
        let mut row = self.head(&task.id, &task.text, "nhiem_vu");
        row.extend([
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::text(record.document.period.as_ref().map(period).unwrap_or_default()),
            Cell::Empty,
            Cell::line(&task.owner.join("; ")),
            Cell::line(&task.coordinate.join("; ")),
            Cell::Empty,
            Cell::maybe(deadline.map(|deadline| deadline.text.as_str())),
            Cell::date(deadline.and_then(|deadline| deadline.to.as_deref())),
            Cell::maybe(task.product.as_deref()),
            Cell::text(self.basis.as_str()),
        ]);
        row.extend(self.traced(&task.id, task.section.as_deref(), &task.evidence));
        row
    }

    fn head(&self, id: &str, name: &str, kind: &str) -> Vec<Cell> {
        let document = &self.record().document;
        vec![
            self.number(),
            self.issued(),
            Cell::maybe(document.issuer.as_deref()),
            Cell::text(level(document.level)),
            Cell::text(id),
            Cell::line(name),
            Cell::text(kind),
        ]
    }

    fn deadline(&self, deadline: &Deadline) -> Vec<Cell> {
        let recurs = deadline.recurrence.as_ref().map(crate::report::ics::recurs_vi).unwrap_or_default();
        let mut row = vec![
            self.number(),
            self.issued(),
            Cell::text(deadline.id.as_str()),
            Cell::line(&deadline.text),
            Cell::date(deadline.from.as_deref()),
            Cell::date(deadline.to.as_deref()),
            Cell::text(if deadline.exclusive { "không (trước ngày)" } else { "có" }),
            Cell::text(recurs),
            Cell::line(&deadline.about),
        ];
        row.extend(self.traced(&deadline.id, deadline.section.as_deref(), &deadline.evidence));
        row
    }

    fn reference(&self, reference: &Reference) -> Vec<Cell> {
        let mut row = vec![
            self.number(),
            Cell::text(reference.id.as_str()),
            Cell::text(if reference.role == ReferenceRole::Basis { "căn cứ" } else { "viện dẫn" }),
            Cell::maybe(reference.kind.as_deref()),
            Cell::maybe(reference.number.as_deref()),
            Cell::date(reference.date.as_deref()),
            Cell::maybe(reference.issuer.as_deref()),
            Cell::maybe(reference.title.as_deref()),
            Cell::Number(reference.evidence.len() as f64),
        ];
        row.extend(self.traced(&reference.id, None, &reference.evidence));
        row
    }
}

/// A level of government, in Vietnamese; nothing where it is not known.
#[must_use]
pub(in crate::report) fn level(level: Level) -> &'static str {
    match level {
        Level::Central => "trung ương",
        Level::Province => "tỉnh",
        Level::District => "huyện",
        Level::Commune => "xã",
        Level::Department => "sở, ngành",
        Level::Other => "",
    }
}

/// `2025`, `2021 - 2025`; days where it is no whole years.
#[must_use]
pub(in crate::report) fn period(period: &Period) -> String {
    match (period.from.as_deref(), period.to.as_deref()) {
        (Some(from), Some(to)) => match (from.strip_suffix("-01-01"), to.strip_suffix("-12-31")) {
            (Some(first), Some(last)) if first == last => first.to_owned(),
            (Some(first), Some(last)) => format!("{first} - {last}"),
            _ => format!("{} - {}", show::date_vi(from), show::date_vi(to)),
        },
        (Some(from), None) => format!("từ {}", show::date_vi(from)),
        (None, Some(to)) => format!("đến {}", show::date_vi(to)),
        (None, None) => String::new(),
    }
}

/// Targets and tasks in one table, document by document: what a tracker imports.
#[must_use]
pub fn items(rows: &[Row]) -> Table {
    let both = |row: &Row| {
        let targets = row.record().targets.iter().map(|target| row.target(target));
        targets.chain(row.record().tasks.iter().map(|task| row.task(task))).collect::<Vec<_>>()
    };
    Table {
        vi: "Chỉ tiêu, nhiệm vụ", en: "Targets and tasks", columns: ITEMS.into(), rows: rows.iter().flat_map(both).collect()
    }
}

/// Targets.
#[must_use]
pub fn targets(rows: &[Row]) -> Table {
    let of = |row: &Row| row.record().targets.iter().map(|target| row.target(target)).collect::<Vec<_>>();
    Table { vi: "Chỉ tiêu", en: "Targets", columns: ITEMS.into(), rows: rows.iter().flat_map(of).collect() }
}

/// Tasks.
#[must_use]
pub fn tasks(rows: &[Row]) -> Table {
    let of = |row: &Row| row.record().tasks.iter().map(|task| row.task(task)).collect::<Vec<_>>();
    Table { vi: "Nhiệm vụ", en: "Tasks", columns: ITEMS.into(), rows: rows.iter().flat_map(of).collect() }
}

/// Deadlines.
#[must_use]
pub fn deadlines(rows: &[Row]) -> Table {
    let of = |row: &Row| row.record().deadlines.iter().map(|deadline| row.deadline(deadline)).collect::<Vec<_>>();
    Table { vi: "Thời hạn", en: "Deadlines", columns: DEADLINES.into(), rows: rows.iter().flat_map(of).collect() }
}

/// What nothing understood: numbers, paragraphs, tables, parts.
#[must_use]
pub fn unread(rows: &[Row], lang: Lang) -> Table {
    let of = |row: &Row| row.record().unread.iter().map(|unread| row.unread(unread, lang)).collect::<Vec<_>>();
    Table { vi: "Chưa đọc", en: "Not read", columns: UNREAD.into(), rows: rows.iter().flat_map(of).collect() }
}

/// Documents quoted.
#[must_use]
pub fn references(rows: &[Row]) -> Table {
    let of = |row: &Row| row.record().references.iter().map(|reference| row.reference(reference)).collect::<Vec<_>>();
    Table { vi: "Căn cứ", en: "Legal basis", columns: REFERENCES.into(), rows: rows.iter().flat_map(of).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_as_people_name_them() {
        for (from, to, wanted) in [
            (Some("2025-01-01"), Some("2025-12-31"), "2025"),
            (Some("2021-01-01"), Some("2025-12-31"), "2021 - 2025"),
            (Some("2025-04-01"), Some("2025-06-30"), "01/4/2025 - 30/6/2025"),
            (None, Some("2025-12-31"), "đến 31/12/2025"),
            (None, None, ""),
        ] {
            let given = Period { from: from.map(Into::into), to: to.map(Into::into) };
            assert_eq!(period(&given), wanted);
        }
    }
}
