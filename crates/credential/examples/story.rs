//! Writes what another program needs to look at one credential: `story FOLDER [sm2]` puts there
//! `live.pgm` and `live.svg` (the QR code of a live form), `live.txt` (its text), `published.json`
//! (the root's key, the signed lists, the site, the counter and the time) and `authority.json` (the
//! key that opens the sealed number, and the number). The programs in `end2end/foreign` read them.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use std::path::Path;
use yichuang_credential::fixture::{NOW, NUMBER, World};
use yichuang_credential::{Algorithm, Sign};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("story FOLDER [sm2]")?;
    let suite = match std::env::args().nth(2).as_deref() {
        None => Algorithm::Es256,
        Some("sm2") => Algorithm::Sm2,
        Some(other) => return Err(format!("there is no suite {other:?}").into()),
    };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let mut world = World::new(suite);
    let text = world.live().text();
    let code = QrCode::with_error_correction_level(&text, EcLevel::M)?;
    let drawn = code
        .render::<svg::Color<'_>>()
        .min_dimensions(400, 400)
        .build();
    std::fs::write(folder.join("live.svg"), drawn)?;
    std::fs::write(folder.join("live.pgm"), picture(&code, 4))?;
    std::fs::write(folder.join("live.txt"), &text)?;
    let counter = &world.counter;
    let published = serde_json::json!({
        "now": NOW,
        "algorithms": [suite.cose()],
        "root": hex::encode(world.root.public().point()),
        "trust": hex::encode(world.trust.sign(&world.root)),
        "status": hex::encode(world.status.sign(&world.lister)),
        "relying_party": world.policy.site.relying_party,
        "origin": world.policy.site.origin,
        "audience": hex::encode(counter.audience),
        "nonces": counter.nonces.iter().map(hex::encode).collect::<Vec<_>>(),
    });
    let authority = serde_json::json!({
        "algorithm": suite.cose(),
        "secret": hex::encode(world.authority.to_bytes()),
        "number": NUMBER,
    });
    for (name, object) in [("published.json", published), ("authority.json", authority)] {
        std::fs::write(folder.join(name), serde_json::to_string_pretty(&object)?)?;
    }
    println!("{} characters, {} modules a side", text.len(), code.width());
    Ok(())
}

/// The code as a grey picture, so many pixels a module, with its quiet zone.
fn picture(code: &QrCode, pixels: usize) -> Vec<u8> {
    let side = (code.width() + 8) * pixels;
    let mut picture = format!("P5 {side} {side} 255\n").into_bytes();
    for y in 0..side {
        for x in 0..side {
            let module = |at: usize| (at / pixels).checked_sub(4).filter(|at| *at < code.width());
            let is_dark = match (module(x), module(y)) {
                (Some(x), Some(y)) => code[(x, y)] == qrcode::Color::Dark,
                _ => false,
            };
            picture.push(if is_dark { 0 } else { 255 });
        }
    }
    picture
}
