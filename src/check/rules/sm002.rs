//! SM002: a percentage is not what its counts make.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, show};
use crate::record::Ratio;

pub(super) const RULE: Rule = Rule {
    code: "SM002",
    name: "ratio-does-not-match",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/SM002.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for ratio in case.record.ratios.iter().chain(&case.record.mentions.cell_rates).filter(|ratio| !ratio.holds) {
        // A rate of two cells may be of either order: the one that comes near is meant.
        let (above, below) = meant(ratio);
        let exact = above / below * 100.0;
        // One unit of the last digit stated is rounding up or cutting off, whatever the habit.
        let digits = i32::try_from(show::en(ratio.stated.0).split('.').nth(1).map_or(0, str::len)).unwrap_or(0);
        if !exact.is_finite() || (exact - ratio.stated.0).abs() < 10_f64.powi(-digits) + rounded_by(above, below) {
            continue;
        }
        let rounded = (exact * 100.0).round() / 100.0;
        findings.report(
            Report::new(case.sides(ratio.section.as_deref(), &ratio.evidence))
                .vi(
                    format!(
                        "{}/{} là {}%, không phải {}%.",
                        show::vi(above),
                        show::vi(below),
                        show::vi(rounded),
                        show::vi(ratio.stated.0)
                    ),
                    "Kiểm tra lại tử số, mẫu số và tỷ lệ.",
                )
                .en(
                    format!(
                        "{}/{} is {}%, not {}%.",
                        show::en(above),
                        show::en(below),
                        show::en(rounded),
                        show::en(ratio.stated.0)
                    ),
                    "Check both counts and the percentage.",
                )
                .value("numerator", ratio.numerator)
                .value("denominator", ratio.denominator)
                .value("stated", ratio.stated)
                .value("computed", rounded),
        );
    }
    in_words(case, findings);
    growths(case, findings);
}

/// The two numbers of a rate in the order that comes nearer to what is stated.
fn meant(ratio: &Ratio) -> (f64, f64) {
    let (one, other) = (ratio.numerator.0, ratio.denominator.0);
    let miss = |above: f64, below: f64| (above / below * 100.0 - ratio.stated.0).abs();
    if miss(other, one) < miss(one, other) { (other, one) } else { (one, other) }
}

/// By how many points a percentage may move since its operands are shown rounded: `25,6/27,7` may be 25,55/27,75. Whole numbers
/// are counts and exact.
fn rounded_by(above: f64, below: f64) -> f64 {
    let half = |number: f64| if number.fract() == 0.0 { 0.0 } else { show::rounding(number) };
    (above / below * 100.0).abs() * (half(above) / above.abs() + half(below) / below.abs())
}

/// By how many points a percentage may miss its counts and still be meant of them: beyond it the counts are others.
const MEANT: f64 = 10.0;

/// Percentages whose counts stand in words: `4.120 người bệnh, 3.955 người hài lòng, đạt 92%`.
fn in_words(case: &Case, findings: &mut Findings) {
    for share in &case.record.mentions.shares {
        let digits = i32::try_from(show::en(share.stated.0).split('.').nth(1).map_or(0, str::len)).unwrap_or(0);
        let misses = |whole: f64| (share.numerator.0 / whole * 100.0 - share.stated.0).abs();
        let wholes = share.denominators.iter().map(|whole| whole.0).filter(|whole| *whole > 0.0);
        let Some(whole) = wholes.min_by(|one, other| misses(*one).total_cmp(&misses(*other))) else { continue };
        let miss = misses(whole);
        if miss < 10_f64.powi(-digits) + rounded_by(share.numerator.0, whole) {
            continue;
        }
        let sides = case.sides(share.section.as_deref(), &share.evidence);
        if miss > MEANT || share.denominators.len() > 2 {
            findings.undecided(
                sides,
                "không rõ tỷ lệ này tính trên số nào trong đoạn",
                "it is not known which of the counts the percentage is of",
            );
            continue;
        }
        let computed = (share.numerator.0 / whole * 1e4).round() / 1e2;
        findings.report(
            Report::new(sides)
                .severity(Severity::Warning)
                .vi(
                    format!(
                        "{} trên {} là {}%, không phải {}%.",
                        show::vi(share.numerator.0),
                        show::vi(whole),
                        show::vi(computed),
                        show::vi(share.stated.0)
                    ),
                    "Kiểm tra lại hai số đếm và tỷ lệ; nếu tỷ lệ tính trên số khác thì ghi rõ.",
                )
                .en(
                    format!(
                        "{} of {} is {}%, not {}%.",
                        show::en(share.numerator.0),
                        show::en(whole),
                        show::en(computed),
                        show::en(share.stated.0)
                    ),
                    "Check both counts and the percentage; if it is of another count, say so.",
                )
                .value("numerator", share.numerator)
                .value("denominator", whole)
                .value("stated", share.stated)
                .value("computed", computed),
        );
    }
}

/// Growth that is stated as a difference and as a percentage: `đạt 19,5 tỷ đồng, tăng 18,5% (tăng 3,9 tỷ đồng)` grew by 25%.
fn growths(case: &Case, findings: &mut Findings) {
    for growth in &case.record.mentions.growths {
        let (now, difference, stated) = (growth.now.0, growth.difference.0, growth.stated.0);
        let base = if growth.rise { now - difference } else { now + difference };
        if base <= 0.0 {
            continue;
        }
        let exact = difference / base * 100.0;
        let digits = i32::try_from(show::en(stated).split('.').nth(1).map_or(0, str::len)).unwrap_or(0);
        if (exact - stated).abs() < 10_f64.powi(-digits) + rounded_by(difference, base) {
            continue;
        }
        let computed = (exact * 100.0).round() / 100.0;
        let (vi, en) = if growth.rise { ("tăng", "a rise") } else { ("giảm", "a fall") };
        findings.report(
            Report::new(case.sides(growth.section.as_deref(), &growth.evidence))
                .severity(Severity::Warning)
                .vi(
                    format!(
                        "Đạt {} và {vi} {} là {vi} {}%, không phải {}%.",
                        show::vi(now),
                        show::vi(difference),
                        show::vi(computed),
                        show::vi(stated)
                    ),
                    "Kiểm tra lại mức tăng, giảm và tỷ lệ; nếu so với số khác thì ghi rõ.",
                )
                .en(
                    format!(
                        "{} after {en} of {} is {en} of {}%, not {}%.",
                        show::en(now),
                        show::en(difference),
                        show::en(computed),
                        show::en(stated)
                    ),
                    "Check the difference and the percentage; if it is against another number, say so.",
                )
                .value("now", now)
                .value("difference", difference)
                .value("stated", stated)
                .value("computed", computed),
        );
    }
}
