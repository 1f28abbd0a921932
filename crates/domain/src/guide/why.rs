//! Why a question is asked: what its answer still decides.

use super::compile::{Layout, List};
use super::diagram::Node;
use super::engine::{Core, Position};
use std::collections::BTreeMap;

/// What the answer to a question decides, as positions in the guide's lists. It is computed from
/// the graph: something stands here exactly if it comes out differently for two choices, with the
/// same answers to everything else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decides {
    /// Outcomes that only some of the choices can lead to.
    pub outcomes: Vec<usize>,
    /// Materials.
    pub materials: Vec<usize>,
    /// Notes.
    pub notes: Vec<usize>,
    /// Steps.
    pub steps: Vec<usize>,
    /// Fees.
    pub fees: Vec<usize>,
    /// Working days.
    pub days: Vec<usize>,
}

/// Splits positions among all rules into positions in the guide's lists.
pub(super) fn local(layout: Layout, list: List, rules: &[usize]) -> Vec<usize> {
    let range = layout.range(list);
    let inside = rules.iter().filter(|rule| range.contains(rule));
    inside.map(|rule| rule - range.start).collect()
}

impl Core {
    /// What a question decides at a position where it is the foremost.
    pub(super) fn decides(&self, position: &Position, question: usize) -> Decides {
        let mut outcomes = Vec::new();
        let mut rules = Vec::new();
        for &node in position {
            let Node::Ask(asked, children) = &self.diagram.nodes[node] else {
                continue;
            };
            if *asked != question {
                continue;
            }
            for outcome in 0..self.compiled.eligible.len() {
                let reaches = |child: &usize| self.diagram.summaries[*child].outcomes.has(outcome);
                if children.iter().any(reaches) && !children.iter().all(reaches) {
                    outcomes.push(outcome);
                }
            }
            for rule in 0..self.compiled.layout.len() {
                if self.depends(children, rule) {
                    rules.push(rule);
                }
            }
        }
        for list in [&mut outcomes, &mut rules] {
            list.sort_unstable();
            list.dedup();
        }
        let layout = self.compiled.layout;
        Decides {
            outcomes,
            materials: local(layout, List::Materials, &rules),
            notes: local(layout, List::Notes, &rules),
            steps: local(layout, List::Steps, &rules),
            fees: local(layout, List::Fees, &rules),
            days: local(layout, List::Days, &rules),
        }
    }

    /// Whether a rule comes out differently below two of the nodes.
    fn depends(&self, children: &[usize], rule: usize) -> bool {
        let summaries = || children.iter().map(|&child| &self.diagram.summaries[child]);
        // The usual cases need no comparison of whole diagrams.
        if summaries().all(|it| it.certain.has(rule))
            || summaries().all(|it| !it.possible.has(rule))
        {
            return false;
        }
        let mut known = BTreeMap::new();
        children.iter().enumerate().any(|(index, &a)| {
            children[..index]
                .iter()
                .any(|&b| self.differs(a, b, rule, &mut known))
        })
    }

    /// Whether two nodes give different results for a rule with the same answers. Where one cannot
    /// apply, no rule says anything, so such an ending differs from none.
    fn differs(
        &self,
        a: usize,
        b: usize,
        rule: usize,
        known: &mut BTreeMap<(usize, usize), bool>,
    ) -> bool {
        if a == b {
            return false;
        }
        let key = (a.min(b), a.max(b));
        if let Some(&answer) = known.get(&key) {
            return answer;
        }
        let answer = match (&self.diagram.nodes[a], &self.diagram.nodes[b]) {
            (Node::Leaf(x), Node::Leaf(y)) => {
                let eligible = &self.compiled.eligible;
                eligible[x.outcome]
                    && eligible[y.outcome]
                    && x.applies.has(rule) != y.applies.has(rule)
            }
            (Node::Ask(p, of_a), Node::Ask(q, of_b)) if p == q => of_a
                .iter()
                .zip(of_b)
                .any(|(&x, &y)| self.differs(x, y, rule, known)),
            (Node::Ask(p, of_a), Node::Ask(q, _))
                if self.compiled.rank[*p] < self.compiled.rank[*q] =>
            {
                of_a.iter().any(|&x| self.differs(x, b, rule, known))
            }
            (_, Node::Ask(_, of_b)) => of_b.iter().any(|&y| self.differs(a, y, rule, known)),
            (Node::Ask(_, of_a), Node::Leaf(_)) => {
                of_a.iter().any(|&x| self.differs(x, b, rule, known))
            }
        };
        known.insert(key, answer);
        answer
    }
}
