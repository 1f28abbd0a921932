//! Who is signed in, and pages that are only for some.

use super::browser;
use super::call::{CallError, call, explain};
use crate::personal::Personal;
use crate::ui::{Button, ButtonKind, Failure, LinkButton, Loadable, LoadableView, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use yichuang_contract::session::{GetSession, Level, SessionView};

/// Something that a page asked for, with a way to ask again.
pub struct Asked<T: Send + Sync + 'static> {
    /// Where it stands.
    pub state: RwSignal<Loadable<T>>,
    /// Asks again.
    pub again: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asked<T> {}

/// Asks for something now, and whenever [`Asked::again`] is run.
pub fn asked<T, Asking>(ask: impl Fn() -> Asking + Send + Sync + 'static) -> Asked<T>
where
    T: Clone + Send + Sync + 'static,
    Asking: Future<Output = Result<T, CallError>> + 'static,
{
    let state = RwSignal::new(Loadable::Loading);
    let again = Callback::new(move |()| {
        let asking = ask();
        spawn_local(async move {
            let loaded = match asking.await {
                Ok(value) => Loadable::Ready(value),
                Err(CallError::Failure(failure)) => Loadable::Failed(failure),
                Err(CallError::Problem(problem)) => {
                    Loadable::Failed(Failure::Server(problem.status))
                }
                Err(CallError::Browser(_)) => Loadable::Failed(Failure::Chunk),
            };
            // The page may be gone: then nobody waits.
            state.try_set(loaded);
        });
    });
    again.run(());
    Asked { state, again }
}

/// Shows what was asked for.
pub fn shown<T>(asked: Asked<T>, view: impl Fn(T) -> AnyView + Send + Sync + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    view! { <LoadableView state=asked.state.into() retry=asked.again view=view /> }.into_any()
}

/// Asks who is signed in; the styles of these pages come meanwhile.
pub fn use_session() -> Asked<SessionView> {
    asked(|| async {
        browser::load().await?;
        let session = call::<GetSession>(&()).await?;
        // The server's clock: ours may be wrong.
        let _ = browser::call("setServerTime", &[(session.now_ms as f64).into()]).await;
        Ok(session)
    })
}

/// A page for whoever is known well enough; the others read what to do first.
pub fn only_for(
    level: Level,
    view: impl Fn(SessionView) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    shown(use_session(), move |session| {
        if session.level >= level {
            return view(session);
        }
        let (words, label, target) = if session.level == Level::Anonymous {
            (
                tr!(identity.denied.sign_in),
                tr!(identity.sign_in.title),
                Personal::SignIn,
            )
        } else {
            (
                tr!(identity.denied.prove),
                tr!(identity.proofing.title),
                Personal::Proofing,
            )
        };
        view! {
            <div class="yc-empty">
                <p class="yc-empty__title">{words}</p>
                <LinkButton href=target.path().to_owned()>{label}</LinkButton>
            </div>
        }
        .into_any()
    })
}

/// A deed at the press of a button: what became of the last attempt, and whether one is under way.
#[derive(Clone, Copy)]
pub struct Deed {
    /// Under way: the button waits.
    pub is_busy: RwSignal<bool>,
    /// What went wrong last.
    pub error: RwSignal<Option<CallError>>,
}

/// A deed that was not tried yet.
#[must_use]
pub fn deed() -> Deed {
    Deed {
        is_busy: RwSignal::new(false),
        error: RwSignal::new(None),
    }
}

impl Deed {
    /// Tries; one attempt at a time.
    pub fn attempt<T: 'static>(
        self,
        work: impl Future<Output = Result<T, CallError>> + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let outcome = work.await;
            // The page may have been left meanwhile.
            if self.is_busy.try_set(false).is_some() {
                return;
            }
            match outcome {
                Ok(value) => then(value),
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
        });
    }

    /// What went wrong, above the button.
    #[must_use]
    pub fn message(self) -> AnyView {
        dynamic(move || match self.error.get() {
            Some(error) => explain(&error),
            None => ().into_any(),
        })
    }

    /// The button.
    pub fn button(
        self,
        kind: ButtonKind,
        label: Signal<String>,
        act: impl Fn() + Send + Sync + 'static,
    ) -> AnyView {
        view! {
            <Button kind=kind is_disabled=Signal::derive(move || self.is_busy.get()) on_press=move |_| act()>
                {label}
            </Button>
        }
        .into_any()
    }
}
