//! One number over many walks, to prove that the browser and the server answer alike.

use super::answers::{Answer, Answers, Fingerprint};
use super::engine::{Engine, Walk};
use super::result::{Applied, GuideResult};
use yichuang_contract::guide::Guide;

/// A digest over `count` pseudo-random walks through the guides. The same guides and seed give the
/// same digest on every machine, or the engine is broken there.
#[must_use]
pub fn digest(guides: &[Guide], seed: u64, count: usize) -> u64 {
    let engines: Vec<Option<Engine>> = guides.iter().map(|it| Engine::new(it).ok()).collect();
    let mut hash = Fingerprint::default();
    let mut random = Random(seed);
    for _ in 0..count {
        let Some(index) = random.below(guides.len()) else {
            break;
        };
        hash.number(index);
        let answers = random_answers(&guides[index], random.next());
        hash.text(&answers.to_code(&guides[index]));
        match &engines[index] {
            Some(engine) => add_walk(&mut hash, &engine.walk(&answers)),
            None => hash.text("unsound"),
        }
    }
    hash.finish()
}

/// Answers to some of a guide's questions, chosen by the seed: most are answered, a few with
/// "I don't know" where that is allowed, some not at all.
#[must_use]
pub fn random_answers(guide: &Guide, seed: u64) -> Answers {
    let mut random = Random(seed);
    let mut answers = Answers::default();
    for question in &guide.questions {
        let dice = random.below(16).unwrap_or(0);
        let choice = random.below(question.choices.len());
        if dice == 0 {
            continue;
        }
        if dice < 4 && question.unknown.is_some() {
            answers.set(&question.id, Answer::Unknown);
        } else if let Some(choice) = choice {
            answers.set(&question.id, Answer::choice(&question.choices[choice].id));
        }
    }
    answers
}

fn add_walk(hash: &mut Fingerprint, walk: &Walk) {
    for asked in &walk.asked {
        hash.number(asked.question);
        hash.number(asked.choice.map_or(0, |choice| choice + 1));
    }
    if let Some(next) = &walk.next {
        hash.number(next.question);
        hash.number(next.left_at_most);
        for list in [
            &next.decides.outcomes,
            &next.decides.materials,
            &next.decides.notes,
            &next.decides.steps,
            &next.decides.fees,
            &next.decides.days,
        ] {
            add_list(hash, list);
        }
    }
    if let Some(result) = &walk.result {
        add_result(hash, result);
    }
    walk.not_asked.iter().for_each(|id| hash.text(id));
}

fn add_result(hash: &mut Fingerprint, result: &GuideResult) {
    hash.number(result.verdict as usize);
    for outcome in &result.outcomes {
        hash.number(outcome.index);
        add_list(hash, &outcome.depends_on);
    }
    let days: &[Applied] = result.days.as_ref().map_or(&[], |days| &days.rules);
    for list in [
        &result.materials,
        &result.notes,
        &result.steps,
        &result.fees,
        days,
    ] {
        hash.number(list.len());
        for applied in list {
            hash.number(applied.index);
            hash.number(usize::from(applied.is_certain) + 2 * usize::from(applied.is_always));
            for because in &applied.because {
                hash.number(because.question);
                hash.number(because.choice);
            }
            add_list(hash, &applied.depends_on);
        }
    }
    hash.number(result.fee_from_fen as usize);
    hash.number(result.fee_to_fen as usize);
    result
        .routes
        .iter()
        .for_each(|code| hash.text(code.as_str()));
    for point in &result.turning_points {
        hash.number(point.question);
        add_list(hash, &point.instead);
        add_list(hash, &point.outcomes);
    }
}

fn add_list(hash: &mut Fingerprint, list: &[usize]) {
    hash.number(list.len());
    list.iter().for_each(|&number| hash.number(number));
}

/// SplitMix64: a reproducible sequence, not a source of chance.
#[derive(Clone, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; `None` if there is none.
    pub(crate) fn below(&mut self, limit: usize) -> Option<usize> {
        let number = self.next().checked_rem(limit as u64)?;
        usize::try_from(number).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::sample;

    #[test]
    fn the_digest_is_repeatable_and_sees_a_changed_rule() {
        let guide = sample::spouse();
        let mut changed = guide.clone();
        changed.materials[1].when = crate::guide::parse(r#"history != "divorced""#).unwrap();
        let digest_of = |guide: &Guide| digest(std::slice::from_ref(guide), 7, 200);
        assert_eq!(digest_of(&guide), digest_of(&guide));
        assert_ne!(digest_of(&guide), digest_of(&changed));
    }
}
