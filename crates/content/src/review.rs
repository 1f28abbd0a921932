//! `fields.toml` and `review/<department>.toml`: form fields and officer-side standards.

use crate::finding::{At, Kind, Log, Place};
use crate::reader::{File, Item, Table};
use std::collections::BTreeMap;
use std::path::Path;
use yichuang_contract::ServiceCode;
use yichuang_contract::service::{
    Department, FieldOption, FieldSource, FormField, ReviewLine, ReviewPoints,
};

/// Fields that several services share, by identifier.
pub type SharedFields = BTreeMap<String, At<FormField>>;

/// What is written for one service.
#[derive(Clone, Debug)]
pub struct ReviewEntry {
    /// The service.
    pub code: At<ServiceCode>,
    /// The file's department.
    pub department: Department,
    /// Intake, review and refusal.
    pub points: ReviewPoints,
    /// Law and article of each review line, with its place.
    pub bases: Vec<At<String>>,
    /// Form fields in order.
    pub fields: Vec<FieldEntry>,
}

/// A form field of a service.
#[derive(Clone, Debug)]
pub struct FieldEntry {
    /// The field as this service shows it.
    pub field: FormField,
    /// Whether it is one of the shared fields.
    pub is_shared: bool,
    /// Where it stands.
    pub place: Place,
}

/// Kinds of values a field may hold.
const FIELD_KINDS: [&str; 13] = [
    "text",
    "name",
    "id-number",
    "date",
    "phone",
    "address",
    "select",
    "bool",
    "number",
    "money",
    "plate",
    "document-number",
    "country",
];
/// `relation` is a kind of its own because its answers depend on the service.
const RELATION: &str = "relation";

pub(crate) fn read_fields(folder: &Path, log: &Log) -> SharedFields {
    File::read(folder, "fields.toml", log, |file| {
        let mut fields = SharedFields::new();
        for key in file.keys() {
            if let Some(Some(field)) = file.table(&key.value, |table| read_field(table, &key.value))
            {
                let place = key.place.clone();
                fields.insert(
                    key.value,
                    At {
                        value: field,
                        place,
                    },
                );
            }
        }
        fields
    })
    .unwrap_or_default()
}

fn read_field(table: &Table<'_>, id: &str) -> Option<FormField> {
    let kind = table.string("kind");
    if !kind.is_empty() && !FIELD_KINDS.contains(&kind.as_str()) && *kind != RELATION {
        let message = format!(
            "`kind` holds “{}”; known: {}, {RELATION}",
            kind.value,
            FIELD_KINDS.join(", ")
        );
        table.report(&kind.place, Kind::InvalidValue, message);
    }
    let options = options(table);
    if (*kind == "select") == options.is_empty() {
        let message = "a `select` has `options`, and only a `select` has them";
        table.report(&table.place(), Kind::Contradiction, message);
    }
    let label = table.text("label");
    let is_required = table.flag("required");
    Some(FormField {
        id: id.to_owned(),
        label,
        kind: kind.value,
        is_required,
        source: table.word("source").unwrap_or(FieldSource::Applicant),
        options,
    })
}

fn options(table: &Table<'_>) -> Vec<FieldOption> {
    let mut seen: Vec<String> = Vec::new();
    table.tables("options", |option| {
        let id = option.string("id");
        if seen.contains(&id.value) {
            let message = format!("option `{}` is there twice; rename or remove one", id.value);
            option.report(&id.place, Kind::Duplicate, message);
        }
        seen.push(id.value.clone());
        Some(FieldOption {
            id: id.value,
            label: option.text("label"),
        })
    })
}

pub(crate) fn read(folder: &Path, shared: &SharedFields, log: &Log) -> Vec<ReviewEntry> {
    Department::ALL
        .into_iter()
        .filter_map(|department| {
            let name = format!("review/{}.toml", department.id());
            File::read(folder, &name, log, |file| {
                read_file(file, department, shared)
            })
        })
        .flatten()
        .collect()
}

fn read_file(file: &Table<'_>, department: Department, shared: &SharedFields) -> Vec<ReviewEntry> {
    let mut entries = Vec::new();
    for key in file.keys() {
        let Ok(code) = key.value.parse::<ServiceCode>() else {
            // Left unread, so that it is reported as an unknown key.
            continue;
        };
        let code = At {
            value: code,
            place: key.place.clone(),
        };
        entries.extend(file.table(&key.value, |table| {
            read_entry(table, code, department, shared)
        }));
    }
    entries
}

fn read_entry(
    table: &Table<'_>,
    code: At<ServiceCode>,
    department: Department,
    shared: &SharedFields,
) -> ReviewEntry {
    let mut bases = Vec::new();
    let points = ReviewPoints {
        intake: table.tables("intake", |line| Some(line.text("text"))),
        review: table.tables("review", |line| {
            let basis = line.string_or_empty("basis");
            bases.push(At {
                value: basis.clone(),
                place: line.place(),
            });
            Some(ReviewLine {
                text: line.text("text"),
                basis,
            })
        }),
        refuse: table.tables("refuse", |line| Some(line.text("text"))),
        needs_four_eyes: table.flag("four_eyes"),
        is_on_site: table.flag("on_site"),
    };
    let fields = table.items("fields", |item| match item {
        Item::String(id) => match shared.get(&id.value) {
            Some(field) => Some(FieldEntry {
                field: field.value.clone(),
                is_shared: true,
                place: id.place,
            }),
            None => {
                let message = format!(
                    "no field `{}` in fields.toml; mend the name or add the field there",
                    id.value
                );
                table.report(&id.place, Kind::Dangling, message);
                None
            }
        },
        Item::Table(field) => read_service_field(field, shared),
    });
    ReviewEntry {
        code,
        department,
        points,
        bases,
        fields,
    }
}

/// A field of one service: a whole one, or a shared one with another label, `required` or `source`.
fn read_service_field(table: &Table<'_>, shared: &SharedFields) -> Option<FieldEntry> {
    let id = table.string("id");
    let place = id.place.clone();
    let Some(base) = shared.get(&id.value) else {
        return Some(FieldEntry {
            field: read_field(table, &id.value)?,
            is_shared: false,
            place,
        });
    };
    for key in ["kind", "options"] {
        if table.has(key) {
            let message = format!(
                "`{}` is a shared field; `{key}` is set in fields.toml only",
                id.value
            );
            table.report(&table.place_of(key), Kind::Contradiction, message);
            table.optional_string("kind");
            table.tables("options", |_| None::<()>);
        }
    }
    let mut field = base.value.clone();
    if let Some(label) = table.optional_text("label") {
        field.label = label;
    }
    if table.has("required") {
        field.is_required = table.flag("required");
    }
    if table.has("source") {
        field.source = table.word("source").unwrap_or(field.source);
    }
    Some(FieldEntry {
        field,
        is_shared: true,
        place,
    })
}
