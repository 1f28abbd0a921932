//! Where the cards and the wires of a mind map stand: a layered drawing of a graph without cycles.
//!
//! A card holds a title and rows; a row leads to another card. Cards stand in columns by their
//! distance from the root, so that every wire goes to the right and a node shared by many paths is
//! drawn once. Wires that pass a column run through it together, one bus for each card they lead
//! to. Within a column the order follows the barycentres of the neighbours, and the heights are the
//! least-squares fit to them without overlap (pool adjacent violators).
//!
//! Pure: no browser is asked, so the same picture is drawn in a test, in a window and on paper.

mod place;

use super::wrap::wrap;
use place::{depths, fit};
use std::collections::BTreeMap;

/// Width of a card.
pub const CARD_WIDTH: i32 = 150;
const COLUMN_GAP: i32 = 40;
const CARD_GAP: f32 = 16.0;
const BUS_GAP: f32 = 8.0;
const PADDING: i32 = 8;
/// Font size of titles.
pub const TITLE_SIZE: i32 = 13;
const TITLE_LINE: i32 = 17;
/// How much wider bold letters are.
const BOLD: f32 = 1.06;
/// Font size of rows.
pub const ROW_SIZE: i32 = 12;
const ROW_LINE: i32 = 15;
const ROW_GAP: i32 = 6;
const MARGIN: i32 = 8;
const SWEEPS: usize = 8;

/// A card to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What stands on top.
    pub title: String,
    /// Ways on; none at the end of a path.
    pub rows: Vec<Row>,
}

/// A way from a card to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it says.
    pub label: String,
    /// Index of the card it leads to.
    pub target: usize,
    /// Whether it was chosen.
    pub is_chosen: bool,
    /// Whether the path to be lit runs along its wire.
    pub is_lit: bool,
}

/// The finished drawing, in whole units: nobody sees less, and writing out fractions would cost a
/// phone more code than the layout itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width in drawing units.
    pub width: i32,
    /// Height in drawing units.
    pub height: i32,
    /// Cards by the index of their node; `None` for one that cannot be reached.
    pub cards: Vec<Option<Card>>,
    /// Wires, the lit ones last so that they lie on top.
    pub wires: Vec<Wire>,
}

/// A placed card.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Height.
    pub height: i32,
    /// Lines of the title with their baselines.
    pub title: Vec<(i32, String)>,
    /// Rows in order.
    pub rows: Vec<PlacedRow>,
}

/// A placed row.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedRow {
    /// Upper edge.
    pub y: i32,
    /// Height.
    pub height: i32,
    /// Lines with their baselines.
    pub lines: Vec<(i32, String)>,
    /// Whether it was chosen.
    pub is_chosen: bool,
}

/// A wire as an SVG path.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// Path data.
    pub path: String,
    /// Whether it belongs to the lit path.
    pub is_lit: bool,
}

/// What stands in a column: a card, or the bus of wires on their way to a card further right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Card(usize),
    Bus { target: usize, column: usize },
}

/// A wire between neighbouring columns.
struct Segment {
    from: usize,
    /// Height of the start below the upper edge of `from`.
    port: f32,
    to: usize,
    is_lit: bool,
}

/// Draws the graph. `nodes[0]` is the root. A row that would close a cycle is not followed.
pub fn layout(nodes: &[Node]) -> Layout {
    let depths = depths(nodes);
    let shapes: Vec<Card> = nodes.iter().map(shape).collect();
    let mut items: Vec<Item> = Vec::new();
    let mut number: BTreeMap<Item, usize> = BTreeMap::new();
    let mut place = |item: Item, items: &mut Vec<Item>| {
        *number.entry(item).or_insert_with(|| {
            items.push(item);
            items.len() - 1
        })
    };
    let mut segments: Vec<Segment> = Vec::new();
    let mut joined: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (source, node) in nodes.iter().enumerate() {
        let Some(depth) = depths[source] else {
            continue;
        };
        place(Item::Card(source), &mut items);
        for (row, placed) in node.rows.iter().zip(&shapes[source].rows) {
            let Some(end) = depths.get(row.target).copied().flatten() else {
                continue;
            };
            let mut from = place(Item::Card(source), &mut items);
            let mut port = (placed.y + placed.height / 2) as f32;
            for column in depth + 1..=end {
                let to = if column == end {
                    Item::Card(row.target)
                } else {
                    Item::Bus {
                        target: row.target,
                        column,
                    }
                };
                let to = place(to, &mut items);
                // Wires that have met on a bus are one wire from there on.
                let known = if column > depth + 1 {
                    joined.get(&(from, to)).copied()
                } else {
                    None
                };
                match known {
                    Some(known) => segments[known].is_lit |= row.is_lit,
                    None => {
                        joined.insert((from, to), segments.len());
                        segments.push(Segment {
                            from,
                            port,
                            to,
                            is_lit: row.is_lit,
                        });
                    }
                }
                from = to;
                port = 0.0;
            }
        }
    }

    let column_of = |item: Item| match item {
        Item::Card(index) => depths[index].unwrap_or(0),
        Item::Bus { column, .. } => column,
    };
    let height_of = |item: Item| match item {
        Item::Card(index) => shapes[index].height as f32,
        Item::Bus { .. } => 0.0,
    };
    let gap_of = |item: Item| match item {
        Item::Card(_) => CARD_GAP,
        Item::Bus { .. } => BUS_GAP,
    };
    let column_count = items
        .iter()
        .map(|&item| column_of(item) + 1)
        .max()
        .unwrap_or(0);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); column_count];
    for (index, &item) in items.iter().enumerate() {
        columns[column_of(item)].push(index);
    }
    let mut tops = vec![0.0_f32; items.len()];
    for column in &columns {
        let mut y = 0.0;
        for &index in column {
            tops[index] = y;
            y += height_of(items[index]) + gap_of(items[index]);
        }
    }
    // Where a wire arrives: at the middle of the title of a card, or on the line of a bus.
    let entry = |index: usize| match items[index] {
        Item::Card(card) => entry_of(&shapes[card]),
        Item::Bus { .. } => 0.0,
    };
    for sweep in 0..SWEEPS * 2 {
        let is_forward = sweep % 2 == 0;
        let order: Vec<usize> = if is_forward {
            (0..column_count).collect()
        } else {
            (0..column_count).rev().collect()
        };
        for column in order {
            let mut wanted: Vec<(f32, f32, usize)> = Vec::with_capacity(columns[column].len());
            for &index in &columns[column] {
                let (mut sum, mut count) = (0.0, 0.0);
                for segment in &segments {
                    if is_forward && segment.to == index {
                        sum += tops[segment.from] + segment.port - entry(index);
                        count += 1.0;
                    } else if !is_forward && segment.from == index {
                        sum += tops[segment.to] + entry(segment.to) - segment.port;
                        count += 1.0;
                    }
                }
                let ideal = if count > 0.0 {
                    sum / count
                } else {
                    tops[index]
                };
                wanted.push((ideal, ideal + entry(index), index));
            }
            // The order is settled in the first sweeps; later ones only level the heights.
            if sweep < SWEEPS {
                wanted.sort_by(|left, right| left.1.total_cmp(&right.1));
            }
            let room: Vec<f32> = wanted
                .iter()
                .map(|&(_, _, index)| height_of(items[index]) + gap_of(items[index]))
                .collect();
            let ideals: Vec<f32> = wanted.iter().map(|&(ideal, _, _)| ideal).collect();
            let fitted = fit(&ideals, &room);
            columns[column] = wanted.iter().map(|&(_, _, index)| index).collect();
            for (&(_, _, index), top) in wanted.iter().zip(fitted) {
                tops[index] = top;
            }
        }
    }

    let top = tops.iter().copied().fold(f32::INFINITY, f32::min);
    let top = if top.is_finite() { top } else { 0.0 };
    for y in &mut tops {
        *y += MARGIN as f32 - top;
    }
    let left = |index: usize| MARGIN + column_of(items[index]) as i32 * (CARD_WIDTH + COLUMN_GAP);
    let mut wires: Vec<Wire> = segments
        .iter()
        .map(|segment| {
            let (from_x, to_x) = (left(segment.from) + CARD_WIDTH, left(segment.to));
            let from_y = whole(tops[segment.from] + segment.port);
            let to_y = whole(tops[segment.to] + entry(segment.to));
            let middle = (from_x + to_x) / 2;
            let mut path =
                format!("M{from_x} {from_y}C{middle} {from_y} {middle} {to_y} {to_x} {to_y}");
            if matches!(items[segment.to], Item::Bus { .. }) {
                path.push_str(&format!("h{CARD_WIDTH}"));
            }
            Wire {
                path,
                is_lit: segment.is_lit,
            }
        })
        .collect();
    wires.sort_by_key(|wire| wire.is_lit);

    let mut cards: Vec<Option<Card>> = vec![None; nodes.len()];
    let mut height = 0.0_f32;
    for (index, &item) in items.iter().enumerate() {
        height = height.max(tops[index] + height_of(item));
        if let Item::Card(card) = item {
            cards[card] = Some(move_to(&shapes[card], left(index), whole(tops[index])));
        }
    }
    Layout {
        width: column_count as i32 * (CARD_WIDTH + COLUMN_GAP) - COLUMN_GAP + 2 * MARGIN,
        height: whole(height) + MARGIN,
        cards,
        wires,
    }
}

/// How much fits on a line of a card, in em.
fn measure(size: i32) -> f32 {
    (CARD_WIDTH - 2 * PADDING) as f32 / size as f32
}

/// A card with its texts broken, standing at the origin.
fn shape(node: &Node) -> Card {
    let mut y = PADDING;
    let mut title = Vec::new();
    for line in wrap(&node.title, measure(TITLE_SIZE) / BOLD) {
        title.push((y + TITLE_SIZE, line));
        y += TITLE_LINE;
    }
    y += PADDING;
    let mut rows = Vec::new();
    for row in &node.rows {
        let start = y;
        y += ROW_GAP / 2;
        let mut lines = Vec::new();
        for line in wrap(&row.label, measure(ROW_SIZE)) {
            lines.push((y + ROW_SIZE, line));
            y += ROW_LINE;
        }
        y += ROW_GAP / 2;
        rows.push(PlacedRow {
            y: start,
            height: y - start,
            lines,
            is_chosen: row.is_chosen,
        });
    }
    Card {
        x: 0,
        y: 0,
        height: y,
        title,
        rows,
    }
}

/// The height at which wires arrive at a card.
fn entry_of(card: &Card) -> f32 {
    match card.rows.first() {
        Some(row) => (row.y / 2) as f32,
        None => (card.height / 2) as f32,
    }
}

/// The nearest whole unit.
fn whole(value: f32) -> i32 {
    value.round() as i32
}

fn move_to(card: &Card, x: i32, y: i32) -> Card {
    let shift = |lines: &[(i32, String)]| {
        lines
            .iter()
            .map(|(baseline, line)| (baseline + y, line.clone()))
            .collect()
    };
    Card {
        x,
        y,
        height: card.height,
        title: shift(&card.title),
        rows: card
            .rows
            .iter()
            .map(|row| PlacedRow {
                y: row.y + y,
                height: row.height,
                lines: shift(&row.lines),
                is_chosen: row.is_chosen,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests;
