//! Which rows of a table stand under which, as their markers say: `A` > `I` > `1` > `1.1` > `a` > `-` > `+`.

use super::Line;
use crate::structure::marker::{self, Style};

/// Most levels of rows.
const LEVELS: usize = 12;

/// A level that is open.
struct Level {
    style: Option<Style>,
    ordinal: u32,
    numbers: Vec<u32>,
    row: usize,
}

/// A total without a marker, and how many rows each open level had before it.
pub(super) struct Bare {
    pub(super) row: usize,
    /// From the outermost level: the parent and the number of its children so far.
    pub(super) scopes: Vec<(usize, usize)>,
}

/// Which rows stand under which; the table itself is the parent after the last row.
pub(super) struct Tree {
    pub(super) children: Vec<Vec<usize>>,
    /// The parent of each row and its place among the children.
    pub(super) place: Vec<Option<(usize, usize)>>,
    pub(super) bare: Vec<Bare>,
    /// Whether a row's children were opened by `Trong đó:`.
    pub(super) led: Vec<bool>,
}

impl Tree {
    pub(super) fn new(lines: &[Line]) -> Self {
        let root = lines.len();
        let mut tree =
            Self { children: vec![Vec::new(); root + 1], place: vec![None; root], bare: Vec::new(), led: vec![false; root + 1] };
        let mut open: Vec<Level> = Vec::new();
        let mut led = false;
        for (row, line) in lines.iter().enumerate() {
            if line.lead {
                led = true;
                continue;
            }
            if line.apart {
                continue;
            }
            if line.total && line.marker.is_none() && !led {
                let scopes = std::iter::once(root).chain(open.iter().map(|level| level.row));
                let scopes = scopes.map(|parent| (parent, tree.children[parent].len())).collect();
                tree.bare.push(Bare { row, scopes });
                // `Tổng số | 100`, `- Vốn trung ương | 60`: what hangs on a bullet hangs on it.
                let next = lines.get(row + 1);
                if next.is_some_and(|next| {
                    next.lead || matches!(next.marker.as_ref().map(|marker| marker.style), Some(Style::Bullet(_)))
                }) {
                    open.clear();
                    open.push(Level { style: None, ordinal: 0, numbers: Vec::new(), row });
                }
                continue;
            }
            let level = level(line, led && line.marker.is_none(), row, &open);
            let keep = kept(&level, &open);
            open.truncate(keep);
            let parent = open.last().map_or(root, |level| level.row);
            tree.led[parent] |= led;
            led = false;
            tree.place[row] = Some((parent, tree.children[parent].len()));
            tree.children[parent].push(row);
            open.push(level);
        }
        tree
    }

    /// The rows with values that stand for `rows`: for one without values those under it.
    pub(super) fn standing(&self, lines: &[Line], rows: &[usize]) -> Vec<usize> {
        let mut standing = Vec::new();
        let mut stack: Vec<usize> = rows.iter().rev().copied().collect();
        while let Some(row) = stack.pop() {
            if lines[row].values.iter().any(Option::is_some) {
                standing.push(row);
            } else {
                stack.extend(self.children[row].iter().rev());
            }
        }
        standing
    }
}

/// The level that a row opens.
fn level(line: &Line, led: bool, row: usize, open: &[Level]) -> Level {
    let Some(marker) = &line.marker else {
        let style = led.then_some(Style::Bullet('\0')).or_else(|| {
            // The rows after the first that `Trong đó:` opened are its sisters.
            open.last().filter(|last| last.style == Some(Style::Bullet('\0'))).and_then(|last| last.style)
        });
        return Level { style, ordinal: 0, numbers: Vec::new(), row };
    };
    let mut style = match marker.style {
        Style::Bullet('–' | '−' | '—') => Style::Bullet('-'),
        style => style,
    };
    let mut ordinal = marker.ordinal;
    // `H`, `I`, `K`: a letter among letters.
    let letter = marker.label.chars().next().filter(|_| marker.label.chars().count() == 1);
    if style == Style::Roman
        && let Some(letter) = letter
        && let Some(place) = marker::letter(letter)
        && open.iter().any(|level| level.style == Some(Style::Capital) && level.ordinal + 1 == place)
        && !open.iter().any(|level| level.style == Some(Style::Roman) && level.ordinal + 1 == ordinal)
    {
        (style, ordinal) = (Style::Capital, place);
    }
    Level { style: Some(style), ordinal, numbers: marker.numbers.clone(), row }
}

/// How many of the open levels a row leaves open above it.
fn kept(level: &Level, open: &[Level]) -> usize {
    let last = |wanted: &dyn Fn(&Level) -> bool| open.iter().rposition(wanted);
    let same = |other: &Level| other.style == level.style;
    let hangs = |other: &Level| matches!(other.style, None | Some(Style::Bullet(_)));
    let keep = match level.style {
        None | Some(Style::Bullet(_)) => last(&same).unwrap_or(open.len()),
        Some(Style::Decimal(_)) => {
            let above = &level.numbers[..level.numbers.len().saturating_sub(1)];
            let numbered = |other: &Level| {
                !above.is_empty() && (other.numbers == above || other.numbers.is_empty() && above == [other.ordinal])
            };
            last(&numbered)
                .map(|at| at + 1)
                .or_else(|| last(&same))
                .unwrap_or_else(|| open.iter().rposition(|other| !hangs(other)).map_or(0, |at| at + 1))
        }
        Some(_) => {
            let next = |other: &Level| same(other) && other.ordinal + 1 == level.ordinal;
            let later = |other: &Level| same(other) && other.ordinal < level.ordinal;
            // A list that begins anew stands below the open one: `1.1.2 | Mẫu nước`, `1 | Nhiệt độ`.
            let below = open
                .iter()
                .rposition(|other| !hangs(other))
                .map_or(usize::from(!open.is_empty() && open.iter().all(|other| other.style.is_none())), |at| at + 1);
            last(&next)
                .unwrap_or_else(|| if level.ordinal <= 1 { below } else { last(&later).or_else(|| last(&same)).unwrap_or(below) })
        }
    };
    if keep >= LEVELS { last(&same).unwrap_or(0).min(LEVELS - 1) } else { keep }
}
