//! Checks of guides: one for each service, sound graphs, shared questions.

use super::{dangling, duplicates};
use crate::Content;
use crate::finding::{Kind, Log, Place};
use crate::guide::GuideEntry;
use crate::service::ServiceEntry;
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::guide::{Choice, Question};
use yichuang_domain::guide as engine;

pub(super) fn check(content: &Content, log: &Log) {
    let codes: BTreeSet<&str> = content
        .services
        .iter()
        .map(|service| service.code.as_str())
        .collect();
    for service in &content.services {
        if !content.guides.contains_key(&service.code.value) {
            let message = format!(
                "{} has no guide; write guides/{}.toml",
                service.code.value, service.code.value
            );
            log.add(&service.code.place, Kind::Dangling, message);
        }
    }
    for (code, entry) in &content.guides {
        if !codes.contains(code.as_str()) {
            log.add(
                &entry.place,
                Kind::Dangling,
                format!("no service {code}; remove the guide or add the service"),
            );
        }
        for route in &entry.routes {
            dangling("service", route, codes.contains(route.as_str()), log);
        }
        let guide = &entry.guide;
        for question in &guide.questions {
            check_choices(question, entry, log);
        }
    }
    for service in &content.services {
        if let Some(entry) = content.guides.get(&service.code.value) {
            check_forms(service, entry, log);
        }
    }
    check_shared(content, log);
}

/// A paper that the service and its guide both name is wanted in one form.
fn check_forms(service: &ServiceEntry, entry: &GuideEntry, log: &Log) {
    for material in &entry.guide.materials {
        let mut same = service
            .materials
            .iter()
            .filter(|listed| listed.name.zh == material.name.zh)
            .peekable();
        if same.peek().is_some() && !same.any(|listed| listed.form == material.form) {
            let message = format!(
                "“{}” has another `form` in the list of {}; give both the same",
                material.name.zh, service.code.value
            );
            log.add(
                entry.place_of(&engine::Place::Material(material.id.clone())),
                Kind::Contradiction,
                message,
            );
        }
    }
}

/// Two choices with one identifier or one label cannot be told apart.
fn check_choices(question: &Question, entry: &GuideEntry, log: &Log) {
    let places: Vec<&Place> = question
        .choices
        .iter()
        .map(|choice| {
            entry.place_of(&engine::Place::Choice {
                question: question.id.clone(),
                choice: choice.id.clone(),
            })
        })
        .collect();
    let distinct = |what, text: fn(&Choice) -> &str| {
        duplicates(
            what,
            question
                .choices
                .iter()
                .map(text)
                .zip(places.iter().copied()),
            log,
        );
    };
    distinct("choice", |choice| &choice.id);
    distinct("choice label", |choice| &choice.label.zh);
    distinct("choice label", |choice| &choice.label.en);
}

/// A shared question means the same everywhere: where choices have the same id they mean the same, so
/// any two guides have some in common and in the same order. A guide may offer a choice of its own.
fn check_shared(content: &Content, log: &Log) {
    let mut shared: BTreeMap<&str, Vec<(&Question, &Place)>> = BTreeMap::new();
    for entry in content.guides.values() {
        for question in &entry.guide.questions {
            let Some(id) = &question.shared else { continue };
            let place = entry.place_of(&engine::Place::Question(question.id.clone()));
            let others = shared.entry(id).or_default();
            if let Some((_, other)) = others
                .iter()
                .find(|(other, _)| !have_common_choices(other, question))
            {
                let message = format!(
                    "shared question `{id}` has no choice in common with {other}, or has them in another order; \
                     give both the same or do not share"
                );
                log.add(place, Kind::Contradiction, message);
            }
            others.push((question, place));
        }
    }
}

/// Whether two questions have choices in common, in the same order.
fn have_common_choices(one: &Question, other: &Question) -> bool {
    let common = |from: &Question, of: &Question| -> Vec<String> {
        let ids = from.choices.iter().map(|choice| choice.id.clone());
        ids.filter(|id| of.choices.iter().any(|choice| choice.id == *id))
            .collect()
    };
    let ids = common(one, other);
    !ids.is_empty() && ids == common(other, one)
}

/// Compiles every readable guide and reports the engine's faults; returns the most questions each
/// asks on any path.
pub(crate) fn compile_guides(
    content: &Content,
    log: &Log,
) -> BTreeMap<yichuang_contract::ServiceCode, u8> {
    let mut questions = BTreeMap::new();
    for (code, entry) in &content.guides {
        if !entry.is_readable {
            continue;
        }
        match engine::Engine::new(&entry.guide) {
            Ok(engine) => {
                let most = u8::try_from(engine.questions_at_most()).unwrap_or(u8::MAX);
                questions.insert(code.clone(), most);
            }
            Err(faults) => {
                for fault in faults {
                    log.add(
                        entry.place_of(&fault.place),
                        Kind::Guide,
                        format!("guide {code}: {fault}"),
                    );
                }
            }
        }
    }
    questions
}
