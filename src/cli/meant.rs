//! *Did you mean*: the nearest of the known names, where one that was given is none of them.

use crate::words::without_marks;

/// How alike two names are at least, so that one may have been meant by the other: one letter of four may differ.
const ALIKE: f64 = 0.75;

/// What is added to a message on `written`: the name that may have been meant, or nothing. A name is also compared by as many of its
/// words as `written` has, since people give a part of a long name.
pub(super) fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(written, known).map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"))
}

fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = without_marks(written);
    let length = wanted.split_whitespace().count();
    if length == 0 {
        return None;
    }
    let mut best: Option<(f64, String)> = None;
    let mut offer = |alike: f64, name: &str| {
        if alike >= ALIKE && best.as_ref().is_none_or(|(most, _)| alike > *most) {
            best = Some((alike, name.to_owned()));
        }
    };
    for name in known {
        let words: Vec<&str> = name.split_whitespace().collect();
        if words.len() <= length {
            offer(strsim::normalized_damerau_levenshtein(&wanted, &without_marks(name)), name);
        }
        for part in words.windows(length).filter(|part| part.len() < words.len()) {
            let part = part.join(" ");
            let part = part.trim_matches(|c: char| !c.is_alphanumeric());
            offer(strsim::normalized_damerau_levenshtein(&wanted, &without_marks(part)), part);
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_the_name_and_another_word_none() {
        let known = ["XL001", "XL002", "Sở Giáo dục và Đào tạo Bến Thuận", "Tỷ lệ hộ nghèo đa chiều", "Khe Vang"];
        for (written, wanted) in [
            ("XL01", Some("XL001")),
            ("so giao duc va dao tao", Some("Sở Giáo dục và Đào tạo")),
            ("hộ nghèo đa chìu", Some("hộ nghèo đa chiều")),
            ("khe vag", Some("Khe Vang")),
            ("cao su", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, known).as_deref(), wanted, "{written}");
        }
    }
}
