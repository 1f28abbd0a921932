use leptos::prelude::*;

/// A part of a page that is made anew whenever a signal it reads changes.
///
/// The same as `{move || …}` in a view, but all uses share one copy of the machinery behind it: a
/// closure of its own type costs 1 to 2 KB of the first download, and there would be dozens.
pub fn dynamic(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    boxed(Box::new(view))
}

fn boxed(view: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || view()).into_any()
}
