//! What a desk says to whatever it is shown.

use yichuang_credential::fixture::{CHROMIUM, NOW, World};
use yichuang_credential::seen::Memory;
use yichuang_credential::text::{self, Prefix};
use yichuang_credential::{Algorithm, CounterBinding, Light, Live, Reason, Sign, sealed, verify};

const SUITES: [Algorithm; 2] = [Algorithm::Es256, Algorithm::Sm2];

#[test]
fn a_live_form_is_green_in_both_suites() {
    for suite in SUITES {
        let mut world = World::new(suite);
        let live = world.live();
        let verdict = verify::verify(&live.text(), &world.desk(), NOW);
        assert_eq!(verdict.reason, Reason::Valid, "{suite:?}");
        assert_eq!(verdict.light, Light::Green);
        let details = verdict.details.expect("details");
        assert_eq!(details.name, "欧阳样例");
        assert_eq!(details.number, "4403**********019X");
        assert_eq!(details.presentation, Some(live.id()));
        let opened = sealed::open(&details.sealed.expect("sealed"), &world.authority);
        let opened = opened.expect("the authority's own");
        assert_eq!(opened.number, yichuang_credential::fixture::NUMBER);
        assert!(!opened.is_silent_alarm);
    }
}

#[test]
fn every_changed_byte_of_a_live_form_is_refused() {
    let mut world = World::new(Algorithm::Es256);
    let bytes = world.live().encode();
    for place in 0..bytes.len() {
        for change in [1, 1 << (place % 8), 0xFF] {
            let mut changed = bytes.clone();
            changed[place] ^= change;
            let text = text::encode(Prefix::Credential, &changed);
            let verdict = verify::verify(&text, &world.desk(), NOW);
            let reason = verdict.reason;
            assert_eq!(verdict.light, Light::Red, "byte {place} {change}: {reason}");
            assert_eq!(verdict.details, None);
        }
    }
}

#[test]
fn every_changed_character_of_a_live_form_is_refused() {
    let mut world = World::new(Algorithm::Es256);
    let text = world.live().text();
    for place in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("ASCII");
        let verdict = verify::verify(&changed, &world.desk(), NOW);
        assert_eq!(verdict.light, Light::Red, "character {place}");
    }
}

#[test]
fn both_known_ends_of_the_client_data_and_an_unknown_one_verify() {
    let mut world = World::new(Algorithm::Es256);
    let credential = world.credential().bytes;
    for end in ["}", CHROMIUM, r#","new":[1,"二"]}"#] {
        for flags in [0x05, 0x0D, 0x1D] {
            let unlock =
                world.unlock_with(&credential, &world.passkey.clone(), NOW - 20, flags, end);
            let live = Live::present(
                &credential,
                &unlock,
                NOW,
                Some(world.binding()),
                &world.session,
            );
            let verdict = verify::verify(&live.text(), &world.desk(), NOW);
            assert_eq!(verdict.reason, Reason::Valid, "{end} {flags}");
        }
    }
}

#[test]
fn the_browser_s_answer_for_something_else_is_refused() {
    use yichuang_credential::Unlock;
    use yichuang_credential::fixture::authenticate;
    let mut world = World::new(Algorithm::Es256);
    let credential = world.credential().bytes;
    let session = *world.session.public().point();
    let site = world.policy.site.clone();
    let challenge = Unlock::challenge(&credential, &session, NOW);
    let refuse = |challenge, flags, end: &str, origin: &str| {
        let mut other = site.clone();
        other.origin = origin.into();
        let answer = authenticate(&other, &world.passkey, challenge, flags, end);
        Unlock::from_assertion(
            &credential,
            session,
            NOW,
            &site,
            &answer.authenticator_data,
            answer.client_data.as_bytes(),
            &answer.signature,
        )
        .map(|_| ())
    };
    let origin = site.origin.as_str();
    assert_eq!(refuse(challenge, 0x05, "}", origin), Ok(()));
    let bad = Err(Reason::BadUnlock);
    assert_eq!(refuse([7; 32], 0x05, "}", origin), bad);
    assert_eq!(refuse(challenge, 0x05, "}", "https://evil.example"), bad);
    assert_eq!(refuse(challenge, 0x05, r#","topOrigin":"x"}"#, origin), bad);
    assert_eq!(
        refuse(challenge, 0x05, r#","crossOrigin":true}"#, origin),
        bad
    );
    assert_eq!(refuse(challenge, 0x05, "", origin), bad);
    assert_eq!(refuse(challenge, 0x45, "}", origin), bad);
    let unverified = Err(Reason::UnlockWithoutVerification);
    assert_eq!(refuse(challenge, 0x01, "}", origin), unverified);
}

#[test]
fn the_desk_remembers() {
    let mut world = World::new(Algorithm::Es256);
    let live = world.live();
    let mut memory = Memory::default();
    let look =
        |memory: &Memory, live: &Live| verify::verify(&live.text(), &world.desk_with(memory), NOW);
    let first = look(&memory, &live);
    assert_eq!(first.reason, Reason::Valid);
    let id = first.credential.expect("a name");
    memory.accept(id, Some(live.id()), NOW);
    assert_eq!(look(&memory, &live).reason, Reason::Replayed);
    let again = Live::present(
        &live.credential,
        &live.unlock,
        NOW - 1,
        live.counter,
        &world.session,
    );
    assert_eq!(look(&memory, &again).reason, Reason::AlreadyHere);
    memory.flag_elsewhere(id, NOW);
    assert_eq!(look(&memory, &again).reason, Reason::UsedElsewhere);
    memory.forget_before(NOW + 1);
    assert_eq!(look(&memory, &again).reason, Reason::Valid);
}

#[test]
fn without_the_counter_s_number_the_window_counts() {
    let mut world = World::new(Algorithm::Es256);
    let credential = world.credential().bytes;
    let unlock = world.unlock(&credential);
    let printed = CounterBinding {
        nonce: None,
        ..world.binding()
    };
    let live = Live::present(&credential, &unlock, NOW, Some(printed), &world.session);
    let at = |now| verify::verify(&live.text(), &world.desk(), now).reason;
    assert_eq!(at(NOW), Reason::Valid);
    assert_eq!(at(NOW + 40), Reason::Valid);
    assert_eq!(at(NOW + 41), Reason::Screenshot);
    assert_eq!(at(NOW - 20), Reason::Valid);
    assert_eq!(at(NOW - 21), Reason::FromTheFuture);
}

#[test]
fn a_paper_is_amber_at_its_premises_and_red_elsewhere() {
    let mut world = World::new(Algorithm::Es256);
    let paper = world.paper().paper();
    let verdict = verify::verify(&paper, &world.desk(), NOW);
    assert_eq!(
        (verdict.light, verdict.reason),
        (Light::Amber, Reason::Paper)
    );
    let mut elsewhere = world.clone();
    elsewhere.counter.premises = "H4403-9999".into();
    let verdict = verify::verify(&paper, &elsewhere.desk(), NOW);
    assert_eq!(verdict.reason, Reason::WrongPremises);
}

#[test]
fn the_age_of_the_list_turns_green_to_amber_to_red() {
    let mut world = World::new(Algorithm::Es256);
    let live = world.live();
    for (age, reason) in [
        (6 * 3600, Reason::Valid),
        (6 * 3600 + 1, Reason::ListOld),
        (24 * 3600, Reason::ListOld),
        (24 * 3600 + 1, Reason::ListTooOld),
    ] {
        world.status.issued = NOW - age;
        let verdict = verify::verify(&live.text(), &world.desk(), NOW);
        assert_eq!(verdict.reason, reason, "{age}");
    }
}

#[test]
fn every_reason_says_what_and_what_to_do_in_both_languages() {
    let mut codes = std::collections::BTreeSet::new();
    for reason in Reason::ALL {
        assert!(codes.insert(reason.code()), "{reason} twice");
        for sentences in [reason.chinese(), reason.english()] {
            assert!(sentences.what.ends_with(['.', '。', '"']), "{reason}");
            assert!(sentences.advice.ends_with(['.', '。']), "{reason}");
        }
    }
}
