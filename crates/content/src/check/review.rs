//! Checks of review points and form fields.

use super::{dangling, duplicates};
use crate::Content;
use crate::finding::{At, Kind, Log, Place};
use crate::review::FieldEntry;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(content: &Content, log: &Log) {
    duplicates(
        "service",
        content
            .reviews
            .iter()
            .map(|entry| (entry.code.as_str(), &entry.code.place)),
        log,
    );
    let reviewed: BTreeSet<&str> = content
        .reviews
        .iter()
        .map(|entry| entry.code.as_str())
        .collect();
    for service in &content.services {
        if !reviewed.contains(service.code.as_str()) {
            let message = format!(
                "{} has no review points; add [{}] to review/{}.toml",
                service.code.value,
                service.code.value,
                service.department.id()
            );
            log.add(&service.code.place, Kind::Dangling, message);
        }
    }
    let services: BTreeMap<_, _> = content
        .services
        .iter()
        .map(|service| (&service.code.value, service))
        .collect();
    let mut own: BTreeMap<&str, (&str, &Place)> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for entry in &content.reviews {
        let Some(service) = services.get(&entry.code.value) else {
            dangling("service", &entry.code, false, log);
            continue;
        };
        if service.department != entry.department {
            let message = format!(
                "{} belongs to review/{}.toml",
                entry.code.value,
                service.department.id()
            );
            log.add(&entry.code.place, Kind::Contradiction, message);
        }
        for (key, is_empty) in [
            ("intake", entry.points.intake.is_empty()),
            ("review", entry.points.review.is_empty()),
            ("refuse", entry.points.refuse.is_empty()),
        ] {
            if is_empty {
                log.add(
                    &entry.code.place,
                    Kind::MissingKey,
                    format!("`{key}` is missing or empty; fill it in"),
                );
            }
        }
        for basis in entry.bases.iter().filter(|basis| !basis.is_empty()) {
            if !is_cited(&basis.value, &service.basis) {
                let message = format!(
                    "“{}” is not among the `basis` of {}; cite it there too",
                    basis.value, service.code.value
                );
                log.add(&basis.place, Kind::Contradiction, message);
            }
        }
        let ids = entry
            .fields
            .iter()
            .map(|field| (field.field.id.as_str(), &field.place));
        duplicates("field", ids, log);
        check_own_fields(&entry.fields, entry.code.as_str(), &mut own, log);
        used.extend(entry.fields.iter().map(|field| field.field.id.as_str()));
    }
    for (id, field) in &content.shared_fields {
        if !used.contains(id.as_str()) {
            log.add(
                &field.place,
                Kind::Dangling,
                format!("no service asks for the field `{id}`; remove it"),
            );
        }
    }
}

/// A field of one service may not bear the name of another service's field: an id means the same
/// everywhere, so that a bundle asks once.
fn check_own_fields<'c>(
    fields: &'c [FieldEntry],
    code: &'c str,
    own: &mut BTreeMap<&'c str, (&'c str, &'c Place)>,
    log: &Log,
) {
    for field in fields.iter().filter(|field| !field.is_shared) {
        let id = field.field.id.as_str();
        match own.get(id) {
            Some((other, place)) if *other != code => {
                let message = format!(
                    "{other} has its own field `{id}` too ({place}); move it to fields.toml or rename one"
                );
                log.add(&field.place, Kind::Duplicate, message);
            }
            _ => {
                own.insert(id, (code, &field.place));
            }
        }
    }
}

/// Whether a service cites the law of a review line and every article it names.
fn is_cited(basis: &str, cited: &[At<String>]) -> bool {
    let (law, articles) = split_articles(basis);
    let listed: Vec<&str> = cited
        .iter()
        .map(|cited| split_articles(&cited.value))
        .filter(|(title, _)| *title == law)
        .flat_map(|(_, articles)| articles)
        .collect();
    let is_law_cited = cited
        .iter()
        .any(|cited| split_articles(&cited.value).0 == law);
    is_law_cited && articles.iter().all(|article| listed.contains(article))
}

/// Splits `《law》（number）article、article` into the law with its number and its articles.
fn split_articles(basis: &str) -> (&str, Vec<&str>) {
    let title = basis.rfind('》').map_or(0, |at| at + '》'.len_utf8());
    let number = basis[title..]
        .starts_with('（')
        .then(|| basis[title..].find('）'))
        .flatten();
    let end = number.map_or(title, |at| title + at + '）'.len_utf8());
    let articles = basis[end..]
        .split('、')
        .filter(|article| !article.is_empty())
        .collect();
    (&basis[..end], articles)
}

#[cfg(test)]
mod tests {
    use super::split_articles;

    #[test]
    fn a_citation_is_a_law_its_number_and_its_articles() {
        assert_eq!(
            split_articles("《护照法》第五条、第六条"),
            ("《护照法》", vec!["第五条", "第六条"])
        );
        assert_eq!(
            split_articles("《通知》（国办发〔2015〕96号）"),
            ("《通知》（国办发〔2015〕96号）", vec![])
        );
        assert_eq!(
            split_articles("国家标准 GB 1234"),
            ("", vec!["国家标准 GB 1234"])
        );
    }
}
