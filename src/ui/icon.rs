use super::IntoAny;
use leptos::prelude::*;

/// The strokes of an icon, drawn in a square of 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// A magnifying glass.
    Search,
    /// To the left.
    Back,
    /// To the right.
    Forward,
    /// Down.
    Down,
    /// A tick.
    Tick,
    /// A cross.
    Close,
    /// A printer.
    Print,
    /// A sheet with lines.
    List,
    /// A folder that keeps.
    Save,
    /// Out to others.
    Share,
    /// A cloud struck through.
    Offline,
    /// An exclamation mark in a triangle.
    Warning,
    /// A sun and moon in one.
    Contrast,
    /// Branches of a mind map.
    Branches,
    /// The corners of a QR code.
    Code,
    /// A pin on a map.
    Place,
}

impl IconName {
    const fn path(self) -> &'static str {
        match self {
            Self::Search => "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14M16 16l5 5",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Forward => "M9 5l7 7-7 7",
            Self::Down => "M5 9l7 7 7-7",
            Self::Tick => "M4 12.5l5.5 5.5L20 7",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Print => "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
            Self::List => "M5 3h14v18H5zM9 8h6M9 12h6M9 16h4",
            Self::Save => "M6 3h12v18l-6-5-6 5z",
            Self::Share => "M12 15V3M8 7l4-4 4 4M5 12v9h14v-9",
            Self::Offline => {
                "M4 4l16 16M7 18h9M9 8.5A5 5 0 0 1 17 11a3.6 3.6 0 0 1 3 5M6.5 11A3.6 3.6 0 0 0 7 18"
            }
            Self::Warning => "M12 4l9 16H3zM12 10v5M12 17.5v.5",
            Self::Contrast => "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 3v18",
            Self::Branches => "M4 12h5M9 12c3 0 3-7 6-7h5M9 12h11M9 12c3 0 3 7 6 7h5",
            Self::Code => {
                "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM19 14h1M14 19h1"
            }
            Self::Place => {
                "M12 21c-4-5-7-8-7-11a7 7 0 0 1 14 0c0 3-3 6-7 11M12 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4"
            }
        }
    }
}

/// A small drawing beside words, never instead of them: it is hidden from screen readers.
#[component]
pub fn Icon(
    /// Which.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="yc-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=name.path() />
        </svg>
    }
    .into_any()
}
