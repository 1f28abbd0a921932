//! From the outline of a guide to the cards of the picture.

use super::super::answers::{ANSWERS, guide_address};
use super::way_to;
use crate::components::words;
use crate::page::Page;
use crate::ui::mind_map::{Layout, Look, Node, Row, layout};
use yichuang_contract::Language;
use yichuang_contract::guide::OutcomeKind;
use yichuang_domain::guide::map::{Light, Outline, OutlineKind, outline};
use yichuang_domain::guide::{Answers, Engine};

/// The placed cards, how each looks, and the card to be in view at first.
pub fn draw(language: Language, engine: &Engine, answers: &Answers) -> (Layout, Vec<Look>, usize) {
    let outline = outline(engine, answers);
    let nodes: Vec<Node> = (0..outline.nodes.len())
        .map(|node| card(language, engine, answers, &outline, node))
        .collect();
    let looks = (0..outline.nodes.len())
        .map(|node| look(language, engine, answers, &outline, node))
        .collect();
    (layout(&nodes), looks, in_view(&outline))
}

/// Where one stands: the next question, else the outcome reached, else the start.
fn in_view(outline: &Outline) -> usize {
    let place = |light: Light| outline.nodes.iter().rposition(|node| node.light == light);
    let is_started = outline.nodes[Outline::START].light == Light::Lit;
    if is_started {
        place(Light::Next).or_else(|| place(Light::Lit))
    } else {
        None
    }
    .unwrap_or(Outline::START)
}

fn card(
    language: Language,
    engine: &Engine,
    answers: &Answers,
    outline: &Outline,
    node: usize,
) -> Node {
    let guide = engine.guide();
    let question = match outline.nodes[node].kind {
        OutlineKind::Outcome(outcome) => {
            let outcome = &guide.outcomes[outcome];
            let kind = words::outcome(language, outcome.kind);
            let text = outcome.text.get(language);
            let title = tr_in!(language, guide.map.to_outcome, kind = kind, text = text);
            return Node {
                title,
                rows: Vec::new(),
            };
        }
        OutlineKind::Question(question) => question,
    };
    let asked = engine
        .walk(answers)
        .asked
        .into_iter()
        .find(|asked| asked.question == question);
    let question = &guide.questions[question];
    let is_passed = outline.nodes[node].light == Light::Passed;
    let mut rows = Vec::new();
    for edge in outline.edges_from(node) {
        if edge.is_skip {
            rows.push((
                usize::MAX,
                Row {
                    label: tr_in!(language, guide.map.skip).to_owned(),
                    target: edge.to,
                    is_chosen: false,
                    is_lit: edge.is_lit,
                },
            ));
        }
        for (place, &choice) in edge.choices.iter().enumerate() {
            let is_chosen = asked.is_some_and(|asked| asked.choice.is_none_or(|it| it == choice));
            rows.push((
                choice,
                Row {
                    label: question.choices[choice].label.get(language).to_owned(),
                    target: edge.to,
                    is_chosen,
                    is_lit: is_chosen || (edge.is_lit && is_passed && place == 0),
                },
            ));
        }
    }
    rows.sort_by_key(|(choice, _)| *choice);
    let number = outline.nodes[node].number;
    Node {
        title: [&number.to_string(), ". ", question.text.get(language)].concat(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }
}

fn look(
    language: Language,
    engine: &Engine,
    answers: &Answers,
    outline: &Outline,
    node: usize,
) -> Look {
    let guide = engine.guide();
    let is_lit = matches!(outline.nodes[node].light, Light::Lit | Light::Next);
    match outline.nodes[node].kind {
        OutlineKind::Question(question) => {
            let code = way_to(engine, answers, question).to_code(guide);
            let question = &guide.questions[question];
            let number = outline.nodes[node].number;
            let number = tr_in!(language, guide.map.question_number, number = number);
            Look {
                class: if is_lit { "yc-map-card--lit" } else { "" },
                href: Some(guide_address(&guide.service, &code, &question.id)),
                label: [&number, ": ", question.text.get(language)].concat(),
            }
        }
        OutlineKind::Outcome(index) => {
            let outcome = &guide.outcomes[index];
            let class = match (outcome.kind, is_lit) {
                (OutcomeKind::Eligible, false) => "yc-map-card--eligible",
                (OutcomeKind::Eligible, true) => "yc-map-card--eligible yc-map-card--lit",
                (OutcomeKind::NotEligible, false) => "yc-map-card--stop",
                (OutcomeKind::NotEligible, true) => "yc-map-card--stop yc-map-card--lit",
                (_, false) => "yc-map-card--turn",
                (_, true) => "yc-map-card--turn yc-map-card--lit",
            };
            let kind = words::outcome(language, outcome.kind);
            let text = outcome.text.get(language);
            let code = answers.to_code(guide);
            Look {
                class,
                href: is_lit.then(|| {
                    Page::Checklist(guide.service.clone()).with_query(&[(ANSWERS, &code)])
                }),
                label: tr_in!(language, guide.map.to_outcome, kind = kind, text = text),
            }
        }
    }
}
