//! The sheet that an officer fills in for one agency: `STT | Tên nhiệm vụ | Kết quả thực hiện | Đánh giá`.

use super::{Cell, Column, Table, column};
use crate::check::show;
use crate::report::agenda::Entry;

const COLUMNS: &[Column] = &[
    column("stt", "STT", "No.", 6),
    column("ten", "Tên nhiệm vụ", "Task", 80),
    column("ket_qua", "Kết quả thực hiện", "Result", 50),
    column("danh_gia", "Đánh giá", "Assessment", 24),
];

/// The entries of an agency, numbered; what recurs stands once, result and assessment are left for the officer.
#[must_use]
pub fn follow_up(entries: &[Entry]) -> Table {
    let mut named: Vec<String> = Vec::new();
    for entry in entries {
        let due = match (&entry.deadline, &entry.due) {
            (Some(words), _) => format!(" ({})", words.split_whitespace().collect::<Vec<_>>().join(" ")),
            (None, Some(day)) => format!(" ({})", show::date_vi(day)),
            (None, None) => String::new(),
        };
        let name = format!("{}{due} – {}", entry.text.split_whitespace().collect::<Vec<_>>().join(" "), entry.document);
        if !named.contains(&name) {
            named.push(name);
        }
    }
    let row = |(at, name): (usize, String)| vec![Cell::Number((at + 1) as f64), Cell::Text(name), Cell::Empty, Cell::Empty];
    Table { vi: "Theo dõi", en: "Follow-up", columns: COLUMNS.into(), rows: named.into_iter().enumerate().map(row).collect() }
}
