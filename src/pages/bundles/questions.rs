//! The joined questionnaire: one question a page, each asked once for all items.

use super::subject::{ANSWERS, AT, Source, Subject, Unplannable, with_source};
use crate::components::words;
use crate::locale::{localized, use_language};
use crate::navigation::{History, use_navigation};
use crate::ui::{
    ErrorSummary, FieldError, Icon, IconName, LinkButton, PageHeading, RadioGroup, RadioOption,
};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::Text;
use yichuang_contract::plan::{Plan, PlanChoice, UNKNOWN_ANSWER};

/// Id of the group of choices; the error summary leads to its first one.
const GROUP: &str = "answer";

/// The page.
#[must_use]
pub fn page(subject: Subject) -> AnyView {
    with_source(subject, questionnaire)
}

/// A question as this page shows it: the next one, or one that is being changed.
#[derive(Clone, PartialEq)]
struct Ask {
    key: String,
    text: Text,
    hint: Option<Text>,
    /// How to find out; `Some` allows "I don't know".
    unknown: Option<Text>,
    choices: Vec<PlanChoice>,
    /// Names of the items that need the answer.
    items: Vec<Text>,
    number: usize,
    most: Option<usize>,
    given: Option<String>,
    previous: Option<String>,
}

fn questionnaire(source: Arc<Source>) -> AnyView {
    let navigation = use_navigation();
    let code = navigation.query(ANSWERS);
    let at = navigation.query(AT);
    (move || {
        let code = code.get();
        match source.plan(&code, &words::today()) {
            Err(reason) => unplannable(&source, &reason),
            Ok(plan) => match ask(&plan, &at.get()) {
                Some(ask) => question(source.clone(), code, ask),
                None => {
                    // A link to a finished questionnaire is a link to its plan.
                    let address = source.plan_address(&plan.code);
                    request_animation_frame(move || navigation.go(&address, History::Replace));
                    ().into_any()
                }
            },
        }
    })
    .into_any()
}

/// The question to be changed if it is among the answers, else the next one.
fn ask(plan: &Plan, at: &str) -> Option<Ask> {
    let names = |items: &[String]| -> Vec<Text> {
        items
            .iter()
            .filter_map(|id| plan.items.iter().find(|item| item.id == *id))
            .map(|item| item.name.clone())
            .collect()
    };
    let asked = plan.asked.iter().position(|answer| answer.key == at);
    let changed = asked
        .map(|place| (&plan.asked[place], place))
        .or_else(|| Some((plan.given.iter().find(|answer| answer.key == at)?, 0)));
    if let Some((answer, place)) = changed {
        let allows_unknown = answer.choice == UNKNOWN_ANSWER;
        return Some(Ask {
            key: answer.key.clone(),
            text: answer.text.clone(),
            hint: None,
            unknown: allows_unknown.then(Text::default),
            choices: answer.choices.clone(),
            items: names(&answer.items),
            number: place + 1,
            most: None,
            given: Some(answer.choice.clone()),
            previous: place
                .checked_sub(1)
                .map(|before| plan.asked[before].key.clone()),
        });
    }
    let next = plan.next.as_ref()?;
    Some(Ask {
        key: next.key.clone(),
        text: next.text.clone(),
        hint: next.hint.clone(),
        unknown: next.unknown.clone(),
        choices: next.choices.clone(),
        items: names(&next.items),
        number: plan.asked.len() + 1,
        most: Some(plan.asked.len() + usize::from(next.left_at_most)),
        given: None,
        previous: plan.asked.last().map(|answer| answer.key.clone()),
    })
}

fn question(source: Arc<Source>, code: String, ask: Ask) -> AnyView {
    let language = use_language();
    let navigation = use_navigation();
    let name = localized(source.name());
    let text = localized(ask.text.clone());
    let chosen = RwSignal::new(ask.given.clone());
    let is_missing = RwSignal::new(false);
    let missing = tr!(guide.question.error_choose);
    let error = Signal::derive(move || is_missing.get().then(|| missing.get()));
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
    let mut options: Vec<RadioOption> = ask
        .choices
        .iter()
        .map(|choice| RadioOption {
            id: choice.id.clone(),
            label: localized(choice.label.clone()),
            hint: None,
        })
        .collect();
    if let Some(how) = &ask.unknown {
        let how = (*how != Text::default()).then(|| localized(how.clone()));
        options.push(RadioOption {
            id: UNKNOWN_ANSWER.to_owned(),
            label: tr!(guide.question.unknown),
            hint: how.map(|how| tr!(guide.question.how_to_find_out, how = move || how.get())),
        });
    }
    let (back, back_words) = match &ask.previous {
        Some(previous) => (
            source.questions_address(&code, previous),
            tr!(guide.question.back),
        ),
        None => (source.subject.start().path(), tr!(bundle.questions.back)),
    };
    let needed_by = {
        let items = ask.items.clone();
        move || {
            let names: Vec<&str> = items.iter().map(|name| name.get(language.get())).collect();
            names.join(separator(language.get()))
        }
    };
    let progress = match ask.most {
        Some(most) if most == ask.number => {
            tr!(guide.question.last, number = move || ask.number)
        }
        Some(most) => tr!(
            guide.question.progress,
            number = move || ask.number,
            most = move || most
        ),
        None => tr!(bundle.questions.change),
    };
    let key = ask.key.clone();
    let go_on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(choice) = chosen.get_untracked() else {
            // Anew, so that the summary takes the focus again.
            is_missing.set(false);
            is_missing.set(true);
            return;
        };
        if let Some(code) = source.code_with(&code, &key, &choice) {
            navigation.go(&source.questions_address(&code, ""), History::Push);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    };
    let document_title = Signal::derive(move || [text.get(), name.get()].join(" · "));
    let hint = ask.hint.map(localized);
    view! {
        <div class="yc-question">
            <a class="yc-back" href=back>
                <Icon name=IconName::Back />
                {back_words}
            </a>
            <ErrorSummary errors=errors />
            <p class="yc-question__service">{name}</p>
            <p class="yc-progress__text">{progress}</p>
            <form novalidate=true on:submit=go_on>
                <PageHeading title=text document_title=document_title id="question" />
                {hint.map(|hint| view! { <p class="yc-hint">{hint}</p> })}
                <p class="yc-hint">{tr!(bundle.questions.needed_by, items = needed_by.clone())}</p>
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
                <p class="yc-question__actions">
                    <button type="submit" class="yc-button yc-question__continue">
                        {tr!(guide.question.go_on)}
                    </button>
                </p>
            </form>
            <p class="yc-question__private">{tr!(guide.question.private)}</p>
        </div>
    }
    .into_any()
}

/// What stands between the names of a list.
pub fn separator(language: yichuang_contract::Language) -> &'static str {
    match language {
        yichuang_contract::Language::Chinese => "、",
        yichuang_contract::Language::English => "; ",
    }
}

/// The address does not make a plan: say why and offer the start.
pub fn unplannable(source: &Source, reason: &Unplannable) -> AnyView {
    let (title, text) = match reason {
        Unplannable::Answers(_) => (tr!(guide.invalid.title), tr!(guide.invalid.text)),
        Unplannable::Items(_) => (tr!(bundle.invalid.title), tr!(bundle.invalid.text)),
    };
    let again = match reason {
        Unplannable::Answers(_) => source.questions_address("", ""),
        Unplannable::Items(_) => source.subject.start().path(),
    };
    view! {
        <PageHeading title=title />
        <p class="yc-lead">{text}</p>
        <div class="yc-actions">
            <LinkButton href=again>{tr!(guide.invalid.restart)}</LinkButton>
        </div>
    }
    .into_any()
}
