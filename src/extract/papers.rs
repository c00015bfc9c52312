//! The papers of a file, and which of them each item stands in.

use super::head;
use super::recorder::Extractor;
use crate::paper::Role;
use crate::record::ledger::{UnreadKind, Why};
use crate::record::{Document, Evidence, Paper, PaperRole};
use crate::structure;
use crate::text::Span;

impl Extractor<'_> {
    /// Enters the papers, and gives every item the one that it stands in.
    pub(super) fn papers(&mut self) {
        let papers = &self.document.papers;
        let text = &self.source.text;
        let offset = |at: usize| text.code_points_before(at);
        let starts: Vec<usize> = papers.iter().map(|paper| offset(paper.source)).collect();
        let last = offset(text.as_str().len());
        let main = papers.iter().position(|paper| paper.role == Role::Main);
        for (index, paper) in papers.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(last);
            let (role, by, label) = match &paper.role {
                Role::Main => (PaperRole::Main, None, None),
                Role::Enclosed { by } => (PaperRole::Enclosed, Some(*by), None),
                Role::Annex { by, label } => (PaperRole::Annex, Some(*by), label.clone()),
                Role::Beside => (PaperRole::Beside, None, None),
            };
            let document = match role {
                PaperRole::Main if Some(index) == main => Some(self.record.document.clone()),
                PaperRole::Main | PaperRole::Enclosed => Some(self.head_of(paper)),
                PaperRole::Annex => Some(self.title_of(paper)),
                PaperRole::Beside => None,
            };
            self.record.papers.push(Paper { role, by, label, start: starts[index], end, document });
        }
        for paper in papers.iter().filter(|paper| paper.role == Role::Beside) {
            self.lose(UnreadKind::Part, Why::Outside, None, paper.span);
        }
        let of = |evidence: &[Evidence]| {
            evidence.first().map_or(0, |first| starts.partition_point(|start| *start <= first.start).saturating_sub(1))
        };
        let record = &mut self.record;
        macro_rules! give {
            ($($list:ident),*) => { $(for item in &mut record.$list { item.paper = of(&item.evidence); })* };
        }
        give!(sections, tables, targets, tasks, deadlines, references, facts, sums, ratios);
    }

    fn head_of(&self, paper: &structure::Paper) -> Document {
        let fields = head::read_paper(self.document, paper, self.lexicon);
        Document { evidence: self.evidence(&fields.spans), ..fields.document }
    }

    fn title_of(&self, paper: &structure::Paper) -> Document {
        let title: Option<Span> = paper.head.title;
        let words = title.map(|span| self.document.text.slice(span).trim().to_owned());
        Document { title: words, evidence: self.evidence(title.as_slice()), ..Document::default() }
    }
}
