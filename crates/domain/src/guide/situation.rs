//! All situations (情形) of a guide: the distinct results that complete answers can lead to.

use super::compile::List;
use super::diagram::Node;
use super::engine::Engine;
use super::why::local;
use std::collections::BTreeSet;

/// A distinct result: answer paths that end in the same outcome with the same materials and notes
/// are one situation, and an outcome in which one cannot apply is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Situation {
    /// Position of the outcome.
    pub outcome: usize,
    /// Whether one can apply.
    pub is_eligible: bool,
    /// Positions of the materials.
    pub materials: Vec<usize>,
    /// Positions of the notes.
    pub notes: Vec<usize>,
}

/// Figures of a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// Number of situations.
    pub situations: usize,
    /// Different sequences of answers, as the content draws the graph.
    pub paths: u64,
    /// The most questions on one of them.
    pub longest_path: usize,
    /// The most questions anybody is really asked.
    pub longest_asked: usize,
}

impl Engine {
    /// Every situation, in a fixed order. "I don't know" adds none: it is a union of them.
    #[must_use]
    pub fn situations(&self) -> Vec<Situation> {
        let layout = self.core.compiled.layout;
        let mut situations = BTreeSet::new();
        for node in &self.core.diagram.nodes {
            if let Node::Leaf(leaf) = node {
                let rules: Vec<usize> = leaf.applies.iter().collect();
                situations.insert(Situation {
                    outcome: leaf.outcome,
                    is_eligible: self.core.compiled.eligible[leaf.outcome],
                    materials: local(layout, List::Materials, &rules),
                    notes: local(layout, List::Notes, &rules),
                });
            }
        }
        situations.into_iter().collect()
    }

    /// Figures of the guide.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        Statistics {
            situations: self.situations().len(),
            paths: self.core.diagram.census.paths,
            longest_path: self.core.diagram.census.longest,
            longest_asked: self.questions_at_most(),
        }
    }
}
