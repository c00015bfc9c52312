//! What single places say, for comparing them: annexes spoken of (`chi tiết tại Phụ lục II kèm theo`), stated numbers of
//! targets (`giao 28 chỉ tiêu, hoàn thành 17 chỉ tiêu`), means with their parts, days that no calendar has (`31/02/2025`),
//! footnotes without a mark.
//!
//! `Phụ lục I Quyết định số 917/QĐ-BTTTT` is another document's annex; `30/6` is a day.

use std::ops::Range;

use jiff::civil::Date;

use super::entries::unit_of;
use super::passage::Passage;
use super::quantity::{self, Quantity};
use super::recorder::Extractor;
use super::{growth, list, mean, share};
use crate::lexicon::UnitKind;
use crate::record::ledger::{Class, Why};
use crate::record::{AnnexMention, Count, Counted, Evidence, Growth, Mean, Number, Ratio, StatedList, Step, WordedShare, Words};
use crate::structure::{Place, marker};
use crate::text::Span;
use crate::words::Keyword as K;

impl Extractor<'_> {
    /// The annexes of this document that a passage speaks of.
    pub(super) fn annexes(&mut self, passage: &Passage) {
        for (label, range) in annexes(passage) {
            let span = passage.span(range);
            let evidence = self.evidence(&[span]);
            self.took(Class::Name, &[span]);
            let section = self.path(passage.section);
            self.record.mentions.annexes.push(AnnexMention { label, named: true, section, evidence });
        }
        for range in lists(passage) {
            let evidence = self.evidence(&[passage.span(range)]);
            let section = self.path(passage.section);
            self.record.mentions.annexes.push(AnnexMention { label: None, named: false, section, evidence });
        }
    }

    /// Days that no calendar has.
    pub(super) fn days(&mut self, passage: &Passage) {
        for range in impossible_days(passage) {
            self.impossible_day(passage, range);
        }
    }

    fn impossible_day(&mut self, passage: &Passage, range: Range<usize>) {
        let text = passage.words(range.clone()).to_owned();
        let span = passage.span(range);
        let evidence = self.evidence(&[span]);
        self.took(Class::Date, &[span]);
        let words = Words { text, section: self.path(passage.section), evidence };
        // A cell may be read twice: for its references, and for its work.
        if !self.record.mentions.impossible_days.contains(&words) {
            self.record.mentions.impossible_days.push(words);
        }
    }

    /// How many targets or tasks there are, as stated.
    pub(super) fn counts(&mut self, passage: &Passage, quantities: &[Quantity]) {
        for quantity in quantities {
            let noun = passage.words(quantity.unit.clone()).to_lowercase();
            // Asked first: what is before each of very many numbers in one sentence takes its time.
            if !matches!(noun.as_str(), "chỉ tiêu" | "nhiệm vụ") {
                continue;
            }
            // `vượt mức 17 chỉ tiêu` is 17, `trên 17 chỉ tiêu` is not known.
            let exceeded = passage.words(quantity.whole.start..quantity.number.start).to_lowercase().contains("vượt");
            let stated = quantity.comparator.is_none() || exceeded;
            let counted = counted(passage, quantity);
            // `6/8 chỉ tiêu đạt` counts those reached; `2/12 chỉ tiêu` of a group may be anything.
            let fraction = quantity.of.is_some() && counted != Counted::Reached;
            let whole = quantity.value.fract() == 0.0 && stated && !fraction;
            if !whole {
                continue;
            }
            let evidence = self.evidence(&[passage.span(quantity.whole.clone())]);
            self.record.mentions.counts.push(Count {
                value: Number(quantity.value),
                noun,
                counted,
                of: quantity.of.map(Number),
                of_other: passage.quoted.iter().any(|quoted| *quoted),
                section: self.path(passage.section),
                evidence,
            });
        }
    }

    /// Means with what they are of: in brackets, behind `trong đó`, or in a footnote.
    pub(super) fn means(&mut self, block: usize, passage: &Passage, quantities: &[Quantity]) {
        let is_share = |quantity: &&Quantity| quantity.unit_kind == Some(UnitKind::Percent) && quantity.value_to.is_none();
        for (index, mean) in quantities.iter().enumerate() {
            let Some(inside) = mean::parts_behind(passage, mean) else { continue };
            let share = is_share(&mean);
            // `toàn tỉnh có 200 ha (…)` is a sum; only `bình quân` makes a mean of a count.
            if !share && !(mean::is_named(passage, mean) && mean::has_both_ends(passage.words(inside.clone()))) {
                continue;
            }
            let unit = passage.words(mean.unit.clone()).to_lowercase();
            let kin = |part: &&Quantity| {
                if share { is_share(part) } else { passage.words(part.unit.clone()).to_lowercase() == unit && part.of.is_none() }
            };
            let parts: Vec<&Quantity> = quantities[index + 1..]
                .iter()
                .filter(|part| kin(part) && inside.start <= part.number.start && part.number.end <= inside.end)
                .collect();
            if parts.len() >= 2 {
                let span = passage.span(mean.whole.start..inside.end);
                let evidence = self.evidence(&[span]);
                let text = passage.words(inside.clone());
                let complete = if share { mean::is_complete(text, parts.len()) } else { mean::has_both_ends(text) };
                let kinds = share && mean::is_named(passage, mean) && mean::are_kinds(passage, inside.start, &parts);
                let values = parts.iter().map(|part| part.value).collect();
                self.mean(passage, mean, values, (complete, kinds), evidence);
            }
        }
        let document = self.document;
        let text = document.text.as_str();
        let span = document.blocks[block].span;
        let first = document.footnotes.partition_point(|note| note.at < span.start);
        for note in document.footnotes[first..].iter().take_while(|note| note.at <= span.end) {
            let near = |quantity: &&Quantity| {
                let end = passage.tokens[quantity.whole.end - 1].span().end;
                // `đạt 97,45% (được giao 90%)¹`: the note is on what was reached.
                end <= note.at && note.at <= end + 80 && is_share(quantity) && passage.depth[quantity.number.start] == 0
            };
            let Some(mean) = quantities.iter().rev().find(near) else { continue };
            let below = document.blocks[note.block].span;
            let mut tokens = Vec::new();
            self.lexicon.vocabulary.cut(below.slice(text).unwrap_or_default(), below.start, &mut tokens);
            let inner = Passage::new(self.lexicon, text, &tokens, passage.role, passage.section, passage.place);
            let parts: Vec<f64> = quantity::find(&inner).iter().filter(is_share).map(|part| part.value).collect();
            if parts.len() >= 2 {
                let spans = [passage.span(mean.whole.clone()), below];
                let evidence = self.evidence(&spans);
                let complete = mean::is_complete(below.slice(text).unwrap_or_default(), parts.len());
                self.mean(passage, mean, parts, (complete, false), evidence);
            }
        }
    }

    fn mean(
        &mut self,
        passage: &Passage,
        mean: &Quantity,
        parts: Vec<f64>,
        (complete, kinds): (bool, bool),
        evidence: Vec<crate::record::Evidence>,
    ) {
        self.record.mentions.means.push(Mean {
            value: Number(mean.value),
            parts: parts.into_iter().map(Number).collect(),
            unit: unit_of(passage, mean),
            complete,
            kinds,
            section: self.path(passage.section),
            evidence,
        });
    }

    /// Percentages whose counts stand in words, and stated numbers with the list that follows.
    pub(super) fn shares_and_lists(&mut self, passage: &Passage, quantities: &[Quantity]) {
        for share in share::find(passage, quantities).into_iter().chain(growth::shares(passage, quantities)) {
            let span = passage.span(share.range.clone());
            let evidence = self.evidence(&[span]);
            self.worded_ratio(passage, &share, &evidence);
            self.record.mentions.shares.push(WordedShare {
                numerator: Number(share.numerator),
                denominators: share.denominators.into_iter().map(Number).collect(),
                stated: Number(share.stated),
                words: passage.words(share.range).to_owned(),
                section: self.path(passage.section),
                evidence,
            });
        }
        for grown in growth::find(passage, quantities) {
            let evidence = self.evidence(&[passage.span(grown.range)]);
            self.record.mentions.growths.push(Growth {
                now: Number(grown.now),
                difference: Number(grown.difference),
                rise: grown.rise,
                stated: Number(grown.stated),
                section: self.path(passage.section),
                evidence,
            });
        }
        for list in list::find(passage, quantities) {
            let whole = list.range.clone();
            let span = passage.span(list.range);
            let evidence = self.evidence(&[span]);
            let stated = super::entries::numbers_within(passage, &whole, &[list.value]);
            self.took_for(Class::Described, Some(Why::Enumerated), &stated);
            self.record.mentions.lists.push(StatedList {
                value: Number(list.value),
                noun: passage.words(list.noun).to_owned(),
                numbered: list.numbered,
                items: list.items,
                section: self.path(passage.section),
                evidence,
            });
        }
    }

    /// `Có 87 trạm. Trong đó, 28 trạm trên nền cũ (chiếm 32,2%)`: counts in words that give their percentage to the digit are a ratio.
    fn worded_ratio(&mut self, passage: &Passage, share: &share::Worded, evidence: &[Evidence]) {
        let decimals = share.stated.to_string().split('.').nth(1).map_or(0, str::len);
        let places = i32::try_from(decimals).unwrap_or(6).min(6);
        let exact = |of: &&f64| {
            **of > share.numerator && (share.numerator / **of * 100.0 - share.stated).abs() <= 0.5 * 10_f64.powi(-places) + 1e-9
        };
        let Some(denominator) = share.denominators.iter().find(exact).copied() else { return };
        let section = self.path(passage.section);
        let known = self
            .record
            .ratios
            .iter()
            .any(|ratio| ratio.numerator.0 == share.numerator && ratio.stated.0 == share.stated && ratio.section == section);
        if known {
            return;
        }
        let numbers = [share.numerator, denominator, share.stated];
        self.took(Class::Ratio, &super::entries::numbers_within(passage, &share.range, &numbers));
        self.record.ratios.push(Ratio {
            id: format!("q{}", self.record.ratios.len() + 1),
            numerator: Number(share.numerator),
            denominator: Number(denominator),
            stated: Number(share.stated),
            holds: true,
            section,
            paper: 0,
            evidence: evidence.to_vec(),
        });
    }

    /// Footnotes without a mark, captions of annexes, and an impossible day of issue.
    pub(super) fn loose_words(&mut self) {
        let document = self.document;
        let words = |extractor: &Self, span: Span, section: Option<usize>| Words {
            text: span.slice(document.text.as_str()).unwrap_or_default().to_owned(),
            section: extractor.path(section),
            evidence: extractor.evidence(&[span]),
        };
        for block in &document.loose_notes {
            let block = &document.blocks[*block];
            let note = words(self, block.span, block.section);
            self.record.mentions.loose_notes.push(note);
        }
        for step in &document.steps {
            let evidence =
                step.words.iter().flat_map(|words| self.evidence(&[opening(document.text.as_str(), *words)])).collect();
            self.record.mentions.numbering.push(Step {
                after: step.after.clone(),
                found: step.found.clone(),
                run: step.run,
                met: step.met,
                section: self.path(step.section),
                evidence,
            });
        }
        for caption in &document.annex_notes {
            let caption = words(self, *caption, None);
            self.record.mentions.captions.push(caption);
        }
        if let Some(span) = document.head.place_and_date {
            let mut tokens = Vec::new();
            self.lexicon.vocabulary.cut(span.slice(document.text.as_str()).unwrap_or_default(), span.start, &mut tokens);
            let passage = Passage::new(
                self.lexicon,
                document.text.as_str(),
                &tokens,
                super::passage::Role::Preamble,
                None,
                Place::Preamble,
            );
            self.days(&passage);
        }
    }
}

/// The first words of a paragraph, enough to find it by.
fn opening(text: &str, span: Span) -> Span {
    const LONGEST: usize = 200;
    let words = span.slice(text).unwrap_or_default();
    let sentence = words.find(". ").or_else(|| words.find("; ")).unwrap_or(words.len());
    let end = match words.char_indices().nth(LONGEST) {
        Some((at, _)) if at < sentence => words[..at].rfind(' ').unwrap_or(at),
        _ => sentence,
    };
    Span::new(span.start, span.start + end)
}

/// The label of each annex of this document that is spoken of, and where.
fn annexes(passage: &Passage) -> Vec<(Option<String>, Range<usize>)> {
    let mut found = Vec::new();
    for at in 0..passage.tokens.len().saturating_sub(1) {
        let named = passage.lower(at).as_str() == "phụ" && passage.lower(at + 1).as_str() == "lục";
        // A label at the head of the annex itself names it.
        if !named || passage.quoted[at] || passage.place == Place::Annex && at == 0 {
            continue;
        }
        let mut end = at + 2;
        if passage.lower(end).as_str() == "số" {
            end += 1;
        }
        let mut labels = Vec::new();
        while let Some(label) = annex_label(passage, end) {
            labels.push((label, end..end + 1));
            end += 1;
            // `Phụ lục I, II và III`.
            let joined = passage.tokens.get(end).is_some_and(|token| token.is_mark(b',') || token.is(K::And));
            if !joined || annex_label(passage, end + 1).is_none() {
                break;
            }
            end += 1;
        }
        // Whose annex it is stands behind it; what sends the reader there stands before or behind.
        let behind = end..passage.tokens.len().min(end + 8);
        let attached = behind.clone().any(|at| passage.word(at) == "kèm" && passage.word(at + 1) == "theo");
        let this = behind.clone().any(|at| passage.word(at) == "này");
        let other = behind.clone().any(|at| {
            passage.quoted[at] || passage.tokens[at].is(K::Number) || passage.lexicon.type_names.at(passage.tokens, at).is_some()
        });
        // `(kèm Phụ lục)`.
        let with = at > 1 && passage.lower(at - 1).as_str() == "kèm" && passage.tokens[at - 2].is_mark(b'(');
        let sent = with || at > 0 && matches!(passage.lower(at - 1).as_str(), "tại" | "theo" | "xem" | "ở" | "có" | "các");
        if other && !this || !attached && !sent {
            continue;
        }
        let stop = if attached { (end..end + 8).find(|at| passage.word(*at) == "kèm").map_or(end, |at| at + 2) } else { end };
        if labels.is_empty() {
            found.push((None, at..stop));
        }
        for (label, _) in labels {
            found.push((Some(label), at..stop));
        }
    }
    found
}

/// `(Danh mục nhiệm vụ kèm theo)`, `theo các biểu kèm theo`: what an annex holds, without its name.
fn lists(passage: &Passage) -> Vec<Range<usize>> {
    let behind = |at: usize| at >= 1 && passage.word(at) == "theo" && passage.word(at - 1) == "kèm" && !passage.quoted[at];
    let mut found = Vec::new();
    for end in (1..passage.tokens.len()).filter(|at| behind(*at)) {
        let start = (end.saturating_sub(14)..end).rev().take_while(|at| !passage.ends_sentence(*at)).find(|at| {
            matches!(
                (passage.lower(*at).as_str(), passage.lower(*at + 1).as_str()),
                ("danh", "mục") | ("bảng", _) | ("biểu", _) | ("phân", "công") | ("chi", "tiết")
            )
        });
        let named = start.is_some_and(|start| (start..end).any(|at| passage.lower(at).as_str() == "phụ"));
        found.extend(start.filter(|_| !named).map(|start| start..end + 1));
    }
    found
}

/// `I`, `02`, `A`.
fn annex_label(passage: &Passage, at: usize) -> Option<String> {
    let word = passage.word(at);
    let token = passage.tokens.get(at)?;
    let numbered = token.is_number() && word.len() <= 2;
    let lettered = word.len() == 1 && word.chars().all(|c| c.is_ascii_uppercase());
    (numbered || lettered || marker::roman(word).is_some()).then(|| word.to_owned())
}

/// What a stated number counts, by the words of its clause before it.
fn counted(passage: &Passage, quantity: &Quantity) -> Counted {
    let start = (0..quantity.whole.start)
        .rev()
        .find(|at| {
            let token = &passage.tokens[*at];
            token.is_mark(b',') || token.is_mark(b';') || token.is_mark(b'(') || passage.ends_sentence(*at)
        })
        .map_or(0, |at| at + 1);
    let clause = passage.words(start..quantity.number.start).to_lowercase();
    let after = passage.words(quantity.whole.end..passage.tokens.len().min(quantity.whole.end + 4)).to_lowercase();
    // `Phấn đấu hoàn thành 06 chỉ tiêu sau`: all there are, wanted.
    if clause.contains("phấn đấu") || after.starts_with("sau") || after.starts_with(':') {
        return Counted::All;
    }
    let open = ["chưa", "đang", "không đạt", "còn "].iter().any(|word| clause.contains(word))
        || ["chưa", "không đạt", "đang"].iter().any(|word| after.starts_with(word));
    let reached = ["hoàn thành", "đạt", "vượt", "đã thực hiện"].iter().any(|word| clause.contains(word))
        || ["hoàn thành", "đạt", "đã hoàn thành", "đã đạt", "vượt"].iter().any(|word| after.starts_with(word));
    match (open, reached) {
        (true, _) => Counted::Open,
        (false, true) => Counted::Reached,
        _ => Counted::All,
    }
}

/// Days that no calendar has, where they stand.
fn impossible_days(passage: &Passage) -> Vec<Range<usize>> {
    let tokens = passage.tokens;
    let number = |at: usize, most: usize| {
        let word = passage.word(at);
        tokens.get(at).filter(|token| token.is_number() && word.len() <= most).and_then(|_| word.parse::<i16>().ok())
    };
    let glued = |at: usize| {
        tokens.get(at).is_some_and(|token| !token.spaced && (token.is_mark(b'/') || token.is_mark(b'-')))
            && tokens.get(at + 1).is_some_and(|token| !token.spaced)
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = at == 0 || !glued(at - 1);
        let after_day = at > 0 && tokens[at - 1].is(K::Day);
        let Some(day) = number(at, 2).filter(|_| begins) else {
            at += 1;
            continue;
        };
        // `31/02/2025`, `ngày 31/4`.
        if glued(at + 1)
            && let Some(month) = number(at + 2, 2)
        {
            let same = glued(at + 3) && tokens[at + 1].is_mark(b'/') == tokens[at + 3].is_mark(b'/');
            let year = number(at + 4, 4).filter(|year| same && (1945..=2100).contains(year));
            let end = if year.is_some() { at + 5 } else { at + 3 };
            let more = glued(end) || tokens.get(end).is_some_and(|token| token.is_mark(b'/') && !token.spaced);
            // Without a year only `ngày 31/4` is a day; `31/4` may be a share or a symbol.
            let dated = year.is_some() || after_day && tokens[at + 1].is_mark(b'/') && month <= 12;
            if dated && !more && !exists(day, month, year.unwrap_or(2024)) {
                found.push(at..end);
                at = end;
                continue;
            }
        }
        // `ngày 31 tháng 4 năm 2025`.
        if after_day
            && tokens.get(at + 1).is_some_and(|token| token.is(K::Month))
            && let Some(month) = number(at + 2, 2)
        {
            let year = tokens.get(at + 3).filter(|token| token.is(K::Year)).and_then(|_| number(at + 4, 4));
            if !exists(day, month, year.unwrap_or(2024)) {
                let end = if year.is_some() { at + 5 } else { at + 3 };
                found.push(at..end);
                at = end;
                continue;
            }
        }
        at += 1;
    }
    found
}

fn exists(day: i16, month: i16, year: i16) -> bool {
    i8::try_from(day).ok().zip(i8::try_from(month).ok()).is_some_and(|(day, month)| Date::new(year, month, day).is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::passage::Role;
    use super::super::passage::tests::with_passage;
    use super::*;

    fn days(text: &str) -> Vec<String> {
        with_passage(text, Role::Tasks, |passage| {
            impossible_days(passage).into_iter().map(|range| passage.words(range).to_owned()).collect()
        })
    }

    #[test]
    fn days_that_no_calendar_has() {
        for (text, wanted) in [
            ("báo cáo trước ngày 31/02/2025", vec!["31/02/2025"]),
            ("xong trước ngày 31/4", vec!["31/4"]),
            ("Quyết định số 12/QĐ-UBND ngày 15/13/2024", vec!["15/13/2024"]),
            ("ngày 31 tháng 6 năm 2024", vec!["31 tháng 6 năm 2024"]),
            ("ngày 29/02/2023", vec!["29/02/2023"]),
        ] {
            assert_eq!(days(text), wanted, "{text}");
        }
    }

    #[test]
    fn days_that_there_are_and_numbers_that_are_none() {
        for text in [
            "ngày 29/02/2024",
            "trước ngày 30/6",
            "Quyết định số 31/2/QĐ",
            "31/40 xã",
            "Nghị định số 30/2020/NĐ-CP",
            "giai đoạn 2021-2025",
            "Quyết định số 445/2013/QĐ-UBND ngày 13/9/2013",
            "số 24/7",
            "tháng 6/2024",
        ] {
            assert_eq!(days(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn annexes_of_this_document() {
        for (text, wanted) in [
            ("(Chi tiết tại Phụ lục kèm theo)", vec!["-"]),
            ("chi tiết tại Phụ lục I, II kèm theo", vec!["I", "II"]),
            ("Các chỉ tiêu theo Phụ lục số 02 kèm theo Kế hoạch này", vec!["02"]),
            ("được giao tại các Phụ lục của Kế hoạch này", vec!["-"]),
            ("thể hiện trong Phụ lục I Quyết định số 917/QĐ-BTTTT", vec![]),
            ("bổ sung phụ lục Danh mục cơ sở dữ liệu", vec![]),
        ] {
            let found: Vec<String> = with_passage(text, Role::Tasks, |passage| {
                super::super::reference::find(passage);
                annexes(passage).into_iter().map(|(label, _)| label.unwrap_or("-".into())).collect()
            });
            assert_eq!(found, wanted, "{text}");
        }
    }
}
