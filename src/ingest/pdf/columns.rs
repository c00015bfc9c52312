//! Tables without ruling lines: under a header that begins with `STT` or `TT`, columns
//! are what the gaps between the words of all rows leave.

use std::ops::{Range, RangeInclusive};

use super::glyphs::Page;
use super::lines::{Line, join, text};
use super::table::{Table, is_ordinal_label, unbroken};

/// A gap that parts columns, for each point of the type's size.
const GAP: f32 = 0.45;

/// A bare table and the lines that it takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bare {
    pub(super) lines: Range<usize>,
    pub(super) table: Table,
}

/// The stretches of a page's width in which words stand.
#[derive(Clone, Debug, Default)]
struct Coverage(Vec<(f32, f32)>);

impl Coverage {
    /// Adds the words of a line, each with the spaces to its neighbours.
    fn with(&self, page: &Page, line: &Line) -> Self {
        let mut spans = self.0.clone();
        for piece in line.split(page, GAP * line.size) {
            spans.push((piece.x0, piece.x1));
        }
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut joined: Vec<(f32, f32)> = Vec::new();
        for (from, to) in spans {
            match joined.last_mut() {
                Some(last) if from - last.1 < 2.5 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self(joined)
    }

    fn columns(&self) -> usize {
        self.0.len()
    }
}

/// The row of a group: `II`, `A` in the first column, and words that run over the others.
fn is_group(page: &Page, line: &Line, first: (f32, f32)) -> bool {
    let pieces = line.split(page, GAP * line.size);
    let Some(marker) = pieces.first().filter(|piece| piece.x1 <= first.1 + 6.0 && piece.x0 >= first.0 - 6.0) else {
        return false;
    };
    let words = text(page, marker);
    let core = words.trim_end_matches(['.', ')']);
    let roman = !core.is_empty() && core.bytes().all(|byte| b"IVXL".contains(&byte));
    (roman || core.len() == 1 && core.bytes().all(|byte| byte.is_ascii_uppercase())) && pieces.len() <= 2
}

/// The first bare table among the lines from `from` on.
pub(super) fn find(page: &Page, lines: &[Line], from: usize) -> Option<Bare> {
    (from..lines.len()).find_map(|index| {
        // Most lines begin with another letter than `STT` and `TT`: they need not be split.
        let mut letters = lines[index].chunks.iter().flat_map(|at| page.text_of(&page.chunks[*at]).chars());
        letters.find(|c| c.is_alphanumeric()).filter(|c| matches!(c, 'S' | 's' | 'T' | 't'))?;
        read(page, lines, from, label(page, lines, index)?)
    })
}

/// The lines of the label `STT` that begins in the line `index`; a narrow column has cut it into `S`, `TT`.
fn label(page: &Page, lines: &[Line], index: usize) -> Option<RangeInclusive<usize>> {
    let first = |line: &Line| line.split(page, GAP * line.size).into_iter().next();
    let head = first(&lines[index])?;
    let mut words = text(page, &head);
    if is_ordinal_label(&words) {
        return Some(index..=index);
    }
    if !matches!(words.as_str(), "S" | "ST" | "T") {
        return None;
    }
    let middle = f32::midpoint(head.x0, head.x1);
    let near = lines[index + 1..].iter().take_while(|line| line.y - head.y < 3.0 * head.size);
    for (at, line) in (index + 1..).zip(near) {
        let part = first(line)?;
        if (f32::midpoint(part.x0, part.x1) - middle).abs() < 0.3 * head.size {
            words.push_str(&text(page, &part));
            if is_ordinal_label(&words) {
                return Some(index..=at);
            }
        }
    }
    None
}

/// Reads the table whose header holds the lines `header` of its label.
fn read(page: &Page, lines: &[Line], from: usize, header: RangeInclusive<usize>) -> Option<Bare> {
    let (first, header) = header.into_inner();
    let label = &lines[header];
    let mut coverage = lines[first..=header].iter().fold(Coverage::default(), |coverage, line| coverage.with(page, line));
    // Labels of several lines, as far above `STT` as below it.
    let mut start = first;
    while start > from && lines[start].y - lines[start - 1].y < 1.25 * label.size {
        let wider = coverage.with(page, &lines[start - 1]);
        if wider.columns() < coverage.columns() {
            break;
        }
        coverage = wider;
        start -= 1;
    }
    let foot = lines[first].y + label.y - lines[start].y + 0.2 * label.size;
    let below = lines[header + 1..].iter().take_while(|line| line.y <= foot).count();
    for line in &lines[header + 1..header + 1 + below] {
        coverage = coverage.with(page, line);
    }
    let labels = coverage.columns();
    if labels < 3 {
        return None;
    }
    let (end, coverage) = extend(page, lines, header + 1, coverage, labels)?;
    let columns = bounds(&coverage);
    let mut table = Table { xs: columns, rows: Vec::new(), headed: true, bare: true, ..Table::default() };
    rows(page, &lines[start..end], Some(header - start), &mut table);
    (table.rows.len() >= 2).then_some(Bare { lines: start..end, table })
}

/// How a bare table of the page before goes on at the top of this one.
pub(super) fn go_on(page: &Page, lines: &[Line], before: &Table) -> Option<Bare> {
    // Where its columns begin; how wide they are, these rows show for themselves.
    let spans = before.xs.windows(2).map(|two| (two[0], (two[0] + 8.0).min(two[1] - 4.0))).collect();
    let end = extend(page, lines, 0, Coverage(spans), before.columns()).map_or(0, |(end, _)| end);
    // Words in the middle of their columns cover others than those of the page before, but still run over no edge.
    let end = end.max(within(page, lines, &before.xs));
    // Nothing but two words in one line that both stand in their columns shows that it does.
    let parted = lines[..end].iter().filter(|line| line.split(page, GAP * line.size).len() >= 2).count();
    if parted == 0 {
        return None;
    }
    let mut table = Table { xs: before.xs.clone(), rows: Vec::new(), headed: false, bare: true, ..Table::default() };
    // The header that is said again stands apart from the rest of a row that the page has cut.
    let body = match (0..end.min(5)).find_map(|index| label(page, lines, index)) {
        Some(header) => {
            let (first, last) = header.into_inner();
            let foot = lines[first].y + lines[last].y - lines[0].y + 0.2 * lines[last].size;
            let body = lines.partition_point(|line| line.y <= foot).clamp(last + 1, end);
            table.rows.push(row(page, &lines[..body], &table.xs));
            table.headed = true;
            body
        }
        None => 0,
    };
    rows(page, &lines[body..end], None, &mut table);
    (!table.rows.is_empty()).then_some(Bare { lines: 0..end, table })
}

/// How many lines from the first on keep to these columns.
fn within(page: &Page, lines: &[Line], xs: &[f32]) -> usize {
    let keeps = |line: &Line| {
        is_group(page, line, (xs[0], xs[1] - 2.0))
            || line.split(page, GAP * line.size).iter().all(|piece| {
                let column = xs[1..xs.len() - 1].partition_point(|edge| *edge <= piece.x0 + 2.0);
                let right = if column + 2 >= xs.len() { xs[xs.len() - 1] + 30.0 } else { xs[column + 1] };
                piece.x0 > xs[0] - 12.0 && piece.x1 < right
            })
    };
    let near = |index: usize| index == 0 || lines[index].y - lines[index - 1].y < 4.0 * lines[index].size;
    (0..lines.len()).take_while(|index| near(*index) && keeps(&lines[*index])).count()
}

/// The line behind the table's last, and what its words cover.
fn extend(page: &Page, lines: &[Line], from: usize, mut coverage: Coverage, labels: usize) -> Option<(usize, Coverage)> {
    let mut end = from;
    for (index, line) in lines.iter().enumerate().skip(from) {
        if index > 0 && line.y - lines[index - 1].y > 4.0 * line.size {
            break;
        }
        if coverage.0.first().is_some_and(|first| is_group(page, line, *first)) {
            end = index + 1;
            continue;
        }
        let wider = coverage.with(page, line);
        // A paragraph runs over the gaps; so does no row.
        if wider.columns() < labels {
            break;
        }
        // Beyond the table's edges stands something else.
        let (left, right) = (coverage.0.first()?.0, coverage.0.last()?.1);
        if wider.columns() > labels + 2 || line.x0 < left - 60.0 || line.x0 > right + 60.0 {
            break;
        }
        coverage = wider;
        end = index + 1;
    }
    (end > from).then_some((end, coverage))
}

/// Left edges of the columns, and the right edge of the last.
fn bounds(coverage: &Coverage) -> Vec<f32> {
    let mut edges: Vec<f32> = coverage.0.iter().map(|(from, _)| *from).collect();
    edges.extend(coverage.0.last().map(|(_, to)| *to + 1.0));
    edges
}

/// What a line says in a column.
fn cell(page: &Page, line: &Line, xs: &[f32], column: usize) -> String {
    let low = if column == 0 { f32::NEG_INFINITY } else { xs[column] - 2.0 };
    let high = if column + 2 >= xs.len() { f32::INFINITY } else { xs[column + 1] - 2.0 };
    let chunks: Vec<usize> = line
        .chunks
        .iter()
        .copied()
        .filter(|at| (low..high).contains(&f32::midpoint(page.chunks[*at].x0, page.chunks[*at].x0)))
        .collect();
    if chunks.is_empty() {
        return String::new();
    }
    text(page, &super::lines::measure(page, chunks))
}

/// One row of these lines.
fn row(page: &Page, lines: &[Line], xs: &[f32]) -> Vec<String> {
    let columns = xs.len() - 1;
    let mut cells = vec![String::new(); columns];
    for line in lines {
        if columns > 1 && is_group(page, line, (xs[0], xs[1] - 2.0)) {
            // The words of a group run over all columns.
            let pieces = line.split(page, GAP * line.size);
            join(&mut cells[0], 0, &text(page, &pieces[0]));
            for piece in &pieces[1..] {
                join(&mut cells[1], 0, &text(page, piece));
            }
            continue;
        }
        for (column, out) in cells.iter_mut().enumerate() {
            join(out, 0, &cell(page, line, xs, column));
        }
    }
    if let Some(whole) = unbroken(&cells[0]) {
        cells[0] = whole;
    }
    cells
}

/// Parts the lines into rows: where the distance is larger than inside a row, or else where a number stands.
/// `header` is the line with `STT`, where the first row is the header.
fn rows(page: &Page, lines: &[Line], header: Option<usize>, table: &mut Table) {
    let numbered = numbered(page, lines, &table.xs);
    let numbers = numbered.iter().flatten().count();
    // White space above each line, over the whole width of the table.
    let mut white = vec![0.0_f32; lines.len()];
    let mut bottom = f32::NEG_INFINITY;
    for (index, line) in lines.iter().enumerate() {
        white[index] = if index == 0 { f32::INFINITY } else { line.top() - bottom };
        bottom = bottom.max(line.y + 0.2 * line.size);
    }
    let mut inner: Vec<f32> = white.iter().skip(1).copied().filter(|gap| gap.is_finite()).collect();
    inner.sort_by(f32::total_cmp);
    let mut by_space: Vec<usize> = Vec::new();
    if let (Some(least), Some(most)) = (inner.first(), inner.last())
        && most - least > 2.5
    {
        let middle = f32::midpoint(least.max(0.0), *most);
        by_space = (0..lines.len()).filter(|index| white[*index] > middle).collect();
    }
    // Each part has one number: the space parts the rows.
    let fits = !by_space.is_empty()
        && by_space.iter().enumerate().all(|(at, start)| {
            let end = by_space.get(at + 1).copied().unwrap_or(lines.len());
            numbered[*start..end].iter().flatten().count() <= 1
        })
        && by_space.len() >= numbers
        && header.is_none_or(|header| by_space.get(1).is_none_or(|second| header < *second));
    let behind = header.unwrap_or(0);
    let starts: Vec<usize> = if fits {
        by_space
    } else if let Some(middle) = rows_about_numbers(lines, &numbered) {
        middle
    } else {
        (0..lines.len()).filter(|index| *index == 0 || *index > behind && numbered[*index].is_some()).collect()
    };
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(lines.len());
        let cells = row(page, &lines[*start..end], &table.xs);
        if cells.iter().any(|cell| !cell.is_empty()) {
            table.rows.push(cells);
        }
    }
}

/// Where the number of a row stands that begins in each line: its middle, where a narrow column has cut it.
fn numbered(page: &Page, lines: &[Line], xs: &[f32]) -> Vec<Option<f32>> {
    let mut numbers: Vec<Option<f32>> = vec![None; lines.len()];
    // The last number: the line it begins in, its words, the height of its last line.
    let mut last: Option<(usize, String, f32)> = None;
    for (index, line) in lines.iter().enumerate() {
        let words = cell(page, line, xs, 0);
        if words.is_empty() {
            continue;
        }
        if let Some((first, whole, y)) = &mut last
            && line.y - *y < 1.3 * line.size
        {
            let longer = format!("{whole} {words}");
            if unbroken(&longer).is_some() || is_ordinal_label(&longer) {
                (*whole, *y) = (longer, line.y);
                numbers[*first] = Some(f32::midpoint(lines[*first].y, line.y));
                continue;
            }
        }
        numbers[index] = Some(line.y);
        last = Some((index, words, line.y));
    }
    numbers
}

/// Where rows begin whose number stands in the middle of their height, without more space between rows than
/// between lines: each row reaches as far below its number as above it, and the last one ends with the table. Where a page
/// has cut a row, the count is from the other end: what it leaves at the top is the rest of that row, and what it leaves
/// at the foot begins with its number.
fn rows_about_numbers(lines: &[Line], numbered: &[Option<f32>]) -> Option<Vec<usize>> {
    let (first, last) = (lines.first()?, lines.last()?);
    let leading = 1.15 * first.size;
    let numbers: Vec<f32> = numbered.iter().flatten().copied().collect();
    let (top, foot) = (first.y - 0.5 * leading, last.y + 0.5 * leading);
    // Each border is as far behind its number as the border before is ahead of it.
    let borders = |from: f32, numbers: &mut dyn Iterator<Item = &f32>| -> Vec<f32> {
        let mut borders = vec![from];
        borders.extend(numbers.scan(from, |border, number| {
            *border = 2.0 * number - *border;
            Some(*border)
        }));
        borders
    };
    let close = |a: f32, b: f32| (a - b).abs() < 0.45 * leading;
    let mut down = borders(top, &mut numbers.iter());
    let (end, number) = (down.pop()?, numbers.last()?);
    let cut = down.last().is_some_and(|border| close(border + 0.5 * leading, *number)) && foot - number > leading;
    let starts = if close(end, foot) || cut {
        down
    } else {
        let mut up = borders(foot, &mut numbers.iter().rev());
        up.push(top);
        up.reverse();
        up.pop();
        up
    };
    // No line may stand across a border, and each row but the rest of one has its number.
    let rest = starts.len() - numbers.len();
    let across = |border: &f32| lines.iter().any(|line| (line.y - border).abs() < 0.2 * leading);
    let ordered = numbers
        .iter()
        .enumerate()
        .all(|(at, number)| starts[at + rest] < *number && starts.get(at + rest + 1).is_none_or(|next| number < next));
    if !ordered || starts[1..].iter().any(across) {
        return None;
    }
    let starts: Vec<usize> = starts.iter().map(|border| lines.partition_point(|line| line.y < *border)).collect();
    (starts.len() >= 2 && starts.windows(2).all(|two| two[0] < two[1])).then_some(starts)
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::{all, page};
    use super::*;

    fn read(words: &[(&str, f32, f32, f32)]) -> Vec<String> {
        let page = page(words);
        let lines = all(&page);
        find(&page, &lines, 0).map(|bare| bare.table.rows.iter().map(|row| row.join("|")).collect()).unwrap_or_default()
    }

    #[test]
    fn gaps_part_columns_and_numbers_part_rows() {
        let words = [
            ("TT", 50.0, 100.0, 12.0),
            ("Nhiệm vụ", 90.0, 100.0, 12.0),
            ("Chủ trì", 250.0, 100.0, 12.0),
            ("I", 50.0, 120.0, 12.0),
            ("KINH TẾ SỐ CỦA CẢ TỈNH THANH GIANG", 90.0, 120.0, 12.0),
            ("1", 50.0, 140.0, 12.0),
            ("Hỗ trợ hộ nghèo", 90.0, 140.0, 12.0),
            ("Sở Y tế", 250.0, 140.0, 12.0),
            ("về nhà ở", 90.0, 154.0, 12.0),
            ("2", 50.0, 174.0, 12.0),
            ("Rà soát", 90.0, 174.0, 12.0),
            ("Sở Nội vụ", 250.0, 174.0, 12.0),
            ("Các sở phối hợp thực hiện kế hoạch này và báo cáo", 50.0, 200.0, 12.0),
        ];
        assert_eq!(
            read(&words),
            [
                "TT|Nhiệm vụ|Chủ trì",
                "I|KINH TẾ SỐ CỦA CẢ TỈNH THANH GIANG|",
                "1|Hỗ trợ hộ nghèo về nhà ở|Sở Y tế",
                "2|Rà soát|Sở Nội vụ"
            ]
        );
    }

    #[test]
    fn rows_set_in_the_middle_are_parted_by_space() {
        let words = [
            ("TT", 50.0, 100.0, 12.0),
            ("Nhiệm vụ", 90.0, 100.0, 12.0),
            ("Chủ trì", 250.0, 100.0, 12.0),
            ("Hỗ trợ hộ nghèo", 90.0, 130.0, 12.0),
            ("1", 50.0, 137.0, 12.0),
            ("Sở Y tế", 250.0, 137.0, 12.0),
            ("về nhà ở", 90.0, 144.0, 12.0),
            ("Rà soát hộ", 90.0, 168.0, 12.0),
            ("2", 50.0, 175.0, 12.0),
            ("Sở Nội vụ", 250.0, 175.0, 12.0),
            ("cận nghèo", 90.0, 182.0, 12.0),
        ];
        assert_eq!(
            read(&words),
            ["TT|Nhiệm vụ|Chủ trì", "1|Hỗ trợ hộ nghèo về nhà ở|Sở Y tế", "2|Rà soát hộ cận nghèo|Sở Nội vụ"]
        );
    }

    #[test]
    fn rows_set_close_in_the_middle_are_parted_about_their_numbers() {
        let words = [
            ("TT", 50.0, 100.0, 12.0),
            ("Nhiệm vụ", 90.0, 100.0, 12.0),
            ("Chủ trì", 250.0, 100.0, 12.0),
            ("Hỗ trợ hộ nghèo", 90.0, 114.0, 12.0),
            ("1", 50.0, 121.0, 12.0),
            ("Sở Y tế", 250.0, 121.0, 12.0),
            ("về nhà ở", 90.0, 128.0, 12.0),
            ("2", 50.0, 142.0, 12.0),
            ("Sơ kết", 90.0, 142.0, 12.0),
            ("Sở Nội vụ", 250.0, 142.0, 12.0),
            ("Rà soát hộ", 90.0, 156.0, 12.0),
            ("3", 50.0, 163.0, 12.0),
            ("Sở Xây dựng", 250.0, 163.0, 12.0),
            ("cận nghèo", 90.0, 170.0, 12.0),
        ];
        assert_eq!(
            read(&words),
            [
                "TT|Nhiệm vụ|Chủ trì",
                "1|Hỗ trợ hộ nghèo về nhà ở|Sở Y tế",
                "2|Sơ kết|Sở Nội vụ",
                "3|Rà soát hộ cận nghèo|Sở Xây dựng"
            ]
        );
    }

    #[test]
    fn a_label_and_numbers_cut_by_a_narrow_column_are_whole() {
        let words = [
            ("ST", 50.0, 100.0, 12.0),
            ("Nhiệm vụ", 90.0, 107.0, 12.0),
            ("Chủ trì", 250.0, 107.0, 12.0),
            ("T", 53.0, 114.0, 12.0),
            ("1", 53.0, 135.0, 12.0),
            ("Hỗ trợ hộ nghèo", 90.0, 142.0, 12.0),
            ("Sở Y tế", 250.0, 142.0, 12.0),
            ("0", 53.0, 149.0, 12.0),
            ("11", 50.0, 170.0, 12.0),
            ("Rà soát", 90.0, 170.0, 12.0),
            ("Sở Nội vụ", 250.0, 170.0, 12.0),
        ];
        assert_eq!(read(&words), ["STT|Nhiệm vụ|Chủ trì", "10|Hỗ trợ hộ nghèo|Sở Y tế", "11|Rà soát|Sở Nội vụ"]);
    }

    #[test]
    fn a_page_goes_on_with_its_header_and_the_rest_of_a_row() {
        let before = Table { xs: vec![50.0, 90.0, 250.0, 320.0], ..Table::default() };
        let rest = |words: &[(&str, f32, f32, f32)]| -> Vec<String> {
            let page = page(words);
            let lines = all(&page);
            go_on(&page, &lines, &before)
                .map(|bare| bare.table.rows.iter().map(|row| row.join("|")).collect())
                .unwrap_or_default()
        };
        let words = [
            ("TT", 50.0, 100.0, 12.0),
            ("Nhiệm vụ", 110.0, 100.0, 12.0),
            ("Chủ trì", 265.0, 100.0, 12.0),
            ("về nhà ở", 90.0, 114.0, 12.0),
            ("Rà soát hộ", 90.0, 128.0, 12.0),
            ("12", 50.0, 135.0, 12.0),
            ("Sở Nội vụ", 250.0, 135.0, 12.0),
            ("cận nghèo", 90.0, 142.0, 12.0),
            ("13", 50.0, 156.0, 12.0),
            ("Sơ kết", 90.0, 156.0, 12.0),
        ];
        let shown = ["TT|Nhiệm vụ|Chủ trì", "|về nhà ở|", "12|Rà soát hộ cận nghèo|Sở Nội vụ", "13|Sơ kết|"];
        assert_eq!(rest(&words), shown);
        assert_eq!(rest(&words[3..]), shown[1..]);
        // A paragraph, and a page without words.
        assert!(rest(&[("Các sở phối hợp thực hiện kế hoạch này và báo cáo", 50.0, 100.0, 12.0)]).is_empty());
        assert!(rest(&[]).is_empty());
    }

    #[test]
    fn a_line_that_begins_with_the_label_alone_is_no_table() {
        assert!(read(&[("STT", 50.0, 100.0, 12.0), ("Các sở phối hợp thực hiện", 90.0, 100.0, 12.0)]).is_empty());
    }
}
