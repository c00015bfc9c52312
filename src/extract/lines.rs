//! What lines below each other make together: a stated number with the bullets below it, a total with the lines that name its parts,
//! an area with its yield and its output.
//!
//! `Tổng số giường bệnh: 165 giường` over `- Trung tâm y tế: 100 giường`; `Lúa mùa: 1.390 ha` over `Năng suất: 36,3 tạ/ha`.

use super::list;
use super::passage::{Passage, Role};
use super::quantity::{self, Quantity};
use super::recorder::Extractor;
use super::reference;
use crate::lexicon::UnitKind;
use crate::record::{Harvest, LinePart, LineTotal, Number, StatedList, Sum};
use crate::structure::{Block, BlockKind};
use crate::text::Span;
use crate::words::{Token, begins_with, fold};

/// Most lines below a total that are looked at.
const MOST: usize = 60;

/// Most words of a line that is nothing but a label with its number.
const SHORT: usize = 40;

impl Extractor<'_> {
    /// Reads what lines make together.
    pub(super) fn lines(&mut self) {
        let document = self.document;
        let text = document.text.as_str();
        self.counted_headings();
        let grown = text.contains("/ha");
        let mut harvest = Growing::default();
        for (index, block) in document.blocks.iter().enumerate() {
            let words = block.span.slice(text).unwrap_or_default();
            if block.kind == BlockKind::Heading {
                // `1. Tổng diện tích là 140 ha:` over bullets.
                let listed = document.blocks.get(index + 1).is_some_and(|next| matches!(next.kind, BlockKind::Bullet(_)));
                if listed && begins_with(words, "tổng ") {
                    self.line_total(index);
                }
                continue;
            }
            if words.len() > 4000 {
                continue;
            }
            if words.ends_with(':') {
                self.counted_bullets(index);
                self.counted_items(index);
            }
            if begins_with(words, "tổng ") {
                self.line_total(index);
            }
            if grown && words.bytes().any(|byte| byte.is_ascii_digit()) {
                let found = self.with(block, |passage, quantities| harvest.read(passage, quantities));
                for (values, spans) in found {
                    let evidence = self.evidence(&spans);
                    let [area, rate, output] = values.map(Number);
                    let section = self.path(block.section);
                    self.record.mentions.harvests.push(Harvest { area, rate, output, section, evidence });
                }
            }
        }
    }

    /// Cuts a block into tokens and quantities.
    fn with<T>(&self, block: &Block, read: impl FnOnce(&Passage, &[Quantity]) -> T) -> T {
        let text = self.document.text.as_str();
        let mut tokens: Vec<Token> = Vec::new();
        self.lexicon.vocabulary.cut(block.span.slice(text).unwrap_or_default(), block.span.start, &mut tokens);
        let mut passage = Passage::new(self.lexicon, text, &tokens, Role::Results, block.section, block.place);
        reference::find(&mut passage);
        let quantities = quantity::find(&passage);
        read(&passage, &quantities)
    }

    /// `b) Mục tiêu theo ngành (10 mục tiêu)` with the items that stand right under it.
    fn counted_headings(&mut self) {
        let document = self.document;
        let text = document.text.as_str();
        for (index, section) in document.sections.iter().enumerate() {
            let title = section.title.slice(text).unwrap_or_default();
            let Some((stated, noun)) = counted(title) else { continue };
            let Some(items) = section.items.filter(|items| *items >= 3) else { continue };
            let list = StatedList {
                value: Number(stated),
                noun: noun.to_owned(),
                numbered: Some(items),
                items: None,
                section: self.path(Some(index)),
                evidence: self.evidence(&[section.title]),
            };
            self.record.mentions.lists.push(list);
        }
    }

    /// `thực hiện 05 nhóm giải pháp sau:` over bullets.
    fn counted_bullets(&mut self, index: usize) {
        let document = self.document;
        let text = document.text.as_str();
        let lead = &document.blocks[index];
        let below = || document.blocks[index + 1..].iter().take_while(|block| block.section == lead.section).take(MOST);
        let Some(BlockKind::Bullet(mark)) = below().next().map(|first| first.kind) else { return };
        if lead.kind == BlockKind::Bullet(mark) {
            return;
        }
        let stops = |block: &&Block| matches!(block.kind, BlockKind::Bullet(_)) && block.kind != lead.kind;
        let items: Vec<&Block> = below().take_while(stops).filter(|block| block.kind == BlockKind::Bullet(mark)).collect();
        let word = |block: &&Block| block.span.slice(text).unwrap_or_default();
        // Counts of their own are added up, not counted; a list with dots goes on.
        let open = items.iter().any(|item| {
            let words = word(item);
            words.starts_with(|c: char| c.is_ascii_digit())
                || words.ends_with('…')
                || words.contains("...")
                || words.ends_with(':')
        });
        if open || items.len() < 2 {
            return;
        }
        if let Some(count) = u32::try_from(items.len()).ok() {
            self.awaited(lead, None, Some(count));
        }
    }

    /// `Kế hoạch gồm 04 mục tiêu:` over `1.`, `2.`, `3.`, which are all that stands right under the lead-in's section.
    fn counted_items(&mut self, index: usize) {
        let document = self.document;
        let lead = &document.blocks[index];
        let (Some(section), Some(next)) = (lead.section, document.blocks.get(index + 1)) else { return };
        let below = match next.kind {
            BlockKind::RunIn => next.section == Some(section),
            BlockKind::Heading => next.section.is_some_and(|child| document.sections[child].parent == Some(section)),
            _ => false,
        };
        let marked = |block: &Block| block.kind == BlockKind::RunIn;
        let first = !document.blocks[..index].iter().rev().take_while(|block| block.section == Some(section)).any(marked);
        // A text that ends within the list may have been cut off there.
        let own = |mut at: Option<usize>| {
            while let Some(section) = at.filter(|at| *at != section) {
                at = document.sections[section].parent;
            }
            at.is_some()
        };
        let closed = document.blocks.last().is_some_and(|last| !own(last.section));
        if lead.kind == BlockKind::Paragraph && below && first && closed {
            if let Some(items) = document.sections[section].items.filter(|items| *items >= 2) {
                self.awaited(lead, Some(items), None);
            }
        }
    }

    /// The number that a lead-in states, with what was counted below it.
    fn awaited(&mut self, lead: &Block, numbered: Option<u32>, items: Option<u32>) {
        let awaited = self.with(lead, |passage, quantities| {
            list::awaited(passage, quantities)
                .map(|stated| (stated.value, passage.words(stated.unit.clone()).to_owned(), passage.span(stated.whole.clone())))
        });
        let Some((value, noun, span)) = awaited else { return };
        let evidence = self.evidence(&[span, lead.span]);
        let section = self.path(lead.section);
        self.record.mentions.lists.push(StatedList { value: Number(value), noun, numbered, items, section, evidence });
    }

    /// `Tổng số giường bệnh: 165 giường` and the lines below it that count in the same unit.
    fn line_total(&mut self, index: usize) {
        let document = self.document;
        let block = &document.blocks[index];
        let total = self.with(block, |passage, quantities| {
            let first = quantities.first().filter(|first| is_amount(first) && passage.tokens.len() <= SHORT)?;
            let unit = unit(passage, first);
            let depth = passage.depth[first.number.start];
            let alone = quantities[1..].iter().all(|other| passage.depth[other.number.start] > depth || !is_amount(other));
            (alone && depth == 0 && !unit.is_empty()).then(|| (label(passage, first), first.value, unit))
        });
        let Some((name, value, counted)) = total else { return };
        let mut groups: Vec<Vec<LinePart>> = vec![Vec::new()];
        let mut mark: Option<BlockKind> = None;
        let mut spans = vec![block.span];
        for below in document.blocks[index + 1..].iter().take(MOST).take_while(|below| below.section == block.section) {
            if mark
                .is_some_and(|mark| matches!(below.kind, BlockKind::Bullet(_)) && mark != below.kind && below.kind != block.kind)
            {
                continue;
            }
            let part = self.with(below, |passage, quantities| {
                let own = |quantity: &&Quantity| {
                    is_amount(quantity) && passage.depth[quantity.number.start] == 0 && unit(passage, quantity) == counted
                };
                let values: Vec<&Quantity> = quantities.iter().filter(own).collect();
                let first = values.first().filter(|_| passage.tokens.len() <= SHORT)?;
                let values = values.iter().map(|quantity| Number(quantity.value)).collect();
                Some(LinePart { label: label(passage, first), values })
            });
            let words = below.span.slice(document.text.as_str()).unwrap_or_default();
            match part {
                Some(part) if !begins_with(words, "tổng ") => {
                    mark.get_or_insert(below.kind);
                    spans.push(below.span);
                    groups.last_mut().expect("a group").push(part);
                }
                // `Trong đó:` between a total and its parts, `Chia theo cấp:` before other parts of it.
                None if words.ends_with(':') => {
                    if groups.last().is_some_and(|parts| !parts.is_empty()) {
                        groups.push(Vec::new());
                        mark = None;
                    }
                }
                _ => break,
            }
        }
        let mut from = 1;
        for parts in &groups {
            self.line_sum(block, value, &counted, parts, &spans[from..from + parts.len()]);
            from += parts.len();
        }
        let parts = groups.swap_remove(0);
        if parts.len() < 2 {
            return;
        }
        let evidence = self.evidence(&spans[..=parts.len()]);
        let section = self.path(block.section);
        let total = LineTotal { label: name, total: Number(value), unit: counted, parts, section, evidence };
        self.record.mentions.line_totals.push(total);
    }

    /// Lines that make the total above them are its parts; of two values a line the first or the last may be meant.
    fn line_sum(&mut self, block: &Block, total: f64, unit: &str, parts: &[LinePart], spans: &[Span]) {
        let of = |pick: fn(&[Number]) -> Option<&Number>| -> Vec<f64> {
            parts.iter().filter_map(|part| pick(&part.values)).map(|value| value.0).collect()
        };
        let found = [of(<[Number]>::first), of(<[Number]>::last)].into_iter().find_map(|values| {
            // All of them, or those before lines that belong to another.
            making(total, &values).map(|count| values[..count].to_vec())
        });
        let Some(values) = found else { return };
        let section = self.path(block.section);
        let known = self.record.sums.iter().any(|sum| {
            sum.total.0 == total && sum.section == section && sum.parts.iter().map(|part| part.0).eq(values.iter().copied())
        });
        if known {
            return;
        }
        let spans: Vec<Span> = std::iter::once(block.span).chain(spans[..values.len()].iter().copied()).collect();
        let evidence = self.evidence(&spans);
        self.record.sums.push(Sum {
            id: format!("u{}", self.record.sums.len() + 1),
            total: Number(total),
            parts: values.into_iter().map(Number).collect(),
            unit: Some(unit.to_owned()),
            section,
            holds: true,
            paper: 0,
            row: None,
            evidence,
        });
    }
}

/// How many of the values make the total first.
fn making(total: f64, values: &[f64]) -> Option<usize> {
    let mut sum = 0.0;
    values.iter().enumerate().find_map(|(at, value)| {
        sum += value;
        (at >= 1 && (sum - total).abs() < 1e-6 * total.max(1.0)).then_some(at + 1)
    })
}

/// The number and the noun in the brackets that end a heading: `(10 mục tiêu)`.
fn counted(title: &str) -> Option<(f64, &str)> {
    const WORDS: usize = 3;
    let inner = title.trim_end_matches([' ', ':', '.']).strip_suffix(')')?.rsplit_once('(')?.1;
    let (digits, noun) = inner.trim().split_once(' ')?;
    let stated: u8 = digits.parse().ok().filter(|stated| (2..=60).contains(stated))?;
    let worded = noun.chars().all(|c| c.is_alphabetic() || c == ' ') && noun.split(' ').count() <= WORDS;
    worded.then_some((f64::from(stated), noun))
}

fn label(passage: &Passage, quantity: &Quantity) -> String {
    passage.words(0..quantity.whole.start).trim_end_matches([':', ' ']).to_owned()
}

fn unit(passage: &Passage, quantity: &Quantity) -> String {
    passage.words(quantity.unit.clone()).to_lowercase()
}

fn is_amount(quantity: &Quantity) -> bool {
    quantity.of.is_none()
        && quantity.value_to.is_none()
        && quantity.comparator.is_none()
        && !quantity.is_rate()
        && matches!(quantity.unit_kind, Some(UnitKind::Count | UnitKind::Money | UnitKind::Measure))
}

/// Three numbers and where they stand.
type Found = ([f64; 3], Vec<Span>);

/// An area and its yield, until the output is met.
#[derive(Default)]
struct Growing {
    section: Option<usize>,
    area: Option<(f64, Span)>,
    rate: Option<(f64, Span)>,
}

impl Growing {
    /// Goes on with a block; gives what is complete: hectares, quintals a hectare, tonnes.
    fn read(&mut self, passage: &Passage, quantities: &[Quantity]) -> Vec<Found> {
        let mut found = Vec::new();
        if self.section != passage.section || quantities.is_empty() {
            *self = Self { section: passage.section, ..Self::default() };
        }
        for quantity in quantities {
            let span = passage.span(quantity.whole.clone());
            let plain = quantity.value_to.is_none() && quantity.of.is_none() && quantity.comparator.is_none();
            match (unit(passage, quantity).as_str(), plain) {
                ("ha", true) => (self.area, self.rate) = (Some((quantity.value, span)), None),
                ("tạ/ha", true) if self.area.is_some() => self.rate = Some((quantity.value, span)),
                ("tấn/ha", true) if self.area.is_some() => self.rate = Some((quantity.value * 10.0, span)),
                ("tấn", true) => {
                    let said = fold(passage.words(quantity.whole.start.saturating_sub(8)..quantity.number.start));
                    if let (Some(area), Some(rate), true) = (self.area, self.rate, said.contains("sản lượng")) {
                        found.push(([area.0, rate.0, quantity.value], vec![area.1, rate.1, span]));
                    }
                    (self.area, self.rate) = (None, None);
                }
                _ => {}
            }
        }
        found
    }
}
