//! Services, search, points and bundles as a client reads them.

use super::*;
use proptest::prelude::*;
use serde_json::Value;

on_both_engines! {
    async fn the_content_endpoint_counts_what_is_served(engine) {
        let app = TestApp::start(engine).await;
        let content = app.get("/api/v1/content").send().await.json();
        for (count, expected) in [("services", 262), ("guides", 262), ("bundles", 71), ("points", 210)] {
            assert_eq!(content[count], expected, "{count}");
        }
        assert_eq!(content["version"], app.app.content.load().version.as_str());
    }

    async fn the_list_is_complete_page_by_page(engine) {
        let app = TestApp::start(engine).await;
        let mut codes = Vec::new();
        let mut offset = Some(0);
        while let Some(from) = offset {
            let page = app.get(&format!("/api/v1/services?limit=100&offset={from}")).send().await.json();
            assert_eq!(page["total"], 262);
            codes.extend(codes_of(&page));
            offset = page["next_offset"].as_u64();
        }
        let all = app.get("/api/v1/services?limit=300").send().await.json();
        assert_eq!(codes, codes_of(&all));
        assert_eq!(codes.len(), 262);
        let behind = app.get("/api/v1/services?offset=4000000000").send().await.json();
        assert_eq!(codes_of(&behind).len(), 0);
    }

    async fn every_service_and_guide_of_the_list_can_be_read(engine) {
        let app = TestApp::on(engine).flag("--api-burst", "5000").start().await;
        let all = app.get("/api/v1/services?limit=300").send().await.json();
        for code in codes_of(&all) {
            let service = app.get(&format!("/api/v1/services/{code}")).send().await;
            assert_eq!(service.status, 200, "{code}");
            assert_eq!(service.json()["summary"]["code"], code.as_str());
            let guide = app.get(&format!("/api/v1/services/{code}/guide")).send().await;
            assert_eq!(guide.json()["service"], code.as_str());
        }
    }
}

fn codes_of(page: &Value) -> Vec<String> {
    page["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|service| service["code"].as_str().unwrap().to_owned())
        .collect()
}

type Passes = Box<dyn Fn(&Value) -> bool>;

#[tokio::test]
async fn each_filter_shows_exactly_the_services_that_pass_it() {
    let app = TestApp::start(Engine::Sqlite).await;
    let all = app.get("/api/v1/services?limit=300").send().await.json();
    let all = all["services"].as_array().unwrap();
    let has = |field: &'static str, value: &'static str| {
        move |service: &Value| {
            service[field] == value
                || service[field]
                    .as_array()
                    .is_some_and(|values| values.iter().any(|found| found == value))
        }
    };
    let is_terminal = |service: &Value| service["has_terminal"] == true;
    let cases: Vec<(&str, Passes)> = vec![
        ("department=traffic", Box::new(has("department", "traffic"))),
        (
            "theme=birth-and-death",
            Box::new(has("theme", "birth-and-death")),
        ),
        (
            "audience=enterprise",
            Box::new(has("audience", "enterprise")),
        ),
        ("trips=0", Box::new(|service| service["trips"] == 0)),
        ("terminal=true", Box::new(is_terminal)),
        (
            "terminal=false",
            Box::new(move |service| !is_terminal(service)),
        ),
        ("post=true", Box::new(has("delivery", "post"))),
        ("instant=true", Box::new(has("handling", "instant"))),
        ("scope=nation", Box::new(has("scope", "nation"))),
        (
            "department=household&trips=1&scope=nation",
            Box::new(move |service| {
                service["trips"] == 1
                    && has("department", "household")(service)
                    && has("scope", "nation")(service)
            }),
        ),
    ];
    for (query, passes) in cases {
        let page = app
            .get(&format!("/api/v1/services?limit=300&{query}"))
            .send()
            .await
            .json();
        let expected: Vec<&Value> = all.iter().filter(|service| passes(service)).collect();
        assert!(!expected.is_empty(), "{query} would prove nothing");
        assert!(expected.len() < all.len(), "{query} would prove nothing");
        let found: Vec<&Value> = page["services"].as_array().unwrap().iter().collect();
        assert_eq!(found, expected, "{query}");
        assert_eq!(page["total"], expected.len(), "{query}");
    }
}

#[tokio::test]
async fn what_a_client_knows_is_not_sent_again() {
    let app = TestApp::start(Engine::Sqlite).await;
    for path in [
        "/api/v1/content",
        "/api/v1/services",
        "/api/v1/services/HJ-017",
        "/api/v1/services/HJ-017/guide",
        "/api/v1/points",
        "/api/v1/bundles",
        "/api/v1/bundles/YJ-001",
        "/api/v1/openapi.json",
        "/api/v1/docs",
    ] {
        let first = app.get(path).send().await;
        assert_eq!(first.status, 200, "{path}");
        assert_eq!(first.header("cache-control"), "no-cache", "{path}");
        let tag = first.header("etag");
        assert!(tag.starts_with('"'), "{path}");
        let again = app.get(path).header("if-none-match", tag).send().await;
        assert_eq!(again.status, 304, "{path}");
        assert!(again.body.is_empty(), "{path}");
        assert_eq!(again.header("etag"), tag, "{path}");
        let changed = app.get(path).header("if-none-match", "\"x\"").send().await;
        assert_eq!(changed.status, 200, "{path}");
    }
}

#[tokio::test]
async fn answers_come_in_the_coding_a_client_accepts() {
    let app = TestApp::start(Engine::Sqlite).await;
    let path = "/api/v1/services/HJ-017";
    let plain = app.get(path).send().await;
    let packed = app
        .get(path)
        .header("accept-encoding", "gzip, br")
        .send()
        .await;
    assert_eq!(packed.unbrotli(), plain.body);
    assert!(packed.body.len() * 2 < plain.body.len());
    assert_eq!(packed.header("vary"), "accept-encoding");
    assert_ne!(packed.header("etag"), plain.header("etag"));
    let gzip = app.get(path).header("accept-encoding", "gzip").send().await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn head_says_what_get_would_without_the_body() {
    let app = TestApp::start(Engine::Sqlite).await;
    for path in ["/api/v1/services", "/api/v1/services/HJ-017", "/healthz"] {
        let get = app.get(path).send().await;
        let head = app.request(http::Method::HEAD, path).send().await;
        assert_eq!(head.status, 200);
        assert!(head.body.is_empty());
        assert_eq!(head.header("content-length"), get.body.len().to_string());
        assert_eq!(head.header("etag"), get.header("etag"));
    }
}

#[tokio::test]
async fn search_answers_what_people_type() {
    let app = TestApp::start(Engine::Sqlite).await;
    let search = async |query: &str| {
        let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
        app.get(&format!("/api/v1/search?q={encoded}&limit=3"))
            .send()
            .await
            .json()
    };
    let content = app.app.content.load();
    for query in [
        "宝宝上户口",
        "HJ-017",
        "passport",
        "huzhao",
        "驾照到期了",
        "如何煮一碗好吃的面条",
    ] {
        let answer = search(query).await;
        let codes: Vec<&str> = answer["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["service"]["code"].as_str().unwrap())
            .collect();
        // The same index and code as in the browser.
        let expected: Vec<&str> = content
            .catalogue
            .search
            .search(query, 3)
            .hits
            .iter()
            .map(|hit| content.catalogue.summaries[hit.document].code.as_str())
            .collect();
        assert_eq!(codes, expected, "{query}");
    }
    let first = search("宝宝上户口").await;
    assert_eq!(first["hits"][0]["service"]["code"], "HJ-001");
    let nothing = search("如何煮一碗好吃的面条").await;
    assert_eq!(nothing["hits"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn points_are_filtered_by_district_and_department() {
    let app = TestApp::start(Engine::Sqlite).await;
    let all = app.get("/api/v1/points").send().await.json();
    let all = all["points"].as_array().unwrap();
    assert_eq!(all.len(), 210);
    let district = all[0]["district"]["zh"].as_str().unwrap();
    let encoded: String = form_urlencoded::byte_serialize(district.as_bytes()).collect();
    let some = app
        .get(&format!(
            "/api/v1/points?district={encoded}&department=exit-entry"
        ))
        .send()
        .await
        .json();
    let some = some["points"].as_array().unwrap();
    let expected = all.iter().filter(|point| {
        point["district"]["zh"] == district
            && point["departments"]
                .as_array()
                .unwrap()
                .iter()
                .any(|it| it == "exit-entry")
    });
    assert_eq!(
        some.iter().collect::<Vec<_>>(),
        expected.collect::<Vec<_>>()
    );
    assert!(!some.is_empty() && some.len() < all.len());
}

#[tokio::test]
async fn every_bundle_of_the_list_can_be_read() {
    let app = TestApp::start(Engine::Sqlite).await;
    let list = app.get("/api/v1/bundles").send().await.json();
    let bundles = list["bundles"].as_array().unwrap();
    assert_eq!(bundles.len(), 71);
    assert_eq!(list["themes"].as_array().unwrap().len(), 10);
    for summary in bundles {
        let code = summary["code"].as_str().unwrap();
        let bundle = app
            .get(&format!("/api/v1/bundles/{code}"))
            .send()
            .await
            .json();
        assert_eq!(
            bundle["items"].as_array().unwrap().len(),
            summary["item_count"]
        );
    }
}

#[tokio::test]
async fn packs_are_kept_for_ever_and_only_the_versions_that_are_held() {
    let app = TestApp::start(Engine::Sqlite).await;
    let version = app.app.content.load().version.clone();
    for name in ["catalogue", "points", "bundles", "services/HJ-017"] {
        let pack = app
            .get(&format!("/packs/{version}/{name}.pack"))
            .header("accept-encoding", "br")
            .send()
            .await;
        assert_eq!(pack.status, 200, "{name}");
        assert!(pack.header("cache-control").contains("immutable"));
        assert!(!pack.unbrotli().is_empty());
    }
    for path in [
        format!("/packs/{version}/services/HJ-999.pack"),
        format!("/packs/{version}/../Cargo.toml"),
        "/packs/0000000000000000/catalogue.pack".to_owned(),
    ] {
        app.get(&path)
            .send()
            .await
            .assert_problem(404, "pack-not-found");
    }
}

#[test]
fn no_query_makes_the_server_fail() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let app = runtime.block_on(
        TestApp::on(Engine::Sqlite)
            .flag("--api-rate", "100000")
            .flag("--api-burst", "100000")
            .start(),
    );
    let parameter = prop::sample::select(vec![
        "q",
        "limit",
        "offset",
        "department",
        "theme",
        "audience",
        "trips",
        "terminal",
        "post",
        "instant",
        "scope",
        "district",
        "",
        "x",
    ]);
    let value = prop_oneof![
        any::<String>(),
        "[0-9-]{0,20}",
        "(true|false|household|nation|individual)",
        "[\\u4e00-\\u9fff]{0,120}",
    ];
    let pairs = prop::collection::vec((parameter, value), 0..6);
    let path = prop::sample::select(vec![
        "/api/v1/services",
        "/api/v1/search",
        "/api/v1/points",
        "/api/v1/bundles",
        "/api/v1/services/HJ-017",
        "/api/v1/nothing",
    ]);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(400));
    runner
        .run(&(path, pairs), |(path, pairs)| {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(pairs)
                .finish();
            let answer = runtime.block_on(app.get(&format!("{path}?{query}")).send());
            prop_assert!(answer.status.as_u16() < 500, "{} {}", path, query);
            if answer.status.is_client_error() {
                prop_assert_eq!(answer.header("content-type"), "application/problem+json");
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn no_path_or_raw_query_makes_the_server_fail() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let app = runtime.block_on(
        TestApp::on(Engine::Sqlite)
            .flag("--api-rate", "100000")
            .flag("--api-burst", "100000")
            .start(),
    );
    let segment = prop_oneof![
        Just("services".to_owned()),
        Just("bundles".to_owned()),
        Just("HJ-017".to_owned()),
        Just("..".to_owned()),
        "[!-~&&[^#?/ %]]{0,12}",
        "(%[0-9a-fA-F]{2}){0,6}",
    ];
    let path = prop::collection::vec(segment, 0..5).prop_map(|parts| parts.join("/"));
    let query = "[!-~&&[^# ]]{0,60}";
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(400));
    runner
        .run(&(path, query), |(path, query)| {
            let target = format!("/api/v1/{path}?{query}");
            // What is no valid address is refused by the client already.
            if let Ok(answer) = runtime.block_on(app.get(&target).try_send()) {
                prop_assert!(answer.status.as_u16() < 500, "{}", target);
            }
            Ok(())
        })
        .unwrap();
}
