//! Tests of the layout: what may not overlap, and what may not hang.

use super::*;

fn node(title: &str, targets: &[usize]) -> Node {
    Node {
        title: title.to_owned(),
        rows: targets
            .iter()
            .map(|&target| Row {
                label: format!("to {target}"),
                target,
                is_chosen: false,
                is_lit: target == 1,
            })
            .collect(),
    }
}

fn diamond() -> Vec<Node> {
    vec![
        node("root", &[1, 2, 4]),
        node("left", &[3, 4]),
        node("right", &[3, 4]),
        node("joined", &[4]),
        node("end", &[]),
        node("island", &[4]),
    ]
}

#[test]
fn every_wire_goes_right_and_a_shared_node_is_drawn_once() {
    let layout = layout(&diamond());
    let x = |index: usize| layout.cards[index].as_ref().expect("placed").x;
    assert!(x(0) < x(1) && x(1) == x(2) && x(2) < x(3) && x(3) < x(4));
    assert_eq!(layout.cards[5], None, "what cannot be reached is not drawn");
}

#[test]
fn cards_do_not_overlap_and_stay_inside() {
    let layout = layout(&diamond());
    let cards: Vec<&Card> = layout.cards.iter().flatten().collect();
    for (index, card) in cards.iter().enumerate() {
        assert!(card.x >= 0 && card.y >= 0);
        assert!(card.x + CARD_WIDTH <= layout.width && card.y + card.height <= layout.height);
        for other in &cards[index + 1..] {
            let is_apart = card.x != other.x
                || card.y + card.height <= other.y
                || other.y + other.height <= card.y;
            assert!(is_apart, "{card:?} {other:?}");
        }
    }
}

#[test]
fn lit_wires_lie_on_top() {
    let layout = layout(&diamond());
    assert!(layout.wires.iter().any(|wire| wire.is_lit));
    assert!(layout.wires.is_sorted_by_key(|wire| wire.is_lit));
}

#[test]
fn a_cycle_or_a_missing_target_does_not_hang() {
    let layout = layout(&[node("one", &[1, 9]), node("two", &[0, 1])]);
    assert!(layout.height > 0);
}

#[test]
fn positions_keep_their_order_and_room() {
    let fitted = fit(&[10.0, 0.0, 5.0, 100.0], &[20.0, 20.0, 20.0, 20.0]);
    for pair in fitted.windows(2) {
        assert!(pair[1] - pair[0] >= 20.0 - 1e-3);
    }
    assert_eq!(fitted[3], 100.0, "what is free stays where it wants to be");
}
