//! The checklist over HTTP: the same engine as in the browser.

use super::*;
use serde_json::{Value, json};

/// Answers the guide with the first choice each time until the result is there.
async fn walk(app: &TestApp, code: &str) -> Value {
    let path = format!("/api/v1/services/{code}/checklist");
    let mut answers = Vec::new();
    loop {
        let answer = app
            .post(&path)
            .json(&json!({ "answers": answers }))
            .send()
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let checklist = answer.json();
        let Some(question) = checklist["next"]["question"].as_str() else {
            return checklist;
        };
        assert!(checklist["result"].is_null());
        let choice = checklist["next"]["choices"][0]["choice"].clone();
        answers.push(json!({ "question": question, "choice": choice }));
        assert!(answers.len() <= 9, "more questions than any guide has");
    }
}

on_both_engines! {
    async fn answers_lead_to_materials_with_reasons(engine) {
        let app = TestApp::start(engine).await;
        let checklist = walk(&app, "HJ-017").await;
        let result = &checklist["result"];
        assert!(result["outcomes"].as_array().is_some_and(|outcomes| !outcomes.is_empty()));
        for material in result["materials"].as_array().unwrap() {
            let reason = &material["reason"];
            let has_reason = reason["is_always"] == true
                || reason["because"].as_array().is_some_and(|because| !because.is_empty());
            assert!(has_reason, "{material}");
        }
    }
}

#[tokio::test]
async fn every_guide_answered_with_first_choices_ends_in_a_result() {
    let app = TestApp::on(Engine::Sqlite)
        .flag("--api-burst", "10000")
        .start()
        .await;
    let codes: Vec<String> = app
        .app
        .content
        .load()
        .catalogue
        .summaries
        .iter()
        .map(|service| service.code.to_string())
        .collect();
    for code in codes {
        let checklist = walk(&app, &code).await;
        assert!(checklist["result"]["outcomes"][0]["text"]["en"].is_string());
    }
}

#[tokio::test]
async fn a_short_code_stands_for_the_same_answers() {
    let app = TestApp::start(Engine::Sqlite).await;
    let walked = walk(&app, "HJ-017").await;
    let path = "/api/v1/services/HJ-017/checklist";
    let by_code = app
        .post(path)
        .json(&json!({ "code": walked["code"] }))
        .send()
        .await
        .json();
    assert_eq!(by_code, walked);
}

#[tokio::test]
async fn the_result_is_the_engines_own() {
    let app = TestApp::start(Engine::Sqlite).await;
    let walked = walk(&app, "HJ-017").await;
    let content = app.app.content.load();
    let guide = content.catalogue.guide(&"HJ-017".parse().unwrap()).unwrap();
    let code = walked["code"].as_str().unwrap();
    let answers = yichuang_domain::guide::Answers::from_code(guide, code).unwrap();
    let engine = yichuang_domain::guide::Engine::new(guide).unwrap();
    let expected = engine.walk(&answers).result.unwrap();
    let names = |list: &Value| -> Vec<String> {
        list.as_array()
            .unwrap()
            .iter()
            .map(|material| material["material"].as_str().unwrap().to_owned())
            .collect()
    };
    let expected: Vec<String> = expected
        .materials
        .iter()
        .map(|applied| guide.materials[applied.index].id.clone())
        .collect();
    assert_eq!(names(&walked["result"]["materials"]), expected);
}

#[tokio::test]
async fn answers_that_do_not_fit_are_named_one_by_one() {
    let app = TestApp::start(Engine::Sqlite).await;
    let path = "/api/v1/services/HJ-017/checklist";
    let first = app.post(path).json(&json!({})).send().await.json();
    let question = first["next"]["question"].clone();
    let answer = app
        .post(path)
        .json(&json!({ "answers": [
            { "question": "no-such-question", "choice": "a" },
            { "question": question, "choice": "no-such-choice" },
        ] }))
        .send()
        .await;
    answer.assert_problem(422, "answers-do-not-fit");
    let fields: Vec<String> = answer.json()["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(fields, ["/answers/0/question", "/answers/1/choice"]);
    for code in ["zzz0", "!!!", "x"] {
        let answer = app.post(path).json(&json!({ "code": code })).send().await;
        answer.assert_problem(422, "answers-do-not-fit");
    }
    app.post("/api/v1/services/HJ-999/checklist")
        .json(&json!({}))
        .send()
        .await
        .assert_problem(404, "service-not-found");
}
