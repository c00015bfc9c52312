//! Times by which work is due, in every form that the genre has.

use kehoach::record::{Deadline, Every, Recurrence};

use super::Feature;
use super::known::deadline;
use super::random::Random;

/// The forms.
pub const FORMS: &[Feature] = &[
    Feature::BeforeDay,
    Feature::BeforeMonth,
    Feature::DoneBefore,
    Feature::AtLatest,
    Feature::InMonth,
    Feature::InMonthSpelled,
    Feature::InQuarter,
    Feature::InYear,
    Feature::FromMonthToMonth,
    Feature::Stage,
    Feature::EndOfYear,
    Feature::Recurring,
    Feature::RecurringRule,
    Feature::QuarterRule,
    Feature::YearRule,
    Feature::EveryTwoWeeks,
    Feature::AfterPeriod,
    Feature::HalfYears,
    Feature::DaysSince,
    Feature::WorkingDays,
];

const LENGTHS: [usize; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn last_day(year: i32, month: usize) -> usize {
    if month == 2 && year % 4 == 0 { 29 } else { LENGTHS[month - 1] }
}

fn iso(year: i32, month: usize, day: usize) -> Option<String> {
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn every(every: Every, interval: Option<u32>, rule: Option<String>) -> Option<Recurrence> {
    Some(Recurrence { every, interval, rule })
}

/// `trong 80 ngày kể từ ngày ban hành`: counted from the day of issue, where the head has one.
pub fn count_from(deadline: &mut Deadline, issued: Option<&str>) {
    let days: Option<i64> = deadline.text.split(' ').find_map(|word| word.parse().ok());
    let issued: Option<jiff::civil::Date> = issued.and_then(|date| date.parse().ok());
    let (Some(days), Some(issued)) = (days, issued) else { return };
    deadline.from = Some(issued.to_string());
    deadline.to = issued.checked_add(jiff::Span::new().days(days)).ok().map(|day| day.to_string());
}

/// A deadline of `form`; what joins it to the work before it. `yearless`: the year may be left out.
pub fn write(random: &mut Random, form: Feature, year: i32, yearless: bool) -> (&'static str, Deadline) {
    let (month, day) = (random.between(2, 10), random.between(1, 28));
    let slashed = if random.chance(50) { format!("{day:02}/{month}/{year}") } else { format!("{day:02}/{month:02}/{year}") };
    let plain = |text: String, from: Option<String>, to: Option<String>| deadline(text, from, to, None);
    match form {
        Feature::BeforeDay => {
            let text = if random.chance(70) {
                format!("trước ngày {slashed}")
            } else {
                format!("trước ngày {day:02} tháng {month} năm {year}")
            };
            (*random.pick(&[" ", ", hoàn thành ", "; báo cáo UBND tỉnh "]), plain(text, None, iso(year, month, day)))
        }
        Feature::BeforeMonth => {
            (" ", plain(format!("trước tháng {month}/{year}"), None, iso(year, month - 1, last_day(year, month - 1))))
        }
        Feature::DoneBefore => {
            let text = if !yearless || random.chance(50) {
                format!("xong trước {slashed}")
            } else {
                format!("xong trước {day}/{month}")
            };
            (" ", plain(text, None, iso(year, month, day)))
        }
        Feature::AtLatest => {
            (*random.pick(&[", ", ", hoàn thành "]), plain(format!("chậm nhất ngày {slashed}"), None, iso(year, month, day)))
        }
        Feature::InMonth => {
            (" ", plain(format!("trong tháng {month}/{year}"), iso(year, month, 1), iso(year, month, last_day(year, month))))
        }
        Feature::InMonthSpelled => (
            *random.pick(&[" ", ", hoàn thành "]),
            plain(format!("trong tháng {month} năm {year}"), iso(year, month, 1), iso(year, month, last_day(year, month))),
        ),
        Feature::InQuarter => {
            let quarter = random.between(1, 4);
            let name = ["I", "II", "III", "IV"][quarter - 1];
            let mut texts = vec![format!("trong quý {name}/{year}"), format!("trong quý {name} năm {year}")];
            texts.extend(yearless.then(|| format!("trong quý {name}")));
            let text = random.pick(&texts).clone();
            (" ", plain(text, iso(year, quarter * 3 - 2, 1), iso(year, quarter * 3, last_day(year, quarter * 3))))
        }
        Feature::InYear => (" ", plain(format!("trong năm {year}"), iso(year, 1, 1), iso(year, 12, 31))),
        Feature::FromMonthToMonth => {
            let last = random.between(month + 1, 12);
            let text = format!("từ tháng {month} đến tháng {last} năm {year}");
            (
                *random.pick(&[" ", ", thời gian thực hiện "]),
                plain(text, iso(year, month, 1), iso(year, last, last_day(year, last))),
            )
        }
        Feature::Stage => {
            let dash = *random.pick(&["-", " - "]);
            (" ", plain(format!("trong giai đoạn {year}{dash}{}", year + 5), iso(year, 1, 1), iso(year + 5, 12, 31)))
        }
        Feature::EndOfYear => (", hoàn thành ", plain(format!("đến hết năm {year}"), None, iso(year, 12, 31))),
        Feature::Recurring => {
            let (word, unit) = *random.pick(&[
                ("hằng tháng", Every::Month),
                ("hằng quý", Every::Quarter),
                ("hằng năm", Every::Year),
                ("hằng tuần", Every::Week),
            ]);
            let word = if random.chance(20) { word.replace("hằng", "hàng") } else { word.to_owned() };
            let text = if random.chance(40) { format!("định kỳ {word}") } else { word };
            (" ", deadline(text, None, None, every(unit, None, None)))
        }
        Feature::RecurringRule => {
            let rule = Some(format!("before day {day} of the month"));
            (", báo cáo ", deadline(format!("hằng tháng (trước ngày {day})"), None, None, every(Every::Month, None, rule)))
        }
        Feature::QuarterRule => {
            let rule = Some(format!("before day {day} of the quarter's last month"));
            let text = *random.pick(&["hằng quý", "định kỳ hằng quý"]);
            (
                ", báo cáo ",
                deadline(
                    format!("{text} (trước ngày {day:02} của tháng cuối quý)"),
                    None,
                    None,
                    every(Every::Quarter, None, rule),
                ),
            )
        }
        Feature::YearRule => {
            let rule = Some(format!("before {day} December"));
            (
                ", báo cáo ",
                deadline(format!("định kỳ hằng năm (trước ngày {day:02}/12)"), None, None, every(Every::Year, None, rule)),
            )
        }
        Feature::EveryTwoWeeks => {
            let rule = Some("before 16:00 on Friday".to_owned());
            (
                ", báo cáo ",
                deadline("02 tuần một lần (trước 16 giờ thứ Sáu)".to_owned(), None, None, every(Every::Week, Some(2), rule)),
            )
        }
        Feature::AfterPeriod => {
            let text = format!("trước ngày {day:02} của tháng liền kề sau kỳ báo cáo");
            (
                ", báo cáo ",
                deadline(text, None, None, every(Every::Month, None, Some(format!("before day {day} of the next month")))),
            )
        }
        Feature::HalfYears => {
            (", báo cáo ", deadline("6 tháng, 9 tháng, năm".to_owned(), None, None, every(Every::HalfYear, None, None)))
        }
        Feature::DaysSince => {
            (" ", plain(format!("trong {} ngày kể từ ngày ban hành Kế hoạch", random.between(2, 10) * 10), None, None))
        }
        _ => (" ", plain(format!("trong {:02} ngày làm việc", random.between(3, 25)), None, None)),
    }
}
