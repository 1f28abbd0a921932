//! One picture (一图看懂): the guide as a mind map with one's own path lit, and its twin in words.

mod outline;
mod picture;

use super::answers::{ANSWERS, answer_of, engine_of, guide_address, unreadable, use_answers};
use crate::components::{PrintedFrom, full_address};
use crate::locale::{localized, use_language};
use crate::page::Page;
use crate::ui::mind_map::{Command, MindMap};
use crate::ui::{Button, ButtonKind, Icon, IconName, PageHeading};
use leptos::prelude::*;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use yichuang_contract::ServiceCode;
use yichuang_contract::pack::ServicePack;
use yichuang_domain::guide::{Answers, Engine};

/// One picture of a service's guide.
pub fn map_page(code: ServiceCode) -> AnyView {
    super::loader::with_service(code, page)
}

fn page(pack: Arc<ServicePack>) -> AnyView {
    let service = pack.guide.service.clone();
    let Some(engine) = engine_of(&pack.guide) else {
        return unreadable(&service);
    };
    let answers = use_answers(engine.clone());
    (move || match answers.get() {
        Ok(answers) => map(&pack, engine.clone(), answers),
        Err(_) => unreadable(&service),
    })
    .into_any()
}

fn map(pack: &ServicePack, engine: Arc<Engine>, answers: Answers) -> AnyView {
    let language = use_language();
    let service = pack.guide.service.clone();
    let code = answers.to_code(&pack.guide);
    let name = localized(pack.service.summary.name.clone());
    let title = tr!(guide.map.title);
    let document_title = Signal::derive(move || [title.get(), name.get()].join(" · "));
    let command = RwSignal::new((0, None));
    let give = move |wanted| {
        command.update(|(number, given)| {
            *number += 1;
            *given = Some(wanted);
        })
    };
    let walk = engine.walk(&answers);
    let has_result = walk.next.is_none() && !walk.asked.is_empty();
    let go_on = if has_result {
        let address = Page::Checklist(service.clone()).with_query(&[(ANSWERS, &code)]);
        view! { <a class="yc-button" href=address>{tr!(guide.map.list)}</a> }
    } else {
        let address = guide_address(&service, &code, "");
        view! { <a class="yc-button" href=address>{tr!(guide.map.start)}</a> }
    };
    let address = full_address(&Page::Map(service.clone()), &[(ANSWERS, &code)]);
    let label = tr!(guide.map.label, service = move || name.get());
    let shared = Arc::new((engine, answers));
    let picture = {
        let shared = shared.clone();
        move || {
            let (layout, looks, start) = picture::draw(language.get(), &shared.0, &shared.1);
            view! {
                <MindMap
                    layout=layout
                    looks=looks
                    label=label
                    described_by="map-keys"
                    start=start
                    command=command.into()
                />
            }
        }
    };
    view! {
        <article class="yc-map">
            <a class="yc-back" href=Page::Service(service).path()>
                <Icon name=IconName::Back />
                {tr!(guide.question.back_to_service)}
            </a>
            <PageHeading title=title document_title=document_title />
            <p class="yc-map__service">{name}</p>
            <p class="yc-no-print">{tr!(guide.map.intro)}</p>
            <p class="yc-no-print">
                <a class="yc-second-links__link" href="#outline">
                    {tr!(guide.map.skip_to_outline)}
                </a>
            </p>
            <div class="yc-map__controls" role="group" aria-label=tr!(guide.map.controls)>
                <Button kind=ButtonKind::Secondary on_press=move |_| give(Command::ZoomIn)>
                    {tr!(guide.map.zoom_in)}
                </Button>
                <Button kind=ButtonKind::Secondary on_press=move |_| give(Command::ZoomOut)>
                    {tr!(guide.map.zoom_out)}
                </Button>
                <Button kind=ButtonKind::Secondary on_press=move |_| give(Command::Fit)>
                    {tr!(guide.map.fit)}
                </Button>
                <Button
                    kind=ButtonKind::Secondary
                    on_press=move |_| {
                        let _ = window().print();
                    }
                >
                    <Icon name=IconName::Print />
                    {tr!(guide.map.print)}
                </Button>
            </div>
            <div class="yc-map__frame">{picture}</div>
            <p id="map-keys" class="yc-map__keys">
                {tr!(guide.map.keys)}
            </p>
            <p class="yc-no-print">{go_on}</p>
            <section class="yc-map__outline" aria-labelledby="outline">
                <h2 id="outline">{tr!(guide.map.outline)}</h2>
                <p>{tr!(guide.map.outline_intro)}</p>
                {move || outline::outline(language.get(), &shared.0, &shared.1)}
            </section>
            <PrintedFrom address=address />
        </article>
    }
    .into_any()
}

/// Answers that lead to a question: one's own if it is on the way, else a shortest way there.
fn way_to(engine: &Engine, answers: &Answers, question: usize) -> Answers {
    let walk = engine.walk(answers);
    let is_on_way = walk.asked.iter().any(|asked| asked.question == question)
        || walk
            .next
            .as_ref()
            .is_some_and(|next| next.question == question);
    if is_on_way {
        return answers.clone();
    }
    let guide = engine.guide();
    let mut open = VecDeque::from([Answers::default()]);
    let mut seen = BTreeSet::new();
    while let Some(way) = open.pop_front() {
        let Some(next) = engine.walk(&way).next else {
            continue;
        };
        if next.question == question {
            return way;
        }
        let asked = &guide.questions[next.question];
        for choice in 0..asked.choices.len() {
            let mut further = way.clone();
            further.set(&asked.id, answer_of(asked, Some(choice)));
            // One way to each question is enough unless the choice itself opens another.
            let after = engine.walk(&further).next.map(|next| next.question);
            if after.is_some_and(|after| seen.insert((next.question, choice, after))) {
                open.push_back(further);
            }
        }
    }
    answers.clone()
}
