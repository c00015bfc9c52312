//! What of a page's text is seen: not what a clip cuts off, what is white on white, invisible or painted over, nor the pale words
//! of a watermark under the text.
//!
//! A text that runs over the edge of its cell, as sheets are printed, is one text: what is cut off belongs to what is seen.

use super::glyphs::{Chunk, Page, Turn};

/// How the characters of a chunk are painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Paint {
    /// Not at all: the text layer over a scan, or one that nobody sees.
    pub(super) invisible: bool,
    /// In the paper's white, and on nothing darker.
    pub(super) white: bool,
    /// Pale, as watermarks are.
    pub(super) pale: bool,
}

/// What is known of how a chunk is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sight {
    /// Chunks with this number are one text under one clip.
    pub(super) run: u32,
    /// A part of it at least is inside of the clip.
    pub(super) inside: bool,
    pub(super) paint: Paint,
    /// Something was painted over it.
    pub(super) covered: bool,
    /// It lies on a picture.
    pub(super) on_picture: bool,
    /// Left and right edge of the clip, or of the page.
    pub(super) edge: (f32, f32),
    /// The clip: left, upper, right, lower edge.
    pub(super) clip: Option<[f32; 4]>,
    /// It was put onto the page as an annotation or form field.
    pub(super) added: bool,
}

/// A remark quotes no more of what was left out, in characters.
const LONGEST: usize = 200;
/// How wide what is cut off stands at the edge.
const HAIR: f32 = 0.01;
/// The gap that is left before the edge, in sizes of the type.
const GAP: f32 = 0.3;
/// The clip of a cell is no higher, in sizes of the type.
const HIGHEST: f32 = 8.0;

/// Leaves the chunks that are seen, each with its sight in `sights`.
pub(super) fn settle(page: &mut Page, sights: &[Sight]) {
    let size = usual_size(page);
    let mut shown = vec![false; sights.iter().map(|sight| sight.run as usize + 1).max().unwrap_or_default()];
    for sight in sights.iter().filter(|sight| sight.inside) {
        shown[sight.run as usize] = true;
    }
    let below = below(page, sights, &mut shown);
    let mut kept = vec![true; page.chunks.len()];
    let (mut unseen, mut marks, mut added, mut over) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut layer = 0;
    let mut end = f32::MAX;
    for (index, sight) in sights.iter().enumerate().take(page.chunks.len()) {
        let chunk = page.chunks[index];
        let watermark = sight.paint.pale && chunk.size >= 1.5 * size;
        let hidden = sight.covered
            || sight.paint.white
            || sight.paint.invisible && !sight.on_picture
            || !sight.inside && !shown[sight.run as usize];
        kept[index] = !watermark && !hidden;
        if watermark {
            marks.push(index);
        } else if hidden {
            unseen.push(index);
        } else {
            layer += usize::from(sight.paint.invisible) * (chunk.end - chunk.start);
            if sight.added {
                added.push(index);
            }
            if chunk.turn == Turn::Level {
                // At the edge no gap is left that would tell words apart.
                page.chunks[index].spaced |= !sight.inside && chunk.x0 - end > 0.1 * chunk.size;
                squeeze(&mut page.chunks[index], sight);
                if let Some(y) = below[index] {
                    let right = sight.edge.1 - GAP * chunk.size;
                    (page.chunks[index].x0, page.chunks[index].x1) = (right - HAIR, right);
                    (page.chunks[index].y, page.chunks[index].spaced) = (y, true);
                }
            }
            if !sight.inside && sight.clip.is_none() {
                over.push(index);
            }
        }
        end = chunk.x1;
    }
    clear_blanks(page, sights, &mut kept);
    align(page, &added);
    for (code, chunks) in [("unseen-text", unseen), ("watermark", marks), ("added-text", added), ("over-the-edge", over)] {
        let words: Vec<&str> =
            chunks.iter().map(|index| page.text_of(&page.chunks[*index])).filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            let text = words.join(" ");
            let cut: String = text.chars().take(LONGEST).collect();
            let more = if cut.len() < text.len() { "…" } else { "" };
            page.told.push((code, format!("{cut}{more}")));
        }
    }
    page.layered = layer * 2 > page.text.len();
    if kept.contains(&false) {
        let mut keep = kept.into_iter();
        page.rewrite(|text| if keep.next().unwrap_or(true) { text.to_owned() } else { String::new() });
    }
}

/// For each chunk the height of the last line of its cell that is seen, where it stands in a line that the cell's lower edge cuts off: words
/// that were wrapped in a row too low for them, as sheets are printed. Its run is shown from here on.
fn below(page: &Page, sights: &[Sight], shown: &mut [bool]) -> Vec<Option<f32>> {
    let mut below = vec![None; page.chunks.len()];
    // The clip, the last seen line, and the last line, seen or not.
    let mut cell: Option<([f32; 4], f32, f32)> = None;
    for (index, (chunk, sight)) in page.chunks.iter().zip(sights).enumerate() {
        let Some(clip) = sight.clip.filter(|_| chunk.turn == Turn::Level) else {
            cell = None;
            continue;
        };
        let wide = (clip[0] - 1.0..clip[2]).contains(&chunk.x0);
        if sight.inside {
            let low = clip[3] - clip[1] < HIGHEST * chunk.size;
            cell = low.then_some((clip, chunk.y, chunk.y));
        } else if let Some((same, seen, last)) = cell.filter(|(same, ..)| *same == clip) {
            let down = (chunk.y - last) / chunk.size;
            let on = down.abs() < 0.2 && last > seen;
            // What begins in the line that is seen runs over the right edge, and belongs to its run.
            if wide && (0.8..1.9).contains(&down) || on {
                below[index] = Some(seen);
                shown[sight.run as usize] = true;
                cell = Some((same, seen, chunk.y));
            }
        }
    }
    below
}

/// The size that most characters have.
fn usual_size(page: &Page) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for chunk in &page.chunks {
        match sizes.iter_mut().find(|(size, _)| (size - chunk.size).abs() < 0.5) {
            Some(known) => known.1 += chunk.end - chunk.start,
            None => sizes.push((chunk.size, chunk.end - chunk.start)),
        }
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(12.0, |(size, _)| size)
}

/// What runs over the edge of its clip, or up to it, stands a gap before that edge: after the words before it, and before what the next
/// cell shows there.
fn squeeze(chunk: &mut Chunk, sight: &Sight) {
    let (left, edge) = sight.edge;
    let right = edge - GAP * chunk.size;
    if chunk.x0 > right - HAIR {
        (chunk.x0, chunk.x1) = (right - HAIR, right);
    } else if chunk.x1 < left + HAIR {
        (chunk.x0, chunk.x1) = (left, left + HAIR);
    } else if !sight.inside || chunk.x1 > edge - 0.1 * chunk.size || chunk.x0 < left - 1.0 {
        (chunk.x0, chunk.x1) = (chunk.x0.max(left), chunk.x1.min(right));
    }
}

/// What was put onto a line stands on it, though a hair higher or lower than its words.
fn align(page: &mut Page, added: &[usize]) {
    for at in added {
        let chunk = page.chunks[*at];
        let beside = |other: &Chunk| {
            let gap = (other.x0 - chunk.x1).max(chunk.x0 - other.x1);
            (other.y - chunk.y).abs() < 0.6 * chunk.size.max(other.size) && gap < 10.0 * chunk.size
        };
        let others = page.chunks.iter().enumerate().filter(|(index, other)| !added.contains(index) && beside(other));
        let nearest = others.min_by(|(_, one), (_, other)| (one.y - chunk.y).abs().total_cmp(&(other.y - chunk.y).abs()));
        if let Some(y) = nearest.map(|(_, other)| other.y) {
            page.chunks[*at].y = y;
        }
    }
}

/// A number that was put over the dots of a blank stands for them.
fn clear_blanks(page: &Page, sights: &[Sight], kept: &mut [bool]) {
    let blank = |text: &str| !text.is_empty() && text.chars().all(|c| matches!(c, '.' | '…' | '_'));
    for at in (0..sights.len().min(kept.len())).filter(|at| sights[*at].added) {
        let added = page.chunks[at];
        for (index, chunk) in page.chunks.iter().enumerate().filter(|(index, _)| *index != at) {
            let beside = (chunk.y - added.y).abs() < 0.6 * chunk.size && chunk.x0 < added.x1 && added.x0 < chunk.x1;
            if beside && blank(page.text_of(chunk)) {
                kept[index] = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::tests::page;
    use super::*;

    const SEEN: Sight = Sight {
        run: 0,
        inside: true,
        paint: Paint { invisible: false, white: false, pale: false },
        covered: false,
        on_picture: false,
        edge: (0.0, 595.0),
        clip: None,
        added: false,
    };

    fn left(words: &[(&str, f32, f32, f32)], sights: &[Sight]) -> (Vec<String>, Vec<&'static str>) {
        let mut page = page(words);
        settle(&mut page, sights);
        let texts = page.chunks.iter().map(|chunk| page.text_of(chunk).to_owned()).filter(|text| !text.is_empty()).collect();
        (texts, page.told.iter().map(|(code, _)| *code).collect())
    }

    #[test]
    fn what_is_not_seen_is_left_out_and_told() {
        let words =
            [("một", 60.0, 100.0, 12.0), ("hai", 60.0, 120.0, 12.0), ("ba", 60.0, 140.0, 12.0), ("bốn", 60.0, 160.0, 12.0)];
        let sights = [
            SEEN,
            Sight { run: 1, inside: false, ..SEEN },
            Sight { run: 2, paint: Paint { white: true, ..SEEN.paint }, ..SEEN },
            Sight { run: 3, paint: Paint { invisible: true, ..SEEN.paint }, ..SEEN },
        ];
        assert_eq!(left(&words, &sights), (vec!["một".to_owned()], vec!["unseen-text"]));
        // The layer over a scan is the text of the page.
        let layer = Sight { paint: Paint { invisible: true, ..SEEN.paint }, on_picture: true, ..SEEN };
        assert_eq!(left(&words[..2], &[layer, layer]).0.len(), 2);
    }

    #[test]
    fn a_text_that_runs_over_its_cell_is_whole() {
        let words = [("số", 60.0, 100.0, 12.0), ("1.250", 110.0, 100.0, 12.0), ("9", 112.0, 100.0, 12.0)];
        let cell = Sight { edge: (50.0, 100.0), clip: Some([50.0, 80.0, 100.0, 104.0]), ..SEEN };
        let mut page = page(&words);
        settle(&mut page, &[cell, Sight { inside: false, ..cell }, Sight { run: 1, ..SEEN }]);
        assert_eq!(page.chunks.len(), 3);
        assert!(page.chunks[1].x1 <= 100.0 && page.chunks[1].x0 > page.chunks[0].x1, "{:?}", page.chunks);
        assert!(page.told.is_empty());
        // The next cell begins at the edge: its words are others.
        let words = [("nước tưới", 60.0, 100.0, 12.0), ("m", 101.0, 100.0, 12.0)];
        let mut page = super::super::lines::tests::page(&words);
        let next = Sight { run: 1, edge: (100.5, 150.0), clip: Some([100.5, 80.0, 150.0, 104.0]), ..SEEN };
        settle(&mut page, &[cell, cell, next]);
        let lines = super::super::lines::tests::all(&page);
        let texts: Vec<String> = lines.iter().map(|line| super::super::lines::text(&page, line)).collect();
        assert_eq!(texts, ["nước tưới m"]);
    }

    #[test]
    fn lines_that_the_lower_edge_of_a_cell_cuts_off_are_of_its_text() {
        let words = [
            ("đạt", 60.0, 100.0, 10.0),
            ("trên", 60.0, 112.0, 10.0),
            ("1.250 ha", 60.0, 124.0, 10.0),
            ("45", 130.0, 100.0, 10.0),
        ];
        let cell = |run, inside| Sight { run, inside, edge: (58.0, 120.0), clip: Some([58.0, 90.0, 120.0, 104.0]), ..SEEN };
        let sights = [cell(0, true), cell(1, false), cell(2, false), cell(2, false), Sight { run: 3, ..SEEN }];
        let mut page = page(&words);
        settle(&mut page, &sights);
        let lines = super::super::lines::tests::all(&page);
        let texts: Vec<String> = lines.iter().map(|line| super::super::lines::text(&page, line)).collect();
        assert_eq!(texts, ["đạt trên 1.250 ha 45"]);
        assert!(page.told.is_empty(), "{:?}", page.told);
        // A text of which no line is seen is none.
        let hidden = [cell(0, false), cell(1, false), cell(2, false), cell(2, false), Sight { run: 3, ..SEEN }];
        assert_eq!(left(&words, &hidden), (vec!["45".to_owned()], vec!["unseen-text"]));
    }

    #[test]
    fn words_over_the_edge_of_the_page_are_read_and_told() {
        let words = [("trước ngày", 500.0, 100.0, 20.0)];
        let mut page = page(&words);
        settle(&mut page, &[SEEN, Sight { inside: false, ..SEEN }]);
        assert_eq!(page.told, [("over-the-edge", "ngày".to_owned())]);
        assert!(page.chunks[1].x1 <= 595.0);
    }

    #[test]
    fn pale_words_are_a_watermark_where_they_are_large() {
        let pale = Sight { paint: Paint { pale: true, ..SEEN.paint }, ..SEEN };
        let words = [("BẢN", 60.0, 100.0, 40.0), ("chỉ tiêu năm nay", 60.0, 105.0, 12.0)];
        let sights = [pale, SEEN, SEEN, SEEN, SEEN];
        let (texts, told) = left(&words, &sights);
        assert_eq!((texts.len(), told), (4, vec!["watermark"]));
        // Pale words of the usual size are words.
        assert_eq!(left(&[("ghi chú nhỏ", 60.0, 100.0, 12.0)], &[pale, pale, pale]).0.len(), 3);
    }

    #[test]
    fn a_number_put_over_a_blank_stands_for_it() {
        let words = [("Số:", 60.0, 100.0, 12.0), ("......", 80.0, 100.0, 12.0), ("41", 90.0, 100.0, 12.0)];
        let sights = [SEEN, SEEN, Sight { run: 1, added: true, ..SEEN }];
        assert_eq!(left(&words, &sights), (vec!["Số:".to_owned(), "41".to_owned()], vec!["added-text"]));
    }
}
