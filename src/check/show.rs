//! Numbers, comparisons and dates as messages write them.

use crate::record::Comparator;

/// A number as Vietnamese writes it: `1.305`, `97,45`.
#[must_use]
pub fn vi(number: f64) -> String {
    let text = en(number);
    text.chars()
        .map(|c| match c {
            ',' => '.',
            '.' => ',',
            c => c,
        })
        .collect()
}

/// A number as English writes it: `1,305`, `97.45`.
#[must_use]
pub fn en(number: f64) -> String {
    let text = format!("{}", (number * 1e6).round() / 1e6);
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

/// How a value compares, in the words of plans.
#[must_use]
pub fn comparator_vi(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Eq => "đạt",
        Comparator::Gt => "trên",
        Comparator::Ge => "tối thiểu",
        Comparator::Lt => "dưới",
        Comparator::Le => "tối đa",
        Comparator::Approx => "khoảng",
    }
}

/// How a value compares, in English.
#[must_use]
pub fn comparator_en(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Eq => "exactly",
        Comparator::Gt => "above",
        Comparator::Ge => "at least",
        Comparator::Lt => "below",
        Comparator::Le => "at most",
        Comparator::Approx => "about",
    }
}

/// `2024-03-05` as `05/3/2024`: days and the first two months carry a nought, as documents write them.
#[must_use]
pub fn date_vi(iso: &str) -> String {
    let parts: Vec<&str> = iso.split('-').collect();
    let month = |month: &str| match month {
        "01" | "02" => month.to_owned(),
        month => month.trim_start_matches('0').to_owned(),
    };
    match parts.as_slice() {
        [year, of, day] => format!("{day}/{}/{year}", month(of)),
        [year, of] => format!("tháng {}/{year}", month(of)),
        _ => iso.to_owned(),
    }
}

/// A quotation short enough for a message.
#[must_use]
pub fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let joined = words.join(" ");
    match joined.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", joined[..at].trim_end()),
        None => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_both_languages() {
        for (number, in_vietnamese, in_english) in [
            (1305.0, "1.305", "1,305"),
            (97.45, "97,45", "97.45"),
            (0.25, "0,25", "0.25"),
            (-1234567.5, "-1.234.567,5", "-1,234,567.5"),
            (100.0, "100", "100"),
        ] {
            assert_eq!(vi(number), in_vietnamese);
            assert_eq!(en(number), in_english);
        }
    }

    #[test]
    fn dates_as_documents_write_them() {
        for (iso, shown) in
            [("2024-03-05", "05/3/2024"), ("2024-02", "tháng 02/2024"), ("2024", "2024"), ("2024-11-20", "20/11/2024")]
        {
            assert_eq!(date_vi(iso), shown);
        }
    }
}
