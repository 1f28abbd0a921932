//! Rules about the files themselves.

use super::{Exceptions, Rule, SourceFile};
use std::collections::BTreeMap;

/// More lines than this need a reason in tidy.toml.
const LONG: usize = 400;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] = [
    "util", "utils", "helper", "helpers", "common", "misc", "stuff", "lib2",
];

/// Macros that belong on a desk and not in a product. Commands of the server talk to a person at
/// a terminal: printing is what they are for.
const LEFT_BEHIND: [&str; 3] = ["todo!(", "unimplemented!(", "dbg!("];

/// Crates that run in the product.
const PRODUCT: [&str; 7] = [
    "src/",
    "crates/contract/src/",
    "crates/domain/src/",
    "crates/search/src/",
    "crates/content/src/",
    "crates/storage/src/",
    "crates/server/src/",
];

/// The rules about source files.
pub fn rules(files: &[SourceFile], exceptions: &Exceptions) -> Vec<Rule> {
    vec![
        Rule {
            name: "a file of more than 400 lines has a reason in tidy.toml",
            findings: long_files(files, exceptions),
        },
        Rule {
            name: "names say what is inside",
            findings: empty_names(files),
        },
        Rule {
            name: "nothing is left to do in the product",
            findings: left_behind(files),
        },
        Rule {
            name: "libraries do not print",
            findings: printing(files),
        },
        Rule {
            name: "views have classes, not style attributes",
            findings: inline_styles(files),
        },
        Rule {
            name: "the browser loads nothing from elsewhere",
            findings: loads_from_elsewhere(files, exceptions),
        },
        Rule {
            name: "every crate keeps the workspace's lints",
            findings: lints(files),
        },
        Rule {
            name: "every file says first what it is",
            findings: undocumented(files),
        },
        Rule {
            name: "no path of somebody's machine",
            findings: machine_paths(files),
        },
        Rule {
            name: "every style file is in the table of contents",
            findings: styles(files),
        },
    ]
}

fn is_code(file: &SourceFile) -> bool {
    [".rs", ".css", ".js", ".mjs", ".ts"]
        .iter()
        .any(|ending| file.path.ends_with(ending))
}

/// Rust files of the product, each line of them that is not a comment, with its number.
fn product_lines(files: &[SourceFile]) -> impl Iterator<Item = (&SourceFile, usize, &str)> {
    files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
        .filter(|file| PRODUCT.iter().any(|folder| file.path.starts_with(folder)))
        .flat_map(|file| {
            file.text
                .lines()
                .enumerate()
                .filter(|(_, line)| !line.trim_start().starts_with("//"))
                .map(move |(index, line)| (file, index + 1, line))
        })
}

fn long_files(files: &[SourceFile], exceptions: &Exceptions) -> Vec<String> {
    let mut findings = Vec::new();
    let mut long = BTreeMap::new();
    for file in files.iter().filter(|file| is_code(file)) {
        let lines = file.text.lines().count();
        if lines > LONG {
            long.insert(file.path.clone(), lines);
        }
    }
    for (path, lines) in &long {
        if !exceptions.long_files.contains_key(path) {
            findings.push(format!("{path} has {lines} lines"));
        }
    }
    for path in exceptions
        .long_files
        .keys()
        .filter(|path| !long.contains_key(*path))
    {
        findings.push(format!(
            "{path} is no longer long: take it out of tidy.toml"
        ));
    }
    findings
}

fn empty_names(files: &[SourceFile]) -> Vec<String> {
    files
        .iter()
        .filter(|file| is_code(file))
        .filter(|file| {
            file.path
                .split('/')
                .map(|part| part.split('.').next().unwrap_or(part))
                .any(|part| EMPTY_NAMES.contains(&part))
        })
        .map(|file| file.path.clone())
        .collect()
}

fn left_behind(files: &[SourceFile]) -> Vec<String> {
    product_lines(files)
        .filter(|(_, _, line)| LEFT_BEHIND.iter().any(|mark| line.contains(mark)))
        .map(|(file, number, line)| format!("{}:{number}: {}", file.path, line.trim()))
        .collect()
}

fn printing(files: &[SourceFile]) -> Vec<String> {
    let may_print = |path: &str| {
        path.starts_with("crates/server/src/commands/")
            || ["crates/server/src/main.rs", "crates/server/src/startup.rs"].contains(&path)
    };
    product_lines(files)
        .filter(|(file, _, line)| {
            (line.contains("println!(") || line.contains("print!(")) && !may_print(&file.path)
        })
        .map(|(file, number, line)| format!("{}:{number}: {}", file.path, line.trim()))
        .collect()
}

fn inline_styles(files: &[SourceFile]) -> Vec<String> {
    let in_page = files
        .iter()
        .filter(|file| file.path == "index.html")
        .flat_map(|file| {
            file.text
                .lines()
                .enumerate()
                .map(move |(index, line)| (file, index + 1, line))
        });
    product_lines(files)
        .filter(|(file, _, _)| file.path.starts_with("src/"))
        .chain(in_page)
        .filter(|(_, _, line)| {
            line.split(" style=")
                .skip(1)
                .any(|rest| rest.starts_with(['"', '{', '(', 'm', 'f']))
                || line.contains("\"style\"")
        })
        .map(|(file, number, line)| format!("{}:{number}: {}", file.path, line.trim()))
        .collect()
}

fn loads_from_elsewhere(files: &[SourceFile], exceptions: &Exceptions) -> Vec<String> {
    let mut findings = Vec::new();
    let folders = ["src/", "style/", "public/"];
    for file in files {
        let is_ours = folders.iter().any(|folder| file.path.starts_with(folder));
        if !is_ours && file.path != "index.html" {
            continue;
        }
        let foreign: Vec<String> = file
            .text
            .lines()
            .enumerate()
            // The names of XML's vocabularies look like addresses and are never fetched.
            .map(|(index, line)| (index + 1, line.replace("http://www.w3.org/", "")))
            .filter(|(_, line)| {
                let line = line.trim_start();
                !line.starts_with("//") && (line.contains("http://") || line.contains("https://"))
            })
            .map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim()))
            .collect();
        if exceptions.addresses.contains_key(&file.path) {
            if foreign.is_empty() {
                findings.push(format!("{} needs no exception any more", file.path));
            }
        } else {
            findings.extend(foreign);
        }
    }
    findings
}

fn lints(files: &[SourceFile]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml"))
        .filter(|file| !file.text.contains("[lints]\nworkspace = true"))
        .map(|file| file.path.clone())
        .collect()
}

/// Modules of a library's private parts begin with items whose own comments say it; a module
/// that somebody opens first must say what it is for.
fn undocumented(files: &[SourceFile]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.path.ends_with("/mod.rs") || file.path.ends_with("/lib.rs"))
        .filter(|file| file.path.contains("src/") && !file.text.trim_start().starts_with("//!"))
        .map(|file| file.path.clone())
        .collect()
}

fn machine_paths(files: &[SourceFile]) -> Vec<String> {
    // Written in two halves, so that this file does not break its own rule.
    let homes = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
    ];
    files
        .iter()
        .filter(|file| !file.path.ends_with(".lock") && !file.path.ends_with("package-lock.json"))
        .filter(|file| homes.iter().any(|home| file.text.contains(home)))
        .map(|file| file.path.clone())
        .collect()
}

fn styles(files: &[SourceFile]) -> Vec<String> {
    // The second is that of the pages which load a sheet of their own (build/identity.rs).
    const TABLES: [&str; 2] = ["main.css", "identity.css"];
    let named: String = files
        .iter()
        .filter(|file| {
            let name = file.path.strip_prefix("style/");
            name.is_some_and(|name| TABLES.contains(&name))
        })
        .map(|file| file.text.as_str())
        .collect();
    if named.is_empty() {
        return vec!["style/main.css is missing".to_owned()];
    }
    files
        .iter()
        .filter_map(|file| file.path.strip_prefix("style/"))
        .filter(|name| name.ends_with(".css") && !TABLES.contains(name))
        .filter(|name| !named.contains(&format!("\"{name}\"")))
        .map(|name| format!("style/{name}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_style_attribute_in_a_view_is_found_and_a_style_file_is_not() {
        let files = [
            file("src/a.rs", "view! { <p style=\"color:red\"></p> }"),
            file("src/b.rs", "// style=\"x\"\nlet style = 1;"),
            file("style/a.css", "a { color: red }"),
        ];
        assert_eq!(inline_styles(&files).len(), 1);
    }

    #[test]
    fn names_are_judged_part_by_part() {
        let files = [
            file("src/utils.rs", ""),
            file("src/helpers/mod.rs", ""),
            file("content/locales/en/common.json", ""),
            file("src/utilities_bill.rs", ""),
        ];
        assert_eq!(empty_names(&files), ["src/utils.rs", "src/helpers/mod.rs"]);
    }

    #[test]
    fn a_load_from_elsewhere_is_found_and_a_vocabulary_is_none() {
        let exceptions = Exceptions {
            long_files: BTreeMap::new(),
            addresses: BTreeMap::new(),
        };
        let files = [
            file("index.html", "<script src=\"https://cdn.example/x.js\">"),
            file("src/a.rs", "xmlns=\"http://www.w3.org/2000/svg\""),
        ];
        assert_eq!(loads_from_elsewhere(&files, &exceptions).len(), 1);
    }

    #[test]
    fn an_exception_that_nobody_needs_is_a_finding() {
        let exceptions = Exceptions {
            long_files: BTreeMap::from([("src/a.rs".to_owned(), "one subject".to_owned())]),
            addresses: BTreeMap::new(),
        };
        assert_eq!(long_files(&[file("src/a.rs", "")], &exceptions).len(), 1);
    }
}
