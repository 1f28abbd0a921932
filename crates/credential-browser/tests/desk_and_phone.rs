//! A guest's phone and a hotel's desk as the browser runs them, with the fixture's keys.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use yichuang_contract::credential::{CredentialPurpose, Disclosure, TrustKey};
use yichuang_contract::desk::DeskPolicy;
use yichuang_credential::fixture::{CHROMIUM, NOW, World, authenticate};
use yichuang_credential::{Algorithm, Reason, Sign};
use yichuang_credential_browser::desk::OpenDesk;
use yichuang_credential_browser::message::{DeskKit, PhoneKit};
use yichuang_credential_browser::phone::Phone;

const NUMBER: [u8; 4] = [9, 8, 7, 6];

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn roots(world: &World) -> Vec<TrustKey> {
    vec![TrustKey {
        id: String::new(),
        algorithm: -7,
        point: text(world.root.public().point()),
        uses: Vec::new(),
        not_before_ms: 0,
        not_after_ms: i64::MAX,
    }]
}

fn desk(world: &World) -> OpenDesk {
    let kit = DeskKit {
        premises: "premises".into(),
        roots: roots(world),
        trust: text(&world.trust.sign(&world.root)),
        status: Some(text(&world.status.sign(&world.lister))),
        card: text(&world.signed_card),
        policy: DeskPolicy {
            purpose: CredentialPurpose::HotelCheckIn,
            algorithms: vec![-7],
            relying_party: world.policy.site.relying_party.clone(),
            origin: world.policy.site.origin.clone(),
            disclosure: Disclosure::Sealed,
            presentation_age: 40,
            presentation_ahead: 20,
            bound_difference: 600,
            unlock_age: 300,
            life: 72 * 3600,
            paper_life: 24 * 3600,
            issuer_ahead: 60,
            list_amber: 6 * 3600,
            list_red: 24 * 3600,
            is_counter_required: true,
            is_paper_taken: true,
        },
    };
    let mut desk = OpenDesk::open(&kit, NOW).expect("the fixture's kit");
    desk.set_numbers(&NUMBER);
    desk
}

fn phone(world: &mut World) -> Phone {
    let kit = PhoneKit {
        credential: text(&world.credential().bytes),
        roots: roots(world),
        trust: text(&world.trust.sign(&world.root)),
        relying_party: world.policy.site.relying_party.clone(),
        origin: world.policy.site.origin.clone(),
    };
    Phone::open(&kit).expect("the fixture's kit")
}

fn unlock(world: &World, phone: &mut Phone, end: &str) -> Result<(), Reason> {
    let challenge = phone.ask(&[7; 32], NOW - 5).expect("a key");
    let answer = authenticate(&world.policy.site, &world.passkey, challenge, 0x05, end);
    phone.unlock(
        &answer.authenticator_data,
        answer.client_data.as_bytes(),
        &answer.signature,
    )
}

fn counter_code(world: &World, desk: &OpenDesk) -> String {
    let message = desk.code_message(NUMBER, NOW - 10);
    let signature = world.desk_key.sign(&message);
    desk.code(NUMBER, NOW - 10, signature)
        .expect("the card's key")
}

#[test]
fn a_guest_reads_the_counter_agrees_and_is_let_in_once() {
    let mut world = World::new(Algorithm::Es256);
    let (mut desk, mut phone) = (desk(&world), phone(&mut world));
    for end in ["}", CHROMIUM] {
        unlock(&world, &mut phone, end).expect("the guest's passkey");
    }
    let who = phone
        .read_counter(&counter_code(&world, &desk), NOW)
        .expect("a counter");
    assert_eq!((who.premises.as_str(), who.is_fresh), ("样例酒店", true));

    // Not agreed to yet: the form answers no counter.
    let shown = phone.present(NOW).expect("unlocked");
    assert_eq!(desk.check(&shown, NOW).reason, "no-counter");

    phone.agree();
    let shown = phone.present(NOW).expect("unlocked");
    let verdict = desk.check(&shown, NOW);
    assert_eq!(
        (verdict.light.as_str(), verdict.reason.as_str()),
        ("green", "valid")
    );
    let guest = verdict.guest.expect("green shows who it is");
    assert_eq!(guest.name, "欧阳样例");
    assert!(guest.number.contains('*') && guest.sealed.is_some());

    let credential = verdict.credential.expect("green");
    desk.remember(&credential, guest.presentation.as_deref(), NOW, true)
        .expect("names");
    assert_eq!(desk.check(&shown, NOW).reason, "replayed");
    let again = phone.present(NOW + 10).expect("unlocked");
    assert_eq!(desk.check(&again, NOW + 10).reason, "already-here");
    desk.remember(&credential, None, NOW, false)
        .expect("a name");
    assert_eq!(desk.check(&again, NOW + 10).reason, "used-elsewhere");
}

#[test]
fn what_is_locked_shows_nothing() {
    let mut world = World::new(Algorithm::Es256);
    let mut phone = phone(&mut world);
    assert_eq!(phone.present(NOW), None);
    unlock(&world, &mut phone, "}").expect("the guest's passkey");
    assert!(phone.present(NOW).is_some());
    phone.lock();
    assert_eq!(phone.present(NOW), None);
}

#[test]
fn another_passkey_of_the_same_person_is_told_at_once() {
    let mut world = World::new(Algorithm::Es256);
    let mut phone = phone(&mut world);
    world.passkey = world.session.clone();
    assert_eq!(unlock(&world, &mut phone, "}"), Err(Reason::BadUnlock));
    assert_eq!(phone.present(NOW), None);
}

#[test]
fn a_code_that_the_card_s_key_did_not_sign_is_not_shown() {
    let world = World::new(Algorithm::Es256);
    let desk = desk(&world);
    let forged = world.session.sign(&desk.code_message(NUMBER, NOW));
    assert!(desk.code(NUMBER, NOW, forged).is_err());
}

#[test]
fn older_lists_do_not_replace_newer_ones() {
    let world = World::new(Algorithm::Es256);
    let mut desk = desk(&world);
    let mut older = world.trust.clone();
    older.serial -= 1;
    older.issued -= 1;
    let status = yichuang_credential::StatusList::new(NOW - 9000, []);
    desk.renew(
        &text(&older.sign(&world.root)),
        Some(&text(&status.sign(&world.lister))),
    )
    .expect("signed");
    let view = desk.view();
    assert_eq!(view.trust_issued, world.trust.issued);
    assert_eq!(view.status_issued, Some(world.status.issued));
    assert!(desk.renew("AAAA", None).is_err());
}
