//! Replays, fake counters, fake receipts, clocks and old lists.

use super::{Case, Object, Story, stranger};
use yichuang_credential::Reason;
use yichuang_credential::counter::{CounterCard, CounterCode};
use yichuang_credential::fixture::NOW;
use yichuang_credential::receipt::Receipt;
use yichuang_credential::seen::Sighting;

pub fn all(cases: &mut Vec<Case>) {
    {
        let story = Story::new();
        let live = story.present(&story.credential.bytes);
        let id = live.id().0;
        let shown = live.text();
        let mut case = story.case(
            6,
            "replayed",
            "The very presentation again.",
            shown,
            Reason::Replayed,
        );
        case.seen.insert(id, Sighting::SamePresentation);
        cases.push(case);
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let id = story.credential.id.0;
        let mut case = story.case(
            6,
            "used-elsewhere",
            "Checked in at other premises, as the server said.",
            shown,
            Reason::UsedElsewhere,
        );
        case.seen.insert(id, Sighting::Elsewhere);
        cases.push(case);
    }
    {
        let story = Story::new();
        let shown = story.present_to(None, NOW);
        cases.push(story.case(
            6,
            "no-counter",
            "Bound to no counter.",
            shown,
            Reason::NoCounter,
        ));
    }
    {
        let story = Story::new();
        let card = story.world.signed_card.clone();
        let shown = CounterCode::screen(&card, [1; 4], NOW, &story.world.desk_key).text();
        let mut case = story.case(
            7,
            "counter-valid",
            "The counter's own code.",
            shown,
            Reason::Valid,
        );
        case.object = Object::Counter;
        cases.push(case);
    }
    {
        let story = Story::new();
        let card = story.world.signed_card.clone();
        let shown = CounterCode::Printed(card).text();
        let mut case = story.case(
            7,
            "counter-printed",
            "The same, printed.",
            shown,
            Reason::Valid,
        );
        case.object = Object::Counter;
        cases.push(case);
    }
    {
        let story = Story::new();
        let card = story.world.card.sign(&stranger());
        let shown = CounterCode::Printed(card).text();
        let mut case = story.case(
            7,
            "counter-unknown-key",
            "A card that a stranger signed.",
            shown,
            Reason::UnknownKey,
        );
        case.object = Object::Counter;
        cases.push(case);
    }
    {
        let story = Story::new();
        let card = CounterCard {
            not_after: NOW,
            ..story.world.card.clone()
        }
        .sign(&story.world.licenser);
        let shown = CounterCode::Printed(card).text();
        let mut case = story.case(
            7,
            "counter-licence-over",
            "The licence is over.",
            shown,
            Reason::Expired,
        );
        case.object = Object::Counter;
        cases.push(case);
    }
    {
        let story = Story::new();
        let card = story.world.signed_card.clone();
        let shown = CounterCode::screen(&card, [1; 4], NOW - 3600, &story.world.desk_key).text();
        let mut case = story.case(
            7,
            "counter-number-old",
            "A photograph of the counter's code of an hour ago.",
            shown,
            Reason::OldCounterCode,
        );
        case.object = Object::Counter;
        cases.push(case);
    }
    {
        let story = Story::new();
        let card = story.world.signed_card.clone();
        let shown = CounterCode::screen(&card, [1; 4], NOW, &stranger()).text();
        let mut case = story.case(
            7,
            "counter-other-key",
            "A fresh number that another key signed.",
            shown,
            Reason::BadPresentation,
        );
        case.object = Object::Counter;
        cases.push(case);
    }
    {
        let story = Story::new();
        let live = story.present(&story.credential.bytes);
        let receipt = Receipt {
            credential: story.credential.id,
            presentation: live.id(),
            at: NOW,
        };
        let shown = receipt.sign(&story.world.signed_card, &story.world.desk_key);
        let mut case = story.case(
            8,
            "receipt-valid",
            "The counter's own receipt.",
            shown,
            Reason::Valid,
        );
        case.object = Object::Receipt;
        cases.push(case);
    }
    {
        let story = Story::new();
        let live = story.present(&story.credential.bytes);
        let receipt = Receipt {
            credential: story.credential.id,
            presentation: live.id(),
            at: NOW,
        };
        let shown = receipt.sign(&story.world.signed_card, &stranger());
        let mut case = story.case(
            8,
            "receipt-of-a-fake-desk",
            "A receipt that another key than the card's signed.",
            shown,
            Reason::UnknownKey,
        );
        case.object = Object::Receipt;
        cases.push(case);
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let mut story = story;
        story.world.status.issued = NOW;
        let mut case = story.case(
            10,
            "clock-behind",
            "The desk's clock is ten minutes slow, its list says so.",
            shown,
            Reason::ClockBehind,
        );
        case.now = NOW - 600;
        cases.push(case);
    }
    {
        let story = Story::new();
        let bytes = story.issue(|claims| {
            claims.issued = NOW - 7200;
            claims.expires = NOW - 600;
        });
        let shown = story.show(&bytes);
        let mut case = story.case(
            10,
            "clock-set-back",
            "The desk's clock was set back to before a credential expired.",
            shown,
            Reason::Expired,
        );
        case.now = NOW - 1200;
        cases.push(case);
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let mut case = story.case(
            10,
            "no-status-list",
            "The first use, and no network.",
            shown,
            Reason::NoStatusList,
        );
        case.has_status = false;
        cases.push(case);
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let mut story = story;
        story.world.status.issued = NOW - 7 * 3600;
        cases.push(story.case(
            11,
            "list-old",
            "The list is seven hours old.",
            shown,
            Reason::ListOld,
        ));
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let mut story = story;
        story.world.status.issued = NOW - 48 * 3600;
        cases.push(story.case(
            11,
            "list-too-old",
            "The list is two days old.",
            shown,
            Reason::ListTooOld,
        ));
    }
}
