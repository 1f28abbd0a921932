//! The timetable: what waits for what, what runs in parallel, and how long it takes.

/// Items in the order of their dependencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    /// Working day on which each item can begin.
    pub(super) begins: Vec<u16>,
    /// Length of the longest chain of items before each item.
    pub(super) stage: Vec<usize>,
    /// Whether a delay of the item delays the end.
    pub(super) is_critical: Vec<bool>,
    /// Working days until everything is finished.
    pub(super) length: u16,
}

/// Schedules items with their working days and what each waits for.
///
/// # Errors
/// Items that wait for each other in a circle.
pub(super) fn schedule(days: &[u16], after: &[Vec<usize>]) -> Result<Schedule, Vec<usize>> {
    let order = order(after)?;
    let mut begins = vec![0_u16; days.len()];
    let mut stage = vec![0; days.len()];
    for &item in &order {
        for &earlier in &after[item] {
            begins[item] = begins[item].max(begins[earlier].saturating_add(days[earlier]));
            stage[item] = stage[item].max(stage[earlier] + 1);
        }
    }
    let ends = |item: usize| begins[item].saturating_add(days[item]);
    let length = (0..days.len()).map(ends).max().unwrap_or(0);
    // Backwards: the latest day on which each item may end without delaying the whole.
    let mut latest = vec![length; days.len()];
    for &item in order.iter().rev() {
        for &earlier in &after[item] {
            latest[earlier] = latest[earlier].min(latest[item] - days[item]);
        }
    }
    let is_critical = (0..days.len())
        .map(|item| ends(item) == latest[item])
        .collect();
    Ok(Schedule {
        begins,
        stage,
        is_critical,
        length,
    })
}

/// The items, each after what it waits for, else in their own order.
pub(super) fn order(after: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut order = Vec::with_capacity(after.len());
    let mut is_placed = vec![false; after.len()];
    while order.len() < after.len() {
        let is_free =
            |item: &usize| !is_placed[*item] && after[*item].iter().all(|&it| is_placed[it]);
        match (0..after.len()).find(is_free) {
            Some(item) => {
                is_placed[item] = true;
                order.push(item);
            }
            None => return Err((0..after.len()).filter(|&item| !is_placed[item]).collect()),
        }
    }
    Ok(order)
}

/// Everything that waits for an item, directly or not: what stops if it is refused.
pub(super) fn dependents(after: &[Vec<usize>], item: usize) -> Vec<usize> {
    let mut stops = vec![false; after.len()];
    stops[item] = true;
    // A chain is at most as long as there are items.
    for _ in 0..after.len() {
        for later in 0..after.len() {
            stops[later] |= after[later].iter().any(|&it| stops[it]);
        }
    }
    (0..after.len())
        .filter(|&it| it != item && stops[it])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_waits_begins_when_the_last_it_waits_for_ends() {
        let schedule = schedule(&[3, 5, 0, 2], &[vec![], vec![], vec![0, 1], vec![0]]).unwrap();
        assert_eq!(schedule.begins, [0, 0, 5, 3]);
        assert_eq!(schedule.stage, [0, 0, 1, 1]);
        assert_eq!(schedule.length, 5);
        assert_eq!(schedule.is_critical, [true, true, true, true]);
    }

    #[test]
    fn an_item_with_time_to_spare_is_not_critical() {
        let schedule = schedule(&[3, 5, 1], &[vec![], vec![], vec![1]]).unwrap();
        assert_eq!(schedule.is_critical, [false, true, true]);
    }

    #[test]
    fn a_circle_is_named() {
        assert_eq!(
            schedule(&[1, 1, 1], &[vec![], vec![2], vec![1]]),
            Err(vec![1, 2])
        );
    }

    #[test]
    fn a_refusal_stops_everything_that_waits_for_it() {
        let after = [vec![], vec![0], vec![1], vec![]];
        assert_eq!(dependents(&after, 0), [1, 2]);
        assert_eq!(dependents(&after, 3), Vec::<usize>::new());
    }

    fn graphs() -> impl Strategy<Value = (Vec<u16>, Vec<Vec<usize>>)> {
        prop::collection::vec(
            (0..30_u16, prop::collection::vec(0..100_usize, 0..3)),
            1..10,
        )
        .prop_map(|items| {
            let days = items.iter().map(|it| it.0).collect();
            let earlier = |(item, (_, list)): (usize, &(u16, Vec<usize>))| {
                let mut list: Vec<usize> = if item == 0 {
                    vec![]
                } else {
                    list.iter().map(|it| it % item).collect()
                };
                list.sort_unstable();
                list.dedup();
                list
            };
            (days, items.iter().enumerate().map(earlier).collect())
        })
    }

    proptest! {
        #[test]
        fn the_critical_path_is_a_chain_as_long_as_the_plan((days, after) in graphs()) {
            let plan = schedule(&days, &after).unwrap();
            prop_assert!(plan.length >= *days.iter().max().unwrap());
            for (item, list) in after.iter().enumerate() {
                for &earlier in list {
                    prop_assert!(plan.begins[item] >= plan.begins[earlier] + days[earlier]);
                    prop_assert!(plan.stage[item] > plan.stage[earlier]);
                }
            }
            let sum: u16 = days.iter().sum();
            prop_assert!(plan.length <= sum);
            prop_assert!(plan.is_critical.contains(&true));
            // From every critical item a critical one goes on until the end.
            for item in (0..days.len()).filter(|&it| plan.is_critical[it]) {
                let end = plan.begins[item] + days[item];
                let goes_on = (0..days.len()).any(|it| {
                    plan.is_critical[it] && after[it].contains(&item) && plan.begins[it] == end
                });
                prop_assert!(end == plan.length || goes_on);
            }
        }
    }
}
