//! The sections that the group rows of a table open: `A` > `I` > `1` > `1.1`.
//!
//! As in prose the first marker of a form opens a level below those that are open, and the next of it goes on there.

use super::marker::{self, Style};
use super::{Place, Section};
use crate::text::Span;

/// The groups that are open in a table.
pub(super) struct Groups {
    /// The section that the table stands in.
    pub(super) root: Option<usize>,
    pub(super) place: Place,
    pub(super) open: Vec<Group>,
    /// Whether a title without a marker stands over the rows that follow: they belong to no group that could be named.
    pub(super) aside: bool,
}

/// An open group.
pub(super) struct Group {
    form: Form,
    label: String,
    section: usize,
    /// Whether the rows below begin a count of their own in the group's form: `2 | Chăn nuôi` over `1`, `2`, `3`.
    anew: bool,
}

/// The form of a group row's marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Roman,
    Capital,
    Digit,
    Letter,
    /// `1.1`, `I.1`: of so many parts.
    Parts(usize),
}

fn form(label: &str) -> Form {
    match label.split('.').count() {
        1 if marker::roman(label).is_some() => Form::Roman,
        1 => match marker::parse(&format!("{label}. a")).map(|marker| marker.style) {
            Some(Style::Digit) => Form::Digit,
            Some(Style::Capital) => Form::Capital,
            _ if label.starts_with(|c: char| c.is_ascii_digit()) => Form::Digit,
            _ => Form::Letter,
        },
        count => Form::Parts(count),
    }
}

/// A marker's last part as a number, and what stands before it: `1.12` is the twelfth of `1`.
fn place(form: Form, label: &str) -> (&str, Option<u32>) {
    let (above, last) = label.rsplit_once('.').unwrap_or(("", label));
    let value = match form {
        Form::Roman => marker::roman(last),
        Form::Digit | Form::Parts(_) => last.parse().ok().or_else(|| marker::roman(last)),
        Form::Capital | Form::Letter => last.chars().next().and_then(marker::letter),
    };
    (above, value)
}

impl Groups {
    /// The section of the rows that follow.
    pub(super) fn current(&self) -> Option<usize> {
        self.open.last().filter(|_| !self.aside).map(|group| group.section).or(self.root)
    }

    /// Whether a Roman digit is the next letter of the open groups: `I` after `G` or `H`, `L` after `K`, `C` after `B`.
    ///
    /// Lists of letters leave some out (`G`, `I`; `K`, `L`), so one letter may be missing. `I` after `A`, `B` opens a list of its own, and
    /// an open list of Roman numbers that this one continues keeps it.
    fn is_letter(&self, label: &str) -> bool {
        let Some(value) = marker::roman(label) else { return false };
        let mut letters = label.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
        let goes_on =
            |group: &Group| group.form == Form::Roman && marker::roman(&group.label).is_some_and(|open| open + 1 == value);
        let is_next = |group: &Group| {
            let mut open = group.label.chars();
            matches!((group.form, open.next(), open.next()), (Form::Capital, Some(open), None)
                if (1..=2).contains(&(u32::from(letter)).saturating_sub(u32::from(open))))
        };
        self.open.iter().any(is_next) && !self.open.iter().any(goes_on)
    }

    /// Opens the group of a marker.
    pub(super) fn enter(&mut self, label: &str, title: Span, sections: &mut Vec<Section>) {
        let mut form = form(label);
        if form == Form::Roman && self.is_letter(label) {
            form = Form::Capital;
        }
        let within = |group: &Group| label.strip_prefix(group.label.as_str()).is_some_and(|rest| rest.starts_with('.'));
        if let Some(at) = self.open.iter().rposition(within) {
            self.open.truncate(at + 1);
        } else if let Some(at) = self.open.iter().position(|group| group.form == form) {
            self.open.truncate(at);
        }
        let rest = self.open.last().filter(|group| within(group)).map_or(label, |group| &label[group.label.len() + 1..]);
        self.aside = false;
        let parent = self.current();
        let path = parent.map_or_else(|| rest.to_owned(), |parent| format!("{}.{rest}", sections[parent].path));
        let level = parent.map_or(1, |parent| sections[parent].level + 1);
        let section = sections.len();
        sections.push(Section { path, title, level, parent, place: self.place, items: None });
        self.open.push(Group { form, label: label.to_owned(), section, anew: false });
    }

    /// Ends the groups that a row of values does not stand under: `4 | Chỉ số giá | 5,2` after the group `3`, `D` after `C`.
    pub(super) fn pass(&mut self, label: &str) {
        let mut form = form(label);
        if form == Form::Roman && self.is_letter(label) {
            form = Form::Capital;
        }
        let Some(at) = self.open.iter().rposition(|group| group.form == form) else { return };
        let group = &mut self.open[at];
        let (above, value) = place(form, label);
        let (open_above, open) = place(form, &group.label);
        match (value, open) {
            (Some(value), Some(open)) if above == open_above && value > open && !group.anew => self.open.truncate(at),
            (Some(value), Some(open)) if value < open => group.anew = true,
            // `1`, `2` under the group `1`.
            (Some(value), Some(open)) if value == open && matches!(form, Form::Digit | Form::Letter) => group.anew = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> Section {
        Section { path: "PL".to_owned(), title: Span::default(), level: 1, parent: None, place: Place::Annex, items: None }
    }

    /// The paths that the markers of group rows open under `PL`.
    fn paths(labels: &[&str]) -> Vec<String> {
        let mut sections = vec![root()];
        let mut groups = Groups { root: Some(0), place: Place::Annex, open: Vec::new(), aside: false };
        for label in labels {
            groups.enter(label, Span::default(), &mut sections);
        }
        sections.into_iter().skip(1).map(|section| section.path).collect()
    }

    #[test]
    fn a_row_of_values_ends_the_groups_before_its_number() {
        // `=` before the number of a row that is no group.
        for (labels, wanted) in [
            ("3 =4 =5 12 =13", "PL.3 PL PL PL.12 PL"),
            ("C =I II =1 =2 =III =D", "PL.C PL.C PL.C.II PL.C.II PL.C.II PL.C PL"),
            ("I =1 2 =1 =2 =3 II =3", "PL.I PL.I PL.I.2 PL.I.2 PL.I.2 PL.I.2 PL.II PL.II"),
            ("1.1 =a =b =1.2 =2", "PL.1.1 PL.1.1 PL.1.1 PL PL"),
            ("1 =1.1 =1.2 =2", "PL.1 PL.1 PL.1 PL"),
            ("1 =1 =2 =3 2 =1", "PL.1 PL.1 PL.1 PL.1 PL.2 PL.2"),
        ] {
            let mut sections = vec![root()];
            let mut groups = Groups { root: Some(0), place: Place::Annex, open: Vec::new(), aside: false };
            let mut shown = Vec::new();
            for label in labels.split(' ') {
                match label.strip_prefix('=') {
                    Some(row) => groups.pass(row),
                    None => groups.enter(label, Span::default(), &mut sections),
                }
                shown.push(groups.current().map(|section| sections[section].path.clone()).unwrap_or_default());
            }
            assert_eq!(shown.join(" "), wanted, "{labels}");
        }
    }

    #[test]
    fn groups_nest_by_the_form_of_their_markers() {
        for (labels, wanted) in [
            (vec!["I", "II"], "PL.I PL.II"),
            (vec!["A", "I", "II", "B", "I"], "PL.A PL.A.I PL.A.II PL.B PL.B.I"),
            (vec!["I", "1", "2", "II", "1"], "PL.I PL.I.1 PL.I.2 PL.II PL.II.1"),
            (vec!["I", "I.1", "I.2", "II", "II.1"], "PL.I PL.I.1 PL.I.2 PL.II PL.II.1"),
            (vec!["I", "1", "1.1", "1.2", "2"], "PL.I PL.I.1 PL.I.1.1 PL.I.1.2 PL.I.2"),
            (vec!["1", "a", "b", "2"], "PL.1 PL.1.a PL.1.b PL.2"),
            (vec!["G", "H", "I"], "PL.G PL.H PL.I"),
            (vec!["G", "I", "K", "L"], "PL.G PL.I PL.K PL.L"),
            (vec!["A", "B", "C", "D"], "PL.A PL.B PL.C PL.D"),
            (vec!["B", "I", "II", "C", "I"], "PL.B PL.B.I PL.B.II PL.C PL.C.I"),
        ] {
            assert_eq!(paths(&labels).join(" "), wanted);
        }
    }
}
