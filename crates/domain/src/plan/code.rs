//! The answers of a plan as a short code for a URL or a QR code. No identity, no names.

use super::question::{JointQuestion, Questionnaire};
use crate::guide::CodeError;
use crate::guide::answers::{Fingerprint, Sign, decode, encode, sign_of, sign_of_unknown};
use std::collections::BTreeMap;
use yichuang_contract::plan::UNKNOWN_ANSWER;

/// A fingerprint of the questionnaire: its keys and choices, in order.
fn fingerprint(questionnaire: &Questionnaire<'_>) -> u64 {
    let mut hash = Fingerprint::default();
    for joint in &questionnaire.questions {
        hash.text(&joint.key);
        joint
            .question
            .choices
            .iter()
            .for_each(|choice| hash.text(&choice.id));
        hash.text("");
    }
    hash.finish()
}

/// Writes answers: three characters for the questionnaire and one a question. Answers that name
/// nothing in it are left out.
pub(super) fn to_code(
    questionnaire: &Questionnaire<'_>,
    answers: &BTreeMap<String, String>,
) -> String {
    let sign = |joint: &JointQuestion<'_>| match joint.answer(answers)? {
        None => Some(sign_of_unknown()),
        Some(index) => sign_of(index),
    };
    encode(
        fingerprint(questionnaire),
        questionnaire.questions.iter().map(sign),
    )
}

/// Reads what [`to_code`] wrote for the same questionnaire.
pub(super) fn from_code(
    questionnaire: &Questionnaire<'_>,
    code: &str,
) -> Result<BTreeMap<String, String>, CodeError> {
    let signs = decode(fingerprint(questionnaire), code)?;
    if signs.len() > questionnaire.questions.len() {
        return Err(CodeError::Damaged);
    }
    let mut answers = BTreeMap::new();
    for (joint, sign) in questionnaire.questions.iter().zip(signs) {
        let answer = match sign {
            Sign::Nothing => continue,
            Sign::Unknown if joint.allows_unknown => UNKNOWN_ANSWER,
            Sign::Unknown => return Err(CodeError::Damaged),
            Sign::Choice(index) => {
                &joint
                    .question
                    .choices
                    .get(index)
                    .ok_or(CodeError::Damaged)?
                    .id
            }
        };
        answers.insert(joint.key.clone(), answer.to_owned());
    }
    Ok(answers)
}
