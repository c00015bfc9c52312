//! What a cell says by itself and by what stands around it: `nt` repeats the cell above, `15/400` under `Dự án/triệu USD` are two
//! values, `- Nông nghiệp` under `Giá trị sản xuất` is a part of it.

use std::borrow::Cow;

use super::columns::Layout;
use super::entries::unit_of;
use super::passage::Passage;
use super::quantity;
use super::recorder::Extractor;
use crate::record::{Comparator, Diagnostic};
use crate::structure::{Row, Table, marker};
use crate::text::Span;
use crate::words::{Keyword as K, Token, fold};

/// What a row measures.
pub(super) struct Measured {
    pub(super) indicator: String,
    /// The unit in the brackets that the name ends with.
    pub(super) unit: Option<String>,
    pub(super) scope: Option<String>,
    /// Where the row above is, where its name is part of this one's.
    pub(super) parent: Option<Span>,
}

/// Whether a cell only repeats the one above: `nt`, `như trên`, a mark of repetition.
fn repeats(cell: &str) -> bool {
    let bare = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '.' | '(' | ')'));
    matches!(fold(bare).as_str(), "nt" | "n/t" | "như trên")
        || matches!(bare, "\"" | "\"\"" | "''" | "“" | "”" | "″" | "〃" | ",," | "„")
}

/// A row's name without its bullet, and the bullet: `- Nông nghiệp`.
pub(super) fn bulleted(name: &str) -> (Option<char>, &str) {
    let name = name.trim();
    match name.chars().next().filter(|first| matches!(first, '-' | '–' | '+' | '*' | '•')) {
        Some(first) => (Some(if first == '–' { '-' } else { first }), name[first.len_utf8()..].trim_start()),
        None => (None, name),
    }
}

/// A row's name without markers and the marks behind it.
fn bare_name(name: &str) -> &str {
    // `- Tốc độ tăng trưởng GDP`, `3.8. Tỷ lệ hộ …`: what is measured is not the marker before it.
    let mut name = name;
    while let Some(marker) = marker::parse(name).filter(|marker| marker.length < name.len()) {
        name = &name[marker.length..];
    }
    name.trim_end_matches(['.', ';', ',', ':'])
}

impl Extractor<'_> {
    /// The table with what its cells repeat in their place; a cell that repeats nothing is empty, and a diagnostic tells it.
    pub(super) fn repeated<'t>(&mut self, table: &'t Table) -> Cow<'t, Table> {
        let text = self.document.text.as_str();
        let is = |span: &Span| !span.is_empty() && repeats(span.slice(text).unwrap_or_default());
        if !table.rows.iter().any(|row| row.cells.iter().any(is)) {
            return Cow::Borrowed(table);
        }
        let mut told = table.clone();
        let mut above: Option<Vec<Span>> = None;
        for row in &mut told.rows {
            if row.group {
                continue;
            }
            for (at, cell) in row.cells.iter_mut().enumerate().filter(|(_, cell)| is(cell)) {
                let known = above.as_ref().and_then(|cells| cells.get(at)).copied().filter(|span| !span.is_empty());
                if known.is_none() {
                    self.doubt("nothing-to-repeat", "a cell repeats the one above, where nothing stands", *cell);
                }
                *cell = known.unwrap_or_default();
            }
            above = Some(row.cells.clone());
        }
        Cow::Owned(told)
    }

    /// Tells a doubt of what stands at `span`.
    pub(super) fn doubt(&mut self, code: &str, message: &str, span: Span) {
        let evidence = self.evidence(&[span]);
        self.record.diagnostics.push(Diagnostic { code: code.to_owned(), message: message.to_owned(), evidence });
    }

    /// What a row measures: its own name, of the row that it stands under.
    pub(super) fn measured(&self, table: &Table, layout: &Layout, row: &Row, passage: &Passage) -> Measured {
        let whole = passage.span(0..passage.tokens.len());
        let named = &passage.words(0..passage.tokens.len())[self.lead_in(whole).unwrap_or(0)..];
        let (name, unit) = self.without_unit(bare_name(named));
        let at = table.rows.iter().position(|other| std::ptr::eq(other, row));
        let parent = at.and_then(|at| layout.parents.get(at).copied().flatten()).map(|parent| &table.rows[parent]);
        let alone = Measured { indicator: name.to_owned(), unit: unit.map(ToOwned::to_owned), scope: None, parent: None };
        let Some(parent) = parent else { return alone };
        // What titles the rows stands behind its marker, in whichever column.
        let at = if parent.group {
            let mut filled = (0..parent.cells.len()).filter(|at| !parent.cells[*at].is_empty());
            let first = filled.next();
            filled.next().or(first)
        } else {
            layout.indicator
        };
        let Some(span) = at.map(|at| parent.cells[at]) else { return alone };
        let written = span.slice(self.document.text.as_str()).unwrap_or_default();
        let (whole, _) = self.without_unit(bare_name(&written[self.lead_in(span).unwrap_or(0)..]));
        if whole.is_empty() { alone } else { Measured { scope: Some(whole.to_owned()), parent: Some(span), ..alone } }
    }

    /// A name without the unit in its last brackets, and the unit: `Sản lượng (tấn)`, `Tỷ lệ che phủ rừng (%)`.
    fn without_unit<'n>(&self, name: &'n str) -> (&'n str, Option<&'n str>) {
        let Some((before, unit)) = name.strip_suffix(')').and_then(|name| name.rsplit_once('(')) else { return (name, None) };
        let unit = unit.rsplit(':').next().unwrap_or(unit).trim();
        let mut tokens = Vec::new();
        self.lexicon.vocabulary.cut(unit, 0, &mut tokens);
        let whole = unit == "%" || self.lexicon.is_unit(&tokens);
        let before = before.trim_end();
        if whole && !before.is_empty() { (before, Some(unit)) } else { (name, None) }
    }
}

/// What a cell of numbers parted by slashes holds.
pub(super) enum Several {
    /// One value, or none.
    One,
    /// A value for each part of the unit: `15/400` under `Dự án/triệu USD`.
    Each(Vec<CellValue>),
    /// Several values of which the unit does not tell what each is of.
    Unclear,
}

/// What a unit is told by: `triệu đồng/người` is one unit, and `Lớp/người` may be two.
const DENOMINATORS: [&str; 16] =
    ["người", "năm", "tháng", "ngày", "tuần", "quý", "giờ", "vụ", "ha", "hộ", "km", "km2", "m2", "m3", "dân", "lượt"];

/// Tells whether a cell holds several values, by the unit's own slash.
pub(super) fn several(cell: &Passage, unit: &str) -> Several {
    let units: Vec<&str> = unit.split('/').map(str::trim).collect();
    let numbers: Vec<usize> = (0..cell.tokens.len()).filter(|at| cell.tokens[*at].is_number()).collect();
    let parted =
        cell.tokens.iter().enumerate().all(|(at, token)| if at % 2 == 0 { token.is_number() } else { token.is_mark(b'/') });
    if units.len() < 2 || numbers.len() < 2 || !parted {
        return Several::One;
    }
    let rate = |unit: &&str| {
        let last = unit.rsplit(' ').next().unwrap_or_default().to_lowercase();
        DENOMINATORS.contains(&last.as_str()) || unit.is_empty() || unit.chars().any(|c| c.is_ascii_digit())
    };
    if units.len() != numbers.len() || units[1..].iter().any(rate) || units[0] == units[1] {
        return Several::Unclear;
    }
    let value = |(at, unit): (&usize, &&str)| {
        let value = super::number::parse(cell.word(*at), *unit == "%")?;
        Some(CellValue { value, value_to: None, comparator: Comparator::Eq, unit: Some((*unit).to_owned()) })
    };
    numbers.iter().zip(&units).map(value).collect::<Option<Vec<_>>>().map_or(Several::Unclear, Several::Each)
}

/// A value as a cell gives it.
#[derive(Clone, Debug)]
pub(super) struct CellValue {
    pub(super) value: f64,
    pub(super) value_to: Option<f64>,
    pub(super) comparator: Comparator,
    pub(super) unit: Option<String>,
}

/// The value of a cell: `≥ 85%`, `Trên 70`, `1.305`, `2 - 3`; the unit may stand in its own column.
pub(super) fn cell_value(cell: &Passage, unit: &str) -> Option<CellValue> {
    // `-1,5`, `–1,5%` as all that a cell holds; `- 1,5`, `-85% hộ …` may be items of a list.
    let negative = cell.tokens.first().is_some_and(|token| token.is(K::Hyphen))
        && cell.tokens.get(1).is_some_and(|token| token.is_number() && !token.spaced);
    let signed = |value: f64| if negative { -value } else { value };
    // `1 250`, `-1 250 ha`.
    let first = usize::from(negative);
    if let Some((end, value)) = quantity::grouped(cell, first)
        && (end == cell.tokens.len() || cell.lexicon.units.at(cell.tokens, end).is_some())
    {
        let written = (end < cell.tokens.len()).then(|| cell.words(end..cell.tokens.len()).to_owned());
        return Some(CellValue { value: signed(value), value_to: None, comparator: Comparator::Eq, unit: written });
    }
    if let Some(found) = quantity::find(cell).into_iter().find(|quantity| cell.depth[quantity.number.start] == 0) {
        let written = unit_of(cell, &found);
        let alone = negative && found.whole == (1..cell.tokens.len()) && found.value_to.is_none();
        let value = if alone { -found.value } else { found.value };
        return Some(CellValue { value, value_to: found.value_to, comparator: found.comparator(), unit: written });
    }
    // A bare number: all that stands in the cell but for words of comparison.
    let at = cell.tokens.iter().position(Token::is_number)?;
    let from = at == 1 && cell.tokens[0].is(K::From);
    let before = cell.tokens[..at].iter().all(|token| !token.is_word())
        || from
        || cell.lexicon.comparators.at(cell.tokens, 0).is_some_and(|(length, _)| length == at);
    if !before || cell.tokens.len() > at + 4 || super::date::year(cell.word(at)).is_some() && unit.is_empty() {
        return None;
    }
    let percent = unit == "%";
    let value = super::number::parse(cell.word(at), percent)?;
    let value = if at == 1 { signed(value) } else { value };
    let joined = cell.tokens.get(at + 1).is_some_and(|token| token.is(K::Hyphen) || token.is(K::To));
    let to = if joined && cell.tokens.get(at + 2).is_some_and(Token::is_number) {
        super::number::parse(cell.word(at + 2), percent)
    } else {
        None
    };
    let comparator = match cell.lexicon.comparators.at(cell.tokens, 0).map(|(_, kind)| *kind) {
        Some(crate::lexicon::ComparatorKind::Gt) => Comparator::Gt,
        Some(crate::lexicon::ComparatorKind::Ge) => Comparator::Ge,
        Some(crate::lexicon::ComparatorKind::Lt) => Comparator::Lt,
        Some(crate::lexicon::ComparatorKind::Le) => Comparator::Le,
        Some(crate::lexicon::ComparatorKind::Approx) => Comparator::Approx,
        // `từ 03`: a cell's value is a level, so that it is the least.
        _ if from && to.is_none() => Comparator::Ge,
        _ => Comparator::Eq,
    };
    Some(CellValue { value, value_to: to.filter(|to| *to > value), comparator, unit: None })
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::*;
    use crate::lexicon::Lexicon;

    fn record(rows: &str) -> crate::record::Record {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let text = format!("KẾ HOẠCH\nPhát triển kinh tế năm 2026\nI. CHỈ TIÊU\n\n{rows}");
        let source = crate::ingest::decode("test", text.into()).expect("text");
        let document = crate::structure::read(&crate::normalize::normalize(source.text.as_str()), &lexicon);
        super::super::extract(&source, &document, &lexicon)
    }

    /// `indicator (scope) value unit` of each target, and the diagnostics of cells.
    fn shown(rows: &str) -> Vec<String> {
        let record = record(&format!("STT\tChỉ tiêu\tĐVT\tKế hoạch\tĐơn vị chủ trì\n{rows}"));
        let mut shown: Vec<String> = Vec::new();
        for target in &record.targets {
            let scope = target.scope.as_ref().map(|scope| format!(" ({scope})")).unwrap_or_default();
            let owner = target.agencies.first().map(|agency| format!(", {}", agency.name)).unwrap_or_default();
            let unit = target.unit.clone().unwrap_or_default();
            shown.push(format!("{}{scope} {} {unit}{owner}", target.indicator, target.value.0));
        }
        let cells = ["several-values", "nothing-to-repeat"];
        shown.extend(record.diagnostics.iter().filter(|told| cells.contains(&told.code.as_str())).map(|told| told.code.clone()));
        shown
    }

    #[test]
    fn a_mark_of_repetition_is_the_cell_above() {
        let rows = "1\tTrồng rừng\tha\t5\tSở A\n2\tTrồng cỏ\tnt\t6\tnt\n3\tTrồng ngô\t\"\t7\tNhư trên\n";
        assert_eq!(shown(rows), ["Trồng rừng 5 ha, Sở A", "Trồng cỏ 6 ha, Sở A", "Trồng ngô 7 ha, Sở A"]);
        assert_eq!(
            shown("1\tTrồng rừng\tnt\t5\tSở A\n2\tTrồng cỏ\tha\t6\tSở B\n"),
            ["Trồng rừng 5 , Sở A", "Trồng cỏ 6 ha, Sở B", "nothing-to-repeat"]
        );
        for cell in ["NTM", "nội thành", "-", "như trên cạn", "\"A\""] {
            assert!(!repeats(cell), "{cell}");
        }
    }

    #[test]
    fn several_values_of_several_units() {
        assert_eq!(
            shown("1\tThu hút đầu tư\tDự án/ triệu USD\t15/400\tSở A\n2\tXã đạt chuẩn\tXã/%\t35/87,5\tSở A\n"),
            [
                "Thu hút đầu tư 15 Dự án, Sở A",
                "Thu hút đầu tư 400 triệu USD, Sở A",
                "Xã đạt chuẩn 35 Xã, Sở A",
                "Xã đạt chuẩn 87.5 %, Sở A",
            ]
        );
        let rates = "1\tThu nhập\ttriệu đồng/người\t45/50\tSở A\n2\tNăng suất\ttạ/ha\t60\tSở A\n";
        assert_eq!(shown(rates), ["Năng suất 60 tạ/ha, Sở A", "several-values"]);
    }

    #[test]
    fn a_bullet_keeps_the_name_above() {
        let rows = "1\tGiá trị sản xuất\tTỷ đồng\t1650\tSở A\n\t- Nông nghiệp\tnt\t520\tSở A\n\t- Dịch vụ\t\t430\tSở A\n\tTốc độ tăng\t%\t3\tSở A\n";
        assert_eq!(
            shown(rows),
            [
                "Giá trị sản xuất 1650 Tỷ đồng, Sở A",
                "Nông nghiệp (Giá trị sản xuất) 520 Tỷ đồng, Sở A",
                "Dịch vụ (Giá trị sản xuất) 430 , Sở A",
                "Tốc độ tăng (Giá trị sản xuất) 3 %, Sở A",
            ]
        );
        let titled = "1\tVăn hóa\t\t\t\n\t- Gia đình văn hóa\t%\t90\tSở A\n";
        assert_eq!(shown(titled), ["Gia đình văn hóa (Văn hóa) 90 %, Sở A"]);
        // The bullet in the column of the ordinals.
        let beside = "1\tCây lúa\t\t\t\n-\tDiện tích\tha\t40\tSở A\n-\tSản lượng\ttấn\t90\tSở A\n";
        assert_eq!(shown(beside), ["Diện tích (Cây lúa) 40 ha, Sở A", "Sản lượng (Cây lúa) 90 tấn, Sở A"]);
        let bullets = "1\t- Trồng rừng\tha\t5\tSở A\n2\t- Trồng cỏ\tha\t6\tSở A\n";
        assert_eq!(shown(bullets), ["Trồng rừng 5 ha, Sở A", "Trồng cỏ 6 ha, Sở A"]);
    }

    #[test]
    fn rows_hang_on_the_nearest_that_they_are_part_of() {
        let nested = "1\tGiáo dục\t\t\t\n\t- Số học sinh\tem\t900\tSở A\n\tTrong đó:\t\t\t\n\t+ Bán trú\tem\t90\tSở A\n\
                      \t- Số lớp\tlớp\t30\tSở A\n2\tSố xã\txã\t7\tSở A\n\tTổng cộng\tmục\t8\tSở A\n";
        assert_eq!(
            shown(nested),
            [
                "Số học sinh (Giáo dục) 900 em, Sở A",
                "Bán trú (Số học sinh) 90 em, Sở A",
                "Số lớp (Giáo dục) 30 lớp, Sở A",
                "Số xã 7 xã, Sở A",
                "Tổng cộng 8 mục, Sở A",
            ]
        );
        // `Bao gồm:` before the first of the parts, and a part without a bullet after them.
        let led = "1\tPhí, lệ phí\ttỷ đồng\t9\tSở A\n\tBao gồm: - Phí của tỉnh\ttỷ đồng\t4\tSở A\n\t- Phí của xã\ttỷ đồng\t3\tSở A\n\
                   \tPhí nước thải\ttỷ đồng\t2\tSở A\n";
        assert_eq!(
            shown(led),
            [
                "Phí, lệ phí 9 tỷ đồng, Sở A",
                "Phí của tỉnh (Phí, lệ phí) 4 tỷ đồng, Sở A",
                "Phí của xã (Phí, lệ phí) 3 tỷ đồng, Sở A",
                "Phí nước thải (Phí, lệ phí) 2 tỷ đồng, Sở A",
            ]
        );
        // Rows without a number under a title are rows of their own.
        let titled = "I\tXã hội\t\t\t\n\tSố xã\txã\t7\tSở A\n\tSố thôn\tthôn\t9\tSở A\n";
        assert_eq!(shown(titled), ["Số xã 7 xã, Sở A", "Số thôn 9 thôn, Sở A"]);
    }

    #[test]
    fn a_name_may_end_with_its_unit() {
        let rows = "1\tTỷ lệ che phủ rừng (%)\t\t41,5\tSở A\n2\tSản lượng (ĐVT: tấn)\t\t90\tSở A\n3\tSố lớp (mầm non)\tlớp\t5\tSở A\n\
                    4\tThu nhập (triệu đồng/người/năm)\t\t52\tSở A\n";
        assert_eq!(
            shown(rows),
            [
                "Tỷ lệ che phủ rừng 41.5 %, Sở A",
                "Sản lượng 90 tấn, Sở A",
                "Số lớp (mầm non) 5 lớp, Sở A",
                "Thu nhập 52 triệu đồng/người/năm, Sở A",
            ]
        );
    }

    #[test]
    fn what_a_cell_holds() {
        for (text, unit, wanted) in [
            ("-1,5", "%", Some((-1.5, None))),
            ("–1,5%", "", Some((-1.5, Some("%")))),
            ("1 250", "tấn", Some((1250.0, None))),
            ("500 000 tấn", "", Some((500_000.0, Some("tấn")))),
            ("5 - 10", "%", Some((5.0, None))),
            ("- 85", "%", Some((85.0, None))),
            ("-85% hộ dùng nước sạch", "", Some((85.0, Some("%")))),
            ("-", "%", None),
        ] {
            with_passage(text, Role::Aims, |cell| {
                let found = cell_value(cell, unit).map(|value| (value.value, value.unit));
                assert_eq!(found, wanted.map(|(value, unit)| (value, unit.map(ToOwned::to_owned))), "{text}");
            });
        }
    }
}
