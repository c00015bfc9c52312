//! Where a body ends: at `./.`, at the recipients, at the offices.

use super::Cutter;
use super::signs::is_furniture;
use crate::words::is_shouted;

/// In how many lines behind `./.` a foot shows itself.
const FOOT_LINES: usize = 14;

impl Cutter<'_> {
    /// The line behind the body's last.
    pub(super) fn body_end(&self, start: usize, limit: usize, promulgates: bool) -> usize {
        let (lines, signs) = (self.lines, &self.signs);
        for index in start..limit {
            let line = lines.lines[index].span;
            let tail = &lines.text.as_str()[line.start..line.end];
            let closes = tail.ends_with("./.") || tail.ends_with("./") && tail.len() > 20 || tail.ends_with(". /.");
            if closes && self.is_foot(index + 1, limit) {
                return index + 1;
            }
            if tail.len() >= 160 || !tail.starts_with(char::is_uppercase) {
                continue;
            }
            if tail.len() < 80 && signs.is_recipients(tail) {
                return self.signature_above(start, index);
            }
            if tail.len() < 80 && is_shouted(tail) && signs.is_label_line(tail)
                || tail.len() < 40 && signs.label(tail).is_some_and(|(_, rest)| rest.is_empty())
            {
                return index;
            }
            if tail.len() < 80 && signs.is_office(tail) && self.is_signed(index, limit) {
                return index;
            }
            // What is attached begins without a foot before it.
            if promulgates && index > start + 2 && self.opens_attached(index, limit) {
                return index;
            }
        }
        // Nothing marks the end: titles of office at the very bottom do.
        (start..limit)
            .rev()
            .take(12)
            .take_while(|index| {
                // A sentence is work, unless it is an entry of the recipients' list.
                let text = lines.line(*index);
                text.len() < 80 && (!text.ends_with('.') || text.starts_with(['-', '+']) || text.split(' ').count() < 4)
            })
            .filter(|index| signs.is_office(lines.line(*index)))
            .last()
            .unwrap_or(limit)
    }

    /// Whether what stands behind `./.` is a foot, an annex, another paper or nothing, and no text that goes on.
    fn is_foot(&self, from: usize, limit: usize) -> bool {
        let Some(first) = self.signs.next(from..limit) else { return true };
        let text = self.lines.line(first);
        if !self.signs.is_heading(text) && text.len() < 120 || self.lines.lines[first].note.is_some() {
            return true;
        }
        let shown = |index: usize| {
            let text = self.lines.line(index);
            self.signs.is_recipients(text) || self.signs.is_office(text) || self.signs.is_related(text)
        };
        (first..limit.min(first + FOOT_LINES)).any(shown) || (from..limit).len() < 4
    }

    /// A shouted type name with the note of attachment below it: `QUY CHẾ`, title, `(Ban hành kèm theo …)`.
    pub(super) fn opens_attached(&self, index: usize, limit: usize) -> bool {
        let text = self.lines.line(index);
        is_shouted(text)
            && text.len() < 160
            && self.signs.type_name(text).is_some()
            && (index + 1..limit.min(index + 8)).any(|below| self.signs.is_attached_note(self.lines.line(below)))
    }

    /// Whether a signature without `Nơi nhận` above it begins here: `TM. CHÍNH PHỦ`, `KT. THỦ TƯỚNG`, `PHÓ THỦ TƯỚNG`, a
    /// name, and then nothing, or an annex. A gazette prints documents so. In the body an office is followed by its work.
    fn is_signed(&self, first: usize, limit: usize) -> bool {
        let (lines, signs) = (self.lines, &self.signs);
        let rest = (first..limit).filter(|index| !is_furniture(lines.line(*index)) && !signs.is_stamp(lines.line(*index)));
        let mut rest = rest.skip_while(|index| {
            let text = lines.line(*index);
            signs.is_office(text)
                || is_shouted(text) && text.len() < 80 && signs.label(text).is_none() && signs.type_name(text).is_none()
        });
        let marked = signs.is_for_whom(lines.line(first));
        // Nothing but capitals: the name is one of them, or is missing.
        let Some(name) = rest.next() else { return marked };
        let is_name = is_name(lines.line(name));
        let behind = if is_name { rest.next() } else { Some(name) };
        behind.is_none_or(|index| {
            let text = lines.line(index);
            signs.is_recipients(text)
                || signs.is_attached_note(text)
                || signs.is_related(text)
                || is_shouted(text)
                || signs.is_label_line(text)
                || signs.is_label_row(index)
        }) && (is_name || marked)
    }

    /// The signature may stand above the recipients.
    fn signature_above(&self, start: usize, recipients: usize) -> usize {
        let mut end = recipients;
        for index in (start.max(recipients.saturating_sub(8))..recipients).rev() {
            if self.signs.is_office(self.lines.line(index)) {
                end = index;
            }
        }
        end
    }
}

/// Whether a line may be a person's name: two to six capitalised words.
pub(super) fn is_name(text: &str) -> bool {
    let mut count = 0;
    text.split_whitespace().all(|word| {
        count += 1;
        word.starts_with(char::is_uppercase) && word.trim_end_matches('.').chars().all(char::is_alphabetic)
    }) && (2..=6).contains(&count)
}
