//! Forged, withdrawn, confused and abused keys of the authority.

use super::{Case, Object, Story, stranger};
use crate::threats::forge;
use yichuang_credential::fixture::{NOW, Numbers};
use yichuang_credential::{Algorithm, Credential, Reason, SecretKey, Sign, TrustedKey, Uses};

pub fn all(cases: &mut Vec<Case>) {
    {
        let story = Story::new();
        let bytes = Credential::issue(story.claims.clone(), &stranger()).bytes;
        let shown = story.show(&bytes);
        cases.push(story.case(
            1,
            "unknown-key",
            "Signed by a key that is not on the trust list.",
            shown,
            Reason::UnknownKey,
        ));
    }
    {
        let story = Story::new();
        let bytes = forge::credential(
            &story.claims,
            &stranger(),
            Algorithm::Es256,
            story.world.issuer.public().id(),
        );
        let shown = story.show(&bytes);
        cases.push(story.case(
            1,
            "forged",
            "Signed by a stranger under the name of the authority.",
            shown,
            Reason::BadSignature,
        ));
    }
    {
        let story = Story::new();
        let bytes = forge::altered(&story.credential.bytes, "欧阳样例", "欧阳样本");
        let shown = story.show(&bytes);
        cases.push(story.case(
            1,
            "altered",
            "Another name after signing.",
            shown,
            Reason::BadSignature,
        ));
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let mut story = story;
        story.world.trust.keys[0].uses = Uses::WITHDRAWN;
        cases.push(story.case(
            1,
            "key-withdrawn",
            "Signed by a key that was withdrawn.",
            shown,
            Reason::KeyWithdrawn,
        ));
    }
    {
        let story = Story::new();
        let bytes = forge::credential(
            &story.claims,
            &story.world.issuer,
            Algorithm::Sm2,
            story.world.issuer.public().id(),
        );
        let shown = story.show(&bytes);
        cases.push(story.case(
            13,
            "header-says-sm2",
            "The header names SM2, the key is ES256.",
            shown,
            Reason::WrongAlgorithm,
        ));
    }
    {
        let story = Story::new();
        let mut story = story;
        let key = SecretKey::generate(Algorithm::Sm2, &mut Numbers::new(98)).expect("a key");
        story.world.trust.keys.push(TrustedKey::new(
            key.public(),
            Uses::CREDENTIAL,
            NOW - 86_400,
            NOW + 86_400,
        ));
        let bytes = Credential::issue(story.claims.clone(), &key).bytes;
        let shown = story.show(&bytes);
        cases.push(story.case(
            13,
            "suite-off",
            "Signed with SM2 where only ES256 is on.",
            shown,
            Reason::SuiteOff,
        ));
    }
    {
        let story = Story::new();
        let bytes = forge::other_half_of_sign1(&story.credential.bytes);
        let shown = story.show(&bytes);
        cases.push(story.case(
            14,
            "issuer-signature-turned",
            "The issuer's signature in its other form.",
            shown,
            Reason::SignatureNotCanonical,
        ));
    }
    {
        let story = Story::new();
        let mut live = story.present(&story.credential.bytes);
        live.signature = forge::other_half(&live.signature);
        let shown = live.text();
        cases.push(story.case(
            14,
            "session-signature-turned",
            "The session's signature in its other form.",
            shown,
            Reason::SignatureNotCanonical,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.issue(|claims| {
            claims.expires = claims.issued + 365 * 86_400;
        });
        let shown = story.show(&bytes);
        cases.push(story.case(
            15,
            "life-too-long",
            "Issued for a year.",
            shown,
            Reason::LifeTooLong,
        ));
    }
    {
        let story = Story::new();
        let bytes = story.issue(|claims| {
            claims.issued = NOW - 6 * 86_400;
        });
        let shown = story.show(&bytes);
        cases.push(story.case(
            15,
            "backdated",
            "Signed with a key that was not valid yet at the time it names.",
            shown,
            Reason::KeyNotValidThen,
        ));
    }
    {
        let story = Story::new();
        let bytes = Credential::issue(story.claims.clone(), &story.world.licenser).bytes;
        let shown = story.show(&bytes);
        cases.push(story.case(
            15,
            "key-not-for-this",
            "Signed with the key for the cards of counters.",
            shown,
            Reason::KeyNotForThis,
        ));
    }
    {
        let story = Story::new();
        let shown = hex::encode(story.world.status.sign(&story.world.issuer));
        let mut case = story.case(
            16,
            "forged-status-list",
            "A status list signed with the key for credentials.",
            shown,
            Reason::KeyNotForThis,
        );
        case.object = Object::Status;
        cases.push(case);
    }
    {
        let story = Story::new();
        let mut bytes = story.world.status.sign(&story.world.lister);
        let last = bytes.len() - 40;
        bytes[last] ^= 1;
        let shown = hex::encode(bytes);
        let mut case = story.case(
            16,
            "altered-status-list",
            "A status list with a changed signature.",
            shown,
            Reason::BadSignature,
        );
        case.object = Object::Status;
        cases.push(case);
    }
    {
        let story = Story::new();
        let shown = hex::encode(story.world.trust.sign(&stranger()));
        let mut case = story.case(
            16,
            "forged-trust-list",
            "A trust list that no root signed.",
            shown,
            Reason::UnknownKey,
        );
        case.object = Object::Trust;
        cases.push(case);
    }
    {
        let story = Story::new();
        let shown = story.show(&story.credential.bytes);
        let mut story = story;
        story.world.trust.expires = NOW;
        cases.push(story.case(
            16,
            "trust-list-expired",
            "A trust list that is over.",
            shown,
            Reason::TrustListExpired,
        ));
    }
}
