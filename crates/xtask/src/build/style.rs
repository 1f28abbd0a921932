//! Joins the style sheets into one file: one request instead of thirty.
//!
//! style/main.css is the table of contents (style/identity.css that of the sheet which only the
//! pages around identity load). It holds the order of the layers and lines of the
//! form `@import "base/page.css" layer(base);`, which is standard CSS: a browser reading
//! style/main.css directly would show the same.

use anyhow::{Context, bail};
use std::path::Path;

/// Reads a table of contents and returns everything it imports as one sheet.
pub fn bundle(main: &Path) -> anyhow::Result<String> {
    let folder = main.parent().context("a sheet lies in a folder")?;
    let contents = std::fs::read_to_string(main)
        .with_context(|| format!("{} cannot be read", main.display()))?;
    let mut sheet = String::new();
    for (index, line) in contents.lines().enumerate() {
        let Some(rest) = line.trim().strip_prefix("@import ") else {
            sheet.push_str(line);
            sheet.push('\n');
            continue;
        };
        let place = || format!("{}:{}", main.display(), index + 1);
        let Some((file, layer)) = import(rest) else {
            bail!("{}: expected `@import \"file.css\" layer(name);`", place());
        };
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{}: {} cannot be read", place(), path.display()))?;
        sheet.push_str(&format!("@layer {layer} {{\n{text}\n}}\n"));
    }
    Ok(sheet)
}

/// Takes `"file.css" layer(name);` or `url("file.css") layer(name);` apart.
fn import(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once('"')?;
    let (file, rest) = rest.split_once('"')?;
    let (_, rest) = rest.split_once("layer(")?;
    let (layer, rest) = rest.split_once(')')?;
    (rest.trim() == ";").then_some((file.trim_start_matches("./"), layer))
}

#[cfg(test)]
mod tests {
    use super::import;

    #[test]
    fn an_import_names_its_file_and_its_layer() {
        assert_eq!(
            import("\"ui/button.css\" layer(ui);"),
            Some(("ui/button.css", "ui"))
        );
        assert_eq!(
            import("url(\"./a.css\") layer(base);"),
            Some(("a.css", "base"))
        );
        assert_eq!(import("\"a.css\";"), None);
    }
}
