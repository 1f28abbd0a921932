//! Reports of failures in browsers.

use super::*;
use serde_json::{Value, json};
use yichuang_storage::client_report;

const PATH: &str = "/api/v1/client-reports";

fn report() -> Value {
    json!({
        "kind": "panic",
        "route": "/services/:code/guide",
        "place": "src/pages/service/guide.rs:10:5",
        "release": "1.0.0",
    })
}

on_both_engines! {
    async fn a_report_is_counted_however_many_arrive_at_once(engine) {
        let app = TestApp::start(engine).await;
        let sends = (0..30).map(|_| tokio::spawn(app.post(PATH).json(&report()).send()));
        for send in sends.collect::<Vec<_>>() {
            assert_eq!(send.await.unwrap().status, 204);
        }
        app.clock.advance_ms(5);
        let chunk = json!({"kind": "chunk", "route": "/", "place": "", "release": "1.0.0"});
        assert_eq!(app.post(PATH).json(&chunk).send().await.status, 204);
        let counted = client_report::list(&app.app.database).await.unwrap();
        assert_eq!(counted.len(), 2);
        assert_eq!((counted[0].count, counted[0].failure.kind.as_str()), (30, "panic"));
        assert_eq!(counted[1].last_seen_ms, yichuang_test_support::app::START_MS + 5);
    }

    async fn nothing_personal_can_be_reported(engine) {
        let app = TestApp::start(engine).await;
        for (field, value) in [
            ("route", "/services/HJ-017?a=abc"),
            ("route", "/人名"),
            ("place", "张三 110105194912310021"),
            ("place", "13800138000"),
            ("release", "<script>"),
        ] {
            let mut report = report();
            report[field] = json!(value);
            let answer = app.post(PATH).json(&report).send().await;
            answer.assert_problem(400, "invalid-request");
            assert_eq!(answer.json()["fields"][0]["field"], format!("/{field}"));
            assert!(!answer.text().contains(value));
        }
        let mut more = report();
        more["address"] = json!("198.51.100.7");
        app.post(PATH).json(&more).send().await.assert_problem(400, "invalid-request");
        assert_eq!(client_report::list(&app.app.database).await.unwrap(), []);
    }
}
