//! Targets as intervals: `đạt 85%`, `trên 85%`, `tối thiểu 85%`, `2 - 3%`; compared with the unit, the kind of change and the way
//! that is good, as met, violated, weaker, or not comparable *because* ….

use crate::record::{Actual, Change, ChangeKind, Comparator, Direction, Fact, Target};
use crate::words::fold;

/// The values that a target allows, and how it says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// How the value compares.
    pub comparator: Comparator,
    /// The value; of a range its lower end.
    pub value: f64,
    /// A range's upper end.
    pub to: Option<f64>,
    /// Unit, folded; empty where there is none.
    pub unit: String,
    change: Option<ChangeKind>,
    base: Option<String>,
}

/// How a value or a lower target stands to a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It reaches it.
    Met,
    /// It falls short of it.
    Violated,
    /// The same number, but it binds less: `đạt 90%` under `trên 90%`.
    Weaker,
    /// They cannot be compared; why, in Vietnamese and in English.
    NotComparable(String, String),
}

/// How `trên 95%` is read where exactly 95% was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Not reached: above is above.
    Strict,
    /// Reached: `trên` is meant as `từ … trở lên`.
    Lenient,
}

impl Interval {
    /// The interval of a target.
    #[must_use]
    pub fn of(target: &Target) -> Self {
        Self {
            comparator: target.comparator,
            value: target.value.0,
            to: target.value_to.map(|to| to.0),
            unit: unit(target.unit.as_deref()),
            change: target.change.as_ref().map(|change| change.kind),
            base: target.change.as_ref().and_then(|change: &Change| change.base.as_deref()).map(fold),
        }
    }

    /// The same with a change against the year before `year`, however it is written: `so với năm trước`, `so với năm 2023` in a plan of
    /// 2024.
    #[must_use]
    pub fn in_year(mut self, year: Option<i16>) -> Self {
        let Some(base) = &self.base else { return self };
        let years = super::quotes::years(base);
        let before = match years.as_slice() {
            [] => true,
            [one] => year.is_some_and(|year| one + 1 == year),
            _ => false,
        };
        if before {
            self.base = Some(String::new());
        }
        self
    }

    /// The interval of a target's result; `None` where it has none, or only words.
    #[must_use]
    pub fn of_result(target: &Target) -> Option<Self> {
        match target.actual.as_ref()? {
            Actual::Value { value, unit: written, comparator } => Some(Self {
                comparator: *comparator,
                value: value.0,
                to: None,
                unit: written.as_deref().map_or_else(|| unit(target.unit.as_deref()), |written| unit(Some(written))),
                change: None,
                base: None,
            }),
            Actual::Words { .. } => None,
        }
    }

    /// The interval of a fact.
    #[must_use]
    pub fn of_fact(fact: &Fact) -> Self {
        Self {
            comparator: fact.comparator,
            value: fact.value.0,
            to: None,
            unit: unit(fact.unit.as_deref()),
            change: fact.change.as_ref().map(|change| change.kind),
            base: fact.change.as_ref().and_then(|change| change.base.as_deref()).map(fold),
        }
    }

    /// Why two intervals cannot be compared; `None` where they can.
    #[must_use]
    pub fn apart(&self, other: &Self) -> Option<(String, String)> {
        if self.unit != other.unit {
            let shown = |unit: &str| if unit.is_empty() { "không ghi".to_owned() } else { unit.to_owned() };
            return Some((
                format!("khác đơn vị tính: {} và {}", shown(&self.unit), shown(&other.unit)),
                format!("different units: {} and {}", shown(&self.unit), shown(&other.unit)),
            ));
        }
        if self.change != other.change {
            return Some(("một bên là mức, một bên là mức tăng, giảm".into(), "one is a level, the other a change".into()));
        }
        if self.change.is_some() && self.base.is_some() && other.base.is_some() && self.base != other.base {
            return Some(("mức tăng, giảm so với hai gốc khác nhau".into(), "changes against different bases".into()));
        }
        None
    }

    /// The way that is good by the words alone: what is to stay below a value should be small.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        match (self.comparator, self.change) {
            (Comparator::Lt | Comparator::Le, _) => Some(Direction::Down),
            (Comparator::Gt | Comparator::Ge, _) => Some(Direction::Up),
            // What grows or shrinks by so much: more of it is better.
            (_, Some(_)) => Some(Direction::Up),
            _ => None,
        }
    }

    /// Whether `value` reaches this target. `direction` is asked only of `đạt X`, which says none itself.
    #[must_use]
    pub fn reached_by(&self, value: f64, direction: Option<Direction>, reading: Reading) -> Option<bool> {
        let close = (value - self.value).abs() < 1e-9;
        if let Some(to) = self.to {
            return match direction {
                Some(Direction::Up) => Some(value >= self.value - 1e-9),
                Some(Direction::Down) => Some(value <= to + 1e-9),
                None => (self.value <= value && value <= to).then_some(true),
            };
        }
        match self.comparator {
            Comparator::Gt => Some(value > self.value && !close || close && reading == Reading::Lenient),
            Comparator::Lt => Some(value < self.value && !close || close && reading == Reading::Lenient),
            Comparator::Ge => Some(value >= self.value - 1e-9),
            Comparator::Le => Some(value <= self.value + 1e-9),
            Comparator::Approx => None,
            Comparator::Eq if close => Some(true),
            Comparator::Eq => match direction? {
                Direction::Up => Some(value > self.value),
                Direction::Down => Some(value < self.value),
            },
        }
    }

    /// How a lower level's target stands to this one, its superior's.
    #[must_use]
    pub fn standing_of(&self, lower: &Self, direction: Option<Direction>) -> Standing {
        if let Some((vi, en)) = self.apart(lower) {
            return Standing::NotComparable(vi, en);
        }
        let direction = direction.or_else(|| self.direction()).or_else(|| lower.direction());
        let Some(direction) = direction else {
            // The same number both times needs no direction.
            if (self.value - lower.value).abs() < 1e-9 && self.comparator == lower.comparator {
                return Standing::Met;
            }
            return Standing::NotComparable(
                "không rõ chỉ tiêu này tăng hay giảm là tốt".into(),
                "it is not known whether more or less is better".into(),
            );
        };
        if self.comparator == Comparator::Approx || lower.comparator == Comparator::Approx {
            return Standing::NotComparable("một bên chỉ nói khoảng".into(), "one side only says about".into());
        }
        let difference = match direction {
            Direction::Up => lower.value - self.value,
            Direction::Down => self.to.unwrap_or(self.value) - lower.to.unwrap_or(lower.value),
        };
        if difference < -1e-9 {
            return Standing::Violated;
        }
        let strictness = |comparator| match (direction, comparator) {
            (Direction::Up, Comparator::Gt) | (Direction::Down, Comparator::Lt) => 1,
            _ => 0,
        };
        if difference.abs() <= 1e-9 && strictness(lower.comparator) < strictness(self.comparator) {
            return Standing::Weaker;
        }
        Standing::Met
    }
}

/// Which way is good for a target: as the registry knows it, else as the words say. One reaches (`đạt`) what is good, and
/// what is bad goes down to a value (`giảm còn 3%`) or stays below it; of a share in full, `100% X`, more is better.
#[must_use]
pub fn direction_of(target: &Target) -> Option<Direction> {
    if target.direction.is_some() {
        return target.direction;
    }
    if let Some(direction) = Interval::of(target).direction() {
        return Some(direction);
    }
    if target.value.0 == 100.0 && target.unit.as_deref() == Some("%") {
        return Some(Direction::Up);
    }
    let words = target.evidence.first().map(|piece| fold(&piece.text)).unwrap_or_default();
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
    let (down, up) = (
        says(&["giảm còn", "còn dưới", " còn ", "giảm xuống", "kéo giảm"]),
        says(&["đạt", "phấn đấu có", "nâng lên", "tăng lên"]),
    );
    match (up, down) {
        (true, false) => Some(Direction::Up),
        (false, true) => Some(Direction::Down),
        _ => direction_of_matter(&fold(&target.indicator)),
    }
}

/// Which way is good by what is counted: work that is done (`Trồng cây phân tán 1,2 triệu cây`) should be more, harm
/// (`Số vụ cháy`, `diện tích bị hại`) less. `Số vụ được xử lý` counts work on harm.
fn direction_of_matter(indicator: &str) -> Option<Direction> {
    const WORK: [&str; 37] = [
        "trồng",
        "xây dựng",
        "xây mới",
        "thành lập",
        "phát triển",
        "đào tạo",
        "tập huấn",
        "bồi dưỡng",
        "tuyên truyền",
        "kiểm tra",
        "hỗ trợ",
        "thu hút",
        "đón ",
        "khám",
        "tiêm",
        "lắp đặt",
        "nâng cấp",
        "cải tạo",
        "sửa chữa",
        "giao khoán",
        "chăm sóc",
        "tạo việc làm",
        "giải ngân",
        "thu ngân sách",
        "tổng thu",
        "sản lượng",
        "năng suất",
        "doanh thu",
        "tổng lượt",
        "số lượt",
        "số bác sĩ",
        "số giường",
        "thu nhập bình quân",
        "tuổi thọ",
        "số hộ được",
        "số người được",
        "phục vụ",
    ];
    const HARM: [&str; 9] = [
        "số vụ",
        "số ca ",
        "số người chết",
        "số người bị",
        "số người mắc",
        "thiệt hại",
        "tỷ suất tử vong",
        "tỷ số tử vong",
        "tỷ lệ tử vong",
    ];
    const HANDLED: [&str; 8] = ["được", "xử lý", "giải quyết", "phát hiện", "điều tra", "khám phá", "kiểm tra", "cứu"];
    let handled = HANDLED.iter().any(|word| indicator.contains(word));
    let harm = HARM.iter().any(|begin| indicator.starts_with(begin)) || indicator.contains(" bị ");
    match (harm, handled, WORK.iter().any(|begin| indicator.starts_with(begin))) {
        (true, false, _) => Some(Direction::Down),
        (false, _, true) => Some(Direction::Up),
        _ => None,
    }
}

/// A unit so far that two spellings of it are one.
fn unit(written: Option<&str>) -> String {
    let folded = fold(written.unwrap_or_default());
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(comparator: Comparator, value: f64) -> Interval {
        Interval { comparator, value, to: None, unit: "%".into(), change: None, base: None }
    }

    #[test]
    fn a_lower_target_under_its_superiors() {
        use Comparator::{Eq, Ge, Gt, Le, Lt};
        let up = Some(Direction::Up);
        for (upper, lower, direction, wanted) in [
            ((Gt, 75.0), (Gt, 70.0), None, Standing::Violated),
            ((Gt, 90.0), (Eq, 90.0), None, Standing::Weaker),
            ((Gt, 90.0), (Ge, 90.0), None, Standing::Weaker),
            ((Ge, 90.0), (Eq, 90.0), None, Standing::Met),
            ((Eq, 90.0), (Eq, 95.0), up, Standing::Met),
            ((Eq, 90.0), (Eq, 85.0), up, Standing::Violated),
            ((Lt, 5.0), (Lt, 6.0), None, Standing::Violated),
            ((Lt, 5.0), (Le, 5.0), None, Standing::Weaker),
            ((Le, 45.0), (Le, 40.0), None, Standing::Met),
        ] {
            let standing = interval(upper.0, upper.1).standing_of(&interval(lower.0, lower.1), direction);
            assert_eq!(standing, wanted, "{upper:?} {lower:?}");
        }
        let unknown = interval(Eq, 90.0).standing_of(&interval(Eq, 85.0), None);
        assert!(matches!(unknown, Standing::NotComparable(..)));
        let mut other = interval(Eq, 90.0);
        other.unit = "xã".into();
        assert!(matches!(interval(Eq, 90.0).standing_of(&other, up), Standing::NotComparable(..)));
    }

    #[test]
    fn exactly_at_the_edge_is_read_both_ways() {
        let target = interval(Comparator::Gt, 95.0);
        assert_eq!(target.reached_by(95.0, None, Reading::Strict), Some(false));
        assert_eq!(target.reached_by(95.0, None, Reading::Lenient), Some(true));
        assert_eq!(target.reached_by(95.1, None, Reading::Strict), Some(true));
        assert_eq!(interval(Comparator::Eq, 95.0).reached_by(96.0, None, Reading::Strict), None);
        assert_eq!(interval(Comparator::Approx, 95.0).reached_by(94.0, None, Reading::Strict), None);
    }
}
