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
use crate::text::Span;
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
    /// Whether the table is of a plan, so that its products are wanted and not reached.
    pub(super) planned: bool,
    /// The unit of all values, said above the table: `ĐVT: triệu đồng`.
    pub(super) table_unit: Option<String>,
    /// Whether most planned values of the table are 0: a form whose empty cells a program adds up to 0.
    pub(super) unfilled: bool,
    /// Whether the rows are years: `2026 | 320 | 1.500`.
    pub(super) timed: bool,
    /// The row that each row stands under.
    pub(super) parents: Vec<Option<usize>>,
}

/// Fewest planned values of a table whose zeros may be empty cells.
const CELLS: usize = 40;

/// Whether a cell says 0.
pub(super) fn is_zero(cell: &str) -> bool {
    !cell.is_empty() && cell.trim_matches(['0', ',', '.']).is_empty()
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
    /// What the column measures, where its own label says it under that of a time: `Sản lượng (tấn)` under `Kế hoạch năm 2026`.
    pub(super) measure: Option<String>,
    /// The unit in the label's brackets.
    pub(super) unit: Option<String>,
}

/// A table whose rows are places or years, and whose columns say what is measured.
struct Side {
    /// The column of the places or years.
    names: usize,
    timed: bool,
    columns: Vec<usize>,
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
        // `STT | Nội dung | Dự toán năm 2026`: sums of money by year, with nobody who is to do something.
        let duties = |kind: &ColumnKind| matches!(kind, ColumnKind::Lead | ColumnKind::Coordinate | ColumnKind::Deadline);
        let work = table.columns.iter().any(|column| column.kind.as_ref().is_some_and(duties));
        // `Nội dung | Số lượng | Đơn giá | Thành tiền`: an estimate of costs counts what is to be bought, and sets nothing.
        let estimate = !work && first(ColumnKind::Price).is_some();
        if !work {
            targets.extend(of(ColumnKind::Budget).filter(|at| self.time_of(table, *at).year.is_some()));
            targets.sort_unstable();
        }
        // `Nội dung | ĐVT | Kế hoạch`: what is measured stands under `Nội dung`; without a unit, too, where nobody is to do anything.
        let mut product = first(ColumnKind::Product);
        let measured = indicator.is_none() && !targets.is_empty() && (unit.is_some() || !work);
        let indicator = if measured {
            let named = task.take().or_else(|| product.take()).or_else(|| first(ColumnKind::Detail));
            named.or_else(|| (0..targets[0]).find(|at| table.columns[*at].kind.is_none() && !table.columns[*at].label.is_empty()))
        } else {
            indicator
        };
        let indicator = indicator.map(|at| if is_finer(table, at, text) { at + 1 } else { at });
        targets.retain(|at| Some(*at) != indicator);
        let mut actuals: Vec<usize> = of(ColumnKind::Actual).collect();
        // `Toàn tỉnh | Xã An Bình | Xã Phú Lộc` without `Kế hoạch`: wanted values in a plan.
        let planned = !report && self.role_of(table.section, table.place) != Role::Results;
        if targets.is_empty() && actuals.is_empty() && planned && indicator.is_some() && first(ColumnKind::Base).is_none() {
            targets = self.matrix(table);
        }
        // `Chỉ tiêu | Đơn vị | Kết quả | Cơ quan chủ trì` in a plan: the result that somebody is to bring about.
        let handed = table.columns.iter().any(|column| {
            column.kind.is_some_and(|kind| matches!(kind, ColumnKind::Lead | ColumnKind::Coordinate | ColumnKind::Monitor))
        });
        if targets.is_empty() && planned && indicator.is_some() && handed && actuals.len() == 1 {
            targets = std::mem::take(&mut actuals);
        }
        // `Đơn vị | Số hộ thoát nghèo (hộ) | Diện tích trồng rừng (ha)`: places or years as rows, what is measured as columns.
        let open = targets.len() <= 1 && actuals.is_empty() && planned && !estimate && first(ColumnKind::Base).is_none();
        let side = if open { self.measures_of_rows(table) } else { None };
        // The one column of values may be that of the years themselves.
        let side = side.filter(|side| targets.iter().all(|at| *at == side.names));
        let indicator = match &side {
            Some(side) => {
                targets.clone_from(&side.columns);
                task = None;
                Some(side.names)
            }
            None => indicator,
        };
        if indicator.is_none() || estimate {
            targets.clear();
        }
        // What was planned for years before those of the plan is past.
        if let Some(first) = self.first_year().filter(|_| planned) {
            targets.retain(|at| self.time_of(table, *at).year.is_none_or(|year| year >= first));
        }
        let (mut values, mut zeros) = (0_usize, 0_usize);
        for cell in table.rows.iter().flat_map(|row| targets.iter().filter_map(|at| row.cells.get(*at))) {
            let cell = cell.slice(text).unwrap_or_default().trim();
            values += usize::from(!cell.is_empty());
            zeros += usize::from(is_zero(cell));
        }
        let mut wanted = self.wanted(table, &targets, &actuals, indicator);
        if side.is_some() {
            for column in &mut wanted {
                let of = &table.columns[column.at];
                let own = of.own.slice(text).unwrap_or_default();
                let label = if bracketed_unit(own).is_some() { own } else { of.label.slice(text).unwrap_or_default() };
                column.unit = bracketed_unit(label);
                let name = if column.unit.is_some() { label.rsplit_once('(').map_or(label, |(name, _)| name) } else { label };
                column.measure = Some(name.trim().to_owned());
                column.scope = None;
            }
        }
        Layout {
            timed: side.is_some_and(|side| side.timed),
            unfilled: values >= CELLS && zeros * 2 > values,
            indicator: indicator.filter(|_| !estimate),
            task: task.filter(|_| !estimate),
            unit,
            actual: actuals.first().copied().filter(|_| report),
            targets: wanted,
            deadline: first(ColumnKind::Deadline).filter(|at| Some(*at) != indicator),
            product,
            planned,
            table_unit: self.unit_above(table),
            parents: Vec::new(),
        }
    }

    /// When and for whom the values of these columns are wanted, and where their results stand.
    fn wanted(&self, table: &Table, targets: &[usize], actuals: &[usize], indicator: Option<usize>) -> Vec<Wanted> {
        let report = self.is_report();
        // Rows that are measures themselves are measured for what their columns name.
        let measures = indicator.is_some_and(|at| self.rows_measure(table, at));
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
            let measure = self.measure_of(table, *at);
            let group = measure.clone().filter(|name| measures && !self.is_measure(name));
            Wanted {
                at: *at,
                actual: pairs[index].or(lone),
                due,
                part: time.part.as_ref().map(|(words, _)| words.clone()),
                measure: measure.filter(|_| group.is_none()),
                scope: self.unit_of_column(table, *at).flatten().or(group),
                unit: bracketed_unit(table.columns[*at].own.slice(self.document.text.as_str()).unwrap_or_default()),
            }
        };
        targets.iter().enumerate().map(wanted).collect()
    }

    /// The first year of the plan, or that of the document.
    pub(super) fn first_year(&self) -> Option<i16> {
        let period = self.record.document.period.as_ref();
        let from =
            period.and_then(|period| period.from.as_deref()).and_then(|from| from.get(..4)).and_then(|year| year.parse().ok());
        from.filter(|_| period.is_some())
    }

    /// The unit that a line just above a table gives for all its values: `ĐVT: triệu đồng`.
    pub(super) fn unit_above(&self, table: &Table) -> Option<String> {
        let text = self.document.text.as_str();
        let first = table.columns.iter().map(|column| column.label).find(|label| !label.is_empty())?;
        let last = self.document.blocks.partition_point(|block| block.span.start < first.start);
        let block = self.document.blocks[..last].last().filter(|block| block.section == table.section)?;
        let words = block.span.slice(text)?.trim_matches(['(', ')', '.', ' ']);
        let (label, unit) = words.rsplit_once(':')?;
        let tokens = {
            let mut tokens = Vec::new();
            self.lexicon.vocabulary.cut(label, 0, &mut tokens);
            tokens
        };
        let named = (0..tokens.len()).any(|at| {
            self.lexicon
                .columns
                .at(&tokens, at)
                .is_some_and(|(length, kind)| *kind == ColumnKind::Unit && at + length == tokens.len())
        });
        let bare = tokens.len() == 2 && crate::words::begins_with(label, "đơn vị");
        let unit = unit.trim();
        ((named || bare) && !unit.is_empty() && unit.split(' ').count() <= 4).then(|| unit.to_owned())
    }

    /// Whether most rows begin with words of measure: `Tỷ lệ hộ nghèo`, `2.1. Số trường đạt chuẩn`.
    fn rows_measure(&self, table: &Table, indicator: usize) -> bool {
        let cells = table.rows.iter().filter(|row| !row.group).filter_map(|row| row.cells.get(indicator));
        let names: Vec<&str> = cells
            .filter_map(|span| span.slice(self.document.text.as_str()))
            .map(|name| name.trim_start_matches(|c: char| !c.is_alphabetic()))
            .filter(|name| !name.is_empty())
            .collect();
        names.iter().filter(|name| self.is_measure(name)).count() * 2 > names.len()
    }

    /// Whether a name begins with words of measure.
    fn is_measure(&self, name: &str) -> bool {
        let end = name.char_indices().nth(60).map_or(name.len(), |(at, _)| at);
        let mut tokens = Vec::new();
        self.lexicon.vocabulary.cut(&name[..end], 0, &mut tokens);
        self.lexicon.measures.at(&tokens, 0).is_some()
    }

    /// What a column measures by its own label, where the label above it gives the time or says that the values are wanted.
    fn measure_of(&self, table: &Table, at: usize) -> Option<String> {
        let column = &table.columns[at];
        if column.own == column.label || column.own.is_empty() {
            return None;
        }
        let time = self.time_in(table, column.own);
        if time.year.is_some() || time.part.is_some() || time.whole || self.unit_of_column(table, at).is_some() {
            return None;
        }
        let tokens = self.cut(column.own);
        let text = column.own.slice(self.document.text.as_str()).unwrap_or_default();
        let name = text.split('(').next().unwrap_or_default().trim();
        // `Kế hoạch`, `Dự toán`: the value, and not what is measured; `Giá trị xuất khẩu` is.
        let plain =
            self.lexicon.columns.at(&tokens, 0).is_some_and(|(length, kind)| {
                *kind != ColumnKind::Target || tokens.get(length).is_none_or(|next| !next.is_word())
            });
        (!plain && !name.is_empty() && name.starts_with(char::is_alphabetic)).then(|| name.to_owned())
    }

    /// The time of a column: its own label's, else that of the labels above, `Kế hoạch năm 2026` over `6 tháng đầu năm`.
    fn time_of(&self, table: &Table, at: usize) -> Time {
        let column = &table.columns[at];
        let own = self.time_in(table, column.own);
        let whole = if column.own == column.label { own.clone() } else { self.time_in(table, column.label) };
        if own.year.is_some() { own } else { whole }
    }

    /// The time that a label tells: `Kế hoạch năm 2025`, `Kế hoạch năm 2026 6 tháng đầu năm`.
    fn time_in(&self, table: &Table, label: Span) -> Time {
        let text = self.document.text.as_str();
        let tokens = self.cut(label);
        let passage = Passage::new(self.lexicon, text, &tokens, Role::Tasks, table.section, table.place);
        let year = (0..tokens.len()).find_map(|at| date::year(passage.word(at)));
        let is = |at: usize, keyword: K| tokens.get(at).is_some_and(|token| token.is(keyword));
        let part = (0..tokens.len()).find(|at| {
            tokens[*at].is_number() && is(at + 1, K::Month)
                || is(*at, K::Quarter) && date::quarter_number(passage.word(at + 1)).is_some()
        });
        let part = part.map(|at| {
            let frame = Frame { year: year.or(self.fields.frame.year), column: true, ..self.fields.frame };
            let last = deadline::calendar_at(&passage, frame, at).and_then(|(_, to)| to);
            let end = (at..tokens.len()).find(|at| tokens[*at].is_mark(b'(')).unwrap_or(tokens.len());
            (passage.words(at..end).to_owned(), last)
        });
        let whole = (0..tokens.len()).any(|at| passage.lower(at).as_str() == "cả" && is(at + 1, K::Year));
        Time { year, part, whole }
    }

    /// The columns that say what is measured of the places or years that the rows name.
    fn measures_of_rows(&self, table: &Table) -> Option<Side> {
        let text = self.document.text.as_str();
        let rows = || table.rows.iter().filter(|row| !row.group);
        let cells = |at: usize| rows().filter_map(move |row| row.cells.get(at).copied()).filter(|span| !span.is_empty());
        let year = |span: Span| self.time_in(table, span).year.is_some() && self.cut(span).len() <= 2;
        let place = |span: Span| matches!(self.unit_in(table, span), Some(Some(_)));
        let most = |at: usize, test: &dyn Fn(Span) -> bool| {
            let named = cells(at).filter(|span| test(*span)).count();
            // `Tổng cộng` is no place.
            named >= 2 && named + 1 >= cells(at).count()
        };
        // `Thôn` over `Bưởi Đông`, `Bưởi Đoài`: the label says what places they are.
        let name = |span: Span| self.cut(span).iter().all(|token| token.is_word() && token.case != Case::Lower);
        let named = |at: usize| table.columns[at].kind != Some(ColumnKind::Ordinal);
        let are_places = |at: usize| most(at, &place) || self.label_names_places(table, at) && most(at, &name);
        let placed = (0..table.columns.len().min(3)).find(|at| named(*at) && (most(*at, &year) || are_places(*at)));
        // `Địa điểm | Nước hồ (điểm) | Nước giếng (điểm)`: rows of any things, where each column gives its own unit.
        let things = || {
            let names = (0..table.columns.len().min(3)).find(|at| named(*at))?;
            let others = names + 1..table.columns.len();
            let worded = |span: Span| span.slice(text).is_some_and(|cell| cell.starts_with(char::is_alphabetic));
            let own = |at: usize| bracketed_unit(table.columns[at].own.slice(text).unwrap_or_default()).is_some();
            let apart = matches!(table.columns[names].kind, None | Some(ColumnKind::Detail)) && most(names, &worded);
            (apart && others.len() > 1 && others.into_iter().all(own)).then_some(names)
        };
        let names = placed.or_else(things)?;
        let measures = |at: &usize| {
            let column = &table.columns[*at];
            let label = column.label.slice(text).unwrap_or_default();
            // `Tỷ lệ che phủ rừng (%)` is measured of a place; `Tỷ lệ (%)` sets one column against another.
            let free = match column.kind {
                None | Some(ColumnKind::Target | ColumnKind::Budget | ColumnKind::Detail) => true,
                Some(ColumnKind::Rate) => {
                    self.is_measure(label) && label.split(' ').filter(|word| !word.starts_with('(')).count() > 2
                }
                _ => false,
            };
            let number = |span: Span| span.slice(text).is_some_and(|cell| cell.starts_with(|c: char| c.is_ascii_digit()));
            free && (bracketed_unit(label).is_some() || self.is_measure(label))
                && cells(*at).all(number)
                && cells(*at).count() > 0
        };
        let columns: Vec<usize> = (names + 1..table.columns.len()).filter(measures).collect();
        let duties =
            |column: &crate::structure::Column| matches!(column.kind, Some(ColumnKind::Coordinate | ColumnKind::Deadline));
        let work = table.columns.iter().enumerate().any(|(at, column)| at != names && duties(column));
        (!columns.is_empty() && !work).then(|| Side { names, timed: most(names, &year), columns })
    }

    /// Whether a label ends with the word of an administrative unit, and nothing is counted: `Thôn`, `Tên xã`, `Xã, phường`.
    fn label_names_places(&self, table: &Table, at: usize) -> bool {
        const WORDS: usize = 4;
        let label = table.columns[at].own;
        let tokens = self.cut(label);
        let passage = Passage::new(self.lexicon, self.document.text.as_str(), &tokens, Role::Tasks, table.section, table.place);
        let ends = (0..tokens.len()).any(|at| unit_word(&passage, at) == Some(tokens.len()));
        ends && tokens.len() <= WORDS && !tokens.iter().any(|token| token.is(K::Number) || token.is(K::Total))
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
        self.unit_in(table, table.columns[at].label)
    }

    /// The unit that a label or a cell names.
    fn unit_in(&self, table: &Table, span: Span) -> Option<Option<String>> {
        let text = self.document.text.as_str();
        let tokens = self.cut(span);
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

/// The unit in the brackets that a label ends with: `Sản lượng (tấn)`.
fn bracketed_unit(label: &str) -> Option<String> {
    let (_, rest) = label.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let unit = rest.rsplit(':').next().unwrap_or(rest).trim();
    let formula = unit.chars().any(|c| matches!(c, '=' | '+') || c.is_ascii_digit());
    (!formula && !unit.is_empty() && unit.split(' ').count() <= 3).then(|| unit.to_owned())
}

/// The end of the word of an administrative unit at `at`.
pub(super) fn unit_word(passage: &Passage, at: usize) -> Option<usize> {
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
        // What was planned for the year before is past in a plan of the next.
        assert_eq!(shown(PLAN, years), ["60  > -"]);
        assert_eq!(shown(REPORT, years), ["50 2025-12-31 > 40", "60 2026-12-31 > -"]);
        // The result of the year before is none of what is planned.
        let before = "STT\tChỉ tiêu\tĐVT\tThực hiện 2025\tKế hoạch năm 2026\n1\tTrồng rừng\tha\t50\t60\n";
        assert_eq!(shown(PLAN, before), ["60  > -"]);
        let untold = "STT\tChỉ tiêu\tĐVT\tThực hiện\tKế hoạch\n1\tTrồng rừng\tha\t50\t60\n";
        assert_eq!(shown(PLAN, untold), ["60  > -"]);
        assert_eq!(shown(REPORT, untold), ["60  > 50"]);
    }

    /// `indicator (scope) value unit due` of each target of a plan with that table.
    fn told(table: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let text = format!("KẾ HOẠCH\nPhát triển kinh tế năm 2026\nI. CHỈ TIÊU\n\n{table}");
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let document = crate::structure::read(&crate::normalize::normalize(source.text.as_str()), &lexicon);
        let record = super::super::extract(&source, &document, &lexicon);
        let show = |target: &crate::record::Target| {
            let scope = target.scope.as_ref().map(|scope| format!(" ({scope})")).unwrap_or_default();
            let told = [target.unit.clone(), target.due.clone()].into_iter().flatten();
            format!("{}{scope} {} {}", target.indicator, target.value.0, told.collect::<Vec<_>>().join(" "))
        };
        record.targets.iter().map(|target| show(target).trim_end().to_owned()).collect()
    }

    #[test]
    fn places_or_years_may_be_the_rows() {
        let head = "STT\tĐơn vị\tSố hộ thoát nghèo (hộ)\tDiện tích trồng rừng (ha)\n";
        let rows = "1\tXã Khe Vàng\t60\t12\n2\tXã Bến Thuận\t50\t15\n\tTổng cộng\t110\t27\n";
        assert_eq!(
            told(&format!("{head}{rows}")),
            [
                "Số hộ thoát nghèo (Xã Khe Vàng) 60 hộ",
                "Diện tích trồng rừng (Xã Khe Vàng) 12 ha",
                "Số hộ thoát nghèo (Xã Bến Thuận) 50 hộ",
                "Diện tích trồng rừng (Xã Bến Thuận) 15 ha",
                "Số hộ thoát nghèo (Tổng cộng) 110 hộ",
                "Diện tích trồng rừng (Tổng cộng) 27 ha",
            ]
        );
        let years = "Năm\tDiện tích chè (ha)\tTỷ lệ che phủ rừng (%)\n2025\t300\t60\n2026\t320\t61\n2027\t340\t62\n";
        assert_eq!(
            told(years),
            [
                "Diện tích chè 320 ha 2026-12-31",
                "Tỷ lệ che phủ rừng 61 % 2026-12-31",
                "Diện tích chè 340 ha 2027-12-31",
                "Tỷ lệ che phủ rừng 62 % 2027-12-31",
            ]
        );
        // Who is to do what, and a list of places without numbers.
        assert_eq!(
            told("STT\tĐơn vị\tSố điện thoại\tGhi chú\n1\tXã Khe Vàng\tA\t\n2\tXã Bến Thuận\tB\t\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_label_may_say_what_places_the_rows_are() {
        let head = "TT\tThôn\tSố hộ thoát nghèo (hộ)\tĐường bê tông mới (km)\n";
        let rows = "1\tKhe Trên\t12\t1,2\n2\tKhe Dưới\t8\t0,75\n\tTổng cộng\t20\t1,95\n";
        assert_eq!(
            told(&format!("{head}{rows}")),
            [
                "Số hộ thoát nghèo (Khe Trên) 12 hộ",
                "Đường bê tông mới (Khe Trên) 1.2 km",
                "Số hộ thoát nghèo (Khe Dưới) 8 hộ",
                "Đường bê tông mới (Khe Dưới) 0.75 km",
                "Số hộ thoát nghèo (Tổng cộng) 20 hộ",
                "Đường bê tông mới (Tổng cộng) 1.95 km"
            ]
        );
        // People are no places, nor is a number of them.
        let people = "TT\tHọ và tên\tSố hộ phụ trách (hộ)\n1\tLê Thị Hồng Vân\t12\n2\tTrần Văn Khe\t8\n";
        assert_eq!(told(people), Vec::<String>::new());
    }

    #[test]
    fn a_column_whose_cells_are_units_holds_them() {
        let units = "STT\tNội dung\tĐơn vị\tChỉ tiêu giao năm 2026\n1\tTrồng rừng\tha\t120\n2\tHộ vay vốn\thộ\t30\n";
        assert_eq!(told(units), ["Trồng rừng 120 ha", "Hộ vay vốn 30 hộ"]);
    }

    #[test]
    fn a_label_of_its_own_gives_the_year_and_what_is_measured() {
        const STAGE: &str = "KẾ HOẠCH\nPhát triển cây ăn quả giai đoạn 2026 - 2028\n";
        let years = "STT\tChỉ tiêu\tĐVT\tƯTH năm 2025\tGiai đoạn 2026 - 2028\t\t\n\t\t\t\tNăm 2026\tNăm 2027\tNăm 2028\n1\tCây vải\tha\t40\t50\t50\t70\n";
        assert_eq!(shown(STAGE, years), ["50 2026-12-31 > -", "50 2027-12-31 > -", "70 2028-12-31 > -"]);
        let measures = "STT\tSản phẩm\tKế hoạch năm 2026\t\tKế hoạch năm 2027\t\n\t\tSản lượng (tấn)\tDoanh thu (triệu đồng)\tSản lượng (tấn)\tDoanh thu (triệu đồng)\n1\tVải sấy\t40\t900\t50\t1.000\n";
        assert_eq!(
            shown(STAGE, measures),
            [
                "40 2026-12-31, Vải sấy > -",
                "900 2026-12-31, Vải sấy > -",
                "50 2027-12-31, Vải sấy > -",
                "1000 2027-12-31, Vải sấy > -"
            ]
        );
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
