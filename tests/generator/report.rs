//! Sentences of results: facts, totals with their parts, counts with their percentage.

use kehoach::record::{Comparator, Fact, Number, Ratio, Sum};

use super::known::fact;
use super::random::Random;
use super::values::{amount, percent, thousands};
use super::{Feature, topics};

/// A sentence and what it says.
pub struct Result {
    pub text: String,
    pub facts: Vec<Fact>,
    pub sum: Option<Sum>,
    pub ratio: Option<Ratio>,
    pub features: Vec<Feature>,
}

pub const FORMS: &[Feature] = &[
    Feature::FactShare,
    Feature::FactShare,
    Feature::FactLevel,
    Feature::FactLevel,
    Feature::SumBrackets,
    Feature::SumListed,
    Feature::Ratio,
    Feature::RatioReached,
];

/// Wholes and their parts: the whole, its unit, the parts.
const WHOLES: &[(&str, &str, [&str; 3])] = &[
    ("Toàn tỉnh có", "trường", ["trường mầm non", "trường tiểu học", "trường trung học cơ sở"]),
    ("Đã lắp đặt", "camera", ["camera tại khu dân cư", "camera tại trường học", "camera trên các tuyến giao thông"]),
    ("Toàn ngành có", "cán bộ", ["cán bộ quản lý", "cán bộ chuyên môn", "cán bộ hợp đồng"]),
    ("Đã thành lập", "tổ", ["tổ tại các thôn", "tổ tại các chợ", "tổ tại các khu công nghiệp"]),
];

/// Writes a sentence of `form`.
pub fn sentence(random: &mut Random, form: Feature, allowed: &dyn Fn(Feature) -> bool) -> Result {
    let mut result = Result { text: String::new(), facts: Vec::new(), sum: None, ratio: None, features: vec![form] };
    match form {
        Feature::FactShare => {
            let (thing, wanted) = *random.pick(topics::SHARES);
            let mut wanted = *random.pick(wanted);
            if wanted.contains("buổi/ngày") {
                if allowed(Feature::InnerRate) {
                    result.features.push(Feature::InnerRate)
                } else {
                    wanted = "hoàn thành chương trình lớp học"
                }
            }
            let subject = format!("Tỷ lệ {thing} {wanted}");
            let value = percent(random, 20, 100);
            let (words, comparator) = *random.pick(&[
                ("đạt", Comparator::Eq),
                ("là", Comparator::Eq),
                ("đạt trên", Comparator::Gt),
                ("đạt hơn", Comparator::Gt),
                ("đạt gần", Comparator::Approx),
                ("ước đạt", Comparator::Approx),
            ]);
            result.text = format!("{subject} {words} {}%", value.text);
            result.facts.push(fact(subject, comparator, value.number, "%"));
        }
        Feature::FactLevel => {
            let (subject, unit) = *random.pick(topics::LEVELS);
            let value = amount(random);
            let (words, comparator) =
                *random.pick(&[("đạt", Comparator::Eq), ("đạt khoảng", Comparator::Approx), ("đạt hơn", Comparator::Gt)]);
            result.text = format!("{subject} {words} {} {unit}", value.text);
            result.facts.push(fact(subject.to_owned(), comparator, value.number, unit));
        }
        Feature::SumBrackets | Feature::SumListed => {
            let (whole, unit, names) = *random.pick(WHOLES);
            let mut parts: Vec<usize> = (0..3).map(|_| random.between(100, 2_000)).collect();
            // No part is by chance the sum, or nearly, of those behind it.
            if parts[0].abs_diff(parts[1] + parts[2]) * 4 < parts[0] {
                parts[0] = parts[1];
            }
            let exact: usize = parts.iter().sum();
            // A slip of one or two, as a report has it.
            let holds = form == Feature::SumListed || random.chance(60);
            let total = if holds { exact } else { exact - random.between(1, 2) };
            let listed: Vec<String> =
                parts.iter().zip(names).map(|(part, name)| format!("{} {name}", thousands(*part))).collect();
            let listed = listed.join(", ");
            result.text = if form == Feature::SumBrackets {
                format!("{whole} {} {unit} (trong đó: {listed})", thousands(total))
            } else {
                format!("{whole} {} {unit}, trong đó có {listed}", thousands(total))
            };
            result.sum = Some(Sum {
                id: String::new(),
                total: Number(total as f64),
                parts: parts.into_iter().map(|part| Number(part as f64)).collect(),
                unit: Some(unit.to_owned()),
                section: None,
                row: None,
                holds,
                paper: 0,
                evidence: Vec::new(),
            });
        }
        _ => {
            let denominator = random.between(200, 400_000);
            let numerator = random.between(denominator / 10, denominator - 1);
            let exact = numerator as f64 / denominator as f64 * 100.0;
            let holds = random.chance(70);
            let tenths = (exact * 10.0).round() / 10.0 + if holds { 0.0 } else { 1.5 };
            let (count, things) = (
                format!("{}/{}", thousands(numerator), thousands(denominator)),
                *random.pick(&["hộ gia đình", "hồ sơ", "học sinh", "lao động"]),
            );
            let stated = format!("{tenths:.1}").replace('.', ",");
            let stated_number: f64 = stated.replace(',', ".").parse().unwrap_or_default();
            result.text = if form == Feature::Ratio {
                format!("Đã rà soát {count} {things} ({stated}%)")
            } else {
                format!("Có {count} {things} được hỗ trợ, đạt {stated}%")
            };
            result.ratio = Some(Ratio {
                id: String::new(),
                numerator: Number(numerator as f64),
                denominator: Number(denominator as f64),
                stated: Number(stated_number),
                holds: (exact - stated_number).abs() <= 0.05 + 1e-9,
                section: None,
                paper: 0,
                evidence: Vec::new(),
            });
        }
    }
    result
}
