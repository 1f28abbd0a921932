//! A hotel's desk and its guests with keys made up on the spot and the present time: what the
//! measurement `cargo xtask bench scan` and journeys without a server start from.
//!
//! `desk ORIGIN POINT GUESTS` prints JSON: `kit` for the desk whose key has this compressed point
//! (base64url), `number` (the fresh number that the guests answer) and `forms`: for each guest the
//! `text` of a live form and the `rows` of its QR code, `1` for dark.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use qrcode::{Color, EcLevel, QrCode};
use std::time::{SystemTime, UNIX_EPOCH};
use yichuang_contract::credential::{CredentialPurpose, Disclosure, TrustKey};
use yichuang_contract::desk::DeskPolicy;
use yichuang_credential::counter::audience;
use yichuang_credential::fixture::{NOW, TODAY, World, authenticate};
use yichuang_credential::{
    Algorithm, Credential, Live, Sign, Site, StatusIndex, StatusList, Unlock,
};
use yichuang_credential_browser::message::DeskKit;

const NUMBER: [u8; 4] = [0x12, 0x34, 0x56, 0x78];
const HOUR: u32 = 3600;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [origin, point, guests] = arguments.as_slice() else {
        return Err("desk ORIGIN POINT GUESTS".into());
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let mut world = World::new(Algorithm::Es256);
    move_to(&mut world, now);
    let host = origin.split("://").nth(1).unwrap_or_default();
    world.policy.site = Site {
        relying_party: host.split(':').next().unwrap_or_default().to_owned(),
        origin: origin.clone(),
    };
    let point = URL_SAFE_NO_PAD.decode(point)?;
    world.card.key = point
        .try_into()
        .map_err(|_| "a compressed point has 33 bytes")?;
    world.signed_card = world.card.sign(&world.licenser);
    world.counter.audience = audience(&world.signed_card)?;
    world.counter.nonces = vec![NUMBER];

    let mut forms = Vec::new();
    for guest in 0..guests.parse()? {
        let text = form(&mut world, guest, now)?;
        let rows = rows(&text)?;
        forms.push(serde_json::json!({ "text": text, "rows": rows }));
    }
    let shown = serde_json::json!({
        "kit": serde_json::to_string(&kit(&world))?,
        "number": NUMBER,
        "forms": forms,
    });
    println!("{shown}");
    Ok(())
}

/// The fixture's world has a time of its own; its lists and the licence move to ours.
fn move_to(world: &mut World, now: u64) {
    let moved = |time: u64| time + now - NOW;
    world.trust.issued = moved(world.trust.issued);
    world.trust.expires = moved(world.trust.expires);
    for key in &mut world.trust.keys {
        key.not_before = moved(key.not_before);
        key.not_after = moved(key.not_after);
    }
    let today = u32::try_from(now / 86_400).unwrap_or(TODAY);
    world.status = StatusList::new(now - 300, [today - 1, today]);
    world.card.not_before = moved(world.card.not_before);
    world.card.not_after = moved(world.card.not_after);
}

fn form(world: &mut World, guest: u32, now: u64) -> Result<String, yichuang_credential::Reason> {
    let mut claims = world.claims();
    claims.issued = now - 1800;
    claims.expires = claims.issued + 86_400;
    claims.status = StatusIndex {
        day: u32::try_from(claims.issued / 86_400).unwrap_or(TODAY),
        index: 1000 + guest,
    };
    let credential = Credential::issue(claims, &world.issuer).bytes;
    let session = *world.session.public().point();
    let challenge = Unlock::challenge(&credential, &session, now);
    let site = &world.policy.site;
    let answer = authenticate(site, &world.passkey, challenge, 0x05, "}");
    let unlock = Unlock::from_assertion(
        &credential,
        session,
        now,
        site,
        &answer.authenticator_data,
        answer.client_data.as_bytes(),
        &answer.signature,
    )?;
    let binding = Some(world.binding());
    Ok(Live::present(&credential, &unlock, now, binding, &world.session).text())
}

fn rows(text: &str) -> Result<Vec<String>, qrcode::types::QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let row = |colors: &[Color]| colors.iter().map(|color| color.select('1', '0')).collect();
    Ok(code.to_colors().chunks(code.width()).map(row).collect())
}

fn kit(world: &World) -> DeskKit {
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    DeskKit {
        premises: "sample".into(),
        roots: vec![TrustKey {
            id: String::new(),
            algorithm: Algorithm::Es256.cose(),
            point: text(world.root.public().point()),
            uses: Vec::new(),
            not_before_ms: 0,
            not_after_ms: i64::MAX,
        }],
        trust: text(&world.trust.sign(&world.root)),
        status: Some(text(&world.status.sign(&world.lister))),
        card: text(&world.signed_card),
        policy: DeskPolicy {
            purpose: CredentialPurpose::HotelCheckIn,
            algorithms: vec![Algorithm::Es256.cose()],
            relying_party: world.policy.site.relying_party.clone(),
            origin: world.policy.site.origin.clone(),
            disclosure: Disclosure::Sealed,
            presentation_age: 40,
            presentation_ahead: 20,
            bound_difference: 600,
            unlock_age: 300,
            life: 72 * HOUR,
            paper_life: 24 * HOUR,
            issuer_ahead: 60,
            list_amber: 6 * HOUR,
            list_red: 24 * HOUR,
            is_counter_required: true,
            is_paper_taken: true,
        },
    }
}
