//! A page as a grey picture: turned, straightened, and told into ink and paper.

use super::patches::Area;

/// A grey picture, row by row from the top; 0 is black.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest) struct Raster {
    pub(in crate::ingest) width: usize,
    pub(in crate::ingest) height: usize,
    pub(in crate::ingest) pixels: Vec<u8>,
}

/// A quarter turn or two, clockwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quarter {
    Right,
    Half,
    Left,
}

impl Quarter {
    /// How many quarters clockwise it is.
    pub(super) fn count(self) -> u8 {
        match self {
            Self::Right => 1,
            Self::Half => 2,
            Self::Left => 3,
        }
    }
}

/// Sheets are laid into scanners this many degrees askew at most.
const MOST_SKEW: f64 = 4.0;

impl Raster {
    /// White paper.
    pub(super) fn white(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![255; width * height] }
    }

    /// A row of pixels.
    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// Makes an area white.
    pub(super) fn erase(&mut self, area: Area) {
        for y in area.top..area.bottom.min(self.height) {
            let right = area.right.min(self.width);
            self.pixels[y * self.width + area.left.min(right)..y * self.width + right].fill(255);
        }
    }

    /// The portable grey map, which every reader of pictures takes.
    pub(super) fn to_pgm(&self) -> Vec<u8> {
        let mut out = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        out.extend_from_slice(&self.pixels);
        out
    }

    /// The grey that parts ink from paper: Otsu's, which makes both sides as even as can be.
    /// `None` for a page of one grey.
    pub(super) fn threshold(&self) -> Option<u8> {
        let mut counts = [0_u64; 256];
        for pixel in &self.pixels {
            counts[usize::from(*pixel)] += 1;
        }
        let all = self.pixels.len() as f64;
        let sum: f64 = counts.iter().zip(0_u32..).map(|(count, grey)| *count as f64 * f64::from(grey)).sum();
        let (mut below, mut sum_below) = (0.0, 0.0);
        let mut best = (0.0, None);
        for grey in 0..=254_u8 {
            let count = counts[usize::from(grey)] as f64;
            below += count;
            sum_below += count * f64::from(grey);
            if below == 0.0 || below == all {
                continue;
            }
            let apart = sum_below / below - (sum - sum_below) / (all - below);
            let score = below * (all - below) * apart * apart;
            if score > best.0 {
                best = (score, Some(grey));
            }
        }
        best.1.map(|grey| grey.clamp(60, 200))
    }

    /// The picture turned.
    pub(super) fn turned(&self, quarter: Quarter) -> Self {
        let (width, height) = (self.width, self.height);
        if quarter == Quarter::Half {
            return Self { pixels: self.pixels.iter().rev().copied().collect(), ..*self };
        }
        let mut out = Self::white(height, width);
        for y in 0..height {
            for (x, pixel) in self.row(y).iter().enumerate() {
                let (to_x, to_y) = if quarter == Quarter::Right { (height - 1 - y, x) } else { (y, width - 1 - x) };
                out.pixels[to_y * height + to_x] = *pixel;
            }
        }
        out
    }

    /// How many degrees its lines rise to the right (negative: fall), 0 where it shows none.
    ///
    /// The lines of a page that lies straight fall into few rows: the angle sought is the one at
    /// which rows differ most from their neighbours.
    pub(super) fn skew(&self) -> f64 {
        let Some(threshold) = self.threshold() else { return 0.0 };
        let step = (self.width / 800).max(1);
        let mut ink: Vec<(f64, f64)> = Vec::new();
        // The edges are the scanner's.
        let (edge_x, edge_y) = (self.width / 25, self.height / 25);
        for y in (edge_y..self.height.saturating_sub(edge_y)).step_by(step) {
            let mut run = 0;
            for x in (edge_x..self.width.saturating_sub(edge_x)).step_by(step) {
                if self.pixels[y * self.width + x] <= threshold {
                    run += 1;
                    ink.push((x as f64 / step as f64, y as f64 / step as f64));
                } else {
                    forget_rule(&mut ink, run);
                    run = 0;
                }
            }
            forget_rule(&mut ink, run);
        }
        if ink.len() < 200 || ink.len() > 400_000 {
            return 0.0;
        }
        let rows = self.height / step + 2 * (self.width / step) / 8 + 4;
        let shift = (self.width / step) as f64 / 8.0;
        let mut counts = vec![0_i64; rows];
        let mut score = |degrees: f64| {
            counts.fill(0);
            let slope = degrees.to_radians().tan();
            for (x, y) in &ink {
                let row = y + x * slope + shift;
                if let Some(count) = counts.get_mut(row.max(0.0) as usize) {
                    *count += 1;
                }
            }
            counts.windows(2).map(|two| (two[1] - two[0]).pow(2)).sum::<i64>()
        };
        let straight = score(0.0);
        let mut best = (straight, 0.0);
        let mut reach = MOST_SKEW;
        let mut step = 0.5;
        while step > 0.01 {
            let centre = best.1;
            let count = (reach / step).round() as i32;
            for at in -count..=count {
                let degrees = centre + f64::from(at) * step;
                let found = score(degrees);
                if degrees.abs() <= MOST_SKEW && found > best.0 {
                    best = (found, degrees);
                }
            }
            reach = step;
            step /= 5.0;
        }
        // A page whose rows differ hardly more when it is turned lies straight, or has no lines.
        if best.0 as f64 > 1.02 * straight as f64 { best.1 } else { 0.0 }
    }

    /// The picture turned clockwise by a small angle about its middle, on white.
    pub(super) fn straightened(&self, degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (middle_x, middle_y) = (self.width as f64 / 2.0, self.height as f64 / 2.0);
        let mut out = Self::white(self.width, self.height);
        // Sixteenths of a pixel in whole numbers are exact enough, and quick.
        let fixed = |value: f64| (value * 65536.0) as i64;
        let (step_x, step_y) = (fixed(cos), fixed(-sin));
        for y in 0..self.height {
            let (dx, dy) = (-middle_x, y as f64 - middle_y);
            let mut from_x = fixed(middle_x + dx * cos + dy * sin);
            let mut from_y = fixed(middle_y - dx * sin + dy * cos);
            for pixel in &mut out.pixels[y * self.width..(y + 1) * self.width] {
                let (left, top) = (from_x >> 16, from_y >> 16);
                if let (Ok(left), Ok(top)) = (usize::try_from(left), usize::try_from(top))
                    && left + 1 < self.width
                    && top + 1 < self.height
                {
                    let (right, below) = ((from_x >> 8 & 255) as u32, (from_y >> 8 & 255) as u32);
                    let at = top * self.width + left;
                    let level = |at: usize| u32::from(self.pixels[at]) * (256 - right) + u32::from(self.pixels[at + 1]) * right;
                    *pixel = ((level(at) * (256 - below) + level(at + self.width) * below) >> 16) as u8;
                }
                from_x += step_x;
                from_y += step_y;
            }
        }
        out
    }

    /// The picture twice as large, for type that is too small to be read.
    pub(super) fn doubled(&self) -> Self {
        let mut out = Self::white(self.width * 2, self.height * 2);
        for y in 0..out.height {
            for x in 0..out.width {
                // Between two pixels three quarters are of the nearer one.
                let (x0, y0) = (x / 2, y / 2);
                let x1 = if x % 2 == 0 { x0.saturating_sub(1) } else { (x0 + 1).min(self.width - 1) };
                let y1 = if y % 2 == 0 { y0.saturating_sub(1) } else { (y0 + 1).min(self.height - 1) };
                let at = |x: usize, y: usize| u32::from(self.pixels[y * self.width + x]);
                let sum = 9 * at(x0, y0) + 3 * at(x1, y0) + 3 * at(x0, y1) + at(x1, y1);
                out.pixels[y * out.width + x] = (sum / 16) as u8;
            }
        }
        out
    }
}

/// Takes a run of ink back that is too long for a letter: a header's rule lies straight on a scan that does not.
fn forget_rule(ink: &mut Vec<(f64, f64)>, run: usize) {
    const LONGEST: usize = 24;
    if run > LONGEST {
        ink.truncate(ink.len() - run);
    }
}

/// How light the colours of a picture are to OCR.
///
/// Red ink is as light as paper, so that a seal over text leaves the text: of its red part, which type under it does not have. The
/// picture itself says how light that is: a seal may be as dark as `(150, 25, 45)`, and a JPEG makes its thin strokes darker still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    /// The red part of red ink; more is paper. `None` where there is no red ink.
    red: Option<u8>,
}

impl Ink {
    /// A colour is red whose red part is greater by this.
    const REDDER: u8 = 48;
    /// What is less red than this is grey; twice as red, ink.
    const TINGE: u32 = 16;
    /// Type under a seal has a smaller red part.
    const DARK: u8 = 80;

    /// What the colours of a picture say.
    pub(super) fn of(colours: impl Iterator<Item = [u8; 3]>) -> Self {
        let mut counts = [0_usize; 256];
        for [red, green, blue] in colours.step_by(3) {
            if red >= Self::DARK && Self::is_red(red, green, blue) {
                counts[usize::from(red)] += 1;
            }
        }
        let tenth = counts.iter().sum::<usize>() / 10;
        let mut sum = 0;
        let red = counts.iter().position(|count| {
            sum += count;
            sum > tenth
        });
        Self { red: red.and_then(|red| u8::try_from(red).ok()) }
    }

    fn is_red(red: u8, green: u8, blue: u8) -> bool {
        red > green.saturating_add(Self::REDDER) && red > blue.saturating_add(Self::REDDER)
    }

    /// How light a colour is, from 0.
    pub(super) fn light(self, red: u8, green: u8, blue: u8) -> u8 {
        let grey = (u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8;
        let Some(seal) = self.red else { return grey as u8 };
        // A JPEG keeps the colours of thin strokes less well than how light they are: what is a little red is taken for ink in part.
        let redder = u32::from(red.saturating_sub(green.max(blue)));
        let share = redder.saturating_sub(Self::TINGE).min(Self::TINGE);
        let paper = (u32::from(red) * 255 / u32::from(seal.max(1))).min(255);
        ((paper * share + grey * (Self::TINGE - share)) / Self::TINGE).max(grey) as u8
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A page with lines of "type": dashes of ink.
    pub(in super::super) fn lined(width: usize, height: usize) -> Raster {
        let mut page = Raster::white(width, height);
        for y in (height / 10..height * 9 / 10).filter(|y| y % 40 < 12) {
            for x in (width / 10..width * 9 / 10).filter(|x| x % 17 < 11) {
                page.pixels[y * width + x] = 20;
            }
        }
        page
    }

    #[test]
    fn a_small_angle_is_found_and_taken_back() {
        let page = lined(800, 1000);
        assert!(page.skew().abs() < 0.05, "{}", page.skew());
        for degrees in [-2.0, -0.4, 0.3, 1.0] {
            let askew = page.straightened(degrees);
            let found = askew.skew();
            assert!((found + degrees).abs() < 0.15, "turned by {degrees}, found {found}");
            let rest = askew.straightened(found).skew();
            assert!(rest.abs() < 0.1, "turned by {degrees}, left {rest}");
        }
    }

    #[test]
    fn a_straight_rule_does_not_hide_that_the_lines_are_askew() {
        let mut page = lined(800, 1000).straightened(0.4);
        for y in [60, 61, 66, 67] {
            page.pixels[y * 800 + 50..y * 800 + 750].fill(0);
        }
        assert!((page.skew() + 0.4).abs() < 0.15, "{}", page.skew());
    }

    #[test]
    fn quarter_turns_add_up() {
        let page = Raster { width: 3, height: 2, pixels: vec![1, 2, 3, 4, 5, 6] };
        assert_eq!(page.turned(Quarter::Right), Raster { width: 2, height: 3, pixels: vec![4, 1, 5, 2, 6, 3] });
        assert_eq!(page.turned(Quarter::Right).turned(Quarter::Left), page);
        assert_eq!(page.turned(Quarter::Right).turned(Quarter::Right), page.turned(Quarter::Half));
    }

    #[test]
    fn ink_is_told_from_paper() {
        let mut page = Raster::white(10, 10);
        assert_eq!(page.threshold(), None);
        page.pixels[..20].fill(40);
        assert!((60..=200).contains(&page.threshold().expect("two greys")));
        assert_eq!((page.doubled().width, page.doubled().pixels[0], page.doubled().pixels[399]), (20, 40, 255));
    }

    #[test]
    fn red_ink_is_light_and_all_other_ink_is_dark() {
        // Paper, a seal on it, type, type under the seal, a signature in blue; the seal light, dark, and with the thin strokes of a JPEG.
        for (seal, stroke) in [([214, 40, 52], [200, 60, 66]), ([150, 25, 45], [112, 40, 52]), ([225, 60, 70], [141, 55, 60])] {
            let picture =
                [[[250, 248, 240]; 60].as_slice(), &[[30, 28, 30]; 20], &[[40, 50, 160]; 8], &[seal; 12], &[stroke; 6]].concat();
            let ink = Ink::of(picture.into_iter());
            for (colour, paper) in [
                ([250, 248, 240], true),
                (seal, true),
                (stroke, true),
                ([30, 28, 30], false),
                ([60, 8, 11], false),
                ([40, 50, 160], false),
            ] {
                let light = ink.light(colour[0], colour[1], colour[2]);
                assert_eq!((light > 230, light < 160), (paper, !paper), "{colour:?}: {light} of {ink:?}");
            }
        }
    }
}
