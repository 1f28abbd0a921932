//! What would follow from abolishing a paper, or from the office fetching it itself.

use anyhow::{Context, bail};
use serde::Serialize;
use yichuang_contract::guide::{Guide, GuideMaterial};
use yichuang_contract::service::PaperForm;
use yichuang_domain::guide::Engine;

/// A change to a material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Abolished,
    Electronic,
}

/// What the change reaches.
#[derive(Debug, Serialize)]
struct Report {
    change: String,
    /// The materials meant, by their Chinese names.
    materials: Vec<String>,
    /// Situations with one paper less to bring.
    situations: usize,
    /// Situations in which the office had it anyway: nothing changes for the person.
    situations_unchanged: usize,
    services: Vec<ServiceReport>,
}

/// What the change reaches in one service.
#[derive(Debug, Serialize)]
struct ServiceReport {
    code: String,
    title: String,
    situations: usize,
    of_situations: usize,
    /// Questions that need not be asked any more.
    idle_questions: Vec<String>,
}

/// Prints what the change reaches.
pub fn run(guides: &[Guide], change: &str, json: bool) -> anyhow::Result<()> {
    let report = examine(guides, change)?;
    if json {
        println!("{}", serde_json::to_string(&report)?);
        return Ok(());
    }
    println!("{}: {}", report.change, report.materials.join(", "));
    for service in &report.services {
        println!(
            "{}  {} of {} situations lose a paper  {}",
            service.code, service.situations, service.of_situations, service.title
        );
        if !service.idle_questions.is_empty() {
            println!(
                "        no longer asked: {}",
                service.idle_questions.join(", ")
            );
        }
    }
    println!(
        "{} situations of {} services lose a paper; in {} more the office has it already",
        report.situations,
        report.services.len(),
        report.situations_unchanged
    );
    Ok(())
}

fn parse(change: &str) -> anyhow::Result<(&str, Change)> {
    let usage = "write `material NAME abolished` or `material NAME electronic`";
    let rest = change.trim().strip_prefix("material ").context(usage)?;
    let (name, change) = match rest.rsplit_once(' ') {
        Some((name, "abolished")) => (name, Change::Abolished),
        Some((name, "electronic")) => (name, Change::Electronic),
        _ => bail!(usage),
    };
    let name = name.trim().trim_matches('"');
    if name.is_empty() {
        bail!(usage);
    }
    Ok((name, change))
}

fn examine(guides: &[Guide], change: &str) -> anyhow::Result<Report> {
    let (name, kind) = parse(change)?;
    let is_exact = |material: &GuideMaterial| {
        material.name.zh == name || material.name.en.eq_ignore_ascii_case(name)
    };
    let lower = name.to_lowercase();
    let contains = |material: &GuideMaterial| {
        material.name.zh.contains(name) || material.name.en.to_lowercase().contains(&lower)
    };
    // A whole name means that material alone; a part of a name means all that have it.
    let any_exact = guides.iter().flat_map(|it| &it.materials).any(is_exact);
    let is_meant = |material: &GuideMaterial| {
        if any_exact {
            is_exact(material)
        } else {
            contains(material)
        }
    };
    let mut report = Report {
        change: change.trim().to_owned(),
        materials: Vec::new(),
        situations: 0,
        situations_unchanged: 0,
        services: Vec::new(),
    };
    for guide in guides {
        let meant: Vec<usize> = (0..guide.materials.len())
            .filter(|&it| is_meant(&guide.materials[it]))
            .collect();
        if !meant.is_empty() {
            report.add(guide, &meant, kind)?;
        }
    }
    if report.materials.is_empty() {
        bail!("no material is called `{name}`; `content/guides` has the names");
    }
    report.services.sort_by(|a, b| {
        b.situations
            .cmp(&a.situations)
            .then_with(|| a.code.cmp(&b.code))
    });
    Ok(report)
}

impl Report {
    fn add(&mut self, guide: &Guide, meant: &[usize], kind: Change) -> anyhow::Result<()> {
        let engine = engine(guide)?;
        let situations = engine.situations();
        let is_paper = |material: &usize| guide.materials[*material].form != PaperForm::ECert;
        let (mut lost, mut unchanged) = (0, 0);
        for situation in &situations {
            let mut asked = situation
                .materials
                .iter()
                .filter(|it| meant.contains(it))
                .peekable();
            if asked.peek().is_some() {
                if asked.any(is_paper) {
                    lost += 1;
                } else {
                    unchanged += 1;
                }
            }
        }
        for &material in meant {
            let name = &guide.materials[material].name.zh;
            if !self.materials.contains(name) {
                self.materials.push(name.clone());
            }
        }
        self.situations += lost;
        self.situations_unchanged += unchanged;
        if lost > 0 {
            self.services.push(ServiceReport {
                code: guide.service.to_string(),
                title: guide.title.zh.clone(),
                situations: lost,
                of_situations: situations.len(),
                idle_questions: idle_questions(guide, &engine, meant, kind)?,
            });
        }
        Ok(())
    }
}

/// The questions that are asked only because of the material.
fn idle_questions(
    guide: &Guide,
    engine: &Engine,
    meant: &[usize],
    kind: Change,
) -> anyhow::Result<Vec<String>> {
    if kind == Change::Electronic {
        return Ok(Vec::new());
    }
    let mut changed = guide.clone();
    let mut position = 0;
    changed.materials.retain(|_| {
        position += 1;
        !meant.contains(&(position - 1))
    });
    let after = self::engine(&changed)?.questions_asked();
    let idle = engine
        .questions_asked()
        .into_iter()
        .filter(|it| !after.contains(it));
    Ok(idle
        .map(|question| guide.questions[question].text.zh.clone())
        .collect())
}

fn engine(guide: &Guide) -> anyhow::Result<Engine> {
    let examined = Engine::examine(guide);
    examined.map(|(engine, _)| engine).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("guides/{}.toml: {}", guide.service, faults.join("; "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_a_material_and_what_becomes_of_it() {
        assert_eq!(
            parse("material 结婚证 abolished").unwrap(),
            ("结婚证", Change::Abolished)
        );
        assert_eq!(
            parse(" material Proof of home electronic ").unwrap(),
            ("Proof of home", Change::Electronic)
        );
        for wrong in [
            "",
            "material",
            "material abolished",
            "结婚证 abolished",
            "material 结婚证 gone",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
