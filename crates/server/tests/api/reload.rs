//! Changed content: taken if it is whole and valid, refused otherwise.

use super::*;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use yichuang_server::content::reload;
use yichuang_storage::content_release;
use yichuang_test_support::content_folder;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

async fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(60), "never: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

on_both_engines! {
    async fn a_running_server_takes_valid_content_and_refuses_broken_content(engine) {
        let folder = tempfile::tempdir().unwrap();
        copy(&content_folder(), folder.path());
        let app = TestApp::on(engine).content(folder.path()).start().await;
        let first = app.app.content.load().version.clone();
        reload::record(&app.app, &app.app.content.load_full()).await.unwrap();
        let seen = reload::Impression::of(folder.path(), app.app.clock.now_ms());
        let following = tokio::spawn(reload::follow(Arc::clone(&app.app), seen));
        let site = folder.path().join("site.toml");
        let sound = std::fs::read_to_string(&site).unwrap();

        // A valid change is taken.
        let changed = sound.replace("is_demonstration = true", "is_demonstration = false");
        assert_ne!(changed, sound);
        std::fs::write(&site, changed).unwrap();
        wait_until("the change is served", || app.app.content.load().version != first).await;
        let second = app.app.content.load().version.clone();
        let content = app.get("/api/v1/content").send().await.json();
        assert_eq!(content["version"], second.as_str());
        assert_eq!(content["is_demonstration"], false);

        // Browsers that have just read the page before still get its packs.
        for version in [&first, &second] {
            let pack = app.get(&format!("/packs/{version}/catalogue.pack")).send().await;
            assert_eq!(pack.status, 200, "{version}");
        }

        // A broken change is refused, the version before stays.
        std::fs::write(&site, "is_demonstration = perhaps").unwrap();
        wait_until("the change is refused", || {
            app.app.metrics.text().contains("outcome=\"refused\"} 1")
        }).await;
        assert_eq!(app.app.content.load().version, second);
        assert_eq!(app.get("/api/v1/services/HJ-017").send().await.status, 200);

        // Mended, it is taken again.
        std::fs::write(&site, &sound).unwrap();
        wait_until("the mended content is served", || app.app.content.load().version == first).await;
        let gone = app.get(&format!("/packs/{first}/catalogue.pack")).send().await;
        assert_eq!(gone.status, 200);

        let mut versions: Vec<String> = Vec::new();
        let started = Instant::now();
        while versions.len() < 3 && started.elapsed() < Duration::from_secs(20) {
            let releases = content_release::list(&app.app.database).await.unwrap();
            versions = releases.into_iter().map(|release| release.version).collect();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        versions.sort();
        let mut expected = vec![first.clone(), first, second];
        expected.sort();
        assert_eq!(versions, expected);
        following.abort();
    }
}
