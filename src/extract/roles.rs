//! What sections are for: aims, work, results, money, by their own heading and those above it.

use super::labelled::is_label;
use super::passage::Role;
use super::recorder::Extractor;
use super::task;
use crate::lexicon::SectionRole;
use crate::record;
use crate::structure::{Place, Section};
use crate::words::{Keyword as K, Token};

impl Extractor<'_> {
    /// Roles and owners of all sections, and their entries in the record.
    pub(super) fn read_sections(&mut self) {
        let mut tokens = Vec::new();
        for (index, section) in self.document.sections.iter().enumerate() {
            tokens.clear();
            let title = section.title.slice(self.document.text.as_str()).unwrap_or_default();
            let short = title.char_indices().nth(400).map_or(title.len(), |(at, _)| at);
            self.lexicon.vocabulary.cut(&title[..short], section.title.start, &mut tokens);
            // `Điều 1. Phê duyệt Đề án …` only encloses what is approved: its parts tell what they are.
            let encloses = |parent: &usize| section.level == 2 && self.document.sections[*parent].path.starts_with("Điều ");
            let above = section
                .parent
                .map(|parent| self.roles[parent])
                .filter(|role| !(*role == Role::Tasks && section.parent.as_ref().is_some_and(encloses)));
            let owners = self.heading_owners(&tokens);
            // `2. Sở Tài chính bố trí vốn` under `Kinh phí`: work, as everything under a body's own heading.
            let role = match self.section_role(section, &tokens, above) {
                Role::Budget if !owners.is_empty() => Role::Tasks,
                role => role,
            };
            self.roles.push(role);
            let inherited = || section.parent.map(|parent| self.owners[parent].clone()).unwrap_or_default();
            self.named.push(!owners.is_empty());
            self.helping.push(task::leads_and_helps(&tokens));
            let owners = if owners.is_empty() { inherited() } else { owners };
            self.owners.push(owners);
            self.record.sections.push(record::Section {
                id: format!("s{}", index + 1),
                path: section.path.clone(),
                title: title.trim_matches(|c: char| c.is_whitespace() || c == '.' || c == ':').to_owned(),
                level: section.level,
                paper: 0,
                evidence: self.evidence(&[section.title]),
            });
        }
    }

    fn section_role(&self, section: &Section, tokens: &[Token], above: Option<Role>) -> Role {
        let report = self.is_report();
        let default = match (section.place, above) {
            (_, Some(above)) => above,
            (_, None) if report => Role::Results,
            _ => Role::Tasks,
        };
        // A small word before it leads in: `Một số chỉ tiêu`, `Các nhiệm vụ`, `Về mục tiêu`.
        let at_start = self.lexicon.sections.at(tokens, 0).or_else(|| {
            tokens.first().filter(|token| token.is_any(&[K::About, K::Some, K::Plural]))?;
            self.lexicon.sections.at(tokens, 1)
        });
        let own = match at_start {
            Some((_, role)) => Some(*role),
            None if section.level == 1 || section.place == Place::Annex => {
                self.lexicon.sections.find(tokens, 0).map(|(_, _, role)| *role)
            }
            None => None,
        };
        let own = own.map(|own| if own == SectionRole::Requests && !report { Role::Tasks } else { Role::from(own) });
        let Some(own) = own else { return default };
        // `Các hoạt động đã triển khai`: what was done.
        if own == Role::Tasks && default != Role::Tasks && tokens.iter().any(|token| token.is(K::Already)) {
            return Role::Results;
        }
        // `Nhiệm vụ được giao có thời hạn trong tháng 3` among results: what was given, and not what is to be done.
        let given = |at: usize| tokens[at].is(K::Given) || self.lexicon.type_names.at(tokens, at).is_some();
        if report && own == Role::Tasks && above == Some(Role::Results) && (1..tokens.len()).any(given) {
            return Role::Results;
        }
        match (above, own) {
            // `c) Thời gian thực hiện` under a task says when it is done.
            (Some(Role::Tasks), _) if is_label(self.lexicon, tokens).is_some() => Role::Tasks,
            // Under work, `Đánh giá …` and `Yêu cầu …` set work too.
            (Some(Role::Tasks), Role::Results | Role::Purpose) if !report && self.lexicon.actions.at(tokens, 0).is_some() => {
                Role::Tasks
            }
            // Under aims only work and money are something else.
            (Some(Role::Aims), Role::Purpose | Role::Results) => Role::Aims,
            _ => own,
        }
    }

    pub(super) fn role_of(&self, section: Option<usize>, place: Place) -> Role {
        match section {
            Some(section) => self.roles[section],
            None if place == Place::Preamble => Role::Preamble,
            // What stands above all headings of a report says how things are.
            None if self.is_report() => Role::Results,
            None => Role::Tasks,
        }
    }
}
