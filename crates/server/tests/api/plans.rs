//! Plans over HTTP: the same planner as in the browser.

use super::*;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/plans";

/// Answers with the first choice each time until the plan is complete.
async fn complete(app: &TestApp, request: Value) -> Value {
    let mut request = request;
    for _ in 0..100 {
        let answer = app.post(PATH).json(&request).send().await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let plan = answer.json();
        let Some(key) = plan["next"]["key"].as_str() else {
            return plan;
        };
        request["answers"][key] = plan["next"]["choices"][0]["id"].clone();
    }
    panic!("the questions do not end");
}

on_both_engines! {
    async fn a_bundle_and_a_basket_become_one_plan(engine) {
        let app = TestApp::start(engine).await;
        for request in [
            json!({ "bundle": "YJ-001", "answers": {}, "start_on": "2026-03-02" }),
            json!({ "items": ["HJ-001", "HJ-060", "CR-001"], "answers": {}, "start_on": "2026-03-02" }),
        ] {
            let plan = complete(&app, request).await;
            assert!(plan["items"].as_array().unwrap().len() >= 3);
            assert!(!plan["materials"].as_array().unwrap().is_empty());
            assert!(plan["finish_on"].as_str().is_some_and(|day| day > "2026-03-02"));
            assert!(!plan["code"].as_str().unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn the_order_of_a_basket_makes_no_difference() {
    let app = TestApp::start(Engine::Sqlite).await;
    let plan = async |items: Value| app.post(PATH).json(&json!({ "items": items })).send().await;
    let one = plan(json!(["HJ-001", "CR-001", "JJ-031"])).await;
    let other = plan(json!(["JJ-031", "HJ-001", "CR-001"])).await;
    assert_eq!(one.status, 200);
    assert_eq!(one.json(), other.json());
}

#[tokio::test]
async fn items_that_make_no_plan_are_named() {
    let app = TestApp::start(Engine::Sqlite).await;
    let post = |body: Value| app.post(PATH).json(&body).send();
    post(json!({ "bundle": "YJ-999" }))
        .await
        .assert_problem(404, "bundle-not-found");
    let many: Vec<String> = (1..=13).map(|number| format!("HJ-{number:03}")).collect();
    for (body, field, code) in [
        (json!({}), "/items", "empty"),
        (json!({ "items": many }), "/items", "too-many"),
        (
            json!({ "items": ["HJ-001", "HJ-999"] }),
            "/items/1",
            "no-such-service",
        ),
        (
            json!({ "items": ["HJ-001", "hello"] }),
            "/items/1",
            "no-such-item",
        ),
        (
            json!({ "bundle": "YJ-001", "items": ["hello"] }),
            "/items/0",
            "no-such-item",
        ),
    ] {
        let answer = post(body.clone()).await;
        answer.assert_problem(422, "items-do-not-fit");
        let problem = answer.json();
        assert_eq!(problem["fields"][0]["field"], field, "{body}");
        assert_eq!(problem["fields"][0]["code"], code, "{body}");
    }
    let answer = post(json!({ "items": ["HJ-001"], "start_on": "tomorrow" })).await;
    answer.assert_problem(400, "invalid-request");
    assert_eq!(answer.json()["fields"][0]["field"], "/start_on");
    post(json!({ "surname": "x" }))
        .await
        .assert_problem(400, "invalid-request");
}
