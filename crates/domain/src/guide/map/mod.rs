//! One picture of a guide (一图看懂): its questions and outcomes as layers, one's own path lit.
//!
//! The picture shows the graph as the content draws it. A question or outcome that several answers
//! lead to is one node, so the map stays small enough for one page. The same [`Outline`] is the
//! map's twin for screen readers, a nested list: start at [`Outline::START`], list the
//! [`Outline::edges_from`] a node, go down where [`OutlineEdge::is_branch`], and refer back by
//! [`OutlineNode::number`] where not.

mod trail;

use super::answers::Answers;
use super::compile::Goal;
use super::engine::Engine;
use std::collections::BTreeSet;
use trail::Trail;

/// The map of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Questions in the order of their numbers, then outcomes in the guide's order.
    pub nodes: Vec<OutlineNode>,
    /// Arrows, those of one node together, in the order of the choices, the skip rule last.
    pub edges: Vec<OutlineEdge>,
    /// Number of layers.
    pub depth: usize,
    /// Nodes in the fullest layer.
    pub widest: usize,
}

/// A node of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineNode {
    /// What it is.
    pub kind: OutlineKind,
    /// A number to refer to it by, from 1: questions first, in an order in which every arrow
    /// points to a greater number.
    pub number: usize,
    /// Its layer: every arrow leads to a deeper one.
    pub depth: usize,
    /// Its place in the layer, from 0, chosen so that few arrows cross.
    pub order: usize,
    /// Whether one's own path leads through it.
    pub light: Light,
}

/// What a node of the map is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineKind {
    /// The question at this position of the guide.
    Question(usize),
    /// The outcome at this position of the guide.
    Outcome(usize),
}

/// Whether one's own path leads through a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// It does not.
    Dark,
    /// It does: a question answered, or an outcome reached.
    Lit,
    /// It passes without stopping: the skip rule or the other answers made the question idle.
    Passed,
    /// It stands here: the question to answer next.
    Next,
}

/// An arrow of the map: all choices of one question that lead to the same node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEdge {
    /// Position of the node it starts from.
    pub from: usize,
    /// Position of the node it leads to.
    pub to: usize,
    /// Positions of the choices; empty for the skip rule.
    pub choices: Vec<usize>,
    /// Whether it is the way around a question that is skipped.
    pub is_skip: bool,
    /// Whether one's own path takes it.
    pub is_lit: bool,
    /// Whether the nested list unfolds its node here; elsewhere it only refers to it.
    pub is_branch: bool,
}

impl Outline {
    /// Position of the node of the first question.
    pub const START: usize = 0;

    /// The arrows that start from a node.
    pub fn edges_from(&self, node: usize) -> impl Iterator<Item = &OutlineEdge> {
        self.edges.iter().filter(move |edge| edge.from == node)
    }

    /// The nodes of a layer, top to bottom.
    #[must_use]
    pub fn layer(&self, depth: usize) -> Vec<usize> {
        let mut layer: Vec<usize> = (0..self.nodes.len())
            .filter(|&node| self.nodes[node].depth == depth)
            .collect();
        layer.sort_by_key(|&node| self.nodes[node].order);
        layer
    }
}

/// The map of an engine's guide with the path of these answers lit.
#[must_use]
pub fn outline(engine: &Engine, answers: &Answers) -> Outline {
    let drawing = Drawing::new(engine);
    let trail = Trail::of(engine, &engine.walk(answers));
    drawing.finish(&trail)
}

/// The map while it is drawn.
struct Drawing<'engine> {
    engine: &'engine Engine,
    /// Questions in the order of their rank.
    questions: Vec<usize>,
    edges: Vec<(usize, usize, Vec<usize>, bool)>,
    depth: Vec<usize>,
}

impl<'engine> Drawing<'engine> {
    fn new(engine: &'engine Engine) -> Self {
        let compiled = &engine.core.compiled;
        let mut questions: Vec<usize> = (0..compiled.questions.len()).collect();
        questions.sort_by_key(|&question| compiled.rank[question]);
        let mut drawing = Self {
            engine,
            questions,
            edges: Vec::new(),
            depth: Vec::new(),
        };
        drawing.draw_edges();
        drawing.place();
        drawing
    }

    /// The node of a goal. The start has rank 0 because nothing leads to it and everything else is
    /// reached from it, so it is the first node.
    fn node(&self, goal: Goal) -> usize {
        match goal {
            Goal::Question(question) => self.engine.core.compiled.rank[question],
            Goal::Outcome(outcome) => self.questions.len() + outcome,
        }
    }

    fn draw_edges(&mut self) {
        for &question in &self.questions {
            let from = self.node(Goal::Question(question));
            let compiled = &self.engine.core.compiled.questions[question];
            let mut edges: Vec<(usize, usize, Vec<usize>, bool)> = Vec::new();
            for (choice, &goal) in compiled.choices.iter().enumerate() {
                let to = self.node(goal);
                match edges.iter_mut().find(|edge| edge.1 == to) {
                    Some(edge) => edge.2.push(choice),
                    None => edges.push((from, to, vec![choice], false)),
                }
            }
            if let Some((_, otherwise)) = &compiled.ask_if {
                edges.push((from, self.node(*otherwise), Vec::new(), true));
            }
            self.edges.extend(edges);
        }
    }

    /// The layer of each node: one deeper than the deepest node that leads to it. Edges are in the
    /// order of rank, so every node is settled before its own edges are looked at.
    fn place(&mut self) {
        let count = self.questions.len() + self.engine.guide.outcomes.len();
        let mut depth = vec![0; count];
        for &(from, to, ..) in &self.edges {
            depth[to] = depth[to].max(depth[from] + 1);
        }
        self.depth = depth;
    }

    /// The order in each layer: each node near the middle of its neighbours, swept a few times.
    fn order(&self) -> Vec<usize> {
        let layers = self.depth.iter().max().map_or(0, |deepest| deepest + 1);
        let mut order = vec![0_usize; self.depth.len()];
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); layers];
        for (node, &depth) in self.depth.iter().enumerate() {
            order[node] = members[depth].len();
            members[depth].push(node);
        }
        for sweep in 0..SWEEPS {
            for layer in 0..layers {
                let layer = if sweep % 2 == 0 {
                    layer
                } else {
                    layers - 1 - layer
                };
                let middle = |node: usize| {
                    let mut neighbours: Vec<usize> = Vec::new();
                    for &(from, to, ..) in &self.edges {
                        match sweep % 2 {
                            0 if to == node => neighbours.push(order[from]),
                            1 if from == node => neighbours.push(order[to]),
                            _ => {}
                        }
                    }
                    // A node without neighbours on this side keeps its place.
                    match neighbours.len() {
                        0 => order[node] * SCALE,
                        length => neighbours.iter().sum::<usize>() * SCALE / length,
                    }
                };
                let mut sorted = members[layer].clone();
                sorted.sort_by_key(|&node| middle(node));
                for (position, &node) in sorted.iter().enumerate() {
                    order[node] = position;
                }
                members[layer] = sorted;
            }
        }
        order
    }

    fn finish(self, trail: &Trail) -> Outline {
        let order = self.order();
        let questions = self.questions.len();
        let nodes: Vec<OutlineNode> = (0..self.depth.len())
            .map(|node| {
                let kind = if node < questions {
                    OutlineKind::Question(self.questions[node])
                } else {
                    OutlineKind::Outcome(node - questions)
                };
                OutlineNode {
                    kind,
                    number: node + 1,
                    depth: self.depth[node],
                    order: order[node],
                    light: match kind {
                        OutlineKind::Question(question) => trail.light_of_question(question),
                        OutlineKind::Outcome(outcome) if trail.outcomes.contains(&outcome) => {
                            Light::Lit
                        }
                        OutlineKind::Outcome(_) => Light::Dark,
                    },
                }
            })
            .collect();
        let mut unfolded = BTreeSet::from([Outline::START]);
        let edges = self
            .edges
            .iter()
            .map(|(from, to, choices, is_skip)| {
                let question = self.questions[*from];
                let mut steps = choices.iter().map(|&choice| Some(choice));
                OutlineEdge {
                    from: *from,
                    to: *to,
                    choices: choices.clone(),
                    is_skip: *is_skip,
                    is_lit: if *is_skip {
                        trail.steps.contains(&(question, None))
                    } else {
                        steps.any(|choice| trail.steps.contains(&(question, choice)))
                    },
                    is_branch: unfolded.insert(*to),
                }
            })
            .collect();
        let depth = self.depth.iter().max().map_or(0, |deepest| deepest + 1);
        let size = |layer| self.depth.iter().filter(|&&it| it == layer).count();
        Outline {
            nodes,
            edges,
            depth,
            widest: (0..depth).map(size).max().unwrap_or(0),
        }
    }
}

/// Sweeps over the layers; more change little on guides of this size.
const SWEEPS: usize = 6;
/// Middles are compared as whole numbers.
const SCALE: usize = 1000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{Answer, random_answers, sample};
    use proptest::prelude::*;

    fn map(pairs: &[(&str, &str)]) -> Outline {
        let engine = Engine::new(&sample::spouse()).unwrap();
        let answers = pairs
            .iter()
            .map(|&(id, choice)| (id, Answer::choice(choice)))
            .collect();
        outline(&engine, &answers)
    }

    fn lights(outline: &Outline) -> Vec<Light> {
        outline.nodes.iter().map(|node| node.light).collect()
    }

    #[test]
    fn one_s_own_path_is_lit_up_to_the_next_question() {
        use Light::{Dark, Lit, Next, Passed};
        let start = map(&[]);
        assert_eq!(
            lights(&start),
            [Next, Dark, Dark, Dark, Dark, Dark, Dark, Dark, Dark]
        );
        let path = map(&[
            ("sponsor", "unit"),
            ("married", "ge2"),
            ("history", "first"),
        ]);
        assert_eq!(
            lights(&path),
            [Lit, Lit, Lit, Passed, Next, Dark, Dark, Dark, Dark]
        );
        let skip = path.edges.iter().find(|edge| edge.is_skip).unwrap();
        assert!(skip.is_lit);
    }

    #[test]
    fn choices_that_lead_to_the_same_node_are_one_arrow() {
        let outline = map(&[]);
        let arrows: Vec<_> = outline
            .edges_from(4)
            .map(|edge| edge.choices.clone())
            .collect();
        assert_eq!(arrows, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_reached_outcome_is_lit() {
        let outline = map(&[("sponsor", "none")]);
        let lit: Vec<_> = outline
            .nodes
            .iter()
            .filter(|it| it.light == Light::Lit)
            .map(|it| it.kind)
            .collect();
        assert_eq!(lit, [OutlineKind::Question(0), OutlineKind::Outcome(1)]);
    }

    proptest! {
        #[test]
        fn layers_numbers_and_branches_hold_together(seed: u64, chosen: u64) {
            let guide = sample::sound(seed);
            let engine = Engine::new(&guide).unwrap();
            let outline = outline(&engine, &random_answers(&guide, chosen));
            for edge in &outline.edges {
                prop_assert!(outline.nodes[edge.from].depth < outline.nodes[edge.to].depth);
                prop_assert!(outline.nodes[edge.from].number < outline.nodes[edge.to].number);
            }
            // The nested list shows every node exactly once.
            let mut shown = BTreeSet::from([Outline::START]);
            for edge in outline.edges.iter().filter(|edge| edge.is_branch) {
                prop_assert!(shown.insert(edge.to));
            }
            prop_assert_eq!(shown.len(), outline.nodes.len());
            let placed: usize = (0..outline.depth).map(|depth| outline.layer(depth).len()).sum();
            prop_assert_eq!(placed, outline.nodes.len());
            for depth in 0..outline.depth {
                let orders: Vec<_> =
                    outline.layer(depth).iter().map(|&it| outline.nodes[it].order).collect();
                prop_assert_eq!(&orders, &(0..orders.len()).collect::<Vec<_>>());
                prop_assert!(orders.len() <= outline.widest);
            }
        }
    }
}
