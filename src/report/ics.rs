//! Deadlines as a calendar (RFC 5545), with alarms; what recurs repeats by its rule, for ever.
//!
//! `trước ngày 15 của tháng cuối quý` is an event of the day that the document names, the 15th of March, June, September and December,
//! titled `Trước ngày này`, with an alarm on the day before, which is the last one in time. What names no day (`thường xuyên`, `hằng
//! quý`) has no place in a calendar; [`write()`] gives back how many there are.

mod rule;

pub use rule::{Pattern, Repeats, recurs_vi};

use std::collections::HashMap;
use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::check::{Case, Days, show};
use crate::ingest::own::CALENDAR;
use crate::record::Deadline;

/// A line holds so many bytes; the rest goes on in the next.
const LINE: usize = 75;

/// A calendar and what is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Its text.
    pub text: String,
    /// How many events it has.
    pub events: usize,
    /// Deadlines that name no day: document and words.
    pub undated: Vec<(String, String)>,
}

/// When an event is.
enum When {
    /// On a day, or from a day to a day.
    Days { first: Date, last: Date },
    /// By a rule, first on or after a day.
    Rule { repeats: Repeats, from: Date, until: Option<Date> },
}

/// Writes the deadlines of documents that name a day; of an agency's calendar those of what it leads or coordinates.
#[must_use]
pub fn write(cases: &[Case], wanted: Option<&super::agenda::Wanted>) -> Calendar {
    let mut calendar = Calendar::default();
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", CALENDAR, "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        fold(&mut out, line);
    }
    fold(&mut out, "X-WR-CALNAME:Thời hạn trong kế hoạch\\, báo cáo");
    let mut named = HashMap::new();
    for case in cases {
        let own = wanted.map(|wanted| super::agenda::deadlines(case, wanted));
        let wanted = |deadline: &&Deadline| own.as_ref().is_none_or(|own| own.contains(&deadline.id.as_str()));
        for deadline in case.record.deadlines.iter().filter(wanted) {
            let times = times(case, deadline);
            if times.is_empty() {
                calendar.undated.push((case.name.clone(), deadline.text.clone()));
            }
            for when in &times {
                event(&mut out, case, deadline, when, &mut named);
                calendar.events += 1;
            }
        }
    }
    fold(&mut out, "END:VCALENDAR");
    calendar.text = out;
    calendar
}

fn times(case: &Case, deadline: &Deadline) -> Vec<When> {
    let day = |iso: Option<&String>| iso.and_then(|iso| Days::parse(iso));
    let (from, to) = (day(deadline.from.as_ref()), day(deadline.to.as_ref()));
    if let Some(recurrence) = &deadline.recurrence {
        // A rule begins with the document: what was due before it was issued is nobody's duty.
        let period = case.record.document.period.as_ref();
        let covered = |end: Option<&String>| end.and_then(|day| Days::parse(day));
        let first = period.and_then(|period| covered(period.from.as_ref())).map(|days| days.first);
        let last = period.and_then(|period| covered(period.to.as_ref())).map(|days| days.last);
        // A draft names its month, perhaps only its year: a rule that began with January would be told for months that are past.
        let issued = case.issued.filter(|days| days.first.year() == days.last.year() && days.first.month() == days.last.month());
        let (start, until) = match (from.or(issued), first) {
            (Some(days), _) => (days.first, None),
            // What is only known to belong to a year ends with it.
            (None, Some(first)) => (first, last),
            (None, None) => return Vec::new(),
        };
        let until = to.map(|days| days.last).or(until);
        let rules = Repeats::of(recurrence).into_iter().filter(|repeats| repeats.first_from(start).is_some());
        return rules.map(|repeats| When::Rule { repeats, from: start, until }).collect();
    }
    match (from, to) {
        // A stretch of several months is told by its last day: a calendar with a bar over half a year tells nothing.
        (_, Some(to)) => vec![When::Days { first: to.last, last: to.last }],
        (Some(from), None) => vec![When::Days { first: from.first, last: from.first }],
        (None, None) => Vec::new(),
    }
}

/// What a calendar knows an event by: made of the document and the words, so that an event that is imported again, after the file or
/// the day has changed, takes the place of the old one.
fn name(case: &Case, deadline: &Deadline, named: &mut HashMap<String, usize>) -> String {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let document = &case.record.document;
    let about = if deadline.about.trim().is_empty() { &deadline.text } else { &deadline.about };
    let key = format!("{}|{}|{}", words(document.issuer.as_deref().unwrap_or_default()), words(&case.name), words(about));
    // A report that is due quarterly and yearly has two, and so have a draft and its signed version.
    let before = named.entry(key.clone()).or_default();
    *before += 1;
    let hash = Sha256::digest(format!("{key}|{before}"));
    hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn event(out: &mut String, case: &Case, deadline: &Deadline, when: &When, named: &mut HashMap<String, usize>) {
    let exclusive = deadline.exclusive || matches!(when, When::Rule { repeats, .. } if repeats.exclusive);
    let begin = match when {
        When::Days { first, .. } => *first,
        When::Rule { repeats, from, .. } => match repeats.first_from(*from) {
            Some(day) => day,
            None => return,
        },
    };
    fold(out, "BEGIN:VEVENT");
    fold(out, &format!("UID:{}@kehoach", name(case, deadline, named)));
    // The same document gives the same calendar: stamped with its own date, not with the clock.
    let stamp = case.issued.map_or(begin, |days| days.first);
    fold(out, &format!("DTSTAMP:{}T000000Z", compact(stamp)));
    match when {
        When::Days { last, .. } => {
            fold(out, &format!("DTSTART;VALUE=DATE:{}", compact(begin)));
            fold(out, &format!("DTEND;VALUE=DATE:{}", compact(last.saturating_add(1.day()))));
        }
        When::Rule { repeats, until, .. } => {
            match repeats.hour {
                // Without a zone: 16 o'clock where the office is.
                Some(hour) => {
                    fold(out, &format!("DTSTART:{}T{hour:02}0000", compact(begin)));
                    fold(out, "DURATION:PT0S");
                }
                None => {
                    fold(out, &format!("DTSTART;VALUE=DATE:{}", compact(begin)));
                    let after = begin.saturating_add(i64::from(repeats.length(begin)).days());
                    fold(out, &format!("DTEND;VALUE=DATE:{}", compact(after)));
                }
            }
            let until = until.map(|until| match repeats.hour {
                Some(_) => format!(";UNTIL={}T235959", compact(until)),
                None => format!(";UNTIL={}", compact(until)),
            });
            fold(out, &format!("RRULE:{}{}", repeats.rrule(), until.unwrap_or_default()));
        }
    }
    let about = if deadline.about.trim().is_empty() { deadline.text.as_str() } else { deadline.about.as_str() };
    let head = if exclusive { "Trước ngày này: " } else { "Hạn: " };
    fold(out, &format!("SUMMARY:{}", escape(&format!("{head}{} ({})", show::short(about), case.name))));
    fold(out, &format!("DESCRIPTION:{}", escape(&description(case, deadline, when))));
    fold(out, &format!("CATEGORIES:{}", escape(&case.name)));
    fold(out, "TRANSP:TRANSPARENT");
    let (week, day) = match when {
        When::Rule { repeats: Repeats { hour: Some(_), .. }, .. } => ("-P2D", "-PT4H"),
        // Eight o'clock in the morning, a week and a day before.
        _ => ("-P6DT16H", "-PT16H"),
    };
    for trigger in [week, day] {
        for line in ["BEGIN:VALARM", "ACTION:DISPLAY"] {
            fold(out, line);
        }
        fold(out, &format!("DESCRIPTION:{}", escape(&format!("{head}{}", show::short(about)))));
        fold(out, &format!("TRIGGER:{trigger}"));
        fold(out, "END:VALARM");
    }
    fold(out, "END:VEVENT");
}

fn description(case: &Case, deadline: &Deadline, when: &When) -> String {
    let record = case.record;
    let mut text = format!("Nguyên văn: “{}”", deadline.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut owners: Vec<&str> = Vec::new();
    let here = record.deadlines.iter().position(|other| other.id == deadline.id);
    for task in record.tasks.iter().filter(|task| task.deadline.is_some() && task.deadline == here) {
        owners.extend(task.owner.iter().map(String::as_str).filter(|name| !owners.contains(name)).collect::<Vec<_>>());
    }
    if !owners.is_empty() {
        let _ = write!(text, "\nChủ trì: {}", owners.join("; "));
    }
    if let When::Rule { repeats: Repeats { interval: 2.., .. }, .. } = when {
        text.push_str("\nVăn bản không nêu kỳ đầu tiên; lịch tính từ ngày ban hành.");
    }
    let place: Vec<String> = deadline
        .section
        .iter()
        .map(|path| format!("mục {path}"))
        .chain(deadline.evidence.first().and_then(|piece| piece.page).map(|page| format!("trang {page}")))
        .collect();
    let title = record.document.title.as_deref().map(|title| format!(" – {title}")).unwrap_or_default();
    let _ = write!(text, "\nVăn bản: {}{title}", case.name);
    if !place.is_empty() {
        let _ = write!(text, "\nVị trí: {}", place.join(", "));
    }
    let _ = write!(text, "\nTệp: {}", record.source.path);
    text
}

/// `20250315`.
fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Words as a value of a calendar.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line of the calendar, folded between characters.
fn fold(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let mut out = String::new();
        fold(&mut out, &"ữ".repeat(60));
        assert!(out.split("\r\n").all(|line| line.len() <= LINE), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), "ữ".repeat(60));
    }

    #[test]
    fn words_cannot_end_their_line() {
        assert_eq!(escape("a, b; c\\\r\nEND:VEVENT"), "a\\, b\\; c\\\\ \\nEND:VEVENT");
    }
}
