//! Totals over the rows under them: `I` is the sum of `1`, `2`, `3`, and `1` of its `-` rows, column by column.
//!
//! Markers tell which row is a part of which; the numbers tell whether it is meant as one: `Trong đó` rows that make no total are
//! parts among others. What a group shows in most of its columns is said of the others too, so that one wrong figure is told.

use super::fact;
use super::figures::{Grid, NO_TOTAL};
use super::recorder::Extractor;
use crate::lexicon::ColumnKind;
use crate::record::{Number, Sum};
use crate::structure::{Table, marker};
use crate::text::Span;

/// The bullets of rows.
const BULLETS: [char; 5] = ['-', '–', '+', '*', '•'];

/// A total of a table with its parts, all of one column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parted {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
    pub(super) column: usize,
}

/// The form of a row's marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Capital,
    Roman,
    Digit,
    Letter,
    /// `1.1`: of so many parts.
    Parts(usize),
    Bullet(char),
    /// A row above all markers: `TỔNG THU NGÂN SÁCH`.
    Whole,
}

impl Extractor<'_> {
    /// Enters the totals of a table whose parts are rows under them.
    pub(super) fn row_sums(&mut self, table: &Table, grid: &Grid, found: Vec<Parted>) {
        let text = self.document.text.as_str();
        let unit_at = table.columns.iter().position(|column| column.kind == Some(ColumnKind::Unit));
        for Parted { total, parts, column } in found {
            let Some(stated) = grid.values[total][column] else { continue };
            let row = &table.rows[total];
            let values: Vec<f64> = parts.iter().filter_map(|row| grid.values[*row][column]).collect();
            let numbers: Vec<Span> = parts.iter().map(|row| table.rows[*row].cells[column]).collect();
            let name = grid.label(total).map(|at| row.cells[at]);
            let spans = [Some(table.columns[column].label), name, Some(row.cells[column])].into_iter().flatten();
            let spans: Vec<Span> = spans.chain(numbers.iter().copied()).filter(|span| !span.is_empty()).collect();
            let evidence = self.evidence(&spans);
            let unit = unit_at.and_then(|at| row.cells[at].slice(text)).map(str::trim).filter(|unit| !unit.is_empty());
            self.record.sums.push(Sum {
                id: format!("u{}", self.record.sums.len() + 1),
                holds: fact::holds(stated, &values),
                total: Number(stated),
                parts: values.into_iter().map(Number).collect(),
                unit: unit.map(ToOwned::to_owned),
                section: self.path(row.section),
                paper: 0,
                evidence,
            });
        }
    }
}

/// The totals of a table whose parts are rows under them.
pub(super) fn find(grid: &Grid) -> Vec<Parted> {
    let places = places(grid);
    let mut found = Vec::new();
    for total in 0..places.len() {
        let under: Vec<usize> = (total + 1..places.len()).filter(|row| places[*row].1 == Some(total)).collect();
        let mut forms: Vec<Option<Form>> = under.iter().map(|row| places[*row].0).collect();
        forms.dedup();
        // `Trong đó` rows before the parts are none of them.
        for form in forms {
            let parts: Vec<usize> = under.iter().copied().filter(|row| places[*row].0 == form).collect();
            if parts.len() < 2 {
                continue;
            }
            let group: Vec<(Parted, bool)> = grid.columns().filter_map(|column| parted(grid, total, &parts, column)).collect();
            let holding = group.iter().filter(|(sum, holds)| *holds && grid.values[total][sum.column] != Some(0.0)).count();
            // Where most of its columns add up, one that nearly does is a total with a wrong figure.
            let proven = holding >= 2 && holding * 3 >= group.len() * 2;
            found.extend(group.into_iter().filter(|(_, holds)| *holds && holding > 0 || proven).map(|(sum, _)| sum));
        }
    }
    found
}

/// The parts of a total in one column, and whether they make it; nothing where they are far from it.
fn parted(grid: &Grid, total: usize, parts: &[usize], column: usize) -> Option<(Parted, bool)> {
    let kind = grid.table.columns[column].kind;
    if matches!(kind, Some(ColumnKind::Ordinal | ColumnKind::Unit)) {
        return None;
    }
    let stated = grid.values[total][column]?;
    let parts: Vec<usize> = parts.iter().copied().filter(|row| grid.values[*row][column].is_some()).collect();
    let values: Vec<f64> = parts.iter().filter_map(|row| grid.values[*row][column]).collect();
    if parts.len() < 2 {
        return None;
    }
    let holds = fact::holds(stated, &values);
    // `Năm 2026` is the time of a column here.
    let counted = || !NO_TOTAL.iter().any(|word| *word != "năm" && grid.labels[column].contains(word));
    (holds || counted() && fact::near(stated, &values)).then_some((Parted { total, parts, column }, holds))
}

/// The form of each row's marker, and the row that it is a part of.
fn places(grid: &Grid) -> Vec<(Option<Form>, Option<usize>)> {
    let mut open: Vec<(Form, String, usize)> = Vec::new();
    let mut places = Vec::with_capacity(grid.words.len());
    for row in 0..grid.words.len() {
        let marker = marker_of(grid, row);
        let form = if marker.is_empty() {
            (open.is_empty() || grid.is_total(row)).then_some(Form::Whole)
        } else {
            Some(form(&marker, |letter| open.iter().any(|(form, known, _)| *form == Form::Capital && *known == letter)))
        };
        let Some(form) = form else {
            // What bears no marker is a part of the row above that does.
            places.push((None, open.last().map(|(_, _, row)| *row)));
            continue;
        };
        // `1.1` is a part of `1`, and `1.1.1` of `1.1`, whatever stands between them.
        let at = open.iter().position(|(other, _, _)| *other == form);
        let above =
            open.iter().rposition(|(_, known, _)| marker.strip_prefix(known.as_str()).is_some_and(|rest| rest.starts_with('.')));
        if let Some(keep) = at.or(above.map(|above| above + 1)) {
            open.truncate(keep);
        }
        places.push((Some(form), open.last().map(|(_, _, row)| *row)));
        open.push((form, marker, row));
    }
    places
}

/// The marker of a row, from the column of ordinals or from before its name; empty where it has none.
fn marker_of(grid: &Grid, row: usize) -> String {
    let name = grid.label(row);
    let ordinal = grid.table.columns.iter().position(|column| column.kind == Some(ColumnKind::Ordinal)).unwrap_or(0);
    let cell = |at: usize| grid.table.rows[row].cells.get(at).and_then(|span| span.slice(grid.text)).unwrap_or_default().trim();
    let told = if Some(ordinal) == name { "" } else { cell(ordinal) };
    if !told.is_empty() {
        return told.trim_end_matches(['.', ')']).to_owned();
    }
    // `Trong đó: - Phí …`
    let name = name.map(cell).unwrap_or_default();
    let bullet = |words: &str| words.trim_start().chars().next().filter(|c| BULLETS.contains(c));
    let bullet = bullet(name).or_else(|| name.split_once(':').and_then(|(_, rest)| bullet(rest)));
    bullet.map(String::from).unwrap_or_default()
}

/// The form of a marker; `open` tells whether a capital is open.
fn form(marker: &str, open: impl Fn(String) -> bool) -> Form {
    let mut chars = marker.chars();
    let (first, second) = (chars.next().unwrap_or(' '), chars.next());
    let parts = marker.split('.').count();
    if BULLETS.contains(&first) {
        return Form::Bullet(if first == '–' { '-' } else { first });
    }
    if parts > 1 {
        return Form::Parts(parts);
    }
    // `C` after `B` is no hundred.
    let before = char::from_u32(u32::from(first) - 1).map(String::from).unwrap_or_default();
    if second.is_none() && first.is_ascii_uppercase() && (marker::roman(marker).is_none() || open(before)) {
        return Form::Capital;
    }
    if marker::roman(marker).is_some() {
        return Form::Roman;
    }
    if first.is_ascii_digit() { Form::Digit } else { Form::Letter }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    /// `total = parts` of each sum of a plan with that table; `!` where the parts do not make it.
    fn shown(table: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let text = format!("KẾ HOẠCH\nThu ngân sách năm 2026\nI. DỰ TOÁN\n\n{table}");
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let document = crate::structure::read(&crate::normalize::normalize(source.text.as_str()), &lexicon);
        let record = super::super::extract(&source, &document, &lexicon);
        let sum = |sum: &crate::record::Sum| {
            let parts: Vec<String> = sum.parts.iter().map(|part| part.0.to_string()).collect();
            format!("{} = {}{}", sum.total.0, parts.join(" + "), if sum.holds { "" } else { " !" })
        };
        record.sums.iter().map(sum).collect()
    }

    #[test]
    fn parts_of_every_level() {
        let table = "STT\tNội dung\tNăm 2025\tNăm 2026\n\
            \tTổng thu\t900\t1.000\n\
            I\tThu nội địa\t700\t800\n\
            1\tThuế\t500\t600\n\
            \t- Thuế giá trị gia tăng\t300\t350\n\
            \t- Thuế tài nguyên\t200\t250\n\
            2\tPhí\t200\t200\n\
            \tTrong đó: Phí cầu đường\t50\t60\n\
            II\tThu từ dầu\t\t\n\
            III\tThu khác\t200\t200\n";
        assert_eq!(
            shown(table),
            ["900 = 700 + 200", "1000 = 800 + 200", "700 = 500 + 200", "800 = 600 + 200", "500 = 300 + 200", "600 = 350 + 250",]
        );
    }

    #[test]
    fn rows_that_make_no_total_are_parts_among_others() {
        let rows = "STT\tNội dung\tNăm 2026\tNăm 2027\tNăm 2028\n";
        let among = format!("{rows}1\tTổng chi\t100\t120\t130\n\t- Chi lương\t30\t40\t40\n\t- Chi sách\t20\t30\t50\n");
        assert_eq!(shown(&among), Vec::<String>::new());
        // One wrong figure beside two that are right.
        let wrong = format!("{rows}A\tTổng chi\t100\t120\t130\nI\tChi lương\t60\t70\t80\nII\tChi sách\t40\t50\t55\n");
        assert_eq!(shown(&wrong), ["100 = 60 + 40", "120 = 70 + 50", "130 = 80 + 55 !"]);
        let dotted = format!("{rows}2\tTrồng mới\t9\t9\t9\n2.1\tKeo\t4\t5\t6\n2.2\tThông\t5\t4\t3\n3\tTrồng lại\t7\t8\t9\n");
        assert_eq!(shown(&dotted), ["9 = 4 + 5", "9 = 5 + 4", "9 = 6 + 3"]);
    }
}
