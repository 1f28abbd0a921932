//! Damaged, cut, swollen and nested payloads.

use super::{Case, Story};
use crate::threats::forge;
use yichuang_credential::Reason;

pub fn all(cases: &mut Vec<Case>) {
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let shown = shown.replacen(&shown[40..41], "?", 1);
        cases.push(story.case(
            9,
            "damaged",
            "One character cannot be read.",
            shown,
            Reason::Damaged,
        ));
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let shown = shown[..shown.len() * 2 / 3 / 3 * 3 + 1].to_owned();
        cases.push(story.case(
            9,
            "truncated",
            "The last third is missing.",
            shown,
            Reason::Truncated,
        ));
    }
    {
        let story = Story::new();
        let shown = "https://www.example.com/".to_owned();
        cases.push(story.case(
            9,
            "not-a-credential",
            "Another code altogether.",
            shown,
            Reason::NotACredential,
        ));
    }
    {
        let story = Story::new();
        let shown = forge::text_of(&[0x84; 4000]);
        cases.push(story.case(
            12,
            "too-long",
            "Longer than any credential.",
            shown,
            Reason::TooLong,
        ));
    }
    {
        let story = Story::new();
        let shown = forge::bomb();
        cases.push(story.case(
            12,
            "inflates-too-much",
            "A few bytes that stand for millions.",
            shown,
            Reason::InflatesTooMuch,
        ));
    }
    {
        let story = Story::new();
        let shown = forge::text_of(&[0x81; 1000]);
        cases.push(story.case(
            12,
            "nested-too-deep",
            "A thousand arrays in each other.",
            shown,
            Reason::NestedTooDeep,
        ));
    }
    {
        let story = Story::new();
        let shown = forge::text_of(&[0x9B, 0, 0, 0, 1, 0, 0, 0, 0, 0x01]);
        cases.push(story.case(
            12,
            "says-it-is-huge",
            "An array that claims more items than there are bytes.",
            shown,
            Reason::Truncated,
        ));
    }
    {
        let story = Story::new();
        let shown = forge::text_of(&[0x82, 0x18, 0x02, 0x40]);
        cases.push(story.case(
            12,
            "long-heads",
            "A number in a longer form than it needs.",
            shown,
            Reason::NotCanonical,
        ));
    }
    {
        let story = Story::new();
        let shown = forge::text_of(&[0x9F, 0x02, 0x40, 0xFF]);
        cases.push(story.case(
            12,
            "indefinite",
            "An array without a length.",
            shown,
            Reason::NotCanonical,
        ));
    }
    {
        let story = Story::new();
        let shown = forge::text_of(&[0x82, 0x07, 0x40]);
        cases.push(story.case(
            12,
            "unknown-form",
            "A form of a later version.",
            shown,
            Reason::UnknownForm,
        ));
    }
}
