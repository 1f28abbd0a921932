//! What is right, and what is wrong without malice.

use super::{Case, Story};
use crate::threats::forge;
use yichuang_credential::fixture::{CHROMIUM, NOW, NUMBER, TODAY};
use yichuang_credential::seen::Sighting;
use yichuang_credential::{Disclosure, Live, Number, Purpose, Reason};

pub fn all(cases: &mut Vec<Case>) {
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        cases.push(story.case(
            0,
            "valid",
            "Shown live to this counter.",
            shown,
            Reason::Valid,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.present(&story.credential.bytes).encode();
        let shown = forge::text_of(&miniz_oxide::deflate::compress_to_vec_zlib(&bytes, 9));
        cases.push(story.case(
            0,
            "valid-compressed",
            "The same, compressed with zlib.",
            shown,
            Reason::Valid,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.credential.bytes.clone();
        let unlock =
            story
                .world
                .unlock_with(&bytes, &story.world.passkey, NOW - 20, 0x1D, CHROMIUM);
        let shown = Live::present(
            &bytes,
            &unlock,
            NOW,
            Some(story.world.binding()),
            &story.world.session,
        )
        .text();
        cases.push(story.case(
            0,
            "valid-chromium",
            "The browser appended to its client data.",
            shown,
            Reason::Valid,
        ));
    }
    {
        let story = Story::new();
        let mut story = story;
        let shown = story.world.paper().paper();
        cases.push(story.case(
            0,
            "paper",
            "A paper for these premises.",
            shown,
            Reason::Paper,
        ));
    }
    {
        let story = Story::new();
        let mut story = story;
        let shown = story.world.paper().paper();
        story.world.policy.is_paper_taken = false;
        cases.push(story.case(
            0,
            "paper-refused",
            "A paper where none is taken.",
            shown,
            Reason::PaperRefused,
        ));
    }
    {
        let story = Story::new();
        let mut story = story;
        let shown = story.world.paper().paper();
        story.world.counter.premises = "H4403-9999".into();
        cases.push(story.case(
            0,
            "wrong-premises",
            "A paper for other premises.",
            shown,
            Reason::WrongPremises,
        ));
    }
    {
        let story = Story::new();
        let mut story = story;
        story.world.policy.is_counter_required = false;
        let shown = story.present_to(None, NOW);
        cases.push(story.case(
            0,
            "not-bound",
            "Bound to no counter, where that is allowed.",
            shown,
            Reason::NotBoundToCounter,
        ));
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let id = story.credential.id.0;
        let mut case = story.case(
            0,
            "already-here",
            "Checked in here before.",
            shown,
            Reason::AlreadyHere,
        );
        case.seen.insert(id, Sighting::Here);
        cases.push(case);
    }
    {
        let story = Story::new();
        let bytes = story.issue(|claims| {
            claims.issued = NOW + 3600;
            claims.expires = NOW + 7200;
        });
        let shown = story.show(&bytes);
        cases.push(story.case(
            0,
            "not-yet-valid",
            "Issued in an hour.",
            shown,
            Reason::NotYetValid,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.issue(|claims| {
            claims.expires = NOW;
        });
        let shown = story.show(&bytes);
        cases.push(story.case(
            0,
            "expired",
            "Expired a second ago.",
            shown,
            Reason::Expired,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.issue(|claims| {
            claims.purpose = Purpose::Travel;
        });
        let shown = story.show(&bytes);
        cases.push(story.case(
            0,
            "wrong-purpose",
            "Issued for travelling.",
            shown,
            Reason::WrongPurpose,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.issue(|claims| {
            claims.number = Number::Full(NUMBER.into());
        });
        let shown = story.show(&bytes);
        cases.push(story.case(
            0,
            "wrong-disclosure",
            "The number in full where it must be sealed.",
            shown,
            Reason::WrongDisclosure,
        ));
    }
    {
        let story = Story::new();
        let mut story = story;
        story.world.policy.disclosure = Disclosure::Full;
        let bytes = story.issue(|claims| {
            claims.number = Number::Full(NUMBER.into());
        });
        let shown = story.show(&bytes);
        cases.push(story.case(
            0,
            "full-number",
            "The number in full where that is the rule.",
            shown,
            Reason::Valid,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.issue(|claims| {
            claims.status.day = TODAY - 2;
        });
        let shown = story.show(&bytes);
        cases.push(story.case(
            0,
            "status-not-covered",
            "Of a day that the status list does not cover.",
            shown,
            Reason::StatusNotCovered,
        ));
    }
    {
        let story = Story::new();
        let shown = story.present_to(Some(story.world.binding()), NOW + 3600);
        cases.push(story.case(
            0,
            "from-the-future",
            "Shown by a phone whose clock is an hour ahead.",
            shown,
            Reason::FromTheFuture,
        ));
    }
}
