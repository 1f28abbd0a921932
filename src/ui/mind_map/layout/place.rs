//! Which column a card stands in, and how cards share a column without overlapping.

use super::Node;

/// The longest distance of each node from the root; `None` where no path leads.
pub(super) fn depths(nodes: &[Node]) -> Vec<Option<usize>> {
    let mut depths: Vec<Option<usize>> = vec![None; nodes.len()];
    if nodes.is_empty() {
        return depths;
    }
    depths[0] = Some(0);
    // A longest path has fewer edges than there are nodes; more rounds would mean a cycle.
    for _ in 0..nodes.len() {
        let mut is_changed = false;
        for (source, node) in nodes.iter().enumerate() {
            let Some(depth) = depths[source] else {
                continue;
            };
            for row in &node.rows {
                if row.target < nodes.len()
                    && row.target != source
                    && depths[row.target] < Some(depth + 1)
                    && depth + 1 < nodes.len()
                {
                    depths[row.target] = Some(depth + 1);
                    is_changed = true;
                }
            }
        }
        if !is_changed {
            break;
        }
    }
    depths
}

/// Positions nearest to `ideals` in the least-squares sense such that each item has its `room`
/// before the next begins (pool adjacent violators).
pub(super) fn fit(ideals: &[f32], room: &[f32]) -> Vec<f32> {
    // In terms of `position - room used before`, the constraint is "not decreasing".
    let mut offset = 0.0;
    let mut blocks: Vec<(f32, usize)> = Vec::new();
    let mut offsets = Vec::with_capacity(ideals.len());
    for (ideal, room) in ideals.iter().zip(room) {
        offsets.push(offset);
        blocks.push((ideal - offset, 1));
        offset += room;
        while let [.., left, right] = blocks[..] {
            if left.0 <= right.0 {
                break;
            }
            let count = left.1 + right.1;
            let mean = (left.0 * left.1 as f32 + right.0 * right.1 as f32) / count as f32;
            blocks.truncate(blocks.len() - 2);
            blocks.push((mean, count));
        }
    }
    let mut positions = Vec::with_capacity(ideals.len());
    for (mean, count) in blocks {
        for _ in 0..count {
            positions.push(mean + offsets[positions.len()]);
        }
    }
    positions
}
