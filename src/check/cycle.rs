//! Recurring deadlines as dates: `before day 25 of the quarter's last month`, `before 20 December`, `before day 5 of the next month`.

use jiff::civil::Date;

use crate::record::{Every, Recurrence};

/// When something that recurs is due: so many months after the last month of its time, and on which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// How often.
    pub every: Every,
    /// Months after the last month of the time reported on: 0 in it, 1 in the next.
    pub months_after: i8,
    /// The day of that month; beyond its end the last one.
    pub day: i8,
    /// The month, where the rule names one: `before 20 December`.
    pub month: Option<i8>,
}

impl Cycle {
    /// Reads the rule of a recurrence; `None` where it has none, or one that names no day.
    #[must_use]
    pub fn of(recurrence: &Recurrence) -> Option<Self> {
        let rule = recurrence.rule.as_deref()?.strip_prefix("before ")?;
        let of = |months_after, day, month| Some(Self { every: recurrence.every, months_after, day, month });
        if let Some(rest) = rule.strip_prefix("day ") {
            let (day, place) = rest.split_once(" of the ")?;
            let day = day.parse().ok()?;
            return match place {
                "quarter's last month" | "month" => of(0, day, None),
                "next month" | "next quarter's first month" => of(1, day, None),
                "quarter's first month" => of(-2, day, None),
                _ => None,
            };
        }
        let (day, month) = rule.split_once(' ')?;
        let month = MONTHS.iter().position(|name| *name == month)?;
        of(0, day.parse().ok()?, Some(i8::try_from(month + 1).ok()?))
    }

    /// The days on which it is due for the times that end in `year`.
    #[must_use]
    pub fn days(&self, year: i16) -> Vec<Date> {
        let last_months: Vec<i8> = match (self.every, self.month) {
            (_, Some(month)) => vec![month],
            (Every::Month, None) => (1..=12).collect(),
            (Every::Quarter, None) => vec![3, 6, 9, 12],
            (Every::HalfYear, None) => vec![6, 12],
            (Every::Year, None) => vec![12],
            (Every::Day | Every::Week, None) => Vec::new(),
        };
        let day = |month: i8| {
            let (year, month) = match month + self.months_after {
                month @ 1..=12 => (year, month),
                month => (year + 1, month - 12),
            };
            let last = Date::new(year, month, 1).ok()?.last_of_month();
            Some(last.with().day(self.day.min(last.day())).build().unwrap_or(last))
        };
        last_months.into_iter().filter_map(day).collect()
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_a_year() {
        for (every, rule, wanted) in [
            (Every::Quarter, "before day 25 of the quarter's last month", "2025-03-25 2025-06-25 2025-09-25 2025-12-25"),
            (Every::Quarter, "before day 5 of the next month", "2025-04-05 2025-07-05 2025-10-05 2026-01-05"),
            (Every::Year, "before 20 December", "2025-12-20"),
            (Every::HalfYear, "before day 31 of the month", "2025-06-30 2025-12-31"),
        ] {
            let recurrence = Recurrence { every, interval: None, rule: Some(rule.into()) };
            let days = Cycle::of(&recurrence).map(|cycle| cycle.days(2025)).unwrap_or_default();
            assert_eq!(days.iter().map(Date::to_string).collect::<Vec<_>>().join(" "), wanted, "{rule}");
        }
    }

    #[test]
    fn what_names_no_day() {
        for rule in [None, Some("before 16:00 on Friday"), Some("in May")] {
            let recurrence = Recurrence { every: Every::Week, interval: None, rule: rule.map(Into::into) };
            assert_eq!(Cycle::of(&recurrence), None, "{rule:?}");
        }
    }
}
