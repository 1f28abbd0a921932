//! Reasons: the answers because of which something applies.

use super::compile::Goal;
use super::diagram::Node;
use super::engine::{Asked, Core, Position};
use super::result::Because;
use super::rule::Assignment;

impl Core {
    /// The answers because of which a rule applies in one of the endings.
    pub(super) fn because(
        &self,
        rule: usize,
        asked: &[Asked],
        position: &Position,
    ) -> Vec<Because> {
        let Some(path) = self.path_to(rule, asked, position) else {
            return Vec::new();
        };
        let assignment = self.assignment(&path);
        let known = |question: usize| {
            let here = asked.iter().find(|it| it.question == question)?;
            here.choice.map(|choice| Because { question, choice })
        };
        let reasons = self.compiled.rules[rule].because(&assignment, true);
        let mut reasons: Vec<Because> = reasons
            .unwrap_or_default()
            .into_iter()
            .filter_map(known)
            .collect();
        if reasons.is_empty() {
            // The rule speaks only of questions that were not asked. Then the answer after which
            // they could not change anything any more is the reason.
            let settles = |&(node, question, choice): &(usize, usize, usize)| {
                let Node::Ask(_, children) = &self.diagram.nodes[node] else {
                    return None;
                };
                let certain = &self.diagram.summaries[children[choice]].certain;
                certain.has(rule).then_some(question)
            };
            reasons.extend(path.iter().find_map(settles).and_then(known));
        }
        reasons.sort_by_key(|it| self.compiled.rank[it.question]);
        reasons.dedup();
        reasons
    }

    /// A path (node, question, choice) that keeps the known answers and ends where the rule applies.
    fn path_to(
        &self,
        rule: usize,
        asked: &[Asked],
        position: &Position,
    ) -> Option<Vec<(usize, usize, usize)>> {
        let ends = |node: &usize| match &self.diagram.nodes[*node] {
            Node::Leaf(leaf) => leaf.applies.has(rule),
            Node::Ask(..) => false,
        };
        let goal = *position.iter().find(|node| ends(node))?;
        let mut path = Vec::new();
        self.search(self.diagram.root, goal, asked, &mut path)
            .then_some(path)
    }

    fn search(
        &self,
        node: usize,
        goal: usize,
        asked: &[Asked],
        path: &mut Vec<(usize, usize, usize)>,
    ) -> bool {
        let Node::Ask(question, children) = &self.diagram.nodes[node] else {
            return node == goal;
        };
        let Some(answer) = asked.iter().find(|it| it.question == *question) else {
            return false;
        };
        for (choice, &child) in children.iter().enumerate() {
            if answer.choice.is_none_or(|chosen| chosen == choice) {
                path.push((node, *question, choice));
                if self.search(child, goal, asked, path) {
                    return true;
                }
                path.pop();
            }
        }
        false
    }

    /// The answers along a path of the unreduced graph. A question that the diagram left out gets
    /// its first choice: it was left out because every choice gives the same result.
    fn assignment(&self, path: &[(usize, usize, usize)]) -> Assignment {
        let questions = &self.compiled.questions;
        let mut answers: Assignment = vec![None; questions.len()];
        let mut goal = Goal::Question(self.compiled.start);
        while let Goal::Question(question) = goal {
            if let Some((rule, otherwise)) = &questions[question].ask_if
                && !rule.holds(&answers)
            {
                goal = *otherwise;
                continue;
            }
            let chosen = path.iter().find(|step| step.1 == question);
            let choice = chosen.map_or(0, |step| step.2);
            answers[question] = Some(choice);
            goal = questions[question].choices[choice];
        }
        answers
    }
}
