//! The ways to number sections.

use super::Feature;

/// Letters of points in their order: đ follows d; there is no f, j, w, z.
const LETTERS: [&str; 12] = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m"];
const ROMAN: [&str; 8] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];
const ORDINALS: [&str; 5] = ["nhất", "hai", "ba", "tư", "năm"];
const CAPITALS: [&str; 6] = ["A", "B", "C", "D", "Đ", "E"];

/// A marker as written and its label in a path.
pub struct Mark {
    pub written: String,
    pub label: String,
    /// The title stands on the next line.
    pub alone: bool,
}

fn mark(written: String, label: &str) -> Mark {
    Mark { written, label: label.to_owned(), alone: false }
}

/// The marker of the section at `numbers` (from 1, one a depth).
pub fn marker(scheme: Feature, numbers: &[usize]) -> Mark {
    let number = numbers[numbers.len() - 1];
    let roman = ROMAN[(number - 1) % ROMAN.len()];
    let letter = LETTERS[(number - 1) % LETTERS.len()];
    let digit = || mark(format!("{number}. "), &number.to_string());
    let point = || mark(format!("{letter}) "), letter);
    match (scheme, numbers.len()) {
        (Feature::SchemePart, 1) => {
            let name = format!("Phần thứ {}", ORDINALS[(number - 1) % ORDINALS.len()]);
            Mark { written: name.clone(), label: name, alone: true }
        }
        (Feature::SchemeCapital, 1) => {
            let capital = CAPITALS[(number - 1) % CAPITALS.len()];
            mark(format!("{capital}. "), capital)
        }
        (Feature::SchemeArticle, 1) => mark(format!("Điều {number}. "), &format!("Điều {number}")),
        (Feature::SchemePart | Feature::SchemeCapital, 2) | (Feature::SchemeRoman | Feature::SchemeDecimal, 1) => {
            mark(format!("{roman}. "), roman)
        }
        (Feature::SchemePart | Feature::SchemeCapital, 3) | (_, 2) => digit(),
        (Feature::SchemeDecimal, 3) => {
            let label = format!("{}.{number}", numbers[1]);
            mark(format!("{label}. "), &number.to_string())
        }
        _ => point(),
    }
}
