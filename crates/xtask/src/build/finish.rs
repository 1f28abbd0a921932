//! The end of Trunk's build: everything that happens to the files before they become dist/.
//!
//! 1. The start of the application moves out of the page (no inline script under our policy).
//! 2. The chunks and the credential's module join the other files.
//! 3. The service worker loses its comments.
//! 4. Everything gets `.br` and `.gz` siblings.

use super::{CHUNKS, XTASK};
use crate::place;
use anyhow::Context;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Runs before Trunk's build: joins the style sheets.
pub fn prepare() -> anyhow::Result<()> {
    let style = place::root().join("style");
    let sheet = super::style::bundle(&style.join("main.css"))?;
    let path = style.join("generated/yichuang.css");
    // An untouched file lets Trunk and its readers see that nothing changed.
    if std::fs::read_to_string(&path).is_ok_and(|old| old == sheet) {
        return Ok(());
    }
    std::fs::create_dir_all(style.join("generated"))?;
    std::fs::write(path, sheet)?;
    Ok(())
}

/// Runs after Trunk's build, in its staging folder.
pub fn finish() -> anyhow::Result<()> {
    let staging = PathBuf::from(std::env::var_os("TRUNK_STAGING_DIR").with_context(|| {
        format!("only Trunk's post_build hook calls this ({XTASK} is set by cargo xtask)")
    })?);
    let chunks = PathBuf::from(std::env::var_os(CHUNKS).context("not called by cargo xtask")?);
    let index = staging.join("index.html");
    let page = std::fs::read_to_string(&index).context("Trunk left no index.html")?;
    std::fs::write(&index, start_from_file(&page)?)?;

    for folder in [&chunks, &super::identity::folder()] {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            std::fs::copy(&path, staging.join(name_of(&path)))?;
        }
    }
    // Trunk shortens only what it gives a hash; the worker's name has to stay.
    let worker = staging.join("sw.js");
    let text = std::fs::read_to_string(&worker).context("public/sw.js is not among the files")?;
    std::fs::write(&worker, without_comments(&text))?;
    compress_all(&staging)
}

/// Takes out comments that fill whole lines, and indentation. Nothing else is touched, so this
/// is safe for any script that has its comments on lines of their own.
pub fn without_comments(script: &str) -> String {
    let mut shorter = String::new();
    let mut is_in_comment = false;
    for line in script.lines().map(str::trim) {
        is_in_comment |= line.starts_with("/*");
        if !is_in_comment && !line.is_empty() && !line.starts_with("//") {
            shorter.push_str(line);
            shorter.push('\n');
        }
        is_in_comment &= !line.ends_with("*/");
    }
    shorter
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Replaces Trunk's inline start by a plain reference to the script, which starts itself, and
/// takes the integrity off the WebAssembly preload, where browsers do not know it.
fn start_from_file(page: &str) -> anyhow::Result<String> {
    let inline = find_tag(page, "<script", |tag| {
        tag.contains("module") && !tag.contains("src=")
    })
    .context("Trunk's inline start is not in the page; its form has changed")?;
    let end = page[inline.end..]
        .find("</script>")
        .context("the script does not end")?;
    let script_end = inline.end + end + "</script>".len();

    let preload = find_tag(page, "<link", |tag| tag.contains("modulepreload"))
        .context("Trunk's modulepreload link is not in the page")?;
    let source = attribute(&page[preload.clone()], "href").context("the preload has no href")?;
    let integrity = attribute(&page[preload.clone()], "integrity")
        .map(|value| format!(" integrity=\"{value}\""))
        .unwrap_or_default();
    let script =
        format!("<script type=\"module\" src=\"{source}\" crossorigin{integrity}></script>");

    let mut page = page.to_owned();
    // The later range first, so that the earlier one stays where it is.
    let mut edits = [(inline.start..script_end, script), (preload, String::new())];
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, text) in edits {
        page.replace_range(range, &text);
    }

    let wasm = find_tag(&page, "<link", |tag| tag.contains("application/wasm"))
        .context("Trunk's WebAssembly preload is not in the page")?;
    let tag = &page[wasm.clone()];
    if let Some(value) = attribute(tag, "integrity") {
        let without = tag
            .replace(&format!(" integrity=\"{value}\""), "")
            .replace(&format!(" integrity={value}"), "");
        page.replace_range(wasm, &without);
    }
    Ok(page)
}

/// The first tag that begins with `open` and satisfies `wanted`.
fn find_tag(
    page: &str,
    open: &str,
    wanted: impl Fn(&str) -> bool,
) -> Option<std::ops::Range<usize>> {
    let mut from = 0;
    while let Some(at) = page[from..].find(open) {
        let start = from + at;
        let end = start + page[start..].find('>')? + 1;
        if wanted(&page[start..end]) {
            return Some(start..end);
        }
        from = end;
    }
    None
}

/// The value of an attribute, quoted or not (minified pages have no quotes).
fn attribute<'tag>(tag: &'tag str, name: &str) -> Option<&'tag str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map(|(value, _)| value),
        None => rest.split([' ', '>']).next(),
    }
}

/// Writes `.br` and `.gz` beside every file that gets smaller by it. The page itself is left
/// out: the server fills in the content's version and compresses the result.
fn compress_all(folder: &Path) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            compress_all(&path)?;
            continue;
        }
        let extension = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = ["wasm", "js", "css", "svg", "webmanifest", "json", "txt"];
        if text.contains(&extension.as_str()) {
            compress(&path)?;
        }
    }
    Ok(())
}

fn compress(path: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(path)?;
    let mut brotli = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut brotli, 4096, 11, 22);
        writer.write_all(&bytes)?;
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&bytes)?;
    for (suffix, compressed) in [("br", brotli), ("gz", gzip.finish()?)] {
        if compressed.len() < bytes.len() {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".{suffix}"));
            std::fs::write(PathBuf::from(name), compressed)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><meta charset=utf-8><script type=module>import init from\
        \"/app-1.js\";await init({module_or_path:`/app-2_bg.wasm`});</script>\
        <link crossorigin href=/app-1.js integrity=sha384-abc rel=modulepreload>\
        <link as=fetch crossorigin href=/app-2_bg.wasm integrity=sha384-def rel=preload type=application/wasm>";

    #[test]
    fn the_page_starts_from_a_file_and_keeps_the_script_s_integrity() {
        let page = start_from_file(PAGE).expect("Trunk's form");
        assert!(!page.contains("import init"), "{page}");
        assert!(!page.contains("modulepreload"), "{page}");
        assert!(page.contains(
            "<script type=\"module\" src=\"/app-1.js\" crossorigin integrity=\"sha384-abc\"></script>"
        ));
        assert!(page.contains("href=/app-2_bg.wasm rel=preload"), "{page}");
    }

    #[test]
    fn comments_on_their_own_lines_go_and_code_stays() {
        let script =
            "// a\n/** b\n c */\n  const x = \"//no comment\"; // stays\n\n/* d */\ny();\n";
        assert_eq!(
            without_comments(script),
            "const x = \"//no comment\"; // stays\ny();\n"
        );
    }

    #[test]
    fn another_form_of_the_page_is_an_error() {
        assert!(start_from_file("<!doctype html><title>x</title>").is_err());
    }
}
