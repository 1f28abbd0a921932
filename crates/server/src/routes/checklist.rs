//! The personal checklist: the guide's engine, asked over HTTP. Nothing is stored.

use super::service::service_code;
use crate::extract::Json;
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::{Path, State};
use yichuang_contract::checklist::{
    AnswerDraft, Checklist, ChecklistAnswer, ChecklistChoice, ChecklistDays, ChecklistDraft,
    ChecklistFee, ChecklistLine, ChecklistMaterial, ChecklistOutcome, ChecklistQuestion,
    ChecklistReason, ChecklistResult, ChecklistTurningPoint, ChecklistUnknown, ChecklistVerdict,
};
use yichuang_contract::guide::Guide;
use yichuang_contract::problem::Problem;
use yichuang_domain::guide::{Answer, Answers, Applied, CodeError, Engine, GuideResult, Verdict};

/// Where answers to a guide lead: the next question, or what to bring and do.
#[utoipa::path(
    post,
    path = "/api/v1/services/{code}/checklist",
    tag = "services",
    params(("code" = String, Path, description = "Service code", example = "HJ-017")),
    request_body = ChecklistDraft,
    responses(
        (status = 200, description = "The next question or the result", body = Checklist),
        (status = 400, description = "The body does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No service has this code", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The answers do not fit the guide", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn compute_checklist(
    State(app): State<Shared>,
    Path(code): Path<String>,
    Json(draft): Json<ChecklistDraft>,
) -> Result<axum::Json<Checklist>, Failure> {
    let code = service_code(&code)?;
    let content = app.content.load();
    let guide = content
        .catalogue
        .guide(&code)
        .ok_or(Failure::new(Kind::ServiceNotFound))?;
    let answers = answers(guide, &draft)?;
    // The content check has built an engine of every guide; a fault here is a defect of ours.
    let engine = Engine::new(guide).map_err(|faults| {
        Failure::internal(&format_args!("guide of {code} has {} faults", faults.len()))
    })?;
    Ok(axum::Json(checklist(guide, &engine, &answers)))
}

/// Reads the answers; each that does not fit is named.
fn answers(guide: &Guide, draft: &ChecklistDraft) -> Result<Answers, Failure> {
    let mut answers = match &draft.code {
        None => Answers::default(),
        Some(code) => Answers::from_code(guide, code).map_err(|error| {
            let failure = Failure::new(Kind::AnswersDoNotFit);
            match error {
                CodeError::Stale => failure.with_field(
                    "/code",
                    "stale",
                    "问题已更新，此链接中的答案不再适用，请重新回答。",
                    "The questions have changed since this link was made; answer again.",
                ),
                CodeError::Damaged => failure.with_field(
                    "/code",
                    "damaged",
                    "链接不完整，请重新打开或重新回答。",
                    "The link is incomplete; open it again or answer again.",
                ),
            }
        })?,
    };
    let mut failure = Failure::new(Kind::AnswersDoNotFit);
    let mut fits = true;
    for (index, answer) in draft.answers.iter().enumerate() {
        let Some(question) = guide
            .questions
            .iter()
            .find(|question| question.id == answer.question)
        else {
            fits = false;
            failure = failure.with_field(
                &format!("/answers/{index}/question"),
                "unknown-question",
                "本事项没有这个问题。",
                "This guide has no such question.",
            );
            continue;
        };
        let is_allowed = match &answer.choice {
            None => question.unknown.is_some(),
            Some(id) => question.choices.iter().any(|choice| choice.id == *id),
        };
        if !is_allowed {
            fits = false;
            failure = failure.with_field(
                &format!("/answers/{index}/choice"),
                "unknown-choice",
                "这个问题没有这个选项。",
                "This question has no such choice.",
            );
            continue;
        }
        let value = answer
            .choice
            .as_ref()
            .map_or(Answer::Unknown, Answer::choice);
        answers.set(&question.id, value);
    }
    if fits { Ok(answers) } else { Err(failure) }
}

fn checklist(guide: &Guide, engine: &Engine, answers: &Answers) -> Checklist {
    let walk = engine.walk(answers);
    Checklist {
        service: guide.service.clone(),
        code: answers.to_code(guide),
        asked: walk
            .asked
            .iter()
            .map(|asked| {
                let question = &guide.questions[asked.question];
                let choice = asked.choice.map(|choice| &question.choices[choice]);
                ChecklistAnswer {
                    question: question.id.clone(),
                    choice: choice.map(|choice| choice.id.clone()),
                    question_text: question.text.clone(),
                    choice_text: choice.map(|choice| choice.label.clone()),
                }
            })
            .collect(),
        next: walk.next.map(|next| {
            let question = &guide.questions[next.question];
            ChecklistQuestion {
                question: question.id.clone(),
                text: question.text.clone(),
                hint: question.hint.clone(),
                unknown: question.unknown.clone(),
                choices: question
                    .choices
                    .iter()
                    .map(|choice| ChecklistChoice {
                        choice: choice.id.clone(),
                        label: choice.label.clone(),
                    })
                    .collect(),
                left_at_most: u32::try_from(next.left_at_most).unwrap_or(u32::MAX),
            }
        }),
        result: walk.result.map(|found| result(guide, &found)),
    }
}

fn result(guide: &Guide, found: &GuideResult) -> ChecklistResult {
    let names = |questions: &[usize]| -> Vec<String> {
        questions
            .iter()
            .map(|&question| guide.questions[question].id.clone())
            .collect()
    };
    let reason = |applied: &Applied| ChecklistReason {
        is_certain: applied.is_certain,
        is_always: applied.is_always,
        because: applied
            .because
            .iter()
            .map(|because| {
                let question = &guide.questions[because.question];
                AnswerDraft {
                    question: question.id.clone(),
                    choice: Some(question.choices[because.choice].id.clone()),
                }
            })
            .collect(),
        depends_on: names(&applied.depends_on),
    };
    let lines = |applied: &[Applied], lines: &[yichuang_contract::guide::GuideNote]| {
        applied
            .iter()
            .map(|applied| ChecklistLine {
                text: lines[applied.index].text.clone(),
                reason: reason(applied),
            })
            .collect()
    };
    ChecklistResult {
        verdict: match found.verdict {
            Verdict::Eligible => ChecklistVerdict::Eligible,
            Verdict::NotEligible => ChecklistVerdict::NotEligible,
            Verdict::Depends => ChecklistVerdict::Depends,
        },
        outcomes: found
            .outcomes
            .iter()
            .map(|possible| {
                let outcome = &guide.outcomes[possible.index];
                ChecklistOutcome {
                    outcome: outcome.id.clone(),
                    kind: outcome.kind,
                    text: outcome.text.clone(),
                    is_certain: possible.is_certain,
                    depends_on: names(&possible.depends_on),
                }
            })
            .collect(),
        materials: found
            .materials
            .iter()
            .map(|applied| {
                let material = &guide.materials[applied.index];
                ChecklistMaterial {
                    material: material.id.clone(),
                    name: material.name.clone(),
                    form: material.form,
                    basis: material.basis.clone(),
                    reason: reason(applied),
                }
            })
            .collect(),
        notes: lines(&found.notes, &guide.notes),
        steps: lines(&found.steps, &guide.steps),
        fees: found
            .fees
            .iter()
            .map(|applied| {
                let fee = &guide.fees[applied.index];
                ChecklistFee {
                    name: fee.name.clone(),
                    amount_fen: fee.amount_fen,
                    reason: reason(applied),
                }
            })
            .collect(),
        fee_from_fen: found.fee_from_fen,
        fee_to_fen: found.fee_to_fen,
        days: found.days.as_ref().map(|days| ChecklistDays {
            from: days.from,
            to: days.to,
            or_promise: days.or_promise,
            reasons: days
                .rules
                .iter()
                .map(|rule| guide.days[rule.index].reason.clone())
                .collect(),
        }),
        routes: found.routes.clone(),
        unknown: found
            .unknown
            .iter()
            .filter_map(|&question| {
                let question = &guide.questions[question];
                Some(ChecklistUnknown {
                    question: question.id.clone(),
                    how: question.unknown.clone()?,
                })
            })
            .collect(),
        turning_points: found
            .turning_points
            .iter()
            .map(|point| {
                let question = &guide.questions[point.question];
                let id = |choice: usize| question.choices[choice].id.clone();
                ChecklistTurningPoint {
                    question: question.id.clone(),
                    choice: point.choice.map(id),
                    instead: point.instead.iter().map(|&choice| id(choice)).collect(),
                    makes_eligible: point.makes_eligible,
                    is_sure: point.is_sure,
                }
            })
            .collect(),
    }
}
