//! The rows of a table under its labels: headers said again, rows that a page has cut, rows that title others.

use super::barred::is_ordinal;
use super::header::numbers_columns;
use super::{Cell, RawColumn, RawRow, Row, cell_text};
use crate::lexicon::ColumnKind;
use crate::normalize::Lines;
use crate::structure::marker::roman;
use crate::words::is_shouted;

/// Drops repeated headers, joins rows that a page has cut, finds the rows that title others.
pub(super) fn join_rows(lines: &Lines, data: Vec<Row>, header: &[Row], columns: &[RawColumn]) -> Vec<RawRow> {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut after_header = false;
    for cells in lone_markers(lines, data) {
        if header.iter().any(|known| says_again(lines, &cells, known)) || after_header && numbers_columns(&cells, lines) {
            after_header = true;
            continue;
        }
        let filled: Vec<usize> = (0..cells.len()).filter(|at| !cells[*at].is_empty()).collect();
        if filled.is_empty() {
            continue;
        }
        if cells[0].is_empty()
            && let Some(last) = rows.last_mut()
        {
            let text = cell_text(lines, &cells[filled[0]]);
            let goes_on = text.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
            let before = last.cells[filled[0]].last().map_or("", |part| lines.text.slice(part.span));
            let open = !before.is_empty() && !before.ends_with(['.', ';']);
            let cut = after_header && goes_on && !filled.iter().any(|at| is_ordinal(cell_text(lines, &cells[*at])));
            if filled.len() == 1 && (after_header || open && goes_on) || cut {
                for at in filled {
                    last.cells[at].extend(cells[at].iter().copied());
                }
                after_header = false;
                continue;
            }
        }
        after_header = false;
        rows.push(RawRow { cells, group: None, works: false });
    }
    for at in 0..rows.len() {
        let label = group_label(lines, &rows[at].cells, rows.get(at + 1), columns);
        // `I | Nông sản | | 235.000` is a value, too.
        rows[at].works = label.is_some() && rows[at].cells.iter().skip(2).any(|cell| is_value(cell_text(lines, cell)));
        rows[at].group = label;
    }
    doubly_numbered(lines, &mut rows, columns);
    merged_down(lines, &mut rows, columns);
    rows
}

/// `5.1` alone in its row over `Thương mại` alone in the next: the marker of a group and its title.
fn lone_markers(lines: &Lines, data: Vec<Row>) -> Vec<Row> {
    let lone = |row: &Row| {
        let mut filled = row.iter().filter(|cell| !cell.is_empty());
        filled.next().filter(|_| filled.next().is_none()).map(|cell| cell_text(lines, cell).to_owned())
    };
    let mut joined: Vec<Row> = Vec::with_capacity(data.len());
    for row in data {
        let titles = lone(&row).is_some_and(|text| text.starts_with(char::is_uppercase) && !is_ordinal(&text));
        let marks = |before: &Row| {
            let number = |text: String| is_ordinal(&text) && text.starts_with(char::is_alphanumeric);
            !before[0].is_empty() && before.len() > 1 && lone(before).is_some_and(number)
        };
        match joined.last_mut().filter(|before| titles && marks(before)) {
            Some(before) => before[1] = row.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default(),
            None => joined.push(row),
        }
    }
    joined
}

/// Groups of a table that numbers its rows twice, through the whole table and within each group: `| 1 | Làm sạch dữ liệu` over
/// `1 | a) | Dữ liệu đất đai`, `2 | b) | …`. A group of one row has both numbers, and is that row.
fn doubly_numbered(lines: &Lines, rows: &mut [RawRow], columns: &[RawColumn]) {
    let bare = |text: &str| text.trim_start_matches('(').trim_end_matches(['.', ')', '/']).to_owned();
    let text = |row: &RawRow, at: usize| row.cells.get(at).map_or("", |cell| cell_text(lines, cell)).to_owned();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let lettered = |row: &&RawRow| {
        let marker = bare(&text(row, 1));
        digits(&bare(&text(row, 0))) && marker.chars().count() == 1 && marker.starts_with(char::is_lowercase)
    };
    let titled = |row: &RawRow| digits(&bare(&text(row, 1))) && text(row, 2).starts_with(char::is_uppercase);
    let over = |row: &RawRow| text(row, 0).is_empty() && titled(row);
    let letters = rows.iter().filter(lettered).count();
    let groups = rows.iter().filter(|row| over(row)).count();
    if columns.len() < 4
        || letters < 2
        || groups == 0
        || rows.iter().any(|row| !text(row, 1).is_empty() && !is_ordinal(&text(row, 1)))
    {
        return;
    }
    for row in rows {
        if !titled(row) {
            continue;
        }
        let of = |kind: ColumnKind| columns.iter().position(|column| column.kind == Some(kind)).map(|at| text(row, at));
        let led = of(ColumnKind::Lead).is_some_and(|lead| !lead.is_empty());
        let points = (3..row.cells.len()).any(|at| text(row, at).ends_with(':'));
        row.works = !text(row, 0).is_empty() || led && !points;
        row.group = Some(bare(&text(row, 1)));
    }
}

/// Rows whose number and name reach down over several, said in each or in the first alone: `1 | Văn hóa ứng xử | 1.1. Tỷ lệ …` over
/// `1 | Văn hóa ứng xử | 1.2. Tỷ lệ …`. Each number opens a group, and its first row is one of its rows.
fn merged_down(lines: &Lines, rows: &mut [RawRow], columns: &[RawColumn]) {
    let ordered = columns.first().is_some_and(|column| column.kind == Some(ColumnKind::Ordinal));
    // What is merged in a list of work or of papers is no heading of values.
    let valued = columns.iter().skip(3).any(|column| column.kind == Some(ColumnKind::Target));
    if !ordered || !valued || rows.iter().any(|row| row.group.is_some()) {
        return;
    }
    let text = |row: &RawRow, at: usize| -> String {
        row.cells[at].iter().map(|part| lines.text.slice(part.span)).collect::<Vec<_>>().join(" ")
    };
    let goes_on = |above: &RawRow, row: &RawRow| {
        let same = |at: usize| text(row, at) == text(above, at);
        let empty = |at: usize| row.cells[at].is_empty();
        let finer = text(row, 2);
        (same(0) && same(1) || empty(0) && empty(1)) && finer.starts_with(char::is_alphanumeric) && finer != text(above, 2)
    };
    let below = rows.windows(2).filter(|two| goes_on(&two[0], &two[1])).count();
    if below < 3 || below * 2 < rows.len() {
        return;
    }
    for at in 0..rows.len() {
        let number = text(&rows[at], 0);
        let begins = at == 0 || !goes_on(&rows[at - 1], &rows[at]);
        let named = text(&rows[at], 1).starts_with(char::is_uppercase);
        if begins && named && is_ordinal(&number) && number.starts_with(char::is_alphanumeric) {
            rows[at].group = Some(number.trim_end_matches(['.', ')', '/']).to_owned());
            rows[at].works = true;
        }
    }
}

/// Whether a cell is nothing but a number, or a sign that nothing stands there.
fn is_value(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '%' | '-' | '–' | '(' | ')'))
}

/// Whether a row is a row of the header, said again: half of what it says or more are the labels of its columns.
fn says_again(lines: &Lines, row: &[Cell], header: &[Cell]) -> bool {
    let filled = row.iter().filter(|cell| !cell.is_empty()).count();
    let known = |(cell, label): (&Cell, &Cell)| !cell.is_empty() && cell_text(lines, cell) == cell_text(lines, label);
    let same = row.iter().zip(header).filter(|pair| known(*pair)).count();
    // `Nội dung | Đơn vị thực hiện | Đơn vị phối hợp` under `STT | Nhiệm vụ | Đơn vị thực hiện | Đơn vị phối hợp`: a column to the left.
    let labels = |cell: &&Cell| !cell.is_empty() && header.iter().any(|label| cell_text(lines, label) == cell_text(lines, cell));
    let named = row.iter().filter(labels).count();
    let words = || row.iter().all(|cell| !cell_text(lines, cell).starts_with(|c: char| c.is_ascii_digit()));
    if named >= 3 && named * 10 >= filled * 6 && words() {
        return true;
    }
    same >= 2 && same * 2 >= filled && row.iter().all(|cell| !cell_text(lines, cell).starts_with(|c: char| c.is_ascii_digit()))
        || same > 0 && same == filled && same == header.iter().filter(|cell| !cell.is_empty()).count()
}

/// The marker of a row that titles those below: `II | Phát triển … | | `, `1 | Cà phê | | ` over `- | Diện tích | ha | 5`;
/// empty where it bears none: `Lĩnh vực y tế` over all columns.
fn group_label(lines: &Lines, cells: &[Cell], next: Option<&RawRow>, columns: &[RawColumn]) -> Option<String> {
    let filled: Vec<usize> = (0..cells.len()).filter(|at| !cells[*at].is_empty()).collect();
    let (first, others) = filled.split_first()?;
    let text = |at: usize| cell_text(lines, &cells[at]);
    let next_text = |at: usize| next.and_then(|row| row.cells.get(at)).map_or("", |cell| cell_text(lines, cell));
    let bare = |text: &str| text.trim_start_matches('(').trim_end_matches(['.', ')', '/']).to_owned();
    let ordered = columns[0].kind == Some(ColumnKind::Ordinal) || columns[0].label.is_empty();
    let Some(title) = others.first() else {
        // A title without a marker: in the ordinals' column, or before a row that begins anew.
        let over = *first == 0 && columns[0].kind == Some(ColumnKind::Ordinal) && !is_ordinal(text(0)) && text(0).len() > 3;
        let anew = *first > 0 && next.is_some() && bare(next_text(0)) == "1";
        return (over || anew).then(String::new);
    };
    let marker = text(*first);
    if *first > 1 || !ordered || !is_ordinal(marker) || cells[*first].len() > 1 {
        return None;
    }
    let label = bare(marker);
    if !label.starts_with(char::is_alphanumeric)
        || !text(*title).starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"'))
    {
        return None;
    }
    let is_roman = roman(&label).is_some();
    let large = is_roman || label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_uppercase());
    let composite = label.starts_with(|c: char| c.is_ascii_uppercase()) && label.contains('.');
    let said: Vec<&str> = others[1..].iter().map(|at| text(*at)).filter(|text| text.contains(char::is_alphanumeric)).collect();
    let places = cells.len() - title - 1;
    // Values in half of the columns or fewer: what stands below has others.
    let sums = !said.is_empty() && said.len() * 2 <= places && said.iter().all(|text| is_value(text));
    let group = match said.len() + 1 {
        _ if sums => is_roman || titles(&label, next, lines),
        1 if large || composite => cells.len() > 2 || others.len() < cells.len() - 1 || large,
        1 => cells.len() > 2 && (titles(&label, next, lines) || is_shouted(text(*title)) || text(*title).ends_with(':')),
        _ => is_roman && filled.len() * 2 <= cells.len(),
    };
    group.then_some(label)
}

/// Whether the row below stands under a row of this marker: a bullet, `1.1` under `1`, a row that begins anew.
fn titles(label: &str, next: Option<&RawRow>, lines: &Lines) -> bool {
    let Some(next) = next else { return false };
    let Some(first) = next.cells.iter().position(|cell| !cell.is_empty()) else { return false };
    let text = cell_text(lines, &next.cells[first]);
    if text.starts_with(['-', '–', '+', '•']) {
        return true;
    }
    let bare = text.trim_start_matches('(').trim_end_matches(['.', ')', '/']);
    let inner = bare.strip_prefix(label).is_some_and(|rest| rest.starts_with('.'));
    let lettered = bare == "a" && label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    first <= 1 && is_ordinal(text) && (inner || bare == "1" && !label.is_empty() || lettered)
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    /// The path that each row of the table stands under, a row that is no value with `*`.
    fn shown(table: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let text = format!("KẾ HOẠCH\nPhát triển kinh tế năm 2026\nI. CHỈ TIÊU\n\n{table}");
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let document = crate::structure::read(&crate::normalize::normalize(source.text.as_str()), &lexicon);
        let path = |section: Option<usize>| section.map(|at| document.sections[at].path.clone()).unwrap_or_default();
        let rows = document.tables.iter().flat_map(|table| &table.rows);
        rows.map(|row| format!("{}{}", if row.group { "*" } else { "" }, path(row.section))).collect()
    }

    #[test]
    fn a_group_may_have_a_value_of_its_own() {
        let head = "STT\tSản phẩm\tKế hoạch 2026\t\tKế hoạch 2027\t\n\t\tLượng (tấn)\tGiá trị\tLượng (tấn)\tGiá trị\n";
        let rows = "I\tNông sản\t\t90\t\t95\n1\tChè\t5\t40\t6\t45\n2\tQuế\t7\t50\t8\t50\nII\tSản phẩm khác\t\t9\t\t9\n3\tGỗ dán\t1\t9\t1\t9\n";
        assert_eq!(shown(&format!("{head}{rows}")), ["I.I", "I.I", "I.I", "I.II", "I.II"]);
        // A row that says something in each column is no group.
        let rows = "I\tNông sản\t5\t90\t6\t95\n1\tChè\t5\t40\t6\t45\nII\tSản phẩm khác\t7\t9\t8\t9\n1\tGỗ dán\t1\t9\t1\t9\n";
        assert_eq!(shown(&format!("{head}{rows}")), ["I", "I", "I", "I"]);
    }

    #[test]
    fn costs_are_grouped_by_any_marker() {
        let rows = "STT\tNội dung\tSố điểm\tSố đợt\tĐơn giá\tThành tiền\n1.1\tĐo nước\t\t\t\t900\n1.1.1\tNước sông\t\t\t\t500\n\
                    a\tThủy lý\t\t\t\t300\n-\tĐộ mặn\t2\t5\t10\t100\n-\tĐộ đục\t4\t5\t10\t200\nb\tVi sinh\t\t\t\t200\n-\tColiform\t4\t5\t10\t200\n\
                    1.1.2\tNước ngầm\t4\t5\t20\t400\n";
        let wanted = "I.1.1 I.1.1.1 I.1.1.1.a I.1.1.1.a I.1.1.1.a I.1.1.1.b I.1.1.1.b I.1.1";
        assert_eq!(shown(rows).join(" "), wanted);
    }

    #[test]
    fn a_number_merged_over_rows_is_a_group() {
        let head = "STT\tTên tiêu chí\tNội dung tiêu chí\tChỉ tiêu chung\tChỉ tiêu vùng cao\n";
        let rows = "1\tGiao thông\t1.1. Tỷ lệ đường xã được cứng hóa\t100%\t90%\n1\tGiao thông\t1.2. Tỷ lệ đường thôn sạch\t100%\t80%\n\
                    1\tGiao thông\t1.3. Tỷ lệ ngõ không lầy\t90%\t70%\n2\tThủy lợi\t2.1. Tỷ lệ đất được tưới\t80%\t70%\n\
                    2\tThủy lợi\t2.2. Tỷ lệ kênh kiên cố\t60%\t50%\n3\tĐiện\t3.1. Tỷ lệ hộ có điện\t99%\t95%\n";
        assert_eq!(shown(&format!("{head}{rows}")), ["I.1", "I.1", "I.1", "I.2", "I.2", "I.3"]);
        let below = rows.replace("\n1\tGiao thông\t1.2", "\n\t\t1.2").replace("\n1\tGiao thông\t1.3", "\n\t\t1.3");
        let below = below.replace("\n2\tThủy lợi\t2.2", "\n\t\t2.2");
        assert_eq!(shown(&format!("{head}{below}")), ["I.1", "I.1", "I.1", "I.2", "I.2", "I.3"]);
        // A list of papers by agency sets no values.
        let papers = "STT\tCơ quan\tNội dung kiến nghị\tGhi chú\n1\tSở Y tế\tMua máy thở\tA\n1\tSở Y tế\tSửa nhà\tB\n1\tSở Y tế\tThuê xe\tC\n1\tSở Y tế\tMua thuốc\tD\n";
        assert_eq!(shown(papers), ["I", "I", "I", "I"]);
    }
}
