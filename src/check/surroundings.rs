//! What stands around a number or a time: the headings over it, the labels of its table, the groups that they name.
//!
//! `Trước khi sắp xếp: 12 trạm` and `Sau khi sắp xếp: 9 trạm` are no contradiction; a rule that compares two numbers asks here first.

use super::case::Case;
use super::quotes::years;
use crate::lexicon::SurroundingKind;
use crate::record::Section;
use crate::words::{Token, fold};

/// The headings over a section, its own first, the root last.
fn headings<'a>(case: &Case<'a>, section: Option<&str>) -> Vec<&'a Section> {
    let mut found = case.headings(section);
    found.reverse();
    found
}

/// Whether words of `kind` are anywhere in `text`; a small word before them changes nothing.
pub fn holds(case: &Case, text: &str, kind: SurroundingKind) -> bool {
    let mut tokens: Vec<Token> = Vec::new();
    case.lexicon.vocabulary.cut(text, 0, &mut tokens);
    let words = &case.lexicon.surroundings;
    (0..tokens.len()).any(|at| words.at(&tokens, at).is_some_and(|(_, found)| *found == kind))
}

/// Whether `text` begins with words of `kind`.
pub fn opens(case: &Case, text: &str, kind: SurroundingKind) -> bool {
    let mut tokens: Vec<Token> = Vec::new();
    case.lexicon.vocabulary.cut(text, 0, &mut tokens);
    case.lexicon.surroundings.at(&tokens, 0).is_some_and(|(_, found)| *found == kind)
}

/// Whether what stands in a section was done, missed or is late: a heading over it says so, or a label of a table in it
/// (`Kết quả`, `Tiến độ`), or the document's own title.
pub fn is_past(case: &Case, section: Option<&str>) -> bool {
    let title = case.record.document.title.as_deref().unwrap_or_default();
    let labelled = || {
        let tables = case.record.tables.iter().filter(|table| {
            let own = table.section.as_deref();
            section.is_some() && (own == section || own.is_some_and(|own| section.is_some_and(|path| under(path, own))))
        });
        tables.flat_map(|table| &table.header).any(|label| opens(case, label, SurroundingKind::Past))
    };
    headings(case, section).iter().any(|heading| holds(case, &heading.title, SurroundingKind::Past))
        || holds(case, title, SurroundingKind::Past)
        || labelled()
}

/// Whether a section sets work to come: a heading over it begins so, `II. NHIỆM VỤ 6 THÁNG CUỐI NĂM`, `Phương hướng năm 2026`.
pub fn is_ahead(case: &Case, section: Option<&str>) -> bool {
    let over = headings(case, section);
    over.iter().any(|heading| opens(case, &heading.title, SurroundingKind::Ahead))
        && !over.iter().any(|heading| holds(case, &heading.title, SurroundingKind::Past))
}

fn under(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether two sections are parts in parallel: beside each other under one heading, or below two such.
/// `I.1 Xã Suối Lim` and `I.2 Xã Khe Vàng` speak of two things in the same words; chapters of a document do not.
#[must_use]
pub fn parallel(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    if one == other {
        return false;
    }
    let shared = one.split('.').zip(other.split('.')).take_while(|(left, right)| left == right).count();
    let beside = |path: &str| path.split('.').count() > shared;
    shared > 0 && beside(one) && beside(other)
}

/// The group that a heading names, with the word that says what kind of group: `2. Đối với cấp xã`, `b) Khu vực nông thôn`.
fn group(case: &Case, title: &str) -> Option<(String, String)> {
    const LEADS: usize = 2;
    let mut tokens: Vec<Token> = Vec::new();
    case.lexicon.vocabulary.cut(title, 0, &mut tokens);
    if tokens.iter().filter(|token| token.is_word()).count() > 10 {
        return None;
    }
    // `Đối với`, `Tại`, `Trên địa bàn`: one or two small words lead in.
    (0..=LEADS.min(tokens.len())).find_map(|at| {
        let (length, kind) = case.lexicon.surroundings.at(&tokens, at)?;
        (*kind == SurroundingKind::Group).then(|| {
            let span = tokens[at].span().cover(tokens[at + length - 1].span());
            let words = fold(&title[tokens[at].span().start..]);
            (fold(&title[span.start..span.end]), words.trim_end_matches([':', '.', ' ']).to_owned())
        })
    })
}

/// Whether the headings over two places name two groups: `1. Cấp tỉnh`, `2. Cấp xã`; `Khu vực đô thị`, `Khu vực nông thôn`. They
/// are beside each other, or of one kind; the aims `Giáo dục mầm non` and the tasks of `Sở Giáo dục` are no two groups.
pub fn two_groups(case: &Case, one: Option<&str>, other: Option<&str>) -> bool {
    let over = |section: Option<&str>| -> Vec<(String, String, String)> {
        let parent = |path: &str| path.rsplit_once('.').map_or(String::new(), |(parent, _)| parent.to_owned());
        headings(case, section)
            .into_iter()
            .filter_map(|heading| group(case, &heading.title).map(|(kind, name)| (parent(&heading.path), kind, name)))
            .collect()
    };
    let (left, right) = (over(one), over(other));
    left.iter()
        .any(|(parent, kind, name)| right.iter().any(|(beside, alike, also)| name != also && (parent == beside || kind == alike)))
}

/// The years that the words of a place name, else those of the headings over it.
pub fn years_around(case: &Case, text: &str, section: Option<&str>) -> Vec<i16> {
    let own = years(text);
    if own.is_empty() { case.heading_years(section) } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_parallel() {
        for (one, other, wanted) in [
            ("I.1", "I.2", true),
            ("I.1.a", "I.2", true),
            ("I.1.a", "I.2.b", true),
            ("I", "II", false),
            ("I.1", "I.1", false),
            ("I.1", "I.1.a", false),
            ("I.1", "II.1", false),
        ] {
            assert_eq!(parallel(Some(one), Some(other)), wanted, "{one} {other}");
        }
    }
}
