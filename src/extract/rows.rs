//! Targets and tasks in tables: what each column holds is told by its label.

use super::cells::{self, Several, cell_value};
use std::ops::Range;

use super::claim;
use super::columns::{Layout, is_zero};
use super::deadline::Frame;
use super::passage::{Passage, Role};
use super::recorder::{Extractor, origin};
use super::stages::Stages;
use super::task;
use super::wanted::is_target;
use crate::agency::Agencies;
use crate::lexicon::ColumnKind;
use crate::record::ledger::Class;
use crate::record::{self, Actual, Agency, Number, Target, Task};
use crate::structure::{Row, Table};
use crate::text::Span;
use crate::words::{Case, Token};

/// So many planned values of a row that are all 0 were not filled in.
const UNFILLED: usize = 4;

/// Whether these words are a person's name: `Lê Thị Hồng Vân`.
fn is_person(tokens: &[Token]) -> bool {
    (2..=5).contains(&tokens.len()) && tokens.iter().all(|token| token.is_word() && token.case == Case::Capitalised)
}

impl Extractor<'_> {
    /// Reads all tables.
    pub(super) fn tables(&mut self) {
        let document = self.document;
        let mut stages = Stages::new(document.sections.len());
        for (index, table) in document.tables.iter().enumerate() {
            let told = self.repeated(table);
            let mut layout = self.layout(table);
            layout.parents = self.parents(&told, layout.indicator);
            let before = self.count();
            for (at, row) in told.rows.iter().enumerate().filter(|(_, row)| !row.group) {
                let first = self.record.targets.len();
                self.row(&told, &layout, row);
                if let Some(group) = row.section.filter(|_| row.section != table.section && layout.planned) {
                    stages.give_row(self, group, table.section, first);
                }
                for target in &mut self.record.targets[first..] {
                    target.row = Some(record::RowOf { table: index, row: at });
                }
            }
            self.figures(index, table);
            let read = self.count() > before;
            self.leave_table(index, table, read);
            self.wordings.clear();
            let text = |span: &Span| span.slice(document.text.as_str()).unwrap_or_default().to_owned();
            let whole = table
                .columns
                .iter()
                .map(|column| column.label)
                .chain(table.rows.iter().flat_map(|row| row.cells.iter().copied()));
            let whole: Vec<Span> = whole.filter(|span| !span.is_empty()).collect();
            let first = whole.iter().min_by_key(|span| span.start).copied();
            let last = whole.iter().max_by_key(|span| span.end).copied();
            let evidence = self.table_evidence(first.zip(last));
            self.record.tables.push(record::Table {
                id: format!("b{}", index + 1),
                section: self.path(table.section),
                header: table.columns.iter().map(|column| text(&column.label)).collect(),
                rows: table.rows.iter().map(|row| row.cells.iter().map(text).collect()).collect(),
                paper: 0,
                evidence,
            });
        }
    }

    /// A table stands from its first cell to its last.
    fn table_evidence(&self, ends: Option<(Span, Span)>) -> Vec<record::Evidence> {
        let Some((first, last)) = ends else { return Vec::new() };
        let mut evidence = self.evidence(&[first]);
        if last != first {
            evidence.extend(self.evidence(&[last]).pop());
        }
        evidence
    }

    fn row(&mut self, table: &Table, layout: &Layout, row: &Row) {
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).copied().filter(|span| !span.is_empty());
        let agencies = self.row_agencies(table, row);
        let agency_spans: Vec<Span> = (0..row.cells.len())
            .filter(|at| matches!(table.columns[*at].kind, Some(ColumnKind::Monitor | ColumnKind::Lead | ColumnKind::Coordinate)))
            .map(|at| row.cells[at])
            .filter(|span| !span.is_empty())
            .collect();
        let deadline = cell(layout.deadline).and_then(|span| {
            let first = self.record.deadlines.len();
            self.read_cell(span, Role::Tasks, row, table, Frame { column: true, ..self.fields.frame });
            (self.record.deadlines.len() > first).then_some(first)
        });
        if let Some(span) = cell(layout.indicator) {
            self.indicator_row(table, layout, row, span, &agencies, &agency_spans, deadline);
        } else if let Some(span) = cell(layout.task) {
            let product = cell(layout.product).map(|span| span.slice(self.document.text.as_str()).unwrap_or_default().to_owned());
            self.task_row(table, row, span, &agencies, &agency_spans, deadline, product);
        }
        let products = layout.product.filter(|_| layout.task.is_some() && layout.planned);
        if let Some(span) = cell(products) {
            self.product_cell(table, row, span, &agencies, deadline);
        }
        // What deadlines stand for is told by the row.
        if let Some(first) = deadline
            && let Some(span) = cell(layout.indicator).or(cell(layout.task))
        {
            let about = span.slice(self.document.text.as_str()).unwrap_or_default().to_owned();
            if let Some(entry) = self.record.deadlines.get_mut(first) {
                entry.about = about;
            }
        }
        // References in any other cell are references too.
        for (at, span) in row.cells.iter().enumerate() {
            if Some(at) != layout.indicator
                && Some(at) != layout.task
                && Some(at) != layout.deadline
                && Some(at) != products
                && !span.is_empty()
            {
                self.read_cell(*span, Role::Preamble, row, table, self.fields.frame);
            }
        }
    }

    pub(super) fn cut(&self, span: Span) -> Vec<Token> {
        let mut tokens = Vec::new();
        self.lexicon.vocabulary.cut(span.slice(self.document.text.as_str()).unwrap_or_default(), span.start, &mut tokens);
        tokens
    }

    fn read_cell(&mut self, span: Span, role: Role, row: &Row, table: &Table, frame: Frame) {
        let tokens = self.cut(span);
        let place = table.place;
        let mut passage = Passage::new(self.lexicon, self.document.text.as_str(), &tokens, role, row.section, place);
        if role == Role::Preamble {
            // Only references are read; they are mentions here.
            let found = super::reference::find(&mut passage);
            self.days(&passage);
            passage.role = Role::Tasks;
            for reference in found {
                self.mention(&passage, &reference);
            }
            return;
        }
        self.read(&mut passage, frame, false);
    }

    /// The names in a cell: those of each paragraph that begins with a name, and of each list.
    fn cell_names(&self, tokens: &[Token], range: Range<usize>) -> Vec<String> {
        let agencies = Agencies::new(self.lexicon, tokens);
        let breaks = &self.document.cell_breaks;
        let mut names = Vec::new();
        let mut start = range.start;
        let breaks_at = |at: &usize| breaks.binary_search(&tokens[*at].span().start).is_ok();
        for at in range.start + 1..range.end {
            let next = (at + 1..range.end).find(breaks_at).unwrap_or(range.end);
            let people = || is_person(&tokens[start..at]) && is_person(&tokens[at..next]);
            if breaks_at(&at) && (agencies.parts_by_line(start, at) || people()) {
                names.extend(self.cell_bodies(tokens, start..at));
                start = at;
            }
        }
        names.extend(self.cell_bodies(tokens, start..range.end));
        names
    }

    /// The agencies of a row: each part of a cell, in the role of its column unless the part says another.
    fn row_agencies(&self, table: &Table, row: &Row) -> Vec<Agency> {
        let mut agencies = Vec::new();
        for (column, span) in table.columns.iter().zip(&row.cells) {
            let role = match column.kind {
                Some(ColumnKind::Monitor) => record::Role::Monitor,
                Some(ColumnKind::Lead) => record::Role::Lead,
                Some(ColumnKind::Coordinate) => record::Role::Coordinate,
                _ => continue,
            };
            let tokens = self.cut(*span);
            if tokens.is_empty() {
                continue;
            }
            for (role, range) in task::labelled(self.lexicon, &tokens, role) {
                for Agency { role, name } in task::by_role(self.cell_names(&tokens, range), role) {
                    let bare = name.trim_end_matches(')');
                    let folded = bare.to_lowercase();
                    let strip = |words: &str| bare[..bare.len() - words.len()].trim_end_matches([' ', '(', ',']).to_owned();
                    let (role, name) = if folded.ends_with("chủ trì") {
                        (role, strip("chủ trì"))
                    } else if folded.ends_with("phối hợp") && folded.len() > "phối hợp".len() {
                        (record::Role::Coordinate, strip("phối hợp"))
                    } else {
                        (role, name)
                    };
                    if name.chars().any(char::is_alphabetic) {
                        agencies.push(Agency { role, name });
                    }
                }
            }
        }
        agencies
    }

    #[allow(clippy::too_many_arguments)]
    fn indicator_row(
        &mut self,
        table: &Table,
        layout: &Layout,
        row: &Row,
        span: Span,
        agencies: &[Agency],
        spans: &[Span],
        deadline: Option<usize>,
    ) {
        let tokens = self.cut(span);
        if tokens.is_empty() {
            return;
        }
        let text = self.document.text.as_str();
        let mut passage = Passage::new(self.lexicon, text, &tokens, Role::Aims, row.section, table.place);
        let readings = self.read(&mut passage, self.fields.frame, true);
        let due = deadline.and_then(|index| self.record.deadlines[index].to.clone());
        let first = self.record.targets.len();
        if layout.targets.is_empty() {
            for claim in readings.claims.iter().filter(|claim| !claim.aside && !claim.indicator.is_empty()) {
                self.target(&passage, claim, &readings);
            }
            self.result(layout.actual, 0, first, table, layout, row);
        } else {
            self.value_columns(table, layout, row, &passage);
        }
        for target in &mut self.record.targets[first..] {
            target.agencies = agencies.to_vec();
            if target.due.is_none() {
                target.due.clone_from(&due);
            }
        }
        let cells = self.evidence(spans);
        for target in &mut self.record.targets[first..] {
            // The result's cell stays the last.
            let result = if target.actual.is_some() { target.evidence.pop() } else { None };
            target.evidence.extend(cells.iter().cloned());
            target.evidence.extend(result);
        }
        let valueless = layout.targets.iter().all(|value| row.cells.get(value.at).is_none_or(|span| span.is_empty()));
        if self.record.targets.len() == first && valueless && claim::begins_with_action(&passage, 0) {
            self.task_row(table, row, span, agencies, spans, deadline, None);
        }
    }

    /// A value in a column of its own: `STT | Chỉ tiêu | ĐVT | Kế hoạch`.
    fn value_columns(&mut self, table: &Table, layout: &Layout, row: &Row, passage: &Passage) {
        let text = self.document.text.as_str();
        let unit_cell =
            layout.unit.and_then(|at| row.cells.get(at)).and_then(|span| span.slice(text)).unwrap_or_default().trim().to_owned();
        let named = self.measured(table, layout, row, passage);
        // `Sản lượng (tấn)`, where no column holds the units.
        let unit_cell = if unit_cell.is_empty() { named.unit.clone().unwrap_or_default() } else { unit_cell };
        let at = table.rows.iter().position(|other| std::ptr::eq(other, row)).unwrap_or(0);
        let above = at.checked_sub(1).map(|above| &table.rows[above]).filter(|above| !above.group);
        // A form that nobody has filled in adds its empty cells up to 0 in every year: its zeros stay unread.
        let said = |at: usize| row.cells.get(at).and_then(|span| span.slice(text)).unwrap_or_default().trim();
        let filled: Vec<&str> = layout.targets.iter().map(|column| said(column.at)).filter(|cell| !cell.is_empty()).collect();
        let unfilled = layout.unfilled || layout.targets.len() >= UNFILLED && filled.iter().all(|cell| is_zero(cell));
        let year = (0..passage.tokens.len()).find_map(|at| super::date::year(passage.word(at))).filter(|_| layout.timed);
        if layout.timed && year < self.first_year() {
            return;
        }
        for column in &layout.targets {
            let Some(span) = row.cells.get(column.at).copied().filter(|span| !span.is_empty()) else { continue };
            if unfilled && is_zero(said(column.at)) {
                continue;
            }
            // A cell that spans rows says its value once.
            let same = |at: usize| {
                let cell = |row: &Row| row.cells.get(at).and_then(|span| span.slice(text)).unwrap_or_default().to_owned();
                above.is_some_and(|above| cell(above) == cell(row))
            };
            if layout.indicator.is_some_and(same) && same(column.at) {
                continue;
            }
            let tokens = self.cut(span);
            let cell = Passage::new(self.lexicon, text, &tokens, Role::Aims, row.section, table.place);
            let unit_cell = match column.unit.as_ref().or(layout.table_unit.as_ref()) {
                Some(unit) if unit_cell.is_empty() => unit.clone(),
                _ => unit_cell.clone(),
            };
            let values = match cells::several(&cell, &unit_cell) {
                Several::One => cell_value(&cell, &unit_cell).into_iter().collect(),
                Several::Each(values) => values,
                Several::Unclear => {
                    self.doubt(
                        "several-values",
                        "a cell gives several values, and its unit does not tell what each is of; none was read",
                        span,
                    );
                    continue;
                }
            };
            for (part, value) in values.into_iter().enumerate() {
                let due = column.due.clone().or_else(|| year.map(|year| format!("{year:04}-12-31")));
                // `Sản lượng` under `Kế hoạch năm 2026`: the column is what is measured, the row what it is measured of.
                let (indicator, scope) = match &column.measure {
                    Some(measure) => (measure.clone(), Some(named.indicator.clone()).filter(|_| year.is_none())),
                    None => (named.indicator.clone(), named.scope.clone().or_else(|| column.scope.clone())),
                };
                let conditions: Vec<String> = column.part.iter().cloned().collect();
                let unit =
                    value.unit.filter(|unit| !unit.is_empty()).or_else(|| (!unit_cell.is_empty()).then(|| unit_cell.clone()));
                let section = self.path(row.section);
                let mut spans = vec![passage.span(0..passage.tokens.len()), span];
                if column.scope.is_some() || column.part.is_some() || column.measure.is_some() {
                    spans.push(table.columns[column.at].label);
                }
                spans.extend(named.parent);
                let evidence = self.evidence(&spans);
                let first = self.record.targets.len();
                self.took(Class::Target, &[span]);
                self.record.targets.push(Target {
                    id: format!("t{}", self.record.targets.len() + 1),
                    origin: origin(table.place),
                    section,
                    indicator,
                    indicator_id: None,
                    comparator: value.comparator,
                    value: Number(value.value),
                    value_to: value.value_to.map(Number),
                    range: value.value_to.map(|to| record::Range { from: Number(value.value), to: Number(to) }),
                    unit,
                    scope,
                    conditions,
                    due,
                    change: None,
                    direction: None,
                    agencies: Vec::new(),
                    actual: None,
                    row: None,
                    paper: 0,
                    evidence,
                });
                self.result(column.actual, part, first, table, layout, row);
            }
        }
    }

    /// Gives the targets from `first` on the result that the row has in column `at`, of several the one at `part`.
    fn result(&mut self, at: Option<usize>, part: usize, first: usize, table: &Table, layout: &Layout, row: &Row) {
        let Some(span) = at.and_then(|at| row.cells.get(at)).copied().filter(|span| !span.is_empty()) else { return };
        let actual = self.actual(span, part, row, table, layout);
        let evidence = self.evidence(&[span]);
        if self.record.targets.len() > first {
            self.took(Class::Target, &[span]);
        }
        for target in &mut self.record.targets[first..] {
            target.actual.clone_from(&actual);
            target.evidence.extend(evidence.iter().cloned());
        }
    }

    /// A result: a number, or words where there is none.
    fn actual(&self, span: Span, part: usize, row: &Row, table: &Table, layout: &Layout) -> Option<Actual> {
        let text = self.document.text.as_str();
        let unit_cell =
            layout.unit.and_then(|at| row.cells.get(at)).and_then(|span| span.slice(text)).unwrap_or_default().trim().to_owned();
        let tokens = self.cut(span);
        let cell = Passage::new(self.lexicon, text, &tokens, Role::Aims, row.section, table.place);
        let value = match cells::several(&cell, &unit_cell) {
            Several::One => cell_value(&cell, &unit_cell),
            Several::Each(mut values) => (part < values.len()).then(|| values.swap_remove(part)),
            Several::Unclear => None,
        };
        match value {
            Some(value) => {
                let unit = value.unit.filter(|unit| !unit.is_empty()).or_else(|| (!unit_cell.is_empty()).then_some(unit_cell));
                Some(Actual::Value { value: Number(value.value), unit, comparator: value.comparator })
            }
            None => Some(Actual::Words { text: span.slice(text)?.to_owned() }),
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn task_row(
        &mut self,
        table: &Table,
        row: &Row,
        span: Span,
        agencies: &[Agency],
        spans: &[Span],
        deadline: Option<usize>,
        product: Option<String>,
    ) {
        let tokens = self.cut(span);
        let words = tokens.iter().filter(|token| token.is_word()).count();
        // A list of documents or things is no list of work.
        let has_owner = table.columns.iter().any(|column| {
            matches!(column.kind, Some(ColumnKind::Lead | ColumnKind::Coordinate | ColumnKind::Deadline | ColumnKind::Product))
        });
        let text = self.document.text.as_str();
        let mut passage = Passage::new(self.lexicon, text, &tokens, Role::Tasks, row.section, table.place);
        let readings = self.read(&mut passage, self.fields.frame, true);
        if words < 2 || !has_owner && !claim::begins_with_action(&passage, 0) || self.quotes_only(&passage) && !has_owner {
            return;
        }
        let of = |role: record::Role| {
            agencies.iter().filter(|agency| agency.role == role).map(|agency| agency.name.clone()).collect::<Vec<_>>()
        };
        let first = self.record.targets.len();
        for claim in readings.claims.iter().filter(|claim| is_target(&passage, claim)) {
            self.target(&passage, claim, &readings);
        }
        for target in &mut self.record.targets[first..] {
            target.agencies = agencies.to_vec();
        }
        let end = tokens
            .iter()
            .rposition(|token| !(token.is_mark(b'.') || token.is_mark(b';') || token.is_mark(b',')))
            .map_or(tokens.len(), |at| at + 1);
        let mut evidence = self.evidence(&[span]);
        evidence.extend(self.evidence(spans));
        let deadline = deadline.or_else(|| (!readings.deadlines.is_empty()).then_some(readings.first_deadline));
        self.wordings.push(span);
        self.record.tasks.push(Task {
            id: format!("n{}", self.record.tasks.len() + 1),
            origin: origin(table.place),
            section: self.path(row.section),
            owner: of(record::Role::Lead),
            coordinate: of(record::Role::Coordinate),
            text: passage.words(0..end).to_owned(),
            deadline,
            product,
            paper: 0,
            evidence,
        });
    }

    fn quotes_only(&self, passage: &Passage) -> bool {
        passage.quoted.first().copied().unwrap_or(false)
    }
}
