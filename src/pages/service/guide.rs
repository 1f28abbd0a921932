//! Guided questions (问答式指引): one question a page. The answers live in the address only.

mod why;

use super::answers::{
    AT, address_after, answer_of, answers_list, engine_of, first_answers, guide_address,
    unreadable, use_answers,
};
use crate::locale::{localized, use_language};
use crate::navigation::{History, use_navigation};
use crate::page::Page;
use crate::ui::{ErrorSummary, FieldError, Icon, IconName, PageHeading, RadioGroup, RadioOption};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::ServiceCode;
use yichuang_contract::pack::ServicePack;
use yichuang_domain::guide::{Answers, Decides, Engine, Walk};

/// Id under which "I don't know" stands among the choices; no identifier of content looks like it.
const UNKNOWN: &str = "?";
/// Id of the group of choices; the error summary leads to its first one.
const GROUP: &str = "answer";

/// The guide of a service.
pub fn guide_page(code: ServiceCode) -> AnyView {
    super::loader::with_service(code, page)
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// The answers in the address cannot be read.
    Unreadable,
    /// A question.
    Ask(Box<Ask>),
    /// Nothing is left to ask.
    Done,
}

/// A question with its place on the way.
#[derive(Clone, Debug, PartialEq)]
struct Ask {
    /// Position in the guide.
    question: usize,
    /// Its number on this way, from 1.
    number: usize,
    /// The most questions on this way.
    most: usize,
    /// The answer given before, when it is being changed.
    given: Option<String>,
    /// What it decides.
    decides: Decides,
    /// Identifier of the question before.
    previous: Option<String>,
}

fn page(pack: Arc<ServicePack>) -> AnyView {
    let service = pack.guide.service.clone();
    let Some(engine) = engine_of(&pack.guide) else {
        return unreadable(&service);
    };
    let navigation = use_navigation();
    let answers = use_answers(engine.clone());
    let at = navigation.query(AT);
    let step = Memo::new({
        let engine = engine.clone();
        move |_| match answers.get() {
            Ok(answers) => step(&engine, &answers, &at.get()),
            Err(_) => Step::Unreadable,
        }
    });
    // A link to a finished guide is a link to its checklist.
    Effect::new({
        let engine = engine.clone();
        move |_| {
            if step.with(|step| *step == Step::Done)
                && let Ok(answers) = answers.get_untracked()
            {
                navigation.go(&address_after(&engine, &answers), History::Replace);
            }
        }
    });
    (move || match step.get() {
        Step::Unreadable => unreadable(&service),
        Step::Done => ().into_any(),
        Step::Ask(ask) => {
            let answers = answers.get_untracked().unwrap_or_default();
            question(&pack, engine.clone(), *ask, answers)
        }
    })
    .into_any()
}

/// The question to be changed if it is on the way, else the next one.
fn step(engine: &Engine, answers: &Answers, at: &str) -> Step {
    let guide = engine.guide();
    let walk = engine.walk(answers);
    let changed = walk
        .asked
        .iter()
        .position(|asked| guide.questions[asked.question].id == at);
    let (asked, given, open): (_, _, Walk) = match changed {
        Some(place) => {
            let given = match walk.asked[place].choice {
                Some(choice) => {
                    let question = &guide.questions[walk.asked[place].question];
                    question.choices[choice].id.clone()
                }
                None => UNKNOWN.to_owned(),
            };
            let before = &walk.asked[..place];
            let open = engine.walk(&first_answers(guide, before));
            (before.to_vec(), Some(given), open)
        }
        None => (walk.asked.clone(), None, walk),
    };
    let Some(next) = open.next else {
        return Step::Done;
    };
    Step::Ask(Box::new(Ask {
        question: next.question,
        number: asked.len() + 1,
        most: asked.len() + next.left_at_most,
        given,
        decides: next.decides,
        previous: asked
            .last()
            .map(|asked| guide.questions[asked.question].id.clone()),
    }))
}

fn question(pack: &ServicePack, engine: Arc<Engine>, ask: Ask, answers: Answers) -> AnyView {
    let language = use_language();
    let navigation = use_navigation();
    let guide = engine.guide();
    let service = guide.service.clone();
    let asked = guide.questions[ask.question].clone();
    let code = answers.to_code(guide);
    let back = match &ask.previous {
        Some(previous) => guide_address(&service, &code, previous),
        None => Page::Service(service.clone()).path(),
    };
    let back_words = match ask.previous {
        Some(_) => tr!(guide.question.back),
        None => tr!(guide.question.back_to_service),
    };
    let name = localized(pack.service.summary.name.clone());
    let text = localized(asked.text.clone());
    let chosen = RwSignal::new(ask.given.clone());
    let is_missing = RwSignal::new(false);
    let allows_unknown = asked.unknown.is_some();
    let error = Signal::derive(move || {
        is_missing.get().then(|| {
            let language = language.get();
            if allows_unknown {
                tr_in!(language, guide.question.error_choose_unknown).to_owned()
            } else {
                tr_in!(language, guide.question.error_choose).to_owned()
            }
        })
    });
    let errors = Signal::derive(move || {
        error
            .get()
            .map(|message| FieldError {
                field: [GROUP, "-0"].concat(),
                message,
            })
            .into_iter()
            .collect::<Vec<_>>()
    });
    let mut options: Vec<RadioOption> = asked
        .choices
        .iter()
        .map(|choice| RadioOption {
            id: choice.id.clone(),
            label: localized(choice.label.clone()),
            hint: None,
        })
        .collect();
    if let Some(how) = &asked.unknown {
        let label = tr!(guide.question.unknown);
        let how = localized(how.clone());
        options.push(RadioOption {
            id: UNKNOWN.to_owned(),
            label,
            hint: Some(tr!(guide.question.how_to_find_out, how = move || how.get())),
        });
    }
    let go_on = {
        let (engine, answers, asked) = (engine.clone(), answers.clone(), asked.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let Some(id) = chosen.get_untracked() else {
                // Anew, so that the summary takes the focus again.
                is_missing.set(false);
                is_missing.set(true);
                return;
            };
            let choice = asked.choices.iter().position(|choice| choice.id == id);
            let mut answers = answers.clone();
            answers.set(&asked.id, answer_of(&asked, choice));
            navigation.go(&address_after(&engine, &answers), History::Push);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    };
    let document_title = Signal::derive(move || [text.get(), name.get()].join(" · "));
    let hint = asked.hint.clone().map(localized);
    view! {
        <div class="yc-question">
            <a class="yc-back" href=back>
                <Icon name=IconName::Back />
                {back_words}
            </a>
            <ErrorSummary errors=errors />
            <p class="yc-question__service">{name}</p>
            {progress(ask.number, ask.most)}
            <form novalidate=true on:submit=go_on>
                <PageHeading title=text document_title=document_title id="question" />
                {hint.map(|hint| view! { <p class="yc-hint">{hint}</p> })}
                <RadioGroup
                    id=GROUP
                    labelled_by="question"
                    error=error
                    options=options
                    selected=chosen
                    on_select=move |id| {
                        is_missing.set(false);
                        chosen.set(Some(id));
                    }
                />
                {why::why(engine.guide(), ask.decides)}
                <p class="yc-question__actions">
                    <button type="submit" class="yc-button yc-question__continue">
                        {tr!(guide.question.go_on)}
                    </button>
                </p>
            </form>
            {answers_list(&engine, &answers)}
            <p class="yc-question__private">{tr!(guide.question.private)}</p>
        </div>
    }
    .into_any()
}

/// 第 3 问，最多 6 问.
fn progress(number: usize, most: usize) -> AnyView {
    let words = if number == most {
        tr!(guide.question.last, number = move || number)
    } else {
        tr!(
            guide.question.progress,
            number = move || number,
            most = move || most
        )
    };
    let steps = (1..=most)
        .map(|step| {
            let class = if step < number {
                "yc-progress__step yc-progress__step--done"
            } else if step == number {
                "yc-progress__step yc-progress__step--here"
            } else {
                "yc-progress__step"
            };
            view! { <span class=class></span> }
        })
        .collect_view();
    view! {
        <div class="yc-progress">
            <p class="yc-progress__text">{words}</p>
            <div class="yc-progress__steps" aria-hidden="true">
                {steps}
            </div>
        </div>
    }
    .into_any()
}
