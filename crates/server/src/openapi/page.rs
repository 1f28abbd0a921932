//! The document as a page: plain HTML, no script, no style of its own, nothing from elsewhere.

use serde_json::Value;
use std::fmt::Write;

/// Writes the page.
#[must_use]
pub fn html(document: &Value) -> String {
    let mut page = String::new();
    // Writing to a string cannot fail.
    let _ = write_page(&mut page, document);
    page
}

fn write_page(page: &mut String, document: &Value) -> std::fmt::Result {
    let info = &document["info"];
    write!(
        page,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}: API</title></head><body><main><h1>{title}: API</h1><p>{description}</p>\
         <p>The same as an OpenAPI document: <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a></p>",
        title = escape(text(info, "title")),
        description = escape(text(info, "description")),
    )?;
    write_contents(page, document)?;
    for (path, methods) in entries(&document["paths"]) {
        for (method, operation) in entries(methods) {
            write_operation(page, path, method, operation)?;
        }
    }
    page.push_str("<h2 id=\"types\">Types</h2>");
    for (name, schema) in entries(&document["components"]["schemas"]) {
        write_schema(page, name, schema)?;
    }
    page.push_str("</main></body></html>\n");
    Ok(())
}

fn write_contents(page: &mut String, document: &Value) -> std::fmt::Result {
    page.push_str("<nav aria-label=\"Endpoints\"><ul>");
    for (path, methods) in entries(&document["paths"]) {
        for (method, operation) in entries(methods) {
            write!(
                page,
                "<li><a href=\"#{anchor}\"><code>{method} {path}</code></a> {summary}</li>",
                anchor = escape(text(operation, "operationId")),
                method = method.to_uppercase(),
                path = escape(path),
                summary = escape(text(operation, "summary")),
            )?;
        }
    }
    page.push_str("<li><a href=\"#types\">Types</a></li></ul></nav>");
    Ok(())
}

fn write_operation(
    page: &mut String,
    path: &str,
    method: &str,
    operation: &Value,
) -> std::fmt::Result {
    write!(
        page,
        "<section><h2 id=\"{anchor}\"><code>{method} {path}</code></h2><p>{summary}</p><p>{description}</p>\
         <p>May be called by: {access}</p>",
        anchor = escape(text(operation, "operationId")),
        method = method.to_uppercase(),
        path = escape(path),
        summary = escape(text(operation, "summary")),
        description = escape(text(operation, "description")),
        access = escape(text(operation, "x-access")),
    )?;
    let parameters = operation["parameters"].as_array();
    if let Some(parameters) = parameters.filter(|parameters| !parameters.is_empty()) {
        page.push_str(
            "<table><caption>Parameters</caption><thead><tr><th scope=\"col\">Name</th>\
             <th scope=\"col\">In</th><th scope=\"col\">Type</th><th scope=\"col\">Meaning</th></tr></thead><tbody>",
        );
        for parameter in parameters {
            let is_required = parameter["required"].as_bool().unwrap_or(false);
            write!(
                page,
                "<tr><th scope=\"row\"><code>{name}</code></th><td>{place}{required}</td><td>{kind}</td><td>{meaning}</td></tr>",
                name = escape(text(parameter, "name")),
                place = escape(text(parameter, "in")),
                required = if is_required { ", required" } else { "" },
                kind = kind(&parameter["schema"]),
                meaning = escape(text(parameter, "description")),
            )?;
        }
        page.push_str("</tbody></table>");
    }
    for (_, content) in entries(&operation["requestBody"]["content"]) {
        write!(page, "<p>Body: {}</p>", kind(&content["schema"]))?;
    }
    page.push_str("<dl>");
    for (status, response) in entries(&operation["responses"]) {
        write!(
            page,
            "<dt>{status}</dt><dd>{}",
            escape(text(response, "description"))
        )?;
        for (media, content) in entries(&response["content"]) {
            write!(
                page,
                ": {} as <code>{}</code>",
                kind(&content["schema"]),
                escape(media)
            )?;
        }
        page.push_str("</dd>");
    }
    page.push_str("</dl></section>");
    Ok(())
}

fn write_schema(page: &mut String, name: &str, schema: &Value) -> std::fmt::Result {
    write!(
        page,
        "<section><h3 id=\"type-{name}\">{name}</h3><p>{description}</p>",
        name = escape(name),
        description = escape(text(schema, "description")),
    )?;
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if let Some(properties) = schema["properties"].as_object() {
        page.push_str("<dl>");
        for (field, property) in properties {
            write!(
                page,
                "<dt><code>{field}</code>: {kind}{optional}</dt><dd>{meaning}</dd>",
                field = escape(field),
                kind = kind(property),
                optional = if required.contains(&field.as_str()) {
                    ""
                } else {
                    ", may be absent"
                },
                meaning = escape(text(property, "description")),
            )?;
        }
        page.push_str("</dl>");
    } else {
        write!(page, "<p>{}</p>", kind(schema))?;
    }
    page.push_str("</section>");
    Ok(())
}

/// A schema in a few words, with links to named types.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = escape(reference.rsplit('/').next().unwrap_or_default());
        return format!("<a href=\"#type-{name}\">{name}</a>");
    }
    for (key, joint) in [("oneOf", " or "), ("anyOf", " or "), ("allOf", " and ")] {
        if let Some(parts) = schema[key].as_array() {
            let parts: Vec<String> = parts.iter().map(kind).collect();
            return parts.join(joint);
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<String> = values
            .iter()
            .map(|value| format!("<code>{}</code>", escape(&value.to_string())))
            .collect();
        return values.join(" or ");
    }
    if !schema["items"].is_null() {
        return format!("list of {}", kind(&schema["items"]));
    }
    if let Some(properties) = schema["properties"].as_object() {
        let fields: Vec<String> = properties
            .iter()
            .map(|(name, property)| format!("<code>{}</code>: {}", escape(name), kind(property)))
            .collect();
        return format!("{{ {} }}", fields.join(", "));
    }
    match &schema["type"] {
        Value::String(name) => escape(name),
        Value::Array(names) => {
            let names: Vec<String> = names.iter().filter_map(Value::as_str).map(escape).collect();
            names.join(" or ")
        }
        _ => "anything".to_owned(),
    }
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
