//! What a plan is about, a ready bundle or the basket, and everything it is computed from.

use crate::api::{Pack, Packs, use_packs};
use crate::basket;
use crate::navigation::use_navigation;
use crate::page::Page;
use crate::ui::{Failure, LinkButton, Loadable, LoadableView, PageHeading};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::bundle::{Bundle, BundleItemKind};
use yichuang_contract::pack::{BundlesPack, CataloguePack, ServicePack};
use yichuang_contract::plan::Plan;
use yichuang_contract::{BundleCode, Language, Text};
use yichuang_domain::calendar::Calendar;
use yichuang_domain::guide::CodeError;
use yichuang_domain::plan::{PlanError, PlanInput, Planner, needed_services};

/// Name of the answers' code in the query.
pub const ANSWERS: &str = "a";
/// Name of the chosen optional items of a bundle, or of the services of a basket, in the query.
pub const ITEMS: &str = "s";
/// Name of the question to be changed in the query.
pub const AT: &str = "at";

/// What is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A ready bundle (一件事).
    Bundle(BundleCode),
    /// Services put together by hand (随心办).
    Basket,
}

impl Subject {
    /// Its first page.
    pub fn start(&self) -> Page {
        match self {
            Self::Bundle(code) => Page::Bundle(code.clone()),
            Self::Basket => Page::Basket,
        }
    }

    /// Where its questions are asked.
    pub fn questions(&self) -> Page {
        match self {
            Self::Bundle(code) => Page::BundleQuestions(code.clone()),
            Self::Basket => Page::BasketQuestions,
        }
    }

    /// Its plan.
    pub fn plan(&self) -> Page {
        match self {
            Self::Bundle(code) => Page::BundlePlan(code.clone()),
            Self::Basket => Page::BasketPlan,
        }
    }
}

/// Everything a plan is computed from.
pub struct Source {
    /// What is planned.
    pub subject: Subject,
    /// The ready bundle, if it is one.
    pub bundle: Option<Bundle>,
    /// What was chosen, as it stands in the address.
    pub items: String,
    chosen: Vec<String>,
    services: Vec<Arc<ServicePack>>,
    bundles: Arc<BundlesPack>,
    calendar: Calendar,
}

/// Why a plan cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unplannable {
    /// The answers in the address belong to another set of items or are damaged.
    Answers(CodeError),
    /// The items do not make a plan.
    Items(PlanError),
}

impl Source {
    /// The name of what is planned.
    pub fn name(&self) -> Text {
        match &self.bundle {
            Some(bundle) => bundle.name.clone(),
            None => Text::new(
                tr_in!(Language::Chinese, bundle.basket.title),
                tr_in!(Language::English, bundle.basket.title),
            ),
        }
    }

    fn planner<Answer>(
        &self,
        use_planner: impl FnOnce(&Planner<'_>) -> Result<Answer, Unplannable>,
    ) -> Result<Answer, Unplannable> {
        let services: Vec<&ServicePack> = self.services.iter().map(AsRef::as_ref).collect();
        let planner = Planner::new(PlanInput {
            bundle: self.bundle.as_ref(),
            chosen: &self.chosen,
            services: &services,
            relations: &self.bundles.relations,
            bundles: &self.bundles.bundles,
            calendar: &self.calendar,
        })
        .map_err(Unplannable::Items)?;
        use_planner(&planner)
    }

    /// The plan for the answers of a code, counted from a day.
    pub fn plan(&self, code: &str, today: &str) -> Result<Plan, Unplannable> {
        self.planner(|planner| {
            let answers = planner.answers(code).map_err(Unplannable::Answers)?;
            Ok(planner.plan(&answers, today.parse().ok()))
        })
    }

    /// The code after one more answer.
    pub fn code_with(&self, code: &str, key: &str, choice: &str) -> Option<String> {
        self.planner(|planner| {
            let mut answers = planner.answers(code).map_err(Unplannable::Answers)?;
            answers.insert(key.to_owned(), choice.to_owned());
            Ok(planner.code(&answers))
        })
        .ok()
    }

    /// The address of the questions with these answers; `at` names a question to be changed.
    pub fn questions_address(&self, code: &str, at: &str) -> String {
        let query = [(ITEMS, self.items.as_str()), (ANSWERS, code), (AT, at)];
        self.subject.questions().with_query(&query)
    }

    /// The address of the plan with these answers.
    pub fn plan_address(&self, code: &str) -> String {
        let query = [(ITEMS, self.items.as_str()), (ANSWERS, code)];
        self.subject.plan().with_query(&query)
    }

    /// The name of a ready bundle.
    pub fn bundle_name(&self, code: &BundleCode) -> Option<&Text> {
        let bundle = self
            .bundles
            .bundles
            .iter()
            .find(|bundle| bundle.code == *code)?;
        Some(&bundle.name)
    }
}

/// Shows `view` once everything a plan needs is here.
pub fn with_source(
    subject: Subject,
    view: impl Fn(Arc<Source>) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView {
    let packs = use_packs();
    let bundles = packs.bundles();
    let items = use_navigation().query(ITEMS);
    let heading = match subject {
        Subject::Bundle(_) => tr!(common.nav.bundles),
        Subject::Basket => tr!(bundle.basket.title),
    };
    (move || match bundles.state.get() {
        Loadable::Ready(bundles) => {
            let subject = subject.clone();
            let items = items.get();
            with_services(packs, bundles, subject, items, view)
        }
        state => waiting(heading, Signal::stored(state), bundles),
    })
    .into_any()
}

fn with_services(
    packs: Packs,
    bundles: Arc<BundlesPack>,
    subject: Subject,
    items: String,
    view: impl Fn(Arc<Source>) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView {
    let bundle = match &subject {
        Subject::Bundle(code) => match bundles.bundles.iter().find(|one| one.code == *code) {
            Some(bundle) => Some(bundle.clone()),
            None => return unknown_bundle(),
        },
        Subject::Basket => None,
    };
    let chosen: Vec<String> = match bundle {
        Some(_) => items
            .split('.')
            .filter(|id| !id.is_empty())
            .map(ToOwned::to_owned)
            .collect(),
        None => basket::decode(&items)
            .into_iter()
            .map(String::from)
            .collect(),
    };
    let needed = needed_services(bundle.as_ref(), &chosen);
    let services = packs.services(&needed);
    let name = match &bundle {
        Some(bundle) => crate::locale::localized(bundle.name.clone()),
        None => tr!(bundle.basket.title),
    };
    (move || match services.state.get() {
        Loadable::Ready(services) => {
            // The content check proves the calendar, so a fault means a pack of another program.
            let Ok(calendar) = Calendar::new(&bundles.calendar) else {
                let state = Signal::stored(Loadable::Failed(Failure::Unreadable));
                return waiting::<Vec<Arc<ServicePack>>>(name, state, services_again(packs));
            };
            view(Arc::new(Source {
                subject: subject.clone(),
                bundle: bundle.clone(),
                items: items.clone(),
                chosen: chosen.clone(),
                services: services.as_ref().clone(),
                bundles: bundles.clone(),
                calendar,
            }))
        }
        state => waiting(name, Signal::stored(state), services),
    })
    .into_any()
}

fn services_again(packs: Packs) -> Pack<Vec<Arc<ServicePack>>> {
    packs.services(&[])
}

fn waiting<Content: Send + Sync + 'static>(
    heading: Signal<String>,
    state: Signal<Loadable<Arc<Content>>>,
    pack: Pack<Content>,
) -> AnyView {
    let never = |_: Arc<Content>| ().into_any();
    view! {
        <PageHeading title=heading />
        <LoadableView state=state retry=pack.retry view=never />
    }
    .into_any()
}

fn unknown_bundle() -> AnyView {
    view! {
        <PageHeading title=tr!(bundle.unknown.title) />
        <p class="yc-lead">{tr!(bundle.unknown.text)}</p>
        <div class="yc-actions">
            <LinkButton href=Page::Bundles.path()>{tr!(bundle.unknown.all)}</LinkButton>
        </div>
    }
    .into_any()
}

/// The name of a bundle's item: of a service the catalogue knows it.
pub fn item_name(catalogue: &CataloguePack, kind: &BundleItemKind, language: Language) -> String {
    match kind {
        BundleItemKind::Service(code) => catalogue
            .services
            .iter()
            .find(|service| service.code == *code)
            .map_or_else(
                || code.to_string(),
                |service| service.name.get(language).to_owned(),
            ),
        BundleItemKind::External { name, .. } | BundleItemKind::Internal { name, .. } => {
            name.get(language).to_owned()
        }
    }
}
