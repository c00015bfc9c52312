//! What the columns of a table hold: the wanted values, when and for whom each is wanted, and where its result stands.
//!
//! `Kế hoạch | Thực hiện` of one time are a value and its result in any document; `Thực hiện 2025 | Kế hoạch năm 2026` are not.
//! `6 tháng đầu năm` beside `Cả năm` is due in the middle of the year; `Xã An Bình` beside `Toàn tỉnh` is for a part.

use std::ops::Range;

use jiff::civil::Date;

use super::date;
use super::deadline::{self, Frame};
use super::passage::{Passage, Role};
use super::recorder::Extractor;
use crate::lexicon::ColumnKind;
use crate::structure::{Row, Table};
use crate::words::{Case, Keyword as K};

/// The columns of a table by what they hold.
pub(super) struct Layout {
    pub(super) indicator: Option<usize>,
    pub(super) task: Option<usize>,
    pub(super) unit: Option<usize>,
    pub(super) targets: Vec<Wanted>,
    /// The results of values that stand in the words of the indicator.
    pub(super) actual: Option<usize>,
    pub(super) deadline: Option<usize>,
    pub(super) product: Option<usize>,
}

/// A column of wanted values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) at: usize,
    /// The column of its results.
    pub(super) actual: Option<usize>,
    /// The last day of the time that its label tells.
    pub(super) due: Option<String>,
    /// The part of the year, as written: `6 tháng cuối năm`.
    pub(super) part: Option<String>,
    /// The unit that it is for, as written: `Xã An Bình`.
    pub(super) scope: Option<String>,
}

/// The time that a label tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Time {
    year: Option<i16>,
    /// `6 tháng đầu năm`, `quý I`: as written, and its last day where it is known.
    part: Option<(String, Option<Date>)>,
    /// `Cả năm`.
    whole: bool,
}

impl Time {
    /// Whether two labels tell the same time; `Cả năm` is the year.
    fn is(&self, other: &Self) -> bool {
        self.year == other.year && self.part == other.part
    }
}

/// Whether the column behind the one at `at` tells more closely what is measured: `Tên tiêu chí | Nội dung tiêu chí`,
/// where the name stands over several rows.
fn is_finer(table: &Table, at: usize, text: &str) -> bool {
    let told = table.columns.get(at + 1).is_some_and(|column| {
        let label = column.label.slice(text).unwrap_or_default();
        // The second column that names what is measured is taken for a column of values.
        column.kind == Some(ColumnKind::Detail)
            || column.kind == Some(ColumnKind::Target) && crate::words::begins_with(label, "nội dung")
    });
    if !told {
        return false;
    }
    let cell = |row: &Row, at: usize| row.cells.get(at).and_then(|span| span.slice(text)).unwrap_or_default().to_owned();
    let rows: Vec<&Row> = table.rows.iter().filter(|row| !row.group && !cell(row, at + 1).is_empty()).collect();
    let named = |two: &&[&Row]| {
        let (above, below) = (cell(two[0], at), cell(two[1], at));
        (below.is_empty() || above == below) && cell(two[0], at + 1) != cell(two[1], at + 1)
    };
    rows.windows(2).filter(named).count() * 3 >= rows.len().max(3)
}

impl Extractor<'_> {
    /// What the columns of a table hold.
    pub(super) fn layout(&self, table: &Table) -> Layout {
        let text = self.document.text.as_str();
        let report = self.is_report();
        let of = |kind: ColumnKind| (0..table.columns.len()).filter(move |at| table.columns[*at].kind == Some(kind));
        let first = |kind: ColumnKind| of(kind).next();
        let mut targets: Vec<usize> = of(ColumnKind::Target).collect();
        let indicator = first(ColumnKind::Indicator);
        let mut task = first(ColumnKind::Task);
        let unit = first(ColumnKind::Unit);
        // `Nội dung | ĐVT | Kế hoạch`: what is measured stands under `Nội dung`.
        let measured = indicator.is_none() && task.is_some() && unit.is_some() && !targets.is_empty();
        let indicator = if measured { task.take() } else { indicator };
        let indicator = indicator.map(|at| if is_finer(table, at, text) { at + 1 } else { at });
        targets.retain(|at| Some(*at) != indicator);
        let actuals: Vec<usize> = of(ColumnKind::Actual).collect();
        // `Toàn tỉnh | Xã An Bình | Xã Phú Lộc` without `Kế hoạch`: wanted values in a plan.
        let planned = !report && self.role_of(table.section, table.place) != Role::Results;
        if targets.is_empty() && actuals.is_empty() && planned && indicator.is_some() && first(ColumnKind::Base).is_none() {
            targets = self.matrix(table);
        }
        if indicator.is_none() {
            targets.clear();
        }
        Layout {
            indicator,
            task,
            unit,
            actual: actuals.first().copied().filter(|_| report),
            targets: self.wanted(table, &targets, &actuals),
            deadline: first(ColumnKind::Deadline),
            product: first(ColumnKind::Product),
        }
    }

    /// When and for whom the values of these columns are wanted, and where their results stand.
    fn wanted(&self, table: &Table, targets: &[usize], actuals: &[usize]) -> Vec<Wanted> {
        let report = self.is_report();
        let time = |at: usize| self.time_of(table, at);
        let times: Vec<Time> = targets.iter().map(|at| time(*at)).collect();
        let parted = times.iter().any(|time| time.part.is_some());
        let paired = |index: usize| {
            let at = targets[index];
            let of = |actual: &&usize| {
                // In a plan `Thực hiện | Kế hoạch` may be the year before and the one that is planned.
                let behind = **actual > at;
                times[index].is(&time(**actual)) && (report || behind || times[index].year.is_some())
            };
            actuals.iter().filter(|actual| **actual > at).find(of).or_else(|| actuals.iter().find(of)).copied()
        };
        let pairs: Vec<Option<usize>> = (0..targets.len()).map(paired).collect();
        let lone = actuals.first().copied().filter(|at| report && !pairs.contains(&Some(*at)));
        let wanted = |(index, at): (usize, &usize)| {
            let time = &times[index];
            let year_end = |year: i16| format!("{year:04}-12-31");
            let due = match &time.part {
                Some((_, last)) => last.map(|last| last.to_string()),
                None if time.whole || parted => time.year.or(self.fields.frame.year).map(year_end),
                None => time.year.filter(|_| targets.len() > 1).map(year_end),
            };
            Wanted {
                at: *at,
                actual: pairs[index].or(lone),
                due,
                part: time.part.as_ref().map(|(words, _)| words.clone()),
                scope: self.unit_of_column(table, *at).flatten(),
            }
        };
        targets.iter().enumerate().map(wanted).collect()
    }

    /// The time in a column's label: `Kế hoạch năm 2025`, `Kế hoạch năm 2026 6 tháng đầu năm`.
    fn time_of(&self, table: &Table, at: usize) -> Time {
        let text = self.document.text.as_str();
        let tokens = self.cut(table.columns[at].label);
        let passage = Passage::new(self.lexicon, text, &tokens, Role::Tasks, table.section, table.place);
        let year = (0..tokens.len()).find_map(|at| date::year(passage.word(at)));
        let is = |at: usize, keyword: K| tokens.get(at).is_some_and(|token| token.is(keyword));
        let part = (0..tokens.len()).find(|at| {
            tokens[*at].is_number() && is(at + 1, K::Month)
                || is(*at, K::Quarter) && date::quarter_number(passage.word(at + 1)).is_some()
        });
        let part = part.map(|at| {
            let frame = Frame { year: year.or(self.fields.frame.year), column: true };
            let last = deadline::calendar_at(&passage, frame, at).and_then(|(_, to)| to);
            let end = (at..tokens.len()).find(|at| tokens[*at].is_mark(b'(')).unwrap_or(tokens.len());
            (passage.words(at..end).to_owned(), last)
        });
        let whole = (0..tokens.len()).any(|at| passage.lower(at).as_str() == "cả" && is(at + 1, K::Year));
        Time { year, part, whole }
    }

    /// The columns of a matrix of units, at least two of which are parts: `Toàn tỉnh | Xã An Bình | Xã Phú Lộc`.
    fn matrix(&self, table: &Table) -> Vec<usize> {
        let of = |at: &usize| {
            matches!(table.columns[*at].kind, None | Some(ColumnKind::Target)) && self.unit_of_column(table, *at).is_some()
        };
        let columns: Vec<usize> = (0..table.columns.len()).filter(of).collect();
        let parts = columns.iter().filter(|at| self.unit_of_column(table, **at).flatten().is_some()).count();
        let bare = |at: &usize| {
            let label = table.columns[*at].label.slice(self.document.text.as_str()).unwrap_or_default();
            crate::words::begins_with(label, "trong đó") || crate::words::begins_with(label, "chia ra")
        };
        let whole = parts < columns.len();
        if parts >= 2 && (whole || !columns.iter().any(bare)) { columns } else { Vec::new() }
    }

    /// The unit that a column's label names: `Some(None)` where it is the whole (`Toàn tỉnh`).
    fn unit_of_column(&self, table: &Table, at: usize) -> Option<Option<String>> {
        let text = self.document.text.as_str();
        let tokens = self.cut(table.columns[at].label);
        let passage = Passage::new(self.lexicon, text, &tokens, Role::Tasks, table.section, table.place);
        for at in 0..tokens.len() {
            let whole =
                passage.lower(at).as_str() == "toàn" && unit_word(&passage, at + 1).is_some_and(|end| end == tokens.len());
            if whole {
                return Some(None);
            }
            let named = |range: &Range<usize>| {
                tokens.get(range.end).is_some_and(|next| next.is_word() && next.case != Case::Lower || next.is_number())
            };
            if let Some(unit) = unit_word(&passage, at).map(|end| at..end).filter(named) {
                return Some(Some(passage.words(unit.start..tokens.len()).to_owned()));
            }
        }
        // `Trong đó` over `Đông Sơn | Tây Sơn`, beside the whole: names without the word of the unit.
        let parts = matches!((passage.lower(0).as_str(), passage.word(1)), ("trong", "đó") | ("chia", "ra"));
        let named = tokens.len() > 2 && tokens[2..].iter().all(|token| token.is_word() && token.case != Case::Lower);
        (parts && named).then(|| Some(passage.words(2..tokens.len()).to_owned()))
    }
}

/// The end of the word of an administrative unit at `at`.
fn unit_word(passage: &Passage, at: usize) -> Option<usize> {
    match (passage.lower(at).as_str(), passage.lower(at + 1).as_str()) {
        ("thành", "phố") | ("thị", "xã" | "trấn") | ("đặc", "khu") => Some(at + 2),
        ("tỉnh" | "huyện" | "quận" | "xã" | "phường" | "tp" | "thôn" | "bản" | "ấp" | "vùng", _) => Some(at + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::record::Actual;

    /// `value due conditions scope > actual` of each target of a document with that title and table.
    fn shown(title: &str, table: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let text = format!("{title}\nI. CHỈ TIÊU\n\n{table}");
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let document = crate::structure::read(&crate::normalize::normalize(source.text.as_str()), &lexicon);
        let record = super::super::extract(&source, &document, &lexicon);
        let target = |target: &crate::record::Target| {
            let actual = match &target.actual {
                Some(Actual::Value { value, .. }) => value.0.to_string(),
                Some(Actual::Words { text }) => text.clone(),
                None => "-".to_owned(),
            };
            let told = [target.due.clone(), target.conditions.first().cloned(), target.scope.clone()];
            let told: Vec<String> = told.into_iter().flatten().collect();
            format!("{} {} > {actual}", target.value.0, told.join(", "))
        };
        record.targets.iter().map(target).collect()
    }

    const PLAN: &str = "KẾ HOẠCH\nPhát triển du lịch năm 2026\n";
    const REPORT: &str = "BÁO CÁO\nPhát triển du lịch năm 2026\n";

    #[test]
    fn a_value_and_its_result() {
        let pair = "STT\tChỉ tiêu\tĐVT\tKế hoạch\tThực hiện\n1\tSố lượt khách\tlượt\t5200\t4900\n";
        assert_eq!(shown(PLAN, pair), ["5200  > 4900"]);
        assert_eq!(shown(REPORT, pair), ["5200  > 4900"]);
        let years =
            "STT\tChỉ tiêu\tĐVT\tNăm 2025\t\tKế hoạch năm 2026\n\t\t\tKế hoạch\tThực hiện\t\n1\tTrồng rừng\tha\t50\t40\t60\n";
        assert_eq!(shown(PLAN, years), ["50 2025-12-31 > 40", "60 2026-12-31 > -"]);
        // The result of the year before is none of what is planned.
        let before = "STT\tChỉ tiêu\tĐVT\tThực hiện 2025\tKế hoạch năm 2026\n1\tTrồng rừng\tha\t50\t60\n";
        assert_eq!(shown(PLAN, before), ["60  > -"]);
        let untold = "STT\tChỉ tiêu\tĐVT\tThực hiện\tKế hoạch\n1\tTrồng rừng\tha\t50\t60\n";
        assert_eq!(shown(PLAN, untold), ["60  > -"]);
        assert_eq!(shown(REPORT, untold), ["60  > 50"]);
    }

    #[test]
    fn parts_of_the_year() {
        let table = "STT\tChỉ tiêu\tĐVT\tKế hoạch năm 2026\t\t\n\t\t\tCả năm\t6 tháng đầu năm\t6 tháng cuối năm\n1\tHộ vay vốn\thộ\t300\t140\t160\n";
        assert_eq!(
            shown(PLAN, table),
            ["300 2026-12-31 > -", "140 2026-06-30, 6 tháng đầu năm > -", "160 2026-12-31, 6 tháng cuối năm > -"]
        );
    }

    #[test]
    fn a_matrix_of_units() {
        let table = "STT\tChỉ tiêu\tĐVT\tToàn tỉnh\tXã An Bình\tXã Phú Lộc\n1\tTỷ lệ hộ nghèo\t%\t3\t2,5\t2,5\n";
        assert_eq!(shown(PLAN, table), ["3  > -", "2.5 Xã An Bình > -", "2.5 Xã Phú Lộc > -"]);
        assert_eq!(shown(REPORT, table), Vec::<String>::new());
        let bare = "STT\tChỉ tiêu\tĐVT\tToàn huyện\tTrong đó\t\n\t\t\t\tĐông Sơn\tTây Sơn\n1\tTỷ lệ hộ nghèo\t%\t3\t2,5\t2,5\n";
        assert_eq!(shown(PLAN, bare), ["3  > -", "2.5 Đông Sơn > -", "2.5 Tây Sơn > -"]);
        let other = "STT\tChỉ tiêu\tĐVT\tXã thực hiện\tNgười nhập\n1\tTỷ lệ hộ nghèo\t%\t3\t2,5\n";
        assert_eq!(shown(PLAN, other), Vec::<String>::new());
    }
}
