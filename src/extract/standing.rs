//! Which row of a table a row stands under: the bullets under a numbered row, `+` under `-`, what `Trong đó:` opens.
//!
//! `12 | Giáo dục` over `- | Số học sinh` over `Trong đó:` over `+ | Học sinh bán trú`: each is the scope of the next. A row with a
//! number of its own stands by itself, and so does `Tổng cộng`.

use super::cells::bulleted;
use super::figures;
use super::recorder::Extractor;
use crate::lexicon::ColumnKind;
use crate::structure::{Row, Table, marker};
use crate::text::Span;
use crate::words::{Keyword as K, fold};

/// What a row's name begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A number or letter, in the column of the ordinals or before the name.
    Number,
    Bullet(char),
    Bare,
}

/// A row's name: how it is marked, and what leads it in.
struct Named {
    mark: Mark,
    /// Nothing but `Trong đó:`, `Bao gồm:`.
    leads: bool,
    /// Begins with `Trong đó`, alone or before the name.
    led: bool,
    total: bool,
}

/// The rows that are open, the last innermost.
#[derive(Default)]
struct Open {
    /// The numbered row or the title that the bullets hang on.
    base: Option<usize>,
    /// Whether it titles rows of every kind, so that one without a mark is no part of it.
    title: bool,
    hanging: Vec<(Mark, usize)>,
    led: bool,
}

impl Open {
    fn begin(&mut self, base: Option<usize>, title: bool) {
        *self = Self { base, title, ..Self::default() };
    }

    /// Hangs a row without a number; gives the row it stands under.
    fn hang(&mut self, row: usize, named: &Named) -> Option<usize> {
        let led = std::mem::take(&mut self.led);
        let sister = self.hanging.iter().rposition(|(mark, _)| *mark == named.mark);
        match sister {
            // `- Số học sinh` over `Trong đó:` over `- Học sinh nữ`.
            Some(at) if !led => self.hanging.truncate(at),
            _ if !led && named.mark == Mark::Bare => self.hanging.clear(),
            _ => {}
        }
        let parent = self.hanging.last().map(|(_, row)| *row).or(self.base);
        let own = named.mark == Mark::Bare && self.title && self.hanging.is_empty() && !led && !named.led;
        self.hanging.push((named.mark, row));
        parent.filter(|_| !own)
    }
}

impl Extractor<'_> {
    /// The row that each row of a table stands under.
    pub(super) fn parents(&self, table: &Table, indicator: Option<usize>) -> Vec<Option<usize>> {
        let mut parents = vec![None; table.rows.len()];
        let Some(indicator) = indicator else { return parents };
        let ordinal = table.columns.iter().position(|column| column.kind == Some(ColumnKind::Ordinal));
        let mut open = Open::default();
        for (at, row) in table.rows.iter().enumerate() {
            if row.group {
                open.begin(Some(at), true);
                continue;
            }
            let Some(span) = row.cells.get(indicator).copied().filter(|span| !span.is_empty()) else { continue };
            let named = self.named(row, ordinal, span);
            if named.leads {
                open.led = true;
            } else if named.mark == Mark::Number || named.mark == Mark::Bare && (named.total || ordinal.is_none()) && !open.led {
                open.begin(Some(at), false);
            } else {
                parents[at] = open.hang(at, &named);
            }
        }
        parents
    }

    fn named(&self, row: &Row, ordinal: Option<usize>, span: Span) -> Named {
        let text = self.document.text.as_str();
        let written = span.slice(text).unwrap_or_default();
        let number = ordinal.and_then(|at| row.cells.get(at)).and_then(|span| span.slice(text)).unwrap_or_default().trim();
        let led = self.lead_in(span);
        let rest = &written[led.unwrap_or(0)..];
        let bullet = bulleted(number).0.or_else(|| bulleted(rest).0);
        let counted = !number.is_empty() && bulleted(number).0.is_none();
        let mark = match bullet {
            _ if counted => Mark::Number,
            Some(bullet) => Mark::Bullet(bullet),
            None if led.is_none() && marker::parse(rest).is_some_and(|marker| marker.length < rest.len()) => Mark::Number,
            None => Mark::Bare,
        };
        Named {
            mark,
            leads: led.is_some() && rest.trim_matches([':', '.', ' ']).is_empty(),
            led: led.is_some(),
            total: figures::names_total(&fold(written)),
        }
    }

    /// The end of `Trong đó:`, `Bao gồm:`, `Gồm:` at the beginning of a cell, in bytes.
    pub(super) fn lead_in(&self, span: Span) -> Option<usize> {
        let written = span.slice(self.document.text.as_str())?;
        let tokens =
            self.cut(Span::new(span.start, span.start + written.char_indices().nth(40).map_or(written.len(), |(at, _)| at)));
        let first = usize::from(tokens.first().is_some_and(|first| first.is(K::Hyphen)));
        let is = |at: usize, keyword: K| tokens.get(at).is_some_and(|token| token.is(keyword));
        let include = (first..first + 2).any(|at| is(at, K::Include));
        let opens = include || is(first, K::InTime) && is(first + 1, K::There);
        let colon = (first..tokens.len().min(first + 4)).find(|at| is(*at, K::Colon));
        match colon {
            Some(colon) if opens => {
                let end = tokens[colon].span().end - span.start;
                Some(end + (written[end..].len() - written[end..].trim_start().len()))
            }
            // `Trong đó` without its colon, alone.
            None if opens && tokens.len() <= first + 2 => Some(written.len()),
            _ => None,
        }
    }
}
