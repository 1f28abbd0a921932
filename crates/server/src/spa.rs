//! The files of the built single-page application, held in memory from the start: a new release
//! put into the folder cannot mix with the running one.

use crate::body::{Keep, Prepared};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper::body::Bytes;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What stands for the content version in index.html.
pub const VERSION_PLACEHOLDER: &str = "{{content_version}}";
/// What stands in index.html for the first words of the asked page.
pub const PAGE_PLACEHOLDER: &str = "{{page}}";

/// Why a release folder cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It holds no page.
    #[error(
        "{0} holds no index.html; build the application first (cargo xtask run) or name the folder of a release (--release-dir)"
    )]
    NoIndex(PathBuf),
    /// A file cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        reason: std::io::Error,
    },
}

/// The files.
pub struct Spa {
    index: String,
    files: HashMap<String, Arc<Prepared>>,
}

impl Spa {
    /// Reads a release folder.
    ///
    /// # Errors
    /// If a file cannot be read or there is no index.html.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let mut raw = HashMap::new();
        read_folder(folder, folder, &mut raw)?;
        let index = raw
            .remove("/index.html")
            .and_then(|bytes| String::from_utf8(bytes.into()).ok())
            .ok_or_else(|| Error::NoIndex(folder.to_owned()))?;
        raw.remove("/index.html.br");
        raw.remove("/index.html.gz");
        let mut files = HashMap::new();
        for (path, bytes) in &raw {
            let is_packed_sibling = [".br", ".gz"]
                .iter()
                .filter_map(|suffix| path.strip_suffix(suffix))
                .any(|plain| raw.contains_key(plain));
            if is_packed_sibling {
                continue;
            }
            let keep = if is_hashed(path) {
                Keep::Forever
            } else {
                Keep::Revalidate
            };
            let mut file = Prepared::new(bytes.clone(), content_type(path), keep);
            if let Some(brotli) = raw.get(&format!("{path}.br")) {
                file = file.with_brotli(brotli.clone());
            }
            if let Some(gzip) = raw.get(&format!("{path}.gz")) {
                file = file.with_gzip(gzip.clone());
            }
            files.insert(path.clone(), Arc::new(file));
        }
        Ok(Self { index, files })
    }

    /// A file by its path, such as `/manifest.webmanifest`.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Arc<Prepared>> {
        self.files.get(path)
    }

    /// How many files there are, index.html included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len() + 1
    }

    /// Whether there are none; never, as there is an index.html.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// All files, to be compressed in the background.
    #[must_use]
    pub fn files(&self) -> Vec<Arc<Prepared>> {
        self.files.values().cloned().collect()
    }

    /// index.html for a content version.
    #[must_use]
    pub fn index(&self, content_version: &str) -> String {
        self.index.replace(VERSION_PLACEHOLDER, content_version)
    }
}

fn read_folder(
    root: &Path,
    folder: &Path,
    files: &mut HashMap<String, Bytes>,
) -> Result<(), Error> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |reason| Error::Unreadable { path, reason }
    };
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let entry = entry.map_err(unreadable(folder))?;
        let path = entry.path();
        if path.is_dir() {
            read_folder(root, &path, files)?;
            continue;
        }
        let Ok(relative) = path.strip_prefix(root) else {
            continue;
        };
        let name = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .fold(String::new(), |name, part| name + "/" + &part);
        files.insert(
            name,
            std::fs::read(&path).map_err(unreadable(&path))?.into(),
        );
    }
    Ok(())
}

/// Whether a name changes with its content: `app-1f0c3a9be2d47a55.js`, `app-1f0c…_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '.', '_']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    }) || path.starts_with("/snippets/")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

/// The policy for pages: this origin only, and those inline parts of index.html whose hash it
/// names (the module that Trunk writes to start the application, the critical styles).
#[must_use]
pub fn content_security_policy(index: Option<&str>) -> String {
    let (scripts, styles) = index.map_or((String::new(), String::new()), |html| {
        (inline_hashes(html, "script"), inline_hashes(html, "style"))
    });
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
         worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
}

/// ` 'sha256-…'` for every inline element of this name. The page is our own build's, so a plain
/// scan is enough; what it missed would not run.
fn inline_hashes(html: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut hashes = String::new();
    let mut rest = html;
    while let Some(start) = rest.find(&open) {
        rest = &rest[start + open.len()..];
        let Some(tag_end) = rest.find('>') else { break };
        let tag = &rest[..tag_end];
        let is_this_element = tag.is_empty() || tag.starts_with(char::is_whitespace);
        let body = &rest[tag_end + 1..];
        let Some(end) = body.find(&close) else { break };
        let text = &body[..end];
        if is_this_element && !tag.contains(" src=") && !text.trim().is_empty() {
            let hash = BASE64_STANDARD.encode(Sha256::digest(text));
            hashes.push_str(&format!(" 'sha256-{hash}'"));
        }
        rest = &body[end..];
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_change_with_their_content_are_kept_for_ever() {
        for hashed in [
            "/yichuang-spa-1f0c3a9be2d47a55.js",
            "/yichuang-spa-1f0c3a9be2d47a55_bg.wasm",
            "/snippets/qr-1/inline0.js",
            "/chunk_0a1b2c3d.wasm",
        ] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for plain in [
            "/sw.js",
            "/manifest.webmanifest",
            "/icons/icon-512.png",
            "/facade.css",
        ] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }

    #[test]
    fn inline_parts_are_named_by_hash_and_others_are_not() {
        let html = r#"<style>a{}</style><script type="module">init()</script><script src="/x.js"></script><scripture>no</scripture>"#;
        let policy = content_security_policy(Some(html));
        let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
        assert!(policy.contains(&format!("'sha256-{}'", hash("init()"))));
        assert!(policy.contains(&format!("style-src 'self' 'sha256-{}'", hash("a{}"))));
        assert_eq!(policy.matches("sha256-").count(), 2);
        assert!(!policy.contains("unsafe-inline"));
    }

    #[test]
    fn a_release_is_read_with_its_compressed_siblings() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        assert!(matches!(Spa::load(folder.path()), Err(Error::NoIndex(_))));
        write("index.html", "<meta content=\"{{content_version}}\">");
        write("app-1f0c3a9be2d47a55.js", &"x".repeat(2_000));
        write("app-1f0c3a9be2d47a55.js.br", "packed");
        write("app-1f0c3a9be2d47a55.js.gz", "packed, too");
        std::fs::create_dir(folder.path().join("icons")).unwrap();
        write("icons/a.png", "png");
        let spa = Spa::load(folder.path()).unwrap();
        assert_eq!(spa.index("abc"), "<meta content=\"abc\">");
        assert!(spa.file("/icons/a.png").is_some());
        for packed in ["/app-1f0c3a9be2d47a55.js.br", "/app-1f0c3a9be2d47a55.js.gz"] {
            assert!(spa.file(packed).is_none(), "{packed}");
        }
        assert_eq!(spa.len(), 3);
        assert!(!spa.file("/app-1f0c3a9be2d47a55.js").unwrap().lacks_brotli());
    }
}
