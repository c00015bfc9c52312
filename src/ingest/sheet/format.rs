//! Numbers and dates as a Vietnamese reader sees them: `1.305`, `6,8`, `12,5%`, `30/06/2025`.
//!
//! The format of a cell says how many decimals are shown and whether thousands are parted;
//! the signs for it are the reader's, a comma and a dot.

/// The formats that have a number and no text.
pub(super) fn builtin(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 | 41 | 42 => "#,##0",
        4 | 39 | 40 | 43 | 44 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        14..=16 => "dd/mm/yyyy",
        17 => "mm/yyyy",
        18..=21 | 45..=47 => "hh:mm",
        22 => "dd/mm/yyyy hh:mm",
        49 => "@",
        _ => "General",
    }
}

/// So many digits a number is filled up to at most, whatever a format asks for; Excel's longest format has 255 characters.
const WIDEST: usize = 255;

/// A number in a format; `since_1904` for workbooks that count days from 1904.
pub(super) fn show(value: f64, format: &str, since_1904: bool) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let section = section(value, format);
    let plain = unquoted(section);
    let lower = plain.to_ascii_lowercase();
    if !lower.contains("general") && lower.contains(['d', 'y', 'h', 's', 'm']) && !lower.contains(['0', '#', '?'])
        || lower.contains("yy")
    {
        return date(value, &lower, since_1904);
    }
    if !plain.contains(['0', '#', '?']) || plain.contains('/') || lower.contains("e+") {
        return general(value);
    }
    let (before, after) = literals(section);
    let digits: String = plain.chars().skip_while(|c| !matches!(c, '0' | '#' | '?')).collect();
    let whole = digits.split('.').next().unwrap_or_default();
    let decimals: &str = digits.split_once('.').map_or("", |(_, decimals)| decimals);
    let least = decimals.chars().filter(|c| *c == '0').count();
    let most = decimals.chars().take_while(|c| matches!(c, '0' | '#' | '?')).count().min(12);
    let last_digit = digits.rfind(['0', '#', '?']).unwrap_or_default();
    let thousands_cut = digits[last_digit..].chars().filter(|c| *c == ',').count();
    let mut shown = value.abs();
    let percent = plain.contains('%');
    if percent {
        shown *= 100.0;
    }
    for _ in 0..thousands_cut.min(4) {
        shown /= 1000.0;
    }
    let fixed = format!("{:.most$}", rounded(shown, most));
    let (whole_digits, decimal_digits) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let mut decimal_digits = decimal_digits.to_owned();
    while decimal_digits.len() > least && decimal_digits.ends_with('0') {
        decimal_digits.pop();
    }
    let width = whole.chars().filter(|c| *c == '0').count().min(WIDEST);
    let padded = format!("{whole_digits:0>width$}");
    let grouped = if whole[..whole.rfind(['0', '#', '?']).unwrap_or_default()].contains(',') { group(&padded) } else { padded };
    let zero = grouped.bytes().chain(decimal_digits.bytes()).all(|byte| matches!(byte, b'0' | b'.'));
    let bracketed = plain.contains('(') && plain.contains(')');
    let sign =
        if value < 0.0 && !zero && (!before.contains('-')) && (bracketed || !format.contains(';') || !has_own_section(format)) {
            "-"
        } else {
            ""
        };
    let comma = if decimal_digits.is_empty() { "" } else { "," };
    let percent = if percent { "%" } else { "" };
    format!("{sign}{before}{grouped}{comma}{decimal_digits}{percent}{after}").trim().to_owned()
}

fn has_own_section(format: &str) -> bool {
    format.split(';').nth(1).is_some_and(|section| !section.is_empty())
}

/// Rounds as a sheet does: halves away from zero, in decimal digits (`1,005` is `1,01`).
fn rounded(value: f64, decimals: usize) -> f64 {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let scaled = value * scale * (1.0 + 1e-15);
    if scaled.abs() < 1e15 { scaled.round() / scale } else { value }
}

/// The part of a format that is for such a value: positive, negative, zero.
fn section(value: f64, format: &str) -> &str {
    let parts: Vec<&str> = format.split(';').collect();
    let index = if value < 0.0 {
        1
    } else if value == 0.0 {
        2
    } else {
        0
    };
    let part = parts.get(index).filter(|part| !part.is_empty() || index > 0 && parts.len() > index).copied();
    match part {
        // `#,##0;;` shows nothing for zero; a section that is not there is the first.
        Some(part) if !unquoted(part).trim().is_empty() && unquoted(part).contains(['0', '#', 'G', 'g', '?', 'd', 'y']) => part,
        _ => parts.first().copied().unwrap_or(format),
    }
}

/// The format without quoted text, escaped characters, colours and fill.
fn unquoted(format: &str) -> String {
    let mut out = String::new();
    let mut characters = format.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => {
                characters.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                characters.by_ref().find(|c| *c == ']');
            }
            c => out.push(c),
        }
    }
    out
}

/// Quoted text before and behind the digits: `0" tỷ đồng"`, `0\ "ha"`.
fn literals(format: &str) -> (String, String) {
    let (mut before, mut after) = (String::new(), String::new());
    let mut digits = false;
    let mut characters = format.chars();
    while let Some(c) = characters.next() {
        let place = if digits { &mut after } else { &mut before };
        match c {
            '0' | '#' | '?' => digits = true,
            '"' => place.extend(characters.by_ref().take_while(|c| *c != '"')),
            '\\' => place.extend(characters.next()),
            '_' | '*' => {
                characters.next();
            }
            '[' => {
                characters.by_ref().find(|c| *c == ']');
            }
            '-' | '+' => place.push(c),
            _ => {}
        }
    }
    (before, after)
}

/// `1305` → `1.305`.
fn group(digits: &str) -> String {
    let mut out = String::new();
    for (index, c) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

/// A number without a format: as many digits as matter, at most ten.
pub(super) fn general(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        // Minus nothing is nothing.
        return format!("{:.0}", if value == 0.0 { 0.0 } else { value });
    }
    let magnitude = value.abs().log10().floor();
    let decimals = if magnitude.is_finite() { (9.0 - magnitude).clamp(0.0, 12.0) } else { 0.0 };
    // From 0 to 12: nothing is lost.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let decimals = decimals as usize;
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('.', ",")
}

/// A day counted from 1900 (or 1904), as `30/06/2025`; with the hour where the format shows one.
fn date(value: f64, format: &str, since_1904: bool) -> String {
    if !(0.0..3_000_000.0).contains(&value) {
        return general(value);
    }
    // In range by the line above.
    #[allow(clippy::cast_possible_truncation)]
    let (mut days, seconds) = (value.floor() as i64, ((value - value.floor()) * 86_400.0).round() as i64);
    if since_1904 {
        days += 1462;
    }
    let clock = format!("{:02}:{:02}", seconds / 3600, seconds % 3600 / 60);
    if !format.contains(['d', 'y']) {
        return if format.contains('h') || format.contains('s') { clock } else { general(value) };
    }
    let (year, month, day) = civil(days);
    let shown = match (format.contains('d'), format.contains('m'), format.contains('y')) {
        (true, true, true) | (true, false, _) => format!("{day:02}/{month:02}/{year}"),
        (true, true, false) => format!("{day:02}/{month:02}"),
        (false, true, _) => format!("{month:02}/{year}"),
        (false, false, _) => year.to_string(),
    };
    if format.contains('h') { format!("{shown} {clock}") } else { shown }
}

/// Year, month and day of a day counted from 1900, as the sheet counts: with a 29/02/1900 that never was.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = if days < 60 { days + 1 } else { days };
    // Days from 0000-03-01 in the Gregorian calendar; 1899-12-30 is day 0 here.
    let z = days + 693_899;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let part = (5 * of_year + 2) / 153;
    let day = of_year - (153 * part + 2) / 5 + 1;
    let month = if part < 10 { part + 3 } else { part - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_vietnamese() {
        for (value, format, wanted) in [
            (6.8, "General", "6,8"),
            (33.746_687_25, "General", "33,74668725"),
            (0.1 + 0.2, "General", "0,3"),
            (1305.0, "General", "1305"),
            (0.0, "General", "0"),
            (-5.0, "General", "-5"),
            (1305.0, "#,##0", "1.305"),
            (1_234_567.891, "#,##0.00", "1.234.567,89"),
            (33.746, "0.0", "33,7"),
            (5.0, "0.0", "5,0"),
            (5.0, "0.##", "5"),
            (0.125, "0.0%", "12,5%"),
            (0.5, "0%", "50%"),
            (-1305.5, "#,##0.0", "-1.305,5"),
            (-12.0, "#,##0;(#,##0)", "-12"),
            (-12.0, "#,##0;-#,##0", "-12"),
            (12.0, "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", "12"),
            (250.0, "0\" tỷ đồng\"", "250 tỷ đồng"),
            (1_500_000.0, "#,##0,", "1.500"),
            (7.0, "00", "07"),
            (7.0, "0.00000000000000000000", "7,000000000000"),
            (96.5, "0", "97"),
            (1.005, "0.00", "1,01"),
        ] {
            assert_eq!(show(value, format, false), wanted, "{value} {format}");
        }
    }

    #[test]
    fn a_format_of_very_many_digits_is_held_to_the_widest() {
        assert_eq!(show(7.0, &"0".repeat(65_536), false), format!("{}7", "0".repeat(WIDEST - 1)));
        assert_eq!(show(7.0, &format!("0.{}", "0".repeat(65_536)), false), "7,000000000000");
    }

    #[test]
    fn dates_are_days_months_years() {
        assert_eq!(show(45_838.0, "m/d/yyyy", false), "30/06/2025");
        assert_eq!(show(45_838.5, "dd/mm/yyyy hh:mm", false), "30/06/2025 12:00");
        assert_eq!(show(45_838.0, "mm/yyyy", false), "06/2025");
        assert_eq!(show(1.0, "dd/mm/yyyy", false), "01/01/1900");
        assert_eq!(show(61.0, "dd/mm/yyyy", false), "01/03/1900");
        assert_eq!(show(44_376.0, "dd/mm/yyyy", true), "30/06/2025");
        assert_eq!(show(0.75, "hh:mm", false), "18:00");
    }
}
