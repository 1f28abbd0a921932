//! `guides/<CODE>.toml`: guided questions (问答式指引), one file a service.

use crate::finding::{At, Kind, Log, Place};
use crate::reader::{File, Table};
use std::collections::BTreeMap;
use std::path::Path;
use yichuang_contract::ServiceCode;
use yichuang_contract::guide::{
    AskIf, Choice, Condition, Guide, GuideDays, GuideFee, GuideMaterial, GuideNote, Outcome,
    Question, Target,
};
use yichuang_domain::guide as engine;

/// A guide with the places of its parts, so that a fault the engine finds can be shown in the file.
#[derive(Clone, Debug)]
pub struct GuideEntry {
    /// The guide.
    pub guide: Guide,
    /// The file.
    pub place: Place,
    /// Services the outcomes route to, with the place of each.
    pub routes: Vec<At<ServiceCode>>,
    /// Whether every rule could be read; the engine is asked only then.
    pub is_readable: bool,
    places: BTreeMap<engine::Place, Place>,
}

impl GuideEntry {
    /// Where a part of the guide stands in its file.
    #[must_use]
    pub fn place_of(&self, part: &engine::Place) -> &Place {
        self.places.get(part).unwrap_or(&self.place)
    }
}

pub(crate) fn read(folder: &Path, log: &Log) -> Vec<GuideEntry> {
    crate::folder::toml_files(folder, "guides", log)
        .into_iter()
        .filter_map(|name| File::read(folder, &name, log, |file| read_guide(file, &name)).flatten())
        .collect()
}

/// What reading a guide gathers beside the guide itself.
#[derive(Default)]
struct Gathered {
    routes: Vec<At<ServiceCode>>,
    places: BTreeMap<engine::Place, Place>,
    has_bad_rule: bool,
}

fn read_guide(table: &Table<'_>, name: &str) -> Option<GuideEntry> {
    let service: Option<At<ServiceCode>> = table.parsed("service");
    let mut gathered = Gathered::default();
    let guide = Guide {
        // A stand-in where the code is missing, so that the rest of the file is read all the same.
        service: service
            .as_ref()
            .map_or_else(|| "XX-000".parse().ok(), |code| Some(code.value.clone()))?,
        title: table.text("title"),
        start: table.string("start").value,
        questions: table.tables("question", |question| {
            read_question(question, &mut gathered)
        }),
        materials: table.tables("material", |material| {
            read_material(material, &mut gathered)
        }),
        notes: numbered(table, "note", &mut gathered, engine::Place::Note, read_note),
        steps: numbered(table, "step", &mut gathered, engine::Place::Step, read_note),
        fees: numbered(table, "fee", &mut gathered, engine::Place::Fee, read_fee),
        days: numbered(table, "days", &mut gathered, engine::Place::Days, read_days),
        outcomes: table.tables("outcome", |outcome| read_outcome(outcome, &mut gathered)),
    };
    let service = service?;
    if name != format!("guides/{}.toml", service.value) {
        let message = format!(
            "the file's name and `service = \"{}\"` disagree; mend one",
            service.value
        );
        table.report(&service.place, Kind::Contradiction, message);
    }
    Some(GuideEntry {
        guide,
        place: Place {
            line: 1,
            ..table.place()
        },
        routes: gathered.routes,
        is_readable: !gathered.has_bad_rule,
        places: gathered.places,
    })
}

fn numbered<T>(
    table: &Table<'_>,
    key: &str,
    gathered: &mut Gathered,
    part: impl Fn(usize) -> engine::Place,
    read: impl Fn(&Table<'_>, &mut Gathered) -> T,
) -> Vec<T> {
    let mut index = 0;
    table.tables(key, |item| {
        gathered.places.insert(part(index), item.place());
        index += 1;
        Some(read(item, gathered))
    })
}

fn read_question(table: &Table<'_>, gathered: &mut Gathered) -> Option<Question> {
    let id = table.string("id").value;
    gathered
        .places
        .insert(engine::Place::Question(id.clone()), table.place());
    let ask_if = match (table.has("ask_if"), table.has("else_next")) {
        (false, false) => None,
        (true, true) => Some(AskIf {
            condition: rule(table, "ask_if", gathered),
            otherwise: target(&table.string("else_next").value),
        }),
        _ => {
            let message = "`ask_if` and `else_next` belong together; write both or neither";
            table.report(&table.place(), Kind::MissingKey, message);
            table.optional_string("ask_if");
            table.optional_string("else_next");
            None
        }
    };
    Some(Question {
        shared: table.optional_string("shared").map(|shared| shared.value),
        text: table.text("text"),
        hint: table.optional_text("hint"),
        unknown: table.optional_text("unknown"),
        ask_if,
        choices: table.tables("options", |option| {
            let choice = option.string("id").value;
            let part = engine::Place::Choice {
                question: id.clone(),
                choice: choice.clone(),
            };
            gathered.places.insert(part, option.place());
            Some(Choice {
                id: choice,
                label: option.text("label"),
                next: target(&option.string("next").value),
            })
        }),
        id,
    })
}

/// A question's identifier, or an outcome's after `@`.
fn target(text: &str) -> Target {
    match text.strip_prefix('@') {
        Some(outcome) => Target::Outcome(outcome.to_owned()),
        None => Target::Question(text.to_owned()),
    }
}

fn rule(table: &Table<'_>, key: &str, gathered: &mut Gathered) -> Condition {
    let text = table.string(key);
    if text.is_empty() {
        gathered.has_bad_rule = true;
        return Condition::Always;
    }
    engine::parse(&text).unwrap_or_else(|error| {
        gathered.has_bad_rule = true;
        let message = format!("the rule `{}` cannot be read: {error}", text.value);
        table.report(&text.place, Kind::Expression, message);
        Condition::Always
    })
}

fn read_material(table: &Table<'_>, gathered: &mut Gathered) -> Option<GuideMaterial> {
    let id = table.string("id").value;
    gathered
        .places
        .insert(engine::Place::Material(id.clone()), table.place());
    let when = rule(table, "when", gathered);
    let name = table.text("name");
    let basis = table
        .optional_string("basis")
        .map(|basis| basis.value)
        .unwrap_or_default();
    Some(GuideMaterial {
        id,
        name,
        form: table.word("form")?,
        when,
        basis,
    })
}

fn read_note(table: &Table<'_>, gathered: &mut Gathered) -> GuideNote {
    GuideNote {
        when: rule(table, "when", gathered),
        text: table.text("text"),
    }
}

fn read_fee(table: &Table<'_>, gathered: &mut Gathered) -> GuideFee {
    GuideFee {
        when: rule(table, "when", gathered),
        name: table.text("name"),
        amount_fen: table.number("amount_fen").value,
    }
}

fn read_days(table: &Table<'_>, gathered: &mut Gathered) -> GuideDays {
    GuideDays {
        when: rule(table, "when", gathered),
        days: table.number("days").value,
        reason: table.text("reason"),
    }
}

fn read_outcome(table: &Table<'_>, gathered: &mut Gathered) -> Option<Outcome> {
    let id = table.string("id").value;
    gathered
        .places
        .insert(engine::Place::Outcome(id.clone()), table.place());
    let routes = if table.has("route") {
        table.parsed_list("route")
    } else {
        Vec::new()
    };
    gathered.routes.extend(routes.iter().cloned());
    let text = table.text("text");
    Some(Outcome {
        id,
        kind: table.word("kind")?,
        text,
        routes: routes.into_iter().map(|route| route.value).collect(),
    })
}
