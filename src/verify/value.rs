//! Values, comparisons and days as people write them into a cell: `85,5`, `≥ 80%`, `2 - 3`, `trên`, `30/6/2025`.

use crate::check::show;
use crate::extract::number;
use crate::lexicon::{ComparatorKind, Lexicon};
use crate::record::ledger;
use crate::record::{ChangeKind, Comparator};
use crate::words::fold;

/// Which signs the numbers of a table have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signs {
    /// A comma before the fraction, as Vietnamese has it and workbooks are shown.
    Comma,
    /// A point before the fraction.
    Point,
    /// Nobody says: each way that a number may be read.
    Either,
}

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Written {
    /// The number, in each way that it may be read.
    pub(crate) values: Vec<f64>,
    /// A range's upper end.
    pub(crate) to: Option<f64>,
    /// What stands before it.
    pub(crate) comparator: Option<Comparator>,
    /// What stands behind it.
    pub(crate) unit: Option<String>,
}

/// Reads a cell; `None` where it has no number.
pub(crate) fn read(text: &str, percent: bool, signs: Signs, lexicon: &Lexicon) -> Option<Written> {
    let text = text.trim();
    let places = ledger::numbers(text);
    let first = places.first()?;
    let last = places.get(1).filter(|second| {
        let between = text[first.end..second.start].trim();
        between.trim_matches(['%', ' ']).chars().all(|c| matches!(c, '-' | '–' | '—')) && !between.is_empty()
    });
    let before = text[..first.start].trim();
    let behind = text[last.unwrap_or(first).end..].trim();
    let percent = percent || behind.starts_with('%');
    let mut values = readings(&text[first.clone()], percent, signs);
    let (comparator, _) = comparison(before, lexicon);
    // Nothing but a sign stands before it: `-1.5`.
    if before == "-" && text[..first.start].ends_with('-') {
        values.iter_mut().for_each(|value| *value = -*value);
    }
    let to = last.and_then(|last| readings(&text[last.clone()], percent, signs).first().copied());
    let unit = (!behind.is_empty() && behind.chars().count() <= 30 && places.len() <= 2).then(|| behind.to_owned());
    (!values.is_empty()).then_some(Written { values, to, comparator, unit })
}

fn readings(text: &str, percent: bool, signs: Signs) -> Vec<f64> {
    let (own, plain) = (number::parse(text, percent), text.parse::<f64>().ok());
    let mut found: Vec<f64> = match signs {
        // A number that a program wrote stands first, what a person may have meant behind it.
        Signs::Either => plain.into_iter().chain(own).collect(),
        Signs::Comma => own.into_iter().collect(),
        Signs::Point => plain.or(own).into_iter().collect(),
    };
    found.dedup();
    found
}

/// How words say that a value compares, and whether it is a change: `tối thiểu`, `≥`, `ge`, `giảm`.
pub(crate) fn comparison(words: &str, lexicon: &Lexicon) -> (Option<Comparator>, Option<ChangeKind>) {
    const ALL: [Comparator; 6] =
        [Comparator::Eq, Comparator::Gt, Comparator::Ge, Comparator::Lt, Comparator::Le, Comparator::Approx];
    let mut tokens = Vec::new();
    lexicon.vocabulary.cut(words, 0, &mut tokens);
    let mut change = None;
    let mut rest = words.trim();
    if let Some((length, kind)) = lexicon.comparators.at(&tokens, 0) {
        let kind = match kind {
            ComparatorKind::Increase => Some(ChangeKind::Increase),
            ComparatorKind::Decrease => Some(ChangeKind::Decrease),
            ComparatorKind::Turn => Some(ChangeKind::Multiple),
            _ => None,
        };
        if kind.is_some() {
            change = kind;
            rest = tokens.get(length).map_or("", |token| &words[token.span().start..]).trim();
        }
    }
    let own = fold(rest);
    let shown = ALL.into_iter().find(|one| fold(show::comparator_vi(*one)) == own || show::comparator_en(*one) == own);
    let sign = || match rest {
        "=" | "==" => Some(Comparator::Eq),
        ">" => Some(Comparator::Gt),
        ">=" | "≥" | "=>" => Some(Comparator::Ge),
        "<" => Some(Comparator::Lt),
        "<=" | "≤" | "=<" => Some(Comparator::Le),
        "~" | "≈" => Some(Comparator::Approx),
        _ => None,
    };
    let word = || {
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(rest, 0, &mut tokens);
        match lexicon.comparators.at(&tokens, 0).filter(|(length, _)| *length == tokens.len())?.1 {
            ComparatorKind::Gt => Some(Comparator::Gt),
            ComparatorKind::Ge | ComparatorKind::AtLeastAfter => Some(Comparator::Ge),
            ComparatorKind::Lt => Some(Comparator::Lt),
            ComparatorKind::Le | ComparatorKind::AtMostAfter => Some(Comparator::Le),
            ComparatorKind::Approx => Some(Comparator::Approx),
            ComparatorKind::Reach => Some(Comparator::Eq),
            _ => None,
        }
    };
    (shown.or_else(|| super::given::comparator_of(rest)).or_else(sign).or_else(word), change)
}

/// A day as far as it is given, as `2025-06-30`; `None` where it is none.
pub(crate) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4);
    let year = |text: &str| number(text).filter(|year| (1900..=2200).contains(year));
    let date = |year: u32, month: u32, day: u32| format!("{year:04}-{month:02}-{day:02}").parse::<jiff::civil::Date>().ok();
    match parts.as_slice() {
        [first, month, last] => {
            let month = number(month)?;
            let day =
                year(first).map_or_else(|| date(year(last)?, month, number(first)?), |first| date(first, month, number(last)?));
            day.map(|day| day.to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_as_people_write_them() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let of = |text: &str, signs: Signs| read(text, false, signs, &lexicon).expect(text);
        for (text, signs, values) in [
            ("85,5", Signs::Comma, vec![85.5]),
            ("1.250", Signs::Comma, vec![1250.0]),
            ("1.250", Signs::Point, vec![1.25]),
            ("1.250", Signs::Either, vec![1.25, 1250.0]),
            ("85", Signs::Either, vec![85.0]),
            ("-1.5", Signs::Point, vec![-1.5]),
        ] {
            assert_eq!(of(text, signs).values, values, "{text} {signs:?}");
        }
        let range = of("2 - 3 ha", Signs::Comma);
        assert_eq!((range.values, range.to, range.unit.as_deref()), (vec![2.0], Some(3.0), Some("ha")));
        let above = of("≥ 80%", Signs::Comma);
        assert_eq!((above.comparator, above.unit.as_deref()), (Some(Comparator::Ge), Some("%")));
        assert_eq!(of("trên 80%", Signs::Comma).comparator, Some(Comparator::Gt));
        assert!(read("chưa có", false, Signs::Comma, &lexicon).is_none());
    }

    #[test]
    fn comparisons_and_days() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        for (words, wanted) in [
            ("tối thiểu", (Some(Comparator::Ge), None)),
            ("ge", (Some(Comparator::Ge), None)),
            ("<=", (Some(Comparator::Le), None)),
            ("đạt", (Some(Comparator::Eq), None)),
            ("giảm tối thiểu", (Some(Comparator::Ge), Some(ChangeKind::Decrease))),
            ("tăng", (None, Some(ChangeKind::Increase))),
            ("lạ", (None, None)),
        ] {
            assert_eq!(comparison(words, &lexicon), wanted, "{words}");
        }
        for (text, wanted) in
            [("30/6/2025", Some("2025-06-30")), ("2025-06-30", Some("2025-06-30")), ("31/02/2025", None), ("quý II", None)]
        {
            assert_eq!(day(text).as_deref(), wanted, "{text}");
        }
    }
}
