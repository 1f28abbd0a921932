use leptos::prelude::*;

/// Whether the device believes it is connected.
#[must_use]
pub fn use_online() -> Signal<bool> {
    let is_online = RwSignal::new(window().navigator().on_line());
    for event in ["online", "offline"] {
        let handle = window_event_listener_untyped(event, move |_| {
            is_online.try_set(window().navigator().on_line());
        });
        on_cleanup(move || handle.remove());
    }
    is_online.into()
}
