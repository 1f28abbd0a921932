//! Writes what another program needs to look at one credential: `story FOLDER` puts there
//! `live.pgm` and `live.svg` (the QR code of a live form), `live.txt` (its text) and
//! `published.json` (the root's key, the signed lists, the site, the counter and the time).
//! `end2end/foreign/verify.py` reads them.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use std::path::Path;
use yichuang_credential::fixture::{NOW, World};
use yichuang_credential::{Algorithm, Sign};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("story FOLDER")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let mut world = World::new(Algorithm::Es256);
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
        "root": hex::encode(world.root.public().point()),
        "trust": hex::encode(world.trust.sign(&world.root)),
        "status": hex::encode(world.status.sign(&world.lister)),
        "relying_party": world.policy.site.relying_party,
        "origin": world.policy.site.origin,
        "audience": hex::encode(counter.audience),
        "nonces": counter.nonces.iter().map(hex::encode).collect::<Vec<_>>(),
    });
    std::fs::write(
        folder.join("published.json"),
        serde_json::to_string_pretty(&published)?,
    )?;
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
