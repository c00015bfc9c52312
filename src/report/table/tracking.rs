//! The sheet that an office prints and fills in: `STT | Nhiệm vụ, chỉ tiêu | Chủ trì | Phối hợp | Thời hạn | Còn (ngày) | Sản phẩm |
//! Kết quả | Đánh giá | Văn bản, trang`. The days that are left are counted by the workbook itself whenever it is opened.

use jiff::civil::Date;

use super::{Cell, Column, Kind, Row, Table, column};
use crate::check::Case;
use crate::record::{Evidence, Role};
use crate::report::agenda::Wanted;

const COLUMNS: &[Column] = &[
    column("stt", "STT", "No.", 5),
    column("loai", "Loại", "Kind", 9),
    column("ten", "Nhiệm vụ, chỉ tiêu", "Task or target", 36),
    column("don_vi_chu_tri", "Chủ trì", "Lead", 15),
    column("don_vi_phoi_hop", "Phối hợp", "Coordinates", 15),
    column("thoi_han", "Thời hạn", "Due", 12),
    column("con_lai", "Còn (ngày)", "Days left", 9),
    column("san_pham", "Sản phẩm", "Product", 12),
    column("ket_qua", "Kết quả thực hiện", "Result", 12),
    column("danh_gia", "Đánh giá", "Assessment", 9),
    column("van_ban", "Văn bản, trang", "Document, page", 13),
];

/// The column that has the day, and the one that counts the days until then.
pub const DUE: u16 = 5;
/// See [`DUE`].
pub const LEFT: u16 = 6;

/// The sheet without rows.
#[must_use]
pub fn empty() -> Table {
    Table { vi: "Theo dõi", en: "Follow-up", columns: COLUMNS.into(), rows: Vec::new() }
}

/// The rows of a document, targets and tasks, each with the day that it is due; those that are asked of a body where `wanted` names one.
/// The number stands in none of them yet.
#[must_use]
pub fn rows(case: &Case, wanted: Option<&Wanted>) -> Vec<(Option<Date>, Vec<Cell>)> {
    let record = case.record;
    let place = |section: Option<&str>, evidence: &[Evidence]| {
        let page = evidence.first().and_then(|piece| piece.page).map(|page| format!("trang {page}"));
        let at = page.or_else(|| section.map(|section| format!("mục {section}")));
        Cell::text(std::iter::once(case.name.clone()).chain(at).collect::<Vec<_>>().join(", "))
    };
    let day = |cell: &Cell| match cell {
        Cell::Day(day) => Some(*day),
        _ => None,
    };
    let mut found = Vec::new();
    for task in &record.tasks {
        let named = task.owner.iter().chain(&task.coordinate);
        if wanted.is_some_and(|wanted| !named.clone().any(|name| wanted.is_meant(name, case))) {
            continue;
        }
        let deadline = task.deadline.and_then(|at| record.deadlines.get(at));
        // What names no day, or recurs, has its words: `hằng quý`, `trong 10 ngày kể từ ngày ban hành`.
        let due = match deadline {
            Some(deadline) if deadline.recurrence.is_some() || deadline.to.is_none() => Cell::line(&deadline.text),
            Some(deadline) => Cell::date(deadline.to.as_deref()),
            None => Cell::Empty,
        };
        found.push((
            day(&due),
            vec![
                Cell::Empty,
                Cell::Kind(Kind::Task),
                Cell::line(&task.text),
                Cell::line(&task.owner.join("; ")),
                Cell::line(&task.coordinate.join("; ")),
                due,
                Cell::Empty,
                Cell::maybe(task.product.as_deref()),
                Cell::Empty,
                Cell::Empty,
                place(task.section.as_deref(), &task.evidence),
            ],
        ));
    }
    let ends = record.document.period.as_ref().and_then(|period| period.to.as_deref());
    for target in &record.targets {
        let mut named = target.agencies.iter().map(|agency| agency.name.as_str());
        if wanted.is_some_and(|wanted| !named.any(|name| wanted.is_meant(name, case))) {
            continue;
        }
        let of = |role: Role| {
            let names = target.agencies.iter().filter(|agency| agency.role == role).map(|agency| agency.name.as_str());
            Cell::line(&names.collect::<Vec<_>>().join("; "))
        };
        let [.., result, _, _, _, _, _] = Row::values(target);
        // A target without a time of its own is due when the document's time ends.
        let due = Cell::date(target.due.as_deref().or(ends));
        found.push((
            day(&due),
            vec![
                Cell::Empty,
                Cell::Kind(Kind::Target),
                Cell::line(&crate::report::agenda::said(target)),
                of(Role::Lead),
                of(Role::Coordinate),
                due,
                Cell::Empty,
                Cell::Empty,
                result,
                Cell::Empty,
                place(target.section.as_deref(), &target.evidence),
            ],
        ));
    }
    found
}
