//! The twin of the picture in words: every question once, in order, with what each answer leads to.

use super::super::answers::guide_address;
use super::way_to;
use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_domain::guide::map::{Outline, OutlineKind, outline as outline_of};
use yichuang_domain::guide::{Answers, Engine};

/// The list.
pub fn outline(language: Language, engine: &Engine, answers: &Answers) -> AnyView {
    let outline = outline_of(engine, answers);
    let questions = outline
        .nodes
        .iter()
        .enumerate()
        .filter_map(|(node, shown)| match shown.kind {
            OutlineKind::Question(question) => Some((node, question)),
            OutlineKind::Outcome(_) => None,
        })
        .map(|(node, question)| item(language, engine, answers, &outline, node, question))
        .collect_view();
    view! { <ol class="yc-outline">{questions}</ol> }.into_any()
}

fn item(
    language: Language,
    engine: &Engine,
    answers: &Answers,
    outline: &Outline,
    node: usize,
    index: usize,
) -> AnyView {
    let guide = engine.guide();
    let question = &guide.questions[index];
    let asked = engine
        .walk(answers)
        .asked
        .into_iter()
        .find(|asked| asked.question == index);
    let code = way_to(engine, answers, index).to_code(guide);
    let mut choices: Vec<(usize, usize)> = outline
        .edges_from(node)
        .flat_map(|edge| edge.choices.iter().map(|&choice| (choice, edge.to)))
        .collect();
    choices.sort_unstable();
    let skip = outline
        .edges_from(node)
        .find(|edge| edge.is_skip)
        .map(|edge| edge.to);
    let is_mine =
        |choice: usize| asked.is_some_and(|asked| asked.choice.is_none_or(|mine| mine == choice));
    let number = outline.nodes[node].number;
    view! {
        <li class="yc-outline__question" id=["outline-", &number.to_string()].concat()>
            <h3 class="yc-outline__title">
                <a href=guide_address(&guide.service, &code, &question.id)>
                    {number} ". " {question.text.get(language).to_owned()}
                </a>
            </h3>
            <ul class="yc-outline__choices">
                {choices
                    .into_iter()
                    .map(|(choice, to)| {
                        let label = question.choices[choice].label.get(language).to_owned();
                        let class = if is_mine(choice) {
                            "yc-outline__choice yc-outline__choice--lit"
                        } else {
                            "yc-outline__choice"
                        };
                        view! {
                            <li class=class>
                                {label} " → " {target(language, engine, outline, to)}
                                {is_mine(choice)
                                    .then(|| {
                                        view! {
                                            <span class="yc-outline__mine">
                                                " (" {tr_in!(language, guide.map.mine)} ")"
                                            </span>
                                        }
                                    })}
                            </li>
                        }
                    })
                    .collect_view()}
                {skip
                    .map(|to| {
                        view! {
                            <li class="yc-outline__choice">
                                {tr_in!(language, guide.map.skip)} " → "
                                {target(language, engine, outline, to)}
                            </li>
                        }
                    })}
            </ul>
        </li>
    }
    .into_any()
}

fn target(language: Language, engine: &Engine, outline: &Outline, node: usize) -> AnyView {
    let number = outline.nodes[node].number;
    match outline.nodes[node].kind {
        OutlineKind::Question(_) => {
            let href = ["#outline-", &number.to_string()].concat();
            view! { <a href=href>{tr_in!(language, guide.map.to_question, number = number)}</a> }
                .into_any()
        }
        OutlineKind::Outcome(outcome) => {
            let outcome = &engine.guide().outcomes[outcome];
            let kind = words::outcome(language, outcome.kind);
            let text = outcome.text.get(language);
            tr_in!(language, guide.map.to_outcome, kind = kind, text = text).into_any()
        }
    }
}
