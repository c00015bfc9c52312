//! Two columns side by side: the head (`ỦY BAN NHÂN DÂN` | `CỘNG HÒA XÃ HỘI …`), the
//! signature beside `Nơi nhận`. The left column is read before the right one.

use super::glyphs::Page;
use super::lines::{Line, text};

/// What a run of lines is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Band {
    /// Lines one under the other.
    Single(Vec<Line>),
    /// Lines of a left and of a right column.
    Double(Vec<Line>, Vec<Line>),
}

/// Cuts lines at the gaps that part columns; the marker of an item stays with its words.
fn atoms(page: &Page, lines: &[Line]) -> Vec<(usize, Line)> {
    let mut atoms = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let mut gaps: Vec<f32> = line.gaps(page).map(|(_, gap)| gap).collect();
        gaps.sort_by(f32::total_cmp);
        // In a justified line all gaps are wide; one that parts columns is alone.
        let usual = if gaps.len() > 2 { gaps[(gaps.len() - 1) / 2] } else { 0.0 };
        let widest = gaps.last().copied().unwrap_or(0.0);
        let least = (1.0 * line.size).max(3.0 * usual);
        if widest < least {
            atoms.push((index, line.clone()));
            continue;
        }
        let pieces = line.split(page, least);
        if pieces.len() > 1 && pieces[0].x1 - pieces[0].x0 < 2.2 * line.size && !text(page, &pieces[0]).contains(':') {
            atoms.push((index, line.clone()));
        } else {
            atoms.extend(pieces.into_iter().map(|piece| (index, piece)));
        }
    }
    atoms.sort_by(|a, b| a.1.y.total_cmp(&b.1.y).then(a.1.x0.total_cmp(&b.1.x0)));
    atoms
}

fn beside(a: &Line, b: &Line) -> bool {
    let size = a.size.min(b.size);
    let (left, right) = if a.x0 <= b.x0 { (a, b) } else { (b, a) };
    (a.y - b.y).abs() < 0.75 * size && right.x0 - left.x1 >= 0.9 * size
}

/// A band that is being gathered: atoms by index, and the gutter between its columns.
struct Gather {
    left: Vec<usize>,
    right: Vec<usize>,
    gutter: (f32, f32),
    seeds: usize,
}

impl Gather {
    /// Puts an atom into its column; `false` where it stands in the gutter's way.
    fn add(&mut self, index: usize, atom: &Line) -> bool {
        let (low, high) = self.gutter;
        let room = 0.5 * atom.size;
        if atom.x1 <= high - room && atom.x0 < low {
            self.gutter.0 = low.max(atom.x1);
            self.left.push(index);
            true
        } else if atom.x0 >= low + room && atom.x1 > high {
            self.gutter.1 = high.min(atom.x0);
            self.right.push(index);
            true
        } else {
            false
        }
    }
}

/// Parts the lines, sorted from the top down, into bands; `head` is the depth of the page's head.
pub(super) fn part(page: &Page, lines: Vec<Line>, head: f32) -> Vec<Band> {
    let atoms = atoms(page, &lines);
    let mut bands = Vec::new();
    // Lines up to here are in a band already.
    let mut done = 0;
    let mut at = 0;
    while at + 1 < atoms.len() {
        let near = (at + 1..atoms.len().min(at + 4)).find(|other| beside(&atoms[at].1, &atoms[*other].1));
        let Some(other) = near.filter(|_| atoms[at].0 >= done) else {
            at += 1;
            continue;
        };
        let (mut gathered, next) = gather(&atoms, at, other, done);
        let is_head = atoms[at].1.y < head;
        let recipients = gathered.left.iter().any(|index| is_recipients(&text(page, &atoms[*index].1)));
        let first = gathered.left.iter().chain(&gathered.right).map(|index| atoms[*index].0).min().unwrap_or(done);
        let last = gathered.left.iter().chain(&gathered.right).map(|index| atoms[*index].0).max().unwrap_or(done);
        // What stands in these lines and in neither column, in the gutter perhaps.
        let between: Vec<usize> = (0..atoms.len())
            .filter(|index| (first..=last).contains(&atoms[*index].0))
            .filter(|index| !gathered.left.contains(index) && !gathered.right.contains(index))
            .collect();
        // Rows of a table have three pieces; of a head at most one line has.
        let pieces: Vec<usize> = (first..=last).map(|line| atoms.iter().filter(|(index, _)| *index == line).count()).collect();
        let threes = pieces.iter().filter(|count| **count > 2).count();
        let two_columns = if is_head { threes < 2 && pieces.iter().all(|count| *count < 4) } else { threes == 0 };
        if !(is_head || recipients || gathered.seeds >= 2) || !two_columns || !is_head && !between.is_empty() {
            at += 1;
            continue;
        }
        for index in between {
            let middle = f32::midpoint(atoms[index].1.x0, atoms[index].1.x1);
            let column = if middle < f32::midpoint(gathered.gutter.0, gathered.gutter.1) {
                &mut gathered.left
            } else {
                &mut gathered.right
            };
            let place = column.partition_point(|other| *other < index);
            column.insert(place, index);
        }
        if first > done {
            bands.push(Band::Single(lines[done..first].to_vec()));
        }
        let take = |column: &[usize]| column.iter().map(|index| atoms[*index].1.clone()).collect();
        bands.push(Band::Double(take(&gathered.left), take(&gathered.right)));
        done = last + 1;
        at = next.max(at + 1);
    }
    if done < lines.len() {
        bands.push(Band::Single(lines[done..].to_vec()));
    }
    bands
}

/// Gathers the band around two atoms that stand side by side; gives it and the atom behind its last.
fn gather(atoms: &[(usize, Line)], first: usize, second: usize, done: usize) -> (Gather, usize) {
    let (a, b) = (&atoms[first].1, &atoms[second].1);
    let (left, right) = if a.x0 <= b.x0 { (first, second) } else { (second, first) };
    let gutter = (atoms[left].1.x1, atoms[right].1.x0);
    let mut band = Gather { left: Vec::new(), right: Vec::new(), gutter, seeds: 1 };
    // What stands a little higher in one column: `Nơi nhận:` is smaller type than the office beside it.
    let mut start = first;
    while start > 0 && first - start < 3 {
        let above = &atoms[start - 1];
        let below = &atoms[start].1;
        let near = below.y - above.1.y < 1.6 * below.size && above.0 >= done;
        let column = [left, right].into_iter().find(|index| is_aligned(&above.1, &atoms[*index].1));
        let clear = above.1.x1 < gutter.1 - 0.5 * above.1.size || above.1.x0 > gutter.0 + 0.5 * above.1.size;
        if !(near && column.is_some() && clear) {
            // What stands under a line of full width is the end of that paragraph.
            if below.y - above.1.y < 1.6 * below.size && !clear {
                start = first;
            }
            break;
        }
        start -= 1;
    }
    let mut sure = second;
    let mut index = start;
    let mut bottom = a.y.max(b.y);
    while index < atoms.len() {
        let atom = &atoms[index].1;
        if index > second && atom.y - bottom > 9.0 * atom.size || !band.add(index, atom) {
            break;
        }
        let pair =
            index > second && (index.saturating_sub(3)..index).any(|other| beside(&atoms[other].1, atom) && other >= start);
        if pair {
            band.seeds += 1;
            sure = index;
        }
        bottom = bottom.max(atom.y);
        index += 1;
    }
    let end = trim(atoms, &mut band, sure, index);
    (band, end)
}

/// Takes back what stands behind the last pair and is in no column: the title, the first paragraph.
fn trim(atoms: &[(usize, Line)], band: &mut Gather, sure: usize, end: usize) -> usize {
    let mut keep = sure + 1;
    while keep < end {
        let atom = &atoms[keep].1;
        let column = if band.left.contains(&keep) { &band.left } else { &band.right };
        let is_left = band.left.contains(&keep);
        let above: Vec<&Line> = column.iter().filter(|index| **index < keep).map(|index| &atoms[*index].1).collect();
        let Some(last) = above.last() else { break };
        let distance = (atom.y - last.y) / atom.size.max(1.0);
        let aligned = above.iter().rev().take(4).any(|other| is_aligned(atom, other));
        // The list of recipients goes on below the signature, and the name stands below an empty space.
        let continues = if is_left { distance < 1.7 && atom.size <= last.size + 0.6 } else { distance < 9.0 };
        if !(aligned && continues) {
            break;
        }
        keep += 1;
    }
    band.left.retain(|index| *index < keep);
    band.right.retain(|index| *index < keep);
    keep
}

/// Whether two atoms are of one column: one left edge, or one middle.
fn is_aligned(a: &Line, b: &Line) -> bool {
    (a.x0 - b.x0).abs() < 5.0 || (f32::midpoint(a.x0, a.x1) - f32::midpoint(b.x0, b.x1)).abs() < 9.0
}

fn is_recipients(text: &str) -> bool {
    text.starts_with("Nơi nhận") || text.starts_with("Nơi gửi")
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::{all, page};
    use super::*;

    fn read(words: &[(&str, f32, f32, f32)], head: f32) -> Vec<String> {
        let page = page(words);
        let show = |lines: &[Line]| lines.iter().map(|line| text(&page, line)).collect::<Vec<_>>().join("/");
        part(&page, all(&page), head)
            .iter()
            .map(|band| match band {
                Band::Single(lines) => show(lines),
                Band::Double(left, right) => format!("{} | {}", show(left), show(right)),
            })
            .collect()
    }

    #[test]
    fn the_head_is_read_column_by_column() {
        let words = [
            ("ỦY BAN NHÂN DÂN", 70.0, 60.0, 13.0),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 200.0, 60.0, 13.0),
            ("TỈNH THANH GIANG", 65.0, 76.0, 13.0),
            ("Độc lập - Tự do", 240.0, 76.0, 13.0),
            ("Số: 12/KH-UBND", 70.0, 100.0, 13.0),
            ("Thanh Giang, ngày 5", 220.0, 100.0, 13.0),
            ("KẾ HOẠCH", 180.0, 130.0, 14.0),
            ("Giảm nghèo năm 2025", 150.0, 147.0, 14.0),
        ];
        assert_eq!(
            read(&words, 300.0),
            [
                "ỦY BAN NHÂN DÂN/TỈNH THANH GIANG/Số: 12/KH-UBND | CỘNG HÒA XÃ HỘI CHỦ NGHĨA/Độc lập - Tự do/Thanh Giang, ngày 5",
                "KẾ HOẠCH/Giảm nghèo năm 2025"
            ]
        );
    }

    #[test]
    fn recipients_and_signature_are_two_columns() {
        let words = [
            ("Các sở theo chức năng, nhiệm vụ được giao có trách nhiệm phối hợp,", 50.0, 503.0, 14.0),
            ("giao Sở Y tế theo dõi./.", 50.0, 520.0, 14.0),
            ("Nơi nhận:", 50.0, 539.0, 12.0),
            ("TM. ỦY BAN NHÂN DÂN", 330.0, 541.0, 14.0),
            ("- Như Điều 3;", 50.0, 552.0, 11.0),
            ("CHỦ TỊCH", 370.0, 558.0, 14.0),
            ("- Lưu: VT.", 50.0, 565.0, 11.0),
            ("Nguyễn Văn An", 355.0, 640.0, 14.0),
        ];
        let above = "Các sở theo chức năng, nhiệm vụ được giao có trách nhiệm phối hợp,/giao Sở Y tế theo dõi./.";
        assert_eq!(read(&words, 0.0), [above, "Nơi nhận:/- Như Điều 3;/- Lưu: VT. | TM. ỦY BAN NHÂN DÂN/CHỦ TỊCH/Nguyễn Văn An"]);
    }

    #[test]
    fn a_wide_gap_in_one_line_makes_no_columns() {
        let words = [
            ("Mục tiêu", 50.0, 500.0, 14.0),
            ("năm 2025", 150.0, 500.0, 14.0),
            ("Các sở phối hợp thực hiện kế hoạch", 50.0, 517.0, 14.0),
        ];
        assert_eq!(read(&words, 0.0).len(), 1);
    }
}
