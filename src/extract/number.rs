//! Numbers as Vietnamese documents write them: `1.305` is one thousand three hundred and
//! five, `11,67` a decimal; a document's own slips are decimals too: `44.97%`, `0.25%`.

/// The value of a number as written; `percent` tells that a percentage follows.
#[must_use]
pub fn parse(text: &str, percent: bool) -> Option<f64> {
    let points = text.bytes().filter(|byte| *byte == b'.').count();
    let commas = text.bytes().filter(|byte| *byte == b',').count();
    let plain = |thousands: char, decimal: Option<char>| -> Option<f64> {
        let mut digits = String::with_capacity(text.len());
        for c in text.chars() {
            if c == thousands {
                continue;
            }
            digits.push(if Some(c) == decimal { '.' } else { c });
        }
        digits.parse().ok()
    };
    match (points, commas) {
        (0, 0) => text.parse().ok(),
        // The mark that comes last is the decimal one: `1.234,5`, `1,234.5`.
        (1.., 1..) => {
            let decimal_comma = text.rfind(',') > text.rfind('.');
            if decimal_comma && commas == 1 {
                plain('.', Some(','))
            } else if !decimal_comma && points == 1 {
                plain(',', Some('.'))
            } else {
                None
            }
        }
        (_, 0) => {
            if is_grouped(text, '.') && !(percent && points == 1) {
                plain('.', None)
            } else if points == 1 {
                text.parse().ok()
            } else {
                None
            }
        }
        (0, _) => {
            // `10,000` in the English way; but `12,345` has three decimals.
            if commas > 1 && is_grouped(text, ',') || text.ends_with(",000") && !percent && is_grouped(text, ',') {
                plain(',', None)
            } else if commas == 1 {
                plain(' ', Some(','))
            } else {
                None
            }
        }
    }
}

/// Whether the digits stand in groups of three: `1.305`, `45.369.985.510`.
fn is_grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first != "0" && !first.starts_with("00") && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_genre() {
        for (text, percent, value) in [
            ("85", true, 85.0),
            ("01", false, 1.0),
            ("1.305", false, 1305.0),
            ("11,67", false, 11.67),
            ("44.97", true, 44.97),
            ("0.25", true, 0.25),
            ("0.250", false, 0.25),
            ("34,6", true, 34.6),
            ("45.369.985.510", false, 45_369_985_510.0),
            ("335.521", false, 335_521.0),
            ("1.234,5", false, 1234.5),
            ("1,234.5", false, 1234.5),
            ("10,000", false, 10_000.0),
            ("12,345", false, 12.345),
            ("99.125", true, 99.125),
        ] {
            assert_eq!(parse(text, percent), Some(value), "{text}");
        }
        assert_eq!(parse("1.2.3", false), None);
        assert_eq!(parse("", false), None);
    }
}
