//! Values as the genre writes them: `85%`, `11,67%`, `1.305 ha`, `06 lớp`, and the words that compare.

use kehoach::record::Comparator;

use super::random::Random;

/// A number and how it is written.
pub struct Value {
    pub number: f64,
    pub text: String,
}

/// `1305` → `1.305`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// A share: mostly whole, sometimes `11,67` or `44.97`.
pub fn percent(random: &mut Random, low: usize, high: usize) -> Value {
    let whole = random.between(low, high);
    if whole >= 100 || random.chance(60) {
        return Value { number: whole as f64, text: whole.to_string() };
    }
    let mark = if random.chance(80) { ',' } else { '.' };
    let (divisor, width) = if random.chance(60) { (10, 1) } else { (100, 2) };
    let part = random.between(1, divisor - 1);
    let text = format!("{whole}{mark}{part:0width$}");
    Value { number: text.replace(',', ".").parse().unwrap_or_default(), text }
}

/// A count: `06`, `45`, `1.305`.
pub fn count(random: &mut Random) -> Value {
    let number = match random.below(3) {
        0 => random.between(1, 9),
        1 => random.between(10, 999),
        _ => random.between(1_000, 98_000),
    };
    let text = if number < 10 { format!("{number:02}") } else { thousands(number) };
    Value { number: number as f64, text }
}

/// A measured amount: `45`, `1.305`, `46,5`.
pub fn amount(random: &mut Random) -> Value {
    match random.below(3) {
        0 => percent(random, 11, 99),
        1 => {
            let number = random.between(1_000, 120_000);
            Value { number: number as f64, text: thousands(number) }
        }
        _ => {
            let (whole, part) = (random.between(1_000, 9_000), random.between(1, 9));
            let text = format!("{},{part}", thousands(whole));
            Value { number: whole as f64 + part as f64 / 10.0, text }
        }
    }
}

/// What stands before and behind a value that is compared.
#[derive(Clone, Copy)]
pub struct Words {
    pub before: &'static str,
    pub behind: &'static str,
    pub comparator: Comparator,
}

const fn words(before: &'static str, behind: &'static str, comparator: Comparator) -> Words {
    Words { before, behind, comparator }
}

/// Behind what is measured: `Tỷ lệ X đạt tối thiểu 80%`.
pub const BEHIND: &[Words] = &[
    words("đạt", "", Comparator::Eq),
    words("đạt", "", Comparator::Eq),
    words("phấn đấu đạt", "", Comparator::Eq),
    words("đạt trên", "", Comparator::Gt),
    words("trên", "", Comparator::Gt),
    words("đạt tối thiểu", "", Comparator::Ge),
    words("đạt ít nhất", "", Comparator::Ge),
    words("từ", "trở lên", Comparator::Ge),
    words("đạt từ", "trở lên", Comparator::Ge),
    words("đạt", "trở lên", Comparator::Ge),
    words("không dưới", "", Comparator::Ge),
    words("đạt khoảng", "", Comparator::Approx),
    words("đạt gần", "", Comparator::Approx),
];

/// Behind what is to be little: `Tỷ lệ hộ nghèo không quá 2%`.
pub const LITTLE: &[Words] = &[
    words("dưới", "", Comparator::Lt),
    words("giảm xuống dưới", "", Comparator::Lt),
    words("không quá", "", Comparator::Le),
    words("tối đa", "", Comparator::Le),
    words("không vượt quá", "", Comparator::Le),
    words("giảm còn", "", Comparator::Eq),
    words("giảm xuống còn", "", Comparator::Eq),
    words("còn khoảng", "", Comparator::Approx),
    words("ở mức", "", Comparator::Eq),
];

/// Before what is measured: `Trên 90% hộ …`.
pub const BEFORE: &[Words] = &[
    words("", "", Comparator::Eq),
    words("", "", Comparator::Eq),
    words("Phấn đấu", "", Comparator::Eq),
    words("Trên", "", Comparator::Gt),
    words("Tối thiểu", "", Comparator::Ge),
    words("Ít nhất", "", Comparator::Ge),
    words("Phấn đấu ít nhất", "", Comparator::Ge),
    words("Khoảng", "", Comparator::Approx),
];

/// Between a verb and a count: `Xây dựng tối thiểu 06 mô hình`.
pub const COUNTS: &[Words] = &[
    words("", "", Comparator::Eq),
    words("", "", Comparator::Eq),
    words("tối thiểu", "", Comparator::Ge),
    words("ít nhất", "", Comparator::Ge),
    words("từ", "trở lên", Comparator::Ge),
    words("trên", "", Comparator::Gt),
    words("khoảng", "", Comparator::Approx),
];

impl Words {
    /// `đạt từ 95% trở lên`.
    pub fn around(self, value: &str) -> String {
        [self.before, value, self.behind].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }
}
