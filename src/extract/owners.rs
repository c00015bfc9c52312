//! Whom a heading or a lead-in hands work to, and the agencies of targets and tasks.

use std::ops::Range;

use super::passage::Passage;
use super::recorder::Extractor;
use super::task;
use crate::agency::Agencies;
use crate::record::{self, Agency};
use crate::structure::{Block, BlockKind};
use crate::words::{Case, Keyword as K, Token};

impl Extractor<'_> {
    /// The agencies of a heading that is nothing but agencies: `1. Sở Y tế`, `2. Đề nghị Hội Nông dân tỉnh`.
    pub(super) fn heading_owners(&self, tokens: &[Token]) -> Vec<String> {
        let skip = self.lexicon.duties.at(tokens, 0).filter(|(_, duty)| duty.asks || duty.heads).map_or(0, |(length, _)| length);
        // `Đề nghị: Hội Nông dân tỉnh`.
        let skip = skip + usize::from(skip > 0 && tokens.get(skip).is_some_and(|token| token.is_mark(b':')));
        let agencies = Agencies::new(self.lexicon, tokens);
        let marks =
            tokens.iter().rev().take_while(|token| token.kind == crate::words::Kind::Mark && !token.is_mark(b')')).count();
        // `Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo`: what it is besides.
        let says_what =
            |at: &usize| tokens[*at].is(K::Hyphen) && self.lexicon.duties.at(tokens, at + 1).is_some_and(|(_, duty)| duty.what);
        let end = (skip + 1..tokens.len() - marks).find(says_what).unwrap_or(tokens.len() - marks);
        if skip >= end {
            return Vec::new();
        }
        if !agencies.begins(skip) {
            // `Trách nhiệm của đối tượng kiểm kê`: whoever stands there.
            let heads = self.lexicon.duties.at(tokens, 0).is_some_and(|(_, duty)| duty.heads && !duty.opens) && end - skip <= 10;
            return if heads { self.written(tokens, vec![skip..end]) } else { Vec::new() };
        }
        let (_, list_end) = agencies.list(skip);
        let first_generic = self.lexicon.offices.at(tokens, skip).is_none()
            && self.lexicon.bodies.at(tokens, skip).is_some_and(|(length, body)| {
                // `Trạm Y tế phường` is one, `Doanh nghiệp số` is none.
                let placed = tokens[skip + length..end]
                    .iter()
                    .any(|token| token.is_any(&[K::Province, K::District, K::Ward, K::TownEnd, K::City, K::Belong, K::Plural]));
                body.generic && length + skip < end && tokens[skip].case != Case::Upper && !placed
            });
        // `Doanh nghiệp số`, `Cơ sở dữ liệu` are matters, not agencies.
        let heading = !tokens.last().is_some_and(|last| last.is_mark(b'.') || last.is_mark(b';')) && end <= 40;
        // `Ủy ban nhân dân các xã chịu trách nhiệm …, cụ thể:`: however long, what they do begins behind their names.
        let told = list_end < end && agencies.is_tail(list_end) && end > 40;
        if first_generic || list_end < end && !told && !(heading && !tokens[list_end].is_mark(b':')) {
            return Vec::new();
        }
        // `Giao Sở Y tế là cơ quan chủ trì; …`, `Các xã có trách nhiệm:`: what it is or does is no part of its name.
        // `Các cơ quan được phân công chủ trì nhiệm vụ` (`có trách nhiệm …`): what they were given says which they are.
        let given = tokens[skip..list_end].iter().any(|token| token.is(K::Given));
        let named = if list_end < end && agencies.is_tail(list_end) && !given { list_end } else { end };
        self.names(tokens, skip..named)
    }

    /// The parts of a list of agencies, as written.
    pub(super) fn names(&self, tokens: &[Token], range: Range<usize>) -> Vec<String> {
        self.written(tokens, Agencies::new(self.lexicon, tokens).parts(range))
    }

    /// The bodies of a cell, each without what it does there.
    pub(super) fn cell_bodies(&self, tokens: &[Token], range: Range<usize>) -> Vec<String> {
        self.written(tokens, Agencies::new(self.lexicon, tokens).cell_parts(range))
    }

    fn written(&self, tokens: &[Token], parts: Vec<Range<usize>>) -> Vec<String> {
        let text = self.document.text.as_str();
        let words =
            |part: &Range<usize>| tokens[part.start].span().cover(tokens[part.end - 1].span()).slice(text).unwrap_or_default();
        let agencies = Agencies::new(self.lexicon, tokens);
        let mut names = Vec::new();
        for part in parts {
            match agencies.shared(part.start).filter(|shared| shared.end() == part.end) {
                Some(shared) => {
                    names.extend(shared.names.iter().map(|name| format!("{} {}", words(&shared.kind), words(name))));
                }
                None => names.push(words(&part).to_owned()),
            }
        }
        names
    }

    /// `… đề nghị các sở thực hiện các nhiệm vụ sau đây:`: hands the headings below that name nobody, and theirs, to `names`.
    pub(super) fn hand_down(&mut self, block: &Block, names: &[String]) {
        let sections = &self.document.sections;
        let first = block.section.map_or(0, |section| section + 1);
        for at in first..sections.len() {
            if sections[at].title.start < block.span.start {
                continue;
            }
            let parent = sections[at].parent;
            let inside = |section: usize| section >= first && sections[section].title.start > block.span.start;
            if parent != block.section && !parent.is_some_and(inside) {
                break;
            }
            if self.named[at] {
                continue;
            }
            self.owners[at] = match parent {
                Some(parent) if Some(parent) != block.section => self.owners[parent].clone(),
                _ => names.to_vec(),
            };
        }
    }

    /// Whether a heading sets work of its own before its colon: what stands below is no work (`Xây dựng các nền tảng sau:` over names of
    /// platforms), or it says so (`Chỉ đạo các trạm tiêm phòng cho trẻ, cụ thể như sau:`).
    pub(super) fn works(&self, index: usize, passage: &Passage) -> bool {
        let tokens = passage.tokens;
        if !task::is_led_work(passage) {
            return false;
        }
        if task::ends_apart(passage) {
            return true;
        }
        let text = self.document.text.as_str();
        let blocks = &self.document.blocks;
        let Some(next) = blocks.get(index + 1).filter(|next| matches!(next.kind, BlockKind::Bullet(_))) else { return false };
        let mut below = Vec::new();
        self.lexicon.vocabulary.cut(next.span.slice(text).unwrap_or_default(), next.span.start, &mut below);
        let works = self.lexicon.actions.at(&below, 0).is_some() || Agencies::new(self.lexicon, &below).begins(0);
        !works && !tokens.is_empty()
    }

    /// Whether at least half of the items of a list, that at `index` with them, begin with work.
    pub(super) fn works_beside(&self, index: usize) -> bool {
        const AROUND: usize = 8;
        let blocks = &self.document.blocks;
        let block = &blocks[index];
        let item = matches!(block.kind, BlockKind::Bullet(_) | BlockKind::RunIn);
        let same = |other: &&Block| other.kind == block.kind && other.section == block.section;
        let before = blocks[..index].iter().rev().take(AROUND).take_while(same);
        let after = blocks[index + 1..].iter().take(AROUND).take_while(same);
        let (mut works, mut others) = (0, 1);
        let mut tokens = Vec::new();
        for other in before.chain(after) {
            tokens.clear();
            self.lexicon.vocabulary.cut(opening(other.span.slice(self.document.text.as_str())), other.span.start, &mut tokens);
            if self.lexicon.actions.at(&tokens, 0).is_some() {
                works += 1;
            } else {
                others += 1;
            }
        }
        item && works >= others
    }

    /// Whether items stand under the block at `index`: bullets of another form, or headings.
    pub(super) fn has_items(&self, index: usize) -> bool {
        let blocks = &self.document.blocks;
        let block = &blocks[index];
        let Some(next) = blocks.get(index + 1) else { return false };
        match next.kind {
            BlockKind::Bullet(bullet) if next.section == block.section => {
                !matches!(block.kind, BlockKind::Bullet(own) if own == bullet)
            }
            BlockKind::Heading | BlockKind::RunIn => {
                next.section.is_some_and(|section| self.document.sections[section].parent == block.section)
                    && next.section != block.section
            }
            _ => false,
        }
    }

    /// Gives targets their agencies; partners help with the targets of their own sentence.
    pub(super) fn give_agencies(
        &mut self,
        targets: &[(usize, Range<usize>)],
        owner: &[String],
        partners: Option<(usize, &[String])>,
    ) {
        let agency = |role, name: &String| Agency { role, name: name.clone() };
        for (target, sentence) in targets {
            let agencies = &mut self.record.targets[*target].agencies;
            agencies.extend(task::by_role(owner.to_vec(), record::Role::Lead));
            if let Some((_, names)) = partners.filter(|(at, _)| sentence.contains(at)) {
                agencies.extend(names.iter().map(|name| agency(record::Role::Coordinate, name)));
            }
        }
    }
}

/// The first words of a text: they tell whether work begins it.
fn opening(text: Option<&str>) -> &str {
    let text = text.unwrap_or_default();
    text.char_indices().nth(80).map_or(text, |(at, _)| &text[..at])
}
