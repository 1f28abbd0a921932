//! The planner over random sets of services and random answers.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_plan_loses_no_material_and_asks_no_more_than_its_guides(seed: u64, count in 1..7_usize) {
        let world = World::random(seed, count);
        let (given, plan) = world.with(None, &world.codes(), |planner| answer(planner, seed, Given::new()));
        let mut asked_alone = 0;
        for service in &world.services {
            let engine = Engine::new(&service.guide).unwrap();
            let walk = engine.walk(&alone(&service.guide, &given));
            let result = walk.result.expect("the plan's answers are enough for each guide");
            asked_alone += walk.asked.len();
            let mut expected = BTreeSet::new();
            for applied in &result.materials {
                let material = &service.guide.materials[applied.index];
                expected.insert((material.name.zh.clone(), material.form as u8));
            }
            prop_assert_eq!(materials_of(&plan, service.guide.service.as_str()), expected);
        }
        prop_assert!(plan.asked.len() <= asked_alone);
        let keys: BTreeSet<&str> = plan.asked.iter().map(|it| it.key.as_str()).collect();
        prop_assert_eq!(keys.len(), plan.asked.len());
        let names: BTreeSet<&str> = plan.materials.iter().map(|it| it.name.zh.as_str()).collect();
        prop_assert_eq!(names.len(), plan.materials.len(), "every paper once");
    }

    #[test]
    fn the_timetable_keeps_every_order(seed: u64, count in 1..8_usize) {
        let world = World::random(seed, count);
        let (_, plan) = world.with(None, &world.codes(), |planner| answer(planner, seed, Given::new()));
        let item = |id: &String| plan.items.iter().find(|it| it.id == *id).unwrap();
        let in_plan = |state| matches!(state, PlanItemState::Included | PlanItemState::Uncertain);
        for it in plan.items.iter().filter(|it| in_plan(it.state)) {
            prop_assert!(it.begins + it.days <= plan.working_days, "never shorter than its longest item");
            prop_assert_eq!(it.stands_alone, it.after.is_empty());
            for earlier in it.after.iter().map(item) {
                prop_assert!(earlier.begins + earlier.days <= it.begins);
                prop_assert!(earlier.if_refused.contains(&it.id));
                prop_assert!(earlier.ends_on <= it.begins_on);
            }
            prop_assert!(it.ends_on <= plan.finish_on);
        }
        let staged: Vec<&String> = plan.stages.iter().flatten().collect();
        prop_assert_eq!(staged.len(), plan.items.iter().filter(|it| in_plan(it.state)).count());
        for relation in world.relations.iter().filter(|it| it.kind == RelationKind::Before) {
            let (first, second) = (item(&relation.first.to_string()), item(&relation.second.to_string()));
            if in_plan(first.state) && in_plan(second.state) {
                prop_assert!(second.after.contains(&first.id));
            }
        }
        prop_assert!(plan.savings.steps <= plan.savings.baseline_steps || plan.stages.is_empty());
    }

    #[test]
    fn the_order_of_adding_makes_no_difference(seed: u64, count in 2..7_usize) {
        let world = World::random(seed, count);
        let (given, plan) = world.with(None, &world.codes(), |planner| answer(planner, seed, Given::new()));
        let mut codes = world.codes();
        let last = codes.len() - 1;
        codes.swap(0, last);
        codes.push(codes[0].clone());
        let again = world.with(None, &codes, |planner| planner.plan(&given, "2026-11-24".parse().ok()));
        prop_assert_eq!(plan, again);
    }

    #[test]
    fn adding_a_service_removes_no_material_of_another(seed: u64, count in 2..7_usize) {
        let world = World::random(seed, count);
        let codes = world.codes();
        let fewer = &codes[..count - 1];
        let (given, before) = world.with(None, fewer, |planner| answer(planner, seed, Given::new()));
        let (_, after) = world.with(None, &codes, |planner| answer(planner, !seed, given));
        for code in fewer {
            prop_assert_eq!(materials_of(&before, code), materials_of(&after, code));
        }
    }

    #[test]
    fn a_code_gives_the_same_plan_back(seed: u64, count in 1..7_usize) {
        let world = World::random(seed, count);
        world.with(None, &world.codes(), |planner| {
            let (_, plan) = answer(planner, seed, Given::new());
            let decoded = planner.answers(&plan.code).unwrap();
            assert_eq!(planner.plan(&decoded, "2026-11-24".parse().ok()), plan);
            assert!(plan.code.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_'));
        });
    }
}

#[test]
fn the_digest_is_repeatable_and_sees_a_changed_paper() {
    let digest = |world: &World| {
        let content = PlanContent {
            services: &world.services,
            bundles: &world.bundles,
            relations: &world.relations,
            calendar: &world.calendar,
        };
        content.digest(5, 40)
    };
    let mut world = World::random(3, 6);
    let before = digest(&world);
    assert_eq!(before, digest(&world));
    for service in &mut world.services {
        service.guide.materials[0].name = text("renamed");
    }
    assert_ne!(before, digest(&world));
}
