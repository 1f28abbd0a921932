//! A QR code as an SVG picture.
//!
//! Only pages that are loaded on request may use it: the encoder would weigh on the first visit.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules that a reader needs around the code.
const QUIET_ZONE: usize = 4;

/// The dark modules of a code as SVG path data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modules {
    /// Modules along one side, the quiet zone included.
    pub side: usize,
    /// One rectangle for each run of dark modules in a row.
    pub path: String,
}

/// Encodes a text; `None` if it is longer than a code can hold.
#[must_use]
pub fn modules(text: &str) -> Option<Modules> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (row, modules) in colors.chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = modules[column..]
                .iter()
                .take_while(|&&module| module == Color::Dark)
                .count();
            if run > 0 {
                let (x, y) = (column + QUIET_ZONE, row + QUIET_ZONE);
                path.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
            }
            column += run.max(1);
        }
    }
    Some(Modules {
        side: width + 2 * QUIET_ZONE,
        path,
    })
}

/// The picture: black on white in every scheme, because cameras read it. `label` says in words what the code holds.
pub fn qr(modules: Modules, label: Signal<String>) -> AnyView {
    let side = modules.side;
    view! {
        <svg
            class="yc-qr"
            role="img"
            aria-label=label
            viewBox=format!("0 0 {side} {side}")
            shape-rendering="crispEdges"
        >
            <rect fill="#ffffff" width=side height=side></rect>
            <path fill="#000000" d=modules.path></path>
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_finders_and_a_quiet_zone() {
        let modules =
            modules("https://example.org/services/HJ-017/checklist?a=k3f012").expect("fits");
        // The upper edges of the two upper finders are runs of seven dark modules in the first row.
        let right = modules.side - QUIET_ZONE - 7;
        assert!(modules.path.starts_with("M4 4h7v1h-7z"));
        assert!(modules.path.contains(&format!("M{right} 4h7v1h-7z")));
        assert!(modules.path.contains(&format!("M4 {right}h7v1h-7z")));
    }

    #[test]
    fn a_text_too_long_for_a_code_is_refused_not_cut() {
        assert_eq!(modules(&"x".repeat(3000)), None);
    }
}
