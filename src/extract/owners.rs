//! Whom a heading or a lead-in hands work to, and the agencies of targets and tasks.

use std::ops::Range;

use super::recorder::Extractor;
use super::task;
use crate::agency::Agencies;
use crate::record::{self, Agency};
use crate::words::{Case, Keyword as K, Token};

impl Extractor<'_> {
    /// The agencies of a heading that is nothing but agencies: `1. Sở Y tế`, `2. Đề nghị Hội Nông dân tỉnh`.
    pub(super) fn heading_owners(&self, tokens: &[Token]) -> Vec<String> {
        let skip = match tokens {
            [first, ..] if first.is(K::Assign) => 1,
            [first, second, ..]
                if first.is(K::Propose) && second.is(K::ProposeEnd) || first.is(K::Request) && second.is(K::RequestEnd) =>
            {
                2
            }
            _ => 0,
        };
        let agencies = Agencies::new(self.lexicon, tokens);
        let marks =
            tokens.iter().rev().take_while(|token| token.kind == crate::words::Kind::Mark && !token.is_mark(b')')).count();
        let end = tokens.len() - marks;
        if skip >= end || !agencies.begins(skip) {
            return Vec::new();
        }
        let (_, list_end) = agencies.list(skip);
        let first_generic = self.lexicon.offices.at(tokens, skip).is_none()
            && self.lexicon.bodies.at(tokens, skip).is_some_and(|(length, body)| {
                // `Trạm Y tế phường` is one, `Doanh nghiệp số` is none.
                let placed = tokens[skip + length..end]
                    .iter()
                    .any(|token| token.is_any(&[K::Province, K::District, K::Ward, K::TownEnd, K::City, K::Belong]));
                body.generic && length + skip < end && tokens[skip].case != Case::Upper && !placed
            });
        // `Doanh nghiệp số`, `Cơ sở dữ liệu` are matters, not agencies.
        let heading = !tokens.last().is_some_and(|last| last.is_mark(b'.') || last.is_mark(b';')) && end <= 40;
        if first_generic || list_end < end && !(heading && !tokens[list_end].is_mark(b':')) {
            return Vec::new();
        }
        // `Giao Sở Y tế là cơ quan chủ trì; …`: what it is is no part of its name.
        let named = if tokens[..end].get(list_end).is_some_and(|token| token.is(K::Be)) { list_end } else { end };
        self.names(tokens, skip..named)
    }

    /// The parts of a list of agencies, as written.
    pub(super) fn names(&self, tokens: &[Token], range: Range<usize>) -> Vec<String> {
        let agencies = Agencies::new(self.lexicon, tokens);
        let text = self.document.text.as_str();
        agencies
            .parts(range)
            .into_iter()
            .map(|part| tokens[part.start].span().cover(tokens[part.end - 1].span()).slice(text).unwrap_or_default().to_owned())
            .collect()
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
