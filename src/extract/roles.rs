//! What sections are for: aims, work, results, money, by their own heading and those above it.

use std::cmp::Ordering;

use super::labelled::is_label;
use super::passage::Role;
use super::recorder::Extractor;
use super::task;
use crate::lexicon::SectionRole;
use crate::record::{self, DocumentKind};
use crate::structure::{Block, BlockKind, Place, Section};
use crate::words::{Keyword as K, Token, is_shouted};

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

/// What the paragraphs of a part that sets work by its heading, or has none, are about by their own words.
pub(super) struct Kinds {
    /// By block: of a text without head and headings.
    prose: Vec<Option<Role>>,
    /// What the last label that stood alone says, and in which section.
    label: Option<(Option<usize>, Role)>,
}

impl Kinds {
    pub(super) fn new(extractor: &Extractor) -> Self {
        let prose = if extractor.is_bare() { extractor.prose_roles(&extractor.document.blocks) } else { Vec::new() };
        Self { prose, label: None }
    }

    /// The role of the block at `index`; blocks come in their order.
    pub(super) fn role(&mut self, extractor: &Extractor, index: usize, block: &Block, tokens: &[Token]) -> Role {
        if let Some(told) = extractor.label_of_kind(block, tokens) {
            self.label = Some((block.section, told));
        }
        self.label = self.label.filter(|(section, _)| *section == block.section);
        let role = extractor.role_of(block.section, block.place);
        if role != Role::Tasks {
            return role;
        }
        match self.prose.get(index) {
            Some(told) => told.unwrap_or(Role::Preamble),
            None => self.label.map_or(role, |(_, told)| told),
        }
    }
}

impl Extractor<'_> {
    /// Whether the file is text without a head and without headings: a page of news, a passage that somebody copied.
    fn is_bare(&self) -> bool {
        let fields = &self.record.document;
        self.document.sections.is_empty()
            && fields.kind == DocumentKind::Other
            && fields.number.is_none()
            && fields.symbol.is_none()
    }

    /// What the paragraphs of such a text are about, each by its own words, else by those of the others.
    fn prose_roles(&self, blocks: &[Block]) -> Vec<Option<Role>> {
        let text = self.document.text.as_str();
        let mut tokens = Vec::new();
        let (mut wanted, mut told) = (0, 0);
        let mut roles: Vec<Option<Role>> = Vec::with_capacity(blocks.len());
        for block in blocks {
            tokens.clear();
            self.lexicon.vocabulary.cut(block.span.slice(text).unwrap_or_default(), block.span.start, &mut tokens);
            let says =
                |class: &str| (0..tokens.len()).filter(|at| self.lexicon.values.says(class, &tokens, *at).is_some()).count();
            let asked =
                (0..tokens.len()).filter(|at| self.lexicon.duties.at(&tokens, *at).is_some_and(|(_, duty)| duty.asks)).count();
            // `đã` says what was done, whatever aims are named beside it.
            let done = tokens.iter().filter(|token| token.is(K::Already)).count();
            let (wants, tells, asks) = (says("wants"), says("tells") + done, asked);
            // A list of work that was copied without its heading; a sentence of news may begin with a verb, too.
            let works = matches!(block.kind, BlockKind::Bullet(_)) && self.lexicon.actions.at(&tokens, 0).is_some();
            let role = match wants.cmp(&tells) {
                // `TỔNG HỢP GIÁ TRỊ SẢN XUẤT GIAI ĐOẠN 2017 - 2021` names what stands below it.
                _ if is_shouted(block.span.slice(text).unwrap_or_default()) => Some(Role::Preamble),
                _ if asks > 0 && tells == 0 => Some(Role::Tasks),
                Ordering::Greater => Some(Role::Aims),
                Ordering::Less => Some(Role::Results),
                Ordering::Equal if works => Some(Role::Tasks),
                Ordering::Equal => None,
            };
            // The items of a list are about what leads to them.
            let listed = matches!(block.kind, BlockKind::Bullet(_)) && role.is_none();
            let role = if listed { roles.last().copied().flatten() } else { role };
            wanted += usize::from(role == Some(Role::Aims));
            told += usize::from(role == Some(Role::Results));
            roles.push(role);
        }
        if wanted + told == 0 {
            return vec![None; blocks.len()];
        }
        let most = if told >= wanted { Role::Results } else { Role::Aims };
        roles.into_iter().map(|role| role.or(Some(most))).collect()
    }

    /// What a line that stands alone says of the paragraphs below it, as a heading would: `Mục tiêu cụ thể:`; work where
    /// it is another label, which ends what was said before.
    fn label_of_kind(&self, block: &Block, tokens: &[Token]) -> Option<Role> {
        const LONGEST: usize = 24;
        let colon = tokens.last().is_some_and(|last| last.is(K::Colon));
        if block.kind != BlockKind::Paragraph || !colon || tokens.len() > LONGEST {
            return None;
        }
        let start = usize::from(tokens[0].is_any(&[K::About, K::Some, K::Plural]));
        // `Định hướng các chỉ tiêu chủ yếu của xã:`; what leads on to work (`Căn cứ Kế hoạch này, các xã thực hiện các nội dung sau:`) is none.
        let duty = |at: usize| {
            let ends = |length: usize| at + length + 1 == tokens.len();
            let told = self.lexicon.duties.at(tokens, at);
            told.is_some_and(|(length, duty)| duty.leads && ends(length) || duty.binds || duty.asks)
        };
        let works = (0..tokens.len()).any(|at| tokens[at].is(K::Comma) || duty(at));
        let acts = self.lexicon.actions.at(tokens, 0).is_some();
        let named = || self.lexicon.sections.find(tokens, 0).map(|(_, _, role)| *role);
        let begins = self.lexicon.sections.at(tokens, start);
        // `Mục tiêu cụ thể:` and nothing else.
        let whole = begins.is_some_and(|(length, _)| start + length + 1 >= tokens.len());
        let role = begins.map(|(_, role)| *role).or_else(named);
        // `Định hướng các chỉ tiêu …:` begins like work.
        let role = role.filter(|role| whole || !works && (!acts || *role == SectionRole::Aims));
        Some(role.map(Role::from).filter(|role| matches!(role, Role::Aims | Role::Purpose)).unwrap_or(Role::Tasks))
    }
}
