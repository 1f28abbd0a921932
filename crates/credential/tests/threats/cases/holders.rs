//! Copies, relays, stolen phones and other people's passkeys.

use super::{Case, Story, stranger};
use yichuang_credential::fixture::{NOW, NUMBER, TODAY};
use yichuang_credential::{CounterBinding, Live, Reason, Sign, StatusIndex, sealed};

pub fn all(cases: &mut Vec<Case>) {
    {
        let story = Story::new();
        let binding = CounterBinding {
            nonce: None,
            ..story.world.binding()
        };
        let shown = story.present_to(Some(binding), NOW);
        let mut case = story.case(
            2,
            "screenshot",
            "A copy a minute later, shown to a printed code.",
            shown,
            Reason::Screenshot,
        );
        case.now = NOW + 60;
        cases.push(case);
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let mut case = story.case(
            2,
            "screenshot-of-a-bound-code",
            "A copy a quarter of an hour later, to the same number.",
            shown,
            Reason::Screenshot,
        );
        case.now = NOW + 900;
        cases.push(case);
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let mut story = story;
        story.world.counter.nonces = vec![[9; 4]];
        cases.push(story.case(
            2,
            "forwarded-to-the-next-guest",
            "A copy after the counter drew its next number.",
            shown,
            Reason::OldCounterCode,
        ));
    }
    {
        let story = Story::new();
        let shown = story.credential.paper();
        cases.push(story.case(
            2,
            "static-copy",
            "The credential alone, without the phone's proof.",
            shown,
            Reason::NoHolderProof,
        ));
    }
    {
        let story = Story::new();
        let binding = CounterBinding {
            audience: [9; 8],
            ..story.world.binding()
        };
        let shown = story.present_to(Some(binding), NOW);
        cases.push(story.case(
            3,
            "relayed",
            "Shown to another counter and passed on to this one.",
            shown,
            Reason::WrongCounter,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.credential.bytes.clone();
        let unlock = story
            .world
            .unlock_with(&bytes, &story.world.passkey, NOW - 360, 0x05, "}");
        let shown = Live::present(
            &bytes,
            &unlock,
            NOW,
            Some(story.world.binding()),
            &story.world.session,
        )
        .text();
        cases.push(story.case(
            4,
            "unlock-too-old",
            "The last unlock is six minutes ago.",
            shown,
            Reason::UnlockTooOld,
        ));
    }
    {
        let story = Story::new();
        let bytes = &story.credential.bytes;
        let unlock = story.world.unlock_unverified(bytes);
        let binding = Some(story.world.binding());
        let shown = Live::present(bytes, &unlock, NOW, binding, &story.world.session).text();
        cases.push(story.case(
            4,
            "unlock-without-verification",
            "The phone did not verify its user.",
            shown,
            Reason::UnlockWithoutVerification,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.issue(|claims| {
            claims.status = StatusIndex {
                day: TODAY,
                index: 7,
            };
        });
        let shown = story.show(&bytes);
        cases.push(story.case(4, "revoked", "Reported lost.", shown, Reason::Revoked));
    }
    {
        let story = Story::new();
        let bytes = &story.credential.bytes;
        let unlock = story.world.unlock(bytes);
        let shown = Live::present(
            bytes,
            &unlock,
            NOW,
            Some(story.world.binding()),
            &stranger(),
        )
        .text();
        cases.push(story.case(
            5,
            "other-session",
            "Signed by a session key that the unlock does not name.",
            shown,
            Reason::BadPresentation,
        ));
    }
    {
        let story = Story::new();
        let other = story.issue(|claims| claims.status.index = 8);
        let unlock = story.world.unlock(&other);
        let shown = Live::present(
            &story.credential.bytes,
            &unlock,
            NOW,
            Some(story.world.binding()),
            &story.world.session,
        )
        .text();
        cases.push(story.case(
            5,
            "unlock-of-another-credential",
            "The unlock was given for another credential.",
            shown,
            Reason::BadUnlock,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.credential.bytes.clone();
        let unlock = story
            .world
            .unlock_with(&bytes, &stranger(), NOW - 20, 0x05, "}");
        let shown = Live::present(
            &bytes,
            &unlock,
            NOW,
            Some(story.world.binding()),
            &story.world.session,
        )
        .text();
        cases.push(story.case(
            17,
            "other-passkey",
            "Unlocked with another passkey.",
            shown,
            Reason::BadUnlock,
        ));
    }
    {
        let story = Story::new();
        let mut other = story.world.clone();
        other.policy.site.origin = "https://id.example.com".into();
        let bytes = &story.credential.bytes;
        let unlock = other.unlock(bytes);
        let shown = Live::present(
            bytes,
            &unlock,
            NOW,
            Some(story.world.binding()),
            &story.world.session,
        )
        .text();
        cases.push(story.case(
            17,
            "other-site",
            "Unlocked for a page of another origin.",
            shown,
            Reason::BadUnlock,
        ));
    }
    {
        let story = Story::new();
        let mut story = story;
        let authority = story.world.authority.public().clone();
        let number =
            sealed::seal(NUMBER, true, &authority, &mut story.world.numbers).expect("a number");
        let bytes = story.issue(|claims| claims.number = number);
        let shown = story.show(&bytes);
        cases.push(story.case(18, "silent-alarm", "Issued under threat: the desk sees nothing, the authority finds the alarm in the sealed number.", shown, Reason::Valid));
    }
}
