//! The application's files.

use super::*;
use tempfile::TempDir;

/// A release as Trunk leaves it: index.html with an inline module, hashed files, public files.
fn release() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "index.html",
        br#"<!doctype html><html><head><meta name="content-version" content="{{content_version}}"><style>a{color:red}</style><script type="module">import init from '/yichuang-spa-1f0c3a9be2d47a55.js';init()</script></head><body><div>{{page}}</div></body></html>"#,
    );
    write(
        "yichuang-spa-1f0c3a9be2d47a55.js",
        "export default () => 1;".repeat(100).as_bytes(),
    );
    write(
        "yichuang-spa-1f0c3a9be2d47a55.js.br",
        b"packed by the build",
    );
    write("yichuang-spa-1f0c3a9be2d47a55_bg.wasm", b"\0asm");
    write("sw.js", b"self");
    write("icons/icon-512.png", b"png");
    folder
}

on_both_engines! {
    async fn every_client_path_gets_the_page_with_the_content_version(engine) {
        let release = release();
        let app = TestApp::on(engine).release_dir(release.path()).start().await;
        let version = app.app.content.load().version.clone();
        for path in ["/", "/services", "/services/HJ-017/guide?a=abc0", "/index.html", "/no/such/page"] {
            let page = app.get(path).send().await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(page.header("cache-control"), "no-cache");
            assert_eq!(page.text().matches(&version).count(), 2, "{path}");
            assert!(!page.text().contains("{{"));
            let again = app.get(path).header("if-none-match", page.header("etag")).send().await;
            assert_eq!(again.status, 304);
        }
    }
}

on_both_engines! {
    async fn the_page_of_a_service_names_it_before_the_application_is_there(engine) {
        let release = release();
        let app = TestApp::on(engine).release_dir(release.path()).start().await;
        let content = app.app.content.load();
        let code = "HJ-017".parse().unwrap();
        let name = &content.catalogue.service(&code).unwrap().summary.name;
        let guide = content.catalogue.guide(&code).unwrap();
        let first = guide.questions.iter().find(|question| question.id == guide.start).unwrap();
        let service = app.get("/services/HJ-017").send().await;
        assert!(service.text().contains(&name.zh) && service.text().contains(&name.en));
        assert!(service.text().contains("/services/HJ-017.pack"), "its pack is asked for at once");
        assert!(!service.text().contains("catalogue.pack"), "and nothing it does not need");
        assert!(app.get("/services/HJ-017/guide").send().await.text().contains(&first.text.zh));
        // Where the words depend on answers, or there are none, the page is the same for all.
        let plain = app.get("/").send().await.text();
        assert!(plain.contains("/catalogue.pack"));
        for path in ["/services/HJ-017/guide?a=abc0", "/services/HJ-999", "/services/HJ-017/map"] {
            assert_eq!(app.get(path).send().await.text(), plain, "{path}");
        }
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_others_are_asked_for_again() {
    let release = release();
    let app = TestApp::on(Engine::Sqlite)
        .release_dir(release.path())
        .start()
        .await;
    let script = app
        .get("/yichuang-spa-1f0c3a9be2d47a55.js")
        .header("accept-encoding", "br")
        .send()
        .await;
    assert!(script.header("cache-control").contains("immutable"));
    assert_eq!(script.header("content-encoding"), "br");
    assert_eq!(script.body, "packed by the build");
    let wasm = app
        .get("/yichuang-spa-1f0c3a9be2d47a55_bg.wasm")
        .send()
        .await;
    assert_eq!(wasm.header("content-type"), "application/wasm");
    for path in ["/sw.js", "/icons/icon-512.png"] {
        let file = app.get(path).send().await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("cache-control"), "no-cache");
        assert!(!file.header("etag").is_empty());
    }
}

#[tokio::test]
async fn a_missing_file_is_missing_and_never_a_page() {
    let release = release();
    let app = TestApp::on(Engine::Sqlite)
        .release_dir(release.path())
        .start()
        .await;
    for path in [
        "/chunk-0a1b2c3d.wasm",
        "/icons/none.png",
        "/yichuang-spa-1f0c3a9be2d47a55.js.br",
        "/api/nothing",
        "/..%2f..%2fetc/passwd.txt",
        "/../Cargo.toml",
    ] {
        app.get(path).send().await.assert_problem(404, "not-found");
    }
    app.get("/packs/0/x.pack")
        .send()
        .await
        .assert_problem(404, "pack-not-found");
    app.post("/services")
        .body("text/plain", "x")
        .send()
        .await
        .assert_problem(405, "wrong-method");
}

#[tokio::test]
async fn the_inline_parts_of_the_page_are_named_by_hash() {
    let release = release();
    let app = TestApp::on(Engine::Sqlite)
        .release_dir(release.path())
        .start()
        .await;
    let page = app.get("/").send().await;
    let policy = page.header("content-security-policy");
    let script = "import init from '/yichuang-spa-1f0c3a9be2d47a55.js';init()";
    for text in [script, "a{color:red}"] {
        use base64::Engine as _;
        use sha2::Digest as _;
        let hash = base64::prelude::BASE64_STANDARD.encode(sha2::Sha256::digest(text));
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{text}");
    }
}

#[tokio::test]
async fn head_of_a_page_has_its_length_and_no_body() {
    let release = release();
    let app = TestApp::on(Engine::Sqlite)
        .release_dir(release.path())
        .start()
        .await;
    let get = app.get("/services").send().await;
    let head = app.request(http::Method::HEAD, "/services").send().await;
    assert_eq!(head.status, 200);
    assert!(head.body.is_empty());
    assert_eq!(head.header("content-length"), get.body.len().to_string());
}
