//! A mind map as an SVG picture that can be moved and zoomed by touch, mouse wheel and keyboard.
//!
//! What it shows must also stand on the page as text: the picture is no substitute for an outline.

mod layout;
mod view_box;
mod wrap;

pub use layout::{Card, Layout, Node, PlacedRow, Row, Wire, layout};

use layout::{CARD_WIDTH, ROW_SIZE, TITLE_SIZE};
use leptos::ev;
use leptos::prelude::*;
use leptos::svg;
use std::collections::BTreeMap;
use view_box::{Canvas, View};

/// How a card looks and where it leads; in the order of the nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Classes besides `yc-map-card`.
    pub class: &'static str,
    /// Where a press leads.
    pub href: Option<String>,
    /// The whole card in words; a card that leads somewhere is named by its own text.
    pub label: String,
}

/// What the buttons beside the picture do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Closer.
    ZoomIn,
    /// Farther.
    ZoomOut,
    /// Everything at once.
    Fit,
}

/// Pixels a finger may slip before a press becomes a drag.
const SLIP: f64 = 6.0;
/// Pixels an arrow key moves the picture.
const KEY_STEP: f64 = 80.0;
/// Factor of one zoom step.
const ZOOM_STEP: f64 = 1.3;

/// The picture.
///
/// `start` is the node that is in view at first, at a size that can be read.
#[component]
pub fn MindMap(
    /// The placed cards and wires.
    layout: Layout,
    /// How each card looks.
    looks: Vec<Look>,
    /// What the picture shows.
    #[prop(into)]
    label: Signal<String>,
    /// Id of the element that explains the keys.
    described_by: &'static str,
    /// Node in view at first.
    start: usize,
    /// The last command of the buttons with a number that rises, so that each counts.
    command: Signal<(u32, Option<Command>)>,
) -> impl IntoView {
    let picture = NodeRef::<svg::Svg>::new();
    let size = (f64::from(layout.width), f64::from(layout.height));
    let view = RwSignal::new(View::default());
    let canvas = move || {
        let picture = picture.get_untracked()?;
        Some(Canvas::new(&picture.get_bounding_client_rect(), size))
    };
    let change = move |change: &dyn Fn(View, Canvas) -> View| {
        if let Some(canvas) = canvas() {
            view.update(|view| *view = change(*view, canvas).within(canvas));
        }
    };
    let centre = |card: &Card| {
        (
            f64::from(card.x + CARD_WIDTH / 2),
            f64::from(card.y + card.height / 2),
        )
    };
    let first = layout.cards.get(start).and_then(Option::as_ref).map(centre);
    Effect::new(move |_| {
        if picture.get().is_some()
            && let Some(first) = first
        {
            request_animation_frame(move || change(&|_, canvas| View::readable(canvas, first)));
        }
    });
    Effect::new(move |_| {
        let (_, command) = command.get();
        change(&|view, canvas| match command {
            None => view,
            Some(Command::ZoomIn) => view.zoom(ZOOM_STEP, canvas.middle()),
            Some(Command::ZoomOut) => view.zoom(1.0 / ZOOM_STEP, canvas.middle()),
            Some(Command::Fit) => View::default(),
        });
    });

    let pointers = StoredValue::new(Pointers::default());
    let on_down = move |event: ev::PointerEvent| {
        pointers.update_value(|pointers| pointers.put(&event));
    };
    let on_move = move |event: ev::PointerEvent| {
        let moved = pointers
            .try_update_value(|pointers| pointers.drag(&event))
            .flatten();
        let Some(moved) = moved else { return };
        if let Some(picture) = picture.get_untracked() {
            // From here on it is a drag: the press no longer belongs to the card under the finger.
            let _ = picture.set_pointer_capture(event.pointer_id());
        }
        change(&|view, canvas| {
            let (x, y) = canvas.length(moved.by);
            view.pan(x, y).zoom(moved.zoom, canvas.point(moved.around))
        });
    };
    let on_up = move |event: ev::PointerEvent| {
        pointers.update_value(|pointers| pointers.lift(event.pointer_id()));
    };
    let on_wheel = move |event: ev::WheelEvent| {
        event.prevent_default();
        let factor = if event.delta_y() < 0.0 {
            ZOOM_STEP
        } else {
            1.0 / ZOOM_STEP
        };
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        change(&|view, canvas| view.zoom(factor, canvas.point(at)));
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let pan = |x: f64, y: f64| {
            change(&|view, canvas| {
                let (x, y) = canvas.length((x, y));
                view.pan(x, y)
            });
        };
        match event.key().as_str() {
            "ArrowLeft" => pan(KEY_STEP, 0.0),
            "ArrowRight" => pan(-KEY_STEP, 0.0),
            "ArrowUp" => pan(0.0, KEY_STEP),
            "ArrowDown" => pan(0.0, -KEY_STEP),
            "+" | "=" => change(&|view, canvas| view.zoom(ZOOM_STEP, canvas.middle())),
            "-" => change(&|view, canvas| view.zoom(1.0 / ZOOM_STEP, canvas.middle())),
            "0" => change(&|_, _| View::default()),
            _ => return,
        }
        event.prevent_default();
    };

    let wires = layout
        .wires
        .iter()
        .map(|wire| {
            let class = if wire.is_lit {
                "yc-map-wire yc-map-wire--lit"
            } else {
                "yc-map-wire"
            };
            view! { <path class=class d=wire.path.clone()></path> }
        })
        .collect_view();
    let cards = layout
        .cards
        .into_iter()
        .zip(looks)
        .filter_map(|(card, look)| Some((card?, look)))
        .map(|(card, look)| {
            let at = centre(&card);
            let show = move || change(&|view, canvas| view.show_readable(canvas, at));
            draw_card(&card, look, show)
        })
        .collect_view();
    view! {
        <svg
            node_ref=picture
            class="yc-map__canvas"
            viewBox=format!("0 0 {} {}", layout.width, layout.height)
            tabindex="0"
            role="group"
            aria-label=label
            aria-describedby=described_by
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=on_up
            on:wheel=on_wheel
            on:keydown=on_key
        >
            <g class="yc-map__view" transform=move || view.get().transform()>
                {wires}
                {cards}
            </g>
        </svg>
    }
    .into_any()
}

fn draw_card(card: &Card, look: Look, show: impl Fn() + 'static) -> AnyView {
    let left = card.x + 8;
    let line = |class: &'static str, size: i32, (baseline, text): &(i32, String)| {
        view! {
            <text class=class x=left y=*baseline font-size=size>
                {spoken(text)}
            </text>
        }
    };
    let rows = card
        .rows
        .iter()
        .map(|row| {
            let (row_class, text_class) = if row.is_chosen {
                (
                    "yc-map-card__row yc-map-card__row--lit",
                    "yc-map-card__label yc-map-card__label--lit",
                )
            } else {
                ("yc-map-card__row", "yc-map-card__label")
            };
            view! {
                <rect
                    class=row_class
                    x=card.x
                    y=row.y
                    width=CARD_WIDTH
                    height=row.height
                    rx="3"
                ></rect>
                {row.lines.iter().map(|text| line(text_class, ROW_SIZE, text)).collect_view()}
            }
        })
        .collect_view();
    let body = view! {
        <rect
            class="yc-map-card__box"
            x=card.x
            y=card.y
            width=CARD_WIDTH
            height=card.height
            rx="6"
        ></rect>
        {card
            .title
            .iter()
            .map(|text| line("yc-map-card__title", TITLE_SIZE, text))
            .collect_view()}
        {rows}
    };
    let class = ["yc-map-card ", look.class].concat();
    match look.href {
        Some(href) => view! {
            <g class=class>
                <a
                    class="yc-map-card__link"
                    href=href
                    on:focus=move |event| {
                        // A press gives the focus too, and must not move the card away under it.
                        let target: leptos::web_sys::Element = event_target(&event);
                        if target.matches(":focus-visible").unwrap_or(false) {
                            show();
                        }
                    }
                >
                    {body}
                </a>
            </g>
        }
        .into_any(),
        None => view! {
            <g class=class role="img" aria-label=look.label>
                {body}
            </g>
        }
        .into_any(),
    }
}

/// A line whose words do not run into the next line's when they are read aloud.
fn spoken(line: &str) -> String {
    let mut line = line.to_owned();
    if line.ends_with(|last: char| last.is_ascii()) {
        line.push(' ');
    }
    line
}

/// Fingers on the picture, by pointer id.
#[derive(Default)]
struct Pointers {
    down: BTreeMap<i32, (f64, f64)>,
    is_dragging: bool,
}

/// What a drag does.
struct Drag {
    by: (f64, f64),
    zoom: f64,
    around: (f64, f64),
}

impl Pointers {
    fn put(&mut self, event: &ev::PointerEvent) {
        self.down.insert(event.pointer_id(), position(event));
    }

    fn lift(&mut self, id: i32) {
        self.down.remove(&id);
        self.is_dragging &= !self.down.is_empty();
    }

    /// One finger pans, two pan and zoom around the point between them.
    fn drag(&mut self, event: &ev::PointerEvent) -> Option<Drag> {
        let id = event.pointer_id();
        let now = position(event);
        let before = *self.down.get(&id)?;
        if !self.is_dragging && distance(before, now) < SLIP {
            return None;
        }
        self.is_dragging = true;
        self.down.insert(id, now);
        let other = self
            .down
            .iter()
            .find(|(other, _)| **other != id)
            .map(|(_, at)| *at);
        let by = (now.0 - before.0, now.1 - before.1);
        Some(match other {
            None => Drag {
                by,
                zoom: 1.0,
                around: now,
            },
            Some(other) => {
                let zoom = distance(now, other) / distance(before, other).max(1.0);
                let around = ((now.0 + other.0) / 2.0, (now.1 + other.1) / 2.0);
                Drag {
                    by: (by.0 / 2.0, by.1 / 2.0),
                    zoom,
                    around,
                }
            }
        })
    }
}

fn position(event: &ev::PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    (to.0 - from.0).hypot(to.1 - from.1)
}
