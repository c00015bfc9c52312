//! What people decide of indicators that may be one: it is kept by the ids that indicators have without any decision, and done after
//! each linking.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::indicators::Indicators;
use super::phrase::Reason;

/// What a person decided of two indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The id of one, as it is without any decision.
    pub one: String,
    /// The id of the other.
    pub other: String,
    /// Whether they are one indicator.
    pub same: bool,
}

impl Indicators {
    /// Does what people decided: indicators that are one become one, with the registry's id, else the first of the alphabet; those that
    /// are two are no longer probable. A decision of an indicator that is not here does nothing.
    pub fn decide(&mut self, decisions: &[Decision]) {
        if decisions.is_empty() {
            return;
        }
        let by_id: FxHashMap<&str, usize> = self.clusters.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
        let known = |decision: &Decision| Some((*by_id.get(decision.one.as_str())?, *by_id.get(decision.other.as_str())?));
        let decided: Vec<(usize, usize, bool)> =
            decisions.iter().filter_map(|decision| known(decision).map(|(one, other)| (one, other, decision.same))).collect();
        // Into which indicator each goes.
        let mut into: Vec<usize> = (0..self.clusters.len()).collect();
        let root = |into: &[usize], mut at: usize| {
            while into[at] != at {
                at = into[at];
            }
            at
        };
        for (one, other, _) in decided.iter().filter(|(.., same)| *same) {
            let (one, other) = (root(&into, *one), root(&into, *other));
            let rank = |at: usize| (self.clusters[at].registry.is_none(), self.clusters[at].id.as_str());
            let (kept, gone) = if rank(one) <= rank(other) { (one, other) } else { (other, one) };
            into[gone] = kept;
        }
        let roots: Vec<usize> = (0..into.len()).map(|at| root(&into, at)).collect();
        for (at, kept) in roots.iter().enumerate().filter(|(at, kept)| at != *kept) {
            let members = std::mem::take(&mut self.clusters[at].members);
            for member in &members {
                let why = &mut self.wordings[member.wording].why;
                if !why.contains(&Reason::Decided) {
                    why.push(Reason::Decided);
                }
            }
            self.clusters[*kept].members.extend(members);
            self.clusters[*kept].members.sort_by_key(|member| (member.kind, member.document, member.target));
        }
        // The places of those that are left.
        let mut places = vec![0; roots.len()];
        let mut next = 0;
        for (at, kept) in roots.iter().enumerate() {
            if at == *kept {
                places[at] = next;
                next += 1;
            }
        }
        let mut at = 0;
        self.clusters.retain(|_| {
            at += 1;
            roots[at - 1] == at - 1
        });
        let place = |at: usize| places[roots[at]];
        let apart: FxHashSet<(usize, usize)> = decided
            .iter()
            .filter(|(.., same)| !same)
            .map(|(one, other, _)| (place(*one).min(place(*other)), place(*one).max(place(*other))))
            .collect();
        let moved = |left: usize, right: usize| (place(left).min(place(right)), place(left).max(place(right)));
        for pair in &mut self.related {
            let turned = place(pair.left) > place(pair.right);
            (pair.left, pair.right) = moved(pair.left, pair.right);
            if turned {
                std::mem::swap(&mut pair.difference.left, &mut pair.difference.right);
            }
        }
        for pair in &mut self.probable {
            let turned = place(pair.left) > place(pair.right);
            (pair.left, pair.right) = moved(pair.left, pair.right);
            if turned {
                std::mem::swap(&mut pair.only_left, &mut pair.only_right);
            }
        }
        self.related.retain(|pair| pair.left != pair.right);
        self.related.sort_by_key(|pair| (pair.left, pair.right));
        self.related.dedup_by_key(|pair| (pair.left, pair.right));
        let differ: FxHashSet<(usize, usize)> = self.related.iter().map(|pair| (pair.left, pair.right)).collect();
        self.probable.retain(|pair| {
            let both = (pair.left, pair.right);
            pair.left != pair.right && !apart.contains(&both) && !differ.contains(&both)
        });
        self.probable.sort_by_key(|pair| (pair.left, pair.right));
        self.probable.dedup_by_key(|pair| (pair.left, pair.right));
    }
}
