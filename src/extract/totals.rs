//! Which rows of a table are the totals of which: `Tổng cộng` of all, `Cộng` of a group, `I` of `1`, `2`, and `1` of the `-` under it.
//!
//! The markers tell which rows stand under which, the numbers whether these are its parts: a parent is a total where its rows add up in
//! most of the columns that can be compared. `3 | Giáo dục | 120` over `- | Số lớp | 80` and `- | Số phòng | 75` is none.

mod tree;

use crate::structure::marker::{Marker, Style};
use tree::Tree;

/// A row as the sums see it.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// The marker in its ordinal cell or before its label.
    pub(super) marker: Option<Marker>,
    /// `Tổng cộng`, `Cộng`, `Toàn tỉnh`.
    pub(super) total: bool,
    /// `Trong đó:`, without values of its own.
    pub(super) lead: bool,
    /// `Tỷ lệ …`, `Năng suất bình quân`, or a row without words: part of no sum.
    pub(super) apart: bool,
    /// Its unit, folded; empty where it has none.
    pub(super) unit: String,
    /// The values of its cells; none of columns that cannot be added up.
    pub(super) values: Vec<Option<f64>>,
}

/// A total with its parts: rows, and the column of each value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Total {
    pub(super) row: usize,
    /// The column that the total stands in.
    pub(super) at: usize,
    /// The rows and columns of its parts.
    pub(super) parts: Vec<(usize, usize)>,
}

/// A total among its own kind may be of so many of the rows that follow.
const FOLLOWING: usize = 200;
/// So many totals can be the parts of another.
const TOTALS: usize = 128;
/// Two numbers that make a third below this say nothing: `3 = 1 + 2`.
const TELLING: f64 = 20.0;

/// The totals of a table of `width` columns.
pub(super) fn find(lines: &[Line], width: usize) -> Vec<Total> {
    let tree = Tree::new(lines);
    let mut search = Search { lines, width, tree: &tree, added: vec![0; width], found: Vec::new(), slight: Vec::new() };
    search.parents();
    search.totals();
    search.finish()
}

/// A row against the rows that may be its parts, in one column.
struct Column {
    at: usize,
    parts: Vec<(usize, usize)>,
    holds: bool,
    /// Two parts or more that are not nothing.
    telling: bool,
    near: bool,
}

struct Search<'a> {
    lines: &'a [Line],
    width: usize,
    tree: &'a Tree,
    /// How many totals make it plain that a column is added up.
    added: Vec<usize>,
    /// The totals; whether most of their columns add up, so that another that nearly does is a total with a wrong figure.
    found: Vec<(usize, bool, Vec<Column>)>,
    /// Those that only nothing is added to: `100 = 100 + 0`.
    slight: Vec<(usize, Vec<Column>)>,
}

impl Search<'_> {
    /// Rows over rows.
    fn parents(&mut self) {
        let tree = self.tree;
        // From the last, so that the inner totals are known before the outer.
        for row in (0..self.lines.len()).rev() {
            let line = &self.lines[row];
            if line.values.iter().all(Option::is_none) {
                continue;
            }
            let children = tree.standing(self.lines, &tree.children[row]);
            if children.len() >= 2 && (self.take(row, &children) || self.some(row) || self.merged(row, &children)) {
                continue;
            }
            if !line.total && !tree.led[row] {
                continue;
            }
            // `A | Tổng chi`, `I | Chi cân đối`, `B | Chi bổ sung`: a total among those that it is of.
            let mut rows: Vec<usize> = tree.children[row].iter().copied().take(FOLLOWING).collect();
            if let Some((parent, place)) = tree.place[row].filter(|_| line.total) {
                let sisters = &tree.children[parent];
                if place + 1 == sisters.len() && sisters.len() > 2 {
                    let before = tree.standing(self.lines, &sisters[..place]);
                    if self.take(row, &before) {
                        continue;
                    }
                }
                rows.extend(sisters[place + 1..].iter().take(FOLLOWING));
            }
            if let Some(count) = self.first(row, &rows) {
                rows.truncate(count);
                self.take(row, &rows);
            }
        }
    }

    /// Where rows of several kinds stand under one, those of one kind may make it: `I`, under it `Trong đó: …`, `1`, `2`.
    fn some(&mut self, row: usize) -> bool {
        let tree = self.tree;
        let children = &tree.children[row];
        let kind = |row: &usize| match self.lines[*row].marker.as_ref().map(|marker| marker.style) {
            None => 0,
            Some(Style::Bullet(_)) => 1,
            Some(_) => 2,
        };
        let kinds: Vec<Vec<usize>> =
            (0..3).rev().map(|wanted| children.iter().copied().filter(|child| kind(child) == wanted).collect()).collect();
        kinds.iter().filter(|rows| rows.len() >= 2 && rows.len() < children.len()).any(|rows| {
            let rows = tree.standing(self.lines, rows);
            self.take(row, &rows)
        })
    }

    /// How many of `rows` make the total first.
    fn first(&self, total: usize, rows: &[usize]) -> Option<usize> {
        let mut sums = vec![(0.0, 0_usize); self.width];
        for (count, row) in rows.iter().enumerate() {
            for (at, sum) in sums.iter_mut().enumerate() {
                let Some(value) = self.lines[*row].values[at].filter(|_| self.alike(total, *row)) else { continue };
                *sum = (sum.0 + value, sum.1 + usize::from(value != 0.0));
                let stated = self.lines[total].values[at];
                if sum.1 >= 2 && stated.is_some_and(|stated| stated >= TELLING && equal(stated, sum.0)) {
                    return Some(count + 1);
                }
            }
        }
        None
    }

    /// Totals without a marker, before or behind what they are of.
    fn totals(&mut self) {
        let tree = self.tree;
        let root = self.lines.len();
        let mut before = vec![0; root + 1];
        // For each level the next total's place in it.
        let mut after: Vec<Vec<usize>> = vec![Vec::new(); tree.bare.len()];
        let mut next: Vec<usize> = tree.children.iter().map(Vec::len).collect();
        for (at, bare) in tree.bare.iter().enumerate().rev() {
            after[at] = bare.scopes.iter().map(|(parent, count)| std::mem::replace(&mut next[*parent], *count)).collect();
        }
        let mut pending: Vec<usize> = Vec::new();
        for (at, bare) in tree.bare.iter().enumerate() {
            let closing = bare.scopes.iter().rev().map(|(parent, count)| (*parent, before[*parent]..*count));
            let opening = bare.scopes.iter().zip(&after[at]).map(|((parent, count), end)| (*parent, *count..*end));
            let whole = (at == 0 || at + 1 == tree.bare.len()).then(|| (root, 0..tree.children[root].len()));
            let take = |search: &mut Self, (parent, range): (usize, std::ops::Range<usize>)| {
                let rows = tree.standing(search.lines, &tree.children[parent][range]);
                search.take(bare.row, &rows)
            };
            let closing: Vec<_> = closing.collect();
            let rest: Vec<_> = opening.chain(whole).collect();
            if !closing.into_iter().any(|rows| take(self, rows)) {
                // `Cộng` of each group, and the total of these.
                if pending.len() >= 2 && self.take(bare.row, &pending) {
                    pending.clear();
                } else {
                    rest.into_iter().any(|rows| take(self, rows));
                }
            }
            if pending.len() < TOTALS {
                pending.push(bare.row);
            }
            for (parent, count) in &bare.scopes {
                before[*parent] = *count;
            }
        }
    }

    fn alike(&self, total: usize, part: usize) -> bool {
        let (one, other) = (&self.lines[total].unit, &self.lines[part].unit);
        one.is_empty() || other.is_empty() || one == other
    }

    /// Takes a row as the total of `rows` where they make it.
    fn take(&mut self, total: usize, rows: &[usize]) -> bool {
        let columns: Vec<Column> = (0..self.width).filter_map(|at| self.column(total, rows, at)).collect();
        let telling = columns.iter().filter(|column| column.telling).count();
        let holding = columns.iter().filter(|column| column.telling && column.holds).count();
        let large = columns.iter().any(|column| {
            let stated = self.lines[total].values[column.at].unwrap_or_default();
            column.telling && column.holds && (column.parts.len() > 2 || stated.abs() >= TELLING)
        });
        let labelled = self.lines[total].total;
        if holding == 0 {
            if columns.iter().any(|column| column.holds && !column.telling) {
                self.slight.push((total, columns));
            }
            return false;
        }
        // Of a total some columns may be means; a parent's rows are its parts where most columns say so.
        if !labelled && (holding * 2 < telling || holding == 1 && !large) {
            return false;
        }
        for column in columns.iter().filter(|column| column.telling && column.holds) {
            self.added[column.at] += 1;
        }
        self.found.push((total, holding >= 2 && holding * 3 >= telling * 2, columns));
        true
    }

    fn column(&self, total: usize, rows: &[usize], at: usize) -> Option<Column> {
        let stated = self.lines[total].values[at]?;
        let value = |row: usize| self.lines[row].values[at].filter(|_| self.alike(total, row));
        let parts: Vec<(usize, usize)> = rows.iter().filter(|row| value(**row).is_some()).map(|row| (*row, at)).collect();
        let values: Vec<f64> = parts.iter().filter_map(|part| value(part.0)).collect();
        if parts.len() < 2 {
            return None;
        }
        let telling = values.iter().filter(|value| **value != 0.0).count() >= 2;
        let near = super::fact::near(stated, &values);
        Some(Column { at, parts, holds: equal(stated, values.iter().sum()), telling, near })
    }

    /// The title of a group reaches over columns, so that its one value stands in none: the parts tell which it is of.
    fn merged(&mut self, total: usize, rows: &[usize]) -> bool {
        let only = |row: usize| {
            let mut values = self.lines[row].values.iter().enumerate().filter_map(|(at, value)| value.map(|value| (at, value)));
            values.next().filter(|_| values.next().is_none())
        };
        let Some((stated_at, stated)) = only(total).filter(|(_, stated)| *stated >= TELLING) else { return false };
        for at in (0..self.width).rev() {
            let part = |row: &usize| {
                let own = self.lines[*row].values[at].map(|value| (at, value));
                own.or_else(|| only(*row).filter(|_| !self.tree.children[*row].is_empty())).filter(|_| self.alike(total, *row))
            };
            let parts: Option<Vec<(usize, (usize, f64))>> = rows.iter().map(|row| part(row).map(|part| (*row, part))).collect();
            let Some(parts) = parts else { continue };
            if equal(stated, parts.iter().map(|(_, (_, value))| value).sum()) {
                let parts = parts.into_iter().map(|(row, (at, _))| (row, at)).collect();
                self.found.push((total, false, vec![Column { at: stated_at, parts, holds: true, telling: true, near: true }]));
                self.added[stated_at] += 1;
                return true;
            }
        }
        false
    }

    /// What is told: of a total all columns that are added up somewhere in the table.
    fn finish(self) -> Vec<Total> {
        let Self { added, found, slight, .. } = self;
        let mut told: Vec<Total> = Vec::new();
        for (row, sure, columns) in found {
            for column in columns {
                if (sure || added[column.at] > 0) && (column.holds || column.near) {
                    told.push(Total { row, at: column.at, parts: column.parts });
                }
            }
        }
        for (row, columns) in slight {
            for column in columns.into_iter().filter(|column| column.holds && added[column.at] > 0) {
                told.push(Total { row, at: column.at, parts: column.parts });
            }
        }
        told.sort_by_key(|total| (total.row, total.at));
        told.dedup_by_key(|total| (total.row, total.at));
        told
    }
}

/// Whether a sum is the number, but for how numbers are kept.
fn equal(stated: f64, sum: f64) -> bool {
    (sum - stated).abs() < 1e-6 * stated.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::structure::marker;

    /// `III | 20 30`, `- : ha | 5 7`, `Tổng | 9`, `Trong đó`, `~ | 8` (a rate); an empty cell is `.`.
    fn line(row: &str) -> Line {
        let (head, values) = row.split_once('|').unwrap_or((row, ""));
        let (head, unit) = head.split_once(':').unwrap_or((head, ""));
        let head = head.trim();
        let mark = head.split(' ').next().unwrap_or_default();
        Line {
            marker: marker::parse(&format!("{mark}. a"))
                .or_else(|| marker::parse(&format!("{mark} a")))
                .filter(|_| mark != "Tổng"),
            total: head.contains("Tổng"),
            lead: head == "Trong đó",
            apart: head == "~",
            unit: unit.trim().to_owned(),
            values: values.split_whitespace().map(|value| value.parse().ok()).collect(),
        }
    }

    /// The totals of rows as `row.column = rows`.
    fn check(rows: &[&str], wanted: &str) {
        let mut lines: Vec<Line> = rows.iter().map(|row| line(row)).collect();
        let width = lines.iter().map(|line| line.values.len()).max().unwrap_or(0);
        for line in &mut lines {
            line.values.resize(width, None);
        }
        let told: Vec<String> = find(&lines, width)
            .iter()
            .map(|total| {
                let parts: Vec<String> = total.parts.iter().map(|part| part.0.to_string()).collect();
                format!("{}.{} = {}", total.row, total.at, parts.join("+"))
            })
            .collect();
        assert_eq!(told.join("; "), wanted, "{rows:?}");
    }

    #[test]
    fn a_total_is_of_the_rows_of_the_highest_level() {
        check(
            &["Tổng | 100 120", "I | 60 70", "1 | 25 30", "2 | 35 40", "II | 30 40", "III | 10 10", "1 | 10 10", "2 | . ."],
            "0.0 = 1+4+5; 0.1 = 1+4+5; 1.0 = 2+3; 1.1 = 2+3",
        );
        // `A | Tổng chi`: a total among the rows that it is of.
        check(&["A Tổng | 100", "I | 60", "1 | 35", "2 | 25", "B | 40", "C | 7"], "0.0 = 1+4; 1.0 = 2+3");
        check(&["1 Tổng | 100", "2 | 60", "3 | 40", "4 | 12"], "0.0 = 1+2");
        check(&["1 | 60", "2 | 40", "3 Tổng | 100"], "2.0 = 0+1");
        check(&["1 | 60", "2 | 40", "Tổng | 100"], "2.0 = 0+1");
        // Group rows without values stand for the rows under them; each group has its total.
        check(&["Tổng | 100", "I", "1 | 30", "2 | 20", "II", "1 | 50"], "0.0 = 2+3+5");
        check(
            &["I", "1 | 30", "2 | 20", "Tổng | 50", "II", "1 | 25", "2 | 35", "Tổng | 60", "Tổng | 110"],
            "3.0 = 1+2; 7.0 = 5+6; 8.0 = 3+7",
        );
    }

    #[test]
    fn markers_nest_the_rows() {
        check(&["1 | 50", "- | 30", "- | 20", "2 | 90", "+ | 50", "+ | 40"], "0.0 = 1+2; 3.0 = 4+5");
        check(&["1 | 50", "1.1 | 30", "1.2 | 20", "a | 12", "b | 8", "2 | 7"], "0.0 = 1+2; 2.0 = 3+4");
        // A list that begins anew, and the one above that goes on.
        check(&["1 | 50", "1.1 | 50", "1 | 20", "2 | 20", "3 | 10", "1.2 | .", "2 | 40"], "1.0 = 2+3+4");
        check(&["- | 60", "Trong đó", "+ | 45", "+ | .", "+ | 15", "- | 8"], "0.0 = 2+4");
        // `I | Chi cân đối`, `Trong đó: chi thường xuyên | 90`, `1`, `2`.
        check(&["I | 100", "~~ | 90", "1 | 70", "2 | 30"], "0.0 = 2+3");
        check(&["G | 1", "H | 2", "I | 90", "1 | 50", "2 | 40"], "2.0 = 3+4");
        // The title of a group reaches over the columns before its value.
        check(&["I | . 500", "a | . 300", "- | 10 . 100", "- | 40 . 200", "b | 200"], "0.1 = 1+4; 1.1 = 2+3");
    }

    #[test]
    fn rows_that_happen_to_add_up_are_no_parts() {
        // Sisters, another unit, small numbers, one column of several; rates; a total of means.
        check(&["1 | 100", "2 | 60", "3 | 40"], "");
        check(&["1 : trường | 100", "- : lớp | 60", "- : phòng | 40"], "");
        check(&["1 | 3", "- | 1", "- | 2"], "");
        check(&["1 | 100 50 70", "- | 60 90 12", "- | 40 80 11"], "");
        check(&["1 | 100", "~ | 60", "~ | 40"], "");
        check(&["Tổng | 50", "1 | 48", "2 | 52"], "");
        check(&["1 | 100", "- | 60", "- | 30"], "");
    }

    #[test]
    fn of_a_total_every_column_that_is_added_up_is_told() {
        // The last column holds the mean; in the second one part is wrong.
        check(&["Tổng | 100 100 50", "1 | 60 55 45", "2 | 40 44 55"], "0.0 = 1+2");
        check(
            &["Tổng | 100 100", "I | 60 55", "1 | 20 30", "2 | 40 25", "II | 40 44"],
            "0.0 = 1+4; 0.1 = 1+4; 1.0 = 2+3; 1.1 = 2+3",
        );
        check(
            &["Tổng | 100 30", "1 | 60 30", "2 | 40 0", "II | 90 45", "a | 50 25", "b | 40 20"],
            "0.0 = 1+2; 0.1 = 1+2; 3.0 = 4+5; 3.1 = 4+5",
        );
    }

    #[test]
    fn many_rows_take_time_in_proportion() {
        let rows: Vec<String> = (0..60_000).map(|at| format!("{} | 7", ["1", "Tổng", "-", "1 Tổng", "I"][at % 5])).collect();
        let lines: Vec<Line> = rows.iter().map(|row| line(row)).collect();
        let start = std::time::Instant::now();
        find(&lines, 1);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    /// `total = parts` of each sum of a plan with that table; `!` where the parts do not make it.
    fn shown(table: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let text = format!("KẾ HOẠCH\nThu ngân sách năm 2026\nI. DỰ TOÁN\n\n{table}");
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let document = crate::structure::read(&crate::normalize::normalize(source.text.as_str()), &lexicon);
        let record = crate::extract::extract(&source, &document, &lexicon);
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
