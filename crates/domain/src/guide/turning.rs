//! The one fact that would change the answer.

use super::engine::{Asked, Core, Position};
use super::result::Verdict;

/// A single answer whose change would change whether one can apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurningPoint {
    /// Position of the question.
    pub question: usize,
    /// Position of the choice given; `None` = "I don't know".
    pub choice: Option<usize>,
    /// The choices that would change the outcome.
    pub instead: Vec<usize>,
    /// What they would lead to: `true` = one could apply.
    pub makes_eligible: bool,
    /// Whether that is sure with the other answers as they are; if not, further questions follow
    /// on which it depends.
    pub is_sure: bool,
    /// The outcomes that the change can lead to, positions in the guide's outcomes.
    pub outcomes: Vec<usize>,
}

/// More would not be a hint but another questionnaire.
const MOST: usize = 3;

impl Core {
    /// The turning points of a finished walk.
    ///
    /// From "cannot apply", the answers that open a way to applying, the last given first, because
    /// it is the one that closed the way. From "can apply", the answers that would close it for
    /// sure; plain refusals before other routes, then in the order asked. Where it depends on
    /// what is not known, the choices of the unknown questions that would settle it.
    pub(super) fn turning_points(&self, asked: &[Asked], position: &Position) -> Vec<TurningPoint> {
        let verdict = self.verdict(position);
        let makes_eligible = verdict == Verdict::NotEligible;
        let mut points: Vec<TurningPoint> = asked
            .iter()
            .filter(|it| verdict != Verdict::Depends || it.choice.is_none())
            .filter_map(|it| self.turning_point(asked, *it, makes_eligible))
            .collect();
        if makes_eligible {
            points.reverse();
            points.sort_by_key(|point| !point.is_sure);
        } else {
            points.sort_by_key(|point| !self.is_refusal(point));
        }
        points.truncate(MOST);
        points
    }

    fn turning_point(
        &self,
        asked: &[Asked],
        answer: Asked,
        makes_eligible: bool,
    ) -> Option<TurningPoint> {
        let mut instead = Vec::new();
        let mut reached = Position::new();
        for choice in 0..self.compiled.questions[answer.question].choices.len() {
            if answer.choice == Some(choice) {
                continue;
            }
            let position = self.follow_with(asked, answer.question, choice);
            let turns = match self.verdict(&position) {
                Verdict::Eligible => makes_eligible,
                Verdict::Depends => makes_eligible,
                Verdict::NotEligible => !makes_eligible,
            };
            if turns {
                instead.push(choice);
                reached.extend(position);
            }
        }
        if instead.is_empty() {
            return None;
        }
        let outcomes = (0..self.compiled.eligible.len())
            .filter(|&outcome| {
                let mut summaries = reached.iter().map(|&node| &self.diagram.summaries[node]);
                summaries.any(|it| it.outcomes.has(outcome))
            })
            .collect();
        Some(TurningPoint {
            question: answer.question,
            choice: answer.choice,
            instead,
            makes_eligible,
            is_sure: self.verdict(&reached) != Verdict::Depends,
            outcomes,
        })
    }

    /// Whether the change would end in a plain refusal and not in another route.
    fn is_refusal(&self, point: &TurningPoint) -> bool {
        let mut outcomes = point.outcomes.iter();
        outcomes.any(|&outcome| self.compiled.refuses[outcome])
    }
}
