//! Rules over answers, with indices: whether they hold, because of what, and what they ask for.

/// A rule over the answers; `answers[question]` is the index of the choice.
#[derive(Clone, Debug)]
pub(super) enum Rule {
    Always,
    /// The question was answered with one of the choices, given as bits.
    Is(usize, u64),
    Not(Box<Rule>),
    All(Vec<Rule>),
    Any(Vec<Rule>),
}

/// Answers while walking the graph: the chosen index of each question, `None` where not asked.
pub(super) type Assignment = Vec<Option<usize>>;

impl Rule {
    /// Whether the rule holds.
    pub(super) fn holds(&self, answers: &Assignment) -> bool {
        match self {
            Self::Always => true,
            Self::Is(question, choices) => {
                answers[*question].is_some_and(|choice| choices >> choice & 1 == 1)
            }
            Self::Not(inner) => !inner.holds(answers),
            Self::All(parts) => parts.iter().all(|part| part.holds(answers)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(answers)),
        }
    }

    /// The answered questions because of which the rule is `truth`, as few as one reading gives;
    /// `None` if it is not.
    pub(super) fn because(&self, answers: &Assignment, truth: bool) -> Option<Vec<usize>> {
        if self.holds(answers) != truth {
            return None;
        }
        let every = |parts: &[Self]| {
            let mut all = Vec::new();
            for part in parts {
                all.extend(part.because(answers, truth)?);
            }
            Some(all)
        };
        let shortest = |parts: &[Self]| {
            let reasons = parts.iter().filter_map(|part| part.because(answers, truth));
            reasons.min_by_key(Vec::len)
        };
        match self {
            Self::Always => Some(Vec::new()),
            Self::Is(question, _) => {
                Some(answers[*question].map(|_| *question).into_iter().collect())
            }
            Self::Not(inner) => inner.because(answers, !truth),
            Self::All(parts) if truth => every(parts),
            Self::Any(parts) if !truth => every(parts),
            Self::All(parts) | Self::Any(parts) => shortest(parts),
        }
    }

    /// Calls `visit` with every question the rule names and the choices it asks for, as bits.
    pub(super) fn comparisons(&self, visit: &mut impl FnMut(usize, u64)) {
        match self {
            Self::Always => {}
            Self::Is(question, choices) => visit(*question, *choices),
            Self::Not(inner) => inner.comparisons(visit),
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.comparisons(visit));
            }
        }
    }
}
