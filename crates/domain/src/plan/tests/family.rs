//! The planner over a bundle for a family, case by case.

use super::*;

/// A bundle of the shortened spouse guide, an item of another agency and alternatives.
fn family() -> World {
    let mut joining = sample::spouse();
    joining.questions[0].shared = Some("sponsor".into());
    joining.outcomes[1].routes = vec!["HJ-019".parse().unwrap()];
    let mut card = sample::spouse();
    card.questions[0].shared = Some("sponsor".into());
    card.materials[3].form = PaperForm::ECert;
    let item = |id: &str, after: &[&str]| BundleItem {
        id: id.into(),
        kind: match id.parse::<ServiceCode>() {
            Ok(code) => BundleItemKind::Service(code),
            Err(_) => BundleItemKind::External {
                name: text(id),
                agency: text("insurer"),
            },
        },
        after: after.iter().map(|&it| it.into()).collect(),
        optional_when: None,
        instead_of: None,
        how: None,
    };
    let mut instead = item("HJ-019", &[]);
    instead.instead_of = Some("HJ-017".into());
    instead.optional_when = Some(text("no sponsor"));
    let bundle = Bundle {
        code: "YJ-009".parse().unwrap(),
        name: text("joining"),
        theme: String::new(),
        audience: Vec::new(),
        situation: text("joining"),
        items: vec![
            item("HJ-017", &[]),
            instead,
            item("CR-002", &["HJ-017", "HJ-019"]),
            item("insurance", &["HJ-017", "HJ-019"]),
        ],
        materials: vec![BundleMaterial {
            name: text("policy"),
            form: PaperForm::Original,
            when: Some(text("if insured")),
            used_by: vec!["insurance".into(), "HJ-017".into()],
        }],
        given: vec![GivenAnswer {
            service: "HJ-017".parse().unwrap(),
            question: "married".into(),
            choice: "ge2".into(),
            only: Vec::new(),
            reason: text("the bundle is for couples"),
        }],
        catalogue: None,
        is_unsure: false,
        keywords: Vec::new(),
    };
    World {
        services: vec![
            pack("HJ-017", joining, 3, 0),
            pack("CR-002", card, 7, 1),
            pack("HJ-019", sample::spouse(), 4, 1),
        ],
        relations: Vec::new(),
        bundles: vec![bundle],
        calendar: calendar(),
    }
}

fn given(pairs: &[(&str, &str)]) -> Given {
    pairs
        .iter()
        .map(|&(key, choice)| (key.to_owned(), choice.to_owned()))
        .collect()
}

/// The key of the shared question about the sponsor.
fn sponsor() -> String {
    shared_key("sponsor", &sample::spouse().questions[0])
}

fn done() -> Given {
    given(&[
        (&sponsor(), "family"),
        ("HJ-017.history", "first"),
        ("HJ-017.home", "own"),
        ("CR-002.married", "ge2"),
        ("CR-002.history", "divorced"),
        ("CR-002.custody", "mine"),
        ("CR-002.home", "own"),
    ])
}

fn plan_family(chosen: &[&str], answers: &Given) -> Plan {
    let world = family();
    let chosen: Vec<String> = chosen.iter().map(|&it| it.into()).collect();
    world.with(Some(&world.bundles[0]), &chosen, |it| {
        it.plan(answers, "2026-11-24".parse().ok())
    })
}

fn find<'plan>(plan: &'plan Plan, id: &str) -> &'plan yichuang_contract::plan::PlanItem {
    plan.items.iter().find(|item| item.id == id).unwrap()
}

#[test]
fn a_bundle_asks_the_shared_question_first_and_presumes_what_it_implies() {
    let plan = plan_family(&[], &Given::new());
    let next = plan.next.unwrap();
    assert_eq!(next.key, sponsor());
    assert_eq!(next.items, ["HJ-017", "CR-002"]);
    let plan = plan_family(&[], &done());
    assert!(plan.next.is_none());
    assert_eq!(plan.asked.len(), 7);
    assert_eq!(plan.given[0].key, "HJ-017.married");
    assert_eq!(
        plan.given[0].reason,
        Some(text("the bundle is for couples"))
    );
}

#[test]
fn a_given_answer_can_be_changed_and_the_item_drops_out_with_its_reason() {
    let mut answers = done();
    answers.insert("HJ-017.married".into(), "lt2".into());
    let plan = plan_family(&[], &answers);
    let dropped = find(&plan, "HJ-017");
    assert_eq!(dropped.state, PlanItemState::Dropped);
    assert_eq!(dropped.reasons, [text("too_soon")]);
    assert_eq!(find(&plan, "CR-002").lacks, ["HJ-017"]);
    assert_eq!(
        find(&plan, "CR-002").begins,
        0,
        "it does not wait for what is not done"
    );
    assert!(
        plan.materials
            .iter()
            .all(|it| it.uses.iter().all(|used| used.item != "HJ-017"))
    );
}

#[test]
fn what_takes_the_place_of_a_dropped_item_is_offered_and_then_waited_for() {
    let plan = plan_family(&[], &given(&[(&sponsor(), "none")]));
    assert_eq!(find(&plan, "HJ-017").offers, ["HJ-019"]);
    let plan = plan_family(&["HJ-019"], &Given::new());
    let replaced = find(&plan, "HJ-017");
    assert_eq!(replaced.state, PlanItemState::Replaced);
    assert_eq!(replaced.replaced_by.as_deref(), Some("HJ-019"));
    assert_eq!(find(&plan, "insurance").after, ["HJ-019"]);
    assert!(plan.asked.is_empty() && !plan.next.unwrap().items.contains(&"HJ-017".to_owned()));
}

#[test]
fn a_plan_gives_dates_critical_items_and_what_a_refusal_stops() {
    let plan = plan_family(&[], &done());
    // The guide's own days win over the service's promise: 5 of the first, 10 of the second.
    assert_eq!(plan.working_days, 15);
    assert_eq!(plan.finish_on.as_deref(), Some("2026-12-15"));
    assert_eq!(plan.stages, [vec!["HJ-017"], vec!["CR-002", "insurance"]]);
    assert_eq!(find(&plan, "HJ-017").if_refused, ["CR-002", "insurance"]);
    assert!(find(&plan, "HJ-017").is_critical && !find(&plan, "insurance").is_critical);
    assert!(plan.waits_for_others);
    assert_eq!(plan.savings.baseline_steps, 2);
    assert_eq!(plan.savings.steps, 1);
    assert_eq!((plan.savings.baseline_trips, plan.savings.trips), (3, 1));
}

#[test]
fn a_paper_is_listed_once_and_in_the_form_that_has_to_be_brought() {
    let plan = plan_family(&[], &done());
    let deed = plan
        .materials
        .iter()
        .find(|it| it.name.zh == "deed")
        .unwrap();
    assert_eq!(deed.uses.len(), 2);
    assert_eq!(
        deed.forms,
        [PaperForm::Original],
        "one item finds it in the register, one does not"
    );
    let policy = plan
        .materials
        .iter()
        .find(|it| it.name.zh == "policy")
        .unwrap();
    assert_eq!(
        policy.uses.len(),
        1,
        "the guide of HJ-017 knows better than the bundle's list"
    );
    assert!(!policy.is_certain);
}

#[test]
fn contradictions_are_named_and_a_covering_bundle_is_offered() {
    let mut world = family();
    let relation = |kind, first: &str, second: &str| Relation {
        kind,
        first: first.parse().unwrap(),
        second: second.parse().unwrap(),
        reason: text("why"),
        way_out: text("how"),
    };
    world.relations = vec![
        relation(RelationKind::Before, "HJ-017", "CR-002"),
        relation(RelationKind::Excludes, "HJ-017", "HJ-019"),
    ];
    let basket = ["CR-002".to_owned(), "HJ-017".to_owned()];
    let plan = world.with(None, &basket, |it| it.plan(&Given::new(), None));
    assert_eq!(plan.covered_by, ["YJ-009".parse().unwrap()]);
    assert_eq!(plan.contradictions.len(), 1);
    assert!(plan.contradictions[0].is_settled);
    let plan = world.with(None, &world.codes(), |it| it.plan(&Given::new(), None));
    let open: Vec<_> = plan
        .contradictions
        .iter()
        .filter(|it| !it.is_settled)
        .collect();
    assert_eq!(open[0].kind, RelationKind::Excludes);
}

#[test]
fn a_plan_that_cannot_be_made_says_why() {
    let world = family();
    let services: Vec<&ServicePack> = world.services.iter().collect();
    let error = |bundle, chosen: &[&str], relations: &[Relation]| {
        let chosen: Vec<String> = chosen.iter().map(|&it| it.into()).collect();
        let (bundles, calendar) = (&world.bundles, &world.calendar);
        let input = PlanInput {
            bundle,
            chosen: &chosen,
            services: &services,
            relations,
            bundles,
            calendar,
        };
        Planner::new(input).err()
    };
    assert_eq!(error(None, &[], &[]), Some(PlanError::Empty));
    let many: Vec<String> = (100..113).map(|number| format!("HJ-{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(error(None, &many, &[]), Some(PlanError::TooMany));
    assert_eq!(
        error(None, &["x"], &[]),
        Some(PlanError::NoSuchItem("x".into()))
    );
    assert_eq!(
        error(None, &["JJ-001"], &[]),
        Some(PlanError::NoSuchService("JJ-001".parse().unwrap()))
    );
    let bundle = Some(&world.bundles[0]);
    assert_eq!(
        error(bundle, &["dentist"], &[]),
        Some(PlanError::NoSuchItem("dentist".into()))
    );
    let before = |first: &str, second: &str| Relation {
        kind: RelationKind::Before,
        first: first.parse().unwrap(),
        second: second.parse().unwrap(),
        reason: Text::default(),
        way_out: Text::default(),
    };
    let circle = [before("HJ-017", "CR-002"), before("CR-002", "HJ-017")];
    assert_eq!(
        error(None, &["HJ-017", "CR-002"], &circle),
        Some(PlanError::Cycle(vec!["HJ-017".into(), "CR-002".into()]))
    );
}

/// Two guides that share a question; the second knows one choice that the first does not.
fn overlapping() -> World {
    let mut world = family();
    world.bundles.clear();
    let question = &mut world.services[1].guide.questions[0];
    let mut own = question.choices[0].clone();
    own.id = "abroad".into();
    question.choices.push(own);
    world
}

#[test]
fn a_shared_answer_counts_where_its_choice_is_offered_and_elsewhere_the_guide_asks_itself() {
    let world = overlapping();
    let codes = ["HJ-017".to_owned(), "CR-002".to_owned()];
    let wide = shared_key("sponsor", &world.services[1].guide.questions[0]);
    assert_ne!(wide, sponsor());
    let plan = |answers: &Given| {
        world.with(None, &codes, |it| {
            it.plan(answers, "2026-11-24".parse().ok())
        })
    };
    let asks = |plan: &Plan, key: &str| {
        plan.asked.iter().any(|it| it.key == key)
            || plan.next.as_ref().is_some_and(|it| it.key == key)
    };
    for key in [&wide, &sponsor()] {
        let common = plan(&given(&[(key, "family")]));
        let both = [&wide, &sponsor()]
            .into_iter()
            .filter(|it| asks(&common, it))
            .count();
        assert_eq!(both, 1, "asked once");
    }
    let apart = plan(&given(&[
        (&wide, "abroad"),
        ("CR-002.married", "ge2"),
        ("CR-002.history", "first"),
        ("CR-002.home", "own"),
    ]));
    assert_eq!(
        apart.next.unwrap().key,
        sponsor(),
        "the guide that lacks the choice asks itself"
    );
}
