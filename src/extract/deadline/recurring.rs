//! What recurs: `hằng quý (trước ngày 15 của tháng cuối quý)`, `02 tuần một lần (trước 16 giờ thứ Sáu)`, `trước ngày 05/6 hằng năm`.

use super::{Found, Reader};
use crate::extract::date;
use crate::record::{Every, Recurrence};
use crate::words::Keyword as K;

impl Reader<'_> {
    /// `ngày 01/6 và 15/11 hằng năm`: several days of every year.
    pub(super) fn days_of_each_year(&self, at: usize) -> Option<(Recurrence, usize)> {
        let mut days: Vec<String> = Vec::new();
        let mut end = at;
        loop {
            let start = end + usize::from(self.is(end, K::Day));
            let (partial, behind) = date::slashed(self.passage, start).filter(|(partial, _)| partial.year.is_none())?;
            days.push(format!("{} {}", partial.day?, month_name(partial.month?)));
            end = behind;
            if !(self.is(end, K::And) || self.is(end, K::Comma)) {
                break;
            }
            end += 1;
        }
        let yearly = (self.is(end, K::Every) || self.is(end, K::EveryOld)) && self.is(end + 1, K::Year);
        (yearly && days.len() > 1).then(|| {
            let rule = Some(format!("before {}", days.join(" and ")));
            (Recurrence { every: Every::Year, interval: None, rule }, end + 2)
        })
    }

    /// `hằng quý`, `định kỳ hằng quý (trước …)`, `định kỳ (trước …)`, `mỗi tháng`, `02 tuần một lần`, `6 tháng, 9 tháng`.
    pub(super) fn recurring(&self, at: usize) -> Option<Found> {
        if self.is(at, K::Month)
            && let Some(month) =
                self.number(at + 1).and_then(|month| i8::try_from(month).ok()).filter(|month| (1..=12).contains(month))
            && (self.is(at + 2, K::Every) || self.is(at + 2, K::EveryOld))
            && self.is(at + 3, K::Year)
        {
            let recurrence = Recurrence { every: Every::Year, interval: None, rule: Some(format!("in {}", month_name(month))) };
            return Some(Found { recurrence: Some(recurrence), ..self.found(at..at + 4, None, None, false) });
        }
        // `báo cáo năm (trước ngày 05/12)`, `6 tháng (trước ngày 10/6) và năm (trước ngày 05/12)`.
        let joined = at > 1 && (self.is(at - 1, K::And) || self.is(at - 1, K::Comma)) && self.is(at - 2, K::Close);
        if at > 0
            && (self.passage.word(at - 1) == "cáo" || joined)
            && self.is(at + 1, K::Open)
            && (self.is(at + 2, K::Before) || self.is(at + 2, K::Late))
        {
            let every = [(K::Month, Every::Month), (K::Quarter, Every::Quarter), (K::Year, Every::Year)]
                .into_iter()
                .find(|(unit, _)| self.is(at, *unit));
            let start = at + if self.is(at + 2, K::Before) { 3 } else { 4 };
            if let Some((_, every)) = every
                && let Some((recurrence, end)) = self.rule(start, Some(every))
            {
                let end = end + usize::from(self.is(end, K::Close));
                return Some(Found { recurrence: Some(recurrence), ..self.found(at..end, None, None, true) });
            }
        }
        // `6 tháng trước ngày 20/6, cả năm trước ngày 20/12`, without brackets: only behind words of reporting, or one another.
        let half = self.number(at) == Some(6) && self.is(at + 1, K::Month);
        let whole = self.is(at, K::Year) && at > 0 && self.passage.word(at - 1) == "cả";
        let said = (at.saturating_sub(24)..at)
            .any(|at| matches!(self.passage.lower(at).as_str(), "cáo" | "kết" | "kỳ") && !self.passage.ends_sentence(at));
        let next = if half { at + 2 } else { at + 1 };
        if (half || whole) && said && self.is(next, K::Before) && self.is(next + 1, K::Day) {
            let every = if half { Every::HalfYear } else { Every::Year };
            if let Some((recurrence, end)) = self.rule(next + 1, Some(every)) {
                return Some(Found { recurrence: Some(recurrence), ..self.found(at..end, None, None, true) });
            }
        }
        let mut next = at;
        let periodic = self.is(next, K::Period) && (self.is(next + 1, K::Cycle) || self.is(next + 1, K::CycleOld));
        next += if periodic { 2 } else { 0 };
        let mut every = None;
        let mut interval = None;
        if self.is(next, K::Every) || self.is(next, K::EveryOld) || self.is(next, K::Each) && periodic {
            every = self.unit(next + 1);
            every?;
            next += 2;
        } else if let Some((unit, count, end)) = self.one_time_in(next) {
            every = Some(unit);
            interval = (count > 1).then_some(count);
            next = end;
        } else if let Some(end) = self.half_years(next) {
            every = Some(Every::HalfYear);
            next = end;
        } else if self.number(next) == Some(6)
            && self.is(next + 1, K::Month)
            && (self.is(next + 2, K::Open) && (self.is(next + 3, K::Before) || self.is(next + 3, K::Late))
                || self.is(next + 2, K::Before) && self.is(next + 3, K::Day))
            && (periodic || at > 0 && matches!(self.passage.word(at - 1), "cáo" | "kết" | "sơ"))
        {
            // `định kỳ 6 tháng (trước ngày 10/6)`; `sơ kết 6 tháng (trước ngày 10/7/2024)` is of one year.
            self.rule(next + if self.is(next + 2, K::Open) { 4 } else { 3 }, Some(Every::HalfYear))?;
            every = Some(Every::HalfYear);
            next += 2;
        } else if !periodic {
            return None;
        }
        let word_end = next;
        // The rule stands in brackets, or follows.
        let bracket = self.is(next, K::Open);
        let inside = next + usize::from(bracket);
        let inside = inside + usize::from(!bracket && self.is(inside, K::Comma) && self.is(inside + 1, K::Before));
        let inside =
            inside + usize::from((self.is(inside, K::Late) || self.is(inside, K::Latest)) && self.is(inside + 1, K::Most)) * 2;
        let ruled = self.is(inside, K::Before) || inside > next;
        let rule = if ruled {
            let start = inside + usize::from(self.is(inside, K::Before));
            self.rule(start, every)
        } else {
            None
        };
        match rule {
            Some((recurrence, end)) => {
                let end = end + usize::from(bracket && self.is(end, K::Close));
                Some(Found { recurrence: Some(Recurrence { interval, ..recurrence }), ..self.found(at..end, None, None, true) })
            }
            None => {
                let every = every?;
                let recurrence = Recurrence { every, interval, rule: None };
                Some(Found { recurrence: Some(recurrence), ..self.found(at..word_end, None, None, false) })
            }
        }
    }

    fn unit(&self, at: usize) -> Option<Every> {
        let token = self.token(at)?;
        [
            (K::Day, Every::Day),
            (K::Week, Every::Week),
            (K::Month, Every::Month),
            (K::Quarter, Every::Quarter),
            (K::Year, Every::Year),
        ]
        .into_iter()
        .find(|(keyword, _)| token.is(*keyword))
        .map(|(_, every)| every)
    }

    /// `02 tuần một lần`, `01 tháng/lần`.
    fn one_time_in(&self, at: usize) -> Option<(Every, u32, usize)> {
        let count = self.number(at).filter(|count| (1..=12).contains(count))?;
        let every = self.unit(at + 1)?;
        let word = self.passage.word(at + 2);
        let once = matches!(word, "một" | "01" | "1") && self.is(at + 3, K::Time);
        let slashed = self.is(at + 2, K::Slash) && self.is(at + 3, K::Time);
        let slashed_once = self.is(at + 2, K::Slash) && self.number(at + 3) == Some(1) && self.is(at + 4, K::Time);
        if !(once || slashed || slashed_once) {
            return None;
        }
        let (every, count) = if every == Every::Month && count == 6 { (Every::HalfYear, 1) } else { (every, count) };
        Some((every, count, at + if slashed_once { 5 } else { 4 }))
    }

    /// `6 tháng, năm`, `6 tháng, 9 tháng, năm`: the dates of reports.
    fn half_years(&self, at: usize) -> Option<usize> {
        if self.number(at) != Some(6) || !self.is(at + 1, K::Month) {
            return None;
        }
        let mut end = at + 2;
        let mut listed = false;
        while self.is(end, K::Comma) || self.is(end, K::And) {
            if self.number(end + 1).is_some() && self.is(end + 2, K::Month) {
                end += 3;
            } else if self.is(end + 1, K::Year) || self.passage.word(end + 1) == "cả" {
                end += if self.is(end + 1, K::Year) { 2 } else { 3 };
            } else {
                break;
            }
            listed = true;
        }
        listed.then_some(end)
    }

    /// What stands behind `trước` of a recurring date: `ngày 15 của tháng cuối quý`, `ngày 20/12 hằng năm`, `16 giờ thứ Sáu`.
    pub(super) fn rule(&self, at: usize, every: Option<Every>) -> Option<(Recurrence, usize)> {
        let recurs = |every, rule: String, end| Some((Recurrence { every, interval: None, rule: Some(rule) }, end));
        if let Some(hour) = self.number(at).filter(|hour| *hour <= 24 && self.is(at + 1, K::Hour)) {
            const DAYS: [(&str, &str); 7] = [
                ("hai", "Monday"),
                ("ba", "Tuesday"),
                ("tư", "Wednesday"),
                ("năm", "Thursday"),
                ("sáu", "Friday"),
                ("bảy", "Saturday"),
                ("nhật", "Sunday"),
            ];
            let mut next = at + 2;
            while matches!(self.passage.word(next), "ngày" | "chiều" | "sáng" | "của" | "00" | "vào") {
                next += 1;
            }
            if matches!(self.passage.word(next), "thứ" | "Thứ" | "Chủ") {
                let day = self.passage.lower(next + 1);
                let name = DAYS.iter().find(|(word, _)| day == *word)?.1;
                let mut end = next + 2;
                if self.is(end, K::Every) || self.is(end, K::EveryOld) {
                    end += 2;
                }
                return recurs(every.unwrap_or(Every::Week), format!("before {hour:02}:00 on {name}"), end);
            }
            return None;
        }
        if !self.is(at, K::Day) {
            return None;
        }
        if let Some((partial, end)) = date::slashed(self.passage, at + 1) {
            // `ngày 20/12 hằng năm`; without a word of recurrence it is a date.
            let yearly = (self.is(end, K::Every) || self.is(end, K::EveryOld)) && self.is(end + 1, K::Year);
            let (day, month) = (partial.day?, partial.month?);
            if partial.year.is_some() || !(yearly || matches!(every, Some(Every::Year | Every::HalfYear))) {
                return None;
            }
            let every = every.filter(|every| *every == Every::HalfYear && !yearly).unwrap_or(Every::Year);
            return recurs(every, format!("before {day} {}", month_name(month)), if yearly { end + 2 } else { end });
        }
        let day = self.number(at + 1).filter(|day| (1..=31).contains(day))?;
        let mut next = at + 2;
        if self.is(next, K::Month) && self.number(next + 1).is_some_and(|month| (1..=12).contains(&month)) {
            let end = next + 2;
            let yearly = (self.is(end, K::Every) || self.is(end, K::EveryOld)) && self.is(end + 1, K::Year);
            if yearly || every == Some(Every::Year) && !self.is(end, K::Year) {
                let month = i8::try_from(self.number(next + 1)?).ok()?;
                return recurs(Every::Year, format!("before {day} {}", month_name(month)), if yearly { end + 2 } else { end });
            }
            return None;
        }
        if self.is(next, K::Of) {
            next += 1;
        }
        if self.is(next, K::Every) || self.is(next, K::EveryOld) {
            let every = self.unit(next + 1)?;
            return recurs(every, format!("before day {day} of the {}", unit_name(every)), next + 2);
        }
        if self.is(next, K::Month) {
            let mut end = next + 1;
            if self.is(end, K::Last) && self.is(end + 1, K::Quarter) {
                end += 2;
                if self.is(end, K::Every) || self.is(end, K::EveryOld) {
                    end += 2;
                }
                return recurs(Every::Quarter, format!("before day {day} of the quarter's last month"), end);
            }
            if self.is(end, K::First) && self.is(end + 1, K::Quarter) {
                end += 2;
                let later = self.is(end, K::After) || self.passage.word(end) == "tiếp" || self.is(end, K::Next);
                while self.is(end, K::After)
                    || self.is(end, K::Next)
                    || self.is(end, K::Adjacent)
                    || matches!(self.passage.word(end), "tiếp" | "theo" | "kế")
                {
                    end += 1;
                }
                let whose = if later { "the next quarter's" } else { "the quarter's" };
                return recurs(Every::Quarter, format!("before day {day} of {whose} first month"), end);
            }
            let mut later = false;
            while self.is(end, K::Next)
                || self.is(end, K::Adjacent)
                || self.is(end, K::After)
                || self.is(end, K::Following)
                || matches!(self.passage.word(end), "tiếp" | "kế" | "kỳ" | "báo" | "cáo")
            {
                later = true;
                end += 1;
            }
            let unit = every.unwrap_or(Every::Month);
            if later {
                return recurs(unit, format!("before day {day} of the next month"), end);
            }
            if every.is_some() || self.is(end, K::Every) {
                return recurs(unit, format!("before day {day} of the month"), end);
            }
            return None;
        }
        // `hằng tháng (trước ngày 25)`.
        match every {
            Some(every @ (Every::Month | Every::Quarter | Every::Year | Every::HalfYear)) => {
                recurs(every, format!("before day {day} of the {}", unit_name(every)), at + 2)
            }
            _ => None,
        }
    }
}

fn unit_name(every: Every) -> &'static str {
    match every {
        Every::Day => "day",
        Every::Week => "week",
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::HalfYear => "half-year",
        Every::Year => "year",
    }
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or("")
}
