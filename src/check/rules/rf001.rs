//! RF001: one document is quoted with two dates.

use std::collections::BTreeMap;

use crate::check::{
    Case, Cases, Check, Days, Findings, Report, Rule, Severity,
    alike::{Likeness, Wording},
    quotes::{Quotes, own, same_issuer},
    show,
    symbol::Symbol,
};
use crate::record::Quote;

pub(super) const RULE: Rule = Rule {
    code: "RF001",
    name: "one-document-two-dates",
    severity: Severity::Error,
    page: include_str!("../../../rules/checks/RF001.md"),
    check: Check::Collection(check_all),
};

fn check_all(cases: &Cases, findings: &mut Findings) {
    let mut owns: BTreeMap<String, Vec<(usize, Quote)>> = BTreeMap::new();
    for (at, case) in cases.cases.iter().enumerate() {
        check(case, findings);
        if let Some(own) = own(case)
            && let Some(number) = own.number.clone()
        {
            owns.entry(number.to_lowercase()).or_default().push((at, own));
        }
    }
    across(cases, findings);
    central(cases, findings);
    for case in &cases.cases {
        for (number, quotes) in Quotes::by_number(case) {
            let known = owns.get(&number.to_lowercase()).map_or(&[][..], Vec::as_slice);
            for quote in quotes {
                if known.iter().any(|(_, own)| own.date == quote.date) {
                    continue;
                }
                // Other years' documents of the number are others; only one that has the same name is the one meant.
                let meant = known.iter().find(|(_, own)| means(quote, own));
                if let Some((at, own)) = meant {
                    tell(&number, (case, quote), (&cases.cases[*at], own), findings);
                    break;
                }
            }
        }
    }
}

/// `410/KH-BCA ngày 25/12/2023` in one document and `ngày 25/12/2024` in another: one day of two years is a slip, as within one document.
fn across(cases: &Cases, findings: &mut Findings) {
    let mut known: BTreeMap<(String, String), Vec<(usize, &Quote)>> = BTreeMap::new();
    for (at, case) in cases.cases.iter().enumerate() {
        for (number, quotes) in Quotes::by_number(case) {
            let Some(quote) = quotes.into_iter().find(|quote| quote.date.as_deref().is_some_and(|date| date.len() == 10)) else {
                continue;
            };
            let day = quote.date.as_deref().map(|date| date[5..].to_owned()).unwrap_or_default();
            known.entry((number.to_lowercase(), day)).or_default().push((at, quote));
        }
    }
    for quotes in known.values() {
        let (first_at, first) = quotes[0];
        let other = quotes[1..].iter().find(|(_, other)| other.date != first.date);
        let Some((at, other)) = other.filter(|(_, other)| same_issuer(first, other) && first.kind == other.kind) else {
            continue;
        };
        let number = first.number.clone().unwrap_or_default();
        // Small numbers come on the same days of January every year, with the same titles.
        let rare = Symbol::parse(&number).is_some_and(|symbol| symbol.number >= 100);
        let titles = first.title.as_deref().zip(other.title.as_deref());
        let strange = titles.is_some_and(|(one, other)| Wording::new(one).compare(&Wording::new(other)) == Likeness::Other);
        if !rare || strange {
            continue;
        }
        let dates = [first.date.clone().unwrap_or_default(), other.date.clone().unwrap_or_default()];
        findings.report(
            Report::new(cases.cases[first_at].quoted(first).into_iter().chain(cases.cases[*at].quoted(other)))
                .severity(Severity::Warning)
                .vi(
                    format!(
                        "Hai văn bản dẫn {number} với hai năm khác nhau: {} và {}.",
                        show::date_vi(&dates[0]),
                        show::date_vi(&dates[1])
                    ),
                    "Đối chiếu bản gốc, sửa chỗ sai.",
                )
                .en(
                    format!("Two documents quote {number} with two years: {} and {}.", dates[0], dates[1]),
                    "Compare with the original and correct the date.",
                )
                .value("number", number)
                .value("dates", &dates),
        );
    }
}

/// Letters of bodies of which there is one in the country: a number of theirs is given once a year.
const CENTRAL: [&str; 5] = ["CP", "TTg", "TW", "UBTVQH", "CTN"];

/// A quotation with the place of its document and the day that it gives.
type Dated<'a> = (usize, &'a Quote, Days);

/// `71/NQ-CP ngày 01/4/2025` in one document, `ngày 01/5/2025` in another: the Government has one of the number in a year.
fn central(cases: &Cases, findings: &mut Findings) {
    let mut known: BTreeMap<(String, i16), Vec<Dated>> = BTreeMap::new();
    for (at, case) in cases.cases.iter().enumerate() {
        for (number, quotes) in Quotes::by_number(case) {
            let of_one = Symbol::parse(&number)
                .is_some_and(|symbol| symbol.letters.rsplit(['-', '/']).next().is_some_and(|last| CENTRAL.contains(&last)));
            for quote in quotes.into_iter().filter(|quote| of_one && quote.kind.is_some()) {
                let days = quote.date.as_deref().and_then(Days::parse).filter(|days| days.first == days.last);
                let Some(days) = days else { continue };
                known.entry((number.to_lowercase(), days.first.year())).or_default().push((at, quote, days));
            }
        }
    }
    for quotes in known.values() {
        let (first_at, first, day) = &quotes[0];
        let other = quotes[1..].iter().find(|(at, quote, days)| at != first_at && days != day && quote.kind == first.kind);
        let Some((at, other, other_day)) = other else { continue };
        let number = first.number.clone().unwrap_or_default();
        let dates = [day.first.to_string(), other_day.first.to_string()];
        findings.report(
            Report::new(cases.cases[*first_at].quoted(first).into_iter().chain(cases.cases[*at].quoted(other)))
                .severity(Severity::Warning)
                .vi(
                    format!(
                        "Hai văn bản dẫn {number} với hai ngày khác nhau: {} và {}.",
                        show::date_vi(&dates[0]),
                        show::date_vi(&dates[1])
                    ),
                    "Đối chiếu bản gốc, sửa chỗ sai.",
                )
                .en(
                    format!("Two documents quote {number} with two dates: {} and {}.", dates[0], dates[1]),
                    "Compare with the original and correct the date.",
                )
                .value("number", number)
                .value("dates", &dates),
        );
    }
}

/// Whether a quotation means a document, though it dates it otherwise: the same title, in one year or on one day of another.
fn means(quote: &Quote, own: &Quote) -> bool {
    let day = |quote: &Quote| quote.date.as_deref().filter(|date| date.len() == 10).and_then(Days::parse).map(|days| days.first);
    let (Some(one), Some(other)) = (day(quote), day(own)) else { return false };
    let near = one.year() == other.year() || (one.month(), one.day()) == (other.month(), other.day());
    let titles = quote.title.as_deref().zip(own.title.as_deref());
    near && one != other
        && same_issuer(quote, own)
        && titles.is_some_and(|(one, other)| Wording::new(one).compare(&Wording::new(other)) == Likeness::Same)
}

/// One document is dated otherwise by who quotes it than by itself.
fn tell(number: &str, (case, quote): (&Case, &Quote), (other, own): (&Case, &Quote), findings: &mut Findings) {
    let dates = [quote.date.clone().unwrap_or_default(), own.date.clone().unwrap_or_default()];
    findings.report(
        Report::new(case.quoted(quote).into_iter().chain(other.head("ngày")))
            .vi(
                format!(
                    "Văn bản số {number} được dẫn là ngày {}, còn văn bản đó ghi ngày {}.",
                    show::date_vi(&dates[0]),
                    show::date_vi(&dates[1])
                ),
                "Đối chiếu bản gốc, sửa chỗ sai.",
            )
            .en(
                format!("Document {number} is quoted as of {}; it is dated {} itself.", dates[0], dates[1]),
                "Compare with the original and correct the date.",
            )
            .value("number", number)
            .value("dates", &dates),
    );
}

/// `(Kèm theo Kế hoạch số 88/KH-UBND ngày 12/02/2024 …)` under an annex of the plan 88/KH-UBND of 02/02/2024: the annex names its own
/// document by another day, or by another number of its register.
fn captions(case: &Case, findings: &mut Findings) {
    let document = &case.record.document;
    let (Some(own), Some(date)) = (&document.number, document.date.as_deref().filter(|date| date.len() == 10)) else { return };
    let Some(symbol) = Symbol::parse(own) else { return };
    for caption in &case.record.mentions.captions {
        let Some((number, rest)) = caption.text.split_once("số").and_then(|(_, rest)| {
            let rest = rest.trim_start_matches([' ', ':']);
            let end = rest.find(char::is_whitespace)?;
            Some((rest[..end].trim_end_matches([',', ';']), &rest[end..]))
        }) else {
            continue;
        };
        let Some(named) = Symbol::parse(number).filter(|named| named.bare() == symbol.bare()) else { continue };
        let Some(day) = day_of(rest) else { continue };
        let same_number = named.number == symbol.number;
        // Another number of another day is another document.
        if same_number == (day == date) {
            continue;
        }
        findings.report(
            Report::new(case.sides(caption.section.as_deref(), &caption.evidence).into_iter().chain(case.head("ngày")))
                .vi(
                    format!(
                        "Phụ lục ghi kèm theo văn bản số {number} ngày {}, còn văn bản này là số {own} ngày {}.",
                        show::date_vi(&day),
                        show::date_vi(date)
                    ),
                    "Sửa số, ngày ở phụ lục theo văn bản.",
                )
                .en(
                    format!("The annex says that it belongs to {number} of {day}; this document is {own} of {date}."),
                    "Correct the annex's caption.",
                )
                .value("caption", [number, &day])
                .value("document", [own.as_str(), date]),
        );
    }
}

/// The day behind a number: `ngày 12/02/2024`, `ngày 12 tháng 02 năm 2024`; `None` where it is blank or no day.
fn day_of(text: &str) -> Option<String> {
    let behind = &text[text.find("ngày")? + "ngày".len()..];
    let numbers: Vec<&str> = behind.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).take(3).collect();
    let [day, month, year] = numbers[..] else { return None };
    let near = behind.trim_start().starts_with(day) && year.len() == 4;
    let iso = format!("{year}-{:0>2}-{:0>2}", month, day);
    (near && Days::parse(&iso).is_some()).then_some(iso)
}

/// A number that is quoted with more days than these has no date that the others could be compared with.
const MOST_DAYS: usize = 16;

fn check(case: &Case, findings: &mut Findings) {
    captions(case, findings);
    for (number, quotes) in Quotes::by_number(case) {
        // Each date once, with the first place that gives it.
        let mut dated: Vec<(&Quote, Days)> = Vec::new();
        for quote in quotes {
            let Some(days) = quote.date.as_deref().and_then(Days::parse) else { continue };
            if dated.len() < MOST_DAYS && !dated.iter().any(|(_, known)| *known == days) {
                dated.push((quote, days));
            }
        }
        for (at, (one, first)) in dated.iter().enumerate() {
            for (other, second) in &dated[at + 1..] {
                let (one_day, other_day) = (first.first, second.first);
                // Registers begin anew each year: 41/BC-UBND of 2023 and of 2024 are two. Only the same day of another year is a slip.
                let in_one_year = one_day.year() == other_day.year();
                let slip = (one_day.month(), one_day.day()) == (other_day.month(), other_day.day());
                let named = Symbol::parse(&number).is_some_and(|symbol| symbol.year.is_some());
                if !(in_one_year || slip || named)
                    || !same_issuer(one, other)
                    || one.kind.is_some() && other.kind.is_some() && one.kind != other.kind
                {
                    continue;
                }
                let dates = [one_day.to_string(), other_day.to_string()];
                findings.report(
                    Report::new(case.quoted(one).into_iter().chain(case.quoted(other)))
                        .vi(
                            format!(
                                "Văn bản số {number} được dẫn với hai ngày: {} và {}.",
                                show::date_vi(&dates[0]),
                                show::date_vi(&dates[1])
                            ),
                            "Đối chiếu bản gốc, sửa chỗ sai; nếu là hai văn bản thì sửa số.",
                        )
                        .en(
                            format!("Document {number} is quoted with two dates: {} and {}.", dates[0], dates[1]),
                            "Compare with the original; if these are two documents, correct a number.",
                        )
                        .value("number", &number)
                        .value("dates", &dates),
                );
            }
        }
    }
}
