//! Pixels → points, and boxes of ink → type: which size it has, on which baseline it stands.

use super::Rule;
use super::hocr::{Mark, Seen};
use super::raster::Raster;
use super::strokes::Stroke;

/// A word, in points.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ingest) struct Word {
    pub(in crate::ingest) text: String,
    pub(in crate::ingest) x0: f32,
    pub(in crate::ingest) x1: f32,
    /// Its baseline.
    pub(in crate::ingest) y: f32,
    /// The size of its type.
    pub(in crate::ingest) size: f32,
    /// How sure Tesseract is of it, in percent.
    pub(in crate::ingest) confidence: f32,
    /// Whether a space stands before it; none before a footnote's raised mark.
    pub(in crate::ingest) spaced: bool,
}

/// The letters without anything above or below: as high as an x.
const LOW: &str = "acemnorsuvxzơư";
/// How high these are, for each point of the type's size, in the serif type of documents.
const X_HEIGHT: f32 = 0.46;
/// How high capitals and figures are.
const CAPITAL: f32 = 0.67;
/// The height that Tesseract gives a line, from ascender to descender.
const LINE: f32 = 0.92;
/// Sizes that differ by less are one: a box of ink is a pixel more or less.
const SAME: f32 = 0.1;

/// How many pixels a picture has to the inch, taking it for a sheet of A4.
pub(super) fn resolution(page: &Raster) -> f32 {
    (page.width.min(page.height) as f32 / 8.27).clamp(50.0, 1200.0)
}

/// The size of type, in pixels, that a character shows; `None` where marks stand on or under it.
fn size_of(mark: &Mark) -> Option<f32> {
    let mut chars = mark.text.chars();
    let (c, height) = (chars.next()?, mark.bottom - mark.top);
    if chars.next().is_some() {
        return None;
    }
    if LOW.contains(c) {
        Some(height / X_HEIGHT)
    } else if c.is_ascii_digit() || c.is_ascii_uppercase() && !matches!(c, 'J' | 'Q') {
        Some(height / CAPITAL)
    } else {
        None
    }
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The words of a page; specks that were taken for marks are left out.
pub(super) fn words(seen: &[Seen], per_point: f32) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(seen.len());
    let mut from = 0;
    while from < seen.len() {
        let line = seen[from].line;
        let to = from + seen[from..].iter().take_while(|word| word.line == line).count();
        let words_of_line = &seen[from..to];
        from = to;
        let sizes: Vec<f32> = words_of_line.iter().flat_map(|word| &word.marks).filter_map(size_of).collect();
        let Some(size) = median(sizes).or_else(|| words_of_line.first().map(|word| word.height / LINE)) else { continue };
        for word in words_of_line.iter().filter(|word| !is_speck(word, size)) {
            push(word, size, per_point, &mut words);
        }
    }
    even_out(&mut words.iter_mut().collect::<Vec<_>>());
    in_order(words)
}

/// The words line by line from the top, each from left to right: those of a second look came last. A raised mark stays with
/// its word.
fn in_order(words: Vec<Word>) -> Vec<Word> {
    let mut units: Vec<Vec<Word>> = Vec::new();
    for word in words {
        match units.last_mut().filter(|_| !word.spaced) {
            Some(unit) => unit.push(word),
            None => units.push(vec![word]),
        }
    }
    units.sort_by(|a, b| a[0].y.total_cmp(&b[0].y));
    let mut from = 0;
    while from < units.len() {
        let (y, size) = (units[from][0].y, units[from][0].size);
        let to = from + units[from..].partition_point(|unit| unit[0].y - y < 0.4 * size).max(1);
        units[from..to].sort_by(|a, b| a[0].x0.total_cmp(&b[0].x0));
        from = to;
    }
    units.into_iter().flatten().collect()
}

/// Whether a word is dust, a stamp's edge, a scanner's streak.
fn is_speck(word: &Seen, size: f32) -> bool {
    const MARKS: &str = "-–—+*•.,;:!?()[]/%&=<>≥≤\"'“”‘’…±×";
    let told = word.text.chars().any(char::is_alphanumeric);
    let known = word.text.chars().all(|c| MARKS.contains(c));
    !told && (!known || word.confidence < 40.0) || word.bottom - word.top > 3.0 * size || size < 6.0
}

fn push(word: &Seen, size: f32, per_point: f32, words: &mut Vec<Word>) {
    let place = |text: String, left: f32, right: f32, y: f32, size: f32, spaced: bool| Word {
        text,
        x0: left / per_point,
        x1: right / per_point,
        y: y / per_point,
        size: size / per_point,
        confidence: word.confidence,
        spaced,
    };
    let whole: String = word.marks.iter().map(|mark| mark.text.as_str()).collect();
    if let Some(at) = raised(word, size).filter(|_| whole == word.text) {
        let text = |marks: &[Mark]| marks.iter().map(|mark| mark.text.as_str()).collect::<String>();
        let end = at + word.marks[at..].iter().take_while(|mark| is_raised(mark, word.baseline, size)).count();
        let (before, mark, behind) = (&word.marks[..at], &word.marks[at..end], &word.marks[end..]);
        let (left, right) = (mark[0].left, mark[mark.len() - 1].right);
        let y = median(mark.iter().map(|mark| mark.bottom).collect()).unwrap_or(word.baseline);
        words.push(place(text(before), word.left, before[before.len() - 1].right, word.baseline, size, true));
        words.push(place(text(mark), left, right, y, 0.6 * size, false));
        if let Some(first) = behind.first() {
            words.push(place(text(behind), first.left, word.right, word.baseline, size, false));
        }
        return;
    }
    words.push(place(word.text.clone(), word.left, word.right, word.baseline, size, true));
}

/// Whether a figure is small and stands above the baseline, as a footnote's mark does.
fn is_raised(mark: &Mark, baseline: f32, size: f32) -> bool {
    let height = mark.bottom - mark.top;
    mark.text.chars().all(|c| c.is_ascii_digit()) && height < 0.75 * CAPITAL * size && mark.bottom < baseline - 0.2 * size
}

/// Where behind the word's letters raised figures begin.
fn raised(word: &Seen, size: f32) -> Option<usize> {
    let at = word.marks.iter().position(|mark| is_raised(mark, word.baseline, size))?;
    let letter = word.marks[..at].last()?.text.chars().any(|c| !c.is_ascii_digit());
    letter.then_some(at)
}

/// Gives type that is meant to be of one size one size.
pub(super) fn even_out(words: &mut [&mut Word]) {
    let weight = |word: &&mut Word| word.text.chars().count() as f32;
    let mut left: Vec<usize> = (0..words.len()).collect();
    while !left.is_empty() {
        // The size that most characters have, give or take.
        let near = |size: f32, at: &usize| (words[*at].size - size).abs() <= SAME * size;
        let mut sizes: Vec<f32> = left.iter().map(|at| words[*at].size).collect();
        sizes.sort_by(f32::total_cmp);
        sizes.dedup_by(|a, b| (*a - *b).abs() < 0.1);
        let mass = |size: f32| left.iter().filter(|at| near(size, at)).map(|at| weight(&words[*at])).sum::<f32>();
        let Some(size) = sizes.into_iter().max_by(|a, b| mass(*a).total_cmp(&mass(*b))) else { return };
        let (same, others): (Vec<usize>, Vec<usize>) = left.iter().partition(|at| near(size, at));
        let mean = same.iter().map(|at| words[*at].size * weight(&words[*at])).sum::<f32>() / mass(size).max(1.0);
        for at in &same {
            words[*at].size = mean;
        }
        if same.is_empty() {
            return;
        }
        left = others;
    }
}

/// The lines that rule tables or part footnotes from the text.
pub(super) fn rules(strokes: &[Stroke], per_point: f32) -> Vec<Rule> {
    /// How far the ends of lines that are meant to touch may be apart, in points.
    const NEAR: f32 = 4.0;
    let rules: Vec<Rule> = strokes
        .iter()
        .map(|stroke| {
            let Stroke { level, at, from, to } = *stroke;
            Rule { level, at: at / per_point, from: from / per_point, to: to / per_point }
        })
        .collect();
    // A fold or a streak of the scanner crosses one line at most; the side of a table touches two.
    let touches = |upright: &Rule| {
        let crossed = |level: &&Rule| {
            level.level
                && level.from - NEAR <= upright.at
                && upright.at <= level.to + NEAR
                && upright.from - NEAR <= level.at
                && level.at <= upright.to + NEAR
        };
        rules.iter().filter(crossed).count()
    };
    rules.iter().copied().filter(|rule| rule.level || touches(rule) >= 2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word of letters of which each is as wide as high, on the baseline 100, of type of 40 pixels.
    fn seen(text: &str, line: usize) -> Seen {
        let mut left = 10.0;
        let mut marks = Vec::new();
        for c in text.chars() {
            let height = if LOW.contains(c) { 0.46 * 40.0 } else { 0.67 * 40.0 };
            marks.push(Mark { text: c.into(), top: 100.0 - height, bottom: 100.0, left, right: left + 18.0, confidence: 95.0 });
            left += 20.0;
        }
        let (top, bottom, right) = (70.0, 100.0, left);
        Seen { text: text.into(), left: 10.0, top, right, bottom, baseline: 100.0, height: 37.0, confidence: 95.0, marks, line }
    }

    #[test]
    fn the_size_of_type_is_measured_on_plain_letters() {
        let words = words(&[seen("năm", 1), seen("2025", 1), seen("Độ", 2)], 2.0);
        let sizes: Vec<f32> = words.iter().map(|word| word.size.round()).collect();
        assert_eq!(sizes, [20.0, 20.0, 20.0]);
        assert_eq!((words[0].x0, words[0].y), (5.0, 50.0));
    }

    #[test]
    fn a_small_raised_figure_is_a_mark_of_its_own() {
        let mut word = seen("xuân1,", 1);
        (word.marks[4].top, word.marks[4].bottom) = (72.0, 86.0);
        let words = words(&[seen("năm", 1), word], 1.0);
        let shown: Vec<(&str, bool, bool)> =
            words.iter().map(|word| (word.text.as_str(), word.spaced, word.size < 30.0)).collect();
        assert_eq!(shown, [("năm", true, false), ("xuân", true, false), ("1", false, true), (",", false, false)]);
    }

    #[test]
    fn a_word_of_a_second_look_goes_to_its_place() {
        let mut late = seen("II", 3);
        late.left = 1.0;
        late.baseline = 101.0;
        let below = Seen { baseline: 160.0, ..seen("Rà", 2) };
        let words = words(&[seen("MỤC", 1), below, late], 1.0);
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["II", "MỤC", "Rà"]);
    }

    #[test]
    fn specks_are_left_out() {
        let mut dash = seen("-", 1);
        dash.confidence = 91.0;
        let mut dot = seen(".", 1);
        dot.confidence = 20.0;
        let words = words(&[seen("năm", 1), seen("|", 1), seen("~_", 1), dash, dot], 1.0);
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["năm", "-"]);
    }

    #[test]
    fn a_streak_across_one_line_is_no_side_of_a_table() {
        let level = |at| Stroke { level: true, at, from: 0.0, to: 100.0 };
        let upright = |at, to| Stroke { level: false, at, from: 0.0, to };
        let kept = rules(&[level(0.0), level(50.0), upright(20.0, 30.0), upright(60.0, 50.0), upright(150.0, 50.0)], 1.0);
        assert_eq!(kept.iter().filter(|rule| !rule.level).map(|rule| rule.at).collect::<Vec<_>>(), [60.0]);
    }
}
