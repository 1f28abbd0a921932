//! How much of what a query says a document has.

use crate::index::Index;
use crate::query::{Cover, Understanding};
use crate::text::{Atom, is_word};

/// How much of what the query says a document has, 0 to 1.
///
/// Words outside the lexicon count less, and not without end, once the subject is met: a story
/// told around 护照 is still about a passport. Without the subject they count in full.
pub(crate) fn covered(index: &Index, atoms: &[Atom], text: &Understanding, surely: &[f32]) -> f32 {
    let mut said = 0.0;
    let mut had = 0.0;
    let mut has_subject = false;
    for found in &text.found {
        let is_office = match text.cover[usize::from(found.from)] {
            Cover::Concept(_) => false,
            Cover::Office(_) => true,
            Cover::Bare | Cover::Stop(_) => continue,
        };
        let mut mass: f32 = 0.0;
        let mut met: f32 = 0.0;
        for (term, surely) in text.terms.iter().zip(surely) {
            if term.from < found.from || term.to > found.to {
                continue;
            }
            let is_whole = (term.from, term.to) == (found.from, found.to) && term.weight >= 1.4;
            if is_whole {
                mass = mass.max(term.weight);
            }
            if is_whole || (!is_office && term.weight >= 0.4) {
                met = met.max(term.weight * surely);
            }
        }
        if is_office {
            // Speaking of another office's business is not yet dealing with it.
            (mass, met) = (4.0, met * 0.6);
        }
        // One character alone is too often part of another word: 分 is not always 记分.
        let is_clear = found.to - found.from > 1 || is_word(atoms[usize::from(found.from)].id);
        has_subject |= is_clear && met >= 0.6 * mass && index.dictionary.is_subject(*found);
        said += mass;
        had += met;
    }
    let mut share = vec![0.0_f32; atoms.len()];
    for (term, surely) in text.terms.iter().zip(surely) {
        let is_alone = term.to - term.from == 1 && !is_word(atoms[usize::from(term.from)].id);
        let worth = if is_alone { 0.3 * surely } else { *surely };
        for share in &mut share[usize::from(term.from)..usize::from(term.to)] {
            *share = share.max(worth);
        }
    }
    let mut bare_said = 0.0;
    let mut bare_had = 0.0;
    for (at, atom) in atoms
        .iter()
        .enumerate()
        .filter(|(at, _)| text.cover[*at] == Cover::Bare)
    {
        let mass = bare_mass(atom);
        bare_said += mass;
        bare_had += mass * share[at];
    }
    if has_subject {
        let missing = ((bare_said - bare_had) * 0.6).min(2.4);
        bare_had *= 0.6;
        bare_said = bare_had + missing;
    } else {
        // Without a subject a document must have nearly everything.
        had *= 0.75;
        bare_had *= 0.7;
    }
    said += bare_said;
    if said > 0.0 {
        (had + bare_had) / said
    } else {
        0.0
    }
}

/// What something that the lexicon does not know counts. A number says little: 200块.
fn bare_mass(atom: &Atom) -> f32 {
    match (is_word(atom.id), atom.is_number) {
        (true, true) => 0.5,
        (true, false) => 2.0,
        _ => 1.0,
    }
}
