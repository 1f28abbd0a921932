//! Every paper once, with the items that need it.

use super::item::Item;
use crate::guide::GuideResult;
use yichuang_contract::Text;
use yichuang_contract::bundle::Bundle;
use yichuang_contract::plan::{MaterialUse, PlanMaterial};
use yichuang_contract::service::PaperForm;

/// The materials of all items that take part: those of the guides by their answers, and of the
/// bundle's own list those that items outside the catalogue need, which have no guide.
pub(super) fn merge(
    items: &[Item<'_>],
    results: &[Option<GuideResult>],
    takes_part: &[bool],
    bundle: Option<&Bundle>,
) -> Vec<PlanMaterial> {
    let mut materials: Vec<PlanMaterial> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let (Some(service), Some(result), true) =
            (&item.service, &results[index], takes_part[index])
        else {
            continue;
        };
        for applied in &result.materials {
            let material = &service.pack.guide.materials[applied.index];
            let used = MaterialUse {
                item: item.id.clone(),
                form: material.form,
                is_certain: applied.is_certain && result.verdict == crate::guide::Verdict::Eligible,
                when: None,
            };
            add(&mut materials, &material.name, used);
        }
    }
    for material in bundle.map_or(&[][..], |bundle| &bundle.materials) {
        for id in &material.used_by {
            let of_id = |index: &usize| items[*index].id == *id;
            let Some(index) = (0..items.len()).find(of_id) else {
                continue;
            };
            if items[index].service.is_none() && takes_part[index] {
                let used = MaterialUse {
                    item: id.clone(),
                    form: material.form,
                    is_certain: material.when.is_none(),
                    when: material.when.clone(),
                };
                add(&mut materials, &material.name, used);
            }
        }
    }
    for material in &mut materials {
        material.made_by = maker(material, items, takes_part);
    }
    materials
}

fn add(materials: &mut Vec<PlanMaterial>, name: &Text, used: MaterialUse) {
    let same = materials
        .iter_mut()
        .find(|material| material.name.zh == name.zh);
    let Some(material) = same else {
        materials.push(PlanMaterial {
            name: name.clone(),
            forms: vec![used.form],
            count: 1,
            is_certain: used.is_certain,
            uses: vec![used],
            made_by: None,
        });
        return;
    };
    // An item that asks for one paper in two forms is one that needs it, named with both.
    if !material.uses.contains(&used) {
        material.uses.push(used);
    }
    material.is_certain = material.uses.iter().any(|used| used.is_certain);
    material.forms = forms(&material.uses);
    let filled_in = material
        .uses
        .iter()
        .filter(|used| used.form == PaperForm::Form)
        .count();
    material.count = u16::try_from(filled_in.max(1)).unwrap_or(u16::MAX);
}

/// The forms in which a paper is wanted. If one item wants it brought, it does not help that
/// another finds it in the office's own register.
fn forms(uses: &[MaterialUse]) -> Vec<PaperForm> {
    let order = [
        PaperForm::Original,
        PaperForm::Copy,
        PaperForm::Form,
        PaperForm::ECert,
    ];
    let is_wanted = |form: &PaperForm| uses.iter().any(|used| used.form == *form);
    let mut forms: Vec<PaperForm> = order.into_iter().filter(is_wanted).collect();
    if forms.len() > 1 {
        forms.retain(|form| *form != PaperForm::ECert);
    }
    forms
}

/// The item whose result is this paper, if every item that needs it waits for that one.
fn maker(material: &PlanMaterial, items: &[Item<'_>], takes_part: &[bool]) -> Option<String> {
    let makes = |index: &usize| {
        let service = items[*index].service.as_ref();
        takes_part[*index]
            && service.is_some_and(|it| it.pack.service.result.zh == material.name.zh)
    };
    let maker = (0..items.len()).find(makes)?;
    let waits = |used: &MaterialUse| {
        items
            .iter()
            .any(|item| item.id == used.item && item.after.contains(&maker))
    };
    material
        .uses
        .iter()
        .all(waits)
        .then(|| items[maker].id.clone())
}
