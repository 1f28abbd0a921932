//! Short names between the module and its script.
//!
//! wasm-bindgen names each of some two hundred imports after its function and a hash, once in the
//! module and once in the script. Nobody reads them, and hashes do not compress: short names spare
//! the first visit about five kilobytes.

use anyhow::{Context, bail};
use std::collections::BTreeMap;

/// Number of the import section in a module.
const IMPORTS: u8 = 2;
/// The short name of the script as the module imports it.
const SCRIPT: &str = "a";

/// Renames what the module imports from `from`, in the module and in the script.
pub fn shorten(module: &[u8], script: &str, from: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let mut names = BTreeMap::new();
    let module = rename_in_module(module, from, &mut names)?;

    let mut script = script.to_owned();
    for (long, short) in &names {
        // The form of wasm-bindgen's import object, one line a function.
        replace_once(
            &mut script,
            &format!("\n        {long}: "),
            &format!("\n        {short}: "),
        )?;
    }
    if !names.is_empty() {
        replace_once(
            &mut script,
            &format!("\"{from}\": "),
            &format!("\"{SCRIPT}\": "),
        )?;
    }
    Ok((module, script))
}

fn replace_once(script: &mut String, old: &str, new: &str) -> anyhow::Result<()> {
    if script.matches(old).count() != 1 {
        bail!(
            "wasm-bindgen's script does not have {:?} once; its form has changed",
            old.trim()
        );
    }
    *script = script.replacen(old, new, 1);
    Ok(())
}

fn rename_in_module(
    module: &[u8],
    from: &str,
    names: &mut BTreeMap<String, String>,
) -> anyhow::Result<Vec<u8>> {
    let mut reader = Reader {
        bytes: module,
        at: 8,
    };
    let mut renamed = module
        .get(..8)
        .context("this is no WebAssembly module")?
        .to_vec();
    while reader.at < module.len() {
        let kind = reader.byte()?;
        let length = reader.number()?;
        let body = reader.take(length)?;
        let body = if kind == IMPORTS {
            rename_imports(body, from, names)?
        } else {
            body.to_vec()
        };
        renamed.push(kind);
        push_number(&mut renamed, body.len());
        renamed.extend(body);
    }
    Ok(renamed)
}

fn rename_imports(
    section: &[u8],
    from: &str,
    names: &mut BTreeMap<String, String>,
) -> anyhow::Result<Vec<u8>> {
    let mut reader = Reader {
        bytes: section,
        at: 0,
    };
    let count = reader.number()?;
    let mut renamed = Vec::new();
    push_number(&mut renamed, count);
    for _ in 0..count {
        let (place, name) = (reader.text()?.to_owned(), reader.text()?.to_owned());
        let start = reader.at;
        reader.skip_import_type()?;
        let (place, name) = if place == from {
            let next = names.len();
            let short = names
                .entry(name)
                .or_insert_with(|| short_name(next))
                .clone();
            (SCRIPT.to_owned(), short)
        } else {
            (place, name)
        };
        for text in [place, name] {
            push_number(&mut renamed, text.len());
            renamed.extend(text.as_bytes());
        }
        renamed.extend(&section[start..reader.at]);
    }
    Ok(renamed)
}

/// `a`, `b`, … `Z`, `aa`, `ba`, …
fn short_name(mut number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.push(char::from(LETTERS[number % LETTERS.len()]));
        number /= LETTERS.len();
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

/// Appends a number in LEB128.
fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        // Seven bits fit a byte.
        let low = (number & 0x7F) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

/// Reads the binary format of WebAssembly, as far as imports need it.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> anyhow::Result<u8> {
        let byte = *self
            .bytes
            .get(self.at)
            .context("the module ends too early")?;
        self.at += 1;
        Ok(byte)
    }

    fn take(&mut self, length: usize) -> anyhow::Result<&'a [u8]> {
        let end = self
            .at
            .checked_add(length)
            .context("a length is out of range")?;
        let bytes = self
            .bytes
            .get(self.at..end)
            .context("the module ends too early")?;
        self.at = end;
        Ok(bytes)
    }

    fn number(&mut self) -> anyhow::Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("a number of the module is too long")
    }

    fn text(&mut self) -> anyhow::Result<&'a str> {
        let length = self.number()?;
        Ok(std::str::from_utf8(self.take(length)?)?)
    }

    fn limits(&mut self) -> anyhow::Result<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & 1 == 1 {
            self.number()?;
        }
        Ok(())
    }

    fn skip_import_type(&mut self) -> anyhow::Result<()> {
        match self.byte()? {
            0 => drop(self.number()?),
            1 => {
                self.byte()?;
                self.limits()?;
            }
            2 => self.limits()?,
            3 => drop(self.take(2)?),
            4 => {
                self.byte()?;
                self.number()?;
            }
            kind => bail!("an import of the unknown kind {kind}"),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports a function from `./x_bg.js` and a memory from `env`.
    fn module() -> Vec<u8> {
        let mut imports = vec![2];
        for (place, name, kind) in [
            ("./x_bg.js", "__wbg_alert_00ff", &[0_u8, 0][..]),
            ("env", "memory", &[2, 0, 1][..]),
        ] {
            push_number(&mut imports, place.len());
            imports.extend(place.as_bytes());
            push_number(&mut imports, name.len());
            imports.extend(name.as_bytes());
            imports.extend(kind);
        }
        let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
        push_number(&mut module, imports.len());
        module.extend(imports);
        module
    }

    const SCRIPT_TEXT: &str = "    const import0 = {\n        __wbg_alert_00ff: function() {},\n    };\n    return {\n        \"./x_bg.js\": import0,\n    };\n";

    #[test]
    fn both_sides_get_the_same_short_name_and_other_imports_keep_theirs() {
        let (short, script) = shorten(&module(), SCRIPT_TEXT, "./x_bg.js").expect("well-formed");
        let text = String::from_utf8_lossy(&short);
        assert!(!text.contains("alert") && text.contains("memory"), "{text}");
        assert!(script.contains("\n        a: function"), "{script}");
        assert!(script.contains("\"a\": import0"), "{script}");
        // Nothing to rename: the same bytes come out.
        assert_eq!(
            shorten(&short, &script, "./x_bg.js").expect("again").0,
            short
        );
    }

    #[test]
    fn a_changed_form_of_the_script_is_an_error_and_not_a_broken_page() {
        assert!(shorten(&module(), "const import0 = {};", "./x_bg.js").is_err());
        assert!(shorten(&module()[..20], SCRIPT_TEXT, "./x_bg.js").is_err());
    }

    #[test]
    fn short_names_are_all_different() {
        let names: std::collections::BTreeSet<String> = (0..10_000).map(short_name).collect();
        assert_eq!(names.len(), 10_000);
    }
}
